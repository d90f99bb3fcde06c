//! Running one program: a child process with a deadline, an empty directory and a quiet environment.
//!
//! Output goes to files and not to pipes, so that a program may print any amount without a reader. `coil test` runs what
//! it tests much like this (`src/golden/child.rs`); it is what is tested here, so the tests do not run by it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By itself, with this exit code.
    Exit(i32),
    /// By a signal: a crash of the interpreter.
    Signal,
    /// Not at all: it was stopped at the deadline.
    Timeout,
}

/// What a program wrote and how it ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) ending: Ending,
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn interpreter() -> PathBuf {
    std::env::var_os("COIL_BIN").map_or_else(|| env!("CARGO_BIN_EXE_coil").into(), PathBuf::from)
}

fn deadline() -> Duration {
    let asked = std::env::var("COIL_TEST_TIMEOUT").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(asked.unwrap_or(90))
}

/// Runs `program` in an empty folder, with stdin from `<name>.in`, if there is one.
///
/// `memory_kib` bounds the address space (where the system has `ulimit`), so that a program that asks for
/// a terabyte is refused and does not bring the machine down.
pub(crate) fn run(program: &Path, memory_kib: Option<u64>) -> io::Result<Outcome> {
    let mut command = match memory_kib {
        Some(limit) if cfg!(unix) => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("ulimit -v {limit}; exec \"$0\" \"$1\"")).arg(interpreter());
            shell
        }
        Some(_) | None => Command::new(interpreter()),
    };
    command.arg(program);
    let mut environment = Vec::new();
    let source = fs::read_to_string(program).unwrap_or_default();
    if let Some(version) = era(&source) {
        environment.push(("COIL_PYTHON", version));
    }
    let input = program.with_extension("in");
    let input = if input.exists() { File::open(input)?.into() } else { Stdio::null() };
    quietly(command, None, &environment, input)
}

/// Runs the interpreter with arguments in a folder, under the quiet environment of [`run`] and what is given.
///
/// # Errors
/// What the operating system says.
pub(crate) fn run_in(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> io::Result<Outcome> {
    let mut command = Command::new(interpreter());
    command.args(arguments);
    quietly(command, Some(folder), environment, Stdio::null())
}

/// Runs a command in a folder, or else in an empty one, with just what it needs of the environment.
fn quietly(
    mut command: Command,
    folder: Option<&Path>,
    environment: &[(&str, &str)],
    input: Stdio,
) -> io::Result<Outcome> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let unique = format!("it-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join(unique);
    let (out, err, empty) = (scratch.join("stdout"), scratch.join("stderr"), scratch.join("cwd"));
    fs::create_dir_all(&empty)?;
    command
        .current_dir(folder.unwrap_or(&empty))
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONIOENCODING", "utf-8")
        .env("TZ", "UTC")
        .env("LC_ALL", "C.UTF-8")
        .envs(environment.iter().copied())
        .stdin(input)
        .stdout(File::create(&out)?)
        .stderr(File::create(&err)?);
    let ending = wait(command, deadline())?;
    let read = |path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let outcome = Outcome { stdout: read(out)?, stderr: read(err)?, ending };
    fs::remove_dir_all(scratch)?;
    Ok(outcome)
}

/// The version in a first line `# python: 3.N`: the program sees just what that Python had.
fn era(source: &str) -> Option<&str> {
    source.lines().next()?.strip_prefix("# python: ").map(str::trim)
}

#[expect(clippy::disallowed_methods, reason = "a deadline for another process is in real time")]
fn wait(mut command: Command, limit: Duration) -> io::Result<Ending> {
    let start = Instant::now();
    let mut child = command.spawn()?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(ending_of(status));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(Ending::Timeout);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn ending_of(status: ExitStatus) -> Ending {
    status.code().map_or(Ending::Signal, Ending::Exit)
}

/// Calls `job` for every item on two threads; the results keep the order of the items.
///
/// Two, because the machine that checks a change has two cores and the programs are what takes the time.
pub(crate) fn in_parallel<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, job(item)));
        }
    };
    let mut results = thread::scope(|scope| {
        let other = scope.spawn(worker);
        let mut mine = worker();
        mine.extend(other.join().expect("a worker only runs the job, which does not panic"));
        mine
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
