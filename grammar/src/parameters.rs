//! Parameter lists: from the flat list that the grammar reads to the five groups of `arguments`.
//!
//! The rules about order (`/` before `*`, defaults after non-defaults, `**` last) would need dozens of productions; here
//! they are a walk over the list. Source: Language Reference 8.7 and 6.14, PEP 570.

use std::mem;

use crate::actions::{Block, boxed, nests_right, statement};
use crate::ast::{Arg, Arguments, Expr, ExprKind, FunctionDef, Identifier, Stmt, StmtKind, TypeParam};
use crate::builder::{Builder, Fallible, refuse};
use crate::span::Span;

/// One item of a parameter list as written.
pub(crate) enum Param {
    /// `name`, perhaps with a default
    Plain(Arg, Option<Expr>),
    /// `*name`
    Star(Arg),
    /// `**name`
    DoubleStar(Arg),
    /// `/`
    Slash(Span),
    /// `*`
    BareStar(Span),
}

pub(crate) fn arg(l: u32, name: Identifier, annotation: Option<Expr>, r: u32) -> Arg {
    Arg { arg: name, annotation: boxed(annotation), span: Span::new(l, r) }
}

pub(crate) fn function(
    l: u32,
    name: Identifier,
    type_params: Option<Vec<TypeParam>>,
    params: Option<Vec<Param>>,
    returns: Option<Expr>,
    body: Block,
) -> Fallible<Stmt> {
    let payload = FunctionDef {
        name,
        args: arguments(params)?,
        body: body.body,
        decorator_list: Vec::new(),
        returns: boxed(returns),
        type_params: type_params.unwrap_or_default(),
    };
    Ok(statement(l, StmtKind::FunctionDef(Box::new(payload)), body.end))
}

impl Builder<'_> {
    pub(crate) fn lambda(&mut self, l: u32, params: Option<Vec<Param>>, body: Expr, r: u32) -> Fallible<Expr> {
        let args = Box::new(arguments(params)?);
        let nested = nests_right(&body);
        Ok(self.right_nested(ExprKind::Lambda { args, body: Box::new(body) }, nested, l, r))
    }
}

/// Sorts a parameter list into its groups.
fn arguments(params: Option<Vec<Param>>) -> Fallible<Arguments> {
    let mut sorted = Arguments::default();
    let mut slash_seen = false;
    let mut star_seen = false;
    // The place of a bare `*` that no keyword-only parameter has followed yet.
    let mut bare_star = None;
    for param in params.unwrap_or_default() {
        if let Some(last) = &sorted.kwarg {
            return refuse(last.span);
        }
        match param {
            Param::Slash(span) if slash_seen || star_seen || sorted.args.is_empty() => return refuse(span),
            Param::Slash(_) => {
                slash_seen = true;
                sorted.posonlyargs = mem::take(&mut sorted.args);
            }
            Param::BareStar(span) if star_seen => return refuse(span),
            Param::BareStar(span) => {
                star_seen = true;
                bare_star = Some(span);
            }
            Param::Star(arg) if star_seen => return refuse(arg.span),
            Param::Star(arg) => {
                star_seen = true;
                sorted.vararg = Some(Box::new(arg));
            }
            Param::DoubleStar(arg) => sorted.kwarg = Some(Box::new(arg)),
            Param::Plain(arg, default) if star_seen => {
                bare_star = None;
                sorted.kwonlyargs.push(arg);
                sorted.kw_defaults.push(default);
            }
            Param::Plain(arg, None) if !sorted.defaults.is_empty() => return refuse(arg.span),
            Param::Plain(arg, default) => {
                sorted.args.push(arg);
                sorted.defaults.extend(default);
            }
        }
    }
    match bare_star {
        Some(star) => refuse(star),
        None => Ok(sorted),
    }
}
