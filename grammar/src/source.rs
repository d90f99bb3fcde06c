//! From the bytes of a file to text (PEP 263, PEP 3120).
//!
//! A file is UTF-8 unless a comment on its first or second line says otherwise: `# -*- coding: gbk -*-`. A byte order mark
//! says UTF-8, too, and is dropped. Which names of encodings are known is CPython's choice for the most common ones (with
//! `_` and `-` taken as equal), and that of the crate `encoding_rs`, the web's list, for the others.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::error::{Extent, SyntaxError, SyntaxErrorKind};
use crate::span::Span;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decodes the content of the file called `file`.
///
/// ```
/// use coil_grammar::source::decode;
/// assert_eq!(decode(b"# coding: gbk\n'\xc4\xe3'", "a.py").unwrap(), "# coding: gbk\n'你'");
/// assert!(decode(b"'\xc4\xe3'", "a.py").is_err());
/// ```
///
/// # Errors
///
/// The declared encoding is unknown, or the bytes are not text in it.
pub fn decode<'b>(bytes: &'b [u8], file: &str) -> Result<Cow<'b, str>, Box<SyntaxError>> {
    let (bytes, has_mark) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let Some(declared) = declared_encoding(bytes) else {
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            let start = error.valid_up_to();
            let line = 1 + bytes[..start].iter().filter(|&&byte| byte == b'\n').count();
            let byte = bytes.get(start).copied().unwrap_or_default();
            failure(SyntaxErrorKind::UndeclaredEncoding { byte, file: file.to_owned(), line })
        });
    };
    let name = normal_name(&declared);
    if has_mark && name != "utf-8" {
        return Err(failure(SyntaxErrorKind::EncodingProblem { name: format!("{name} with BOM") }));
    }
    decode_as(bytes, &name).ok_or_else(|| failure(SyntaxErrorKind::EncodingProblem { name: declared }))
}

/// The bytes of `text` in the encoding, and with the byte order mark, of the file whose bytes are `like`. `None` if the
/// text has characters that the encoding lacks.
///
/// ```
/// use coil_grammar::source::encode;
/// let old = b"# coding: gbk\n'\xc4\xe3'";
/// assert_eq!(encode("# coding: gbk\n\"你\"", old).unwrap(), b"# coding: gbk\n\"\xc4\xe3\"");
/// ```
#[must_use]
pub fn encode(text: &str, like: &[u8]) -> Option<Vec<u8>> {
    let (rest, mark) = match like.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, BYTE_ORDER_MARK),
        None => (like, &[][..]),
    };
    let name = declared_encoding(rest).map_or_else(|| "utf-8".to_owned(), |declared| normal_name(&declared));
    let encoded: Cow<'_, [u8]> = match name.as_str() {
        "utf-8" | "utf8" | "u8" => Cow::Borrowed(text.as_bytes()),
        "ascii" | "us-ascii" => text.is_ascii().then_some(Cow::Borrowed(text.as_bytes()))?,
        "iso-8859-1" | "latin1" | "l1" => {
            text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect::<Option<Vec<u8>>>()?.into()
        }
        _ => {
            let label = name.strip_prefix("cp125").map(|digit| format!("windows-125{digit}"));
            let encoding = Encoding::for_label(label.as_deref().unwrap_or(&name).as_bytes())?;
            let (encoded, _, has_failed) = encoding.encode(text);
            (!has_failed).then_some(encoded)?
        }
    };
    Some([mark, &encoded].concat())
}

fn failure(kind: SyntaxErrorKind) -> Box<SyntaxError> {
    Box::new(SyntaxError::new(kind, Span::default()).with_extent(Extent::Nowhere))
}

fn decode_as<'b>(bytes: &'b [u8], name: &str) -> Option<Cow<'b, str>> {
    match name {
        "utf-8" | "utf8" | "u8" => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        "ascii" | "us-ascii" => bytes.is_ascii().then(|| std::str::from_utf8(bytes).ok().map(Cow::Borrowed))?,
        // On the web this is a name of cp1252.
        "iso-8859-1" | "latin1" | "l1" => Some(bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into()),
        _ => {
            let label = name.strip_prefix("cp125").map(|digit| format!("windows-125{digit}"));
            let encoding = Encoding::for_label(label.as_deref().unwrap_or(name).as_bytes())?;
            encoding.decode_without_bom_handling_and_without_replacement(bytes)
        }
    }
}

/// The encoding that one of the first two lines declares. The second counts only if the first is blank or a comment.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&byte| byte == b'\n' || byte == b'\r').take(2) {
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0C)).count();
        match line[blanks..].split_first() {
            Some((b'#', comment)) => {
                if let Some(name) = declaration(comment) {
                    return Some(name);
                }
            }
            Some(_) => return None,
            None => {}
        }
    }
    None
}

/// The name after `coding:` or `coding=` in a comment.
fn declaration(comment: &[u8]) -> Option<String> {
    const MARKER: &[u8] = b"coding";
    (0..comment.len()).find_map(|at| {
        let after = comment[at..].strip_prefix(MARKER)?;
        let (b':' | b'=', after) = after.split_first()? else { return None };
        let blanks = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let name: String = after[blanks..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            .map(|&byte| char::from(byte))
            .collect();
        (!name.is_empty()).then_some(name)
    })
}

/// The spelling that names of encodings are compared in. CPython takes `utf-8` but not `utf8` for the encoding that a byte
/// order mark stands for.
fn normal_name(declared: &str) -> String {
    let name = declared.to_ascii_lowercase().replace('_', "-");
    let is = |known: &str| name == known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with('-'));
    if is("utf-8") {
        return "utf-8".to_owned();
    }
    if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) {
        return "iso-8859-1".to_owned();
    }
    name
}
