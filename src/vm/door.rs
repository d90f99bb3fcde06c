//! The door: how natives get into the loop.
//!
//! A native that must have something done before it can go on (call this, resume that, run this body) calls a function
//! pointer of `Door`, which marks the frame on top of the chain as a boundary and runs the loop until control comes back
//! to it. This nests on the machine's stack and is counted (`Ctx::enter`); what can do without is a step native.

use crate::code::flags;
use crate::objects::code::Code;
use crate::objects::ctx::{CompileMode, Ctx, Door, Resumed};
use crate::objects::frame::{self, Frame, SHAPE_FRAME, frame_at};
use crate::objects::function::Function;
use crate::objects::native::{NativeFrame, PyResult};
use crate::objects::observer::Event;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::bind::SUSPENDABLE;
use super::call::{Begun, begin, note_created, push_directly};
use super::run::{BOUNDARY, run};
use super::transfer::{Exit, Signal, tell};
use super::{finalize, resume};

/// The door from natives into the loop; the interpreter adds the compiler.
pub(crate) const DOOR: Door = Door {
    call: door_call,
    resume: door_resume,
    throw: door_throw,
    close: finalize::door_close,
    compile: no_compiler,
    complete: |ctx, _| Err(ctx.system_error("no compiler")),
    last_python: |_, newest| newest,
    run_pending: finalize::run_pending_now,
    run_body: door_run_body,
};

fn no_compiler(ctx: &mut Ctx, _: &[u8], _: &str, _: &CompileMode) -> PyResult {
    Err(ctx.system_error("this interpreter has no compiler"))
}

fn enter_boundary(ctx: &mut Ctx) {
    if let Some(top) = frame::value_at(ctx.frame) {
        if let Some(frame) = top.downcast_ref::<Frame>() {
            frame.prev.set(frame.prev.get() | BOUNDARY);
        } else if let Some(native) = top.downcast_ref::<NativeFrame>() {
            native.prev.set(native.prev.get() | BOUNDARY);
        }
    }
}

/// Runs what [`begin`] put on top of the chain to its end.
pub(crate) fn run_begun(ctx: &mut Ctx, begun: Begun) -> PyResult {
    let (signal, instance) = match begun {
        Begun::Done(value) => return Ok(value),
        Begun::Frame => (Signal::Enter, None),
        Begun::Init(instance) => (Signal::Enter, Some(instance)),
        Begun::Signal(signal) => (signal, None),
    };
    enter_boundary(ctx);
    ctx.enter("")?;
    let exit = run(ctx, signal);
    ctx.leave();
    match exit? {
        Exit::Returned(value) => Ok(instance.unwrap_or(value)),
        Exit::Yielded(value) => Ok(value),
    }
}

fn door_call(ctx: &mut Ctx, callable: &Value, args: &[Value], keywords: &[(Value, Value)]) -> PyResult {
    ctx.check_native_depth("")?;
    if keywords.is_empty() && push_directly(ctx, callable, args) {
        return run_begun(ctx, Begun::Frame);
    }
    let outer = ctx.frame;
    let begun = begin(ctx, callable, args.iter().cloned().collect(), keywords)?;
    if ctx.frame == outer
        && let Begun::Signal(_) = &begun
    {
        return Err(ctx.system_error("a call without a frame"));
    }
    run_begun_from(ctx, begun)
}

/// As [`run_begun`]; a generator that the call resumed and that returned raises StopIteration in the caller.
fn run_begun_from(ctx: &mut Ctx, begun: Begun) -> PyResult {
    let top_is_generator =
        !matches!(begun, Begun::Done(_)) && frame_at(ctx.frame).is_some_and(|frame| frame.is_suspendable());
    if !top_is_generator {
        return run_begun(ctx, begun);
    }
    let signal = match begun {
        Begun::Signal(signal) => signal,
        _ => Signal::Enter,
    };
    enter_boundary(ctx);
    ctx.enter("")?;
    let exit = run(ctx, signal);
    ctx.leave();
    match exit? {
        Exit::Yielded(value) => Ok(value),
        Exit::Returned(value) => Err(ctx.stop_iteration(value)),
    }
}

/// How a run ended, for who resumed the frame with which it began.
pub(super) fn resumed(exit: Exit) -> Resumed {
    match exit {
        Exit::Yielded(value) => Resumed::Yielded(value),
        Exit::Returned(value) => Resumed::Returned(value),
    }
}

fn door_resume(ctx: &mut Ctx, target: &Value, value: Value) -> PyResult<Resumed> {
    ctx.check_native_depth("")?;
    let Some(generator) = target.downcast_ref::<Frame>() else { return Err(ctx.type_error("not a generator")) };
    if !resume::enter(ctx, generator, value)? {
        return Ok(Resumed::Returned(Value::NONE));
    }
    if ctx.observer.is_some() {
        tell(ctx, generator, Event::Resume);
    }
    run_resumed(ctx, Signal::Enter)
}

/// Runs the resumed frame on top of the chain to its next yield or its end.
pub(crate) fn run_resumed(ctx: &mut Ctx, signal: Signal) -> PyResult<Resumed> {
    enter_boundary(ctx);
    ctx.enter("")?;
    let exit = run(ctx, signal);
    ctx.leave();
    exit.map(resumed)
}

fn door_throw(ctx: &mut Ctx, target: &Value, exception: Value) -> PyResult<Resumed> {
    ctx.check_native_depth("")?;
    let Some(generator) = target.downcast::<Frame>() else { return Err(ctx.type_error("not a generator")) };
    let signal = match finalize::throw_anywhere(ctx, &generator, exception)? {
        finalize::Thrown::Yielded(value) => return Ok(Resumed::Yielded(value)),
        finalize::Thrown::Signal(signal) => signal,
    };
    run_resumed(ctx, signal)
}

/// Runs a class body or module code with a namespace; gives the coroutine of code that awaits.
fn door_run_body(ctx: &mut Ctx, function: &Value, namespace: &Value) -> PyResult {
    ctx.check_native_depth("")?;
    let frame = {
        let Some(payload) = function.downcast_ref::<Function>() else { return Err(ctx.type_error("not a function")) };
        let code = payload.code.get();
        let Some(code) = code.downcast_ref::<Code>() else { return Err(ctx.system_error("no code")) };
        let shape = if code.flags & SUSPENDABLE != 0 { resume::shape_for(code.flags) } else { SHAPE_FRAME };
        let frame = frame::new_frame(shape, function.clone(), code.slot_count(), code.frame_slots());
        if code.flags & flags::OPTIMIZED == 0
            && let Some(slot) = frame.tail().first()
        {
            slot.set(namespace.clone());
        }
        if code.free_count > 0
            && let Some(cells) = payload.closure.get().downcast_ref::<Tuple>()
        {
            let first = code.slot_count() - code.free_count as usize;
            for (slot, cell) in frame.tail()[first..].iter().zip(cells.items()) {
                slot.set(cell.clone());
            }
        }
        frame
    };
    if frame.header().shape() != SHAPE_FRAME {
        // Code with `await` at its top level: who asked for it awaits the result.
        note_created(ctx, &frame);
        return Ok(frame.into_value());
    }
    if ctx.depth >= ctx.recursion_limit {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    let shown = ctx.observer.is_some().then(|| frame.clone());
    resume::push_plain(ctx, frame);
    if let Some(frame) = shown {
        tell(ctx, &frame, Event::Call);
    }
    run_begun(ctx, Begun::Frame)
}
