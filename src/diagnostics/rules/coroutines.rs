//! Rules about coroutines, `async def` and `await` (letter C).

use super::Rule;

pub(super) static RULES: &[Rule] = &[];
