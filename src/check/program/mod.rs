//! What the checks want to know about a program, gathered in one walk over its tree.
//!
//! The walk ([`walk`]) makes three flat lists: the scopes with all that binds a name in them, the statements, and the expressions,
//! each with the place it was met at: its scope, the statement and the expression around it, how many loops of its
//! function it stands in, and what guards it. Every check is then a loop over one of the lists, and asks the questions at
//! the end of this file: what a name is bound to, which function is called, which library name an expression spells.
//!
//! A check must not be wrong about a correct program, so the answers are modest: a name that is bound twice is bound to
//! nothing known, a decorated function may be anything, and what stands in a `try` that expects the error, or in a branch
//! that asks for the version of Python, is *guarded* and left alone.
//!
//! Source: Language Reference 4.2, "Naming and binding".

mod walk;

use std::rc::Rc;

use coil_grammar::ast::{ClassDef, Expr, ExprKind, FunctionDef, Module, Stmt, StmtKind};
use coil_grammar::span::{LineIndex, Span};
use coil_grammar::token::{Lexeme, Token};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScopeId(usize);

/// Names a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StmtId(usize);

/// Names an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SiteId(usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GuardId(usize);

/// What opened a scope.
#[derive(Clone, Copy, Debug)]
pub(super) enum ScopeKind<'a> {
    Module,
    Class(&'a ClassDef),
    Function {
        def: &'a FunctionDef,
        is_async: bool,
    },
    Lambda,
    Comprehension,
    /// The list of type parameters of a function, class or alias (PEP 695).
    TypeParameters,
}

/// A block with names of its own.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) kind: ScopeKind<'a>,
    pub(super) parent: Option<ScopeId>,
    bindings: FxHashMap<Rc<str>, Vec<Binding<'a>>>,
    globals: FxHashSet<Rc<str>>,
    nonlocals: FxHashSet<Rc<str>>,
    /// It has a `yield` or `yield from` of its own.
    pub(super) yields: bool,
}

/// One place that binds a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding<'a> {
    pub(super) what: Bound<'a>,
    /// The statement that binds it.
    pub(super) stmt: StmtId,
}

/// What a name is bound to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound<'a> {
    /// `import path`, or `import path.more` without `as`: the name is the first part.
    Module(&'a str),
    /// `from module import name`
    Member { module: &'a str, name: &'a str },
    /// `def`, `async def`; with the scope of its body.
    Function { def: &'a FunctionDef, is_async: bool, scope: ScopeId },
    /// `class`
    Class { def: &'a ClassDef, scope: ScopeId },
    /// `name = value`
    Value(&'a Expr),
    /// A parameter, a loop's variable, a part of a tuple ...
    Other,
}

/// A statement and where it was met.
#[derive(Clone, Copy, Debug)]
pub(super) struct StmtSite<'a> {
    pub(super) stmt: &'a Stmt,
    pub(super) scope: ScopeId,
    pub(super) parent: Option<StmtId>,
    guard: Option<GuardId>,
}

/// An expression and where it was met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    pub(super) expr: &'a Expr,
    pub(super) scope: ScopeId,
    pub(super) stmt: StmtId,
    /// The expression around it.
    pub(super) parent: Option<SiteId>,
    /// Loops around it, within its function.
    pub(super) loops: u32,
    /// It is evaluated when the statement runs; annotations need not be.
    pub(super) is_evaluated: bool,
    guard: Option<GuardId>,
}

/// A reason to leave something alone.
#[derive(Debug)]
enum Guard {
    /// The body of a `try`, or of a `with` that suppresses: the names of the classes caught; empty for a bare `except:`.
    Catches { classes: Vec<String>, around: Option<GuardId> },
    /// The body of an `except` clause.
    Handles { classes: Vec<String>, around: Option<GuardId> },
    /// A branch that asks which Python it is.
    Version,
}

/// What a function makes when it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Makes {
    /// Its result.
    Result,
    /// A generator.
    Generator,
    /// A coroutine.
    Coroutine,
    /// An asynchronous generator.
    AsyncGenerator,
    /// A generator-based coroutine: it carries `@asyncio.coroutine`.
    OldCoroutine,
}

/// A function of the program that is surely the one meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) def: &'a FunctionDef,
    pub(super) makes: Makes,
    pub(super) stmt: StmtId,
}

/// The walked program.
#[derive(Debug)]
pub(super) struct Program<'a> {
    pub(super) source: &'a str,
    /// The tokens, soft keywords settled.
    pub(super) lexemes: &'a [Lexeme],
    scopes: Vec<Scope<'a>>,
    stmts: Vec<StmtSite<'a>>,
    sites: Vec<Site<'a>>,
    guards: Vec<Guard>,
    /// Names of attributes that the program assigns to.
    stored_attributes: FxHashSet<Rc<str>>,
    /// Classes that some handler of the program names.
    caught_anywhere: FxHashSet<String>,
    /// The module does `from somewhere import *`.
    pub(super) has_star_import: bool,
    /// `from __future__ import annotations`
    lazy_annotations: bool,
}

impl<'a> Program<'a> {
    /// The scope of the module.
    pub(super) const MODULE: ScopeId = ScopeId(0);

    /// Walks a tree.
    pub(super) fn new(source: &'a str, lexemes: &'a [Lexeme], tree: &'a Module) -> Self {
        let lazy_annotations = tree.body.iter().any(|stmt| match &stmt.kind {
            StmtKind::ImportFrom { module: Some(module), names, .. } => {
                &**module == "__future__" && names.iter().any(|alias| &*alias.name == "annotations")
            }
            _ => false,
        });
        let mut program = Program {
            source,
            lexemes,
            scopes: Vec::new(),
            stmts: Vec::new(),
            sites: Vec::new(),
            guards: Vec::new(),
            stored_attributes: FxHashSet::default(),
            caught_anywhere: FxHashSet::default(),
            has_star_import: false,
            lazy_annotations,
        };
        program.open(ScopeKind::Module, None);
        walk::fill(program, &tree.body)
    }

    fn open(&mut self, kind: ScopeKind<'a>, parent: Option<ScopeId>) -> ScopeId {
        self.scopes.push(Scope {
            kind,
            parent,
            bindings: FxHashMap::default(),
            globals: FxHashSet::default(),
            nonlocals: FxHashSet::default(),
            yields: false,
        });
        ScopeId(self.scopes.len() - 1)
    }

    // ---- The lists ----

    pub(super) fn scope(&self, id: ScopeId) -> &Scope<'a> {
        &self.scopes[id.0]
    }

    pub(super) fn stmt(&self, id: StmtId) -> &StmtSite<'a> {
        &self.stmts[id.0]
    }

    pub(super) fn site(&self, id: SiteId) -> &Site<'a> {
        &self.sites[id.0]
    }

    pub(super) fn stmts(&self) -> impl Iterator<Item = &StmtSite<'a>> {
        self.stmts.iter()
    }

    pub(super) fn sites(&self) -> impl Iterator<Item = &Site<'a>> {
        self.sites.iter()
    }

    /// The expression around one.
    pub(super) fn around(&self, site: &Site<'a>) -> Option<&Site<'a>> {
        site.parent.map(|id| self.site(id))
    }

    /// The text of a span.
    pub(super) fn text(&self, span: Span) -> &'a str {
        span.text(self.source)
    }

    /// The number of the line of an offset.
    pub(super) fn line(&self, offset: u32) -> u32 {
        LineIndex::new(self.text(Span::new(0, offset))).line_count()
    }

    /// The index of the first token that starts at or after an offset.
    pub(super) fn token_at(&self, offset: u32) -> usize {
        self.lexemes.partition_point(|lexeme| lexeme.span.start < offset)
    }

    /// The span of the name in `def name` or `class name`, whose statement is given.
    pub(super) fn name_span(&self, stmt: &Stmt) -> Span {
        let from = self.token_at(stmt.span.start);
        let name =
            self.lexemes[from.min(self.lexemes.len())..].iter().take(4).find(|lexeme| lexeme.token == Token::Name);
        name.map_or(Span::at(stmt.span.start), |lexeme| lexeme.span)
    }

    /// The header of a compound statement: from its first token to its colon.
    pub(super) fn header_span(&self, stmt: &Stmt) -> Span {
        let from = self.token_at(stmt.span.start);
        let line =
            self.lexemes[from.min(self.lexemes.len())..].iter().take_while(|lexeme| lexeme.token != Token::Newline);
        let end = line.map(|lexeme| lexeme.span.end).take_while(|&end| end <= stmt.span.end).last();
        Span::new(stmt.span.start, end.unwrap_or(stmt.span.end))
    }

    // ---- Scopes and names ----

    /// The function whose frame runs the code of a scope: comprehensions run in the one around them.
    pub(super) fn function_scope(&self, mut id: ScopeId) -> ScopeId {
        while matches!(self.scope(id).kind, ScopeKind::Comprehension | ScopeKind::TypeParameters) {
            let Some(parent) = self.scope(id).parent else { break };
            id = parent;
        }
        id
    }

    /// The `def` whose frame runs the code of a scope, and whether it is `async`.
    pub(super) fn function_around(&self, id: ScopeId) -> Option<(&'a FunctionDef, bool)> {
        match self.scope(self.function_scope(id)).kind {
            ScopeKind::Function { def, is_async } => Some((def, is_async)),
            _ => None,
        }
    }

    /// Whether the code of a scope runs inside an `async def`.
    pub(super) fn is_in_async(&self, id: ScopeId) -> bool {
        self.function_around(id).is_some_and(|(_, is_async)| is_async)
    }

    /// Whether the code of a scope runs when the module does: in no function.
    pub(super) fn is_at_module_level(&self, id: ScopeId) -> bool {
        matches!(self.scope(self.function_scope(id)).kind, ScopeKind::Module)
    }

    /// The places that bind a name as a scope sees it; `None` when none does.
    pub(super) fn bindings(&self, name: &str, from: ScopeId) -> Option<&[Binding<'a>]> {
        let mut at = from;
        let mut is_first = true;
        if self.is_declared_global(name, from) {
            at = Self::MODULE;
        }
        loop {
            let scope = &self.scopes[at.0];
            // Methods do not see the names of their class.
            let is_visible = is_first || !matches!(scope.kind, ScopeKind::Class(_)) || self.sees_class(from, at);
            if is_visible
                && !scope.nonlocals.contains(name)
                && let Some(bindings) = scope.bindings.get(name)
            {
                return Some(bindings);
            }
            is_first = false;
            at = scope.parent?;
        }
    }

    fn is_declared_global(&self, name: &str, from: ScopeId) -> bool {
        self.scope(self.function_scope(from)).globals.contains(name)
    }

    /// Whether only type-parameter lists lie between a scope and a class: those do see the class.
    fn sees_class(&self, mut from: ScopeId, class: ScopeId) -> bool {
        while from != class {
            let scope = self.scope(from);
            // The first iterable of a comprehension is evaluated in the class; it was walked there.
            let (ScopeKind::TypeParameters, Some(parent)) = (scope.kind, scope.parent) else { return false };
            from = parent;
        }
        true
    }

    /// The one place that binds a name as a scope sees it.
    pub(super) fn only_binding(&self, name: &str, from: ScopeId) -> Option<Binding<'a>> {
        match self.bindings(name, from)? {
            [binding] => Some(*binding),
            _ => None,
        }
    }

    /// The bindings of a name in one scope itself.
    pub(super) fn own_bindings(&self, scope: ScopeId, name: &str) -> &[Binding<'a>] {
        self.scope(scope).bindings.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names that a scope itself binds, in no order.
    pub(super) fn names_of(&self, scope: ScopeId) -> Vec<String> {
        let mut names: Vec<String> = self.scope(scope).bindings.keys().map(ToString::to_string).collect();
        names.sort();
        names
    }

    /// The full name of what an expression takes from the library: `asyncio.Task.all_tasks`.
    pub(super) fn path(&self, expr: &Expr, scope: ScopeId) -> Option<String> {
        match &expr.kind {
            ExprKind::Name { id, .. } => {
                let Some(bindings) = self.bindings(id, scope) else {
                    // An excerpt lacks its imports; what they were is plain all the same.
                    return is_excerpt_module(id).then(|| id.to_string());
                };
                let mut paths = bindings.iter().map(|binding| match binding.what {
                    Bound::Module(path) => Some(path.to_owned()),
                    Bound::Member { module, name } => Some(format!("{module}.{name}")),
                    _ => None,
                });
                let path = paths.next()??;
                paths.all(|other| other.as_ref() == Some(&path)).then_some(path)
            }
            ExprKind::Attribute { value, attr, .. } => {
                let mut path = self.path(value, scope)?;
                path.push('.');
                path.push_str(attr);
                Some(path)
            }
            _ => None,
        }
    }

    /// The function of the program that an expression surely means: a name, or a method by `self.name`.
    pub(super) fn function(&self, expr: &Expr, scope: ScopeId) -> Option<Known<'a>> {
        let binding = match &expr.kind {
            ExprKind::Name { id, .. } => self.only_binding(id, scope)?,
            ExprKind::Attribute { value, attr, .. } => self.own_method(value, attr, scope)?,
            _ => return None,
        };
        self.known(binding)
    }

    /// What a `def` makes, when its decorators leave no doubt.
    pub(super) fn known(&self, binding: Binding<'a>) -> Option<Known<'a>> {
        let Bound::Function { def, is_async, scope } = binding.what else { return None };
        let yields = self.scope(scope).yields;
        let makes = match (&def.decorator_list[..], is_async, yields) {
            ([], true, true) => Makes::AsyncGenerator,
            ([], true, false) => Makes::Coroutine,
            ([], false, true) => Makes::Generator,
            ([], false, false) => Makes::Result,
            ([decorator], false, _) => {
                let around = self.scope(scope).parent?;
                if self.path(decorator, around)? != "asyncio.coroutine" {
                    return None;
                }
                Makes::OldCoroutine
            }
            _ => return None,
        };
        Some(Known { def, makes, stmt: binding.stmt })
    }

    /// The method `name` that `self.name` means: this class has it once, and nobody redefines it.
    fn own_method(&self, value: &Expr, name: &str, scope: ScopeId) -> Option<Binding<'a>> {
        let ExprKind::Name { id, .. } = &value.kind else { return None };
        let function = self.function_scope(scope);
        let ScopeKind::Function { def, .. } = self.scope(function).kind else { return None };
        let first = def.args.posonlyargs.first().or(def.args.args.first())?;
        let class = self.scope(function).parent?;
        if first.arg != *id || !matches!(self.scope(class).kind, ScopeKind::Class(_)) || !def.decorator_list.is_empty()
        {
            return None;
        }
        let is_elsewhere = self.scopes.iter().enumerate().any(|(at, scope)| {
            at != class.0 && matches!(scope.kind, ScopeKind::Class(_)) && scope.bindings.contains_key(name)
        });
        if is_elsewhere || self.is_stored(name) {
            return None;
        }
        match self.own_bindings(class, name) {
            [binding] => Some(*binding),
            _ => None,
        }
    }

    /// What binds a name in the class whose method a scope belongs to: the method must say `self.name`.
    pub(super) fn member_of_class(&self, name: &str, scope: ScopeId) -> Option<Binding<'a>> {
        let mut at = scope;
        while let Some(parent) = self.scope(at).parent {
            at = parent;
            if matches!(self.scope(at).kind, ScopeKind::Class(_)) {
                return self.own_bindings(at, name).first().copied();
            }
        }
        None
    }

    /// Whether the program assigns to an attribute of this name anywhere.
    pub(super) fn is_stored(&self, attribute: &str) -> bool {
        self.stored_attributes.contains(attribute)
    }

    // ---- Guards ----

    /// Whether the program itself reckons with an exception of a class at a place: it catches it there.
    pub(super) fn expects(&self, site: &Site<'a>, class: &str) -> bool {
        self.caught_anywhere.contains(class) || self.catches(site.guard, class)
    }

    /// Whether a place stands in a `try` that catches the class, or in a branch for some versions of Python only.
    pub(super) fn is_guarded(&self, site: &Site<'a>, class: &str) -> bool {
        self.catches(site.guard, class)
    }

    /// The same for a statement.
    pub(super) fn is_stmt_guarded(&self, site: &StmtSite<'a>, class: &str) -> bool {
        self.catches(site.guard, class)
    }

    /// Whether some handler of the program names the class.
    pub(super) fn is_caught_anywhere(&self, class: &str) -> bool {
        self.caught_anywhere.contains(class)
    }

    fn catches(&self, mut at: Option<GuardId>, class: &str) -> bool {
        while let Some(id) = at {
            at = match &self.guards[id.0] {
                Guard::Version => return true,
                Guard::Catches { classes, around } => {
                    let known = |name: &String| name == class || is_base(name, class);
                    if classes.is_empty() || classes.iter().any(known) {
                        return true;
                    }
                    *around
                }
                Guard::Handles { classes, around } => {
                    if classes.iter().any(|name| {
                        matches!(name.as_str(), "ImportError" | "ModuleNotFoundError" | "AttributeError" | "NameError")
                    }) {
                        return true;
                    }
                    *around
                }
            };
        }
        false
    }
}

/// Modules that excerpts of posts use without importing them.
fn is_excerpt_module(name: &str) -> bool {
    matches!(name, "asyncio" | "collections" | "threading" | "time")
}

/// Whether `base` is a class above `class`, among those that the checks speak of.
fn is_base(base: &str, class: &str) -> bool {
    match base {
        "BaseException" | "Exception" => true,
        "ImportError" => class == "ModuleNotFoundError",
        "NameError" => class == "UnboundLocalError",
        _ => false,
    }
}

/// The last part of a dotted name.
pub(super) fn last_name(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name { id, .. } => Some(id.to_string()),
        ExprKind::Attribute { attr, .. } => Some(attr.to_string()),
        _ => None,
    }
}
