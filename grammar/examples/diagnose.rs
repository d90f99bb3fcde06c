//! Prints, for each file named on the command line, the syntax error in it: `message|line|column|end line|end column`.
//!
//! `--eval` or `--single` before the files changes what they are read as. The first line of each answer is `== ` and the path; a file without a syntax error has `none`.

use std::process::ExitCode;

use coil_grammar::error::SyntaxError;
use coil_grammar::span::LineIndex;
use coil_grammar::{parse_expression, parse_module, parse_single};

fn main() -> ExitCode {
    let mut parse: fn(&str) -> Result<(), Box<SyntaxError>> = |source| parse_module(source).map(drop);
    for path in std::env::args().skip(1) {
        match path.as_str() {
            "--eval" => {
                parse = |source| parse_expression(source).map(drop);
                continue;
            }
            "--single" => {
                parse = |source| parse_single(source).map(drop);
                continue;
            }
            _ => {}
        }
        let Ok(source) = std::fs::read_to_string(&path) else {
            eprintln!("cannot read {path}");
            return ExitCode::FAILURE;
        };
        let answer = match parse(&source) {
            Ok(()) => "none".to_owned(),
            Err(error) => {
                let message = format!("{}: {}", error.class().name(), error.message());
                match error.place(&source, &LineIndex::new(&source)) {
                    Some(at) => format!("{message}|{}|{}|{}|{}", at.line, at.offset, at.end_line, at.end_offset),
                    None => message,
                }
            }
        };
        println!("== {path}\n{answer}");
    }
    ExitCode::SUCCESS
}
