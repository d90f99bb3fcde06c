//! Module `sys`: what the program can ask of, and tell, the interpreter.
//!
//! The namespace is `ctx.sys`, where the interpreter itself looks for `sys.stdout`, the hooks and the like, so that what
//! a program puts there counts. Source: Standard Library, "sys".

mod hooks;
mod info;

use super::eras;
use super::finding::LIBRARY;
use crate::objects::arguments::{given, or_none};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::frame::Frame;
use crate::objects::frame_view::{caller_of, view};
use crate::objects::function::Function;
use crate::objects::heap::Ref;
use crate::objects::kind::KIND_INFOS;
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::string::{self, Str, intern, intern_value, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{dict, float, int, module, protocol, struct_sequence};

pub use info::{Flags, LIBRARY_MODULES};
pub(crate) use info::{MINOR_VERSION, set_flags, set_version};

crate::natives! { static FUNCTIONS:
    /// Exit the interpreter by raising SystemExit(status).
    ///
    /// If the status is omitted or None, it defaults to zero (i.e., success).
    /// If the status is an integer, it will be used as the system exit status.
    /// If it is another kind of object, it will be printed and the system
    /// exit status will be one (i.e., failure).
    function "exit(status=None, /)" => exit;
    /// Return current exception information: (type, value, traceback).
    ///
    /// Return information about the most recent exception caught by an except
    /// clause in the current stack frame or in an older stack frame.
    function "exc_info()" => exc_info;
    /// Return the current exception.
    ///
    /// Return the most recent exception caught by an except clause
    /// in the current stack frame or in an older stack frame, or None
    /// if no such clause exists.
    function "exception()" => |ctx, _| Ok(ctx.handled.clone());
    /// Return the current value of the recursion limit.
    ///
    /// The recursion limit is the maximum depth of the Python interpreter
    /// stack.  This limit prevents infinite recursion from causing an overflow
    /// of the C stack and crashing Python.
    function "getrecursionlimit()" => |ctx, _| Ok(int::from_i64(ctx.recursion_limit.into()));
    /// Set the maximum depth of the Python interpreter stack to n.
    ///
    /// This limit prevents infinite recursion from causing an overflow of the C
    /// stack and crashing Python.  The highest possible limit is platform-
    /// dependent.
    function "setrecursionlimit(limit, /)" => set_recursion_limit;
    /// getsizeof(object [, default]) -> int
    ///
    /// Return the size of object in bytes.
    function "getsizeof(object, default=<unrepresentable>)" => size_of;
    /// Return the reference count of object.
    ///
    /// The count returned is generally one higher than you might expect,
    /// because it includes the (temporary) reference as an argument to
    /// getrefcount().
    function "getrefcount(object, /)" => reference_count;
    /// ``Intern'' the given string.
    ///
    /// This enters the string in the (global) table of interned strings whose
    /// purpose is to speed up dictionary lookups. Return the string itself or
    /// the previously interned string object with the same value.
    function "intern(string, /)" => intern_string;
    function "_is_interned(string, /)" => is_interned;
    function "_is_gil_enabled()" => |_, _| Ok(Value::TRUE);
    /// Return a frame object from the call stack.
    ///
    /// If optional integer depth is given, return the frame object that many
    /// calls below the top of the stack.  If that is deeper than the call
    /// stack, ValueError is raised.  The default for depth is zero, returning
    /// the frame at the top of the call stack.
    function "_getframe(depth=0, /)" => get_frame;
    /// Return the name of the module for a calling frame.
    function "_getframemodulename(depth=0)" => frame_module_name;
    /// Return a dict mapping each thread's thread id to its current stack frame.
    function "_current_frames()" => current_frames;
    /// Set the global debug tracing function; Coil calls it never.
    function "settrace(function, /)" => |ctx, args| remember(ctx, "_trace", &args[0]);
    /// Return the global debug tracing function set with sys.settrace.
    function "gettrace()" => |ctx, _| Ok(ctx.sys.get_str(&intern("_trace")).unwrap_or(Value::NONE));
    /// Set the profiling function; Coil calls it never.
    function "setprofile(function, /)" => |ctx, args| remember(ctx, "_profile", &args[0]);
    /// Return the profiling function set with sys.setprofile.
    function "getprofile()" => |ctx, _| Ok(ctx.sys.get_str(&intern("_profile")).unwrap_or(Value::NONE));
    /// set_asyncgen_hooks([firstiter] [, finalizer])
    ///
    /// Set a finalizer for async generators objects.
    function "set_asyncgen_hooks(firstiter=<unrepresentable>, finalizer=<unrepresentable>)" => set_asyncgen_hooks;
    /// Return the installed asynchronous generators hooks.
    ///
    /// This returns a namedtuple of the form (firstiter, finalizer).
    function "get_asyncgen_hooks()" => get_asyncgen_hooks;
    /// Enable or disable origin tracking for coroutine objects in this thread.
    ///
    /// Coroutine objects will track 'depth' frames of traceback information
    /// about where they came from, available in their cr_origin attribute.
    ///
    /// Set a depth of 0 to disable.
    function "set_coroutine_origin_tracking_depth(depth)" => set_origin_depth;
    /// Check status of origin tracking for coroutine objects in this thread.
    function "get_coroutine_origin_tracking_depth()" => |ctx, _| Ok(int::from_i64(ctx.coroutine_origin_depth.into()));
    /// Set the maximum string digits limit for non-binary int<->str conversions.
    function "set_int_max_str_digits(maxdigits)" => set_max_digits;
    /// Return the maximum string digits limit for non-binary int<->str conversions.
    function "get_int_max_str_digits()" => |ctx, _| Ok(int::from_usize(ctx.int_max_str_digits));
    /// Return the current default encoding used by the Unicode implementation.
    function "getdefaultencoding()" => |_, _| Ok(intern("utf-8"));
    /// Return the encoding used to convert Unicode filenames to OS filenames.
    function "getfilesystemencoding()" => |_, _| Ok(intern("utf-8"));
    /// Return the error mode used Unicode to OS filename conversion.
    function "getfilesystemencodeerrors()" => |_, _| Ok(intern("surrogateescape"));
    /// Return the current thread switch interval.
    function "getswitchinterval()" => |ctx, _| Ok(float::new_float(ctx.state::<SwitchInterval>().0));
    /// Set the ideal thread switching delay inside the Python interpreter.
    function "setswitchinterval(interval, /)" => set_switch_interval;
    /// How many instructions there were between two checks, as Python 2 counted.
    function "getcheckinterval()" => |ctx, _| {
        eras::allows(ctx, "sys.getcheckinterval")?;
        Ok(int::from_i64(ctx.state::<CheckInterval>().0))
    };
    /// Set that number; it has no effect.
    function "setcheckinterval(n, /)" => |ctx, args| {
        eras::allows(ctx, "sys.setcheckinterval")?;
        let interval = protocol::convert::as_i32(ctx, &args[0])?;
        ctx.state::<CheckInterval>().0 = interval.into();
        Ok(Value::NONE)
    };
    /// Return True if Python is exiting.
    function "is_finalizing()" => |ctx, _| Ok(Value::bool(ctx.state::<super::Ending>().0));
    /// Return the number of memory blocks currently allocated.
    function "getallocatedblocks()" => allocated_blocks;
    /// Clear the internal type lookup cache; there is nothing to do.
    function "_clear_type_cache()" => |_, _| Ok(Value::NONE);
    /// Clear all internal performance-related caches; there is nothing to do.
    function "_clear_internal_caches()" => |_, _| Ok(Value::NONE);
    /// audit(event, *args); nobody listens.
    function "audit(event, /, *args)" => |_, _| Ok(Value::NONE);
    /// Adds a new audit hook callback; Coil raises no events.
    function "addaudithook(hook)" => |_, _| Ok(Value::NONE);
}

/// `sys.getcheckinterval()`
struct CheckInterval(i64);

impl Default for CheckInterval {
    fn default() -> CheckInterval {
        CheckInterval(100)
    }
}

/// `sys.getswitchinterval()`
struct SwitchInterval(f64);

impl Default for SwitchInterval {
    fn default() -> SwitchInterval {
        SwitchInterval(0.005)
    }
}

/// Makes the module and puts it into `sys.modules`.
pub(super) fn install(ctx: &mut Ctx) {
    let dict = ctx.sys.clone();
    let module = module::with_dict(dict.clone());
    let names = &ctx.names;
    dict.set_str(&names.__name__, names.sys.clone());
    dict.set_str(&names.__doc__, new_str("What the program can ask of, and tell, the interpreter.").into_value());
    dict.set_str(&names.__package__, names.empty.clone());
    dict.set_str(&names.path, new_list(vec![new_str(LIBRARY).into_value()]).into_value());
    dict.set_str(&names.modules, ctx.modules.value().clone());
    for def in FUNCTIONS.iter().chain(hooks::FUNCTIONS) {
        dict.set_str(&intern(def.name()), new_function("sys", def));
    }
    for name in ["displayhook", "excepthook", "unraisablehook", "breakpointhook"] {
        let hook = dict.get_str(&intern(name)).unwrap_or(Value::NONE);
        dict.set_str(&intern(&format!("__{name}__")), hook);
    }
    for name in ["meta_path", "path_hooks", "warnoptions", "argv", "orig_argv"] {
        dict.set_str(&intern(name), new_list(Vec::new()).into_value());
    }
    for name in ["path_importer_cache", "_xoptions"] {
        dict.set_str(&intern(name), dict::new_dict().into_value());
    }
    info::install(ctx);
    let name = ctx.names.sys.clone();
    ctx.modules.set_str(&name, module.into_value());
}

/// Sets `sys.argv` and `sys.orig_argv`.
pub(crate) fn set_argv(ctx: &mut Ctx, arguments: &[String], original: &[String]) {
    let list = |items: &[String]| {
        let items = items.iter().map(|item| new_str(item.as_str()).into_value()).collect();
        new_list(items).into_value()
    };
    ctx.sys.set_str(&intern("argv"), list(arguments));
    ctx.sys.set_str(&intern("orig_argv"), list(original));
}

fn exit(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.exceptions.SystemExit.clone();
    let arguments = match given(&args[0]) {
        Some(status) if !status.is_none() => match status.downcast_ref::<Tuple>() {
            // A tuple is taken for the arguments of the exception.
            Some(items) => items.items().to_vec(),
            None => vec![status.clone()],
        },
        _ => Vec::new(),
    };
    let exception = protocol::call(ctx, class.value(), &arguments)?;
    Err(ctx.raise_value(exception))
}

fn exc_info(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let exception = ctx.handled.clone();
    let items = match exception.downcast_ref::<Exception>() {
        Some(payload) => {
            let traceback = or_none(&payload.traceback.get());
            [protocol::class_of(ctx, &exception).into_value(), exception.clone(), traceback]
        }
        None => [Value::NONE, Value::NONE, Value::NONE],
    };
    Ok(new_tuple(items).into_value())
}

fn set_recursion_limit(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = protocol::convert::as_i32(ctx, &args[0])?;
    if limit < 1 {
        return Err(ctx.value_error("recursion limit must be greater or equal than 1"));
    }
    let limit = limit as u32;
    if ctx.depth >= limit {
        let depth = ctx.depth;
        return Err(ctx.recursion_error(format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        )));
    }
    ctx.recursion_limit = limit;
    Ok(Value::NONE)
}

fn size_of(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = ctx.names.__sizeof__.clone();
    let size = match protocol::call_special(ctx, &args[0], &name, &[]) {
        Ok(Some(size)) => size,
        Ok(None) => {
            let class = protocol::class_name(ctx, &args[0]);
            let raised = ctx.type_error(format!("Type {class} doesn't define __sizeof__"));
            return size_default(ctx, raised, &args[1]);
        }
        Err(raised) => return size_default(ctx, raised, &args[1]),
    };
    let size = protocol::convert::as_isize(ctx, &size)?;
    if size < 0 {
        return Err(ctx.value_error("__sizeof__() should return >= 0"));
    }
    // What the collector of CPython puts in front of an object that may be part of a cycle counts too.
    let tracked = args[0].header().is_some_and(|header| KIND_INFOS[header.kind() as usize].is_container);
    let plain = protocol::class_of(ctx, &args[0]).is(ctx.types.object.value());
    Ok(int::from_usize(size as usize + if tracked && !plain { 16 } else { 0 }))
}

fn size_default(ctx: &mut Ctx, raised: crate::objects::Raised, default: &Value) -> PyResult {
    match given(default) {
        Some(default) => {
            let class = ctx.exceptions.TypeError.clone();
            ctx.catch(raised, &class).map(|_| default.clone())
        }
        None => Err(raised),
    }
}

fn reference_count(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // Small numbers and singletons are no objects; CPython's count as immortal.
    Ok(int::from_i64(args[0].header().map_or(i64::from(u32::MAX), |header| i64::from(header.count()))))
}

fn intern_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match args[0].downcast_ref::<Str>() {
        Some(text) if string::is_exact(text) => Ok(intern_value(&args[0])),
        Some(_) => {
            let class = protocol::class_name(ctx, &args[0]);
            Err(ctx.type_error(format!("can't intern {class}")))
        }
        None => {
            let class = protocol::class_name(ctx, &args[0]);
            Err(ctx.type_error(format!("intern() argument must be str, not {class}")))
        }
    }
}

fn is_interned(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match args[0].downcast_ref::<Str>() {
        Some(text) => Ok(Value::bool(text.is_interned())),
        None => {
            let class = protocol::class_name(ctx, &args[0]);
            Err(ctx.type_error(format!("_is_interned() argument must be str, not {class}")))
        }
    }
}

/// The Python frame `depth` calls below the running one.
fn frame_below(ctx: &mut Ctx, depth: &Value) -> PyResult<Option<Ref<Frame>>> {
    let depth = match given(depth) {
        Some(depth) => protocol::convert::as_i32(ctx, depth)?,
        None => 0,
    };
    let mut frame = protocol::current_frame(ctx);
    for _ in 0..depth {
        frame = frame.and_then(|frame| caller_of(&frame));
    }
    Ok(frame)
}

fn get_frame(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match frame_below(ctx, &args[0])? {
        Some(frame) => Ok(view(&frame).into_value()),
        None => Err(ctx.value_error("call stack is not deep enough")),
    }
}

fn frame_module_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let frame = frame_below(ctx, &args[0])?;
    let name = frame.and_then(|frame| {
        let function = frame.func.get();
        let globals = function.downcast_ref::<Function>()?.globals.get();
        globals.downcast_ref::<dict::Dict>()?.get_str(&ctx.names.__name__)
    });
    Ok(name.unwrap_or(Value::NONE))
}

fn current_frames(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let frames = dict::new_dict();
    if let Some(frame) = protocol::current_frame(ctx) {
        frames.insert(ctx, int::from_i64(1), view(&frame).into_value())?;
    }
    Ok(frames.into_value())
}

fn remember(ctx: &mut Ctx, name: &str, value: &Value) -> PyResult {
    ctx.sys.set_str(&intern(name), value.clone());
    Ok(Value::NONE)
}

fn set_asyncgen_hooks(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    for (value, name) in [(&args[1], "finalizer"), (&args[0], "firstiter")] {
        if let Some(value) = given(value)
            && !value.is_none()
            && !protocol::is_callable(ctx, value)
        {
            let class = protocol::class_name(ctx, value);
            return Err(ctx.type_error(format!("callable {name} expected, got {class}")));
        }
    }
    if let Some(first) = given(&args[0]) {
        drop(std::mem::replace(&mut ctx.asyncgen_hooks.0, first.clone()));
    }
    if let Some(finalizer) = given(&args[1]) {
        drop(std::mem::replace(&mut ctx.asyncgen_hooks.1, finalizer.clone()));
    }
    Ok(Value::NONE)
}

/// The class of what `get_asyncgen_hooks` gives, made once.
#[derive(Default)]
struct HooksClass(Option<Ref<crate::objects::class::Class>>);

fn get_asyncgen_hooks(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let class = match &ctx.state::<HooksClass>().0 {
        Some(class) => class.clone(),
        None => {
            let class = struct_sequence::define(ctx, "asyncgen_hooks", "builtins", "", info::ASYNCGEN_HOOKS);
            ctx.state::<HooksClass>().0 = Some(class.clone());
            class
        }
    };
    let (first, finalizer) = ctx.asyncgen_hooks.clone();
    Ok(struct_sequence::make(&class, vec![first, finalizer]))
}

fn set_origin_depth(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let depth = protocol::convert::as_i32(ctx, &args[0])?;
    if depth < 0 {
        return Err(ctx.value_error("depth must be >= 0"));
    }
    ctx.coroutine_origin_depth = depth as u32;
    Ok(Value::NONE)
}

fn set_max_digits(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let digits = protocol::convert::as_i32(ctx, &args[0])?;
    if digits != 0 && digits < 640 {
        return Err(ctx.value_error("maxdigits must be 0 or larger than 640"));
    }
    ctx.int_max_str_digits = digits as usize;
    Ok(Value::NONE)
}

fn set_switch_interval(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let interval = protocol::convert::as_f64(ctx, &args[0])?;
    if interval <= 0.0 {
        return Err(ctx.value_error("switch interval must be strictly positive"));
    }
    ctx.state::<SwitchInterval>().0 = interval;
    ctx.threads
        .set_switch_interval(std::time::Duration::try_from_secs_f64(interval).unwrap_or(std::time::Duration::MAX));
    Ok(Value::NONE)
}

fn allocated_blocks(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let mut count = 0;
    crate::objects::heap::for_each_container(|_| count += 1);
    Ok(int::from_usize(count))
}
