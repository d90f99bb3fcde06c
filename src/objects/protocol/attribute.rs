//! Attribute access: descriptors, instance attributes, class attributes, `__getattr__`.
//!
//! Source: "Implementing Descriptors" and "Customizing attribute access" of the Language Reference.

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::descriptor::{Member, Property, SHAPE_CLASSMETHOD, Wrapper};
use crate::objects::dict::{self, Dict};
use crate::objects::exception::Exception;
use crate::objects::foreign::Foreign;
use crate::objects::function::{Function, new_bound_method};
use crate::objects::heap::{Obj, Slot};
use crate::objects::instance::Instance;
use crate::objects::kind::Kind;
use crate::objects::module::Module;
use crate::objects::native::{Native, NativeCode, PyResult, Raised, Role};
use crate::objects::string::{Str, intern_value};
use crate::objects::tuple::Tuple;
use crate::objects::types::bind_native;
use crate::objects::value::Value;

use super::{call, call_special, class_of, lookup_special, with_class};

/// `object.name`
///
/// # Errors
/// AttributeError; whatever descriptors and `__getattr__` raise.
pub fn get_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    let name = &intern_value(name);
    let hook = lookup_special(ctx, object, &ctx.names.__getattribute__);
    let result = match &hook {
        Some(hook) if hook.downcast_ref::<Native>().is_none() => {
            super::call_unbound(ctx, hook, object, std::slice::from_ref(name))
        }
        _ => default_get_attr(ctx, object, name),
    };
    match result {
        Err(raised) if ctx.raised_is(&ctx.exceptions.AttributeError.clone()) => {
            match lookup_special(ctx, object, &ctx.names.__getattr__) {
                Some(fallback) => {
                    let original = ctx.take_raised(raised);
                    drop(original);
                    super::call_unbound(ctx, &fallback, object, std::slice::from_ref(name))
                        .map_err(|raised| with_context(ctx, raised, object, name))
                }
                None => Err(with_context(ctx, raised, object, name)),
            }
        }
        other => other,
    }
}

/// Tells an AttributeError that knows neither name nor object what was asked of what, for suggestions.
fn with_context(ctx: &mut Ctx, raised: Raised, object: &Value, name: &Value) -> Raised {
    if ctx.raised_is(&ctx.exceptions.AttributeError)
        && let Some(payload) = ctx.raised.downcast_ref::<Exception>()
        && payload.field(0).is_none()
        && payload.field(1).is_none()
    {
        payload.set_field(0, name.clone());
        payload.set_field(1, object.clone());
    }
    raised
}

/// `getattr(object, name, None)` that tells an absent attribute from other errors.
///
/// # Errors
/// Anything but AttributeError.
pub fn get_attr_optional(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult<Option<Value>> {
    let name = &intern_value(name);
    let found = match quiet_lookup(ctx, object) {
        Some(lookup) => lookup(ctx, object, name),
        None => get_attr(ctx, object, name).map(Some),
    };
    match found {
        Ok(found) => Ok(found),
        Err(raised) => {
            let class = ctx.exceptions.AttributeError.clone();
            ctx.catch(raised, &class).map(|_| None)
        }
    }
}

/// Looks an attribute up: None when it is not there.
type QuietLookup = fn(&mut Ctx, &Value, &Value) -> PyResult<Option<Value>>;

/// How to look an attribute of the object up without raising anything when it is not there; None when a program's hooks,
/// or those of a special kind, must be asked.
fn quiet_lookup(ctx: &Ctx, object: &Value) -> Option<QuietLookup> {
    let lookup = match object.header().map(|header| header.kind()) {
        Some(Kind::Class) => class_lookup,
        Some(Kind::Super | Kind::GenericAlias | Kind::WeakRef | Kind::BoundMethod | Kind::Foreign | Kind::Module) => {
            return None;
        }
        _ => generic_lookup,
    };
    let has_hook = lookup_special(ctx, object, &ctx.names.__getattr__).is_some()
        || lookup_special(ctx, object, &ctx.names.__getattribute__).is_none_or(|hook| !hook.is_kind::<Native>());
    (!has_hook).then_some(lookup)
}

/// What `__getattribute__` of the object's kind does: `object`'s, `type`'s, `module`'s or `super`'s.
///
/// # Errors
/// AttributeError; whatever descriptors raise.
pub fn default_get_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    match object.header().map(|header| header.kind()) {
        Some(Kind::Class) => class_get_attr(ctx, object, name),
        Some(Kind::Super) => crate::objects::super_::get_attr(ctx, object, name),
        Some(Kind::GenericAlias) => crate::objects::generic_alias::get_attr(ctx, object, name),
        Some(Kind::WeakRef) => crate::objects::weakref::get_attr(ctx, object, name),
        Some(Kind::BoundMethod) => crate::objects::function::method_attribute(ctx, object, name),
        Some(Kind::Foreign) => {
            if let Some(foreign) = object.downcast_ref::<Foreign>() {
                foreign.before_attributes(ctx, object)?;
            }
            match generic_lookup(ctx, object, name)? {
                Some(value) => Ok(value),
                None => Err(no_attribute(ctx, object, name)),
            }
        }
        Some(Kind::Module) => {
            if let Some(value) = generic_lookup(ctx, object, name)? {
                return Ok(value);
            }
            crate::objects::module::missing_attribute(ctx, object, name)
        }
        _ => match generic_lookup(ctx, object, name)? {
            Some(value) => Ok(value),
            None => Err(no_attribute(ctx, object, name)),
        },
    }
}

/// `object.__getattribute__` without the error: None when there is no such attribute.
///
/// # Errors
/// Whatever descriptors raise.
pub fn generic_lookup(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult<Option<Value>> {
    let on_class = lookup_special(ctx, object, name);
    // The fields of named tuples.
    if let Some(foreign) = on_class.as_ref().and_then(Value::downcast_ref::<Foreign>)
        && let Some(index) = foreign.tuple_item()
        && let Some(tuple) = object.downcast_ref::<Tuple>()
        && let Some(item) = tuple.items().get(index)
    {
        return Ok(Some(item.clone()));
    }
    if let Some(attribute) = &on_class
        && goes_before_own_attributes(ctx, attribute)
    {
        let class = class_of(ctx, object);
        return bind(ctx, attribute, object, &class).map(Some);
    }
    if let Some(value) = own_attribute(object, name) {
        return Ok(Some(value));
    }
    match on_class {
        Some(attribute) => {
            let class = class_of(ctx, object);
            bind(ctx, &attribute, object, &class).map(Some)
        }
        None => Ok(None),
    }
}

/// `type.__getattribute__`: the metaclass's data descriptors, the class's MRO, the metaclass's other attributes.
fn class_get_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    match class_lookup(ctx, object, name)? {
        Some(value) => Ok(value),
        None => Err(no_attribute(ctx, object, name)),
    }
}

fn class_lookup(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult<Option<Value>> {
    let Some(class) = object.downcast_ref::<Class>() else { return Ok(None) };
    let on_meta = lookup_special(ctx, object, name);
    if let Some(attribute) = &on_meta
        && goes_before_own_attributes(ctx, attribute)
    {
        let meta = class_of(ctx, object);
        return bind(ctx, attribute, object, &meta).map(Some);
    }
    if let Some(attribute) = class.lookup(name) {
        return bind_for_class(ctx, &attribute, class).map(Some);
    }
    match on_meta {
        Some(attribute) => {
            let meta = class_of(ctx, object);
            bind(ctx, &attribute, object, &meta).map(Some)
        }
        None => Ok(None),
    }
}

/// Raises AttributeError for an object without such an attribute, with `name` and `obj` set.
#[cold]
pub fn no_attribute(ctx: &mut Ctx, object: &Value, name: &Value) -> Raised {
    let text = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
    let message = if let Some(class) = object.downcast_ref::<Class>() {
        format!("type object '{}' has no attribute '{text}'", super::name_of_class(ctx, class))
    } else {
        format!("'{}' object has no attribute '{text}'", super::class_name(ctx, object))
    };
    attribute_error_for(ctx, message, object, name)
}

/// Raises AttributeError with a message, `name` and `obj`.
#[cold]
pub fn attribute_error_for(ctx: &mut Ctx, message: String, object: &Value, name: &Value) -> Raised {
    let class = ctx.exceptions.AttributeError.clone();
    let message = ctx.str(message);
    let exception = ctx.new_exception(&class, vec![message]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        payload.set_field(0, name.clone());
        payload.set_field(1, object.clone());
    }
    ctx.raise_value(exception)
}

/// Whether a class attribute takes precedence over the instance's own attributes.
pub fn is_data_descriptor(ctx: &Ctx, attribute: &Value) -> bool {
    match attribute.header().map(|header| header.kind()) {
        None | Some(Kind::Function | Kind::Str | Kind::Wrapper | Kind::Tuple | Kind::List | Kind::Dict) => false,
        Some(Kind::Property | Kind::Member) => true,
        Some(Kind::Native) => attribute.downcast_ref::<Native>().is_some_and(|native| native.def.role == Role::Getter),
        _ => {
            lookup_special(ctx, attribute, &ctx.names.__set__).is_some()
                || lookup_special(ctx, attribute, &ctx.names.__delete__).is_some()
        }
    }
}

/// Whether reading asks an attribute of the class before the object's own attributes: a data descriptor that can be read.
/// One with `__set__` only leaves reading to the object.
fn goes_before_own_attributes(ctx: &Ctx, attribute: &Value) -> bool {
    is_data_descriptor(ctx, attribute)
        && (matches!(
            attribute.header().map(|header| header.kind()),
            Some(Kind::Property | Kind::Member | Kind::Native)
        ) || lookup_special(ctx, attribute, &ctx.names.__get__).is_some())
}

/// The attribute dict slot of an object that is not a plain instance.
pub fn dict_slot(object: &Value) -> Option<&Slot> {
    match object.header()?.kind() {
        Kind::Exception => object.downcast_ref::<Exception>().map(|payload| &payload.attrs),
        Kind::Function => object.downcast_ref::<Function>().map(|payload| &payload.attrs),
        Kind::Wrapper => object.downcast_ref::<Wrapper>().map(|payload| &payload.attrs),
        Kind::List => object.downcast_ref::<crate::objects::list::List>()?.attrs(),
        Kind::Dict => object.downcast_ref::<Dict>()?.attrs(),
        Kind::Int => object.downcast_ref::<crate::objects::int::Int>()?.attrs(),
        Kind::Float => object.downcast_ref::<crate::objects::float::Float>()?.attrs(),
        Kind::Complex => object.downcast_ref::<crate::objects::complex::Complex>()?.attrs(),
        Kind::Str => object.downcast_ref::<Str>()?.attrs(),
        Kind::Bytes => object.downcast_ref::<crate::objects::bytes::Bytes>()?.attrs(),
        Kind::ByteArray => object.downcast_ref::<crate::objects::bytes::ByteArray>()?.attrs(),
        Kind::Tuple => object.downcast_ref::<crate::objects::tuple::Tuple>()?.attrs(),
        Kind::Set => object.downcast_ref::<crate::objects::set::Set>()?.attrs(),
        Kind::Property => object.downcast_ref::<Property>()?.attrs(),
        Kind::Iter => object.downcast_ref::<crate::objects::iterator::Iter>()?.attrs(),
        Kind::Super => object.downcast_ref::<crate::objects::super_::Super>()?.attrs(),
        Kind::GenericAlias => object.downcast_ref::<crate::objects::generic_alias::GenericAlias>()?.attrs(),
        Kind::WeakRef => object.downcast_ref::<crate::objects::weakref::WeakRef>()?.attrs(),
        Kind::Foreign => object.downcast_ref::<crate::objects::foreign::Foreign>()?.attrs(),
        Kind::Future => object.downcast_ref::<crate::objects::future::Future>()?.attrs(),
        Kind::Task => object.downcast_ref::<crate::objects::future::Task>()?.attrs(),
        Kind::Handle => object.downcast_ref::<crate::objects::handle::Handle>()?.attrs(),
        _ => None,
    }
}

/// An attribute of the object itself, its class left out. The name must be interned.
pub fn own_attribute(object: &Value, name: &Value) -> Option<Value> {
    if let Some(instance) = object.downcast_ref::<Instance>() {
        return instance.attribute(name);
    }
    if let Some(module) = object.downcast_ref::<Module>() {
        return module.dict.get_str(name);
    }
    dict_slot(object)?.get().downcast_ref::<Dict>()?.get_str(name)
}

/// The object's `__dict__`, made if it does not exist yet; None for objects without one.
pub fn attribute_dict(object: &Value) -> Option<Value> {
    if let Some(instance) = object.downcast_ref::<Instance>() {
        let has_dict = instance.header().shape().with_class(|class| class.has_flag(flags::HAS_DICT));
        return has_dict.then(|| instance.dict().into_value());
    }
    if let Some(module) = object.downcast_ref::<Module>() {
        return Some(module.dict.value().clone());
    }
    let slot = dict_slot(object)?;
    if !object.header()?.shape().with_class(|class| class.has_flag(flags::HAS_DICT)) {
        return None;
    }
    if slot.is_empty() {
        slot.set(dict::new_dict().into_value());
    }
    Some(slot.get())
}

/// Binds an attribute that was found on a class to an instance of that class.
///
/// # Errors
/// Whatever the descriptor raises.
pub fn bind(ctx: &mut Ctx, attribute: &Value, object: &Value, class: &Obj<Class>) -> PyResult {
    match attribute.header().map(|header| header.kind()) {
        None | Some(Kind::Str | Kind::Tuple | Kind::List | Kind::Dict) => Ok(attribute.clone()),
        Some(Kind::Function) => Ok(new_bound_method(attribute.clone(), object.clone()).into_value()),
        Some(Kind::Native) => bind_native_attribute(ctx, attribute, object, class),
        Some(Kind::Property) => property_get(ctx, attribute, object),
        Some(Kind::Member) => member_get(ctx, attribute, object),
        Some(Kind::Wrapper) => wrapper_get(ctx, attribute, class),
        _ => match lookup_special(ctx, attribute, &ctx.names.__get__) {
            Some(get) => super::call_unbound(ctx, &get, attribute, &[object.clone(), class.to_value()]),
            None => Ok(attribute.clone()),
        },
    }
}

/// What an attribute of a class is when asked of the class itself.
///
/// # Errors
/// Whatever the descriptor raises.
pub fn bind_for_class(ctx: &mut Ctx, attribute: &Value, class: &Obj<Class>) -> PyResult {
    match attribute.header().map(|header| header.kind()) {
        None
        | Some(Kind::Function | Kind::Property | Kind::Member | Kind::Str | Kind::Tuple | Kind::List | Kind::Dict) => {
            Ok(attribute.clone())
        }
        Some(Kind::Native) => match attribute.downcast_ref::<Native>() {
            Some(native) if native.def.role == Role::ClassMethod && native.this.is_empty() => {
                Ok(bind_native(native, class.to_value()))
            }
            _ => Ok(attribute.clone()),
        },
        Some(Kind::Wrapper) => wrapper_get(ctx, attribute, class),
        _ => match lookup_special(ctx, attribute, &ctx.names.__get__) {
            Some(get) => super::call_unbound(ctx, &get, attribute, &[Value::NONE, class.to_value()]),
            None => Ok(attribute.clone()),
        },
    }
}

fn bind_native_attribute(ctx: &mut Ctx, attribute: &Value, object: &Value, class: &Obj<Class>) -> PyResult {
    let Some(native) = attribute.downcast_ref::<Native>() else { return Ok(attribute.clone()) };
    if !native.this.is_empty() {
        return Ok(attribute.clone());
    }
    match native.def.role {
        Role::Method => Ok(bind_native(native, object.clone())),
        Role::ClassMethod => Ok(bind_native(native, class.to_value())),
        Role::Getter => match native.def.code {
            NativeCode::Leaf(get) => get(ctx, std::slice::from_ref(object)),
            NativeCode::Step(_) | NativeCode::Control(_) => call(ctx, attribute, std::slice::from_ref(object)),
        },
        Role::Function | Role::StaticMethod | Role::Setter => Ok(attribute.clone()),
    }
}

fn property_get(ctx: &mut Ctx, attribute: &Value, object: &Value) -> PyResult {
    let Some(property) = attribute.downcast_ref::<Property>() else { return Ok(attribute.clone()) };
    let getter = property.getter.get();
    if getter.is_none() || getter.is_empty() {
        return Err(crate::objects::descriptor::no_accessor(ctx, property, object, "getter"));
    }
    call(ctx, &getter, std::slice::from_ref(object))
}

fn member_get(ctx: &mut Ctx, attribute: &Value, object: &Value) -> PyResult {
    let Some(member) = attribute.downcast_ref::<Member>() else { return Ok(attribute.clone()) };
    match crate::objects::descriptor::member_slot(ctx, member, object)? {
        Some(value) => Ok(value),
        None => {
            let name = member.name.get();
            let raised = empty_member(ctx, object, &name);
            Err(with_context(ctx, raised, object, &name))
        }
    }
}

/// Raises AttributeError for a slot without a value, which names the class in full.
#[cold]
pub(crate) fn empty_member(ctx: &mut Ctx, object: &Value, name: &Value) -> Raised {
    let class = class_of(ctx, object);
    let full = super::full_class_name(ctx, &class);
    let shown = full.strip_prefix("__main__.").unwrap_or(&full);
    let text = name.downcast_ref::<Str>().map_or("", |name| name.as_str());
    ctx.attribute_error(format!("'{shown}' object has no attribute '{text}'"))
}

fn wrapper_get(ctx: &mut Ctx, attribute: &Value, class: &Obj<Class>) -> PyResult {
    let Some(wrapper) = attribute.downcast_ref::<Wrapper>() else { return Ok(attribute.clone()) };
    let func = wrapper.func.get();
    let is_classmethod = with_class(ctx, attribute, |own| own.is_subclass_of(&ctx.types.classmethod))
        || wrapper.header().shape() == SHAPE_CLASSMETHOD;
    if is_classmethod { Ok(new_bound_method(func, class.to_value()).into_value()) } else { Ok(func) }
}

/// `object.name = value`
///
/// # Errors
/// AttributeError; whatever descriptors and `__setattr__` raise.
pub fn set_attr(ctx: &mut Ctx, object: &Value, name: &Value, value: Value) -> PyResult<()> {
    let name = &intern_value(name);
    match lookup_special(ctx, object, &ctx.names.__setattr__) {
        Some(hook) if hook.downcast_ref::<Native>().is_none() => {
            super::call_unbound(ctx, &hook, object, &[name.clone(), value]).map(drop)
        }
        _ => default_set_attr(ctx, object, name, Some(value)),
    }
}

/// `del object.name`
///
/// # Errors
/// AttributeError; whatever descriptors and `__delattr__` raise.
pub fn delete_attr(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult<()> {
    let name = &intern_value(name);
    match lookup_special(ctx, object, &ctx.names.__delattr__) {
        Some(hook) if hook.downcast_ref::<Native>().is_none() => {
            super::call_unbound(ctx, &hook, object, std::slice::from_ref(name)).map(drop)
        }
        _ => default_set_attr(ctx, object, name, None),
    }
}

/// What `__setattr__` (with a value) and `__delattr__` (without) of the object's kind do.
///
/// # Errors
/// AttributeError; whatever descriptors raise.
pub fn default_set_attr(ctx: &mut Ctx, object: &Value, name: &Value, value: Option<Value>) -> PyResult<()> {
    if object.is_kind::<Class>() {
        return crate::objects::type_::set_class_attr(ctx, object, name, value);
    }
    if crate::objects::weakref::is_proxy(ctx, object) {
        let referent = crate::objects::weakref::unproxied(ctx, object)?;
        return match value {
            Some(value) => set_attr(ctx, &referent, name, value),
            None => delete_attr(ctx, &referent, name),
        };
    }
    if let Some(foreign) = object.downcast_ref::<Foreign>() {
        foreign.before_attributes(ctx, object)?;
    }
    generic_set_attr(ctx, object, name, value)
}

/// `object.__setattr__` and `object.__delattr__`.
///
/// # Errors
/// AttributeError; whatever descriptors raise.
pub fn generic_set_attr(ctx: &mut Ctx, object: &Value, name: &Value, value: Option<Value>) -> PyResult<()> {
    let on_class = lookup_special(ctx, object, name);
    if let Some(attribute) = &on_class
        && set_through_descriptor(ctx, attribute, object, name, &value)?
    {
        return Ok(());
    }
    if let Some(instance) = object.downcast_ref::<Instance>()
        && instance.header().shape().with_class(|class| class.has_flag(flags::HAS_DICT))
    {
        return match value {
            Some(value) => {
                instance.set_attribute(name, value);
                Ok(())
            }
            None if instance.remove_attribute(name).is_some() => Ok(()),
            None if instance.header().shape().is_dict_shape() => Err(no_attribute(ctx, object, name)),
            None => {
                // CPython does not tell the exception what was asked of what here, so no suggestion follows.
                let text = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
                let class = super::class_name(ctx, object);
                Err(ctx.attribute_error(format!("'{class}' object has no attribute '{text}'")))
            }
        };
    }
    if let Some(dict) = attribute_dict(object).and_then(|dict| dict.downcast::<Dict>()) {
        return match value {
            Some(value) => {
                dict.set_str(name, value);
                Ok(())
            }
            None if dict.remove_str(name).is_some() => Ok(()),
            None => Err(no_attribute(ctx, object, name)),
        };
    }
    let text = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
    let class = super::class_name(ctx, object);
    let message = if on_class.is_some() {
        format!("'{class}' object attribute '{text}' is read-only")
    } else {
        format!("'{class}' object has no attribute '{text}' and no __dict__ for setting new attributes")
    };
    Err(attribute_error_for(ctx, message, object, name))
}

fn set_through_descriptor(
    ctx: &mut Ctx,
    attribute: &Value,
    object: &Value,
    name: &Value,
    value: &Option<Value>,
) -> PyResult<bool> {
    match attribute.header().map(|header| header.kind()) {
        None | Some(Kind::Function | Kind::Str | Kind::Wrapper | Kind::Tuple | Kind::List | Kind::Dict) => Ok(false),
        Some(Kind::Property) => {
            let Some(property) = attribute.downcast_ref::<Property>() else { return Ok(false) };
            let (accessor, what) =
                if value.is_some() { (property.setter.get(), "setter") } else { (property.deleter.get(), "deleter") };
            if accessor.is_none() || accessor.is_empty() {
                return Err(crate::objects::descriptor::no_accessor(ctx, property, object, what));
            }
            let mut args = vec![object.clone()];
            args.extend(value.clone());
            call(ctx, &accessor, &args).map(|_| true)
        }
        Some(Kind::Member) => {
            let Some(member) = attribute.downcast_ref::<Member>() else { return Ok(false) };
            crate::objects::descriptor::set_member_slot(ctx, member, object, value.clone()).map(|()| true)
        }
        Some(Kind::Native) => {
            let Some(native) = attribute.downcast_ref::<Native>() else { return Ok(false) };
            if native.def.role != Role::Getter {
                return Ok(false);
            }
            match native.setter.map(|setter| setter.code) {
                Some(NativeCode::Leaf(set)) => {
                    set(ctx, &[object.clone(), value.clone().unwrap_or_default()]).map(|_| true)
                }
                _ => {
                    let text = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
                    let owner =
                        native.owner.get().downcast_ref::<Class>().map_or_else(String::new, |c| c.name_string());
                    let message = if native.def.is_member() {
                        "readonly attribute".to_owned()
                    } else {
                        format!("attribute '{text}' of '{owner}' objects is not writable")
                    };
                    Err(ctx.attribute_error(message))
                }
            }
        }
        _ => {
            let (hook, args) = match value {
                Some(value) => (ctx.names.__set__.clone(), vec![object.clone(), value.clone()]),
                None => (ctx.names.__delete__.clone(), vec![object.clone()]),
            };
            if call_special(ctx, attribute, &hook, &args)?.is_some() {
                return Ok(true);
            }
            // A descriptor that has one of the pair refuses the other.
            let other = if value.is_some() { &ctx.names.__delete__ } else { &ctx.names.__set__ };
            if lookup_special(ctx, attribute, other).is_some() {
                return Err(ctx.attribute_error(if value.is_some() { "__set__" } else { "__delete__" }));
            }
            Ok(false)
        }
    }
}
