//! A coroutine or asynchronous generator used as if it were its result: `await` or `async` is missing, or too much.

use std::rc::Rc;

use coil_grammar::ast::{Comprehension, Expr, ExprKind, Stmt, StmtKind};
use coil_grammar::span::Span;

use super::origin::{self, Origin, Sort};
use super::{Case, Finding};
use crate::diagnostics::source::{self, Node, Source};
use crate::objects::class::Class;
use crate::objects::exception::Exception;
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::tuple::Tuple;

/// Classes that a plain `for` goes through, by name.
const ITERABLES: &[&str] = &[
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "str",
    "bytes",
    "bytearray",
    "range",
    "generator",
    "enumerate",
    "zip",
    "map",
    "filter",
    "reversed",
    "dict_keys",
    "dict_values",
    "dict_items",
    "deque",
    "list_iterator",
    "_io.TextIOWrapper",
    "TextIOWrapper",
    "Counter",
    "defaultdict",
    "OrderedDict",
];

/// The part of the failing code that uses a coroutine or asynchronous generator wrongly, and that one in it.
struct Misuse<'a> {
    /// What uses it.
    user: Node<'a>,
    /// The expression.
    used: &'a Expr,
}

impl<'a> Misuse<'a> {
    /// Looks for an expression of this sort around the failing place: what is proven to be one, else what the use that
    /// fails is applied to, since the message says that this is one.
    fn of(case: &Case<'_>, source: &'a Source, span: Span, sort: Sort) -> Option<Misuse<'a>> {
        let nodes = source.nodes(span);
        let mut applied = None;
        for (index, user) in nodes.iter().enumerate() {
            let parts = parts_of(*user);
            if let Node::Expr(whole) = user
                && index == 0
                && origin::sort_of(case, source, whole) == sort
            {
                // The failing place is the coroutine itself: what uses it is further out.
                let user = nodes.get(1).copied().unwrap_or(*user);
                return Some(Misuse { user, used: whole });
            }
            if let Some(used) = parts.iter().copied().find(|part| origin::sort_of(case, source, part) == sort) {
                return Some(Misuse { user: *user, used });
            }
            if index == 0 && applied.is_none() {
                applied = subject_of(*user).map(|used| Misuse { user: *user, used });
            }
            if user.stmt().is_some() {
                break;
            }
        }
        applied.or_else(|| deeper(case, source, *nodes.first()?, sort))
    }
}

/// The first proven one anywhere in an expression.
fn deeper<'a>(case: &Case<'_>, source: &'a Source, node: Node<'a>, sort: Sort) -> Option<Misuse<'a>> {
    let roots: Vec<Node<'a>> = parts_of(node).into_iter().map(Node::Expr).collect();
    let mut found = None;
    source::walk(roots, &mut |inner| {
        if let Node::Expr(expr) = inner
            && found.is_none()
            && origin::sort_of(case, source, expr) == sort
        {
            found = Some(expr);
        }
        let is_waited =
            matches!(inner, Node::Expr(expr) if matches!(expr.kind, ExprKind::Await { .. } | ExprKind::Lambda { .. }));
        found.is_none() && !is_waited
    });
    found.map(|used| Misuse { user: node, used })
}

/// What an operation is applied to, when it has just one such operand.
fn subject_of<'a>(node: Node<'a>) -> Option<&'a Expr> {
    let Node::Expr(expr) = node else { return None };
    match &expr.kind {
        ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => Some(value),
        ExprKind::Call { func, .. } if matches!(func.kind, ExprKind::Call { .. }) => Some(func),
        ExprKind::UnaryOp { operand, .. } => Some(operand),
        _ => None,
    }
}

/// The expressions that a node works with, without the bodies of statements.
fn parts_of<'a>(node: Node<'a>) -> Vec<&'a Expr> {
    match node {
        Node::Expr(expr) => match &expr.kind {
            ExprKind::Subscript { value, slice, .. } => vec![value, slice],
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } | ExprKind::YieldFrom { value } => {
                vec![value]
            }
            ExprKind::UnaryOp { operand, .. } => vec![operand],
            ExprKind::BinOp { left, right, .. } => vec![left, right],
            ExprKind::Compare { left, comparators, .. } => std::iter::once(&**left).chain(comparators).collect(),
            ExprKind::Call { func, args, keywords } => {
                let keywords = keywords.iter().map(|keyword| &keyword.value);
                let args = args.iter().map(|arg| match &arg.kind {
                    ExprKind::Starred { value, .. } => &**value,
                    _ => arg,
                });
                std::iter::once(&**func).chain(args).chain(keywords).collect()
            }
            ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } | ExprKind::Set { elts } => {
                elts.iter().collect()
            }
            ExprKind::Dict { values, .. } => values.iter().collect(),
            ExprKind::ListComp { generators, .. }
            | ExprKind::SetComp { generators, .. }
            | ExprKind::DictComp { generators, .. }
            | ExprKind::GeneratorExp { generators, .. } => generators.iter().map(|clause| &clause.iter).collect(),
            ExprKind::JoinedStr { values } => values.iter().collect(),
            ExprKind::FormattedValue { value, .. } => vec![value],
            _ => Vec::new(),
        },
        Node::Stmt(statement) => match &statement.kind {
            StmtKind::Assign { targets, value } => std::iter::once(&**value).chain(targets).collect(),
            StmtKind::AugAssign { target, value, .. } => vec![value, target],
            StmtKind::AnnAssign { value: Some(value), .. } | StmtKind::Expr { value } => vec![value],
            StmtKind::Return { value: Some(value) } => vec![value],
            StmtKind::For(parts) | StmtKind::AsyncFor(parts) => vec![&parts.iter],
            StmtKind::With { items, .. } | StmtKind::AsyncWith { items, .. } => {
                items.iter().map(|item| &item.context_expr).collect()
            }
            StmtKind::Delete { targets } => targets.iter().collect(),
            StmtKind::Raise { exc: Some(exc), .. } => vec![exc],
            _ => Vec::new(),
        },
        Node::Handler(_) => Vec::new(),
    }
}

/// What a node is replaced by in the help: of a statement with a body only the first line.
fn shown_part(source: &Source, node: Node<'_>) -> Span {
    match node {
        Node::Stmt(statement) => header(source, statement),
        Node::Expr(expression) => expression.span,
        Node::Handler(handler) => handler.span,
    }
}

/// The first line of a statement, or the whole of it when it has no body.
fn header(source: &Source, statement: &Stmt) -> Span {
    let last = match &statement.kind {
        StmtKind::For(parts) | StmtKind::AsyncFor(parts) => parts.iter.span.end,
        StmtKind::With { items, .. } | StmtKind::AsyncWith { items, .. } => items
            .last()
            .map_or(0, |item| item.optional_vars.as_ref().map_or(item.context_expr.span.end, |target| target.span.end)),
        StmtKind::If { test, .. } | StmtKind::While { test, .. } => test.span.end,
        _ => return statement.span,
    };
    origin::to_colon(source, statement.span.start, last.max(statement.span.start))
}

/// The finding that most of these rules have.
fn finding(case: &mut Case<'_>, source: &Rc<Source>, misuse: &Misuse<'_>, repaired: String) -> Finding {
    let origin = Origin::of(case, source, misuse.used);
    let function = if origin.def.is_some() { origin.function } else { origin.call.clone() };
    Finding::new()
        .with("call", origin.text)
        .with("function", function)
        .with("repaired", repaired)
        .mark("effect", source.place(misuse.used.span))
        .mark("cause", origin.def)
        .mark("made", origin.made)
}

/// Finds the coroutine that is used without `await`, for a message that says so.
fn without_await(case: &mut Case<'_>) -> Option<Finding> {
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let misuse = Misuse::of(case, &source, place.span, Sort::Coroutine)?;
    let outer = with_trailers(&source, shown_part(&source, misuse.user), misuse.used);
    let repaired = origin::with_await(&source, outer, misuse.used);
    Some(finding(case, &source, &misuse, repaired))
}

/// An attribute or item of a coroutine with what is done with that in turn: all of `f().a[0]()`.
fn with_trailers(source: &Source, own: Span, used: &Expr) -> Span {
    let mut span = own;
    for node in source.nodes(own) {
        let Node::Expr(expr) = node else { break };
        let base = match &expr.kind {
            ExprKind::Call { func: base, .. }
            | ExprKind::Attribute { value: base, .. }
            | ExprKind::Subscript { value: base, .. } => base.span,
            _ => break,
        };
        if base == span && own.start == used.span.start {
            span = expr.span;
        } else if expr.span != span {
            break;
        }
    }
    span
}

pub(super) fn delegated_to(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "cannot 'yield from' a coroutine object in a non-coroutine generator") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let node = source.nodes(place.span).into_iter().find_map(Node::expr)?;
    let operand = match &node.kind {
        ExprKind::YieldFrom { value } => value,
        _ => node,
    };
    let function = source.enclosing_function(operand.span)?;
    let head = source.place(origin::head(&source, &function));
    let call = origin::quoted(&source, operand);
    let finding = Finding::new().with("call", call).with("function", &*function.def.name);
    Some(finding.mark("effect", source.place(operand.span)).mark("cause", head))
}

pub(super) fn plain_loop(case: &mut Case<'_>) -> Option<Finding> {
    let is_next = case.is("TypeError", "'async_generator' object is not an iterator");
    let is_loop = case.class == "TypeError"
        && (case.message == "'async_generator' object is not iterable"
            || case.message == "cannot unpack non-iterable async_generator object"
            || case.message == "argument of type 'async_generator' is not iterable"
            || case.message.ends_with("must be an iterable, not async_generator"));
    if !is_next && !is_loop {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let misuse = Misuse::of(case, &source, place.span, Sort::AsyncGenerator)?;
    let call = origin::quoted(&source, misuse.used);
    let repaired = match misuse.user {
        Node::Stmt(statement) if matches!(statement.kind, StmtKind::For(_)) => {
            format!("async {}", origin::one_line(header(&source, statement).text(&source.text)))
        }
        Node::Expr(expr) if clause_of(expr, misuse.used).is_some() => {
            let clause = clause_of(expr, misuse.used)?;
            let word = word_before(&source, "for", expr.span.start, clause.target.span.start)?;
            origin::replaced(&source, expr.span, Span::new(word, word), "async ")
        }
        _ if is_next => format!("await anext({call})"),
        // What `list` makes a comprehension makes as well; other functions get the list.
        Node::Expr(expr) => match &expr.kind {
            ExprKind::Call { func, .. } if origin::last_name(func) != Some("list") => {
                origin::replaced(&source, expr.span, misuse.used.span, &format!("[x async for x in {call}]"))
            }
            _ => format!("[x async for x in {call}]"),
        },
        Node::Stmt(_) | Node::Handler(_) => format!("[x async for x in {call}]"),
    };
    let origin = Origin::of(case, &source, misuse.used);
    let finding = Finding::new().with("call", origin.text).with("function", origin.function).with("repaired", repaired);
    let effect = source.place(misuse.used.span);
    Some(finding.mark("effect", effect).mark("cause", origin.yields).mark("made", origin.made))
}

/// The clause of a comprehension that goes through an expression.
fn clause_of<'a>(expr: &'a Expr, iterated: &Expr) -> Option<&'a Comprehension> {
    let (ExprKind::ListComp { generators, .. }
    | ExprKind::SetComp { generators, .. }
    | ExprKind::DictComp { generators, .. }
    | ExprKind::GeneratorExp { generators, .. }) = &expr.kind
    else {
        return None;
    };
    generators.iter().find(|clause| clause.iter.span == iterated.span)
}

/// Where a word stands last in a part of the source.
fn word_before(source: &Source, word: &str, start: u32, end: u32) -> Option<u32> {
    let text = source.text.get(start as usize..end as usize)?;
    text.rfind(word).map(|at| start + at as u32)
}

/// The class that `async for` refuses.
fn refused_by_loop<'a>(case: &'a Case<'_>) -> Option<&'a str> {
    if case.class != "TypeError" {
        return None;
    }
    case.message.strip_prefix("'async for' requires an object with __aiter__ method, got ")
}

/// What an `async for` at the failing place goes through, and the statement or comprehension without its `async`.
fn async_loop_at(source: &Source, span: Span) -> Option<(&Expr, String)> {
    let nodes = source.nodes(span);
    for node in nodes {
        match node {
            Node::Stmt(statement) => {
                let StmtKind::AsyncFor(parts) = &statement.kind else { return None };
                let text = origin::one_line(header(source, statement).text(&source.text));
                return Some((&parts.iter, text.strip_prefix("async")?.trim_start().to_owned()));
            }
            Node::Expr(expr) => {
                let (ExprKind::ListComp { generators, .. }
                | ExprKind::SetComp { generators, .. }
                | ExprKind::DictComp { generators, .. }
                | ExprKind::GeneratorExp { generators, .. }) = &expr.kind
                else {
                    continue;
                };
                let clause = generators.iter().find(|clause| clause.is_async)?;
                let word = word_before(source, "async", expr.span.start, clause.target.span.start)?;
                let end = word_before(source, "for", word, clause.target.span.start)?;
                return Some((&clause.iter, origin::replaced(source, expr.span, Span::new(word, end), "")));
            }
            Node::Handler(_) => return None,
        }
    }
    None
}

pub(super) fn async_loop_over_coroutine(case: &mut Case<'_>) -> Option<Finding> {
    if refused_by_loop(case)? != "coroutine" {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (iterated, text) = async_loop_at(&source, place.span)?;
    // The expression stands once behind the `in`, unless it is also a part of something else there.
    let own = iterated.span.text(&source.text);
    let at = text.rfind(&origin::one_line(own))?;
    let repaired = format!("{}await {}", &text[..at], &text[at..]);
    let origin = Origin::of(case, &source, iterated);
    let finding = Finding::new().with("call", origin.text).with("repaired", repaired).with("function", origin.function);
    let effect = source.place(iterated.span);
    Some(finding.mark("effect", effect).mark("cause", origin.def).mark("made", origin.made))
}

pub(super) fn async_loop(case: &mut Case<'_>) -> Option<Finding> {
    let class = refused_by_loop(case)?.to_owned();
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (iterated, repaired) = async_loop_at(&source, place.span)?;
    let value = origin::resolve(case, iterated);
    let is_iterable = ITERABLES.contains(&&*class)
        || value.is_some_and(|value| protocol::class_of(case.ctx, &value).lookup(&intern("__iter__")).is_some())
        || made_by_class(case, iterated).is_some_and(|class| has_method(&class, "__iter__"));
    if !is_iterable {
        return None;
    }
    let cause = match &iterated.kind {
        ExprKind::Name { id, .. } => {
            source.last_assignment(id, iterated.span.start).map(|(value, _)| source.place(value.span))
        }
        _ => None,
    };
    let text = origin::quoted(&source, iterated);
    let finding = Finding::new().with("value", text).with("type", class).with("repaired", repaired);
    Some(finding.mark("effect", source.place(iterated.span)).mark("cause", cause))
}

/// The class that a call makes an instance of.
fn made_by_class(case: &Case<'_>, expr: &Expr) -> Option<crate::objects::value::Value> {
    let ExprKind::Call { func, .. } = &expr.kind else { return None };
    origin::resolve(case, func).filter(|callee| callee.is_kind::<Class>())
}

fn has_method(class: &crate::objects::value::Value, name: &str) -> bool {
    class.downcast_ref::<Class>().is_some_and(|class| class.lookup(&intern(name)).is_some())
}

/// The item of a `with` at the failing place, and the statement.
fn item_at(source: &Source, span: Span) -> Option<(&Stmt, &Expr)> {
    let nodes = source.nodes(span);
    let statement = nodes.iter().find_map(|node| node.stmt())?;
    let (StmtKind::With { items, .. } | StmtKind::AsyncWith { items, .. }) = &statement.kind else { return None };
    let holds = |expr: &Expr| expr.span.start <= span.start && span.end <= expr.span.end;
    let item = items.iter().find(|item| holds(&item.context_expr)).or(items.first().filter(|_| items.len() == 1));
    item.map(|item| (statement, &item.context_expr))
}

pub(super) fn entered(case: &mut Case<'_>) -> Option<Finding> {
    let refused = case.class == "TypeError"
        && (case.message.starts_with("'coroutine' object does not support the asynchronous context manager protocol")
            || case.message.starts_with("'coroutine' object does not support the context manager protocol"));
    let older = case.class == "AttributeError" && matches!(&*case.message, "__aenter__" | "__enter__");
    if !refused && !older {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (statement, item) = item_at(&source, place.span)?;
    if older && origin::sort_of(case, &source, item) != Sort::Coroutine {
        return None;
    }
    let repaired = origin::with_await(&source, header(&source, statement), item);
    let misuse = Misuse { user: Node::Stmt(statement), used: item };
    Some(finding(case, &source, &misuse, repaired))
}

pub(super) fn plain_with(case: &mut Case<'_>) -> Option<Finding> {
    let refused =
        case.class == "TypeError" && case.message.contains("' object does not support the context manager protocol");
    let older = case.is("AttributeError", "__enter__")
        || case.is("RuntimeError", "\"yield from\" should be used as context manager expression");
    if !refused && !older {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (statement, item) = item_at(&source, place.span)?;
    if !matches!(statement.kind, StmtKind::With { .. }) {
        return None;
    }
    let class = made_by_class(case, item);
    let value = origin::resolve(case, item);
    let (named, proven) = match (&class, &value) {
        (Some(class), _) => {
            let ExprKind::Call { func, .. } = &item.kind else { return None };
            (origin::quoted(&source, func), has_method(class, "__aenter__"))
        }
        (None, Some(value)) => {
            let class = protocol::class_of(case.ctx, value);
            (origin::quoted(&source, item), class.lookup(&intern("__aenter__")).is_some())
        }
        // What functions give: those of the library that are made for `async with`.
        (None, None) => {
            let class = super::between(&case.message, "'", "' object");
            let known = matches!(class, Some("_AsyncGeneratorContextManager" | "Timeout"));
            (origin::quoted(&source, item), known || case.message.contains("supports the asynchronous"))
        }
    };
    if !proven {
        return None;
    }
    let header = header(&source, statement);
    let repaired = format!("async {}", origin::one_line(header.text(&source.text)));
    let made = value.as_ref().and_then(|_| match &item.kind {
        ExprKind::Name { id, .. } => {
            source.last_assignment(id, item.span.start).map(|(value, _)| source.place(value.span))
        }
        _ => None,
    });
    let finding = Finding::new().with("type", named).with("repaired", repaired);
    Some(finding.mark("effect", source.place(item.span)).mark("made", made))
}

pub(super) fn bare_generator(case: &mut Case<'_>) -> Option<Finding> {
    let class = super::between(&case.message, "'", "' object does not support the ")?;
    if case.class != "TypeError" || !case.message.contains("context manager protocol") {
        return None;
    }
    let sort = match class {
        "generator" => Sort::Generator,
        "async_generator" => Sort::AsyncGenerator,
        _ => return None,
    };
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (statement, item) = item_at(&source, place.span)?;
    let origin = Origin::of(case, &source, item);
    origin.yields.as_ref()?;
    let is_async = sort == Sort::AsyncGenerator;
    // `with` on an asynchronous generator needs both: the decorator, and then `async with`.
    let keyword = if is_async || matches!(statement.kind, StmtKind::AsyncWith { .. }) { "async with" } else { "with" };
    let decorator = if is_async { "asynccontextmanager" } else { "contextmanager" };
    let finding = Finding::new()
        .with("call", origin.text)
        .with("function", origin.function)
        .with("keyword", keyword)
        .with("decorator", decorator)
        .mark("effect", source.place(item.span));
    Some(finding.mark("cause", origin.def).mark("made", origin.made))
}

pub(super) fn async_with(case: &mut Case<'_>) -> Option<Finding> {
    let refused = case.class == "TypeError"
        && case.message.contains("' object does not support the asynchronous context manager protocol");
    if !refused {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let (statement, item) = item_at(&source, place.span)?;
    if !matches!(statement.kind, StmtKind::AsyncWith { .. }) {
        return None;
    }
    let class = made_by_class(case, item);
    let value = origin::resolve(case, item);
    let (named, proven) = match (&class, &value, &item.kind) {
        (Some(class), _, ExprKind::Call { func, .. }) => {
            (origin::quoted(&source, func), has_method(class, "__enter__"))
        }
        (_, Some(value), _) => {
            let class = protocol::class_of(case.ctx, value);
            (origin::quoted(&source, item), class.lookup(&intern("__enter__")).is_some())
        }
        // What functions of the library give: files, and generators with a decorator.
        _ => {
            let class = super::between(&case.message, "'", "' object").unwrap_or_default();
            let is_file = class.starts_with("_io.") || class.starts_with("Text") || class.starts_with("Buffered");
            let known =
                is_file || matches!(class, "_GeneratorContextManager" | "_thread.lock" | "_TemporaryFileWrapper");
            (origin::quoted(&source, item), known)
        }
    };
    if !proven {
        return None;
    }
    let text = origin::one_line(header(&source, statement).text(&source.text));
    let repaired = text.strip_prefix("async")?.trim_start().to_owned();
    let made = value.as_ref().and_then(|_| match &item.kind {
        ExprKind::Name { id, .. } => {
            source.last_assignment(id, item.span.start).map(|(value, _)| source.place(value.span))
        }
        _ => None,
    });
    let finding = Finding::new().with("type", named).with("repaired", repaired);
    Some(finding.mark("effect", source.place(item.span)).mark("made", made))
}

pub(super) fn next_of_coroutine(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "'coroutine' object is not an iterator") {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let misuse = Misuse::of(case, &source, place.span, Sort::Coroutine)?;
    let origin = Origin::of(case, &source, misuse.used);
    let finding = Finding::new().with("call", origin.call).with("name", origin.text);
    Some(finding.mark("effect", source.place(misuse.used.span)).mark("made", origin.made))
}

pub(super) fn looped_over(case: &mut Case<'_>) -> Option<Finding> {
    let fits = case.class == "TypeError"
        && (matches!(
            &*case.message,
            "'coroutine' object is not iterable"
                | "cannot unpack non-iterable coroutine object"
                | "argument of type 'coroutine' is not iterable"
        ) || case.message.ends_with("must be an iterable, not coroutine"));
    if fits { without_await(case) } else { None }
}

pub(super) fn calculated_with(case: &mut Case<'_>) -> Option<Finding> {
    let message = &case.message;
    let fits = case.class == "TypeError"
        && (message.starts_with("unsupported operand type(s) for ")
            || message.starts_with("bad operand type for unary ")
            || message.contains("' not supported between instances of ")
            || message.starts_with("can only concatenate ")
            || message == "can't multiply sequence by non-int of type 'coroutine'");
    let sort = if message.contains("'coroutine'") || message.contains("\"coroutine\"") {
        Sort::Coroutine
    } else if message.contains("'_asyncio.Task'") || message.contains("\"_asyncio.Task\"") {
        Sort::Task
    } else {
        return None;
    };
    if !fits {
        return None;
    }
    let place = case.place()?;
    let source = Rc::clone(&place.source);
    let misuse = Misuse::of(case, &source, place.span, sort)?;
    let operator = match misuse.user {
        Node::Expr(expr) => operator_of(&source, expr, misuse.used)?,
        Node::Stmt(statement) => match &statement.kind {
            StmtKind::AugAssign { target, value, .. } => gap(&source, target.span.end, value.span.start)?,
            _ => return None,
        },
        Node::Handler(_) => return None,
    };
    let outer = shown_part(&source, misuse.user);
    let repaired = origin::with_await(&source, outer, misuse.used);
    let finding = finding(case, &source, &misuse, repaired).with("operator", operator);
    Some(if sort == Sort::Task { finding.variant("task") } else { finding })
}

/// The operator beside an operand.
fn operator_of(source: &Source, expr: &Expr, operand: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::BinOp { left, right, .. } => gap(source, left.span.end, right.span.start),
        ExprKind::UnaryOp { operand, .. } => gap(source, expr.span.start, operand.span.start),
        ExprKind::Compare { left, comparators, .. } => {
            let all: Vec<&Expr> = std::iter::once(&**left).chain(comparators).collect();
            let at = all.iter().position(|part| part.span == operand.span)?;
            let (first, second) = if at + 1 < all.len() { (at, at + 1) } else { (at.checked_sub(1)?, at) };
            gap(source, all.get(first)?.span.end, all.get(second)?.span.start)
        }
        _ => None,
    }
}

/// The operator between two operands, without parentheses around them.
fn gap(source: &Source, from: u32, to: u32) -> Option<String> {
    let text = source.text.get(from as usize..to as usize)?;
    let text = origin::one_line(text);
    let operator = text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '\\'));
    Some(operator.to_owned()).filter(|operator| !operator.is_empty() && !operator.contains('#'))
}

/// A coroutine as the key of a dict: each call makes another one, so none of them is found.
pub(super) fn as_key(case: &mut Case<'_>) -> Option<Finding> {
    let args = case.exception.downcast_ref::<Exception>()?.args.get();
    let key = args.downcast_ref::<Tuple>()?.items().first().cloned()?;
    let is_coroutine = case.class == "KeyError" && origin::sort_of_value(&key) == Sort::Coroutine;
    if is_coroutine { without_await(case).map(|finding| finding.headline("key")) } else { None }
}

pub(super) fn anything_else(case: &mut Case<'_>) -> Option<Finding> {
    if !matches!(&*case.class, "TypeError" | "AttributeError") {
        return None;
    }
    let message = &case.message;
    let says = message.contains("'coroutine'")
        || ["not coroutine", "coroutine found", "type coroutine", "to coroutine."]
            .iter()
            .any(|words| message.contains(words));
    // This message does not say what was raised.
    let raised = message == "exceptions must derive from BaseException" && raises_coroutine(case);
    if says || raised { without_await(case) } else { None }
}

fn raises_coroutine(case: &Case<'_>) -> bool {
    let Some(place) = case.place() else { return false };
    let nodes = place.source.nodes(place.span);
    let statement = nodes.iter().find_map(|node| node.stmt());
    matches!(statement.map(|statement| &statement.kind), Some(StmtKind::Raise { exc: Some(exc), .. })
        if origin::sort_of(case, &place.source, exc) == Sort::Coroutine)
}
