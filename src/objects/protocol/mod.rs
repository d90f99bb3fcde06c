//! What Python's syntax and built-in functions do with any object: attribute access, operators, comparison, iteration,
//! calls, text. Natives use these functions; the interpreter loop has its own fast paths in front of them.
//!
//! Special methods are looked up on the class, never on the instance ("Special method lookup", Language Reference).
//! Where one is written in Python, it runs through the re-entrant door ([`call`]).

pub mod attribute;
pub mod compare;
pub mod convert;
pub mod iteration;
pub mod operator;
pub mod subscript;
pub mod text;

use super::class::Class;
use super::ctx::Ctx;
use super::frame::Frame;
use super::function::{BoundMethod, Function};
use super::heap::{Obj, Ref};
use super::native::{Native, NativeCode, PyResult, Raised, Role, call_leaf};
use super::string::{Str, intern};
use super::value::Value;

pub use attribute::{delete_attr, get_attr, get_attr_optional, no_attribute, set_attr};
pub use compare::{equal, hash, rich_compare, truth};
pub use convert::{as_index, as_isize, as_usize_length, index_value};
pub use iteration::{collect, iter, length_hint, next};
pub use operator::{binary_op, unary_op};
pub use subscript::{contains, delete_item, get_item, length, set_item};
pub use text::{ascii, format, repr, str_of};

/// The class of a value.
pub fn class_of(ctx: &Ctx, value: &Value) -> Ref<Class> {
    with_class(ctx, value, Obj::to_ref)
}

/// Looks at the class of a value without counting a reference.
#[inline]
pub fn with_class<R>(ctx: &Ctx, value: &Value, look: impl FnOnce(&Obj<Class>) -> R) -> R {
    if let Some(header) = value.header() {
        return header.shape().with_class(look);
    }
    let types = &ctx.types;
    look(if value.as_small_int().is_some() {
        &types.int
    } else if value.as_inline_float().is_some() {
        &types.float
    } else if value.as_bool().is_some() {
        &types.bool_
    } else if value.is_none() {
        &types.none_type
    } else if value.is_not_implemented() {
        &types.not_implemented_type
    } else {
        &types.ellipsis_type
    })
}

/// The name of a value's class as messages give it: `__name__`, with the module in front for a built-in class of another
/// module than `builtins` (`collections.deque`).
pub fn class_name(ctx: &Ctx, value: &Value) -> String {
    with_class(ctx, value, |class| name_of_class(ctx, class))
}

/// The name of a class as messages give it; see [`class_name`].
pub fn name_of_class(ctx: &Ctx, class: &Obj<Class>) -> String {
    use super::class::flags;
    if (!class.has_flag(flags::USER) || class.has_flag(flags::NAMED_FULLY))
        && let Some(module) = class.namespace().get_str(&ctx.names.__module__)
        && let Some(module) = module.downcast_ref::<Str>()
    {
        return format!("{}.{}", module.as_str(), class.name_string());
    }
    class.name_string()
}

/// `type(value).__qualname__`, with the module in front unless it is `builtins`.
pub fn full_class_name(ctx: &Ctx, class: &Obj<Class>) -> String {
    let module = class.lookup(&ctx.names.__module__);
    let name = class.qualname.get().downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
    match module.as_ref().and_then(Value::downcast_ref::<Str>) {
        Some(module) if module.as_str() != "builtins" => format!("{}.{name}", module.as_str()),
        _ => name,
    }
}

/// A special method found on the class of a value, not bound.
#[inline]
pub fn lookup_special(ctx: &Ctx, value: &Value, name: &Value) -> Option<Value> {
    with_class(ctx, value, |class| class.lookup(name))
}

/// Calls a special method on a value; None when the class has no such method.
///
/// # Errors
/// What binding or the method raises.
pub fn call_special(ctx: &mut Ctx, value: &Value, name: &Value, args: &[Value]) -> PyResult<Option<Value>> {
    match lookup_special(ctx, value, name) {
        Some(method) => call_unbound(ctx, &method, value, args).map(Some),
        None => Ok(None),
    }
}

/// Calls an attribute found on the class, binding it to `this` first.
///
/// # Errors
/// What binding or the call raises.
pub fn call_unbound(ctx: &mut Ctx, method: &Value, this: &Value, args: &[Value]) -> PyResult {
    if let Some(native) = method.downcast_ref::<Native>()
        && native.def.role == Role::Method
        && native.this.is_empty()
    {
        // Found on the class of `this`, so `this` is an instance of the owner.
        let arity = &native.def.arity;
        if let NativeCode::Leaf(leaf) = native.def.code
            && arity.takes(args.len() + 1)
        {
            return match args {
                [] if arity.max == 1 => leaf(ctx, std::slice::from_ref(this)),
                [a] if arity.max == 2 => leaf(ctx, &[this.clone(), a.clone()]),
                [a, b] if arity.max == 3 => leaf(ctx, &[this.clone(), a.clone(), b.clone()]),
                _ => call_leaf(ctx, native.def, leaf, &with_self(this, args)),
            };
        }
        return (ctx.door.call)(ctx, method, &with_self(this, args), &[]);
    }
    if method.is_kind::<Function>() {
        return match args {
            [] => (ctx.door.call)(ctx, method, std::slice::from_ref(this), &[]),
            [a] => (ctx.door.call)(ctx, method, &[this.clone(), a.clone()], &[]),
            _ => (ctx.door.call)(ctx, method, &with_self(this, args), &[]),
        };
    }
    let class = class_of(ctx, this);
    let bound = attribute::bind(ctx, method, this, &class)?;
    call(ctx, &bound, args)
}

fn with_self(this: &Value, args: &[Value]) -> smallvec::SmallVec<[Value; 4]> {
    let mut all = smallvec::SmallVec::with_capacity(args.len() + 1);
    all.push(this.clone());
    all.extend(args.iter().cloned());
    all
}

/// Calls a callable with positional arguments, to the end.
///
/// # Errors
/// What it raises.
#[inline]
pub fn call(ctx: &mut Ctx, callable: &Value, args: &[Value]) -> PyResult {
    if let Some(native) = callable.downcast_ref::<Native>()
        && let NativeCode::Leaf(leaf) = native.def.code
    {
        if native.this.is_empty() {
            if native.def.arity.takes(args.len()) && native.is_for(args) {
                return call_leaf(ctx, native.def, leaf, args);
            }
        } else if native.def.arity.takes(args.len() + 1) && matches!(native.def.role, Role::Method | Role::ClassMethod)
        {
            return call_leaf(ctx, native.def, leaf, &with_self(&native.this.get(), args));
        }
    }
    if let Some(class) = callable.downcast_ref::<Class>()
        && let Some(value) = match args {
            [] => super::construct::at_once(ctx, class, std::slice::from_ref(callable))?,
            [arg] => super::construct::at_once(ctx, class, &[callable.clone(), arg.clone()])?,
            _ => None,
        }
    {
        return Ok(value);
    }
    (ctx.door.call)(ctx, callable, args, &[])
}

/// Calls a callable with positional and keyword arguments, to the end.
///
/// # Errors
/// What it raises.
pub fn call_keywords(ctx: &mut Ctx, callable: &Value, args: &[Value], keywords: &[(Value, Value)]) -> PyResult {
    (ctx.door.call)(ctx, callable, args, keywords)
}

/// Calls a method by name, found as an attribute access would.
///
/// # Errors
/// What the lookup or the method raises.
pub fn call_method(ctx: &mut Ctx, this: &Value, name: &str, args: &[Value]) -> PyResult {
    let method = get_attr(ctx, this, &intern(name))?;
    call(ctx, &method, args)
}

/// Whether `callable()` says that a value can be called.
pub fn is_callable(ctx: &Ctx, value: &Value) -> bool {
    value.is_kind::<Function>()
        || value.is_kind::<Native>()
        || value.is_kind::<BoundMethod>()
        || value.is_kind::<Class>()
        || lookup_special(ctx, value, &ctx.names.__call__).is_some()
}

/// Whether a value is an instance of a built-in class or of a class derived from it, by its real class.
#[inline]
pub fn is_instance_of(ctx: &Ctx, value: &Value, class: &Obj<Class>) -> bool {
    with_class(ctx, value, |own| own.is_subclass_of(class))
}

/// `isinstance(value, classes)`
///
/// # Errors
/// TypeError when `classes` is no class, union or tuple of such; what `__instancecheck__` raises.
pub fn is_instance(ctx: &mut Ctx, value: &Value, classes: &Value) -> PyResult<bool> {
    if let Some(class) = classes.downcast_ref::<Class>() {
        if with_class(ctx, value, |own| own.is(classes)) {
            return Ok(true);
        }
        if classes
            .header()
            .is_some_and(|header| header.shape() == super::shape::ShapeId::exact(super::kind::Kind::Class))
        {
            return real_instance(ctx, value, class);
        }
    }
    if let Some(tuple) = classes.downcast_ref::<super::tuple::Tuple>() {
        ctx.enter(" in __instancecheck__")?;
        let mut found = Ok(false);
        for class in tuple.items() {
            found = is_instance(ctx, value, class);
            if !matches!(found, Ok(false)) {
                break;
            }
        }
        ctx.leave();
        return found;
    }
    let name = ctx.names.__instancecheck__.clone();
    if let Some(result) = call_special(ctx, classes, &name, std::slice::from_ref(value))? {
        return truth(ctx, &result);
    }
    abstract_instance(ctx, value, classes)
}

/// `type.__instancecheck__`: by the MRO of the value's class, then by its `__class__`.
///
/// # Errors
/// What a `__class__` property raises.
pub fn real_instance(ctx: &mut Ctx, value: &Value, class: &Obj<Class>) -> PyResult<bool> {
    if is_instance_of(ctx, value, class) {
        return Ok(true);
    }
    // Only programs' classes can lie about __class__.
    if !value.header().is_some_and(|header| header.shape().is_user() || value.is_kind::<super::weakref::WeakRef>()) {
        return Ok(false);
    }
    let name = ctx.names.__class__.clone();
    let claimed = get_attr_optional(ctx, value, &name)?;
    Ok(claimed.and_then(|claimed| claimed.downcast::<Class>()).is_some_and(|claimed| claimed.is_subclass_of(class)))
}

fn abstract_instance(ctx: &mut Ctx, value: &Value, class: &Value) -> PyResult<bool> {
    let name = ctx.names.__bases__.clone();
    match get_attr_optional(ctx, class, &name)? {
        Some(bases) if bases.is_kind::<super::tuple::Tuple>() => {
            let name = ctx.names.__class__.clone();
            match get_attr_optional(ctx, value, &name)? {
                Some(own) => abstract_subclass(ctx, &own, class),
                None => Ok(false),
            }
        }
        _ => Err(ctx.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
    }
}

fn abstract_subclass(ctx: &mut Ctx, derived: &Value, class: &Value) -> PyResult<bool> {
    if derived.is(class) {
        return Ok(true);
    }
    ctx.enter(" in __subclasscheck__")?;
    let name = ctx.names.__bases__.clone();
    let bases = get_attr_optional(ctx, derived, &name);
    let result = match bases {
        Err(raised) => Err(raised),
        Ok(bases) => {
            let mut found = Ok(false);
            if let Some(bases) = bases.and_then(|bases| bases.downcast::<super::tuple::Tuple>()) {
                for base in bases.items() {
                    found = abstract_subclass(ctx, base, class);
                    if !matches!(found, Ok(false)) {
                        break;
                    }
                }
            }
            found
        }
    };
    ctx.leave();
    result
}

/// `issubclass(derived, classes)`
///
/// # Errors
/// TypeError when an argument is no class; what `__subclasscheck__` raises.
pub fn is_subclass(ctx: &mut Ctx, derived: &Value, classes: &Value) -> PyResult<bool> {
    if classes.header().is_some_and(|header| header.shape() == super::shape::ShapeId::exact(super::kind::Kind::Class)) {
        return real_subclass(ctx, derived, classes);
    }
    if let Some(tuple) = classes.downcast_ref::<super::tuple::Tuple>() {
        ctx.enter(" in __subclasscheck__")?;
        let mut found = Ok(false);
        for class in tuple.items() {
            found = is_subclass(ctx, derived, class);
            if !matches!(found, Ok(false)) {
                break;
            }
        }
        ctx.leave();
        return found;
    }
    let name = ctx.names.__subclasscheck__.clone();
    if let Some(result) = call_special(ctx, classes, &name, std::slice::from_ref(derived))? {
        return truth(ctx, &result);
    }
    real_subclass(ctx, derived, classes)
}

/// `type.__subclasscheck__`
///
/// # Errors
/// TypeError when an argument is no class.
pub fn real_subclass(ctx: &mut Ctx, derived: &Value, class: &Value) -> PyResult<bool> {
    if let (Some(derived), Some(class)) = (derived.downcast_ref::<Class>(), class.downcast_ref::<Class>()) {
        return Ok(derived.is_subclass_of(class));
    }
    let name = ctx.names.__bases__.clone();
    if !get_attr_optional(ctx, derived, &name)?.is_some_and(|bases| bases.is_kind::<super::tuple::Tuple>()) {
        return Err(ctx.type_error("issubclass() arg 1 must be a class"));
    }
    if !get_attr_optional(ctx, class, &name)?.is_some_and(|bases| bases.is_kind::<super::tuple::Tuple>()) {
        return Err(ctx.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
    }
    abstract_subclass(ctx, derived, class)
}

/// The frame that is running, if a Python frame is.
pub fn current_frame(ctx: &Ctx) -> Option<Ref<Frame>> {
    let mut address = ctx.frame;
    loop {
        let value = super::frame::value_at(address)?;
        if let Some(frame) = value.downcast::<Frame>() {
            return Some(frame);
        }
        address = value.downcast_ref::<super::native::NativeFrame>()?.prev.get();
    }
}

/// Raises TypeError for a wrong operand or argument.
pub fn type_mismatch(ctx: &mut Ctx, text: &str, value: &Value) -> Raised {
    let name = class_name(ctx, value);
    ctx.type_error(text.replace("{}", &name))
}
