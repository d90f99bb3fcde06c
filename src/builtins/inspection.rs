//! Functions that look at objects and at the running program: attributes, classes, namespaces.
//!
//! Source: Standard Library, "Built-in Functions".

use crate::objects::arguments::given;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::frame_view::locals_of;
use crate::objects::function::Function;
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern_text};
use crate::objects::value::Value;

crate::natives! { pub(crate) static FUNCTIONS:
    /// Get a named attribute from an object.
    ///
    /// getattr(x, 'y') is equivalent to ``x.y``.
    ///
    /// When a default argument is given, it is returned when the attribute doesn't
    /// exist; without it, an exception is raised in that case.
    function "getattr(object, name, default=<unrepresentable>, /)" => get_attribute;
    /// Sets the named attribute on the given object to the specified value.
    ///
    /// setattr(x, 'y', v) is equivalent to ``x.y = v``
    function "setattr(obj, name, value, /)" => set_attribute;
    /// Deletes the named attribute from the given object.
    ///
    /// delattr(x, 'y') is equivalent to ``del x.y``
    function "delattr(obj, name, /)" => delete_attribute;
    /// Return whether the object has an attribute with the given name.
    ///
    /// This is done by calling getattr(obj, name) and catching AttributeError.
    function "hasattr(obj, name, /)" => has_attribute;
    /// Return whether an object is an instance of a class or of a subclass thereof.
    ///
    /// A tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to
    /// check against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)
    /// or ...`` etc.
    function "isinstance(obj, class_or_tuple, /)" => |ctx, args| protocol::is_instance(ctx, &args[0], &args[1]).map(Value::bool);
    /// Return whether 'cls' is derived from another class or is the same class.
    ///
    /// A tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to
    /// check against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)
    /// or ...``.
    function "issubclass(cls, class_or_tuple, /)" => |ctx, args| protocol::is_subclass(ctx, &args[0], &args[1]).map(Value::bool);
    /// Return whether the object is callable (i.e., some kind of function).
    ///
    /// Note that classes are callable, as are instances of classes with a
    /// __call__() method.
    function "callable(obj, /)" => |ctx, args| Ok(Value::bool(protocol::is_callable(ctx, &args[0])));
    /// Return the dictionary containing the current scope's global variables.
    ///
    /// NOTE: Updates to this dictionary *will* affect name lookups in the current
    /// global scope and vice-versa.
    function "globals()" => |ctx, _| Ok(current_globals(ctx));
    /// Return a dictionary containing the current scope's local variables.
    ///
    /// NOTE: Whether or not updates to this dictionary will affect name lookups in
    /// the local scope and vice-versa is *implementation dependent* and not
    /// covered by any backwards compatibility guarantees.
    function "locals()" => |ctx, _| Ok(current_locals(ctx));
    /// vars([object]) -> dictionary
    ///
    /// Without arguments, equivalent to locals().
    /// With an argument, equivalent to object.__dict__.
    function "vars(object=<unrepresentable>, /)" => vars;
    /// dir([object]) -> list of strings
    ///
    /// If called without an argument, return the names in the current scope.
    /// Else, return an alphabetized list of names comprising (some of) the attributes
    /// of the given object, and of attributes reachable from it.
    function "dir(object=<unrepresentable>, /)" => dir;
}

/// The name of an attribute as an interned str.
fn attribute_name(ctx: &mut Ctx, name: &Value) -> PyResult {
    if name.is_kind::<Str>() {
        return Ok(intern_text(name));
    }
    let class = protocol::class_name(ctx, name);
    Err(ctx.type_error(format!("attribute name must be string, not '{class}'")))
}

fn get_attribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = attribute_name(ctx, &args[1])?;
    match given(&args[2]) {
        Some(default) => Ok(protocol::get_attr_optional(ctx, &args[0], &name)?.unwrap_or_else(|| default.clone())),
        None => protocol::get_attr(ctx, &args[0], &name),
    }
}

fn set_attribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = attribute_name(ctx, &args[1])?;
    protocol::set_attr(ctx, &args[0], &name, args[2].clone())?;
    Ok(Value::NONE)
}

fn delete_attribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = attribute_name(ctx, &args[1])?;
    protocol::delete_attr(ctx, &args[0], &name)?;
    Ok(Value::NONE)
}

fn has_attribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = attribute_name(ctx, &args[1])?;
    Ok(Value::bool(protocol::get_attr_optional(ctx, &args[0], &name)?.is_some()))
}

/// The global namespace of the running Python code; that of `__main__` when none runs.
pub(crate) fn current_globals(ctx: &Ctx) -> Value {
    let frame = protocol::current_frame(ctx);
    let globals = frame.and_then(|frame| frame.func.get().downcast_ref::<Function>().map(|f| f.globals.get()));
    globals.unwrap_or_else(|| {
        let main = ctx.modules.get_str(&ctx.names.__main__);
        let module = main.as_ref().and_then(|main| main.downcast_ref::<crate::objects::module::Module>());
        module.map_or(Value::NONE, |module| module.dict.value().clone())
    })
}

/// The local namespace of the running Python code.
pub(crate) fn current_locals(ctx: &Ctx) -> Value {
    match protocol::current_frame(ctx) {
        Some(frame) => locals_of(&frame),
        None => current_globals(ctx),
    }
}

fn vars(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(object) = given(&args[0]) else { return Ok(current_locals(ctx)) };
    let name = ctx.names.__dict__.clone();
    match protocol::get_attr_optional(ctx, object, &name)? {
        Some(dict) => Ok(dict),
        None => Err(ctx.type_error("vars() argument must have __dict__ attribute")),
    }
}

fn dir(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let names = match given(&args[0]) {
        Some(object) => {
            let name = ctx.names.__dir__.clone();
            let Some(found) = protocol::call_special(ctx, object, &name, &[])? else {
                return Err(ctx.type_error("object does not provide __dir__"));
            };
            protocol::collect(ctx, &found)?
        }
        None => {
            let locals = current_locals(ctx);
            match locals.downcast_ref::<Dict>() {
                Some(dict) => dict.entries().into_iter().map(|(name, _)| name).collect(),
                None => {
                    let keys = protocol::call_method(ctx, &locals, "keys", &[])?;
                    protocol::collect(ctx, &keys)?
                }
            }
        }
    };
    let list = new_list(names).into_value();
    protocol::call_method(ctx, &list, "sort", &[])?;
    Ok(list)
}
