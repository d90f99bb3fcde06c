//! `range` and its iterator.

use std::cell::Cell;

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static ITERATOR_METHODS:
}

/// The payload of `range`: start, stop, step and length are ints of any size.
pub struct Range {
    /// First number.
    pub start: Slot,
    /// Bound, not reached.
    pub stop: Slot,
    /// Distance, not 0.
    pub step: Slot,
}

impl Payload for Range {
    const KIND: Kind = Kind::Range;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.start.peek(&mut *visit);
        self.stop.peek(&mut *visit);
        self.step.peek(visit);
    }
}

/// The payload of `range_iterator` over machine integers; other ranges iterate by a general iterator.
pub struct RangeIter {
    /// Next number.
    pub next: Cell<i64>,
    /// Distance.
    pub step: i64,
    /// Numbers left.
    pub left: Cell<u64>,
}

impl Payload for RangeIter {
    const KIND: Kind = Kind::RangeIter;
}

/// The next number of a range iterator.
#[inline]
pub fn next_number(iterator: &RangeIter) -> Option<Value> {
    let left = iterator.left.get().checked_sub(1)?;
    iterator.left.set(left);
    let number = iterator.next.get();
    iterator.next.set(number.wrapping_add(iterator.step));
    Some(super::int::from_i64(number))
}
