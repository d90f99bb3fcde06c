//! `range` and its iterator.
//!
//! A range holds three ints of any size. Whatever fits machine integers is computed with them (128 bits wide, so that no
//! sum of three can overflow); the rest goes through big integers. Two ranges are equal when they have the same numbers, whatever
//! their bounds say.
//!
//! Source: "Ranges" of the Standard Library reference.

use std::cell::Cell;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::iterator::{NativeIterator, builtin, new_iter};
use super::kind::Kind;
use super::native::{PyResult, receiver};
use super::shape::ShapeId;
use super::signals::Pace;
use super::slice::{self, Slice};
use super::string::new_str;
use super::tuple::new_tuple;
use super::value::Value;
use super::{int, protocol, sequence};
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    staticmethod "__new__(cls, start, stop=None, step=1, /)" => new;
    method "__repr__(self, /)" => repr;
    method "__hash__(self, /)" => hash;
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, false);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, true);
    method "__len__(self, /)" => length;
    method "__bool__(self, /)" => |ctx, args| Ok(Value::bool(!count(receiver::<Range>(ctx, args)?).is_zero()));
    method "__iter__(self, /)" => iterate;
    /// Return a reverse iterator.
    method "__reversed__(self, /)" => reversed;
    method "__contains__(self, key, /)" => contains;
    method "__getitem__(self, key, /)" => get_item;
    method "__reduce__(self, /)" => reduce;
    /// rangeobject.count(value) -> integer -- return number of occurrences of value
    method "count(self, object, /)" => count_of;
    /// rangeobject.index(value) -> integer -- return index of value.
    /// Raise ValueError if the value is not present.
    method "index(self, object, /)" => index_of;
    /// member
    getter "start(self)" => |ctx, args| Ok(receiver::<Range>(ctx, args)?.start.get());
    /// member
    getter "stop(self)" => |ctx, args| Ok(receiver::<Range>(ctx, args)?.stop.get());
    /// member
    getter "step(self)" => |ctx, args| Ok(receiver::<Range>(ctx, args)?.step.get());
}

crate::natives! { pub(crate) static ITERATOR_METHODS:
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    method "__next__(self, /)" => iterator_next;
    /// Private method returning an estimate of len(list(it)).
    method "__length_hint__(self, /)" => |ctx, args| Ok(int::from_u64(receiver::<RangeIter>(ctx, args)?.left.get()));
    /// Return state information for pickling.
    method "__reduce__(self, /)" => iterator_reduce;
    /// Set state information for unpickling.
    method "__setstate__(self, object, /)" => iterator_set_state;
}

/// The payload of `range`: start, stop, step and length are ints of any size.
pub struct Range {
    /// First number.
    pub start: Slot,
    /// Bound, not reached.
    pub stop: Slot,
    /// Distance, not 0.
    pub step: Slot,
}

impl Payload for Range {
    const KIND: Kind = Kind::Range;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.start.peek(&mut *visit);
        self.stop.peek(&mut *visit);
        self.step.peek(visit);
    }
}

/// The payload of `range_iterator` over machine integers; other ranges iterate by a general iterator.
pub struct RangeIter {
    /// Next number.
    pub next: Cell<i64>,
    /// Distance.
    pub step: i64,
    /// Numbers left.
    pub left: Cell<u64>,
}

impl Payload for RangeIter {
    const KIND: Kind = Kind::RangeIter;
}

/// The next number of a range iterator.
#[inline]
pub fn next_number(iterator: &RangeIter) -> Option<Value> {
    let left = iterator.left.get().checked_sub(1)?;
    iterator.left.set(left);
    let number = iterator.next.get();
    iterator.next.set(number.wrapping_add(iterator.step));
    Some(super::int::from_i64(number))
}

/// A new range of ints; the step is not 0.
pub fn new_range(start: Value, stop: Value, step: Value) -> Ref<Range> {
    let range = Range { start: Slot::new(start), stop: Slot::new(stop), step: Slot::new(step) };
    alloc(ShapeId::exact(Kind::Range), range)
}

/// The bounds and the step, when they fit machine integers.
fn small(range: &Range) -> Option<(i64, i64, i64)> {
    Some((int::to_i64(&range.start.get())?, int::to_i64(&range.stop.get())?, int::to_i64(&range.step.get())?))
}

/// Number of numbers of a range of machine integers.
pub fn small_count(start: i64, stop: i64, step: i64) -> u64 {
    let (start, stop, step) = (i128::from(start), i128::from(stop), i128::from(step));
    let count = if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else if step < 0 && stop < start {
        (start - stop - 1) / -step + 1
    } else {
        0
    };
    count as u64
}

fn big(slot: &Slot) -> BigInt {
    int::to_bigint(&slot.get()).unwrap_or_default()
}

/// Number of numbers.
fn count(range: &Range) -> BigInt {
    if let Some((start, stop, step)) = small(range) {
        return small_count(start, stop, step).into();
    }
    let (start, stop, step) = (big(&range.start), big(&range.stop), big(&range.step));
    let distance = if step.is_positive() { stop - start } else { start - stop };
    if distance.is_positive() { (distance - 1u32) / step.abs() + 1u32 } else { BigInt::zero() }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[2].is_empty() {
        let stop = plain(protocol::index_value(ctx, &args[1])?);
        return Ok(new_range(int::from_i64(0), stop, int::from_i64(1)).into_value());
    }
    let start = plain(protocol::index_value(ctx, &args[1])?);
    let stop = plain(protocol::index_value(ctx, &args[2])?);
    let step = if args[3].is_empty() { int::from_i64(1) } else { plain(protocol::index_value(ctx, &args[3])?) };
    if int::to_i64(&step) == Some(0) {
        return Err(ctx.value_error("range() arg 3 must not be zero"));
    }
    Ok(new_range(start, stop, step).into_value())
}

/// An exact int for a bool or an instance of a subclass.
fn plain(value: Value) -> Value {
    if value.as_small_int().is_some() {
        return value;
    }
    int::to_bigint(&value).map_or(value, int::from_bigint)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    let (start, stop, step) = (range.start.get(), range.stop.get(), range.step.get());
    let (start, stop) = (protocol::repr(ctx, &start)?, protocol::repr(ctx, &stop)?);
    Ok(new_str(if step.as_small_int() == Some(1) {
        format!("range({}, {})", start.as_str(), stop.as_str())
    } else {
        let step = protocol::repr(ctx, &step)?;
        format!("range({}, {}, {})", start.as_str(), stop.as_str(), step.as_str())
    })
    .into_value())
}

fn length(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match count(receiver::<Range>(ctx, args)?).to_i64() {
        Some(count) => Ok(int::from_i64(count)),
        None => Err(ctx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    let count = count(range);
    let start = protocol::hash(ctx, &range.start.get())?;
    let step = protocol::hash(ctx, &range.step.get())?;
    let size = count.to_usize().unwrap_or(usize::MAX);
    Ok(int::from_i64(hashing::range(hashing::big_int(&count), size, start, step)))
}

fn compare(ctx: &mut Ctx, args: &[Value], negate: bool) -> PyResult {
    let a = receiver::<Range>(ctx, args)?;
    let Some(b) = args[1].downcast_ref::<Range>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let (length, other) = (count(a), count(b));
    let equal = length == other
        && (length.is_zero() || big(&a.start) == big(&b.start) && (length.is_one() || big(&a.step) == big(&b.step)));
    Ok(Value::bool(equal != negate))
}

fn iterate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    Ok(iterator(ctx, range))
}

/// `iter(range)`
pub fn iterator(ctx: &Ctx, range: &Obj<Range>) -> Value {
    if let Some((start, stop, step)) = small(range) {
        return small_iterator(start, step, small_count(start, stop, step));
    }
    let source = LongIterator {
        start: big(&range.start),
        step: big(&range.step),
        length: count(range),
        index: std::cell::RefCell::new(BigInt::zero()),
    };
    new_iter(ctx.types.longrange_iterator.instance_shape.get(), source).into_value()
}

/// An iterator over `count` machine integers.
pub fn small_iterator(start: i64, step: i64, count: u64) -> Value {
    let iterator = RangeIter { next: Cell::new(start), step, left: Cell::new(count) };
    alloc(ShapeId::exact(Kind::RangeIter), iterator).into_value()
}

fn reversed(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    if let Some((start, stop, step)) = small(range) {
        let count = small_count(start, stop, step);
        let last = i128::from(start) + (i128::from(count) - 1) * i128::from(step);
        if let (Ok(last), Some(back)) = (i64::try_from(last), step.checked_neg()) {
            return Ok(small_iterator(last, back, count));
        }
    }
    let (length, step) = (count(range), big(&range.step));
    let source = LongIterator {
        start: big(&range.start) + (&length - 1u32) * &step,
        step: -step,
        length,
        index: std::cell::RefCell::new(BigInt::zero()),
    };
    Ok(new_iter(ctx.types.longrange_iterator.instance_shape.get(), source).into_value())
}

/// Where an int would stand, None when it is not in the range.
fn place_of(range: &Range, number: &Value) -> Option<BigInt> {
    let offset = int::to_bigint(number)? - big(&range.start);
    let step = big(&range.step);
    let (index, rest) = offset.div_mod_floor(&step);
    (rest.is_zero() && !index.is_negative() && index < count(range)).then_some(index)
}

fn is_exact_int(value: &Value) -> bool {
    int::is_int(value) && !value.header().is_some_and(|header| header.shape().is_user())
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    if !is_exact_int(&args[1]) {
        return search(ctx, range, &args[1]).map(|found| Value::bool(found.is_some()));
    }
    if let (Some((start, stop, step)), Some(number)) = (small(range), args[1].as_small_int()) {
        let inside = if step > 0 { start <= number && number < stop } else { stop < number && number <= start };
        let offset = i128::from(number) - i128::from(start);
        return Ok(Value::bool(inside && offset % i128::from(step) == 0));
    }
    Ok(Value::bool(place_of(range, &args[1]).is_some()))
}

/// Index of the first number that equals a value which is no int; it may equal one all the same.
fn search(ctx: &mut Ctx, range: &Obj<Range>, value: &Value) -> PyResult<Option<usize>> {
    let iterator = iterator(ctx, range);
    let mut index = 0;
    let mut pace = Pace::default();
    while let Some(number) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if protocol::equal(ctx, &number, value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

fn count_of(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    if is_exact_int(&args[1]) {
        return Ok(int::from_usize(place_of(range, &args[1]).is_some() as usize));
    }
    let iterator = iterator(ctx, range);
    let mut count = 0;
    let mut pace = Pace::default();
    while let Some(number) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        count += protocol::equal(ctx, &number, &args[1])? as usize;
    }
    Ok(int::from_usize(count))
}

fn index_of(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    if is_exact_int(&args[1]) {
        return match place_of(range, &args[1]) {
            Some(index) => Ok(int::from_bigint(index)),
            None => {
                let text = protocol::text::repr_string(ctx, &args[1])?;
                Err(ctx.value_error(format!("{text} is not in range")))
            }
        };
    }
    match search(ctx, range, &args[1])? {
        Some(index) => Ok(int::from_usize(index)),
        None => Err(ctx.value_error("sequence.index(x): x not in sequence")),
    }
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    if let Some(slice) = args[1].downcast_ref::<Slice>() {
        return sub_range(ctx, range, slice);
    }
    if !sequence::is_index(ctx, &args[1]) {
        return Err(protocol::type_mismatch(ctx, "range indices must be integers or slices, not {}", &args[1]));
    }
    let index = protocol::index_value(ctx, &args[1])?;
    if let (Some((start, stop, step)), Some(index)) = (small(range), int::to_i64(&index)) {
        let count = small_count(start, stop, step);
        let index = if index < 0 { i128::from(index) + i128::from(count) } else { i128::from(index) };
        if index >= 0 && index < i128::from(count) {
            return Ok(int::from_i64((i128::from(start) + index * i128::from(step)) as i64));
        }
        return Err(ctx.index_error("range object index out of range"));
    }
    let (mut index, count) = (int::to_bigint(&index).unwrap_or_default(), count(range));
    if index.is_negative() {
        index += &count;
    }
    if index.is_negative() || index >= count {
        return Err(ctx.index_error("range object index out of range"));
    }
    Ok(int::from_bigint(big(&range.start) + index * big(&range.step)))
}

/// `range[start:stop:step]`, again a range.
fn sub_range(ctx: &mut Ctx, range: &Obj<Range>, slice: &Obj<Slice>) -> PyResult {
    let bounds = slice::big_indices(ctx, slice, &count(range))?;
    let (first, step) = (big(&range.start), big(&range.step));
    let start = int::from_bigint(&first + &bounds.start * &step);
    let stop = int::from_bigint(&first + &bounds.stop * &step);
    Ok(new_range(start, stop, int::from_bigint(step * bounds.step)).into_value())
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let range = receiver::<Range>(ctx, args)?;
    let class = ctx.types.range.value().clone();
    let state = new_tuple([range.start.get(), range.stop.get(), range.step.get()]).into_value();
    Ok(new_tuple([class, state]).into_value())
}

fn iterator_next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = next_number(receiver::<RangeIter>(ctx, args)?);
    number.ok_or(()).map_err(|()| ctx.stop_iteration(Value::NONE))
}

/// `iter(range(...))` of what is left.
fn reduce_rest(ctx: &Ctx, start: BigInt, step: BigInt, left: BigInt) -> Value {
    let stop = &start + &left * &step;
    let rest = new_range(int::from_bigint(start), int::from_bigint(stop), int::from_bigint(step)).into_value();
    new_tuple([builtin(ctx, "iter"), new_tuple([rest]).into_value(), Value::NONE]).into_value()
}

fn iterator_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<RangeIter>(ctx, args)?;
    Ok(reduce_rest(ctx, iterator.next.get().into(), iterator.step.into(), iterator.left.get().into()))
}

fn iterator_set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let skip = protocol::as_isize(ctx, &args[1])?.max(0) as u64;
    let iterator = receiver::<RangeIter>(ctx, args)?;
    let skip = skip.min(iterator.left.get());
    iterator.left.set(iterator.left.get() - skip);
    iterator.next.set(iterator.next.get().wrapping_add(iterator.step.wrapping_mul(skip as i64)));
    Ok(Value::NONE)
}

/// What `longrange_iterator` runs: a range with a number beyond machine integers.
struct LongIterator {
    start: BigInt,
    step: BigInt,
    length: BigInt,
    index: std::cell::RefCell<BigInt>,
}

impl NativeIterator for LongIterator {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let mut index = self.index.borrow_mut();
        if *index >= self.length {
            return Ok(None);
        }
        let number = &self.start + &*index * &self.step;
        *index += 1u32;
        Ok(Some(int::from_bigint(number)))
    }

    fn hint(&self, ctx: &mut Ctx) -> PyResult<usize> {
        let left = &self.length - &*self.index.borrow();
        left.to_usize().ok_or(()).map_err(|()| ctx.overflow_error("Python int too large to convert to C ssize_t"))
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let index = self.index.borrow();
        Ok(reduce_rest(ctx, &self.start + &*index * &self.step, self.step.clone(), &self.length - &*index))
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        let skip = protocol::as_index(ctx, state)?;
        let mut index = self.index.borrow_mut();
        let left = &self.length - &*index;
        *index += skip.clamp(BigInt::zero(), left);
        Ok(())
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
