//! One step of a task: resuming its coroutine, and what to do with what it yields, returns or raises.
//!
//! A coroutine yields to the event loop what it waits for: a future, or nothing, which only gives way. The step ends there;
//! the task will be woken when the future is done.
//!
//! Source: "Awaitables" and "Task Object" in the asyncio part of the Library Reference.

use smallvec::smallvec;

use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::frame::Frame;
use crate::objects::future::{self, State, Task, flags, future_of};
use crate::objects::heap::Obj;
use crate::objects::native::{Action, Input, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::value::Value;

use super::super::_contextvars as contextvars;
use super::futures::{self, add_waiting_task};
use super::tasks::{schedule_step, wakeup_method};
use super::{is_cancelled_error, raised_is_exit};

/// A step may begin only while the task is not done.
///
/// # Errors
/// InvalidStateError.
pub(super) fn check(ctx: &mut Ctx, task: &Obj<Task>, exception: &Value) -> PyResult<()> {
    if task.future.is_pending() {
        return Ok(());
    }
    let task = protocol::text::repr_string(ctx, &task.to_value())?;
    let exception = if exception.is_empty() { &Value::NONE } else { exception };
    let exception = protocol::text::repr_string(ctx, exception)?;
    Err(future::invalid_state(ctx, &format!("__step(): already done: {task} {exception}")))
}

/// What is to be thrown into a task that waited for a future: its exception, or empty when it has a result.
///
/// # Errors
/// What asking a future that is not native raises, if it is no Exception.
pub(super) fn exception_of(ctx: &mut Ctx, future: &Value) -> PyResult {
    let outcome = match future_of(future) {
        Some(own) if own.state.get() == State::Finished && !own.has_flag(flags::RAISED) => return Ok(Value::EMPTY),
        Some(_) => future::result(ctx, future),
        None => protocol::call_method(ctx, future, "result", &[]),
    };
    match outcome {
        Ok(_) => Ok(Value::EMPTY),
        Err(raised) => Ok(ctx.take_raised(raised)),
    }
}

/// Resumes the coroutine of a task, with an exception thrown in unless that is empty.
///
/// # Errors
/// What making a CancelledError raises.
pub(super) fn resume(ctx: &mut Ctx, task: &Obj<Task>, mut exception: Value) -> PyResult<Action> {
    if task.future.has_flag(flags::MUST_CANCEL) {
        if exception.is_empty() || !is_cancelled_error(ctx, &exception)? {
            exception = future::cancelled_error(ctx, &task.future)?;
        }
        task.future.set_flag(flags::MUST_CANCEL, false);
    }
    task.waiter.take();
    let coroutine = task.coroutine.get();
    if coroutine.is_kind::<Frame>() {
        return Ok(if exception.is_empty() {
            Action::Send(coroutine, Value::NONE)
        } else {
            Action::Throw(coroutine, exception)
        });
    }
    // A coroutine of another making: an object with `send` and `throw`.
    if !exception.is_empty() {
        let method = protocol::get_attr(ctx, &coroutine, &intern("throw"))?;
        return Ok(Action::Call(method, smallvec![exception]));
    }
    if let Some(next) = protocol::lookup_special(ctx, &coroutine, &ctx.names.__next__) {
        let class = protocol::class_of(ctx, &coroutine);
        let next = protocol::attribute::bind(ctx, &next, &coroutine, &class)?;
        return Ok(Action::Call(next, smallvec![]));
    }
    let method = protocol::get_attr(ctx, &coroutine, &intern("send"))?;
    Ok(Action::Call(method, smallvec![Value::NONE]))
}

/// What the coroutine did with the step.
///
/// # Errors
/// KeyboardInterrupt and SystemExit; what scheduling raises.
pub(super) fn conclude(ctx: &mut Ctx, value: &Value, task: &Obj<Task>, input: Input) -> PyResult<()> {
    match input {
        Input::Value(item) if item.is_none() => schedule_step(ctx, task, Value::EMPTY),
        Input::Value(item) => wait_for(ctx, value, task, &item),
        Input::Exhausted(result) => returned(ctx, value, task, result),
        Input::Raised => raised(ctx, value, task),
        Input::Start => Ok(()),
    }
}

fn returned(ctx: &mut Ctx, value: &Value, task: &Obj<Task>, result: Value) -> PyResult<()> {
    if task.future.has_flag(flags::MUST_CANCEL) {
        // It was cancelled right before the coroutine returned.
        task.future.set_flag(flags::MUST_CANCEL, false);
        let message = task.future.extra.peek(|extra| extra.cancel_message.clone()).unwrap_or_default();
        return futures::cancel_future(ctx, value, &message).map(drop);
    }
    futures::set_result(ctx, value, result)
}

fn raised(ctx: &mut Ctx, value: &Value, task: &Obj<Task>) -> PyResult<()> {
    if !task.coroutine.get().is_kind::<Frame>() && ctx.raised_is(&ctx.exceptions.StopIteration) {
        let stop = ctx.take_raised(Raised(()));
        let result = stop.downcast_ref::<Exception>().map_or(Value::NONE, |stop| stop.field(0));
        return returned(ctx, value, task, result);
    }
    let is_exit = raised_is_exit(ctx);
    let exception = ctx.take_raised(Raised(()));
    if is_cancelled_error(ctx, &exception)? {
        // Kept, so that whoever awaits the task gets this very exception.
        let old = task.future.extra.change(|extra| std::mem::replace(&mut extra.cancelled_error, exception));
        drop(old);
        return futures::cancel_future(ctx, value, &Value::EMPTY).map(drop);
    }
    futures::set_exception(ctx, value, exception.clone())?;
    if is_exit { Err(ctx.reraise(exception)) } else { Ok(()) }
}

/// The task yielded something: it waits for that future, or it is told what is wrong with it.
fn wait_for(ctx: &mut Ctx, value: &Value, task: &Obj<Task>, item: &Value) -> PyResult<()> {
    if let Some(future) = future_of(item)
        && future::is_plain(item)
    {
        if !future.event_loop.get().is(&task.future.event_loop.get()) {
            return complain(ctx, task, value, Complaint::OtherLoop, item);
        }
        if !future.has_flag(flags::BLOCKING) {
            return complain(ctx, task, value, Complaint::NotAwaited, item);
        }
        if item.is(value) {
            return complain(ctx, task, value, Complaint::Itself, item);
        }
        future.set_flag(flags::BLOCKING, false);
        add_waiting_task(ctx, item, value)?;
    } else {
        let name = intern("_asyncio_future_blocking");
        let blocking = protocol::get_attr_optional(ctx, item, &name)?;
        let Some(blocking) = blocking.filter(|blocking| !blocking.is_none()) else {
            let is_generator = item.downcast_ref::<Frame>().is_some_and(|frame| frame.is_generator());
            let complaint = if is_generator { Complaint::Generator } else { Complaint::BadYield };
            return complain(ctx, task, value, complaint, item);
        };
        let own = super::call_python(ctx, "asyncio.futures", "_get_loop", std::slice::from_ref(item))?;
        if !own.is(&task.future.event_loop.get()) {
            return complain(ctx, task, value, Complaint::OtherLoop, item);
        }
        if !protocol::truth(ctx, &blocking)? {
            return complain(ctx, task, value, Complaint::NotAwaited, item);
        }
        if item.is(value) {
            return complain(ctx, task, value, Complaint::Itself, item);
        }
        protocol::set_attr(ctx, item, &name, Value::FALSE)?;
        let callback = wakeup_method(ctx, value);
        let context = contextvars::outermost(ctx);
        let method = protocol::get_attr(ctx, item, &intern("add_done_callback"))?;
        protocol::call_keywords(ctx, &method, &[callback], &[(intern("context"), context)])?;
    }
    task.waiter.set(item.clone());
    if task.future.has_flag(flags::MUST_CANCEL) {
        let message = task.future.extra.peek(|extra| extra.cancel_message.clone()).unwrap_or_default();
        let cancelled = if future::is_plain(item) {
            futures::cancel(ctx, item, &message)?
        } else {
            futures::cancel_foreign(ctx, item, &message)?
        };
        if cancelled {
            task.future.set_flag(flags::MUST_CANCEL, false);
        }
    }
    Ok(())
}

/// What can be wrong with what a task yields.
enum Complaint {
    OtherLoop,
    NotAwaited,
    Itself,
    Generator,
    BadYield,
}

/// Throws a RuntimeError into the task at its next step.
fn complain(ctx: &mut Ctx, task: &Obj<Task>, value: &Value, complaint: Complaint, item: &Value) -> PyResult<()> {
    let shown = protocol::text::repr_string(ctx, item)?;
    let own = match complaint {
        Complaint::Itself | Complaint::BadYield => String::new(),
        _ => protocol::text::repr_string(ctx, value)?,
    };
    let message = match complaint {
        Complaint::OtherLoop => format!("Task {own} got Future {shown} attached to a different loop"),
        Complaint::NotAwaited => format!("yield was used instead of yield from in task {own} with {shown}"),
        Complaint::Itself => format!("Task cannot await on itself: {shown}"),
        Complaint::Generator => {
            format!("yield was used instead of yield from for generator in task {own} with {shown}")
        }
        Complaint::BadYield => format!("Task got bad yield: {shown}"),
    };
    let class = ctx.exceptions.RuntimeError.clone();
    let message = ctx.str(message);
    let error = ctx.new_exception(&class, vec![message]);
    schedule_step(ctx, task, error)
}
