//! Parameter lists: from the flat list that the grammar reads to the five groups of `arguments`.
//!
//! The rules about order (`/` before `*`, defaults after non-defaults, `**` last) would need dozens of productions; here
//! they are a walk over the list, which also knows what to say when a rule is broken. Source: Language Reference 8.7 and
//! 6.14, PEP 570.

use std::mem;

use crate::actions::{Block, boxed, nests_right, statement};
use crate::ast::{Arg, Arguments, Expr, ExprKind, FunctionDef, Identifier, Stmt, StmtKind, TypeParam};
use crate::builder::{Builder, Fallible, fail};
use crate::error::SyntaxErrorKind;
use crate::span::Span;
use crate::token::{Lexeme, Token};

/// One item of a parameter list as written.
pub(crate) struct Param {
    kind: ParamKind,
    /// The item without its default; of `*args` and `**kwargs` only the stars.
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

/// `name: annotation = default`
pub(crate) fn plain(l: u32, name: Identifier, annotation: Option<Expr>, r: u32, default: Option<Expr>) -> Param {
    let span = Span::new(l, r);
    let arg = Arg { arg: name, annotation: annotation.map(Box::new), span };
    Param { kind: ParamKind::Plain, span, arg: Some(arg), default }
}

/// What a parameter list belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Function,
    Lambda,
}

/// `*name: annotation` or `**name: annotation`; `star` is where the stars stand.
pub(crate) fn variadic(
    kind: ParamKind,
    star: u32,
    l: u32,
    name: Identifier,
    annotation: Option<Expr>,
    r: u32,
) -> Param {
    Param { kind, span: Span::new(star, l), ..plain(l, name, annotation, r, None) }
}

/// `/` or `*`
pub(crate) fn marker(kind: ParamKind, l: u32, r: u32) -> Param {
    Param { kind, span: Span::new(l, r), arg: None, default: None }
}

impl Builder<'_> {
    pub(crate) fn function(
        &self,
        l: u32,
        name: Identifier,
        type_params: Option<Vec<TypeParam>>,
        params: Option<Vec<Param>>,
        returns: Option<Expr>,
        body: Block,
    ) -> Fallible<Stmt> {
        let payload = FunctionDef {
            name,
            args: self.arguments(params, Owner::Function)?,
            body: body.body,
            decorator_list: Vec::new(),
            returns: boxed(returns),
            type_params: type_params.unwrap_or_default(),
        };
        Ok(statement(l, StmtKind::FunctionDef(Box::new(payload)), body.end))
    }

    pub(crate) fn lambda(&mut self, l: u32, params: Option<Vec<Param>>, body: Expr, r: u32) -> Fallible<Expr> {
        let args = self.arguments(params, Owner::Lambda)?;
        let nested = nests_right(&body);
        let kind = ExprKind::Lambda { args: Box::new(args), body: Box::new(body) };
        Ok(self.right_nested(kind, nested, l, r))
    }

    /// Sorts a parameter list into its groups.
    pub(crate) fn arguments(&self, params: Option<Vec<Param>>, owner: Owner) -> Fallible<Arguments> {
        let mut sorted = Arguments::default();
        let mut slash_seen = false;
        let mut star_seen = false;
        // The place of a bare `*` that no keyword-only parameter has followed yet.
        let mut bare_star = None;
        for Param { kind, span, arg, default } in params.unwrap_or_default() {
            if sorted.kwarg.is_some() {
                return fail(SyntaxErrorKind::ParameterAfterKwargs, self.stars(kind, span));
            }
            match (kind, arg) {
                (ParamKind::Slash, _) if slash_seen => return fail(SyntaxErrorKind::SecondSlash, span),
                (ParamKind::Slash, _) if star_seen => return fail(SyntaxErrorKind::SlashAfterStar, span),
                (ParamKind::Slash, _) if sorted.args.is_empty() => {
                    return fail(self.if_comma_follows(span, SyntaxErrorKind::LeadingSlash), span);
                }
                (ParamKind::Slash, _) => {
                    slash_seen = true;
                    sorted.posonlyargs = mem::take(&mut sorted.args);
                }
                (ParamKind::BareStar, _) if star_seen => {
                    return fail(self.if_comma_follows(span, SyntaxErrorKind::SecondStar), span);
                }
                (ParamKind::BareStar, _) => {
                    star_seen = true;
                    bare_star = Some(span);
                }
                (ParamKind::Star, _) if star_seen => {
                    return fail(SyntaxErrorKind::SecondStar, self.stars(kind, span));
                }
                (ParamKind::Star, arg) => {
                    star_seen = true;
                    sorted.vararg = arg.map(Box::new);
                }
                (ParamKind::DoubleStar, arg) => {
                    if let Some(star) = bare_star {
                        return fail(SyntaxErrorKind::NothingAfterStar, self.lone_star(star, owner));
                    }
                    sorted.kwarg = arg.map(Box::new);
                }
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
                // INVARIANT: a plain parameter has a name.
                (ParamKind::Plain, None) => {}
            }
        }
        match bare_star {
            Some(star) => fail(SyntaxErrorKind::NothingAfterStar, self.lone_star(star, owner)),
            None => Ok(sorted),
        }
    }

    /// CPython explains some misplaced markers only if a comma follows.
    fn if_comma_follows(&self, marker: Span, kind: SyntaxErrorKind) -> SyntaxErrorKind {
        match self.next_lexeme(marker.end) {
            Some(Lexeme { token: Token::Comma, .. }) => kind,
            _ => SyntaxErrorKind::InvalidSyntax,
        }
    }

    /// The stars of a parameter, or the parameter if it has none.
    fn stars(&self, kind: ParamKind, span: Span) -> Span {
        match kind {
            ParamKind::Star | ParamKind::DoubleStar => self.next_token(span.start),
            ParamKind::Plain | ParamKind::Slash | ParamKind::BareStar => span,
        }
    }

    /// What is marked when nothing follows a bare `*`: of a function the star, of a lambda what comes instead of a name.
    fn lone_star(&self, star: Span, owner: Owner) -> Span {
        match (owner, self.next_lexeme(star.end)) {
            (Owner::Lambda, Some(Lexeme { token: Token::Comma, span })) => self.next_token(span.end),
            (Owner::Lambda, Some(next)) => next.span,
            (Owner::Lambda, None) | (Owner::Function, _) => star,
        }
    }
}
