//! `match` (Language Reference 8.6, PEP 634).
//!
//! A pattern consumes the subject on top of the stack. Captured values stay on the stack below it until the whole
//! pattern has matched, and only then are names bound: a pattern that fails half-way binds nothing. How many values a
//! failing test has to pop is known when compiling, so each pattern has a ladder of labels (`fail_pop`): label `n`
//! pops `n` values on its way to the next case.

use std::rc::Rc;

use coil_grammar::ast::{CmpOp, Expr, ExprContext, ExprKind, MatchCase, Pattern, PatternKind};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::dis::const_repr;
use crate::code::{Const, Op};

use super::errors::error;
use super::fold;
use super::ir::{Label, NO_SPAN};
use super::{CompileError, CompileResult, Compiler};

/// The state of compiling one pattern.
#[derive(Default)]
struct PatternContext {
    /// The names captured so far; their values are on the stack, the first one deepest.
    stores: Vec<Rc<str>>,
    /// Whether a pattern that always matches may stand here.
    allow_irrefutable: bool,
    /// The ladder of labels.
    fail_pop: Vec<Label>,
    /// How many values lie above the captured ones.
    on_top: usize,
}

impl<'a> Compiler<'a> {
    pub(super) fn match_statement(&mut self, subject: &Expr, cases: &'a [MatchCase]) -> CompileResult<()> {
        self.expr(subject)?;
        let end = self.new_label();
        let Some((last, others)) = cases.split_last() else { return Ok(()) };
        let has_default = is_wildcard(&last.pattern) && !others.is_empty();
        let tested = if has_default { others } else { cases };
        for (index, case) in tested.iter().enumerate() {
            let span = case.pattern.span;
            let keep_subject = index + 1 < tested.len();
            if keep_subject {
                self.emit_arg(Op::Copy, 1, span);
            }
            let mut context = PatternContext {
                allow_irrefutable: case.guard.is_some() || index + 1 == cases.len(),
                ..PatternContext::default()
            };
            self.pattern(&case.pattern, &mut context)?;
            for name in std::mem::take(&mut context.stores) {
                self.store_name(&name, span)?;
            }
            if let Some(guard) = &case.guard {
                let fail = self.fail_label(&mut context, 0);
                self.jump_if(guard, fail, false)?;
            }
            if keep_subject {
                self.emit(Op::PopTop, span);
            }
            self.statements(&case.body)?;
            self.emit_jump(Op::Jump, end, NO_SPAN);
            self.close_ladder(&mut context, span);
        }
        if has_default {
            self.emit(Op::Nop, last.pattern.span);
            if let Some(guard) = &last.guard {
                self.jump_if(guard, end, false)?;
            }
            self.statements(&last.body)?;
        }
        self.use_label(end);
        Ok(())
    }

    /// The label that pops `pops` values before the next case.
    fn fail_label(&mut self, context: &mut PatternContext, pops: usize) -> Label {
        while context.fail_pop.len() <= pops {
            let label = self.new_label();
            context.fail_pop.push(label);
        }
        context.fail_pop[pops]
    }

    fn jump_to_fail(&mut self, context: &mut PatternContext, op: Op, span: Span) {
        let label = self.fail_label(context, context.on_top + context.stores.len());
        self.emit_jump(op, label, span);
    }

    fn close_ladder(&mut self, context: &mut PatternContext, span: Span) {
        while let Some(label) = context.fail_pop.pop() {
            self.use_label(label);
            if !context.fail_pop.is_empty() {
                self.emit(Op::PopTop, span);
            }
        }
    }

    /// Moves the top of the stack below the `count - 1` values under it.
    fn rotate(&mut self, count: usize, span: Span) {
        for n in (2..=count).rev() {
            self.emit_arg(Op::Swap, n as u32, span);
        }
    }

    /// Captures the top of the stack, or drops it.
    fn capture(&mut self, name: Option<&Rc<str>>, context: &mut PatternContext, span: Span) -> CompileResult<()> {
        let Some(name) = name else {
            self.emit(Op::PopTop, span);
            return Ok(());
        };
        if context.stores.contains(name) {
            return Err(duplicate(name, span));
        }
        self.rotate(context.on_top + context.stores.len() + 1, span);
        context.stores.push(Rc::clone(name));
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern, context: &mut PatternContext) -> CompileResult<()> {
        self.deeper()?;
        let span = pattern.span;
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.value_pattern(value, context, span)?,
            PatternKind::MatchSingleton { value } => {
                self.load_const(fold::literal(value), span);
                self.compare_op(CmpOp::Is, span);
                self.jump_to_fail(context, Op::PopJumpIfFalse, span);
            }
            PatternKind::MatchSequence { patterns } => self.sequence_pattern(patterns, context, span)?,
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.mapping_pattern(keys, patterns, rest.as_ref(), context, span)?;
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.class_pattern(cls, patterns, kwd_attrs, kwd_patterns, context, span)?;
            }
            PatternKind::MatchStar { name } => self.capture(name.as_ref(), context, span)?,
            PatternKind::MatchAs { pattern: None, name } => {
                if !context.allow_irrefutable {
                    return Err(error(
                        match name {
                            Some(name) => SyntaxErrorKind::CaptureUnreachable { name: name.to_string() },
                            None => SyntaxErrorKind::WildcardUnreachable,
                        },
                        span,
                    ));
                }
                self.capture(name.as_ref(), context, span)?;
            }
            PatternKind::MatchAs { pattern: Some(inner), name } => {
                context.on_top += 1;
                self.emit_arg(Op::Copy, 1, span);
                self.pattern(inner, context)?;
                context.on_top -= 1;
                self.capture(name.as_ref(), context, span)?;
            }
            PatternKind::MatchOr { patterns } => self.or_pattern(patterns, context, span)?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// A pattern inside another, where a capture that always matches makes nothing unreachable.
    fn sub_pattern(&mut self, pattern: &Pattern, context: &mut PatternContext) -> CompileResult<()> {
        let allowed = std::mem::replace(&mut context.allow_irrefutable, true);
        self.pattern(pattern, context)?;
        context.allow_irrefutable = allowed;
        Ok(())
    }

    fn value_pattern(&mut self, value: &Expr, context: &mut PatternContext, span: Span) -> CompileResult<()> {
        if self.constant(value).is_none() && !matches!(value.kind, ExprKind::Attribute { .. }) {
            return Err(error(SyntaxErrorKind::PatternNotLiteral, span));
        }
        self.expr(value)?;
        self.compare_op(CmpOp::Eq, span);
        self.jump_to_fail(context, Op::PopJumpIfFalse, span);
        Ok(())
    }

    fn sequence_pattern(
        &mut self,
        patterns: &[Pattern],
        context: &mut PatternContext,
        span: Span,
    ) -> CompileResult<()> {
        let mut star = None;
        for (index, pattern) in patterns.iter().enumerate() {
            if matches!(pattern.kind, PatternKind::MatchStar { .. }) && star.replace(index).is_some() {
                return Err(error(SyntaxErrorKind::TwoStarredPatterns, span));
            }
        }
        let only_wildcards = patterns
            .iter()
            .all(|pattern| is_wildcard(pattern) || matches!(pattern.kind, PatternKind::MatchStar { name: None }));
        let star_wildcard = star.is_some_and(|at| matches!(patterns[at].kind, PatternKind::MatchStar { name: None }));

        context.on_top += 1;
        self.emit(Op::MatchSequence, span);
        self.jump_to_fail(context, Op::PopJumpIfFalse, span);
        if star.is_none() {
            self.check_length(patterns.len(), CmpOp::Eq, context, span);
        } else if patterns.len() > 1 {
            self.check_length(patterns.len() - 1, CmpOp::GtE, context, span);
        }
        context.on_top -= 1;

        if only_wildcards {
            self.emit(Op::PopTop, span);
            return Ok(());
        }
        match star {
            Some(star) if star_wildcard => self.subscripted_items(patterns, star, context, span),
            _ => self.unpacked_items(patterns, star, context, span),
        }
    }

    fn check_length(&mut self, length: usize, op: CmpOp, context: &mut PatternContext, span: Span) {
        self.emit(Op::GetLen, span);
        self.load_const(Const::Int(length as i64), span);
        self.compare_op(op, span);
        self.jump_to_fail(context, Op::PopJumpIfFalse, span);
    }

    fn unpacked_items(
        &mut self,
        patterns: &[Pattern],
        star: Option<usize>,
        context: &mut PatternContext,
        span: Span,
    ) -> CompileResult<()> {
        match star {
            None => self.emit_arg(Op::UnpackSequence, patterns.len() as u32, span),
            Some(before) => {
                let after = patterns.len() - before - 1;
                if before >= 1 << 8 || after >= 1 << 15 {
                    return Err(error(SyntaxErrorKind::TooManyPatterns, span));
                }
                self.emit_arg(Op::UnpackEx, before as u32 | (after as u32) << 8, span);
            }
        }
        context.on_top += patterns.len();
        for pattern in patterns {
            context.on_top -= 1;
            self.sub_pattern(pattern, context)?;
        }
        Ok(())
    }

    /// With `*_` among them the items are taken one by one, so that the rest is never collected.
    fn subscripted_items(
        &mut self,
        patterns: &[Pattern],
        star: usize,
        context: &mut PatternContext,
        span: Span,
    ) -> CompileResult<()> {
        context.on_top += 1;
        for (index, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) || index == star {
                continue;
            }
            self.emit_arg(Op::Copy, 1, span);
            if index < star {
                self.load_const(Const::Int(index as i64), span);
            } else {
                // The subject may not take negative indexes.
                self.emit(Op::GetLen, span);
                self.load_const(Const::Int((patterns.len() - index) as i64), span);
                self.emit(Op::BinarySubtract, span);
            }
            self.emit(Op::BinarySubscr, span);
            self.sub_pattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.emit(Op::PopTop, span);
        Ok(())
    }

    /// Jumps to the next case when the tuple on top, of which `MatchKeys` or `MatchClass` made a copy, is None.
    fn fail_if_none(&mut self, context: &mut PatternContext, span: Span) {
        self.emit_arg(Op::Copy, 1, span);
        self.load_none(span);
        self.compare_op(CmpOp::IsNot, span);
        self.jump_to_fail(context, Op::PopJumpIfFalse, span);
    }

    fn mapping_pattern(
        &mut self,
        keys: &[Expr],
        patterns: &[Pattern],
        rest: Option<&Rc<str>>,
        context: &mut PatternContext,
        span: Span,
    ) -> CompileResult<()> {
        context.on_top += 1;
        self.emit(Op::MatchMapping, span);
        self.jump_to_fail(context, Op::PopJumpIfFalse, span);
        if keys.is_empty() && rest.is_none() {
            context.on_top -= 1;
            self.emit(Op::PopTop, span);
            return Ok(());
        }
        if !keys.is_empty() {
            self.check_length(keys.len(), CmpOp::GtE, context, span);
        }
        let mut seen: Vec<Const> = Vec::new();
        for key in keys {
            if let Some(value) = self.constant(key) {
                if seen.iter().any(|other| fold::equal(other, &value)) {
                    let key = const_repr(&value);
                    return Err(error(SyntaxErrorKind::DuplicatePatternKey { key }, span));
                }
                seen.push(value);
            } else if !matches!(key.kind, ExprKind::Attribute { .. }) {
                return Err(error(SyntaxErrorKind::PatternKeyNotLiteral, span));
            }
            self.expr(key)?;
        }
        self.emit_arg(Op::BuildTuple, keys.len() as u32, span);
        self.emit(Op::MatchKeys, span);
        context.on_top += 2;
        self.fail_if_none(context, span);
        self.emit_arg(Op::UnpackSequence, keys.len() as u32, span);
        context.on_top += keys.len();
        context.on_top -= 1;
        for pattern in patterns {
            context.on_top -= 1;
            self.sub_pattern(pattern, context)?;
        }
        context.on_top -= 2;
        let Some(rest) = rest else {
            self.emit(Op::PopTop, span);
            self.emit(Op::PopTop, span);
            return Ok(());
        };
        // [subject keys] -> [copy of subject as a dict, keys] -> the dict without the keys.
        self.emit_arg(Op::BuildMap, 0, span);
        self.emit_arg(Op::Swap, 3, span);
        self.emit_arg(Op::DictUpdate, 2, span);
        self.emit_arg(Op::UnpackSequence, keys.len() as u32, span);
        for left in (1..=keys.len()).rev() {
            self.emit_arg(Op::Copy, 1 + left as u32, span);
            self.emit_arg(Op::Swap, 2, span);
            self.emit(Op::DeleteSubscr, span);
        }
        self.capture(Some(rest), context, span)
    }

    fn class_pattern(
        &mut self,
        class: &Expr,
        patterns: &[Pattern],
        attrs: &[Rc<str>],
        attr_patterns: &[Pattern],
        context: &mut PatternContext,
        span: Span,
    ) -> CompileResult<()> {
        for (index, attr) in attrs.iter().enumerate() {
            let place = attr_patterns.get(index).map_or(span, |pattern| pattern.span);
            self.check_name(attr, ExprContext::Store, place)?;
            if let Some(again) = attrs[index + 1..].iter().position(|other| other == attr) {
                let place = attr_patterns.get(index + 1 + again).map_or(span, |pattern| pattern.span);
                return Err(error(SyntaxErrorKind::RepeatedPatternAttribute { name: attr.to_string() }, place));
            }
        }
        self.expr(class)?;
        let names = attrs.iter().map(|attr| Const::Str(Rc::clone(attr))).collect();
        self.load_const(Const::Tuple(names), span);
        self.emit_arg(Op::MatchClass, patterns.len() as u32, span);
        context.on_top += 1;
        self.fail_if_none(context, span);
        let count = patterns.len() + attrs.len();
        self.emit_arg(Op::UnpackSequence, count as u32, span);
        context.on_top += count;
        context.on_top -= 1;
        for pattern in patterns.iter().chain(attr_patterns) {
            context.on_top -= 1;
            if is_wildcard(pattern) {
                self.emit(Op::PopTop, span);
            } else {
                self.sub_pattern(pattern, context)?;
            }
        }
        Ok(())
    }

    fn or_pattern(&mut self, alternatives: &[Pattern], context: &mut PatternContext, span: Span) -> CompileResult<()> {
        let end = self.new_label();
        let mut control: Option<Vec<Rc<str>>> = None;
        for (index, alternative) in alternatives.iter().enumerate() {
            let place = alternative.span;
            let mut inner = PatternContext {
                allow_irrefutable: context.allow_irrefutable && index + 1 == alternatives.len(),
                ..PatternContext::default()
            };
            self.emit_arg(Op::Copy, 1, place);
            self.pattern(alternative, &mut inner)?;
            match &control {
                None => control = Some(inner.stores.clone()),
                Some(control) => self.reorder_captures(control, &mut inner.stores, place, span)?,
            }
            self.emit_jump(Op::Jump, end, place);
            self.close_ladder(&mut inner, place);
        }
        self.emit(Op::PopTop, span);
        self.jump_to_fail(context, Op::Jump, span);
        self.use_label(end);
        let control = control.unwrap_or_default();
        // The captured values of the alternative lie on top of the subject's copy; they go below it, to the others.
        let depth = control.len() + 1 + context.on_top + context.stores.len();
        for name in control {
            self.rotate(depth, span);
            if context.stores.contains(&name) {
                return Err(duplicate(&name, span));
            }
            context.stores.push(name);
        }
        self.emit(Op::PopTop, span);
        Ok(())
    }

    /// Brings the captured values of an alternative into the order of the first alternative's.
    fn reorder_captures(
        &mut self,
        control: &[Rc<str>],
        stores: &mut Vec<Rc<str>>,
        place: Span,
        span: Span,
    ) -> CompileResult<()> {
        let different = || error(SyntaxErrorKind::DifferentAlternatives, span);
        if stores.len() != control.len() {
            return Err(different());
        }
        for (at, name) in control.iter().enumerate().rev() {
            let found = stores.iter().position(|other| other == name).ok_or_else(different)?;
            if found == at {
                continue;
            }
            let rotated: Vec<Rc<str>> = stores.drain(..=found).collect();
            let count = rotated.len();
            stores.splice(at - found..at - found, rotated);
            for _ in 0..count {
                self.rotate(at + 1, place);
            }
        }
        Ok(())
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::MatchAs { pattern: None, name: None })
}

fn duplicate(name: &str, span: Span) -> CompileError {
    error(SyntaxErrorKind::RepeatedCapture { name: name.to_owned() }, span)
}
