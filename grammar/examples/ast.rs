//! Prints the tree of each file given, as `ast.dump(ast.parse(source), include_attributes=True)` does: one line a file.
//!
//! A file that is refused gets a line `SyntaxError: message (line, offset, end line, end offset)` instead. With `--time`, prints how
//! long parsing takes instead. The names of the files may also come on the standard input, one a line.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use coil_grammar::span::LineIndex;
use coil_grammar::{dump, parse_module, source};

fn main() -> io::Result<()> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let timed = paths.first().is_some_and(|first| first == "--time");
    if timed {
        paths.remove(0);
    }
    let mut output = io::stdout().lock();
    if paths.is_empty() {
        for path in io::stdin().lock().lines() {
            writeln!(output, "{}", tree_of(&path?)?)?;
            output.flush()?;
        }
    }
    for path in paths {
        if timed {
            writeln!(output, "{}", time(&path)?)?;
        } else {
            writeln!(output, "{}", tree_of(&path)?)?;
        }
    }
    Ok(())
}

fn tree_of(path: &str) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    let text = match source::decode(&bytes, path) {
        Ok(text) => text,
        Err(error) => return Ok(format!("{}: {} (no place)", error.class().name(), error.message())),
    };
    let lines = LineIndex::new(&text);
    Ok(match parse_module(&text) {
        Ok(parsed) => dump::module(&parsed.tree, &lines),
        Err(error) => {
            let place = match error.place(&text, &lines) {
                Some(place) => format!("{}, {}, {}, {}", place.line, place.offset, place.end_line, place.end_offset),
                None => "no place".to_owned(),
            };
            format!("{}: {} ({place})", error.class().name(), error.message())
        }
    })
}

#[expect(clippy::disallowed_methods, reason = "what it shows is real time")]
fn time(path: &str) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let start = Instant::now();
    let stream = coil_grammar::tokenize(&text);
    let lexed = start.elapsed();
    let parsed = parse_module(&text);
    let both = start.elapsed() - lexed;
    let outcome = if parsed.is_ok() { "parsed" } else { "refused" };
    drop(parsed);
    Ok(format!("{path}: {} tokens, lexed in {lexed:?}, lexed and {outcome} in {both:?}", stream.lexemes.len()))
}
