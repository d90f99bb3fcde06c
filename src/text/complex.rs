//! `complex`: parsing, spelling, arithmetic, and the functions of `cmath`.
//!
//! A complex number is a pair of floats here. Sum and difference are those of the parts; what is less obvious (division without
//! needless overflow, powers, branch cuts) follows CPython's formulas, so that results agree to the last bit.
//!
//! Source: Standard Library "cmath", "complex"; W. Kahan, "Branch Cuts for Complex Elementary Functions" (1987); R. L. Smith,
//! "Algorithm 116: Complex division" (1962).

use std::f64::consts::{FRAC_PI_2, LN_2};

use super::failure::failures;
use super::float::{self, Notation, Style};
use super::math::{self, MathError};
use super::unicode;

failures! {
    /// Why an operation on complex numbers fails.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum ComplexError {
        /// `complex("1+")`
        Malformed => ValueError, "complex() arg is a malformed string";
        /// `complex("1__0")`; `literal` is the `repr` of the argument.
        Underscores { literal: String } => ValueError, "could not convert string to complex: {literal}";
        /// `1j / 0`
        Division => ZeroDivisionError, "complex division by zero";
        /// `0j ** -1`
        ZeroPower => ZeroDivisionError, "0.0 to a negative or complex power";
        /// `(1e300+1j) ** 2`
        PowerRange => OverflowError, "complex exponentiation";
        /// `abs(1e308+1.7e308j)`
        AbsRange => OverflowError, "absolute value too large";
    }
}

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

/// Makes a complex number from its parts.
pub const fn complex(re: f64, im: f64) -> Complex {
    Complex { re, im }
}

/// `repr(z)`: a positive zero as real part is left out, and with it the parentheses.
///
/// ```
/// use coil::text::complex::{complex, repr};
/// assert_eq!(repr(complex(1.0, -2.5)), "(1-2.5j)");
/// ```
pub fn repr(z: Complex) -> String {
    let style = Style { point_zero: false, ..Style::new(Notation::Repr, 0) };
    let im = float::spell(z.im, style);
    if z.re == 0.0 && z.re.is_sign_positive() {
        return format!("{im}j");
    }
    let sign = if im.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{im}j)", float::spell(z.re, style))
}

/// Parses the text of `complex(text)`.
///
/// # Errors
/// [`ComplexError::Malformed`] or [`ComplexError::Underscores`].
pub fn parse(text: &str) -> Result<Complex, ComplexError> {
    let given = text;
    let text = unicode::ascii_numeral(text);
    let mut text = float::trim_ascii_space(&text);
    if let Some(inside) = text.strip_prefix('(') {
        text = float::trim_ascii_space(inside.strip_suffix(')').ok_or(ComplexError::Malformed)?);
    }
    let between_digits = |at: usize| {
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1).and_then(|before| text.as_bytes().get(before))) && digit(text.as_bytes().get(at + 1))
    };
    if !text.match_indices('_').all(|(at, _)| between_digits(at)) {
        return Err(ComplexError::Underscores { literal: super::repr::string(given) });
    }
    parse_parts(&text.replace('_', "")).ok_or(ComplexError::Malformed)
}

fn parse_parts(text: &str) -> Option<Complex> {
    let (first, rest) = split_float(text);
    // A lone sign or nothing before the j means 1.
    let unit = |text: &str| match text.as_bytes() {
        [b'-', b'j' | b'J'] => Some(-1.0),
        [b'+', b'j' | b'J'] => Some(1.0),
        _ => None,
    };
    match (first, rest) {
        (None, "j" | "J") => Some(complex(0.0, 1.0)),
        (None, rest) => unit(rest).map(|im| complex(0.0, im)),
        (Some(re), "") => Some(complex(re, 0.0)),
        (Some(im), "j" | "J") => Some(complex(0.0, im)),
        (Some(re), rest) if rest.starts_with(['+', '-']) => {
            if let Some(im) = unit(rest) {
                return Some(complex(re, im));
            }
            let (second, rest) = split_float(rest);
            second.filter(|_| matches!(rest, "j" | "J")).map(|im| complex(re, im))
        }
        _ => None,
    }
}

/// Splits off the longest float that the text starts with.
fn split_float(text: &str) -> (Option<f64>, &str) {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let words = ["infinity", "inf", "nan"];
    let word = words.iter().find(|word| {
        bytes.get(sign..sign + word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    });
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let end = if let Some(word) = word {
        sign + word.len()
    } else {
        let whole = digits(sign);
        let mut end = sign + whole;
        let mut fraction = 0;
        if bytes.get(end) == Some(&b'.') {
            fraction = digits(end + 1);
            end += 1 + fraction;
        }
        if whole + fraction == 0 {
            return (None, text);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let exponent_sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + exponent_sign);
            end += if exponent > 0 { 1 + exponent_sign + exponent } else { 0 };
        }
        end
    };
    (text[..end].parse().ok(), &text[end..])
}

// ---- arithmetic ----------------------------------------------------------------------------------------------------------

/// `a * b`
pub fn mul(a: Complex, b: Complex) -> Complex {
    complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

/// `a / b`
///
/// # Errors
/// Division by zero.
pub fn div(a: Complex, b: Complex) -> Result<Complex, ComplexError> {
    let (re, im) = (b.re.abs(), b.im.abs());
    // Dividing by the larger part first keeps the squares from overflowing.
    if re >= im {
        if re == 0.0 {
            return Err(ComplexError::Division);
        }
        let ratio = b.im / b.re;
        let scale = b.re + b.im * ratio;
        Ok(complex((a.re + a.im * ratio) / scale, (a.im - a.re * ratio) / scale))
    } else if im >= re {
        let ratio = b.re / b.im;
        let scale = b.re * ratio + b.im;
        Ok(complex((a.re * ratio + a.im) / scale, (a.im * ratio - a.re) / scale))
    } else {
        Ok(complex(f64::NAN, f64::NAN))
    }
}

/// `a ** b`
///
/// # Errors
/// A negative or complex power of zero, or a result too large.
pub fn pow(a: Complex, b: Complex) -> Result<Complex, ComplexError> {
    let result = if b.im == 0.0 && b.re == b.re.floor() && b.re.abs() <= 100.0 {
        let size = whole_power(a, b.re.abs() as u32);
        if b.re > 0.0 { size } else { div(complex(1.0, 0.0), size).map_err(|_| ComplexError::ZeroPower)? }
    } else if a.re == 0.0 && a.im == 0.0 {
        if b.im != 0.0 || b.re < 0.0 {
            return Err(ComplexError::ZeroPower);
        }
        complex(0.0, 0.0)
    } else {
        let (size, angle) = (a.re.hypot(a.im), a.im.atan2(a.re));
        let (mut length, mut phase) = (size.powf(b.re), angle * b.re);
        if b.im != 0.0 {
            length /= (angle * b.im).exp();
            phase += b.im * size.ln();
        }
        complex(length * phase.cos(), length * phase.sin())
    };
    if result.re.is_infinite() || result.im.is_infinite() { Err(ComplexError::PowerRange) } else { Ok(result) }
}

fn whole_power(mut z: Complex, mut n: u32) -> Complex {
    let mut result = complex(1.0, 0.0);
    while n > 0 {
        if n & 1 == 1 {
            result = mul(result, z);
        }
        n >>= 1;
        z = mul(z, z);
    }
    result
}

/// `abs(z)`
///
/// # Errors
/// The result is too large.
pub fn abs(z: Complex) -> Result<f64, ComplexError> {
    let size = z.re.hypot(z.im);
    if size.is_infinite() && z.re.is_finite() && z.im.is_finite() { Err(ComplexError::AbsRange) } else { Ok(size) }
}

// ---- cmath ---------------------------------------------------------------------------------------------------------------

/// A result of `cmath`.
pub type ComplexResult = Result<Complex, MathError>;

/// Beyond this, `exp` overflows.
const LOG_MAX: f64 = 709.782_712_893_384;

/// What an overflow of finite arguments becomes.
fn checked(z: Complex, result: Complex) -> ComplexResult {
    let overflows = result.re.is_infinite() || result.im.is_infinite();
    if overflows && z.re.is_finite() && z.im.is_finite() { Err(MathError::Range) } else { Ok(result) }
}

/// `cmath.phase(z)`
pub fn phase(z: Complex) -> f64 {
    z.im.atan2(z.re)
}

/// `cmath.rect(r, phi)`
///
/// # Errors
/// An infinite angle.
pub fn rect(r: f64, phi: f64) -> ComplexResult {
    if phi.is_infinite() && r != 0.0 && !r.is_nan() {
        return Err(MathError::Domain);
    }
    // The angle 0 keeps its sign in the imaginary part.
    Ok(if phi == 0.0 { complex(r, r * phi) } else { complex(r * phi.cos(), r * phi.sin()) })
}

/// `cmath.exp(z)`
///
/// # Errors
/// The result is too large.
pub fn exp(z: Complex) -> ComplexResult {
    let result = if z.re > LOG_MAX {
        let size = (z.re - 1.0).exp();
        let e = std::f64::consts::E;
        complex(size * z.im.cos() * e, size * z.im.sin() * e)
    } else {
        let size = z.re.exp();
        complex(size * z.im.cos(), size * z.im.sin())
    };
    checked(z, result)
}

/// `cmath.log(z)`
///
/// # Errors
/// Zero has no logarithm.
pub fn log(z: Complex) -> ComplexResult {
    let (x, y) = (z.re.abs(), z.im.abs());
    let re = if x > f64::MAX / 4.0 || y > f64::MAX / 4.0 {
        (x / 2.0).hypot(y / 2.0).ln() + LN_2
    } else if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        if x == 0.0 && y == 0.0 {
            return Err(MathError::Domain);
        }
        let scale = 9_007_199_254_740_992.0;
        (x * scale).hypot(y * scale).ln() - 53.0 * LN_2
    } else {
        let size = x.hypot(y);
        if (0.71..=1.73).contains(&size) {
            // Near 1 the logarithm is small, and the difference from 1 must be exact.
            let (large, small) = (x.max(y), x.min(y));
            ((large - 1.0) * (large + 1.0) + small * small).ln_1p() / 2.0
        } else {
            size.ln()
        }
    };
    Ok(complex(re, phase(z)))
}

/// `cmath.log10(z)`
///
/// # Errors
/// Zero has no logarithm.
pub fn log10(z: Complex) -> ComplexResult {
    let log = log(z)?;
    Ok(complex(log.re / std::f64::consts::LN_10, log.im / std::f64::consts::LN_10))
}

/// `cmath.sqrt(z)`
pub fn sqrt(z: Complex) -> Complex {
    if z.re == 0.0 && z.im == 0.0 {
        return complex(0.0, z.im);
    }
    if z.im.is_infinite() {
        return complex(f64::INFINITY, z.im);
    }
    let (x, y) = (z.re.abs(), z.im.abs());
    let s = if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        let x = libm::ldexp(x, 53);
        libm::ldexp((x + x.hypot(libm::ldexp(y, 53))).sqrt(), -27)
    } else {
        let x = x / 8.0;
        2.0 * (x + x.hypot(y / 8.0)).sqrt()
    };
    let d = y / (2.0 * s);
    if z.re >= 0.0 { complex(s, d.copysign(z.im)) } else { complex(d, s.copysign(z.im)) }
}

/// `cmath.cosh(z)`
///
/// # Errors
/// The result is too large.
pub fn cosh(z: Complex) -> ComplexResult {
    if z.re.abs() > LOG_MAX && z.re.is_finite() {
        let (x, e) = (z.re - 1f64.copysign(z.re), std::f64::consts::E);
        return checked(z, complex(z.im.cos() * x.cosh() * e, z.im.sin() * x.sinh() * e));
    }
    checked(z, complex(z.im.cos() * z.re.cosh(), z.im.sin() * z.re.sinh()))
}

/// `cmath.sinh(z)`
///
/// # Errors
/// The result is too large.
pub fn sinh(z: Complex) -> ComplexResult {
    if z.re.abs() > LOG_MAX && z.re.is_finite() {
        let (x, e) = (z.re - 1f64.copysign(z.re), std::f64::consts::E);
        return checked(z, complex(z.im.cos() * x.sinh() * e, z.im.sin() * x.cosh() * e));
    }
    checked(z, complex(z.im.cos() * z.re.sinh(), z.im.sin() * z.re.cosh()))
}

/// `cmath.tanh(z)`
pub fn tanh(z: Complex) -> Complex {
    let x = z.re.abs();
    if x > LOG_MAX - 2.0 * LN_2 {
        return complex(1f64.copysign(z.re), 4.0 * z.im.sin() * z.im.cos() * (-2.0 * x).exp());
    }
    let (tanh, tan, shrink) = (z.re.tanh(), z.im.tan(), 1.0 / z.re.cosh());
    let product = tanh * tan;
    let scale = 1.0 + product * product;
    complex(tanh * (1.0 + tan * tan) / scale, tan / scale * shrink * shrink)
}

/// `i * z`, by which the circular functions are hyperbolic ones.
fn turned(z: Complex) -> Complex {
    complex(-z.im, z.re)
}

/// `-i * z`
fn turned_back(z: Complex) -> Complex {
    complex(z.im, -z.re)
}

/// `cmath.sin(z)`
///
/// # Errors
/// The result is too large.
pub fn sin(z: Complex) -> ComplexResult {
    sinh(turned(z)).map(turned_back)
}

/// `cmath.cos(z)`
///
/// # Errors
/// The result is too large.
pub fn cos(z: Complex) -> ComplexResult {
    cosh(turned(z))
}

/// `cmath.tan(z)`
pub fn tan(z: Complex) -> Complex {
    turned_back(tanh(turned(z)))
}

fn real_asinh(x: f64) -> f64 {
    math::asinh(x).unwrap_or(x)
}

/// `cmath.acos(z)`
pub fn acos(z: Complex) -> Complex {
    let (below, above) = (sqrt(complex(1.0 - z.re, -z.im)), sqrt(complex(1.0 + z.re, z.im)));
    complex(2.0 * below.re.atan2(above.re), real_asinh(above.re * below.im - above.im * below.re))
}

/// `cmath.acosh(z)`
pub fn acosh(z: Complex) -> Complex {
    let (below, above) = (sqrt(complex(z.re - 1.0, z.im)), sqrt(complex(z.re + 1.0, z.im)));
    complex(real_asinh(below.re * above.re + below.im * above.im), 2.0 * below.im.atan2(above.re))
}

/// `cmath.asinh(z)`
pub fn asinh(z: Complex) -> Complex {
    let (first, second) = (sqrt(complex(1.0 + z.im, -z.re)), sqrt(complex(1.0 - z.im, z.re)));
    complex(
        real_asinh(first.re * second.im - second.re * first.im),
        z.im.atan2(first.re * second.re - first.im * second.im),
    )
}

/// `cmath.asin(z)`
pub fn asin(z: Complex) -> Complex {
    turned_back(asinh(turned(z)))
}

/// `cmath.atanh(z)`
///
/// # Errors
/// 1 and -1.
pub fn atanh(z: Complex) -> ComplexResult {
    if z.re.is_sign_negative() {
        let result = atanh(complex(-z.re, -z.im))?;
        return Ok(complex(-result.re, -result.im));
    }
    let large = (f64::MAX / 4.0).sqrt();
    let y = z.im.abs();
    if z.re > large || y > large {
        let half = (z.re / 2.0).hypot(y / 2.0);
        return Ok(complex(z.re / 4.0 / half / half, -FRAC_PI_2.copysign(-z.im)));
    }
    if z.re == 1.0 && y < f64::MIN_POSITIVE.sqrt() {
        if y == 0.0 {
            return Err(MathError::Domain);
        }
        return Ok(complex(-(y.sqrt() / y.hypot(2.0).sqrt()).ln(), (2f64.atan2(-y) / 2.0).copysign(z.im)));
    }
    let below = 1.0 - z.re;
    Ok(complex(
        (4.0 * z.re / (below * below + y * y)).ln_1p() / 4.0,
        -(-2.0 * z.im).atan2(below * (1.0 + z.re) - y * y) / 2.0,
    ))
}

/// `cmath.atan(z)`
///
/// # Errors
/// 1j and -1j.
pub fn atan(z: Complex) -> ComplexResult {
    atanh(turned(z)).map(turned_back)
}
