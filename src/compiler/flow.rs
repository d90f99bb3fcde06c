//! The instructions of a unit as a graph of basic blocks, and what is improved on it.
//!
//! 1. Jumps to jumps go straight to the end; a jump to a short `return` becomes that `return`.
//! 2. Blocks that nothing reaches go away.
//! 3. Blocks that only exceptions reach move behind all others, so that the ordinary path runs straight on.
//! 4. Inside a block: `is None` tests become jumps of their own, swaps before stores are resolved, `Nop`s go where no
//!    line depends on them.
//! 5. A walk over the graph finds the stack depth everywhere, which handler guards which instruction, and the argument of
//!    the suspending instructions.

use coil_grammar::span::{LineIndex, Span};

use crate::code::{Const, Op};

use super::ir::{Code, Instr, Label, NO_SPAN, has_place};

/// Most instructions of a `return` that is copied to where it is jumped to.
const MAX_COPIED: usize = 4;

/// Instructions that run one after the other: only the last may jump, only the first is jumped to.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The instructions; the label of a jump is the number of a block.
    pub(super) instrs: Vec<Instr>,
    /// The brackets open at its start: an index into [`Graph::handlers`].
    pub(super) guard: Option<u32>,
    /// Index of the handler that the first bracket in it opens; the others follow.
    pub(super) first_handler: u32,
    /// Whether anything reaches it.
    reached: bool,
    /// Whether it is reached without an exception.
    warm: bool,
}

impl Block {
    /// Whether control runs on into the next block.
    fn falls_through(&self) -> bool {
        !self.instrs.last().is_some_and(Instr::is_terminator)
    }

    /// Whether it leaves the code object.
    fn leaves(&self) -> bool {
        self.instrs.last().is_some_and(|last| last.is_terminator() && !last.is_jump())
    }
}

/// An open bracket: a handler, and the bracket around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handler {
    /// The block of the handler.
    pub(super) block: u32,
    /// How many values of the stack it keeps.
    pub(super) depth: u32,
    /// Whether the index of the raising instruction is pushed.
    pub(super) push_lasti: bool,
    /// The bracket around this one.
    pub(super) outer: Option<u32>,
}

/// A unit's instructions as a graph.
#[derive(Debug)]
pub(super) struct Graph {
    /// The blocks in the order of the code.
    pub(super) blocks: Vec<Block>,
    /// All brackets.
    pub(super) handlers: Vec<Handler>,
    /// Most values on the stack at any point.
    pub(super) stack_size: u32,
}

impl Graph {
    /// Splits instructions into blocks.
    pub(super) fn new(code: Vec<Instr>, labels: &[u32]) -> Graph {
        let length = code.len();
        // Which instructions begin a block; after the last one there is an empty block, for labels at the end.
        let mut leads = vec![false; length + 1];
        leads[0] = true;
        leads[length] = true;
        for (index, instr) in code.iter().enumerate() {
            if instr.target != Label::NONE {
                leads[labels[instr.target.0 as usize] as usize] = true;
            }
            if instr.is_jump() || instr.is_terminator() {
                leads[index + 1] = true;
            }
        }
        let mut block_of = vec![0; length + 1];
        let mut count = 0;
        for (index, lead) in leads.iter().enumerate() {
            count += u32::from(*lead);
            block_of[index] = count - 1;
        }
        let mut blocks: Vec<Block> = Vec::with_capacity(count as usize);
        for (index, mut instr) in code.into_iter().enumerate() {
            if leads[index] {
                blocks.push(Block::default());
            }
            if instr.target != Label::NONE {
                instr.target = Label(block_of[labels[instr.target.0 as usize] as usize]);
            }
            if let Some(block) = blocks.last_mut() {
                block.instrs.push(instr);
            }
        }
        while blocks.len() < count as usize {
            blocks.push(Block::default());
        }
        Graph { blocks, handlers: Vec::new(), stack_size: 0 }
    }

    /// Improves the graph and works out depths and handlers; `consts` tells which constant is None.
    pub(super) fn optimize(&mut self, consts: &[Const], lines: &LineIndex) {
        self.thread_jumps();
        self.copy_short_exits();
        self.remove_unreached();
        for block in &mut self.blocks {
            simplify(&mut block.instrs, consts);
        }
        self.move_cold_blocks();
        self.remove_jumps_to_next();
        self.inherit_places();
        self.remove_nops(lines);
        self.remove_jumps_to_next();
        for block in &mut self.blocks {
            block.instrs.retain(|instr| !instr.is(Op::Nop) || has_place(instr.span));
        }
        self.join_blocks();
    }

    /// Joins blocks that only run on into one another, for the peephole to see more at once.
    fn join_blocks(&mut self) {
        let mut is_target = vec![false; self.blocks.len()];
        for instr in self.blocks.iter().flat_map(|block| &block.instrs) {
            if let Some(target) = is_target.get_mut(instr.target.0 as usize) {
                *target = true;
            }
        }
        // The joined block is the later one, so that jumps and handlers keep their numbers.
        for (index, is_target) in is_target.iter().enumerate().skip(1) {
            let before = &self.blocks[index - 1];
            let joins = before.instrs.last().is_none_or(|last| !last.is_jump() && !last.is_terminator());
            if *is_target || !joins || before.instrs.is_empty() {
                continue;
            }
            let mut joined = std::mem::take(&mut self.blocks[index - 1].instrs);
            joined.append(&mut self.blocks[index].instrs);
            self.blocks[index].instrs = joined;
        }
    }

    /// The block where control goes on after skipping empty ones.
    fn skip_empty(&self, from: usize) -> usize {
        let mut at = from;
        while at + 1 < self.blocks.len()
            && self.blocks[at].instrs.iter().all(|instr| instr.is(Op::Nop) && !has_place(instr.span))
        {
            at += 1;
        }
        at
    }

    fn thread_jumps(&mut self) {
        for index in 0..self.blocks.len() {
            let Some(last) = self.blocks[index].instrs.last() else { continue };
            if !last.is_jump() {
                continue;
            }
            let conditional = !last.is_terminator();
            let mut target = self.skip_empty(last.target.0 as usize);
            // A chain of jumps may be a ring (`while True: pass`), hence the bound.
            for _ in 0..self.blocks.len() {
                let next = match &self.blocks[target].instrs[..] {
                    [only, ..] if only.is(Op::Jump) => self.skip_empty(only.target.0 as usize),
                    _ => break,
                };
                // A jump back serves interrupts, which only the unconditional one does.
                if next == target || conditional && next <= index {
                    break;
                }
                target = next;
            }
            if let Some(last) = self.blocks[index].instrs.last_mut() {
                last.target = Label(target as u32);
            }
        }
    }

    /// Copies `return`s of a few instructions to the jumps that lead to them.
    fn copy_short_exits(&mut self) {
        for index in 0..self.blocks.len() {
            let Some(last) = self.blocks[index].instrs.last().copied() else { continue };
            if !last.is(Op::Jump) {
                continue;
            }
            let target = &self.blocks[last.target.0 as usize];
            if target.leaves()
                && target.instrs.len() <= MAX_COPIED
                && !target.instrs.iter().any(|instr| instr.op().is_none())
            {
                let copied = target.instrs.clone();
                let block = &mut self.blocks[index].instrs;
                block.pop();
                if has_place(last.span) {
                    block.push(Instr::new(Op::Nop, 0, last.span));
                }
                block.extend(copied);
            }
        }
    }

    /// Marks what is reached from the entry; without exceptions when `warm`.
    fn mark(&mut self, warm: bool) {
        let mut pending = vec![0usize];
        while let Some(index) = pending.pop() {
            let Some(block) = self.blocks.get_mut(index) else { continue };
            let seen = if warm { &mut block.warm } else { &mut block.reached };
            if std::mem::replace(seen, true) {
                continue;
            }
            for instr in &block.instrs {
                if instr.target != Label::NONE && (!warm || !instr.code.is_setup()) {
                    pending.push(instr.target.0 as usize);
                }
            }
            if block.falls_through() {
                pending.push(index + 1);
            }
        }
    }

    fn remove_unreached(&mut self) {
        self.mark(false);
        self.mark(true);
        for block in &mut self.blocks {
            if !block.reached {
                block.instrs.clear();
            }
        }
    }

    /// Puts the blocks that only exceptions reach behind the others.
    fn move_cold_blocks(&mut self) {
        let count = self.blocks.len();
        let mut order: Vec<usize> = Vec::with_capacity(count);
        order.extend((0..count).filter(|index| self.blocks[*index].warm));
        order.extend((0..count).filter(|index| self.blocks[*index].reached && !self.blocks[*index].warm));
        // A block that runs on into one that is elsewhere now needs a jump.
        for (position, index) in order.iter().enumerate() {
            if self.blocks[*index].falls_through() && order.get(position + 1) != Some(&(index + 1)) {
                let jump = Instr { target: Label(*index as u32 + 1), ..Instr::new(Op::Jump, 0, NO_SPAN) };
                self.blocks[*index].instrs.push(jump);
            }
        }
        let mut moved = vec![Label::NONE; count];
        for (position, index) in order.iter().enumerate() {
            moved[*index] = Label(position as u32);
        }
        let mut blocks: Vec<Block> = order.iter().map(|index| std::mem::take(&mut self.blocks[*index])).collect();
        for block in &mut blocks {
            for instr in &mut block.instrs {
                if instr.target != Label::NONE {
                    instr.target = moved[instr.target.0 as usize];
                }
            }
        }
        self.blocks = blocks;
    }

    fn remove_jumps_to_next(&mut self) {
        for index in 0..self.blocks.len() {
            let Some(last) = self.blocks[index].instrs.last() else { continue };
            if !last.is(Op::Jump) {
                continue;
            }
            let target = last.target.0 as usize;
            let between = index + 1..target;
            if target > index
                && between.clone().all(|skipped| self.blocks[skipped].instrs.is_empty())
                && let Some(last) = self.blocks[index].instrs.last_mut()
            {
                last.clear();
            }
        }
    }

    /// Gives instructions without a place the place of what always runs before them.
    fn inherit_places(&mut self) {
        let mut predecessors = vec![0u32; self.blocks.len() + 1];
        predecessors[0] = 1;
        for (index, block) in self.blocks.iter().enumerate() {
            for instr in &block.instrs {
                if instr.target != Label::NONE {
                    // A handler is reached from anywhere: it has no place to inherit.
                    predecessors[instr.target.0 as usize] += if instr.code.is_setup() { 2 } else { 1 };
                }
            }
            if block.falls_through() {
                predecessors[index + 1] += 1;
            }
        }
        let mut incoming = vec![NO_SPAN; self.blocks.len() + 1];
        for index in 0..self.blocks.len() {
            let mut place = incoming[index];
            let block = &mut self.blocks[index];
            let falls_through = block.falls_through();
            for instr in &mut block.instrs {
                if has_place(instr.span) {
                    place = instr.span;
                } else {
                    instr.span = place;
                }
                if instr.is_jump() && predecessors[instr.target.0 as usize] == 1 {
                    incoming[instr.target.0 as usize] = place;
                }
            }
            if falls_through && predecessors[index + 1] == 1 {
                incoming[index + 1] = place;
            }
        }
    }

    /// Removes `Nop`s whose line is also that of the instruction before or after.
    fn remove_nops(&mut self, lines: &LineIndex) {
        for index in 0..self.blocks.len() {
            if !self.blocks[index].instrs.iter().any(|instr| instr.is(Op::Nop)) {
                continue;
            }
            let after = self.blocks[index + 1..].iter().find_map(|block| block.instrs.first()).map(|next| next.span);
            let line = |span: Span| if has_place(span) { lines.line(span.start) } else { 0 };
            let block = &mut self.blocks[index];
            let mut instrs = std::mem::take(&mut block.instrs);
            let mut before = 0;
            for at in 0..instrs.len() {
                let instr = instrs[at];
                let own = line(instr.span);
                if instr.is(Op::Nop) {
                    let next = instrs.get(at + 1).map(|next| next.span).or(after);
                    if own == 0 || own == before || next.is_some_and(|next| line(next) == own) {
                        continue;
                    }
                    if let Some(next) = instrs.get_mut(at + 1)
                        && !has_place(next.span)
                        && next.op().is_some()
                    {
                        next.span = instr.span;
                        continue;
                    }
                }
                before = own;
                block.instrs.push(instr);
            }
        }
    }
}

/// Improvements inside a block.
fn simplify(instrs: &mut [Instr], consts: &[Const]) {
    for at in 0..instrs.len() {
        let Some(op) = instrs[at].op() else { continue };
        match op {
            // `x is None` as a condition: `LoadConst None; IsOp; PopJumpIf...` is one jump.
            Op::IsOp if at > 0 && at + 1 < instrs.len() => {
                let none = instrs[at - 1].is(Op::LoadConst)
                    && matches!(consts.get(instrs[at - 1].arg as usize), Some(Const::None));
                let is_not = instrs[at].arg == 1;
                let jump = match instrs[at + 1].op() {
                    Some(Op::PopJumpIfTrue) if none => !is_not,
                    Some(Op::PopJumpIfFalse) if none => is_not,
                    _ => continue,
                };
                instrs[at - 1].clear();
                instrs[at].clear();
                instrs[at - 1].span = NO_SPAN;
                instrs[at].span = NO_SPAN;
                instrs[at + 1].code = Code::Op(if jump { Op::PopJumpIfNone } else { Op::PopJumpIfNotNone });
            }
            // `not x` as a condition.
            Op::UnaryNot if at + 1 < instrs.len() => {
                let inverted = match instrs[at + 1].op() {
                    Some(Op::PopJumpIfTrue) => Op::PopJumpIfFalse,
                    Some(Op::PopJumpIfFalse) => Op::PopJumpIfTrue,
                    _ => continue,
                };
                instrs[at].clear();
                instrs[at].span = NO_SPAN;
                instrs[at + 1].code = Code::Op(inverted);
            }
            // `a, b = b, a`: no tuple is made.
            Op::BuildTuple if at + 1 < instrs.len() => {
                let count = instrs[at].arg;
                if (1..=3).contains(&count) && instrs[at + 1].is(Op::UnpackSequence) && instrs[at + 1].arg == count {
                    instrs[at].clear();
                    if count == 1 {
                        instrs[at + 1].clear();
                    } else {
                        instrs[at + 1].code = Code::Op(Op::Swap);
                    }
                }
            }
            _ => {}
        }
    }
    resolve_swaps(instrs);
}

/// `Swap n` before stores to `n` different variables: the stores change places instead.
fn resolve_swaps(instrs: &mut [Instr]) {
    for at in 0..instrs.len() {
        if !instrs[at].is(Op::Swap) {
            continue;
        }
        let count = instrs[at].arg as usize;
        let Some(stores) = instrs.get(at + 1..=at + count) else { continue };
        let plain = stores.iter().all(|store| store.is(Op::StoreFast));
        let distinct =
            (1..stores.len()).all(|index| stores[..index].iter().all(|other| other.arg != stores[index].arg));
        if plain && distinct {
            instrs.swap(at + 1, at + count);
            instrs[at].clear();
        }
    }
}

/// What is known at a place when the graph is walked.
#[derive(Clone, Copy)]
struct State {
    depth: u32,
    guard: Option<u32>,
    /// Stack index of the exception that was being handled before the outermost open `except`.
    handled: Option<u32>,
}

impl Graph {
    /// Walks the graph: fills in handlers, the stack size, and the arguments of the suspending instructions.
    pub(super) fn find_depths(&mut self) {
        let mut pending = vec![(0u32, State { depth: 0, guard: None, handled: None })];
        let mut seen = vec![false; self.blocks.len()];
        while let Some((index, state)) = pending.pop() {
            let index = index as usize;
            if index >= seen.len() || std::mem::replace(&mut seen[index], true) {
                continue;
            }
            let mut state = state;
            self.blocks[index].guard = state.guard;
            self.blocks[index].first_handler = self.handlers.len() as u32;
            self.stack_size = self.stack_size.max(state.depth);
            for instr in &mut self.blocks[index].instrs {
                match instr.code {
                    Code::SetupFinally | Code::SetupCleanup | Code::SetupWith => {
                        let push_lasti = instr.code != Code::SetupFinally;
                        let depth = state.depth.saturating_sub(u32::from(instr.code == Code::SetupWith));
                        let start = depth + 1 + u32::from(push_lasti);
                        let handled = state.handled.filter(|slot| *slot < depth);
                        pending.push((instr.target.0, State { depth: start, guard: state.guard, handled }));
                        let handler = Handler { block: instr.target.0, depth, push_lasti, outer: state.guard };
                        state.guard = Some(self.handlers.len() as u32);
                        self.handlers.push(handler);
                    }
                    Code::PopBlock => {
                        state.guard = state.guard.and_then(|guard| self.handlers[guard as usize].outer);
                    }
                    Code::Op(op) => {
                        let before = state.depth;
                        track_handled(op, instr.arg, &mut state);
                        if matches!(op, Op::YieldValue | Op::AsyncGenYield | Op::YieldFrom) {
                            instr.arg = state.handled.map_or(0, |slot| slot + 1);
                        }
                        let (popped, pushed) = op.effect(instr.arg);
                        state.depth = (before + pushed).saturating_sub(popped);
                        self.stack_size = self.stack_size.max(state.depth);
                        if instr.is_jump() {
                            let depth = match op {
                                Op::JumpIfFalseOrPop | Op::JumpIfTrueOrPop => before,
                                Op::ForIter => before.saturating_sub(1),
                                _ => state.depth,
                            };
                            pending.push((instr.target.0, State { depth, ..state }));
                        }
                    }
                }
            }
            if self.blocks[index].falls_through() {
                pending.push((index as u32 + 1, state));
            }
        }
    }
}

/// Follows the stack slot of the exception handled before the outermost `except`.
fn track_handled(op: Op, arg: u32, state: &mut State) {
    match op {
        Op::PushExcInfo => state.handled = state.handled.or(state.depth.checked_sub(1)),
        Op::PopExcept if state.handled == state.depth.checked_sub(1) => state.handled = None,
        Op::Swap => {
            let (top, other) = (state.depth.checked_sub(1), state.depth.checked_sub(arg));
            if state.handled.is_some() && state.handled == top {
                state.handled = other;
            } else if state.handled.is_some() && state.handled == other {
                state.handled = top;
            }
        }
        _ => {}
    }
}
