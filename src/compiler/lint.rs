//! Warnings about code that cannot do what was meant: `x is 1`, `"text"(x)`, `[1, 2]["a"]`, `assert (x, "message")`.
//!
//! They are data for whoever called the compiler; whether they are shown, and how often, is for the `warnings` filters.

use coil_grammar::ast::{CmpOp, Constant, Expr, ExprKind};
use coil_grammar::span::Span;

use crate::code::Const;

use super::{Compiler, Warning};

impl Compiler<'_> {
    /// Notes a warning; a `finally` body, which is compiled twice, warns once.
    pub(super) fn warn(&mut self, message: String, span: Span) {
        self.warnings.insert(Warning { message, span });
    }

    /// `x is 1`: identity of literals is an accident of the implementation.
    pub(super) fn check_compare(&mut self, left: &Expr, ops: &[CmpOp], comparators: &[Expr], span: Span) {
        let mut left_literal = self.literal_type(left);
        for (op, right) in ops.iter().zip(comparators) {
            let right_literal = self.literal_type(right);
            if let CmpOp::Is | CmpOp::IsNot = op
                && let Some(name) = left_literal.or(right_literal)
            {
                let message = match op {
                    CmpOp::Is => format!("\"is\" with '{name}' literal. Did you mean \"==\"?"),
                    _ => format!("\"is not\" with '{name}' literal. Did you mean \"!=\"?"),
                };
                return self.warn(message, span);
            }
            left_literal = right_literal;
        }
    }

    /// The type of a constant that `is` makes no sense with; `None`, `True`, `False` and `...` are singletons.
    fn literal_type(&self, expr: &Expr) -> Option<&'static str> {
        let value = self.constant(expr)?;
        match value {
            Const::None | Const::True | Const::False | Const::Ellipsis => None,
            other => Some(const_type(&other)),
        }
    }

    /// `"text"(x)`: most often a comma is missing before the parenthesis.
    pub(super) fn check_caller(&mut self, func: &Expr) {
        let name = match &func.kind {
            ExprKind::Constant { .. }
            | ExprKind::Tuple { .. }
            | ExprKind::List { .. }
            | ExprKind::ListComp { .. }
            | ExprKind::Dict { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::Set { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::GeneratorExp { .. }
            | ExprKind::JoinedStr { .. } => self.inferred_type(func),
            _ => None,
        };
        if let Some(name) = name {
            let message = format!("'{name}' object is not callable; perhaps you missed a comma?");
            self.warn(message, func.span);
        }
    }

    /// `1[x]`: an object that has no items.
    pub(super) fn check_subscripter(&mut self, value: &Expr) {
        let has_items = match &value.kind {
            ExprKind::Constant { value, .. } => matches!(value, Constant::Str(_) | Constant::Bytes(_)),
            ExprKind::Set { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::GeneratorExp { .. }
            | ExprKind::Lambda { .. } => false,
            _ => true,
        };
        if !has_items && let Some(name) = self.inferred_type(value) {
            let message = format!("'{name}' object is not subscriptable; perhaps you missed a comma?");
            self.warn(message, value.span);
        }
    }

    /// `[1, 2]["a"]`, or the more likely `[[1, 2] [3, 4]]`.
    pub(super) fn check_index(&mut self, value: &Expr, index: &Expr) {
        let Some(index_name) = self.inferred_type(index) else { return };
        if matches!(index_name, "int" | "bool" | "slice") {
            return;
        }
        let is_sequence = match &value.kind {
            ExprKind::Constant { value, .. } => matches!(value, Constant::Str(_) | Constant::Bytes(_)),
            ExprKind::Tuple { .. }
            | ExprKind::List { .. }
            | ExprKind::ListComp { .. }
            | ExprKind::JoinedStr { .. }
            | ExprKind::FormattedValue { .. } => true,
            _ => false,
        };
        if is_sequence && let Some(name) = self.inferred_type(value) {
            let message =
                format!("{name} indices must be integers or slices, not {index_name}; perhaps you missed a comma?");
            self.warn(message, index.span);
        }
    }

    /// The type of an expression that can have only one.
    fn inferred_type(&self, expr: &Expr) -> Option<&'static str> {
        Some(match &expr.kind {
            ExprKind::Tuple { .. } => "tuple",
            ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
            ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
            ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
            ExprKind::GeneratorExp { .. } => "generator",
            ExprKind::Lambda { .. } => "function",
            ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
            _ => const_type(&self.constant(expr)?),
        })
    }
}

fn const_type(value: &Const) -> &'static str {
    match value {
        Const::None => "NoneType",
        Const::True | Const::False => "bool",
        Const::Ellipsis => "ellipsis",
        Const::Int(_) | Const::BigInt(_) => "int",
        Const::Float(_) => "float",
        Const::Complex(..) => "complex",
        Const::Str(_) => "str",
        Const::Bytes(_) => "bytes",
        Const::Tuple(_) => "tuple",
        Const::FrozenSet(_) => "frozenset",
        Const::Code(_) => "code",
    }
}
