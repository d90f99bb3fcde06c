//! `property`, `staticmethod`, `classmethod`, and the members that `__slots__` make.

use super::heap::{Payload, Slot};
use super::kind::Kind;
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
