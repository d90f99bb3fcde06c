//! Source text to syntax tree: Coil's lexer, layout pass, grammar and AST.
#![forbid(unsafe_code)]

pub mod ast;
pub mod error;
pub mod layout;
mod lexer;
pub mod names;
pub mod numbers;
pub mod printable;
pub mod span;
pub mod strings;
pub mod surrogate;
pub mod token;

#[cfg(test)]
mod tests;
