//! `len`, `in`, and subscription.

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::foreign::Foreign;
use crate::objects::kind::Kind;
use crate::objects::list::List;
use crate::objects::native::{PyResult, Raised};
use crate::objects::shape::ShapeId;
use crate::objects::signals::Pace;
use crate::objects::string::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::{call_special, class_name, lookup_special, with_class};

/// `len(value)`
///
/// # Errors
/// TypeError for what has no length; what `__len__` raises.
#[inline]
pub fn length(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    match quick_length(value) {
        Some(length) => Ok(length),
        None => ask_length(ctx, value),
    }
}

#[inline(never)]
fn ask_length(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    let name = ctx.names.__len__.clone();
    match call_special(ctx, value, &name, &[])? {
        Some(result) => super::as_usize_length(ctx, &result),
        None => {
            let class = class_name(ctx, value);
            Err(ctx.type_error(format!("object of type '{class}' has no len()")))
        }
    }
}

/// The length of an exact built-in container.
#[inline]
fn quick_length(value: &Value) -> Option<usize> {
    let shape = value.header()?.shape();
    if shape == ShapeId::exact(Kind::List) {
        return value.downcast_ref::<List>().map(|list| list.len());
    }
    if shape == ShapeId::exact(Kind::Tuple) {
        return value.downcast_ref::<Tuple>().map(|tuple| tuple.len());
    }
    if shape == ShapeId::exact(Kind::Dict) {
        return value.downcast_ref::<Dict>().map(|dict| dict.len());
    }
    if shape == ShapeId::exact(Kind::Str) {
        return value.downcast_ref::<Str>().map(|text| text.char_len());
    }
    if shape.kind() == Kind::Foreign && !shape.is_user() {
        return value.downcast_ref::<Foreign>()?.item_count();
    }
    None
}

/// `item in container`
///
/// # Errors
/// TypeError for what is no container; what the methods raise.
pub fn contains(ctx: &mut Ctx, container: &Value, item: &Value) -> PyResult<bool> {
    match lookup_special(ctx, container, &ctx.names.__contains__) {
        Some(method) if method.is_none() => {
            let class = class_name(ctx, container);
            Err(ctx.type_error(format!("'{class}' object is not a container")))
        }
        Some(method) => {
            let result = super::call_unbound(ctx, &method, container, std::slice::from_ref(item))?;
            super::truth(ctx, &result)
        }
        None => {
            let iterator = match super::iter(ctx, container) {
                Ok(iterator) => iterator,
                Err(raised) => {
                    let class = ctx.exceptions.TypeError.clone();
                    ctx.catch(raised, &class)?;
                    let class = class_name(ctx, container);
                    return Err(ctx.type_error(format!("argument of type '{class}' is not iterable")));
                }
            };
            let mut pace = Pace::default();
            while let Some(candidate) = super::next(ctx, &iterator)? {
                pace.step(ctx)?;
                if super::equal(ctx, &candidate, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// `container[key]`
///
/// # Errors
/// TypeError for what is not subscriptable; what the methods raise.
pub fn get_item(ctx: &mut Ctx, container: &Value, key: &Value) -> PyResult {
    match container.header().map(|header| header.shape()) {
        Some(shape) if shape == ShapeId::exact(Kind::List) => {
            if let Some(list) = container.downcast_ref::<List>() {
                return crate::objects::list::item(ctx, list, key);
            }
        }
        Some(shape) if shape == ShapeId::exact(Kind::Str) => {
            if let Some(text) = container.downcast_ref::<Str>() {
                return crate::objects::str_methods::item(ctx, text, key);
            }
        }
        Some(shape) if shape == ShapeId::exact(Kind::Tuple) => {
            return crate::objects::tuple::item(ctx, container, key);
        }
        _ => {}
    }
    let name = ctx.names.__getitem__.clone();
    if let Some(result) = call_special(ctx, container, &name, std::slice::from_ref(key))? {
        return Ok(result);
    }
    if let Some(class) = container.downcast_ref::<Class>() {
        if class.is(ctx.types.type_.value()) {
            return Ok(crate::objects::generic_alias::new_alias(container.clone(), key.clone()));
        }
        let name = ctx.names.__class_getitem__.clone();
        if let Some(method) = super::get_attr_optional(ctx, container, &name)?
            && !method.is_none()
        {
            return super::call(ctx, &method, std::slice::from_ref(key));
        }
        let class = class.name_string();
        return Err(ctx.type_error(format!("type '{class}' is not subscriptable")));
    }
    let class = class_name(ctx, container);
    Err(ctx.type_error(format!("'{class}' object is not subscriptable")))
}

/// `container[key] = value`
///
/// # Errors
/// TypeError for what does not support it; what the methods raise.
pub fn set_item(ctx: &mut Ctx, container: &Value, key: &Value, value: Value) -> PyResult<()> {
    let name = ctx.names.__setitem__.clone();
    match call_special(ctx, container, &name, &[key.clone(), value])? {
        Some(_) => Ok(()),
        None => {
            let other = ctx.names.__delitem__.clone();
            Err(unsupported_item(ctx, container, &other, &name, "does not", "assignment"))
        }
    }
}

/// `del container[key]`
///
/// # Errors
/// TypeError for what does not support it; what the methods raise.
pub fn delete_item(ctx: &mut Ctx, container: &Value, key: &Value) -> PyResult<()> {
    let name = ctx.names.__delitem__.clone();
    match call_special(ctx, container, &name, std::slice::from_ref(key))? {
        Some(_) => Ok(()),
        None => {
            let verb = if has_positions(ctx, container) && has_index(ctx, key) { "doesn't" } else { "does not" };
            let other = ctx.names.__setitem__.clone();
            Err(unsupported_item(ctx, container, &other, &name, verb, "deletion"))
        }
    }
}

/// The error for a container that lacks one of `__setitem__` and `__delitem__`. CPython keeps both in one slot: a class that
/// has the `other` one has the slot, and then the method is looked for in vain.
fn unsupported_item(ctx: &mut Ctx, container: &Value, other: &Value, name: &Value, verb: &str, what: &str) -> Raised {
    if lookup_special(ctx, container, other).is_some() {
        let name = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
        return ctx.attribute_error(name);
    }
    let class = class_name(ctx, container);
    ctx.type_error(format!("'{class}' object {verb} support item {what}"))
}

/// Whether CPython looks for positions in the class of a value (its structure `tp_as_sequence`): classes made at run time
/// have the structure always, and so have those of most modules; built-in ones when they have anything that goes into it.
fn has_positions(ctx: &Ctx, container: &Value) -> bool {
    let name = class_name(ctx, container);
    let is_made = match name.split_once('.') {
        Some((module, _)) => !matches!(module, "datetime" | "types"),
        None => with_class(ctx, container, |class| class.has_flag(flags::USER)),
    };
    let has = |name: &Value| lookup_special(ctx, container, name).is_some();
    is_made || has(&ctx.names.__len__) || has(&ctx.names.__contains__)
}

/// Whether a value can be an index.
fn has_index(ctx: &Ctx, key: &Value) -> bool {
    lookup_special(ctx, key, &ctx.names.__index__).is_some()
}
