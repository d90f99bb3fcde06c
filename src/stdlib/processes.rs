//! The part of module `posix` about processes, and about what paths have besides content: links, permissions, times.
//!
//! A thread that waits for a child waits for a descriptor of that child's end, so the others run on meanwhile.
//!
//! Source: Standard Library "os", "Process Management", "Files and Directories".

use std::io;
use std::time::Duration;

use super::_signal::arrive;
use super::descriptors::{fd_of, told};
use super::posix::path_text;
use crate::host::{Interest, descriptor, paths, process};
use crate::objects::arguments::or_none;
use crate::objects::buffer::bytes_of;
use crate::objects::bytes::{Bytes, new_bytes};
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::{raise_io_error, raise_io_error_between};
use crate::objects::heap::Obj;
use crate::objects::int::from_i64;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::scheduler::Wait;
use crate::objects::string::{Str, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;

crate::natives! { pub(super) static FUNCTIONS:
    /// Starts a program: its file, arguments, environment, directory, the descriptors of its standard streams, others that it
    /// gets, its process group. Gives its process number.
    function "_start(executable, arguments, environment, directory, streams, passed, group)" => start;
    /// Waits for the end of a child and gives its number and status.
    step function "waitpid(pid, options, /)" => wait;
    /// Return a file descriptor referring to the process *pid*.
    function "pidfd_open(pid, flags=0)" => watch_end;
    /// Kill a process with a signal.
    function "kill(pid, signal, /)" => kill;
    /// Kill a process group with a signal.
    function "killpg(pgid, signal, /)" => kill_group;
    /// Return the parent's process id.
    function "getppid()" => |_, _| Ok(from_i64(process::parent().into()));
    /// Return the current process's user id.
    function "getuid()" => |_, _| Ok(identity(0));
    /// Return the current process's effective user id.
    function "geteuid()" => |_, _| Ok(identity(1));
    /// Return the current process's group id.
    function "getgid()" => |_, _| Ok(identity(2));
    /// Return the current process's effective group id.
    function "getegid()" => |_, _| Ok(identity(3));
    /// Call the system call getpgid(), and return the result.
    function "getpgid(pid)" => group_of;
    /// Return the current process group id.
    function "getpgrp()" => |ctx, _| told(ctx, process::group_of(0), |group| from_i64(group.into()));
    /// Create a symbolic link pointing to src named dst.
    function "symlink(src, dst, target_is_directory=False, *, dir_fd=None)" => |ctx, args| two_paths(ctx, args, paths::link_symbolically);
    /// Create a hard link to a file.
    function "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)" => |ctx, args| two_paths(ctx, args, paths::link);
    /// Return a string representing the path to which the symbolic link points.
    function "readlink(path, *, dir_fd=None)" => read_link;
    /// Change the access permissions of a file.
    function "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)" => set_mode;
    /// Sets the times of the last access and change of a file.
    function "_utime(path, access, change, follow)" => set_times;
    /// Create a "fifo" (a POSIX named pipe).
    function "mkfifo(path, mode=438, *, dir_fd=None)" => make_fifo;
    /// Set the current numeric umask and return the previous umask.
    function "umask(mask, /)" => set_mask;
    /// Columns and lines of a terminal.
    function "_terminal_size(fd)" => terminal_size;
}

fn identity(which: usize) -> Value {
    from_i64(process::identity()[which].into())
}

/// The bytes of a path, an argument or the like.
fn text_bytes(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<u8>> {
    let bytes = match value.downcast_ref::<Str>() {
        Some(text) => text.as_str().as_bytes().to_vec(),
        None => match bytes_of(value) {
            Some(bytes) => bytes.into_owned(),
            None => path_text(ctx, value)?.into_bytes(),
        },
    };
    if bytes.contains(&0) {
        return Err(ctx.value_error("embedded null byte"));
    }
    Ok(bytes)
}

fn numbers(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<i32>> {
    let items = protocol::collect(ctx, value)?;
    items.iter().map(|item| protocol::convert::as_i32(ctx, item)).collect()
}

fn start(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut what = process::Start { executable: text_bytes(ctx, &args[0])?, ..process::Start::default() };
    for argument in protocol::collect(ctx, &args[1])? {
        what.arguments.push(text_bytes(ctx, &argument)?);
    }
    if !args[2].is_none() {
        let mut environment = Vec::new();
        for pair in protocol::collect(ctx, &args[2])? {
            let pair = protocol::collect(ctx, &pair)?;
            let [name, value] = pair.as_slice() else {
                return Err(ctx.value_error("illegal environment variable name"));
            };
            environment.push((text_bytes(ctx, name)?, text_bytes(ctx, value)?));
        }
        what.environment = Some(environment);
    }
    if !args[3].is_none() {
        what.directory = Some(text_bytes(ctx, &args[3])?);
    }
    let streams = numbers(ctx, &args[4])?;
    if let Ok(streams) = <[i32; 3]>::try_from(streams) {
        what.streams = streams;
    }
    what.passed = numbers(ctx, &args[5])?;
    if !args[6].is_none() {
        what.group = Some(protocol::convert::as_i32(ctx, &args[6])?);
    }
    // What the program has printed comes before what its child prints.
    for stream in [crate::host::Stream::Out, crate::host::Stream::Err] {
        let _ = ctx.host.flush(stream);
    }
    told(ctx, process::start(&what), |pid| from_i64(pid.into()))
}

/// The option not to wait.
const NO_HANG: i32 = 1;

/// Local 0 is the process, local 1 the options; local 0 of a wait that goes on is kept in place, its descriptor is local 2.
fn wait(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let pid = protocol::convert::as_i32(ctx, &frame.local(0))?;
    let options = protocol::convert::as_i32(ctx, &frame.local(1))?;
    // While it waits, the options hold its descriptor, as a negative number.
    let watched = (options < 0).then_some(-options);
    if let Some(fd) = watched {
        let _ = descriptor::close(fd);
        frame.set_local(1, from_i64(0));
    }
    if matches!(input, Input::Raised) {
        return Err(Raised(()));
    }
    match process::take_ended(pid) {
        Err(error) => Err(raise_io_error(ctx, &error, None)),
        Ok(Some(ended)) => {
            Ok(Action::Return(new_tuple(vec![from_i64(ended.pid.into()), from_i64(ended.status.into())]).into_value()))
        }
        Ok(None) if watched.is_none() && options & NO_HANG != 0 => {
            Ok(Action::Return(new_tuple(vec![from_i64(0), from_i64(0)]).into_value()))
        }
        Ok(None) if pid > 0 => match process::watch_end(pid) {
            Ok(fd) => {
                frame.set_local(1, from_i64((-fd).into()));
                Ok(Action::Wait(Wait::io(fd, Interest::READ)))
            }
            Err(error) => Err(raise_io_error(ctx, &error, None)),
        },
        // Any child: there is no descriptor for that.
        Ok(None) => {
            let soon = ctx.host.monotonic_time() + Duration::from_millis(5);
            let pause = Wait::forever(crate::objects::scheduler::Why::Sleep).until(Some(soon));
            Ok(Action::Wait(pause))
        }
    }
}

fn watch_end(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pid = protocol::convert::as_i32(ctx, &args[0])?;
    told(ctx, process::watch_end(pid), |fd| from_i64(fd.into()))
}

fn kill(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pid = protocol::convert::as_i32(ctx, &args[0])?;
    let signal = protocol::convert::as_i32(ctx, &args[1])?;
    if signal != 0 && i64::from(pid) == i64::from(ctx.host.process_id()) {
        return arrive(ctx, signal).map(|()| Value::NONE);
    }
    told(ctx, process::send_signal(pid, signal), |()| Value::NONE)
}

fn kill_group(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let group = protocol::convert::as_i32(ctx, &args[0])?;
    let signal = protocol::convert::as_i32(ctx, &args[1])?;
    told(ctx, process::send_signal(-group, signal), |()| Value::NONE)
}

fn group_of(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pid = protocol::convert::as_i32(ctx, &args[0])?;
    told(ctx, process::group_of(pid), |group| from_i64(group.into()))
}

/// The result of a change at a path: errors name the path.
fn at_path<T>(ctx: &mut Ctx, path: &Value, result: io::Result<T>, value: impl FnOnce(T) -> Value) -> PyResult {
    result.map(value).map_err(|error| raise_io_error(ctx, &error, Some(path.clone())))
}

fn two_paths(ctx: &mut Ctx, args: &[Value], make: fn(&str, &str) -> io::Result<()>) -> PyResult {
    let (from, to) = (path_text(ctx, &args[0])?, path_text(ctx, &args[1])?);
    match make(&from, &to) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise_io_error_between(ctx, &error, &args[0], &args[1])),
    }
}

fn read_link(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_text(ctx, &args[0])?;
    // Whoever asks in bytes is answered in bytes.
    let in_bytes = args[0].is_kind::<Bytes>();
    at_path(ctx, &args[0], paths::read_link(&path), |target| {
        if in_bytes { new_bytes(target.into_bytes()).into_value() } else { new_str(target).into_value() }
    })
}

fn set_mode(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_text(ctx, &args[0])?;
    let mode = protocol::convert::as_i32(ctx, &args[1])?;
    at_path(ctx, &args[0], paths::set_mode(&path, mode.cast_unsigned()), |()| Value::NONE)
}

fn set_times(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_text(ctx, &args[0])?;
    let mut times = [Duration::ZERO; 2];
    for (time, value) in times.iter_mut().zip(&args[1..3]) {
        // In nanoseconds.
        let nanoseconds = protocol::convert::as_isize(ctx, value)?;
        *time = Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(0));
    }
    let follow = protocol::truth(ctx, &args[3])?;
    at_path(ctx, &args[0], paths::set_times(&path, times[0], times[1], follow), |()| Value::NONE)
}

fn make_fifo(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_text(ctx, &args[0])?;
    let mode = or_none(&args[1]);
    let mode = if mode.is_none() { 0o666 } else { protocol::convert::as_i32(ctx, &mode)? };
    at_path(ctx, &args[0], paths::make_fifo(&path, mode.cast_unsigned()), |()| Value::NONE)
}

fn set_mask(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mask = protocol::convert::as_i32(ctx, &args[0])?;
    Ok(from_i64(paths::set_creation_mask(mask.cast_unsigned()).into()))
}

fn terminal_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = fd_of(ctx, &args[0])?;
    told(ctx, paths::terminal_size(fd), |(rows, columns)| {
        new_tuple(vec![from_i64(columns.into()), from_i64(rows.into())]).into_value()
    })
}
