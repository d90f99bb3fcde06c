//! `memoryview`: a window on the bytes of another object.
//!
//! A view holds an export of a `bytearray`, which cannot change its length meanwhile; releasing or dropping the view gives
//! it back. A view has one dimension with any step, or several dimensions of contiguous items.
//!
//! Source: Standard Library "Memory Views", "struct" for the formats of items.

use std::cell::Cell;

use num_bigint::BigInt;

use super::arguments::given;
use super::buffer::bytes_of;
use super::bytes::{ByteArray, Bytes, new_bytes};
use super::bytes_methods::hex_text;
use super::construct::{bad_self, requested_shape};
use super::ctx::Ctx;
use super::float::new_float;
use super::foreign::Foreign;
use super::heap::{Obj, Payload, Slot, alloc};
use super::int::{self, from_i64, from_u64, from_usize};
use super::iterator::{NativeIterator, new_iter};
use super::kind::Kind;
use super::list::{List, new_list};
use super::native::{PyResult, Raised};
use super::protocol;
use super::shape::ShapeId;
use super::slice::{self, Slice};
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    /// Return a buffer object that exposes the underlying memory of the object.
    method "__buffer__(self, flags, /)" => |ctx, args| view_of(ctx, &args[0]);
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, object)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => to_text;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return len(self).
    method "__len__(self, /)" => |ctx, args| live(ctx, args).map(|view| from_usize(view.shape()[0]));
    /// Return self[key].
    method "__getitem__(self, key, /)" => get_item;
    /// Set self[key] to value.
    method "__setitem__(self, key, value, /)" => set_item;
    /// Delete self[key].
    method "__delitem__(self, key, /)" => delete_item;
    /// Implement iter(self).
    method "__iter__(self, /)" => iterate;
    /// Return self==value.
    method "__eq__(self, value, /)" => |ctx, args| Ok(equal(ctx, args)?.map_or(Value::NOT_IMPLEMENTED, Value::bool));
    /// Return self!=value.
    method "__ne__(self, value, /)" => |ctx, args| Ok(equal(ctx, args)?.map_or(Value::NOT_IMPLEMENTED, |same| Value::bool(!same)));
    /// Return self<value.
    method "__lt__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self<=value.
    method "__le__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self>value.
    method "__gt__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self>=value.
    method "__ge__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    ///
    method "__enter__(self, /)" => |ctx, args| live(ctx, args).map(Obj::to_value);
    /// Release the underlying buffer exposed by the memoryview object.
    method "__exit__(self, /, *exc_info)" => release;
    /// Release the underlying buffer exposed by the memoryview object.
    method "release(self, /)" => release;
    /// Return the data in the buffer as a byte string.
    ///
    /// Order can be {'C', 'F', 'A'}. When order is 'C' or 'F', the data of the
    /// original array is converted to C or Fortran order. For contiguous views,
    /// 'A' returns an exact copy of the physical memory. In particular, in-memory
    /// Fortran order is preserved. For non-contiguous views, the data is converted
    /// to C first. order=None is the same as order='C'.
    method "tobytes(self, /, order='C')" => |ctx, args| live(ctx, args).map(|view| new_bytes(view.to_bytes().unwrap_or_default()).into_value());
    /// Return the data in the buffer as a list of elements.
    method "tolist(self, /)" => to_list;
    /// Return the data in the buffer as a str of hexadecimal numbers.
    ///
    ///   sep
    ///     An optional single character or byte to separate hex bytes.
    ///   bytes_per_sep
    ///     How many bytes between separators.  Positive values count from the
    ///     right, negative values count from the left.
    ///
    /// Example:
    /// >>> value = memoryview(b'\xb9\x01\xef')
    /// >>> value.hex()
    /// 'b901ef'
    /// >>> value.hex(':')
    /// 'b9:01:ef'
    /// >>> value.hex(':', 2)
    /// 'b9:01ef'
    /// >>> value.hex(':', -2)
    /// 'b901:ef'
    method "hex(self, /, sep=<unrepresentable>, bytes_per_sep=1)" => hex;
    /// Cast a memoryview to a new format or shape.
    method "cast(self, /, format, shape=<unrepresentable>)" => cast;
    /// Return a readonly version of the memoryview.
    method "toreadonly(self, /)" => |ctx, args| { let view = live(ctx, args)?; Ok(view.derive(|new| new.readonly = true)) };
    /// The underlying object of the memoryview.
    getter "obj(self)" => |ctx, args| live(ctx, args).map(|view| if view.exporter.is_empty() { view.object.get() } else { view.exporter.get() });
    /// The amount of space in bytes that the array would use in
    ///  a contiguous representation.
    getter "nbytes(self)" => |ctx, args| live(ctx, args).map(|view| from_usize(view.length * view.format.size));
    /// The size in bytes of each element of the memoryview.
    getter "itemsize(self)" => |ctx, args| live(ctx, args).map(|view| from_usize(view.format.size));
    /// A string containing the format (in struct module style)
    ///  for each element in the view.
    getter "format(self)" => |ctx, args| { let format = live(ctx, args)?.format; Ok(ctx.str(format.text())) };
    /// An integer indicating how many dimensions of a multi-dimensional
    ///  array the memory represents.
    getter "ndim(self)" => |ctx, args| live(ctx, args).map(|view| from_usize(view.shape().len()));
    /// A tuple of ndim integers giving the shape of the memory
    ///  as an N-dimensional array.
    getter "shape(self)" => |ctx, args| live(ctx, args).map(|view| row(view.shape().into_iter().map(|size| size as isize)));
    /// A tuple of ndim integers giving the size in bytes to access
    ///  each element for each dimension of the array.
    getter "strides(self)" => |ctx, args| live(ctx, args).map(|view| row(view.strides()));
    /// A tuple of integers used internally for PIL-style arrays.
    getter "suboffsets(self)" => |ctx, args| live(ctx, args).map(|_| new_tuple([]).into_value());
    /// A bool indicating whether the memory is read only.
    getter "readonly(self)" => |ctx, args| live(ctx, args).map(|view| Value::bool(view.readonly));
    /// A bool indicating whether the memory is C contiguous.
    getter "c_contiguous(self)" => |ctx, args| live(ctx, args).map(|view| Value::bool(view.is_contiguous()));
    /// A bool indicating whether the memory is Fortran contiguous.
    getter "f_contiguous(self)" => |ctx, args| live(ctx, args).map(|view| Value::bool(view.is_contiguous() && view.dims.len() < 2));
    /// A bool indicating whether the memory is contiguous.
    getter "contiguous(self)" => |ctx, args| live(ctx, args).map(|view| Value::bool(view.is_contiguous()));
}

/// The format of items: one of `struct`'s characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The character.
    pub code: char,
    /// Bytes of an item.
    pub size: usize,
    /// Whether `@` was written in front.
    pub prefixed: bool,
}

impl Format {
    /// Unsigned bytes, the format of bytes-like objects.
    pub const BYTES: Format = Format { code: 'B', size: 1, prefixed: false };

    fn parse(text: &str) -> Option<Format> {
        let (code, prefixed) = text.strip_prefix('@').map_or((text, false), |code| (code, true));
        let mut chars = code.chars();
        let (code, None) = (chars.next()?, chars.next()) else { return None };
        let size = match code {
            'B' | 'b' | 'c' | '?' => 1,
            'h' | 'H' => 2,
            'i' | 'I' | 'f' => 4,
            'l' | 'L' | 'q' | 'Q' | 'n' | 'N' | 'P' | 'd' => 8,
            _ => return None,
        };
        Some(Format { code, size, prefixed })
    }

    /// The format of the items of an `array`, which may also be characters.
    pub fn of_array(code: &str) -> Option<Format> {
        match code {
            "u" | "w" => Some(Format { code: 'w', size: 4, prefixed: false }),
            _ => Format::parse(code),
        }
    }

    fn text(self) -> String {
        if self.prefixed { format!("@{}", self.code) } else { self.code.to_string() }
    }

    fn is_bytes(self) -> bool {
        matches!(self.code, 'B' | 'b' | 'c')
    }

    fn is_signed(self) -> bool {
        matches!(self.code, 'b' | 'h' | 'i' | 'l' | 'q' | 'n')
    }

    /// The value of an item.
    fn unpack(self, item: &[u8]) -> Value {
        let mut word = [0; 8];
        word[..item.len()].copy_from_slice(item);
        let unsigned = u64::from_le_bytes(word);
        match self.code {
            'c' => new_bytes(item.to_vec()).into_value(),
            '?' => Value::bool(unsigned != 0),
            'f' => new_float(f64::from(f32::from_bits(unsigned as u32))),
            'd' => new_float(f64::from_bits(unsigned)),
            _ if self.is_signed() => {
                let unused = 64 - 8 * self.size;
                from_i64((unsigned << unused) as i64 >> unused)
            }
            _ => from_u64(unsigned),
        }
    }

    /// The bytes of an item.
    fn pack(self, ctx: &mut Ctx, value: &Value) -> PyResult<Vec<u8>> {
        match self.code {
            'c' => match value.downcast_ref::<Bytes>() {
                Some(bytes) if bytes.data.len() == 1 => Ok(bytes.data.to_vec()),
                Some(_) => Err(self.invalid(ctx, "value")),
                None => Err(self.invalid(ctx, "type")),
            },
            '?' => Ok(vec![u8::from(protocol::truth(ctx, value)?)]),
            'f' | 'd' => {
                let names = [ctx.names.__float__.clone(), ctx.names.__index__.clone()];
                if !names.iter().any(|name| protocol::lookup_special(ctx, value, name).is_some()) {
                    return Err(self.invalid(ctx, "type"));
                }
                let number = protocol::convert::as_f64(ctx, value)?;
                Ok(if self.code == 'f' {
                    (number as f32).to_le_bytes().to_vec()
                } else {
                    number.to_le_bytes().to_vec()
                })
            }
            _ => {
                if !int::is_int(value) && protocol::lookup_special(ctx, value, &ctx.names.__index__).is_none() {
                    return Err(self.invalid(ctx, "type"));
                }
                let number = protocol::as_index(ctx, value)?;
                let bits = 8 * self.size - usize::from(self.is_signed());
                let limit = BigInt::from(1) << bits;
                let least = if self.is_signed() { -limit.clone() } else { BigInt::ZERO };
                if number >= limit || number < least {
                    return Err(self.invalid(ctx, "value"));
                }
                let mut bytes = number.to_signed_bytes_le();
                bytes.resize(self.size, if number < BigInt::ZERO { 0xff } else { 0 });
                Ok(bytes)
            }
        }
    }

    #[cold]
    fn invalid(self, ctx: &mut Ctx, what: &str) -> Raised {
        let message = format!("memoryview: invalid {what} for format '{}'", self.text());
        if what == "type" { ctx.type_error(message) } else { ctx.value_error(message) }
    }
}

/// The payload of `memoryview`.
pub struct MemoryView {
    /// The object that has the bytes; empty after `release()`.
    pub object: Slot,
    /// Who shows the object as its own, an `array` for one; empty when it is the object itself.
    pub exporter: Slot,
    /// Offset of the first item in bytes.
    pub start: usize,
    /// Number of items, in all dimensions together.
    pub length: usize,
    /// Distance of items in items.
    pub step: isize,
    /// What an item is.
    pub format: Format,
    /// Whether items cannot be set.
    pub readonly: bool,
    /// The sizes of several dimensions; empty for one.
    pub dims: Box<[usize]>,
    /// The hash, 0 until asked for.
    pub hash: Cell<i64>,
}

impl Payload for MemoryView {
    const KIND: Kind = Kind::MemoryView;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.object.peek(&mut *visit);
        self.exporter.peek(visit);
    }

    fn clear(&self) {
        self.release();
    }
}

impl Drop for MemoryView {
    fn drop(&mut self) {
        self.release();
    }
}

impl MemoryView {
    /// A view of the same object, counted as an export.
    fn exporting(
        object: Value,
        start: usize,
        length: usize,
        step: isize,
        format: Format,
        readonly: bool,
    ) -> MemoryView {
        if let Some(array) = object.downcast_ref::<ByteArray>() {
            array.exports.set(array.exports.get() + 1);
        }
        let object = Slot::new(object);
        let exporter = Slot::default();
        MemoryView { object, exporter, start, length, step, format, readonly, dims: Box::default(), hash: Cell::new(0) }
    }

    /// Gives the bytes back.
    fn release(&self) {
        self.exporter.take();
        if let Some(array) = self.object.take().downcast_ref::<ByteArray>() {
            array.exports.set(array.exports.get() - 1);
        }
    }

    /// Offset in bytes of an item.
    fn offset(&self, index: usize) -> usize {
        (self.start as isize + index as isize * self.step * self.format.size as isize) as usize
    }

    fn shape(&self) -> Vec<usize> {
        if self.dims.is_empty() { vec![self.length] } else { self.dims.to_vec() }
    }

    fn strides(&self) -> Vec<isize> {
        let size = self.format.size as isize;
        if self.dims.is_empty() {
            return vec![self.step * size];
        }
        let below = |dim: usize| self.dims[dim + 1..].iter().product::<usize>() as isize;
        (0..self.dims.len()).map(|dim| below(dim) * size).collect()
    }

    fn is_contiguous(&self) -> bool {
        self.step == 1 || self.length <= 1
    }

    /// Looks at the bytes of the object.
    fn with_data<R>(&self, look: impl FnOnce(&[u8]) -> R) -> Option<R> {
        let object = self.object.get();
        if let Some(bytes) = object.downcast_ref::<Bytes>() {
            return Some(look(&bytes.data));
        }
        Some(look(&object.downcast_ref::<ByteArray>()?.data.borrow()))
    }

    /// A copy of the bytes of the items in order; None after `release()`.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.with_data(|data| {
            let mut bytes = Vec::with_capacity(self.length * self.format.size);
            for index in 0..self.length {
                let at = self.offset(index);
                bytes.extend_from_slice(data.get(at..at + self.format.size).unwrap_or_default());
            }
            bytes
        })
    }

    /// The value of an item.
    fn item(&self, index: usize) -> Option<Value> {
        let at = self.offset(index);
        self.with_data(|data| data.get(at..at + self.format.size).map(|item| self.format.unpack(item)))?
    }

    /// A new view that differs in something.
    fn derive(&self, change: impl FnOnce(&mut MemoryView)) -> Value {
        let mut view =
            MemoryView::exporting(self.object.get(), self.start, self.length, self.step, self.format, self.readonly);
        view.dims = self.dims.clone();
        view.exporter = Slot::new(self.exporter.get());
        change(&mut view);
        alloc(ShapeId::exact(Kind::MemoryView), view).into_value()
    }
}

/// `self`, which must not be released.
fn live<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<MemoryView>> {
    match args[0].downcast_ref::<MemoryView>() {
        Some(view) if !view.object.is_empty() => Ok(view),
        Some(_) => Err(ctx.value_error("operation forbidden on released memoryview object")),
        None => Err(bad_self(ctx, "memoryview", &args[0])),
    }
}

fn row(sizes: impl IntoIterator<Item = isize>) -> Value {
    let items: Vec<Value> = sizes.into_iter().map(|size| from_i64(size as i64)).collect();
    new_tuple(items).into_value()
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.memoryview.clone();
    requested_shape(ctx, &args[0], &class)?;
    view_of(ctx, &args[1])
}

/// `memoryview(object)`
///
/// # Errors
/// TypeError for what is not bytes-like; ValueError for a released view.
pub fn view_of(ctx: &mut Ctx, object: &Value) -> PyResult {
    if let Some((store, format)) = object.downcast_ref::<Foreign>().and_then(|exporter| exporter.buffer()) {
        let count = store.downcast_ref::<ByteArray>().map_or(0, |array| array.data.borrow().len() / format.size);
        let mut view = MemoryView::exporting(store, 0, count, 1, format, false);
        view.exporter = Slot::new(object.clone());
        return Ok(alloc(ShapeId::exact(Kind::MemoryView), view).into_value());
    }
    let (length, readonly) = if let Some(bytes) = object.downcast_ref::<Bytes>() {
        (bytes.data.len(), true)
    } else if let Some(array) = object.downcast_ref::<ByteArray>() {
        (array.data.borrow().len(), false)
    } else if object.is_kind::<MemoryView>() {
        return live(ctx, std::slice::from_ref(object)).map(|view| view.derive(|_| {}));
    } else {
        return Err(protocol::type_mismatch(ctx, "memoryview: a bytes-like object is required, not '{}'", object));
    };
    let view = MemoryView::exporting(object.clone(), 0, length, 1, Format::BYTES, readonly);
    Ok(alloc(ShapeId::exact(Kind::MemoryView), view).into_value())
}

fn to_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let released = args[0].downcast_ref::<MemoryView>().is_some_and(|view| view.object.is_empty());
    let state = if released { "released memory" } else { "memory" };
    Ok(ctx.str(format!("<{state} at {:#x}>", args[0].id())))
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let view = live(ctx, args)?;
    if view.hash.get() == 0 {
        if !view.readonly {
            return Err(ctx.value_error("cannot hash writable memoryview object"));
        }
        if !view.format.is_bytes() {
            return Err(ctx.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
        }
        view.hash.set(hashing::bytes(&view.to_bytes().unwrap_or_default()));
    }
    Ok(from_i64(view.hash.get()))
}

fn release(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if let Some(view) = args[0].downcast_ref::<MemoryView>() {
        view.release();
    }
    Ok(Value::NONE)
}

/// Compares items; None when the other operand is not bytes-like.
fn equal(ctx: &mut Ctx, args: &[Value]) -> PyResult<Option<bool>> {
    let Some(this) = args[0].downcast_ref::<MemoryView>() else { return Ok(None) };
    let other = if args[1].is_kind::<MemoryView>() {
        args[1].clone()
    } else if bytes_of(&args[1]).is_some() {
        view_of(ctx, &args[1])?
    } else {
        return Ok(None);
    };
    let Some(other) = other.downcast_ref::<MemoryView>() else { return Ok(None) };
    if this.object.is_empty() || other.object.is_empty() {
        return Ok(Some(args[0].is(&args[1])));
    }
    if this.shape() != other.shape() {
        return Ok(Some(false));
    }
    if this.format.code == other.format.code && !matches!(this.format.code, 'f' | 'd') {
        return Ok(Some(this.to_bytes() == other.to_bytes()));
    }
    for index in 0..this.length {
        let (Some(a), Some(b)) = (this.item(index), other.item(index)) else { return Ok(Some(false)) };
        // A not-a-number is unequal even to itself here.
        let unordered = super::float::to_f64(&a).is_some_and(f64::is_nan);
        if unordered || !protocol::equal(ctx, &a, &b)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// What a key selects.
enum Selected {
    Item(usize),
    Slice(isize, isize, usize),
}

fn select(ctx: &mut Ctx, view: &MemoryView, key: &Value) -> PyResult<Selected> {
    if let Some(slice) = key.downcast_ref::<Slice>() {
        if !view.dims.is_empty() {
            return Err(ctx.not_implemented_error("multi-dimensional slicing is not implemented"));
        }
        let (start, _, step, count) = slice::resolve(ctx, slice, view.length)?;
        return Ok(Selected::Slice(start, step, count));
    }
    if let Some(keys) = key.downcast_ref::<Tuple>() {
        return select_by_tuple(ctx, view, keys.items());
    }
    if !int::is_int(key) && protocol::lookup_special(ctx, key, &ctx.names.__index__).is_none() {
        return Err(ctx.type_error("memoryview: invalid slice key"));
    }
    if !view.dims.is_empty() {
        return Err(ctx.not_implemented_error("multi-dimensional sub-views are not implemented"));
    }
    position(ctx, view.length, key, 1).map(Selected::Item)
}

fn position(ctx: &mut Ctx, length: usize, key: &Value, dimension: usize) -> PyResult<usize> {
    let index = protocol::convert::as_sequence_index(ctx, key)?;
    let index = if index < 0 { index + length as isize } else { index };
    match usize::try_from(index) {
        Ok(index) if index < length => Ok(index),
        _ => Err(ctx.index_error(format!("index out of bounds on dimension {dimension}"))),
    }
}

fn select_by_tuple(ctx: &mut Ctx, view: &MemoryView, keys: &[Value]) -> PyResult<Selected> {
    let shape = view.shape();
    let has_index = |ctx: &Ctx, key: &Value| protocol::lookup_special(ctx, key, &ctx.names.__index__).is_some();
    if !keys.iter().all(|key| has_index(ctx, key)) {
        return Err(ctx.type_error("memoryview: invalid slice key"));
    }
    if keys.len() < shape.len() {
        return Err(ctx.not_implemented_error("sub-views are not implemented"));
    }
    if keys.len() > shape.len() {
        let (dims, given) = (shape.len(), keys.len());
        return Err(ctx.type_error(format!("cannot index {dims}-dimension view with {given}-element tuple")));
    }
    let mut index = 0;
    for (dimension, (key, size)) in keys.iter().zip(&shape).enumerate() {
        index = index * size + position(ctx, *size, key, dimension + 1)?;
    }
    Ok(Selected::Item(index))
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let view = live(ctx, args)?;
    match select(ctx, view, &args[1])? {
        Selected::Item(index) => {
            // The key's __index__ may have released the view.
            let view = live(ctx, args)?;
            Ok(view.item(index).unwrap_or(Value::NONE))
        }
        Selected::Slice(start, step, count) => {
            let view = live(ctx, args)?;
            Ok(view.derive(|new| {
                new.start = if count == 0 { view.start } else { view.offset(start as usize) };
                new.length = count;
                new.step = view.step * step;
            }))
        }
    }
}

fn set_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let view = live(ctx, args)?;
    if view.readonly {
        return Err(ctx.type_error("cannot modify read-only memory"));
    }
    match select(ctx, view, &args[1])? {
        Selected::Item(index) => {
            let item = view.format.pack(ctx, &args[2])?;
            let view = live(ctx, args)?;
            store(view, index, &item);
        }
        Selected::Slice(start, step, count) => {
            if bytes_of(&args[2]).is_none() {
                return Err(protocol::type_mismatch(ctx, "a bytes-like object is required, not '{}'", &args[2]));
            }
            let source = view_of(ctx, &args[2])?;
            let view = live(ctx, args)?;
            let data = source.downcast_ref::<MemoryView>().filter(|source| {
                source.format.code == view.format.code && source.length == count && source.dims.is_empty()
            });
            let Some(data) = data.and_then(|source| source.to_bytes()) else {
                let message = "memoryview assignment: lvalue and rvalue have different structures";
                return Err(ctx.value_error(message));
            };
            for (index, item) in slice::selected(start, step, count).zip(data.chunks(view.format.size)) {
                store(view, index, item);
            }
        }
    }
    Ok(Value::NONE)
}

/// Writes the bytes of an item.
fn store(view: &MemoryView, index: usize, item: &[u8]) {
    let object = view.object.get();
    if let Some(array) = object.downcast_ref::<ByteArray>() {
        let at = view.offset(index);
        if let Some(place) = array.data.borrow_mut().get_mut(at..at + item.len()) {
            place.copy_from_slice(item);
        }
    }
}

fn delete_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if live(ctx, args)?.readonly {
        return Err(ctx.type_error("cannot modify read-only memory"));
    }
    Err(ctx.type_error("cannot delete memory"))
}

fn to_list(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let view = live(ctx, args)?;
    let mut items: Vec<Value> = (0..view.length).map(|index| view.item(index).unwrap_or(Value::NONE)).collect();
    // The last dimension makes the innermost lists.
    for size in view.dims.iter().skip(1).rev() {
        let mut rest = items.into_iter();
        let mut rows = Vec::new();
        loop {
            let row: Vec<Value> = rest.by_ref().take(*size).collect();
            if row.is_empty() {
                break;
            }
            rows.push(new_list(row).into_value());
        }
        items = rows;
    }
    Ok(new_list(items).into_value())
}

fn hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = live(ctx, args)?.to_bytes().unwrap_or_default();
    let text = hex_text(ctx, &data, &args[1], &args[2])?;
    Ok(ctx.str(text))
}

fn cast(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let view = live(ctx, args)?;
    let text = protocol::text::expect_str(ctx, &args[1], "cast() argument 'format' must be str, not {}")?;
    let dims = match given(&args[2]) {
        Some(shape) => Some(dimensions(ctx, shape)?),
        None => None,
    };
    if !view.is_contiguous() {
        return Err(ctx.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let Some(format) = Format::parse(text.as_str()) else {
        let message =
            "memoryview: destination format must be a native single character format prefixed with an optional '@'";
        return Err(ctx.value_error(message));
    };
    if !format.is_bytes() && !view.format.is_bytes() {
        return Err(ctx.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let size = view.length * view.format.size;
    if size % format.size != 0 {
        return Err(ctx.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let length = size / format.size;
    if let Some(dims) = &dims
        && dims.iter().try_fold(1usize, |product, dim| product.checked_mul(*dim)) != Some(length)
    {
        return Err(ctx.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    let dims = dims.filter(|dims| dims.len() > 1).unwrap_or_default();
    Ok(view.derive(|new| {
        (new.format, new.length, new.step, new.dims) = (format, length, 1, dims.into());
    }))
}

fn dimensions(ctx: &mut Ctx, shape: &Value) -> PyResult<Vec<usize>> {
    if !shape.is_kind::<List>() && !shape.is_kind::<Tuple>() {
        return Err(ctx.type_error("shape must be a list or a tuple"));
    }
    let mut dims = Vec::new();
    for size in protocol::collect(ctx, shape)? {
        if !int::is_int(&size) {
            return Err(ctx.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        match usize::try_from(protocol::as_isize(ctx, &size)?) {
            Ok(size) if size > 0 => dims.push(size),
            _ => return Err(ctx.value_error("memoryview.cast(): elements of shape must be integers > 0")),
        }
    }
    Ok(dims)
}

fn iterate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let view = live(ctx, args)?;
    if !view.dims.is_empty() {
        return Err(ctx.not_implemented_error("multi-dimensional sub-views are not implemented"));
    }
    let source = ItemIterator { view: Slot::new(view.to_value()), index: Cell::new(0) };
    Ok(new_iter(ctx.types.memory_iterator.instance_shape.get(), source).into_value())
}

/// The items of a view, one by one.
struct ItemIterator {
    view: Slot,
    index: Cell<usize>,
}

impl NativeIterator for ItemIterator {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let view = [self.view.get()];
        if view[0].is_empty() {
            return Ok(None);
        }
        let view = live(ctx, &view)?;
        let index = self.index.get();
        if index >= view.length {
            self.view.set(Value::EMPTY);
            return Ok(None);
        }
        self.index.set(index + 1);
        Ok(view.item(index))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.view.peek(visit);
    }

    fn clear(&self) {
        self.view.take();
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
