//! What else can be done with paths: links, permissions, times.
//!
//! Source: POSIX; Standard Library "os", "Files and Directories".

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use rustix::fs::{AtFlags, CWD, Mode, Timespec, Timestamps};

/// Makes a symbolic link.
///
/// # Errors
/// What the operating system says.
pub fn link_symbolically(target: &str, path: &str) -> io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

/// Gives a file a second name.
///
/// # Errors
/// What the operating system says.
pub fn link(file: &str, path: &str) -> io::Result<()> {
    fs::hard_link(file, path)
}

/// Where a symbolic link leads.
///
/// # Errors
/// What the operating system says: `EINVAL` when it is no link.
pub fn read_link(path: &str) -> io::Result<String> {
    fs::read_link(path).map(|target| target.to_string_lossy().into_owned())
}

/// Sets the permissions of a file.
///
/// # Errors
/// What the operating system says.
pub fn set_mode(path: &str, mode: u32) -> io::Result<()> {
    fs::set_permissions(Path::new(path), fs::Permissions::from_mode(mode))
}

/// Sets the times of the last access and the last change.
///
/// # Errors
/// What the operating system says.
pub fn set_times(path: &str, access: Duration, change: Duration, follow_links: bool) -> io::Result<()> {
    let spec = |time: Duration| Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: time.subsec_nanos().into(),
    };
    let times = Timestamps { last_access: spec(access), last_modification: spec(change) };
    let flags = if follow_links { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
    Ok(rustix::fs::utimensat(CWD, path, &times, flags)?)
}

/// Makes a pipe with a name.
///
/// # Errors
/// What the operating system says.
pub fn make_fifo(path: &str, mode: u32) -> io::Result<()> {
    Ok(rustix::fs::mknodat(CWD, path, rustix::fs::FileType::Fifo, Mode::from_raw_mode(mode), 0)?)
}

/// Sets the permissions that new files do not get; gives those of before.
pub fn set_creation_mask(mask: u32) -> u32 {
    rustix::process::umask(Mode::from_raw_mode(mask)).as_raw_mode()
}

/// Rows and columns of a terminal.
///
/// # Errors
/// `ENOTTY` when the descriptor is no terminal.
pub fn terminal_size(fd: i32) -> io::Result<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(super::descriptor::borrow(fd)?)?;
    Ok((size.ws_row, size.ws_col))
}
