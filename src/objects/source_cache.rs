//! Lines of source files for tracebacks: read through the host, each file once per program; sources without a file
//! (`<string>`, `<stdin>`) are remembered when they are compiled.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::ctx::Ctx;

/// Sources by file name; None for files that cannot be read.
#[derive(Default)]
struct Sources {
    texts: FxHashMap<String, Option<Vec<String>>>,
}

fn split(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Remembers the source of something that has no file.
pub fn remember(ctx: &mut Ctx, filename: &str, text: &str) {
    let lines = split(text);
    ctx.state::<Sources>().texts.insert(filename.to_owned(), Some(lines));
}

/// The line with a number, which counts from one; None when the source is not to be had.
pub fn line(ctx: &mut Ctx, filename: &str, number: u32) -> Option<String> {
    if !ctx.state::<Sources>().texts.contains_key(filename) {
        let bytes = if filename.starts_with('<') { None } else { ctx.host.read_file(Path::new(filename)).ok() };
        let text = match (ctx.library_source)(filename) {
            Some(text) => Some(split(text)),
            None => {
                bytes.and_then(|bytes| coil_grammar::source::decode(&bytes, filename).ok().map(|text| split(&text)))
            }
        };
        ctx.state::<Sources>().texts.insert(filename.to_owned(), text);
    }
    let lines = ctx.state::<Sources>().texts.get(filename)?.as_ref()?;
    lines.get((number as usize).checked_sub(1)?).map(|line| line.trim_end().to_owned())
}
