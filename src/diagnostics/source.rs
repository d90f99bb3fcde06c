//! A program's text, for whoever explains an error in it: places, lines, and the syntax tree on demand.
//!
//! The questions at the end are those that rules ask: what stands around this place, what was last assigned to this
//! name before it, which `def` has this name. They read the tree only; nothing here runs code or fails. A text that
//! cannot be parsed has no tree, and then there are no answers.

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use coil_grammar::ast::{ExceptHandler, Expr, ExprKind, FunctionDef, Module, Pattern, PatternKind, Stmt, StmtKind};
use coil_grammar::span::{LineIndex, Span};
use rustc_hash::FxHashMap;

use crate::code::Position;
use crate::objects::ctx::Ctx;
use crate::objects::source_cache;

/// The text of a file, or of an input of the prompt.
pub struct Source {
    /// The name that code objects have for it.
    pub path: Rc<str>,
    /// The text.
    pub text: Rc<str>,
    /// Its lines.
    pub lines: LineIndex,
    tree: OnceCell<Option<Rc<Module>>>,
}

impl fmt::Debug for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Source({:?})", self.path)
    }
}

/// A range of a source, in bytes of its text. INVARIANT: it lies in the text, on borders of characters.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where.
    pub source: Rc<Source>,
    /// From where to where.
    pub span: Span,
}

impl PartialEq for Place {
    fn eq(&self, other: &Place) -> bool {
        Rc::ptr_eq(&self.source, &other.source) && self.span == other.span
    }
}

impl Place {
    /// The line of its first byte, counted from one.
    pub fn line(&self) -> u32 {
        self.source.lines.line(self.span.start)
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        self.source.text.get(self.span.range()).unwrap_or_default()
    }

    /// Another range of the same source.
    pub fn at(&self, span: Span) -> Place {
        self.source.place(span)
    }
}

/// A node of the tree, as the questions give it.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A statement.
    Stmt(&'a Stmt),
    /// An expression.
    Expr(&'a Expr),
    /// An `except` clause.
    Handler(&'a ExceptHandler),
}

impl<'a> Node<'a> {
    /// Where it stands.
    pub fn span(self) -> Span {
        match self {
            Node::Stmt(statement) => statement.span,
            Node::Expr(expression) => expression.span,
            Node::Handler(handler) => handler.span,
        }
    }

    /// The expression, if it is one.
    pub fn expr(self) -> Option<&'a Expr> {
        if let Node::Expr(expression) = self { Some(expression) } else { None }
    }

    /// The statement, if it is one.
    pub fn stmt(self) -> Option<&'a Stmt> {
        if let Node::Stmt(statement) = self { Some(statement) } else { None }
    }
}

/// A `def`, as the questions give it.
#[derive(Clone, Copy, Debug)]
pub struct Function<'a> {
    /// The statement.
    pub statement: &'a Stmt,
    /// Its parts.
    pub def: &'a FunctionDef,
    /// `async def`
    pub is_async: bool,
    /// Whether its body has a `yield` of its own.
    pub is_generator: bool,
}

impl<'a> Function<'a> {
    /// The function of a `def` or `async def` statement.
    pub fn of(statement: &'a Stmt) -> Option<Function<'a>> {
        let (def, is_async) = match &statement.kind {
            StmtKind::FunctionDef(def) => (def, false),
            StmtKind::AsyncFunctionDef(def) => (def, true),
            _ => return None,
        };
        Some(Function { statement, def, is_async, is_generator: has_yield(&def.body) })
    }

    /// From `def` (or `async`) to the colon of its first line, for a label: without the body.
    pub fn head(&self) -> Span {
        let start = self.statement.span.start;
        let end = self.def.body.first().map_or(self.statement.span.end, |first| first.span.start);
        Span::new(start, end.max(start))
    }
}

/// Sources by name, each read once, and again when another text has come under its name.
#[derive(Default)]
struct Known(FxHashMap<String, Rc<Source>>);

impl Source {
    /// A source of this text.
    pub fn new(path: &str, text: impl Into<Rc<str>>) -> Rc<Source> {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Rc::new(Source { path: path.into(), text, lines, tree: OnceCell::new() })
    }

    /// A source of this text whose tree is known: what was made of it where the text alone cannot be parsed.
    pub fn with_tree(path: &str, text: impl Into<Rc<str>>, tree: Rc<Module>) -> Rc<Source> {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Rc::new(Source { path: path.into(), text, lines, tree: OnceCell::from(Some(tree)) })
    }

    /// The source that code objects name so; None when it is not to be had.
    pub fn named(ctx: &mut Ctx, path: &str) -> Option<Rc<Source>> {
        let text = source_cache::text(ctx, path)?;
        let known = ctx.state::<Known>();
        if let Some(source) = known.0.get(path)
            && Rc::ptr_eq(&source.text, &text)
        {
            return Some(Rc::clone(source));
        }
        let source = Source::new(path, text);
        known.0.insert(path.to_owned(), Rc::clone(&source));
        Some(source)
    }

    /// A range of it, cut to fit into the text.
    pub fn place(self: &Rc<Source>, span: Span) -> Place {
        let start = border(&self.text, span.start);
        let end = border(&self.text, span.end).max(start);
        Place { source: Rc::clone(self), span: Span::new(start, end) }
    }

    /// All that a line has but the space around it; None when there is no such line.
    pub fn line_place(self: &Rc<Source>, line: u32) -> Option<Place> {
        if line == 0 || line > self.lines.line_count() {
            return None;
        }
        let text = self.lines.line_text(&self.text, line);
        let indent = text.len() - text.trim_start().len();
        let start = self.lines.line_start(line) + indent as u32;
        Some(self.place(Span::new(start, start + text.trim().len() as u32)))
    }

    /// The place of a syntax error by the members of the exception, which count lines and characters from one: the line,
    /// the character in it (0 or None when only the line is known), and line and character of the end.
    pub fn error_place(self: &Rc<Source>, line: u32, offset: Option<u32>, end: Option<(u32, u32)>) -> Option<Place> {
        let at = |line: u32, offset: u32| {
            let start = self.lines.line_start(line);
            let content = self.lines.line_text(&self.text, line);
            let before = content.chars().take(offset.saturating_sub(1) as usize).map(char::len_utf8).sum::<usize>();
            start + before as u32
        };
        let Some(offset) = offset.filter(|offset| *offset > 0) else { return self.line_place(line) };
        let start = at(line, offset);
        let end = match end {
            Some((end_line, end)) if end > 0 && end_line >= line => at(end_line, end),
            _ => start,
        };
        let next = self.text.get(start as usize..).and_then(|rest| rest.chars().next()).filter(|next| *next != '\n');
        let least = start + next.map_or(0, |next| next.len_utf8() as u32);
        Some(self.place(Span::new(start, end.max(least))))
    }

    /// The place of an instruction, when the text is such that something can stand there.
    pub fn position(self: &Rc<Source>, position: Position) -> Option<Place> {
        let offset = |line: u32, column: u32| {
            let inside = line > 0 && line <= self.lines.line_count();
            let fits = inside && self.lines.line_text(&self.text, line).len() >= column as usize;
            fits.then(|| self.lines.line_start(line) + column)
        };
        let start = offset(position.line, position.column)?;
        let end = offset(position.end_line, position.end_column)?;
        (end > start).then(|| self.place(Span::new(start, end)))
    }

    /// The syntax tree.
    pub fn tree(&self) -> Option<&Module> {
        let parse = || coil_grammar::parse_module(&self.text).ok().map(|parsed| Rc::new(parsed.tree));
        self.tree.get_or_init(parse).as_deref()
    }

    /// Calls `visit` for every node, parents first; where it gives false the children are left out.
    pub fn for_each_node<'a>(&'a self, visit: &mut dyn FnMut(Node<'a>) -> bool) {
        if let Some(tree) = self.tree() {
            walk(tree.body.iter().map(Node::Stmt).collect(), visit);
        }
    }

    /// The nodes that hold a span, innermost first.
    pub fn nodes(&self, span: Span) -> Vec<Node<'_>> {
        let mut found = Vec::new();
        self.for_each_node(&mut |node| {
            let own = node.span();
            let holds = own.start <= span.start && span.end <= own.end;
            if holds {
                found.push(node);
            }
            // Decorators stand before the statement that they belong to.
            holds || decorates(node, span)
        });
        found.reverse();
        found
    }

    /// The innermost call that holds a span: the node, what is called, and the positional arguments.
    pub fn call(&self, span: Span) -> Option<(&Expr, &Expr, &[Expr])> {
        self.nodes(span).into_iter().find_map(|node| match node {
            Node::Expr(expression) => match &expression.kind {
                ExprKind::Call { func, args, .. } => Some((expression, &**func, args.as_slice())),
                _ => None,
            },
            Node::Stmt(_) | Node::Handler(_) => None,
        })
    }

    /// The function whose body holds a span.
    pub fn enclosing_function(&self, span: Span) -> Option<Function<'_>> {
        self.nodes(span)
            .into_iter()
            .filter_map(Node::stmt)
            .filter(|statement| statement.span != span)
            .find_map(Function::of)
    }

    /// The last assignment to a name that ends before an offset, in the function around it or, when that has none, in
    /// the module: the assigned expression and the whole statement.
    pub fn last_assignment(&self, name: &str, before: u32) -> Option<(&Expr, Span)> {
        let inner = self.enclosing_function(Span::at(before)).map(|function| function.statement.span);
        let scopes = inner.into_iter().map(Some).chain([None]);
        for scope in scopes {
            let mut found = None;
            self.for_each_node(&mut |node| {
                let span = node.span();
                let in_scope = match scope {
                    Some(scope) => scope.start <= span.start && span.end <= scope.end,
                    None => true,
                };
                if in_scope
                    && span.end <= before
                    && let Some((target, value)) = assignment(node)
                    && matches!(&target.kind, ExprKind::Name { id, .. } if &**id == name)
                {
                    found = Some((value, span));
                }
                // Without a scope only the module's own statements count.
                let is_def = matches!(node, Node::Stmt(statement) if Function::of(statement).is_some());
                !(scope.is_none() && is_def) && span.start < before
            });
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The `def` of a name: the last one in the file.
    pub fn function(&self, name: &str) -> Option<Function<'_>> {
        let mut found = None;
        self.for_each_node(&mut |node| {
            if let Node::Stmt(statement) = node
                && let Some(function) = Function::of(statement)
                && &*function.def.name == name
            {
                found = Some(function);
            }
            matches!(node, Node::Stmt(_) | Node::Handler(_))
        });
        found
    }
}

/// The nearest border between characters at or before an offset.
fn border(text: &str, offset: u32) -> u32 {
    let mut offset = (offset as usize).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset as u32
}

fn decorates(node: Node<'_>, span: Span) -> bool {
    let decorators = match node {
        Node::Stmt(statement) => match &statement.kind {
            StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => &def.decorator_list,
            StmtKind::ClassDef(class) => &class.decorator_list,
            _ => return false,
        },
        Node::Expr(_) | Node::Handler(_) => return false,
    };
    decorators.iter().any(|decorator| decorator.span.start <= span.start && span.end <= decorator.span.end)
}

/// Target and value of an assignment to one target.
fn assignment(node: Node<'_>) -> Option<(&Expr, &Expr)> {
    match node {
        Node::Stmt(statement) => match &statement.kind {
            StmtKind::Assign { targets, value } => targets.first().map(|target| (target, &**value)),
            StmtKind::AnnAssign { target, value: Some(value), .. } => Some((target, value)),
            _ => None,
        },
        Node::Expr(expression) => match &expression.kind {
            ExprKind::NamedExpr { target, value } => Some((target, value)),
            _ => None,
        },
        Node::Handler(_) => None,
    }
}

/// Whether statements have a `yield` that belongs to the function whose body they are.
pub fn has_yield(body: &[Stmt]) -> bool {
    let mut found = false;
    walk(body.iter().map(Node::Stmt).collect(), &mut |node| {
        match node {
            Node::Stmt(statement) => {
                return !matches!(statement.kind, StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_));
            }
            Node::Expr(expression) => {
                found |= matches!(expression.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. });
                return !matches!(expression.kind, ExprKind::Lambda { .. } | ExprKind::GeneratorExp { .. });
            }
            Node::Handler(_) => {}
        }
        true
    });
    found
}

/// Visits nodes and what is below them, in the order of the text as far as the tree has it. A work list takes the place
/// of recursion, so that deep trees need no machine stack.
pub fn walk<'a>(roots: Vec<Node<'a>>, visit: &mut dyn FnMut(Node<'a>) -> bool) {
    let mut waiting = roots;
    waiting.reverse();
    let mut children = Vec::new();
    while let Some(node) = waiting.pop() {
        if !visit(node) {
            continue;
        }
        children.clear();
        match node {
            Node::Stmt(statement) => statement_children(statement, &mut children),
            Node::Expr(expression) => expression_children(expression, &mut children),
            Node::Handler(handler) => {
                children.extend(handler.type_.iter().map(|class| Node::Expr(class)));
                children.extend(handler.body.iter().map(Node::Stmt));
            }
        }
        waiting.extend(children.drain(..).rev());
    }
}

fn expression_children<'a>(expression: &'a Expr, children: &mut Vec<Node<'a>>) {
    let mut add = |child: &'a Expr| children.push(Node::Expr(child));
    match &expression.kind {
        ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => values.iter().for_each(add),
        ExprKind::NamedExpr { target, value } => [target, value].into_iter().for_each(|child| add(child)),
        ExprKind::BinOp { left, right, .. } => [left, right].into_iter().for_each(|child| add(child)),
        ExprKind::UnaryOp { operand, .. } => add(operand),
        ExprKind::Lambda { args, body } => {
            args.defaults.iter().chain(args.kw_defaults.iter().flatten()).for_each(&mut add);
            add(body);
        }
        ExprKind::IfExp { test, body, orelse } => [body, test, orelse].into_iter().for_each(|child| add(child)),
        ExprKind::Dict { keys, values } => {
            for (key, value) in keys.iter().zip(values) {
                key.iter().for_each(&mut add);
                add(value);
            }
        }
        ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
            elts.iter().for_each(add)
        }
        ExprKind::ListComp { elt, generators }
        | ExprKind::SetComp { elt, generators }
        | ExprKind::GeneratorExp { elt, generators } => {
            add(elt);
            for clause in generators {
                add(&clause.target);
                add(&clause.iter);
                clause.ifs.iter().for_each(&mut add);
            }
        }
        ExprKind::DictComp { key, value, generators } => {
            add(key);
            add(value);
            for clause in generators {
                add(&clause.target);
                add(&clause.iter);
                clause.ifs.iter().for_each(&mut add);
            }
        }
        ExprKind::Await { value }
        | ExprKind::YieldFrom { value }
        | ExprKind::Attribute { value, .. }
        | ExprKind::Starred { value, .. } => add(value),
        ExprKind::Yield { value } => value.iter().for_each(|value| add(value)),
        ExprKind::Compare { left, comparators, .. } => {
            add(left);
            comparators.iter().for_each(add);
        }
        ExprKind::Call { func, args, keywords } => {
            add(func);
            args.iter().for_each(&mut add);
            keywords.iter().for_each(|keyword| add(&keyword.value));
        }
        ExprKind::FormattedValue { value, format_spec, .. } => {
            add(value);
            format_spec.iter().for_each(|spec| add(spec));
        }
        ExprKind::Subscript { value, slice, .. } => [value, slice].into_iter().for_each(|child| add(child)),
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().for_each(|child| add(child));
        }
        ExprKind::Constant { .. } | ExprKind::Name { .. } => {}
    }
}

fn statement_children<'a>(statement: &'a Stmt, children: &mut Vec<Node<'a>>) {
    fn body<'a>(children: &mut Vec<Node<'a>>, statements: &'a [Stmt]) {
        children.extend(statements.iter().map(Node::Stmt));
    }
    fn exprs<'a>(children: &mut Vec<Node<'a>>, expressions: impl IntoIterator<Item = &'a Expr>) {
        children.extend(expressions.into_iter().map(Node::Expr));
    }
    match &statement.kind {
        StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => {
            exprs(children, &def.decorator_list);
            let args = &def.args;
            let named = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
            let all = named.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref());
            exprs(children, all.filter_map(|arg| arg.annotation.as_deref()));
            exprs(children, args.defaults.iter().chain(args.kw_defaults.iter().flatten()));
            exprs(children, def.returns.as_deref());
            body(children, &def.body);
        }
        StmtKind::ClassDef(class) => {
            exprs(children, &class.decorator_list);
            exprs(children, &class.bases);
            exprs(children, class.keywords.iter().map(|keyword| &keyword.value));
            body(children, &class.body);
        }
        StmtKind::Return { value } => exprs(children, value.as_deref()),
        StmtKind::Delete { targets } => exprs(children, targets),
        StmtKind::Assign { targets, value } => {
            exprs(children, targets);
            exprs(children, [&**value]);
        }
        StmtKind::TypeAlias { name, value, .. } => exprs(children, [&**name, &**value]),
        StmtKind::AugAssign { target, value, .. } => exprs(children, [&**target, &**value]),
        StmtKind::AnnAssign { target, annotation, value, .. } => {
            exprs(children, [&**target, &**annotation]);
            exprs(children, value.as_deref());
        }
        StmtKind::For(parts) | StmtKind::AsyncFor(parts) => {
            exprs(children, [&parts.target, &parts.iter]);
            body(children, &parts.body);
            body(children, &parts.orelse);
        }
        StmtKind::While { test, body: own, orelse } | StmtKind::If { test, body: own, orelse } => {
            exprs(children, [&**test]);
            body(children, own);
            body(children, orelse);
        }
        StmtKind::With { items, body: own } | StmtKind::AsyncWith { items, body: own } => {
            for item in items {
                exprs(children, [&item.context_expr]);
                exprs(children, item.optional_vars.as_deref());
            }
            body(children, own);
        }
        StmtKind::Match { subject, cases } => {
            exprs(children, [&**subject]);
            for case in cases {
                pattern_children(&case.pattern, children);
                exprs(children, case.guard.as_deref());
                body(children, &case.body);
            }
        }
        StmtKind::Raise { exc, cause } => {
            exprs(children, exc.as_deref());
            exprs(children, cause.as_deref());
        }
        StmtKind::Try(parts) | StmtKind::TryStar(parts) => {
            body(children, &parts.body);
            children.extend(parts.handlers.iter().map(Node::Handler));
            body(children, &parts.orelse);
            body(children, &parts.finalbody);
        }
        StmtKind::Assert { test, msg } => {
            exprs(children, [&**test]);
            exprs(children, msg.as_deref());
        }
        StmtKind::Expr { value } => exprs(children, [&**value]),
        StmtKind::Import { .. }
        | StmtKind::ImportFrom { .. }
        | StmtKind::Global { .. }
        | StmtKind::Nonlocal { .. }
        | StmtKind::Pass
        | StmtKind::Deferred
        | StmtKind::Break
        | StmtKind::Continue => {}
    }
}

/// The expressions in a pattern, however its parts are nested.
fn pattern_children<'a>(pattern: &'a Pattern, children: &mut Vec<Node<'a>>) {
    let mut waiting = vec![pattern];
    while let Some(pattern) = waiting.pop() {
        match &pattern.kind {
            PatternKind::MatchValue { value } => children.push(Node::Expr(value)),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => waiting.extend(patterns),
            PatternKind::MatchMapping { keys, patterns, .. } => {
                children.extend(keys.iter().map(Node::Expr));
                waiting.extend(patterns);
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                children.push(Node::Expr(cls));
                waiting.extend(patterns.iter().chain(kwd_patterns));
            }
            PatternKind::MatchAs { pattern, .. } => waiting.extend(pattern.as_deref()),
            PatternKind::MatchSingleton { .. } | PatternKind::MatchStar { .. } => {}
        }
    }
}
