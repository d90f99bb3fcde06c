//! The parser: its trees and its errors equal CPython's, and no source is too deep for it.
//!
//! The data is described in `tests/syntax/README.md`. The whole standard library is compared by
//! `tests/ast_against_cpython.py`, which needs CPython.

use std::fs;
use std::path::{Path, PathBuf};

use coil::compiler::{Options, compile_module};
use coil_grammar::error::{ErrorClass, SyntaxError};
use coil_grammar::span::LineIndex;
use coil_grammar::{InteractiveInput, dump, parse_expression, parse_interactive, parse_module};

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no files in {}", folder.display());
    files
}

/// The tree of a source, or its error in the form of the fixtures.
fn answer(source: &str) -> String {
    let lines = LineIndex::new(source);
    match parse_module(source) {
        Ok(parsed) => dump::module(&parsed.tree, &lines),
        Err(error) => shown(&error, source, &lines),
    }
}

/// An error in the form of the fixtures.
fn shown(error: &SyntaxError, source: &str, lines: &LineIndex) -> String {
    let (class, message) = (error.class().name(), error.message());
    match error.place(source, lines) {
        Some(at) => format!("{class}: {message} ({}, {}, {}, {})", at.line, at.offset, at.end_line, at.end_offset),
        None => format!("{class}: {message} (None, None, None, None)"),
    }
}

#[test]
fn trees_equal_cpythons() {
    for path in files("ok", "py") {
        let source = fs::read_to_string(&path).unwrap();
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        assert_eq!(answer(&source), expected.trim_end(), "{}", path.display());
    }
}

#[test]
fn errors_equal_cpythons() {
    check_cases("err", answer);
}

#[test]
fn compiler_errors_equal_cpythons() {
    check_cases("compile", |source| {
        let lines = LineIndex::new(source);
        let compiled = parse_module(source)
            .and_then(|parsed| compile_module(&parsed.tree, &lines, "<test>", &Options::default()).map_err(Box::new));
        compiled.map_or_else(|error| shown(&error, source, &lines), |_| "compiles".to_owned())
    });
}

/// Compares the answers to all cases in a folder with CPython's.
fn check_cases(folder: &str, answer: fn(&str) -> String) {
    let mut wrong = Vec::new();
    for path in files(folder, "txt") {
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for case in lines.chunks(2) {
            let source = case[0].replace("\\n", "\n").replace("\\t", "\t") + "\n";
            let (found, expected) = (answer(&source), case[1].trim_start());
            if found != expected {
                wrong.push(format!("{source}  found    {found}\n  expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn error_of(source: &str) -> Option<(ErrorClass, String)> {
    let error: Box<SyntaxError> = parse_module(source).err()?;
    Some((error.class(), error.message()))
}

/// Long chains work as far as they do in CPython, and beyond that they fail in order: neither the parser, nor
/// the dump, nor dropping the tree may use the machine's stack. (A test's stack has two megabytes.)
#[test]
fn long_chains_end_in_exceptions() {
    let too_deep = Some((ErrorClass::RecursionError, "maximum recursion depth exceeded during compilation".to_owned()));
    let too_complex =
        Some((ErrorClass::MemoryError, "Parser stack overflowed - Python source too complex to parse".to_owned()));
    let chains: [(&str, &str, &str); 5] =
        [("", "a + ", "a"), ("a", ".b", ""), ("a", "()", ""), ("a", "[0]", ""), ("", "x | y & ", "z")];
    for (before, link, after) in chains {
        let source = |count| format!("{before}{}{after}\n", link.repeat(count));
        let parsed = parse_module(&source(4_000)).unwrap();
        assert!(!dump::module(&parsed.tree, &LineIndex::new("")).is_empty());
        assert_eq!(error_of(&source(100_000)), too_deep, "{link}");
    }
    for (link, end) in [("not ", "a"), ("-", "a"), ("a ** ", "b"), ("a if b else ", "c"), ("lambda: ", "a")] {
        assert_eq!(error_of(&(link.repeat(2_000) + end)), None, "{link}");
        assert_eq!(error_of(&(link.repeat(100_000) + end)), too_complex, "{link}");
    }
    let elifs = |count| format!("if a: pass\n{}", "elif b: pass\n".repeat(count));
    assert_eq!(error_of(&elifs(4_000)), None);
    assert_eq!(error_of(&elifs(100_000)), too_complex);
    // One node for the whole chain.
    assert_eq!(error_of(&("a and ".repeat(100_000) + "b")), None);
    assert_eq!(error_of(&("a < ".repeat(100_000) + "a")), None);
}

#[test]
fn brackets_and_blocks_are_counted() {
    let nested = |open: &str, close: &str, count| open.repeat(count) + "a" + &close.repeat(count);
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("{a: ", "}")] {
        assert_eq!(error_of(&nested(open, close, 199)), None);
        let (class, message) = error_of(&nested(open, close, 201)).unwrap();
        assert_eq!((class, &*message), (ErrorClass::SyntaxError, "too many nested parentheses"));
        let (_, message) = error_of(&open.repeat(100_000)).unwrap();
        assert_eq!(message, "too many nested parentheses");
    }
    let blocks = |count: usize| (0..count).map(|depth| " ".repeat(depth) + "if a:\n").collect::<String>();
    assert_eq!(error_of(&(blocks(99) + &" ".repeat(99) + "a")), None);
    let (class, message) = error_of(&(blocks(101) + &" ".repeat(101) + "a")).unwrap();
    assert_eq!((class, &*message), (ErrorClass::IndentationError, "too many levels of indentation"));
}

#[test]
fn expressions_stand_alone() {
    let tree = parse_expression("a, b\n\n").unwrap().tree;
    assert_eq!(
        dump::expression(&tree, &LineIndex::new("a, b")),
        "Expression(body=Tuple(elts=[Name(id='a', ctx=Load(), lineno=1, col_offset=0, end_lineno=1, end_col_offset=1), \
         Name(id='b', ctx=Load(), lineno=1, col_offset=3, end_lineno=1, end_col_offset=4)], ctx=Load(), lineno=1, \
         col_offset=0, end_lineno=1, end_col_offset=4))"
    );
    for source in ["", "a = 1", "pass", "a; b", "a\nb", "*a"] {
        assert!(parse_expression(source).is_err(), "{source}");
    }
}

#[test]
fn prompt_waits_for_what_is_missing() {
    let state = |source: &str| match parse_interactive(source) {
        InteractiveInput::Complete(_) => "complete",
        InteractiveInput::Incomplete => "incomplete",
        InteractiveInput::Error(_) => "error",
    };
    for source in ["\n", "# only this\n", "a\n", "a; b\n", "if a: b\n\n", "def f():\n    a\n\n", "@a\ndef f(): b\n\n"] {
        assert_eq!(state(source), "complete", "{source:?}");
    }
    let incomplete = [
        "if a:\n",
        "if a: b\n",
        "if a:\n    b\n",
        "if a:\n    b\nelse:\n",
        "for a in b:\n    # nothing yet\n",
        "class A:\n    def f(self):\n",
        "@a\n",
        "try:\n    a\n",
        "(\n",
        "f(1,\n\n",
        "'''a\n\n",
        "f'''{a}\n",
        "a + \\\n",
        "match a:\n",
        "match a:\n    case b:\n",
    ];
    for source in incomplete {
        assert_eq!(state(source), "incomplete", "{source:?}");
    }
    let wrong = [
        "a b\n",
        "a +\n",
        "if a:\nb\n",
        "if a:\n\n",
        "try:\n    a\n\n",
        "'a\n",
        "(]\n",
        "if a:\n    b\nc\n",
        "f() = 1\n",
    ];
    for source in wrong {
        assert_eq!(state(source), "error", "{source:?}");
    }
}
