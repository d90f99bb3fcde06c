//! Runs every program of `tests/programs`, `samples` and `tests/divergences` and compares it with the golden beside it.
//!
//! Goldens are made by CPython (`tests/bless.py`, which describes their format), except those of
//! `tests/divergences`, which show where Coil differs on purpose; each begins with the cause and the way around.
//! A program is a file, or a folder with a `main.py`; everything about it is in one place and nothing is
//! registered anywhere.

use std::fs;
use std::path::{Path, PathBuf};

use crate::pending::{self, Problem, Verdict};
use crate::process::{self, Ending, Outcome, root};

/// Differences shown per program; a broken program differs everywhere, and the first lines tell why.
const SHOWN: usize = 5;

#[test]
fn programs_do_what_cpython_does() {
    let filter = pending::filter();
    let mut programs = all();
    programs.extend(named(python_files(&root().join("tests/divergences"))));
    let chosen: Vec<(String, PathBuf)> = programs
        .into_iter()
        .filter(|(name, _)| filter.as_ref().is_none_or(|text| name.contains(text.as_str())))
        .collect();
    assert!(!chosen.is_empty(), "no program has {filter:?} in its name");

    let verdicts = process::in_parallel(&chosen, |(name, path)| Verdict { name: name.clone(), problem: check(path) });
    pending::settle(&verdicts, |name| !name.starts_with("crash/") && !name.starts_with("book/"));
}

/// The programs of `tests/programs` and `samples`, which do what they do in CPython: name and path.
pub(crate) fn all() -> Vec<(String, PathBuf)> {
    let mut programs = find(&root().join("tests/programs"));
    programs.extend(python_files(&root().join("samples")));
    named(programs)
}

fn named(programs: Vec<PathBuf>) -> Vec<(String, PathBuf)> {
    programs.into_iter().map(|path| (name_of(&path), path)).collect()
}

/// Every `.out` belongs to a program; one that lost its program proves nothing.
#[test]
fn every_golden_has_its_program() {
    let folder = root().join("tests/programs");
    let mut orphans = Vec::new();
    for area in entries(&folder).into_iter().filter(|path| path.is_dir()) {
        let nested: Vec<PathBuf> =
            entries(&area).iter().filter(|path| path.is_dir()).flat_map(|dir| entries(dir)).collect();
        let goldens =
            entries(&area).into_iter().chain(nested).filter(|path| path.extension().is_some_and(|e| e == "out"));
        orphans.extend(goldens.filter(|path| !path.with_extension("py").exists()));
    }
    assert!(orphans.is_empty(), "goldens without a program: {orphans:?}");
}

/// A program parses, unless its golden says that its own source is refused.
#[test]
fn programs_parse_as_their_goldens_say() {
    let mut programs = find(&root().join("tests/programs"));
    programs.extend(python_files(&root().join("samples")));
    programs.extend(python_files(&root().join("benches/programs")));
    let mut wrong = Vec::new();
    for path in programs {
        let golden = fs::read_to_string(path.with_extension("out")).unwrap_or_default();
        let refused = golden.starts_with("--- stderr\n  File ");
        let source = fs::read_to_string(&path).expect("the program was just listed");
        match coil_grammar::parse_module(&source) {
            Ok(_) if refused => wrong.push(format!("{}: parses", path.display())),
            Err(error) if !refused => wrong.push(format!("{}: {}", path.display(), error.message())),
            Ok(_) | Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = read.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}

fn python_files(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "py")).collect()
}

fn find(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for area in entries(folder).into_iter().filter(|path| path.is_dir()) {
        found.extend(python_files(&area));
        found.extend(entries(&area).into_iter().map(|path| path.join("main.py")).filter(|path| path.exists()));
    }
    found
}

/// `generators/send_values`, `imports/relative` (for its `main.py`), `samples/01_iterator`.
fn name_of(path: &Path) -> String {
    let below_root = path.strip_prefix(root()).unwrap_or(path);
    let name = below_root.strip_prefix("tests/programs").unwrap_or(below_root).with_extension("");
    let name = if name.ends_with("main") { name.parent().map(Path::to_path_buf).unwrap_or(name) } else { name };
    name.to_string_lossy().replace('\\', "/")
}

fn check(program: &Path) -> Option<Problem> {
    let simple = |reason: String| Some(Problem { details: format!("  {reason}"), reason });
    let Ok(golden) = fs::read_to_string(program.with_extension("out")) else {
        return simple("has no .out: run tests/bless.py".to_owned());
    };
    match process::run(program, None) {
        Ok(outcome) => compare(&golden, &outcome),
        Err(error) => simple(format!("cannot run it: {error}")),
    }
}

fn compare(golden: &str, outcome: &Outcome) -> Option<Problem> {
    let got = transcript(outcome);
    if got == golden {
        return None;
    }
    let (wanted, given): (Vec<&str>, Vec<&str>) = (golden.lines().collect(), got.lines().collect());
    let different: Vec<usize> =
        (0..wanted.len().max(given.len())).filter(|&line| wanted.get(line) != given.get(line)).collect();
    let show = |lines: &[&str], line: usize| lines.get(line).map_or("(end of output)".to_owned(), |text| clip(text));
    let mut details = String::new();
    for &line in different.iter().take(SHOWN) {
        let number = line + 1;
        details +=
            &format!("  line {number:<3} want {}\n           got  {}\n", show(&wanted, line), show(&given, line));
    }
    if different.len() > SHOWN {
        details += &format!("  ... {} lines differ\n", different.len());
    }
    let why = last_line(&outcome.stderr).filter(|_| !golden.contains("--- stderr"));
    if let Some(why) = &why {
        details += &format!("  stderr   {why}\n");
    }
    let reason = match (outcome.ending, why, different.first()) {
        (Ending::Signal, ..) => "crashed: killed by a signal".to_owned(),
        (Ending::Timeout, ..) => "did not end in time".to_owned(),
        (_, Some(why), _) => why,
        (_, None, Some(&line)) => {
            format!("line {}: want {}, got {}", line + 1, show(&wanted, line), show(&given, line))
        }
        (_, None, None) => "differs in its line ends".to_owned(),
    };
    Some(Problem { reason, details })
}

/// The outcome as the text of a golden file.
fn transcript(outcome: &Outcome) -> String {
    let mut text = cut_folders(&outcome.stdout);
    let stderr = mask_addresses(&cut_folders(&outcome.stderr));
    let failed = outcome.ending != Ending::Exit(0);
    if (failed || !stderr.is_empty()) && !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !stderr.is_empty() {
        text += "--- stderr\n";
        text += &stderr;
    }
    match outcome.ending {
        Ending::Exit(0) => {}
        Ending::Exit(code) => text += &format!("--- exit {code}\n"),
        Ending::Signal => text += "--- killed by a signal\n",
        Ending::Timeout => text += "--- did not end\n",
    }
    text
}

/// Cuts the folders, which differ from machine to machine, from where tracebacks show files.
pub(crate) fn cut_folders(text: &str) -> String {
    text.split_inclusive('\n').map(cut_folders_of_line).collect()
}

fn cut_folders_of_line(line: &str) -> String {
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    if let Some((before, rest)) = line.split_once("File \"")
        && let Some((path, after)) = rest.split_once('"')
    {
        return format!("{before}File \"{}\"{after}", file_name(path));
    }
    // A warning: /some/folder/name.py:4: RuntimeWarning: ...
    if line.contains("Warning: ")
        && line.starts_with('/')
        && let Some((path, after)) = line.split_once(".py:")
    {
        return format!("{}.py:{after}", file_name(path));
    }
    // Where a module came from: cannot import name 'x' from 'collections' (/some/folder/__init__.py)
    if line.contains("cannot import name '")
        && let Some((before, rest)) = line.split_once("' (")
        && let Some((_, after)) = rest.split_once(')')
    {
        return format!("{before}' (...){after}");
    }
    line.to_owned()
}

fn mask_addresses(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        text += &rest[..at];
        if digits >= 6 {
            text += "0x...";
        } else {
            text += &rest[at..at + 2 + digits];
        }
        rest = &rest[at + 2 + digits..];
    }
    text + rest
}

fn last_line(stderr: &str) -> Option<String> {
    stderr.lines().rev().find(|line| !line.trim().is_empty()).map(clip)
}

fn clip(line: &str) -> String {
    const WIDTH: usize = 110;
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}
