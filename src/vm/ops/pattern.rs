//! Pattern matching (PEP 634).

use smallvec::SmallVec;

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::kind::Kind;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::shape::ShapeId;
use crate::objects::string::Str;
use crate::objects::tuple::{self, Tuple};
use crate::objects::value::Value;

/// What a class pattern collects; most name a few attributes.
type Attributes = SmallVec<[Value; 4]>;

/// Whether a mapping pattern can match.
pub(crate) fn is_mapping(ctx: &Ctx, subject: &Value) -> bool {
    protocol::with_class(ctx, subject, |class| class.has_flag(flags::MAPPING))
}

/// Whether a sequence pattern can match.
pub(crate) fn is_sequence(ctx: &Ctx, subject: &Value) -> bool {
    protocol::with_class(ctx, subject, |class| class.has_flag(flags::SEQUENCE))
}

/// The values of the keys as a tuple, None when one is missing.
///
/// # Errors
/// ValueError for repeated keys; what the mapping raises.
pub(crate) fn match_keys(ctx: &mut Ctx, subject: &Value, keys: &Value) -> PyResult {
    let (subject, keys) = (subject.clone(), keys.clone());
    let Some(keys) = keys.downcast_ref::<Tuple>() else { return Ok(Value::NONE) };
    let seen = crate::objects::dict::new_dict();
    let get = ctx.names.get.clone();
    let mut method = None;
    let mut values = Vec::with_capacity(keys.len());
    for key in keys.items() {
        if seen.insert(ctx, key.clone(), Value::NONE)?.is_some() {
            let text = protocol::text::repr_string(ctx, key)?;
            return Err(ctx.value_error(format!("mapping pattern checks duplicate key ({text})")));
        }
        if let Some(dict) = subject.downcast_ref::<Dict>()
            && crate::objects::dict::is_exact(dict)
        {
            match dict.get(ctx, key)? {
                Some(value) => values.push(value),
                None => return Ok(Value::NONE),
            }
            continue;
        }
        // `get` with a default that no program can have, so that __missing__ is not called.
        let getter = match &method {
            Some(getter) => getter,
            None => method.insert(protocol::get_attr(ctx, &subject, &get)?),
        };
        let getter = getter.clone();
        let marker = seen.value().clone();
        let value = protocol::call(ctx, &getter, &[key.clone(), marker.clone()])?;
        if value.is(&marker) {
            return Ok(Value::NONE);
        }
        values.push(value);
    }
    Ok(tuple::new_tuple(values).into_value())
}

/// The attributes that a class pattern wants as a tuple, None when the subject does not match.
///
/// # Errors
/// TypeError for a wrong pattern; what attribute access raises, AttributeError excepted.
pub(crate) fn match_class(ctx: &mut Ctx, subject: &Value, class: &Value, positional: usize, names: &Value) -> PyResult {
    let (subject, class_value, names) = (subject.clone(), class.clone(), names.clone());
    let Some(class) = class_value.downcast_ref::<Class>() else {
        let class = protocol::class_name(ctx, &class_value);
        let _ = class;
        return Err(ctx.type_error("called match pattern must be a class"));
    };
    if !protocol::is_instance(ctx, &subject, &class_value)? {
        return Ok(Value::NONE);
    }
    let mut values = Attributes::new();
    let mut seen = Attributes::new();
    if positional > 0 {
        match match_args(ctx, &class_value, class)? {
            Some(args) => {
                let Some(args) = args.downcast::<Tuple>() else {
                    let (name, got) = (class.name_string(), protocol::class_name(ctx, &args));
                    return Err(ctx.type_error(format!("{name}.__match_args__ must be a tuple (got {got})")));
                };
                check_count(ctx, class, args.len(), positional)?;
                for name in args.items().iter().take(positional) {
                    if !name.is_kind::<Str>() {
                        let (got, own) = (protocol::class_name(ctx, name), class.name_string());
                        let _ = own;
                        return Err(ctx.type_error(format!("__match_args__ elements must be strings (got {got})")));
                    }
                    match attribute(ctx, class, &subject, name, &mut seen)? {
                        Some(value) => values.push(value),
                        None => return Ok(Value::NONE),
                    }
                }
            }
            None if matches_self(ctx, class) => {
                check_count(ctx, class, 1, positional)?;
                values.push(subject.clone());
            }
            None => check_count(ctx, class, 0, positional)?,
        }
    }
    if let Some(names) = names.downcast_ref::<Tuple>() {
        for name in names.items() {
            match attribute(ctx, class, &subject, name, &mut seen)? {
                Some(value) => values.push(value),
                None => return Ok(Value::NONE),
            }
        }
    }
    Ok(tuple::new_tuple(values).into_value())
}

/// `__match_args__` of a class.
fn match_args(ctx: &mut Ctx, class_value: &Value, class: &Class) -> PyResult<Option<Value>> {
    // Class `type` has no such attribute, and a tuple is no descriptor.
    if class_value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Class))
        && let Some(found) = class.lookup(&ctx.names.__match_args__)
        && found.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Tuple))
    {
        return Ok(Some(found));
    }
    let name = ctx.names.__match_args__.clone();
    protocol::get_attr_optional(ctx, class_value, &name)
}

fn check_count(ctx: &mut Ctx, class: &Class, allowed: usize, given: usize) -> PyResult<()> {
    if given <= allowed {
        return Ok(());
    }
    let name = class.name_string();
    let s = if allowed == 1 { "" } else { "s" };
    Err(ctx.type_error(format!("{name}() accepts {allowed} positional sub-pattern{s} ({given} given)")))
}

fn attribute(
    ctx: &mut Ctx,
    class: &Class,
    subject: &Value,
    name: &Value,
    seen: &mut Attributes,
) -> PyResult<Option<Value>> {
    let name = crate::objects::string::intern_value(name);
    if seen.iter().any(|earlier| earlier.is(&name)) {
        let (class, text) = (class.name_string(), protocol::text::repr_string(ctx, &name)?);
        return Err(ctx.type_error(format!("{class}() got multiple sub-patterns for attribute {text}")));
    }
    seen.push(name.clone());
    protocol::get_attr_optional(ctx, subject, &name)
}

/// The built-in classes whose single positional sub-pattern matches the subject itself.
fn matches_self(ctx: &Ctx, class: &Class) -> bool {
    let types = &ctx.types;
    [
        &types.bool_,
        &types.bytearray,
        &types.bytes,
        &types.dict,
        &types.float,
        &types.frozenset,
        &types.int,
        &types.list,
        &types.set,
        &types.str_,
        &types.tuple,
    ]
    .into_iter()
    .any(|own| class.is_subclass_of(own))
}
