//! Module `_asyncio`: the native core of asyncio.
//!
//! Futures, tasks, handles and the event loop itself are written in Rust; what is built on them (locks, queues, task
//! groups, streams, transports) is Python, in the files beside these. The pieces, in the order in which a task meets them:
//!
//! - [`tasks`]: making one puts it on the loop's ring of ready things;
//! - [`turn`]: the event loop, a state machine on the frame chain, takes it off the ring;
//! - [`step`]: one step of a task: its coroutine's frame is put on top of the chain, and what it yields comes straight
//!   back to the loop's frame;
//! - [`futures`]: a yielded future gets the task as its callback, and puts it on the ring again when it is done;
//! - [`waiting`]: what locks and queues do when nobody has to wait;
//! - [`handles`]: calls of anything else that is to run soon or later;
//! - [`event_loop`]: what the loop keeps, and its methods; [`timers`]: the heap of what waits for a time.
//!
//! A loop whose methods a program has overridden, a `_selector` of its own, futures that are written in Python: all that
//! works through the ordinary protocols (`call_soon`, `add_done_callback`), only not as fast.
//!
//! Source: "asyncio" of the Library Reference; PEP 3156, PEP 492.

use std::rc::Rc;

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::future::MakeIterator;
use crate::objects::heap::{Ref, Slot};
use crate::objects::instance::new_instance;
use crate::objects::kind::Kind;
use crate::objects::native::{NativeDef, PyResult, Raised};
use crate::objects::scheduler::ThreadId;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{dict, module, protocol, set};
use crate::stdlib::eras;

pub(crate) mod event_loop;
mod futures;
mod handles;
mod step;
mod tasks;
mod timers;
mod turn;
mod waiting;

/// The classes of this module.
struct Classes {
    future: Ref<Class>,
    task: Ref<Class>,
    handle: Ref<Class>,
    timer_handle: Ref<Class>,
    base_loop: Ref<Class>,
    future_iterator: Ref<Class>,
    step_wrapper: Ref<Class>,
}

/// What the module keeps.
#[derive(Default)]
struct State {
    classes: Option<Rc<Classes>>,
    /// The running loop of each thread.
    running: Vec<(u64, Value)>,
    /// What gives the loop that stands in where none runs: the prompt's, which runs between two inputs.
    idle: Value,
    /// Tasks made without a name.
    unnamed: i64,
    /// Loops that are not native, and the task that each runs.
    current: Option<Ref<dict::Dict>>,
    /// Tasks that are not native, in a WeakSet; empty until there is one.
    scheduled: Value,
    /// What says that one has to wait.
    wait: Value,
    /// Tasks that run their first step eagerly, in a set.
    eager: Option<Ref<set::Set>>,
}

fn classes(ctx: &mut Ctx) -> Rc<Classes> {
    if let Some(classes) = &ctx.state::<State>().classes {
        return classes.clone();
    }
    let object = ctx.types.object.clone();
    let open = flags::SUBCLASSABLE | flags::HAS_WEAKREF;
    let task_tables: &[&'static [NativeDef]] = &[tasks::METHODS, tasks::FORMER_METHODS];
    let task_tables = if eras::has(ctx, "asyncio.Task.all_tasks") { task_tables } else { &task_tables[..1] };
    let class = |name: &str, module: &str, doc, base: &Ref<Class>, layout, flags, tables: &[&'static [NativeDef]]| {
        ctx.types.define_class(name, module, doc, &[base], layout, flags, tables)
    };
    let core = "_asyncio";
    let future_doc = "This class is *almost* compatible with concurrent.futures.Future.\n\n    Differences:\n\n    - result() and exception() do not take a timeout argument and\n      raise an exception when the future isn't done yet.\n\n    - Callbacks registered with add_done_callback() are always called\n      via the event loop's call_soon_threadsafe().\n\n    - This class is not compatible with the wait() and as_completed()\n      methods in the concurrent.futures package.";
    let future = class("Future", core, future_doc, &object, Kind::Future, open, &[futures::METHODS]);
    let task_doc = "A coroutine wrapped in a Future.";
    let task = class("Task", core, task_doc, &future, Kind::Task, open, task_tables);
    let handle_doc = "Object returned by callback registration methods.";
    let handle = class("Handle", "asyncio.events", handle_doc, &object, Kind::Handle, open, &[handles::METHODS]);
    let timer_doc = "Object returned by timed callback registration methods.";
    let timer_tables = &[handles::TIMER_METHODS];
    let timer_handle = class("TimerHandle", "asyncio.events", timer_doc, &handle, Kind::Handle, open, timer_tables);
    let loop_doc = "What every event loop of this package is made of: what is ready, what is scheduled, and the turn.";
    let loop_flags = open | flags::HAS_DICT;
    let base_loop =
        class("BaseLoop", core, loop_doc, &object, Kind::Foreign, loop_flags, &[event_loop::METHODS, turn::METHODS]);
    let future_iterator = class("FutureIter", core, "", &object, Kind::Foreign, 0, &[futures::ITERATOR_METHODS]);
    let step_wrapper = class("TaskStepMethWrapper", "builtins", "", &object, Kind::Foreign, 0, &[tasks::STEP_METHODS]);
    let made = Rc::new(Classes { future, task, handle, timer_handle, base_loop, future_iterator, step_wrapper });
    ctx.state::<State>().classes = Some(made.clone());
    made
}

/// Makes the module.
///
/// # Errors
/// None so far.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_asyncio", Some("Accelerator module for asyncio"));
    for table in [tasks::FUNCTIONS, futures::FUNCTIONS, waiting::FUNCTIONS] {
        for def in table {
            module.dict.set_str(&intern(def.name()), new_function("_asyncio", def));
        }
    }
    let classes = classes(ctx);
    for class in [&classes.future, &classes.task, &classes.handle, &classes.timer_handle, &classes.base_loop] {
        module.dict.set_str(&class.name.get(), class.value().clone());
    }
    let (current, eager) = (dict::new_dict(), set::new_set());
    let object = ctx.types.object.clone();
    let wait = new_instance(&object).into_value();
    module.dict.set_str(&intern("_WAIT"), wait.clone());
    module.dict.set_str(&intern("_current_tasks"), current.value().clone());
    module.dict.set_str(&intern("_eager_tasks"), eager.value().clone());
    ctx.state::<MakeIterator>().0 = Some(futures::new_iterator);
    let state = ctx.state::<State>();
    state.wait = wait;
    state.current = Some(current);
    state.eager = Some(eager);
    Ok(module.into_value())
}

/// Something that a module written in Python has.
fn python(ctx: &mut Ctx, module: &str, name: &str) -> PyResult {
    let module_name = intern(module);
    let module = match ctx.modules.get_str(&module_name) {
        Some(module) => module,
        None => {
            let import = ctx.builtins.get_str(&ctx.names.__import__).unwrap_or(Value::NONE);
            protocol::call(ctx, &import, std::slice::from_ref(&module_name))?;
            ctx.modules.get_str(&module_name).unwrap_or(Value::NONE)
        }
    };
    protocol::get_attr(ctx, &module, &intern(name))
}

/// Calls a function of a module written in Python.
fn call_python(ctx: &mut Ctx, module: &str, name: &str, args: &[Value]) -> PyResult {
    let function = python(ctx, module, name)?;
    protocol::call(ctx, &function, args)
}

/// Imports what reporting a task or future takes, lest the next report come in the middle of the import for the first.
pub(super) fn prepare_reports(ctx: &mut Ctx) {
    if let Err(raised) = call_python(ctx, "asyncio.log", "prepare", &[]) {
        // The reports will say so.
        drop(ctx.take_raised(raised));
    }
}

fn wrong_self(ctx: &mut Ctx) -> Raised {
    ctx.type_error("the method belongs to another type")
}

/// The identity of the running thread.
fn thread_id(ctx: &Ctx) -> u64 {
    ctx.threads.current().0
}

/// The loop that runs in this thread.
fn running_loop(ctx: &mut Ctx) -> Option<Value> {
    let thread = thread_id(ctx);
    ctx.state::<State>().running.iter().find(|(own, _)| *own == thread).map(|(_, running)| running.clone())
}

/// The loop that tasks belong to which are made here: the running one, or the prompt's.
fn loop_for_tasks(ctx: &mut Ctx) -> PyResult {
    if let Some(running) = running_loop(ctx) {
        return Ok(running);
    }
    let idle = ctx.state::<State>().idle.clone();
    if idle.is_none() || idle.is_empty() || ctx.threads.current() != ThreadId::MAIN {
        return Err(ctx.runtime_error("no running event loop"));
    }
    protocol::call(ctx, &idle, &[])
}

/// Notes which loop runs in this thread.
fn set_running_loop(ctx: &mut Ctx, running: Option<Value>) {
    let thread = thread_id(ctx);
    let state = ctx.state::<State>();
    let old: Vec<(u64, Value)> = state.running.extract_if(.., |(own, _)| *own == thread).collect();
    state.running.extend(running.map(|running| (thread, running)));
    drop(old);
}

/// Whether the exception being raised is a KeyboardInterrupt or SystemExit, which the event loop lets through.
fn raised_is_exit(ctx: &Ctx) -> bool {
    ctx.raised_is(&ctx.exceptions.KeyboardInterrupt) || ctx.raised_is(&ctx.exceptions.SystemExit)
}

/// Whether a value is an instance of `asyncio.CancelledError`.
///
/// # Errors
/// What importing asyncio raises.
fn is_cancelled_error(ctx: &mut Ctx, exception: &Value) -> PyResult<bool> {
    let class = crate::objects::future::cancelled_class(ctx)?;
    Ok(protocol::is_instance_of(ctx, exception, &class))
}

/// The stack of calls for debug mode, without the innermost `skip` entries.
///
/// # Errors
/// What `extract_stack` raises.
fn source_traceback(ctx: &mut Ctx) -> PyResult {
    let frame = match protocol::current_frame(ctx) {
        Some(frame) => crate::objects::frame_view::view(&frame).into_value(),
        None => Value::NONE,
    };
    call_python(ctx, "asyncio.format_helpers", "extract_stack", &[frame])
}

/// Two values that a foreign object keeps.
struct Pair(Slot, Slot);

impl ForeignData for Pair {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.0.peek(&mut *visit);
        self.1.peek(visit);
    }

    fn clear(&self) {
        self.0.take();
        self.1.take();
    }
}

fn pair_of<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Pair> {
    data_of::<Pair>(value).ok_or_else(|| wrong_self(ctx))
}

fn new_pair(class: &Ref<Class>, first: Value, second: Value) -> Value {
    new_foreign(class.instance_shape.get(), Pair(Slot::new(first), Slot::new(second))).into_value()
}
