//! Building patterns. Source: Language Reference 8.6.4, PEP 634.

use crate::ast::{Constant, Expr, ExprKind, Identifier, Operator, Pattern, PatternKind};
use crate::builder::{Fallible, refuse};
use crate::span::Span;

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

pub(crate) fn match_as(l: u32, inner: Pattern, name: Identifier, span: Span, r: u32) -> Fallible<Pattern> {
    match unless_wildcard(name) {
        None => refuse(span),
        name => Ok(pattern(l, PatternKind::MatchAs { pattern: Some(Box::new(inner)), name }, r)),
    }
}

/// `real + imaginary` or `real - imaginary`.
pub(crate) fn complex(l: u32, real: Expr, op: Operator, imaginary: Expr, r: u32) -> Fallible<Expr> {
    let digits = match &real.kind {
        ExprKind::UnaryOp { operand, .. } => operand,
        _ => &real,
    };
    if is_imaginary(digits) || !is_imaginary(&imaginary) {
        return refuse(imaginary.span);
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
    let mut rest = None;
    for item in items.unwrap_or_default() {
        match item {
            // `**rest` comes last.
            MappingItem::Pair(key, _) if rest.is_some() => return refuse(key.span),
            MappingItem::Pair(key, value) => {
                keys.push(key);
                patterns.push(value);
            }
            MappingItem::Rest(name, span) if &*name == WILDCARD || rest.is_some() => return refuse(span),
            MappingItem::Rest(name, _) => rest = Some(name),
        }
    }
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
    for (name, value) in arguments.unwrap_or_default() {
        match name {
            Some(name) => {
                kwd_attrs.push(name);
                kwd_patterns.push(value);
            }
            None if kwd_attrs.is_empty() => positional.push(value),
            None => return refuse(value.span),
        }
    }
    Ok(pattern(l, PatternKind::MatchClass { cls: Box::new(cls), patterns: positional, kwd_attrs, kwd_patterns }, r))
}
