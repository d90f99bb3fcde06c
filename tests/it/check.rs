//! `coil check`: what it finds in the programs of `tests/check`, what it makes of them, and that it says nothing about
//! programs that are right.
//!
//! Beside `tests/check/CODE.py` (or `CODE_variant.py`) stand what is reported (`.txt`) and, where there is something to
//! mend, the mended program (`.fixed.py`). Where `.out` stands beside them, it is what CPython prints for the original (the
//! version in the line `# python: 3.N`), and the mended program must print the same: here in Coil, and in CPython 3.13
//! when `COIL_ORACLE` names one. `UPDATE=1 cargo test --test it check` rewrites the reports and the mended programs; read
//! them before landing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use coil::Interpreter;
use coil::check::{Options, apply, check, fix};
use coil::diagnostics::catalog::placeholders;
use coil::diagnostics::language::Language;
use coil::diagnostics::report::Report;
use coil::diagnostics::reporter::{Drawer, Settings};
use coil::diagnostics::source::Source;
use coil::host::TestHost;
use coil_grammar::parse_module;
use coil_grammar::source::decode;

use crate::process::{self, root};

/// Programs of the test suite of which something is said, with the reason why that is right.
const SUBJECTS: &[(&str, &str)] = &[
    ("samples/32_generator_coroutines.py", "shows the coroutines of old posts"),
    ("tests/programs/asyncio/debug_mode.py", "makes the mistakes that the debug mode reports"),
    ("tests/programs/asyncio/policies.py", "policies are deprecated since 3.14"),
    ("tests/programs/asyncio_faults/", "mistakes with the loop are the subject"),
    ("tests/programs/comprehensions/list.py", "ends in a syntax error"),
    ("tests/programs/control_flow/constants_folded_alike.py", "a name in code that is never run"),
    ("tests/programs/coroutines/never_awaited", "forgets to await"),
    ("tests/programs/eras/", "what Python removed is the subject"),
    ("tests/programs/exceptions/did_you_mean_", "misspelt names are the subject"),
    ("tests/programs/exceptions/syntax_error_", "syntax errors are the subject"),
    ("tests/programs/generators/pep479_traceback.py", "lets a StopIteration escape"),
    ("tests/programs/imports/syntax_error_in_module/broken.py", "syntax errors are the subject"),
    ("tests/programs/stdlib/inspect_members_and_docs.py", "inspects a function that uses an unknown name"),
    ("tests/programs/stdlib/random_", "gives wrong arguments on purpose"),
    ("tests/programs/stdlib/traceback_suggestions.py", "misspelt names are the subject"),
];

fn python_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            python_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
    found.sort();
}

/// Runs something that recurses as deeply as programs nest.
fn on_large_stack<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> R {
    coil::on_large_stack(body).unwrap()
}

fn run_check(folder: &Path, arguments: &[&str]) -> process::Outcome {
    let mut all = vec!["check"];
    all.extend(arguments);
    process::run_in(folder, &all, &[("COLUMNS", "80"), ("COIL_LANG", "en")]).unwrap()
}

fn expect(path: &Path, got: &str, problems: &mut Vec<String>) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, got).unwrap();
    } else if fs::read_to_string(path).unwrap_or_default() != got {
        problems.push(format!("{}:\n{got}", path.display()));
    }
}

#[test]
fn findings_and_repairs_equal_the_goldens() {
    let mut files = Vec::new();
    python_files(&root().join("tests/check"), &mut files);
    let files: Vec<PathBuf> = files.into_iter().filter(|path| !path.to_string_lossy().ends_with(".fixed.py")).collect();
    let problems = process::in_parallel(&files, |path| one(path));
    let problems: Vec<String> = problems.into_iter().flatten().collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn one(path: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let stem = name.trim_end_matches(".py");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{stem}"));
    fs::create_dir_all(&folder).unwrap();
    let copy = folder.join(&name);
    fs::copy(path, &copy).unwrap();
    // One line each: how a report is drawn is the matter of `tests/diagnostics`.
    let outcome = run_check(&folder, &["--brief", &name]);
    expect(&path.with_extension("txt"), &outcome.stdout, &mut problems);

    let before = fs::read(&copy).unwrap();
    run_check(&folder, &["--fix", &name]);
    let after = fs::read(&copy).unwrap();
    let fixed = path.with_file_name(format!("{stem}.fixed.py"));
    if before == after {
        if fixed.exists() {
            problems.push(format!("{name}: nothing was mended"));
        }
        return problems;
    }
    expect(&fixed, &String::from_utf8(after.clone()).unwrap(), &mut problems);
    run_check(&folder, &["--fix", &name]);
    if fs::read(&copy).unwrap() != after {
        problems.push(format!("{name}: mended twice, it changes twice"));
    }
    if let Ok(expected) = fs::read_to_string(path.with_extension("out")) {
        let outcome = process::run_in(&folder, &[&name], &[]).unwrap();
        if outcome.stdout != expected {
            problems.push(format!("{name}, mended, prints\n{}{}", outcome.stdout, outcome.stderr));
        }
        if let Some(oracle) = std::env::var_os("COIL_ORACLE") {
            let output = Command::new(oracle).arg(&copy).output().unwrap();
            if output.stdout != expected.as_bytes() {
                problems
                    .push(format!("{name}, mended, prints in CPython\n{}", String::from_utf8_lossy(&output.stderr)));
            }
        }
    }
    problems
}

#[test]
fn nothing_is_said_of_programs_that_are_right() {
    let mut files = Vec::new();
    for folder in ["samples", "tests/programs"] {
        python_files(&root().join(folder), &mut files);
    }
    let problems = on_large_stack(move || {
        let mut problems = Vec::new();
        for path in files {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            if SUBJECTS.iter().any(|(subject, _)| name.starts_with(subject)) {
                continue;
            }
            // A file in another encoding is decoded by the command.
            let Ok(source) = fs::read_to_string(&path) else { continue };
            for finding in check(&source, &Options::default()) {
                problems.push(format!("{name}: {} {:?}", finding.code, finding.span.text(&source)));
            }
        }
        problems
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What CPython says of a file is among what is said here, and no line is named twice.
#[test]
fn the_first_error_of_cpython_is_among_the_errors() {
    let mut files = Vec::new();
    python_files(&root().join("tests/syntax/err"), &mut files);
    let problems = on_large_stack(move || {
        let mut problems = Vec::new();
        for path in files {
            let Ok(source) = fs::read_to_string(&path) else { continue };
            let Err(error) = parse_module(&source) else { continue };
            let findings = check(&source, &Options::default());
            let lines = coil_grammar::span::LineIndex::new(&source);
            let line = lines.line(error.span.start);
            let said = findings.iter().any(|finding| {
                finding.syntax.as_ref().is_some_and(|said| said.kind == error.kind)
                    || lines.line(finding.span.start) == line
                    || finding.labels.iter().any(|(_, span)| lines.line(span.start) == line)
            });
            if !said {
                problems.push(format!("{}: {} is not reported", path.display(), error.message()));
            }
        }
        problems
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// One reading of mistakes serves both: a program that cannot be read gets the same code from `coil check` as from a run.
#[test]
fn a_run_and_a_check_give_the_same_code() {
    let mut files = Vec::new();
    python_files(&root().join("tests/syntax/err"), &mut files);
    python_files(&root().join("tests/diagnostics"), &mut files);
    let problems = on_large_stack(move || {
        let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
        let (drawer, _) = Drawer::new(Settings::default());
        let mut problems = Vec::new();
        let mut compared = 0;
        for path in files {
            let Ok(source) = fs::read_to_string(&path) else { continue };
            // What the encoding says against a file, the command says itself.
            if decode(source.as_bytes(), "program.py").is_err() {
                continue;
            }
            interpreter.remember_source("program.py", &source);
            let Err(raised) = interpreter.compile(source.as_bytes(), "program.py") else { continue };
            let exception = interpreter.ctx().take_raised(raised);
            let Some(code) = drawer.report(interpreter.ctx(), &exception).code else { continue };
            compared += 1;
            let said: Vec<_> = check(&source, &Options::default()).iter().map(|finding| finding.code).collect();
            if !said.contains(&code) {
                problems.push(format!("{}: a run says {code}, a check {said:?}", path.display()));
            }
        }
        assert!(compared > 100, "only {compared} programs cannot be read");
        problems
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Programs that are read today can be read when they are mended.
#[test]
fn mending_breaks_nothing() {
    let mut files = Vec::new();
    for folder in ["samples", "tests/programs", "tests/check"] {
        python_files(&root().join(folder), &mut files);
    }
    on_large_stack(move || {
        for path in files {
            let Ok(source) = fs::read_to_string(&path) else { continue };
            let (mended, _) = fix(&source, &|text| check(text, &Options::default()));
            let is_right = parse_module(&source).is_err() || parse_module(&mended).is_ok();
            assert!(is_right, "{}, mended, is\n{mended}", path.display());
            assert_eq!(fix(&mended, &|text| check(text, &Options::default())).1, 0, "{}", path.display());
        }
    });
}

/// Texts that are no programs: every finding lies in the text, its texts have all their values, and nothing panics.
/// `COIL_MUTATIONS=1000` tries so many for each file.
#[test]
fn any_text_can_be_checked_and_mended() {
    let mut files = Vec::new();
    for folder in ["samples", "tests/check", "tests/syntax/err"] {
        python_files(&root().join(folder), &mut files);
    }
    let rounds: u32 = std::env::var("COIL_MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(8);
    on_large_stack(move || {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut random = |limit: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % limit.max(1) as u64) as usize
        };
        let pieces = [
            "(",
            ")",
            "]",
            "'",
            "\"\"\"",
            "，",
            "“",
            "\u{a0}",
            "\t",
            "\n",
            ":",
            "async ",
            "yield from ",
            "\\",
            ">>> ",
            "é",
            "#",
            "{",
            "f'{",
            "\0",
            "0x",
        ];
        let mut missing = BTreeSet::new();
        let mut count = 0;
        for path in files {
            let Ok(source) = fs::read_to_string(&path) else { continue };
            for _ in 0..rounds {
                let mut text = source.clone();
                for _ in 0..=random(3) {
                    let mut at = random(text.len());
                    while !text.is_char_boundary(at) {
                        at -= 1;
                    }
                    match random(3) {
                        0 => text.truncate(at),
                        1 => text.insert_str(at, pieces[random(pieces.len())]),
                        _ => {
                            let mut end = (at + random(20)).min(text.len());
                            while !text.is_char_boundary(end) {
                                end -= 1;
                            }
                            text.replace_range(at..end.max(at), "");
                        }
                    }
                }
                count += 1;
                let findings = check(&text, &Options::default());
                let file = Source::new("mutated.py", text.as_str());
                for finding in &findings {
                    let _ = finding.span.text(&text);
                    for (_, span) in &finding.labels {
                        let _ = span.text(&text);
                    }
                    let report = finding.report(&file);
                    for language in [Language::English, Language::Chinese] {
                        missing.extend(unfilled(&report, language));
                    }
                }
                let (mended, _) = apply(&text, &findings);
                let was_right = parse_module(&text).is_ok();
                assert!(!was_right || parse_module(&mended).is_ok(), "{text}\n--- becomes\n{mended}");
            }
        }
        assert!(missing.is_empty(), "of {count} texts: {missing:?}");
    });
}

/// Places for values that a finding has left empty.
fn unfilled(report: &Report, language: Language) -> Vec<String> {
    let keys = ["headline", "help"].into_iter().chain(report.labels.iter().map(|label| label.key));
    let given: Vec<&str> = report.parameters.iter().map(|(name, _)| *name).collect();
    let texts = keys.filter_map(|key| {
        let bare = Report { parameters: Vec::new(), ..report.clone() };
        Some((key, bare.text(key, language)?))
    });
    let mut missing = Vec::new();
    for (key, text) in texts {
        let names = placeholders(&text).into_iter().filter(|name| !given.contains(name));
        missing.extend(names.map(|name| format!("{:?} {key}: {name}", report.code)));
    }
    missing
}

/// The bytes around an edit stay as they are: line ends, byte order mark, encoding, tabs, comments.
#[test]
fn mending_changes_nothing_else() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check-bytes");
    fs::create_dir_all(&folder).unwrap();
    let cases: [(&[u8], &[u8]); 4] = [
        (
            b"import time\r\nx = time.clock()\t# caf\xc3\xa9 \r\n\r\n",
            b"import time\r\nx = time.perf_counter()\t# caf\xc3\xa9 \r\n\r\n",
        ),
        (b"\xef\xbb\xbfimport time\nprint( time.clock( ) )", b"\xef\xbb\xbfimport time\nprint( time.perf_counter( ) )"),
        (
            b"# -*- coding: gbk -*-\nimport time\ntime.clock() # \xc4\xe3\n",
            b"# -*- coding: gbk -*-\nimport time\ntime.perf_counter() # \xc4\xe3\n",
        ),
        (b"# coding: latin-1\rprint('\xe9', math.pi)\r", b"# coding: latin-1\rimport math\r\rprint('\xe9', math.pi)\r"),
    ];
    for (at, (before, after)) in cases.into_iter().enumerate() {
        let path = folder.join(format!("case{at}.py"));
        fs::write(&path, before).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let outcome = run_check(&folder, &["--fix", &name]);
        assert_eq!(fs::read(&path).unwrap(), after, "case {at}: {}{}", outcome.stdout, outcome.stderr);
    }
}

#[test]
fn the_command_reads_folders_input_and_choices() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check-command");
    fs::create_dir_all(folder.join("inner")).unwrap();
    fs::write(folder.join("a.py"), "import time\ntime.clock()\n").unwrap();
    fs::write(folder.join("inner/b.py"), "print(unknown_name)\n").unwrap();
    fs::write(folder.join("inner/c.txt"), "no program").unwrap();
    let code = |arguments: &[&str]| match run_check(&folder, arguments).ending {
        process::Ending::Exit(code) => code,
        ending => panic!("{ending:?}"),
    };
    let brief = |arguments: &[&str]| {
        let mut all = vec!["--brief"];
        all.extend(arguments);
        let out = run_check(&folder, &all).stdout;
        out.lines()
            .map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(": ").chars().take(20).collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(brief(&["."]), ["./a.py:2:1: H310 `ti", "./inner/b.py:1:7: K6"]);
    assert_eq!(brief(&["--select", "K", "."]), ["./inner/b.py:1:7: K6"]);
    assert_eq!(brief(&["--ignore", "k602,H", "."]), [""; 0]);
    assert_eq!(brief(&["--python", "3.7", "a.py"]), [""; 0]);
    assert_eq!((code(&["a.py"]), code(&["--ignore", "H310", "a.py"]), code(&["none.py"])), (1, 0, 2));
    fs::write(folder.join("post.md"), "# T\n\n```python\nimport time\n```\n\nthen\n\n```py\ntime.clock()\n```\n")
        .unwrap();
    assert_eq!(brief(&["post.md"]), ["post.md:10:1: H310 `"]);
    assert_eq!(code(&["--fix", "post.md"]), 0);
    assert!(fs::read_to_string(folder.join("post.md")).unwrap().ends_with("```py\ntime.perf_counter()\n```\n"));
    let json = run_check(&folder, &["--json", "a.py"]).stdout;
    assert!(json.starts_with("{\"code\": \"H310\"") && json.ends_with("}\n"), "{json}");
    let diff = run_check(&folder, &["--diff", "a.py"]).stdout;
    assert!(diff.contains("\n-time.clock()\n+time.perf_counter()\n"), "{diff}");
    assert_eq!(fs::read_to_string(folder.join("a.py")).unwrap(), "import time\ntime.clock()\n");
}

/// The names that `coil check` takes for builtins are those that Coil has.
#[test]
fn builtins_are_known() {
    let out = process::run_in(root(), &["-c", "import builtins; print(*dir(builtins))"], &[]).unwrap().stdout;
    let unknown = on_large_stack(move || {
        let source: String = out.split_whitespace().map(|name| format!("{name}\n")).collect();
        let findings = check(&source, &Options::default());
        let unknown: Vec<String> = findings
            .iter()
            .filter(|finding| finding.code.name() == "K602")
            .map(|finding| finding.span.text(&source).to_owned())
            .collect();
        unknown
    });
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// What `fix` says it mends is gone afterwards.
#[test]
fn mended_findings_are_gone() {
    on_large_stack(|| {
        let source = "import asyncio\nasync def f(): pass\nasyncio.get_event_loop().run_until_complete(f())\n";
        let (mended, count) = fix(source, &|text| check(text, &Options::default()));
        assert_eq!((mended.as_str(), count), ("import asyncio\nasync def f(): pass\nasyncio.run(f())\n", 1));
        assert!(check(&mended, &Options::default()).is_empty());
    });
}
