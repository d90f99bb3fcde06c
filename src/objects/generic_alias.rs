//! `types.GenericAlias` (`list[int]`) and `types.UnionType` (`int | str`).

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static UNION_METHODS:
}

/// The payload of both; which of them is a matter of shape.
pub struct GenericAlias {
    /// `__origin__`; for a union, None.
    pub origin: Slot,
    /// `__args__`, a tuple.
    pub args: Slot,
    /// `__parameters__`, a tuple, empty until asked for.
    pub parameters: Slot,
    /// Whether this is an unpacked alias (`*tuple[int]`).
    pub unpacked: bool,
}

/// Shape of `types.UnionType`.
pub const SHAPE_UNION: super::shape::ShapeId = super::shape::ShapeId::numbered(Kind::GenericAlias, 205);

impl Payload for GenericAlias {
    const KIND: Kind = Kind::GenericAlias;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.origin.peek(&mut *visit);
        self.args.peek(&mut *visit);
        self.parameters.peek(visit);
    }
}
