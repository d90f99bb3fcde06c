//! Places in the source: byte spans, and the index that turns a byte offset into a line and a column.
//!
//! Everything before rendering carries byte offsets only: they are small (`u32`), cheap to compare, and slice the
//! source directly. A line and a column are looked up when somebody wants to print them. Two columns are in use:
//! bytecode positions and `ast` nodes count UTF-8 bytes from 0, `SyntaxError.offset` counts characters from 1, and a
//! traceback's carets are drawn under characters; [`LineIndex`] answers all of them.

use std::ops::Range;

/// A half-open range of byte offsets into one source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, and without, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at `offset`.
    #[must_use]
    pub const fn at(offset: u32) -> Self {
        Self::new(offset, offset)
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Number of bytes covered.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether no byte is covered.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The range to slice the source with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The source text covered.
    #[must_use]
    pub fn text(self, source: &str) -> &str {
        &source[self.range()]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }
}

/// A line and a column. Lines count from 1; what the column counts, and from where, depends on who made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line number, from 1.
    pub line: u32,
    /// Column: see the function that returned it.
    pub column: u32,
}

/// Where each line of one source text starts.
///
/// A line ends after `\n`, after `\r\n`, or after a lone `\r` (Language Reference 2.1.2).
///
/// ```
/// use coil_grammar::span::LineIndex;
/// let source = "é = 1\nx\n";
/// let lines = LineIndex::new(source);
/// assert_eq!(lines.line_count(), 3);
/// let one = source.find('1').unwrap() as u32;
/// assert_eq!((lines.utf8(one).line, lines.utf8(one).column), (1, 5));
/// assert_eq!(lines.characters(source, one).column, 4);
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Offset of the first byte of each line. INVARIANT: strictly increasing, and the first is 0.
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `source`.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    /// Number of lines; a text that ends with a newline has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line, from 1, that holds `offset`.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// Offset of the first byte of `line`, which counts from 1; the last line's for a line beyond the text.
    #[must_use]
    pub fn line_start(&self, line: u32) -> u32 {
        let at = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        self.starts[at]
    }

    /// The line and the column in UTF-8 bytes, from 0.
    #[must_use]
    pub fn utf8(&self, offset: u32) -> LineColumn {
        let line = self.line(offset);
        LineColumn { line, column: offset - self.line_start(line) }
    }

    /// The line and the column in characters, from 0.
    #[must_use]
    pub fn characters(&self, source: &str, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let before = &source[self.line_start(line) as usize..offset as usize];
        LineColumn { line, column: before.chars().count() as u32 }
    }

    /// The text of `line`, which counts from 1, without its line ending; empty for a line beyond the text.
    #[must_use]
    pub fn line_text<'s>(&self, source: &'s str, line: u32) -> &'s str {
        if line == 0 || line > self.line_count() {
            return "";
        }
        let end = match self.starts.get(line as usize) {
            Some(&next) => next as usize,
            None => source.len(),
        };
        source[self.line_start(line) as usize..end].trim_end_matches(['\n', '\r'])
    }
}
