//! Strings and numbers as JSON spells them.
//!
//! Source: RFC 8259, sections 6 and 7, with the liberties that Python's `json` takes: lone surrogates are let through, and
//! control characters are when `strict` is off.

use super::surrogate::{from_private, to_private};

/// What is wrong with a string literal: a message and a byte offset.
pub type StringError = (&'static str, usize);

/// Appends the literal for a text; `ascii` spells everything else as escapes.
pub fn push_string(out: &mut String, text: &str, ascii: bool) {
    out.push('"');
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let short = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\x08' => "\\b",
            '\x0c' => "\\f",
            ' '..='~' => continue,
            '\0'..='\x1f' => "",
            _ if !ascii => continue,
            _ => "",
        };
        out.push_str(&text[plain..at]);
        plain = at + c.len_utf8();
        if !short.is_empty() {
            out.push_str(short);
            continue;
        }
        let code = from_private(c);
        if code < 0x1_0000 {
            push_unit(out, code);
        } else {
            push_unit(out, 0xd800 + ((code - 0x1_0000) >> 10));
            push_unit(out, 0xdc00 + (code & 0x3ff));
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

fn push_unit(out: &mut String, unit: u32) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        out.extend(char::from_digit(unit >> shift & 0xf, 16));
    }
}

/// Reads the rest of a string literal whose opening quote is before `start`: its text, and the offset behind it. Without
/// escapes the text is a part of the document.
///
/// # Errors
/// What is wrong with it.
pub fn scan_string(text: &str, start: usize, strict: bool) -> Result<(std::borrow::Cow<'_, str>, usize), StringError> {
    let bytes = text.as_bytes();
    let begin = start.saturating_sub(1);
    let unterminated = ("Unterminated string starting at", begin);
    let mut out = String::new();
    let mut at = start;
    loop {
        let from = at;
        while at < bytes.len() && bytes[at] != b'"' && bytes[at] != b'\\' {
            if bytes[at] <= 0x1f && strict {
                return Err(("Invalid control character at", at));
            }
            at += 1;
        }
        let part = &text[from..at];
        match bytes.get(at) {
            None => return Err(unterminated),
            Some(b'"') if from == start => return Ok((part.into(), at + 1)),
            Some(b'"') => {
                out.push_str(part);
                return Ok((out.into(), at + 1));
            }
            Some(_) => out.push_str(part),
        }
        let backslash = at;
        let Some(&escape) = bytes.get(at + 1) else { return Err(unterminated) };
        at += 2;
        let c = match escape {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let wrong = ("Invalid \\uXXXX escape", backslash + 1);
                if bytes.len() <= at + 4 {
                    return Err(wrong);
                }
                let Some(mut code) = unit(bytes, at) else { return Err(wrong) };
                at += 4;
                if (0xd800..0xdc00).contains(&code)
                    && bytes.len() > at + 6
                    && bytes[at] == b'\\'
                    && bytes[at + 1] == b'u'
                    && let Some(low) = unit(bytes, at + 2).filter(|low| (0xdc00..0xe000).contains(low))
                {
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    at += 6;
                }
                to_private(code).unwrap_or('\u{fffd}')
            }
            _ => return Err(("Invalid \\escape", backslash)),
        };
        out.push(c);
    }
}

fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
}

/// The number that starts at an offset: the offset behind it, and whether it has a fraction or an exponent.
pub fn scan_number(text: &str, start: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let first = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut at = match bytes.get(first)? {
        b'0' => first + 1,
        b'1'..=b'9' => digits(first),
        _ => return None,
    };
    let mut is_float = false;
    if bytes.get(at) == Some(&b'.') {
        let end = digits(at + 1);
        if end > at + 1 {
            (at, is_float) = (end, true);
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let end = digits(sign);
        if end > sign {
            (at, is_float) = (end, true);
        }
    }
    Some((at, is_float))
}
