//! Modules: a namespace with a name.
//!
//! Source: "Modules" in "The standard type hierarchy" of the Language Reference; PEP 562 for `__getattr__` and
//! `__dir__` of modules.

use super::arguments::{bad_self, or_none, text_of};
use super::class::Class;
use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::heap::{Obj, Payload, Ref, alloc};
use super::kind::Kind;
use super::list::new_list;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::string::{Str, intern};
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Create a module object.
    ///
    /// The name must be a string; the optional docstring can have any type.
    method "__init__(self, name, doc=None)" => init;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return getattr(self, name).
    method "__getattribute__(self, name, /)" => getattribute;
    /// __dir__() -> list
    /// specialized dir() implementation
    method "__dir__(self, /)" => dir;
    /// member
    getter "__dict__(self)" => namespace;
    getter "__annotations__(self)" => annotations;
    setter "__annotations__(self, value)" => set_annotations;
}

/// The payload of `module`.
pub struct Module {
    /// `__dict__`
    pub dict: Ref<Dict>,
}

impl Payload for Module {
    const KIND: Kind = Kind::Module;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        visit(self.dict.value());
    }

    fn clear(&self) {
        self.dict.clear();
    }
}

/// A module with the usual attributes.
pub fn new_module(ctx: &Ctx, name: &str, doc: Option<&str>) -> Ref<Module> {
    let dict = dict::new_dict();
    let names = &ctx.names;
    dict.set_str(&names.__name__, super::string::intern(name));
    dict.set_str(&names.__doc__, doc.map_or(Value::NONE, |doc| super::string::new_str(doc).into_value()));
    dict.set_str(&names.__package__, Value::NONE);
    dict.set_str(&names.__loader__, Value::NONE);
    dict.set_str(&names.__spec__, Value::NONE);
    alloc(ShapeId::exact(Kind::Module), Module { dict })
}

/// An attribute that a module does not have: its `__getattr__` is asked (PEP 562), then AttributeError is raised.
///
/// # Errors
/// AttributeError; what `__getattr__` raises.
pub fn missing_attribute(ctx: &mut Ctx, module: &Value, name: &Value) -> PyResult {
    let Some(payload) = module.downcast_ref::<Module>() else {
        return Err(protocol::no_attribute(ctx, module, name));
    };
    if ctx.late_sys.is_some() {
        complete(ctx, module);
        if let Some(late) = name.downcast::<Str>().and_then(|_| payload.dict.get_str(name)) {
            return Ok(late);
        }
    }
    if let Some(hook) = payload.dict.get_str(&ctx.names.__getattr__) {
        return protocol::call(ctx, &hook, std::slice::from_ref(name));
    }
    let text = |value: Option<Value>| value.and_then(|v| v.downcast::<Str>()).map(|text| text.as_str().to_owned());
    let own = text(payload.dict.get_str(&ctx.names.__name__));
    let wanted = text(Some(name.clone())).unwrap_or_default();
    let Some(own) = own else {
        let message = format!("module has no attribute '{wanted}'");
        return Err(protocol::attribute::attribute_error_for(ctx, message, module, name));
    };
    let shadow = shadowing(ctx, payload, &own)?;
    let message = match shadow {
        Some(Shadow { ref origin, library: true }) => {
            let origin = crate::text::repr::string(origin);
            format!(
                "module '{own}' has no attribute '{wanted}' (consider renaming {origin} since it has the same name as the \
                 standard library module named '{own}' and the import system gives it precedence)"
            )
        }
        other if is_initializing(ctx, payload)? => match other {
            Some(Shadow { origin, .. }) => {
                let origin = crate::text::repr::string(&origin);
                format!(
                    "module '{own}' has no attribute '{wanted}' (consider renaming {origin} if it has the same name as a \
                     third-party module you intended to import)"
                )
            }
            None => {
                let origin =
                    origin_of(ctx, payload)?.map(|origin| format!(" from {}", crate::text::repr::string(&origin)));
                let origin = origin.unwrap_or_default();
                format!(
                    "partially initialized module '{own}'{origin} has no attribute '{wanted}' (most likely due to a \
                     circular import)"
                )
            }
        },
        _ => format!("module '{own}' has no attribute '{wanted}'"),
    };
    Err(protocol::attribute::attribute_error_for(ctx, message, module, name))
}

/// A file of the program that has a name which may be meant for another module.
pub struct Shadow {
    /// The file.
    pub origin: String,
    /// Whether the standard library has a module of that name.
    pub library: bool,
}

/// The file of a module, by its spec.
fn origin_of(ctx: &mut Ctx, module: &Module) -> PyResult<Option<String>> {
    let Some(spec) = module.dict.get_str(&ctx.names.__spec__).filter(|spec| !spec.is_none()) else { return Ok(None) };
    let Some(located) = protocol::get_attr_optional(ctx, &spec, &intern("has_location"))? else { return Ok(None) };
    if !protocol::truth(ctx, &located)? {
        return Ok(None);
    }
    let origin = protocol::get_attr_optional(ctx, &spec, &intern("origin"))?;
    Ok(origin.and_then(|origin| origin.downcast_ref::<Str>().map(|origin| origin.as_str().to_owned())))
}

/// Whether the module's file stands in the folder of the program, where it hides modules of the same name elsewhere.
///
/// # Errors
/// What a spec of the program raises.
pub fn shadowing(ctx: &mut Ctx, module: &Module, name: &str) -> PyResult<Option<Shadow>> {
    let Some(origin) = origin_of(ctx, module)? else { return Ok(None) };
    let first = ctx.sys.get_str(&ctx.names.path);
    let first = first.as_ref().and_then(|path| path.downcast_ref::<super::list::List>()).and_then(|path| path.get(0));
    let Some(first) = first.as_ref().and_then(|first| first.downcast_ref::<Str>()) else { return Ok(None) };
    let here;
    let first = if first.as_str().is_empty() {
        here = ctx.host.current_dir().unwrap_or_default().to_string_lossy().into_owned();
        here.as_str()
    } else {
        first.as_str()
    };
    let stem = origin.strip_suffix("/__init__.py").unwrap_or(&origin);
    if stem.rsplit_once('/').is_none_or(|(folder, _)| folder != first) {
        return Ok(None);
    }
    ctx.complete_sys();
    let known = ctx.sys.get_str(&intern("stdlib_module_names"));
    let library = match known {
        Some(known) => protocol::subscript::contains(ctx, &known, &intern(name))?,
        None => false,
    };
    Ok(Some(Shadow { origin, library }))
}

/// Whether the module's own code is still running, by the mark that the import system puts on its spec.
///
/// # Errors
/// What a spec of the program raises.
pub fn is_initializing(ctx: &mut Ctx, module: &Module) -> PyResult<bool> {
    let Some(spec) = module.dict.get_str(&ctx.names.__spec__).filter(|spec| !spec.is_none()) else { return Ok(false) };
    match protocol::get_attr_optional(ctx, &spec, &intern("_initializing"))? {
        Some(mark) => protocol::truth(ctx, &mark),
        None => Ok(false),
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Module>> {
    match value.downcast_ref::<Module>() {
        Some(module) => Ok(module),
        None => Err(bad_self(ctx, value, "module")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(class) = args[0].downcast_ref::<Class>() else { return Err(bad_self(ctx, &args[0], "type")) };
    Ok(alloc(class.instance_shape.get(), Module { dict: dict::new_dict() }).into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let module = this(ctx, &args[0])?;
    if !args[1].is_kind::<Str>() {
        return Err(protocol::type_mismatch(ctx, "module() argument 'name' must be str, not {}", &args[1]));
    }
    let names = &ctx.names;
    module.dict.set_str(&names.__name__, args[1].clone());
    module.dict.set_str(&names.__doc__, or_none(&args[2]));
    module.dict.set_str(&names.__package__, Value::NONE);
    module.dict.set_str(&names.__loader__, Value::NONE);
    module.dict.set_str(&names.__spec__, Value::NONE);
    Ok(Value::NONE)
}

/// `<module 'name' from 'file'>`, by what the spec says, else by `__file__`.
fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let module = this(ctx, &args[0])?;
    let spec = module.dict.get_str(&ctx.names.__spec__).filter(|spec| !spec.is_none());
    let file = module.dict.get_str(&ctx.names.__file__).filter(|file| !file.is_none());
    let own = module.dict.get_str(&ctx.names.__name__);
    let mut name = match own {
        Some(own) => protocol::text::repr_string(ctx, &own)?,
        None => "'?'".to_owned(),
    };
    let mut origin = None;
    let mut located = false;
    if let Some(spec) = &spec {
        if let Some(known) = protocol::get_attr_optional(ctx, spec, &intern("name"))?.filter(|known| !known.is_none()) {
            name = protocol::text::repr_string(ctx, &known)?;
        }
        origin = protocol::get_attr_optional(ctx, spec, &intern("origin"))?.filter(|origin| !origin.is_none());
        if let Some(mark) = protocol::get_attr_optional(ctx, spec, &intern("has_location"))? {
            located = protocol::truth(ctx, &mark)?;
        }
    }
    let text = match (origin, file) {
        (Some(origin), _) if located => {
            let origin = protocol::text::repr_string(ctx, &origin)?;
            format!("<module {name} from {origin}>")
        }
        (Some(origin), None) => {
            let origin = protocol::text::str_string(ctx, &origin)?;
            format!("<module {name} ({origin})>")
        }
        (_, Some(file)) => {
            let file = protocol::text::repr_string(ctx, &file)?;
            format!("<module {name} from {file}>")
        }
        (None, None) if is_built_in(ctx, &name) => format!("<module {name} (built-in)>"),
        (None, None) => format!("<module {name}>"),
    };
    Ok(ctx.str(text))
}

fn is_built_in(ctx: &mut Ctx, shown: &str) -> bool {
    ctx.complete_sys();
    let names = ctx.sys.get_str(&intern("builtin_module_names"));
    let name = shown.trim_matches('\'');
    names.is_some_and(|names| super::arguments::positional(&names).iter().any(|known| text_of(known) == name))
}

fn getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = super::string::intern_value(&args[1]);
    protocol::attribute::default_get_attr(ctx, &args[0], &name)
}

fn dir(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    complete(ctx, &args[0]);
    let module = this(ctx, &args[0])?;
    if let Some(hook) = module.dict.get_str(&ctx.names.__dir__) {
        return protocol::call(ctx, &hook, &[]);
    }
    Ok(new_list(module.dict.entries().into_iter().map(|(name, _)| name).collect()).into_value())
}

/// Whoever looks at all attributes of `sys` sees all of them.
fn complete(ctx: &mut Ctx, module: &Value) {
    if module.downcast_ref::<Module>().is_some_and(|module| module.dict.value().is(ctx.sys.value())) {
        ctx.complete_sys();
    }
}

fn namespace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    complete(ctx, &args[0]);
    Ok(this(ctx, &args[0])?.dict.value().clone())
}

fn annotations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = &this(ctx, &args[0])?.dict;
    if let Some(own) = dict.get_str(&ctx.names.__annotations__) {
        return Ok(own);
    }
    let made = dict::new_dict().into_value();
    dict.set_str(&ctx.names.__annotations__, made.clone());
    Ok(made)
}

fn set_annotations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let module = this(ctx, &args[0])?;
    if !args[1].is_empty() {
        module.dict.set_str(&ctx.names.__annotations__, args[1].clone());
    } else if module.dict.remove_str(&ctx.names.__annotations__).is_none() {
        return Err(ctx.attribute_error("__annotations__"));
    }
    Ok(Value::NONE)
}

/// A module around a namespace.
pub fn with_dict(dict: Ref<Dict>) -> Ref<Module> {
    alloc(ShapeId::exact(Kind::Module), Module { dict })
}
