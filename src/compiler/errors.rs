//! The compiler's errors and its limit of nesting.

use coil_grammar::error::{Extent, SyntaxErrorKind};
use coil_grammar::span::Span;

use super::CompileError;

/// How deeply the compiler's visits may be nested on the machine stack. Long chains (`a + b + c`, `elif`) do not count,
/// they are walked in loops; the parser's own limits on brackets and indentation stay well below this. An optimised build
/// needs less than 2 KiB for a level, an unoptimised one up to 7.
pub(super) const MAX_NESTING: u32 = if cfg!(target_family = "wasm") { 300 } else { 1_000 };

/// An error that marks a place.
pub(super) fn error(kind: SyntaxErrorKind, span: Span) -> CompileError {
    CompileError::new(kind, span).with_extent(Extent::Exact)
}

/// An error without a place.
pub(super) fn error_nowhere(kind: SyntaxErrorKind) -> CompileError {
    error(kind, Span::at(0)).with_extent(Extent::Nowhere)
}

/// The error of a tree that is too deep to compile.
pub(super) fn too_deep() -> CompileError {
    CompileError::new(SyntaxErrorKind::TreeTooDeep, Span::at(0)).with_extent(Extent::Nowhere)
}
