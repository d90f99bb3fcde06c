//! Module `_thread`: locks, and the identity of the one thread that runs.
//!
//! There is one thread, so a lock that is taken already can only be waited for in vain: waiting for ever is an error, and
//! waiting for a time ends without the lock.

use std::cell::Cell;

use crate::objects::arguments::given;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Ref;
use crate::objects::kind::Kind;
use crate::objects::native::{NativeDef, PyResult};
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{float, int, module, protocol};

crate::natives! { static FUNCTIONS:
    /// Return a non-zero integer that uniquely identifies the current thread.
    function "get_ident()" => |_, _| Ok(int::from_i64(1));
    /// Return a non-negative integer identifying the thread as reported by the OS.
    function "get_native_id()" => |ctx, _| Ok(int::from_i64(ctx.host.process_id().into()));
    /// Create a new lock object.
    function "allocate_lock()" => |ctx, _| { let class = classes(ctx).0; Ok(new_lock(&class, false)) };
    /// Return the number of threads that were started; none.
    function "_count()" => |_, _| Ok(int::from_i64(0));
    /// Return the thread stack size used when creating new threads.
    function "stack_size(size=0, /)" => |_, _| Ok(int::from_i64(0));
    function "start_new_thread(function, args, kwargs={}, /)" => |ctx, _| Err(ctx.runtime_error("can't start new thread"));
}

crate::natives! { static LOCK:
    method "__repr__(self, /)" => repr;
    /// Lock the lock. Return whether it was acquired.
    method "acquire(self, /, blocking=True, timeout=-1)" => acquire;
    /// Release the lock.
    method "release(self, /)" => release;
    /// Return whether the lock is in the locked state.
    method "locked(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.depth.get() > 0));
    method "__enter__(self, /)" => |ctx, args| acquire(ctx, &[args[0].clone(), Value::EMPTY, Value::EMPTY]);
    method "__exit__(self, /, *exc_info)" => |ctx, args| release(ctx, &args[..1]);
}

crate::natives! { static REENTRANT:
    staticmethod "__new__(cls, /)" => new_reentrant;
    method "_is_owned(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.depth.get() > 0));
}

/// The data of locks.
struct Lock {
    depth: Cell<u32>,
    reentrant: bool,
}

impl ForeignData for Lock {}

/// The classes of plain and of reentrant locks, made once.
#[derive(Default)]
struct Classes(Option<(Ref<Class>, Ref<Class>)>);

fn classes(ctx: &mut Ctx) -> (Ref<Class>, Ref<Class>) {
    if let Some(made) = &ctx.state::<Classes>().0 {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let class = |name: &str, class_flags, tables: &[&'static [NativeDef]]| {
        ctx.types.define_class(name, "_thread", "", &[&object], Kind::Foreign, class_flags, tables)
    };
    let made = (
        class("lock", flags::HAS_WEAKREF, &[LOCK]),
        class("RLock", flags::SUBCLASSABLE | flags::HAS_WEAKREF, &[LOCK, REENTRANT]),
    );
    ctx.state::<Classes>().0 = Some(made.clone());
    made
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_thread", Some("Locks, and the identity of the thread that runs."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_thread", def));
    }
    let (lock, reentrant) = classes(ctx);
    for name in ["LockType", "lock"] {
        module.dict.set_str(&intern(name), lock.value().clone());
    }
    module.dict.set_str(&intern("RLock"), reentrant.into_value());
    module.dict.set_str(&intern("error"), ctx.exceptions.RuntimeError.value().clone());
    module.dict.set_str(&intern("TIMEOUT_MAX"), float::new_float(9_223_372_036.0));
    Ok(module.into_value())
}

fn new_lock(class: &Ref<Class>, reentrant: bool) -> Value {
    new_foreign(class.instance_shape.get(), Lock { depth: Cell::new(0), reentrant }).into_value()
}

fn new_reentrant(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match args[0].downcast_ref::<Class>() {
        Some(class) => Ok(new_lock(&class.to_ref(), true)),
        None => Err(ctx.type_error("RLock.__new__(X): X is not a type object")),
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Lock> {
    match data_of::<Lock>(value) {
        Some(lock) => Ok(lock),
        None => Err(ctx.type_error("not a lock")),
    }
}

fn acquire(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let blocking = match given(&args[1]) {
        Some(blocking) => protocol::truth(ctx, blocking)?,
        None => true,
    };
    let timeout = match given(&args[2]) {
        Some(timeout) => protocol::convert::as_f64(ctx, timeout)?,
        None => -1.0,
    };
    if !blocking && timeout != -1.0 {
        return Err(ctx.value_error("can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0.0 && timeout != -1.0 {
        return Err(ctx.value_error("timeout value must be a non-negative number"));
    }
    let lock = this(ctx, &args[0])?;
    if lock.depth.get() == 0 || lock.reentrant {
        lock.depth.set(lock.depth.get() + 1);
        return Ok(Value::TRUE);
    }
    if !blocking {
        return Ok(Value::FALSE);
    }
    if timeout >= 0.0 {
        let timeout = std::time::Duration::try_from_secs_f64(timeout).unwrap_or_default();
        ctx.host.wait(Some(timeout), &mut Vec::new());
        return Ok(Value::FALSE);
    }
    Err(ctx.runtime_error("deadlock: the lock is held by the only thread there is"))
}

fn release(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = this(ctx, &args[0])?;
    match lock.depth.get().checked_sub(1) {
        Some(depth) => {
            lock.depth.set(depth);
            Ok(Value::NONE)
        }
        None if lock.reentrant => Err(ctx.runtime_error("cannot release un-acquired lock")),
        None => Err(ctx.runtime_error("release unlocked lock")),
    }
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = this(ctx, &args[0])?;
    let state = if lock.depth.get() > 0 { "locked" } else { "unlocked" };
    let class = protocol::class_of(ctx, &args[0]);
    let class = protocol::full_class_name(ctx, &class);
    let detail = if lock.reentrant {
        let owner = if lock.depth.get() > 0 { 1 } else { 0 };
        format!(" owner={owner} count={}", lock.depth.get())
    } else {
        String::new()
    };
    Ok(ctx.str(format!("<{state} {class} object{detail} at {:#x}>", args[0].id())))
}
