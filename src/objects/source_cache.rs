//! Lines of source files for tracebacks: read through the host, each file once per program; sources without a file
//! (`<string>`, `<stdin>`) are remembered when they are compiled.

use std::path::Path;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::ctx::Ctx;

/// Sources by file name; None for files that cannot be read.
#[derive(Default)]
struct Sources {
    texts: FxHashMap<String, Option<Kept>>,
}

/// A text and where its lines are.
struct Kept {
    text: Rc<str>,
    lines: Vec<(usize, usize)>,
}

fn keep(text: &str) -> Kept {
    let at = |line: &str| line.as_ptr().addr() - text.as_ptr().addr();
    let lines = text.lines().map(|line| (at(line), at(line) + line.len())).collect();
    Kept { text: text.into(), lines }
}

/// Remembers the source of something that has no file.
pub fn remember(ctx: &mut Ctx, filename: &str, text: &str) {
    ctx.state::<Sources>().texts.insert(filename.to_owned(), Some(keep(text)));
}

fn find<'a>(ctx: &'a mut Ctx, filename: &str) -> Option<&'a Kept> {
    if !ctx.state::<Sources>().texts.contains_key(filename) {
        let bytes = if filename.starts_with('<') { None } else { ctx.host.read_file(Path::new(filename)).ok() };
        let kept = match (ctx.library_source)(filename) {
            Some(text) => Some(keep(text)),
            None => bytes.and_then(|bytes| coil_grammar::source::decode(&bytes, filename).ok().map(|text| keep(&text))),
        };
        ctx.state::<Sources>().texts.insert(filename.to_owned(), kept);
    }
    ctx.state::<Sources>().texts.get(filename)?.as_ref()
}

/// The line with a number, which counts from one; None when the source is not to be had.
pub fn line(ctx: &mut Ctx, filename: &str, number: u32) -> Option<String> {
    let kept = find(ctx, filename)?;
    let (start, end) = *kept.lines.get((number as usize).checked_sub(1)?)?;
    Some(kept.text.get(start..end)?.trim_end().to_owned())
}

/// The whole text; None when it is not to be had.
pub fn text(ctx: &mut Ctx, filename: &str) -> Option<Rc<str>> {
    find(ctx, filename).map(|kept| Rc::clone(&kept.text))
}
