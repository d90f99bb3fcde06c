//! Source text to syntax tree: Coil's lexer, layout pass, grammar and AST.
#![forbid(unsafe_code)]

pub mod ast;
pub mod error;
pub mod layout;
pub mod span;
pub mod surrogate;
pub mod token;
