//! Old forms whose modern form is more than another name.
//!
//! - `@asyncio.coroutine` with `yield from` becomes `async def` with `await` (PEP 492), when nothing in the body or
//!   around the function needs it to be a generator;
//! - coroutines handed to `asyncio.wait` become tasks of the loop at hand;
//! - `asyncio.get_event_loop()` where no loop can be running becomes a loop of the program's own, or `asyncio.run`.
//!
//! The results run on every Python from 3.7 to 3.14 and do the same.

use coil_grammar::ast::{Alias, Comprehension, Expr, ExprKind, FunctionDef, StmtKind};
use coil_grammar::span::Span;
use coil_grammar::token::Token;

use super::finding::{Edit, Finding};
use super::program::{Bound, Makes, Program, ScopeId, Site, StmtSite};
use super::removed::Search;

// ---- @asyncio.coroutine ----

/// `asyncio.coroutine`, used as a decorator or otherwise.
pub(super) fn decorated(search: &Search<'_, '_>, site: &Site<'_>) -> Option<Finding> {
    let row = search.row("asyncio.coroutine")?;
    let program = search.program;
    let written = program.text(site.expr.span);
    let finding = Search::found(row, site.expr.span, written);
    let stmt = program.stmt(site.stmt).stmt;
    let def = match &stmt.kind {
        StmtKind::FunctionDef(def) if def.decorator_list.iter().any(|decorator| std::ptr::eq(decorator, site.expr)) => {
            def
        }
        _ => return matches!(site.expr.kind, ExprKind::Attribute { .. }).then_some(finding),
    };
    let edits = async_def(search, site, def);
    Some(finding.with("function", &*def.name).edits(edits.unwrap_or_default()))
}

/// The edits that make an `async def` of a decorated generator function; `None` when it must stay a generator.
fn async_def(search: &Search<'_, '_>, site: &Site<'_>, def: &FunctionDef) -> Option<Vec<Edit>> {
    let program = search.program;
    let stmt = program.stmt(site.stmt).stmt;
    if def.decorator_list.len() != 1 || is_delegated_to(program, def) {
        return None;
    }
    let at = program.token_at(site.expr.span.start).checked_sub(1).map(|at| program.lexemes[at])?;
    if at.token != Token::At {
        return None;
    }
    let decorator = Span::new(at.span.start, site.expr.span.end);
    let mut edits = vec![Edit::delete(search.layout.with_line(decorator)), Edit::insert(stmt.span.start, "async ")];
    let is_own = |scope: ScopeId| program.function_around(scope).is_some_and(|(around, _)| std::ptr::eq(around, def));
    let mut suspends = false;
    for inner in program.sites().filter(|inner| is_own(inner.scope)) {
        match &inner.expr.kind {
            ExprKind::YieldFrom { value } => {
                suspends = true;
                edits.extend(awaited(program, inner, value)?);
            }
            ExprKind::Yield { value: None } if is_statement(program, inner) => {
                suspends = true;
                let ExprKind::Attribute { value: module, .. } = &site.expr.kind else { return None };
                edits.push(Edit::replace(inner.expr.span, format!("await {}.sleep(0)", program.text(module.span))));
            }
            ExprKind::Yield { .. } | ExprKind::Await { .. } => return None,
            _ => {}
        }
    }
    // Without `yield from`, what the function returns may be a future that the old decorator waited for.
    let returns_call = program.stmts().any(|inner| {
        is_own(inner.scope)
            && matches!(&inner.stmt.kind, StmtKind::Return { value: Some(value) } if matches!(value.kind, ExprKind::Call { .. }))
    });
    (suspends || !returns_call).then_some(edits)
}

/// Whether a generator that stays one delegates to the function: it cannot delegate to a coroutine.
fn is_delegated_to(program: &Program<'_>, def: &FunctionDef) -> bool {
    program.sites().any(|site| {
        let ExprKind::YieldFrom { value } = &site.expr.kind else { return false };
        let ExprKind::Call { func, .. } = &value.kind else { return false };
        let is_this = program.function(func, site.scope).is_some_and(|known| std::ptr::eq(known.def, def));
        let stays = program.function_around(site.scope).is_some_and(|(around, _)| around.decorator_list.is_empty());
        is_this && stays
    })
}

fn is_statement(program: &Program<'_>, site: &Site<'_>) -> bool {
    site.parent.is_none() && matches!(program.stmt(site.stmt).stmt.kind, StmtKind::Expr { .. })
}

/// `yield from value` to `await value`.
fn awaited(program: &Program<'_>, site: &Site<'_>, value: &Expr) -> Option<Vec<Edit>> {
    let start = program.token_at(site.expr.span.start);
    let (keyword, from) = (program.lexemes.get(start)?, program.lexemes.get(start + 1)?);
    if keyword.token != Token::Yield || from.token != Token::From {
        return None;
    }
    let mut edits = vec![Edit::replace(Span::new(keyword.span.start, from.span.end), "await")];
    let is_parenthesised = program.lexemes.get(start + 2)?.span.start < value.span.start;
    match &value.kind {
        ExprKind::Call { func, .. } => {
            // A generator of the program is no awaitable.
            if program.function(func, site.scope).is_some_and(|known| known.makes == Makes::Generator) {
                return None;
            }
        }
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
        ExprKind::BoolOp { .. } | ExprKind::IfExp { .. } | ExprKind::BinOp { .. } => {
            if !is_parenthesised {
                edits.push(Edit::insert(value.span.start, "("));
                edits.push(Edit::insert(value.span.end, ")"));
            }
        }
        _ => return None,
    }
    Some(edits)
}

/// The edits of `from asyncio import coroutine`: the name goes when all functions that carry it change.
pub(super) fn decorator_import(
    search: &Search<'_, '_>,
    site: &StmtSite<'_>,
    names: &[Alias],
    alias: &Alias,
) -> Vec<Edit> {
    let program = search.program;
    let uses = program.sites().filter(|used| {
        matches!(used.expr.kind, ExprKind::Name { .. })
            && program.path(used.expr, used.scope).as_deref() == Some("asyncio.coroutine")
    });
    for used in uses {
        let is_mended = decorated(search, used).is_some_and(|finding| !finding.edits.is_empty());
        if !is_mended {
            return Vec::new();
        }
    }
    match search.without_alias(names, alias) {
        Some(edit) => vec![edit],
        None => vec![Edit::delete(search.layout.with_line(site.stmt.span))],
    }
}

// ---- asyncio.wait ----

/// `asyncio.wait` of coroutines.
pub(super) fn waited(search: &Search<'_, '_>, site: &Site<'_>, args: &[Expr]) -> Option<Finding> {
    let row = search.row("asyncio.wait(coroutines)")?;
    let program = search.program;
    let first = args.first()?;
    let (made, made_by) = match &first.kind {
        ExprKind::Name { id, .. } => {
            let binding = program.only_binding(id, site.scope)?;
            let Bound::Value(made) = binding.what else { return None };
            (made, Some(program.stmt(binding.stmt)))
        }
        _ => (first, None),
    };
    let scope = made_by.map_or(site.scope, |stmt| stmt.scope);
    let (elements, is_whole) = coroutines(program, made, scope);
    if elements.is_empty() || program.expects(site, "TypeError") {
        return None;
    }
    let finding = Search::found(row, site.expr.span, "asyncio.wait").with("tasks", program.text(first.span));
    // Where something else is among them, nobody knows what is evaluated first: the tasks might be left alone.
    let Some((maker, loop_from)) = task_maker(program, site).filter(|_| is_whole) else { return Some(finding) };
    let wrap = |elements: &[Span]| {
        let open = elements.iter().map(|span| Edit::insert(span.start, format!("{maker}(")));
        open.chain(elements.iter().map(|span| Edit::insert(span.end, ")"))).collect()
    };
    let edits: Vec<Edit> = match made_by {
        None => wrap(&elements),
        // The list is made earlier: mend it there, if the loop is known there already.
        Some(stmt) if stmt.scope == site.scope && loop_from.is_none_or(|from| from < stmt.stmt.span.start) => {
            wrap(&elements)
        }
        Some(_) => {
            let name = program.text(first.span);
            vec![Edit::replace(first.span, format!("[{maker}(coro) for coro in {name}]"))]
        }
    };
    Some(finding.edits(edits))
}

/// The coroutine calls among the elements of a display or comprehension, and whether all are.
fn coroutines(program: &Program<'_>, made: &Expr, scope: ScopeId) -> (Vec<Span>, bool) {
    let is_coroutine = |element: &&Expr, scope: ScopeId| match &element.kind {
        ExprKind::Call { func, .. } => program
            .function(func, scope)
            .is_some_and(|known| matches!(known.makes, Makes::Coroutine | Makes::OldCoroutine)),
        _ => false,
    };
    match &made.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } | ExprKind::Set { elts } => {
            let found: Vec<Span> =
                elts.iter().filter(|element| is_coroutine(element, scope)).map(|element| element.span).collect();
            let is_whole = found.len() == elts.len();
            (found, is_whole)
        }
        ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } => {
            let shadows = generators.iter().any(|clause| binds_called_name(clause, elt));
            if !shadows && is_coroutine(&&**elt, scope) { (vec![elt.span], true) } else { (Vec::new(), false) }
        }
        _ => (Vec::new(), false),
    }
}

/// Whether a clause's variable is the very name that the element calls.
fn binds_called_name(clause: &Comprehension, elt: &Expr) -> bool {
    let ExprKind::Call { func, .. } = &elt.kind else { return false };
    match (&func.kind, &clause.target.kind) {
        (ExprKind::Name { id: called, .. }, ExprKind::Name { id, .. }) => called == id,
        _ => false,
    }
}

/// What makes tasks at a place, and where the loop that it needs is bound.
fn task_maker(program: &Program<'_>, site: &Site<'_>) -> Option<(String, Option<u32>)> {
    let ExprKind::Call { func, .. } = &site.expr.kind else { return None };
    if program.is_in_async(site.scope) {
        let ExprKind::Attribute { value, .. } = &func.kind else { return None };
        return Some((format!("{}.create_task", program.text(value.span)), None));
    }
    let around = program.around(site)?;
    let ExprKind::Call { func, .. } = &around.expr.kind else { return None };
    let ExprKind::Attribute { value, attr, .. } = &func.kind else { return None };
    let ExprKind::Name { id, .. } = &value.kind else { return None };
    if &**attr != "run_until_complete" {
        return None;
    }
    let from =
        program.only_binding(id, site.scope).map_or(u32::MAX, |binding| program.stmt(binding.stmt).stmt.span.start);
    Some((format!("{id}.create_task"), Some(from)))
}

// ---- asyncio.get_event_loop() ----

/// `asyncio.get_event_loop()` in code that runs before any loop does.
pub(super) fn loop_without_loop(search: &Search<'_, '_>, site: &Site<'_>) -> Option<Finding> {
    let row = search.row("asyncio.get_event_loop() without a loop")?;
    let program = search.program;
    let sets_loop = program.sites().any(|other| {
        program.path(other.expr, other.scope).as_deref() == Some("asyncio.set_event_loop")
            || matches!(&other.expr.kind, ExprKind::Attribute { attr, .. } if &**attr == "set_event_loop")
    });
    if sets_loop || !runs_with_module(program, site.scope, 0) || program.expects(site, "RuntimeError") {
        return None;
    }
    let finding = Search::found(row, site.expr.span, program.text(site.expr.span));
    Some(finding.edits(own_loop(search, site).unwrap_or_default()))
}

/// How many calls are followed to see who calls a function.
const MAX_CALLERS: u32 = 5;

/// Whether the code of a scope runs only while the module's own statements do: it is no function, or one that is called
/// by such code and used in no other way.
fn runs_with_module(program: &Program<'_>, scope: ScopeId, depth: u32) -> bool {
    if program.is_at_module_level(scope) {
        return true;
    }
    let Some((def, false)) = program.function_around(scope) else { return false };
    if depth > MAX_CALLERS || !def.decorator_list.is_empty() {
        return false;
    }
    let mut calls = 0;
    for site in program.sites() {
        let ExprKind::Name { id, .. } = &site.expr.kind else { continue };
        if *id != def.name || !program.function(site.expr, site.scope).is_some_and(|known| std::ptr::eq(known.def, def))
        {
            continue;
        }
        let is_called = program.around(site).is_some_and(
            |around| matches!(&around.expr.kind, ExprKind::Call { func, .. } if func.span == site.expr.span),
        );
        if !is_called || !runs_with_module(program, site.scope, depth + 1) {
            return false;
        }
        calls += 1;
    }
    calls > 0
}

/// The calls that look for the current loop when none runs.
const NEED_CURRENT_LOOP: &[&str] =
    &["asyncio.Future", "asyncio.as_completed", "asyncio.ensure_future", "asyncio.gather", "asyncio.shield"];

fn own_loop(search: &Search<'_, '_>, site: &Site<'_>) -> Option<Vec<Edit>> {
    let program = search.program;
    let ExprKind::Call { func, .. } = &site.expr.kind else { return None };
    let ExprKind::Attribute { value: module, .. } = &func.kind else { return None };
    let module = program.text(module.span);
    let outside = || {
        let calls = program.sites().filter(|other| !program.is_in_async(other.scope));
        calls.filter_map(|other| match &other.expr.kind {
            ExprKind::Call { func, .. } => program.path(func, other.scope).map(|path| (other, path)),
            _ => None,
        })
    };
    let asks: Vec<&Site<'_>> =
        outside().filter(|(_, path)| path == "asyncio.get_event_loop").map(|(other, _)| other).collect();
    let needs_current = outside().any(|(_, path)| NEED_CURRENT_LOOP.contains(&path.as_str()));
    let is_only = asks.len() == 1;
    let stmt = program.stmt(site.stmt);
    let name = Span::new(func.span.end - "get_event_loop".len() as u32, func.span.end);
    if let StmtKind::Assign { targets, value } = &stmt.stmt.kind
        && let [target] = &targets[..]
        && std::ptr::eq(&**value, site.expr)
        && is_only
    {
        let mut edits = vec![Edit::replace(name, "new_event_loop")];
        if needs_current {
            let text = format!("{module}.set_event_loop({})", program.text(target.span));
            edits.push(search.statement_behind(stmt.stmt, &text));
        }
        return Some(edits);
    }
    if is_only
        && !needs_current
        && let Some(edits) = run(program, site, module)
    {
        return Some(edits);
    }
    // One loop for all, right behind the import.
    if !asks.first().is_some_and(|first| std::ptr::eq(first.expr, site.expr)) {
        return None;
    }
    let binding = program.only_binding(module, Program::MODULE)?;
    let import = program.stmt(binding.stmt);
    let is_top = import.parent.is_none() && matches!(import.stmt.kind, StmtKind::Import { .. });
    let text = format!("{module}.set_event_loop({module}.new_event_loop())");
    is_top.then(|| vec![search.statement_behind(import.stmt, &text)])
}

/// `asyncio.get_event_loop().run_until_complete(main())` to `asyncio.run(main())`.
fn run(program: &Program<'_>, site: &Site<'_>, module: &str) -> Option<Vec<Edit>> {
    let method = program.around(site)?;
    let call = program.around(method)?;
    let ExprKind::Attribute { attr, .. } = &method.expr.kind else { return None };
    let ExprKind::Call { func, args, keywords } = &call.expr.kind else { return None };
    let [main] = &args[..] else { return None };
    let ExprKind::Call { func: called, .. } = &main.kind else { return None };
    let is_coroutine = program
        .function(called, call.scope)
        .is_some_and(|known| matches!(known.makes, Makes::Coroutine | Makes::OldCoroutine));
    let is_run = &**attr == "run_until_complete" && func.span == method.expr.span && keywords.is_empty();
    (is_run && is_coroutine).then(|| vec![Edit::replace(func.span, format!("{module}.run"))])
}
