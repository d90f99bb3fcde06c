//! Futures and tasks: what they hold, and what `await` does with one.
//!
//! A future is a result that is not there yet; a task is a future that runs a coroutine to get its result. Both are kept
//! small, because programs have many: what few futures need (a second callback, a cancellation message) is in a box of its
//! own. Waking a task is the callback that nearly every future has, so the task itself stands for it.
//!
//! `await future` leaves the future itself on the operand stack of the awaiting frame. It needs no iterator, because what
//! the iterator would remember follows from the future: not done means "yield it to the event loop", done means "here is
//! the result". The iterator that `iter(future)` gives exists for programs that ask for it.
//!
//! The methods, and the event loop that wakes tasks, are in `stdlib/asyncio`. Source: "Futures" and "Coroutines and tasks"
//! in the asyncio part of the Library Reference.

use std::cell::{Cell, RefCell};

use super::class::Class;
use super::ctx::{Ctx, Resumed};
use super::exception::Exception;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::{PyResult, Raised};
use super::shape::ShapeId;
use super::spare::Spare;
use super::string::intern;
use super::value::Value;
use super::{heap, protocol};

/// Where a future stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Not done.
    Pending,
    /// Done: cancelled.
    Cancelled,
    /// Done: has a result or an exception.
    Finished,
}

/// Bits of [`Future::flags`].
pub mod flags {
    /// `_asyncio_future_blocking`: `await` has just handed the future to the event loop.
    pub const BLOCKING: u8 = 1;
    /// The exception has not been retrieved: it is reported when the future goes.
    pub const LOG_TRACEBACK: u8 = 2;
    /// The outcome is an exception.
    pub const RAISED: u8 = 4;
    /// A timer of the loop will set the outcome.
    pub const TIMER: u8 = 8;
    /// A task that is to be cancelled at its next step.
    pub const MUST_CANCEL: u8 = 16;
    /// A task whose end while it is pending is reported.
    pub const LOG_DESTROY: u8 = 32;
}

/// What few futures need.
#[derive(Default)]
pub struct Extra {
    /// Callbacks after the first one, in the form that [`Future::callback`] has.
    pub callbacks: Vec<Value>,
    /// What `cancel(msg)` was given.
    pub cancel_message: Value,
    /// The CancelledError of a cancelled future, until somebody raises it.
    pub cancelled_error: Value,
    /// The traceback that the exception had when it was set.
    pub traceback: Value,
    /// Where the future was made, in debug mode.
    pub source_traceback: Value,
}

impl Extra {
    fn values(&self) -> impl Iterator<Item = &Value> {
        let fields = [&self.cancel_message, &self.cancelled_error, &self.traceback, &self.source_traceback];
        self.callbacks.iter().chain(fields)
    }
}

/// The payload of futures, and the first part of that of tasks.
pub struct Future {
    /// The event loop; empty before `__init__`.
    pub event_loop: Slot,
    /// The result or the exception, once there is one.
    pub outcome: Slot,
    /// The first thing to do when the future is done: wake a task (the task itself), or call something: the callable, or a
    /// tuple of callable and context.
    pub callback: Slot,
    /// What few futures need.
    pub extra: Spare<Extra>,
    /// Where it stands.
    pub state: Cell<State>,
    /// See [`flags`].
    pub flags: Cell<u8>,
    /// How often a task was asked to cancel itself.
    pub cancel_requests: Cell<u16>,
    /// A task's number in the table of all tasks, counted from 1; 0 for none.
    number: Cell<u32>,
}

/// The payload of tasks.
pub struct Task {
    /// A task is a future.
    pub future: Future,
    /// The coroutine; None when it is done.
    pub coroutine: Slot,
    /// The future that the task waits for, else empty.
    pub waiter: Slot,
    /// The context in which its steps run, in either of the forms that `_contextvars` has.
    pub context: Slot,
    /// Its name: a str, or the number in `Task-N`.
    pub name: Slot,
}

const _: () = assert!(size_of::<Obj<Future>>() == 48 && size_of::<Obj<Task>>() == 80);

impl Payload for Future {
    const KIND: Kind = Kind::Future;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.trace_parts(visit);
    }

    fn clear(&self) {
        self.clear_parts();
    }

    fn needs_finalizer(object: &Obj<Self>) -> bool {
        object.has_flag(flags::LOG_TRACEBACK)
    }
}

impl Payload for Task {
    const KIND: Kind = Kind::Task;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.future.trace_parts(visit);
        self.coroutine.peek(&mut *visit);
        self.waiter.peek(&mut *visit);
        self.context.peek(&mut *visit);
        self.name.peek(visit);
    }

    fn clear(&self) {
        self.future.clear_parts();
        self.coroutine.take();
        self.waiter.take();
        self.context.set(Value::NONE);
    }

    fn needs_finalizer(object: &Obj<Self>) -> bool {
        let future = &object.future;
        future.has_flag(flags::LOG_TRACEBACK)
            || future.has_flag(flags::LOG_DESTROY) && future.is_pending() && !future.event_loop.is_empty()
    }
}

/// Whether some future or task will have something to report when it goes.
pub fn any_to_report() -> bool {
    let mut any = false;
    heap::for_each_container(|value| {
        any |= value.downcast::<Task>().is_some_and(|task| Task::needs_finalizer(&task))
            || value.downcast::<Future>().is_some_and(|future| Future::needs_finalizer(&future));
    });
    any
}

impl Drop for Task {
    fn drop(&mut self) {
        self.future.forget();
    }
}

impl Future {
    /// A future of a loop, or one that is not initialised (an empty loop).
    pub fn new(event_loop: Value) -> Future {
        Future {
            event_loop: Slot::new(event_loop),
            outcome: Slot::default(),
            callback: Slot::default(),
            extra: Spare::default(),
            state: Cell::new(State::Pending),
            flags: Cell::new(0),
            cancel_requests: Cell::new(0),
            number: Cell::new(0),
        }
    }

    fn trace_parts(&self, visit: &mut dyn FnMut(&Value)) {
        self.event_loop.peek(&mut *visit);
        self.outcome.peek(&mut *visit);
        self.callback.peek(&mut *visit);
        self.extra.peek(|extra| extra.values().for_each(visit));
    }

    fn clear_parts(&self) {
        self.event_loop.take();
        self.outcome.take();
        self.callback.take();
        self.extra.clear();
    }

    /// Whether it is not done.
    #[inline(always)]
    pub fn is_pending(&self) -> bool {
        self.state.get() == State::Pending
    }

    /// Whether a task may simply go on: it is not done and need not be cancelled.
    #[inline(always)]
    pub fn may_step(&self) -> bool {
        self.is_pending() && !self.has_flag(flags::MUST_CANCEL)
    }

    /// Whether a flag is set.
    #[inline(always)]
    pub fn has_flag(&self, flag: u8) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets or clears a flag.
    #[inline(always)]
    pub fn set_flag(&self, flag: u8, on: bool) {
        self.flags.set(if on { self.flags.get() | flag } else { self.flags.get() & !flag });
    }

    /// Adds a callback, in the form of [`Future::callback`].
    pub fn add_callback(&self, callback: Value) {
        if self.callback.is_empty() {
            self.callback.set(callback);
        } else {
            self.extra.change(|extra| extra.callbacks.push(callback));
        }
    }

    /// All callbacks, first to last.
    pub fn callbacks(&self) -> Vec<Value> {
        let mut all = Vec::new();
        if !self.callback.is_empty() {
            all.push(self.callback.get());
        }
        self.extra.peek(|extra| all.extend(extra.callbacks.iter().cloned()));
        all
    }

    /// Puts other callbacks in place of all; gives back the old ones.
    pub fn replace_callbacks(&self, new: Vec<Value>) -> Vec<Value> {
        let mut new = new.into_iter();
        let mut old = Vec::new();
        let first = self.callback.replace(new.next().unwrap_or_default());
        if !first.is_empty() {
            old.push(first);
        }
        if self.extra.is_there() || new.len() > 0 {
            let rest = self.extra.change(|extra| std::mem::replace(&mut extra.callbacks, new.collect()));
            old.extend(rest);
        }
        old
    }

    /// Gives a task a number in the table of all tasks.
    pub fn register(&self, task: &Value) {
        if self.number.get() == 0 {
            self.number.set(TASKS.with(|tasks| tasks.borrow_mut().add(task.id() as usize)));
        }
    }

    /// Takes a task out of the table of all tasks.
    pub fn forget(&self) {
        let number = self.number.replace(0);
        if number != 0 {
            TASKS.with(|tasks| tasks.borrow_mut().remove(number));
        }
    }
}

/// The addresses of all tasks of this thread, by their numbers.
struct TaskTable {
    /// Address of the task, 0 when the number is free.
    addresses: Vec<usize>,
    free: Vec<u32>,
}

thread_local! {
    static TASKS: RefCell<TaskTable> = const { RefCell::new(TaskTable { addresses: Vec::new(), free: Vec::new() }) };
}

impl TaskTable {
    fn add(&mut self, address: usize) -> u32 {
        match self.free.pop() {
            Some(number) => {
                self.addresses[number as usize - 1] = address;
                number
            }
            None => {
                self.addresses.push(address);
                self.addresses.len() as u32
            }
        }
    }

    fn remove(&mut self, number: u32) {
        if let Some(address) = self.addresses.get_mut(number as usize - 1) {
            *address = 0;
            self.free.push(number);
        }
    }
}

/// All tasks that are registered, the oldest number first.
pub fn all_tasks() -> Vec<Value> {
    let addresses: Vec<usize> =
        TASKS.with(|tasks| tasks.borrow().addresses.iter().copied().filter(|address| *address != 0).collect());
    // A task takes itself out of the table before it goes, so the addresses are those of living tasks.
    addresses.into_iter().filter_map(heap::value_at).collect()
}

/// A new future of the given shape.
pub fn new_future(shape: ShapeId, event_loop: Value) -> Value {
    alloc(shape, Future::new(event_loop)).into_value()
}

/// The future part of a future or task.
#[inline(always)]
pub fn future_of(value: &Value) -> Option<&Future> {
    match value.header()?.kind() {
        Kind::Future => value.downcast_ref::<Future>().map(|future| &**future),
        Kind::Task => value.downcast_ref::<Task>().map(|task| &task.future),
        _ => None,
    }
}

/// Whether a value is a future or task of no subclass, which `await` handles itself.
#[inline(always)]
pub fn is_plain(value: &Value) -> bool {
    value.header().is_some_and(|header| {
        let shape = header.shape();
        matches!(shape.kind(), Kind::Future | Kind::Task) && !shape.is_user()
    })
}

/// How the iterator of a future is made, which the module of the event loop knows.
#[derive(Default)]
pub struct MakeIterator(pub Option<fn(&mut Ctx, Value) -> Value>);

/// The iterator that a program sees where a frame awaits a future.
pub fn iterator_of(ctx: &mut Ctx, future: Value) -> Value {
    match ctx.state::<MakeIterator>().0 {
        Some(make) => make(ctx, future),
        None => future,
    }
}

/// What `await` does when it comes to a future: it yields it to the event loop, or goes on with its result.
///
/// # Errors
/// RuntimeError when it is resumed although the future is not done; the future's exception.
pub fn advance(ctx: &mut Ctx, value: &Value) -> PyResult<Resumed> {
    let Some(future) = future_of(value) else { return Err(ctx.system_error("not a future")) };
    if !future.is_pending() {
        return result(ctx, value).map(Resumed::Returned);
    }
    if future.has_flag(flags::BLOCKING) {
        return Err(ctx.runtime_error("await wasn't used with future"));
    }
    future.set_flag(flags::BLOCKING, true);
    Ok(Resumed::Yielded(value.clone()))
}

/// `future.result()`
///
/// # Errors
/// The exception that was set; CancelledError; InvalidStateError when it is not done.
pub fn result(ctx: &mut Ctx, value: &Value) -> PyResult {
    let Some(future) = future_of(value) else { return Err(ctx.system_error("not a future")) };
    match future.state.get() {
        State::Finished if !future.has_flag(flags::RAISED) => Ok(future.outcome.get()),
        State::Finished => {
            future.set_flag(flags::LOG_TRACEBACK, false);
            let exception = future.outcome.get();
            if let Some(payload) = exception.downcast_ref::<Exception>() {
                // What earlier retrievals added to the traceback goes.
                payload.traceback.set(future.extra.peek(|extra| extra.traceback.clone()).unwrap_or_default());
            }
            Err(ctx.reraise(exception))
        }
        State::Cancelled => {
            let error = cancelled_error(ctx, future)?;
            Err(ctx.reraise(error))
        }
        State::Pending => Err(invalid_state(ctx, "Result is not set.")),
    }
}

/// The classes of `asyncio.exceptions` that futures raise, looked up once.
#[derive(Default)]
struct FutureExceptions(Option<(Ref<Class>, Ref<Class>)>);

fn exception_classes(ctx: &mut Ctx) -> PyResult<(Ref<Class>, Ref<Class>)> {
    if let Some(known) = &ctx.state::<FutureExceptions>().0 {
        return Ok(known.clone());
    }
    let module_name = intern("asyncio.exceptions");
    let module = match ctx.modules.get_str(&module_name) {
        Some(module) => module,
        None => {
            let import = ctx.builtins.get_str(&ctx.names.__import__).unwrap_or(Value::NONE);
            protocol::call(ctx, &import, std::slice::from_ref(&module_name))?;
            ctx.modules.get_str(&module_name).unwrap_or(Value::NONE)
        }
    };
    let cancelled = protocol::get_attr(ctx, &module, &intern("CancelledError"))?;
    let invalid = protocol::get_attr(ctx, &module, &intern("InvalidStateError"))?;
    match (cancelled.downcast::<Class>(), invalid.downcast::<Class>()) {
        (Some(cancelled), Some(invalid)) => {
            ctx.state::<FutureExceptions>().0 = Some((cancelled.clone(), invalid.clone()));
            Ok((cancelled, invalid))
        }
        _ => Err(ctx.type_error("asyncio.exceptions has no exceptions")),
    }
}

/// `asyncio.CancelledError`
///
/// # Errors
/// What importing asyncio raises.
pub fn cancelled_class(ctx: &mut Ctx) -> PyResult<Ref<Class>> {
    exception_classes(ctx).map(|(cancelled, _)| cancelled)
}

/// Raises `asyncio.InvalidStateError`.
pub fn invalid_state(ctx: &mut Ctx, message: &str) -> Raised {
    match exception_classes(ctx) {
        Ok((_, class)) => ctx.raise(&class, message),
        Err(raised) => raised,
    }
}

/// `future._make_cancelled_error()`
///
/// # Errors
/// What making the exception raises.
pub fn cancelled_error(ctx: &mut Ctx, future: &Future) -> PyResult {
    if future.extra.is_there() {
        let known = future.extra.change(|extra| std::mem::take(&mut extra.cancelled_error));
        if !known.is_empty() {
            return Ok(known);
        }
    }
    let message = future.extra.peek(|extra| extra.cancel_message.clone()).unwrap_or_default();
    let class = cancelled_class(ctx)?;
    let args = if message.is_empty() || message.is_none() { Vec::new() } else { vec![message] };
    Ok(ctx.new_exception(&class, args))
}
