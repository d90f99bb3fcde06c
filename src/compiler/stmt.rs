//! Statements (Language Reference 7 and 8), except definitions, `try`, `with` and `match`.

use std::rc::Rc;

use coil_grammar::ast::{self, Alias, Expr, ExprContext, ExprKind, Operator, Stmt, StmtKind};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::{Const, Intrinsic, Op};

use super::errors::error;
use super::expr::{is_starred, operator};
use super::fold;
use super::future::docstring;
use super::ir::NO_SPAN;
use super::unit::UnitKind;
use super::unparse::unparse;
use super::unwind::{BlockKind, FrameBlock};
use super::{CompileResult, Compiler};

impl<'a> Compiler<'a> {
    /// The body of a module or class: annotations, docstring, statements.
    pub(super) fn body(&mut self, body: &'a [Stmt], span: Span) -> CompileResult<()> {
        if has_annotations(body) {
            self.emit(Op::SetupAnnotations, span);
        }
        let mut rest = body;
        if let [first, others @ ..] = body
            && let Some((text, place)) = docstring(first)
        {
            rest = others;
            if self.options.optimize < 2 {
                self.load_str(&super::docstring::clean(text), place);
                self.store_name(&Rc::from("__doc__"), NO_SPAN)?;
            }
        }
        self.statements(rest)
    }

    pub(super) fn statements(&mut self, body: &'a [Stmt]) -> CompileResult<()> {
        for statement in body {
            self.deeper()?;
            self.statement(statement)?;
            self.depth -= 1;
        }
        Ok(())
    }

    fn statement(&mut self, statement: &'a Stmt) -> CompileResult<()> {
        let span = statement.span;
        match &statement.kind {
            StmtKind::FunctionDef(def) => self.function_def(def, false, span),
            StmtKind::AsyncFunctionDef(def) => self.function_def(def, true, span),
            StmtKind::ClassDef(def) => self.class_def(def, span),
            StmtKind::TypeAlias { name, type_params, value } => self.type_alias(name, type_params, value, span),
            StmtKind::Return { value } => self.return_statement(value.as_deref(), span),
            StmtKind::Delete { targets } => targets.iter().try_for_each(|target| self.delete(target)),
            StmtKind::Assign { targets, value } => {
                self.expr(value)?;
                for (index, target) in targets.iter().enumerate() {
                    if index + 1 < targets.len() {
                        self.emit_arg(Op::Copy, 1, span);
                    }
                    self.assign_to(target)?;
                }
                Ok(())
            }
            StmtKind::AugAssign { target, op, value } => self.augmented(target, *op, value, span),
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated(target, annotation, value.as_deref(), *simple, span)
            }
            StmtKind::For(node) => self.for_loop(node, span),
            StmtKind::AsyncFor(node) => self.async_for(node, span),
            StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse, span),
            StmtKind::If { test, body, orelse } => self.if_statement(test, body, orelse),
            StmtKind::With { items, body } => self.with(items, body, false, span),
            StmtKind::AsyncWith { items, body } => self.with(items, body, true, span),
            StmtKind::Match { subject, cases } => self.match_statement(subject, cases),
            StmtKind::Raise { exc, cause } => {
                let mut count = 0;
                for part in [exc, cause].into_iter().flatten() {
                    self.expr(part)?;
                    count += 1;
                }
                self.emit_arg(Op::RaiseVarargs, count, span);
                Ok(())
            }
            StmtKind::Try(node) => self.try_statement(node, span),
            StmtKind::TryStar(node) => self.try_star_statement(node, span),
            StmtKind::Assert { test, msg } => self.assert(test, msg.as_deref(), span),
            StmtKind::Import { names } => names.iter().try_for_each(|alias| self.import(alias, span)),
            StmtKind::ImportFrom { module, names, level } => self.import_from(module.as_ref(), names, *level, span),
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => Ok(()),
            StmtKind::Expr { value } => self.expression_statement(value, span),
            StmtKind::Pass => {
                self.emit(Op::Nop, span);
                Ok(())
            }
            StmtKind::Deferred => {
                self.defer(span);
                Ok(())
            }
            StmtKind::Break => self.break_statement(span),
            StmtKind::Continue => self.continue_statement(span),
        }
    }

    fn expression_statement(&mut self, value: &Expr, span: Span) -> CompileResult<()> {
        if self.interactive && self.outer.is_empty() {
            self.expr(value)?;
            self.intrinsic1(Intrinsic::Print, span);
        } else if self.constant(value).is_some() {
            self.emit(Op::Nop, span);
            return Ok(());
        } else {
            self.expr(value)?;
        }
        self.emit(Op::PopTop, NO_SPAN);
        Ok(())
    }

    /// Binds a target to the value on top.
    pub(super) fn assign_to(&mut self, target: &Expr) -> CompileResult<()> {
        let span = target.span;
        match &target.kind {
            ExprKind::Name { id, .. } => self.store_name(id, span),
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value)?;
                self.store_attribute(value, attr, span)
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.index(slice)?;
                self.emit(Op::StoreSubscr, span);
                Ok(())
            }
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => {
                self.deeper()?;
                self.unpack(elts, span)?;
                for elt in elts {
                    match &elt.kind {
                        ExprKind::Starred { value, .. } => self.assign_to(value)?,
                        _ => self.assign_to(elt)?,
                    }
                }
                self.depth -= 1;
                Ok(())
            }
            // A bare starred target: the expression visitor knows the error; the parser refuses all others.
            _ => self.expr(target),
        }
    }

    fn store_attribute(&mut self, value: &Expr, attr: &Rc<str>, span: Span) -> CompileResult<()> {
        self.check_name(attr, ExprContext::Store, span)?;
        self.note_static_attribute(value, attr);
        let span = self.attribute_span(span, attr);
        self.emit_name(Op::StoreAttr, attr, span);
        Ok(())
    }

    /// Remembers `self.name = ...` for the `__static_attributes__` of the class around.
    fn note_static_attribute(&mut self, value: &Expr, attr: &Rc<str>) {
        let ExprKind::Name { id, .. } = &value.kind else { return };
        if &**id != "self" {
            return;
        }
        if let Some(class) = self.outer.iter_mut().rev().find(|unit| unit.kind == UnitKind::Class) {
            class.static_attributes.insert(Rc::clone(attr));
        }
    }

    fn unpack(&mut self, elts: &[Expr], span: Span) -> CompileResult<()> {
        let mut star = None;
        for (index, elt) in elts.iter().enumerate() {
            if !is_starred(elt) {
                continue;
            }
            if star.is_some() {
                return Err(error(SyntaxErrorKind::TwoStarredTargets, span));
            }
            star = Some(index);
        }
        match star {
            None => self.emit_arg(Op::UnpackSequence, elts.len() as u32, span),
            Some(before) => {
                let after = elts.len() - before - 1;
                if before >= 1 << 8 || after >= 1 << 15 {
                    return Err(error(SyntaxErrorKind::TooManyTargets, span));
                }
                self.emit_arg(Op::UnpackEx, before as u32 | (after as u32) << 8, span);
            }
        }
        Ok(())
    }

    fn delete(&mut self, target: &Expr) -> CompileResult<()> {
        let span = target.span;
        match &target.kind {
            ExprKind::Name { id, .. } => self.name(id, ExprContext::Del, span),
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value)?;
                let span = self.attribute_span(span, attr);
                self.emit_name(Op::DeleteAttr, attr, span);
                Ok(())
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.index(slice)?;
                self.emit(Op::DeleteSubscr, span);
                Ok(())
            }
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => {
                self.deeper()?;
                elts.iter().try_for_each(|elt| self.delete(elt))?;
                self.depth -= 1;
                Ok(())
            }
            _ => self.expr(target),
        }
    }

    fn augmented(&mut self, target: &Expr, op: Operator, value: &Expr, span: Span) -> CompileResult<()> {
        let place = target.span;
        match &target.kind {
            ExprKind::Attribute { value: object, attr, .. } => {
                self.expr(object)?;
                self.emit_arg(Op::Copy, 1, place);
                let place = self.attribute_span(place, attr);
                self.emit_name(Op::LoadAttr, attr, place);
                self.augmented_value(op, value, span)?;
                self.emit_arg(Op::Swap, 2, place);
                self.store_attribute(object, attr, target.span)
            }
            ExprKind::Subscript { value: object, slice, .. } => {
                self.expr(object)?;
                self.index(slice)?;
                self.emit_arg(Op::Copy, 2, place);
                self.emit_arg(Op::Copy, 2, place);
                self.emit(Op::BinarySubscr, place);
                self.augmented_value(op, value, span)?;
                self.emit_arg(Op::Swap, 3, place);
                self.emit_arg(Op::Swap, 2, place);
                self.emit(Op::StoreSubscr, place);
                Ok(())
            }
            ExprKind::Name { id, .. } => {
                self.name(id, ExprContext::Load, place)?;
                self.augmented_value(op, value, span)?;
                self.store_name(id, place)
            }
            _ => self.expr(target),
        }
    }

    fn augmented_value(&mut self, op: Operator, value: &Expr, span: Span) -> CompileResult<()> {
        self.expr(value)?;
        self.emit_arg(Op::BinaryOp, operator(op).in_place() as u32, span);
        Ok(())
    }

    fn annotated(
        &mut self,
        target: &Expr,
        annotation: &Expr,
        value: Option<&Expr>,
        simple: bool,
        span: Span,
    ) -> CompileResult<()> {
        if let Some(value) = value {
            self.expr(value)?;
            self.assign_to(target)?;
        }
        // Only modules and classes keep annotations of variables; functions do not even evaluate them.
        let keeps = matches!(self.unit.kind, UnitKind::Module | UnitKind::Class);
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.check_name(id, ExprContext::Store, span)?;
                if simple && keeps {
                    self.annotation(annotation)?;
                    self.emit_name(Op::LoadName, &Rc::from("__annotations__"), span);
                    let name = self.mangle(id);
                    self.load_str(&name, span);
                    self.emit(Op::StoreSubscr, span);
                }
            }
            ExprKind::Attribute { value: object, attr, .. } => {
                self.check_name(attr, ExprContext::Store, span)?;
                if value.is_none() {
                    self.evaluate_and_drop(object)?;
                }
            }
            ExprKind::Subscript { value: object, slice, .. } if value.is_none() => {
                self.evaluate_and_drop(object)?;
                self.evaluate_subscript(slice)?;
            }
            _ => {}
        }
        if !simple && keeps && !self.future.features.annotations {
            self.evaluate_and_drop(annotation)?;
        }
        Ok(())
    }

    /// Pushes an annotation: its value or, with PEP 563, its text.
    pub(super) fn annotation(&mut self, annotation: &Expr) -> CompileResult<()> {
        if self.future.features.annotations {
            let text = unparse(annotation)?;
            self.load_str(&Rc::from(text), annotation.span);
            return Ok(());
        }
        self.expr(annotation)
    }

    fn evaluate_and_drop(&mut self, expr: &Expr) -> CompileResult<()> {
        self.expr(expr)?;
        self.emit(Op::PopTop, expr.span);
        Ok(())
    }

    /// Evaluates what an annotated but not assigned subscript indexes with.
    fn evaluate_subscript(&mut self, slice: &Expr) -> CompileResult<()> {
        match &slice.kind {
            ExprKind::Slice { lower, upper, step } => {
                for part in [lower, upper, step].into_iter().flatten() {
                    self.evaluate_and_drop(part)?;
                }
                Ok(())
            }
            ExprKind::Tuple { elts, .. } => elts.iter().try_for_each(|elt| self.evaluate_subscript(elt)),
            _ => self.evaluate_and_drop(slice),
        }
    }

    fn for_loop(&mut self, node: &'a ast::For, span: Span) -> CompileResult<()> {
        let (start, cleanup, end) = (self.new_label(), self.new_label(), self.new_label());
        self.open_block(FrameBlock::new(BlockKind::ForLoop, start, end, node.iter.span), span)?;
        self.iterable(&node.iter)?;
        self.emit(Op::GetIter, node.iter.span);
        self.use_label(start);
        self.emit_jump(Op::ForIter, cleanup, node.iter.span);
        self.assign_to(&node.target)?;
        self.statements(&node.body)?;
        self.emit_jump(Op::Jump, start, NO_SPAN);
        self.use_label(cleanup);
        self.unit.blocks.pop();
        self.statements(&node.orelse)?;
        self.use_label(end);
        Ok(())
    }

    fn while_loop(&mut self, test: &Expr, body: &'a [Stmt], orelse: &'a [Stmt], span: Span) -> CompileResult<()> {
        let (start, inside, anchor, end) = (self.new_label(), self.new_label(), self.new_label(), self.new_label());
        self.use_label(start);
        self.open_block(FrameBlock::new(BlockKind::WhileLoop, start, end, test.span), span)?;
        self.jump_if(test, anchor, false)?;
        self.use_label(inside);
        self.statements(body)?;
        // A jump back is where interrupts are served, so the condition is tested at the top only; `while True` needs
        // not even go there.
        let forever = self.constant(test).is_some_and(|value| fold::is_true(&value));
        self.emit_jump(Op::Jump, if forever { inside } else { start }, NO_SPAN);
        self.unit.blocks.pop();
        self.use_label(anchor);
        self.statements(orelse)?;
        self.use_label(end);
        Ok(())
    }

    /// An `if` with its `elif`s, which are nested in one another and may be many.
    fn if_statement(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> CompileResult<()> {
        let end = self.new_label();
        let (mut test, mut body, mut orelse) = (test, body, orelse);
        loop {
            if orelse.is_empty() {
                self.jump_if(test, end, false)?;
                self.statements(body)?;
                break;
            }
            let next = self.new_label();
            self.jump_if(test, next, false)?;
            self.statements(body)?;
            self.emit_jump(Op::Jump, end, NO_SPAN);
            self.use_label(next);
            match orelse {
                [Stmt { kind: StmtKind::If { test: t, body: b, orelse: o }, .. }] => (test, body, orelse) = (t, b, o),
                _ => {
                    self.statements(orelse)?;
                    break;
                }
            }
        }
        self.use_label(end);
        Ok(())
    }

    fn assert(&mut self, test: &Expr, message: Option<&Expr>, span: Span) -> CompileResult<()> {
        if let ExprKind::Tuple { elts, .. } = &test.kind
            && !elts.is_empty()
        {
            self.warn("assertion is always true, perhaps remove parentheses?".to_owned(), span);
        }
        if self.options.optimize > 0 {
            return Ok(());
        }
        let end = self.new_label();
        self.jump_if(test, end, true)?;
        self.emit(Op::LoadAssertionError, span);
        if let Some(message) = message {
            self.emit(Op::PushNull, span);
            self.expr(message)?;
            self.emit_arg(Op::Call, 1, span);
        }
        self.emit_arg(Op::RaiseVarargs, 1, test.span);
        self.use_label(end);
        Ok(())
    }

    fn import(&mut self, alias: &Alias, span: Span) -> CompileResult<()> {
        self.load_const(Const::Int(0), span);
        self.load_none(span);
        self.emit_name(Op::ImportName, &alias.name, span);
        let Some(target) = &alias.asname else {
            let package = alias.name.split('.').next().unwrap_or(&alias.name);
            return self.store_name(&Rc::from(package), span);
        };
        // `import a.b.c as d` gives `a`; `b` and `c` are taken from it one after the other.
        let mut parts = alias.name.split('.').skip(1).peekable();
        if parts.peek().is_none() {
            return self.store_name(target, span);
        }
        while let Some(part) = parts.next() {
            self.emit_name(Op::ImportFrom, &Rc::from(part), span);
            if parts.peek().is_some() {
                self.emit_arg(Op::Swap, 2, span);
                self.emit(Op::PopTop, span);
            }
        }
        self.store_name(target, span)?;
        self.emit(Op::PopTop, span);
        Ok(())
    }

    fn import_from(&mut self, module: Option<&Rc<str>>, names: &[Alias], level: u32, span: Span) -> CompileResult<()> {
        self.load_const(Const::Int(i64::from(level)), span);
        let wanted = names.iter().map(|alias| Const::Str(Rc::clone(&alias.name))).collect();
        self.load_const(Const::Tuple(wanted), span);
        let is_future = level == 0 && module.is_some_and(|module| &**module == "__future__");
        if is_future && self.future.last.is_none_or(|last| span.start > last.start) {
            return Err(error(SyntaxErrorKind::LateFuture, span));
        }
        let empty = Rc::from("");
        self.emit_name(Op::ImportName, module.unwrap_or(&empty), span);
        for alias in names {
            if &*alias.name == "*" {
                self.intrinsic1(Intrinsic::ImportStar, span);
                self.emit(Op::PopTop, NO_SPAN);
                return Ok(());
            }
            self.emit_name(Op::ImportFrom, &alias.name, span);
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name), span)?;
        }
        self.emit(Op::PopTop, span);
        Ok(())
    }
}

/// Whether any statement of a body, functions and classes aside, is an annotated assignment.
fn has_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|statement| match &statement.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::For(node) | StmtKind::AsyncFor(node) => has_annotations(&node.body) || has_annotations(&node.orelse),
        StmtKind::While { body, orelse, .. } => has_annotations(body) || has_annotations(orelse),
        StmtKind::If { .. } => if_has_annotations(statement),
        StmtKind::With { body, .. } | StmtKind::AsyncWith { body, .. } => has_annotations(body),
        StmtKind::Match { cases, .. } => cases.iter().any(|case| has_annotations(&case.body)),
        StmtKind::Try(node) | StmtKind::TryStar(node) => {
            has_annotations(&node.body)
                || node.handlers.iter().any(|handler| has_annotations(&handler.body))
                || has_annotations(&node.orelse)
                || has_annotations(&node.finalbody)
        }
        StmtKind::FunctionDef(_)
        | StmtKind::AsyncFunctionDef(_)
        | StmtKind::ClassDef(_)
        | StmtKind::Return { .. }
        | StmtKind::Delete { .. }
        | StmtKind::Assign { .. }
        | StmtKind::TypeAlias { .. }
        | StmtKind::AugAssign { .. }
        | StmtKind::Raise { .. }
        | StmtKind::Assert { .. }
        | StmtKind::Import { .. }
        | StmtKind::ImportFrom { .. }
        | StmtKind::Global { .. }
        | StmtKind::Nonlocal { .. }
        | StmtKind::Expr { .. }
        | StmtKind::Pass
        | StmtKind::Deferred
        | StmtKind::Break
        | StmtKind::Continue => false,
    })
}

/// The same for an `if`, whose `elif`s may be many.
fn if_has_annotations(statement: &Stmt) -> bool {
    let mut statement = statement;
    while let StmtKind::If { body, orelse, .. } = &statement.kind {
        if has_annotations(body) {
            return true;
        }
        match &orelse[..] {
            [next] if matches!(next.kind, StmtKind::If { .. }) => statement = next,
            rest => return has_annotations(rest),
        }
    }
    false
}
