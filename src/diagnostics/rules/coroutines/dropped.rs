//! Coroutines that were dropped without having run. Python warns when it destroys the object; the call that made it is
//! where the mistake stands.

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprKind, StmtKind, UnaryOp};
use coil_grammar::span::Span;

use super::origin::{self, Origin};
use super::{Case, Finding, Occasion};
use crate::diagnostics::source::{Node, Source};
use crate::objects::frame::Frame;

/// The name in the warning.
fn never_awaited<'a>(case: &'a Case<'_>) -> Option<&'a str> {
    if case.occasion != Occasion::Warning || case.class != "RuntimeWarning" {
        return None;
    }
    super::between(&case.message, "coroutine '", "' was never awaited")
}

pub(super) fn sleep(case: &mut Case<'_>) -> Option<Finding> {
    if never_awaited(case)? != "sleep" {
        return None;
    }
    let frame = case.subject.downcast_ref::<Frame>()?;
    let code = frame.with_code(|code| Rc::clone(&code.object));
    // A function of the program may have this name too.
    if origin::is_own(case.ctx, &code) {
        return None;
    }
    dropped(case)
}

pub(super) fn coroutine(case: &mut Case<'_>) -> Option<Finding> {
    never_awaited(case)?;
    dropped(case)
}

fn dropped(case: &mut Case<'_>) -> Option<Finding> {
    let name = never_awaited(case)?.to_owned();
    let subject = case.subject.clone();
    let origin = Origin::of_value(case, &subject);
    let here = case.entry().and_then(|entry| entry.place.clone());
    let call = if origin.call.is_empty() { format!("{name}()") } else { origin.call };
    let finding = Finding::new().with("call", call).with("name", name);
    // Nobody can await what a function of the library made for itself.
    let code = subject.downcast_ref::<Frame>().map(|frame| frame.with_code(|code| Rc::clone(&code.object)));
    if code.is_some_and(|code| !origin::is_own(case.ctx, &code)) && origin.made.is_none() {
        return Some(finding.variant("library"));
    }
    Some(match (origin.made, here) {
        // Made and dropped in one line: the call is what to look at.
        (Some(made), Some(here)) if Rc::ptr_eq(&made.source, &here.source) && made.line() == here.line() => {
            finding.mark("effect", made)
        }
        (Some(made), None) => finding.mark("effect", made),
        (made, here) => finding.mark("effect", here).mark("made", made),
    })
}

pub(super) fn condition(case: &mut Case<'_>) -> Option<Finding> {
    never_awaited(case)?;
    let subject = case.subject.clone();
    let origin = Origin::of_value(case, &subject);
    let made = origin.made?;
    let source = Rc::clone(&made.source);
    let outer = tested(&source, made.span)?;
    let call = source.nodes(made.span).into_iter().filter_map(Node::expr).find(|expr| expr.span == made.span)?;
    let repaired = origin::with_await(&source, outer, call);
    Some(Finding::new().with("call", origin.call).with("repaired", repaired).mark("effect", made))
}

/// When a call's value is only tested for truth: what tests it, for the help.
fn tested(source: &Source, call: Span) -> Option<Span> {
    let mut part = call;
    let is_part = |expr: &Expr, part: Span| expr.span == part;
    for node in source.nodes(call) {
        if node.span() == part {
            continue;
        }
        match node {
            Node::Expr(expr) => match &expr.kind {
                ExprKind::UnaryOp { op: UnaryOp::Not, .. } => return Some(expr.span),
                // All operands but the last are tested; the last one is the value.
                ExprKind::BoolOp { values, .. } => {
                    if values.last().is_some_and(|last| !is_part(last, part)) {
                        return Some(expr.span);
                    }
                    part = expr.span;
                }
                ExprKind::IfExp { test, .. } => {
                    return if is_part(test, part) { Some(expr.span) } else { None };
                }
                ExprKind::ListComp { generators, .. }
                | ExprKind::SetComp { generators, .. }
                | ExprKind::DictComp { generators, .. }
                | ExprKind::GeneratorExp { generators, .. } => {
                    let is_filter = generators.iter().flat_map(|clause| &clause.ifs).any(|test| is_part(test, part));
                    return is_filter.then_some(expr.span);
                }
                _ => return None,
            },
            Node::Stmt(statement) => {
                let test = match &statement.kind {
                    StmtKind::If { test, .. } | StmtKind::While { test, .. } => test,
                    StmtKind::Assert { test, .. } => {
                        return is_part(test, part).then_some(statement.span);
                    }
                    _ => return None,
                };
                let header = origin::to_colon(source, statement.span.start, test.span.end);
                return is_part(test, part).then_some(header);
            }
            Node::Handler(_) => return None,
        }
    }
    None
}
