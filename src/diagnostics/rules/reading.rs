//! Reading a text that the parser cannot read: its code without strings and comments, the words of a line, and whether
//! a repair would help.
//!
//! A rule about a syntax error has no tree to look at. It guesses from the words around the place, and then proves the
//! guess: [`repairs`] puts the repair into the text and lets the parser try again. Only what gets the parser past the
//! line is told to anyone.

use std::ops::Range;

use coil_grammar::parse_module;
use coil_grammar::span::Span;

use super::Unread;
use crate::diagnostics::source::{Place, Source};

/// Texts longer than this are not parsed again.
const LONGEST: usize = 1 << 20;

/// The parts of a text that are neither strings nor comments, in order.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'#' => {
                parts.push(start..at);
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                start = at;
            }
            b'"' | b'\'' => {
                parts.push(start..at);
                at = end_of_string(text, at);
                start = at;
            }
            _ => at += 1,
        }
    }
    parts.push(start..bytes.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The offset after the string that a quote at `start` begins; a string that is never closed ends with its line.
fn end_of_string(text: &str, start: usize) -> usize {
    let quote = &text[start..=start];
    let triple = quote.repeat(3);
    let (delimiter, is_long) = if text[start..].starts_with(&triple) { (&*triple, true) } else { (quote, false) };
    let mut at = start + delimiter.len();
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(delimiter) {
            return at + delimiter.len();
        }
        match rest.chars().next() {
            Some('\n') if !is_long => return at,
            Some('\\') => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            Some(letter) => at += letter.len_utf8(),
            None => break,
        }
    }
    text.len()
}

/// A line of a source: where it stands, and what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'s> {
    /// The offset of its first byte.
    pub(super) start: usize,
    /// Its text, without the line end.
    pub(super) text: &'s str,
    /// Its number, from one.
    pub(super) number: u32,
}

impl<'s> Line<'s> {
    /// The line with a number.
    pub(super) fn numbered(source: &'s Source, number: u32) -> Option<Line<'s>> {
        if number == 0 || number > source.lines.line_count() {
            return None;
        }
        let text = source.lines.line_text(&source.text, number).trim_end_matches(['\n', '\r']);
        Some(Line { start: source.lines.line_start(number) as usize, text, number })
    }

    /// The line on which a place begins.
    pub(super) fn of(place: &'s Place) -> Option<Line<'s>> {
        Line::numbered(&place.source, place.line())
    }

    /// The blanks and tabs that it begins with.
    pub(super) fn indent(&self) -> &'s str {
        &self.text[..self.text.len() - self.text.trim_start_matches([' ', '\t', '\u{c}']).len()]
    }

    /// What stands in it between the space around it.
    pub(super) fn content(&self) -> &'s str {
        self.text.trim()
    }

    /// Whether it holds nothing, or a comment alone.
    pub(super) fn is_blank(&self) -> bool {
        self.content().is_empty() || self.content().starts_with('#')
    }

    /// The code in it, as parts with their offsets in the source. Strings of several lines are not known to it.
    pub(super) fn code(&self) -> Vec<(usize, &'s str)> {
        code(self.text).into_iter().map(|part| (self.start + part.start, &self.text[part])).collect()
    }

    /// The words in its code: offset in the source and text.
    pub(super) fn words(&self) -> Vec<(usize, &'s str)> {
        let mut words = Vec::new();
        for (start, part) in self.code() {
            let mut rest = part.char_indices().peekable();
            while let Some((at, letter)) = rest.next() {
                if !(letter.is_alphanumeric() || letter == '_') {
                    continue;
                }
                let mut end = at + letter.len_utf8();
                while let Some((next, letter)) = rest.next_if(|(_, letter)| letter.is_alphanumeric() || *letter == '_')
                {
                    end = next + letter.len_utf8();
                }
                if !letter.is_ascii_digit() {
                    words.push((start + at, &part[at..end]));
                }
            }
        }
        words
    }

    /// Its first word, and what follows that, where it begins with one.
    pub(super) fn first_word(&self) -> Option<(&'s str, &'s str)> {
        let content = self.content();
        let end = content.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(content.len());
        (end > 0).then(|| content.split_at(end))
    }

    /// Where a part of its text stands in the source.
    pub(super) fn span_of(&self, part: &str) -> Span {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let end = (offset + part.len()).min(self.text.len());
        Span::new((self.start + offset) as u32, (self.start + end) as u32)
    }
}

/// The range of a word in the source.
pub(super) fn span(offset: usize, word: &str) -> Span {
    Span::new(offset as u32, (offset + word.len()) as u32)
}

/// Whether the parser gets past the line of `span` when `replacement` stands there.
pub(super) fn repairs(unread: &Unread, span: Span, replacement: &str) -> bool {
    let Some(place) = &unread.place else { return false };
    let source = &*place.source;
    if let Some(line) = unread.line {
        let (start, end) = (line.start as usize, line.end.max(span.end) as usize);
        let before = source.text.get(start..span.start as usize);
        let after = source.text.get(span.end as usize..end);
        let (Some(before), Some(after)) = (before, after) else { return false };
        let line = format!("{before}{replacement}{after}");
        return reads(&line) || reads(&without_signs(&line));
    }
    let (Some(before), Some(after)) = (source.text.get(..span.start as usize), source.text.get(span.end as usize..))
    else {
        return false;
    };
    if source.text.len() > LONGEST {
        return false;
    }
    let text = format!("{before}{replacement}{after}");
    let edited = before.len() + replacement.len();
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
    match parse_module(&text) {
        Ok(_) => true,
        Err(error) => line(error.span.start as usize) > line(edited),
    }
}

/// A line with the words of Python for the signs of other languages, which may be a mistake of their own.
fn without_signs(line: &str) -> String {
    let line = line.replace("&&", " and ").replace("||", " or ");
    line.replace("!=", "\0").replace('!', " not ").replace('\0', "!=")
}

/// Whether a logical line can be read, given the block or the statement that it needs.
fn reads(line: &str) -> bool {
    let line = line.trim();
    let first = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
    let before = match first {
        "elif" | "else" => "if 1:\n pass\n",
        "except" | "finally" => "try:\n pass\n",
        "case" if line.ends_with(':') => "match 1:\n ",
        _ => "",
    };
    let block = if line.ends_with(':') { "\n  pass" } else { "" };
    let after = match first {
        "try" => "\nfinally:\n pass",
        _ if line.starts_with('@') => "\nclass Decorated: pass",
        _ => "",
    };
    let block = if first == "match" && !block.is_empty() { "\n  case 1: pass" } else { block };
    parse_module(&format!("{before}{line}{block}{after}\n")).is_ok()
}

/// How many letters must be put in, taken out, exchanged, or swapped with their neighbour to turn one word into the
/// other; None when it is more than `most`.
pub(crate) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most || a.len().max(b.len()) > 40 {
        return None;
    }
    // The last two rows of the usual table, and the one to fill.
    let mut older = vec![0; b.len() + 1];
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            next[j] = (row[j - 1] + change).min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(older[j - 2] + 1);
            }
        }
        older = std::mem::replace(&mut row, next);
    }
    Some(row[b.len()]).filter(|distance| *distance <= most)
}

/// Whether the message says no more than that something is wrong: the words around the place are to be looked at.
pub(super) fn is_vague(unread: &Unread) -> bool {
    let message = &*unread.message;
    if unread.class != "SyntaxError" && unread.class != "IndentationError" {
        return false;
    }
    message == "invalid syntax"
        || message.starts_with("expected '")
        || message.starts_with("invalid syntax.")
        || message.ends_with("was never closed")
        || message.starts_with("unmatched")
        || message.starts_with("unterminated string")
        || message.starts_with("unexpected indent")
        || message.starts_with("cannot assign to")
        || message == "illegal target for annotation"
        || message == "invalid decimal literal"
}

/// The text between two others: `between("name 'x' is", "name '", "'")` gives `x`.
pub(super) fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// The parts of a text that stand between single quotes.
pub(super) fn quoted(text: &str) -> Vec<&str> {
    text.split('\'').skip(1).step_by(2).collect()
}

/// The name at the end of CPython's line that it suggests: `Did you mean: 'name'?`
pub(super) fn suggested(plain: &[String]) -> Option<&str> {
    plain.iter().find_map(|line| between(line, "Did you mean: '", "'?"))
}

/// Whether a word can be a name.
pub(super) fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
}
