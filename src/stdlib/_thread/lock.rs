//! Locks: `_thread.lock` and `_thread.RLock`.
//!
//! A thread that cannot have a lock joins the lock's waiters and lets others run. Releasing makes the first waiter ready
//! and does not hand the lock over: whoever runs next may take it, the releasing thread as well, as with CPython's
//! locks. A waiter that comes too late goes back to the front.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::Duration;

use smallvec::SmallVec;

use crate::objects::arguments::given;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Control, Input, NativeDef, NativeFrame, PyResult, Raised};
use crate::objects::scheduler::{ThreadId, Wait, Why};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::objects::{float, int, protocol};

crate::natives! { static COMMON:
    method "__repr__(self, /)" => repr;
    /// Lock the lock.
    control method "__enter__(self, /)" => |ctx, args| acquire(ctx, &[args[0].clone(), Value::EMPTY, Value::EMPTY]);
    /// Release the lock.
    method "__exit__(self, /, *exc_info)" => release;
    method "_at_fork_reinit(self, /)" => |ctx, args| { this(ctx, &args[0])?.forget(); Ok(Value::NONE) };
}

crate::natives! { static LOCK:
    staticmethod "__new__(cls, /)" => |_, args| Ok(new_lock(&args[0]));
    /// Lock the lock.  Without argument, this blocks if the lock is already
    /// locked (even by the same thread), waiting for another thread to release
    /// the lock, and return True once the lock is acquired.
    /// With an argument, this will only block if the argument is true,
    /// and the return value reflects whether the lock is acquired.
    /// The blocking operation is interruptible.
    control method "acquire(self, /, blocking=True, timeout=-1)" => acquire;
    /// An obsolete synonym of acquire().
    control method "acquire_lock(self, /, blocking=True, timeout=-1)" => acquire;
    /// Release the lock, allowing another thread that is blocked waiting for
    /// the lock to acquire the lock.  The lock must be in the locked state,
    /// but it needn't be locked by the same thread that unlocks it.
    method "release(self, /)" => release;
    /// An obsolete synonym of release().
    method "release_lock(self, /)" => release;
    /// Return whether the lock is in the locked state.
    method "locked(self, /)" => locked;
    /// An obsolete synonym of locked().
    method "locked_lock(self, /)" => locked;
}

crate::natives! { static REENTRANT:
    staticmethod "__new__(cls, /, *args, **kwargs)" => |_, args| Ok(new_lock(&args[0]));
    /// Lock the lock.  `blocking` indicates whether we should wait
    /// for the lock to be available or not.  If `blocking` is False
    /// and another thread holds the lock, the method will return False
    /// immediately.  If `blocking` is True and another thread holds
    /// the lock, the method will wait for the lock to be released,
    /// take it and then return True.
    /// (note: the blocking operation is interruptible.)
    ///
    /// In all other cases, the method will return True immediately.
    /// Precisely, if the current thread already holds the lock, its
    /// internal counter is simply incremented. If nobody holds the lock,
    /// the lock is taken and its internal counter initialized to 1.
    control method "acquire(self, /, blocking=True, timeout=-1)" => acquire;
    /// Release the lock, allowing another thread that is blocked waiting for
    /// the lock to acquire the lock.  The lock must be in the locked state,
    /// and must be locked by the same thread that unlocks it; otherwise a
    /// `RuntimeError` is raised.
    ///
    /// Do note that if the lock was acquire()d several times in a row by the
    /// current thread, release() needs to be called as many times for the lock
    /// to be available for other threads.
    method "release(self, /)" => release;
    /// For internal use by `threading.Condition`.
    method "_is_owned(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.is_owned_by(ctx.threads.current())));
    /// For internal use by reentrancy checks.
    method "_recursion_count(self, /)" => recursion_count;
    /// For internal use by `threading.Condition`.
    method "_release_save(self, /)" => release_save;
    /// For internal use by `threading.Condition`.
    control method "_acquire_restore(self, state, /)" => acquire_restore;
}

/// The data of locks.
struct Lock {
    /// How often it was taken; a plain lock at most once.
    depth: Cell<u64>,
    /// Who took it. Of a plain lock this is for reports only.
    owner: Cell<ThreadId>,
    waiters: RefCell<VecDeque<ThreadId>>,
    reentrant: bool,
}

impl ForeignData for Lock {}

impl Lock {
    fn is_owned_by(&self, thread: ThreadId) -> bool {
        self.depth.get() > 0 && self.owner.get() == thread
    }

    /// Takes the lock for a thread if that is possible now.
    fn take(&self, thread: ThreadId) -> bool {
        if self.depth.get() == 0 || self.reentrant && self.owner.get() == thread {
            self.depth.set(self.depth.get() + 1);
            self.owner.set(thread);
            return true;
        }
        false
    }

    fn leave_queue(&self, thread: ThreadId) {
        self.waiters.borrow_mut().retain(|waiter| *waiter != thread);
    }

    /// Frees the lock wholly and makes the first waiter ready.
    fn free(&self, ctx: &mut Ctx) {
        self.depth.set(0);
        loop {
            let next = self.waiters.borrow_mut().pop_front();
            match next {
                Some(waiter) if !ctx.wake(waiter, Value::TRUE) => {}
                _ => return,
            }
        }
    }

    fn forget(&self) {
        self.depth.set(0);
        self.waiters.borrow_mut().clear();
    }
}

/// The classes of plain and of reentrant locks, made once.
#[derive(Default)]
struct Classes(Option<(Ref<Class>, Ref<Class>)>);

/// The classes of plain and of reentrant locks.
pub(super) fn classes(ctx: &mut Ctx) -> (Ref<Class>, Ref<Class>) {
    if let Some(made) = &ctx.state::<Classes>().0 {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let class = |name: &str, doc: &'static str, class_flags, tables: &[&'static [NativeDef]]| {
        ctx.types.define_class(name, "_thread", doc, &[&object], Kind::Foreign, class_flags, tables)
    };
    let made = (
        class("lock", DOC, flags::HAS_WEAKREF, &[COMMON, LOCK]),
        class("RLock", "", flags::SUBCLASSABLE | flags::HAS_WEAKREF, &[COMMON, REENTRANT]),
    );
    ctx.state::<Classes>().0 = Some(made.clone());
    made
}

const DOC: &str = "\
A lock object is a synchronization primitive.  To create a lock,
call threading.Lock().  Methods are:

acquire() -- lock the lock, possibly blocking until it can be obtained
release() -- unlock of the lock
locked() -- test whether the lock is currently locked

A lock is not owned by the thread that locked it; another thread may
unlock it.  A thread attempting to lock a lock that it has already locked
will block until another thread unlocks it.  Deadlocks may ensue.";

/// A new lock of a class that is one of [`classes`] or derived from one.
pub(super) fn new_lock(class: &Value) -> Value {
    let Some(class) = class.downcast_ref::<Class>() else { return Value::NONE };
    let reentrant = class.lookup(&crate::objects::string::intern("_release_save")).is_some();
    let data = Lock { depth: Cell::new(0), owner: Cell::new(ThreadId::MAIN), waiters: RefCell::default(), reentrant };
    new_foreign(class.instance_shape.get(), data).into_value()
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Lock> {
    match data_of::<Lock>(value) {
        Some(lock) => Ok(lock),
        None => Err(ctx.type_error("not a lock")),
    }
}

/// A timeout in seconds as an argument: None for no limit (-1), else how long to wait.
///
/// # Errors
/// TypeError, ValueError, OverflowError.
pub(super) fn timeout_of(ctx: &mut Ctx, value: &Value) -> PyResult<Option<Duration>> {
    let seconds = match float::to_f64(value) {
        Some(seconds) if seconds.is_nan() => return Err(ctx.value_error("Invalid value NaN (not a number)")),
        Some(seconds) => seconds,
        None => match int::to_i64(&protocol::convert::index_value(ctx, value)?) {
            Some(seconds) => seconds as f64,
            None => return Err(ctx.overflow_error("timestamp too large to convert to C PyTime_t")),
        },
    };
    if seconds == -1.0 {
        return Ok(None);
    }
    if seconds < 0.0 {
        return Err(ctx.value_error("timeout value must be a non-negative number"));
    }
    if seconds >= i64::MAX as f64 {
        return Err(ctx.overflow_error("timestamp out of range for platform time_t"));
    }
    if seconds > super::TIMEOUT_MAX {
        return Err(ctx.overflow_error("timeout value is too large"));
    }
    // Round up, so that nobody wakes too early.
    Ok(Some(Duration::from_nanos((seconds * 1e9).ceil() as u64)))
}

fn acquire(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let blocking = match given(&args[1]) {
        Some(blocking) => protocol::truth(ctx, blocking)?,
        None => true,
    };
    let timeout = match given(&args[2]) {
        Some(timeout) => timeout_of(ctx, timeout)?,
        None => None,
    };
    if !blocking && timeout.is_some() {
        return Err(ctx.value_error("can't specify a timeout for a non-blocking call"));
    }
    let lock = this(ctx, &args[0])?;
    if lock.take(ctx.threads.current()) {
        return Ok(Control::Return(Value::TRUE));
    }
    if !blocking || timeout.is_some_and(|timeout| timeout.is_zero()) {
        return Ok(Control::Return(Value::FALSE));
    }
    let deadline = timeout.map(|timeout| int::from_u64(ctx.deadline(timeout).as_nanos() as u64)).unwrap_or_default();
    Ok(Control::Step(acquire_step, SmallVec::from_iter([args[0].clone(), deadline])))
}

/// Waits for a lock: locals 0 the lock, 1 the deadline in nanoseconds, if any, 2 the depth to restore, if any. The state
/// tells whether it has been in the queue.
fn acquire_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let lock = this(ctx, &object)?;
    let me = ctx.threads.current();
    let late = match input {
        Input::Start | Input::Value(_) => false,
        Input::Exhausted(_) => true,
        Input::Raised => {
            lock.leave_queue(me);
            return Err(Raised(()));
        }
    };
    if lock.take(me) {
        lock.leave_queue(me);
        if let Some(depth) = int::to_i64(&frame.local(2)) {
            lock.depth.set(depth as u64);
        }
        return Ok(Action::Return(Value::TRUE));
    }
    if late {
        lock.leave_queue(me);
        return Ok(Action::Return(Value::FALSE));
    }
    if frame.state.replace(1) == 0 {
        lock.waiters.borrow_mut().push_back(me);
    } else if !lock.waiters.borrow().contains(&me) {
        // Still there after a signal, whose handler ran meanwhile.
        lock.waiters.borrow_mut().push_front(me);
    }
    let deadline = int::to_i64(&frame.local(1)).map(|nanoseconds| Duration::from_nanos(nanoseconds as u64));
    Ok(Action::Wait(Wait::forever(Why::Lock(Some(lock.owner.get()))).until(deadline)))
}

fn release(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = this(ctx, &args[0])?;
    if lock.reentrant && !lock.is_owned_by(ctx.threads.current()) {
        return Err(ctx.runtime_error("cannot release un-acquired lock"));
    }
    match lock.depth.get() {
        0 => return Err(ctx.runtime_error("release unlocked lock")),
        1 => lock.free(ctx),
        depth => lock.depth.set(depth - 1),
    }
    Ok(Value::NONE)
}

fn locked(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(Value::bool(this(ctx, &args[0])?.depth.get() > 0))
}

fn recursion_count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = this(ctx, &args[0])?;
    Ok(int::from_u64(if lock.is_owned_by(ctx.threads.current()) { lock.depth.get() } else { 0 }))
}

fn release_save(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = this(ctx, &args[0])?;
    if !lock.is_owned_by(ctx.threads.current()) {
        return Err(ctx.runtime_error("cannot release un-acquired lock"));
    }
    let state = [int::from_u64(lock.depth.get()), int::from_u64(lock.owner.get().0)];
    lock.free(ctx);
    Ok(new_tuple(state).into_value())
}

fn acquire_restore(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let depth = match args[1].downcast_ref::<Tuple>().map(|tuple| tuple.items()) {
        Some([depth, _]) => int::to_i64(depth),
        Some(items) => {
            let count = items.len();
            return Err(
                ctx.type_error(format!("_acquire_restore() argument 1 must be sequence of length 2, not {count}"))
            );
        }
        None => {
            let got = protocol::class_name(ctx, &args[1]);
            return Err(ctx.type_error(format!("_acquire_restore() argument 1 must be 2-item sequence, not {got}")));
        }
    };
    let depth = int::from_i64(depth.unwrap_or(1));
    Ok(Control::Step(acquire_restore_step, SmallVec::from_iter([args[0].clone(), Value::EMPTY, depth])))
}

/// As [`acquire_step`], returning None.
fn acquire_restore_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    Ok(match acquire_step(ctx, frame, input)? {
        Action::Return(_) => Action::Return(Value::NONE),
        action => action,
    })
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = this(ctx, &args[0])?;
    let depth = lock.depth.get();
    let state = if depth > 0 { "locked" } else { "unlocked" };
    let class = protocol::class_of(ctx, &args[0]);
    let class = protocol::full_class_name(ctx, &class);
    let detail = if lock.reentrant {
        let owner = if depth > 0 { lock.owner.get().0 } else { 0 };
        format!(" owner={owner} count={depth}")
    } else {
        String::new()
    };
    Ok(ctx.str(format!("<{state} {class} object{detail} at {:#x}>", args[0].id())))
}
