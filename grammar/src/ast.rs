//! The syntax tree: what the parser builds and the compiler reads.
//!
//! The nodes mirror the abstract grammar of CPython 3.13 (`ast` module docs, "Abstract grammar") one to one: same
//! names, same fields, same order. Whoever knows `ast.dump` can read this file, and the dump of a tree equals
//! CPython's character for character. The differences are of spelling only:
//!
//! * Type comments are not read, so `type_comment` is absent and `type_ignores` always empty.
//! * `match` cases, decorators and so on are plain vectors; nodes with many fields are boxed, so that a node on the
//!   parser's stack stays small.
//! * `AsyncFor`, `AsyncWith` and `AsyncFunctionDef` share the payload of their synchronous twins.
//!
//! **Depth.** The tree of `a+a+a+...` is as deep as the line is long. Every [`Expr`] therefore knows how many levels are
//! beneath it ([`Expr::depth`]), the parser refuses trees deeper than [`MAX_DEPTH`], and dropping a tree never recurses
//! deeply. A reader that recurses over expressions needs at most `MAX_DEPTH` levels.

use std::fmt;
use std::mem;
use std::rc::Rc;

use num_bigint::BigInt;

use crate::span::Span;

/// How many expression nodes may be nested in one another.
///
/// CPython 3.13 compiles `a+a+...` of up to 9,995 terms on common machines and then raises `RecursionError: maximum recursion depth
/// exceeded during compilation`; Coil stops at the same order of magnitude.
pub const MAX_DEPTH: u32 = if cfg!(target_family = "wasm") { 1_000 } else { 9_990 };

/// A name in its NFKC-normalised form (Language Reference 2.3). Equal names of one parse share their storage.
pub type Identifier = Rc<str>;

/// A whole file: the result of parsing in `exec` mode.
#[derive(Debug)]
pub struct Module {
    /// The statements of the file.
    pub body: Vec<Stmt>,
}

/// One interactive statement, as typed at the `>>>` prompt: `single` mode.
#[derive(Debug)]
pub struct Interactive {
    /// One compound statement, or the simple statements of one line.
    pub body: Vec<Stmt>,
}

/// A lone expression: `eval` mode.
#[derive(Debug)]
pub struct Expression {
    /// The expression.
    pub body: Expr,
}

/// A statement and its place in the source.
#[derive(Debug)]
pub struct Stmt {
    /// Which statement it is.
    pub kind: StmtKind,
    /// From its first to its last token; decorators are not included.
    pub span: Span,
}

/// The kinds of statements (Language Reference 7 and 8).
#[derive(Debug)]
pub enum StmtKind {
    /// `def name(args): body`
    FunctionDef(Box<FunctionDef>),
    /// `async def name(args): body`
    AsyncFunctionDef(Box<FunctionDef>),
    /// `class name(bases, keywords): body`
    ClassDef(Box<ClassDef>),
    /// `return value`
    Return {
        /// What is returned; `None` for a bare `return`.
        value: Option<Box<Expr>>,
    },
    /// `del targets`
    Delete {
        /// What is deleted, each in `Del` context.
        targets: Vec<Expr>,
    },
    /// `targets[0] = targets[1] = value`
    Assign {
        /// One entry for each `=` sign.
        targets: Vec<Expr>,
        /// The right-hand side.
        value: Box<Expr>,
    },
    /// `type name[type_params] = value` (PEP 695)
    TypeAlias {
        /// Always a `Name` in `Store` context.
        name: Box<Expr>,
        /// The parameters between brackets.
        type_params: Vec<TypeParam>,
        /// The aliased type, evaluated lazily.
        value: Box<Expr>,
    },
    /// `target op= value`
    AugAssign {
        /// A name, attribute or subscript, in `Store` context.
        target: Box<Expr>,
        /// The operator before the `=` sign.
        op: Operator,
        /// The right operand.
        value: Box<Expr>,
    },
    /// `target: annotation = value` (PEP 526)
    AnnAssign {
        /// A name, attribute or subscript.
        target: Box<Expr>,
        /// The annotation.
        annotation: Box<Expr>,
        /// The value, if one is assigned.
        value: Option<Box<Expr>>,
        /// Whether the target is a name that is not parenthesised.
        simple: bool,
    },
    /// `for target in iter: body`
    For(Box<For>),
    /// `async for target in iter: body`
    AsyncFor(Box<For>),
    /// `while test: body`
    While {
        /// The condition.
        test: Box<Expr>,
        /// The loop's body.
        body: Vec<Stmt>,
        /// The `else` clause, perhaps empty.
        orelse: Vec<Stmt>,
    },
    /// `if test: body`
    If {
        /// The condition.
        test: Box<Expr>,
        /// The statements run when it holds.
        body: Vec<Stmt>,
        /// The `else` clause, perhaps empty; an `elif` is a single nested `If`.
        orelse: Vec<Stmt>,
    },
    /// `with items: body`
    With {
        /// The context managers.
        items: Vec<WithItem>,
        /// The statements in their care.
        body: Vec<Stmt>,
    },
    /// `async with items: body`
    AsyncWith {
        /// The context managers.
        items: Vec<WithItem>,
        /// The statements in their care.
        body: Vec<Stmt>,
    },
    /// `match subject: cases`
    Match {
        /// The value to match.
        subject: Box<Expr>,
        /// The cases in order.
        cases: Vec<MatchCase>,
    },
    /// `raise exc from cause`
    Raise {
        /// What is raised; `None` re-raises.
        exc: Option<Box<Expr>>,
        /// The expression after `from`.
        cause: Option<Box<Expr>>,
    },
    /// `try: ... except: ...`
    Try(Box<Try>),
    /// `try: ... except* T: ...` (PEP 654)
    TryStar(Box<Try>),
    /// `assert test, msg`
    Assert {
        /// The condition.
        test: Box<Expr>,
        /// The message.
        msg: Option<Box<Expr>>,
    },
    /// `import names`
    Import {
        /// The modules.
        names: Vec<Alias>,
    },
    /// `from module import names`
    ImportFrom {
        /// The dotted name; `None` when only dots are given.
        module: Option<Identifier>,
        /// The imported names; `*` is a name of its own.
        names: Vec<Alias>,
        /// The number of leading dots.
        level: u32,
    },
    /// `global names`
    Global {
        /// The names.
        names: Vec<Identifier>,
    },
    /// `nonlocal names`
    Nonlocal {
        /// The names.
        names: Vec<Identifier>,
    },
    /// An expression evaluated for its effect.
    Expr {
        /// The expression.
        value: Box<Expr>,
    },
    /// `pass`
    Pass,
    /// Statements at the end of a function's body that are left to be read when the function is called: no statement of
    /// the language, and only in what [`parse_library`](crate::parse_library) returns.
    Deferred,
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// The payload of `def` and `async def`.
#[derive(Debug)]
pub struct FunctionDef {
    /// The function's name.
    pub name: Identifier,
    /// Its parameters.
    pub args: Arguments,
    /// Its body.
    pub body: Vec<Stmt>,
    /// The decorators, outermost first.
    pub decorator_list: Vec<Expr>,
    /// The annotation after `->`.
    pub returns: Option<Box<Expr>>,
    /// The type parameters between brackets (PEP 695).
    pub type_params: Vec<TypeParam>,
}

/// The payload of `class`.
#[derive(Debug)]
pub struct ClassDef {
    /// The class's name.
    pub name: Identifier,
    /// The positional arguments, starred ones included.
    pub bases: Vec<Expr>,
    /// The keyword arguments, `metaclass` and `**` included.
    pub keywords: Vec<Keyword>,
    /// Its body.
    pub body: Vec<Stmt>,
    /// The decorators, outermost first.
    pub decorator_list: Vec<Expr>,
    /// The type parameters between brackets (PEP 695).
    pub type_params: Vec<TypeParam>,
}

/// The payload of `for` and `async for`.
#[derive(Debug)]
pub struct For {
    /// What each item is bound to, in `Store` context.
    pub target: Expr,
    /// What is iterated.
    pub iter: Expr,
    /// The loop's body.
    pub body: Vec<Stmt>,
    /// The `else` clause, perhaps empty.
    pub orelse: Vec<Stmt>,
}

/// The payload of `try`.
#[derive(Debug)]
pub struct Try {
    /// The guarded statements.
    pub body: Vec<Stmt>,
    /// The `except` clauses.
    pub handlers: Vec<ExceptHandler>,
    /// The `else` clause, perhaps empty.
    pub orelse: Vec<Stmt>,
    /// The `finally` clause, perhaps empty.
    pub finalbody: Vec<Stmt>,
}

/// An expression and its place in the source.
pub struct Expr {
    /// Which expression it is.
    pub kind: ExprKind,
    /// From its first to its last token; enclosing parentheses belong to tuples and generator expressions only.
    pub span: Span,
    depth: u32,
}

/// The kinds of expressions (Language Reference 6).
#[derive(Debug)]
pub enum ExprKind {
    /// `a and b and c`: one node for a run of the same operator.
    BoolOp {
        /// `and` or `or`.
        op: BoolOp,
        /// Two or more operands.
        values: Vec<Expr>,
    },
    /// `target := value` (PEP 572)
    NamedExpr {
        /// A `Name` in `Store` context.
        target: Box<Expr>,
        /// The value.
        value: Box<Expr>,
    },
    /// `left op right`
    BinOp {
        /// The left operand.
        left: Box<Expr>,
        /// The operator.
        op: Operator,
        /// The right operand.
        right: Box<Expr>,
    },
    /// `op operand`
    UnaryOp {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        operand: Box<Expr>,
    },
    /// `lambda args: body`
    Lambda {
        /// The parameters, without annotations.
        args: Box<Arguments>,
        /// The body.
        body: Box<Expr>,
    },
    /// `body if test else orelse`
    IfExp {
        /// The condition.
        test: Box<Expr>,
        /// The value when it holds.
        body: Box<Expr>,
        /// The value when it does not.
        orelse: Box<Expr>,
    },
    /// `{key: value, **mapping}`
    Dict {
        /// `None` stands for `**`, whose mapping is in `values`.
        keys: Vec<Option<Expr>>,
        /// As many as keys.
        values: Vec<Expr>,
    },
    /// `{a, b}`
    Set {
        /// One or more elements.
        elts: Vec<Expr>,
    },
    /// `[elt for ...]`
    ListComp {
        /// The element.
        elt: Box<Expr>,
        /// One or more `for` clauses.
        generators: Vec<Comprehension>,
    },
    /// `{elt for ...}`
    SetComp {
        /// The element.
        elt: Box<Expr>,
        /// One or more `for` clauses.
        generators: Vec<Comprehension>,
    },
    /// `{key: value for ...}`
    DictComp {
        /// The key.
        key: Box<Expr>,
        /// The value.
        value: Box<Expr>,
        /// One or more `for` clauses.
        generators: Vec<Comprehension>,
    },
    /// `(elt for ...)`
    GeneratorExp {
        /// The element.
        elt: Box<Expr>,
        /// One or more `for` clauses.
        generators: Vec<Comprehension>,
    },
    /// `await value` (PEP 492)
    Await {
        /// The awaitable.
        value: Box<Expr>,
    },
    /// `yield value`
    Yield {
        /// What is handed out; `None` for a bare `yield`.
        value: Option<Box<Expr>>,
    },
    /// `yield from value` (PEP 380)
    YieldFrom {
        /// The iterable delegated to.
        value: Box<Expr>,
    },
    /// `left < b < c`: one node for a chain.
    Compare {
        /// The first operand.
        left: Box<Expr>,
        /// The operators, as many as comparators.
        ops: Vec<CmpOp>,
        /// The other operands.
        comparators: Vec<Expr>,
    },
    /// `func(args, keywords)`
    Call {
        /// What is called.
        func: Box<Expr>,
        /// The positional arguments, starred ones included.
        args: Vec<Expr>,
        /// The keyword arguments, `**` included.
        keywords: Vec<Keyword>,
    },
    /// `{value!r:spec}` inside an f-string (PEP 701)
    FormattedValue {
        /// The expression.
        value: Box<Expr>,
        /// What follows `!`.
        conversion: Conversion,
        /// Always a `JoinedStr`.
        format_spec: Option<Box<Expr>>,
    },
    /// An f-string, or a run of strings with an f-string among them.
    JoinedStr {
        /// `Constant` and `FormattedValue` nodes.
        values: Vec<Expr>,
    },
    /// A literal.
    Constant {
        /// Its value.
        value: Constant,
        /// Whether the first string of the literal carries the prefix `u` (`kind='u'`).
        u_prefix: bool,
    },
    /// `value.attr`
    Attribute {
        /// The object.
        value: Box<Expr>,
        /// The attribute's name.
        attr: Identifier,
        /// Read, written or deleted.
        ctx: ExprContext,
    },
    /// `value[slice]`
    Subscript {
        /// The object.
        value: Box<Expr>,
        /// The index; a `Slice`, or a `Tuple` that may hold slices.
        slice: Box<Expr>,
        /// Read, written or deleted.
        ctx: ExprContext,
    },
    /// `*value`
    Starred {
        /// The iterable.
        value: Box<Expr>,
        /// Read or written.
        ctx: ExprContext,
    },
    /// A name.
    Name {
        /// The name.
        id: Identifier,
        /// Read, written or deleted.
        ctx: ExprContext,
    },
    /// `[a, b]`
    List {
        /// The elements.
        elts: Vec<Expr>,
        /// Read, written or deleted.
        ctx: ExprContext,
    },
    /// `a, b`
    Tuple {
        /// The elements.
        elts: Vec<Expr>,
        /// Read, written or deleted.
        ctx: ExprContext,
    },
    /// `lower:upper:step` inside a subscript
    Slice {
        /// Before the first colon.
        lower: Option<Box<Expr>>,
        /// Before the second colon.
        upper: Option<Box<Expr>>,
        /// After the second colon.
        step: Option<Box<Expr>>,
    },
}

/// The value of a literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
    /// A string; lone surrogates are spelt as [`surrogate`](crate::surrogate) says.
    Str(Rc<str>),
    /// A bytes literal.
    Bytes(Rc<[u8]>),
    /// An integer that fits; literals have no sign, so it is never negative.
    Int(i64),
    /// A larger integer.
    BigInt(Rc<BigInt>),
    /// A float.
    Float(f64),
    /// An imaginary number; the real part of a literal is zero.
    Complex(f64),
}

/// Whether a node is read, bound or deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExprContext {
    /// The value is read.
    Load,
    /// The place is assigned to.
    Store,
    /// The place is deleted.
    Del,
}

/// `and`, `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoolOp {
    /// `and`
    And,
    /// `or`
    Or,
}

/// The binary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mult,
    /// `@`
    MatMult,
    /// `/`
    Div,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `//`
    FloorDiv,
}

/// The unary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `~`
    Invert,
    /// `not`
    Not,
    /// `+`
    UAdd,
    /// `-`
    USub,
}

/// The comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CmpOp {
    /// `==`
    Eq,
    /// `!=`
    NotEq,
    /// `<`
    Lt,
    /// `<=`
    LtE,
    /// `>`
    Gt,
    /// `>=`
    GtE,
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `in`
    In,
    /// `not in`
    NotIn,
}

/// What follows `!` in an f-string's replacement field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// Nothing: the value is formatted as it is (`-1` in CPython's tree).
    None,
    /// `!s`
    Str,
    /// `!r`, and the default after `=`
    Repr,
    /// `!a`
    Ascii,
}

/// A `for` clause of a comprehension, with the `if` clauses that follow it.
#[derive(Debug)]
pub struct Comprehension {
    /// What each item is bound to.
    pub target: Expr,
    /// What is iterated.
    pub iter: Expr,
    /// The filters.
    pub ifs: Vec<Expr>,
    /// Whether it is `async for`.
    pub is_async: bool,
}

/// An `except` clause.
#[derive(Debug)]
pub struct ExceptHandler {
    /// The class or tuple of classes; `None` catches everything.
    pub type_: Option<Box<Expr>>,
    /// The name after `as`.
    pub name: Option<Identifier>,
    /// The clause's body.
    pub body: Vec<Stmt>,
    /// From `except` to the end of the body.
    pub span: Span,
}

/// The parameters of a function (Language Reference 8.7).
#[derive(Debug, Default)]
pub struct Arguments {
    /// Those before `/`.
    pub posonlyargs: Vec<Arg>,
    /// The ordinary ones.
    pub args: Vec<Arg>,
    /// `*args`
    pub vararg: Option<Box<Arg>>,
    /// Those after `*`.
    pub kwonlyargs: Vec<Arg>,
    /// The defaults of `kwonlyargs`, one entry each.
    pub kw_defaults: Vec<Option<Expr>>,
    /// `**kwargs`
    pub kwarg: Option<Box<Arg>>,
    /// The defaults of the last positional parameters.
    pub defaults: Vec<Expr>,
}

/// One parameter.
#[derive(Debug)]
pub struct Arg {
    /// Its name.
    pub arg: Identifier,
    /// Its annotation.
    pub annotation: Option<Box<Expr>>,
    /// Name and annotation, without the default.
    pub span: Span,
}

/// A keyword argument of a call or class.
#[derive(Debug)]
pub struct Keyword {
    /// The name; `None` stands for `**value`.
    pub arg: Option<Identifier>,
    /// The value.
    pub value: Expr,
    /// The whole argument.
    pub span: Span,
}

/// One name of an import statement.
#[derive(Debug)]
pub struct Alias {
    /// The (dotted) name, or `*`.
    pub name: Identifier,
    /// The name after `as`.
    pub asname: Option<Identifier>,
    /// The whole clause.
    pub span: Span,
}

/// One context manager of a `with` statement.
#[derive(Debug)]
pub struct WithItem {
    /// The manager.
    pub context_expr: Expr,
    /// The target after `as`.
    pub optional_vars: Option<Box<Expr>>,
}

/// One `case` of a `match` statement (PEP 634).
#[derive(Debug)]
pub struct MatchCase {
    /// The pattern.
    pub pattern: Pattern,
    /// The condition after `if`.
    pub guard: Option<Box<Expr>>,
    /// The statements.
    pub body: Vec<Stmt>,
}

/// A pattern and its place in the source.
#[derive(Debug)]
pub struct Pattern {
    /// Which pattern it is.
    pub kind: PatternKind,
    /// From its first to its last token.
    pub span: Span,
}

/// The kinds of patterns (Language Reference 8.6.4).
#[derive(Debug)]
pub enum PatternKind {
    /// A literal or dotted name, compared with `==`.
    MatchValue {
        /// The value.
        value: Box<Expr>,
    },
    /// `None`, `True` or `False`, compared with `is`.
    MatchSingleton {
        /// The constant.
        value: Constant,
    },
    /// `[a, b, *rest]`
    MatchSequence {
        /// The element patterns; at most one `MatchStar`.
        patterns: Vec<Pattern>,
    },
    /// `{key: pattern, **rest}`
    MatchMapping {
        /// The keys: literals or dotted names.
        keys: Vec<Expr>,
        /// As many as keys.
        patterns: Vec<Pattern>,
        /// The name after `**`.
        rest: Option<Identifier>,
    },
    /// `cls(patterns, kwd_attrs=kwd_patterns)`
    MatchClass {
        /// The class: a (dotted) name.
        cls: Box<Expr>,
        /// The positional patterns.
        patterns: Vec<Pattern>,
        /// The attributes' names.
        kwd_attrs: Vec<Identifier>,
        /// As many as `kwd_attrs`.
        kwd_patterns: Vec<Pattern>,
    },
    /// `*name` inside a sequence
    MatchStar {
        /// `None` for `*_`.
        name: Option<Identifier>,
    },
    /// `pattern as name`, a capture `name`, or `_`
    MatchAs {
        /// The pattern before `as`.
        pattern: Option<Box<Pattern>>,
        /// The captured name; `None` for `_`.
        name: Option<Identifier>,
    },
    /// `a | b`
    MatchOr {
        /// Two or more alternatives.
        patterns: Vec<Pattern>,
    },
}

/// One type parameter (PEP 695, PEP 696) and its place in the source.
#[derive(Debug)]
pub struct TypeParam {
    /// Which kind it is.
    pub kind: TypeParamKind,
    /// The parameter's name.
    pub name: Identifier,
    /// The expression after `=`.
    pub default_value: Option<Box<Expr>>,
    /// The whole parameter.
    pub span: Span,
}

/// The kinds of type parameters.
#[derive(Debug)]
pub enum TypeParamKind {
    /// `T: bound`
    TypeVar {
        /// The expression after the colon; a tuple gives constraints.
        bound: Option<Box<Expr>>,
    },
    /// `**P`
    ParamSpec,
    /// `*Ts`
    TypeVarTuple,
}

impl Expr {
    /// Makes a node and computes its depth from its children's.
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let mut deepest = 0;
        kind.for_each_child(&mut |child| deepest = deepest.max(child.depth));
        Self { kind, span, depth: deepest + 1 }
    }

    /// How many levels of expressions the node has, itself included: 1 for a name or a constant.
    pub fn depth(&self) -> u32 {
        self.depth
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expr").field("kind", &self.kind).field("span", &self.span).finish()
    }
}

impl ExprKind {
    /// Calls `visit` for every expression directly beneath this node.
    pub fn for_each_child(&self, visit: &mut dyn FnMut(&Expr)) {
        match self {
            Self::BoolOp { values, .. } => values.iter().for_each(visit),
            Self::NamedExpr { target, value } => {
                visit(target);
                visit(value);
            }
            Self::BinOp { left, right, .. } => {
                visit(left);
                visit(right);
            }
            Self::UnaryOp { operand, .. } => visit(operand),
            Self::Lambda { args, body } => {
                args.defaults.iter().for_each(&mut *visit);
                args.kw_defaults.iter().flatten().for_each(&mut *visit);
                visit(body);
            }
            Self::IfExp { test, body, orelse } => {
                visit(test);
                visit(body);
                visit(orelse);
            }
            Self::Dict { keys, values } => {
                keys.iter().flatten().for_each(&mut *visit);
                values.iter().for_each(visit);
            }
            Self::Set { elts } | Self::List { elts, .. } | Self::Tuple { elts, .. } => elts.iter().for_each(visit),
            Self::ListComp { elt, generators }
            | Self::SetComp { elt, generators }
            | Self::GeneratorExp { elt, generators } => {
                visit(elt);
                generators.iter().for_each(|clause| clause.for_each_child(visit));
            }
            Self::DictComp { key, value, generators } => {
                visit(key);
                visit(value);
                generators.iter().for_each(|clause| clause.for_each_child(visit));
            }
            Self::Await { value } | Self::YieldFrom { value } => visit(value),
            Self::Yield { value } => value.iter().for_each(|value| visit(value)),
            Self::Compare { left, comparators, .. } => {
                visit(left);
                comparators.iter().for_each(visit);
            }
            Self::Call { func, args, keywords } => {
                visit(func);
                args.iter().for_each(&mut *visit);
                keywords.iter().for_each(|keyword| visit(&keyword.value));
            }
            Self::FormattedValue { value, format_spec, .. } => {
                visit(value);
                format_spec.iter().for_each(|spec| visit(spec));
            }
            Self::JoinedStr { values } => values.iter().for_each(visit),
            Self::Attribute { value, .. } | Self::Starred { value, .. } => visit(value),
            Self::Subscript { value, slice, .. } => {
                visit(value);
                visit(slice);
            }
            Self::Slice { lower, upper, step } => {
                [lower, upper, step].into_iter().flatten().for_each(|part| visit(part));
            }
            Self::Constant { .. } | Self::Name { .. } => {}
        }
    }

    /// The children through which a long chain can run. The others nest only inside brackets, which the lexer counts,
    /// or are beneath one of these.
    fn chain_links(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::BinOp { left, right, .. } => {
                visit(left);
                visit(right);
            }
            Self::IfExp { test, body, orelse } => {
                visit(test);
                visit(body);
                visit(orelse);
            }
            Self::UnaryOp { operand: child, .. }
            | Self::Lambda { body: child, .. }
            | Self::Await { value: child }
            | Self::Call { func: child, .. }
            | Self::Attribute { value: child, .. }
            | Self::Subscript { value: child, .. }
            | Self::Starred { value: child, .. } => visit(child),
            Self::BoolOp { values: children, .. } | Self::Compare { comparators: children, .. } => {
                children.iter_mut().for_each(visit);
            }
            Self::NamedExpr { .. }
            | Self::Dict { .. }
            | Self::Set { .. }
            | Self::ListComp { .. }
            | Self::SetComp { .. }
            | Self::DictComp { .. }
            | Self::GeneratorExp { .. }
            | Self::Yield { .. }
            | Self::YieldFrom { .. }
            | Self::FormattedValue { .. }
            | Self::JoinedStr { .. }
            | Self::Constant { .. }
            | Self::Name { .. }
            | Self::List { .. }
            | Self::Tuple { .. }
            | Self::Slice { .. } => {}
        }
    }
}

impl Comprehension {
    fn for_each_child(&self, visit: &mut dyn FnMut(&Expr)) {
        visit(&self.target);
        visit(&self.iter);
        self.ifs.iter().for_each(visit);
    }
}

/// Below this depth the compiler's own recursive drop is cheap and safe.
const RECURSIVE_DROP_DEPTH: u32 = 64;

impl Drop for Expr {
    /// Takes long chains apart link by link, so that freeing `a+a+a+...` needs no machine stack.
    fn drop(&mut self) {
        if self.depth <= RECURSIVE_DROP_DEPTH {
            return;
        }
        let mut detached = Vec::new();
        let mut detach = |link: &mut Expr| {
            if link.depth > RECURSIVE_DROP_DEPTH {
                detached.push(mem::replace(link, Expr::detached()));
            }
        };
        self.kind.chain_links(&mut detach);
        while let Some(mut link) = detached.pop() {
            link.kind.chain_links(&mut |next| {
                if next.depth > RECURSIVE_DROP_DEPTH {
                    detached.push(mem::replace(next, Expr::detached()));
                }
            });
            // What is left of the link is shallow; its own depth would send it through this function once more.
            link.depth = 0;
        }
    }
}

impl Expr {
    /// What stands in for a link that was taken out.
    fn detached() -> Self {
        Self {
            kind: ExprKind::Constant { value: Constant::None, u_prefix: false },
            span: Span { start: 0, end: 0 },
            depth: 0,
        }
    }
}

impl Drop for Stmt {
    /// Unrolls a chain of `elif`s, each of which is nested in the one before.
    fn drop(&mut self) {
        let StmtKind::If { orelse, .. } = &mut self.kind else {
            return;
        };
        let mut rest = mem::take(orelse);
        while let [Stmt { kind: StmtKind::If { orelse, .. }, .. }] = &mut rest[..] {
            let next = mem::take(orelse);
            rest = next;
        }
    }
}
