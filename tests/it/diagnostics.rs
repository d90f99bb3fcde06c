//! What is said of mistakes: for each code of the catalogue a program that makes the mistake, and what it gets to see.
//!
//! Beside `tests/diagnostics/CODE.py` (or `CODE_variant.py`) stand standard error drawn in English (`.txt`), drawn in
//! Chinese (`.zh.txt`), and as CPython writes it (`.plain.txt`, made by `tests/bless.py`; entries of tracebacks that lie in
//! the library are left out, since parts of ours have no frames). A program may begin with lines such as
//!
//! ```text
//! # python: 3.8          what --python is to be
//! # options: --max-steps 1000
//! # plain: none          CPython's text is not compared
//! # name: asyncio.py     the name under which the program runs
//! ```
//!
//! `UPDATE=1 cargo test --test it diagnostics` rewrites the drawn ones; read them before landing.

use std::fs;
use std::path::{Path, PathBuf};

use coil::diagnostics::catalog::{self, Code};

use crate::pending;
use crate::process::{self, Outcome, root};

/// A program of the folder.
struct Program {
    path: PathBuf,
    name: String,
    source: String,
}

impl Program {
    /// The value of a heading line.
    fn heading(&self, key: &str) -> Option<&str> {
        let lines = self.source.lines().take_while(|line| line.starts_with("# "));
        lines
            .filter_map(|line| line.strip_prefix("# ")?.split_once(": "))
            .find(|(own, _)| *own == key)
            .map(|(_, v)| v.trim())
    }

    /// The code that the program is for.
    fn code(&self) -> &str {
        self.name.split('_').next().unwrap_or_default()
    }

    /// Runs it in a folder of its own.
    fn run(&self, options: &[&str]) -> Outcome {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("diagnostics-{}", self.name));
        fs::create_dir_all(&folder).unwrap();
        let own_name = format!("{}.py", self.name);
        let name = self.heading("name").unwrap_or(&own_name);
        fs::write(folder.join(name), &self.source).unwrap();
        let mut arguments = options.to_vec();
        arguments.extend(self.heading("options").into_iter().flat_map(str::split_whitespace));
        arguments.push(name);
        let python = self.heading("python").map(|version| ("COIL_PYTHON", version));
        let environment: Vec<_> = python.into_iter().chain([("COLUMNS", "80")]).collect();
        process::run_in(&folder, &arguments, &environment).unwrap()
    }
}

fn programs() -> Vec<Program> {
    let filter = pending::filter();
    let entries = fs::read_dir(root().join("tests/diagnostics")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "py"));
    let mut programs: Vec<Program> = paths
        .map(|path| Program {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            source: fs::read_to_string(&path).unwrap(),
            path,
        })
        .filter(|program| filter.as_ref().is_none_or(|text| program.name.contains(text.as_str())))
        .collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    programs
}

/// The three ways to run a program, and the ends of the names of their goldens.
const WAYS: &[(&str, &[&str])] = &[
    ("txt", &["--traceback", "fancy", "--lang", "en"]),
    ("zh.txt", &["--traceback", "fancy", "--lang", "zh"]),
    ("plain.txt", &["--traceback", "plain"]),
];

#[test]
fn mistakes_are_told_as_in_the_goldens() {
    let update = std::env::var_os("UPDATE").is_some();
    let wrong = process::in_parallel(&programs(), |program| {
        let mut wrong = Vec::new();
        for (end, options) in WAYS {
            let is_plain = *end == "plain.txt";
            if is_plain && program.heading("plain") == Some("none") {
                continue;
            }
            let golden = program.path.with_extension(end);
            let stderr = program.run(options).stderr;
            let shown = if is_plain { cut_library(&stderr) } else { stderr };
            let shown = mask_addresses(&cut_folders(&shown));
            if update && !is_plain {
                fs::write(&golden, &shown).unwrap();
            }
            let wanted = fs::read_to_string(&golden).unwrap_or_default();
            let unfilled = unfilled(program.code()).into_iter().find(|place| shown.contains(place.as_str()));
            if let Some(place) = unfilled {
                wrong.push(format!("==== {}.{end}: {place} has no value\n{shown}", program.name));
            } else if shown != wanted {
                wrong.push(format!("==== {}.{end}\n---- wanted\n{wanted}---- got\n{shown}", program.name));
            } else if !is_plain && !shown.contains(&format!("coil[{}]", program.code())) {
                wrong.push(format!("==== {}.{end}: does not name its code\n{shown}", program.name));
            }
        }
        wrong
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the texts of a page look like where a rule gives no value.
fn unfilled(code: &str) -> Vec<String> {
    let Some(code) = Code::named(code) else { return Vec::new() };
    let page = code.page();
    let texts = page.english.texts.iter().flat_map(|(_, text)| catalog::placeholders(text));
    texts.map(|name| format!("{{{name}}}")).collect()
}

/// Every code has a program: here, or for what only `coil check` finds, in `tests/check`.
#[test]
fn every_code_has_a_program() {
    let mut names: Vec<String> = Vec::new();
    for folder in ["tests/diagnostics", "tests/check"] {
        let entries = fs::read_dir(root().join(folder)).into_iter().flatten().flatten();
        names.extend(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    }
    let has =
        |code: &str| names.iter().any(|name| name.strip_prefix(code).is_some_and(|rest| rest.starts_with(['.', '_'])));
    let missing: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|code| !has(code)).collect();
    assert!(missing.is_empty(), "codes without a program: {missing:?}");
    let programs = names.iter().filter(|name| name.ends_with(".py"));
    let strange: Vec<&String> =
        programs.filter(|name| Code::named(name.split(['_', '.']).next().unwrap_or_default()).is_none()).collect();
    assert!(strange.is_empty(), "programs without a code: {strange:?}");
}

/// Every code is given by something: a rule about errors, a watch for silent mistakes, or a check. (That each code given
/// is one of the catalogue, the compiler sees to.)
#[test]
fn every_code_is_given_by_a_rule_a_note_or_a_check() {
    let mut given = String::new();
    for folder in ["src/diagnostics/rules", "src/diagnostics/rules/coroutines", "src/diagnostics/notes", "src/check"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
                given.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let is_given = |code: &Code| {
        let name = format!("Code::{code}");
        // The list of rules, what a note is left under, what a check finds.
        let forms = [format!("code: {name},"), format!("{name}, "), format!("({name})"), format!("{name} ")];
        forms.iter().any(|form| given.contains(form.as_str()))
    };
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !is_given(code)).collect();
    assert!(missing.is_empty(), "nothing gives the codes {missing:?}");
}

/// Every page is in the book, and the book has no others.
#[test]
fn every_code_is_in_the_book() {
    let summary = fs::read_to_string(root().join("book/src/SUMMARY.md")).unwrap();
    let mut wrong = Vec::new();
    for code in Code::ALL {
        if !summary.contains(&format!("(errors/{code}.md)")) {
            wrong.push(format!("{code} is not in book/src/SUMMARY.md"));
        }
    }
    for entry in fs::read_dir(root().join("book/src/errors")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if Code::named(name.trim_end_matches(".md")).is_none() {
            wrong.push(format!("book/src/errors/{name} is the page of no code"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The book's chapter shows what its sample draws.
#[test]
fn the_chapter_shows_what_the_sample_draws() {
    let chapter = fs::read_to_string(root().join("book/src/reading-an-error.md")).unwrap();
    for language in ["en", "zh"] {
        let arguments = ["--traceback", "fancy", "--lang", language, "21_reading_an_error.py"];
        let outcome = process::run_in(&root().join("samples"), &arguments, &[("COLUMNS", "80")]).unwrap();
        assert!(chapter.contains(&outcome.stderr), "not in the chapter:\n{}", outcome.stderr);
    }
}

/// Leaves out the entries of tracebacks that lie outside of the program's folder, and where in the library something is.
fn cut_library(stderr: &str) -> String {
    let mut kept = String::new();
    let mut is_cut = false;
    let mut is_warning = false;
    for line in mask_library(stderr).split_inclusive('\n') {
        // Tracebacks of groups have a margin.
        let bare = line.trim_start_matches(' ').strip_prefix("| ").unwrap_or(line);
        if bare.starts_with("  File \"") {
            is_cut = !bare.contains("/diagnostics-") && !bare.starts_with("  File \"<string>");
        } else if is_warning && bare.starts_with("  ") {
            is_cut = true;
        } else if !bare.starts_with("    ") {
            is_cut = false;
        }
        is_warning = bare.starts_with("<library>: ");
        if !is_cut {
            kept.push_str(line);
        }
    }
    kept
}

/// `<coil>/asyncio/events.py:12` as `<library>`.
fn mask_library(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<coil>/") {
        masked.push_str(before);
        let end = after.find(".py:").map(|end| end + 4).filter(|end| !after[..*end].contains(char::is_whitespace));
        match end {
            Some(end) => {
                let digits = after[end..].bytes().take_while(u8::is_ascii_digit).count();
                masked.push_str("<library>");
                rest = &after[end + digits..];
            }
            None => {
                masked.push_str("<coil>/");
                rest = after;
            }
        }
    }
    masked.push_str(rest);
    masked
}

/// Cuts the folders, which differ from machine to machine.
fn cut_folders(text: &str) -> String {
    let mut cut = String::new();
    let mut rest = text;
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/diagnostics-");
    while let Some((before, after)) = rest.split_once(folder) {
        cut.push_str(before);
        rest = after.split_once('/').map_or("", |(_, name)| name);
    }
    cut.push_str(rest);
    cut
}

/// `0x7f...` as `0x...`.
fn mask_addresses(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("0x") {
        let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        masked.push_str(before);
        masked.push_str("0x");
        masked.push_str(if digits >= 6 { "..." } else { &after[..digits] });
        rest = &after[digits..];
    }
    masked + rest
}
