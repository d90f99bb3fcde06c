//! String literals and f-strings. Literals are decoded here too, for a malformed escape is an error of the first pass.
//!
//! Source: Language Reference 2.4.3, "Formatted string literals"; PEP 701.

use super::cursor::{Cursor, Parsed, Raised, Rule, need};
use super::node::Kind;
use crate::error::SyntaxErrorKind;
use crate::strings::{self, Prefix, StringValue};
use crate::token::Token;

impl Cursor<'_> {
    /// Strings and f-strings side by side.
    pub(super) fn strings(&mut self) -> Parsed {
        self.remember(Rule::Strings, |cursor| {
            let first = cursor.mark;
            let mut kind = None;
            let (mut has_bytes, mut has_text) = (false, false);
            while let Some(part) = cursor.attempt(Self::string)? {
                has_bytes |= part == Part::Bytes;
                has_text |= part != Part::Bytes;
                let is_formatted = part == Part::Formatted || kind == Some(Kind::FString);
                kind = Some(if is_formatted { Kind::FString } else { Kind::Literal });
            }
            let Some(kind) = kind else { return Ok(None) };
            if has_bytes && has_text {
                return cursor.raise_last(SyntaxErrorKind::MixedLiterals);
            }
            Ok(Some(cursor.node(kind, first, &[])))
        })
    }

    fn string(&mut self) -> Parsed<Part> {
        let at = self.mark;
        match self.peek()? {
            Token::FStringStart => return self.f_string(),
            Token::String => self.mark += 1,
            _ => return Ok(None),
        }
        match strings::decode(self.source, self.lexemes[at].span, &mut Vec::new()) {
            Ok(StringValue::Str(_)) => Ok(Some(Part::Text)),
            Ok(StringValue::Bytes(_)) => Ok(Some(Part::Bytes)),
            Err(error) => match error.kind {
                SyntaxErrorKind::BytesNotAscii => self.raise_at(at, error.kind),
                _ => self.raise_last(error.kind),
            },
        }
    }

    fn f_string(&mut self) -> Parsed<Part> {
        let start = need!(self.token(Token::FStringStart));
        let is_raw = Prefix::of(self.text(start)).raw;
        let mut pieces = Vec::new();
        loop {
            if let Some(piece) = self.token(Token::FStringMiddle)? {
                pieces.push(piece);
            } else if self.attempt(|cursor| cursor.field(is_raw))?.is_none() {
                break;
            }
        }
        need!(self.token(Token::FStringEnd));
        self.check_pieces(&pieces, is_raw)?;
        Ok(Some(Part::Formatted))
    }

    /// Decodes literal text for the sake of its errors.
    fn check_pieces(&mut self, pieces: &[usize], is_raw: bool) -> Result<(), Raised> {
        for &piece in pieces {
            let span = self.lexemes[piece].span;
            if let Err(error) = strings::decode_text(self.source, span, is_raw, span, &mut Vec::new()) {
                return self.raise_last(error.kind);
            }
        }
        Ok(())
    }

    /// A replacement field.
    fn field(&mut self, is_raw: bool) -> Parsed<()> {
        let open = self.mark;
        let found = self.attempt(|cursor| {
            need!(cursor.field_value());
            cursor.eat(Token::Equal)?;
            let conversion = cursor.attempt(Self::conversion)?;
            cursor.attempt(|cursor| cursor.format_spec(is_raw))?;
            need!(cursor.token(Token::RightBrace));
            if let Some(at) = conversion.filter(|&at| !matches!(cursor.text(at), "s" | "r" | "a")) {
                let name = cursor.text(at).to_owned();
                return cursor.raise_at(at, SyntaxErrorKind::InvalidConversion { name });
            }
            Ok(Some(()))
        })?;
        if found.is_none() && self.explains {
            self.mark = open;
            self.invalid_field(is_raw)?;
        }
        Ok(found)
    }

    /// The brace and the expression of a field.
    fn field_value(&mut self) -> Parsed {
        let open = need!(self.token(Token::LeftBrace));
        self.fields.push(self.level(open));
        let value = self.attempt(Self::yield_or_star_expressions);
        self.fields.pop();
        value
    }

    /// `!r`; returns the name.
    fn conversion(&mut self) -> Parsed<usize> {
        let mark = need!(self.token(Token::Exclamation));
        let name = need!(self.token(Token::Name));
        if self.lexemes[mark].span.end != self.lexemes[name].span.start {
            return self.raise_range(mark, name, SyntaxErrorKind::DistantConversion);
        }
        Ok(Some(name))
    }

    fn format_spec(&mut self, is_raw: bool) -> Parsed<()> {
        need!(self.token(Token::Colon));
        self.format_spec_parts(is_raw)?;
        Ok(Some(()))
    }

    fn format_spec_parts(&mut self, is_raw: bool) -> Result<(), Raised> {
        let mut pieces = Vec::new();
        loop {
            if let Some(piece) = self.token(Token::FStringMiddle)? {
                pieces.push(piece);
            } else if self.attempt(|cursor| cursor.field(is_raw))?.is_none() {
                break;
            }
        }
        self.check_pieces(&pieces, is_raw)
    }

    fn invalid_field(&mut self, is_raw: bool) -> Parsed<()> {
        const ENDS: [Token; 4] = [Token::Equal, Token::Exclamation, Token::Colon, Token::RightBrace];
        let open = self.mark;
        need!(self.token(Token::LeftBrace));
        if let Some(at) = self.any(&ENDS)? {
            let before = self.lexemes[at].token.name();
            return self.raise_at(at, SyntaxErrorKind::FStringEmptyField { before });
        }
        self.mark = open;
        if self.attempt(Self::field_value)?.is_none() {
            self.mark = open + 1;
            return self.raise_next(SyntaxErrorKind::FStringInvalidField);
        }
        if !self.at_any(&ENDS)? {
            return self.raise_next(SyntaxErrorKind::FStringExpected { what: "'=', or '!', or ':', or '}'" });
        }
        if self.eat(Token::Equal)? && !self.at_any(&ENDS[1..])? {
            return self.raise_next(SyntaxErrorKind::FStringExpected { what: "'!', or ':', or '}'" });
        }
        if self.eat(Token::Exclamation)? {
            if self.at_any(&[Token::Colon, Token::RightBrace])? {
                return self.raise_next(SyntaxErrorKind::FStringMissingConversion);
            }
            if !self.eat(Token::Name)? {
                return self.raise_next(SyntaxErrorKind::FStringInvalidConversion);
            }
        }
        if !self.at_any(&[Token::Colon, Token::RightBrace])? {
            return self.raise_next(SyntaxErrorKind::FStringExpected { what: "':' or '}'" });
        }
        if self.eat(Token::Colon)? {
            self.format_spec_parts(is_raw)?;
            if !self.at(Token::RightBrace)? {
                return self.raise_next(SyntaxErrorKind::FStringExpected { what: "'}', or format specs" });
            }
        }
        Ok(None)
    }
}

/// Kinds of string literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Text,
    Bytes,
    Formatted,
}
