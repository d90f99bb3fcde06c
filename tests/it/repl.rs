//! The prompt: transcripts that are piped in, and sessions on a real terminal.
//!
//! `tests/repl/*.txt` are transcripts as a manual prints them: what stands behind `>>>` and `...` is run, and what was
//! written must be the lines between (standard error in its place, because both streams go to one file).
//!
//! `tests/repl/terminal/*.txt` are sessions on a pseudo-terminal, whose screen a terminal emulator keeps. A step is a line:
//!
//! ```text
//! type TEXT         as keys, one after the other
//! press KEY ...     enter (which waits for the next prompt), return (which does not), cancel
//!                   (Ctrl-C that waits for the next prompt), tab, up, down, left, right, backspace, ctrl-a, ctrl-c, ctrl-d ...
//! paste TEXT        as a terminal pastes it; \n is a line break
//! resize ROWS COLUMNS
//! wait TEXT         until the screen shows the text
//! screen            until the screen shows the lines that follow, each behind `| `
//! end STATUS        until the prompt has ended with this status
//! ```
//!
//! Nothing sleeps for a guessed time: a step that waits fails after [`PATIENCE`]. `UPDATE=1` rewrites the screens with
//! what stands there once it no longer changes.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::process::root;

/// How long a step may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a screen stands still before `UPDATE=1` believes it.
const STILLNESS: Duration = Duration::from_millis(700);

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    assert!(!files.is_empty(), "{folder} has no sessions");
    files
}

#[test]
fn transcripts_give_what_they_show() {
    let mut wrong = String::new();
    for path in files("tests/repl") {
        let transcript = fs::read_to_string(&path).unwrap();
        let is_input = |line: &&str| line.starts_with(">>>") || line.starts_with("...");
        let wanted: Vec<&str> = transcript.lines().filter(|line| !is_input(line)).collect();
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("transcript-{}", std::process::id()));
        let file = fs::File::create(&out).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_coil"))
            .arg("-u")
            .stdin(Stdio::piped())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(transcript.as_bytes()).unwrap();
        child.wait().unwrap();
        let got = fs::read_to_string(&out).unwrap();
        fs::remove_file(&out).unwrap();
        if got.lines().ne(wanted.iter().copied()) {
            let _ = writeln!(wrong, "{}:\nwanted\n{}\ngot\n{got}", path.display(), wanted.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn terminal_sessions_show_their_screens() {
    let update = std::env::var_os("UPDATE").is_some();
    let filter = std::env::var("COIL_TEST_FILTER").unwrap_or_default();
    let mut wrong = String::new();
    for path in files("tests/repl/terminal") {
        if !path.to_string_lossy().contains(&filter) {
            continue;
        }
        let script = fs::read_to_string(&path).unwrap();
        match play(&script, update) {
            Ok(after) if update => fs::write(&path, after).unwrap(),
            Ok(_) => {}
            Err(why) => {
                let _ = writeln!(wrong, "{}: {why}", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A prompt on a pseudo-terminal.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    home: PathBuf,
}

impl Terminal {
    fn start() -> Terminal {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("terminal-{}", std::process::id()));
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(&home).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_coil"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("HOME", &home);
        command.cwd(&home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(size.rows), cells(size.cols), 0)));
        let (mut reader, shown) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&screen));
        let keys = pair.master.take_writer().unwrap();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                shown.lock().unwrap().process(&bytes[..length]);
            }
        });
        Terminal { master: pair.master, keys, screen, child, home }
    }

    /// The lines of the screen, without blanks at their ends and empty lines below.
    fn lines(&self) -> Vec<String> {
        let parser = self.screen.lock().unwrap();
        let mut lines: Vec<String> = parser.screen().rows(0, u16::MAX).map(|line| line.trim_end().to_owned()).collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }

    fn send(&mut self, bytes: &[u8]) {
        // A prompt that has ended reads nothing; the next step says so.
        let _ = self.keys.write_all(bytes);
        let _ = self.keys.flush();
    }

    #[expect(clippy::disallowed_methods, reason = "the terminal is another process, which lives in real time")]
    fn until(&self, what: impl Fn(&[String]) -> bool) -> Result<(), String> {
        let start = Instant::now();
        while !what(&self.lines()) {
            if start.elapsed() > PATIENCE {
                return Err(format!("the screen is\n{}", self.lines().join("\n")));
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Waits until another prompt stands in front of the cursor than on the screen before.
    fn until_prompt(&self, before: &str) -> Result<(), String> {
        self.until(|_| {
            let parser = self.screen.lock().unwrap();
            let (row, _) = parser.screen().cursor_position();
            let line = parser.screen().rows(0, u16::MAX).nth(row.into()).unwrap_or_default();
            parser.screen().contents() != before && (line.trim_end() == ">>>" || line.trim_end() == "...")
        })
    }

    #[expect(clippy::disallowed_methods, reason = "the terminal is another process, which lives in real time")]
    fn still(&self) -> Vec<String> {
        let (mut lines, mut since) = (self.lines(), Instant::now());
        while since.elapsed() < STILLNESS {
            thread::sleep(Duration::from_millis(10));
            let now = self.lines();
            if now != lines {
                (lines, since) = (now, Instant::now());
            }
        }
        lines
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.home);
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a screen has a size")
}

/// Plays a session; the result is the session with the screens that were seen.
fn play(script: &str, update: bool) -> Result<String, String> {
    let mut terminal = Terminal::start();
    terminal.until(|lines| lines.iter().any(|line| line.starts_with(">>>")))?;
    let mut after = String::new();
    let mut lines = script.lines().enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        let here = |why: String| format!("line {}: {line}: {why}", index + 1);
        let (step, rest) = line.split_once(' ').unwrap_or((line, ""));
        after += line;
        after.push('\n');
        match step {
            "" | "#" => {}
            "type" => rest.chars().for_each(|letter| terminal.send(letter.to_string().as_bytes())),
            "press" => {
                for key in rest.split(' ') {
                    let before = terminal.screen.lock().unwrap().screen().contents();
                    terminal.send(&bytes_of(key).ok_or_else(|| here(format!("no key {key}")))?);
                    if key == "enter" || key == "cancel" {
                        // Keys that come while a program runs would be echoed by the terminal itself.
                        terminal.until_prompt(&before).map_err(here)?;
                    }
                }
            }
            "paste" => terminal.send(format!("\x1b[200~{}\x1b[201~", rest.replace("\\n", "\n")).as_bytes()),
            "resize" => {
                let (rows, cols) = rest.split_once(' ').unwrap();
                let size = PtySize { rows: rows.parse().unwrap(), cols: cols.parse().unwrap(), ..PtySize::default() };
                terminal.screen.lock().unwrap().screen_mut().set_size(cells(size.rows), cells(size.cols));
                terminal.master.resize(size).map_err(|error| here(error.to_string()))?;
            }
            "wait" => terminal.until(|lines| lines.iter().any(|line| line.contains(rest))).map_err(here)?,
            "screen" => {
                let mut wanted = Vec::new();
                while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with('|')) {
                    wanted.push(line[1..].strip_prefix(' ').unwrap_or(&line[1..]).to_owned());
                }
                if update {
                    for line in terminal.still() {
                        after += format!("| {line}").trim_end();
                        after.push('\n');
                    }
                } else {
                    terminal.until(|lines| lines == wanted).map_err(here)?;
                }
            }
            "end" => {
                let status = terminal.child.wait().map_err(|error| here(error.to_string()))?;
                if status.exit_code().to_string() != rest {
                    return Err(here(format!("it ended with {}", status.exit_code())));
                }
            }
            _ => return Err(here("no such step".to_owned())),
        }
    }
    Ok(after)
}

fn bytes_of(key: &str) -> Option<Vec<u8>> {
    Some(match key {
        "enter" | "return" => b"\r".to_vec(),
        "cancel" => vec![3],
        "tab" => b"\t".to_vec(),
        "backspace" => b"\x7f".to_vec(),
        "up" => b"\x1b[A".to_vec(),
        "down" => b"\x1b[B".to_vec(),
        "right" => b"\x1b[C".to_vec(),
        "left" => b"\x1b[D".to_vec(),
        _ => {
            let letter = key.strip_prefix("ctrl-")?.bytes().next()?;
            vec![letter & 0x1f]
        }
    })
}
