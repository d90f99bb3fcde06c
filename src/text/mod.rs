//! The value-free algorithms behind the built-in types.
//!
//! Everything here works on `&str`, `&[u8]`, `f64`, `i64` and `BigInt`, and knows neither Python objects nor the machine that
//! runs them: how a float is spelled, what `int("0x_1f", 0)` means, where `str.split` cuts, what `hash("a")` is. The built-in
//! types under `objects/` and the modules under `stdlib/` fetch their arguments, call one function of this floor, and wrap the
//! answer. That keeps two questions apart that are easy to confuse when reading an interpreter: *what* Python computes
//! (here, testable against CPython with a table of inputs and outputs) and *how* the interpreter calls it (there).
//!
//! A failure is an enum of the module that detects it; [`Failure`] tells which exception it becomes, and its `Display` is the
//! message, CPython 3.13's word for word. The module imports only std, crates,
//! and from the scanner the one convention on [`surrogate`]s.

pub mod binary;
pub mod codecs;
pub mod complex;
pub mod everyday;
pub mod failure;
pub mod float;
pub mod format_spec;
pub mod hashing;
pub mod int;
pub mod json;
pub mod math;
pub mod mersenne;
pub mod normalization;
pub mod percent;
pub mod punycode;
pub mod regex;
pub mod repr;
pub mod search;
pub mod surrogate;
pub mod template;
pub mod unicode;
mod unicode_tables;

pub use failure::{Failure, Raises};

/// Up to so many bytes nobody asks whether there is room for them.
const LITTLE: usize = 1 << 20;

/// Whether there is memory for so many bytes: for results whose size follows from a number in the program rather than from
/// the size of what the program holds already.
#[inline]
pub fn has_room(bytes: usize) -> bool {
    // The answer must be the allocator's: memory that nobody uses may be optimised away, and then there is always room.
    bytes <= LITTLE || std::hint::black_box(&mut Vec::<u8>::new()).try_reserve_exact(bytes).is_ok()
}

#[cfg(test)]
mod tests;
