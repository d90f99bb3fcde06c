//! `types.GenericAlias` (`list[int]`) and `types.UnionType` (`int | str`).
//!
//! Both are notes for readers and type checkers: a generic alias behaves like its origin in nearly everything, a union
//! is good for `isinstance`. *Parameters* are the type variables among the arguments (anything that knows
//! `__typing_subst__`); subscribing an alias puts arguments in their place. Source: PEP 585, 604, 612 and 646.

use super::arguments::{bad_self, keywords, positional, text_of};
use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Obj, Payload, Slot, alloc};
use super::kind::Kind;
use super::list::{List, new_list};
use super::native::PyResult;
use super::protocol::{self, attribute};
use super::shape::ShapeId;
use super::string::{Str, intern};
use super::tuple::{self, Tuple};
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq;
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => call;
    /// Return getattr(self, name).
    method "__getattribute__(self, name, /)" => getattribute;
    /// Return self[key].
    method "__getitem__(self, key, /)" => getitem;
    /// Implement iter(self).
    method "__iter__(self, /)" => iter;
    /// Return self|value.
    method "__or__(self, value, /)" => or;
    /// Return value|self.
    method "__ror__(self, value, /)" => ror;
    method "__mro_entries__(self, bases, /)" => mro_entries;
    method "__instancecheck__(self, instance, /)" => instance_check;
    method "__subclasscheck__(self, subclass, /)" => subclass_check;
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
    method "__dir__(self, /)" => dir;
    /// member
    getter "__origin__(self)" => origin;
    /// member
    getter "__args__(self)" => arguments;
    /// member
    getter "__unpacked__(self)" => unpacked;
    /// Type variables in the GenericAlias.
    getter "__parameters__(self)" => parameters;
    getter "__typing_unpacked_tuple_args__(self)" => unpacked_tuple_args;
}

crate::natives! { pub(crate) static UNION_METHODS:
    /// Return repr(self).
    method "__repr__(self, /)" => union_repr;
    /// Return hash(self).
    method "__hash__(self, /)" => union_hash;
    /// Return self==value.
    method "__eq__(self, value, /)" => union_eq;
    /// Return self[key].
    method "__getitem__(self, key, /)" => union_getitem;
    /// Return self|value.
    method "__or__(self, value, /)" => or;
    /// Return value|self.
    method "__ror__(self, value, /)" => ror;
    method "__instancecheck__(self, instance, /)" => union_instance_check;
    method "__subclasscheck__(self, subclass, /)" => union_subclass_check;
    /// member
    getter "__args__(self)" => arguments;
    /// Type variables in the types.UnionType.
    getter "__parameters__(self)" => parameters;
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
pub fn class_getitem(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_alias(args[0].clone(), args[1].clone()))
}

/// `a | b` between types; NotImplemented when one of them is no type.
///
/// # Errors
/// What comparing the members raises.
pub fn union_of(ctx: &mut Ctx, a: &Value, b: &Value) -> PyResult {
    if !can_be_member(ctx, a) || !can_be_member(ctx, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let mut members: Vec<Value> = Vec::new();
    for side in [a, b] {
        for candidate in flattened(ctx, side) {
            let mut known = false;
            for member in &members {
                known = protocol::equal(ctx, member, &candidate)?;
                if known {
                    break;
                }
            }
            if !known {
                members.push(candidate);
            }
        }
    }
    if let [only] = members.as_slice() {
        return Ok(only.clone());
    }
    Ok(new_union(members))
}

fn new_union(members: Vec<Value>) -> Value {
    let union = GenericAlias {
        origin: Slot::new(Value::NONE),
        args: Slot::new(tuple::new_tuple(members).into_value()),
        parameters: Slot::new(Value::EMPTY),
        unpacked: false,
    };
    alloc(SHAPE_UNION, union).into_value()
}

fn is_union(value: &Value) -> bool {
    value.header().is_some_and(|header| header.shape() == SHAPE_UNION)
}

fn can_be_member(ctx: &Ctx, value: &Value) -> bool {
    value.is_none() || value.is_kind::<Class>() || value.is_kind::<GenericAlias>() || is_type_variable(ctx, value)
}

fn is_type_variable(ctx: &Ctx, value: &Value) -> bool {
    protocol::with_class(ctx, value, |class| {
        class.namespace().get_str(&ctx.names.__module__).is_some_and(|module| text_of(&module) == "typing")
            && matches!(class.name_string().as_str(), "TypeVar" | "TypeAliasType")
    })
}

fn flattened(ctx: &Ctx, value: &Value) -> Vec<Value> {
    if value.is_none() {
        return vec![ctx.types.none_type.value().clone()];
    }
    match value.downcast_ref::<GenericAlias>() {
        Some(union) if is_union(value) => positional(&union.args.get()).to_vec(),
        _ => vec![value.clone()],
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<GenericAlias>> {
    match value.downcast_ref::<GenericAlias>() {
        Some(alias) => Ok(alias),
        None => Err(bad_self(ctx, value, "types.GenericAlias")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(bad_self(ctx, &args[0], "type")) };
    if !keywords(&args[2]).is_empty() {
        return Err(ctx.type_error("GenericAlias() takes no keyword arguments"));
    }
    let [origin, items] = positional(&args[1]) else {
        let count = positional(&args[1]).len();
        return Err(ctx.type_error(format!("GenericAlias expected 2 arguments, got {count}")));
    };
    let items = if items.is_kind::<Tuple>() { items.clone() } else { tuple::new_tuple([items.clone()]).into_value() };
    let payload = GenericAlias {
        origin: Slot::new(origin.clone()),
        args: Slot::new(items),
        parameters: Slot::new(Value::EMPTY),
        unpacked: false,
    };
    Ok(alloc(class.instance_shape.get(), payload).into_value())
}

/// A type as it stands in the repr of an alias.
fn shown(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    if value.is(&Value::ELLIPSIS) {
        return Ok("...".to_owned());
    }
    if let Some(list) = value.downcast_ref::<List>() {
        // The parameters of a callable: Callable[[int, str], bool].
        let mut parts = Vec::new();
        for item in list.to_vec() {
            parts.push(shown(ctx, &item)?);
        }
        return Ok(format!("[{}]", parts.join(", ")));
    }
    let names = [ctx.names.__origin__.clone(), ctx.names.__args__.clone()];
    let has_origin = protocol::get_attr_optional(ctx, value, &names[0])?.is_some();
    if !has_origin || protocol::get_attr_optional(ctx, value, &names[1])?.is_none() {
        let (qualname, module) = (ctx.names.__qualname__.clone(), ctx.names.__module__.clone());
        if let Some(name) = protocol::get_attr_optional(ctx, value, &qualname)?
            && let Some(module) = protocol::get_attr_optional(ctx, value, &module)?
            && !module.is_none()
        {
            let (name, module) = (protocol::text::str_string(ctx, &name)?, protocol::text::str_string(ctx, &module)?);
            return Ok(if module == "builtins" { name } else { format!("{module}.{name}") });
        }
    }
    protocol::text::repr_string(ctx, value)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let alias = this(ctx, &args[0])?;
    let (origin, items) = (alias.origin.get(), alias.args.get());
    let star = if alias.unpacked { "*" } else { "" };
    let origin = shown(ctx, &origin)?;
    let mut parts = Vec::new();
    for item in positional(&items) {
        parts.push(shown(ctx, item)?);
    }
    let inside = if parts.is_empty() { "()".to_owned() } else { parts.join(", ") };
    Ok(ctx.str(format!("{star}{origin}[{inside}]")))
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let alias = this(ctx, &args[0])?;
    let (origin, items) = (alias.origin.get(), alias.args.get());
    let hash = protocol::hash(ctx, &origin)? ^ protocol::hash(ctx, &items)?;
    Ok(super::int::from_i64(if hash == -1 { -2 } else { hash }))
}

fn eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let alias = this(ctx, &args[0])?;
    let Some(other) = args[1].downcast_ref::<GenericAlias>().filter(|_| !is_union(&args[1])) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if alias.unpacked != other.unpacked {
        return Ok(Value::FALSE);
    }
    let pairs = [(alias.origin.get(), other.origin.get()), (alias.args.get(), other.args.get())];
    for (a, b) in pairs {
        if !protocol::equal(ctx, &a, &b)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let origin = this(ctx, &args[0])?.origin.get();
    let made = protocol::call_keywords(ctx, &origin, positional(&args[1]), &keywords(&args[2]))?;
    // The object may keep what it was made of, if it can have attributes at all.
    if let Err(raised) = protocol::set_attr(ctx, &made, &intern("__orig_class__"), args[0].clone()) {
        let classes = [ctx.exceptions.AttributeError.clone(), ctx.exceptions.TypeError.clone()];
        if !classes.iter().any(|class| ctx.raised_is(class)) {
            return Err(raised);
        }
        drop(ctx.take_raised(raised));
    }
    Ok(made)
}

/// Attributes that an alias has itself; any other is its origin's.
const OWN_ATTRIBUTES: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__bases__",
    "__copy__",
    "__deepcopy__",
];

/// An attribute of an alias or union.
///
/// # Errors
/// AttributeError; what the origin's attribute raises.
pub fn get_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    let own =
        is_union(object) || name.downcast_ref::<Str>().is_some_and(|name| OWN_ATTRIBUTES.contains(&name.as_str()));
    if own {
        if let Some(value) = attribute::generic_lookup(ctx, object, name)? {
            return Ok(value);
        }
        return Err(protocol::no_attribute(ctx, object, name));
    }
    let origin = this(ctx, object)?.origin.get();
    protocol::get_attr(ctx, &origin, name)
}

fn getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = super::string::intern_value(&args[1]);
    get_attr(ctx, &args[0], &name)
}

/// The type variables among arguments, each once, in order.
fn find_parameters(ctx: &mut Ctx, items: &[Value]) -> PyResult<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    let subst = ctx.names.__typing_subst__.clone();
    let parameters = ctx.names.__parameters__.clone();
    for item in items {
        if item.is_kind::<Class>() {
            continue;
        }
        let nested = if item.is_kind::<Tuple>() || item.is_kind::<List>() {
            let inner = protocol::collect(ctx, item)?;
            find_parameters(ctx, &inner)?
        } else if protocol::get_attr_optional(ctx, item, &subst)?.is_some() {
            vec![item.clone()]
        } else {
            match protocol::get_attr_optional(ctx, item, &parameters)? {
                Some(inner) => positional(&inner).to_vec(),
                None => Vec::new(),
            }
        };
        for parameter in nested {
            if !found.iter().any(|known| known.is(&parameter)) {
                found.push(parameter);
            }
        }
    }
    Ok(found)
}

fn parameters(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let alias = this(ctx, &args[0])?;
    if alias.parameters.is_empty() {
        let items = alias.args.get();
        let found = find_parameters(ctx, positional(&items))?;
        alias.parameters.set(tuple::new_tuple(found).into_value());
    }
    Ok(alias.parameters.get())
}

/// The arguments with the parameters replaced by what `key` gives.
fn substituted(ctx: &mut Ctx, object: &Value, key: &Value) -> PyResult<Vec<Value>> {
    let wanted = parameters(ctx, std::slice::from_ref(object))?;
    let wanted = positional(&wanted).to_vec();
    if wanted.is_empty() {
        let text = protocol::text::repr_string(ctx, object)?;
        return Err(ctx.type_error(format!("{text} is not a generic class")));
    }
    let mut key = key.clone();
    for parameter in &wanted {
        if let Some(prepare) = protocol::get_attr_optional(ctx, parameter, &intern("__typing_prepare_subst__"))?
            && !prepare.is_none()
        {
            let given = if key.is_kind::<Tuple>() { key } else { tuple::new_tuple([key]).into_value() };
            key = protocol::call(ctx, &prepare, &[object.clone(), given])?;
        }
    }
    let given = if key.is_kind::<Tuple>() { positional(&key).to_vec() } else { vec![key] };
    if given.len() != wanted.len() {
        let (actual, expected) = (given.len(), wanted.len());
        let text = protocol::text::repr_string(ctx, object)?;
        let what = if actual > expected { "many" } else { "few" };
        let least = if actual > expected { "" } else { "at least " };
        let message = format!("Too {what} arguments for {text}; actual {actual}, expected {least}{expected}");
        return Err(ctx.type_error(message));
    }
    let items = this(ctx, object)?.args.get();
    let mut result = Vec::new();
    for item in positional(&items) {
        substitute(ctx, item, &wanted, &given, &mut result)?;
    }
    Ok(result)
}

fn substitute(ctx: &mut Ctx, item: &Value, wanted: &[Value], given: &[Value], result: &mut Vec<Value>) -> PyResult<()> {
    if item.is_kind::<Class>() {
        result.push(item.clone());
        return Ok(());
    }
    if item.is_kind::<Tuple>() || item.is_kind::<List>() {
        let mut inner = Vec::new();
        for part in protocol::collect(ctx, item)? {
            substitute(ctx, &part, wanted, given, &mut inner)?;
        }
        let list = item.is_kind::<List>();
        result.push(if list { new_list(inner).into_value() } else { tuple::new_tuple(inner).into_value() });
        return Ok(());
    }
    let place = wanted.iter().position(|parameter| parameter.is(item));
    let subst = ctx.names.__typing_subst__.clone();
    if let Some(place) = place
        && let Some(subst) = protocol::get_attr_optional(ctx, item, &subst)?
    {
        let value = protocol::call(ctx, &subst, &given[place..=place])?;
        let variadic = protocol::get_attr_optional(ctx, item, &intern("__typing_is_unpacked_typevartuple__"))?;
        let variadic = match variadic {
            Some(mark) => protocol::truth(ctx, &mark)?,
            None => false,
        };
        if variadic && value.is_kind::<Tuple>() {
            result.extend(positional(&value).iter().cloned());
        } else {
            result.push(value);
        }
        return Ok(());
    }
    let name = ctx.names.__parameters__.clone();
    let inner = match protocol::get_attr_optional(ctx, item, &name)? {
        Some(inner) => positional(&inner).to_vec(),
        None => Vec::new(),
    };
    if inner.is_empty() {
        result.push(item.clone());
        return Ok(());
    }
    let mut parts = Vec::new();
    for parameter in &inner {
        match wanted.iter().position(|known| known.is(parameter)) {
            Some(place) => parts.push(given[place].clone()),
            None => parts.push(parameter.clone()),
        }
    }
    let key = if parts.len() == 1 { parts.remove(0) } else { tuple::new_tuple(parts).into_value() };
    result.push(protocol::get_item(ctx, item, &key)?);
    Ok(())
}

fn getitem(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = substituted(ctx, &args[0], &args[1])?;
    let alias = this(ctx, &args[0])?;
    let made = GenericAlias {
        origin: Slot::new(alias.origin.get()),
        args: Slot::new(tuple::new_tuple(items).into_value()),
        parameters: Slot::new(Value::EMPTY),
        unpacked: alias.unpacked,
    };
    Ok(alloc(ShapeId::exact(Kind::GenericAlias), made).into_value())
}

fn iter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // `*tuple[int, ...]` in a subscript: the one item is the alias marked as unpacked.
    let alias = this(ctx, &args[0])?;
    let starred = GenericAlias {
        origin: Slot::new(alias.origin.get()),
        args: Slot::new(alias.args.get()),
        parameters: Slot::new(Value::EMPTY),
        unpacked: true,
    };
    let item = alloc(ShapeId::exact(Kind::GenericAlias), starred).into_value();
    let list = new_list(vec![item]).into_value();
    protocol::iter(ctx, &list)
}

fn or(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    union_of(ctx, &args[0], &args[1])
}

fn ror(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    union_of(ctx, &args[1], &args[0])
}

fn mro_entries(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(tuple::new_tuple([this(ctx, &args[0])?.origin.get()]).into_value())
}

fn instance_check(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    Err(ctx.type_error("isinstance() argument 2 cannot be a parameterized generic"))
}

fn subclass_check(ctx: &mut Ctx, _: &[Value]) -> PyResult {
    Err(ctx.type_error("issubclass() argument 2 cannot be a parameterized generic"))
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let alias = this(ctx, &args[0])?;
    let class = ctx.types.generic_alias.value().clone();
    let parts = tuple::new_tuple([alias.origin.get(), alias.args.get()]).into_value();
    Ok(tuple::new_tuple([class, parts]).into_value())
}

fn dir(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let origin = this(ctx, &args[0])?.origin.get();
    let names = super::dict::new_dict();
    super::object::merge_class_names(ctx, &names, &origin)?;
    for name in OWN_ATTRIBUTES {
        names.set_str(&intern(name), Value::NONE);
    }
    Ok(new_list(names.entries().into_iter().map(|(name, _)| name).collect()).into_value())
}

fn origin(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.origin.get())
}

fn arguments(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.args.get())
}

fn unpacked(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(Value::bool(this(ctx, &args[0])?.unpacked))
}

fn unpacked_tuple_args(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let alias = this(ctx, &args[0])?;
    let is_tuple = ctx.types.tuple.is(&alias.origin.get());
    Ok(if alias.unpacked && is_tuple { alias.args.get() } else { Value::NONE })
}

fn union_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = this(ctx, &args[0])?.args.get();
    let mut parts = Vec::new();
    for item in positional(&items) {
        let none = ctx.types.none_type.is(item);
        parts.push(if none { "None".to_owned() } else { shown(ctx, item)? });
    }
    Ok(ctx.str(parts.join(" | ")))
}

fn union_hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = this(ctx, &args[0])?.args.get();
    let mut hashes = Vec::new();
    for item in positional(&items) {
        hashes.push(protocol::hash(ctx, item)?);
    }
    Ok(super::int::from_i64(crate::text::hashing::frozenset(hashes)))
}

fn union_eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !is_union(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (own, other) = (this(ctx, &args[0])?.args.get(), this(ctx, &args[1])?.args.get());
    let (own, other) = (positional(&own), positional(&other));
    if own.len() != other.len() {
        return Ok(Value::FALSE);
    }
    for item in own {
        let mut found = false;
        for candidate in other {
            found = protocol::equal(ctx, item, candidate)?;
            if found {
                break;
            }
        }
        if !found {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn union_getitem(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = substituted(ctx, &args[0], &args[1])?;
    let mut items = items.into_iter();
    let mut result = items.next().unwrap_or(Value::NONE);
    for item in items {
        result = protocol::binary_op(ctx, crate::code::BinaryOperator::Or, &result, &item)?;
    }
    Ok(result)
}

fn union_instance_check(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = this(ctx, &args[0])?.args.get();
    for item in positional(&items) {
        if protocol::is_instance(ctx, &args[1], item)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn union_subclass_check(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !args[1].is_kind::<Class>() {
        return Err(ctx.type_error("issubclass() arg 1 must be a class"));
    }
    let items = this(ctx, &args[0])?.args.get();
    for item in positional(&items) {
        if protocol::is_subclass(ctx, &args[1], item)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}
