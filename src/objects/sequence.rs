//! What `list` and `tuple` have in common: text, comparison, repetition, indexes.

use super::ctx::Ctx;
use super::native::PyResult;
use super::protocol;
use super::value::Value;
use crate::code::Comparison;
use crate::objects::int;
use crate::text::has_room;

/// The largest number of items that a sequence may have; more raises MemoryError at once instead of trying.
pub const MAX_ITEMS: usize = 1 << 31;

/// The texts of the items, separated by commas. The items are asked for one by one, since `__repr__` may change the
/// sequence.
///
/// # Errors
/// What `__repr__` raises.
pub fn join_reprs(ctx: &mut Ctx, out: &mut String, get: impl Fn(usize) -> Option<Value>) -> PyResult<()> {
    let mut index = 0;
    while let Some(item) = get(index) {
        if index > 0 {
            out.push_str(", ");
        }
        protocol::text::push_repr(ctx, &item, out)?;
        index += 1;
    }
    Ok(())
}

/// How many items two sequences share at their beginnings, as far as that can be told without Python code.
pub fn common_start(a: &[Value], b: &[Value]) -> usize {
    let same = |(x, y): (&Value, &Value)| x.is(y) || protocol::compare::quick_equal(x, y) == Some(true);
    a.iter().zip(b).take_while(|&pair| same(pair)).count()
}

/// Compares two sequences lexicographically, from the index where they begin to differ. The items are asked for one by one,
/// since `__eq__` may change the sequences.
///
/// # Errors
/// What the comparison of items raises.
pub fn compare(
    ctx: &mut Ctx,
    op: Comparison,
    start: usize,
    a: impl Fn(usize) -> Option<Value>,
    a_len: impl Fn() -> usize,
    b: impl Fn(usize) -> Option<Value>,
    b_len: impl Fn() -> usize,
) -> PyResult {
    if a_len() != b_len() && matches!(op, Comparison::Equal | Comparison::NotEqual) {
        return Ok(Value::bool(op == Comparison::NotEqual));
    }
    let mut index = start;
    while let (Some(x), Some(y)) = (a(index), b(index)) {
        if !protocol::equal(ctx, &x, &y)? {
            return match op {
                Comparison::Equal => Ok(Value::FALSE),
                Comparison::NotEqual => Ok(Value::TRUE),
                _ => protocol::rich_compare(ctx, op, &x, &y),
            };
        }
        index += 1;
    }
    Ok(protocol::compare::ordering_result(op, a_len().cmp(&b_len())))
}

/// How often a sequence is to be repeated; None when the operand is no integer (the operator then looks elsewhere).
///
/// # Errors
/// OverflowError, MemoryError when the result would be too large; what `__index__` raises.
pub fn repetitions(ctx: &mut Ctx, length: usize, count: &Value) -> PyResult<Option<usize>> {
    if !int::is_int(count) && protocol::lookup_special(ctx, count, &ctx.names.__index__).is_none() {
        return Ok(None);
    }
    let number = protocol::index_value(ctx, count)?;
    let count = match int::to_i64(&number) {
        Some(count) => count.max(0) as usize,
        None => {
            let class = protocol::class_name(ctx, count);
            return Err(ctx.overflow_error(format!("cannot fit '{class}' into an index-sized integer")));
        }
    };
    match length.checked_mul(count) {
        Some(total) if total <= MAX_ITEMS => {
            check_room(ctx, total * size_of::<Value>())?;
            Ok(Some(count))
        }
        _ => Err(out_of_memory(ctx)),
    }
}

/// Refuses what there is no memory for, before somebody asks for it who cannot be refused.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn check_room(ctx: &mut Ctx, bytes: usize) -> PyResult<()> {
    if has_room(bytes) { Ok(()) } else { Err(out_of_memory(ctx)) }
}

/// Appends to items that a program may give without end; true, for those who ask whether to go on.
///
/// # Errors
/// MemoryError.
#[inline]
pub fn push(ctx: &mut Ctx, items: &mut Vec<Value>, item: Value) -> PyResult<bool> {
    if items.len() == items.capacity() && items.try_reserve(1).is_err() {
        return Err(out_of_memory(ctx));
    }
    items.push(item);
    Ok(true)
}

/// Raises MemoryError without a message.
#[cold]
pub fn out_of_memory(ctx: &mut Ctx) -> super::native::Raised {
    let class = ctx.exceptions.MemoryError.clone();
    let exception = ctx.new_exception(&class, Vec::new());
    ctx.raise_value(exception)
}

/// An index counted from the front, None when it is out of range.
#[inline]
pub fn place(index: isize, length: usize) -> Option<usize> {
    let index = if index < 0 { index + length as isize } else { index };
    if index >= 0 && (index as usize) < length { Some(index as usize) } else { None }
}

/// Whether a subscript is an integer or stands for one.
#[inline]
pub fn is_index(ctx: &Ctx, key: &Value) -> bool {
    int::is_int(key) || protocol::lookup_special(ctx, key, &ctx.names.__index__).is_some()
}

/// Clips the bounds of `index(value, start, stop)` to a length.
pub fn clip(start: isize, stop: isize, length: usize) -> (usize, usize) {
    let length = length as isize;
    let one = |bound: isize| if bound < 0 { (bound + length).max(0) as usize } else { bound as usize };
    (one(start), one(stop))
}

/// The items over and over.
pub fn repeat(items: &[Value], count: usize) -> Vec<Value> {
    let mut all = Vec::with_capacity(items.len() * count);
    if let [item] = items {
        all.resize(count, item.clone());
    } else {
        (0..count).for_each(|_| all.extend_from_slice(items));
    }
    all
}
