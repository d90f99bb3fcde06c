//! What drives coroutines and asynchronous generators from outside: `coroutine_wrapper`, `async_generator_asend`,
//! `async_generator_athrow` and `anext_awaitable`.
//!
//! An asynchronous generator is a frame that stops for two reasons: at an `await`, whose value goes to the event loop,
//! and at a `yield` of its own, whose value goes to whoever iterates it. The objects here tell the two apart (by
//! [`flags::AG_ITEM`]): they pass the first kind on and end with the second, as the value of their StopIteration.
//! Source: PEP 525.

use std::cell::Cell;

use super::arguments::bad_self;
use super::ctx::{Ctx, Resumed};
use super::exception::Exception;
use super::frame::{Frame, State, flags};
use super::generator::{thrown, warn_old_form};
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::{PyResult, Raised};
use super::protocol;
use super::tuple::Tuple;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
    /// Implement iter(self).
    method "__iter__(self, /)" => itself;
    method "__await__(self, /)" => itself;
    /// Implement next(self).
    method "__next__(self, /)" => next;
    /// send(arg) -> send 'arg' in the awaited object, return next yielded value or raise StopIteration.
    method "send(self, value, /)" => send;
    /// throw(value)
    /// throw(type[,value[,traceback]])
    method "throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)" => throw;
    /// close() -> raise GeneratorExit inside the awaited object.
    method "close(self, /)" => close;
}

/// What a suspension object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `coroutine.__await__()`
    CoroutineWrapper,
    /// `asend(value)` and `__anext__()`
    Asend,
    /// `athrow(exception)`
    Athrow,
    /// `aclose()`
    Aclose,
    /// `anext(iterator, default)`
    AnextDefault,
}

/// Where a suspension object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Not sent to yet.
    Initial,
    /// Being iterated.
    Iterating,
    /// Finished; another use is an error.
    Closed,
}

/// The payload of these objects.
pub struct Suspension {
    /// What it is for; the shape says the same to programs.
    pub role: Role,
    /// Where it stands.
    pub progress: Cell<Progress>,
    /// The coroutine or asynchronous generator.
    pub target: Slot,
    /// The value to send, the exception to throw (a tuple of the arguments), or the default.
    pub argument: Slot,
}

impl Payload for Suspension {
    const KIND: Kind = Kind::Suspension;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.target.peek(&mut *visit);
        self.argument.peek(visit);
    }

    fn clear(&self) {
        self.target.take();
        self.argument.take();
    }

    fn needs_finalizer(object: &Obj<Self>) -> bool {
        // It warns when it was never awaited.
        object.progress.get() == Progress::Initial && matches!(object.role, Role::Asend | Role::Athrow | Role::Aclose)
    }
}

/// A new object of the given role.
pub fn new(ctx: &Ctx, role: Role, target: Value, argument: Value) -> Value {
    let types = &ctx.types;
    let class = match role {
        Role::CoroutineWrapper => &types.coroutine_wrapper,
        Role::Asend => &types.async_generator_asend,
        Role::Athrow | Role::Aclose => &types.async_generator_athrow,
        Role::AnextDefault => &types.anext_awaitable,
    };
    let payload = Suspension {
        role,
        progress: Cell::new(Progress::Initial),
        target: Slot::new(target),
        argument: Slot::new(argument),
    };
    alloc(class.instance_shape.get(), payload).into_value()
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<Suspension>> {
    match args.first().and_then(Value::downcast_ref::<Suspension>) {
        Some(this) => Ok(this),
        None => Err(bad_self(ctx, args.first().unwrap_or(&Value::NONE), "awaitable")),
    }
}

fn itself(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(args[0].clone())
}

fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, args)?;
    finish(ctx, |ctx| advance(ctx, this, Value::NONE))
}

fn send(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, args)?;
    let value = args[1].clone();
    finish(ctx, |ctx| advance(ctx, this, value))
}

/// What a step gives as a method's result: a yielded value, or StopIteration.
fn finish(ctx: &mut Ctx, step: impl FnOnce(&mut Ctx) -> PyResult<Resumed>) -> PyResult {
    match step(ctx)? {
        Resumed::Yielded(value) => Ok(value),
        Resumed::Returned(value) => Err(ctx.stop_iteration(value)),
    }
}

impl Suspension {
    fn method(&self) -> &'static str {
        match self.role {
            Role::Asend => "__anext__()/asend()",
            _ => "aclose()/athrow()",
        }
    }

    fn reuse(&self, ctx: &mut Ctx) -> Raised {
        ctx.runtime_error(format!("cannot reuse already awaited {}", self.method()))
    }

    fn busy(&self, ctx: &mut Ctx) -> Raised {
        self.progress.set(Progress::Closed);
        let what = match self.role {
            Role::Asend => "anext",
            Role::Athrow => "athrow",
            _ => "aclose",
        };
        ctx.runtime_error(format!("{what}(): asynchronous generator is already running"))
    }
}

/// Sends a value to the object behind; `Returned` is the value of the whole await expression.
///
/// # Errors
/// What the object raises.
pub fn advance(ctx: &mut Ctx, this: &Obj<Suspension>, value: Value) -> PyResult<Resumed> {
    let target = this.target.get();
    match this.role {
        Role::CoroutineWrapper => (ctx.door.resume)(ctx, &target, value),
        Role::AnextDefault => advance_anext(ctx, this, value),
        Role::Asend => {
            let (frame, value) = begin_asend(ctx, this, value)?;
            let result = (ctx.door.resume)(ctx, &target, value);
            unwrap(ctx, this, &frame, result)
        }
        Role::Athrow | Role::Aclose => {
            let Some(frame) = target.downcast::<Frame>() else { return Err(this.reuse(ctx)) };
            match this.progress.get() {
                Progress::Closed => Err(this.reuse(ctx)),
                Progress::Iterating => {
                    begin_step(&frame);
                    let result = (ctx.door.resume)(ctx, &target, value);
                    settle(ctx, this, &frame, result)
                }
                Progress::Initial => {
                    if frame.state.get() == State::Finished {
                        this.progress.set(Progress::Closed);
                        return Ok(Resumed::Returned(Value::NONE));
                    }
                    if frame.has_flag(flags::AG_RUNNING) {
                        return Err(this.busy(ctx));
                    }
                    if frame.has_flag(flags::AG_CLOSED) {
                        this.progress.set(Progress::Closed);
                        return Err(stop_async_iteration(ctx));
                    }
                    if !value.is_none() {
                        return Err(ctx.runtime_error("can't send non-None value to a just-started coroutine"));
                    }
                    this.progress.set(Progress::Iterating);
                    begin_step(&frame);
                    let exception = if this.role == Role::Aclose {
                        frame.set_flag(flags::AG_CLOSED, true);
                        let class = ctx.exceptions.GeneratorExit.clone();
                        Ok(ctx.new_exception(&class, Vec::new()))
                    } else {
                        let given = this.argument.get();
                        let given =
                            given.downcast_ref::<Tuple>().map(|given| given.items().to_vec()).unwrap_or_default();
                        thrown(ctx, &given)
                    };
                    let result = match exception {
                        Ok(exception) => (ctx.door.throw)(ctx, &target, exception),
                        Err(raised) => Err(raised),
                    };
                    settle(ctx, this, &frame, result)
                }
            }
        }
    }
}

/// A step of an `asend` begins: the asynchronous generator to resume, and with what. [`end_asend`] belongs to it, unless
/// the step stops at an `await`.
///
/// # Errors
/// RuntimeError when the object was used before, or the generator is busy.
pub(crate) fn begin_asend(ctx: &mut Ctx, this: &Obj<Suspension>, value: Value) -> PyResult<(Ref<Frame>, Value)> {
    let Some(frame) = this.target.get().downcast::<Frame>() else { return Err(this.reuse(ctx)) };
    let value = match this.progress.get() {
        Progress::Closed => return Err(this.reuse(ctx)),
        Progress::Initial => {
            if frame.has_flag(flags::AG_RUNNING) {
                return Err(this.busy(ctx));
            }
            this.progress.set(Progress::Iterating);
            if value.is_none() { this.argument.take() } else { value }
        }
        Progress::Iterating => value,
    };
    begin_step(&frame);
    Ok((frame, value))
}

/// How many objects of finished steps are kept for the next ones: as deep as `async for` is usually nested.
const MAX_KEPT: usize = 8;

/// What `__anext__()` gives, when it has been called before and there is an object of a finished step to use again.
#[inline]
pub(crate) fn next_again(ctx: &mut Ctx, generator: &Value) -> Option<Value> {
    if !generator.downcast_ref::<Frame>()?.has_flag(flags::AG_HOOKED) {
        return None;
    }
    let kept = ctx.finished_steps.pop()?;
    let step = kept.downcast_ref::<Suspension>()?;
    step.target.set(generator.clone());
    step.argument.set(Value::NONE);
    step.progress.set(Progress::Initial);
    Some(kept)
}

/// An `asend` is done. If nobody else has it, it is kept; else it is given back.
#[inline]
pub(crate) fn keep_for_next(ctx: &mut Ctx, awaited: Value) -> Value {
    let Some(step) = awaited.downcast_ref::<Suspension>() else { return awaited };
    if step.header().count() != 1 || step.role != Role::Asend || ctx.finished_steps.len() >= MAX_KEPT {
        return awaited;
    }
    let generator = step.target.take();
    ctx.finished_steps.push(awaited);
    generator
}

/// The generator of an `asend` when it waits at a `yield` or `await` and may simply go on.
#[inline]
pub(crate) fn ready_generator(this: &Obj<Suspension>, sent: &Value) -> Option<Ref<Frame>> {
    let generator = this.target.get().downcast::<Frame>()?;
    let may_go_on = generator.state.get() == State::Suspended
        && match this.progress.get() {
            Progress::Initial => sent.is_none() && !generator.has_flag(flags::AG_RUNNING),
            Progress::Iterating => true,
            Progress::Closed => false,
        };
    may_go_on.then_some(generator)
}

/// As [`begin_asend`], for what [`ready_generator`] gave; returns what is sent.
#[inline]
pub(crate) fn begin_quickly(this: &Obj<Suspension>, generator: &Obj<Frame>, sent: Value) -> Value {
    begin_step(generator);
    match this.progress.replace(Progress::Iterating) {
        Progress::Initial => this.argument.take(),
        Progress::Iterating | Progress::Closed => sent,
    }
}

/// The generator of an `asend` that the loop itself drives stopped at a `yield` of its own, so that the `asend` is done.
#[inline]
pub(crate) fn yielded_to_asend(this: &Obj<Suspension>, frame: &Obj<Frame>) {
    frame.set_flag(flags::AG_RUNNING, false);
    this.progress.set(Progress::Closed);
}

/// The generator of an `asend` that the loop itself drives returned or raised: what that means for the one who awaits.
pub(crate) fn end_asend(ctx: &mut Ctx, this: &Obj<Suspension>, outcome: PyResult) -> Raised {
    let Some(frame) = this.target.get().downcast::<Frame>() else { return this.reuse(ctx) };
    match unwrap(ctx, this, &frame, outcome.map(Resumed::Returned)) {
        Err(raised) => raised,
        Ok(_) => stop_async_iteration(ctx),
    }
}

/// A step of an asynchronous generator begins: how it stopped last time does not count any more.
#[inline]
fn begin_step(frame: &Obj<Frame>) {
    frame.set_flag(flags::AG_RUNNING, true);
    frame.set_flag(flags::AG_ITEM, false);
}

fn stop_async_iteration(ctx: &mut Ctx) -> Raised {
    let class = ctx.exceptions.StopAsyncIteration.clone();
    let exception = ctx.new_exception(&class, Vec::new());
    ctx.raise_value(exception)
}

/// What a step of an asynchronous generator means for `asend` and `athrow`.
fn unwrap(ctx: &mut Ctx, this: &Obj<Suspension>, frame: &Obj<Frame>, result: PyResult<Resumed>) -> PyResult<Resumed> {
    match result {
        Ok(Resumed::Yielded(value)) if frame.has_flag(flags::AG_ITEM) => {
            frame.set_flag(flags::AG_RUNNING, false);
            this.progress.set(Progress::Closed);
            Ok(Resumed::Returned(value))
        }
        Ok(Resumed::Yielded(value)) => Ok(Resumed::Yielded(value)),
        Ok(Resumed::Returned(_)) => {
            frame.set_flag(flags::AG_CLOSED, true);
            frame.set_flag(flags::AG_RUNNING, false);
            this.progress.set(Progress::Closed);
            Err(stop_async_iteration(ctx))
        }
        Err(raised) => {
            if ctx.raised_is(&ctx.exceptions.StopAsyncIteration) || ctx.raised_is(&ctx.exceptions.GeneratorExit) {
                frame.set_flag(flags::AG_CLOSED, true);
            }
            frame.set_flag(flags::AG_RUNNING, false);
            this.progress.set(Progress::Closed);
            Err(raised)
        }
    }
}

/// What a step of an asynchronous generator means for `athrow` and `aclose`.
fn settle(ctx: &mut Ctx, this: &Obj<Suspension>, frame: &Obj<Frame>, result: PyResult<Resumed>) -> PyResult<Resumed> {
    if this.role == Role::Athrow {
        return unwrap(ctx, this, frame, result);
    }
    match result {
        Ok(Resumed::Yielded(_)) if frame.has_flag(flags::AG_ITEM) => {
            frame.set_flag(flags::AG_RUNNING, false);
            this.progress.set(Progress::Closed);
            Err(ctx.runtime_error("async generator ignored GeneratorExit"))
        }
        Ok(Resumed::Yielded(value)) => Ok(Resumed::Yielded(value)),
        Ok(Resumed::Returned(_)) => {
            frame.set_flag(flags::AG_RUNNING, false);
            this.progress.set(Progress::Closed);
            Ok(Resumed::Returned(Value::NONE))
        }
        Err(raised) => {
            frame.set_flag(flags::AG_RUNNING, false);
            this.progress.set(Progress::Closed);
            if ctx.raised_is(&ctx.exceptions.StopAsyncIteration) || ctx.raised_is(&ctx.exceptions.GeneratorExit) {
                drop(ctx.take_raised(raised));
                return Ok(Resumed::Returned(Value::NONE));
            }
            Err(raised)
        }
    }
}

/// Throws an exception into the object behind.
///
/// # Errors
/// What the object raises.
pub fn throw_into(ctx: &mut Ctx, this: &Obj<Suspension>, exception: Value) -> PyResult<Resumed> {
    let target = this.target.get();
    match this.role {
        Role::CoroutineWrapper => (ctx.door.throw)(ctx, &target, exception),
        Role::AnextDefault => {
            let iterator = awaited_iterator(ctx, &target)?;
            let result = protocol::call_method(ctx, &iterator, "throw", &[exception]);
            default_at_end(ctx, this, result)
        }
        Role::Asend | Role::Athrow | Role::Aclose => {
            let Some(frame) = target.downcast::<Frame>() else { return Err(this.reuse(ctx)) };
            match this.progress.get() {
                Progress::Closed => return Err(this.reuse(ctx)),
                Progress::Initial => {
                    if frame.has_flag(flags::AG_RUNNING) {
                        return Err(this.busy(ctx));
                    }
                    this.progress.set(Progress::Iterating);
                }
                Progress::Iterating => {}
            }
            begin_step(&frame);
            let result = (ctx.door.throw)(ctx, &target, exception);
            settle_or_unwrap(ctx, this, &frame, result)
        }
    }
}

fn settle_or_unwrap(
    ctx: &mut Ctx,
    this: &Obj<Suspension>,
    frame: &Obj<Frame>,
    result: PyResult<Resumed>,
) -> PyResult<Resumed> {
    if this.role == Role::Asend { unwrap(ctx, this, frame, result) } else { settle(ctx, this, frame, result) }
}

fn throw(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, args)?;
    warn_old_form(ctx, &args[1..], "throw")?;
    let exception = thrown(ctx, &args[1..])?;
    finish(ctx, |ctx| throw_into(ctx, this, exception))
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, args)?;
    if this.role == Role::CoroutineWrapper {
        let target = this.target.get();
        return (ctx.door.close)(ctx, &target);
    }
    if this.progress.get() == Progress::Closed {
        return Ok(Value::NONE);
    }
    if this.role == Role::AnextDefault {
        let target = this.target.get();
        let iterator = awaited_iterator(ctx, &target)?;
        let result = protocol::call_method(ctx, &iterator, "close", &[]);
        return match default_at_end(ctx, this, result)? {
            Resumed::Yielded(value) => Ok(value),
            Resumed::Returned(value) => Err(ctx.stop_iteration(value)),
        };
    }
    let class = ctx.exceptions.GeneratorExit.clone();
    let exception = ctx.new_exception(&class, Vec::new());
    match throw_into(ctx, this, exception) {
        Ok(Resumed::Yielded(_)) => Err(ctx.runtime_error("coroutine ignored GeneratorExit")),
        Ok(Resumed::Returned(_)) => Ok(Value::NONE),
        Err(raised) => {
            let e = &ctx.exceptions;
            if ctx.raised_is(&e.StopIteration)
                || ctx.raised_is(&e.StopAsyncIteration)
                || ctx.raised_is(&e.GeneratorExit)
            {
                drop(ctx.take_raised(raised));
                return Ok(Value::NONE);
            }
            Err(raised)
        }
    }
}

/// The iterator behind `anext(..., default)`: what awaiting the awaitable iterates.
fn awaited_iterator(ctx: &mut Ctx, awaitable: &Value) -> PyResult {
    if awaitable.is_kind::<Suspension>() {
        return Ok(awaitable.clone());
    }
    if let Some(frame) = awaitable.downcast_ref::<Frame>() {
        if frame.is_coroutine() {
            return Ok(new(ctx, Role::CoroutineWrapper, awaitable.clone(), Value::NONE));
        }
        if frame.with_code(|code| code.flags & crate::code::flags::ITERABLE_COROUTINE != 0) {
            return Ok(awaitable.clone());
        }
    }
    let name = ctx.names.__await__.clone();
    let Some(iterator) = protocol::call_special(ctx, awaitable, &name, &[])? else {
        let class = protocol::class_name(ctx, awaitable);
        return Err(ctx.type_error(format!("object {class} can't be used in 'await' expression")));
    };
    if iterator.downcast_ref::<Frame>().is_some_and(|frame| frame.is_coroutine()) {
        return Err(ctx.type_error("__await__() returned a coroutine"));
    }
    if !protocol::iteration::is_iterator(ctx, &iterator) {
        let class = protocol::class_name(ctx, &iterator);
        return Err(ctx.type_error(format!("__await__() returned non-iterator of type '{class}'")));
    }
    Ok(iterator)
}

fn advance_anext(ctx: &mut Ctx, this: &Obj<Suspension>, value: Value) -> PyResult<Resumed> {
    if this.progress.get() == Progress::Initial {
        this.progress.set(Progress::Iterating);
        let awaitable = this.target.get();
        let iterator = awaited_iterator(ctx, &awaitable)?;
        this.target.set(iterator);
    }
    let iterator = this.target.get();
    let result = if value.is_none() {
        let name = ctx.names.__next__.clone();
        match protocol::call_special(ctx, &iterator, &name, &[]) {
            Ok(Some(item)) => Ok(item),
            Ok(None) => Err(ctx.type_error("the awaitable of anext() has no __next__")),
            Err(raised) => Err(raised),
        }
    } else {
        protocol::call_method(ctx, &iterator, "send", &[value])
    };
    default_at_end(ctx, this, result)
}

fn default_at_end(ctx: &mut Ctx, this: &Obj<Suspension>, result: PyResult) -> PyResult<Resumed> {
    match result {
        Ok(value) => Ok(Resumed::Yielded(value)),
        Err(raised) => {
            if ctx.raised_is(&ctx.exceptions.StopAsyncIteration) {
                drop(ctx.take_raised(raised));
                return Ok(Resumed::Returned(this.argument.get()));
            }
            let class = ctx.exceptions.StopIteration.clone();
            let stop = ctx.catch(raised, &class)?;
            Ok(Resumed::Returned(stop.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.field(0))))
        }
    }
}
