//! The functions of `math` that need care.
//!
//! What C's library computes is taken from there, through std, so that results agree with CPython's to the last bit; what CPython
//! computes by its own methods (gamma, `fsum`, `hypot`, `sumprod`) is computed by the same methods. [`Double`] is the tool
//! of the exact ones: a sum or product as a float and the error of its rounding.
//!
//! Source: Standard Library "math"; J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic" (1997); T. J. Dekker, "A
//! floating-point technique for extending the available precision" (1971); C. Lanczos, "A precision approximation of the gamma
//! function" (1964), with the coefficients of Boost's lanczos13m53.

use std::f64::consts::{LN_2, PI};

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::failure::failures;
use super::float::{self, FloatError};
use super::int::{self, Int, IntError};

failures! {
    /// Why a function of `math` fails.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum MathError {
        /// The function has no value there.
        Domain => ValueError, "math domain error";
        /// The value is too large.
        Range => OverflowError, "math range error";
        /// `fsum([1e308, 1e308])`
        FsumOverflow => OverflowError, "intermediate overflow in fsum";
        /// `fsum([inf, -inf])`
        FsumInfinities => ValueError, "-inf + inf in fsum";
        /// `fma(inf, 0, 1)`
        FmaInvalid => ValueError, "invalid operation in fma";
        /// `fma(1e308, 10, 1)`
        FmaOverflow => OverflowError, "overflow in fma";
        /// `factorial(-1)`
        FactorialNegative => ValueError, "factorial() not defined for negative values";
        /// `factorial(10**20)`
        FactorialTooLarge => OverflowError, "factorial() argument should not exceed 9223372036854775807";
        /// `comb(-1, 2)`
        NegativeN => ValueError, "n must be a non-negative integer";
        /// `comb(2, -1)`
        NegativeK => ValueError, "k must be a non-negative integer";
        /// `comb(10**30, 10**20)`
        CombTooLarge => OverflowError, "min(n - k, k) must not exceed 9223372036854775807";
        /// `perm(10**30, 10**20)`
        PermTooLarge => OverflowError, "k must not exceed 9223372036854775807";
        /// `isclose(1, 2, rel_tol=-1)`
        NegativeTolerance => ValueError, "tolerances must be non-negative";
        /// A result that memory has no room for.
        NoMemory => MemoryError, "";
    }
}

/// A result of `math`.
pub type MathResult = Result<f64, MathError>;

/// The error that a C function's result stands for: no value from a value is a domain error; infinity from a finite number is
/// a range error if the function can overflow, and a pole, a domain error, if not.
pub fn checked(argument: f64, result: f64, can_overflow: bool) -> MathResult {
    if result.is_nan() && !argument.is_nan() {
        return Err(MathError::Domain);
    }
    if result.is_infinite() && argument.is_finite() {
        return Err(if can_overflow { MathError::Range } else { MathError::Domain });
    }
    Ok(result)
}

// ---- one argument --------------------------------------------------------------------------------------------------------

macro_rules! elementary {
    ($($(#[$meta:meta])* $name:ident = $method:path, $can_overflow:literal;)*) => { $(
        $(#[$meta])*
        ///
        /// # Errors
        /// See [`checked`].
        pub fn $name(x: f64) -> MathResult {
            checked(x, $method(x), $can_overflow)
        }
    )* };
}

elementary! {
    /// `sqrt(x)`
    sqrt = f64::sqrt, false;
    /// `cbrt(x)`
    cbrt = f64::cbrt, false;
    /// `exp(x)`
    exp = f64::exp, true;
    /// `exp2(x)`
    exp2 = f64::exp2, true;
    /// `expm1(x)`
    expm1 = f64::exp_m1, true;
    /// `log1p(x)`
    log1p = f64::ln_1p, false;
    /// `sin(x)`
    sin = f64::sin, false;
    /// `cos(x)`
    cos = f64::cos, false;
    /// `tan(x)`
    tan = f64::tan, false;
    /// `asin(x)`
    asin = f64::asin, false;
    /// `acos(x)`
    acos = f64::acos, false;
    /// `atan(x)`
    atan = f64::atan, false;
    /// `sinh(x)`
    sinh = f64::sinh, true;
    /// `cosh(x)`
    cosh = f64::cosh, true;
    /// `tanh(x)`
    tanh = f64::tanh, false;
    /// `asinh(x)`
    asinh = inverse_sinh, false;
    /// `acosh(x)`
    acosh = inverse_cosh, false;
    /// `atanh(x)`
    atanh = inverse_tanh, false;
    /// `erf(x)`
    erf = libm::erf, false;
    /// `erfc(x)`
    erfc = libm::erfc, false;
}

// std computes the inverse hyperbolic functions in its own way; these are the formulas of C libraries, which CPython calls.

/// Where adding 1 to the square makes no difference any more.
const LARGE: f64 = 268_435_456.0;

fn inverse_sinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < 1.0 / LARGE {
        return x;
    }
    let square = x * x;
    let value = if size > LARGE {
        size.ln() + LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((square + 1.0).sqrt() + size)).ln()
    } else {
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    value.copysign(x)
}

fn inverse_cosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x > LARGE {
        x.ln() + LN_2
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let above = x - 1.0;
        (above + (2.0 * above + above * above).sqrt()).ln_1p()
    }
}

fn inverse_tanh(x: f64) -> f64 {
    let size = x.abs();
    if size < 1.0 / LARGE {
        return x;
    }
    let twice = size + size;
    let value = if size < 0.5 {
        0.5 * (twice + twice * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * (twice / (1.0 - size)).ln_1p()
    };
    value.copysign(x)
}

/// The bases that logarithms are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// `log`
    E,
    /// `log2`
    Two,
    /// `log10`
    Ten,
}

impl Base {
    fn log(self, x: f64) -> f64 {
        match self {
            Self::E => x.ln(),
            Self::Two => x.log2(),
            Self::Ten => x.log10(),
        }
    }
}

/// The logarithm of a float.
///
/// # Errors
/// Zero and negative numbers have none.
pub fn log(x: f64, base: Base) -> MathResult {
    if x <= 0.0 { Err(MathError::Domain) } else { Ok(base.log(x)) }
}

/// The logarithm of an integer, however large.
///
/// # Errors
/// Zero and negative numbers have none.
pub fn log_int(n: &BigInt, base: Base) -> MathResult {
    if !n.is_positive() {
        return Err(MathError::Domain);
    }
    if let Ok(x) = int::to_float(n) {
        return log(x, base);
    }
    // n = fraction * 2**exponent with a fraction in [0.5, 1).
    let (bits, sticky, _) = int::top_bits(n.magnitude());
    let fraction = float::scaled(bits, sticky, -64);
    Ok(base.log(fraction) + base.log(2.0) * n.bits() as f64)
}

/// `floor(x)`
///
/// # Errors
/// Infinity and NaN.
pub fn floor(x: f64) -> Result<Int, FloatError> {
    float::to_int(x.floor())
}

/// `ceil(x)`
///
/// # Errors
/// Infinity and NaN.
pub fn ceil(x: f64) -> Result<Int, FloatError> {
    float::to_int(x.ceil())
}

/// `frexp(x)`: a fraction and an exponent of two.
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() { (x, 0) } else { libm::frexp(x) }
}

/// `ldexp(x, exponent)`: `x * 2**exponent`.
///
/// # Errors
/// The result is too large.
pub fn ldexp(x: f64, exponent: i64) -> MathResult {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    let result = libm::ldexp(x, exponent.clamp(-5000, 5000) as i32);
    if result.is_infinite() { Err(MathError::Range) } else { Ok(result) }
}

/// `modf(x)`: the fraction and the whole part.
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0f64.copysign(x), x);
    }
    (x.fract().copysign(x), x.trunc())
}

/// `ulp(x)`: the value of the last bit.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let next = x.next_up();
    if next.is_infinite() { x - x.next_down() } else { next - x }
}

/// `nextafter(x, towards, steps=steps)`
pub fn next_after(x: f64, towards: f64, steps: u64) -> f64 {
    if steps == 0 {
        return x;
    }
    if x.is_nan() || towards.is_nan() {
        return f64::NAN;
    }
    if x == towards {
        return towards;
    }
    // Floats of one sign are ordered like their bits; fold the negative ones below zero.
    let place = |x: f64| {
        let bits = (x.to_bits() & (u64::MAX >> 1)) as i64;
        if x.is_sign_negative() { -bits } else { bits }
    };
    let (from, to) = (place(x), place(towards));
    let distance = from.abs_diff(to);
    if steps >= distance {
        return towards;
    }
    let reached = if to > from { from.wrapping_add_unsigned(steps) } else { from.wrapping_sub_unsigned(steps) };
    // Zero reached from below is the negative one.
    let negative = reached < 0 || (reached == 0 && from < 0);
    let size = f64::from_bits(reached.unsigned_abs());
    if negative { -size } else { size }
}

// ---- two and three arguments ---------------------------------------------------------------------------------------------

/// `pow(x, y)` of `math`, which has no complex results.
///
/// # Errors
/// No real value, or one too large.
pub fn pow(x: f64, y: f64) -> MathResult {
    let result = x.powf(y);
    if !x.is_finite() || !y.is_finite() {
        return Ok(result);
    }
    if result.is_nan() {
        return Err(MathError::Domain);
    }
    if result.is_infinite() {
        return Err(if x == 0.0 { MathError::Domain } else { MathError::Range });
    }
    Ok(result)
}

/// `fmod(x, y)`: the remainder with the sign of `x`.
///
/// # Errors
/// No value.
pub fn fmod(x: f64, y: f64) -> MathResult {
    let result = x % y;
    if result.is_nan() && !x.is_nan() && !y.is_nan() { Err(MathError::Domain) } else { Ok(result) }
}

/// `remainder(x, y)`: the remainder nearest to zero.
///
/// # Errors
/// No value.
pub fn remainder(x: f64, y: f64) -> MathResult {
    if x.is_nan() || y.is_nan() {
        return Ok(f64::NAN);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(MathError::Domain);
    }
    if y.is_infinite() {
        return Ok(x);
    }
    // All steps are exact: fmod is, and the candidates differ from it by the divisor.
    let (size, divisor) = (x.abs(), y.abs());
    let rest = size % divisor;
    let other = divisor - rest;
    let nearest = if rest < other {
        rest
    } else if rest > other {
        -other
    } else {
        // A tie goes to the even multiple.
        rest - 2.0 * ((0.5 * (size - rest)) % divisor)
    };
    Ok(nearest * 1f64.copysign(x))
}

/// `fma(x, y, z)`: `x * y + z` with one rounding.
///
/// # Errors
/// No value, or one too large.
pub fn fma(x: f64, y: f64, z: f64) -> MathResult {
    let result = x.mul_add(y, z);
    if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(MathError::FmaInvalid);
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(MathError::FmaOverflow);
    }
    Ok(result)
}

/// `isclose(a, b, rel_tol=relative, abs_tol=absolute)`
///
/// # Errors
/// A negative tolerance.
pub fn is_close(a: f64, b: f64, relative: f64, absolute: f64) -> Result<bool, MathError> {
    if relative < 0.0 || absolute < 0.0 {
        return Err(MathError::NegativeTolerance);
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let difference = (b - a).abs();
    Ok(difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute)
}

// ---- gamma ---------------------------------------------------------------------------------------------------------------

const LANCZOS_G: f64 = 6.02468004077673;
const LANCZOS_G_MINUS_HALF: f64 = 5.52468004077673;
const LANCZOS: [(f64, f64); 13] = [
    (23531376880.41076, 0.0),
    (42919803642.6491, 39_916_800.0),
    (35711959237.35567, 120_543_840.0),
    (17921034426.03721, 150_917_976.0),
    (6039542586.352028, 105_258_076.0),
    (1439720407.3117216, 45_995_730.0),
    (248874557.86205417, 13_339_535.0),
    (31426415.585400194, 2_637_558.0),
    (2876370.6289353725, 357_423.0),
    (186056.26539522348, 32_670.0),
    (8071.672002365816, 1_925.0),
    (210.82427775157936, 66.0),
    (2.5066282746310002, 1.0),
];

/// The rational function of Lanczos's approximation, evaluated from the end that does not overflow.
fn lanczos_sum(x: f64) -> f64 {
    let (above, below) = if x < 5.0 {
        LANCZOS.iter().rev().fold((0.0, 0.0), |(n, d), &(a, b)| (n * x + a, d * x + b))
    } else {
        LANCZOS.iter().fold((0.0, 0.0), |(n, d), &(a, b)| (n / x + a, d / x + b))
    };
    above / below
}

/// `sin(pi * x)`, exact where it is zero.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let value = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * value
}

/// `gamma(x)`
///
/// # Errors
/// Zero, negative whole numbers, and results too large.
pub fn gamma(x: f64) -> MathResult {
    if x == 0.0 || x == f64::NEG_INFINITY || (x < 0.0 && x.floor() == x) {
        return Err(MathError::Domain);
    }
    checked(x, gamma_value(x), true)
}

fn gamma_value(x: f64) -> f64 {
    if !x.is_finite() {
        return x;
    }
    if x.floor() == x && x <= 23.0 {
        // These factorials are exact.
        return (1..x as u64).map(|n| n as f64).product();
    }
    let size = x.abs();
    if size < 1e-20 {
        return 1.0 / x;
    }
    if size > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = size + LANCZOS_G_MINUS_HALF;
    // The rounding error of that sum, which the power below would magnify.
    let z =
        if size > LANCZOS_G_MINUS_HALF { (y - size) - LANCZOS_G_MINUS_HALF } else { (y - LANCZOS_G_MINUS_HALF) - size };
    let z = z * LANCZOS_G / y;
    let half_power = || y.powf(size / 2.0 - 0.25);
    if x < 0.0 {
        let mut r = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        r -= z * r;
        if size < 140.0 { r / y.powf(size - 0.5) } else { r / half_power() / half_power() }
    } else {
        let mut r = lanczos_sum(size) / y.exp();
        r += z * r;
        if size < 140.0 { r * y.powf(size - 0.5) } else { r * half_power() * half_power() }
    }
}

/// `lgamma(x)`: the logarithm of the size of `gamma(x)`.
///
/// # Errors
/// Zero, negative whole numbers, and results too large.
pub fn lgamma(x: f64) -> MathResult {
    const LOG_PI: f64 = 1.1447298858494002;
    if x.is_nan() {
        return Ok(x);
    }
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x.floor() == x && x <= 2.0 {
        return if x <= 0.0 { Err(MathError::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-size.ln());
    }
    let mut r = lanczos_sum(size).ln() - LANCZOS_G;
    r += (size - 0.5) * ((size + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LOG_PI - sin_pi(size).abs().ln() - size.ln() - r;
    }
    if r.is_infinite() { Err(MathError::Range) } else { Ok(r) }
}

// ---- exact sums ----------------------------------------------------------------------------------------------------------

/// A float and the rounding error that belongs to it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Double {
    high: f64,
    low: f64,
}

impl Double {
    /// `a + b`, for `a` not smaller than `b` in size.
    fn fast_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        Self { high, low: (a - high) + b }
    }

    /// `a + b`
    fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let z = high - a;
        Self { high, low: (a - (high - z)) + (b - z) }
    }

    /// `a * b`
    fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        Self { high, low: a.mul_add(b, -high) }
    }
}

/// The running sum of floats in the built-in `sum`, compensated after Neumaier.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum(Double);

impl Sum {
    /// Starts from a value.
    pub const fn new(start: f64) -> Self {
        Self(Double { high: start, low: 0.0 })
    }

    /// Adds a value.
    #[inline]
    pub fn add(&mut self, x: f64) {
        let Double { high, low } = &mut self.0;
        let total = *high + x;
        *low += if high.abs() >= x.abs() { (*high - total) + x } else { (x - total) + *high };
        *high = total;
    }

    /// The sum as one float, with what was lost on the way added again.
    pub fn value(self) -> f64 {
        let Double { high, low } = self.0;
        // An overflow leaves NaN as the compensation.
        if low != 0.0 && low.is_finite() { high + low } else { high }
    }
}

/// `fsum(values)`: the exact sum, rounded once.
///
/// # Errors
/// The sum overflows, or adds opposite infinities.
pub fn fsum(values: impl IntoIterator<Item = f64>) -> MathResult {
    // The sum so far, as floats of growing size that do not overlap.
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    for value in values {
        let mut x = value;
        let mut kept = 0;
        for i in 0..partials.len() {
            let y = partials[i];
            let (big, small) = if x.abs() < y.abs() { (y, x) } else { (x, y) };
            let sum = Double::fast_sum(big, small);
            if sum.low != 0.0 {
                partials[kept] = sum.low;
                kept += 1;
            }
            x = sum.high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        // Special values are kept apart, and the finite ones no longer matter.
        if value.is_finite() {
            return Err(MathError::FsumOverflow);
        }
        if value.is_infinite() {
            infinities += value;
        }
        special += value;
        partials.clear();
    }
    if special != 0.0 {
        return if f64::is_nan(infinities) { Err(MathError::FsumInfinities) } else { Ok(special) };
    }
    let Some(mut high) = partials.pop() else { return Ok(0.0) };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let sum = Double::fast_sum(high, y);
        (high, low) = (sum.high, sum.low);
        if low != 0.0 {
            break;
        }
    }
    // Half a unit is rounded to even unless something smaller on the same side decides.
    if let Some(&rest) = partials.last()
        && ((low < 0.0 && rest < 0.0) || (low > 0.0 && rest > 0.0))
    {
        let twice = low * 2.0;
        let moved = high + twice;
        if twice == moved - high {
            high = moved;
        }
    }
    Ok(high)
}

/// `sumprod(p, q)` of floats, in triple precision; `None` when a result is not finite, and the caller adds one by one.
pub fn sum_product(pairs: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut high, mut low, mut tiny) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let product = Double::product(x, y);
        let sum = Double::sum(high, product.high);
        let rest = Double::sum(low, product.low);
        let carried = Double::sum(rest.high, sum.low);
        (high, low, tiny) = (sum.high, carried.high, tiny + rest.low + carried.low);
    }
    let last = Double::sum(low, high);
    let value = tiny + last.low + last.high;
    value.is_finite().then_some(value)
}

/// `hypot(*coordinates)`, and with differences as coordinates `dist(p, q)`.
pub fn hypot(coordinates: &[f64]) -> f64 {
    let sizes: Vec<f64> = coordinates.iter().map(|x| x.abs()).collect();
    let largest = sizes.iter().fold(0.0, |largest: f64, &x| largest.max(x));
    if largest.is_infinite() {
        return f64::INFINITY;
    }
    if sizes.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || sizes.len() == 1 {
        return largest;
    }
    let exponent = frexp(largest).1;
    if exponent < -1023 {
        // Powers of two that small have no inverse; scale up first.
        let scaled: Vec<f64> = sizes.iter().map(|x| x / f64::MIN_POSITIVE).collect();
        return f64::MIN_POSITIVE * hypot(&scaled);
    }
    let scale = libm::ldexp(1.0, -exponent);
    // The sum starts at 1 so that it is never smaller than what is added.
    let (mut total, mut products, mut sums) = (1.0, 0.0, 0.0);
    let mut add = |a: f64, b: f64| {
        let product = Double::product(a, b);
        let sum = Double::fast_sum(total, product.high);
        total = sum.high;
        products += product.low;
        sums += sum.low;
        total - 1.0 + (products + sums)
    };
    let mut square = 0.0;
    for size in sizes {
        square = add(size * scale, size * scale);
    }
    let root = square.sqrt();
    // One step of Newton's method with the exact remainder.
    let error = add(-root, root);
    (root + error / (2.0 * root)) / scale
}

// ---- counting ------------------------------------------------------------------------------------------------------------

/// Longer products than this many factors are refused.
const MAX_FACTORS: u64 = 1 << 28;

/// The product of the numbers from `first` up to and without `end`, halved recursively so that the factors stay balanced.
fn product(first: u64, end: u64) -> BigUint {
    match end.saturating_sub(first) {
        0 => BigUint::one(),
        1..=8 => (first..end).fold(BigUint::one(), |product, n| product * n),
        _ => {
            let middle = first + (end - first) / 2;
            product(first, middle) * product(middle, end)
        }
    }
}

/// `factorial(n)`
///
/// # Errors
/// Negative and absurdly large numbers.
pub fn factorial(n: &BigInt) -> Result<BigInt, MathError> {
    if n.is_negative() {
        return Err(MathError::FactorialNegative);
    }
    match n.to_i64() {
        None => Err(MathError::FactorialTooLarge),
        Some(n) if n.unsigned_abs() > MAX_FACTORS => Err(MathError::NoMemory),
        Some(n) => Ok(product(2, n.unsigned_abs() + 1).into()),
    }
}

/// `perm(n, k)`: the number of ordered choices of `k` things out of `n`.
///
/// # Errors
/// Negative and absurdly large numbers.
pub fn perm(n: &BigInt, k: &BigInt) -> Result<BigInt, MathError> {
    if n.is_negative() {
        return Err(MathError::NegativeN);
    }
    if k.is_negative() {
        return Err(MathError::NegativeK);
    }
    if n < k {
        return Ok(BigInt::zero());
    }
    let count = k.to_i64().ok_or(MathError::PermTooLarge)?.unsigned_abs();
    if count > MAX_FACTORS {
        return Err(MathError::NoMemory);
    }
    if let Some(n) = n.to_u64().filter(|&n| n < u64::MAX) {
        return Ok(product(n - count + 1, n + 1).into());
    }
    Ok((0..count).fold(BigInt::one(), |product, i| product * (n - BigInt::from(i))))
}

/// `comb(n, k)`: the number of choices of `k` things out of `n`.
///
/// # Errors
/// Negative and absurdly large numbers.
pub fn comb(n: &BigInt, k: &BigInt) -> Result<BigInt, MathError> {
    if n.is_negative() {
        return Err(MathError::NegativeN);
    }
    if k.is_negative() {
        return Err(MathError::NegativeK);
    }
    if n < k {
        return Ok(BigInt::zero());
    }
    let k = k.min(&(n - k)).clone();
    let k = k.to_i64().map(BigInt::from).ok_or(MathError::CombTooLarge)?;
    Ok(perm(n, &k)? / factorial(&k)?)
}

/// `isqrt(n)`
///
/// # Errors
/// Negative numbers.
pub fn isqrt(n: &BigInt) -> Result<BigInt, IntError> {
    int::isqrt(n)
}
