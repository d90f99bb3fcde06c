//! `bytes` and `bytearray`.

use std::cell::{Cell, RefCell};

use super::heap::{Payload, Ref, alloc};
use super::kind::Kind;
use super::shape::ShapeId;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static ARRAY_METHODS:
}

/// The payload of `bytes`.
pub struct Bytes {
    /// The bytes.
    pub data: Box<[u8]>,
    /// Their hash, 0 until asked for.
    pub hash: Cell<i64>,
}

impl Payload for Bytes {
    const KIND: Kind = Kind::Bytes;
}

/// The payload of `bytearray`. Never hold the borrow while Python code may run.
pub struct ByteArray {
    /// The bytes.
    pub data: RefCell<Vec<u8>>,
    /// Memory views that forbid resizing.
    pub exports: Cell<u32>,
}

impl Payload for ByteArray {
    const KIND: Kind = Kind::ByteArray;
}

/// A new `bytes` object.
pub fn new_bytes(data: Vec<u8>) -> Ref<Bytes> {
    alloc(ShapeId::exact(Kind::Bytes), Bytes { data: data.into(), hash: Cell::new(0) })
}

/// A new `bytearray` object.
pub fn new_bytearray(data: Vec<u8>) -> Ref<ByteArray> {
    alloc(ShapeId::exact(Kind::ByteArray), ByteArray { data: RefCell::new(data), exports: Cell::new(0) })
}
