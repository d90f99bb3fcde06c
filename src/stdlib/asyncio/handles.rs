//! Handles: what `call_soon` and `call_later` give.
//!
//! Source: "Callback Handles" in the asyncio part of the Library Reference.

use crate::code::Comparison;
use crate::objects::ctx::Ctx;
use crate::objects::handle::{self, Handle, flags, new_handle};
use crate::objects::heap::Obj;
use crate::objects::kind::Kind;
use crate::objects::list::{List, new_list};
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised, shape_asked};
use crate::objects::shape::ShapeId;
use crate::objects::string::{intern, new_str};
use crate::objects::value::Value;
use crate::objects::{dict, float, protocol};

use super::super::_contextvars as contextvars;
use super::event_loop::core_of;
use super::{python, raised_is_exit, source_traceback, wrong_self};

crate::natives! { pub(super) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    method "__init__(self, callback, args, loop, context=None)" => |ctx, args| {
        initialize(ctx, &args[0], &args[1..])?;
        Ok(Value::NONE)
    };
    method "_repr_info(self)" => |ctx, args| Ok(new_list(info(ctx, &args[0], false)?).into_value());
    method "__repr__(self)" => repr;
    method "get_context(self)" => context;
    method "cancel(self)" => |ctx, args| { cancel(ctx, &args[0])?; Ok(Value::NONE) };
    method "cancelled(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.has_flag(flags::CANCELLED)));
    step method "_run(self)" => run_method;
    getter "_callback(self)" => |ctx, args| this(ctx, &args[0]).map(|handle| handle.callback.get());
    setter "_callback(self, value)" => |ctx, args| { this(ctx, &args[0])?.callback.set(args[1].clone()); Ok(Value::NONE) };
    getter "_args(self)" => |ctx, args| this(ctx, &args[0]).map(|handle| handle.args_tuple());
    setter "_args(self, value)" => |ctx, args| {
        let this = this(ctx, &args[0])?;
        this.set_flag(flags::ONE_ARGUMENT, false);
        this.args.set(args[1].clone());
        Ok(Value::NONE)
    };
    getter "_loop(self)" => |ctx, args| this(ctx, &args[0]).map(|handle| handle.event_loop.get());
    getter "_context(self)" => context;
    getter "_cancelled(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.has_flag(flags::CANCELLED)));
    setter "_cancelled(self, value)" => |ctx, args| {
        let on = protocol::truth(ctx, &args[1])?;
        this(ctx, &args[0])?.set_flag(flags::CANCELLED, on);
        Ok(Value::NONE)
    };
    getter "_repr(self)" => |ctx, args| or_none(this(ctx, &args[0])?.extra.peek(|extra| extra.repr.clone()).unwrap_or_default());
    getter "_source_traceback(self)" => |ctx, args| {
        or_none(this(ctx, &args[0])?.extra.peek(|extra| extra.source_traceback.clone()).unwrap_or_default())
    };
}

crate::natives! { pub(super) static TIMER_METHODS:
    method "__init__(self, when, callback, args, loop, context=None)" => |ctx, args| {
        initialize(ctx, &args[0], &args[2..])?;
        set_when(ctx, &args[0], &args[1])?;
        Ok(Value::NONE)
    };
    method "_repr_info(self)" => |ctx, args| Ok(new_list(info(ctx, &args[0], true)?).into_value());
    method "__hash__(self)" => |ctx, args| {
        let when = when(ctx, &args[0])?;
        protocol::hash(ctx, &when).map(crate::objects::int::from_i64)
    };
    method "__lt__(self, other)" => |ctx, args| compare(ctx, args, Comparison::Less);
    method "__le__(self, other)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, other)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    method "__ge__(self, other)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    method "__eq__(self, other)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    method "cancel(self)" => |ctx, args| { cancel_timer(ctx, &args[0])?; Ok(Value::NONE) };
    /// Return a scheduled callback time.
    ///
    /// The time is an absolute timestamp, using the same time
    /// reference as loop.time().
    method "when(self)" => |ctx, args| when(ctx, &args[0]);
    getter "_when(self)" => |ctx, args| when(ctx, &args[0]);
    setter "_when(self, value)" => |ctx, args| { set_when(ctx, &args[0], &args[1])?; Ok(Value::NONE) };
    getter "_scheduled(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.has_flag(flags::SCHEDULED)));
    setter "_scheduled(self, value)" => |ctx, args| {
        let on = protocol::truth(ctx, &args[1])?;
        this(ctx, &args[0])?.set_flag(flags::SCHEDULED, on);
        Ok(Value::NONE)
    };
}

fn or_none(value: Value) -> PyResult {
    Ok(if value.is_empty() { Value::NONE } else { value })
}

pub(super) fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Handle>> {
    match value.downcast_ref::<Handle>() {
        Some(handle) => Ok(handle),
        None => Err(wrong_self(ctx)),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Handle)?;
    Ok(new_handle(shape, Handle::new(Value::NONE, Value::NONE, Value::NONE, Value::NONE, 0)))
}

/// A handle for a native loop that is not in debug mode, not yet among the loop's own.
pub(super) fn make(shape: ShapeId, callback: Value, args: Value, event_loop: Value, context: Value) -> Value {
    new_handle(shape, Handle::new(callback, args, event_loop, context, 0))
}

/// `Handle.__init__`: callback, args, loop, context.
fn initialize(ctx: &mut Ctx, value: &Value, given: &[Value]) -> PyResult<()> {
    let [callback, args, event_loop, context] = given else { return Err(wrong_self(ctx)) };
    let this = this(ctx, value)?;
    let context = if context.is_empty() || context.is_none() { contextvars::snapshot(ctx) } else { context.clone() };
    this.context.set(context);
    this.event_loop.set(event_loop.clone());
    this.callback.set(callback.clone());
    this.args.set(args.clone());
    this.flags.set(0);
    if debug(ctx, this)? {
        note_source(ctx, this)?;
    }
    Ok(())
}

/// Notes where a handle is made.
///
/// # Errors
/// What `extract_stack` raises.
pub(super) fn note_source(ctx: &mut Ctx, handle: &Handle) -> PyResult<()> {
    let traceback = source_traceback(ctx)?;
    let old = handle.extra.change(|extra| std::mem::replace(&mut extra.source_traceback, traceback));
    drop(old);
    Ok(())
}

/// Whether the handle's loop is in debug mode.
fn debug(ctx: &mut Ctx, handle: &Handle) -> PyResult<bool> {
    let event_loop = handle.event_loop.get();
    if let Some(core) = core_of(&event_loop)
        && core.is_direct(ctx, &event_loop)
    {
        return Ok(core.debug.get());
    }
    if event_loop.is_none() {
        return Ok(false);
    }
    let answer = protocol::call_method(ctx, &event_loop, "get_debug", &[])?;
    protocol::truth(ctx, &answer)
}

/// Notes when a timer is due.
///
/// # Errors
/// TypeError for what is no handle.
pub(super) fn set_when(ctx: &mut Ctx, value: &Value, when: &Value) -> PyResult<()> {
    let this = this(ctx, value)?;
    match when.as_inline_float() {
        Some(time) => this.when.set(time),
        None => {
            this.when.set(protocol::convert::as_f64(ctx, when).unwrap_or(f64::NAN));
            drop(std::mem::take(&mut ctx.raised));
            let old = this.extra.change(|extra| std::mem::replace(&mut extra.when, when.clone()));
            drop(old);
        }
    }
    Ok(())
}

fn when(ctx: &mut Ctx, value: &Value) -> PyResult {
    let this = this(ctx, value)?;
    let given = this.extra.peek(|extra| extra.when.clone()).unwrap_or_default();
    Ok(if given.is_empty() { float::new_float(this.when.get()) } else { given })
}

fn context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = this(ctx, &args[0])?;
    let context = contextvars::object_of(ctx, this.context.get());
    this.context.set(context.clone());
    Ok(context)
}

/// How messages show the call that a handle stands for.
fn call_text(ctx: &mut Ctx, handle: &Handle) -> PyResult {
    let function = python(ctx, "asyncio.format_helpers", "_format_callback_source")?;
    let debug = Value::bool(debug(ctx, handle)?);
    let args = [handle.callback.get(), handle.args_tuple()];
    protocol::call_keywords(ctx, &function, &args, &[(intern("debug"), debug)])
}

fn info(ctx: &mut Ctx, value: &Value, timer: bool) -> PyResult<Vec<Value>> {
    let this = this(ctx, value)?;
    let mut parts = vec![protocol::class_of(ctx, value).name.get()];
    if this.has_flag(flags::CANCELLED) {
        parts.push(new_str("cancelled").into_value());
    }
    if timer {
        let when = when(ctx, value)?;
        let when = protocol::text::str_string(ctx, &when)?;
        parts.push(ctx.str(format!("when={when}")));
    }
    if !this.callback.get().is_none() {
        parts.push(call_text(ctx, this)?);
    }
    let source = this.extra.peek(|extra| extra.source_traceback.clone()).unwrap_or_default();
    if let Some(innermost) = source.downcast_ref::<List>().and_then(|list| list.get(list.len().wrapping_sub(1))) {
        let (file, line) = (crate::objects::int::from_i64(0), crate::objects::int::from_i64(1));
        let (file, line) = (protocol::get_item(ctx, &innermost, &file)?, protocol::get_item(ctx, &innermost, &line)?);
        let (file, line) = (protocol::text::str_string(ctx, &file)?, protocol::text::str_string(ctx, &line)?);
        parts.push(ctx.str(format!("created at {file}:{line}")));
    }
    Ok(parts)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let kept = this(ctx, &args[0])?.extra.peek(|extra| extra.repr.clone()).unwrap_or_default();
    if !kept.is_empty() {
        return Ok(kept);
    }
    let parts = protocol::call_method(ctx, &args[0], "_repr_info", &[])?;
    let mut texts = Vec::new();
    for part in protocol::collect(ctx, &parts)? {
        texts.push(protocol::text::str_string(ctx, &part)?);
    }
    Ok(ctx.str(format!("<{}>", texts.join(" "))))
}

/// What `Handle.cancel` does.
///
/// # Errors
/// What `repr` raises, in debug mode.
pub(super) fn cancel(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    let this = this(ctx, value)?;
    if this.has_flag(flags::CANCELLED) {
        return Ok(());
    }
    this.set_flag(flags::CANCELLED, true);
    if debug(ctx, this)? {
        // Reports of slow callbacks show it.
        let text = protocol::repr(ctx, value)?.into_value();
        let old = this.extra.change(|extra| std::mem::replace(&mut extra.repr, text));
        drop(old);
    }
    this.set_flag(flags::ONE_ARGUMENT, false);
    this.callback.set(Value::NONE);
    this.args.set(Value::NONE);
    Ok(())
}

fn cancel_timer(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    let this = this(ctx, value)?;
    if !this.has_flag(flags::CANCELLED) {
        let event_loop = this.event_loop.get();
        match core_of(&event_loop) {
            Some(core) if core.is_direct(ctx, &event_loop) => {
                if this.has_flag(flags::SCHEDULED) {
                    core.cancelled_timers.set(core.cancelled_timers.get() + 1);
                }
            }
            _ => {
                let args = std::slice::from_ref(value);
                protocol::call_method(ctx, &event_loop, "_timer_handle_cancelled", args)?;
            }
        }
    }
    cancel(ctx, value)
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let this = this(ctx, &args[0])?;
    let timer_class = super::classes(ctx).timer_handle.clone();
    let Some(other) = args[1].downcast_ref::<Handle>() else { return Ok(Value::NOT_IMPLEMENTED) };
    if !protocol::is_instance_of(ctx, &args[1], &timer_class) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (this.when.get(), other.when.get());
    Ok(Value::bool(match op {
        Comparison::Less => a < b,
        Comparison::Greater => a > b,
        Comparison::LessEqual => a < b || same(ctx, this, other)?,
        Comparison::GreaterEqual => a > b || same(ctx, this, other)?,
        Comparison::Equal => same(ctx, this, other)?,
        Comparison::NotEqual => !same(ctx, this, other)?,
    }))
}

fn same(ctx: &mut Ctx, a: &Handle, b: &Handle) -> PyResult<bool> {
    let (callbacks, args) = ((a.callback.get(), b.callback.get()), (a.args_tuple(), b.args_tuple()));
    Ok(a.when.get() == b.when.get()
        && protocol::equal(ctx, &callbacks.0, &callbacks.1)?
        && protocol::equal(ctx, &args.0, &args.1)?
        && a.has_flag(flags::CANCELLED) == b.has_flag(flags::CANCELLED))
}

/// The call of a handle begins, in the handle's context; what was current before comes along.
///
/// # Errors
/// RuntimeError when somebody runs in that context already.
pub(super) fn begin(ctx: &mut Ctx, handle: &Handle) -> PyResult<(Action, Value)> {
    let outer = contextvars::enter(ctx, handle.context.get())?;
    Ok((Action::Call(handle.callback.get(), handle.arguments()), outer))
}

/// The call of a handle is over.
///
/// # Errors
/// KeyboardInterrupt and SystemExit; what the exception handler raises.
pub(super) fn conclude(ctx: &mut Ctx, value: &Value, outer: Value, input: Input) -> PyResult<()> {
    let left = contextvars::leave(ctx, outer);
    let Some(handle) = value.downcast_ref::<Handle>() else { return Ok(()) };
    handle.context.set(left);
    if matches!(input, Input::Raised) { failed(ctx, value) } else { Ok(()) }
}

/// The callback raised: the loop's exception handler is told.
///
/// # Errors
/// KeyboardInterrupt and SystemExit; what the exception handler raises.
pub(super) fn failed(ctx: &mut Ctx, value: &Value) -> PyResult<()> {
    if raised_is_exit(ctx) {
        return Err(Raised(()));
    }
    let exception = ctx.take_raised(Raised(()));
    let handle = this(ctx, value)?;
    let call = call_text(ctx, handle)?;
    let call = protocol::text::str_string(ctx, &call)?;
    let message = ctx.str(format!("Exception in callback {call}"));
    let entries = [("message", message), ("exception", exception.clone()), ("handle", value.clone())];
    let details = dict::from_names(&entries);
    let source = handle.extra.peek(|extra| extra.source_traceback.clone()).unwrap_or_default();
    if !source.is_empty() {
        details.set_str(&intern("source_traceback"), source);
    }
    let event_loop = handle.event_loop.get();
    tell_exception_handler(ctx, &event_loop, exception, details.into_value())
}

/// Calls `loop.call_exception_handler` as from an `except` block: handlers may ask `sys.exc_info`, and what they raise
/// has the exception as its context.
///
/// # Errors
/// What the exception handler raises.
pub(super) fn tell_exception_handler(
    ctx: &mut Ctx,
    event_loop: &Value,
    exception: Value,
    details: Value,
) -> PyResult<()> {
    let outer = std::mem::replace(&mut ctx.handled, exception);
    let told = protocol::call_method(ctx, event_loop, "call_exception_handler", &[details]).map(drop);
    ctx.handled = outer;
    told
}

/// Locals: the handle, then what was current before.
fn run_method(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let value = frame.local(0);
    if frame.state.get() == 0 {
        frame.state.set(1);
        let handle = this(ctx, &value)?;
        return match begin(ctx, handle) {
            Ok((action, outer)) => {
                frame.set_local(1, outer);
                Ok(action)
            }
            Err(Raised(())) => failed(ctx, &value).map(|()| Action::Return(Value::NONE)),
        };
    }
    conclude(ctx, &value, frame.local(1), input)?;
    Ok(Action::Return(Value::NONE))
}

/// Whether a handle is cancelled.
pub(super) fn is_cancelled(value: &Value) -> bool {
    value.downcast_ref::<Handle>().is_some_and(|handle| handle.has_flag(handle::flags::CANCELLED))
}
