//! Subscription and membership that the loop does not handle itself.

use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::kind::Kind;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::set::Set;
use crate::objects::shape::ShapeId;
use crate::objects::string::Str;
use crate::objects::value::Value;

/// `container[key]`
///
/// # Errors
/// What the container raises.
#[inline(never)]
pub(crate) fn load(ctx: &mut Ctx, container: &Value, key: &Value) -> PyResult {
    if let Some(dict) = exact_dict(container) {
        return match dict.get(ctx, key)? {
            Some(value) => Ok(value),
            None => Err(ctx.key_error(key)),
        };
    }
    // A defaultdict: what is there is there as in any dict.
    if let Some(dict) = container.downcast_ref::<Dict>()
        && !dict.header().shape().is_user()
        && let Some(value) = dict.get(ctx, key)?
    {
        return Ok(value);
    }
    protocol::get_item(ctx, container, key)
}

/// `container[key] = value`
///
/// # Errors
/// What the container raises.
#[inline(never)]
pub(crate) fn store(ctx: &mut Ctx, container: &Value, key: &Value, value: Value) -> PyResult<()> {
    if let Some(dict) = exact_dict(container) {
        let dict = dict.to_ref();
        return dict.insert(ctx, key.clone(), value).map(drop);
    }
    if let Some(dict) = container.downcast_ref::<Dict>()
        && !dict.header().shape().is_user()
    {
        let dict = dict.to_ref();
        return dict.insert(ctx, key.clone(), value).map(drop);
    }
    let (container, key) = (container.clone(), key.clone());
    protocol::set_item(ctx, &container, &key, value)
}

/// `item in container`
///
/// # Errors
/// What the container raises.
#[inline(never)]
pub(crate) fn contains(ctx: &mut Ctx, container: &Value, item: &Value) -> PyResult<bool> {
    if let Some(header) = container.header() {
        let shape = header.shape();
        if shape == ShapeId::exact(Kind::Str)
            && let (Some(text), Some(part)) = (container.downcast_ref::<Str>(), item.downcast_ref::<Str>())
        {
            return Ok(match part.as_str().as_bytes() {
                [byte] => text.as_str().as_bytes().contains(byte),
                _ => text.as_str().contains(part.as_str()),
            });
        }
    }
    let (container, item) = (container.clone(), item.clone());
    if let Some(dict) = exact_dict(&container) {
        return dict.contains(ctx, &item);
    }
    if let Some(set) = container.downcast_ref::<Set>()
        && !set.header().shape().is_user()
        && !item.is_kind::<Set>()
    {
        return set.contains(ctx, &item);
    }
    protocol::contains(ctx, &container, &item)
}

fn exact_dict(value: &Value) -> Option<&crate::objects::Obj<Dict>> {
    match value.header() {
        Some(header) if header.shape() == ShapeId::exact(Kind::Dict) => {
            let dict = value.downcast_ref::<Dict>()?;
            debug_assert!(dict::is_exact(dict));
            Some(dict)
        }
        _ => None,
    }
}
