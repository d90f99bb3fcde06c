//! The list of programs that do not pass yet, `tests/programs/pending.txt`.
//!
//! One line per program, `name  # reason`. A program that fails and is not listed fails the suite, so the list can
//! only shrink. One that is listed and passes is named but fails nothing: several people repair programs at
//! once, and two repairs that are right alone must be right together.
//! `UPDATE_PENDING=1` rewrites the list with what each program does now; a reason that starts with `note:` is
//! written by a person and stays.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::process::root;

/// Tests of this binary run in threads of one process; only one may rewrite the list at a time.
static FILE: Mutex<()> = Mutex::new(());

const HEADING: &str = "\
# Programs that do not pass yet, each with the reason. The suite fails when a program fails that is not listed.
# Rewrite it with: UPDATE_PENDING=1 cargo test --test it
# A reason that starts with `note:` is kept when the list is rewritten.
";

/// A program's verdict: `None` when it passed, or what is wrong.
pub(crate) struct Verdict {
    pub(crate) name: String,
    pub(crate) problem: Option<Problem>,
}

/// Why a program failed.
pub(crate) struct Problem {
    /// One line, for the list.
    pub(crate) reason: String,
    /// What to show to the person who runs the test.
    pub(crate) details: String,
}

/// The text that selects programs, when the person asked for some only.
pub(crate) fn filter() -> Option<String> {
    std::env::var("COIL_TEST_FILTER").ok().filter(|text| !text.is_empty())
}

fn path() -> PathBuf {
    root().join("tests/programs/pending.txt")
}

fn read() -> BTreeMap<String, String> {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let split = lines.map(|line| line.split_once("  # ").unwrap_or((line, "")));
    split.map(|(name, reason)| (name.to_owned(), reason.to_owned())).collect()
}

/// Compares the verdicts with the list, or rewrites the part of the list that they cover.
///
/// `owns` says which names of the list belong to the calling test: those it did not run are gone from the
/// tree and leave the list.
///
/// # Panics
///
/// When the list is wrong: this is the one assertion of the calling test.
pub(crate) fn settle(verdicts: &[Verdict], owns: impl Fn(&str) -> bool) {
    let _guard = FILE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut listed = read();
    let filter = filter();

    if std::env::var_os("UPDATE_PENDING").is_some() && filter.is_none() {
        let old: BTreeMap<_, _> = listed.iter().filter(|(name, _)| owns(name)).map(clone_pair).collect();
        listed.retain(|name, _| !owns(name));
        for verdict in verdicts {
            let Some(problem) = &verdict.problem else { continue };
            let kept = old.get(&verdict.name).filter(|reason| reason.starts_with("note:"));
            // The list is checked in: it names no folder of the machine that wrote it.
            let now = problem.reason.replace(&*root().to_string_lossy(), "");
            listed.insert(verdict.name.clone(), kept.cloned().unwrap_or(now));
        }
        let lines = listed.iter().fold(String::new(), |mut text, (name, reason)| {
            let _ = writeln!(text, "{name}  # {reason}");
            text
        });
        fs::write(path(), format!("{HEADING}{lines}")).expect("the list of pending programs is writable");
    }

    let mut wrong = Vec::new();
    let mut waiting = 0;
    for verdict in verdicts {
        match (&verdict.problem, listed.contains_key(&verdict.name)) {
            (None, false) => {}
            (None, true) => println!("{} passes now: take it off the pending list", verdict.name),
            (Some(problem), false) => {
                println!("---- {}\n{}", verdict.name, problem.details);
                wrong.push(format!("{}: {}", verdict.name, problem.reason));
            }
            (Some(problem), true) => {
                waiting += 1;
                if filter.is_some() {
                    println!("---- {} (pending)\n{}", verdict.name, problem.details);
                }
            }
        }
    }
    if filter.is_none() {
        let ran = |name: &String| verdicts.iter().any(|verdict| verdict.name == *name);
        let gone = listed.keys().filter(|name| owns(name) && !ran(name));
        wrong.extend(gone.map(|name| format!("{name} is on the pending list but does not exist")));
    }
    println!("{} programs: {} pass, {waiting} pending", verdicts.len(), passed(verdicts));
    assert!(wrong.is_empty(), "{} programs are not as expected:\n{}", wrong.len(), wrong.join("\n"));
}

fn clone_pair((name, reason): (&String, &String)) -> (String, String) {
    (name.clone(), reason.clone())
}

fn passed(verdicts: &[Verdict]) -> usize {
    verdicts.iter().filter(|verdict| verdict.problem.is_none()).count()
}
