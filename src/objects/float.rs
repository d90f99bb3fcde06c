//! `float`: everyday numbers in the word, the others on the heap.
//!
//! Arithmetic between floats and ints is done here: `int` returns `NotImplemented` for a float, and the reflected method of
//! `float` converts the int.
//!
//! Source: Standard Library "Numeric Types", "Additional Methods on Float".

use super::buffer::bytes_of;
use super::construct::requested_shape;
use super::ctx::Ctx;
use super::failure::{OrRaise, raise, raise_range};
use super::heap::{Payload, alloc};
use super::int::{self, from_bigint, from_i64, from_number};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol::{self, compare};
use super::shape::ShapeId;
use super::string::{self, Str};
use super::tuple::new_tuple;
use super::value::Value;
use super::{complex, warning};
use crate::code::Comparison;
use crate::text::float::{self as algorithms, FloatError, Power};
use crate::text::{format_spec, hashing, repr};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, x=0, /)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => to_text;
    /// Formats the float according to format_spec.
    method "__format__(self, format_spec, /)" => format;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// True if self else False
    method "__bool__(self, /)" => |_, args| Ok(Value::bool(number(&args[0]) != 0.0));
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
    method "__add__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], |x, y| Ok(x + y));
    /// Return value+self.
    method "__radd__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], |x, y| Ok(x + y));
    /// Return self-value.
    method "__sub__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], |x, y| Ok(x - y));
    /// Return value-self.
    method "__rsub__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], |x, y| Ok(x - y));
    /// Return self*value.
    method "__mul__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], |x, y| Ok(x * y));
    /// Return value*self.
    method "__rmul__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], |x, y| Ok(x * y));
    /// Return self/value.
    method "__truediv__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], algorithms::true_div);
    /// Return value/self.
    method "__rtruediv__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], algorithms::true_div);
    /// Return self//value.
    method "__floordiv__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], algorithms::floor_div);
    /// Return value//self.
    method "__rfloordiv__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], algorithms::floor_div);
    /// Return self%value.
    method "__mod__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], algorithms::modulo);
    /// Return value%self.
    method "__rmod__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], algorithms::modulo);
    /// Return divmod(self, value).
    method "__divmod__(self, value, /)" => |ctx, args| div_mod(ctx, &args[0], &args[1]);
    /// Return divmod(value, self).
    method "__rdivmod__(self, value, /)" => |ctx, args| div_mod(ctx, &args[1], &args[0]);
    /// Return pow(self, value, mod).
    method "__pow__(self, value, mod=None, /)" => |ctx, args| power(ctx, &args[0], &args[1], &args[2]);
    /// Return pow(value, self, mod).
    method "__rpow__(self, value, mod=None, /)" => |ctx, args| power(ctx, &args[1], &args[0], &args[2]);
    /// -self
    method "__neg__(self, /)" => |_, args| Ok(new_float(-number(&args[0])));
    /// +self
    method "__pos__(self, /)" => itself;
    /// abs(self)
    method "__abs__(self, /)" => |_, args| Ok(new_float(number(&args[0]).abs()));
    /// int(self)
    method "__int__(self, /)" => truncate;
    /// float(self)
    method "__float__(self, /)" => itself;
    /// Return the Integral closest to x between 0 and x.
    method "__trunc__(self, /)" => truncate;
    /// Return the floor as an Integral.
    method "__floor__(self, /)" => |ctx, args| algorithms::to_int(number(&args[0]).floor()).map(from_number).or_raise(ctx);
    /// Return the ceiling as an Integral.
    method "__ceil__(self, /)" => |ctx, args| algorithms::to_int(number(&args[0]).ceil()).map(from_number).or_raise(ctx);
    /// Return the Integral closest to x, rounding half toward even.
    ///
    /// When an argument is passed, work like built-in round(x, ndigits).
    method "__round__(self, ndigits=None, /)" => round;
    ///
    method "__getnewargs__(self, /)" => |_, args| Ok(new_tuple([new_float(number(&args[0]))]).into_value());
    /// Return self, the complex conjugate of any float.
    method "conjugate(self, /)" => itself;
    /// Return True if the float is an integer.
    method "is_integer(self, /)" => |_, args| Ok(Value::bool(algorithms::is_integer(number(&args[0]))));
    /// Return a pair of integers, whose ratio is exactly equal to the original float.
    ///
    /// The ratio is in lowest terms and has a positive denominator.  Raise
    /// OverflowError on infinities and a ValueError on NaNs.
    ///
    /// >>> (10.0).as_integer_ratio()
    /// (10, 1)
    /// >>> (0.0).as_integer_ratio()
    /// (0, 1)
    /// >>> (-.25).as_integer_ratio()
    /// (-1, 4)
    method "as_integer_ratio(self, /)" => as_integer_ratio;
    /// Return a hexadecimal representation of a floating-point number.
    ///
    /// >>> (-0.1).hex()
    /// '-0x1.999999999999ap-4'
    /// >>> 3.14159.hex()
    /// '0x1.921f9f01b866ep+1'
    method "hex(self, /)" => |ctx, args| Ok(ctx.str(algorithms::hex(number(&args[0]))));
    /// Create a floating-point number from a hexadecimal string.
    ///
    /// >>> float.fromhex('0x1.ffffp10')
    /// 2047.984375
    /// >>> float.fromhex('-0x1p-1074')
    /// -5e-324
    classmethod "fromhex(type, string, /)" => from_hex;
    /// You probably don't want to use this function.
    ///
    ///   typestr
    ///     Must be 'double' or 'float'.
    ///
    /// It exists mainly to be used in Python's test suite.
    ///
    /// This function returns whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,
    /// little-endian' best describes the format of floating-point numbers used by the
    /// C type named by typestr.
    classmethod "__getformat__(type, typestr, /)" => get_format;
    /// the real part of a complex number
    getter "real(self)" => itself;
    /// the imaginary part of a complex number
    getter "imag(self)" => |_, _| Ok(new_float(0.0));
}

/// The payload of floats that do not fit the word, and of instances of subclasses of `float`.
pub struct Float {
    /// The number.
    pub value: f64,
}

impl Payload for Float {
    const KIND: Kind = Kind::Float;
}

/// The value of a float.
#[inline(always)]
pub fn new_float(f: f64) -> Value {
    match Value::inline_float(f) {
        Some(value) => value,
        None => boxed(f),
    }
}

#[cold]
#[inline(never)]
fn boxed(value: f64) -> Value {
    alloc(ShapeId::exact(Kind::Float), Float { value }).into_value()
}

/// The number of a `float` or an instance of a subclass; not of an `int`.
#[inline(always)]
pub fn to_f64(value: &Value) -> Option<f64> {
    match value.as_inline_float() {
        Some(f) => Some(f),
        None => value.downcast_ref::<Float>().map(|float| float.value),
    }
}

/// Whether the value is a `float` and not an instance of a subclass.
#[inline]
pub fn is_exact(value: &Value) -> bool {
    value.as_inline_float().is_some()
        || value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Float))
}

/// The number of `self`, which the binder has checked to be a float.
fn number(this: &Value) -> f64 {
    to_f64(this).unwrap_or(f64::NAN)
}

fn itself(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(if is_exact(&args[0]) { args[0].clone() } else { new_float(number(&args[0])) })
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.float.clone();
    let shape = requested_shape(ctx, &args[0], &class)?;
    let value = if args[1].is_empty() { 0.0 } else { from_object(ctx, &args[1])? };
    if shape == ShapeId::exact(Kind::Float) {
        // The same object stays the same object.
        return Ok(if is_exact(&args[1]) { args[1].clone() } else { new_float(value) });
    }
    Ok(alloc(shape, Float { value }).into_value())
}

/// `float(value)` for any object.
///
/// # Errors
/// TypeError, ValueError, OverflowError; what the special methods raise.
pub fn from_object(ctx: &mut Ctx, value: &Value) -> PyResult<f64> {
    if is_exact(value) {
        return Ok(number(value));
    }
    // An instance of a subclass of str may say itself what number it is.
    if let Some(text) = value.downcast_ref::<Str>()
        && (string::is_exact(text) || protocol::lookup_special(ctx, value, &ctx.names.__float__).is_none())
    {
        return match algorithms::parse(text.as_str()) {
            Some(f) => Ok(f),
            None => {
                let literal = repr::string(text.as_str());
                Err(ctx.value_error(format!("could not convert string to float: {literal}")))
            }
        };
    }
    if int::is_exact(value) || value.as_bool().is_some() {
        return int::as_float(ctx, value);
    }
    let name = ctx.names.__float__.clone();
    if let Some(result) = protocol::call_special(ctx, value, &name, &[])? {
        return checked_result(ctx, value, &result);
    }
    if protocol::lookup_special(ctx, value, &ctx.names.__index__).is_some() {
        let number = protocol::index_value(ctx, value)?;
        return int::as_float(ctx, &number);
    }
    match bytes_of(value) {
        Some(bytes) => {
            let parsed = std::str::from_utf8(&bytes).ok().filter(|text| text.is_ascii()).and_then(algorithms::parse);
            match parsed {
                Some(f) => Ok(f),
                None => {
                    let literal = protocol::text::repr_string(ctx, value)?;
                    Err(ctx.value_error(format!("could not convert string to float: {literal}")))
                }
            }
        }
        None => {
            Err(protocol::type_mismatch(ctx, "float() argument must be a string or a real number, not '{}'", value))
        }
    }
}

/// What `__float__` returned must be a float; one of a subclass is taken with a warning.
fn checked_result(ctx: &mut Ctx, value: &Value, result: &Value) -> PyResult<f64> {
    let Some(f) = to_f64(result) else {
        let (class, got) = (protocol::class_name(ctx, value), protocol::class_name(ctx, result));
        return Err(ctx.type_error(format!("{class}.__float__ returned non-float (type {got})")));
    };
    if !is_exact(result) {
        let (class, got) = (protocol::class_name(ctx, value), protocol::class_name(ctx, result));
        let message = ctx.str(format!(
            "{class}.__float__ returned non-float (type {got}).  The ability to return an instance of a strict subclass \
             of float is deprecated, and may not be supported in a future version of Python."
        ));
        let category = ctx.exceptions.DeprecationWarning.clone();
        warning::warn(ctx, &category, &message, 1)?;
    }
    Ok(f)
}

fn to_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(ctx.str(algorithms::repr(number(&args[0]))))
}

fn format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let spec = protocol::text::expect_str(ctx, &args[1], "__format__() argument must be str, not {}")?;
    if spec.as_str().is_empty() {
        return protocol::str_of(ctx, &args[0]).map(Into::into);
    }
    let type_name = protocol::class_name(ctx, &args[0]);
    let text = format_spec::format_float(number(&args[0]), spec.as_str(), &type_name).or_raise(ctx)?;
    Ok(ctx.str(text))
}

fn hash(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // Not-a-numbers are unequal to everything, so each object has its own hash.
    let hash = hashing::float(number(&args[0])).unwrap_or_else(|| hashing::pointer(args[0].id() as usize));
    Ok(from_i64(hash))
}

fn compared(args: &[Value], op: Comparison) -> Value {
    if to_f64(&args[1]).is_none() && !int::is_int(&args[1]) {
        return Value::NOT_IMPLEMENTED;
    }
    match compare::compare_numbers(&args[0], &args[1]) {
        Some(order) => compare::ordering_result(op, order),
        // Not-a-number: unordered, and unequal.
        None => Value::bool(matches!(op, Comparison::NotEqual)),
    }
}

/// An operand as a float: a float or an int; None for anything else.
fn operand(ctx: &mut Ctx, value: &Value) -> PyResult<Option<f64>> {
    match to_f64(value) {
        Some(f) => Ok(Some(f)),
        None if int::is_int(value) => int::as_float(ctx, value).map(Some),
        None => Ok(None),
    }
}

#[inline]
fn arithmetic(ctx: &mut Ctx, a: &Value, b: &Value, compute: fn(f64, f64) -> Result<f64, FloatError>) -> PyResult {
    let (Some(x), Some(y)) = (operand(ctx, a)?, operand(ctx, b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    compute(x, y).map(new_float).or_raise(ctx)
}

fn div_mod(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    let (Some(x), Some(y)) = (operand(ctx, a)?, operand(ctx, b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (quotient, remainder) = algorithms::div_mod(x, y).or_raise(ctx)?;
    Ok(new_tuple([new_float(quotient), new_float(remainder)]).into_value())
}

/// `a ** b` of floats and ints, `NotImplemented` for anything else.
///
/// # Errors
/// ZeroDivisionError, OverflowError; TypeError for a modulus.
pub fn power(ctx: &mut Ctx, a: &Value, b: &Value, modulus: &Value) -> PyResult {
    if !modulus.is_empty() && !modulus.is_none() {
        return Err(ctx.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let (Some(x), Some(y)) = (operand(ctx, a)?, operand(ctx, b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    match algorithms::pow(x, y) {
        Ok(Power::Real(result)) => Ok(new_float(result)),
        Ok(Power::Complex) => complex::power_of(ctx, (x, 0.0), (y, 0.0)),
        Err(FloatError::PowRange) => Err(raise_range(ctx)),
        Err(failure) => Err(raise(ctx, &failure)),
    }
}

fn truncate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    algorithms::to_int(number(&args[0])).map(from_number).or_raise(ctx)
}

fn round(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let f = number(&args[0]);
    if args[1].is_empty() || args[1].is_none() {
        return algorithms::round_to_int(f).map(from_number).or_raise(ctx);
    }
    let digits = protocol::convert::as_clamped_index(ctx, &args[1])?;
    algorithms::round(f, digits as i64).map(new_float).or_raise(ctx)
}

fn as_integer_ratio(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (numerator, denominator) = algorithms::as_integer_ratio(number(&args[0])).or_raise(ctx)?;
    Ok(new_tuple([from_bigint(numerator), from_bigint(denominator)]).into_value())
}

fn from_hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = protocol::text::expect_str(ctx, &args[1], "bad argument type for built-in operation")?;
    let value = algorithms::from_hex(text.as_str()).map(new_float).or_raise(ctx)?;
    if args[0].is(ctx.types.float.value()) {
        return Ok(value);
    }
    protocol::call(ctx, &args[0], &[value])
}

fn get_format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let kind = protocol::text::expect_str(ctx, &args[1], "__getformat__() argument must be str, not {}")?;
    if !matches!(kind.as_str(), "double" | "float") {
        return Err(ctx.value_error("__getformat__() argument 1 must be 'double' or 'float'"));
    }
    Ok(ctx.str("IEEE, little-endian"))
}
