//! Which loads of local variables may find them unbound.
//!
//! `LoadFast` trusts the compiler that the variable is bound; `LoadFastCheck` looks and raises `UnboundLocalError`. This
//! data-flow analysis follows, along every path through the code, the set of variables that may be unbound: at the start
//! all but the parameters, less what is stored or successfully loaded, plus what is deleted. As in CPython, the sets hold
//! the first 64 slots; the rare variables beyond are trusted within a block only.

use rustc_hash::FxHashSet;

use crate::code::Op;

use super::flow::Graph;
use super::ir::{Instr, MAYBE_EMPTY};

/// How many slots the sets hold.
const TRACKED: u32 = 64;

/// Turns the loads that may fail into `LoadFastCheck`. The arguments are slots; the first `parameters` are bound at
/// the start, `slots` is how many there are.
pub(super) fn check_loads(graph: &mut Graph, parameters: u32, slots: u32) {
    if slots <= parameters && !graph.blocks.iter().any(|block| block.instrs.iter().any(unbinds)) {
        return;
    }
    let set_of = |count: u32| if count >= TRACKED { u64::MAX } else { (1u64 << count) - 1 };
    let entry = set_of(slots) & !set_of(parameters);
    // For each block the variables that may be unbound at its start; None where control never comes.
    let mut incoming: Vec<Option<u64>> = vec![None; graph.blocks.len()];
    let mut pending = vec![0usize];
    incoming[0] = Some(entry);
    while let Some(index) = pending.pop() {
        let Some(mut unbound) = incoming.get(index).copied().flatten() else { continue };
        let mut guard = graph.blocks[index].guard;
        let mut bracket = graph.bracket_cursor(index);
        for instr in &graph.blocks[index].instrs {
            if let Some(handler) = guard {
                let handler = graph.handlers[handler as usize].block as usize;
                flow_into(&mut incoming, &mut pending, handler, unbound);
            }
            guard = bracket.after(graph, instr, guard);
            unbound = step(instr, unbound);
            if instr.is_jump() {
                flow_into(&mut incoming, &mut pending, instr.target.0 as usize, unbound);
            }
        }
        if let Some(handler) = guard {
            let handler = graph.handlers[handler as usize].block as usize;
            flow_into(&mut incoming, &mut pending, handler, unbound);
        }
        if !graph.blocks[index].instrs.last().is_some_and(Instr::is_terminator) {
            flow_into(&mut incoming, &mut pending, index + 1, unbound);
        }
    }
    for (block, start) in graph.blocks.iter_mut().zip(incoming) {
        let Some(mut unbound) = start else { continue };
        let mut bound_here: FxHashSet<u32> = FxHashSet::default();
        for instr in &mut block.instrs {
            if instr.is(Op::LoadFast) {
                let may_fail = if instr.arg < TRACKED {
                    unbound >> instr.arg & 1 != 0
                } else {
                    instr.arg >= parameters && !bound_here.contains(&instr.arg)
                };
                if may_fail {
                    instr.code = super::ir::Code::Op(Op::LoadFastCheck);
                }
            }
            if instr.arg >= TRACKED {
                match instr.op() {
                    Some(Op::StoreFast | Op::LoadFastCheck) if instr.extra != MAYBE_EMPTY => {
                        bound_here.insert(instr.arg);
                    }
                    Some(Op::StoreFast | Op::DeleteFast | Op::LoadFastAndClear) => {
                        bound_here.remove(&instr.arg);
                    }
                    _ => {}
                }
            }
            unbound = step(instr, unbound);
        }
    }
}

/// Whether an instruction may leave a variable unbound.
fn unbinds(instr: &Instr) -> bool {
    instr.is(Op::DeleteFast) || instr.is(Op::LoadFastAndClear)
}

/// The set after an instruction.
fn step(instr: &Instr, unbound: u64) -> u64 {
    if instr.arg >= TRACKED {
        return unbound;
    }
    let bit = 1u64 << instr.arg;
    match instr.op() {
        Some(Op::StoreFast) if instr.extra == MAYBE_EMPTY => unbound | bit,
        Some(Op::StoreFast | Op::LoadFast | Op::LoadFastCheck) => unbound & !bit,
        Some(Op::DeleteFast | Op::LoadFastAndClear) => unbound | bit,
        _ => unbound,
    }
}

fn flow_into(incoming: &mut [Option<u64>], pending: &mut Vec<usize>, block: usize, unbound: u64) {
    let Some(start) = incoming.get_mut(block) else { return };
    let joined = start.unwrap_or(0) | unbound;
    if *start != Some(joined) {
        *start = Some(joined);
        pending.push(block);
    }
}

/// Follows the brackets inside a block.
pub(super) struct BracketCursor {
    /// The handlers opened by the block's brackets, in order.
    next: u32,
}

impl Graph {
    /// A cursor at the start of a block.
    pub(super) fn bracket_cursor(&self, block: usize) -> BracketCursor {
        BracketCursor { next: self.blocks[block].first_handler }
    }
}

impl BracketCursor {
    /// The innermost bracket after an instruction.
    pub(super) fn after(&mut self, graph: &Graph, instr: &Instr, guard: Option<u32>) -> Option<u32> {
        if instr.code.is_setup() {
            self.next += 1;
            return Some(self.next - 1);
        }
        match instr.code {
            super::ir::Code::PopBlock => guard.and_then(|guard| graph.handlers[guard as usize].outer),
            _ => guard,
        }
    }
}
