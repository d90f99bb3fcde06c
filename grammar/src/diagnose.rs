//! What to say when the parser cannot go on.

use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::span::Span;
use crate::token::Lexeme;

/// Finds the best message for a parse that stopped at `lexemes[failing]`.
///
/// `lexer_error` is the error that ended the tokens, if one did.
pub(crate) fn diagnose(
    _source: &str,
    lexemes: &[Lexeme],
    failing: usize,
    _lexer_error: Option<SyntaxError>,
) -> SyntaxError {
    let span = lexemes.get(failing).map_or(Span::default(), |lexeme| lexeme.span);
    SyntaxError::new(SyntaxErrorKind::InvalidSyntax, span)
}
