//! Delivering results and exceptions to the frame that is next on the chain.
//!
//! When control leaves a frame in a way that the loop does not handle itself, it does so with a [`Signal`]. [`settle`]
//! hands the signal to the frame on top of the chain, Python or native, which may answer with another signal, until a
//! Python frame is ready to run or control leaves through a boundary.

use std::sync::atomic::Ordering;

use smallvec::SmallVec;

use crate::code::{Op, flags};
use crate::objects::advance;
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::frame::{self, Frame, State, frame_at, take_from_chain};
use crate::objects::frame_view;
use crate::objects::heap::{Obj, Ref, attention};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised, new_native_frame};
use crate::objects::observer::Event;
use crate::objects::traceback::{NOT_STARTED, Traceback, new_traceback};
use crate::objects::value::Value;
use crate::objects::walk::{self, Onward};
use crate::objects::{int, protocol, suspension};

use super::ops::special;
use super::ops::suspension::awaited_asend;
use super::run::{BOUNDARY, DISCARD, PREV_BITS, cache_words};
use super::{call, door, finalize, resume, threads};

/// How control reaches the frame on top of the chain.
#[derive(Debug)]
pub(crate) enum Signal {
    /// The Python frame on top goes on at its `ip`.
    Enter,
    /// The native frame on top begins.
    Start,
    /// The call that the top frame waits for returned.
    Value(Value),
    /// The class call that the top frame waits for is complete; the instance lies on its stack already.
    Instance,
    /// The generator that the top frame resumed yielded.
    Item(Value),
    /// The generator that the top frame resumed returned.
    Finished(Value),
    /// The exception in the context is raised at the top frame's instruction.
    Raise,
    /// The same, without a new traceback entry for this frame.
    Reraise,
    /// Control leaves the run of the loop.
    Leave(PyResult<Exit>),
}

/// How a run of the loop ended.
#[derive(Debug)]
pub(crate) enum Exit {
    /// The boundary frame returned.
    Returned(Value),
    /// The boundary frame yielded.
    Yielded(Value),
}

/// Tells the observer.
#[cold]
pub(crate) fn tell(ctx: &mut Ctx, frame: &Obj<Frame>, event: Event<'_>) {
    if let Some(mut observer) = ctx.observer.take() {
        ctx.tell_observer(observer.as_mut(), frame, event);
        if !observer.has_enough() {
            ctx.observer.get_or_insert(observer);
        }
    }
}

/// Hands signals over until a Python frame is ready to run.
///
/// # Errors
/// How the run ended.
pub(crate) fn settle(ctx: &mut Ctx, mut signal: Signal) -> Result<(), PyResult<Exit>> {
    loop {
        if let Signal::Leave(exit) = signal {
            return Err(exit);
        }
        if let Some(native) = frame::native_at(ctx.frame) {
            signal = step(ctx, &native, signal);
            continue;
        }
        let Some(top) = frame_at(ctx.frame) else {
            match threads::end(ctx) {
                Some(next) => {
                    signal = next;
                    continue;
                }
                None => return Err(Err(ctx.system_error("the frame chain is empty"))),
            }
        };
        signal = match signal {
            Signal::Enter | Signal::Start => return Ok(()),
            Signal::Value(value) if special::waits(top.current_word()) => {
                // A special method, which somebody has looked at as a frame.
                if special::deliver(ctx, &top, value).is_ok() {
                    run_pending(ctx);
                    return Ok(());
                }
                Signal::Raise
            }
            Signal::Value(value) => {
                top.ip.set(top.ip.get() + cache_words(top.current_word()));
                top.push(value);
                // What a native let go of, an iterator that it cut short for one, ends before the next instruction.
                run_pending(ctx);
                // An interrupt that came while it waited is raised where it was called.
                match finalize::check_interrupt(ctx) {
                    Ok(()) => return Ok(()),
                    Err(Raised(())) => Signal::Raise,
                }
            }
            Signal::Instance => {
                top.ip.set(top.ip.get() + cache_words(top.current_word()));
                return Ok(());
            }
            Signal::Item(item) => match deliver_item(ctx, &top, item) {
                Some(signal) => signal,
                None => return Ok(()),
            },
            Signal::Finished(value) => match deliver_end(ctx, &top, value) {
                Some(signal) => signal,
                None => return Ok(()),
            },
            Signal::Raise if ends_loop(ctx, &top) => {
                let raised = std::mem::take(&mut ctx.raised);
                drop(raised);
                run_pending(ctx);
                match deliver_end(ctx, &top, Value::NONE) {
                    Some(signal) => signal,
                    None => return Ok(()),
                }
            }
            Signal::Raise => {
                run_pending(ctx);
                add_traceback(ctx, &top);
                match unwind(ctx, &top) {
                    Some(signal) => signal,
                    None => return Ok(()),
                }
            }
            Signal::Reraise => {
                run_pending(ctx);
                match unwind(ctx, &top) {
                    Some(signal) => signal,
                    None => return Ok(()),
                }
            }
            Signal::Leave(exit) => return Err(exit),
        };
    }
}

/// What went with the frames that an exception has left is finalised before the exception is handled.
fn run_pending(ctx: &mut Ctx) {
    if ctx.attention.load(Ordering::Relaxed) & attention::PENDING != 0 {
        finalize::run_pending_now(ctx);
    }
}

/// Whether a StopIteration arrives at a `for` loop: its iterator's `__next__` raised it.
fn ends_loop(ctx: &Ctx, top: &Obj<Frame>) -> bool {
    matches!(opcode(top.current_word()), Some(Op::ForIter | Op::ForIterStoreFast))
        && ctx.raised_is(&ctx.exceptions.StopIteration)
}

fn opcode(word: u32) -> Option<Op> {
    Op::from_u8(word as u8)
}

/// An item arrives at a Python frame that resumed a generator.
fn deliver_item(ctx: &mut Ctx, top: &Ref<Frame>, item: Value) -> Option<Signal> {
    let word = top.current_word();
    match opcode(word) {
        Some(Op::ForIter) => top.push(item),
        Some(Op::ForIterStoreFast) => {
            top.ip.set(top.ip.get() + 1);
            if let Some(slot) = top.tail().get((word >> 8) as usize) {
                slot.set(item);
            }
        }
        Some(Op::YieldFrom) => {
            // The delegating frame yields the item on, and will execute this instruction again.
            top.ip.set(top.ip.get() - 1);
            if word >> 8 != 0 {
                let mut handled = std::mem::take(&mut ctx.handled);
                top.swap_stack((word >> 8) as usize - 1, &mut handled);
                ctx.handled = handled;
            }
            if top.is_async_generator() {
                top.set_flag(frame::flags::AG_ITEM, false);
            }
            if ctx.observer.is_some() {
                tell(ctx, top, Event::Yield(&item));
            }
            let own = ctx.frame;
            let receiver = resume::suspend(ctx, top);
            resume::release_chain(own);
            return Some(leave(ctx, receiver, Signal::Item(item)));
        }
        _ => {
            top.ip.set(top.ip.get() + cache_words(word));
            top.push(item);
        }
    }
    None
}

/// A generator that a Python frame resumed has returned.
fn deliver_end(ctx: &mut Ctx, top: &Ref<Frame>, value: Value) -> Option<Signal> {
    let word = top.current_word();
    match opcode(word) {
        Some(Op::ForIter) => {
            drop(top.pop());
            top.ip.set(word >> 8);
        }
        Some(Op::ForIterStoreFast) => {
            let target = top.next_word();
            drop(top.pop());
            top.ip.set(target);
        }
        Some(Op::YieldFrom) => {
            if let Some(suspension) = awaited_asend(top) {
                let _: Raised = suspension::end_asend(ctx, &suspension, Ok(value));
                return Some(Signal::Raise);
            }
            drop(top.pop());
            top.push(value);
        }
        _ => {
            let _: Raised = ctx.stop_iteration(value);
            return Some(Signal::Raise);
        }
    }
    None
}

/// Control goes to the frame that a `prev` names.
pub(crate) fn leave(ctx: &mut Ctx, prev: usize, signal: Signal) -> Signal {
    ctx.frame = prev & !PREV_BITS;
    if prev & BOUNDARY != 0 {
        let exit = match signal {
            Signal::Value(value) | Signal::Finished(value) => Ok(Exit::Returned(value)),
            Signal::Item(value) => Ok(Exit::Yielded(value)),
            Signal::Raise | Signal::Reraise => Err(Raised(())),
            Signal::Enter | Signal::Start | Signal::Instance => Ok(Exit::Returned(Value::NONE)),
            Signal::Leave(exit) => exit,
        };
        if threads::is_too_early_to_leave(ctx) {
            return threads::wait_to_leave(ctx, exit.map(door::resumed));
        }
        return Signal::Leave(exit);
    }
    if prev & DISCARD != 0 {
        if matches!(signal, Signal::Raise | Signal::Reraise) {
            finalize::report_unraisable(ctx, "", &Value::NONE);
        }
        return Signal::Enter;
    }
    signal
}

/// The frame on top returns a value, in any case that the loop does not handle itself.
pub(crate) fn finish(ctx: &mut Ctx, value: Value) -> Signal {
    let address = ctx.frame;
    let Some(top) = frame_at(address) else { return Signal::Raise };
    if !top.is_suspendable() {
        let prev = top.prev.get();
        let result_is_self = top.has_flag(frame::flags::RESULT_IS_SELF);
        ctx.depth = ctx.depth.saturating_sub(1);
        end_plain(&top, address);
        return leave(ctx, prev, if result_is_self { Signal::Instance } else { Signal::Value(value) });
    }
    if top.is_async_generator() {
        top.set_flag(frame::flags::AG_ITEM, false);
    }
    match resume::end(ctx, &top, address) {
        resume::End::Parent(parent) => {
            drop(parent.pop());
            parent.push(value);
            parent.ip.set(parent.ip.get() + 1);
            Signal::Enter
        }
        resume::End::Receiver(receiver) => leave(ctx, receiver, Signal::Finished(value)),
    }
}

/// Gives up the chain's reference to a plain frame that is done; its locals go now unless somebody looks at the frame.
fn end_plain(top: &Ref<Frame>, address: usize) {
    let owned = take_from_chain(address);
    // `top` and `owned` are two references; a third belongs to a frame object that a program holds.
    if top.header().count() <= 2 {
        top.retire();
    } else {
        top.state.set(State::Finished);
    }
    drop(owned);
}

/// Notes where the exception has been.
pub(crate) fn add_traceback(ctx: &mut Ctx, top: &Ref<Frame>) {
    if top.with_code(|code| code.flags & flags::HIDDEN != 0) {
        return;
    }
    let raised = ctx.raised.clone();
    if let Some(exception) = raised.downcast_ref::<Exception>() {
        let next = exception.traceback.take();
        let next = if next.is_empty() { Value::NONE } else { next };
        exception.traceback.set(traceback_entry(next, top));
        if ctx.observer.is_some() {
            tell(ctx, top, Event::Raise(&raised));
        }
    }
}

/// An entry of a traceback: where a frame stands.
pub(crate) fn traceback_entry(next: Value, frame: &Ref<Frame>) -> Value {
    // A generator that has not started stands at its `def`.
    let (word, line) = match frame.ip.get() {
        0 => (NOT_STARTED, Some(frame.with_code(|code| code.object.first_line))),
        next => (next - 1, None),
    };
    let entry = new_traceback(next, frame.func.get(), word, line);
    entry.frame.set(frame.value().clone());
    entry.into_value()
}

/// The variables of a suspendable frame go when it ends, but the traceback of the exception that ends it keeps them.
fn keep_variables(ctx: &Ctx, top: &Ref<Frame>) {
    let Some(exception) = ctx.raised.downcast::<Exception>() else { return };
    let traceback = exception.traceback.get();
    if let Some(entry) = traceback.downcast_ref::<Traceback>()
        && entry.frame.get().is(top.value())
    {
        let view = frame_view::view(top);
        view.locals.set(frame_view::locals_of(top));
        entry.frame.set(view.into_value());
    }
}

/// Finds the handler in the top frame, or takes the frame off the chain. None when the frame goes on at its handler.
fn unwind(ctx: &mut Ctx, top: &Ref<Frame>) -> Option<Signal> {
    let word = top.ip.get().saturating_sub(1);
    let entry = top
        .with_code(|code| code.object.exceptions.iter().find(|entry| entry.start <= word && word < entry.end).copied());
    if let Some(entry) = entry {
        top.truncate(entry.depth as usize);
        // While the frame stands where the exception came from.
        run_pending(ctx);
        if entry.push_lasti {
            top.push(int::from_i64(i64::from(word)));
        }
        let exception = std::mem::take(&mut ctx.raised);
        if ctx.observer.is_some() {
            tell(ctx, top, Event::Catch(&exception));
        }
        top.push(exception);
        top.ip.set(entry.handler);
        return None;
    }
    // What the frame was working on goes while it still stands there.
    top.truncate(0);
    run_pending(ctx);
    let address = ctx.frame;
    if !top.is_suspendable() {
        let prev = top.prev.get();
        ctx.depth = ctx.depth.saturating_sub(1);
        let exception = std::mem::take(&mut ctx.raised);
        end_plain(top, address);
        ctx.raised = exception;
        return Some(leave(ctx, prev, Signal::Raise));
    }
    keep_variables(ctx, top);
    resume::convert_stop_iteration(ctx, top);
    let exception = std::mem::take(&mut ctx.raised);
    let end = resume::end(ctx, top, address);
    ctx.raised = exception;
    match end {
        resume::End::Parent(parent) => {
            // The exception is raised at the parent's `yield from`.
            parent.ip.set(parent.ip.get() + 1);
            Some(Signal::Raise)
        }
        resume::End::Receiver(receiver) => {
            if receiver & PREV_BITS == 0
                && top.is_async_generator()
                && let Some(suspension) = frame_at(receiver).and_then(|frame| awaited_asend(&frame))
            {
                let _: Raised = suspension::end_asend(ctx, &suspension, Err(Raised(())));
            }
            Some(leave(ctx, receiver, Signal::Raise))
        }
    }
}

/// Whether a `prev` names a native frame, to which control simply returns.
pub(crate) fn is_native(prev: usize) -> bool {
    prev & PREV_BITS == 0 && frame::header_at(prev).is_some_and(|header| header.kind() == Kind::NativeFrame)
}

/// The function that the native frame on top of the chain called has returned this.
#[inline(never)]
pub(crate) fn continue_native(ctx: &mut Ctx, value: Value) -> Signal {
    let Some(native) = frame::native_at(ctx.frame) else { return Signal::Value(value) };
    if native.calling.get() == 0 {
        return step(ctx, &native, Signal::Value(value));
    }
    match walk::go_on(&native, value) {
        Onward::Call(function, argument) => {
            if call::push_directly(ctx, &function, std::slice::from_ref(&argument)) {
                return Signal::Enter;
            }
            act(ctx, &native, Ok(Action::Call(function, SmallVec::from_iter([argument]))))
        }
        Onward::End => step(ctx, &native, Signal::Finished(Value::NONE)),
        Onward::Take(value) => step(ctx, &native, Signal::Value(value)),
    }
}

/// Continues a step native with what arrived, until it needs another frame or is done.
fn step(ctx: &mut Ctx, native: &Ref<NativeFrame>, signal: Signal) -> Signal {
    let input = match signal {
        Signal::Start | Signal::Enter => Input::Start,
        Signal::Value(value) | Signal::Item(value) => Input::Value(value),
        Signal::Finished(value) => Input::Exhausted(value),
        Signal::Raise | Signal::Reraise => Input::Raised,
        Signal::Instance => Input::Value(Value::NONE),
        Signal::Leave(exit) => return Signal::Leave(exit),
    };
    let action = (native.step)(ctx, native, input);
    act(ctx, native, action)
}

/// Does what the step native on top of the chain asked for, and continues it, until it needs another frame or is done.
pub(crate) fn act(ctx: &mut Ctx, native: &Ref<NativeFrame>, mut action: PyResult<Action>) -> Signal {
    loop {
        let input = match action {
            Ok(Action::Return(value)) => return end_native(ctx, native, Signal::Value(value)),
            Ok(Action::Yield(item)) => return end_native(ctx, native, Signal::Item(item)),
            Ok(Action::Exhausted(value)) => return end_native(ctx, native, Signal::Finished(value)),
            Err(Raised(())) => return end_native(ctx, native, Signal::Raise),
            Ok(Action::Call(callable, args)) => match begin(ctx, &callable, args, &[]) {
                Ok(input) => input,
                Err(signal) => return signal,
            },
            Ok(Action::CallKeywords(callable, args, keywords)) => match begin(ctx, &callable, args, &keywords) {
                Ok(input) => input,
                Err(signal) => return signal,
            },
            Ok(Action::Wait(wait)) => return threads::wait(ctx, wait),
            Ok(Action::Send(target, value)) => match send(ctx, &target, value) {
                Ok(input) => input,
                Err(signal) => return signal,
            },
            Ok(Action::Throw(target, exception)) => match throw(ctx, &target, exception) {
                Ok(input) => input,
                Err(signal) => return signal,
            },
            Ok(Action::Next(iterator)) => {
                if let Some(generator) = iterator.downcast_ref::<Frame>()
                    && generator.is_generator()
                {
                    match resume::enter(ctx, generator, Value::NONE) {
                        Ok(true) => {
                            if ctx.observer.is_some() {
                                tell(ctx, generator, Event::Resume);
                            }
                            return Signal::Enter;
                        }
                        Ok(false) => Input::Exhausted(Value::NONE),
                        Err(Raised(())) => Input::Raised,
                    }
                } else if ctx.depth < ctx.recursion_limit
                    && let Some(step) = advance::step_of(ctx, &iterator)
                {
                    call::push_native(ctx, new_native_frame(step, None, SmallVec::from_iter([iterator])));
                    return Signal::Start;
                } else {
                    match protocol::next(ctx, &iterator) {
                        Ok(Some(item)) => Input::Value(item),
                        Ok(None) => Input::Exhausted(Value::NONE),
                        Err(Raised(())) => Input::Raised,
                    }
                }
            }
        };
        action = (native.step)(ctx, native, input);
    }
}

/// Resumes a coroutine that a step native asked for: the input when it had ended, the signal when it is on top.
fn send(ctx: &mut Ctx, target: &Value, value: Value) -> Result<Input, Signal> {
    let Some(coroutine) = target.downcast_ref::<Frame>() else { return Ok(not_suspendable(ctx)) };
    let shown = ctx.observer.is_some().then(|| value.clone());
    match resume::enter(ctx, coroutine, value) {
        Ok(true) => {
            if let Some(value) = shown {
                tell(ctx, coroutine, if value.is_none() { Event::Resume } else { Event::Send(&value) });
            }
            Err(Signal::Enter)
        }
        Ok(false) => Ok(Input::Exhausted(Value::NONE)),
        Err(Raised(())) => Ok(Input::Raised),
    }
}

/// Throws into a coroutine for a step native; as [`send`].
fn throw(ctx: &mut Ctx, target: &Value, exception: Value) -> Result<Input, Signal> {
    let Some(coroutine) = target.downcast::<Frame>() else { return Ok(not_suspendable(ctx)) };
    match finalize::throw_anywhere(ctx, &coroutine, exception) {
        Ok(finalize::Thrown::Signal(signal)) => Err(signal),
        Ok(finalize::Thrown::Yielded(value)) => Ok(Input::Value(value)),
        Err(Raised(())) => Ok(Input::Raised),
    }
}

fn not_suspendable(ctx: &mut Ctx) -> Input {
    let _: Raised = ctx.type_error("not a generator");
    Input::Raised
}

/// A call that a step native asked for: the input when it is over, the signal when a frame was pushed.
fn begin(
    ctx: &mut Ctx,
    callable: &Value,
    args: SmallVec<[Value; 4]>,
    keywords: &[(Value, Value)],
) -> Result<Input, Signal> {
    if keywords.is_empty() && call::push_directly(ctx, callable, &args) {
        return Err(Signal::Enter);
    }
    match call::begin(ctx, callable, args.into_iter().collect(), keywords) {
        Ok(call::Begun::Done(value) | call::Begun::Init(value)) => Ok(Input::Value(value)),
        Ok(call::Begun::Frame) => Err(Signal::Enter),
        Ok(call::Begun::Signal(signal)) => Err(signal),
        Err(Raised(())) => Ok(Input::Raised),
    }
}

fn end_native(ctx: &mut Ctx, native: &Ref<NativeFrame>, signal: Signal) -> Signal {
    let prev = native.prev.get();
    let owned = take_from_chain(ctx.frame);
    ctx.depth = ctx.depth.saturating_sub(1);
    drop(owned);
    leave(ctx, prev, signal)
}
