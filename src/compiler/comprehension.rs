//! Comprehensions and generator expressions (Language Reference 6.2.4 to 6.2.8, PEP 709).
//!
//! A generator expression is a function of its own, called with the outermost iterator as its argument `.0`. The other
//! comprehensions are compiled into the code around them: their variables get slots, and what those slots held before
//! waits on the operand stack until the comprehension is done, or fails. Only in an annotation scope of a class are they
//! functions, too.

use std::rc::Rc;

use coil_grammar::ast::{Comprehension, Expr, ExprKind};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::Op;

use super::errors::error;
use super::ir::{Code, Instr, Label, MAYBE_EMPTY, NO_SPAN};
use super::symtable::{Resolution, ScopeId, ScopeKey, ScopeKind, Symbol, usage};
use super::unit::{UnitKind, VarId, VarKind};
use super::{CompileResult, Compiler};

/// What a comprehension makes of its elements.
#[derive(Clone, Copy)]
enum Element<'e> {
    List(&'e Expr),
    Set(&'e Expr),
    Dict(&'e Expr, &'e Expr),
    Yield(&'e Expr),
}

/// What the enclosing unit gets back after an inlined comprehension.
struct Inlined {
    /// Slots whose old contents lie on the operand stack, in order.
    saved: Vec<VarId>,
    /// Where an exception in the comprehension goes, to restore the slots.
    cleanup: Label,
    /// Entries of the symbol table as they were outside.
    symbols: Vec<(Rc<str>, Option<Symbol>)>,
    /// Names that became slots.
    hidden: Vec<Rc<str>>,
}

impl Compiler<'_> {
    pub(super) fn comprehension(&mut self, expr: &Expr) -> CompileResult<()> {
        let (name, generators, element) = match &expr.kind {
            ExprKind::ListComp { elt, generators } => ("<listcomp>", generators, Element::List(elt)),
            ExprKind::SetComp { elt, generators } => ("<setcomp>", generators, Element::Set(elt)),
            ExprKind::DictComp { key, value, generators } => ("<dictcomp>", generators, Element::Dict(key, value)),
            ExprKind::GeneratorExp { elt, generators } => ("<genexpr>", generators, Element::Yield(elt)),
            _ => return Ok(()),
        };
        let Some(outermost) = generators.first() else { return Ok(()) };
        let span = expr.span;
        let id = self.symbols.find(ScopeKey::comprehension(generators));
        let is_generator = matches!(element, Element::Yield(_));
        let is_async = self.symbols.scope(id).coroutine;
        if is_async
            && !is_generator
            && !matches!(self.unit.kind, UnitKind::AsyncFunction | UnitKind::Comprehension)
            && !self.awaits_at_top_level()
        {
            return Err(error(SyntaxErrorKind::AsyncComprehensionOutside, span));
        }
        if self.symbols.scope(id).comp_inlined {
            self.outermost_iterator(outermost)?;
            let inlined = self.enter_inlined(id, span);
            self.new_collection(element, span);
            self.emit_arg(Op::Swap, 2, span);
            self.clauses(generators, 0, 0, element, span)?;
            self.leave_inlined(inlined, span);
            return Ok(());
        }
        self.enter_unit(id, UnitKind::Comprehension, &Rc::from(name), span);
        self.unit.arg_count = 1;
        if !is_generator {
            self.new_collection(element, span);
        }
        self.emit_arg(Op::LoadFast, 0, outermost.iter.span);
        self.clauses(generators, 0, 0, element, span)?;
        if is_generator {
            self.return_none();
        } else {
            self.emit(Op::ReturnValue, span);
        }
        let code = self.exit_unit()?;
        self.make_closure(code, 0, span);
        self.emit(Op::PushNull, span);
        self.outermost_iterator(outermost)?;
        self.emit_arg(Op::Call, 1, span);
        if is_async && !is_generator {
            self.await_top(0, span);
        }
        Ok(())
    }

    fn outermost_iterator(&mut self, clause: &Comprehension) -> CompileResult<()> {
        self.iterable(&clause.iter)?;
        self.emit(if clause.is_async { Op::GetAiter } else { Op::GetIter }, clause.iter.span);
        Ok(())
    }

    fn new_collection(&mut self, element: Element<'_>, span: Span) {
        let op = match element {
            Element::List(_) | Element::Yield(_) => Op::BuildList,
            Element::Set(_) => Op::BuildSet,
            Element::Dict(..) => Op::BuildMap,
        };
        self.emit_arg(op, 0, span);
    }

    /// One `for` clause, with those inside it; its iterator is on the stack when it is the outermost.
    fn clauses(
        &mut self,
        generators: &[Comprehension],
        index: usize,
        depth: u32,
        element: Element<'_>,
        span: Span,
    ) -> CompileResult<()> {
        self.deeper()?;
        let clause = &generators[index];
        if clause.is_async {
            self.async_clause(generators, index, depth, element, span)?;
        } else {
            self.sync_clause(generators, index, depth, element, span)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn sync_clause(
        &mut self,
        generators: &[Comprehension],
        index: usize,
        depth: u32,
        element: Element<'_>,
        span: Span,
    ) -> CompileResult<()> {
        let clause = &generators[index];
        let skip = self.new_label();
        // `for y in [f(x)]` is an assignment.
        if index > 0
            && let ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } = &clause.iter.kind
            && let [only] = &elts[..]
            && !super::expr::is_starred(only)
            && self.constant(only).is_none()
        {
            self.expr(only)?;
            self.assign_to(&clause.target)?;
            self.filters_and_rest(generators, index, depth, element, skip, span)?;
            self.use_label(skip);
            return Ok(());
        }
        let (start, end) = (self.new_label(), self.new_label());
        if index > 0 {
            self.iterable(&clause.iter)?;
            self.emit(Op::GetIter, clause.iter.span);
        }
        self.use_label(start);
        self.emit_jump(Op::ForIter, end, clause.iter.span);
        self.assign_to(&clause.target)?;
        let place = self.filters_and_rest(generators, index, depth + 1, element, skip, span)?;
        self.use_label(skip);
        self.emit_jump(Op::Jump, start, place);
        self.use_label(end);
        Ok(())
    }

    fn async_clause(
        &mut self,
        generators: &[Comprehension],
        index: usize,
        depth: u32,
        element: Element<'_>,
        span: Span,
    ) -> CompileResult<()> {
        let clause = &generators[index];
        let (start, except, skip) = (self.new_label(), self.new_label(), self.new_label());
        if index > 0 {
            self.expr(&clause.iter)?;
            self.emit(Op::GetAiter, clause.iter.span);
        }
        self.use_label(start);
        self.next_item(except, span);
        self.assign_to(&clause.target)?;
        let place = self.filters_and_rest(generators, index, depth + 1, element, skip, span)?;
        self.use_label(skip);
        self.emit_jump(Op::Jump, start, place);
        self.use_label(except);
        self.emit(Op::EndAsyncFor, span);
        Ok(())
    }

    /// The `if`s of a clause, then the next clause or the element. Returns the element's place.
    fn filters_and_rest(
        &mut self,
        generators: &[Comprehension],
        index: usize,
        depth: u32,
        element: Element<'_>,
        skip: Label,
        span: Span,
    ) -> CompileResult<Span> {
        for test in &generators[index].ifs {
            self.jump_if(test, skip, false)?;
        }
        let place = match element {
            Element::List(elt) | Element::Set(elt) | Element::Yield(elt) => elt.span,
            Element::Dict(key, value) => key.span.to(value.span),
        };
        if index + 1 < generators.len() {
            self.clauses(generators, index + 1, depth, element, span)?;
            return Ok(place);
        }
        match element {
            Element::List(elt) => {
                self.expr(elt)?;
                self.emit_arg(Op::ListAppend, depth + 1, place);
            }
            Element::Set(elt) => {
                self.expr(elt)?;
                self.emit_arg(Op::SetAdd, depth + 1, place);
            }
            Element::Dict(key, value) => {
                self.expr(key)?;
                self.expr(value)?;
                self.emit_arg(Op::MapAdd, depth + 1, place);
            }
            Element::Yield(elt) => {
                self.expr(elt)?;
                self.emit_yield(place);
                self.emit(Op::PopTop, place);
            }
        }
        Ok(place)
    }

    /// Prepares the unit for a comprehension inside it: saves the slots that the comprehension's variables take, and
    /// makes the names resolve as they do in the comprehension.
    fn enter_inlined(&mut self, id: ScopeId, span: Span) -> Inlined {
        let in_class = self.scope().kind == ScopeKind::Class && self.unit.inlined_comprehensions == 0;
        let function_like = self.scope().kind.is_function_like();
        self.unit.inlined_comprehensions += 1;
        let mut state = Inlined { saved: Vec::new(), cleanup: Label::NONE, symbols: Vec::new(), hidden: Vec::new() };
        let symbols: Vec<(Rc<str>, Symbol)> =
            self.symbols.scope(id).symbols.iter().map(|(name, symbol)| (Rc::clone(name), *symbol)).collect();
        for (name, symbol) in symbols {
            if symbol.has(usage::PARAM) {
                continue;
            }
            // What an assignment expression binds belongs to the block around and needs no isolation.
            let bound = symbol.has(usage::LOCAL) && !symbol.has(usage::NONLOCAL);
            if !function_like && bound && self.unit.fast_hidden.insert(Rc::clone(&name)) {
                state.hidden.push(Rc::clone(&name));
            }
            let outside = self.scope().symbols.get(&name).copied();
            let outer_resolution = outside.unwrap_or_default().resolution;
            let resolution = symbol.resolution;
            let differs = resolution != outer_resolution
                && resolution != Some(Resolution::Free)
                && !(resolution == Some(Resolution::Cell) && outer_resolution == Some(Resolution::Free));
            if differs || in_class {
                state.symbols.push((Rc::clone(&name), outside));
                let scope = self.unit.scope;
                self.symbols.scope_mut(scope).symbols.insert(Rc::clone(&name), symbol);
            }
            if !bound {
                continue;
            }
            let is_cell = resolution == Some(Resolution::Cell);
            let free = self.unit.free(&name).filter(|_| is_cell && outer_resolution == Some(Resolution::Free));
            let variable = match free {
                // A cell here and free outside: the slot of the free variable holds another cell for the time.
                Some(free) => free,
                None if is_cell => self.unit.local(&name),
                None => self.comprehension_variable(&name, function_like),
            };
            self.emit_arg(Op::LoadFastAndClear, variable, span);
            if is_cell {
                self.emit_arg(Op::MakeCell, variable, span);
            }
            state.saved.push(variable);
        }
        if !state.saved.is_empty() {
            self.emit_arg(Op::Swap, state.saved.len() as u32 + 1, span);
            state.cleanup = self.new_label();
            self.unit.emit_bracket(Code::SetupFinally, state.cleanup, span);
        }
        state
    }

    fn comprehension_variable(&mut self, name: &Rc<str>, function_like: bool) -> VarId {
        let known = self.unit.variables.len();
        let variable = self.unit.local(name);
        if variable as usize == known && !function_like {
            self.unit.variables[known].kind = VarKind::Hidden;
        }
        variable
    }

    fn leave_inlined(&mut self, state: Inlined, span: Span) {
        self.unit.inlined_comprehensions -= 1;
        if !state.saved.is_empty() {
            let end = self.new_label();
            self.unit.emit_bracket(Code::PopBlock, Label::NONE, NO_SPAN);
            self.emit_jump(Op::Jump, end, NO_SPAN);
            self.use_label(state.cleanup);
            // Below the exception lies the unfinished collection.
            self.emit_arg(Op::Swap, 2, NO_SPAN);
            self.emit(Op::PopTop, NO_SPAN);
            self.restore(&state.saved, span);
            self.emit_arg(Op::Reraise, 0, NO_SPAN);
            self.use_label(end);
            self.restore(&state.saved, span);
        }
        let scope = self.unit.scope;
        for (name, symbol) in state.symbols {
            let symbols = &mut self.symbols.scope_mut(scope).symbols;
            match symbol {
                Some(symbol) => {
                    symbols.insert(name, symbol);
                }
                None => {
                    symbols.swap_remove(&name);
                }
            }
        }
        for name in state.hidden {
            self.unit.fast_hidden.remove(&name);
        }
    }

    fn restore(&mut self, saved: &[VarId], span: Span) {
        self.emit_arg(Op::Swap, saved.len() as u32 + 1, span);
        for variable in saved.iter().rev() {
            // The saved word may be empty: whether the variable is bound afterwards is unknown.
            self.unit.code.push(Instr { extra: MAYBE_EMPTY, ..Instr::new(Op::StoreFast, *variable, span) });
        }
    }
}
