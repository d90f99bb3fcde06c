//! `yield from`, `await`, `async for`: finding the iterator, sending one level down.
//!
//! Source: PEP 380, PEP 492, PEP 525; "Await expression" and "The async for statement" of the Language Reference.

use crate::code::{Op, flags};
use crate::objects::code::Code;
use crate::objects::ctx::{Ctx, Resumed};
use crate::objects::exception::Exception;
use crate::objects::frame::{Frame, SHAPE_ASYNC_GENERATOR};
use crate::objects::future;
use crate::objects::generator;
use crate::objects::heap::{Obj, Ref};
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::suspension::{self, Role, Suspension};
use crate::objects::value::Value;
use crate::vm::{call, resume};

/// `GetYieldFromIter`
///
/// # Errors
/// TypeError for a coroutine in a plain generator, or what is not iterable.
pub(crate) fn yield_from_iter(ctx: &mut Ctx, code: &Obj<Code>, value: &Value) -> PyResult {
    let value = value.clone();
    if let Some(frame) = value.downcast_ref::<Frame>() {
        if frame.is_coroutine() {
            if code.flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) != 0 {
                return Ok(value);
            }
            return Err(ctx.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
        }
        if frame.is_generator() {
            return Ok(value);
        }
    }
    if future::is_plain(&value) {
        return Ok(value);
    }
    protocol::iter(ctx, &value)
}

fn is_iterable_coroutine(frame: &Obj<Frame>) -> bool {
    frame.is_generator() && frame.with_code(|code| code.flags & flags::ITERABLE_COROUTINE != 0)
}

/// `GetAwaitable`: the argument tells who asks, for the error message.
///
/// # Errors
/// TypeError for what cannot be awaited; RuntimeError for a coroutine that is being awaited.
pub(crate) fn get_awaitable(ctx: &mut Ctx, value: &Value, asker: u32) -> PyResult {
    let value = value.clone();
    if value.is_kind::<Suspension>() {
        return Ok(value);
    }
    if let Some(frame) = value.downcast_ref::<Frame>() {
        if frame.is_coroutine() {
            if frame.delegate().is_some() && !frame.is_running() {
                return Err(ctx.runtime_error("coroutine is being awaited already"));
            }
            return Ok(value);
        }
        if is_iterable_coroutine(frame) {
            return Ok(value);
        }
    }
    if future::is_plain(&value) {
        return Ok(value);
    }
    let method = protocol::lookup_special(ctx, &value, &ctx.names.__await__);
    let Some(method) = method else {
        let class = protocol::class_name(ctx, &value);
        return Err(ctx.type_error(match asker {
            1 => format!("'async with' received an object from __aenter__ that does not implement __await__: {class}"),
            2 => format!("'async with' received an object from __aexit__ that does not implement __await__: {class}"),
            _ => format!("object {class} can't be used in 'await' expression"),
        }));
    };
    let iterator = call::to_end(ctx, &method, &value)?;
    check_await_result(ctx, iterator)
}

fn check_await_result(ctx: &mut Ctx, iterator: Value) -> PyResult {
    if let Some(frame) = iterator.downcast_ref::<Frame>() {
        if frame.is_coroutine() || is_iterable_coroutine(frame) {
            return Err(ctx.type_error("__await__() returned a coroutine"));
        }
        if frame.is_generator() {
            return Ok(iterator);
        }
    }
    if !protocol::iteration::is_iterator(ctx, &iterator) {
        let class = protocol::class_name(ctx, &iterator);
        return Err(ctx.type_error(format!("__await__() returned non-iterator of type '{class}'")));
    }
    Ok(iterator)
}

fn is_async_generator(value: &Value) -> bool {
    value.header().is_some_and(|header| header.shape() == SHAPE_ASYNC_GENERATOR)
}

/// Resumes the asynchronous generator of an `asend` on behalf of the frame on top of the chain, which awaits it: the
/// generator's frame is on top then.
///
/// # Errors
/// StopAsyncIteration when the generator has finished; RuntimeError when the object was used before, or the generator
/// is busy.
pub(crate) fn enter_asend(ctx: &mut Ctx, this: &Obj<Suspension>, value: Value) -> PyResult<()> {
    let (generator, value) = suspension::begin_asend(ctx, this, value)?;
    match resume::enter(ctx, &generator, value) {
        Ok(true) => Ok(()),
        Ok(false) => Err(suspension::end_asend(ctx, this, Ok(Value::NONE))),
        Err(raised) => Err(suspension::end_asend(ctx, this, Err(raised))),
    }
}

/// The `asend` that a frame stands waiting for at its `YieldFrom`.
pub(crate) fn awaited_asend(frame: &Obj<Frame>) -> Option<Ref<Suspension>> {
    if frame.current_word() as u8 != Op::YieldFrom as u8 {
        return None;
    }
    frame.peek(1).downcast::<Suspension>().filter(|suspension| suspension.role == Role::Asend)
}

/// `GetAiter`
///
/// # Errors
/// TypeError for what has no `__aiter__` or returns no asynchronous iterator.
pub(crate) fn get_aiter(ctx: &mut Ctx, value: &Value) -> PyResult {
    let value = value.clone();
    if is_async_generator(&value) {
        return Ok(value);
    }
    let name = ctx.names.__aiter__.clone();
    let Some(iterator) = protocol::call_special(ctx, &value, &name, &[])? else {
        let class = protocol::class_name(ctx, &value);
        return Err(ctx.type_error(format!("'async for' requires an object with __aiter__ method, got {class}")));
    };
    if protocol::lookup_special(ctx, &iterator, &ctx.names.__anext__).is_none() {
        let class = protocol::class_name(ctx, &iterator);
        return Err(ctx.type_error(format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {class}"
        )));
    }
    Ok(iterator)
}

/// `GetAnext`
///
/// # Errors
/// TypeError for what has no `__anext__` or returns nothing awaitable.
pub(crate) fn get_anext(ctx: &mut Ctx, iterator: &Value) -> PyResult {
    let iterator = iterator.clone();
    if is_async_generator(&iterator) {
        return generator::next_awaitable(ctx, &iterator);
    }
    let name = ctx.names.__anext__.clone();
    let Some(awaitable) = protocol::call_special(ctx, &iterator, &name, &[])? else {
        let class = protocol::class_name(ctx, &iterator);
        return Err(ctx.type_error(format!("'async for' requires an iterator with __anext__ method, got {class}")));
    };
    match get_awaitable(ctx, &awaitable, 0) {
        Ok(iterator) => Ok(iterator),
        Err(raised) => {
            let cause = ctx.take_raised(raised);
            let class = protocol::class_name(ctx, &awaitable);
            let _: Raised = ctx.type_error(format!("'async for' received an invalid object from __anext__: {class}"));
            let error = std::mem::take(&mut ctx.raised);
            if let Some(payload) = error.downcast_ref::<Exception>() {
                payload.context.set(cause.clone());
                payload.cause.set(cause);
                payload.suppress_context.set(true);
            }
            Err(ctx.reraise(error))
        }
    }
}

/// Whether an exception ends an `async for`.
pub(crate) fn is_stop_async_iteration(ctx: &Ctx, exception: &Value) -> bool {
    protocol::is_instance_of(ctx, exception, &ctx.exceptions.StopAsyncIteration)
}

/// What sending to a delegate gave.
pub(crate) enum Sent {
    /// It yielded.
    Yielded(Value),
    /// It is exhausted; its return value.
    Returned(Value),
}

/// Sends a value to whatever iterator is delegated to, one level down.
///
/// # Errors
/// What the iterator raises, StopIteration excepted.
pub(crate) fn send_one_level(ctx: &mut Ctx, iterator: &Value, value: Value) -> PyResult<Sent> {
    let iterator = iterator.clone();
    if let Some(frame) = iterator.downcast_ref::<Frame>()
        && !frame.is_async_generator()
    {
        return Ok(match (ctx.door.resume)(ctx, &iterator, value)? {
            Resumed::Yielded(value) => Sent::Yielded(value),
            Resumed::Returned(value) => Sent::Returned(value),
        });
    }
    if let Some(suspension) = iterator.downcast_ref::<Suspension>() {
        return Ok(match suspension::advance(ctx, suspension, value)? {
            Resumed::Yielded(value) => Sent::Yielded(value),
            Resumed::Returned(value) => Sent::Returned(value),
        });
    }
    if future::future_of(&iterator).is_some() {
        return Ok(match future::advance(ctx, &iterator)? {
            Resumed::Yielded(value) => Sent::Yielded(value),
            Resumed::Returned(value) => Sent::Returned(value),
        });
    }
    if value.is_none()
        && matches!(
            iterator.header().map(|header| header.kind()),
            Some(
                crate::objects::kind::Kind::ListIter
                    | crate::objects::kind::Kind::RangeIter
                    | crate::objects::kind::Kind::TupleIter
                    | crate::objects::kind::Kind::Iter
            )
        )
    {
        return Ok(match protocol::next(ctx, &iterator)? {
            Some(item) => Sent::Yielded(item),
            None => Sent::Returned(Value::NONE),
        });
    }
    let result = if value.is_none() {
        let name = ctx.names.__next__.clone();
        match protocol::call_special(ctx, &iterator, &name, &[]) {
            Ok(Some(item)) => Ok(item),
            Ok(None) => {
                let class = protocol::class_name(ctx, &iterator);
                Err(ctx.type_error(format!("'{class}' object is not an iterator")))
            }
            Err(raised) => Err(raised),
        }
    } else {
        let send = ctx.names.send.clone();
        match protocol::get_attr(ctx, &iterator, &send) {
            Ok(method) => protocol::call(ctx, &method, &[value]),
            Err(raised) => Err(raised),
        }
    };
    match result {
        Ok(item) => Ok(Sent::Yielded(item)),
        Err(raised) => stop_value(ctx, raised).map(Sent::Returned),
    }
}

/// The value of the StopIteration being raised.
///
/// # Errors
/// The exception, when it is another one.
pub(crate) fn stop_value(ctx: &mut Ctx, raised: Raised) -> PyResult {
    let class = ctx.exceptions.StopIteration.clone();
    let exception = ctx.catch(raised, &class)?;
    Ok(exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.field(0)))
}
