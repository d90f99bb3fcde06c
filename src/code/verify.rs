//! The verifier: checks a finished code object before it runs, so that the loop need not check at every step.
//!
//! It walks all paths from the entry, exception handlers included, and makes sure that every index is in range, every
//! jump lands on an instruction, the operand stack has one depth at every place and stays within `stack_size`, and
//! that control never runs past the end.

use std::fmt;

use super::opcode::{
    ArgKind, BinaryOperator, Comparison, Intrinsic, Op, comparison_word, operator_number, operator_word,
};
use super::{CodeObject, Const, SlotKind, flags};

/// What is wrong with a code object, and at which word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The word.
    pub word: u32,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid bytecode at word {}: {}", self.word, self.problem)
    }
}

impl std::error::Error for VerifyError {}

fn fail<T>(word: u32, problem: impl Into<String>) -> Result<T, VerifyError> {
    Err(VerifyError { word, problem: problem.into() })
}

/// Checks a code object and those inside it.
///
/// # Errors
/// The first problem found.
pub fn verify(code: &CodeObject) -> Result<(), VerifyError> {
    let mut pending = vec![code];
    while let Some(code) = pending.pop() {
        Verifier::new(code)?.run()?;
        pending.extend(code.consts.iter().filter_map(|value| match value {
            Const::Code(inner) => Some(&**inner),
            _ => None,
        }));
    }
    Ok(())
}

struct Verifier<'c> {
    code: &'c CodeObject,
    /// Whether an instruction starts at each word; cache words do not count.
    starts: Vec<bool>,
    /// The stack depth at each instruction that was reached.
    depths: Vec<Option<u32>>,
    /// Instructions still to be visited.
    pending: Vec<u32>,
}

impl<'c> Verifier<'c> {
    fn new(code: &'c CodeObject) -> Result<Self, VerifyError> {
        let length = code.instructions.len();
        let mut starts = vec![false; length];
        let mut at = 0;
        while at < length {
            let Some(op) = Op::from_u8(code.instructions[at] as u8) else {
                return fail(at as u32, "no such opcode");
            };
            starts[at] = true;
            at += 1 + op.caches();
        }
        if at != length {
            return fail(length as u32, "the last instruction's caches are missing");
        }
        Ok(Verifier { code, starts, depths: vec![None; length], pending: Vec::new() })
    }

    fn run(mut self) -> Result<(), VerifyError> {
        let code = self.code;
        if code.slots.len() != code.slot_kinds.len() {
            return fail(0, "slots and slot kinds differ in number");
        }
        let offset = u32::from(code.flags & flags::OPTIMIZED == 0);
        if code.parameter_count() + offset as usize > code.slots.len() {
            return fail(0, "fewer slots than parameters");
        }
        if offset == 1 && code.slot_kinds.first() != Some(&SlotKind::Hidden) {
            return fail(0, "no slot for the namespace");
        }
        self.check_handlers()?;
        self.enter(0, 0, 0)?;
        while let Some(word) = self.pending.pop() {
            self.step(word)?;
        }
        Ok(())
    }

    fn check_handlers(&self) -> Result<(), VerifyError> {
        let mut end = 0;
        for entry in &self.code.exceptions {
            if entry.start >= entry.end || entry.end as usize > self.starts.len() {
                return fail(entry.start, "bad range of a handler");
            }
            if entry.start < end {
                return fail(entry.start, "handlers out of order");
            }
            end = entry.end;
            self.check_target(entry.start, entry.start)?;
            self.check_target(entry.start, entry.handler)?;
        }
        Ok(())
    }

    fn check_target(&self, word: u32, target: u32) -> Result<(), VerifyError> {
        match self.starts.get(target as usize) {
            Some(true) => Ok(()),
            Some(false) | None => fail(word, format!("jump to {target}, which is no instruction")),
        }
    }

    /// Notes that control comes to `target` with the given depth.
    fn enter(&mut self, from: u32, target: u32, depth: u32) -> Result<(), VerifyError> {
        self.check_target(from, target)?;
        if depth > self.code.stack_size {
            return fail(from, format!("depth {depth} exceeds the stack size {}", self.code.stack_size));
        }
        match self.depths[target as usize] {
            Some(known) if known != depth => {
                fail(from, format!("depth {depth} at {target}, which is also reached with {known}"))
            }
            Some(_) => Ok(()),
            None => {
                self.depths[target as usize] = Some(depth);
                self.pending.push(target);
                Ok(())
            }
        }
    }

    fn step(&mut self, word: u32) -> Result<(), VerifyError> {
        let at = word as usize;
        let (Some(depth), Some(op)) = (self.depths[at], Op::from_u8(self.code.instructions[at] as u8)) else {
            return fail(word, "no such opcode");
        };
        let arg = self.code.instructions[at] >> 8;
        let next = self.code.instructions.get(at + 1).copied().unwrap_or(0);
        self.check_argument(word, op, arg, next)?;
        let (popped, pushed) = op.effect(arg);
        if popped > depth {
            return fail(word, format!("{} pops {popped} of {depth} values", op.screaming_name()));
        }
        let after = depth - popped + pushed;
        if after > self.code.stack_size {
            return fail(word, format!("depth {after} exceeds the stack size {}", self.code.stack_size));
        }
        let after_handler = self.code.exceptions.partition_point(|entry| entry.start <= word);
        let handler = after_handler.checked_sub(1).and_then(|index| self.code.exceptions.get(index));
        if let Some(entry) = handler.filter(|entry| word < entry.end) {
            let kept = entry.depth;
            // The instruction may raise with or without its operands popped; the handler needs what is below them.
            if kept > depth {
                return fail(word, format!("the handler keeps {kept} of {depth} values"));
            }
            self.enter(word, entry.handler, kept + 1 + u32::from(entry.push_lasti))?;
        }
        let target = match op {
            Op::CompareLocalLocalJump | Op::CompareLocalConstJump | Op::CompareJump | Op::CompareStackConstJump => {
                Some((next & 0xff_ffff, after))
            }
            Op::ForIterStoreFast => Some((next, depth - 1)),
            Op::ForIter => Some((arg, depth - 1)),
            Op::JumpIfFalseOrPop | Op::JumpIfTrueOrPop => Some((arg, depth)),
            _ if op.arg_kind() == ArgKind::Jump => Some((arg, after)),
            _ => None,
        };
        if let Some((target, depth)) = target {
            self.enter(word, target, depth)?;
        }
        if !op.is_terminator() {
            self.enter(word, word + 1 + op.caches() as u32, after)?;
        }
        Ok(())
    }

    fn check_argument(&self, word: u32, op: Op, arg: u32, next: u32) -> Result<(), VerifyError> {
        let (a, b) = (arg & 0xff, arg >> 8);
        match op.arg_kind() {
            ArgKind::None | ArgKind::Jump => {}
            ArgKind::Number => self.check_number(word, op, arg)?,
            ArgKind::Const => self.check_const(word, arg)?,
            ArgKind::Name => self.check_name(word, arg)?,
            ArgKind::Local => self.check_slot(word, arg)?,
            ArgKind::Deref => self.check_cell(word, arg)?,
            ArgKind::Comparison => match Comparison::from_u32(arg) {
                Some(_) => {}
                None => return fail(word, "no such comparison"),
            },
            ArgKind::Binary => match BinaryOperator::from_u32(arg) {
                Some(_) => {}
                None => return fail(word, "no such operator"),
            },
            ArgKind::TwoLocals => {
                self.check_slot(word, a)?;
                self.check_slot(word, b)?;
            }
            ArgKind::LocalConst => {
                // The forms with an operand on the stack leave `a` zero, and there may be no local at all.
                if !matches!(op, Op::BinaryStackConst | Op::SubscrStackConst | Op::CompareStackConstJump) {
                    self.check_slot(word, a)?;
                }
                self.check_const(word, b)?;
            }
            ArgKind::LocalName => {
                self.check_slot(word, a)?;
                self.check_name(word, b)?;
            }
            ArgKind::Intrinsic => match Intrinsic::from_u32(arg) {
                Some(_) => {}
                None => return fail(word, "no such intrinsic function"),
            },
        }
        match op {
            Op::BinaryLocalLocal
            | Op::BinaryLocalConst
            | Op::BinaryStackLocal
            | Op::BinaryStackConst
            | Op::InplaceLocalConst
            | Op::InplaceLocalLocal => match BinaryOperator::from_u32(operator_number(next)) {
                Some(_) if next == operator_word(operator_number(next)) => Ok(()),
                Some(_) | None => fail(word, "no such operator"),
            },
            Op::CompareLocalLocalJump | Op::CompareLocalConstJump | Op::CompareJump | Op::CompareStackConstJump => {
                match Comparison::from_u32(next >> 24 & 7) {
                    Some(_) if next == comparison_word(next & 0xff_ffff, next >> 24 & 7, next >> 27 & 1 == 1) => Ok(()),
                    Some(_) | None => fail(word, "no such comparison"),
                }
            }
            _ => Ok(()),
        }
    }

    fn check_number(&self, word: u32, op: Op, arg: u32) -> Result<(), VerifyError> {
        let allowed = match op {
            Op::Copy => arg >= 1,
            Op::Swap => arg >= 2,
            Op::IsOp | Op::ContainsOp | Op::CallFunctionEx => arg <= 1,
            Op::BuildSlice => arg == 2 || arg == 3,
            Op::MakeFunction => arg <= 0xf,
            Op::RaiseVarargs | Op::GetAwaitable => arg <= 2,
            Op::ConvertValue => (1..=3).contains(&arg),
            Op::ListAppend
            | Op::SetAdd
            | Op::MapAdd
            | Op::ListExtend
            | Op::SetUpdate
            | Op::DictUpdate
            | Op::DictMerge => {
                let (popped, _) = op.effect(arg);
                let below = self.depths[word as usize].unwrap_or(0).saturating_sub(popped);
                arg >= 1 && arg <= below
            }
            Op::Reraise => arg < self.depths[word as usize].unwrap_or(0),
            Op::YieldValue | Op::AsyncGenYield | Op::YieldFrom | Op::YieldValuePop => {
                arg < self.depths[word as usize].unwrap_or(0)
            }
            _ => true,
        };
        if allowed { Ok(()) } else { fail(word, format!("argument {arg} of {}", op.screaming_name())) }
    }

    fn check_const(&self, word: u32, index: u32) -> Result<(), VerifyError> {
        if (index as usize) < self.code.consts.len() { Ok(()) } else { fail(word, "no such constant") }
    }

    fn check_name(&self, word: u32, index: u32) -> Result<(), VerifyError> {
        if (index as usize) < self.code.names.len() { Ok(()) } else { fail(word, "no such name") }
    }

    fn check_slot(&self, word: u32, index: u32) -> Result<(), VerifyError> {
        if (index as usize) < self.code.slots.len() { Ok(()) } else { fail(word, "no such slot") }
    }

    fn check_cell(&self, word: u32, index: u32) -> Result<(), VerifyError> {
        match self.code.slot_kinds.get(index as usize) {
            Some(SlotKind::Cell | SlotKind::Free) => Ok(()),
            Some(SlotKind::Local | SlotKind::Hidden) => fail(word, "the slot holds no cell"),
            None => fail(word, "no such slot"),
        }
    }
}
