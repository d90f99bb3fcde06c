//! Mistakes behind `await`: what stands there cannot be awaited, or not once more.

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprKind, StmtKind};
use coil_grammar::span::Span;

use super::origin::{self, Origin, Sort};
use super::{Case, Finding};
use crate::code::flags;
use crate::diagnostics::source::{Node, Place, Source};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::future::{Future, Task};
use crate::objects::list::List;
use crate::objects::string::intern;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// The source of the failing place and what `await` has behind it there.
struct Awaited {
    source: Rc<Source>,
    /// Where the `await` begins.
    start: u32,
    /// The operand's range.
    operand: Span,
}

impl Awaited {
    fn of(case: &Case<'_>) -> Option<Awaited> {
        let place = case.place()?;
        let source = Rc::clone(&place.source);
        let node = source.nodes(place.span).into_iter().filter_map(Node::expr).next()?;
        let ExprKind::Await { value } = &node.kind else { return None };
        let (start, operand) = (node.span.start, value.span);
        Some(Awaited { source, start, operand })
    }

    /// The operand.
    fn expr(&self) -> Option<&Expr> {
        let nodes = self.source.nodes(self.operand);
        nodes.into_iter().filter_map(Node::expr).find(|expr| expr.span == self.operand)
    }

    /// The operand's place.
    fn place(&self) -> Place {
        self.source.place(self.operand)
    }
}

/// The class that a message names as one that cannot be awaited, in the words of 3.13 or of 3.14.
fn refused_class<'a>(case: &'a Case<'_>) -> Option<&'a str> {
    // Where the library awaits, the program's own line has another mistake.
    let is_own = case.stack.last().is_some_and(|entry| entry.library.is_none());
    if case.class != "TypeError" || !is_own {
        return None;
    }
    super::between(&case.message, "object ", " can't be used in 'await' expression")
        .or_else(|| super::between(&case.message, "'", "' object can't be awaited"))
}

pub(super) fn twice(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "cannot reuse already awaited coroutine") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let expr = coroutine_at(case, &source, place.span)?;
    let value = origin::resolve(case, expr);
    let origin = Origin::of(case, &source, expr);
    let before = value.and_then(|value| case.facts.life(&value)?.resumed.clone());
    let before = before.filter(|spot| origin::is_own(case.ctx, &spot.code)).and_then(|spot| spot.place(case.ctx));
    let before = before.or_else(|| earlier_use(&source, expr))?;
    let finding = Finding::new()
        .with("line", before.line().to_string())
        .with("function", &*origin.function)
        .with("call", origin.call)
        .mark("effect", place.clone());
    // In a loop the same place awaits it again.
    let first = Some(before).filter(|before| *before != place);
    Some(finding.mark("first", first).mark("made", origin.made))
}

/// The coroutine at a failing `await`, or given to a function that fails.
fn coroutine_at<'a>(case: &Case<'_>, source: &'a Rc<Source>, span: Span) -> Option<&'a Expr> {
    let node = source.nodes(span).into_iter().find_map(Node::expr)?;
    match &node.kind {
        ExprKind::Await { value } => Some(value),
        ExprKind::Call { args, .. } => args.iter().find(|arg| {
            origin::sort_of(case, source, arg) == Sort::Coroutine || matches!(arg.kind, ExprKind::Name { .. })
        }),
        _ => None,
    }
}

/// The last place before a name where it stands too, behind `await` or as an argument.
fn earlier_use(source: &Rc<Source>, expr: &Expr) -> Option<Place> {
    let ExprKind::Name { id, .. } = &expr.kind else { return None };
    let is_it = |other: &Expr| matches!(&other.kind, ExprKind::Name { id: name, .. } if name == id);
    let mut found = None;
    source.for_each_node(&mut |node| {
        if let Node::Expr(node) = node
            && node.span.end < expr.span.start
        {
            let uses = match &node.kind {
                ExprKind::Await { value } => is_it(value),
                ExprKind::Call { args, .. } => args.iter().any(is_it),
                _ => false,
            };
            if uses {
                found = Some(source.place(node.span));
            }
        }
        node.span().start < expr.span.start
    });
    found
}

pub(super) fn run_by_a_task(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "coroutine is being awaited already") {
        return None;
    }
    let awaited = Awaited::of(case)?;
    let expr = awaited.expr()?;
    let value = origin::resolve(case, expr)?;
    let run = case.facts.life(&value)?.task.clone()?;
    let origin = Origin::of(case, &awaited.source, expr);
    let first = run.made.filter(|spot| origin::is_own(case.ctx, &spot.code)).and_then(|spot| spot.place(case.ctx));
    let finding = Finding::new().with("task", run.name).with("name", origin.text);
    // A task made where the coroutine was made needs no second mark.
    let made = origin.made.filter(|made| first.as_ref().is_none_or(|first| first.line() != made.line()));
    Some(finding.mark("made", made).mark("first", first))
}

pub(super) fn time_sleep(case: &mut Case<'_>) -> Option<Finding> {
    if refused_class(case)? != "NoneType" {
        return None;
    }
    let awaited = Awaited::of(case)?;
    let ExprKind::Call { func, args, .. } = &awaited.expr()?.kind else { return None };
    let called = origin::resolve(case, func)?;
    if !called.is(&member(case, "time", "sleep")?) {
        return None;
    }
    let seconds = origin::quoted(&awaited.source, args.first()?);
    Some(Finding::new().with("seconds", seconds).mark("effect", awaited.place()))
}

/// A member of a module that the program has imported.
fn member(case: &Case<'_>, module: &str, name: &str) -> Option<Value> {
    let modules = case.ctx.sys.get_str(&intern("modules"))?;
    let module = modules.downcast_ref::<Dict>()?.get_str(&intern(module))?;
    origin::stored(case.ctx, &module, name)
}

pub(super) fn function(case: &mut Case<'_>) -> Option<Finding> {
    let (source, span, repaired) = uncalled(case)?;
    let nodes = source.nodes(span);
    let expr = nodes.into_iter().filter_map(Node::expr).find(|expr| expr.span == span)?;
    let name = origin::quoted(&source, expr);
    let finding = Finding::new().with("name", name).with("repaired", repaired).mark("effect", source.place(span));
    let code = origin::resolve(case, expr).and_then(|value| origin::code_of(&value));
    let code = code.filter(|code| origin::is_own(case.ctx, code));
    let own = code.as_ref().and_then(|code| Source::named(case.ctx, &code.filename));
    let def = own.zip(code).and_then(|(own, code)| {
        let span = origin::head(&own, &origin::definition(&own, &code)?);
        Some(own.place(span))
    });
    Some(finding.mark("cause", def))
}

/// The function that stands where a call of it is needed, and the code with the call.
fn uncalled(case: &Case<'_>) -> Option<(Rc<Source>, Span, String)> {
    if let Some("function" | "method" | "builtin_function_or_method") = refused_class(case) {
        let awaited = Awaited::of(case)?;
        let expr = awaited.expr()?;
        origin::last_name(expr)?;
        let repaired = format!("await {}()", origin::quoted(&awaited.source, expr));
        return Some((Rc::clone(&awaited.source), awaited.operand, repaired));
    }
    let is_async_loop = case.is("TypeError", "'async for' requires an object with __aiter__ method, got function");
    let is_plain_loop = case.is("TypeError", "'function' object is not iterable");
    if !is_async_loop && !is_plain_loop {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let nodes = source.nodes(place.span);
    let statement = nodes.iter().find_map(|node| node.stmt())?;
    let (StmtKind::For(parts) | StmtKind::AsyncFor(parts)) = &statement.kind else { return None };
    let iterated = &parts.iter;
    let callee = origin::resolve(case, iterated)?;
    // What the call gives must fit `async for`.
    if origin::code_of(&callee)?.flags & flags::ASYNC_GENERATOR == 0 {
        return None;
    }
    let header = origin::to_colon(&source, statement.span.start, iterated.span.end);
    let call = format!("{}()", iterated.span.text(&source.text));
    let text = origin::replaced(&source, header, iterated.span, &call);
    let repaired = if is_async_loop { text } else { format!("async {text}") };
    let span = iterated.span;
    Some((source, span, repaired))
}

pub(super) fn collection(case: &mut Case<'_>) -> Option<Finding> {
    let class = refused_class(case)?.to_owned();
    if !matches!(&*class, "list" | "tuple" | "set" | "generator") {
        return None;
    }
    let awaited = Awaited::of(case)?;
    let expr = awaited.expr()?;
    let source = &awaited.source;
    let count = match &expr.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } | ExprKind::Set { elts } => {
            let fits = !elts.is_empty() && elts.iter().all(|element| can_be_awaited(case, source, element));
            fits.then(|| elts.len().to_string())?
        }
        // How many these made is not known any more.
        ExprKind::ListComp { elt, .. } | ExprKind::SetComp { elt, .. } | ExprKind::GeneratorExp { elt, .. } => {
            can_be_awaited(case, source, elt).then(|| "n".to_owned())?
        }
        ExprKind::Name { .. } | ExprKind::Attribute { .. } => {
            let items = items_of(&origin::resolve(case, expr)?)?;
            let fits = !items.is_empty() && items.iter().all(is_awaitable);
            fits.then(|| items.len().to_string())?
        }
        _ => return None,
    };
    let cause = match &expr.kind {
        ExprKind::Name { id, .. } => {
            source.last_assignment(id, expr.span.start).map(|(value, _)| source.place(value.span))
        }
        _ => None,
    };
    let finding = Finding::new().with("type", class).with("count", count).with("value", origin::quoted(source, expr));
    Some(finding.mark("effect", awaited.place()).mark("cause", cause))
}

/// The items of a list or tuple.
fn items_of(value: &Value) -> Option<Vec<Value>> {
    if let Some(list) = value.downcast_ref::<List>() {
        return Some((0..list.len()).filter_map(|index| list.get(index)).collect());
    }
    value.downcast_ref::<Tuple>().map(|tuple| tuple.items().to_vec())
}

/// Whether a value is known to be something to wait for.
fn is_awaitable(value: &Value) -> bool {
    origin::sort_of_value(value) == Sort::Coroutine || value.is_kind::<Future>() || value.is_kind::<Task>()
}

/// Whether an expression is known to give something to wait for.
fn can_be_awaited(case: &Case<'_>, source: &Source, expr: &Expr) -> bool {
    if origin::sort_of(case, source, expr) == Sort::Coroutine {
        return true;
    }
    match &expr.kind {
        ExprKind::Call { func, .. } => {
            matches!(origin::last_name(func), Some("create_task" | "ensure_future" | "create_future"))
        }
        _ => origin::resolve(case, expr).is_some_and(|value| is_awaitable(&value)),
    }
}

pub(super) fn async_generator(case: &mut Case<'_>) -> Option<Finding> {
    of_generator(case, "async_generator")
}

pub(super) fn generator(case: &mut Case<'_>) -> Option<Finding> {
    of_generator(case, "generator")
}

/// An awaited generator of this class.
fn of_generator(case: &mut Case<'_>, class: &str) -> Option<Finding> {
    if refused_class(case)? != class {
        return None;
    }
    let awaited = Awaited::of(case)?;
    let origin = Origin::of(case, &awaited.source, awaited.expr()?);
    origin.yields.as_ref()?;
    let finding = Finding::new().with("function", origin.function).with("call", origin.text);
    Some(finding.mark("effect", awaited.place()).mark("cause", origin.yields).mark("made", origin.made))
}

pub(super) fn plain_result(case: &mut Case<'_>) -> Option<Finding> {
    let class = refused_class(case)?.to_owned();
    let awaited = Awaited::of(case)?;
    let expr = awaited.expr()?;
    let func = match &expr.kind {
        ExprKind::Call { func, .. } => &**func,
        // A variable that still has what the call gave.
        ExprKind::Name { id, .. } => {
            let (value, _) = awaited.source.last_assignment(id, expr.span.start)?;
            let ExprKind::Call { func, .. } = &value.kind else { return None };
            func
        }
        _ => return None,
    };
    origin::last_name(func)?;
    // A class gives its instance, which is another matter.
    if origin::resolve(case, func).is_some_and(|callee| callee.is_kind::<Class>()) {
        return None;
    }
    let origin = Origin::of(case, &awaited.source, expr);
    let value = if class == "NoneType" { "None".to_owned() } else { format!("<{class}>") };
    let finding = Finding::new().with("function", origin.function).with("value", value);
    Some(finding.mark("effect", awaited.place()).mark("cause", origin.def).mark("made", origin.made))
}

pub(super) fn plain_value(case: &mut Case<'_>) -> Option<Finding> {
    let class = refused_class(case)?.to_owned();
    let awaited = Awaited::of(case)?;
    let expr = awaited.expr()?;
    let text = origin::quoted(&awaited.source, expr);
    let cause = match &expr.kind {
        ExprKind::Name { id, .. } => {
            let assigned = awaited.source.last_assignment(id, awaited.start);
            assigned.map(|(_, span)| awaited.source.place(span))
        }
        _ => None,
    };
    let finding = Finding::new().with("value", text).with("type", class);
    Some(finding.mark("effect", awaited.place()).mark("cause", cause))
}
