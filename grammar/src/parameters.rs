//! Parameter lists: from the flat list that the grammar reads to the five groups of `arguments`.
//!
//! The rules about order (`/` before `*`, defaults after non-defaults, `**` last) would need dozens of productions; here
//! they are a walk over the list, which also knows what to say when a rule is broken. Source: Language Reference 8.7 and
//! 6.14, PEP 570.

use crate::actions::{Fallible, fail};
use crate::ast::{Arg, Arguments, Expr, Identifier};
use crate::error::SyntaxErrorKind;
use crate::span::Span;

/// One item of a parameter list as written.
pub(crate) struct Param {
    kind: ParamKind,
    /// The item without its default, for `*args` and `**kwargs` without the stars.
    span: Span,
    /// `None` for the markers `/` and `*`.
    arg: Option<Arg>,
    default: Option<Expr>,
}

/// What an item of a parameter list is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParamKind {
    /// `name`, perhaps with a default
    Plain,
    /// `*name`
    Star,
    /// `**name`
    DoubleStar,
    /// `/`
    Slash,
    /// `*`
    BareStar,
}

pub(crate) fn parameter(
    kind: ParamKind,
    l: u32,
    name: Identifier,
    annotation: Option<Expr>,
    r: u32,
    default: Option<Expr>,
) -> Param {
    let span = Span::new(l, r);
    let arg = Arg { arg: name, annotation: annotation.map(Box::new), span };
    Param { kind, span, arg: Some(arg), default }
}

pub(crate) fn parameter_marker(kind: ParamKind, l: u32, r: u32) -> Param {
    Param { kind, span: Span::new(l, r), arg: None, default: None }
}

/// Sorts a parameter list into its groups.
pub(crate) fn arguments(params: Vec<Param>) -> Fallible<Arguments> {
    let mut sorted = Arguments::default();
    let mut slash_seen = false;
    // The place of a bare `*` that no keyword-only parameter has followed yet.
    let mut bare_star = None;
    let mut star_seen = false;
    for Param { kind, span, arg, default } in params {
        if sorted.kwarg.is_some() {
            return fail(SyntaxErrorKind::ParameterAfterKwargs, span);
        }
        match (kind, arg) {
            (ParamKind::Slash, _) => {
                if slash_seen {
                    return fail(SyntaxErrorKind::SecondSlash, span);
                }
                if star_seen {
                    return fail(SyntaxErrorKind::SlashAfterStar, span);
                }
                if sorted.args.is_empty() {
                    return fail(SyntaxErrorKind::LeadingSlash, span);
                }
                slash_seen = true;
                sorted.posonlyargs = std::mem::take(&mut sorted.args);
            }
            (ParamKind::BareStar, _) => {
                if star_seen {
                    return fail(SyntaxErrorKind::SecondStar, span);
                }
                star_seen = true;
                bare_star = Some(span);
            }
            (ParamKind::Star, arg) => {
                if star_seen {
                    return fail(SyntaxErrorKind::SecondStar, Span::new(span.start - 1, span.start));
                }
                star_seen = true;
                sorted.vararg = arg.map(Box::new);
            }
            (ParamKind::DoubleStar, arg) => sorted.kwarg = arg.map(Box::new),
            (ParamKind::Plain, Some(arg)) if star_seen => {
                bare_star = None;
                sorted.kwonlyargs.push(arg);
                sorted.kw_defaults.push(default);
            }
            (ParamKind::Plain, Some(arg)) => {
                match default {
                    Some(default) => sorted.defaults.push(default),
                    None if sorted.defaults.is_empty() => {}
                    None => return fail(SyntaxErrorKind::NonDefaultAfterDefault, span),
                }
                sorted.args.push(arg);
            }
            (ParamKind::Plain, None) => {}
        }
    }
    match bare_star {
        Some(span) => fail(SyntaxErrorKind::NothingAfterStar, span),
        None => Ok(sorted),
    }
}
