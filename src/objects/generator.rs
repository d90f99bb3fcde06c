//! Methods and attributes of generators, coroutines and asynchronous generators.
//!
//! All three are frames; which one is a matter of shape. `send` and `throw` hand control on to the loop ([`Control`]), so
//! they cost no machine stack. Source: "Generator-iterator methods", "Coroutine Objects" and "Asynchronous
//! generator-iterator methods" of the Language Reference.

use super::arguments::bad_self;
use super::class::Class;
use super::ctx::Ctx;
use super::exception::Exception;
use super::frame::{Frame, State, flags};
use super::function::Function;
use super::heap::{Obj, Slot, alloc};
use super::kind::Kind;
use super::native::{Control, PyResult};
use super::shape::ShapeId;
use super::string::Str;
use super::suspension::{self, Role};
use super::traceback::Traceback;
use super::value::Value;
use super::{frame_view, future, generic_alias, protocol};

crate::natives! { pub(crate) static GENERATOR_METHODS:
    /// Implement iter(self).
    method "__iter__(self, /)" => itself;
    /// Implement next(self).
    resume method "__next__(self, /)" => next;
    /// send(arg) -> send 'arg' into generator,
    /// return next yielded value or raise StopIteration.
    resume method "send(self, object, /)" => send;
    /// throw(value)
    /// throw(type[,value[,tb]])
    ///
    /// Raise exception in generator, return next yielded value or raise
    /// StopIteration.
    /// the (type, val, tb) signature is deprecated,
    /// and may be removed in a future version of Python.
    control method "throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)" => throw;
    /// close() -> raise GeneratorExit inside generator.
    method "close(self, /)" => close;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => class_getitem;
    /// gen.__sizeof__() -> size of gen in memory, in bytes
    method "__sizeof__(self, /)" => size;
    /// name of the generator
    getter "__name__(self)" => name;
    setter "__name__(self, value)" => set_name;
    /// qualified name of the generator
    getter "__qualname__(self)" => qualname;
    setter "__qualname__(self, value)" => set_qualname;
    /// object being iterated by yield from, or None
    getter "gi_yieldfrom(self)" => delegate;
    getter "gi_running(self)" => running;
    getter "gi_suspended(self)" => suspended;
    getter "gi_frame(self)" => frame;
    getter "gi_code(self)" => code;
}

crate::natives! { pub(crate) static COROUTINE_METHODS:
    /// send(arg) -> send 'arg' into coroutine,
    /// return next iterated value or raise StopIteration.
    resume method "send(self, object, /)" => send;
    /// throw(value)
    /// throw(type[,value[,traceback]])
    ///
    /// Raise exception in coroutine, return next iterated value or raise
    /// StopIteration.
    /// the (type, val, tb) signature is deprecated,
    /// and may be removed in a future version of Python.
    control method "throw(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)" => throw;
    /// close() -> raise GeneratorExit inside coroutine.
    method "close(self, /)" => close;
    /// Return an iterator to be used in await expression.
    method "__await__(self, /)" => await_;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => class_getitem;
    /// gen.__sizeof__() -> size of gen in memory, in bytes
    method "__sizeof__(self, /)" => size;
    /// name of the coroutine
    getter "__name__(self)" => name;
    setter "__name__(self, value)" => set_name;
    /// qualified name of the coroutine
    getter "__qualname__(self)" => qualname;
    setter "__qualname__(self, value)" => set_qualname;
    /// object being awaited on, or None
    getter "cr_await(self)" => delegate;
    getter "cr_running(self)" => running;
    getter "cr_suspended(self)" => suspended;
    getter "cr_frame(self)" => frame;
    getter "cr_code(self)" => code;
    /// member
    getter "cr_origin(self)" => origin;
}

crate::natives! { pub(crate) static ASYNC_GENERATOR_METHODS:
    /// Return an awaitable, that resolves in asynchronous iterator.
    method "__aiter__(self, /)" => itself;
    /// Return a value or raise StopAsyncIteration.
    method "__anext__(self, /)" => anext;
    /// asend(v) -> send 'v' in generator.
    method "asend(self, object, /)" => asend;
    /// athrow(value)
    /// athrow(type[,value[,tb]])
    ///
    /// raise exception in generator.
    /// the (type, val, tb) signature is deprecated,
    /// and may be removed in a future version of Python.
    method "athrow(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)" => athrow;
    /// aclose() -> raise GeneratorExit inside generator.
    method "aclose(self, /)" => aclose;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => class_getitem;
    /// gen.__sizeof__() -> size of gen in memory, in bytes
    method "__sizeof__(self, /)" => size;
    /// name of the async generator
    getter "__name__(self)" => name;
    setter "__name__(self, value)" => set_name;
    /// qualified name of the async generator
    getter "__qualname__(self)" => qualname;
    setter "__qualname__(self, value)" => set_qualname;
    /// object being awaited on, or None
    getter "ag_await(self)" => delegate;
    /// member
    getter "ag_running(self)" => async_running;
    getter "ag_suspended(self)" => suspended;
    getter "ag_frame(self)" => frame;
    getter "ag_code(self)" => code;
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<Frame>> {
    match args.first().and_then(Value::downcast_ref::<Frame>) {
        Some(frame) => Ok(frame),
        None => Err(bad_self(ctx, args.first().unwrap_or(&Value::NONE), "generator")),
    }
}

fn itself(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(args[0].clone())
}

fn next(_ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    Ok(Control::Resume(args[0].clone(), Value::NONE))
}

fn send(_ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    Ok(Control::Resume(args[0].clone(), args[1].clone()))
}

fn throw(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    warn_old_form(ctx, &args[1..], "throw")?;
    if args[1].is_kind::<Exception>() && args[2].is_empty() {
        return Ok(Control::Throw(args[0].clone(), args[1].clone()));
    }
    Ok(Control::Throw(args[0].clone(), given(&args[1..])))
}

/// The arguments of a `throw` that were given, as a tuple.
fn given(args: &[Value]) -> Value {
    let given: Vec<Value> = args.iter().take_while(|arg| !arg.is_empty()).cloned().collect();
    super::tuple::new_tuple(given).into_value()
}

/// Warns of more than one argument.
///
/// # Errors
/// The warning, where it is an error.
pub fn warn_old_form(ctx: &mut Ctx, args: &[Value], method: &str) -> PyResult<()> {
    if args.get(1).is_none_or(Value::is_empty) {
        return Ok(());
    }
    let message = ctx.str(format!(
        "the (type, exc, tb) signature of {method}() is deprecated, use the single-arg signature instead."
    ));
    let class = ctx.exceptions.DeprecationWarning.clone();
    super::warning::warn(ctx, &class, &message, 1)
}

/// The exception that the arguments of `throw` mean: an instance, or the old form of class, value and traceback.
///
/// # Errors
/// TypeError for anything else; what making the exception raises.
pub fn thrown(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(kind) = args.first() else { return Err(ctx.type_error("throw expected at least 1 argument, got 0")) };
    let value = args.get(1).filter(|value| !value.is_empty()).cloned().unwrap_or(Value::NONE);
    let traceback = args.get(2).filter(|tb| !tb.is_empty() && !tb.is_none()).cloned();
    if let Some(traceback) = &traceback
        && !traceback.is_kind::<Traceback>()
    {
        return Err(ctx.type_error("throw() third argument must be a traceback object"));
    }
    let exception = if let Some(class) = kind.downcast_ref::<Class>()
        && class.is_subclass_of(&ctx.exceptions.BaseException)
    {
        if value.is_kind::<Exception>() && protocol::is_instance_of(ctx, &value, class) {
            value
        } else if value.is_none() {
            protocol::call(ctx, kind, &[])?
        } else if let Some(items) = value.downcast_ref::<super::tuple::Tuple>() {
            protocol::call(ctx, kind, items.items())?
        } else {
            protocol::call(ctx, kind, &[value])?
        }
    } else if kind.is_kind::<Exception>() {
        if !value.is_none() {
            return Err(ctx.type_error("instance exception may not have a separate value"));
        }
        kind.clone()
    } else {
        let class = protocol::class_name(ctx, kind);
        return Err(
            ctx.type_error(format!("exceptions must be classes or instances deriving from BaseException, not {class}"))
        );
    };
    if !exception.is_kind::<Exception>() {
        let (class, got) = (protocol::text::repr_string(ctx, kind)?, protocol::class_name(ctx, &exception));
        let message = format!("calling {class} should have returned an instance of BaseException, not {got}");
        // The generator gets to see this one in its place.
        let raised = ctx.type_error(message);
        return Ok(ctx.take_raised(raised));
    }
    if let (Some(traceback), Some(payload)) = (traceback, exception.downcast_ref::<Exception>()) {
        payload.traceback.set(traceback);
    }
    Ok(exception)
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    (ctx.door.close)(ctx, &args[0])
}

fn await_(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(suspension::new(ctx, Role::CoroutineWrapper, args[0].clone(), Value::NONE))
}

fn function_name(frame: &Obj<Frame>, qualified: bool) -> Value {
    match frame.func.get().downcast_ref::<Function>() {
        Some(function) if qualified => function.qualname.get(),
        Some(function) => function.name.get(),
        None => Value::NONE,
    }
}

/// The qualified name of a suspended thing's function, as messages show it.
pub fn qualified_name(frame: &Obj<Frame>) -> String {
    function_name(frame, true).downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let frame = this(ctx, args)?;
    let (what, name) = (protocol::class_name(ctx, &args[0]), qualified_name(frame));
    Ok(ctx.str(format!("<{what} object {name} at {:#x}>", args[0].id())))
}

fn class_getitem(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(generic_alias::new_alias(args[0].clone(), args[1].clone()))
}

fn size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let frame = this(ctx, args)?;
    let slots = frame.with_code(|code| code.frame_slots());
    Ok(super::int::from_usize(size_of::<Obj<Frame>>() + slots * size_of::<Value>()))
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(function_name(this(ctx, args)?, false))
}

fn qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(function_name(this(ctx, args)?, true))
}

/// Gives the frame a function of its own, for what this one object does not share with the others of its function: a
/// name that was set, and its extra (see [`set_own_extra`]), which takes the place of the function's `__dict__`.
fn own_function(frame: &Obj<Frame>) -> Value {
    let shared = frame.func.get();
    if frame.has_flag(flags::OWN_FUNCTION) {
        return shared;
    }
    let Some(function) = shared.downcast_ref::<Function>() else { return shared };
    let copy = Function {
        code: Slot::new(function.code.get()),
        globals: Slot::new(function.globals.get()),
        closure: Slot::new(function.closure.get()),
        defaults: Slot::new(function.defaults.get()),
        kwdefaults: Slot::new(function.kwdefaults.get()),
        name: Slot::new(function.name.get()),
        qualname: Slot::new(function.qualname.get()),
        doc: Slot::new(function.doc.get()),
        module: Slot::new(function.module.get()),
        annotations: Slot::new(function.annotations.get()),
        type_params: Slot::new(function.type_params.get()),
        attrs: Slot::default(),
        rest: Slot::default(),
    };
    let own = alloc(ShapeId::exact(Kind::Function), copy).into_value();
    frame.set_flag(flags::OWN_FUNCTION, true);
    frame.func.set(own.clone());
    own
}

/// What was kept for this one object: a coroutine's origin, the finaliser hook of an asynchronous generator.
pub fn own_extra(frame: &Obj<Frame>) -> Option<Value> {
    if !frame.has_flag(flags::OWN_FUNCTION) {
        return None;
    }
    let extra = frame.func.get().downcast_ref::<Function>()?.attrs.get();
    (!extra.is_empty()).then_some(extra)
}

/// Keeps something for this one object: few have any, so that frames have no room for it.
pub fn set_own_extra(frame: &Obj<Frame>, extra: Value) {
    if let Some(function) = own_function(frame).downcast_ref::<Function>() {
        function.attrs.set(extra);
    }
}

fn rename(ctx: &mut Ctx, args: &[Value], qualified: bool) -> PyResult {
    let frame = this(ctx, args)?;
    if !args[1].is_kind::<Str>() {
        let what = if qualified { "__qualname__" } else { "__name__" };
        return Err(ctx.type_error(format!("{what} must be set to a string object")));
    }
    if let Some(function) = own_function(frame).downcast_ref::<Function>() {
        if qualified { &function.qualname } else { &function.name }.set(args[1].clone());
    }
    Ok(Value::NONE)
}

fn set_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    rename(ctx, args, false)
}

fn set_qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    rename(ctx, args, true)
}

fn delegate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let delegate = this(ctx, args)?.delegate().unwrap_or(Value::NONE);
    Ok(if future::future_of(&delegate).is_some() { future::iterator_of(ctx, delegate) } else { delegate })
}

fn running(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(Value::bool(this(ctx, args)?.is_running()))
}

fn async_running(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(Value::bool(this(ctx, args)?.has_flag(flags::AG_RUNNING)))
}

fn suspended(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let frame = this(ctx, args)?;
    Ok(Value::bool(frame.state.get() == State::Suspended && !frame.is_running()))
}

fn frame(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let frame = this(ctx, args)?;
    if frame.state.get() == State::Finished {
        return Ok(Value::NONE);
    }
    Ok(frame_view::view(frame).into_value())
}

fn code(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let frame = this(ctx, args)?;
    Ok(frame.with_code(|code| code.to_value()))
}

fn origin(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(own_extra(this(ctx, args)?).unwrap_or(Value::NONE))
}

/// The first use of an asynchronous generator tells the hook of `sys.set_asyncgen_hooks`.
fn call_first_hook(ctx: &mut Ctx, generator: &Value) -> PyResult<()> {
    let Some(frame) = generator.downcast_ref::<Frame>() else { return Ok(()) };
    if frame.has_flag(flags::AG_HOOKED) {
        return Ok(());
    }
    frame.set_flag(flags::AG_HOOKED, true);
    let (hook, finalizer) = ctx.asyncgen_hooks.clone();
    if !finalizer.is_none() {
        set_own_extra(frame, finalizer);
    }
    if hook.is_none() {
        return Ok(());
    }
    protocol::call(ctx, &hook, std::slice::from_ref(generator)).map(drop)
}

/// What `__anext__()` of an asynchronous generator gives.
///
/// # Errors
/// What the hook for first iterations raises.
pub(crate) fn next_awaitable(ctx: &mut Ctx, generator: &Value) -> PyResult {
    start(ctx, generator, Role::Asend, Value::NONE)
}

fn start(ctx: &mut Ctx, generator: &Value, role: Role, argument: Value) -> PyResult {
    call_first_hook(ctx, generator)?;
    Ok(suspension::new(ctx, role, generator.clone(), argument))
}

fn anext(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    start(ctx, &args[0], Role::Asend, Value::NONE)
}

fn asend(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    start(ctx, &args[0], Role::Asend, args[1].clone())
}

fn athrow(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    warn_old_form(ctx, &args[1..], "athrow")?;
    start(ctx, &args[0], Role::Athrow, given(&args[1..]))
}

fn aclose(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    start(ctx, &args[0], Role::Aclose, Value::NONE)
}
