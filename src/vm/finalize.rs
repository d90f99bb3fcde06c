//! Ends: closing suspended frames, the pending queue, interrupts, and exceptions that nobody can catch.

use std::sync::atomic::Ordering;

use crate::host::memory;
use crate::objects::class::Class;
use crate::objects::ctx::{Ctx, Resumed};
use crate::objects::exception::Exception;
use crate::objects::frame::{self, Frame, State};
use crate::objects::heap::{self, Obj, Pending, Ref, attention};
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::{intern, new_str};
use crate::objects::suspension::{Role, Suspension};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::objects::{frame_view, generator, int, protocol, signals, tuple, warning};

use super::ops::suspension::stop_value;
use super::transfer::{Signal, traceback_entry};
use super::{resume, threads};

/// Serves the attention word between two instructions.
///
/// # Errors
/// MemoryError; KeyboardInterrupt, or what a signal handler raises.
#[cold]
#[inline(never)]
pub(crate) fn attend(ctx: &mut Ctx) -> PyResult<()> {
    let bits = ctx.attention.load(Ordering::Relaxed);
    if bits & attention::COLLECT != 0 {
        ctx.attention.fetch_and(!attention::COLLECT, Ordering::Relaxed);
        heap::collect();
        memory::renew_reserve();
    }
    if bits & attention::MEMORY != 0 {
        return Err(signals::out_of_memory(ctx));
    }
    if ctx.attention.load(Ordering::Relaxed) & attention::PENDING != 0 {
        run_pending_now(ctx);
    }
    check_interrupt(ctx)
}

/// Runs the handlers of signals that have arrived: in the main thread, to which they are left when another one runs.
///
/// # Errors
/// What a handler raises; KeyboardInterrupt for the interrupt without one.
pub(crate) fn check_interrupt(ctx: &mut Ctx) -> PyResult<()> {
    if ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT != 0 {
        if threads::leave_interrupt_to_main(ctx) {
            return Ok(());
        }
        ctx.attention.fetch_and(!attention::INTERRUPT, Ordering::Relaxed);
        let arrived = ctx.host.take_signals();
        return signals::deliver(ctx, arrived);
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
    if let Some(step) = object.downcast_ref::<Suspension>() {
        warn_unused_step(ctx, step);
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
    if frame.is_async_generator()
        && matches!(frame.state.get(), State::Created | State::Suspended)
        && !frame.has_flag(frame::flags::AG_CLOSED)
        && let Some(finalizer) = generator::own_extra(frame)
    {
        if let Err(Raised(())) = protocol::call(ctx, &finalizer, std::slice::from_ref(frame.value())) {
            report_unraisable(ctx, "Exception ignored in: ", frame.value());
        }
        return;
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
    // Module `warnings` also shows where the coroutine was made, if that was noted.
    let module = ctx.modules.get_str(&ctx.names.warnings);
    let module = match module {
        None if generator::own_extra(frame).is_some() => super::ops::import::import_module(ctx, "warnings").ok(),
        module => module,
    };
    let name = intern("_warn_unawaited_coroutine");
    if let Some(module) = module
        && let Ok(Some(warn)) = protocol::get_attr_optional(ctx, &module, &name)
    {
        match protocol::call(ctx, &warn, std::slice::from_ref(frame.value())) {
            Ok(_) => return,
            Err(Raised(())) => {
                let is_warning = ctx.raised_is(&ctx.exceptions.RuntimeWarning);
                report_unraisable(ctx, "Exception ignored in: ", frame.value());
                if is_warning {
                    return;
                }
            }
        }
    }
    let message = ctx.str(format!("coroutine '{}' was never awaited", generator::qualified_name(frame)));
    let class = ctx.exceptions.RuntimeWarning.clone();
    if let Err(Raised(())) = warning::warn_with_source(ctx, &class, &message, frame.value()) {
        report_unraisable(ctx, "Exception ignored in: ", frame.value());
    }
}

/// The awaitable of an asynchronous generator's method goes without having been awaited.
fn warn_unused_step(ctx: &mut Ctx, step: &Obj<Suspension>) {
    let target = step.target.get();
    let Some(frame) = target.downcast_ref::<Frame>() else { return };
    let method = match step.role {
        Role::Aclose => "aclose",
        Role::Athrow => "athrow",
        Role::Asend | Role::CoroutineWrapper | Role::AnextDefault => "asend",
    };
    let name = generator::qualified_name(frame);
    let message = ctx.str(format!("coroutine method '{method}' of '{name}' was never awaited"));
    let class = ctx.exceptions.RuntimeWarning.clone();
    if let Err(Raised(())) = warning::warn_with_source(ctx, &class, &message, &target) {
        report_unraisable(ctx, "Exception ignored in: ", &target);
    }
}

/// Notes where a coroutine is made, for `cr_origin`: file, line and function of the innermost frames on the chain.
pub(crate) fn note_origin(ctx: &mut Ctx, coroutine: &Ref<Frame>) {
    let mut places = Vec::new();
    let mut next = protocol::current_frame(ctx);
    while let Some(frame) = next
        && places.len() < ctx.coroutine_origin_depth as usize
    {
        let (file, name) = frame.with_code(|code| (code.object.filename.to_string(), code.object.name.to_string()));
        let line = int::from_i64(i64::from(frame.line()));
        places.push(tuple::new_tuple([new_str(file).into_value(), line, new_str(name).into_value()]).into_value());
        next = frame_view::caller_of(&frame);
    }
    generator::set_own_extra(coroutine, tuple::new_tuple(places).into_value());
}

/// An exception that nobody can catch goes to `sys.unraisablehook`.
pub(crate) fn report_unraisable(ctx: &mut Ctx, message: &str, object: &Value) {
    let exception = std::mem::take(&mut ctx.raised);
    if exception.is_empty() {
        return;
    }
    let hook = ctx.sys.get_str(&ctx.names.unraisablehook);
    let Some(hook) = hook else { return };
    let class = protocol::class_of(ctx, &exception).into_value();
    let mut traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
    if (traceback.is_empty() || traceback.is_none())
        && let Some(frame) = protocol::current_frame(ctx)
    {
        // It came from no Python code: shown is where it happened.
        traceback = traceback_entry(Value::NONE, &frame);
    }
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

/// Throws into a generator or coroutine: into the innermost delegate that can take it. `given` is an exception, or the
/// tuple of the arguments of `throw`, which become one where it is raised.
///
/// # Errors
/// ValueError when it is running; the exception itself when the frame has not started or is finished.
pub(crate) fn throw_anywhere(ctx: &mut Ctx, root: &Ref<Frame>, given: Value) -> PyResult<Thrown> {
    if root.deleg.get() != 0 {
        resume::detach(ctx, root)?;
    }
    if root.state.get() != State::Suspended {
        let exception = exception_of(ctx, given)?;
        return resume::throw(ctx, root, exception).map(Thrown::Signal);
    }
    let is_exit = means_exit(ctx, &given);
    if is_exit && root.link.get() != 0 {
        // GeneratorExit closes the delegates one by one before it is raised here.
        resume::unlink_root(root);
    }
    let leaf = resume::leaf_of(root);
    let Some(delegate) = leaf.delegate() else {
        let exception = exception_of(ctx, given)?;
        return resume::throw(ctx, root, exception).map(Thrown::Signal);
    };
    leaf.state.set(State::Running);
    root.state.set(State::Running);
    let outcome = throw_into_delegate(ctx, &delegate, &given, is_exit);
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
        Ok(None) => {
            let exception = exception_of(ctx, given)?;
            resume::throw(ctx, root, exception).map(Thrown::Signal)
        }
        Err(Raised(())) => {
            let exception = std::mem::take(&mut ctx.raised);
            resume::throw(ctx, root, exception).map(Thrown::Signal)
        }
    }
}

fn exception_of(ctx: &mut Ctx, given: Value) -> PyResult {
    match given.downcast_ref::<Tuple>() {
        Some(args) => generator::thrown(ctx, args.items()),
        None => Ok(given),
    }
}

/// Whether what is thrown is a GeneratorExit.
fn means_exit(ctx: &Ctx, given: &Value) -> bool {
    let exit = &ctx.exceptions.GeneratorExit;
    let first = given.downcast_ref::<Tuple>().and_then(|args| args.items().first()).unwrap_or(given);
    match first.downcast_ref::<Class>() {
        Some(class) => class.is_subclass_of(exit),
        None => protocol::is_instance_of(ctx, first, exit),
    }
}

/// Throws into (or, for GeneratorExit, closes) what a frame delegates to; None when it can take no exception.
fn throw_into_delegate(ctx: &mut Ctx, delegate: &Value, given: &Value, is_exit: bool) -> PyResult<Option<Resumed>> {
    if is_exit {
        close_any(ctx, delegate)?;
        return Ok(None);
    }
    if delegate.is_kind::<Frame>() {
        return (ctx.door.throw)(ctx, delegate, given.clone()).map(Some);
    }
    let name = ctx.names.throw.clone();
    let Some(method) = protocol::get_attr_optional(ctx, delegate, &name)? else { return Ok(None) };
    let thrown = match given.downcast_ref::<Tuple>() {
        Some(args) => protocol::call(ctx, &method, args.items()),
        None => protocol::call(ctx, &method, std::slice::from_ref(given)),
    };
    match thrown {
        Ok(value) => Ok(Some(Resumed::Yielded(value))),
        Err(raised) => stop_value(ctx, raised).map(|value| Some(Resumed::Returned(value))),
    }
}

fn close_any(ctx: &mut Ctx, delegate: &Value) -> PyResult<()> {
    if let Some(frame) = delegate.downcast::<Frame>() {
        return close(ctx, &frame).map(drop);
    }
    let name = ctx.names.close.clone();
    match protocol::get_attr_optional(ctx, delegate, &name) {
        Ok(Some(method)) => protocol::call(ctx, &method, &[]).map(drop),
        Ok(None) => Ok(()),
        Err(Raised(())) => {
            // What is no method cannot keep the frame from being closed.
            report_unraisable(ctx, "Exception ignored in: ", delegate);
            Ok(())
        }
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
    if root.deleg.get() != 0 {
        resume::detach(ctx, root)?;
    }
    match root.state.get() {
        State::Finished => return Ok(Value::NONE),
        State::Created => {
            root.retire();
            return Ok(Value::NONE);
        }
        State::Running => return Err(resume::already_executing(ctx, root)),
        State::Suspended => {}
    }
    let mut levels = vec![root.clone()];
    while let Some(next) = levels
        .last()
        .and_then(|frame| frame.delegate())
        .and_then(|next| next.downcast::<Frame>())
        .filter(|next| next.state.get() == State::Suspended)
    {
        levels.push(next);
    }
    resume::unlink_root(root);
    // While a level is closed, those around it are executing: nobody can resume them.
    for frame in &levels {
        frame.state.set(State::Running);
    }
    let mut failure: Option<Value> = None;
    let mut result = Value::NONE;
    let mut innermost = true;
    while let Some(frame) = levels.pop() {
        frame.state.set(State::Suspended);
        if std::mem::take(&mut innermost)
            && let Some(delegate) = frame.delegate()
        {
            frame.state.set(State::Running);
            let closed = close_any(ctx, &delegate);
            frame.state.set(State::Suspended);
            if let Err(Raised(())) = closed {
                failure = Some(std::mem::take(&mut ctx.raised));
            }
        }
        if ctx.observer.is_some() {
            super::transfer::tell(ctx, &frame, crate::objects::observer::Event::Close);
        }
        if failure.is_none() && !frame.with_code(|code| code.must_run_to_close(frame.ip.get())) {
            // Nothing in the frame can see the GeneratorExit.
            frame.retire();
            result = Value::NONE;
            continue;
        }
        let exception = failure.take().unwrap_or_else(|| {
            let class = ctx.exceptions.GeneratorExit.clone();
            ctx.new_exception(&class, Vec::new())
        });
        match throw_alone(ctx, &frame, exception) {
            Ok(Resumed::Yielded(_)) => {
                let what = resume::kind_name(&frame);
                let _: Raised = ctx.runtime_error(format!("{what} ignored GeneratorExit"));
                failure = Some(std::mem::take(&mut ctx.raised));
            }
            Ok(Resumed::Returned(value)) => result = value,
            Err(Raised(())) => {
                result = Value::NONE;
                let exit = ctx.exceptions.GeneratorExit.clone();
                let stop = ctx.exceptions.StopIteration.clone();
                if ctx.raised_is(&exit) || ctx.raised_is(&stop) {
                    drop(std::mem::take(&mut ctx.raised));
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
    super::door::run_resumed(ctx, signal)
}
