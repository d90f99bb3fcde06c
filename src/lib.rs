//! Coil: an interpreter for the Python that people learn coroutines with.

pub mod code;
pub mod text;
