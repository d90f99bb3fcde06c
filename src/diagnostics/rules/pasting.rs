//! Rules about what goes wrong in typing and pasting (letters T and S).

use super::Rule;

pub(super) static RULES: &[Rule] = &[];
