//! What the `__new__` natives of built-in types share: checking the class asked for.
//!
//! `int.__new__(cls, x)` may be called with any subclass of `int`, whose instances share the payload but have their own
//! shape. Source: Language Reference 3.3.1, `object.__new__`.

use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Obj, Ref};
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::value::Value;

/// The shape for new instances of the class asked for, which must derive from `base`.
///
/// # Errors
/// TypeError when it is no class or not derived from `base`.
#[inline]
pub fn requested_shape(ctx: &mut Ctx, class: &Value, base: &Ref<Class>) -> PyResult<ShapeId> {
    match class.downcast_ref::<Class>() {
        Some(class) if class.is_subclass_of(base) => Ok(class.instance_shape.get()),
        other => Err(wrong_class(ctx, class, other, base)),
    }
}

#[cold]
fn wrong_class(ctx: &mut Ctx, value: &Value, class: Option<&Obj<Class>>, base: &Ref<Class>) -> super::Raised {
    let base = base.name_string();
    match class {
        Some(class) => {
            let name = class.name_string();
            ctx.type_error(format!("{base}.__new__({name}): {name} is not a subtype of {base}"))
        }
        None => {
            let name = protocol::class_name(ctx, value);
            ctx.type_error(format!("{base}.__new__(X): X is not a type object ({name})"))
        }
    }
}

/// Raises TypeError for a method that was handed a foreign `self`. The binder has checked `self` already, so this is never
/// reached by a program; natives use it instead of a panic.
#[cold]
pub fn bad_self(ctx: &mut Ctx, expected: &str, value: &Value) -> super::Raised {
    let name = protocol::class_name(ctx, value);
    ctx.type_error(format!("descriptor requires a '{expected}' object but received a '{name}'"))
}
