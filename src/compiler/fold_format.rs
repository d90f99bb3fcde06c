//! `"..." % (a, b)` with a constant template becomes an f-string where that means the same.
//!
//! Only `%s`, `%r` and `%a` are taken, with an optional `-`, width and precision: formatting a string needs no more
//! than `format()` does.

use std::rc::Rc;

use coil_grammar::ast::{Conversion, Expr, ExprKind, Operator};
use coil_grammar::span::Span;

use crate::code::{Const, Op};

use super::expr::is_starred;
use super::{CompileResult, Compiler};

/// Longest width or precision that is taken.
const MAX_DIGITS: usize = 2;

/// A piece of the template.
pub(super) enum Part<'e> {
    /// Text as it is.
    Text(String),
    /// An argument with its conversion and format specification.
    Argument(&'e Expr, Conversion, Option<String>),
}

impl Compiler<'_> {
    /// The pieces of `template % (...)`, if it can be an f-string.
    pub(super) fn fold_format<'e>(&self, link: &'e Expr, template: &Const) -> Option<Vec<Part<'e>>> {
        let ExprKind::BinOp { op: Operator::Mod, right, .. } = &link.kind else { return None };
        let ExprKind::Tuple { elts, .. } = &right.kind else { return None };
        let Const::Str(template) = template else { return None };
        if elts.iter().any(is_starred) || self.constants(elts).is_some() {
            return None;
        }
        let mut parts = Vec::new();
        let mut arguments = elts.iter();
        let mut rest = &**template;
        loop {
            let (text, after) = literal(rest);
            if !text.is_empty() {
                parts.push(Part::Text(text));
            }
            let Some(after) = after else { break };
            let (conversion, spec, after) = directive(after)?;
            parts.push(Part::Argument(arguments.next()?, conversion, spec));
            rest = after;
        }
        arguments.next().is_none().then_some(parts)
    }

    /// Pushes the string that the pieces make.
    pub(super) fn formatted(&mut self, parts: &[Part<'_>], span: Span) -> CompileResult<()> {
        for part in parts {
            match part {
                Part::Text(text) => self.load_str(&Rc::from(&**text), span),
                Part::Argument(value, conversion, spec) => {
                    self.expr(value)?;
                    self.convert(*conversion, value.span);
                    match spec {
                        Some(spec) => {
                            self.load_str(&Rc::from(&**spec), value.span);
                            self.emit(Op::FormatWithSpec, value.span);
                        }
                        None if parts.len() != 1 => self.emit(Op::FormatPiece, value.span),
                        None => self.emit(Op::FormatSimple, value.span),
                    }
                }
            }
        }
        if parts.len() != 1 {
            self.emit_arg(Op::BuildString, parts.len() as u32, span);
        }
        Ok(())
    }
}

/// Splits off the text before the next directive, `%%` being a percent sign; `None` when no directive follows.
fn literal(template: &str) -> (String, Option<&str>) {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        match after.strip_prefix('%') {
            Some(after) => {
                text.push('%');
                rest = after;
            }
            None => return (text, Some(after)),
        }
    }
    text.push_str(rest);
    (text, None)
}

/// Reads `-10.3s` and the like. The flags other than `-` mean nothing to strings.
fn directive(text: &str) -> Option<(Conversion, Option<String>, &str)> {
    let flags_end = text.find(|c: char| !"-+ #0".contains(c)).unwrap_or(text.len());
    let (flags, rest) = text.split_at(flags_end);
    let mut spec = String::new();
    let (width, mut rest) = number(rest)?;
    if let Some(width) = width.filter(|width| *width > 0) {
        // `%10s` aligns to the right, `format` aligns strings to the left.
        if !flags.contains('-') {
            spec.push('>');
        }
        spec.push_str(&width.to_string());
    }
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = number(after)?;
        spec.push('.');
        spec.push_str(&precision.unwrap_or(0).to_string());
        rest = after;
    }
    let mut chars = rest.chars();
    let conversion = match chars.next()? {
        's' => Conversion::Str,
        'r' => Conversion::Repr,
        'a' => Conversion::Ascii,
        _ => return None,
    };
    Some((conversion, (!spec.is_empty()).then_some(spec), chars.as_str()))
}

/// Splits off leading digits, which may be missing but not be many.
fn number(text: &str) -> Option<(Option<u32>, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.len() <= MAX_DIGITS).then(|| (digits.parse().ok(), rest))
}
