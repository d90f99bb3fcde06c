//! Strings as the parser puts them together: f-strings, and literals that stand side by side.
//!
//! The lexer hands an f-string over in pieces (PEP 701). Neighbouring literals are joined before anything else is made
//! of them (Language Reference 2.4.2): `'a' f'{b}c' 'd'` is one `JoinedStr` of `'a'`, the field and `'cd'`.

use std::rc::Rc;

use crate::ast::{Constant, Conversion, Expr, ExprKind};
use crate::builder::{Builder, Fallible, fail, refuse};
use crate::span::Span;
use crate::strings::{self, Prefix, StringValue};

/// One literal of a run of literals.
pub(crate) enum StringPiece {
    Str { value: Rc<str>, u_prefix: bool, span: Span },
    Bytes(Rc<[u8]>),
    FString(Vec<Expr>),
}

/// What stands between an f-string's quotes, or after the colon of a field.
pub(crate) enum FStringPart {
    /// Literal text. It is decoded late: whether backslashes count is known when the f-string is complete.
    Literal(Span),
    /// A field, perhaps with the text that `=` asks for in front of it.
    Field { debug: Option<Expr>, value: Expr },
}

impl FStringPart {
    pub(crate) fn literal(l: u32, r: u32) -> Self {
        Self::Literal(Span::new(l, r))
    }
}

/// `!name`; `l` is where the exclamation mark stands.
pub(crate) fn conversion(l: u32, start: u32, name: &str, r: u32) -> Fallible<Conversion> {
    if start != l + 1 {
        return refuse(Span::new(l, r));
    }
    match name {
        "s" => Ok(Conversion::Str),
        "r" => Ok(Conversion::Repr),
        "a" => Ok(Conversion::Ascii),
        _ => refuse(Span::new(start, r)),
    }
}

impl Builder<'_> {
    pub(crate) fn plain_string(&mut self, l: u32, r: u32) -> Fallible<StringPiece> {
        let span = Span::new(l, r);
        match strings::decode(self.source, span, &mut self.warnings) {
            Ok(StringValue::Str(value)) => {
                let u_prefix = Prefix::of(self.text(l, r)).unicode;
                Ok(StringPiece::Str { value: value.into(), u_prefix, span })
            }
            Ok(StringValue::Bytes(value)) => Ok(StringPiece::Bytes(value.into())),
            Err(error) => fail(error.kind, error.span),
        }
    }

    /// `close` is where the closing quote stands.
    pub(crate) fn fstring(&mut self, l: u32, parts: Vec<FStringPart>, close: u32, r: u32) -> Fallible<StringPiece> {
        let prefix = Prefix::of(self.text(l, r));
        Ok(StringPiece::FString(self.joined_values(parts, prefix.raw, Span::new(close, r))?))
    }

    pub(crate) fn format_spec(&mut self, l: u32, parts: Vec<FStringPart>, r: u32) -> Fallible<Expr> {
        // CPython differs from its own documentation, and so does Coil: escapes count in the format spec of a raw
        // f-string.
        let values = self.joined_values(parts, false, Span::new(r, r + 1))?;
        Ok(Expr::new(ExprKind::JoinedStr { values: fold(values) }, Span::new(l, r)))
    }

    fn joined_values(&mut self, parts: Vec<FStringPart>, raw: bool, blame: Span) -> Fallible<Vec<Expr>> {
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                FStringPart::Literal(span) => {
                    match strings::decode_text(self.source, span, raw, blame, &mut self.warnings) {
                        Ok(text) => values.push(string(text.into(), false, with_doubled_brace(self.source, span, raw))),
                        Err(error) => return fail(error.kind, error.span),
                    }
                }
                FStringPart::Field { debug, value } => {
                    values.extend(debug);
                    values.push(value);
                }
            }
        }
        Ok(values)
    }

    /// `{value}` with what may follow the value. `debug` is where the `=` ends; the text that it asks for includes the blanks
    /// behind it.
    pub(crate) fn replacement_field(
        &mut self,
        l: u32,
        value: Expr,
        debug: Option<u32>,
        conversion: Option<Conversion>,
        spec: Option<Expr>,
        r: u32,
    ) -> FStringPart {
        let conversion = match (conversion, debug, &spec) {
            (Some(conversion), _, _) => conversion,
            (None, Some(_), None) => Conversion::Repr,
            (None, _, _) => Conversion::None,
        };
        let debug = debug.map(|end| {
            let span = Span::new(l + 1, self.token_after(end));
            string(without_comments(span.text(self.source)).into(), false, span)
        });
        let kind = ExprKind::FormattedValue { value: Box::new(value), conversion, format_spec: spec.map(Box::new) };
        FStringPart::Field { debug, value: Expr::new(kind, Span::new(l, r)) }
    }

    /// A run of literals.
    pub(crate) fn strings(&mut self, l: u32, mut pieces: Vec<StringPiece>, r: u32) -> Fallible<Expr> {
        let span = Span::new(l, r);
        if pieces.len() == 1
            && let Some(piece) = pieces.pop()
        {
            return Ok(match piece {
                StringPiece::Str { value, u_prefix, .. } => string(value, u_prefix, span),
                StringPiece::Bytes(value) => bytes(value, span),
                StringPiece::FString(values) => Expr::new(ExprKind::JoinedStr { values: fold(values) }, span),
            });
        }
        let bytes_count = pieces.iter().filter(|piece| matches!(piece, StringPiece::Bytes(_))).count();
        if bytes_count == pieces.len() {
            let joined: Vec<u8> = pieces
                .iter()
                .flat_map(|piece| match piece {
                    StringPiece::Bytes(value) => &value[..],
                    StringPiece::Str { .. } | StringPiece::FString(_) => &[],
                })
                .copied()
                .collect();
            return Ok(bytes(joined.into(), span));
        }
        if bytes_count > 0 {
            return refuse(span);
        }
        let is_formatted = pieces.iter().any(|piece| matches!(piece, StringPiece::FString(_)));
        let mut values = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match piece {
                StringPiece::Str { value, u_prefix, span } => values.push(string(value, u_prefix, span)),
                StringPiece::FString(inner) => values.extend(inner),
                StringPiece::Bytes(_) => {}
            }
        }
        if is_formatted {
            return Ok(Expr::new(ExprKind::JoinedStr { values: fold(values) }, span));
        }
        Ok(join(&values, span))
    }
}

fn string(value: Rc<str>, u_prefix: bool, span: Span) -> Expr {
    Expr::new(ExprKind::Constant { value: Constant::Str(value), u_prefix }, span)
}

fn bytes(value: Rc<[u8]>, span: Span) -> Expr {
    Expr::new(ExprKind::Constant { value: Constant::Bytes(value), u_prefix: false }, span)
}

fn text_of(node: &Expr) -> Option<&Rc<str>> {
    match &node.kind {
        ExprKind::Constant { value: Constant::Str(text), .. } => Some(text),
        _ => None,
    }
}

/// One constant of a run of constants; the first one's `u` decides.
fn join(run: &[Expr], span: Span) -> Expr {
    let u_prefix = matches!(run.first().map(|node| &node.kind), Some(ExprKind::Constant { u_prefix: true, .. }));
    let text: String = run.iter().filter_map(text_of).map(|text| &**text).collect();
    string(text.into(), u_prefix, span)
}

/// Joins neighbouring constants and drops the empty ones.
fn fold(values: Vec<Expr>) -> Vec<Expr> {
    let mut folded = Vec::with_capacity(values.len());
    let mut run: Vec<Expr> = Vec::new();
    for value in values {
        if text_of(&value).is_some() {
            run.push(value);
            continue;
        }
        end_run(&mut run, &mut folded);
        folded.push(value);
    }
    end_run(&mut run, &mut folded);
    folded
}

fn end_run(run: &mut Vec<Expr>, folded: &mut Vec<Expr>) {
    let joined = match &run[..] {
        [] => return,
        [_] => run.pop(),
        [first, .., last] => Some(join(run, first.span.to(last.span))),
    };
    run.clear();
    folded.extend(joined.filter(|node| text_of(node).is_some_and(|text| !text.is_empty())));
}

/// The span of a literal piece as the tree gives it: of `{{` the token holds one brace only, the node both.
fn with_doubled_brace(source: &str, span: Span, raw: bool) -> Span {
    let text = span.text(source);
    let is_doubled = match text.as_bytes().last() {
        Some(brace @ (b'{' | b'}')) => source.as_bytes().get(span.end as usize) == Some(brace),
        _ => false,
    };
    // The brace of `\N{name}` has no double, though another one may follow it.
    let ends_name = !raw
        && text.ends_with('}')
        && text
            .rfind('{')
            .is_some_and(|open| text[..open].ends_with("\\N") && text[open..].find('}') == Some(text.len() - open - 1));
    match is_doubled && !ends_name {
        true => Span::new(span.start, span.end + 1),
        false => span,
    }
}

/// The text of a field without what follows a `#` on each line. CPython differs from what one would expect: it does not
/// ask whether the `#` stands in a string.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.find('#') {
            Some(at) => {
                kept.push_str(&line[..at]);
                kept.push_str(if line.ends_with('\n') { "\n" } else { "" });
            }
            None => kept.push_str(line),
        }
    }
    kept
}
