//! Hostile programs: absurd depth, absurd sizes, containers changed under the interpreter's feet.
//!
//! What they print is not compared. Asserted is only what every user may expect: the program ends by itself,
//! by no signal, nothing panicked, and if an exception ended it, it is one of those that the first line of
//! the program allows: `# allows: RecursionError MemoryError SyntaxError OK`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::pending::{self, Problem, Verdict};
use crate::process::{self, Ending, root};

/// Address space given to a program: far less than the terabytes that some ask for.
const MEMORY_KIB: u64 = 2 * 1024 * 1024;

#[test]
fn hostile_programs_end_with_a_python_exception() {
    let filter = pending::filter();
    let mut chosen: Vec<(String, PathBuf)> = fs::read_dir(root().join("tests/crash"))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .map(|path| (format!("crash/{}", path.file_stem().unwrap_or_default().to_string_lossy()), path))
        .filter(|(name, _)| filter.as_ref().is_none_or(|text| name.contains(text.as_str())))
        .collect();
    chosen.sort();
    let verdicts = process::in_parallel(&chosen, |(name, path)| {
        let problem = check(path).map(|reason| Problem { details: format!("  {reason}"), reason });
        Verdict { name: name.clone(), problem }
    });
    pending::settle(&verdicts, |name| name.starts_with("crash/"));
}

fn check(program: &Path) -> Option<String> {
    let source = match fs::read_to_string(program) {
        Ok(source) => source,
        Err(error) => return Some(format!("cannot read it: {error}")),
    };
    let Some(allowed) = source.lines().next().and_then(|line| line.strip_prefix("# allows: ")) else {
        return Some("its first line does not say what it allows".to_owned());
    };
    let outcome = match process::run(program, Some(MEMORY_KIB)) {
        Ok(outcome) => outcome,
        Err(error) => return Some(format!("cannot run it: {error}")),
    };
    if let Some(panic) = outcome.stderr.lines().find(|line| line.contains("panicked")) {
        return Some(panic.to_owned());
    }
    match outcome.ending {
        Ending::Signal => Some(format!("killed by a signal: {}", last_line(&outcome.stderr))),
        Ending::Timeout => Some("did not end in time".to_owned()),
        Ending::Exit(0) if allowed.split(' ').any(|name| name == "OK") => None,
        Ending::Exit(0) => Some(format!("ended well, but should raise {allowed}")),
        Ending::Exit(1) => {
            let last = last_line(&outcome.stderr);
            let name = last.split(':').next().unwrap_or_default();
            let fine = allowed.split(' ').any(|allowed| allowed == name);
            (!fine).then(|| format!("raised {}, allowed are {allowed}", last.chars().take(100).collect::<String>()))
        }
        Ending::Exit(code) => Some(format!("exit code {code}: {}", last_line(&outcome.stderr))),
    }
}

/// The last line but for warnings about what was dropped when the program had ended.
fn last_line(stderr: &str) -> &str {
    stderr.lines().rev().find(|line| !line.trim().is_empty() && !line.starts_with("<sys>:0: ")).unwrap_or_default()
}
