//! Posts: Markdown whose fenced blocks are programs and what these print.
//!
//! The Python blocks of a post are run in order and share one namespace, as the reader of a post reads them. A block of
//! output that follows a Python block is what that must print. Comments of Markdown give directions:
//!
//! ```text
//! <!-- coil: skip -->      the next block is not run
//! <!-- coil: new -->       the next block begins with an empty namespace
//! <!-- coil: swap 2-4 -->  lines 2 to 4 of the next output may come in any order (`swap` alone: all lines)
//! ```

/// A Python block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The line of the post at which its first line stands, from 1.
    pub(crate) line: u32,
    /// The program.
    pub(crate) source: String,
    /// What it must print, when the post says so.
    pub(crate) expected: Option<Expected>,
    /// It begins with an empty namespace.
    pub(crate) is_new: bool,
}

/// A block of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    /// The line of the post at which its first line stands, from 1.
    pub(crate) line: u32,
    /// Its text.
    pub(crate) text: String,
    /// Lines that may come in any order: first and last, from 1.
    pub(crate) swaps: Vec<(usize, usize)>,
}

/// Info strings of Python blocks.
const PYTHON: &[&str] = &["python", "py", "python3", "pycon", "python-repl", "pythonrepl"];

/// Info strings of output blocks.
const OUTPUT: &[&str] = &["", "text", "txt", "output", "console", "plain", "plaintext", "none", "stdout"];

/// A fenced block as it stands.
struct Fence {
    info: String,
    line: u32,
    text: String,
}

enum Piece {
    Fence(Fence),
    Direction(String),
    /// Prose; `leads_on` when it may stand between a program and its output.
    Prose {
        leads_on: bool,
    },
}

/// The Python blocks of a post.
pub(crate) fn blocks(post: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether an output block that comes now belongs to the last Python block.
    let mut awaits_output = false;
    let (mut skip, mut is_new, mut swaps) = (false, false, Vec::new());
    for piece in pieces(post) {
        match piece {
            Piece::Prose { leads_on } => awaits_output &= leads_on,
            Piece::Direction(words) => match words.split_once(' ').unwrap_or((&words, "")) {
                ("skip", _) => skip = true,
                ("new", _) => is_new = true,
                ("swap", range) => swaps.push(swap_of(range)),
                _ => {}
            },
            Piece::Fence(fence) if is_python(&fence) => {
                awaits_output = !skip;
                if !std::mem::take(&mut skip) {
                    let is_new = std::mem::take(&mut is_new);
                    blocks.push(Block { line: fence.line, source: fence.text, expected: None, is_new });
                }
            }
            Piece::Fence(fence) => {
                if awaits_output
                    && OUTPUT.contains(&fence.info.as_str())
                    && let Some(block) = blocks.last_mut()
                {
                    let swaps = std::mem::take(&mut swaps);
                    block.expected = Some(Expected { line: fence.line, text: fence.text, swaps });
                }
                (awaits_output, skip) = (false, false);
                swaps.clear();
            }
        }
    }
    blocks
}

/// A text of the same length as the post, with its programs where they stand and blanks for the rest: all that can be read
/// as one program. Sessions, and blocks that are indented with a list, are left out.
pub(crate) fn programs_of(post: &str) -> String {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(post.match_indices('\n').map(|(at, _)| at + 1));
    let mut text: Vec<u8> = post.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' }).collect();
    for block in blocks(post) {
        let Some(&start) = starts.get((block.line as usize).saturating_sub(1)) else { continue };
        // The lines of a post may end in another way than those of the block.
        let lines = block.source.lines().count();
        let end = starts.get(block.line as usize - 1 + lines).copied().unwrap_or(post.len());
        let same = post[start..end].lines().eq(block.source.lines());
        if same && !block.source.lines().any(|line| line.starts_with(">>>")) {
            text[start..end].copy_from_slice(&post.as_bytes()[start..end]);
        }
    }
    String::from_utf8(text).unwrap_or_default()
}

/// A block without an info string is Python when it shows a session.
fn is_python(fence: &Fence) -> bool {
    PYTHON.contains(&fence.info.as_str()) || fence.info.is_empty() && fence.text.trim_start().starts_with(">>> ")
}

/// `2-4`, `3`, or nothing for all lines.
pub(crate) fn swap_of(range: &str) -> (usize, usize) {
    let (first, last) = range.trim().split_once('-').unwrap_or((range.trim(), range.trim()));
    (first.trim().parse().unwrap_or(1), last.trim().parse().unwrap_or(usize::MAX))
}

fn pieces(post: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines = post.trim_start_matches('\u{feff}').lines().zip(1_u32..);
    while let Some((line, _)) = lines.next() {
        let indentation = indentation(line);
        let text = line.trim();
        if let Some(marker) = fence_marker(text) {
            let info =
                text[marker.len()..].split([' ', ',', '{', '}']).find(|word| !word.is_empty()).unwrap_or_default();
            // Pandoc writes `{.python}`.
            let info = info.trim_start_matches('.').to_lowercase();
            let mut fence = Fence { info, line: 0, text: String::new() };
            for (line, number) in lines.by_ref() {
                if fence.line == 0 {
                    fence.line = number;
                }
                let is_end =
                    line.trim().starts_with(marker) && line.trim().chars().all(|letter| marker.contains(letter));
                if is_end {
                    break;
                }
                // A block in a list is indented as the list is.
                fence.text.push_str(unindented(line, indentation));
                fence.text.push('\n');
            }
            pieces.push(Piece::Fence(fence));
        } else if let Some(words) = text.strip_prefix("<!-- coil:").and_then(|rest| rest.strip_suffix("-->")) {
            pieces.push(Piece::Direction(words.trim().to_owned()));
        } else if !text.is_empty() {
            // "It prints:" may stand between a program and its output; a paragraph may not.
            let leads_on = text.ends_with([':', '：']) && text.chars().count() <= 80;
            pieces.push(Piece::Prose { leads_on });
        }
    }
    pieces
}

/// How many blanks and tabs a line begins with. Other white space, such as the wide blanks of Chinese prose, is text.
fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// A line without so many of the blanks that it begins with.
pub(super) fn unindented(line: &str, blanks: usize) -> &str {
    &line[indentation(line).min(blanks)..]
}

fn fence_marker(line: &str) -> Option<&str> {
    let letter = line.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
    let length = line.chars().take_while(|other| *other == letter).count();
    let marker = &line[..length];
    (length >= 3 && !line[length..].contains('`')).then_some(marker)
}

#[cfg(test)]
mod tests {
    use super::{blocks, programs_of};

    #[test]
    fn programs_stand_where_they_stood() {
        let post =
            "Prosa: é\n\n```python\nx = 1\n```\n\n- a list\n\n  ```python\n  y = 2\n  ```\n\n```pycon\n>>> x\n1\n```\n";
        let text = programs_of(post);
        assert_eq!(text.len(), post.len());
        assert_eq!(text.trim(), "x = 1");
        assert_eq!(text.find("x = 1"), post.find("x = 1"));
    }

    #[test]
    fn programs_are_paired_with_their_outputs() {
        let post = "# Post\n\n```python\nx = 1\nprint(x)\n```\n\nIt prints:\n\n```\n1\n```\n\n```py\nx += 1\n```\n\n\
            A paragraph about something else that ends the search.\n\n```text\nnot output\n```\n\
            <!-- coil: skip -->\n```python\nimport nothing\n```\n\n<!-- coil: new -->\n1. in a list\n\n   ```python\n   for i in 1, 2:\n       print(i)\n   ```\n\
            <!-- coil: swap 1-2 -->\n   ```text\n   1\n   2\n   ```\n\n```\n>>> 1 + 1\n2\n```\n";
        let found = blocks(post);
        assert_eq!(found.len(), 4);
        assert_eq!((found[0].line, found[0].source.as_str()), (4, "x = 1\nprint(x)\n"));
        assert_eq!(
            found[0].expected.as_ref().map(|expected| (expected.line, expected.text.as_str())),
            Some((11, "1\n"))
        );
        assert!(found[1].expected.is_none() && !found[1].is_new);
        assert_eq!(found[2].source, "for i in 1, 2:\n    print(i)\n");
        assert!(found[2].is_new);
        assert_eq!(found[2].expected.as_ref().map(|expected| expected.swaps.clone()), Some(vec![(1, 2)]));
        assert_eq!(found[3].source, ">>> 1 + 1\n2\n");
    }
}
