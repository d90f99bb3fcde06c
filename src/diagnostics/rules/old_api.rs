//! Rules about names and forms that newer Pythons lack (letter H).

use super::Rule;

pub(super) static RULES: &[Rule] = &[];
