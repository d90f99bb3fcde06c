//! `float`: spelling, parsing, rounding and the arithmetic that differs from C's.
//!
//! A float is spelled in two steps. First its decimal digits are found ([`Decimal`]): the shortest that read back as the same
//! float, or a given number of significant or fractional ones, always correctly rounded. Then the digits are laid out with point
//! and exponent by one function ([`spell`]), which `repr`, `format`, `%` and `round` share.
//!
//! Source: Language Reference 6.7 (floor division and modulo), Standard Library "float.hex", "String conversion".

use std::cmp::Ordering;
use std::fmt::Write;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::failure::failures;
use super::int::Int;
use super::{everyday, unicode};

failures! {
    /// Why an operation on floats fails.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum FloatError {
        /// `x // 0.0`
        FloorDivision => ZeroDivisionError, "float floor division by zero";
        /// `x % 0.0`
        Modulo => ZeroDivisionError, "float modulo by zero";
        /// `divmod(x, 0.0)`
        Divmod => ZeroDivisionError, "float divmod()";
        /// `x / 0.0`
        Division => ZeroDivisionError, "float division by zero";
        /// `0.0 ** -1`
        ZeroToNegative => ZeroDivisionError, "0.0 cannot be raised to a negative power";
        /// `10.0 ** 400`; CPython raises it with the two arguments 34 and this text.
        PowRange => OverflowError, "(34, 'Numerical result out of range')";
        /// `int(nan)`
        NanToInteger => ValueError, "cannot convert float NaN to integer";
        /// `int(inf)`
        InfinityToInteger => OverflowError, "cannot convert float infinity to integer";
        /// `nan.as_integer_ratio()`
        NanToRatio => ValueError, "cannot convert NaN to integer ratio";
        /// `inf.as_integer_ratio()`
        InfinityToRatio => OverflowError, "cannot convert Infinity to integer ratio";
        /// `round(1.7e308, -308)`
        RoundTooLarge => OverflowError, "rounded value too large to represent";
        /// `float.fromhex("zz")`
        HexMalformed => ValueError, "invalid hexadecimal floating-point string";
        /// `float.fromhex("0x1p9999")`
        HexTooLarge => OverflowError, "hexadecimal value too large to represent as a float";
    }
}

/// The decimal digits of a finite float's magnitude: the value is `0.d1 d2 d3 ... * 10**point`.
///
/// `digits` has no trailing zeros, except that zero itself is the single digit `0` with `point` 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    /// ASCII digits.
    pub digits: Vec<u8>,
    /// Where the decimal point stands, counted from before the first digit.
    pub point: i32,
}

/// No float has more than 767 significant decimal digits, so a request for more is a request for zeros.
const MAX_DIGITS: usize = 800;

impl Decimal {
    /// Finds the shortest digits that read back as the same float.
    pub fn shortest(x: f64) -> Self {
        let mut text = String::with_capacity(26);
        let _ = write!(text, "{:e}", x.abs());
        let shortest = Self::from_scientific(&text);
        // When two candidates are equally near, Rust rounds up and Python to even. Below 15 digits there is one candidate.
        match shortest.digits.last() {
            Some(last) if last % 2 == 1 && shortest.digits.len() >= 15 => {
                let even = Self::significant(x, shortest.digits.len());
                // Below a power of two floats lie closer, and the even candidate may be another float.
                if even.reads_as(x.abs()) { even } else { shortest }
            }
            _ => shortest,
        }
    }

    /// Whether the digits are read as this float.
    fn reads_as(&self, x: f64) -> bool {
        let digits = String::from_utf8_lossy(&self.digits);
        format!("0.{digits}e{}", self.point).parse() == Ok(x)
    }

    /// Finds `count` (at least 1) significant digits, correctly rounded, ties to even.
    pub fn significant(x: f64, count: usize) -> Self {
        let count = count.clamp(1, MAX_DIGITS);
        Self::from_scientific(&format!("{:.*e}", count - 1, x.abs()))
    }

    /// Finds the digits down to `count` places after the point (before it, if negative), correctly rounded, ties to even.
    ///
    /// A value that rounds to nothing has no digits.
    pub fn fractional(x: f64, count: i32) -> Self {
        if x == 0.0 {
            return Self { digits: b"0".to_vec(), point: 1 };
        }
        let Ok(count) = usize::try_from(count) else {
            return Self::significant(x, MAX_DIGITS).rounded(count);
        };
        let text = format!("{:.count$}", x.abs());
        let whole = text.len() - if count == 0 { 0 } else { count + 1 };
        let zeros = text.bytes().filter(|&b| b != b'.').take_while(|&b| b == b'0').count();
        let mut digits: Vec<u8> = text.bytes().filter(|&b| b != b'.').skip(zeros).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = if digits.is_empty() { -(count as i32) } else { whole as i32 - zeros as i32 };
        Self { digits, point }
    }

    /// Rounds exact digits to `-count` places before the point, ties to even.
    fn rounded(mut self, count: i32) -> Self {
        let Ok(kept) = usize::try_from(self.point + count) else {
            return Self { digits: Vec::new(), point: -count };
        };
        if kept >= self.digits.len() {
            return self;
        }
        let odd = kept > 0 && self.digits[kept - 1] % 2 == 1;
        let up = match (self.digits[kept], self.digits.len() > kept + 1) {
            (b'5', more) => more || odd,
            (digit, _) => digit > b'5',
        };
        self.digits.truncate(kept);
        if up {
            while self.digits.last() == Some(&b'9') {
                self.digits.pop();
            }
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => self = Self { digits: b"1".to_vec(), point: self.point + 1 },
            }
        }
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        self
    }

    /// Reads what Rust's `{:e}` writes: `d.ddde-5`.
    fn from_scientific(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let mut digits: Vec<u8> = mantissa.bytes().filter(|&b| b != b'.').collect();
        while digits.len() > 1 && digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = exponent.parse::<i32>().unwrap_or(0) + 1;
        Self { digits, point }
    }

    /// Reads the digits back as a float; infinite when too large.
    fn to_float(&self) -> f64 {
        let mut text = String::with_capacity(self.digits.len() + 10);
        text.push('0');
        text.push('.');
        text.extend(self.digits.iter().map(|&d| char::from(d)));
        let _ = write!(text, "e{}", self.point);
        text.parse().unwrap_or(0.0)
    }
}

/// Which rule decides the digits and the use of an exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Shortest digits that read back; exponent outside 1e-4 .. 1e16.
    Repr,
    /// `e`: always an exponent; the precision counts digits after the point.
    Exponent,
    /// `f`: never an exponent; the precision counts digits after the point.
    Fixed,
    /// `g`: the precision counts significant digits; exponent when the value needs it.
    General,
}

/// How a float is spelled; see [`spell`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The rule for digits and exponent.
    pub notation: Notation,
    /// The precision; [`Notation::Repr`] ignores it.
    pub precision: usize,
    /// `E`, `INF`, `NAN` instead of `e`, `inf`, `nan`.
    pub upper: bool,
    /// `#`: keep the point and, for `g`, the trailing zeros.
    pub alternate: bool,
    /// Add `.0` to a finite value that would look like an integer.
    pub point_zero: bool,
    /// `z`: a value that rounds to zero loses its sign.
    pub no_negative_zero: bool,
}

impl Style {
    /// The style of `repr`.
    pub const REPR: Self = Self {
        notation: Notation::Repr,
        precision: 0,
        upper: false,
        alternate: false,
        point_zero: true,
        no_negative_zero: false,
    };

    /// A plain style of this notation and precision.
    pub const fn new(notation: Notation, precision: usize) -> Self {
        Self { notation, precision, point_zero: false, ..Self::REPR }
    }
}

/// Spells a float as `repr` does: `0.1`, `1e+16`, `inf`, `nan`.
///
/// ```
/// assert_eq!(coil::text::float::repr(1e16), "1e+16");
/// assert_eq!(coil::text::float::repr(0.0001), "0.0001");
/// ```
pub fn repr(x: f64) -> String {
    let mut out = String::with_capacity(24);
    push_repr(&mut out, x);
    out
}

/// Appends what [`repr`] gives.
pub fn push_repr(out: &mut String, x: f64) {
    if everyday::push_float(out, x) {
        return;
    }
    // Where neither uses an exponent, Rust writes what Python does, except that when two candidates are equally near, Rust
    // rounds up and Python to even. Below 15 digits there is one candidate.
    if (1e-4..1e16).contains(&x.abs()) {
        let start = out.len();
        let _ = write!(out, "{x:?}");
        let written = &out[start..];
        let is_odd = written.bytes().last().is_some_and(|digit| digit % 2 == 1);
        if !is_odd || written.len() < 15 {
            return;
        }
        out.truncate(start);
    }
    out.push_str(&spell(x, Style::REPR));
}

/// Spells a float in the given style, with a leading `-` when negative.
pub fn spell(x: f64, style: Style) -> String {
    if !x.is_finite() {
        let word = match (x.is_nan(), x < 0.0) {
            (true, _) => "nan",
            (false, true) => "-inf",
            (false, false) => "inf",
        };
        return if style.upper { word.to_uppercase() } else { word.to_owned() };
    }
    // A precision is bounded by the width of a string, not of the float; all digits beyond the last one are zeros.
    let precision = i64::try_from(style.precision).unwrap_or(i64::MAX / 4);
    let decimal = match style.notation {
        Notation::Repr => Decimal::shortest(x),
        Notation::Exponent => Decimal::significant(x, style.precision.saturating_add(1)),
        Notation::General => Decimal::significant(x, style.precision.max(1)),
        Notation::Fixed => Decimal::fractional(x, precision.min(1100) as i32),
    };
    let digits = &decimal.digits[..];
    let point = i64::from(decimal.point);
    let count = digits.len() as i64;
    // `end` is the position after the last digit shown; positions past the real digits are zeros.
    let (uses_exponent, mut end) = match style.notation {
        Notation::Repr => (point <= -4 || point > 16, count),
        Notation::Exponent => (true, precision + 1),
        Notation::Fixed => (false, point + precision),
        Notation::General => {
            let precision = precision.max(1);
            let exponent = point <= -4 || point > precision - i64::from(style.point_zero);
            (exponent, if style.alternate { precision } else { count })
        }
    };
    let shown_point = if uses_exponent { 1 } else { point };
    let start = if shown_point <= 0 { shown_point - 1 } else { 0 };
    end = if !uses_exponent && style.point_zero { end.max(shown_point + 1) } else { end.max(shown_point) };

    let is_zero = digits.is_empty() || digits == b"0";
    let mut out = String::with_capacity((end - start) as usize + 10);
    if x.is_sign_negative() && !(style.no_negative_zero && is_zero) {
        out.push('-');
    }
    push_digits(&mut out, digits, start, shown_point);
    if end > shown_point || style.alternate {
        out.push('.');
        push_digits(&mut out, digits, shown_point, end);
    }
    if uses_exponent {
        out.push(if style.upper { 'E' } else { 'e' });
        let exponent = point - 1;
        let _ = write!(out, "{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    out
}

/// Writes the digits of positions `from..to`, zeros where there is no digit.
fn push_digits(out: &mut String, digits: &[u8], from: i64, to: i64) {
    for position in from..to {
        let digit = usize::try_from(position).ok().and_then(|p| digits.get(p));
        out.push(char::from(digit.copied().unwrap_or(b'0')));
    }
}

/// Parses the text of `float(text)`; `None` when malformed. White space around it is ignored.
///
/// ```
/// assert_eq!(coil::text::float::parse(" 1_000.5e-1\n"), Some(100.05));
/// assert_eq!(coil::text::float::parse("1__0"), None);
/// ```
pub fn parse(text: &str) -> Option<f64> {
    let text = unicode::ascii_numeral(text);
    parse_ascii(trim_ascii_space(&text))
}

/// Parses a float that stands alone, in ASCII.
fn parse_ascii(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let first = *bytes.iter().find(|b| !matches!(b, b'+' | b'-'))?;
    if !bytes.contains(&b'_') {
        // Rust's grammar and Python's agree once the words are known to be words that Python has.
        return if first.is_ascii_digit() || first == b'.' || matches!(first, b'i' | b'I' | b'n' | b'N') {
            text.parse().ok()
        } else {
            None
        };
    }
    // An underscore must stand between two digits.
    for (at, _) in bytes.iter().enumerate().filter(|&(_, &b)| b == b'_') {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        let after = bytes.get(at + 1);
        if !before.is_some_and(u8::is_ascii_digit) || !after.is_some_and(u8::is_ascii_digit) {
            return None;
        }
    }
    text.replace('_', "").parse().ok()
}

/// Removes the white space that C's `isspace` knows.
pub(crate) fn trim_ascii_space(text: &str) -> &str {
    text.trim_matches(|c: char| matches!(c, ' ' | '\t'..='\r'))
}

/// Spells a float exactly, in hexadecimal: `float.hex`.
pub fn hex(x: f64) -> String {
    if !x.is_finite() {
        return repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = ((bits >> 52) & 0x7ff) as i32;
    if biased == 0 && fraction == 0 {
        return format!("{sign}0x0.0p+0");
    }
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// Reads what [`hex`] writes, and any other hexadecimal float: `float.fromhex`.
///
/// # Errors
/// [`FloatError::HexMalformed`] or [`FloatError::HexTooLarge`].
pub fn from_hex(text: &str) -> Result<f64, FloatError> {
    let text = trim_ascii_space(text);
    let (negative, body) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = hex_magnitude(body)?;
    Ok(if negative { -magnitude } else { magnitude })
}

fn hex_magnitude(body: &str) -> Result<f64, FloatError> {
    match body.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Ok(f64::INFINITY),
        "nan" => return Ok(f64::NAN),
        _ => {}
    }
    let body = body.strip_prefix("0x").or_else(|| body.strip_prefix("0X")).unwrap_or(body);
    let (mantissa, exponent) = match body.find(['p', 'P']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + fraction.len() == 0 || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_hexdigit()) {
        return Err(FloatError::HexMalformed);
    }
    let exponent = match exponent {
        None => 0,
        Some(text) => {
            let (negative, digits) = match text.as_bytes().first() {
                Some(b'-') => (true, &text[1..]),
                Some(b'+') => (false, &text[1..]),
                _ => (false, text),
            };
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(FloatError::HexMalformed);
            }
            let size = digits.bytes().fold(0i64, |n, b| n.saturating_mul(10).saturating_add(i64::from(b - b'0')));
            let size = size.min(1 << 40);
            if negative { -size } else { size }
        }
    };
    // The first 64 bits after the leading zeros decide; any bit beyond them only breaks ties.
    let mut bits: u64 = 0;
    let mut sticky = false;
    let mut scale = exponent - 4 * fraction.len() as i64;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let value = u64::from(char::from(digit).to_digit(16).unwrap_or(0));
        if bits >> 60 == 0 {
            bits = bits << 4 | value;
        } else {
            sticky |= value != 0;
            scale += 4;
        }
    }
    let value = scaled(bits, sticky, scale);
    if value.is_infinite() { Err(FloatError::HexTooLarge) } else { Ok(value) }
}

/// Rounds `bits * 2**scale`, plus something below the last bit when `sticky`, to the nearest float, ties to even.
pub(crate) fn scaled(bits: u64, sticky: bool, scale: i64) -> f64 {
    if bits == 0 {
        return 0.0;
    }
    let shift = i64::from(bits.leading_zeros());
    let bits = bits << shift;
    let scale = scale - shift;
    // The value is 1.xxx * 2**top; subnormals keep fewer bits.
    let top = scale + 63;
    if top > 1023 {
        return f64::INFINITY;
    }
    let kept = if top >= -1022 { 53 } else { 53 - (-1022 - top) };
    if kept < 0 {
        return 0.0;
    }
    let drop = 64 - kept as u32;
    let (mut mantissa, rest) = if drop == 64 { (0, bits) } else { (bits >> drop, bits << (64 - drop)) };
    let half = 1u64 << 63;
    let up = rest > half || (rest == half && (sticky || mantissa & 1 == 1));
    mantissa += u64::from(up);
    // Adding to the bit pattern carries into the exponent, up to infinity, by itself.
    let exponent = if top >= -1022 { (top + 1023 - 1) as u64 } else { 0 };
    f64::from_bits((exponent << 52).wrapping_add(mantissa))
}

/// The pair of `float.as_integer_ratio()`, in lowest terms.
///
/// # Errors
/// Infinity and NaN have no ratio.
pub fn as_integer_ratio(x: f64) -> Result<(BigInt, BigInt), FloatError> {
    if x.is_nan() {
        return Err(FloatError::NanToRatio);
    }
    if x.is_infinite() {
        return Err(FloatError::InfinityToRatio);
    }
    let (mantissa, exponent) = decompose(x);
    if mantissa == 0 {
        return Ok((BigInt::zero(), BigInt::from(1)));
    }
    let shift = mantissa.trailing_zeros();
    let (mantissa, exponent) = (mantissa >> shift, exponent + shift as i32);
    Ok(if exponent >= 0 {
        (BigInt::from(mantissa) << exponent, BigInt::from(1))
    } else {
        (BigInt::from(mantissa), BigInt::from(1) << -exponent)
    })
}

/// A finite float as `mantissa * 2**exponent`.
fn decompose(x: f64) -> (i64, i32) {
    let bits = x.to_bits();
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let biased = ((bits >> 52) & 0x7ff) as i32;
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) };
    (if x.is_sign_negative() { -mantissa } else { mantissa }, exponent)
}

/// Whether `float.is_integer()`.
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x.trunc() == x
}

/// Converts to an integer, cutting off the fraction: `int(x)`.
///
/// # Errors
/// Infinity and NaN have no integer value.
pub fn to_int(x: f64) -> Result<Int, FloatError> {
    if x.is_nan() {
        return Err(FloatError::NanToInteger);
    }
    if x.is_infinite() {
        return Err(FloatError::InfinityToInteger);
    }
    // Below 2**63 in size the cast is exact.
    if x.abs() < 9_223_372_036_854_775_808.0 {
        return Ok(Int::Small(x as i64));
    }
    let (mantissa, exponent) = decompose(x);
    Ok(Int::from(BigInt::from(mantissa) << exponent))
}

/// `round(x)`: the nearest integer, ties to even.
///
/// # Errors
/// Infinity and NaN have no integer value.
pub fn round_to_int(x: f64) -> Result<Int, FloatError> {
    to_int(x.round_ties_even())
}

/// `round(x, ndigits)`: correctly rounded on the exact decimal value, ties to even.
///
/// # Errors
/// [`FloatError::RoundTooLarge`] when rounding up leaves the range.
pub fn round(x: f64, ndigits: i64) -> Result<f64, FloatError> {
    // Beyond these limits the answer is the float itself, or zero.
    if !x.is_finite() || ndigits > 323 {
        return Ok(x);
    }
    if ndigits < -308 {
        return Ok(0.0 * x);
    }
    let size = Decimal::fractional(x, ndigits as i32);
    let rounded = if size.digits.is_empty() { 0.0 } else { size.to_float() };
    if rounded.is_infinite() {
        return Err(FloatError::RoundTooLarge);
    }
    Ok(rounded.copysign(x))
}

/// `x / y`.
///
/// # Errors
/// Division by zero.
#[inline]
pub fn true_div(x: f64, y: f64) -> Result<f64, FloatError> {
    if y == 0.0 { Err(FloatError::Division) } else { Ok(x / y) }
}

/// `x // y`.
///
/// # Errors
/// Division by zero.
pub fn floor_div(x: f64, y: f64) -> Result<f64, FloatError> {
    if y == 0.0 { Err(FloatError::FloorDivision) } else { Ok(div_mod_nonzero(x, y).0) }
}

/// `x % y`: the remainder has the sign of the divisor.
///
/// # Errors
/// Division by zero.
pub fn modulo(x: f64, y: f64) -> Result<f64, FloatError> {
    if y == 0.0 {
        return Err(FloatError::Modulo);
    }
    let remainder = x % y;
    Ok(if remainder == 0.0 {
        0f64.copysign(y)
    } else if (y < 0.0) != (remainder < 0.0) {
        remainder + y
    } else {
        remainder
    })
}

/// `divmod(x, y)`.
///
/// # Errors
/// Division by zero.
pub fn div_mod(x: f64, y: f64) -> Result<(f64, f64), FloatError> {
    // CPython 3.13.0 words this one without naming the zero.
    if y == 0.0 { Err(FloatError::Divmod) } else { Ok(div_mod_nonzero(x, y)) }
}

fn div_mod_nonzero(x: f64, y: f64) -> (f64, f64) {
    let mut remainder = x % y;
    // x - remainder is close to a multiple of y, so the quotient is close to an integer; the last step makes it one.
    let mut quotient = (x - remainder) / y;
    if remainder == 0.0 {
        remainder = 0f64.copysign(y);
    } else if (y < 0.0) != (remainder < 0.0) {
        remainder += y;
        quotient -= 1.0;
    }
    let floored = if quotient == 0.0 {
        0f64.copysign(x / y)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floored, remainder)
}

/// The result of `x ** y`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Power {
    /// A float.
    Real(f64),
    /// A negative base with a fractional exponent: the caller computes with complex numbers.
    Complex,
}

/// `x ** y`.
///
/// # Errors
/// Zero to a negative power, or a result out of range.
pub fn pow(x: f64, y: f64) -> Result<Power, FloatError> {
    if y == 0.0 || x == 1.0 {
        return Ok(Power::Real(1.0));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(Power::Real(f64::NAN));
    }
    if x == 0.0 && y < 0.0 {
        return if y.is_infinite() { Ok(Power::Real(f64::INFINITY)) } else { Err(FloatError::ZeroToNegative) };
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.floor() != y {
        return Ok(Power::Complex);
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(FloatError::PowRange);
    }
    Ok(Power::Real(result))
}

/// Compares an integer with a float exactly; `None` for NaN.
pub fn compare_int(n: i64, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    // Beyond the range of i64 the float wins or loses by its sign; inside, compare whole parts and then the fraction.
    if x >= 9_223_372_036_854_775_808.0 {
        return Some(Ordering::Less);
    }
    if x < -9_223_372_036_854_775_808.0 {
        return Some(Ordering::Greater);
    }
    let whole = x.trunc();
    Some(n.cmp(&(whole as i64)).then_with(|| 0f64.partial_cmp(&(x - whole)).unwrap_or(Ordering::Equal)))
}

/// Compares a big integer with a float exactly; `None` for NaN.
pub fn compare_big(n: &BigInt, x: f64) -> Option<Ordering> {
    if let Some(small) = n.to_i64() {
        return compare_int(small, x);
    }
    match to_int(x) {
        Err(FloatError::NanToInteger) => None,
        Err(_) => Some(if x > 0.0 { Ordering::Less } else { Ordering::Greater }),
        // A float too large for i64 has no fraction, so whole parts decide.
        Ok(Int::Big(whole)) => Some(n.cmp(&whole)),
        Ok(Int::Small(_)) => Some(if n.is_positive() { Ordering::Greater } else { Ordering::Less }),
    }
}
