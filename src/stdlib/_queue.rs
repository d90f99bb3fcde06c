//! Module `_queue`: `SimpleQueue`, a queue without limits between threads, and `Empty`.
//!
//! A thread that finds nothing joins the waiters; whoever puts an item makes the first one ready, which then looks
//! again: a thread that did not wait may have taken the item.
//!
//! Source: Standard Library "queue", SimpleQueue Objects.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use smallvec::SmallVec;

use crate::objects::arguments::given;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::float;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Control, Input, NativeFrame, PyResult, Raised};
use crate::objects::scheduler::{ThreadId, Wait, Why};
use crate::objects::string::intern;
use crate::objects::value::Value;
use crate::objects::{generic_alias, int, module, protocol};

crate::natives! { static QUEUE:
    staticmethod "__new__(cls, /)" => new;
    /// Put the item on the queue.
    ///
    /// The optional 'block' and 'timeout' arguments are ignored, as this method
    /// never blocks.  They are provided for compatibility with the Queue class.
    method "put(self, /, item, block=True, timeout=None)" => put;
    /// Put an item into the queue without blocking.
    ///
    /// This is exactly equivalent to `put(item)` and is only provided
    /// for compatibility with the Queue class.
    method "put_nowait(self, /, item)" => put;
    /// Remove and return an item from the queue.
    ///
    /// If optional args 'block' is true and 'timeout' is None (the default),
    /// block if necessary until an item is available. If 'timeout' is
    /// a non-negative number, it blocks at most 'timeout' seconds and raises
    /// the Empty exception if no item was available within that time.
    /// Otherwise ('block' is false), return an item if one is immediately
    /// available, else raise the Empty exception ('timeout' is ignored
    /// in that case).
    control method "get(self, /, block=True, timeout=None)" => get;
    /// Remove and return an item from the queue without blocking.
    ///
    /// Only get an item if one is immediately available. Otherwise
    /// raise the Empty exception.
    control method "get_nowait(self, /)" => |ctx, args| get(ctx, &[args[0].clone(), Value::FALSE, Value::EMPTY]);
    /// Return True if the queue is empty, False otherwise (not reliable!).
    method "empty(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.items.borrow().is_empty()));
    /// Return the approximate size of the queue (not reliable!).
    method "qsize(self, /)" => |ctx, args| Ok(int::from_usize(this(ctx, &args[0])?.items.borrow().len()));
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

/// The data of a queue.
#[derive(Default)]
struct Queue {
    items: RefCell<VecDeque<Value>>,
    waiters: RefCell<VecDeque<ThreadId>>,
}

impl ForeignData for Queue {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.items.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        drop(self.items.take());
    }
}

/// The classes `SimpleQueue` and `Empty`, made once.
#[derive(Default)]
struct Classes(Option<(Ref<Class>, Ref<Class>)>);

fn classes(ctx: &mut Ctx) -> (Ref<Class>, Ref<Class>) {
    if let Some(made) = &ctx.state::<Classes>().0 {
        return made.clone();
    }
    let (object, exception) = (ctx.types.object.clone(), ctx.exceptions.Exception.clone());
    let queue = ctx.types.define_class(
        "SimpleQueue",
        "_queue",
        "Simple, unbounded, reentrant FIFO queue.",
        &[&object],
        Kind::Foreign,
        flags::SUBCLASSABLE | flags::HAS_WEAKREF,
        &[QUEUE],
    );
    let empty = ctx.types.define_class(
        "Empty",
        "_queue",
        "Exception raised by Queue.get(block=0)/get_nowait().",
        &[&exception],
        Kind::Exception,
        flags::SUBCLASSABLE | flags::HAS_DICT | flags::HAS_WEAKREF,
        &[],
    );
    ctx.state::<Classes>().0 = Some((queue.clone(), empty.clone()));
    (queue, empty)
}

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "C implementation of the Python queue module.\nThis module is an implementation detail, please do not use \
               it directly.";
    let module = module::new_module(ctx, "_queue", Some(doc));
    let (queue, empty) = classes(ctx);
    module.dict.set_str(&intern("SimpleQueue"), queue.into_value());
    module.dict.set_str(&intern("Empty"), empty.into_value());
    Ok(module.into_value())
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match args[0].downcast_ref::<Class>() {
        Some(class) => Ok(new_foreign(class.instance_shape.get(), Queue::default()).into_value()),
        None => Err(ctx.type_error("not a class")),
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Queue> {
    match data_of::<Queue>(value) {
        Some(queue) => Ok(queue),
        None => Err(ctx.type_error("not a SimpleQueue")),
    }
}

fn put(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let queue = this(ctx, &args[0])?;
    queue.items.borrow_mut().push_back(args[1].clone());
    loop {
        let next = queue.waiters.borrow_mut().pop_front();
        match next {
            Some(waiter) if !ctx.wake(waiter, Value::TRUE) => {}
            _ => return Ok(Value::NONE),
        }
    }
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let block = match given(&args[1]) {
        Some(block) => protocol::truth(ctx, block)?,
        None => true,
    };
    let timeout = match given(&args[2]) {
        Some(timeout) if block && !timeout.is_none() => Some(timeout_of(ctx, timeout)?),
        _ => None,
    };
    let queue = this(ctx, &args[0])?;
    let item = queue.items.borrow_mut().pop_front();
    if let Some(item) = item {
        return Ok(Control::Return(item));
    }
    if !block || timeout.is_some_and(|timeout| timeout.is_zero()) {
        return Err(empty(ctx));
    }
    let deadline = timeout.map(|timeout| int::from_u64(ctx.deadline(timeout).as_nanos() as u64)).unwrap_or_default();
    Ok(Control::Step(get_step, SmallVec::from_iter([args[0].clone(), deadline])))
}

fn timeout_of(ctx: &mut Ctx, value: &Value) -> PyResult<Duration> {
    let seconds = match float::to_f64(value) {
        Some(seconds) if seconds.is_nan() => return Err(ctx.value_error("Invalid value NaN (not a number)")),
        Some(seconds) => seconds,
        None => {
            int::to_i64(&protocol::convert::index_value(ctx, value)?).map_or(f64::INFINITY, |seconds| seconds as f64)
        }
    };
    if seconds < 0.0 {
        return Err(ctx.value_error("'timeout' must be a non-negative number"));
    }
    if seconds > i64::MAX as f64 {
        return Err(ctx.overflow_error("timestamp out of range for platform time_t"));
    }
    if seconds > i64::MAX as f64 / 1e9 {
        return Err(ctx.overflow_error("timeout value is too large"));
    }
    Ok(Duration::from_nanos((seconds * 1e9).ceil() as u64))
}

fn empty(ctx: &mut Ctx) -> Raised {
    let class = classes(ctx).1;
    let exception = ctx.new_exception(&class, Vec::new());
    ctx.raise_value(exception)
}

/// Waits for an item: locals 0 the queue, 1 the deadline in nanoseconds, if any.
fn get_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let queue = this(ctx, &object)?;
    let me = ctx.threads.current();
    queue.waiters.borrow_mut().retain(|waiter| *waiter != me);
    let late = match input {
        Input::Start | Input::Value(_) => false,
        Input::Exhausted(_) => true,
        Input::Raised => return Err(Raised(())),
    };
    let item = queue.items.borrow_mut().pop_front();
    if let Some(item) = item {
        return Ok(Action::Return(item));
    }
    if late {
        return Err(empty(ctx));
    }
    if frame.state.replace(1) == 0 {
        queue.waiters.borrow_mut().push_back(me);
    } else {
        queue.waiters.borrow_mut().push_front(me);
    }
    let deadline = int::to_i64(&frame.local(1)).map(|nanoseconds| Duration::from_nanos(nanoseconds as u64));
    Ok(Action::Wait(Wait::forever(Why::Other("for an item of a queue")).until(deadline)))
}
