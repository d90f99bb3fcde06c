//! Building patterns. Source: Language Reference 8.6.4, PEP 634.

use crate::ast::{Constant, Expr, ExprKind, Identifier, Operator, Pattern, PatternKind};
use crate::builder::{Builder, Fallible, fail};
use crate::error::SyntaxErrorKind;
use crate::span::Span;
use crate::token::{Lexeme, Token};

/// The name that captures nothing.
const WILDCARD: &str = "_";

fn pattern(l: u32, kind: PatternKind, r: u32) -> Pattern {
    Pattern { kind, span: Span::new(l, r) }
}

fn unless_wildcard(name: Identifier) -> Option<Identifier> {
    (&*name != WILDCARD).then_some(name)
}

pub(crate) fn match_capture(l: u32, name: Identifier, r: u32) -> Pattern {
    pattern(l, PatternKind::MatchAs { pattern: None, name: unless_wildcard(name) }, r)
}

pub(crate) fn match_value(l: u32, value: Expr, r: u32) -> Pattern {
    pattern(l, PatternKind::MatchValue { value: Box::new(value) }, r)
}

pub(crate) fn match_singleton(l: u32, value: Constant, r: u32) -> Pattern {
    pattern(l, PatternKind::MatchSingleton { value }, r)
}

pub(crate) fn match_sequence(l: u32, patterns: Vec<Pattern>, r: u32) -> Pattern {
    pattern(l, PatternKind::MatchSequence { patterns }, r)
}

pub(crate) fn match_star(l: u32, name: Identifier, r: u32) -> Pattern {
    pattern(l, PatternKind::MatchStar { name: unless_wildcard(name) }, r)
}

pub(crate) fn match_or(l: u32, patterns: Vec<Pattern>, r: u32) -> Pattern {
    pattern(l, PatternKind::MatchOr { patterns }, r)
}

impl Builder<'_> {
    /// `target` is what follows `as`: read as an expression, though only a name will do.
    pub(crate) fn match_as(&self, l: u32, inner: Pattern, target: Expr, r: u32) -> Fallible<Pattern> {
        let name = match &target.kind {
            ExprKind::Name { id, .. } if &**id == WILDCARD => {
                return fail(SyntaxErrorKind::WildcardTarget, target.span);
            }
            ExprKind::Name { id, .. } => Some(id.clone()),
            // What starts with a name but goes on gets no explanation from CPython.
            _ => match self.next_lexeme(target.span.start) {
                Some(Lexeme { token: Token::Name, span }) => {
                    return fail(SyntaxErrorKind::InvalidSyntax, self.next_token(span.end));
                }
                _ => return fail(SyntaxErrorKind::InvalidPatternTarget, target.span),
            },
        };
        Ok(pattern(l, PatternKind::MatchAs { pattern: Some(Box::new(inner)), name }, r))
    }
}

/// `real + imaginary` or `real - imaginary`.
pub(crate) fn complex(l: u32, real: Expr, op: Operator, imaginary: Expr, r: u32) -> Fallible<Expr> {
    let digits = match &real.kind {
        ExprKind::UnaryOp { operand, .. } => operand,
        _ => &real,
    };
    if is_imaginary(digits) {
        return fail(SyntaxErrorKind::RealNumberRequired, digits.span);
    }
    if !is_imaginary(&imaginary) {
        return fail(SyntaxErrorKind::ImaginaryNumberRequired, imaginary.span);
    }
    let kind = ExprKind::BinOp { left: Box::new(real), op, right: Box::new(imaginary) };
    Ok(Expr::new(kind, Span::new(l, r)))
}

fn is_imaginary(number: &Expr) -> bool {
    matches!(number.kind, ExprKind::Constant { value: Constant::Complex(_), .. })
}

/// An item of a mapping pattern as written.
pub(crate) enum MappingItem {
    Pair(Expr, Pattern),
    /// `**name`, and where it stands
    Rest(Identifier, Span),
}

pub(crate) fn match_mapping(l: u32, items: Option<Vec<MappingItem>>, r: u32) -> Fallible<Pattern> {
    let mut keys = Vec::new();
    let mut patterns = Vec::new();
    let mut rest: Option<(Identifier, Span)> = None;
    for item in items.unwrap_or_default() {
        if let Some((_, span)) = rest {
            return fail(SyntaxErrorKind::InvalidSyntax, Span::new(span.end, span.end + 1));
        }
        match item {
            MappingItem::Pair(key, value) => {
                keys.push(key);
                patterns.push(value);
            }
            MappingItem::Rest(name, span) if &*name == WILDCARD => {
                return fail(SyntaxErrorKind::InvalidSyntax, Span::new(span.end - 1, span.end));
            }
            MappingItem::Rest(name, span) => rest = Some((name, span)),
        }
    }
    let rest = rest.map(|(name, _)| name);
    Ok(pattern(l, PatternKind::MatchMapping { keys, patterns, rest }, r))
}

/// An argument of a class pattern: `pattern` or `name=pattern`.
pub(crate) type ClassPatternArgument = (Option<Identifier>, Pattern);

pub(crate) fn match_class(
    l: u32,
    cls: Expr,
    arguments: Option<Vec<ClassPatternArgument>>,
    r: u32,
) -> Fallible<Pattern> {
    let mut positional: Vec<Pattern> = Vec::new();
    let mut kwd_attrs = Vec::new();
    let mut kwd_patterns = Vec::new();
    // The first run of positional patterns after a keyword pattern.
    let mut misplaced: Option<Span> = None;
    for (name, value) in arguments.unwrap_or_default() {
        match name {
            Some(_) if misplaced.is_some() => break,
            Some(name) => {
                kwd_attrs.push(name);
                kwd_patterns.push(value);
            }
            None if kwd_attrs.is_empty() => positional.push(value),
            None => misplaced = Some(misplaced.map_or(value.span, |before| before.to(value.span))),
        }
    }
    if let Some(span) = misplaced {
        return fail(SyntaxErrorKind::PositionalPatternAfterKeyword, span);
    }
    Ok(pattern(l, PatternKind::MatchClass { cls: Box::new(cls), patterns: positional, kwd_attrs, kwd_patterns }, r))
}
