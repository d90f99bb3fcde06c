//! Words that are keywords in some places only, settled before the parser sees them.
//!
//! `match`, `case` and `type` are names unless a statement starts with them and goes on like a statement of theirs
//! (Language Reference 2.3.2). CPython's parser tries both readings; an LR(1) parser reads every token once, so the question
//! is answered here, by looking ahead over the logical line:
//!
//! * `match` is a keyword at the start of a logical line that ends with a colon: no other statement that starts with a
//!   name ends so.
//! * `case` is a keyword at the start of a line directly inside a `match` block: nothing else may stand there.
//! * `type` is a keyword at the start of a statement when a name follows: two names in a row are never valid otherwise.
//!
//! The parenthesis after `with` poses the same kind of question: in `with (a, b):` it holds two items, in `with (a, b) as
//! c:` a tuple. It holds items when its partner ends the header and everything inside can be an item, or when there is an
//! `as` inside (Language Reference 8.5). The `with` of such items becomes a [`Token::WithItems`].

use crate::token::{Lexeme, Token};

/// Turns names into soft keywords where they are.
pub fn resolve(source: &str, lexemes: &mut [Lexeme]) {
    let mut resolver = Resolver { source, lexemes, blocks: Vec::new(), opens_match: false };
    resolver.run();
}

/// Makes every [`Token::WithItems`] a plain `with` again: a source that is wrong is read once more by `diagnose`, which
/// backtracks and needs no help.
pub(crate) fn unresolve_with(lexemes: &mut [Lexeme]) {
    for lexeme in lexemes {
        if lexeme.token == Token::WithItems {
            lexeme.token = Token::With;
        }
    }
}

struct Resolver<'a> {
    source: &'a str,
    lexemes: &'a mut [Lexeme],
    /// For each open block, whether it holds the cases of a `match`.
    blocks: Vec<bool>,
    /// Whether the line just read is the header of a `match`.
    opens_match: bool,
}

impl Resolver<'_> {
    fn run(&mut self) {
        let mut line_starts = true;
        let mut statement_starts = true;
        // Brackets that are open, f-string fields included.
        let mut depth = 0_u32;
        for index in 0..self.lexemes.len() {
            let token = self.lexemes[index].token;
            match token {
                Token::Indent => {
                    self.blocks.push(self.opens_match);
                    self.opens_match = false;
                    continue;
                }
                Token::Dedent => {
                    self.blocks.pop();
                    continue;
                }
                Token::Newline => {
                    line_starts = true;
                    statement_starts = true;
                    depth = 0;
                    continue;
                }
                Token::Name if line_starts => {
                    self.opens_match = false;
                    self.line_keyword(index);
                    if self.lexemes[index].token == Token::Name {
                        self.statement_keyword(index);
                    }
                }
                Token::Name if statement_starts => self.statement_keyword(index),
                Token::With if depth == 0 => self.with(index),
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => depth += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => depth = depth.saturating_sub(1),
                _ => {}
            }
            if line_starts && token != Token::Name {
                self.opens_match = false;
            }
            line_starts = false;
            statement_starts = depth == 0 && matches!(token, Token::Semicolon | Token::Colon);
        }
    }

    fn token(&self, index: usize) -> Token {
        self.lexemes.get(index).map_or(Token::EndOfFile, |lexeme| lexeme.token)
    }

    fn text(&self, index: usize) -> &str {
        self.lexemes[index].span.text(self.source)
    }

    /// A logical line starts with the name at `index`.
    fn line_keyword(&mut self, index: usize) {
        match self.text(index) {
            "case" if self.blocks.last() == Some(&true) => self.lexemes[index].token = Token::Case,
            "match" if may_start_expression(self.token(index + 1)) && self.line_ends_with_colon(index) => {
                self.lexemes[index].token = Token::Match;
                self.opens_match = true;
            }
            _ => {}
        }
    }

    /// A statement starts with the name at `index`.
    fn statement_keyword(&mut self, index: usize) {
        if self.text(index) == "type" && self.token(index + 1) == Token::Name {
            self.lexemes[index].token = Token::Type;
        }
    }

    fn line_ends_with_colon(&self, start: usize) -> bool {
        let mut last = start;
        for index in start..self.lexemes.len() {
            if self.token(index) == Token::Newline {
                return self.token(last) == Token::Colon;
            }
            last = index;
        }
        false
    }

    /// Decides about the parenthesis that follows the `with` at `index`.
    fn with(&mut self, index: usize) {
        if self.token(index + 1) == Token::LeftParen && self.holds_items(index + 1) {
            self.lexemes[index].token = Token::WithItems;
        }
    }

    fn holds_items(&self, open: usize) -> bool {
        let mut depth = 0_u32;
        let mut has_as = false;
        let mut has_other = self.token(open + 1) == Token::RightParen;
        for index in open..self.lexemes.len() {
            match self.token(index) {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => depth += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    depth -= 1;
                    if depth == 0 {
                        return has_as || !has_other && self.token(index + 1) == Token::Colon;
                    }
                }
                Token::Newline => return has_as,
                Token::As if depth == 1 => has_as = true,
                // What only a parenthesised expression may hold: `yield`, `:=`, a comprehension, a starred element.
                Token::Yield | Token::Walrus | Token::For if depth == 1 => has_other = true,
                Token::Star if depth == 1 && matches!(self.token(index - 1), Token::LeftParen | Token::Comma) => {
                    has_other = true;
                }
                _ => {}
            }
        }
        has_as
    }
}

/// Whether a subject may start with this token. `match = 1`, `match.x` and the like are about a name.
fn may_start_expression(token: Token) -> bool {
    matches!(
        token,
        Token::Name
            | Token::Number
            | Token::String
            | Token::FStringStart
            | Token::LeftParen
            | Token::LeftBracket
            | Token::LeftBrace
            | Token::Star
            | Token::Plus
            | Token::Minus
            | Token::Tilde
            | Token::Ellipsis
            | Token::Not
            | Token::Lambda
            | Token::Await
            | Token::None
            | Token::True
            | Token::False
    )
}
