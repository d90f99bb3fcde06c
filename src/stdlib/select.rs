//! Module `select`: which of many descriptors are ready; `select`, `poll` and `epoll`.
//!
//! Each of them looks first. When nothing is ready the thread is parked until one of the descriptors is, or the time is up,
//! and then looks again: so other threads run meanwhile. An `epoll` object is a readiness queue of the system's own, which
//! is a descriptor itself and ready when it has something to tell.
//!
//! Source: Standard Library "select".

use std::cell::{Cell, RefCell};
use std::io;
use std::time::Duration;

use smallvec::SmallVec;

use crate::host::Interest;
use crate::host::descriptor::{self, Asked, QueueChange};
use crate::objects::arguments::{given, positional};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::float::{new_float, to_f64};
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref};
use crate::objects::int::{from_i64, is_int, is_negative, to_i64};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::scheduler::{Wait, Why};
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{module, protocol};

crate::natives! { static FUNCTIONS:
    /// Wait until one or more file descriptors are ready for some kind of I/O.
    step function "select(rlist, wlist, xlist, timeout=None, /)" => select;
    /// Returns a polling object.
    function "poll()" => new_poll;
}

crate::natives! { static POLL:
    /// Register a file descriptor with the polling object.
    method "register(self, fd, eventmask=7, /)" => poll_register;
    /// Modify an already registered file descriptor.
    method "modify(self, fd, eventmask, /)" => poll_modify;
    /// Remove a file descriptor being tracked by the polling object.
    method "unregister(self, fd, /)" => poll_unregister;
    /// Polls the set of registered file descriptors.
    step method "poll(self, timeout=None, /)" => poll;
}

crate::natives! { static EPOLL:
    staticmethod "__new__(cls, sizehint=-1, flags=0)" => new_epoll;
    /// Create an epoll object from a given control fd.
    classmethod "fromfd(cls, fd, /)" => epoll_from;
    /// Close the epoll control file descriptor.
    method "close(self, /)" => epoll_close;
    /// Return the epoll control file descriptor.
    method "fileno(self, /)" => |ctx, args| queue(ctx, args).map(|fd| from_i64(fd.into()));
    /// Registers a new fd or raises an OSError if the fd is already registered.
    method "register(self, /, fd, eventmask=7)" => epoll_register;
    /// Modify event mask for a registered file descriptor.
    method "modify(self, /, fd, eventmask)" => epoll_modify;
    /// Remove a registered file descriptor from the epoll object.
    method "unregister(self, /, fd)" => epoll_unregister;
    /// Wait for events on the epoll file descriptor.
    step method "poll(self, /, timeout=None, maxevents=-1)" => epoll_poll;
    method "__enter__(self, /)" => |ctx, args| queue(ctx, args).map(|_| args[0].clone());
    method "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)" => epoll_close;
    /// True if the epoll handler is closed
    getter "closed(self)" => |ctx, args| Ok(Value::bool(epoll(ctx, args)?.fd.get() < 0));
}

static CONSTANTS: &[(&str, i64)] = &[
    ("EPOLLERR", 8),
    ("EPOLLET", 1 << 31),
    ("EPOLLEXCLUSIVE", 1 << 28),
    ("EPOLLHUP", 16),
    ("EPOLLIN", 1),
    ("EPOLLMSG", 1024),
    ("EPOLLONESHOT", 1 << 30),
    ("EPOLLOUT", 4),
    ("EPOLLPRI", 2),
    ("EPOLLRDBAND", 128),
    ("EPOLLRDHUP", 8192),
    ("EPOLLRDNORM", 64),
    ("EPOLLWRBAND", 512),
    ("EPOLLWRNORM", 256),
    ("EPOLL_CLOEXEC", 0o2_000_000),
    ("PIPE_BUF", 4096),
    ("POLLERR", 8),
    ("POLLHUP", 16),
    ("POLLIN", 1),
    ("POLLMSG", 1024),
    ("POLLNVAL", 32),
    ("POLLOUT", 4),
    ("POLLPRI", 2),
    ("POLLRDBAND", 128),
    ("POLLRDHUP", 8192),
    ("POLLRDNORM", 64),
    ("POLLWRBAND", 512),
    ("POLLWRNORM", 256),
];

const POLLIN: u16 = 1;
const POLLPRI: u16 = 2;
const POLLOUT: u16 = 4;
const POLLERR: u16 = 8;
const POLLHUP: u16 = 16;
const POLLNVAL: u16 = 32;

/// The descriptors of a `poll` object with what is asked of each, in the order in which they came.
#[derive(Default)]
struct Poll {
    asked: RefCell<Vec<(i32, u16)>>,
}

impl ForeignData for Poll {}

/// An `epoll` object: the number of the system's queue, -1 once closed.
struct Epoll {
    fd: Cell<i32>,
}

impl ForeignData for Epoll {}

impl Drop for Epoll {
    fn drop(&mut self) {
        if self.fd.get() >= 0 {
            // Nobody is left to be told of an error.
            let _ = descriptor::close(self.fd.get());
        }
    }
}

/// The classes `poll` and `epoll`, made once.
#[derive(Default)]
struct Classes(Option<(Ref<Class>, Ref<Class>)>);

fn classes(ctx: &mut Ctx) -> (Ref<Class>, Ref<Class>) {
    if let Some(made) = &ctx.state::<Classes>().0 {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let poll = ctx.types.define_class("poll", "select", "", &[&object], Kind::Foreign, 0, &[POLL]);
    let doc = "Returns an epolling object.";
    let epoll =
        ctx.types.define_class("epoll", "select", doc, &[&object], Kind::Foreign, flags::SUBCLASSABLE, &[EPOLL]);
    ctx.state::<Classes>().0 = Some((poll.clone(), epoll.clone()));
    (poll, epoll)
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "This module supports asynchronous I/O on multiple file descriptors.";
    let module = module::new_module(ctx, "select", Some(doc));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("select", def));
    }
    for (name, value) in CONSTANTS {
        module.dict.set_str(&intern(name), from_i64(*value));
    }
    let (_, epoll) = classes(ctx);
    module.dict.set_str(&intern("epoll"), epoll.into_value());
    module.dict.set_str(&intern("error"), ctx.exceptions.OSError.value().clone());
    Ok(module.into_value())
}

/// The descriptor that an object is or has.
pub(super) fn descriptor_of(ctx: &mut Ctx, value: &Value) -> PyResult<i32> {
    let number = if is_int(value) {
        value.clone()
    } else {
        let name = intern("fileno");
        let Some(method) = protocol::attribute::get_attr_optional(ctx, value, &name)? else {
            return Err(ctx.type_error("argument must be an int, or have a fileno() method."));
        };
        let number = protocol::call(ctx, &method, &[])?;
        if !is_int(&number) {
            return Err(ctx.type_error("fileno() returned a non-integer"));
        }
        number
    };
    let Some(fd) = to_i64(&number).and_then(|number| i32::try_from(number).ok()) else {
        return Err(ctx.overflow_error("Python int too large to convert to C int"));
    };
    if fd < 0 {
        let message = format!("file descriptor cannot be a negative integer ({fd})");
        return Err(ctx.value_error(message));
    }
    Ok(fd)
}

/// Where the frames keep the moment at which they give up (a float, or None), and their descriptors.
const DEADLINE: usize = 6;

/// Notes when to give up; None for never. A time of zero or less is now.
fn set_deadline(ctx: &mut Ctx, frame: &Obj<NativeFrame>, timeout: Option<f64>) {
    let until = timeout.map(|seconds| {
        let timeout = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
        let until = if timeout.is_zero() { Duration::ZERO } else { ctx.deadline(timeout) };
        new_float(until.as_secs_f64())
    });
    frame.set_local(DEADLINE, until.unwrap_or(Value::NONE));
}

/// What to wait for, unless the time is up.
fn wait_or_give_up(ctx: &mut Ctx, frame: &Obj<NativeFrame>, io: SmallVec<[(i32, Interest); 1]>) -> Option<Action> {
    let until = to_f64(&frame.local(DEADLINE)).map(|until| Duration::try_from_secs_f64(until).unwrap_or(Duration::MAX));
    if until.is_some_and(|until| until.is_zero() || ctx.host.monotonic_time() >= until) {
        return None;
    }
    let wait = Wait { until, io, why: Why::Io };
    Some(Action::Wait(wait))
}

/// What a set of questions means for the scheduler.
fn interests(asked: &[Asked]) -> SmallVec<[(i32, Interest); 1]> {
    asked
        .iter()
        .map(|one| {
            let write = one.events & POLLOUT != 0;
            // Errors and hang-ups are told to everybody; somebody who asks for nothing else is watched for reading.
            (one.fd, Interest { read: one.events & (POLLIN | POLLPRI) != 0 || !write, write })
        })
        .collect()
}

fn timeout_seconds(ctx: &mut Ctx, value: &Value, message: &str) -> PyResult<Option<f64>> {
    if value.is_empty() || value.is_none() {
        return Ok(None);
    }
    match to_f64(value).or_else(|| to_i64(value).map(|number| number as f64)) {
        Some(seconds) => Ok(Some(seconds)),
        None => {
            let name = ctx.names.__index__.clone();
            if protocol::lookup_special(ctx, value, &name).is_none() {
                return Err(ctx.type_error(message));
            }
            Ok(Some(protocol::convert::as_f64(ctx, value)?))
        }
    }
}

fn select(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Input::Raised = input {
        return Err(Raised(()));
    }
    if let Input::Start = input {
        let timeout = timeout_seconds(ctx, &frame.local(3), "timeout must be a float or None")?;
        if timeout.is_some_and(|seconds| seconds < 0.0) {
            return Err(ctx.value_error("timeout must be non-negative"));
        }
        for index in 0..3 {
            let list = frame.local(index);
            let iterable = protocol::lookup_special(ctx, &list, &ctx.names.__iter__).is_some()
                || protocol::lookup_special(ctx, &list, &ctx.names.__getitem__).is_some();
            if !iterable {
                return Err(ctx.type_error("arguments 1-3 must be sequences"));
            }
            // Pairs of object and descriptor: `fileno` is asked once.
            let mut pairs = Vec::new();
            for object in protocol::iteration::collect(ctx, &list)? {
                let fd = descriptor_of(ctx, &object)?;
                if fd >= 1024 {
                    return Err(ctx.value_error("filedescriptor out of range in select()"));
                }
                pairs.push(new_tuple([object, from_i64(fd.into())]).into_value());
            }
            frame.set_local(index, new_tuple(pairs).into_value());
        }
        set_deadline(ctx, frame, timeout);
    }
    let lists = [frame.local(0), frame.local(1), frame.local(2)];
    let mut asked: Vec<Asked> = Vec::new();
    for (list, events) in lists.iter().zip([POLLIN, POLLOUT, POLLPRI]) {
        for pair in positional(list) {
            let fd = positional(pair).get(1).and_then(to_i64).unwrap_or(-1) as i32;
            match asked.iter_mut().find(|one| one.fd == fd) {
                Some(one) => one.events |= events,
                None => asked.push(Asked { fd, events, answer: 0 }),
            }
        }
    }
    if let Err(error) = descriptor::poll(&mut asked, Some(Duration::ZERO)) {
        return Err(raise_io_error(ctx, &error, None));
    }
    if asked.iter().any(|one| one.answer & POLLNVAL != 0) {
        return Err(raise_io_error(ctx, &io::Error::from_raw_os_error(9), None));
    }
    if asked.iter().all(|one| one.answer == 0)
        && let Some(action) = wait_or_give_up(ctx, frame, interests(&asked))
    {
        return Ok(action);
    }
    // What `select` calls readable, writable and exceptional, in terms of `poll`.
    let meanings = [POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI];
    let ready = lists.iter().zip(meanings).map(|(list, meaning)| {
        let of_list = positional(list).iter().filter_map(|pair| {
            let [object, fd] = positional(pair) else { return None };
            let fd = to_i64(fd)? as i32;
            let answer = asked.iter().find(|one| one.fd == fd).map_or(0, |one| one.answer);
            (answer & meaning != 0).then(|| object.clone())
        });
        new_list(of_list.collect()).into_value()
    });
    let ready: Vec<Value> = ready.collect();
    Ok(Action::Return(new_tuple(ready).into_value()))
}

fn new_poll(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let (class, _) = classes(ctx);
    Ok(new_foreign(class.instance_shape.get(), Poll::default()).into_value())
}

fn this_poll<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Poll> {
    match args.first().and_then(data_of::<Poll>) {
        Some(poll) => Ok(poll),
        None => Err(ctx.type_error("not a poll object")),
    }
}

fn short_mask(ctx: &mut Ctx, value: &Value) -> PyResult<u16> {
    let Some(value) = given(value) else { return Ok(POLLIN | POLLPRI | POLLOUT) };
    let number = protocol::index_value(ctx, value)?;
    if is_negative(&number) {
        return Err(ctx.value_error("value must be positive"));
    }
    match to_i64(&number).map(u16::try_from) {
        Some(Ok(mask)) => Ok(mask),
        _ => Err(ctx.overflow_error("Python int too large for C unsigned short")),
    }
}

fn poll_register(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = descriptor_of(ctx, &args[1])?;
    let mask = short_mask(ctx, &args[2])?;
    let mut asked = this_poll(ctx, args)?.asked.borrow_mut();
    match asked.iter_mut().find(|(own, _)| *own == fd) {
        Some(row) => row.1 = mask,
        None => asked.push((fd, mask)),
    }
    Ok(Value::NONE)
}

fn poll_modify(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = descriptor_of(ctx, &args[1])?;
    let mask = short_mask(ctx, &args[2])?;
    let known = this_poll(ctx, args)?.asked.borrow_mut().iter_mut().find(|(own, _)| *own == fd).map(|row| row.1 = mask);
    match known {
        Some(()) => Ok(Value::NONE),
        None => Err(raise_io_error(ctx, &io::Error::from_raw_os_error(2), None)),
    }
}

fn poll_unregister(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = descriptor_of(ctx, &args[1])?;
    let place = this_poll(ctx, args)?.asked.borrow().iter().position(|(own, _)| *own == fd);
    match place {
        Some(place) => {
            this_poll(ctx, args)?.asked.borrow_mut().remove(place);
            Ok(Value::NONE)
        }
        None => Err(ctx.key_error(&from_i64(fd.into()))),
    }
}

fn poll(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Input::Raised = input {
        return Err(Raised(()));
    }
    if let Input::Start = input {
        // In milliseconds; negative for ever.
        let timeout = timeout_seconds(ctx, &frame.local(1), "timeout must be an integer or None")?;
        set_deadline(ctx, frame, timeout.filter(|timeout| *timeout >= 0.0).map(|timeout| timeout.ceil() / 1000.0));
    }
    let owner = frame.local(0);
    let mut asked: Vec<Asked> = this_poll(ctx, std::slice::from_ref(&owner))?
        .asked
        .borrow()
        .iter()
        .map(|(fd, events)| Asked { fd: *fd, events: *events, answer: 0 })
        .collect();
    match descriptor::poll(&mut asked, Some(Duration::ZERO)) {
        Ok(0) => {
            if let Some(action) = wait_or_give_up(ctx, frame, interests(&asked)) {
                return Ok(action);
            }
        }
        Ok(_) => {}
        Err(error) => return Err(raise_io_error(ctx, &error, None)),
    }
    let ready = asked.iter().filter(|one| one.answer != 0);
    let rows = ready.map(|one| new_tuple([from_i64(one.fd.into()), from_i64(one.answer.into())]).into_value());
    Ok(Action::Return(new_list(rows.collect()).into_value()))
}

fn new_epoll(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if let Some(hint) = given(&args[1]) {
        let hint = protocol::convert::as_i32(ctx, hint)?;
        if hint != -1 && hint <= 0 {
            return Err(ctx.value_error("negative sizehint"));
        }
    }
    if let Some(class_flags) = given(&args[2]) {
        let class_flags = protocol::convert::as_i32(ctx, class_flags)?;
        if class_flags != 0 && class_flags != 0o2_000_000 {
            let class = ctx.exceptions.OSError.clone();
            return Err(ctx.raise(&class, "invalid flags"));
        }
    }
    let (_, base) = classes(ctx);
    let shape = crate::objects::construct::requested_shape(ctx, &args[0], &base)?;
    if !ctx.host.has_descriptors() {
        return Err(raise_io_error(ctx, &io::Error::from_raw_os_error(95), None));
    }
    match descriptor::new_queue() {
        Ok(fd) => Ok(new_foreign(shape, Epoll { fd: Cell::new(fd) }).into_value()),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn epoll_from(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = protocol::convert::as_i32(ctx, &args[1])?;
    let (_, base) = classes(ctx);
    let shape = crate::objects::construct::requested_shape(ctx, &args[0], &base)?;
    Ok(new_foreign(shape, Epoll { fd: Cell::new(fd) }).into_value())
}

fn epoll<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Epoll> {
    match args.first().and_then(data_of::<Epoll>) {
        Some(epoll) => Ok(epoll),
        None => Err(ctx.type_error("not an epoll object")),
    }
}

/// The number of the queue.
fn queue(ctx: &mut Ctx, args: &[Value]) -> PyResult<i32> {
    match epoll(ctx, args)?.fd.get() {
        fd if fd >= 0 => Ok(fd),
        _ => Err(ctx.value_error("I/O operation on closed epoll object")),
    }
}

fn epoll_close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = epoll(ctx, args)?.fd.replace(-1);
    if fd >= 0 {
        ctx.unwatch(fd);
        if let Err(error) = descriptor::close(fd) {
            return Err(raise_io_error(ctx, &error, None));
        }
    }
    Ok(Value::NONE)
}

fn long_mask(ctx: &mut Ctx, value: &Value) -> PyResult<u32> {
    let Some(value) = given(value) else { return Ok(7) };
    let number = protocol::index_value(ctx, value)?;
    match to_i64(&number).map(u32::try_from) {
        Some(Ok(mask)) => Ok(mask),
        _ => Err(ctx.overflow_error("Python int too large to convert to C unsigned int")),
    }
}

fn change(ctx: &mut Ctx, args: &[Value], change: QueueChange) -> PyResult {
    let fd = descriptor_of(ctx, &args[1])?;
    let queue = queue(ctx, args)?;
    match descriptor::change_queue(queue, fd, change) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn epoll_register(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mask = long_mask(ctx, &args[2])?;
    change(ctx, args, QueueChange::Add(mask))
}

fn epoll_modify(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mask = long_mask(ctx, &args[2])?;
    change(ctx, args, QueueChange::Modify(mask))
}

fn epoll_unregister(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    change(ctx, args, QueueChange::Delete)
}

fn epoll_poll(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Input::Raised = input {
        return Err(Raised(()));
    }
    let owner = [frame.local(0)];
    if let Input::Start = input {
        let timeout = timeout_seconds(ctx, &frame.local(1), "timeout must be an integer or None")?;
        queue(ctx, &owner)?;
        if let Some(limit) = given(&frame.local(2)) {
            let limit = protocol::convert::as_i32(ctx, limit)?;
            if limit < -1 || limit == 0 {
                return Err(ctx.value_error(format!("maxevents must be greater than 0, got {limit}")));
            }
        }
        set_deadline(ctx, frame, timeout.filter(|timeout| *timeout >= 0.0));
    }
    let limit = to_i64(&frame.local(2)).filter(|limit| *limit > 0).unwrap_or(1023) as usize;
    let queue = queue(ctx, &owner)?;
    let ready = match descriptor::take_queue(queue, limit) {
        Ok(ready) => ready,
        Err(error) => return Err(raise_io_error(ctx, &error, None)),
    };
    if ready.is_empty()
        && let Some(action) = wait_or_give_up(ctx, frame, SmallVec::from_buf([(queue, Interest::READ)]))
    {
        return Ok(action);
    }
    let rows =
        ready.into_iter().map(|(fd, events)| new_tuple([from_i64(fd.into()), from_i64(events.into())]).into_value());
    Ok(Action::Return(new_list(rows.collect()).into_value()))
}
