//! Coil: an interpreter for the Python that people learn coroutines with.

// All output goes through the host.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod builtins;
pub mod check;
pub mod code;
pub mod compiler;
pub mod diagnostics;
pub mod host;
mod interactive;
mod interpreter;
#[cfg(test)]
mod memory_tests;
pub mod objects;
pub mod stdlib;
pub mod text;
pub(crate) mod vm;

pub use interactive::Interactive;
pub use interpreter::{Interpreter, on_large_stack};
