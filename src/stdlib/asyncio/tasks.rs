//! Tasks: their methods, the tables of all tasks and of the current ones.
//!
//! Source: "Task Object" and "Introspection" in the asyncio part of the Library Reference; PEP 567 for contexts.

use crate::objects::arguments::text_of;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::frame::Frame;
use crate::objects::future::{self, Future, Task, flags, future_of};
use crate::objects::heap::{Obj, Ref, Slot, alloc};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Input, Native, NativeFrame, PyResult, shape_asked};
use crate::objects::observer::Event;
use crate::objects::set::{Set, new_set};
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, intern};
use crate::objects::value::Value;
use crate::objects::{dict, int, protocol};

use super::super::_contextvars as contextvars;
use super::event_loop::{core_of, push_ready};
use super::futures::{self, cancel_foreign, cancel_future, refuse_delete};
use super::{State, call_python, classes, new_pair, pair_of, python, running_loop, step, wrong_self};

crate::natives! { pub(super) static FORMER_METHODS:
    /// The tasks of a loop: what `asyncio.all_tasks` is since Python 3.7.
    classmethod "all_tasks(cls, loop=None)" => |ctx, args| {
        call_python(ctx, "asyncio.tasks", "_all_tasks_of", &[none_if_empty(&args[1])])
    };
    /// The running task of a loop: what `asyncio.current_task` is since Python 3.7.
    classmethod "current_task(cls, loop=None)" => |ctx, args| {
        call_python(ctx, "asyncio.tasks", "_current_task_of", &[none_if_empty(&args[1])])
    };
}

crate::natives! { pub(super) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    step method "__init__(self, coro, *, loop=None, name=None, context=None, eager_start=False)" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => |ctx, args| call_python(ctx, "asyncio.base_tasks", "_task_repr", &args[..1]);
    method "set_result(self, result, /)" => |ctx, _| {
        Err(ctx.runtime_error("Task does not support set_result operation"))
    };
    method "set_exception(self, exception, /)" => |ctx, _| {
        Err(ctx.runtime_error("Task does not support set_exception operation"))
    };
    /// Request that this task cancel itself.
    ///
    /// This arranges for a CancelledError to be thrown into the
    /// wrapped coroutine on the next cycle through the event loop.
    /// The coroutine then has a chance to clean up or even deny
    /// the request using try/except/finally.
    ///
    /// Unlike Future.cancel, this does not guarantee that the
    /// task will be cancelled: the exception might be caught and
    /// acted upon, delaying cancellation of the task or preventing
    /// cancellation completely.  The task may also return a value or
    /// raise a different exception.
    ///
    /// Immediately after this method is called, Task.cancelled() will
    /// not return True (unless the task was already cancelled).  A
    /// task will be marked as cancelled when the wrapped coroutine
    /// terminates with a CancelledError exception (even if cancel()
    /// was not called).
    ///
    /// This also increases the task's count of cancellation requests.
    method "cancel(self, /, msg=None)" => |ctx, args| cancel_task(ctx, &args[0], &args[1]).map(Value::bool);
    /// Return the count of the task's cancellation requests.
    ///
    /// This count is incremented when .cancel() is called
    /// and may be decremented using .uncancel().
    method "cancelling(self, /)" => |ctx, args| {
        Ok(int::from_i64(i64::from(this(ctx, &args[0])?.future.cancel_requests.get())))
    };
    /// Decrement the task's count of cancellation requests.
    ///
    /// This should be used by tasks that catch CancelledError
    /// and wish to continue indefinitely until they are cancelled again.
    ///
    /// Returns the remaining number of cancellation requests.
    method "uncancel(self, /)" => uncancel;
    /// Return the list of stack frames for this task's coroutine.
    ///
    /// If the coroutine is not done, this returns the stack where it is
    /// suspended.  If the coroutine has completed successfully or was
    /// cancelled, this returns an empty list.  If the coroutine was
    /// terminated by an exception, this returns the list of traceback
    /// frames.
    ///
    /// The frames are always ordered from oldest to newest.
    ///
    /// The optional limit gives the maximum number of frames to
    /// return; by default all available frames are returned.  Its
    /// meaning differs depending on whether a stack or a traceback is
    /// returned: the newest frames of a stack are returned, but the
    /// oldest frames of a traceback are returned.  (This matches the
    /// behavior of the traceback module.)
    ///
    /// For reasons beyond our control, only one stack frame is
    /// returned for a suspended coroutine.
    method "get_stack(self, /, *, limit=None)" => |ctx, args| {
        call_python(ctx, "asyncio.base_tasks", "_task_get_stack", &[args[0].clone(), none_if_empty(&args[1])])
    };
    /// Print the stack or traceback for this task's coroutine.
    ///
    /// This produces output similar to that of the traceback module,
    /// for the frames retrieved by get_stack().  The limit argument
    /// is passed to get_stack().  The file argument is an I/O stream
    /// to which the output is written; by default output is written
    /// to sys.stderr.
    method "print_stack(self, /, *, limit=None, file=None)" => |ctx, args| {
        let args = [args[0].clone(), none_if_empty(&args[1]), none_if_empty(&args[2])];
        call_python(ctx, "asyncio.base_tasks", "_task_print_stack", &args)
    };
    method "get_name(self, /)" => name;
    method "set_name(self, value, /)" => set_name;
    method "get_coro(self, /)" => |ctx, args| this(ctx, &args[0]).map(|task| none_if_empty(&task.coroutine.get()));
    method "get_context(self, /)" => context;
    getter "_log_destroy_pending(self)" => |ctx, args| {
        Ok(Value::bool(this(ctx, &args[0])?.future.has_flag(flags::LOG_DESTROY)))
    };
    setter "_log_destroy_pending(self, value)" => |ctx, args| {
        refuse_delete(ctx, &args[1])?;
        let on = protocol::truth(ctx, &args[1])?;
        this(ctx, &args[0])?.future.set_flag(flags::LOG_DESTROY, on);
        Ok(Value::NONE)
    };
    getter "_must_cancel(self)" => |ctx, args| {
        Ok(Value::bool(this(ctx, &args[0])?.future.has_flag(flags::MUST_CANCEL)))
    };
    getter "_coro(self)" => |ctx, args| this(ctx, &args[0]).map(|task| none_if_empty(&task.coroutine.get()));
    getter "_fut_waiter(self)" => |ctx, args| this(ctx, &args[0]).map(|task| none_if_empty(&task.waiter.get()));
}

// What futures that are not native call to wake a task; programs see it as a bound method in `_callbacks`.
crate::natives! { static WAKEUP:
    step method "task_wakeup(self, fut, /)" => wake_up;
}

crate::natives! { pub(super) static STEP_METHODS:
    step method "__call__(self, /)" => call_step;
    getter "__self__(self)" => |ctx, args| pair_of(ctx, &args[0]).map(|pair| pair.0.get());
    getter "__name__(self)" => step_name;
    getter "__qualname__(self)" => step_name;
}

crate::natives! { pub(super) static FUNCTIONS:
    /// Return a currently executed task.
    function "current_task(loop=None)" => |ctx, args| {
        let asked = none_if_empty(&args[0]);
        let event_loop = match asked.is_none() {
            false => asked,
            true => running_loop(ctx).ok_or_else(|| ctx.runtime_error("no running event loop"))?,
        };
        current(ctx, &event_loop)
    };
    function "__getattr__(name)" => |ctx, args| {
        let name = text_of(&args[0]);
        if name == "_scheduled_tasks" {
            return scheduled_tasks(ctx);
        }
        let class = ctx.exceptions.AttributeError.clone();
        Err(ctx.raise(&class, format!("module '_asyncio' has no attribute '{name}'")))
    };
    /// Return a set of all tasks for the loop.
    function "all_tasks(loop=None)" => all_tasks;
    /// Register a new task in asyncio as executed by loop.
    ///
    /// Returns None.
    function "_register_task(task)" => |ctx, args| {
        match args[0].downcast_ref::<Task>() {
            Some(task) => task.future.register(&args[0]),
            None => change_scheduled(ctx, "add", &args[0])?,
        }
        Ok(Value::NONE)
    };
    /// Unregister a task.
    ///
    /// Returns None.
    function "_unregister_task(task)" => |ctx, args| {
        match args[0].downcast_ref::<Task>() {
            Some(task) => task.future.forget(),
            None => change_scheduled(ctx, "discard", &args[0])?,
        }
        Ok(Value::NONE)
    };
    /// Register a new task in asyncio as executed by loop.
    ///
    /// Returns None.
    function "_register_eager_task(task)" => |ctx, args| {
        let tasks = eager_tasks(ctx);
        tasks.add(ctx, args[0].clone())?;
        Ok(Value::NONE)
    };
    /// Unregister a task.
    ///
    /// Returns None.
    function "_unregister_eager_task(task)" => |ctx, args| {
        forget_eager(ctx, &args[0])?;
        Ok(Value::NONE)
    };
    /// Enter into task execution or resume suspended task.
    ///
    /// Task belongs to loop.
    ///
    /// Returns None.
    function "_enter_task(loop, task)" => |ctx, args| enter(ctx, &args[0], &args[1]).map(|()| Value::NONE);
    /// Leave task execution or suspend a task.
    ///
    /// Task belongs to loop.
    ///
    /// Returns None.
    function "_leave_task(loop, task)" => |ctx, args| leave(ctx, &args[0], &args[1]).map(|()| Value::NONE);
    /// Temporarily swap in the supplied task and return the original one (or None).
    ///
    /// This is intended for use during eager coroutine execution.
    function "_swap_current_task(loop, task)" => |ctx, args| swap_current(ctx, &args[0], args[1].clone());
}

fn none_if_empty(value: &Value) -> Value {
    if value.is_empty() { Value::NONE } else { value.clone() }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Task>> {
    match value.downcast_ref::<Task>() {
        Some(task) => Ok(task),
        None => Err(wrong_self(ctx)),
    }
}

fn empty_task(event_loop: Value) -> Task {
    Task {
        future: Future::new(event_loop),
        coroutine: Slot::default(),
        waiter: Slot::default(),
        context: Slot::new(Value::NONE),
        name: Slot::new(Value::NONE),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Task)?;
    Ok(alloc(shape, empty_task(Value::EMPTY)).into_value())
}

/// A task of a native loop that is not in debug mode, ready for its first step.
///
/// # Errors
/// What scheduling the step raises.
pub(super) fn create(
    ctx: &mut Ctx,
    shape: ShapeId,
    event_loop: &Value,
    coroutine: Value,
    name: &Value,
    context: &Value,
) -> PyResult {
    let task = alloc(shape, empty_task(event_loop.clone()));
    fill(ctx, &task, coroutine, name, context)?;
    schedule_step(ctx, &task, Value::EMPTY)?;
    task.future.register(task.value());
    Ok(task.into_value())
}

/// Coroutine, name and context of a new task.
fn fill(ctx: &mut Ctx, task: &Obj<Task>, coroutine: Value, name: &Value, context: &Value) -> PyResult<()> {
    let name = if name.is_none() || name.is_empty() {
        let state = ctx.state::<State>();
        state.unnamed += 1;
        int::from_i64(state.unnamed)
    } else {
        text_name(ctx, name)?
    };
    task.name.set(name);
    task.context.set(if context.is_none() || context.is_empty() {
        contextvars::snapshot(ctx)
    } else {
        context.clone()
    });
    task.coroutine.set(coroutine);
    task.waiter.take();
    task.future.cancel_requests.set(0);
    task.future.set_flag(flags::LOG_DESTROY, true);
    if ctx.observer.is_some() {
        ctx.tell(Event::Other { what: "task created", subject: &task.to_value() });
    }
    Ok(())
}

fn text_name(ctx: &mut Ctx, name: &Value) -> PyResult {
    if name.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Str)) {
        return Ok(name.clone());
    }
    protocol::str_of(ctx, name).map(Ref::into_value)
}

/// Whether a value is a coroutine of the kind that `async def` makes.
pub(super) fn is_native_coroutine(value: &Value) -> bool {
    value.downcast_ref::<Frame>().is_some_and(|frame| frame.is_coroutine())
}

/// Whether asyncio takes a value for a coroutine.
///
/// # Errors
/// What `iscoroutine` raises.
pub(super) fn is_coroutine(ctx: &mut Ctx, value: &Value) -> PyResult<bool> {
    if is_native_coroutine(value) {
        return Ok(true);
    }
    let answer = call_python(ctx, "asyncio.coroutines", "iscoroutine", std::slice::from_ref(value))?;
    protocol::truth(ctx, &answer)
}

/// Locals of `Task.__init__`: self, coro, loop, name, context, eager_start, then what an eager step keeps.
fn init(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    const OUTER: usize = 6;
    const BEFORE: usize = 7;
    let value = frame.local(0);
    let task = this(ctx, &value)?;
    if frame.state.get() == 0 {
        frame.state.set(1);
        futures::initialize(ctx, &value, &frame.local(2))?;
        let coroutine = frame.local(1);
        if !is_coroutine(ctx, &coroutine)? {
            let text = protocol::text::repr_string(ctx, &coroutine)?;
            return Err(ctx.type_error(format!("a coroutine was expected, got {text}")));
        }
        fill(ctx, task, coroutine, &frame.local(3), &frame.local(4))?;
        let event_loop = task.future.event_loop.get();
        let eager = frame.local(5);
        if !eager.is_empty() && protocol::truth(ctx, &eager)? {
            let running = protocol::call_method(ctx, &event_loop, "is_running", &[])?;
            if protocol::truth(ctx, &running)? {
                let context = task_context(ctx, task);
                settle_lent(ctx, &event_loop);
                let outer = contextvars::enter(ctx, context)?;
                frame.set_local(OUTER, outer);
                let before = swap_current(ctx, &event_loop, value.clone())?;
                frame.set_local(BEFORE, before);
                let tasks = eager_tasks(ctx);
                tasks.add(ctx, value.clone())?;
                return step::resume(ctx, task, Value::EMPTY);
            }
        }
        schedule_step(ctx, task, Value::EMPTY)?;
        task.future.register(&value);
        return Ok(Action::Return(Value::NONE));
    }
    let done = step::conclude(ctx, &value, task, input);
    let error = done.err().map(|raised| ctx.take_raised(raised));
    let event_loop = task.future.event_loop.get();
    swap_current(ctx, &event_loop, frame.local(BEFORE))?;
    contextvars::leave(ctx, frame.local(OUTER));
    forget_eager(ctx, &value)?;
    if task.future.is_pending() {
        task.future.register(&value);
    } else {
        task.coroutine.take();
    }
    match error {
        Some(error) => Err(ctx.reraise(error)),
        None => Ok(Action::Return(Value::NONE)),
    }
}

/// The task's next step is to run soon, with an exception thrown in unless that is empty.
///
/// # Errors
/// RuntimeError when the loop is closed; what an overridden `call_soon` raises.
pub(super) fn schedule_step(ctx: &mut Ctx, task: &Obj<Task>, exception: Value) -> PyResult<()> {
    let event_loop = task.future.event_loop.get();
    if exception.is_empty()
        && let Some(core) = core_of(&event_loop)
        && core.is_direct(ctx, &event_loop)
    {
        return push_ready(ctx, &event_loop, core, task.to_value());
    }
    let wrapper = step_method(ctx, task.to_value(), exception);
    let context = task_context(ctx, task);
    let method = protocol::get_attr(ctx, &event_loop, &intern("call_soon"))?;
    protocol::call_keywords(ctx, &method, &[wrapper], &[(intern("context"), context)]).map(drop)
}

/// What runs a step of a task when it is called.
pub(super) fn step_method(ctx: &mut Ctx, task: Value, exception: Value) -> Value {
    let class = classes(ctx).step_wrapper.clone();
    new_pair(&class, task, exception)
}

/// What wakes a task when it is called with a future that is done.
pub(super) fn wakeup_method(ctx: &mut Ctx, task: &Value) -> Value {
    let native = Native {
        def: &WAKEUP[0],
        setter: None,
        owner: Slot::new(classes(ctx).task.value().clone()),
        this: Slot::new(task.clone()),
        module: Slot::new(Value::NONE),
    };
    alloc(ShapeId::exact(Kind::Native), native).into_value()
}

fn step_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let task = pair_of(ctx, &args[0])?.0.get();
    let class = protocol::class_of(ctx, &task);
    let name = class.name_string();
    Ok(ctx.str(format!("{name}.__step")))
}

/// Locals: the wrapper.
fn call_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let wrapper = frame.local(0);
    let pair = pair_of(ctx, &wrapper)?;
    let task = pair.0.get();
    run_step(ctx, frame, &task, input, |_| Ok(pair.1.take()))
}

/// Locals: the task, the future that is done.
fn wake_up(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let (task, future) = (frame.local(0), frame.local(1));
    run_step(ctx, frame, &task, input, |ctx| step::exception_of(ctx, &future))
}

/// A step that somebody runs by a call, in the context in which the call stands.
fn run_step(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    value: &Value,
    input: Input,
    exception: impl FnOnce(&mut Ctx) -> PyResult,
) -> PyResult<Action> {
    let task = this(ctx, value)?;
    let event_loop = task.future.event_loop.get();
    if frame.state.get() == 0 {
        frame.state.set(1);
        let exception = exception(ctx)?;
        step::check(ctx, task, &exception)?;
        enter(ctx, &event_loop, value)?;
        return match step::resume(ctx, task, exception) {
            Ok(action) => Ok(action),
            Err(raised) => {
                leave(ctx, &event_loop, value)?;
                Err(raised)
            }
        };
    }
    let done = step::conclude(ctx, value, task, input);
    let error = done.err().map(|raised| ctx.take_raised(raised));
    leave(ctx, &event_loop, value)?;
    match error {
        Some(error) => Err(ctx.reraise(error)),
        None => Ok(Action::Return(Value::NONE)),
    }
}

/// What `Task.cancel` does. A task that waits for another task passes the request on, so this goes down a chain of tasks;
/// it does so without recursion.
///
/// # Errors
/// What the `cancel` of a future that is not native raises.
pub(super) fn cancel_task(ctx: &mut Ctx, value: &Value, message: &Value) -> PyResult<bool> {
    let mut chain: Vec<Ref<Task>> = Vec::new();
    let mut next = value.clone();
    let mut accepted = loop {
        let Some(task) = next.downcast::<Task>() else { break false };
        task.future.set_flag(flags::LOG_TRACEBACK, false);
        if !task.future.is_pending() {
            break false;
        }
        if chain.is_empty() {
            ctx.tell(Event::Other { what: "task cancelled", subject: value });
        }
        let requests = &task.future.cancel_requests;
        requests.set(requests.get().saturating_add(1));
        let waiter = task.waiter.get();
        chain.push(task);
        if waiter.is_empty() || waiter.is_none() {
            break false;
        }
        if future::is_plain(&waiter) {
            if waiter.is_kind::<Task>() {
                next = waiter;
                continue;
            }
            break cancel_future(ctx, &waiter, message)?;
        }
        break cancel_foreign(ctx, &waiter, message)?;
    };
    let Some(_) = chain.first() else { return Ok(false) };
    while let Some(task) = chain.pop() {
        if !accepted {
            task.future.set_flag(flags::MUST_CANCEL, true);
            futures::note_message(&task.future, message);
        }
        accepted = true;
    }
    Ok(true)
}

fn uncancel(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let future = &this(ctx, &args[0])?.future;
    let left = future.cancel_requests.get().saturating_sub(1);
    future.cancel_requests.set(left);
    if left == 0 {
        future.set_flag(flags::MUST_CANCEL, false);
    }
    Ok(int::from_i64(i64::from(left)))
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let task = this(ctx, &args[0])?;
    let name = task.name.get();
    if let Some(number) = name.as_small_int() {
        let name = ctx.str(format!("Task-{number}"));
        task.name.set(name.clone());
        return Ok(name);
    }
    Ok(name)
}

fn set_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = text_name(ctx, &args[1])?;
    debug_assert!(name.is_kind::<Str>());
    this(ctx, &args[0])?.name.set(name);
    Ok(Value::NONE)
}

fn context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let task = this(ctx, &args[0])?;
    Ok(task_context(ctx, task))
}

/// The context of a task as an object. While the task runs, its context is the outermost one that is entered.
fn task_context(ctx: &mut Ctx, task: &Obj<Task>) -> Value {
    let event_loop = task.future.event_loop.get();
    if let Some(core) = core_of(&event_loop)
        && task.is(&core.current.get())
        && core.lent.get()
    {
        return contextvars::outermost(ctx);
    }
    let context = contextvars::object_of(ctx, task.context.get());
    task.context.set(context.clone());
    context
}

/// The running task gets its context back from the loop, as an object, because another task will run inside its step.
fn settle_lent(ctx: &mut Ctx, event_loop: &Value) {
    if let Some(core) = core_of(event_loop)
        && core.lent.replace(false)
    {
        let context = contextvars::outermost(ctx);
        if let Some(task) = core.current.get().downcast_ref::<Task>() {
            task.context.set(context);
        }
    }
}

fn eager_tasks(ctx: &mut Ctx) -> Ref<Set> {
    ctx.state::<State>().eager.get_or_insert_with(new_set).clone()
}

fn forget_eager(ctx: &mut Ctx, task: &Value) -> PyResult<()> {
    let tasks = eager_tasks(ctx);
    let hash = protocol::hash(ctx, task)?;
    tasks.discard_hashed(ctx, hash, task)?;
    Ok(())
}

/// The tasks that are not native, made with the first of them: weak sets are a module in Python.
fn scheduled_tasks(ctx: &mut Ctx) -> PyResult {
    if ctx.state::<State>().scheduled.is_empty() {
        let weak_set = python(ctx, "_weakrefset", "WeakSet")?;
        let tasks = protocol::call(ctx, &weak_set, &[])?;
        ctx.state::<State>().scheduled = tasks;
    }
    Ok(ctx.state::<State>().scheduled.clone())
}

fn change_scheduled(ctx: &mut Ctx, method: &str, task: &Value) -> PyResult<()> {
    let tasks = scheduled_tasks(ctx)?;
    protocol::call_method(ctx, &tasks, method, std::slice::from_ref(task)).map(drop)
}

fn all_tasks(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let event_loop = match args[0].is_empty() || args[0].is_none() {
        false => args[0].clone(),
        true => running_loop(ctx).ok_or_else(|| ctx.runtime_error("no running event loop"))?,
    };
    let found = new_set();
    for task in future::all_tasks() {
        if let Some(own) = future_of(&task)
            && own.is_pending()
            && own.event_loop.get().is(&event_loop)
        {
            found.add(ctx, task)?;
        }
    }
    let scheduled = ctx.state::<State>().scheduled.clone();
    let mut others = if scheduled.is_empty() { Vec::new() } else { protocol::collect(ctx, &scheduled)? };
    others.extend(eager_tasks(ctx).keys());
    for task in others {
        let own = call_python(ctx, "asyncio.futures", "_get_loop", std::slice::from_ref(&task))?;
        if !own.is(&event_loop) {
            continue;
        }
        let done = protocol::call_method(ctx, &task, "done", &[])?;
        if !protocol::truth(ctx, &done)? {
            found.add(ctx, task)?;
        }
    }
    Ok(found.into_value())
}

fn foreign_current(ctx: &mut Ctx) -> Ref<Dict> {
    ctx.state::<State>().current.get_or_insert_with(dict::new_dict).clone()
}

/// The task that a loop runs, or None.
///
/// # Errors
/// What hashing a loop that is not native raises.
pub(super) fn current(ctx: &mut Ctx, event_loop: &Value) -> PyResult {
    if let Some(core) = core_of(event_loop) {
        return Ok(none_if_empty(&core.current.get()));
    }
    let table = foreign_current(ctx);
    Ok(table.get(ctx, event_loop)?.unwrap_or(Value::NONE))
}

fn set_current(ctx: &mut Ctx, event_loop: &Value, task: Value) -> PyResult<()> {
    if let Some(core) = core_of(event_loop) {
        core.current.set(if task.is_none() { Value::EMPTY } else { task });
        core.lent.set(false);
        return Ok(());
    }
    let table = foreign_current(ctx);
    if task.is_none() {
        table.remove(ctx, event_loop)?;
    } else {
        table.insert(ctx, event_loop.clone(), task)?;
    }
    Ok(())
}

/// A task becomes the current one of a loop.
///
/// # Errors
/// RuntimeError when another one is.
pub(super) fn enter(ctx: &mut Ctx, event_loop: &Value, task: &Value) -> PyResult<()> {
    let present = current(ctx, event_loop)?;
    if !present.is_none() {
        let (task, present) = (protocol::text::repr_string(ctx, task)?, protocol::text::repr_string(ctx, &present)?);
        let message = format!("Cannot enter into task {task} while another task {present} is being executed.");
        return Err(ctx.runtime_error(message));
    }
    set_current(ctx, event_loop, task.clone())
}

/// The current task of a loop is no longer current.
///
/// # Errors
/// RuntimeError when another one is the current task.
pub(super) fn leave(ctx: &mut Ctx, event_loop: &Value, task: &Value) -> PyResult<()> {
    let present = current(ctx, event_loop)?;
    if !present.is(task) {
        let (task, present) = (protocol::text::repr_string(ctx, task)?, protocol::text::repr_string(ctx, &present)?);
        return Err(ctx.runtime_error(format!("Leaving task {task} does not match the current task {present}.")));
    }
    set_current(ctx, event_loop, Value::NONE)
}

fn swap_current(ctx: &mut Ctx, event_loop: &Value, task: Value) -> PyResult {
    let present = current(ctx, event_loop)?;
    set_current(ctx, event_loop, task)?;
    Ok(present)
}
