//! Patterns of `case` blocks.
//!
//! Source: Language Reference 8.6.4, "Patterns"; PEP 634.

use super::cursor::{Cursor, Parsed, Rule, need};
use super::node::{Kind, Node};
use crate::error::SyntaxErrorKind;
use crate::numbers::{self, Number};
use crate::token::Token;

/// What makes a name more than a capture.
const NAME_TRAILERS: [Token; 3] = [Token::Dot, Token::LeftParen, Token::Equal];

impl Cursor<'_> {
    /// The patterns of a case: one, or several as a sequence without brackets.
    pub(super) fn patterns(&mut self) -> Parsed<()> {
        match self.attempt(Self::open_sequence)? {
            Some(()) => Ok(Some(())),
            None => Self::discard(self.pattern()),
        }
    }

    /// Patterns with at least one comma.
    fn open_sequence(&mut self) -> Parsed<()> {
        need!(self.maybe_star_pattern());
        need!(self.token(Token::Comma));
        self.attempt(Self::maybe_sequence)?;
        Ok(Some(()))
    }

    fn maybe_sequence(&mut self) -> Parsed<()> {
        need!(self.gather(Self::maybe_star_pattern));
        self.eat(Token::Comma)?;
        Ok(Some(()))
    }

    fn maybe_star_pattern(&mut self) -> Parsed {
        let starred = self.attempt(|cursor| {
            let star = need!(cursor.token(Token::Star));
            if cursor.attempt(Self::capture)?.is_none() {
                need!(cursor.word("_"));
            }
            Ok(Some(cursor.node(Kind::Starred, star, &[])))
        })?;
        match starred {
            Some(found) => Ok(Some(found)),
            None => self.pattern(),
        }
    }

    fn pattern(&mut self) -> Parsed {
        let first = self.mark;
        let named = self.attempt(|cursor| {
            need!(cursor.or_pattern());
            need!(cursor.token(Token::As));
            need!(cursor.capture());
            Ok(Some(cursor.node(Kind::Other, first, &[])))
        })?;
        if named.is_some() {
            return Ok(named);
        }
        if self.explains {
            self.attempt(|cursor| {
                need!(cursor.or_pattern());
                need!(cursor.token(Token::As));
                if let Some(target) = cursor.word("_")? {
                    return cursor.raise_at(target, SyntaxErrorKind::WildcardTarget);
                }
                if cursor.at(Token::Name)? {
                    return Ok(None);
                }
                let target = need!(cursor.expression());
                cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::InvalidPatternTarget)
            })?;
        }
        self.or_pattern()
    }

    fn or_pattern(&mut self) -> Parsed {
        let first = self.mark;
        let mut last = need!(self.closed_pattern());
        let mut is_single = true;
        while let Some(next) = self.attempt(|cursor| {
            need!(cursor.token(Token::Bar));
            cursor.closed_pattern()
        })? {
            last = next;
            is_single = false;
        }
        Ok(Some(if is_single { last } else { self.node(Kind::Other, first, &[]) }))
    }

    fn closed_pattern(&mut self) -> Parsed {
        self.remember(Rule::ClosedPattern, |cursor| {
            let first = cursor.mark;
            for alternative in [
                Self::literal_pattern,
                Self::capture,
                Self::wildcard,
                Self::value_pattern,
                Self::group_pattern,
                Self::sequence_pattern,
                Self::mapping_pattern,
                Self::class_pattern,
            ] {
                if cursor.attempt(alternative)?.is_some() {
                    return Ok(Some(cursor.node(Kind::Other, first, &[])));
                }
            }
            Ok(None)
        })
    }

    fn literal_pattern(&mut self) -> Parsed<()> {
        let number = self.attempt(|cursor| {
            cursor.eat(Token::Minus)?;
            need!(cursor.token(Token::Number));
            Ok((!cursor.at_any(&[Token::Plus, Token::Minus])?).then_some(()))
        })?;
        if number.is_some() {
            return Ok(number);
        }
        let complex = self.attempt(|cursor| {
            cursor.eat(Token::Minus)?;
            let real = need!(cursor.token(Token::Number));
            if cursor.is_imaginary(real) {
                return cursor.raise_at(real, SyntaxErrorKind::RealNumberRequired);
            }
            need!(cursor.any(&[Token::Plus, Token::Minus]));
            let imaginary = need!(cursor.token(Token::Number));
            if !cursor.is_imaginary(imaginary) {
                return cursor.raise_at(imaginary, SyntaxErrorKind::ImaginaryNumberRequired);
            }
            Ok(Some(()))
        })?;
        if complex.is_some() {
            return Ok(complex);
        }
        match self.peek()? {
            Token::String | Token::FStringStart => Self::discard(self.strings()),
            Token::None | Token::True | Token::False => {
                self.mark += 1;
                Ok(Some(()))
            }
            _ => Ok(None),
        }
    }

    fn is_imaginary(&self, at: usize) -> bool {
        matches!(numbers::value(self.source, self.lexemes[at].span), Ok(Number::Imaginary(_)))
    }

    /// A name that is bound.
    fn capture(&mut self) -> Parsed<()> {
        if self.ahead(|cursor| cursor.word("_"))? {
            return Ok(None);
        }
        need!(self.token(Token::Name));
        Ok((!self.at_any(&NAME_TRAILERS)?).then_some(()))
    }

    fn wildcard(&mut self) -> Parsed<()> {
        Self::discard(self.word("_"))
    }

    fn value_pattern(&mut self) -> Parsed<()> {
        need!(self.dotted_pattern_name());
        Ok((!self.at_any(&NAME_TRAILERS)?).then_some(()))
    }

    /// A name with at least one attribute.
    fn dotted_pattern_name(&mut self) -> Parsed<()> {
        need!(self.token(Token::Name));
        need!(self.attribute_name());
        while self.attribute_name()?.is_some() {}
        Ok(Some(()))
    }

    fn group_pattern(&mut self) -> Parsed<()> {
        need!(self.token(Token::LeftParen));
        need!(self.pattern());
        Self::discard(self.token(Token::RightParen))
    }

    fn sequence_pattern(&mut self) -> Parsed<()> {
        if self.eat(Token::LeftBracket)? {
            self.attempt(Self::maybe_sequence)?;
            return Self::discard(self.token(Token::RightBracket));
        }
        need!(self.token(Token::LeftParen));
        self.attempt(Self::open_sequence)?;
        Self::discard(self.token(Token::RightParen))
    }

    fn mapping_pattern(&mut self) -> Parsed<()> {
        need!(self.token(Token::LeftBrace));
        if self.eat(Token::RightBrace)? {
            return Ok(Some(()));
        }
        let items = self.attempt(|cursor| cursor.gather(Self::mapping_item))?;
        if items.is_some() {
            self.attempt(|cursor| {
                need!(cursor.token(Token::Comma));
                cursor.mapping_rest()
            })?;
        } else {
            need!(self.mapping_rest());
        }
        self.eat(Token::Comma)?;
        Self::discard(self.token(Token::RightBrace))
    }

    fn mapping_item(&mut self) -> Parsed<()> {
        if self.attempt(Self::literal_pattern)?.is_none() {
            need!(self.dotted_pattern_name());
        }
        need!(self.token(Token::Colon));
        Self::discard(self.pattern())
    }

    fn mapping_rest(&mut self) -> Parsed<()> {
        need!(self.token(Token::DoubleStar));
        self.capture()
    }

    fn class_pattern(&mut self) -> Parsed<()> {
        let found = self.attempt(|cursor| {
            need!(cursor.class_pattern_head());
            let positional = cursor.attempt(|cursor| cursor.gather(Self::positional_pattern))?;
            cursor.attempt(|cursor| {
                if positional.is_some() {
                    need!(cursor.token(Token::Comma));
                }
                cursor.gather(Self::keyword_pattern)
            })?;
            cursor.eat(Token::Comma)?;
            Self::discard(cursor.token(Token::RightParen))
        })?;
        if found.is_none() && self.explains {
            self.attempt(|cursor| {
                need!(cursor.class_pattern_head());
                cursor.attempt(|cursor| {
                    need!(cursor.gather(Self::positional_pattern));
                    cursor.token(Token::Comma)
                })?;
                need!(cursor.gather(Self::keyword_pattern));
                need!(cursor.token(Token::Comma));
                let late = need!(cursor.gather(Self::positional_pattern));
                let (first, last) = (late[0].first, late[late.len() - 1].last);
                cursor.raise_range::<Option<()>>(first, last, SyntaxErrorKind::PositionalPatternAfterKeyword)
            })?;
        }
        Ok(found)
    }

    fn class_pattern_head(&mut self) -> Parsed<()> {
        need!(self.token(Token::Name));
        while self.attribute_name()?.is_some() {}
        Self::discard(self.token(Token::LeftParen))
    }

    fn positional_pattern(&mut self) -> Parsed<Node> {
        self.pattern()
    }

    fn keyword_pattern(&mut self) -> Parsed<()> {
        need!(self.token(Token::Name));
        need!(self.token(Token::Equal));
        Self::discard(self.pattern())
    }
}
