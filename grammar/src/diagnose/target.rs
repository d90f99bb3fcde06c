//! Targets: what can be assigned to, looped over, or deleted.
//!
//! Source: Language Reference 7.2, 7.5 and 8.3.

use super::cursor::{Cursor, Parsed, Rule, need};
use super::node::{Kind, Node};
use crate::token::Token;

/// What makes an expression go on: a target that one of these follows is only a part of one.
const TRAILERS: [Token; 3] = [Token::LeftParen, Token::LeftBracket, Token::Dot];

impl Cursor<'_> {
    /// Targets with commas between.
    pub(super) fn star_targets(&mut self) -> Parsed {
        let first = self.mark;
        let items = need!(self.gather(Self::star_target));
        let comma = self.eat(Token::Comma)?;
        if items.len() == 1 && !comma {
            return Ok(Some(items[0]));
        }
        Ok(Some(self.node(Kind::Tuple, first, &items)))
    }

    /// `*target` or `target`.
    pub(super) fn star_target(&mut self) -> Parsed {
        self.remember(Rule::StarTarget, |cursor| {
            let starred = cursor.attempt(|cursor| {
                let first = need!(cursor.token(Token::Star));
                if cursor.at(Token::Star)? {
                    return Ok(None);
                }
                let value = need!(cursor.star_target());
                Ok(Some(cursor.node(Kind::Starred, first, &[value])))
            })?;
            match starred {
                Some(found) => Ok(Some(found)),
                None => cursor.target_with_star_atom(),
            }
        })
    }

    fn target_with_star_atom(&mut self) -> Parsed {
        self.remember(Rule::TargetWithStarAtom, |cursor| match cursor.attempt(Self::part)? {
            Some(found) => Ok(Some(found)),
            None => cursor.star_atom(),
        })
    }

    /// An attribute or a subscript that nothing follows.
    pub(super) fn part(&mut self) -> Parsed {
        let first = self.mark;
        need!(self.target_primary());
        let kind = match self.attribute_name()? {
            Some(kind) => kind,
            None => need!(self.subscript()),
        };
        if self.at_any(&TRAILERS)? {
            return Ok(None);
        }
        Ok(Some(self.node(kind, first, &[])))
    }

    /// As much of a primary as leaves one attribute or subscript.
    fn target_primary(&mut self) -> Parsed {
        self.remember(Rule::TargetPrimary, |cursor| {
            let first = cursor.mark;
            let mut primary = need!(cursor.atom());
            if !cursor.at_any(&TRAILERS)? {
                return Ok(None);
            }
            while let Some(kind) = cursor.attempt(|cursor| {
                let kind = need!(cursor.target_trailer());
                Ok(cursor.at_any(&TRAILERS)?.then_some(kind))
            })? {
                primary = cursor.node(kind, first, &[]);
            }
            Ok(Some(primary))
        })
    }

    fn target_trailer(&mut self) -> Parsed<Kind> {
        if let Some(found) = self.attribute_name()? {
            return Ok(Some(found));
        }
        if let Some(found) = self.subscript()? {
            return Ok(Some(found));
        }
        if let Some(found) = self.generator_argument()? {
            return Ok(Some(found));
        }
        self.call_arguments()
    }

    fn star_atom(&mut self) -> Parsed {
        let first = self.mark;
        if let Some(name) = self.name()? {
            return Ok(Some(name));
        }
        let group = self.attempt(|cursor| {
            need!(cursor.token(Token::LeftParen));
            let inner = need!(cursor.target_with_star_atom());
            need!(cursor.token(Token::RightParen));
            Ok(Some(inner))
        })?;
        if group.is_some() {
            return Ok(group);
        }
        let tuple = self.attempt(|cursor| {
            need!(cursor.token(Token::LeftParen));
            cursor.attempt(|cursor| {
                let items = need!(cursor.gather(Self::star_target));
                let comma = cursor.eat(Token::Comma)?;
                Ok((items.len() > 1 || comma).then_some(()))
            })?;
            need!(cursor.token(Token::RightParen));
            Ok(Some(cursor.node(Kind::Tuple, first, &[])))
        })?;
        if tuple.is_some() {
            return Ok(tuple);
        }
        self.bracketed_targets(Self::star_target)
    }

    fn bracketed_targets(&mut self, item: fn(&mut Self) -> Parsed) -> Parsed {
        self.attempt(|cursor| {
            let first = need!(cursor.token(Token::LeftBracket));
            cursor.attempt(|cursor| {
                need!(cursor.gather(item));
                cursor.eat(Token::Comma).map(Some)
            })?;
            need!(cursor.token(Token::RightBracket));
            Ok(Some(cursor.node(Kind::List, first, &[])))
        })
    }

    /// The target of an annotation or of an augmented assignment.
    pub(super) fn single_target(&mut self) -> Parsed {
        if let Some(found) = self.attempt(Self::part)? {
            return Ok(Some(found));
        }
        if let Some(name) = self.name()? {
            return Ok(Some(name));
        }
        self.nested(|cursor| {
            need!(cursor.token(Token::LeftParen));
            let inner = need!(cursor.attempt(Self::single_target));
            need!(cursor.token(Token::RightParen));
            Ok(Some(inner))
        })
    }

    /// The targets of `del`, with a comma at the end or without.
    pub(super) fn del_targets(&mut self) -> Parsed<Vec<Node>> {
        let targets = need!(self.gather(Self::del_target));
        self.eat(Token::Comma)?;
        Ok(Some(targets))
    }

    fn del_target(&mut self) -> Parsed {
        self.remember(Rule::DelTarget, |cursor| {
            if let Some(found) = cursor.attempt(Self::part)? {
                return Ok(Some(found));
            }
            if let Some(name) = cursor.name()? {
                return Ok(Some(name));
            }
            let group = cursor.attempt(|cursor| {
                need!(cursor.token(Token::LeftParen));
                let inner = need!(cursor.del_target());
                need!(cursor.token(Token::RightParen));
                Ok(Some(inner))
            })?;
            if group.is_some() {
                return Ok(group);
            }
            let tuple = cursor.attempt(|cursor| {
                let first = need!(cursor.token(Token::LeftParen));
                cursor.attempt(Self::del_targets)?;
                need!(cursor.token(Token::RightParen));
                Ok(Some(cursor.node(Kind::Tuple, first, &[])))
            })?;
            match tuple {
                Some(found) => Ok(Some(found)),
                None => cursor.bracketed_targets(Self::del_target),
            }
        })
    }
}
