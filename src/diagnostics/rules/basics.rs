//! Rules about any other built-in exception (letter P).

use super::Rule;

pub(super) static RULES: &[Rule] = &[];
