//! The peephole that fuses frequent sequences into the operand forms at the end of the opcode table.
//!
//! Half of the instructions of ordinary code push a local or a constant for the next one to pop. The operand forms read
//! such operands in place. Fusing never crosses a label, since it works inside basic blocks, nor the bracket of a
//! `try`; and the loads that go away cannot raise, so the position of the fused instruction is the operator's.
//!
//! Two passes: operators look back at what was loaded for them, then the loads and stores that are left pair up.

use crate::code::opcode::pair;
use crate::code::{BinaryOperator, Op};

use super::flow::Block;
use super::ir::{Code, Instr};

/// Largest slot that fits the 8-bit operand.
const MAX_A: u32 = 0xff;
/// Largest index that fits the 16-bit operand.
const MAX_B: u32 = 0xffff;

/// Bit of a fused comparison's `extra` that says "jump when true"; the comparison lies below it.
pub(super) const JUMP_WHEN_TRUE: u32 = 1 << 3;

/// Fuses what can be fused in all blocks.
pub(super) fn fuse(blocks: &mut [Block]) {
    for block in blocks.iter_mut() {
        fuse_operators(&mut block.instrs);
        pair_up(&mut block.instrs);
    }
}

/// What an operand of a fused instruction is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    Local(u32),
    Const(u32),
    /// Something else, which stays on the stack.
    Stack,
}

fn operand(instr: Option<&Instr>) -> Operand {
    match instr {
        Some(instr) if instr.is(Op::LoadFast) && instr.arg <= MAX_B => Operand::Local(instr.arg),
        Some(instr) if instr.is(Op::LoadConst) && instr.arg <= MAX_B => Operand::Const(instr.arg),
        Some(_) | None => Operand::Stack,
    }
}

fn fuse_operators(instrs: &mut Vec<Instr>) {
    let source = std::mem::take(instrs);
    let out = instrs;
    out.reserve(source.len());
    for instr in source {
        let Some(op) = instr.op() else {
            out.push(instr);
            continue;
        };
        let last = out.len().checked_sub(1);
        let top = operand(last.and_then(|at| out.get(at)));
        let below = operand(last.and_then(|at| at.checked_sub(1)).and_then(|at| out.get(at)));
        let fused = match op {
            Op::BinaryAdd => binary(BinaryOperator::Add as u32, below, top),
            Op::BinarySubtract => binary(BinaryOperator::Subtract as u32, below, top),
            Op::BinaryMultiply => binary(BinaryOperator::Multiply as u32, below, top),
            Op::BinaryOp => binary(instr.arg, below, top),
            Op::BinarySubscr => subscript(below, top),
            Op::LoadAttr | Op::LoadMethod => match top {
                Operand::Local(a) if a <= MAX_A && instr.arg <= MAX_B => {
                    let op = if op == Op::LoadAttr { Op::LoadFastAttr } else { Op::LoadFastMethod };
                    Some(Fused { op, arg: pair(a, instr.arg), extra: 0, consumed: 1 })
                }
                Operand::Local(_) | Operand::Const(_) | Operand::Stack => None,
            },
            Op::ReturnValue => match top {
                Operand::Local(a) => Some(Fused { op: Op::ReturnFast, arg: a, extra: 0, consumed: 1 }),
                Operand::Const(b) => Some(Fused { op: Op::ReturnConst, arg: b, extra: 0, consumed: 1 }),
                Operand::Stack => None,
            },
            Op::StoreFast => in_place(last.and_then(|at| out.get(at)), instr.arg),
            Op::PushNull => match last.and_then(|at| out.get(at)) {
                Some(before) if before.is(Op::LoadGlobal) => {
                    Some(Fused { op: Op::LoadGlobalNull, arg: before.arg, extra: 0, consumed: 1 })
                }
                Some(_) | None => None,
            },
            Op::PopTop => match last.and_then(|at| out.get(at)) {
                Some(before) if before.is(Op::YieldValue) => {
                    Some(Fused { op: Op::YieldValuePop, arg: before.arg, extra: 0, consumed: 1 })
                }
                Some(_) | None => None,
            },
            Op::PopJumpIfTrue | Op::PopJumpIfFalse => {
                if let Some(compare) = last.and_then(|at| out.get(at)).copied()
                    && compare.is(Op::CompareOp)
                {
                    out.pop();
                    compare_and_jump(out, compare, instr);
                    continue;
                }
                None
            }
            _ => None,
        };
        match fused {
            None => out.push(instr),
            Some(fused) => {
                // A fused store or drop stands where the operation before it stood.
                let span = match op {
                    Op::StoreFast | Op::PopTop | Op::PushNull => last.map_or(instr.span, |at| out[at].span),
                    _ => instr.span,
                };
                out.truncate(out.len() - fused.consumed);
                out.push(Instr { extra: fused.extra, ..Instr::new(fused.op, fused.arg, span) });
            }
        }
    }
}

/// An instruction that takes the place of itself and of `consumed` instructions before it.
struct Fused {
    op: Op,
    arg: u32,
    extra: u32,
    consumed: usize,
}

fn binary(operator: u32, below: Operand, top: Operand) -> Option<Fused> {
    let (op, arg, consumed) = match (below, top) {
        (Operand::Local(a), Operand::Local(b)) if a <= MAX_A => (Op::BinaryLocalLocal, pair(a, b), 2),
        (Operand::Local(a), Operand::Const(b)) if a <= MAX_A => (Op::BinaryLocalConst, pair(a, b), 2),
        (_, Operand::Local(b)) => (Op::BinaryStackLocal, pair(0, b), 1),
        (_, Operand::Const(b)) => (Op::BinaryStackConst, pair(0, b), 1),
        (_, Operand::Stack) => return None,
    };
    Some(Fused { op, arg, extra: operator, consumed })
}

fn subscript(below: Operand, top: Operand) -> Option<Fused> {
    let (op, arg, consumed) = match (below, top) {
        (Operand::Local(a), Operand::Local(b)) if a <= MAX_A => (Op::SubscrLocalLocal, pair(a, b), 2),
        (Operand::Local(a), Operand::Const(b)) if a <= MAX_A => (Op::SubscrLocalConst, pair(a, b), 2),
        (_, Operand::Const(b)) => (Op::SubscrStackConst, pair(0, b), 1),
        (_, Operand::Local(_) | Operand::Stack) => return None,
    };
    Some(Fused { op, arg, extra: 0, consumed })
}

/// `a = a + b` once `a + b` is fused.
fn in_place(before: Option<&Instr>, target: u32) -> Option<Fused> {
    let before = before?;
    let op = match before.op()? {
        Op::BinaryLocalConst => Op::InplaceLocalConst,
        Op::BinaryLocalLocal => Op::InplaceLocalLocal,
        _ => return None,
    };
    (before.arg & MAX_A == target).then_some(Fused { op, arg: before.arg, extra: before.extra, consumed: 1 })
}

fn compare_and_jump(out: &mut Vec<Instr>, compare: Instr, jump: Instr) {
    let last = out.len().checked_sub(1);
    let top = operand(last.and_then(|at| out.get(at)));
    let below = operand(last.and_then(|at| at.checked_sub(1)).and_then(|at| out.get(at)));
    let (op, arg, consumed) = match (below, top) {
        (Operand::Local(a), Operand::Local(b)) if a <= MAX_A => (Op::CompareLocalLocalJump, pair(a, b), 2),
        (Operand::Local(a), Operand::Const(b)) if a <= MAX_A => (Op::CompareLocalConstJump, pair(a, b), 2),
        (_, Operand::Const(b)) => (Op::CompareStackConstJump, pair(0, b), 1),
        (_, Operand::Local(_) | Operand::Stack) => (Op::CompareJump, 0, 0),
    };
    out.truncate(out.len() - consumed);
    let when = if jump.is(Op::PopJumpIfTrue) { JUMP_WHEN_TRUE } else { 0 };
    out.push(Instr { code: Code::Op(op), arg, extra: compare.arg | when, target: jump.target, span: compare.span });
}

/// Pairs neighbouring loads and stores.
fn pair_up(instrs: &mut Vec<Instr>) {
    let mut kept = 0;
    let mut at = 0;
    while at < instrs.len() {
        let first = instrs[at];
        let fused = instrs.get(at + 1).and_then(|second| {
            if first.arg > MAX_A || second.arg > MAX_B {
                return None;
            }
            let op = match (first.op()?, second.op()?) {
                (Op::LoadFast, Op::LoadFast) => Op::LoadFastLoadFast,
                (Op::LoadFast, Op::LoadConst) => Op::LoadFastLoadConst,
                (Op::StoreFast, Op::LoadFast) => Op::StoreFastLoadFast,
                (Op::StoreFast, Op::StoreFast) => Op::StoreFastStoreFast,
                _ => return None,
            };
            Some(Instr::new(op, pair(first.arg, second.arg), first.span))
        });
        match fused {
            Some(fused) => {
                instrs[kept] = fused;
                at += 2;
            }
            None => {
                instrs[kept] = first;
                at += 1;
            }
        }
        kept += 1;
    }
    instrs.truncate(kept);
}

/// Fuses `ForIter` with the store of the item, which begins the next block.
pub(super) fn fuse_for_loops(blocks: &mut [Block]) {
    let mut entered_by_jump = vec![false; blocks.len()];
    for block in blocks.iter() {
        for instr in &block.instrs {
            if let Some(entered) = entered_by_jump.get_mut(instr.target.0 as usize) {
                *entered = true;
            }
        }
    }
    for index in 0..blocks.len() {
        if !blocks[index].instrs.last().is_some_and(|last| last.is(Op::ForIter)) {
            continue;
        }
        // Blocks that were joined with a later one are empty.
        let Some(body) = (index + 1..blocks.len()).find(|next| !blocks[*next].instrs.is_empty()) else { continue };
        if entered_by_jump[index + 1..=body].contains(&true) {
            continue;
        }
        let Some(store) = blocks[body].instrs.first().copied().filter(|store| store.is(Op::StoreFast)) else {
            continue;
        };
        blocks[body].instrs.remove(0);
        if let Some(last) = blocks[index].instrs.last_mut() {
            last.code = Code::Op(Op::ForIterStoreFast);
            last.arg = store.arg;
        }
    }
}
