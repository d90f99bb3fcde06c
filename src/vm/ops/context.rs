//! `with` and `async with`.
//!
//! Source: "The with statement" of the Language Reference, PEP 343, PEP 492.

use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::value::Value;

use crate::vm::call::Args;

fn special(ctx: &mut Ctx, manager: &Value, name: &Value) -> PyResult<Option<Value>> {
    match protocol::lookup_special(ctx, manager, name) {
        Some(method) => {
            let class = protocol::class_of(ctx, manager);
            protocol::attribute::bind(ctx, &method, manager, &class).map(Some)
        }
        None => Ok(None),
    }
}

/// The exit and the enter method of a context manager, bound.
fn methods(ctx: &mut Ctx, manager: &Value, asynchronous: bool) -> PyResult<(Value, Value)> {
    let manager = manager.clone();
    let n = &ctx.names;
    let (enter_name, exit_name) = if asynchronous {
        (n.__aenter__.clone(), n.__aexit__.clone())
    } else {
        (n.__enter__.clone(), n.__exit__.clone())
    };
    let protocol_name = if asynchronous { "asynchronous context manager" } else { "context manager" };
    let Some(entering) = special(ctx, &manager, &enter_name)? else {
        let class = protocol::with_class(ctx, &manager, |class| class.qualname.get());
        let class = protocol::text::str_string(ctx, &class)?;
        return Err(ctx.type_error(format!("'{class}' object does not support the {protocol_name} protocol")));
    };
    let Some(exiting) = special(ctx, &manager, &exit_name)? else {
        let class = protocol::with_class(ctx, &manager, |class| class.qualname.get());
        let class = protocol::text::str_string(ctx, &class)?;
        let method = if asynchronous { "__aexit__" } else { "__exit__" };
        return Err(ctx.type_error(format!(
            "'{class}' object does not support the {protocol_name} protocol (missed {method} method)"
        )));
    };
    Ok((exiting, entering))
}

/// `BeforeWith`: the exit method and the enter method, which the loop calls on the chain of frames, since entering may
/// block or suspend as any call may.
///
/// # Errors
/// TypeError for what is no context manager.
pub(crate) fn before_with(ctx: &mut Ctx, manager: &Value) -> PyResult<(Value, Value)> {
    methods(ctx, manager, false)
}

/// `BeforeAsyncWith`: the same of an asynchronous context manager.
///
/// # Errors
/// TypeError for what is no asynchronous context manager.
pub(crate) fn before_async_with(ctx: &mut Ctx, manager: &Value) -> PyResult<(Value, Value)> {
    methods(ctx, manager, true)
}

/// `WithExceptStart`: what the exit method is called with.
pub(crate) fn exit_arguments(ctx: &Ctx, exception: &Value) -> Args {
    let class = protocol::class_of(ctx, exception).into_value();
    let traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
    let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
    Args::from_iter([class, exception.clone(), traceback])
}
