//! What suspends a frame: `yield`, `yield from`, `await`, `async for` (PEP 342, 380, 492, 525).
//!
//! `await x` is `GetAwaitable` (the iterator of the awaitable), the first value to send (`None`), and `YieldFrom`, which
//! delegates until the iterator is exhausted. `yield from` differs in the first step only. The asynchronous forms of
//! `with` and `for` are the ordinary ones with awaits where they call methods.

use coil_grammar::ast::{Expr, For};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::Op;

use super::errors::error;
use super::ir::{Code, Label, NO_SPAN};
use super::symtable::ScopeKind;
use super::unit::UnitKind;
use super::unwind::{BlockKind, FrameBlock};
use super::{CompileResult, Compiler};

impl<'a> Compiler<'a> {
    pub(super) fn yield_value(&mut self, value: Option<&Expr>, span: Span) -> CompileResult<()> {
        if !self.scope().kind.is_function_like() {
            return Err(error(SyntaxErrorKind::YieldOutsideFunction, span));
        }
        match value {
            Some(value) => self.expr(value)?,
            None => self.load_none(span),
        }
        self.emit_yield(span);
        Ok(())
    }

    /// Hands out the value on top.
    pub(super) fn emit_yield(&mut self, span: Span) {
        let scope = self.scope();
        let op = if scope.generator && scope.coroutine { Op::AsyncGenYield } else { Op::YieldValue };
        self.emit(op, span);
    }

    pub(super) fn yield_from(&mut self, value: &Expr, span: Span) -> CompileResult<()> {
        if !self.scope().kind.is_function_like() {
            return Err(error(SyntaxErrorKind::YieldFromOutsideFunction, span));
        }
        if self.unit.kind == UnitKind::AsyncFunction {
            return Err(error(SyntaxErrorKind::YieldFromInAsyncFunction, span));
        }
        self.expr(value)?;
        self.emit(Op::GetYieldFromIter, span);
        self.load_none(span);
        self.emit(Op::YieldFrom, span);
        Ok(())
    }

    pub(super) fn await_value(&mut self, value: &Expr, span: Span) -> CompileResult<()> {
        if !self.awaits_at_top_level() {
            if !self.scope().kind.is_function_like() {
                return Err(error(SyntaxErrorKind::AwaitOutsideFunction, span));
            }
            if !matches!(self.unit.kind, UnitKind::AsyncFunction | UnitKind::Comprehension) {
                return Err(error(SyntaxErrorKind::AwaitOutsideAsyncFunction, span));
            }
        }
        self.expr(value)?;
        self.await_top(0, span);
        Ok(())
    }

    /// Awaits the value on top; `who` tells `GetAwaitable` which error message fits.
    pub(super) fn await_top(&mut self, who: u32, span: Span) {
        self.emit_arg(Op::GetAwaitable, who, span);
        self.load_none(span);
        self.emit(Op::YieldFrom, span);
    }

    /// Whether `await` is allowed here because the prompt asked for it.
    pub(super) fn awaits_at_top_level(&self) -> bool {
        self.options.top_level_await && self.scope().kind == ScopeKind::Module
    }

    /// Whether `async for` and `async with` are allowed here.
    pub(super) fn may_await(&self) -> bool {
        self.unit.kind == UnitKind::AsyncFunction || self.awaits_at_top_level()
    }

    pub(super) fn async_for(&mut self, node: &'a For, span: Span) -> CompileResult<()> {
        if !self.may_await() {
            return Err(error(SyntaxErrorKind::AsyncForOutsideAsyncFunction, span));
        }
        let (start, except, end) = (self.new_label(), self.new_label(), self.new_label());
        let place = node.iter.span;
        self.expr(&node.iter)?;
        self.emit(Op::GetAiter, place);
        self.use_label(start);
        self.open_block(FrameBlock::new(BlockKind::ForLoop, start, end, place), span)?;
        self.next_item(except, span);
        self.assign_to(&node.target)?;
        self.statements(&node.body)?;
        self.emit_jump(Op::Jump, start, NO_SPAN);
        self.unit.blocks.pop();
        self.use_label(except);
        self.emit(Op::EndAsyncFor, place);
        self.statements(&node.orelse)?;
        self.use_label(end);
        Ok(())
    }

    /// Awaits the next item of the asynchronous iterator on top; its end, or an error, goes to `except`.
    pub(super) fn next_item(&mut self, except: Label, span: Span) {
        self.unit.emit_bracket(Code::SetupFinally, except, span);
        self.emit(Op::GetAnext, span);
        self.load_none(span);
        self.emit(Op::YieldFrom, span);
        self.unit.emit_bracket(Code::PopBlock, Label::NONE, span);
    }
}
