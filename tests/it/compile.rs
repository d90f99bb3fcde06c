//! What the compiler refuses and what it warns of.
//!
//! `tests/compile/errors.txt` holds programs, each followed by a line `--- message (line, offset, end line, end offset)`;
//! `warnings.txt` the same with `(line)`. Both were made by CPython.

use std::fs;
use std::path::Path;

use coil::compiler::{self, CompileError, Compiled, Options};
use coil_grammar::span::LineIndex;

/// The programs of a file with what is expected of each.
fn cases(name: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile").join(name);
    let text = fs::read_to_string(path).expect("the list can be read");
    let mut cases = Vec::new();
    let mut program = String::new();
    for line in text.lines() {
        match line.strip_prefix("--- ") {
            Some(expected) => {
                cases.push((std::mem::take(&mut program).trim_start_matches('\n').to_owned(), expected.to_owned()));
            }
            None => {
                program.push_str(line);
                program.push('\n');
            }
        }
    }
    cases
}

fn compile(program: &str, lines: &LineIndex) -> Result<Compiled, CompileError> {
    let tree = coil_grammar::parse_module(program).map_err(|error| *error)?;
    compiler::compile_module(&tree.tree, lines, "test", &Options::default())
}

#[test]
fn errors_have_the_words_and_places_of_cpython() {
    let mut wrong = Vec::new();
    for (program, expected) in cases("errors.txt") {
        let lines = LineIndex::new(&program);
        let actual = match compile(&program, &lines) {
            Ok(_) => "no error".to_owned(),
            Err(error) => {
                let place = error.place(&program, &lines).map_or_else(String::new, |place| {
                    format!(" ({}, {}, {}, {})", place.line, place.offset, place.end_line, place.end_offset)
                });
                format!("{}{place}", error.message())
            }
        };
        if actual != expected {
            wrong.push(format!("{program}expected {expected}\n  actual {actual}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn warnings_have_the_words_and_lines_of_cpython() {
    let mut wrong = Vec::new();
    for (program, expected) in cases("warnings.txt") {
        let lines = LineIndex::new(&program);
        let actual = match compile(&program, &lines) {
            Ok(compiled) => compiled
                .warnings
                .iter()
                .map(|warning| format!("{} ({})", warning.message, lines.line(warning.span.start)))
                .collect::<Vec<_>>()
                .join("\n"),
            Err(error) => error.message(),
        };
        if actual != expected {
            wrong.push(format!("{program}expected {expected}\n  actual {actual}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
