//! Calls: finding out what a callable is, binding arguments, preparing frames.
//!
//! [`begin`] starts a call on behalf of the frame on top of the chain. A Python function gets its frame pushed, a leaf
//! native is done at once, a step native gets its frame pushed. Arity errors are worded here and nowhere else.

use smallvec::SmallVec;

use crate::code::flags;
use crate::objects::arguments::text_of;
use crate::objects::class::Class;
use crate::objects::code::Code;
use crate::objects::construct;
use crate::objects::ctx::{Ctx, Door, Resumed};
use crate::objects::dict::{self, Dict};
use crate::objects::exception::Exception;
use crate::objects::frame::{self, Frame, SHAPE_FRAME, State, frame_at, give_to_chain};
use crate::objects::function::{self, BoundMethod, Function};
use crate::objects::heap::{self, Obj, Ref, Slot, attention};
use crate::objects::instance;
use crate::objects::kind::Kind;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::objects::native::{
    Action, Arity, Control, Input, Native, NativeCode, NativeDef, NativeFrame, ParameterKind, PyResult, Raised, Role,
    new_native_frame,
};
use crate::objects::observer::Event;
use crate::objects::protocol;
use crate::objects::set::Set;
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, intern_value};
use crate::objects::tuple::{self, Tuple};
use crate::objects::value::Value;

use super::run::{BOUNDARY, empty_frame, run, simple_frame};
use super::transfer::{Exit, Signal, tell};
use super::{finalize, resume};

/// Arguments on their way to a callee.
pub(crate) type Args = SmallVec<[Value; 8]>;

/// Keyword arguments on their way to a callee.
#[derive(Clone, Copy)]
pub(crate) enum Keywords<'a> {
    /// Names and values in pairs.
    Pairs(&'a [(Value, Value)]),
    /// Names, and as many values in the same order.
    Named(&'a [Value], &'a [Value]),
}

impl<'a> Keywords<'a> {
    fn len(self) -> usize {
        match self {
            Keywords::Pairs(pairs) => pairs.len(),
            Keywords::Named(names, _) => names.len(),
        }
    }

    fn is_empty(self) -> bool {
        self.len() == 0
    }

    fn iter(self) -> impl Iterator<Item = (&'a Value, &'a Value)> {
        (0..self.len()).map(move |index| match self {
            Keywords::Pairs(pairs) => (&pairs[index].0, &pairs[index].1),
            Keywords::Named(names, values) => (&names[index], &values[index]),
        })
    }
}

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
            Some(Kind::Native) => match call_native(ctx, &callable, args, &keywords)? {
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

/// Flags of code whose call makes a frame and does not run it.
/// The flags of functions whose calls make something that suspends.
pub(super) const SUSPENDABLE: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

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

fn note_created(ctx: &mut Ctx, frame: &Ref<Frame>) {
    if ctx.observer.is_some() {
        let maker = protocol::current_frame(ctx);
        tell(ctx, frame, Event::Create(maker.as_deref()));
    }
    if frame.is_coroutine() && ctx.coroutine_origin_depth > 0 {
        finalize::note_origin(ctx, frame);
    }
}

/// Makes the frame of a call of a Python function, arguments bound; its shape tells whether it is a generator.
///
/// # Errors
/// TypeError when the arguments do not fit.
pub(crate) fn bind_function(
    ctx: &mut Ctx,
    callable: &Value,
    args: &[Value],
    keywords: Keywords<'_>,
) -> PyResult<Ref<Frame>> {
    let Some(function) = callable.downcast_ref::<Function>() else {
        return Err(ctx.system_error("not a function"));
    };
    let code_value = function::code_of(ctx, function)?;
    let Some(code) = code_value.downcast_ref::<Code>() else { return Err(ctx.system_error("no code")) };
    let shape = if code.flags & SUSPENDABLE != 0 { resume::shape_for(code.flags) } else { SHAPE_FRAME };
    if keywords.is_empty() && code.simple_arg_count as usize == args.len() {
        return Ok(simple_frame(shape, callable, code, Args::from(args)));
    }
    let frame = empty_frame(shape, callable, code);
    if let Err(raised) = bind(ctx, function, code, frame.tail(), args, keywords) {
        // Nobody can have forgotten to await a coroutine whose call failed.
        frame.state.set(State::Finished);
        return Err(raised);
    }
    Ok(frame)
}

/// As [`bind_function`] for a call with a tuple of arguments and a dict of keyword arguments.
///
/// # Errors
/// As [`bind_function`]; TypeError for keywords that are not strings.
pub(crate) fn bind_unpacked(
    ctx: &mut Ctx,
    callable: &Value,
    args: &[Value],
    keywords: Option<&Value>,
) -> PyResult<Ref<Frame>> {
    let (mut names, mut values) = (Args::new(), Args::new());
    if let Some(dict) = keywords.and_then(Value::downcast_ref::<Dict>) {
        let mut position = 0;
        while let Some((name, value)) = dict.next_entry(&mut position) {
            match name.downcast_ref::<Str>() {
                Some(text) if text.is_interned() => names.push(name),
                Some(_) => names.push(intern_value(&name)),
                None => return Err(ctx.type_error("keywords must be strings")),
            }
            values.push(value);
        }
    }
    bind_function(ctx, callable, args, Keywords::Named(&names, &values))
}

fn slot_name(code: &Code, index: usize) -> &str {
    code.object.slots.get(index).map_or("", |name| name)
}

/// The general case of argument binding ("Calls", Language Reference).
fn bind(
    ctx: &mut Ctx,
    function: &Obj<Function>,
    code: &Obj<Code>,
    slots: &[Slot],
    args: &[Value],
    keywords: Keywords<'_>,
) -> PyResult<()> {
    let positional = code.object.arg_count as usize;
    let posonly = code.object.posonly_arg_count as usize;
    let keyword_only = code.object.kwonly_arg_count as usize;
    let first = if code.flags & flags::OPTIMIZED == 0 {
        // Module code that is called as a function works in the globals.
        if let Some(slot) = slots.first() {
            slot.set(function.globals.get());
        }
        1
    } else {
        0
    };
    let slots = &slots[first..];
    let given = args.len();
    for (slot, value) in slots.iter().zip(args.iter().take(positional)) {
        fill(slot, value.clone());
    }
    let varargs = code.flags & flags::VARARGS != 0;
    if varargs {
        let rest = args.get(positional..).unwrap_or_default();
        fill(&slots[positional + keyword_only], tuple::new_tuple(rest.iter().cloned()).into_value());
    }
    let names = &code.slot_names[first..];
    let mut extra = None;
    if code.flags & flags::VARKEYWORDS != 0 {
        let dict = dict::new_dict();
        fill(&slots[positional + keyword_only + varargs as usize], dict.value().clone());
        extra = Some(dict);
    }
    if !keywords.is_empty() {
        let candidates = &names[posonly..positional + keyword_only];
        for (name, value) in keywords.iter() {
            match candidates.iter().position(|candidate| candidate.is(name)) {
                Some(index) => {
                    let slot = &slots[posonly + index];
                    if !slot.is_empty() {
                        return Err(multiple_values(ctx, function, slot_name(code, first + posonly + index)));
                    }
                    fill(slot, value.clone());
                }
                None => match &extra {
                    Some(dict) => dict.set_str(name, value.clone()),
                    None => return Err(unexpected_keyword(ctx, function, code, first, name, keywords)),
                },
            }
        }
    }
    if given > positional && !varargs {
        return Err(too_many_positional(ctx, function, code, slots, given));
    }
    if given < positional {
        let defaults = function.defaults.get();
        let defaults = defaults.downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
        let required = positional.saturating_sub(defaults.len());
        if given < required && slots[given..required].iter().any(Slot::is_empty) {
            let missing: Vec<usize> = (given..required).filter(|index| slots[*index].is_empty()).collect();
            return Err(missing_arguments(ctx, function, code, first, &missing, "positional"));
        }
        let from = required.max(given);
        for (slot, value) in slots[from..positional].iter().zip(&defaults[from + defaults.len() - positional..]) {
            if slot.is_empty() {
                fill(slot, value.clone());
            }
        }
    }
    if slots[positional..positional + keyword_only].iter().any(Slot::is_empty) {
        return bind_keyword_defaults(ctx, function, code, first, slots);
    }
    Ok(())
}

/// Puts a value into the slot of a new frame, which is empty.
#[inline(always)]
fn fill(slot: &Slot, value: Value) {
    std::mem::forget(slot.replace(value));
}

/// Gives the keyword-only parameters that have no value yet their defaults.
#[inline(never)]
fn bind_keyword_defaults(
    ctx: &mut Ctx,
    function: &Obj<Function>,
    code: &Obj<Code>,
    first: usize,
    slots: &[Slot],
) -> PyResult<()> {
    let positional = code.object.arg_count as usize;
    let defaults = function.kwdefaults.get();
    let defaults = defaults.downcast_ref::<Dict>();
    let mut missing = Vec::new();
    let mut place = 0;
    let count = code.object.kwonly_arg_count as usize;
    for (index, slot) in slots.iter().enumerate().skip(positional).take(count) {
        let name = &code.slot_names[first + index];
        // The defaults are usually in the order of the parameters.
        let next = defaults.and_then(|defaults| defaults.next_entry(&mut place));
        if !slot.is_empty() {
            continue;
        }
        let default = match next {
            Some((own, value)) if own.is(name) => Some(value),
            _ => defaults.and_then(|defaults| defaults.get_str(name)),
        };
        match default {
            Some(value) => fill(slot, value),
            None => missing.push(index),
        }
    }
    if !missing.is_empty() {
        return Err(missing_arguments(ctx, function, code, first, &missing, "keyword-only"));
    }
    Ok(())
}

#[cold]
#[inline(never)]
fn qualified_name(function: &Obj<Function>) -> String {
    function.qualname.get().downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned())
}

#[cold]
#[inline(never)]
fn multiple_values(ctx: &mut Ctx, function: &Obj<Function>, name: &str) -> Raised {
    let what = qualified_name(function);
    ctx.type_error(format!("{what}() got multiple values for argument '{name}'"))
}

#[cold]
#[inline(never)]
fn unexpected_keyword(
    ctx: &mut Ctx,
    function: &Obj<Function>,
    code: &Obj<Code>,
    first: usize,
    name: &Value,
    keywords: Keywords<'_>,
) -> Raised {
    let what = qualified_name(function);
    let posonly = code.object.posonly_arg_count as usize;
    let wrong: Vec<&str> = (0..posonly)
        .filter(|index| keywords.iter().any(|(name, _)| code.slot_names[first + *index].is(name)))
        .map(|index| slot_name(code, first + index))
        .collect();
    if !wrong.is_empty() {
        let names = wrong.join(", ");
        return ctx
            .type_error(format!("{what}() got some positional-only arguments passed as keyword arguments: '{names}'"));
    }
    let name = name.downcast_ref::<Str>().map_or_else(String::new, |name| name.as_str().to_owned());
    let candidates: Vec<&str> = (posonly..(code.object.arg_count + code.object.kwonly_arg_count) as usize)
        .map(|index| slot_name(code, first + index))
        .collect();
    let hint = crate::objects::suggestion::closest(&name, &candidates)
        .map_or_else(String::new, |candidate| format!(". Did you mean '{candidate}'?"));
    ctx.type_error(format!("{what}() got an unexpected keyword argument '{name}'{hint}"))
}

#[cold]
#[inline(never)]
fn too_many_positional(
    ctx: &mut Ctx,
    function: &Obj<Function>,
    code: &Obj<Code>,
    slots: &[Slot],
    given: usize,
) -> Raised {
    let what = qualified_name(function);
    let positional = code.object.arg_count as usize;
    let keyword_only = code.object.kwonly_arg_count as usize;
    let defaults = function.defaults.get().downcast_ref::<Tuple>().map_or(0, |tuple| tuple.len());
    let kw_given = slots[positional..positional + keyword_only].iter().filter(|slot| !slot.is_empty()).count();
    let (takes, plural) = if defaults > 0 {
        (format!("from {} to {positional}", positional - defaults), true)
    } else {
        (positional.to_string(), positional != 1)
    };
    let extra = if kw_given > 0 {
        format!(
            " positional argument{} (and {kw_given} keyword-only argument{})",
            if given == 1 { "" } else { "s" },
            if kw_given == 1 { "" } else { "s" }
        )
    } else {
        String::new()
    };
    let were = if given == 1 && kw_given == 0 { "was" } else { "were" };
    let s = if plural { "s" } else { "" };
    ctx.type_error(format!("{what}() takes {takes} positional argument{s} but {given}{extra} {were} given"))
}

#[cold]
#[inline(never)]
fn missing_arguments(
    ctx: &mut Ctx,
    function: &Obj<Function>,
    code: &Obj<Code>,
    first: usize,
    missing: &[usize],
    kind: &str,
) -> Raised {
    let what = qualified_name(function);
    let names: Vec<String> = missing.iter().map(|index| format!("'{}'", slot_name(code, first + index))).collect();
    let list = match names.as_slice() {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
        [] => String::new(),
    };
    let (count, s) = (missing.len(), if missing.len() == 1 { "" } else { "s" });
    ctx.type_error(format!("{what}() missing {count} required {kind} argument{s}: {list}"))
}

enum NativeOutcome {
    Begun(Begun),
    Call(Value, Args, Vec<(Value, Value)>),
}

fn call_native(
    ctx: &mut Ctx,
    callable: &Value,
    mut args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<NativeOutcome> {
    let Some(native) = callable.downcast::<Native>() else { return Err(ctx.system_error("not a native")) };
    let def = native.def;
    match def.role {
        Role::Function | Role::StaticMethod => {}
        Role::Method | Role::ClassMethod if native.this.is_empty() => check_self(ctx, &native, &args)?,
        Role::Getter | Role::Setter if native.this.is_empty() => {}
        Role::Method | Role::ClassMethod | Role::Getter | Role::Setter => args.insert(0, native.this.get()),
    }
    let is_new = def.role == Role::StaticMethod && def.name() == "__new__";
    if args.is_empty() && is_new {
        let owner = native.owner.get().downcast_ref::<Class>().map_or_else(String::new, |owner| owner.name_string());
        return Err(ctx.type_error(format!("{owner}.__new__(): not enough arguments")));
    }
    let args = bind_native(ctx, &native, def, args, keywords)?;
    if is_new {
        crate::objects::object::check_new(ctx, &native, &args[0])?;
    }
    match def.code {
        NativeCode::Leaf(leaf) => {
            let result = leaf(ctx, &args)?;
            Ok(NativeOutcome::Begun(Begun::Done(result)))
        }
        NativeCode::Step(step) => {
            if ctx.depth >= ctx.recursion_limit {
                return Err(ctx.recursion_error("maximum recursion depth exceeded"));
            }
            push_native(ctx, new_native_frame(step, Some(def), args.into_iter().collect()));
            Ok(NativeOutcome::Begun(Begun::Signal(Signal::Start)))
        }
        NativeCode::Control(transfer) => match transfer(ctx, &args)? {
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

fn check_self(ctx: &mut Ctx, native: &Obj<Native>, args: &[Value]) -> PyResult<()> {
    let name = native.def.name();
    let owner = native.owner.get();
    let Some(owner) = owner.downcast_ref::<Class>() else { return Ok(()) };
    let Some(this) = args.first() else {
        let owner = owner.name_string();
        return Err(ctx.type_error(if native.header().shape() == crate::objects::types::SHAPE_WRAPPER_DESCRIPTOR {
            format!("descriptor '{name}' of '{owner}' object needs an argument")
        } else {
            format!("unbound method {owner}.{name}() needs an argument")
        }));
    };
    let fits = if native.def.role == Role::ClassMethod {
        this.downcast_ref::<Class>().is_some_and(|class| class.is_subclass_of(owner))
    } else {
        protocol::is_instance_of(ctx, this, owner)
    };
    if fits {
        return Ok(());
    }
    let (owner, got) = (owner.name_string(), protocol::class_name(ctx, this));
    Err(ctx.type_error(if native.header().shape() == crate::objects::types::SHAPE_WRAPPER_DESCRIPTOR {
        format!("descriptor '{name}' requires a '{owner}' object but received a '{got}'")
    } else {
        format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object")
    }))
}

/// One value per parameter of a native.
fn bind_native(
    ctx: &mut Ctx,
    native: &Obj<Native>,
    def: &'static NativeDef,
    mut args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<Args> {
    let Arity { min, max, plain, varargs, varkeywords, needs_keyword, .. } = def.arity;
    if keywords.is_empty() && def.arity.takes(args.len()) {
        for _ in args.len()..max as usize {
            args.push(Value::EMPTY);
        }
        return Ok(args);
    }
    let fits = args.len() >= min as usize && (varargs || args.len() <= plain as usize);
    if keywords.is_empty() && fits && !needs_keyword {
        let rest: Vec<Value> = args.drain(args.len().min(plain as usize)..).collect();
        args.resize(plain as usize, Value::EMPTY);
        if varargs {
            args.push(tuple::new_tuple(rest).into_value());
        }
        args.resize(max as usize - varkeywords as usize, Value::EMPTY);
        if varkeywords {
            args.push(dict::new_dict().into_value());
        }
        return Ok(args);
    }
    let parameters = def.shared_parameters();
    let given = args.len();
    let mut bound: Args = SmallVec::from_elem(Value::EMPTY, parameters.len());
    let mut args = args.into_iter();
    let mut extra = None;
    for (slot, parameter) in bound.iter_mut().zip(parameters.iter()) {
        match parameter.kind {
            ParameterKind::PositionalOnly | ParameterKind::Either => *slot = args.next().unwrap_or_default(),
            ParameterKind::VarArgs => *slot = tuple::new_tuple(args.by_ref().collect::<Vec<_>>()).into_value(),
            ParameterKind::VarKeywords => {
                let dict = dict::new_dict();
                *slot = dict.value().clone();
                extra = Some(dict);
            }
            ParameterKind::KeywordOnly => {}
        }
    }
    if args.len() > 0 {
        return Err(native_arity(ctx, native, def, given, keywords.len()));
    }
    for (name, value) in keywords {
        let text = name.downcast_ref::<Str>().map_or("", |text| text.as_str());
        let place = parameters.iter().position(|parameter| {
            matches!(parameter.kind, ParameterKind::Either | ParameterKind::KeywordOnly) && parameter.name == text
        });
        match (place, &extra) {
            (Some(index), _) => {
                if !bound[index].is_empty() {
                    let what = def.name();
                    let position = index + 1 - (def.role == Role::Method || def.role == Role::ClassMethod) as usize;
                    return Err(ctx.type_error(format!(
                        "argument for {what}() given by name ('{text}') and position ({position})"
                    )));
                }
                bound[index] = value.clone();
            }
            (None, Some(dict)) => dict.set_str(name, value.clone()),
            (None, None) => {
                let what = native_text(native, def);
                let keyword_free = parameters
                    .iter()
                    .all(|p| !matches!(p.kind, ParameterKind::Either | ParameterKind::KeywordOnly) || p.name == "self");
                return Err(ctx.type_error(if keyword_free {
                    format!("{what}() takes no keyword arguments")
                } else {
                    let name = if is_constructor(def) { what } else { def.name().to_owned() };
                    format!("{name}() got an unexpected keyword argument '{text}'")
                }));
            }
        }
    }
    for (index, (slot, parameter)) in bound.iter().zip(parameters.iter()).enumerate() {
        if slot.is_empty() && parameter.default.is_none() {
            if parameter.kind == ParameterKind::PositionalOnly {
                return Err(native_arity(ctx, native, def, given, keywords.len()));
            }
            let what = match native.owner.get().downcast_ref::<Class>() {
                Some(owner) if matches!(def.name(), "__new__" | "__init__") => owner.name_string(),
                _ => def.name().to_owned(),
            };
            let name = parameter.name;
            let method = matches!(def.role, Role::Method | Role::ClassMethod)
                || def.role == Role::StaticMethod && def.name() == "__new__";
            let position = index + 1 - method as usize;
            return Err(ctx.type_error(if parameter.kind == ParameterKind::KeywordOnly {
                format!("{what}() missing required keyword-only argument: '{name}'")
            } else {
                format!("{what}() missing required argument '{name}' (pos {position})")
            }));
        }
    }
    Ok(bound)
}

/// Whether error messages show a call of the native as a call of its class.
fn is_constructor(def: &NativeDef) -> bool {
    matches!(def.name(), "__new__" | "__init__")
}

/// How error messages name a native: with its class when it is a method, else with its module.
fn native_text(native: &Obj<Native>, def: &NativeDef) -> String {
    match native.owner.get().downcast_ref::<Class>() {
        Some(owner) if is_constructor(def) => owner.name_string(),
        Some(owner) => format!("{}.{}", owner.name_string(), def.name()),
        None => match native.module.get().downcast_ref::<Str>() {
            Some(module) if module.as_str() != "builtins" => format!("{}.{}", module.as_str(), def.name()),
            _ => def.name().to_owned(),
        },
    }
}

/// Natives whose positional arguments CPython counts itself, although they have keywords.
const COUNTED: &[&str] = &["int", "sorted", "str"];

/// The message for a wrong number of positional arguments of a native, as CPython words it for the native's calling
/// convention: no argument, exactly one, or a range.
#[cold]
fn native_arity(ctx: &mut Ctx, native: &Obj<Native>, def: &NativeDef, given: usize, keywords: usize) -> Raised {
    let method = matches!(def.role, Role::Method | Role::ClassMethod)
        || def.role == Role::StaticMethod && def.name() == "__new__";
    let own = method as usize;
    let parameters = def.parameters();
    let parameters = parameters.get(own..).unwrap_or_default();
    let count = |kinds: &[ParameterKind]| parameters.iter().filter(|p| kinds.contains(&p.kind)).count();
    let max = count(&[ParameterKind::PositionalOnly, ParameterKind::Either]);
    let min = (def.arity.min as usize).saturating_sub(own);
    let given = given.saturating_sub(own);
    let name = match native.owner.get().downcast_ref::<Class>() {
        Some(owner) if is_constructor(def) => owner.name_string(),
        _ => def.name().to_owned(),
    };
    let special = def.name().starts_with("__") && !is_constructor(def);
    let keyword_parameters = max + count(&[ParameterKind::KeywordOnly]) > count(&[ParameterKind::PositionalOnly]);
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let counted = keywords == 0 && COUNTED.contains(&name.as_str());
    ctx.type_error(if keyword_parameters && !special && !counted {
        let all = max + count(&[ParameterKind::KeywordOnly]);
        let total = given + keywords;
        let required =
            parameters.iter().filter(|p| p.kind == ParameterKind::PositionalOnly && p.default.is_none()).count();
        if total > all {
            let bound = if min == all { "exactly" } else { "at most" };
            let keyword = if given == 0 { "keyword " } else { "" };
            format!("{name}() takes {bound} {all} {keyword}argument{} ({total} given)", s(all))
        } else if given > max && max == 0 {
            format!("{name}() takes no positional arguments")
        } else if given > max {
            let bound = if min >= max { "exactly" } else { "at most" };
            format!("{name}() takes {bound} {max} positional argument{} ({given} given)", s(max))
        } else {
            let bound = if required == max { "exactly" } else { "at least" };
            format!("{name}() takes {bound} {required} positional argument{} ({given} given)", s(required))
        }
    } else if max == 0 && !special && def.arity.positional {
        format!("{}() takes no arguments ({given} given)", native_text(native, def))
    } else if min == 1 && max == 1 && !special && !counted && def.arity.positional && def.name() != "__new__" {
        format!("{}() takes exactly one argument ({given} given)", native_text(native, def))
    } else if min == max {
        let name = if special { String::new() } else { format!("{name} ") };
        format!("{name}expected {max} argument{}, got {given}", s(max))
    } else if given < min {
        format!("{name} expected at least {min} argument{}, got {given}", s(min))
    } else {
        format!("{name} expected at most {max} argument{}, got {given}", s(max))
    })
}

/// Calls a class: its metaclass's `__call__`, usually `type.__call__`.
fn call_class(ctx: &mut Ctx, class_value: &Value, mut args: Args, keywords: &[(Value, Value)]) -> PyResult<Begun> {
    let Some(class) = class_value.downcast_ref::<Class>() else { return Err(ctx.system_error("not a class")) };
    if class_value.header().is_some_and(|header| header.shape().is_user())
        && let Some(method) = protocol::lookup_special(ctx, class_value, &ctx.names.__call__)
        && !method.is_kind::<Native>()
    {
        if !method.is_kind::<Function>() {
            // Any other descriptor, or a callable that binds nothing, as a class does.
            let meta = protocol::class_of(ctx, class_value);
            let bound = protocol::attribute::bind(ctx, &method, class_value, &meta)?;
            return begin(ctx, &bound, args, keywords);
        }
        args.insert(0, class_value.clone());
        return begin(ctx, &method, args, keywords);
    }
    construct(ctx, class, args, keywords)
}

/// Whether calling a class with `count` positional arguments means: make a plain instance, and run an `__init__` in
/// Python that takes exactly these arguments.
pub(crate) fn has_direct_init(ctx: &Ctx, class_value: &Value, count: usize) -> bool {
    let Some(class) = class_value.downcast_ref::<Class>() else { return false };
    let is_plain = class_value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Class))
        && class.layout == Kind::Instance
        && class.has_flag(crate::objects::class::flags::USER)
        && !class.has_flag(crate::objects::class::flags::ABSTRACT);
    let is_object_new =
        |new: Value| new.downcast_ref::<Native>().is_some_and(|native| native.owner.get().is(ctx.types.object.value()));
    if !is_plain || !class.lookup(&ctx.names.__new__).is_some_and(is_object_new) {
        return false;
    }
    let Some(init) = class.lookup(&ctx.names.__init__) else { return false };
    class.direct_init.set(init.bits());
    super::ops::function::takes_directly(&init, count + 1)
}

/// Whether the instances of an exception class are made and initialised by `BaseException` alone.
fn is_plain_exception(ctx: &Ctx, class: &Obj<Class>) -> bool {
    let base = ctx.exceptions.BaseException.value().bits();
    let of_base = |method: Option<Value>| {
        method.is_some_and(|method| method.downcast_ref::<Native>().is_some_and(|native| native.owner.bits() == base))
    };
    of_base(class.lookup(&ctx.names.__new__)) && of_base(class.lookup(&ctx.names.__init__))
}

/// `type.__call__`: `__new__`, then `__init__` when the result is an instance of the class.
pub(crate) fn construct(
    ctx: &mut Ctx,
    class: &Obj<Class>,
    mut args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<Begun> {
    let class_value = class.to_value();
    if class.is(ctx.types.type_.value()) {
        if args.len() == 1 && keywords.is_empty() {
            return Ok(Begun::Done(protocol::class_of(ctx, &args[0]).into_value()));
        }
        if args.len() != 3 {
            return Err(ctx.type_error("type() takes 1 or 3 arguments"));
        }
    }
    if keywords.is_empty()
        && args.len() <= 1
        && matches!(class.layout, Kind::List | Kind::Tuple | Kind::Dict | Kind::Set)
        && let Some(container) = construct::container(ctx, class, args.first())?
    {
        return Ok(Begun::Done(container));
    }
    if class.layout == Kind::Exception && keywords.is_empty() && is_plain_exception(ctx, class) {
        let args = tuple::new_tuple(args).into_value();
        return Ok(Begun::Done(heap::alloc(class.instance_shape.get(), Exception::new(args)).into_value()));
    }
    let new = class.lookup(&ctx.names.__new__);
    let Some(new) = new else { return Err(ctx.type_error("no __new__")) };
    let init = class.lookup(&ctx.names.__init__);
    let native_new = new.downcast::<Native>();
    // tuple and frozenset go through an iterable in __new__: a step native. With an __init__ it is like a Python __new__.
    let has_init = init.as_ref().is_some_and(|init| {
        init.downcast_ref::<Native>().is_none_or(|init| !init.owner.get().is(ctx.types.object.value()))
    });
    if !has_init && native_new.as_ref().is_some_and(|native| matches!(native.def.code, NativeCode::Step(_))) {
        args.insert(0, class_value);
        return match call_native(ctx, &new, args, keywords)? {
            NativeOutcome::Begun(begun) => Ok(begun),
            NativeOutcome::Call(..) => Err(ctx.system_error("a native __new__ must not hand over its call")),
        };
    }
    if let Some(native) = native_new.as_ref().filter(|native| matches!(native.def.code, NativeCode::Leaf(_))) {
        let is_object_new = native.owner.get().is(ctx.types.object.value());
        if is_object_new && class.layout != Kind::Instance {
            crate::objects::type_::check_instantiable(ctx, class)?;
        }
        let init_is_native = init.as_ref().is_none_or(|init| init.is_kind::<Native>());
        let instance = if is_object_new
            && !init_is_native
            && class.layout == Kind::Instance
            && !class.has_flag(crate::objects::class::flags::ABSTRACT)
        {
            instance::new_instance(class).into_value()
        } else if let Some(instance) = new_container(ctx, class, native) {
            instance
        } else {
            let mut new_args: Args = SmallVec::with_capacity(args.len() + 1);
            new_args.push(class_value.clone());
            new_args.extend(args.iter().cloned());
            match call_native(ctx, &new, new_args, keywords)? {
                NativeOutcome::Begun(Begun::Done(instance)) => instance,
                NativeOutcome::Begun(_) | NativeOutcome::Call(..) => {
                    return Err(ctx.system_error("a native __new__ must be a leaf"));
                }
            }
        };
        let Some(init) = init else { return Ok(Begun::Done(instance)) };
        if !protocol::is_instance_of(ctx, &instance, class) {
            return Ok(Begun::Done(instance));
        }
        if let Some(native_init) = init.downcast_ref::<Native>() {
            // object.__init__ has nothing to do, and object.__new__ has checked the arguments.
            if !native_init.owner.get().is(ctx.types.object.value()) {
                args.insert(0, instance.clone());
                if matches!(native_init.def.code, NativeCode::Step(_)) {
                    check_self(ctx, native_init, &args)?;
                    let args = bind_native(ctx, native_init, native_init.def, args, keywords)?;
                    if ctx.depth >= ctx.recursion_limit {
                        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
                    }
                    let locals = args.into_iter().collect();
                    push_native(ctx, new_native_frame(native_init_step, Some(native_init.def), locals));
                    return Ok(Begun::Signal(Signal::Start));
                }
                protocol::call_keywords(ctx, &init, &args, keywords)?;
            }
            return Ok(Begun::Done(instance));
        }
        if init.is_kind::<Function>() {
            let on_python_frame = frame_at(ctx.frame).is_some();
            args.insert(0, instance.clone());
            if on_python_frame {
                let frame = bind_function(ctx, &init, &args, Keywords::Pairs(keywords))?;
                if frame.header().shape() == SHAPE_FRAME {
                    if ctx.depth >= ctx.recursion_limit {
                        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
                    }
                    frame.set_flag(frame::flags::RESULT_IS_SELF, true);
                    let shown = ctx.observer.is_some().then(|| frame.clone());
                    resume::push_plain(ctx, frame);
                    if let Some(frame) = shown {
                        tell(ctx, &frame, Event::Call);
                    }
                    return Ok(Begun::Init(instance));
                }
                let result = frame.into_value();
                return Err(super::ops::function::init_result(ctx, &result));
            }
            return begin_steps(ctx, init_step, instance, init, args, keywords);
        }
        // A callable object as __init__.
        let init = {
            let class = protocol::class_of(ctx, &instance);
            protocol::attribute::bind(ctx, &init, &instance, &class)?
        };
        return begin_steps(ctx, init_step, instance, init, args, keywords);
    }
    // A __new__ in Python, or one that calls Python code: it runs first, then __init__ with the same arguments.
    let bound_new = protocol::attribute::bind_for_class(ctx, &new, class)?;
    begin_steps(ctx, construct_step, class_value, bound_new, args, keywords)
}

/// An empty instance of `list`, `dict` or `set` or of a subclass, whose `__new__` looks at no argument.
fn new_container(ctx: &Ctx, class: &Obj<Class>, new: &Obj<Native>) -> Option<Value> {
    let owner = new.owner.get();
    let shape = class.instance_shape.get();
    Some(match class.layout {
        Kind::List if owner.is(ctx.types.list.value()) => {
            heap::alloc(shape, List { items: Default::default() }).into_value()
        }
        Kind::Dict if owner.is(ctx.types.dict.value()) => heap::alloc(shape, Dict::new()).into_value(),
        Kind::Set if owner.is(ctx.types.set.value()) => heap::alloc(shape, Set::new()).into_value(),
        _ => return None,
    })
}

/// Runs a native `__init__` that is a state machine, which the frame's declaration names, and returns the instance.
fn native_init_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let Some(NativeCode::Step(step)) = frame.def.map(|def| def.code) else { return Err(Raised(())) };
    Ok(match step(ctx, frame, input)? {
        Action::Return(_) => Action::Return(frame.local(0)),
        action => action,
    })
}

/// Starts a step native of this file: locals are the subject, the callable, a tuple of arguments, a dict of keywords.
fn begin_steps(
    ctx: &mut Ctx,
    step: crate::objects::native::Step,
    subject: Value,
    callable: Value,
    args: Args,
    keywords: &[(Value, Value)],
) -> PyResult<Begun> {
    if ctx.depth >= ctx.recursion_limit {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    let dict = dict::new_dict();
    for (name, value) in keywords {
        dict.set_str(name, value.clone());
    }
    let args = tuple::new_tuple(args.into_vec()).into_value();
    let locals = SmallVec::from_vec(vec![subject, callable, args, dict.into_value()]);
    push_native(ctx, new_native_frame(step, None, locals));
    Ok(Begun::Signal(Signal::Start))
}

/// Calls `local 1` with the arguments in locals 2 and 3, `first` in front.
fn call_with_locals(frame: &Obj<NativeFrame>, callable: Value, first: Option<Value>) -> PyResult<Action> {
    let mut args: SmallVec<[Value; 4]> = first.into_iter().collect();
    if let Some(tuple) = frame.local(2).downcast_ref::<Tuple>() {
        args.extend(tuple.items().iter().cloned());
    }
    let keywords = frame.local(3).downcast_ref::<Dict>().map(|dict| dict.entries()).unwrap_or_default();
    if keywords.is_empty() {
        return Ok(Action::Call(callable, args));
    }
    Ok(Action::CallKeywords(callable, args, keywords))
}

/// Runs `__init__` for an instance: locals 0 instance, 1 `__init__` (taking the instance in its arguments).
fn init_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => {
            let init = frame.local(1);
            call_with_locals(frame, init, None)
        }
        Input::Value(result) | Input::Exhausted(result) => {
            if !result.is_none() {
                return Err(super::ops::function::init_result(ctx, &result));
            }
            Ok(Action::Return(frame.local(0)))
        }
        Input::Raised => Err(Raised(())),
    }
}

/// Runs a Python `__new__`, then `__init__`: locals 0 class, 1 `__new__`, 4 the instance.
fn construct_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match (frame.state.get(), input) {
        (_, Input::Raised) => Err(Raised(())),
        (0, Input::Start) => {
            frame.state.set(1);
            let class = frame.local(0);
            let new = frame.local(1);
            call_with_locals(frame, new, Some(class))
        }
        (1, Input::Value(instance)) => {
            let class = frame.local(0);
            let Some(class) = class.downcast_ref::<Class>() else { return Ok(Action::Return(instance)) };
            if !protocol::is_instance_of(ctx, &instance, class) {
                return Ok(Action::Return(instance));
            }
            let Some(init) = protocol::lookup_special(ctx, &instance, &ctx.names.__init__) else {
                return Ok(Action::Return(instance));
            };
            if init.downcast_ref::<Native>().is_some_and(|native| native.owner.get().is(ctx.types.object.value())) {
                return Ok(Action::Return(instance));
            }
            frame.state.set(2);
            frame.set_local(4, instance.clone());
            if init.is_kind::<Function>() || init.is_kind::<Native>() {
                return call_with_locals(frame, init, Some(instance));
            }
            let own = protocol::class_of(ctx, &instance);
            let bound = protocol::attribute::bind(ctx, &init, &instance, &own)?;
            call_with_locals(frame, bound, None)
        }
        (_, Input::Value(result)) => {
            if !result.is_none() {
                return Err(super::ops::function::init_result(ctx, &result));
            }
            Ok(Action::Return(frame.local(4)))
        }
        (_, Input::Start | Input::Exhausted(_)) => Ok(Action::Return(Value::NONE)),
    }
}

fn no_compiler(ctx: &mut Ctx, _: &[u8], _: &str, _: &crate::objects::ctx::CompileMode) -> PyResult {
    Err(ctx.system_error("this interpreter has no compiler"))
}

/// The door from natives into the loop; the interpreter adds the compiler.
pub(crate) const DOOR: Door = Door {
    call: door_call,
    resume: door_resume,
    throw: door_throw,
    close: finalize::door_close,
    compile: no_compiler,
    complete: |ctx, _| Err(ctx.system_error("no compiler")),
    last_python: |_, newest| newest,
    run_pending: finalize::run_pending_now,
    run_body: door_run_body,
};

fn enter_boundary(ctx: &mut Ctx) {
    if let Some(top) = frame::value_at(ctx.frame) {
        if let Some(frame) = top.downcast_ref::<Frame>() {
            frame.prev.set(frame.prev.get() | BOUNDARY);
        } else if let Some(native) = top.downcast_ref::<NativeFrame>() {
            native.prev.set(native.prev.get() | BOUNDARY);
        }
    }
}

/// Runs what [`begin`] put on top of the chain to its end.
pub(crate) fn run_begun(ctx: &mut Ctx, begun: Begun) -> PyResult {
    let (signal, instance) = match begun {
        Begun::Done(value) => return Ok(value),
        Begun::Frame => (Signal::Enter, None),
        Begun::Init(instance) => (Signal::Enter, Some(instance)),
        Begun::Signal(signal) => (signal, None),
    };
    enter_boundary(ctx);
    ctx.enter("")?;
    let exit = run(ctx, signal);
    ctx.leave();
    match exit? {
        Exit::Returned(value) => Ok(instance.unwrap_or(value)),
        Exit::Yielded(value) => Ok(value),
    }
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
    let mut own = Args::new();
    for arg in args {
        own.push(arg.clone());
    }
    let frame = simple_frame(SHAPE_FRAME, callable, code, own);
    resume::push_plain(ctx, frame);
    true
}

fn door_call(ctx: &mut Ctx, callable: &Value, args: &[Value], keywords: &[(Value, Value)]) -> PyResult {
    ctx.check_native_depth("")?;
    if keywords.is_empty() && push_directly(ctx, callable, args) {
        return run_begun(ctx, Begun::Frame);
    }
    let outer = ctx.frame;
    let begun = begin(ctx, callable, args.iter().cloned().collect(), keywords)?;
    if ctx.frame == outer
        && let Begun::Signal(_) = &begun
    {
        return Err(ctx.system_error("a call without a frame"));
    }
    run_begun_from(ctx, begun)
}

/// As [`run_begun`]; a generator that the call resumed and that returned raises StopIteration in the caller.
fn run_begun_from(ctx: &mut Ctx, begun: Begun) -> PyResult {
    let top_is_generator =
        !matches!(begun, Begun::Done(_)) && frame_at(ctx.frame).is_some_and(|frame| frame.is_suspendable());
    if !top_is_generator {
        return run_begun(ctx, begun);
    }
    let signal = match begun {
        Begun::Signal(signal) => signal,
        _ => Signal::Enter,
    };
    enter_boundary(ctx);
    ctx.enter("")?;
    let exit = run(ctx, signal);
    ctx.leave();
    match exit? {
        Exit::Yielded(value) => Ok(value),
        Exit::Returned(value) => Err(ctx.stop_iteration(value)),
    }
}

fn resumed(exit: Exit) -> Resumed {
    match exit {
        Exit::Yielded(value) => Resumed::Yielded(value),
        Exit::Returned(value) => Resumed::Returned(value),
    }
}

fn door_resume(ctx: &mut Ctx, target: &Value, value: Value) -> PyResult<Resumed> {
    ctx.check_native_depth("")?;
    let Some(generator) = target.downcast_ref::<Frame>() else { return Err(ctx.type_error("not a generator")) };
    if !resume::enter(ctx, generator, value)? {
        return Ok(Resumed::Returned(Value::NONE));
    }
    if ctx.observer.is_some() {
        tell(ctx, generator, Event::Resume);
    }
    run_resumed(ctx, Signal::Enter)
}

/// Runs the resumed frame on top of the chain to its next yield or its end.
pub(crate) fn run_resumed(ctx: &mut Ctx, signal: Signal) -> PyResult<Resumed> {
    enter_boundary(ctx);
    ctx.enter("")?;
    let exit = run(ctx, signal);
    ctx.leave();
    exit.map(resumed)
}

fn door_throw(ctx: &mut Ctx, target: &Value, exception: Value) -> PyResult<Resumed> {
    ctx.check_native_depth("")?;
    let Some(generator) = target.downcast::<Frame>() else { return Err(ctx.type_error("not a generator")) };
    let signal = match finalize::throw_anywhere(ctx, &generator, exception)? {
        finalize::Thrown::Yielded(value) => return Ok(Resumed::Yielded(value)),
        finalize::Thrown::Signal(signal) => signal,
    };
    run_resumed(ctx, signal)
}

/// Runs a class body or module code with a namespace; gives the coroutine of code that awaits.
fn door_run_body(ctx: &mut Ctx, function: &Value, namespace: &Value) -> PyResult {
    ctx.check_native_depth("")?;
    let frame = {
        let Some(payload) = function.downcast_ref::<Function>() else { return Err(ctx.type_error("not a function")) };
        let code = payload.code.get();
        let Some(code) = code.downcast_ref::<Code>() else { return Err(ctx.system_error("no code")) };
        let shape = if code.flags & SUSPENDABLE != 0 { resume::shape_for(code.flags) } else { SHAPE_FRAME };
        let frame = frame::new_frame(shape, function.clone(), code.slot_count(), code.frame_slots());
        if code.flags & flags::OPTIMIZED == 0
            && let Some(slot) = frame.tail().first()
        {
            slot.set(namespace.clone());
        }
        if code.free_count > 0
            && let Some(cells) = payload.closure.get().downcast_ref::<Tuple>()
        {
            let first = code.slot_count() - code.free_count as usize;
            for (slot, cell) in frame.tail()[first..].iter().zip(cells.items()) {
                slot.set(cell.clone());
            }
        }
        frame
    };
    if frame.header().shape() != SHAPE_FRAME {
        // Code with `await` at its top level: who asked for it awaits the result.
        note_created(ctx, &frame);
        return Ok(frame.into_value());
    }
    if ctx.depth >= ctx.recursion_limit {
        return Err(ctx.recursion_error("maximum recursion depth exceeded"));
    }
    let shown = ctx.observer.is_some().then(|| frame.clone());
    resume::push_plain(ctx, frame);
    if let Some(frame) = shown {
        tell(ctx, &frame, Event::Call);
    }
    run_begun(ctx, Begun::Frame)
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
