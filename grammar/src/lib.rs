//! Source text to syntax tree: Coil's lexer, layout pass, grammar and AST.

pub mod error;
pub mod layout;
pub mod span;
pub mod token;
