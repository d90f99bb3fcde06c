//! Running what is tested: the command itself, as a process of its own, in an empty folder, with a deadline.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::Settings;

/// Ends what a block printed, in the output of a process that runs blocks.
pub(crate) const MARK: &str = "\u{1e}coil-block-end\n";

/// What a process did.
pub(crate) struct Ran {
    pub(crate) stdout: String,
    /// Empty when standard error went where standard output went.
    pub(crate) stderr: String,
    /// None when it was killed, at the deadline or by a signal.
    pub(crate) status: Option<i32>,
}

/// Runs a file as a program; standard output and error apart.
pub(crate) fn run_program(path: &Path, settings: &Settings) -> io::Result<Ran> {
    run(command(settings)?.arg(path), path, settings, false)
}

/// Runs the blocks of a file, a [`MARK`] behind each; all output together.
pub(crate) fn run_blocks(path: &Path, settings: &Settings) -> io::Result<Ran> {
    run(command(settings)?.args(["-u", "run", "--marks"]).arg(path), path, settings, true)
}

fn command(settings: &Settings) -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    if !settings.real_time {
        command.arg("--virtual-time");
    }
    command.args(["--seed", &settings.seed.to_string(), "--max-steps", &settings.max_steps.to_string()]);
    if let Some(version) = &settings.python {
        command.args(["--python", version]);
    }
    Ok(command)
}

#[expect(clippy::disallowed_methods, reason = "a deadline for another process is in real time")]
fn run(command: &mut Command, path: &Path, settings: &Settings, together: bool) -> io::Result<Ran> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let unique = format!("coil-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let scratch = Scratch(std::env::temp_dir().join(unique));
    let (out, err, cwd) = (scratch.0.join("stdout"), scratch.0.join("stderr"), scratch.0.join("cwd"));
    fs::create_dir_all(&cwd)?;
    let stdout = File::create(&out)?;
    let stderr = if together { stdout.try_clone()? } else { File::create(&err)? };
    let input = path.with_extension("in");
    let stdin = if input.exists() { File::open(input)?.into() } else { Stdio::null() };
    let start = Instant::now();
    let mut child = command
        .current_dir(&cwd)
        .env("PYTHONIOENCODING", "utf-8")
        .env_remove("COIL_PYTHON")
        .stdin(stdin)
        .stdout(stdout)
        .stderr(stderr)
        .spawn()?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status.code();
        }
        if start.elapsed() > settings.deadline {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let read = |path: PathBuf| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ran { stdout: read(out)?, stderr: if together { String::new() } else { read(err)? }, status })
}

/// A folder that goes when it is no longer needed.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // Left over in the folder for temporary files at worst.
        let _ = fs::remove_dir_all(&self.0);
    }
}
