//! Module `math`.
//!
//! The computing is done by the text floor; this file fetches the arguments. Functions of floats take anything with
//! `__float__` or `__index__`, functions of integers anything with `__index__`.
//!
//! Source: Standard Library "math".

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::code::BinaryOperator;
use crate::objects::ctx::Ctx;
use crate::objects::failure::OrRaise;
use crate::objects::float::{new_float, to_f64};
use crate::objects::int::{self, from_bigint, from_i64, from_number, is_int};
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::signals::Pace;
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::float as float_text;
use crate::text::math::{self, Base, MathResult};

crate::natives! { static FUNCTIONS:
    /// Return the arc cosine (measured in radians) of x.
    ///
    /// The result is between 0 and pi.
    function "acos(x, /)" => |ctx, args| unary(ctx, args, math::acos);
    /// Return the inverse hyperbolic cosine of x.
    function "acosh(x, /)" => |ctx, args| unary(ctx, args, math::acosh);
    /// Return the arc sine (measured in radians) of x.
    ///
    /// The result is between -pi/2 and pi/2.
    function "asin(x, /)" => |ctx, args| unary(ctx, args, math::asin);
    /// Return the inverse hyperbolic sine of x.
    function "asinh(x, /)" => |ctx, args| unary(ctx, args, math::asinh);
    /// Return the arc tangent (measured in radians) of x.
    ///
    /// The result is between -pi/2 and pi/2.
    function "atan(x, /)" => |ctx, args| unary(ctx, args, math::atan);
    /// Return the arc tangent (measured in radians) of y/x.
    ///
    /// Unlike atan(y/x), the signs of both x and y are considered.
    function "atan2(y, x, /)" => |ctx, args| binary(ctx, args, |y, x| Ok(y.atan2(x)));
    /// Return the inverse hyperbolic tangent of x.
    function "atanh(x, /)" => |ctx, args| unary(ctx, args, math::atanh);
    /// Return the cube root of x.
    function "cbrt(x, /)" => |ctx, args| unary(ctx, args, math::cbrt);
    /// Return the ceiling of x as an Integral.
    ///
    /// This is the smallest integer >= x.
    function "ceil(x, /)" => ceil;
    /// Number of ways to choose k items from n items without repetition and without order.
    ///
    /// Evaluates to n! / (k! * (n - k)!) when k <= n and evaluates
    /// to zero when k > n.
    ///
    /// Also called the binomial coefficient because it is equivalent
    /// to the coefficient of k-th term in polynomial expansion of the
    /// expression (1 + x)**n.
    ///
    /// Raises TypeError if either of the arguments are not integers.
    /// Raises ValueError if either of the arguments are negative.
    function "comb(n, k, /)" => comb;
    /// Return a float with the magnitude (absolute value) of x but the sign of y.
    ///
    /// On platforms that support signed zeros, copysign(1.0, -0.0)
    /// returns -1.0.
    function "copysign(x, y, /)" => |ctx, args| binary(ctx, args, |x, y| Ok(x.copysign(y)));
    /// Return the cosine of x (measured in radians).
    function "cos(x, /)" => |ctx, args| unary(ctx, args, math::cos);
    /// Return the hyperbolic cosine of x.
    function "cosh(x, /)" => |ctx, args| unary(ctx, args, math::cosh);
    /// Convert angle x from radians to degrees.
    function "degrees(x, /)" => |ctx, args| unary(ctx, args, |x| Ok(x * (180.0 / std::f64::consts::PI)));
    /// Return the Euclidean distance between two points p and q.
    ///
    /// The points should be specified as sequences (or iterables) of
    /// coordinates.  Both inputs must have the same dimension.
    ///
    /// Roughly equivalent to:
    ///     sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))
    function "dist(p, q, /)" => dist;
    /// Error function at x.
    function "erf(x, /)" => |ctx, args| unary(ctx, args, math::erf);
    /// Complementary error function at x.
    function "erfc(x, /)" => |ctx, args| unary(ctx, args, math::erfc);
    /// Return e raised to the power of x.
    function "exp(x, /)" => |ctx, args| unary(ctx, args, math::exp);
    /// Return 2 raised to the power of x.
    function "exp2(x, /)" => |ctx, args| unary(ctx, args, math::exp2);
    /// Return exp(x)-1.
    ///
    /// This function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.
    function "expm1(x, /)" => |ctx, args| unary(ctx, args, math::expm1);
    /// Return the absolute value of the float x.
    function "fabs(x, /)" => |ctx, args| unary(ctx, args, |x| Ok(x.abs()));
    /// Find n!.
    ///
    /// Raise a ValueError if x is negative or non-integral.
    function "factorial(n, /)" => |ctx, args| { let n = protocol::as_index(ctx, &args[0])?; math::factorial(&n).map(from_bigint).or_raise(ctx) };
    /// Return the floor of x as an Integral.
    ///
    /// This is the largest integer <= x.
    function "floor(x, /)" => floor;
    /// Fused multiply-add operation.
    ///
    /// Compute (x * y) + z with a single round.
    function "fma(x, y, z, /)" => fma;
    /// Return fmod(x, y), according to platform C.
    ///
    /// x % y may differ.
    function "fmod(x, y, /)" => |ctx, args| binary(ctx, args, math::fmod);
    /// Return the mantissa and exponent of x, as pair (m, e).
    ///
    /// m is a float and e is an int, such that x = m * 2.**e.
    /// If x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.
    function "frexp(x, /)" => frexp;
    /// Return an accurate floating-point sum of values in the iterable seq.
    ///
    /// Assumes IEEE-754 floating-point arithmetic.
    function "fsum(seq, /)" => fsum;
    /// Gamma function at x.
    function "gamma(x, /)" => |ctx, args| unary(ctx, args, math::gamma);
    /// Greatest Common Divisor.
    function "gcd(*integers)" => |ctx, args| fold(ctx, &args[0], BigInt::ZERO, |a, b| a.gcd(b));
    /// hypot(*coordinates) -> value
    ///
    /// Multidimensional Euclidean distance from the origin to a point.
    ///
    /// Roughly equivalent to:
    ///     sqrt(sum(x**2 for x in coordinates))
    ///
    /// For a two dimensional point (x, y), gives the hypotenuse
    /// using the Pythagorean theorem:  sqrt(x*x + y*y).
    ///
    /// For example, the hypotenuse of a 3/4/5 right triangle is:
    ///
    ///     >>> hypot(3.0, 4.0)
    ///     5.0
    function "hypot(*coordinates)" => hypot;
    /// Determine whether two floating-point numbers are close in value.
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
    /// For the values to be considered close, the difference between them
    /// must be smaller than at least one of the tolerances.
    ///
    /// -inf, inf and NaN behave similarly to the IEEE 754 Standard.  That
    /// is, NaN is not close to anything, even itself.  inf and -inf are
    /// only close to themselves.
    function "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => is_close;
    /// Return True if x is neither an infinity nor a NaN, and False otherwise.
    function "isfinite(x, /)" => |ctx, args| protocol::convert::as_f64(ctx, &args[0]).map(|x| Value::bool(x.is_finite()));
    /// Return True if x is a positive or negative infinity, and False otherwise.
    function "isinf(x, /)" => |ctx, args| protocol::convert::as_f64(ctx, &args[0]).map(|x| Value::bool(x.is_infinite()));
    /// Return True if x is a NaN (not a number), and False otherwise.
    function "isnan(x, /)" => |ctx, args| protocol::convert::as_f64(ctx, &args[0]).map(|x| Value::bool(x.is_nan()));
    /// Return the integer part of the square root of the input.
    function "isqrt(n, /)" => |ctx, args| { let n = protocol::as_index(ctx, &args[0])?; math::isqrt(&n).map(from_bigint).or_raise(ctx) };
    /// Least Common Multiple.
    function "lcm(*integers)" => |ctx, args| fold(ctx, &args[0], BigInt::from(1), |a, b| if b.is_zero() { BigInt::ZERO } else { a.lcm(b) });
    /// Return x * (2**i).
    ///
    /// This is essentially the inverse of frexp().
    function "ldexp(x, i, /)" => ldexp;
    /// Natural logarithm of absolute value of Gamma function at x.
    function "lgamma(x, /)" => |ctx, args| unary(ctx, args, math::lgamma);
    /// log(x, [base=math.e])
    /// Return the logarithm of x to the given base.
    ///
    /// If the base is not specified, returns the natural logarithm (base e) of x.
    function "log(x, base=<unrepresentable>, /)" => log;
    /// Return the base 10 logarithm of x.
    function "log10(x, /)" => |ctx, args| logarithm(ctx, &args[0], Base::Ten).map(new_float);
    /// Return the natural logarithm of 1+x (base e).
    ///
    /// The result is computed in a way which is accurate for x near zero.
    function "log1p(x, /)" => |ctx, args| unary(ctx, args, math::log1p);
    /// Return the base 2 logarithm of x.
    function "log2(x, /)" => |ctx, args| logarithm(ctx, &args[0], Base::Two).map(new_float);
    /// Return the fractional and integer parts of x.
    ///
    /// Both results carry the sign of x and are floats.
    function "modf(x, /)" => modf;
    /// Return the floating-point value the given number of steps after x towards y.
    ///
    /// If steps is not specified or is None, it defaults to 1.
    ///
    /// Raises a TypeError, if x or y is not a double, or if steps is not an integer.
    /// Raises ValueError if steps is negative.
    function "nextafter(x, y, /, *, steps=None)" => next_after;
    /// Number of ways to choose k items from n items without repetition and with order.
    ///
    /// Evaluates to n! / (n - k)! when k <= n and evaluates
    /// to zero when k > n.
    ///
    /// If k is not specified or is None, then k defaults to n
    /// and the function returns n!.
    ///
    /// Raises TypeError if either of the arguments are not integers.
    /// Raises ValueError if either of the arguments are negative.
    function "perm(n, k=None, /)" => perm;
    /// Return x**y (x to the power of y).
    function "pow(x, y, /)" => |ctx, args| binary(ctx, args, math::pow);
    /// Calculate the product of all the elements in the input iterable.
    ///
    /// The default start value for the product is 1.
    ///
    /// When the iterable is empty, return the start value.  This function is
    /// intended specifically for use with numeric values and may reject
    /// non-numeric types.
    function "prod(iterable, /, *, start=1)" => prod;
    /// Convert angle x from degrees to radians.
    function "radians(x, /)" => |ctx, args| unary(ctx, args, |x| Ok(x * (std::f64::consts::PI / 180.0)));
    /// Difference between x and the closest integer multiple of y.
    ///
    /// Return x - n*y where n*y is the closest integer multiple of y.
    /// In the case where x is exactly halfway between two multiples of
    /// y, the nearest even value of n is used. The result is always exact.
    function "remainder(x, y, /)" => |ctx, args| binary(ctx, args, math::remainder);
    /// Return the sine of x (measured in radians).
    function "sin(x, /)" => |ctx, args| unary(ctx, args, math::sin);
    /// Return the hyperbolic sine of x.
    function "sinh(x, /)" => |ctx, args| unary(ctx, args, math::sinh);
    /// Return the square root of x.
    function "sqrt(x, /)" => |ctx, args| unary(ctx, args, math::sqrt);
    /// Return the sum of products of values from two iterables p and q.
    ///
    /// Roughly equivalent to:
    ///
    ///     sum(itertools.starmap(operator.mul, zip(p, q, strict=True)))
    ///
    /// For float and mixed int/float inputs, the intermediate products
    /// and sums are computed with extended precision.
    function "sumprod(p, q, /)" => sum_product;
    /// Return the tangent of x (measured in radians).
    function "tan(x, /)" => |ctx, args| unary(ctx, args, math::tan);
    /// Return the hyperbolic tangent of x.
    function "tanh(x, /)" => |ctx, args| unary(ctx, args, math::tanh);
    /// Truncates the Real x to the nearest Integral toward 0.
    ///
    /// Uses the __trunc__ magic method.
    function "trunc(x, /)" => trunc;
    /// Return the value of the least significant bit of the float x.
    function "ulp(x, /)" => |ctx, args| unary(ctx, args, |x| Ok(math::ulp(x)));
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "This module provides access to the mathematical functions\ndefined by the C standard.";
    let module = new_module(ctx, "math", Some(doc));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("math", def));
    }
    for (name, value) in CONSTANTS {
        module.dict.set_str(&intern(name), new_float(*value));
    }
    Ok(module.into_value())
}

/// The constants that `math` and `cmath` share.
pub(super) const CONSTANTS: &[(&str, f64)] = &[
    ("pi", std::f64::consts::PI),
    ("e", std::f64::consts::E),
    ("tau", std::f64::consts::TAU),
    ("inf", f64::INFINITY),
    ("nan", f64::NAN),
];

fn unary(ctx: &mut Ctx, args: &[Value], compute: fn(f64) -> MathResult) -> PyResult {
    let x = protocol::convert::as_f64(ctx, &args[0])?;
    compute(x).map(new_float).or_raise(ctx)
}

fn binary(ctx: &mut Ctx, args: &[Value], compute: fn(f64, f64) -> MathResult) -> PyResult {
    let x = protocol::convert::as_f64(ctx, &args[0])?;
    let y = protocol::convert::as_f64(ctx, &args[1])?;
    compute(x, y).map(new_float).or_raise(ctx)
}

/// `floor` and `ceil`: the method where there is one, else the float.
fn rounded(ctx: &mut Ctx, value: &Value, method: &Value, round: fn(f64) -> f64) -> PyResult {
    if value.as_inline_float().is_none()
        && let Some(result) = protocol::call_special(ctx, value, method, &[])?
    {
        return Ok(result);
    }
    let x = protocol::convert::as_f64(ctx, value)?;
    float_text::to_int(round(x)).map(from_number).or_raise(ctx)
}

fn floor(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let method = ctx.names.__floor__.clone();
    rounded(ctx, &args[0], &method, f64::floor)
}

fn ceil(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let method = ctx.names.__ceil__.clone();
    rounded(ctx, &args[0], &method, f64::ceil)
}

fn trunc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let method = ctx.names.__trunc__.clone();
    match protocol::call_special(ctx, &args[0], &method, &[])? {
        Some(result) => Ok(result),
        None => Err(protocol::type_mismatch(ctx, "type {} doesn't define __trunc__ method", &args[0])),
    }
}

/// The logarithm of a float or of an int of any size.
fn logarithm(ctx: &mut Ctx, value: &Value, base: Base) -> PyResult<f64> {
    if is_int(value) {
        return math::log_int(&int::big(value).unwrap_or_default(), base).or_raise(ctx);
    }
    let x = protocol::convert::as_f64(ctx, value)?;
    math::log(x, base).or_raise(ctx)
}

fn log(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let numerator = logarithm(ctx, &args[0], Base::E)?;
    if args[1].is_empty() {
        return Ok(new_float(numerator));
    }
    let denominator = logarithm(ctx, &args[1], Base::E)?;
    float_text::true_div(numerator, denominator).map(new_float).or_raise(ctx)
}

fn fold(ctx: &mut Ctx, integers: &Value, start: BigInt, combine: fn(&BigInt, &BigInt) -> BigInt) -> PyResult {
    let mut result = start;
    for value in protocol::collect(ctx, integers)? {
        let number = protocol::as_index(ctx, &value)?;
        result = combine(&result, &number);
    }
    Ok(from_bigint(result.abs()))
}

fn comb(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (n, k) = (protocol::as_index(ctx, &args[0])?, protocol::as_index(ctx, &args[1])?);
    math::comb(&n, &k).map(from_bigint).or_raise(ctx)
}

fn perm(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let n = protocol::as_index(ctx, &args[0])?;
    if args[1].is_empty() || args[1].is_none() {
        return math::factorial(&n).map(from_bigint).or_raise(ctx);
    }
    let k = protocol::as_index(ctx, &args[1])?;
    math::perm(&n, &k).map(from_bigint).or_raise(ctx)
}

fn fma(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let x = protocol::convert::as_f64(ctx, &args[0])?;
    let y = protocol::convert::as_f64(ctx, &args[1])?;
    let z = protocol::convert::as_f64(ctx, &args[2])?;
    math::fma(x, y, z).map(new_float).or_raise(ctx)
}

fn frexp(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (fraction, exponent) = math::frexp(protocol::convert::as_f64(ctx, &args[0])?);
    Ok(new_tuple([new_float(fraction), from_i64(i64::from(exponent))]).into_value())
}

fn modf(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (fraction, whole) = math::modf(protocol::convert::as_f64(ctx, &args[0])?);
    Ok(new_tuple([new_float(fraction), new_float(whole)]).into_value())
}

fn ldexp(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let x = protocol::convert::as_f64(ctx, &args[0])?;
    if !is_int(&args[1]) {
        return Err(ctx.type_error("Expected an int as second argument to ldexp."));
    }
    let exponent = protocol::convert::as_clamped_index(ctx, &args[1])?;
    math::ldexp(x, exponent as i64).map(new_float).or_raise(ctx)
}

fn next_after(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let x = protocol::convert::as_f64(ctx, &args[0])?;
    let y = protocol::convert::as_f64(ctx, &args[1])?;
    let steps = if args[2].is_empty() || args[2].is_none() {
        // Without a count the step onto zero keeps the sign, as that of C does.
        let next = math::next_after(x, y, 1);
        return Ok(new_float(if next == 0.0 && x != y { next.copysign(x) } else { next }));
    } else {
        let steps = protocol::as_index(ctx, &args[2])?;
        if steps.is_negative() {
            return Err(ctx.value_error("steps must be a non-negative integer"));
        }
        steps.to_u64().unwrap_or(u64::MAX)
    };
    Ok(new_float(math::next_after(x, y, steps)))
}

fn is_close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let a = protocol::convert::as_f64(ctx, &args[0])?;
    let b = protocol::convert::as_f64(ctx, &args[1])?;
    let relative = if args[2].is_empty() { 1e-9 } else { protocol::convert::as_f64(ctx, &args[2])? };
    let absolute = if args[3].is_empty() { 0.0 } else { protocol::convert::as_f64(ctx, &args[3])? };
    math::is_close(a, b, relative, absolute).map(Value::bool).or_raise(ctx)
}

fn floats(ctx: &mut Ctx, values: &Value) -> PyResult<Vec<f64>> {
    let values = protocol::collect(ctx, values)?;
    values.iter().map(|value| protocol::convert::as_f64(ctx, value)).collect()
}

fn hypot(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_float(math::hypot(&floats(ctx, &args[0])?)))
}

fn dist(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (p, q) = (protocol::collect(ctx, &args[0])?, protocol::collect(ctx, &args[1])?);
    if p.len() != q.len() {
        return Err(ctx.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::with_capacity(p.len());
    for (p, q) in p.iter().zip(&q) {
        differences.push(protocol::convert::as_f64(ctx, p)? - protocol::convert::as_f64(ctx, q)?);
    }
    Ok(new_float(math::hypot(&differences)))
}

fn fsum(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let values = floats(ctx, &args[0])?;
    math::fsum(values).map(new_float).or_raise(ctx)
}

fn prod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = protocol::iter(ctx, &args[0])?;
    let mut product = if args[1].is_empty() { from_i64(1) } else { args[1].clone() };
    let mut pace = Pace::default();
    while let Some(factor) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        product = protocol::binary_op(ctx, BinaryOperator::Multiply, &product, &factor)?;
    }
    Ok(product)
}

/// `sumprod(p, q)`: a first run of ints is summed exactly, the following run with floats in triple precision, and what
/// follows by the operators.
fn sum_product(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (p, q) = (protocol::collect(ctx, &args[0])?, protocol::collect(ctx, &args[1])?);
    if p.len() != q.len() {
        return Err(ctx.value_error("Inputs are not the same length"));
    }
    let pairs: Vec<(&Value, &Value)> = p.iter().zip(&q).collect();
    let ints = pairs.iter().take_while(|(p, q)| int::is_exact(p) && int::is_exact(q)).count();
    let mut total = from_i64(0);
    for (p, q) in &pairs[..ints] {
        total = int::add(&total, &int::multiply(p, q));
    }
    let mut rest = &pairs[ints..];
    let mut run = Vec::new();
    for (p, q) in rest {
        match (to_f64(p), to_f64(q)) {
            (Some(p), Some(q)) => run.push((p, q)),
            (Some(p), None) if is_int(q) => run.push((p, int::as_float(ctx, q)?)),
            (None, Some(q)) if is_int(p) => run.push((int::as_float(ctx, p)?, q)),
            _ => break,
        }
    }
    if !run.is_empty()
        && let Some(sum) = math::sum_product(run.iter().copied())
    {
        rest = &rest[run.len()..];
        total = protocol::binary_op(ctx, BinaryOperator::Add, &total, &new_float(sum))?;
    }
    for (p, q) in rest {
        let product = protocol::binary_op(ctx, BinaryOperator::Multiply, p, q)?;
        total = protocol::binary_op(ctx, BinaryOperator::Add, &total, &product)?;
    }
    Ok(total)
}
