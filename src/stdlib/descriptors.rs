//! The part of module `posix` that works on descriptors: pipes, reading and writing, duplicating.
//!
//! Reading and writing parks only the thread that does it: where the descriptor is not ready, the native waits for it and
//! then calls the system. A descriptor that the program set to non-blocking raises BlockingIOError, as in C.
//!
//! Source: Standard Library "os", "File Descriptor Operations".

use std::io;

use crate::host::{Interest, descriptor};
use crate::objects::arguments::given;
use crate::objects::buffer::{expect_bytes, writable_length, write_into};
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::heap::Obj;
use crate::objects::int::{from_i64, from_u64, from_usize, to_i64};
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::scheduler::Wait;
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;

crate::natives! { pub(super) static FUNCTIONS:
    /// Create a pipe.
    ///
    /// Returns a tuple of two file descriptors:
    ///   (read_fd, write_fd)
    function "pipe()" => pipe;
    /// Read from a file descriptor.  Returns a bytes object.
    step function "read(fd, length, /)" => read;
    /// Read into a buffer object from a file descriptor.
    step function "readinto(fd, buffer, /)" => read_into;
    /// Write a bytes object to a file descriptor.
    step function "write(fd, data, /)" => write;
    /// Read a number of bytes from a file descriptor starting at a particular offset.
    function "pread(fd, length, offset, /)" => read_at;
    /// Write bytes to a file descriptor starting at a particular offset.
    function "pwrite(fd, buffer, offset, /)" => write_at;
    /// Close a file descriptor.
    function "close(fd)" => close;
    /// Closes all file descriptors in [fd_low, fd_high), ignoring errors.
    function "closerange(fd_low, fd_high, /)" => close_range;
    /// Return a duplicate of a file descriptor.
    function "dup(fd, /)" => duplicate;
    /// Duplicate file descriptor.
    function "dup2(fd, fd2, inheritable=True)" => duplicate_to;
    /// Get the blocking mode of the file descriptor.
    function "get_blocking(fd, /)" => |ctx, args| number_of(ctx, &args[0], descriptor::is_blocking, Value::bool);
    /// Set the blocking mode of the specified file descriptor.
    function "set_blocking(fd, blocking, /)" => |ctx, args| set_flag(ctx, args, descriptor::set_blocking);
    /// Get the close-on-exe flag of the specified file descriptor.
    function "get_inheritable(fd, /)" => |ctx, args| number_of(ctx, &args[0], descriptor::is_inheritable, Value::bool);
    /// Set the inheritable flag of the specified file descriptor.
    function "set_inheritable(fd, inheritable, /)" => |ctx, args| set_flag(ctx, args, descriptor::set_inheritable);
    /// Set the position of a file descriptor.  Return the new position.
    function "lseek(fd, position, whence, /)" => seek;
    /// Truncate a file, specified by file descriptor, to a specific length.
    function "ftruncate(fd, length, /)" => truncate;
    /// Force write of fd to disk.
    function "fsync(fd)" => |ctx, args| number_of(ctx, &args[0], descriptor::synchronize, |()| Value::NONE);
    /// Open a file for low level IO.  Returns a file descriptor (integer).
    function "_open(path, flags, mode)" => open;
    /// The flags of an open file.
    function "_status_flags(fd)" => |ctx, args| number_of(ctx, &args[0], descriptor::status_flags, |flags| from_i64(flags.into()));
    /// Sets the flags of an open file.
    function "_set_status_flags(fd, flags)" => set_status_flags;
}

/// Names and numbers that go with them.
pub(super) static CONSTANTS: &[(&str, i64)] = &[
    ("O_NONBLOCK", 0o4000),
    ("O_NDELAY", 0o4000),
    ("O_CLOEXEC", 0o2_000_000),
    ("O_NOCTTY", 0o400),
    ("O_SYNC", 0o4_010_000),
    ("O_DIRECTORY", 0o200_000),
    ("O_NOFOLLOW", 0o400_000),
    ("SEEK_SET", 0),
    ("SEEK_CUR", 1),
    ("SEEK_END", 2),
];

pub(super) fn fd_of(ctx: &mut Ctx, value: &Value) -> PyResult<i32> {
    if to_i64(value).is_none()
        && let Some(method) =
            protocol::attribute::get_attr_optional(ctx, value, &crate::objects::string::intern("fileno"))?
    {
        let number = protocol::call(ctx, &method, &[])?;
        return protocol::convert::as_i32(ctx, &number);
    }
    protocol::convert::as_i32(ctx, value)
}

pub(super) fn told<T>(ctx: &mut Ctx, result: io::Result<T>, value: impl FnOnce(T) -> Value) -> PyResult {
    match result {
        Ok(result) => Ok(value(result)),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn number_of<T>(ctx: &mut Ctx, fd: &Value, ask: fn(i32) -> io::Result<T>, value: fn(T) -> Value) -> PyResult {
    let fd = fd_of(ctx, fd)?;
    told(ctx, ask(fd), value)
}

fn set_flag(ctx: &mut Ctx, args: &[Value], set: fn(i32, bool) -> io::Result<()>) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    let flag = protocol::truth(ctx, &args[1])?;
    told(ctx, set(fd, flag), |()| Value::NONE)
}

fn pipe(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    if !ctx.host.has_descriptors() {
        return Err(raise_io_error(ctx, &io::ErrorKind::Unsupported.into(), None));
    }
    told(ctx, descriptor::pipe(), |(reader, writer)| {
        new_tuple([from_i64(reader.into()), from_i64(writer.into())]).into_value()
    })
}

const POLLIN: u16 = 1;
const POLLOUT: u16 = 4;

/// What to wait for before the system call; None when it can be made.
fn blocks(ctx: &mut Ctx, input: &Input, fd: i32, events: u16) -> PyResult<Option<Action>> {
    if let Input::Raised = input {
        return Err(Raised(()));
    }
    let ready = descriptor::is_ready(fd, events).and_then(|ready| Ok(ready || !descriptor::is_blocking(fd)?));
    let interest = if events == POLLIN { Interest::READ } else { Interest::WRITE };
    match ready {
        Ok(true) => Ok(None),
        Ok(false) => Ok(Some(Action::Wait(Wait::io(fd, interest)))),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn read(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let fd = fd_of(ctx, &frame.local(0))?;
    let length = protocol::convert::as_isize(ctx, &frame.local(1))?;
    let Ok(length) = usize::try_from(length) else {
        return Err(raise_io_error(ctx, &io::Error::from_raw_os_error(22), None));
    };
    if let Some(action) = blocks(ctx, &input, fd, POLLIN)? {
        return Ok(action);
    }
    // The system reads no more than this at once.
    let length = length.min(1 << 30);
    crate::objects::sequence::check_room(ctx, length)?;
    let mut buffer = vec![0; length];
    let result = descriptor::read(fd, &mut buffer);
    told(ctx, result, |count| {
        buffer.truncate(count);
        new_bytes(buffer).into_value()
    })
    .map(Action::Return)
}

fn read_into(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let fd = fd_of(ctx, &frame.local(0))?;
    let target = frame.local(1);
    let Some(room) = writable_length(&target) else {
        let class = protocol::class_name(ctx, &target);
        let message = format!("readinto() argument 2 must be read-write bytes-like object, not {class}");
        return Err(ctx.type_error(message));
    };
    if let Some(action) = blocks(ctx, &input, fd, POLLIN)? {
        return Ok(action);
    }
    let mut buffer = vec![0; room];
    match descriptor::read(fd, &mut buffer) {
        Ok(count) => {
            write_into(ctx, &target, &buffer[..count])?;
            Ok(Action::Return(from_usize(count)))
        }
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn write(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let fd = fd_of(ctx, &frame.local(0))?;
    let data = frame.local(1);
    let bytes = expect_bytes(ctx, &data)?;
    if let Some(action) = blocks(ctx, &input, fd, POLLOUT)? {
        return Ok(action);
    }
    // A descriptor that is ready takes something, but to write more than that would block: not while other threads can run.
    let large = bytes.len() > 512 && descriptor::is_blocking(fd).unwrap_or(false);
    if large {
        let _ = descriptor::set_blocking(fd, false);
    }
    let result = descriptor::write(fd, &bytes);
    if large {
        let _ = descriptor::set_blocking(fd, true);
        if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock) {
            return Ok(Action::Wait(Wait::io(fd, Interest::WRITE)));
        }
        if let Ok(count) = result
            && count < bytes.len()
        {
            // A blocking write writes everything: the rest is the next turn's.
            let so_far = to_i64(&frame.local(2)).unwrap_or(0) + count as i64;
            frame.set_local(2, from_i64(so_far));
            frame.set_local(1, new_bytes(bytes[count..].to_vec()).into_value());
            return Ok(Action::Wait(Wait::io(fd, Interest::WRITE)));
        }
    }
    let before = to_i64(&frame.local(2)).unwrap_or(0) as usize;
    told(ctx, result, |count| from_usize(before + count)).map(Action::Return)
}

fn offset_of(ctx: &mut Ctx, value: &Value) -> PyResult<u64> {
    let offset = protocol::convert::as_isize(ctx, value)?;
    u64::try_from(offset).map_err(|_| raise_io_error(ctx, &io::Error::from_raw_os_error(22), None))
}

fn read_at(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    let (length, offset) = (offset_of(ctx, &args[1])?, offset_of(ctx, &args[2])?);
    let mut buffer = vec![0; length.min(1 << 30) as usize];
    let result = descriptor::read_at(fd, &mut buffer, offset);
    told(ctx, result, |count| {
        buffer.truncate(count);
        new_bytes(buffer).into_value()
    })
}

fn write_at(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    let bytes = expect_bytes(ctx, &args[1])?;
    let offset = offset_of(ctx, &args[2])?;
    told(ctx, descriptor::write_at(fd, &bytes, offset), from_usize)
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    ctx.unwatch(fd);
    told(ctx, descriptor::close(fd), |()| Value::NONE)
}

fn close_range(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (low, high) = (protocol::convert::as_i32(ctx, &args[0])?, protocol::convert::as_i32(ctx, &args[1])?);
    for fd in low.max(0)..high.min(65536) {
        // Most numbers of a range are not open.
        let _ = descriptor::close(fd);
    }
    Ok(Value::NONE)
}

fn duplicate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number_of(ctx, &args[0], descriptor::duplicate, |fd| from_i64(fd.into()))
}

fn duplicate_to(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (from, to) = (fd_of(ctx, &args[0])?, fd_of(ctx, &args[1])?);
    let inheritable = match given(&args[2]) {
        Some(inheritable) => protocol::truth(ctx, inheritable)?,
        None => true,
    };
    if to == 1 {
        // What was printed so far belongs to what the number meant so far.
        let _ = ctx.host.flush(crate::host::Stream::Out);
    }
    told(ctx, descriptor::duplicate_to(from, to, inheritable), |()| from_i64(to.into()))
}

fn seek(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    let offset = protocol::convert::as_isize(ctx, &args[1])? as i64;
    let whence = protocol::convert::as_i32(ctx, &args[2])?;
    told(ctx, descriptor::seek(fd, offset, whence), from_u64)
}

fn truncate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    let length = offset_of(ctx, &args[1])?;
    told(ctx, descriptor::set_length(fd, length), |()| Value::NONE)
}

fn open(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = super::posix::path_text(ctx, &args[0])?;
    let flags = protocol::convert::as_i32(ctx, &args[1])?;
    let mode = protocol::convert::as_i32(ctx, &args[2])?;
    if !ctx.host.has_descriptors() {
        return Err(raise_io_error(ctx, &io::ErrorKind::Unsupported.into(), None));
    }
    match descriptor::open(&path, flags, mode as u32) {
        Ok(fd) => Ok(from_i64(fd.into())),
        Err(error) => Err(raise_io_error(ctx, &error, Some(args[0].clone()))),
    }
}

fn set_status_flags(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    let flags = protocol::convert::as_i32(ctx, &args[1])?;
    told(ctx, descriptor::set_status_flags(fd, flags), |()| from_i64(0))
}
