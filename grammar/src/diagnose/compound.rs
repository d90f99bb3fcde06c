//! Compound statements, blocks and files.
//!
//! Source: Language Reference 8, "Compound statements".

use super::cursor::{Cursor, Parsed, Raised, Rule, need};
use super::node::{Kind, Targets};
use crate::error::SyntaxErrorKind;
use crate::token::Token;

impl Cursor<'_> {
    /// A whole file.
    pub(super) fn file(&mut self) -> Parsed<()> {
        self.many(Self::statement)?;
        Ok(self.token(Token::EndOfFile)?.map(|_| ()))
    }

    /// What `eval` takes.
    pub(super) fn single_expression(&mut self) -> Parsed<()> {
        need!(self.expressions());
        while self.eat(Token::Newline)? {}
        Ok(self.token(Token::EndOfFile)?.map(|_| ()))
    }

    /// A statement at the prompt.
    pub(super) fn interactive(&mut self) -> Parsed<()> {
        if self.attempt(Self::compound_statement)?.is_some() {
            // At the prompt an empty line ends it; here the end of the source does.
            return Ok(self.at_any(&[Token::Newline, Token::EndOfFile])?.then_some(()));
        }
        if self.attempt(Self::simple_statements)?.is_some() {
            return Ok(Some(()));
        }
        Ok(self.any(&[Token::Newline, Token::EndOfFile])?.map(|_| ()))
    }

    fn statement(&mut self) -> Parsed {
        self.remember(Rule::Statement, |cursor| {
            let first = cursor.mark;
            match cursor.attempt(Self::compound_statement)? {
                Some(()) => Ok(Some(cursor.node(Kind::Other, first, &[]))),
                None => cursor.simple_statements(),
            }
        })
    }

    fn compound_statement(&mut self) -> Parsed<()> {
        match self.peek()? {
            Token::Def => self.function(),
            Token::At => {
                if self.attempt(Self::decorated_function)?.is_some() {
                    return Ok(Some(()));
                }
                need!(self.decorators());
                self.class()
            }
            Token::Async => {
                for statement in [Self::function, Self::with_statement, Self::for_statement] {
                    if self.attempt(statement)?.is_some() {
                        return Ok(Some(()));
                    }
                }
                Ok(None)
            }
            Token::If => self.if_statement(Token::If),
            Token::Class => self.class(),
            Token::With => self.with_statement(),
            Token::For => self.for_statement(),
            Token::Try => self.try_statement(),
            Token::While => self.while_statement(),
            _ => self.match_statement(),
        }
    }

    /// The body of a compound statement.
    pub(super) fn block(&mut self) -> Parsed {
        self.remember(Rule::Block, |cursor| {
            let first = cursor.mark;
            let indented = cursor.attempt(|cursor| {
                need!(cursor.token(Token::Newline));
                need!(cursor.token(Token::Indent));
                if cursor.many(Self::statement)?.is_empty() {
                    return Ok(None);
                }
                need!(cursor.token(Token::Dedent));
                Ok(Some(cursor.node(Kind::Other, first, &[])))
            })?;
            if indented.is_some() {
                return Ok(indented);
            }
            if let Some(found) = cursor.attempt(Self::simple_statements)? {
                return Ok(Some(found));
            }
            if cursor.explains && cursor.is_block_missing()? {
                return cursor.raise_last(SyntaxErrorKind::ExpectedBlock);
            }
            Ok(None)
        })
    }

    /// Whether the line ends here and the next is not indented.
    fn is_block_missing(&mut self) -> Result<bool, Raised> {
        self.ahead(|cursor| {
            need!(cursor.token(Token::Newline));
            Ok((!cursor.at(Token::Indent)?).then_some(()))
        })
    }

    /// Complains about a missing block after the head that was just read, which the token at `owner` starts.
    pub(super) fn check_block(&mut self, owner: usize, what: &'static str) -> Result<(), Raised> {
        if self.is_block_missing()? {
            let line = self.line(owner);
            return self.raise_last(SyntaxErrorKind::ExpectedBlockAfter { what, line });
        }
        Ok(())
    }

    /// A head that ends with its line instead of a colon.
    pub(super) fn check_colon(&mut self) -> Result<(), Raised> {
        if self.eat(Token::Newline)? {
            return self.raise_last(SyntaxErrorKind::ExpectedToken { token: ":" });
        }
        Ok(())
    }

    /// `async`, or nothing.
    fn optional_async(&mut self) -> Result<(), Raised> {
        self.eat(Token::Async).map(|_| ())
    }

    // --- functions and classes ---------------------------------------------------------------------------------------

    fn decorators(&mut self) -> Parsed<()> {
        let decorators = self.many(|cursor| {
            need!(cursor.token(Token::At));
            need!(cursor.named_expression());
            cursor.token(Token::Newline)
        })?;
        Ok((!decorators.is_empty()).then_some(()))
    }

    fn decorated_function(&mut self) -> Parsed<()> {
        need!(self.decorators());
        self.function()
    }

    fn function(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                cursor.optional_async()?;
                let owner = need!(cursor.token(Token::Def));
                need!(cursor.token(Token::Name));
                cursor.attempt(Self::type_parameters)?;
                need!(cursor.token(Token::LeftParen));
                cursor.attempt(|cursor| cursor.parameters(false))?;
                need!(cursor.token(Token::RightParen));
                cursor.attempt(Self::returned_type)?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "function definition")?;
                Ok(None::<()>)
            })?;
        }
        self.optional_async()?;
        need!(self.token(Token::Def));
        need!(self.token(Token::Name));
        self.attempt(Self::type_parameters)?;
        need!(self.forced(Token::LeftParen));
        self.attempt(|cursor| cursor.parameters(false))?;
        need!(self.token(Token::RightParen));
        self.attempt(Self::returned_type)?;
        need!(self.forced(Token::Colon));
        need!(self.block());
        Ok(Some(()))
    }

    fn returned_type(&mut self) -> Parsed {
        need!(self.token(Token::Arrow));
        self.expression()
    }

    fn class(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.class_head());
                cursor.check_colon()?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "class definition")?;
                Ok(None::<()>)
            })?;
        }
        need!(self.class_head());
        need!(self.token(Token::Colon));
        need!(self.block());
        Ok(Some(()))
    }

    fn class_head(&mut self) -> Parsed<usize> {
        let owner = need!(self.token(Token::Class));
        need!(self.token(Token::Name));
        self.attempt(Self::type_parameters)?;
        self.attempt(|cursor| {
            need!(cursor.token(Token::LeftParen));
            cursor.attempt(Self::arguments)?;
            cursor.token(Token::RightParen)
        })?;
        Ok(Some(owner))
    }

    // --- if, while, for ----------------------------------------------------------------------------------------------

    /// An `if` statement, or the `elif` part of one.
    fn if_statement(&mut self, keyword: Token) -> Parsed<()> {
        self.nested(|cursor| {
            cursor
                .explain_condition(keyword, if keyword == Token::If { "'if' statement" } else { "'elif' statement" })?;
            need!(cursor.token(keyword));
            need!(cursor.named_expression());
            need!(cursor.token(Token::Colon));
            need!(cursor.block());
            if cursor.attempt(|cursor| cursor.if_statement(Token::Elif))?.is_none() {
                cursor.attempt(Self::else_block)?;
            }
            Ok(Some(()))
        })
    }

    /// Explains what is wrong after the condition of an `if`, `elif` or `while`.
    fn explain_condition(&mut self, keyword: Token, what: &'static str) -> Result<(), Raised> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.token(keyword));
                need!(cursor.named_expression());
                cursor.check_colon()?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, what)?;
                Ok(None::<()>)
            })?;
        }
        Ok(())
    }

    fn else_block(&mut self) -> Parsed<()> {
        self.keyword_block(Token::Else, "'else' statement")
    }

    /// `else:` or `finally:` and its block.
    fn keyword_block(&mut self, keyword: Token, what: &'static str) -> Parsed<()> {
        let owner = need!(self.token(keyword));
        if self.explains && self.at(Token::Colon)? {
            self.mark += 1;
            self.check_block(owner, what)?;
            self.mark -= 1;
        }
        need!(self.forced(Token::Colon));
        need!(self.block());
        Ok(Some(()))
    }

    fn while_statement(&mut self) -> Parsed<()> {
        self.explain_condition(Token::While, "'while' statement")?;
        need!(self.token(Token::While));
        need!(self.named_expression());
        need!(self.token(Token::Colon));
        need!(self.block());
        self.attempt(Self::else_block)?;
        Ok(Some(()))
    }

    fn for_statement(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.for_head());
                need!(cursor.star_expressions());
                cursor.check_colon()?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'for' statement")?;
                Ok(None::<()>)
            })?;
        }
        if self.attempt(Self::for_head)?.is_none() {
            if self.explains {
                self.attempt(Self::invalid_for_target)?;
            }
            return Ok(None);
        }
        // After `in` there is no way back.
        need!(self.star_expressions());
        need!(self.token(Token::Colon));
        need!(self.block());
        self.attempt(Self::else_block)?;
        Ok(Some(()))
    }

    /// `for targets in`; returns the `for`.
    fn for_head(&mut self) -> Parsed<usize> {
        self.optional_async()?;
        let owner = need!(self.token(Token::For));
        need!(self.star_targets());
        need!(self.token(Token::In));
        Ok(Some(owner))
    }

    // --- with --------------------------------------------------------------------------------------------------------

    fn with_statement(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.loose_with_items());
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'with' statement")?;
                Ok(None::<()>)
            })?;
            self.attempt(|cursor| {
                let owner = need!(cursor.loose_parenthesized_with_items());
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'with' statement")?;
                Ok(None::<()>)
            })?;
        }
        let parenthesized = self.attempt(|cursor| {
            cursor.optional_async()?;
            need!(cursor.token(Token::With));
            need!(cursor.token(Token::LeftParen));
            need!(cursor.gather(Self::with_item));
            cursor.eat(Token::Comma)?;
            need!(cursor.token(Token::RightParen));
            need!(cursor.token(Token::Colon));
            Self::discard(cursor.block())
        })?;
        if parenthesized.is_some() {
            return Ok(parenthesized);
        }
        let plain = self.attempt(|cursor| {
            cursor.optional_async()?;
            need!(cursor.token(Token::With));
            need!(cursor.gather(Self::with_item));
            need!(cursor.token(Token::Colon));
            Self::discard(cursor.block())
        })?;
        if plain.is_none() && self.explains {
            self.attempt(|cursor| {
                need!(cursor.loose_with_items());
                cursor.check_colon()?;
                Ok(None::<()>)
            })?;
            self.attempt(|cursor| {
                need!(cursor.loose_parenthesized_with_items());
                cursor.check_colon()?;
                Ok(None::<()>)
            })?;
        }
        Ok(plain)
    }

    fn with_item(&mut self) -> Parsed<()> {
        let ends = [Token::Comma, Token::RightParen, Token::Colon];
        let named = self.attempt(|cursor| {
            need!(cursor.expression());
            need!(cursor.token(Token::As));
            need!(cursor.star_target());
            Ok(cursor.at_any(&ends)?.then_some(()))
        })?;
        if named.is_some() {
            return Ok(named);
        }
        if self.explains {
            self.attempt(|cursor| {
                need!(cursor.expression());
                need!(cursor.token(Token::As));
                let target = need!(cursor.expression());
                if cursor.at_any(&ends)? {
                    cursor.raise_invalid_target(target, Targets::Assigned)?;
                }
                Ok(None::<()>)
            })?;
        }
        Self::discard(self.expression())
    }

    /// `with a as b, c`, without a colon; returns the `with`.
    fn loose_with_items(&mut self) -> Parsed<usize> {
        self.optional_async()?;
        let owner = need!(self.token(Token::With));
        need!(self.gather(|cursor| {
            need!(cursor.expression());
            cursor.loose_as()
        }));
        Ok(Some(owner))
    }

    /// `with (a as b, c)`, without a colon; returns the `with`.
    fn loose_parenthesized_with_items(&mut self) -> Parsed<usize> {
        self.optional_async()?;
        let owner = need!(self.token(Token::With));
        need!(self.token(Token::LeftParen));
        need!(self.gather(|cursor| {
            need!(cursor.expressions());
            cursor.loose_as()
        }));
        self.eat(Token::Comma)?;
        need!(self.token(Token::RightParen));
        Ok(Some(owner))
    }

    fn loose_as(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::As));
            cursor.star_target()
        })?;
        Ok(Some(()))
    }

    // --- try ---------------------------------------------------------------------------------------------------------

    fn try_statement(&mut self) -> Parsed<()> {
        if self.explains {
            self.invalid_try()?;
        }
        need!(self.token(Token::Try));
        need!(self.forced(Token::Colon));
        need!(self.block());
        if self.attempt(Self::finally_block)?.is_some() {
            return Ok(Some(()));
        }
        for handler in [Self::except_block, Self::except_star_block] {
            if !self.many(handler)?.is_empty() {
                self.attempt(Self::else_block)?;
                self.attempt(Self::finally_block)?;
                return Ok(Some(()));
            }
        }
        Ok(None)
    }

    fn finally_block(&mut self) -> Parsed<()> {
        self.keyword_block(Token::Finally, "'finally' statement")
    }

    fn invalid_try(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            let owner = need!(cursor.token(Token::Try));
            need!(cursor.token(Token::Colon));
            cursor.check_block(owner, "'try' statement")?;
            Ok(None::<()>)
        })?;
        self.attempt(|cursor| {
            need!(cursor.token(Token::Try));
            need!(cursor.token(Token::Colon));
            need!(cursor.block());
            if cursor.at_any(&[Token::Except, Token::Finally])? {
                return Ok(None::<()>);
            }
            cursor.raise_last(SyntaxErrorKind::MissingExcept)
        })?;
        self.attempt(|cursor| {
            need!(cursor.try_and_blocks());
            if cursor.many(Self::except_block)?.is_empty() {
                return Ok(None);
            }
            let except = need!(cursor.token(Token::Except));
            let star = need!(cursor.token(Token::Star));
            need!(cursor.expression());
            cursor.except_as()?;
            need!(cursor.token(Token::Colon));
            cursor.raise_range::<Option<()>>(except, star, SyntaxErrorKind::MixedExcepts)
        })?;
        self.attempt(|cursor| {
            need!(cursor.try_and_blocks());
            if cursor.many(Self::except_star_block)?.is_empty() {
                return Ok(None);
            }
            let except = need!(cursor.token(Token::Except));
            cursor.attempt(|cursor| {
                need!(cursor.expression());
                cursor.except_as()
            })?;
            need!(cursor.token(Token::Colon));
            cursor.raise_at::<Option<()>>(except, SyntaxErrorKind::MixedExcepts)
        })
    }

    fn try_and_blocks(&mut self) -> Parsed<()> {
        need!(self.token(Token::Try));
        need!(self.token(Token::Colon));
        self.many(Self::block)?;
        Ok(Some(()))
    }

    /// `as name`, or nothing.
    fn except_as(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::As));
            cursor.token(Token::Name)
        })?;
        Ok(Some(()))
    }

    fn except_block(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.token(Token::Except));
                cursor.attempt(|cursor| {
                    need!(cursor.expression());
                    cursor.except_as()
                })?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'except' statement")?;
                Ok(None::<()>)
            })?;
        }
        let found = self.attempt(|cursor| {
            need!(cursor.token(Token::Except));
            cursor.attempt(|cursor| {
                need!(cursor.expression());
                cursor.except_as()
            })?;
            need!(cursor.token(Token::Colon));
            Self::discard(cursor.block())
        })?;
        if found.is_none() && self.explains {
            self.invalid_except()?;
        }
        Ok(found)
    }

    fn except_star_block(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.except_star_head());
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'except*' statement")?;
                Ok(None::<()>)
            })?;
        }
        let found = self.attempt(|cursor| {
            need!(cursor.except_star_head());
            need!(cursor.token(Token::Colon));
            Self::discard(cursor.block())
        })?;
        if found.is_none() && self.explains {
            self.invalid_except()?;
        }
        Ok(found)
    }

    fn except_star_head(&mut self) -> Parsed<usize> {
        let owner = need!(self.token(Token::Except));
        need!(self.token(Token::Star));
        need!(self.expression());
        need!(self.except_as());
        Ok(Some(owner))
    }

    fn invalid_except(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::Except));
            cursor.eat(Token::Star)?;
            let first = need!(cursor.expression());
            need!(cursor.token(Token::Comma));
            need!(cursor.expressions());
            need!(cursor.except_as());
            need!(cursor.token(Token::Colon));
            cursor.raise_from::<Option<()>>(first.first, SyntaxErrorKind::UnparenthesizedExcept)
        })?;
        self.attempt(|cursor| {
            need!(cursor.token(Token::Except));
            cursor.eat(Token::Star)?;
            need!(cursor.expression());
            need!(cursor.except_as());
            cursor.check_colon()?;
            Ok(None::<()>)
        })?;
        self.attempt(|cursor| {
            need!(cursor.token(Token::Except));
            cursor.check_colon()?;
            need!(cursor.token(Token::Star));
            need!(cursor.any(&[Token::Newline, Token::Colon]));
            cursor.raise_last::<Option<()>>(SyntaxErrorKind::EmptyExceptStar)
        })
    }

    // --- match -------------------------------------------------------------------------------------------------------

    fn match_statement(&mut self) -> Parsed<()> {
        let found = self.attempt(|cursor| {
            need!(cursor.match_head());
            need!(cursor.token(Token::Colon));
            need!(cursor.token(Token::Newline));
            need!(cursor.token(Token::Indent));
            if cursor.many(Self::case_block)?.is_empty() {
                return Ok(None);
            }
            Self::discard(cursor.token(Token::Dedent))
        })?;
        if found.is_none() && self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.match_head());
                cursor.check_colon()?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'match' statement")?;
                Ok(None::<()>)
            })?;
        }
        Ok(found)
    }

    fn match_head(&mut self) -> Parsed<usize> {
        let owner = need!(self.word("match"));
        let several = self.attempt(|cursor| {
            need!(cursor.star_named_expression());
            need!(cursor.token(Token::Comma));
            cursor.optional(Self::star_named_expressions)
        })?;
        if several.is_none() {
            need!(self.named_expression());
        }
        Ok(Some(owner))
    }

    fn case_block(&mut self) -> Parsed<()> {
        if self.explains {
            self.attempt(|cursor| {
                let owner = need!(cursor.case_head());
                cursor.check_colon()?;
                need!(cursor.token(Token::Colon));
                cursor.check_block(owner, "'case' statement")?;
                Ok(None::<()>)
            })?;
        }
        need!(self.case_head());
        need!(self.token(Token::Colon));
        Self::discard(self.block())
    }

    fn case_head(&mut self) -> Parsed<usize> {
        let owner = need!(self.word("case"));
        need!(self.patterns());
        self.attempt(|cursor| {
            need!(cursor.token(Token::If));
            cursor.named_expression()
        })?;
        Ok(Some(owner))
    }
}
