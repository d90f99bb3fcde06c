//! A host for tests and examples: output is kept, time stands still until somebody sleeps, files live in memory.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Host, HostFile, OpenOptions, PathKind, Readiness, Stream};

/// See the module's documentation.
///
/// ```
/// use coil::Interpreter;
/// use coil::host::TestHost;
///
/// let mut host = TestHost::default();
/// host.set_input("a line\n");
/// host.add_file("notes.txt", "an hour passes at once");
/// let mut interpreter = Interpreter::new(Box::new(host));
/// let program = b"import time\ntime.sleep(3600)\nprint(input(), open('notes.txt').read())";
/// assert_eq!(interpreter.run_main(program, "<example>"), 0);
/// let printed = interpreter.host::<TestHost>().map(|host| host.output());
/// assert_eq!(printed.as_deref(), Some("a line an hour passes at once\n"));
/// ```
#[derive(Default)]
pub struct TestHost {
    out: Vec<u8>,
    err: Vec<u8>,
    input: Cursor<Vec<u8>>,
    now: Duration,
    files: BTreeMap<PathBuf, Arc<Mutex<Vec<u8>>>>,
}

impl TestHost {
    /// What was written to standard output.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// What was written to standard error.
    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.err).into_owned()
    }

    /// Sets what standard input will give.
    pub fn set_input(&mut self, input: impl Into<Vec<u8>>) {
        self.input = Cursor::new(input.into());
    }

    /// Adds a file.
    pub fn add_file(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), Arc::new(Mutex::new(content.into())));
    }
}

impl Host for TestHost {
    fn write(&mut self, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        match stream {
            Stream::Out => self.out.extend_from_slice(bytes),
            Stream::Err => self.err.extend_from_slice(bytes),
        }
        Ok(())
    }

    fn flush(&mut self, _stream: Stream) -> io::Result<()> {
        Ok(())
    }

    fn read_line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        io::BufRead::read_until(&mut self.input, b'\n', &mut line)?;
        Ok(line)
    }

    fn read_input(&mut self, limit: Option<usize>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        (&mut self.input).take(limit.map_or(u64::MAX, |limit| limit as u64)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn is_terminal(&self, _stream: Option<Stream>) -> bool {
        false
    }

    fn system_time(&self) -> Duration {
        // 2024-01-01 00:00:00 UTC, plus what was slept.
        Duration::from_secs(1_704_067_200) + self.now
    }

    fn monotonic_time(&self) -> Duration {
        self.now
    }

    fn process_time(&self) -> Duration {
        Duration::ZERO
    }

    fn wait(&mut self, timeout: Option<Duration>, _ready: &mut Vec<Readiness>) {
        self.now += timeout.unwrap_or_default();
    }

    fn random_bytes(&mut self, buffer: &mut [u8]) {
        buffer.fill(4);
    }

    fn open(&mut self, path: &Path, options: OpenOptions) -> io::Result<Box<dyn HostFile>> {
        let exists = self.files.contains_key(path);
        if exists && options.create_new {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if !exists && !options.create && !options.create_new {
            return Err(io::ErrorKind::NotFound.into());
        }
        let content = self.files.entry(path.to_owned()).or_default().clone();
        if options.truncate
            && let Ok(mut content) = content.lock()
        {
            content.clear();
        }
        Ok(Box::new(TestFile { content, position: 0, append: options.append }))
    }

    fn read_file(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        let file = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(file.lock().map(|content| content.clone()).unwrap_or_default())
    }

    fn path_kind(&self, path: &Path) -> Option<PathKind> {
        if self.files.contains_key(path) {
            return Some(PathKind::File);
        }
        self.files.keys().any(|file| file.starts_with(path)).then_some(PathKind::Directory)
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        Ok(PathBuf::from("/"))
    }

    fn variable(&self, _name: &str) -> Option<String> {
        None
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

struct TestFile {
    content: Arc<Mutex<Vec<u8>>>,
    position: usize,
    append: bool,
}

impl TestFile {
    fn with<R>(&mut self, change: impl FnOnce(&mut Vec<u8>, &mut usize) -> R) -> io::Result<R> {
        match self.content.lock() {
            Ok(mut content) => Ok(change(&mut content, &mut self.position)),
            Err(_) => Err(io::ErrorKind::Other.into()),
        }
    }
}

impl Read for TestFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.with(|content, position| {
            let rest = content.get(*position..).unwrap_or_default();
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            *position += count;
            count
        })
    }
}

impl Write for TestFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let append = self.append;
        self.with(|content, position| {
            if append {
                *position = content.len();
            }
            let end = *position + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*position..end].copy_from_slice(bytes);
            *position = end;
            bytes.len()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for TestFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.with(|content, position| {
            let base = match to {
                SeekFrom::Start(offset) => offset as i64,
                SeekFrom::End(offset) => content.len() as i64 + offset,
                SeekFrom::Current(offset) => *position as i64 + offset,
            };
            *position = base.max(0) as usize;
            *position as u64
        })
    }
}

impl HostFile for TestFile {
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.with(|content, _| content.resize(length as usize, 0))
    }
}
