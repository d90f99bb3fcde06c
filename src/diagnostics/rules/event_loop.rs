//! Rules about the event loop, tasks and futures (letter L).

use super::Rule;

pub(super) static RULES: &[Rule] = &[];
