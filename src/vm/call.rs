//! Calls: finding out what a callable is, and starting it.
//!
//! [`begin`] starts a call on behalf of the frame on top of the chain. A Python function gets its frame pushed, a leaf
//! native is done at once, a step native gets its frame pushed. `bind.rs` brings arguments to parameters, `instantiate.rs`
//! calls classes.
//!
//! Source: Language Reference 6.3.4, "Calls".

use crate::objects::arguments::text_of;
use crate::objects::class::Class;
use crate::objects::code::Code;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::frame::{Frame, SHAPE_FRAME, give_to_chain};
use crate::objects::function::{BoundMethod, Function};
use crate::objects::heap::{Ref, attention};
use crate::objects::kind::Kind;
use crate::objects::module::Module;
use crate::objects::native::{
    Control, Native, NativeCode, NativeDef, NativeFrame, PyResult, Raised, Role, new_native_frame,
};
use crate::objects::observer::Event;
use crate::objects::protocol;
use crate::objects::string::{Str, intern_value};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::bind::{Args, Keywords, SUSPENDABLE, bind_function, bind_native, check_self};
use super::instantiate::call_class;
use super::run::simple_frame;
use super::transfer::{Signal, tell};
use super::{finalize, resume};

/// How a call began.
pub(crate) enum Begun {
    /// It is over: the result.
    Done(Value),
    /// The callee's frame is on top of the chain.
    Frame,
    /// `__init__` of this new instance is on top of the chain; the instance is the result.
    Init(Value),
    /// Something is on top of the chain, to which this signal goes.
    Signal(Signal),
}

/// Starts a call with keyword arguments given as pairs.
///
/// # Errors
/// TypeError for what cannot be called or arguments that do not fit; what a leaf native raises.
pub(crate) fn begin(ctx: &mut Ctx, callable: &Value, mut args: Args, keywords: &[(Value, Value)]) -> PyResult<Begun> {
    if callable.is_kind::<Function>() {
        return call_function(ctx, callable, args, Keywords::Pairs(keywords));
    }
    let mut callable = callable.clone();
    let mut keywords = std::borrow::Cow::Borrowed(keywords);
    for _ in 0..=ctx.recursion_limit {
        match callable.header().map(|header| header.kind()) {
            Some(Kind::Function) => return call_function(ctx, &callable, args, Keywords::Pairs(&keywords)),
            Some(Kind::Native) => match call_native(ctx, &callable, &mut args, &keywords)? {
                NativeOutcome::Begun(begun) => return Ok(begun),
                NativeOutcome::Call(next, next_args, next_keywords) => {
                    callable = next;
                    args = next_args;
                    keywords = std::borrow::Cow::Owned(next_keywords);
                    if ctx.attention.load(std::sync::atomic::Ordering::Relaxed) & attention::INTERRUPT != 0 {
                        finalize::check_interrupt(ctx)?;
                    }
                }
            },
            Some(Kind::BoundMethod) => {
                let Some(method) = callable.downcast::<BoundMethod>() else { break };
                args.insert(0, method.this.get());
                callable = method.func.get();
            }
            Some(Kind::Class) => return call_class(ctx, &callable, args, &keywords),
            _ => {
                let Some(method) = protocol::lookup_special(ctx, &callable, &ctx.names.__call__) else {
                    return Err(not_callable(ctx, &callable));
                };
                // A plain method takes the object as its first argument; nothing needs to be bound.
                let is_plain = method.is_kind::<Function>()
                    || method
                        .downcast_ref::<Native>()
                        .is_some_and(|native| native.def.role == Role::Method && native.this.is_empty());
                if is_plain {
                    args.insert(0, std::mem::replace(&mut callable, method));
                    continue;
                }
                ctx.enter("")?;
                let class = protocol::class_of(ctx, &callable);
                let bound = protocol::attribute::bind(ctx, &method, &callable, &class);
                ctx.leave();
                callable = bound?;
            }
        }
    }
    // Each step was an object whose `__call__` is yet another callable object.
    Err(ctx.recursion_error("maximum recursion depth exceeded while calling a Python object"))
}

/// Starts a call whose last arguments are named by a tuple.
///
/// # Errors
/// As [`begin`].
pub(crate) fn begin_keywords(ctx: &mut Ctx, callable: &Value, mut args: Args, names: &Value) -> PyResult<Begun> {
    let Some(names) = names.downcast_ref::<Tuple>() else { return begin(ctx, callable, args, &[]) };
    let first = args.len() - names.len();
    let values: Args = args.drain(first..).collect();
    if callable.is_kind::<Function>() {
        return call_function(ctx, callable, args, Keywords::Named(names.items(), &values));
    }
    if let Some(method) = callable.downcast_ref::<BoundMethod>() {
        let func = method.func.get();
        if func.is_kind::<Function>() {
            args.insert(0, method.this.get());
            return call_function(ctx, &func, args, Keywords::Named(names.items(), &values));
        }
    }
    let keywords: Vec<(Value, Value)> = names.items().iter().cloned().zip(values).collect();
    begin(ctx, callable, args, &keywords)
}

/// Starts a call with an iterable of arguments and a mapping of keyword arguments (empty for none).
///
/// # Errors
/// As [`begin`]; TypeError for what cannot be unpacked.
pub(crate) fn begin_ex(ctx: &mut Ctx, callable: &Value, positional: &Value, keywords: &Value) -> PyResult<Begun> {
    let args: Args = match positional.downcast_ref::<Tuple>() {
        Some(tuple) => tuple.items().iter().cloned().collect(),
        None => match protocol::collect(ctx, positional) {
            Ok(items) => items.into_iter().collect(),
            Err(raised) => {
                let is_iterable = protocol::lookup_special(ctx, positional, &ctx.names.__iter__).is_some()
                    || protocol::lookup_special(ctx, positional, &ctx.names.__getitem__).is_some();
                if is_iterable {
                    return Err(raised);
                }
                drop(ctx.take_raised(raised));
                let (what, got) = (callable_text(ctx, callable), protocol::class_name(ctx, positional));
                return Err(ctx.type_error(format!("{what} argument after * must be an iterable, not {got}")));
            }
        },
    };
    let mut pairs = Vec::new();
    if let Some(dict) = keywords.downcast_ref::<Dict>() {
        pairs = dict.entries();
        for (name, _) in &pairs {
            if !name.is_kind::<Str>() {
                return Err(ctx.type_error("keywords must be strings"));
            }
        }
        for (name, _) in &mut pairs {
            *name = intern_value(name);
        }
    }
    begin(ctx, callable, args, &pairs)
}

/// How error messages name a callable: `f()`, or its `str` when it has no name.
pub(crate) fn callable_text(ctx: &mut Ctx, callable: &Value) -> String {
    let qualname = ctx.names.__qualname__.clone();
    let module = ctx.names.__module__.clone();
    let text = |value: Option<Value>| value.and_then(|v| v.downcast::<Str>()).map(|text| text.as_str().to_owned());
    let name = protocol::get_attr_optional(ctx, callable, &qualname).unwrap_or_default();
    let module = protocol::get_attr_optional(ctx, callable, &module).unwrap_or_default();
    match (text(name), text(module)) {
        (Some(name), Some(module)) if module != "builtins" => format!("{module}.{name}()"),
        (Some(name), _) => format!("{name}()"),
        (None, _) => protocol::text::str_string(ctx, callable).unwrap_or_default(),
    }
}

/// Calls a method that was found on the class of `this`, to the end. The call of a generator function needs no frame to
/// run.
///
/// # Errors
/// What the method raises.
pub(crate) fn to_end(ctx: &mut Ctx, method: &Value, this: &Value) -> PyResult {
    if let Some(function) = method.downcast_ref::<Function>()
        && function.with_code(|code| code.flags & SUSPENDABLE != 0)
    {
        let mut args = Args::new();
        args.push(this.clone());
        if let Begun::Done(value) = call_function(ctx, method, args, Keywords::Pairs(&[]))? {
            return Ok(value);
        }
    }
    protocol::call_unbound(ctx, method, this, &[])
}

fn call_function(ctx: &mut Ctx, callable: &Value, args: Args, keywords: Keywords<'_>) -> PyResult<Begun> {
    let frame = bind_function(ctx, callable, &args, keywords)?;
    if frame.header().shape() != SHAPE_FRAME {
        note_created(ctx, &frame);
        return Ok(Begun::Done(frame.into_value()));
    }
    if ctx.depth >= ctx.recursion_limit {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    let shown = ctx.observer.is_some().then(|| frame.clone());
    resume::push_plain(ctx, frame);
    if let Some(frame) = shown {
        tell(ctx, &frame, Event::Call);
    }
    Ok(Begun::Frame)
}

/// Tells who listens that a call made a generator or coroutine.
pub(super) fn note_created(ctx: &mut Ctx, frame: &Ref<Frame>) {
    if ctx.observer.is_some() {
        let maker = protocol::current_frame(ctx);
        tell(ctx, frame, Event::Create(maker.as_deref()));
    }
    if frame.is_coroutine() && ctx.coroutine_origin_depth > 0 {
        finalize::note_origin(ctx, frame);
    }
}

/// What became of a call of a native.
pub(super) enum NativeOutcome {
    /// It began.
    Begun(Begun),
    /// It handed its call on: to this callable, with these arguments.
    Call(Value, Args, Vec<(Value, Value)>),
}

/// Binds the arguments where they are, since moving so many words costs more than many a native does, and calls.
pub(super) fn call_native(
    ctx: &mut Ctx,
    callable: &Value,
    args: &mut Args,
    keywords: &[(Value, Value)],
) -> PyResult<NativeOutcome> {
    let Some(native) = callable.downcast_ref::<Native>() else { return Err(ctx.system_error("not a native")) };
    let def = native.def;
    match def.role {
        Role::Function | Role::StaticMethod => {}
        Role::Method | Role::ClassMethod if native.this.is_empty() => check_self(ctx, native, args)?,
        Role::Getter | Role::Setter if native.this.is_empty() => {}
        Role::Method | Role::ClassMethod | Role::Getter | Role::Setter => args.insert(0, native.this.get()),
    }
    let is_new = def.role == Role::StaticMethod && def.name() == "__new__";
    if args.is_empty() && is_new {
        let owner = native.owner.get().downcast_ref::<Class>().map_or_else(String::new, |owner| owner.name_string());
        return Err(ctx.type_error(format!("{owner}.__new__(): not enough arguments")));
    }
    bind_native(ctx, native, def, args, keywords)?;
    if is_new {
        crate::objects::object::check_new(ctx, native, &args[0])?;
    }
    match def.code {
        NativeCode::Leaf(leaf) => {
            let result = leaf(ctx, args)?;
            Ok(NativeOutcome::Begun(Begun::Done(result)))
        }
        NativeCode::Step(step) => {
            if ctx.depth >= ctx.recursion_limit {
                return Err(ctx.recursion_error("maximum recursion depth exceeded"));
            }
            push_native(ctx, new_native_frame(step, Some(def), args.drain(..).collect()));
            Ok(NativeOutcome::Begun(Begun::Signal(Signal::Start)))
        }
        NativeCode::Control(transfer) => match transfer(ctx, args)? {
            Control::Call(callable, args, keywords) => Ok(NativeOutcome::Call(callable, args, keywords)),
            other => control(ctx, def, other).map(NativeOutcome::Begun),
        },
    }
}

/// Does what a native that hands control on asked for.
///
/// # Errors
/// As [`begin`].
pub(crate) fn control(ctx: &mut Ctx, def: &'static NativeDef, control: Control) -> PyResult<Begun> {
    match control {
        Control::Return(value) => Ok(Begun::Done(value)),
        Control::Call(callable, args, keywords) => begin(ctx, &callable, args, &keywords),
        Control::Step(step, locals) => {
            if ctx.depth >= ctx.recursion_limit {
                return Err(ctx.recursion_error("maximum recursion depth exceeded"));
            }
            push_native(ctx, new_native_frame(step, Some(def), locals));
            Ok(Begun::Signal(Signal::Start))
        }
        Control::Resume(target, value) => {
            let Some(generator) = target.downcast::<Frame>() else {
                return Err(ctx.type_error("not a generator"));
            };
            let shown = (ctx.observer.is_some()).then(|| value.clone());
            if !resume::enter(ctx, &generator, value)? {
                return Err(ctx.stop_iteration(Value::NONE));
            }
            if let Some(value) = shown {
                tell(ctx, &generator, if value.is_none() { Event::Resume } else { Event::Send(&value) });
            }
            Ok(Begun::Frame)
        }
        Control::Throw(target, exception) => {
            let Some(generator) = target.downcast::<Frame>() else {
                return Err(ctx.type_error("not a generator"));
            };
            match finalize::throw_anywhere(ctx, &generator, exception)? {
                finalize::Thrown::Signal(signal) => Ok(Begun::Signal(signal)),
                finalize::Thrown::Yielded(value) => Ok(Begun::Done(value)),
            }
        }
    }
}

/// Puts a native frame on top of the chain.
pub(crate) fn push_native(ctx: &mut Ctx, native: Ref<NativeFrame>) {
    native.prev.set(ctx.frame);
    ctx.frame = give_to_chain(native.into_value());
    ctx.depth += 1;
}

/// Puts the frame of a call on top of the chain, if it is one of a plain Python function with exactly its positional
/// parameters; `false` when the call must be begun in the general way.
#[inline]
pub(crate) fn push_directly(ctx: &mut Ctx, callable: &Value, args: &[Value]) -> bool {
    let Some(function) = callable.downcast_ref::<Function>() else { return false };
    if ctx.observer.is_some() || ctx.depth >= ctx.recursion_limit {
        return false;
    }
    let code = function.code.get();
    let Some(code) = code.downcast_ref::<Code>().filter(|code| code.direct_arg_count as usize == args.len()) else {
        return false;
    };
    let frame = simple_frame(SHAPE_FRAME, callable, code, args);
    resume::push_plain(ctx, frame);
    true
}

/// Raises TypeError for what cannot be called. A module often holds a function of its own name, which was meant.
#[cold]
fn not_callable(ctx: &mut Ctx, callable: &Value) -> Raised {
    let name = protocol::class_name(ctx, callable);
    let meant = callable.downcast_ref::<Module>().and_then(|module| {
        let name = module.dict.get_str(&ctx.names.__name__)?;
        let function = module.dict.get_str(&name)?;
        protocol::is_callable(ctx, &function).then(|| text_of(&name))
    });
    let hint = meant.map_or_else(String::new, |name| format!(". Did you mean: '{name}.{name}(...)'?"));
    ctx.type_error(format!("'{name}' object is not callable{hint}"))
}
