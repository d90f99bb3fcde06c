//! `repr`, `str`, `ascii` and `format`.

use crate::objects::ctx::Ctx;
use crate::objects::heap::{Obj, Ref};
use crate::objects::kind::Kind;
use crate::objects::native::PyResult;
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, new_str};
use crate::objects::text::Text;
use crate::objects::value::Value;
use crate::text::everyday;

use super::call_special;

/// `repr(value)`
///
/// # Errors
/// What `__repr__` raises; TypeError when it returns no str.
pub fn repr(ctx: &mut Ctx, value: &Value) -> PyResult<Ref<Str>> {
    if value.as_small_int().is_some() || value.as_inline_float().is_some() {
        return str_of(ctx, value);
    }
    if let Some(text) = value.downcast_ref::<Str>()
        && text.header().shape() == ShapeId::exact(Kind::Str)
    {
        return Ok(new_str(crate::text::repr::string(text.as_str())));
    }
    ctx.enter(" while getting the repr of an object")?;
    let name = ctx.names.__repr__.clone();
    let result = call_special(ctx, value, &name, &[]);
    ctx.leave();
    as_text(ctx, result?, "__repr__")
}

/// Appends `repr(value)`.
///
/// # Errors
/// As [`repr`].
pub fn push_repr(ctx: &mut Ctx, value: &Value, out: &mut String) -> PyResult<()> {
    if let Some(i) = value.as_small_int() {
        everyday::push_int(out, i);
    } else if let Some(f) = value.as_inline_float() {
        crate::text::float::push_repr(out, f);
    } else if let Some(text) = value.downcast_ref::<Str>()
        && text.header().shape() == ShapeId::exact(Kind::Str)
    {
        crate::text::repr::push_string(out, text.as_str());
    } else {
        out.push_str(repr(ctx, value)?.as_str());
    }
    Ok(())
}

/// `repr(value)` as a Rust string.
///
/// # Errors
/// As [`repr`].
pub fn repr_string(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    repr(ctx, value).map(|text| text.as_str().to_owned())
}

/// `str(value)`
///
/// # Errors
/// What `__str__` raises; TypeError when it returns no str.
pub fn str_of(ctx: &mut Ctx, value: &Value) -> PyResult<Ref<Str>> {
    if let Some(text) = value.downcast_ref::<Str>()
        && text.header().shape() == ShapeId::exact(Kind::Str)
    {
        return Ok(text.to_ref());
    }
    if let Some(i) = value.as_small_int() {
        return Ok(new_int_str(i));
    }
    if let Some(f) = value.as_inline_float() {
        return Ok(new_str(crate::text::float::repr(f)));
    }
    ctx.enter(" while getting the str of an object")?;
    let name = ctx.names.__str__.clone();
    let result = call_special(ctx, value, &name, &[]);
    ctx.leave();
    as_text(ctx, result?, "__str__")
}

/// The decimal text of an int.
fn new_int_str(number: i64) -> Ref<Str> {
    let mut room = [0; 20];
    let digits = everyday::decimal(number.unsigned_abs(), &mut room);
    let mut text = Text::with_capacity(digits.len() + 1);
    if number < 0 {
        text.push("-");
    }
    text.push(digits);
    new_str(text)
}

/// `str(value)` as a Rust string.
///
/// # Errors
/// As [`str_of`].
pub fn str_string(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    str_of(ctx, value).map(|text| text.as_str().to_owned())
}

fn as_text(ctx: &mut Ctx, result: Option<Value>, method: &str) -> PyResult<Ref<Str>> {
    match result {
        Some(result) => match result.downcast::<Str>() {
            Some(text) => Ok(text),
            None => {
                let got = super::class_name(ctx, &result);
                Err(ctx.type_error(format!("{method} returned non-string (type {got})")))
            }
        },
        None => Ok(new_str("<object>")),
    }
}

/// `ascii(value)`
///
/// # Errors
/// As [`repr`].
pub fn ascii(ctx: &mut Ctx, value: &Value) -> PyResult<Ref<Str>> {
    let text = repr(ctx, value)?;
    if text.is_ascii() {
        return Ok(text);
    }
    Ok(new_str(crate::text::repr::escape_non_ascii(text.as_str())))
}

/// `format(value, spec)`
///
/// # Errors
/// What `__format__` raises; TypeError when it returns no str.
pub fn format(ctx: &mut Ctx, value: &Value, spec: &str) -> PyResult<Ref<Str>> {
    if spec.is_empty() {
        if value.as_small_int().is_some() || value.as_inline_float().is_some() {
            return str_of(ctx, value);
        }
        if let Some(text) = value.downcast_ref::<Str>()
            && text.header().shape() == ShapeId::exact(Kind::Str)
        {
            return Ok(text.to_ref());
        }
    }
    let spec = new_str(spec).into_value();
    let name = ctx.names.__format__.clone();
    match call_special(ctx, value, &name, &[spec])? {
        Some(result) => match result.downcast::<Str>() {
            Some(text) => Ok(text),
            None => {
                let got = super::class_name(ctx, &result);
                Err(ctx.type_error(format!("__format__ must return a str, not {got}")))
            }
        },
        None => {
            let class = super::class_name(ctx, value);
            Err(ctx.type_error(format!("Type {class} doesn't define __format__")))
        }
    }
}

/// The text of a str value, or TypeError with a message in which `{}` stands for the class of the value.
///
/// # Errors
/// TypeError.
pub fn expect_str<'a>(ctx: &mut Ctx, value: &'a Value, message: &str) -> PyResult<&'a Obj<Str>> {
    match value.downcast_ref::<Str>() {
        Some(text) => Ok(text),
        // Of an argument that is checked by its position or name, None is called by its own name.
        None if value.is_none() && message.contains("() argument") => {
            Err(ctx.type_error(message.replace("{}", "None")))
        }
        None => Err(super::type_mismatch(ctx, message, value)),
    }
}

/// Runs `body` unless the repr of the object is under way already; None then (`[...]`).
///
/// # Errors
/// What the body raises.
pub fn guarded_repr<R>(
    ctx: &mut Ctx,
    object: &Value,
    body: impl FnOnce(&mut Ctx) -> PyResult<R>,
) -> PyResult<Option<R>> {
    let id = object.id() as usize;
    if ctx.repr_stack.contains(&id) {
        return Ok(None);
    }
    ctx.repr_stack.push(id);
    let result = body(ctx);
    ctx.repr_stack.pop();
    result.map(Some)
}
