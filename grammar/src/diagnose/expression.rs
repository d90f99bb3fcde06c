//! Expressions, from the comma down to the primary.
//!
//! Source: Language Reference 6, "Expressions".

use super::cursor::{Cursor, Parsed, Raised, Rule, need};
use super::node::{Kind, Node};
use crate::error::SyntaxErrorKind;
use crate::token::Token;

/// Names that start a statement in some place, and after which a missing comma is not suspected.
const SOFT_KEYWORDS: [&str; 4] = ["_", "case", "match", "type"];

impl Cursor<'_> {
    /// `a`, `a, b` or `*a, b`: a tuple if there is a comma.
    pub(super) fn star_expressions(&mut self) -> Parsed {
        self.tuple_of(Self::star_expression)
    }

    /// The same without stars.
    pub(super) fn expressions(&mut self) -> Parsed {
        self.tuple_of(Self::expression)
    }

    fn tuple_of(&mut self, item: fn(&mut Self) -> Parsed) -> Parsed {
        let first = self.mark;
        let items = need!(self.gather(item));
        let comma = self.eat(Token::Comma)?;
        if items.len() == 1 && !comma {
            return Ok(Some(items[0]));
        }
        Ok(Some(self.node(Kind::Tuple, first, &items)))
    }

    /// `yield a` or `yield from a`.
    pub(super) fn yield_expression(&mut self) -> Parsed {
        let first = need!(self.token(Token::Yield));
        let from = self.attempt(|cursor| {
            need!(cursor.token(Token::From));
            cursor.expression()
        })?;
        if from.is_none() {
            self.attempt(Self::star_expressions)?;
        }
        Ok(Some(self.node(Kind::Yield, first, &[])))
    }

    /// What may stand on the right of `=`.
    pub(super) fn yield_or_star_expressions(&mut self) -> Parsed {
        match self.attempt(Self::yield_expression)? {
            Some(found) => Ok(Some(found)),
            None => self.star_expressions(),
        }
    }

    /// `*a` or `a`.
    pub(super) fn star_expression(&mut self) -> Parsed {
        self.remember(Rule::StarExpression, |cursor| match cursor.attempt(Self::starred_operand)? {
            Some(found) => Ok(Some(found)),
            None => cursor.expression(),
        })
    }

    /// `*a`, where `a` binds as tightly as an operand of `|`.
    fn starred_operand(&mut self) -> Parsed {
        let first = need!(self.token(Token::Star));
        let value = need!(self.bitwise_or());
        Ok(Some(self.node(Kind::Starred, first, &[value])))
    }

    /// `*a` or `a` or `a := b`, with commas between.
    pub(super) fn star_named_expressions(&mut self) -> Parsed<Vec<Node>> {
        let items = need!(self.gather(Self::star_named_expression));
        self.eat(Token::Comma)?;
        Ok(Some(items))
    }

    /// `*a` or `a` or `a := b`.
    pub(super) fn star_named_expression(&mut self) -> Parsed {
        self.remember(Rule::StarNamedExpression, |cursor| match cursor.attempt(Self::starred_operand)? {
            Some(found) => Ok(Some(found)),
            None => cursor.named_expression(),
        })
    }

    /// `a := b`.
    pub(super) fn assignment_expression(&mut self) -> Parsed {
        let first = need!(self.token(Token::Name));
        need!(self.token(Token::Walrus));
        need!(self.expression());
        Ok(Some(self.node(Kind::Walrus, first, &[])))
    }

    /// `a` or `a := b`.
    pub(super) fn named_expression(&mut self) -> Parsed {
        self.remember(Rule::NamedExpression, |cursor| {
            if let Some(found) = cursor.attempt(Self::assignment_expression)? {
                return Ok(Some(found));
            }
            if cursor.explains {
                cursor.invalid_named_expression()?;
            }
            cursor.expression_without_walrus()
        })
    }

    /// `a := b`, or an expression that no `:=` follows.
    pub(super) fn assignment_expression_or_expression(&mut self) -> Parsed {
        match self.attempt(Self::assignment_expression)? {
            Some(found) => Ok(Some(found)),
            None => self.attempt(Self::expression_without_walrus),
        }
    }

    fn expression_without_walrus(&mut self) -> Parsed {
        let found = need!(self.expression());
        Ok((!self.at(Token::Walrus)?).then_some(found))
    }

    fn invalid_named_expression(&mut self) -> Parsed {
        self.remember(Rule::InvalidNamedExpression, |cursor| {
            cursor.attempt(|cursor| {
                let target = need!(cursor.expression());
                need!(cursor.token(Token::Walrus));
                need!(cursor.expression());
                cursor.raise_node::<Option<()>>(target, SyntaxErrorKind::CannotUseWalrus { what: target.kind.name() })
            })?;
            cursor.attempt(|cursor| {
                let target = need!(cursor.name());
                need!(cursor.token(Token::Equal));
                let value = need!(cursor.bitwise_or());
                if cursor.at_any(&[Token::Equal, Token::Walrus])? {
                    return Ok(None);
                }
                cursor.raise_range::<Option<()>>(target.first, value.last, SyntaxErrorKind::MaybeComparison)
            })?;
            cursor.attempt(|cursor| {
                let is_display = cursor.ahead(|cursor| cursor.display_or_singleton())?;
                if is_display {
                    return Ok(None);
                }
                let target = need!(cursor.bitwise_or());
                need!(cursor.token(Token::Equal));
                need!(cursor.bitwise_or());
                if cursor.at_any(&[Token::Equal, Token::Walrus])? {
                    return Ok(None);
                }
                cursor.raise_node(target, SyntaxErrorKind::CannotAssignMaybeEqual { what: target.kind.name() })
            })
        })
    }

    /// A list, a tuple, a generator expression, or `True`, `None` or `False`: what has a better message elsewhere.
    fn display_or_singleton(&mut self) -> Parsed {
        let first = self.mark;
        match self.peek()? {
            Token::LeftBracket => self.list(),
            Token::LeftParen => match self.attempt(Self::tuple)? {
                Some(found) => Ok(Some(found)),
                None => self.generator(),
            },
            Token::True | Token::None | Token::False => {
                self.mark += 1;
                Ok(Some(self.node(Kind::Other, first, &[])))
            }
            _ => Ok(None),
        }
    }

    /// A conditional expression, a disjunction or a lambda.
    pub(super) fn expression(&mut self) -> Parsed {
        self.remember(Rule::Expression, |cursor| {
            if cursor.explains {
                cursor.attempt(Self::invalid_expression)?;
                cursor.attempt(Self::invalid_legacy_call)?;
            }
            cursor.plain_expression()
        })
    }

    fn plain_expression(&mut self) -> Parsed {
        let first = self.mark;
        let Some(body) = self.attempt(Self::disjunction)? else {
            return self.lambda();
        };
        let conditional = self.attempt(|cursor| {
            need!(cursor.token(Token::If));
            need!(cursor.disjunction());
            need!(cursor.token(Token::Else));
            need!(cursor.expression());
            Ok(Some(cursor.node(Kind::Conditional, first, &[])))
        })?;
        Ok(Some(conditional.unwrap_or(body)))
    }

    fn lambda(&mut self) -> Parsed {
        let first = need!(self.token(Token::Lambda));
        self.attempt(|cursor| cursor.parameters(true))?;
        need!(self.token(Token::Colon));
        need!(self.expression());
        Ok(Some(self.node(Kind::Lambda, first, &[])))
    }

    /// Two expressions side by side, a conditional without `else`, a lambda whose colon an f-string takes for its own.
    fn invalid_expression(&mut self) -> Parsed<()> {
        let first = self.mark;
        if self.invalid_neighbours()? {
            return Ok(None);
        }
        self.mark = first;
        self.attempt(|cursor| {
            let body = need!(cursor.disjunction());
            need!(cursor.token(Token::If));
            let condition = need!(cursor.disjunction());
            if cursor.at_any(&[Token::Else, Token::Colon])? {
                return Ok(None);
            }
            cursor.raise_range::<Option<()>>(body.first, condition.last, SyntaxErrorKind::MissingElse)
        })?;
        need!(self.token(Token::Lambda));
        self.attempt(|cursor| cursor.parameters(true))?;
        let colon = need!(self.token(Token::Colon));
        let ends_field = self.fields.last().is_some_and(|&level| level == self.level(colon));
        if ends_field || self.at(Token::FStringMiddle)? {
            self.raise_range(first, colon, SyntaxErrorKind::FStringLambda)?;
        }
        Ok(None)
    }

    /// An expression directly after another; returns whether there is one.
    fn invalid_neighbours(&mut self) -> Result<bool, Raised> {
        let excluded = self.ahead(|cursor| {
            let name = need!(cursor.name());
            if cursor.at(Token::String)? {
                return Ok(Some(()));
            }
            // CPython compares only as many letters as the name has: `m` passes for `match`.
            let text = cursor.text(name.first);
            Ok(SOFT_KEYWORDS.iter().any(|keyword| keyword.starts_with(text)).then_some(()))
        })?;
        if excluded {
            return Ok(false);
        }
        let Some(left) = self.attempt(Self::disjunction)? else { return Ok(false) };
        let explains = std::mem::replace(&mut self.explains, false);
        let right = self.attempt(Self::plain_expression);
        self.explains = explains;
        let Some(right) = right? else { return Ok(false) };
        if !self.is_legacy_statement(left) && self.level(self.mark - 1) > 0 {
            self.raise_range(left.first, right.last, SyntaxErrorKind::MissingComma)?;
        }
        Ok(true)
    }

    /// Whether `node` is the name of a statement of Python 2.
    fn is_legacy_statement(&self, node: Node) -> bool {
        node.kind == Kind::Name && matches!(self.text(node.first), "print" | "exec")
    }

    /// `print x`.
    fn invalid_legacy_call(&mut self) -> Parsed<()> {
        let function = need!(self.name());
        if self.at(Token::LeftParen)? {
            return Ok(None);
        }
        let arguments = need!(self.star_expressions());
        if self.is_legacy_statement(function) {
            let name = self.text(function.first).to_owned();
            self.raise_range(function.first, arguments.last, SyntaxErrorKind::LegacyCall { name })?;
        }
        Ok(None)
    }

    /// `a or b`.
    pub(super) fn disjunction(&mut self) -> Parsed {
        self.remember(Rule::Disjunction, |cursor| cursor.chain(Token::Or, Self::conjunction))
    }

    fn conjunction(&mut self) -> Parsed {
        self.remember(Rule::Conjunction, |cursor| cursor.chain(Token::And, Self::inversion))
    }

    fn chain(&mut self, operator: Token, operand: fn(&mut Self) -> Parsed) -> Parsed {
        let first = self.mark;
        let left = need!(operand(self));
        let mut is_chain = false;
        while self
            .attempt(|cursor| {
                need!(cursor.token(operator));
                operand(cursor)
            })?
            .is_some()
        {
            is_chain = true;
        }
        Ok(Some(if is_chain { self.node(Kind::Operation, first, &[]) } else { left }))
    }

    fn inversion(&mut self) -> Parsed {
        self.remember(Rule::Inversion, |cursor| {
            let first = cursor.mark;
            while cursor.eat(Token::Not)? {}
            let is_negated = cursor.mark > first;
            let operand = need!(cursor.comparison());
            Ok(Some(if is_negated { cursor.node(Kind::Operation, first, &[]) } else { operand }))
        })
    }

    fn comparison(&mut self) -> Parsed {
        let first = self.mark;
        let left = need!(self.bitwise_or());
        let mut is_in = None;
        while let Some(operator) = self.attempt(Self::comparison_tail)? {
            is_in.get_or_insert(operator == Token::In);
        }
        Ok(Some(match is_in {
            Some(is_in) => self.node(Kind::Comparison { is_in }, first, &[left]),
            None => left,
        }))
    }

    /// An operator and its right operand.
    fn comparison_tail(&mut self) -> Parsed<Token> {
        const SIMPLE: [Token; 7] = [
            Token::EqualEqual,
            Token::NotEqual,
            Token::LessEqual,
            Token::Less,
            Token::GreaterEqual,
            Token::Greater,
            Token::In,
        ];
        let operator = self.peek()?;
        match operator {
            Token::Not => {
                self.mark += 1;
                need!(self.token(Token::In));
            }
            Token::Is => {
                self.mark += 1;
                let negated = self.attempt(|cursor| {
                    need!(cursor.token(Token::Not));
                    cursor.bitwise_or()
                })?;
                if negated.is_some() {
                    return Ok(Some(operator));
                }
            }
            _ if SIMPLE.contains(&operator) => self.mark += 1,
            _ => return Ok(None),
        }
        need!(self.bitwise_or());
        Ok(Some(operator))
    }

    /// `a | b` and what binds tighter.
    pub(super) fn bitwise_or(&mut self) -> Parsed {
        self.remember(Rule::BitwiseOr, |cursor| cursor.binary(0))
    }

    /// Operators that bind at least as tightly as `minimum`.
    fn binary(&mut self, minimum: u8) -> Parsed {
        let first = self.mark;
        if self.explains && minimum <= SHIFT {
            self.attempt(Self::invalid_arithmetic)?;
        }
        if self.explains && minimum <= PRODUCT {
            self.attempt(Self::invalid_sign)?;
        }
        let mut left = need!(self.factor());
        while let Some(strength) = binding_strength(self.peek()?).filter(|&strength| strength >= minimum) {
            let right = self.attempt(|cursor| {
                cursor.mark += 1;
                cursor.nested(|cursor| cursor.binary(strength + 1))
            })?;
            if right.is_none() {
                break;
            }
            left = self.node(Kind::Operation, first, &[]);
        }
        Ok(Some(left))
    }

    /// `a + not b`
    fn invalid_arithmetic(&mut self) -> Parsed<()> {
        const OPERATORS: [Token; 7] =
            [Token::Plus, Token::Minus, Token::Star, Token::Slash, Token::Percent, Token::DoubleSlash, Token::At];
        need!(self.binary(SHIFT + 1));
        need!(self.any(&OPERATORS));
        let not = need!(self.token(Token::Not));
        let operand = need!(self.inversion());
        self.raise_range(not, operand.last, SyntaxErrorKind::NotAfterOperator)
    }

    /// `- not a`
    fn invalid_sign(&mut self) -> Parsed<()> {
        need!(self.any(&[Token::Plus, Token::Minus, Token::Tilde]));
        let not = need!(self.token(Token::Not));
        let operand = need!(self.factor());
        self.raise_range(not, operand.last, SyntaxErrorKind::NotAfterOperator)
    }

    /// `-a`, `+a`, `~a`, `a ** b`.
    fn factor(&mut self) -> Parsed {
        self.remember(Rule::Factor, |cursor| {
            let first = cursor.mark;
            while cursor.any(&[Token::Plus, Token::Minus, Token::Tilde])?.is_some() {}
            let is_signed = cursor.mark > first;
            let base = need!(cursor.await_primary());
            let power = cursor.attempt(|cursor| {
                need!(cursor.token(Token::DoubleStar));
                cursor.factor()
            })?;
            let is_plain = power.is_none() && !is_signed;
            Ok(Some(if is_plain { base } else { cursor.node(Kind::Operation, first, &[]) }))
        })
    }

    fn await_primary(&mut self) -> Parsed {
        self.remember(Rule::AwaitPrimary, |cursor| {
            let awaited = cursor.attempt(|cursor| {
                let first = need!(cursor.token(Token::Await));
                need!(cursor.primary());
                Ok(Some(cursor.node(Kind::Await, first, &[])))
            })?;
            match awaited {
                Some(found) => Ok(Some(found)),
                None => cursor.primary(),
            }
        })
    }

    /// An atom with attributes, calls and subscripts.
    fn primary(&mut self) -> Parsed {
        self.remember(Rule::Primary, |cursor| {
            let first = cursor.mark;
            let mut primary = need!(cursor.atom());
            while let Some(kind) = cursor.trailer()? {
                primary = cursor.node(kind, first, &[]);
            }
            Ok(Some(primary))
        })
    }

    /// One attribute, call or subscript.
    fn trailer(&mut self) -> Parsed<Kind> {
        if let Some(found) = self.attribute_name()? {
            return Ok(Some(found));
        }
        if let Some(found) = self.generator_argument()? {
            return Ok(Some(found));
        }
        if let Some(found) = self.call_arguments()? {
            return Ok(Some(found));
        }
        self.subscript()
    }

    /// `.name`
    pub(super) fn attribute_name(&mut self) -> Parsed<Kind> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::Dot));
            need!(cursor.token(Token::Name));
            Ok(Some(Kind::Attribute))
        })
    }

    /// A generator expression that is a call's only argument.
    pub(super) fn generator_argument(&mut self) -> Parsed<Kind> {
        Ok(self.attempt(Self::generator)?.map(|_| Kind::Call))
    }

    /// `(arguments)`
    pub(super) fn call_arguments(&mut self) -> Parsed<Kind> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::LeftParen));
            cursor.attempt(Self::arguments)?;
            need!(cursor.token(Token::RightParen));
            Ok(Some(Kind::Call))
        })
    }

    /// `[slices]`
    pub(super) fn subscript(&mut self) -> Parsed<Kind> {
        self.attempt(|cursor| {
            need!(cursor.token(Token::LeftBracket));
            need!(cursor.slices());
            need!(cursor.token(Token::RightBracket));
            Ok(Some(Kind::Subscript))
        })
    }

    fn slices(&mut self) -> Parsed {
        self.remember(Rule::Slices, |cursor| {
            let single = cursor.attempt(|cursor| {
                let slice = need!(cursor.slice());
                Ok((!cursor.at(Token::Comma)?).then_some(slice))
            })?;
            if single.is_some() {
                return Ok(single);
            }
            let first = cursor.mark;
            need!(cursor.gather(|cursor| match cursor.attempt(Self::slice)? {
                Some(found) => Ok(Some(found)),
                None => cursor.starred_argument(),
            }));
            cursor.eat(Token::Comma)?;
            Ok(Some(cursor.node(Kind::Tuple, first, &[])))
        })
    }

    fn slice(&mut self) -> Parsed {
        let range = self.attempt(|cursor| {
            let first = cursor.mark;
            cursor.attempt(Self::expression)?;
            need!(cursor.token(Token::Colon));
            cursor.attempt(Self::expression)?;
            cursor.attempt(|cursor| {
                need!(cursor.token(Token::Colon));
                cursor.optional(Self::expression)
            })?;
            Ok(Some(cursor.node(Kind::Other, first, &[])))
        })?;
        match range {
            Some(found) => Ok(Some(found)),
            None => self.named_expression(),
        }
    }

    /// A name, a literal or a bracketed expression.
    pub(super) fn atom(&mut self) -> Parsed {
        let first = self.mark;
        let kind = match self.peek()? {
            Token::Name => Kind::Name,
            Token::True => Kind::True,
            Token::False => Kind::False,
            Token::None => Kind::None,
            Token::Number => Kind::Literal,
            Token::Ellipsis => Kind::Ellipsis,
            Token::String | Token::FStringStart => return self.strings(),
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => return self.bracketed(),
            _ => return Ok(None),
        };
        self.mark += 1;
        Ok(Some(Node::new(kind, first, first)))
    }
}

/// How tightly `<<` binds.
const SHIFT: u8 = 3;
/// How tightly `*` binds.
const PRODUCT: u8 = 5;

/// How tightly a binary operator binds; `None` for any other token.
const fn binding_strength(token: Token) -> Option<u8> {
    match token {
        Token::Bar => Some(0),
        Token::Caret => Some(1),
        Token::Ampersand => Some(2),
        Token::LeftShift | Token::RightShift => Some(SHIFT),
        Token::Plus | Token::Minus => Some(4),
        Token::Star | Token::Slash | Token::DoubleSlash | Token::Percent | Token::At => Some(PRODUCT),
        _ => None,
    }
}
