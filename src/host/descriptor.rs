//! Descriptors of the operating system as plain numbers: reading, writing, duplicating, asking, waiting.
//!
//! A Python program holds descriptors as ints and may use one that it has closed, so nothing here owns one: a number
//! that is not open gives the error `EBADF`, as in C. Sockets are in [`net`](super::net). `unsafe` stands here for three
//! things: borrowing a descriptor by its number, closing it, and socket options, whose values are bytes of any shape.
//!
//! Source: POSIX; Standard Library "os", "File Descriptor Operations".

use std::io;
use std::os::fd::{BorrowedFd, IntoRawFd, OwnedFd, RawFd};
use std::time::Duration;

use rustix::event::{self, PollFd, PollFlags, Timespec, epoll};
use rustix::fs::{self, OFlags};
use rustix::io::FdFlags;

use super::FileFacts;

/// The descriptor with a number, for the time of one call.
///
/// # Errors
/// `EBADF` for a negative number.
pub(super) fn borrow<'a>(fd: RawFd) -> io::Result<BorrowedFd<'a>> {
    if fd < 0 {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    // SAFETY: the number is not -1. It may not be open (any more): then the system call that it is borrowed for fails with
    // EBADF. No memory is reached through it.
    Ok(unsafe { BorrowedFd::borrow_raw(fd) })
}

fn number(fd: OwnedFd) -> RawFd {
    fd.into_raw_fd()
}

/// Closes.
///
/// # Errors
/// `EBADF`, or what the last write met.
pub fn close(fd: RawFd) -> io::Result<()> {
    borrow(fd)?;
    // SAFETY: the number came from the program, which says that it is done with it; Coil's own descriptors are owned by
    // types that close them themselves and are closed by number only when a program asks for exactly that.
    let result = unsafe { libc::close(fd) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Reads up to the buffer's length; 0 at the end.
///
/// # Errors
/// What the operating system says.
pub fn read(fd: RawFd, buffer: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::read(borrow(fd)?, buffer)?)
}

/// Writes what there is room for.
///
/// # Errors
/// What the operating system says.
pub fn write(fd: RawFd, bytes: &[u8]) -> io::Result<usize> {
    Ok(rustix::io::write(borrow(fd)?, bytes)?)
}

/// Reads at an offset.
///
/// # Errors
/// What the operating system says.
pub fn read_at(fd: RawFd, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    Ok(rustix::io::pread(borrow(fd)?, buffer, offset)?)
}

/// Writes at an offset.
///
/// # Errors
/// What the operating system says.
pub fn write_at(fd: RawFd, bytes: &[u8], offset: u64) -> io::Result<usize> {
    Ok(rustix::io::pwrite(borrow(fd)?, bytes, offset)?)
}

/// Opens a file with the flags of `os.open`; child processes do not inherit it.
///
/// # Errors
/// What the operating system says.
pub fn open(path: &str, flags: i32, mode: u32) -> io::Result<RawFd> {
    let flags = OFlags::from_bits_retain(flags as u32) | OFlags::CLOEXEC;
    Ok(number(fs::open(path, flags, fs::Mode::from_raw_mode(mode))?))
}

/// A pipe: the end to read from, the end to write to. Child processes do not inherit them.
///
/// # Errors
/// What the operating system says.
pub fn pipe() -> io::Result<(RawFd, RawFd)> {
    let (reader, writer) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
    Ok((number(reader), number(writer)))
}

/// Another number for the same file.
///
/// # Errors
/// What the operating system says.
pub fn duplicate(fd: RawFd) -> io::Result<RawFd> {
    Ok(number(rustix::io::fcntl_dupfd_cloexec(borrow(fd)?, 0)?))
}

/// Makes `to` a number for the file of `from`, closing what it was before.
///
/// # Errors
/// What the operating system says.
pub fn duplicate_to(from: RawFd, to: RawFd, inheritable: bool) -> io::Result<()> {
    let from_fd = borrow(from)?;
    borrow(to)?;
    if from == to {
        rustix::io::fcntl_getfd(from_fd)?;
        return set_inheritable(from, inheritable);
    }
    // SAFETY: dup3 gets two numbers and no memory. What `to` was is closed, which is what the program asked for.
    let result = unsafe { libc::dup3(from, to, if inheritable { 0 } else { libc::O_CLOEXEC }) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Whether child processes inherit it.
///
/// # Errors
/// `EBADF`.
pub fn is_inheritable(fd: RawFd) -> io::Result<bool> {
    Ok(!rustix::io::fcntl_getfd(borrow(fd)?)?.contains(FdFlags::CLOEXEC))
}

/// Sets whether child processes inherit it.
///
/// # Errors
/// `EBADF`.
pub fn set_inheritable(fd: RawFd, inheritable: bool) -> io::Result<()> {
    let fd = borrow(fd)?;
    let mut flags = rustix::io::fcntl_getfd(fd)?;
    flags.set(FdFlags::CLOEXEC, !inheritable);
    Ok(rustix::io::fcntl_setfd(fd, flags)?)
}

/// Whether reading and writing may block.
///
/// # Errors
/// `EBADF`.
pub fn is_blocking(fd: RawFd) -> io::Result<bool> {
    Ok(!fs::fcntl_getfl(borrow(fd)?)?.contains(OFlags::NONBLOCK))
}

/// Sets whether reading and writing may block.
///
/// # Errors
/// `EBADF`.
pub fn set_blocking(fd: RawFd, blocking: bool) -> io::Result<()> {
    let fd = borrow(fd)?;
    let old = fs::fcntl_getfl(fd)?;
    let mut flags = old;
    flags.set(OFlags::NONBLOCK, !blocking);
    if flags != old {
        fs::fcntl_setfl(fd, flags)?;
    }
    Ok(())
}

/// The flags that `fcntl(F_GETFL)` tells.
///
/// # Errors
/// `EBADF`.
pub fn status_flags(fd: RawFd) -> io::Result<i32> {
    Ok(fs::fcntl_getfl(borrow(fd)?)?.bits() as i32)
}

/// Sets the flags that `fcntl(F_SETFL)` sets.
///
/// # Errors
/// `EBADF`.
pub fn set_status_flags(fd: RawFd, flags: i32) -> io::Result<()> {
    Ok(fs::fcntl_setfl(borrow(fd)?, OFlags::from_bits_retain(flags as u32))?)
}

/// Moves in the file; `whence` as `os.lseek` has it.
///
/// # Errors
/// What the operating system says; `ESPIPE` for what cannot move.
pub fn seek(fd: RawFd, offset: i64, whence: i32) -> io::Result<u64> {
    let invalid = || io::Error::from_raw_os_error(libc::EINVAL);
    let to = match whence {
        0 => fs::SeekFrom::Start(u64::try_from(offset).map_err(|_| invalid())?),
        1 => fs::SeekFrom::Current(offset),
        2 => fs::SeekFrom::End(offset),
        _ => return Err(invalid()),
    };
    Ok(fs::seek(borrow(fd)?, to)?)
}

/// Cuts or extends the file.
///
/// # Errors
/// What the operating system says.
pub fn set_length(fd: RawFd, length: u64) -> io::Result<()> {
    Ok(fs::ftruncate(borrow(fd)?, length)?)
}

/// Writes the file's content to its device.
///
/// # Errors
/// What the operating system says.
pub fn synchronize(fd: RawFd) -> io::Result<()> {
    Ok(fs::fsync(borrow(fd)?)?)
}

/// Whether it is a terminal.
pub fn is_terminal(fd: RawFd) -> bool {
    borrow(fd).is_ok_and(rustix::termios::isatty)
}

/// Facts about the file.
///
/// # Errors
/// `EBADF`.
pub fn facts(fd: RawFd) -> io::Result<FileFacts> {
    let data = fs::fstat(borrow(fd)?)?;
    let time = |seconds: i64, nanoseconds: u64| {
        Duration::new(u64::try_from(seconds).unwrap_or_default(), u32::try_from(nanoseconds).unwrap_or_default())
    };
    Ok(FileFacts {
        mode: data.st_mode,
        size: u64::try_from(data.st_size).unwrap_or_default(),
        modified: time(data.st_mtime as i64, data.st_mtime_nsec as u64),
        accessed: time(data.st_atime as i64, data.st_atime_nsec as u64),
        inode: data.st_ino as u64,
        device: data.st_dev as u64,
        links: data.st_nlink as u64,
    })
}

/// What is to be asked of [`poll`] and what it answers, in the bits of `select.POLLIN` and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The descriptor.
    pub fd: RawFd,
    /// What is asked for.
    pub events: u16,
    /// What is the case.
    pub answer: u16,
}

/// Looks which descriptors are ready; gives how many. A number that is not open is answered `POLLNVAL`.
///
/// # Errors
/// What the operating system says.
pub fn poll(asked: &mut [Asked], timeout: Option<Duration>) -> io::Result<usize> {
    // The casts are for the systems where these bits are a signed number.
    let mut fds = Vec::with_capacity(asked.len());
    for one in asked.iter() {
        fds.push(PollFd::from_borrowed_fd(borrow(one.fd)?, PollFlags::from_bits_retain(one.events as _)));
    }
    let timeout = timeout.map(timespec);
    let count = loop {
        match event::poll(&mut fds, timeout.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            other => break other?,
        }
    };
    let answers: Vec<u16> = fds.iter().map(|fd| fd.revents().bits() as _).collect();
    for (one, answer) in asked.iter_mut().zip(answers) {
        one.answer = answer;
    }
    Ok(count)
}

fn timespec(time: Duration) -> Timespec {
    Timespec { tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX), tv_nsec: i64::from(time.subsec_nanos()) }
}

/// What can be read or written without waiting.
///
/// # Errors
/// `EBADF`.
pub fn is_ready(fd: RawFd, events: u16) -> io::Result<bool> {
    let mut asked = [Asked { fd, events, answer: 0 }];
    poll(&mut asked, Some(Duration::ZERO))?;
    let not_open: u16 = PollFlags::NVAL.bits() as _;
    if asked[0].answer & not_open != 0 {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    Ok(asked[0].answer != 0)
}

/// A new readiness queue of the system (`epoll`).
///
/// # Errors
/// What the operating system says.
pub fn new_queue() -> io::Result<RawFd> {
    Ok(number(epoll::create(epoll::CreateFlags::CLOEXEC)?))
}

/// A change of such a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueChange {
    /// Watch the descriptor for these events.
    Add(u32),
    /// Watch it for these events from now on.
    Modify(u32),
    /// Watch it no more.
    Delete,
}

/// Changes what a queue watches.
///
/// # Errors
/// `EEXIST`, `ENOENT`, `EPERM` for a regular file, `EBADF`.
pub fn change_queue(queue: RawFd, fd: RawFd, change: QueueChange) -> io::Result<()> {
    let (queue, source) = (borrow(queue)?, borrow(fd)?);
    let data = epoll::EventData::new_u64(fd as u64);
    match change {
        QueueChange::Add(events) => epoll::add(queue, source, data, epoll::EventFlags::from_bits_retain(events))?,
        QueueChange::Modify(events) => epoll::modify(queue, source, data, epoll::EventFlags::from_bits_retain(events))?,
        QueueChange::Delete => epoll::delete(queue, source)?,
    }
    Ok(())
}

/// What a queue has ready now: descriptors and their events.
///
/// # Errors
/// `EBADF`.
pub fn take_queue(queue: RawFd, limit: usize) -> io::Result<Vec<(RawFd, u32)>> {
    let mut events = Vec::with_capacity(limit.clamp(1, 4096));
    let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
    epoll::wait(borrow(queue)?, rustix::buffer::spare_capacity(&mut events), Some(&zero))?;
    let known = |event: &epoll::Event| {
        let (data, flags) = (event.data, event.flags);
        (data.u64() as RawFd, flags.bits())
    };
    Ok(events.iter().map(known).collect())
}

/// The value of a socket option, as bytes; at most `length` of them.
///
/// # Errors
/// `ENOPROTOOPT`, `EBADF`, `ENOTSOCK`.
pub fn socket_option(fd: RawFd, level: i32, name: i32, length: usize) -> io::Result<Vec<u8>> {
    let mut value = vec![0u8; length];
    let mut size = libc::socklen_t::try_from(length).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the pointer and the size describe the vector, which lives through the call; the system writes at most
    // `size` bytes there and tells how many.
    let result = unsafe { libc::getsockopt(fd, level, name, value.as_mut_ptr().cast(), &raw mut size) };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    value.truncate(size as usize);
    Ok(value)
}

/// Sets a socket option to bytes, or (None) to a null pointer with a length.
///
/// # Errors
/// `ENOPROTOOPT`, `EINVAL`, `EBADF`, `ENOTSOCK`.
pub fn set_socket_option(fd: RawFd, level: i32, name: i32, value: Option<&[u8]>, length: u32) -> io::Result<()> {
    let (pointer, size) = match value {
        Some(bytes) => (bytes.as_ptr(), libc::socklen_t::try_from(bytes.len()).unwrap_or(libc::socklen_t::MAX)),
        None => (std::ptr::null(), length),
    };
    // SAFETY: the pointer and the size describe bytes that live through the call and are only read; for a null pointer,
    // which some options want, the system checks before it reads.
    let result = unsafe { libc::setsockopt(fd, level, name, pointer.cast(), size) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Whether this is a socket that listens for connections.
pub(super) fn is_listening(fd: RawFd) -> bool {
    borrow(fd).is_ok_and(|fd| rustix::net::sockopt::socket_acceptconn(fd).unwrap_or(false))
}
