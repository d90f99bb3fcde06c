//! The tokens of a pattern: a character, or a backslash with the character behind it, one ahead of the reader.
//!
//! Places in error messages are counted back from the next token, as CPython does.

use crate::text::regex::RegexError;
use crate::text::surrogate::to_private;

/// Why reading ended early.
pub(super) enum Stop {
    Error(RegexError),
    /// Begin again with these flags.
    Verbose(u32),
}

/// A character, or a backslash and the character behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Plain(u32),
    Escape(u32),
}

impl Token {
    pub(super) fn is(self, c: char) -> bool {
        self == Token::Plain(c as u32)
    }

    /// The character when it is one of these, not escaped.
    pub(super) fn one_of(self, chars: &str) -> Option<char> {
        match self {
            Token::Plain(c) => char::from_u32(c).filter(|c| chars.contains(*c)),
            Token::Escape(_) => None,
        }
    }

    pub(super) fn digit(self, base: u32) -> Option<char> {
        match self {
            Token::Plain(c) if c < 128 => char::from_u32(c).filter(|c| c.is_digit(base)),
            Token::Plain(_) | Token::Escape(_) => None,
        }
    }

    pub(super) fn len(self) -> usize {
        match self {
            Token::Plain(_) => 1,
            Token::Escape(_) => 2,
        }
    }

    pub(super) fn text(self) -> String {
        let (mut text, c) = match self {
            Token::Plain(c) => (String::new(), c),
            Token::Escape(c) => (String::from('\\'), c),
        };
        text.extend(to_private(c));
        text
    }
}

/// Whether a character is a letter of ASCII, which escapes are made of.
pub(in crate::text::regex) fn is_ascii_letter(c: u32) -> bool {
    u8::try_from(c).is_ok_and(|c| c.is_ascii_alphabetic())
}

/// The characters that simple escapes stand for, in patterns, sets and templates.
pub(in crate::text::regex) fn simple_escape(c: u32) -> Option<u32> {
    Some(match char::from_u32(c)? {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

/// The tokens, one ahead.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a [u32],
    pub(super) index: usize,
    pub(super) next: Option<Token>,
}

impl Tokens<'_> {
    pub(super) fn advance(&mut self) -> Result<(), Stop> {
        let Some(&c) = self.text.get(self.index) else {
            self.next = None;
            return Ok(());
        };
        if c != '\\' as u32 {
            self.index += 1;
            self.next = Some(Token::Plain(c));
            return Ok(());
        }
        let Some(&escaped) = self.text.get(self.index + 1) else {
            let error = RegexError::Pattern("bad escape (end of pattern)".to_owned(), Some(self.text.len() - 1));
            return Err(Stop::Error(error));
        };
        self.index += 2;
        self.next = Some(Token::Escape(escaped));
        Ok(())
    }

    pub(super) fn take(&mut self) -> Result<Option<Token>, Stop> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    pub(super) fn take_if(&mut self, c: char) -> Result<bool, Stop> {
        let there = self.next.is_some_and(|token| token.is(c));
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    /// Up to `count` digits.
    pub(super) fn digits(&mut self, count: usize, base: u32) -> Result<String, Stop> {
        let mut digits = String::new();
        while digits.len() < count
            && let Some(digit) = self.next.and_then(|token| token.digit(base))
        {
            digits.push(digit);
            self.advance()?;
        }
        Ok(digits)
    }

    /// The text up to a terminator, which is taken too.
    pub(super) fn until(&mut self, terminator: char, what: &str) -> Result<String, Stop> {
        let mut text = String::new();
        let mut length = 0;
        loop {
            match self.take()? {
                None if text.is_empty() => return Err(self.error(format!("missing {what}"), 0)),
                None => return Err(self.error(format!("missing {terminator}, unterminated name"), length)),
                Some(token) if token.is(terminator) => {
                    if text.is_empty() {
                        return Err(self.error(format!("missing {what}"), 1));
                    }
                    return Ok(text);
                }
                Some(token) => {
                    length += token.len();
                    text.push_str(&token.text());
                }
            }
        }
    }

    /// Where the next token begins.
    pub(super) fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::len)
    }

    pub(super) fn seek(&mut self, index: usize) -> Result<(), Stop> {
        self.index = index;
        self.advance()
    }

    pub(super) fn error(&self, message: impl Into<String>, before: usize) -> Stop {
        Stop::Error(RegexError::Pattern(message.into(), Some(self.tell().saturating_sub(before))))
    }
}
