//! Simple statements.
//!
//! Source: Language Reference 7, "Simple statements".

use super::cursor::{Cursor, Parsed, Rule, need};
use super::node::{Kind, Targets};
use crate::error::SyntaxErrorKind;
use crate::token::Token;

/// `+=` and its like.
const AUGMENTED: [Token; 13] = [
    Token::PlusEqual,
    Token::MinusEqual,
    Token::StarEqual,
    Token::AtEqual,
    Token::SlashEqual,
    Token::PercentEqual,
    Token::AmpersandEqual,
    Token::BarEqual,
    Token::CaretEqual,
    Token::LeftShiftEqual,
    Token::RightShiftEqual,
    Token::DoubleStarEqual,
    Token::DoubleSlashEqual,
];

impl Cursor<'_> {
    /// Simple statements with semicolons between, and the end of their line.
    pub(super) fn simple_statements(&mut self) -> Parsed {
        let first = need!(self.simple_statement());
        let mut is_open = self.eat(Token::Semicolon)?;
        while is_open {
            if self.attempt(Self::simple_statement)?.is_none() {
                break;
            }
            is_open = self.eat(Token::Semicolon)?;
        }
        need!(self.token(Token::Newline));
        Ok(Some(first))
    }

    fn simple_statement(&mut self) -> Parsed {
        self.remember(Rule::SimpleStatement, |cursor| {
            let first = cursor.mark;
            if let Some(found) = cursor.assignment()? {
                return Ok(Some(found));
            }
            if cursor.attempt(Self::type_alias)?.is_some() {
                return Ok(Some(cursor.node(Kind::Other, first, &[])));
            }
            if let Some(found) = cursor.attempt(Self::star_expressions)? {
                return Ok(Some(found));
            }
            let statement = match cursor.peek()? {
                Token::Return => cursor.attempt(|cursor| {
                    cursor.mark += 1;
                    cursor.optional(Self::star_expressions).map(|_| Some(()))
                }),
                Token::Import | Token::From => cursor.attempt(Self::import),
                Token::Raise => cursor.attempt(Self::raise_statement),
                Token::Pass | Token::Break | Token::Continue => {
                    cursor.mark += 1;
                    Ok(Some(()))
                }
                Token::Del => cursor.attempt(Self::del),
                Token::Yield => Ok(cursor.attempt(Self::yield_expression)?.map(|_| ())),
                Token::Assert => cursor.attempt(Self::assert),
                Token::Global | Token::Nonlocal => cursor.attempt(|cursor| {
                    cursor.mark += 1;
                    Ok(cursor.gather(Self::name)?.map(|_| ()))
                }),
                _ => Ok(None),
            }?;
            Ok(statement.map(|()| cursor.node(Kind::Other, first, &[])))
        })
    }

    /// An assignment of any kind. Its last form ends the search: once `a +=` is read, nothing else is tried.
    fn assignment(&mut self) -> Parsed {
        let first = self.mark;
        if let Some(found) = self.attempt(Self::annotated_assignment)? {
            return Ok(Some(found));
        }
        let chain = self.attempt(|cursor| {
            need!(cursor.target_chain());
            need!(cursor.yield_or_star_expressions());
            if cursor.at(Token::Equal)? {
                return Ok(None);
            }
            Ok(Some(cursor.node(Kind::Other, first, &[])))
        })?;
        if chain.is_some() {
            return Ok(chain);
        }
        let operator = self.attempt(|cursor| {
            need!(cursor.attempt(Self::single_target));
            cursor.any(&AUGMENTED)
        })?;
        if operator.is_some() {
            if self.yield_or_star_expressions()?.is_none() {
                self.mark = first;
                return Ok(None);
            }
            return Ok(Some(self.node(Kind::Other, first, &[])));
        }
        if self.explains {
            self.invalid_assignment()?;
        }
        Ok(None)
    }

    /// One or more `target =`.
    fn target_chain(&mut self) -> Parsed<()> {
        let targets = self.many(Self::target_and_equal)?;
        Ok((!targets.is_empty()).then_some(()))
    }

    fn target_and_equal(&mut self) -> Parsed {
        let target = need!(self.star_targets());
        need!(self.token(Token::Equal));
        Ok(Some(target))
    }

    fn annotated_assignment(&mut self) -> Parsed {
        let first = self.mark;
        let named = self.attempt(|cursor| {
            need!(cursor.token(Token::Name));
            cursor.annotation_and_value()
        })?;
        if named.is_none() {
            let grouped = self.attempt(|cursor| {
                need!(cursor.token(Token::LeftParen));
                need!(cursor.single_target());
                cursor.token(Token::RightParen)
            })?;
            if grouped.is_none() {
                need!(self.part());
            }
            need!(self.annotation_and_value());
        }
        Ok(Some(self.node(Kind::Other, first, &[])))
    }

    fn annotation_and_value(&mut self) -> Parsed<()> {
        need!(self.token(Token::Colon));
        need!(self.expression());
        self.attempt(|cursor| {
            need!(cursor.token(Token::Equal));
            cursor.yield_or_star_expressions()
        })?;
        Ok(Some(()))
    }

    fn invalid_assignment(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            let target = need!(cursor.display_target());
            need!(cursor.token(Token::Colon));
            need!(cursor.expression());
            cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::CannotAnnotate { what: target.kind.name() })
        })?;
        self.attempt(|cursor| {
            let target = need!(cursor.star_named_expression());
            need!(cursor.token(Token::Comma));
            while cursor.attempt(Self::star_named_expressions)?.is_some() {}
            need!(cursor.token(Token::Colon));
            need!(cursor.expression());
            cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::CannotAnnotate { what: "tuple" })
        })?;
        self.attempt(|cursor| {
            let target = need!(cursor.expression());
            need!(cursor.token(Token::Colon));
            need!(cursor.expression());
            cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::IllegalAnnotation)
        })?;
        let is_settled = self
            .attempt(|cursor| {
                cursor.many(Self::target_and_equal)?;
                let target = need!(cursor.star_expressions());
                need!(cursor.token(Token::Equal));
                cursor.raise_invalid_target(target, Targets::Assigned)?;
                Ok(Some(()))
            })?
            .is_some();
        if is_settled {
            return Ok(None);
        }
        self.attempt(|cursor| {
            cursor.many(Self::target_and_equal)?;
            let target = need!(cursor.yield_expression());
            need!(cursor.token(Token::Equal));
            cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::YieldAssigned)
        })?;
        self.attempt(|cursor| {
            let target = need!(cursor.star_expressions());
            need!(cursor.any(&AUGMENTED));
            need!(cursor.yield_or_star_expressions());
            cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::CannotAugment { what: target.kind.name() })
        })
    }

    /// A list or tuple, in any number of parentheses.
    fn display_target(&mut self) -> Parsed {
        if let Some(found) = self.attempt(Self::list)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.attempt(Self::tuple)? {
            return Ok(Some(found));
        }
        self.nested(|cursor| {
            need!(cursor.token(Token::LeftParen));
            let inner = need!(cursor.attempt(Self::display_target));
            need!(cursor.token(Token::RightParen));
            Ok(Some(inner))
        })
    }

    fn type_alias(&mut self) -> Parsed<()> {
        need!(self.word("type"));
        need!(self.token(Token::Name));
        self.attempt(Self::type_parameters)?;
        need!(self.token(Token::Equal));
        need!(self.expression());
        Ok(Some(()))
    }

    /// `[T, *Ts, **P]`
    pub(super) fn type_parameters(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                need!(cursor.token(Token::LeftBracket));
                let close = need!(cursor.token(Token::RightBracket));
                cursor.raise_from::<Option<()>>(close, SyntaxErrorKind::EmptyTypeParameters)
            })?;
        }
        need!(self.token(Token::LeftBracket));
        need!(self.gather(Self::type_parameter));
        self.eat(Token::Comma)?;
        need!(self.token(Token::RightBracket));
        Ok(Some(()))
    }

    fn type_parameter(&mut self) -> Parsed<()> {
        if self.eat(Token::Name)? {
            self.attempt(|cursor| {
                need!(cursor.token(Token::Colon));
                cursor.expression()
            })?;
            self.attempt(|cursor| {
                need!(cursor.token(Token::Equal));
                cursor.expression()
            })?;
            return Ok(Some(()));
        }
        let stars = need!(self.any(&[Token::Star, Token::DoubleStar]));
        need!(self.token(Token::Name));
        let is_single = self.lexemes[stars].token == Token::Star;
        if self.explains {
            self.attempt(|cursor| {
                let colon = need!(cursor.token(Token::Colon));
                let bound = need!(cursor.expression());
                let what = if bound.kind == Kind::Tuple { "constraints" } else { "bound" };
                let owner = if is_single { "TypeVarTuple" } else { "ParamSpec" };
                cursor.raise_from::<Option<()>>(colon, SyntaxErrorKind::BoundTypeParameter { what, owner })
            })?;
        }
        self.attempt(|cursor| {
            need!(cursor.token(Token::Equal));
            if is_single { cursor.star_expression() } else { cursor.expression() }
        })?;
        Ok(Some(()))
    }

    fn raise_statement(&mut self) -> Parsed<()> {
        need!(self.token(Token::Raise));
        self.attempt(|cursor| {
            need!(cursor.expression());
            cursor.attempt(|cursor| {
                need!(cursor.token(Token::From));
                cursor.expression()
            })?;
            Ok(Some(()))
        })?;
        Ok(Some(()))
    }

    fn assert(&mut self) -> Parsed<()> {
        need!(self.token(Token::Assert));
        need!(self.expression());
        self.attempt(|cursor| {
            need!(cursor.token(Token::Comma));
            cursor.expression()
        })?;
        Ok(Some(()))
    }

    fn del(&mut self) -> Parsed<()> {
        let found = self.attempt(|cursor| {
            need!(cursor.token(Token::Del));
            need!(cursor.del_targets());
            Ok(cursor.at_any(&[Token::Semicolon, Token::Newline])?.then_some(()))
        })?;
        if found.is_none() && self.explains {
            need!(self.token(Token::Del));
            let target = need!(self.star_expressions());
            self.raise_invalid_target(target, Targets::Deleted)?;
        }
        Ok(found)
    }

    // --- import ------------------------------------------------------------------------------------------------------

    fn import(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(Self::invalid_import)?;
        }
        let plain = self.attempt(|cursor| {
            need!(cursor.token(Token::Import));
            need!(cursor.gather(|cursor| {
                need!(cursor.dotted_name());
                cursor.as_name()
            }));
            Ok(Some(()))
        })?;
        if plain.is_some() {
            return Ok(plain);
        }
        need!(self.token(Token::From));
        let mut is_relative = false;
        while self.any(&[Token::Dot, Token::Ellipsis])?.is_some() {
            is_relative = true;
        }
        if self.attempt(Self::dotted_name)?.is_none() && !is_relative {
            return Ok(None);
        }
        need!(self.token(Token::Import));
        self.imported_names()
    }

    fn imported_names(&mut self) -> Parsed<()> {
        let found = self.attempt(|cursor| {
            need!(cursor.token(Token::LeftParen));
            need!(cursor.gather(Self::imported_name));
            cursor.eat(Token::Comma)?;
            need!(cursor.token(Token::RightParen));
            Ok(Some(()))
        })?;
        if found.is_some() {
            return Ok(found);
        }
        let found = self.attempt(|cursor| {
            need!(cursor.gather(Self::imported_name));
            Ok((!cursor.at(Token::Comma)?).then_some(()))
        })?;
        if found.is_some() || self.eat(Token::Star)? {
            return Ok(Some(()));
        }
        if self.explains {
            self.attempt(|cursor| {
                need!(cursor.gather(Self::imported_name));
                need!(cursor.token(Token::Comma));
                need!(cursor.token(Token::Newline));
                cursor.raise_last::<Option<()>>(SyntaxErrorKind::TrailingCommaInImport)
            })?;
            if let Some(end) = self.token(Token::Newline)? {
                return self.raise_from(end, SyntaxErrorKind::NothingImported);
            }
        }
        Ok(None)
    }

    fn imported_name(&mut self) -> Parsed<()> {
        need!(self.token(Token::Name));
        self.as_name()
    }

    /// `as name`, or nothing.
    fn as_name(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::As));
            cursor.token(Token::Name)
        })?;
        Ok(Some(()))
    }

    fn dotted_name(&mut self) -> Parsed<()> {
        need!(self.token(Token::Name));
        while self.attribute_name()?.is_some() {}
        Ok(Some(()))
    }

    fn invalid_import(&mut self) -> Parsed<()> {
        let first = need!(self.token(Token::Import));
        self.attempt(|cursor| {
            need!(cursor.gather(Self::dotted_name));
            need!(cursor.token(Token::From));
            need!(cursor.dotted_name());
            cursor.raise_from::<Option<()>>(first, SyntaxErrorKind::ImportFromSwapped)
        })?;
        let end: usize = need!(self.token(Token::Newline));
        self.raise_from::<Option<()>>(end, SyntaxErrorKind::NothingImported)
    }

    /// Whether something was found, no matter what.
    pub(super) fn discard<T>(found: Parsed<T>) -> Parsed<()> {
        Ok(found?.map(|_| ()))
    }
}
