//! Expressions (Language Reference 6), except calls, comprehensions and what suspends.

use std::rc::Rc;

use coil_grammar::ast::{BoolOp, CmpOp, Conversion, Expr, ExprContext, ExprKind, Operator, UnaryOp};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::{BinaryOperator, Comparison, Const, Intrinsic, Op};

use super::errors::error;
use super::fold;
use super::ir::{Label, NO_SPAN};
use super::{CompileResult, Compiler};

/// Beyond so many operands a display is built step by step, to bound the operand stack (CPython's guideline).
pub(super) const STACK_USE_GUIDELINE: usize = 30;

impl Compiler<'_> {
    /// Pushes the value of an expression.
    ///
    /// Chains that lean to the left (`a + b + c`, `a.b().c[d]`) may be thousands of links long; they are compiled in a
    /// loop from the inside out.
    pub(super) fn expr(&mut self, expr: &Expr) -> CompileResult<()> {
        let Some(mut inner) = self.chain_link(expr) else { return self.single(expr) };
        let mut links = vec![expr];
        while let Some(next) = self.chain_link(inner) {
            links.push(inner);
            inner = next;
        }
        self.deeper()?;
        self.chain(inner, &links)?;
        self.depth -= 1;
        Ok(())
    }

    /// The part of an expression through which a chain continues inwards.
    fn chain_link<'e>(&self, expr: &'e Expr) -> Option<&'e Expr> {
        match &expr.kind {
            ExprKind::BinOp { left, .. } => Some(left),
            ExprKind::Subscript { value, .. } => Some(value),
            ExprKind::Call { func, .. } => Some(func),
            // `super().name` is one instruction and ends the chain.
            ExprKind::Attribute { value, .. } if !self.is_super_attribute(expr) => Some(value),
            _ => None,
        }
    }

    /// Compiles a chain: its innermost expression, then its links, of which the last is the innermost.
    fn chain(&mut self, innermost: &Expr, links: &[&Expr]) -> CompileResult<()> {
        // A constant is carried along unpushed for as long as the links can be folded.
        let mut constant = self.constant(innermost).map(|value| (value, innermost.span));
        let mut method_pushed = false;
        let innermost_is_called = links.last().is_some_and(|link| matches!(link.kind, ExprKind::Call { .. }));
        if constant.is_none() {
            if innermost_is_called && self.is_super_attribute(innermost) && self.is_method_call(links[links.len() - 1])
            {
                self.super_attribute(innermost, true)?;
                method_pushed = true;
            } else {
                self.single(innermost)?;
            }
        }
        for (index, link) in links.iter().enumerate().rev() {
            let inner = links.get(index + 1).copied().unwrap_or(innermost);
            if let Some((value, span)) = constant.take() {
                match self.fold_link(link, &value) {
                    Some(folded) => {
                        if let ExprKind::Subscript { value, slice, .. } = &link.kind {
                            self.check_subscripter(value);
                            self.check_index(value, slice);
                        }
                        constant = Some((folded, link.span));
                        continue;
                    }
                    None => {
                        if let Some(parts) = self.fold_format(link, &value) {
                            self.formatted(&parts, link.span)?;
                            continue;
                        }
                        self.load_const(value, span);
                    }
                }
            }
            match &link.kind {
                ExprKind::BinOp { op, right, .. } => {
                    self.expr(right)?;
                    self.binary(*op, link.span);
                }
                ExprKind::Subscript { value, slice, .. } => {
                    self.check_subscripter(value);
                    self.check_index(value, slice);
                    self.index(slice)?;
                    self.emit(Op::BinarySubscr, link.span);
                }
                ExprKind::Attribute { attr, .. } => {
                    let span = self.attribute_span(link.span, attr);
                    let called = index.checked_sub(1).and_then(|outer| links.get(outer));
                    if called
                        .is_some_and(|call| matches!(call.kind, ExprKind::Call { .. }) && self.is_method_call(call))
                    {
                        self.emit_name(Op::LoadMethod, attr, span);
                        method_pushed = true;
                    } else {
                        self.emit_name(Op::LoadAttr, attr, span);
                    }
                }
                ExprKind::Call { args, keywords, .. } => {
                    if method_pushed {
                        method_pushed = false;
                        self.method_call(inner, args, keywords, link.span)?;
                    } else {
                        self.check_caller(inner);
                        self.emit(Op::PushNull, inner.span);
                        self.call(0, args, keywords, link.span, link.span)?;
                    }
                }
                _ => {}
            }
        }
        if let Some((value, span)) = constant {
            self.load_const(value, span);
        }
        Ok(())
    }

    /// The value of a link whose inner part is a constant, when it is a constant too.
    fn fold_link(&self, link: &Expr, inner: &Const) -> Option<Const> {
        match &link.kind {
            ExprKind::BinOp { op, right, .. } => fold::binary(*op, inner, &self.constant(right)?),
            ExprKind::Subscript { slice, .. } => fold::subscript(inner, &self.constant(slice)?),
            _ => None,
        }
    }

    /// The position of an attribute's own instructions: when the chain spans lines, only its name (`.name`).
    pub(super) fn attribute_span(&self, span: Span, attr: &str) -> Span {
        if self.lines.line(span.start) == self.lines.line(span.end) {
            return span;
        }
        Span { start: span.end.saturating_sub(attr.len() as u32).max(span.start), end: span.end }
    }

    /// Pushes the value of an expression that is no chain.
    fn single(&mut self, expr: &Expr) -> CompileResult<()> {
        self.deeper()?;
        self.one(expr)?;
        self.depth -= 1;
        Ok(())
    }

    fn one(&mut self, expr: &Expr) -> CompileResult<()> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Constant { value, .. } => {
                self.load_const(fold::literal(value), span);
                Ok(())
            }
            ExprKind::Name { id, ctx: ExprContext::Load } if &**id == "__debug__" => {
                self.load_const(self.debug(), span);
                Ok(())
            }
            ExprKind::Name { id, ctx } => self.name(id, *ctx, span),
            ExprKind::BinOp { .. } | ExprKind::Call { .. } => self.expr(expr),
            ExprKind::Attribute { .. } if self.is_super_attribute(expr) => self.super_attribute(expr, false),
            ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => self.expr(expr),
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values, span),
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                self.emit_arg(Op::Copy, 1, span);
                self.assign_to(target)
            }
            ExprKind::UnaryOp { .. } => self.unary(expr),
            ExprKind::Lambda { args, body } => self.lambda(args, body, span),
            ExprKind::IfExp { test, body, orelse } => self.if_expression(test, body, orelse),
            ExprKind::Dict { keys, values } => self.dict(keys, values, span),
            ExprKind::Set { elts } => self.unpacked(elts, 0, Display::Set, span),
            ExprKind::List { elts, .. } => self.unpacked(elts, 0, Display::List, span),
            ExprKind::Tuple { elts, .. } => match self.constant(expr) {
                Some(value) => {
                    self.load_const(value, span);
                    Ok(())
                }
                None => self.unpacked(elts, 0, Display::Tuple, span),
            },
            ExprKind::ListComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::GeneratorExp { .. } => self.comprehension(expr),
            ExprKind::Yield { value } => self.yield_value(value.as_deref(), span),
            ExprKind::YieldFrom { value } => self.yield_from(value, span),
            ExprKind::Await { value } => self.await_value(value, span),
            ExprKind::Compare { left, ops, comparators } => self.compare(left, ops, comparators, span),
            ExprKind::JoinedStr { values } => self.joined(values, span),
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                self.formatted_value(value, *conversion, format_spec.as_deref(), span)
            }
            ExprKind::Starred { ctx, .. } => Err(match ctx {
                ExprContext::Store => error(SyntaxErrorKind::StarredTargetAlone, span),
                ExprContext::Load | ExprContext::Del => error(SyntaxErrorKind::StarredExpression, span),
            }),
            ExprKind::Slice { lower, upper, step } => {
                self.slice(lower.as_deref(), upper.as_deref(), step.as_deref(), span)
            }
        }
    }

    /// The value of `__debug__`.
    pub(super) fn debug(&self) -> Const {
        if self.options.optimize == 0 { Const::True } else { Const::False }
    }

    pub(super) fn binary(&mut self, op: Operator, span: Span) {
        match op {
            Operator::Add => self.emit(Op::BinaryAdd, span),
            Operator::Sub => self.emit(Op::BinarySubtract, span),
            Operator::Mult => self.emit(Op::BinaryMultiply, span),
            other => self.emit_arg(Op::BinaryOp, operator(other) as u32, span),
        }
    }

    /// `-x`, `not x` and so on; a row of them is walked in a loop.
    fn unary(&mut self, expr: &Expr) -> CompileResult<()> {
        let mut row = Vec::new();
        let mut inner = expr;
        while let ExprKind::UnaryOp { op, operand } = &inner.kind {
            if let Some(value) = self.constant(inner) {
                self.load_const(value, inner.span);
                break;
            }
            // `not a in b` is `a not in b`, and so on: one instruction that gives a bool anyway.
            if *op == UnaryOp::Not
                && let ExprKind::Compare { left, ops, comparators } = &operand.kind
                && let [single] = ops[..]
                && let Some(inverted) = inverted(single)
            {
                self.compare(left, &[inverted], comparators, operand.span)?;
                break;
            }
            row.push((*op, inner.span));
            // The bool of the comparison is wanted by the `not`, whose place it therefore has.
            if *op == UnaryOp::Not
                && let ExprKind::Compare { left, ops, comparators } = &operand.kind
                && ops.len() == 1
            {
                self.compare(left, ops, comparators, inner.span)?;
                break;
            }
            inner = operand;
            if !matches!(inner.kind, ExprKind::UnaryOp { .. }) {
                self.expr(inner)?;
            }
        }
        for (op, span) in row.into_iter().rev() {
            let instruction = match op {
                UnaryOp::Invert => Op::UnaryInvert,
                UnaryOp::Not => Op::UnaryNot,
                UnaryOp::UAdd => Op::UnaryPositive,
                UnaryOp::USub => Op::UnaryNegative,
            };
            self.emit(instruction, span);
        }
        Ok(())
    }

    fn bool_op(&mut self, op: BoolOp, values: &[Expr], span: Span) -> CompileResult<()> {
        let jump = match op {
            BoolOp::And => Op::JumpIfFalseOrPop,
            BoolOp::Or => Op::JumpIfTrueOrPop,
        };
        let end = self.new_label();
        for (index, value) in values.iter().enumerate() {
            let is_last = index + 1 == values.len();
            // A constant decides at once, or is passed over.
            let known = self.constant(value).map(|value| fold::is_true(&value) == (op == BoolOp::Or));
            match known {
                Some(false) if !is_last => continue,
                Some(true) => {
                    self.expr(value)?;
                    break;
                }
                Some(false) | None => self.expr(value)?,
            }
            if !is_last {
                self.emit_jump(jump, end, span);
            }
        }
        self.use_label(end);
        Ok(())
    }

    /// `body if test else orelse`; a row of them leans to the right and is walked in a loop.
    fn if_expression(&mut self, test: &Expr, body: &Expr, orelse: &Expr) -> CompileResult<()> {
        let end = self.new_label();
        let (mut test, mut body, mut orelse) = (test, body, orelse);
        loop {
            let next = self.new_label();
            self.jump_if(test, next, false)?;
            self.expr(body)?;
            self.emit_jump(Op::Jump, end, NO_SPAN);
            self.use_label(next);
            let ExprKind::IfExp { test: inner_test, body: inner_body, orelse: inner_orelse } = &orelse.kind else {
                self.expr(orelse)?;
                break;
            };
            (test, body, orelse) = (inner_test, inner_body, inner_orelse);
        }
        self.use_label(end);
        Ok(())
    }

    fn compare(&mut self, left: &Expr, ops: &[CmpOp], comparators: &[Expr], span: Span) -> CompileResult<()> {
        self.check_compare(left, ops, comparators, span);
        self.expr(left)?;
        let Some((last, others)) = comparators.split_last() else { return Ok(()) };
        if others.is_empty() {
            self.comparator(last, ops[0])?;
            self.compare_op(ops[0], span);
            return Ok(());
        }
        let cleanup = self.new_label();
        for (comparator, op) in others.iter().zip(ops) {
            self.expr(comparator)?;
            self.emit_arg(Op::Swap, 2, span);
            self.emit_arg(Op::Copy, 2, span);
            self.compare_op(*op, span);
            self.emit_jump(Op::JumpIfFalseOrPop, cleanup, span);
        }
        let op = ops[ops.len() - 1];
        self.comparator(last, op)?;
        self.compare_op(op, span);
        let end = self.new_label();
        self.emit_jump(Op::Jump, end, NO_SPAN);
        self.use_label(cleanup);
        self.emit_arg(Op::Swap, 2, span);
        self.emit(Op::PopTop, span);
        self.use_label(end);
        Ok(())
    }

    /// The last operand of a comparison: after `in`, a list or set display need not be built anew each time.
    fn comparator(&mut self, operand: &Expr, op: CmpOp) -> CompileResult<()> {
        if matches!(op, CmpOp::In | CmpOp::NotIn) { self.iterable(operand) } else { self.expr(operand) }
    }

    /// An operand that is only iterated or searched: a list display may be a tuple, a constant set a frozenset.
    pub(super) fn iterable(&mut self, operand: &Expr) -> CompileResult<()> {
        match &operand.kind {
            ExprKind::List { elts, .. } if !elts.iter().any(is_starred) => {
                match self.constants(elts) {
                    Some(values) => self.load_const(Const::Tuple(values), operand.span),
                    None => self.unpacked(elts, 0, Display::Tuple, operand.span)?,
                }
                Ok(())
            }
            ExprKind::Set { elts } => match self.constants(elts) {
                Some(values) => {
                    self.load_const(Const::FrozenSet(values), operand.span);
                    Ok(())
                }
                None => self.expr(operand),
            },
            _ => self.expr(operand),
        }
    }

    pub(super) fn compare_op(&mut self, op: CmpOp, span: Span) {
        let comparison = match op {
            CmpOp::Is => return self.emit_arg(Op::IsOp, 0, span),
            CmpOp::IsNot => return self.emit_arg(Op::IsOp, 1, span),
            CmpOp::In => return self.emit_arg(Op::ContainsOp, 0, span),
            CmpOp::NotIn => return self.emit_arg(Op::ContainsOp, 1, span),
            CmpOp::Eq => Comparison::Equal,
            CmpOp::NotEq => Comparison::NotEqual,
            CmpOp::Lt => Comparison::Less,
            CmpOp::LtE => Comparison::LessEqual,
            CmpOp::Gt => Comparison::Greater,
            CmpOp::GtE => Comparison::GreaterEqual,
        };
        self.emit_arg(Op::CompareOp, comparison as u32, span);
    }

    /// Jumps to `target` when the truth of `test` is `when`, else goes on.
    pub(super) fn jump_if(&mut self, test: &Expr, target: Label, when: bool) -> CompileResult<()> {
        self.deeper()?;
        self.jump_if_counted(test, target, when)?;
        self.depth -= 1;
        Ok(())
    }

    fn jump_if_counted(&mut self, test: &Expr, target: Label, when: bool) -> CompileResult<()> {
        if let Some(value) = self.constant(test) {
            if fold::is_true(&value) == when {
                self.emit_jump(Op::Jump, target, test.span);
            } else {
                self.emit(Op::Nop, test.span);
            }
            return Ok(());
        }
        match &test.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => {
                if let ExprKind::Compare { left, ops, comparators } = &operand.kind
                    && let [single] = ops[..]
                    && let Some(inverted) = inverted(single)
                {
                    self.compare(left, &[inverted], comparators, operand.span)?;
                    let op = if when { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse };
                    self.emit_jump(op, target, operand.span);
                    return Ok(());
                }
                return self.jump_if(operand, target, !when);
            }
            ExprKind::BoolOp { op, values } => {
                let short_circuit = *op == BoolOp::Or;
                let Some((last, others)) = values.split_last() else { return Ok(()) };
                let local = (short_circuit != when).then(|| self.new_label());
                for value in others {
                    self.jump_if(value, local.unwrap_or(target), short_circuit)?;
                }
                self.jump_if(last, target, when)?;
                if let Some(local) = local {
                    self.use_label(local);
                }
                return Ok(());
            }
            ExprKind::IfExp { test, body, orelse } => {
                let end = self.new_label();
                let other = self.new_label();
                self.jump_if(test, other, false)?;
                self.jump_if(body, target, when)?;
                self.emit_jump(Op::Jump, end, NO_SPAN);
                self.use_label(other);
                self.jump_if(orelse, target, when)?;
                self.use_label(end);
                return Ok(());
            }
            ExprKind::Compare { left, ops, comparators } if ops.len() > 1 => {
                return self.jump_if_compare(left, ops, comparators, target, when, test.span);
            }
            _ => {}
        }
        self.expr(test)?;
        self.emit_jump(if when { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse }, target, test.span);
        Ok(())
    }

    fn jump_if_compare(
        &mut self,
        left: &Expr,
        ops: &[CmpOp],
        comparators: &[Expr],
        target: Label,
        when: bool,
        span: Span,
    ) -> CompileResult<()> {
        self.check_compare(left, ops, comparators, span);
        let (Some((last, others)), Some(last_op)) = (comparators.split_last(), ops.last()) else { return Ok(()) };
        let cleanup = self.new_label();
        self.expr(left)?;
        for (comparator, op) in others.iter().zip(ops) {
            self.expr(comparator)?;
            self.emit_arg(Op::Swap, 2, span);
            self.emit_arg(Op::Copy, 2, span);
            self.compare_op(*op, span);
            self.emit_jump(Op::PopJumpIfFalse, cleanup, span);
        }
        self.comparator(last, *last_op)?;
        self.compare_op(*last_op, span);
        self.emit_jump(if when { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse }, target, span);
        let end = self.new_label();
        self.emit_jump(Op::Jump, end, NO_SPAN);
        self.use_label(cleanup);
        self.emit(Op::PopTop, span);
        if !when {
            self.emit_jump(Op::Jump, target, NO_SPAN);
        }
        self.use_label(end);
        Ok(())
    }

    /// The index of a subscript: a slice makes a slice object.
    pub(super) fn index(&mut self, slice: &Expr) -> CompileResult<()> {
        self.expr(slice)
    }

    fn slice(
        &mut self,
        lower: Option<&Expr>,
        upper: Option<&Expr>,
        step: Option<&Expr>,
        span: Span,
    ) -> CompileResult<()> {
        for part in [lower, upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.load_none(span),
            }
        }
        if let Some(step) = step {
            self.expr(step)?;
        }
        self.emit_arg(Op::BuildSlice, if step.is_some() { 3 } else { 2 }, span);
        Ok(())
    }

    fn joined(&mut self, values: &[Expr], span: Span) -> CompileResult<()> {
        if values.len() > STACK_USE_GUIDELINE {
            self.load_str(&Rc::from(""), span);
            self.emit_name(Op::LoadMethod, &Rc::from("join"), span);
            self.emit_arg(Op::BuildList, 0, span);
            for value in values {
                self.expr(value)?;
                self.emit_arg(Op::ListAppend, 1, span);
            }
            self.emit_arg(Op::Call, 1, span);
            return Ok(());
        }
        if values.is_empty() {
            self.load_str(&Rc::from(""), span);
            return Ok(());
        }
        for value in values {
            self.expr(value)?;
            if values.len() != 1 {
                self.unit.make_piece();
            }
        }
        if values.len() != 1 {
            self.emit_arg(Op::BuildString, values.len() as u32, span);
        }
        Ok(())
    }

    fn formatted_value(
        &mut self,
        value: &Expr,
        conversion: Conversion,
        spec: Option<&Expr>,
        span: Span,
    ) -> CompileResult<()> {
        self.expr(value)?;
        self.convert(conversion, span);
        match spec {
            Some(spec) => {
                self.expr(spec)?;
                self.emit(Op::FormatWithSpec, span);
            }
            None => self.emit(Op::FormatSimple, span),
        }
        Ok(())
    }

    pub(super) fn convert(&mut self, conversion: Conversion, span: Span) {
        match conversion {
            Conversion::None => {}
            Conversion::Str => self.emit_arg(Op::ConvertValue, 1, span),
            Conversion::Repr => self.emit_arg(Op::ConvertValue, 2, span),
            Conversion::Ascii => self.emit_arg(Op::ConvertValue, 3, span),
        }
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr], span: Span) -> CompileResult<()> {
        let mut have_dict = false;
        let mut pending = 0;
        for (index, (key, value)) in keys.iter().zip(values).enumerate() {
            if key.is_none() {
                if pending > 0 {
                    self.sub_dict(&keys[index - pending..index], &values[index - pending..index], span)?;
                    if have_dict {
                        self.emit_arg(Op::DictUpdate, 1, span);
                    }
                    have_dict = true;
                    pending = 0;
                }
                if !have_dict {
                    self.emit_arg(Op::BuildMap, 0, span);
                    have_dict = true;
                }
                self.expr(value)?;
                self.emit_arg(Op::DictUpdate, 1, span);
            } else if pending * 2 > STACK_USE_GUIDELINE {
                self.sub_dict(&keys[index - pending..=index], &values[index - pending..=index], span)?;
                if have_dict {
                    self.emit_arg(Op::DictUpdate, 1, span);
                }
                have_dict = true;
                pending = 0;
            } else {
                pending += 1;
            }
        }
        if pending > 0 {
            let start = keys.len() - pending;
            self.sub_dict(&keys[start..], &values[start..], span)?;
            if have_dict {
                self.emit_arg(Op::DictUpdate, 1, span);
            }
            have_dict = true;
        }
        if !have_dict {
            self.emit_arg(Op::BuildMap, 0, span);
        }
        Ok(())
    }

    fn sub_dict(&mut self, keys: &[Option<Expr>], values: &[Expr], span: Span) -> CompileResult<()> {
        let big = keys.len() * 2 > STACK_USE_GUIDELINE;
        if big {
            self.emit_arg(Op::BuildMap, 0, span);
        }
        for (key, value) in keys.iter().zip(values) {
            if let Some(key) = key {
                self.expr(key)?;
            }
            self.expr(value)?;
            if big {
                self.emit_arg(Op::MapAdd, 1, span);
            }
        }
        if !big {
            self.emit_arg(Op::BuildMap, keys.len() as u32, span);
        }
        Ok(())
    }

    /// A display of expressions, starred ones unpacked; `pushed` elements lie on the stack already.
    pub(super) fn unpacked(&mut self, elts: &[Expr], pushed: u32, display: Display, span: Span) -> CompileResult<()> {
        let count = elts.len() as u32;
        let (build, add, extend) = match display {
            Display::List | Display::Tuple => (Op::BuildList, Op::ListAppend, Op::ListExtend),
            Display::Set => (Op::BuildSet, Op::SetAdd, Op::SetUpdate),
        };
        if elts.len() > 2
            && let Some(values) = self.constants(elts)
        {
            match display {
                Display::Tuple if pushed == 0 => self.load_const(Const::Tuple(values), span),
                Display::List | Display::Tuple | Display::Set => {
                    self.emit_arg(build, pushed, span);
                    let folded = match display {
                        Display::Set => Const::FrozenSet(values),
                        Display::List | Display::Tuple => Const::Tuple(values),
                    };
                    self.load_const(folded, span);
                    self.emit_arg(extend, 1, span);
                    if display == Display::Tuple {
                        self.intrinsic1(Intrinsic::ListToTuple, span);
                    }
                }
            }
            return Ok(());
        }
        let big = elts.len() + pushed as usize > STACK_USE_GUIDELINE;
        if !big && !elts.iter().any(is_starred) {
            elts.iter().try_for_each(|elt| self.expr(elt))?;
            let op = if display == Display::Tuple { Op::BuildTuple } else { build };
            self.emit_arg(op, count + pushed, span);
            return Ok(());
        }
        let mut built = big;
        if big {
            self.emit_arg(build, pushed, span);
        }
        for (index, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.emit_arg(build, index as u32 + pushed, span);
                    built = true;
                }
                self.expr(value)?;
                self.emit_arg(extend, 1, span);
            } else {
                self.expr(elt)?;
                if built {
                    self.emit_arg(add, 1, span);
                }
            }
        }
        if display == Display::Tuple {
            self.intrinsic1(Intrinsic::ListToTuple, span);
        }
        Ok(())
    }

    /// The values of expressions that are all constant.
    pub(super) fn constants(&self, elts: &[Expr]) -> Option<Vec<Const>> {
        elts.iter().map(|elt| self.constant(elt)).collect()
    }
}

/// What a row of expressions is collected in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    List,
    Tuple,
    Set,
}

/// Whether an expression is `*value`.
pub(super) fn is_starred(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Starred { .. })
}

/// The comparison that gives the opposite bool, for the four that cannot be overridden to give anything else.
fn inverted(op: CmpOp) -> Option<CmpOp> {
    match op {
        CmpOp::Is => Some(CmpOp::IsNot),
        CmpOp::IsNot => Some(CmpOp::Is),
        CmpOp::In => Some(CmpOp::NotIn),
        CmpOp::NotIn => Some(CmpOp::In),
        CmpOp::Eq | CmpOp::NotEq | CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => None,
    }
}

/// The bytecode's number of an operator.
pub(super) fn operator(op: Operator) -> BinaryOperator {
    match op {
        Operator::Add => BinaryOperator::Add,
        Operator::Sub => BinaryOperator::Subtract,
        Operator::Mult => BinaryOperator::Multiply,
        Operator::MatMult => BinaryOperator::MatrixMultiply,
        Operator::Div => BinaryOperator::TrueDivide,
        Operator::Mod => BinaryOperator::Remainder,
        Operator::Pow => BinaryOperator::Power,
        Operator::LShift => BinaryOperator::LeftShift,
        Operator::RShift => BinaryOperator::RightShift,
        Operator::BitOr => BinaryOperator::Or,
        Operator::BitXor => BinaryOperator::Xor,
        Operator::BitAnd => BinaryOperator::And,
        Operator::FloorDiv => BinaryOperator::FloorDivide,
    }
}
