//! The iterators of `itertools` advanced on the chain of frames, for programs with threads.
//!
//! A `next` that asks a generator for its item does so in an inner run of the loop, and pins its thread to it: a generator
//! that waits there for another thread keeps every thread below from going on (*Pinning* in
//! [`scheduler`](crate::objects::scheduler)). These state machines do the same work without an inner run. They cost a frame for
//! each item, so they are asked for only while there are threads; see
//! [`NativeIterator::step_among_threads`](crate::objects::iterator::NativeIterator::step_among_threads).
//!
//! Local 0 is the iterator; a machine is continued with the item that it asked for, or the result of the function.

use smallvec::SmallVec;

use crate::code::BinaryOperator;
use crate::objects::advance::end;
use crate::objects::ctx::Ctx;
use crate::objects::heap::Obj;
use crate::objects::iterator::{Iter, NativeIterator};
use crate::objects::list::items_at_once;
use crate::objects::native::{Action, Input, NativeFrame, PyResult};
use crate::objects::protocol;
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;

use super::endless::Cycle;
use super::selecting::{DropWhile, ISlice, TakeWhile};
use super::shaping::{Accumulate, Batched, Chain, Pairwise, StarMap};

const DONE: PyResult<Action> = Ok(Action::Exhausted(Value::NONE));

/// Does something with the source of the iterator that a frame advances.
pub(super) fn with_source<T: NativeIterator>(
    frame: &Obj<NativeFrame>,
    work: impl FnOnce(&T) -> PyResult<Action>,
) -> PyResult<Action> {
    let object = frame.local(0);
    match object.downcast_ref::<Iter>().and_then(|iter| iter.get::<T>()) {
        Some(source) => work(source),
        None => DONE,
    }
}

/// Asks a function about an item, which local 1 keeps.
fn ask(frame: &Obj<NativeFrame>, function: Value, item: Value) -> PyResult<Action> {
    frame.state.set(1);
    frame.set_local(1, item.clone());
    Ok(Action::Call(function, SmallVec::from_iter([item])))
}

/// `accumulate`: state 1 while the function adds.
pub(super) fn accumulate(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<Accumulate>(frame, |source| {
        let total = match input {
            Input::Start => {
                let initial = source.initial.take();
                if initial.is_empty() {
                    return Ok(Action::Next(source.iterator.get()));
                }
                initial
            }
            Input::Value(total) if frame.state.get() == 1 => total,
            Input::Value(item) => {
                let (total, function) = (source.total.get(), source.function.get());
                if total.is_empty() {
                    item
                } else if function.is_empty() {
                    protocol::binary_op(ctx, BinaryOperator::Add, &total, &item)?
                } else {
                    frame.state.set(1);
                    return Ok(Action::Call(function, SmallVec::from_iter([total, item])));
                }
            }
            Input::Exhausted(_) => return DONE,
            Input::Raised => return end(ctx),
        };
        source.total.set(total.clone());
        Ok(Action::Yield(total))
    })
}

/// `batched`: the items are the locals from 1.
pub(super) fn batched(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<Batched>(frame, |source| {
        let take = || new_tuple(frame.locals.borrow_mut().drain(1..).collect::<Vec<_>>()).into_value();
        match input {
            Input::Start => {}
            Input::Value(item) => {
                frame.locals.borrow_mut().push(item);
                if frame.locals.borrow().len() > source.size {
                    return Ok(Action::Yield(take()));
                }
            }
            Input::Exhausted(_) => {
                source.iterator.take();
                if frame.locals.borrow().len() == 1 {
                    return DONE;
                }
                if source.strict {
                    return Err(ctx.value_error("batched(): incomplete batch"));
                }
                return Ok(Action::Yield(take()));
            }
            Input::Raised => {
                source.iterator.take();
                return end(ctx);
            }
        }
        let iterator = source.iterator.get();
        if iterator.is_empty() { DONE } else { Ok(Action::Next(iterator)) }
    })
}

/// `chain`: state 1 while the iterable under way is asked, 2 while the next iterable is.
pub(super) fn chain(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<Chain>(frame, |chain| {
        let asks_active = frame.state.get() == 1;
        match input {
            Input::Start => {}
            Input::Value(item) if asks_active => return Ok(Action::Yield(item)),
            Input::Value(iterable) => match protocol::iter(ctx, &iterable) {
                Ok(iterator) => chain.active.set(iterator),
                Err(raised) => {
                    chain.source.take();
                    return Err(raised);
                }
            },
            Input::Exhausted(_) if asks_active => drop(chain.active.take()),
            Input::Exhausted(_) => drop(chain.source.take()),
            Input::Raised => {
                if !asks_active {
                    chain.source.take();
                }
                return end(ctx);
            }
        }
        let (active, source) = (chain.active.get(), chain.source.get());
        frame.state.set(if active.is_empty() { 2 } else { 1 });
        match (active.is_empty(), source.is_empty()) {
            (false, _) => Ok(Action::Next(active)),
            (true, false) => Ok(Action::Next(source)),
            (true, true) => DONE,
        }
    })
}

/// `cycle`: the first pass asks the iterator, the others take what it gave.
pub(super) fn cycle(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<Cycle>(frame, |source| {
        match input {
            Input::Start => {
                let iterator = source.iterator.get();
                if !iterator.is_empty() {
                    return Ok(Action::Next(iterator));
                }
            }
            Input::Value(item) => {
                source.saved.borrow_mut().push(item.clone());
                return Ok(Action::Yield(item));
            }
            Input::Exhausted(_) => drop(source.iterator.take()),
            Input::Raised => return end(ctx),
        }
        Ok(source.next(ctx)?.map_or(Action::Exhausted(Value::NONE), Action::Yield))
    })
}

/// `dropwhile`: state 1 while the predicate is asked.
pub(super) fn drop_while(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<DropWhile>(frame, |source| {
        match input {
            Input::Start => {}
            Input::Value(answer) if frame.state.get() == 1 => {
                if !protocol::truth(ctx, &answer)? {
                    source.started.set(true);
                    return Ok(Action::Yield(frame.local(1)));
                }
            }
            Input::Value(item) if source.started.get() => return Ok(Action::Yield(item)),
            Input::Value(item) => return ask(frame, source.predicate.get(), item),
            Input::Exhausted(_) => return DONE,
            Input::Raised => return end(ctx),
        }
        frame.state.set(0);
        Ok(Action::Next(source.iterator.get()))
    })
}

/// `islice`: state 1 while the item asked for is one to give out.
pub(super) fn islice(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<ISlice>(frame, |source| {
        let limit = source.stop.unwrap_or(usize::MAX);
        match input {
            Input::Start => {}
            Input::Value(item) => {
                source.taken.set(source.taken.get() + 1);
                if frame.state.get() == 1 {
                    source.wanted.set(source.wanted.get().saturating_add(source.step).min(limit));
                    return Ok(Action::Yield(item));
                }
            }
            Input::Exhausted(_) => {
                source.iterator.take();
                return DONE;
            }
            Input::Raised => {
                source.iterator.take();
                return end(ctx);
            }
        }
        let is_wanted = source.taken.get() >= source.wanted.get();
        let iterator = if is_wanted && source.taken.get() >= limit { Value::EMPTY } else { source.iterator.get() };
        if iterator.is_empty() {
            source.iterator.take();
            return DONE;
        }
        frame.state.set(u32::from(is_wanted));
        Ok(Action::Next(iterator))
    })
}

/// `pairwise`
pub(super) fn pairwise(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<Pairwise>(frame, |source| {
        match input {
            Input::Start => {}
            Input::Value(item) => {
                let previous = source.previous.get();
                source.previous.set(item.clone());
                if !previous.is_empty() {
                    return Ok(Action::Yield(new_tuple([previous, item]).into_value()));
                }
            }
            Input::Exhausted(_) => {
                source.clear();
                return DONE;
            }
            Input::Raised => return end(ctx),
        }
        let iterator = source.iterator.get();
        if iterator.is_empty() { DONE } else { Ok(Action::Next(iterator)) }
    })
}

/// `starmap`: state 1 while the function runs.
pub(super) fn starmap(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<StarMap>(frame, |source| match input {
        Input::Start => Ok(Action::Next(source.iterator.get())),
        Input::Value(result) if frame.state.get() == 1 => Ok(Action::Yield(result)),
        Input::Value(row) => {
            let args = match items_at_once(&row) {
                Some(args) => args,
                None => protocol::collect(ctx, &row)?,
            };
            frame.state.set(1);
            Ok(Action::Call(source.function.get(), args.into_iter().collect()))
        }
        Input::Exhausted(_) => DONE,
        Input::Raised => end(ctx),
    })
}

/// `takewhile`: state 1 while the predicate is asked.
pub(super) fn take_while(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    with_source::<TakeWhile>(frame, |source| match input {
        Input::Start if source.stopped.get() => DONE,
        Input::Start => Ok(Action::Next(source.iterator.get())),
        Input::Value(answer) if frame.state.get() == 1 => {
            if protocol::truth(ctx, &answer)? {
                return Ok(Action::Yield(frame.local(1)));
            }
            source.stopped.set(true);
            DONE
        }
        Input::Value(item) => ask(frame, source.predicate.get(), item),
        Input::Exhausted(_) => DONE,
        Input::Raised => end(ctx),
    })
}
