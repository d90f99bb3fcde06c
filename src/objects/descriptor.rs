//! `property`, `staticmethod`, `classmethod`, and the members that `__slots__` make.

use super::class::Class;
use super::class_creation::MEMBER_IN_DICT;
use super::ctx::Ctx;
use super::function::Function;
use super::heap::{Payload, Ref, Slot};
use super::instance::Instance;
use super::kind::Kind;
use super::native::{PyResult, Raised};
use super::protocol;
use super::string::Str;
use super::value::Value;

crate::natives! { pub(crate) static PROPERTY_METHODS:
}

crate::natives! { pub(crate) static STATICMETHOD_METHODS:
}

crate::natives! { pub(crate) static CLASSMETHOD_METHODS:
}

crate::natives! { pub(crate) static MEMBER_METHODS:
}

/// The payload of `property`.
pub struct Property {
    /// `fget`, or None.
    pub getter: Slot,
    /// `fset`, or None.
    pub setter: Slot,
    /// `fdel`, or None.
    pub deleter: Slot,
    /// `__doc__`
    pub doc: Slot,
    /// `__name__`, empty until `__set_name__`.
    pub name: Slot,
}

impl Payload for Property {
    const KIND: Kind = Kind::Property;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.getter, &self.setter, &self.deleter, &self.doc, &self.name] {
            slot.peek(&mut *visit);
        }
    }

    fn clear(&self) {
        self.getter.take();
        self.setter.take();
        self.deleter.take();
    }
}

/// The payload of `staticmethod` and `classmethod`; which of them is a matter of shape.
pub struct Wrapper {
    /// `__func__`
    pub func: Slot,
    /// `__dict__`, empty until asked for.
    pub attrs: Slot,
}

/// Shape of `classmethod`; `staticmethod` has the exact shape of the kind.
pub const SHAPE_CLASSMETHOD: super::shape::ShapeId = super::shape::ShapeId::numbered(Kind::Wrapper, 204);

impl Payload for Wrapper {
    const KIND: Kind = Kind::Wrapper;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.func.peek(&mut *visit);
        self.attrs.peek(visit);
    }

    fn clear(&self) {
        self.func.take();
        self.attrs.take();
    }
}

/// The payload of `member_descriptor`: one name of `__slots__`.
pub struct Member {
    /// `__name__`
    pub name: Slot,
    /// `__objclass__`
    pub owner: Slot,
    /// The instance slot.
    pub index: u16,
}

impl Payload for Member {
    const KIND: Kind = Kind::Member;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.name.peek(&mut *visit);
        self.owner.peek(visit);
    }

    fn clear(&self) {
        self.owner.take();
    }
}

/// Raises AttributeError for a property without the accessor (`getter`, `setter`, `deleter`).
pub fn no_accessor(ctx: &mut Ctx, property: &Property, object: &Value, what: &str) -> Raised {
    let class = protocol::class_of(ctx, object);
    let class = class.qualname.get().downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
    let mut name = property.name.get();
    if name.is_empty()
        && let Some(func) = property.getter.get().downcast_ref::<Function>()
    {
        name = func.name.get();
    }
    let message = match name.downcast_ref::<Str>() {
        Some(name) => format!("property '{}' of '{class}' object has no {what}", name.as_str()),
        None => format!("property of '{class}' object has no {what}"),
    };
    ctx.attribute_error(message)
}

fn check_member(ctx: &mut Ctx, member: &Member, object: &Value) -> PyResult<()> {
    let owner = member.owner.get();
    if owner.downcast_ref::<Class>().is_some_and(|class| protocol::is_instance_of(ctx, object, class)) {
        return Ok(());
    }
    let name = protocol::text::str_string(ctx, &member.name.get())?;
    let owner = owner.downcast_ref::<Class>().map_or_else(String::new, |class| class.name_string());
    let got = protocol::class_name(ctx, object);
    Err(ctx.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object")))
}

fn member_owner(ctx: &mut Ctx, member: &Member, object: &Value) -> PyResult<Ref<Instance>> {
    check_member(ctx, member, object)?;
    match object.downcast::<Instance>() {
        Some(instance) => Ok(instance),
        None => Err(protocol::type_mismatch(ctx, "'{}' object has no slots", object)),
    }
}

fn set_member_in_dict(ctx: &mut Ctx, member: &Member, object: &Value, value: Option<Value>) -> PyResult<()> {
    check_member(ctx, member, object)?;
    let name = member.name.get();
    let Some(slot) = protocol::attribute::dict_slot(object) else {
        return Err(protocol::no_attribute(ctx, object, &name));
    };
    if slot.is_empty() {
        slot.set(super::dict::new_dict().into_value());
    }
    let dict = slot.get();
    let Some(dict) = dict.downcast_ref::<super::dict::Dict>() else {
        return Err(protocol::no_attribute(ctx, object, &name));
    };
    match value {
        Some(value) => dict.set_str(&name, value),
        None => {
            if dict.remove_str(&name).is_none() {
                return Err(protocol::no_attribute(ctx, object, &name));
            }
        }
    }
    Ok(())
}

/// The value of a slot, None when it is unset.
///
/// # Errors
/// TypeError when the object is no instance of the owner.
pub fn member_slot(ctx: &mut Ctx, member: &Member, object: &Value) -> PyResult<Option<Value>> {
    if member.index == MEMBER_IN_DICT {
        check_member(ctx, member, object)?;
        return Ok(protocol::attribute::own_attribute(object, &member.name.get()));
    }
    let instance = member_owner(ctx, member, object)?;
    let value = instance.member(usize::from(member.index)).map_or(Value::EMPTY, Slot::get);
    Ok(if value.is_empty() { None } else { Some(value) })
}

/// Sets a slot, or unsets it.
///
/// # Errors
/// TypeError when the object is no instance of the owner; AttributeError when there is nothing to unset.
pub fn set_member_slot(ctx: &mut Ctx, member: &Member, object: &Value, value: Option<Value>) -> PyResult<()> {
    if member.index == MEMBER_IN_DICT {
        return set_member_in_dict(ctx, member, object, value);
    }
    let instance = member_owner(ctx, member, object)?;
    let Some(slot) = instance.member(usize::from(member.index)) else { return Ok(()) };
    match value {
        Some(value) => slot.set(value),
        None if slot.is_empty() => {
            let name = member.name.get();
            return Err(protocol::no_attribute(ctx, object, &name));
        }
        None => drop(slot.take()),
    }
    Ok(())
}
