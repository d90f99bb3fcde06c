//! Mistakes that stop a program before it runs: `await` and its relatives where they may not stand.
//!
//! The compiler refuses these, so the text has been parsed and there is a tree to ask; only [`other_word`] looks at
//! tokens of a text that is no Python.

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprKind};
use coil_grammar::span::Span;

use super::origin;
use super::{Finding, Unread};
use crate::diagnostics::source::{Function, Node, Place, Source};

/// Words that other languages have where Python has `def`.
const WORDS: &[&str] = &["function", "func", "fn", "fun", "sub", "method", "procedure"];

/// The function around a place.
enum Around<'a> {
    Def(Function<'a>),
    Lambda(&'a Expr),
}

/// The functions around a span, innermost first.
fn functions_around(source: &Source, span: Span) -> Vec<Around<'_>> {
    let around = source.nodes(span).into_iter().filter(|node| node.span() != span);
    around
        .filter_map(|node| match node {
            Node::Stmt(statement) => Function::of(statement).map(Around::Def),
            Node::Expr(expr) if matches!(expr.kind, ExprKind::Lambda { .. }) => Some(Around::Lambda(expr)),
            Node::Expr(_) | Node::Handler(_) => None,
        })
        .collect()
}

fn head_of(source: &Rc<Source>, function: &Function<'_>) -> Place {
    source.place(origin::head(source, function))
}

/// The place of a SyntaxError with this message.
fn at(case: &Unread, messages: &[&str]) -> Option<Place> {
    let fits = case.class == "SyntaxError" && messages.contains(&&*case.message);
    case.place.clone().filter(|_| fits)
}

const OUTSIDE: &[&str] = &["'await' outside async function"];

pub(super) fn await_in_inner_function(case: &Unread) -> Option<Finding> {
    let place = at(case, OUTSIDE)?;
    let source = &place.source;
    let around = functions_around(source, place.span);
    let mut around = around.into_iter();
    let inner = around.next()?;
    let outer = around.find_map(|function| match function {
        Around::Def(function) if function.is_async => Some(head_of(source, &function)),
        Around::Def(_) | Around::Lambda(_) => None,
    });
    let (name, begins) = match inner {
        Around::Lambda(lambda) => {
            let word = Span::new(lambda.span.start, lambda.span.start + "lambda".len() as u32);
            ("lambda".to_owned(), source.place(word))
        }
        // A plain function in a plain one is the other mistake.
        Around::Def(_) if outer.is_none() => return None,
        Around::Def(function) => (function.def.name.to_string(), head_of(source, &function)),
    };
    let finding = Finding::new().with("name", name).mark("effect", place.clone());
    Some(finding.mark("cause", begins).mark("outer", outer))
}

pub(super) fn await_in_plain_function(case: &Unread) -> Option<Finding> {
    let place = at(case, OUTSIDE)?;
    let function = place.source.enclosing_function(place.span)?;
    let cause = head_of(&place.source, &function);
    Some(Finding::new().with("name", &*function.def.name).mark("effect", place.clone()).mark("cause", cause))
}

pub(super) fn await_outside_functions(case: &Unread) -> Option<Finding> {
    let place = at(case, &["'await' outside function"])?;
    Some(Finding::new().mark("effect", place))
}

pub(super) fn async_statement(case: &Unread) -> Option<Finding> {
    let messages = [
        "'async with' outside async function",
        "'async for' outside async function",
        "asynchronous comprehension outside of an asynchronous function",
    ];
    let place = at(case, &messages)?;
    let keyword = if case.message.starts_with("'async with'") { "async with" } else { "async for" };
    let source = &place.source;
    let function = source.enclosing_function(place.span);
    let name = function.map_or_else(|| "main".to_owned(), |function| function.def.name.to_string());
    let cause = function.map(|function| head_of(source, &function));
    // Of a statement the words, of a comprehension all of it.
    let effect = if place.text().starts_with(keyword) {
        source.place(Span::new(place.span.start, place.span.start + keyword.len() as u32))
    } else {
        place.clone()
    };
    Some(Finding::new().with("keyword", keyword).with("name", name).mark("effect", effect).mark("cause", cause))
}

pub(super) fn other_word(case: &Unread) -> Option<Finding> {
    let place = at(case, &["invalid syntax"])?;
    let source = &place.source;
    let line = source.line_place(place.line())?;
    let text = line.text();
    // `async function f(...)`, `async f(...)`, or the two words in the wrong order.
    let (marked, name) = if let Some(rest) = text.strip_prefix("def ") {
        let rest = rest.trim_start().strip_prefix("async ")?;
        (rest, rest.trim_start())
    } else {
        let rest = text.strip_prefix("async")?.strip_prefix([' ', '\t'])?.trim_start();
        let word = name_at(rest);
        (rest, if WORDS.contains(&word) { rest[word.len()..].trim_start() } else { rest })
    };
    let (name, params) = name.split_at(name_at(name).len());
    let params = params.trim_start();
    if name.is_empty() || matches!(name, "def" | "with" | "for" | "lambda") || !params.starts_with('(') {
        return None;
    }
    let params = params.find(')').map_or("()", |end| &params[..=end]);
    let written = text.find('(').map_or(text, |paren| text[..paren].trim_end());
    let finding = Finding::new()
        .with("name", name)
        .with("written", written)
        .with("repaired", format!("async def {name}{params}:"));
    // What stands where `def` should, or the name after `def async`.
    let start = line.span.start + (text.len() - marked.trim_start().len()) as u32;
    let effect = Span::new(start, start + name_at(marked.trim_start()).len() as u32);
    Some(finding.mark("effect", line.at(effect)))
}

/// `async lambda x: ...`
pub(super) fn lambda(case: &Unread) -> Option<Finding> {
    let place = at(case, &["invalid syntax"])?;
    let rest = place.source.text.get(place.span.start as usize..)?.strip_prefix("async")?;
    let lambda = rest.trim_start_matches([' ', '\t']);
    let is_it = lambda.len() < rest.len() && lambda.starts_with("lambda") && name_at(lambda) == "lambda";
    let word = Span::new(place.span.start, place.span.start + "async".len() as u32);
    is_it.then(|| Finding::new().variant("lambda").mark("effect", place.at(word)))
}

/// The name that a text begins with, perhaps empty.
fn name_at(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    &text[..end]
}

pub(super) fn return_in_generator(case: &Unread) -> Option<Finding> {
    let place = at(case, &["'return' with value in async generator"])?;
    let source = &place.source;
    let function = source.enclosing_function(place.span)?;
    let cause = origin::first_yield(function.def).map(|span| source.place(span));
    let finding = Finding::new().with("function", &*function.def.name);
    Some(finding.mark("effect", place.clone()).mark("cause", cause))
}
