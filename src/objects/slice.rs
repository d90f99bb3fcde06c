//! `slice` objects, and what a slice means for a sequence of a given length.
//!
//! [`resolve`] is the one place where bounds are clipped; every sequence type uses it. A type whose length can change
//! while `__index__` of a bound runs calls [`unpack`] first, then [`adjust`] with the length of that moment.
//!
//! Source: "Slice objects" of the Language Reference (The standard type hierarchy), 6.3.3 Slicings.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::int;
use super::kind::Kind;
use super::native::{PyResult, receiver};
use super::protocol;
use super::shape::ShapeId;
use super::string::new_str;
use super::tuple::new_tuple;
use super::value::Value;
use crate::code::Comparison;
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    staticmethod "__new__(cls, start, stop=None, step=None, /)" => new;
    method "__repr__(self, /)" => repr;
    method "__hash__(self, /)" => hash;
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    /// S.indices(len) -> (start, stop, stride)
    ///
    /// Assuming a sequence of length len, calculate the start and stop
    /// indices, and the stride length of the extended slice described by
    /// S. Out of bounds indices are clipped in a manner consistent with the
    /// handling of normal slices.
    method "indices(self, object, /)" => indices;
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
    /// member
    getter "start(self)" => |ctx, args| Ok(receiver::<Slice>(ctx, args)?.start.get());
    /// member
    getter "stop(self)" => |ctx, args| Ok(receiver::<Slice>(ctx, args)?.stop.get());
    /// member
    getter "step(self)" => |ctx, args| Ok(receiver::<Slice>(ctx, args)?.step.get());
}

/// The payload of `slice`.
pub struct Slice {
    /// First bound.
    pub start: Slot,
    /// Second bound.
    pub stop: Slot,
    /// Distance.
    pub step: Slot,
}

impl Payload for Slice {
    const KIND: Kind = Kind::Slice;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.start.peek(&mut *visit);
        self.stop.peek(&mut *visit);
        self.step.peek(visit);
    }

    fn clear(&self) {
        self.start.set(Value::NONE);
        self.stop.set(Value::NONE);
        self.step.set(Value::NONE);
    }
}

/// A new `slice` object.
pub fn new_slice(start: Value, stop: Value, step: Value) -> Ref<Slice> {
    alloc(ShapeId::exact(Kind::Slice), Slice { start: Slot::new(start), stop: Slot::new(stop), step: Slot::new(step) })
}

/// What a slice selects from a sequence of `length` items: first index, bound, step, number of items.
///
/// # Errors
/// TypeError for bounds that are no integers, ValueError for a step of 0; what `__index__` raises.
pub fn resolve(ctx: &mut Ctx, slice: &Obj<Slice>, length: usize) -> PyResult<(isize, isize, isize, usize)> {
    let (start, stop, step) = unpack(ctx, slice)?;
    let (start, stop, count) = adjust(length, start, stop, step);
    Ok((start, stop, step, count))
}

/// The bounds and the step as machine integers, before any length is known.
///
/// # Errors
/// As [`resolve`].
pub fn unpack(ctx: &mut Ctx, slice: &Obj<Slice>) -> PyResult<(isize, isize, isize)> {
    let step = match bound(ctx, &slice.step.get())? {
        None => 1,
        Some(0) => return Err(ctx.value_error("slice step cannot be zero")),
        // So that -step is a number.
        Some(step) => step.max(-isize::MAX),
    };
    let start = bound(ctx, &slice.start.get())?.unwrap_or(if step < 0 { isize::MAX } else { 0 });
    let stop = bound(ctx, &slice.stop.get())?.unwrap_or(if step < 0 { isize::MIN } else { isize::MAX });
    Ok((start, stop, step))
}

fn bound(ctx: &mut Ctx, value: &Value) -> PyResult<Option<isize>> {
    if let Some(i) = value.as_small_int() {
        return Ok(Some(i as isize));
    }
    if value.is_none() {
        return Ok(None);
    }
    check_index(ctx, value, "slice indices must be integers or None or have an __index__ method")?;
    protocol::convert::as_clamped_index(ctx, value).map(Some)
}

/// A bound of `index(value, start, stop)`: like a bound of a slice, but never `None`.
///
/// # Errors
/// TypeError; what `__index__` raises.
pub fn position(ctx: &mut Ctx, value: &Value, default: isize) -> PyResult<isize> {
    if value.is_empty() {
        return Ok(default);
    }
    check_index(ctx, value, "slice indices must be integers or have an __index__ method")?;
    protocol::convert::as_clamped_index(ctx, value)
}

fn check_index(ctx: &mut Ctx, value: &Value, message: &str) -> PyResult<()> {
    if int::is_int(value) || protocol::lookup_special(ctx, value, &ctx.names.__index__).is_some() {
        Ok(())
    } else {
        Err(ctx.type_error(message))
    }
}

/// Clips bounds to a length; gives the first index, the bound and the number of items selected.
pub fn adjust(length: usize, start: isize, stop: isize, step: isize) -> (isize, isize, usize) {
    let length = length as isize;
    let clip = |bound: isize| {
        if bound < 0 {
            (bound + length).max(if step < 0 { -1 } else { 0 })
        } else if bound >= length {
            if step < 0 { length - 1 } else { length }
        } else {
            bound
        }
    };
    let (start, stop) = (clip(start), clip(stop));
    let count = if step < 0 {
        if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    (start, stop, count as usize)
}

/// The indexes that a resolved slice selects, in order.
pub fn selected(start: isize, step: isize, count: usize) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
    (0..count).map(move |i| (start + i as isize * step) as usize)
}

fn new(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let given = |index: usize| if args[index].is_empty() { Value::NONE } else { args[index].clone() };
    Ok(if args[2].is_empty() {
        new_slice(Value::NONE, args[1].clone(), Value::NONE).into_value()
    } else {
        new_slice(args[1].clone(), args[2].clone(), given(3)).into_value()
    })
}

fn parts(slice: &Obj<Slice>) -> [Value; 3] {
    [slice.start.get(), slice.stop.get(), slice.step.get()]
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let [start, stop, step] = parts(receiver::<Slice>(ctx, args)?);
    let start = protocol::repr(ctx, &start)?;
    let stop = protocol::repr(ctx, &stop)?;
    let step = protocol::repr(ctx, &step)?;
    Ok(new_str(format!("slice({}, {}, {})", start.as_str(), stop.as_str(), step.as_str())).into_value())
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut state = hashing::Tuple::new();
    for part in parts(receiver::<Slice>(ctx, args)?) {
        state.add(protocol::hash(ctx, &part)?);
    }
    Ok(int::from_i64(state.finish_slice()))
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let this = receiver::<Slice>(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<Slice>() else { return Ok(Value::NOT_IMPLEMENTED) };
    if this.is(&args[1]) {
        return Ok(Value::bool(matches!(op, Comparison::Equal | Comparison::LessEqual | Comparison::GreaterEqual)));
    }
    let (a, b) = (new_tuple(parts(this)).into_value(), new_tuple(parts(other)).into_value());
    protocol::rich_compare(ctx, op, &a, &b)
}

fn big_bound(ctx: &mut Ctx, value: &Value) -> PyResult<BigInt> {
    check_index(ctx, value, "slice indices must be integers or None or have an __index__ method")?;
    protocol::as_index(ctx, value)
}

/// The bounds of a slice of a sequence of any length, clipped to it.
pub struct BigBounds {
    /// First index.
    pub start: BigInt,
    /// Bound, not reached.
    pub stop: BigInt,
    /// Distance.
    pub step: BigInt,
}

/// What `slice.indices` computes.
///
/// # Errors
/// As [`resolve`].
pub fn big_indices(ctx: &mut Ctx, slice: &Obj<Slice>, length: &BigInt) -> PyResult<BigBounds> {
    let [start, stop, step] = parts(slice);
    let step = if step.is_none() { BigInt::one() } else { big_bound(ctx, &step)? };
    if step.is_zero() {
        return Err(ctx.value_error("slice step cannot be zero"));
    }
    let backwards = step.is_negative();
    let (lower, upper) = if backwards { (BigInt::from(-1), length - 1) } else { (BigInt::zero(), length.clone()) };
    let clip = |bound: BigInt| {
        let bound = if bound.is_negative() { bound + length } else { bound };
        bound.clamp(lower.clone(), upper.clone())
    };
    let (first, last) = if backwards { (&upper, &lower) } else { (&lower, &upper) };
    let start = if start.is_none() { first.clone() } else { clip(big_bound(ctx, &start)?) };
    let stop = if stop.is_none() { last.clone() } else { clip(big_bound(ctx, &stop)?) };
    Ok(BigBounds { start, stop, step })
}

fn indices(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let slice = receiver::<Slice>(ctx, args)?;
    let length = protocol::as_index(ctx, &args[1])?;
    if length.is_negative() {
        return Err(ctx.value_error("length should not be negative"));
    }
    let bounds = big_indices(ctx, slice, &length)?;
    Ok(new_tuple([bounds.start, bounds.stop, bounds.step].map(int::from_bigint)).into_value())
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let state = new_tuple(parts(receiver::<Slice>(ctx, args)?)).into_value();
    let class = ctx.types.slice.value().clone();
    Ok(new_tuple([class, state]).into_value())
}
