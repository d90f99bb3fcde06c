//! The first pass of the symbol table: visits the whole tree and notes in each block how its names are used.
//!
//! Errors that need no knowledge of other blocks are found here: duplicate parameters, `global` after use, `yield` in a
//! comprehension, assignment expressions where they cannot bind. The order of the visits is CPython's, because the
//! first error met is the one reported.

use std::rc::Rc;

use coil_grammar::ast::{self, Expr, ExprContext, ExprKind, PatternKind, Stmt, StmtKind, TypeParamKind};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;
use rustc_hash::FxHashMap;

use super::super::errors::{MAX_NESTING, error, too_deep};
use super::super::future::Features;
use super::super::{CompileError, CompileResult};
use super::{ComprehensionKind, Root, Scope, ScopeId, ScopeKey, ScopeKind, SymbolTable, usage};

/// Visits the tree.
pub(super) fn build(root: Root<'_>, features: Features, top_level_await: bool) -> CompileResult<SymbolTable> {
    let table = SymbolTable { scopes: vec![Scope::new(ScopeKind::Module, false)], keys: FxHashMap::default() };
    let mut builder = Builder {
        table,
        stack: vec![SymbolTable::ROOT],
        class: None,
        lazy_annotations: features.annotations,
        top_level_await,
        depth: 0,
    };
    match root {
        Root::Statements(body) => builder.statements(body)?,
        Root::Expression(expression) => builder.expr(expression)?,
    }
    Ok(builder.table)
}

struct Builder {
    table: SymbolTable,
    /// The blocks being visited, innermost last. INVARIANT: never empty.
    stack: Vec<ScopeId>,
    /// The innermost class's name, for mangling.
    class: Option<Rc<str>>,
    lazy_annotations: bool,
    top_level_await: bool,
    /// How deeply the visits are nested on the machine stack.
    depth: u32,
}

impl Builder {
    fn current_id(&self) -> ScopeId {
        self.stack.last().copied().unwrap_or(SymbolTable::ROOT)
    }

    fn current(&mut self) -> &mut Scope {
        let id = self.current_id();
        self.table.scope_mut(id)
    }

    fn enter(&mut self, kind: ScopeKind, key: Option<ScopeKey>) {
        let parent = self.current();
        let nested = parent.nested || parent.kind.is_function_like();
        let comp_iter_expr = parent.comp_iter_expr;
        let mangled_names = parent.mangled_names.clone();
        let id = ScopeId(self.table.scopes.len());
        let mut scope = Scope::new(kind, nested);
        // What is forbidden in an iterable is forbidden in the blocks inside it, too.
        scope.comp_iter_expr = comp_iter_expr;
        scope.mangled_names = mangled_names.filter(|_| kind != ScopeKind::Class);
        self.table.scopes.push(scope);
        if let Some(key) = key {
            self.table.keys.insert(key, id);
        }
        // What is in an annotation that is never evaluated takes no part in the analysis.
        if kind != ScopeKind::Annotation {
            self.current().children.push(id);
        }
        self.stack.push(id);
    }

    fn exit(&mut self) {
        self.stack.pop();
    }

    fn deeper(&mut self) -> CompileResult<()> {
        self.depth += 1;
        if self.depth > MAX_NESTING { Err(too_deep()) } else { Ok(()) }
    }

    /// The current block's usage bits of a name.
    fn usage(&mut self, name: &Rc<str>) -> u32 {
        let class = self.class.clone();
        let scope = self.current();
        let mangled = scope.mangle(class.as_deref(), name);
        scope.symbol(&mangled).usage
    }

    fn note(&mut self, name: &Rc<str>, bits: u32, span: Span) -> CompileResult<()> {
        self.note_in(self.current_id(), name, bits, span)
    }

    /// Adds usage bits to a name of a block.
    fn note_in(&mut self, id: ScopeId, name: &Rc<str>, bits: u32, span: Span) -> CompileResult<()> {
        let scope = self.table.scope_mut(id);
        if bits & usage::TYPE_PARAM != 0
            && let Some(names) = &scope.mangled_names
        {
            names.borrow_mut().insert(Rc::clone(name));
        }
        let mangled = scope.mangle(self.class.as_deref(), name);
        let iteration_target = scope.comp_iter_target;
        let symbol = scope.symbols.entry(mangled).or_default();
        if symbol.has(usage::PARAM) && bits & usage::PARAM != 0 {
            return Err(error(SyntaxErrorKind::DuplicateArgument { name: name.to_string() }, span));
        }
        if symbol.has(usage::TYPE_PARAM) && bits & usage::TYPE_PARAM != 0 {
            return Err(error(SyntaxErrorKind::DuplicateTypeParameter { name: name.to_string() }, span));
        }
        symbol.usage |= bits;
        if iteration_target {
            if symbol.has(usage::GLOBAL | usage::NONLOCAL) {
                let name = name.to_string();
                return Err(error(SyntaxErrorKind::IterationRebindsWalrus { name }, span));
            }
            symbol.usage |= usage::COMP_ITER;
        }
        if bits & usage::PARAM != 0 {
            let mangled = scope.mangle(self.class.as_deref(), name);
            scope.parameters.push(mangled);
        } else if bits & usage::GLOBAL != 0 {
            // A `global` statement anywhere makes the name an explicit global of the module itself, too.
            let mangled = scope.mangle(self.class.as_deref(), name);
            self.table.scope_mut(SymbolTable::ROOT).symbols.entry(mangled).or_default().usage |= usage::GLOBAL;
        }
        Ok(())
    }

    fn note_directive(&mut self, name: &Rc<str>, span: Span) {
        let class = self.class.clone();
        let scope = self.current();
        let mangled = scope.mangle(class.as_deref(), name);
        scope.directives.push((mangled, span));
    }

    // Statements.

    fn statements(&mut self, body: &[Stmt]) -> CompileResult<()> {
        for statement in body {
            self.deeper()?;
            self.statement(statement)?;
            self.depth -= 1;
        }
        Ok(())
    }

    fn exprs(&mut self, exprs: &[Expr]) -> CompileResult<()> {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    fn optional(&mut self, expr: Option<&Expr>) -> CompileResult<()> {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    fn statement(&mut self, statement: &Stmt) -> CompileResult<()> {
        let span = statement.span;
        match &statement.kind {
            StmtKind::FunctionDef(def) => self.function_def(def, false, span),
            StmtKind::AsyncFunctionDef(def) => self.function_def(def, true, span),
            StmtKind::ClassDef(def) => self.class_def(def, span),
            StmtKind::Return { value } => self.optional(value.as_deref()),
            StmtKind::Delete { targets } => self.exprs(targets),
            StmtKind::Assign { targets, value } => {
                self.exprs(targets)?;
                self.expr(value)
            }
            StmtKind::TypeAlias { name, type_params, value } => self.type_alias(name, type_params, value, span),
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated_target(target, value.is_some(), *simple, span)?;
                self.annotation(annotation)?;
                self.optional(value.as_deref())
            }
            StmtKind::For(node) => self.for_loop(node),
            StmtKind::AsyncFor(node) => {
                self.mark_top_level_coroutine();
                self.for_loop(node)
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.statements(body)?;
                self.statements(orelse)
            }
            StmtKind::If { test, body, orelse } => self.if_chain(test, body, orelse),
            StmtKind::With { items, body } => self.with(items, body),
            StmtKind::AsyncWith { items, body } => {
                self.mark_top_level_coroutine();
                self.with(items, body)
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    self.optional(case.guard.as_deref())?;
                    self.statements(&case.body)?;
                }
                Ok(())
            }
            StmtKind::Raise { exc, cause } => {
                self.optional(exc.as_deref())?;
                self.optional(cause.as_deref())
            }
            StmtKind::Try(node) | StmtKind::TryStar(node) => {
                self.statements(&node.body)?;
                for handler in &node.handlers {
                    self.optional(handler.type_.as_deref())?;
                    if let Some(name) = &handler.name {
                        self.note(name, usage::LOCAL, handler.span)?;
                    }
                    self.statements(&handler.body)?;
                }
                self.statements(&node.orelse)?;
                self.statements(&node.finalbody)
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.optional(msg.as_deref())
            }
            StmtKind::Import { names } => names.iter().try_for_each(|alias| self.alias(alias)),
            StmtKind::ImportFrom { names, .. } => names.iter().try_for_each(|alias| self.alias(alias)),
            StmtKind::Global { names } => {
                names.iter().try_for_each(|name| self.directive(name, usage::GLOBAL, "global", span))
            }
            StmtKind::Nonlocal { names } => {
                names.iter().try_for_each(|name| self.directive(name, usage::NONLOCAL, "nonlocal", span))
            }
            StmtKind::Expr { value } => self.expr(value),
            StmtKind::Pass | StmtKind::Deferred | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    /// An `if` with its `elif`s, which are nested in one another and may be many.
    fn if_chain(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> CompileResult<()> {
        self.expr(test)?;
        self.statements(body)?;
        let mut rest = orelse;
        while let [Stmt { kind: StmtKind::If { test, body, orelse }, .. }] = rest {
            self.expr(test)?;
            self.statements(body)?;
            rest = orelse;
        }
        self.statements(rest)
    }

    fn for_loop(&mut self, node: &ast::For) -> CompileResult<()> {
        self.expr(&node.target)?;
        self.expr(&node.iter)?;
        self.statements(&node.body)?;
        self.statements(&node.orelse)
    }

    fn with(&mut self, items: &[ast::WithItem], body: &[Stmt]) -> CompileResult<()> {
        for item in items {
            self.expr(&item.context_expr)?;
            self.optional(item.optional_vars.as_deref())?;
        }
        self.statements(body)
    }

    fn mark_top_level_coroutine(&mut self) {
        if self.top_level_await && self.current().kind == ScopeKind::Module {
            self.current().coroutine = true;
        }
    }

    fn function_def(&mut self, def: &ast::FunctionDef, is_async: bool, span: Span) -> CompileResult<()> {
        self.note(&def.name, usage::LOCAL, span)?;
        self.exprs(&def.args.defaults)?;
        def.args.kw_defaults.iter().flatten().try_for_each(|value| self.expr(value))?;
        self.exprs(&def.decorator_list)?;
        let generic = !def.type_params.is_empty();
        if generic {
            self.enter_type_params(&def.type_params, span)?;
            if !def.args.defaults.is_empty() {
                self.note(&Rc::from(".defaults"), usage::PARAM, span)?;
            }
            if def.args.kw_defaults.iter().any(Option::is_some) {
                self.note(&Rc::from(".kwdefaults"), usage::PARAM, span)?;
            }
            self.type_params(&def.type_params)?;
        }
        self.signature_annotations(&def.args, def.returns.as_deref())?;
        self.enter(ScopeKind::Function, Some(ScopeKey::function(def)));
        self.current().coroutine = is_async;
        self.parameters(&def.args)?;
        self.statements(&def.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn class_def(&mut self, def: &ast::ClassDef, span: Span) -> CompileResult<()> {
        self.note(&def.name, usage::LOCAL, span)?;
        self.exprs(&def.decorator_list)?;
        let outer_class = self.class.clone();
        let generic = !def.type_params.is_empty();
        if generic {
            self.enter_type_params(&def.type_params, span)?;
            self.class = Some(Rc::clone(&def.name));
            self.current().mangled_names = Some(Rc::default());
            for name in [".type_params", ".generic_base"] {
                self.note(&Rc::from(name), usage::LOCAL | usage::USE, span)?;
            }
            self.type_params(&def.type_params)?;
        }
        self.exprs(&def.bases)?;
        def.keywords.iter().try_for_each(|keyword| self.keyword(keyword))?;
        self.enter(ScopeKind::Class, Some(ScopeKey::class(def)));
        self.class = Some(Rc::clone(&def.name));
        if generic {
            self.note(&Rc::from("__type_params__"), usage::LOCAL, span)?;
            self.note(&Rc::from(".type_params"), usage::USE, span)?;
        }
        self.statements(&def.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        self.class = outer_class;
        Ok(())
    }

    fn type_alias(
        &mut self,
        name: &Expr,
        type_params: &[ast::TypeParam],
        value: &Expr,
        span: Span,
    ) -> CompileResult<()> {
        self.expr(name)?;
        let in_class = self.current().kind == ScopeKind::Class;
        let generic = !type_params.is_empty();
        if generic {
            self.enter_type_params(type_params, span)?;
            self.type_params(type_params)?;
        }
        self.enter(ScopeKind::TypeAlias, Some(ScopeKey::type_alias(value)));
        self.current().can_see_class_scope = in_class;
        if in_class {
            self.note(&Rc::from("__classdict__"), usage::USE, span)?;
        }
        self.expr(value)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn enter_type_params(&mut self, params: &[ast::TypeParam], span: Span) -> CompileResult<()> {
        let in_class = self.current().kind == ScopeKind::Class;
        self.enter(ScopeKind::TypeParameters, Some(ScopeKey::type_params(params)));
        if in_class {
            self.current().can_see_class_scope = true;
            self.note(&Rc::from("__classdict__"), usage::USE, span)?;
        }
        Ok(())
    }

    fn type_params(&mut self, params: &[ast::TypeParam]) -> CompileResult<()> {
        for param in params {
            self.note(&param.name, usage::TYPE_PARAM | usage::LOCAL, param.span)?;
            if let TypeParamKind::TypeVar { bound: Some(bound) } = &param.kind {
                let constraints = matches!(bound.kind, ExprKind::Tuple { .. });
                let place = if constraints { "a TypeVar constraint" } else { "a TypeVar bound" };
                self.lazy_part(ScopeKind::TypeVariable(place), ScopeKey::bound(param), bound)?;
            }
            if let Some(default) = &param.default_value {
                let place = match param.kind {
                    TypeParamKind::TypeVar { .. } => "a TypeVar default",
                    TypeParamKind::ParamSpec => "a ParamSpec default",
                    TypeParamKind::TypeVarTuple => "a TypeVarTuple default",
                };
                self.lazy_part(ScopeKind::TypeVariable(place), ScopeKey::default(param), default)?;
            }
        }
        Ok(())
    }

    /// A bound or default, which is evaluated when somebody asks for it.
    fn lazy_part(&mut self, kind: ScopeKind, key: ScopeKey, value: &Expr) -> CompileResult<()> {
        let in_class = self.current().can_see_class_scope;
        self.enter(kind, Some(key));
        self.current().can_see_class_scope = in_class;
        if in_class {
            self.note(&Rc::from("__classdict__"), usage::USE, value.span)?;
        }
        self.expr(value)?;
        self.exit();
        Ok(())
    }

    fn parameters(&mut self, args: &ast::Arguments) -> CompileResult<()> {
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            self.note(&arg.arg, usage::PARAM, arg.span)?;
        }
        if let Some(arg) = &args.vararg {
            self.note(&arg.arg, usage::PARAM, arg.span)?;
            self.current().has_varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            self.note(&arg.arg, usage::PARAM, arg.span)?;
            self.current().has_varkeywords = true;
        }
        Ok(())
    }

    fn signature_annotations(&mut self, args: &ast::Arguments, returns: Option<&Expr>) -> CompileResult<()> {
        if self.lazy_annotations {
            self.enter(ScopeKind::Annotation, None);
        }
        let positional = args.posonlyargs.iter().chain(&args.args);
        let named = positional.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref()).chain(&args.kwonlyargs);
        for arg in named {
            self.optional(arg.annotation.as_deref())?;
        }
        self.optional(returns)?;
        if self.lazy_annotations {
            self.exit();
        }
        Ok(())
    }

    fn annotation(&mut self, annotation: &Expr) -> CompileResult<()> {
        if self.lazy_annotations {
            self.enter(ScopeKind::Annotation, None);
        }
        self.expr(annotation)?;
        if self.lazy_annotations {
            self.exit();
        }
        Ok(())
    }

    fn annotated_target(&mut self, target: &Expr, has_value: bool, simple: bool, span: Span) -> CompileResult<()> {
        let ExprKind::Name { id, .. } = &target.kind else { return self.expr(target) };
        let current = self.usage(id);
        let at_module = self.current().kind == ScopeKind::Module;
        if current & (usage::GLOBAL | usage::NONLOCAL) != 0 && !at_module && simple {
            let declared = if current & usage::GLOBAL != 0 { "global" } else { "nonlocal" };
            return Err(error(SyntaxErrorKind::DeclaredAnnotated { name: id.to_string(), statement: declared }, span));
        }
        if simple {
            self.note(id, usage::ANNOTATED | usage::LOCAL, target.span)
        } else if has_value {
            self.note(id, usage::LOCAL, target.span)
        } else {
            Ok(())
        }
    }

    fn alias(&mut self, alias: &ast::Alias) -> CompileResult<()> {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**name == "*" {
            return match self.current().kind {
                ScopeKind::Module => Ok(()),
                ScopeKind::Class
                | ScopeKind::Function
                | ScopeKind::Annotation
                | ScopeKind::TypeVariable(_)
                | ScopeKind::TypeAlias
                | ScopeKind::TypeParameters => Err(error(SyntaxErrorKind::ImportStarNotAtModuleLevel, alias.span)),
            };
        }
        match name.split_once('.') {
            Some((package, _)) => self.note(&Rc::from(package), usage::IMPORT, alias.span),
            None => self.note(name, usage::IMPORT, alias.span),
        }
    }

    /// One name of a `global` or `nonlocal` statement.
    fn directive(&mut self, name: &Rc<str>, bit: u32, word: &'static str, span: Span) -> CompileResult<()> {
        let current = self.usage(name);
        if current & (usage::PARAM | usage::LOCAL | usage::USE | usage::ANNOTATED) != 0 {
            let (name, statement) = (name.to_string(), word);
            let kind = if current & usage::PARAM != 0 {
                SyntaxErrorKind::DeclaredParameter { name, statement }
            } else if current & usage::USE != 0 {
                SyntaxErrorKind::UsedBeforeDeclaration { name, statement }
            } else if current & usage::ANNOTATED != 0 {
                SyntaxErrorKind::DeclaredAnnotated { name, statement }
            } else {
                SyntaxErrorKind::AssignedBeforeDeclaration { name, statement }
            };
            return Err(error(kind, span));
        }
        self.note(name, bit, span)?;
        self.note_directive(name, span);
        Ok(())
    }

    fn pattern(&mut self, pattern: &ast::Pattern) -> CompileResult<()> {
        self.deeper()?;
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.expr(value)?,
            PatternKind::MatchSingleton { .. } => {}
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                patterns.iter().try_for_each(|inner| self.pattern(inner))?;
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.exprs(keys)?;
                patterns.iter().try_for_each(|inner| self.pattern(inner))?;
                if let Some(name) = rest {
                    self.note(name, usage::LOCAL, pattern.span)?;
                }
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                patterns.iter().chain(kwd_patterns).try_for_each(|inner| self.pattern(inner))?;
            }
            PatternKind::MatchStar { name } => {
                if let Some(name) = name {
                    self.note(name, usage::LOCAL, pattern.span)?;
                }
            }
            PatternKind::MatchAs { pattern: inner, name } => {
                if let Some(inner) = inner {
                    self.pattern(inner)?;
                }
                if let Some(name) = name {
                    self.note(name, usage::LOCAL, pattern.span)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    // Expressions.

    fn keyword(&mut self, keyword: &ast::Keyword) -> CompileResult<()> {
        self.expr(&keyword.value)
    }

    /// Visits an expression. Chains that lean to the left (`a + b + c`, `a.b().c`) are walked in a loop: their links
    /// are gathered from the outside in, then visited from the inside out.
    fn expr(&mut self, expr: &Expr) -> CompileResult<()> {
        let Some(first) = left_link(expr) else { return self.counted(expr) };
        let mut chain = vec![expr];
        let mut innermost = first;
        while let Some(next) = left_link(innermost) {
            chain.push(innermost);
            innermost = next;
        }
        self.counted(innermost)?;
        while let Some(link) = chain.pop() {
            self.deeper()?;
            match &link.kind {
                ExprKind::BinOp { right, .. } => self.expr(right)?,
                ExprKind::Call { args, keywords, .. } => {
                    self.exprs(args)?;
                    keywords.iter().try_for_each(|keyword| self.keyword(keyword))?;
                }
                ExprKind::Subscript { slice, .. } => self.expr(slice)?,
                // An attribute has no other part; nothing else is a link.
                _ => {}
            }
            self.depth -= 1;
        }
        Ok(())
    }

    fn counted(&mut self, expr: &Expr) -> CompileResult<()> {
        self.deeper()?;
        self.one(expr)?;
        self.depth -= 1;
        Ok(())
    }

    /// Visits an expression that is not a link of a chain.
    fn one(&mut self, expr: &Expr) -> CompileResult<()> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Constant { .. } => Ok(()),
            ExprKind::Name { id, ctx } => self.name(id, *ctx, span),
            // The links of chains, which `expr` takes apart.
            ExprKind::BinOp { left: value, .. }
            | ExprKind::Attribute { value, .. }
            | ExprKind::Subscript { value, .. }
            | ExprKind::Call { func: value, .. } => self.expr(value),
            ExprKind::BoolOp { values, .. } => self.exprs(values),
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left)?;
                self.exprs(comparators)
            }
            ExprKind::UnaryOp { operand, .. } => {
                let mut inner = operand;
                while let ExprKind::UnaryOp { operand, .. } = &inner.kind {
                    inner = operand;
                }
                self.expr(inner)
            }
            ExprKind::IfExp { test, body, orelse } => self.if_expression(test, body, orelse),
            ExprKind::Dict { keys, values } => {
                keys.iter().flatten().try_for_each(|key| self.expr(key))?;
                self.exprs(values)
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts),
            ExprKind::JoinedStr { values } => self.exprs(values),
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value)?;
                self.optional(format_spec.as_deref())
            }
            ExprKind::Starred { value, .. } => self.expr(value),
            ExprKind::Slice { lower, upper, step } => {
                self.optional(lower.as_deref())?;
                self.optional(upper.as_deref())?;
                self.optional(step.as_deref())
            }
            ExprKind::NamedExpr { target, value } => self.named_expr(target, value, span),
            ExprKind::Lambda { args, body } => self.lambda(args, body),
            ExprKind::ListComp { elt, generators } => {
                self.comprehension(ComprehensionKind::List, generators, elt, None, span)
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension(ComprehensionKind::Set, generators, elt, None, span)
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension(ComprehensionKind::Dict, generators, key, Some(value), span)
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension(ComprehensionKind::Generator, generators, elt, None, span)
            }
            ExprKind::Yield { value } => self.yield_expr(value.as_deref(), span),
            ExprKind::YieldFrom { value } => self.yield_expr(Some(value), span),
            ExprKind::Await { value } => {
                self.refuse_in_annotation("await expression", span)?;
                self.expr(value)?;
                self.current().coroutine = true;
                Ok(())
            }
        }
    }

    /// `a if b else c if d else e`: a row that leans to the right and may be long.
    fn if_expression(&mut self, test: &Expr, body: &Expr, orelse: &Expr) -> CompileResult<()> {
        self.expr(test)?;
        self.expr(body)?;
        let mut rest = orelse;
        while let ExprKind::IfExp { test, body, orelse } = &rest.kind {
            self.expr(test)?;
            self.expr(body)?;
            rest = orelse;
        }
        self.expr(rest)
    }

    fn name(&mut self, id: &Rc<str>, ctx: ExprContext, span: Span) -> CompileResult<()> {
        self.note(id, if ctx == ExprContext::Load { usage::USE } else { usage::LOCAL }, span)?;
        // `super()` finds its class through the `__class__` cell.
        if ctx == ExprContext::Load && &**id == "super" && self.current().kind.is_function_like() {
            self.note(&Rc::from("__class__"), usage::USE, span)?;
        }
        Ok(())
    }

    fn lambda(&mut self, args: &ast::Arguments, body: &Expr) -> CompileResult<()> {
        self.exprs(&args.defaults)?;
        args.kw_defaults.iter().flatten().try_for_each(|value| self.expr(value))?;
        self.enter(ScopeKind::Function, Some(ScopeKey::lambda(args)));
        self.parameters(args)?;
        self.expr(body)?;
        self.exit();
        Ok(())
    }

    fn yield_expr(&mut self, value: Option<&Expr>, span: Span) -> CompileResult<()> {
        self.refuse_in_annotation("yield expression", span)?;
        self.optional(value)?;
        self.current().generator = true;
        let place = match self.current().comprehension {
            None => return Ok(()),
            Some(ComprehensionKind::List) => "list comprehension",
            Some(ComprehensionKind::Set) => "set comprehension",
            Some(ComprehensionKind::Dict) => "dict comprehension",
            Some(ComprehensionKind::Generator) => "generator expression",
        };
        Err(error(SyntaxErrorKind::YieldInComprehension { place }, span))
    }

    fn refuse_in_annotation(&mut self, what: &'static str, span: Span) -> CompileResult<()> {
        let place = match self.current().kind {
            ScopeKind::Module | ScopeKind::Class | ScopeKind::Function => return Ok(()),
            ScopeKind::Annotation => "an annotation",
            ScopeKind::TypeVariable(place) => place,
            ScopeKind::TypeAlias => "a type alias",
            ScopeKind::TypeParameters => "the definition of a generic",
        };
        Err(error(SyntaxErrorKind::NotInAnnotation { what, place }, span))
    }

    fn named_expr(&mut self, target: &Expr, value: &Expr, span: Span) -> CompileResult<()> {
        self.refuse_in_annotation("named expression", span)?;
        if self.current().comp_iter_expr > 0 {
            return Err(error(SyntaxErrorKind::WalrusInIterable, span));
        }
        if self.current().comprehension.is_some()
            && let ExprKind::Name { id, .. } = &target.kind
        {
            self.bind_outside_comprehensions(id, target.span)?;
        }
        self.expr(value)?;
        self.expr(target)
    }

    /// An assignment expression in a comprehension binds its target in the block around all comprehensions (PEP 572).
    fn bind_outside_comprehensions(&mut self, name: &Rc<str>, span: Span) -> CompileResult<()> {
        for index in (0..self.stack.len()).rev() {
            let id = self.stack[index];
            let scope = self.table.scope(id);
            let symbol = scope.symbol(&scope.mangle(self.class.as_deref(), name));
            if scope.comprehension.is_some() {
                if symbol.has(usage::COMP_ITER) && symbol.has(usage::LOCAL | usage::GLOBAL) {
                    let name = name.to_string();
                    return Err(error(SyntaxErrorKind::WalrusRebindsIteration { name }, span));
                }
                continue;
            }
            return match scope.kind {
                ScopeKind::Function => {
                    let bits = if symbol.has(usage::GLOBAL) { usage::GLOBAL } else { usage::NONLOCAL };
                    self.note(name, bits, span)?;
                    self.note_directive(name, span);
                    self.note_in(id, name, usage::LOCAL, span)
                }
                ScopeKind::Module => {
                    self.note(name, usage::GLOBAL, span)?;
                    self.note_directive(name, span);
                    self.note_in(id, name, usage::GLOBAL, span)
                }
                ScopeKind::Class => Err(unbindable("in a class body", span)),
                ScopeKind::TypeParameters => Err(unbindable("within the definition of a generic", span)),
                ScopeKind::TypeAlias => Err(unbindable("in a type alias", span)),
                ScopeKind::TypeVariable(_) => Err(unbindable("in a TypeVar bound", span)),
                ScopeKind::Annotation => Err(error(
                    SyntaxErrorKind::NotInAnnotation { what: "named expression", place: "an annotation" },
                    span,
                )),
            };
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        kind: ComprehensionKind,
        generators: &[ast::Comprehension],
        elt: &Expr,
        value: Option<&Expr>,
        span: Span,
    ) -> CompileResult<()> {
        let Some((outermost, inner)) = generators.split_first() else { return Ok(()) };
        // The outermost iterable is evaluated in the enclosing block and handed in as the parameter `.0`.
        self.iterable(&outermost.iter)?;
        self.enter(ScopeKind::Function, Some(ScopeKey::comprehension(generators)));
        self.current().comprehension = Some(kind);
        self.current().coroutine = outermost.is_async;
        self.note(&Rc::from(".0"), usage::PARAM, span)?;
        self.iteration_target(&outermost.target)?;
        self.exprs(&outermost.ifs)?;
        for clause in inner {
            self.iteration_target(&clause.target)?;
            self.iterable(&clause.iter)?;
            self.exprs(&clause.ifs)?;
            self.current().coroutine |= clause.is_async;
        }
        self.optional(value)?;
        self.expr(elt)?;
        let is_generator = kind == ComprehensionKind::Generator;
        self.current().generator = is_generator;
        let awaits = self.current().coroutine && !is_generator;
        self.exit();
        if awaits {
            self.current().coroutine = true;
        }
        Ok(())
    }

    fn iteration_target(&mut self, target: &Expr) -> CompileResult<()> {
        self.current().comp_iter_target = true;
        self.expr(target)?;
        self.current().comp_iter_target = false;
        Ok(())
    }

    fn iterable(&mut self, iterable: &Expr) -> CompileResult<()> {
        self.current().comp_iter_expr += 1;
        self.expr(iterable)?;
        self.current().comp_iter_expr -= 1;
        Ok(())
    }
}

/// The left operand, object or callable through which a long chain runs.
fn left_link(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::BinOp { left: link, .. }
        | ExprKind::Attribute { value: link, .. }
        | ExprKind::Subscript { value: link, .. }
        | ExprKind::Call { func: link, .. } => Some(link),
        _ => None,
    }
}

fn unbindable(place: &'static str, span: Span) -> CompileError {
    error(SyntaxErrorKind::WalrusUnbindable { place }, span)
}
