//! Names: globals, builtins, namespaces, unbound variables.

use crate::code::SlotKind;
use crate::objects::cell::CellObject;
use crate::objects::code::Code;
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::exception::Exception;
use crate::objects::frame::Frame;
use crate::objects::function::Function;
use crate::objects::heap::{Obj, Ref};
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::Str;
use crate::objects::value::Value;

/// Raises UnboundLocalError for a local slot.
#[cold]
pub(crate) fn unbound_local(ctx: &mut Ctx, code: &Obj<Code>, slot: usize) -> Raised {
    let name = code.slot_names.get(slot).cloned().unwrap_or_default();
    let text = text_of(&name);
    let message = format!("cannot access local variable '{text}' where it is not associated with a value");
    let class = ctx.exceptions.UnboundLocalError.clone();
    // Only a NameError itself knows its name.
    ctx.raise(&class, message)
}

/// Raises UnboundLocalError for an empty cell of the function, NameError for a free variable.
#[cold]
pub(crate) fn unbound_deref(ctx: &mut Ctx, code: &Obj<Code>, slot: usize) -> Raised {
    if code.object.slot_kinds.get(slot) != Some(&SlotKind::Free) {
        return unbound_local(ctx, code, slot);
    }
    let name = code.slot_names.get(slot).cloned().unwrap_or_default();
    let text = text_of(&name);
    let message =
        format!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope");
    let class = ctx.exceptions.NameError.clone();
    raise_named(ctx, &class, message, name)
}

fn text_of(name: &Value) -> String {
    name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned())
}

fn raise_named(ctx: &mut Ctx, class: &Ref<crate::objects::class::Class>, message: String, name: Value) -> Raised {
    let message = ctx.str(message);
    let exception = ctx.new_exception(class, vec![message]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        payload.set_field(0, name);
    }
    ctx.raise_value(exception)
}

/// Raises NameError.
#[cold]
pub(crate) fn undefined(ctx: &mut Ctx, name: &Value) -> Raised {
    let text = text_of(name);
    let class = ctx.exceptions.NameError.clone();
    raise_named(ctx, &class, format!("name '{text}' is not defined"), name.clone())
}

fn globals_of(frame: &Obj<Frame>) -> Option<Ref<Dict>> {
    frame.func.get().downcast_ref::<Function>()?.globals.get().downcast::<Dict>()
}

/// `globals()[name]` or the builtin.
fn global_or_builtin(ctx: &mut Ctx, frame: &Obj<Frame>, name: &Value) -> PyResult {
    if let Some(globals) = globals_of(frame) {
        if let Some(value) = globals.get_str(name) {
            return Ok(value);
        }
        if let Some(value) = builtin(ctx, &globals, name) {
            return Ok(value);
        }
    }
    Err(undefined(ctx, name))
}

/// The builtin of that name: from `__builtins__` of the globals where a program put something else there.
fn builtin(ctx: &Ctx, globals: &Obj<Dict>, name: &Value) -> Option<Value> {
    match custom_builtins(ctx, globals) {
        Some(dict) => dict.get_str(name),
        None => ctx.builtins.get_str(name),
    }
}

fn custom_builtins(ctx: &Ctx, globals: &Obj<Dict>) -> Option<Ref<Dict>> {
    let own = globals.get_str(&ctx.names.__builtins__)?;
    let dict = match own.downcast_ref::<crate::objects::module::Module>() {
        Some(module) => module.dict.clone(),
        None => own.downcast::<Dict>()?,
    };
    if dict.is(ctx.builtins.value()) { None } else { Some(dict) }
}

/// `LoadGlobal` on a cache miss: the value and the three cache words (zeros when it cannot be cached).
///
/// # Errors
/// NameError.
#[inline(never)]
pub(crate) fn load_global(ctx: &mut Ctx, globals: &Obj<Dict>, name: &Value) -> PyResult<(Value, [u32; 3])> {
    if let Some(index) = globals.index_of_str(name)
        && let Some(value) = globals.value_at(index)
    {
        return Ok((value, [globals.keys_version(), 0, index as u32]));
    }
    if let Some(dict) = custom_builtins(ctx, globals) {
        return match dict.get_str(name) {
            Some(value) => Ok((value, [0; 3])),
            None => Err(undefined(ctx, name)),
        };
    }
    if let Some(index) = ctx.builtins.index_of_str(name)
        && let Some(value) = ctx.builtins.value_at(index)
    {
        if globals.is_gone(name) {
            return Ok((value, [0; 3]));
        }
        return Ok((value, [globals.keys_version(), ctx.builtins.keys_version(), index as u32]));
    }
    Err(undefined(ctx, name))
}

/// `LoadName` on a cache miss: the value and the three cache words (zeros when it cannot be cached).
///
/// # Errors
/// NameError; what the namespace raises.
pub(crate) fn load_name(ctx: &mut Ctx, frame: &Obj<Frame>, name: &Value) -> PyResult<(Value, [u32; 3])> {
    let namespace = frame.local(0);
    let globals = globals_of(frame);
    if let (Some(globals), Some(own)) = (&globals, namespace.downcast_ref::<Dict>())
        && globals.is(&namespace)
        && dict::is_exact(own)
    {
        return load_global(ctx, globals, name);
    }
    if let Some(value) = from_mapping(ctx, &namespace, name)? {
        return Ok((value, [0; 3]));
    }
    global_or_builtin(ctx, frame, name).map(|value| (value, [0; 3]))
}

fn from_mapping(ctx: &mut Ctx, mapping: &Value, name: &Value) -> PyResult<Option<Value>> {
    if let Some(dict) = mapping.downcast_ref::<Dict>()
        && dict::is_exact(dict)
    {
        return Ok(dict.get_str(name));
    }
    match protocol::get_item(ctx, mapping, name) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => {
            let class = ctx.exceptions.KeyError.clone();
            ctx.catch(raised, &class).map(|_| None)
        }
    }
}

/// `StoreName` on a cache miss: the two cache words (zeros when it cannot be cached).
///
/// # Errors
/// What the namespace raises.
pub(crate) fn store_name(ctx: &mut Ctx, namespace: &Value, name: &Value, value: Value) -> PyResult<[u32; 2]> {
    if let Some(dict) = namespace.downcast_ref::<Dict>()
        && dict::is_exact(dict)
    {
        let known = dict.index_of_str(name);
        dict.set_str(name, value);
        return Ok(known.map_or([0; 2], |index| [dict.keys_version(), index as u32]));
    }
    let namespace = namespace.clone();
    protocol::set_item(ctx, &namespace, name, value).map(|()| [0; 2])
}

/// `DeleteName`
///
/// # Errors
/// NameError; what the namespace raises.
pub(crate) fn delete_name(ctx: &mut Ctx, namespace: &Value, name: &Value) -> PyResult<()> {
    if let Some(dict) = namespace.downcast_ref::<Dict>()
        && dict::is_exact(dict)
    {
        return match dict.remove_str(name) {
            Some(_) => Ok(()),
            None => Err(undefined(ctx, name)),
        };
    }
    let namespace = namespace.clone();
    match protocol::delete_item(ctx, &namespace, name) {
        Ok(()) => Ok(()),
        Err(raised) => {
            let class = ctx.exceptions.KeyError.clone();
            ctx.catch(raised, &class)?;
            Err(undefined(ctx, name))
        }
    }
}

/// `DeleteGlobal`
///
/// # Errors
/// NameError.
pub(crate) fn delete_global(ctx: &mut Ctx, frame: &Obj<Frame>, name: &Value) -> PyResult<()> {
    match globals_of(frame).and_then(|globals| globals.remove_str(name)) {
        Some(_) => Ok(()),
        None => Err(undefined(ctx, name)),
    }
}

/// `LoadFromDictOrGlobals`
///
/// # Errors
/// NameError; what the mapping raises.
pub(crate) fn load_from_dict_or_globals(ctx: &mut Ctx, frame: &Obj<Frame>, mapping: &Value, name: &Value) -> PyResult {
    match from_mapping(ctx, mapping, name)? {
        Some(value) => Ok(value),
        None => global_or_builtin(ctx, frame, name),
    }
}

/// `LoadFromDictOrDeref`
///
/// # Errors
/// NameError; what the mapping raises.
pub(crate) fn load_from_dict_or_deref(
    ctx: &mut Ctx,
    code: &Obj<Code>,
    mapping: &Value,
    cell: &Value,
    slot: usize,
) -> PyResult {
    let name = code.slot_names.get(slot).cloned().unwrap_or_default();
    if let Some(value) = from_mapping(ctx, mapping, &name)? {
        return Ok(value);
    }
    match cell.downcast_ref::<CellObject>().map(|cell| cell.content.get()) {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(unbound_deref(ctx, code, slot)),
    }
}

/// `LoadBuildClass`
///
/// # Errors
/// NameError when a program has removed it.
pub(crate) fn load_build_class(ctx: &mut Ctx) -> PyResult {
    match ctx.builtins.get_str(&ctx.names.__build_class__) {
        Some(function) => Ok(function),
        None => {
            let class = ctx.exceptions.NameError.clone();
            Err(ctx.raise(&class, "__build_class__ not found"))
        }
    }
}

/// `SetupAnnotations`
///
/// # Errors
/// What the namespace raises.
pub(crate) fn setup_annotations(ctx: &mut Ctx, namespace: &Value) -> PyResult<()> {
    let name = ctx.names.__annotations__.clone();
    let namespace = namespace.clone();
    if from_mapping(ctx, &namespace, &name)?.is_none() {
        store_name(ctx, &namespace, &name, dict::new_dict().into_value())?;
    }
    Ok(())
}
