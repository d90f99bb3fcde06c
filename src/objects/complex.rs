//! `complex` numbers.
//!
//! Ints and floats take part in arithmetic as complex numbers whose imaginary part is zero. There is no order.
//!
//! Source: Standard Library "Numeric Types".

use super::buffer::is_bytes_like;
use super::construct::requested_shape;
use super::ctx::Ctx;
use super::failure::OrRaise;
use super::float::{new_float, to_f64};
use super::heap::{Payload, alloc};
use super::int::{self, from_i64};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::string::Str;
use super::tuple::new_tuple;
use super::value::Value;
use super::warning;
use crate::text::complex::{self as algorithms, Complex as Number, ComplexError, complex};
use crate::text::{format_spec, hashing};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, real=0, imag=0)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => |ctx, args| Ok(ctx.str(algorithms::repr(number(&args[0]))));
    /// Convert to a string according to format_spec.
    method "__format__(self, format_spec, /)" => format;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// True if self else False
    method "__bool__(self, /)" => |_, args| Ok(Value::bool(number(&args[0]) != complex(0.0, 0.0)));
    /// Return self==value.
    method "__eq__(self, value, /)" => |_, args| Ok(equal(args).map_or(Value::NOT_IMPLEMENTED, Value::bool));
    /// Return self!=value.
    method "__ne__(self, value, /)" => |_, args| Ok(equal(args).map_or(Value::NOT_IMPLEMENTED, |same| Value::bool(!same)));
    /// Return self<value.
    method "__lt__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self<=value.
    method "__le__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self>value.
    method "__gt__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self>=value.
    method "__ge__(self, value, /)" => |_, _| Ok(Value::NOT_IMPLEMENTED);
    /// Return self+value.
    method "__add__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], add);
    /// Return value+self.
    method "__radd__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], add);
    /// Return self-value.
    method "__sub__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], subtract);
    /// Return value-self.
    method "__rsub__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], subtract);
    /// Return self*value.
    method "__mul__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], |a, b| Ok(algorithms::mul(a, b)));
    /// Return value*self.
    method "__rmul__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], |a, b| Ok(algorithms::mul(a, b)));
    /// Return self/value.
    method "__truediv__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[0], &args[1], algorithms::div);
    /// Return value/self.
    method "__rtruediv__(self, value, /)" => |ctx, args| arithmetic(ctx, &args[1], &args[0], algorithms::div);
    /// Return pow(self, value, mod).
    method "__pow__(self, value, mod=None, /)" => |ctx, args| power(ctx, &args[0], &args[1], &args[2]);
    /// Return pow(value, self, mod).
    method "__rpow__(self, value, mod=None, /)" => |ctx, args| power(ctx, &args[1], &args[0], &args[2]);
    /// -self
    method "__neg__(self, /)" => |_, args| Ok(from_number(complex(-number(&args[0]).re, -number(&args[0]).im)));
    /// +self
    method "__pos__(self, /)" => itself;
    /// abs(self)
    method "__abs__(self, /)" => |ctx, args| algorithms::abs(number(&args[0])).map(new_float).or_raise(ctx);
    /// Convert this value to exact type complex.
    method "__complex__(self, /)" => itself;
    ///
    method "__getnewargs__(self, /)" => get_new_args;
    /// Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.
    method "conjugate(self, /)" => |_, args| Ok(from_number(complex(number(&args[0]).re, -number(&args[0]).im)));
    /// the real part of a complex number
    getter "real(self)" => |_, args| Ok(new_float(number(&args[0]).re));
    /// the imaginary part of a complex number
    getter "imag(self)" => |_, args| Ok(new_float(number(&args[0]).im));
}

/// The payload of `complex`.
pub struct Complex {
    /// Real part.
    pub re: f64,
    /// Imaginary part.
    pub im: f64,
}

impl Payload for Complex {
    const KIND: Kind = Kind::Complex;
}

/// A new `complex` object.
pub fn new_complex(re: f64, im: f64) -> Value {
    alloc(ShapeId::exact(Kind::Complex), Complex { re, im }).into_value()
}

/// The value of what an algorithm computed.
pub fn from_number(number: Number) -> Value {
    new_complex(number.re, number.im)
}

/// The number of a `complex` or an instance of a subclass.
pub fn to_number(value: &Value) -> Option<Number> {
    value.downcast_ref::<Complex>().map(|payload| complex(payload.re, payload.im))
}

/// The number of `self`, which the binder has checked to be complex.
fn number(this: &Value) -> Number {
    to_number(this).unwrap_or(complex(f64::NAN, f64::NAN))
}

fn is_exact(value: &Value) -> bool {
    value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Complex))
}

fn itself(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(if is_exact(&args[0]) { args[0].clone() } else { from_number(number(&args[0])) })
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.complex.clone();
    let shape = requested_shape(ctx, &args[0], &class)?;
    let exact = shape == ShapeId::exact(Kind::Complex);
    if exact && args[2].is_empty() && is_exact(&args[1]) {
        return Ok(args[1].clone());
    }
    let result = convert(ctx, &args[1], &args[2])?;
    Ok(alloc(shape, Complex { re: result.re, im: result.im }).into_value())
}

fn convert(ctx: &mut Ctx, real: &Value, imag: &Value) -> PyResult<Number> {
    if let Some(text) = real.downcast_ref::<Str>() {
        if !imag.is_empty() {
            return Err(ctx.type_error("complex() can't take second arg if first is a string"));
        }
        return algorithms::parse(text.as_str()).or_raise(ctx);
    }
    if imag.is_kind::<Str>() {
        return Err(ctx.type_error("complex() second arg can't be a string"));
    }
    let real = if real.is_empty() {
        complex(0.0, 0.0)
    } else {
        match from_special(ctx, real)? {
            Some(number) => number,
            None => {
                let message = "complex() first argument must be a string or a number, not '{}'";
                complex(part(ctx, real, message)?, 0.0)
            }
        }
    };
    if imag.is_empty() {
        return Ok(real);
    }
    match to_number(imag) {
        // complex(a, b) is a + b*1j, whatever a and b are.
        Some(imag) => Ok(complex(real.re - imag.im, real.im + imag.re)),
        None => {
            let im = part(ctx, imag, "complex() second argument must be a number, not '{}'")?;
            Ok(complex(real.re, if real.im == 0.0 { im } else { real.im + im }))
        }
    }
}

/// The number of a complex or of an object with `__complex__`.
fn from_special(ctx: &mut Ctx, value: &Value) -> PyResult<Option<Number>> {
    if is_exact(value) {
        return Ok(to_number(value));
    }
    let name = ctx.names.__complex__.clone();
    let Some(result) = protocol::call_special(ctx, value, &name, &[])? else { return Ok(to_number(value)) };
    let Some(number) = to_number(&result) else {
        return Err(protocol::type_mismatch(ctx, "__complex__ returned non-complex (type {})", &result));
    };
    if !is_exact(&result) {
        let got = protocol::class_name(ctx, &result);
        let message = ctx.str(format!(
            "__complex__ returned non-complex (type {got}).  The ability to return an instance of a strict subclass of \
             complex is deprecated, and may not be supported in a future version of Python."
        ));
        let category = ctx.exceptions.DeprecationWarning.clone();
        warning::warn(ctx, &category, &message, 1)?;
    }
    Ok(Some(number))
}

/// A real number that is one argument of `complex()`.
fn part(ctx: &mut Ctx, value: &Value, message: &str) -> PyResult<f64> {
    let is_number = to_f64(value).is_some()
        || int::is_int(value)
        || [ctx.names.__float__.clone(), ctx.names.__index__.clone()]
            .iter()
            .any(|name| protocol::lookup_special(ctx, value, name).is_some());
    if !is_number || is_bytes_like(value) {
        return Err(protocol::type_mismatch(ctx, message, value));
    }
    protocol::convert::as_f64(ctx, value)
}

/// `complex(value)` for the functions of module `cmath`.
///
/// # Errors
/// TypeError for what is no number; what the special methods raise.
pub fn from_object(ctx: &mut Ctx, value: &Value) -> PyResult<Number> {
    match from_special(ctx, value)? {
        Some(number) => Ok(number),
        None => protocol::convert::as_f64(ctx, value).map(|re| complex(re, 0.0)),
    }
}

fn format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let spec = protocol::text::expect_str(ctx, &args[1], "__format__() argument must be str, not {}")?;
    if spec.as_str().is_empty() {
        return protocol::str_of(ctx, &args[0]).map(Into::into);
    }
    let (z, type_name) = (number(&args[0]), protocol::class_name(ctx, &args[0]));
    let text = format_spec::format_complex(z.re, z.im, spec.as_str(), &type_name).or_raise(ctx)?;
    Ok(ctx.str(text))
}

fn hash(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let z = number(&args[0]);
    let part = |x| hashing::float(x).unwrap_or_else(|| hashing::pointer(args[0].id() as usize));
    Ok(from_i64(hashing::complex(part(z.re), part(z.im))))
}

/// Whether a number equals a complex one; None for what is no number.
fn equal(args: &[Value]) -> Option<bool> {
    let z = number(&args[0]);
    if let Some(other) = to_number(&args[1]) {
        return Some(z.re == other.re && z.im == other.im);
    }
    if to_f64(&args[1]).is_none() && !int::is_int(&args[1]) {
        return None;
    }
    let real = protocol::compare::compare_numbers(&new_float(z.re), &args[1]);
    Some(z.im == 0.0 && real.is_some_and(std::cmp::Ordering::is_eq))
}

fn add(a: Number, b: Number) -> Result<Number, ComplexError> {
    Ok(complex(a.re + b.re, a.im + b.im))
}

fn subtract(a: Number, b: Number) -> Result<Number, ComplexError> {
    Ok(complex(a.re - b.re, a.im - b.im))
}

fn operand(ctx: &mut Ctx, value: &Value) -> PyResult<Option<Number>> {
    if let Some(number) = to_number(value) {
        return Ok(Some(number));
    }
    match to_f64(value) {
        Some(re) => Ok(Some(complex(re, 0.0))),
        None if int::is_int(value) => int::as_float(ctx, value).map(|re| Some(complex(re, 0.0))),
        None => Ok(None),
    }
}

fn arithmetic(
    ctx: &mut Ctx,
    a: &Value,
    b: &Value,
    compute: fn(Number, Number) -> Result<Number, ComplexError>,
) -> PyResult {
    let (Some(x), Some(y)) = (operand(ctx, a)?, operand(ctx, b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    compute(x, y).map(from_number).or_raise(ctx)
}

fn power(ctx: &mut Ctx, a: &Value, b: &Value, modulus: &Value) -> PyResult {
    let (Some(x), Some(y)) = (operand(ctx, a)?, operand(ctx, b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !modulus.is_empty() && !modulus.is_none() {
        return Err(ctx.value_error("complex modulo"));
    }
    power_of(ctx, (x.re, x.im), (y.re, y.im))
}

/// `a ** b` of complex numbers given by their parts.
///
/// # Errors
/// ZeroDivisionError, OverflowError.
pub fn power_of(ctx: &mut Ctx, a: (f64, f64), b: (f64, f64)) -> PyResult {
    algorithms::pow(complex(a.0, a.1), complex(b.0, b.1)).map(from_number).or_raise(ctx)
}

fn get_new_args(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let z = number(&args[0]);
    Ok(new_tuple([new_float(z.re), new_float(z.im)]).into_value())
}
