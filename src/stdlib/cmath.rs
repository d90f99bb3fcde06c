//! Module `cmath`: functions of complex numbers.
//!
//! Source: Standard Library "cmath".

use super::math::CONSTANTS;
use crate::objects::complex::{from_number, from_object, new_complex};
use crate::objects::ctx::Ctx;
use crate::objects::failure::{OrRaise, raise};
use crate::objects::float::new_float;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::complex::{self, Complex, ComplexResult};
use crate::text::math::MathError;

crate::natives! { static FUNCTIONS:
    /// Return the arc cosine of z.
    function "acos(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::acos(z)));
    /// Return the inverse hyperbolic cosine of z.
    function "acosh(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::acosh(z)));
    /// Return the arc sine of z.
    function "asin(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::asin(z)));
    /// Return the inverse hyperbolic sine of z.
    function "asinh(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::asinh(z)));
    /// Return the arc tangent of z.
    function "atan(z, /)" => |ctx, args| unary(ctx, args, complex::atan);
    /// Return the inverse hyperbolic tangent of z.
    function "atanh(z, /)" => |ctx, args| unary(ctx, args, complex::atanh);
    /// Return the cosine of z.
    function "cos(z, /)" => |ctx, args| unary(ctx, args, complex::cos);
    /// Return the hyperbolic cosine of z.
    function "cosh(z, /)" => |ctx, args| unary(ctx, args, complex::cosh);
    /// Return the exponential value e**z.
    function "exp(z, /)" => |ctx, args| unary(ctx, args, complex::exp);
    /// Determine whether two complex numbers are close in value.
    ///
    ///   rel_tol
    ///     maximum difference for being considered "close", relative to the
    ///     magnitude of the input values
    ///   abs_tol
    ///     maximum difference for being considered "close", regardless of the
    ///     magnitude of the input values
    ///
    /// Return True if a is close in value to b, and False otherwise.
    ///
    /// For the values to be considered close, the difference between them must be
    /// smaller than at least one of the tolerances.
    ///
    /// -inf, inf and NaN behave similarly to the IEEE 754 Standard. That is, NaN is
    /// not close to anything, even itself. inf and -inf are only close to themselves.
    function "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => is_close;
    /// Return True if both the real and imaginary parts of z are finite, else False.
    function "isfinite(z, /)" => |ctx, args| asked(ctx, args, |z| z.re.is_finite() && z.im.is_finite());
    /// Checks if the real or imaginary part of z is infinite.
    function "isinf(z, /)" => |ctx, args| asked(ctx, args, |z| z.re.is_infinite() || z.im.is_infinite());
    /// Checks if the real or imaginary part of z not a number (NaN).
    function "isnan(z, /)" => |ctx, args| asked(ctx, args, |z| z.re.is_nan() || z.im.is_nan());
    /// log(z[, base]) -> the logarithm of z to the given base.
    ///
    /// If the base is not specified, returns the natural logarithm (base e) of z.
    function "log(z, base=<unrepresentable>, /)" => log;
    /// Return the base-10 logarithm of z.
    function "log10(z, /)" => |ctx, args| unary(ctx, args, complex::log10);
    /// Return argument, also known as the phase angle, of a complex.
    function "phase(z, /)" => |ctx, args| from_object(ctx, &args[0]).map(|z| new_float(complex::phase(z)));
    /// Convert a complex from rectangular coordinates to polar coordinates.
    ///
    /// r is the distance from 0 and phi the phase angle.
    function "polar(z, /)" => polar;
    /// Convert from polar coordinates to rectangular coordinates.
    function "rect(r, phi, /)" => rect;
    /// Return the sine of z.
    function "sin(z, /)" => |ctx, args| unary(ctx, args, complex::sin);
    /// Return the hyperbolic sine of z.
    function "sinh(z, /)" => |ctx, args| unary(ctx, args, complex::sinh);
    /// Return the square root of z.
    function "sqrt(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::sqrt(z)));
    /// Return the tangent of z.
    function "tan(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::tan(z)));
    /// Return the hyperbolic tangent of z.
    function "tanh(z, /)" => |ctx, args| unary(ctx, args, |z| Ok(complex::tanh(z)));
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "This module provides access to mathematical functions for complex\nnumbers.";
    let module = new_module(ctx, "cmath", Some(doc));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("cmath", def));
    }
    for (name, value) in CONSTANTS {
        module.dict.set_str(&intern(name), new_float(*value));
    }
    module.dict.set_str(&intern("infj"), new_complex(0.0, f64::INFINITY));
    module.dict.set_str(&intern("nanj"), new_complex(0.0, f64::NAN));
    Ok(module.into_value())
}

fn unary(ctx: &mut Ctx, args: &[Value], compute: fn(Complex) -> ComplexResult) -> PyResult {
    let z = from_object(ctx, &args[0])?;
    compute(z).map(from_number).or_raise(ctx)
}

fn asked(ctx: &mut Ctx, args: &[Value], ask: fn(Complex) -> bool) -> PyResult {
    from_object(ctx, &args[0]).map(|z| Value::bool(ask(z)))
}

fn log(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let z = from_object(ctx, &args[0])?;
    let numerator = complex::log(z).or_raise(ctx)?;
    if args[1].is_empty() {
        return Ok(from_number(numerator));
    }
    let base = from_object(ctx, &args[1])?;
    let denominator = complex::log(base).or_raise(ctx)?;
    complex::div(numerator, denominator).map(from_number).map_err(|_| MathError::Domain).or_raise(ctx)
}

fn polar(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let z = from_object(ctx, &args[0])?;
    let size = complex::abs(z).map_err(|_| MathError::Range).or_raise(ctx)?;
    Ok(new_tuple([new_float(size), new_float(complex::phase(z))]).into_value())
}

fn rect(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let r = protocol::convert::as_f64(ctx, &args[0])?;
    let phi = protocol::convert::as_f64(ctx, &args[1])?;
    complex::rect(r, phi).map(from_number).or_raise(ctx)
}

fn is_close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (a, b) = (from_object(ctx, &args[0])?, from_object(ctx, &args[1])?);
    let relative = if args[2].is_empty() { 1e-9 } else { protocol::convert::as_f64(ctx, &args[2])? };
    let absolute = if args[3].is_empty() { 0.0 } else { protocol::convert::as_f64(ctx, &args[3])? };
    if relative < 0.0 || absolute < 0.0 {
        return Err(raise(ctx, &MathError::NegativeTolerance));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    let infinite = |z: Complex| z.re.is_infinite() || z.im.is_infinite();
    if infinite(a) || infinite(b) {
        return Ok(Value::FALSE);
    }
    let size = |z: Complex| z.re.hypot(z.im);
    let difference = (a.re - b.re).hypot(a.im - b.im);
    let near = difference <= relative * size(b) || difference <= relative * size(a) || difference <= absolute;
    Ok(Value::bool(near))
}
