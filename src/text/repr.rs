//! `repr()` and `ascii()` of text, `repr()` of bytes.
//!
//! Single quotes are preferred; double quotes are used when the text holds a single quote and no double one. What is not
//! printable is escaped with the shortest of `\x`, `\u` and `\U`.
//!
//! Source: Language Reference 2.4.1 (escape sequences), Standard Library "str.isprintable".

use std::fmt::Write;

use super::{surrogate, unicode};

/// `repr(text)`
///
/// ```
/// assert_eq!(coil::text::repr::string("it's\n"), "\"it's\\n\"");
/// ```
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_string(&mut out, text);
    out
}

/// Appends `repr(text)`.
pub fn push_string(out: &mut String, text: &str) {
    push_quoted(out, text, unicode::is_printable);
}

/// `ascii(text)`: everything outside ASCII is escaped.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text, |c| matches!(c, ' '..='~'));
    out
}

/// Escapes what is outside ASCII in a text that is a `repr` already: `ascii()` of any object.
pub fn escape_non_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() { out.push(c) } else { push_escape(&mut out, c) }
    }
    out
}

/// The quote to use around a text.
fn quote_for(text: &[u8]) -> char {
    if memchr::memchr(b'\'', text).is_some() && memchr::memchr(b'"', text).is_none() { '"' } else { '\'' }
}

fn push_quoted(out: &mut String, text: &str, shows: fn(char) -> bool) {
    let quote = quote_for(text.as_bytes());
    out.push(quote);
    // Nearly all text needs no escape at all.
    if text.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'\\' && b != b'\'') {
        out.push_str(text);
        out.push(quote);
        return;
    }
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c == quote => out.extend(['\\', c]),
            _ if shows(c) => out.push(c),
            _ => push_escape(out, c),
        }
    }
    out.push(quote);
}

/// Appends the shortest numeric escape of a stored character.
pub fn push_escape(out: &mut String, c: char) {
    // Writing to a string does not fail.
    let _ = match surrogate::from_private(c) {
        point @ ..=0xff => write!(out, "\\x{point:02x}"),
        point @ 0x100..=0xffff => write!(out, "\\u{point:04x}"),
        point @ 0x1_0000.. => write!(out, "\\U{point:08x}"),
    };
}

/// `repr(bytes)`, with the `b`.
///
/// ```
/// assert_eq!(coil::text::repr::bytes(b"a\x00"), r"b'a\x00'");
/// ```
pub fn bytes(text: &[u8]) -> String {
    let quote = quote_for(text);
    let mut out = String::with_capacity(text.len() + 3);
    out.extend(['b', quote]);
    for &b in text {
        match b {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ if char::from(b) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(b)),
            _ => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push(quote);
    out
}
