//! Rules about coroutines, `async` and `await` (letter C).
//!
//! Several mistakes have one message: `object ... can't be used in 'await' expression` is said of the result of a plain
//! function, of a list, of a function that nobody called. What tells them apart is the expression that stands behind
//! `await` and what its names stand for; [`origin`] finds that out. Source: PEP 492, PEP 525, PEP 530.

mod awaited;
mod dropped;
mod origin;
mod started;
mod syntax;
mod used;

use super::{Case, Finding, Occasion, Rule, StackEntry, SyntaxRule, Unread};
use crate::diagnostics::catalog::Code;

/// Before the program runs.
pub(super) static SYNTAX: &[SyntaxRule] = &[
    SyntaxRule { code: Code::C131, applies: syntax::lambda },
    SyntaxRule { code: Code::C131, applies: syntax::other_word },
    SyntaxRule { code: Code::C132, applies: syntax::return_in_generator },
    SyntaxRule { code: Code::C133, applies: syntax::await_in_inner_function },
    SyntaxRule { code: Code::C108, applies: syntax::await_in_plain_function },
    SyntaxRule { code: Code::C109, applies: syntax::await_outside_functions },
    SyntaxRule { code: Code::C110, applies: syntax::async_statement },
];

pub(super) static RULES: &[Rule] = &[
    // Behind `await`.
    Rule { code: Code::C102, applies: awaited::twice },
    Rule { code: Code::C121, applies: awaited::run_by_a_task },
    Rule { code: Code::C104, applies: awaited::time_sleep },
    Rule { code: Code::C107, applies: awaited::function },
    Rule { code: Code::C105, applies: awaited::collection },
    Rule { code: Code::C117, applies: awaited::async_generator },
    Rule { code: Code::C106, applies: awaited::generator },
    Rule { code: Code::C103, applies: awaited::plain_result },
    Rule { code: Code::C134, applies: awaited::plain_value },
    // Given to whoever runs coroutines.
    Rule { code: Code::C122, applies: started::async_generator },
    Rule { code: Code::C123, applies: started::function },
    Rule { code: Code::C124, applies: started::generator },
    Rule { code: Code::C128, applies: started::bare_yield },
    Rule { code: Code::C127, applies: started::plain_yield },
    Rule { code: Code::C130, applies: started::initializer },
    Rule { code: Code::C103, applies: started::plain_result },
    // Without `await`.
    Rule { code: Code::C112, applies: used::delegated_to },
    Rule { code: Code::C114, applies: used::plain_loop },
    Rule { code: Code::C116, applies: used::async_loop_over_coroutine },
    Rule { code: Code::C115, applies: used::async_loop },
    Rule { code: Code::C119, applies: used::entered },
    Rule { code: Code::C136, applies: used::bare_generator },
    Rule { code: Code::C118, applies: used::plain_with },
    Rule { code: Code::C135, applies: used::async_with },
    Rule { code: Code::C129, applies: used::next_of_coroutine },
    Rule { code: Code::C111, applies: used::looped_over },
    Rule { code: Code::C120, applies: used::calculated_with },
    Rule { code: Code::C113, applies: used::as_key },
    Rule { code: Code::C113, applies: used::anything_else },
    // Warnings.
    Rule { code: Code::C126, applies: dropped::sleep },
    Rule { code: Code::C125, applies: dropped::condition },
    Rule { code: Code::C101, applies: dropped::coroutine },
];

/// What stands between two texts of a message.
fn between<'a>(message: &'a str, before: &str, after: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.split_once(after).map(|(middle, _)| middle)
}

/// The entry that called the innermost one of the program's own, if that is its own too.
fn caller<'a>(case: &'a Case<'_>) -> Option<&'a StackEntry> {
    case.stack.iter().rev().filter(|entry| entry.library.is_none()).nth(1)
}
