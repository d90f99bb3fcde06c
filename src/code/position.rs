//! Source positions of instructions (PEP 657), run-length encoded.

/// Where in the source the code of an instruction stands. Lines count from 1, columns are UTF-8 bytes from 0.
/// A line of 0 means that the instruction is the compiler's own and has no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Position {
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// First column of the first line.
    pub column: u32,
    /// Column after the last one of the last line.
    pub end_column: u32,
}

/// Maps instruction words to positions: each entry holds until the start of the next.
#[derive(Clone, Debug, Default)]
pub struct PositionTable {
    entries: Vec<(u32, Position)>,
}

impl PositionTable {
    /// Appends the position of the instructions from word `start` on; starts must not decrease.
    pub fn push(&mut self, start: u32, position: Position) {
        if self.entries.last().is_none_or(|(_, last)| *last != position) {
            self.entries.push((start, position));
        }
    }

    /// The position of the instruction at a word; the default one when the table is empty.
    pub fn find(&self, word: u32) -> Position {
        let after = self.entries.partition_point(|(start, _)| *start <= word);
        after.checked_sub(1).and_then(|index| self.entries.get(index)).map_or(Position::default(), |(_, p)| *p)
    }

    /// The runs in order: first word and position.
    pub fn runs(&self) -> impl Iterator<Item = (u32, Position)> + '_ {
        self.entries.iter().copied()
    }
}
