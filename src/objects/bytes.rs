//! `bytes`, and the payload of `bytearray`.
//!
//! The methods that both have are in [`bytes_methods`](super::bytes_methods), `%` is in
//! [`bytes_format`](super::bytes_format), what changes a bytearray in [`bytearray`](super::bytearray).
//!
//! Source: Standard Library "Bytes Objects".

use std::cell::{Cell, RefCell};

use super::buffer::{expect_bytes, is_bytes_like};
use super::bytes_methods::{from_hex, this};
use super::codec;
use super::construct::requested_shape;
use super::ctx::Ctx;
use super::heap::{Payload, Ref, alloc};
use super::int::{from_i64, from_usize, is_int, to_i64};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::signals::Pace;
use super::str_methods::check_length;
use super::string::Str;
use super::tuple::new_tuple;
use super::value::Value;
use crate::text::{hashing, repr};

crate::natives! { pub(crate) static METHODS:
    /// Return a buffer object that exposes the underlying memory of the object.
    method "__buffer__(self, flags, /)" => |ctx, args| super::memoryview::view_of(ctx, &args[0]);
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, source=b'', encoding='utf-8', errors='strict')" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => |ctx, args| Ok(ctx.str(repr::bytes(&this(&args[0]))));
    /// Return str(self).
    method "__str__(self, /)" => |ctx, args| Ok(ctx.str(repr::bytes(&this(&args[0]))));
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Convert this value to exact type bytes.
    method "__bytes__(self, /)" => |_, args| Ok(exact(&args[0]));
    ///
    method "__getnewargs__(self, /)" => |_, args| Ok(new_tuple([exact(&args[0])]).into_value());
    ///
    method "__sizeof__(self, /)" => |_, args| Ok(from_usize(33 + this(&args[0]).len()));
    /// Create a bytes object from a string of hexadecimal numbers.
    ///
    /// Spaces between two numbers are accepted.
    /// Example: bytes.fromhex('B9 01EF') -> b'\\xb9\\x01\\xef'.
    classmethod "fromhex(type, string, /)" => new_from_hex;
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

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.bytes.clone();
    let shape = requested_shape(ctx, &args[0], &class)?;
    let is_exact = shape == ShapeId::exact(Kind::Bytes);
    let data = match source(ctx, "bytes", &args[1], &args[2], &args[3])? {
        Source::Data(data) => data,
        Source::Object if is_exact && exact(&args[1]).is(&args[1]) => return Ok(args[1].clone()),
        Source::Object => from_object(ctx, &args[1])?,
    };
    Ok(alloc(shape, Bytes { data: data.into(), hash: Cell::new(0) }).into_value())
}

/// The exact `bytes` with the bytes of a bytes-like object: the object itself when it is one.
fn exact(value: &Value) -> Value {
    let is_exact = value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Bytes));
    if is_exact { value.clone() } else { new_bytes(this(value).into_owned()).into_value() }
}

fn hash(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(bytes) = args[0].downcast_ref::<Bytes>() else { return Ok(from_i64(0)) };
    if bytes.hash.get() == 0 {
        bytes.hash.set(hashing::bytes(&bytes.data));
    }
    Ok(from_i64(bytes.hash.get()))
}

fn new_from_hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = new_bytes(from_hex(ctx, &args[1])?).into_value();
    if args[0].is(ctx.types.bytes.value()) {
        return Ok(data);
    }
    protocol::call(ctx, &args[0], &[data])
}

/// What the arguments of `bytes()` or `bytearray()` are.
pub(super) enum Source {
    /// The bytes, when they follow from the arguments at once: nothing, a text with its encoding, or a count of zeros.
    Data(Vec<u8>),
    /// The first argument is to be converted.
    Object,
}

/// Reads the arguments of `bytes()` or `bytearray()`.
///
/// # Errors
/// TypeError, ValueError, OverflowError, MemoryError, UnicodeEncodeError.
pub(super) fn source(
    ctx: &mut Ctx,
    function: &str,
    object: &Value,
    encoding: &Value,
    errors: &Value,
) -> PyResult<Source> {
    let (encoding_name, errors_name) = codec::names(ctx, function, encoding, errors)?;
    // Only an instance of a subclass of str can have it, and then it is not taken as a text.
    let has_bytes = function == "bytes"
        && (encoding.is_empty() && errors.is_empty())
        && protocol::lookup_special(ctx, object, &ctx.names.__bytes__).is_some();
    if let Some(text) = object.downcast_ref::<Str>().filter(|_| !has_bytes) {
        if encoding.is_empty() {
            return Err(ctx.type_error("string argument without an encoding"));
        }
        return codec::encode(ctx, text.as_str(), encoding_name, errors_name).map(Source::Data);
    }
    if !encoding.is_empty() || !errors.is_empty() {
        let what = if encoding.is_empty() { "errors" } else { "encoding" };
        return Err(ctx.type_error(format!("{what} without a string argument")));
    }
    if object.is_empty() {
        return Ok(Source::Data(Vec::new()));
    }
    let is_index = is_int(object) || protocol::lookup_special(ctx, object, &ctx.names.__index__).is_some();
    if has_bytes || !is_index {
        return Ok(Source::Object);
    }
    let number = protocol::index_value(ctx, object)?;
    match to_i64(&number) {
        Some(count) if count < 0 => Err(ctx.value_error("negative count")),
        Some(count) => {
            check_length(ctx, count as usize)?;
            Ok(Source::Data(vec![0; count as usize]))
        }
        None => {
            let class = protocol::class_name(ctx, object);
            Err(ctx.overflow_error(format!("cannot fit '{class}' into an index-sized integer")))
        }
    }
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
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
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
