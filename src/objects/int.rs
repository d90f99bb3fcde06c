//! `int`: 62 bits in the word, anything larger on the heap, always normalised.
//!
//! Every operation tries machine integers first and falls back to big ones. Instances of subclasses of `int` hold a big
//! integer whatever its size; the results of arithmetic are exact ints. `bool` inherits all of this.
//!
//! Source: Standard Library "Numeric Types", "Additional Methods on Integer Types".

use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::buffer::bytes_of;
use super::construct::requested_shape;
use super::ctx::Ctx;
use super::failure::{OrRaise, raise, raise_range};
use super::float::new_float;
use super::heap::{Payload, alloc};
use super::kind::Kind;
use super::native::{PyResult, Raised};
use super::protocol::{self, compare};
use super::shape::ShapeId;
use super::string::Str;
use super::tuple::new_tuple;
use super::value::Value;
use super::warning;
use crate::code::Comparison;
use crate::text::format_spec::{self, IntArg};
use crate::text::int::{self as algorithms, Int as Number, IntError};
use crate::text::{float as float_text, hashing, repr};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, x=0, /, base=10)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => to_text;
    /// Convert to a string according to format_spec.
    method "__format__(self, format_spec, /)" => format;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// True if self else False
    method "__bool__(self, /)" => truth;
    /// Return self==value.
    method "__eq__(self, value, /)" => |_, args| Ok(compared(args, Comparison::Equal));
    /// Return self!=value.
    method "__ne__(self, value, /)" => |_, args| Ok(compared(args, Comparison::NotEqual));
    /// Return self<value.
    method "__lt__(self, value, /)" => |_, args| Ok(compared(args, Comparison::Less));
    /// Return self<=value.
    method "__le__(self, value, /)" => |_, args| Ok(compared(args, Comparison::LessEqual));
    /// Return self>value.
    method "__gt__(self, value, /)" => |_, args| Ok(compared(args, Comparison::Greater));
    /// Return self>=value.
    method "__ge__(self, value, /)" => |_, args| Ok(compared(args, Comparison::GreaterEqual));
    /// Return self+value.
    method "__add__(self, value, /)" => |_, args| Ok(add(&args[0], &args[1]));
    /// Return value+self.
    method "__radd__(self, value, /)" => |_, args| Ok(add(&args[1], &args[0]));
    /// Return self-value.
    method "__sub__(self, value, /)" => |_, args| Ok(subtract(&args[0], &args[1]));
    /// Return value-self.
    method "__rsub__(self, value, /)" => |_, args| Ok(subtract(&args[1], &args[0]));
    /// Return self*value.
    method "__mul__(self, value, /)" => |_, args| Ok(multiply(&args[0], &args[1]));
    /// Return value*self.
    method "__rmul__(self, value, /)" => |_, args| Ok(multiply(&args[1], &args[0]));
    /// Return self/value.
    method "__truediv__(self, value, /)" => |ctx, args| true_divide(ctx, &args[0], &args[1]);
    /// Return value/self.
    method "__rtruediv__(self, value, /)" => |ctx, args| true_divide(ctx, &args[1], &args[0]);
    /// Return self//value.
    method "__floordiv__(self, value, /)" => |ctx, args| floor_divide(ctx, &args[0], &args[1]);
    /// Return value//self.
    method "__rfloordiv__(self, value, /)" => |ctx, args| floor_divide(ctx, &args[1], &args[0]);
    /// Return self%value.
    method "__mod__(self, value, /)" => |ctx, args| remainder(ctx, &args[0], &args[1]);
    /// Return value%self.
    method "__rmod__(self, value, /)" => |ctx, args| remainder(ctx, &args[1], &args[0]);
    /// Return divmod(self, value).
    method "__divmod__(self, value, /)" => |ctx, args| div_mod(ctx, &args[0], &args[1]);
    /// Return divmod(value, self).
    method "__rdivmod__(self, value, /)" => |ctx, args| div_mod(ctx, &args[1], &args[0]);
    /// Return pow(self, value, mod).
    method "__pow__(self, value, mod=None, /)" => |ctx, args| power(ctx, &args[0], &args[1], &args[2]);
    /// Return pow(value, self, mod).
    method "__rpow__(self, value, mod=None, /)" => |ctx, args| power(ctx, &args[1], &args[0], &args[2]);
    /// Return self<<value.
    method "__lshift__(self, value, /)" => |ctx, args| shift_left(ctx, &args[0], &args[1]);
    /// Return value<<self.
    method "__rlshift__(self, value, /)" => |ctx, args| shift_left(ctx, &args[1], &args[0]);
    /// Return self>>value.
    method "__rshift__(self, value, /)" => |ctx, args| shift_right(ctx, &args[0], &args[1]);
    /// Return value>>self.
    method "__rrshift__(self, value, /)" => |ctx, args| shift_right(ctx, &args[1], &args[0]);
    /// Return self&value.
    method "__and__(self, value, /)" => |_, args| Ok(bit_and(&args[0], &args[1]));
    /// Return value&self.
    method "__rand__(self, value, /)" => |_, args| Ok(bit_and(&args[0], &args[1]));
    /// Return self|value.
    method "__or__(self, value, /)" => |_, args| Ok(bit_or(&args[0], &args[1]));
    /// Return value|self.
    method "__ror__(self, value, /)" => |_, args| Ok(bit_or(&args[0], &args[1]));
    /// Return self^value.
    method "__xor__(self, value, /)" => |_, args| Ok(bit_xor(&args[0], &args[1]));
    /// Return value^self.
    method "__rxor__(self, value, /)" => |_, args| Ok(bit_xor(&args[0], &args[1]));
    /// -self
    method "__neg__(self, /)" => |_, args| Ok(negate(&args[0]));
    /// +self
    method "__pos__(self, /)" => itself;
    /// ~self
    method "__invert__(self, /)" => |_, args| Ok(invert(&args[0]));
    /// abs(self)
    method "__abs__(self, /)" => absolute;
    /// int(self)
    method "__int__(self, /)" => itself;
    /// Return self converted to an integer, if self is suitable for use as an index into a list.
    method "__index__(self, /)" => itself;
    /// float(self)
    method "__float__(self, /)" => to_float;
    /// Truncating an Integral returns itself.
    method "__trunc__(self, /)" => itself;
    /// Flooring an Integral returns itself.
    method "__floor__(self, /)" => itself;
    /// Ceiling of an Integral returns itself.
    method "__ceil__(self, /)" => itself;
    /// Rounding an Integral returns itself.
    ///
    /// Rounding with an ndigits argument also returns an integer.
    method "__round__(self, ndigits=<unrepresentable>, /)" => round;
    ///
    method "__getnewargs__(self, /)" => |_, args| Ok(new_tuple([exact(&args[0])]).into_value());
    /// Returns size in memory, in bytes.
    method "__sizeof__(self, /)" => size_of_object;
    /// Returns self, the complex conjugate of any int.
    method "conjugate(self, /)" => itself;
    /// Number of bits necessary to represent self in binary.
    ///
    /// >>> bin(37)
    /// '0b100101'
    /// >>> (37).bit_length()
    /// 6
    method "bit_length(self, /)" => bit_length;
    /// Number of ones in the binary representation of the absolute value of self.
    ///
    /// Also known as the population count.
    ///
    /// >>> bin(13)
    /// '0b1101'
    /// >>> (13).bit_count()
    /// 3
    method "bit_count(self, /)" => bit_count;
    /// Return an array of bytes representing an integer.
    ///
    ///   length
    ///     Length of bytes object to use.  An OverflowError is raised if the
    ///     integer is not representable with the given number of bytes.  Default
    ///     is length 1.
    ///   byteorder
    ///     The byte order used to represent the integer.  If byteorder is 'big',
    ///     the most significant byte is at the beginning of the byte array.  If
    ///     byteorder is 'little', the most significant byte is at the end of the
    ///     byte array.  To request the native byte order of the host system, use
    ///     sys.byteorder as the byte order value.  Default is to use 'big'.
    ///   signed
    ///     Determines whether two's complement is used to represent the integer.
    ///     If signed is False and a negative integer is given, an OverflowError
    ///     is raised.
    method "to_bytes(self, /, length=1, byteorder='big', *, signed=False)" => to_bytes;
    /// Return the integer represented by the given array of bytes.
    ///
    ///   bytes
    ///     Holds the array of bytes to convert.  The argument must either
    ///     support the buffer protocol or be an iterable object producing bytes.
    ///     Bytes and bytearray are examples of built-in objects that support the
    ///     buffer protocol.
    ///   byteorder
    ///     The byte order used to represent the integer.  If byteorder is 'big',
    ///     the most significant byte is at the beginning of the byte array.  If
    ///     byteorder is 'little', the most significant byte is at the end of the
    ///     byte array.  To request the native byte order of the host system, use
    ///     sys.byteorder as the byte order value.  Default is to use 'big'.
    ///   signed
    ///     Indicates whether two's complement is used to represent the integer.
    classmethod "from_bytes(type, /, bytes, byteorder='big', *, signed=False)" => from_bytes;
    /// Return a pair of integers, whose ratio is equal to the original int.
    ///
    /// The ratio is in lowest terms and has a positive denominator.
    ///
    /// >>> (10).as_integer_ratio()
    /// (10, 1)
    /// >>> (-10).as_integer_ratio()
    /// (-10, 1)
    /// >>> (0).as_integer_ratio()
    /// (0, 1)
    method "as_integer_ratio(self, /)" => |_, args| Ok(new_tuple([exact(&args[0]), from_i64(1)]).into_value());
    /// Returns True. Exists for duck type compatibility with float.is_integer.
    method "is_integer(self, /)" => |_, _| Ok(Value::TRUE);
    /// the real part of a complex number
    getter "real(self)" => itself;
    /// the imaginary part of a complex number
    getter "imag(self)" => |_, _| Ok(from_i64(0));
    /// the numerator of a rational number in lowest terms
    getter "numerator(self)" => itself;
    /// the denominator of a rational number in lowest terms
    getter "denominator(self)" => |_, _| Ok(from_i64(1));
}

/// The payload of integers that do not fit the word, and of instances of subclasses of `int` of any size.
pub struct Int {
    /// The number.
    pub value: BigInt,
}

impl Payload for Int {
    const KIND: Kind = Kind::Int;
}

/// The value of a machine integer.
#[inline(always)]
pub fn from_i64(i: i64) -> Value {
    Value::small_int(i).unwrap_or_else(|| boxed(BigInt::from(i)))
}

/// The value of an unsigned machine integer.
pub fn from_u64(i: u64) -> Value {
    i64::try_from(i).map_or_else(|_| boxed(BigInt::from(i)), from_i64)
}

/// The value of a length or index.
pub fn from_usize(i: usize) -> Value {
    from_u64(i as u64)
}

/// The value of an integer of any size.
pub fn from_bigint(i: BigInt) -> Value {
    match i.to_i64().and_then(Value::small_int) {
        Some(value) => value,
        None => boxed(i),
    }
}

/// The value of what an algorithm computed.
pub fn from_number(number: Number) -> Value {
    match number {
        Number::Small(small) => from_i64(small),
        Number::Big(big) => from_bigint(big),
    }
}

#[cold]
fn boxed(value: BigInt) -> Value {
    alloc(ShapeId::exact(Kind::Int), Int { value }).into_value()
}

/// The integer of an `int`, a `bool` or an instance of a subclass.
pub fn to_bigint(value: &Value) -> Option<BigInt> {
    big(value).map(Cow::into_owned)
}

/// The same without copying a big one.
pub fn big(value: &Value) -> Option<Cow<'_, BigInt>> {
    if let Some(int) = value.downcast_ref::<Int>() {
        return Some(Cow::Borrowed(&int.value));
    }
    if let Some(i) = value.as_small_int() {
        return Some(Cow::Owned(BigInt::from(i)));
    }
    value.as_bool().map(|b| Cow::Owned(BigInt::from(b as u8)))
}

/// The same, when it fits 64 bits.
pub fn to_i64(value: &Value) -> Option<i64> {
    if let Some(i) = value.as_small_int() {
        return Some(i);
    }
    if let Some(b) = value.as_bool() {
        return Some(b as i64);
    }
    value.downcast_ref::<Int>().and_then(|int| int.value.to_i64())
}

/// Whether the value is an `int`, a `bool` or an instance of a subclass.
#[inline]
pub fn is_int(value: &Value) -> bool {
    value.as_small_int().is_some() || value.as_bool().is_some() || value.is_kind::<Int>()
}

/// Whether the value is an `int` itself: neither a `bool` nor an instance of another subclass.
#[inline]
pub fn is_exact(value: &Value) -> bool {
    value.as_small_int().is_some() || value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Int))
}

/// The exact int equal to an `int`, a `bool` or an instance of a subclass.
pub fn exact(value: &Value) -> Value {
    if is_exact(value) {
        return value.clone();
    }
    match to_i64(value) {
        Some(i) => from_i64(i),
        None => from_bigint(to_bigint(value).unwrap_or_default()),
    }
}

fn itself(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(exact(&args[0]))
}

// What `int(...)` does.

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.int.clone();
    let shape = requested_shape(ctx, &args[0], &class)?;
    let number = convert(ctx, &args[1], &args[2])?;
    if shape == ShapeId::exact(Kind::Int) {
        return Ok(number);
    }
    let value = to_bigint(&number).unwrap_or_default();
    Ok(alloc(shape, Int { value }).into_value())
}

fn convert(ctx: &mut Ctx, value: &Value, base: &Value) -> PyResult {
    if value.is_empty() {
        return if base.is_empty() { Ok(from_i64(0)) } else { Err(ctx.type_error("int() missing string argument")) };
    }
    if base.is_empty() {
        return from_object(ctx, value);
    }
    let base = protocol::convert::as_clamped_index(ctx, base)?;
    // 1 is no base either, so it stands for all the others that are none.
    let base = u32::try_from(base).ok().filter(|base| *base <= 36).unwrap_or(1);
    match parse_value(ctx, value, base, false) {
        Some(result) => result,
        None => Err(ctx.type_error("int() can't convert non-string with explicit base")),
    }
}

/// Reads the text of a str or of bytes; None for any other object.
fn parse_value(ctx: &mut Ctx, value: &Value, base: u32, any_buffer: bool) -> Option<PyResult> {
    let limit = ctx.int_max_str_digits;
    let shorten = |literal: String| literal.chars().take(200).collect();
    let parsed = if let Some(text) = value.downcast_ref::<Str>() {
        algorithms::parse(text.as_str(), base, limit, || shorten(repr::string(text.as_str())))
    } else if any_buffer || !value.is_kind::<super::memoryview::MemoryView>() {
        let bytes = bytes_of(value)?;
        // Bytes outside ASCII are no digits, whatever they would mean in an encoding.
        let text = if bytes.is_ascii() { String::from_utf8_lossy(&bytes) } else { Cow::Borrowed("?") };
        algorithms::parse(&text, base, limit, || shorten(repr::bytes(&bytes)))
    } else {
        return None;
    };
    Some(parsed.map(from_number).or_raise(ctx))
}

/// `int(value)` for any object.
///
/// # Errors
/// TypeError, ValueError; what the special methods raise.
pub fn from_object(ctx: &mut Ctx, value: &Value) -> PyResult {
    if is_exact(value) {
        return Ok(value.clone());
    }
    if let Some(f) = value.as_inline_float() {
        return float_text::to_int(f).map(from_number).or_raise(ctx);
    }
    for name in [ctx.names.__int__.clone(), ctx.names.__index__.clone()] {
        if let Some(result) = protocol::call_special(ctx, value, &name, &[])? {
            return checked_result(ctx, &name, result);
        }
    }
    let name = ctx.names.__trunc__.clone();
    if let Some(result) = protocol::call_special(ctx, value, &name, &[])? {
        let message = ctx.str("The delegation of int() to __trunc__ is deprecated.");
        let category = ctx.exceptions.DeprecationWarning.clone();
        warning::warn(ctx, &category, &message, 1)?;
        if is_int(&result) {
            return Ok(exact(&result));
        }
        if protocol::lookup_special(ctx, &result, &ctx.names.__index__).is_some() {
            return protocol::index_value(ctx, &result).map(|result| exact(&result));
        }
        return Err(protocol::type_mismatch(ctx, "__trunc__ returned non-Integral (type {})", &result));
    }
    match parse_value(ctx, value, 10, true) {
        Some(result) => result,
        None => Err(protocol::type_mismatch(
            ctx,
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            value,
        )),
    }
}

/// What `__int__` or `__index__` returned must be an int; one of a subclass is taken with a warning.
fn checked_result(ctx: &mut Ctx, method: &Value, result: Value) -> PyResult {
    if is_exact(&result) {
        return Ok(result);
    }
    let method = method.downcast_ref::<Str>().map_or("__int__", |name| name.as_str());
    let got = protocol::class_name(ctx, &result);
    if !is_int(&result) {
        return Err(ctx.type_error(format!("{method} returned non-int (type {got})")));
    }
    let message = ctx.str(format!(
        "{method} returned non-int (type {got}).  The ability to return an instance of a strict subclass of int is \
         deprecated, and may not be supported in a future version of Python."
    ));
    let category = ctx.exceptions.DeprecationWarning.clone();
    warning::warn(ctx, &category, &message, 1)?;
    Ok(exact(&result))
}

// Text.

/// `str(n)` under the interpreter's digit limit.
///
/// # Errors
/// ValueError when the number is too long.
pub fn decimal(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    if let Some(i) = to_i64(value) {
        return Ok(i.to_string());
    }
    let limit = ctx.int_max_str_digits;
    match big(value) {
        Some(number) => algorithms::to_decimal(&number, limit).or_raise(ctx),
        None => Ok(String::new()),
    }
}

fn to_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = decimal(ctx, &args[0])?;
    Ok(ctx.str(text))
}

fn format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let spec = protocol::text::expect_str(ctx, &args[1], "__format__() argument must be str, not {}")?;
    if spec.as_str().is_empty() {
        return protocol::str_of(ctx, &args[0]).map(Into::into);
    }
    let limit = ctx.int_max_str_digits;
    let type_name = protocol::class_name(ctx, &args[0]);
    let text = with_arg(&args[0], |number| format_spec::format_int(number, spec.as_str(), &type_name, limit));
    let text = text.or_raise(ctx)?;
    Ok(ctx.str(text))
}

/// Hands an integer to an algorithm in the form that formatting takes.
pub fn with_arg<R>(value: &Value, body: impl FnOnce(IntArg<'_>) -> R) -> R {
    match to_i64(value) {
        Some(small) => body(IntArg::Small(small)),
        None => body(IntArg::Big(&big(value).unwrap_or_default())),
    }
}

fn hash(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(from_i64(match to_i64(&args[0]) {
        Some(small) => hashing::int(small),
        None => hashing::big_int(&big(&args[0]).unwrap_or_default()),
    }))
}

fn truth(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(Value::bool(to_i64(&args[0]) != Some(0)))
}

fn compared(args: &[Value], op: Comparison) -> Value {
    if !is_int(&args[1]) {
        return Value::NOT_IMPLEMENTED;
    }
    let order = match (to_i64(&args[0]), to_i64(&args[1])) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => big(&args[0]).cmp(&big(&args[1])),
    };
    compare::ordering_result(op, order)
}

// Arithmetic. Both operands may be foreign, since the reflected methods swap them.

#[inline]
fn arithmetic(
    a: &Value,
    b: &Value,
    small: impl FnOnce(i64, i64) -> Option<i64>,
    large: impl FnOnce(&BigInt, &BigInt) -> BigInt,
) -> Value {
    if let (Some(x), Some(y)) = (to_i64(a), to_i64(b))
        && let Some(result) = small(x, y)
    {
        return from_i64(result);
    }
    match (big(a), big(b)) {
        (Some(x), Some(y)) => from_bigint(large(&x, &y)),
        _ => Value::NOT_IMPLEMENTED,
    }
}

/// The same for operations that can fail.
fn fallible(
    ctx: &mut Ctx,
    a: &Value,
    b: &Value,
    small: impl FnOnce(i64, i64) -> Option<i64>,
    large: impl FnOnce(&BigInt, &BigInt) -> Result<BigInt, IntError>,
) -> PyResult {
    if let (Some(x), Some(y)) = (to_i64(a), to_i64(b))
        && let Some(result) = small(x, y)
    {
        return Ok(from_i64(result));
    }
    match (big(a), big(b)) {
        (Some(x), Some(y)) => large(&x, &y).map(from_bigint).or_raise(ctx),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a + b` of ints, `NotImplemented` for anything else.
pub fn add(a: &Value, b: &Value) -> Value {
    arithmetic(a, b, i64::checked_add, |x, y| x + y)
}

/// `a - b` of ints, `NotImplemented` for anything else.
pub fn subtract(a: &Value, b: &Value) -> Value {
    arithmetic(a, b, i64::checked_sub, |x, y| x - y)
}

/// `a * b` of ints, `NotImplemented` for anything else.
pub fn multiply(a: &Value, b: &Value) -> Value {
    arithmetic(a, b, i64::checked_mul, |x, y| x * y)
}

/// `a & b` of ints, `NotImplemented` for anything else.
pub fn bit_and(a: &Value, b: &Value) -> Value {
    arithmetic(a, b, |x, y| Some(x & y), |x, y| x & y)
}

/// `a | b` of ints, `NotImplemented` for anything else.
pub fn bit_or(a: &Value, b: &Value) -> Value {
    arithmetic(a, b, |x, y| Some(x | y), |x, y| x | y)
}

/// `a ^ b` of ints, `NotImplemented` for anything else.
pub fn bit_xor(a: &Value, b: &Value) -> Value {
    arithmetic(a, b, |x, y| Some(x ^ y), |x, y| x ^ y)
}

/// `-a` of an int.
pub fn negate(a: &Value) -> Value {
    match to_i64(a).and_then(i64::checked_neg) {
        Some(result) => from_i64(result),
        None => from_bigint(-to_bigint(a).unwrap_or_default()),
    }
}

/// `~a` of an int.
pub fn invert(a: &Value) -> Value {
    match to_i64(a) {
        Some(i) => from_i64(!i),
        None => from_bigint(!to_bigint(a).unwrap_or_default()),
    }
}

fn absolute(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(match to_i64(&args[0]).and_then(i64::checked_abs) {
        Some(result) => from_i64(result),
        None => from_bigint(big(&args[0]).unwrap_or_default().abs()),
    })
}

/// `a / b` of ints, `NotImplemented` for anything else.
///
/// # Errors
/// ZeroDivisionError; OverflowError when the quotient is no float.
pub fn true_divide(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    if let (Some(x), Some(y)) = (to_i64(a), to_i64(b)) {
        return algorithms::true_div_small(x, y).map(new_float).or_raise(ctx);
    }
    match (big(a), big(b)) {
        (Some(x), Some(y)) => algorithms::true_div(&x, &y).map(new_float).or_raise(ctx),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a // b` of ints, `NotImplemented` for anything else.
///
/// # Errors
/// ZeroDivisionError.
pub fn floor_divide(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    fallible(ctx, a, b, |x, y| algorithms::div_mod_small(x, y).map(|pair| pair.0), algorithms::floor_div)
}

/// `a % b` of ints, `NotImplemented` for anything else.
///
/// # Errors
/// ZeroDivisionError.
pub fn remainder(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    fallible(ctx, a, b, |x, y| algorithms::div_mod_small(x, y).map(|pair| pair.1), algorithms::modulo)
}

fn div_mod(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    if let (Some(x), Some(y)) = (to_i64(a), to_i64(b))
        && let Some((quotient, remainder)) = algorithms::div_mod_small(x, y)
    {
        return Ok(new_tuple([from_i64(quotient), from_i64(remainder)]).into_value());
    }
    match (big(a), big(b)) {
        (Some(x), Some(y)) => {
            let (quotient, remainder) = algorithms::div_mod(&x, &y).or_raise(ctx)?;
            Ok(new_tuple([from_bigint(quotient), from_bigint(remainder)]).into_value())
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `pow(a, b, modulus)` of ints, `NotImplemented` for anything else; the modulus is empty or None when there is none.
///
/// # Errors
/// ZeroDivisionError, ValueError, MemoryError.
pub fn power(ctx: &mut Ctx, a: &Value, b: &Value, modulus: &Value) -> PyResult {
    let with_modulus = !modulus.is_empty() && !modulus.is_none();
    if !is_int(a) || !is_int(b) || (with_modulus && !is_int(modulus)) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if !with_modulus
        && let (Some(x), Some(y)) = (to_i64(a), to_i64(b))
        && y >= 0
        && let Some(result) = algorithms::pow_small(x, y)
    {
        return Ok(from_i64(result));
    }
    if with_modulus
        && let (Some(x), Some(y), Some(size)) = (to_i64(a), to_i64(b), to_i64(modulus))
        && y >= 0
        && size > 0
    {
        return Ok(from_i64(algorithms::pow_mod_small(x, y, size)));
    }
    let (Some(x), Some(y)) = (big(a), big(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    if with_modulus {
        let modulus = big(modulus).unwrap_or_default();
        return algorithms::pow_mod(&x, &y, &modulus).map(from_bigint).or_raise(ctx);
    }
    if y.is_negative() {
        let (x, y) = (algorithms::to_float(&x).or_raise(ctx)?, algorithms::to_float(&y).or_raise(ctx)?);
        return match float_text::pow(x, y) {
            Ok(float_text::Power::Real(result)) => Ok(new_float(result)),
            // An integer exponent never leaves the real line.
            Ok(float_text::Power::Complex) => Ok(new_float(f64::NAN)),
            Err(float_text::FloatError::PowRange) => Err(raise_range(ctx)),
            Err(failure) => Err(raise(ctx, &failure)),
        };
    }
    algorithms::pow(&x, &y).map(from_bigint).or_raise(ctx)
}

/// `a << b` of ints, `NotImplemented` for anything else.
///
/// # Errors
/// ValueError for a negative count; OverflowError or MemoryError for an absurd one.
pub fn shift_left(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    let small = |x, y| if y < 0 { None } else { algorithms::shift_left_small(x, y) };
    fallible(ctx, a, b, small, algorithms::shift_left)
}

/// `a >> b` of ints, `NotImplemented` for anything else.
///
/// # Errors
/// ValueError for a negative count.
pub fn shift_right(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    let small = |x, y| (y >= 0).then(|| algorithms::shift_right_small(x, y));
    fallible(ctx, a, b, small, algorithms::shift_right)
}

/// `float(n)` of an int.
///
/// # Errors
/// OverflowError.
pub fn as_float(ctx: &mut Ctx, value: &Value) -> PyResult<f64> {
    match to_i64(value) {
        Some(i) => Ok(i as f64),
        None => algorithms::to_float(&big(value).unwrap_or_default()).or_raise(ctx),
    }
}

fn to_float(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    as_float(ctx, &args[0]).map(new_float)
}

fn round(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() || args[1].is_none() {
        return Ok(exact(&args[0]));
    }
    let digits = protocol::convert::as_clamped_index(ctx, &args[1])?;
    if digits >= 0 {
        return Ok(exact(&args[0]));
    }
    Ok(from_bigint(algorithms::round(&big(&args[0]).unwrap_or_default(), digits as i64)))
}

// Bits and bytes.

fn bit_length(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(match to_i64(&args[0]) {
        Some(i) => from_i64(i64::from(u64::BITS - i.unsigned_abs().leading_zeros())),
        None => from_u64(algorithms::bit_length(&big(&args[0]).unwrap_or_default())),
    })
}

fn bit_count(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(match to_i64(&args[0]) {
        Some(i) => from_i64(i64::from(i.unsigned_abs().count_ones())),
        None => from_u64(algorithms::bit_count(&big(&args[0]).unwrap_or_default())),
    })
}

fn size_of_object(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // CPython keeps 30 bits in a digit of four bytes, behind a header of 24.
    let bits = big(&args[0]).unwrap_or_default().bits();
    Ok(from_u64(24 + 4 * bits.div_ceil(30).max(1)))
}

/// Whether the byte order argument says big-endian.
fn is_big_endian(ctx: &mut Ctx, function: &str, order: &Value) -> PyResult<bool> {
    if order.is_empty() {
        return Ok(true);
    }
    let message = format!("{function}() argument 'byteorder' must be str, not {{}}");
    match protocol::text::expect_str(ctx, order, &message)?.as_str() {
        "big" => Ok(true),
        "little" => Ok(false),
        _ => Err(ctx.value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn is_signed(ctx: &mut Ctx, signed: &Value) -> PyResult<bool> {
    if signed.is_empty() { Ok(false) } else { protocol::truth(ctx, signed) }
}

fn to_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let length = if args[1].is_empty() { 1 } else { protocol::as_isize(ctx, &args[1])? };
    let big_endian = is_big_endian(ctx, "to_bytes", &args[2])?;
    let signed = is_signed(ctx, &args[3])?;
    let Ok(length) = usize::try_from(length) else {
        return Err(ctx.value_error("length argument must be non-negative"));
    };
    if length > MAX_BYTES {
        return Err(raise(ctx, &IntError::NoMemory));
    }
    let number = big(&args[0]).unwrap_or_default();
    let bytes = algorithms::to_bytes(&number, length, big_endian, signed).or_raise(ctx)?;
    Ok(super::bytes::new_bytes(bytes).into_value())
}

/// Longer results of `to_bytes` are refused, as memory would be by the machine.
const MAX_BYTES: usize = 1 << 32;

fn from_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let big_endian = is_big_endian(ctx, "from_bytes", &args[2])?;
    let bytes = super::bytes::from_object(ctx, &args[1])?;
    let signed = is_signed(ctx, &args[3])?;
    let number = from_number(algorithms::from_bytes(&bytes, big_endian, signed));
    if args[0].is(ctx.types.int.value()) {
        return Ok(number);
    }
    protocol::call(ctx, &args[0], &[number])
}

/// Raises what `int` raises for a number that a machine word of the given C type cannot hold.
#[cold]
pub fn too_large(ctx: &mut Ctx, c_type: &str) -> Raised {
    ctx.overflow_error(format!("Python int too large to convert to C {c_type}"))
}

/// Whether an int is below zero.
pub fn is_negative(value: &Value) -> bool {
    match value.as_small_int() {
        Some(i) => i < 0,
        None => value.downcast_ref::<Int>().is_some_and(|int| int.value.is_negative()),
    }
}

/// Whether an int is zero.
pub fn is_zero(value: &Value) -> bool {
    to_i64(value) == Some(0) || value.downcast_ref::<Int>().is_some_and(|int| int.value.is_zero())
}
