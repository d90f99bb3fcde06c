//! Operators on anything but two small numbers.

use crate::code::{BinaryOperator, Comparison};
use crate::objects::ctx::Ctx;
use crate::objects::heap::unique_mut;
use crate::objects::kind::Kind;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, new_str};
use crate::objects::text::Text;
use crate::objects::value::Value;

const EXACT_STR: ShapeId = ShapeId::exact(Kind::Str);

fn exact_str(value: &Value) -> bool {
    value.header().is_some_and(|header| header.shape() == EXACT_STR)
}

/// A binary operator.
///
/// # Errors
/// What the operator raises.
#[inline(never)]
pub(crate) fn binary(ctx: &mut Ctx, op: BinaryOperator, a: &Value, b: &Value) -> PyResult {
    if op.plain() == BinaryOperator::Add && exact_str(a) && exact_str(b) {
        return concatenate(ctx, a, b);
    }
    protocol::binary_op(ctx, op, a, b)
}

/// As [`binary`], for operands in variables, which may change while the operator runs.
///
/// # Errors
/// What the operator raises.
#[inline(never)]
pub(crate) fn binary_held(ctx: &mut Ctx, op: BinaryOperator, a: &Value, b: &Value) -> PyResult {
    let (a, b) = (a.clone(), b.clone());
    binary(ctx, op, &a, &b)
}

/// A binary operator whose result is stored to the slot of its left operand: a str that only the slot holds grows in
/// place.
///
/// # Errors
/// What the operator raises.
#[inline(never)]
pub(crate) fn binary_in_slot(ctx: &mut Ctx, op: BinaryOperator, slot: &mut Value, b: &Value) -> PyResult {
    if op.plain() == BinaryOperator::Add && exact_str(slot) && exact_str(b) {
        let left = std::mem::take(slot);
        return append(ctx, left, b);
    }
    let a = slot.clone();
    protocol::binary_op(ctx, op, &a, b)
}

/// Joins two strs, in place when nobody else holds the left one.
///
/// # Errors
/// MemoryError.
pub(crate) fn append(ctx: &mut Ctx, mut left: Value, right: &Value) -> PyResult {
    if let Some(more) = right.downcast_ref::<Str>()
        && !left.is(right)
        && let Some(text) = unique_mut::<Str>(&mut left)
        && !text.is_interned()
    {
        if !text.push_str(more.as_str(), more.is_ascii()) {
            return Err(ctx.memory_error(""));
        }
        return Ok(left);
    }
    concatenate(ctx, &left, right)
}

fn concatenate(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    let (Some(x), Some(y)) = (a.downcast_ref::<Str>(), b.downcast_ref::<Str>()) else { return Ok(a.clone()) };
    if y.as_str().is_empty() {
        return Ok(a.clone());
    }
    if x.as_str().is_empty() {
        return Ok(b.clone());
    }
    let Some(mut joined) = Text::try_with_capacity(x.as_str().len() + y.as_str().len()) else {
        return Err(ctx.memory_error(""));
    };
    joined.push(x.as_str());
    joined.push(y.as_str());
    Ok(new_str(joined).into_value())
}

/// The answer of a comparison that needs no more than a look at both: whether two strs are equal.
fn at_once(op: Comparison, a: &Value, b: &Value) -> Option<bool> {
    let same = match op {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        Comparison::Less | Comparison::LessEqual | Comparison::Greater | Comparison::GreaterEqual => return None,
    };
    if !exact_str(a) || !exact_str(b) {
        return None;
    }
    let (x, y) = (a.downcast_ref::<Str>()?, b.downcast_ref::<Str>()?);
    if a.is(b) {
        return Some(same);
    }
    let equal = !(x.is_interned() && y.is_interned()) && x.as_str() == y.as_str();
    Some(equal == same)
}

/// A rich comparison.
///
/// # Errors
/// What the comparison raises.
#[inline(never)]
pub(crate) fn compare(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult {
    match at_once(op, a, b) {
        Some(answer) => Ok(Value::bool(answer)),
        None => protocol::rich_compare(ctx, op, a, b),
    }
}

/// The truth of a comparison.
///
/// # Errors
/// What the comparison raises.
#[inline(never)]
pub(crate) fn compare_truth(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult<bool> {
    if let Some(answer) = at_once(op, a, b) {
        return Ok(answer);
    }
    if op == Comparison::Equal
        && let Some(answer) = protocol::compare::quick_equal(a, b)
    {
        return Ok(answer);
    }
    let result = protocol::rich_compare(ctx, op, a, b)?;
    protocol::truth(ctx, &result)
}

/// As [`compare_truth`], for operands in variables, which may change while the comparison runs.
///
/// # Errors
/// What the comparison raises.
#[inline(never)]
pub(crate) fn compare_truth_held(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult<bool> {
    if let Some(answer) = at_once(op, a, b) {
        return Ok(answer);
    }
    let (a, b) = (a.clone(), b.clone());
    compare_truth(ctx, op, &a, &b)
}
