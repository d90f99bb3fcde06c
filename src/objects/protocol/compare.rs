//! Truth, equality, ordering and hashing.
//!
//! Source: "Basic customization" (`__lt__` ... `__hash__`, `__bool__`) of the Language Reference.

use num_bigint::BigInt;
use std::cmp::Ordering;

use crate::code::Comparison;
use crate::objects::ctx::Ctx;
use crate::objects::float::to_f64;
use crate::objects::foreign::Foreign;
use crate::objects::int::{is_int, to_bigint};
use crate::objects::kind::Kind;
use crate::objects::list::List;
use crate::objects::native::PyResult;
use crate::objects::shape::ShapeId;
use crate::objects::string::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::text::hashing;

use super::{call_special, class_of, lookup_special};

/// `bool(value)`
///
/// # Errors
/// What `__bool__` or `__len__` raises; TypeError when they return the wrong thing.
#[inline]
pub fn truth(ctx: &mut Ctx, value: &Value) -> PyResult<bool> {
    if let Some(b) = value.as_bool() {
        return Ok(b);
    }
    if let Some(i) = value.as_small_int() {
        return Ok(i != 0);
    }
    if value.is_none() {
        return Ok(false);
    }
    slow_truth(ctx, value)
}

fn slow_truth(ctx: &mut Ctx, value: &Value) -> PyResult<bool> {
    if let Some(f) = value.as_inline_float() {
        return Ok(f != 0.0);
    }
    if let Some(header) = value.header() {
        let shape = header.shape();
        if shape == ShapeId::exact(Kind::Str) {
            return Ok(value.downcast_ref::<Str>().is_some_and(|text| !text.as_str().is_empty()));
        }
        if shape == ShapeId::exact(Kind::List) {
            return Ok(value.downcast_ref::<List>().is_some_and(|list| !list.is_empty()));
        }
        if shape == ShapeId::exact(Kind::Tuple) {
            return Ok(value.downcast_ref::<Tuple>().is_some_and(|tuple| !tuple.is_empty()));
        }
        if shape.kind() == Kind::Foreign
            && !shape.is_user()
            && let Some(count) = value.downcast_ref::<Foreign>().and_then(|object| object.item_count())
        {
            return Ok(count > 0);
        }
    }
    if value.is_not_implemented() {
        let message = ctx.str("NotImplemented should not be used in a boolean context");
        let class = ctx.exceptions.DeprecationWarning.clone();
        crate::objects::warning::warn(ctx, &class, &message, 1)?;
        return Ok(true);
    }
    let name = ctx.names.__bool__.clone();
    if let Some(result) = call_special(ctx, value, &name, &[])? {
        return match result.as_bool() {
            Some(b) => Ok(b),
            None => {
                let got = super::class_name(ctx, &result);
                Err(ctx.type_error(format!("__bool__ should return bool, returned {got}")))
            }
        };
    }
    if lookup_special(ctx, value, &ctx.names.__len__).is_some() {
        return Ok(super::length(ctx, value)? != 0);
    }
    Ok(true)
}

/// `a == b` as a bool; the same object counts as equal, as in containers.
///
/// # Errors
/// What `__eq__` raises.
#[inline]
pub fn equal(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult<bool> {
    if a.is(b) {
        return Ok(true);
    }
    if let Some(answer) = quick_equal(a, b) {
        return Ok(answer);
    }
    let result = rich_compare(ctx, Comparison::Equal, a, b)?;
    truth(ctx, &result)
}

/// Equality of exact ints, floats and strs, which needs no method.
#[inline]
pub fn quick_equal(a: &Value, b: &Value) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.as_small_int(), b.as_small_int()) {
        return Some(x == y);
    }
    if let (Some(x), Some(y)) = (a.as_inline_float(), b.as_inline_float()) {
        return Some(x == y);
    }
    let exact = ShapeId::exact(Kind::Str);
    if let (Some(x), Some(y)) = (a.downcast_ref::<Str>(), b.downcast_ref::<Str>())
        && x.header().shape() == exact
        && y.header().shape() == exact
    {
        return Some(x.as_str() == y.as_str());
    }
    None
}

fn holds(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Less => order.is_lt(),
        Comparison::LessEqual => order.is_le(),
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterEqual => order.is_ge(),
    }
}

/// The comparison that holds for (b, a) when the given one holds for (a, b).
pub fn reflected(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Equal => Comparison::Equal,
        Comparison::NotEqual => Comparison::NotEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
    }
}

pub(crate) fn method_name(ctx: &Ctx, op: Comparison) -> Value {
    match op {
        Comparison::Less => ctx.names.__lt__.clone(),
        Comparison::LessEqual => ctx.names.__le__.clone(),
        Comparison::Equal => ctx.names.__eq__.clone(),
        Comparison::NotEqual => ctx.names.__ne__.clone(),
        Comparison::Greater => ctx.names.__gt__.clone(),
        Comparison::GreaterEqual => ctx.names.__ge__.clone(),
    }
}

/// The result of comparing two exact numbers or strs; None when methods must be asked.
pub fn quick_compare(op: Comparison, a: &Value, b: &Value) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.as_small_int(), b.as_small_int()) {
        return Some(holds(op, x.cmp(&y)));
    }
    let number = |value: &Value| {
        value
            .as_inline_float()
            .or_else(|| value.as_small_int().filter(|i| i.unsigned_abs() < 1 << 53).map(|i| i as f64))
    };
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return Some(x.partial_cmp(&y).map_or(op == Comparison::NotEqual, |order| holds(op, order)));
    }
    let exact = ShapeId::exact(Kind::Str);
    if let (Some(x), Some(y)) = (a.downcast_ref::<Str>(), b.downcast_ref::<Str>())
        && x.header().shape() == exact
        && y.header().shape() == exact
    {
        return Some(holds(op, crate::objects::string::compare(x.as_str(), y.as_str())));
    }
    None
}

/// `a < b` and its five siblings, as an object.
///
/// # Errors
/// What the methods raise; TypeError when neither side knows the other.
pub fn rich_compare(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult {
    if let Some(answer) = quick_compare(op, a, b) {
        return Ok(Value::bool(answer));
    }
    ctx.enter(" in comparison")?;
    let result = compare_by_methods(ctx, op, a, b);
    ctx.leave();
    result
}

fn compare_by_methods(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult {
    // Of one built-in class, its own method decides alone.
    if let (Some(left), Some(right)) = (a.header(), b.header())
        && left.shape() == right.shape()
        && !left.shape().is_user()
        && let Some(method) = left.shape().with_class(|class| class.lookup(&method_name(ctx, op)))
    {
        let result = super::call_unbound(ctx, &method, a, std::slice::from_ref(b))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    let left = class_of(ctx, a);
    let right = class_of(ctx, b);
    let mirrored = method_name(ctx, reflected(op));
    let mut tried_right = false;
    if !left.value().is(right.value())
        && right.is_subclass_of(&left)
        && let Some(method) = right.lookup(&mirrored)
    {
        tried_right = true;
        let result = super::call_unbound(ctx, &method, b, std::slice::from_ref(a))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    if let Some(method) = left.lookup(&method_name(ctx, op)) {
        let result = super::call_unbound(ctx, &method, a, std::slice::from_ref(b))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    if tried_right { by_identity(ctx, op, a, b) } else { compare_after_left(ctx, op, a, b) }
}

/// A comparison whose left operand has declined.
///
/// # Errors
/// What the methods raise; TypeError when the operands have no order.
pub(crate) fn compare_after_left(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult {
    if let Some(method) = lookup_special(ctx, b, &method_name(ctx, reflected(op))) {
        let result = super::call_unbound(ctx, &method, b, std::slice::from_ref(a))?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    by_identity(ctx, op, a, b)
}

/// What is left of a comparison when both operands have declined.
fn by_identity(ctx: &mut Ctx, op: Comparison, a: &Value, b: &Value) -> PyResult {
    match op {
        Comparison::Equal => Ok(Value::bool(a.is(b))),
        Comparison::NotEqual => Ok(Value::bool(!a.is(b))),
        _ => {
            let (left, right) = (super::class_name(ctx, a), super::class_name(ctx, b));
            let text = op.text();
            Err(ctx.type_error(format!("'{text}' not supported between instances of '{left}' and '{right}'")))
        }
    }
}

/// Compares two numbers exactly, ints of any size and floats; None when one is NaN or no number.
pub fn compare_numbers(a: &Value, b: &Value) -> Option<Ordering> {
    match (to_f64(a), to_f64(b)) {
        (Some(x), Some(y)) => x.partial_cmp(&y),
        (Some(x), None) if is_int(b) => crate::text::float::compare_big(&to_bigint(b)?, x).map(Ordering::reverse),
        (None, Some(y)) if is_int(a) => crate::text::float::compare_big(&to_bigint(a)?, y),
        (None, None) if is_int(a) && is_int(b) => Some(to_bigint(a)?.cmp(&to_bigint(b)?)),
        _ => None,
    }
}

/// The outcome of a comparison of a built-in type whose order is known, as its method returns it.
pub fn ordering_result(op: Comparison, order: Ordering) -> Value {
    Value::bool(holds(op, order))
}

/// `hash(value)`
///
/// # Errors
/// TypeError for unhashable values; what `__hash__` raises.
#[inline]
pub fn hash(ctx: &mut Ctx, value: &Value) -> PyResult<i64> {
    if let Some(text) = value.downcast_ref::<Str>()
        && text.header().shape() == ShapeId::exact(Kind::Str)
    {
        return Ok(text.hash());
    }
    if let Some(i) = value.as_small_int() {
        return Ok(hashing::int(i));
    }
    slow_hash(ctx, value)
}

fn slow_hash(ctx: &mut Ctx, value: &Value) -> PyResult<i64> {
    if let Some(f) = value.as_inline_float() {
        return Ok(hashing::float(f).unwrap_or(0));
    }
    if let Some(b) = value.as_bool() {
        return Ok(b as i64);
    }
    if let Some(tuple) = value.downcast_ref::<Tuple>()
        && tuple.header().shape() == ShapeId::exact(Kind::Tuple)
    {
        ctx.enter(" in hash")?;
        let mut hashes: smallvec::SmallVec<[i64; 8]> = smallvec::SmallVec::new();
        for item in tuple.items() {
            match hash(ctx, item) {
                Ok(hash) => hashes.push(hash),
                Err(raised) => {
                    ctx.leave();
                    return Err(raised);
                }
            }
        }
        ctx.leave();
        let mut state = hashing::Tuple::new();
        hashes.iter().for_each(|hash| state.add(*hash));
        return Ok(state.finish());
    }
    let method = lookup_special(ctx, value, &ctx.names.__hash__);
    match method {
        Some(method) if !method.is_none() => {
            let result = super::call_unbound(ctx, &method, value, &[])?;
            match to_bigint(&result) {
                Some(number) => Ok(number_hash(&number)),
                None => Err(ctx.type_error("__hash__ method should return an integer")),
            }
        }
        _ => {
            let name = super::class_name(ctx, value);
            Err(ctx.type_error(format!("unhashable type: '{name}'")))
        }
    }
}

/// What `hash()` makes of the integer that a `__hash__` returned.
fn number_hash(number: &BigInt) -> i64 {
    match i64::try_from(number) {
        Ok(-1) => -2,
        Ok(i) => i,
        Err(_) => hashing::big_int(number),
    }
}
