//! `mappingproxy`: a read-only view of a mapping. A class's `__dict__` is one.

use super::arguments::{bad_self, or_none};
use super::ctx::Ctx;
use super::dict::Dict;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::list::List;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::tuple::Tuple;
use super::value::Value;
use crate::code::{BinaryOperator, Comparison};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, mapping, /)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return str(self).
    method "__str__(self, /)" => str_;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return len(self).
    method "__len__(self, /)" => len;
    /// Return self[key].
    method "__getitem__(self, key, /)" => getitem;
    /// Return bool(key in self).
    method "__contains__(self, key, /)" => contains;
    /// Implement iter(self).
    method "__iter__(self, /)" => iter;
    /// D.__reversed__() -> reverse iterator
    method "__reversed__(self, /)" => reversed;
    /// Return self==value.
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    /// Return self!=value.
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::NotEqual);
    /// Return self<value.
    method "__lt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Less);
    /// Return self<=value.
    method "__le__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    /// Return self>value.
    method "__gt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    /// Return self>=value.
    method "__ge__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    /// Return self|value.
    method "__or__(self, value, /)" => or;
    /// Return value|self.
    method "__ror__(self, value, /)" => ror;
    /// Return self|=value.
    method "__ior__(self, value, /)" => ior;
    /// Return the value for key if key is in the mapping, else default.
    method "get(self, key, default=None, /)" => get;
    /// a set-like object providing a view on D's keys
    method "keys(self, /)" => keys;
    /// an object providing a view on D's values
    method "values(self, /)" => values;
    /// a set-like object providing a view on D's items
    method "items(self, /)" => items;
    /// a shallow copy of D
    method "copy(self, /)" => copy;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => super::generic_alias::class_getitem;
}

/// The payload of `mappingproxy`.
pub struct MappingProxy {
    /// The mapping.
    pub mapping: Slot,
}

impl Payload for MappingProxy {
    const KIND: Kind = Kind::Proxy;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.mapping.peek(visit);
    }

    fn clear(&self) {
        self.mapping.take();
    }
}

/// A proxy of a mapping.
pub fn new_proxy(mapping: Value) -> Ref<MappingProxy> {
    alloc(ShapeId::exact(Kind::Proxy), MappingProxy { mapping: Slot::new(mapping) })
}

fn mapping(ctx: &mut Ctx, value: &Value) -> PyResult {
    let proxy: Option<&Obj<MappingProxy>> = value.downcast_ref::<MappingProxy>();
    match proxy {
        Some(proxy) => Ok(proxy.mapping.get()),
        None => Err(bad_self(ctx, value, "mappingproxy")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let is_mapping = !args[1].is_kind::<List>()
        && !args[1].is_kind::<Tuple>()
        && protocol::lookup_special(ctx, &args[1], &ctx.names.__getitem__).is_some();
    if !is_mapping {
        return Err(protocol::type_mismatch(ctx, "mappingproxy() argument must be a mapping, not {}", &args[1]));
    }
    Ok(new_proxy(args[1].clone()).into_value())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    let shown = protocol::text::repr_string(ctx, &inside)?;
    Ok(ctx.str(format!("mappingproxy({shown})")))
}

fn str_(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::str_of(ctx, &inside).map(Ref::into_value)
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::hash(ctx, &inside).map(super::int::from_i64)
}

fn len(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::length(ctx, &inside).map(super::int::from_usize)
}

fn getitem(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::get_item(ctx, &inside, &args[1])
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::contains(ctx, &inside, &args[1]).map(Value::bool)
}

fn iter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::iter(ctx, &inside)
}

fn delegate(ctx: &mut Ctx, args: &[Value], method: &str) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::call_method(ctx, &inside, method, &[])
}

fn reversed(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    delegate(ctx, args, "__reversed__")
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    protocol::rich_compare(ctx, op, &inside, &args[1])
}

/// What a proxy shows, or the value itself when it is none.
fn unwrapped(value: &Value) -> Value {
    value.downcast_ref::<MappingProxy>().map_or_else(|| value.clone(), |proxy| proxy.mapping.get())
}

fn or(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::binary_op(ctx, BinaryOperator::Or, &unwrapped(&args[0]), &unwrapped(&args[1]))
}

fn ror(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::binary_op(ctx, BinaryOperator::Or, &unwrapped(&args[1]), &unwrapped(&args[0]))
}

fn ior(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    Err(ctx.type_error("'|=' is not supported by mappingproxy; use '|' instead"))
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let inside = mapping(ctx, &args[0])?;
    let default = or_none(&args[2]);
    if let Some(dict) = inside.downcast_ref::<Dict>() {
        return Ok(dict.get(ctx, &args[1])?.unwrap_or(default));
    }
    protocol::call_method(ctx, &inside, "get", &[args[1].clone(), default])
}

fn keys(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    delegate(ctx, args, "keys")
}

fn values(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    delegate(ctx, args, "values")
}

fn items(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    delegate(ctx, args, "items")
}

fn copy(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    delegate(ctx, args, "copy")
}
