//! Bytes from and to the outside world, with a buffer in each direction.
//!
//! Several file objects may share one stream: the raw file, the buffered one around it. What is written stays in the
//! buffer until it is full, somebody flushes, or the last of them goes.

use std::io::{self, SeekFrom};

use crate::host::{Host, HostFile, Stream as Standard};

/// Where the bytes come from and go to.
pub(crate) enum Medium {
    /// Standard output; the host buffers it.
    Out,
    /// Standard error.
    Err,
    /// Standard input.
    In,
    /// An open file.
    File(Box<dyn HostFile>),
}

/// See the module's documentation.
pub(crate) struct Stream {
    pub(crate) medium: Medium,
    pub(crate) readable: bool,
    pub(crate) writable: bool,
    pub(crate) closed: bool,
    /// Written bytes wait here; otherwise they go out at once.
    pub(crate) buffered: bool,
    /// Read, but not yet asked for, from `at` on.
    ahead: Vec<u8>,
    at: usize,
    /// Written, but not yet out.
    behind: Vec<u8>,
}

/// Bytes read and written at a time (`io.DEFAULT_BUFFER_SIZE`).
pub(crate) const CHUNK: usize = 8192;

impl Stream {
    pub(crate) fn new(medium: Medium, readable: bool, writable: bool, buffered: bool) -> Stream {
        Stream { medium, readable, writable, closed: false, buffered, ahead: Vec::new(), at: 0, behind: Vec::new() }
    }

    fn ready(&self) -> &[u8] {
        &self.ahead[self.at..]
    }

    /// Makes sure that something is ahead; false at the end of the file.
    pub(crate) fn fill(&mut self, host: &mut dyn Host) -> io::Result<bool> {
        if self.at < self.ahead.len() {
            return Ok(true);
        }
        self.write_out(host)?;
        self.at = 0;
        self.ahead = match &mut self.medium {
            Medium::In => {
                // Whoever is asked for input should see the question.
                host.flush(Standard::Out)?;
                host.read_line()?
            }
            Medium::File(file) => {
                let mut chunk = vec![0; CHUNK];
                let count = loop {
                    match file.read(&mut chunk) {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        other => break other?,
                    }
                };
                chunk.truncate(count);
                chunk
            }
            Medium::Out | Medium::Err => Vec::new(),
        };
        Ok(!self.ahead.is_empty())
    }

    /// What is ready, after at most one read: for `peek` and for text files.
    pub(crate) fn take_ready(&mut self, host: &mut dyn Host) -> io::Result<Vec<u8>> {
        self.fill(host)?;
        let taken = self.ahead.split_off(self.at);
        self.ahead.clear();
        self.at = 0;
        Ok(taken)
    }

    pub(crate) fn peek(&mut self, host: &mut dyn Host) -> io::Result<&[u8]> {
        self.fill(host)?;
        Ok(self.ready())
    }

    /// Up to `limit` bytes, everything without one.
    pub(crate) fn read(&mut self, host: &mut dyn Host, limit: Option<usize>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        while limit.is_none_or(|limit| out.len() < limit) && self.fill(host)? {
            let wanted = limit.map_or(usize::MAX, |limit| limit - out.len());
            let count = self.ready().len().min(wanted);
            out.extend_from_slice(&self.ahead[self.at..self.at + count]);
            self.at += count;
        }
        Ok(out)
    }

    /// A line with its end, or what there is of it within the limit.
    pub(crate) fn read_line(&mut self, host: &mut dyn Host, limit: Option<usize>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        while limit.is_none_or(|limit| out.len() < limit) && self.fill(host)? {
            let wanted = limit.map_or(usize::MAX, |limit| limit - out.len());
            let ready = self.ready();
            let end = memchr::memchr(b'\n', ready).map_or(ready.len(), |end| end + 1);
            let count = end.min(wanted);
            out.extend_from_slice(&ready[..count]);
            self.at += count;
            if out.last() == Some(&b'\n') {
                break;
            }
        }
        Ok(out)
    }

    /// Writes bytes, sooner or later.
    pub(crate) fn write(&mut self, host: &mut dyn Host, bytes: &[u8]) -> io::Result<()> {
        self.forget_ahead()?;
        match &mut self.medium {
            Medium::Out => host.write(Standard::Out, bytes),
            Medium::Err => host.write(Standard::Err, bytes),
            Medium::In => Err(io::Error::from_raw_os_error(9)),
            Medium::File(file) => {
                if !self.buffered {
                    return file.write_all(bytes);
                }
                self.behind.extend_from_slice(bytes);
                if self.behind.len() > CHUNK { self.write_out(host) } else { Ok(()) }
            }
        }
    }

    /// Puts the file's position back to where the reader stands.
    fn forget_ahead(&mut self) -> io::Result<()> {
        let unread = self.ready().len() as i64;
        if unread > 0
            && let Medium::File(file) = &mut self.medium
        {
            file.seek(SeekFrom::Current(-unread))?;
        }
        if !matches!(self.medium, Medium::In) {
            self.ahead.clear();
            self.at = 0;
        }
        Ok(())
    }

    fn write_out(&mut self, _host: &mut dyn Host) -> io::Result<()> {
        self.write_behind()
    }

    fn write_behind(&mut self) -> io::Result<()> {
        if self.behind.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.behind);
        match &mut self.medium {
            Medium::File(file) => file.write_all(&bytes),
            Medium::Out | Medium::Err | Medium::In => Ok(()),
        }
    }

    /// Writes out what waits.
    pub(crate) fn flush(&mut self, host: &mut dyn Host) -> io::Result<()> {
        self.write_out(host)?;
        match &mut self.medium {
            Medium::Out => host.flush(Standard::Out),
            Medium::Err => host.flush(Standard::Err),
            Medium::File(file) => file.flush(),
            Medium::In => Ok(()),
        }
    }

    /// The position in the file.
    pub(crate) fn tell(&mut self) -> io::Result<u64> {
        let (ahead, behind) = (self.ready().len() as u64, self.behind.len() as u64);
        match &mut self.medium {
            Medium::File(file) => Ok(file.stream_position()? + behind - ahead),
            Medium::Out | Medium::Err | Medium::In => Err(io::Error::from_raw_os_error(29)),
        }
    }

    /// Moves to another place, after what waits to be written was; returns where that is.
    pub(crate) fn seek(&mut self, host: &mut dyn Host, to: SeekFrom) -> io::Result<u64> {
        self.write_out(host)?;
        self.forget_ahead()?;
        match &mut self.medium {
            Medium::File(file) => file.seek(to),
            Medium::Out | Medium::Err | Medium::In => Err(io::Error::from_raw_os_error(29)),
        }
    }

    /// Cuts or extends the file.
    pub(crate) fn truncate(&mut self, host: &mut dyn Host, length: u64) -> io::Result<()> {
        self.flush(host)?;
        match &mut self.medium {
            Medium::File(file) => file.set_len(length),
            Medium::Out | Medium::Err | Medium::In => Err(io::Error::from_raw_os_error(22)),
        }
    }

    /// Writes out what waits and lets go of the file.
    pub(crate) fn close(&mut self, host: &mut dyn Host) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        self.closed = true;
        let flushed = self.flush(host);
        if matches!(self.medium, Medium::File(_)) {
            self.medium = Medium::In;
        }
        flushed
    }

    /// Whether the file can move.
    pub(crate) fn seekable(&mut self) -> bool {
        match &mut self.medium {
            Medium::File(file) => file.stream_position().is_ok(),
            Medium::Out | Medium::Err | Medium::In => false,
        }
    }

    /// The number of the file.
    pub(crate) fn descriptor(&self) -> Option<i32> {
        match &self.medium {
            Medium::In => Some(0),
            Medium::Out => Some(1),
            Medium::Err => Some(2),
            Medium::File(file) => file.descriptor(),
        }
    }

    /// Whether somebody sits at the other end.
    pub(crate) fn is_terminal(&self, host: &dyn Host) -> bool {
        match &self.medium {
            Medium::In => host.is_terminal(None),
            Medium::Out => host.is_terminal(Some(Standard::Out)),
            Medium::Err => host.is_terminal(Some(Standard::Err)),
            Medium::File(_) => false,
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Nobody is left to be told of an error.
        let _ = self.write_behind();
    }
}
