//! `try`, `with`, and leaving blocks by `return`, `break` and `continue` (Language Reference 8.4, 8.5; PEP 654).
//!
//! Exceptions find their handlers through the exception table. Leaving a block otherwise is a matter of the compiler: it
//! knows at every place which blocks are open ([`FrameBlock`]), and for a jump out of them it emits what each of
//! them owes: popping the loop's iterator, the body of a `finally`, the call of an `__exit__`.

use std::rc::Rc;

use coil_grammar::ast::{ExceptHandler, Expr, ExprContext, Stmt, Try, WithItem};
use coil_grammar::error::{Extent, SyntaxErrorKind};
use coil_grammar::span::Span;

use crate::code::{Intrinsic, Op};

use super::errors::error;
use super::ir::{Code, Label, NO_SPAN, has_place};
use super::symtable::ScopeKind;
use super::{CompileResult, Compiler};

/// How many blocks may be open in one another (CPython's limit): every `return` repeats what they owe.
const MAX_BLOCKS: usize = 21;

/// What a block owes to those who leave it.
#[derive(Clone, Debug)]
pub(super) enum BlockKind<'a> {
    /// `while`: nothing.
    WhileLoop,
    /// `for`: its iterator is on the stack.
    ForLoop,
    /// The body of a `try` with handlers: its bracket.
    TryExcept,
    /// The body of a `try` with `finally`: its bracket, and the `finally` body is to run.
    FinallyTry(&'a [Stmt]),
    /// A `finally` body run for an exception: the exception and the one handled before are on the stack.
    FinallyEnd,
    /// `with`: its bracket, and `__exit__` is to be called.
    With,
    /// `async with`: its bracket, and `__aexit__` is to be awaited.
    AsyncWith,
    /// The clauses of an `except`: nothing, their bodies have blocks of their own.
    ExceptionHandler,
    /// The clauses of an `except*`, which may not be left by a jump.
    ExceptionGroupHandler,
    /// The body of an `except` clause: brackets, the exception handled before, and the name to unbind.
    HandlerCleanup(Option<&'a Rc<str>>),
    /// A return value waits on the stack while a `finally` body runs.
    PopValue,
}

/// An open block.
#[derive(Clone, Debug)]
pub(super) struct FrameBlock<'a> {
    kind: BlockKind<'a>,
    /// Where `continue` goes.
    start: Label,
    /// Where `break` goes.
    exit: Label,
    /// The context expression of a `with`: the place of the call of `__exit__`.
    span: Span,
}

impl<'a> FrameBlock<'a> {
    /// A block with the labels for `continue` and `break`.
    pub(super) fn new(kind: BlockKind<'a>, start: Label, exit: Label, span: Span) -> Self {
        FrameBlock { kind, start, exit, span }
    }

    /// A block that is no loop.
    fn plain(kind: BlockKind<'a>) -> Self {
        FrameBlock { kind, start: Label::NONE, exit: Label::NONE, span: NO_SPAN }
    }

    fn is_loop(&self) -> bool {
        matches!(self.kind, BlockKind::WhileLoop | BlockKind::ForLoop)
    }
}

impl<'a> Compiler<'a> {
    fn open(&mut self, kind: BlockKind<'a>, span: Span) -> CompileResult<()> {
        self.open_block(FrameBlock::plain(kind), span)
    }

    /// Opens a block; `span` is the place of the error that there are too many.
    pub(super) fn open_block(&mut self, block: FrameBlock<'a>, span: Span) -> CompileResult<()> {
        let scope = self.scope();
        // CPython guards the body of what can suspend by a block of its own.
        let hidden = usize::from(scope.kind == ScopeKind::Function && (scope.generator || scope.coroutine));
        if self.unit.blocks.len() + hidden >= MAX_BLOCKS {
            let error = error(SyntaxErrorKind::TooManyBlocks, if has_place(span) { span } else { Span::at(0) });
            return Err(if has_place(span) { error } else { error.with_extent(Extent::Nowhere) });
        }
        self.unit.blocks.push(block);
        Ok(())
    }

    fn close(&mut self) {
        self.unit.blocks.pop();
    }

    fn setup(&mut self, code: Code, handler: Label, span: Span) {
        self.unit.emit_bracket(code, handler, span);
    }

    fn pop_block(&mut self, span: Span) {
        self.unit.emit_bracket(Code::PopBlock, Label::NONE, span);
    }

    // Leaving blocks.

    pub(super) fn return_statement(&mut self, value: Option<&Expr>, span: Span) -> CompileResult<()> {
        let scope = self.scope();
        if scope.kind != ScopeKind::Function {
            return Err(error(SyntaxErrorKind::ReturnOutsideFunction, span));
        }
        if value.is_some() && scope.coroutine && scope.generator {
            return Err(error(SyntaxErrorKind::ReturnValueInAsyncGenerator, span));
        }
        let mut place = span;
        let constant = value.and_then(|value| self.constant(value));
        let on_stack = value.is_some() && constant.is_none();
        if let Some(value) = value {
            if on_stack {
                self.expr(value)?;
            } else {
                place = value.span;
                self.emit(Op::Nop, place);
            }
        }
        if value.is_none_or(|value| self.lines.line(value.span.start) != self.lines.line(span.start)) {
            place = span;
            self.emit(Op::Nop, place);
        }
        self.unwind_all(&mut place, on_stack)?;
        match constant {
            Some(constant) => self.load_const(constant, place),
            None if on_stack => {}
            None => self.load_none(place),
        }
        self.emit(Op::ReturnValue, place);
        Ok(())
    }

    pub(super) fn break_statement(&mut self, span: Span) -> CompileResult<()> {
        let mut place = span;
        self.emit(Op::Nop, span);
        let Some(innermost) = self.unwind_to_loop(&mut place)? else {
            return Err(error(SyntaxErrorKind::BreakOutsideLoop, span));
        };
        self.unwind_block(&innermost, &mut place, false)?;
        self.emit_jump(Op::Jump, innermost.exit, place);
        Ok(())
    }

    pub(super) fn continue_statement(&mut self, span: Span) -> CompileResult<()> {
        let mut place = span;
        self.emit(Op::Nop, span);
        let Some(innermost) = self.unwind_to_loop(&mut place)? else {
            return Err(error(SyntaxErrorKind::ContinueOutsideLoop, span));
        };
        self.emit_jump(Op::Jump, innermost.start, place);
        Ok(())
    }

    /// Emits what all open blocks owe; `keep_top` says that a return value is on the stack.
    fn unwind_all(&mut self, place: &mut Span, keep_top: bool) -> CompileResult<()> {
        let mut left = Vec::new();
        while let Some(block) = self.unit.blocks.pop() {
            refuse_jump_out_of_group(&block, *place)?;
            // While the debt is paid the block itself is no longer open: a `return` in a `finally` body must not run
            // that body again.
            self.unwind_block(&block, place, keep_top)?;
            left.push(block);
        }
        self.unit.blocks.extend(left.into_iter().rev());
        Ok(())
    }

    /// Emits what the blocks inside the innermost loop owe; returns the loop.
    fn unwind_to_loop(&mut self, place: &mut Span) -> CompileResult<Option<FrameBlock<'a>>> {
        let mut left = Vec::new();
        let mut found = None;
        while let Some(block) = self.unit.blocks.pop() {
            refuse_jump_out_of_group(&block, *place)?;
            let is_loop = block.is_loop();
            if is_loop {
                found = Some(block.clone());
            } else {
                self.unwind_block(&block, place, false)?;
            }
            left.push(block);
            if is_loop {
                break;
            }
        }
        self.unit.blocks.extend(left.into_iter().rev());
        Ok(found)
    }

    fn unwind_block(&mut self, block: &FrameBlock<'a>, place: &mut Span, keep_top: bool) -> CompileResult<()> {
        match &block.kind {
            BlockKind::WhileLoop | BlockKind::ExceptionHandler | BlockKind::ExceptionGroupHandler => {}
            BlockKind::ForLoop | BlockKind::PopValue => {
                self.swap_if(keep_top, *place);
                self.emit(Op::PopTop, *place);
            }
            BlockKind::TryExcept => self.pop_block(*place),
            BlockKind::FinallyTry(body) => {
                self.pop_block(*place);
                if keep_top {
                    self.open(BlockKind::PopValue, *place)?;
                }
                self.statements(body)?;
                if keep_top {
                    self.close();
                }
                *place = NO_SPAN;
            }
            BlockKind::FinallyEnd => {
                self.swap_if(keep_top, *place);
                self.emit(Op::PopTop, *place);
                self.swap_if(keep_top, *place);
                self.pop_block(*place);
                self.emit(Op::PopExcept, *place);
            }
            BlockKind::With | BlockKind::AsyncWith => {
                *place = block.span;
                self.pop_block(*place);
                self.swap_if(keep_top, *place);
                self.call_exit(*place);
                if matches!(block.kind, BlockKind::AsyncWith) {
                    self.await_top(2, *place);
                }
                self.emit(Op::PopTop, *place);
                *place = NO_SPAN;
            }
            BlockKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.pop_block(*place);
                }
                self.swap_if(keep_top, *place);
                self.pop_block(*place);
                self.emit(Op::PopExcept, *place);
                if let Some(name) = name {
                    self.unbind(name, *place)?;
                }
            }
        }
        Ok(())
    }

    fn swap_if(&mut self, keep_top: bool, span: Span) {
        if keep_top {
            self.emit_arg(Op::Swap, 2, span);
        }
    }

    /// `name = None; del name`: the end of `except ... as name`.
    fn unbind(&mut self, name: &Rc<str>, span: Span) -> CompileResult<()> {
        self.load_none(span);
        self.store_name(name, span)?;
        self.name(name, ExprContext::Del, span)
    }

    /// The end of every handler that an exception left: the previous exception is the one handled again, and the new one
    /// goes on with its own traceback.
    fn pop_except_and_reraise(&mut self) {
        self.emit_arg(Op::Copy, 3, NO_SPAN);
        self.emit(Op::PopExcept, NO_SPAN);
        self.emit_arg(Op::Reraise, 1, NO_SPAN);
    }

    // try.

    pub(super) fn try_statement(&mut self, node: &'a Try, span: Span) -> CompileResult<()> {
        if node.finalbody.is_empty() { self.try_except(node, span) } else { self.try_finally(node, false, span) }
    }

    pub(super) fn try_star_statement(&mut self, node: &'a Try, span: Span) -> CompileResult<()> {
        if node.finalbody.is_empty() { self.try_star_except(node, span) } else { self.try_finally(node, true, span) }
    }

    fn try_finally(&mut self, node: &'a Try, star: bool, span: Span) -> CompileResult<()> {
        let (end, cleanup, exit) = (self.new_label(), self.new_label(), self.new_label());
        self.setup(Code::SetupFinally, end, span);
        self.open(BlockKind::FinallyTry(&node.finalbody), span)?;
        if node.handlers.is_empty() {
            self.statements(&node.body)?;
        } else if star {
            self.try_star_except(node, span)?;
        } else {
            self.try_except(node, span)?;
        }
        self.pop_block(NO_SPAN);
        self.close();
        self.statements(&node.finalbody)?;
        self.emit_jump(Op::Jump, exit, NO_SPAN);

        self.use_label(end);
        self.open(BlockKind::FinallyEnd, span)?;
        self.setup(Code::SetupCleanup, cleanup, NO_SPAN);
        self.emit(Op::PushExcInfo, NO_SPAN);
        self.statements(&node.finalbody)?;
        self.close();
        self.emit_arg(Op::Reraise, 0, NO_SPAN);
        self.use_label(cleanup);
        self.pop_except_and_reraise();
        self.use_label(exit);
        Ok(())
    }

    fn try_except(&mut self, node: &'a Try, span: Span) -> CompileResult<()> {
        let (mut except, end, cleanup) = (self.new_label(), self.new_label(), self.new_label());
        self.setup(Code::SetupFinally, except, span);
        self.open(BlockKind::TryExcept, span)?;
        self.statements(&node.body)?;
        self.close();
        self.pop_block(NO_SPAN);
        self.statements(&node.orelse)?;
        self.emit_jump(Op::Jump, end, NO_SPAN);

        self.use_label(except);
        self.setup(Code::SetupCleanup, cleanup, NO_SPAN);
        self.emit(Op::PushExcInfo, NO_SPAN);
        self.open(BlockKind::ExceptionHandler, NO_SPAN)?;
        for (index, handler) in node.handlers.iter().enumerate() {
            let span = handler.span;
            if handler.type_.is_none() && index + 1 < node.handlers.len() {
                return Err(error(SyntaxErrorKind::DefaultExceptNotLast, span));
            }
            except = self.new_label();
            if let Some(class) = &handler.type_ {
                self.expr(class)?;
                self.emit(Op::CheckExcMatch, span);
                self.emit_jump(Op::PopJumpIfFalse, except, span);
            }
            self.handler_body(handler, end)?;
            self.use_label(except);
        }
        self.emit_arg(Op::Reraise, 0, NO_SPAN);
        self.close();
        self.use_label(cleanup);
        self.pop_except_and_reraise();
        self.use_label(end);
        Ok(())
    }

    /// The body of an `except` clause whose exception matched and is on the stack.
    fn handler_body(&mut self, handler: &'a ExceptHandler, end: Label) -> CompileResult<()> {
        let span = handler.span;
        match &handler.name {
            Some(name) => {
                let cleanup = self.new_label();
                self.store_name(name, span)?;
                self.setup(Code::SetupCleanup, cleanup, span);
                self.open(BlockKind::HandlerCleanup(Some(name)), span)?;
                self.statements(&handler.body)?;
                self.close();
                self.pop_block(NO_SPAN);
                self.pop_block(NO_SPAN);
                self.emit(Op::PopExcept, NO_SPAN);
                self.unbind(name, NO_SPAN)?;
                self.emit_jump(Op::Jump, end, NO_SPAN);
                self.use_label(cleanup);
                self.unbind(name, NO_SPAN)?;
                self.emit_arg(Op::Reraise, 1, NO_SPAN);
            }
            None => {
                self.emit(Op::PopTop, span);
                self.open(BlockKind::HandlerCleanup(None), span)?;
                self.statements(&handler.body)?;
                self.close();
                self.pop_block(NO_SPAN);
                self.emit(Op::PopExcept, NO_SPAN);
                self.emit_jump(Op::Jump, end, NO_SPAN);
            }
        }
        Ok(())
    }

    /// `except*`. On the stack of the clauses: the exception handled before, the original group, the list of what the
    /// clauses raised, and what no clause matched so far.
    fn try_star_except(&mut self, node: &'a Try, span: Span) -> CompileResult<()> {
        let (except, orelse, end) = (self.new_label(), self.new_label(), self.new_label());
        let (cleanup, reraise) = (self.new_label(), self.new_label());
        self.setup(Code::SetupFinally, except, span);
        self.open(BlockKind::TryExcept, span)?;
        self.statements(&node.body)?;
        self.close();
        self.pop_block(NO_SPAN);
        self.emit_jump(Op::Jump, orelse, NO_SPAN);

        self.use_label(except);
        self.setup(Code::SetupCleanup, cleanup, NO_SPAN);
        self.emit(Op::PushExcInfo, NO_SPAN);
        self.open(BlockKind::ExceptionGroupHandler, NO_SPAN)?;
        for (index, handler) in node.handlers.iter().enumerate() {
            if index == 0 {
                self.emit_arg(Op::BuildList, 0, handler.span);
                self.emit_arg(Op::Copy, 2, handler.span);
            }
            self.star_handler(handler)?;
        }
        self.close();
        // What is left over joins what was raised.
        self.emit_arg(Op::ListAppend, 1, NO_SPAN);
        self.intrinsic2(Intrinsic::PrepReraiseStar, NO_SPAN);
        self.emit_arg(Op::Copy, 1, NO_SPAN);
        self.emit_jump(Op::PopJumpIfNotNone, reraise, NO_SPAN);
        self.emit(Op::PopTop, NO_SPAN);
        self.pop_block(NO_SPAN);
        self.emit(Op::PopExcept, NO_SPAN);
        self.emit_jump(Op::Jump, end, NO_SPAN);
        self.use_label(reraise);
        self.pop_block(NO_SPAN);
        self.emit_arg(Op::Swap, 2, NO_SPAN);
        self.emit(Op::PopExcept, NO_SPAN);
        self.emit_arg(Op::Reraise, 0, NO_SPAN);
        self.use_label(cleanup);
        self.pop_except_and_reraise();
        self.use_label(orelse);
        self.statements(&node.orelse)?;
        self.use_label(end);
        Ok(())
    }

    fn star_handler(&mut self, handler: &'a ExceptHandler) -> CompileResult<()> {
        let span = handler.span;
        let (next, no_match, handler_raised) = (self.new_label(), self.new_label(), self.new_label());
        if let Some(class) = &handler.type_ {
            self.expr(class)?;
            self.emit(Op::CheckEgMatch, span);
            self.emit_arg(Op::Copy, 1, span);
            self.emit_jump(Op::PopJumpIfNone, no_match, span);
        }
        match &handler.name {
            Some(name) => self.store_name(name, span)?,
            None => self.emit(Op::PopTop, span),
        }
        self.setup(Code::SetupCleanup, handler_raised, span);
        self.open(BlockKind::HandlerCleanup(handler.name.as_ref()), span)?;
        self.statements(&handler.body)?;
        self.close();
        self.pop_block(NO_SPAN);
        if let Some(name) = &handler.name {
            self.unbind(name, NO_SPAN)?;
        }
        self.emit_jump(Op::Jump, next, NO_SPAN);

        self.use_label(handler_raised);
        if let Some(name) = &handler.name {
            self.unbind(name, NO_SPAN)?;
        }
        self.emit_arg(Op::ListAppend, 3, NO_SPAN);
        self.emit(Op::PopTop, NO_SPAN);
        self.emit_jump(Op::Jump, next, NO_SPAN);

        self.use_label(no_match);
        self.emit(Op::PopTop, span);
        self.use_label(next);
        Ok(())
    }

    // with.

    pub(super) fn with(
        &mut self,
        items: &'a [WithItem],
        body: &'a [Stmt],
        is_async: bool,
        span: Span,
    ) -> CompileResult<()> {
        if is_async && !self.may_await() {
            return Err(error(SyntaxErrorKind::AsyncWithOutsideAsyncFunction, span));
        }
        let Some((item, rest)) = items.split_first() else { return self.statements(body) };
        self.deeper()?;
        let (start, handler, exit, cleanup) = (self.new_label(), self.new_label(), self.new_label(), self.new_label());
        let place = item.context_expr.span;
        self.expr(&item.context_expr)?;
        if is_async {
            self.emit(Op::BeforeAsyncWith, place);
            self.await_top(1, place);
        } else {
            self.emit(Op::BeforeWith, place);
        }
        self.setup(Code::SetupWith, handler, place);
        self.use_label(start);
        let kind = if is_async { BlockKind::AsyncWith } else { BlockKind::With };
        self.open_block(FrameBlock::new(kind, start, handler, place), place)?;
        match &item.optional_vars {
            Some(target) => self.assign_to(target)?,
            None => self.emit(Op::PopTop, place),
        }
        self.with(rest, body, is_async, span)?;
        self.pop_block(NO_SPAN);
        self.close();
        self.call_exit(place);
        if is_async {
            self.await_top(2, place);
        }
        self.emit(Op::PopTop, place);
        self.emit_jump(Op::Jump, exit, place);

        self.use_label(handler);
        self.setup(Code::SetupCleanup, cleanup, place);
        self.emit(Op::PushExcInfo, place);
        self.emit(Op::WithExceptStart, place);
        if is_async {
            self.await_top(2, place);
        }
        let suppress = self.new_label();
        self.emit_jump(Op::PopJumpIfTrue, suppress, NO_SPAN);
        self.emit_arg(Op::Reraise, 2, NO_SPAN);
        self.use_label(suppress);
        self.emit(Op::PopTop, NO_SPAN);
        self.pop_block(NO_SPAN);
        self.emit(Op::PopExcept, NO_SPAN);
        self.emit(Op::PopTop, NO_SPAN);
        self.emit(Op::PopTop, NO_SPAN);
        self.emit_jump(Op::Jump, exit, NO_SPAN);
        self.use_label(cleanup);
        self.pop_except_and_reraise();
        self.use_label(exit);
        self.depth -= 1;
        Ok(())
    }

    /// Calls the exit function on top with three `None`s.
    fn call_exit(&mut self, span: Span) {
        self.emit(Op::PushNull, span);
        for _ in 0..3 {
            self.load_none(span);
        }
        self.emit_arg(Op::Call, 3, span);
    }
}

/// `break`, `continue` and `return` may not leave an `except*` clause.
fn refuse_jump_out_of_group(block: &FrameBlock<'_>, place: Span) -> CompileResult<()> {
    match block.kind {
        BlockKind::ExceptionGroupHandler => Err(error(SyntaxErrorKind::JumpOutOfExceptStar, place)),
        BlockKind::WhileLoop
        | BlockKind::ForLoop
        | BlockKind::TryExcept
        | BlockKind::FinallyTry(_)
        | BlockKind::FinallyEnd
        | BlockKind::With
        | BlockKind::AsyncWith
        | BlockKind::ExceptionHandler
        | BlockKind::HandlerCleanup(_)
        | BlockKind::PopValue => Ok(()),
    }
}
