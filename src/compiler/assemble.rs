//! The last step: from the instructions of a unit to a finished [`CodeObject`].
//!
//! Slots are given to variables (parameters, locals, cells, free variables: the order that [`CodeObject::slots`]
//! promises), the graph is improved and its depths found, and then everything is laid out: words with their caches,
//! jump targets, the exception table and the position table.

use std::rc::Rc;

use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::{LineIndex, Span};

use crate::code::opcode::{MAX_ARG, comparison_word, encode, operator_word};
use crate::code::{ArgKind, CodeObject, ExceptionEntry, Op, Position, PositionTable, SlotKind, flags};

use super::errors::error;
use super::flow::Graph;
use super::ir::{Code, Instr, Label, NO_SPAN, has_place};
use super::operand_forms::{self, JUMP_WHEN_TRUE};
use super::symtable::ScopeKind;
use super::unit::{UnitKind, VarKind, Variable};
use super::{CompileResult, Compiler, unbound};

/// The name of the slot that holds the namespace of a class body or module.
const NAMESPACE: &str = ".namespace";

impl Compiler<'_> {
    /// Makes the code object of the current unit.
    pub(super) fn assemble_unit(&mut self) -> CompileResult<Rc<CodeObject>> {
        let function_like = self.scope().kind.is_function_like();
        let slots = Slots::new(&self.unit.variables, !function_like);
        let mut code: Vec<Instr> = Vec::with_capacity(self.unit.code.len() + slots.cells.len());
        let cells = slots.cells.len() as u32;
        code.extend(slots.cells.iter().map(|slot| Instr::new(Op::MakeCell, *slot, NO_SPAN)));
        code.extend(std::mem::take(&mut self.unit.code).into_iter().map(|instr| slots.resolve(instr)));
        let mut labels = std::mem::take(&mut self.unit.labels);
        for label in &mut labels {
            // A label that was made but never used is nobody's target.
            *label = if *label == u32::MAX { 0 } else { *label + cells };
        }

        let mut graph = Graph::new(code, &labels);
        graph.optimize(&self.unit.consts, self.lines);
        graph.find_depths();
        let parameters = self.scope().parameters.len() as u32;
        unbound::check_loads(&mut graph, parameters + slots.offset, slots.names.len() as u32);
        operand_forms::fuse(&mut graph.blocks);
        operand_forms::fuse_for_loops(&mut graph.blocks);
        let layout = lay_out(&graph, self.lines)?;

        let unit = &mut self.unit;
        let names = std::mem::take(&mut unit.names);
        let consts = std::mem::take(&mut unit.consts);
        let code = CodeObject {
            name: Rc::clone(&unit.name),
            qualname: Rc::clone(&unit.qualname),
            filename: Rc::clone(&self.filename),
            flags: 0,
            arg_count: unit.arg_count,
            posonly_arg_count: unit.posonly_arg_count,
            kwonly_arg_count: unit.kwonly_arg_count,
            first_line: if unit.kind == UnitKind::Module { 1 } else { self.lines.line(unit.first.start) },
            stack_size: graph.stack_size,
            names,
            slots: slots.names,
            slot_kinds: slots.kinds,
            consts,
            instructions: layout.words,
            exceptions: layout.exceptions,
            positions: layout.positions,
            deferred: self.deferred(),
        };
        Ok(Rc::new(CodeObject { flags: self.code_flags(), ..code }))
    }

    /// `co_flags`
    fn code_flags(&self) -> u32 {
        let scope = self.scope();
        let mut bits = self.common_flags();
        if scope.kind.is_function_like() {
            bits |= flags::OPTIMIZED | flags::NEWLOCALS;
            for (condition, bit) in [
                (scope.nested, flags::NESTED),
                (scope.generator && !scope.coroutine, flags::GENERATOR),
                (!scope.generator && scope.coroutine, flags::COROUTINE),
                (scope.generator && scope.coroutine, flags::ASYNC_GENERATOR),
                (scope.has_varargs, flags::VARARGS),
                (scope.has_varkeywords, flags::VARKEYWORDS),
                (self.unit.has_docstring, flags::HAS_DOCSTRING),
                (self.unit.deferred.is_some(), flags::DEFERRED),
            ] {
                if condition {
                    bits |= bit;
                }
            }
            let is_method = scope.kind == ScopeKind::Function
                && scope.comprehension.is_none()
                && self.outer.last().is_some_and(|outer| outer.kind == UnitKind::Class);
            if is_method {
                bits |= flags::METHOD;
            }
        } else if scope.kind == ScopeKind::Module && self.options.top_level_await && scope.coroutine {
            bits |= flags::COROUTINE;
        }
        bits
    }
}

/// The slots of a unit's variables.
struct Slots {
    /// 1 when slot 0 is the namespace.
    offset: u32,
    names: Vec<Rc<str>>,
    kinds: Vec<SlotKind>,
    /// Slot of each variable.
    of_variable: Vec<u32>,
    /// Slots that get a cell at the start, in order.
    cells: Vec<u32>,
}

impl Slots {
    fn new(variables: &[Variable], has_namespace: bool) -> Slots {
        let mut slots = Slots {
            offset: u32::from(has_namespace),
            names: Vec::with_capacity(variables.len() + 1),
            kinds: Vec::with_capacity(variables.len() + 1),
            of_variable: vec![0; variables.len()],
            cells: Vec::new(),
        };
        if has_namespace {
            slots.names.push(Rc::from(NAMESPACE));
            slots.kinds.push(SlotKind::Hidden);
        }
        let rank = |variable: &Variable| match (variable.is_parameter, variable.kind) {
            (true, _) => 0,
            (false, VarKind::Local | VarKind::Hidden) => 1,
            (false, VarKind::Cell) => 2,
            (false, VarKind::Free) => 3,
        };
        let mut order: Vec<usize> = (0..variables.len()).collect();
        order.sort_by_key(|index| rank(&variables[*index]));
        for index in order {
            let variable = &variables[index];
            let slot = slots.names.len() as u32;
            slots.of_variable[index] = slot;
            slots.names.push(Rc::clone(&variable.name));
            slots.kinds.push(match variable.kind {
                VarKind::Local => SlotKind::Local,
                VarKind::Cell => SlotKind::Cell,
                VarKind::Free => SlotKind::Free,
                VarKind::Hidden => SlotKind::Hidden,
            });
            if variable.kind == VarKind::Cell {
                slots.cells.push(slot);
            }
        }
        slots
    }

    /// Replaces a variable's number by its slot.
    fn resolve(&self, mut instr: Instr) -> Instr {
        if let Some(op) = instr.op()
            && matches!(op.arg_kind(), ArgKind::Local | ArgKind::Deref)
        {
            instr.arg = self.of_variable[instr.arg as usize];
        }
        instr
    }
}

/// What `lay_out` makes.
struct Layout {
    words: Vec<u32>,
    exceptions: Vec<ExceptionEntry>,
    positions: PositionTable,
}

fn lay_out(graph: &Graph, lines: &LineIndex) -> CompileResult<Layout> {
    let mut starts: Vec<u32> = Vec::with_capacity(graph.blocks.len() + 1);
    let mut offset = 0;
    for block in &graph.blocks {
        starts.push(offset);
        for instr in &block.instrs {
            offset += instr.op().map_or(0, |op| 1 + op.caches() as u32);
        }
    }
    if offset > MAX_ARG {
        return Err(error(SyntaxErrorKind::CodeTooLarge, Span::at(0)));
    }
    let mut layout = Layout {
        words: Vec::with_capacity(offset as usize),
        exceptions: Vec::new(),
        positions: PositionTable::default(),
    };
    let mut locator = Locator { lines, line: 1 };
    for (index, block) in graph.blocks.iter().enumerate() {
        let mut guard = block.guard;
        let mut cursor = graph.bracket_cursor(index);
        for instr in &block.instrs {
            if let Code::Op(op) = instr.code {
                let start = layout.words.len() as u32;
                let target = if instr.target == Label::NONE { 0 } else { starts[instr.target.0 as usize] };
                let op = if op == Op::Jump && target <= start { Op::JumpBackward } else { op };
                layout.emit(op, instr, target);
                layout.positions.push(start, locator.position(instr.span));
                if let Some(guard) = guard {
                    let handler = &graph.handlers[guard as usize];
                    let entry = ExceptionEntry {
                        start,
                        end: layout.words.len() as u32,
                        handler: starts[handler.block as usize],
                        depth: handler.depth,
                        push_lasti: handler.push_lasti,
                    };
                    layout.cover(entry);
                }
            }
            guard = cursor.after(graph, instr, guard);
        }
    }
    Ok(layout)
}

impl Layout {
    fn emit(&mut self, op: Op, instr: &Instr, target: u32) {
        let caches = op.caches();
        // Operand forms keep the operator, or the jump, in the word after them.
        let (arg, next) = match op {
            Op::CompareLocalLocalJump | Op::CompareLocalConstJump | Op::CompareJump | Op::CompareStackConstJump => {
                let comparison = instr.extra & (JUMP_WHEN_TRUE - 1);
                (instr.arg, comparison_word(target, comparison, instr.extra & JUMP_WHEN_TRUE != 0))
            }
            Op::ForIterStoreFast => (instr.arg, target),
            Op::BinaryLocalLocal
            | Op::BinaryLocalConst
            | Op::BinaryStackLocal
            | Op::BinaryStackConst
            | Op::InplaceLocalConst
            | Op::InplaceLocalLocal => (instr.arg, operator_word(instr.extra)),
            _ if op.arg_kind() == ArgKind::Jump => (target, 0),
            _ => (instr.arg, 0),
        };
        self.words.push(encode(op, arg));
        for cache in 0..caches {
            self.words.push(if cache == 0 { next } else { 0 });
        }
    }

    /// Adds an entry to the exception table, joined with the one before where possible.
    fn cover(&mut self, entry: ExceptionEntry) {
        if let Some(last) = self.exceptions.last_mut()
            && last.end == entry.start
            && (last.handler, last.depth, last.push_lasti) == (entry.handler, entry.depth, entry.push_lasti)
        {
            last.end = entry.end;
            return;
        }
        self.exceptions.push(entry);
    }
}

/// Turns spans into positions; neighbouring instructions mostly stand on neighbouring lines.
struct Locator<'l> {
    lines: &'l LineIndex,
    line: u32,
}

impl Locator<'_> {
    fn position(&mut self, span: Span) -> Position {
        if !has_place(span) {
            return Position::default();
        }
        let line = self.line_of(span.start);
        let column = span.start - self.lines.line_start(line);
        let end_line = self.line_of(span.end);
        let end_column = span.end - self.lines.line_start(end_line);
        self.line = line;
        Position { line, end_line, column, end_column }
    }

    fn line_of(&self, offset: u32) -> u32 {
        let start = self.lines.line_start(self.line);
        let known_end = self.line < self.lines.line_count();
        if start <= offset && known_end && offset < self.lines.line_start(self.line + 1) {
            return self.line;
        }
        self.lines.line(offset)
    }
}
