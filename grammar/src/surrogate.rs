//! Lone surrogates in Rust strings.
//!
//! A Python `str` is a sequence of code points and may hold surrogates (`'\ud800'`, and what the `surrogateescape` error
//! handler makes); a Rust `str` may not, for it is valid UTF-8. Coil stores the surrogate U+D800+k as the code point
//! U+FE000+k, in a plane that Unicode keeps for private use and that Python programs have no reason to touch. The price: a program that
//! does use U+FE000..=U+FE7FF sees surrogates in their place.

const FIRST_SURROGATE: u32 = 0xD800;
const LAST_SURROGATE: u32 = 0xDFFF;
const FIRST_PRIVATE: u32 = 0xFE000;
const LAST_PRIVATE: u32 = FIRST_PRIVATE + (LAST_SURROGATE - FIRST_SURROGATE);

/// The `char` that stands for a code point of a Python string; `None` when it is beyond U+10FFFF.
///
/// ```
/// use coil_grammar::surrogate::to_private;
/// assert_eq!(to_private(0xD800), Some('\u{FE000}'));
/// assert_eq!(to_private(0x41), Some('A'));
/// assert_eq!(to_private(0x110000), None);
/// ```
pub fn to_private(code_point: u32) -> Option<char> {
    match code_point {
        FIRST_SURROGATE..=LAST_SURROGATE => char::from_u32(code_point - FIRST_SURROGATE + FIRST_PRIVATE),
        _ => char::from_u32(code_point),
    }
}

/// The code point of a Python string that a `char` stands for.
///
/// ```
/// use coil_grammar::surrogate::from_private;
/// assert_eq!(from_private('\u{FE7FF}'), 0xDFFF);
/// assert_eq!(from_private('A'), 0x41);
/// ```
pub fn from_private(stored: char) -> u32 {
    match u32::from(stored) {
        private @ FIRST_PRIVATE..=LAST_PRIVATE => private - FIRST_PRIVATE + FIRST_SURROGATE,
        other => other,
    }
}
