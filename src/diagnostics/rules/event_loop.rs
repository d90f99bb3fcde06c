//! Rules about the event loop, tasks and futures (letter L).
//!
//! asyncio raises most of these errors deep inside itself; the place is always the innermost line of the program's own
//! files, and what stands there (a call, mostly under an `await`) tells what was asked of asyncio. Where something was
//! made, cancelled, set or closed before is what the recorder knows.

use std::rc::Rc;

use coil_grammar::ast::{Constant, Expr, ExprKind, Keyword};
use coil_grammar::span::Span;

use super::{Case, Finding, Occasion, Rule, StackEntry};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::loop_facts::{Cancellation, Mark, task_name};
use crate::diagnostics::recorder::Spot;
use crate::diagnostics::reporter::stack_of;
use crate::diagnostics::source::{Node, Place, Source};
use crate::objects::dict::Dict;
use crate::objects::exception::Exception;
use crate::objects::exception_group;
use crate::objects::frame::{Frame, State};
use crate::objects::future::{Task, future_of};
use crate::objects::heap::Ref;
use crate::objects::protocol;
use crate::objects::protocol::attribute::own_attribute;
use crate::objects::string::intern;
use crate::objects::value::Value;

pub(super) static RULES: &[Rule] = &[
    Rule { code: Code::L201, applies: run_inside_a_loop },
    Rule { code: Code::L202, applies: loop_runs_already },
    Rule { code: Code::L207, applies: another_loop_runs },
    Rule { code: Code::L203, applies: no_running_loop },
    Rule { code: Code::L205, applies: loop_gone_after_run },
    Rule { code: Code::L212, applies: no_loop_in_thread },
    Rule { code: Code::L204, applies: no_current_loop },
    Rule { code: Code::L206, applies: closed_loop },
    Rule { code: Code::L208, applies: stopped_too_early },
    Rule { code: Code::L209, applies: future_of_another_loop },
    Rule { code: Code::L210, applies: bound_to_another_loop },
    Rule { code: Code::L211, applies: other_thread },
    Rule { code: Code::L213, applies: wait_for_coroutines },
    Rule { code: Code::L214, applies: gather_a_list },
    Rule { code: Code::L214, applies: gather_a_generator },
    Rule { code: Code::L236, applies: function_as_task },
    Rule { code: Code::L215, applies: not_awaitable },
    Rule { code: Code::L216, applies: wait_for_one },
    Rule { code: Code::L217, applies: wait_for_nothing },
    Rule { code: Code::L218, applies: dropped_while_pending },
    Rule { code: Code::L219, applies: never_retrieved },
    Rule { code: Code::L223, applies: cancelled },
    Rule { code: Code::L225, applies: timed_out },
    Rule { code: Code::L226, applies: not_done },
    Rule { code: Code::L227, applies: set_twice },
    Rule { code: Code::L228, applies: task_set },
    Rule { code: Code::L229, applies: group_failed },
    Rule { code: Code::L230, applies: group_not_entered },
    Rule { code: Code::L231, applies: called_too_early },
    Rule { code: Code::L232, applies: released_too_often },
    Rule { code: Code::L233, applies: deadlock },
    Rule { code: Code::L234, applies: queue_empty },
    Rule { code: Code::L237, applies: waits_for_itself },
    Rule { code: Code::L238, applies: stop_iteration_escapes },
    Rule { code: Code::L239, applies: advanced_twice },
    Rule { code: Code::L240, applies: yields_while_closing },
    Rule { code: Code::L241, applies: coroutine_function_as_callback },
    Rule { code: Code::L242, applies: sleep_without_number },
];

// What stands at the failing place.

/// A call in the source.
struct CallAt<'a> {
    expression: &'a Expr,
    function: &'a Expr,
    arguments: &'a [Expr],
    keywords: &'a [Keyword],
}

impl<'a> CallAt<'a> {
    fn of(expression: &'a Expr) -> Option<CallAt<'a>> {
        match &expression.kind {
            ExprKind::Call { func, args, keywords } => {
                Some(CallAt { expression, function: func, arguments: args, keywords })
            }
            ExprKind::Await { value } => CallAt::of_call(value),
            _ => None,
        }
    }

    fn of_call(expression: &'a Expr) -> Option<CallAt<'a>> {
        if matches!(expression.kind, ExprKind::Call { .. }) { CallAt::of(expression) } else { None }
    }

    /// The call that a place is: with or without `await`, or the first one around it.
    fn at(source: &'a Source, span: Span) -> Option<CallAt<'a>> {
        source.nodes(span).into_iter().filter_map(Node::expr).find_map(CallAt::of)
    }

    /// The name of the function or method, without what stands before the dot.
    fn name(&self) -> &'a str {
        last_name(self.function)
    }

    /// What stands before the dot.
    fn receiver(&self) -> Option<&'a Expr> {
        match &self.function.kind {
            ExprKind::Attribute { value, .. } => Some(value),
            _ => None,
        }
    }

    fn keyword(&self, name: &str) -> Option<&'a Expr> {
        self.keywords.iter().find(|keyword| keyword.arg.as_deref() == Some(name)).map(|keyword| &keyword.value)
    }

    /// The only argument that a call like `run(coroutine)` needs.
    fn first(&self) -> Option<&'a Expr> {
        self.arguments.first().filter(|argument| !matches!(argument.kind, ExprKind::Starred { .. }))
    }
}

fn last_name(expression: &Expr) -> &str {
    match &expression.kind {
        ExprKind::Name { id, .. } => id,
        ExprKind::Attribute { attr, .. } => attr,
        _ => "",
    }
}

/// What an expression awaits.
fn awaited(expression: &Expr) -> &Expr {
    match &expression.kind {
        ExprKind::Await { value } => value,
        _ => expression,
    }
}

fn text(source: &Rc<Source>, expression: &Expr) -> String {
    source.place(expression.span).text().to_owned()
}

/// A place as far as its first line goes.
fn first_line(place: &Place) -> Place {
    let text = place.text();
    let line = text.lines().next().unwrap_or(text).trim_end();
    place.at(Span::new(place.span.start, place.span.start + line.len() as u32))
}

fn quoted(text: impl AsRef<str>) -> String {
    format!("`{}`", text.as_ref())
}

/// The value of a simple expression at the failing place, found without running code: a name, an attribute that is in the
/// object's own dict, an item of a dict by a literal string.
fn value_at(case: &Case<'_>, expression: &Expr) -> Option<Value> {
    let mut steps = Vec::new();
    let mut inner = expression;
    let name = loop {
        match &inner.kind {
            ExprKind::Name { id, .. } => break id,
            ExprKind::Attribute { value, attr, .. } => {
                steps.push((false, &**attr));
                inner = value;
            }
            ExprKind::Subscript { value, slice, .. } => {
                let ExprKind::Constant { value: Constant::Str(key), .. } = &slice.kind else { return None };
                steps.push((true, &**key));
                inner = value;
            }
            _ => return None,
        }
    };
    let mut value = case.value_of(name)?;
    while let Some((is_item, key)) = steps.pop() {
        let key = intern(key);
        value = if is_item { value.downcast_ref::<Dict>()?.get_str(&key)? } else { own_attribute(&value, &key)? };
    }
    Some(value)
}

/// Where a simple expression was last given its value, for a label.
fn assigned(source: &Rc<Source>, expression: &Expr) -> Option<Place> {
    let ExprKind::Name { id, .. } = &expression.kind else { return None };
    let (_, span) = source.last_assignment(id, expression.span.start)?;
    Some(source.place(span))
}

/// The place of a mark.
fn place_of(case: &mut Case<'_>, mark: Option<Mark>) -> Option<Place> {
    mark.and_then(|mark| mark.spot.place(case.ctx))
}

/// Where a task or future was made.
fn made(case: &mut Case<'_>, value: Option<&Value>) -> Option<Place> {
    let value = value?;
    let mark = case
        .facts
        .asyncio
        .mark(value, "task created")
        .or_else(|| case.facts.asyncio.mark(value, "future created"))
        .cloned();
    place_of(case, mark)
}

/// Where the loop that runs was started: the innermost call in the program's own files under which asyncio's code runs
/// the code that fails.
fn started(case: &Case<'_>) -> Option<Place> {
    let failing = case.stack.iter().rposition(|entry| entry.library.is_none())?;
    let inside = case.stack[..failing].iter().rposition(is_asyncio)?;
    case.stack[..inside].iter().rfind(|entry| entry.library.is_none())?.place.clone()
}

fn is_asyncio(entry: &StackEntry) -> bool {
    entry.library.as_deref().is_some_and(|module| module.starts_with("asyncio"))
}

fn innermost_library<'a>(case: &'a Case<'_>) -> Option<&'a str> {
    case.stack.last()?.library.as_deref()
}

/// What is awaited at a place: the text without `await`.
fn awaited_text(place: &Place) -> String {
    let source = &place.source;
    let found = source.nodes(place.span).into_iter().filter_map(Node::expr).next();
    found.map_or_else(|| place.text().to_owned(), |expression| text(source, awaited(expression)))
}

// Loops.

fn run_inside_a_loop(case: &mut Case<'_>) -> Option<Finding> {
    let applies = case.is("RuntimeError", "asyncio.run() cannot be called from a running event loop")
        || case.is("RuntimeError", "Runner.run() cannot be called from a running event loop");
    if applies { wait_instead(case) } else { None }
}

fn loop_runs_already(case: &mut Case<'_>) -> Option<Finding> {
    if case.is("RuntimeError", "This event loop is already running") { wait_instead(case) } else { None }
}

fn another_loop_runs(case: &mut Case<'_>) -> Option<Finding> {
    let applies = case.is("RuntimeError", "Cannot run the event loop while another loop is running");
    if applies { wait_instead(case) } else { None }
}

/// The call is given what could be awaited.
fn wait_instead(case: &mut Case<'_>) -> Option<Finding> {
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span)?;
    let awaitable = text(&source, call.first().or_else(|| call.keyword("main"))?);
    Some(Finding::new().with("awaitable", awaitable).mark("started", started(case)))
}

fn no_running_loop(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "no running event loop") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span)?;
    Some(Finding::new().with("call", format!("{}()", text(&source, call.function))))
}

fn loop_gone_after_run(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "There is no current event loop in thread 'MainThread'.") {
        return None;
    }
    let mark = case.facts.asyncio.last_mark("loop closed")?.clone();
    let line = mark.spot.line();
    let cause = place_of(case, Some(mark))?;
    let source = Rc::clone(&cause.source);
    let is_run = CallAt::at(&source, cause.span).is_some_and(|call| call.name() == "run");
    is_run.then(|| Finding::new().with("line", line.to_string()).mark("cause", cause))
}

fn no_loop_in_thread(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" {
        return None;
    }
    let thread = case.message.strip_prefix("There is no current event loop in thread '")?.strip_suffix("'.")?;
    (thread != "MainThread").then(|| Finding::new().with("thread", thread))
}

fn no_current_loop(case: &mut Case<'_>) -> Option<Finding> {
    if case.is("DeprecationWarning", "There is no current event loop") {
        return Some(Finding::new());
    }
    // Up to 3.13 the main thread lacks a loop only after somebody has set one; then the cause is another.
    if !case.is("RuntimeError", "There is no current event loop in thread 'MainThread'.") {
        return None;
    }
    let source = case.source()?;
    let mut was_set = case.facts.asyncio.last_mark("loop closed").is_some();
    source.for_each_node(&mut |node| {
        was_set |= node.expr().is_some_and(|expression| matches!(last_name(expression), "set_event_loop" | "Runner"));
        true
    });
    (!was_set).then(Finding::new)
}

fn closed_loop(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "Event loop is closed") {
        return None;
    }
    let mark = loop_mark(case, "loop closed")?;
    let line = mark.spot.line().to_string();
    let closed = place_of(case, Some(mark));
    Some(Finding::new().with("line", line).mark("closed", closed))
}

/// What was last done to the loop whose method is called at the failing place; where that does not show which loop, to any.
fn loop_mark(case: &Case<'_>, what: &'static str) -> Option<Mark> {
    let place = case.place()?;
    let call = CallAt::at(&place.source, place.span);
    let event_loop = call.and_then(|call| call.receiver()).and_then(|receiver| value_at(case, receiver));
    let own = event_loop.and_then(|event_loop| case.facts.asyncio.mark(&event_loop, what));
    own.or_else(|| case.facts.asyncio.last_mark(what)).cloned()
}

fn stopped_too_early(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "Event loop stopped before Future completed.") {
        return None;
    }
    let mark = loop_mark(case, "loop stopped").filter(|mark| mark.is_own)?;
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let waited = CallAt::at(&source, place.span)?.first()?;
    let name = CallAt::of(waited).map_or_else(|| text(&source, waited), |call| text(&source, call.function));
    let line = mark.spot.line().to_string();
    let stopped = place_of(case, Some(mark));
    Some(Finding::new().with("line", line).with("name", name).mark("stopped", stopped))
}

fn future_of_another_loop(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" || !case.message.ends_with(" attached to a different loop") {
        return None;
    }
    let kind = if case.message.contains(" got Future <Task ") { "task" } else { "future" };
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let expression = source.nodes(place.span).into_iter().find_map(Node::expr);
    let value = expression.and_then(|expression| value_at(case, awaited(expression)));
    let made = made(case, value.as_ref());
    Some(Finding::new().with("kind", kind).mark("made", made))
}

fn bound_to_another_loop(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" {
        return None;
    }
    let shown = case.message.strip_suffix(" is bound to a different event loop")?.strip_prefix('<')?;
    let class = shown.split([' ', '>']).next().unwrap_or_default();
    let kind = class.rsplit('.').next().unwrap_or_default().to_owned();
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    // Whatever is named at the place and is of this class.
    let mut names = Vec::new();
    source.for_each_node(&mut |node| {
        if place.span.start <= node.span().start
            && node.span().end <= place.span.end
            && let Some(expression) = node.expr()
            && matches!(expression.kind, ExprKind::Name { .. } | ExprKind::Attribute { .. })
        {
            names.push(expression);
        }
        true
    });
    let is_it = |value: Value| protocol::with_class(case.ctx, &value, |class| class.name_string()) == kind;
    let found = names.into_iter().find(|name| value_at(case, name).is_some_and(is_it));
    let made = found.and_then(|name| assigned(&source, name));
    Some(Finding::new().with("kind", kind).mark("made", made))
}

fn other_thread(case: &mut Case<'_>) -> Option<Finding> {
    let message = "Non-thread-safe operation invoked on an event loop other than the current one";
    case.is("RuntimeError", message).then(Finding::new)
}

// What functions of asyncio are given.

fn wait_for_coroutines(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "Passing coroutines is forbidden, use tasks explicitly.") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let given = CallAt::at(&source, place.span).filter(|call| call.name() == "wait")?.first()?;
    Some(Finding::new().with("tasks", text(&source, given)).mark("effect", source.place(given.span)))
}

/// `gather(f(n) for n in ns)`
fn gather_a_generator(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "An asyncio.Future, a coroutine or an awaitable is required") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span).filter(|call| call.name() == "gather" && call.arguments.len() == 1)?;
    let given = call.first().filter(|given| matches!(given.kind, ExprKind::GeneratorExp { .. }))?;
    let own = text(&source, given);
    let list = if own.starts_with('(') { own.to_owned() } else { format!("({own})") };
    Some(Finding::new().variant("generator").with("list", list).mark("effect", source.place(given.span)))
}

fn gather_a_list(case: &mut Case<'_>) -> Option<Finding> {
    let applies = case.is("TypeError", "unhashable type: 'list'")
        || case.is("TypeError", "cannot use 'list' as a dict key (unhashable type: 'list')");
    if !applies {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span).filter(|call| call.name() == "gather" && call.arguments.len() == 1)?;
    let given = call.first()?;
    Some(Finding::new().with("list", text(&source, given)).mark("effect", source.place(given.span)))
}

fn function_as_task(case: &mut Case<'_>) -> Option<Finding> {
    let got = case.message.strip_prefix("a coroutine was expected, got <")?;
    if case.class != "TypeError" || !(got.starts_with("function ") || got.starts_with("bound method ")) {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span)?;
    let given =
        call.first().filter(|given| matches!(given.kind, ExprKind::Name { .. } | ExprKind::Attribute { .. }))?;
    let defined = source.function(last_name(given)).map(|function| first_line(&source.place(function.head())));
    let own = text(&source, call.expression);
    let at = (given.span.end - call.expression.span.start) as usize;
    let repair = own.get(..at).zip(own.get(at..)).map(|(before, after)| format!("{before}(){after}"))?;
    let finding = Finding::new().with("name", text(&source, given)).with("repair", repair);
    Some(finding.mark("effect", source.place(given.span)).mark("defined", defined))
}

fn not_awaitable(case: &mut Case<'_>) -> Option<Finding> {
    let applies = case.is("TypeError", "An asyncio.Future, a coroutine or an awaitable is required")
        || case.class == "TypeError" && case.message.starts_with("a coroutine was expected, got ");
    if !applies {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span)?;
    let (given, class) = call.arguments.iter().find_map(|argument| Some((argument, class_at(case, argument)?)))?;
    let function = text(&source, call.function);
    let arguments = if call.name() == "gather" { "f(), g()" } else { "f()" };
    let finding = Finding::new()
        .with("call", call.name())
        .with("value", quoted(text(&source, given)))
        .with("type", quoted(class))
        .with("example", format!("{function}({arguments})"));
    Some(finding.mark("effect", source.place(given.span)))
}

/// The class of a value that certainly cannot be awaited: of a literal, or of a name's value.
fn class_at(case: &mut Case<'_>, expression: &Expr) -> Option<String> {
    if let ExprKind::Constant { value, .. } = &expression.kind {
        let class = match value {
            Constant::None => "NoneType",
            Constant::True | Constant::False => "bool",
            Constant::Ellipsis => "ellipsis",
            Constant::Str(_) => "str",
            Constant::Bytes(_) => "bytes",
            Constant::Int(_) | Constant::BigInt(_) => "int",
            Constant::Float(_) => "float",
            Constant::Complex(_) => "complex",
        };
        return Some(class.to_owned());
    }
    let class = match &expression.kind {
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        _ => {
            let value = value_at(case, expression)?;
            let has_await = value.is_kind::<Frame>()
                || future_of(&value).is_some()
                || protocol::with_class(case.ctx, &value, |class| class.lookup(&intern("__await__")).is_some());
            return (!has_await).then(|| protocol::with_class(case.ctx, &value, |class| class.name_string()));
        }
    };
    Some(class.to_owned())
}

fn wait_for_one(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "TypeError" {
        return None;
    }
    let class = case.message.strip_prefix("expect a list of futures, not ")?.to_owned();
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let given = CallAt::at(&source, place.span)?.first()?;
    let finding = Finding::new().with("name", text(&source, given)).with("type", class);
    Some(finding.mark("effect", source.place(given.span)))
}

fn wait_for_nothing(case: &mut Case<'_>) -> Option<Finding> {
    let applies = case.is("ValueError", "Set of Tasks/Futures is empty.")
        || case.is("ValueError", "Set of coroutines/Futures is empty.");
    if !applies {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let Some(given) = CallAt::at(&source, place.span).and_then(|call| call.first()) else {
        return Some(Finding::new());
    };
    let finding = Finding::new().mark("effect", source.place(given.span));
    Some(match assigned(&source, given) {
        Some(cause) => finding.with("name", text(&source, given)).mark("cause", cause),
        None => finding,
    })
}

fn sleep_without_number(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "TypeError" || innermost_library(case) != Some("asyncio.tasks") {
        return None;
    }
    let rest = case.message.strip_prefix("'<=' not supported between instances of '")?;
    let class = rest.strip_suffix("' and 'int'")?.to_owned();
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let given = CallAt::at(&source, place.span).filter(|call| call.name() == "sleep")?.first()?;
    let number = match &given.kind {
        ExprKind::Constant { value: Constant::Str(text), .. } if text.trim().parse::<f64>().is_ok() => {
            text.trim().to_owned()
        }
        _ => "1".to_owned(),
    };
    let value = quoted(text(&source, given));
    let finding = Finding::new().with("value", value).with("number", number).with("type", quoted(class));
    Some(finding.mark("effect", source.place(given.span)))
}

fn called_too_early(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "TypeError" || !case.message.ends_with(" object is not callable") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span)?;
    let index = match call.name() {
        "run_in_executor" => 1,
        "to_thread" => 0,
        _ => return None,
    };
    let given = call.arguments.get(index)?;
    let inner = CallAt::of_call(given)?;
    let function = text(&source, inner.function);
    let mut arguments: Vec<String> = call.arguments[..index].iter().map(|argument| text(&source, argument)).collect();
    arguments.push(function.clone());
    arguments.extend(inner.arguments.iter().map(|argument| text(&source, argument)));
    let repair = format!("{}({})", text(&source, call.function), arguments.join(", "));
    let finding = Finding::new().with("call", text(&source, given)).with("function", function).with("repair", repair);
    Some(finding.mark("effect", source.place(given.span)))
}

// Tasks and futures.

fn dropped_while_pending(case: &mut Case<'_>) -> Option<Finding> {
    if case.occasion != Occasion::Loop || case.message != "Task was destroyed but it is pending!" {
        return None;
    }
    let task = case.subject.clone();
    let mark = case.facts.asyncio.mark(&task, "task created")?.clone();
    let waits = case.facts.asyncio.task_waits(&task)?.clone().place(case.ctx)?;
    let finding = Finding::new()
        .with("task", quoted(task_name(task.downcast_ref::<Task>()?)))
        .with("line", mark.spot.line().to_string())
        .with("call", quoted(awaited_text(&waits)));
    let effect = place_of(case, Some(mark))?;
    Some(finding.mark("effect", effect).mark("waits", waits))
}

fn never_retrieved(case: &mut Case<'_>) -> Option<Finding> {
    if case.occasion != Occasion::Loop || case.message != "Task exception was never retrieved" {
        return None;
    }
    let task = case.subject.clone();
    let line = case.entry()?.line;
    let made = made(case, Some(&task));
    let finding = Finding::new()
        .with("task", quoted(task_name(task.downcast_ref::<Task>()?)))
        .with("line", line.to_string())
        .with("error", quoted(&case.class));
    Some(finding.mark("made", made))
}

fn cancelled(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "asyncio.exceptions.CancelledError" {
        return None;
    }
    let request = case.stack.iter().rev().find_map(|entry| {
        let coroutine = entry.frame.as_ref()?.value();
        case.facts.asyncio.cancellation_of(coroutine).filter(|request| request.mark.is_own).cloned()
    });
    let Cancellation { task, mark } = request?;
    let line = mark.spot.line().to_string();
    let cause = place_of(case, Some(mark))?;
    let finding = Finding::new().with("task", quoted(task)).with("call", cause.text()).with("line", line);
    Some(finding.mark("cancelled", cause))
}

fn timed_out(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "TimeoutError" && case.class != "asyncio.exceptions.TimeoutError" {
        return None;
    }
    if !case.stack.last().is_some_and(is_asyncio) {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let call = CallAt::at(&source, place.span)?;
    let (what, limit) = match call.name() {
        "wait_for" => (call.first()?, call.arguments.get(1).or_else(|| call.keyword("timeout"))?),
        "timeout" => (call.expression, call.first().or_else(|| call.keyword("delay"))?),
        _ => return None,
    };
    let what = match call.name() {
        "timeout" => quoted(format!("async with {}", text(&source, what))),
        _ => quoted(text(&source, what)),
    };
    let waits = interrupted(case);
    Some(Finding::new().with("call", what).with("limit", text(&source, limit)).mark("waits", waits))
}

/// Where the program's own code was when the CancelledError behind a TimeoutError reached it, if that is another line.
fn interrupted(case: &mut Case<'_>) -> Option<Place> {
    let exception = case.exception.downcast::<Exception>()?;
    let [cause, context] = [exception.cause.get(), exception.context.get()];
    let earlier = [cause, context].into_iter().find_map(|value| value.downcast::<Exception>())?;
    let stack = stack_of(case.ctx, &earlier.traceback.get());
    let place = stack.into_iter().rev().find(|entry| entry.library.is_none())?.place?;
    (Some(place.line()) != case.place().map(|place| place.line())).then_some(place)
}

fn not_done(case: &mut Case<'_>) -> Option<Finding> {
    let class = "asyncio.exceptions.InvalidStateError";
    if !case.is(class, "Result is not set.") && !case.is(class, "Exception is not set.") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let receiver = CallAt::at(&source, place.span)?.receiver()?;
    let value = value_at(case, receiver);
    let made = made(case, value.as_ref());
    Some(Finding::new().with("name", text(&source, receiver)).mark("made", made))
}

fn set_twice(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("asyncio.exceptions.InvalidStateError", "invalid state") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let receiver = CallAt::at(&source, place.span)?.receiver()?;
    let future = value_at(case, receiver)?;
    let facts = &case.facts.asyncio;
    let mark = facts.mark(&future, "future set").or_else(|| facts.mark(&future, "future cancelled"))?.clone();
    let line = mark.spot.line().to_string();
    let first = place_of(case, Some(mark));
    Some(Finding::new().with("line", line).with("name", text(&source, receiver)).mark("first", first))
}

fn task_set(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" {
        return None;
    }
    let method = case.message.strip_prefix("Task does not support ")?.strip_suffix(" operation")?.to_owned();
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let task = CallAt::at(&source, place.span)?.receiver().and_then(|receiver| value_at(case, receiver));
    let made = made(case, task.as_ref());
    Some(Finding::new().with("method", method).mark("made", made))
}

fn waits_for_itself(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" || !case.message.starts_with("Task cannot await on itself") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let expression = source.nodes(place.span).into_iter().find_map(Node::expr)?;
    let target = awaited(expression);
    let name = case.entry()?.function.clone();
    let finding = Finding::new().with("name", name).with("target", text(&source, target));
    Some(finding.mark("cause", assigned(&source, target)))
}

fn stop_iteration_escapes(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "coroutine raised StopIteration") {
        return None;
    }
    // The coroutine is not among the entries of this error, but in those of the one behind it.
    let cause = case.exception.downcast::<Exception>()?.cause.get().downcast::<Exception>();
    let stack = cause.map(|cause| stack_of(case.ctx, &cause.traceback.get())).unwrap_or_default();
    let raised = stack.into_iter().rev().find(|entry| entry.library.is_none()).and_then(|entry| entry.place);
    Some(Finding::new().mark("effect", raised))
}

// Task groups, locks, queues.

fn group_failed(case: &mut Case<'_>) -> Option<Finding> {
    if !case.message.starts_with("unhandled errors in a TaskGroup") {
        return None;
    }
    // The block itself is not a task, though its error is in the group.
    let block = case.entry().map(|entry| (entry.file.clone(), entry.function.clone()));
    let mut failed = Vec::new();
    for member in exception_group::members(&case.exception) {
        let Some(traceback) = member.downcast_ref::<Exception>().map(|member| member.traceback.get()) else { continue };
        let mut stack = stack_of(case.ctx, &traceback).into_iter().filter(|entry| entry.library.is_none());
        let Some(first) = stack.next() else { continue };
        if Some((first.file.clone(), first.function.clone())) != block {
            let entry = stack.last().unwrap_or(first);
            failed.push((protocol::with_class(case.ctx, &member, |class| class.name_string()), entry));
        }
    }
    let count = failed.len();
    let (class, entry) = failed.into_iter().next()?;
    let finding = Finding::new()
        .with("count", count.to_string())
        .with("error", quoted(&class))
        .with("class", class)
        .with("line", entry.line.to_string());
    Some(finding.mark("failed", entry.place))
}

fn group_not_entered(case: &mut Case<'_>) -> Option<Finding> {
    let is_closed = case.message.ends_with(" has not been entered") || case.message.ends_with(" is finished");
    if case.class != "RuntimeError" || !case.message.starts_with("TaskGroup ") || !is_closed {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let group = CallAt::at(&source, place.span)?.receiver()?;
    Some(Finding::new().with("name", text(&source, group)).mark("made", assigned(&source, group)))
}

fn released_too_often(case: &mut Case<'_>) -> Option<Finding> {
    let applies = case.is("RuntimeError", "Lock is not acquired.")
        || case.is("ValueError", "BoundedSemaphore released too many times");
    if !applies || !case.stack.last().is_some_and(is_asyncio) {
        return None;
    }
    receiver_of(case, "release")
}

fn queue_empty(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "asyncio.queues.QueueEmpty" {
        return None;
    }
    receiver_of(case, "get_nowait")
}

/// The object whose method is called, and where it was made.
fn receiver_of(case: &mut Case<'_>, method: &str) -> Option<Finding> {
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let receiver = CallAt::at(&source, place.span).filter(|call| call.name() == method)?.receiver()?;
    Some(Finding::new().with("name", text(&source, receiver)).mark("made", assigned(&source, receiver)))
}

fn deadlock(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" || !case.message.starts_with("deadlock: every thread waits") {
        return None;
    }
    let standing = case.facts.asyncio.standing();
    let mut waiting =
        standing.into_iter().filter_map(|standing| Some((standing.function, standing.spot.place(case.ctx)?)));
    let (task, effect) = waiting.next()?;
    let others: Vec<Place> = waiting.map(|(_, place)| place).collect();
    let what = awaited_text(&effect);
    let finding = Finding::new()
        .with("task", quoted(task))
        .with("what", quoted(what))
        .with("line", effect.line().to_string())
        .mark("effect", effect);
    Some(others.into_iter().fold(finding, |finding, place| finding.mark("other", place)))
}

// Asynchronous generators and callbacks.

fn advanced_twice(case: &mut Case<'_>) -> Option<Finding> {
    let applies = ["anext", "asend", "athrow", "aclose"];
    let method = case.message.strip_suffix("(): asynchronous generator is already running")?;
    if case.class != "RuntimeError" || !applies.contains(&method) {
        return None;
    }
    let place = case.place()?;
    let (generator, life) = named_generator(case, &place)?;
    // By now it may have been cancelled, and gone on.
    let waited = case.facts.asyncio.waits_of(generator.value().id()).cloned();
    let inside = waited.and_then(|spot| spot.place(case.ctx));
    let made = life.and_then(|spot| spot.place(case.ctx));
    let finding = Finding::new().mark("effect", first_line(&place)).mark("inside", inside);
    Some(finding.mark("made", made))
}

/// The asynchronous generator that a name at a place stands for, and where it was made.
fn named_generator(case: &Case<'_>, place: &Place) -> Option<(Ref<Frame>, Option<Spot>)> {
    let mut found = None;
    place.source.for_each_node(&mut |node| {
        if found.is_none()
            && place.span.start <= node.span().start
            && node.span().end <= place.span.end
            && let Some(expression) = node.expr()
        {
            found = value_at(case, expression).and_then(|value| value.downcast::<Frame>());
            found.take_if(|frame| !frame.is_async_generator());
        }
        true
    });
    let generator = found?;
    let made = case.facts.life(generator.value()).and_then(|life| life.made.clone());
    Some((generator, made))
}

fn yields_while_closing(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("RuntimeError", "async generator ignored GeneratorExit") {
        return None;
    }
    let place = case.place()?;
    let found = named_generator(case, &place);
    let found = found.filter(|(generator, _)| generator.state.get() == State::Suspended);
    let yielded = found.and_then(|(generator, _)| Spot::of_suspended(&generator).place(case.ctx));
    Some(Finding::new().mark("yielded", yielded))
}

/// The methods that take a function and call it, and at which place among the arguments.
const TAKES_CALLBACK: &[(&str, usize)] = &[
    ("call_soon", 0),
    ("call_soon_threadsafe", 0),
    ("call_later", 1),
    ("call_at", 1),
    ("add_done_callback", 0),
    ("add_signal_handler", 1),
    ("add_reader", 1),
    ("add_writer", 1),
];

fn coroutine_function_as_callback(case: &mut Case<'_>) -> Option<Finding> {
    if case.occasion != Occasion::Warning || case.class != "RuntimeWarning" {
        return None;
    }
    let function = case.message.strip_prefix("coroutine '")?.strip_suffix("' was never awaited")?;
    let function = function.rsplit('.').next()?.to_owned();
    let coroutine = case.subject.downcast::<Frame>()?;
    // The loop called the function: no line of the program did.
    if !case.facts.life(coroutine.value())?.made.as_ref().is_none_or(Spot::is_library) {
        return None;
    }
    let source = Source::named(case.ctx, &coroutine.with_code(|code| code.object.filename.clone()))?;
    let mut found = None;
    source.for_each_node(&mut |node| {
        if let Some(call) = node.expr().and_then(CallAt::of_call)
            && let Some((method, index)) = TAKES_CALLBACK.iter().find(|(method, _)| *method == call.name())
            && let Some(callback) = call.arguments.get(*index)
            && last_name(callback) == function
        {
            found = Some((*method, callback.span));
        }
        true
    });
    let (method, span) = found?;
    let defined = source.function(&function).filter(|function| function.is_async)?;
    let defined = first_line(&source.place(defined.head()));
    let finding = Finding::new().with("method", method).with("function", function);
    Some(finding.mark("effect", source.place(span)).mark("defined", defined))
}
