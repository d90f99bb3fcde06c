//! `slice` objects.

use super::heap::{Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `slice`.
pub struct Slice {
    /// First bound.
    pub start: Slot,
    /// Second bound.
    pub stop: Slot,
    /// Distance.
    pub step: Slot,
}

impl Payload for Slice {
    const KIND: Kind = Kind::Slice;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.start.peek(&mut *visit);
        self.stop.peek(&mut *visit);
        self.step.peek(visit);
    }
}

/// A new `slice` object.
pub fn new_slice(start: Value, stop: Value, step: Value) -> Ref<Slice> {
    alloc(ShapeId::exact(Kind::Slice), Slice { start: Slot::new(start), stop: Slot::new(stop), step: Slot::new(step) })
}
