//! Notes on silent mistakes must not appear on programs that are right.
//!
//! Every program of `samples` and `tests/programs` runs with errors drawn, as on a terminal. None may be given a note,
//! but for those that make the mistake on purpose, which are listed here with the reason. And drawing errors must change
//! nothing that a program prints.

use std::fs;
use std::path::{Path, PathBuf};

use coil::diagnostics::catalog::{Code, Severity};

use crate::pending;
use crate::process::{self, Outcome};
use crate::programs;

/// The programs that make a silent mistake on purpose: name, codes, reason.
const ON_PURPOSE: &[(&str, &[&str], &str)] = &[
    ("asyncio/waiting_for_several", &["L221"], "leaves to its runner the tasks that it waited for too briefly"),
    ("closures/comprehension_captures", &["G028"], "shows that `lazy` reads the loop variable late"),
    ("closures/late_binding", &["G028"], "is about this mistake"),
    ("comprehensions/scopes", &["G028"], "shows that functions made in a comprehension share its variable"),
    ("functions/lambda_forms", &["G028"], "shows that lambdas bind late"),
    ("generators/genexp_late_binding", &["G028"], "is about this mistake"),
];

/// The codes of notes in a text.
fn notes(stderr: &str) -> Vec<&'static str> {
    let shown = stderr.split("coil[").skip(1).filter_map(|rest| Code::named(rest.split(']').next()?));
    let mut codes: Vec<_> = shown.filter(|code| code.severity() == Severity::Note).map(Code::name).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn no_note_on_programs_that_are_right() {
    let filter = pending::filter();
    let all: Vec<(String, PathBuf)> = programs::all()
        .into_iter()
        .filter(|(name, path)| {
            filter.as_ref().is_none_or(|text| name.contains(text.as_str())) && !path.with_extension("in").exists()
        })
        .collect();
    let wrong = process::in_parallel(&all, |(name, path)| problem(name, path));
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let is_known = |name: &str| filter.is_some() || all.iter().any(|(known, _)| known == name);
    let strange: Vec<_> = ON_PURPOSE.iter().filter(|(name, ..)| !is_known(name)).collect();
    assert!(strange.is_empty(), "no such programs: {strange:?}");
}

/// What is wrong with how a program does, if anything. What a program prints may depend on how busy the machine is, so
/// only what differs twice is wrong.
fn problem(name: &str, path: &Path) -> Option<String> {
    let golden = fs::read_to_string(path.with_extension("out")).unwrap_or_default();
    let printed = golden.split_once("--- stderr\n").map_or(golden.as_str(), |(printed, _)| printed);
    let printed = printed.split_once("--- exit ").map_or(printed, |(printed, _)| printed);
    let expected = ON_PURPOSE.iter().find(|(known, ..)| *known == name).map_or(&[][..], |(_, codes, _)| *codes);
    let mut last = None;
    for _ in 0..2 {
        let outcome = match run(name, path) {
            Ok(outcome) => outcome,
            Err(error) => return Some(format!("{name}: cannot run it: {error}")),
        };
        let found = notes(&outcome.stderr);
        if found != expected {
            return Some(format!("{name}: notes {found:?}, not {expected:?}\n{}", outcome.stderr));
        }
        let shown = programs::cut_folders(&outcome.stdout);
        if shown.trim_end() == printed.trim_end() {
            return None;
        }
        last = Some(format!("{name}: prints something else when errors are drawn\n{shown}"));
    }
    last
}

/// Runs it with errors drawn, in a folder of its own.
fn run(name: &str, path: &Path) -> std::io::Result<Outcome> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("notes").join(name.replace('/', "-"));
    fs::create_dir_all(&folder)?;
    let source = fs::read_to_string(path)?;
    let python = source.lines().next().and_then(|line| line.strip_prefix("# python: ")).map(str::trim);
    let environment: Vec<_> = python.into_iter().map(|version| ("COIL_PYTHON", version)).collect();
    let path = path.to_string_lossy();
    let outcome = process::run_in(&folder, &["--traceback", "fancy", "--lang", "en", &*path], &environment)?;
    fs::remove_dir_all(&folder)?;
    Ok(outcome)
}
