//! Futures: their methods, and telling those who wait for one that it is done.
//!
//! Source: "Future Object" in the asyncio part of the Library Reference.

use crate::objects::class::Class;
use crate::objects::ctx::{Ctx, Resumed};
use crate::objects::exception::Exception;
use crate::objects::future::{self, Future, State, Task, flags, future_of};
use crate::objects::handle::{self, Handle};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::native::{PyResult, Raised, shape_asked};
use crate::objects::observer::Event;
use crate::objects::string::{intern, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::objects::{generator, generic_alias, int, protocol};

use super::super::_contextvars as contextvars;
use super::event_loop::{core_of, push_ready};
use super::{call_python, classes, new_pair, pair_of, source_traceback, tasks, wrong_self};

crate::natives! { pub(super) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, *, loop=None)" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Implement iter(self).
    method "__iter__(self, /)" => iterate;
    /// Return an iterator to be used in await expression.
    method "__await__(self, /)" => iterate;
    /// Called when the instance is about to be destroyed.
    method "__del__(self, /)" => delete;
    /// Return the result this future represents.
    ///
    /// If the future has been cancelled, raises CancelledError.  If the
    /// future's result isn't yet available, raises InvalidStateError.  If
    /// the future is done and has an exception set, this exception is raised.
    method "result(self, /)" => result;
    /// Return the exception that was set on this future.
    ///
    /// The exception (or None if no exception was set) is returned only if
    /// the future is done.  If the future has been cancelled, raises
    /// CancelledError.  If the future isn't done yet, raises
    /// InvalidStateError.
    method "exception(self, /)" => exception;
    /// Mark the future done and set its result.
    ///
    /// If the future is already done when this method is called, raises
    /// InvalidStateError.
    method "set_result(self, result, /)" => |ctx, args| {
        set_result(ctx, &args[0], args[1].clone()).map(|()| Value::NONE)
    };
    /// Mark the future done and set an exception.
    ///
    /// If the future is already done when this method is called, raises
    /// InvalidStateError.
    method "set_exception(self, exception, /)" => |ctx, args| {
        set_exception(ctx, &args[0], args[1].clone()).map(|()| Value::NONE)
    };
    /// Add a callback to be run when the future becomes done.
    ///
    /// The callback is called with a single argument - the future object. If
    /// the future is already done when this is called, the callback is
    /// scheduled with call_soon.
    method "add_done_callback(self, fn, /, *, context=<unrepresentable>)" => add_done_callback;
    /// Remove all instances of a callback from the "call when done" list.
    ///
    /// Returns the number of callbacks removed.
    method "remove_done_callback(self, fn, /)" => remove_done_callback;
    /// Cancel the future and schedule callbacks.
    ///
    /// If the future is already done or cancelled, return False.  Otherwise,
    /// change the future's state to cancelled, schedule the callbacks and
    /// return True.
    method "cancel(self, /, msg=None)" => |ctx, args| {
        initialized(ctx, &args[0])?;
        cancel(ctx, &args[0], &args[1]).map(Value::bool)
    };
    /// Return True if the future was cancelled.
    method "cancelled(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.state.get() == State::Cancelled));
    /// Return True if the future is done.
    ///
    /// Done means either that a result / exception are available, or that the
    /// future was cancelled.
    method "done(self, /)" => |ctx, args| {
        let this = this(ctx, &args[0])?;
        Ok(Value::bool(!this.event_loop.is_empty() && !this.is_pending()))
    };
    /// Return the event loop the Future is bound to.
    method "get_loop(self, /)" => |ctx, args| initialized(ctx, &args[0]).map(|this| this.event_loop.get());
    /// Create the CancelledError to raise if the Future is cancelled.
    ///
    /// This should only be called once when handling a cancellation since
    /// it erases the context exception value.
    method "_make_cancelled_error(self, /)" => |ctx, args| {
        let this = this(ctx, &args[0])?;
        future::cancelled_error(ctx, this)
    };
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
    getter "_state(self)" => state;
    getter "_asyncio_future_blocking(self)" => |ctx, args| {
        Ok(Value::bool(initialized(ctx, &args[0])?.has_flag(flags::BLOCKING)))
    };
    setter "_asyncio_future_blocking(self, value)" => |ctx, args| set_flag(ctx, args, flags::BLOCKING);
    getter "_loop(self)" => |ctx, args| or_none(this(ctx, &args[0])?.event_loop.get());
    getter "_callbacks(self)" => callbacks;
    getter "_result(self)" => |ctx, args| {
        let this = initialized(ctx, &args[0])?;
        let has = this.state.get() == State::Finished && !this.has_flag(flags::RAISED);
        Ok(if has { this.outcome.get() } else { Value::NONE })
    };
    getter "_exception(self)" => |ctx, args| {
        let this = initialized(ctx, &args[0])?;
        Ok(if this.has_flag(flags::RAISED) { this.outcome.get() } else { Value::NONE })
    };
    getter "_log_traceback(self)" => |ctx, args| {
        Ok(Value::bool(initialized(ctx, &args[0])?.has_flag(flags::LOG_TRACEBACK)))
    };
    setter "_log_traceback(self, value)" => |ctx, args| {
        refuse_delete(ctx, &args[1])?;
        if protocol::truth(ctx, &args[1])? {
            return Err(ctx.value_error("_log_traceback can only be set to False"));
        }
        set_flag(ctx, args, flags::LOG_TRACEBACK)
    };
    getter "_source_traceback(self)" => |ctx, args| {
        or_none(this(ctx, &args[0])?.extra.peek(|extra| extra.source_traceback.clone()).unwrap_or_default())
    };
    getter "_cancel_message(self)" => |ctx, args| {
        or_none(this(ctx, &args[0])?.extra.peek(|extra| extra.cancel_message.clone()).unwrap_or_default())
    };
    setter "_cancel_message(self, value)" => |ctx, args| {
        refuse_delete(ctx, &args[1])?;
        let old = this(ctx, &args[0])?.extra.change(|extra| std::mem::replace(&mut extra.cancel_message, args[1].clone()));
        drop(old);
        Ok(Value::NONE)
    };
}

crate::natives! { pub(super) static ITERATOR_METHODS:
    /// Implement iter(self).
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    /// Implement next(self).
    method "__next__(self, /)" => iterator_next;
    method "send(self, object, /)" => iterator_next;
    method "throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)" => iterator_throw;
    method "close(self, /)" => |ctx, args| { pair_of(ctx, &args[0])?.0.take(); Ok(Value::NONE) };
}

crate::natives! { pub(super) static FUNCTIONS:
    /// Return the running event loop.  Raise a RuntimeError if there is none.
    ///
    /// This function is thread-specific.
    function "get_running_loop()" => |ctx, _| super::loop_for_tasks(ctx);
    /// Name the function that gives the loop of the prompt.
    function "_set_idle_loop(function, /)" => |ctx, args| {
        let old = std::mem::replace(&mut ctx.state::<super::State>().idle, args[0].clone());
        drop(old);
        Ok(Value::NONE)
    };
    /// Return the running event loop or None.
    ///
    /// This is a low-level function intended to be used by event loops.
    /// This function is thread-specific.
    function "_get_running_loop()" => |ctx, _| Ok(super::running_loop(ctx).unwrap_or(Value::NONE));
    /// Set the running event loop.
    ///
    /// This is a low-level function intended to be used by event loops.
    /// This function is thread-specific.
    function "_set_running_loop(loop, /)" => |ctx, args| {
        super::set_running_loop(ctx, (!args[0].is_none()).then(|| args[0].clone()));
        Ok(Value::NONE)
    };
    /// Return an asyncio event loop.
    ///
    /// When called from a coroutine or a callback (e.g. scheduled with
    /// call_soon or similar API), this function will always return the
    /// running event loop.
    ///
    /// If there is no running event loop set, the function will return
    /// the result of `get_event_loop_policy().get_event_loop()` call.
    function "get_event_loop()" => |ctx, _| event_loop_asked(ctx);
}

fn or_none(value: Value) -> PyResult {
    Ok(if value.is_empty() { Value::NONE } else { value })
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Future> {
    future_of(value).ok_or_else(|| wrong_self(ctx))
}

/// The future, which must have been initialised.
fn initialized<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Future> {
    let this = this(ctx, value)?;
    if this.event_loop.is_empty() {
        return Err(ctx.runtime_error("Future object is not initialized."));
    }
    Ok(this)
}

pub(super) fn refuse_delete(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    if value.is_empty() { Err(ctx.attribute_error("cannot delete attribute")) } else { Ok(()) }
}

pub(super) fn set_flag(ctx: &mut Ctx, args: &[Value], flag: u8) -> PyResult {
    refuse_delete(ctx, &args[1])?;
    let on = protocol::truth(ctx, &args[1])?;
    initialized(ctx, &args[0])?.set_flag(flag, on);
    Ok(Value::NONE)
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Future)?;
    Ok(future::new_future(shape, Value::EMPTY))
}

/// `asyncio.get_event_loop()`
fn event_loop_asked(ctx: &mut Ctx) -> PyResult {
    match super::running_loop(ctx) {
        Some(running) => Ok(running),
        None => {
            let policy = call_python(ctx, "asyncio.events", "_get_event_loop_policy", &[])?;
            protocol::call_method(ctx, &policy, "get_event_loop", &[])
        }
    }
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    initialize(ctx, &args[0], &args[1])?;
    Ok(Value::NONE)
}

/// What `Future.__init__` does with the loop that it was given, or none.
pub(super) fn initialize(ctx: &mut Ctx, value: &Value, event_loop: &Value) -> PyResult<()> {
    let this = this(ctx, value)?;
    let event_loop =
        if event_loop.is_empty() || event_loop.is_none() { event_loop_asked(ctx)? } else { event_loop.clone() };
    let debug = match core_of(&event_loop) {
        Some(core) if !event_loop_overrides_debug(ctx, &event_loop) => core.debug.get(),
        _ => {
            let answer = protocol::call_method(ctx, &event_loop, "get_debug", &[])?;
            protocol::truth(ctx, &answer)?
        }
    };
    drop(this.replace_callbacks(Vec::new()));
    this.outcome.take();
    this.extra.clear();
    this.state.set(State::Pending);
    this.flags.set(0);
    this.event_loop.set(event_loop);
    if debug {
        let traceback = source_traceback(ctx)?;
        this.extra.change(|extra| extra.source_traceback = traceback);
    }
    if !value.is_kind::<Task>() {
        ctx.tell(Event::Other { what: "future created", subject: value });
    }
    Ok(())
}

fn event_loop_overrides_debug(ctx: &Ctx, event_loop: &Value) -> bool {
    let name = intern("get_debug");
    !protocol::lookup_special(ctx, event_loop, &name)
        .is_some_and(|method| method.is_kind::<crate::objects::native::Native>())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    initialized(ctx, &args[0])?;
    call_python(ctx, "asyncio.base_futures", "_future_repr", &args[..1])
}

fn state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_str(match initialized(ctx, &args[0])?.state.get() {
        State::Pending => "PENDING",
        State::Cancelled => "CANCELLED",
        State::Finished => "FINISHED",
    })
    .into_value())
}

fn iterate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    initialized(ctx, &args[0])?;
    Ok(new_iterator(ctx, args[0].clone()))
}

/// What `iter(future)` gives.
pub(super) fn new_iterator(ctx: &mut Ctx, future: Value) -> Value {
    let class = classes(ctx).future_iterator.clone();
    new_pair(&class, future, Value::NONE)
}

fn iterator_next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = pair_of(ctx, &args[0])?;
    let future = this.0.get();
    if future.is_empty() {
        return Err(ctx.stop_iteration(Value::NONE));
    }
    match future::advance(ctx, &future) {
        Ok(Resumed::Yielded(value)) => Ok(value),
        Ok(Resumed::Returned(value)) => {
            this.0.take();
            Err(ctx.stop_iteration(value))
        }
        Err(raised) => {
            if future_of(&future).is_some_and(|future| !future.is_pending()) {
                this.0.take();
            }
            Err(raised)
        }
    }
}

fn iterator_throw(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = pair_of(ctx, &args[0])?;
    generator::warn_old_form(ctx, &args[1..], "throw")?;
    if let Some(value) = args.get(3)
        && !value.is_empty()
        && !value.is_none()
        && !value.is_kind::<crate::objects::traceback::Traceback>()
    {
        return Err(ctx.type_error("throw() third argument must be a traceback"));
    }
    this.0.take();
    let exception = generator::thrown(ctx, &args[1..])?;
    Err(ctx.reraise(exception))
}

fn result(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if this(ctx, &args[0])?.event_loop.is_empty() {
        return Err(future::invalid_state(ctx, "Future object is not initialized."));
    }
    future::result(ctx, &args[0])
}

fn exception(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, &args[0])?;
    if this.event_loop.is_empty() {
        return Err(future::invalid_state(ctx, "Future object is not initialized."));
    }
    match this.state.get() {
        State::Cancelled => {
            let error = future::cancelled_error(ctx, this)?;
            Err(ctx.reraise(error))
        }
        State::Pending => Err(future::invalid_state(ctx, "Exception is not set.")),
        State::Finished if this.has_flag(flags::RAISED) => {
            this.set_flag(flags::LOG_TRACEBACK, false);
            Ok(this.outcome.get())
        }
        State::Finished => Ok(Value::NONE),
    }
}

/// Sets the result and tells those who wait.
///
/// # Errors
/// InvalidStateError when the future is done; what scheduling the callbacks raises.
pub(super) fn set_result(ctx: &mut Ctx, value: &Value, result: Value) -> PyResult<()> {
    let this = initialized(ctx, value)?;
    if !this.is_pending() {
        return Err(future::invalid_state(ctx, "invalid state"));
    }
    ctx.tell(Event::Other { what: "future set", subject: value });
    note_timer(this);
    this.outcome.set(result);
    this.state.set(State::Finished);
    schedule_callbacks(ctx, value, this)
}

/// Sets an exception and tells those who wait.
///
/// # Errors
/// InvalidStateError when the future is done; TypeError for what is no exception.
pub(super) fn set_exception(ctx: &mut Ctx, value: &Value, given: Value) -> PyResult<()> {
    let this = initialized(ctx, value)?;
    if !this.is_pending() {
        return Err(future::invalid_state(ctx, "invalid state"));
    }
    let mut exception = if given.is_kind::<Class>() { protocol::call(ctx, &given, &[])? } else { given };
    if !exception.is_kind::<Exception>() {
        return Err(ctx.type_error("invalid exception object"));
    }
    if protocol::is_instance_of(ctx, &exception, &ctx.exceptions.StopIteration) {
        let message = "StopIteration interacts badly with generators and cannot be raised into a Future";
        let class = ctx.exceptions.RuntimeError.clone();
        let message = ctx.str(message);
        let error = ctx.new_exception(&class, vec![message]);
        if let Some(payload) = error.downcast_ref::<Exception>() {
            payload.cause.set(exception.clone());
            payload.context.set(exception);
            payload.suppress_context.set(true);
        }
        exception = error;
    }
    ctx.tell(Event::Other { what: "future set", subject: value });
    note_timer(this);
    fail(this, exception);
    schedule_callbacks(ctx, value, this)?;
    this.set_flag(flags::LOG_TRACEBACK, true);
    Ok(())
}

fn fail(this: &Future, exception: Value) {
    let traceback = exception.downcast_ref::<Exception>().map_or(Value::EMPTY, |payload| payload.traceback.get());
    if !traceback.is_empty() && !traceback.is_none() {
        let old = this.extra.change(|extra| std::mem::replace(&mut extra.traceback, traceback));
        drop(old);
    }
    this.outcome.set(exception);
    this.set_flag(flags::RAISED, true);
    this.state.set(State::Finished);
}

/// A future that a timer would have completed is completed before: the timer is dead weight from now on.
fn note_timer(this: &Future) {
    if this.has_flag(flags::TIMER) {
        this.set_flag(flags::TIMER, false);
        let event_loop = this.event_loop.get();
        if let Some(core) = core_of(&event_loop) {
            core.cancelled_timers.set(core.cancelled_timers.get() + 1);
        }
        this.outcome.take();
    }
}

/// Cancels a future or task, however it is made.
///
/// # Errors
/// What scheduling the callbacks raises, or the method of a future written in Python.
pub(super) fn cancel(ctx: &mut Ctx, value: &Value, message: &Value) -> PyResult<bool> {
    if future::is_plain(value) {
        return if value.is_kind::<Task>() {
            tasks::cancel_task(ctx, value, message)
        } else {
            cancel_future(ctx, value, message)
        };
    }
    if value.is_kind::<Future>() || value.is_kind::<Task>() {
        // The method was called on the object itself.
        return if value.is_kind::<Task>() {
            tasks::cancel_task(ctx, value, message)
        } else {
            cancel_future(ctx, value, message)
        };
    }
    cancel_foreign(ctx, value, message)
}

/// Calls the method `cancel` of whatever a task waits for.
///
/// # Errors
/// What it raises.
pub(super) fn cancel_foreign(ctx: &mut Ctx, value: &Value, message: &Value) -> PyResult<bool> {
    let method = protocol::get_attr(ctx, value, &intern("cancel"))?;
    let message = if message.is_empty() { Value::NONE } else { message.clone() };
    let answer = protocol::call_keywords(ctx, &method, &[], &[(ctx.names.msg.clone(), message)])?;
    protocol::truth(ctx, &answer)
}

/// What `Future.cancel` does: the future is cancelled at once.
///
/// # Errors
/// What scheduling the callbacks raises.
pub(super) fn cancel_future(ctx: &mut Ctx, value: &Value, message: &Value) -> PyResult<bool> {
    let this = initialized(ctx, value)?;
    this.set_flag(flags::LOG_TRACEBACK, false);
    if !this.is_pending() {
        return Ok(false);
    }
    note_timer(this);
    this.state.set(State::Cancelled);
    note_message(this, message);
    schedule_callbacks(ctx, value, this)?;
    Ok(true)
}

/// Keeps the message of a cancellation; None takes the place of an earlier one.
pub(super) fn note_message(this: &Future, message: &Value) {
    let message = if message.is_empty() { Value::NONE } else { message.clone() };
    if !message.is_none() || this.extra.is_there() {
        let old = this.extra.change(|extra| std::mem::replace(&mut extra.cancel_message, message));
        drop(old);
    }
}

/// The callback of a future in the form in which it is kept.
fn packed(callback: Value, context: Value) -> Value {
    if context.is_none() && !callback.is_kind::<Tuple>() && !callback.is_kind::<Task>() {
        return callback;
    }
    new_tuple([callback, context]).into_value()
}

/// Callable and context of a kept callback.
fn unpacked(entry: &Value) -> (Value, Value) {
    match entry.downcast_ref::<Tuple>().map(|tuple| tuple.items()) {
        Some([callback, context]) => (callback.clone(), context.clone()),
        _ => (entry.clone(), Value::NONE),
    }
}

fn add_done_callback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = initialized(ctx, &args[0])?;
    let context = if args[2].is_empty() || args[2].is_none() { contextvars::snapshot(ctx) } else { args[2].clone() };
    if this.is_pending() {
        this.add_callback(packed(args[1].clone(), context));
    } else {
        let event_loop = this.event_loop.get();
        call_soon(ctx, &event_loop, args[1].clone(), args[0].clone(), context)?;
    }
    Ok(Value::NONE)
}

/// A task waits for a plain future: it is woken when the future is done.
///
/// # Errors
/// What scheduling it at once raises.
pub(super) fn add_waiting_task(ctx: &mut Ctx, future: &Value, task: &Value) -> PyResult<()> {
    let Some(this) = future_of(future) else { return Err(wrong_self(ctx)) };
    if this.is_pending() {
        this.add_callback(task.clone());
        return Ok(());
    }
    let event_loop = this.event_loop.get();
    wake(ctx, &event_loop, task, future)
}

fn remove_done_callback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = initialized(ctx, &args[0])?;
    let entries = this.callbacks();
    let mut kept = Vec::new();
    let mut removed = 0;
    for entry in entries {
        let callback = if entry.is_kind::<Task>() { tasks::wakeup_method(ctx, &entry) } else { unpacked(&entry).0 };
        if protocol::equal(ctx, &callback, &args[1])? {
            removed += 1;
        } else {
            kept.push(entry);
        }
    }
    if removed > 0 {
        // A callback that was added while the others were compared stays.
        let known = kept.len() + removed;
        kept.extend(this.callbacks().into_iter().skip(known));
        drop(this.replace_callbacks(kept));
    }
    Ok(int::from_usize(removed))
}

fn callbacks(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = initialized(ctx, &args[0])?;
    let entries = this.callbacks();
    if entries.is_empty() {
        return Ok(Value::NONE);
    }
    let mut shown = Vec::new();
    for entry in entries {
        let (callback, context) = if let Some(task) = entry.downcast_ref::<Task>() {
            let context = contextvars::object_of(ctx, task.context.get());
            task.context.set(context.clone());
            (tasks::wakeup_method(ctx, &entry), context)
        } else {
            let (callback, context) = unpacked(&entry);
            (callback, contextvars::object_of(ctx, context))
        };
        shown.push(new_tuple([callback, context]).into_value());
    }
    Ok(new_list(shown).into_value())
}

/// The future is done: what waits for it goes to the loop.
///
/// # Errors
/// RuntimeError when the loop is closed; what an overridden `call_soon` raises.
pub(super) fn schedule_callbacks(ctx: &mut Ctx, value: &Value, this: &Future) -> PyResult<()> {
    let first = this.callback.take();
    if first.is_empty() {
        return Ok(());
    }
    let event_loop = this.event_loop.get();
    schedule(ctx, value, &event_loop, first)?;
    if this.extra.is_there() {
        let rest = this.extra.change(|extra| std::mem::take(&mut extra.callbacks));
        for entry in rest {
            schedule(ctx, value, &event_loop, entry)?;
        }
    }
    Ok(())
}

fn schedule(ctx: &mut Ctx, value: &Value, event_loop: &Value, entry: Value) -> PyResult<()> {
    if entry.is_kind::<Task>() {
        return wake(ctx, event_loop, &entry, value);
    }
    let (callback, context) = unpacked(&entry);
    call_soon(ctx, event_loop, callback, value.clone(), context)
}

/// A task is to go on because the future that it waits for is done.
fn wake(ctx: &mut Ctx, event_loop: &Value, task: &Value, future: &Value) -> PyResult<()> {
    if let Some(core) = core_of(event_loop)
        && core.is_direct(ctx, event_loop)
    {
        return push_ready(ctx, event_loop, core, task.clone());
    }
    let callback = tasks::wakeup_method(ctx, task);
    let context = task.downcast_ref::<Task>().map_or(Value::NONE, |task| task.context.get());
    call_soon(ctx, event_loop, callback, future.clone(), context)
}

/// `loop.call_soon(callback, argument, context=context)`
///
/// # Errors
/// RuntimeError when the loop is closed; what an overridden method raises.
pub(super) fn call_soon(
    ctx: &mut Ctx,
    event_loop: &Value,
    callback: Value,
    argument: Value,
    context: Value,
) -> PyResult<()> {
    if let Some(core) = core_of(event_loop)
        && core.is_direct(ctx, event_loop)
    {
        let shape = core.handle_shape;
        let data = Handle::new(callback, argument, event_loop.clone(), context, handle::flags::ONE_ARGUMENT);
        return push_ready(ctx, event_loop, core, handle::new_handle(shape, data));
    }
    let method = protocol::get_attr(ctx, event_loop, &intern("call_soon"))?;
    let context = contextvars::object_of(ctx, context);
    protocol::call_keywords(ctx, &method, &[callback, argument], &[(intern("context"), context)]).map(drop)
}

/// `__del__`: reports an exception that nobody has retrieved, and a task that goes before it is done.
fn delete(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, &args[0])?;
    let event_loop = this.event_loop.get();
    if event_loop.is_empty() {
        return Ok(Value::NONE);
    }
    if args[0].is_kind::<Task>() && this.is_pending() && this.has_flag(flags::LOG_DESTROY) {
        this.forget();
        let message = new_str("Task was destroyed but it is pending!").into_value();
        report(ctx, this, &event_loop, &[("task", args[0].clone()), ("message", message)])?;
    }
    if this.has_flag(flags::LOG_TRACEBACK) {
        this.set_flag(flags::LOG_TRACEBACK, false);
        let class = protocol::with_class(ctx, &args[0], |class| class.name_string());
        let message = ctx.str(format!("{class} exception was never retrieved"));
        let entries = [("message", message), ("exception", this.outcome.get()), ("future", args[0].clone())];
        report(ctx, this, &event_loop, &entries)?;
    }
    Ok(Value::NONE)
}

fn report(ctx: &mut Ctx, this: &Future, event_loop: &Value, entries: &[(&str, Value)]) -> PyResult<()> {
    let details = crate::objects::dict::from_names(entries);
    let traceback = this.extra.peek(|extra| extra.source_traceback.clone()).unwrap_or_default();
    if !traceback.is_empty() {
        details.set_str(&intern("source_traceback"), traceback);
    }
    if let Err(Raised(..)) = protocol::call_method(ctx, event_loop, "call_exception_handler", &[details.into_value()]) {
        return Err(reraised());
    }
    Ok(())
}

fn reraised() -> Raised {
    Raised(())
}
