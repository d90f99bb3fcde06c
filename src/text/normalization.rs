//! Normal forms of Unicode text, and the combining class that orders marks in them.
//!
//! Source: Standard Library "unicodedata"; Unicode Standard Annex #15.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::unicode::is_assigned;

/// A normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Composed.
    Nfc,
    /// Decomposed.
    Nfd,
    /// Composed, without differences of appearance.
    Nfkc,
    /// Decomposed, without differences of appearance.
    Nfkd,
}

impl Form {
    /// The form of this name.
    pub fn named(name: &str) -> Option<Form> {
        Some(match name {
            "NFC" => Form::Nfc,
            "NFD" => Form::Nfd,
            "NFKC" => Form::Nfkc,
            "NFKD" => Form::Nfkd,
            _ => return None,
        })
    }
}

/// The text in a normal form. What is unassigned in Unicode 15.1 stays as it is, and nothing combines with it.
pub fn normalize(form: Form, text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut normal = String::with_capacity(text.len());
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_assigned(*c)) {
        normalize_known(form, &text[start..at], &mut normal);
        normal.push(c);
        start = at + c.len_utf8();
    }
    normalize_known(form, &text[start..], &mut normal);
    normal
}

fn normalize_known(form: Form, text: &str, normal: &mut String) {
    match form {
        Form::Nfc => normal.extend(text.nfc()),
        Form::Nfd => normal.extend(text.nfd()),
        Form::Nfkc => normal.extend(text.nfkc()),
        Form::Nfkd => normal.extend(text.nfkd()),
    }
}

/// The canonical combining class: 0 for what does not combine.
pub fn combining_class(c: char) -> u8 {
    if is_assigned(c) { canonical_combining_class(c) } else { 0 }
}
