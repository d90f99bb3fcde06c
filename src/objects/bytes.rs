//! `bytes` and `bytearray`.

use std::cell::{Cell, RefCell};

use super::buffer::{expect_bytes, is_bytes_like};
use super::ctx::Ctx;
use super::heap::{Payload, Ref, alloc};
use super::int::to_i64;
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::string::Str;
use super::value::Value;

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

/// `bytes(value)` for an object that is no str and no int count: a bytes-like object, one with `__bytes__`, or an iterable
/// of small ints.
///
/// # Errors
/// TypeError, ValueError; what the iteration raises.
pub fn from_object(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<u8>> {
    if let Some(bytes) = value.downcast_ref::<Bytes>() {
        return Ok(bytes.data.to_vec());
    }
    let name = ctx.names.__bytes__.clone();
    if let Some(result) = protocol::call_special(ctx, value, &name, &[])? {
        return match result.downcast_ref::<Bytes>() {
            Some(bytes) => Ok(bytes.data.to_vec()),
            None => Err(protocol::type_mismatch(ctx, "__bytes__ returned non-bytes (type {})", &result)),
        };
    }
    if is_bytes_like(value) {
        return Ok(expect_bytes(ctx, value)?.into_owned());
    }
    let iterable = protocol::lookup_special(ctx, value, &ctx.names.__iter__).is_some()
        || protocol::lookup_special(ctx, value, &ctx.names.__getitem__).is_some();
    if value.is_kind::<Str>() || !iterable {
        return Err(protocol::type_mismatch(ctx, "cannot convert '{}' object to bytes", value));
    }
    from_iterable(ctx, value, "bytes")
}

/// The bytes that an iterable of ints gives.
///
/// # Errors
/// ValueError for ints out of range; TypeError for anything else; what the iteration raises.
pub fn from_iterable(ctx: &mut Ctx, iterable: &Value, what: &str) -> PyResult<Vec<u8>> {
    let iterator = protocol::iter(ctx, iterable)?;
    let mut data = Vec::new();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        data.push(byte_item(ctx, &item, what)?);
    }
    Ok(data)
}

/// An int that is to be one byte of a `bytes` or `bytearray`.
///
/// # Errors
/// ValueError for ints out of range; TypeError for anything else.
pub fn byte_item(ctx: &mut Ctx, item: &Value, what: &str) -> PyResult<u8> {
    let number = protocol::index_value(ctx, item)?;
    match to_i64(&number).and_then(|i| u8::try_from(i).ok()) {
        Some(byte) => Ok(byte),
        None if what == "bytes" => Err(ctx.value_error("bytes must be in range(0, 256)")),
        None => Err(ctx.value_error("byte must be in range(0, 256)")),
    }
}
