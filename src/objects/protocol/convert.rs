//! Arguments of natives as Rust numbers.

use num_bigint::BigInt;

use crate::objects::ctx::Ctx;
use crate::objects::float::to_f64;
use crate::objects::int::{is_int, to_bigint, to_i64};
use crate::objects::native::PyResult;
use crate::objects::value::Value;

use super::call_special;

/// The int that a value stands for by `__index__`, as an `int` value.
///
/// # Errors
/// TypeError when it stands for none; what `__index__` raises.
pub fn index_value(ctx: &mut Ctx, value: &Value) -> PyResult {
    if is_int(value) {
        return Ok(value.clone());
    }
    let name = ctx.names.__index__.clone();
    match call_special(ctx, value, &name, &[])? {
        Some(result) if is_int(&result) => Ok(result),
        Some(result) => {
            let got = super::class_name(ctx, &result);
            Err(ctx.type_error(format!("__index__ returned non-int (type {got})")))
        }
        None => {
            let class = super::class_name(ctx, value);
            Err(ctx.type_error(format!("'{class}' object cannot be interpreted as an integer")))
        }
    }
}

/// The integer that a value stands for by `__index__`.
///
/// # Errors
/// As [`index_value`].
pub fn as_index(ctx: &mut Ctx, value: &Value) -> PyResult<BigInt> {
    let value = index_value(ctx, value)?;
    Ok(to_bigint(&value).unwrap_or_default())
}

/// The same, clamped to `isize`: for slice bounds and the like.
///
/// # Errors
/// As [`index_value`].
pub fn as_clamped_index(ctx: &mut Ctx, value: &Value) -> PyResult<isize> {
    if let Some(i) = value.as_small_int() {
        return Ok(i as isize);
    }
    let value = index_value(ctx, value)?;
    Ok(match to_i64(&value) {
        Some(i) => i as isize,
        None if to_bigint(&value).is_some_and(|i| i.sign() == num_bigint::Sign::Minus) => isize::MIN,
        None => isize::MAX,
    })
}

/// The same, which must fit: for counts and sizes.
///
/// # Errors
/// As [`index_value`]; OverflowError.
pub fn as_isize(ctx: &mut Ctx, value: &Value) -> PyResult<isize> {
    if let Some(i) = value.as_small_int() {
        return Ok(i as isize);
    }
    let value = index_value(ctx, value)?;
    match to_i64(&value) {
        Some(i) => Ok(i as isize),
        None => Err(ctx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// The same for an index into a sequence: IndexError when it does not fit.
///
/// # Errors
/// As [`index_value`]; IndexError.
pub fn as_sequence_index(ctx: &mut Ctx, value: &Value) -> PyResult<isize> {
    if let Some(i) = value.as_small_int() {
        return Ok(i as isize);
    }
    let number = index_value(ctx, value)?;
    match to_i64(&number) {
        Some(i) => Ok(i as isize),
        None => {
            let class = super::class_name(ctx, value);
            Err(ctx.index_error(format!("cannot fit '{class}' into an index-sized integer")))
        }
    }
}

/// A 32-bit C int argument.
///
/// # Errors
/// As [`index_value`]; OverflowError.
pub fn as_i32(ctx: &mut Ctx, value: &Value) -> PyResult<i32> {
    let value = index_value(ctx, value)?;
    match to_i64(&value).map(i32::try_from) {
        Some(Ok(i)) => Ok(i),
        _ => Err(ctx.overflow_error("Python int too large to convert to C int")),
    }
}

/// What `__len__` returned, as a length.
///
/// # Errors
/// TypeError, ValueError or OverflowError, as `len()` raises them.
pub fn as_usize_length(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    let number = index_value(ctx, value)?;
    match to_i64(&number) {
        Some(i) if i >= 0 => Ok(i as usize),
        None if to_bigint(&number).is_some_and(|i| i.sign() != num_bigint::Sign::Minus) => {
            Err(ctx.overflow_error("cannot fit 'int' into an index-sized integer"))
        }
        _ => Err(ctx.value_error("__len__() should return >= 0")),
    }
}

/// A float argument: a float, an int, or what `__float__` or `__index__` gives.
///
/// # Errors
/// TypeError; OverflowError for ints that are too large.
pub fn as_f64(ctx: &mut Ctx, value: &Value) -> PyResult<f64> {
    if let Some(f) = to_f64(value) {
        return Ok(f);
    }
    if let Some(i) = value.as_small_int() {
        return Ok(i as f64);
    }
    if is_int(value) {
        return int_to_f64(ctx, value);
    }
    let name = ctx.names.__float__.clone();
    if let Some(result) = call_special(ctx, value, &name, &[])? {
        return match to_f64(&result) {
            Some(f) => Ok(f),
            None => {
                let (class, got) = (super::class_name(ctx, value), super::class_name(ctx, &result));
                Err(ctx.type_error(format!("{class}.__float__ returned non-float (type {got})")))
            }
        };
    }
    if super::lookup_special(ctx, value, &ctx.names.__index__).is_some() {
        let number = index_value(ctx, value)?;
        return int_to_f64(ctx, &number);
    }
    let class = super::class_name(ctx, value);
    Err(ctx.type_error(format!("must be real number, not {class}")))
}

fn int_to_f64(ctx: &mut Ctx, value: &Value) -> PyResult<f64> {
    let number = to_bigint(value).unwrap_or_default();
    match crate::text::int::to_float(&number) {
        Ok(f) => Ok(f),
        Err(_) => Err(ctx.overflow_error("int too large to convert to float")),
    }
}
