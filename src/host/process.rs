//! Processes of the operating system: starting, waiting, signalling, asking who one is.
//!
//! Children are started by the standard library, which does between `fork` and `exec` only what is safe there. A child's
//! end is waited for with a descriptor (`pidfd_open`), so that only the thread that waits is parked.
//!
//! Source: POSIX; Standard Library "os", "Process Management"; "subprocess".

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::{IntoRawFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::process::{self, Pid, PidfdFlags, Signal, WaitOptions};

use super::descriptor;

/// A program to be started.
#[derive(Debug, Default)]
pub struct Start {
    /// The file to be executed; without a slash it is searched for on the `PATH` of the environment.
    pub executable: Vec<u8>,
    /// Its arguments, with its own name.
    pub arguments: Vec<Vec<u8>>,
    /// The whole environment; the own one when there is none.
    pub environment: Option<Vec<(Vec<u8>, Vec<u8>)>>,
    /// The directory in which it begins.
    pub directory: Option<Vec<u8>>,
    /// Its standard streams; its parent's for -1.
    pub streams: [RawFd; 3],
    /// Other descriptors that it gets under their numbers.
    pub passed: Vec<RawFd>,
    /// The process group; 0 for one of its own.
    pub group: Option<i32>,
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub pid: i32,
    /// Its status, as C has it: exit code and signal in one number.
    pub status: i32,
}

fn process_of(pid: i32) -> io::Result<Pid> {
    Pid::from_raw(pid).ok_or_else(|| io::Error::from_raw_os_error(libc::ESRCH))
}

/// Starts a program and gives its process number.
///
/// # Errors
/// What the operating system says, also about the executable.
pub fn start(what: &Start) -> io::Result<i32> {
    let mut command = Command::new(OsStr::from_bytes(&what.executable));
    if let Some((name, rest)) = what.arguments.split_first() {
        command.arg0(OsStr::from_bytes(name)).args(rest.iter().map(|argument| OsStr::from_bytes(argument)));
    }
    if let Some(environment) = &what.environment {
        command.env_clear();
        command.envs(environment.iter().map(|(name, value)| (OsStr::from_bytes(name), OsStr::from_bytes(value))));
    }
    if let Some(directory) = &what.directory {
        command.current_dir(PathBuf::from(OsString::from(OsStr::from_bytes(directory))));
    }
    if let Some(group) = what.group {
        command.process_group(group);
    }
    let stream = |fd: RawFd| -> io::Result<Stdio> {
        if fd < 0 { Ok(Stdio::inherit()) } else { Ok(Stdio::from(descriptor::borrow(fd)?.try_clone_to_owned()?)) }
    };
    let [input, output, errors] = what.streams;
    command.stdin(stream(input)?).stdout(stream(output)?).stderr(stream(errors)?);
    // No other child is started in between, so nobody else gets them.
    let hidden: Vec<RawFd> =
        what.passed.iter().copied().filter(|fd| matches!(descriptor::is_inheritable(*fd), Ok(false))).collect();
    hidden.iter().try_for_each(|fd| descriptor::set_inheritable(*fd, true))?;
    let child = command.spawn();
    hidden.iter().try_for_each(|fd| descriptor::set_inheritable(*fd, false))?;
    // Dropping the child neither ends it nor waits for it: the program does that by its number.
    Ok(child?.id().cast_signed())
}

/// Takes the status of a child that has ended: of a certain one, or of any for -1. None while none has ended.
///
/// # Errors
/// `ECHILD` when there is no such child.
pub fn take_ended(pid: i32) -> io::Result<Option<Ended>> {
    let which = if pid > 0 { Some(process_of(pid)?) } else { None };
    let found = match which {
        Some(pid) => process::waitpid(Some(pid), WaitOptions::NOHANG)?,
        None => process::wait(WaitOptions::NOHANG)?,
    };
    Ok(found.map(|(pid, status)| Ended { pid: pid.as_raw_nonzero().get(), status: status.as_raw() }))
}

/// A descriptor that is ready for reading when the process has ended.
///
/// # Errors
/// `ESRCH` when there is no such process.
pub fn watch_end(pid: i32) -> io::Result<RawFd> {
    Ok(process::pidfd_open(process_of(pid)?, PidfdFlags::empty())?.into_raw_fd())
}

/// Sends a signal to a process: 0 only asks whether it is there. Negative numbers and 0 stand for groups.
///
/// # Errors
/// `ESRCH` when there is no such process, `EINVAL` when there is no such signal.
pub fn send_signal(pid: i32, signal: i32) -> io::Result<()> {
    let to_group = pid <= 0;
    let target = Pid::from_raw(pid.wrapping_abs());
    if signal == 0 {
        match (target, to_group) {
            (Some(target), false) => process::test_kill_process(target)?,
            (Some(target), true) => process::test_kill_process_group(target)?,
            (None, _) => process::test_kill_current_process_group()?,
        }
        return Ok(());
    }
    let signal = Signal::from_named_raw(signal).ok_or_else(|| io::Error::from_raw_os_error(libc::EINVAL))?;
    match (target, to_group) {
        (Some(target), false) => process::kill_process(target, signal)?,
        (Some(target), true) => process::kill_process_group(target, signal)?,
        (None, _) => process::kill_current_process_group(signal)?,
    }
    Ok(())
}

/// The process that started this one.
pub fn parent() -> i32 {
    process::getppid().map_or(0, |pid| pid.as_raw_nonzero().get())
}

/// Real and effective user, real and effective group.
pub fn identity() -> [u32; 4] {
    [process::getuid().as_raw(), process::geteuid().as_raw(), process::getgid().as_raw(), process::getegid().as_raw()]
}

/// The group of a process; of the own one for 0.
///
/// # Errors
/// `ESRCH` when there is no such process.
pub fn group_of(pid: i32) -> io::Result<i32> {
    Ok(process::getpgid(Pid::from_raw(pid))?.as_raw_nonzero().get())
}
