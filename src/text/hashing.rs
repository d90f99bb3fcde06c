//! `hash()`: the numbers behind dict and set order.
//!
//! Coil's hashes are those of CPython run with `PYTHONHASHSEED=0`, so that a program that prints a set shows the same order on
//! every run, and the same as there. Text goes through SipHash-1-3 with a zero key, over the code points as CPython stores
//! them (one, two or four bytes each). Numbers are reduced modulo the prime 2**61-1, the same for all types: `1 == 1.0`
//! demands `hash(1) == hash(1.0)`. -1 is never a hash, since CPython's C functions return it for failure.
//!
//! Source: Standard Library "Hashing of numeric types", PEP 456.

use num_bigint::{BigInt, Sign};
use siphasher::sip::SipHasher13;
use smallvec::SmallVec;

use super::surrogate;

/// The prime that numbers are reduced by: 2**61 - 1.
pub const MODULUS: i64 = (1 << 61) - 1;
/// `hash(float("inf"))`.
pub const INFINITY: i64 = 314_159;
/// `hash(None)`.
pub const NONE: i64 = 0xfca8_6420;

/// -1 is not a hash.
#[inline]
fn proper(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The hash of a bytes object.
pub fn bytes(text: &[u8]) -> i64 {
    if text.is_empty() {
        return 0;
    }
    proper(SipHasher13::new().hash(text).cast_signed())
}

/// The hash of a string: of its code points in CPython's narrowest storage.
///
/// ```
/// assert_eq!(coil::text::hashing::string("a"), 4644417185603328019);
/// ```
pub fn string(text: &str) -> i64 {
    if text.is_ascii() {
        return bytes(text.as_bytes());
    }
    let widest = text.chars().map(surrogate::from_private).max().unwrap_or(0);
    let mut storage: SmallVec<[u8; 256]> = SmallVec::new();
    for point in text.chars().map(surrogate::from_private) {
        let point = point.to_le_bytes();
        match widest {
            ..=0xff => storage.push(point[0]),
            0x100..=0xffff => storage.extend_from_slice(&point[..2]),
            0x1_0000.. => storage.extend_from_slice(&point),
        }
    }
    bytes(&storage)
}

/// The hash of a machine integer.
#[inline]
pub fn int(n: i64) -> i64 {
    if (-1..MODULUS).contains(&n) { proper(n) } else { proper(n % MODULUS) }
}

/// The hash of a big integer.
pub fn big_int(n: &BigInt) -> i64 {
    const PRIME: u128 = MODULUS as u128;
    let (sign, digits) = n.to_u64_digits();
    let size = digits.iter().rev().fold(0u128, |rest, &digit| ((rest << 64) + u128::from(digit)) % PRIME);
    let size = size as i64;
    proper(if sign == Sign::Minus { -size } else { size })
}

/// The hash of a float that is not NaN; a NaN hashes by identity, so `None`.
pub fn float(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { INFINITY } else { -INFINITY });
    }
    // A whole number that fits: the common case.
    if x.trunc() == x && x.abs() < 9.0e18 {
        return Some(int(x as i64));
    }
    // x = mantissa * 2**exponent, and 2**61 is 1 modulo the prime, so the power only rotates 61 bits.
    let (mantissa, exponent) = libm::frexp(x.abs());
    let bits = libm::ldexp(mantissa, 53) as u64;
    let exponent = (i64::from(exponent) - 53).rem_euclid(61) as u32;
    let reduced = (u128::from(bits) << exponent) % MODULUS as u128;
    let size = reduced as i64;
    Some(proper(if x < 0.0 { -size } else { size }))
}

/// The hash of a complex number from those of its parts.
pub fn complex(real: i64, imag: i64) -> i64 {
    proper(real.wrapping_add(imag.wrapping_mul(1_000_003)))
}

/// The hash of an object that hashes by identity.
pub fn pointer(address: usize) -> i64 {
    // The low bits of an address are always zero; rotate them away.
    proper((address as u64).rotate_right(4).cast_signed())
}

/// Collects the hashes of a tuple's items, in order: xxHash.
///
/// ```
/// use coil::text::hashing::{Tuple, int};
/// let mut tuple = Tuple::new();
/// tuple.add(int(1));
/// tuple.add(int(2));
/// assert_eq!(tuple.finish(), -3550055125485641917);
/// ```
#[derive(Debug, Clone)]
pub struct Tuple {
    state: u64,
    length: u64,
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

impl Default for Tuple {
    fn default() -> Self {
        Self::new()
    }
}

impl Tuple {
    /// Starts with no items.
    pub const fn new() -> Self {
        Self { state: PRIME_5, length: 0 }
    }

    /// Adds the hash of the next item.
    #[inline]
    pub fn add(&mut self, hash: i64) {
        let lane = hash.cast_unsigned().wrapping_mul(PRIME_2);
        self.state = self.state.wrapping_add(lane).rotate_left(31).wrapping_mul(PRIME_1);
        self.length += 1;
    }

    /// The hash of the whole tuple.
    pub fn finish(&self) -> i64 {
        match self.state.wrapping_add(self.length ^ (PRIME_5 ^ 3_527_539)).cast_signed() {
            -1 => 1_546_275_796,
            hash => hash,
        }
    }

    /// The hash of a slice: the same sum without the length.
    pub fn finish_slice(&self) -> i64 {
        match self.state.cast_signed() {
            -1 => 1_546_275_796,
            hash => hash,
        }
    }
}

/// The hash of a range, from its length and the hashes of its first value and its step.
///
/// Ranges are equal when their values are, so an empty one hashes neither, and one of a single value not its step.
pub fn range(length_hash: i64, length: usize, start: i64, step: i64) -> i64 {
    let mut tuple = Tuple::new();
    tuple.add(length_hash);
    tuple.add(if length == 0 { NONE } else { start });
    tuple.add(if length <= 1 { NONE } else { step });
    tuple.finish()
}

/// The hash of a frozenset, from the hashes of its items in any order.
pub fn frozenset(items: impl IntoIterator<Item = i64>) -> i64 {
    let mut hash = 0u64;
    let mut count = 0u64;
    for item in items {
        let item = item.cast_unsigned();
        // Spreads nearby hashes before the exclusive or, which would cancel them out.
        hash ^= ((item ^ 89_869_747) ^ (item << 16)).wrapping_mul(3_644_798_167);
        count += 1;
    }
    hash ^= (count + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    match hash.wrapping_mul(69_069).wrapping_add(907_133_923).cast_signed() {
        -1 => 590_923_713,
        hash => hash,
    }
}
