//! Character names for `\N{NAME}`.
//!
//! The table is large (about 700 kB of the binary), so it stands behind the feature `names`; without it no name is known.

/// The character called `name`, in any case; aliases count, named sequences do not.
#[cfg(feature = "names")]
#[must_use]
pub fn character(name: &str) -> Option<char> {
    let found = unicode_names2::character(name)?;
    // The table also forgives missing spaces and hyphens, which Python does not. An alias has no spelling to compare
    // with, so it only may not be a misspelling of the name itself.
    let letters = |text: &str| -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase()).collect()
    };
    match unicode_names2::name(found).map(|proper| proper.to_string()) {
        Some(proper) if letters(&proper) == letters(name) => proper.eq_ignore_ascii_case(name).then_some(found),
        _ => Some(found),
    }
}

/// The character called `name`: none, for the table is left out.
#[cfg(not(feature = "names"))]
#[must_use]
pub fn character(_name: &str) -> Option<char> {
    None
}

/// The name of a character, for the error handler `namereplace`.
#[cfg(feature = "names")]
#[must_use]
pub fn name_of(character: char) -> Option<String> {
    unicode_names2::name(character).map(|name| name.to_string())
}

/// The name of a character: none, for the table is left out.
#[cfg(not(feature = "names"))]
#[must_use]
pub fn name_of(_character: char) -> Option<String> {
    None
}
