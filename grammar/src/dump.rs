//! The tree as text: exactly what CPython 3.13's `ast.dump(tree, include_attributes=True)` prints.
//!
//! Two rules of that function save space: a field that is `None` is left out where `None` is its default, and so is an
//! empty list. Attributes are the four numbers of a node's position.
//!
//! A tree may be thousands of levels deep, so the text is not made by recursion: the nodes that wait to be written stand
//! on a stack, each with the punctuation around it.

use std::fmt::Write;

use crate::ast::{
    Alias, Arg, Arguments, BoolOp, ClassDef, CmpOp, Comprehension, Constant, Conversion, ExceptHandler, Expr,
    ExprContext, ExprKind, Expression, For, FunctionDef, Identifier, Interactive, Keyword, MatchCase, Module, Operator,
    Pattern, PatternKind, Stmt, StmtKind, Try, TypeParam, TypeParamKind, UnaryOp, WithItem,
};
use crate::printable::is_printable;
use crate::span::{LineIndex, Span};
use crate::surrogate::from_private;

/// The dump of a file's tree; `lines` is the index of the source it was parsed from.
///
/// ```
/// use coil_grammar::{dump, parse_module, span::LineIndex};
/// let source = "pass";
/// let tree = parse_module(source).unwrap().tree;
/// assert_eq!(
///     dump::module(&tree, &LineIndex::new(source)),
///     "Module(body=[Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=4)])"
/// );
/// ```
#[must_use]
pub fn module(tree: &Module, lines: &LineIndex) -> String {
    let mut root = Vec::new();
    Node::new(&mut root, "Module").list("body", tree.body.iter().map(Piece::Stmt)).end();
    write(root, lines)
}

/// The dump of an interactive statement's tree.
#[must_use]
pub fn interactive(tree: &Interactive, lines: &LineIndex) -> String {
    let mut root = Vec::new();
    Node::new(&mut root, "Interactive").list("body", tree.body.iter().map(Piece::Stmt)).end();
    write(root, lines)
}

/// The dump of an expression's tree.
#[must_use]
pub fn expression(tree: &Expression, lines: &LineIndex) -> String {
    let mut root = Vec::new();
    Node::new(&mut root, "Expression").field("body", Piece::Expr(&tree.body)).end();
    write(root, lines)
}

fn write(root: Vec<Piece<'_>>, lines: &LineIndex) -> String {
    let mut text = String::new();
    let mut waiting: Vec<Piece<'_>> = root.into_iter().rev().collect();
    let mut pieces = Vec::new();
    while let Some(piece) = waiting.pop() {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Str(value) => write_str(&mut text, value),
            Piece::Number(number) => write_plain(&mut text, number),
            Piece::Constant(value) => write_constant(&mut text, value),
            Piece::Position(span) => write_position(&mut text, span, lines),
            Piece::Stmt(node) => statement(node, &mut pieces),
            Piece::Expr(node) => expr(node, &mut pieces),
            Piece::Pattern(node) => pattern(node, &mut pieces),
            Piece::Arguments(node) => arguments(node, &mut pieces),
            Piece::Arg(node) => arg(node, &mut pieces),
            Piece::Keyword(node) => keyword(node, &mut pieces),
            Piece::Alias(node) => alias(node, &mut pieces),
            Piece::WithItem(node) => with_item(node, &mut pieces),
            Piece::MatchCase(node) => match_case(node, &mut pieces),
            Piece::ExceptHandler(node) => except_handler(node, &mut pieces),
            Piece::TypeParam(node) => type_param(node, &mut pieces),
            Piece::Comprehension(node) => comprehension(node, &mut pieces),
        }
        waiting.extend(pieces.drain(..).rev());
    }
    text
}

/// A part of the text that is still to be written.
enum Piece<'a> {
    Text(&'static str),
    Str(&'a str),
    Number(i64),
    Constant(&'a Constant),
    Position(Span),
    Stmt(&'a Stmt),
    Expr(&'a Expr),
    Pattern(&'a Pattern),
    Arguments(&'a Arguments),
    Arg(&'a Arg),
    Keyword(&'a Keyword),
    Alias(&'a Alias),
    WithItem(&'a WithItem),
    MatchCase(&'a MatchCase),
    ExceptHandler(&'a ExceptHandler),
    TypeParam(&'a TypeParam),
    Comprehension(&'a Comprehension),
}

/// Lays out one node: its name, then its fields with commas between them.
struct Node<'p, 'a> {
    pieces: &'p mut Vec<Piece<'a>>,
    is_first: bool,
}

impl<'p, 'a> Node<'p, 'a> {
    fn new(pieces: &'p mut Vec<Piece<'a>>, name: &'static str) -> Self {
        Self::empty(pieces).start(name)
    }

    fn empty(pieces: &'p mut Vec<Piece<'a>>) -> Self {
        Self { pieces, is_first: true }
    }

    fn start(self, name: &'static str) -> Self {
        self.pieces.push(Piece::Text(name));
        self.pieces.push(Piece::Text("("));
        self
    }

    fn name(&mut self, name: &'static str) {
        if !self.is_first {
            self.pieces.push(Piece::Text(", "));
        }
        self.is_first = false;
        self.pieces.push(Piece::Text(name));
        self.pieces.push(Piece::Text("="));
    }

    fn field(mut self, name: &'static str, value: Piece<'a>) -> Self {
        self.name(name);
        self.pieces.push(value);
        self
    }

    fn expr(self, name: &'static str, value: &'a Expr) -> Self {
        self.field(name, Piece::Expr(value))
    }

    fn option(self, name: &'static str, value: Option<Piece<'a>>) -> Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    fn option_expr(self, name: &'static str, value: &'a Option<Box<Expr>>) -> Self {
        self.option(name, value.as_deref().map(Piece::Expr))
    }

    fn option_identifier(self, name: &'static str, value: &'a Option<Identifier>) -> Self {
        self.option(name, value.as_deref().map(Piece::Str))
    }

    /// An enumeration's member, such as `Load()`.
    fn member(self, name: &'static str, value: &'static str) -> Self {
        self.field(name, Piece::Text(value))
    }

    fn list(mut self, name: &'static str, items: impl Iterator<Item = Piece<'a>>) -> Self {
        let mut items = items.peekable();
        if items.peek().is_none() {
            return self;
        }
        self.name(name);
        self.pieces.push(Piece::Text("["));
        let mut is_first = true;
        for item in items {
            if !is_first {
                self.pieces.push(Piece::Text(", "));
            }
            is_first = false;
            self.pieces.push(item);
        }
        self.pieces.push(Piece::Text("]"));
        self
    }

    fn exprs(self, name: &'static str, items: &'a [Expr]) -> Self {
        self.list(name, items.iter().map(Piece::Expr))
    }

    fn statements(self, name: &'static str, items: &'a [Stmt]) -> Self {
        self.list(name, items.iter().map(Piece::Stmt))
    }

    fn patterns(self, name: &'static str, items: &'a [Pattern]) -> Self {
        self.list(name, items.iter().map(Piece::Pattern))
    }

    fn type_params(self, items: &'a [TypeParam]) -> Self {
        self.list("type_params", items.iter().map(Piece::TypeParam))
    }

    fn identifiers(self, name: &'static str, items: &'a [Identifier]) -> Self {
        self.list(name, items.iter().map(|name| Piece::Str(name)))
    }

    /// Ends a node that has no position.
    fn end(self) {
        self.pieces.push(Piece::Text(")"));
    }

    fn end_at(self, span: Span) {
        if !self.is_first {
            self.pieces.push(Piece::Text(", "));
        }
        self.pieces.push(Piece::Position(span));
        self.pieces.push(Piece::Text(")"));
    }
}

fn statement<'a>(node: &'a Stmt, pieces: &mut Vec<Piece<'a>>) {
    let out = Node::empty(pieces);
    let fields = match &node.kind {
        StmtKind::FunctionDef(def) => function(out.start("FunctionDef"), def),
        StmtKind::AsyncFunctionDef(def) => function(out.start("AsyncFunctionDef"), def),
        StmtKind::ClassDef(def) => class(out.start("ClassDef"), def),
        StmtKind::Return { value } => out.start("Return").option_expr("value", value),
        StmtKind::Delete { targets } => out.start("Delete").exprs("targets", targets),
        StmtKind::Assign { targets, value } => out.start("Assign").exprs("targets", targets).expr("value", value),
        StmtKind::TypeAlias { name, type_params, value } => {
            out.start("TypeAlias").expr("name", name).type_params(type_params).expr("value", value)
        }
        StmtKind::AugAssign { target, op, value } => {
            out.start("AugAssign").expr("target", target).member("op", operator(*op)).expr("value", value)
        }
        StmtKind::AnnAssign { target, annotation, value, simple } => out
            .start("AnnAssign")
            .expr("target", target)
            .expr("annotation", annotation)
            .option_expr("value", value)
            .field("simple", Piece::Number(i64::from(*simple))),
        StmtKind::For(payload) => for_(out.start("For"), payload),
        StmtKind::AsyncFor(payload) => for_(out.start("AsyncFor"), payload),
        StmtKind::While { test, body, orelse } => {
            out.start("While").expr("test", test).statements("body", body).statements("orelse", orelse)
        }
        StmtKind::If { test, body, orelse } => {
            out.start("If").expr("test", test).statements("body", body).statements("orelse", orelse)
        }
        StmtKind::With { items, body } => {
            out.start("With").list("items", items.iter().map(Piece::WithItem)).statements("body", body)
        }
        StmtKind::AsyncWith { items, body } => {
            out.start("AsyncWith").list("items", items.iter().map(Piece::WithItem)).statements("body", body)
        }
        StmtKind::Match { subject, cases } => {
            out.start("Match").expr("subject", subject).list("cases", cases.iter().map(Piece::MatchCase))
        }
        StmtKind::Raise { exc, cause } => out.start("Raise").option_expr("exc", exc).option_expr("cause", cause),
        StmtKind::Try(payload) => try_(out.start("Try"), payload),
        StmtKind::TryStar(payload) => try_(out.start("TryStar"), payload),
        StmtKind::Assert { test, msg } => out.start("Assert").expr("test", test).option_expr("msg", msg),
        StmtKind::Import { names } => out.start("Import").list("names", names.iter().map(Piece::Alias)),
        StmtKind::ImportFrom { module, names, level } => out
            .start("ImportFrom")
            .option_identifier("module", module)
            .list("names", names.iter().map(Piece::Alias))
            .field("level", Piece::Number(i64::from(*level))),
        StmtKind::Global { names } => out.start("Global").identifiers("names", names),
        StmtKind::Nonlocal { names } => out.start("Nonlocal").identifiers("names", names),
        StmtKind::Expr { value } => out.start("Expr").expr("value", value),
        StmtKind::Pass => out.start("Pass"),
        StmtKind::Deferred => out.start("Deferred"),
        StmtKind::Break => out.start("Break"),
        StmtKind::Continue => out.start("Continue"),
    };
    fields.end_at(node.span);
}

fn function<'p, 'a>(node: Node<'p, 'a>, def: &'a FunctionDef) -> Node<'p, 'a> {
    node.field("name", Piece::Str(&def.name))
        .field("args", Piece::Arguments(&def.args))
        .statements("body", &def.body)
        .exprs("decorator_list", &def.decorator_list)
        .option_expr("returns", &def.returns)
        .type_params(&def.type_params)
}

fn class<'p, 'a>(node: Node<'p, 'a>, def: &'a ClassDef) -> Node<'p, 'a> {
    node.field("name", Piece::Str(&def.name))
        .exprs("bases", &def.bases)
        .list("keywords", def.keywords.iter().map(Piece::Keyword))
        .statements("body", &def.body)
        .exprs("decorator_list", &def.decorator_list)
        .type_params(&def.type_params)
}

fn for_<'p, 'a>(node: Node<'p, 'a>, payload: &'a For) -> Node<'p, 'a> {
    node.expr("target", &payload.target)
        .expr("iter", &payload.iter)
        .statements("body", &payload.body)
        .statements("orelse", &payload.orelse)
}

fn try_<'p, 'a>(node: Node<'p, 'a>, payload: &'a Try) -> Node<'p, 'a> {
    node.statements("body", &payload.body)
        .list("handlers", payload.handlers.iter().map(Piece::ExceptHandler))
        .statements("orelse", &payload.orelse)
        .statements("finalbody", &payload.finalbody)
}

fn expr<'a>(node: &'a Expr, pieces: &mut Vec<Piece<'a>>) {
    let out = Node::empty(pieces);
    let fields = match &node.kind {
        ExprKind::BoolOp { op, values } => {
            let op = match op {
                BoolOp::And => "And()",
                BoolOp::Or => "Or()",
            };
            out.start("BoolOp").member("op", op).exprs("values", values)
        }
        ExprKind::NamedExpr { target, value } => out.start("NamedExpr").expr("target", target).expr("value", value),
        ExprKind::BinOp { left, op, right } => {
            out.start("BinOp").expr("left", left).member("op", operator(*op)).expr("right", right)
        }
        ExprKind::UnaryOp { op, operand } => {
            out.start("UnaryOp").member("op", unary_operator(*op)).expr("operand", operand)
        }
        ExprKind::Lambda { args, body } => out.start("Lambda").field("args", Piece::Arguments(args)).expr("body", body),
        ExprKind::IfExp { test, body, orelse } => {
            out.start("IfExp").expr("test", test).expr("body", body).expr("orelse", orelse)
        }
        ExprKind::Dict { keys, values } => out
            .start("Dict")
            .list("keys", keys.iter().map(|key| key.as_ref().map_or(Piece::Text("None"), Piece::Expr)))
            .exprs("values", values),
        ExprKind::Set { elts } => out.start("Set").exprs("elts", elts),
        ExprKind::ListComp { elt, generators } => clauses(out.start("ListComp").expr("elt", elt), generators),
        ExprKind::SetComp { elt, generators } => clauses(out.start("SetComp").expr("elt", elt), generators),
        ExprKind::DictComp { key, value, generators } => {
            clauses(out.start("DictComp").expr("key", key).expr("value", value), generators)
        }
        ExprKind::GeneratorExp { elt, generators } => clauses(out.start("GeneratorExp").expr("elt", elt), generators),
        ExprKind::Await { value } => out.start("Await").expr("value", value),
        ExprKind::Yield { value } => out.start("Yield").option_expr("value", value),
        ExprKind::YieldFrom { value } => out.start("YieldFrom").expr("value", value),
        ExprKind::Compare { left, ops, comparators } => out
            .start("Compare")
            .expr("left", left)
            .list("ops", ops.iter().map(|op| Piece::Text(comparison(*op))))
            .exprs("comparators", comparators),
        ExprKind::Call { func, args, keywords } => out
            .start("Call")
            .expr("func", func)
            .exprs("args", args)
            .list("keywords", keywords.iter().map(Piece::Keyword)),
        ExprKind::FormattedValue { value, conversion, format_spec } => out
            .start("FormattedValue")
            .expr("value", value)
            .field("conversion", Piece::Number(conversion_code(*conversion)))
            .option_expr("format_spec", format_spec),
        ExprKind::JoinedStr { values } => out.start("JoinedStr").exprs("values", values),
        ExprKind::Constant { value, u_prefix } => out
            .start("Constant")
            .field("value", Piece::Constant(value))
            .option("kind", u_prefix.then_some(Piece::Text("'u'"))),
        ExprKind::Attribute { value, attr, ctx } => {
            out.start("Attribute").expr("value", value).field("attr", Piece::Str(attr)).member("ctx", context(*ctx))
        }
        ExprKind::Subscript { value, slice, ctx } => {
            out.start("Subscript").expr("value", value).expr("slice", slice).member("ctx", context(*ctx))
        }
        ExprKind::Starred { value, ctx } => out.start("Starred").expr("value", value).member("ctx", context(*ctx)),
        ExprKind::Name { id, ctx } => out.start("Name").field("id", Piece::Str(id)).member("ctx", context(*ctx)),
        ExprKind::List { elts, ctx } => out.start("List").exprs("elts", elts).member("ctx", context(*ctx)),
        ExprKind::Tuple { elts, ctx } => out.start("Tuple").exprs("elts", elts).member("ctx", context(*ctx)),
        ExprKind::Slice { lower, upper, step } => {
            out.start("Slice").option_expr("lower", lower).option_expr("upper", upper).option_expr("step", step)
        }
    };
    fields.end_at(node.span);
}

fn clauses<'p, 'a>(node: Node<'p, 'a>, generators: &'a [Comprehension]) -> Node<'p, 'a> {
    node.list("generators", generators.iter().map(Piece::Comprehension))
}

fn pattern<'a>(node: &'a Pattern, pieces: &mut Vec<Piece<'a>>) {
    let out = Node::empty(pieces);
    let fields = match &node.kind {
        PatternKind::MatchValue { value } => out.start("MatchValue").expr("value", value),
        PatternKind::MatchSingleton { value } => out.start("MatchSingleton").field("value", Piece::Constant(value)),
        PatternKind::MatchSequence { patterns } => out.start("MatchSequence").patterns("patterns", patterns),
        PatternKind::MatchMapping { keys, patterns, rest } => {
            out.start("MatchMapping").exprs("keys", keys).patterns("patterns", patterns).option_identifier("rest", rest)
        }
        PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => out
            .start("MatchClass")
            .expr("cls", cls)
            .patterns("patterns", patterns)
            .identifiers("kwd_attrs", kwd_attrs)
            .patterns("kwd_patterns", kwd_patterns),
        PatternKind::MatchStar { name } => out.start("MatchStar").option_identifier("name", name),
        PatternKind::MatchAs { pattern, name } => out
            .start("MatchAs")
            .option("pattern", pattern.as_deref().map(Piece::Pattern))
            .option_identifier("name", name),
        PatternKind::MatchOr { patterns } => out.start("MatchOr").patterns("patterns", patterns),
    };
    fields.end_at(node.span);
}

fn arguments<'a>(node: &'a Arguments, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "arguments")
        .list("posonlyargs", node.posonlyargs.iter().map(Piece::Arg))
        .list("args", node.args.iter().map(Piece::Arg))
        .option("vararg", node.vararg.as_deref().map(Piece::Arg))
        .list("kwonlyargs", node.kwonlyargs.iter().map(Piece::Arg))
        .list(
            "kw_defaults",
            node.kw_defaults.iter().map(|value| value.as_ref().map_or(Piece::Text("None"), Piece::Expr)),
        )
        .option("kwarg", node.kwarg.as_deref().map(Piece::Arg))
        .exprs("defaults", &node.defaults)
        .end();
}

fn arg<'a>(node: &'a Arg, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "arg")
        .field("arg", Piece::Str(&node.arg))
        .option_expr("annotation", &node.annotation)
        .end_at(node.span);
}

fn keyword<'a>(node: &'a Keyword, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "keyword").option_identifier("arg", &node.arg).expr("value", &node.value).end_at(node.span);
}

fn alias<'a>(node: &'a Alias, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "alias")
        .field("name", Piece::Str(&node.name))
        .option_identifier("asname", &node.asname)
        .end_at(node.span);
}

fn with_item<'a>(node: &'a WithItem, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "withitem")
        .expr("context_expr", &node.context_expr)
        .option_expr("optional_vars", &node.optional_vars)
        .end();
}

fn match_case<'a>(node: &'a MatchCase, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "match_case")
        .field("pattern", Piece::Pattern(&node.pattern))
        .option_expr("guard", &node.guard)
        .statements("body", &node.body)
        .end();
}

fn except_handler<'a>(node: &'a ExceptHandler, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "ExceptHandler")
        .option_expr("type", &node.type_)
        .option_identifier("name", &node.name)
        .statements("body", &node.body)
        .end_at(node.span);
}

fn type_param<'a>(node: &'a TypeParam, pieces: &mut Vec<Piece<'a>>) {
    let name = match node.kind {
        TypeParamKind::TypeVar { .. } => "TypeVar",
        TypeParamKind::ParamSpec => "ParamSpec",
        TypeParamKind::TypeVarTuple => "TypeVarTuple",
    };
    let mut fields = Node::new(pieces, name).field("name", Piece::Str(&node.name));
    if let TypeParamKind::TypeVar { bound } = &node.kind {
        fields = fields.option_expr("bound", bound);
    }
    fields.option_expr("default_value", &node.default_value).end_at(node.span);
}

fn comprehension<'a>(node: &'a Comprehension, pieces: &mut Vec<Piece<'a>>) {
    Node::new(pieces, "comprehension")
        .expr("target", &node.target)
        .expr("iter", &node.iter)
        .exprs("ifs", &node.ifs)
        .field("is_async", Piece::Number(i64::from(node.is_async)))
        .end();
}

fn context(ctx: ExprContext) -> &'static str {
    match ctx {
        ExprContext::Load => "Load()",
        ExprContext::Store => "Store()",
        ExprContext::Del => "Del()",
    }
}

fn operator(op: Operator) -> &'static str {
    match op {
        Operator::Add => "Add()",
        Operator::Sub => "Sub()",
        Operator::Mult => "Mult()",
        Operator::MatMult => "MatMult()",
        Operator::Div => "Div()",
        Operator::Mod => "Mod()",
        Operator::Pow => "Pow()",
        Operator::LShift => "LShift()",
        Operator::RShift => "RShift()",
        Operator::BitOr => "BitOr()",
        Operator::BitXor => "BitXor()",
        Operator::BitAnd => "BitAnd()",
        Operator::FloorDiv => "FloorDiv()",
    }
}

fn unary_operator(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Invert => "Invert()",
        UnaryOp::Not => "Not()",
        UnaryOp::UAdd => "UAdd()",
        UnaryOp::USub => "USub()",
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "Eq()",
        CmpOp::NotEq => "NotEq()",
        CmpOp::Lt => "Lt()",
        CmpOp::LtE => "LtE()",
        CmpOp::Gt => "Gt()",
        CmpOp::GtE => "GtE()",
        CmpOp::Is => "Is()",
        CmpOp::IsNot => "IsNot()",
        CmpOp::In => "In()",
        CmpOp::NotIn => "NotIn()",
    }
}

fn conversion_code(conversion: Conversion) -> i64 {
    match conversion {
        Conversion::None => -1,
        Conversion::Str => i64::from(b's'),
        Conversion::Repr => i64::from(b'r'),
        Conversion::Ascii => i64::from(b'a'),
    }
}

fn write_plain(text: &mut String, value: impl std::fmt::Display) {
    // INVARIANT: writing to a String does not fail.
    let _ = write!(text, "{value}");
}

fn write_position(text: &mut String, span: Span, lines: &LineIndex) {
    let (start, end) = (lines.utf8(span.start), lines.utf8(span.end));
    let _ = write!(
        text,
        "lineno={}, col_offset={}, end_lineno={}, end_col_offset={}",
        start.line, start.column, end.line, end.column
    );
}

fn write_constant(text: &mut String, value: &Constant) {
    match value {
        Constant::None => text.push_str("None"),
        Constant::True => text.push_str("True"),
        Constant::False => text.push_str("False"),
        Constant::Ellipsis => text.push_str("Ellipsis"),
        Constant::Str(value) => write_str(text, value),
        Constant::Bytes(value) => write_bytes(text, value),
        Constant::Int(value) => write_plain(text, value),
        Constant::BigInt(value) => write_plain(text, value),
        Constant::Float(value) => text.push_str(&float_repr(*value, ".0")),
        Constant::Complex(value) => {
            text.push_str(&float_repr(*value, ""));
            text.push('j');
        }
    }
}

/// The `repr` of a float that is not negative; `whole` follows digits that show no fraction.
fn float_repr(value: f64, whole: &str) -> String {
    if value.is_infinite() {
        return "inf".to_owned();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if plain.contains('.') { plain } else { plain + whole };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

fn quote_for(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

fn write_str(text: &mut String, value: &str) {
    let quote = quote_for(value.contains('\''), value.contains('"'));
    text.push(quote);
    for character in value.chars() {
        let code = from_private(character);
        match character {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            _ if character == quote => {
                text.push('\\');
                text.push(quote);
            }
            _ if code == u32::from(character) && is_printable(character) => text.push(character),
            _ => {
                let _ = match code {
                    0..=0xFF => write!(text, "\\x{code:02x}"),
                    0x100..=0xFFFF => write!(text, "\\u{code:04x}"),
                    _ => write!(text, "\\U{code:08x}"),
                };
            }
        }
    }
    text.push(quote);
}

fn write_bytes(text: &mut String, value: &[u8]) {
    let quote = quote_for(value.contains(&b'\''), value.contains(&b'"'));
    text.push('b');
    text.push(quote);
    for &byte in value {
        match byte {
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            _ if char::from(byte) == quote => {
                text.push('\\');
                text.push(quote);
            }
            0x20..0x7F => text.push(char::from(byte)),
            _ => {
                let _ = write!(text, "\\x{byte:02x}");
            }
        }
    }
    text.push(quote);
}
