//! Finding modules: specs, the loaders that they name, and the search through `sys.path`.
//!
//! CPython first looks among the modules linked into the interpreter, then goes through `sys.path`, where the folder of
//! its library stands behind the folder of the program: a program's own `queue.py` hides the library's. Coil's library is
//! embedded in the executable; the entry `<coil>` stands for it on `sys.path`, and its files are named `<coil>/queue.py`.
//!
//! Source: "The import system", Finders and loaders; PEP 420, PEP 451.

use std::borrow::Cow;
use std::path::Path;

use super::importing;
use crate::host::PathKind;
use crate::objects::arguments::{or_none, text_of};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::heap::Ref;
use crate::objects::instance::{Instance, new_instance};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::module;
use crate::objects::native::PyResult;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::value::Value;
use crate::objects::{bytes, protocol, types};

/// The entry of `sys.path` that stands for the embedded library, and the folder in its files' names.
pub(crate) const LIBRARY: &str = "<coil>";

/// Modules that CPython has linked in, or has imported before the program starts: no file of a program hides them.
const NEVER_HIDDEN: &[&str] = &[
    "abc",
    "atexit",
    "builtins",
    "codecs",
    "encodings",
    "errno",
    "faulthandler",
    "gc",
    "genericpath",
    "io",
    "itertools",
    "marshal",
    "os",
    "posix",
    "posixpath",
    "pwd",
    "site",
    "stat",
    "sys",
    "time",
];

crate::natives! { static SPEC_METHODS:
    method "__init__(self, name, loader, *, origin=None, loader_state=None, is_package=None)" => init_spec;
    method "__repr__(self, /)" => spec_repr;
    /// The name of the module's parent.
    getter "parent(self)" => parent;
    getter "cached(self)" => cached;
    setter "cached(self, value)" => set_cached;
    getter "has_location(self)" => has_location;
    setter "has_location(self, value)" => set_has_location;
}

crate::natives! { static SOURCE_LOADER_METHODS:
    /// Cache the module name and the path to the file found by the finder.
    method "__init__(self, fullname, path)" => init_loader;
    /// Use default semantics for module creation.
    method "create_module(self, spec)" => create_default;
    /// Execute the module.
    method "exec_module(self, module)" => exec_module;
    /// Return the path to the source file as found by the finder.
    method "get_filename(self, name=None)" => loader_path;
    /// Concrete implementation of InspectLoader.get_source.
    method "get_source(self, fullname)" => source_text;
    /// Return the data from path as raw bytes.
    method "get_data(self, path)" => data;
    /// Concrete implementation of InspectLoader.get_code.
    method "get_code(self, fullname)" => code;
    /// Whether the file is that of a package.
    method "is_package(self, fullname)" => is_package;
}

crate::natives! { static NAMESPACE_LOADER_METHODS:
    method "__init__(self, name, path, path_finder)" => init_loader_of_three;
    /// Use default semantics for module creation.
    method "create_module(self, spec)" => create_default;
    method "exec_module(self, module)" => nothing;
    method "is_package(self, fullname)" => always;
    method "get_source(self, fullname)" => no_source;
}

crate::natives! { static NATIVE_LOADER_METHODS:
    /// Find the spec of a built-in module, None for any other.
    classmethod "find_spec(cls, fullname, path=None, target=None)" => find_native;
    /// Create a built-in module
    staticmethod "create_module(spec)" => create_native;
    /// Exec a built-in module
    staticmethod "exec_module(module)" => nothing;
    /// Return None as built-in modules do not have source code.
    classmethod "get_source(cls, fullname)" => no_source;
    /// Return False as built-in modules are never packages.
    classmethod "is_package(cls, fullname)" => never;
}

crate::natives! { pub(super) static FUNCTIONS:
    /// The spec of a module: found in sys.path, or in the path given; None when there is none.
    function "find_spec(name, path=None)" => find_spec_function;
    /// Create a module based on the provided spec.
    function "module_from_spec(spec)" => module_from_spec;
    /// Import a module by its absolute name.
    function "import_module(name)" => import_module;
    /// Run the code of a spec's module in an existing module.
    function "execute(spec, module)" => execute;
}

/// The classes that describe modules; made when first needed.
#[derive(Default)]
struct Classes {
    made: Option<Made>,
}

#[derive(Clone)]
struct Made {
    spec: Ref<Class>,
    source_loader: Ref<Class>,
    namespace_loader: Ref<Class>,
    native_loader: Ref<Class>,
}

fn classes(ctx: &mut Ctx) -> Made {
    if let Some(made) = &ctx.state::<Classes>().made {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let define = |name: &str, module: &str, doc, tables| {
        let all = flags::SUBCLASSABLE | flags::HAS_DICT | flags::HAS_WEAKREF;
        ctx.types.define_class(name, module, doc, &[&object], Kind::Instance, all, tables)
    };
    let external = "_frozen_importlib_external";
    let made = Made {
        spec: define(
            "ModuleSpec",
            "_frozen_importlib",
            "The specification for a module, used for loading.",
            &[SPEC_METHODS],
        ),
        source_loader: define(
            "SourceFileLoader",
            external,
            "Concrete implementation of SourceLoader using the file system.",
            &[SOURCE_LOADER_METHODS],
        ),
        namespace_loader: define("NamespaceLoader", external, "", &[NAMESPACE_LOADER_METHODS]),
        native_loader: define(
            "BuiltinImporter",
            "_frozen_importlib",
            "Meta path import for built-in modules.",
            &[NATIVE_LOADER_METHODS],
        ),
    };
    ctx.state::<Classes>().made = Some(made.clone());
    made
}

/// The module behind `importlib`: classes and functions that only the interpreter can give.
pub(super) fn make_module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_coil_import", Some("The native half of importlib."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), types::new_function("_coil_import", def));
    }
    let made = classes(ctx);
    for (name, class) in [
        ("ModuleSpec", made.spec),
        ("SourceFileLoader", made.source_loader),
        ("NamespaceLoader", made.namespace_loader),
        ("BuiltinImporter", made.native_loader),
    ] {
        module.dict.set_str(&intern(name), class.into_value());
    }
    Ok(module.into_value())
}

/// Whether a loader is the one of the modules written in Rust.
pub(super) fn is_native_loader(ctx: &mut Ctx, loader: &Value) -> bool {
    classes(ctx).native_loader.is(loader)
}

/// Whether a loader is an exact instance of one of Coil's own loaders of files.
pub(super) fn is_own_loader(ctx: &mut Ctx, loader: &Value) -> bool {
    let made = classes(ctx);
    let class = protocol::class_of(ctx, loader);
    made.source_loader.is(class.value()) || made.namespace_loader.is(class.value())
}

// ---- Specs.

/// What the search found.
pub(super) enum Found {
    /// A module written in Rust.
    Native,
    /// A file with source; for a package, the folder too.
    Source { path: String, folder: Option<String> },
    /// Folders without `__init__.py`.
    Namespace(Vec<String>),
}

/// A spec for what was found.
pub(super) fn new_spec(ctx: &mut Ctx, name: &str, found: &Found) -> Value {
    let made = classes(ctx);
    let text = |text: &str| new_str(text).into_value();
    let (loader, origin, located, folders) = match found {
        Found::Native => (made.native_loader.clone().into_value(), text("built-in"), false, None),
        Found::Source { path, folder } => {
            let loader = new_instance(&made.source_loader);
            loader.set_attribute(&ctx.names.name, intern(name));
            loader.set_attribute(&ctx.names.path, text(path));
            (loader.into_value(), text(path), true, folder.as_ref().map(|folder| vec![folder.clone()]))
        }
        Found::Namespace(folders) => {
            (new_instance(&made.namespace_loader).into_value(), Value::NONE, false, Some(folders.clone()))
        }
    };
    let folders = folders.map_or(Value::NONE, |folders| {
        new_list(folders.into_iter().map(|folder| new_str(folder).into_value()).collect()).into_value()
    });
    fill_spec(ctx, &new_instance(&made.spec), intern(name), loader, origin, folders, located)
}

fn fill_spec(
    ctx: &Ctx,
    spec: &Ref<Instance>,
    name: Value,
    loader: Value,
    origin: Value,
    folders: Value,
    located: bool,
) -> Value {
    for (attribute, value) in [
        ("name", name),
        ("loader", loader),
        ("origin", origin),
        ("loader_state", Value::NONE),
        ("submodule_search_locations", folders),
        ("_uninitialized_submodules", new_list(Vec::new()).into_value()),
        ("_set_fileattr", Value::bool(located)),
        ("_cached", Value::NONE),
        ("_initializing", Value::FALSE),
    ] {
        spec.set_attribute(&intern(attribute), value);
    }
    let _ = ctx;
    spec.value().clone()
}

fn init_spec(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(spec) = args[0].downcast::<Instance>() else { return Err(ctx.type_error("not a ModuleSpec")) };
    let package = match args[5].is_empty() {
        true => false,
        false => protocol::truth(ctx, &args[5])?,
    };
    let folders = if package { new_list(Vec::new()).into_value() } else { Value::NONE };
    fill_spec(ctx, &spec, args[1].clone(), args[2].clone(), or_none(&args[3]), folders, false);
    spec.set_attribute(&intern("loader_state"), or_none(&args[4]));
    Ok(Value::NONE)
}

fn field(spec: &Value, name: &str) -> Value {
    spec.downcast_ref::<Instance>().and_then(|spec| spec.attribute(&intern(name))).unwrap_or(Value::NONE)
}

fn spec_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut parts = Vec::new();
    for name in ["name", "loader", "origin", "submodule_search_locations"] {
        let value = field(&args[0], name);
        if value.is_none() && !matches!(name, "name" | "loader") {
            continue;
        }
        parts.push(format!("{name}={}", protocol::text::repr_string(ctx, &value)?));
    }
    let class = protocol::class_of(ctx, &args[0]).name_string();
    Ok(ctx.str(format!("{class}({})", parts.join(", "))))
}

fn parent(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = field(&args[0], "name");
    if !field(&args[0], "submodule_search_locations").is_none() {
        return Ok(name);
    }
    Ok(intern(text_of(&name).rsplit_once('.').map_or("", |(parent, _)| parent)))
}

fn cached(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(field(&args[0], "_cached"))
}

fn set_cached(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if let Some(spec) = args[0].downcast_ref::<Instance>() {
        spec.set_attribute(&intern("_cached"), or_none(&args[1]));
    }
    Ok(Value::NONE)
}

fn has_location(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(field(&args[0], "_set_fileattr"))
}

fn set_has_location(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let on = protocol::truth(ctx, &or_none(&args[1]))?;
    if let Some(spec) = args[0].downcast_ref::<Instance>() {
        spec.set_attribute(&intern("_set_fileattr"), Value::bool(on));
    }
    Ok(Value::NONE)
}

// ---- The search.

/// The spec of a module, or None: entries that a program put on `sys.meta_path` are asked first.
///
/// # Errors
/// What a program's finder raises.
pub(super) fn find_spec(ctx: &mut Ctx, name: &str, path: Option<&Value>) -> PyResult<Option<Value>> {
    let finders = match ctx.sys.get_str(&intern("meta_path")) {
        Some(finders) => protocol::collect(ctx, &finders)?,
        None => Vec::new(),
    };
    for finder in finders {
        let Some(find) = protocol::get_attr_optional(ctx, &finder, &intern("find_spec"))? else { continue };
        let path = path.cloned().unwrap_or(Value::NONE);
        let spec = protocol::call(ctx, &find, &[intern(name), path, Value::NONE])?;
        if !spec.is_none() {
            return Ok(Some(spec));
        }
    }
    let found = find(ctx, name, path)?;
    Ok(found.map(|found| new_spec(ctx, name, &found)))
}

/// Looks for a module; see the module's documentation for the order.
pub(super) fn find(ctx: &mut Ctx, name: &str, path: Option<&Value>) -> PyResult<Option<Found>> {
    if path.is_none()
        && (name.starts_with('_') || NEVER_HIDDEN.contains(&name))
        && let Some(found) = in_library(name)
    {
        return Ok(Some(found));
    }
    let mut folders = Vec::new();
    for entry in importing::entries_of(ctx, path)? {
        let Some(entry) = entry.downcast_ref::<Str>() else { continue };
        let entry = entry.as_str();
        if entry == LIBRARY || entry.strip_prefix(LIBRARY).is_some_and(|rest| rest.starts_with('/')) {
            if let Some(found) = in_library(name) {
                return Ok(Some(found));
            }
            continue;
        }
        match in_folder(ctx, entry, name) {
            Some(Found::Namespace(more)) => folders.extend(more),
            Some(found) => return Ok(Some(found)),
            None => {}
        }
    }
    if !folders.is_empty() {
        return Ok(Some(Found::Namespace(folders)));
    }
    // A program that replaced `sys.path` still has its library.
    Ok(if path.is_none() { in_library(name) } else { None })
}

fn in_library(name: &str) -> Option<Found> {
    if super::native_module(name).is_some() {
        return Some(Found::Native);
    }
    let (_, _, package) = super::source_module(name)?;
    let stem = format!("{LIBRARY}/{}", name.replace('.', "/"));
    Some(if package {
        Found::Source { path: format!("{stem}/__init__.py"), folder: Some(stem) }
    } else {
        Found::Source { path: format!("{stem}.py"), folder: None }
    })
}

fn in_folder(ctx: &mut Ctx, entry: &str, name: &str) -> Option<Found> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let folder = absolute(ctx, entry);
    let stem = if folder.ends_with('/') { format!("{folder}{last}") } else { format!("{folder}/{last}") };
    let kind = ctx.host.path_kind(Path::new(&stem));
    if kind == Some(PathKind::Directory) {
        let path = format!("{stem}/__init__.py");
        if ctx.host.path_kind(Path::new(&path)) == Some(PathKind::File) {
            return Some(Found::Source { path, folder: Some(stem) });
        }
    }
    let path = format!("{stem}.py");
    if ctx.host.path_kind(Path::new(&path)) == Some(PathKind::File) {
        return Some(Found::Source { path, folder: None });
    }
    (kind == Some(PathKind::Directory)).then(|| Found::Namespace(vec![stem]))
}

/// A path from the root on, `.` and empty parts left out.
pub(crate) fn absolute(ctx: &Ctx, path: &str) -> String {
    if path.starts_with('/') || cfg!(windows) && Path::new(path).is_absolute() {
        return path.to_owned();
    }
    let here = ctx.host.current_dir().unwrap_or_default();
    let mut full = here.to_string_lossy().into_owned();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if !full.ends_with('/') {
            full.push('/');
        }
        full.push_str(part);
    }
    full
}

/// The bytes of a source file, embedded or real.
///
/// # Errors
/// OSError.
pub(super) fn source_at(ctx: &mut Ctx, path: &str) -> PyResult<Cow<'static, [u8]>> {
    if let Some(text) = embedded_source(path) {
        return Ok(Cow::Borrowed(text.as_bytes()));
    }
    match ctx.host.read_file(Path::new(path)) {
        Ok(bytes) => Ok(Cow::Owned(bytes)),
        Err(error) => {
            let name = ctx.str(path);
            Err(raise_io_error(ctx, &error, Some(name)))
        }
    }
}

/// The source of an embedded module, by its file name.
pub(crate) fn embedded_source(path: &str) -> Option<&'static str> {
    let stem = path.strip_prefix(LIBRARY)?.strip_prefix('/')?.strip_suffix(".py")?;
    let name = stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".");
    super::source_module(&name).map(|(_, source, _)| source)
}

// ---- Loaders.

fn init_loader(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if let Some(loader) = args[0].downcast_ref::<Instance>() {
        loader.set_attribute(&ctx.names.name, args[1].clone());
        loader.set_attribute(&ctx.names.path, args[2].clone());
    }
    Ok(Value::NONE)
}

fn init_loader_of_three(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    init_loader(ctx, args)
}

fn create_default(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(Value::NONE)
}

fn path_of(ctx: &mut Ctx, loader: &Value) -> PyResult<String> {
    let path = protocol::get_attr(ctx, loader, &ctx.names.path.clone())?;
    protocol::text::str_string(ctx, &path)
}

fn exec_module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_of(ctx, &args[0])?;
    importing::run_source(ctx, &args[1], &path)?;
    Ok(Value::NONE)
}

fn loader_path(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::get_attr(ctx, &args[0], &ctx.names.path.clone())
}

fn source_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_of(ctx, &args[0])?;
    let source = source_at(ctx, &path)?;
    let text = String::from_utf8_lossy(&source).replace("\r\n", "\n");
    Ok(ctx.str(text))
}

fn data(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = protocol::text::str_string(ctx, &args[1])?;
    let source = source_at(ctx, &path)?;
    Ok(bytes::new_bytes(source.into_owned()).into_value())
}

fn code(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_of(ctx, &args[0])?;
    let source = source_at(ctx, &path)?;
    (ctx.door.compile)(ctx, &source, &path, &crate::objects::ctx::CompileMode::default())
}

fn is_package(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = path_of(ctx, &args[0])?;
    Ok(Value::bool(path.ends_with("/__init__.py")))
}

fn nothing(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(Value::NONE)
}

fn always(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(Value::TRUE)
}

fn never(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(Value::FALSE)
}

fn no_source(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(Value::NONE)
}

fn find_native(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = text_of(&args[1]);
    Ok(if super::native_module(&name).is_some() { new_spec(ctx, &name, &Found::Native) } else { Value::NONE })
}

fn create_native(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::get_attr(ctx, &args[0], &ctx.names.name.clone())?;
    let name = text_of(&name);
    match super::native_module(&name) {
        Some(make) => make(ctx),
        None => {
            let class = ctx.exceptions.ImportError.clone();
            Err(ctx.raise(&class, format!("'{name}' is not a built-in module")))
        }
    }
}

// ---- What `importlib` builds on.

fn find_spec_function(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = text_of(&args[0]);
    let path = or_none(&args[1]);
    let spec = find_spec(ctx, &name, if path.is_none() { None } else { Some(&path) })?;
    Ok(spec.unwrap_or(Value::NONE))
}

fn module_from_spec(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    importing::module_from_spec(ctx, &args[0])
}

fn import_module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    importing::find_and_load(ctx, &text_of(&args[0]))
}

fn execute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let loader = protocol::get_attr(ctx, &args[0], &intern("loader"))?;
    importing::execute(ctx, &loader, &args[1], &args[0])?;
    Ok(Value::NONE)
}
