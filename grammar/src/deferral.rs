//! Bodies of functions that are not read yet.
//!
//! Of a library's functions a program calls a few. Before the parser sees the tokens of a library module, those of each
//! function's body are replaced by one [`Token::Deferred`], and when the function is called for the first time its
//! definition is parsed and compiled on its own. Engines of other languages do the same ("lazy compilation", with a
//! "pre-parser" that looks for the end of the body); here the pre-parser has little to do, because INDENT and DEDENT say
//! where a body ends.
//!
//! The body is kept where it could have a say in what is around it: in a function inside another one, which shares
//! variables with it; where `super` or `__class__` stands, which needs a cell of the class; where type parameters are.
//! A docstring is kept too, for `__doc__`. What remains is a `global` statement, and that a method assigns to an attribute
//! of `self`: the first changes nothing that a program could see, the second only `__static_attributes__`.

use crate::span::Span;
use crate::token::{Lexeme, Token};

/// Bodies of no more tokens are not worth the detour.
const SHORT: usize = 8;

/// Replaces the bodies of functions.
pub(crate) fn defer_bodies(source: &str, lexemes: &mut Vec<Lexeme>) {
    let mut kept = Vec::with_capacity(lexemes.len() / 2);
    let mut index = 0;
    while index < lexemes.len() {
        let is_class = match lexemes[index].token {
            Token::Def => false,
            Token::Class => true,
            _ => {
                kept.push(lexemes[index]);
                index += 1;
                continue;
            }
        };
        let Some(body) = body_of(lexemes, index) else {
            kept.push(lexemes[index]);
            index += 1;
            continue;
        };
        let is_generic = lexemes.get(index + 2).is_some_and(|lexeme| lexeme.token == Token::LeftBracket);
        if is_class && !is_generic {
            // Its methods are looked at one by one.
            kept.extend_from_slice(&lexemes[index..body.start]);
            index = body.start;
            continue;
        }
        match deferrable(source, &lexemes[body.clone()]) {
            Some(first) if !is_class && !is_generic => {
                kept.extend_from_slice(&lexemes[index..body.start + first]);
                let rest = &lexemes[body.start + first..body.end];
                let newline = rest.iter().rfind(|lexeme| lexeme.token == Token::Newline).unwrap_or(&rest[0]);
                let span = Span::new(rest[0].span.start, newline.span.start);
                kept.push(Lexeme { token: Token::Deferred, span });
                kept.push(Lexeme { token: Token::Newline, span: newline.span });
            }
            _ => kept.extend_from_slice(&lexemes[index..body.end]),
        }
        index = body.end;
    }
    *lexemes = kept;
}

/// The tokens between INDENT and DEDENT of the definition at `index`; None when its body is on the line of its header.
fn body_of(lexemes: &[Lexeme], index: usize) -> Option<std::ops::Range<usize>> {
    let mut brackets = 0_u32;
    let mut at = index + 1;
    loop {
        match lexemes.get(at)?.token {
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => brackets += 1,
            Token::RightParen | Token::RightBracket | Token::RightBrace => brackets = brackets.checked_sub(1)?,
            Token::Colon if brackets == 0 => break,
            _ => {}
        }
        at += 1;
    }
    if lexemes.get(at + 1)?.token != Token::Newline || lexemes.get(at + 2)?.token != Token::Indent {
        return None;
    }
    let start = at + 3;
    let mut depth = 1_u32;
    at = start;
    loop {
        match lexemes.get(at)?.token {
            Token::Indent => depth += 1,
            Token::Dedent if depth == 1 => return Some(start..at),
            Token::Dedent => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Where in a body what can be deferred begins: behind the docstring.
fn deferrable(source: &str, body: &[Lexeme]) -> Option<usize> {
    let first = match body {
        [Lexeme { token: Token::String, .. }, Lexeme { token: Token::Newline, .. }, ..] => 2,
        [Lexeme { token: Token::String, .. }, ..] => return None,
        _ => 0,
    };
    let needs_class =
        |lexeme: &Lexeme| lexeme.token == Token::Name && matches!(lexeme.span.text(source), "super" | "__class__");
    (body.len() - first > SHORT && !body.iter().any(needs_class)).then_some(first)
}
