//! Cells: the variables that closures share.

use super::heap::{Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `cell`.
pub struct CellObject {
    /// The variable's value; the empty word when it is unbound.
    pub content: Slot,
}

impl Payload for CellObject {
    const KIND: Kind = Kind::Cell;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.content.peek(visit);
    }

    fn clear(&self) {
        self.content.take();
    }
}

/// A cell around a value, which may be empty.
pub fn new_cell(value: Value) -> Ref<CellObject> {
    alloc(ShapeId::exact(Kind::Cell), CellObject { content: Slot::new(value) })
}
