//! The parser's state: what the actions need besides the nodes that they are given.
//!
//! A token says only what it is; the [`Builder`] reads the rest from the source: it interns names, evaluates literals,
//! and puts f-strings together. It also watches how deep the tree grows.

use std::rc::Rc;

use rustc_hash::FxHashSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::actions::{self, Fallible, fail};
use crate::arguments::ArgumentList;
use crate::ast::{
    Alias, Constant, Expr, ExprContext, ExprKind, Identifier, MAX_DEPTH, Operator, Stmt, StmtKind, UnaryOp,
};
use crate::error::{Extent, SyntaxError, SyntaxErrorKind, SyntaxWarning};
use crate::numbers::{self, Number};
use crate::parameters::{Owner, Param};
use crate::span::Span;
use crate::token::{Lexeme, Token};

/// How many operators, conditional expressions, lambdas or `elif`s may be nested in one another to the right.
///
/// CPython's parser recurses for these, and gives up at a number of this order: between 2,000 and 6,000, depending on the
/// construct.
const MAX_RIGHT_NESTING: u32 = if cfg!(target_family = "wasm") { 900 } else { 4_500 };

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

    fn intern(&mut self, name: &str) -> Identifier {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let new: Rc<str> = Rc::from(name);
        self.names.insert(Rc::clone(&new));
        new
    }

    pub(crate) fn dotted(&mut self, path: &str, name: &str) -> Identifier {
        self.intern(&format!("{path}.{name}"))
    }

    pub(crate) fn import_star(&mut self, l: u32, r: u32) -> Vec<Alias> {
        vec![Alias { name: self.intern("*"), asname: None, span: Span::new(l, r) }]
    }

    /// The first token at or after an offset.
    pub(crate) fn next_lexeme(&self, offset: u32) -> Option<Lexeme> {
        let index = self.lexemes.partition_point(|lexeme| lexeme.span.start < offset);
        self.lexemes.get(index).copied()
    }

    /// The place of the first token at or after an offset.
    pub(crate) fn next_token(&self, offset: u32) -> Span {
        match self.next_lexeme(offset) {
            // A message about the end of a line marks one character.
            Some(Lexeme { token: Token::Newline, span }) => Span::new(span.start, span.start + 1),
            Some(lexeme) => lexeme.span,
            None => Span::at(offset),
        }
    }

    /// The last token before an offset.
    pub(crate) fn previous_lexeme(&self, offset: u32) -> Option<Lexeme> {
        let index = self.lexemes.partition_point(|lexeme| lexeme.span.start < offset);
        self.lexemes.get(index.checked_sub(1)?).copied()
    }

    /// The place of the last token before an offset.
    pub(crate) fn previous_token(&self, offset: u32) -> Span {
        self.previous_lexeme(offset).map_or(Span::at(offset), |lexeme| lexeme.span)
    }

    // ---- Nodes of which long chains can be made ----

    fn left_nested(&mut self, kind: ExprKind, l: u32, r: u32) -> Expr {
        let node = Expr::new(kind, Span::new(l, r));
        if node.depth() > MAX_DEPTH {
            self.note_depth(SyntaxErrorKind::TreeTooDeep, node.span);
        }
        node
    }

    /// `nested` tells whether the node's right-most operand is itself of such a kind.
    fn right_nested(&mut self, kind: ExprKind, nested: bool, l: u32, r: u32) -> Expr {
        let node = self.left_nested(kind, l, r);
        if nested && node.depth() > MAX_RIGHT_NESTING {
            self.note_depth(SyntaxErrorKind::TooDeep, node.span);
        }
        node
    }

    fn note_depth(&mut self, kind: SyntaxErrorKind, span: Span) {
        if self.too_deep.is_none() {
            let error = SyntaxError::new(kind, span).with_extent(Extent::Nowhere);
            self.too_deep = Some(Box::new(error));
        }
    }

    pub(crate) fn binary(&mut self, l: u32, left: Expr, op: Operator, right: Expr, r: u32) -> Expr {
        let nested = op == Operator::Pow && nests_right(&right);
        let kind = ExprKind::BinOp { left: Box::new(left), op, right: Box::new(right) };
        self.right_nested(kind, nested, l, r)
    }

    pub(crate) fn unary(&mut self, l: u32, op: UnaryOp, operand: Expr, r: u32) -> Expr {
        let nested = nests_right(&operand);
        self.right_nested(ExprKind::UnaryOp { op, operand: Box::new(operand) }, nested, l, r)
    }

    pub(crate) fn conditional(&mut self, l: u32, body: Expr, test: Expr, orelse: Expr, r: u32) -> Expr {
        let nested = nests_right(&orelse);
        let kind = ExprKind::IfExp { test: Box::new(test), body: Box::new(body), orelse: Box::new(orelse) };
        self.right_nested(kind, nested, l, r)
    }

    pub(crate) fn lambda(&mut self, l: u32, params: Option<Vec<Param>>, body: Expr, r: u32) -> Fallible<Expr> {
        let args = self.arguments(params, Owner::Lambda)?;
        let nested = nests_right(&body);
        let kind = ExprKind::Lambda { args: Box::new(args), body: Box::new(body) };
        Ok(self.right_nested(kind, nested, l, r))
    }

    pub(crate) fn attribute(&mut self, l: u32, value: Expr, attr: Identifier, r: u32) -> Expr {
        let kind = ExprKind::Attribute { value: Box::new(value), attr, ctx: ExprContext::Load };
        self.left_nested(kind, l, r)
    }

    pub(crate) fn subscript(&mut self, l: u32, value: Expr, slice: Expr, r: u32) -> Expr {
        let kind = ExprKind::Subscript { value: Box::new(value), slice: Box::new(slice), ctx: ExprContext::Load };
        self.left_nested(kind, l, r)
    }

    pub(crate) fn call(
        &mut self,
        l: u32,
        func: Expr,
        open: u32,
        arguments: Option<ArgumentList>,
        r: u32,
    ) -> Fallible<Expr> {
        let (args, keywords) = self.call_arguments(open, arguments, r)?;
        Ok(self.left_nested(ExprKind::Call { func: Box::new(func), args, keywords }, l, r))
    }

    pub(crate) fn if_(
        &mut self,
        l: u32,
        test: Expr,
        body: actions::Block,
        elifs: Vec<actions::Clause>,
        orelse: Option<actions::Block>,
    ) -> Stmt {
        let end = match (&orelse, elifs.last()) {
            (Some(block), _) => block.end,
            (None, Some(clause)) => clause.body.end,
            (None, None) => body.end,
        };
        if elifs.len() > MAX_RIGHT_NESTING as usize {
            self.note_depth(SyntaxErrorKind::TooDeep, Span::new(l, end));
        }
        let mut orelse = orelse.map_or_else(Vec::new, |block| block.body);
        for clause in elifs.into_iter().rev() {
            let kind = StmtKind::If { test: Box::new(clause.test), body: clause.body.body, orelse };
            orelse = vec![Stmt { kind, span: Span::new(clause.start, end) }];
        }
        let kind = StmtKind::If { test: Box::new(test), body: body.body, orelse };
        Stmt { kind, span: Span::new(l, end) }
    }

    // ---- Literals ----

    pub(crate) fn number(&mut self, l: u32, r: u32) -> Fallible<Expr> {
        let value = match numbers::value(self.source, Span::new(l, r)) {
            Ok(Number::Int(value)) => Constant::Int(value),
            Ok(Number::BigInt(value)) => Constant::BigInt(Rc::new(value)),
            Ok(Number::Float(value)) => Constant::Float(value),
            Ok(Number::Imaginary(value)) => Constant::Complex(value),
            Err(error) => return fail(error.kind, error.span),
        };
        Ok(actions::constant(l, value, r))
    }
}

/// Whether a node is one that CPython's parser recurses for at its right end.
fn nests_right(node: &Expr) -> bool {
    matches!(
        node.kind,
        ExprKind::UnaryOp { .. }
            | ExprKind::IfExp { .. }
            | ExprKind::Lambda { .. }
            | ExprKind::BinOp { op: Operator::Pow, .. }
    )
}
