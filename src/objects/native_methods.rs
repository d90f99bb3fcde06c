//! Methods and attributes of native functions and descriptors: `builtin_function_or_method`, `method_descriptor`,
//! `wrapper_descriptor`, `method-wrapper`, `classmethod_descriptor` and `getset_descriptor`.
//!
//! They share one payload and differ by shape. Source: "The standard type hierarchy", callable types, of the Language
//! Reference.

use super::arguments::{bad_self, keywords, or_none, positional, text_of};
use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Obj, Slot};
use super::module::Module;
use super::native::{Native, NativeCode, NativeDef, ParameterKind, PyResult, Role};
use super::protocol::{self, attribute};
use super::string::intern;
use super::tuple;
use super::types::{
    SHAPE_CLASSMETHOD_DESCRIPTOR, SHAPE_GETSET_DESCRIPTOR, SHAPE_METHOD_DESCRIPTOR, SHAPE_METHOD_WRAPPER,
    SHAPE_WRAPPER_DESCRIPTOR, bind_native,
};
use super::value::Value;
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => call;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq;
    method "__reduce__(self, /)" => reduce;
    getter "__name__(self)" => name;
    getter "__qualname__(self)" => qualname;
    getter "__doc__(self)" => doc;
    getter "__text_signature__(self)" => text_signature;
}

crate::natives! { pub(crate) static FUNCTION_METHODS:
    getter "__self__(self)" => bound_to;
    /// member
    getter "__module__(self)" => module;
    setter "__module__(self, value)" => set_module;
}

crate::natives! { pub(crate) static WRAPPER_METHODS:
    getter "__self__(self)" => bound_to;
    getter "__objclass__(self)" => owner;
}

crate::natives! { pub(crate) static DESCRIPTOR_METHODS:
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get;
    /// member
    getter "__objclass__(self)" => owner;
}

crate::natives! { pub(crate) static GETSET_METHODS:
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get;
    /// Set an attribute of instance to value.
    method "__set__(self, instance, value, /)" => set;
    /// Delete an attribute of instance.
    method "__delete__(self, instance, /)" => delete;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    getter "__name__(self)" => name;
    getter "__qualname__(self)" => qualname;
    getter "__doc__(self)" => doc;
    /// member
    getter "__objclass__(self)" => owner;
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<Native>> {
    match args[0].downcast_ref::<Native>() {
        Some(native) => Ok(native),
        None => Err(bad_self(ctx, &args[0], "builtin_function_or_method")),
    }
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::call_keywords(ctx, &args[0], positional(&args[1]), &keywords(&args[2]))
}

fn owner_name(native: &Native) -> String {
    native.owner.get().downcast_ref::<Class>().map_or_else(String::new, |class| class.name_string())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let name = native.def.name();
    let owner = owner_name(native);
    let shape = native.header().shape();
    let this = native.this.get();
    Ok(ctx.str(if shape == SHAPE_METHOD_DESCRIPTOR || shape == SHAPE_CLASSMETHOD_DESCRIPTOR {
        format!("<method '{name}' of '{owner}' objects>")
    } else if shape == SHAPE_WRAPPER_DESCRIPTOR {
        format!("<slot wrapper '{name}' of '{owner}' objects>")
    } else if shape == SHAPE_GETSET_DESCRIPTOR && native.def.is_member() {
        format!("<member '{name}' of '{owner}' objects>")
    } else if shape == SHAPE_GETSET_DESCRIPTOR {
        format!("<attribute '{name}' of '{owner}' objects>")
    } else if shape == SHAPE_METHOD_WRAPPER {
        let class = protocol::class_name(ctx, &this);
        format!("<method-wrapper '{name}' of {class} object at {:#x}>", this.id())
    } else if this.is_empty() || this.is_kind::<Module>() {
        format!("<built-in function {name}>")
    } else {
        let class = protocol::class_name(ctx, &this);
        format!("<built-in method {name} of {class} object at {:#x}>", this.id())
    }))
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let code = std::ptr::from_ref(native.def).addr();
    let this = native.this.get();
    let own = if this.is_empty() { 0 } else { this.id() };
    let hash = hashing::pointer(code) ^ hashing::pointer(own as usize);
    Ok(super::int::from_i64(if hash == -1 { -2 } else { hash }))
}

fn eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<Native>() else { return Ok(Value::NOT_IMPLEMENTED) };
    // Bound methods are made anew by every access, so they compare by what they are bound to.
    let same = std::ptr::eq(native.def, other.def)
        && native.header().shape() == other.header().shape()
        && native.this.get().is(&other.this.get())
        && native.owner.get().is(&other.owner.get());
    Ok(Value::bool(same))
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let name = ctx.str(native.def.name());
    let (this, owner) = (native.this.get(), native.owner.get());
    let source = if !this.is_empty() { this } else { owner };
    if source.is_empty() || source.is_kind::<Module>() {
        return Ok(name);
    }
    let getattr = ctx.builtins.get_str(&intern("getattr")).unwrap_or(Value::NONE);
    let pair = tuple::new_tuple([source, name]).into_value();
    Ok(tuple::new_tuple([getattr, pair]).into_value())
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(intern(this(ctx, args)?.def.name()))
}

fn qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let name = native.def.name();
    let this = native.this.get();
    let class = match this.downcast_ref::<Class>() {
        // A class method or a constructor belongs to the class that it is bound to.
        Some(class) => Some(text_of(&class.qualname.get())),
        None if !this.is_empty() && !this.is_kind::<Module>() => {
            Some(protocol::with_class(ctx, &this, |class| text_of(&class.qualname.get())))
        }
        None => native.owner.get().downcast_ref::<Class>().map(|class| text_of(&class.qualname.get())),
    };
    Ok(match class {
        Some(class) => ctx.str(format!("{class}.{name}")),
        None => intern(name),
    })
}

fn doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    Ok(match doc_text(native.def) {
        Some(text) => ctx.str(text),
        None => Value::NONE,
    })
}

/// The docstring of a native, its lines without the space that a doc comment has before the text.
fn doc_text(def: &NativeDef) -> Option<String> {
    let doc = def.doc.trim_start();
    let doc = if def.is_member() { doc.trim_start_matches("member").trim_start_matches(':') } else { def.doc };
    let lines: Vec<&str> = doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let text = lines.join("\n");
    let text = text.trim();
    if text.is_empty() { None } else { Some(text.to_owned()) }
}

/// `__text_signature__` of a native: the parameters, the first one marked as bound.
pub fn signature_text(def: &NativeDef) -> String {
    let inside = def.signature.find('(').map_or("()", |open| &def.signature[open..]);
    match def.role {
        Role::Method | Role::ClassMethod => inside.replacen('(', "($", 1),
        Role::Function | Role::StaticMethod | Role::Getter | Role::Setter => inside.to_owned(),
    }
}

/// The signature of a class as its constructor has it, the class or instance left out.
pub fn constructor_signature(def: &NativeDef) -> String {
    let parameters = def.parameters();
    let rest: Vec<_> = parameters.iter().skip(1).collect();
    let mut parts: Vec<String> = Vec::new();
    let mut star = false;
    for (index, parameter) in rest.iter().enumerate() {
        match parameter.kind {
            ParameterKind::VarArgs => {
                star = true;
                parts.push(format!("*{}", parameter.name));
            }
            ParameterKind::VarKeywords => parts.push(format!("**{}", parameter.name)),
            ParameterKind::KeywordOnly if !star => {
                star = true;
                parts.push("*".to_owned());
                parts.push(with_default(parameter.name, parameter.default));
            }
            _ => parts.push(with_default(parameter.name, parameter.default)),
        }
        let last_positional = parameter.kind == ParameterKind::PositionalOnly
            && rest.get(index + 1).is_none_or(|next| next.kind != ParameterKind::PositionalOnly);
        if last_positional {
            parts.push("/".to_owned());
        }
    }
    format!("({})", parts.join(", "))
}

fn with_default(name: &str, default: Option<&str>) -> String {
    match default {
        Some(default) => format!("{name}={default}"),
        None => name.to_owned(),
    }
}

fn text_signature(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    Ok(ctx.str(signature_text(native.def)))
}

fn bound_to(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let bound = native.this.get();
    if bound.is_empty() && native.def.role == Role::Function {
        // A function of a module belongs to the module.
        return Ok(ctx.modules.get_str(&native.module.get()).unwrap_or(Value::NONE));
    }
    Ok(or_none(&bound))
}

fn module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&this(ctx, args)?.module.get()))
}

fn set_module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, args)?.module.set(or_none(&args[1]));
    Ok(Value::NONE)
}

fn owner(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&this(ctx, args)?.owner.get()))
}

/// Checks that a descriptor applies to an object.
fn check_applies(ctx: &mut Ctx, native: &Native, object: &Value) -> PyResult<()> {
    let owner = native.owner.get();
    let Some(owner) = owner.downcast_ref::<Class>() else { return Ok(()) };
    if protocol::is_instance_of(ctx, object, owner) {
        return Ok(());
    }
    let (name, own, got) = (native.def.name(), owner.name_string(), protocol::class_name(ctx, object));
    Err(ctx.type_error(format!("descriptor '{name}' for '{own}' objects doesn't apply to a '{got}' object")))
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let native = this(ctx, args)?;
    let (instance, owner) = (&args[1], or_none(&args[2]));
    if native.def.role == Role::ClassMethod {
        let class = match owner.downcast::<Class>() {
            Some(class) => class,
            None if instance.is_none() => {
                let name = native.def.name();
                let own = owner_name(native);
                return Err(
                    ctx.type_error(format!("descriptor '{name}' for type '{own}' needs either an object or a type"))
                );
            }
            None => protocol::class_of(ctx, instance),
        };
        return Ok(bind_native(native, class.into_value()));
    }
    if instance.is_none() && !owner.is_none() {
        return Ok(args[0].clone());
    }
    if instance.is_none() && owner.is_none() {
        return Err(ctx.type_error("__get__(None, None) is invalid"));
    }
    check_applies(ctx, native, instance)?;
    let class = protocol::class_of(ctx, instance);
    attribute::bind(ctx, &args[0], instance, &class)
}

fn change(ctx: &mut Ctx, args: &[Value], value: Value) -> PyResult {
    let native = this(ctx, args)?;
    check_applies(ctx, native, &args[1])?;
    match native.setter.map(|setter| setter.code) {
        Some(NativeCode::Leaf(set)) => set(ctx, &[args[1].clone(), value]).map(|_| Value::NONE),
        _ if native.def.is_member() => Err(ctx.attribute_error("readonly attribute")),
        _ => {
            let (name, own) = (native.def.name(), owner_name(native));
            Err(ctx.attribute_error(format!("attribute '{name}' of '{own}' objects is not writable")))
        }
    }
}

fn set(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    change(ctx, args, args[2].clone())
}

fn delete(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    change(ctx, args, Value::EMPTY)
}

/// A getter and setter made into an attribute of a class, for tables that are not a type's own.
pub fn new_getset(getter: &'static NativeDef, setter: Option<&'static NativeDef>, class: &Value) -> Value {
    let native = Native {
        def: getter,
        setter,
        owner: Slot::new(class.clone()),
        this: Slot::default(),
        module: Slot::new(Value::NONE),
    };
    super::heap::alloc(SHAPE_GETSET_DESCRIPTOR, native).into_value()
}
