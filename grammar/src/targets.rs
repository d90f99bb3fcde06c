//! Targets: turning an expression that was read to the left of `=`, `in` or `as` into a place to store in, or refusing it.
//!
//! An LR(1) parser cannot know that `a.b, c` will be assigned to until it sees the `=`. The grammar therefore reads
//! targets as expressions (Language Reference 7.2 says the same of the two: a target list looks like an expression list)
//! and the functions here set the context of each node that is stored in.

use crate::ast::{Expr, ExprContext, ExprKind};
use crate::builder::{Fallible, refuse};

/// Marks `target` and what it is made of as stored in.
pub(crate) fn store(target: &mut Expr) -> Fallible<()> {
    set_context(target, ExprContext::Store)
}

/// Marks `target` and what it is made of as deleted.
pub(crate) fn delete(target: &mut Expr) -> Fallible<()> {
    set_context(target, ExprContext::Del)
}

/// Marks a target that may not be a tuple, list or starred.
pub(crate) fn store_single(target: &mut Expr) -> Fallible<()> {
    match target.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => store(target),
        _ => refuse(target.span),
    }
}

/// Recursion is bounded: only brackets nest targets, and the lexer counts those.
fn set_context(target: &mut Expr, context: ExprContext) -> Fallible<()> {
    match &mut target.kind {
        ExprKind::Name { ctx, .. } | ExprKind::Attribute { ctx, .. } | ExprKind::Subscript { ctx, .. } => {
            *ctx = context;
            Ok(())
        }
        ExprKind::List { elts, ctx } | ExprKind::Tuple { elts, ctx } => {
            *ctx = context;
            elts.iter_mut().try_for_each(|element| set_context(element, context))
        }
        ExprKind::Starred { value, ctx } if context == ExprContext::Store => {
            *ctx = context;
            set_context(value, context)
        }
        _ => refuse(target.span),
    }
}
