//! What an event loop keeps: what is ready, what is scheduled for a time, what waits for descriptors; and the methods of
//! `BaseLoop`, of which asyncio's event loops are made.
//!
//! What is ready is a ring of handles and tasks. A task on the ring stands for its next step, so waking one costs no
//! handle. Timers are a heap ordered by time. A future that is only to be completed at a time (`asyncio.sleep`) is a timer
//! by itself.
//!
//! Programs may look into `_ready` and `_scheduled`, tests of event loops do: the first look turns the ring into a `deque`
//! of handles, the heap into a `list`, and the loop uses these from then on.
//!
//! Source: "Event Loop" in the asyncio part of the Library Reference.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use smallvec::smallvec;

use crate::host::Interest;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::foreign::{Foreign, ForeignData, data_of, new_foreign};
use crate::objects::future::{Task, flags as future_flags, future_of, new_future};
use crate::objects::handle::{Handle, flags as handle_flags};
use crate::objects::heap::{Obj, Slot};
use crate::objects::kind::Kind;
use crate::objects::list::{List, new_list};
use crate::objects::native::{Action, Control, Input, Native, NativeFrame, PyResult, Raised, shape_asked};
use crate::objects::observer::Event;
use crate::objects::scheduler::ThreadId;
use crate::objects::shape::{ShapeId, class_epoch};
use crate::objects::string::intern;
use crate::objects::value::Value;
use crate::objects::{float, int, protocol};

use super::super::_contextvars as contextvars;
use super::timers::{Timer, push_timer};
use super::{call_python, classes, futures, handles, python, tasks, wrong_self};

crate::natives! { pub(super) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    method "__init__(self)" => init;
    method "call_soon(self, callback, *args, context=None)" => |ctx, args| call_soon(ctx, args, "call_soon");
    method "call_soon_threadsafe(self, callback, *args, context=None)" => |ctx, args| {
        let handle = call_soon(ctx, args, "call_soon_threadsafe")?;
        protocol::call_method(ctx, &args[0], "_write_to_self", &[])?;
        Ok(handle)
    };
    method "call_later(self, delay, callback, *args, context=None)" => call_later;
    method "call_at(self, when, callback, *args, context=None)" => call_at;
    method "time(self)" => |ctx, _| Ok(float::new_float(ctx.host.monotonic_time().as_secs_f64()));
    method "stop(self)" => |ctx, args| {
        this(ctx, &args[0])?.stopping.set(true);
        ctx.tell(Event::Other { what: "loop stopped", subject: &args[0] });
        Ok(Value::NONE)
    };
    method "close(self)" => close;
    method "is_running(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.thread.get().is_some()));
    method "is_closed(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.closed.get()));
    method "get_debug(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.debug.get()));
    method "set_debug(self, enabled)" => set_debug;
    method "create_future(self)" => create_future;
    control method "create_task(self, coro, *, name=None, context=None)" => create_task;
    method "set_task_factory(self, factory)" => set_task_factory;
    method "get_task_factory(self)" => |ctx, args| Ok(this(ctx, &args[0])?.task_factory.get());
    method "_check_closed(self)" => |ctx, args| { check_closed(ctx, &args[0])?; Ok(Value::NONE) };
    method "_check_running(self)" => |ctx, args| { check_running(ctx, &args[0])?; Ok(Value::NONE) };
    method "_check_thread(self)" => |ctx, args| { check_thread(ctx, &args[0])?; Ok(Value::NONE) };
    method "_check_callback(self, callback, method)" => |ctx, args| {
        let method = protocol::text::str_string(ctx, &args[2])?;
        check_callback(ctx, &args[1], &method)?;
        Ok(Value::NONE)
    };
    method "_add_callback(self, handle)" => add_callback;
    method "_add_callback_signalsafe(self, handle)" => |ctx, args| {
        protocol::call_method(ctx, &args[0], "_add_callback", &args[1..])?;
        protocol::call_method(ctx, &args[0], "_write_to_self", &[])
    };
    method "_timer_handle_cancelled(self, handle)" => |ctx, args| {
        let scheduled = protocol::get_attr(ctx, &args[1], &intern("_scheduled"))?;
        if protocol::truth(ctx, &scheduled)? {
            let count = &this(ctx, &args[0])?.cancelled_timers;
            count.set(count.get() + 1);
        }
        Ok(Value::NONE)
    };
    method "_wake(self)" => wake;
    method "_process_events(self, event_list)" => |ctx, _| Err(ctx.not_implemented_error("")) ;
    method "_set_coroutine_origin_tracking(self, enabled)" => |ctx, args| {
        let on = protocol::truth(ctx, &args[1])?;
        let core = this(ctx, &args[0])?;
        core.track_origins(ctx, on);
        Ok(Value::NONE)
    };
    method "_add_reader(self, fd, callback, *args)" => |ctx, args| add_watch(ctx, args, Side::Read);
    method "_add_writer(self, fd, callback, *args)" => |ctx, args| add_watch(ctx, args, Side::Write);
    method "_remove_reader(self, fd)" => |ctx, args| remove_watch(ctx, args, Side::Read);
    method "_remove_writer(self, fd)" => |ctx, args| remove_watch(ctx, args, Side::Write);
    /// A future that gets this result at a time; None when the loop is not simple enough for that.
    method "_timer_future(self, delay, result)" => timer_future;
    getter "_ready(self)" => |ctx, args| ready(ctx, &args[0]);
    setter "_ready(self, value)" => |ctx, args| {
        this(ctx, &args[0])?.ready_object.set(args[1].clone());
        Ok(Value::NONE)
    };
    getter "_scheduled(self)" => |ctx, args| scheduled(ctx, &args[0]);
    setter "_scheduled(self, value)" => |ctx, args| {
        this(ctx, &args[0])?.scheduled_object.set(args[1].clone());
        Ok(Value::NONE)
    };
    getter "_timer_cancelled_count(self)" => |ctx, args| {
        Ok(int::from_usize(this(ctx, &args[0])?.cancelled_timers.get()))
    };
    setter "_timer_cancelled_count(self, value)" => |ctx, args| {
        let count = protocol::as_isize(ctx, &args[1])?;
        this(ctx, &args[0])?.cancelled_timers.set(count.max(0) as usize);
        Ok(Value::NONE)
    };
    getter "_thread_id(self)" => |ctx, args| {
        Ok(this(ctx, &args[0])?.thread.get().map_or(Value::NONE, |id| int::from_u64(id.0)))
    };
    setter "_thread_id(self, value)" => |ctx, args| {
        let id = if args[1].is_none() { None } else { Some(ThreadId(protocol::as_isize(ctx, &args[1])? as u64)) };
        this(ctx, &args[0])?.thread.set(id);
        Ok(Value::NONE)
    };
    getter "_debug(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.debug.get()));
    setter "_debug(self, value)" => |ctx, args| {
        let on = protocol::truth(ctx, &args[1])?;
        this(ctx, &args[0])?.debug.set(on);
        Ok(Value::NONE)
    };
    getter "_closed(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.closed.get()));
    getter "_stopping(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.stopping.get()));
    setter "_stopping(self, value)" => |ctx, args| {
        let on = protocol::truth(ctx, &args[1])?;
        this(ctx, &args[0])?.stopping.set(on);
        Ok(Value::NONE)
    };
    getter "_task_factory(self)" => |ctx, args| Ok(this(ctx, &args[0])?.task_factory.get());
    getter "_current_handle(self)" => |ctx, args| {
        let handle = this(ctx, &args[0])?.current_handle.get();
        Ok(if handle.is_empty() { Value::NONE } else { handle })
    };
    getter "_clock_resolution(self)" => |ctx, args| {
        Ok(float::new_float(this(ctx, &args[0])?.clock_resolution.get()))
    };
    setter "_clock_resolution(self, value)" => |ctx, args| {
        let resolution = protocol::convert::as_f64(ctx, &args[1])?;
        this(ctx, &args[0])?.clock_resolution.set(resolution);
        Ok(Value::NONE)
    };
}

/// Which methods of a loop are not the native ones: bits of what [`LoopCore::overrides`] gives.
pub(super) mod overridden {
    /// `call_soon`
    pub(in super::super) const SOON: u8 = 1;
    /// `call_at` or `call_later`
    pub(in super::super) const AT: u8 = 2;
    /// `time`
    pub(in super::super) const TIME: u8 = 4;
    /// `_run_once`
    pub(in super::super) const ONCE: u8 = 8;
    /// There is an attribute `_selector`.
    pub(in super::super) const SELECTOR: u8 = 16;
    /// `create_future`
    pub(in super::super) const FUTURE: u8 = 32;
}

const METHOD_BITS: [(&str, u8); 6] = [
    ("call_soon", overridden::SOON),
    ("call_at", overridden::AT),
    ("call_later", overridden::AT),
    ("time", overridden::TIME),
    ("_run_once", overridden::ONCE),
    ("create_future", overridden::FUTURE),
];

/// Who waits for a descriptor.
struct Watch {
    descriptor: i32,
    /// Handles; empty for none.
    reader: Value,
    writer: Value,
}

/// The data of an event loop.
pub(super) struct LoopCore {
    /// Tasks and handles that are to run.
    pub(super) ready: RefCell<VecDeque<Value>>,
    /// The `deque` that takes its place once a program has seen it.
    pub(super) ready_object: Slot,
    timers: RefCell<Vec<Timer>>,
    /// The `list` that takes its place once a program has seen it.
    scheduled_object: Slot,
    watches: RefCell<Vec<Watch>>,
    /// Timers in the heap that are void.
    pub(super) cancelled_timers: Cell<usize>,
    /// The task whose step runs.
    pub(super) current: Slot,
    /// Its context, a bare mapping, was made current; the task has it back after the step.
    pub(super) lent: Cell<bool>,
    /// How many entries of the ring are left to this turn.
    pub(super) left: Cell<usize>,
    /// Nothing was overridden or looked into when the turn began, so that a task that gives way goes to the ring.
    pub(super) plain_turn: Cell<bool>,
    pub(super) current_handle: Slot,
    pub(super) task_factory: Slot,
    pub(super) debug: Cell<bool>,
    pub(super) closed: Cell<bool>,
    pub(super) stopping: Cell<bool>,
    /// The thread that runs it.
    pub(super) thread: Cell<Option<ThreadId>>,
    pub(super) clock_resolution: Cell<f64>,
    /// What `sys.get_asyncgen_hooks` gave before the loop ran.
    pub(super) hooks: RefCell<Option<(Value, Value)>>,
    /// `sys.get_coroutine_origin_tracking_depth` of before, while origins are tracked.
    origin_depth: Cell<Option<u32>>,
    /// Class epoch and keys of the attributes for which `overrides` was found out.
    checked: Cell<(u32, u32)>,
    overrides: Cell<u8>,
    pub(super) future_shape: ShapeId,
    pub(super) task_shape: ShapeId,
    pub(super) handle_shape: ShapeId,
    timer_shape: ShapeId,
}

impl ForeignData for LoopCore {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.ready.borrow().iter().for_each(&mut *visit);
        self.timers.borrow().iter().for_each(|timer| visit(&timer.what));
        for watch in self.watches.borrow().iter() {
            visit(&watch.reader);
            visit(&watch.writer);
        }
        for slot in
            [&self.ready_object, &self.scheduled_object, &self.current, &self.current_handle, &self.task_factory]
        {
            slot.peek(&mut *visit);
        }
        if let Some((first, last)) = &*self.hooks.borrow() {
            visit(first);
            visit(last);
        }
    }

    fn clear(&self) {
        self.drop_work();
        self.current.take();
        self.current_handle.take();
        self.task_factory.set(Value::NONE);
        let watches = std::mem::take(&mut *self.watches.borrow_mut());
        drop(watches);
        let hooks = self.hooks.borrow_mut().take();
        drop(hooks);
    }
}

/// The data of a loop, if it is one of ours.
#[inline]
pub(super) fn core_of(value: &Value) -> Option<&LoopCore> {
    data_of::<LoopCore>(value)
}

pub(super) fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a LoopCore> {
    core_of(value).ok_or_else(|| wrong_self(ctx))
}

impl LoopCore {
    /// Whether scheduling a call needs nothing but the ring: no debug mode, no method of the program in the way.
    #[inline]
    pub(super) fn is_direct(&self, ctx: &Ctx, this: &Value) -> bool {
        !self.debug.get() && !self.closed.get() && self.overrides(ctx, this) & overridden::SOON == 0
    }

    /// Which methods the program has replaced, in a class or on the object: see [`overridden`].
    pub(super) fn overrides(&self, ctx: &Ctx, this: &Value) -> u8 {
        let attributes = this.downcast_ref::<Foreign>().and_then(Obj::attrs);
        let current = (class_epoch(), attributes.map_or(0, |slot| slot.peek(|dict| keys_version(dict, false))));
        if self.checked.get() == current {
            return self.overrides.get();
        }
        let mut found = 0;
        let attributes = attributes.map(Slot::get).unwrap_or_default();
        let attributes = attributes.downcast_ref::<Dict>();
        for (name, bit) in METHOD_BITS {
            let name = intern(name);
            let native = protocol::lookup_special(ctx, this, &name).is_some_and(|method| method.is_kind::<Native>());
            if !native || attributes.is_some_and(|attributes| attributes.get_str(&name).is_some()) {
                found |= bit;
            }
        }
        let selector = intern("_selector");
        if attributes.is_some_and(|attributes| attributes.get_str(&selector).is_some())
            || protocol::lookup_special(ctx, this, &selector).is_some()
        {
            found |= overridden::SELECTOR;
        }
        let keys = this.downcast_ref::<Foreign>().and_then(Obj::attrs);
        let keys = keys.map_or(0, |slot| slot.peek(|dict| keys_version(dict, true)));
        self.checked.set((class_epoch(), keys));
        self.overrides.set(found);
        found
    }

    fn drop_work(&self) {
        let ready = std::mem::take(&mut *self.ready.borrow_mut());
        let timers = std::mem::take(&mut *self.timers.borrow_mut());
        drop((ready, timers));
        self.ready_object.take();
        self.scheduled_object.take();
    }

    /// Switches on or off that coroutines note where they are made.
    pub(super) fn track_origins(&self, ctx: &mut Ctx, on: bool) {
        match (on, self.origin_depth.get()) {
            (true, None) => {
                self.origin_depth.set(Some(ctx.coroutine_origin_depth));
                ctx.coroutine_origin_depth = 10;
            }
            (false, Some(before)) => {
                ctx.coroutine_origin_depth = before;
                self.origin_depth.set(None);
            }
            _ => {}
        }
    }

    /// The loop's clock.
    ///
    /// # Errors
    /// What a `time` of the program raises.
    pub(super) fn now(&self, ctx: &mut Ctx, this: &Value) -> PyResult<f64> {
        if self.overrides(ctx, this) & overridden::TIME == 0 {
            return Ok(ctx.host.monotonic_time().as_secs_f64());
        }
        let time = protocol::call_method(ctx, this, "time", &[])?;
        protocol::convert::as_f64(ctx, &time)
    }

    /// Works on the heap of timers, wherever it is. `work` must run no Python code.
    pub(super) fn with_timers<R>(&self, work: impl FnOnce(&mut Vec<Timer>) -> R) -> R {
        if self.scheduled_object.is_empty() {
            return work(&mut self.timers.borrow_mut());
        }
        let object = self.scheduled_object.get();
        let Some(list) = object.downcast_ref::<List>() else { return work(&mut Vec::new()) };
        let when = |what: &Value| what.downcast_ref::<Handle>().map_or(0.0, |handle| handle.when.get());
        let mut timers: Vec<Timer> = list.to_vec().into_iter().map(|what| Timer { when: when(&what), what }).collect();
        let result = work(&mut timers);
        drop(list.splice(0, list.len(), timers.into_iter().map(|timer| timer.what).collect()));
        result
    }

    /// Whether a program has looked at the timers.
    pub(super) fn has_list_of_timers(&self) -> bool {
        !self.scheduled_object.is_empty()
    }

    /// Whether a program has looked at the ring.
    #[inline]
    pub(super) fn is_exposed(&self) -> bool {
        !self.ready_object.is_empty()
    }

    /// Watches, in the running thread, the descriptors that somebody waits for.
    pub(super) fn watch_again(&self, ctx: &mut Ctx) {
        let wanted: Vec<(i32, Interest)> =
            self.watches.borrow().iter().map(|watch| (watch.descriptor, watch.interest())).collect();
        for (descriptor, interest) in wanted {
            // It was watched before, so that it can be is known.
            let _ = ctx.watch(descriptor, interest);
        }
    }

    /// Whether somebody waits for a descriptor.
    pub(super) fn has_watches(&self) -> bool {
        !self.watches.borrow().is_empty()
    }

    /// The handles for what became ready.
    pub(super) fn handles_of(&self, events: &[crate::host::Readiness]) -> Vec<Value> {
        let watches = self.watches.borrow();
        let mut found = Vec::new();
        for event in events {
            let Some(watch) = watches.iter().find(|watch| watch.descriptor == event.descriptor) else { continue };
            // An error is news for everybody, who will meet it when reading or writing.
            let failed = event.error || event.hang_up;
            if (event.read || failed) && !watch.reader.is_empty() {
                found.push(watch.reader.clone());
            }
            if (event.write || failed) && !watch.writer.is_empty() {
                found.push(watch.writer.clone());
            }
        }
        found
    }
}

impl Watch {
    fn interest(&self) -> Interest {
        Interest { read: !self.reader.is_empty(), write: !self.writer.is_empty() }
    }
}

fn keys_version(dict: &Value, assign: bool) -> u32 {
    match dict.downcast_ref::<Dict>() {
        Some(dict) if assign => dict.keys_version(),
        Some(dict) => dict.current_keys_version(),
        None => 1,
    }
}

/// Puts a task or handle on the ring.
///
/// # Errors
/// What the `append` of a deque raises that took the ring's place.
pub(super) fn push_ready(ctx: &mut Ctx, event_loop: &Value, core: &LoopCore, entry: Value) -> PyResult<()> {
    if core.is_exposed() {
        let handle = as_handle(ctx, event_loop, core, entry);
        let ready = core.ready_object.get();
        return protocol::call_method(ctx, &ready, "append", &[handle]).map(drop);
    }
    core.ready.borrow_mut().push_back(entry);
    Ok(())
}

/// The handle that CPython has for an entry of the ring.
fn as_handle(ctx: &mut Ctx, event_loop: &Value, core: &LoopCore, entry: Value) -> Value {
    let Some(task) = entry.downcast_ref::<Task>() else { return entry };
    let waiter = task.waiter.get();
    let context = contextvars::object_of(ctx, task.context.get());
    task.context.set(context.clone());
    if waiter.is_empty() {
        let callback = tasks::step_method(ctx, entry.clone(), Value::EMPTY);
        let none = crate::objects::tuple::new_tuple([]).into_value();
        return handles::make(core.handle_shape, callback, none, event_loop.clone(), context);
    }
    let callback = tasks::wakeup_method(ctx, &entry);
    let args = crate::objects::tuple::new_tuple([waiter]).into_value();
    handles::make(core.handle_shape, callback, args, event_loop.clone(), context)
}

fn ready(ctx: &mut Ctx, value: &Value) -> PyResult {
    let core = this(ctx, value)?;
    if !core.is_exposed() {
        let class = python(ctx, "_collections", "deque")?;
        let deque = protocol::call(ctx, &class, &[])?;
        let entries = std::mem::take(&mut *core.ready.borrow_mut());
        core.ready_object.set(deque);
        core.plain_turn.set(false);
        for entry in entries {
            push_ready(ctx, value, core, entry)?;
        }
    }
    Ok(core.ready_object.get())
}

fn scheduled(ctx: &mut Ctx, value: &Value) -> PyResult {
    let core = this(ctx, value)?;
    if core.scheduled_object.is_empty() {
        let timers = std::mem::take(&mut *core.timers.borrow_mut());
        let mut shown = Vec::new();
        for timer in timers {
            let handle = timer_as_handle(ctx, value, core, timer)?;
            shown.push(handle);
        }
        core.scheduled_object.set(new_list(shown).into_value());
    }
    Ok(core.scheduled_object.get())
}

/// The handle that CPython has for a timer.
fn timer_as_handle(ctx: &mut Ctx, event_loop: &Value, core: &LoopCore, timer: Timer) -> PyResult {
    let Some(future) = future_of(&timer.what) else { return Ok(timer.what) };
    let result = if future.is_pending() { future.outcome.take() } else { Value::NONE };
    let live = future.has_flag(future_flags::TIMER);
    future.set_flag(future_flags::TIMER, false);
    let callback = python(ctx, "asyncio.futures", "_set_result_unless_cancelled")?;
    let args = crate::objects::tuple::new_tuple([timer.what, result]).into_value();
    let handle = handles::make(core.timer_shape, callback, args, event_loop.clone(), Value::NONE);
    if let Some(payload) = handle.downcast_ref::<Handle>() {
        payload.when.set(timer.when);
        payload.set_flag(handle_flags::SCHEDULED, true);
        payload.set_flag(handle_flags::CANCELLED, !live);
    }
    Ok(handle)
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let classes = classes(ctx);
    let core = LoopCore {
        ready: RefCell::default(),
        ready_object: Slot::default(),
        timers: RefCell::default(),
        scheduled_object: Slot::default(),
        watches: RefCell::default(),
        cancelled_timers: Cell::new(0),
        current: Slot::default(),
        lent: Cell::new(false),
        left: Cell::new(0),
        plain_turn: Cell::new(false),
        current_handle: Slot::default(),
        task_factory: Slot::new(Value::NONE),
        debug: Cell::new(false),
        closed: Cell::new(false),
        stopping: Cell::new(false),
        thread: Cell::new(None),
        clock_resolution: Cell::new(1e-9),
        hooks: RefCell::default(),
        origin_depth: Cell::new(None),
        checked: Cell::new((0, 0)),
        overrides: Cell::new(0),
        future_shape: classes.future.instance_shape.get(),
        task_shape: classes.task.instance_shape.get(),
        handle_shape: classes.handle.instance_shape.get(),
        timer_shape: classes.timer_handle.instance_shape.get(),
    };
    Ok(new_foreign(shape, core).into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let debug = call_python(ctx, "asyncio.coroutines", "_is_debug_mode", &[])?;
    protocol::call_method(ctx, &args[0], "set_debug", &[debug])?;
    protocol::set_attr(ctx, &args[0], &intern("slow_callback_duration"), float::new_float(0.1))?;
    Ok(Value::NONE)
}

/// A closed loop takes no more work.
///
/// # Errors
/// RuntimeError.
pub(super) fn check_closed(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    if this(ctx, value)?.closed.get() { Err(ctx.runtime_error("Event loop is closed")) } else { Ok(()) }
}

/// A loop can be run once at a time, and one per thread.
///
/// # Errors
/// RuntimeError.
pub(super) fn check_running(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    let running = protocol::call_method(ctx, value, "is_running", &[])?;
    if protocol::truth(ctx, &running)? {
        return Err(ctx.runtime_error("This event loop is already running"));
    }
    if super::running_loop(ctx).is_some() {
        return Err(ctx.runtime_error("Cannot run the event loop while another loop is running"));
    }
    Ok(())
}

fn check_thread(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    match this(ctx, value)?.thread.get() {
        Some(thread) if thread != ctx.threads.current() => {
            Err(ctx.runtime_error("Non-thread-safe operation invoked on an event loop other than the current one"))
        }
        _ => Ok(()),
    }
}

fn check_callback(ctx: &mut Ctx, callback: &Value, method: &str) -> PyResult<()> {
    let given = std::slice::from_ref(callback);
    for question in ["iscoroutine", "iscoroutinefunction"] {
        let answer = call_python(ctx, "asyncio.coroutines", question, given)?;
        if protocol::truth(ctx, &answer)? {
            return Err(ctx.type_error(format!("coroutines cannot be used with {method}()")));
        }
    }
    if !protocol::is_callable(ctx, callback) {
        let text = protocol::text::repr_string(ctx, callback)?;
        return Err(ctx.type_error(format!("a callable object was expected by {method}(), got {text}")));
    }
    Ok(())
}

fn context_or_copy(ctx: &Ctx, given: &Value) -> Value {
    if given.is_empty() || given.is_none() { contextvars::snapshot(ctx) } else { given.clone() }
}

/// Arguments: self, callback, args, context.
fn call_soon(ctx: &mut Ctx, args: &[Value], method: &str) -> PyResult {
    check_closed(ctx, &args[0])?;
    let core = this(ctx, &args[0])?;
    if core.debug.get() {
        if method == "call_soon" {
            protocol::call_method(ctx, &args[0], "_check_thread", &[])?;
        }
        check_callback(ctx, &args[1], method)?;
    }
    let context = context_or_copy(ctx, &args[3]);
    let handle = handles::make(core.handle_shape, args[1].clone(), args[2].clone(), args[0].clone(), context);
    if core.debug.get()
        && let Some(payload) = handle.downcast_ref::<Handle>()
    {
        handles::note_source(ctx, payload)?;
    }
    push_ready(ctx, &args[0], core, handle.clone())?;
    Ok(handle)
}

/// Arguments: self, delay, callback, args, context.
fn call_later(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        return Err(ctx.type_error("delay must not be None"));
    }
    let core = this(ctx, &args[0])?;
    let now = if core.overrides(ctx, &args[0]) & overridden::TIME == 0 {
        float::new_float(ctx.host.monotonic_time().as_secs_f64())
    } else {
        protocol::call_method(ctx, &args[0], "time", &[])?
    };
    let when = protocol::binary_op(ctx, crate::code::BinaryOperator::Add, &now, &args[1])?;
    if core.overrides(ctx, &args[0]) & overridden::AT == 0 {
        let given = [args[0].clone(), when, args[2].clone(), args[3].clone(), args[4].clone()];
        return call_at(ctx, &given);
    }
    let method = protocol::get_attr(ctx, &args[0], &intern("call_at"))?;
    let mut given = vec![when, args[2].clone()];
    given.extend(crate::objects::arguments::positional(&args[3]).iter().cloned());
    let context = if args[4].is_empty() { Value::NONE } else { args[4].clone() };
    protocol::call_keywords(ctx, &method, &given, &[(intern("context"), context)])
}

/// Arguments: self, when, callback, args, context.
fn call_at(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        return Err(ctx.type_error("when cannot be None"));
    }
    check_closed(ctx, &args[0])?;
    let core = this(ctx, &args[0])?;
    if core.debug.get() {
        protocol::call_method(ctx, &args[0], "_check_thread", &[])?;
        check_callback(ctx, &args[2], "call_at")?;
    }
    let context = context_or_copy(ctx, &args[4]);
    let handle = handles::make(core.timer_shape, args[2].clone(), args[3].clone(), args[0].clone(), context);
    handles::set_when(ctx, &handle, &args[1])?;
    let Some(payload) = handle.downcast_ref::<Handle>() else { return Err(wrong_self(ctx)) };
    if core.debug.get() {
        handles::note_source(ctx, payload)?;
    }
    payload.set_flag(handle_flags::SCHEDULED, true);
    let timer = Timer { when: payload.when.get(), what: handle.clone() };
    core.with_timers(|timers| push_timer(timers, timer));
    Ok(handle)
}

/// Arguments: self, delay (a number above zero), result.
fn timer_future(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let core = this(ctx, &args[0])?;
    let special = overridden::SOON | overridden::AT | overridden::FUTURE;
    if core.debug.get()
        || core.closed.get()
        || !core.scheduled_object.is_empty()
        || core.overrides(ctx, &args[0]) & special != 0
    {
        return Ok(Value::NONE);
    }
    let delay = protocol::convert::as_f64(ctx, &args[1])?;
    ctx.tell(Event::Other { what: "sleep of", subject: &args[1] });
    let when = core.now(ctx, &args[0])? + delay;
    let value = new_future(core.future_shape, args[0].clone());
    if let Some(future) = future_of(&value) {
        // Until it is done the outcome is the result that it will have.
        future.outcome.set(args[2].clone());
        future.set_flag(future_flags::TIMER, true);
    }
    push_timer(&mut core.timers.borrow_mut(), Timer { when, what: value.clone() });
    Ok(value)
}

/// How many tasks of the loop that runs in this thread could go on at once, if the running one gave way; None where no
/// loop runs.
pub(crate) fn tasks_held_up(ctx: &mut Ctx) -> Option<usize> {
    let running = super::running_loop(ctx)?;
    let core = core_of(&running)?;
    let ready = core.ready.borrow().iter().filter(|entry| entry.is_kind::<Task>()).count();
    let now = ctx.host.monotonic_time().as_secs_f64();
    let wakes = |timer: &&Timer| {
        timer.when <= now
            && future_of(&timer.what).is_some_and(|future| future.is_pending() && !future.callback.is_empty())
    };
    let due = core.timers.try_borrow().map_or(0, |timers| timers.iter().filter(wakes).count());
    Some(ready + due)
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let core = this(ctx, &args[0])?;
    if core.thread.get().is_some() {
        return Err(ctx.runtime_error("Cannot close a running event loop"));
    }
    if core.closed.replace(true) {
        return Ok(Value::NONE);
    }
    ctx.tell(Event::Other { what: "loop closed", subject: &args[0] });
    if core.is_exposed() {
        let ready = core.ready_object.get();
        protocol::call_method(ctx, &ready, "clear", &[])?;
    } else {
        let ready = std::mem::take(&mut *core.ready.borrow_mut());
        drop(ready);
    }
    let timers = core.with_timers(std::mem::take);
    drop(timers);
    let watches = std::mem::take(&mut *core.watches.borrow_mut());
    for watch in &watches {
        ctx.unwatch(watch.descriptor);
    }
    Ok(Value::NONE)
}

fn set_debug(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let on = protocol::truth(ctx, &args[1])?;
    let core = this(ctx, &args[0])?;
    core.debug.set(on);
    if core.thread.get().is_some() {
        let method = protocol::get_attr(ctx, &args[0], &intern("_set_coroutine_origin_tracking"))?;
        protocol::call_method(ctx, &args[0], "call_soon_threadsafe", &[method, args[1].clone()])?;
    }
    Ok(Value::NONE)
}

fn create_future(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let core = this(ctx, &args[0])?;
    let future = new_future(core.future_shape, args[0].clone());
    if core.debug.get() {
        futures::initialize(ctx, &future, &args[0])?;
    } else {
        ctx.tell(Event::Other { what: "future created", subject: &future });
    }
    Ok(future)
}

fn set_task_factory(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !args[1].is_none() && !protocol::is_callable(ctx, &args[1]) {
        return Err(ctx.type_error("task factory must be a callable or None"));
    }
    this(ctx, &args[0])?.task_factory.set(args[1].clone());
    Ok(Value::NONE)
}

/// Arguments: self, coro, name, context.
fn create_task(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    check_closed(ctx, &args[0])?;
    let core = this(ctx, &args[0])?;
    let factory = core.task_factory.get();
    if !factory.is_none() {
        return Ok(Control::Step(
            create_by_factory,
            smallvec![args[0].clone(), args[1].clone(), args[2].clone(), args[3].clone()],
        ));
    }
    let shape = core.task_shape;
    if core.is_direct(ctx, &args[0]) && tasks::is_coroutine(ctx, &args[1])? {
        return tasks::create(ctx, shape, &args[0], args[1].clone(), &args[2], &args[3]).map(Control::Return);
    }
    let class = classes(ctx).task.value().clone();
    let or_none = |value: &Value| if value.is_empty() { Value::NONE } else { value.clone() };
    let keywords = vec![
        (intern("loop"), args[0].clone()),
        (ctx.names.name.clone(), or_none(&args[2])),
        (intern("context"), or_none(&args[3])),
    ];
    Ok(Control::Call(class, smallvec![args[1].clone()], keywords))
}

/// Locals: the loop, the coroutine, the name, the context, then the task.
fn create_by_factory(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    const TASK: usize = 4;
    match (frame.state.get(), input) {
        (_, Input::Raised) => Err(Raised(())),
        (0, Input::Start) => {
            frame.state.set(1);
            let event_loop = frame.local(0);
            let factory = this(ctx, &event_loop)?.task_factory.get();
            let args = smallvec![event_loop, frame.local(1)];
            let context = frame.local(3);
            if context.is_empty() || context.is_none() {
                return Ok(Action::Call(factory, args));
            }
            Ok(Action::CallKeywords(factory, args, vec![(intern("context"), context)]))
        }
        (1, Input::Value(task) | Input::Exhausted(task)) => {
            frame.state.set(2);
            frame.set_local(TASK, task.clone());
            let name = frame.local(2);
            let method = protocol::get_attr(ctx, &task, &intern("set_name"))?;
            Ok(Action::Call(method, smallvec![if name.is_empty() { Value::NONE } else { name }]))
        }
        _ => Ok(Action::Return(frame.local(TASK))),
    }
}

fn add_callback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let cancelled = match args[1].downcast_ref::<Handle>() {
        Some(handle) => handle.has_flag(handle_flags::CANCELLED),
        None => {
            let cancelled = protocol::get_attr(ctx, &args[1], &intern("_cancelled"))?;
            protocol::truth(ctx, &cancelled)?
        }
    };
    if !cancelled {
        let core = this(ctx, &args[0])?;
        push_ready(ctx, &args[0], core, args[1].clone())?;
    }
    Ok(Value::NONE)
}

/// Ends the wait of the thread that runs the loop.
fn wake(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if let Some(thread) = this(ctx, &args[0])?.thread.get()
        && ctx.threads.waits_in_loop(thread)
    {
        ctx.wake(thread, Value::TRUE);
    }
    Ok(Value::NONE)
}

/// Of which readiness a handle wants to know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Read,
    Write,
}

fn descriptor(ctx: &mut Ctx, given: &Value) -> PyResult<i32> {
    let number = if given.as_small_int().is_some() {
        given.clone()
    } else {
        match protocol::get_attr_optional(ctx, given, &ctx.names.fileno.clone())? {
            Some(method) => protocol::call(ctx, &method, &[])?,
            None => given.clone(),
        }
    };
    match number.as_small_int().and_then(|number| i32::try_from(number).ok()) {
        Some(number) if number >= 0 => Ok(number),
        Some(number) => Err(ctx.value_error(format!("Invalid file descriptor: {number}"))),
        None => {
            let text = protocol::text::repr_string(ctx, given)?;
            Err(ctx.value_error(format!("Invalid file object: {text}")))
        }
    }
}

/// Arguments: self, fd, callback, args.
fn add_watch(ctx: &mut Ctx, args: &[Value], side: Side) -> PyResult {
    check_closed(ctx, &args[0])?;
    let descriptor = descriptor(ctx, &args[1])?;
    let core = this(ctx, &args[0])?;
    let context = contextvars::snapshot(ctx);
    let handle = handles::make(core.handle_shape, args[2].clone(), args[3].clone(), args[0].clone(), context);
    let (before, interest) = {
        let mut watches = core.watches.borrow_mut();
        let index = watches.iter().position(|watch| watch.descriptor == descriptor).unwrap_or_else(|| {
            watches.push(Watch { descriptor, reader: Value::EMPTY, writer: Value::EMPTY });
            watches.len() - 1
        });
        let watch = &mut watches[index];
        let place = if side == Side::Read { &mut watch.reader } else { &mut watch.writer };
        let before = std::mem::replace(place, handle.clone());
        (before, watch.interest())
    };
    if let Err(error) = ctx.watch(descriptor, interest) {
        let watches = &core.watches;
        let gone: Vec<Watch> = watches.borrow_mut().extract_if(.., |watch| watch.descriptor == descriptor).collect();
        drop(gone);
        return Err(crate::objects::exception_fields::raise_io_error(ctx, &error, None));
    }
    if !before.is_empty() {
        handles::cancel(ctx, &before)?;
    }
    Ok(handle)
}

/// Arguments: self, fd.
fn remove_watch(ctx: &mut Ctx, args: &[Value], side: Side) -> PyResult {
    let core = this(ctx, &args[0])?;
    if core.closed.get() {
        return Ok(Value::FALSE);
    }
    let descriptor = descriptor(ctx, &args[1])?;
    let removed = {
        let mut watches = core.watches.borrow_mut();
        let Some(index) = watches.iter().position(|watch| watch.descriptor == descriptor) else {
            return Ok(Value::FALSE);
        };
        let watch = &mut watches[index];
        let place = if side == Side::Read { &mut watch.reader } else { &mut watch.writer };
        let removed = std::mem::take(place);
        let interest = watch.interest();
        if interest.is_empty() {
            watches.swap_remove(index);
        }
        (removed, interest)
    };
    let (removed, interest) = removed;
    if interest.is_empty() {
        ctx.unwatch(descriptor);
    } else {
        // It was watched until now, so that it can be is known.
        let _ = ctx.watch(descriptor, interest);
    }
    if removed.is_empty() {
        return Ok(Value::FALSE);
    }
    handles::cancel(ctx, &removed)?;
    Ok(Value::TRUE)
}
