//! Weak references and proxies.
//!
//! The heap keeps a table of weak references by referent and tells them when the referent goes (`referent_gone`); the
//! callbacks run soon after, from the pending queue. Source: the Library Reference, `weakref`.

use std::cell::Cell;

use super::arguments::{bad_self, keywords, or_none, positional, text_of};
use super::class::{Class, flags};
use super::ctx::Ctx;
use super::generic_alias;
use super::heap::{self, Obj, Payload, Ref, Slot, alloc};
use super::int;
use super::kind::Kind;
use super::native::PyResult;
use super::protocol::{self, attribute};
use super::shape::ShapeId;
use super::string::Str;
use super::value::Value;
use crate::code::{BinaryOperator, Comparison};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Call self as a function.
    method "__call__(self, /)" => call;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq;
    /// Return self!=value.
    method "__ne__(self, value, /)" => ne;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
    /// member
    getter "__callback__(self)" => callback;
}

crate::natives! { pub(crate) static PROXY_METHODS:
    method "__repr__(self, /)" => proxy_repr;
    method "__str__(self, /)" => proxy_str;
    method "__getattribute__(self, name, /)" => proxy_getattribute;
    method "__setattr__(self, name, value, /)" => proxy_setattr;
    method "__delattr__(self, name, /)" => proxy_delattr;
    method "__bool__(self, /)" => proxy_bool;
    method "__len__(self, /)" => proxy_len;
    method "__contains__(self, key, /)" => proxy_contains;
    method "__getitem__(self, key, /)" => proxy_getitem;
    method "__setitem__(self, key, value, /)" => proxy_setitem;
    method "__delitem__(self, key, /)" => proxy_delitem;
    method "__iter__(self, /)" => proxy_iter;
    method "__next__(self, /)" => proxy_next;
    method "__bytes__(self, /)" => proxy_method::<0>;
    method "__reversed__(self, /)" => proxy_method::<1>;
    method "__int__(self, /)" => proxy_method::<2>;
    method "__float__(self, /)" => proxy_method::<3>;
    method "__index__(self, /)" => proxy_method::<4>;
    method "__neg__(self, /)" => proxy_method::<5>;
    method "__pos__(self, /)" => proxy_method::<6>;
    method "__abs__(self, /)" => proxy_method::<7>;
    method "__invert__(self, /)" => proxy_method::<8>;
    method "__eq__(self, value, /)" => proxy_compare::<0>;
    method "__ne__(self, value, /)" => proxy_compare::<1>;
    method "__lt__(self, value, /)" => proxy_compare::<2>;
    method "__le__(self, value, /)" => proxy_compare::<3>;
    method "__gt__(self, value, /)" => proxy_compare::<4>;
    method "__ge__(self, value, /)" => proxy_compare::<5>;
    method "__add__(self, value, /)" => proxy_binary::<0>;
    method "__radd__(self, value, /)" => proxy_reflected::<0>;
    method "__iadd__(self, value, /)" => proxy_binary::<13>;
    method "__sub__(self, value, /)" => proxy_binary::<1>;
    method "__rsub__(self, value, /)" => proxy_reflected::<1>;
    method "__isub__(self, value, /)" => proxy_binary::<14>;
    method "__mul__(self, value, /)" => proxy_binary::<2>;
    method "__rmul__(self, value, /)" => proxy_reflected::<2>;
    method "__imul__(self, value, /)" => proxy_binary::<15>;
    method "__truediv__(self, value, /)" => proxy_binary::<3>;
    method "__rtruediv__(self, value, /)" => proxy_reflected::<3>;
    method "__itruediv__(self, value, /)" => proxy_binary::<16>;
    method "__floordiv__(self, value, /)" => proxy_binary::<4>;
    method "__rfloordiv__(self, value, /)" => proxy_reflected::<4>;
    method "__ifloordiv__(self, value, /)" => proxy_binary::<17>;
    method "__mod__(self, value, /)" => proxy_binary::<5>;
    method "__rmod__(self, value, /)" => proxy_reflected::<5>;
    method "__imod__(self, value, /)" => proxy_binary::<18>;
    method "__pow__(self, value, mod=None, /)" => proxy_binary::<6>;
    method "__rpow__(self, value, mod=None, /)" => proxy_reflected::<6>;
    method "__ipow__(self, value, /)" => proxy_binary::<19>;
    method "__lshift__(self, value, /)" => proxy_binary::<7>;
    method "__rlshift__(self, value, /)" => proxy_reflected::<7>;
    method "__ilshift__(self, value, /)" => proxy_binary::<20>;
    method "__rshift__(self, value, /)" => proxy_binary::<8>;
    method "__rrshift__(self, value, /)" => proxy_reflected::<8>;
    method "__irshift__(self, value, /)" => proxy_binary::<21>;
    method "__and__(self, value, /)" => proxy_binary::<9>;
    method "__rand__(self, value, /)" => proxy_reflected::<9>;
    method "__iand__(self, value, /)" => proxy_binary::<22>;
    method "__or__(self, value, /)" => proxy_binary::<10>;
    method "__ror__(self, value, /)" => proxy_reflected::<10>;
    method "__ior__(self, value, /)" => proxy_binary::<23>;
    method "__xor__(self, value, /)" => proxy_binary::<11>;
    method "__rxor__(self, value, /)" => proxy_reflected::<11>;
    method "__ixor__(self, value, /)" => proxy_binary::<24>;
    method "__matmul__(self, value, /)" => proxy_binary::<12>;
    method "__rmatmul__(self, value, /)" => proxy_reflected::<12>;
    method "__imatmul__(self, value, /)" => proxy_binary::<25>;
}

crate::natives! { pub(crate) static CALLABLE_PROXY_METHODS:
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => proxy_call;
}

/// The payload of `weakref.ReferenceType` and of the two proxy types; which of them is a matter of shape.
pub struct WeakRef {
    /// The word of the referent, not counted; 0 once it is gone.
    referent: Cell<usize>,
    /// `__callback__`, or empty.
    pub callback: Slot,
    /// Hash of the referent, once computed.
    pub hash: Cell<Option<i64>>,
}

impl Payload for WeakRef {
    const KIND: Kind = Kind::WeakRef;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.callback.peek(visit);
    }

    fn clear(&self) {
        self.callback.take();
    }
}

impl WeakRef {
    /// A payload that refers to an object.
    pub fn new(referent: &Value, callback: Value) -> WeakRef {
        WeakRef { referent: Cell::new(referent.id() as usize), callback: Slot::new(callback), hash: Cell::new(None) }
    }

    /// The referent, None once it is gone.
    pub fn referent(&self) -> Option<Value> {
        heap::value_at(self.referent.get())
    }

    /// The referent is going away: forget it and hand out the callback (empty when there is none).
    pub fn referent_gone(&self) -> Value {
        self.referent.set(0);
        self.callback.take()
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<WeakRef>> {
    match value.downcast_ref::<WeakRef>() {
        Some(reference) => Ok(reference),
        None => Err(bad_self(ctx, value, "weakref.ReferenceType")),
    }
}

/// A weak reference or proxy of the given shape; one without callback is shared.
fn make(ctx: &mut Ctx, shape: ShapeId, referent: &Value, callback: Value) -> PyResult {
    if !protocol::with_class(ctx, referent, |class| class.has_flag(flags::HAS_WEAKREF)) || !referent.is_object() {
        return Err(protocol::type_mismatch(ctx, "cannot create weak reference to '{}' object", referent));
    }
    let callback = if callback.is_none() { Value::EMPTY } else { callback };
    if callback.is_empty() && !shape.is_user() {
        let shared = heap::weak_references(referent).into_iter().find(|known| {
            known
                .downcast_ref::<WeakRef>()
                .is_some_and(|known| known.header().shape() == shape && known.callback.is_empty())
        });
        if let Some(shared) = shared {
            return Ok(shared);
        }
    }
    let made = alloc(shape, WeakRef::new(referent, callback)).into_value();
    heap::add_weak_reference(referent, made.clone());
    Ok(made)
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(bad_self(ctx, &args[0], "type")) };
    let given = positional(&args[1]);
    if !keywords(&args[2]).is_empty() && ctx.types.weakref.is(&args[0]) {
        return Err(ctx.type_error("ref() takes no keyword arguments"));
    }
    match given {
        [] => Err(ctx.type_error("__new__ expected at least 1 argument, got 0")),
        [referent] => make(ctx, class.instance_shape.get(), referent, Value::NONE),
        [referent, callback] => make(ctx, class.instance_shape.get(), referent, callback.clone()),
        more => {
            let count = more.len();
            Err(ctx.type_error(format!("__new__ expected at most 2 arguments, got {count}")))
        }
    }
}

fn init(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(Value::NONE)
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.referent().unwrap_or(Value::NONE))
}

fn describe(ctx: &mut Ctx, object: &Value, what: &str, with_name: bool) -> PyResult {
    let id = object.id();
    let Some(referent) = this(ctx, object)?.referent() else {
        return Ok(ctx.str(format!("<{what} at {id:#x}; dead>")));
    };
    let class = protocol::class_name(ctx, &referent);
    let mut text = format!("<{what} at {id:#x}; to '{class}' at {:#x}", referent.id());
    let name = ctx.names.__name__.clone();
    if with_name
        && let Some(name) = protocol::get_attr_optional(ctx, &referent, &name)?
        && name.is_kind::<Str>()
    {
        text.push_str(&format!(" ({})", text_of(&name)));
    }
    text.push('>');
    Ok(ctx.str(text))
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    describe(ctx, &args[0], "weakref", true)
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let reference = this(ctx, &args[0])?;
    if let Some(hash) = reference.hash.get() {
        return Ok(int::from_i64(hash));
    }
    let Some(referent) = reference.referent() else {
        return Err(ctx.type_error("weak object has gone away"));
    };
    let hash = protocol::hash(ctx, &referent)?;
    reference.hash.set(Some(hash));
    Ok(int::from_i64(hash))
}

/// Living referents compare as themselves, dead references by identity.
fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let own = this(ctx, &args[0])?;
    let Some(other) = args[1].downcast_ref::<WeakRef>() else { return Ok(Value::NOT_IMPLEMENTED) };
    match (own.referent(), other.referent()) {
        (Some(own), Some(other)) => protocol::rich_compare(ctx, op, &own, &other),
        _ => Ok(Value::bool(args[0].is(&args[1]) == (op == Comparison::Equal))),
    }
}

fn eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::Equal)
}

fn ne(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    compare(ctx, args, Comparison::NotEqual)
}

fn callback(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&this(ctx, &args[0])?.callback.get()))
}

/// `weakref.proxy(object, callback)`
///
/// # Errors
/// TypeError for what cannot be weakly referenced.
pub fn new_proxy(ctx: &mut Ctx, referent: &Value, callback: Value) -> PyResult {
    let shape = if protocol::is_callable(ctx, referent) {
        ctx.types.weak_callable_proxy.instance_shape.get()
    } else {
        ctx.types.weak_proxy.instance_shape.get()
    };
    make(ctx, shape, referent, callback)
}

/// Whether a value is a proxy.
pub fn is_proxy(ctx: &Ctx, value: &Value) -> bool {
    value.header().is_some_and(|header| {
        let shape = header.shape();
        shape == ctx.types.weak_proxy.instance_shape.get()
            || shape == ctx.types.weak_callable_proxy.instance_shape.get()
    })
}

/// What a proxy stands for; any other value stands for itself.
///
/// # Errors
/// ReferenceError when the referent is gone.
pub fn unproxied(ctx: &mut Ctx, value: &Value) -> PyResult {
    if !is_proxy(ctx, value) {
        return Ok(value.clone());
    }
    match this(ctx, value)?.referent() {
        Some(referent) => Ok(referent),
        None => Err(ctx.reference_error("weakly-referenced object no longer exists")),
    }
}

/// An attribute of a weak reference or proxy.
///
/// # Errors
/// AttributeError; ReferenceError for a dead proxy.
pub fn get_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    if is_proxy(ctx, object) {
        let referent = unproxied(ctx, object)?;
        return protocol::get_attr(ctx, &referent, name);
    }
    match attribute::generic_lookup(ctx, object, name)? {
        Some(value) => Ok(value),
        None => Err(protocol::no_attribute(ctx, object, name)),
    }
}

fn proxy_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    describe(ctx, &args[0], "weakproxy", false)
}

fn proxy_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::str_of(ctx, &referent).map(Ref::into_value)
}

fn proxy_getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::get_attr(ctx, &referent, &args[1])
}

fn proxy_setattr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::set_attr(ctx, &referent, &args[1], args[2].clone()).map(|()| Value::NONE)
}

fn proxy_delattr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::delete_attr(ctx, &referent, &args[1]).map(|()| Value::NONE)
}

fn proxy_bool(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::truth(ctx, &referent).map(Value::bool)
}

fn proxy_len(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::length(ctx, &referent).map(int::from_usize)
}

fn proxy_contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::contains(ctx, &referent, &args[1]).map(Value::bool)
}

fn proxy_getitem(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::get_item(ctx, &referent, &args[1])
}

fn proxy_setitem(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::set_item(ctx, &referent, &args[1], args[2].clone()).map(|()| Value::NONE)
}

fn proxy_delitem(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::delete_item(ctx, &referent, &args[1]).map(|()| Value::NONE)
}

fn proxy_iter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::iter(ctx, &referent)
}

fn proxy_next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    if protocol::lookup_special(ctx, &referent, &ctx.names.__next__).is_none() {
        let name = protocol::class_name(ctx, &referent);
        return Err(ctx.type_error(format!("Weakref proxy referenced a non-iterator '{name}' object")));
    }
    protocol::call_method(ctx, &referent, "__next__", &[])
}

const UNARY: [&str; 9] =
    ["__bytes__", "__reversed__", "__int__", "__float__", "__index__", "__neg__", "__pos__", "__abs__", "__invert__"];

fn proxy_method<const INDEX: usize>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::call_method(ctx, &referent, UNARY[INDEX], &[])
}

const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::Less,
    Comparison::LessEqual,
    Comparison::Greater,
    Comparison::GreaterEqual,
];

fn proxy_compare<const INDEX: usize>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (own, other) = (unproxied(ctx, &args[0])?, unproxied(ctx, &args[1])?);
    protocol::rich_compare(ctx, COMPARISONS[INDEX], &own, &other)
}

fn operator(number: u32) -> BinaryOperator {
    BinaryOperator::from_u32(number).unwrap_or(BinaryOperator::Add)
}

fn proxy_binary<const NUMBER: u32>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (own, other) = (unproxied(ctx, &args[0])?, unproxied(ctx, &args[1])?);
    protocol::binary_op(ctx, operator(NUMBER), &own, &other)
}

fn proxy_reflected<const NUMBER: u32>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (own, other) = (unproxied(ctx, &args[0])?, unproxied(ctx, &args[1])?);
    protocol::binary_op(ctx, operator(NUMBER), &other, &own)
}

fn proxy_call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let referent = unproxied(ctx, &args[0])?;
    protocol::call_keywords(ctx, &referent, positional(&args[1]), &keywords(&args[2]))
}
