//! What is given to the event loop or to a class and is no coroutine, or a coroutine that does not wait as it should.

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprKind, StmtKind};

use super::origin::{self, Origin, Sort};
use super::{Case, Finding};
use crate::diagnostics::source::{Node, Source};
use crate::objects::class::Class;
use crate::objects::string::intern;

/// The call of the library at the failing place: its source, what is called, and its arguments.
struct Runner {
    source: Rc<Source>,
    call: coil_grammar::span::Span,
}

impl Runner {
    /// The call that refused an argument, if the case is one of those refusals.
    fn of(case: &Case<'_>) -> Option<Runner> {
        let refused = case.message.starts_with("a coroutine was expected, got ")
            && matches!(&*case.class, "ValueError" | "TypeError")
            || case.is("TypeError", "An asyncio.Future, a coroutine or an awaitable is required")
            || case.is("TypeError", "object async_generator can't be used in 'await' expression")
                && case.stack.last().is_some_and(|entry| entry.library.is_some());
        if !refused {
            return None;
        }
        let place = case.place()?;
        // Where the library awaits, the place is an `await` with the call behind it.
        let node = place.source.nodes(place.span).into_iter().find_map(Node::expr);
        let within = match node.map(|expr| &expr.kind) {
            Some(ExprKind::Await { value }) => value.span,
            _ => place.span,
        };
        let call = place.source.call(within)?.0.span;
        Some(Runner { source: place.source, call })
    }

    fn parts(&self) -> Option<(&Expr, &[Expr])> {
        self.source.call(self.call).map(|(_, func, args)| (func, args))
    }

    /// The argument of this sort.
    fn argument(&self, case: &Case<'_>, sort: Sort) -> Option<(&Expr, &Expr)> {
        let (func, args) = self.parts()?;
        let found = args.iter().find(|arg| origin::sort_of(case, &self.source, arg) == sort)?;
        Some((func, found))
    }
}

pub(super) fn async_generator(case: &mut Case<'_>) -> Option<Finding> {
    of_generator(case, Sort::AsyncGenerator)
}

pub(super) fn generator(case: &mut Case<'_>) -> Option<Finding> {
    of_generator(case, Sort::Generator)
}

/// A generator of this sort where a coroutine was wanted.
fn of_generator(case: &mut Case<'_>, sort: Sort) -> Option<Finding> {
    let runner = Runner::of(case)?;
    let (func, argument) = runner.argument(case, sort)?;
    let origin = Origin::of(case, &runner.source, argument);
    origin.yields.as_ref()?;
    let finding = Finding::new()
        .with("function", origin.function)
        .with("call", origin.text)
        .with("runner", origin::quoted(&runner.source, func))
        .mark("effect", runner.source.place(argument.span));
    Some(finding.mark("cause", origin.yields).mark("made", origin.made))
}

pub(super) fn function(case: &mut Case<'_>) -> Option<Finding> {
    let runner = Runner::of(case)?;
    let (func, argument) = runner.argument(case, Sort::Function)?;
    // `create_task` and the like have a row of their own.
    if origin::last_name(func) != Some("run") {
        return None;
    }
    let source = &runner.source;
    let name = origin::quoted(source, argument);
    let repaired = origin::replaced(source, runner.call, argument.span, &format!("{name}()"));
    let code = origin::resolve(case, argument).and_then(|value| origin::code_of(&value))?;
    let own = Source::named(case.ctx, &code.filename).filter(|_| origin::is_own(case.ctx, &code));
    let def = own.and_then(|own| {
        let span = origin::head(&own, &origin::definition(&own, &code)?);
        Some(own.place(span))
    });
    let finding = Finding::new().with("name", name).with("repaired", repaired);
    Some(finding.mark("effect", source.place(argument.span)).mark("cause", def))
}

/// `asyncio.run(main())` where `main` is an ordinary function.
pub(super) fn plain_result(case: &mut Case<'_>) -> Option<Finding> {
    let value = case.message.strip_prefix("a coroutine was expected, got ")?.to_owned();
    let runner = Runner::of(case)?;
    let (_, args) = runner.parts()?;
    let argument = args.first().filter(|argument| matches!(argument.kind, ExprKind::Call { .. }))?;
    let origin = Origin::of(case, &runner.source, argument);
    let def = origin.def?;
    let value = if value.len() <= 30 { value } else { "...".to_owned() };
    let finding = Finding::new().variant("run").with("function", origin.function).with("value", value);
    Some(finding.mark("effect", runner.source.place(argument.span)).mark("cause", def))
}

/// The `yield` at the failing place.
fn yield_at(source: &Source, case: &Case<'_>) -> Option<(coil_grammar::span::Span, String)> {
    let node = source.nodes(case.place()?.span).into_iter().find_map(|node| match node {
        Node::Expr(expr) if matches!(expr.kind, ExprKind::Yield { .. }) => Some(expr),
        Node::Stmt(statement) => match &statement.kind {
            StmtKind::Expr { value } if matches!(value.kind, ExprKind::Yield { .. }) => Some(value),
            _ => None,
        },
        Node::Expr(_) | Node::Handler(_) => None,
    })?;
    let ExprKind::Yield { value } = &node.kind else { return None };
    let value = value.as_ref().map_or_else(|| "None".to_owned(), |value| origin::quoted(source, value));
    Some((node.span, value))
}

pub(super) fn bare_yield(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "RuntimeError" || !case.message.starts_with("yield was used instead of yield from in task ") {
        return None;
    }
    let source = case.source()?;
    let (span, value) = yield_at(&source, case)?;
    let awaiter = super::caller(case).and_then(|entry| entry.place.clone());
    let finding = Finding::new().with("repaired", format!("yield from {value}")).with("value", value);
    Some(finding.mark("effect", source.place(span)).mark("awaiter", awaiter))
}

pub(super) fn plain_yield(case: &mut Case<'_>) -> Option<Finding> {
    let fits = case.class == "RuntimeError"
        && ["Task got bad yield: ", "yield was used instead of yield from for generator in task "]
            .iter()
            .any(|words| case.message.starts_with(words));
    if !fits {
        return None;
    }
    let source = case.source()?;
    let (span, value) = yield_at(&source, case)?;
    let awaiter = super::caller(case).and_then(|entry| entry.place.clone());
    Some(Finding::new().with("value", value).mark("effect", source.place(span)).mark("awaiter", awaiter))
}

pub(super) fn initializer(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "__init__() should return None, not 'coroutine'") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (call, func, _) = source.call(place.span)?;
    let class = origin::resolve(case, func).filter(|callee| callee.is_kind::<Class>())?;
    let method = class.downcast_ref::<Class>().and_then(|class| class.lookup(&intern("__init__")));
    let code = method.and_then(|method| origin::code_of(&method));
    let own = code.filter(|code| origin::is_own(case.ctx, code));
    let cause = own.and_then(|code| {
        let source = Source::named(case.ctx, &code.filename)?;
        let span = origin::head(&source, &origin::definition(&source, &code)?);
        Some(source.place(span))
    });
    let finding = Finding::new().with("class", origin::quoted(&source, func));
    Some(finding.mark("effect", source.place(call.span)).mark("cause", cause))
}
