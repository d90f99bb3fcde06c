//! Advancing iterators that the loop has no fast path for.

use crate::objects::ctx::Ctx;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::value::Value;

/// What advancing an iterator gave.
pub(crate) enum Advance {
    /// An item.
    Item(Value),
    /// Nothing more.
    Exhausted,
}

/// Advances an iterator by one item.
///
/// # Errors
/// What the iterator raises.
#[inline(never)]
pub(crate) fn advance(ctx: &mut Ctx, iterator: &Value) -> PyResult<Advance> {
    let iterator = iterator.clone();
    Ok(match protocol::next(ctx, &iterator)? {
        Some(item) => Advance::Item(item),
        None => Advance::Exhausted,
    })
}
