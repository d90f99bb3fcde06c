//! Ends: closing suspended frames, the pending queue, interrupts, and exceptions that nobody can catch.

use std::sync::atomic::Ordering;

use crate::objects::ctx::{Ctx, Resumed};
use crate::objects::exception::Exception;
use crate::objects::frame::{self, Frame, State};
use crate::objects::heap::{self, Pending, Ref, attention};
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::value::Value;

use super::ops::suspension::stop_value;
use super::resume;
use super::transfer::Signal;

/// Serves the attention word between two instructions.
///
/// # Errors
/// KeyboardInterrupt, or what a signal handler raises.
#[cold]
#[inline(never)]
pub(crate) fn attend(ctx: &mut Ctx) -> PyResult<Option<Signal>> {
    let bits = ctx.attention.load(Ordering::Relaxed);
    if bits & attention::COLLECT != 0 {
        ctx.attention.fetch_and(!attention::COLLECT, Ordering::Relaxed);
        heap::collect();
    }
    if ctx.attention.load(Ordering::Relaxed) & attention::PENDING != 0 {
        run_pending_now(ctx);
    }
    check_interrupt(ctx)?;
    Ok(None)
}

/// Raises KeyboardInterrupt when an interrupt has arrived.
///
/// # Errors
/// KeyboardInterrupt.
pub(crate) fn check_interrupt(ctx: &mut Ctx) -> PyResult<()> {
    if ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT != 0 {
        ctx.attention.fetch_and(!attention::INTERRUPT, Ordering::Relaxed);
        let class = ctx.exceptions.KeyboardInterrupt.clone();
        let exception = ctx.new_exception(&class, Vec::new());
        return Err(ctx.raise_value(exception));
    }
    Ok(())
}

/// Runs everything in the pending queue.
pub(crate) fn run_pending_now(ctx: &mut Ctx) {
    ctx.attention.fetch_and(!attention::PENDING, Ordering::Relaxed);
    let raised = std::mem::take(&mut ctx.raised);
    let handled = std::mem::replace(&mut ctx.handled, Value::NONE);
    while let Some(pending) = heap::take_pending() {
        match pending {
            Pending::Finalize(object) => finalize(ctx, &object),
            Pending::WeakCallback(callback, reference) => {
                if let Err(Raised(())) = protocol::call(ctx, &callback, &[reference]) {
                    report_unraisable(ctx, "Exception ignored in: ", &callback);
                }
            }
        }
    }
    ctx.handled = handled;
    ctx.raised = raised;
}

fn finalize(ctx: &mut Ctx, object: &Value) {
    if let Some(frame) = object.downcast::<Frame>() {
        finalize_frame(ctx, &frame);
        return;
    }
    let name = ctx.names.__del__.clone();
    if let Some(method) = protocol::lookup_special(ctx, object, &name)
        && let Err(Raised(())) = protocol::call_unbound(ctx, &method, object, &[])
    {
        report_unraisable(ctx, "Exception ignored in: ", &method);
    }
}

fn finalize_frame(ctx: &mut Ctx, frame: &Ref<Frame>) {
    if frame.is_async_generator() && frame.state.get() == State::Suspended && !frame.has_flag(frame::flags::AG_CLOSED) {
        let finalizer = ctx.asyncgen_hooks.1.clone();
        if !finalizer.is_none() && frame.has_flag(frame::flags::AG_HOOKED) {
            if let Err(Raised(())) = protocol::call(ctx, &finalizer, std::slice::from_ref(frame.value())) {
                report_unraisable(ctx, "Exception ignored in: ", frame.value());
            }
            return;
        }
    }
    if frame.is_coroutine() && frame.state.get() == State::Created {
        warn_never_awaited(ctx, frame);
        frame.retire();
        return;
    }
    if let Err(Raised(())) = close(ctx, frame) {
        report_unraisable(ctx, "Exception ignored in: ", frame.value());
    }
}

fn warn_never_awaited(ctx: &mut Ctx, frame: &Ref<Frame>) {
    let name = frame
        .func
        .get()
        .downcast_ref::<crate::objects::function::Function>()
        .map(|function| function.qualname.get())
        .and_then(|name| name.downcast_ref::<Str>().map(|name| name.as_str().to_owned()))
        .unwrap_or_default();
    let message = ctx.str(format!("coroutine '{name}' was never awaited"));
    let class = ctx.exceptions.RuntimeWarning.clone();
    if let Err(Raised(())) = crate::objects::warning::warn(ctx, &class, &message, 1) {
        report_unraisable(ctx, "Exception ignored in: ", frame.value());
    }
}

/// Where coroutines were made, for `cr_origin`.
pub(crate) fn note_origin(_ctx: &mut Ctx, _frame: &Ref<Frame>) {}

/// An exception that nobody can catch goes to `sys.unraisablehook`.
pub(crate) fn report_unraisable(ctx: &mut Ctx, message: &str, object: &Value) {
    let exception = std::mem::take(&mut ctx.raised);
    if exception.is_empty() {
        return;
    }
    let hook = ctx.sys.get_str(&ctx.names.unraisablehook);
    let Some(hook) = hook else { return };
    let class = protocol::class_of(ctx, &exception).into_value();
    let traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
    let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
    let namespace = crate::objects::instance::new_instance(&ctx.types.simple_namespace);
    namespace.set_attribute(&intern("exc_type"), class);
    namespace.set_attribute(&intern("exc_value"), exception);
    namespace.set_attribute(&intern("exc_traceback"), traceback);
    let text = message.trim_end_matches(": ").trim_end_matches(" in");
    let err_msg = if text == "Exception ignored" || text.is_empty() { Value::NONE } else { new_str(text).into_value() };
    namespace.set_attribute(&intern("err_msg"), err_msg);
    namespace.set_attribute(&intern("object"), object.clone());
    if let Err(Raised(())) = protocol::call(ctx, &hook, &[namespace.into_value()]) {
        ctx.raised = Value::EMPTY;
    }
}

/// What throwing into a frame led to.
pub(crate) enum Thrown {
    /// The frame, or one that it delegates to, is on top of the chain, to which this signal goes.
    Signal(Signal),
    /// An iterator that the frame delegates to caught the exception and yielded this; the frame stays suspended.
    Yielded(Value),
}

/// Throws an exception into a generator or coroutine: into the innermost delegate that can take it.
///
/// # Errors
/// ValueError when it is running; the exception itself when the frame has not started or is finished.
pub(crate) fn throw_anywhere(ctx: &mut Ctx, root: &Ref<Frame>, exception: Value) -> PyResult<Thrown> {
    if root.state.get() != State::Suspended {
        return resume::throw(ctx, root, exception).map(Thrown::Signal);
    }
    let is_exit = protocol::is_instance_of(ctx, &exception, &ctx.exceptions.GeneratorExit);
    if is_exit && root.link.get() != 0 {
        // GeneratorExit closes the delegates one by one before it is raised here.
        resume::unlink_root(root);
    }
    let leaf = resume::leaf_of(root);
    let Some(delegate) = leaf.delegate() else {
        return resume::throw(ctx, root, exception).map(Thrown::Signal);
    };
    leaf.state.set(State::Running);
    root.state.set(State::Running);
    let outcome = throw_into_delegate(ctx, &delegate, &exception, is_exit);
    leaf.state.set(State::Suspended);
    root.state.set(State::Suspended);
    match outcome {
        Ok(Some(Resumed::Yielded(value))) => Ok(Thrown::Yielded(value)),
        Ok(Some(Resumed::Returned(value))) => {
            // The delegate caught the exception and is done: the frame goes on with its value.
            if resume::enter(ctx, root, Value::NONE)? {
                let top = frame::frame_at(ctx.frame);
                if let Some(top) = top {
                    drop(top.pop());
                    drop(top.pop());
                    top.push(value);
                    top.ip.set(top.ip.get() + 1);
                }
            }
            Ok(Thrown::Signal(Signal::Enter))
        }
        Ok(None) => resume::throw(ctx, root, exception).map(Thrown::Signal),
        Err(Raised(())) => {
            let exception = std::mem::take(&mut ctx.raised);
            resume::throw(ctx, root, exception).map(Thrown::Signal)
        }
    }
}

/// Throws into (or, for GeneratorExit, closes) what a frame delegates to; None when it can take no exception.
fn throw_into_delegate(ctx: &mut Ctx, delegate: &Value, exception: &Value, is_exit: bool) -> PyResult<Option<Resumed>> {
    if is_exit {
        close_any(ctx, delegate)?;
        return Ok(None);
    }
    if delegate.is_kind::<Frame>() {
        return (ctx.door.throw)(ctx, delegate, exception.clone()).map(Some);
    }
    let name = ctx.names.throw.clone();
    let Some(method) = protocol::get_attr_optional(ctx, delegate, &name)? else { return Ok(None) };
    match protocol::call(ctx, &method, std::slice::from_ref(exception)) {
        Ok(value) => Ok(Some(Resumed::Yielded(value))),
        Err(raised) => stop_value(ctx, raised).map(|value| Some(Resumed::Returned(value))),
    }
}

fn close_any(ctx: &mut Ctx, delegate: &Value) -> PyResult<()> {
    if let Some(frame) = delegate.downcast::<Frame>() {
        return close(ctx, &frame).map(drop);
    }
    let name = ctx.names.close.clone();
    match protocol::get_attr_optional(ctx, delegate, &name)? {
        Some(method) => protocol::call(ctx, &method, &[]).map(drop),
        None => Ok(()),
    }
}

/// `close()` of a generator or coroutine, by the door.
pub(crate) fn door_close(ctx: &mut Ctx, target: &Value) -> PyResult {
    match target.downcast::<Frame>() {
        Some(frame) => close(ctx, &frame),
        None => Err(ctx.type_error("not a generator")),
    }
}

/// Closes a frame and what it delegates to, innermost first, one level after the other: no matter how long the chain
/// is, the machine stack does not grow. The result is what the frame returned, or None.
///
/// # Errors
/// What the frame raises instead of ending; RuntimeError when it yields.
pub(crate) fn close(ctx: &mut Ctx, root: &Ref<Frame>) -> PyResult {
    match root.state.get() {
        State::Finished => return Ok(Value::NONE),
        State::Created => {
            root.retire();
            return Ok(Value::NONE);
        }
        State::Running => {
            let what = if root.is_coroutine() { "coroutine" } else { "generator" };
            return Err(ctx.value_error(format!("{what} already executing")));
        }
        State::Suspended => {}
    }
    if root.deleg.get() != 0 {
        resume::unlink(resume::leaf_of(root));
    }
    let mut levels = vec![root.clone()];
    while let Some(next) = levels
        .last()
        .and_then(|frame| frame.delegate())
        .and_then(|next| next.downcast::<Frame>())
        .filter(|next| next.state.get() == State::Suspended && levels.len() < 10_000_000)
    {
        levels.push(next);
    }
    resume::unlink_root(root);
    let mut failure: Option<Value> = None;
    let mut result = Value::NONE;
    while let Some(frame) = levels.pop() {
        if failure.is_none()
            && let Some(delegate) = frame.delegate()
            && !delegate.is_kind::<Frame>()
        {
            frame.state.set(State::Running);
            let closed = close_any(ctx, &delegate);
            frame.state.set(State::Suspended);
            if let Err(Raised(())) = closed {
                failure = Some(std::mem::take(&mut ctx.raised));
            }
        }
        let exception = failure.take().unwrap_or_else(|| {
            let class = ctx.exceptions.GeneratorExit.clone();
            ctx.new_exception(&class, Vec::new())
        });
        if frame.state.get() != State::Suspended {
            failure = Some(exception);
            continue;
        }
        if ctx.observer.is_some() {
            super::transfer::tell(ctx, &frame, crate::objects::observer::Event::Close);
        }
        let exit = throw_alone(ctx, &frame, exception);
        match exit {
            Ok(Resumed::Yielded(_)) => {
                let what = if frame.is_coroutine() {
                    "coroutine"
                } else if frame.is_async_generator() {
                    "async generator"
                } else {
                    "generator"
                };
                let _: Raised = ctx.runtime_error(format!("{what} ignored GeneratorExit"));
                failure = Some(std::mem::take(&mut ctx.raised));
            }
            Ok(Resumed::Returned(value)) => result = value,
            Err(Raised(())) => {
                let exit = ctx.exceptions.GeneratorExit.clone();
                let stop = ctx.exceptions.StopIteration.clone();
                if ctx.raised_is(&exit) || ctx.raised_is(&stop) {
                    drop(std::mem::take(&mut ctx.raised));
                    result = Value::NONE;
                } else {
                    failure = Some(std::mem::take(&mut ctx.raised));
                }
            }
        }
    }
    match failure {
        Some(exception) => Err(ctx.reraise(exception)),
        None => Ok(result),
    }
}

/// Throws into one frame whose links have been dropped, and runs it.
fn throw_alone(ctx: &mut Ctx, frame: &Ref<Frame>, exception: Value) -> PyResult<Resumed> {
    let signal = resume::throw(ctx, frame, exception)?;
    super::call::run_resumed(ctx, signal)
}
