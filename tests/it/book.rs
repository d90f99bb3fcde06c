//! The blocks of the book: a block of Python followed by a block of text prints exactly that text.
//!
//! Listings that are whole samples are included by path and tested as samples; these are the short ones that
//! stand in the chapters. What they print was checked with CPython by `tests/bless.py`.

use std::fs;

use crate::pending::{self, Problem, Verdict};
use crate::process::{self, root};

struct Block {
    name: String,
    source: String,
    printed: String,
}

#[test]
fn blocks_print_what_the_book_says() {
    let filter = pending::filter();
    let mut blocks = Vec::new();
    let files = |folder: &str| fs::read_dir(root().join(folder)).expect("the book is part of the repository");
    for path in files("book/src").chain(files("book/src/errors")).map(|entry| entry.expect("a folder is listed").path())
    {
        if path.extension().is_some_and(|extension| extension == "md") {
            let is_page = path.parent().is_some_and(|folder| folder.ends_with("errors"));
            let folder = if is_page { "book/errors" } else { "book" };
            let chapter = format!("{folder}/{}", path.file_stem().unwrap_or_default().to_string_lossy());
            blocks.extend(blocks_of(&chapter, &fs::read_to_string(&path).expect("a chapter is UTF-8")));
        }
    }
    blocks.retain(|block| filter.as_ref().is_none_or(|text| block.name.contains(text.as_str())));
    blocks.sort_by(|a, b| a.name.cmp(&b.name));

    let verdicts = process::in_parallel(&blocks, |block| Verdict { name: block.name.clone(), problem: check(block) });
    pending::settle(&verdicts, |name| name.starts_with("book/"));
}

/// The pairs of blocks, named by the chapter and the line where they begin.
fn blocks_of(chapter: &str, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut fences = Vec::new();
    let mut open: Option<(&str, usize, String)> = None;
    for (number, line) in text.lines().enumerate() {
        match &mut open {
            None => open = line.strip_prefix("```").map(|language| (language, number + 1, String::new())),
            Some(_) if line == "```" => fences.extend(open.take().map(|block| (block, number))),
            Some((.., content)) => {
                content.push_str(line);
                content.push('\n');
            }
        }
    }
    for pair in fences.windows(2) {
        let [((language, line, source), end), ((next, start, printed), _)] = pair else { continue };
        // Only a text that follows at once, after one empty line, is what the program prints.
        if *language == "python" && *next == "text" && *start == end + 3 {
            blocks.push(Block { name: format!("{chapter}:{line}"), source: source.clone(), printed: printed.clone() });
        }
    }
    blocks
}

fn check(block: &Block) -> Option<Problem> {
    let file =
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.py", block.name.replace(['/', ':'], "_")));
    let outcome = fs::write(&file, &block.source).and_then(|()| process::run(&file, None));
    let reason = match outcome {
        Ok(outcome) if outcome.stdout == block.printed && outcome.stderr.is_empty() => return None,
        Ok(outcome) => outcome.stderr.lines().last().unwrap_or("prints something else").to_owned(),
        Err(error) => format!("cannot run it: {error}"),
    };
    Some(Problem { details: format!("  {reason}"), reason })
}
