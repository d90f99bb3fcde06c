//! How errors are drawn where drawing is hard: on narrow terminals, with wide characters and tabs, over many lines, for
//! groups, chains and deep recursion, in colour, and where there is no source, or another one than the one that ran.
//!
//! Beside `tests/drawings/NAME.py` stands `NAME.txt`, what the command writes to standard error. A program may begin with
//! lines such as
//!
//! ```text
//! # options: --color always     options of the command, beside --traceback fancy
//! # width: 30                   columns of the terminal; else 80
//! # environment: NO_COLOR=1
//! # given: command              the program is given with -c, or as `input`
//! ```
//!
//! `UPDATE=1 cargo test --test it drawings` rewrites them; read them before landing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::process::{in_parallel, root};

fn heading<'s>(source: &'s str, key: &str) -> Option<&'s str> {
    let lines = source.lines().take_while(|line| line.starts_with("# "));
    let mut headings = lines.filter_map(|line| line.strip_prefix("# ")?.split_once(": "));
    headings.find(|(own, _)| *own == key).map(|(_, value)| value.trim())
}

/// Runs a program in a folder of its own; what it wrote to standard error, without that folder's path.
fn drawn(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("drawings-{name}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(&name), &source).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_coil"));
    command.args(["--traceback", "fancy"]).args(heading(&source, "options").unwrap_or("--lang en").split_whitespace());
    let input = match heading(&source, "given") {
        Some("command") => {
            command.args(["-c", source.trim_end()]);
            String::new()
        }
        Some("input") => source.clone(),
        _ => {
            command.arg(&name);
            String::new()
        }
    };
    command.current_dir(&folder).env_clear().env("LC_ALL", "C.UTF-8");
    command.env("COLUMNS", heading(&source, "width").unwrap_or("80"));
    if let Some((variable, value)) = heading(&source, "environment").and_then(|setting| setting.split_once('=')) {
        command.env(variable, value);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stderr).unwrap().replace(&format!("{}/", folder.display()), "")
}

#[test]
fn hard_cases_are_drawn_as_in_the_goldens() {
    let entries = fs::read_dir(root().join("tests/drawings")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "py"));
    paths.sort();
    assert!(paths.len() > 20, "the programs are gone");
    let wrong = in_parallel(&paths, |path| {
        let golden = path.with_extension("txt");
        let shown = drawn(path);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &shown).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        (shown != wanted).then(|| format!("==== {}\n---- wanted\n{wanted}---- got\n{shown}", path.display()))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
