//! Templates of `str.format`: `"{} of {total:>{width}} for {user.name[0]!r}"`.
//!
//! [`Segments`] cuts a template into literal text and replacement fields; [`Path`] takes a field's name apart; [`Numbering`]
//! hands out numbers to unnamed fields. The caller looks values up, and formats nested specifications by another round.
//!
//! Source: Standard Library "Format String Syntax", PEP 3101.

use super::failure::failures;
use super::{surrogate, unicode};

failures! {
    /// Why a template is malformed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum TemplateError {
        /// `"}"`
        SingleClose => ValueError, "Single '}}' encountered in format string";
        /// `"{"`
        SingleOpen => ValueError, "Single '{{' encountered in format string";
        /// `"{a{"`
        OpenInName => ValueError, "unexpected '{{' in field name";
        /// `"{a"`
        Unclosed => ValueError, "expected '}}' before end of string";
        /// `"{a!"`
        NoConversion => ValueError, "end of string while looking for conversion specifier";
        /// `"{a!rs}"`
        AfterConversion => ValueError, "expected ':' after conversion specifier";
        /// `"{a:{b}"`
        UnclosedSpec => ValueError, "unmatched '{{' in format spec";
        /// `"{a!x}"`; `code` is shown already.
        UnknownConversion { code: String } => ValueError, "Unknown conversion specifier {code}";
        /// `"{a.}"`
        EmptyAttribute => ValueError, "Empty attribute in format string";
        /// `"{a[0}"`
        MissingBracket => ValueError, "Missing ']' in format string";
        /// `"{a[0]b}"`
        AfterBracket => ValueError, "Only '.' or '[' may follow ']' in format field specifier";
        /// `"{0} {}"`
        ManualToAutomatic => ValueError, "cannot switch from manual field specification to automatic field numbering";
        /// `"{} {0}"`
        AutomaticToManual => ValueError, "cannot switch from automatic field numbering to manual field specification";
        /// An index that does not fit.
        TooManyDigits => ValueError, "Too many decimal digits in format string";
        /// `"{:{:{}}}"`
        TooDeep => ValueError, "Max string recursion exceeded";
        /// `"{1}".format(0)`
        IndexOutOfRange { index: usize } => IndexError, "Replacement index {index} out of range for positional args tuple";
    }
}

/// How deep specifications may nest: a field's own specification may hold fields, and no deeper.
pub const MAX_DEPTH: usize = 2;

/// A piece of literal text and the replacement field after it, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Text to copy.
    pub literal: &'a str,
    /// What follows it.
    pub field: Option<Field<'a>>,
}

/// A replacement field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// What to format: `user.name[0]`.
    pub name: &'a str,
    /// The letter after `!`.
    pub conversion: Option<char>,
    /// What stands after the colon.
    pub spec: &'a str,
    /// Whether the specification holds fields itself.
    pub is_nested: bool,
}

/// A conversion of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

impl Conversion {
    /// Reads the letter after `!`.
    ///
    /// # Errors
    /// It is none of `s`, `r` and `a`.
    pub fn parse(letter: char) -> Result<Self, TemplateError> {
        match letter {
            's' => Ok(Self::Str),
            'r' => Ok(Self::Repr),
            'a' => Ok(Self::Ascii),
            '!'..='~' => Err(TemplateError::UnknownConversion { code: letter.to_string() }),
            _ => {
                let code = format!("\\x{:x}", surrogate::from_private(letter));
                Err(TemplateError::UnknownConversion { code })
            }
        }
    }
}

/// Cuts a template into segments, one at a time: the errors of its end come after the values of its start are used.
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    rest: &'a str,
}

impl<'a> Segments<'a> {
    /// Starts at the beginning of a template.
    pub const fn new(template: &'a str) -> Self {
        Self { rest: template }
    }

    /// Reads a field after its opening brace.
    fn field(&mut self) -> Result<Field<'a>, TemplateError> {
        let text = self.rest;
        let bytes = text.as_bytes();
        let mut at = 0;
        let stop = loop {
            let Some(&b) = bytes.get(at) else { return Err(TemplateError::Unclosed) };
            match b {
                b'{' => return Err(TemplateError::OpenInName),
                // Inside brackets every character belongs to the key.
                b'[' => at = memchr::memchr(b']', &bytes[at..]).map_or(bytes.len(), |found| at + found),
                b'}' | b':' | b'!' => break b,
                _ => at += 1,
            }
        };
        let mut field = Field { name: &text[..at], conversion: None, spec: "", is_nested: false };
        at += 1;
        if stop == b'}' {
            self.rest = &text[at..];
            return Ok(field);
        }
        if stop == b'!' {
            let letter = text[at..].chars().next().ok_or(TemplateError::NoConversion)?;
            field.conversion = Some(letter);
            at += letter.len_utf8();
            match bytes.get(at) {
                None => return Err(TemplateError::UnclosedSpec),
                Some(b'}') => {
                    self.rest = &text[at + 1..];
                    return Ok(field);
                }
                Some(b':') => at += 1,
                Some(_) => return Err(TemplateError::AfterConversion),
            }
        }
        let start = at;
        let mut depth = 1;
        while let Some(found) = memchr::memchr2(b'{', b'}', &bytes[at..]) {
            at += found + 1;
            if bytes[at - 1] == b'{' {
                field.is_nested = true;
                depth += 1;
                continue;
            }
            depth -= 1;
            if depth == 0 {
                field.spec = &text[start..at - 1];
                self.rest = &text[at..];
                return Ok(field);
            }
        }
        Err(TemplateError::UnclosedSpec)
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Result<Segment<'a>, TemplateError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let text = self.rest;
        let bytes = text.as_bytes();
        let Some(at) = memchr::memchr2(b'{', b'}', bytes) else {
            self.rest = "";
            return Some(Ok(Segment { literal: text, field: None }));
        };
        let (brace, next) = (bytes[at], bytes.get(at + 1).copied());
        if next == Some(brace) {
            // A doubled brace stands for itself.
            self.rest = &text[at + 2..];
            return Some(Ok(Segment { literal: &text[..=at], field: None }));
        }
        self.rest = &text[at + 1..];
        let field = match (brace, next) {
            (b'}', _) => Err(TemplateError::SingleClose),
            (_, None) => Err(TemplateError::SingleOpen),
            _ => self.field(),
        };
        Some(field.map(|field| Segment { literal: &text[..at], field: Some(field) }))
    }
}

/// What the first part of a field's name refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First<'a> {
    /// A positional argument.
    Index(usize),
    /// A keyword argument.
    Key(&'a str),
}

/// One step of a field's name after the first part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// `.name`
    Attribute(&'a str),
    /// `[3]`
    Index(usize),
    /// `[key]`
    Key(&'a str),
}

/// The steps of a field's name after the first part.
#[derive(Debug, Clone)]
pub struct Path<'a> {
    rest: &'a str,
}

impl<'a> Path<'a> {
    /// Splits a field's name into its first part and the steps after it.
    pub fn split(name: &'a str) -> (&'a str, Self) {
        let end = memchr::memchr2(b'.', b'[', name.as_bytes()).unwrap_or(name.len());
        (&name[..end], Self { rest: &name[end..] })
    }
}

impl<'a> Iterator for Path<'a> {
    type Item = Result<Step<'a>, TemplateError>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.rest.chars().next()?;
        let rest = &self.rest[first.len_utf8()..];
        Some(match first {
            '.' => {
                let end = memchr::memchr2(b'.', b'[', rest.as_bytes()).unwrap_or(rest.len());
                self.rest = &rest[end..];
                if end == 0 { Err(TemplateError::EmptyAttribute) } else { Ok(Step::Attribute(&rest[..end])) }
            }
            '[' => match memchr::memchr(b']', rest.as_bytes()) {
                None => Err(TemplateError::MissingBracket),
                Some(0) => Err(TemplateError::EmptyAttribute),
                Some(end) => {
                    self.rest = &rest[end + 1..];
                    index(&rest[..end]).map(|index| index.map_or(Step::Key(&rest[..end]), Step::Index))
                }
            },
            _ => Err(TemplateError::AfterBracket),
        })
    }
}

/// Reads an index; `None` when the text is no number.
fn index(text: &str) -> Result<Option<usize>, TemplateError> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut value = 0usize;
    for c in text.chars() {
        let Some(digit) = unicode::decimal_value(c) else { return Ok(None) };
        let next = value.checked_mul(10).and_then(|n| n.checked_add(digit as usize));
        value = next.filter(|&n| n <= isize::MAX as usize).ok_or(TemplateError::TooManyDigits)?;
    }
    Ok(Some(value))
}

/// Numbers the unnamed fields of one template, nested ones included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Numbering {
    /// No field has had a number yet.
    #[default]
    Undecided,
    /// Fields are unnamed; the next one has this number.
    Automatic(usize),
    /// Fields give their numbers.
    Manual,
}

impl Numbering {
    /// Decides what the first part of a field's name refers to.
    ///
    /// # Errors
    /// The template mixes both ways.
    pub fn resolve<'a>(&mut self, first: &'a str) -> Result<First<'a>, TemplateError> {
        let given = index(first)?;
        if given.is_none() && !first.is_empty() {
            return Ok(First::Key(first));
        }
        match (*self, given) {
            (Self::Undecided, None) => {
                *self = Self::Automatic(1);
                Ok(First::Index(0))
            }
            (Self::Automatic(next), None) => {
                *self = Self::Automatic(next + 1);
                Ok(First::Index(next))
            }
            (Self::Manual, None) => Err(TemplateError::ManualToAutomatic),
            (Self::Automatic(_), Some(_)) => Err(TemplateError::AutomaticToManual),
            (Self::Undecided | Self::Manual, Some(index)) => {
                *self = Self::Manual;
                Ok(First::Index(index))
            }
        }
    }
}
