//! Rules about the built-in exceptions (letter P): one for each class that learners meet, so that every uncaught exception
//! has a code. They are asked last. A TypeError has the rules of [`types`](super::types).
//!
//! What a page can say in general stands in its headline; a variant of it is chosen where the message, the tree or the
//! values of the failing frame say more.

use std::rc::Rc;

use coil_grammar::ast::{CmpOp, Constant, Expr, ExprContext, ExprKind, Operator, StmtKind, UnaryOp};
use coil_grammar::span::Span;

use super::pasting::library;
use super::reading::{between, is_name, quoted, suggested};
use super::{Case, Finding, Occasion, Rule};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::source::{Node, Place, Source};
use crate::diagnostics::suggestions::closest;
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::instance::Instance;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// The name of the type of `None`.
pub(super) const NOTHING: &str = "NoneType";

pub(super) static RULES: &[Rule] = &[
    Rule { code: Code::P599, applies: class_of_the_program },
    Rule { code: Code::P503, applies: unbound_local },
    Rule { code: Code::P501, applies: name },
    Rule { code: Code::P502, applies: attribute },
    Rule { code: Code::P510, applies: conversion },
    Rule { code: Code::P511, applies: unpacking },
    Rule { code: Code::P524, applies: encoding },
    Rule { code: Code::P512, applies: value },
    Rule { code: Code::P513, applies: key },
    Rule { code: Code::P514, applies: index },
    Rule { code: Code::P515, applies: zero },
    Rule { code: Code::P516, applies: module },
    Rule { code: Code::P517, applies: import },
    Rule { code: Code::P518, applies: missing_file },
    Rule { code: Code::P525, applies: connection },
    Rule { code: Code::P526, applies: |case| case.is_a("TimeoutError").then(Finding::new) },
    Rule { code: Code::P519, applies: refused },
    Rule { code: Code::P520, applies: recursion },
    Rule { code: Code::P521, applies: |case| case.is_a("AssertionError").then(Finding::new) },
    Rule { code: Code::P522, applies: |case| case.is_a("KeyboardInterrupt").then(Finding::new) },
    Rule { code: Code::P523, applies: |case| case.is_a("MemoryError").then(Finding::new) },
    Rule { code: Code::P527, applies: group },
    Rule {
        code: Code::P528,
        applies: |case| (case.is_a("StopIteration") || case.is_a("StopAsyncIteration")).then(Finding::new),
    },
    Rule { code: Code::P530, applies: |case| case.is_a("NotImplementedError").then(Finding::new) },
    Rule { code: Code::P529, applies: state },
    Rule { code: Code::P531, applies: |case| case.is_a("OverflowError").then(Finding::new) },
    Rule { code: Code::P532, applies: |case| case.is_a("EOFError").then(Finding::new) },
    Rule { code: Code::P534, applies: |case| case.class.ends_with("CancelledError").then(Finding::new) },
    Rule {
        code: Code::P535,
        applies: |case| warns(case, &["DeprecationWarning", "PendingDeprecationWarning", "FutureWarning"]),
    },
    Rule { code: Code::P536, applies: doubtful_syntax },
    Rule { code: Code::P537, applies: |case| warns(case, &["ResourceWarning"]) },
    Rule {
        code: Code::P538,
        applies: |case| {
            let class = case.class.clone();
            (case.occasion == Occasion::Warning).then(|| Finding::new().with("class", class))
        },
    },
    Rule { code: Code::P599, applies: anything },
];

impl Case<'_> {
    /// Whether the exception is one of a built-in class, or of a class below it.
    pub(super) fn is_a(&self, class: &str) -> bool {
        let Some(header) = self.exception.header() else { return false };
        let builtin = self.builtin(class);
        header.shape().with_class(|own| {
            builtin
                .is_some_and(|builtin| builtin.downcast_ref::<Class>().is_some_and(|class| own.is_subclass_of(class)))
        })
    }

    /// The built-in function, class or value of a name.
    pub(super) fn builtin(&self, name: &str) -> Option<Value> {
        self.ctx.builtins.get_str(&intern(name))
    }

    /// The dict or other value that a name or an expression without calls has in the failing frame.
    fn value_at(&self, expression: &Expr) -> Option<Value> {
        match &expression.kind {
            ExprKind::Name { id, .. } => self.value_of(id),
            _ => None,
        }
    }

    /// The integer that an index has: a literal, a variable, or a sum of those.
    fn integer_at(&self, expression: &Expr, depth: u8) -> Option<i64> {
        match &expression.kind {
            ExprKind::Constant { value: Constant::Int(number), .. } => Some(*number),
            ExprKind::Name { id, .. } => self.value_of(id)?.as_small_int(),
            ExprKind::UnaryOp { op: UnaryOp::USub, operand } if depth > 0 => {
                self.integer_at(operand, depth - 1)?.checked_neg()
            }
            ExprKind::BinOp { left, op, right } if depth > 0 => {
                let (left, right) = (self.integer_at(left, depth - 1)?, self.integer_at(right, depth - 1)?);
                match op {
                    Operator::Add => left.checked_add(right),
                    Operator::Sub => left.checked_sub(right),
                    _ => None,
                }
            }
            ExprKind::Call { func, args, keywords } if keywords.is_empty() => match (&func.kind, args.as_slice()) {
                (ExprKind::Name { id, .. }, [only]) if &**id == "len" => {
                    length(&self.value_at(only)?).map(|length| length as i64)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// The number of elements, for values whose length is no code of the program.
fn length(value: &Value) -> Option<usize> {
    if let Some(list) = value.downcast_ref::<List>() {
        Some(list.len())
    } else if let Some(tuple) = value.downcast_ref::<Tuple>() {
        Some(tuple.len())
    } else {
        value.downcast_ref::<Str>().map(|text| text.char_len())
    }
}

/// Every place where a file binds a name by an assignment, a loop, `with`, `import`, `def` or `class`.
fn bindings(source: &Source, name: &str) -> Vec<Span> {
    let mut found = Vec::new();
    source.for_each_node(&mut |node| {
        match node {
            Node::Stmt(statement) => {
                let binds = match &statement.kind {
                    StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => &*def.name == name,
                    StmtKind::ClassDef(class) => &*class.name == name,
                    StmtKind::Import { names } | StmtKind::ImportFrom { names, .. } => {
                        names.iter().any(|alias| alias.asname.as_deref().unwrap_or(&alias.name) == name)
                    }
                    _ => false,
                };
                if binds {
                    found.push(statement.span);
                }
            }
            Node::Expr(expression) => {
                if matches!(&expression.kind, ExprKind::Name { id, ctx, .. } if &**id == name && *ctx != ExprContext::Load) {
                    found.push(expression.span);
                }
            }
            Node::Handler(_) => {}
        }
        true
    });
    found
}

/// The line of the only place where a file binds a name.
pub(super) fn only_assignment(source: &Rc<Source>, name: &str) -> Option<Place> {
    match bindings(source, name)[..] {
        [only] => source.line_place(source.lines.line(only.start)),
        _ => None,
    }
}

fn class_of_the_program(case: &mut Case<'_>) -> Option<Finding> {
    let top = case.class.split('.').next().unwrap_or_default().to_owned();
    let is_dotted = case.class.contains('.');
    let known = if is_dotted { library(case).contains(&top) } else { case.builtin(&top).is_some() };
    // What the class means in general explains nothing where the program itself chose it.
    let general =
        ["ValueError", "TypeError", "RuntimeError", "KeyError", "IndexError", "LookupError", "ArithmeticError"];
    let chosen = general.contains(&case.class.as_str()) && is_raised_here(case);
    ((!known || chosen) && !case.exception.is_none()).then(|| Finding::new().with("class", &*case.class))
}

/// Whether the failing place is a `raise` statement that makes an exception.
fn is_raised_here(case: &Case<'_>) -> bool {
    case.place().is_some_and(|place| {
        let statement = place.source.nodes(place.span).into_iter().filter_map(Node::stmt).next();
        statement.is_some_and(|statement| {
            statement.span == place.span && matches!(&statement.kind, StmtKind::Raise { exc: Some(_), .. })
        })
    })
}

fn unbound_local(case: &mut Case<'_>) -> Option<Finding> {
    let name = between(&case.message, "cannot access local variable '", "'")
        .or_else(|| between(&case.message, "cannot access free variable '", "'"))?
        .to_owned();
    let place = case.place();
    let assigned = place.and_then(|place| {
        let function = place.source.enclosing_function(place.span)?.statement.span;
        let inside = |span: &Span| function.start <= span.start && span.end <= function.end;
        let first = bindings(&place.source, &name).into_iter().find(inside)?;
        // On the failing line itself a second label says nothing new.
        (place.source.lines.line(first.start) != place.line()).then(|| place.at(first))
    });
    Some(Finding::new().with("name", name).mark("assigned", assigned))
}

fn name(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("NameError") {
        return None;
    }
    let name = between(&case.message, "name '", "' is not defined")?.to_owned();
    let finding = Finding::new().with("name", &*name);
    if let Some(place) = case.place() {
        let source = &place.source;
        let deleted = |span: &Span| {
            source
                .nodes(*span)
                .iter()
                .any(|node| matches!(node.stmt().map(|statement| &statement.kind), Some(StmtKind::Delete { .. })))
        };
        let bound = bindings(source, &name);
        let inside = |span: &Span| source.enclosing_function(*span).map(|function| function.def.name.to_string());
        let outside: Vec<&Span> = bound.iter().filter(|span| inside(span).is_none()).collect();
        if let Some(first) = outside.first()
            && source.lines.line(first.start) > place.line()
            && !bound.iter().any(deleted)
        {
            let line = source.lines.line(first.start);
            let later = source.line_place(line);
            return Some(finding.variant("later").with("line", line.to_string()).mark("later", later));
        }
        if let (true, Some(first)) = (outside.is_empty(), bound.first())
            && let Some(function) = inside(first)
            && inside(&place.span).is_none_or(|own| own != function)
        {
            return Some(finding.variant("inside").with("function", function).mark("inside", place.at(*first)));
        }
    }
    if case.place().is_some_and(|place| is_compared(&place)) {
        return Some(finding.help("compare"));
    }
    Some(match suggested(&case.plain) {
        Some(similar) => finding.variant("similar").with("similar", similar),
        None => finding,
    })
}

/// Whether a place is the left side of `==` in a statement that does nothing else: `x == 5`.
fn is_compared(place: &Place) -> bool {
    let nodes = place.source.nodes(place.span);
    let statement = nodes.into_iter().find_map(Node::stmt);
    let Some(StmtKind::Expr { value }) = statement.map(|statement| &statement.kind) else { return false };
    matches!(&value.kind, ExprKind::Compare { left, ops, .. } if left.span == place.span && ops[..] == [CmpOp::Eq])
}

/// What may help with an attribute that is missing: the key of the help, and the repair where that has one.
fn missing_attribute(case: &Case<'_>, owner: &str, name: &str) -> Option<(&'static str, String)> {
    let place = case.place()?;
    let nodes = place.source.nodes(place.span);
    let object = nodes.iter().find_map(|node| match node.expr().map(|expr| &expr.kind) {
        Some(ExprKind::Attribute { value, attr, .. }) if &**attr == name => Some(&**value),
        _ => None,
    })?;
    let value = case.value_at(object);
    if let Some(module) = value.as_ref().and_then(|value| value.downcast_ref::<Module>()) {
        // `datetime.now()`: the class has the name of its module.
        let class = module.dict.get_str(&intern(owner))?;
        class.downcast_ref::<Class>()?.lookup(&intern(name))?;
        return Some(("inner", format!("{}.{owner}.{name}", place.at(object.span).text())));
    }
    if let Some(dict) = value.as_ref().and_then(|value| value.downcast_ref::<Dict>()) {
        dict.get_str(&intern(name))?;
        return Some(("key", format!("{}[\"{name}\"]", place.at(object.span).text())));
    }
    let has = |class: &str| {
        let class = case.builtin(class);
        class.is_some_and(|class| class.downcast_ref::<Class>().is_some_and(|own| own.lookup(&intern(name)).is_some()))
    };
    if owner == "generator" && has("list") {
        return Some(("generator", String::new()));
    }
    // An attribute that methods of the program's own class use, and that none of them has set.
    let is_self = matches!(&object.kind, ExprKind::Name { id, .. } if &**id == "self");
    let is_called = nodes.iter().any(|node| {
        matches!(node.expr().map(|expr| &expr.kind), Some(ExprKind::Call { func, .. }) if func.span == place.span)
    });
    (is_self && !is_called && value.is_some_and(|value| value.is_kind::<Instance>())).then(|| ("self", String::new()))
}

fn attribute(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("AttributeError") {
        return None;
    }
    let message = case.message.clone();
    let [owner, name, ..] = quoted(&message)[..] else { return Some(Finding::new()) };
    let finding = Finding::new().with("type", owner).with("name", name);
    if !message.contains("has no attribute") {
        return Some(Finding::new());
    }
    if owner == NOTHING {
        // Where the value comes from is certain only when one assignment gives it.
        let cause = case.place().and_then(|place| {
            let nodes = place.source.nodes(place.span);
            let object = nodes.iter().find_map(|node| match node.expr().map(|expr| &expr.kind) {
                Some(ExprKind::Attribute { value, .. }) => Some(place.at(value.span).text().to_owned()),
                _ => None,
            })?;
            if is_name(&object) { only_assignment(&place.source, &object) } else { None }
        });
        return Some(finding.variant("none").mark("cause", cause));
    }
    let finding = if message.starts_with("module '") { finding.headline("module") } else { finding.headline("known") };
    Some(match suggested(&case.plain) {
        Some(similar) if message.starts_with("module '") => finding.help("similar").with("similar", similar),
        Some(similar) => finding.variant("similar").with("similar", similar),
        None => match missing_attribute(case, owner, name) {
            Some((help, repair)) => finding.help(help).with("repair", repair),
            None => finding,
        },
    })
}

fn conversion(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "ValueError" {
        return None;
    }
    let text = case.message.strip_prefix("could not convert string to float: ").or_else(|| {
        case.message.strip_prefix("invalid literal for int() with base ")?.split_once(": ").map(|(_, text)| text)
    })?;
    let finding = Finding::new().with("text", format!("`{text}`"));
    let is_fraction =
        case.message.contains("int()") && text.contains('.') && text.trim_matches('\'').trim().parse::<f64>().is_ok();
    Some(if is_fraction { finding.variant("float") } else { finding })
}

fn unpacking(case: &mut Case<'_>) -> Option<Finding> {
    if let Some(numbers) = case.message.strip_prefix("not enough values to unpack (expected ") {
        let (expected, got) = numbers.trim_end_matches(')').split_once(", got ")?;
        let expected = expected.replace("at least ", "≥ ");
        let finding = Finding::new().variant("few").with("expected", expected).with("got", got);
        return Some(of_pairs(case, finding));
    }
    let expected = case.message.strip_prefix("too many values to unpack (expected ")?;
    let expected: String = expected.chars().take_while(char::is_ascii_digit).collect();
    Some(of_pairs(case, Finding::new().variant("many").with("expected", expected)))
}

/// With the help for a loop over a dict, which gives the keys alone.
fn of_pairs(case: &Case<'_>, finding: Finding) -> Finding {
    let Some(place) = case.place() else { return finding };
    let looped = place.source.nodes(place.span).into_iter().find_map(|node| match &node.stmt()?.kind {
        StmtKind::For(parts) if parts.target.span == place.span => Some(&parts.iter),
        _ => None,
    });
    let Some(looped) = looped else { return finding };
    let is_dict = matches!(looped.kind, ExprKind::Dict { .. })
        || case.value_at(looped).is_some_and(|value| value.downcast_ref::<Dict>().is_some());
    if !is_dict {
        return finding;
    }
    let looped = place.at(looped.span);
    let text = Some(looped.text()).filter(|text| text.len() <= 40 && !text.contains('\n')).unwrap_or("...");
    let repair = format!("for {} in {text}.items():", place.text());
    Finding { forms: vec![("headline", "pairs"), ("help", "pairs")], ..finding }.with("repair", repair)
}

fn encoding(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("UnicodeError") {
        return None;
    }
    let finding = Finding::new();
    let Some(encoding) = between(&case.message, "'", "' codec can't ") else { return Some(finding) };
    let finding = finding.with("encoding", encoding);
    // The members are the encoding, the text, and where in it the trouble begins.
    let text = case.field(1);
    let start = case.field(2).as_small_int().and_then(|start| usize::try_from(start).ok());
    let character = text.downcast_ref::<Str>().and_then(|text| text.char_at(start?));
    Some(match (&*case.class, character) {
        ("UnicodeDecodeError", _) => finding.variant("decode"),
        ("UnicodeEncodeError", Some(character)) => {
            finding.variant("encode").with("character", format!("`{character}`"))
        }
        _ => finding,
    })
}

fn value(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("ValueError") {
        return None;
    }
    let message = &*case.message;
    let finding = Finding::new();
    Some(if message == "list.remove(x): x not in list" {
        finding.variant("remove")
    } else if message.ends_with(" is not in list")
        || message.ends_with("x not in tuple")
        || message == "substring not found"
        || message == "subsection not found"
    {
        finding.variant("find")
    } else if message.ends_with("() iterable argument is empty") {
        finding.variant("empty")
    } else if message.starts_with("I/O operation on closed file") {
        finding.variant("closed")
    } else if case.class.ends_with("JSONDecodeError") {
        finding.variant("json")
    } else if message == "task_done() called too many times" {
        finding.variant("done")
    } else {
        finding
    })
}

/// A key as Python writes it, when it is of a kind that shows itself without code of the program.
fn key_text(key: &Value) -> Option<String> {
    if let Some(number) = key.as_small_int() {
        return Some(format!("`{number}`"));
    }
    let text = key.downcast_ref::<Str>()?;
    let plain = !text.as_str().contains(['\'', '\\', '\n']);
    plain.then(|| format!("`'{}'`", text.as_str()))
}

fn key(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("KeyError") {
        return None;
    }
    let finding = Finding::new().with("key", format!("`{}`", case.message));
    let place = case.place();
    let keys = place.as_ref().and_then(|place| {
        let nodes = place.source.nodes(place.span);
        let object = nodes.iter().find_map(|node| match node.expr().map(|expr| &expr.kind) {
            Some(ExprKind::Subscript { value, .. }) => Some(&**value),
            _ => None,
        })?;
        let dict = case.value_at(object)?;
        Some(dict.downcast_ref::<Dict>()?.entries().into_iter().map(|(key, _)| key).collect::<Vec<_>>())
    });
    let Some(keys) = keys else { return Some(finding) };
    let wanted = case.message.trim_matches('\'').to_owned();
    // The same key as a number or as a text.
    let is_text = case.message.starts_with('\'');
    let other = keys.iter().find(|key| match key.as_small_int() {
        Some(number) => is_text && number.to_string() == wanted,
        None => !is_text && key.downcast_ref::<Str>().is_some_and(|key| key.as_str() == wanted),
    });
    if let Some(other) = other.and_then(key_text) {
        return Some(finding.headline("kind").with("similar", other));
    }
    let names: Vec<String> =
        keys.iter().filter_map(|key| key.downcast_ref::<Str>().map(|key| key.as_str().to_owned())).collect();
    let near = is_text.then(|| closest(&wanted, &names)).flatten();
    Some(match near.and_then(|near| key_text(&intern(&near))) {
        Some(similar) => finding.headline("similar").with("similar", similar),
        None => finding,
    })
}

fn index(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("IndexError") {
        return None;
    }
    if case.message.starts_with("pop from ") || case.message == "Cannot choose from an empty sequence" {
        return Some(Finding::new().variant("pop"));
    }
    if case.message.starts_with("Replacement index ") {
        return Some(Finding::new().variant("format"));
    }
    let place = case.place();
    let known = place.as_ref().and_then(|place| {
        let nodes = place.source.nodes(place.span);
        let (object, slice) = nodes.iter().find_map(|node| match node.expr().map(|expr| &expr.kind) {
            Some(ExprKind::Subscript { value, slice, .. }) => Some((&**value, &**slice)),
            _ => None,
        })?;
        let length = length(&case.value_at(object)?)?;
        let index = case.integer_at(slice, 3)?;
        let outside = usize::try_from(index).map_or(index.unsigned_abs() > length as u64, |index| index >= length);
        outside.then(|| (place.at(object.span).text().to_owned(), length, index))
    });
    let Some((name, length, index)) = known else { return Some(Finding::new()) };
    let finding = Finding::new().with("name", name).with("index", index.to_string());
    Some(match length.checked_sub(1) {
        None => finding.variant("empty"),
        Some(last) => finding.variant("known").with("length", length.to_string()).with("last", last.to_string()),
    })
}

fn zero(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("ZeroDivisionError") {
        return None;
    }
    let sign = |op: &Operator| match op {
        Operator::Div => Some("/"),
        Operator::FloorDiv => Some("//"),
        Operator::Mod => Some("%"),
        _ => None,
    };
    let operator = case.place().and_then(|place| {
        place.source.nodes(place.span).first().and_then(|node| match node {
            Node::Expr(expression) => match &expression.kind {
                ExprKind::BinOp { op, .. } => sign(op),
                _ => None,
            },
            Node::Stmt(statement) => match &statement.kind {
                StmtKind::AugAssign { op, .. } => sign(op),
                _ => None,
            },
            Node::Handler(_) => None,
        })
    });
    Some(match operator {
        Some(operator) => Finding::new().with("operator", operator),
        None => Finding::new().variant("plain"),
    })
}

fn module(case: &mut Case<'_>) -> Option<Finding> {
    let name = between(&case.message, "No module named '", "'").filter(|_| case.is_a("ModuleNotFoundError"))?;
    let finding = Finding::new().with("name", name);
    Some(match between(&case.message, "; '", "' is not a package") {
        Some(package) => finding.variant("package").with("package", package),
        None => finding,
    })
}

fn import(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("ImportError") {
        return None;
    }
    let [name, module, ..] = quoted(&case.message)[..] else { return Some(Finding::new()) };
    let finding = Finding::new().with("name", name).with("module", module);
    Some(if case.message.contains("partially initialized module") {
        finding.variant("circle")
    } else if let Some(similar) = suggested(&case.plain) {
        finding.variant("similar").with("similar", similar)
    } else if case.message.starts_with("cannot import name") {
        finding.headline("name")
    } else {
        Finding::new()
    })
}

/// The path that an OSError names.
fn path(case: &Case<'_>) -> Option<String> {
    let path = case.field(2);
    path.downcast_ref::<Str>().map(|path| format!("`{}`", path.as_str()))
}

fn missing_file(case: &mut Case<'_>) -> Option<Finding> {
    case.is_a("FileNotFoundError").then(|| match path(case) {
        Some(path) => Finding::new().with("path", path),
        None => Finding::new().variant("plain"),
    })
}

fn connection(case: &mut Case<'_>) -> Option<Finding> {
    case.is_a("ConnectionError").then(|| {
        let classes = [
            ("ConnectionRefusedError", "refused"),
            ("ConnectionResetError", "reset"),
            ("ConnectionAbortedError", "reset"),
            ("BrokenPipeError", "pipe"),
        ];
        let found = classes.into_iter().find(|(class, _)| case.is_a(class));
        found.map_or_else(Finding::new, |(_, variant)| Finding::new().variant(variant))
    })
}

fn refused(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("OSError") {
        return None;
    }
    if case.message.to_lowercase().contains("address already in use") {
        return Some(Finding::new().variant("port"));
    }
    let classes = [
        ("PermissionError", "permission"),
        ("FileExistsError", "exists"),
        ("IsADirectoryError", "directory"),
        ("NotADirectoryError", "file"),
    ];
    let variant = classes.into_iter().find(|(class, _)| case.is_a(class)).map(|(_, variant)| variant);
    Some(match (variant, path(case)) {
        (Some(variant), Some(path)) => Finding::new().variant(variant).with("path", path),
        _ => Finding::new(),
    })
}

fn recursion(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("RecursionError") {
        return None;
    }
    let own: Vec<&str> =
        case.stack.iter().rev().filter(|entry| entry.library.is_none()).map(|entry| &*entry.function).collect();
    let repeats = own.len() > 10 && own[..10].iter().all(|function| *function == own[0]);
    let function = own.first().map(|function| (*function).to_owned());
    Some(match function {
        Some(function) if repeats => Finding::new().variant("itself").with("function", function),
        _ => Finding::new(),
    })
}

fn group(case: &mut Case<'_>) -> Option<Finding> {
    let count =
        case.message.rsplit_once(" (").and_then(|(_, count)| count.strip_suffix(')')?.split_once(" sub-exception"))?.0;
    case.is_a("BaseExceptionGroup").then(|| Finding::new().with("count", count))
}

fn state(case: &mut Case<'_>) -> Option<Finding> {
    let changed = ["changed size during iteration", "mutated during iteration", "keys changed during iteration"];
    case.is_a("RuntimeError").then(|| {
        if changed.iter().any(|words| case.message.ends_with(words)) {
            Finding::new().variant("changed")
        } else {
            Finding::new()
        }
    })
}

/// A warning of one of these classes.
fn warns(case: &mut Case<'_>, classes: &[&str]) -> Option<Finding> {
    (case.occasion == Occasion::Warning && classes.contains(&&*case.class)).then(Finding::new)
}

fn doubtful_syntax(case: &mut Case<'_>) -> Option<Finding> {
    let finding = warns(case, &["SyntaxWarning"])?;
    let message = &*case.message;
    Some(if message.starts_with("invalid escape sequence") || message.starts_with("invalid octal escape") {
        finding.variant("escape")
    } else if message.starts_with("\"is\" with") || message.starts_with("\"is not\" with") {
        finding.variant("is")
    } else if message.starts_with("assertion is always true") {
        finding.variant("always")
    } else if message.ends_with("perhaps you missed a comma?") {
        finding.variant("comma")
    } else {
        finding
    })
}

/// Everything that is no syntax error, warning or message of the event loop.
fn anything(case: &mut Case<'_>) -> Option<Finding> {
    (!case.exception.is_none()).then(|| Finding::new().with("class", &*case.class))
}
