//! Everything in brackets: groups, tuples, lists, sets, dicts and comprehensions; and calls' arguments.
//!
//! Source: Language Reference 6.2.3 to 6.2.8 and 6.3.4.

use super::cursor::{Cursor, Parsed, Raised, Rule, need};
use super::node::{Kind, Node, Targets};
use crate::error::SyntaxErrorKind;
use crate::token::Token;

/// A `for` clause of a comprehension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    /// The last condition, or the iterable.
    end: Node,
}

impl Cursor<'_> {
    /// An atom that starts with a bracket.
    pub(super) fn bracketed(&mut self) -> Parsed {
        self.remember(Rule::Bracketed, |cursor| {
            type Alternatives<'a, 'b> = &'a [fn(&mut Cursor<'b>) -> Parsed];
            let alternatives: Alternatives<'_, '_> = match cursor.peek()? {
                Token::LeftParen => &[Cursor::tuple, Cursor::group, Cursor::generator],
                Token::LeftBracket => &[Cursor::list, Cursor::list_comprehension],
                _ => &[Cursor::dict, Cursor::set, Cursor::dict_comprehension, Cursor::set_comprehension],
            };
            for alternative in alternatives {
                if let Some(found) = cursor.attempt(alternative)? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        })
    }

    pub(super) fn tuple(&mut self) -> Parsed {
        let first = need!(self.token(Token::LeftParen));
        let items = self.attempt(|cursor| {
            let item = need!(cursor.star_named_expression());
            need!(cursor.token(Token::Comma));
            let mut items = vec![item];
            items.extend(cursor.attempt(Self::star_named_expressions)?.unwrap_or_default());
            Ok(Some(items))
        })?;
        need!(self.token(Token::RightParen));
        Ok(Some(self.node(Kind::Tuple, first, &items.unwrap_or_default())))
    }

    /// A parenthesized expression: it is the expression, without its parentheses.
    fn group(&mut self) -> Parsed {
        let group = self.attempt(|cursor| {
            need!(cursor.token(Token::LeftParen));
            let inner = match cursor.attempt(Self::yield_expression)? {
                Some(found) => found,
                None => need!(cursor.named_expression()),
            };
            need!(cursor.token(Token::RightParen));
            Ok(Some(inner))
        })?;
        if group.is_none() && self.explains {
            self.attempt(|cursor| {
                need!(cursor.token(Token::LeftParen));
                let starred = need!(cursor.starred_argument());
                need!(cursor.token(Token::RightParen));
                cursor.raise_node::<Option<()>>(starred, SyntaxErrorKind::StarredInGroup)
            })?;
            self.attempt(|cursor| {
                need!(cursor.token(Token::LeftParen));
                let stars = need!(cursor.token(Token::DoubleStar));
                need!(cursor.expression());
                need!(cursor.token(Token::RightParen));
                cursor.raise_at::<Option<()>>(stars, SyntaxErrorKind::DoubleStarredInGroup)
            })?;
        }
        Ok(group)
    }

    pub(super) fn list(&mut self) -> Parsed {
        let first = need!(self.token(Token::LeftBracket));
        let items = self.attempt(Self::star_named_expressions)?;
        need!(self.token(Token::RightBracket));
        Ok(Some(self.node(Kind::List, first, &items.unwrap_or_default())))
    }

    fn set(&mut self) -> Parsed {
        let first = need!(self.token(Token::LeftBrace));
        need!(self.star_named_expressions());
        need!(self.token(Token::RightBrace));
        Ok(Some(self.node(Kind::Set, first, &[])))
    }

    fn dict(&mut self) -> Parsed {
        let dict = self.attempt(|cursor| {
            let first = need!(cursor.token(Token::LeftBrace));
            cursor.attempt(|cursor| {
                need!(cursor.gather(Self::dict_item));
                cursor.eat(Token::Comma).map(Some)
            })?;
            need!(cursor.token(Token::RightBrace));
            Ok(Some(cursor.node(Kind::Dict, first, &[])))
        })?;
        if dict.is_none() {
            need!(self.token(Token::LeftBrace));
            // CPython looks for these mistakes in both passes.
            self.invalid_dict_items()?;
        }
        Ok(dict)
    }

    fn dict_item(&mut self) -> Parsed<()> {
        let unpacked = self.attempt(|cursor| {
            need!(cursor.token(Token::DoubleStar));
            cursor.bitwise_or()
        })?;
        match unpacked {
            Some(_) => Ok(Some(())),
            None => self.key_and_value(),
        }
    }

    fn key_and_value(&mut self) -> Parsed<()> {
        need!(self.expression());
        need!(self.token(Token::Colon));
        need!(self.expression());
        Ok(Some(()))
    }

    fn invalid_dict_items(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.gather(Self::dict_item));
            need!(cursor.token(Token::Comma));
            cursor.attempt(|cursor| {
                let key = need!(cursor.expression());
                if cursor.at(Token::Colon)? {
                    return Ok(None);
                }
                cursor.raise_after_key::<Option<()>>(key)
            })?;
            cursor.invalid_dict_value()
        })?;
        self.invalid_dict_value()
    }

    fn invalid_dict_value(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.expression());
            need!(cursor.token(Token::Colon));
            let star = need!(cursor.token(Token::Star));
            need!(cursor.bitwise_or());
            cursor.raise_from::<Option<()>>(star, SyntaxErrorKind::StarredDictValue)
        })?;
        self.attempt(|cursor| {
            need!(cursor.expression());
            let colon = need!(cursor.token(Token::Colon));
            if cursor.at_any(&[Token::RightBrace, Token::Comma])? {
                cursor.raise_at::<()>(colon, SyntaxErrorKind::MissingDictValue)?;
            }
            Ok(None)
        })
    }

    fn list_comprehension(&mut self) -> Parsed {
        self.comprehension(Token::LeftBracket, Token::RightBracket, Kind::ListComprehension, Self::named_expression)
    }

    fn set_comprehension(&mut self) -> Parsed {
        self.comprehension(Token::LeftBrace, Token::RightBrace, Kind::SetComprehension, Self::named_expression)
    }

    pub(super) fn generator(&mut self) -> Parsed {
        let element = Self::assignment_expression_or_expression;
        self.comprehension(Token::LeftParen, Token::RightParen, Kind::Generator, element)
    }

    fn comprehension(&mut self, open: Token, close: Token, kind: Kind, element: fn(&mut Self) -> Parsed) -> Parsed {
        let found = self.attempt(|cursor| {
            let first = need!(cursor.token(open));
            need!(element(cursor));
            need!(cursor.clauses());
            need!(cursor.token(close));
            Ok(Some(cursor.node(kind, first, &[])))
        })?;
        if found.is_none() && self.explains {
            self.invalid_comprehension()?;
        }
        Ok(found)
    }

    fn invalid_comprehension(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            need!(cursor.any(&[Token::LeftBracket, Token::LeftParen, Token::LeftBrace]));
            let starred = need!(cursor.starred_argument());
            need!(cursor.clauses());
            cursor.raise_node::<Option<()>>(starred, SyntaxErrorKind::UnpackingInComprehension)
        })?;
        self.attempt(|cursor| {
            need!(cursor.any(&[Token::LeftBracket, Token::LeftBrace]));
            let first = need!(cursor.star_named_expression());
            need!(cursor.token(Token::Comma));
            let rest = need!(cursor.star_named_expressions());
            need!(cursor.clauses());
            let last = rest.last().map_or(first.last, |item| item.last);
            cursor.raise_range::<Option<()>>(first.first, last, SyntaxErrorKind::BareTupleInComprehension)
        })?;
        self.attempt(|cursor| {
            need!(cursor.any(&[Token::LeftBracket, Token::LeftBrace]));
            let first = need!(cursor.star_named_expression());
            let comma = need!(cursor.token(Token::Comma));
            need!(cursor.clauses());
            cursor.raise_range::<Option<()>>(first.first, comma, SyntaxErrorKind::BareTupleInComprehension)
        })
    }

    fn dict_comprehension(&mut self) -> Parsed {
        let found = self.attempt(|cursor| {
            let first = need!(cursor.token(Token::LeftBrace));
            need!(cursor.key_and_value());
            need!(cursor.clauses());
            need!(cursor.token(Token::RightBrace));
            Ok(Some(cursor.node(Kind::DictComprehension, first, &[])))
        })?;
        if found.is_none() && self.explains {
            self.attempt(|cursor| {
                need!(cursor.token(Token::LeftBrace));
                let stars = need!(cursor.token(Token::DoubleStar));
                need!(cursor.bitwise_or());
                need!(cursor.clauses());
                need!(cursor.token(Token::RightBrace));
                cursor.raise_at::<Option<()>>(stars, SyntaxErrorKind::UnpackingInDictComprehension)
            })?;
        }
        Ok(found)
    }

    /// The `for` and `if` clauses of a comprehension.
    pub(super) fn clauses(&mut self) -> Parsed<Vec<Clause>> {
        let clauses = self.many(Self::clause)?;
        Ok((!clauses.is_empty()).then_some(clauses))
    }

    fn clause(&mut self) -> Parsed<Clause> {
        // After `in` there is no way back: if the rest does not follow, no other explanation is tried.
        let head = self.attempt(|cursor| {
            cursor.attempt(|cursor| {
                need!(cursor.token(Token::Async));
                Ok(cursor.at(Token::For)?.then_some(()))
            })?;
            need!(cursor.token(Token::For));
            need!(cursor.star_targets());
            cursor.token(Token::In)
        })?;
        if head.is_none() {
            // CPython looks for this mistake in both passes.
            self.attempt(Self::invalid_clause)?;
            if self.explains {
                self.attempt(Self::invalid_for_target)?;
            }
            return Ok(None);
        }
        let mut end = need!(self.disjunction());
        while let Some(condition) = self.attempt(|cursor| {
            need!(cursor.token(Token::If));
            cursor.disjunction()
        })? {
            end = condition;
        }
        Ok(Some(Clause { end }))
    }

    /// A clause without its `in`.
    fn invalid_clause(&mut self) -> Parsed<()> {
        self.eat(Token::Async)?;
        need!(self.token(Token::For));
        need!(self.gather(Self::bitwise_or));
        self.eat(Token::Comma)?;
        match self.at(Token::In)? {
            true => Ok(None),
            false => self.raise_last(SyntaxErrorKind::MissingIn),
        }
    }

    /// A `for` with something that cannot be a target.
    pub(super) fn invalid_for_target(&mut self) -> Parsed<()> {
        self.eat(Token::Async)?;
        need!(self.token(Token::For));
        let target = need!(self.star_expressions());
        self.raise_invalid_target(target, Targets::Looped)?;
        Ok(None)
    }

    // --- arguments ---------------------------------------------------------------------------------------------------

    /// The arguments of a call or the bases of a class, up to the parenthesis.
    pub(super) fn arguments(&mut self) -> Parsed {
        self.remember(Rule::Arguments, |cursor| {
            let found = cursor.attempt(|cursor| {
                let arguments = need!(cursor.argument_list());
                cursor.eat(Token::Comma)?;
                Ok(cursor.at(Token::RightParen)?.then_some(arguments))
            })?;
            if found.is_none() && cursor.explains {
                cursor.invalid_arguments()?;
            }
            Ok(found)
        })
    }

    /// Positional arguments, then keyword arguments.
    fn argument_list(&mut self) -> Parsed {
        let first = self.mark;
        let mut positional = self.attempt(|cursor| cursor.gather(Self::positional_argument))?.unwrap_or_default();
        let keywords = if positional.is_empty() {
            Some(need!(self.keyword_arguments()))
        } else {
            self.attempt(|cursor| {
                need!(cursor.token(Token::Comma));
                cursor.keyword_arguments()
            })?
        };
        let keywords = keywords.unwrap_or_default();
        positional.extend_from_slice(&keywords.starred);
        Ok(Some(self.node(Kind::Arguments { unpacks: keywords.unpacks }, first, &positional)))
    }

    fn positional_argument(&mut self) -> Parsed {
        if let Some(found) = self.attempt(Self::starred_argument)? {
            return Ok(Some(found));
        }
        let found = need!(self.assignment_expression_or_expression());
        Ok((!self.at(Token::Equal)?).then_some(found))
    }

    /// `*a`, where `a` is any expression.
    pub(super) fn starred_argument(&mut self) -> Parsed {
        if self.explains {
            self.attempt(|cursor| {
                let star = need!(cursor.token(Token::Star));
                need!(cursor.expression());
                need!(cursor.token(Token::Equal));
                let value = need!(cursor.expression());
                cursor.raise_range::<Option<()>>(star, value.last, SyntaxErrorKind::AssignToUnpacking)
            })?;
        }
        let found = self.attempt(|cursor| {
            let first = need!(cursor.token(Token::Star));
            let value = need!(cursor.expression());
            Ok(Some(cursor.node(Kind::Starred, first, &[value])))
        })?;
        // CPython complains about this in both passes.
        if found.is_none() && self.at(Token::Star)? {
            return self.raise_last(SyntaxErrorKind::InvalidStar);
        }
        Ok(found)
    }

    fn keyword_arguments(&mut self) -> Parsed<Keywords> {
        let mut keywords = Keywords::default();
        let first = self.attempt(|cursor| cursor.gather(Self::keyword_or_starred))?;
        let has_first = first.is_some();
        for starred in first.unwrap_or_default().into_iter().flatten() {
            keywords.starred.push(starred);
        }
        let second = self.attempt(|cursor| {
            if has_first {
                need!(cursor.token(Token::Comma));
            }
            cursor.gather(Self::keyword_or_double_starred)
        })?;
        if !has_first && second.is_none() {
            return Ok(None);
        }
        keywords.unpacks = second.unwrap_or_default().contains(&true);
        Ok(Some(keywords))
    }

    /// `name=value`, or `*a`, which is returned.
    fn keyword_or_starred(&mut self) -> Parsed<Option<Node>> {
        if self.attempt(Self::keyword)?.is_some() {
            return Ok(Some(None));
        }
        Ok(self.attempt(Self::starred_argument)?.map(Some))
    }

    /// `name=value`, or `**a`; says whether it is the latter.
    fn keyword_or_double_starred(&mut self) -> Parsed<bool> {
        if self.attempt(Self::keyword)?.is_some() {
            return Ok(Some(false));
        }
        self.attempt(|cursor| {
            need!(cursor.token(Token::DoubleStar));
            need!(cursor.expression());
            Ok(Some(true))
        })
    }

    fn keyword(&mut self) -> Parsed<()> {
        if self.explains {
            self.invalid_keyword()?;
        }
        need!(self.token(Token::Name));
        need!(self.token(Token::Equal));
        need!(self.expression());
        Ok(Some(()))
    }

    fn invalid_keyword(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            let name = need!(cursor.any(&[Token::True, Token::False, Token::None]));
            let equal = need!(cursor.token(Token::Equal));
            let what = cursor.lexemes[name].token.name();
            cursor.raise_range::<Option<()>>(name, equal, SyntaxErrorKind::CannotAssign { what })
        })?;
        self.attempt(|cursor| {
            let name = need!(cursor.token(Token::Name));
            let equal = need!(cursor.token(Token::Equal));
            need!(cursor.expression());
            need!(cursor.clauses());
            cursor.raise_range::<Option<()>>(name, equal, SyntaxErrorKind::MaybeComparison)
        })?;
        let is_keyword = self.ahead(|cursor| {
            need!(cursor.token(Token::Name));
            cursor.token(Token::Equal)
        })?;
        if !is_keyword {
            self.attempt(|cursor| {
                let name = need!(cursor.expression());
                let equal = need!(cursor.token(Token::Equal));
                cursor.raise_range::<Option<()>>(name.first, equal, SyntaxErrorKind::KeywordIsExpression)
            })?;
        }
        self.attempt(|cursor| {
            let stars = need!(cursor.token(Token::DoubleStar));
            need!(cursor.expression());
            need!(cursor.token(Token::Equal));
            let value = need!(cursor.expression());
            cursor.raise_range::<Option<()>>(stars, value.last, SyntaxErrorKind::AssignToKeywordUnpacking)
        })
    }

    fn invalid_arguments(&mut self) -> Parsed<()> {
        self.attempt(|cursor| {
            let with_positional = cursor.attempt(|cursor| {
                need!(cursor.gather(Self::positional_argument));
                need!(cursor.token(Token::Comma));
                cursor.keyword_arguments()
            })?;
            if with_positional.is_none() {
                need!(cursor.keyword_arguments());
            }
            let comma = need!(cursor.token(Token::Comma));
            need!(cursor.gather(|cursor| {
                need!(cursor.starred_argument());
                Ok((!cursor.at(Token::Equal)?).then_some(()))
            }));
            cursor.raise_from::<Option<()>>(comma, SyntaxErrorKind::StarAfterDoubleStar)
        })?;
        self.attempt(|cursor| {
            let element = need!(cursor.expression());
            let clauses = need!(cursor.clauses());
            need!(cursor.token(Token::Comma));
            cursor.attempt(|cursor| match cursor.attempt(Self::argument_list)? {
                Some(_) => Ok(Some(())),
                None => {
                    need!(cursor.expression());
                    need!(cursor.clauses());
                    Ok(Some(()))
                }
            })?;
            cursor.raise_bare_generator::<Option<()>>(element, &clauses)
        })?;
        self.attempt(|cursor| {
            let name = need!(cursor.token(Token::Name));
            let equal = need!(cursor.token(Token::Equal));
            need!(cursor.expression());
            need!(cursor.clauses());
            cursor.raise_range::<Option<()>>(name, equal, SyntaxErrorKind::MaybeComparison)
        })?;
        self.attempt(|cursor| {
            cursor.attempt(|cursor| {
                need!(cursor.argument_list());
                cursor.token(Token::Comma)
            })?;
            let name = need!(cursor.token(Token::Name));
            let equal = need!(cursor.token(Token::Equal));
            if !cursor.at_any(&[Token::Comma, Token::RightParen])? {
                return Ok(None);
            }
            cursor.raise_range::<Option<()>>(name, equal, SyntaxErrorKind::MissingArgumentValue)
        })?;
        let mut is_settled = false;
        self.attempt(|cursor| {
            let arguments = need!(cursor.argument_list());
            let clauses = need!(cursor.clauses());
            is_settled = true;
            match *cursor.pool.items(arguments) {
                [_, .., last] => cursor.raise_bare_generator(last, &clauses),
                _ => Ok(None::<()>),
            }
        })?;
        if is_settled {
            return Ok(None);
        }
        self.attempt(|cursor| {
            need!(cursor.argument_list());
            need!(cursor.token(Token::Comma));
            let element = need!(cursor.expression());
            let clauses = need!(cursor.clauses());
            cursor.raise_bare_generator::<Option<()>>(element, &clauses)
        })?;
        self.attempt(|cursor| {
            let arguments = need!(cursor.argument_list());
            need!(cursor.token(Token::Comma));
            need!(cursor.argument_list());
            cursor.raise_last::<Option<()>>(match arguments.kind {
                Kind::Arguments { unpacks: true } => SyntaxErrorKind::PositionalAfterUnpacking,
                _ => SyntaxErrorKind::PositionalAfterKeyword,
            })
        })
    }

    fn raise_bare_generator<T>(&mut self, element: Node, clauses: &[Clause]) -> Result<T, Raised> {
        let last = clauses.last().map_or(element.last, |clause| clause.end.last);
        self.raise_range(element.first, last, SyntaxErrorKind::GeneratorNeedsParentheses)
    }
}

/// What the keyword arguments of a call hold besides the keywords.
#[derive(Debug, Default)]
struct Keywords {
    /// The `*a` among them.
    starred: Vec<Node>,
    /// Whether there is a `**a`.
    unpacks: bool,
}
