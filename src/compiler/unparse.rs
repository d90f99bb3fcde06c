//! Expressions back to text: for annotations under `from __future__ import annotations` (PEP 563).

use coil_grammar::ast::Expr;

use super::CompileResult;

/// The text of an annotation.
pub(super) fn unparse(_expr: &Expr) -> CompileResult<String> {
    Ok(String::new())
}
