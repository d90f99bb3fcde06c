//! `types.SimpleNamespace`: attributes and nothing else.

use super::arguments::{keywords, positional};
use super::ctx::Ctx;
use super::dict::Dict;
use super::heap::Ref;
use super::instance::{Instance, new_instance};
use super::native::PyResult;
use super::protocol::{self, attribute};
use super::string::{Str, intern_value};
use super::tuple;
use super::value::Value;
use crate::code::Comparison;

crate::natives! { pub(crate) static METHODS:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
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
    /// Return state information for pickling
    method "__reduce__(self, /)" => reduce;
    /// Return a copy of the namespace object with new values for the specified attributes.
    method "__replace__(self, /, *args, **changes)" => replace;
    /// member
    getter "__dict__(self)" => namespace;
}

/// A new namespace with the given attributes.
pub fn new_namespace(ctx: &Ctx, attributes: impl IntoIterator<Item = (Value, Value)>) -> Ref<Instance> {
    let object = new_instance(&ctx.types.simple_namespace);
    for (name, value) in attributes {
        object.set_attribute(&intern_value(&name), value);
    }
    object
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match args[0].downcast_ref::<super::class::Class>() {
        Some(class) => Ok(new_instance(class).into_value()),
        None => Err(super::arguments::bad_self(ctx, &args[0], "type")),
    }
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let given = positional(&args[1]);
    if given.len() > 1 {
        let count = given.len();
        let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
        return Err(ctx.type_error(format!("{name} expected at most 1 argument, got {count}")));
    }
    let mut pairs = Vec::new();
    if let Some(source) = given.first() {
        let class = ctx.types.dict.value().clone();
        let made = protocol::call(ctx, &class, std::slice::from_ref(source))?;
        pairs = keywords(&made);
        if pairs.iter().any(|(name, _)| !name.is_kind::<Str>()) {
            return Err(ctx.type_error("keywords must be strings"));
        }
    }
    pairs.extend(keywords(&args[2]));
    let dict = own_dict(ctx, &args[0])?;
    for (name, value) in pairs {
        dict.set_str(&intern_value(&name), value);
    }
    Ok(Value::NONE)
}

fn own_dict(ctx: &mut Ctx, object: &Value) -> PyResult<Ref<Dict>> {
    match attribute::attribute_dict(object).and_then(|dict| dict.downcast::<Dict>()) {
        Some(dict) => Ok(dict),
        None => Err(super::arguments::bad_self(ctx, object, "types.SimpleNamespace")),
    }
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let exact = protocol::with_class(ctx, &args[0], |class| ctx.types.simple_namespace.is(class.to_ref().value()));
    let name =
        if exact { "namespace".to_owned() } else { protocol::with_class(ctx, &args[0], |class| class.name_string()) };
    let dict = own_dict(ctx, &args[0])?;
    let inside = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let mut parts = Vec::new();
        for (key, value) in dict.entries() {
            if let Some(key) = key.downcast_ref::<Str>()
                && !key.as_str().is_empty()
            {
                let shown = protocol::text::repr_string(ctx, &value)?;
                parts.push(format!("{}={shown}", key.as_str()));
            }
        }
        Ok(parts.join(", "))
    })?;
    let inside = inside.unwrap_or_else(|| "...".to_owned());
    Ok(ctx.str(format!("{name}({inside})")))
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let both =
        [&args[0], &args[1]].iter().all(|value| protocol::is_instance_of(ctx, value, &ctx.types.simple_namespace));
    if !both {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (own, other) = (own_dict(ctx, &args[0])?.into_value(), own_dict(ctx, &args[1])?.into_value());
    protocol::rich_compare(ctx, op, &own, &other)
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let dict = own_dict(ctx, &args[0])?.into_value();
    Ok(tuple::new_tuple([class, tuple::new_tuple([]).into_value(), dict]).into_value())
}

fn replace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !positional(&args[1]).is_empty() {
        return Err(ctx.type_error("__replace__() takes no positional arguments"));
    }
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let made = protocol::call(ctx, &class, &[])?;
    let dict = own_dict(ctx, &made)?;
    for (name, value) in own_dict(ctx, &args[0])?.entries() {
        dict.set_str(&name, value);
    }
    for (name, value) in keywords(&args[2]) {
        dict.set_str(&name, value);
    }
    Ok(made)
}

fn namespace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    own_dict(ctx, &args[0]).map(Ref::into_value)
}
