//! The turn of the event loop: looking at timers and descriptors, then running what is ready.
//!
//! The loop is a state machine on the frame chain. A task's step puts the frames of its coroutine right on top of the
//! loop's frame; when the coroutine yields, control is back here without any call having been nested, and the next task is
//! resumed. What became ready in a turn runs in the next one, so every turn looks at timers and descriptors.
//!
//! Source: "Running and stopping the loop" in the asyncio part of the Library Reference.

use std::sync::atomic::Ordering;
use std::time::Duration;

use smallvec::smallvec;

use crate::objects::ctx::Ctx;
use crate::objects::frame::Frame;
use crate::objects::future::{self, Task, flags as future_flags, future_of};
use crate::objects::handle::{Handle, flags as handle_flags};
use crate::objects::heap::{Obj, attention};
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::scheduler::{Wait, Why};
use crate::objects::string::intern;
use crate::objects::value::Value;
use crate::objects::{float, int, protocol};

use super::super::_contextvars as contextvars;
use super::event_loop::{LoopCore, check_closed, check_running, core_of, overridden, push_ready, this};
use super::timers::{Timer, order_timers, pop_timer};
use super::{call_python, futures, handles, python, set_running_loop, step, tasks};

crate::natives! { pub(super) static METHODS:
    /// Run until stop() is called.
    step method "run_forever(self)" => run_forever;
    /// Run until the Future is done.
    ///
    /// If the argument is a coroutine, it is wrapped in a Task.
    ///
    /// WARNING: It would be disastrous to call run_until_complete()
    /// with the same coroutine twice -- it would wrap it in two
    /// different Tasks and that can't be good.
    ///
    /// Return the Future's result, or raise its exception.
    step method "run_until_complete(self, future)" => run_until_complete;
    /// Run one full iteration of the event loop.
    ///
    /// This calls all currently ready callbacks, polls for I/O,
    /// schedules the resulting callbacks, and finally schedules
    /// 'call_later' callbacks.
    step method "_run_once(self)" => run_once;
    method "_run_forever_setup(self)" => |ctx, args| { set_up(ctx, &args[0])?; Ok(Value::NONE) };
    method "_run_forever_cleanup(self)" => |ctx, args| { clean_up(ctx, &args[0])?; Ok(Value::NONE) };
}

/// Where a turn stands: the state of its frame.
mod at {
    /// At its beginning.
    pub(super) const START: u32 = 0;
    /// A task's step is under way.
    pub(super) const TASK: u32 = 1;
    /// A handle's callback is under way.
    pub(super) const HANDLE: u32 = 2;
    /// The selector of the program was asked.
    pub(super) const SELECT: u32 = 3;
    /// `_process_events` was called.
    pub(super) const EVENTS: u32 = 4;
    /// The thread waits.
    pub(super) const WAIT: u32 = 5;
    /// A `_run_once` of the program runs.
    pub(super) const ONCE: u32 = 6;
}

/// Locals of the frame of a turn.
mod local {
    /// The event loop.
    pub(super) const LOOP: usize = 0;
    /// The task or handle that runs.
    pub(super) const ENTRY: usize = 1;
    /// What context was current before.
    pub(super) const OUTER: usize = 2;
    /// In debug mode, when the entry began.
    pub(super) const BEGAN: usize = 3;
}

/// Timers that are cancelled are swept out when there are more timers than this, and more than half are cancelled.
const MIN_TIMERS_TO_SWEEP: usize = 100;
/// No wait is longer than a day.
const LONGEST_WAIT: f64 = 86_400.0;

/// How a piece of a turn ends.
enum Next {
    /// The frame asks for this and will be continued.
    Ask(Action),
    /// What was ready at the beginning of the turn has run.
    Over,
}

fn run_once(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match go_on(ctx, frame, input)? {
        Next::Ask(action) => Ok(action),
        Next::Over => Ok(Action::Return(Value::NONE)),
    }
}

fn run_forever(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Input::Value(item) = &input
        && item.is_none()
        && frame.state.get() == at::TASK
        && let Some(action) = frame.with_local(local::LOOP, |value| next_step(ctx, core_of(value)?))
    {
        return Ok(action);
    }
    let value = frame.local(local::LOOP);
    if matches!(input, Input::Start) {
        // When that fails, nothing has begun that would have to be undone: another loop may be running.
        set_up(ctx, &value)?;
    }
    match turns(ctx, frame, &value, input) {
        Ok(Some(action)) => Ok(action),
        Ok(None) => {
            clean_up(ctx, &value)?;
            Ok(Action::Return(Value::NONE))
        }
        Err(raised) => {
            let error = ctx.take_raised(raised);
            clean_up(ctx, &value)?;
            Err(ctx.reraise(error))
        }
    }
}

/// One turn after the other until the loop is stopped: None.
fn turns(ctx: &mut Ctx, frame: &Obj<NativeFrame>, value: &Value, mut input: Input) -> PyResult<Option<Action>> {
    let core = this(ctx, value)?;
    loop {
        let begins = frame.state.get() == at::START;
        if frame.state.get() == at::ONCE {
            frame.state.set(at::START);
            if matches!(input, Input::Raised) {
                return Err(Raised(()));
            }
        } else if begins && core.overrides(ctx, value) & overridden::ONCE != 0 {
            frame.state.set(at::ONCE);
            let method = protocol::get_attr(ctx, value, &intern("_run_once"))?;
            return Ok(Some(Action::Call(method, smallvec![])));
        } else {
            match go_on(ctx, frame, input)? {
                Next::Ask(action) => return Ok(Some(action)),
                Next::Over => {}
            }
        }
        if core.stopping.get() {
            return Ok(None);
        }
        input = Input::Start;
    }
}

/// Continues a turn.
fn go_on(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Next> {
    let value = frame.local(local::LOOP);
    let core = this(ctx, &value)?;
    match frame.state.get() {
        at::TASK => {
            end_of_step(ctx, frame, core, &value, input)?;
        }
        at::HANDLE => {
            let entry = frame.local(local::ENTRY);
            handles::conclude(ctx, &entry, frame.local(local::OUTER), input)?;
            report_slow(ctx, frame, core, &value, &entry)?;
        }
        at::SELECT => {
            let events = answer(input)?;
            frame.state.set(at::EVENTS);
            let method = protocol::get_attr(ctx, &value, &intern("_process_events"))?;
            return Ok(Next::Ask(Action::Call(method, smallvec![events])));
        }
        at::EVENTS => {
            answer(input)?;
            begin_entries(ctx, frame, core, &value)?;
        }
        at::WAIT => {
            if matches!(input, Input::Raised) {
                frame.state.set(at::START);
                return Err(Raised(()));
            }
            take_events(ctx, core, &value)?;
            begin_entries(ctx, frame, core, &value)?;
        }
        _ => {
            if let Some(action) = look_around(ctx, frame, core, &value)? {
                return Ok(Next::Ask(action));
            }
            begin_entries(ctx, frame, core, &value)?;
        }
    }
    run_entries(ctx, frame, core, &value)
}

fn answer(input: Input) -> PyResult {
    match input {
        Input::Value(value) | Input::Exhausted(value) => Ok(value),
        Input::Raised => Err(Raised(())),
        Input::Start => Ok(Value::NONE),
    }
}

/// The first half of a turn: sweeps timers, and finds out how long to wait for descriptors. None when there is no need
/// to wait.
fn look_around(ctx: &mut Ctx, frame: &Obj<NativeFrame>, core: &LoopCore, value: &Value) -> PyResult<Option<Action>> {
    tidy(ctx);
    let swept = sweep_timers(core);
    drop(swept);
    let ready = if core.is_exposed() {
        let ready = core.ready_object.get();
        protocol::length(ctx, &ready)? > 0
    } else {
        !core.ready.borrow().is_empty()
    };
    let timeout = if ready || core.stopping.get() {
        Some(0.0)
    } else {
        match core.with_timers(|timers| timers.first().map(|timer| timer.when)) {
            Some(when) => Some((when - core.now(ctx, value)?).clamp(0.0, LONGEST_WAIT)),
            None => None,
        }
    };
    if core.overrides(ctx, value) & overridden::SELECTOR != 0 {
        let selector = protocol::get_attr(ctx, value, &intern("_selector"))?;
        if !selector.is_none() {
            frame.state.set(at::SELECT);
            let method = protocol::get_attr(ctx, &selector, &intern("select"))?;
            let timeout = match timeout {
                Some(0.0) => int::from_i64(0),
                Some(timeout) => float::new_float(timeout),
                None => Value::NONE,
            };
            return Ok(Some(Action::Call(method, smallvec![timeout])));
        }
    }
    if timeout == Some(0.0) {
        if core.has_watches() {
            ctx.poll_now();
            take_events(ctx, core, value)?;
        }
        return Ok(None);
    }
    frame.state.set(at::WAIT);
    let deadline = timeout.map(|timeout| ctx.deadline(Duration::from_secs_f64(timeout)));
    Ok(Some(Action::Wait(Wait::forever(Why::Loop).until(deadline))))
}

/// Finalises what went meanwhile: between two turns nothing is half done.
fn tidy(ctx: &mut Ctx) {
    if ctx.attention.load(Ordering::Relaxed) & attention::PENDING != 0 {
        (ctx.door.run_pending)(ctx);
    }
}

/// Takes void timers out: all of them when they are many, else those in front.
fn sweep_timers(core: &LoopCore) -> Vec<Timer> {
    let cancelled = core.cancelled_timers.get();
    // A program that puts handles into the list itself may have cancelled them before.
    if cancelled == 0 && !core.has_list_of_timers() {
        return Vec::new();
    }
    core.with_timers(|timers| {
        let mut swept = Vec::new();
        if timers.len() > MIN_TIMERS_TO_SWEEP && cancelled * 2 > timers.len() {
            swept.extend(timers.extract_if(.., |timer| is_void(&timer.what)));
            order_timers(timers);
            core.cancelled_timers.set(0);
        } else {
            while timers.first().is_some_and(|timer| is_void(&timer.what)) {
                swept.extend(pop_timer(timers));
                core.cancelled_timers.set(core.cancelled_timers.get().saturating_sub(1));
            }
        }
        for timer in &swept {
            if let Some(handle) = timer.what.downcast_ref::<Handle>() {
                handle.set_flag(handle_flags::SCHEDULED, false);
            }
        }
        swept
    })
}

/// Whether a timer has nothing to do any more.
fn is_void(what: &Value) -> bool {
    match future_of(what) {
        Some(future) => !future.has_flag(future_flags::TIMER),
        None => handles::is_cancelled(what),
    }
}

/// What became ready of the descriptors goes to the ring.
fn take_events(ctx: &mut Ctx, core: &LoopCore, value: &Value) -> PyResult<()> {
    if !core.has_watches() {
        return Ok(());
    }
    let events = ctx.threads.take_events();
    for handle in core.handles_of(&events) {
        if !handles::is_cancelled(&handle) {
            push_ready(ctx, value, core, handle)?;
        }
    }
    Ok(())
}

/// The second half of a turn begins: what is due goes to the ring, and what is on the ring now will run.
fn begin_entries(ctx: &mut Ctx, frame: &Obj<NativeFrame>, core: &LoopCore, value: &Value) -> PyResult<()> {
    frame.state.set(at::START);
    if core.with_timers(|timers| !timers.is_empty()) {
        let end = core.now(ctx, value)? + core.clock_resolution.get();
        while let Some(timer) =
            core.with_timers(|timers| if timers.first()?.when < end { pop_timer(timers) } else { None })
        {
            let Some(future) = future_of(&timer.what) else {
                if let Some(handle) = timer.what.downcast_ref::<Handle>() {
                    handle.set_flag(handle_flags::SCHEDULED, false);
                }
                push_ready(ctx, value, core, timer.what)?;
                continue;
            };
            if future.has_flag(future_flags::TIMER) {
                future.set_flag(future_flags::TIMER, false);
                let result = future.outcome.take();
                futures::set_result(ctx, &timer.what, result)?;
            } else {
                core.cancelled_timers.set(core.cancelled_timers.get().saturating_sub(1));
            }
        }
    }
    let count = if core.is_exposed() {
        let ready = core.ready_object.get();
        protocol::length(ctx, &ready)?
    } else {
        core.ready.borrow().len()
    };
    core.left.set(count);
    core.plain_turn.set(!core.is_exposed() && core.is_direct(ctx, value));
    Ok(())
}

/// The next entry of the ring, which belongs to this turn.
fn next_entry(ctx: &mut Ctx, core: &LoopCore) -> PyResult<Option<Value>> {
    if core.is_exposed() {
        let ready = core.ready_object.get();
        if protocol::length(ctx, &ready)? == 0 {
            return Ok(None);
        }
        return protocol::call_method(ctx, &ready, "popleft", &[]).map(Some);
    }
    Ok(core.ready.borrow_mut().pop_front())
}

/// Runs entries of the ring until one of them needs the frame chain, or the turn is over.
fn run_entries(ctx: &mut Ctx, frame: &Obj<NativeFrame>, core: &LoopCore, value: &Value) -> PyResult<Next> {
    while core.left.get() > 0 {
        core.left.set(core.left.get() - 1);
        let Some(entry) = next_entry(ctx, core)? else { break };
        if let Some(task) = entry.downcast_ref::<Task>() {
            if let Some(action) = begin_step(ctx, frame, core, value, &entry, task)? {
                return Ok(Next::Ask(action));
            }
            continue;
        }
        if handles::is_cancelled(&entry) {
            continue;
        }
        let debug = core.debug.get();
        if debug {
            core.current_handle.set(entry.clone());
            let began = core.now(ctx, value)?;
            frame.set_local(local::BEGAN, float::new_float(began));
        }
        frame.set_local(local::ENTRY, entry.clone());
        match entry.downcast_ref::<Handle>() {
            Some(handle) if !handle.header().shape().is_user() => match handles::begin(ctx, handle) {
                Ok((action, outer)) => {
                    frame.set_local(local::OUTER, outer);
                    frame.state.set(at::HANDLE);
                    return Ok(Next::Ask(action));
                }
                Err(Raised(())) => handles::failed(ctx, &entry)?,
            },
            _ => {
                // A handle of the program's own making.
                protocol::call_method(ctx, &entry, "_run", &[])?;
            }
        }
        if debug {
            report_slow(ctx, frame, core, value, &entry)?;
        }
    }
    core.left.set(0);
    Ok(Next::Over)
}

/// A task on the ring takes its next step; None when nothing is to be resumed.
fn begin_step(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    core: &LoopCore,
    event_loop: &Value,
    value: &Value,
    task: &Obj<Task>,
) -> PyResult<Option<Action>> {
    let waiter = task.waiter.take();
    let exception = if waiter.is_empty() { Value::EMPTY } else { step::exception_of(ctx, &waiter)? };
    if !task.future.is_pending() || !core.current.is_empty() {
        // Neither can happen unless the program steps tasks itself: it is told as an exception in a callback.
        if let Err(raised) = step::check(ctx, task, &exception).and_then(|()| tasks::enter(ctx, event_loop, value)) {
            let error = ctx.take_raised(raised);
            report_callback(ctx, event_loop, value, error)?;
        }
        return Ok(None);
    }
    let context = task.context.get();
    let lent = !contextvars::is_context(&context);
    let outer = match contextvars::enter(ctx, context) {
        Ok(outer) => outer,
        Err(raised) => {
            let error = ctx.take_raised(raised);
            report_callback(ctx, event_loop, value, error)?;
            return Ok(None);
        }
    };
    core.current.set(value.clone());
    core.lent.set(lent);
    frame.set_local(local::OUTER, outer);
    frame.state.set(at::TASK);
    match step::resume(ctx, task, exception) {
        Ok(action) => Ok(Some(action)),
        Err(Raised(())) => {
            end_of_step(ctx, frame, core, event_loop, Input::Raised)?;
            Ok(None)
        }
    }
}

/// What happens most: the current task gives way, and the next entry of the ring is a task that did so before. The two
/// change places; all else stays as it is. None when something is not as simple.
#[inline]
fn next_step(ctx: &mut Ctx, core: &LoopCore) -> Option<Action> {
    if core.left.get() == 0 || !core.plain_turn.get() {
        return None;
    }
    let mut ready = core.ready.borrow_mut();
    let next = ready.front()?.downcast_ref::<Task>()?;
    if !next.waiter.is_empty() || !next.future.may_step() {
        return None;
    }
    let coroutine = next.coroutine.get();
    let context = next.context.get();
    if !coroutine.is_kind::<Frame>() || contextvars::is_context(&context) {
        return None;
    }
    core.left.set(core.left.get() - 1);
    let left = contextvars::leave(ctx, context);
    let before = ready.pop_front().map(|entry| core.current.replace(entry)).unwrap_or_default();
    if let Some(task) = before.downcast_ref::<Task>() {
        task.context.set(left);
    }
    core.lent.set(true);
    ready.push_back(before);
    Some(Action::Send(coroutine, Value::NONE))
}

/// The step of the current task is over.
fn end_of_step(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    core: &LoopCore,
    event_loop: &Value,
    input: Input,
) -> PyResult<()> {
    frame.state.set(at::START);
    let value = core.current.get();
    let outer = frame.local(local::OUTER);
    let Some(task) = value.downcast_ref::<Task>() else {
        contextvars::leave(ctx, outer);
        return Ok(());
    };
    let result = match input {
        // Giving way, the most frequent case.
        Input::Value(item) if item.is_none() && core.is_direct(ctx, event_loop) && !core.is_exposed() => {
            core.ready.borrow_mut().push_back(value.clone());
            Ok(())
        }
        input => step::conclude(ctx, &value, task, input),
    };
    let context = contextvars::leave(ctx, outer);
    task.context.set(context);
    core.lent.set(false);
    core.current.take();
    result
}

/// Tells the exception handler what went wrong with a task on the ring.
fn report_callback(ctx: &mut Ctx, event_loop: &Value, task: &Value, error: Value) -> PyResult<()> {
    let text = protocol::text::repr_string(ctx, task)?;
    let message = ctx.str(format!("Exception in callback {text}"));
    let details = crate::objects::dict::from_names(&[("message", message), ("exception", error.clone())]);
    handles::tell_exception_handler(ctx, event_loop, error, details.into_value())
}

/// Debug mode: warns of a callback that took too long.
fn report_slow(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    core: &LoopCore,
    event_loop: &Value,
    entry: &Value,
) -> PyResult<()> {
    frame.state.set(at::START);
    if core.current_handle.is_empty() {
        return Ok(());
    }
    core.current_handle.take();
    let began = frame.local(local::BEGAN).as_inline_float().unwrap_or(0.0);
    let took = core.now(ctx, event_loop)? - began;
    let limit = protocol::get_attr(ctx, event_loop, &intern("slow_callback_duration"))?;
    if took >= protocol::convert::as_f64(ctx, &limit)? {
        let shown = call_python(ctx, "asyncio.base_events", "_format_handle", std::slice::from_ref(entry))?;
        let logger = python(ctx, "asyncio.log", "logger")?;
        let message = ctx.str("Executing %s took %.3f seconds");
        protocol::call_method(ctx, &logger, "warning", &[message, shown, float::new_float(took)])?;
    }
    Ok(())
}

/// What `run_forever` does first.
fn set_up(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    check_closed(ctx, value)?;
    check_running(ctx, value)?;
    let core = this(ctx, value)?;
    core.track_origins(ctx, core.debug.get());
    core.thread.set(Some(ctx.threads.current()));
    let hook =
        |ctx: &mut Ctx, name: &str| Ok(protocol::get_attr_optional(ctx, value, &intern(name))?.unwrap_or(Value::NONE));
    let new = (hook(ctx, "_asyncgen_firstiter_hook")?, hook(ctx, "_asyncgen_finalizer_hook")?);
    let old = std::mem::replace(&mut ctx.asyncgen_hooks, new);
    *core.hooks.borrow_mut() = Some(old);
    set_running_loop(ctx, Some(value.clone()));
    core.watch_again(ctx);
    Ok(())
}

/// What `run_forever` does last.
fn clean_up(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    let core = this(ctx, value)?;
    core.stopping.set(false);
    core.thread.set(None);
    set_running_loop(ctx, None);
    core.track_origins(ctx, false);
    let old = core.hooks.borrow_mut().take();
    if let Some(old) = old {
        drop(std::mem::replace(&mut ctx.asyncgen_hooks, old));
    }
    Ok(())
}

/// Locals: the loop, what is to be run, then the future, its callback, and whether the future is a new task.
fn run_until_complete(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    const FUTURE: usize = 2;
    const CALLBACK: usize = 3;
    const IS_NEW: usize = 4;
    let value = frame.local(0);
    match (frame.state.get(), input) {
        (0, _) => {
            // Whether the loop may run was checked by `BaseEventLoop.run_until_complete`.
            let given = frame.local(1);
            let is_future = call_python(ctx, "asyncio.base_futures", "isfuture", std::slice::from_ref(&given))?;
            let is_new = !protocol::truth(ctx, &is_future)?;
            frame.set_local(IS_NEW, Value::bool(is_new));
            frame.state.set(1);
            let ensure = python(ctx, "asyncio.tasks", "ensure_future")?;
            Ok(Action::CallKeywords(ensure, smallvec![given], vec![(intern("loop"), value)]))
        }
        (1, Input::Raised) => Err(Raised(())),
        (1, Input::Value(future) | Input::Exhausted(future)) => {
            if frame.local(IS_NEW).is(&Value::TRUE) {
                // An exception is raised if the future did not complete, so no need for a message besides.
                protocol::set_attr(ctx, &future, &intern("_log_destroy_pending"), Value::FALSE)?;
            }
            let callback = python(ctx, "asyncio.base_events", "_run_until_complete_cb")?;
            protocol::call_method(ctx, &future, "add_done_callback", std::slice::from_ref(&callback))?;
            frame.set_local(FUTURE, future);
            frame.set_local(CALLBACK, callback);
            frame.state.set(2);
            let run = protocol::get_attr(ctx, &value, &intern("run_forever"))?;
            Ok(Action::Call(run, smallvec![]))
        }
        (_, Input::Raised) => {
            let error = ctx.take_raised(Raised(()));
            let future = frame.local(FUTURE);
            let ask = |ctx: &mut Ctx, name: &str| {
                let answer = protocol::call_method(ctx, &future, name, &[])?;
                protocol::truth(ctx, &answer)
            };
            if frame.local(IS_NEW).is(&Value::TRUE) && ask(ctx, "done")? && !ask(ctx, "cancelled")? {
                // The caller cannot retrieve the exception of a task that it does not have.
                protocol::call_method(ctx, &future, "exception", &[])?;
            }
            protocol::call_method(ctx, &future, "remove_done_callback", &[frame.local(CALLBACK)])?;
            Err(ctx.reraise(error))
        }
        (_, _) => {
            let future = frame.local(FUTURE);
            protocol::call_method(ctx, &future, "remove_done_callback", &[frame.local(CALLBACK)])?;
            let done = protocol::call_method(ctx, &future, "done", &[])?;
            if !protocol::truth(ctx, &done)? {
                return Err(ctx.runtime_error("Event loop stopped before Future completed."));
            }
            if future::is_plain(&future) {
                return future::result(ctx, &future).map(Action::Return);
            }
            protocol::call_method(ctx, &future, "result", &[]).map(Action::Return)
        }
    }
}
