//! `type`: making classes, and the methods and attributes of classes.

use super::class::{Class, flags};
use super::ctx::Ctx;
use super::native::PyResult;
use super::protocol;
use super::string::Str;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// `type.__setattr__` (with a value) and `type.__delattr__` (without).
///
/// # Errors
/// TypeError for built-in classes; AttributeError; what a descriptor of the metaclass raises.
pub fn set_class_attr(ctx: &mut Ctx, object: &Value, name: &Value, value: Option<Value>) -> PyResult<()> {
    let Some(class) = object.downcast_ref::<Class>() else {
        return protocol::attribute::generic_set_attr(ctx, object, name, value);
    };
    if class.has_flag(flags::IMMUTABLE) {
        let text = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
        let own = class.name_string();
        return Err(ctx.type_error(format!("cannot set '{text}' attribute of immutable type '{own}'")));
    }
    let on_meta = protocol::lookup_special(ctx, object, name);
    if let Some(attribute) = on_meta
        && protocol::attribute::is_data_descriptor(ctx, &attribute)
    {
        return protocol::attribute::generic_set_attr(ctx, object, name, value);
    }
    match value {
        Some(value) => class.set_own(name, value),
        None => {
            if class.remove_own(name).is_none() {
                return Err(protocol::no_attribute(ctx, object, name));
            }
        }
    }
    Ok(())
}
