//! Making functions, and what a class call says of a wrong `__init__`.

use crate::code::flags;
use crate::objects::code::Code;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::function::Function;
use crate::objects::heap::{Slot, alloc};
use crate::objects::kind::Kind;
use crate::objects::native::{Native, Raised, Role};
use crate::objects::protocol;
use crate::objects::shape::ShapeId;
use crate::objects::string::{intern, new_str};
use crate::objects::value::Value;

/// The `__call__` of an object, when it is a plain method that takes the object as its first argument.
#[inline(never)]
pub(crate) fn plain_call(ctx: &Ctx, object: &Value) -> Option<Value> {
    let method = protocol::lookup_special(ctx, object, &ctx.names.__call__)?;
    let is_plain = method.is_kind::<Function>()
        || method
            .downcast_ref::<Native>()
            .is_some_and(|native| native.def.role == Role::Method && native.this.is_empty());
    is_plain.then_some(method)
}

/// A function of code and globals, with closure, annotations, keyword defaults and defaults (empty where absent).
pub(crate) fn make(ctx: &Ctx, code: Value, globals: Value, parts: [Value; 4]) -> Value {
    let [closure, annotations, kwdefaults, defaults] = parts;
    let (name, qualname, doc) = match code.downcast_ref::<Code>() {
        Some(payload) => {
            let doc = match payload.consts.first() {
                Some(first) if payload.object.flags & flags::HAS_DOCSTRING != 0 => first.clone(),
                _ => Value::NONE,
            };
            (intern(&payload.object.name), new_str(&*payload.object.qualname).into_value(), doc)
        }
        None => (Value::NONE, Value::NONE, Value::NONE),
    };
    let module =
        globals.downcast_ref::<Dict>().and_then(|globals| globals.get_str(&ctx.names.__name__)).unwrap_or(Value::NONE);
    let function = Function {
        code: Slot::new(code),
        globals: Slot::new(globals),
        closure: Slot::new(closure),
        defaults: Slot::new(defaults),
        kwdefaults: Slot::new(kwdefaults),
        name: Slot::new(name),
        qualname: Slot::new(qualname),
        doc: Slot::new(doc),
        module: Slot::new(module),
        annotations: Slot::new(annotations),
        type_params: Slot::default(),
        attrs: Slot::default(),
        rest: Slot::default(),
    };
    alloc(ShapeId::exact(Kind::Function), function).into_value()
}

/// The function that runs module code with its globals as namespace.
pub(crate) fn make_module_function(ctx: &Ctx, code: Value, globals: Value) -> Value {
    make(ctx, code, globals, [Value::EMPTY, Value::EMPTY, Value::EMPTY, Value::EMPTY])
}

/// Raises TypeError for an `__init__` that returned something.
#[cold]
pub(crate) fn init_result(ctx: &mut Ctx, value: &Value) -> Raised {
    let class = protocol::class_name(ctx, value);
    ctx.type_error(format!("__init__() should return None, not '{class}'"))
}

/// Whether a value is a Python function whose frame can be entered with exactly `count` positional arguments.
#[inline(always)]
pub(crate) fn takes_directly(function: &Value, count: usize) -> bool {
    function
        .downcast_ref::<Function>()
        .is_some_and(|function| function.with_code(|code| code.direct_arg_count as usize == count))
}
