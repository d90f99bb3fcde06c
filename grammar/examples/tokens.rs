//! Prints the tokens of the files named on the command line: for each, its kind and its place in lines and characters.
//!
//! `tests/compare_tokens.py` compares the output with CPython's.

use std::io::Write;
use std::process::ExitCode;

use coil_grammar::layout::tokenize;
use coil_grammar::span::LineIndex;
use coil_grammar::token::Token;

fn main() -> ExitCode {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let written = match std::fs::read_to_string(&path) {
            Ok(source) => print(&mut out, &path, &source),
            Err(error) => writeln!(out, "== {path}\nunreadable: {error}"),
        };
        if written.is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn print(out: &mut impl Write, path: &str, source: &str) -> std::io::Result<()> {
    writeln!(out, "== {path}")?;
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    let lines = LineIndex::new(source);
    let stream = tokenize(source);
    for lexeme in &stream.lexemes {
        let (start, end) = (lines.characters(source, lexeme.span.start), lines.characters(source, lexeme.span.end));
        let kind = match lexeme.token {
            token if token.is_keyword() => "NAME",
            token if token.is_operator() => "OP",
            token => token.name(),
        };
        if matches!(lexeme.token, Token::Newline | Token::Indent | Token::Dedent | Token::EndOfFile) {
            writeln!(out, "{kind}")?;
        } else {
            writeln!(out, "{kind} {} {} {} {}", start.line, start.column, end.line, end.column)?;
        }
    }
    if let Some(error) = stream.error {
        match error.place(source, &lines) {
            Some(place) => writeln!(
                out,
                "error {} {} {} {} {}",
                error.message(),
                place.line,
                place.offset,
                place.end_line,
                place.end_offset
            )?,
            None => writeln!(out, "error {}", error.message())?,
        }
    }
    Ok(())
}
