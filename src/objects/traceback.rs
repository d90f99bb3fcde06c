//! Traceback objects: where an exception has been, outermost frame first.

use std::cell::Cell;

use super::heap::{Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `traceback`.
pub struct Traceback {
    /// `tb_next`: the entry one frame further in, or None.
    pub next: Slot,
    /// The function whose frame this was.
    pub func: Slot,
    /// The frame object, empty until asked for.
    pub frame: Slot,
    /// Word index of the instruction that raised or called.
    pub word: u32,
    /// Line, which a program may set through the constructor only.
    pub line: Cell<u32>,
}

impl Payload for Traceback {
    const KIND: Kind = Kind::Traceback;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.next.peek(&mut *visit);
        self.func.peek(&mut *visit);
        self.frame.peek(visit);
    }

    fn clear(&self) {
        self.next.take();
        self.frame.take();
    }
}

/// A new entry in front of the others.
pub fn new_traceback(next: Value, func: Value, word: u32, line: u32) -> Ref<Traceback> {
    alloc(
        ShapeId::exact(Kind::Traceback),
        Traceback {
            next: Slot::new(next),
            func: Slot::new(func),
            frame: Slot::new(Value::EMPTY),
            word,
            line: Cell::new(line),
        },
    )
}
