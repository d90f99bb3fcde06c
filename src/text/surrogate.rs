//! Lone surrogates inside Rust strings.
//!
//! A Python `str` may hold code points U+D800 to U+DFFF; a Rust `str` may not. The scanner settles how they are stored, as
//! private code points, because string literals can spell them; this file adds the questions that the algorithms ask.
//! Whatever shows, encodes, classifies or compares characters maps the private code point back.

pub use coil_grammar::surrogate::{from_private, to_private};

/// Whether the stored character stands for a lone surrogate.
#[inline]
pub fn is_surrogate(stored: char) -> bool {
    from_private(stored) != stored as u32
}

/// Whether the text holds any lone surrogate. ASCII and most other text is decided by looking for one byte.
pub fn contains_surrogate(text: &str) -> bool {
    // The private code points lie in the plane whose characters start with the byte F3 in UTF-8.
    memchr::memchr(0xF3, text.as_bytes()).is_some() && text.chars().any(is_surrogate)
}
