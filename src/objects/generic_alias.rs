//! `types.GenericAlias` (`list[int]`) and `types.UnionType` (`int | str`).

use super::ctx::Ctx;
use super::heap::{Payload, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::shape::ShapeId;
use super::tuple::{self, Tuple};
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
pub const SHAPE_UNION: ShapeId = ShapeId::numbered(Kind::GenericAlias, 205);

impl Payload for GenericAlias {
    const KIND: Kind = Kind::GenericAlias;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.origin.peek(&mut *visit);
        self.args.peek(&mut *visit);
        self.parameters.peek(visit);
    }
}

/// `origin[args]`; a tuple gives several arguments.
pub fn new_alias(origin: Value, args: Value) -> Value {
    let args = if args.is_kind::<Tuple>() { args } else { tuple::new_tuple([args]).into_value() };
    let alias = GenericAlias {
        origin: Slot::new(origin),
        args: Slot::new(args),
        parameters: Slot::new(Value::EMPTY),
        unpacked: false,
    };
    alloc(ShapeId::exact(Kind::GenericAlias), alias).into_value()
}

/// `__class_getitem__` of the generic built-in classes: `list[int]`.
///
/// # Errors
/// None.
pub fn class_getitem(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_alias(args[0].clone(), args[1].clone()))
}

/// `a | b` between types.
///
/// # Errors
/// What comparing the members raises.
pub fn union_of(_ctx: &mut super::ctx::Ctx, _a: &Value, _b: &Value) -> super::native::PyResult {
    Ok(Value::NOT_IMPLEMENTED)
}
