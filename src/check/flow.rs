//! Code that no run reaches: K601.
//!
//! A block is read statement by statement; after one that never hands control to the next, the rest is unreachable.
//! Conditions count only where they are the plain `while True`. A `yield` after a `return` is left alone: it is how one
//! makes an empty generator.

use coil_grammar::ast::{Constant, Expr, ExprKind, PatternKind, Stmt, StmtKind, Try};
use coil_grammar::span::Span;

use super::finding::Finding;
use crate::diagnostics::catalog::Code;

/// Reports the unreachable parts of a block and of the blocks in it.
pub(super) fn check(body: &[Stmt], findings: &mut Vec<Finding>) {
    let mut blocks = vec![body];
    while let Some(block) = blocks.pop() {
        if let Some((last, rest)) = dead_part(block)
            && !rest.iter().all(makes_generator)
        {
            let (first, end) = (&rest[0], &rest[rest.len() - 1]);
            let span = Span::new(first.span.start, end.span.end);
            findings.push(Finding::new(Code::K601, span).label("cause", last.span));
        }
        for stmt in block {
            blocks.extend(inner(stmt));
        }
    }
}

/// The statement that ends a block early, and what stands after it.
fn dead_part(block: &[Stmt]) -> Option<(&Stmt, &[Stmt])> {
    let at = block.iter().position(|stmt| !can_go_on(stmt))?;
    let rest = &block[at + 1..];
    (!rest.is_empty()).then(|| (&block[at], rest))
}

/// `yield`, or what has no effect: there only to make the function a generator.
fn makes_generator(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Expr { value } => {
            matches!(value.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. } | ExprKind::Constant { .. })
        }
        StmtKind::Pass => true,
        StmtKind::Assign { value, .. } => matches!(value.kind, ExprKind::Yield { .. }),
        _ => false,
    }
}

/// The blocks of a statement.
pub(super) fn inner(stmt: &Stmt) -> Vec<&[Stmt]> {
    match &stmt.kind {
        StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => vec![&def.body],
        StmtKind::ClassDef(def) => vec![&def.body],
        StmtKind::For(for_) | StmtKind::AsyncFor(for_) => vec![&for_.body, &for_.orelse],
        StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => vec![body, orelse],
        StmtKind::With { body, .. } | StmtKind::AsyncWith { body, .. } => vec![body],
        StmtKind::Match { cases, .. } => cases.iter().map(|case| &case.body[..]).collect(),
        StmtKind::Try(try_) | StmtKind::TryStar(try_) => {
            let mut blocks: Vec<&[Stmt]> = vec![&try_.body, &try_.orelse, &try_.finalbody];
            blocks.extend(try_.handlers.iter().map(|handler| &handler.body[..]));
            blocks
        }
        _ => Vec::new(),
    }
}

/// Whether control can come out of the end of a block.
fn ends_normally(block: &[Stmt]) -> bool {
    block.iter().all(can_go_on)
}

/// Whether control can go on to the statement after this one.
pub(super) fn can_go_on(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Return { .. } | StmtKind::Raise { .. } | StmtKind::Break | StmtKind::Continue => false,
        StmtKind::While { test, body, .. } => !is_always_true(test) || breaks(body),
        StmtKind::If { .. } => {
            // An `elif` is an `If` in the `else` of the one before.
            let mut at = stmt;
            loop {
                let StmtKind::If { body, orelse, .. } = &at.kind else { return can_go_on(at) };
                match &orelse[..] {
                    _ if orelse.is_empty() || ends_normally(body) => return true,
                    [only] => at = only,
                    _ => return ends_normally(orelse),
                }
            }
        }
        // A manager may swallow an exception, and even a `return` can end in one before it returns.
        StmtKind::With { .. } | StmtKind::AsyncWith { .. } => true,
        StmtKind::Try(try_) => try_goes_on(try_),
        StmtKind::TryStar(_) => true,
        StmtKind::Match { cases, .. } => {
            let takes_all = cases.last().is_some_and(|case| {
                case.guard.is_none() && matches!(case.pattern.kind, PatternKind::MatchAs { pattern: None, .. })
            });
            !takes_all || cases.iter().any(|case| ends_normally(&case.body))
        }
        _ => true,
    }
}

fn try_goes_on(try_: &Try) -> bool {
    if !ends_normally(&try_.finalbody) {
        return false;
    }
    let tried = ends_normally(&try_.body) && ends_normally(&try_.orelse);
    tried || try_.handlers.iter().any(|handler| ends_normally(&handler.body))
}

/// Whether a loop's body has a `break` of that loop.
fn breaks(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::Break => true,
        // The `else` of an inner loop belongs to the outer one.
        StmtKind::For(for_) | StmtKind::AsyncFor(for_) => breaks(&for_.orelse),
        StmtKind::While { orelse, .. } => breaks(orelse),
        StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => false,
        _ => inner(stmt).into_iter().any(breaks),
    })
}

fn is_always_true(test: &Expr) -> bool {
    match &test.kind {
        ExprKind::Constant { value, .. } => match value {
            Constant::True => true,
            Constant::Int(number) => *number != 0,
            _ => false,
        },
        _ => false,
    }
}
