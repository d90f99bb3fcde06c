//! Which code of the catalogue a syntax error has, and what can be mended in a line that does not parse.
//!
//! The words of CPython stay with the error; which mistake it is, say the same rules that explain the error of a run
//! ([`rules::find_syntax`]). A few mistakes are old Python: `print` as a statement (H307), `async` as a name (H309, H304).
//! For those the line is read as it was once meant.

use std::rc::Rc;

use coil_grammar::ast::Module;
use coil_grammar::error::SyntaxError;
use coil_grammar::layout;
use coil_grammar::parse_module;
use coil_grammar::span::Span;
use coil_grammar::token::{Lexeme, Token};

use super::finding::{Edit, Finding};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::rules::{self, Unread};
use crate::diagnostics::source::{Place, Source};

/// The finding for an error in a line. The tree is that of the file, where only the meaning of the line is wrong.
pub(super) fn finding(text: &str, line: Span, error: SyntaxError, tree: Option<&Rc<Module>>) -> Finding {
    let source = match tree {
        Some(tree) => Source::with_tree("", text, Rc::clone(tree)),
        None => Source::new("", text),
    };
    let place = place(&source, &error);
    let unread = Unread {
        class: error.class().name().to_owned(),
        message: error.message(),
        place: Some(place.clone()),
        line: tree.is_none().then(|| source.place(line).span),
    };
    let (code, told) = rules::find_syntax(&unread).unwrap_or((Code::S899, rules::Finding::new()));
    let effect = told.labels.iter().find(|(key, _)| *key == "effect").map_or(place.span, |(_, place)| place.span);
    let others = told.labels.into_iter().filter(|(key, _)| *key != "effect");
    let mut finding = Finding {
        parameters: told.parameters,
        words: told.words,
        forms: told.forms,
        labels: others.map(|(key, place)| (key, place.span)).collect(),
        syntax: Some(Box::new(error)),
        ..Finding::new(code, effect)
    };
    match code {
        Code::H307 => finding = print_call(text, line, finding),
        Code::T406 => {
            let keyword = finding.parameters.iter().find(|(key, _)| *key == "keyword");
            finding.edits = keyword.map(|(_, keyword)| Edit::replace(effect, keyword)).into_iter().collect();
        }
        _ => {}
    }
    finding
}

/// The place of an error as a run would name it.
fn place(source: &Rc<Source>, error: &SyntaxError) -> Place {
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    let found = error.place(&source.text, &source.lines).and_then(|place| {
        source.error_place(place.line, Some(number(place.offset)), Some((place.end_line, number(place.end_offset))))
    });
    found.unwrap_or_else(|| source.place(error.span))
}

fn floor(text: &str, mut at: u32) -> u32 {
    while !text.is_char_boundary(at as usize) {
        at -= 1;
    }
    at
}

/// The tokens of one line.
fn tokens_of(text: &str, line: Span) -> Vec<Lexeme> {
    let start = floor(text, line.start.min(text.len() as u32)) as usize;
    let end = floor(text, line.end.clamp(start as u32, text.len() as u32)) as usize;
    let moved = |lexeme: Lexeme| Lexeme {
        token: lexeme.token,
        span: Span::new(lexeme.span.start + start as u32, lexeme.span.end + start as u32),
    };
    layout::tokenize(&text[start..end]).lexemes.into_iter().map(moved).collect()
}

/// `print x` to `print(x)`: the repair of the rule, up to where the statement ends, and as an edit.
fn print_call(text: &str, line: Span, mut finding: Finding) -> Finding {
    let tokens = tokens_of(text, line);
    let Some(at) = tokens.iter().position(|lexeme| {
        lexeme.token == Token::Name
            && matches!(lexeme.span.text(text), "print" | "exec")
            && lexeme.span.start >= finding.span.start
    }) else {
        return finding;
    };
    let word = tokens[at].span;
    let rest = &tokens[at + 1..];
    let end =
        rest.iter().position(|lexeme| matches!(lexeme.token, Token::Semicolon | Token::Newline | Token::EndOfFile));
    let arguments = &rest[..end.unwrap_or(rest.len())];
    let (Some(first), Some(last)) = (arguments.first(), arguments.last()) else { return finding };
    let mut inner = text[first.span.start as usize..last.span.end as usize].to_owned();
    if last.token == Token::Comma {
        inner = format!("{} end=' '", inner.trim_end());
    }
    if first.token == Token::RightShift {
        // `print >> file, x`
        let (file, values) = inner[2..].split_once(',').unwrap_or((&inner[2..], ""));
        let (file, values) = (file.trim(), values.trim());
        inner = if values.is_empty() { format!("file={file}") } else { format!("{values}, file={file}") };
    }
    let call = format!("{}({inner})", word.text(text));
    finding.parameters.retain(|(key, _)| *key != "call");
    let edits = vec![Edit::replace(Span::new(word.start, last.span.end), call.clone())];
    finding = finding.with("call", call.clone());
    if parse_module(&format!("{call}\n")).is_ok() { finding.edits(edits) } else { finding }
}

/// Reads `async` and `await` as the names that they once were. `None` when the line has none that could be one.
pub(super) fn reread(text: &str, lexemes: &[Lexeme]) -> Option<(Vec<Lexeme>, Vec<Finding>)> {
    let mut read = lexemes.to_vec();
    let mut findings = Vec::new();
    for at in 0..read.len() {
        let Lexeme { token, span } = read[at];
        if !matches!(token, Token::Async | Token::Await) {
            continue;
        }
        let next = read.get(at + 1).map(|next| next.token);
        let previous = at.checked_sub(1).map(|at| read[at].token);
        let is_attribute = previous == Some(Token::Dot);
        let is_name = match token {
            Token::Async => !matches!(next, Some(Token::Def | Token::For | Token::With | Token::Name)),
            _ => {
                is_attribute
                    || matches!(
                        next,
                        None | Some(Token::Equal | Token::RightParen | Token::Comma | Token::Dot | Token::Colon)
                    )
            }
        };
        if !is_name && !is_attribute {
            continue;
        }
        read[at].token = Token::Name;
        // `asyncio.async` is a row of the table of removals, and is found there.
        if !(is_attribute && token == Token::Async && at >= 2 && read[at - 2].span.text(text) == "asyncio") {
            let name = span.text(text);
            findings.push(Finding::new(Code::H309, span).with("name", name).edits(vec![Edit::insert(span.end, "_")]));
        }
    }
    (read != lexemes).then_some((read, findings))
}

/// What CPython calls the statement whose block is missing.
pub(super) fn construct(text: &str, lexemes: &[Lexeme]) -> Option<&'static str> {
    let first = lexemes.first()?;
    let second = lexemes.get(1).map(|lexeme| lexeme.token);
    Some(match (first.token, second) {
        (Token::If, _) => "'if' statement",
        (Token::Elif, _) => "'elif' statement",
        (Token::Else, _) => "'else' statement",
        (Token::For, _) | (Token::Async, Some(Token::For)) => "'for' statement",
        (Token::While, _) => "'while' statement",
        (Token::With, _) | (Token::Async, Some(Token::With)) => "'with' statement",
        (Token::Try, _) => "'try' statement",
        (Token::Except, Some(Token::Star)) => "'except*' statement",
        (Token::Except, _) => "'except' statement",
        (Token::Finally, _) => "'finally' statement",
        (Token::Def, _) | (Token::Async, Some(Token::Def)) => "function definition",
        (Token::Class, _) => "class definition",
        (Token::Name, _) if first.span.text(text) == "match" => "'match' statement",
        (Token::Name, _) if first.span.text(text) == "case" => "'case' statement",
        _ => return None,
    })
}
