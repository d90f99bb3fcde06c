//! `complex` numbers.

use super::heap::{Payload, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
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
