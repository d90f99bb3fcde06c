//! From characters to tokens: the logos driver, strings, f-strings, brackets.
//!
//! logos finds everything that a regular expression can find. Four things it cannot, and they are done here by hand:
//! the rest of a string after its opening quote; the pieces of an f-string, which is a stack of modes, because an
//! expression inside braces may hold another f-string; brackets, which must pair up; and the precise complaint about a
//! malformed number. What a line end means is not known here: [`Lexer::next_token`] reports every line end, and `layout.rs`
//! decides.
//!
//! The shape follows CPython's tokenizer where its shape shows in error messages: brackets are checked by the lexer and
//! not by the parser, the brace that opens an f-string field is an ordinary bracket, and an error's column is the last
//! character read. Messages and positions were compared with CPython 3.13 by running it.
//!
//! Source: Language Reference 2, "Lexical analysis"; PEP 701 (f-strings), PEP 3131 (identifiers), PEP 515 (numbers).

use logos::Logos;

use crate::error::{SyntaxError, SyntaxErrorKind, SyntaxWarning};
use crate::numbers;
use crate::printable::is_printable;
use crate::span::{LineIndex, Span};
use crate::token::{Lexeme, Token};

/// Brackets may nest this deep.
const MAX_BRACKETS: usize = 200;
/// f-strings may nest this deep inside each other's fields.
const MAX_F_STRINGS: usize = 149;
/// Replacement fields may nest this deep in format specs.
const MAX_FIELDS: i32 = 3;

/// A bracket that waits for its partner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenBracket {
    /// `(`, `[` or `{`.
    pub(crate) open: char,
    /// Offset of the bracket.
    pub(crate) at: u32,
}

/// What the characters inside an f-string mean now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// Literal text, outside of any field; or a format spec after a nested field, where CPython applies the same rules.
    Text,
    /// Literal text of a format spec, which started at a field's colon.
    Spec,
    /// Ordinary tokens, inside a field.
    Expression,
}

/// An f-string that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct FString {
    start: u32,
    quote: u8,
    triple: bool,
    raw: bool,
    reading: Reading,
    /// Brackets of all kinds that are open since the f-string's start.
    brackets: i32,
    /// Nesting of fields, less one: -1 outside of any field. A bracket count equal to `fields + 1` means that the field's
    /// own brace is the innermost bracket.
    fields: i32,
}

/// The driver: hands out tokens one by one until the end of the source or the first error.
pub(crate) struct Lexer<'s> {
    source: &'s str,
    logos: logos::Lexer<'s, Token>,
    /// Open brackets, innermost last.
    pub(crate) brackets: Vec<OpenBracket>,
    f_strings: Vec<FString>,
    /// What to warn about, in order.
    pub(crate) warnings: Vec<SyntaxWarning>,
}

impl<'s> Lexer<'s> {
    /// A lexer at the start of `source`.
    pub(crate) fn new(source: &'s str) -> Self {
        Self { source, logos: Token::lexer(source), brackets: Vec::new(), f_strings: Vec::new(), warnings: Vec::new() }
    }

    /// Offset just after the last token.
    pub(crate) fn position(&self) -> u32 {
        self.logos.span().end as u32
    }

    /// Moves on over `count` bytes without looking at them.
    pub(crate) fn skip(&mut self, count: usize) {
        self.logos.bump(count);
    }

    /// The next token. Line ends come as [`Token::LineEnd`] and [`Token::Continuation`], comments as [`Token::Comment`];
    /// the end of the source as [`Token::EndOfFile`], again and again.
    pub(crate) fn next_token(&mut self) -> Result<Lexeme, SyntaxError> {
        if let Some(f_string) = self.f_strings.last()
            && f_string.reading != Reading::Expression
            && let Some(lexeme) = self.f_string_text(*f_string)?
        {
            return Ok(lexeme);
        }
        let found = self.logos.next();
        let span = Span::from(self.logos.span());
        let token = match found {
            Some(Ok(token)) => token,
            Some(Err(())) => return self.unknown(span),
            None => return Ok(Lexeme { token: Token::EndOfFile, span: Span::at(self.source.len() as u32) }),
        };
        match token {
            Token::Name if self.byte_after(span) >= 0x80 => Err(self.bad_character(span.end)),
            Token::Number => self.number(span),
            Token::Quote => self.quote(span),
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => self.open(token, span),
            Token::RightParen | Token::RightBracket | Token::RightBrace => self.close(token, span),
            Token::Colon | Token::Walrus => Ok(self.colon(token, span)),
            _ if token.is_keyword() && self.byte_after(span) >= 0x80 => Err(self.bad_character(span.end)),
            _ => Ok(Lexeme { token, span }),
        }
    }

    fn byte_after(&self, span: Span) -> u8 {
        self.source.as_bytes().get(span.end as usize).copied().unwrap_or(0)
    }

    /// No pattern matches at `span.start`.
    fn unknown(&mut self, span: Span) -> Result<Lexeme, SyntaxError> {
        match self.source.as_bytes()[span.start as usize] {
            // ASCII characters without a meaning are tokens that no rule of the grammar takes.
            b'$' | b'?' | b'`' => {
                let span = Span::new(span.start, span.start + 1);
                Ok(Lexeme { token: Token::Stray, span })
            }
            // The last line may lack its end, and then ends the file behind its backslash.
            b'\\' if span.start as usize + 1 == self.source.len() => {
                let span = Span::new(span.start, span.start + 1);
                Ok(Lexeme { token: Token::Continuation, span })
            }
            b'\\' => {
                let kind = SyntaxErrorKind::AfterContinuation;
                Err(SyntaxError::new(kind, Span::at(span.start + 1)))
            }
            _ => Err(self.bad_character(span.start)),
        }
    }

    /// The character at `offset` cannot be part of any token.
    fn bad_character(&self, offset: u32) -> SyntaxError {
        let character = self.source[offset as usize..].chars().next().unwrap_or('\0');
        let code = u32::from(character);
        let kind = match character {
            '\0' => SyntaxErrorKind::NullBytes,
            _ if is_printable(character) => SyntaxErrorKind::InvalidCharacter { character, code },
            _ => SyntaxErrorKind::NonPrintableCharacter { code },
        };
        SyntaxError::new(kind, Span::at(offset))
    }

    fn number(&mut self, span: Span) -> Result<Lexeme, SyntaxError> {
        let bytes = self.source.as_bytes();
        let next = self.byte_after(span);
        let leading_zero = bytes[span.start as usize] == b'0' && span.len() > 1;
        if !leading_zero && next != b'_' && !next.is_ascii_alphanumeric() {
            return Ok(Lexeme { token: Token::Number, span });
        }
        let (end, warning) = numbers::check(self.source, span.start)?;
        if let Some(literal) = warning {
            let message = format!("invalid {literal} literal");
            self.warnings.push(SyntaxWarning { message, span: Span::new(span.start, end) });
        }
        // The patterns take the longest literal, and so does the check: it only knows why that was too little.
        debug_assert_eq!(end, span.end, "the number patterns and the number check disagree");
        Ok(Lexeme { token: Token::Number, span: Span::new(span.start, end) })
    }

    // --- strings -----------------------------------------------------------------------------------------------------

    /// A string or an f-string starts; `span` holds its prefix and its first quote.
    fn quote(&mut self, span: Span) -> Result<Lexeme, SyntaxError> {
        let bytes = self.source.as_bytes();
        let (prefix, quote) = (&bytes[span.start as usize..span.end as usize - 1], bytes[span.end as usize - 1]);
        let triple = bytes[span.end as usize..].starts_with(&[quote, quote]);
        if prefix.iter().any(|letter| matches!(letter, b'f' | b'F')) {
            let raw = prefix.len() == 2;
            return self.f_string_start(
                span,
                FString { start: span.start, quote, triple, raw, reading: Reading::Text, brackets: 0, fields: -1 },
            );
        }
        let mut at = span.end as usize + if triple { 2 } else { 0 };
        let mut escaped_quote = false;
        loop {
            match bytes.get(at) {
                Some(&byte) if byte == quote => {
                    at += 1;
                    if !triple {
                        break;
                    }
                    if bytes[at..].starts_with(&[quote, quote]) {
                        at += 2;
                        break;
                    }
                }
                Some(b'\\') => {
                    escaped_quote |= bytes.get(at + 1) == Some(&quote);
                    at += 1 + escaped_length(&bytes[at + 1..]);
                }
                Some(b'\n' | b'\r') if !triple => return Err(self.unterminated(span, quote, false, at, escaped_quote)),
                Some(_) => at += 1,
                None => return Err(self.unterminated(span, quote, triple, at, escaped_quote)),
            }
        }
        let span = Span::new(span.start, at as u32);
        self.skip(at - self.position() as usize);
        Ok(Lexeme { token: Token::String, span })
    }

    /// The string that `start` opens is not closed at `end`.
    fn unterminated(&self, start: Span, quote: u8, triple: bool, end: usize, escaped_quote: bool) -> SyntaxError {
        // The quote of an f-string inside one of its own fields starts a string for the lexer, but not for the learner.
        let field = self.f_strings.last().is_some_and(|outer| outer.quote == quote && outer.triple == triple);
        let line = self.line(end);
        let kind = match (field, triple) {
            (true, _) => SyntaxErrorKind::FStringExpectingBrace,
            (false, true) => SyntaxErrorKind::UnterminatedTripleString { line: self.last_line() },
            (false, false) if escaped_quote => SyntaxErrorKind::UnterminatedStringEscapedQuote { line },
            (false, false) => SyntaxErrorKind::UnterminatedString { line },
        };
        SyntaxError::new(kind, Span::at(start.start))
    }

    fn line(&self, offset: usize) -> u32 {
        LineIndex::new(&self.source[..offset]).line_count()
    }

    /// The number of the last line that holds anything.
    fn last_line(&self) -> u32 {
        let text = self.source;
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.line(text.strip_suffix('\r').unwrap_or(text).len())
    }

    // --- f-strings ---------------------------------------------------------------------------------------------------

    fn f_string_start(&mut self, span: Span, f_string: FString) -> Result<Lexeme, SyntaxError> {
        let quotes_left = if f_string.triple { 2 } else { 0 };
        self.skip(quotes_left);
        if self.f_strings.len() >= MAX_F_STRINGS {
            return Err(SyntaxError::new(SyntaxErrorKind::TooManyFStrings, Span::at(self.position() - 1)));
        }
        self.f_strings.push(f_string);
        Ok(Lexeme { token: Token::FStringStart, span: Span::new(span.start, self.position()) })
    }

    /// The next piece of an f-string's text, or its end; `None` when a field's brace comes first.
    fn f_string_text(&mut self, f_string: FString) -> Result<Option<Lexeme>, SyntaxError> {
        let start = self.position() as usize;
        let rest = &self.source.as_bytes()[start..];
        if rest.first() == Some(&b'{') && rest.get(1) != Some(&b'{') {
            self.enter_field(start as u32)?;
            return Ok(None);
        }
        if f_string.closes(rest) {
            self.skip(f_string.quotes());
            self.f_strings.pop();
            return Ok(Some(Lexeme { token: Token::FStringEnd, span: Span::new(start as u32, self.position()) }));
        }
        let piece = self.f_string_piece(f_string, start)?;
        self.skip(piece.resume - start);
        let span = Span::new(start as u32, piece.end as u32);
        // An empty piece stands for an empty format spec; it tells the parser nothing.
        if !span.is_empty() {
            return Ok(Some(Lexeme { token: Token::FStringMiddle, span }));
        }
        self.next_token().map(Some)
    }

    /// Finds the end of the literal text that starts at `start`, and changes the mode for what follows.
    fn f_string_piece(&mut self, f_string: FString, start: usize) -> Result<Piece, SyntaxError> {
        let bytes = self.source.as_bytes();
        let in_spec = f_string.reading == Reading::Spec;
        let mut named_escape = false;
        let mut at = start;
        loop {
            let rest = &bytes[at..];
            match rest.first() {
                None | Some(b'\n' | b'\r') if !f_string.triple => {
                    // The end of the file stands for the end of its last line.
                    if !in_spec {
                        return Err(self.unterminated_f_string(f_string, at));
                    }
                    self.set_reading(Reading::Expression);
                    return Ok(Piece { end: at, resume: at });
                }
                None => return Err(self.unterminated_f_string(f_string, at)),
                Some(_) if f_string.closes(rest) => return Ok(Piece { end: at, resume: at }),
                Some(b'{') => {
                    if rest.get(1) == Some(&b'{') && !in_spec {
                        return Ok(Piece { end: at + 1, resume: at + 2 });
                    }
                    self.enter_field(at as u32)?;
                    return Ok(Piece { end: at, resume: at });
                }
                Some(b'}') => {
                    if named_escape {
                        return Ok(Piece { end: at + 1, resume: at + 1 });
                    }
                    if rest.get(1) == Some(&b'}') && !in_spec && f_string.brackets == 0 {
                        return Ok(Piece { end: at + 1, resume: at + 2 });
                    }
                    self.set_reading(Reading::Expression);
                    return Ok(Piece { end: at, resume: at });
                }
                Some(b'\\') => match rest.get(1) {
                    // A brace keeps its meaning after a backslash.
                    Some(&brace @ (b'{' | b'}')) => {
                        if !f_string.raw {
                            let message = format!("invalid escape sequence '\\{}'", char::from(brace));
                            self.warnings.push(SyntaxWarning { message, span: Span::new(at as u32, at as u32 + 2) });
                        }
                        at += 1;
                    }
                    Some(b'N') if !f_string.raw && rest.get(2) == Some(&b'{') => {
                        named_escape = true;
                        at += 3;
                    }
                    _ => at += 1 + escaped_length(&rest[1..]),
                },
                Some(_) => at += 1,
            }
        }
    }

    fn set_reading(&mut self, reading: Reading) {
        if let Some(f_string) = self.f_strings.last_mut() {
            f_string.reading = reading;
        }
    }

    /// A field starts at `offset`: its brace comes next, as an ordinary token.
    fn enter_field(&mut self, offset: u32) -> Result<(), SyntaxError> {
        if let Some(f_string) = self.f_strings.last_mut() {
            f_string.fields += 1;
            f_string.reading = Reading::Expression;
            if f_string.fields >= MAX_FIELDS {
                let kind = SyntaxErrorKind::FStringTooDeep;
                // CPython has not read the brace yet, and shows the character before it.
                return Err(SyntaxError::new(kind, Span::at(offset.saturating_sub(1))));
            }
        }
        Ok(())
    }

    fn unterminated_f_string(&self, f_string: FString, end: usize) -> SyntaxError {
        let kind = match f_string.triple {
            true => SyntaxErrorKind::UnterminatedTripleFString { line: self.last_line() },
            false => SyntaxErrorKind::UnterminatedFString { line: self.line(end) },
        };
        SyntaxError::new(kind, Span::at(f_string.start))
    }

    /// A colon directly inside a field's braces ends the expression, even if `=` follows: `f'{x:=5}'` is a format spec.
    fn colon(&mut self, token: Token, span: Span) -> Lexeme {
        let Some(f_string) = self.f_strings.last_mut().filter(|f_string| f_string.brackets == f_string.fields + 1)
        else {
            return Lexeme { token, span };
        };
        f_string.reading = Reading::Spec;
        if token == Token::Walrus {
            self.logos = Token::lexer(self.source);
            self.logos.bump(span.start as usize + 1);
        }
        Lexeme { token: Token::Colon, span: Span::new(span.start, span.start + 1) }
    }

    // --- brackets ----------------------------------------------------------------------------------------------------

    fn open(&mut self, token: Token, span: Span) -> Result<Lexeme, SyntaxError> {
        if self.brackets.len() >= MAX_BRACKETS {
            return Err(SyntaxError::new(SyntaxErrorKind::TooManyBrackets, Span::at(span.start)));
        }
        let open = char::from(self.source.as_bytes()[span.start as usize]);
        self.brackets.push(OpenBracket { open, at: span.start });
        if let Some(f_string) = self.f_strings.last_mut() {
            f_string.brackets += 1;
        }
        Ok(Lexeme { token, span })
    }

    fn close(&mut self, token: Token, span: Span) -> Result<Lexeme, SyntaxError> {
        let close = char::from(self.source.as_bytes()[span.start as usize]);
        let fail = |kind| Err(SyntaxError::new(kind, Span::at(span.start)));
        if token == Token::RightBrace && self.f_strings.last().is_some_and(|f_string| f_string.brackets == 0) {
            return fail(SyntaxErrorKind::FStringSingleBrace);
        }
        let Some(bracket) = self.brackets.pop() else {
            return fail(SyntaxErrorKind::UnmatchedBracket { close });
        };
        let open = bracket.open;
        if !matches!((open, close), ('(', ')') | ('[', ']') | ('{', '}')) {
            if open == '{' && self.f_strings.last().is_some_and(|outer| outer.brackets - 1 == outer.fields) {
                return fail(SyntaxErrorKind::FStringUnmatched { close });
            }
            let line = self.line(bracket.at as usize);
            return match line == self.line(span.start as usize) {
                true => fail(SyntaxErrorKind::MismatchedBracket { close, open }),
                false => fail(SyntaxErrorKind::MismatchedBracketOnLine { close, open, line }),
            };
        }
        if let Some(f_string) = self.f_strings.last_mut() {
            f_string.brackets -= 1;
            if f_string.brackets < 0 {
                return fail(SyntaxErrorKind::FStringUnmatched { close });
            }
            if token == Token::RightBrace && f_string.brackets == f_string.fields {
                f_string.fields -= 1;
                f_string.reading = Reading::Text;
            }
        }
        Ok(Lexeme { token, span })
    }
}

impl FString {
    /// Number of characters in a closing quote.
    fn quotes(&self) -> usize {
        if self.triple { 3 } else { 1 }
    }

    /// Whether `rest` starts with the closing quote.
    fn closes(&self, rest: &[u8]) -> bool {
        match self.triple {
            true => rest.starts_with(&[self.quote; 3]),
            false => rest.first() == Some(&self.quote),
        }
    }
}

/// A piece of an f-string's text.
struct Piece {
    /// Where it ends.
    end: usize,
    /// Where to go on: after the second brace of a pair.
    resume: usize,
}

/// Number of bytes that a backslash escapes for the purpose of finding the string's end: a whole line end, or one byte.
fn escaped_length(after: &[u8]) -> usize {
    match after {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    }
}
