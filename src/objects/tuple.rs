//! `tuple`: an immutable row of values, stored inline.

use super::heap::{Obj, Payload, Ref, alloc_tail};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `tuple`; the items are the tail.
pub struct Tuple {
    length: u32,
}

impl Payload for Tuple {
    const KIND: Kind = Kind::Tuple;

    fn tail_len(&self) -> usize {
        self.length as usize
    }
}

impl Obj<Tuple> {
    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The items.
    #[inline(always)]
    pub fn items(&self) -> &[Value] {
        super::heap::as_values(self.tail())
    }
}

/// A new `tuple` object.
pub fn new_tuple(items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>) -> Ref<Tuple> {
    with_shape(ShapeId::exact(Kind::Tuple), items)
}

/// A new instance of `tuple` or of a subclass.
pub fn with_shape(shape: ShapeId, items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>) -> Ref<Tuple> {
    let items = items.into_iter();
    alloc_tail(shape, Tuple { length: items.len() as u32 }, items)
}
