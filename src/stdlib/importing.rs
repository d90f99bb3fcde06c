//! The import system: what `import` and `importlib` do with a module's name.
//!
//! A name is made absolute (relative imports count dots from `__package__`), its parents are imported first, a finder
//! looks for it ([`super::finding`]), and the module is put into `sys.modules` *before* its code runs, so that modules
//! which import each other find the half-made one instead of going round for ever. A module whose code fails is taken
//! out again. After that the module is bound as an attribute of its parent package.
//!
//! Source: "The import system" of the Language Reference; PEP 328 (relative imports), PEP 420 (namespace packages), PEP
//! 451 (specs).

use super::finding;
use crate::objects::arguments::{given, text_of};
use crate::objects::ctx::{CompileMode, Ctx};
use crate::objects::dict::Dict;
use crate::objects::exception::Exception;
use crate::objects::frame::Frame;
use crate::objects::heap::Ref;
use crate::objects::instance::Instance;
use crate::objects::module;
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::{Str, intern, intern_value};
use crate::objects::value::Value;
use crate::objects::{code::Code, function, protocol};

crate::natives! { pub(crate) static FUNCTIONS:
    /// Import a module.
    ///
    /// Because this function is meant for use by the Python
    /// interpreter and not for general use, it is better to use
    /// importlib.import_module() to programmatically import a module.
    function "__import__(name, globals=None, locals=None, fromlist=(), level=0)" => import;
}

/// `__import__`, which the instruction calls too.
fn import(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(name) = args[0].downcast_ref::<Str>() else {
        return Err(ctx.type_error("module name must be a string"));
    };
    let name = name.as_str().to_owned();
    let level = match given(&args[4]) {
        Some(level) => protocol::convert::as_i32(ctx, level)?,
        None => 0,
    };
    if level < 0 {
        return Err(ctx.value_error("level must be >= 0"));
    }
    let absolute = if level > 0 {
        let package = package_of(ctx, &args[1])?;
        resolve(ctx, &name, &package, level as usize)?
    } else if name.is_empty() {
        return Err(ctx.value_error("Empty module name"));
    } else {
        name.clone()
    };
    let module = find_and_load(ctx, &absolute)?;
    let from = match given(&args[3]) {
        Some(list) if !list.is_none() => protocol::truth(ctx, list)?,
        _ => false,
    };
    if from {
        if has_path(ctx, &module)? {
            let wanted = protocol::collect(ctx, &args[3])?;
            import_submodules(ctx, &module, &wanted, false)?;
        }
        return Ok(module);
    }
    // `import a.b.c` binds `a`; `from . import x` without names binds what the dots lead to.
    let Some((front, _)) = name.split_once('.') else { return Ok(module) };
    if level == 0 {
        return find_and_load(ctx, front);
    }
    let outer = &absolute[..absolute.len() - (name.len() - front.len())];
    match ctx.modules.get_str(&intern(outer)) {
        Some(module) => Ok(module),
        None => {
            let name = ctx.str(outer);
            Err(ctx.key_error(&name))
        }
    }
}

/// The package that a relative import starts from, by the importing module's globals.
fn package_of(ctx: &mut Ctx, globals: &Value) -> PyResult<String> {
    let Some(globals) = globals.downcast::<Dict>() else { return Err(ctx.type_error("globals must be a dict")) };
    let package = globals.get_str(&ctx.names.__package__).filter(|package| !package.is_none());
    if let Some(package) = package {
        return match package.downcast_ref::<Str>() {
            Some(text) => Ok(text.as_str().to_owned()),
            None => Err(ctx.type_error("package must be a string")),
        };
    }
    if let Some(spec) = globals.get_str(&ctx.names.__spec__).filter(|spec| !spec.is_none()) {
        let parent = protocol::get_attr(ctx, &spec, &intern("parent"))?;
        return match parent.downcast_ref::<Str>() {
            Some(text) => Ok(text.as_str().to_owned()),
            None => Err(ctx.type_error("__spec__.parent must be a string")),
        };
    }
    let Some(name) = globals.get_str(&ctx.names.__name__) else {
        let class = ctx.exceptions.KeyError.clone();
        return Err(ctx.raise(&class, "'__name__' not in globals"));
    };
    let Some(name) = name.downcast_ref::<Str>() else { return Err(ctx.type_error("__name__ must be a string")) };
    let name = name.as_str();
    if globals.get_str(&ctx.names.__path__).is_some() {
        return Ok(name.to_owned());
    }
    Ok(name.rsplit_once('.').map_or("", |(package, _)| package).to_owned())
}

/// The absolute name of a relative one: one dot is the package itself, each further dot its parent.
fn resolve(ctx: &mut Ctx, name: &str, package: &str, level: usize) -> PyResult<String> {
    let class = ctx.exceptions.ImportError.clone();
    if package.is_empty() {
        return Err(ctx.raise(&class, "attempted relative import with no known parent package"));
    }
    let mut base = package;
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((parent, _)) => base = parent,
            None => return Err(ctx.raise(&class, "attempted relative import beyond top-level package")),
        }
    }
    Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
}

fn has_path(ctx: &mut Ctx, module: &Value) -> PyResult<bool> {
    let name = ctx.names.__path__.clone();
    Ok(protocol::get_attr_optional(ctx, module, &name)?.is_some())
}

/// `from package import a, b`: what is no attribute of the package may be a submodule.
fn import_submodules(ctx: &mut Ctx, package: &Value, wanted: &[Value], from_all: bool) -> PyResult<()> {
    let own = protocol::get_attr(ctx, package, &ctx.names.__name__.clone())?;
    let own = text_of(&own);
    for item in wanted {
        let Some(name) = item.downcast_ref::<Str>() else {
            let place = if from_all { format!("{own}.__all__") } else { "``from list''".to_owned() };
            let class = protocol::class_name(ctx, item);
            return Err(ctx.type_error(format!("Item in {place} must be str, not {class}")));
        };
        if name.as_str() == "*" {
            let all = ctx.names.__all__.clone();
            if !from_all && let Some(all) = protocol::get_attr_optional(ctx, package, &all)? {
                let all = protocol::collect(ctx, &all)?;
                import_submodules(ctx, package, &all, true)?;
            }
            continue;
        }
        let attribute = intern_value(item);
        if protocol::get_attr_optional(ctx, package, &attribute)?.is_some() {
            continue;
        }
        let full = format!("{own}.{}", name.as_str());
        if let Err(raised) = find_and_load(ctx, &full) {
            // Only a submodule that does not exist is no error here: ImportFrom words that one.
            let class = ctx.exceptions.ModuleNotFoundError.clone();
            let exception = ctx.catch(raised, &class)?;
            let missing = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.field(1));
            if text_of(&missing) != full || ctx.modules.get_str(&intern(&full)).is_some_and(|m| m.is_none()) {
                return Err(ctx.reraise(exception));
            }
        }
    }
    Ok(())
}

/// The module of an absolute name: from `sys.modules`, or found and run.
///
/// # Errors
/// ModuleNotFoundError; what the module's code raises.
pub(crate) fn find_and_load(ctx: &mut Ctx, name: &str) -> PyResult {
    match ctx.modules.get_str(&intern(name)) {
        Some(module) if module.is_none() => {
            Err(not_found(ctx, format!("import of {name} halted; None in sys.modules"), name))
        }
        Some(module) => Ok(module),
        None => {
            ctx.enter(" during an import")?;
            let loaded = load_missing(ctx, name);
            ctx.leave();
            loaded
        }
    }
}

fn load_missing(ctx: &mut Ctx, name: &str) -> PyResult {
    if ctx.state::<super::Ending>().0 {
        let is_own = |frame: Ref<Frame>| frame.with_code(|code| code.object.filename.starts_with("<coil>"));
        if !protocol::current_frame(ctx).is_some_and(is_own) {
            let class = ctx.exceptions.ImportError.clone();
            return Err(ctx.raise(&class, "sys.meta_path is None, Python is likely shutting down"));
        }
        let kept = ctx.state::<super::Ending>().1.iter().find(|(kept, _)| text_of(kept) == name);
        if let Some((_, module)) = kept {
            return Ok(module.clone());
        }
    }
    let Some((parent, child)) = name.rsplit_once('.') else {
        return match finding::find_spec(ctx, name, None)? {
            Some(spec) => load(ctx, &spec, name),
            None => Err(not_found(ctx, format!("No module named {}", quoted(name)), name)),
        };
    };
    let package = find_and_load(ctx, parent)?;
    // The parent's code may have imported the child already.
    if let Some(module) = ctx.modules.get_str(&intern(name)) {
        return Ok(module);
    }
    let path_name = ctx.names.__path__.clone();
    let Some(path) = protocol::get_attr_optional(ctx, &package, &path_name)? else {
        let message = format!("No module named {}; {} is not a package", quoted(name), quoted(parent));
        return Err(not_found(ctx, message, name));
    };
    let spec = finding::find_spec(ctx, name, Some(&path))?;
    let Some(spec) = spec else {
        return Err(not_found(ctx, format!("No module named {}", quoted(name)), name));
    };
    let module = load(ctx, &spec, name)?;
    protocol::set_attr(ctx, &package, &intern(child), module.clone())?;
    Ok(module)
}

fn quoted(name: &str) -> String {
    crate::text::repr::string(name)
}

fn not_found(ctx: &mut Ctx, message: String, name: &str) -> Raised {
    let class = ctx.exceptions.ModuleNotFoundError.clone();
    let message = ctx.str(message);
    let exception = ctx.new_exception(&class, vec![message.clone()]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        payload.set_field(0, message);
        payload.set_field(1, intern(name));
    }
    ctx.raise_value(exception)
}

/// Makes the module that a spec describes and runs its code.
///
/// # Errors
/// What the loader or the module's code raises.
pub(crate) fn load(ctx: &mut Ctx, spec: &Value, name: &str) -> PyResult {
    let key = intern(name);
    let loader = protocol::get_attr(ctx, spec, &intern("loader"))?;
    let module = module_from_spec(ctx, spec)?;
    mark_initializing(spec, true);
    ctx.modules.set_str(&key, module.clone());
    let run = execute(ctx, &loader, &module, spec);
    mark_initializing(spec, false);
    if let Err(raised) = run {
        drop(ctx.modules.remove_str(&key));
        return Err(raised);
    }
    // The code may have put something else in its place. What is loaded moves to the end, as in CPython.
    match ctx.modules.remove_str(&key) {
        Some(module) => {
            ctx.modules.set_str(&key, module.clone());
            Ok(module)
        }
        None => {
            let key = ctx.str(name);
            Err(ctx.key_error(&key))
        }
    }
}

fn mark_initializing(spec: &Value, on: bool) {
    if let Some(spec) = spec.downcast_ref::<Instance>() {
        spec.set_attribute(&intern("_initializing"), Value::bool(on));
    }
}

/// `importlib.util.module_from_spec`: a module with the attributes that the spec gives, its code not yet run.
///
/// # Errors
/// What the loader raises.
pub(crate) fn module_from_spec(ctx: &mut Ctx, spec: &Value) -> PyResult {
    let loader = protocol::get_attr(ctx, spec, &intern("loader"))?;
    let name = protocol::get_attr(ctx, spec, &ctx.names.name.clone())?;
    let mut module = Value::NONE;
    if finding::is_native_loader(ctx, &loader) {
        if let Some(make) = super::native_module(&text_of(&name)) {
            module = make(ctx)?;
        }
    } else if !finding::is_own_loader(ctx, &loader)
        && let Some(create) = protocol::get_attr_optional(ctx, &loader, &intern("create_module"))?
    {
        module = protocol::call(ctx, &create, std::slice::from_ref(spec))?;
    }
    if module.is_none() {
        module = module::new_module(ctx, &text_of(&name), None).into_value();
    }
    set_attributes(ctx, &module, spec, &loader)?;
    Ok(module)
}

fn set_attributes(ctx: &mut Ctx, module: &Value, spec: &Value, loader: &Value) -> PyResult<()> {
    let name = protocol::get_attr(ctx, spec, &ctx.names.name.clone())?;
    let parent = protocol::get_attr(ctx, spec, &intern("parent"))?;
    let names = &ctx.names;
    let mut wanted = vec![
        (names.__name__.clone(), name),
        (names.__package__.clone(), parent),
        (names.__loader__.clone(), loader.clone()),
        (names.__spec__.clone(), spec.clone()),
    ];
    let path = protocol::get_attr(ctx, spec, &intern("submodule_search_locations"))?;
    if !path.is_none() {
        wanted.push((ctx.names.__path__.clone(), path));
    }
    let located = protocol::get_attr(ctx, spec, &intern("has_location"))?;
    if protocol::truth(ctx, &located)? {
        let origin = protocol::get_attr(ctx, spec, &intern("origin"))?;
        wanted.push((ctx.names.__file__.clone(), origin));
    } else if finding::is_own_loader(ctx, loader) {
        wanted.push((ctx.names.__file__.clone(), Value::NONE));
    }
    for (attribute, value) in wanted {
        protocol::set_attr(ctx, module, &attribute, value)?;
    }
    Ok(())
}

/// Runs a module's code: `loader.exec_module(module)`, done at once for Coil's own loaders.
///
/// # Errors
/// What the code raises.
pub(crate) fn execute(ctx: &mut Ctx, loader: &Value, module: &Value, spec: &Value) -> PyResult<()> {
    if loader.is_none() || finding::is_native_loader(ctx, loader) {
        return Ok(());
    }
    if finding::is_own_loader(ctx, loader) {
        let origin = protocol::get_attr(ctx, spec, &intern("origin"))?;
        return run_source(ctx, module, &text_of(&origin));
    }
    let run = protocol::get_attr_optional(ctx, loader, &intern("exec_module"))?;
    match run {
        Some(run) => protocol::call(ctx, &run, std::slice::from_ref(module)).map(drop),
        None => {
            let name = protocol::get_attr(ctx, spec, &ctx.names.name.clone())?;
            let class = ctx.exceptions.ImportError.clone();
            Err(ctx.raise(&class, format!("missing loader for {}", text_of(&name))))
        }
    }
}

/// Modules that CPython has in C: their frames stay out of tracebacks.
const WRITTEN_IN_C: &[&str] =
    &["<coil>/_pyfunctools.py", "<coil>/abc.py", "<coil>/bisect.py", "<coil>/heapq.py", "<coil>/warnings.py"];

/// Runs the source in a file as the code of a module; a namespace package has no file and no code.
pub(super) fn run_source(ctx: &mut Ctx, module: &Value, path: &str) -> PyResult<()> {
    if path.is_empty() {
        return Ok(());
    }
    let source = finding::source_at(ctx, path)?;
    let hidden = WRITTEN_IN_C.contains(&path);
    let deferring = finding::embedded_source(path).is_some();
    let mode = CompileMode { optimize: ctx.optimize, hidden, deferring, ..CompileMode::default() };
    let code = (ctx.door.compile)(ctx, &source, path, &mode)?;
    let globals = protocol::get_attr(ctx, module, &ctx.names.__dict__.clone())?;
    run_code(ctx, &code, &globals).map(drop)
}

/// Runs code in a namespace, into which `__builtins__` is put when it is not there.
///
/// # Errors
/// What the code raises.
pub(crate) fn run_code(ctx: &mut Ctx, code: &Value, globals: &Value) -> PyResult {
    if let Some(dict) = globals.downcast_ref::<Dict>()
        && dict.get_str(&ctx.names.__builtins__).is_none()
    {
        dict.set_str(&ctx.names.__builtins__, ctx.builtins.value().clone());
    }
    let Some(payload) = code.downcast_ref::<Code>() else { return Err(ctx.type_error("expected code")) };
    let function = function::new_function(ctx, payload, globals).into_value();
    (ctx.door.run_body)(ctx, &function, globals)
}

/// The modules' own search path for submodules, or `sys.path`, as a list of values.
pub(super) fn entries_of(ctx: &mut Ctx, path: Option<&Value>) -> PyResult<Vec<Value>> {
    match path {
        Some(path) => protocol::collect(ctx, path),
        None => match ctx.sys.get_str(&ctx.names.path) {
            Some(path) if !path.is_none() => protocol::collect(ctx, &path),
            _ => Ok(Vec::new()),
        },
    }
}

/// A module that is to run as `__main__`.
pub(crate) struct MainModule {
    /// The file.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) source: Vec<u8>,
    /// `__package__`
    pub(crate) package: Value,
    /// `__spec__`
    pub(crate) spec: Value,
    /// `__loader__`
    pub(crate) loader: Value,
}

/// Finds the module that the option `-m` names; for a package, its `__main__`. The inner error is the line to be shown
/// when there is none.
///
/// # Errors
/// What the code of parent packages raises.
pub(crate) fn find_main(ctx: &mut Ctx, name: &str) -> PyResult<Result<MainModule, String>> {
    if name.starts_with('.') {
        return Ok(Err("Relative module names not supported".to_owned()));
    }
    if name.is_empty() {
        return Ok(Err("No module named ".to_owned()));
    }
    // Whoever gives the name of the file is told what is wanted.
    let advice = match name.strip_suffix(".py") {
        Some(module) => format!(". Try using {} instead of {} as the module name.", quoted(module), quoted(name)),
        None => String::new(),
    };
    let mut name = name.to_owned();
    let mut package: Option<String> = None;
    loop {
        let mut path = None;
        if let Some((parent, _)) = name.rsplit_once('.') {
            let parent = parent.to_owned();
            let loaded = match find_and_load(ctx, &parent) {
                Ok(loaded) => loaded,
                Err(raised) => {
                    let class = ctx.exceptions.ModuleNotFoundError.clone();
                    let exception = ctx.catch(raised, &class)?;
                    let text = protocol::text::str_string(ctx, &exception)?;
                    return Ok(Err(format!(
                        "Error while finding module specification for {} (ModuleNotFoundError: {text}){advice}",
                        quoted(&name)
                    )));
                }
            };
            let attribute = ctx.names.__path__.clone();
            let Some(folders) = protocol::get_attr_optional(ctx, &loaded, &attribute)? else {
                return Ok(Err(format!(
                    "Error while finding module specification for {0} (ModuleNotFoundError: __path__ attribute not \
                     found on {1} while trying to find {0}){advice}",
                    quoted(&name),
                    quoted(&parent)
                )));
            };
            path = Some(folders);
        }
        let Some(spec) = finding::find_spec(ctx, &name, path.as_ref())? else {
            return Ok(Err(match package {
                Some(package) => {
                    let package = quoted(&package);
                    format!("No module named {name}; {package} is a package and cannot be directly executed")
                }
                None => format!("No module named {name}"),
            }));
        };
        let folders = protocol::get_attr(ctx, &spec, &intern("submodule_search_locations"))?;
        if !folders.is_none() && package.is_none() {
            package = Some(name.clone());
            name.push_str(".__main__");
            continue;
        }
        let loader = protocol::get_attr(ctx, &spec, &intern("loader"))?;
        let located = protocol::get_attr(ctx, &spec, &intern("has_location"))?;
        if !protocol::truth(ctx, &located)? {
            return Ok(Err(format!("No code object available for {name}")));
        }
        let origin = protocol::get_attr(ctx, &spec, &intern("origin"))?;
        let path = text_of(&origin);
        let source = finding::source_at(ctx, &path)?.into_owned();
        let package = protocol::get_attr(ctx, &spec, &intern("parent"))?;
        return Ok(Ok(MainModule { path, source, package, spec, loader }));
    }
}
