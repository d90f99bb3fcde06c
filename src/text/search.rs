//! Finding, cutting and padding: the methods that `str` and `bytes` have in common.
//!
//! One set of functions serves both through [`Text`], because UTF-8 can be searched byte by byte: no character's bytes occur
//! inside another's. Positions are in bytes; [`byte_offset`] and [`char_count`] translate for strings outside ASCII. What the two
//! types do differently (what is white space, where a line ends, how long a character is) stands in the trait.
//!
//! Source: Standard Library "String Methods", "Bytes and Bytearray Operations".

use std::ops::Range;

use memchr::memmem;

use super::unicode;

/// A string or bytes: something to search and cut.
pub trait Text: ToOwned + PartialEq {
    /// The bytes.
    fn raw(&self) -> &[u8];
    /// The part between two byte positions, which lie between characters.
    fn part(&self, range: Range<usize>) -> &Self;
    /// The length in bytes of the character that starts at `at`, which is not the end.
    fn step(&self, at: usize) -> usize;
    /// The length of the character that ends at `at`, which is not the start.
    fn step_back(&self, at: usize) -> usize;
    /// Whether the character that starts at `at` is white space.
    fn is_space_at(&self, at: usize) -> bool;
    /// The length of the line end that starts at `at`, 0 if there is none.
    fn line_end_at(&self, at: usize) -> usize;
    /// Whether `self` holds the character of `text` that starts at `at`.
    fn holds(&self, text: &Self, at: usize) -> bool;
    /// An empty text to build on.
    fn builder(capacity: usize) -> Self::Owned;
    /// Appends to a text being built.
    fn push(out: &mut Self::Owned, part: &Self);
    /// Appends an ASCII character `count` times.
    fn push_ascii(out: &mut Self::Owned, c: u8, count: usize);
}

impl Text for str {
    fn raw(&self) -> &[u8] {
        self.as_bytes()
    }

    fn part(&self, range: Range<usize>) -> &Self {
        &self[range]
    }

    #[inline]
    fn step(&self, at: usize) -> usize {
        match self.as_bytes()[at] {
            0..=0x7f => 1,
            0x80..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0.. => 4,
        }
    }

    fn step_back(&self, at: usize) -> usize {
        self[..at].chars().next_back().map_or(0, char::len_utf8)
    }

    #[inline(always)]
    fn is_space_at(&self, at: usize) -> bool {
        #[inline(never)]
        fn beyond_ascii(text: &str, at: usize) -> bool {
            text[at..].chars().next().is_some_and(unicode::is_space)
        }
        match self.as_bytes()[at] {
            b @ 0..=0x7f => matches!(b, b'\t'..=b'\r' | 0x1c..=0x1f | b' '),
            0x80.. => beyond_ascii(self, at),
        }
    }

    fn line_end_at(&self, at: usize) -> usize {
        let bytes = self.as_bytes();
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b @ 0..=0x7f => usize::from(unicode::is_line_break(char::from(b))),
            0x80.. if self[at..].chars().next().is_some_and(unicode::is_line_break) => self.step(at),
            0x80.. => 0,
        }
    }

    fn holds(&self, text: &Self, at: usize) -> bool {
        text[at..].chars().next().is_some_and(|c| self.contains(c))
    }

    fn builder(capacity: usize) -> String {
        String::with_capacity(capacity)
    }

    fn push(out: &mut String, part: &Self) {
        out.push_str(part);
    }

    fn push_ascii(out: &mut String, c: u8, count: usize) {
        out.extend(std::iter::repeat_n(char::from(c), count));
    }
}

impl Text for [u8] {
    fn raw(&self) -> &[u8] {
        self
    }

    fn part(&self, range: Range<usize>) -> &Self {
        &self[range]
    }

    fn step(&self, _: usize) -> usize {
        1
    }

    fn step_back(&self, _: usize) -> usize {
        1
    }

    fn is_space_at(&self, at: usize) -> bool {
        matches!(self[at], b'\t'..=b'\r' | b' ')
    }

    fn line_end_at(&self, at: usize) -> usize {
        match self[at] {
            b'\r' if self.get(at + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => 0,
        }
    }

    fn holds(&self, text: &Self, at: usize) -> bool {
        self.contains(&text[at])
    }

    fn builder(capacity: usize) -> Vec<u8> {
        Vec::with_capacity(capacity)
    }

    fn push(out: &mut Vec<u8>, part: &Self) {
        out.extend_from_slice(part);
    }

    fn push_ascii(out: &mut Vec<u8>, c: u8, count: usize) {
        out.resize(out.len() + count, c);
    }
}

// ---- positions -----------------------------------------------------------------------------------------------------------

/// Resolves the optional `start` and `end` of a search in a text of this length, negative ones from the end.
///
/// The result may have its start behind its end, and then nothing is found in it, not even the empty text.
///
/// ```
/// assert_eq!(coil::text::search::bounds(5, Some(-3), None), 2..5);
/// ```
pub fn bounds(length: usize, start: Option<i64>, end: Option<i64>) -> Range<usize> {
    let resolve = |position: i64| match usize::try_from(position) {
        Ok(position) => position,
        Err(_) => length.saturating_sub(position.unsigned_abs() as usize),
    };
    start.map_or(0, resolve)..end.map_or(length, resolve).min(length)
}

/// The byte position of the character with this index, or the end.
pub fn byte_offset(text: &str, index: usize) -> usize {
    const CHUNK: usize = 64;
    let bytes = text.as_bytes();
    let (mut at, mut left) = (0, index);
    // Whole chunks are counted without looking at single characters.
    while let Some(chunk) = bytes.get(at..at + CHUNK) {
        let starts: usize = chunk.iter().map(|&b| usize::from(b as i8 >= -0x40)).sum();
        if starts > left {
            break;
        }
        left -= starts;
        at += CHUNK;
    }
    for (offset, &b) in bytes[at..].iter().enumerate() {
        if b as i8 >= -0x40 {
            if left == 0 {
                return at + offset;
            }
            left -= 1;
        }
    }
    bytes.len()
}

/// The number of characters.
pub fn char_count(text: &str) -> usize {
    text.chars().count()
}

// ---- finding -------------------------------------------------------------------------------------------------------------

/// The first occurrence, as a byte position.
pub fn find<T: Text + ?Sized>(text: &T, part: &T) -> Option<usize> {
    match part.raw() {
        [] => Some(0),
        [b] => memchr::memchr(*b, text.raw()),
        bytes => memmem::find(text.raw(), bytes),
    }
}

/// The last occurrence, as a byte position.
pub fn rfind<T: Text + ?Sized>(text: &T, part: &T) -> Option<usize> {
    match part.raw() {
        [] => Some(text.raw().len()),
        [b] => memchr::memrchr(*b, text.raw()),
        bytes => memmem::rfind(text.raw(), bytes),
    }
}

/// How often the part occurs without overlapping. The empty part occurs before every character and at the end.
pub fn count<T: Text + ?Sized>(text: &T, part: &T) -> usize {
    match part.raw() {
        [] => positions(text).count() + 1,
        [b] => memchr::memchr_iter(*b, text.raw()).count(),
        bytes => memmem::find_iter(text.raw(), bytes).count(),
    }
}

/// Where the characters start.
fn positions<T: Text + ?Sized>(text: &T) -> impl Iterator<Item = usize> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at += if start < text.raw().len() { text.step(start) } else { return None };
        Some(start)
    })
}

/// Replaces the first `limit` occurrences; `None` if the text stays as it is.
///
/// ```
/// assert_eq!(coil::text::search::replace("ab", "", "-", usize::MAX).as_deref(), Some("-a-b-"));
/// ```
pub fn replace<T: Text + ?Sized>(text: &T, old: &T, new: &T, limit: usize) -> Option<T::Owned> {
    if limit == 0 || old == new {
        return None;
    }
    let length = text.raw().len();
    let mut out = T::builder(length);
    if old.raw().is_empty() {
        for at in positions(text).chain([length]).take(limit) {
            T::push(&mut out, new);
            if at < length {
                T::push(&mut out, text.part(at..at + text.step(at)));
            }
        }
        let done = positions(text).nth(limit).unwrap_or(length);
        T::push(&mut out, text.part(done..length));
        return Some(out);
    }
    let mut done = 0;
    for at in memmem::find_iter(text.raw(), old.raw()).take(limit) {
        T::push(&mut out, text.part(done..at));
        T::push(&mut out, new);
        done = at + old.raw().len();
    }
    if done == 0 {
        return None;
    }
    T::push(&mut out, text.part(done..length));
    Some(out)
}

// ---- cutting -------------------------------------------------------------------------------------------------------------

/// Which ends of a text to strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// `strip`
    Both,
    /// `lstrip`
    Left,
    /// `rstrip`
    Right,
}

/// Removes white space, or the given characters, from the ends.
pub fn strip<'a, T: Text + ?Sized>(text: &'a T, characters: Option<&T>, ends: Ends) -> &'a T {
    let strips = |at: usize| match characters {
        Some(characters) => characters.holds(text, at),
        None => text.is_space_at(at),
    };
    let (mut start, mut end) = (0, text.raw().len());
    while ends != Ends::Right && start < end && strips(start) {
        start += text.step(start);
    }
    while ends != Ends::Left && end > start && strips(end - text.step_back(end)) {
        end -= text.step_back(end);
    }
    text.part(start..end)
}

/// Splits at runs of white space, at most `limit` times.
pub fn split_space<T: Text + ?Sized>(text: &T, limit: usize) -> Vec<&T> {
    let raw = text.raw();
    let length = raw.len();
    let mut parts = Vec::with_capacity(8);
    let mut at = 0;
    loop {
        while at < length && text.is_space_at(at) {
            at += text.step(at);
        }
        if at == length {
            return parts;
        }
        if parts.len() == limit {
            // The rest keeps its space, at its end too.
            parts.push(text.part(at..length));
            return parts;
        }
        let start = at;
        loop {
            // Nothing in ASCII above the blank is white space.
            while at < length && matches!(raw[at], b'!'..=0x7f) {
                at += 1;
            }
            if at == length || text.is_space_at(at) {
                break;
            }
            at += text.step(at);
        }
        parts.push(text.part(start..at));
    }
}

/// Splits at runs of white space from the right, at most `limit` times.
pub fn rsplit_space<T: Text + ?Sized>(text: &T, limit: usize) -> Vec<&T> {
    let mut parts = Vec::new();
    let mut at = text.raw().len();
    loop {
        while at > 0 && text.is_space_at(at - text.step_back(at)) {
            at -= text.step_back(at);
        }
        if at == 0 {
            break;
        }
        if parts.len() == limit {
            parts.push(text.part(0..at));
            break;
        }
        let end = at;
        while at > 0 && !text.is_space_at(at - text.step_back(at)) {
            at -= text.step_back(at);
        }
        parts.push(text.part(at..end));
    }
    parts.reverse();
    parts
}

/// Splits at a separator, which is not empty, at most `limit` times.
pub fn split<'a, T: Text + ?Sized>(text: &'a T, separator: &T, limit: usize) -> Vec<&'a T> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut cut = |at: usize| {
        parts.push(text.part(done..at));
        done = at + separator.raw().len();
    };
    match separator.raw() {
        [b] => memchr::memchr_iter(*b, text.raw()).take(limit).for_each(&mut cut),
        bytes => memmem::find_iter(text.raw(), bytes).take(limit).for_each(&mut cut),
    }
    parts.push(text.part(done..text.raw().len()));
    parts
}

/// Splits at a separator, which is not empty, from the right, at most `limit` times.
pub fn rsplit<'a, T: Text + ?Sized>(text: &'a T, separator: &T, limit: usize) -> Vec<&'a T> {
    let mut parts = Vec::new();
    let mut end = text.raw().len();
    while parts.len() < limit
        && let Some(at) = rfind(text.part(0..end), separator)
    {
        parts.push(text.part(at + separator.raw().len()..end));
        end = at;
    }
    parts.push(text.part(0..end));
    parts.reverse();
    parts
}

/// What stands before and after the first separator; `None` if there is none.
pub fn partition<'a, T: Text + ?Sized>(text: &'a T, separator: &T) -> Option<(&'a T, &'a T)> {
    find(text, separator).map(|at| around(text, at, separator))
}

/// What stands before and after the last separator; `None` if there is none.
pub fn rpartition<'a, T: Text + ?Sized>(text: &'a T, separator: &T) -> Option<(&'a T, &'a T)> {
    rfind(text, separator).map(|at| around(text, at, separator))
}

fn around<'a, T: Text + ?Sized>(text: &'a T, at: usize, separator: &T) -> (&'a T, &'a T) {
    (text.part(0..at), text.part(at + separator.raw().len()..text.raw().len()))
}

/// Splits into lines, with their ends if asked. The last line end ends a line and starts none.
pub fn split_lines<T: Text + ?Sized>(text: &T, keep_ends: bool) -> Vec<&T> {
    let length = text.raw().len();
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < length {
        let end = text.line_end_at(at);
        if end == 0 {
            at += text.step(at);
            continue;
        }
        lines.push(text.part(start..if keep_ends { at + end } else { at }));
        at += end;
        start = at;
    }
    if start < length {
        lines.push(text.part(start..length));
    }
    lines
}

/// The longest text that the functions below are asked for; the caller refuses wider ones (MemoryError).
pub const MAX_LENGTH: usize = 1 << 32;

// ---- filling up ----------------------------------------------------------------------------------------------------------

/// Replaces tabs by blanks up to the next multiple of `size` columns; a size of 0 or less removes them.
pub fn expand_tabs<T: Text + ?Sized>(text: &T, size: i64) -> T::Owned {
    let size = usize::try_from(size).unwrap_or(0);
    let mut out = T::builder(text.raw().len());
    let mut column = 0;
    for at in positions(text) {
        match text.raw()[at] {
            b'\t' if size == 0 => {}
            b'\t' => {
                let blanks = size - column % size;
                T::push_ascii(&mut out, b' ', blanks);
                column += blanks;
            }
            b => {
                T::push(&mut out, text.part(at..at + text.step(at)));
                column = if matches!(b, b'\n' | b'\r') { 0 } else { column + 1 };
            }
        }
    }
    out
}

/// Fills a number up with zeros after its sign, to `width` characters; `length` is the number of characters it has.
pub fn zero_fill<T: Text + ?Sized>(text: &T, length: usize, width: usize) -> T::Owned {
    let bytes = text.raw();
    let zeros = width.saturating_sub(length);
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let mut out = T::builder(bytes.len() + zeros);
    T::push(&mut out, text.part(0..sign));
    T::push_ascii(&mut out, b'0', zeros);
    T::push(&mut out, text.part(sign..bytes.len()));
    out
}

/// Where `ljust`, `rjust` and `center` put a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Justify {
    /// `ljust`
    Left,
    /// `rjust`
    Right,
    /// `center`
    Center,
}

/// Fills a text of `length` characters up to `width` with a character; `None` if it is wide enough.
pub fn justify<T: Text + ?Sized>(text: &T, length: usize, width: usize, fill: &T, to: Justify) -> Option<T::Owned> {
    let missing = width.checked_sub(length).filter(|&missing| missing > 0)?;
    let left = match to {
        Justify::Left => 0,
        Justify::Right => missing,
        // An odd blank goes to the right, unless the width is odd too.
        Justify::Center => missing / 2 + (missing & width & 1),
    };
    let mut out = T::builder(text.raw().len() + missing * fill.raw().len());
    for _ in 0..left {
        T::push(&mut out, fill);
    }
    T::push(&mut out, text);
    for _ in left..missing {
        T::push(&mut out, fill);
    }
    Some(out)
}
