//! `import`: the instructions; finding and running modules is `stdlib`'s import machinery, reached through builtins.

use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::frame::Frame;
use crate::objects::function::Function;
use crate::objects::heap::Obj;
use crate::objects::int;
use crate::objects::module::{Module, is_initializing};
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::tuple;
use crate::objects::value::Value;

/// `ImportName`: `builtins.__import__(name, globals, locals, fromlist, level)`.
///
/// # Errors
/// What the import raises.
pub(crate) fn import_name(
    ctx: &mut Ctx,
    frame: &Obj<Frame>,
    name: &Value,
    fromlist: &Value,
    level: &Value,
) -> PyResult {
    let (fromlist, level) = (fromlist.clone(), level.clone());
    let globals = match frame.func.get().downcast_ref::<Function>() {
        Some(function) => function.globals.get(),
        None => Value::NONE,
    };
    let Some(import) = ctx.builtins.get_str(&ctx.names.__import__) else {
        let class = ctx.exceptions.ImportError.clone();
        return Err(ctx.raise(&class, "__import__ not found"));
    };
    let locals = if frame.with_code(|code| code.flags & crate::code::flags::OPTIMIZED == 0) {
        frame.local(0)
    } else {
        Value::NONE
    };
    protocol::call(ctx, &import, &[name.clone(), globals, locals, fromlist, level])
}

/// Imports a module of Coil's own by its full name.
///
/// # Errors
/// What the import raises.
pub(crate) fn import_module(ctx: &mut Ctx, name: &str) -> PyResult {
    let name = intern(name);
    if let Some(module) = ctx.modules.get_str(&name) {
        return Ok(module);
    }
    let Some(import) = ctx.builtins.get_str(&ctx.names.__import__) else {
        return Err(ctx.system_error("no __import__"));
    };
    let empty = tuple::new_tuple([]).into_value();
    protocol::call(ctx, &import, &[name, Value::NONE, Value::NONE, empty, int::from_i64(0)])
}

fn text(value: Option<Value>) -> Option<String> {
    value?.downcast_ref::<Str>().map(|text| text.as_str().to_owned())
}

/// `ImportFrom`: an attribute of the module, or a submodule that is in `sys.modules`.
///
/// # Errors
/// ImportError.
pub(crate) fn import_from(ctx: &mut Ctx, module: &Value, name: &Value) -> PyResult {
    let module = module.clone();
    if let Some(value) = protocol::get_attr_optional(ctx, &module, name)? {
        return Ok(value);
    }
    let own_name = ctx.names.__name__.clone();
    let package = text(protocol::get_attr_optional(ctx, &module, &own_name)?);
    let wanted = text(Some(name.clone())).unwrap_or_default();
    if let Some(package) = &package
        && let Some(found) = ctx.modules.get_str(&intern(&format!("{package}.{wanted}")))
    {
        return Ok(found);
    }
    let file = ctx.names.__file__.clone();
    let file_value = protocol::get_attr_optional(ctx, &module, &file)?;
    let file = text(file_value.clone());
    let shown = package.clone().unwrap_or_else(|| "<unknown module name>".to_owned());
    let location = file.clone().unwrap_or_else(|| "unknown location".to_owned());
    let initializing = match module.downcast_ref::<Module>() {
        Some(module) => is_initializing(ctx, module)?,
        None => false,
    };
    let message = if initializing {
        format!(
            "cannot import name '{wanted}' from partially initialized module '{shown}' (most likely due to a circular import) ({location})"
        )
    } else {
        format!("cannot import name '{wanted}' from '{shown}' ({location})")
    };
    let class = ctx.exceptions.ImportError.clone();
    let message = ctx.str(message);
    let exception = ctx.new_exception(&class, vec![message.clone()]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        payload.set_field(0, message);
        payload.set_field(1, package.map_or(Value::NONE, |package| intern(&package)));
        payload.set_field(2, file_value.unwrap_or(Value::NONE));
        payload.set_field(3, name.clone());
    }
    Err(ctx.raise_value(exception))
}
