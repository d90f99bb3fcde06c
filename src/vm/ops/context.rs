//! `with` and `async with`.
//!
//! Source: "The with statement" of the Language Reference, PEP 343, PEP 492.

use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::function::{Function, new_bound_method};
use crate::objects::native::{Native, PyResult, Role};
use crate::objects::protocol;
use crate::objects::value::Value;
use crate::vm::bind::Args;

/// A method of a context manager's class: the callable and whether the manager is its first argument.
fn special(ctx: &mut Ctx, manager: &Value, name: &Value) -> PyResult<Option<(Value, bool)>> {
    match protocol::lookup_special(ctx, manager, name) {
        Some(method) if method.is_kind::<Function>() || is_plain_native(&method) => Ok(Some((method, true))),
        Some(method) => {
            let class = protocol::class_of(ctx, manager);
            protocol::attribute::bind(ctx, &method, manager, &class).map(|bound| Some((bound, false)))
        }
        None => Ok(None),
    }
}

/// A method of a built-in class, which takes its object as the first argument as functions do.
fn is_plain_native(method: &Value) -> bool {
    method.downcast_ref::<Native>().is_some_and(|native| native.def.role == Role::Method && native.this.is_empty())
}

/// `BeforeWith` and `BeforeAsyncWith`: the bound exit method, and the enter method with its arguments, which the loop
/// calls.
///
/// # Errors
/// TypeError for what is no context manager.
pub(crate) fn before_with(ctx: &mut Ctx, manager: &Value, asynchronous: bool) -> PyResult<(Value, Value, Args)> {
    let manager = manager.clone();
    let n = &ctx.names;
    let (enter_name, exit_name) = if asynchronous {
        (n.__aenter__.clone(), n.__aexit__.clone())
    } else {
        (n.__enter__.clone(), n.__exit__.clone())
    };
    let protocol_name = if asynchronous { "asynchronous context manager" } else { "context manager" };
    let Some((entering, with_manager)) = special(ctx, &manager, &enter_name)? else {
        let class = protocol::class_name(ctx, &manager);
        return Err(ctx.type_error(format!("'{class}' object does not support the {protocol_name} protocol")));
    };
    let Some((exiting, unbound)) = special(ctx, &manager, &exit_name)? else {
        let class = protocol::class_name(ctx, &manager);
        let method = if asynchronous { "__aexit__" } else { "__exit__" };
        return Err(ctx.type_error(format!(
            "'{class}' object does not support the {protocol_name} protocol (missed {method} method)"
        )));
    };
    let exiting = if unbound { new_bound_method(exiting, manager.clone()).into_value() } else { exiting };
    let mut args = Args::new();
    if with_manager {
        args.push(manager);
    }
    Ok((exiting, entering, args))
}

/// `WithExceptStart`: the arguments with which the exit method is called for an exception.
pub(crate) fn exit_arguments(ctx: &Ctx, exception: &Value) -> Args {
    let class = protocol::class_of(ctx, exception).into_value();
    let traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
    let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
    let mut args = Args::new();
    args.extend([class, exception.clone(), traceback]);
    args
}
