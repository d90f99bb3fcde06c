//! Bytes-like objects: what `bytes`, `bytearray` and `memoryview` have in common.
//!
//! Source: Glossary "bytes-like object".

use std::borrow::Cow;

use super::bytes::{ByteArray, Bytes};
use super::ctx::Ctx;
use super::foreign::Foreign;
use super::memoryview::MemoryView;
use super::native::PyResult;
use super::protocol;
use super::value::Value;

/// The bytes of a bytes-like object; None for any other object. What can change is copied, so that the caller may run
/// Python code while it looks at the bytes.
pub fn bytes_of(value: &Value) -> Option<Cow<'_, [u8]>> {
    if let Some(bytes) = value.downcast_ref::<Bytes>() {
        return Some(Cow::Borrowed(&bytes.data));
    }
    if let Some(array) = value.downcast_ref::<ByteArray>() {
        return Some(Cow::Owned(array.data.borrow().clone()));
    }
    if let Some(view) = value.downcast_ref::<MemoryView>() {
        return Some(Cow::Owned(view.to_bytes().unwrap_or_default()));
    }
    let store = store_of(value)?;
    store.downcast_ref::<ByteArray>().map(|array| Cow::Owned(array.data.borrow().clone()))
}

/// The bytearray in which an object of a module, an `array` for one, keeps its bytes.
pub fn store_of(value: &Value) -> Option<Value> {
    value.downcast_ref::<Foreign>()?.buffer().map(|(store, _)| store)
}

/// The bytes of an argument that must be bytes-like.
///
/// # Errors
/// TypeError for any other object; ValueError for a released view.
pub fn expect_bytes<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<Cow<'a, [u8]>> {
    expect_bytes_or(ctx, value, "a bytes-like object is required, not '{}'")
}

/// The same with a message of its own, in which `{}` stands for the class of the value.
///
/// # Errors
/// TypeError for any other object; ValueError for a released view.
pub fn expect_bytes_or<'a>(ctx: &mut Ctx, value: &'a Value, message: &str) -> PyResult<Cow<'a, [u8]>> {
    if value.downcast_ref::<MemoryView>().is_some_and(|view| view.object.is_empty()) {
        return Err(ctx.value_error("operation forbidden on released memoryview object"));
    }
    match bytes_of(value) {
        Some(bytes) => Ok(bytes),
        None => Err(protocol::type_mismatch(ctx, message, value)),
    }
}

/// Whether the object is bytes-like.
pub fn is_bytes_like(value: &Value) -> bool {
    value.is_kind::<Bytes>()
        || value.is_kind::<ByteArray>()
        || value.is_kind::<MemoryView>()
        || store_of(value).is_some()
}

/// How many bytes a writable bytes-like object has room for; None for any other object.
pub fn writable_length(value: &Value) -> Option<usize> {
    if let Some(array) = value.downcast_ref::<ByteArray>() {
        return Some(array.data.borrow().len());
    }
    if let Some(store) = store_of(value) {
        return store.downcast_ref::<ByteArray>().map(|array| array.data.borrow().len());
    }
    let view = value.downcast_ref::<MemoryView>().filter(|view| !view.readonly && !view.object.is_empty())?;
    Some(view.to_bytes().map_or(0, |bytes| bytes.len()))
}

/// Puts bytes at the beginning of a writable bytes-like object, which has room for them.
///
/// # Errors
/// TypeError for an object that is not writable.
pub fn write_into(ctx: &mut Ctx, target: &Value, bytes: &[u8]) -> PyResult<()> {
    if let Some(array) = target.downcast_ref::<ByteArray>() {
        if let Some(room) = array.data.borrow_mut().get_mut(..bytes.len()) {
            room.copy_from_slice(bytes);
        }
        return Ok(());
    }
    if let Some(store) = store_of(target) {
        return write_into(ctx, &store, bytes);
    }
    let stop = super::int::from_usize(bytes.len());
    let slice = super::slice::new_slice(Value::NONE, stop, Value::NONE).into_value();
    protocol::subscript::set_item(ctx, target, &slice, super::bytes::new_bytes(bytes.to_vec()).into_value())
}
