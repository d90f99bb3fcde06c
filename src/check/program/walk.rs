//! The one walk over a program's tree, which makes the lists that the checks go through.
//!
//! A name is bound in the scope that Python would bind it in: `global` and `nonlocal` send it outwards, `:=` past the
//! comprehensions around it, and the first iterable of a comprehension is evaluated outside of it.
//!
//! Source: Language Reference 4.2, "Naming and binding"; 6.2.4, "Displays for lists, sets and dictionaries".

use std::rc::Rc;

use coil_grammar::ast::{
    Arguments, ClassDef, Comprehension, Constant, Expr, ExprContext, ExprKind, FunctionDef, Pattern, PatternKind, Stmt,
    StmtKind, TypeParam, TypeParamKind,
};

use super::{Binding, Bound, Guard, GuardId, Program, ScopeId, ScopeKind, Site, SiteId, StmtId, StmtSite, last_name};

/// The state of the walk.
struct Walk<'a> {
    program: Program<'a>,
    scope: ScopeId,
    stmt: Option<StmtId>,
    loops: u32,
    guard: Option<GuardId>,
    is_evaluated: bool,
    /// Bindings of `nonlocal` names, which belong to a scope that may not be complete yet.
    outer: Vec<(ScopeId, Rc<str>, Binding<'a>)>,
}

/// Walks a tree, and enters what it meets into the lists of a program that has the scope of the module only.
pub(super) fn fill<'a>(program: Program<'a>, body: &'a [Stmt]) -> Program<'a> {
    let mut walk = Walk {
        program,
        scope: Program::MODULE,
        stmt: None,
        loops: 0,
        guard: None,
        is_evaluated: true,
        outer: Vec::new(),
    };
    walk.block(body);
    for (scope, name, binding) in std::mem::take(&mut walk.outer) {
        bind_nonlocal(&mut walk.program, scope, name, binding);
    }
    walk.program
}

/// Enters what a `nonlocal` name is bound to into the nearest scope around that binds it.
fn bind_nonlocal<'a>(program: &mut Program<'a>, from: ScopeId, name: Rc<str>, binding: Binding<'a>) {
    let mut at = program.scopes[from.0].parent;
    while let Some(id) = at {
        let scope = &mut program.scopes[id.0];
        if let Some(bindings) = scope.bindings.get_mut(&name) {
            bindings.push(binding);
            return;
        }
        at = scope.parent;
    }
}

impl<'a> Walk<'a> {
    fn block(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.statement(stmt);
        }
    }

    fn current(&self) -> StmtId {
        self.stmt.unwrap_or(StmtId(0))
    }

    fn bind(&mut self, name: &Rc<str>, what: Bound<'a>) {
        let binding = Binding { what, stmt: self.current() };
        let mut at = self.scope;
        if self.program.scopes[at.0].globals.contains(name) {
            at = Program::MODULE;
        } else if self.program.scopes[at.0].nonlocals.contains(name) {
            self.outer.push((at, Rc::clone(name), binding));
            return;
        }
        self.program.scopes[at.0].bindings.entry(Rc::clone(name)).or_default().push(binding);
    }

    /// Binds the target of `:=`, which belongs to the function around all comprehensions.
    fn bind_walrus(&mut self, name: &Rc<str>, value: &'a Expr) {
        let inner = self.scope;
        self.scope = self.program.function_scope(inner);
        let what = if self.scope == inner { Bound::Value(value) } else { Bound::Other };
        self.bind(name, what);
        self.scope = inner;
    }

    fn guarded(&mut self, guard: Guard, body: impl FnOnce(&mut Self)) {
        let around = self.guard;
        self.program.guards.push(guard);
        self.guard = Some(GuardId(self.program.guards.len() - 1));
        body(self);
        self.guard = around;
    }

    fn looped(&mut self, body: impl FnOnce(&mut Self)) {
        self.loops += 1;
        body(self);
        self.loops -= 1;
    }

    /// Walks something inside a new scope.
    fn scoped(&mut self, kind: ScopeKind<'a>, body: impl FnOnce(&mut Self)) -> ScopeId {
        let (scope, loops) = (self.scope, self.loops);
        self.scope = self.program.open(kind, Some(scope));
        if !matches!(kind, ScopeKind::Comprehension | ScopeKind::Class(_)) {
            self.loops = 0;
        }
        let opened = self.scope;
        body(self);
        (self.scope, self.loops) = (scope, loops);
        opened
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of statement")]
    fn statement(&mut self, stmt: &'a Stmt) {
        let parent = self.stmt;
        self.program.stmts.push(StmtSite { stmt, scope: self.scope, parent, guard: self.guard });
        self.stmt = Some(StmtId(self.program.stmts.len() - 1));
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, false),
            StmtKind::AsyncFunctionDef(def) => self.function(def, true),
            StmtKind::ClassDef(def) => self.class(def),
            StmtKind::Return { value } => self.optional(value.as_deref()),
            StmtKind::Delete { targets } => targets.iter().for_each(|target| self.expr(target, None)),
            StmtKind::Assign { targets, value } => {
                self.expr(value, None);
                for target in targets {
                    match &target.kind {
                        ExprKind::Name { id, .. } => {
                            self.bind(id, Bound::Value(value));
                            self.add_site(target, None);
                        }
                        _ => self.expr(target, None),
                    }
                }
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                self.expr(name, None);
                self.parameterised(type_params, |walk| walk.unevaluated(|walk| walk.expr(value, None)));
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(value, None);
                self.expr(target, None);
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.optional(value.as_deref());
                match (&target.kind, value) {
                    (ExprKind::Name { id, .. }, Some(value)) if *simple => {
                        self.bind(id, Bound::Value(value));
                        self.add_site(target, None);
                    }
                    _ => self.expr(target, None),
                }
                // PEP 526: the annotation of a local variable is not evaluated.
                let is_local = matches!(self.program.scope(self.scope).kind, ScopeKind::Function { .. }) && *simple;
                if is_local {
                    self.unevaluated(|walk| walk.expr(annotation, None));
                } else {
                    self.annotation(annotation);
                }
            }
            StmtKind::For(for_) | StmtKind::AsyncFor(for_) => {
                self.expr(&for_.iter, None);
                self.expr(&for_.target, None);
                self.looped(|walk| walk.block(&for_.body));
                self.block(&for_.orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.looped(|walk| {
                    walk.expr(test, None);
                    walk.block(body);
                });
                self.block(orelse);
            }
            StmtKind::If { test, body, orelse } => {
                self.expr(test, None);
                if asks_for_version(self.program.text(test.span)) || is_never(test) {
                    self.guarded(Guard::Version, |walk| {
                        walk.block(body);
                        walk.block(orelse);
                    });
                } else {
                    self.block(body);
                    self.block(orelse);
                }
            }
            StmtKind::With { items, body } | StmtKind::AsyncWith { items, body } => {
                let mut classes = Vec::new();
                for item in items {
                    self.expr(&item.context_expr, None);
                    if let Some(target) = &item.optional_vars {
                        self.expr(target, None);
                    }
                    classes.extend(suppressed(&item.context_expr));
                }
                if classes.is_empty() {
                    self.block(body);
                } else {
                    self.program.caught_anywhere.extend(classes.iter().cloned());
                    let around = self.guard;
                    self.guarded(Guard::Catches { classes, around }, |walk| walk.block(body));
                }
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject, None);
                for case in cases {
                    self.pattern(&case.pattern);
                    self.optional(case.guard.as_deref());
                    self.block(&case.body);
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.optional(exc.as_deref());
                self.optional(cause.as_deref());
            }
            StmtKind::Try(try_) | StmtKind::TryStar(try_) => {
                let mut classes = Vec::new();
                let mut is_bare = false;
                for handler in &try_.handlers {
                    let names = class_names(handler.type_.as_deref());
                    is_bare |= names.is_empty();
                    classes.extend(names);
                }
                self.program.caught_anywhere.extend(classes.iter().cloned());
                if is_bare {
                    classes.clear();
                }
                let around = self.guard;
                if try_.handlers.is_empty() {
                    self.block(&try_.body);
                } else {
                    self.guarded(Guard::Catches { classes, around }, |walk| walk.block(&try_.body));
                }
                for handler in &try_.handlers {
                    self.optional(handler.type_.as_deref());
                    if let Some(name) = &handler.name {
                        self.bind(name, Bound::Other);
                    }
                    let classes = class_names(handler.type_.as_deref());
                    self.guarded(Guard::Handles { classes, around }, |walk| walk.block(&handler.body));
                }
                self.block(&try_.orelse);
                self.block(&try_.finalbody);
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test, None);
                self.optional(msg.as_deref());
            }
            StmtKind::Import { names } => {
                for alias in names {
                    match &alias.asname {
                        Some(name) => self.bind(name, Bound::Module(&alias.name)),
                        None => {
                            let first = alias.name.split('.').next().unwrap_or(&alias.name);
                            self.bind(&Rc::from(first), Bound::Module(first));
                        }
                    }
                }
            }
            StmtKind::ImportFrom { module, names, level } => {
                for alias in names {
                    if &*alias.name == "*" {
                        self.program.has_star_import = true;
                        continue;
                    }
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    let what = match module {
                        Some(module) if *level == 0 => Bound::Member { module, name: &alias.name },
                        _ => Bound::Other,
                    };
                    self.bind(name, what);
                }
            }
            StmtKind::Global { names } => {
                let scope = self.scope;
                if scope != Program::MODULE {
                    self.program.scopes[scope.0].globals.extend(names.iter().cloned());
                }
            }
            StmtKind::Nonlocal { names } => {
                let scope = self.scope;
                self.program.scopes[scope.0].nonlocals.extend(names.iter().cloned());
            }
            StmtKind::Expr { value } => self.expr(value, None),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue | StmtKind::Deferred => {}
        }
        self.stmt = parent;
    }

    fn optional(&mut self, expr: Option<&'a Expr>) {
        if let Some(expr) = expr {
            self.expr(expr, None);
        }
    }

    fn unevaluated(&mut self, body: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.is_evaluated, false);
        body(self);
        self.is_evaluated = before;
    }

    fn annotation(&mut self, annotation: &'a Expr) {
        if self.program.lazy_annotations {
            self.unevaluated(|walk| walk.expr(annotation, None));
        } else {
            self.expr(annotation, None);
        }
    }

    fn annotations(&mut self, args: &'a Arguments) {
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        let all = all.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref());
        for arg in all {
            if let Some(annotation) = &arg.annotation {
                self.annotation(annotation);
            }
        }
    }

    fn defaults(&mut self, args: &'a Arguments) {
        for default in args.defaults.iter().chain(args.kw_defaults.iter().flatten()) {
            self.expr(default, None);
        }
    }

    fn bind_parameters(&mut self, args: &'a Arguments) {
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        for arg in all.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref()) {
            self.bind(&arg.arg, Bound::Other);
        }
    }

    /// Walks what is generic in a list of type parameters.
    fn parameterised(&mut self, params: &'a [TypeParam], body: impl FnOnce(&mut Self)) {
        if params.is_empty() {
            body(self);
            return;
        }
        self.scoped(ScopeKind::TypeParameters, |walk| {
            for param in params {
                walk.bind(&param.name, Bound::Other);
            }
            for param in params {
                // Bounds and defaults are evaluated when somebody asks for them.
                walk.unevaluated(|walk| {
                    if let TypeParamKind::TypeVar { bound: Some(bound) } = &param.kind {
                        walk.expr(bound, None);
                    }
                    walk.optional(param.default_value.as_deref());
                });
            }
            body(walk);
        });
    }

    fn function(&mut self, def: &'a FunctionDef, is_async: bool) {
        def.decorator_list.iter().for_each(|decorator| self.expr(decorator, None));
        self.defaults(&def.args);
        let mut body_scope = self.scope;
        self.parameterised(&def.type_params, |walk| {
            walk.annotations(&def.args);
            if let Some(returns) = &def.returns {
                walk.annotation(returns);
            }
            body_scope = walk.scoped(ScopeKind::Function { def, is_async }, |walk| {
                walk.bind_parameters(&def.args);
                walk.block(&def.body);
            });
        });
        self.bind(&def.name, Bound::Function { def, is_async, scope: body_scope });
    }

    fn class(&mut self, def: &'a ClassDef) {
        def.decorator_list.iter().for_each(|decorator| self.expr(decorator, None));
        let mut body_scope = self.scope;
        self.parameterised(&def.type_params, |walk| {
            def.bases.iter().for_each(|base| walk.expr(base, None));
            def.keywords.iter().for_each(|keyword| walk.expr(&keyword.value, None));
            body_scope = walk.scoped(ScopeKind::Class(def), |walk| walk.block(&def.body));
        });
        self.bind(&def.name, Bound::Class { def, scope: body_scope });
    }

    fn pattern(&mut self, pattern: &'a Pattern) {
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.expr(value, None),
            PatternKind::MatchSingleton { .. } => {}
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                patterns.iter().for_each(|pattern| self.pattern(pattern));
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                keys.iter().for_each(|key| self.expr(key, None));
                patterns.iter().for_each(|pattern| self.pattern(pattern));
                if let Some(rest) = rest {
                    self.bind(rest, Bound::Other);
                }
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls, None);
                patterns.iter().chain(kwd_patterns).for_each(|pattern| self.pattern(pattern));
            }
            PatternKind::MatchStar { name } => {
                if let Some(name) = name {
                    self.bind(name, Bound::Other);
                }
            }
            PatternKind::MatchAs { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern);
                }
                if let Some(name) = name {
                    self.bind(name, Bound::Other);
                }
            }
        }
    }

    fn add_site(&mut self, expr: &'a Expr, parent: Option<SiteId>) -> SiteId {
        self.program.sites.push(Site {
            expr,
            scope: self.scope,
            stmt: self.current(),
            parent,
            loops: self.loops,
            is_evaluated: self.is_evaluated,
            guard: self.guard,
        });
        SiteId(self.program.sites.len() - 1)
    }

    fn expr(&mut self, expr: &'a Expr, parent: Option<SiteId>) {
        let site = self.add_site(expr, parent);
        let this = Some(site);
        match &expr.kind {
            ExprKind::Name { id, ctx } => {
                if *ctx != ExprContext::Load {
                    self.bind(id, Bound::Other);
                }
            }
            ExprKind::NamedExpr { target, value } => {
                self.expr(value, this);
                if let ExprKind::Name { id, .. } = &target.kind {
                    self.bind_walrus(id, value);
                }
            }
            ExprKind::Lambda { args, body } => {
                self.defaults(args);
                self.scoped(ScopeKind::Lambda, |walk| {
                    walk.bind_parameters(args);
                    walk.expr(body, this);
                });
            }
            ExprKind::ListComp { elt, generators }
            | ExprKind::SetComp { elt, generators }
            | ExprKind::GeneratorExp { elt, generators } => self.comprehension(generators, &[elt], this),
            ExprKind::DictComp { key, value, generators } => self.comprehension(generators, &[key, value], this),
            ExprKind::Attribute { value, attr, ctx } => {
                if *ctx != ExprContext::Load {
                    self.program.stored_attributes.insert(Rc::clone(attr));
                }
                self.expr(value, this);
            }
            ExprKind::Yield { value } => {
                self.note_yield();
                if let Some(value) = value {
                    self.expr(value, this);
                }
            }
            ExprKind::YieldFrom { value } => {
                self.note_yield();
                self.expr(value, this);
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func, this);
                args.iter().for_each(|arg| self.expr(arg, this));
                keywords.iter().for_each(|keyword| self.expr(&keyword.value, this));
                // `setattr(thing, "name", value)` stores an attribute, too.
                if let (ExprKind::Name { id, .. }, [_, name, _]) = (&func.kind, &args[..])
                    && &**id == "setattr"
                    && let ExprKind::Constant { value: Constant::Str(name), .. } = &name.kind
                {
                    self.program.stored_attributes.insert(Rc::clone(name));
                }
            }
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => {
                values.iter().for_each(|value| self.expr(value, this));
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
                elts.iter().for_each(|elt| self.expr(elt, this));
            }
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left, this);
                self.expr(right, this);
            }
            ExprKind::UnaryOp { operand: child, .. }
            | ExprKind::Await { value: child }
            | ExprKind::Starred { value: child, .. } => self.expr(child, this),
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test, this);
                let branches = |walk: &mut Self| {
                    walk.expr(body, this);
                    walk.expr(orelse, this);
                };
                if asks_for_version(self.program.text(test.span)) {
                    self.guarded(Guard::Version, branches);
                } else {
                    branches(self);
                }
            }
            ExprKind::Dict { keys, values } => {
                keys.iter().flatten().chain(values).for_each(|child| self.expr(child, this));
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left, this);
                comparators.iter().for_each(|child| self.expr(child, this));
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value, this);
                if let Some(spec) = format_spec {
                    self.expr(spec, this);
                }
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, this);
                self.expr(slice, this);
            }
            ExprKind::Slice { lower, upper, step } => {
                for part in [lower, upper, step].into_iter().flatten() {
                    self.expr(part, this);
                }
            }
            ExprKind::Constant { .. } => {}
        }
    }

    fn note_yield(&mut self) {
        let scope = self.program.function_scope(self.scope);
        self.program.scopes[scope.0].yields = true;
    }

    fn comprehension(&mut self, generators: &'a [Comprehension], elements: &[&'a Expr], parent: Option<SiteId>) {
        if let Some(first) = generators.first() {
            self.expr(&first.iter, parent);
        }
        self.scoped(ScopeKind::Comprehension, |walk| {
            for (at, clause) in generators.iter().enumerate() {
                if at > 0 {
                    walk.expr(&clause.iter, parent);
                }
                walk.expr(&clause.target, parent);
                walk.looped(|walk| clause.ifs.iter().for_each(|test| walk.expr(test, parent)));
            }
            walk.looped(|walk| elements.iter().for_each(|element| walk.expr(element, parent)));
        });
    }
}

/// The last part of each class that an `except` clause names; nothing when it names none.
fn class_names(type_: Option<&Expr>) -> Vec<String> {
    match type_.map(|expr| &expr.kind) {
        Some(ExprKind::Tuple { elts, .. }) => elts.iter().filter_map(last_name).collect(),
        Some(_) => type_.and_then(last_name).map_or_else(|| vec!["?".to_owned()], |name| vec![name]),
        None => Vec::new(),
    }
}

/// Whether a condition asks which Python runs the program.
fn asks_for_version(test: &str) -> bool {
    let words = [
        "version_info",
        "hasattr(",
        "hexversion",
        "sys.version",
        "PY2",
        "PY3",
        "python_version",
        "bytes is str",
        "str is bytes",
    ];
    words.iter().any(|word| test.contains(word))
}

/// `if False:` and `if 0:`, by which code is put aside.
fn is_never(test: &Expr) -> bool {
    matches!(&test.kind, ExprKind::Constant { value: Constant::False | Constant::Int(0), .. })
}

/// The classes that a context manager swallows: `suppress(A, B)`, `pytest.raises(A)`, `self.assertRaises(A)`.
fn suppressed(manager: &Expr) -> Vec<String> {
    let ExprKind::Call { func, args, .. } = &manager.kind else { return Vec::new() };
    match last_name(func).as_deref() {
        Some("suppress" | "raises" | "assertRaises" | "assertRaisesRegex") => {
            args.iter().filter_map(last_name).collect()
        }
        _ => Vec::new(),
    }
}
