//! Turns a pattern's tree into a program for [`run`](super::run).
//!
//! A program is a flat list of [`Op`]s. Choices are jumps; a repeat of one character is a single op; other repeats are loops,
//! with a counter in a register only where one is needed. Afterwards each choice is told which bytes its ways can begin
//! with ([`ByteSet`]), so that most wrong ways cost one look at the next byte and leave nothing to come back to.

use super::RegexError;
use super::class::{Case, CharSet, Item, variants};
use super::tree::{At, Greed, Node, Pattern, width_with};
use super::{NO_LIMIT, UNICODE};
use crate::text::surrogate::to_private;

/// One character of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum One {
    /// Any character.
    All,
    /// Any but a newline.
    NotNewline,
    /// This ASCII character or byte.
    Byte(u8),
    /// One of the set with this number.
    Set(u32),
}

/// Bytes that something can begin with.
#[derive(Clone, Copy, Debug)]
pub struct ByteSet {
    bits: [u64; 4],
}

impl ByteSet {
    const EMPTY: ByteSet = ByteSet { bits: [0; 4] };

    fn add(&mut self, byte: u8) {
        self.bits[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    /// Whether the byte is one of them.
    #[inline(always)]
    pub fn contains(&self, byte: u8) -> bool {
        self.bits[usize::from(byte >> 6)] >> (byte & 63) & 1 != 0
    }

    /// The bytes, when they are few.
    fn few(&self) -> Option<Vec<u8>> {
        let count: u32 = self.bits.iter().map(|word| word.count_ones()).sum();
        (count <= 3).then(|| (0..=255).filter(|byte| self.contains(*byte)).collect())
    }
}

/// An index into the sets of bytes of a program.
pub type First = Option<u32>;

/// An instruction. Places in the program are absolute; whatever does not jump goes on with the next one.
#[derive(Clone, Debug)]
pub enum Op {
    /// These bytes.
    Literal(Box<[u8]>),
    /// One character.
    One(One),
    /// Go on there.
    Jump(u32),
    /// Try the first way, then the second.
    Split {
        /// The way tried first.
        first: u32,
        /// The way tried then.
        second: u32,
        /// What the first way can begin with.
        first_set: First,
        /// What the second way can begin with.
        second_set: First,
    },
    /// A group begins.
    Open(u32),
    /// A group ends.
    Close(u32),
    /// A place.
    At(At),
    /// A repeat of one character.
    Repeat {
        /// What is repeated.
        one: One,
        /// At least.
        min: u32,
        /// At most.
        max: u32,
        /// In which order.
        greed: Greed,
        /// What can follow.
        next_set: First,
    },
    /// Clears a register for a loop.
    LoopInit(u32),
    /// The head of a counted loop: the body, which jumps back here, or the exit.
    Loop {
        /// Its register.
        register: u32,
        /// At least.
        min: u32,
        /// At most.
        max: u32,
        /// Whether the exit is tried first.
        lazy: bool,
        /// Where the body is.
        body: u32,
        /// Where it goes on.
        exit: u32,
    },
    /// Enters the body of a lazy loop once more.
    LoopBody {
        /// Its register.
        register: u32,
        /// Where the body is.
        body: u32,
    },
    /// A look begins.
    Look {
        /// Remembers what was there to come back to.
        register: u32,
        /// How many characters to go back first.
        back: u32,
        /// Whether it must not match.
        negated: bool,
        /// Where it goes on.
        after: u32,
    },
    /// What a look looks for is there.
    LookEnd {
        /// The register of its begin.
        register: u32,
        /// Whether it must not match.
        negated: bool,
    },
    /// An atomic group begins.
    Atomic(u32),
    /// An atomic group has matched: forget its other ways.
    AtomicEnd(u32),
    /// What a group matched.
    Back(u32, Case),
    /// Goes on elsewhere unless a group has matched.
    Unless {
        /// The group.
        group: u32,
        /// Where to go on.
        no: u32,
    },
    /// No way here.
    Fail,
    /// Done.
    Match,
}

/// How a search finds places worth a try.
#[derive(Clone, Debug)]
pub enum Start {
    /// Everywhere.
    Anywhere,
    /// Only at the begin of the text.
    Begin,
    /// Where these bytes are.
    Literal(Box<[u8]>),
    /// Where one of these one to three bytes is.
    Few(Vec<u8>),
    /// Where one of these bytes is.
    Bytes(ByteSet),
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Program {
    /// The instructions.
    pub ops: Vec<Op>,
    /// Sets of characters.
    pub sets: Vec<CharSet>,
    /// Sets of bytes.
    pub byte_sets: Vec<ByteSet>,
    /// How many groups there are.
    pub groups: usize,
    /// How many registers the loops and looks use.
    pub registers: usize,
    /// Whether texts are UTF-8.
    pub is_text: bool,
    /// Where a search looks.
    pub start: Start,
}

/// Compiles a pattern; `is_text` tells a pattern for `str` from one for `bytes`.
///
/// # Errors
/// A look behind whose width is not fixed.
pub fn compile(pattern: &Pattern, is_text: bool) -> Result<Program, RegexError> {
    debug_assert!(is_text || pattern.flags & UNICODE == 0);
    let mut compiler = Compiler {
        program: Program {
            ops: Vec::new(),
            sets: Vec::new(),
            byte_sets: Vec::new(),
            groups: pattern.groups,
            registers: 0,
            is_text,
            start: Start::Anywhere,
        },
        widths: &pattern.widths,
        literal_start: 0,
    };
    compiler.node(&pattern.root)?;
    compiler.emit(Op::Match);
    let mut program = compiler.program;
    find_first_bytes(&mut program);
    program.start = find_start(&program);
    Ok(program)
}

struct Compiler<'a> {
    program: Program,
    widths: &'a [Option<(u64, u64)>],
    /// A literal that ends before this place may not be made longer: something jumps behind it.
    literal_start: usize,
}

impl Compiler<'_> {
    fn here(&self) -> u32 {
        self.program.ops.len() as u32
    }

    /// The next place, to which something will jump.
    fn label(&mut self) -> u32 {
        self.literal_start = self.program.ops.len();
        self.here()
    }

    fn emit(&mut self, op: Op) -> usize {
        self.program.ops.push(op);
        self.program.ops.len() - 1
    }

    fn register(&mut self) -> u32 {
        self.program.registers += 1;
        self.program.registers as u32 - 1
    }

    fn set(&mut self, set: CharSet) -> One {
        self.program.sets.push(set);
        One::Set(self.program.sets.len() as u32 - 1)
    }

    fn encode(&self, c: u32) -> Vec<u8> {
        if !self.program.is_text {
            return vec![c as u8];
        }
        match to_private(c) {
            Some(c) => c.encode_utf8(&mut [0; 4]).as_bytes().to_vec(),
            None => Vec::new(),
        }
    }

    fn literal(&mut self, c: u32) {
        let bytes = self.encode(c);
        let at = self.program.ops.len();
        if at > self.literal_start
            && let Some(Op::Literal(before)) = self.program.ops.last_mut()
        {
            let mut longer = std::mem::take(before).into_vec();
            longer.extend_from_slice(&bytes);
            *before = longer.into();
            return;
        }
        self.emit(Op::Literal(bytes.into()));
    }

    /// A node that takes exactly one character.
    fn one(&mut self, node: &Node) -> Option<One> {
        Some(match node {
            Node::Any { newline: true } => One::All,
            Node::Any { newline: false } => One::NotNewline,
            Node::Scoped(body) => return self.one(body),
            Node::Char(c, case) => {
                let forms = variants(*c, *case);
                match forms[..] {
                    [c] if c < 128 || !self.program.is_text => One::Byte(c as u8),
                    _ => {
                        let items = forms.into_iter().map(Item::One).collect();
                        self.set(CharSet::new(items, false, Case::Exact, true))
                    }
                }
            }
            Node::Set { items, negated, case, ascii } => self.set(CharSet::new(items.clone(), *negated, *case, *ascii)),
            Node::Choice(nodes) => {
                let (items, case, ascii) = merged(nodes)?;
                self.set(CharSet::new(items, false, case, ascii))
            }
            Node::At(_)
            | Node::Sequence(_)
            | Node::Capture(..)
            | Node::Repeat { .. }
            | Node::Look { .. }
            | Node::Atomic(_)
            | Node::Back(..)
            | Node::Conditional(..) => return None,
        })
    }

    fn node(&mut self, node: &Node) -> Result<(), RegexError> {
        match node {
            Node::Char(c, case) => match variants(*c, *case)[..] {
                [_] => self.literal(*c),
                _ => self.single(node),
            },
            Node::Any { .. } | Node::Set { .. } => self.single(node),
            Node::At(at) => drop(self.emit(Op::At(*at))),
            Node::Sequence(nodes) => {
                for node in nodes {
                    self.node(node)?;
                }
            }
            Node::Choice(nodes) => match merged(nodes) {
                Some(_) => self.single(node),
                None => self.choice(nodes)?,
            },
            Node::Capture(group, body) => {
                self.emit(Op::Open(*group as u32));
                self.node(body)?;
                self.emit(Op::Close(*group as u32));
            }
            Node::Scoped(body) => self.node(body)?,
            Node::Repeat { min, max, greed, body } => self.repeat(*min, *max, *greed, body)?,
            Node::Look { behind, negated, body } => self.look(*behind, *negated, body)?,
            Node::Atomic(body) => {
                let register = self.register();
                self.emit(Op::Atomic(register));
                self.node(body)?;
                self.emit(Op::AtomicEnd(register));
            }
            Node::Back(group, case) => drop(self.emit(Op::Back(*group as u32, *case))),
            Node::Conditional(group, yes, no) => {
                let unless = self.emit(Op::Fail);
                self.node(yes)?;
                let jump = no.as_ref().map(|_| self.emit(Op::Fail));
                let no_at = self.label();
                self.program.ops[unless] = Op::Unless { group: *group as u32, no: no_at };
                if let (Some(no), Some(jump)) = (no, jump) {
                    self.node(no)?;
                    let end = self.label();
                    self.program.ops[jump] = Op::Jump(end);
                }
            }
        }
        Ok(())
    }

    fn single(&mut self, node: &Node) {
        if let Some(one) = self.one(node) {
            self.emit(Op::One(one));
        }
    }

    fn choice(&mut self, nodes: &[Node]) -> Result<(), RegexError> {
        let mut jumps = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let last = index + 1 == nodes.len();
            let split = (!last).then(|| self.emit(Op::Fail));
            self.node(node)?;
            if let Some(split) = split {
                jumps.push(self.emit(Op::Fail));
                let next = self.label();
                self.program.ops[split] = split_op(split as u32 + 1, next);
            }
        }
        let end = self.label();
        for jump in jumps {
            self.program.ops[jump] = Op::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, min: u32, max: u32, greed: Greed, body: &Node) -> Result<(), RegexError> {
        if max == 0 {
            return Ok(());
        }
        if let Some(one) = self.one(body) {
            self.emit(Op::Repeat { one, min, max, greed, next_set: None });
            return Ok(());
        }
        if greed == Greed::Possessive {
            let register = self.register();
            self.emit(Op::Atomic(register));
            self.repeat(min, max, Greed::Greedy, body)?;
            self.emit(Op::AtomicEnd(register));
            return Ok(());
        }
        let lazy = greed == Greed::Lazy;
        let order = |body: u32, exit: u32| if lazy { split_op(exit, body) } else { split_op(body, exit) };
        let advances = width_with(body, self.widths).0 > 0;
        match (min, max) {
            (1, 1) => self.node(body)?,
            (0, 1) => {
                let split = self.emit(Op::Fail);
                self.node(body)?;
                let exit = self.label();
                self.program.ops[split] = order(split as u32 + 1, exit);
            }
            (0, NO_LIMIT) if advances => {
                let head = self.label();
                let split = self.emit(Op::Fail);
                self.node(body)?;
                self.emit(Op::Jump(head));
                let exit = self.label();
                self.program.ops[split] = order(split as u32 + 1, exit);
            }
            (1, NO_LIMIT) if advances => {
                let head = self.label();
                self.node(body)?;
                let split = self.emit(Op::Fail);
                let exit = self.label();
                self.program.ops[split] = order(head, exit);
            }
            _ => {
                let register = self.register();
                self.emit(Op::LoopInit(register));
                let head = self.label();
                let test = self.emit(Op::Fail);
                if lazy {
                    // The way into the body that is tried last has its own op; see `run`.
                    self.emit(Op::LoopBody { register, body: head + 2 });
                }
                let start = self.label();
                self.node(body)?;
                self.emit(Op::Jump(head));
                let exit = self.label();
                self.program.ops[test] = Op::Loop { register, min, max, lazy, body: start, exit };
            }
        }
        Ok(())
    }

    fn look(&mut self, behind: bool, negated: bool, body: &Node) -> Result<(), RegexError> {
        let mut back = 0;
        if behind {
            let (low, high) = width_with(body, self.widths);
            if low != high {
                let message = "look-behind requires fixed-width pattern".to_owned();
                return Err(RegexError::Pattern(message, None));
            }
            match u32::try_from(low) {
                Ok(width) => back = width,
                Err(_) => return Err(RegexError::Pattern("looks too much behind".to_owned(), None)),
            }
        }
        let register = self.register();
        let look = self.emit(Op::Fail);
        self.node(body)?;
        self.emit(Op::LookEnd { register, negated });
        let after = self.label();
        self.program.ops[look] = Op::Look { register, back, negated, after };
        Ok(())
    }
}

fn split_op(first: u32, second: u32) -> Op {
    Op::Split { first, second, first_set: None, second_set: None }
}

/// The items of alternatives that all take one character, as one set.
fn merged(nodes: &[Node]) -> Option<(Vec<Item>, Case, bool)> {
    let mut all = Vec::new();
    let mut kind = None;
    for node in nodes {
        match node {
            Node::Char(c, Case::Exact) => {
                if kind.is_some_and(|(case, _)| case != Case::Exact) {
                    return None;
                }
                kind = kind.or(Some((Case::Exact, true)));
                all.push(Item::One(*c));
            }
            Node::Set { items, negated: false, case, ascii } => {
                let has_class = items.iter().any(|item| matches!(item, Item::Class { .. }));
                match kind {
                    Some((known, known_ascii)) if known != *case || (has_class && known_ascii != *ascii) => {
                        return None;
                    }
                    Some(_) => {}
                    None => {}
                }
                if has_class
                    && all.iter().any(|item| matches!(item, Item::Class { .. }))
                    && kind != Some((*case, *ascii))
                {
                    return None;
                }
                kind = Some((*case, if has_class { *ascii } else { kind.map_or(*ascii, |(_, known)| known) }));
                all.extend_from_slice(items);
            }
            _ => return None,
        }
    }
    kind.map(|(case, ascii)| (all, case, ascii))
}

/// Tells each choice what its ways can begin with.
fn find_first_bytes(program: &mut Program) {
    for at in 0..program.ops.len() {
        match program.ops[at] {
            Op::Split { first, second, .. } => {
                let (one, other) = (first_of(program, first), first_of(program, second));
                if let Op::Split { first_set, second_set, .. } = &mut program.ops[at] {
                    (*first_set, *second_set) = (one, other);
                }
            }
            Op::Repeat { .. } => {
                let next = first_of(program, at as u32 + 1);
                if let Op::Repeat { next_set, .. } = &mut program.ops[at] {
                    *next_set = next;
                }
            }
            _ => {}
        }
    }
}

/// How many instructions are looked at to find what a way begins with.
const LOOK_BUDGET: u32 = 200;

fn first_of(program: &mut Program, at: u32) -> First {
    let mut set = ByteSet::EMPTY;
    let mut budget = LOOK_BUDGET;
    if !add_first(program, at, &mut set, &mut budget) {
        return None;
    }
    program.byte_sets.push(set);
    Some(program.byte_sets.len() as u32 - 1)
}

/// Adds the bytes that the way at `at` can begin with; false when it may take nothing, or when that is not known.
fn add_first(program: &Program, at: u32, set: &mut ByteSet, budget: &mut u32) -> bool {
    let mut at = at;
    loop {
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        match &program.ops[at as usize] {
            Op::Literal(bytes) => match bytes.first() {
                Some(byte) => {
                    set.add(*byte);
                    return true;
                }
                None => at += 1,
            },
            Op::One(one) => {
                add_one(program, *one, set);
                return true;
            }
            Op::Repeat { one, min, .. } => {
                add_one(program, *one, set);
                if *min > 0 {
                    return true;
                }
                at += 1;
            }
            Op::Jump(to) => at = *to,
            Op::LoopBody { body, .. } => at = *body,
            Op::Split { first, second, .. } => {
                if !add_first(program, *first, set, budget) {
                    return false;
                }
                at = *second;
            }
            Op::Loop { min, body, exit, .. } => {
                if *min == 0 && !add_first(program, *exit, set, budget) {
                    return false;
                }
                at = *body;
            }
            Op::Unless { no, .. } => {
                if !add_first(program, *no, set, budget) {
                    return false;
                }
                at += 1;
            }
            Op::Look { after, .. } => at = *after,
            Op::Open(_) | Op::Close(_) | Op::At(_) | Op::LoopInit(_) | Op::Atomic(_) => at += 1,
            Op::Fail => return true,
            // What follows an atomic group has no say in which way the group takes.
            Op::Back(..) | Op::LookEnd { .. } | Op::AtomicEnd(_) | Op::Match => return false,
        }
    }
}

fn add_one(program: &Program, one: One, set: &mut ByteSet) {
    match one {
        One::All => set.bits = [u64::MAX; 4],
        One::NotNewline => (0..=255).filter(|byte| *byte != b'\n').for_each(|byte| set.add(byte)),
        One::Byte(byte) => set.add(byte),
        One::Set(index) => {
            let chars = &program.sets[index as usize];
            let high = if program.is_text { 128 } else { 256 };
            (0..high).filter(|c| chars.contains(*c)).for_each(|c| set.add(c as u8));
            if program.is_text && !chars.is_ascii() {
                (0xc2..=0xf4).for_each(|byte| set.add(byte));
            }
        }
    }
}

fn find_start(program: &Program) -> Start {
    let mut at = 0;
    let mut bytes = None;
    loop {
        match &program.ops[at] {
            Op::Open(_) => at += 1,
            Op::At(At::Begin) => return Start::Begin,
            Op::Literal(literal) if literal.len() > 1 => return Start::Literal(literal.clone()),
            _ => break,
        }
    }
    let mut set = ByteSet::EMPTY;
    if add_first(program, 0, &mut set, &mut LOOK_BUDGET.clone()) {
        bytes = Some(set);
    }
    match bytes {
        None => Start::Anywhere,
        Some(set) => match set.few() {
            Some(few) if !few.is_empty() => Start::Few(few),
            _ => Start::Bytes(set),
        },
    }
}
