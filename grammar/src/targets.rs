//! Targets: turning an expression that was read to the left of `=`, `in` or `as` into a place to store in, or refusing it.
//!
//! An LR(1) parser cannot know that `a.b, c` will be assigned to until it sees the `=`. The grammar therefore reads
//! targets as expressions (Language Reference 7.2 says the same of the two: a target list looks like an expression list)
//! and the functions here set the context of each node that is stored in.

use crate::ast::{Constant, Expr, ExprContext, ExprKind};
use crate::error::{SyntaxError, SyntaxErrorKind};

/// What kind of statement stores, as far as the error messages differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetUse {
    /// `=`, `for`, `with`, `:=`
    Store,
    /// `del`
    Delete,
}

/// Marks `target` and what it is made of as stored in.
pub(crate) fn store(target: &mut Expr) -> Result<(), Box<SyntaxError>> {
    check(target, TargetUse::Store)?;
    set_context(target, ExprContext::Store);
    Ok(())
}

/// Marks `target` and what it is made of as deleted.
pub(crate) fn delete(target: &mut Expr) -> Result<(), Box<SyntaxError>> {
    check(target, TargetUse::Delete)?;
    set_context(target, ExprContext::Del);
    Ok(())
}

fn check(target: &Expr, target_use: TargetUse) -> Result<(), Box<SyntaxError>> {
    let Some(invalid) = find_invalid(target, target_use) else {
        return Ok(());
    };
    let what = describe(invalid);
    let kind = match target_use {
        TargetUse::Store => SyntaxErrorKind::CannotAssign { what },
        TargetUse::Delete => SyntaxErrorKind::CannotDelete { what },
    };
    Err(Box::new(SyntaxError::new(kind, invalid.span)))
}

/// The first part of `target`, in source order, that nothing can be stored in.
///
/// Recursion is bounded: only brackets nest targets, and the lexer counts those.
pub(crate) fn find_invalid(target: &Expr, target_use: TargetUse) -> Option<&Expr> {
    match &target.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
            elts.iter().find_map(|element| find_invalid(element, target_use))
        }
        ExprKind::Starred { value, .. } if target_use == TargetUse::Store => find_invalid(value, target_use),
        _ => Some(target),
    }
}

/// Sets the context of a valid target.
pub(crate) fn set_context(target: &mut Expr, context: ExprContext) {
    match &mut target.kind {
        ExprKind::Name { ctx, .. } | ExprKind::Attribute { ctx, .. } | ExprKind::Subscript { ctx, .. } => {
            *ctx = context;
        }
        ExprKind::List { elts, ctx } | ExprKind::Tuple { elts, ctx } => {
            *ctx = context;
            for element in elts {
                set_context(element, context);
            }
        }
        ExprKind::Starred { value, ctx } => {
            *ctx = context;
            set_context(value, context);
        }
        _ => {}
    }
}

/// What the messages call an expression.
pub(crate) fn describe(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Starred { .. } => "starred",
        ExprKind::Name { .. } => "name",
        ExprKind::List { .. } => "list",
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::Lambda { .. } => "lambda",
        ExprKind::Call { .. } => "function call",
        ExprKind::BoolOp { .. } | ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } | ExprKind::Slice { .. } => {
            "expression"
        }
        ExprKind::GeneratorExp { .. } => "generator expression",
        ExprKind::Yield { .. } | ExprKind::YieldFrom { .. } => "yield expression",
        ExprKind::Await { .. } => "await expression",
        ExprKind::ListComp { .. } => "list comprehension",
        ExprKind::SetComp { .. } => "set comprehension",
        ExprKind::DictComp { .. } => "dict comprehension",
        ExprKind::Dict { .. } => "dict literal",
        ExprKind::Set { .. } => "set display",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "f-string expression",
        ExprKind::Compare { .. } => "comparison",
        ExprKind::IfExp { .. } => "conditional expression",
        ExprKind::NamedExpr { .. } => "named expression",
        ExprKind::Constant { value, .. } => match value {
            Constant::None => "None",
            Constant::True => "True",
            Constant::False => "False",
            Constant::Ellipsis => "ellipsis",
            Constant::Str(_)
            | Constant::Bytes(_)
            | Constant::Int(_)
            | Constant::BigInt(_)
            | Constant::Float(_)
            | Constant::Complex(_) => "literal",
        },
    }
}
