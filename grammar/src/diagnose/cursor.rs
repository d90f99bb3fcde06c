//! The recogniser's machinery: a position in the tokens, backtracking, memory, and the ways to raise an error.
//!
//! CPython's messages depend on how far its parser has looked ahead, because an error without a place of its own is
//! placed at the last token fetched. So the cursor counts fetched tokens (`fill`) exactly as CPython does, and a rule
//! must look at tokens in the same order.

use std::collections::HashMap;

use super::node::{Kind, Node, Targets, invalid_target};
use crate::error::{Extent, SyntaxError, SyntaxErrorKind};
use crate::span::{LineIndex, Span};
use crate::token::{Lexeme, Token, TokenStream};

/// Rules may nest this deep; what nests deeper gets no better message than "invalid syntax". The limit keeps the
/// recursion within the two megabytes of a test thread's stack, in which an unoptimised build gets less far, and within the one
/// megabyte of a browser's.
const MAX_DEPTH: u32 = if cfg!(any(debug_assertions, target_family = "wasm")) { 800 } else { 2_400 };

/// An error was raised, and stands in [`Cursor::error`].
pub(super) struct Raised;

/// What a rule returns: a result, nothing (the rule does not match here), or an error that ends the whole parse.
pub(super) type Parsed<T = Node> = Result<Option<T>, Raised>;

/// Unwraps a [`Parsed`], or leaves the enclosing rule without a match.
macro_rules! need {
    ($parsed:expr) => {
        match $parsed? {
            Some(found) => found,
            None => return Ok(None),
        }
    };
}
pub(super) use need;

/// The rules whose results are remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    Arguments,
    AwaitPrimary,
    BitwiseOr,
    Block,
    ClosedPattern,
    Conjunction,
    DelTarget,
    Disjunction,
    Expression,
    Factor,
    InvalidNamedExpression,
    Inversion,
    Primary,
    SimpleStatement,
    StarExpression,
    StarTarget,
    Strings,
    TargetPrimary,
    TargetWithStarAtom,
    /// These CPython parses anew each time; here they are remembered to bound the time.
    Bracketed,
    NamedExpression,
    StarNamedExpression,
    Slices,
    Statement,
}

impl Rule {
    /// Whether CPython remembers the rule's results, and so does not ask for explanations again where it has once looked
    /// without.
    const fn is_remembered_by_cpython(self) -> bool {
        !matches!(
            self,
            Self::Bracketed | Self::NamedExpression | Self::StarNamedExpression | Self::Slices | Self::Statement
        )
    }
}

/// The parts of nodes.
#[derive(Debug, Default)]
pub(super) struct Pool(Vec<Node>);

impl Pool {
    /// The parts of `node`.
    pub(super) fn items(&self, node: Node) -> &[Node] {
        &self.0[node.items.0 as usize..node.items.1 as usize]
    }

    fn keep(&mut self, items: &[Node]) -> (u32, u32) {
        let start = self.0.len() as u32;
        self.0.extend_from_slice(items);
        (start, self.0.len() as u32)
    }
}

/// See the module's documentation.
pub(super) struct Cursor<'s> {
    pub(super) source: &'s str,
    pub(super) lexemes: &'s [Lexeme],
    pub(super) lexer_error: Option<&'s SyntaxError>,
    /// Number of brackets open after each token.
    levels: Vec<u16>,
    pub(super) lines: LineIndex,
    /// Index of the next token.
    pub(super) mark: usize,
    /// Number of tokens fetched so far, over both passes.
    pub(super) fill: usize,
    /// Whether this is the second pass, in which the rules that only explain errors take part.
    pub(super) explains: bool,
    memory: HashMap<(usize, Rule, bool), (Option<Node>, usize)>,
    pub(super) pool: Pool,
    pub(super) error: Option<SyntaxError>,
    /// Bracket level of the f-string fields around the position, innermost last.
    pub(super) fields: Vec<u16>,
    depth: u32,
    /// Whether the source ends in the middle of a line, and nothing completes it: only for a file is that done.
    is_cut: bool,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: &'s str, stream: &'s TokenStream, mode: Token) -> Self {
        let mut level = 0u16;
        let levels = stream.lexemes.iter().map(|lexeme| {
            match lexeme.token {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace => level += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => level = level.saturating_sub(1),
                _ => {}
            }
            level
        });
        Self {
            source,
            lexemes: &stream.lexemes,
            lexer_error: stream.error.as_ref(),
            levels: levels.collect(),
            lines: LineIndex::new(source),
            mark: 0,
            fill: 0,
            explains: false,
            memory: HashMap::new(),
            pool: Pool::default(),
            error: None,
            fields: Vec::new(),
            depth: 0,
            is_cut: mode != Token::ModuleMode && !source.ends_with(['\n', '\r']),
        }
    }

    /// Starts again, this time to explain.
    pub(super) fn restart(&mut self) {
        self.mark = 0;
        self.explains = true;
        self.memory.clear();
        self.fields.clear();
        self.depth = 0;
    }

    // --- tokens ------------------------------------------------------------------------------------------------------

    /// The next token. Soft keywords are names here.
    pub(super) fn peek(&mut self) -> Result<Token, Raised> {
        let Some(lexeme) = self.lexemes.get(self.mark) else {
            self.error = self.lexer_error.cloned();
            return Err(Raised);
        };
        self.fill = self.fill.max(self.mark + 1);
        Ok(lexeme.token.unsettled())
    }

    /// Whether the next token is `token`.
    pub(super) fn at(&mut self, token: Token) -> Result<bool, Raised> {
        Ok(self.peek()? == token)
    }

    /// Whether the next token is one of `tokens`.
    pub(super) fn at_any(&mut self, tokens: &[Token]) -> Result<bool, Raised> {
        let next = self.peek()?;
        Ok(tokens.contains(&next))
    }

    /// Takes the next token if it is `token`.
    pub(super) fn eat(&mut self, token: Token) -> Result<bool, Raised> {
        let found = self.peek()? == token;
        self.mark += usize::from(found);
        Ok(found)
    }

    /// Takes the next token, which must be `token`; returns its index.
    pub(super) fn token(&mut self, token: Token) -> Parsed<usize> {
        let at = self.mark;
        Ok(self.eat(token)?.then_some(at))
    }

    /// Takes the next token, which must be one of `tokens`; returns its index.
    pub(super) fn any(&mut self, tokens: &[Token]) -> Parsed<usize> {
        let at = self.mark;
        if !self.at_any(tokens)? {
            return Ok(None);
        }
        self.mark += 1;
        Ok(Some(at))
    }

    /// Takes the next token, which must be the name `word`; returns its index.
    pub(super) fn word(&mut self, word: &str) -> Parsed<usize> {
        let at = self.mark;
        if self.peek()? != Token::Name || self.text(at) != word {
            return Ok(None);
        }
        self.mark += 1;
        Ok(Some(at))
    }

    /// Takes a token that nothing else can stand for: if another one comes, that is an error in the second pass.
    pub(super) fn forced(&mut self, token: Token) -> Parsed<()> {
        if self.eat(token)? {
            return Ok(Some(()));
        }
        match self.explains {
            true => self.raise_at(self.mark, SyntaxErrorKind::ExpectedToken { token: token.name() }),
            false => Ok(None),
        }
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Parsed {
        let at = need!(self.token(Token::Name));
        Ok(Some(Node::new(Kind::Name, at, at)))
    }

    /// The text of the token at index `at`.
    pub(super) fn text(&self, at: usize) -> &'s str {
        self.lexemes[at].span.text(self.source)
    }

    /// The line of the token at index `at`.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.lines.line(self.lexemes[at].span.start)
    }

    /// Number of brackets open after the token at index `at`.
    pub(super) fn level(&self, at: usize) -> u16 {
        self.levels[at]
    }

    // --- backtracking ------------------------------------------------------------------------------------------------

    /// Tries `rule`, and steps back if it does not match.
    pub(super) fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let mark = self.mark;
        let found = rule(self)?;
        if found.is_none() {
            self.mark = mark;
        }
        Ok(found)
    }

    /// Whether `rule` matches here; stays where it is.
    pub(super) fn ahead<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Result<bool, Raised> {
        let mark = self.mark;
        let found = rule(self)?.is_some();
        self.mark = mark;
        Ok(found)
    }

    /// Tries `rule`, unless it is known what it does here. Steps back if it does not match.
    pub(super) fn remember(&mut self, rule: Rule, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        let key = (self.mark, rule, self.explains && !rule.is_remembered_by_cpython());
        if let Some(&(found, end)) = self.memory.get(&key) {
            self.mark = end;
            return Ok(found);
        }
        let found = self.nested(|cursor| cursor.attempt(parse))?;
        self.memory.insert(key, (found, self.mark));
        Ok(found)
    }

    /// Runs `parse` one level deeper.
    pub(super) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            self.error = None;
            return Err(Raised);
        }
        self.depth += 1;
        let found = parse(self);
        self.depth -= 1;
        found
    }

    /// One or more of `item`, with commas between; a comma after the last stays.
    pub(super) fn gather<T>(&mut self, item: fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = vec![need!(self.attempt(item))];
        while let Some(next) = self.attempt(|cursor| {
            need!(cursor.token(Token::Comma));
            item(cursor)
        })? {
            items.push(next);
        }
        Ok(Some(items))
    }

    /// As many of `item` as there are.
    pub(super) fn many<T>(&mut self, item: fn(&mut Self) -> Parsed<T>) -> Result<Vec<T>, Raised> {
        let mut items = Vec::new();
        while let Some(next) = self.attempt(item)? {
            items.push(next);
        }
        Ok(items)
    }

    /// `item`, or nothing.
    pub(super) fn optional<T>(&mut self, item: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<Option<T>> {
        self.attempt(item).map(Some)
    }

    /// A node from the token at index `first` up to the last token taken.
    pub(super) fn node(&mut self, kind: Kind, first: usize, items: &[Node]) -> Node {
        Node { kind, first, last: self.mark.saturating_sub(1), items: self.pool.keep(items) }
    }

    // --- errors ------------------------------------------------------------------------------------------------------

    fn raise<T>(&mut self, error: SyntaxError) -> Result<T, Raised> {
        self.error = Some(error);
        Err(Raised)
    }

    /// An error at the last token fetched.
    pub(super) fn raise_last<T>(&mut self, kind: SyntaxErrorKind) -> Result<T, Raised> {
        let error = self.error_unplaced(kind, self.fill.saturating_sub(1));
        self.raise(error)
    }

    /// An error at the next token.
    pub(super) fn raise_next<T>(&mut self, kind: SyntaxErrorKind) -> Result<T, Raised> {
        self.peek()?;
        let error = self.error_unplaced(kind, self.mark);
        self.raise(error)
    }

    /// An error that marks the token at index `at`.
    pub(super) fn raise_at<T>(&mut self, at: usize, kind: SyntaxErrorKind) -> Result<T, Raised> {
        let error = self.error_at(kind, at);
        self.raise(error)
    }

    /// An error that marks `node`.
    pub(super) fn raise_node<T>(&mut self, node: Node, kind: SyntaxErrorKind) -> Result<T, Raised> {
        self.raise_range(node.first, node.last, kind)
    }

    /// An error that marks the tokens from index `first` to index `last`.
    pub(super) fn raise_range<T>(&mut self, first: usize, last: usize, kind: SyntaxErrorKind) -> Result<T, Raised> {
        let span = self.lexemes[first].span.to(self.lexemes[last].span);
        self.raise(SyntaxError::new(kind, span))
    }

    /// An error at the last character of `key`.
    pub(super) fn raise_after_key<T>(&mut self, key: Node) -> Result<T, Raised> {
        let end = self.lexemes[key.last].span.end;
        let last = self.source[..end as usize].chars().next_back().map_or(0, char::len_utf8) as u32;
        let error = SyntaxError::new(SyntaxErrorKind::MissingDictColon, Span::at(end - last));
        self.raise(error.with_extent(Extent::EndColumnZero))
    }

    /// An error about a part of `node` that cannot be a target, if it has one.
    pub(super) fn raise_invalid_target(&mut self, node: Node, targets: Targets) -> Result<(), Raised> {
        let Some(invalid) = invalid_target(&self.pool, node, targets) else { return Ok(()) };
        let what = invalid.kind.name();
        self.raise_node(
            invalid,
            match targets {
                Targets::Assigned | Targets::Looped => SyntaxErrorKind::CannotAssign { what },
                Targets::Deleted => SyntaxErrorKind::CannotDelete { what },
            },
        )
    }

    /// An error that starts at the token at index `first` and ends with the last character read, which is not counted.
    pub(super) fn raise_from<T>(&mut self, first: usize, kind: SyntaxErrorKind) -> Result<T, Raised> {
        let last = self.lexemes[self.fill.saturating_sub(1)];
        let end = match last.token {
            Token::Newline => last.span.end,
            _ => {
                let text = &self.source[..last.span.end as usize];
                last.span.end - text.chars().next_back().map_or(0, char::len_utf8) as u32
            }
        };
        let start = self.lexemes[first].span.start;
        self.raise(SyntaxError::new(kind, Span::new(start, end.max(start))))
    }

    /// An error that marks the token at index `at`. Tokens that CPython gives no columns show only their line.
    pub(super) fn error_at(&self, kind: SyntaxErrorKind, at: usize) -> SyntaxError {
        let Lexeme { token, span } = self.lexemes[at];
        match token {
            Token::Indent | Token::Dedent => SyntaxError::new(kind, span).with_extent(Extent::LineOnly),
            Token::EndOfFile if self.source.is_empty() => SyntaxError::new(kind, span).with_extent(Extent::LineZero),
            Token::Newline if self.is_cut && span.end as usize == self.source.len() => {
                SyntaxError::new(kind, span).with_extent(Extent::LineOnly)
            }
            Token::EndOfFile => SyntaxError::new(kind, Span::at(self.last_line_end())).with_extent(Extent::LineOnly),
            Token::Newline => SyntaxError::new(kind, span).with_extent(Extent::LineEnd),
            _ => SyntaxError::new(kind, span),
        }
    }

    /// The same for an error that has no place of its own: for a token without columns it shows how far the lexer is.
    fn error_unplaced(&self, kind: SyntaxErrorKind, at: usize) -> SyntaxError {
        let Lexeme { token, span } = self.lexemes[at];
        let end = span.end as usize;
        match token {
            Token::EndOfFile | Token::Dedent | Token::Newline if self.is_cut && end == self.source.len() => {
                SyntaxError::new(kind, Span::at(span.end)).with_extent(Extent::Before)
            }
            Token::EndOfFile | Token::Dedent if end >= self.source.len() => {
                SyntaxError::new(kind, Span::at(self.last_line_end())).with_extent(Extent::EndColumnUnknown)
            }
            Token::Indent | Token::Dedent | Token::EndOfFile => {
                SyntaxError::new(kind, Span::at(span.end)).with_extent(Extent::Before)
            }
            _ => self.error_at(kind, at),
        }
    }

    /// Where the last line ends, its line end not included.
    fn last_line_end(&self) -> u32 {
        let text = self.source;
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text).len() as u32
    }
}
