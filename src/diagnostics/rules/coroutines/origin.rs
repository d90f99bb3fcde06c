//! What an expression stands for: which function makes it, where that is defined, and where it was made.
//!
//! The values of the names are asked first, then the recorder, then the text. Nothing of the program runs for it: an
//! attribute is looked up where it is stored, and what a descriptor would give stays unknown.

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprKind, FunctionDef};
use coil_grammar::span::Span;

use crate::code::{CodeObject, flags};
use crate::diagnostics::rules::Case;
use crate::diagnostics::source::{self, Function as Definition, Node, Place, Source};
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::descriptor::Property;
use crate::objects::frame::Frame;
use crate::objects::function::{BoundMethod, Function};
use crate::objects::future::Task;
use crate::objects::instance::Instance;
use crate::objects::module::Module;
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::value::Value;

/// The most letters of a call that a sentence quotes.
const LONGEST: usize = 60;

/// What a value is, as far as waiting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A coroutine of `async def`.
    Coroutine,
    /// An asynchronous generator.
    AsyncGenerator,
    /// A generator.
    Generator,
    /// A task.
    Task,
    /// A function that nobody called.
    Function,
    /// Something else, or not known.
    Other,
}

/// Where a value comes from.
#[derive(Debug, Default)]
pub(super) struct Origin {
    /// The expression as it stands at the failing place.
    pub(super) text: String,
    /// The call that made the value: the expression, or what was assigned to it.
    pub(super) call: String,
    /// The name of the function that was called.
    pub(super) function: String,
    /// The first line of the function's `def`, when it is the program's own.
    pub(super) def: Option<Place>,
    /// The function's first own `yield`.
    pub(super) yields: Option<Place>,
    /// Where the value was made, when that is another place.
    pub(super) made: Option<Place>,
}

impl Origin {
    /// Finds out about an expression of a source.
    pub(super) fn of(case: &mut Case<'_>, source: &Rc<Source>, expr: &Expr) -> Origin {
        let mut origin = Origin { text: quoted(source, expr), ..Origin::default() };
        if let ExprKind::Call { func, .. } = &expr.kind {
            origin.call = origin.text.clone();
            origin.called(case, source, func);
            return origin;
        }
        origin.call = origin.text.clone();
        origin.function = origin.text.clone();
        if let Some(code) = async_property(case, expr) {
            origin.code(case.ctx, &code);
        } else if let Some(value) = resolve(case, expr) {
            origin.value(case, &value);
        }
        if origin.made.is_none()
            && let ExprKind::Name { id, .. } = &expr.kind
            && let Some((value, _)) = source.last_assignment(id, expr.span.start)
            && let ExprKind::Call { func, .. } = &value.kind
        {
            origin.made = Some(source.place(value.span));
            origin.call = quoted(source, value);
            if origin.def.is_none() {
                origin.called(case, source, func);
            }
        }
        origin
    }

    /// The origin of a coroutine or generator itself.
    pub(super) fn of_value(case: &mut Case<'_>, value: &Value) -> Origin {
        let mut origin = Origin::default();
        origin.value(case, value);
        origin
    }

    /// Takes over what a call of this expression tells.
    fn called(&mut self, case: &mut Case<'_>, source: &Rc<Source>, func: &Expr) {
        self.function = quoted(source, func);
        let known = resolve(case, func).and_then(|callee| code_of(&callee));
        if let Some(code) = known {
            self.code(case.ctx, &code);
        } else if let Some(name) = last_name(func)
            && resolve(case, func).is_none()
            && let Some(function) = only_function(source, name)
        {
            self.definition(source, function);
        }
    }

    /// Takes over what the recorder and the function of a coroutine or generator tell.
    fn value(&mut self, case: &mut Case<'_>, value: &Value) {
        let Some(frame) = value.downcast_ref::<Frame>() else { return };
        let code = frame.with_code(|code| Rc::clone(&code.object));
        self.function = code.qualname.to_string();
        self.code(case.ctx, &code);
        let made = case.facts.life(value).and_then(|life| life.made.clone());
        let Some(made) = made.filter(|made| is_own(case.ctx, &made.code)) else { return };
        let Some(place) = made.place(case.ctx) else { return };
        if let Some((call, ..)) = place.source.call(place.span)
            && call.span == place.span
        {
            self.call = quoted(&place.source, call);
        } else {
            self.call = format!("{}()", self.function);
        }
        self.made = Some(place);
    }

    fn code(&mut self, ctx: &mut Ctx, code: &CodeObject) {
        if !is_own(ctx, code) {
            return;
        }
        let Some(source) = Source::named(ctx, &code.filename) else { return };
        if let Some(function) = definition(&source, code) {
            self.definition(&source, function);
        }
    }

    fn definition(&mut self, source: &Rc<Source>, function: Definition<'_>) {
        self.function = function.def.name.to_string();
        self.def = Some(source.place(head(source, &function)));
        self.yields = first_yield(function.def).map(|span| source.place(span));
    }
}

/// The `def` that a code object was made from.
pub(super) fn definition<'a>(source: &'a Source, code: &CodeObject) -> Option<Definition<'a>> {
    let mut found = None;
    source.for_each_node(&mut |node| {
        if let Node::Stmt(statement) = node
            && let Some(function) = Definition::of(statement)
            && *function.def.name == *code.name
        {
            let first = function.def.decorator_list.first().map_or(statement.span, |decorator| decorator.span);
            if source.lines.line(first.start) == code.first_line {
                found = Some(function);
            }
        }
        found.is_none() && matches!(node, Node::Stmt(_) | Node::Handler(_))
    });
    found
}

/// The `def` of a name that the file has only one of; where there are more, the name does not tell which is called.
fn only_function<'a>(source: &'a Source, name: &str) -> Option<Definition<'a>> {
    let mut count = 0;
    source.for_each_node(&mut |node| {
        let is_it = |statement| Definition::of(statement).is_some_and(|function| &*function.def.name == name);
        count += usize::from(node.stmt().is_some_and(is_it));
        matches!(node, Node::Stmt(_) | Node::Handler(_))
    });
    if count == 1 { source.function(name) } else { None }
}

/// The first line of a definition, up to its name: what a label marks.
pub(super) fn head(source: &Source, function: &Definition<'_>) -> Span {
    let start = function.statement.span.start;
    let text = source.text.get(start as usize..function.head().end as usize).unwrap_or_default();
    let name = text.find(&*function.def.name).map_or(0, |at| at + function.def.name.len());
    Span::new(start, start + name as u32)
}

/// The first `yield` that belongs to a function.
pub(super) fn first_yield(def: &FunctionDef) -> Option<Span> {
    let mut found: Option<Span> = None;
    source::walk(def.body.iter().map(Node::Stmt).collect(), &mut |node| match node {
        Node::Stmt(statement) => Definition::of(statement).is_none(),
        Node::Expr(expression) => {
            if matches!(expression.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. }) {
                found.get_or_insert(expression.span);
            }
            !matches!(expression.kind, ExprKind::Lambda { .. } | ExprKind::GeneratorExp { .. })
        }
        Node::Handler(_) => true,
    });
    found
}

/// What an expression stands for: a name, or attributes of one.
pub(super) fn resolve(case: &Case<'_>, expr: &Expr) -> Option<Value> {
    let mut attributes = Vec::new();
    let mut base = expr;
    while let ExprKind::Attribute { value, attr, .. } = &base.kind {
        attributes.push(attr);
        base = value;
    }
    let ExprKind::Name { id, .. } = &base.kind else { return None };
    let mut value = case.value_of(id)?;
    for attribute in attributes.into_iter().rev() {
        value = stored(case.ctx, &value, attribute)?;
    }
    Some(value)
}

/// An attribute as it is stored, without descriptors and hooks.
pub(super) fn stored(ctx: &Ctx, object: &Value, name: &str) -> Option<Value> {
    let name = intern(name);
    if let Some(module) = object.downcast_ref::<Module>() {
        return module.dict.get_str(&name);
    }
    if let Some(class) = object.downcast_ref::<Class>() {
        return class.lookup(&name);
    }
    let own = object.downcast_ref::<Instance>().and_then(|instance| instance.attribute(&name));
    own.or_else(|| protocol::class_of(ctx, object).lookup(&name))
}

/// What an expression is: by the value, else by the function that is called, else by the `def` of its name.
pub(super) fn sort_of(case: &Case<'_>, source: &Source, expr: &Expr) -> Sort {
    let ExprKind::Call { func, .. } = &expr.kind else {
        if async_property(case, expr).is_some() {
            return Sort::Coroutine;
        }
        return resolve(case, expr).map_or(Sort::Other, |value| sort_of_value(&value));
    };
    match resolve(case, func) {
        Some(callee) => code_of(&callee).map_or(Sort::Other, |code| sort_of_code(&code)),
        None => {
            let function = last_name(func).and_then(|name| only_function(source, name));
            // A decorator may have changed what a call gives.
            let function = function.filter(|function| function.def.decorator_list.is_empty());
            match function.map(|function| (function.is_async, function.is_generator)) {
                Some((true, false)) => Sort::Coroutine,
                Some((true, true)) => Sort::AsyncGenerator,
                Some((false, true)) => Sort::Generator,
                Some((false, false)) | None => Sort::Other,
            }
        }
    }
}

/// The code of the `async def` that gives an attribute its value, where that is a property with such a function.
fn async_property(case: &Case<'_>, expr: &Expr) -> Option<Rc<CodeObject>> {
    let ExprKind::Attribute { value, attr, .. } = &expr.kind else { return None };
    let object = resolve(case, value).filter(|object| object.is_kind::<Instance>())?;
    let property = protocol::class_of(case.ctx, &object).lookup(&intern(attr))?;
    let code = code_of(&property.downcast_ref::<Property>()?.getter.get())?;
    (sort_of_code(&code) == Sort::Coroutine).then_some(code)
}

/// What a value is.
pub(super) fn sort_of_value(value: &Value) -> Sort {
    match value.downcast_ref::<Frame>() {
        Some(frame) if frame.is_coroutine() => Sort::Coroutine,
        Some(frame) if frame.is_async_generator() => Sort::AsyncGenerator,
        Some(frame) if frame.is_generator() => Sort::Generator,
        Some(_) => Sort::Other,
        None if value.is_kind::<Task>() => Sort::Task,
        None if value.is_kind::<Function>() || value.is_kind::<BoundMethod>() => Sort::Function,
        None => Sort::Other,
    }
}

fn sort_of_code(code: &CodeObject) -> Sort {
    if code.flags & flags::COROUTINE != 0 {
        Sort::Coroutine
    } else if code.flags & flags::ASYNC_GENERATOR != 0 {
        Sort::AsyncGenerator
    } else if code.flags & flags::GENERATOR != 0 {
        Sort::Generator
    } else {
        Sort::Other
    }
}

/// The code of a function or method written in Python.
pub(super) fn code_of(callee: &Value) -> Option<Rc<CodeObject>> {
    let bound = callee.downcast_ref::<BoundMethod>().map(|method| method.func.get());
    let function = bound.as_ref().unwrap_or(callee).downcast_ref::<Function>()?;
    Some(function.with_code(|code| Rc::clone(&code.object)))
}

/// Whether code is the program's and not the library's.
pub(super) fn is_own(ctx: &Ctx, code: &CodeObject) -> bool {
    (ctx.library_source)(&code.filename).is_none()
}

/// The last name of `a` or `a.b`.
pub(super) fn last_name(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name { id, .. } => Some(id),
        ExprKind::Attribute { attr, .. } => Some(attr),
        _ => None,
    }
}

/// An expression for a sentence: on one line, and the arguments of a long call left out.
pub(super) fn quoted(source: &Source, expr: &Expr) -> String {
    let text = one_line(expr.span.text(&source.text));
    if text.chars().count() <= LONGEST {
        return text;
    }
    match &expr.kind {
        ExprKind::Call { func, .. } => format!("{}(...)", shortened(&one_line(func.span.text(&source.text)))),
        _ => shortened(&text),
    }
}

/// A text without its line ends.
pub(super) fn one_line(text: &str) -> String {
    if text.contains(['\n', '\r']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.to_owned() }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST - 3).collect();
    format!("{start}...")
}

/// A part of the source with `await` before an expression in it; in parentheses where something follows that binds more
/// tightly.
pub(super) fn with_await(source: &Source, outer: Span, expr: &Expr) -> String {
    let after = source.text.get(expr.span.end as usize..).unwrap_or_default().trim_start_matches(' ');
    let tight = expr.span.end < outer.end && after.starts_with(['.', '[', '(']);
    let own = expr.span.text(&source.text);
    let waited = if tight { format!("(await {own})") } else { format!("await {own}") };
    replaced(source, outer, expr.span, &waited)
}

/// A part of the source with another text in one place of it, on one line.
pub(super) fn replaced(source: &Source, outer: Span, inner: Span, by: &str) -> String {
    let part = |from: u32, to: u32| source.text.get(from as usize..to as usize).unwrap_or_default();
    let text = format!("{}{by}{}", part(outer.start, inner.start), part(inner.end, outer.end));
    shortened(&one_line(&text))
}

/// The part of a statement that ends with the colon behind an expression: `for x in f():`.
pub(super) fn to_colon(source: &Source, start: u32, after: u32) -> Span {
    let rest = source.text.get(after as usize..).unwrap_or_default();
    let end = rest.find(':').map_or(after, |colon| after + colon as u32 + 1);
    Span::new(start, end)
}
