//! Targets: turning an expression that was read to the left of `=`, `in` or `as` into a place to store in, or refusing it.
//!
//! An LR(1) parser cannot know that `a.b, c` will be assigned to until it sees the `=`. The grammar therefore reads
//! targets as expressions (Language Reference 7.2 says the same of the two: a target list looks like an expression list)
//! and the functions here set the context of each node that is stored in.

use crate::ast::{CmpOp, Constant, Expr, ExprContext, ExprKind, StmtKind, UnaryOp};
use crate::builder::{Builder, Fallible, fail};
use crate::error::SyntaxErrorKind;
use crate::span::Span;
use crate::token::{Lexeme, Token};

/// What kind of statement names the target, as far as the rules differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetUse {
    /// `=`, `with`
    Assign,
    /// `for`
    Loop,
    /// `del`
    Delete,
}

/// Marks `target` and what it is made of as stored in.
pub(crate) fn store(target: &mut Expr) -> Fallible<()> {
    if let Some(invalid) = find_invalid(target, TargetUse::Assign) {
        return fail(SyntaxErrorKind::CannotAssign { what: describe(invalid) }, invalid.span);
    }
    set_context(target, ExprContext::Store);
    Ok(())
}

/// Marks `target` and what it is made of as deleted.
pub(crate) fn delete(target: &mut Expr) -> Fallible<()> {
    if let Some(invalid) = find_invalid(target, TargetUse::Delete) {
        return fail(SyntaxErrorKind::CannotDelete { what: describe(invalid) }, invalid.span);
    }
    set_context(target, ExprContext::Del);
    Ok(())
}

impl Builder<'_> {
    /// `targets[0] = targets[1] = value`; `l` is where the value starts, parentheses included.
    pub(crate) fn assign(&self, mut targets: Vec<Expr>, l: u32, value: Expr) -> Fallible<StmtKind> {
        let is_only = targets.len() == 1;
        for target in &mut targets {
            let is_yield = matches!(target.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. });
            if is_yield && !self.is_grouped(target) {
                return fail(SyntaxErrorKind::YieldAssigned, target.span);
            }
            if let Some(invalid) = find_invalid(target, TargetUse::Assign) {
                let plain = (SyntaxErrorKind::CannotAssign { what: describe(invalid) }, invalid.span);
                let suggestion = if is_only { self.suggest_comparison(target, l, &value) } else { None };
                let (kind, span) = suggestion.unwrap_or(plain);
                return fail(kind, span);
            }
            set_context(target, ExprContext::Store);
        }
        Ok(StmtKind::Assign { targets, value: Box::new(value) })
    }

    pub(crate) fn annotated_assign(
        &self,
        l: u32,
        mut target: Expr,
        annotation: Expr,
        value: Option<Expr>,
    ) -> Fallible<StmtKind> {
        let simple = match &target.kind {
            // In `(x): int` the statement starts at the parenthesis.
            ExprKind::Name { .. } => target.span.start == l,
            ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => false,
            ExprKind::List { .. } => return fail(SyntaxErrorKind::CannotAnnotate { what: "list" }, target.span),
            ExprKind::Tuple { elts, .. } => {
                // A tuple without parentheses is marked by its first element.
                let span = match elts.first() {
                    Some(first) if !self.is_bracketed(target.span) => first.span,
                    _ => target.span,
                };
                return fail(SyntaxErrorKind::CannotAnnotate { what: "tuple" }, span);
            }
            ExprKind::Starred { .. } => return fail(SyntaxErrorKind::InvalidSyntax, self.next_token(target.span.end)),
            _ => return fail(SyntaxErrorKind::IllegalAnnotation, target.span),
        };
        set_context(&mut target, ExprContext::Store);
        let value = value.map(Box::new);
        Ok(StmtKind::AnnAssign { target: Box::new(target), annotation: Box::new(annotation), value, simple })
    }

    /// The target of a `for`.
    pub(crate) fn loop_target(&self, mut target: Expr) -> Fallible<Expr> {
        match find_invalid(&target, TargetUse::Loop) {
            None => {
                set_context(&mut target, ExprContext::Store);
                Ok(target)
            }
            // `for (a in b) in c`: CPython takes the first `in` for the loop's and stumbles over the second.
            Some(Expr { kind: ExprKind::Compare { ops, .. }, span, .. }) if ops.first() == Some(&CmpOp::In) => {
                let mut next = self.next_lexeme(span.end);
                while let Some(Lexeme { token: Token::RightParen | Token::RightBracket, span }) = next {
                    next = self.next_lexeme(span.end);
                }
                fail(SyntaxErrorKind::InvalidSyntax, next.map_or(*span, |lexeme| lexeme.span))
            }
            Some(invalid) => fail(SyntaxErrorKind::CannotAssign { what: describe(invalid) }, invalid.span),
        }
    }

    /// What to say about `target = value` if `==` may have been meant, and where: CPython asks what stands directly before
    /// the `=`, whether or not it is what is invalid.
    fn suggest_comparison(&self, target: &Expr, l: u32, value: &Expr) -> Option<(SyntaxErrorKind, Span)> {
        let equal = self.previous_token(l);
        if self.previous_lexeme(equal.start)?.token == Token::Comma {
            return None;
        }
        let last = match &target.kind {
            ExprKind::Tuple { elts, .. } if !self.is_bracketed(target.span) => elts.last()?,
            _ => target,
        };
        let operand = self.leading_operand(l, value)?;
        if !self.is_grouped(last) {
            if let ExprKind::Name { .. } = last.kind {
                return Some((SyntaxErrorKind::MaybeComparison, last.span.to(operand)));
            }
            if !is_operand(last) || !self.may_be_compared(last) {
                return None;
            }
        }
        Some((SyntaxErrorKind::CannotAssignMaybeEqual { what: describe(last) }, last.span))
    }

    /// The first operand of a comparison that `value` is, starts with, or could be; `l` is where the value starts,
    /// parentheses included.
    fn leading_operand(&self, l: u32, value: &Expr) -> Option<Span> {
        if value.span.start > l {
            return Some(value.span);
        }
        match &value.kind {
            ExprKind::Tuple { elts, .. } if !self.is_bracketed(value.span) => self.leading_operand(l, elts.first()?),
            ExprKind::IfExp { body, .. } => self.leading_operand(l, body),
            ExprKind::BoolOp { values, .. } => self.leading_operand(l, values.first()?),
            ExprKind::Compare { left, .. } => self.leading_operand(l, left),
            _ => is_operand(value).then_some(value.span),
        }
    }

    /// Whether the first atom of an operand is none of those for which CPython offers no `==`.
    fn may_be_compared(&self, operand: &Expr) -> bool {
        let mut atom = operand;
        loop {
            let first = match &atom.kind {
                ExprKind::BinOp { left: first, .. }
                | ExprKind::Attribute { value: first, .. }
                | ExprKind::Call { func: first, .. }
                | ExprKind::Subscript { value: first, .. } => first,
                ExprKind::List { .. } | ExprKind::Tuple { .. } | ExprKind::GeneratorExp { .. } => return false,
                ExprKind::Constant { value: Constant::None | Constant::True | Constant::False, .. } => return false,
                _ => return true,
            };
            if first.span.start > atom.span.start {
                return true;
            }
            atom = first;
        }
    }

    /// Whether an expression stands in parentheses that are not its own.
    fn is_grouped(&self, value: &Expr) -> bool {
        matches!(self.previous_lexeme(value.span.start), Some(Lexeme { token: Token::LeftParen, .. }))
    }

    /// Whether the bracket at the start of a span has its partner at the span's end: so a tuple with parentheses of its
    /// own is told from `(a), (b)`.
    fn is_bracketed(&self, span: Span) -> bool {
        let first = self.lexemes.partition_point(|lexeme| lexeme.span.start < span.start);
        let mut depth = 0_u32;
        for lexeme in &self.lexemes[first..] {
            match lexeme.token {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => depth += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return lexeme.span.end == span.end;
            }
        }
        false
    }
}

/// Whether an expression without parentheses can be an operand of a comparison.
fn is_operand(value: &Expr) -> bool {
    !matches!(
        value.kind,
        ExprKind::BoolOp { .. }
            | ExprKind::Compare { .. }
            | ExprKind::UnaryOp { op: UnaryOp::Not, .. }
            | ExprKind::IfExp { .. }
            | ExprKind::Lambda { .. }
            | ExprKind::NamedExpr { .. }
            | ExprKind::Starred { .. }
            | ExprKind::Yield { .. }
            | ExprKind::YieldFrom { .. }
    )
}

/// The first part of `target`, in source order, that nothing can be stored in.
///
/// Recursion is bounded: only brackets nest targets, and the lexer counts those.
fn find_invalid(target: &Expr, target_use: TargetUse) -> Option<&Expr> {
    match &target.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
            elts.iter().find_map(|element| find_invalid(element, target_use))
        }
        ExprKind::Starred { value, .. } if target_use != TargetUse::Delete => find_invalid(value, target_use),
        ExprKind::Compare { left, ops, .. } if target_use == TargetUse::Loop && ops.first() == Some(&CmpOp::In) => {
            Some(find_invalid(left, target_use).unwrap_or(target))
        }
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
