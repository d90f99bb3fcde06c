//! Making instances: what the `__new__` natives of built-in types share, and the calls of classes that need no frame.
//!
//! `int.__new__(cls, x)` may be called with any subclass of `int`, whose instances share the payload but have their own
//! shape. A call of a class runs `__new__` and `__init__`; [`at_once`] knows the frequent classes for which that comes to
//! one native function. Source: Language Reference 3.3.1, `object.__new__`.

use super::class::{Class, Construction, flags};
use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::heap::{Obj, Ref};
use super::instance::new_instance;
use super::iterator::{Iter, collect_at_once, is_built_in, walk_at_once};
use super::kind::Kind;
use super::list::new_list;
use super::native::{Native, NativeCode, PyResult, call_leaf};
use super::set::new_set;
use super::shape::ShapeId;
use super::tuple::new_tuple;
use super::value::Value;
use super::{dict_methods, protocol};

/// The shape for new instances of the class asked for, which must derive from `base`.
///
/// # Errors
/// TypeError when it is no class or not derived from `base`.
#[inline]
pub fn requested_shape(ctx: &mut Ctx, class: &Value, base: &Ref<Class>) -> PyResult<ShapeId> {
    match class.downcast_ref::<Class>() {
        Some(class) if class.is_subclass_of(base) => Ok(class.instance_shape.get()),
        other => Err(wrong_class(ctx, class, other, base)),
    }
}

#[cold]
fn wrong_class(ctx: &mut Ctx, value: &Value, class: Option<&Obj<Class>>, base: &Ref<Class>) -> super::Raised {
    let base = base.name_string();
    match class {
        Some(class) => {
            let name = class.name_string();
            ctx.type_error(format!("{base}.__new__({name}): {name} is not a subtype of {base}"))
        }
        None => {
            let name = protocol::class_name(ctx, value);
            ctx.type_error(format!("{base}.__new__(X): X is not a type object ({name})"))
        }
    }
}

/// Raises TypeError for a method that was handed a foreign `self`. The binder has checked `self` already, so this is never
/// reached by a program; natives use it instead of a panic.
#[cold]
pub fn bad_self(ctx: &mut Ctx, expected: &str, value: &Value) -> super::Raised {
    let name = protocol::class_name(ctx, value);
    ctx.type_error(format!("descriptor requires a '{expected}' object but received a '{name}'"))
}

/// Calls a class, which stands in front of its positional arguments, when that takes neither a frame nor an `__init__`;
/// None when it must be called in the general way.
///
/// # Errors
/// What the class's `__new__` raises.
#[inline]
pub fn at_once(ctx: &mut Ctx, class: &Obj<Class>, args: &[Value]) -> PyResult<Option<Value>> {
    match class.construction.get() {
        Construction::Leaf(def) => match def.code {
            NativeCode::Leaf(leaf) if def.arity.takes(args.len()) => call_leaf(ctx, def, leaf, args).map(Some),
            NativeCode::Leaf(_) | NativeCode::Step(_) | NativeCode::Control(_) => Ok(None),
        },
        Construction::General => {
            if class.has_flag(flags::USER) {
                return Ok(plain_instance(ctx, class, args));
            }
            match args {
                [_] => container(ctx, class, None),
                [_, source] if class.is(ctx.types.type_.value()) => {
                    Ok(Some(protocol::class_of(ctx, source).into_value()))
                }
                [_, source] => container(ctx, class, Some(source)),
                _ => Ok(None),
            }
        }
        Construction::Unknown => {
            class.construction.set(construction(ctx, class));
            at_once(ctx, class, args)
        }
    }
}

/// How a class makes instances.
fn construction(ctx: &Ctx, class: &Obj<Class>) -> Construction {
    let belongs_to_object = |native: &Native| native.owner.get().is(ctx.types.object.value());
    let is_plain = class.header().shape() == ShapeId::exact(Kind::Class)
        && class.has_flag(flags::IMMUTABLE)
        && !class.has_flag(flags::USER)
        && !class.is(ctx.types.type_.value());
    let (new, init) = (class.lookup(&ctx.names.__new__), class.lookup(&ctx.names.__init__));
    match (new.as_ref().and_then(Value::downcast_ref::<Native>), init.as_ref().and_then(Value::downcast_ref::<Native>))
    {
        (Some(new), Some(init))
            if is_plain
                && matches!(new.def.code, NativeCode::Leaf(_))
                && !belongs_to_object(new)
                && belongs_to_object(init) =>
        {
            Construction::Leaf(new.def)
        }
        _ => Construction::General,
    }
}

/// An instance of a program's class that has neither `__new__` nor `__init__`.
fn plain_instance(ctx: &Ctx, class: &Obj<Class>, args: &[Value]) -> Option<Value> {
    let belongs_to_object = |name: &Value| {
        let method = class.lookup(name);
        let native = method.as_ref().and_then(Value::downcast_ref::<Native>);
        native.is_some_and(|native| native.owner.get().is(ctx.types.object.value()))
    };
    let is_plain = args.len() == 1
        && class.header().shape() == ShapeId::exact(Kind::Class)
        && class.layout == Kind::Instance
        && !class.has_flag(flags::ABSTRACT)
        && belongs_to_object(&ctx.names.__new__)
        && belongs_to_object(&ctx.names.__init__);
    is_plain.then(|| new_instance(class).into_value())
}

/// `list()`, `list(x)`, `dict()` and their like, when no iterator is needed.
///
/// # Errors
/// What hashing the items of a new set raises.
pub fn container(ctx: &mut Ctx, class: &Obj<Class>, source: Option<&Value>) -> PyResult<Option<Value>> {
    let types = &ctx.types;
    let exact = |kind: Kind| source.is_some_and(|v| v.header().is_some_and(|h| h.shape() == ShapeId::exact(kind)));
    if class.is(types.list.value()) {
        let items = match source {
            Some(source) => collect_at_once(ctx, source)?,
            None => Some(Vec::new()),
        };
        return Ok(items.map(|items| new_list(items).into_value()));
    }
    if class.is(types.tuple.value()) {
        return Ok(match source {
            Some(source) if exact(Kind::Tuple) => Some(source.clone()),
            Some(source) => collect_at_once(ctx, source)?.map(|items| new_tuple(items).into_value()),
            None => Some(new_tuple([]).into_value()),
        });
    }
    if class.is(types.dict.value()) {
        return Ok(match source {
            Some(source) if exact(Kind::Dict) => {
                source.downcast_ref::<Dict>().map(|dict| dict::from_payload(dict.copied()).into_value())
            }
            // What gives pairs and has no `keys`.
            Some(source) if exact(Kind::List) || source.is_kind::<Iter>() && is_built_in(source) => {
                let (dict, mut number) = (dict::new_dict(), 0);
                let rest = walk_at_once(ctx, source, |ctx, item| {
                    number += 1;
                    dict_methods::insert_pair(ctx, &dict, &item, number - 1).map(|()| true)
                })?;
                if let Some(rest) = rest {
                    if number == 0 {
                        return Ok(None);
                    }
                    for item in protocol::collect(ctx, &rest)? {
                        number += 1;
                        dict_methods::insert_pair(ctx, &dict, &item, number - 1)?;
                    }
                }
                Some(dict.into_value())
            }
            Some(_) => None,
            None => Some(dict::new_dict().into_value()),
        });
    }
    if class.is(types.set.value()) && (source.is_none() || exact(Kind::List) || exact(Kind::Tuple) || exact(Kind::Set))
    {
        let set = new_set();
        if let Some(source) = source {
            set.update(ctx, source)?;
        }
        return Ok(Some(set.into_value()));
    }
    Ok(None)
}
