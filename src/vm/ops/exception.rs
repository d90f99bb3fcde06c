//! `raise`, and matching exceptions with `except` clauses.
//!
//! Source: "The raise statement" and "The try statement" of the Language Reference.

use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

fn is_exception_class(ctx: &Ctx, value: &Value) -> bool {
    value.downcast_ref::<Class>().is_some_and(|class| class.is_subclass_of(&ctx.exceptions.BaseException))
}

/// An exception object of what a `raise` names: an instance, or a class that is called.
///
/// # Errors
/// TypeError for anything else; what the class raises.
fn instantiate(ctx: &mut Ctx, value: Value, wrong: &str) -> PyResult {
    if value.is_kind::<Exception>() {
        return Ok(value);
    }
    if is_exception_class(ctx, &value) {
        let exception = protocol::call(ctx, &value, &[])?;
        if exception.is_kind::<Exception>() {
            return Ok(exception);
        }
        let (class, got) = (protocol::text::repr_string(ctx, &value)?, protocol::class_of(ctx, &exception));
        let got = protocol::text::repr_string(ctx, got.value())?;
        return Err(
            ctx.type_error(format!("calling {class} should have returned an instance of BaseException, not {got}"))
        );
    }
    Err(ctx.type_error(wrong))
}

/// `raise`, `raise exception`, `raise exception from cause`; arguments that are absent are empty.
pub(crate) fn raise(ctx: &mut Ctx, exception: Value, cause: Value) -> Raised {
    if exception.is_empty() {
        if ctx.handled.is_none() {
            return ctx.runtime_error("No active exception to reraise");
        }
        let handled = ctx.handled.clone();
        return ctx.reraise(handled);
    }
    let exception = match instantiate(ctx, exception, "exceptions must derive from BaseException") {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    if !cause.is_empty() {
        let cause = if cause.is_none() {
            cause
        } else {
            match instantiate(ctx, cause, "exception causes must derive from BaseException") {
                Ok(cause) => cause,
                Err(raised) => return raised,
            }
        };
        if let Some(payload) = exception.downcast_ref::<Exception>() {
            payload.cause.set(cause);
            payload.suppress_context.set(true);
        }
    }
    ctx.raise_value(exception)
}

/// Whether an exception matches what an `except` clause names.
///
/// # Errors
/// TypeError for what is no exception class.
pub(crate) fn matches(ctx: &mut Ctx, exception: &Value, wanted: &Value) -> PyResult<bool> {
    if let Some(class) = wanted.downcast_ref::<Class>()
        && class.is_subclass_of(&ctx.exceptions.BaseException)
    {
        return Ok(protocol::is_instance_of(ctx, exception, class));
    }
    if let Some(tuple) = wanted.downcast_ref::<Tuple>() {
        for class in tuple.items() {
            if !is_exception_class(ctx, class) {
                return Err(no_exception_class(ctx));
            }
        }
        return Ok(tuple
            .items()
            .iter()
            .filter_map(Value::downcast_ref::<Class>)
            .any(|class| protocol::is_instance_of(ctx, exception, class)));
    }
    Err(no_exception_class(ctx))
}

fn no_exception_class(ctx: &mut Ctx) -> Raised {
    ctx.type_error("catching classes that do not inherit from BaseException is not allowed")
}

/// Splits an exception for `except*`: what is left and what matches, None for nothing.
///
/// # Errors
/// TypeError for what is no exception class, or is an exception group class.
pub(crate) fn group_matches(ctx: &mut Ctx, exception: &Value, wanted: &Value) -> PyResult<(Value, Value)> {
    let (exception, wanted) = (exception.clone(), wanted.clone());
    let (matched, rest) = crate::objects::exception_group::split_match(ctx, &exception, &wanted)?;
    if !matched.is_none() {
        // Inside the clause the matching part is what is being handled: `raise` raises it again.
        ctx.handled = matched.clone();
    }
    Ok((rest, matched))
}
