//! `type`: the methods and attributes of classes. Making classes is in `class_creation`.
//!
//! Source: "Custom classes" and "Metaclasses" of the Language Reference; PEP 3119, 3135, 487, 585, 604, 695.

use super::arguments::{keywords, positional, text_of};
use super::class::{Class, flags};
use super::ctx::Ctx;
use super::dict;
use super::heap::{Obj, Ref};
use super::kind::Kind;
use super::list::new_list;
use super::native::{PyResult, Raised};
use super::protocol;
use super::string::{Str, intern};
use super::value::Value;
use super::{class_creation, generic_alias, int, tuple};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(metatype, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => call;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return getattr(self, name).
    method "__getattribute__(self, name, /)" => getattribute;
    /// Implement setattr(self, name, value).
    method "__setattr__(self, name, value, /)" => setattr;
    /// Implement delattr(self, name).
    method "__delattr__(self, name, /)" => delattr;
    /// Return self|value.
    method "__or__(self, value, /)" => or;
    /// Return value|self.
    method "__ror__(self, value, /)" => ror;
    /// Return a type's method resolution order.
    method "mro(self, /)" => mro_method;
    /// Return a list of immediate subclasses.
    method "__subclasses__(self, /)" => subclasses;
    /// Create the namespace for the class statement
    classmethod "__prepare__(cls, /, *args, **kwargs)" => prepare;
    /// Check if an object is an instance.
    method "__instancecheck__(self, instance, /)" => instance_check;
    /// Check if a class is a subclass.
    method "__subclasscheck__(self, subclass, /)" => subclass_check;
    /// Specialized __dir__ implementation for types.
    method "__dir__(self, /)" => dir;
    /// Return memory consumption of the type object.
    method "__sizeof__(self, /)" => size_of_class;
    getter "__name__(self)" => name;
    setter "__name__(self, value)" => set_name;
    getter "__qualname__(self)" => qualname;
    setter "__qualname__(self, value)" => set_qualname;
    getter "__module__(self)" => module;
    setter "__module__(self, value)" => set_module;
    getter "__bases__(self)" => bases;
    setter "__bases__(self, value)" => set_bases;
    /// member
    getter "__base__(self)" => base;
    getter "__mro__(self)" => mro;
    getter "__dict__(self)" => namespace;
    getter "__doc__(self)" => doc;
    setter "__doc__(self, value)" => set_doc;
    getter "__abstractmethods__(self)" => abstract_methods;
    setter "__abstractmethods__(self, value)" => set_abstract_methods;
    getter "__annotations__(self)" => annotations;
    setter "__annotations__(self, value)" => set_annotations;
    getter "__type_params__(self)" => type_params;
    setter "__type_params__(self, value)" => set_type_params;
    getter "__text_signature__(self)" => text_signature;
    /// member
    getter "__flags__(self)" => type_flags;
    /// member
    getter "__basicsize__(self)" => basic_size;
    /// member
    getter "__itemsize__(self)" => item_size;
    /// member
    getter "__dictoffset__(self)" => dict_offset;
    /// member
    getter "__weakrefoffset__(self)" => weakref_offset;
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<Class>> {
    match args[0].downcast_ref::<Class>() {
        Some(class) => Ok(class),
        None => Err(super::arguments::bad_self(ctx, &args[0], "type")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let given = positional(&args[1]);
    let [name, bases, namespace] = given else {
        let count = given.len();
        return Err(ctx.type_error(format!("type.__new__() takes exactly 3 arguments ({count} given)")));
    };
    if !name.is_kind::<Str>() {
        return Err(protocol::type_mismatch(ctx, "type.__new__() argument 1 must be str, not {}", name));
    }
    if !bases.is_kind::<tuple::Tuple>() {
        return Err(protocol::type_mismatch(ctx, "type.__new__() argument 2 must be tuple, not {}", bases));
    }
    let Some(namespace) = namespace.downcast::<dict::Dict>() else {
        return Err(protocol::type_mismatch(ctx, "type.__new__() argument 3 must be dict, not {}", namespace));
    };
    class_creation::new_class(ctx, &args[0], name, bases, &namespace, &keywords(&args[2]))
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let count = positional(&args[1]).len();
    if count == 1 && !keywords(&args[2]).is_empty() {
        return Err(ctx.type_error("type.__init__() takes no keyword arguments"));
    }
    if count != 1 && count != 3 {
        return Err(ctx.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(Value::NONE)
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, args)?;
    call_class(ctx, &args[0], positional(&args[1]), &keywords(&args[2]))
}

/// `class(*args, **kwargs)`: `__new__`, then, when that gave an instance of the class, `__init__`.
///
/// # Errors
/// TypeError for classes without instances of their own; what the methods raise.
pub fn call_class(ctx: &mut Ctx, object: &Value, args: &[Value], kwargs: &[(Value, Value)]) -> PyResult {
    let Some(class) = object.downcast_ref::<Class>() else {
        return Err(super::arguments::bad_self(ctx, object, "type"));
    };
    if class.is(ctx.types.type_.value()) {
        if let ([only], []) = (args, kwargs) {
            return Ok(protocol::class_of(ctx, only).into_value());
        }
        if args.len() != 3 {
            return Err(ctx.type_error("type() takes 1 or 3 arguments"));
        }
    }
    check_instantiable(ctx, class)?;
    let Some(constructor) = class.lookup(&ctx.names.__new__) else { return Err(cannot_create(ctx, class)) };
    let constructor = protocol::attribute::bind_for_class(ctx, &constructor, class)?;
    let mut all: smallvec::SmallVec<[Value; 6]> = smallvec::SmallVec::with_capacity(args.len() + 1);
    all.push(object.clone());
    all.extend(args.iter().cloned());
    let instance = protocol::call_keywords(ctx, &constructor, &all, kwargs)?;
    if !protocol::is_instance_of(ctx, &instance, class) {
        return Ok(instance);
    }
    let own = protocol::class_of(ctx, &instance);
    if let Some(initializer) = own.lookup(&ctx.names.__init__) {
        let bound = protocol::attribute::bind(ctx, &initializer, &instance, &own)?;
        let result = protocol::call_keywords(ctx, &bound, args, kwargs)?;
        if !result.is_none() {
            return Err(protocol::type_mismatch(ctx, "__init__() should return None, not '{}'", &result));
        }
    }
    Ok(instance)
}

/// Refuses to call a class whose instances only the interpreter makes (generators, frames, iterators).
///
/// # Errors
/// TypeError.
pub fn check_instantiable(ctx: &mut Ctx, class: &Obj<Class>) -> PyResult<()> {
    if class.has_flag(flags::USER) || class.layout == Kind::Instance {
        return Ok(());
    }
    match (class.lookup(&ctx.names.__new__), ctx.types.object.lookup(&ctx.names.__new__)) {
        (Some(own), Some(base)) if own.is(&base) => Err(cannot_create(ctx, class)),
        _ => Ok(()),
    }
}

#[cold]
fn cannot_create(ctx: &mut Ctx, class: &Obj<Class>) -> Raised {
    let module = class.lookup(&ctx.names.__module__).map(|module| text_of(&module)).unwrap_or_default();
    let name = class.name_string();
    let name = if module.is_empty() || module == "builtins" { name } else { format!("{module}.{name}") };
    ctx.type_error(format!("cannot create '{name}' instances"))
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let name = protocol::full_class_name(ctx, class);
    Ok(ctx.str(format!("<class '{name}'>")))
}

fn name_argument(ctx: &mut Ctx, name: &Value) -> PyResult {
    if name.is_kind::<Str>() {
        return Ok(super::string::intern_text(name));
    }
    Err(protocol::type_mismatch(ctx, "attribute name must be string, not '{}'", name))
}

fn getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = name_argument(ctx, &args[1])?;
    protocol::attribute::default_get_attr(ctx, &args[0], &name)
}

fn setattr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = name_argument(ctx, &args[1])?;
    set_class_attr(ctx, &args[0], &name, Some(args[2].clone())).map(|()| Value::NONE)
}

fn delattr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = name_argument(ctx, &args[1])?;
    set_class_attr(ctx, &args[0], &name, None).map(|()| Value::NONE)
}

/// `type.__setattr__` (with a value) and `type.__delattr__` (without).
///
/// # Errors
/// TypeError for built-in classes; AttributeError; what a descriptor of the metaclass raises.
pub fn set_class_attr(ctx: &mut Ctx, object: &Value, name: &Value, value: Option<Value>) -> PyResult<()> {
    let Some(class) = object.downcast_ref::<Class>() else {
        return protocol::attribute::generic_set_attr(ctx, object, name, value);
    };
    if class.has_flag(flags::IMMUTABLE) {
        let text = text_of(name);
        let own = class.name_string();
        return Err(ctx.type_error(format!("cannot set '{text}' attribute of immutable type '{own}'")));
    }
    let on_meta = protocol::lookup_special(ctx, object, name);
    if let Some(attribute) = on_meta
        && protocol::attribute::is_data_descriptor(ctx, &attribute)
    {
        return protocol::attribute::generic_set_attr(ctx, object, name, value);
    }
    match value {
        Some(value) => {
            if name.downcast_ref::<Str>().is_some_and(|name| name.as_str() == "__abc_tpflags__") {
                class_creation::set_pattern_flags_below(class, &value);
            }
            class.set_own(name, value);
        }
        None => {
            if class.remove_own(name).is_none() {
                return Err(protocol::no_attribute(ctx, object, name));
            }
        }
    }
    if name.is(&ctx.names.__del__) {
        class_creation::remake_shapes(class);
    }
    Ok(())
}

fn or(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    generic_alias::union_of(ctx, &args[0], &args[1])
}

fn ror(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    generic_alias::union_of(ctx, &args[1], &args[0])
}

fn mro_method(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    class_creation::compute_mro(ctx, class).map(|mro| new_list(mro).into_value())
}

fn subclasses(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    Ok(new_list(class.direct_subclasses(&args[0])).into_value())
}

fn prepare(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(dict::new_dict().into_value())
}

fn instance_check(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    protocol::real_instance(ctx, &args[1], class).map(Value::bool)
}

fn subclass_check(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::real_subclass(ctx, &args[1], &args[0]).map(Value::bool)
}

fn dir(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let names = dict::new_dict();
    super::object::merge_class_names(ctx, &names, &args[0])?;
    Ok(new_list(names.entries().into_iter().map(|(name, _)| name).collect()).into_value())
}

fn size_of_class(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(int::from_usize(size_of::<Obj<Class>>()))
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, args)?.name.get())
}

fn qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, args)?.qualname.get())
}

/// The value to set a special attribute of a class to.
fn settable<'a>(ctx: &mut Ctx, args: &'a [Value], name: &str) -> PyResult<(&'a Obj<Class>, &'a Value)> {
    let class = this(ctx, args)?;
    let own = class.name_string();
    if class.has_flag(flags::IMMUTABLE) {
        return Err(ctx.type_error(format!("cannot set '{name}' attribute of immutable type '{own}'")));
    }
    if args[1].is_empty() {
        return Err(ctx.type_error(format!("cannot delete '{name}' attribute of immutable type '{own}'")));
    }
    Ok((class, &args[1]))
}

fn set_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (class, value) = settable(ctx, args, "__name__")?;
    let Some(text) = value.downcast_ref::<Str>() else {
        let message = format!("can only assign string to {}.__name__, not '{{}}'", class.name_string());
        return Err(protocol::type_mismatch(ctx, &message, value));
    };
    if text.as_str().contains('\0') {
        return Err(ctx.value_error("type name must not contain null characters"));
    }
    class.name.set(value.clone());
    class.changed();
    Ok(Value::NONE)
}

fn set_qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (class, value) = settable(ctx, args, "__qualname__")?;
    if !value.is_kind::<Str>() {
        let message = format!("can only assign string to {}.__qualname__, not '{{}}'", class.name_string());
        return Err(protocol::type_mismatch(ctx, &message, value));
    }
    class.qualname.set(value.clone());
    Ok(Value::NONE)
}

fn module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    match class.namespace().get_str(&ctx.names.__module__) {
        Some(module) if class.has_flag(flags::USER) || module.is_kind::<Str>() => Ok(module),
        _ if !class.has_flag(flags::USER) => Ok(ctx.names.builtins.clone()),
        _ => Err(ctx.attribute_error("__module__")),
    }
}

fn set_module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (class, value) = settable(ctx, args, "__module__")?;
    class.set_own(&ctx.names.__module__, value.clone());
    Ok(Value::NONE)
}

fn bases(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, args)?.bases.get())
}

fn set_bases(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (class, value) = settable(ctx, args, "__bases__")?;
    class_creation::change_bases(ctx, class, value).map(|()| Value::NONE)
}

fn base(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    Ok(class_creation::base_of(class).map_or(Value::NONE, Ref::into_value))
}

fn mro(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(tuple::new_tuple(this(ctx, args)?.mro()).into_value())
}

fn namespace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = this(ctx, args)?.namespace().value().clone();
    Ok(super::proxy::new_proxy(dict).into_value())
}

fn doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let found = class.namespace().get_str(&ctx.names.__doc__);
    if !class.doc.is_empty() {
        return Ok(class.doc.get());
    }
    match found {
        Some(doc) => {
            let name = ctx.names.__get__.clone();
            match protocol::call_special(ctx, &doc, &name, &[Value::NONE, args[0].clone()])? {
                Some(bound) => Ok(bound),
                None => Ok(doc),
            }
        }
        None => Ok(Value::NONE),
    }
}

fn set_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (class, value) = settable(ctx, args, "__doc__")?;
    class.set_own(&ctx.names.__doc__, value.clone());
    Ok(Value::NONE)
}

fn abstract_methods(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let own = class.namespace().get_str(&ctx.names.__abstractmethods__);
    match own.filter(|_| !class.is(ctx.types.type_.value())) {
        Some(methods) => Ok(methods),
        None => Err(ctx.attribute_error("__abstractmethods__")),
    }
}

fn set_abstract_methods(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let name = ctx.names.__abstractmethods__.clone();
    if args[1].is_empty() {
        if class.remove_own(&name).is_none() {
            return Err(ctx.attribute_error("__abstractmethods__"));
        }
        class.set_flag(flags::ABSTRACT, false);
        return Ok(Value::NONE);
    }
    let any = protocol::truth(ctx, &args[1])?;
    class.set_own(&name, args[1].clone());
    class.set_flag(flags::ABSTRACT, any);
    Ok(Value::NONE)
}

fn annotations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let name = ctx.names.__annotations__.clone();
    if !class.has_flag(flags::USER) {
        return Err(protocol::no_attribute(ctx, &args[0], &name));
    }
    if let Some(own) = class.namespace().get_str(&name) {
        let getter = ctx.names.__get__.clone();
        return match protocol::call_special(ctx, &own, &getter, &[Value::NONE, args[0].clone()])? {
            Some(bound) => Ok(bound),
            None => Ok(own),
        };
    }
    let made = dict::new_dict().into_value();
    class.set_own(&name, made.clone());
    Ok(made)
}

fn set_annotations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let name = ctx.names.__annotations__.clone();
    if class.has_flag(flags::IMMUTABLE) {
        let own = class.name_string();
        return Err(ctx.type_error(format!("cannot set '__annotations__' attribute of immutable type '{own}'")));
    }
    if !args[1].is_empty() {
        class.set_own(&name, args[1].clone());
    } else if class.remove_own(&name).is_none() {
        return Err(ctx.attribute_error("__annotations__"));
    }
    Ok(Value::NONE)
}

fn type_params(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let own = class.namespace().get_str(&ctx.names.__type_params__).filter(|_| class.has_flag(flags::USER));
    Ok(own.unwrap_or_else(|| tuple::new_tuple([]).into_value()))
}

fn set_type_params(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (class, value) = settable(ctx, args, "__type_params__")?;
    class.set_own(&ctx.names.__type_params__, value.clone());
    Ok(Value::NONE)
}

fn text_signature(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    if class.has_flag(flags::USER) {
        return Ok(Value::NONE);
    }
    let own = class.namespace().get_str(&ctx.names.__new__).or_else(|| class.namespace().get_str(&ctx.names.__init__));
    let native = own.and_then(|own| own.downcast::<super::native::Native>());
    Ok(match native {
        Some(native) => ctx.str(super::native_methods::constructor_signature(native.def)),
        None if class.is(ctx.types.object.value()) => ctx.str("()"),
        None => Value::NONE,
    })
}

/// Bits of `__flags__`, as CPython numbers them.
mod type_bits {
    pub(super) const SEQUENCE: i64 = 1 << 5;
    pub(super) const MAPPING: i64 = 1 << 6;
    pub(super) const IMMUTABLE: i64 = 1 << 8;
    pub(super) const HEAP: i64 = 1 << 9;
    pub(super) const BASE: i64 = 1 << 10;
    pub(super) const READY: i64 = 1 << 12;
    pub(super) const COLLECTED: i64 = 1 << 14;
    pub(super) const ABSTRACT: i64 = 1 << 20;
}

fn type_flags(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let mut bits = type_bits::READY;
    let pairs = [
        (flags::SEQUENCE, type_bits::SEQUENCE),
        (flags::MAPPING, type_bits::MAPPING),
        (flags::IMMUTABLE, type_bits::IMMUTABLE),
        (flags::USER, type_bits::HEAP | type_bits::COLLECTED),
        (flags::SUBCLASSABLE, type_bits::BASE),
        (flags::ABSTRACT, type_bits::ABSTRACT),
    ];
    for (flag, bit) in pairs {
        if class.has_flag(flag) {
            bits |= bit;
        }
    }
    let families =
        [Kind::Int, Kind::List, Kind::Tuple, Kind::Bytes, Kind::Str, Kind::Dict, Kind::Exception, Kind::Class];
    if let Some(place) = families.iter().position(|kind| *kind == class.layout) {
        bits |= 1 << (24 + place);
    }
    Ok(int::from_i64(bits))
}

fn basic_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    let base = match class.layout {
        Kind::Class => 928,
        Kind::Dict => 48,
        Kind::List | Kind::Exception => 40,
        Kind::Set => 200,
        Kind::Str => 64,
        Kind::Int | Kind::Float | Kind::Tuple => 24,
        Kind::Complex => 32,
        Kind::Bytes => 33,
        _ => 16,
    };
    Ok(int::from_usize(base + 8 * usize::from(class.slot_count.get())))
}

fn item_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let size = match this(ctx, args)?.layout {
        Kind::Class => 40,
        Kind::Tuple => 8,
        Kind::Int => 4,
        Kind::Bytes => 1,
        _ => 0,
    };
    Ok(int::from_i64(size))
}

fn dict_offset(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    Ok(int::from_i64(if class.has_flag(flags::HAS_DICT) { -1 } else { 0 }))
}

fn weakref_offset(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = this(ctx, args)?;
    Ok(int::from_i64(if class.has_flag(flags::HAS_WEAKREF) { -32 } else { 0 }))
}

/// The interned name under which classes keep their pattern flags for `match`.
pub fn pattern_flags_name() -> Value {
    intern("__abc_tpflags__")
}
