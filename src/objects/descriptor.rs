//! `property`, `staticmethod`, `classmethod`, and the members that `__slots__` make.
//!
//! Source: "Implementing Descriptors" of the Language Reference; the Descriptor HowTo.

use std::cell::Cell;

use super::arguments::{bad_self, keywords, or_none, positional};
use super::class::Class;
use super::class_creation::MEMBER_IN_DICT;
use super::ctx::Ctx;
use super::function::{Function, new_bound_method};
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::instance::Instance;
use super::kind::Kind;
use super::native::{PyResult, Raised};
use super::protocol;
use super::string::{Str, intern};
use super::value::Value;

crate::natives! { pub(crate) static PROPERTY_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_property;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, fget=None, fset=None, fdel=None, doc=None)" => init_property;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => property_get;
    /// Set an attribute of instance to value.
    method "__set__(self, instance, value, /)" => property_set;
    /// Delete an attribute of instance.
    method "__delete__(self, instance, /)" => property_delete;
    /// Descriptor to obtain a copy of the property with a different getter.
    method "getter(self, fget, /)" => with_getter;
    /// Descriptor to obtain a copy of the property with a different setter.
    method "setter(self, fset, /)" => with_setter;
    /// Descriptor to obtain a copy of the property with a different deleter.
    method "deleter(self, fdel, /)" => with_deleter;
    /// Method to set name of a property.
    method "__set_name__(self, /, *args)" => set_property_name;
    /// member
    getter "fget(self)" => fget;
    /// member
    getter "fset(self)" => fset;
    /// member
    getter "fdel(self)" => fdel;
    getter "__doc__(self)" => property_doc;
    setter "__doc__(self, value)" => set_property_doc;
    getter "__name__(self)" => property_name;
    setter "__name__(self, value)" => set_property_name_attribute;
    getter "__isabstractmethod__(self)" => property_is_abstract;
}

crate::natives! { pub(crate) static STATICMETHOD_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_staticmethod;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_staticmethod;
    /// Return repr(self).
    method "__repr__(self, /)" => repr_staticmethod;
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => call_staticmethod;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get_staticmethod;
    /// member
    getter "__func__(self)" => wrapped;
    /// member
    getter "__wrapped__(self)" => wrapped;
    getter "__isabstractmethod__(self)" => wrapper_is_abstract;
    getter "__dict__(self)" => wrapper_dict;
    setter "__dict__(self, value)" => super::class_creation::set_instance_dict;
}

crate::natives! { pub(crate) static CLASSMETHOD_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_classmethod;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_classmethod;
    /// Return repr(self).
    method "__repr__(self, /)" => repr_classmethod;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get_classmethod;
    /// member
    getter "__func__(self)" => wrapped;
    /// member
    getter "__wrapped__(self)" => wrapped;
    getter "__isabstractmethod__(self)" => wrapper_is_abstract;
    getter "__dict__(self)" => wrapper_dict;
    setter "__dict__(self, value)" => super::class_creation::set_instance_dict;
}

crate::natives! { pub(crate) static MEMBER_METHODS:
    /// Return repr(self).
    method "__repr__(self, /)" => repr_member;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get_member;
    /// Set an attribute of instance to value.
    method "__set__(self, instance, value, /)" => set_member;
    /// Delete an attribute of instance.
    method "__delete__(self, instance, /)" => delete_member;
    method "__reduce__(self, /)" => reduce_member;
    /// member
    getter "__name__(self)" => member_name;
    getter "__qualname__(self)" => member_qualname;
    /// member
    getter "__objclass__(self)" => member_owner_class;
    getter "__doc__(self)" => member_doc;
}

/// The payload of `property`.
pub struct Property {
    /// `fget`, or None.
    pub getter: Slot,
    /// `fset`, or None.
    pub setter: Slot,
    /// `fdel`, or None.
    pub deleter: Slot,
    /// `__doc__`
    pub doc: Slot,
    /// `__name__`, empty until `__set_name__`.
    pub name: Slot,
    /// Whether the docstring is the getter's, which a copy with another getter must not keep.
    pub doc_from_getter: Cell<bool>,
}

impl Payload for Property {
    const KIND: Kind = Kind::Property;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.getter, &self.setter, &self.deleter, &self.doc, &self.name] {
            slot.peek(&mut *visit);
        }
    }

    fn clear(&self) {
        self.getter.take();
        self.setter.take();
        self.deleter.take();
    }
}

/// The payload of `staticmethod` and `classmethod`; which of them is a matter of shape.
pub struct Wrapper {
    /// `__func__`
    pub func: Slot,
    /// `__dict__`, empty until asked for.
    pub attrs: Slot,
}

/// Shape of `classmethod`; `staticmethod` has the exact shape of the kind.
pub const SHAPE_CLASSMETHOD: super::shape::ShapeId = super::shape::ShapeId::numbered(Kind::Wrapper, 204);

impl Payload for Wrapper {
    const KIND: Kind = Kind::Wrapper;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.func.peek(&mut *visit);
        self.attrs.peek(visit);
    }

    fn clear(&self) {
        self.func.take();
        self.attrs.take();
    }
}

/// The payload of `member_descriptor`: one name of `__slots__`.
pub struct Member {
    /// `__name__`
    pub name: Slot,
    /// `__objclass__`
    pub owner: Slot,
    /// The instance slot.
    pub index: u16,
}

impl Payload for Member {
    const KIND: Kind = Kind::Member;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.name.peek(&mut *visit);
        self.owner.peek(visit);
    }

    fn clear(&self) {
        self.owner.take();
    }
}

/// Raises AttributeError for a property without the accessor (`getter`, `setter`, `deleter`).
pub fn no_accessor(ctx: &mut Ctx, property: &Property, object: &Value, what: &str) -> Raised {
    let class = protocol::class_of(ctx, object);
    let class = class.qualname.get().downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
    let mut name = property.name.get();
    if name.is_empty()
        && let Some(func) = property.getter.get().downcast_ref::<Function>()
    {
        name = func.name.get();
    }
    let message = match name.downcast_ref::<Str>() {
        Some(name) => format!("property '{}' of '{class}' object has no {what}", name.as_str()),
        None => format!("property of '{class}' object has no {what}"),
    };
    ctx.attribute_error(message)
}

fn check_member(ctx: &mut Ctx, member: &Member, object: &Value) -> PyResult<()> {
    let owner = member.owner.get();
    if owner.downcast_ref::<Class>().is_some_and(|class| protocol::is_instance_of(ctx, object, class)) {
        return Ok(());
    }
    let name = protocol::text::str_string(ctx, &member.name.get())?;
    let owner = owner.downcast_ref::<Class>().map_or_else(String::new, |class| class.name_string());
    let got = protocol::class_name(ctx, object);
    Err(ctx.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object")))
}

fn member_owner(ctx: &mut Ctx, member: &Member, object: &Value) -> PyResult<Ref<Instance>> {
    check_member(ctx, member, object)?;
    match object.downcast::<Instance>() {
        Some(instance) => Ok(instance),
        None => Err(protocol::type_mismatch(ctx, "'{}' object has no slots", object)),
    }
}

fn set_member_in_dict(ctx: &mut Ctx, member: &Member, object: &Value, value: Option<Value>) -> PyResult<()> {
    check_member(ctx, member, object)?;
    let name = member.name.get();
    let Some(slot) = protocol::attribute::dict_slot(object) else {
        return Err(protocol::no_attribute(ctx, object, &name));
    };
    if slot.is_empty() {
        slot.set(super::dict::new_dict().into_value());
    }
    let dict = slot.get();
    let Some(dict) = dict.downcast_ref::<super::dict::Dict>() else {
        return Err(protocol::no_attribute(ctx, object, &name));
    };
    match value {
        Some(value) => dict.set_str(&name, value),
        None => {
            if dict.remove_str(&name).is_none() {
                return Err(ctx.attribute_error(super::arguments::text_of(&name)));
            }
        }
    }
    Ok(())
}

/// The value of a slot, None when it is unset.
///
/// # Errors
/// TypeError when the object is no instance of the owner.
pub fn member_slot(ctx: &mut Ctx, member: &Member, object: &Value) -> PyResult<Option<Value>> {
    if member.index == MEMBER_IN_DICT {
        check_member(ctx, member, object)?;
        return Ok(protocol::attribute::own_attribute(object, &member.name.get()));
    }
    let instance = member_owner(ctx, member, object)?;
    let value = instance.member(usize::from(member.index)).map_or(Value::EMPTY, Slot::get);
    Ok(if value.is_empty() { None } else { Some(value) })
}

/// Sets a slot, or unsets it.
///
/// # Errors
/// TypeError when the object is no instance of the owner; AttributeError when there is nothing to unset.
pub fn set_member_slot(ctx: &mut Ctx, member: &Member, object: &Value, value: Option<Value>) -> PyResult<()> {
    if member.index == MEMBER_IN_DICT {
        return set_member_in_dict(ctx, member, object, value);
    }
    let instance = member_owner(ctx, member, object)?;
    let Some(slot) = instance.member(usize::from(member.index)) else { return Ok(()) };
    match value {
        Some(value) => slot.set(value),
        None if slot.is_empty() => {
            let name = super::arguments::text_of(&member.name.get());
            return Err(ctx.attribute_error(name));
        }
        None => drop(slot.take()),
    }
    Ok(())
}

fn property<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Property>> {
    match value.downcast_ref::<Property>() {
        Some(property) => Ok(property),
        None => Err(bad_self(ctx, value, "property")),
    }
}

fn new_property(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(bad_self(ctx, &args[0], "type")) };
    let payload = Property {
        getter: Slot::new(Value::NONE),
        setter: Slot::new(Value::NONE),
        deleter: Slot::new(Value::NONE),
        doc: Slot::new(Value::NONE),
        name: Slot::default(),
        doc_from_getter: Cell::new(false),
    };
    Ok(alloc(class.instance_shape.get(), payload).into_value())
}

fn init_property(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = property(ctx, &args[0])?;
    let mut doc = or_none(&args[4]);
    this.getter.set(or_none(&args[1]));
    this.setter.set(or_none(&args[2]));
    this.deleter.set(or_none(&args[3]));
    this.name.take();
    this.doc_from_getter.set(false);
    let getter = this.getter.get();
    if doc.is_none() && !getter.is_none() {
        let name = ctx.names.__doc__.clone();
        if let Some(found) = protocol::get_attr_optional(ctx, &getter, &name)?
            && !found.is_none()
        {
            doc = found;
            this.doc_from_getter.set(true);
        }
    }
    let exact = this.header().shape() == super::shape::ShapeId::exact(Kind::Property);
    if exact {
        this.doc.set(doc);
        return Ok(Value::NONE);
    }
    // A subclass has a docstring of its own that hides the property's: the instance keeps it as an attribute. Where it
    // cannot, a docstring that was given is lost, and one found at the getter is missed.
    let name = ctx.names.__doc__.clone();
    match protocol::set_attr(ctx, &args[0], &name, doc) {
        Ok(()) => Ok(Value::NONE),
        Err(raised) if this.doc_from_getter.get() => Err(raised),
        Err(raised) => {
            let class = ctx.exceptions.AttributeError.clone();
            ctx.catch(raised, &class).map(|_| Value::NONE)
        }
    }
}

fn property_get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    let this = property(ctx, &args[0])?;
    let getter = this.getter.get();
    if getter.is_none() {
        return Err(no_accessor(ctx, this, &args[1], "getter"));
    }
    protocol::call(ctx, &getter, &args[1..2])
}

fn property_set(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = property(ctx, &args[0])?;
    let setter = this.setter.get();
    if setter.is_none() {
        return Err(no_accessor(ctx, this, &args[1], "setter"));
    }
    protocol::call(ctx, &setter, &args[1..3]).map(|_| Value::NONE)
}

fn property_delete(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = property(ctx, &args[0])?;
    let deleter = this.deleter.get();
    if deleter.is_none() {
        return Err(no_accessor(ctx, this, &args[1], "deleter"));
    }
    protocol::call(ctx, &deleter, &args[1..2]).map(|_| Value::NONE)
}

/// A property like this one with one accessor exchanged; None keeps an accessor.
fn copied(ctx: &mut Ctx, object: &Value, accessors: [&Value; 3]) -> PyResult {
    let this = property(ctx, object)?;
    let own = [this.getter.get(), this.setter.get(), this.deleter.get()];
    let mut args: Vec<Value> = Vec::with_capacity(4);
    for (new, old) in accessors.into_iter().zip(own) {
        args.push(if new.is_none() { old } else { new.clone() });
    }
    let from_getter = this.doc_from_getter.get() && !args[0].is_none();
    args.push(if from_getter { Value::NONE } else { this.doc.get() });
    let class = protocol::class_of(ctx, object).into_value();
    let copy = protocol::call(ctx, &class, &args)?;
    if let Some(copy) = copy.downcast_ref::<Property>() {
        copy.name.set(this.name.get());
    }
    Ok(copy)
}

fn with_getter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    copied(ctx, &args[0], [&args[1], &Value::NONE, &Value::NONE])
}

fn with_setter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    copied(ctx, &args[0], [&Value::NONE, &args[1], &Value::NONE])
}

fn with_deleter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    copied(ctx, &args[0], [&Value::NONE, &Value::NONE, &args[1]])
}

fn set_property_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let given = positional(&args[1]);
    let [_, name] = given else {
        let count = given.len();
        return Err(ctx.type_error(format!("__set_name__() takes 2 positional arguments but {count} were given")));
    };
    property(ctx, &args[0])?.name.set(name.clone());
    Ok(Value::NONE)
}

fn fget(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(property(ctx, &args[0])?.getter.get())
}

fn fset(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(property(ctx, &args[0])?.setter.get())
}

fn fdel(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(property(ctx, &args[0])?.deleter.get())
}

fn property_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(property(ctx, &args[0])?.doc.get())
}

fn set_property_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    property(ctx, &args[0])?.doc.set(or_none(&args[1]));
    Ok(Value::NONE)
}

fn property_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = property(ctx, &args[0])?;
    let own = this.name.get();
    if !own.is_empty() {
        return Ok(own);
    }
    let getter = this.getter.get();
    let name = ctx.names.__name__.clone();
    if !getter.is_none()
        && let Some(found) = protocol::get_attr_optional(ctx, &getter, &name)?
    {
        return Ok(found);
    }
    Err(protocol::no_attribute(ctx, &args[0], &name))
}

fn set_property_name_attribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    property(ctx, &args[0])?.name.set(args[1].clone());
    Ok(Value::NONE)
}

/// Whether a function is marked by `@abstractmethod`.
fn is_abstract(ctx: &mut Ctx, function: &Value) -> PyResult<bool> {
    if function.is_none() || function.is_empty() {
        return Ok(false);
    }
    let name = ctx.names.__isabstractmethod__.clone();
    match protocol::get_attr_optional(ctx, function, &name)? {
        Some(mark) => protocol::truth(ctx, &mark),
        None => Ok(false),
    }
}

fn property_is_abstract(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = property(ctx, &args[0])?;
    for function in [this.getter.get(), this.setter.get(), this.deleter.get()] {
        if is_abstract(ctx, &function)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn wrapper<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Wrapper>> {
    match value.downcast_ref::<Wrapper>() {
        Some(wrapper) => Ok(wrapper),
        None => Err(bad_self(ctx, value, "staticmethod")),
    }
}

fn new_wrapper(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(bad_self(ctx, &args[0], "type")) };
    let payload = Wrapper { func: Slot::new(Value::NONE), attrs: Slot::default() };
    Ok(alloc(class.instance_shape.get(), payload).into_value())
}

fn new_staticmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    new_wrapper(ctx, args)
}

fn new_classmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    new_wrapper(ctx, args)
}

fn init_wrapper(ctx: &mut Ctx, args: &[Value], name: &str) -> PyResult {
    let this = wrapper(ctx, &args[0])?;
    if !keywords(&args[2]).is_empty() {
        return Err(ctx.type_error(format!("{name}() takes no keyword arguments")));
    }
    let [func] = positional(&args[1]) else {
        let count = positional(&args[1]).len();
        return Err(ctx.type_error(format!("{name} expected 1 argument, got {count}")));
    };
    this.func.set(func.clone());
    // As functools.wraps does, so that the wrapper looks like what it wraps.
    let names = &ctx.names;
    let copied = [&names.__module__, &names.__name__, &names.__qualname__, &names.__doc__, &names.__annotations__];
    for name in copied.map(Value::clone) {
        if let Some(value) = protocol::get_attr_optional(ctx, func, &name)? {
            protocol::set_attr(ctx, &args[0], &name, value)?;
        }
    }
    Ok(Value::NONE)
}

fn init_staticmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    init_wrapper(ctx, args, "staticmethod")
}

fn init_classmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    init_wrapper(ctx, args, "classmethod")
}

fn repr_wrapper(ctx: &mut Ctx, object: &Value, name: &str) -> PyResult {
    let func = wrapper(ctx, object)?.func.get();
    let shown = protocol::text::repr_string(ctx, &func)?;
    Ok(ctx.str(format!("<{name}({shown})>")))
}

fn repr_staticmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    repr_wrapper(ctx, &args[0], "staticmethod")
}

fn repr_classmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    repr_wrapper(ctx, &args[0], "classmethod")
}

fn call_staticmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let func = wrapper(ctx, &args[0])?.func.get();
    protocol::call_keywords(ctx, &func, positional(&args[1]), &keywords(&args[2]))
}

/// Refuses `__get__(None, None)`.
fn check_get(ctx: &mut Ctx, args: &[Value]) -> PyResult<()> {
    if args[1].is_none() && or_none(&args[2]).is_none() {
        return Err(ctx.type_error("__get__(None, None) is invalid"));
    }
    Ok(())
}

fn get_staticmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_get(ctx, args)?;
    Ok(wrapper(ctx, &args[0])?.func.get())
}

fn get_classmethod(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_get(ctx, args)?;
    let func = wrapper(ctx, &args[0])?.func.get();
    let owner = or_none(&args[2]);
    let class = if owner.is_none() { protocol::class_of(ctx, &args[1]).into_value() } else { owner };
    Ok(new_bound_method(func, class).into_value())
}

fn wrapped(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(wrapper(ctx, &args[0])?.func.get())
}

fn wrapper_is_abstract(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let func = wrapper(ctx, &args[0])?.func.get();
    is_abstract(ctx, &func).map(Value::bool)
}

fn wrapper_dict(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(protocol::attribute::attribute_dict(&args[0]).unwrap_or(Value::NONE))
}

fn member<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Member>> {
    match value.downcast_ref::<Member>() {
        Some(member) => Ok(member),
        None => Err(bad_self(ctx, value, "member_descriptor")),
    }
}

fn repr_member(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = member(ctx, &args[0])?;
    let name = super::arguments::text_of(&this.name.get());
    let owner = this.owner.get().downcast_ref::<Class>().map_or_else(String::new, |class| class.name_string());
    Ok(ctx.str(format!("<member '{name}' of '{owner}' objects>")))
}

fn get_member(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_get(ctx, args)?;
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    let this = member(ctx, &args[0])?;
    match member_slot(ctx, this, &args[1])? {
        Some(value) => Ok(value),
        None => {
            let name = this.name.get();
            Err(protocol::attribute::empty_member(ctx, &args[1], &name))
        }
    }
}

fn set_member(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = member(ctx, &args[0])?;
    set_member_slot(ctx, this, &args[1], Some(args[2].clone())).map(|()| Value::NONE)
}

fn delete_member(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = member(ctx, &args[0])?;
    set_member_slot(ctx, this, &args[1], None).map(|()| Value::NONE)
}

fn reduce_member(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = member(ctx, &args[0])?;
    let getattr = ctx.builtins.get_str(&intern("getattr")).unwrap_or(Value::NONE);
    let pair = super::tuple::new_tuple([this.owner.get(), this.name.get()]).into_value();
    Ok(super::tuple::new_tuple([getattr, pair]).into_value())
}

fn member_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(member(ctx, &args[0])?.name.get())
}

fn member_qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = member(ctx, &args[0])?;
    let name = super::arguments::text_of(&this.name.get());
    let owner = this.owner.get();
    let owner =
        owner.downcast_ref::<Class>().map_or_else(String::new, |c| super::arguments::text_of(&c.qualname.get()));
    Ok(ctx.str(format!("{owner}.{name}")))
}

fn member_owner_class(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(member(ctx, &args[0])?.owner.get())
}

/// The docstring of a member stands in `__slots__`, when that is a dict.
fn member_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = member(ctx, &args[0])?;
    let owner = this.owner.get();
    let slots = owner.downcast_ref::<Class>().and_then(|class| class.namespace().get_str(&ctx.names.__slots__));
    let slots = slots.and_then(|slots| slots.downcast::<super::dict::Dict>());
    Ok(slots.and_then(|slots| slots.get_str(&this.name.get())).unwrap_or(Value::NONE))
}
