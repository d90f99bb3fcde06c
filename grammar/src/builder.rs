//! The parser's state: what the actions need besides the nodes that they are given.
//!
//! A token says only what it is; the [`Builder`] holds the source, in which the rest can be read, the names that were
//! interned so far, and the warnings. It also watches how deep the tree grows. The actions themselves stand beside what
//! they build: in `actions`, `arguments`, `parameters`, `patterns`, `targets` and `fstring`.

use std::rc::Rc;

use lalrpop_util::ParseError;
use rustc_hash::FxHashSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::ast::{Expr, ExprKind, Identifier, MAX_DEPTH};
use crate::error::{Extent, SyntaxError, SyntaxErrorKind, SyntaxWarning};
use crate::span::Span;
use crate::token::{Lexeme, Token};

/// How many operators, conditional expressions, lambdas or `elif`s may be nested in one another to the right.
///
/// CPython's parser recurses for these, and gives up at a number of this order: between 2,000 and 6,000, depending on the
/// construct.
pub(crate) const MAX_RIGHT_NESTING: u32 = if cfg!(target_family = "wasm") { 900 } else { 4_500 };

/// What an action that may refuse its parts returns: a refusal is the variant `User` of the parser's own error type.
pub(crate) type Fallible<T> = Result<T, ParseError<u32, Token, Box<SyntaxError>>>;

pub(crate) fn fail<T>(kind: SyntaxErrorKind, span: Span) -> Fallible<T> {
    Err(ParseError::User { error: Box::new(SyntaxError::new(kind, span)) })
}

/// Refuses what stands at `span`. Why it is refused is said by `diagnose`, which knows CPython's words for it.
pub(crate) fn refuse<T>(span: Span) -> Fallible<T> {
    fail(SyntaxErrorKind::InvalidSyntax, span)
}

/// The state of one parse.
pub(crate) struct Builder<'s> {
    pub(crate) source: &'s str,
    pub(crate) lexemes: &'s [Lexeme],
    pub(crate) warnings: Vec<SyntaxWarning>,
    names: FxHashSet<Rc<str>>,
    /// The first node that is nested too deeply. The parser goes on, for a syntax error further on comes first.
    pub(crate) too_deep: Option<Box<SyntaxError>>,
}

impl<'s> Builder<'s> {
    pub(crate) fn new(source: &'s str, lexemes: &'s [Lexeme], warnings: Vec<SyntaxWarning>) -> Self {
        Self { source, lexemes, warnings, names: FxHashSet::default(), too_deep: None }
    }

    /// The text between two offsets.
    pub(crate) fn text(&self, l: u32, r: u32) -> &'s str {
        Span::new(l, r).text(self.source)
    }

    /// The name that stands at a place, in its normal form.
    pub(crate) fn identifier(&mut self, l: u32, r: u32) -> Identifier {
        let text = self.text(l, r);
        if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
            return self.intern(text);
        }
        self.intern(&text.nfkc().collect::<String>())
    }

    pub(crate) fn intern(&mut self, name: &str) -> Identifier {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let new: Rc<str> = Rc::from(name);
        self.names.insert(Rc::clone(&new));
        new
    }

    /// Where the first token at or after an offset starts.
    pub(crate) fn token_after(&self, offset: u32) -> u32 {
        let index = self.lexemes.partition_point(|lexeme| lexeme.span.start < offset);
        self.lexemes.get(index).map_or(offset, |lexeme| lexeme.span.start)
    }

    // ---- Nodes of which long chains can be made ----

    pub(crate) fn left_nested(&mut self, kind: ExprKind, l: u32, r: u32) -> Expr {
        let node = Expr::new(kind, Span::new(l, r));
        if node.depth() > MAX_DEPTH {
            self.note_depth(SyntaxErrorKind::TreeTooDeep, node.span);
        }
        node
    }

    /// `nested` tells whether the node's right-most operand is itself of such a kind.
    pub(crate) fn right_nested(&mut self, kind: ExprKind, nested: bool, l: u32, r: u32) -> Expr {
        let node = self.left_nested(kind, l, r);
        if nested && node.depth() > MAX_RIGHT_NESTING {
            self.note_depth(SyntaxErrorKind::TooDeep, node.span);
        }
        node
    }

    pub(crate) fn note_depth(&mut self, kind: SyntaxErrorKind, span: Span) {
        if self.too_deep.is_none() {
            let error = SyntaxError::new(kind, span).with_extent(Extent::Nowhere);
            self.too_deep = Some(Box::new(error));
        }
    }
}
