//! Matches a program against a text, by backtracking.
//!
//! The stack holds the ways not yet tried and, between them, what registers and groups held before they were changed
//! ([`Entry`]). A failure takes entries off the stack, undoing changes, until it meets a way to try. So nothing that a
//! pattern nests or repeats uses the machine's stack, and a group never keeps what a failed try put there.
//!
//! A look or an atomic group that has matched forgets the ways above the place where it began, but keeps the undo entries,
//! for whoever fails later must still restore what was there before.

use super::NO_LIMIT;
use super::class::{self, Case};
use super::compile::{ByteSet, First, One, Op, Program, Start};
use super::tree::{At, Greed};
use crate::text::surrogate::from_private;

/// A group or position that is not there.
pub const NOWHERE: usize = usize::MAX;

/// Where a match may begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Begins at the start.
    Match,
    /// Begins at the start and ends at the end.
    Full,
    /// Begins anywhere.
    Search,
}

/// A match: byte offsets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Begin and end of the match, then of each group; [`NOWHERE`] for a group that took no part.
    pub slots: Box<[usize]>,
    /// The group that was closed last, 0 for none.
    pub last_group: u32,
}

/// The program asked for the matching to stop (Ctrl-C).
#[derive(Debug, PartialEq, Eq)]
pub struct Interrupted;

enum Entry {
    /// Go on there.
    Way { at: u32, position: usize },
    /// A greedy repeat of one character may end earlier.
    Greedy { at: u32, least: usize, position: usize },
    /// A lazy repeat of one character may end later.
    Lazy { at: u32, count: u32, position: usize },
    /// A group began or ended elsewhere.
    Slot { slot: u32, old: usize },
    /// Another group was closed last.
    LastGroup(u32),
    /// A register held this.
    Register { register: u32, old: Register },
}

impl Entry {
    fn is_way(&self) -> bool {
        matches!(self, Entry::Way { .. } | Entry::Greedy { .. } | Entry::Lazy { .. })
    }
}

/// What a loop or a look remembers.
#[derive(Clone, Copy)]
struct Register {
    /// Loop: rounds begun. Look: the height of the stack.
    count: usize,
    /// Loop: where the last round began. Look: where it began.
    position: usize,
}

const UNUSED: Register = Register { count: 0, position: NOWHERE };

/// The matching of one program against one text; the stack is kept from one match to the next.
pub struct Run<'t> {
    program: &'t Program,
    text: &'t [u8],
    stack: Vec<Entry>,
    slots: Vec<usize>,
    registers: Vec<Register>,
    last_group: u32,
    ticks: u32,
    interrupted: &'t dyn Fn() -> bool,
}

/// How characters stand in a text.
trait Encoding {
    /// The character at a position before the end, and the position behind it.
    fn decode(text: &[u8], position: usize) -> (u32, usize);
    /// The position of the character before a position.
    fn before(text: &[u8], position: usize) -> usize;
    /// The position behind the character at a position.
    fn after(text: &[u8], position: usize) -> usize;
    /// Whether a byte is a character of its own.
    fn is_single(byte: u8) -> bool;
}

struct Utf8;
struct Bytes;

impl Encoding for Utf8 {
    #[inline(always)]
    fn decode(text: &[u8], position: usize) -> (u32, usize) {
        let first = text[position];
        if first < 0x80 {
            return (u32::from(first), position + 1);
        }
        let more = |offset: usize| u32::from(text.get(position + offset).copied().unwrap_or(0x80) & 0x3f);
        match first {
            0..0xe0 => ((u32::from(first) & 0x1f) << 6 | more(1), position + 2),
            0xe0..0xf0 => ((u32::from(first) & 0xf) << 12 | more(1) << 6 | more(2), position + 3),
            _ => {
                let c = (u32::from(first) & 7) << 18 | more(1) << 12 | more(2) << 6 | more(3);
                (char::from_u32(c).map_or(c, from_private), position + 4)
            }
        }
    }

    #[inline(always)]
    fn before(text: &[u8], position: usize) -> usize {
        let mut position = position - 1;
        while position > 0 && text[position] & 0xc0 == 0x80 {
            position -= 1;
        }
        position
    }

    #[inline(always)]
    fn after(text: &[u8], position: usize) -> usize {
        position
            + match text[position] {
                0..0x80 => 1,
                0x80..0xe0 => 2,
                0xe0..0xf0 => 3,
                _ => 4,
            }
    }

    #[inline(always)]
    fn is_single(byte: u8) -> bool {
        byte < 0x80
    }
}

impl Encoding for Bytes {
    #[inline(always)]
    fn decode(text: &[u8], position: usize) -> (u32, usize) {
        (u32::from(text[position]), position + 1)
    }

    #[inline(always)]
    fn before(_text: &[u8], position: usize) -> usize {
        position - 1
    }

    #[inline(always)]
    fn after(_text: &[u8], position: usize) -> usize {
        position + 1
    }

    #[inline(always)]
    fn is_single(_byte: u8) -> bool {
        true
    }
}

impl<'t> Run<'t> {
    /// Prepares to match `text`, which must be UTF-8 for a pattern of text. `interrupted` is asked now and then whether to
    /// give up.
    pub fn new(program: &'t Program, text: &'t [u8], interrupted: &'t dyn Fn() -> bool) -> Run<'t> {
        Run {
            program,
            text,
            stack: Vec::new(),
            slots: vec![NOWHERE; program.groups * 2],
            registers: vec![UNUSED; program.registers],
            last_group: 0,
            ticks: 0,
            interrupted,
        }
    }

    /// Looks for a match from byte offset `start` on. With `advance`, a match at `start` may not be empty.
    ///
    /// # Errors
    /// [`Interrupted`].
    pub fn find(&mut self, start: usize, mode: Mode, advance: bool) -> Result<Option<Found>, Interrupted> {
        if start > self.text.len() {
            return Ok(None);
        }
        if self.program.is_text {
            self.find_in::<Utf8>(start, mode, advance)
        } else {
            self.find_in::<Bytes>(start, mode, advance)
        }
    }

    fn find_in<E: Encoding>(&mut self, start: usize, mode: Mode, advance: bool) -> Result<Option<Found>, Interrupted> {
        if mode != Mode::Search {
            return self.try_at::<E>(start, mode, advance);
        }
        let program = self.program;
        let mut position = start;
        let finder = match &program.start {
            Start::Literal(literal) => Some(memchr::memmem::Finder::new(literal)),
            _ => None,
        };
        loop {
            let rest = &self.text[position..];
            let skip = match &program.start {
                Start::Anywhere => Some(0),
                Start::Begin if position == 0 => Some(0),
                Start::Begin => None,
                Start::Literal(_) => finder.as_ref().and_then(|finder| finder.find(rest)),
                Start::Few(bytes) => match bytes[..] {
                    [a] => memchr::memchr(a, rest),
                    [a, b] => memchr::memchr2(a, b, rest),
                    [a, b, c] => memchr::memchr3(a, b, c, rest),
                    _ => Some(0),
                },
                Start::Bytes(set) => rest.iter().position(|byte| set.contains(*byte)),
            };
            let Some(skip) = skip else { return Ok(None) };
            position += skip;
            let found = self.try_at::<E>(position, mode, advance && position == start)?;
            if found.is_some() || position >= self.text.len() {
                return Ok(found);
            }
            position = E::after(self.text, position);
            self.tick()?;
        }
    }

    #[inline]
    fn tick(&mut self) -> Result<(), Interrupted> {
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks & 0xfff == 0 && (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
    }

    #[inline(always)]
    fn may_begin(&self, set: First, position: usize) -> bool {
        match set {
            None => true,
            Some(set) => match self.text.get(position) {
                Some(byte) => self.byte_set(set).contains(*byte),
                None => false,
            },
        }
    }

    #[inline(always)]
    fn byte_set(&self, set: u32) -> &'t ByteSet {
        &self.program.byte_sets[set as usize]
    }

    /// The position behind the character at `position`, if it is of the kind.
    #[inline(always)]
    fn take_one<E: Encoding>(&self, one: One, position: usize) -> Option<usize> {
        let byte = *self.text.get(position)?;
        match one {
            One::All => Some(E::after(self.text, position)),
            One::NotNewline => (byte != b'\n').then(|| E::after(self.text, position)),
            One::Byte(wanted) => (byte == wanted).then_some(position + 1),
            One::Set(set) => {
                let set = &self.program.sets[set as usize];
                if E::is_single(byte) {
                    return set.contains_low(byte).then_some(position + 1);
                }
                let (c, after) = E::decode(self.text, position);
                set.contains(c).then_some(after)
            }
        }
    }

    /// Takes up to `max` characters of the kind: how many, and the position behind them.
    #[inline]
    fn take_many<E: Encoding>(&self, one: One, max: u32, position: usize) -> (u32, usize) {
        if max == NO_LIMIT && E::is_single(0xff) {
            // Each byte is a character: no need to count.
            let rest = &self.text[position..];
            let taken = match one {
                One::All => rest.len(),
                One::NotNewline => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
                One::Byte(wanted) => rest.iter().position(|byte| *byte != wanted).unwrap_or(rest.len()),
                One::Set(set) => {
                    let set = &self.program.sets[set as usize];
                    rest.iter().position(|byte| !set.contains_low(*byte)).unwrap_or(rest.len())
                }
            };
            return (u32::try_from(taken).unwrap_or(NO_LIMIT), position + taken);
        }
        let (mut count, mut position) = (0, position);
        while count < max
            && let Some(after) = self.take_one::<E>(one, position)
        {
            position = after;
            count += 1;
        }
        (count, position)
    }

    fn set_slot(&mut self, slot: usize, value: usize) {
        let old = std::mem::replace(&mut self.slots[slot], value);
        self.stack.push(Entry::Slot { slot: slot as u32, old });
    }

    fn set_register(&mut self, register: u32, value: Register) {
        let old = std::mem::replace(&mut self.registers[register as usize], value);
        self.stack.push(Entry::Register { register, old });
    }

    fn undo(&mut self, entry: Entry) {
        match entry {
            Entry::Slot { slot, old } => self.slots[slot as usize] = old,
            Entry::LastGroup(old) => self.last_group = old,
            Entry::Register { register, old } => self.registers[register as usize] = old,
            Entry::Way { .. } | Entry::Greedy { .. } | Entry::Lazy { .. } => {}
        }
    }

    /// Forgets the ways above a height of the stack.
    fn cut(&mut self, height: usize) {
        let mut keep = height;
        for index in height..self.stack.len() {
            if !self.stack[index].is_way() {
                self.stack.swap(keep, index);
                keep += 1;
            }
        }
        self.stack.truncate(keep);
    }

    /// The span of a group that has matched.
    fn group(&self, group: u32) -> Option<(usize, usize)> {
        let slot = (group as usize - 1) * 2;
        let (start, end) = (self.slots[slot], self.slots[slot + 1]);
        (start != NOWHERE && end != NOWHERE && start <= end).then_some((start, end))
    }

    fn is_at<E: Encoding>(&self, at: At, position: usize) -> bool {
        let text = self.text;
        match at {
            At::Begin => position == 0,
            At::BeginLine => position == 0 || text[position - 1] == b'\n',
            At::End => position == text.len() || (position + 1 == text.len() && text[position] == b'\n'),
            At::EndLine => position == text.len() || text[position] == b'\n',
            At::EndText => position == text.len(),
            // An empty text has neither boundaries nor places without one.
            At::Boundary { ascii } => !text.is_empty() && self.is_boundary::<E>(position, ascii),
            At::NoBoundary { ascii } => !text.is_empty() && !self.is_boundary::<E>(position, ascii),
        }
    }

    fn is_boundary<E: Encoding>(&self, position: usize, ascii: bool) -> bool {
        let text = self.text;
        let before = position > 0 && class::is_word(E::decode(text, E::before(text, position)).0, ascii);
        let after = position < text.len() && class::is_word(E::decode(text, position).0, ascii);
        before != after
    }

    /// The position behind another copy of what a group matched.
    fn take_copy<E: Encoding>(&self, span: (usize, usize), case: Case, position: usize) -> Option<usize> {
        let text = self.text;
        if case == Case::Exact {
            let length = span.1 - span.0;
            let end = position.checked_add(length)?;
            return (text.get(position..end)? == &text[span.0..span.1]).then_some(end);
        }
        let (mut from, mut position) = (span.0, position);
        while from < span.1 {
            if position >= text.len() {
                return None;
            }
            let ((a, next), (b, after)) = (E::decode(text, from), E::decode(text, position));
            if class::lower(a, case) != class::lower(b, case) {
                return None;
            }
            (from, position) = (next, after);
        }
        Some(position)
    }

    fn try_at<E: Encoding>(&mut self, start: usize, mode: Mode, advance: bool) -> Result<Option<Found>, Interrupted> {
        self.stack.clear();
        self.slots.fill(NOWHERE);
        self.last_group = 0;
        let program = self.program;
        let ops = &program.ops[..];
        let (mut at, mut position) = (0u32, start);
        'forward: loop {
            let matched = match &ops[at as usize] {
                Op::Literal(bytes) => {
                    let there = self.text[position..].starts_with(bytes);
                    if there {
                        position += bytes.len();
                        at += 1;
                    }
                    there
                }
                Op::One(one) => match self.take_one::<E>(*one, position) {
                    Some(after) => {
                        position = after;
                        at += 1;
                        true
                    }
                    None => false,
                },
                Op::Jump(to) => {
                    at = *to;
                    true
                }
                Op::Split { first, second, first_set, second_set } => {
                    if !self.may_begin(*first_set, position) {
                        at = *second;
                    } else {
                        if self.may_begin(*second_set, position) {
                            self.stack.push(Entry::Way { at: *second, position });
                        }
                        at = *first;
                    }
                    true
                }
                Op::Open(group) => {
                    self.set_slot((*group as usize - 1) * 2, position);
                    at += 1;
                    true
                }
                Op::Close(group) => {
                    self.set_slot((*group as usize - 1) * 2 + 1, position);
                    self.stack.push(Entry::LastGroup(self.last_group));
                    self.last_group = *group;
                    at += 1;
                    true
                }
                Op::At(place) => {
                    at += 1;
                    self.is_at::<E>(*place, position)
                }
                Op::Repeat { one, min, max, greed, next_set } => match greed {
                    Greed::Lazy => {
                        let (count, after) = self.take_many::<E>(*one, *min, position);
                        if count < *min {
                            false
                        } else {
                            if count < *max {
                                self.stack.push(Entry::Lazy { at, count, position: after });
                            }
                            position = after;
                            at += 1;
                            self.may_begin(*next_set, position)
                        }
                    }
                    Greed::Greedy | Greed::Possessive => {
                        let (count, after) = self.take_many::<E>(*one, *max, position);
                        if count < *min {
                            false
                        } else {
                            if count > *min && *greed == Greed::Greedy {
                                let mut least = position;
                                for _ in 0..*min {
                                    least = E::after(self.text, least);
                                }
                                self.stack.push(Entry::Greedy { at, least, position: after });
                            }
                            position = after;
                            at += 1;
                            self.may_begin(*next_set, position)
                        }
                    }
                },
                Op::LoopInit(register) => {
                    self.set_register(*register, UNUSED);
                    at += 1;
                    true
                }
                Op::Loop { register, min, max, lazy, body, exit } => {
                    let Register { count, position: last } = self.registers[*register as usize];
                    if count < *min as usize {
                        self.set_register(*register, Register { count: count + 1, position: last });
                        at = *body;
                    } else {
                        // A round that took nothing is the last one.
                        let may_go_on = (*max == NO_LIMIT || count < *max as usize) && position != last;
                        if !may_go_on {
                            at = *exit;
                        } else if *lazy {
                            self.stack.push(Entry::Way { at: at + 1, position });
                            at = *exit;
                        } else {
                            self.stack.push(Entry::Way { at: *exit, position });
                            self.set_register(*register, Register { count: count + 1, position });
                            at = *body;
                        }
                    }
                    true
                }
                Op::LoopBody { register, body } => {
                    let count = self.registers[*register as usize].count + 1;
                    self.set_register(*register, Register { count, position });
                    at = *body;
                    true
                }
                Op::Look { register, back, negated, after } => {
                    let mut from = position;
                    let mut left = *back;
                    // There are at least as many bytes as characters.
                    while left > 0 && from > 0 && from >= left as usize {
                        from = E::before(self.text, from);
                        left -= 1;
                    }
                    if left > 0 {
                        // Too near to the begin for what it looks for.
                        at = *after;
                        *negated
                    } else {
                        let old = self.registers[*register as usize];
                        self.stack.push(Entry::Register { register: *register, old });
                        self.registers[*register as usize] = Register { count: self.stack.len(), position };
                        if *negated {
                            self.stack.push(Entry::Way { at: *after, position });
                        }
                        position = from;
                        at += 1;
                        true
                    }
                }
                Op::LookEnd { register, negated } => {
                    let Register { count: height, position: from } = self.registers[*register as usize];
                    if *negated {
                        // All that happened since is undone, and the way that goes on is gone.
                        while self.stack.len() > height
                            && let Some(entry) = self.stack.pop()
                        {
                            self.undo(entry);
                        }
                        false
                    } else {
                        self.cut(height);
                        position = from;
                        at += 1;
                        true
                    }
                }
                Op::Atomic(register) => {
                    let old = self.registers[*register as usize];
                    self.stack.push(Entry::Register { register: *register, old });
                    self.registers[*register as usize] = Register { count: self.stack.len(), position };
                    at += 1;
                    true
                }
                Op::AtomicEnd(register) => {
                    self.cut(self.registers[*register as usize].count);
                    at += 1;
                    true
                }
                Op::Back(group, case) => {
                    at += 1;
                    match self.group(*group).and_then(|span| self.take_copy::<E>(span, *case, position)) {
                        Some(after) => {
                            position = after;
                            true
                        }
                        None => false,
                    }
                }
                Op::Unless { group, no } => {
                    at = if self.group(*group).is_some() { at + 1 } else { *no };
                    true
                }
                Op::Fail => false,
                Op::Match => {
                    let complete = mode != Mode::Full || position == self.text.len();
                    if complete && !(advance && position == start) {
                        return Ok(Some(self.found(start, position)));
                    }
                    false
                }
            };
            if matched {
                continue;
            }
            self.tick()?;
            while let Some(entry) = self.stack.pop() {
                match entry {
                    Entry::Way { at: way, position: from } => {
                        (at, position) = (way, from);
                        continue 'forward;
                    }
                    Entry::Greedy { at: way, least, position: end } => {
                        if let Some(end) = self.shorter::<E>(way, least, end) {
                            (at, position) = (way + 1, end);
                            continue 'forward;
                        }
                    }
                    Entry::Lazy { at: way, count, position: end } => {
                        if let Some(end) = self.longer::<E>(way, count, end) {
                            (at, position) = (way + 1, end);
                            continue 'forward;
                        }
                    }
                    change => self.undo(change),
                }
            }
            return Ok(None);
        }
    }

    /// The next shorter end of a greedy repeat at which what follows can begin.
    fn shorter<E: Encoding>(&mut self, at: u32, least: usize, end: usize) -> Option<usize> {
        let Op::Repeat { next_set, .. } = &self.program.ops[at as usize] else { return None };
        let mut end = end;
        while end > least {
            end = E::before(self.text, end);
            if self.may_begin(*next_set, end) {
                if end > least {
                    self.stack.push(Entry::Greedy { at, least, position: end });
                }
                return Some(end);
            }
        }
        None
    }

    /// The next longer end of a lazy repeat at which what follows can begin.
    fn longer<E: Encoding>(&mut self, at: u32, count: u32, end: usize) -> Option<usize> {
        let Op::Repeat { one, max, next_set, .. } = &self.program.ops[at as usize] else { return None };
        let (mut count, mut end) = (count, end);
        loop {
            end = self.take_one::<E>(*one, end)?;
            count = count.saturating_add(1);
            if self.may_begin(*next_set, end) {
                if count < *max {
                    self.stack.push(Entry::Lazy { at, count, position: end });
                }
                return Some(end);
            }
            if count >= *max {
                return None;
            }
        }
    }

    fn found(&self, start: usize, end: usize) -> Found {
        let mut slots = Vec::with_capacity(self.slots.len() + 2);
        slots.extend([start, end]);
        for pair in self.slots.chunks_exact(2) {
            let whole = pair[0] != NOWHERE && pair[1] != NOWHERE && pair[0] <= pair[1];
            slots.extend(if whole { [pair[0], pair[1]] } else { [NOWHERE; 2] });
        }
        Found { slots: slots.into(), last_group: self.last_group }
    }
}
