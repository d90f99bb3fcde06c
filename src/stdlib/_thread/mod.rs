//! Module `_thread`: starting threads and waiting for their end, their identity, locks, thread-local data.
//!
//! A thread begins as a step native at the bottom of a new chain of frames ([`run_thread`]): it calls the function,
//! reports what the function raised, and marks the thread's handle. Threads and their switching are the scheduler's:
//! see [`objects::scheduler`](crate::objects::scheduler).
//!
//! Source: Standard Library "_thread"; what begins with an underscore is what CPython's `threading` asks for.

mod local;
mod lock;

use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering;
use std::time::Duration;

use smallvec::SmallVec;

use crate::objects::arguments::{given, keywords, positional};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::exception::Exception;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref, attention};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Control, Input, NativeFrame, PyResult, Raised, new_native_frame};
use crate::objects::observer::Event;
use crate::objects::scheduler::{ThreadId, Wait, Why};
use crate::objects::signals::{Handlers, INTERRUPT, LIMIT};
use crate::objects::string::{Str, intern};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{float, instance, int, module, protocol, struct_sequence};

/// The longest timeout in seconds, `TIMEOUT_MAX`.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;
/// The smallest stack that `stack_size` takes, though threads here have no stack of their own.
const LEAST_STACK: i64 = 32_768;

crate::natives! { static FUNCTIONS:
    /// Start a new thread and return its identifier.
    ///
    /// The thread will call the function with positional arguments from the
    /// tuple args and keyword arguments taken from the optional dictionary
    /// kwargs.  The thread exits when the function returns; the return value
    /// is ignored.  The thread will also exit when the function raises an
    /// unhandled exception; a stack trace will be printed unless the exception
    /// is SystemExit.
    function "start_new_thread(function, args, kwargs={}, /)" => start_new_thread;
    /// An obsolete synonym of start_new_thread().
    function "start_new(function, args, kwargs={}, /)" => start_new_thread;
    /// *For internal use only*: start a new thread.
    ///
    /// Like start_new_thread(), this starts a new thread calling the given function.
    /// Unlike start_new_thread(), this returns a handle object with methods to join
    /// or detach the given thread.
    /// This function is not for third-party code, please use the
    /// `threading` module instead. During finalization the runtime will not wait for
    /// the thread to exit if daemon is True. If handle is provided it must be a
    /// newly created thread._ThreadHandle instance.
    function "start_joinable_thread(function, handle=None, daemon=True)" => start_joinable_thread;
    /// Return True if daemon threads are allowed in the current interpreter,
    /// and False otherwise.
    function "daemon_threads_allowed()" => |_, _| Ok(Value::TRUE);
    /// Return a non-zero integer that uniquely identifies the current thread
    /// amongst other threads that exist simultaneously.
    /// This may be used to identify per-thread resources.
    /// Even though on some platforms threads identities may appear to be
    /// allocated consecutive numbers starting at 1, this behavior should not
    /// be relied upon, and the number should be seen purely as a magic cookie.
    /// A thread's identity may be reused for another thread after it exits.
    function "get_ident()" => |ctx, _| Ok(int::from_u64(ctx.threads.current().0));
    /// Return a non-negative integer identifying the thread as reported
    /// by the OS (kernel). This may be used to uniquely identify a
    /// particular thread within a system.
    function "get_native_id()" => native_id;
    /// Create a new lock object. See help(type(threading.Lock())) for
    /// information about locks.
    function "allocate_lock()" => |ctx, _| Ok(lock::new_lock(lock::classes(ctx).0.value()));
    /// An obsolete synonym of allocate_lock().
    function "allocate()" => |ctx, _| Ok(lock::new_lock(lock::classes(ctx).0.value()));
    /// Return the number of currently running Python threads, excluding
    /// the main thread. The returned number comprises all threads created
    /// through `start_new_thread()` as well as `threading.Thread`, and not
    /// yet finished.
    ///
    /// This function is meant for internal and specialized purposes only.
    /// In most applications `threading.enumerate()` should be used instead.
    function "_count()" => |ctx, _| Ok(int::from_usize(ctx.threads.count() - 1));
    /// This is synonymous to ``raise SystemExit''.  It will cause the current
    /// thread to exit silently unless the exception is caught.
    function "exit()" => exit;
    /// An obsolete synonym of exit().
    function "exit_thread()" => exit;
    /// Simulate the arrival of the given signal in the main thread,
    /// where the corresponding signal handler will be executed.
    /// If *signum* is omitted, SIGINT is assumed.
    /// A subthread can use this function to interrupt the main thread.
    ///
    /// Note: the default signal handler for SIGINT raises ``KeyboardInterrupt``.
    function "interrupt_main(signum=signal.SIGINT, /)" => interrupt_main;
    /// Return the thread stack size used when creating new threads.  The
    /// optional size argument specifies the stack size (in bytes) to be used
    /// for subsequently created threads, and must be 0 (use platform or
    /// configured default) or a positive integer value of at least 32,768 (32k).
    function "stack_size(size=0, /)" => stack_size;
    /// Internal only. Return a non-zero integer that uniquely identifies the main thread
    /// of the main interpreter.
    function "_get_main_thread_ident()" => |_, _| Ok(int::from_u64(ThreadId::MAIN.0));
    /// Return True if the current interpreter is the main Python interpreter.
    function "_is_main_interpreter()" => |_, _| Ok(Value::TRUE);
    /// Internal only. Make a thread handle for threads not spawned
    /// by the _thread or threading module.
    function "_make_thread_handle(ident, /)" => make_thread_handle;
    /// Wait for all non-daemon threads (other than the calling thread) to stop.
    step function "_shutdown()" => shutdown_step;
    /// Set the name of the current thread.
    function "set_name(name, /)" => set_name;
}

crate::natives! { static HANDLE:
    staticmethod "__new__(cls, /)" => |ctx, _| Ok(new_handle(ctx, Progress::New, 0, true));
    method "__repr__(self, /)" => handle_repr;
    control method "join(self, timeout=None, /)" => join;
    method "is_done(self, /)" => |ctx, args| Ok(Value::bool(handle(ctx, &args[0])?.progress.get() == Progress::Done));
    method "_set_done(self, /)" => set_done;
    getter "ident(self)" => |ctx, args| Ok(int::from_u64(handle(ctx, &args[0])?.ident.get()));
}

crate::struct_sequence! { static EXCEPT_HOOK_ARGS:
    0 "exc_type", 1 "exc_value", 2 "exc_traceback", 3 "thread",
}

crate::natives! { static EXCEPT_HOOK_ARGS_NEW:
    staticmethod "__new__(cls, sequence, dict={})" => new_hook_args;
}

/// How far a thread with a handle has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    New,
    Started,
    Done,
}

/// The data of `_ThreadHandle`.
struct Handle {
    ident: Cell<u64>,
    progress: Cell<Progress>,
    daemon: Cell<bool>,
    joiners: RefCell<Vec<ThreadId>>,
}

impl ForeignData for Handle {}

impl Handle {
    fn finish(&self, ctx: &mut Ctx) {
        self.progress.set(Progress::Done);
        for joiner in self.joiners.take() {
            ctx.wake(joiner, Value::TRUE);
        }
    }

    fn leave_queue(&self, thread: ThreadId) {
        self.joiners.borrow_mut().retain(|joiner| *joiner != thread);
    }
}

/// What the module keeps: classes made once, the handles of threads to be waited for at the end, the stack size.
#[derive(Default)]
struct Shared {
    handle_class: Option<Ref<Class>>,
    hook_args_class: Option<Ref<Class>>,
    awaited: Vec<Value>,
    stack_size: i64,
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "This module provides primitive operations to write multi-threaded programs.\n\
               The 'threading' module provides a more convenient interface.";
    let module = module::new_module(ctx, "_thread", Some(doc));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_thread", def));
    }
    let (plain, reentrant) = lock::classes(ctx);
    let doc = "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.";
    let hook_args =
        struct_sequence::define_with(ctx, "_ExceptHookArgs", "_thread", doc, EXCEPT_HOOK_ARGS, EXCEPT_HOOK_ARGS_NEW);
    ctx.state::<Shared>().hook_args_class = Some(hook_args.clone());
    let members = [
        ("LockType", plain.value().clone()),
        ("lock", plain.into_value()),
        ("RLock", reentrant.into_value()),
        ("_ThreadHandle", handle_class(ctx).into_value()),
        ("_local", local::class(ctx).into_value()),
        ("_ExceptHookArgs", hook_args.into_value()),
        ("error", ctx.exceptions.RuntimeError.value().clone()),
        ("TIMEOUT_MAX", float::new_float(TIMEOUT_MAX)),
    ];
    for (name, value) in members {
        module.dict.set_str(&intern(name), value);
    }
    Ok(module.into_value())
}

fn handle_class(ctx: &mut Ctx) -> Ref<Class> {
    if let Some(made) = &ctx.state::<Shared>().handle_class {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let made = ctx.types.define_class(
        "_ThreadHandle",
        "_thread",
        "",
        &[&object],
        Kind::Foreign,
        flags::HAS_WEAKREF,
        &[HANDLE],
    );
    ctx.state::<Shared>().handle_class = Some(made.clone());
    made
}

fn new_handle(ctx: &mut Ctx, progress: Progress, ident: u64, daemon: bool) -> Value {
    let class = handle_class(ctx);
    let data = Handle {
        ident: Cell::new(ident),
        progress: Cell::new(progress),
        daemon: Cell::new(daemon),
        joiners: RefCell::default(),
    };
    new_foreign(class.instance_shape.get(), data).into_value()
}

fn handle<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Handle> {
    match data_of::<Handle>(value) {
        Some(handle) => Ok(handle),
        None => Err(ctx.type_error("not a thread handle")),
    }
}

fn start_new_thread(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !protocol::is_callable(ctx, &args[0]) {
        return Err(ctx.type_error("first arg must be callable"));
    }
    if !args[1].is_kind::<Tuple>() {
        return Err(ctx.type_error("2nd arg must be a tuple"));
    }
    if given(&args[2]).is_some_and(|kwargs| !kwargs.is_kind::<Dict>()) {
        return Err(ctx.type_error("optional 3rd arg must be a dictionary"));
    }
    let id = start(ctx, [args[0].clone(), args[1].clone(), args[2].clone(), Value::EMPTY])?;
    Ok(int::from_u64(id.0))
}

fn start_joinable_thread(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !protocol::is_callable(ctx, &args[0]) {
        return Err(ctx.type_error("thread function must be callable"));
    }
    let daemon = match given(&args[2]) {
        Some(daemon) => protocol::truth(ctx, daemon)?,
        None => true,
    };
    let object = match given(&args[1]) {
        Some(handle) if !handle.is_none() => handle.clone(),
        _ => new_handle(ctx, Progress::New, 0, daemon),
    };
    let Some(handle) = data_of::<Handle>(&object) else {
        return Err(ctx.type_error("'handle' must be a _ThreadHandle"));
    };
    if handle.progress.get() != Progress::New {
        return Err(ctx.runtime_error("thread already started"));
    }
    let id = start(ctx, [args[0].clone(), new_tuple([]).into_value(), Value::EMPTY, object.clone()])?;
    handle.ident.set(id.0);
    handle.progress.set(Progress::Started);
    handle.daemon.set(daemon);
    if !daemon {
        ctx.state::<Shared>().awaited.push(object.clone());
    }
    Ok(object)
}

/// Starts a thread: function, arguments, keyword arguments or empty, handle or empty.
fn start(ctx: &mut Ctx, locals: [Value; 4]) -> PyResult<ThreadId> {
    if ctx.threads.is_closing() {
        let class = ctx.exceptions.PythonFinalizationError.clone();
        return Err(ctx.raise(&class, "can't create new thread at interpreter shutdown"));
    }
    let id = ctx.threads.spawn(new_native_frame(run_thread, None, SmallVec::from_buf(locals)));
    ctx.tell(Event::ThreadStart(id.0));
    Ok(id)
}

/// The bottom of a thread's chain: calls local 0 with 1 and 2, then marks handle 3.
fn run_thread(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => {
            let args = positional(&frame.local(1)).iter().cloned().collect();
            return Ok(Action::CallKeywords(frame.local(0), args, keywords(&frame.local(2))));
        }
        Input::Value(_) | Input::Exhausted(_) => {}
        Input::Raised => {
            let exception = ctx.take_raised(Raised(()));
            if !protocol::is_instance_of(ctx, &exception, &ctx.exceptions.SystemExit) {
                report_failure(ctx, &frame.local(0), exception);
            }
        }
    }
    let object = frame.local(3);
    // What the thread was given goes before anybody hears of its end.
    drop(std::mem::take(&mut *frame.locals.borrow_mut()));
    let id = ctx.threads.current();
    local::forget(ctx, id);
    (ctx.door.run_pending)(ctx);
    if let Some(handle) = data_of::<Handle>(&object) {
        handle.finish(ctx);
        let awaited = &mut ctx.state::<Shared>().awaited;
        if let Some(index) = awaited.iter().position(|other| other.is(&object)) {
            drop(awaited.swap_remove(index));
        }
    }
    Ok(Action::Return(Value::NONE))
}

/// The program's main code has ended: waits for the threads that are not daemons, as `threading._shutdown` does, or
/// without module `threading` this module.
pub(super) fn join_threads(ctx: &mut Ctx) {
    if ctx.threads.count() == 1 && ctx.modules.get_str(&intern("threading")).is_none() {
        return;
    }
    let (module, name) = match ctx.modules.get_str(&intern("threading")) {
        Some(module) => (module, "_shutdown"),
        None => match ctx.modules.get_str(&intern("_thread")) {
            Some(module) => (module, "_shutdown"),
            None => return,
        },
    };
    let deadlocks = ctx.threads.deadlocks();
    if let Err(raised) = protocol::call_method(ctx, &module, name, &[]) {
        let exception = ctx.take_raised(raised);
        // A deadlock that was told of in the main thread still stands.
        if deadlocks == 0 || ctx.threads.deadlocks() == deadlocks {
            report_unraisable(ctx, "Exception ignored on threading shutdown".to_owned(), exception);
        }
    }
}

/// Tells `sys.unraisablehook` of what ended a thread.
fn report_failure(ctx: &mut Ctx, function: &Value, exception: Value) {
    let message = match protocol::text::repr_string(ctx, function) {
        Ok(shown) => format!("Exception ignored in thread started by {shown}"),
        Err(Raised(())) => "Exception ignored in thread started by".to_owned(),
    };
    report_unraisable(ctx, message, exception);
}

fn report_unraisable(ctx: &mut Ctx, message: String, exception: Value) {
    let Some(hook) = ctx.sys.get_str(&ctx.names.unraisablehook) else { return };
    let traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
    let arguments = instance::new_instance(&ctx.types.simple_namespace);
    for (name, value) in [
        ("exc_type", protocol::class_of(ctx, &exception).into_value()),
        ("exc_value", exception),
        ("exc_traceback", traceback),
        ("err_msg", ctx.str(message)),
        ("object", Value::NONE),
    ] {
        arguments.set_attribute(&intern(name), value);
    }
    if let Err(raised) = protocol::call(ctx, &hook, &[arguments.into_value()]) {
        drop(ctx.take_raised(raised));
    }
}

fn native_id(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    // The system knows one thread; the others get numbers of the same kind.
    let number = u64::from(ctx.host.process_id()) + ctx.threads.current().0 - ThreadId::MAIN.0;
    Ok(int::from_u64(number))
}

fn exit(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    let class = ctx.exceptions.SystemExit.clone();
    let exception = ctx.new_exception(&class, Vec::new());
    Err(ctx.raise_value(exception))
}

fn interrupt_main(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = match given(&args[0]) {
        Some(number) => protocol::convert::as_i32(ctx, number)?,
        None => INTERRUPT,
    };
    if !(1..LIMIT as i32).contains(&number) {
        return Err(ctx.value_error("signal number out of range"));
    }
    // Nothing happens for a signal whose handling was left to the system.
    let handler = ctx.state::<Handlers>().table.get(number as usize).cloned().unwrap_or_default();
    let handled = if handler.is_empty() { number == INTERRUPT } else { int::to_i64(&handler).is_none() };
    if handled {
        ctx.host.note_signal(number);
        ctx.attention.fetch_or(attention::INTERRUPT, Ordering::Relaxed);
    }
    Ok(Value::NONE)
}

fn stack_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let before = ctx.state::<Shared>().stack_size;
    let Some(size) = given(&args[0]) else { return Ok(int::from_i64(before)) };
    let size = protocol::convert::as_isize(ctx, size)? as i64;
    if size < 0 {
        return Err(ctx.value_error("size must be 0 or a positive value"));
    }
    if size != 0 && size < LEAST_STACK {
        return Err(ctx.value_error(format!("size not valid: {size} bytes")));
    }
    ctx.state::<Shared>().stack_size = size;
    Ok(int::from_i64(before))
}

fn set_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(name) = args[0].downcast_ref::<Str>() else {
        let got = protocol::class_name(ctx, &args[0]);
        return Err(ctx.type_error(format!("set_name() argument 'name' must be str, not {got}")));
    };
    let id = ctx.threads.current();
    ctx.threads.set_name(id, name.as_str());
    Ok(Value::NONE)
}

fn make_thread_handle(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(ident) = int::to_i64(&args[0]).and_then(|ident| u64::try_from(ident).ok()) else {
        return Err(ctx.type_error("ident must be an integer"));
    };
    Ok(new_handle(ctx, Progress::Started, ident, true))
}

fn set_done(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let handle = handle(ctx, &args[0])?;
    if handle.progress.get() == Progress::New {
        return Err(ctx.runtime_error("thread not started"));
    }
    handle.finish(ctx);
    Ok(Value::NONE)
}

fn handle_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let ident = handle(ctx, &args[0])?.ident.get();
    Ok(ctx.str(format!("<_thread._ThreadHandle object: ident={ident}>")))
}

fn join(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let timeout = match given(&args[1]) {
        // Any negative number stands for no limit.
        Some(timeout) if float::to_f64(timeout).is_some_and(|timeout| timeout < 0.0) => None,
        Some(timeout) if int::to_i64(timeout).is_some_and(|timeout| timeout < 0) => None,
        Some(timeout) if !timeout.is_none() => lock::timeout_of(ctx, timeout)?,
        _ => None,
    };
    let handle = handle(ctx, &args[0])?;
    match handle.progress.get() {
        Progress::New => return Err(ctx.runtime_error("thread not started")),
        Progress::Done => return Ok(Control::Return(Value::NONE)),
        Progress::Started if handle.ident.get() == ctx.threads.current().0 => {
            return Err(ctx.runtime_error("Cannot join current thread"));
        }
        Progress::Started => {}
    }
    let deadline = timeout.map(|timeout| int::from_u64(ctx.deadline(timeout).as_nanos() as u64)).unwrap_or_default();
    Ok(Control::Step(join_step, SmallVec::from_iter([args[0].clone(), deadline])))
}

/// Waits for the end of a thread: locals 0 its handle, 1 the deadline in nanoseconds, if any.
fn join_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let handle = handle(ctx, &object)?;
    let me = ctx.threads.current();
    match input {
        Input::Start => {}
        Input::Value(_) if handle.progress.get() != Progress::Done => {}
        Input::Value(_) | Input::Exhausted(_) => {
            handle.leave_queue(me);
            return Ok(Action::Return(Value::NONE));
        }
        Input::Raised => {
            handle.leave_queue(me);
            return Err(Raised(()));
        }
    }
    // A second time after a signal, whose handler ran meanwhile.
    handle.leave_queue(me);
    handle.joiners.borrow_mut().push(me);
    let deadline = int::to_i64(&frame.local(1)).map(|nanoseconds| Duration::from_nanos(nanoseconds as u64));
    Ok(Action::Wait(Wait::forever(Why::Join(ThreadId(handle.ident.get()))).until(deadline)))
}

/// Waits for the non-daemon threads one after the other; local 0 is the handle of the one that is being waited for.
fn shutdown_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let me = ctx.threads.current();
    if let Some(handle) = data_of::<Handle>(&frame.local(0)) {
        handle.leave_queue(me);
    }
    if let Input::Raised = input {
        return Err(Raised(()));
    }
    let awaited = ctx.state::<Shared>().awaited.clone();
    for object in awaited {
        let Some(handle) = data_of::<Handle>(&object) else { continue };
        if handle.ident.get() == me.0 || handle.progress.get() == Progress::Done {
            continue;
        }
        handle.joiners.borrow_mut().push(me);
        let wait = Wait::forever(Why::Join(ThreadId(handle.ident.get())));
        frame.set_local(0, object);
        return Ok(Action::Wait(wait));
    }
    Ok(Action::Return(Value::NONE))
}

fn new_hook_args(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = match protocol::collect(ctx, &args[1]) {
        Ok(items) => items,
        Err(raised) => {
            let class = ctx.exceptions.TypeError.clone();
            ctx.catch(raised, &class)?;
            return Err(ctx.type_error("constructor requires a sequence"));
        }
    };
    let count = items.len();
    if count != EXCEPT_HOOK_ARGS.len() {
        let message = format!("_thread._ExceptHookArgs() takes a 4-sequence ({count}-sequence given)");
        return Err(ctx.type_error(message));
    }
    match ctx.state::<Shared>().hook_args_class.clone() {
        Some(class) => Ok(struct_sequence::make(&class, items)),
        None => Err(ctx.type_error("not a struct sequence")),
    }
}
