//! The arguments of calls and classes: from the list that the grammar reads to positional and keyword arguments.
//!
//! As with parameters, the rules about order are a walk over the list, which can say what is wrong. Where CPython marks
//! "the last token it has read", the walk works out which one that is. Source: Language Reference 6.3.4.

use crate::actions::{Block, expr, named, starred, statement};
use crate::ast::{ClassDef, Comprehension, Constant, Expr, ExprKind, Identifier, Keyword, Stmt, StmtKind, TypeParam};
use crate::builder::{Builder, Fallible, fail};
use crate::error::SyntaxErrorKind;
use crate::span::Span;
use crate::targets;

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

    /// `target := value`. An argument's `:=` is not offered an explanation: CPython says "invalid syntax".
    pub(crate) fn named(l: u32, target: Expr, walrus: u32, value: Expr, r: u32) -> Fallible<Self> {
        match target.kind {
            ExprKind::Name { .. } if target.span.start == l => named(l, target, value, r).map(Self::Positional),
            _ => fail(SyntaxErrorKind::InvalidSyntax, Span::new(walrus, walrus + ":=".len() as u32)),
        }
    }

    /// `name` was read as an expression; the messages mark it up to and with the `=`, which ends at `equal`.
    pub(crate) fn keyword(l: u32, name: Expr, equal: u32, value: Expr, r: u32) -> Fallible<Self> {
        let marked = Span::new(name.span.start, equal);
        match &name.kind {
            ExprKind::Name { id, .. } if name.span.start == l => {
                Ok(Self::Keyword(Keyword { arg: Some(id.clone()), value, span: Span::new(l, r) }))
            }
            ExprKind::Constant { value: Constant::True | Constant::False | Constant::None, .. } => {
                fail(SyntaxErrorKind::CannotAssign { what: targets::describe(&name) }, marked)
            }
            _ => fail(SyntaxErrorKind::KeywordIsExpression, marked),
        }
    }

    pub(crate) fn generator(l: u32, elt: Expr, generators: Vec<Comprehension>, r: u32) -> Self {
        Self::Generator { elt, generators, span: Span::new(l, r) }
    }
}

/// What the arguments become: positional ones, starred ones included, and keywords, `**` included.
pub(crate) type Sorted = (Vec<Expr>, Vec<Keyword>);

impl Builder<'_> {
    pub(crate) fn call(
        &mut self,
        l: u32,
        func: Expr,
        open: u32,
        arguments: Option<ArgumentList>,
        r: u32,
    ) -> Fallible<Expr> {
        let (args, keywords) = self.call_arguments(open, arguments, r)?;
        Ok(self.left_nested(ExprKind::Call { func: Box::new(func), args, keywords }, l, r))
    }

    /// `arguments` is what stands in the parentheses, if there are any, and where they close.
    pub(crate) fn class(
        &self,
        l: u32,
        name: Identifier,
        type_params: Option<Vec<TypeParam>>,
        arguments: Option<(Option<ArgumentList>, u32)>,
        body: Block,
    ) -> Fallible<Stmt> {
        let (arguments, close) = arguments.unwrap_or_default();
        let (bases, keywords) = self.class_arguments(arguments, close)?;
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

    /// Sorts the arguments of a call; `open` and `r` are where its parentheses start and end.
    pub(crate) fn call_arguments(&self, open: u32, arguments: Option<ArgumentList>, r: u32) -> Fallible<Sorted> {
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
        self.sort_arguments(items, r - 1)
    }

    /// Sorts the arguments of a class, among which a bare generator expression is never allowed.
    pub(crate) fn class_arguments(&self, arguments: Option<ArgumentList>, close: u32) -> Fallible<Sorted> {
        let Some(ArgumentList { items, trailing_comma }) = arguments else {
            return Ok((Vec::new(), Vec::new()));
        };
        if let [Argument::Generator { elt, .. }] = &items[..]
            && !trailing_comma
        {
            return fail(SyntaxErrorKind::InvalidSyntax, self.next_token(elt.span.end));
        }
        self.sort_arguments(items, close)
    }

    /// `close` is where the closing parenthesis stands.
    fn sort_arguments(&self, items: Vec<Argument>, close: u32) -> Fallible<Sorted> {
        let mut args = Vec::with_capacity(items.len());
        let mut keywords: Vec<Keyword> = Vec::new();
        let mut items = items.into_iter();
        while let Some(item) = items.next() {
            match item {
                Argument::Positional(_) if !keywords.is_empty() => {
                    let kind = match keywords.iter().all(|keyword| keyword.arg.is_some()) {
                        true => SyntaxErrorKind::PositionalAfterKeyword,
                        false => SyntaxErrorKind::PositionalAfterUnpacking,
                    };
                    return fail(kind, self.after_second_run(items, close));
                }
                Argument::Positional(value) => args.push(value),
                Argument::Starred(value) => {
                    if keywords.iter().any(|keyword| keyword.arg.is_none()) {
                        return fail(SyntaxErrorKind::StarAfterDoubleStar, self.starred_run(&value, items, close));
                    }
                    args.push(value);
                }
                Argument::Keyword(keyword) => keywords.push(keyword),
                Argument::Generator { span, .. } => return fail(SyntaxErrorKind::GeneratorNeedsParentheses, span),
            }
        }
        Ok((args, keywords))
    }

    /// The token at which CPython stops when it reads `rest` as arguments of their own: the parenthesis, or the second
    /// token of the next argument that is out of place.
    fn after_second_run(&self, rest: impl Iterator<Item = Argument>, close: u32) -> Span {
        let mut keyword_seen = false;
        for item in rest {
            match item {
                Argument::Positional(value) if keyword_seen => return self.next_token(value.span.start + 1),
                Argument::Keyword(_) => keyword_seen = true,
                Argument::Positional(_) | Argument::Starred(_) | Argument::Generator { .. } => {}
            }
        }
        Span::new(close, close + 1)
    }

    /// From the comma before a starred argument to the token after the last of a run of them.
    fn starred_run(&self, first: &Expr, rest: impl Iterator<Item = Argument>, close: u32) -> Span {
        let comma = self.previous_token(first.span.start);
        let mut end = close;
        for item in rest {
            match item {
                Argument::Starred(_) => {}
                Argument::Positional(value) => {
                    end = self.previous_token(value.span.start).start;
                    break;
                }
                Argument::Keyword(keyword) => {
                    end = self.previous_token(keyword.span.start).start;
                    break;
                }
                Argument::Generator { span, .. } => {
                    end = self.previous_token(span.start).start;
                    break;
                }
            }
        }
        Span::new(comma.start, end)
    }
}
