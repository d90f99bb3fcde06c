//! Control of descriptors by number and request: `flock`, `fcntl`, `ioctl`, for module `fcntl`.
//!
//! The requests are the program's own, of which the system alone knows what they mean; so `unsafe` stands here for calls
//! whose argument is a number, or a buffer of a size that no request goes beyond.

use std::io;
use std::os::fd::RawFd;

/// Bytes behind a buffer that a request may write to although the program gave less, as C has it.
const ROOM: usize = 1024;

/// A lock on a part of a file.
#[derive(Clone, Copy, Debug)]
pub enum RangeLock {
    /// Others may read.
    Shared,
    /// Nobody else.
    Exclusive,
    /// None any more.
    Off,
}

/// Names and numbers of requests and flags.
pub static CONSTANTS: &[(&str, i32)] = &[
    ("F_DUPFD", libc::F_DUPFD),
    ("F_DUPFD_CLOEXEC", libc::F_DUPFD_CLOEXEC),
    ("F_GETFD", libc::F_GETFD),
    ("F_GETFL", libc::F_GETFL),
    ("F_GETLK", libc::F_GETLK),
    ("F_GETOWN", libc::F_GETOWN),
    ("F_RDLCK", libc::F_RDLCK as _),
    ("F_SETFD", libc::F_SETFD),
    ("F_SETFL", libc::F_SETFL),
    ("F_SETLK", libc::F_SETLK),
    ("F_SETLKW", libc::F_SETLKW),
    ("F_SETOWN", libc::F_SETOWN),
    ("F_UNLCK", libc::F_UNLCK as _),
    ("F_WRLCK", libc::F_WRLCK as _),
    ("FD_CLOEXEC", libc::FD_CLOEXEC),
];

fn checked(result: i32) -> io::Result<i32> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// Locks or unlocks a whole file.
///
/// # Errors
/// What the operating system says.
pub fn flock(fd: RawFd, operation: i32) -> io::Result<()> {
    // SAFETY: the call takes numbers and touches no memory of ours.
    checked(unsafe { libc::flock(fd, operation) }).map(drop)
}

/// Locks or unlocks a part of a file, without waiting.
///
/// # Errors
/// What the operating system says.
pub fn lock_range(fd: RawFd, kind: RangeLock, start: i64, length: i64, whence: i32) -> io::Result<()> {
    // SAFETY: the struct is plain numbers, for which zeros are a value.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = match kind {
        RangeLock::Shared => libc::F_RDLCK,
        RangeLock::Exclusive => libc::F_WRLCK,
        RangeLock::Off => libc::F_UNLCK,
    } as _;
    lock.l_start = start as _;
    lock.l_len = length as _;
    lock.l_whence = whence as _;
    // SAFETY: F_SETLK reads the struct, which lives until the call returns.
    let result = checked(unsafe { libc::fcntl(fd, libc::F_SETLK, &raw const lock) });
    match result {
        Err(error) if error.raw_os_error() == Some(libc::EACCES) => Err(io::ErrorKind::WouldBlock.into()),
        other => other.map(drop),
    }
}

/// A number that is no address of this process, whatever a request takes it for: no page below this is ever mapped.
fn no_address(argument: i64) -> io::Result<i64> {
    if (-1..0x1_0000).contains(&argument) { Ok(argument) } else { Err(io::Error::from_raw_os_error(libc::EFAULT)) }
}

/// `fcntl` with a number.
///
/// # Errors
/// What the operating system says; `EFAULT` for numbers that could be an address.
pub fn fcntl(fd: RawFd, command: i32, argument: i64) -> io::Result<i32> {
    let argument = no_address(argument)?;
    // SAFETY: the argument is a number, and no address: a request that takes one fails.
    checked(unsafe { libc::fcntl(fd, command, argument) })
}

/// `fcntl` with a buffer, which the request may read and write.
///
/// # Errors
/// What the operating system says.
pub fn fcntl_bytes(fd: RawFd, command: i32, buffer: &mut Vec<u8>) -> io::Result<i32> {
    with_room(buffer, |address| {
        // SAFETY: the buffer has room for the largest argument of any request, and lives until the call returns.
        unsafe { libc::fcntl(fd, command, address) }
    })
}

/// `ioctl` with a number.
///
/// # Errors
/// What the operating system says; `EFAULT` for numbers that could be an address.
pub fn ioctl(fd: RawFd, request: u64, argument: i64) -> io::Result<i32> {
    let argument = no_address(argument)?;
    // SAFETY: as in fcntl.
    checked(unsafe { libc::ioctl(fd, request as _, argument) })
}

/// `ioctl` with a buffer, which the request may read and write.
///
/// # Errors
/// What the operating system says.
pub fn ioctl_bytes(fd: RawFd, request: u64, buffer: &mut Vec<u8>) -> io::Result<i32> {
    with_room(buffer, |address| {
        // SAFETY: as in fcntl_bytes.
        unsafe { libc::ioctl(fd, request as _, address) }
    })
}

fn with_room(buffer: &mut Vec<u8>, call: impl FnOnce(*mut u8) -> i32) -> io::Result<i32> {
    let length = buffer.len();
    buffer.resize(length + ROOM, 0);
    let result = checked(call(buffer.as_mut_ptr()));
    buffer.truncate(length);
    result
}
