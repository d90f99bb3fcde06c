//! What `coil test` tests: the files beneath the paths that it was given, each with what it must print.

use std::fs;
use std::path::{Path, PathBuf};

use coil_grammar::ast::{Expr, ExprKind, Stmt, StmtKind};

use super::post::{self, Block, Expected};
use crate::repl;

/// A file and how its output is checked.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) path: PathBuf,
    pub(crate) kind: Kind,
}

/// How the output of a file is checked.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A program with a golden beside it: output, errors and exit status.
    Golden { golden: PathBuf, swaps: Vec<(usize, usize)> },
    /// A program with comments `# expect: TEXT`: the lines that it prints.
    Comments(Expected),
    /// A post, a transcript, or a program with examples in its docstrings: what each block prints.
    Blocks(Vec<Block>),
}

/// Finds what there is to test.
///
/// # Errors
/// A path that cannot be read.
pub(crate) fn find(paths: &[String], filter: Option<&str>) -> Result<Vec<Unit>, String> {
    let mut files = Vec::new();
    for path in paths {
        let path = Path::new(path);
        if !path.exists() {
            return Err(format!("{}: no such file or folder", path.display()));
        }
        collect(path, &mut files, true);
    }
    files.sort();
    files.dedup();
    files.retain(|path| filter.is_none_or(|text| path.to_string_lossy().contains(text)));
    Ok(files.into_iter().filter_map(|path| unit(&path).map(|kind| Unit { path, kind })).collect())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>, is_named: bool) {
    if path.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        for entry in entries {
            let hidden = entry.file_name().to_string_lossy().starts_with(['.', '_']);
            if !hidden {
                collect(&entry.path(), files, false);
            }
        }
    } else if is_named
        || path.extension().is_some_and(|ending| ["py", "md", "txt"].iter().any(|known| ending == *known))
    {
        files.push(path.to_path_buf());
    }
}

fn unit(path: &Path) -> Option<Kind> {
    let text = String::from_utf8_lossy(&fs::read(path).ok()?).into_owned();
    match path.extension()?.to_str()? {
        "md" => {
            let blocks: Vec<Block> = post::blocks(&text).into_iter().map(with_own_output).collect();
            blocks.iter().any(|block| block.expected.is_some()).then_some(Kind::Blocks(blocks))
        }
        "txt" if repl::is_transcript(&text) => {
            let block = Block { line: 1, source: text, expected: None, is_new: false };
            Some(Kind::Blocks(vec![with_own_output(block)]))
        }
        "py" => {
            let golden = path.with_extension("out");
            if golden.exists() {
                return Some(Kind::Golden { golden, swaps: swaps(&text) });
            }
            if let Some(expected) = expected_by_comments(&text) {
                return Some(Kind::Comments(expected));
            }
            let blocks = docstring_blocks(&text);
            (!blocks.is_empty()).then_some(Kind::Blocks(blocks))
        }
        _ => None,
    }
}

/// `# coil: swap 2-4`
fn swaps(source: &str) -> Vec<(usize, usize)> {
    source.lines().filter_map(|line| line.trim().strip_prefix("# coil: swap")).map(post::swap_of).collect()
}

/// The texts behind `# expect:`, in the order in which they stand; None when there is none.
fn expected_by_comments(source: &str) -> Option<Expected> {
    let (mut text, mut first) = (String::new(), 0);
    for (line, number) in source.lines().zip(1_u32..) {
        if let Some((_, expected)) = line.split_once("# expect:") {
            if first == 0 {
                first = number;
            }
            text.push_str(expected.strip_prefix(' ').unwrap_or(expected));
            text.push('\n');
        }
    }
    (first > 0).then(|| Expected { line: first, text, swaps: swaps(source) })
}

/// The docstrings of a program that show sessions.
pub(crate) fn docstring_blocks(source: &str) -> Vec<Block> {
    let Ok(parsed) = coil_grammar::parse_module(source) else { return Vec::new() };
    let mut blocks = Vec::new();
    collect_docstrings(&parsed.tree.body, source, &mut blocks);
    blocks
}

fn collect_docstrings(body: &[Stmt], source: &str, blocks: &mut Vec<Block>) {
    if let Some(Stmt { kind: StmtKind::Expr { value }, .. }) = body.first()
        && let Some(text) = string_text(value, source)
        && text.contains(">>> ")
    {
        let start = value.span.start as usize;
        let line = source[..start].matches('\n').count() as u32 + 1;
        blocks.push(with_own_output(Block { line, source: examples(text), expected: None, is_new: false }));
    }
    for statement in body {
        match &statement.kind {
            StmtKind::FunctionDef(function) | StmtKind::AsyncFunctionDef(function) => {
                collect_docstrings(&function.body, source, blocks);
            }
            StmtKind::ClassDef(class) => collect_docstrings(&class.body, source, blocks),
            _ => {}
        }
    }
}

fn string_text<'s>(value: &Expr, source: &'s str) -> Option<&'s str> {
    let is_string = matches!(value.kind, ExprKind::Constant { .. });
    let text = source.get(value.span.start as usize..value.span.end as usize)?;
    (is_string && text.ends_with(['"', '\''])).then(|| text.trim_end_matches(['"', '\'']))
}

/// A docstring from its first example on, without its indentation.
fn examples(text: &str) -> String {
    let mut indentation = None;
    let mut result = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with(">>> ") {
            indentation = Some(line.len() - line.trim_start().len());
        }
        if let Some(blanks) = indentation {
            result.push_str(post::unindented(line, blanks));
            result.push('\n');
        }
    }
    result
}

/// A session shows its own output: what stands between its inputs, up to an empty line.
fn with_own_output(block: Block) -> Block {
    if block.expected.is_some() || !repl::is_transcript(&block.source) {
        return block;
    }
    let mut text = String::new();
    let (mut is_output, mut is_open) = (false, false);
    for line in block.source.lines() {
        let line = line.trim_end();
        if line.starts_with(">>>") {
            (is_output, is_open) = (true, true);
        } else if is_open && line.starts_with("...") && (line.len() == 3 || line.as_bytes()[3] == b' ') {
        } else if line.is_empty() {
            is_output = false;
        } else if is_output {
            is_open = false;
            text.push_str(if line == "<BLANKLINE>" { "" } else { line });
            text.push('\n');
        }
    }
    let expected = Expected { line: block.line, text, swaps: Vec::new() };
    Block { expected: Some(expected), ..block }
}

#[cfg(test)]
mod tests {
    use super::{docstring_blocks, expected_by_comments};

    #[test]
    fn docstrings_and_comments_say_what_is_expected() {
        let source = "def f():\n    \"\"\"Doubles.\n\n    >>> f()\n    2\n\n    More.\n    >>> for i in 1, 2:\n    ...     print(i)\n    1\n    2\n    \"\"\"\n    return 2\n";
        let blocks = docstring_blocks(source);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].expected.as_ref().map(|expected| expected.text.as_str()), Some("2\n1\n2\n"));
        assert_eq!(blocks[0].line, 2);
        let expected = expected_by_comments("print(1)  # expect: 1\nprint('a b')  # expect: a b\n");
        assert_eq!(expected.map(|expected| expected.text), Some("1\na b\n".to_owned()));
        assert!(expected_by_comments("print(1)").is_none());
    }
}
