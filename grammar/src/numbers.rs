//! Numeric literals: what is wrong with a malformed one, and the value of a good one.
//!
//! The patterns in `token.rs` find the longest good literal. When a letter, a digit or an underscore follows it, or when
//! it starts with a zero, `check` reads the literal again, character by character, to find the complaint that CPython
//! makes at that place, or to let it pass: `1if x else y` is still legal, though it earns a warning.
//!
//! Source: Language Reference 2.4.5, "Numeric literals"; PEP 515.

use num_bigint::BigInt;

use crate::error::{Extent, SyntaxError, SyntaxErrorKind};
use crate::span::Span;

/// A decimal literal with more digits is refused, as `int()` refuses it.
const MAX_DECIMAL_DIGITS: usize = 4300;

/// The value of a numeric literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// An integer that fits.
    Int(i64),
    /// A larger integer.
    BigInt(BigInt),
    /// A float.
    Float(f64),
    /// An imaginary number.
    Imaginary(f64),
}

/// The value of the literal at `span`, which the lexer has found to be one.
///
/// # Errors
///
/// A decimal integer of more than 4300 digits.
pub fn value(source: &str, span: Span) -> Result<Number, SyntaxError> {
    let text = span.text(source);
    let clean: std::borrow::Cow<'_, str> = match text.contains('_') {
        true => text.replace('_', "").into(),
        false => text.into(),
    };
    let radix = match clean.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(integer(&clean[2..], radix));
    }
    if let Some(real) = clean.strip_suffix(['j', 'J']) {
        return Ok(Number::Imaginary(float(real)));
    }
    if clean.bytes().any(|byte| !byte.is_ascii_digit()) {
        return Ok(Number::Float(float(&clean)));
    }
    if clean.len() > MAX_DECIMAL_DIGITS {
        let kind = SyntaxErrorKind::IntegerTooLong { digits: clean.len() };
        return Err(SyntaxError::new(kind, span).with_extent(Extent::LineOnly));
    }
    Ok(integer(&clean, 10))
}

fn integer(digits: &str, radix: u32) -> Number {
    match i64::from_str_radix(digits, radix) {
        Ok(small) => Number::Int(small),
        // The only way to fail is to be too large: the lexer let nothing but digits through.
        Err(_) => Number::BigInt(BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default()),
    }
}

/// Rust's reader takes every form that Python has, and rounds correctly; what is too large becomes infinite.
fn float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::INFINITY)
}

/// Reads the literal that starts at `start`, which is a digit or a point.
///
/// Returns its end, and the name of its form if a keyword follows without a space.
///
/// # Errors
///
/// CPython's complaint, at the character where CPython makes it.
pub(crate) fn check(source: &str, start: u32) -> Result<(u32, Option<&'static str>), SyntaxError> {
    let mut scan = Scan { bytes: source.as_bytes(), start, at: start as usize };
    let form = scan.literal()?;
    let warning = match scan.keyword_follows() {
        true => Some(form),
        false if is_word(scan.peek()) => return Err(scan.invalid(form)),
        false => None,
    };
    Ok((scan.at as u32, warning))
}

/// A position in a literal.
struct Scan<'s> {
    bytes: &'s [u8],
    start: u32,
    at: usize,
}

impl Scan<'_> {
    /// The byte at the position; 0 at the end.
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// The complaint that the literal is no `form` literal, at the last byte read.
    fn invalid(&self, form: &'static str) -> SyntaxError {
        SyntaxError::new(SyntaxErrorKind::InvalidNumber { form }, Span::at(self.at as u32 - 1))
    }

    /// Moves over the literal, and says which form it has.
    fn literal(&mut self) -> Result<&'static str, SyntaxError> {
        if self.peek() == b'0' {
            self.at += 1;
            let (form, is_digit): (_, fn(u8) -> bool) = match self.peek() {
                b'x' | b'X' => ("hexadecimal", |byte| byte.is_ascii_hexdigit()),
                b'o' | b'O' => ("octal", |byte| matches!(byte, b'0'..=b'7')),
                b'b' | b'B' => ("binary", |byte| matches!(byte, b'0' | b'1')),
                _ => return self.leading_zero(),
            };
            self.at += 1;
            self.radix_digits(form, is_digit)?;
            return Ok(form);
        }
        if self.peek() != b'.' {
            self.decimal_tail()?;
        }
        self.fraction()
    }

    /// The digits of a hexadecimal, octal or binary literal.
    fn radix_digits(&mut self, form: &'static str, is_digit: fn(u8) -> bool) -> Result<(), SyntaxError> {
        loop {
            if self.peek() == b'_' {
                self.at += 1;
            }
            if !is_digit(self.peek()) {
                self.foreign_digit(form)?;
                return Err(self.invalid(form));
            }
            while is_digit(self.peek()) {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return self.foreign_digit(form);
            }
        }
    }

    /// Complains about a digit that the radix does not have.
    fn foreign_digit(&self, form: &'static str) -> Result<(), SyntaxError> {
        let digit = char::from(self.peek());
        match digit.is_ascii_digit() {
            true => {
                let kind = SyntaxErrorKind::InvalidDigit { digit, form };
                Err(SyntaxError::new(kind, Span::at(self.at as u32)))
            }
            false => Ok(()),
        }
    }

    /// A literal that starts with a zero: zero itself, a float or imaginary number, or an octal number of Python 2.
    fn leading_zero(&mut self) -> Result<&'static str, SyntaxError> {
        loop {
            if self.peek() == b'_' {
                self.at += 1;
                if !self.peek().is_ascii_digit() {
                    return Err(self.invalid("decimal"));
                }
            }
            if self.peek() != b'0' {
                break;
            }
            self.at += 1;
        }
        let zeros_end = self.at as u32;
        if !self.peek().is_ascii_digit() {
            return self.fraction();
        }
        self.decimal_tail()?;
        match self.peek() {
            b'.' | b'e' | b'E' | b'j' | b'J' => self.fraction(),
            _ => Err(SyntaxError::new(SyntaxErrorKind::LeadingZeros, Span::new(self.start, zeros_end))),
        }
    }

    /// Digits, with single underscores between them.
    fn decimal_tail(&mut self) -> Result<(), SyntaxError> {
        loop {
            while self.peek().is_ascii_digit() {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return Err(self.invalid("decimal"));
            }
        }
    }

    /// What may follow the integer part: a fraction, an exponent, a `j`.
    fn fraction(&mut self) -> Result<&'static str, SyntaxError> {
        if self.peek() == b'.' {
            self.at += 1;
            if self.peek().is_ascii_digit() {
                self.decimal_tail()?;
            }
        }
        if matches!(self.peek(), b'e' | b'E') {
            let exponent = self.at;
            self.at += 1;
            let signed = matches!(self.peek(), b'+' | b'-');
            self.at += usize::from(signed);
            if self.peek().is_ascii_digit() {
                self.decimal_tail()?;
            } else if signed {
                return Err(self.invalid("decimal"));
            } else {
                // No exponent: the `e` starts the next word, which may only be `else`.
                self.at = exponent;
                return Ok("decimal");
            }
        }
        if matches!(self.peek(), b'j' | b'J') {
            self.at += 1;
            return Ok("imaginary");
        }
        Ok("decimal")
    }

    /// Whether a keyword that can follow a number follows directly. CPython asks for a whole word except after `i`.
    fn keyword_follows(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let whole_word = |word: &[u8]| rest.starts_with(word) && !is_word(rest.get(word.len()).copied().unwrap_or(0));
        match rest {
            [b'i', b'f' | b'n' | b's', ..] => true,
            _ => [b"and".as_slice(), b"else", b"for", b"or", b"not"].into_iter().any(whole_word),
        }
    }
}

/// Whether a byte can be part of an identifier, as far as ASCII goes.
fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}
