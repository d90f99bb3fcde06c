//! The instruction set: one table from which the enum, stack effects, argument kinds, cache sizes and the
//! disassembler's names all follow.
//!
//! An instruction is one `u32` word: the opcode in the low 8 bits and a 24-bit argument above it. Some opcodes split
//! the argument into `a` (8 bits) and `b` (16 bits). Inline caches follow an instruction as further words of the same
//! array; the compiler emits them as zeros and only the VM reads or writes them. Jump arguments are absolute word
//! indexes. Names and meanings are CPython's where they mean the same ("Python Bytecode Instructions", module `dis`).
//!
//! The stack picture in a row reads `[popped -> pushed]`, top of stack on the right.

/// What the 24-bit argument of an instruction means, for the verifier and the disassembler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// The argument is unused and zero.
    None,
    /// A plain number whose meaning the opcode's documentation gives.
    Number,
    /// Index into the constants.
    Const,
    /// Index into the names.
    Name,
    /// Index of a local slot (locals, cells and free variables share one array).
    Local,
    /// Index of a local slot that holds a cell.
    Deref,
    /// Absolute word index of the jump's target.
    Jump,
    /// A comparison operator, see [`Comparison`].
    Comparison,
    /// A binary operator, see [`BinaryOperator`].
    Binary,
    /// Local slots: `a` and `b`.
    TwoLocals,
    /// Local slot `a`, constant `b`.
    LocalConst,
    /// Local slot `a`, name `b`.
    LocalName,
    /// One of the [`Intrinsic`] functions.
    Intrinsic,
}

macro_rules! opcodes {
    ($($(#[doc = $doc:literal])+ $name:ident : $kind:ident, caches $caches:literal, $effect:expr;)+) => {
        /// An operation of the virtual machine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Op { $($(#[doc = $doc])+ $name,)+ }

        impl Op {
            /// Every opcode, in numerical order.
            pub const ALL: &'static [Op] = &[$(Op::$name,)+];

            /// The name in CamelCase as it stands in the table.
            pub const fn camel_name(self) -> &'static str {
                match self { $(Op::$name => stringify!($name),)+ }
            }

            /// What the argument means.
            pub const fn arg_kind(self) -> ArgKind {
                match self { $(Op::$name => ArgKind::$kind,)+ }
            }

            /// How many cache words follow the instruction.
            pub const fn caches(self) -> usize {
                match self { $(Op::$name => $caches,)+ }
            }

            /// How many values the instruction pops and pushes when it completes without jumping.
            pub fn effect(self, arg: u32) -> (u32, u32) {
                match self { $(Op::$name => { let effect: fn(u32) -> (u32, u32) = $effect; effect(arg) })+ }
            }

            /// One sentence on what the instruction does.
            pub const fn doc(self) -> &'static str {
                match self { $(Op::$name => concat!($($doc),+),)+ }
            }
        }
    };
}

opcodes! {
    /// Do nothing.
    Nop: None, caches 0, |_| (0, 0);

    // Stack and constants.
    /// Push the constant at the index. [-> value]
    LoadConst: Const, caches 0, |_| (0, 1);
    /// Pop and drop the top of the stack. [value ->]
    PopTop: None, caches 0, |_| (1, 0);
    /// Push a copy of the n-th value from the top, 1 being the top. [value .. -> value .. value]
    Copy: Number, caches 0, |n| (n, n + 1);
    /// Exchange the top of the stack with the n-th value from the top, n at least 2.
    Swap: Number, caches 0, |n| (n, n);
    /// Push the empty word, which stands for "no self" before the arguments of a call. [-> empty]
    PushNull: None, caches 0, |_| (0, 1);

    // Local variables.
    /// Push a local; the compiler has proved that it is bound. [-> value]
    LoadFast: Local, caches 0, |_| (0, 1);
    /// Push a local, or raise UnboundLocalError. [-> value]
    LoadFastCheck: Local, caches 0, |_| (0, 1);
    /// Push a local, or the empty word when unbound, and leave the slot unbound (inlined comprehensions). [-> value]
    LoadFastAndClear: Local, caches 0, |_| (0, 1);
    /// Pop into a local; an empty word makes the local unbound. [value ->]
    StoreFast: Local, caches 0, |_| (1, 0);
    /// Unbind a local, or raise UnboundLocalError.
    DeleteFast: Local, caches 0, |_| (0, 0);
    /// Put a new cell around the value of a local slot (a parameter, or unbound).
    MakeCell: Deref, caches 0, |_| (0, 0);
    /// Push the cell itself, to build a closure. [-> cell]
    LoadClosure: Deref, caches 0, |_| (0, 1);
    /// Push the content of a cell, or raise UnboundLocalError (own cell) or NameError (free variable). [-> value]
    LoadDeref: Deref, caches 0, |_| (0, 1);
    /// Pop into a cell. [value ->]
    StoreDeref: Deref, caches 0, |_| (1, 0);
    /// Empty a cell, or raise as `LoadDeref` does.
    DeleteDeref: Deref, caches 0, |_| (0, 0);
    /// Pop a mapping; push its value for the variable's name, else the cell's content. [mapping -> value]
    LoadFromDictOrDeref: Deref, caches 0, |_| (1, 1);

    // Names. Code that is not OPTIMIZED keeps its namespace in local slot 0.
    /// Push a name of the namespace, the globals or the builtins. [-> value]
    LoadName: Name, caches 3, |_| (0, 1);
    /// Pop into a name of the namespace. [value ->]
    StoreName: Name, caches 2, |_| (1, 0);
    /// Delete a name of the namespace.
    DeleteName: Name, caches 0, |_| (0, 0);
    /// Push a name of the globals or the builtins. [-> value]
    LoadGlobal: Name, caches 3, |_| (0, 1);
    /// Pop into a name of the globals. [value ->]
    StoreGlobal: Name, caches 0, |_| (1, 0);
    /// Delete a name of the globals.
    DeleteGlobal: Name, caches 0, |_| (0, 0);
    /// Pop a mapping; push its value for the name, else the global or builtin. [mapping -> value]
    LoadFromDictOrGlobals: Name, caches 0, |_| (1, 1);
    /// Push the namespace of the running class body or module. [-> mapping]
    LoadLocals: None, caches 0, |_| (0, 1);
    /// Push `__build_class__`. [-> function]
    LoadBuildClass: None, caches 0, |_| (0, 1);
    /// Push `AssertionError`, whatever the name is bound to. [-> class]
    LoadAssertionError: None, caches 0, |_| (0, 1);
    /// Create `__annotations__` in the namespace when it is not there.
    SetupAnnotations: None, caches 0, |_| (0, 0);

    // Attributes and subscripts.
    /// Replace an object by its attribute. [object -> value]
    LoadAttr: Name, caches 4, |_| (1, 1);
    /// Replace an object by a callable and its self: the unbound function and the object, or the attribute and the
    /// empty word. [object -> callable self]
    LoadMethod: Name, caches 4, |_| (1, 2);
    /// Store an attribute. [value object ->]
    StoreAttr: Name, caches 4, |_| (2, 0);
    /// Delete an attribute. [object ->]
    DeleteAttr: Name, caches 0, |_| (1, 0);
    /// Attribute lookup through `super(class, self)`; `super` itself may be user-defined. [super class self -> value]
    LoadSuperAttr: Name, caches 0, |_| (3, 1);
    /// As `LoadSuperAttr`, for a call. [super class self -> callable self]
    LoadSuperMethod: Name, caches 0, |_| (3, 2);
    /// Subscription. [container key -> value]
    BinarySubscr: None, caches 0, |_| (2, 1);
    /// Subscript assignment. [value container key ->]
    StoreSubscr: None, caches 0, |_| (3, 0);
    /// Subscript deletion. [container key ->]
    DeleteSubscr: None, caches 0, |_| (2, 0);
    /// Make a slice of 2 or 3 parts. [start stop (step) -> slice]
    BuildSlice: Number, caches 0, |n| (n, 1);

    // Operators.
    /// `-x`. [x -> result]
    UnaryNegative: None, caches 0, |_| (1, 1);
    /// `+x`. [x -> result]
    UnaryPositive: None, caches 0, |_| (1, 1);
    /// `~x`. [x -> result]
    UnaryInvert: None, caches 0, |_| (1, 1);
    /// `not x`. [x -> bool]
    UnaryNot: None, caches 0, |_| (1, 1);
    /// `x + y`. [x y -> result]
    BinaryAdd: None, caches 0, |_| (2, 1);
    /// `x - y`. [x y -> result]
    BinarySubtract: None, caches 0, |_| (2, 1);
    /// `x * y`. [x y -> result]
    BinaryMultiply: None, caches 0, |_| (2, 1);
    /// Any other binary operator, the in-place forms included. [x y -> result]
    BinaryOp: Binary, caches 0, |_| (2, 1);
    /// `x < y` and the other five rich comparisons. [x y -> result]
    CompareOp: Comparison, caches 0, |_| (2, 1);
    /// `x is y`, or `x is not y` when the argument is 1. [x y -> bool]
    IsOp: Number, caches 0, |_| (2, 1);
    /// `x in y`, or `x not in y` when the argument is 1. [x y -> bool]
    ContainsOp: Number, caches 0, |_| (2, 1);

    // Jumps.
    /// Jump forward.
    Jump: Jump, caches 0, |_| (0, 0);
    /// Jump to an earlier instruction; interrupts, thread switches and pending finalisers are served here.
    JumpBackward: Jump, caches 0, |_| (0, 0);
    /// Jump when the truth of the popped value is false. [value ->]
    PopJumpIfFalse: Jump, caches 0, |_| (1, 0);
    /// Jump when the truth of the popped value is true. [value ->]
    PopJumpIfTrue: Jump, caches 0, |_| (1, 0);
    /// Jump when the popped value is None. [value ->]
    PopJumpIfNone: Jump, caches 0, |_| (1, 0);
    /// Jump when the popped value is not None. [value ->]
    PopJumpIfNotNone: Jump, caches 0, |_| (1, 0);
    /// When the top is false, jump and keep it; else pop it (`and`). [value ->] or, jumping, [value -> value]
    JumpIfFalseOrPop: Jump, caches 0, |_| (1, 0);
    /// When the top is true, jump and keep it; else pop it (`or`). [value ->] or, jumping, [value -> value]
    JumpIfTrueOrPop: Jump, caches 0, |_| (1, 0);

    // Iteration.
    /// Replace an object by its iterator. [iterable -> iterator]
    GetIter: None, caches 0, |_| (1, 1);
    /// Push the next item of the iterator on top; when it is exhausted, pop the iterator and jump.
    /// [iterator -> iterator item] or, jumping, [iterator ->]
    ForIter: Jump, caches 0, |_| (1, 2);
    /// Replace an object by its iterator for `yield from`; a coroutine is allowed only where the code is one.
    /// [iterable -> iterator]
    GetYieldFromIter: None, caches 0, |_| (1, 1);
    /// Replace an asynchronous iterable by its asynchronous iterator. [iterable -> iterator]
    GetAiter: None, caches 0, |_| (1, 1);
    /// Push the awaitable of the next item. [iterator -> iterator awaitable]
    GetAnext: None, caches 0, |_| (1, 2);
    /// At the handler of an `async for`: on StopAsyncIteration drop it and the iterator, else re-raise.
    /// [iterator exception ->]
    EndAsyncFor: None, caches 0, |_| (2, 0);
    /// Replace an awaitable by its iterator; the argument tells who asks, for the error message: 0 `await`,
    /// 1 `__aenter__`, 2 `__aexit__`. [awaitable -> iterator]
    GetAwaitable: Number, caches 0, |_| (1, 1);

    // Suspension. The argument of the two yields and of `YieldFrom` is 0, or 1 + the stack index at which the
    // outermost enclosing `except` of this frame keeps the exception that was being handled before it: a suspended
    // frame takes its handled exception along and gives the resumer's back. The assembler fills it in.
    /// Suspend the running generator or coroutine, handing the top of the stack to its resumer; when resumed, push
    /// what was sent. [value -> sent]
    YieldValue: Number, caches 0, |_| (1, 1);
    /// `yield` in an asynchronous generator: the value is an item of the generator, not of the awaiting task.
    /// [value -> sent]
    AsyncGenYield: Number, caches 0, |_| (1, 1);
    /// Delegate to an iterator until it is exhausted (`yield from`, `await`): send the top of the stack to it; when it
    /// yields, suspend *at this instruction*, handing the item on; the next resume pushes the sent value and executes
    /// it again. [iterator sent -> result]
    YieldFrom: Number, caches 0, |_| (2, 1);

    // Calls. A callable is followed by its self or the empty word.
    /// Call with n positional arguments. [callable self arg*n -> result]
    Call: Number, caches 2, |n| (n + 2, 1);
    /// Call with n arguments of which the last ones are keyword arguments named by the tuple on top.
    /// [callable self arg*n names -> result]
    CallKw: Number, caches 0, |n| (n + 3, 1);
    /// Call with an iterable of positional arguments and, when the argument is 1, a mapping of keyword arguments.
    /// [callable empty iterable (mapping) -> result]
    CallFunctionEx: Number, caches 0, |n| (3 + n, 1);
    /// Make a function from the code on top; the argument's bits tell what lies below it: 1 a tuple of defaults,
    /// 2 a dict of keyword-only defaults, 4 a flat tuple of annotation names and values, 8 a tuple of cells.
    /// [(defaults) (kwdefaults) (annotations) (closure) code -> function]
    MakeFunction: Number, caches 0, |n| (1 + (n & 0xf).count_ones(), 1);
    /// Call one of the functions that only the compiler calls, with one argument. [value -> result]
    CallIntrinsic1: Intrinsic, caches 0, |_| (1, 1);
    /// Call one of the functions that only the compiler calls, with two arguments. [first second -> result]
    CallIntrinsic2: Intrinsic, caches 0, |_| (2, 1);
    /// Return the top of the stack to the caller. [value ->]
    ReturnValue: None, caches 0, |_| (1, 0);

    // Displays, unpacking, f-strings.
    /// Make a tuple of the n top values. [value*n -> tuple]
    BuildTuple: Number, caches 0, |n| (n, 1);
    /// Make a list of the n top values. [value*n -> list]
    BuildList: Number, caches 0, |n| (n, 1);
    /// Make a set of the n top values. [value*n -> set]
    BuildSet: Number, caches 0, |n| (n, 1);
    /// Make a dict of n pairs. [(key value)*n -> dict]
    BuildMap: Number, caches 0, |n| (2 * n, 1);
    /// Join n strings, or numbers from `FormatPiece`. [string*n -> string]
    BuildString: Number, caches 0, |n| (n, 1);
    /// Append to the list that lies n below the popped value. [list .. value -> list ..]
    ListAppend: Number, caches 0, |_| (1, 0);
    /// Add to the set that lies n below the popped value. [set .. value -> set ..]
    SetAdd: Number, caches 0, |_| (1, 0);
    /// Add a pair to the dict that lies n below the two popped values. [dict .. key value -> dict ..]
    MapAdd: Number, caches 0, |_| (2, 0);
    /// Extend the list that lies n below the popped iterable. [list .. iterable -> list ..]
    ListExtend: Number, caches 0, |_| (1, 0);
    /// Update the set that lies n below the popped iterable. [set .. iterable -> set ..]
    SetUpdate: Number, caches 0, |_| (1, 0);
    /// Update the dict that lies n below the popped mapping, as a dict display does. [dict .. mapping -> dict ..]
    DictUpdate: Number, caches 0, |_| (1, 0);
    /// As `DictUpdate` for `**mapping` in a call: a repeated key is a TypeError that names the callable, which lies
    /// three below the dict. [callable empty args dict .. mapping -> callable empty args dict ..]
    DictMerge: Number, caches 0, |_| (1, 0);
    /// Unpack an iterable into exactly n values, the first on top. [iterable -> value*n]
    UnpackSequence: Number, caches 0, |n| (1, n);
    /// Unpack with a starred target: the low 8 bits count the targets before it, the next 16 those after it; the
    /// first value ends on top. [iterable -> value*]
    UnpackEx: Number, caches 0, |n| (1, (n & 0xff) + 1 + (n >> 8));
    /// `str` 1, `repr` 2 or `ascii` 3 of the top (`!s`, `!r`, `!a`). [value -> string]
    ConvertValue: Number, caches 0, |_| (1, 1);
    /// `format(value, "")`. [value -> string]
    FormatSimple: None, caches 0, |_| (1, 1);
    /// `format(value, spec)`. [value spec -> string]
    FormatWithSpec: None, caches 0, |_| (2, 1);
    /// The same as `FormatSimple` for a piece that only `BuildString` takes, which writes ints and floats itself: they stay as
    /// they are. [value -> string or number]
    FormatPiece: None, caches 0, |_| (1, 1);

    // Exceptions.
    /// At the start of a handler: remember the exception handled so far below the new one, which becomes the one
    /// being handled. [exception -> previous exception]
    PushExcInfo: None, caches 0, |_| (1, 2);
    /// End a handler: the popped exception (or None) is the one being handled again. [previous ->]
    PopExcept: None, caches 0, |_| (1, 0);
    /// Does the exception match the class or tuple of classes? [exception match -> exception bool]
    CheckExcMatch: None, caches 0, |_| (2, 2);
    /// Split an exception group for `except*`: the part that is left (or None) and the part that matches (or None).
    /// [exception match -> rest matched]
    CheckEgMatch: None, caches 0, |_| (2, 2);
    /// `raise` (0), `raise exception` (1), `raise exception from cause` (2). [(exception) (cause) ->]
    RaiseVarargs: Number, caches 0, |n| (n, 0);
    /// Raise the exception on top again with its traceback as it is; the argument, when not 0, tells how far below
    /// the popped exception the index of the instruction lies that the traceback is to show. [exception ->]
    Reraise: Number, caches 0, |_| (1, 0);
    /// Enter a context manager. [manager -> exit entered]
    BeforeWith: None, caches 0, |_| (1, 2);
    /// Enter an asynchronous context manager. [manager -> aexit awaitable]
    BeforeAsyncWith: None, caches 0, |_| (1, 2);
    /// Call the exit function of a `with` for an exception.
    /// [exit lasti previous exception -> exit lasti previous exception result]
    WithExceptStart: None, caches 0, |_| (4, 5);

    // Pattern matching (PEP 634).
    /// Push the length of the top. [subject -> subject length]
    GetLen: None, caches 0, |_| (1, 2);
    /// Push whether the top is a mapping. [subject -> subject bool]
    MatchMapping: None, caches 0, |_| (1, 2);
    /// Push whether the top is a sequence, not str, bytes or bytearray. [subject -> subject bool]
    MatchSequence: None, caches 0, |_| (1, 2);
    /// Push a tuple of the values of the keys, or None. [subject keys -> subject keys values]
    MatchKeys: None, caches 0, |_| (2, 3);
    /// Match a class with n positional sub-patterns and the named attributes: a tuple of the attributes, or None.
    /// [subject class names -> values]
    MatchClass: Number, caches 0, |_| (3, 1);

    // Imports.
    /// Import a module. [level fromlist -> module]
    ImportName: Name, caches 0, |_| (2, 1);
    /// Push an attribute (or submodule) of the module on top. [module -> module value]
    ImportFrom: Name, caches 0, |_| (1, 2);

    // Operand forms: the sequence on the left in one instruction, with the same meaning. Only the peephole makes them.
    /// `LoadFast a; LoadFast b`. [-> value value]
    LoadFastLoadFast: TwoLocals, caches 0, |_| (0, 2);
    /// `StoreFast a; LoadFast b`. [value -> value]
    StoreFastLoadFast: TwoLocals, caches 0, |_| (1, 1);
    /// `StoreFast a; StoreFast b`. [value value ->]
    StoreFastStoreFast: TwoLocals, caches 0, |_| (2, 0);
    /// `LoadFast a; LoadConst b`. [-> value constant]
    LoadFastLoadConst: LocalConst, caches 0, |_| (0, 2);
    /// A binary operator on two locals; the operator is in the next word, see [`operator_word`]. [-> result]
    BinaryLocalLocal: TwoLocals, caches 1, |_| (0, 1);
    /// A binary operator on a local and a constant; the operator is in the next word. [-> result]
    BinaryLocalConst: LocalConst, caches 1, |_| (0, 1);
    /// A binary operator on the top of the stack and a local; the operator is in the next word. [x -> result]
    BinaryStackLocal: TwoLocals, caches 1, |_| (1, 1);
    /// A binary operator on the top of the stack and a constant; the operator is in the next word. [x -> result]
    BinaryStackConst: LocalConst, caches 1, |_| (1, 1);
    /// `a = a <op> constant b`, or in place; the operator is in the next word.
    InplaceLocalConst: LocalConst, caches 1, |_| (0, 0);
    /// `a = a <op> b`, or in place; the operator is in the next word.
    InplaceLocalLocal: TwoLocals, caches 1, |_| (0, 0);
    /// Compare two locals and jump; the next word tells how, see [`comparison_word`].
    CompareLocalLocalJump: TwoLocals, caches 1, |_| (0, 0);
    /// Compare a local and a constant and jump; next word as above.
    CompareLocalConstJump: LocalConst, caches 1, |_| (0, 0);
    /// Compare the two top values and jump; next word as above. [x y ->]
    CompareJump: Number, caches 1, |_| (2, 0);
    /// Compare the top and a constant and jump; next word as above. [x ->]
    CompareStackConstJump: LocalConst, caches 1, |_| (1, 0);
    /// `LoadFast; ReturnValue`.
    ReturnFast: Local, caches 0, |_| (0, 0);
    /// `LoadConst; ReturnValue`.
    ReturnConst: Const, caches 0, |_| (0, 0);
    /// `LoadFast a; LoadAttr b`. [-> value]
    LoadFastAttr: LocalName, caches 4, |_| (0, 1);
    /// `LoadFast a; LoadMethod b`. [-> callable self]
    LoadFastMethod: LocalName, caches 4, |_| (0, 2);
    /// `LoadFast a; LoadFast b; BinarySubscr`. [-> value]
    SubscrLocalLocal: TwoLocals, caches 0, |_| (0, 1);
    /// `LoadFast a; LoadConst b; BinarySubscr`. [-> value]
    SubscrLocalConst: LocalConst, caches 0, |_| (0, 1);
    /// `LoadConst b; BinarySubscr`. [container -> value]
    SubscrStackConst: LocalConst, caches 0, |_| (1, 1);
    /// `StoreFast b` straight after `ForIter`: the next word is the jump target, the argument is the local.
    /// [iterator -> iterator] or, jumping, [iterator ->]
    ForIterStoreFast: Local, caches 1, |_| (1, 1);
    /// `YieldValue; PopTop`: a `yield` whose value nobody uses. [value ->]
    YieldValuePop: Number, caches 0, |_| (1, 0);
    /// `LoadGlobal; PushNull`: a global that is about to be called. [-> value empty]
    LoadGlobalNull: Name, caches 3, |_| (0, 2);
}

impl Op {
    /// The opcode with the given number.
    pub fn from_u8(number: u8) -> Option<Op> {
        Op::ALL.get(usize::from(number)).copied()
    }

    /// The name in the disassembler's spelling, e.g. `LOAD_FAST`.
    pub fn screaming_name(self) -> String {
        let mut name = String::new();
        for (index, c) in self.camel_name().chars().enumerate() {
            if index > 0 && c.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(c.to_ascii_uppercase());
        }
        name
    }

    /// Whether control never reaches the following instruction.
    pub fn is_terminator(self) -> bool {
        matches!(
            self,
            Op::Jump
                | Op::JumpBackward
                | Op::ReturnValue
                | Op::ReturnFast
                | Op::ReturnConst
                | Op::RaiseVarargs
                | Op::Reraise
        )
    }
}

/// Packs an opcode and its 24-bit argument into an instruction word.
pub const fn encode(op: Op, arg: u32) -> u32 {
    op as u32 | arg << 8
}

/// The 24-bit argument made of an 8-bit `a` and a 16-bit `b`.
pub const fn pair(a: u32, b: u32) -> u32 {
    a | b << 8
}

/// The word after an operand form of a binary operator: the operator in the low 8 bits, its plain form in the next 8,
/// so that the loop need not work it out.
pub const fn operator_word(operator: u32) -> u32 {
    operator | (operator % BinaryOperator::COUNT) << 8
}

/// The operator in an [`operator_word`].
pub const fn operator_number(word: u32) -> u32 {
    word & 0xff
}

/// The word after a comparison that jumps: the target (24 bits), the comparison (3 bits), whether to jump when it is
/// true (1 bit), and last the four outcomes less, equal, greater and unordered, each with a bit that says whether to
/// jump then. The loop compares two numbers once and picks the bit of the outcome.
pub fn comparison_word(target: u32, comparison: u32, when_true: bool) -> u32 {
    let (less, equal, greater, unordered) = (1, 2, 4, 8);
    let holds = match Comparison::from_u32(comparison) {
        Some(Comparison::Less) => less,
        Some(Comparison::LessEqual) => less | equal,
        Some(Comparison::Equal) => equal,
        Some(Comparison::NotEqual) => less | greater | unordered,
        Some(Comparison::Greater) => greater,
        Some(Comparison::GreaterEqual) => greater | equal,
        None => 0,
    };
    let outcomes = if when_true { holds } else { !holds & 0xf };
    target | comparison << 24 | u32::from(when_true) << 27 | outcomes << 28
}

/// The largest argument that an instruction holds.
pub const MAX_ARG: u32 = (1 << 24) - 1;

macro_rules! numbered {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $vdoc:literal])+ $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[doc = $vdoc])+ $variant,)+ }

        impl $name {
            /// Every variant, in numerical order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The spelling in source or disassembly.
            pub const fn text(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The variant with the given number.
            pub fn from_u32(number: u32) -> Option<$name> {
                $name::ALL.get(number as usize).copied()
            }
        }
    };
}

numbered! {
    /// Argument of `CompareOp`.
    Comparison {
        /// `<`
        Less = "<",
        /// `<=`
        LessEqual = "<=",
        /// `==`
        Equal = "==",
        /// `!=`
        NotEqual = "!=",
        /// `>`
        Greater = ">",
        /// `>=`
        GreaterEqual = ">=",
    }
}

numbered! {
    /// Argument of `BinaryOp`: the binary operators, then their in-place forms in the same order.
    BinaryOperator {
        /// `+`
        Add = "+",
        /// `-`
        Subtract = "-",
        /// `*`
        Multiply = "*",
        /// `/`
        TrueDivide = "/",
        /// `//`
        FloorDivide = "//",
        /// `%`
        Remainder = "%",
        /// `**`
        Power = "**",
        /// `<<`
        LeftShift = "<<",
        /// `>>`
        RightShift = ">>",
        /// `&`
        And = "&",
        /// `|`
        Or = "|",
        /// `^`
        Xor = "^",
        /// `@`
        MatrixMultiply = "@",
        /// `+=`
        InplaceAdd = "+=",
        /// `-=`
        InplaceSubtract = "-=",
        /// `*=`
        InplaceMultiply = "*=",
        /// `/=`
        InplaceTrueDivide = "/=",
        /// `//=`
        InplaceFloorDivide = "//=",
        /// `%=`
        InplaceRemainder = "%=",
        /// `**=`
        InplacePower = "**=",
        /// `<<=`
        InplaceLeftShift = "<<=",
        /// `>>=`
        InplaceRightShift = ">>=",
        /// `&=`
        InplaceAnd = "&=",
        /// `|=`
        InplaceOr = "|=",
        /// `^=`
        InplaceXor = "^=",
        /// `@=`
        InplaceMatrixMultiply = "@=",
    }
}

impl BinaryOperator {
    /// How many operators there are before their in-place forms begin.
    pub const COUNT: u32 = 13;

    /// The in-place form of an operator (itself when it is one).
    pub fn in_place(self) -> BinaryOperator {
        let number = self as u32;
        BinaryOperator::from_u32(if number < Self::COUNT { number + Self::COUNT } else { number }).unwrap_or(self)
    }

    /// The plain operator of an in-place form (itself when it is not one).
    pub fn plain(self) -> BinaryOperator {
        BinaryOperator::from_u32(self as u32 % Self::COUNT).unwrap_or(self)
    }

    /// Whether this is an in-place form.
    pub fn is_in_place(self) -> bool {
        self as u32 >= Self::COUNT
    }
}

numbered! {
    /// Functions that only compiled code calls, by `CallIntrinsic1` and `CallIntrinsic2`.
    Intrinsic {
        /// Show the value of an expression statement at the interactive prompt (`sys.displayhook`).
        Print = "PRINT",
        /// `from module import *` into the namespace.
        ImportStar = "IMPORT_STAR",
        /// Turn a list into a tuple.
        ListToTuple = "LIST_TO_TUPLE",
        /// Make a `TypeVar` from its name.
        TypeVar = "TYPEVAR",
        /// Make a `TypeVar` from its name and the function that computes its bound.
        TypeVarWithBound = "TYPEVAR_WITH_BOUND",
        /// Make a `TypeVar` from its name and the function that computes its constraints.
        TypeVarWithConstraints = "TYPEVAR_WITH_CONSTRAINTS",
        /// Make a `ParamSpec` from its name.
        ParamSpec = "PARAMSPEC",
        /// Make a `TypeVarTuple` from its name.
        TypeVarTuple = "TYPEVARTUPLE",
        /// Make `Generic[...]` of a tuple of type parameters, the base of a generic class.
        SubscriptGeneric = "SUBSCRIPT_GENERIC",
        /// Make a type alias from the tuple of its name, type parameters and value function.
        TypeAlias = "TYPEALIAS",
        /// Set `__type_params__` of a function: the function, then the tuple.
        SetFunctionTypeParams = "SET_FUNCTION_TYPE_PARAMS",
        /// Set the function that computes the default of a type parameter: the parameter, then the function.
        SetTypeParamDefault = "SET_TYPEPARAM_DEFAULT",
        /// Combine what `except*` clauses raised with what is left: the original group, then the list of both.
        PrepReraiseStar = "PREP_RERAISE_STAR",
    }
}
