//! Coroutines and generators that are used as if they were something else.
//!
//! Each rule looks at one shape (a call whose result is dropped, an `await`, a `for`, a call of the library) and speaks
//! only where the program itself shows what is called: a function of this file that is defined once and undecorated, a
//! literal, or a name imported from the library. What the program expects to fail, because it catches the exception, is
//! left alone.
//!
//! Source: Language Reference 6.4 and 6.2.9 (`await`, `yield`), 8.9 (coroutines); asyncio-task, asyncio-dev ("Running
//! blocking code").

use coil_grammar::ast::{Constant, Expr, ExprKind, FunctionDef, Operator, Stmt, StmtKind};
use coil_grammar::span::Span;

use super::finding::{Edit, Finding};
use super::flow;
use super::program::{Bound, Known, Makes, Program, ScopeKind, Site, StmtSite};
use crate::diagnostics::catalog::Code;

/// Functions of the library that block, and what to write in a coroutine.
const BLOCKING: &[(&str, &str)] = &[
    ("os.system", "await asyncio.create_subprocess_shell(...)"),
    ("requests.delete", "await asyncio.to_thread(requests.delete, ...)"),
    ("requests.get", "await asyncio.to_thread(requests.get, ...)"),
    ("requests.head", "await asyncio.to_thread(requests.head, ...)"),
    ("requests.patch", "await asyncio.to_thread(requests.patch, ...)"),
    ("requests.post", "await asyncio.to_thread(requests.post, ...)"),
    ("requests.put", "await asyncio.to_thread(requests.put, ...)"),
    ("requests.request", "await asyncio.to_thread(requests.request, ...)"),
    ("subprocess.call", "await asyncio.create_subprocess_exec(...)"),
    ("subprocess.check_call", "await asyncio.create_subprocess_exec(...)"),
    ("subprocess.check_output", "await asyncio.create_subprocess_exec(...)"),
    ("subprocess.run", "await asyncio.create_subprocess_exec(...)"),
    ("time.sleep", "await asyncio.sleep(...)"),
    ("urllib.request.urlopen", "await asyncio.to_thread(urllib.request.urlopen, ...)"),
];

/// Coroutine functions of asyncio: calling one does nothing until the coroutine is awaited.
const COROUTINES: &[&str] = &[
    "asyncio.create_subprocess_exec",
    "asyncio.create_subprocess_shell",
    "asyncio.open_connection",
    "asyncio.start_server",
    "asyncio.to_thread",
    "asyncio.wait",
    "asyncio.wait_for",
];

/// Builtins that go through an iterable.
const ITERATING: &[&str] =
    &["all", "any", "dict", "enumerate", "frozenset", "iter", "list", "max", "min", "set", "sorted", "sum", "tuple"];

/// Reports mistakes with coroutines and generators.
pub(super) fn check(program: &Program<'_>, findings: &mut Vec<Finding>) {
    for site in program.stmts() {
        findings.extend(statement(program, site));
    }
    for site in program.sites().filter(|site| site.is_evaluated) {
        findings.extend(expression(program, site));
    }
}

fn name_of(program: &Program<'_>, func: &Expr) -> String {
    program.text(func.span).to_owned()
}

/// The place that says what a function is: its name in its `def`.
fn cause(program: &Program<'_>, known: Known<'_>) -> Span {
    program.name_span(program.stmt(known.stmt).stmt)
}

/// The class of a literal.
fn display_type(expr: &Expr) -> &'static str {
    match expr.kind {
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        _ => "object",
    }
}

/// The function that a call surely calls.
fn called<'a>(program: &Program<'a>, expr: &Expr, scope: super::program::ScopeId) -> Option<Known<'a>> {
    match &expr.kind {
        ExprKind::Call { func, .. } => program.function(func, scope),
        _ => None,
    }
}

fn is_builtin(program: &Program<'_>, func: &Expr, site: &Site<'_>, names: &[&str]) -> bool {
    match &func.kind {
        ExprKind::Name { id, .. } => names.contains(&&**id) && program.bindings(id, site.scope).is_none(),
        _ => false,
    }
}

// ---- Statements ----

fn statement(program: &Program<'_>, site: &StmtSite<'_>) -> Option<Finding> {
    match &site.stmt.kind {
        StmtKind::Expr { value } => dropped(program, site, value).or_else(|| print_to_file(program, site, value)),
        StmtKind::For(for_) => loop_over(program, site, &for_.iter),
        StmtKind::AsyncFor(for_) => match &for_.iter.kind {
            ExprKind::List { .. } | ExprKind::Tuple { .. } | ExprKind::Set { .. } | ExprKind::ListComp { .. } => {
                let header = program.text(Span::new(site.stmt.span.start, for_.iter.span.end));
                let finding = Finding::new(Code::C115, for_.iter.span)
                    .with("value", program.text(for_.iter.span))
                    .with("type", display_type(&for_.iter))
                    .with("repaired", format!("{}:", header.trim_start_matches("async").trim_start()));
                (!program.is_stmt_guarded(site, "TypeError")).then_some(finding)
            }
            _ => None,
        },
        StmtKind::With { items, .. } => items.iter().find_map(|item| plain_with(program, site, &item.context_expr)),
        StmtKind::AsyncWith { items, .. } => items.iter().find_map(|item| {
            let known = called(program, &item.context_expr, site.scope)?;
            let span = item.context_expr.span;
            let call = program.text(span);
            let finding = Finding::new(Code::C119, span)
                .with("call", call)
                .with("function", &*known.def.name)
                .with("repaired", format!("async with await {call}"))
                .label("cause", program.name_span(program.stmt(known.stmt).stmt));
            (known.makes == Makes::Coroutine && !program.is_stmt_guarded(site, "TypeError")).then_some(finding)
        }),
        StmtKind::AsyncFunctionDef(def) if &*def.name == "__init__" => {
            let is_method = matches!(program.scope(site.scope).kind, ScopeKind::Class(_));
            let ScopeKind::Class(class) = program.scope(site.scope).kind else { return None };
            is_method.then(|| {
                let finding = Finding::new(Code::C130, program.header_span(site.stmt));
                finding.with("class", &*class.name)
            })
        }
        StmtKind::Raise { exc: Some(exc), .. } => escaping_stop(program, site, exc),
        StmtKind::Try(try_) => swallowed_exit(program, site, try_),
        StmtKind::While { test, body, .. } => spinning(program, site, test, body),
        StmtKind::If { test, .. } => always_true(program, site, test),
        _ => None,
    }
}

/// `f()` on a line of its own: C101, C126, G007.
fn dropped(program: &Program<'_>, site: &StmtSite<'_>, value: &Expr) -> Option<Finding> {
    let ExprKind::Call { func, .. } = &value.kind else { return None };
    // In such a `try` it is the call itself that is tried.
    if program.is_stmt_guarded(site, "TypeError") {
        return None;
    }
    if let Some(path) = program.path(func, site.scope) {
        if path == "asyncio.sleep" {
            return Some(Finding::new(Code::C126, value.span).with("call", program.text(value.span)));
        }
        if COROUTINES.contains(&path.as_str()) {
            return Some(Finding::new(Code::C101, value.span).with("call", program.text(value.span)));
        }
    }
    let known = program.function(func, site.scope)?;
    let code = match known.makes {
        Makes::Result => return None,
        Makes::Coroutine | Makes::OldCoroutine => Code::C101,
        Makes::Generator | Makes::AsyncGenerator => Code::G007,
    };
    let definition = program.name_span(program.stmt(known.stmt).stmt);
    let finding = Finding::new(code, value.span)
        .with("call", program.text(value.span))
        .with("function", name_of(program, func))
        .with("line", program.line(value.span.start).to_string());
    Some(finding.label("cause", definition))
}

/// `print` alone on a line, which printed an empty line in Python 2 and does nothing today.
fn is_bare_print(program: &Program<'_>, site: &StmtSite<'_>, value: &Expr) -> bool {
    matches!(&value.kind, ExprKind::Name { id, .. } if &**id == "print" && program.bindings(id, site.scope).is_none())
}

/// `print` and `print >> file, x`, which Python 3 reads as an expression: H307.
fn print_to_file(program: &Program<'_>, site: &StmtSite<'_>, value: &Expr) -> Option<Finding> {
    if is_bare_print(program, site, value) {
        let call = format!("{}()", program.text(value.span));
        let finding = Finding::new(Code::H307, value.span).with("name", "print").with("call", call.clone());
        return Some(finding.edits(vec![Edit::replace(value.span, call)]));
    }
    let (shift, values) = match &value.kind {
        ExprKind::Tuple { elts, .. } => elts.split_first()?,
        _ => (value, &[][..]),
    };
    let ExprKind::BinOp { left, op: Operator::RShift, right } = &shift.kind else { return None };
    let ExprKind::Name { id, .. } = &left.kind else { return None };
    if &**id != "print" || program.bindings(id, site.scope).is_some() || program.is_stmt_guarded(site, "TypeError") {
        return None;
    }
    let file = format!("file={}", program.text(right.span));
    let values = values.iter().map(|value| program.text(value.span).to_owned());
    let call = format!("print({})", values.chain([file]).collect::<Vec<_>>().join(", "));
    let finding = Finding::new(Code::H307, value.span).with("name", "print").with("call", call.clone());
    Some(finding.edits(vec![Edit::replace(value.span, call)]))
}

/// `for x in ...` over what is not iterable: C111, C114, G018.
fn loop_over(program: &Program<'_>, site: &StmtSite<'_>, iter: &Expr) -> Option<Finding> {
    if program.is_stmt_guarded(site, "TypeError") || program.is_caught_anywhere("TypeError") {
        return None;
    }
    if let Some(known) = called(program, iter, site.scope) {
        let code = match known.makes {
            Makes::Coroutine => Code::C111,
            Makes::AsyncGenerator => Code::C114,
            Makes::Result | Makes::Generator | Makes::OldCoroutine => return None,
        };
        let header = program.text(Span::new(site.stmt.span.start, iter.span.start));
        let call = program.text(iter.span);
        let repaired = match known.makes {
            Makes::Coroutine => format!("{header}await {call}:"),
            _ => format!("async {header}{call}:"),
        };
        let finding = Finding::new(code, iter.span)
            .with("call", call)
            .with("function", &*known.def.name)
            .with("repaired", repaired);
        return Some(finding.label("cause", cause(program, known)));
    }
    uncalled_generator(program, iter, site.scope)
}

/// G018: a generator function where its generator is meant.
fn uncalled_generator(program: &Program<'_>, iter: &Expr, scope: super::program::ScopeId) -> Option<Finding> {
    let known = program.function(iter, scope)?;
    if known.makes != Makes::Generator {
        return None;
    }
    let needed = known.def.args.posonlyargs.len() + known.def.args.args.len() - known.def.args.defaults.len();
    let needs_more = known.def.args.kw_defaults.iter().any(Option::is_none);
    let edits = if needed == 0 && !needs_more { vec![Edit::insert(iter.span.end, "()")] } else { Vec::new() };
    let name = program.text(iter.span);
    let finding = Finding::new(Code::G018, iter.span).with("function", name).with("repaired", format!("{name}()"));
    Some(finding.label("cause", program.name_span(program.stmt(known.stmt).stmt)).edits(edits))
}

/// `with` of something that only `async with` can enter: C118, L230.
fn plain_with(program: &Program<'_>, site: &StmtSite<'_>, manager: &Expr) -> Option<Finding> {
    if program.is_stmt_guarded(site, "TypeError") || program.is_caught_anywhere("TypeError") {
        return None;
    }
    let made = match &manager.kind {
        ExprKind::Name { id, .. } => match program.only_binding(id, site.scope)?.what {
            Bound::Value(value) => value,
            _ => return None,
        },
        _ => manager,
    };
    let ExprKind::Call { func, .. } = &made.kind else { return None };
    let path = program.path(func, site.scope)?;
    let is_async = matches!(
        path.as_str(),
        "asyncio.timeout"
            | "asyncio.timeout_at"
            | "asyncio.TaskGroup"
            | "asyncio.Semaphore"
            | "asyncio.Condition"
            | "asyncio.BoundedSemaphore"
    ) || path == "asyncio.Lock";
    let repaired = format!("async {}", program.text(Span::new(site.stmt.span.start, manager.span.end)));
    is_async.then(|| {
        let finding = Finding::new(Code::C118, manager.span).with("type", path.replace("asyncio.", ""));
        finding.with("repaired", repaired).label("made", made.span)
    })
}

/// `raise StopIteration` in a generator or coroutine: G004, L238.
fn escaping_stop(program: &Program<'_>, site: &StmtSite<'_>, exc: &Expr) -> Option<Finding> {
    let class = match &exc.kind {
        ExprKind::Call { func, .. } => func,
        _ => exc,
    };
    let ExprKind::Name { id, .. } = &class.kind else { return None };
    let is_caught = program.is_stmt_guarded(site, "StopIteration") || program.is_caught_anywhere("RuntimeError");
    if &**id != "StopIteration" || program.bindings(id, site.scope).is_some() || is_caught {
        return None;
    }
    let (def, is_async) = program.function_around(site.scope)?;
    let yields = program.scope(program.function_scope(site.scope)).yields;
    let code = match (is_async, yields) {
        (true, false) => Code::L238,
        (false, true) => Code::G004,
        _ => return None,
    };
    Some(Finding::new(code, site.stmt.span).with("function", &*def.name))
}

/// A bare `except:` around a `yield` after which the generator yields again: G005.
fn swallowed_exit(program: &Program<'_>, site: &StmtSite<'_>, try_: &coil_grammar::ast::Try) -> Option<Finding> {
    let (_, is_async) = program.function_around(site.scope)?;
    let is_generator = program.scope(program.function_scope(site.scope)).yields;
    if is_async || !is_generator || !yields_in(&try_.body) || program.is_caught_anywhere("GeneratorExit") {
        return None;
    }
    let handler = try_.handlers.iter().find(|handler| match handler.type_.as_deref().map(|expr| &expr.kind) {
        None => true,
        Some(ExprKind::Name { id, .. }) => &**id == "BaseException",
        Some(_) => false,
    })?;
    let goes_on = handler.body.iter().all(flow::can_go_on);
    let yields_again = yields_in(&handler.body) || in_loop(program, site);
    let clause = Span::new(handler.span.start, handler.span.start + 6);
    (goes_on && yields_again && !mentions_raise(&handler.body)).then(|| {
        let end = handler.type_.as_ref().map_or(clause.end, |class| class.span.end);
        let text = format!("{}:", program.text(Span::new(clause.start, end)));
        let line = program.line(handler.span.start).to_string();
        Finding::new(Code::G005, clause).form("check").with("clause", text).with("line", line)
    })
}

fn mentions_raise(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::Raise { .. } | StmtKind::Return { .. } | StmtKind::Break => true,
        _ => flow::inner(stmt).into_iter().any(mentions_raise),
    })
}

fn in_loop(program: &Program<'_>, site: &StmtSite<'_>) -> bool {
    let mut at = site.parent;
    while let Some(id) = at {
        let around = program.stmt(id);
        match &around.stmt.kind {
            StmtKind::For(_) | StmtKind::AsyncFor(_) | StmtKind::While { .. } => return true,
            StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => return false,
            _ => at = around.parent,
        }
    }
    false
}

/// Whether the statements of a block (not of functions in it) yield.
fn yields_in(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => false,
        StmtKind::Expr { value } | StmtKind::Assign { value, .. } => {
            matches!(value.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. })
        }
        _ => flow::inner(stmt).into_iter().any(yields_in),
    })
}

/// `while True: yield from it`, where `it` can be gone through once only: G031.
fn spinning(program: &Program<'_>, site: &StmtSite<'_>, test: &Expr, body: &[Stmt]) -> Option<Finding> {
    if let Some(finding) = always_true(program, site, test) {
        return Some(finding);
    }
    let [Stmt { kind: StmtKind::Expr { value }, .. }] = body else { return None };
    let ExprKind::YieldFrom { value: delegate } = &value.kind else { return None };
    let ExprKind::Name { id, .. } = &delegate.kind else { return None };
    let endless = matches!(&test.kind, ExprKind::Constant { value: Constant::True | Constant::Int(1), .. });
    let Bound::Value(made) = program.only_binding(id, site.scope)?.what else { return None };
    let is_once = match &made.kind {
        ExprKind::GeneratorExp { .. } => true,
        ExprKind::Call { func, .. } => {
            program.function(func, site.scope).is_some_and(|known| known.makes == Makes::Generator)
                || matches!(&func.kind, ExprKind::Name { id, .. } if is_iterator_class(program, id, site))
        }
        _ => false,
    };
    (endless && is_once).then(|| {
        let finding = Finding::new(Code::G031, value.span).form("check").with("value", &**id);
        finding.with("line", program.line(made.span.start).to_string()).label("cause", program.header_span(site.stmt))
    })
}

/// Whether a name is a class of the program whose objects are their own iterators.
fn is_iterator_class(program: &Program<'_>, name: &str, site: &StmtSite<'_>) -> bool {
    let Some(binding) = program.only_binding(name, site.scope) else { return false };
    let Bound::Class { def, scope } = binding.what else { return false };
    let [iter] = program.own_bindings(scope, "__iter__") else { return false };
    let Bound::Function { def: iter, is_async: false, .. } = iter.what else { return false };
    def.bases.is_empty() && returns_self(iter) && !program.own_bindings(scope, "__next__").is_empty()
}

fn returns_self(def: &FunctionDef) -> bool {
    let Some(first) = def.args.args.first() else { return false };
    match &def.body[..] {
        [Stmt { kind: StmtKind::Return { value: Some(value) }, .. }] => {
            matches!(&value.kind, ExprKind::Name { id, .. } if *id == first.arg)
        }
        _ => false,
    }
}

/// `if f():` with a coroutine function `f`: C125.
fn always_true(program: &Program<'_>, site: &StmtSite<'_>, test: &Expr) -> Option<Finding> {
    let known = called(program, test, site.scope)?;
    let call = program.text(test.span);
    (known.makes == Makes::Coroutine).then(|| {
        let finding = Finding::new(Code::C125, test.span).with("call", call);
        finding.with("repaired", format!("await {call}"))
    })
}

// ---- Expressions ----

fn expression(program: &Program<'_>, site: &Site<'_>) -> Option<Finding> {
    match &site.expr.kind {
        ExprKind::Await { value } => awaited(program, site, value),
        ExprKind::YieldFrom { value } => delegated(program, site, value),
        ExprKind::Call { func, args, .. } => call(program, site, func, args),
        ExprKind::Subscript { value, slice, .. } => {
            let known = called(program, value, site.scope);
            let is_generator = matches!(value.kind, ExprKind::GeneratorExp { .. })
                || known.is_some_and(|known| known.makes == Makes::Generator);
            let is_coroutine = known.is_some_and(|known| known.makes == Makes::Coroutine);
            if program.expects(site, "TypeError") || !(is_generator || is_coroutine) {
                return None;
            }
            let code = if is_generator { Code::G010 } else { Code::C113 };
            let call = program.text(value.span);
            let rest = program.text(Span::new(value.span.end, site.expr.span.end));
            let finding = Finding::new(code, site.expr.span)
                .with("name", call)
                .with("call", call)
                .with("index", program.text(slice.span))
                .with("repaired", format!("(await {call}){rest}"));
            Some(match known {
                Some(known) => finding.with("function", &*known.def.name).label("cause", cause(program, known)),
                None => finding,
            })
        }
        ExprKind::Attribute { value, attr, .. } => {
            let known = called(program, value, site.scope)?;
            let is_own =
                attr.starts_with("__") || attr.starts_with("cr_") || matches!(&**attr, "send" | "throw" | "close");
            let is_wrong = known.makes == Makes::Coroutine && !is_own && !program.expects(site, "AttributeError");
            let call = program.text(value.span);
            is_wrong.then(|| {
                let finding = Finding::new(Code::C113, site.expr.span).with("call", call);
                let finding = finding.with("repaired", format!("(await {call}).{attr}"));
                finding.with("function", &*known.def.name).label("cause", cause(program, known))
            })
        }
        ExprKind::BinOp { left, right, .. } => {
            let (side, known) = [left, right].into_iter().find_map(|side| {
                let known = called(program, side, site.scope).filter(|known| known.makes == Makes::Coroutine)?;
                Some((side, known))
            })?;
            let call = program.text(side.span);
            let whole = program.text(site.expr.span);
            let operator = program.text(Span::new(left.span.end, right.span.start));
            (!program.expects(site, "TypeError")).then(|| {
                let finding = Finding::new(Code::C120, side.span)
                    .with("call", call)
                    .with(
                        "operator",
                        operator.trim_matches(|letter: char| letter.is_whitespace() || "()\\".contains(letter)),
                    )
                    .with("repaired", whole.replacen(call, &format!("await {call}"), 1));
                finding.with("function", &*known.def.name).label("cause", cause(program, known))
            })
        }
        _ => None,
    }
}

fn called_name(program: &Program<'_>, expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Call { func, .. } => name_of(program, func),
        _ => program.text(expr.span).to_owned(),
    }
}

/// `await` of what cannot be awaited: C103 to C107, C117.
fn awaited(program: &Program<'_>, site: &Site<'_>, value: &Expr) -> Option<Finding> {
    if program.expects(site, "TypeError") {
        return None;
    }
    let text = program.text(value.span);
    let error = |code| {
        let function = called_name(program, value);
        let finding = Finding::new(code, site.expr.span).with("function", function.clone()).with("name", function);
        Some(finding.with("call", text).with("value", text).with("repaired", format!("await {text}()")))
    };
    match &value.kind {
        ExprKind::Call { func, args, .. } => {
            if program.path(func, site.scope).as_deref() == Some("time.sleep") {
                let seconds = args.first().map_or("...", |seconds| program.text(seconds.span));
                return error(Code::C104).map(|finding| finding.form("check").with("seconds", seconds));
            }
            if is_builtin(program, func, site, &["print", "input", "len", "range", "open"]) {
                return error(Code::C103).map(|finding| finding.form("check"));
            }
            let known = program.function(func, site.scope)?;
            match known.makes {
                Makes::Generator => error(Code::C106),
                Makes::AsyncGenerator => error(Code::C117),
                Makes::Result if !returns_value(&known.def.body) => {
                    error(Code::C103).map(|finding| finding.form("check").label("cause", cause(program, known)))
                }
                Makes::Result | Makes::Coroutine | Makes::OldCoroutine => None,
            }
        }
        ExprKind::List { .. } | ExprKind::Tuple { .. } | ExprKind::ListComp { .. } => {
            error(Code::C105).map(|finding| finding.form("check").with("type", display_type(value)))
        }
        ExprKind::Name { .. } => {
            let known = program.function(value, site.scope)?;
            let finding = (known.makes == Makes::Coroutine).then(|| error(Code::C107)).flatten()?;
            Some(finding.label("cause", cause(program, known)))
        }
        _ => None,
    }
}

fn returns_value(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::Return { value } => value.is_some(),
        StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => false,
        _ => flow::inner(stmt).into_iter().any(returns_value),
    })
}

/// `yield from` what cannot be delegated to: C112, G017.
fn delegated(program: &Program<'_>, site: &Site<'_>, value: &Expr) -> Option<Finding> {
    let (def, is_async) = program.function_around(site.scope)?;
    if is_async || !def.decorator_list.is_empty() || program.expects(site, "TypeError") {
        return None;
    }
    if let ExprKind::Constant { value: Constant::Int(_) | Constant::Float(_) | Constant::None, .. } = &value.kind {
        let class = match value.kind {
            ExprKind::Constant { value: Constant::Float(_), .. } => "float",
            ExprKind::Constant { value: Constant::Int(_), .. } => "int",
            _ => "NoneType",
        };
        let finding = Finding::new(Code::G017, site.expr.span).with("value", program.text(value.span));
        return Some(finding.with("class", class));
    }
    let known = called(program, value, site.scope)?;
    (known.makes == Makes::Coroutine).then(|| {
        let finding = Finding::new(Code::C112, site.expr.span).with("call", program.text(value.span));
        finding.with("function", &*def.name)
    })
}

fn call(program: &Program<'_>, site: &Site<'_>, func: &Expr, args: &[Expr]) -> Option<Finding> {
    if let Some(path) = program.path(func, site.scope)
        && let Some(finding) = library_call(program, site, &path, args)
    {
        return Some(finding);
    }
    if is_builtin(program, func, site, &["input"]) && runs_in_async(program, site) {
        return Some(blocking(program, site, "input", "await asyncio.to_thread(input, ...)"));
    }
    if is_builtin(program, func, site, &["open"]) && runs_in_async(program, site) && site.loops > 0 {
        return Some(Finding::new(Code::K603, site.expr.span).with("name", "open"));
    }
    let first = args.first();
    if let Some(first) = first.filter(|_| is_builtin(program, func, site, ITERATING))
        && !program.expects(site, "TypeError")
        && let Some(finding) = uncalled_generator(program, first, site.scope)
    {
        return Some(finding);
    }
    if let Some(first) = first.filter(|_| is_builtin(program, func, site, &["len", "next"]))
        && !program.expects(site, "TypeError")
    {
        return len_or_next(program, site, func, first);
    }
    method_call(program, site, func, args)
}

fn len_or_next(program: &Program<'_>, site: &Site<'_>, func: &Expr, first: &Expr) -> Option<Finding> {
    let makes = called(program, first, site.scope).map(|known| known.makes);
    let is_next = matches!(&func.kind, ExprKind::Name { id, .. } if &**id == "next");
    let code = match (is_next, &first.kind, makes) {
        (false, ExprKind::GeneratorExp { .. }, _) | (false, _, Some(Makes::Generator)) => Code::G011,
        (true, ExprKind::List { .. } | ExprKind::Tuple { .. } | ExprKind::Dict { .. } | ExprKind::Set { .. }, _) => {
            Code::G019
        }
        (true, _, Some(Makes::Coroutine)) => Code::C129,
        _ => return None,
    };
    let text = program.text(first.span);
    let finding = Finding::new(code, site.expr.span).with("name", text).with("call", text);
    Some(finding.with("class", display_type(first)))
}

/// Whether a call runs in a coroutine: not in a lambda or a function inside it.
fn runs_in_async(program: &Program<'_>, site: &Site<'_>) -> bool {
    program.is_in_async(site.scope)
}

fn blocking(program: &Program<'_>, site: &Site<'_>, name: &str, instead: &str) -> Finding {
    let finding = Finding::new(Code::L220, site.expr.span).form("check").with("call", program.text(site.expr.span));
    finding.with("name", name).with("instead", instead)
}

fn library_call(program: &Program<'_>, site: &Site<'_>, path: &str, args: &[Expr]) -> Option<Finding> {
    let span = site.expr.span;
    let is_awaited = program.around(site).is_some_and(|around| matches!(around.expr.kind, ExprKind::Await { .. }));
    if let Ok(at) = BLOCKING.binary_search_by_key(&path, |(name, _)| name) {
        return (runs_in_async(program, site) && !is_awaited).then(|| blocking(program, site, path, BLOCKING[at].1));
    }
    let first = args.first();
    let function = first.and_then(|first| program.function(first, site.scope));
    let made = first.and_then(|first| called(program, first, site.scope)).map(|known| known.makes);
    let argument = first.map_or("", |first| program.text(first.span));
    let text = program.text(span);
    let callee = &text[..text.find('(').unwrap_or(text.len())];
    let fails = |code| {
        let finding = Finding::new(code, span)
            .with("name", argument)
            .with("value", argument)
            .with("awaitable", argument)
            .with("list", argument)
            .with("call", text)
            .with("runner", format!("{callee}()"))
            .with("repaired", format!("{callee}({argument}())"))
            .with("repair", format!("{callee}({argument}())"));
        Some(match function {
            Some(known) => finding.label("cause", cause(program, known)).label("defined", cause(program, known)),
            None => finding,
        })
    };
    match path {
        "asyncio.run" => {
            if runs_in_async(program, site) {
                return if program.expects(site, "RuntimeError") { None } else { fails(Code::L201) };
            }
            if program.expects(site, "ValueError") || program.expects(site, "TypeError") {
                return None;
            }
            match (function.map(|known| known.makes), made) {
                (Some(Makes::Coroutine), _) => fails(Code::C123),
                (_, Some(Makes::AsyncGenerator)) => fails(Code::C122).map(|finding| {
                    finding.with("function", argument.split('(').next().unwrap_or_default()).form("check")
                }),
                _ => None,
            }
        }
        "asyncio.create_task" if matches!(program.scope(site.scope).kind, ScopeKind::Module) => {
            if program.expects(site, "RuntimeError") { None } else { fails(Code::L203) }
        }
        "asyncio.create_task" | "asyncio.ensure_future" => {
            let is_function = function.is_some_and(|known| known.makes == Makes::Coroutine);
            if is_function && !program.expects(site, "TypeError") { fails(Code::L236) } else { None }
        }
        "asyncio.gather" => {
            let is_list = matches!(args, [Expr { kind: ExprKind::List { .. } | ExprKind::ListComp { .. }, .. }]);
            if is_list && !program.expects(site, "TypeError") { fails(Code::L214) } else { None }
        }
        "asyncio.wait" => {
            let is_empty = first.is_some_and(|first| match &first.kind {
                ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => elts.is_empty(),
                _ => false,
            });
            if is_empty && !program.expects(site, "ValueError") { fails(Code::L217) } else { None }
        }
        "asyncio.sleep" => {
            let is_text = first.is_some_and(|first| {
                matches!(first.kind, ExprKind::Constant { value: Constant::Str(_), .. } | ExprKind::JoinedStr { .. })
            });
            if !is_text || program.expects(site, "TypeError") {
                return None;
            }
            let number = argument.trim_matches(['"', '\'']);
            let number = if number.parse::<f64>().is_ok() { number } else { "1" };
            fails(Code::L242).map(|finding| finding.with("number", number).with("type", "str"))
        }
        _ => None,
    }
}

/// Methods that nothing else has: of event loops, and Python 2's `next`.
fn method_call(program: &Program<'_>, site: &Site<'_>, func: &Expr, args: &[Expr]) -> Option<Finding> {
    let ExprKind::Attribute { value, attr, .. } = &func.kind else { return None };
    match (&**attr, args) {
        ("run_in_executor", [_, work, ..]) => {
            let known = called(program, work, site.scope)?;
            let is_wrong = match known.makes {
                Makes::Result => !returns_value(&known.def.body),
                Makes::Coroutine => true,
                _ => false,
            };
            (is_wrong && !program.expects(site, "TypeError")).then(|| {
                let call = program.text(work.span);
                let before = program.text(Span::new(site.expr.span.start, work.span.start));
                let function = called_name(program, work);
                let finding = Finding::new(Code::L231, work.span).with("call", call);
                finding.with("repair", format!("{before}{function})")).with("function", function)
            })
        }
        ("call_soon" | "call_soon_threadsafe", [callback, ..]) | ("call_later" | "call_at", [_, callback, ..]) => {
            let known = program.function(callback, site.scope)?;
            (known.makes == Makes::Coroutine).then(|| {
                let finding = Finding::new(Code::L241, site.expr.span).with("method", &**attr);
                finding.with("function", &*known.def.name).label("defined", cause(program, known))
            })
        }
        ("next", []) => {
            let made = match &value.kind {
                ExprKind::Name { id, .. } => match program.only_binding(id, site.scope)?.what {
                    Bound::Value(made) => made,
                    _ => return None,
                },
                _ => value,
            };
            let is_generator = match &made.kind {
                ExprKind::GeneratorExp { .. } => true,
                ExprKind::Call { func, .. } => {
                    is_builtin(program, func, site, &["iter"])
                        || program.function(func, site.scope).is_some_and(|known| known.makes == Makes::Generator)
                }
                _ => false,
            };
            if !is_generator || program.expects(site, "AttributeError") {
                return None;
            }
            let name = program.text(value.span);
            let edits = vec![
                Edit::insert(site.expr.span.start, "next("),
                Edit::replace(Span::new(value.span.end, site.expr.span.end), ")"),
            ];
            Some(Finding::new(Code::G023, site.expr.span).with("name", name).edits(edits))
        }
        _ => None,
    }
}
