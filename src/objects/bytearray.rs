//! `bytearray`: what it has beyond `bytes`, construction and change.
//!
//! While a memoryview looks at a bytearray its length cannot change. Values to store are computed before anything is
//! changed, since computing them may run Python code that changes the array too.
//!
//! Source: Standard Library "Bytearray Objects".

use std::cell::{Cell, RefCell};

use super::buffer::{bytes_of, is_bytes_like};
use super::bytes::{self, ByteArray, Source, byte_item, from_iterable, new_bytearray};
use super::bytes_methods::{from_hex, position, repeated, this};
use super::construct::{bad_self, requested_shape};
use super::ctx::Ctx;
use super::heap::{Obj, alloc};
use super::int::{from_i64, from_usize, is_int};
use super::native::PyResult;
use super::protocol;
use super::slice::{self, Slice};
use super::str_methods::check_length;
use super::string::Str;
use super::tuple::new_tuple;
use super::value::Value;
use super::walk::ask_length;

crate::natives! { pub(crate) static METHODS:
    /// Return a buffer object that exposes the underlying memory of the object.
    method "__buffer__(self, flags, /)" => |ctx, args| super::memoryview::view_of(ctx, &args[0]);
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, source=b'', encoding='utf-8', errors='strict')" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => to_text;
    /// Return str(self).
    method "__str__(self, /)" => to_text;
    /// Set self[key] to value.
    method "__setitem__(self, key, value, /)" => set_item;
    /// Delete self[key].
    method "__delitem__(self, key, /)" => delete_item;
    /// Implement self+=value.
    method "__iadd__(self, value, /)" => add_in_place;
    /// Implement self*=value.
    method "__imul__(self, value, /)" => repeat_in_place;
    /// Append a single item to the end of the bytearray.
    ///
    ///   item
    ///     The item to be appended.
    method "append(self, item, /)" => append;
    /// Append all the items from the iterator or sequence to the end of the bytearray.
    ///
    ///   iterable_of_ints
    ///     The iterable of items to append.
    method "extend(self, iterable_of_ints, /)" => extend;
    /// Insert a single item into the bytearray before the given index.
    ///
    ///   index
    ///     The index where the value is to be inserted.
    ///   item
    ///     The item to be inserted.
    method "insert(self, index, item, /)" => insert;
    /// Remove and return a single item from B.
    ///
    ///   index
    ///     The index from where to remove the item.
    ///     -1 (the default value) means remove the last item.
    ///
    /// If no index argument is given, will pop the last item.
    method "pop(self, index=-1, /)" => pop;
    /// Remove the first occurrence of a value in the bytearray.
    ///
    ///   value
    ///     The value to remove.
    method "remove(self, value, /)" => remove;
    /// Remove all items from the bytearray.
    method "clear(self, /)" => clear;
    /// Return a copy of B.
    method "copy(self, /)" => |_, args| Ok(new_bytearray(this(&args[0]).into_owned()).into_value());
    /// Reverse the order of the values in B in place.
    method "reverse(self, /)" => reverse;
    /// Create a bytearray object from a string of hexadecimal numbers.
    ///
    /// Spaces between two numbers are accepted.
    /// Example: bytearray.fromhex('B9 01EF') -> bytearray(b'\\xb9\\x01\\xef')
    classmethod "fromhex(type, string, /)" => new_from_hex;
    /// B.__alloc__() -> int
    ///
    /// Return the number of bytes actually allocated.
    method "__alloc__(self, /)" => |_, args| Ok(from_usize(match this(&args[0]).len() { 0 => 0, length => length + 1 }));
    /// Returns the size of the bytearray object in memory, in bytes.
    method "__sizeof__(self, /)" => |_, args| Ok(from_usize(56 + match this(&args[0]).len() { 0 => 0, length => length + 1 }));
    /// Return state information for pickling.
    method "__reduce__(self, /)" => |ctx, args| reduce(ctx, &args[0], 2);
    /// Return state information for pickling.
    method "__reduce_ex__(self, proto=0, /)" => reduce_ex;
}

fn array<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<ByteArray>> {
    match args[0].downcast_ref::<ByteArray>() {
        Some(array) => Ok(array),
        None => Err(bad_self(ctx, "bytearray", &args[0])),
    }
}

/// Refuses to change the length while a memoryview looks on.
fn check_resizable(ctx: &mut Ctx, array: &ByteArray) -> PyResult<()> {
    if array.exports.get() == 0 {
        Ok(())
    } else {
        Err(ctx.buffer_error("Existing exports of data: object cannot be re-sized"))
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.bytearray.clone();
    let shape = requested_shape(ctx, &args[0], &class)?;
    Ok(alloc(shape, ByteArray { data: RefCell::default(), exports: Cell::new(0) }).into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    if !array.data.borrow().is_empty() {
        check_resizable(ctx, array)?;
    }
    let data = match bytes::source(ctx, "bytearray", &args[1], &args[2], &args[3])? {
        Source::Data(data) => data,
        Source::Object => contents(ctx, &args[1])?,
    };
    check_resizable(ctx, array).or_else(|raised| if data.is_empty() { Ok(()) } else { Err(raised) })?;
    array.data.replace(data);
    Ok(Value::NONE)
}

/// The bytes of a bytes-like object or of an iterable of ints.
fn contents(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<u8>> {
    if is_bytes_like(value) {
        return super::buffer::expect_bytes(ctx, value).map(|bytes| bytes.into_owned());
    }
    let names = [ctx.names.__iter__.clone(), ctx.names.__getitem__.clone()];
    if !names.iter().any(|name| protocol::lookup_special(ctx, value, name).is_some()) {
        return Err(protocol::type_mismatch(ctx, "cannot convert '{}' object to bytearray", value));
    }
    from_iterable(ctx, value, "bytearray")
}

fn to_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = this(&args[0]);
    let quote = if data.contains(&b'\'') && !data.contains(&b'"') { '"' } else { '\'' };
    let mut text = protocol::class_name(ctx, &args[0]);
    text.push_str("(b");
    text.push(quote);
    for &byte in data.iter() {
        match byte {
            // Unlike bytes, a single quote is escaped inside double quotes too.
            b'\\' | b'\'' => text.extend(['\\', char::from(byte)]),
            b'\t' => text.push_str("\\t"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b' '..=b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text.push(quote);
    text.push(')');
    Ok(ctx.str(text))
}

fn set_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    if let Some(slice) = args[1].downcast_ref::<Slice>() {
        return set_slice(ctx, array, slice, &args[2]);
    }
    position(ctx, &args[0], &args[1])?;
    let byte = byte_item(ctx, &args[2], "byte")?;
    // The value's __index__ may have shortened the array.
    let index = position(ctx, &args[0], &args[1])?;
    if let Some(place) = array.data.borrow_mut().get_mut(index) {
        *place = byte;
    }
    Ok(Value::NONE)
}

fn set_slice(ctx: &mut Ctx, array: &Obj<ByteArray>, slice: &Obj<Slice>, value: &Value) -> PyResult {
    let (start, stop, step) = slice::unpack(ctx, slice)?;
    let values = match bytes_of(value) {
        Some(bytes) => bytes.into_owned(),
        None => {
            let is_number = is_int(value)
                || super::float::to_f64(value).is_some()
                || protocol::lookup_special(ctx, value, &ctx.names.__index__).is_some();
            if is_number || value.is_kind::<Str>() {
                let message = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
                return Err(ctx.type_error(message));
            }
            contents(ctx, value)?
        }
    };
    let length = array.data.borrow().len();
    let (start, _, count) = slice::adjust(length, start, stop, step);
    if step == 1 {
        if values.len() != count {
            check_resizable(ctx, array)?;
            check_length(ctx, length + values.len())?;
        }
        let start = start as usize;
        array.data.borrow_mut().splice(start..start + count, values);
        return Ok(Value::NONE);
    }
    if values.is_empty() {
        return delete_selected(ctx, array, start, step, count);
    }
    if values.len() != count {
        let size = values.len();
        return Err(
            ctx.value_error(format!("attempt to assign bytes of size {size} to extended slice of size {count}"))
        );
    }
    let mut data = array.data.borrow_mut();
    for (index, byte) in slice::selected(start, step, count).zip(values) {
        data[index] = byte;
    }
    Ok(Value::NONE)
}

fn delete_selected(ctx: &mut Ctx, array: &ByteArray, start: isize, step: isize, count: usize) -> PyResult {
    if count == 0 {
        return Ok(Value::NONE);
    }
    check_resizable(ctx, array)?;
    let mut data = array.data.borrow_mut();
    if step == 1 {
        data.drain(start as usize..start as usize + count);
        return Ok(Value::NONE);
    }
    let (first, step) = if step < 0 { (start + step * (count as isize - 1), -step) } else { (start, step) };
    let mut index = 0;
    data.retain(|_| {
        let offset = index - first;
        index += 1;
        offset < 0 || offset % step != 0 || offset / step >= count as isize
    });
    Ok(Value::NONE)
}

fn delete_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    if let Some(slice) = args[1].downcast_ref::<Slice>() {
        let (start, stop, step) = slice::unpack(ctx, slice)?;
        let length = array.data.borrow().len();
        let (start, _, count) = slice::adjust(length, start, stop, step);
        return delete_selected(ctx, array, start, step, count);
    }
    let index = position(ctx, &args[0], &args[1])?;
    delete_selected(ctx, array, index as isize, 1, 1)
}

/// Appends bytes.
fn push_all(ctx: &mut Ctx, array: &ByteArray, more: &[u8]) -> PyResult<()> {
    if more.is_empty() {
        return Ok(());
    }
    check_resizable(ctx, array)?;
    let length = array.data.borrow().len();
    check_length(ctx, length + more.len())?;
    array.data.borrow_mut().extend_from_slice(more);
    Ok(())
}

fn add_in_place(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let more = super::buffer::expect_bytes_or(ctx, &args[1], "can't concat {} to bytearray")?;
    push_all(ctx, array, &more)?;
    Ok(args[0].clone())
}

fn repeat_in_place(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let data = repeated(ctx, &this(&args[0]), &args[1])?;
    if data.len() != array.data.borrow().len() {
        check_resizable(ctx, array)?;
    }
    array.data.replace(data);
    Ok(args[0].clone())
}

fn append(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let byte = byte_item(ctx, &args[1], "byte")?;
    push_all(ctx, array, &[byte])?;
    Ok(Value::NONE)
}

fn extend(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let more = match bytes_of(&args[1]) {
        Some(bytes) => bytes.into_owned(),
        None => {
            if args[1].is_kind::<Str>() {
                return Err(ctx.type_error("expected iterable of integers; got: 'str'"));
            }
            let names = [ctx.names.__iter__.clone(), ctx.names.__getitem__.clone()];
            if !names.iter().any(|name| protocol::lookup_special(ctx, &args[1], name).is_some()) {
                return Err(protocol::type_mismatch(ctx, "can't extend bytearray with {}", &args[1]));
            }
            ask_length(ctx, &args[1])?;
            from_iterable(ctx, &args[1], "bytearray")?
        }
    };
    push_all(ctx, array, &more)?;
    Ok(Value::NONE)
}

fn insert(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let index = protocol::as_isize(ctx, &args[1])?;
    let byte = byte_item(ctx, &args[2], "byte")?;
    check_resizable(ctx, array)?;
    let mut data = array.data.borrow_mut();
    let index = if index < 0 { data.len().saturating_sub(index.unsigned_abs()) } else { index as usize };
    let index = index.min(data.len());
    data.insert(index, byte);
    Ok(Value::NONE)
}

fn pop(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let index = if args[1].is_empty() { -1 } else { protocol::as_isize(ctx, &args[1])? };
    let length = array.data.borrow().len();
    if length == 0 {
        return Err(ctx.index_error("pop from empty bytearray"));
    }
    let index = if index < 0 { index + length as isize } else { index };
    if index < 0 || index >= length as isize {
        return Err(ctx.index_error("pop index out of range"));
    }
    check_resizable(ctx, array)?;
    let byte = array.data.borrow_mut().remove(index as usize);
    Ok(from_i64(i64::from(byte)))
}

fn remove(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    let byte = byte_item(ctx, &args[1], "byte")?;
    let found = memchr::memchr(byte, &array.data.borrow());
    let Some(index) = found else { return Err(ctx.value_error("value not found in bytearray")) };
    check_resizable(ctx, array)?;
    array.data.borrow_mut().remove(index);
    Ok(Value::NONE)
}

fn clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let array = array(ctx, args)?;
    check_resizable(ctx, array)?;
    array.data.borrow_mut().clear();
    Ok(Value::NONE)
}

fn reverse(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    array(ctx, args)?.data.borrow_mut().reverse();
    Ok(Value::NONE)
}

fn new_from_hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = new_bytearray(from_hex(ctx, &args[1])?).into_value();
    if args[0].is(ctx.types.bytearray.value()) {
        return Ok(data);
    }
    protocol::call(ctx, &args[0], &[data])
}

fn reduce_ex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let version = if args[1].is_empty() { 0 } else { protocol::convert::as_i32(ctx, &args[1])? };
    reduce(ctx, &args[0], version)
}

fn reduce(ctx: &mut Ctx, this_value: &Value, version: i32) -> PyResult {
    let data = this(this_value).into_owned();
    let arguments = if data.is_empty() {
        new_tuple([])
    } else if version < 3 {
        let text: String = data.iter().map(|byte| char::from(*byte)).collect();
        new_tuple([ctx.str(text), ctx.str("latin-1")])
    } else {
        new_tuple([bytes::new_bytes(data).into_value()])
    };
    let attributes = protocol::attribute::attribute_dict(this_value).unwrap_or(Value::NONE);
    let class = protocol::class_of(ctx, this_value).into_value();
    Ok(new_tuple([class, arguments.into_value(), attributes]).into_value())
}
