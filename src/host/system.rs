//! The host of the `coil` command: the real operating system.

use std::fs::{self, File};
use std::io::{self, BufRead, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

#[cfg(unix)]
use super::readiness::Watcher;
use super::{FileFacts, Host, HostFile, Interest, Job, OpenOptions, PathKind, Readiness, Stream, TreeChange};

/// Writes text somewhere else than to standard output.
pub type SideOutput = Box<dyn FnMut(String)>;

/// See the module's documentation.
pub struct SystemHost {
    out: Vec<u8>,
    line_buffered: bool,
    started: Instant,
    /// Writes in place of standard output while `is_aside`.
    side_output: Option<SideOutput>,
    is_aside: bool,
    /// Whether the process is the program's own, so that the program may end it.
    may_exit: bool,
    wake: WakeHandle,
    /// Time that has passed without anybody waiting for it; None when time is real.
    virtual_time: Option<Duration>,
    /// Where random bytes come from, when they are to be the same in every run.
    seed: Option<u64>,
    /// Jobs that have not ended.
    jobs: Arc<AtomicUsize>,
    #[cfg(unix)]
    watcher: Option<Watcher>,
}

/// Ends the waiting of the host that it came from; for other threads.
#[derive(Clone)]
pub struct WakeHandle {
    shared: Arc<Wake>,
}

struct Wake {
    /// The thread that waits when no descriptor is watched.
    thread: Thread,
    /// Set by whoever wakes, taken back by the next wait, which then returns at once.
    woken: AtomicBool,
    /// Ends a wait for descriptors, once there is one.
    #[cfg(unix)]
    waker: std::sync::OnceLock<mio::Waker>,
}

impl WakeHandle {
    /// Ends the present wait, or else the next one.
    pub fn wake(&self) {
        self.shared.woken.store(true, Ordering::Release);
        self.shared.thread.unpark();
        #[cfg(unix)]
        if let Some(waker) = self.shared.waker.get() {
            // The flag is set: at worst the wait ends late, at its timeout.
            let _ = waker.wake();
        }
    }
}

const BUFFER: usize = 8192;

/// The moment at which virtual time begins: 2026-01-01, midnight, UTC.
const VIRTUAL_START: Duration = Duration::from_secs(1_767_225_600);

impl SystemHost {
    /// A host whose standard output is written at every line end on a terminal (or when `PYTHONUNBUFFERED` is set), else
    /// in blocks.
    pub fn new() -> SystemHost {
        let unbuffered = std::env::var_os("PYTHONUNBUFFERED").is_some_and(|value| !value.is_empty());
        SystemHost {
            out: Vec::with_capacity(BUFFER),
            line_buffered: unbuffered || io::stdout().is_terminal(),
            #[expect(clippy::disallowed_methods, reason = "this is the host's clock")]
            started: Instant::now(),
            side_output: None,
            is_aside: false,
            may_exit: false,
            wake: WakeHandle {
                shared: Arc::new(Wake {
                    thread: std::thread::current(),
                    woken: AtomicBool::new(false),
                    #[cfg(unix)]
                    waker: std::sync::OnceLock::new(),
                }),
            },
            virtual_time: None,
            seed: None,
            jobs: Arc::new(AtomicUsize::new(0)),
            #[cfg(unix)]
            watcher: None,
        }
    }

    /// Makes time virtual: it stands still while the program computes, and passes at once when everybody waits for it.
    /// While something outside can end a wait, a peer on a socket or a job, waiting takes the time it takes.
    pub fn use_virtual_time(&mut self) {
        self.virtual_time = Some(Duration::ZERO);
    }

    /// Makes random bytes a function of the seed.
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = Some(seed);
    }

    /// Whether something outside the process, or another thread of it, can end a wait.
    fn expects_something(&self) -> bool {
        #[cfg(unix)]
        if self.watcher.as_ref().is_some_and(Watcher::expects_peers) {
            return true;
        }
        self.jobs.load(Ordering::Acquire) > 0
    }

    /// Writes standard output at every line end.
    pub fn set_unbuffered(&mut self) {
        self.line_buffered = true;
    }

    /// Lets the program end the process with `os._exit`.
    pub fn let_program_exit(&mut self) {
        self.may_exit = true;
    }

    /// What ends the waiting of this host: for a signal handler, and for jobs. The host must wait on the thread that made
    /// it.
    pub fn wake_handle(&self) -> WakeHandle {
        self.wake.clone()
    }

    /// Waits for descriptors, if any is watched; `false` when none is.
    #[cfg(unix)]
    fn wait_for_descriptors(&mut self, timeout: Option<Duration>, ready: &mut Vec<Readiness>) -> bool {
        match &mut self.watcher {
            Some(watcher) if watcher.watches_any() => {
                watcher.wait(timeout, ready);
                true
            }
            _ => false,
        }
    }

    #[cfg(not(unix))]
    fn wait_for_descriptors(&mut self, _timeout: Option<Duration>, _ready: &mut Vec<Readiness>) -> bool {
        false
    }

    /// Supplies what output goes through while somebody edits a line of the terminal.
    pub fn set_side_output(&mut self, output: SideOutput) {
        self.side_output = Some(output);
    }

    /// Sends output through the side output, if there is one, or to the standard streams again.
    pub fn use_side_output(&mut self, is_aside: bool) {
        self.is_aside = is_aside;
    }

    fn write_out(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.out);
        if self.is_aside
            && let Some(output) = &mut self.side_output
        {
            if !bytes.is_empty() {
                output(String::from_utf8_lossy(&bytes).into_owned());
            }
            return Ok(());
        }
        let mut stdout = io::stdout().lock();
        stdout.write_all(&bytes)?;
        stdout.flush()
    }
}

impl Default for SystemHost {
    fn default() -> SystemHost {
        SystemHost::new()
    }
}

impl Host for SystemHost {
    fn write(&mut self, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        match stream {
            Stream::Out => {
                self.out.extend_from_slice(bytes);
                if self.out.len() >= BUFFER || self.line_buffered && bytes.contains(&b'\n') {
                    self.write_out()?;
                }
                Ok(())
            }
            Stream::Err => {
                if self.is_aside
                    && let Some(output) = &mut self.side_output
                {
                    output(String::from_utf8_lossy(bytes).into_owned());
                    return Ok(());
                }
                io::stderr().lock().write_all(bytes)
            }
        }
    }

    fn flush(&mut self, stream: Stream) -> io::Result<()> {
        match stream {
            Stream::Out => self.write_out(),
            Stream::Err => io::stderr().lock().flush(),
        }
    }

    fn read_line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        io::stdin().lock().read_until(b'\n', &mut line)?;
        Ok(line)
    }

    fn read_input(&mut self, limit: Option<usize>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match limit {
            Some(limit) => io::stdin().lock().take(limit as u64).read_to_end(&mut bytes)?,
            None => io::stdin().lock().read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }

    fn is_terminal(&self, stream: Option<Stream>) -> bool {
        match stream {
            Some(Stream::Out) => io::stdout().is_terminal(),
            Some(Stream::Err) => io::stderr().is_terminal(),
            None => io::stdin().is_terminal(),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the host's clock")]
    fn system_time(&self) -> Duration {
        if let Some(passed) = self.virtual_time {
            return VIRTUAL_START + passed;
        }
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn monotonic_time(&self) -> Duration {
        self.virtual_time.unwrap_or_else(|| self.started.elapsed())
    }

    fn ends_deadlocks(&self) -> bool {
        self.virtual_time.is_some() || io::stderr().is_terminal()
    }

    fn process_time(&self) -> Duration {
        if let Some(passed) = self.virtual_time {
            return passed;
        }
        let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(spent.tv_sec.try_into().unwrap_or_default(), spent.tv_nsec.try_into().unwrap_or_default())
    }

    fn wait(&mut self, timeout: Option<Duration>, ready: &mut Vec<Readiness>) {
        if timeout.is_none_or(|timeout| !timeout.is_zero()) {
            self.flush_terminal();
        }
        // A wake that came before the wait began must not be lost: the flag is looked at first, and a later wake ends
        // the wait itself.
        let woken = self.wake.shared.woken.swap(false, Ordering::Acquire);
        let timeout = if woken { Some(Duration::ZERO) } else { timeout };
        let is_free = self.virtual_time.is_some() && timeout.is_some() && !self.expects_something();
        #[expect(clippy::disallowed_methods, reason = "this is the host's way to wait")]
        let start = Instant::now();
        if self.wait_for_descriptors(if is_free { Some(Duration::ZERO) } else { timeout }, ready) {
            if let Some(passed) = &mut self.virtual_time {
                // What has become ready comes first; then the time is up.
                *passed += if is_free && ready.is_empty() { timeout.unwrap_or_default() } else { start.elapsed() };
            }
            return;
        }
        if let (Some(passed), true) = (&mut self.virtual_time, is_free) {
            *passed += timeout.unwrap_or_default();
            return;
        }
        match timeout {
            Some(timeout) if timeout.is_zero() => {}
            Some(timeout) => park_for(timeout),
            None => std::thread::park(),
        }
    }

    #[cfg(unix)]
    fn watch(&mut self, descriptor: i32, interest: Interest) -> io::Result<()> {
        let watcher = match &mut self.watcher {
            Some(watcher) => watcher,
            None => {
                let (watcher, waker) = Watcher::new()?;
                // There is one watcher in the life of a host, so nobody has set it yet.
                let _ = self.wake.shared.waker.set(waker);
                self.watcher.insert(watcher)
            }
        };
        watcher.watch(descriptor, interest)
    }

    #[cfg(unix)]
    fn unwatch(&mut self, descriptor: i32) {
        if let Some(watcher) = &mut self.watcher {
            watcher.unwatch(descriptor);
        }
    }

    fn start_job(&mut self, job: Job) -> io::Result<()> {
        let handle = self.wake_handle();
        let jobs = Arc::clone(&self.jobs);
        jobs.fetch_add(1, Ordering::AcqRel);
        let run = move || {
            job();
            jobs.fetch_sub(1, Ordering::AcqRel);
            handle.wake();
        };
        std::thread::Builder::new().name("job".to_owned()).spawn(run).map(drop)
    }

    fn random_bytes(&mut self, buffer: &mut [u8]) {
        if let Some(seed) = &mut self.seed {
            // SplitMix64: any seed is a good one.
            for chunk in buffer.chunks_mut(8) {
                *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut word = *seed;
                word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
                chunk.copy_from_slice(&(word ^ word >> 31).to_le_bytes()[..chunk.len()]);
            }
            return;
        }
        let filled = File::open("/dev/urandom").and_then(|mut source| source.read_exact(buffer));
        if filled.is_err() {
            // No such device: the clock is the best that is left.
            let mut seed = self.system_time().as_nanos() as u64;
            for byte in buffer {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = (seed >> 33) as u8;
            }
        }
    }

    fn open(&mut self, path: &Path, options: OpenOptions) -> io::Result<Box<dyn HostFile>> {
        let file = fs::OpenOptions::new()
            .read(options.read)
            .write(options.write)
            .append(options.append)
            .truncate(options.truncate)
            .create(options.create)
            .create_new(options.create_new)
            .open(path)?;
        if file.metadata().is_ok_and(|data| data.is_dir()) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok(Box::new(SystemFile(file)))
    }

    fn read_file(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn path_kind(&self, path: &Path) -> Option<PathKind> {
        let data = fs::metadata(path).ok()?;
        Some(if data.is_dir() { PathKind::Directory } else { PathKind::File })
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        std::env::current_dir()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn variables(&self) -> Vec<(String, String)> {
        let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect()
    }

    fn list_directory(&mut self, path: &Path) -> io::Result<Vec<String>> {
        fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn change_tree(&mut self, change: TreeChange<'_>) -> io::Result<()> {
        match change {
            TreeChange::MakeDirectory(path) => fs::create_dir(path),
            TreeChange::RemoveDirectory(path) => fs::remove_dir(path),
            TreeChange::RemoveFile(path) => fs::remove_file(path),
            TreeChange::Rename(from, to) => fs::rename(from, to),
            TreeChange::EnterDirectory(path) => std::env::set_current_dir(path),
        }
    }

    fn metadata(&self, path: &Path, follow_links: bool) -> io::Result<FileFacts> {
        let data = if follow_links { fs::metadata(path)? } else { fs::symlink_metadata(path)? };
        let since_epoch = |time: io::Result<SystemTime>| {
            time.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default()
        };
        let mut facts = FileFacts {
            size: data.len(),
            modified: since_epoch(data.modified()),
            accessed: since_epoch(data.accessed()),
            links: 1,
            mode: if data.is_dir() { 0o040_755 } else { 0o100_644 },
            ..FileFacts::default()
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            (facts.mode, facts.inode, facts.device, facts.links) = (data.mode(), data.ino(), data.dev(), data.nlink());
        }
        Ok(facts)
    }

    fn exit_now(&mut self, status: i32) {
        if self.may_exit {
            std::process::exit(status);
        }
    }

    #[cfg(unix)]
    fn take_signals(&mut self) -> u64 {
        super::signals::take()
    }

    #[cfg(unix)]
    fn put_back_signals(&mut self, signals: u64) {
        super::signals::put_back(signals);
    }

    #[cfg(unix)]
    fn note_signal(&mut self, signal: i32) {
        super::signals::note(signal);
    }

    #[cfg(unix)]
    fn watch_signal(&mut self, signal: i32) -> io::Result<()> {
        super::signals::watch(signal)
    }

    #[cfg(unix)]
    fn start_alarm(
        &mut self,
        first: Duration,
        interval: Duration,
        due: Box<dyn FnMut() -> bool + Send>,
    ) -> io::Result<()> {
        super::signals::start_alarm(first, interval, due)
    }

    #[cfg(unix)]
    fn act_by_default(&mut self, signal: i32) -> io::Result<()> {
        // What the program has printed so far is not lost with it.
        self.write_out()?;
        super::signals::act_by_default(signal)
    }

    fn process_id(&self) -> u32 {
        std::process::id()
    }

    fn has_descriptors(&self) -> bool {
        cfg!(unix)
    }

    #[cfg(unix)]
    fn descriptor_facts(&self, descriptor: i32) -> io::Result<FileFacts> {
        super::descriptor::facts(descriptor)
    }

    #[cfg(unix)]
    fn file_of_descriptor(&mut self, descriptor: i32, owns: bool) -> io::Result<Box<dyn HostFile>> {
        super::descriptor::facts(descriptor)?;
        Ok(Box::new(DescriptorFile { descriptor, owns }))
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

impl SystemHost {
    /// A program that sleeps wants its reader to see what it printed, when somebody is watching.
    fn flush_terminal(&mut self) {
        if self.line_buffered {
            let _ = self.write_out();
        }
    }
}

fn park_for(timeout: Duration) {
    std::thread::park_timeout(timeout);
}

struct SystemFile(File);

impl Read for SystemFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for SystemFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for SystemFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl HostFile for SystemFile {
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn descriptor(&self) -> Option<i32> {
        #[cfg(unix)]
        return Some(std::os::fd::AsRawFd::as_raw_fd(&self.0));
        #[cfg(not(unix))]
        None
    }
}

/// A file that a program gave by its number.
#[cfg(unix)]
struct DescriptorFile {
    descriptor: i32,
    owns: bool,
}

#[cfg(unix)]
impl Drop for DescriptorFile {
    fn drop(&mut self) {
        if self.owns {
            // Nobody is left to be told of an error.
            let _ = super::descriptor::close(self.descriptor);
        }
    }
}

#[cfg(unix)]
impl Read for DescriptorFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        super::descriptor::read(self.descriptor, buffer)
    }
}

#[cfg(unix)]
impl Write for DescriptorFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        super::descriptor::write(self.descriptor, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
impl Seek for DescriptorFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (offset, whence) = match to {
            SeekFrom::Start(offset) => (i64::try_from(offset).unwrap_or(i64::MAX), 0),
            SeekFrom::Current(offset) => (offset, 1),
            SeekFrom::End(offset) => (offset, 2),
        };
        super::descriptor::seek(self.descriptor, offset, whence)
    }
}

#[cfg(unix)]
impl HostFile for DescriptorFile {
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        super::descriptor::set_length(self.descriptor, length)
    }

    fn descriptor(&self) -> Option<i32> {
        Some(self.descriptor)
    }
}
