//! The class `_socket.socket`: a descriptor and how long its methods wait.
//!
//! The system's side of a socket never blocks (see [`host::net`](crate::host::net)). A method that has to wait is a step
//! native: it tries, and when the system says "not yet", the thread is parked until the descriptor is ready or the socket's
//! timeout is over; then it tries again. So a thread that waits for a connection keeps no other thread from running.
//!
//! Source: Standard Library "socket", "Socket Objects".

use std::cell::Cell;
use std::io;
use std::time::Duration;

use super::address::{self, AF_UNIX, Read};
use super::names::{self, Lookups};
use super::timeout::{default_timeout, read_timeout};
use crate::host::net::{self, Address};
use crate::host::{Interest, descriptor};
use crate::objects::arguments::given;
use crate::objects::buffer::{expect_bytes, writable_length, write_into};
use crate::objects::bytes::new_bytes;
use crate::objects::class::{Class, flags};
use crate::objects::construct::requested_shape;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::float::{new_float, to_f64};
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref};
use crate::objects::int::{from_i64, from_u64, from_usize, is_int, to_i64};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::native::{Action, Input, NativeFrame, PyResult};
use crate::objects::protocol::{self, class_name};
use crate::objects::scheduler::Wait;
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;

crate::natives! { static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, family=-1, type=-1, proto=-1, fileno=None)" => init;
    method "__repr__(self, /)" => repr;
    /// Wait for an incoming connection; return a new descriptor and the address of the client.
    step method "_accept(self, /)" => accept;
    /// Bind the socket to a local address.
    step method "bind(self, object, /)" => bind;
    /// Close the socket.  It cannot be used after this call.
    method "close(self, /)" => close;
    /// Connect the socket to a remote address.
    step method "connect(self, object, /)" => connect;
    /// This is like connect(address), but returns an error code (the errno value) instead of raising an exception when an error occurs.
    step method "connect_ex(self, object, /)" => connect_ex;
    /// Close the socket object without closing the underlying file descriptor.
    method "detach(self, /)" => detach;
    /// Return the integer file descriptor of the socket.
    method "fileno(self, /)" => |ctx, args| Ok(from_i64(this(ctx, args)?.fd.get().into()));
    /// Return the address of the remote endpoint.
    method "getpeername(self, /)" => |ctx, args| { let fd = this(ctx, args)?.fd.get(); told(ctx, net::peer_address(fd)) };
    /// Return the address of the local endpoint.
    method "getsockname(self, /)" => |ctx, args| { let fd = this(ctx, args)?.fd.get(); told(ctx, net::local_address(fd)) };
    /// Get a socket option.
    method "getsockopt(self, level, option, buffersize=0, /)" => option;
    /// Set a socket option.
    method "setsockopt(self, level, option, value, optlen=<unrepresentable>, /)" => set_option;
    /// Returns True if socket is in blocking mode, or False if it is in non-blocking mode.
    method "getblocking(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, args)?.timeout.get() != Some(Duration::ZERO)));
    /// Set the socket to blocking (flag is true) or non-blocking (false).
    method "setblocking(self, object, /)" => set_blocking;
    /// Returns the timeout in seconds (float) associated with socket operations.
    method "gettimeout(self, /)" => timeout;
    /// Set a timeout on socket operations.
    method "settimeout(self, object, /)" => set_timeout;
    /// Enable a server to accept connections.
    method "listen(self, backlog=<unrepresentable>, /)" => listen;
    /// Receive up to buffersize bytes from the socket.
    step method "recv(self, buffersize, flags=0, /)" => receive;
    /// A version of recv() that stores its data into a buffer rather than creating a new string.
    step method "recv_into(self, /, buffer, nbytes=0, flags=0)" => receive_into;
    /// Like recv(buffersize, flags) but also return the sender's address info.
    step method "recvfrom(self, buffersize, flags=0, /)" => receive_from;
    /// Like recv_into(buffer[, nbytes[, flags]]) but also return the sender's address info.
    step method "recvfrom_into(self, /, buffer, nbytes=0, flags=0)" => receive_from_into;
    /// Receive normal data and ancillary data from the socket.
    step method "recvmsg(self, bufsize, ancbufsize=0, flags=0, /)" => receive_message;
    /// Receive normal data and ancillary data, scattering the former into a series of buffers.
    step method "recvmsg_into(self, buffers, ancbufsize=0, flags=0, /)" => receive_message_into;
    /// Send a data string to the socket.
    step method "send(self, data, flags=0, /)" => send;
    /// Send a data string to the socket until all data is sent.
    step method "sendall(self, data, flags=0, /)" => send_all;
    /// Send normal and ancillary data to the socket, gathering the former from a series of buffers.
    step method "sendmsg(self, buffers, ancdata=(), flags=0, address=None, /)" => send_message;
    /// Like send(data, flags) but allows specifying the destination address.
    step method "sendto(self, /, *args)" => send_to;
    /// Shut down the reading side of the socket, the writing side, or both.
    method "shutdown(self, object, /)" => shut_down;
    /// the socket family
    getter "family(self)" => |ctx, args| Ok(from_i64(this(ctx, args)?.family.get().into()));
    /// the socket type
    getter "type(self)" => |ctx, args| Ok(from_i64(this(ctx, args)?.kind.get().into()));
    /// the socket protocol
    getter "proto(self)" => |ctx, args| Ok(from_i64(this(ctx, args)?.proto.get().into()));
    /// the socket timeout
    getter "timeout(self)" => timeout;
}

/// The data of a socket object.
pub(super) struct Socket {
    /// -1 once closed.
    fd: Cell<i32>,
    family: Cell<i32>,
    kind: Cell<i32>,
    proto: Cell<i32>,
    /// None: for ever; zero: not at all.
    timeout: Cell<Option<Duration>>,
}

impl ForeignData for Socket {}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.fd.get() >= 0 {
            // Nobody is left to be told of an error.
            let _ = descriptor::close(self.fd.get());
        }
    }
}

/// The class, made once.
#[derive(Default)]
struct Made(Option<Ref<Class>>);

/// Bytes are received here first, so that a small answer to a large `recv` costs little.
#[derive(Default)]
struct Scratch(Vec<u8>);

pub(super) fn class(ctx: &mut Ctx) -> Ref<Class> {
    if let Some(class) = &ctx.state::<Made>().0 {
        return class.clone();
    }
    let object = ctx.types.object.clone();
    let class_flags = flags::SUBCLASSABLE;
    let doc = "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object";
    let class = ctx.types.define_class("socket", "_socket", doc, &[&object], Kind::Foreign, class_flags, &[METHODS]);
    ctx.state::<Made>().0 = Some(class.clone());
    class
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let base = class(ctx);
    let shape = requested_shape(ctx, &args[0], &base)?;
    let closed = Socket {
        fd: Cell::new(-1),
        family: Cell::new(0),
        kind: Cell::new(0),
        proto: Cell::new(0),
        timeout: Cell::new(None),
    };
    Ok(new_foreign(shape, closed).into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let [mut family, mut kind, mut proto] = [-1; 3];
    for (place, argument) in [&mut family, &mut kind, &mut proto].into_iter().zip(&args[1..4]) {
        if let Some(argument) = given(argument) {
            *place = protocol::convert::as_i32(ctx, argument)?;
        }
    }
    let fd = match given(&args[4]).filter(|fd| !fd.is_none()) {
        Some(fd) => {
            let fd = protocol::convert::as_i32(ctx, fd)?;
            if fd < 0 {
                return Err(ctx.value_error("negative file descriptor"));
            }
            adopt(ctx, fd, &mut family, &mut kind, &mut proto)?;
            fd
        }
        None => {
            super::check_allowed(ctx)?;
            family = if family == -1 { address::AF_INET } else { family };
            kind = if kind == -1 { SOCK_STREAM } else { kind };
            proto = proto.max(0);
            match net::socket(family, kind & !KIND_FLAGS, proto) {
                Ok(fd) => fd,
                Err(error) => return Err(raise_io_error(ctx, &error, None)),
            }
        }
    };
    let timeout = if kind & SOCK_NONBLOCK != 0 { Some(Duration::ZERO) } else { default_timeout(ctx) };
    let this = this(ctx, args)?;
    this.fd.set(fd);
    this.family.set(family);
    this.kind.set(kind & !KIND_FLAGS);
    this.proto.set(proto);
    this.timeout.set(timeout);
    Ok(Value::NONE)
}

const SOCK_STREAM: i32 = 1;
const SOCK_NONBLOCK: i32 = 0o4000;
/// `SOCK_NONBLOCK | SOCK_CLOEXEC`, which are no kinds of sockets.
const KIND_FLAGS: i32 = 0o2_004_000;
const SOL_SOCKET: i32 = 1;
const SO_TYPE: i32 = 3;
const SO_ERROR: i32 = 4;
const SO_PROTOCOL: i32 = 38;
const SO_DOMAIN: i32 = 39;
const SCM_RIGHTS: i64 = 1;

/// Finds out what socket a descriptor is.
fn adopt(ctx: &mut Ctx, fd: i32, family: &mut i32, kind: &mut i32, proto: &mut i32) -> PyResult<()> {
    let ask = |ctx: &mut Ctx, place: &mut i32, name: i32| match option_number(fd, SOL_SOCKET, name) {
        Ok(number) => {
            if *place == -1 {
                *place = number;
            }
            Ok(())
        }
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    };
    ask(ctx, family, SO_DOMAIN)?;
    ask(ctx, kind, SO_TYPE)?;
    ask(ctx, proto, SO_PROTOCOL)?;
    match descriptor::set_blocking(fd, false) {
        Ok(()) => Ok(()),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn option_number(fd: i32, level: i32, name: i32) -> io::Result<i32> {
    let bytes = descriptor::socket_option(fd, level, name, 4)?;
    let mut word = [0; 4];
    for (place, byte) in word.iter_mut().zip(bytes) {
        *place = byte;
    }
    Ok(i32::from_ne_bytes(word))
}

pub(super) fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Socket> {
    match args.first().and_then(data_of::<Socket>) {
        Some(socket) => Ok(socket),
        None => Err(ctx.type_error("not a socket")),
    }
}

/// The result of a system call, as a result of Python.
fn done(ctx: &mut Ctx, result: io::Result<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn told(ctx: &mut Ctx, address: io::Result<Address>) -> PyResult {
    match address {
        Ok(address) => Ok(address::to_value(ctx, &address)),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let socket = this(ctx, args)?;
    let (fd, family, kind, proto) = (socket.fd.get(), socket.family.get(), socket.kind.get(), socket.proto.get());
    Ok(ctx.str(format!("<socket object, fd={fd}, family={family}, type={kind}, proto={proto}>")))
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = this(ctx, args)?.fd.replace(-1);
    if fd < 0 {
        return Ok(Value::NONE);
    }
    ctx.unwatch(fd);
    match descriptor::close(fd) {
        // The other side's reset is no failure to close.
        Err(error) if error.raw_os_error() != Some(104) => Err(raise_io_error(ctx, &error, None)),
        _ => Ok(Value::NONE),
    }
}

fn detach(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let socket = this(ctx, args)?;
    let fd = socket.fd.replace(-1);
    if fd >= 0 && socket.timeout.get().is_none() {
        // Whoever gets it expects a descriptor that blocks.
        let _ = descriptor::set_blocking(fd, true);
    }
    Ok(from_i64(fd.into()))
}

fn option(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (level, name) = (protocol::convert::as_i32(ctx, &args[1])?, protocol::convert::as_i32(ctx, &args[2])?);
    let length = match given(&args[3]) {
        Some(length) => protocol::convert::as_i32(ctx, length)?,
        None => 0,
    };
    let fd = this(ctx, args)?.fd.get();
    if !(0..=1024).contains(&length) {
        let class = ctx.exceptions.OSError.clone();
        return Err(ctx.raise(&class, "getsockopt buflen out of range"));
    }
    let result = if length == 0 {
        option_number(fd, level, name).map(|number| from_i64(number.into()))
    } else {
        descriptor::socket_option(fd, level, name, length as usize).map(|bytes| new_bytes(bytes).into_value())
    };
    result.map_err(|error| raise_io_error(ctx, &error, None))
}

fn set_option(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (level, name) = (protocol::convert::as_i32(ctx, &args[1])?, protocol::convert::as_i32(ctx, &args[2])?);
    let fd = this(ctx, args)?.fd.get();
    if args[3].is_none() {
        let length = match given(&args[4]) {
            Some(length) => protocol::convert::as_i32(ctx, length)?,
            None => return Err(ctx.type_error("socket option should be integer, bytes-like object or None")),
        };
        return done(ctx, descriptor::set_socket_option(fd, level, name, None, length as u32));
    }
    if is_int(&args[3]) {
        let number = to_i64(&args[3]).and_then(|number| i32::try_from(number).ok());
        let Some(number) = number else {
            return Err(ctx.overflow_error("Python int too large to convert to C int"));
        };
        return done(ctx, descriptor::set_socket_option(fd, level, name, Some(&number.to_ne_bytes()), 4));
    }
    let bytes = expect_bytes(ctx, &args[3])?;
    done(ctx, descriptor::set_socket_option(fd, level, name, Some(&bytes), 0))
}

fn timeout(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, args)?.timeout.get().map_or(Value::NONE, |timeout| new_float(timeout.as_secs_f64())))
}

fn set_timeout(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let timeout = read_timeout(ctx, &args[1])?;
    this(ctx, args)?.timeout.set(timeout);
    Ok(Value::NONE)
}

fn set_blocking(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let blocking = protocol::truth(ctx, &args[1])?;
    this(ctx, args)?.timeout.set(if blocking { None } else { Some(Duration::ZERO) });
    Ok(Value::NONE)
}

fn listen(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let backlog = match given(&args[1]) {
        Some(backlog) => protocol::convert::as_i32(ctx, backlog)?.max(0),
        None => 128,
    };
    let fd = this(ctx, args)?.fd.get();
    done(ctx, net::listen(fd, backlog))
}

fn shut_down(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let how = protocol::convert::as_i32(ctx, &args[1])?;
    let fd = this(ctx, args)?.fd.get();
    done(ctx, net::shut_down(fd, how))
}

/// Where a frame keeps the moment at which it gives up, and what else it knows. The arguments lie before.
const DEADLINE: usize = 8;
const KEPT: usize = 9;

/// One try of a method; `Err` in `Ok` is what the system said.
type Try = fn(&mut Ctx, &Obj<NativeFrame>, &Socket) -> PyResult<io::Result<Value>>;

/// Tries until it works, the time is up, or it fails.
fn drive(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input, interest: Interest, attempt: Try) -> PyResult<Action> {
    if let Input::Raised = input {
        return Err(crate::objects::native::Raised(()));
    }
    let owner = frame.local(0);
    let socket = this(ctx, std::slice::from_ref(&owner))?;
    loop {
        match attempt(ctx, frame, socket)? {
            Ok(value) => return Ok(Action::Return(value)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                return wait(ctx, frame, socket, interest, &error);
            }
            Err(error) => return Err(raise_io_error(ctx, &error, None)),
        }
    }
}

/// Parks the thread until the socket is ready, unless it does not wait or has waited long enough.
fn wait(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    socket: &Socket,
    interest: Interest,
    error: &io::Error,
) -> PyResult<Action> {
    let Some(timeout) = socket.timeout.get() else {
        return Ok(Action::Wait(Wait::io(socket.fd.get(), interest)));
    };
    if timeout.is_zero() {
        return Err(raise_io_error(ctx, error, None));
    }
    let until = match to_f64(&frame.local(DEADLINE)) {
        Some(known) => Duration::from_secs_f64(known),
        None => {
            let until = ctx.deadline(timeout);
            frame.set_local(DEADLINE, new_float(until.as_secs_f64()));
            until
        }
    };
    if ctx.host.monotonic_time() >= until {
        let class = ctx.exceptions.TimeoutError.clone();
        return Err(ctx.raise(&class, "timed out"));
    }
    Ok(Action::Wait(Wait::io(socket.fd.get(), interest).until(Some(until))))
}

/// What a system call gave, with its success as a value.
fn outcome<T>(result: io::Result<T>, value: impl FnOnce(T) -> Value) -> PyResult<io::Result<Value>> {
    Ok(result.map(value))
}

fn accept(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, _, socket| {
        outcome(net::accept(socket.fd.get()), |(fd, from)| {
            let from = address::to_value(ctx, &from);
            new_tuple([from_i64(fd.into()), from]).into_value()
        })
    })
}

/// A size argument, with the words for a negative one.
fn size(ctx: &mut Ctx, value: &Value, negative: &str) -> PyResult<usize> {
    let size = protocol::convert::as_isize(ctx, value)?;
    usize::try_from(size).map_err(|_| ctx.value_error(negative))
}

fn flags_of(ctx: &mut Ctx, value: &Value) -> PyResult<i32> {
    given(value).map_or(Ok(0), |flags| protocol::convert::as_i32(ctx, flags))
}

/// Lends a buffer of this length.
fn with_scratch<T>(
    ctx: &mut Ctx,
    length: usize,
    receive: impl FnOnce(&mut [u8]) -> io::Result<(usize, T)>,
) -> io::Result<(Vec<u8>, T)> {
    let mut scratch = std::mem::take(&mut ctx.state::<Scratch>().0);
    if scratch.len() < length {
        scratch.resize(length, 0);
    }
    let result = receive(&mut scratch[..length]).map(|(count, more)| (scratch[..count].to_vec(), more));
    if scratch.len() > 1 << 20 {
        scratch.truncate(1 << 16);
        scratch.shrink_to_fit();
    }
    ctx.state::<Scratch>().0 = scratch;
    result
}

fn receive(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, frame, socket| {
        let length = size(ctx, &frame.local(1), "negative buffersize in recv")?;
        let flags = flags_of(ctx, &frame.local(2))?;
        let fd = socket.fd.get();
        let got = with_scratch(ctx, length, |buffer| Ok((net::receive(fd, buffer, flags)?, ())));
        outcome(got, |(bytes, ())| new_bytes(bytes).into_value())
    })
}

fn receive_from(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, frame, socket| {
        let length = size(ctx, &frame.local(1), "negative buffersize in recvfrom")?;
        let flags = flags_of(ctx, &frame.local(2))?;
        let fd = socket.fd.get();
        let got = with_scratch(ctx, length, |buffer| net::receive_from(fd, buffer, flags));
        outcome(got, |(bytes, from)| {
            let from = from.map_or(Value::NONE, |from| address::to_value(ctx, &from));
            new_tuple([new_bytes(bytes).into_value(), from]).into_value()
        })
    })
}

/// How many bytes `recv_into` and its kin may receive.
fn room(ctx: &mut Ctx, buffer: &Value, count: &Value, method: &str) -> PyResult<usize> {
    let Some(room) = writable_length(buffer) else {
        let class = class_name(ctx, buffer);
        let message = format!("{method}() argument 1 must be read-write bytes-like object, not {class}");
        return Err(ctx.type_error(message));
    };
    let count = match given(count) {
        Some(count) => size(ctx, count, &format!("negative buffersize in {method}"))?,
        None => 0,
    };
    if count > room {
        return Err(ctx.value_error("buffer too small for requested bytes"));
    }
    Ok(if count == 0 { room } else { count })
}

fn receive_into(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, frame, socket| {
        let buffer = frame.local(1);
        let length = room(ctx, &buffer, &frame.local(2), "recv_into")?;
        let flags = flags_of(ctx, &frame.local(3))?;
        let fd = socket.fd.get();
        match with_scratch(ctx, length, |scratch| Ok((net::receive(fd, scratch, flags)?, ()))) {
            Ok((bytes, ())) => {
                write_into(ctx, &buffer, &bytes)?;
                Ok(Ok(from_usize(bytes.len())))
            }
            Err(error) => Ok(Err(error)),
        }
    })
}

fn receive_from_into(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, frame, socket| {
        let buffer = frame.local(1);
        let length = room(ctx, &buffer, &frame.local(2), "recvfrom_into")?;
        let flags = flags_of(ctx, &frame.local(3))?;
        let fd = socket.fd.get();
        match with_scratch(ctx, length, |scratch| net::receive_from(fd, scratch, flags)) {
            Ok((bytes, from)) => {
                write_into(ctx, &buffer, &bytes)?;
                let from = from.map_or(Value::NONE, |from| address::to_value(ctx, &from));
                Ok(Ok(new_tuple([from_usize(bytes.len()), from]).into_value()))
            }
            Err(error) => Ok(Err(error)),
        }
    })
}

/// `recvmsg` into a buffer of this length: the bytes, and the rest of what the method gives.
fn message(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    socket: &Socket,
    length: usize,
) -> PyResult<io::Result<(Vec<u8>, [Value; 3])>> {
    let room = match given(&frame.local(2)) {
        Some(room) => size(ctx, room, "invalid ancillary data buffer length")?,
        None => 0,
    };
    let flags = flags_of(ctx, &frame.local(3))?;
    let fd = socket.fd.get();
    // A header takes 16 bytes, a descriptor 4.
    let descriptors = room.saturating_sub(16) / 4;
    let got = with_scratch(ctx, length, |buffer| {
        let message = net::receive_message(fd, buffer, descriptors, flags)?;
        Ok((message.count, message))
    });
    Ok(got.map(|(bytes, message)| {
        let mut ancillary = Vec::new();
        if !message.descriptors.is_empty() {
            let data: Vec<u8> = message.descriptors.iter().flat_map(|fd| fd.to_ne_bytes()).collect();
            let row = [from_i64(SOL_SOCKET.into()), from_i64(SCM_RIGHTS), new_bytes(data).into_value()];
            ancillary.push(new_tuple(row).into_value());
        }
        let from = message.from.map_or(Value::NONE, |from| address::to_value(ctx, &from));
        (bytes, [new_list(ancillary).into_value(), from_i64(message.flags.into()), from])
    }))
}

fn receive_message(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, frame, socket| {
        let length = size(ctx, &frame.local(1), "negative buffer size in recvmsg()")?;
        let got = message(ctx, frame, socket, length)?;
        outcome(got, |(bytes, [ancillary, flags, from])| {
            new_tuple([new_bytes(bytes).into_value(), ancillary, flags, from]).into_value()
        })
    })
}

fn receive_message_into(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::READ, |ctx, frame, socket| {
        let buffers = protocol::iteration::collect(ctx, &frame.local(1))?;
        let mut rooms = Vec::new();
        for buffer in &buffers {
            match writable_length(buffer) {
                Some(room) => rooms.push(room),
                None => {
                    return Err(ctx.type_error(
                        "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers",
                    ));
                }
            }
        }
        match message(ctx, frame, socket, rooms.iter().sum())? {
            Ok((bytes, [ancillary, flags, from])) => {
                let mut rest = bytes.as_slice();
                for (buffer, room) in buffers.iter().zip(rooms) {
                    let (part, more) = rest.split_at(room.min(rest.len()));
                    write_into(ctx, buffer, part)?;
                    rest = more;
                }
                Ok(Ok(new_tuple([from_usize(bytes.len()), ancillary, flags, from]).into_value()))
            }
            Err(error) => Ok(Err(error)),
        }
    })
}

fn send(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    drive(ctx, frame, input, Interest::WRITE, |ctx, frame, socket| {
        let data = frame.local(1);
        let flags = flags_of(ctx, &frame.local(2))?;
        let bytes = expect_bytes(ctx, &data)?;
        outcome(net::send(socket.fd.get(), &bytes, flags), from_usize)
    })
}

fn send_all(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Input::Start = input {
        // What can change is copied once, not at every try.
        let data = frame.local(1);
        let bytes = expect_bytes(ctx, &data)?;
        if let std::borrow::Cow::Owned(bytes) = bytes {
            frame.set_local(1, new_bytes(bytes).into_value());
        }
    }
    drive(ctx, frame, input, Interest::WRITE, |ctx, frame, socket| {
        let data = frame.local(1);
        let flags = flags_of(ctx, &frame.local(2))?;
        let bytes = expect_bytes(ctx, &data)?;
        let mut sent = to_i64(&frame.local(KEPT)).unwrap_or(0) as usize;
        while sent < bytes.len() {
            match net::send(socket.fd.get(), &bytes[sent..], flags) {
                Ok(count) => sent += count,
                Err(error) => {
                    frame.set_local(KEPT, from_u64(sent as u64));
                    return Ok(Err(error));
                }
            }
        }
        Ok(Ok(Value::NONE))
    })
}

/// The descriptors in what `sendmsg` is to send along.
fn ancillary_descriptors(ctx: &mut Ctx, data: &Value) -> PyResult<Vec<i32>> {
    let mut descriptors = Vec::new();
    if data.is_empty() {
        return Ok(descriptors);
    }
    for row in protocol::iteration::collect(ctx, data)? {
        let row = protocol::iteration::collect(ctx, &row)?;
        let [level, kind, bytes] = row.as_slice() else {
            return Err(ctx.type_error("[sendmsg() ancillary data items] must be sequence of length 3"));
        };
        if to_i64(level) != Some(SOL_SOCKET.into()) || to_i64(kind) != Some(SCM_RIGHTS) {
            return Err(raise_io_error(ctx, &io::Error::from_raw_os_error(22), None));
        }
        let bytes = expect_bytes(ctx, bytes)?;
        descriptors.extend(bytes.chunks_exact(4).map(|word| i32::from_ne_bytes([word[0], word[1], word[2], word[3]])));
    }
    Ok(descriptors)
}

fn send_message(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Some(action) = resolve(ctx, frame, &input, 4, "sendmsg")? {
        return Ok(action);
    }
    drive(ctx, frame, input, Interest::WRITE, |ctx, frame, socket| {
        let buffers = frame.local(1);
        let iterable = protocol::lookup_special(ctx, &buffers, &ctx.names.__iter__).is_some();
        if !iterable && protocol::lookup_special(ctx, &buffers, &ctx.names.__getitem__).is_none() {
            return Err(ctx.type_error("sendmsg() argument 1 must be an iterable"));
        }
        let mut bytes = Vec::new();
        for part in protocol::iteration::collect(ctx, &buffers)? {
            bytes.extend_from_slice(&expect_bytes(ctx, &part)?);
        }
        let descriptors = ancillary_descriptors(ctx, &frame.local(2))?;
        let flags = flags_of(ctx, &frame.local(3))?;
        let target = frame.local(4);
        let to = match given(&target).filter(|to| !to.is_none()) {
            Some(to) => Some(known_address(ctx, socket, to, "sendmsg")?),
            None => None,
        };
        outcome(net::send_message(socket.fd.get(), &bytes, &descriptors, flags, to.as_ref()), from_usize)
    })
}

fn send_to(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Input::Start = input {
        // sendto(data, address) or sendto(data, flags, address): local 2 becomes the flags, local 3 the address.
        let args = frame.local(1);
        let args = crate::objects::arguments::positional(&args).to_vec();
        let (data, flags, to) = match args.as_slice() {
            [data, to] => (data.clone(), Value::EMPTY, to.clone()),
            [data, flags, to] => (data.clone(), flags.clone(), to.clone()),
            _ => {
                let count = args.len();
                return Err(ctx.type_error(format!("sendto() takes 2 or 3 arguments ({count} given)")));
            }
        };
        for (index, value) in [data, flags, to].into_iter().enumerate() {
            frame.set_local(index + 1, value);
        }
    }
    if let Some(action) = resolve(ctx, frame, &input, 3, "sendto")? {
        return Ok(action);
    }
    drive(ctx, frame, input, Interest::WRITE, |ctx, frame, socket| {
        let data = frame.local(1);
        let flags = flags_of(ctx, &frame.local(2))?;
        let bytes = expect_bytes(ctx, &data)?;
        let to = known_address(ctx, socket, &frame.local(3), "sendto")?;
        outcome(net::send_to(socket.fd.get(), &bytes, flags, &to), from_usize)
    })
}

/// An address in which no name is left to look up.
fn known_address(ctx: &mut Ctx, socket: &Socket, value: &Value, method: &str) -> PyResult<Address> {
    match address::read(ctx, socket.family.get(), value, method)? {
        Read::Address(address) => Ok(address),
        Read::LookUp(_) => Err(names::failed(ctx, -2)),
    }
}

/// Replaces the name in the address in local `index` by what it stands for. While the lookup is under way, gives what to
/// wait for; None when there is nothing (more) to look up.
fn resolve(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: &Input,
    index: usize,
    method: &str,
) -> PyResult<Option<Action>> {
    let given_address = frame.local(index);
    if frame.state.get() == LOOKED_UP || given_address.is_empty() || given_address.is_none() {
        return Ok(None);
    }
    let owner = frame.local(0);
    let family = this(ctx, std::slice::from_ref(&owner))?.family.get();
    if family == AF_UNIX {
        return Ok(None);
    }
    if frame.state.get() == LOOKING_UP {
        if let Input::Raised = input {
            return Ok(None);
        }
        let answer = match ctx.state::<Lookups>().job(frame) {
            Some(job) => match names::take(ctx, job) {
                Some(answer) => answer,
                None => return Ok(Some(Action::Wait(Wait::job(job)))),
            },
            None => return Ok(None),
        };
        ctx.state::<Lookups>().forget(frame);
        frame.state.set(LOOKED_UP);
        match answer {
            Ok(found) => match found.first() {
                Some(first) => frame.set_local(index, address::replace_host(ctx, &given_address, &first.address)),
                None => return Err(names::failed(ctx, -2)),
            },
            Err(failure) => return Err(names::failed(ctx, failure.0)),
        }
        return Ok(None);
    }
    match address::read(ctx, family, &given_address, method)? {
        Read::Address(_) => Ok(None),
        Read::LookUp(host) => {
            if let Some(target) = names::redirected(ctx, &host) {
                frame.set_local(index, address::replace_host(ctx, &given_address, &target));
                frame.state.set(LOOKED_UP);
                return Ok(None);
            }
            let lookup = net::Lookup { host: Some(host), family, ..net::Lookup::default() };
            let job = names::start(ctx, lookup)?;
            ctx.state::<Lookups>().keep(frame, job);
            frame.state.set(LOOKING_UP);
            Ok(Some(Action::Wait(Wait::job(job))))
        }
    }
}

/// States of the frames of methods that take an address.
const LOOKING_UP: u32 = 1;
const LOOKED_UP: u32 = 2;

fn bind(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if let Some(action) = resolve(ctx, frame, &input, 1, "bind")? {
        return Ok(action);
    }
    drive(ctx, frame, input, Interest::WRITE, |ctx, frame, socket| {
        let to = known_address(ctx, socket, &frame.local(1), "bind")?;
        let result = net::bind(socket.fd.get(), &to);
        outcome(result, |()| Value::NONE)
    })
}

/// Connects: gives None when it is done, else what the system said.
fn connected(ctx: &mut Ctx, frame: &Obj<NativeFrame>, socket: &Socket, method: &str) -> PyResult<io::Result<()>> {
    let fd = socket.fd.get();
    if frame.local(KEPT).is_empty() {
        let to = known_address(ctx, socket, &frame.local(1), method)?;
        return Ok(match net::connect(fd, &to) {
            Err(error) if error.raw_os_error() == Some(EINPROGRESS) => {
                frame.set_local(KEPT, Value::TRUE);
                Err(error)
            }
            other => other,
        });
    }
    // It was under way; the outcome is with the socket.
    Ok(match option_number(fd, SOL_SOCKET, SO_ERROR) {
        Ok(0) => match descriptor::is_ready(fd, POLLOUT) {
            Ok(true) => Ok(()),
            Ok(false) => Err(io::Error::from_raw_os_error(EINPROGRESS)),
            Err(error) => Err(error),
        },
        Ok(error) => Err(io::Error::from_raw_os_error(error)),
        Err(error) => Err(error),
    })
}

const EINPROGRESS: i32 = 115;
const EAGAIN: i32 = 11;
const POLLOUT: u16 = 4;

fn connect(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    connect_or(ctx, frame, input, "connect", |ctx, error| Err(raise_io_error(ctx, error, None)))
}

fn connect_ex(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    connect_or(ctx, frame, input, "connect_ex", |_, error| Ok(from_i64(error.raw_os_error().unwrap_or(EAGAIN).into())))
}

fn connect_or(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: Input,
    method: &str,
    fail: fn(&mut Ctx, &io::Error) -> PyResult,
) -> PyResult<Action> {
    if let Some(action) = resolve(ctx, frame, &input, 1, method)? {
        return Ok(action);
    }
    if let Input::Raised = input {
        return Err(crate::objects::native::Raised(()));
    }
    let owner = frame.local(0);
    let socket = this(ctx, std::slice::from_ref(&owner))?;
    let error = match connected(ctx, frame, socket, method)? {
        Ok(()) => {
            return Ok(Action::Return(if method == "connect" { Value::NONE } else { from_i64(0) }));
        }
        Err(error) => error,
    };
    let code = error.raw_os_error();
    let waits = socket.timeout.get() != Some(Duration::ZERO);
    if waits && code == Some(EINPROGRESS) {
        return match wait(ctx, frame, socket, Interest::WRITE, &error) {
            Err(raised) if method == "connect_ex" => {
                drop(ctx.take_raised(raised));
                Ok(Action::Return(from_i64(EAGAIN.into())))
            }
            other => other,
        };
    }
    if waits && code == Some(EAGAIN) {
        // A local socket whose listener has no room: nothing tells when there is.
        let soon = ctx.deadline(Duration::from_millis(1));
        return Ok(Action::Wait(Wait::forever(crate::objects::scheduler::Why::Io).until(Some(soon))));
    }
    fail(ctx, &error).map(Action::Return)
}
