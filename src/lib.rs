//! Coil: an interpreter for the Python that people learn coroutines with.

pub mod builtins;
pub mod code;
pub mod compiler;
pub mod host;
pub mod objects;
pub mod text;
pub(crate) mod vm;
