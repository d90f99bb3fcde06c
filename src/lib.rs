//! Coil: an interpreter for the Python that people learn coroutines with.

pub mod builtins;
pub mod code;
pub mod compiler;
pub mod diagnostics;
pub mod host;
mod interpreter;
pub mod objects;
pub mod stdlib;
pub mod text;
pub(crate) mod vm;

pub use interpreter::{Interpreter, on_large_stack};
