//! How natives go through an iterable.
//!
//! [`walk`] is for step natives that take every item of an iterable (`list`, `sum`, `any`, ...). Items of an iterator that
//! runs no Python function are taken in a plain loop; any other is advanced by the interpreter loop, one [`Action::Next`] at
//! a time, so that a generator runs on the frame chain. The function of a `map` or `filter` is called there directly.
//! [`walk_at_once`] is the plain loop alone, for natives that want to do without a frame.

use smallvec::{SmallVec, smallvec};

use super::adapters::{Filter, Map};
use super::ctx::Ctx;
use super::frame::SHAPE_GENERATOR;
use super::heap::Obj;
use super::iterator::{Iter, is_leaf};
use super::kind::Kind;
use super::list::{List, ListIter, items_at_once, next_item};
use super::native::{Action, Input, NativeFrame, PyResult, Raised, Sink};
use super::protocol;
use super::range::{RangeIter, next_number};
use super::sequence;
use super::signals::Pace;
use super::tuple::{self, Tuple, TupleIter};
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
    take: impl FnMut(&mut Ctx, Value) -> PyResult<bool>,
) -> PyResult<Walk> {
    walk_with(ctx, frame, input, iterable, None, take)
}

/// As [`walk`]; the sink does what `take` does with those items of a generator for which it needs no Python code.
///
/// # Errors
/// What iterating or `take` raises.
pub fn walk_with(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: Input,
    iterable: usize,
    sink: Option<Sink>,
    mut take: impl FnMut(&mut Ctx, Value) -> PyResult<bool>,
) -> PyResult<Walk> {
    match input {
        Input::Start => {
            let source = frame.local(iterable);
            let iterator = protocol::iter(ctx, &source)?;
            if is_leaf(&iterator) {
                let mut pace = Pace::default();
                while let Some(item) = protocol::next(ctx, &iterator)? {
                    if !take(ctx, item)? {
                        return Ok(Walk::Done);
                    }
                    pace.step(ctx)?;
                }
                return Ok(Walk::Done);
            }
            frame.set_local(iterable, iterator.clone());
            // Items of anything else may come from calls, and then it is not the generator that must go on.
            let is_generator = iterator.header().is_some_and(|header| header.shape() == SHAPE_GENERATOR);
            let calls = mapped(ctx, &iterator).is_some() || filtered(ctx, &iterator).is_some();
            frame.sink.set(sink.filter(|_| is_generator || calls));
            if calls && sink.is_some() {
                frame.calling.set(u8::try_from(iterable + 1).unwrap_or(0));
            }
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
            if take(ctx, item)? {
                return ask_next(ctx, frame, iterator);
            }
            Ok(done(frame))
        }
        Input::Exhausted(_) => Ok(done(frame)),
        Input::Raised => {
            let done = done(frame);
            let iterator = frame.local(iterable);
            // As when the iterator is asked itself: a StopIteration of its function ends it.
            if (mapped(ctx, &iterator).is_some() || filtered(ctx, &iterator).is_some())
                && ctx.raised_is(&ctx.exceptions.StopIteration)
            {
                drop(ctx.take_raised(Raised(())));
                return Ok(done);
            }
            Err(Raised(()))
        }
    }
}

/// The walk is over: what is called from now on is called by the native itself.
fn done(frame: &Obj<NativeFrame>) -> Walk {
    frame.sink.set(None);
    frame.calling.set(0);
    Walk::Done
}

/// How a native goes on whose `map` or `filter` has called its function.
pub enum Onward {
    /// The function is called with this argument, without the detour through the native.
    Call(Value, Value),
    /// There are no more items.
    End,
    /// The native itself must see to this result of the function.
    Take(Value),
}

/// The function of the `map` or `filter` that a native walks through has returned a value, of which the native's sink takes
/// what it can.
pub fn go_on(frame: &Obj<NativeFrame>, value: Value) -> Onward {
    let found = {
        let locals = frame.locals.borrow();
        let index = usize::from(frame.calling.get()).checked_sub(1);
        let source = index.and_then(|index| locals.get(index)?.downcast_ref::<Iter>()).map(|iter| iter.source.as_any());
        source.and_then(|source| {
            if let Some(map) = source.downcast_ref::<Map>() {
                let iterators = map.iterators.get();
                let [iterator] = iterators.downcast_ref::<Tuple>()?.items() else { return None };
                return Some((iterator.clone(), map.function.get(), None));
            }
            let filter = source.downcast_ref::<Filter>()?;
            let wanted = quick_truth(&value)? == filter.wanted;
            Some((filter.iterator.get(), filter.function.get(), Some(wanted)))
        })
    };
    let (Some((iterator, function, wanted)), Some(sink)) = (found, frame.sink.get()) else {
        return Onward::Take(value);
    };
    if !is_quick(&iterator) {
        return Onward::Take(value);
    }
    let refused = match wanted {
        None => sink(frame, value),
        Some(false) => None,
        Some(true) => sink(frame, frame.local(PENDING)).map(|_| value),
    };
    if let Some(value) = refused {
        return Onward::Take(value);
    }
    let Some(argument) = next_at_once(&iterator) else { return Onward::End };
    if wanted.is_some() {
        frame.set_local(PENDING, argument.clone());
    }
    Onward::Call(function, argument)
}

/// Whether [`next_at_once`] knows the iterator.
fn is_quick(iterator: &Value) -> bool {
    iterator.header().is_some_and(|header| matches!(header.kind(), Kind::ListIter | Kind::TupleIter | Kind::RangeIter))
}

/// The next item of an iterator over a list, tuple or range.
fn next_at_once(iterator: &Value) -> Option<Value> {
    match iterator.header()?.kind() {
        Kind::ListIter => next_item(iterator.downcast_ref::<ListIter>()?),
        Kind::TupleIter => tuple::next_item(iterator.downcast_ref::<TupleIter>()?),
        Kind::RangeIter => next_number(iterator.downcast_ref::<RangeIter>()?),
        _ => None,
    }
}

/// The truth of what a predicate usually gives.
fn quick_truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_small_int().map(|number| number != 0)).or(value.is_none().then_some(false))
}

/// The sink of natives that collect items in a list, which lies in a local.
pub fn list_sink<const LIST: usize>(frame: &Obj<NativeFrame>, item: Value) -> Option<Value> {
    let locals = frame.locals.borrow();
    let Some(list) = locals.get(LIST).and_then(Value::downcast_ref::<List>) else { return Some(item) };
    let mut items = list.items.borrow_mut();
    if items.len() == items.capacity() {
        return Some(item);
    }
    items.push(item);
    None
}

/// Whether iterating a value is known to run no Python code before the first item is asked for: it is of a built-in class.
pub fn is_built_in(iterable: &Value) -> bool {
    iterable.header().is_some_and(|header| {
        let kinds = matches!(
            header.kind(),
            Kind::List
                | Kind::Tuple
                | Kind::Dict
                | Kind::DictView
                | Kind::Set
                | Kind::Range
                | Kind::Str
                | Kind::Bytes
                | Kind::Iter
                | Kind::ListIter
                | Kind::RangeIter
                | Kind::TupleIter
        );
        kinds && !header.shape().is_user()
    })
}

/// More items than this are not collected without looking at the room for them.
const MOST_AT_ONCE: usize = 1 << 20;

/// All items of an iterable of a built-in class, in a plain loop, when advancing it runs no Python function.
///
/// # Errors
/// What iterating raises.
pub fn collect_at_once(ctx: &mut Ctx, iterable: &Value) -> PyResult<Option<Vec<Value>>> {
    if let Some(items) = items_at_once(iterable) {
        return Ok(Some(items));
    }
    if !is_built_in(iterable) {
        return Ok(None);
    }
    // What counts its items without holding them may count more than there is room for, which others report.
    let counts = iterable.header().is_some_and(|header| matches!(header.kind(), Kind::Range | Kind::Iter));
    let hint = if counts { protocol::iteration::length_hint(ctx, iterable)? } else { 0 };
    if hint > MOST_AT_ONCE {
        return Ok(None);
    }
    let mut items = Vec::with_capacity(hint);
    let rest = walk_at_once(ctx, iterable, |ctx, item| sequence::push(ctx, &mut items, item))?;
    Ok(rest.is_none().then_some(items))
}

/// Takes the items of an iterable in a plain loop, when advancing it runs no Python function. Otherwise the iterator comes
/// back, for a step native to [`walk`].
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
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        if !take(ctx, item)? {
            break;
        }
        pace.step(ctx)?;
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
        let Some(iterators) = iterators.downcast_ref::<Tuple>() else { return Ok(done(frame)) };
        let mut args = SmallVec::new();
        for inner in iterators.items() {
            match protocol::next(ctx, inner)? {
                Some(item) => args.push(item),
                None => return Ok(done(frame)),
            }
        }
        return Ok(Walk::Wait(Action::Call(map.function.get(), args)));
    }
    if let Some(filter) = filtered(ctx, &iterator) {
        let Some(item) = protocol::next(ctx, &filter.iterator.get())? else { return Ok(done(frame)) };
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
