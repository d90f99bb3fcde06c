//! The quick ways of locks and queues.
//!
//! `Lock`, `Semaphore`, `Event` and `Queue` are Python, in `locks.py` and `queues.py`: there stand the rules of who goes
//! first and what becomes of a cancelled waiter. What every `acquire`, `release`, `put` and `get` does before it waits or
//! when it need not wait is here, over the same attributes, so that a program which looks at `_waiters` or `_getters` sees
//! them as they are.
//!
//! A method that a program has replaced must be called. Whether any was is found out once for each shape of instances
//! ([`Facts`]); where one was, or an attribute is not what it ought to be, the code in Python does it all.
//!
//! Source: "Synchronization Primitives" and "Queues" in the asyncio part of the Library Reference.

use std::rc::Rc;

use crate::code::BinaryOperator;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::data_of;
use crate::objects::function::Function;
use crate::objects::future::{State as FutureState, future_of, is_plain as is_plain_future, new_future};
use crate::objects::heap::Obj;
use crate::objects::instance::Instance;
use crate::objects::native::{Control, PyResult};
use crate::objects::shape::{ShapeId, class_epoch};
use crate::objects::string::intern;
use crate::objects::value::Value;
use crate::objects::{int, protocol};

use super::super::_collections::{Deque, new_deque};
use super::event_loop::{core_of, overridden};
use super::{State, futures, running_loop, wrong_self};

crate::natives! { pub(super) static FUNCTIONS:
    /// Take a lock: True, or else the future, in its queue now, that says when to try.
    function "_lock_acquire(lock, /)" => lock_acquire;
    /// Let a lock go, to the first that waits.
    function "_lock_release(lock, /)" => lock_release;
    /// Take one of a semaphore: True, or else the future, in its queue now, that says when there is one.
    function "_semaphore_acquire(semaphore, /)" => semaphore_acquire;
    /// Whether a lock or semaphore could be taken at once by a method `acquire` of ours.
    function "_acquire_at_once(lock, /)" => acquire_at_once;
    /// A new future in the queue of those that wait.
    function "_new_waiter(event, /)" => new_waiter;
    /// Put an item into a queue; or `_WAIT`, and the last of `_putters` says when to try.
    control function "_queue_put(queue, item, /)" => queue_put;
    /// Take an item out of a queue; or `_WAIT`, and the last of `_getters` says when to try.
    control function "_queue_get(queue, /)" => queue_get;
}

/// The attributes that are looked at, each with its name.
#[derive(Clone, Copy)]
enum Field {
    Waiters,
    Loop,
    Locked,
    Value,
    MaxSize,
    Items,
    Getters,
    Putters,
    Unfinished,
    Finished,
    IsShutdown,
}

const FIELDS: [&str; 11] = [
    "_waiters",
    "_loop",
    "_locked",
    "_value",
    "_maxsize",
    "_queue",
    "_getters",
    "_putters",
    "_unfinished_tasks",
    "_finished",
    "_is_shutdown",
];

/// What a method belongs to: index in [`Known::facts`].
#[derive(Clone, Copy)]
enum Owner {
    Queue,
    Semaphore,
    Lock,
    Event,
}

impl Owner {
    /// Where the class is defined, and the methods that count on each other.
    fn methods(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Owner::Queue => {
                let methods = &["full", "empty", "qsize", "put_nowait", "get_nowait", "_put", "_get", "_wakeup_next"];
                ("<coil>/asyncio/queues.py", methods)
            }
            Owner::Semaphore => ("<coil>/asyncio/locks.py", &["acquire", "locked"]),
            Owner::Lock => ("<coil>/asyncio/locks.py", &["acquire"]),
            Owner::Event => ("<coil>/asyncio/locks.py", &["wait"]),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Owner::Queue => "Queue",
            Owner::Semaphore => "Semaphore",
            Owner::Lock => "Lock",
            Owner::Event => "Event",
        }
    }
}

/// What is known of instances of a shape.
#[derive(Clone, Copy)]
struct Facts {
    shape: ShapeId,
    epoch: u32,
    /// All methods are ours.
    is_plain: bool,
    /// The slot of each field; `u16::MAX` for one that the instances do not have.
    places: [u16; FIELDS.len()],
}

/// For each owner what is known of the shape that was looked at last.
#[derive(Default)]
struct Known {
    names: Option<Rc<[Value; FIELDS.len()]>>,
    facts: [Option<Facts>; 4],
}

/// An instance, and what is known of it.
struct Thing<'a> {
    value: &'a Value,
    instance: &'a Obj<Instance>,
    facts: Facts,
}

impl<'a> Thing<'a> {
    fn new(ctx: &mut Ctx, value: &'a Value, owner: Owner) -> PyResult<Thing<'a>> {
        let Some(instance) = value.downcast_ref::<Instance>() else { return Err(wrong_self(ctx)) };
        let (shape, epoch) = (instance.header().shape(), class_epoch());
        if let Some(facts) = ctx.state::<Known>().facts[owner as usize]
            && (facts.shape, facts.epoch) == (shape, epoch)
        {
            return Ok(Thing { value, instance, facts });
        }
        let names = names(ctx);
        let is_plain = !shape.is_dict_shape() && has_our_methods(ctx, value, instance, owner);
        let place = |name| if shape.is_dict_shape() { None } else { shape.find(name) };
        let places = std::array::from_fn(|field| place(&names[field]).map_or(u16::MAX, |place| place as u16));
        let facts = Facts { shape, epoch, is_plain, places };
        ctx.state::<Known>().facts[owner as usize] = Some(facts);
        Ok(Thing { value, instance, facts })
    }

    /// The value of an attribute; None where there is none.
    fn get(&self, ctx: &mut Ctx, field: Field) -> Value {
        // The shape may have changed since: a new attribute leaves the others where they are.
        match self.facts.places[field as usize] {
            u16::MAX => {
                let names = names(ctx);
                self.instance.attribute(&names[field as usize]).unwrap_or(Value::NONE)
            }
            place => self.instance.slot_value(usize::from(place)),
        }
    }

    fn set(&self, ctx: &mut Ctx, field: Field, value: Value) {
        let place = self.facts.places[field as usize];
        if place != u16::MAX
            && let Some(slot) = self.instance.inline_slot(usize::from(place))
        {
            slot.set(value);
            return;
        }
        let names = names(ctx);
        self.instance.set_attribute(&names[field as usize], value);
    }

    fn is(&self, ctx: &mut Ctx, field: Field) -> PyResult<bool> {
        let value = self.get(ctx, field);
        protocol::truth(ctx, &value)
    }
}

fn names(ctx: &mut Ctx) -> Rc<[Value; FIELDS.len()]> {
    let known = ctx.state::<Known>();
    known.names.get_or_insert_with(|| Rc::new(FIELDS.map(intern))).clone()
}

/// Whether the methods of an instance are those of the class in the library.
fn has_our_methods(ctx: &mut Ctx, value: &Value, instance: &Obj<Instance>, owner: Owner) -> bool {
    let (file, methods) = owner.methods();
    methods.iter().all(|name| {
        let key = intern(name);
        let found = protocol::lookup_special(ctx, value, &key).unwrap_or_default();
        let is_ours = found.downcast_ref::<Function>().is_some_and(|function| {
            function.with_code(|code| {
                let qualname = code.object.qualname.strip_prefix(owner.class()).and_then(|rest| rest.strip_prefix('.'));
                &*code.object.filename == file && qualname == Some(name)
            })
        });
        is_ours && instance.attribute(&key).is_none()
    })
}

fn is_done(ctx: &mut Ctx, future: &Value) -> PyResult<bool> {
    match future_of(future) {
        Some(own) => Ok(!own.is_pending()),
        None => {
            let done = protocol::call_method(ctx, future, "done", &[])?;
            protocol::truth(ctx, &done)
        }
    }
}

fn is_cancelled(ctx: &mut Ctx, future: &Value) -> PyResult<bool> {
    match future_of(future) {
        Some(own) => Ok(own.state.get() == FutureState::Cancelled),
        None => {
            let cancelled = protocol::call_method(ctx, future, "cancelled", &[])?;
            protocol::truth(ctx, &cancelled)
        }
    }
}

fn set_result(ctx: &mut Ctx, future: &Value, result: Value) -> PyResult<()> {
    if is_plain_future(future) {
        return futures::set_result(ctx, future, result);
    }
    protocol::call_method(ctx, future, "set_result", &[result]).map(drop)
}

/// Whether all that wait for a lock are cancelled.
fn nobody_waits(ctx: &mut Ctx, lock: &Thing<'_>) -> PyResult<bool> {
    let waiters = lock.get(ctx, Field::Waiters);
    let Some(waiters) = data_of::<Deque>(&waiters) else { return Ok(true) };
    let mut index = 0;
    while let Some(waiter) = waiters.get(index) {
        if !is_cancelled(ctx, &waiter)? {
            return Ok(false);
        }
        index += 1;
    }
    Ok(true)
}

/// A new future of the running loop at the end of a queue of those that wait.
fn wait_in(ctx: &mut Ctx, thing: &Thing<'_>, queue: Field) -> PyResult {
    let mut waiters = thing.get(ctx, queue);
    if waiters.is_none() {
        waiters = new_deque(ctx);
        thing.set(ctx, queue, waiters.clone());
    }
    let own = thing.get(ctx, Field::Loop);
    let event_loop = match running_loop(ctx) {
        Some(running) if own.is(&running) => running,
        // Its first wait, or one in the wrong loop.
        _ => protocol::call_method(ctx, thing.value, "_get_loop", &[])?,
    };
    let future = match core_of(&event_loop) {
        Some(core)
            if core.is_direct(ctx, &event_loop) && core.overrides(ctx, &event_loop) & overridden::FUTURE == 0 =>
        {
            new_future(core.future_shape, event_loop)
        }
        _ => protocol::call_method(ctx, &event_loop, "create_future", &[])?,
    };
    match data_of::<Deque>(&waiters) {
        Some(waiters) => waiters.push(future.clone(), false),
        None => drop(protocol::call_method(ctx, &waiters, "append", std::slice::from_ref(&future))?),
    }
    Ok(future)
}

fn new_waiter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let event = Thing::new(ctx, &args[0], Owner::Event)?;
    wait_in(ctx, &event, Field::Waiters)
}

/// Takes a lock if that is possible at once. A free lock with somebody in the queue is on its way to the first of them.
fn take_lock(ctx: &mut Ctx, lock: &Thing<'_>) -> PyResult<bool> {
    if lock.is(ctx, Field::Locked)? || !nobody_waits(ctx, lock)? {
        return Ok(false);
    }
    lock.set(ctx, Field::Locked, Value::TRUE);
    Ok(true)
}

fn lock_acquire(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = Thing::new(ctx, &args[0], Owner::Lock)?;
    if take_lock(ctx, &lock)? { Ok(Value::TRUE) } else { wait_in(ctx, &lock, Field::Waiters) }
}

fn lock_release(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let lock = Thing::new(ctx, &args[0], Owner::Lock)?;
    if !lock.is(ctx, Field::Locked)? {
        return Err(ctx.runtime_error("Lock is not acquired."));
    }
    lock.set(ctx, Field::Locked, Value::FALSE);
    let waiters = lock.get(ctx, Field::Waiters);
    if let Some(first) = data_of::<Deque>(&waiters).and_then(|waiters| waiters.get(0))
        && !is_done(ctx, &first)?
    {
        set_result(ctx, &first, Value::TRUE)?;
    }
    Ok(Value::NONE)
}

/// Takes one of a semaphore whose methods are ours, if that is possible at once.
fn take_semaphore(ctx: &mut Ctx, semaphore: &Thing<'_>, value: i64) -> PyResult<bool> {
    if value == 0 || !nobody_waits(ctx, semaphore)? {
        return Ok(false);
    }
    semaphore.set(ctx, Field::Value, int::from_i64(value - 1));
    Ok(true)
}

fn semaphore_acquire(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let semaphore = Thing::new(ctx, &args[0], Owner::Semaphore)?;
    let value = semaphore.get(ctx, Field::Value);
    let taken = match value.as_small_int() {
        Some(value) if semaphore.facts.is_plain => take_semaphore(ctx, &semaphore, value)?,
        _ => {
            let locked = protocol::call_method(ctx, &args[0], "locked", &[])?;
            let free = !protocol::truth(ctx, &locked)?;
            if free {
                let less = protocol::operator::binary_op(ctx, BinaryOperator::Subtract, &value, &int::from_i64(1))?;
                semaphore.set(ctx, Field::Value, less);
            }
            free
        }
    };
    if taken { Ok(Value::TRUE) } else { wait_in(ctx, &semaphore, Field::Waiters) }
}

fn acquire_at_once(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(instance) = args[0].downcast_ref::<Instance>() else { return Ok(Value::FALSE) };
    // A program that uses both would make us forget what is known of one by asking about the other.
    let known = ctx.state::<Known>().facts[Owner::Semaphore as usize];
    if known.is_none_or(|known| known.shape != instance.header().shape()) {
        let lock = Thing::new(ctx, &args[0], Owner::Lock)?;
        if lock.facts.is_plain {
            return take_lock(ctx, &lock).map(Value::bool);
        }
    }
    let semaphore = Thing::new(ctx, &args[0], Owner::Semaphore)?;
    match semaphore.get(ctx, Field::Value).as_small_int() {
        Some(value) if semaphore.facts.is_plain => take_semaphore(ctx, &semaphore, value).map(Value::bool),
        _ => Ok(Value::FALSE),
    }
}

/// Wakes the first in a queue that is not done.
fn wake_next(ctx: &mut Ctx, thing: &Thing<'_>, queue: Field) -> PyResult<()> {
    let waiters = thing.get(ctx, queue);
    let Some(waiters) = data_of::<Deque>(&waiters) else { return Ok(()) };
    while let Some(waiter) = waiters.pop_front() {
        if !is_done(ctx, &waiter)? {
            return set_result(ctx, &waiter, Value::NONE);
        }
    }
    Ok(())
}

/// The items of a queue, when it is what it ought to be and not shut down.
fn plain_items(ctx: &mut Ctx, queue: &Thing<'_>) -> Option<Value> {
    if !queue.facts.is_plain || !queue.get(ctx, Field::IsShutdown).is(&Value::FALSE) {
        return None;
    }
    Some(queue.get(ctx, Field::Items)).filter(|items| data_of::<Deque>(items).is_some())
}

fn in_python(ctx: &mut Ctx, args: &[Value], method: &str) -> PyResult<Control> {
    let method = protocol::get_attr(ctx, &args[0], &intern(method))?;
    Ok(Control::Call(method, args[1..].iter().cloned().collect(), Vec::new()))
}

fn queue_put(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let queue = Thing::new(ctx, &args[0], Owner::Queue)?;
    let own = plain_items(ctx, &queue).unwrap_or_default();
    let limit = queue.get(ctx, Field::MaxSize).as_small_int();
    let (Some(items), Some(limit)) = (data_of::<Deque>(&own), limit) else {
        return in_python(ctx, args, "_put_or_wait");
    };
    if limit > 0 && items.len() as i64 >= limit {
        wait_in(ctx, &queue, Field::Putters)?;
        return Ok(Control::Return(ctx.state::<State>().wait.clone()));
    }
    items.push(args[1].clone(), false);
    let unfinished = queue.get(ctx, Field::Unfinished).as_small_int().unwrap_or(0);
    queue.set(ctx, Field::Unfinished, int::from_i64(unfinished + 1));
    if unfinished == 0 {
        let finished = queue.get(ctx, Field::Finished);
        protocol::call_method(ctx, &finished, "clear", &[])?;
    }
    wake_next(ctx, &queue, Field::Getters)?;
    Ok(Control::Return(Value::NONE))
}

fn queue_get(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let queue = Thing::new(ctx, &args[0], Owner::Queue)?;
    let own = plain_items(ctx, &queue).unwrap_or_default();
    let Some(items) = data_of::<Deque>(&own) else { return in_python(ctx, args, "_get_or_wait") };
    let Some(item) = items.pop_front() else {
        wait_in(ctx, &queue, Field::Getters)?;
        let wait = ctx.state::<State>().wait.clone();
        return Ok(Control::Return(wait));
    };
    wake_next(ctx, &queue, Field::Putters)?;
    Ok(Control::Return(item))
}
