//! `from __future__ import ...`: which features are in force, and the errors of the statement (Language Reference
//! 7.11.1, "Future statements").

use coil_grammar::ast::{Constant, Expr, ExprKind, Stmt, StmtKind};
use coil_grammar::error::{Extent, SyntaxErrorKind};
use coil_grammar::span::Span;

use super::CompileResult;
use super::errors::error;

/// The features that can still be asked for and change the code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// `annotations` (PEP 563): annotations are kept as text.
    pub annotations: bool,
}

/// The features of a module's own future statements.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FutureStatements {
    /// What they switch on.
    pub(super) features: Features,
    /// Where the last of them stands: later ones are errors.
    pub(super) last: Option<Span>,
}

/// Features that every 3.13 program has anyway.
const MANDATORY: &[&str] = &[
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
];

impl FutureStatements {
    /// Reads the future statements at the top of a body: only a docstring may precede them.
    ///
    /// # Errors
    /// An unknown feature.
    pub(super) fn read(body: &[Stmt]) -> CompileResult<FutureStatements> {
        let mut found = FutureStatements::default();
        let rest = match body {
            [first, rest @ ..] if docstring(first).is_some() => rest,
            all => all,
        };
        for statement in rest {
            let StmtKind::ImportFrom { module: Some(module), names, level: 0 } = &statement.kind else { break };
            if &**module != "__future__" {
                break;
            }
            for alias in names {
                match &*alias.name {
                    "annotations" => found.features.annotations = true,
                    name if MANDATORY.contains(&name) => {}
                    "braces" => return Err(feature_error(SyntaxErrorKind::FutureBraces, statement.span)),
                    name => {
                        return Err(feature_error(
                            SyntaxErrorKind::UnknownFuture { name: name.to_owned() },
                            statement.span,
                        ));
                    }
                }
            }
            found.last = Some(statement.span);
        }
        Ok(found)
    }
}

fn feature_error(kind: SyntaxErrorKind, span: Span) -> super::CompileError {
    error(kind, span).with_extent(Extent::EndColumnUnknown)
}

/// The string of a statement that is nothing but a string.
pub(super) fn docstring(statement: &Stmt) -> Option<(&str, Span)> {
    match &statement.kind {
        StmtKind::Expr { value } => match &**value {
            Expr { kind: ExprKind::Constant { value: Constant::Str(text), .. }, span, .. } => Some((text, *span)),
            _ => None,
        },
        _ => None,
    }
}
