//! Compiled code, free of run-time values: what the compiler makes and the VM, the disassembler and the verifier read.
//!
//! A [`CodeObject`] is CPython's code object ("The standard type hierarchy", Code objects): instructions, constants,
//! names, the exception table and the position table of one function, class body, module or comprehension.

pub mod dis;
pub mod opcode;
pub mod position;
pub mod verify;

use std::rc::Rc;

use coil_grammar::span::Span;
use num_bigint::BigInt;

pub use opcode::{ArgKind, BinaryOperator, Comparison, Intrinsic, Op};
pub use position::{Position, PositionTable};

/// Bits of `co_flags`; the numbers are CPython's (`inspect.CO_*`).
pub mod flags {
    /// Locals live in slots, not in a mapping.
    pub const OPTIMIZED: u32 = 0x1;
    /// A call makes a new namespace.
    pub const NEWLOCALS: u32 = 0x2;
    /// The function takes `*args`.
    pub const VARARGS: u32 = 0x4;
    /// The function takes `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// The function is defined inside another function.
    pub const NESTED: u32 = 0x10;
    /// The function is a generator function.
    pub const GENERATOR: u32 = 0x20;
    /// The function is an `async def` without `yield`.
    pub const COROUTINE: u32 = 0x80;
    /// A generator whose objects may be awaited (`types.coroutine`).
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// The function is an `async def` with `yield`.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// `from __future__ import annotations` is in force.
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    /// The first constant is the function's docstring.
    pub const HAS_DOCSTRING: u32 = 0x400_0000;
    /// The function is defined in a class body.
    pub const METHOD: u32 = 0x800_0000;
    /// The code stands for a function's body that is compiled when it is needed, see [`Deferred`](super::Deferred). Not a
    /// flag of CPython's.
    pub const DEFERRED: u32 = 0x4000_0000;
    /// Part of Coil itself (the prelude): its frames stay out of tracebacks. Not a flag of CPython's.
    pub const HIDDEN: u32 = 0x8000_0000;
}

/// A constant of a code object, before the VM makes a value of it.
#[derive(Clone, Debug)]
pub enum Const {
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
    /// An integer that fits a machine word.
    Int(i64),
    /// Any other integer.
    BigInt(BigInt),
    /// A float; two are the same constant when their bits are.
    Float(f64),
    /// A complex number.
    Complex(f64, f64),
    /// A string.
    Str(Rc<str>),
    /// A bytes object.
    Bytes(Rc<[u8]>),
    /// A tuple of constants.
    Tuple(Vec<Const>),
    /// A frozenset of constants, from `x in {1, 2}`.
    FrozenSet(Vec<Const>),
    /// The code of a nested function, class or comprehension.
    Code(Rc<CodeObject>),
}

/// What a slot of a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A plain local variable.
    Local,
    /// A local variable of this function, kept in a cell for inner functions.
    Cell,
    /// A variable of an enclosing function, its cell copied from the closure.
    Free,
    /// A slot that no variable names: the namespace of a class body or module, in slot 0.
    Hidden,
}

/// A range of instructions and the handler of the exceptions that they raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionEntry {
    /// First word covered.
    pub start: u32,
    /// First word no longer covered.
    pub end: u32,
    /// Where the handler begins.
    pub handler: u32,
    /// How many values of the operand stack the handler keeps.
    pub depth: u32,
    /// Whether the index of the raising instruction is pushed before the exception.
    pub push_lasti: bool,
}

/// Where a function of Coil's own library is defined whose body is not compiled yet. Its code object says everything
/// about its parameters and nothing else; it never runs.
#[derive(Debug)]
pub struct Deferred {
    /// The definition in the source of the file that the code object names, from its first decorator on.
    pub span: Span,
    /// The classes around it, outermost first.
    pub classes: Vec<Rc<str>>,
}

/// One compiled function body, class body, module or comprehension.
#[derive(Debug)]
pub struct CodeObject {
    /// `co_name`
    pub name: Rc<str>,
    /// `co_qualname`
    pub qualname: Rc<str>,
    /// `co_filename`
    pub filename: Rc<str>,
    /// `co_flags`, see [`flags`].
    pub flags: u32,
    /// Positional parameters, the positional-only ones included.
    pub arg_count: u32,
    /// Positional-only parameters.
    pub posonly_arg_count: u32,
    /// Keyword-only parameters.
    pub kwonly_arg_count: u32,
    /// `co_firstlineno`: the line of the first decorator or of the `def`.
    pub first_line: u32,
    /// Most values that the operand stack ever holds.
    pub stack_size: u32,
    /// Names used by name, attribute and import instructions.
    pub names: Vec<Rc<str>>,
    /// Names of the slots: parameters (positional, keyword-only, `*args`, `**kwargs`), other locals, cells that are not
    /// parameters, then free variables in the order of the closure tuple. Code that is not OPTIMIZED has its
    /// namespace in slot 0, named `.namespace`.
    pub slots: Vec<Rc<str>>,
    /// Kind of each slot; a parameter that is a cell is `Cell`.
    pub slot_kinds: Vec<SlotKind>,
    /// The constants.
    pub consts: Vec<Const>,
    /// Instruction and cache words, see [`opcode`].
    pub instructions: Vec<u32>,
    /// Handlers: where ranges are nested the inner one comes first, so the first match counts.
    pub exceptions: Vec<ExceptionEntry>,
    /// Source positions of the instructions.
    pub positions: PositionTable,
    /// Set where the flag DEFERRED is.
    pub deferred: Option<Box<Deferred>>,
}

impl CodeObject {
    /// Number of free variables, which are the last slots.
    pub fn free_count(&self) -> usize {
        self.slot_kinds.iter().rev().take_while(|kind| **kind == SlotKind::Free).count()
    }

    /// Number of parameters of every kind.
    pub fn parameter_count(&self) -> usize {
        let stars = (self.flags & flags::VARARGS != 0) as usize + (self.flags & flags::VARKEYWORDS != 0) as usize;
        (self.arg_count + self.kwonly_arg_count) as usize + stars
    }

    /// Whether calling makes a generator, coroutine or asynchronous generator instead of running.
    pub fn is_suspendable(&self) -> bool {
        self.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0
    }
}
