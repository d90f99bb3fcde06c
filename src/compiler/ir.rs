//! The intermediate form between the code generator and the assembler: instructions whose jumps name labels and whose
//! exception handlers are brackets in the instruction stream.
//!
//! `SetupFinally label` ... `PopBlock` says: an exception in between goes to the label. CPython's compiler uses the same
//! brackets. The assembler turns them into the exception table, so that a `try` costs nothing at run time.

use coil_grammar::span::Span;

use crate::code::Op;

/// A place in the instruction stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Label(pub(super) u32);

impl Label {
    /// Where an instruction that does not jump goes.
    pub(super) const NONE: Label = Label(u32::MAX);
}

/// An operation of the VM, or a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// An instruction.
    Op(Op),
    /// From here on exceptions go to the label, with the exception pushed.
    SetupFinally,
    /// The same, with the index of the raising instruction pushed below the exception.
    SetupCleanup,
    /// As `SetupCleanup`, but the value on top (what `__enter__` returned) is dropped first.
    SetupWith,
    /// The innermost bracket ends.
    PopBlock,
}

impl Code {
    /// Whether it opens a bracket.
    pub(super) fn is_setup(self) -> bool {
        match self {
            Code::SetupFinally | Code::SetupCleanup | Code::SetupWith => true,
            Code::Op(_) | Code::PopBlock => false,
        }
    }
}

/// One instruction of the intermediate form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instr {
    /// What it does.
    pub(super) code: Code,
    /// Its argument; a variable's number (`VarId`) where the finished instruction has a slot.
    pub(super) arg: u32,
    /// The operator of an operand form, which goes into the word after it.
    pub(super) extra: u32,
    /// Where it jumps, or the handler of a bracket.
    pub(super) target: Label,
    /// Where its source stands, or [`NO_SPAN`].
    pub(super) span: Span,
}

impl Instr {
    /// An instruction that does not jump.
    pub(super) fn new(op: Op, arg: u32, span: Span) -> Self {
        Instr { code: Code::Op(op), arg, extra: 0, target: Label::NONE, span }
    }

    /// The operation, unless it is a bracket.
    pub(super) fn op(&self) -> Option<Op> {
        match self.code {
            Code::Op(op) => Some(op),
            Code::SetupFinally | Code::SetupCleanup | Code::SetupWith | Code::PopBlock => None,
        }
    }

    /// Whether it is the given operation.
    pub(super) fn is(&self, op: Op) -> bool {
        self.code == Code::Op(op)
    }

    /// Whether it may continue at its label.
    pub(super) fn is_jump(&self) -> bool {
        self.target != Label::NONE && !self.code.is_setup()
    }

    /// Whether control never reaches the next instruction.
    pub(super) fn is_terminator(&self) -> bool {
        self.op().is_some_and(Op::is_terminator)
    }

    /// Turns it into a `Nop` at the same place.
    pub(super) fn clear(&mut self) {
        self.code = Code::Op(Op::Nop);
        self.arg = 0;
        self.target = Label::NONE;
    }
}

/// The span of an instruction of the compiler's own: it takes the line of what runs before it.
pub(super) const NO_SPAN: Span = Span { start: u32::MAX, end: u32::MAX };

/// Whether a span is a place in the source.
pub(super) fn has_place(span: Span) -> bool {
    span.start != u32::MAX
}

/// Mark (in `extra`) of a `StoreFast` that may leave its variable unbound.
pub(super) const MAYBE_EMPTY: u32 = 1;
