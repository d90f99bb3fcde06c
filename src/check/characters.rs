//! Characters that look like Python and are not: full-width punctuation (T401), typographic quotation marks (T402),
//! invisible characters (T403), and the prompts of a pasted session (T409).
//!
//! They are read as what was meant, so that one of them does not hide the errors behind it: the text that is parsed has
//! the same length as the file, with blanks where the stand-in is shorter. The edits mend the file itself.

use coil_grammar::span::{LineIndex, Span};

use super::finding::{Edit, Finding};
use crate::diagnostics::catalog::Code;

/// What came of an attempt to read a character as what was meant.
pub(super) struct Repaired {
    pub(super) finding: Finding,
}

/// The ASCII character that a full-width one stands for.
fn ascii(character: char) -> Option<char> {
    match character {
        '、' => Some(','),
        '。' => Some('.'),
        '【' => Some('['),
        '】' => Some(']'),
        '\u{FF01}'..='\u{FF5E}' => {
            let code = u32::from(character) - 0xFEE0;
            char::from_u32(code).filter(|plain| !plain.is_ascii_alphabetic())
        }
        _ => None,
    }
}

/// The ASCII quotation mark for a typographic one.
fn quote(character: char) -> Option<char> {
    match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '＇' => Some('\''),
        _ => None,
    }
}

/// Blanks that are not ASCII.
fn is_blank(character: char) -> bool {
    matches!(character, '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Characters without width.
fn has_no_width(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// Overwrites a range with a text that is not longer, and blanks.
fn overwrite(text: &mut String, span: Span, with: &str) {
    let padding = " ".repeat((span.len() as usize).saturating_sub(with.len()));
    text.replace_range(span.range(), &format!("{with}{padding}"));
}

/// Reads the character at `place`, which Python does not read, as what was meant.
pub(super) fn repair(source: &str, text: &mut String, place: usize) -> Option<Repaired> {
    let character = text.get(place..)?.chars().next()?;
    let span = Span::new(place as u32, (place + character.len_utf8()) as u32);
    let finding = if let Some(plain) = quote(character) {
        quotation(text, span, plain)
    } else if let Some(plain) = ascii(character) {
        overwrite(text, span, plain.encode_utf8(&mut [0; 4]));
        Finding::new(Code::T401, span)
            .with("character", character)
            .word("what", punctuation_name(character))
            .with("ascii", plain)
            .edits(vec![Edit::replace(span, plain)])
    } else if is_blank(character) || has_no_width(character) {
        invisible(source, text, span, character)
    } else {
        return None;
    };
    Some(Repaired { finding })
}

/// Typographic quotation marks: the pair of them, where the second is on the same line.
fn quotation(text: &mut String, open: Span, plain: char) -> Finding {
    let rest = &text[open.end as usize..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let close = line.char_indices().find(|(_, letter)| quote(*letter) == Some(plain));
    let close = close.or_else(|| line.char_indices().find(|(_, letter)| *letter == plain));
    let content = close.map_or("", |(at, _)| &line[..at]);
    // A text that holds such a mark itself goes between marks of the other kind.
    let mark = match (plain, content.contains(plain)) {
        ('"', true) => '\'',
        ('\'', true) => '"',
        _ => plain,
    };
    let first = text[open.range()].chars().next().unwrap_or(mark);
    let close = close.map(|(at, letter)| {
        let start = open.end + at as u32;
        Span::new(start, start + letter.len_utf8() as u32)
    });
    let mut finding = Finding::new(Code::T402, open).with("character", first).with("ascii", mark);
    let mut edits = vec![Edit::replace(open, mark)];
    overwrite(text, open, mark.encode_utf8(&mut [0; 4]));
    if let Some(close) = close {
        overwrite(text, close, mark.encode_utf8(&mut [0; 4]));
        finding = finding.label("also", close);
        edits.push(Edit::replace(close, mark));
    }
    finding.edits(edits)
}

/// A run of characters that nobody sees.
fn invisible(source: &str, text: &mut String, first: Span, character: char) -> Finding {
    let run = text[first.start as usize..].chars().take_while(|next| *next == character).count();
    let span = Span::new(first.start, first.start + (run * character.len_utf8()) as u32);
    let width = if character == '\u{3000}' { 2 } else { usize::from(is_blank(character)) };
    overwrite(text, span, "");
    let line = LineIndex::new(&source[..span.start as usize]).line_count();
    Finding::new(Code::T403, span)
        .with("line", line.to_string())
        .with("count", run.to_string())
        .with("code", format!("U+{:04X}", u32::from(character)))
        .word("what", invisible_name(character))
        .edits(vec![Edit::replace(span, " ".repeat(run * width))])
}

/// The key of the name of a character, on the page of T403.
fn invisible_name(character: char) -> &'static str {
    match character {
        '\u{A0}' | '\u{202F}' => "no_break_space",
        '\u{3000}' => "ideographic_space",
        _ if has_no_width(character) => "zero_width",
        _ => "wide_space",
    }
}

/// The key of the name of a character, on the page of T401.
fn punctuation_name(character: char) -> &'static str {
    match character {
        '，' => "comma",
        '。' | '．' => "full_stop",
        '：' => "colon",
        '；' => "semicolon",
        '（' | '）' | '［' | '］' | '【' | '】' | '｛' | '｝' => "bracket",
        '、' => "enumeration_comma",
        '？' => "question_mark",
        '！' => "exclamation_mark",
        '＝' => "equals_sign",
        _ => "character",
    }
}

/// The indentation of a line of the file, with tabs of eight columns and of one. `read` is the same line as it is read:
/// where a prompt was taken out, it does not count.
pub(super) fn columns(line: &str, read: &str) -> (u32, u32) {
    let prompt = prompt_length(line).filter(|_| read.starts_with("   "));
    let line = &line[prompt.unwrap_or(0)..];
    let (mut column, mut alternate) = (0_u32, 0_u32);
    for letter in line.chars() {
        match letter {
            ' ' => (column, alternate) = (column + 1, alternate + 1),
            '\t' => (column, alternate) = ((column / 8 + 1) * 8, alternate + 1),
            '\x0C' => (column, alternate) = (0, 0),
            '\u{3000}' => (column, alternate) = (column + 2, alternate + 2),
            _ if is_blank(letter) => (column, alternate) = (column + 1, alternate + 1),
            _ if has_no_width(letter) => {}
            _ => break,
        }
    }
    (column, alternate)
}

/// The length of the prompt that a line starts with, its blank included.
fn prompt_length(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(">>>").or_else(|| line.strip_prefix("..."))?;
    if rest.starts_with(' ') {
        return Some(4);
    }
    (rest.is_empty() || rest.starts_with(['\n', '\r'])).then_some(3)
}

/// Whether a line begins like one that was typed at the prompt.
pub(super) fn is_prompt(line: &str) -> bool {
    line.starts_with(">>>") && prompt_length(line).is_some()
}

/// Takes the prompts of a pasted session out, from the line at `from` on, and what was printed in it.
pub(super) fn session(source: &str, text: &mut String, from: usize) -> Option<Finding> {
    let mut edits = Vec::new();
    let mut labels = Vec::new();
    let mut in_session = false;
    let mut at = from;
    let mut changes = Vec::new();
    while at < source.len() {
        let line = &source[at..];
        let length = line.find('\n').map_or(line.len(), |end| end + 1);
        let line = &line[..length];
        let start = at as u32;
        let prompt = prompt_length(line).filter(|_| in_session || line.starts_with(">>>"));
        if let Some(prompt) = prompt {
            let span = Span::new(start, start + prompt as u32);
            edits.push(Edit::delete(span));
            labels.push(span);
            changes.push(span);
            in_session = true;
        } else if line.trim().is_empty() {
            in_session = false;
        } else if in_session {
            edits.push(Edit::delete(Span::new(start, start + length as u32)));
            changes.push(Span::new(start, start + line.trim_end_matches(['\n', '\r']).len() as u32));
        }
        at += length;
    }
    for span in changes {
        overwrite(text, span, "");
    }
    let (first, others) = labels.split_first()?;
    let mut finding = Finding::new(Code::T409, Span::new(first.start, first.start + 3)).with("prompt", ">>>");
    for other in others.iter().take(3) {
        finding = finding.label("also", Span::new(other.start, other.start + 3));
    }
    Some(finding.edits(edits))
}

/// Takes the marks of a quotation out: `> ` before each line.
pub(super) fn quotation_marks(source: &str, text: &mut String) -> Option<Finding> {
    let mut edits = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let rest = line.strip_prefix('>').filter(|rest| !rest.starts_with('>'))?;
            let length = if rest.starts_with(' ') { 2 } else { 1 };
            edits.push(Edit::delete(Span::new(at, at + length)));
        }
        at += line.len() as u32;
    }
    let first = edits.first()?.span;
    for edit in &edits {
        overwrite(text, edit.span, "");
    }
    let finding = Finding::new(Code::T409, Span::new(first.start, first.start + 1)).with("prompt", ">");
    Some(finding.edits(edits))
}
