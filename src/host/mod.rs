//! The outside world as the interpreter sees it: output, input, clocks, randomness, files and module sources.
//!
//! Nothing else in the interpreter touches the operating system, so an embedding program, a test or a browser decides
//! what a Python program can see, and a run with a fixed host is reproducible.

#[cfg(unix)]
pub mod control;
#[cfg(unix)]
pub mod descriptor;
mod layout;
pub mod memory;
#[cfg(unix)]
pub mod net;
#[cfg(unix)]
pub mod paths;
#[cfg(unix)]
pub mod process;
#[cfg(unix)]
mod readiness;
#[cfg(unix)]
pub mod signals;
mod system;
mod test;
#[cfg(unix)]
pub mod tls;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use layout::{fix_addresses, share_arena};
pub use system::{SideOutput, SystemHost, WakeHandle};
pub use test::TestHost;

/// One of the standard streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// How a file is to be opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenOptions {
    /// For reading.
    pub read: bool,
    /// For writing.
    pub write: bool,
    /// Writes go to the end.
    pub append: bool,
    /// Emptied at once.
    pub truncate: bool,
    /// Created when missing.
    pub create: bool,
    /// Created; an error when it exists.
    pub create_new: bool,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    /// A regular file (or a device that can be read).
    File,
    /// A directory.
    Directory,
}

/// A change of the directory tree.
#[derive(Clone, Copy, Debug)]
pub enum TreeChange<'p> {
    /// Make a directory.
    MakeDirectory(&'p Path),
    /// Remove an empty directory.
    RemoveDirectory(&'p Path),
    /// Remove a file.
    RemoveFile(&'p Path),
    /// Give something another name, in place of what has it.
    Rename(&'p Path, &'p Path),
    /// Make a directory the current one.
    EnterDirectory(&'p Path),
}

/// Facts about a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileFacts {
    /// Kind and permissions, as `st_mode` has them.
    pub mode: u32,
    /// Bytes.
    pub size: u64,
    /// When it was changed, since the epoch.
    pub modified: Duration,
    /// When it was read.
    pub accessed: Duration,
    /// Inode and device, which together name the file.
    pub inode: u64,
    /// See `inode`.
    pub device: u64,
    /// How many names it has.
    pub links: u64,
}

/// An open file.
pub trait HostFile: io::Read + io::Write + io::Seek {
    /// Cuts or extends the file.
    ///
    /// # Errors
    /// What the operating system says.
    fn set_len(&mut self, length: u64) -> io::Result<()>;

    /// The file descriptor, where there is one.
    fn descriptor(&self) -> Option<i32> {
        None
    }
}

/// What a descriptor is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interest {
    /// Data to read, a connection to accept, the end of the input.
    pub read: bool,
    /// Room for writing, a connection that is made.
    pub write: bool,
}

impl Interest {
    /// Reading only.
    pub const READ: Interest = Interest { read: true, write: false };
    /// Writing only.
    pub const WRITE: Interest = Interest { read: false, write: true };

    /// What either asks for.
    #[must_use]
    pub fn union(self, other: Interest) -> Interest {
        Interest { read: self.read || other.read, write: self.write || other.write }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(self) -> bool {
        !self.read && !self.write
    }
}

/// What the system says about a watched descriptor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// The descriptor.
    pub descriptor: i32,
    /// A read would not block.
    pub read: bool,
    /// A write would not block.
    pub write: bool,
    /// There is an error to be fetched.
    pub error: bool,
    /// The other side is gone.
    pub hang_up: bool,
}

impl Readiness {
    /// Whether this is news for somebody with the interest; errors and hang-ups are for everybody.
    pub fn concerns(&self, interest: Interest) -> bool {
        self.read && interest.read || self.write && interest.write || self.error || self.hang_up
    }
}

/// Work that blocks, for a thread of the operating system.
pub type Job = Box<dyn FnOnce() + Send>;

/// The outside world; see the module's documentation.
pub trait Host {
    /// Writes to a standard stream.
    ///
    /// # Errors
    /// What the operating system says, a closed pipe for one.
    fn write(&mut self, stream: Stream, bytes: &[u8]) -> io::Result<()>;

    /// Writes out what is buffered for a standard stream.
    ///
    /// # Errors
    /// What the operating system says.
    fn flush(&mut self, stream: Stream) -> io::Result<()>;

    /// Reads a line of standard input, its end included; empty at the end of input.
    ///
    /// # Errors
    /// What the operating system says.
    fn read_line(&mut self) -> io::Result<Vec<u8>>;

    /// Reads up to `limit` bytes of standard input, all of it when None.
    ///
    /// # Errors
    /// What the operating system says.
    fn read_input(&mut self, limit: Option<usize>) -> io::Result<Vec<u8>>;

    /// Whether a stream is a terminal; None asks for standard input.
    fn is_terminal(&self, stream: Option<Stream>) -> bool;

    /// Time since the epoch.
    fn system_time(&self) -> Duration;

    /// Time since some fixed moment; never goes back.
    fn monotonic_time(&self) -> Duration;

    /// Processor time used.
    fn process_time(&self) -> Duration;

    /// Whether a deadlock ends with an exception. Where nobody looks on, the program is told of, and stands still as it
    /// does elsewhere.
    fn ends_deadlocks(&self) -> bool {
        true
    }

    /// Waits until a watched descriptor is ready, a job is done, an interrupt arrives or the time is up (never, for
    /// None; zero looks and does not wait). What is ready is added to `ready`. It may also return for no reason.
    fn wait(&mut self, timeout: Option<Duration>, ready: &mut Vec<Readiness>);

    /// Begins to watch a descriptor, or changes what it is watched for. When it has become ready, [`Host::wait`] says so
    /// once; it says so again after the next call of this.
    ///
    /// # Errors
    /// What the operating system says; `PermissionDenied` for what is always ready, a regular file for one.
    fn watch(&mut self, _descriptor: i32, _interest: Interest) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Ends watching. Closing a descriptor must come after this.
    fn unwatch(&mut self, _descriptor: i32) {}

    /// Runs work that would block on a thread of its own, which never sees an object of the program. Its end ends
    /// [`Host::wait`]. A host without threads does the work at once.
    ///
    /// # Errors
    /// What the operating system says when it has no thread left.
    fn start_job(&mut self, job: Job) -> io::Result<()> {
        job();
        Ok(())
    }

    /// Random bytes for seeds that a program did not choose.
    fn random_bytes(&mut self, buffer: &mut [u8]);

    /// Offset of local time from UTC at a moment, in seconds, and the zone's name.
    fn local_offset(&self, _seconds_since_epoch: i64) -> (i32, String) {
        (0, "UTC".to_owned())
    }

    /// Opens a file.
    ///
    /// # Errors
    /// What the operating system says.
    fn open(&mut self, path: &Path, options: OpenOptions) -> io::Result<Box<dyn HostFile>>;

    /// The whole content of a file, for module sources.
    ///
    /// # Errors
    /// What the operating system says.
    fn read_file(&mut self, path: &Path) -> io::Result<Vec<u8>>;

    /// What a path leads to, None when there is nothing.
    fn path_kind(&self, path: &Path) -> Option<PathKind>;

    /// The current directory.
    ///
    /// # Errors
    /// What the operating system says.
    fn current_dir(&self) -> io::Result<PathBuf>;

    /// An environment variable.
    fn variable(&self, name: &str) -> Option<String>;

    /// All environment variables.
    fn variables(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// The names in a directory, in the order in which the system has them.
    ///
    /// # Errors
    /// What the operating system says.
    fn list_directory(&mut self, _path: &Path) -> io::Result<Vec<String>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Changes the directory tree.
    ///
    /// # Errors
    /// What the operating system says.
    fn change_tree(&mut self, _change: TreeChange<'_>) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Facts about a file; of the link itself when links are not followed.
    ///
    /// # Errors
    /// What the operating system says.
    fn metadata(&self, _path: &Path, _follow_links: bool) -> io::Result<FileFacts> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Facts about an open file by its descriptor.
    ///
    /// # Errors
    /// What the operating system says.
    fn descriptor_facts(&self, _descriptor: i32) -> io::Result<FileFacts> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// An open file by its descriptor, which it closes at its end if it `owns` it.
    ///
    /// # Errors
    /// What the operating system says.
    fn file_of_descriptor(&mut self, _descriptor: i32, _owns: bool) -> io::Result<Box<dyn HostFile>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Takes the signals that have arrived since: bit `n - 1` stands for signal `n`.
    fn take_signals(&mut self) -> u64 {
        0
    }

    /// Puts back signals that were taken and cannot be seen to yet.
    fn put_back_signals(&mut self, _signals: u64) {}

    /// Notes a signal as if it had arrived from outside.
    fn note_signal(&mut self, _signal: i32) {}

    /// Watches a signal from now on: its default action does not happen any more.
    ///
    /// # Errors
    /// `EINVAL` for signals that cannot be caught.
    fn watch_signal(&mut self, _signal: i32) -> io::Result<()> {
        Ok(())
    }

    /// Sends the alarm signal after a while and then at every interval, if there is one, as long as `due` says so.
    ///
    /// # Errors
    /// What the operating system says.
    fn start_alarm(
        &mut self,
        _first: Duration,
        _interval: Duration,
        _due: Box<dyn FnMut() -> bool + Send>,
    ) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Does what the signal does to a process that does not care for it.
    ///
    /// # Errors
    /// What the operating system says.
    fn act_by_default(&mut self, _signal: i32) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Ends the process at once, if this host is one that may; what it has buffered is lost.
    fn exit_now(&mut self, _status: i32) {}

    /// The number of the process.
    fn process_id(&self) -> u32 {
        1
    }

    /// Whether programs may use descriptors of the operating system, and with them sockets.
    fn has_descriptors(&self) -> bool {
        false
    }

    /// For code that must reach a particular host.
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}
