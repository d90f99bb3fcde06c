//! How natives go through an iterable.
//!
//! [`walk`] is for step natives that take every item of an iterable (`list`, `sum`, `any`, ...). Items of an iterator that
//! runs no Python function are taken in a plain loop; any other is advanced by the interpreter loop, one [`Action::Next`] at
//! a time, so that a generator runs on the frame chain. The function of a `map` or `filter` is called there directly.
//! [`walk_at_once`] is the plain loop alone, for natives that want to do without a frame.

use std::sync::atomic::Ordering;

use smallvec::{SmallVec, smallvec};

use super::adapters::{Filter, Map};
use super::ctx::Ctx;
use super::heap::{Obj, attention};
use super::iterator::{Iter, is_leaf};
use super::list::List;
use super::native::{Action, Input, NativeFrame, PyResult, Raised};
use super::protocol;
use super::tuple::Tuple;
use super::value::Value;

/// What [`walk`] says.
pub enum Walk {
    /// The interpreter loop must do this and continue the native.
    Wait(Action),
    /// There are no more items, or no more are wanted.
    Done,
}

/// Takes the items of the iterable in a local of a step native, which becomes its iterator, one by one. The native
/// calls this with every input that it gets while the walk lasts. `take` returns whether it wants more.
///
/// # Errors
/// What iterating or `take` raises.
pub fn walk(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: Input,
    iterable: usize,
    mut take: impl FnMut(&mut Ctx, Value) -> PyResult<bool>,
) -> PyResult<Walk> {
    match input {
        Input::Start => {
            let source = frame.local(iterable);
            let iterator = protocol::iter(ctx, &source)?;
            if is_leaf(&iterator) {
                let mut count = 0u32;
                while let Some(item) = protocol::next(ctx, &iterator)? {
                    if !take(ctx, item)? {
                        return Ok(Walk::Done);
                    }
                    count = count.wrapping_add(1);
                    // Now and then, give the interpreter loop the chance to see an interrupt.
                    if count & 0xffff == 0 && ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT != 0 {
                        frame.set_local(iterable, iterator.clone());
                        return Ok(Walk::Wait(Action::Next(iterator)));
                    }
                }
                return Ok(Walk::Done);
            }
            frame.set_local(iterable, iterator.clone());
            ask_next(ctx, frame, iterator)
        }
        Input::Value(value) => {
            let iterator = frame.local(iterable);
            let item = match filtered(ctx, &iterator) {
                Some(filter) => {
                    let item = frame.local(PENDING);
                    if protocol::truth(ctx, &value)? != filter.wanted {
                        return ask_next(ctx, frame, iterator);
                    }
                    item
                }
                None => value,
            };
            if take(ctx, item)? { ask_next(ctx, frame, iterator) } else { Ok(Walk::Done) }
        }
        Input::Exhausted(_) => Ok(Walk::Done),
        Input::Raised => {
            let iterator = frame.local(iterable);
            // As when the iterator is asked itself: a StopIteration of its function ends it.
            if (mapped(ctx, &iterator).is_some() || filtered(ctx, &iterator).is_some())
                && ctx.raised_is(&ctx.exceptions.StopIteration)
            {
                drop(ctx.take_raised(Raised(())));
                return Ok(Walk::Done);
            }
            Err(Raised(()))
        }
    }
}

/// Takes the items of an iterable in a plain loop, when advancing it runs no Python function. Otherwise, or when there is an
/// interrupt to be seen to, the iterator comes back, for a step native to [`walk`].
///
/// # Errors
/// What iterating or `take` raises.
pub fn walk_at_once(
    ctx: &mut Ctx,
    iterable: &Value,
    mut take: impl FnMut(&mut Ctx, Value) -> PyResult<bool>,
) -> PyResult<Option<Value>> {
    if let Some(list) = iterable.downcast_ref::<List>()
        && !list.header().shape().is_user()
    {
        let mut index = 0;
        while let Some(item) = list.get(index) {
            if !take(ctx, item)? {
                break;
            }
            index += 1;
        }
        return Ok(None);
    }
    let iterator = protocol::iter(ctx, iterable)?;
    if !is_leaf(&iterator) {
        return Ok(Some(iterator));
    }
    let mut count = 0u32;
    while let Some(item) = protocol::next(ctx, &iterator)? {
        if !take(ctx, item)? {
            break;
        }
        count = count.wrapping_add(1);
        if count & 0xffff == 0 && ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT != 0 {
            return Ok(Some(iterator));
        }
    }
    Ok(None)
}

/// Local of a step native for the item that a `filter`'s function is being asked about; natives that walk keep their own
/// locals below.
const PENDING: usize = 8;

/// Asks for the next item. The function of a `map` or `filter` is called directly on the frame chain, without the detour
/// through the iterator.
fn ask_next(ctx: &mut Ctx, frame: &Obj<NativeFrame>, iterator: Value) -> PyResult<Walk> {
    if let Some(map) = mapped(ctx, &iterator) {
        let iterators = map.iterators.get();
        let Some(iterators) = iterators.downcast_ref::<Tuple>() else { return Ok(Walk::Done) };
        let mut args = SmallVec::new();
        for inner in iterators.items() {
            match protocol::next(ctx, inner)? {
                Some(item) => args.push(item),
                None => return Ok(Walk::Done),
            }
        }
        return Ok(Walk::Wait(Action::Call(map.function.get(), args)));
    }
    if let Some(filter) = filtered(ctx, &iterator) {
        let Some(item) = protocol::next(ctx, &filter.iterator.get())? else { return Ok(Walk::Done) };
        frame.set_local(PENDING, item.clone());
        return Ok(Walk::Wait(Action::Call(filter.function.get(), smallvec![item])));
    }
    Ok(Walk::Wait(Action::Next(iterator)))
}

/// A `map` whose function is the only Python code in it.
fn mapped<'a>(ctx: &Ctx, iterator: &'a Value) -> Option<&'a Map> {
    let iter = iterator.downcast_ref::<Iter>()?;
    if iter.header().shape() != ctx.types.map.instance_shape.get() {
        return None;
    }
    iter.get::<Map>().filter(|map| map.inner_leaf)
}

/// A `filter` whose function is the only Python code in it.
fn filtered<'a>(ctx: &Ctx, iterator: &'a Value) -> Option<&'a Filter> {
    let iter = iterator.downcast_ref::<Iter>()?;
    if iter.header().shape() != ctx.types.filter.instance_shape.get() {
        return None;
    }
    iter.get::<Filter>().filter(|filter| filter.inner_leaf)
}

/// Asks an iterable for its length, as CPython does to size a list or tuple. Only a program's class can tell that it was
/// asked, so nobody else is.
///
/// # Errors
/// What `__len__` raises.
pub fn ask_length(ctx: &mut Ctx, iterable: &Value) -> PyResult<()> {
    if iterable.header().is_some_and(|header| header.shape().is_user()) {
        protocol::length_hint(ctx, iterable)?;
    }
    Ok(())
}
