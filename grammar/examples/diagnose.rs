//! Prints, for each file named on the command line, the syntax error in it: `message|line|column|end line|end column`.
//!
//! The first line of each answer is `== ` and the path; a file without a syntax error has `none`.

use std::process::ExitCode;

use coil_grammar::parse_module;
use coil_grammar::span::LineIndex;

fn main() -> ExitCode {
    for path in std::env::args().skip(1) {
        let Ok(source) = std::fs::read_to_string(&path) else {
            eprintln!("cannot read {path}");
            return ExitCode::FAILURE;
        };
        let answer = match parse_module(&source) {
            Ok(_) => "none".to_owned(),
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
