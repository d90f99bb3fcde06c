//! `int`: parsing, spelling and the arithmetic that machine integers do not have.
//!
//! Python has one integer type; this floor has two shapes of it, `i64` for nearly all numbers and `BigInt` for the rest. [`Int`]
//! is what a function returns when it cannot know which it will be. Functions on `i64` say when they overflow by returning
//! `None`, and the caller goes on with the function on `BigInt`.
//!
//! Source: Language Reference 2.4.4 and 6.7, Standard Library "Additional Methods on Integer Types", "Integer string conversion
//! length limitation".

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

use super::failure::failures;
use super::{float, unicode};

failures! {
    /// Why an operation on integers fails.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum IntError {
        /// `x // 0`
        FloorDivision => ZeroDivisionError, "integer division or modulo by zero";
        /// `x % 0`
        Modulo => ZeroDivisionError, "integer modulo by zero";
        /// `x / 0`
        Division => ZeroDivisionError, "division by zero";
        /// `10**400 / 3`
        DivisionTooLarge => OverflowError, "integer division result too large for a float";
        /// `float(10**400)`
        TooLargeForFloat => OverflowError, "int too large to convert to float";
        /// `pow(2, -1, 4)`
        NotInvertible => ValueError, "base is not invertible for the given modulus";
        /// `pow(2, 3, 0)`
        ModulusZero => ValueError, "pow() 3rd argument cannot be 0";
        /// `1 << -1`
        NegativeShift => ValueError, "negative shift count";
        /// `1 << (1 << 70)`
        ShiftTooLarge => OverflowError, "too many digits in integer";
        /// A power with more bits than memory has room for; CPython tries, and fails with an empty message.
        NoMemory => MemoryError, "";
        /// `(300).to_bytes(1)`
        TooLargeForBytes => OverflowError, "int too big to convert";
        /// `(-1).to_bytes(1)`
        NegativeToUnsigned => OverflowError, "can't convert negative int to unsigned";
        /// `math.isqrt(-1)`
        NegativeRoot => ValueError, "isqrt() argument must be nonnegative";
        /// `str(10**5000)`
        TextTooLong { limit: usize } => ValueError, "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit";
    }
}

failures! {
    /// Why a text is not an integer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum ParseIntError {
        /// The base is no base.
        Base => ValueError, "int() base must be >= 2 and <= 36, or 0";
        /// The text is no literal of this base; `literal` is the `repr` of the argument.
        Malformed { base: u32, literal: String } => ValueError, "invalid literal for int() with base {base}: {literal}";
        /// More decimal digits than `sys.set_int_max_str_digits()` allows.
        TooManyDigits { limit: usize, digits: usize } => ValueError, "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit";
    }
}

/// The limit on decimal digits that `sys.get_int_max_str_digits()` starts with.
pub const DEFAULT_MAX_STR_DIGITS: usize = 4300;
/// Texts up to this length are converted whatever the limit is.
const LIMIT_THRESHOLD: usize = 640;
/// Results are refused beyond this many bits (half a gigabyte).
const MAX_BITS: u64 = 1 << 32;

/// An integer of either size. `Big` is used only for what does not fit `Small`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Int {
    /// Fits a machine word.
    Small(i64),
    /// Does not.
    Big(BigInt),
}

impl From<BigInt> for Int {
    fn from(n: BigInt) -> Self {
        match n.to_i64() {
            Some(small) => Self::Small(small),
            None => Self::Big(n),
        }
    }
}

impl From<i64> for Int {
    fn from(n: i64) -> Self {
        Self::Small(n)
    }
}

impl From<Int> for BigInt {
    fn from(n: Int) -> Self {
        match n {
            Int::Small(small) => Self::from(small),
            Int::Big(big) => big,
        }
    }
}

// ---- parsing -------------------------------------------------------------------------------------------------------------

/// Parses the text of `int(text, base)`. `limit` is the digit limit, 0 for none; `literal` makes the `repr` of the argument
/// when the text is malformed.
///
/// # Errors
/// See [`ParseIntError`].
pub fn parse(text: &str, base: u32, limit: usize, literal: impl FnOnce() -> String) -> Result<Int, ParseIntError> {
    if base == 1 || base > 36 {
        return Err(ParseIntError::Base);
    }
    let ascii = unicode::ascii_numeral(text);
    match parse_ascii(float::trim_ascii_space(&ascii), base) {
        Some(Literal { digits, base, negative }) => {
            let count = digits.iter().filter(|&&b| b != b'_').count();
            if !base.is_power_of_two() && count > LIMIT_THRESHOLD && limit > 0 && count > limit {
                return Err(ParseIntError::TooManyDigits { limit, digits: count });
            }
            Ok(number(digits, count, base, negative))
        }
        None => Err(ParseIntError::Malformed { base, literal: literal() }),
    }
}

/// A literal taken apart: its digits with single underscores between them, its true base, its sign.
struct Literal<'a> {
    digits: &'a [u8],
    base: u32,
    negative: bool,
}

fn parse_ascii(text: &str, base: u32) -> Option<Literal<'_>> {
    let mut bytes = text.as_bytes();
    let negative = bytes.first() == Some(&b'-');
    if matches!(bytes.first(), Some(b'-' | b'+')) {
        bytes = &bytes[1..];
    }
    let prefix = match (bytes.first(), bytes.get(1)) {
        (Some(b'0'), Some(b'x' | b'X')) => 16,
        (Some(b'0'), Some(b'o' | b'O')) => 8,
        (Some(b'0'), Some(b'b' | b'B')) => 2,
        _ => 0,
    };
    // With base 0 a number that starts with 0 and has no prefix must be zero: 010 is octal elsewhere.
    let must_be_zero = base == 0 && prefix == 0 && bytes.first() == Some(&b'0');
    let actual = match (base, prefix) {
        (0, 0) => 10,
        (0, _) => prefix,
        _ => base,
    };
    if prefix != 0 && actual == prefix {
        bytes = &bytes[2..];
        // One underscore may follow the prefix.
        bytes = bytes.strip_prefix(b"_").unwrap_or(bytes);
    }
    let mut previous = b'_';
    for &b in bytes {
        let good = if b == b'_' { previous != b'_' } else { char::from(b).is_digit(actual) };
        if !good || (must_be_zero && !matches!(b, b'0' | b'_')) {
            return None;
        }
        previous = b;
    }
    // Also refuses the empty text.
    (previous != b'_').then_some(Literal { digits: bytes, base: actual, negative })
}

fn number(digits: &[u8], count: usize, base: u32, negative: bool) -> Int {
    // 12 digits of base 36 stay below 2**63, as do 18 digits of base 10.
    if count <= 12 || (base <= 10 && count <= 18) {
        let value = digits
            .iter()
            .filter_map(|&b| char::from(b).to_digit(base))
            .fold(0, |n, d| n * i64::from(base) + i64::from(d));
        return Int::Small(if negative { -value } else { value });
    }
    let big = BigUint::parse_bytes(digits, base).unwrap_or_default();
    Int::from(BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, big))
}

// ---- spelling ------------------------------------------------------------------------------------------------------------

/// `str(n)`: decimal, under the digit limit (0 for none).
///
/// # Errors
/// [`IntError::TextTooLong`].
pub fn to_decimal(n: &BigInt, limit: usize) -> Result<String, IntError> {
    // log10(2) is a little above 0.301: whoever has so many bits surely has too many digits, and need not be spelled out.
    let least = n.bits().saturating_mul(301) / 1000;
    let too_long = IntError::TextTooLong { limit };
    if limit > 0 && least > (limit + 1).max(LIMIT_THRESHOLD) as u64 {
        return Err(too_long);
    }
    let text = n.to_str_radix(10);
    let digits = text.len() - usize::from(n.is_negative());
    if limit > 0 && digits > limit.max(LIMIT_THRESHOLD) { Err(too_long) } else { Ok(text) }
}

/// `bin`, `oct`, `hex`: the prefix of the base (2, 8 or 16) and the digits.
pub fn to_prefixed(n: &BigInt, base: u32) -> String {
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        _ => "0x",
    };
    let sign = if n.is_negative() { "-" } else { "" };
    format!("{sign}{prefix}{}", n.magnitude().to_str_radix(base))
}

// ---- arithmetic ----------------------------------------------------------------------------------------------------------

/// `x // y` and `x % y` of machine integers; `None` when the quotient overflows.
///
/// The divisor is not 0: the caller has checked, because each operator words that differently.
#[inline]
pub fn div_mod_small(x: i64, y: i64) -> Option<(i64, i64)> {
    let (quotient, remainder) = (x.checked_div(y)?, x.checked_rem(y)?);
    // C truncates, Python floors: correct when there is a remainder and the signs differ.
    Some(if remainder != 0 && (remainder ^ y) < 0 { (quotient - 1, remainder + y) } else { (quotient, remainder) })
}

/// `x // y`.
///
/// # Errors
/// Division by zero.
pub fn floor_div(x: &BigInt, y: &BigInt) -> Result<BigInt, IntError> {
    if y.is_zero() { Err(IntError::FloorDivision) } else { Ok(x.div_floor(y)) }
}

/// `x % y`.
///
/// # Errors
/// Division by zero.
pub fn modulo(x: &BigInt, y: &BigInt) -> Result<BigInt, IntError> {
    if y.is_zero() { Err(IntError::Modulo) } else { Ok(x.mod_floor(y)) }
}

/// `divmod(x, y)`.
///
/// # Errors
/// Division by zero.
pub fn div_mod(x: &BigInt, y: &BigInt) -> Result<(BigInt, BigInt), IntError> {
    if y.is_zero() { Err(IntError::FloorDivision) } else { Ok(x.div_mod_floor(y)) }
}

/// `x ** y` for a non-negative exponent.
///
/// # Errors
/// [`IntError::NoMemory`] when the result would be absurdly large.
pub fn pow(x: &BigInt, y: &BigInt) -> Result<BigInt, IntError> {
    if y.is_zero() || x.is_one() {
        return Ok(BigInt::one());
    }
    if x.is_zero() {
        return Ok(BigInt::zero());
    }
    if x.magnitude().is_one() {
        return Ok(if y.is_odd() { x.clone() } else { BigInt::one() });
    }
    let exponent = y.to_u64().filter(|&e| e.saturating_mul(x.bits() - 1) < MAX_BITS).ok_or(IntError::NoMemory)?;
    Ok(Pow::pow(x, exponent))
}

/// `x ** y` of machine integers for a non-negative exponent; `None` on overflow.
#[inline]
pub fn pow_small(x: i64, y: i64) -> Option<i64> {
    match x {
        0 | 1 => Some(if y == 0 { 1 } else { x }),
        -1 => Some(if y % 2 == 0 { 1 } else { -1 }),
        _ => x.checked_pow(u32::try_from(y).ok()?),
    }
}

/// `pow(x, y, modulus)` of machine integers for a non-negative exponent and a positive modulus.
pub fn pow_mod_small(x: i64, y: i64, modulus: i64) -> i64 {
    let size = modulus as i128;
    let (mut base, mut rest, mut result) = (i128::from(x).rem_euclid(size), y, 1 % size);
    while rest > 0 {
        if rest & 1 == 1 {
            result = result * base % size;
        }
        base = base * base % size;
        rest >>= 1;
    }
    result as i64
}

/// `pow(x, y, modulus)`. A negative exponent asks for the inverse of `x`.
///
/// # Errors
/// The modulus is zero, or there is no inverse.
pub fn pow_mod(x: &BigInt, y: &BigInt, modulus: &BigInt) -> Result<BigInt, IntError> {
    if modulus.is_zero() {
        return Err(IntError::ModulusZero);
    }
    let size = modulus.abs();
    if size.is_one() {
        return Ok(BigInt::zero());
    }
    let mut base = x.mod_floor(&size);
    if y.is_negative() {
        base = base.modinv(&size).ok_or(IntError::NotInvertible)?;
    }
    // The remainder takes the sign of the modulus.
    Ok(base.modpow(&y.abs(), &size).mod_floor(modulus))
}

/// `math.isqrt(n)`: the integer part of the square root.
///
/// # Errors
/// The number is negative.
pub fn isqrt(n: &BigInt) -> Result<BigInt, IntError> {
    if n.is_negative() { Err(IntError::NegativeRoot) } else { Ok(n.sqrt()) }
}

/// `x << y`.
///
/// # Errors
/// A negative or an absurdly large count.
pub fn shift_left(x: &BigInt, y: &BigInt) -> Result<BigInt, IntError> {
    if y.is_negative() {
        return Err(IntError::NegativeShift);
    }
    if x.is_zero() {
        return Ok(BigInt::zero());
    }
    match y.to_u64() {
        None => Err(IntError::ShiftTooLarge),
        Some(count) if count >= MAX_BITS => Err(IntError::NoMemory),
        Some(count) => Ok(x << count),
    }
}

/// `x >> y`, rounding down.
///
/// # Errors
/// A negative count.
pub fn shift_right(x: &BigInt, y: &BigInt) -> Result<BigInt, IntError> {
    if y.is_negative() {
        return Err(IntError::NegativeShift);
    }
    let all_gone = || if x.is_negative() { -BigInt::one() } else { BigInt::zero() };
    Ok(y.to_u64().filter(|&count| count < x.bits() + 1).map_or_else(all_gone, |count| x >> count))
}

/// `x << y` of machine integers; `None` on overflow. The count is not negative.
#[inline]
pub fn shift_left_small(x: i64, y: i64) -> Option<i64> {
    if x == 0 {
        return Some(0);
    }
    let shifted = x << u32::try_from(y).ok().filter(|&count| count < 64)?;
    (shifted >> y == x).then_some(shifted)
}

/// `x >> y` of machine integers. The count is not negative.
#[inline]
pub fn shift_right_small(x: i64, y: i64) -> i64 {
    x >> y.clamp(0, 63)
}

/// `n.bit_length()`.
pub fn bit_length(n: &BigInt) -> u64 {
    n.bits()
}

/// `n.bit_count()`: the ones of the magnitude.
pub fn bit_count(n: &BigInt) -> u64 {
    n.iter_u64_digits().map(|digit| u64::from(digit.count_ones())).sum()
}

/// `round(n, ndigits)` for a negative `ndigits`: to a multiple of a power of ten, ties to even.
pub fn round(n: &BigInt, ndigits: i64) -> BigInt {
    // A power of ten that is more than twice the number rounds it to zero; 10**k has more than 3.3 * k bits.
    let places = ndigits.unsigned_abs();
    if places.saturating_mul(3) > n.bits() + 3 {
        return BigInt::zero();
    }
    let unit = Pow::pow(BigInt::from(10), places);
    let (quotient, remainder) = n.div_mod_floor(&unit);
    let up = match (&remainder + &remainder).cmp(&unit) {
        Ordering::Less => false,
        Ordering::Equal => quotient.is_odd(),
        Ordering::Greater => true,
    };
    (if up { quotient + 1 } else { quotient }) * unit
}

// ---- bytes ---------------------------------------------------------------------------------------------------------------

/// `n.to_bytes(length, ...)`.
///
/// # Errors
/// The number does not fit, or is negative while `signed` is not set.
pub fn to_bytes(n: &BigInt, length: usize, big_endian: bool, signed: bool) -> Result<Vec<u8>, IntError> {
    if n.is_negative() && !signed {
        return Err(IntError::NegativeToUnsigned);
    }
    let mut bytes = if n.is_zero() {
        Vec::new()
    } else if signed {
        n.to_signed_bytes_le()
    } else {
        n.magnitude().to_bytes_le()
    };
    if bytes.len() > length {
        return Err(IntError::TooLargeForBytes);
    }
    bytes.resize(length, if n.is_negative() { 0xff } else { 0 });
    if big_endian {
        bytes.reverse();
    }
    Ok(bytes)
}

/// `int.from_bytes(bytes, ...)`.
pub fn from_bytes(bytes: &[u8], big_endian: bool, signed: bool) -> Int {
    Int::from(match (big_endian, signed) {
        (true, true) => BigInt::from_signed_bytes_be(bytes),
        (true, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
        (false, true) => BigInt::from_signed_bytes_le(bytes),
        (false, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
    })
}

// ---- floats --------------------------------------------------------------------------------------------------------------

/// `float(n)`, correctly rounded.
///
/// # Errors
/// The number is beyond the range of floats.
pub fn to_float(n: &BigInt) -> Result<f64, IntError> {
    let (bits, sticky, scale) = top_bits(n.magnitude());
    let size = float::scaled(bits, sticky, scale);
    if size.is_infinite() {
        return Err(IntError::TooLargeForFloat);
    }
    Ok(if n.is_negative() { -size } else { size })
}

/// The top 64 bits of a number, whether any lower bit is set, and the power of two of the lowest bit kept.
pub(crate) fn top_bits(n: &BigUint) -> (u64, bool, i64) {
    let drop = n.bits().saturating_sub(64);
    let top = (n >> drop).to_u64().unwrap_or(u64::MAX);
    let sticky = drop > 0 && n.trailing_zeros().is_some_and(|zeros| zeros < drop);
    (top, sticky, drop as i64)
}

/// `x / y`, correctly rounded however large both are.
///
/// # Errors
/// Division by zero, or a quotient beyond the range of floats.
pub fn true_div(x: &BigInt, y: &BigInt) -> Result<f64, IntError> {
    if y.is_zero() {
        return Err(IntError::Division);
    }
    // Scale so that the quotient has 65 or 66 bits; more than a float keeps, and the remainder only breaks ties.
    let shift = y.bits() as i64 - x.bits() as i64 + 65;
    let (above, below) = if shift >= 0 {
        (x.magnitude() << shift as u64, y.magnitude().clone())
    } else {
        (x.magnitude().clone(), y.magnitude() << shift.unsigned_abs())
    };
    let (quotient, remainder) = above.div_rem(&below);
    let (bits, sticky, scale) = top_bits(&quotient);
    let size = float::scaled(bits, sticky || !remainder.is_zero(), scale - shift);
    if size.is_infinite() {
        return Err(IntError::DivisionTooLarge);
    }
    Ok(if x.is_negative() != y.is_negative() { -size } else { size })
}

/// `x / y` of machine integers.
///
/// # Errors
/// Division by zero.
pub fn true_div_small(x: i64, y: i64) -> Result<f64, IntError> {
    const EXACT: u64 = 1 << 53;
    if y == 0 {
        return Err(IntError::Division);
    }
    // Both convert exactly, so the one rounding of the division is the correct one.
    if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT {
        return Ok(x as f64 / y as f64);
    }
    true_div(&BigInt::from(x), &BigInt::from(y))
}
