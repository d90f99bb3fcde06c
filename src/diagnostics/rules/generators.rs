//! Rules about generators (letter G).

use coil_grammar::ast::{Expr, ExprKind};

use super::{Case, Finding, Rule};
use crate::diagnostics::catalog::Code;

pub(super) static RULES: &[Rule] = &[Rule { code: Code::G001, applies: sent_before_started }];

/// The object and the arguments of a method call around the failing place: `e.send(1)` gives `e` and `[1]`.
fn method_call<'a>(
    source: &'a crate::diagnostics::source::Source,
    case: &Case<'_>,
    method: &str,
) -> Option<(&'a Expr, &'a [Expr])> {
    let (_, func, args) = source.call(case.place()?.span)?;
    match &func.kind {
        ExprKind::Attribute { value, attr, .. } if &**attr == method => Some((value, args)),
        _ => None,
    }
}

fn sent_before_started(case: &mut Case<'_>) -> Option<Finding> {
    if !case.is("TypeError", "can't send non-None value to a just-started generator") {
        return None;
    }
    let source = case.source()?;
    let (object, args) = method_call(&source, case, "send")?;
    let name = source.place(object.span);
    let value = args.first().map(|value| source.place(value.span))?;
    let generator = case.value_of(name.text());
    let made = generator.and_then(|generator| case.facts.life(&generator).and_then(|life| life.made.clone()));
    let cause = made.and_then(|spot| spot.place(case.ctx));
    let finding = Finding::new().with("name", name.text()).with("value", format!("`{}`", value.text()));
    Some(finding.mark("cause", cause))
}
