//! The functions of module `builtins`, by theme.

pub mod classes;
