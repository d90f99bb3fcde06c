//! The outside world as the interpreter sees it: output, input, clocks, randomness, files and module sources.
//!
//! Nothing else in the interpreter touches the operating system, so an embedding program, a test or a browser decides
//! what a Python program can see, and a run with a fixed host is reproducible.

mod system;
mod test;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use system::SystemHost;
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

    /// Waits. An interrupt ends it early with `Interrupted`.
    ///
    /// # Errors
    /// `Interrupted`.
    fn sleep(&mut self, time: Duration) -> io::Result<()>;

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

    /// The number of the process.
    fn process_id(&self) -> u32 {
        1
    }

    /// For code that must reach a particular host.
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}
