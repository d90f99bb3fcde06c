//! `int`: 62 bits in the word, anything larger on the heap, always normalised.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::heap::{Payload, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
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

#[cold]
fn boxed(value: BigInt) -> Value {
    alloc(ShapeId::exact(Kind::Int), Int { value }).into_value()
}

/// The integer of an `int`, a `bool` or an instance of a subclass.
pub fn to_bigint(value: &Value) -> Option<BigInt> {
    if let Some(i) = value.as_small_int() {
        return Some(BigInt::from(i));
    }
    if let Some(b) = value.as_bool() {
        return Some(BigInt::from(b as u8));
    }
    value.downcast_ref::<Int>().map(|int| int.value.clone())
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
