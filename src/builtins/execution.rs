//! `compile`, `exec` and `eval`: running code that a program has as text.
//!
//! Source: Standard Library, "Built-in Functions"; PEP 578's code paths are left out.

use crate::code::flags;
use crate::objects::arguments::{given, or_none};
use crate::objects::buffer::bytes_of;
use crate::objects::cell::CellObject;
use crate::objects::code::Code;
use crate::objects::ctx::{CompileMode, Ctx};
use crate::objects::dict::Dict;
use crate::objects::exception::Exception;
use crate::objects::function::{self, Function};
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::inspection::{current_globals, current_locals};

crate::natives! { pub(crate) static FUNCTIONS:
    /// Compile source into a code object that can be executed by exec() or eval().
    ///
    /// The source code may represent a Python module, statement or expression.
    /// The filename will be used for run-time error messages.
    /// The mode must be 'exec' to compile a module, 'single' to compile a
    /// single (interactive) statement, or 'eval' to compile an expression.
    /// The flags argument, if present, controls which future statements influence
    /// the compilation of the code.
    /// The dont_inherit argument, if true, stops the compilation inheriting
    /// the effects of any future statements in effect in the code calling
    /// compile; if absent or false these statements do influence the compilation,
    /// in addition to any features explicitly specified.
    function "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)" => compile;
    /// Evaluate the given source in the context of globals and locals.
    ///
    /// The source may be a string representing a Python expression
    /// or a code object as returned by compile().
    /// The globals must be a dictionary and locals can be any mapping,
    /// defaulting to the current globals and locals.
    /// If only globals is given, locals defaults to it.
    function "eval(source, /, globals=None, locals=None)" => eval;
    /// Execute the given source in the context of globals and locals.
    ///
    /// The source may be a string representing one or more Python statements
    /// or a code object as returned by compile().
    /// The globals must be a dictionary and locals can be any mapping,
    /// defaulting to the current globals and locals.
    /// If only globals is given, locals defaults to it.
    /// The closure must be a tuple of cellvars, and can only be used
    /// when source is a code object requiring exactly that many cellvars.
    function "exec(source, /, globals=None, locals=None, *, closure=None)" => exec;
}

const ONLY_AST: u32 = 0x400;
const TOP_LEVEL_AWAIT: u32 = 0x2000;
/// Every flag that `compile` takes: those of `__future__` features, and those of the compiler.
const KNOWN_FLAGS: u32 = 0x01fe_0010 | 0x0100 | 0x0200 | ONLY_AST | 0x0800 | 0x1000 | TOP_LEVEL_AWAIT | 0x4000 | 0x8000;

/// The source of a program: text or bytes.
struct Source {
    bytes: Vec<u8>,
    is_text: bool,
}

/// Reads the source argument; `function` and `what` word the error.
fn source(ctx: &mut Ctx, value: &Value, function: &str, what: &str) -> PyResult<Source> {
    let source = if let Some(text) = value.downcast_ref::<Str>() {
        Source { bytes: text.as_str().as_bytes().to_vec(), is_text: true }
    } else if let Some(bytes) = bytes_of(value) {
        Source { bytes: bytes.into_owned(), is_text: false }
    } else {
        return Err(ctx.type_error(format!("{function}() arg 1 must be a {what} object")));
    };
    if source.bytes.contains(&0) {
        let class = ctx.exceptions.SyntaxError.clone();
        let raised = ctx.raise(&class, "source code string cannot contain null bytes");
        if let Some(payload) = ctx.raised.downcast_ref::<Exception>() {
            payload.set_field(0, ctx.str("source code string cannot contain null bytes"));
        }
        return Err(raised);
    }
    Ok(source)
}

/// The flags of `__future__` features that the calling code has on.
fn inherited_flags(ctx: &Ctx) -> u32 {
    let frame = protocol::current_frame(ctx);
    frame.map_or(0, |frame| frame.with_code(|code| code.flags & flags::FUTURE_ANNOTATIONS))
}

fn compile(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let filename = path_text(ctx, &args[1])?;
    let mode = protocol::text::expect_str(ctx, &args[2], "compile() argument 'mode' must be str, not {}")?;
    let mode = mode.as_str().to_owned();
    let mut wanted = match given(&args[3]) {
        Some(value) => protocol::convert::as_i32(ctx, value)? as u32,
        None => 0,
    };
    if wanted & !KNOWN_FLAGS != 0 {
        return Err(ctx.value_error("compile(): unrecognised flags"));
    }
    let optimize = match given(&args[5]) {
        Some(value) => protocol::convert::as_i32(ctx, value)?,
        None => -1,
    };
    let optimize = match optimize {
        -1 => ctx.optimize,
        0..=2 => optimize as u8,
        _ => return Err(ctx.value_error("compile(): invalid optimize value")),
    };
    let inherit = match given(&args[4]) {
        Some(value) => !protocol::truth(ctx, value)?,
        None => true,
    };
    if inherit {
        wanted |= inherited_flags(ctx);
    }
    let mode = match mode.as_str() {
        "exec" => "exec",
        "eval" => "eval",
        "single" => "single",
        "func_type" if wanted & ONLY_AST == 0 => {
            return Err(ctx.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST"));
        }
        _ if wanted & ONLY_AST != 0 => {
            return Err(ctx.value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'"));
        }
        _ => return Err(ctx.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    if args[0].is_kind::<Code>() {
        return Ok(args[0].clone());
    }
    let tree_source = match syntax_tree(ctx, &args[0])? {
        Some(_) if wanted & ONLY_AST != 0 => return Ok(args[0].clone()),
        // A tree is compiled by way of the text that it stands for.
        Some(module) => Some(protocol::call_method(ctx, &module, "_source", &[args[0].clone()])?),
        None => None,
    };
    let source = source(ctx, tree_source.as_ref().unwrap_or(&args[0]), "compile", "string, bytes or AST")?;
    let mode = CompileMode { mode, flags: wanted, optimize, is_text: source.is_text, ..CompileMode::default() };
    let made = (ctx.door.compile)(ctx, &source.bytes, &filename, &mode)?;
    if wanted & ONLY_AST == 0 {
        return Ok(made);
    }
    // The compiler gives the tree as text, which module `ast` reads.
    let import = ctx.builtins.get_str(&ctx.names.__import__).unwrap_or(Value::NONE);
    let module = protocol::call(ctx, &import, &[intern("ast")])?;
    protocol::call_method(ctx, &module, "_from_text", &[made])
}

/// Module `ast`, when the value is one of its trees.
fn syntax_tree(ctx: &mut Ctx, value: &Value) -> PyResult<Option<Value>> {
    let Some(module) = ctx.modules.get_str(&intern("ast")) else { return Ok(None) };
    let Some(class) = protocol::attribute::get_attr_optional(ctx, &module, &intern("AST"))? else { return Ok(None) };
    Ok(if protocol::is_instance(ctx, value, &class)? { Some(module) } else { None })
}

/// The text of a path: str, bytes or what `__fspath__` gives.
pub(crate) fn path_text(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    let mut path = value.clone();
    for _ in 0..2 {
        if let Some(text) = path.downcast_ref::<Str>() {
            return Ok(text.as_str().to_owned());
        }
        if path.is_kind::<crate::objects::bytes::Bytes>() {
            return Ok(String::from_utf8_lossy(&bytes_of(&path).unwrap_or_default()).into_owned());
        }
        let name = ctx.names.__fspath__.clone();
        match protocol::call_special(ctx, &path, &name, &[])? {
            Some(found) => path = found,
            None => break,
        }
    }
    let class = protocol::class_name(ctx, value);
    Err(ctx.type_error(format!("expected str, bytes or os.PathLike object, not {class}")))
}

/// Global and local namespace for code to run in.
fn namespaces(ctx: &mut Ctx, globals: &Value, locals: &Value) -> (Value, Value) {
    let (globals, locals) = (or_none(globals), or_none(locals));
    if globals.is_none() {
        let own = if locals.is_none() { current_locals(ctx) } else { locals };
        return (current_globals(ctx), own);
    }
    let locals = if locals.is_none() { globals.clone() } else { locals };
    (globals, locals)
}

fn is_mapping(ctx: &Ctx, value: &Value) -> bool {
    protocol::lookup_special(ctx, value, &ctx.names.__getitem__).is_some()
}

fn eval(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (globals, locals) = (or_none(&args[1]), or_none(&args[2]));
    if !locals.is_none() && !is_mapping(ctx, &locals) {
        return Err(ctx.type_error("locals must be a mapping"));
    }
    if !globals.is_none() && !globals.is_kind::<Dict>() {
        let message = if is_mapping(ctx, &globals) {
            "globals must be a real dict; try eval(expr, {}, mapping)"
        } else {
            "globals must be a dict"
        };
        return Err(ctx.type_error(message));
    }
    let (globals, locals) = namespaces(ctx, &globals, &locals);
    let code = if args[0].is_kind::<Code>() {
        args[0].clone()
    } else {
        let source = source(ctx, &args[0], "eval", "string, bytes or code")?;
        compile_here(ctx, &source, "eval")?
    };
    run(ctx, &code, &globals, &locals, None, "eval")
}

fn exec(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (globals, locals, closure) = (or_none(&args[1]), or_none(&args[2]), or_none(&args[3]));
    if !globals.is_none() && !globals.is_kind::<Dict>() {
        let class = protocol::class_name(ctx, &globals);
        return Err(ctx.type_error(format!("exec() globals must be a dict, not {class}")));
    }
    if !locals.is_none() && !is_mapping(ctx, &locals) {
        let class = protocol::class_name(ctx, &locals);
        return Err(ctx.type_error(format!("locals must be a mapping or None, not {class}")));
    }
    let (globals, locals) = namespaces(ctx, &globals, &locals);
    let code = if args[0].is_kind::<Code>() {
        args[0].clone()
    } else {
        if !closure.is_none() {
            return Err(ctx.type_error("closure can only be used when source is a code object"));
        }
        let source = source(ctx, &args[0], "exec", "string, bytes or code")?;
        compile_here(ctx, &source, "exec")?
    };
    let closure = if closure.is_none() { None } else { Some(&closure) };
    run(ctx, &code, &globals, &locals, closure, "exec")?;
    Ok(Value::NONE)
}

fn compile_here(ctx: &mut Ctx, source: &Source, mode: &'static str) -> PyResult {
    let mode = CompileMode {
        mode,
        flags: inherited_flags(ctx),
        optimize: ctx.optimize,
        is_text: source.is_text,
        ..CompileMode::default()
    };
    (ctx.door.compile)(ctx, &source.bytes, "<string>", &mode)
}

/// Runs a code object with its namespaces.
fn run(
    ctx: &mut Ctx,
    code: &Value,
    globals: &Value,
    locals: &Value,
    closure: Option<&Value>,
    function: &str,
) -> PyResult {
    if let Some(dict) = globals.downcast_ref::<Dict>()
        && dict.get_str(&ctx.names.__builtins__).is_none()
    {
        dict.set_str(&ctx.names.__builtins__, ctx.builtins.value().clone());
    }
    let Some(payload) = code.downcast_ref::<Code>() else { return Err(ctx.type_error("expected code")) };
    let free = payload.free_count as usize;
    match closure {
        None if free > 0 && function == "eval" => {
            return Err(ctx.type_error("code object passed to eval() may not contain free variables"));
        }
        None if free > 0 => {
            return Err(ctx.type_error(format!("code object requires a closure of exactly length {free}")));
        }
        Some(_) if free == 0 => {
            return Err(ctx.type_error("cannot use a closure with this code object"));
        }
        Some(cells) => {
            let fits = cells
                .downcast_ref::<Tuple>()
                .is_some_and(|cells| cells.len() == free && cells.items().iter().all(Value::is_kind::<CellObject>));
            if !fits {
                return Err(ctx.type_error(format!("code object requires a closure of exactly length {free}")));
            }
        }
        None => {}
    }
    let body = function::new_function(ctx, payload, globals);
    if let Some(cells) = closure {
        let body: &Function = &body;
        body.closure.set(cells.clone());
    }
    let body = body.into_value();
    (ctx.door.run_body)(ctx, &body, locals)
}
