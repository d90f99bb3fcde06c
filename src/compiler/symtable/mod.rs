//! The symbol table: which block binds which name, and where each name is therefore looked up.
//!
//! A pass over the whole tree (`build`) notes for every block (module, class, function, comprehension, type-parameter
//! list ...) how each name is used in it. A second pass (`analyze`) walks the blocks and decides a [`Resolution`] for
//! each name: local, global, cell or free. Only then can code be generated, because the first use of a name may stand
//! before the statement that makes it local. The design and all flags are those of CPython 3.13's symbol table
//! ("Execution model, Naming and binding"; PEP 227, PEP 709 for inlined comprehensions, PEP 695 for type parameters).
//!
//! A block is found again by the address of the node that opened it ([`ScopeKey`]): the tree does not move while it is
//! compiled, and code generation may visit a node twice (a `finally` body).

mod analyze;
mod build;
mod mangle;

use std::cell::RefCell;
use std::rc::Rc;

use coil_grammar::ast;
use coil_grammar::span::Span;
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::CompileResult;
use super::future::Features;

pub(super) use mangle::mangle;

/// How a name is used in a block: bits that are collected by `build`.
pub(super) mod usage {
    /// Named by a `global` statement.
    pub(in crate::compiler) const GLOBAL: u32 = 1;
    /// Bound by an assignment, `for`, `def`, `class` ...
    pub(in crate::compiler) const LOCAL: u32 = 1 << 1;
    /// A formal parameter.
    pub(in crate::compiler) const PARAM: u32 = 1 << 2;
    /// Named by a `nonlocal` statement.
    pub(in crate::compiler) const NONLOCAL: u32 = 1 << 3;
    /// Read by some expression.
    pub(in crate::compiler) const USE: u32 = 1 << 4;
    /// Free in a method and bound in the class body too.
    pub(in crate::compiler) const FREE_CLASS: u32 = 1 << 5;
    /// Bound by an import.
    pub(in crate::compiler) const IMPORT: u32 = 1 << 6;
    /// Annotated.
    pub(in crate::compiler) const ANNOTATED: u32 = 1 << 7;
    /// The iteration variable of a comprehension.
    pub(in crate::compiler) const COMP_ITER: u32 = 1 << 8;
    /// A type parameter (PEP 695).
    pub(in crate::compiler) const TYPE_PARAM: u32 = 1 << 9;
    /// A cell of an inlined comprehension.
    pub(in crate::compiler) const COMP_CELL: u32 = 1 << 10;
    /// Any of the ways to bind a name.
    pub(in crate::compiler) const BOUND: u32 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

/// Where a name of a block is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// A variable of the block itself.
    Local,
    /// A global by declaration.
    GlobalExplicit,
    /// A global or builtin because no enclosing function binds it.
    GlobalImplicit,
    /// A variable of an enclosing function.
    Free,
    /// A variable of the block that inner functions use as well.
    Cell,
}

/// What is known of one name in one block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Symbol {
    /// Bits of [`usage`].
    pub(super) usage: u32,
    /// The decision; `None` before the analysis.
    pub(super) resolution: Option<Resolution>,
}

impl Symbol {
    /// Whether any of the usage bits is set.
    pub(super) fn has(self, bits: u32) -> bool {
        self.usage & bits != 0
    }
}

/// The names of a block, in order of first mention.
pub(super) type Symbols = IndexMap<Rc<str>, Symbol, FxBuildHasher>;

/// A set of names.
pub(super) type NameSet = FxHashSet<Rc<str>>;

/// What opened a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    /// A file, an interactive statement or a lone expression.
    Module,
    /// A class body.
    Class,
    /// A function, lambda or comprehension.
    Function,
    /// An annotation that is not evaluated (`from __future__ import annotations`).
    Annotation,
    /// The bound, constraints or default of a type parameter; the text names it in error messages.
    TypeVariable(&'static str),
    /// The value of a `type` statement.
    TypeAlias,
    /// The list of type parameters of a generic class, function or type alias.
    TypeParameters,
}

impl ScopeKind {
    /// Whether variables of the block live in slots and can be seen by inner functions.
    pub(super) fn is_function_like(self) -> bool {
        matches!(
            self,
            ScopeKind::Function | ScopeKind::TypeVariable(_) | ScopeKind::TypeAlias | ScopeKind::TypeParameters
        )
    }
}

/// Which comprehension a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ComprehensionKind {
    /// `[... for ...]`
    List,
    /// `{... for ...}`
    Set,
    /// `{...: ... for ...}`
    Dict,
    /// `(... for ...)`
    Generator,
}

/// Names a block in [`SymbolTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ScopeId(usize);

/// Finds the block that a node opened: the node's address and which of its blocks is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ScopeKey {
    address: usize,
    part: ScopePart,
}

/// Which block of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ScopePart {
    Body,
    TypeParameters,
    Bound,
    Default,
}

fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

impl ScopeKey {
    /// The body of a `def` or `async def`.
    pub(super) fn function(node: &ast::FunctionDef) -> Self {
        ScopeKey { address: address(node), part: ScopePart::Body }
    }

    /// The body of a class.
    pub(super) fn class(node: &ast::ClassDef) -> Self {
        ScopeKey { address: address(node), part: ScopePart::Body }
    }

    /// The body of a lambda.
    pub(super) fn lambda(args: &ast::Arguments) -> Self {
        ScopeKey { address: address(args), part: ScopePart::Body }
    }

    /// A comprehension or generator expression.
    pub(super) fn comprehension(generators: &[ast::Comprehension]) -> Self {
        ScopeKey { address: generators.as_ptr().addr(), part: ScopePart::Body }
    }

    /// The type parameters of a function, class or alias.
    pub(super) fn type_params(params: &[ast::TypeParam]) -> Self {
        ScopeKey { address: params.as_ptr().addr(), part: ScopePart::TypeParameters }
    }

    /// The value of a `type` statement.
    pub(super) fn type_alias(value: &ast::Expr) -> Self {
        ScopeKey { address: address(value), part: ScopePart::Body }
    }

    /// The bound or constraints of a type variable.
    pub(super) fn bound(param: &ast::TypeParam) -> Self {
        ScopeKey { address: address(param), part: ScopePart::Bound }
    }

    /// The default of a type parameter.
    pub(super) fn default(param: &ast::TypeParam) -> Self {
        ScopeKey { address: address(param), part: ScopePart::Default }
    }
}

/// One block, of a kind that [`ScopeKind`] lists, and the names in it.
#[derive(Debug)]
pub(super) struct Scope {
    /// What opened it.
    pub(super) kind: ScopeKind,
    /// Its names.
    pub(super) symbols: Symbols,
    /// The parameters in the order of their slots.
    pub(super) parameters: Vec<Rc<str>>,
    /// Which comprehension it is, if any.
    pub(super) comprehension: Option<ComprehensionKind>,
    /// It is inside a function.
    pub(super) nested: bool,
    /// It contains `yield`.
    pub(super) generator: bool,
    /// It is `async def`, or a comprehension that awaits.
    pub(super) coroutine: bool,
    /// It takes `*args`.
    pub(super) has_varargs: bool,
    /// It takes `**kwargs`.
    pub(super) has_varkeywords: bool,
    /// A class of which a method uses `__class__` or `super`.
    pub(super) needs_class_closure: bool,
    /// A class of which an annotation scope looks names up in the class namespace.
    pub(super) needs_class_dict: bool,
    /// A comprehension that is compiled into the enclosing block (PEP 709).
    pub(super) comp_inlined: bool,
    /// An annotation scope directly in a class body.
    pub(super) can_see_class_scope: bool,
    /// In the type-parameter block of a class, and what is inside it, only these names are mangled.
    pub(super) mangled_names: Option<Rc<RefCell<NameSet>>>,
    children: Vec<ScopeId>,
    /// Names of `global` and `nonlocal` statements with their places, for errors that only the analysis finds.
    directives: Vec<(Rc<str>, Span)>,
    /// The targets of a comprehension's `for` are being visited.
    comp_iter_target: bool,
    /// How many iterables of comprehensions are being visited.
    comp_iter_expr: u32,
}

impl Scope {
    fn new(kind: ScopeKind, nested: bool) -> Self {
        Scope {
            kind,
            symbols: Symbols::default(),
            parameters: Vec::new(),
            comprehension: None,
            nested,
            generator: false,
            coroutine: false,
            has_varargs: false,
            has_varkeywords: false,
            needs_class_closure: false,
            needs_class_dict: false,
            comp_inlined: false,
            can_see_class_scope: false,
            mangled_names: None,
            children: Vec::new(),
            directives: Vec::new(),
            comp_iter_target: false,
            comp_iter_expr: 0,
        }
    }

    /// The entry of a (mangled) name; one without usage and resolution when the block does not mention it.
    pub(super) fn symbol(&self, name: &str) -> Symbol {
        self.symbols.get(name).copied().unwrap_or_default()
    }

    /// The name as this block knows it, given the innermost class's name.
    pub(super) fn mangle(&self, class: Option<&str>, name: &Rc<str>) -> Rc<str> {
        match &self.mangled_names {
            Some(names) if !names.borrow().contains(name) => Rc::clone(name),
            Some(_) | None => mangle(class, name),
        }
    }
}

/// All blocks of one compilation.
#[derive(Debug)]
pub(super) struct SymbolTable {
    scopes: Vec<Scope>,
    keys: FxHashMap<ScopeKey, ScopeId>,
}

/// What is compiled: the three modes of `compile()`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Root<'a> {
    /// Statements: a module or an interactive statement.
    Statements(&'a [ast::Stmt]),
    /// A lone expression.
    Expression(&'a ast::Expr),
}

impl SymbolTable {
    /// The outermost block.
    pub(super) const ROOT: ScopeId = ScopeId(0);

    /// Builds and analyses the table.
    ///
    /// # Errors
    /// The syntax errors about names, in the order in which CPython finds them.
    pub(super) fn new(root: Root<'_>, features: Features, top_level_await: bool) -> CompileResult<SymbolTable> {
        let mut table = build::build(root, features, top_level_await)?;
        table.analyze()?;
        Ok(table)
    }

    /// The block that a node opened.
    pub(super) fn find(&self, key: ScopeKey) -> ScopeId {
        self.keys.get(&key).copied().unwrap_or(Self::ROOT)
    }

    /// The block of an id.
    pub(super) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    /// The block of an id, to be changed.
    pub(super) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0]
    }
}
