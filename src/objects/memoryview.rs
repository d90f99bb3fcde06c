//! `memoryview`: a window on the bytes of another object.

use std::cell::Cell;

use super::bytes::{ByteArray, Bytes};
use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `memoryview`: one dimension, any step, element formats of `struct`'s native sizes.
pub struct MemoryView {
    /// The object that has the bytes; empty after `release()`.
    pub object: Slot,
    /// Offset of the first item in bytes.
    pub start: usize,
    /// Number of items.
    pub length: usize,
    /// Distance of items in items.
    pub step: isize,
    /// Element format, one of `struct`'s characters.
    pub format: Cell<char>,
    /// Bytes of an item.
    pub item_size: usize,
    /// Whether items cannot be set.
    pub readonly: bool,
}

impl Payload for MemoryView {
    const KIND: Kind = Kind::MemoryView;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.object.peek(visit);
    }
}

impl MemoryView {
    /// A copy of the bytes of the items in order; None after `release()`.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let object = self.object.get();
        let copy = |data: &[u8]| {
            let mut bytes = Vec::with_capacity(self.length * self.item_size);
            for index in 0..self.length {
                let at = (self.start as isize + index as isize * self.step * self.item_size as isize) as usize;
                bytes.extend_from_slice(data.get(at..at + self.item_size)?);
            }
            Some(bytes)
        };
        if let Some(bytes) = object.downcast_ref::<Bytes>() {
            return copy(&bytes.data);
        }
        copy(&object.downcast_ref::<ByteArray>()?.data.borrow())
    }
}
