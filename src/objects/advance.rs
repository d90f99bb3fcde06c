//! Advancing iterators whose next item takes a call of Python code: on the chain of frames, where that code may block,
//! suspend, and nest as deep as any call.
//!
//! [`step_of`] knows which iterators these are and gives a state machine that advances one: its local 0 is the iterator,
//! and it ends with [`Action::Yield`] or [`Action::Exhausted`]. Everything else is advanced by
//! [`protocol::next`].

use smallvec::SmallVec;

use super::adapters::{Enumerate, Filter, Map, Zip};
use super::ctx::Ctx;
use super::exception::Exception;
use super::function::Function;
use super::heap::Obj;
use super::instance::Instance;
use super::iterator::{CallableIterator, Iter};
use super::kind::Kind;
use super::native::{Action, Input, NativeFrame, PyResult, Raised, Step};
use super::protocol;
use super::tuple::Tuple;
use super::value::Value;

/// How to advance an iterator on the chain, when its next item takes a call of Python code.
pub fn step_of(ctx: &Ctx, iterator: &Value) -> Option<Step> {
    let header = iterator.header()?;
    match header.kind() {
        Kind::Instance => {
            let instance = iterator.downcast_ref::<Instance>()?;
            let method = instance.header().shape().with_class(|class| class.lookup(&ctx.names.__next__))?;
            if method.is_kind::<Function>() { Some(instance_step) } else { None }
        }
        Kind::Iter if !header.shape().is_user() => iterator.downcast_ref::<Iter>()?.step(ctx),
        _ => None,
    }
}

/// The end of an iterator: StopIteration, which is caught, or another exception, which goes on.
///
/// # Errors
/// That other exception.
pub fn end(ctx: &mut Ctx) -> PyResult<Action> {
    let class = ctx.exceptions.StopIteration.clone();
    let stop = ctx.catch(Raised(()), &class)?;
    let value = stop.downcast_ref::<Exception>().map_or(Value::NONE, |stop| stop.field(0));
    Ok(Action::Exhausted(value))
}

/// An instance of a class of the program: calls its `__next__`.
fn instance_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => {
            let iterator = frame.local(0);
            match protocol::lookup_special(ctx, &iterator, &ctx.names.__next__) {
                Some(method) => Ok(Action::Call(method, SmallVec::from_iter([iterator]))),
                None => Err(protocol::type_mismatch(ctx, "'{}' object is not an iterator", &iterator)),
            }
        }
        Input::Value(item) | Input::Exhausted(item) => Ok(Action::Yield(item)),
        Input::Raised => end(ctx),
    }
}

/// `iter(callable, sentinel)`
pub(super) fn callable_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let source = object.downcast_ref::<Iter>().and_then(|iter| iter.source.as_any().downcast_ref::<CallableIterator>());
    let Some(source) = source else { return Ok(Action::Exhausted(Value::NONE)) };
    match input {
        Input::Start => {
            let callable = source.callable.get();
            if callable.is_empty() {
                return Ok(Action::Exhausted(Value::NONE));
            }
            Ok(Action::Call(callable, SmallVec::new()))
        }
        Input::Value(item) | Input::Exhausted(item) => {
            // The call may have exhausted this very iterator.
            let sentinel = source.sentinel.get();
            if !sentinel.is_empty() && !protocol::equal(ctx, &sentinel, &item)? {
                return Ok(Action::Yield(item));
            }
            source.end();
            Ok(Action::Exhausted(Value::NONE))
        }
        Input::Raised => {
            let action = end(ctx)?;
            source.end();
            Ok(action)
        }
    }
}

/// `enumerate`, among threads.
pub(super) fn enumerate_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let source = object.downcast_ref::<Iter>().and_then(|iter| iter.get::<Enumerate>());
    let Some(source) = source else { return Ok(Action::Exhausted(Value::NONE)) };
    match input {
        Input::Start => Ok(Action::Next(source.iterator.get())),
        Input::Value(item) => Ok(Action::Yield(source.number(item))),
        Input::Exhausted(_) => Ok(Action::Exhausted(Value::NONE)),
        Input::Raised => end(ctx),
    }
}

/// `zip`, among threads: the state tells which iterator is next, the items are the locals from 1.
pub(super) fn zip_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let source = object.downcast_ref::<Iter>().and_then(|iter| iter.get::<Zip>());
    let iterators = source.map(|zip| zip.iterators.get()).unwrap_or_default();
    let (Some(zip), Some(iterators)) = (source, iterators.downcast_ref::<Tuple>()) else {
        return Ok(Action::Exhausted(Value::NONE));
    };
    let index = frame.state.get() as usize;
    match input {
        Input::Start => {}
        Input::Value(item) => frame.locals.borrow_mut().push(item),
        Input::Exhausted(_) => {
            zip.check_end(ctx, iterators.items(), index.saturating_sub(1))?;
            return Ok(Action::Exhausted(Value::NONE));
        }
        Input::Raised => return end(ctx),
    }
    frame.state.set(index as u32 + 1);
    match iterators.items().get(index) {
        Some(iterator) => Ok(Action::Next(iterator.clone())),
        None if iterators.is_empty() => Ok(Action::Exhausted(Value::NONE)),
        None => {
            let mut items: SmallVec<[Value; 4]> = frame.locals.borrow_mut().drain(1..).collect();
            Ok(Action::Yield(zip.row(&mut items)))
        }
    }
}

/// `map`: advances its iterators, the state tells which is next, then calls the function. The items are the locals from 1.
pub(super) fn map_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let map = object.downcast_ref::<Iter>().and_then(|iter| iter.source.as_any().downcast_ref::<Map>());
    let Some(map) = map else { return Ok(Action::Exhausted(Value::NONE)) };
    let iterators = map.iterators.get();
    let Some(iterators) = iterators.downcast_ref::<Tuple>() else { return Ok(Action::Exhausted(Value::NONE)) };
    let index = frame.state.get() as usize;
    match input {
        Input::Start => {}
        Input::Value(result) if index > iterators.len() => return Ok(Action::Yield(result)),
        Input::Value(item) => frame.set_local(index, item),
        Input::Exhausted(_) => return Ok(Action::Exhausted(Value::NONE)),
        Input::Raised => return end(ctx),
    }
    frame.state.set(index as u32 + 1);
    match iterators.items().get(index) {
        Some(iterator) => Ok(Action::Next(iterator.clone())),
        None => {
            let args = frame.locals.borrow_mut().drain(1..).collect();
            Ok(Action::Call(map.function.get(), args))
        }
    }
}

/// `filter`: advances its iterator and asks the function until the answer is as wanted; the state tells which is under
/// way, local 1 is the item.
pub(super) fn filter_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let object = frame.local(0);
    let filter = object.downcast_ref::<Iter>().and_then(|iter| iter.source.as_any().downcast_ref::<Filter>());
    let Some(filter) = filter else { return Ok(Action::Exhausted(Value::NONE)) };
    match input {
        Input::Start => {}
        Input::Value(answer) if frame.state.get() == 2 => {
            if protocol::truth(ctx, &answer)? == filter.wanted {
                return Ok(Action::Yield(frame.local(1)));
            }
        }
        Input::Value(item) => {
            let function = filter.function.get();
            if !function.is_none() && !function.is(ctx.types.bool_.value()) {
                frame.state.set(2);
                frame.set_local(1, item.clone());
                return Ok(Action::Call(function, SmallVec::from_iter([item])));
            }
            if protocol::truth(ctx, &item)? == filter.wanted {
                return Ok(Action::Yield(item));
            }
        }
        Input::Exhausted(_) => return Ok(Action::Exhausted(Value::NONE)),
        Input::Raised => return end(ctx),
    }
    frame.state.set(1);
    Ok(Action::Next(filter.iterator.get()))
}
