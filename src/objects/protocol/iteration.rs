//! `iter`, `next` and what collects an iterable.

use std::cell::Cell;

use crate::objects::ctx::{Ctx, Resumed};
use crate::objects::dict::{Dict, DictView};
use crate::objects::frame::{Frame, SHAPE_GENERATOR};
use crate::objects::heap::{Slot, alloc};
use crate::objects::int;
use crate::objects::iterator::Iter;
use crate::objects::kind::Kind;
use crate::objects::list::{self, List, ListIter};
use crate::objects::native::{PyResult, Raised};
use crate::objects::range::{Range, RangeIter};
use crate::objects::sequence;
use crate::objects::shape::ShapeId;
use crate::objects::signals::Pace;
use crate::objects::tuple::{self, Tuple, TupleIter};
use crate::objects::value::Value;

use super::lookup_special;

/// `iter(iterable)`
///
/// # Errors
/// TypeError for what is not iterable; what `__iter__` raises.
pub fn iter(ctx: &mut Ctx, iterable: &Value) -> PyResult {
    if let Some(header) = iterable.header() {
        let shape = header.shape();
        if shape == ShapeId::exact(Kind::List) {
            let iterator = ListIter { list: Slot::new(iterable.clone()), index: Cell::new(0) };
            return Ok(alloc(ShapeId::exact(Kind::ListIter), iterator).into_value());
        }
        if shape == SHAPE_GENERATOR || shape.kind() == Kind::Iter && !shape.is_user() {
            return Ok(iterable.clone());
        }
        if shape == ShapeId::exact(Kind::Tuple) {
            return Ok(tuple::iterator_of(iterable.clone()));
        }
        if shape == ShapeId::exact(Kind::Str) {
            return Ok(crate::objects::iterator::str_iterator(ctx, iterable));
        }
    }
    match lookup_special(ctx, iterable, &ctx.names.__iter__) {
        Some(method) if !method.is_none() => {
            let iterator = super::call_unbound(ctx, &method, iterable, &[])?;
            if is_iterator(ctx, &iterator) {
                return Ok(iterator);
            }
            let name = super::class_name(ctx, &iterator);
            Err(ctx.type_error(format!("iter() returned non-iterator of type '{name}'")))
        }
        None if lookup_special(ctx, iterable, &ctx.names.__getitem__).is_some() && !iterable.is_kind::<Dict>() => {
            Ok(crate::objects::iterator::sequence_iterator(ctx, iterable))
        }
        _ => {
            let name = super::class_name(ctx, iterable);
            Err(ctx.type_error(format!("'{name}' object is not iterable")))
        }
    }
}

/// Whether a value has `__next__`.
pub fn is_iterator(ctx: &Ctx, value: &Value) -> bool {
    matches!(
        value.header().map(|header| header.kind()),
        Some(Kind::ListIter | Kind::RangeIter | Kind::TupleIter | Kind::Iter)
    ) || lookup_special(ctx, value, &ctx.names.__next__).is_some()
}

/// The next item of an iterator, None when it is exhausted.
///
/// # Errors
/// What the iteration raises, StopIteration excepted.
pub fn next(ctx: &mut Ctx, iterator: &Value) -> PyResult<Option<Value>> {
    if let Some(header) = iterator.header() {
        match header.kind() {
            Kind::ListIter => {
                if let Some(iterator) = iterator.downcast_ref::<ListIter>() {
                    let is_forward = header.shape() == ShapeId::exact(Kind::ListIter);
                    let next = if is_forward { list::next_item } else { list::next_item_back };
                    return Ok(next(iterator));
                }
            }
            Kind::RangeIter => {
                if let Some(iterator) = iterator.downcast_ref::<RangeIter>() {
                    return Ok(crate::objects::range::next_number(iterator));
                }
            }
            Kind::TupleIter => {
                if let Some(iterator) = iterator.downcast_ref::<TupleIter>() {
                    return Ok(tuple::next_item(iterator));
                }
            }
            Kind::Iter if !header.shape().is_user() => {
                if let Some(object) = iterator.downcast_ref::<Iter>() {
                    return match object.source.next_of(ctx, iterator) {
                        Err(raised) => stop_is_end(ctx, raised),
                        item => item,
                    };
                }
            }
            Kind::Frame if header.shape() == SHAPE_GENERATOR => {
                return match (ctx.door.resume)(ctx, iterator, Value::NONE)? {
                    Resumed::Yielded(item) => Ok(Some(item)),
                    Resumed::Returned(_) => Ok(None),
                };
            }
            _ => {}
        }
    }
    let Some(method) = lookup_special(ctx, iterator, &ctx.names.__next__) else {
        let name = super::class_name(ctx, iterator);
        return Err(ctx.type_error(format!("'{name}' object is not an iterator")));
    };
    match super::call_unbound(ctx, &method, iterator, &[]) {
        Ok(item) => Ok(Some(item)),
        Err(raised) => {
            let class = ctx.exceptions.StopIteration.clone();
            ctx.catch(raised, &class).map(|_| None)
        }
    }
}

/// A StopIteration that a function called by a native iterator lets out ends the iteration.
///
/// # Errors
/// Any other exception.
#[cold]
pub fn stop_is_end(ctx: &mut Ctx, raised: Raised) -> PyResult<Option<Value>> {
    let class = ctx.exceptions.StopIteration.clone();
    ctx.catch(raised, &class).map(|_| None)
}

/// All items of an iterable.
///
/// # Errors
/// What the iteration raises.
pub fn collect(ctx: &mut Ctx, iterable: &Value) -> PyResult<Vec<Value>> {
    if let Some(header) = iterable.header() {
        let shape = header.shape();
        if shape == ShapeId::exact(Kind::List)
            && let Some(list) = iterable.downcast_ref::<List>()
        {
            return Ok(list.to_vec());
        }
        if shape == ShapeId::exact(Kind::Tuple)
            && let Some(tuple) = iterable.downcast_ref::<Tuple>()
        {
            return Ok(tuple.items().to_vec());
        }
        if shape == ShapeId::exact(Kind::Dict)
            && let Some(dict) = iterable.downcast_ref::<Dict>()
        {
            return Ok(dict.entries().into_iter().map(|(key, _)| key).collect());
        }
    }
    if iterable.is_kind::<Range>() {
        // It may count more than there is room for.
        let length = length_hint(ctx, iterable)?;
        sequence::check_room(ctx, length.saturating_mul(size_of::<Value>()))?;
    }
    let iterator = iter(ctx, iterable)?;
    let mut items =
        Vec::with_capacity(if iterable.is_kind::<DictView>() { length_hint(ctx, iterable)?.min(1 << 20) } else { 0 });
    let mut pace = Pace::default();
    while let Some(item) = next(ctx, &iterator)? {
        pace.step(ctx)?;
        sequence::push(ctx, &mut items, item)?;
    }
    Ok(items)
}

/// `operator.length_hint(value)`, 0 when nothing is known.
///
/// # Errors
/// What `__len__` or `__length_hint__` raises, TypeError excepted.
pub fn length_hint(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    Ok(known_length_hint(ctx, value)?.unwrap_or(0))
}

/// As [`length_hint`], None when nothing is known.
///
/// # Errors
/// As [`length_hint`].
pub fn known_length_hint(ctx: &mut Ctx, value: &Value) -> PyResult<Option<usize>> {
    if lookup_special(ctx, value, &ctx.names.__len__).is_some() {
        match super::length(ctx, value) {
            Ok(length) => return Ok(Some(length)),
            Err(raised) => {
                // It has no length after all, as the referent of a proxy may have none.
                let class = ctx.exceptions.TypeError.clone();
                ctx.catch(raised, &class)?;
            }
        }
    }
    let name = ctx.names.__length_hint__.clone();
    match super::call_special(ctx, value, &name, &[]) {
        Ok(Some(hint)) if !hint.is_not_implemented() => {
            if !int::is_int(&hint) {
                let got = super::class_name(ctx, &hint);
                return Err(ctx.type_error(format!("__length_hint__ must be an integer, not {got}")));
            }
            match usize::try_from(super::as_isize(ctx, &hint)?) {
                Ok(hint) => Ok(Some(hint)),
                Err(_) => Err(ctx.value_error("__length_hint__() should return >= 0")),
            }
        }
        Ok(_) => Ok(None),
        Err(raised) => {
            let class = ctx.exceptions.TypeError.clone();
            ctx.catch(raised, &class).map(|_| None)
        }
    }
}

/// Whether resuming a frame can give an item without a method call.
pub fn is_plain_generator(value: &Value) -> bool {
    value.downcast_ref::<Frame>().is_some_and(|frame| frame.is_generator())
}
