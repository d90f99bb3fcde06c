//! Attribute instructions on a cache miss: the full lookup, then filling the cache.
//!
//! A cache of `LoadAttr` and `StoreAttr` is (shape, class epoch, inline place, next shape); one of `LoadMethod` is (shape,
//! class epoch, the two halves of the function's word). The function is not counted: it stays alive because the class
//! holds it as long as the epoch is the same.

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::descriptor::{Member, Property};
use crate::objects::function::Function;
use crate::objects::heap::Obj;
use crate::objects::instance::Instance;
use crate::objects::kind::Kind;
use crate::objects::module::Module;
use crate::objects::native::{Native, PyResult, Role};
use crate::objects::protocol;
use crate::objects::protocol::attribute::{is_data_descriptor, own_attribute};
use crate::objects::shape::{ShapeId, class_epoch};
use crate::objects::string::Str;
use crate::objects::value::Value;

/// Cache words behind an attribute instruction.
pub(crate) type CacheWords = [u32; 4];

/// In the first of them, where otherwise a shape is: they hold the keys version of a module's namespace, which no other
/// dict has, and a place in it. No shape has this number.
const OF_MODULE: u32 = u32::MAX;

fn default_getattribute(ctx: &Ctx, object: &Value) -> bool {
    protocol::lookup_special(ctx, object, &ctx.names.__getattribute__).is_none_or(|hook| hook.is_kind::<Native>())
}

/// What `LoadAttr` found.
pub(crate) enum Loaded {
    /// The attribute.
    Value(Value),
    /// The getter of a property, a Python function of one parameter, which is to be called with the object.
    Getter(Value),
}

/// `LoadAttr` on a cache miss.
///
/// # Errors
/// What the lookup raises.
#[inline(never)]
pub(crate) fn load(ctx: &mut Ctx, object: &Value, name: &Value, cache: &mut CacheWords) -> PyResult<Loaded> {
    if let Some(instance) = object.downcast_ref::<Instance>()
        && default_getattribute(ctx, object)
    {
        let shape = instance.header().shape();
        let found = protocol::lookup_special(ctx, object, name);
        match found.as_ref().and_then(|found| found.header()).map(|header| header.kind()) {
            Some(Kind::Property) => {
                // An AttributeError that the getter raises makes the lookup go on with `__getattr__`.
                if protocol::lookup_special(ctx, object, &ctx.names.__getattr__).is_none()
                    && let Some(getter) = found.as_ref().and_then(|found| direct_getter(ctx, found))
                {
                    return Ok(Loaded::Getter(getter));
                }
            }
            Some(Kind::Member) => {
                if let Some(member) = found.as_ref().and_then(|found| found.downcast_ref::<Member>())
                    && shape.with_class(|class| {
                        member.owner.get().downcast_ref::<Class>().is_some_and(|owner| class.is_subclass_of(owner))
                    })
                    && let Some(slot) = instance.member(usize::from(member.index))
                    && !slot.is_empty()
                {
                    *cache = [shape.to_bits(), class_epoch(), u32::from(member.index), 0];
                    return Ok(Loaded::Value(slot.get()));
                }
            }
            _ => {
                if !shape.is_dict_shape()
                    && let Some(index) = shape.find(name)
                    && !found.is_some_and(|found| is_data_descriptor(ctx, &found))
                {
                    if let Some(place) = instance.inline_place(index) {
                        *cache = [shape.to_bits(), class_epoch(), place as u32, 0];
                    }
                    return Ok(Loaded::Value(instance.slot_value(index)));
                }
            }
        }
    }
    protocol::get_attr(ctx, object, name).map(Loaded::Value)
}

/// The getter of a plain property, when it can be run as a frame at once.
fn direct_getter(ctx: &Ctx, found: &Value) -> Option<Value> {
    let property = found.downcast_ref::<Property>()?;
    if property.header().shape() != ShapeId::exact(Kind::Property) || ctx.depth >= ctx.recursion_limit {
        return None;
    }
    let getter = property.getter.get();
    let direct = getter.downcast_ref::<Function>()?.with_code(|code| code.direct_arg_count == 1);
    direct.then_some(getter)
}

/// `LoadMethod`: the callable, and whether the object is its self.
///
/// # Errors
/// What the lookup raises.
#[inline(never)]
pub(crate) fn load_method(
    ctx: &mut Ctx,
    object: &Value,
    name: &Value,
    cache: &mut CacheWords,
) -> PyResult<(Value, bool)> {
    if let Some(found) = module_variable(object, name, cache) {
        return Ok((found, false));
    }
    if matches!(object.header().map(|header| header.kind()), Some(Kind::Class | Kind::Super | Kind::Module))
        || !default_getattribute(ctx, object)
    {
        return protocol::get_attr(ctx, object, name).map(|value| (value, false));
    }
    let Some(found) = protocol::lookup_special(ctx, object, name) else {
        return protocol::get_attr(ctx, object, name).map(|value| (value, false));
    };
    let is_method = found.is_kind::<Function>()
        || found
            .downcast_ref::<Native>()
            .is_some_and(|native| native.def.role == Role::Method && native.this.is_empty());
    if !is_method {
        return protocol::get_attr(ctx, object, name).map(|value| (value, false));
    }
    if let Some(own) = own_attribute(object, name) {
        return Ok((own, false));
    }
    if let Some(header) = object.header() {
        // The shape implies that the instance itself has no such attribute, unless it keeps a dict.
        let cacheable = match header.kind() {
            Kind::Instance => !header.shape().is_dict_shape(),
            _ => protocol::attribute::dict_slot(object).is_none(),
        };
        if cacheable {
            let bits = found.bits();
            *cache = [header.shape().to_bits(), class_epoch(), bits as u32, (bits >> 32) as u32];
        }
    }
    Ok((found, true))
}

/// A variable of a module, whose name is none that class `module` has something to say about.
fn module_variable(object: &Value, name: &Value, cache: &mut CacheWords) -> Option<Value> {
    let module = object.downcast_ref::<Module>()?;
    if cache[0] == OF_MODULE && cache[1] == module.dict.current_keys_version() {
        return module.dict.value_at(cache[2] as usize);
    }
    if module.header().shape() != ShapeId::exact(Kind::Module) || name.downcast_ref::<Str>()?.as_str().starts_with('_')
    {
        return None;
    }
    let index = module.dict.index_of_str(name)?;
    *cache = [OF_MODULE, module.dict.keys_version(), index as u32, 0];
    module.dict.value_at(index)
}

/// `StoreAttr`
///
/// # Errors
/// What the store raises.
#[inline(never)]
pub(crate) fn store(ctx: &mut Ctx, object: &Value, name: &Value, value: Value, cache: &mut CacheWords) -> PyResult<()> {
    if let Some(instance) = object.downcast_ref::<Instance>() {
        let shape = instance.header().shape();
        let plain = shape.with_class(|class| class.has_flag(flags::HAS_DICT))
            && !shape.is_dict_shape()
            && protocol::lookup_special(ctx, object, &ctx.names.__setattr__)
                .is_none_or(|hook| hook.is_kind::<Native>())
            && protocol::lookup_special(ctx, object, name).is_none_or(|found| !is_data_descriptor(ctx, &found));
        if plain {
            let before = shape.find(name);
            let object = object.clone();
            instance.set_attribute(name, value);
            let after = instance.header().shape();
            let index = before.or_else(|| after.find(name));
            if !after.is_dict_shape()
                && let Some(place) = index.and_then(|index| instance.inline_place(index))
            {
                let next = if after == shape { 0 } else { after.to_bits() };
                *cache = [shape.to_bits(), class_epoch(), place as u32, next];
            }
            drop(object);
            return Ok(());
        }
    }
    let object = object.clone();
    if object.header().is_some_and(|header| header.kind() == Kind::Exception && !header.shape().is_user()) {
        // The built-in exceptions have the plain `__setattr__`.
        return protocol::attribute::generic_set_attr(ctx, &object, name, Some(value));
    }
    protocol::set_attr(ctx, &object, name, value)
}

fn plain_super(ctx: &Ctx, function: &Value) -> bool {
    function.is(ctx.types.super_.value())
}

/// `LoadSuperAttr`
///
/// # Errors
/// What the lookup raises.
pub(crate) fn load_super(ctx: &mut Ctx, function: &Value, class: &Value, this: &Value, name: &Value) -> PyResult {
    let (function, class, this) = (function.clone(), class.clone(), this.clone());
    let object = protocol::call(ctx, &function, &[class, this])?;
    protocol::get_attr(ctx, &object, name)
}

/// `LoadSuperMethod`: callable and self (or the empty word).
///
/// # Errors
/// What the lookup raises.
pub(crate) fn load_super_method(
    ctx: &mut Ctx,
    function: &Value,
    class: &Value,
    this: &Value,
    name: &Value,
) -> PyResult<(Value, Value)> {
    if plain_super(ctx, function)
        && let Some(class) = class.downcast_ref::<Class>()
        && protocol::is_instance_of(ctx, this, class)
        && !this.is_kind::<Class>()
        && let Some(found) = lookup_after(ctx, class, this, name)
        && (found.is_kind::<Function>()
            || found
                .downcast_ref::<Native>()
                .is_some_and(|native| native.def.role == Role::Method && native.this.is_empty()))
    {
        return Ok((found, this.clone()));
    }
    load_super(ctx, function, class, this, name).map(|value| (value, Value::EMPTY))
}

fn lookup_after(ctx: &Ctx, class: &Obj<Class>, this: &Value, name: &Value) -> Option<Value> {
    protocol::with_class(ctx, this, |own| own.lookup_after(class, name))
}
