//! Advancing iterators that the loop has no fast path for.

use crate::objects::ctx::Ctx;
use crate::objects::iterator::Iter;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::value::Value;

/// Advances an iterator by one item; None when there is none. The frame that runs holds the iterator.
///
/// # Errors
/// What the iterator raises.
#[inline(never)]
pub(crate) fn advance(ctx: &mut Ctx, iterator: &Value) -> PyResult<Option<Value>> {
    if let Some(iter) = iterator.downcast_ref::<Iter>()
        && !iter.header().shape().is_user()
    {
        return match iter.source.next_of(ctx, iterator) {
            Err(raised) => protocol::iteration::stop_is_end(ctx, raised),
            item => item,
        };
    }
    protocol::next(ctx, iterator)
}
