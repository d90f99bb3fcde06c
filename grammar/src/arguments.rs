//! The arguments of calls and classes: from the list that the grammar reads to positional and keyword arguments.
//!
//! As with parameters, the rules about order are a walk over the list. Source: Language Reference 6.3.4.

use crate::actions::{Block, expr, starred, statement};
use crate::ast::{ClassDef, Comprehension, Expr, ExprKind, Identifier, Keyword, Stmt, StmtKind, TypeParam};
use crate::builder::{Builder, Fallible, refuse};
use crate::span::Span;

/// The arguments of a call or class as written, and whether a comma follows the last.
pub(crate) struct ArgumentList {
    pub(crate) items: Vec<Argument>,
    pub(crate) trailing_comma: bool,
}

pub(crate) fn argument_list(items: Vec<Argument>, trailing_comma: bool) -> ArgumentList {
    ArgumentList { items, trailing_comma }
}

/// One argument as written.
pub(crate) enum Argument {
    Positional(Expr),
    /// `*iterable`
    Starred(Expr),
    /// `name=value` or `**mapping`
    Keyword(Keyword),
    /// `elt for ...` without parentheses of its own
    Generator {
        elt: Expr,
        generators: Vec<Comprehension>,
        span: Span,
    },
}

impl Argument {
    pub(crate) fn starred(l: u32, value: Expr, r: u32) -> Self {
        Self::Starred(starred(l, value, r))
    }

    pub(crate) fn double_starred(l: u32, value: Expr, r: u32) -> Self {
        Self::Keyword(Keyword { arg: None, value, span: Span::new(l, r) })
    }

    /// `name` was read as an expression.
    pub(crate) fn keyword(l: u32, name: Expr, value: Expr, r: u32) -> Fallible<Self> {
        match &name.kind {
            ExprKind::Name { id, .. } if name.span.start == l => {
                Ok(Self::Keyword(Keyword { arg: Some(id.clone()), value, span: Span::new(l, r) }))
            }
            _ => refuse(name.span),
        }
    }

    pub(crate) fn generator(l: u32, elt: Expr, generators: Vec<Comprehension>, r: u32) -> Self {
        Self::Generator { elt, generators, span: Span::new(l, r) }
    }
}

impl Builder<'_> {
    /// `open` is where the parentheses start; they end where the call does.
    pub(crate) fn call(
        &mut self,
        l: u32,
        func: Expr,
        open: u32,
        arguments: Option<ArgumentList>,
        r: u32,
    ) -> Fallible<Expr> {
        let (args, keywords) = call_arguments(open, arguments, r)?;
        Ok(self.left_nested(ExprKind::Call { func: Box::new(func), args, keywords }, l, r))
    }
}

/// `arguments` is what stands in the parentheses, if there are any.
pub(crate) fn class(
    l: u32,
    name: Identifier,
    type_params: Option<Vec<TypeParam>>,
    arguments: Option<Option<ArgumentList>>,
    body: Block,
) -> Fallible<Stmt> {
    let (bases, keywords) = sort_arguments(arguments.flatten().map_or_else(Vec::new, |list| list.items))?;
    let payload = ClassDef {
        name,
        bases,
        keywords,
        body: body.body,
        decorator_list: Vec::new(),
        type_params: type_params.unwrap_or_default(),
    };
    Ok(statement(l, StmtKind::ClassDef(Box::new(payload)), body.end))
}

/// What the arguments become: positional ones, starred ones included, and keywords, `**` included.
type Sorted = (Vec<Expr>, Vec<Keyword>);

/// Sorts the arguments of a call; `open` and `r` are where its parentheses start and end.
fn call_arguments(open: u32, arguments: Option<ArgumentList>, r: u32) -> Fallible<Sorted> {
    let Some(ArgumentList { mut items, trailing_comma }) = arguments else {
        return Ok((Vec::new(), Vec::new()));
    };
    if let [Argument::Generator { .. }] = &items[..]
        && !trailing_comma
        && let Some(Argument::Generator { elt, generators, .. }) = items.pop()
    {
        let generator = ExprKind::GeneratorExp { elt: Box::new(elt), generators };
        return Ok((vec![expr(open, generator, r)], Vec::new()));
    }
    sort_arguments(items)
}

/// A generator expression without parentheses of its own must be the only argument, and never is one of a class.
fn sort_arguments(items: Vec<Argument>) -> Fallible<Sorted> {
    let mut args = Vec::with_capacity(items.len());
    let mut keywords: Vec<Keyword> = Vec::new();
    for item in items {
        match item {
            Argument::Positional(value) if !keywords.is_empty() => return refuse(value.span),
            Argument::Starred(value) if keywords.iter().any(|keyword| keyword.arg.is_none()) => {
                return refuse(value.span);
            }
            Argument::Positional(value) | Argument::Starred(value) => args.push(value),
            Argument::Keyword(keyword) => keywords.push(keyword),
            Argument::Generator { span, .. } => return refuse(span),
        }
    }
    Ok((args, keywords))
}
