//! Rules about a TypeError (codes P504 to P509 and P533): arguments that do not fit, operators, calls, brackets and
//! loops on values that do not have them.
//!
//! CPython's message names the types; the tree says what the program wrote at that place.

use super::basics::{NOTHING, only_assignment};
use super::reading::{between, is_name, quoted};
use super::{Case, Finding, Rule};
use crate::diagnostics::catalog::Code;
use crate::objects::function::Function;
use crate::objects::module::Module;
use coil_grammar::ast::{ExprKind, StmtKind};

pub(super) static RULES: &[Rule] = &[
    Rule { code: Code::P504, applies: arguments },
    Rule { code: Code::P505, applies: operator },
    Rule { code: Code::P506, applies: call },
    Rule { code: Code::P507, applies: brackets },
    Rule { code: Code::P508, applies: iteration },
    Rule { code: Code::P533, applies: key },
    Rule { code: Code::P509, applies: anything },
];

/// The longest piece of the program that a sentence quotes.
const LONGEST_QUOTE: usize = 60;

fn message<'c>(case: &'c Case<'_>) -> Option<&'c str> {
    (case.class == "TypeError").then_some(&*case.message)
}

fn arguments(case: &mut Case<'_>) -> Option<Finding> {
    let message = message(case)?.to_owned();
    let counts = [
        "() missing ",
        "() takes ",
        "() got an unexpected keyword argument ",
        "() got multiple values for argument ",
        "() got some positional-only arguments ",
        "() missing required argument ",
    ];
    let expects = message.starts_with("expected ") || message.contains(" expected ");
    let is_count = counts.iter().any(|part| message.contains(part)) || (expects && message.contains(", got "));
    if !is_count || (expects && !message.contains("argument")) {
        return None;
    }
    let function = message.split("()").next().unwrap_or_default().to_owned();
    let last = function.rsplit('.').next().unwrap_or_default().to_owned();
    let place = case.place();
    let defined = place.as_ref().and_then(|place| {
        let def = place.source.function(&last)?;
        place.source.line_place(place.source.lines.line(def.statement.span.start))
    });
    let finding = || Finding::new().with("function", format!("{function}()")).mark("defined", defined.clone());
    if message.contains("() missing ") && message.contains(" argument") && message.contains(": ") {
        let names: Vec<String> = quoted(&message).into_iter().map(|name| format!("`{name}`")).collect();
        return Some(finding().variant("missing").with("names", names.join(", ")));
    }
    if let Some(name) = between(&message, "got an unexpected keyword argument '", "'") {
        return Some(finding().variant("keyword").with("name", name));
    }
    if let Some(name) = between(&message, "got multiple values for argument '", "'") {
        return Some(finding().variant("twice").with("name", name));
    }
    if let Some(takes) = between(&message, "() takes ", " positional argument") {
        let has_no_parameter = place.as_ref().is_some_and(|place| {
            place.source.function(&last).is_some_and(|def| {
                let args = &def.def.args;
                args.args.is_empty() && args.posonlyargs.is_empty() && args.vararg.is_none()
            })
        });
        if takes == "0" && function.contains('.') && has_no_parameter {
            return Some(finding().variant("self"));
        }
        let given = between(&message, " but ", " w")?;
        let takes = takes.trim_start_matches("from ").replace(" to ", "–");
        return Some(finding().variant("many").with("takes", takes).with("given", given));
    }
    Some(finding())
}

fn operator(case: &mut Case<'_>) -> Option<Finding> {
    let message = message(case)?.to_owned();
    let typed = |operator: &str, left: &str, right: &str| {
        let finding = Finding::new().with("operator", operator).with("left", left).with("right", right);
        finding.variant(if [left, right].contains(&"NoneType") { "none" } else { "pair" })
    };
    if let Some(rest) = message.strip_prefix("unsupported operand type(s) for ") {
        let (operator, types) = rest.split_once(": ")?;
        let operator = operator.trim_end_matches(" or pow()");
        let [left, right, ..] = quoted(types)[..] else { return Some(Finding::new().variant("plain")) };
        return Some(typed(operator, left, right));
    }
    if let Some((operator, types)) = message.split_once(" not supported between instances of ") {
        let [left, right, ..] = quoted(types)[..] else { return None };
        return Some(typed(operator.trim_matches('\''), left, right));
    }
    if let Some(left) = between(&message, "can only concatenate ", " (not \"") {
        let right = between(&message, "(not \"", "\")")?;
        let finding = Finding::new().with("operator", "+").with("left", left).with("right", right);
        let variant = match (left, right) {
            (_, "NoneType") => "none",
            ("str", _) => "text",
            _ => "join",
        };
        return Some(finding.variant(variant));
    }
    if let Some(rest) = message.strip_prefix("bad operand type for ") {
        let (operator, left) = rest.split_once(": ")?;
        let operator = operator.trim_start_matches("unary ");
        let finding = Finding::new().with("operator", operator).with("left", left.trim_matches('\''));
        return Some(finding.variant("unary"));
    }
    let known = ["can't multiply sequence by non-int", "can't concat ", "must be str, not "];
    known.iter().any(|start| message.starts_with(start)).then(|| Finding::new().variant("plain"))
}

fn call(case: &mut Case<'_>) -> Option<Finding> {
    let kind = between(message(case)?, "'", "' object is not callable")?.to_owned();
    let finding = Finding::new().with("type", &*kind);
    let place = case.place();
    let called = place.as_ref().and_then(|place| {
        let (_, func, _) = place.source.call(place.span)?;
        Some(place.at(func.span))
    });
    let Some(called) = called else { return Some(finding) };
    let name = called.text().to_owned();
    if kind == "NoneType" {
        return Some(finding.variant("none"));
    }
    if !is_name(&name) {
        return Some(finding);
    }
    let value = case.value_of(&name);
    if kind == "module" && value.as_ref().is_some_and(|value| value.is_kind::<Module>()) {
        return Some(finding.variant("module").with("name", name));
    }
    // A built-in function or class of this name is hidden by a variable of the program.
    let is_builtin = case.builtin(&name).is_some_and(|builtin| value.as_ref().is_some_and(|value| !value.is(&builtin)));
    if is_builtin && value.is_some_and(|value| value.downcast_ref::<Function>().is_none()) {
        let assigned = place.and_then(|place| only_assignment(&place.source, &name));
        return Some(finding.variant("shadow").with("name", name).mark("assigned", assigned));
    }
    Some(finding)
}

fn brackets(case: &mut Case<'_>) -> Option<Finding> {
    let message = message(case)?.to_owned();
    if let Some(kind) = between(&message, "'", "' object is not subscriptable") {
        let variant = match kind {
            NOTHING => "none",
            "function" | "builtin_function_or_method" | "method" => "call",
            _ => "get",
        };
        return Some(Finding::new().variant(variant).with("type", kind));
    }
    let refused = ["' object does not support item ", "' object doesn't support item "];
    if let Some((kind, _)) = refused.iter().find_map(|words| message.split_once(words)) {
        let kind = kind.trim_start_matches('\'');
        return Some(Finding::new().variant(if kind == NOTHING { "none" } else { "set" }).with("type", kind));
    }
    if let Some((kind, rest)) = message.split_once(" indices must be integers") {
        let index = rest.rsplit(' ').next()?.trim_matches('\'');
        let kind = if kind == "string" { "str" } else { kind };
        return Some(Finding::new().variant("index").with("type", kind).with("index", index));
    }
    (message.starts_with("type '") && message.ends_with("' is not subscriptable")).then(Finding::new)
}

fn iteration(case: &mut Case<'_>) -> Option<Finding> {
    let message = message(case)?;
    let forms = [
        (between(message, "'", "' object is not iterable"), ""),
        (between(message, "cannot unpack non-iterable ", " object"), "unpack"),
        (between(message, "argument of type '", "' is not iterable"), "contains"),
        (between(message, "'", "' object is not an iterator"), "next"),
        (between(message, "'", "' object is not reversible"), "reversed"),
    ];
    let (kind, form) = forms.into_iter().find_map(|(kind, form)| Some((kind?, form)))?;
    let finding = Finding::new().with("type", kind);
    Some(match (kind, form) {
        (NOTHING, _) => finding.variant("none"),
        ("int" | "float", "") => finding.variant("int"),
        _ => finding.variant(form),
    })
}

fn key(case: &mut Case<'_>) -> Option<Finding> {
    let message = message(case)?;
    let kind = between(message, "unhashable type: '", "'").or_else(|| between(message, "(unhashable type: '", "'"))?;
    Some(Finding::new().with("type", kind))
}

fn anything(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is_a("TypeError") {
        return None;
    }
    if let Some((_, kind)) = case.message.split_once(" argument after * must be an iterable, not ") {
        let in_thread = case.stack.iter().all(|entry| entry.library.as_deref() == Some("threading"));
        return Some(Finding::new().variant(if in_thread { "thread" } else { "star" }).with("type", kind));
    }
    if case.message == "exceptions must derive from BaseException"
        && let Some(place) = case.place()
        && let Some(raised) = place.source.nodes(place.span).into_iter().find_map(|node| match &node.stmt()?.kind {
            StmtKind::Raise { exc: Some(exc), .. } => Some(exc),
            _ => None,
        })
        && matches!(raised.kind, ExprKind::Constant { .. } | ExprKind::JoinedStr { .. } | ExprKind::BinOp { .. })
    {
        let raised = place.at(raised.span);
        let text = raised.text();
        if text.len() <= LONGEST_QUOTE && !text.contains('\n') {
            return Some(Finding::new().variant("raise").with("text", text));
        }
    }
    Some(Finding::new())
}
