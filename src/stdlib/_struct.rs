//! Module `_struct`: values as the bytes of C structures, for `struct`.
//!
//! A format is compiled into a list of fields with their offsets; packing and unpacking walk over it. Native sizes and
//! alignment are those of a 64-bit Unix.
//!
//! Source: Standard Library "struct".

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use num_bigint::BigInt;
use rustc_hash::FxHashMap;

use crate::objects::arguments::{positional, text_of};
use crate::objects::buffer;
use crate::objects::bytes::{ByteArray, Bytes, new_bytes};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::float::new_float;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Ref, Slot};
use crate::objects::int;
use crate::objects::iterator::{self, NativeIterator, new_iter};
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::{PyResult, Raised, shape_asked};
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;

crate::natives! { static FUNCTIONS:
    /// Clear the internal cache.
    function "_clearcache()" => |ctx, _| {
        ctx.state::<State>().cache.clear();
        Ok(Value::NONE)
    };
    /// Return size in bytes of the struct described by the format string.
    function "calcsize(format, /)" => |ctx, args| Ok(int::from_usize(cached(ctx, &args[0])?.size));
    /// Return a bytes object containing values packed according to the format string.
    function "pack(format, /, *values)" => |ctx, args| {
        let layout = cached(ctx, &args[0])?;
        pack_new(ctx, &layout, positional(&args[1]))
    };
    /// Pack values into a buffer at an offset.
    function "pack_into(format, buffer, offset, /, *values)" => |ctx, args| {
        let layout = cached(ctx, &args[0])?;
        pack_into(ctx, &layout, &args[1], &args[2], positional(&args[3]))
    };
    /// Return a tuple containing values unpacked according to the format string.
    function "unpack(format, buffer, /)" => |ctx, args| {
        let layout = cached(ctx, &args[0])?;
        unpack(ctx, &layout, &args[1])
    };
    /// Return a tuple containing values unpacked according to the format string.
    function "unpack_from(format, /, buffer, offset=0)" => |ctx, args| {
        let layout = cached(ctx, &args[0])?;
        unpack_from(ctx, &layout, &args[1], &args[2])
    };
    /// Return an iterator yielding tuples unpacked from the given bytes.
    function "iter_unpack(format, buffer, /)" => |ctx, args| {
        let layout = cached(ctx, &args[0])?;
        iter_unpack(ctx, layout, &args[1])
    };
}

crate::natives! { static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    method "__init__(self, /, format)" => init;
    /// S.pack(v1, v2, ...) -> bytes
    method "pack(self, /, *values)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        pack_new(ctx, &layout, positional(&args[1]))
    };
    /// S.pack_into(buffer, offset, v1, v2, ...)
    method "pack_into(self, buffer, offset, /, *values)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        pack_into(ctx, &layout, &args[1], &args[2], positional(&args[3]))
    };
    /// Return a tuple containing unpacked values.
    method "unpack(self, buffer, /)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        unpack(ctx, &layout, &args[1])
    };
    /// Return a tuple containing unpacked values.
    method "unpack_from(self, /, buffer, offset=0)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        unpack_from(ctx, &layout, &args[1], &args[2])
    };
    /// Return an iterator yielding tuples.
    method "iter_unpack(self, buffer, /)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        iter_unpack(ctx, layout, &args[1])
    };
    /// struct format string
    getter "format(self)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        Ok(ctx.str(layout.format.as_str()))
    };
    /// struct size in bytes
    getter "size(self)" => |ctx, args| Ok(int::from_usize(layout_of(ctx, &args[0])?.size));
    /// Return repr(self).
    method "__repr__(self, /)" => |ctx, args| {
        let layout = layout_of(ctx, &args[0])?;
        let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
        let format = crate::text::repr::string(&layout.format);
        Ok(ctx.str(format!("{name}({format})")))
    };
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    Pad,
    Char,
    Signed,
    Unsigned,
    Bool,
    Half,
    Single,
    Double,
    /// `s`
    Text,
    /// `p`
    Pascal,
    Pointer,
}

/// A run of equal fields.
struct Field {
    code: Code,
    letter: char,
    offset: usize,
    size: usize,
    count: usize,
}

/// A compiled format.
struct Layout {
    format: String,
    fields: Vec<Field>,
    size: usize,
    /// How many values it takes.
    values: usize,
    big_endian: bool,
    native: bool,
}

/// The state of the module.
#[derive(Default)]
struct State {
    iterator: Option<Ref<Class>>,
    error: Option<Ref<Class>>,
    cache: FxHashMap<String, Rc<Layout>>,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_struct", Some("Functions to convert between Python values and C structs."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_struct", def));
    }
    let object = ctx.types.object.clone();
    let doc = "Struct(fmt) --> compiled struct object";
    let class_flags = flags::SUBCLASSABLE | flags::HAS_WEAKREF;
    let structs = ctx.types.define_class("Struct", "_struct", doc, &[&object], Kind::Foreign, class_flags, &[METHODS]);
    let tables: &[&'static [_]] = &[iterator::METHODS, iterator::HINT_METHODS];
    let iterator = ctx.types.define_class("unpack_iterator", "_struct", "", &[&object], Kind::Iter, 0, tables);
    let exception = ctx.exceptions.Exception.clone();
    let error_flags = flags::SUBCLASSABLE | flags::HAS_DICT;
    // A second module, made after the first was taken out of sys.modules, raises the same exception.
    let known = ctx.state::<State>().error.take();
    let define =
        |ctx: &mut Ctx| ctx.types.define_class("error", "struct", "", &[&exception], Kind::Exception, error_flags, &[]);
    let error = known.unwrap_or_else(|| define(ctx));
    module.dict.set_str(&intern("Struct"), structs.into_value());
    module.dict.set_str(&intern("error"), error.value().clone());
    *ctx.state::<State>() = State { iterator: Some(iterator), error: Some(error), cache: FxHashMap::default() };
    Ok(module.into_value())
}

#[cold]
fn fail(ctx: &mut Ctx, message: impl Into<String>) -> Raised {
    match ctx.state::<State>().error.clone() {
        Some(class) => ctx.raise(&class, message),
        None => ctx.value_error(message),
    }
}

/// The data of a `Struct`.
struct Struct {
    layout: RefCell<Option<Rc<Layout>>>,
}

impl ForeignData for Struct {}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    Ok(new_foreign(shape, Struct { layout: RefCell::new(None) }).into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let layout = cached(ctx, &args[1])?;
    if let Some(this) = data_of::<Struct>(&args[0]) {
        this.layout.replace(Some(layout));
    }
    Ok(Value::NONE)
}

fn layout_of(ctx: &mut Ctx, value: &Value) -> PyResult<Rc<Layout>> {
    match data_of::<Struct>(value).and_then(|this| this.layout.borrow().clone()) {
        Some(layout) => Ok(layout),
        None => Err(ctx.runtime_error("Struct object is not initialized")),
    }
}

fn cached(ctx: &mut Ctx, format: &Value) -> PyResult<Rc<Layout>> {
    if let Some(this) = data_of::<Struct>(format).and_then(|this| this.layout.borrow().clone()) {
        return Ok(this);
    }
    let text = if let Some(bytes) = format.downcast_ref::<Bytes>() {
        bytes.data.iter().map(|byte| char::from(*byte)).collect()
    } else if format.is_kind::<Str>() {
        text_of(format)
    } else {
        let message = "Struct() argument 1 must be a str or bytes object, not {}";
        return Err(protocol::type_mismatch(ctx, message, format));
    };
    if let Some(layout) = ctx.state::<State>().cache.get(&text) {
        return Ok(layout.clone());
    }
    if !text.is_ascii() {
        return Err(fail(ctx, "bad char in struct format"));
    }
    let layout = match compile(&text) {
        Ok(layout) => Rc::new(layout),
        Err(message) => return Err(fail(ctx, message)),
    };
    let cache = &mut ctx.state::<State>().cache;
    if cache.len() >= 100 {
        cache.clear();
    }
    cache.insert(text, layout.clone());
    Ok(layout)
}

fn compile(format: &str) -> Result<Layout, &'static str> {
    let (native, big_endian, rest) = match format.chars().next() {
        Some('@') => (true, false, &format[1..]),
        Some('=') | Some('<') => (false, false, &format[1..]),
        Some('>') | Some('!') => (false, true, &format[1..]),
        _ => (true, false, format),
    };
    let mut fields = Vec::new();
    let (mut size, mut values) = (0usize, 0usize);
    let mut chars = rest.chars().peekable();
    const TOO_LONG: &str = "total struct size too long";
    while let Some(c) = chars.next() {
        if c.is_ascii_whitespace() || c == '\x0b' {
            continue;
        }
        let (mut count, mut letter) = (1usize, c);
        if let Some(digit) = c.to_digit(10) {
            count = digit as usize;
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                chars.next();
                count = count
                    .checked_mul(10)
                    .and_then(|count| count.checked_add(digit as usize))
                    .ok_or("overflow in item count")?;
            }
            letter = chars.next().ok_or("repeat count given without format specifier")?;
        }
        let (code, width) = match letter {
            '\0' => return Err("embedded null character"),
            'x' => (Code::Pad, 1),
            'c' => (Code::Char, 1),
            'b' => (Code::Signed, 1),
            'B' => (Code::Unsigned, 1),
            '?' => (Code::Bool, 1),
            'h' => (Code::Signed, 2),
            'H' => (Code::Unsigned, 2),
            'i' => (Code::Signed, 4),
            'I' => (Code::Unsigned, 4),
            'l' => (Code::Signed, if native { 8 } else { 4 }),
            'L' => (Code::Unsigned, if native { 8 } else { 4 }),
            'q' => (Code::Signed, 8),
            'Q' => (Code::Unsigned, 8),
            'n' if native => (Code::Signed, 8),
            'N' if native => (Code::Unsigned, 8),
            'P' if native => (Code::Pointer, 8),
            'e' => (Code::Half, 2),
            'f' => (Code::Single, 4),
            'd' => (Code::Double, 8),
            's' => (Code::Text, 1),
            'p' => (Code::Pascal, 1),
            _ => return Err("bad char in struct format"),
        };
        if native {
            size = size.checked_next_multiple_of(width).ok_or(TOO_LONG)?;
        }
        let total = count.checked_mul(width).ok_or(TOO_LONG)?;
        let end = size.checked_add(total).filter(|end| *end <= isize::MAX as usize).ok_or(TOO_LONG)?;
        match code {
            Code::Pad => {}
            Code::Text | Code::Pascal => {
                fields.push(Field { code, letter, offset: size, size: count, count: 1 });
                values += 1;
            }
            _ if count > 0 => {
                fields.push(Field { code, letter, offset: size, size: width, count });
                values += count;
            }
            _ => {}
        }
        size = end;
    }
    Ok(Layout { format: format.to_owned(), fields, size, values, big_endian, native })
}

fn pack_new(ctx: &mut Ctx, layout: &Layout, values: &[Value]) -> PyResult {
    check_count(ctx, layout, values, "pack", 0)?;
    if layout.size > 1 << 40 {
        return Err(crate::objects::sequence::out_of_memory(ctx));
    }
    crate::objects::sequence::check_room(ctx, layout.size)?;
    let mut out = vec![0; layout.size];
    pack(ctx, layout, values, &mut out)?;
    Ok(new_bytes(out).into_value())
}

fn check_count(ctx: &mut Ctx, layout: &Layout, values: &[Value], name: &str, _: usize) -> PyResult<()> {
    if values.len() != layout.values {
        let message = format!("{name} expected {} items for packing (got {})", layout.values, values.len());
        return Err(fail(ctx, message));
    }
    Ok(())
}

fn pack(ctx: &mut Ctx, layout: &Layout, values: &[Value], out: &mut [u8]) -> PyResult<()> {
    let mut values = values.iter();
    for field in &layout.fields {
        for index in 0..field.count {
            let Some(value) = values.next() else { return Ok(()) };
            let start = field.offset + index * field.size;
            let place = &mut out[start..start + field.size];
            pack_one(ctx, layout, field, value, place)?;
        }
    }
    Ok(())
}

fn put(place: &mut [u8], little: &[u8], big_endian: bool) {
    for (index, byte) in little.iter().enumerate() {
        let at = if big_endian { place.len() - 1 - index } else { index };
        place[at] = *byte;
    }
}

fn pack_one(ctx: &mut Ctx, layout: &Layout, field: &Field, value: &Value, place: &mut [u8]) -> PyResult<()> {
    let big = layout.big_endian;
    match field.code {
        Code::Pad => {}
        Code::Char => match value.downcast_ref::<Bytes>() {
            Some(bytes) if bytes.data.len() == 1 => place[0] = bytes.data[0],
            _ => return Err(fail(ctx, "char format requires a bytes object of length 1")),
        },
        Code::Bool => place[0] = u8::from(protocol::truth(ctx, value)?),
        Code::Text | Code::Pascal => {
            let letter = field.letter;
            if !value.is_kind::<Bytes>() && !value.is_kind::<ByteArray>() {
                return Err(fail(ctx, format!("argument for '{letter}' must be a bytes object")));
            }
            let data = buffer::expect_bytes(ctx, value)?;
            if field.code == Code::Text {
                let length = data.len().min(place.len());
                place[..length].copy_from_slice(&data[..length]);
            } else if !place.is_empty() {
                let length = data.len().min(place.len() - 1);
                place[0] = length.min(255) as u8;
                place[1..=length].copy_from_slice(&data[..length]);
            }
        }
        Code::Half | Code::Single | Code::Double => {
            let number = match protocol::convert::as_f64(ctx, value) {
                Ok(number) => number,
                Err(raised) if ctx.raised_is(&ctx.exceptions.TypeError) => {
                    drop(ctx.take_raised(raised));
                    return Err(fail(ctx, "required argument is not a float"));
                }
                Err(raised) => return Err(raised),
            };
            match field.code {
                Code::Half => match to_half(number) {
                    Some(bits) => put(place, &bits.to_le_bytes(), big),
                    None => return Err(ctx.overflow_error("float too large to pack with e format")),
                },
                Code::Single => {
                    let single = number as f32;
                    // The native format takes what the machine's conversion gives.
                    if single.is_infinite() && number.is_finite() && !layout.native {
                        return Err(ctx.overflow_error("float too large to pack with f format"));
                    }
                    put(place, &single.to_le_bytes(), big);
                }
                _ => put(place, &number.to_le_bytes(), big),
            }
        }
        Code::Signed | Code::Unsigned | Code::Pointer => pack_int(ctx, layout, field, value, place)?,
    }
    Ok(())
}

fn pack_int(ctx: &mut Ctx, layout: &Layout, field: &Field, value: &Value, place: &mut [u8]) -> PyResult<()> {
    let number = if int::is_int(value) {
        value.clone()
    } else if protocol::lookup_special(ctx, value, &ctx.names.__index__).is_some() {
        protocol::index_value(ctx, value)?
    } else {
        return Err(fail(ctx, "required argument is not an integer"));
    };
    let bits = field.size as u32 * 8;
    let (low, high) = match field.code {
        Code::Signed => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        Code::Pointer => (-(1i128 << 63), (1i128 << 64) - 1),
        _ => (0, (1i128 << bits) - 1),
    };
    let exact = match int::to_i64(&number) {
        Some(small) => Some(i128::from(small)),
        None => int::to_bigint(&number).and_then(|big: BigInt| i128::try_from(big).ok()),
    };
    match exact.filter(|number| (low..=high).contains(number)) {
        Some(number) => {
            put(place, &number.to_le_bytes()[..field.size], layout.big_endian);
            Ok(())
        }
        None => {
            let letter = field.letter;
            // The functions of C that read a number have words of their own.
            let message = match (layout.native, letter) {
                (true, 'q' | 'Q' | 'l' | 'L' | 'n' | 'N') | (false, 'q' | 'Q')
                    if exact.is_none() || field.size == 8 =>
                {
                    if layout.native {
                        match letter {
                            'q' | 'l' | 'n' if letter == 'q' => "int too large to convert".to_owned(),
                            _ => format!("'{letter}' format requires {low} <= number <= {high}"),
                        }
                    } else {
                        "int too large to convert".to_owned()
                    }
                }
                _ => format!("'{letter}' format requires {low} <= number <= {high}"),
            };
            Err(fail(ctx, message))
        }
    }
}

/// A float of 16 bits; None when it is too large.
fn to_half(number: f64) -> Option<u16> {
    let sign = u16::from(number.is_sign_negative()) << 15;
    if number.is_nan() {
        return Some(sign | 0x7e00);
    }
    if number.is_infinite() {
        return Some(sign | 0x7c00);
    }
    let size = number.abs();
    if size == 0.0 {
        return Some(sign);
    }
    let exponent = ((size.to_bits() >> 52) as i32 - 1023).max(-14);
    // Half to even, in units of the last place.
    let scaled = size * 2f64.powi(10 - exponent);
    let rounded = scaled.round_ties_even();
    let bits = if exponent == -14 && rounded < 1024.0 {
        rounded as u32
    } else {
        (((exponent + 15) as u32) << 10) + (rounded as u32 - 1024)
    };
    if bits >= 0x7c00 { None } else { Some(sign | bits as u16) }
}

fn from_half(bits: u16) -> f64 {
    let sign = if bits >> 15 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 0x3ff));
    match exponent {
        31 if fraction == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN.copysign(sign),
        0 => sign * fraction * 2f64.powi(-24),
        _ => sign * (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

fn pack_into(ctx: &mut Ctx, layout: &Layout, target: &Value, offset: &Value, values: &[Value]) -> PyResult {
    check_count(ctx, layout, values, "pack_into", 2)?;
    let Some(length) = buffer::bytes_of(target).map(|data| data.len()) else {
        let message = "argument must be read-write bytes-like object, not {}";
        return Err(protocol::type_mismatch(ctx, message, target));
    };
    if let Some(store) = buffer::store_of(target) {
        return pack_into(ctx, layout, &store, offset, values);
    }
    let start = start_of(ctx, offset, length, layout.size, true)?;
    let mut out = vec![0; layout.size];
    pack(ctx, layout, values, &mut out)?;
    if let Some(array) = target.downcast_ref::<ByteArray>() {
        if let Some(place) = array.data.borrow_mut().get_mut(start..start + layout.size) {
            // Padding leaves what was there.
            for field in &layout.fields {
                let range = field.offset..field.offset + field.size * field.count;
                place[range.clone()].copy_from_slice(&out[range]);
            }
        }
        return Ok(Value::NONE);
    }
    if target.is_kind::<Bytes>() {
        return Err(ctx.type_error("argument must be read-write bytes-like object, not bytes"));
    }
    let data = buffer::expect_bytes(ctx, target)?.into_owned();
    let mut whole = data[start..start + layout.size].to_vec();
    for field in &layout.fields {
        let range = field.offset..field.offset + field.size * field.count;
        whole[range.clone()].copy_from_slice(&out[range]);
    }
    let (from, to) = (int::from_usize(start), int::from_usize(start + layout.size));
    let key = crate::objects::slice::new_slice(from, to, Value::NONE).into_value();
    protocol::set_item(ctx, target, &key, new_bytes(whole).into_value())?;
    Ok(Value::NONE)
}

/// Where in a buffer a structure is; negative offsets count from the end.
fn start_of(ctx: &mut Ctx, offset: &Value, length: usize, size: usize, packing: bool) -> PyResult<usize> {
    let offset = if offset.is_empty() { 0 } else { protocol::as_isize(ctx, offset)? };
    let verb = if packing { "pack" } else { "unpack" };
    let name = if packing { "pack_into" } else { "unpack_from" };
    let mut start = offset;
    if offset < 0 {
        if offset + size as isize > 0 {
            let message = if packing {
                format!("no space to pack {size} bytes at offset {offset}")
            } else {
                format!("not enough data to unpack {size} bytes at offset {offset}")
            };
            return Err(fail(ctx, message));
        }
        start += length as isize;
        if start < 0 {
            return Err(fail(ctx, format!("offset {offset} out of range for {length}-byte buffer")));
        }
    }
    let start = start as usize;
    if start > length || length - start < size {
        let wanted = (start as u128) + size as u128;
        let message = format!(
            "{name} requires a buffer of at least {wanted} bytes for {verb}ing {size} bytes at offset {start} \
             (actual buffer size is {length})"
        );
        return Err(fail(ctx, message));
    }
    Ok(start)
}

fn unpack(ctx: &mut Ctx, layout: &Layout, source: &Value) -> PyResult {
    let data = buffer::expect_bytes(ctx, source)?;
    if data.len() != layout.size {
        return Err(fail(ctx, format!("unpack requires a buffer of {} bytes", layout.size)));
    }
    Ok(values_of(layout, &data))
}

fn unpack_from(ctx: &mut Ctx, layout: &Layout, source: &Value, offset: &Value) -> PyResult {
    let data = buffer::expect_bytes(ctx, source)?;
    let start = start_of(ctx, offset, data.len(), layout.size, false)?;
    Ok(values_of(layout, &data[start..start + layout.size]))
}

fn values_of(layout: &Layout, data: &[u8]) -> Value {
    let mut values = Vec::with_capacity(layout.values);
    for field in &layout.fields {
        for index in 0..field.count {
            let start = field.offset + index * field.size;
            let place = &data[start..start + field.size];
            let mut word = [0u8; 8];
            if field.size <= 8 {
                put_word(&mut word, place, layout.big_endian);
            }
            let word = u64::from_le_bytes(word);
            values.push(match field.code {
                Code::Pad => Value::NONE,
                Code::Char => new_bytes(place.to_vec()).into_value(),
                Code::Text => new_bytes(place.to_vec()).into_value(),
                Code::Pascal => {
                    let length = place.first().map_or(0, |length| usize::from(*length));
                    let inside = place.get(1..).unwrap_or_default();
                    new_bytes(inside[..length.min(inside.len())].to_vec()).into_value()
                }
                Code::Bool => Value::bool(place[0] != 0),
                Code::Signed => {
                    let unused = 64 - 8 * field.size;
                    int::from_i64((word << unused) as i64 >> unused)
                }
                Code::Unsigned | Code::Pointer => int::from_u64(word),
                Code::Half => new_float(from_half(word as u16)),
                Code::Single => new_float(f64::from(f32::from_bits(word as u32))),
                Code::Double => new_float(f64::from_bits(word)),
            });
        }
    }
    new_tuple(values).into_value()
}

fn put_word(word: &mut [u8; 8], place: &[u8], big_endian: bool) {
    for (index, byte) in place.iter().enumerate() {
        word[if big_endian { place.len() - 1 - index } else { index }] = *byte;
    }
}

/// `iter_unpack`
struct Unpacking {
    layout: Rc<Layout>,
    source: Slot,
    at: Cell<usize>,
}

impl NativeIterator for Unpacking {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let source = self.source.get();
        let Some(data) = buffer::bytes_of(&source) else { return Ok(None) };
        let start = self.at.get();
        match data.get(start..start + self.layout.size) {
            Some(part) => {
                self.at.set(start + self.layout.size);
                Ok(Some(values_of(&self.layout, part)))
            }
            None => {
                self.source.set(Value::NONE);
                Ok(None)
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.source.peek(visit);
    }

    fn length_hint(&self) -> Option<usize> {
        let source = self.source.get();
        Some(buffer::bytes_of(&source).map_or(0, |data| data.len().saturating_sub(self.at.get()) / self.layout.size))
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn iter_unpack(ctx: &mut Ctx, layout: Rc<Layout>, source: &Value) -> PyResult {
    if layout.size == 0 {
        return Err(fail(ctx, "cannot iteratively unpack with a struct of length 0"));
    }
    let length = buffer::expect_bytes(ctx, source)?.len();
    if length % layout.size != 0 {
        let message = format!("iterative unpacking requires a buffer of a multiple of {} bytes", layout.size);
        return Err(fail(ctx, message));
    }
    let source = Unpacking { layout, source: Slot::new(source.clone()), at: Cell::new(0) };
    match ctx.state::<State>().iterator.clone() {
        Some(class) => Ok(new_iter(class.instance_shape.get(), source).into_value()),
        None => Err(ctx.type_error("the module is not ready")),
    }
}
