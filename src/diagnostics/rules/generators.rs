//! Rules about generators (letter G).
//!
//! Most of them know their mistake by CPython's message, and ask the tree what stands at the failing place, so that they
//! can speak of the learner's own names. The end of a generator has no message: StopIteration alone does not say whether
//! the generator has merely finished (G003), was asked twice per turn of a loop (G009), or had been ended by an exception
//! long before (G024). What the recorder saw of its life decides. Sources: PEP 255, 342, 380 and 479.

use std::rc::Rc;

use coil_grammar::ast::{ExceptHandler, Expr, ExprKind, Stmt, StmtKind, Try};
use coil_grammar::span::Span;

use super::{Case, Finding, Occasion, Rule, StackEntry, SyntaxRule, Unread};
use crate::code::flags;
use crate::diagnostics::catalog::Code;
use crate::diagnostics::recorder::{End, Life, Spot};
use crate::diagnostics::source::{self, Node, Place, Source};
use crate::objects::code;
use crate::objects::exception::Exception;
use crate::objects::frame::{Frame, State};
use crate::objects::function::Function;
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::suggestion::closest;
use crate::objects::traceback::Traceback;
use crate::objects::value::Value;

pub(super) static SYNTAX: &[SyntaxRule] = &[
    SyntaxRule { code: Code::G013, applies: yield_outside_function },
    SyntaxRule { code: Code::G014, applies: yield_from_in_async_def },
    SyntaxRule { code: Code::G025, applies: yield_in_comprehension },
    SyntaxRule { code: Code::G027, applies: yield_without_parentheses },
];

pub(super) static RULES: &[Rule] = &[
    Rule { code: Code::G001, applies: sent_before_started },
    Rule { code: Code::G002, applies: resumed_by_itself },
    Rule { code: Code::G024, applies: ended_by_exception },
    Rule { code: Code::G009, applies: taken_twice_per_turn },
    Rule { code: Code::G003, applies: asked_after_end },
    Rule { code: Code::G004, applies: stop_iteration_escaped },
    Rule { code: Code::G026, applies: yielded_in_finally },
    Rule { code: Code::G005, applies: swallowed_generator_exit },
    Rule { code: Code::G010, applies: indexed },
    Rule { code: Code::G011, applies: asked_for_length },
    Rule { code: Code::G012, applies: called },
    Rule { code: Code::G015, applies: thrown_no_exception },
    Rule { code: Code::G016, applies: thrown_before_started },
    Rule { code: Code::G018, applies: function_not_called },
    Rule { code: Code::G017, applies: yield_from_single_value },
    Rule { code: Code::G030, applies: old_next_method },
    Rule { code: Code::G019, applies: next_of_iterable },
    Rule { code: Code::G021, applies: sent_to_iterator },
    Rule { code: Code::G023, applies: next_as_method },
    Rule { code: Code::G022, applies: misspelt_method },
    Rule { code: Code::G029, applies: old_throw },
    Rule { code: Code::G032, applies: value_of_other_exception },
];

/// The methods that a misspelt name may have been meant to be.
const METHODS: [&str; 4] = ["send", "throw", "close", "__next__"];

/// What stands at the failing place.
struct Site {
    source: Rc<Source>,
    span: Span,
}

impl Site {
    fn of(case: &Case<'_>) -> Option<Site> {
        case.place().map(|place| Site { source: place.source, span: place.span })
    }

    fn at(place: &Place) -> Site {
        Site { source: Rc::clone(&place.source), span: place.span }
    }

    fn nodes(&self) -> Vec<Node<'_>> {
        self.source.nodes(self.span)
    }

    /// The innermost expression of some kind.
    fn find<'a, T>(&'a self, look: impl Fn(&'a Expr) -> Option<T>) -> Option<T> {
        self.nodes().into_iter().filter_map(Node::expr).find_map(look)
    }

    fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// The text of an expression, on one line.
    fn text(&self, expression: &Expr) -> String {
        one_line(self.place(expression.span).text())
    }

    /// The object and the arguments of the method call at the place.
    fn method_call(&self, method: &str) -> Option<(&Expr, &[Expr])> {
        let (_, func, args) = self.source.call(self.span)?;
        match &func.kind {
            ExprKind::Attribute { value, attr, .. } if &**attr == method => Some((value, args)),
            _ => None,
        }
    }

    /// The object that the place asks for values: in `next(x)`, `x.send(...)`, `for ... in x`, `yield from x`, `list(x)`.
    fn driven(&self) -> Option<&Expr> {
        for node in self.nodes() {
            match node {
                Node::Expr(expression) => match &expression.kind {
                    ExprKind::Call { func, args, .. } => {
                        return match &func.kind {
                            ExprKind::Attribute { value, attr, .. }
                                if matches!(&**attr, "send" | "throw" | "close" | "__next__") =>
                            {
                                Some(value)
                            }
                            _ => args.first(),
                        };
                    }
                    ExprKind::YieldFrom { value } => return Some(value),
                    _ => {}
                },
                Node::Stmt(statement) => {
                    return match &statement.kind {
                        StmtKind::For(parts) if holds(parts.iter.span, self.span) => Some(&parts.iter),
                        _ => None,
                    };
                }
                Node::Handler(_) => return None,
            }
        }
        None
    }

    /// The innermost loop around the place, in the same function.
    fn enclosing_loop(&self) -> Option<&Stmt> {
        for node in self.nodes() {
            if let Node::Stmt(statement) = node {
                match &statement.kind {
                    StmtKind::While { .. } | StmtKind::For(_) => return Some(statement),
                    StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => return None,
                    _ => {}
                }
            }
        }
        None
    }

    /// The `try` statements around the place, innermost first, in the same function.
    fn tries(&self) -> Vec<&Try> {
        let mut found = Vec::new();
        for node in self.nodes() {
            if let Node::Stmt(statement) = node {
                match &statement.kind {
                    StmtKind::Try(parts) | StmtKind::TryStar(parts) => found.push(&**parts),
                    StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) => break,
                    _ => {}
                }
            }
        }
        found
    }
}

/// Whether a span lies in another.
fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn among(body: &[Stmt], span: Span) -> bool {
    body.iter().any(|statement| holds(statement.span, span))
}

/// A text as it fits into a sentence.
fn one_line(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, _)) => format!("{}…", first.trim_end()),
        None => text.to_owned(),
    }
}

fn id(expression: &Expr) -> Option<&str> {
    match &expression.kind {
        ExprKind::Name { id, .. } => Some(id),
        _ => None,
    }
}

/// The part of a message between two texts.
fn between<'a>(message: &'a str, before: &str, after: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.strip_suffix(after)
}

/// The generator that an expression of the failing frame stands for.
fn generator(case: &Case<'_>, expression: &Expr) -> Option<Value> {
    let value = case.evaluate(expression)?;
    is_generator(&value).then_some(value)
}

fn is_generator(value: &Value) -> bool {
    value.downcast_ref::<Frame>().is_some_and(|frame| frame.is_generator())
}

fn life<'f>(case: &Case<'f>, value: &Value) -> Option<&'f Life> {
    let facts = case.facts;
    facts.life(value)
}

fn place_of(case: &mut Case<'_>, spot: Option<&Spot>) -> Option<Place> {
    spot?.place(case.ctx)
}

/// Where the generator that an expression stands for was made.
fn made(case: &mut Case<'_>, expression: &Expr) -> Option<Place> {
    let value = generator(case, expression)?;
    let life = life(case, &value)?;
    place_of(case, life.made.as_ref())
}

/// The name of a generator's function.
fn function_name(generator: &Value) -> String {
    let frame = generator.downcast_ref::<Frame>();
    frame.map_or_else(String::new, |frame| frame.with_code(|code| code.object.name.to_string()))
}

/// The own entry that called the innermost own one.
fn caller<'a>(case: &'a Case<'_>) -> Option<&'a StackEntry> {
    case.stack.iter().rev().filter(|entry| entry.library.is_none()).nth(1)
}

fn sent_before_started(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "can't send non-None value to a just-started generator") {
        return None;
    }
    let site = Site::of(case)?;
    let (object, args) = site.method_call("send")?;
    let cause = made(case, object);
    let value = site.text(args.first()?);
    Some(Finding::new().with("name", site.text(object)).with("value", format!("`{value}`")).mark("cause", cause))
}

fn resumed_by_itself(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("ValueError", "generator already executing") {
        return None;
    }
    let site = Site::of(case)?;
    let object = site.driven()?;
    let running = generator(case, object).and_then(|value| life(case, &value)).and_then(|life| life.resumed.as_ref());
    let running = place_of(case, running);
    Some(Finding::new().with("name", site.text(object)).mark("running", running))
}

/// The finished generator that a StopIteration came from, the expression that stands for it, and what is known of it.
fn finished<'f>(case: &Case<'f>, site: &Site) -> Option<(Value, String, &'f Life)> {
    if case.class != "StopIteration" {
        return None;
    }
    let object = site.driven()?;
    let value = generator(case, object)?;
    let is_finished = value.downcast_ref::<Frame>().is_some_and(|frame| frame.state.get() == State::Finished);
    let life = life(case, &value)?;
    is_finished.then(|| (value, site.text(object), life))
}

fn ended_by_exception(case: &mut Case<'_>) -> Option<Finding> {
    let site = Site::of(case)?;
    let (value, name, life) = finished(case, &site)?;
    let (spot, end, class) = life.ended.as_ref()?;
    if *end != End::Raised {
        return None;
    }
    let cause = spot.place(case.ctx);
    let finding = Finding::new().with("name", name).with("class", class.as_str());
    let finding = finding.with("function", function_name(&value)).with("line", spot.line().to_string());
    Some(finding.mark("cause", cause))
}

fn taken_twice_per_turn(case: &mut Case<'_>) -> Option<Finding> {
    let site = Site::of(case)?;
    let (_, name, life) = finished(case, &site)?;
    if life.asked_after_end > 0 || !matches!(life.ended, Some((_, End::Returned, _))) {
        return None;
    }
    let before = place_of(case, life.resumed_before.as_ref())?;
    let place = site.place(site.span);
    let around = site.enclosing_loop()?;
    if !Rc::ptr_eq(&before.source, &site.source) || before.span == site.span || !holds(around.span, before.span) {
        return None;
    }
    let other = Site::at(&before);
    let is_next = |site: &Site| {
        let call = site.source.call(site.span);
        call.is_some_and(|(_, func, args)| id(func) == Some("next") && args.len() == 1)
    };
    // Two values that each have a name of their own are a pair that somebody wanted.
    let is_stored = |site: &Site| {
        site.nodes().into_iter().find_map(Node::stmt).is_some_and(|statement| match &statement.kind {
            StmtKind::Assign { value, .. } => holds(site.span, value.span),
            _ => false,
        })
    };
    let same = other.driven().is_some_and(|object| other.text(object) == name);
    if !same || !is_next(&site) || !is_next(&other) || is_stored(&site) && is_stored(&other) {
        return None;
    }
    let (first, second) = (place.line().min(before.line()), place.line().max(before.line()));
    let finding = Finding::new().with("name", name).with("first", first.to_string());
    Some(finding.with("second", second.to_string()).mark("other", before))
}

fn asked_after_end(case: &mut Case<'_>) -> Option<Finding> {
    let site = Site::of(case)?;
    let (value, name, life) = finished(case, &site)?;
    // A generator expression has no name of its own.
    let function = Some(function_name(&value)).filter(|function| !function.starts_with('<'));
    let function = function.unwrap_or_else(|| name.clone());
    let mut finding = Finding::new().with("name", name).with("function", function);
    if let Some((spot, End::Returned, result)) = &life.ended {
        finding = finding.with("result", format!("`{result}`")).mark("returned", spot.place(case.ctx));
    }
    if life.asked_after_end > 0 {
        let used_up = place_of(case, life.resumed.as_ref());
        finding = finding.mark("cause", used_up.filter(|place| *place != site.place(site.span)));
    }
    Some(finding)
}

fn stop_iteration_escaped(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "generator raised StopIteration") {
        return None;
    }
    let caller = case.place();
    // The RuntimeError begins outside of the generator; the StopIteration knows where it was inside.
    let stop = case.exception.downcast_ref::<Exception>()?.cause.get();
    let traceback = stop.downcast_ref::<Exception>()?.traceback.get();
    let traceback = traceback.downcast_ref::<Traceback>()?;
    let func = traceback.func.get();
    let code = func.downcast_ref::<Function>()?.code.get();
    let object = Rc::clone(&code.downcast_ref::<code::Code>()?.object);
    let function = object.name.to_string();
    let effect = Spot { code: object, word: traceback.word }.place(case.ctx)?;
    Some(Finding::new().with("function", function).mark("effect", effect).mark("caller", caller))
}

/// The generator that yielded in answer to GeneratorExit, what to call it, where it was closed, and where it yielded.
fn unwilling(case: &mut Case<'_>) -> Option<(Value, String, Place, Place)> {
    if !case.is("RuntimeError", "generator ignored GeneratorExit") {
        return None;
    }
    let (value, name) = if case.occasion == Occasion::Unraisable {
        (case.subject.clone(), function_name(&case.subject))
    } else {
        let site = Site::of(case)?;
        let (object, _) = site.method_call("close")?;
        (generator(case, object)?, site.text(object))
    };
    let frame = value.downcast::<Frame>()?;
    let life = life(case, &value)?;
    let closed_at = life.closed_at.as_ref()?.place(case.ctx)?;
    let yielded = Spot::of_suspended(&frame).place(case.ctx)?;
    Some((value, name, closed_at, yielded))
}

fn yielded_in_finally(case: &mut Case<'_>) -> Option<Finding> {
    let (value, _, _, yielded) = unwilling(case)?;
    let site = Site::at(&yielded);
    if !site.tries().iter().any(|parts| among(&parts.finalbody, yielded.span)) {
        return None;
    }
    let made = life(case, &value).and_then(|life| life.made.as_ref());
    let made = place_of(case, made);
    Some(Finding::new().with("function", function_name(&value)).mark("yielded", yielded).mark("cause", made))
}

fn swallowed_generator_exit(case: &mut Case<'_>) -> Option<Finding> {
    let (_, name, closed_at, yielded) = unwilling(case)?;
    let site = Site::at(&closed_at);
    let guards = site.tries().into_iter().filter(|parts| among(&parts.body, site.span));
    let clause = guards.flat_map(|parts| &parts.handlers).find(|handler| catches_exit(handler))?;
    let clause = head(&site, clause);
    let finding = Finding::new().with("name", name).with("clause", clause.text());
    let finding = finding.with("line", clause.line().to_string());
    let again = (yielded != clause).then_some(yielded);
    Some(finding.mark("cause", clause).mark("yielded", again))
}

/// Whether an `except` clause catches GeneratorExit by its very words.
fn catches_exit(handler: &ExceptHandler) -> bool {
    let by_name = |class: &Expr| matches!(id(class), Some("BaseException" | "GeneratorExit"));
    handler.type_.as_deref().is_none_or(|class| match &class.kind {
        ExprKind::Tuple { elts, .. } => elts.iter().any(by_name),
        _ => by_name(class),
    })
}

/// The line of an `except` clause, from the word to the colon.
fn head(site: &Site, handler: &ExceptHandler) -> Place {
    let body = handler.body.first().map_or(handler.span.end, |first| first.span.start);
    let whole = site.place(Span::new(handler.span.start, body));
    let line = whole.text().lines().next().unwrap_or_default();
    let from = handler.type_.as_ref().map_or(0, |class| class.span.end.saturating_sub(handler.span.start) as usize);
    let colon = line.get(from..).and_then(|rest| rest.find(':')).map_or(line.trim_end().len(), |at| from + at + 1);
    site.place(Span::new(handler.span.start, handler.span.start + colon as u32))
}

fn indexed(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "'generator' object is not subscriptable") {
        return None;
    }
    let site = Site::of(case)?;
    let (object, index) = site.find(|expression| match &expression.kind {
        ExprKind::Subscript { value, slice, .. } => Some((&**value, &**slice)),
        _ => None,
    })?;
    let cause = made(case, object);
    Some(Finding::new().with("name", site.text(object)).with("index", site.text(index)).mark("cause", cause))
}

fn asked_for_length(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "object of type 'generator' has no len()") {
        return None;
    }
    let site = Site::of(case)?;
    let (_, _, args) = site.source.call(site.span)?;
    let object = args.first()?;
    let cause = made(case, object);
    Some(Finding::new().with("name", site.text(object)).mark("cause", cause))
}

fn called(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "'generator' object is not callable") {
        return None;
    }
    let site = Site::of(case)?;
    let (_, object, _) = site.source.call(site.span)?;
    let cause = made(case, object);
    let maker = match &cause {
        Some(place) => one_line(place.text()),
        None => format!("{}()", function_name(&generator(case, object)?)),
    };
    Some(Finding::new().with("name", site.text(object)).with("maker", maker).mark("cause", cause))
}

fn yield_outside_function(case: &Unread) -> Option<Finding> {
    let is_it =
        case.is("SyntaxError", "'yield' outside function") || case.is("SyntaxError", "'yield from' outside function");
    is_it.then(Finding::new)
}

fn yield_from_in_async_def(case: &Unread) -> Option<Finding> {
    if !case.is("SyntaxError", "'yield from' inside async function") {
        return None;
    }
    let site = Site::at(case.place.as_ref()?);
    let value = site.find(delegate)?;
    Some(Finding::new().with("value", site.text(value)))
}

fn delegate(expression: &Expr) -> Option<&Expr> {
    match &expression.kind {
        ExprKind::YieldFrom { value } => Some(value),
        _ => None,
    }
}

fn thrown_no_exception(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "TypeError" {
        return None;
    }
    let class =
        case.message.strip_prefix("exceptions must be classes or instances deriving from BaseException, not ")?;
    let class = class.to_owned();
    let site = Site::of(case)?;
    let (object, args) = site.method_call("throw")?;
    let value = args.first()?;
    let finding = Finding::new().with("name", site.text(object)).with("value", site.text(value));
    Some(finding.with("class", class).mark("effect", site.place(value.span)))
}

fn thrown_before_started(case: &mut Case<'_>) -> Option<Finding> {
    let thrower = caller(case)?.place.clone()?;
    let entry = case.entry()?;
    let code = code_of(&entry.callee)?;
    // A generator that has not started stands at its first line, where nothing of it can raise.
    if code.flags & flags::GENERATOR == 0 || entry.line != code.first_line {
        return None;
    }
    let site = Site::at(&thrower);
    let (object, _) = site.method_call("throw")?;
    let inner = Source::named(case.ctx, &code.filename)?;
    let function = inner.function(&code.name)?;
    if code.first_line == function.def.body.first().map_or(0, |first| inner.lines.line(first.span.start)) {
        return None;
    }
    let mut guard = None;
    source::walk(function.def.body.iter().map(Node::Stmt).collect(), &mut |node| {
        if let Node::Stmt(statement) = node
            && let StmtKind::Try(parts) = &statement.kind
            && guard.is_none()
            && source::has_yield(&parts.body)
        {
            guard = Some(Span::new(statement.span.start, statement.span.start + 3));
        }
        guard.is_none() && !matches!(node, Node::Stmt(Stmt { kind: StmtKind::FunctionDef(_), .. }))
    });
    let guard = inner.place(guard?);
    let finding = Finding::new().with("name", site.text(object)).with("class", case.class.as_str());
    Some(finding.with("function", code.name.to_string()).mark("effect", thrower).mark("cause", guard))
}

fn code_of(callee: &Value) -> Option<Rc<crate::code::CodeObject>> {
    let code = callee.downcast_ref::<Function>()?.code.get();
    Some(Rc::clone(&code.downcast_ref::<code::Code>()?.object))
}

fn function_not_called(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "'function' object is not iterable")
        && !case.is("TypeError", "'function' object is not an iterator")
    {
        return None;
    }
    let site = Site::of(case)?;
    let object = site.driven().filter(|object| id(object).is_some());
    let object = object.or_else(|| site.find(|expression| id(expression).map(|_| expression)))?;
    let code = code_of(&case.value_of(id(object)?)?)?;
    if code.flags & flags::GENERATOR == 0 || code.flags & flags::COROUTINE != 0 {
        return None;
    }
    let name = site.text(object);
    // The loop's head with the parentheses added, or the call around it.
    let around = site.nodes().into_iter().find_map(|node| match node {
        Node::Stmt(Stmt { kind: StmtKind::For(parts), span }) if parts.iter.span == object.span => Some(span.start),
        Node::Expr(Expr { kind: ExprKind::Call { .. } | ExprKind::YieldFrom { .. }, span, .. }) => Some(span.start),
        _ => None,
    });
    let before = around.map(|start| site.place(Span::new(start, object.span.start)));
    let before = before.as_ref().map_or("", |place| place.text());
    let close = if before.ends_with('(') { ")" } else { "" };
    let repaired = if before.contains('\n') { format!("{name}()") } else { format!("{before}{name}(){close}") };
    let source = Source::named(case.ctx, &code.filename);
    let cause = source.and_then(|source| {
        let head = source.place(source.function(&code.name)?.head());
        let first = head.text().lines().next().unwrap_or_default().trim_end().len() as u32;
        Some(head.at(Span::new(head.span.start, head.span.start + first)))
    });
    let finding = Finding::new().with("function", name).with("repaired", repaired);
    Some(finding.mark("effect", site.place(object.span)).mark("cause", cause))
}

fn yield_from_single_value(case: &mut Case<'_>) -> Option<Finding> {
    let class =
        between(&case.message, "'", "' object is not iterable").filter(|_| case.class == "TypeError")?.to_owned();
    let site = Site::of(case)?;
    let value = site.find(|expression| delegate(expression).filter(|_| expression.span == site.span))?;
    let finding = Finding::new().with("value", site.text(value)).with("class", class);
    Some(finding.mark("effect", site.place(value.span)))
}

fn old_next_method(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "TypeError" {
        return None;
    }
    let message = case.message.as_str();
    let class = between(message, "iter() returned non-iterator of type '", "'");
    let class = class.or_else(|| between(message, "'", "' object is not an iterator"))?.to_owned();
    let source = case.source()?;
    let mut old = None;
    source.for_each_node(&mut |node| {
        if let Node::Stmt(Stmt { kind: StmtKind::ClassDef(def), .. }) = node
            && *def.name == *class
        {
            let method = |name: &str| def.body.iter().find_map(|statement| named(statement, name));
            old = method("next").filter(|_| method("__next__").is_none());
        }
        true
    });
    let cause = source.place(old?);
    Some(Finding::new().with("class", class).mark("cause", cause))
}

/// Whether a class of this name has a method in the file.
fn defines(source: &Source, class: &str, method: &str) -> bool {
    let mut found = false;
    source.for_each_node(&mut |node| {
        if let Node::Stmt(Stmt { kind: StmtKind::ClassDef(def), .. }) = node {
            found |= *def.name == *class && def.body.iter().any(|statement| named(statement, method).is_some());
        }
        true
    });
    found
}

/// From `def` to the name, of a `def` of this name.
fn named(statement: &Stmt, name: &str) -> Option<Span> {
    match &statement.kind {
        StmtKind::FunctionDef(def) if &*def.name == name => {
            let start = statement.span.start;
            Some(Span::new(start, start + "def ".len() as u32 + name.len() as u32))
        }
        _ => None,
    }
}

fn next_of_iterable(case: &mut Case<'_>) -> Option<Finding> {
    let class =
        between(&case.message, "'", "' object is not an iterator").filter(|_| case.class == "TypeError")?.to_owned();
    let site = Site::of(case)?;
    let (_, func, args) = site.source.call(site.span)?;
    let object = args.first().filter(|_| id(func) == Some("next"))?;
    let is_builtin = matches!(
        class.as_str(),
        "list"
            | "tuple"
            | "str"
            | "bytes"
            | "bytearray"
            | "dict"
            | "set"
            | "frozenset"
            | "range"
            | "dict_keys"
            | "dict_values"
            | "dict_items"
            | "deque"
            | "array"
    );
    let value = case.evaluate(object);
    let is_iterable =
        value.map_or_else(|| defines(&site.source, &class, "__iter__"), |value| has_method(case, &value, "__iter__"));
    if !is_builtin && !is_iterable {
        return None;
    }
    let finding = Finding::new().with("name", site.text(object)).with("class", class);
    Some(finding.mark("effect", site.place(object.span)))
}

fn has_method(case: &Case<'_>, value: &Value, name: &str) -> bool {
    protocol::class_of(case.ctx, value).lookup(&intern(name)).is_some()
}

/// The class and the name of `'...' object has no attribute '...'`.
fn missing_attribute(case: &Case<'_>) -> Option<(String, String)> {
    let rest = case.message.strip_prefix('\'').filter(|_| case.class == "AttributeError")?;
    let (class, name) = rest.strip_suffix('\'')?.split_once("' object has no attribute '")?;
    Some((class.to_owned(), name.to_owned()))
}

/// The attribute at the failing place: the object and the span of the name.
fn attribute<'a>(site: &'a Site, name: &str) -> Option<(&'a Expr, Span)> {
    site.find(|expression| match &expression.kind {
        ExprKind::Attribute { value, attr, .. } if &**attr == name => {
            Some((&**value, Span::new(expression.span.end - name.len() as u32, expression.span.end)))
        }
        _ => None,
    })
}

fn sent_to_iterator(case: &mut Case<'_>) -> Option<Finding> {
    let (class, _) = missing_attribute(case).filter(|(_, name)| name == "send")?;
    let site = Site::of(case)?;
    let value = site.find(|expression| delegate(expression).filter(|_| expression.span == site.span))?;
    let sent = caller(case).and_then(|entry| entry.place.clone());
    let finding = Finding::new().with("value", site.text(value)).with("class", class);
    Some(finding.mark("effect", site.place(value.span)).mark("sent", sent))
}

fn next_as_method(case: &mut Case<'_>) -> Option<Finding> {
    missing_attribute(case).filter(|(_, name)| name == "next")?;
    let object = case.field(1);
    if !has_method(case, &object, "__next__") {
        return None;
    }
    let site = Site::of(case)?;
    let (object, name) = attribute(&site, "next")?;
    Some(Finding::new().with("name", site.text(object)).mark("effect", site.place(name)))
}

fn misspelt_method(case: &mut Case<'_>) -> Option<Finding> {
    let (_, wrong) = missing_attribute(case).filter(|(class, _)| class == "generator")?;
    let right = METHODS.into_iter().find(|right| is_swapped(&wrong, right)).or_else(|| closest(&wrong, &METHODS))?;
    let site = Site::of(case)?;
    let (_, name) = attribute(&site, &wrong)?;
    Some(Finding::new().with("wrong", wrong.as_str()).with("right", right).mark("effect", site.place(name)))
}

/// Whether two neighbouring letters have changed places, as in `sned`.
fn is_swapped(wrong: &str, right: &str) -> bool {
    let (wrong, right) = (wrong.as_bytes(), right.as_bytes());
    wrong.len() == right.len()
        && (1..wrong.len()).any(|at| {
            let mut other = right.to_vec();
            other.swap(at - 1, at);
            other == wrong
        })
}

fn yield_in_comprehension(case: &Unread) -> Option<Finding> {
    if case.class != "SyntaxError" {
        return None;
    }
    let inside = case.message.strip_prefix("'yield' inside ")?;
    if !inside.ends_with(" comprehension") && inside != "generator expression" {
        return None;
    }
    let site = Site::at(case.place.as_ref()?);
    let clause = site.find(|expression| match &expression.kind {
        ExprKind::ListComp { generators, .. }
        | ExprKind::SetComp { generators, .. }
        | ExprKind::DictComp { generators, .. }
        | ExprKind::GeneratorExp { generators, .. } => generators.first(),
        _ => None,
    })?;
    let finding = Finding::new().with("target", site.text(&clause.target)).with("iterable", site.text(&clause.iter));
    Some(finding.with("yielding", one_line(site.place(site.span).text())))
}

fn yield_without_parentheses(case: &Unread) -> Option<Finding> {
    if !case.is("SyntaxError", "invalid syntax") {
        return None;
    }
    let place = case.place.clone()?;
    let text = &place.source.text;
    let start = place.span.start as usize;
    let rest = text.get(start..)?.strip_prefix("yield").filter(|rest| !rest.starts_with(is_word))?;
    let line = place.source.lines.line(place.span.start);
    let before = text.get(place.source.lines.line_start(line) as usize..start)?.trim_start();
    // At the beginning of a statement a `yield` needs no parentheses; there something else is wrong.
    if before.is_empty() || before.ends_with([':', ';']) || before.ends_with('=') && !before.ends_with("==") {
        return None;
    }
    // Up to what cannot belong to it: the end of the line, or of the brackets that it stands in.
    let mut depth = 0_i32;
    let is_inside = before.matches(['(', '[', '{']).count() > before.matches([')', ']', '}']).count();
    let end = rest.find(|letter: char| {
        depth += i32::from("([{".contains(letter)) - i32::from(")]}".contains(letter));
        depth < 0 || depth == 0 && (matches!(letter, '\n' | '\r' | '#' | ';' | ':') || letter == ',' && is_inside)
    });
    let yielding = format!("yield{}", rest[..end.unwrap_or(rest.len())].trim_end());
    let after = rest[end.unwrap_or(rest.len())..].lines().next().unwrap_or_default();
    let after = after.split('#').next().unwrap_or_default().trim_end();
    let word = Span::new(place.span.start, place.span.start + "yield".len() as u32);
    let effect = place.at(word);
    Some(Finding::new().with("repaired", format!("{before}({yielding}){after}")).mark("effect", effect))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn old_throw(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "DeprecationWarning" || !case.message.starts_with("the (type, exc, tb) signature of throw()") {
        return None;
    }
    let place = case.place()?;
    let site = Site::at(&place);
    // A warning names a line only.
    let mut found = None;
    site.source.for_each_node(&mut |node| {
        if let Node::Expr(expression) = node
            && let ExprKind::Call { func, args, .. } = &expression.kind
            && let ExprKind::Attribute { value, attr, .. } = &func.kind
            && &**attr == "throw"
            && args.len() > 1
            && site.source.lines.line(expression.span.start) == place.line()
        {
            found = Some((expression, &**value, args));
        }
        true
    });
    let (whole, object, args) = found?;
    let (class, value) = (site.text(args.first()?), args.get(1)?);
    let text = site.text(value);
    let mut exception = match &value.kind {
        ExprKind::Call { func, .. } if site.text(func) == class => text,
        ExprKind::Tuple { .. } => format!("{class}{text}"),
        _ if text == "None" && matches!(&args[0].kind, ExprKind::Call { .. }) => class,
        _ if text == "None" => format!("{class}()"),
        _ => format!("{class}({text})"),
    };
    if let Some(traceback) = args.get(2).filter(|traceback| site.text(traceback) != "None") {
        exception.push_str(&format!(".with_traceback({})", site.text(traceback)));
    }
    let repaired = format!("{}.throw({exception})", site.text(object));
    Some(Finding::new().with("repaired", repaired).mark("effect", site.place(whole.span)))
}

fn value_of_other_exception(case: &mut Case<'_>) -> Option<Finding> {
    let (class, _) = missing_attribute(case).filter(|(_, name)| name == "value")?;
    if !case.field(1).is_kind::<Exception>() {
        return None;
    }
    let site = Site::of(case)?;
    let (object, attribute) = attribute(&site, "value")?;
    let name = site.text(object);
    let clause = site.nodes().into_iter().find_map(|node| match node {
        Node::Handler(handler) if handler.name.as_deref() == Some(name.as_str()) => Some(handler),
        _ => None,
    })?;
    let clause = head(&site, clause);
    let finding = Finding::new().with("name", name).with("class", class);
    Some(finding.mark("effect", site.place(attribute)).mark("cause", clause))
}
