//! Module `fcntl`: locks on files, flags of descriptors, requests to devices.
//!
//! A lock that somebody else holds is asked for again and again, in longer and longer pauses: the system has no way to be
//! told of it without a thread that stands still. Source: Standard Library "fcntl".

use std::io;
use std::time::Duration;

use super::select::descriptor_of;
use crate::host::control;
use crate::objects::arguments::given;
use crate::objects::buffer::{bytes_of, writable_length, write_into};
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::heap::Obj;
use crate::objects::int::from_i64;
use crate::objects::module::new_module;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::scheduler::{Wait, Why};
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;

crate::natives! { static FUNCTIONS:
    /// Perform the lock operation `operation` on file descriptor `fd`.
    step function "flock(fd, operation, /)" => flock;
    /// A wrapper around the fcntl() locking calls.
    step function "lockf(fd, cmd, len=0, start=0, whence=0, /)" => lockf;
    /// Perform the operation `cmd` on file descriptor fd.
    function "fcntl(fd, cmd, arg=0, /)" => fcntl;
    /// Perform the operation request on file descriptor fd.
    function "ioctl(fd, request, arg=0, mutate_flag=True, /)" => ioctl;
}

const LOCK_SHARED: i32 = 1;
const LOCK_EXCLUSIVE: i32 = 2;
const LOCK_NOT_BLOCKING: i32 = 4;
const LOCK_OFF: i32 = 8;

/// The longest bytes argument, as in C.
const MOST_BYTES: usize = 1024;

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "This module performs file control and I/O control on file\ndescriptors.";
    let module = new_module(ctx, "fcntl", Some(doc));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("fcntl", def));
    }
    let locks =
        [("LOCK_SH", LOCK_SHARED), ("LOCK_EX", LOCK_EXCLUSIVE), ("LOCK_NB", LOCK_NOT_BLOCKING), ("LOCK_UN", LOCK_OFF)];
    for (name, value) in locks.iter().chain(control::CONSTANTS) {
        module.dict.set_str(&intern(name), from_i64((*value).into()));
    }
    Ok(module.into_value())
}

fn number(ctx: &mut Ctx, value: &Value, missing: i64) -> PyResult<i64> {
    match given(value) {
        None => Ok(missing),
        Some(value) => Ok(protocol::convert::as_isize(ctx, value)? as i64),
    }
}

fn failed(ctx: &mut Ctx, error: &io::Error) -> Raised {
    raise_io_error(ctx, error, None)
}

/// Tries to lock, and again after a pause when somebody else has the lock and the program wants to wait.
fn lock(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: Input,
    operation: i32,
    attempt: impl Fn(i32) -> io::Result<()>,
) -> PyResult<Action> {
    if matches!(input, Input::Raised) {
        return Err(Raised(()));
    }
    match attempt(operation | LOCK_NOT_BLOCKING) {
        Ok(()) => Ok(Action::Return(Value::NONE)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock && operation & LOCK_NOT_BLOCKING == 0 => {
            let pauses = frame.state.get();
            frame.state.set((pauses + 1).min(6));
            let deadline = ctx.deadline(Duration::from_millis(1 << pauses));
            Ok(Action::Wait(Wait::forever(Why::Other("for a lock on a file")).until(Some(deadline))))
        }
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn flock(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let descriptor = descriptor_of(ctx, &frame.local(0))?;
    let operation = protocol::convert::as_i32(ctx, &frame.local(1))?;
    lock(ctx, frame, input, operation, |operation| control::flock(descriptor, operation))
}

fn lockf(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let descriptor = descriptor_of(ctx, &frame.local(0))?;
    let operation = protocol::convert::as_i32(ctx, &frame.local(1))?;
    if operation & (LOCK_SHARED | LOCK_EXCLUSIVE | LOCK_OFF) == 0 {
        return Err(ctx.value_error("unrecognized lockf argument"));
    }
    let length = number(ctx, &frame.local(2), 0)?;
    let start = number(ctx, &frame.local(3), 0)?;
    let whence = number(ctx, &frame.local(4), 0)? as i32;
    let kind = match operation & (LOCK_SHARED | LOCK_EXCLUSIVE | LOCK_OFF) {
        LOCK_SHARED => control::RangeLock::Shared,
        LOCK_EXCLUSIVE => control::RangeLock::Exclusive,
        _ => control::RangeLock::Off,
    };
    lock(ctx, frame, input, operation, |_| control::lock_range(descriptor, kind, start, length, whence))
}

fn fcntl(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let descriptor = descriptor_of(ctx, &args[0])?;
    let command = protocol::convert::as_i32(ctx, &args[1])?;
    if let Some(bytes) = given(&args[2]).and_then(bytes_of) {
        let mut buffer = bytes.into_owned();
        if buffer.len() > MOST_BYTES {
            return Err(ctx.value_error("fcntl string arg too long"));
        }
        return match control::fcntl_bytes(descriptor, command, &mut buffer) {
            Ok(_) => Ok(new_bytes(buffer).into_value()),
            Err(error) => Err(failed(ctx, &error)),
        };
    }
    let argument = number(ctx, &args[2], 0)?;
    match control::fcntl(descriptor, command, argument) {
        Ok(result) => Ok(from_i64(result.into())),
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn ioctl(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let descriptor = descriptor_of(ctx, &args[0])?;
    let request = number(ctx, &args[1], 0)? as u64;
    if let Some(bytes) = given(&args[2]).and_then(bytes_of) {
        let mut buffer = bytes.into_owned();
        if buffer.len() > MOST_BYTES {
            return Err(ctx.value_error("ioctl string arg too long"));
        }
        let result = match control::ioctl_bytes(descriptor, request, &mut buffer) {
            Ok(result) => result,
            Err(error) => return Err(failed(ctx, &error)),
        };
        let mutates = given(&args[3]).is_none_or(|flag| flag.is(&Value::TRUE));
        if mutates && writable_length(&args[2]).is_some() {
            write_into(ctx, &args[2], &buffer)?;
            return Ok(from_i64(result.into()));
        }
        return Ok(new_bytes(buffer).into_value());
    }
    let argument = number(ctx, &args[2], 0)?;
    match control::ioctl(descriptor, request, argument) {
        Ok(result) => Ok(from_i64(result.into())),
        Err(error) => Err(failed(ctx, &error)),
    }
}
