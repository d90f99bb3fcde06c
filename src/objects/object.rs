//! `object`: what every class inherits.
//!
//! Source: "Basic customization", "Customizing attribute access" and "Customizing class creation" of the Language
//! Reference; PEP 3119 for the refusal to instantiate abstract classes.

use super::arguments::{keywords, positional, text_of};
use super::class::{Class, flags};
use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::heap::{Obj, Ref};
use super::instance::{Instance, new_instance};
use super::kind::Kind;
use super::list::new_list;
use super::module::Module;
use super::native::{Native, PyResult};
use super::protocol::{self, attribute};
use super::string::{Str, intern};
use super::value::Value;
use super::{int, tuple};
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return str(self).
    method "__str__(self, /)" => str_;
    /// Default object formatter.
    ///
    /// Return str(self) if format_spec is empty. Raise TypeError otherwise.
    method "__format__(self, format_spec, /)" => format;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq;
    /// Return self!=value.
    method "__ne__(self, value, /)" => ne;
    /// Return self<value.
    method "__lt__(self, value, /)" => unordered;
    /// Return self<=value.
    method "__le__(self, value, /)" => unordered;
    /// Return self>value.
    method "__gt__(self, value, /)" => unordered;
    /// Return self>=value.
    method "__ge__(self, value, /)" => unordered;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return getattr(self, name).
    method "__getattribute__(self, name, /)" => getattribute;
    /// Implement setattr(self, name, value).
    method "__setattr__(self, name, value, /)" => setattr;
    /// Implement delattr(self, name).
    method "__delattr__(self, name, /)" => delattr;
    /// Default dir() implementation.
    method "__dir__(self, /)" => dir;
    /// the object's class
    getter "__class__(self)" => class;
    setter "__class__(self, value)" => set_class;
    /// Helper for pickle.
    method "__reduce__(self, /)" => reduce;
    /// Helper for pickle.
    method "__reduce_ex__(self, protocol, /)" => reduce_ex;
    /// Helper for pickle.
    method "__getstate__(self, /)" => getstate;
    /// Size of object in memory, in bytes.
    method "__sizeof__(self, /)" => size_of_object;
    /// This method is called when a class is subclassed.
    ///
    /// The default implementation does nothing. It may be
    /// overridden to extend subclasses.
    classmethod "__init_subclass__(cls, /, **kwargs)" => init_subclass;
    /// Abstract classes can override this to customize issubclass().
    ///
    /// This is invoked early on by abc.ABCMeta.__subclasscheck__().
    /// It should return True, False or NotImplemented.  If it returns
    /// NotImplemented, the normal algorithm is used.  Otherwise, it
    /// overrides the normal algorithm (and the outcome is cached).
    classmethod "__subclasshook__(cls, subclass, /)" => subclass_hook;
}

/// Whether a class still has `object`'s own method of that name.
fn inherits_from_object(ctx: &Ctx, class: &Obj<Class>, name: &Value) -> bool {
    match (class.lookup(name), ctx.types.object.lookup(name)) {
        (Some(own), Some(base)) => own.is(&base),
        _ => false,
    }
}

/// What `X.__new__(cls, ...)` of a built-in class checks first: `cls` is a class, derives from the owner of the method,
/// and has no nearer built-in base with a `__new__` of its own.
///
/// # Errors
/// TypeError.
pub fn check_new(ctx: &mut Ctx, native: &Native, class: &Value) -> PyResult<()> {
    let owner = native.owner.get();
    let Some(owner) = owner.downcast_ref::<Class>() else { return Ok(()) };
    let own = owner.name_string();
    let Some(class) = class.downcast_ref::<Class>() else {
        let got = protocol::class_name(ctx, class);
        return Err(ctx.type_error(format!("{own}.__new__(X): X is not a type object ({got})")));
    };
    if owner.is(class.to_ref().value()) {
        return Ok(());
    }
    let name = class.name_string();
    if !class.is_subclass_of(owner) {
        return Err(ctx.type_error(format!("{own}.__new__({name}): {name} is not a subtype of {own}")));
    }
    let nearest =
        class.mro().into_iter().filter_map(|base| base.downcast::<Class>()).find(|b| !b.has_flag(flags::USER));
    if let Some(nearest) = nearest
        && !nearest.is(owner.to_ref().value())
        && let Some(found) = nearest.lookup(&ctx.names.__new__)
        && found.downcast_ref::<Native>().is_some_and(|found| !std::ptr::eq(found.def, native.def))
    {
        let base = nearest.name_string();
        return Err(ctx.type_error(format!("{own}.__new__({name}) is not safe, use {base}.__new__()")));
    }
    Ok(())
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else {
        let got = protocol::class_name(ctx, &args[0]);
        return Err(ctx.type_error(format!("object.__new__(X): X is not a type object ({got})")));
    };
    if !positional(&args[1]).is_empty() || !keywords(&args[2]).is_empty() {
        let names = (ctx.names.__new__.clone(), ctx.names.__init__.clone());
        if !inherits_from_object(ctx, class, &names.0) {
            return Err(ctx.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if inherits_from_object(ctx, class, &names.1) {
            let name = class.name_string();
            return Err(ctx.type_error(format!("{name}() takes no arguments")));
        }
    }
    new_object(ctx, class)
}

/// `object.__new__(cls)`: an instance without attributes.
///
/// # Errors
/// TypeError for abstract classes and for classes whose instances `object` cannot make.
pub fn new_object(ctx: &mut Ctx, class: &Obj<Class>) -> PyResult {
    if class.has_flag(flags::ABSTRACT) {
        return Err(refuse_abstract(ctx, class));
    }
    if class.layout != Kind::Instance {
        let name = class.name_string();
        return Err(ctx.type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
    }
    Ok(new_instance(class).into_value())
}

#[cold]
fn refuse_abstract(ctx: &mut Ctx, class: &Obj<Class>) -> super::native::Raised {
    let name = class.name_string();
    let abstracts = class.namespace().get_str(&ctx.names.__abstractmethods__).unwrap_or(Value::NONE);
    let mut methods = match protocol::collect(ctx, &abstracts) {
        Ok(methods) => methods,
        Err(raised) => return raised,
    };
    if let Err(raised) = sort_texts(ctx, &mut methods) {
        return raised;
    }
    let listed: Vec<String> = methods.iter().map(|method| format!("'{}'", text_of(method))).collect();
    let plural = if listed.len() > 1 { "s" } else { "" };
    let listed = listed.join(", ");
    ctx.type_error(format!(
        "Can't instantiate abstract class {name} without an implementation for abstract method{plural} {listed}"
    ))
}

fn sort_texts(ctx: &mut Ctx, items: &mut [Value]) -> PyResult<()> {
    if let Some(odd) = items.iter().find(|item| !item.is_kind::<Str>()) {
        return Err(protocol::type_mismatch(ctx, "sequence item 0: expected str instance, {} found", odd));
    }
    items.sort_by_key(text_of);
    Ok(())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !positional(&args[1]).is_empty() || !keywords(&args[2]).is_empty() {
        let class = protocol::class_of(ctx, &args[0]);
        let names = (ctx.names.__new__.clone(), ctx.names.__init__.clone());
        if !inherits_from_object(ctx, &class, &names.1) {
            return Err(ctx.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
        }
        if inherits_from_object(ctx, &class, &names.0) {
            let name = class.name_string();
            let message = format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
            return Err(ctx.type_error(message));
        }
    }
    Ok(Value::NONE)
}

/// `<module.Class object at 0x...>`
pub fn default_repr(ctx: &Ctx, object: &Value) -> String {
    let name = protocol::with_class(ctx, object, |class| protocol::full_class_name(ctx, class));
    format!("<{name} object at {:#x}>", object.id())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = default_repr(ctx, &args[0]);
    Ok(ctx.str(text))
}

fn str_(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::repr(ctx, &args[0]).map(Ref::into_value)
}

fn format(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(spec) = args[1].downcast_ref::<Str>() else {
        return Err(protocol::type_mismatch(ctx, "__format__() argument must be str, not {}", &args[1]));
    };
    if !spec.as_str().is_empty() {
        let name = protocol::class_name(ctx, &args[0]);
        return Err(ctx.type_error(format!("unsupported format string passed to {name}.__format__")));
    }
    protocol::str_of(ctx, &args[0]).map(Ref::into_value)
}

fn eq(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(if args[0].is(&args[1]) { Value::TRUE } else { Value::NOT_IMPLEMENTED })
}

fn ne(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // By default != is the inverse of whatever == says.
    let name = ctx.names.__eq__.clone();
    match protocol::call_special(ctx, &args[0], &name, &args[1..2])? {
        Some(result) if !result.is_not_implemented() => Ok(Value::bool(!protocol::truth(ctx, &result)?)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn unordered(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(Value::NOT_IMPLEMENTED)
}

/// The hash by identity.
pub fn identity_hash(object: &Value) -> i64 {
    hashing::pointer(object.id() as usize)
}

fn hash(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(int::from_i64(identity_hash(&args[0])))
}

fn attribute_name(ctx: &mut Ctx, name: &Value) -> PyResult {
    if name.is_kind::<Str>() {
        return Ok(super::string::intern_text(name));
    }
    Err(protocol::type_mismatch(ctx, "attribute name must be string, not '{}'", name))
}

fn getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = attribute_name(ctx, &args[1])?;
    // Called by name on a class or module, this is still object's own lookup, not theirs.
    match args[0].header().map(|header| header.kind()) {
        Some(Kind::Class | Kind::Module | Kind::Super) => match attribute::generic_lookup(ctx, &args[0], &name)? {
            Some(value) => Ok(value),
            None => Err(protocol::no_attribute(ctx, &args[0], &name)),
        },
        _ => attribute::default_get_attr(ctx, &args[0], &name),
    }
}

fn refuse_for_classes(ctx: &mut Ctx, object: &Value, method: &str) -> PyResult<()> {
    if object.is_kind::<Class>() {
        let meta = protocol::class_name(ctx, object);
        return Err(ctx.type_error(format!("can't apply this {method} to {meta} object")));
    }
    Ok(())
}

fn setattr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_for_classes(ctx, &args[0], "__setattr__")?;
    let name = attribute_name(ctx, &args[1])?;
    attribute::default_set_attr(ctx, &args[0], &name, Some(args[2].clone())).map(|()| Value::NONE)
}

fn delattr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_for_classes(ctx, &args[0], "__delattr__")?;
    let name = attribute_name(ctx, &args[1])?;
    attribute::default_set_attr(ctx, &args[0], &name, None).map(|()| Value::NONE)
}

/// Puts the names of a class and its bases into a dict of names, as `dir()` does.
///
/// # Errors
/// What `__dict__` or `__bases__` of an odd class raise.
pub fn merge_class_names(ctx: &mut Ctx, names: &Obj<Dict>, class: &Value) -> PyResult<()> {
    if let Some(class) = class.downcast_ref::<Class>() {
        for base in class.mro().iter().filter_map(Value::downcast_ref::<Class>) {
            for (name, _) in base.namespace().entries() {
                names.insert(ctx, name, Value::NONE)?;
            }
        }
        return Ok(());
    }
    let (dict, bases) = (ctx.names.__dict__.clone(), ctx.names.__bases__.clone());
    if let Some(own) = protocol::get_attr_optional(ctx, class, &dict)? {
        for name in protocol::collect(ctx, &own)? {
            names.insert(ctx, name, Value::NONE)?;
        }
    }
    if let Some(bases) = protocol::get_attr_optional(ctx, class, &bases)? {
        ctx.enter(" in dir()")?;
        for base in protocol::collect(ctx, &bases).unwrap_or_default() {
            if let Err(raised) = merge_class_names(ctx, names, &base) {
                ctx.leave();
                return Err(raised);
            }
        }
        ctx.leave();
    }
    Ok(())
}

fn dir(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let names = dict::new_dict();
    let (dict_name, class_name) = (ctx.names.__dict__.clone(), ctx.names.__class__.clone());
    if let Some(own) = protocol::get_attr_optional(ctx, &args[0], &dict_name)?
        && let Some(own) = own.downcast_ref::<Dict>()
    {
        for (name, _) in own.entries() {
            names.insert(ctx, name, Value::NONE)?;
        }
    }
    if let Some(class) = protocol::get_attr_optional(ctx, &args[0], &class_name)? {
        merge_class_names(ctx, &names, &class)?;
    }
    Ok(new_list(names.entries().into_iter().map(|(name, _)| name).collect()).into_value())
}

fn class(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(protocol::class_of(ctx, &args[0]).into_value())
}

fn set_class(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.type_error("can't delete __class__ attribute"));
    }
    let Some(new) = args[1].downcast_ref::<Class>() else {
        return Err(protocol::type_mismatch(ctx, "__class__ must be set to a class, not '{}' object", &args[1]));
    };
    let old = protocol::class_of(ctx, &args[0]);
    let is_module = args[0].is_kind::<Module>() && new.is_subclass_of(&ctx.types.module);
    if !is_module && (!new.has_flag(flags::USER) || !old.has_flag(flags::USER)) {
        return Err(ctx.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    }
    let same_layout = super::class_creation::same_layout(&old, new);
    let Some(header) = args[0].header() else { return Ok(Value::NONE) };
    if !same_layout || header.shape().has_attrs() != new.instance_shape.get().has_attrs() {
        let (own, other) = (new.name_string(), old.name_string());
        let message = format!("__class__ assignment: '{own}' object layout differs from '{other}'");
        return Err(ctx.type_error(message));
    }
    let shape = match args[0].downcast_ref::<Instance>() {
        Some(instance) if new.has_flag(flags::HAS_DICT) => {
            // Slots of a shape belong to one class; a dict carries the attributes over to the other.
            instance.dict();
            new.dict_shape.get()
        }
        _ => new.instance_shape.get(),
    };
    let before = header.shape();
    shape.note_instance();
    header.set_shape(shape);
    before.forget_instance();
    Ok(Value::NONE)
}

fn copyreg_function(ctx: &mut Ctx, name: &str) -> PyResult {
    let import = ctx.builtins.get_str(&ctx.names.__import__).unwrap_or(Value::NONE);
    let module = protocol::call(ctx, &import, &[intern("copyreg")])?;
    protocol::get_attr(ctx, &module, &intern(name))
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    reduce_with(ctx, &args[0], 0)
}

fn reduce_ex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let version = protocol::convert::as_i32(ctx, &args[1])?;
    // A class that overrides __reduce__ is asked; object's own knows the newer protocols.
    let name = ctx.names.__reduce__.clone();
    let class = protocol::class_of(ctx, &args[0]);
    if !inherits_from_object(ctx, &class, &name)
        && let Some(result) = protocol::call_special(ctx, &args[0], &name, &[])?
    {
        return Ok(result);
    }
    reduce_with(ctx, &args[0], version)
}

fn reduce_with(ctx: &mut Ctx, object: &Value, version: i32) -> PyResult {
    if version < 2 {
        let function = copyreg_function(ctx, "_reduce_ex")?;
        return protocol::call(ctx, &function, &[object.clone(), int::from_i64(i64::from(version))]);
    }
    let class = protocol::class_of(ctx, object);
    if !class.has_flag(flags::USER)
        && class.layout != Kind::Instance
        && inherits_from_object(ctx, &class, &ctx.names.__new__)
    {
        if let Some(fields) = object.downcast_ref::<tuple::Tuple>() {
            // A structure such as `time.struct_time`: what it has beyond its items is not kept.
            let fields = tuple::new_tuple(fields.items().to_vec()).into_value();
            let arguments = tuple::new_tuple([fields]).into_value();
            return Ok(tuple::new_tuple([class.value().clone(), arguments]).into_value());
        }
        let name = class.name_string();
        return Err(ctx.type_error(format!("cannot pickle '{name}' object")));
    }
    let (args, kwargs) = new_arguments(ctx, object)?;
    let (constructor, arguments) = match kwargs {
        None => {
            let mut all = vec![class.value().clone()];
            all.extend(args);
            (copyreg_function(ctx, "__newobj__")?, tuple::new_tuple(all))
        }
        Some(kwargs) => (
            copyreg_function(ctx, "__newobj_ex__")?,
            tuple::new_tuple([class.value().clone(), tuple::new_tuple(args).into_value(), kwargs]),
        ),
    };
    let state = protocol::call_method(ctx, object, "__getstate__", &[])?;
    let mut list_items = Value::NONE;
    let mut dict_items = Value::NONE;
    if object.is_kind::<super::list::List>() {
        list_items = protocol::iter(ctx, object)?;
    }
    if object.is_kind::<Dict>() {
        let items = protocol::call_method(ctx, object, "items", &[])?;
        dict_items = protocol::iter(ctx, &items)?;
    }
    Ok(tuple::new_tuple([constructor, arguments.into_value(), state, list_items, dict_items]).into_value())
}

/// What `__getnewargs_ex__` or `__getnewargs__` say.
fn new_arguments(ctx: &mut Ctx, object: &Value) -> PyResult<(Vec<Value>, Option<Value>)> {
    if let Some(method) = protocol::get_attr_optional(ctx, object, &intern("__getnewargs_ex__"))? {
        let result = protocol::call(ctx, &method, &[])?;
        let pair = positional(&result).to_vec();
        if !result.is_kind::<tuple::Tuple>() {
            return Err(protocol::type_mismatch(ctx, "__getnewargs_ex__ should return a tuple, not '{}'", &result));
        }
        if pair.len() != 2 {
            let length = pair.len();
            let message = format!("__getnewargs_ex__ should return a tuple of length 2, not {length}");
            return Err(ctx.value_error(message));
        }
        if !pair[0].is_kind::<tuple::Tuple>() {
            let message = "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'";
            return Err(protocol::type_mismatch(ctx, message, &pair[0]));
        }
        if !pair[1].is_kind::<Dict>() {
            let message = "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'";
            return Err(protocol::type_mismatch(ctx, message, &pair[1]));
        }
        let kwargs = if keywords(&pair[1]).is_empty() { None } else { Some(pair[1].clone()) };
        return Ok((positional(&pair[0]).to_vec(), kwargs));
    }
    let name = ctx.names.__getnewargs__.clone();
    if let Some(method) = protocol::get_attr_optional(ctx, object, &name)? {
        let result = protocol::call(ctx, &method, &[])?;
        if !result.is_kind::<tuple::Tuple>() {
            return Err(protocol::type_mismatch(ctx, "__getnewargs__ should return a tuple, not '{}'", &result));
        }
        return Ok((positional(&result).to_vec(), None));
    }
    Ok((Vec::new(), None))
}

fn getstate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict_name = ctx.names.__dict__.clone();
    let own = match protocol::get_attr_optional(ctx, &args[0], &dict_name)? {
        Some(own) => match own.downcast_ref::<Dict>() {
            Some(dict) => dict::from_payload(dict.copied()).into_value(),
            None => own,
        },
        None => Value::NONE,
    };
    let slots = slot_values(ctx, &args[0])?;
    if slots.is_empty() {
        let empty = own.downcast_ref::<Dict>().is_some_and(|dict| dict.is_empty());
        return Ok(if empty { Value::NONE } else { own });
    }
    let values = dict::new_dict();
    for (name, value) in slots {
        values.set_str(&name, value);
    }
    let own = if own.downcast_ref::<Dict>().is_some_and(|dict| dict.is_empty()) { Value::NONE } else { own };
    Ok(tuple::new_tuple([own, values.into_value()]).into_value())
}

/// Names and values of the `__slots__` that are set.
fn slot_values(ctx: &mut Ctx, object: &Value) -> PyResult<Vec<(Value, Value)>> {
    let class = protocol::class_of(ctx, object);
    let mut found = Vec::new();
    for base in class.mro().iter().rev().filter_map(Value::downcast_ref::<Class>) {
        for (_, value) in base.namespace().entries() {
            if let Some(member) = value.downcast_ref::<super::descriptor::Member>()
                && let Some(content) = super::descriptor::member_slot(ctx, member, object)?
            {
                found.push((member.name.get(), content));
            }
        }
    }
    Ok(found)
}

fn size_of_object(_: &mut Ctx, args: &[Value]) -> PyResult {
    let extra = args[0].downcast_ref::<Instance>().map_or(0, |instance| instance.tail().len() * size_of::<Value>());
    Ok(int::from_usize(16 + extra))
}

fn init_subclass(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !keywords(&args[1]).is_empty() {
        let name = args[0].downcast_ref::<Class>().map_or_else(String::new, |class| text_of(&class.qualname.get()));
        return Err(ctx.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
    }
    Ok(Value::NONE)
}

fn subclass_hook(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(Value::NOT_IMPLEMENTED)
}
