//! Lone surrogates inside Rust strings.
//!
//! A Python `str` may hold code points U+D800 to U+DFFF; a Rust `str` may not. Coil stores U+D800+k as the private code point
//! U+FE000+k, which no text uses in practice, so that every Python string stays a valid `&str`. Whatever shows, encodes,
//! classifies or compares characters maps the private code point back through this file.

/// The first private code point that stands for a surrogate.
const FIRST: u32 = 0xF_E000;
/// How many surrogates there are.
const COUNT: u32 = 0x800;

/// Returns the Rust character that stores a Python code point, or `None` above U+10FFFF.
pub fn to_private(code_point: u32) -> Option<char> {
    match code_point {
        0xD800..=0xDFFF => char::from_u32(code_point - 0xD800 + FIRST),
        _ => char::from_u32(code_point),
    }
}

/// Returns the Python code point that a stored character stands for.
#[inline]
pub fn from_private(stored: char) -> u32 {
    let code = stored as u32;
    if code.wrapping_sub(FIRST) < COUNT { code - FIRST + 0xD800 } else { code }
}

/// Whether the stored character stands for a lone surrogate.
#[inline]
pub fn is_surrogate(stored: char) -> bool {
    (stored as u32).wrapping_sub(FIRST) < COUNT
}

/// Whether the text holds any lone surrogate. ASCII and most other text is decided by looking for one byte.
pub fn contains_surrogate(text: &str) -> bool {
    // Every character of the range starts with the bytes F3 BE in UTF-8.
    memchr::memchr(0xF3, text.as_bytes()).is_some() && text.chars().any(is_surrogate)
}
