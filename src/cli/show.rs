//! `coil tokens`, `coil ast` and `coil dis`: a file as Coil sees it at each stage; `coil explain`: an error's page.

use std::io::Write;

use coil::compiler::{self, Options};
use coil_grammar::span::LineIndex;
use coil_grammar::{dump, error::SyntaxError, parse_module, source, tokenize};

use coil::diagnostics::catalog::Code;
use coil::diagnostics::explain;

use super::appearance;
use super::options::Shown;

/// Shows the file; the result is the exit status.
pub(crate) fn show(what: Shown, path: &str, optimize: u8) -> i32 {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            super::complain(&format!("can't open file '{path}': {error}"));
            return 2;
        }
    };
    let shown = source::decode(&bytes, path).and_then(|text| text_of(what, &text, path, optimize).map_err(Box::new));
    match shown {
        Ok(shown) => {
            // A reader that stops reading wants no more.
            let _ = std::io::stdout().write_all(shown.as_bytes());
            0
        }
        Err(error) => {
            let text = String::from_utf8_lossy(&bytes);
            let lines = LineIndex::new(&text);
            let place = error.place(&text, &lines).map_or_else(String::new, |place| format!(":{}", place.line));
            super::complain(&format!("{path}{place}: {}: {}", error.class().name(), error.message()));
            1
        }
    }
}

fn text_of(what: Shown, text: &str, path: &str, optimize: u8) -> Result<String, SyntaxError> {
    let lines = LineIndex::new(text);
    match what {
        Shown::Tokens => {
            let stream = tokenize(text);
            if let Some(error) = stream.error {
                return Err(error);
            }
            Ok(stream.lexemes.iter().map(|lexeme| format!("{lexeme:?}\n")).collect())
        }
        Shown::Ast => parse_module(text).map(|parsed| dump::module(&parsed.tree, &lines)).map_err(|error| *error),
        Shown::Dis => {
            let parsed = parse_module(text).map_err(|error| *error)?;
            let options = Options { optimize, ..Options::default() };
            let compiled = compiler::compile_module(&parsed.tree, &lines, path, &options)?;
            Ok(coil::code::dis::disassemble(&compiled.code))
        }
    }
}

/// Explains a code, or lists all of them; the result is the exit status.
pub(crate) fn explain(code: Option<&str>, options: &super::options::Options) -> i32 {
    let language = appearance::language(options);
    let text = match code.map(|name| (name, Code::named(name.trim_start_matches("coil[").trim_end_matches(']')))) {
        None => explain::list(language),
        Some((_, Some(code))) => explain::explain(code, language, appearance::width().min(100)),
        Some((name, None)) => {
            super::complain(&format!("no error has the code {name}; `coil explain` lists them"));
            return 2;
        }
    };
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}
