//! Advancing iterators that the loop has no fast path for.

use smallvec::SmallVec;

use super::special;
use crate::objects::advance;
use crate::objects::code::Code;
use crate::objects::ctx::Ctx;
use crate::objects::function::Function;
use crate::objects::heap::Obj;
use crate::objects::instance::Instance;
use crate::objects::iterator::{Iter, Map, Pair};
use crate::objects::native::{PyResult, new_native_frame};
use crate::objects::protocol;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::vm::bind::Args;
use crate::vm::call;

/// How an iterator was advanced.
pub(crate) enum Advanced {
    /// By one item.
    Item(Value),
    /// By one tuple of two items, which was not made.
    Pair(Value, Value),
    /// There is no item.
    End,
    /// A Python function that gives the item is on top of the chain.
    Entered,
    /// A native frame that gives the item is on top of the chain and must be started.
    Started,
}

/// Advances an iterator by one item. The frame that runs holds the iterator; `pair` says that it takes the item apart in two
/// at once.
///
/// # Errors
/// What the iterator raises.
#[inline(never)]
pub(crate) fn advance(ctx: &mut Ctx, iterator: &Value, pair: bool) -> PyResult<Advanced> {
    if let Some(iter) = iterator.downcast_ref::<Iter>()
        && !iter.header().shape().is_user()
    {
        let step = iter.step(ctx);
        if pair && step.is_none() {
            match iter.source.next_pair(ctx) {
                Ok(Pair::Of(first, second)) => return Ok(Advanced::Pair(first, second)),
                Ok(Pair::End) => return Ok(Advanced::End),
                Ok(Pair::None) => {}
                Err(raised) => return protocol::iteration::stop_is_end(ctx, raised).map(|_| Advanced::End),
            }
        }
        if let Some(step) = step
            && ctx.depth < ctx.recursion_limit
        {
            if let Some(entered) = enter_map(ctx, iter)? {
                return Ok(entered);
            }
            call::push_native(ctx, new_native_frame(step, None, SmallVec::from_iter([iterator.clone()])));
            return Ok(Advanced::Started);
        }
        return match iter.source.next_of(ctx, iterator) {
            Ok(Some(item)) => Ok(Advanced::Item(item)),
            Ok(None) => Ok(Advanced::End),
            Err(raised) => protocol::iteration::stop_is_end(ctx, raised).map(|_| Advanced::End),
        };
    }
    if iterator.is_kind::<Instance>() {
        if special::enter_next(ctx, iterator) {
            return Ok(Advanced::Entered);
        }
        if ctx.depth < ctx.recursion_limit
            && let Some(step) = advance::step_of(ctx, iterator)
        {
            call::push_native(ctx, new_native_frame(step, None, SmallVec::from_iter([iterator.clone()])));
            return Ok(Advanced::Started);
        }
    }
    Ok(protocol::next(ctx, iterator)?.map_or(Advanced::End, Advanced::Item))
}

/// `for x in map(f, xs)`: when the function is the only Python code in it, its frame gives the item.
fn enter_map(ctx: &mut Ctx, iter: &Obj<Iter>) -> PyResult<Option<Advanced>> {
    let Some(map) = iter.get::<Map>().filter(|map| map.inner_leaf) else { return Ok(None) };
    let iterators = map.iterators.get();
    let Some(iterators) = iterators.downcast_ref::<Tuple>() else { return Ok(None) };
    let function = map.function.get();
    // Nothing may be taken from the iterators before it is sure that the frame can be made.
    let fits = function.downcast_ref::<Function>().is_some_and(|function| {
        function.code.get().downcast_ref::<Code>().is_some_and(|code| code.direct_arg_count as usize == iterators.len())
    });
    if !fits || ctx.observer.is_some() {
        return Ok(None);
    }
    let mut args = Args::new();
    for inner in iterators.items() {
        match protocol::next(ctx, inner)? {
            Some(item) => args.push(item),
            None => return Ok(Some(Advanced::End)),
        }
    }
    special::enter_directly(ctx, &function, args);
    Ok(Some(Advanced::Entered))
}
