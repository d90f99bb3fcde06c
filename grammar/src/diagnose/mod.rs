//! The wording and the place of a syntax error, as CPython has them.
//!
//! The parser knows where it got stuck, and no more. CPython, whose parser is a backtracking one, then parses the file a
//! second time with additional rules that match typical mistakes; the first such rule that matches words the error. To
//! arrive at the same message Coil does the same, but only when a parse has failed: a recogniser reads the tokens again,
//! twice. It builds no tree, and it remembers what each rule did at each token, so that it stays fast on long files.
//!
//! - `cursor.rs` is the machinery: position, backtracking, memory, and where an error is shown;
//! - `node.rs` is the little that must be known about an expression;
//! - the other files hold the rules by theme, the rules for mistakes (`invalid_…`) beside the rules they belong to.
//!
//! Source: Language Reference 10, "Full Grammar specification", for what is legal; for the mistakes, CPython 3.13's
//! answers to `tests/syntax/err`.

mod compound;
mod cursor;
mod display;
mod expression;
mod f_string;
mod node;
mod parameters;
mod pattern;
mod simple;
mod target;

use self::cursor::Cursor;
use crate::error::{Extent, SyntaxError, SyntaxErrorKind};
use crate::span::Span;
use crate::token::{Token, TokenStream};

/// The error that CPython reports for `source`, whose tokens are `stream` and which is a file, an expression or a line at
/// the prompt as `mode` says (`ModuleMode`, `ExpressionMode` or `InteractiveMode`).
///
/// `None` if nothing is wrong with the syntax, and if the source nests too deeply to say.
#[must_use]
pub fn diagnose(source: &str, stream: &TokenStream, mode: Token) -> Option<SyntaxError> {
    let mut cursor = Cursor::new(source, stream, mode);
    let start = match mode {
        Token::ExpressionMode => Cursor::single_expression,
        Token::InteractiveMode => Cursor::interactive,
        _ => Cursor::file,
    };
    match start(&mut cursor) {
        Ok(Some(())) if mode == Token::InteractiveMode && cursor.is_followed() => {
            let _ = cursor.raise_last::<()>(SyntaxErrorKind::MultipleStatements);
            return cursor.error;
        }
        Ok(Some(())) => return None,
        Err(_) => return cursor.finished_error(),
        Ok(None) => {}
    }
    let stuck = cursor.fill - 1;
    cursor.restart();
    if start(&mut cursor).is_err() {
        return cursor.finished_error();
    }
    let last = stream.lexemes[stuck].token;
    let kind = match last {
        Token::Indent => Some(SyntaxErrorKind::UnexpectedIndent),
        Token::Dedent => Some(SyntaxErrorKind::UnexpectedUnindent),
        _ => None,
    };
    if let Some(kind) = kind {
        let _ = cursor.raise_last::<()>(kind);
        return cursor.error;
    }
    let error = cursor.error_at(SyntaxErrorKind::InvalidSyntax, stuck);
    Some(cursor.unless_lexer_objects(error))
}

impl Cursor<'_> {
    /// Whether something follows the statement that was read.
    fn is_followed(&self) -> bool {
        let rest = &self.lexemes[self.mark..];
        rest.iter().any(|lexeme| !matches!(lexeme.token, Token::Newline | Token::EndOfFile))
    }

    /// The error that ended a pass.
    fn finished_error(self) -> Option<SyntaxError> {
        let error = self.error.clone()?;
        if Some(&error) == self.lexer_error {
            return Some(error);
        }
        Some(self.unless_lexer_objects(error))
    }

    /// `error`, or the lexer's error about the rest of the file: CPython reads on to see whether there is one, and takes it
    /// for the likelier cause. An open bracket is taken for the cause only if it is on an earlier line.
    fn unless_lexer_objects(&self, error: SyntaxError) -> SyntaxError {
        let Some(later) = self.lexer_error else { return error };
        // CPython does not hear of errors inside f-strings here.
        let open_f_strings = self.lexemes.iter().fold(0, |open, lexeme| match lexeme.token {
            Token::FStringStart => open + 1,
            Token::FStringEnd => open - 1,
            _ => open,
        });
        if open_f_strings > 0 {
            return error;
        }
        // What the lexer words itself comes first. What it leaves to the parser to word does not, but the bracket that is
        // open at that point does.
        if later.extent == Extent::Span {
            return later.clone();
        }
        let Some(bracket) = self.open_bracket() else { return error };
        let reached = self.fill.saturating_sub(1);
        if self.line(reached) <= self.line(bracket) {
            return error;
        }
        let open = self.text(bracket).chars().next().unwrap_or('(');
        let span = Span::at(self.lexemes[bracket].span.start);
        SyntaxError::new(SyntaxErrorKind::NeverClosed { open }, span).with_extent(Extent::EndColumnZero)
    }

    /// The innermost bracket that is open where the tokens end.
    fn open_bracket(&self) -> Option<usize> {
        let mut open = Vec::new();
        for (at, lexeme) in self.lexemes.iter().enumerate() {
            match lexeme.token {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => open.push(at),
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }
}
