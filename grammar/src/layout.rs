//! Logical lines: NEWLINE, INDENT and DEDENT, and the joining of lines.
//!
//! The lexer reports every line end; here it is decided what each one means. Inside brackets, after a backslash, and on
//! a line of blanks or comments it means nothing. Otherwise it ends a logical line, and the blanks before the next
//! logical line are compared with a stack of indentations: deeper is one INDENT, shallower a DEDENT for each level left.
//! Every line is measured twice, with tabs to multiples of eight and with tabs as one column: if the two measures do not
//! agree on deeper, equal or shallower, the answer would depend on the reader's tab width, and that is a `TabError`.
//!
//! Source: Language Reference 2.1, "Line structure".

use crate::error::{Extent, SyntaxError, SyntaxErrorKind};
use crate::lexer::Lexer;
use crate::span::Span;
use crate::token::{Lexeme, Token, TokenStream};

/// Blocks may nest this deep, the file itself included.
const MAX_INDENTS: usize = 100;
/// Tabs lead to the next multiple of this column.
const TAB_SIZE: u32 = 8;

/// Splits `source` into the tokens of the grammar.
#[must_use]
pub fn tokenize(source: &str) -> TokenStream {
    Layout::new(source, false).run()
}

/// Splits what follows `start` into tokens. A logical line begins there, whose blanks before it count as no indentation.
#[must_use]
pub fn tokenize_from(source: &str, start: u32) -> TokenStream {
    let mut layout = Layout::new(source, false);
    layout.lexer.skip(start as usize);
    let line = source[..start as usize].rfind(['\n', '\r']).map_or(0, |end| end as u32 + 1);
    layout.indents = vec![Indentation { column: start - line, alternate: start - line }];
    layout.run_lines()
}

/// Splits `source` into tokens, and keeps the comments and the line ends that end no logical line.
#[must_use]
pub fn tokenize_with_trivia(source: &str) -> TokenStream {
    Layout::new(source, true).run()
}

/// The width of a line's blanks, measured twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Indentation {
    /// With tabs of eight columns.
    column: u32,
    /// With tabs of one column.
    alternate: u32,
}

struct Layout<'s> {
    source: &'s str,
    lexer: Lexer<'s>,
    lexemes: Vec<Lexeme>,
    /// The enclosing blocks' indentations. INVARIANT: never empty; columns strictly increase from 0.
    indents: Vec<Indentation>,
    with_trivia: bool,
}

impl<'s> Layout<'s> {
    fn new(source: &'s str, with_trivia: bool) -> Self {
        Self {
            source,
            lexer: Lexer::new(source),
            // A token is four to five bytes of ordinary source.
            lexemes: Vec::with_capacity(source.len() / 4 + 4),
            indents: vec![Indentation::default()],
            with_trivia,
        }
    }

    fn run(mut self) -> TokenStream {
        let error = self.file().err();
        TokenStream { lexemes: self.lexemes, error, warnings: self.lexer.warnings }
    }

    /// As `run`, from the middle of a line.
    fn run_lines(mut self) -> TokenStream {
        let error = match self.logical_line() {
            Ok(true) => None,
            Ok(false) => self.file().err(),
            Err(error) => Some(error),
        };
        TokenStream { lexemes: self.lexemes, error, warnings: self.lexer.warnings }
    }

    fn push(&mut self, token: Token, span: Span) {
        self.lexemes.push(Lexeme { token, span });
    }

    fn trivia(&mut self, lexeme: Lexeme) {
        if self.with_trivia {
            self.lexemes.push(lexeme);
        }
    }

    /// Reads all logical lines.
    fn file(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.line_start()?;
            if self.logical_line()? {
                return Ok(());
            }
        }
    }

    /// Measures the blanks of a line, unless the line is blank, and reports a changed indentation.
    fn line_start(&mut self) -> Result<(), SyntaxError> {
        let start = self.lexer.position();
        let mut indentation = Indentation::default();
        // The first backslash after some blanks settles the indentation; what the next line has does not count.
        let mut before_backslash = None;
        loop {
            let rest = &self.source.as_bytes()[self.lexer.position() as usize..];
            match rest {
                [b' ', ..] => {
                    indentation.column += 1;
                    indentation.alternate += 1;
                }
                [b'\t', ..] => {
                    indentation.column = (indentation.column / TAB_SIZE + 1) * TAB_SIZE;
                    indentation.alternate += 1;
                }
                [0x0C, ..] => indentation = Indentation::default(),
                [b'\\', ..] => {
                    if indentation.column > 0 {
                        before_backslash.get_or_insert(indentation);
                    }
                    let lexeme = self.lexer.next_token().map_err(|error| error.with_extent(Extent::EndColumnZero))?;
                    self.continuation(lexeme)?;
                    continue;
                }
                // A blank line, or the end of a file that did not end its last line.
                [b'#' | b'\n' | b'\r', ..] => return Ok(()),
                [] if self.lexer.position() > start && !self.after_line_end() => return Ok(()),
                _ => break,
            }
            self.lexer.skip(1);
        }
        let end = self.lexer.position();
        self.indent(before_backslash.unwrap_or(indentation), Span::new(start, end))
    }

    /// Whether the text read so far ends with a line end.
    fn after_line_end(&self) -> bool {
        matches!(self.source.as_bytes()[..self.lexer.position() as usize].last(), None | Some(b'\n' | b'\r'))
    }

    /// A logical line starts after `blanks`, which measure `new`.
    fn indent(&mut self, new: Indentation, blanks: Span) -> Result<(), SyntaxError> {
        let current = self.indents[self.indents.len() - 1];
        if new.column > current.column {
            if self.indents.len() >= MAX_INDENTS {
                return Err(self.line_error(SyntaxErrorKind::TooManyIndents, blanks, Extent::EndColumnZero));
            }
            if new.alternate <= current.alternate {
                return Err(self.line_error(SyntaxErrorKind::TabsAndSpaces, blanks, Extent::EndColumnZero));
            }
            self.indents.push(new);
            self.push(Token::Indent, blanks);
            return Ok(());
        }
        while new.column < self.indents[self.indents.len() - 1].column {
            self.indents.pop();
            self.push(Token::Dedent, Span::at(blanks.end));
        }
        let level = self.indents[self.indents.len() - 1];
        if new.column != level.column {
            // Nothing of this line may reach the parser.
            while self.lexemes.last().is_some_and(|lexeme| lexeme.token == Token::Dedent) {
                self.lexemes.pop();
            }
            return Err(self.line_error(SyntaxErrorKind::UnindentMismatch, blanks, Extent::EndColumnUnknown));
        }
        if new.alternate != level.alternate {
            while self.lexemes.last().is_some_and(|lexeme| lexeme.token == Token::Dedent) {
                self.lexemes.pop();
            }
            return Err(self.line_error(SyntaxErrorKind::TabsAndSpaces, blanks, Extent::EndColumnZero));
        }
        Ok(())
    }

    /// An error about a line's blanks. CPython, which has read the whole line, shows its end or its start.
    fn line_error(&self, kind: SyntaxErrorKind, blanks: Span, extent: Extent) -> SyntaxError {
        let at = match extent {
            Extent::EndColumnUnknown => {
                let rest = &self.source[blanks.end as usize..];
                blanks.end + rest.find(['\n', '\r']).unwrap_or(rest.len()) as u32
            }
            _ => blanks.start,
        };
        SyntaxError::new(kind, Span::at(at)).with_extent(extent)
    }

    /// Reads the rest of a logical line; returns whether it is the file's last.
    fn logical_line(&mut self) -> Result<bool, SyntaxError> {
        // Where the line's text ends: its comment, or its line end.
        let mut comment = None;
        let mut is_blank = true;
        loop {
            let lexeme = self.lexer.next_token().map_err(|error| match error.kind {
                SyntaxErrorKind::AfterContinuation => error.with_extent(Extent::EndColumnZero),
                _ => error,
            })?;
            match lexeme.token {
                Token::Comment => {
                    comment = Some(lexeme.span.start);
                    self.trivia(lexeme);
                }
                Token::Continuation => self.continuation(lexeme)?,
                Token::LineEnd if !self.lexer.brackets.is_empty() => {
                    comment = None;
                    self.trivia(lexeme);
                }
                Token::LineEnd => {
                    if is_blank {
                        self.trivia(lexeme);
                    } else {
                        self.push(Token::Newline, Span::new(comment.unwrap_or(lexeme.span.start), lexeme.span.start));
                    }
                    return Ok(false);
                }
                Token::EndOfFile => {
                    self.end_of_file(is_blank, comment)?;
                    return Ok(true);
                }
                _ => {
                    is_blank = false;
                    self.lexemes.push(lexeme);
                }
            }
        }
    }

    /// A backslash joined two lines; the second must exist.
    fn continuation(&mut self, lexeme: Lexeme) -> Result<(), SyntaxError> {
        if (lexeme.span.end as usize) < self.source.len() {
            return Ok(());
        }
        match self.lexer.brackets.last() {
            Some(_) => Err(self.never_closed()),
            None => {
                // The place of the line end that is there, or that should be there.
                let end = lexeme.span.start + 1;
                let kind = SyntaxErrorKind::UnexpectedEof;
                Err(SyntaxError::new(kind, Span::at(end)).with_extent(Extent::EndColumnUnknown))
            }
        }
    }

    fn never_closed(&self) -> SyntaxError {
        match self.lexer.brackets.last() {
            Some(bracket) => {
                let kind = SyntaxErrorKind::NeverClosed { open: bracket.open };
                SyntaxError::new(kind, Span::at(bracket.at)).with_extent(Extent::EndColumnZero)
            }
            None => SyntaxError::new(SyntaxErrorKind::UnexpectedEof, Span::at(self.lexer.position())),
        }
    }

    /// Ends the last line, if the file did not, and all blocks.
    fn end_of_file(&mut self, is_blank: bool, comment: Option<u32>) -> Result<(), SyntaxError> {
        if !self.lexer.brackets.is_empty() {
            return Err(self.never_closed());
        }
        let end = self.source.len() as u32;
        if !is_blank {
            self.push(Token::Newline, Span::new(comment.unwrap_or(end), end));
        }
        for _ in 1..self.indents.len() {
            self.push(Token::Dedent, Span::at(end));
        }
        self.push(Token::EndOfFile, Span::at(end));
        Ok(())
    }
}
