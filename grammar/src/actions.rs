//! What the grammar's productions do: one function for each kind of node.
//!
//! A production hands over its parts and where it starts and ends (`l`, `r`); the function builds the node. Those that
//! can refuse their parts return a `Result`, whose error ends the parse; the words for it are found by `diagnose`.

use std::rc::Rc;

use crate::ast::{
    Alias, BoolOp, CmpOp, Comprehension, Constant, ExceptHandler, Expr, ExprContext, ExprKind, For, Identifier,
    MatchCase, Operator, Pattern, Stmt, StmtKind, Try, TypeParam, TypeParamKind, UnaryOp, WithItem,
};
use crate::builder::{Builder, Fallible, MAX_RIGHT_NESTING, fail, refuse};
use crate::error::SyntaxErrorKind;
use crate::numbers::{self, Number};
use crate::span::Span;
use crate::targets;

/// What a source may be parsed as.
pub(crate) enum Syntax {
    Module(Vec<Stmt>),
    Interactive(Vec<Stmt>),
    Expression(Expr),
}

impl Syntax {
    /// The statements of a module or an interactive input.
    pub(crate) fn into_statements(self) -> Vec<Stmt> {
        match self {
            Self::Module(body) | Self::Interactive(body) => body,
            Self::Expression(_) => Vec::new(),
        }
    }
}

pub(crate) fn module(body: Option<Block>) -> Syntax {
    Syntax::Module(body_of(body))
}

pub(crate) fn interactive(statement: Option<Block>) -> Syntax {
    Syntax::Interactive(body_of(statement))
}

/// Statements, and where the last of their tokens ends: a compound statement reaches that far, trailing `;` included.
pub(crate) struct Block {
    pub(crate) body: Vec<Stmt>,
    pub(crate) end: u32,
}

impl Block {
    pub(crate) fn of_compound(statement: Stmt) -> Self {
        let end = statement.span.end;
        Self { body: vec![statement], end }
    }

    pub(crate) fn extend(mut self, next: Self) -> Self {
        self.body.extend(next.body);
        self.end = next.end;
        self
    }
}

/// An `elif` clause.
pub(crate) struct Clause {
    pub(crate) start: u32,
    pub(crate) test: Expr,
    pub(crate) body: Block,
}

/// An item of a dict display.
pub(crate) enum DictItem {
    Pair(Expr, Expr),
    /// `**mapping`
    Unpacked(Expr),
}

pub(crate) fn push<T>(mut items: Vec<T>, item: T) -> Vec<T> {
    items.push(item);
    items
}

pub(crate) fn expr(l: u32, kind: ExprKind, r: u32) -> Expr {
    Expr::new(kind, Span::new(l, r))
}

pub(crate) fn boxed(value: Option<Expr>) -> Option<Box<Expr>> {
    value.map(Box::new)
}

fn body_of(block: Option<Block>) -> Vec<Stmt> {
    block.map_or_else(Vec::new, |block| block.body)
}

fn end_of(first: &Block, later: &[&Option<Block>]) -> u32 {
    later.iter().rev().find_map(|block| block.as_ref().map(|block| block.end)).unwrap_or(first.end)
}

// ---- Names and numbers ----

impl Builder<'_> {
    pub(crate) fn dotted(&mut self, path: &str, name: &str) -> Identifier {
        self.intern(&format!("{path}.{name}"))
    }

    pub(crate) fn import_star(&mut self, l: u32, r: u32) -> Vec<Alias> {
        vec![Alias { name: self.intern("*"), asname: None, span: Span::new(l, r) }]
    }

    pub(crate) fn number(&mut self, l: u32, r: u32) -> Fallible<Expr> {
        let value = match numbers::value(self.source, Span::new(l, r)) {
            Ok(Number::Int(value)) => Constant::Int(value),
            Ok(Number::BigInt(value)) => Constant::BigInt(Rc::new(value)),
            Ok(Number::Float(value)) => Constant::Float(value),
            Ok(Number::Imaginary(value)) => Constant::Complex(value),
            Err(error) => return fail(error.kind, error.span),
        };
        Ok(constant(l, value, r))
    }
}

// ---- Simple statements ----

pub(crate) fn statement(l: u32, kind: StmtKind, r: u32) -> Stmt {
    Stmt { kind, span: Span::new(l, r) }
}

pub(crate) fn expression_statement(value: Expr) -> StmtKind {
    StmtKind::Expr { value: Box::new(value) }
}

pub(crate) fn assign(mut targets: Vec<Expr>, value: Expr) -> Fallible<StmtKind> {
    targets.iter_mut().try_for_each(targets::store)?;
    Ok(StmtKind::Assign { targets, value: Box::new(value) })
}

pub(crate) fn augmented_assign(mut target: Expr, op: Operator, value: Expr) -> Fallible<StmtKind> {
    targets::store_single(&mut target)?;
    Ok(StmtKind::AugAssign { target: Box::new(target), op, value: Box::new(value) })
}

pub(crate) fn annotated_assign(l: u32, mut target: Expr, annotation: Expr, value: Option<Expr>) -> Fallible<StmtKind> {
    targets::store_single(&mut target)?;
    // In `(x): int` the statement starts at the parenthesis, and `x` is no annotated variable (PEP 526).
    let simple = matches!(target.kind, ExprKind::Name { .. }) && target.span.start == l;
    Ok(StmtKind::AnnAssign { target: Box::new(target), annotation: Box::new(annotation), value: boxed(value), simple })
}

pub(crate) fn delete(mut targets: Vec<Expr>) -> Fallible<StmtKind> {
    targets.iter_mut().try_for_each(targets::delete)?;
    Ok(StmtKind::Delete { targets })
}

pub(crate) fn return_(value: Option<Expr>) -> StmtKind {
    StmtKind::Return { value: boxed(value) }
}

pub(crate) fn raise(exc: Option<Expr>, cause: Option<Expr>) -> StmtKind {
    StmtKind::Raise { exc: boxed(exc), cause: boxed(cause) }
}

pub(crate) fn assert(test: Expr, msg: Option<Expr>) -> StmtKind {
    StmtKind::Assert { test: Box::new(test), msg: boxed(msg) }
}

pub(crate) fn import_from(level: Option<u32>, module: Option<Identifier>, names: Vec<Alias>) -> StmtKind {
    StmtKind::ImportFrom { module, names, level: level.unwrap_or(0) }
}

pub(crate) fn alias(l: u32, name: Identifier, asname: Option<Identifier>, r: u32) -> Alias {
    Alias { name, asname, span: Span::new(l, r) }
}

pub(crate) fn type_alias(l: u32, id: Identifier, r: u32, type_params: Option<Vec<TypeParam>>, value: Expr) -> StmtKind {
    let name = Box::new(expr(l, ExprKind::Name { id, ctx: ExprContext::Store }, r));
    StmtKind::TypeAlias { name, type_params: type_params.unwrap_or_default(), value: Box::new(value) }
}

// ---- Compound statements ----

impl Builder<'_> {
    pub(crate) fn if_(&mut self, l: u32, test: Expr, body: Block, elifs: Vec<Clause>, orelse: Option<Block>) -> Stmt {
        let end = match (&orelse, elifs.last()) {
            (Some(block), _) => block.end,
            (None, Some(clause)) => clause.body.end,
            (None, None) => body.end,
        };
        if elifs.len() > MAX_RIGHT_NESTING as usize {
            self.note_depth(SyntaxErrorKind::TooDeep, Span::new(l, end));
        }
        let mut orelse = orelse.map_or_else(Vec::new, |block| block.body);
        for clause in elifs.into_iter().rev() {
            let kind = StmtKind::If { test: Box::new(clause.test), body: clause.body.body, orelse };
            orelse = vec![Stmt { kind, span: Span::new(clause.start, end) }];
        }
        let kind = StmtKind::If { test: Box::new(test), body: body.body, orelse };
        Stmt { kind, span: Span::new(l, end) }
    }
}

pub(crate) fn while_(l: u32, test: Expr, body: Block, orelse: Option<Block>) -> Stmt {
    let end = end_of(&body, &[&orelse]);
    statement(l, StmtKind::While { test: Box::new(test), body: body.body, orelse: body_of(orelse) }, end)
}

pub(crate) fn for_(l: u32, target: Expr, iter: Expr, body: Block, orelse: Option<Block>) -> Stmt {
    let end = end_of(&body, &[&orelse]);
    let payload = For { target, iter, body: body.body, orelse: body_of(orelse) };
    statement(l, StmtKind::For(Box::new(payload)), end)
}

pub(crate) fn with(l: u32, items: Vec<WithItem>, body: Block) -> Stmt {
    statement(l, StmtKind::With { items, body: body.body }, body.end)
}

pub(crate) fn with_item(context_expr: Expr, mut target: Expr) -> Fallible<WithItem> {
    targets::store(&mut target)?;
    Ok(WithItem { context_expr, optional_vars: Some(Box::new(target)) })
}

pub(crate) fn try_finally(l: u32, body: Block, finalbody: Block) -> Stmt {
    let payload = Try { body: body.body, handlers: Vec::new(), orelse: Vec::new(), finalbody: finalbody.body };
    statement(l, StmtKind::Try(Box::new(payload)), finalbody.end)
}

/// An `except` clause, and whether it is an `except*` clause.
pub(crate) struct Handler {
    is_star: bool,
    handler: ExceptHandler,
}

pub(crate) fn except(l: u32, type_: Option<Expr>, name: Option<Identifier>, body: Block) -> Handler {
    let handler = ExceptHandler { type_: boxed(type_), name, body: body.body, span: Span::new(l, body.end) };
    Handler { is_star: false, handler }
}

pub(crate) fn except_star(l: u32, type_: Expr, name: Option<Identifier>, body: Block) -> Handler {
    Handler { is_star: true, ..except(l, Some(type_), name, body) }
}

pub(crate) fn try_(
    l: u32,
    body: Block,
    handlers: Vec<Handler>,
    orelse: Option<Block>,
    finalbody: Option<Block>,
) -> Fallible<Stmt> {
    let is_star = handlers.first().is_some_and(|first| first.is_star);
    if let Some(odd) = handlers.iter().find(|clause| clause.is_star != is_star) {
        return refuse(odd.handler.span);
    }
    let handlers_end = handlers.last().map_or(body.end, |last| last.handler.span.end);
    let end = finalbody.as_ref().or(orelse.as_ref()).map_or(handlers_end, |block| block.end);
    let payload = Box::new(Try {
        body: body.body,
        handlers: handlers.into_iter().map(|clause| clause.handler).collect(),
        orelse: body_of(orelse),
        finalbody: body_of(finalbody),
    });
    let kind = if is_star { StmtKind::TryStar(payload) } else { StmtKind::Try(payload) };
    Ok(statement(l, kind, end))
}

/// Makes the `async` form of a statement; `l` is where the keyword stands.
pub(crate) fn make_async(l: u32, mut plain: Stmt) -> Stmt {
    let kind = match std::mem::replace(&mut plain.kind, StmtKind::Pass) {
        StmtKind::For(payload) => StmtKind::AsyncFor(payload),
        StmtKind::With { items, body } => StmtKind::AsyncWith { items, body },
        StmtKind::FunctionDef(payload) => StmtKind::AsyncFunctionDef(payload),
        other => other,
    };
    statement(l, kind, plain.span.end)
}

pub(crate) fn decorate(decorators: Vec<Expr>, mut definition: Stmt) -> Stmt {
    match &mut definition.kind {
        StmtKind::FunctionDef(payload) | StmtKind::AsyncFunctionDef(payload) => payload.decorator_list = decorators,
        StmtKind::ClassDef(payload) => payload.decorator_list = decorators,
        _ => {}
    }
    definition
}

pub(crate) fn match_(l: u32, subject: Expr, cases: Vec<(MatchCase, u32)>) -> Stmt {
    let end = cases.last().map_or(subject.span.end, |(_, end)| *end);
    let cases = cases.into_iter().map(|(case, _)| case).collect();
    statement(l, StmtKind::Match { subject: Box::new(subject), cases }, end)
}

pub(crate) fn match_case(pattern: Pattern, guard: Option<Expr>, body: Block) -> (MatchCase, u32) {
    (MatchCase { pattern, guard: boxed(guard), body: body.body }, body.end)
}

pub(crate) fn type_var(l: u32, name: Identifier, bound: Option<Expr>, default: Option<Expr>, r: u32) -> TypeParam {
    type_parameter(TypeParamKind::TypeVar { bound: boxed(bound) }, l, name, default, r)
}

pub(crate) fn type_parameter(
    kind: TypeParamKind,
    l: u32,
    name: Identifier,
    default: Option<Expr>,
    r: u32,
) -> TypeParam {
    TypeParam { kind, name, default_value: boxed(default), span: Span::new(l, r) }
}

// ---- Targets ----

pub(crate) fn loop_target(mut target: Expr) -> Fallible<Expr> {
    targets::store(&mut target)?;
    Ok(target)
}

pub(crate) fn starred(l: u32, value: Expr, r: u32) -> Expr {
    expr(l, ExprKind::Starred { value: Box::new(value), ctx: ExprContext::Load }, r)
}

// ---- Expressions ----

pub(crate) fn name(l: u32, id: Identifier, r: u32) -> Expr {
    expr(l, ExprKind::Name { id, ctx: ExprContext::Load }, r)
}

pub(crate) fn constant(l: u32, value: Constant, r: u32) -> Expr {
    expr(l, ExprKind::Constant { value, u_prefix: false }, r)
}

pub(crate) fn tuple(l: u32, elts: Vec<Expr>, r: u32) -> Expr {
    expr(l, ExprKind::Tuple { elts, ctx: ExprContext::Load }, r)
}

pub(crate) fn list(l: u32, elts: Option<Vec<Expr>>, r: u32) -> Expr {
    expr(l, ExprKind::List { elts: elts.unwrap_or_default(), ctx: ExprContext::Load }, r)
}

pub(crate) fn set(l: u32, elts: Vec<Expr>, r: u32) -> Expr {
    expr(l, ExprKind::Set { elts }, r)
}

pub(crate) fn dict(l: u32, items: Vec<DictItem>, r: u32) -> Expr {
    let mut keys = Vec::with_capacity(items.len());
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        match item {
            DictItem::Pair(key, value) => {
                keys.push(Some(key));
                values.push(value);
            }
            DictItem::Unpacked(mapping) => {
                keys.push(None);
                values.push(mapping);
            }
        }
    }
    expr(l, ExprKind::Dict { keys, values }, r)
}

/// A parenthesised expression is the expression itself.
pub(crate) fn group(value: Expr) -> Fallible<Expr> {
    match value.kind {
        ExprKind::Starred { .. } => refuse(value.span),
        _ => Ok(value),
    }
}

pub(crate) fn yield_(l: u32, value: Option<Expr>, r: u32) -> Expr {
    expr(l, ExprKind::Yield { value: boxed(value) }, r)
}

pub(crate) fn yield_from(l: u32, value: Expr, r: u32) -> Expr {
    expr(l, ExprKind::YieldFrom { value: Box::new(value) }, r)
}

pub(crate) fn await_(l: u32, value: Expr, r: u32) -> Expr {
    expr(l, ExprKind::Await { value: Box::new(value) }, r)
}

pub(crate) fn named(l: u32, mut target: Expr, value: Expr, r: u32) -> Fallible<Expr> {
    // `(x) := 1` is refused although `x` is a name.
    match target.kind {
        ExprKind::Name { .. } if target.span.start == l => targets::store(&mut target)?,
        _ => return refuse(target.span),
    }
    Ok(expr(l, ExprKind::NamedExpr { target: Box::new(target), value: Box::new(value) }, r))
}

pub(crate) fn bool_op(l: u32, op: BoolOp, values: Vec<Expr>, r: u32) -> Expr {
    expr(l, ExprKind::BoolOp { op, values }, r)
}

pub(crate) fn compare(l: u32, left: Expr, rest: (Vec<CmpOp>, Vec<Expr>), r: u32) -> Expr {
    let (ops, comparators) = rest;
    expr(l, ExprKind::Compare { left: Box::new(left), ops, comparators }, r)
}

pub(crate) fn push_comparison(mut rest: (Vec<CmpOp>, Vec<Expr>), op: CmpOp, operand: Expr) -> (Vec<CmpOp>, Vec<Expr>) {
    rest.0.push(op);
    rest.1.push(operand);
    rest
}

pub(crate) fn slice(l: u32, lower: Option<Expr>, upper: Option<Expr>, step: Option<Option<Expr>>, r: u32) -> Expr {
    let step = boxed(step.flatten());
    expr(l, ExprKind::Slice { lower: boxed(lower), upper: boxed(upper), step }, r)
}

/// `a[*b]` means `a[(*b,)]` (PEP 646).
pub(crate) fn star_index(l: u32, value: Expr, r: u32) -> Expr {
    tuple(l, vec![starred(l, value, r)], r)
}

// ---- Expressions of which long chains can be made ----

impl Builder<'_> {
    pub(crate) fn binary(&mut self, l: u32, left: Expr, op: Operator, right: Expr, r: u32) -> Expr {
        let nested = op == Operator::Pow && nests_right(&right);
        let kind = ExprKind::BinOp { left: Box::new(left), op, right: Box::new(right) };
        self.right_nested(kind, nested, l, r)
    }

    pub(crate) fn unary(&mut self, l: u32, op: UnaryOp, operand: Expr, r: u32) -> Expr {
        let nested = nests_right(&operand);
        self.right_nested(ExprKind::UnaryOp { op, operand: Box::new(operand) }, nested, l, r)
    }

    pub(crate) fn conditional(&mut self, l: u32, body: Expr, test: Expr, orelse: Expr, r: u32) -> Expr {
        let nested = nests_right(&orelse);
        let kind = ExprKind::IfExp { test: Box::new(test), body: Box::new(body), orelse: Box::new(orelse) };
        self.right_nested(kind, nested, l, r)
    }

    pub(crate) fn attribute(&mut self, l: u32, value: Expr, attr: Identifier, r: u32) -> Expr {
        let kind = ExprKind::Attribute { value: Box::new(value), attr, ctx: ExprContext::Load };
        self.left_nested(kind, l, r)
    }

    pub(crate) fn subscript(&mut self, l: u32, value: Expr, slice: Expr, r: u32) -> Expr {
        let kind = ExprKind::Subscript { value: Box::new(value), slice: Box::new(slice), ctx: ExprContext::Load };
        self.left_nested(kind, l, r)
    }
}

/// Whether a node is one that CPython's parser recurses for at its right end.
pub(crate) fn nests_right(node: &Expr) -> bool {
    matches!(
        node.kind,
        ExprKind::UnaryOp { .. }
            | ExprKind::IfExp { .. }
            | ExprKind::Lambda { .. }
            | ExprKind::BinOp { op: Operator::Pow, .. }
    )
}

// ---- Comprehensions ----

pub(crate) fn generator_expression(l: u32, elt: Expr, generators: Vec<Comprehension>, r: u32) -> Fallible<Expr> {
    let elt = Box::new(comprehension_element(elt)?);
    Ok(expr(l, ExprKind::GeneratorExp { elt, generators }, r))
}

pub(crate) fn list_comprehension(l: u32, elt: Expr, generators: Vec<Comprehension>, r: u32) -> Fallible<Expr> {
    let elt = Box::new(comprehension_element(elt)?);
    Ok(expr(l, ExprKind::ListComp { elt, generators }, r))
}

pub(crate) fn set_comprehension(l: u32, elt: Expr, generators: Vec<Comprehension>, r: u32) -> Fallible<Expr> {
    let elt = Box::new(comprehension_element(elt)?);
    Ok(expr(l, ExprKind::SetComp { elt, generators }, r))
}

fn comprehension_element(elt: Expr) -> Fallible<Expr> {
    match elt.kind {
        ExprKind::Starred { .. } => refuse(elt.span),
        _ => Ok(elt),
    }
}

pub(crate) fn dict_comprehension(l: u32, item: DictItem, generators: Vec<Comprehension>, r: u32) -> Fallible<Expr> {
    match item {
        DictItem::Pair(key, value) => {
            Ok(expr(l, ExprKind::DictComp { key: Box::new(key), value: Box::new(value), generators }, r))
        }
        DictItem::Unpacked(mapping) => refuse(mapping.span),
    }
}
