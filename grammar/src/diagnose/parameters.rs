//! Parameters of functions and lambdas.
//!
//! The two differ in three things: annotations, the token that ends the list, and the name in one message.
//!
//! Source: Language Reference 8.7, "Function definitions"; PEP 570.

use super::cursor::{Cursor, Parsed, Raised, need};
use super::node::{Kind, Node};
use crate::error::SyntaxErrorKind;
use crate::token::Token;

/// Which list of parameters is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct List {
    is_lambda: bool,
}

impl List {
    /// The token after the list.
    const fn end(self) -> Token {
        if self.is_lambda { Token::Colon } else { Token::RightParen }
    }
}

/// Whether a parameter has a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Default {
    Never,
    Always,
    Maybe,
}

impl Cursor<'_> {
    /// The parameters of a lambda or of a function, without what encloses them.
    pub(super) fn parameters(&mut self, is_lambda: bool) -> Parsed<()> {
        let list = List { is_lambda };
        if self.explains {
            self.invalid_parameters(list)?;
        }
        let positional = self.attempt(|cursor| {
            // `a, b=1, /` or `a, b=1`: names without defaults come first.
            let start = cursor.mark;
            if cursor.slash(list)? != Some(Default::Always) {
                cursor.run(list, Default::Never)?;
            }
            cursor.run(list, Default::Always)?;
            Ok((cursor.mark > start).then_some(()))
        })?;
        let rest = self.attempt(|cursor| cursor.star_parameters(list))?;
        Ok((positional.is_some() || rest.is_some()).then_some(()))
    }

    /// Positional-only parameters with their slash.
    fn slash(&mut self, list: List) -> Parsed<Default> {
        if self.attempt(|cursor| cursor.slash_no_default(list))?.is_some() {
            return Ok(Some(Default::Never));
        }
        Ok(self.attempt(|cursor| cursor.slash_with_default(list))?.map(|()| Default::Always))
    }

    fn slash_no_default(&mut self, list: List) -> Parsed<()> {
        if self.run(list, Default::Never)? == 0 {
            return Ok(None);
        }
        need!(self.token(Token::Slash));
        self.comma_or_end(list)
    }

    fn slash_with_default(&mut self, list: List) -> Parsed<()> {
        self.run(list, Default::Never)?;
        if self.run(list, Default::Always)? == 0 {
            return Ok(None);
        }
        need!(self.token(Token::Slash));
        self.comma_or_end(list)
    }

    /// As many parameters as there are; returns their number.
    fn run(&mut self, list: List, default: Default) -> Result<usize, Raised> {
        let mut count = 0;
        while self.attempt(|cursor| cursor.parameter(list, default))?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    /// One parameter with its comma.
    fn parameter(&mut self, list: List, default: Default) -> Parsed {
        let parameter = need!(self.bare_parameter(list));
        match default {
            Default::Never => {}
            Default::Always => need!(self.default_value()),
            Default::Maybe => {
                self.attempt(Self::default_value)?;
            }
        }
        need!(self.comma_or_end(list));
        Ok(Some(parameter))
    }

    /// A name, annotated or not.
    fn bare_parameter(&mut self, list: List) -> Parsed {
        let name = need!(self.name());
        if !list.is_lambda {
            self.attempt(|cursor| {
                need!(cursor.token(Token::Colon));
                cursor.expression()
            })?;
        }
        Ok(Some(self.node(Kind::Name, name.first, &[])))
    }

    fn default_value(&mut self) -> Parsed<()> {
        let value = self.attempt(|cursor| {
            need!(cursor.token(Token::Equal));
            cursor.expression()
        })?;
        if value.is_none() && self.explains {
            let equal = need!(self.token(Token::Equal));
            if self.at_any(&[Token::RightParen, Token::Comma])? {
                self.raise_at::<()>(equal, SyntaxErrorKind::MissingDefault)?;
            }
        }
        Ok(value.map(|_| ()))
    }

    fn comma_or_end(&mut self, list: List) -> Parsed<()> {
        let found = self.eat(Token::Comma)? || self.at(list.end())?;
        Ok(found.then_some(()))
    }

    /// `*a, b, **c` and its like.
    fn star_parameters(&mut self, list: List) -> Parsed<()> {
        if self.explains {
            self.invalid_star_parameters(list)?;
        }
        let starred = self.attempt(|cursor| {
            need!(cursor.token(Token::Star));
            need!(cursor.parameter(list, Default::Never));
            Ok(Some(()))
        })?;
        let starred = match starred {
            Some(()) => Some(()),
            None if !list.is_lambda => self.attempt(Self::star_annotated)?,
            None => None,
        };
        if starred.is_some() {
            self.run(list, Default::Maybe)?;
            self.attempt(|cursor| cursor.double_starred(list))?;
            return Ok(Some(()));
        }
        let bare = self.attempt(|cursor| {
            need!(cursor.token(Token::Star));
            need!(cursor.token(Token::Comma));
            Ok((cursor.run(list, Default::Maybe)? > 0).then_some(()))
        })?;
        if bare.is_some() {
            self.attempt(|cursor| cursor.double_starred(list))?;
            return Ok(Some(()));
        }
        self.double_starred(list)
    }

    /// `*a: *T`
    fn star_annotated(&mut self) -> Parsed<()> {
        need!(self.token(Token::Star));
        need!(self.token(Token::Name));
        need!(self.token(Token::Colon));
        need!(self.star_expression());
        self.comma_or_end(List { is_lambda: false })
    }

    /// `**a`
    fn double_starred(&mut self, list: List) -> Parsed<()> {
        if self.explains {
            self.invalid_double_starred(list)?;
        }
        need!(self.token(Token::DoubleStar));
        need!(self.parameter(list, Default::Never));
        Ok(Some(()))
    }

    // --- errors ------------------------------------------------------------------------------------------------------

    fn invalid_parameters(&mut self, list: List) -> Parsed<()> {
        self.attempt(|cursor| {
            let slash = need!(cursor.token(Token::Slash));
            need!(cursor.token(Token::Comma));
            cursor.raise_at::<Option<()>>(slash, SyntaxErrorKind::LeadingSlash)
        })?;
        self.attempt(|cursor| {
            need!(cursor.slash(list));
            cursor.run(list, Default::Maybe)?;
            let slash = need!(cursor.token(Token::Slash));
            cursor.raise_at::<Option<()>>(slash, SyntaxErrorKind::SecondSlash)
        })?;
        self.attempt(|cursor| {
            cursor.attempt(|cursor| cursor.slash_no_default(list))?;
            cursor.run(list, Default::Never)?;
            if cursor.attempt(|cursor| cursor.slash_with_default(list))?.is_none()
                && cursor.run(list, Default::Always)? == 0
            {
                return Ok(None);
            }
            let parameter = need!(cursor.parameter(list, Default::Never));
            cursor.raise_node::<Option<()>>(parameter, SyntaxErrorKind::NonDefaultAfterDefault)
        })?;
        self.attempt(|cursor| cursor.invalid_parenthesized(list))?;
        self.attempt(|cursor| {
            cursor.slash(list)?;
            cursor.run(list, Default::Maybe)?;
            need!(cursor.token(Token::Star));
            if !cursor.eat(Token::Comma)? {
                need!(cursor.parameter(list, Default::Never));
            }
            cursor.run(list, Default::Maybe)?;
            let slash = need!(cursor.token(Token::Slash));
            cursor.raise_at::<Option<()>>(slash, SyntaxErrorKind::SlashAfterStar)
        })?;
        self.attempt(|cursor| {
            if cursor.run(list, Default::Maybe)? == 0 {
                return Ok(None);
            }
            need!(cursor.token(Token::Slash));
            let star = need!(cursor.token(Token::Star));
            cursor.raise_at::<Option<()>>(star, SyntaxErrorKind::MissingCommaAfterSlash)
        })
    }

    fn invalid_parenthesized(&mut self, list: List) -> Parsed<()> {
        self.run(list, Default::Never)?;
        let open = need!(self.token(Token::LeftParen));
        if list.is_lambda {
            need!(self.gather(Self::name));
        } else if self.run(list, Default::Never)? == 0 {
            return Ok(None);
        }
        self.eat(Token::Comma)?;
        let close = need!(self.token(Token::RightParen));
        let owner = if list.is_lambda { "Lambda expression" } else { "Function" };
        self.raise_range(open, close, SyntaxErrorKind::ParenthesizedParameters { owner })
    }

    fn invalid_star_parameters(&mut self, list: List) -> Parsed<()> {
        self.attempt(|cursor| {
            let star = need!(cursor.token(Token::Star));
            let is_bare = match cursor.eat(Token::Comma)? {
                true => cursor.at_any(&[list.end(), Token::DoubleStar])?,
                false => cursor.at(list.end())?,
            };
            if !is_bare {
                return Ok(None);
            }
            cursor.mark += 1;
            match list.is_lambda {
                // CPython takes the place of the last token here.
                true => cursor.raise_last::<Option<()>>(SyntaxErrorKind::NothingAfterStar),
                false => cursor.raise_at(star, SyntaxErrorKind::NothingAfterStar),
            }
        })?;
        self.attempt(|cursor| {
            need!(cursor.token(Token::Star));
            need!(cursor.bare_parameter(list));
            let equal = need!(cursor.token(Token::Equal));
            cursor.raise_at::<Option<()>>(equal, SyntaxErrorKind::DefaultOfStarred { what: "var-positional" })
        })?;
        self.attempt(|cursor| {
            need!(cursor.token(Token::Star));
            need!(cursor.parameter_or_comma(list));
            cursor.run(list, Default::Maybe)?;
            let star = need!(cursor.token(Token::Star));
            need!(cursor.parameter_or_comma(list));
            cursor.raise_at::<Option<()>>(star, SyntaxErrorKind::SecondStar)
        })
    }

    fn parameter_or_comma(&mut self, list: List) -> Parsed<()> {
        if self.attempt(|cursor| cursor.parameter(list, Default::Never))?.is_some() {
            return Ok(Some(()));
        }
        Ok(self.eat(Token::Comma)?.then_some(()))
    }

    fn invalid_double_starred(&mut self, list: List) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::DoubleStar));
            need!(cursor.bare_parameter(list));
            if let Some(equal) = cursor.token(Token::Equal)? {
                let kind = SyntaxErrorKind::DefaultOfStarred { what: "var-keyword" };
                return cursor.raise_at::<Option<()>>(equal, kind);
            }
            need!(cursor.token(Token::Comma));
            let next: Node = match cursor.attempt(|cursor| cursor.bare_parameter(list))? {
                Some(parameter) => parameter,
                None => {
                    let star = need!(cursor.any(&[Token::Star, Token::DoubleStar, Token::Slash]));
                    Node::new(Kind::Other, star, star)
                }
            };
            cursor.raise_node(next, SyntaxErrorKind::ParameterAfterKwargs)
        })
    }
}
