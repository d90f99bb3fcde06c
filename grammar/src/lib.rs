//! Source text to syntax tree: Coil's lexer, layout pass, grammar and AST.
