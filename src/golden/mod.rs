//! `coil test`: checks that programs, sessions and posts print what they must; and `coil run`, which runs a post.
//!
//! Every file runs in a process of its own, on virtual time, with a fixed seed and a budget of steps, so that it gives
//! the same output wherever and whenever it runs. What is expected stands beside the program (`.out`), in it
//! (`# expect:`, docstrings), or in the post itself; [`unit`] finds it, [`compare`] compares, [`show`] shows.

mod child;
mod compare;
mod post;
mod show;
mod unit;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use coil::Interpreter;
use coil::host::Stream;
use coil::objects::scheduler::OUT_OF_STEPS;

use child::{MARK, Ran};
use post::Block;
use unit::{Kind, Unit};

use crate::repl;

pub(crate) use post::programs_of;

/// Check that programs, sessions and posts print what they must.
///
/// A program is compared with the `.out` beside it, with its comments `# expect: TEXT`, or with the sessions in its
/// docstrings; a `.txt` that holds a session with that session; a Markdown post with the blocks of output that follow
/// its Python blocks.
#[derive(Debug, Parser)]
#[command(name = "coil test")]
struct TestArguments {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<String>,
    /// Write what is printed now as what is expected
    #[arg(long)]
    update: bool,
    /// Only files whose path contains this text
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// How many files run at once
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Write the results as JSON
    #[arg(long)]
    json: bool,
    /// Write the results as JUnit XML to a file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Allow just what this version had
    #[arg(long, value_name = "3.N")]
    python: Option<String>,
    /// Let time pass at once when everybody waits for it, as happens without this option too
    #[arg(long)]
    virtual_time: bool,
    /// Let time pass as it does outside
    #[arg(long, conflicts_with = "virtual_time")]
    real_time: bool,
    /// The seed of random numbers
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How many calls and loop rounds a file may make
    #[arg(long, value_name = "N", default_value_t = 50_000_000)]
    max_steps: u64,
    /// How many seconds a file may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    deadline: u64,
}

/// How files run.
struct Settings {
    real_time: bool,
    seed: u64,
    max_steps: u64,
    deadline: Duration,
    python: Option<String>,
    update: bool,
}

/// What came of a file.
struct Verdict {
    name: String,
    failures: Vec<Failure>,
    is_updated: bool,
    seconds: f64,
}

/// Something that is not as expected.
struct Failure {
    what: String,
    /// The line of the file that says what is expected.
    line: u32,
    expected: String,
    got: String,
}

/// Runs the command; the result is the exit status: 0 when all is as expected, 1 when not, 2 when it cannot tell.
pub(crate) fn test(arguments: &[String]) -> i32 {
    let arguments = std::iter::once("coil test".to_owned()).chain(arguments.iter().cloned());
    let arguments = match TestArguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return error.exit_code();
        }
    };
    let units = match unit::find(&arguments.paths, arguments.filter.as_deref()) {
        Ok(units) => units,
        Err(message) => {
            crate::cli::complain(&message);
            return 2;
        }
    };
    if units.is_empty() {
        crate::cli::complain("nothing to test: no file there says what it must print");
        return 2;
    }
    let settings = Settings {
        real_time: arguments.real_time && !arguments.virtual_time,
        seed: arguments.seed,
        max_steps: arguments.max_steps,
        deadline: Duration::from_secs(arguments.deadline),
        python: arguments.python,
        update: arguments.update,
    };
    let jobs = arguments.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let verdicts = run_all(&units, &settings, jobs, !arguments.json);
    let mut out = std::io::stdout().lock();
    if arguments.json {
        let _ = out.write_all(show::json(&verdicts).as_bytes());
    } else {
        let _ = out.write_all(summary(&verdicts).as_bytes());
    }
    if let Some(path) = &arguments.junit
        && let Err(error) = fs::write(path, show::junit(&verdicts))
    {
        crate::cli::complain(&format!("cannot write {}: {error}", path.display()));
        return 2;
    }
    i32::from(verdicts.iter().any(|verdict| !verdict.failures.is_empty()))
}

fn summary(verdicts: &[Verdict]) -> String {
    let failed = verdicts.iter().filter(|verdict| !verdict.failures.is_empty()).count();
    let updated = verdicts.iter().filter(|verdict| verdict.is_updated).count();
    let mut text = format!("{} passed, {failed} failed", verdicts.len() - failed);
    if updated > 0 {
        let _ = write!(text, ", {updated} updated");
    }
    text + "\n"
}

/// Runs the units, some at once; reports in the order in which they stand.
#[expect(clippy::disallowed_methods, reason = "how long a test took is real time")]
fn run_all(units: &[Unit], settings: &Settings, jobs: usize, reports: bool) -> Vec<Verdict> {
    let width = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).unwrap_or(100);
    let next = AtomicUsize::new(0);
    let done: Mutex<(usize, Vec<Option<Verdict>>)> = Mutex::new((0, units.iter().map(|_| None).collect()));
    let work = || {
        while let Some((index, unit)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, units.get(at)?)))
        {
            let start = Instant::now();
            let (failures, is_updated) = check(unit, settings);
            let name = unit.path.to_string_lossy().into_owned();
            let verdict = Verdict { name, failures, is_updated, seconds: start.elapsed().as_secs_f64() };
            let Ok(mut done) = done.lock() else { return };
            done.1[index] = Some(verdict);
            while reports && let Some(Some(verdict)) = done.1.get(done.0) {
                report(verdict, width);
                done.0 += 1;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs.clamp(1, units.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    done.into_inner().map(|(_, verdicts)| verdicts.into_iter().flatten().collect()).unwrap_or_default()
}

fn report(verdict: &Verdict, width: usize) {
    let word = match (verdict.is_updated, verdict.failures.is_empty()) {
        (true, _) => "updated",
        (false, true) => "ok     ",
        (false, false) => "FAILED ",
    };
    let mut text = format!("{word} {}\n", verdict.name);
    for failure in &verdict.failures {
        text += &show::side_by_side(failure, width);
    }
    // A reader that stops reading wants no more.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn check(unit: &Unit, settings: &Settings) -> (Vec<Failure>, bool) {
    let Ok(path) = fs::canonicalize(&unit.path) else {
        return (vec![failure(0, "the file is gone", "", "")], false);
    };
    let ran = match &unit.kind {
        Kind::Golden { .. } | Kind::Comments(_) => child::run_program(&path, settings),
        Kind::Blocks(_) => child::run_blocks(&path, settings),
    };
    let ran = match ran {
        Ok(ran) => ran,
        Err(error) => return (vec![failure(0, &format!("cannot run it: {error}"), "", "")], false),
    };
    if ran.status.is_none() {
        let what = format!("it did not end within {} s, or was killed", settings.deadline.as_secs());
        return (vec![failure(0, &what, "", &ran.stdout)], false);
    }
    match &unit.kind {
        Kind::Golden { golden, swaps } => check_golden(golden, swaps, &ran, settings),
        Kind::Comments(expected) => {
            let got = if ran.status == Some(0) { ran.stdout } else { format!("{}{}", ran.stdout, ran.stderr) };
            if compare::matches(&expected.text, &got, &expected.swaps) {
                return (Vec::new(), false);
            }
            (vec![failure(expected.line, "the output is not what its comments expect", &expected.text, &got)], false)
        }
        Kind::Blocks(blocks) => check_blocks(&path, blocks, &ran.stdout, settings),
    }
}

fn failure(line: u32, what: &str, expected: &str, got: &str) -> Failure {
    Failure { what: what.to_owned(), line, expected: expected.to_owned(), got: got.to_owned() }
}

fn check_golden(golden: &Path, swaps: &[(usize, usize)], ran: &Ran, settings: &Settings) -> (Vec<Failure>, bool) {
    let got = transcript(ran);
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if compare::matches(&expected, &got, swaps) {
        return (Vec::new(), false);
    }
    if settings.update && fs::write(golden, &got).is_ok() {
        return (Vec::new(), true);
    }
    (vec![failure(1, &format!("the output is not that of {}", golden.display()), &expected, &got)], false)
}

/// Output, errors and exit status as a golden file has them.
fn transcript(ran: &Ran) -> String {
    let mut text = ran.stdout.clone();
    let status = ran.status.unwrap_or_default();
    if (status != 0 || !ran.stderr.is_empty()) && !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !ran.stderr.is_empty() {
        text += "--- stderr\n";
        text += &without_folders(&ran.stderr);
    }
    if status != 0 {
        let _ = writeln!(text, "--- exit {status}");
    }
    text
}

/// The text without the folders of files, which differ from machine to machine.
fn without_folders(text: &str) -> String {
    let mut result = String::new();
    for line in text.split_inclusive('\n') {
        match line.split_once("File \"").and_then(|(before, rest)| Some((before, rest.split_once('"')?))) {
            Some((before, (path, after))) => {
                let name = path.rsplit('/').next().unwrap_or(path);
                let _ = write!(result, "{before}File \"{name}\"{after}");
            }
            None => {
                let path = line.split(':').next().unwrap_or_default();
                let is_warning = path.starts_with('/') && path.ends_with(".py");
                result.push_str(if is_warning { &line[path.rfind('/').map_or(0, |at| at + 1)..] } else { line });
            }
        }
    }
    result
}

fn check_blocks(path: &Path, blocks: &[Block], output: &str, settings: &Settings) -> (Vec<Failure>, bool) {
    let mut failures = Vec::new();
    let parts: Vec<&str> = output.split(MARK).collect();
    let mut repairs = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let got = without_folders(parts.get(index).copied().unwrap_or_default());
        let wanted = block.expected.as_ref().map_or("", |expected| &expected.text);
        // Behind the last mark stands what no block has printed.
        if index + 1 >= parts.len() {
            let what = format!("line {}: the whole program ends in this block", block.line);
            failures.push(failure(block.line, &what, wanted, &got));
            break;
        }
        let Some(expected) = &block.expected else {
            if got.contains(OUT_OF_STEPS) {
                let what = format!("line {}: the block does not end", block.line);
                failures.push(failure(block.line, &what, wanted, &got));
            }
            continue;
        };
        if !compare::matches(&expected.text, &got, &expected.swaps) {
            let is_session = repl::is_transcript(&block.source);
            if settings.update && !is_session {
                repairs.push((expected.line, expected.text.clone(), got.clone()));
                continue;
            }
            let what = format!("line {}: the block does not print what is shown", block.line);
            failures.push(failure(expected.line, &what, &expected.text, &got));
        }
    }
    let is_updated = !repairs.is_empty() && rewrite(path, &repairs);
    (failures, is_updated)
}

/// Puts what is printed in place of the output blocks at these lines.
fn rewrite(path: &Path, repairs: &[(u32, String, String)]) -> bool {
    let Ok(text) = fs::read_to_string(path) else { return false };
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    // From the end, so that the numbers of the lines before stay right.
    for (line, old, new) in repairs.iter().rev() {
        let start = (*line as usize).saturating_sub(1).min(lines.len());
        let end = (start + old.lines().count()).min(lines.len());
        // Lines end, and are indented, as the fence above them is.
        let fence = start.checked_sub(1).and_then(|above| lines.get(above)).map_or("", String::as_str);
        let line_end = if fence.ends_with("\r\n") { "\r\n" } else { "\n" };
        let blanks = &fence[..fence.len() - fence.trim_start_matches([' ', '\t']).len()];
        let indented =
            |line: &str| if line.is_empty() { line_end.to_owned() } else { format!("{blanks}{line}{line_end}") };
        let new: Vec<String> = new.lines().map(indented).collect();
        lines.splice(start..end, new);
    }
    fs::write(path, lines.concat()).is_ok()
}

/// Runs the Python blocks of a post, of a session, or of a program's docstrings; the result is the exit status.
pub(crate) fn run(interpreter: &mut Interpreter, path: &str, text: &str, has_marks: bool) -> i32 {
    let blocks = match Path::new(path).extension().and_then(|ending| ending.to_str()) {
        Some("py") => {
            interpreter.begin_interactive();
            let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            interpreter.name_main(&stem);
            if interpreter.run_block(text, path).is_some() {
                return 1;
            }
            unit::docstring_blocks(text)
        }
        Some("txt") => vec![Block { line: 1, source: text.to_owned(), expected: None, is_new: false }],
        _ => post::blocks(text),
    };
    interpreter.begin_interactive();
    let mut status = 0;
    for block in blocks {
        if block.is_new {
            interpreter.forget_main();
        }
        let ended = if repl::is_transcript(&block.source) {
            repl::run_inputs(interpreter, &block.source)
        } else {
            // Lines count within the block, as they did for its author.
            interpreter.run_block(&block.source, &format!("{path}:{}", block.line))
        };
        let host = &mut interpreter.ctx().host;
        let _ = host.flush(Stream::Out);
        if has_marks {
            let _ = host.write(Stream::Out, MARK.as_bytes());
            let _ = host.flush(Stream::Out);
        }
        if let Some(ended) = ended {
            status = ended;
            if !has_marks {
                break;
            }
        }
    }
    interpreter.finish(Ok(coil::objects::Value::NONE));
    status
}
