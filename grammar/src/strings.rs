//! String literals: prefixes, and the values behind escapes.
//!
//! The lexer only finds where a string ends; this is where its text becomes a value. CPython decodes a copy of the text
//! in which every character beyond ASCII is spelt out as a ten byte `\UXXXXXXXX`, and its messages count positions in
//! that copy, so positions are counted that way here too.
//!
//! Source: Language Reference 2.4.1, "String and Bytes literals".

use std::borrow::Cow;

use crate::error::{SyntaxError, SyntaxErrorKind, SyntaxWarning};
use crate::names;
use crate::span::Span;
use crate::surrogate::to_private;

/// What the letters before a quote say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefix {
    /// `r`: backslashes are ordinary characters.
    pub raw: bool,
    /// `b`: a bytes literal.
    pub bytes: bool,
    /// `f`: an f-string.
    pub formatted: bool,
    /// `u`: nothing, but the tree remembers it.
    pub unicode: bool,
    /// Number of letters.
    pub len: usize,
}

impl Prefix {
    /// The prefix of the literal, or f-string start, that `text` starts with.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut prefix = Self::default();
        for letter in text.bytes() {
            match letter {
                b'r' | b'R' => prefix.raw = true,
                b'b' | b'B' => prefix.bytes = true,
                b'f' | b'F' => prefix.formatted = true,
                b'u' | b'U' => prefix.unicode = true,
                _ => break,
            }
            prefix.len += 1;
        }
        prefix
    }
}

/// The value of a string literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StringValue<'s> {
    /// A `str`; lone surrogates are spelt as [`surrogate`](crate::surrogate) says.
    Str(Cow<'s, str>),
    /// A `bytes`.
    Bytes(Cow<'s, [u8]>),
}

/// The value of the whole literal, prefix and quotes included, at `span`.
///
/// # Errors
///
/// A malformed escape, or a character beyond ASCII in a bytes literal; both mark the literal.
pub fn decode<'s>(
    source: &'s str,
    span: Span,
    warnings: &mut Vec<SyntaxWarning>,
) -> Result<StringValue<'s>, SyntaxError> {
    let text = span.text(source);
    let prefix = Prefix::of(text);
    let unprefixed = &text[prefix.len..];
    let triple = unprefixed.len() >= 6 && (unprefixed.starts_with("'''") || unprefixed.starts_with("\"\"\""));
    let quotes = if triple { 3 } else { 1 };
    let start = span.start + (prefix.len + quotes) as u32;
    let body = Span::new(start, span.end - quotes as u32);
    if !prefix.bytes {
        return decode_text(source, body, prefix.raw, span, warnings).map(StringValue::Str);
    }
    if !body.text(source).is_ascii() {
        return Err(SyntaxError::new(SyntaxErrorKind::BytesNotAscii, span));
    }
    let mut decoder = Decoder::new(source, body, span);
    let bytes = match decoder.unescaped(prefix.raw) {
        Some(Cow::Borrowed(text)) => Cow::Borrowed(text.as_bytes()),
        Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        None => Cow::Owned(decoder.bytes(warnings)?),
    };
    Ok(StringValue::Bytes(bytes))
}

/// The value of a piece of an f-string's text, whose span is `body`.
///
/// # Errors
///
/// A malformed escape; it marks `blame`. CPython decodes when it has read the whole f-string and marks its last token,
/// the closing quote.
pub fn decode_text<'s>(
    source: &'s str,
    body: Span,
    raw: bool,
    blame: Span,
    warnings: &mut Vec<SyntaxWarning>,
) -> Result<Cow<'s, str>, SyntaxError> {
    let mut decoder = Decoder::new(source, body, blame);
    match decoder.unescaped(raw) {
        Some(text) => Ok(text),
        None => decoder.text(warnings).map(Cow::Owned),
    }
}

/// A position in the text of a literal.
struct Decoder<'s> {
    source: &'s str,
    body: Span,
    blame: Span,
    at: usize,
    /// `at`, counted as CPython counts.
    position: usize,
    /// CPython warns about the first invalid escape of a literal only.
    warned: bool,
}

/// What an escape that both kinds of literals know stands for.
enum Common {
    Nothing,
    Byte(u8),
    Octal(u32),
    Other,
}

impl<'s> Decoder<'s> {
    fn new(source: &'s str, body: Span, blame: Span) -> Self {
        Self { source, body, blame, at: body.start as usize, position: 0, warned: false }
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..self.body.end as usize]
    }

    fn peek(&self) -> u8 {
        self.rest().bytes().next().unwrap_or(0)
    }

    /// Moves over ASCII characters.
    fn advance(&mut self, count: usize) {
        self.at += count;
        self.position += count;
    }

    /// The text itself, if nothing in it needs decoding but line ends.
    fn unescaped(&self, raw: bool) -> Option<Cow<'s, str>> {
        let text = self.rest();
        if !raw && text.contains('\\') {
            return None;
        }
        Some(match text.contains('\r') {
            true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
            false => text.into(),
        })
    }

    fn text(&mut self, warnings: &mut Vec<SyntaxWarning>) -> Result<String, SyntaxError> {
        let mut value = String::with_capacity(self.rest().len());
        while let Some(next) = self.rest().chars().next() {
            match next {
                '\\' => self.text_escape(&mut value, warnings)?,
                '\r' => {
                    self.line_end();
                    value.push('\n');
                }
                _ => {
                    self.at += next.len_utf8();
                    self.position += if next.is_ascii() { 1 } else { 10 };
                    value.push(next);
                }
            }
        }
        Ok(value)
    }

    fn bytes(&mut self, warnings: &mut Vec<SyntaxWarning>) -> Result<Vec<u8>, SyntaxError> {
        let mut value = Vec::with_capacity(self.rest().len());
        while self.at < self.body.end as usize {
            match self.peek() {
                b'\\' => self.bytes_escape(&mut value, warnings)?,
                b'\r' => {
                    self.line_end();
                    value.push(b'\n');
                }
                byte => {
                    self.advance(1);
                    value.push(byte);
                }
            }
        }
        Ok(value)
    }

    /// Moves over a line end, which counts as one character.
    fn line_end(&mut self) {
        self.at += if self.rest().starts_with("\r\n") { 2 } else { 1 };
        self.position += 1;
    }

    fn text_escape(&mut self, value: &mut String, warnings: &mut Vec<SyntaxWarning>) -> Result<(), SyntaxError> {
        let start = self.position;
        let letter = self.rest()[1..].chars().next();
        match self.common_escape(warnings) {
            Common::Nothing => {}
            Common::Byte(byte) => value.push(char::from(byte)),
            Common::Octal(code) => value.extend(to_private(code)),
            Common::Other => match letter {
                Some('x') => value.extend(to_private(self.hexadecimal(start, 2, "truncated \\xXX escape")?)),
                Some('u') => value.extend(to_private(self.hexadecimal(start, 4, "truncated \\uXXXX escape")?)),
                Some('U') => {
                    let code = self.hexadecimal(start, 8, "truncated \\UXXXXXXXX escape")?;
                    match to_private(code) {
                        Some(character) => value.push(character),
                        None => return Err(self.unicode_error(start, "illegal Unicode character")),
                    }
                }
                Some('N') => value.push(self.named(start)?),
                _ => {
                    // Not an escape: the backslash stays, and what follows is read as usual.
                    self.warn_invalid(letter, warnings);
                    value.push('\\');
                    self.at += 1;
                    self.position += if letter.is_none_or(|letter| !letter.is_ascii()) { 6 } else { 1 };
                }
            },
        }
        Ok(())
    }

    fn bytes_escape(&mut self, value: &mut Vec<u8>, warnings: &mut Vec<SyntaxWarning>) -> Result<(), SyntaxError> {
        let letter = self.rest()[1..].chars().next();
        match self.common_escape(warnings) {
            Common::Nothing => {}
            Common::Byte(byte) => value.push(byte),
            // Only the low eight bits count.
            Common::Octal(code) => value.push(code as u8),
            Common::Other if letter == Some('x') => {
                let digits =
                    self.rest().get(2..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
                match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    Some(byte) => value.push(byte),
                    None => {
                        let kind = SyntaxErrorKind::BytesEscape { position: self.position };
                        return Err(SyntaxError::new(kind, self.blame));
                    }
                }
                self.advance(4);
            }
            Common::Other => {
                self.warn_invalid(letter, warnings);
                value.push(b'\\');
                self.advance(1);
            }
        }
        Ok(())
    }

    /// Reads an escape that means the same in `str` and `bytes`; stays in front of any other.
    fn common_escape(&mut self, warnings: &mut Vec<SyntaxWarning>) -> Common {
        let byte = match self.rest().as_bytes().get(1) {
            Some(b'\n') => {
                self.advance(2);
                return Common::Nothing;
            }
            Some(b'\r') => {
                self.advance(1);
                self.line_end();
                return Common::Nothing;
            }
            Some(&quoted @ (b'\\' | b'\'' | b'"')) => quoted,
            Some(b'a') => 0x07,
            Some(b'b') => 0x08,
            Some(b'f') => 0x0C,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'v') => 0x0B,
            Some(b'0'..=b'7') => return self.octal(warnings),
            _ => return Common::Other,
        };
        self.advance(2);
        Common::Byte(byte)
    }

    fn octal(&mut self, warnings: &mut Vec<SyntaxWarning>) -> Common {
        let digits = self.rest()[1..].bytes().take(3).take_while(|digit| matches!(digit, b'0'..=b'7'));
        let (count, code) = digits.fold((0, 0), |(count, code), digit| (count + 1, code * 8 + u32::from(digit - b'0')));
        if code > 0o377 && !self.warned {
            self.warned = true;
            let escape = &self.rest()[..1 + count];
            let message = format!("invalid octal escape sequence '{escape}'");
            warnings.push(SyntaxWarning { message, span: self.here(1 + count) });
        }
        self.advance(1 + count);
        Common::Octal(code)
    }

    /// The code of `\x`, `\u` or `\U` with `count` digits.
    fn hexadecimal(&mut self, start: usize, count: usize, reason: &'static str) -> Result<u32, SyntaxError> {
        self.advance(2);
        let mut code = 0;
        for _ in 0..count {
            let Some(digit) = char::from(self.peek()).to_digit(16).filter(|_| !self.rest().is_empty()) else {
                return Err(self.unicode_error(start, reason));
            };
            code = code << 4 | digit;
            self.advance(1);
        }
        Ok(code)
    }

    /// The character that `\N{name}` names.
    fn named(&mut self, start: usize) -> Result<char, SyntaxError> {
        const MALFORMED: &str = "malformed \\N character escape";
        self.advance(2);
        if self.peek() != b'{' {
            return Err(self.unicode_error(start, MALFORMED));
        }
        self.advance(1);
        let rest = self.rest();
        let name = &rest[..rest.find('}').unwrap_or(rest.len())];
        self.at += name.len();
        self.position += name.chars().map(|letter| if letter.is_ascii() { 1 } else { 10 }).sum::<usize>();
        if self.rest().is_empty() || name.is_empty() {
            return Err(self.unicode_error(start, MALFORMED));
        }
        self.advance(1);
        names::character(name).ok_or_else(|| self.unicode_error(start, "unknown Unicode character name"))
    }

    /// An error from the escape that starts at `start` up to the current position.
    fn unicode_error(&self, start: usize, reason: &'static str) -> SyntaxError {
        let kind = SyntaxErrorKind::UnicodeEscape { start, end: self.position - 1, reason };
        SyntaxError::new(kind, self.blame)
    }

    /// The span that a warning about the next `len` bytes has: it starts with the literal, for that line is reported.
    fn here(&self, len: usize) -> Span {
        Span::new(self.body.start, (self.at + len) as u32)
    }

    fn warn_invalid(&mut self, letter: Option<char>, warnings: &mut Vec<SyntaxWarning>) {
        // At the end of an f-string's piece stands a brace, and the lexer has warned about it. Of a character beyond
        // ASCII CPython sees a spelt out escape.
        let Some(letter) = letter.filter(|letter| letter.is_ascii() && !self.warned) else { return };
        self.warned = true;
        let message = format!("invalid escape sequence '\\{letter}'");
        warnings.push(SyntaxWarning { message, span: self.here(2) });
    }
}
