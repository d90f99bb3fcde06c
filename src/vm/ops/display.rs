//! Displays, unpacking and f-strings.

use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::list::List;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::sequence;
use crate::objects::set::{self, Set};
use crate::objects::signals::Pace;
use crate::objects::str_format::push_formatted;
use crate::objects::string::{Str, intern_value, new_str};
use crate::objects::text::Text;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::text::{everyday, float};

/// `{a, b}`
///
/// # Errors
/// What hashing or comparing raises.
pub(crate) fn build_set(ctx: &mut Ctx, items: &[Value]) -> PyResult {
    let items = items.to_vec();
    let result = set::new_set();
    for item in items {
        set::insert(ctx, &result, item)?;
    }
    Ok(result.into_value())
}

/// `{a: b}`
///
/// # Errors
/// What hashing or comparing raises.
pub(crate) fn build_map(ctx: &mut Ctx, items: &[Value]) -> PyResult {
    let items = items.to_vec();
    let result = dict::new_dict();
    for pair in items.chunks_exact(2) {
        result.insert(ctx, pair[0].clone(), pair[1].clone())?;
    }
    Ok(result.into_value())
}

/// Joins strs, and the numbers that `FormatPiece` left alone.
pub(crate) fn build_string(pieces: &[Value]) -> Value {
    // What most numbers need; a longer one makes the text grow.
    const NUMBER: usize = 8;
    let length = |piece: &Value| piece.downcast_ref::<Str>().map_or(NUMBER, |text| text.as_str().len());
    let mut joined = Text::with_capacity(pieces.iter().map(length).sum());
    for piece in pieces {
        if let Some(text) = piece.downcast_ref::<Str>() {
            joined.push(text.as_str());
        } else if let Some(i) = piece.as_small_int() {
            if i < 0 {
                joined.push("-");
            }
            joined.push(everyday::decimal(i.unsigned_abs(), &mut [0; 20]));
        } else if let Some(f) = piece.as_inline_float() {
            joined.push(&float::repr(f));
        }
    }
    new_str(joined).into_value()
}

/// Adds to a set being built.
///
/// # Errors
/// What hashing or comparing raises.
pub(crate) fn set_add(ctx: &mut Ctx, target: &Value, item: &Value) -> PyResult<()> {
    if let Some(target) = target.downcast::<Set>() {
        set::insert(ctx, &target, item.clone())?;
    }
    Ok(())
}

/// Adds to a dict being built.
///
/// # Errors
/// What hashing or comparing raises.
pub(crate) fn map_add(ctx: &mut Ctx, target: &Value, key: &Value, value: &Value) -> PyResult<()> {
    if let Some(target) = target.downcast::<Dict>() {
        target.insert(ctx, key.clone(), value.clone())?;
    }
    Ok(())
}

fn iterable_items(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<Value>> {
    let value = value.clone();
    match protocol::collect(ctx, &value) {
        Ok(items) => Ok(items),
        Err(raised) => {
            let is_iterable = protocol::lookup_special(ctx, &value, &ctx.names.__iter__).is_some_and(|m| !m.is_none())
                || protocol::lookup_special(ctx, &value, &ctx.names.__getitem__).is_some();
            if is_iterable {
                return Err(raised);
            }
            drop(ctx.take_raised(raised));
            let class = protocol::class_name(ctx, &value);
            Err(ctx.type_error(format!("Value after * must be an iterable, not {class}")))
        }
    }
}

/// `[*iterable]`
///
/// # Errors
/// What the iteration raises.
pub(crate) fn list_extend(ctx: &mut Ctx, target: &Value, iterable: &Value) -> PyResult<()> {
    let items = iterable_items(ctx, iterable)?;
    if let Some(target) = target.downcast_ref::<List>() {
        target.items.borrow_mut().extend(items);
    }
    Ok(())
}

/// `{*iterable}`
///
/// # Errors
/// What the iteration, hashing or comparing raises.
pub(crate) fn set_update(ctx: &mut Ctx, target: &Value, iterable: &Value) -> PyResult<()> {
    let items = protocol::collect(ctx, iterable)?;
    if let Some(target) = target.downcast_ref::<Set>() {
        for item in items {
            set::insert(ctx, target, item)?;
        }
    }
    Ok(())
}

/// Keys and values of a mapping; None when the object is none.
fn mapping_pairs(ctx: &mut Ctx, mapping: &Value) -> PyResult<Option<Vec<(Value, Value)>>> {
    if let Some(dict) = mapping.downcast_ref::<Dict>()
        && dict::is_exact(dict)
    {
        return Ok(Some(dict.entries()));
    }
    let keys = ctx.names.keys.clone();
    let Some(method) = protocol::get_attr_optional(ctx, mapping, &keys)? else { return Ok(None) };
    let keys = protocol::call(ctx, &method, &[])?;
    let keys = protocol::collect(ctx, &keys)?;
    let mut pairs = Vec::with_capacity(keys.len());
    for key in keys {
        let value = protocol::get_item(ctx, mapping, &key)?;
        pairs.push((key, value));
    }
    Ok(Some(pairs))
}

/// `{**mapping}`
///
/// # Errors
/// TypeError for what is no mapping; what the mapping raises.
pub(crate) fn dict_update(ctx: &mut Ctx, target: &Value, mapping: &Value) -> PyResult<()> {
    let mapping = mapping.clone();
    let Some(pairs) = mapping_pairs(ctx, &mapping)? else {
        let class = protocol::class_name(ctx, &mapping);
        return Err(ctx.type_error(format!("'{class}' object is not a mapping")));
    };
    if let Some(target) = target.downcast_ref::<Dict>() {
        for (key, value) in pairs {
            target.insert(ctx, key, value)?;
        }
    }
    Ok(())
}

/// `f(**mapping)`
///
/// # Errors
/// TypeError for what is no mapping, or a key that is there already or no str.
pub(crate) fn dict_merge(ctx: &mut Ctx, callable: &Value, target: &Value, mapping: &Value) -> PyResult<()> {
    let mapping = mapping.clone();
    let Some(pairs) = mapping_pairs(ctx, &mapping)? else {
        let what = crate::vm::call::callable_text(ctx, callable);
        let class = protocol::class_name(ctx, &mapping);
        return Err(ctx.type_error(format!("{what} argument after ** must be a mapping, not {class}")));
    };
    let Some(target) = target.downcast_ref::<Dict>() else { return Ok(()) };
    for (key, value) in pairs {
        // Whether the keys are strings is asked by the call; that one comes twice is said first.
        let key = intern_value(&key);
        let plain = is_exact(&key, crate::objects::kind::Kind::Str);
        let known = if plain { target.index_of_str(&key).is_some() } else { target.contains(ctx, &key)? };
        if known {
            let what = crate::vm::call::callable_text(ctx, callable);
            let name = protocol::text::str_string(ctx, &key)?;
            return Err(ctx.type_error(format!("{what} got multiple values for keyword argument '{name}'")));
        }
        if plain {
            target.set_str(&key, value);
        } else {
            target.insert(ctx, key, value)?;
        }
    }
    Ok(())
}

fn not_unpackable(ctx: &mut Ctx, value: &Value) -> PyResult<Value> {
    match protocol::iter(ctx, value) {
        Ok(iterator) => Ok(iterator),
        Err(raised) => {
            let is_iterable = protocol::lookup_special(ctx, value, &ctx.names.__iter__).is_some_and(|m| !m.is_none())
                || protocol::lookup_special(ctx, value, &ctx.names.__getitem__).is_some();
            if is_iterable || !ctx.raised_is(&ctx.exceptions.TypeError) {
                return Err(raised);
            }
            drop(ctx.take_raised(raised));
            let class = protocol::class_name(ctx, value);
            Err(ctx.type_error(format!("cannot unpack non-iterable {class} object")))
        }
    }
}

/// Exactly `count` items.
///
/// # Errors
/// ValueError for another number of items; TypeError for what is not iterable.
pub(crate) fn unpack(ctx: &mut Ctx, sequence: &Value, count: usize) -> PyResult<Vec<Value>> {
    let sequence = sequence.clone();
    let known = match (sequence.downcast_ref::<List>(), sequence.downcast_ref::<Tuple>()) {
        (Some(list), _) if is_exact(&sequence, crate::objects::kind::Kind::List) => Some(list.to_vec()),
        (_, Some(tuple)) if is_exact(&sequence, crate::objects::kind::Kind::Tuple) => Some(tuple.items().to_vec()),
        _ => None,
    };
    if let Some(items) = known {
        if items.len() == count {
            return Ok(items);
        }
        let got = items.len();
        return Err(if got < count {
            ctx.value_error(format!("not enough values to unpack (expected {count}, got {got})"))
        } else {
            ctx.value_error(format!("too many values to unpack (expected {count})"))
        });
    }
    let iterator = not_unpackable(ctx, &sequence)?;
    let mut items = Vec::with_capacity(count);
    while items.len() < count {
        match protocol::next(ctx, &iterator)? {
            Some(item) => items.push(item),
            None => {
                let got = items.len();
                return Err(ctx.value_error(format!("not enough values to unpack (expected {count}, got {got})")));
            }
        }
    }
    if protocol::next(ctx, &iterator)?.is_some() {
        return Err(ctx.value_error(format!("too many values to unpack (expected {count})")));
    }
    Ok(items)
}

fn is_exact(value: &Value, kind: crate::objects::kind::Kind) -> bool {
    value.header().is_some_and(|header| header.shape() == crate::objects::shape::ShapeId::exact(kind))
}

/// `a, *b, c = iterable`: the values before, a list, the values after.
///
/// # Errors
/// ValueError for too few items; TypeError for what is not iterable.
pub(crate) fn unpack_starred(ctx: &mut Ctx, sequence: &Value, before: usize, after: usize) -> PyResult<Vec<Value>> {
    let sequence = sequence.clone();
    let iterator = not_unpackable(ctx, &sequence)?;
    let mut items = Vec::new();
    while items.len() < before {
        match protocol::next(ctx, &iterator)? {
            Some(item) => items.push(item),
            None => {
                let (needed, got) = (before + after, items.len());
                return Err(
                    ctx.value_error(format!("not enough values to unpack (expected at least {needed}, got {got})"))
                );
            }
        }
    }
    let mut rest = Vec::new();
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        sequence::push(ctx, &mut rest, item)?;
    }
    if rest.len() < after {
        let (needed, got) = (before + after, before + rest.len());
        return Err(ctx.value_error(format!("not enough values to unpack (expected at least {needed}, got {got})")));
    }
    let tail = rest.split_off(rest.len() - after);
    items.push(crate::objects::list::new_list(rest).into_value());
    items.extend(tail);
    Ok(items)
}

/// `!s`, `!r`, `!a`
///
/// # Errors
/// What the conversion raises.
pub(crate) fn convert(ctx: &mut Ctx, value: &Value, conversion: u32) -> PyResult {
    let value = value.clone();
    match conversion {
        1 => protocol::str_of(ctx, &value),
        2 => protocol::repr(ctx, &value),
        _ => protocol::ascii(ctx, &value),
    }
    .map(|text| text.into_value())
}

/// `format(value, spec)`
///
/// # Errors
/// What `__format__` raises.
pub(crate) fn format_with_spec(ctx: &mut Ctx, value: &Value, spec: &Value) -> PyResult {
    let (value, spec) = (value.clone(), spec.clone());
    let spec = spec.downcast_ref::<Str>().map_or("", |spec| spec.as_str());
    ctx.write_str(|ctx, out| push_formatted(ctx, &value, spec, out))
}
