//! `float`: everyday numbers in the word, the others on the heap.

use super::heap::{Payload, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
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
