//! Switching threads: parking the running chain of frames and taking up another.
//!
//! A switch happens between two signals (see [`transfer`](super::transfer)): the running thread is parked together with
//! what it is to be told later, and the signal for the thread that goes on is handed to the frame on top of that
//! thread's chain. A thread gives way where a native waits ([`wait`]), where it ends ([`end`]), and at a loop's end or a
//! call when its slice is over ([`give_way`]). What threads are made of is in
//! [`objects::scheduler`](crate::objects::scheduler).
//!
//! When no thread is ready the interpreter waits in the host, once for all of them: until the earliest deadline, the
//! first readiness or the end of a job. When nothing of that can come, the threads wait for each other and would do so
//! for ever: the main thread gets a RuntimeError that tells who waits for what.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use crate::host::Stream;
use crate::objects::ctx::{Ctx, Resumed};
use crate::objects::exception::Exception;
use crate::objects::frame::{Frame, value_at};
use crate::objects::frame_view::caller_of;
use crate::objects::heap::{Ref, attention, request_attention};
use crate::objects::native::{NativeFrame, PyResult, Raised};
use crate::objects::observer::Event;
use crate::objects::protocol;
use crate::objects::scheduler::{OUT_OF_STEPS, Saved, Stage, ThreadId, Wait, Wake, Why};
use crate::objects::signals;
use crate::objects::value::Value;

use super::finalize;
use super::transfer::{Exit, Signal, tell};

/// Switches after which the clock and the descriptors are looked at although threads are ready.
const LOOK_AROUND: u32 = 64;
/// Slices of a pinned thread until it gives way: what others begin on top of it has to end before it can go on.
const PINNED_SLICES: u32 = 10;

/// A run of the loop begins for the running thread, which is pinned to it; not to the outermost one, whose end alone has
/// to wait for its turn ([`wait_to_leave`]). Returns what [`leave_run`] takes.
#[inline]
pub(crate) fn enter_run(ctx: &mut Ctx) -> u32 {
    ctx.threads.runs += 1;
    let runs = ctx.threads.runs;
    std::mem::replace(&mut ctx.threads.level, if runs == 1 { 0 } else { runs })
}

/// The run of the loop ends, with the thread running for which it began.
#[inline]
pub(crate) fn leave_run(ctx: &mut Ctx, outer: u32) {
    ctx.threads.level = outer;
    ctx.threads.runs -= 1;
}

/// The running thread blocks. The signal is for the thread that goes on, which may be the same.
pub(crate) fn wait(ctx: &mut Ctx, wait: Wait) -> Signal {
    match park(ctx, wait) {
        Some(signal) => signal,
        None => next(ctx),
    }
}

/// Parks the running thread, which waits; gives the signal for it when its wait is over before it begins.
fn park(ctx: &mut Ctx, wait: Wait) -> Option<Signal> {
    ctx.wake_after_jobs();
    if ctx.threads.is_over(&wait) || !wait.io.is_empty() && ctx.watch_for_wait(&wait) {
        return Some(Signal::Value(Value::TRUE));
    }
    let id = ctx.threads.current();
    save(ctx);
    ctx.threads.park_waiting(id, wait);
    None
}

/// The running thread is at the end of the outermost run: whether it stands on top of an inner run of another thread.
pub(crate) fn is_too_early_to_leave(ctx: &Ctx) -> bool {
    ctx.threads.level == 0 && ctx.threads.runs > 1
}

/// The outermost run ends, as soon as the inner runs on top of it have ended.
#[cold]
pub(crate) fn wait_to_leave(ctx: &mut Ctx, exit: PyResult<Resumed>) -> Signal {
    let id = ctx.threads.current();
    let exit = exit.map_err(|Raised(())| std::mem::take(&mut ctx.raised));
    ctx.threads.level = 1;
    save(ctx);
    ctx.threads.park_ready(id, Wake::Leave(exit));
    next(ctx)
}

/// The slice of the running thread is over: lets another one go on, if one is ready.
#[cold]
pub(crate) fn give_way(ctx: &mut Ctx) -> Option<Signal> {
    if !ctx.threads.pay_for_slice() {
        let (class, message) = (ctx.exceptions.SystemExit.clone(), ctx.str(OUT_OF_STEPS));
        let exit = ctx.new_exception(&class, vec![message.clone()]);
        if let Some(exit) = exit.downcast_ref::<Exception>() {
            // What `SystemExit.code` tells.
            exit.set_field(0, message);
        }
        ctx.raise_value(exit);
        ctx.threads.renew_slice();
        return Some(Signal::Raise);
    }
    ctx.threads.renew_slice();
    if ctx.threads.level != 0 {
        ctx.threads.pinned_slices += 1;
        if ctx.threads.pinned_slices < PINNED_SLICES {
            return None;
        }
        ctx.threads.pinned_slices = 0;
    }
    ctx.poll_now();
    ctx.expire_timers();
    if !ctx.threads.any_ready() {
        if !ctx.threads.has_rivals() {
            ctx.threads.disarm();
        }
        return None;
    }
    let id = ctx.threads.current();
    save(ctx);
    ctx.threads.park_ready(id, Wake::Enter);
    Some(next(ctx))
}

/// The chain of the running thread has come to its end. None for the main thread, whose chain ends otherwise.
#[cold]
pub(crate) fn end(ctx: &mut Ctx) -> Option<Signal> {
    let id = ctx.threads.current();
    if id == ThreadId::MAIN {
        return None;
    }
    ctx.raised = Value::EMPTY;
    save(ctx);
    drop(ctx.threads.remove(id));
    let signal = next(ctx);
    ctx.tell(Event::ThreadEnd(id.0));
    Some(signal)
}

/// Notes an interrupt for the main thread, when another one runs and the main thread can be reached; `false` when the
/// running thread is to take it.
pub(crate) fn leave_interrupt_to_main(ctx: &mut Ctx) -> bool {
    if ctx.threads.current() == ThreadId::MAIN || !ctx.threads.can_run(ThreadId::MAIN) {
        return false;
    }
    note_interrupt(ctx);
    // The main thread is to have it soon.
    ctx.threads.arm();
    ctx.threads.ticks = 0;
    true
}

/// Takes an interrupt off the attention word: it ends the wait of the main thread, or is there when that goes on.
fn note_interrupt(ctx: &mut Ctx) {
    if ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT == 0 {
        return;
    }
    ctx.attention.fetch_and(!attention::INTERRUPT, Ordering::Relaxed);
    ctx.threads.interrupted = true;
    // A main thread that is held below an inner run cannot go on: whoever that run began for stands in.
    let main = ThreadId::MAIN;
    let target = if ctx.threads.can_run(main) { Some(main) } else { ctx.threads.owner_of_run() };
    if let Some(id) = target
        && let Some(wait) = ctx.threads.waits_for(id).cloned()
    {
        ctx.end_wait(id, Wake::Interrupted(wait));
    }
}

/// Parks the fields of the context that belong to the running thread.
fn save(ctx: &mut Ctx) {
    let id = ctx.threads.current();
    let saved = Saved {
        frame: std::mem::take(&mut ctx.frame),
        handled: std::mem::replace(&mut ctx.handled, Value::NONE),
        depth: std::mem::take(&mut ctx.depth),
        repr_stack: std::mem::take(&mut ctx.repr_stack),
        asyncgen_hooks: std::mem::take(&mut ctx.asyncgen_hooks),
        coroutine_origin_depth: ctx.coroutine_origin_depth,
        context: std::mem::take(&mut ctx.context),
        level: ctx.threads.level,
    };
    if let Some(thread) = ctx.threads.thread(id) {
        thread.saved = saved;
    }
}

/// Takes up a parked thread.
fn restore(ctx: &mut Ctx, id: ThreadId) -> Wake {
    let Some(thread) = ctx.threads.thread(id) else { return Wake::Enter };
    let saved = std::mem::take(&mut thread.saved);
    let stage = std::mem::replace(&mut thread.stage, Stage::Running);
    ctx.frame = saved.frame;
    ctx.handled = saved.handled;
    ctx.depth = saved.depth;
    ctx.repr_stack = saved.repr_stack;
    ctx.asyncgen_hooks = saved.asyncgen_hooks;
    ctx.coroutine_origin_depth = saved.coroutine_origin_depth;
    ctx.context = saved.context;
    ctx.threads.level = saved.level;
    ctx.threads.set_current(id);
    match stage {
        Stage::Ready(wake) => wake,
        Stage::Running | Stage::Waiting(_) => Wake::Enter,
    }
}

/// Takes up the next thread, waiting until there is one. Every thread is parked.
fn next(ctx: &mut Ctx) -> Signal {
    let before = ctx.threads.current();
    loop {
        note_interrupt(ctx);
        ctx.wake_after_jobs();
        ctx.threads.switches = ctx.threads.switches.wrapping_add(1);
        if ctx.threads.switches.is_multiple_of(LOOK_AROUND) {
            ctx.poll_now();
            ctx.expire_timers();
        }
        let Some(id) = ctx.threads.next_ready() else {
            if !idle(ctx) {
                return Signal::Leave(Err(ctx.system_error("no thread can go on")));
            }
            continue;
        };
        let wake = restore(ctx, id);
        if id != before && ctx.observer.is_some() {
            tell_switch(ctx, id, before);
        }
        if let Some(signal) = go_on(ctx, id, wake) {
            return signal;
        }
    }
}

/// Tells the observer of a switch: in the frame that goes on, or, where the thread only begins, that gave way.
#[cold]
fn tell_switch(ctx: &mut Ctx, id: ThreadId, before: ThreadId) {
    let frame = protocol::current_frame(ctx).or_else(|| {
        let (_, thread) = ctx.threads.everyone().find(|(other, _)| *other == before)?;
        innermost(thread.saved.frame)
    });
    if let Some(frame) = frame {
        tell(ctx, &frame, Event::ThreadSwitch(id.0));
    }
}

/// The innermost Python frame of a chain.
fn innermost(top: usize) -> Option<Ref<Frame>> {
    let mut address = top;
    loop {
        let value = value_at(address)?;
        if let Some(frame) = value.downcast::<Frame>() {
            return Some(frame);
        }
        address = value.downcast_ref::<NativeFrame>()?.prev.get();
    }
}

/// The signal with which a thread that was taken up goes on; None when it is parked again.
fn go_on(ctx: &mut Ctx, id: ThreadId, wake: Wake) -> Option<Signal> {
    let stands_in = matches!(wake, Wake::Interrupted(_));
    if (id == ThreadId::MAIN || stands_in) && std::mem::take(&mut ctx.threads.interrupted) {
        request_attention(attention::INTERRUPT);
    }
    match wake {
        Wake::Start => Some(Signal::Start),
        Wake::Enter => Some(Signal::Enter),
        Wake::Value(value) => Some(Signal::Value(value)),
        Wake::TimeUp => Some(Signal::Finished(Value::NONE)),
        Wake::Raise(exception) => {
            let Raised(()) = ctx.raise_value(exception);
            Some(Signal::Raise)
        }
        Wake::Leave(exit) => {
            // The bottom of the chain is at level 0 again, for whoever looks at it until the run is left.
            ctx.threads.level = 0;
            Some(Signal::Leave(match exit {
                Ok(Resumed::Returned(value)) => Ok(Exit::Returned(value)),
                Ok(Resumed::Yielded(value)) => Ok(Exit::Yielded(value)),
                Err(exception) => Err(ctx.raise_value(exception)),
            }))
        }
        Wake::Interrupted(wait) => match finalize::check_interrupt(ctx) {
            // Who waits for a signal has got it. The others look again, since the handler may have brought about what they
            // wait for: given an event loop something to do, released the lock.
            Ok(()) => match wait.why {
                Why::Signal | Why::Loop | Why::Lock(_) | Why::Join(_) | Why::Other(_) => {
                    Some(Signal::Value(Value::TRUE))
                }
                Why::Sleep | Why::Io | Why::Job(_) => park(ctx, wait),
            },
            Err(Raised(())) => Some(Signal::Raise),
        },
    }
}

/// Nobody is ready: waits in the host for what the threads wait for. `false` when there is nobody to go on at all.
fn idle(ctx: &mut Ctx) -> bool {
    ctx.expire_timers();
    if ctx.threads.any_ready() {
        return true;
    }
    let deadline = ctx.threads.next_deadline();
    if deadline.is_none() && !ctx.threads.waits_for_outside() {
        let main = ThreadId::MAIN;
        let may_get_signal = ctx.threads.can_run(main)
            && (signals::are_handled(ctx) || !ctx.threads.waits_in_loop(main) && signals::interrupt_is_handled(ctx));
        if !may_get_signal {
            return end_what_holds_the_end(ctx) || meet_deadlock(ctx);
        }
    }
    ctx.threads.stands_still = false;
    let timeout = deadline.map(|deadline| deadline.saturating_sub(ctx.host.monotonic_time()));
    ctx.wait_in_host(timeout);
    true
}

/// The main thread has come to its end, and a thread on top of it, a daemon perhaps, waits for nothing that can come:
/// that one ends too, as a thread does that raises SystemExit. `false` when the main thread has more to do.
fn end_what_holds_the_end(ctx: &mut Ctx) -> bool {
    if !ctx.threads.is_leaving(ThreadId::MAIN) {
        return false;
    }
    let Some(holder) = ctx.threads.owner_of_run() else { return false };
    let class = ctx.exceptions.SystemExit.clone();
    let exit = ctx.new_exception(&class, Vec::new());
    ctx.end_wait(holder, Wake::Raise(exit))
}

/// Every thread waits for another one. Tells who waits for what, and ends that with an exception; or, where neither the
/// host nor a reporter wants that, waits for a signal.
#[cold]
fn meet_deadlock(ctx: &mut Ctx) -> bool {
    if ctx.host.ends_deadlocks() || ctx.reporter.is_some() {
        return break_deadlock(ctx);
    }
    if !std::mem::replace(&mut ctx.threads.stands_still, true) {
        let report = format!("coil: {}\n", report_deadlock(ctx));
        // Nobody else could be told.
        let _ = ctx.host.flush(Stream::Out);
        let _ = ctx.host.write(Stream::Err, report.as_bytes());
    }
    ctx.wait_in_host(None);
    true
}

/// Who waits for what.
fn report_deadlock(ctx: &Ctx) -> String {
    let mut text = String::from("deadlock: every thread waits");
    if ctx.threads.everyone().any(|(id, _)| !ctx.threads.can_run(id)) {
        text.push_str(" (some for a call that a built-in function made)");
    }
    for (id, _) in ctx.threads.everyone() {
        let _ = write!(text, "\n  {}", describe(ctx, id));
    }
    text
}

/// Ends the wait of the main thread, or of the one that the innermost run began for, with an error that tells who waits
/// for what.
#[cold]
fn break_deadlock(ctx: &mut Ctx) -> bool {
    let main = ThreadId::MAIN;
    let pinned = !ctx.threads.can_run(main);
    let victim = if pinned { ctx.threads.owner_of_run() } else { Some(main) };
    let Some(victim) = victim else { return false };
    let text = report_deadlock(ctx);
    let class = ctx.exceptions.RuntimeError.clone();
    let message = ctx.str(text);
    let exception = ctx.new_exception(&class, vec![message]);
    ctx.threads.deadlocks += 1;
    ctx.end_wait(victim, Wake::Raise(exception))
}

/// A line of the report: the thread, where it stands, what it waits for.
fn describe(ctx: &Ctx, id: ThreadId) -> String {
    let Some((_, thread)) = ctx.threads.everyone().find(|(other, _)| *other == id) else { return String::new() };
    let mut line = ctx.threads.name(id);
    let (place, function) = standing(thread.saved.frame);
    if let Some(place) = place {
        let _ = write!(line, ", {place}");
    }
    let in_function = function.map_or_else(String::new, |function| format!(" in {function}()"));
    let Stage::Waiting(wait) = &thread.stage else {
        let _ = write!(line, ": cannot go on");
        return line;
    };
    let _ = match &wait.why {
        Why::Lock(Some(owner)) if *owner == id && !in_function.is_empty() => write!(line, ": waits{in_function}"),
        Why::Lock(Some(owner)) if *owner == id => write!(line, ": waits for a lock that it holds itself"),
        Why::Lock(Some(owner)) if ctx.threads.is_alive(*owner) => {
            write!(line, ": waits{in_function} for a lock that {} holds", ctx.threads.name(*owner))
        }
        Why::Lock(_) => write!(line, ": waits{in_function} for a lock that no running thread holds"),
        Why::Join(other) => write!(line, ": waits for {} to end", ctx.threads.name(*other)),
        Why::Loop => write!(line, ": its event loop waits, and nothing is scheduled"),
        Why::Sleep | Why::Io | Why::Job(_) | Why::Signal => write!(line, ": waits{in_function}"),
        Why::Other(what) => write!(line, ": waits {what}"),
    };
    line
}

/// The innermost place of a parked thread in the program's own files, and the library function called from there.
fn standing(top: usize) -> (Option<String>, Option<String>) {
    let mut next = innermost(top);
    let mut function = None;
    while let Some(frame) = next {
        let file = frame.with_code(|code| code.object.filename.to_string());
        if !file.starts_with("<coil>") {
            return (Some(format!("{file}:{}", frame.line())), function);
        }
        function = Some(frame.with_code(|code| code.object.qualname.to_string()));
        next = caller_of(&frame);
    }
    (None, function)
}
