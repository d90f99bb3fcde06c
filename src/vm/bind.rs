//! Binding: which argument goes to which parameter, for functions in Python and for natives.
//!
//! A Python function's arguments go straight into the slots of its new frame: positional ones, then keywords by the
//! words of their interned names, then defaults. A native's become one value per row of its declaration. Arity errors
//! are worded here and nowhere else: CPython has one wording for functions and several for natives, by calling
//! convention.
//!
//! Source: Language Reference 6.3.4, "Calls"; 8.7, "Function definitions".

use smallvec::SmallVec;

use crate::code::flags;
use crate::objects::class::Class;
use crate::objects::code::Code;
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::frame::{Frame, SHAPE_FRAME, State};
use crate::objects::function::{self, Function};
use crate::objects::heap::{Obj, Ref, Slot};
use crate::objects::native::{Arity, Native, NativeCode, NativeDef, ParameterKind, PyResult, Raised, Role};
use crate::objects::protocol;
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, intern_value, is_exact};
use crate::objects::tuple::{self, Tuple};
use crate::objects::value::Value;

use super::resume;
use super::run::{empty_frame, simple_frame};

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

/// The flags of functions whose calls make something that suspends.
pub(super) const SUSPENDABLE: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

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
        return Ok(simple_frame(shape, callable, code, args));
    }
    if let Some(frame) = bind_simply(function, callable, code, shape, args, keywords) {
        return Ok(frame);
    }
    let frame = empty_frame(shape, callable, code);
    if let Err(raised) = bind(ctx, function, code, frame.tail(), args, keywords) {
        // Nobody can have forgotten to await a coroutine whose call failed.
        frame.state.set(State::Finished);
        return Err(raised);
    }
    Ok(frame)
}

/// The calls in which every parameter gets an argument or a default, and nothing is wrong: first the defaults, which
/// keyword arguments then replace. None when it is not that simple.
fn bind_simply(
    function: &Obj<Function>,
    callable: &Value,
    code: &Obj<Code>,
    shape: ShapeId,
    args: &[Value],
    keywords: Keywords<'_>,
) -> Option<Ref<Frame>> {
    let positional = code.object.arg_count as usize;
    let all = positional + code.object.kwonly_arg_count as usize;
    let varargs = code.flags & flags::VARARGS != 0;
    if code.flags & flags::OPTIMIZED == 0 || args.len() > positional && !varargs {
        return None;
    }
    let taken = args.len().min(positional);
    let defaults = if taken < all { Some(function.defaults_after(code, taken)?) } else { None };
    let frame = simple_frame(shape, callable, code, &args[..taken]);
    let slots = frame.tail();
    if let Some((rest, first)) = &defaults
        && let Some(rest) = rest.downcast_ref::<Tuple>()
    {
        for (slot, value) in slots[taken..all].iter().zip(&rest.items()[*first..]) {
            fill(slot, value.clone());
        }
    }
    if varargs {
        fill(&slots[all], tuple::new_tuple(args[taken..].iter().cloned()).into_value());
    }
    let mut extra = None;
    if code.flags & flags::VARKEYWORDS != 0 {
        let dict = dict::new_dict();
        fill(&slots[all + varargs as usize], dict.value().clone());
        extra = Some(dict);
    }
    let posonly = code.object.posonly_arg_count as usize;
    let (candidates, places) = (&code.slot_names[posonly..all], &slots[posonly..all]);
    let put = |name: &Value, value: &Value| match candidates.iter().position(|candidate| candidate.is(name)) {
        Some(index) if posonly + index >= taken => {
            places[index].set(value.clone());
            true
        }
        // A keyword of a subclass of `str` may still mean a parameter.
        None if let Some(dict) = &extra
            && name.downcast_ref::<Str>().is_some_and(is_exact) =>
        {
            dict.set_str(name, value.clone());
            true
        }
        _ => false,
    };
    let fits = match keywords {
        Keywords::Pairs(pairs) => pairs.iter().all(|(name, value)| put(name, value)),
        Keywords::Named(names, values) => names.iter().zip(values).all(|(name, value)| put(name, value)),
    };
    if !fits {
        // For the general case, which has the words for a mistake.
        frame.state.set(State::Finished);
        return None;
    }
    Some(frame)
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
    let Some(dict) = keywords.and_then(Value::downcast_ref::<Dict>) else {
        return bind_function(ctx, callable, args, Keywords::Pairs(&[]));
    };
    let (mut names, mut values) = (Args::new(), Args::new());
    let mut position = 0;
    while let Some((name, value)) = dict.next_entry(&mut position) {
        match name.downcast_ref::<Str>() {
            Some(text) if text.is_interned() => names.push(name),
            Some(_) => names.push(intern_value(&name)),
            None => return Err(ctx.type_error("keywords must be strings")),
        }
        values.push(value);
    }
    bind_function(ctx, callable, args, Keywords::Named(&names, &values))
}

fn slot_name(code: &Code, index: usize) -> &str {
    code.object.slots.get(index).map_or("", |name| name)
}

/// The general case of argument binding ("Calls", Language Reference).
#[inline(never)]
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
            let known = candidates.iter().position(|candidate| candidate.is(name));
            match known.or_else(|| position_by_text(candidates, name)) {
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

/// The parameter that a keyword of a subclass of `str` means, which cannot be interned.
#[cold]
fn position_by_text(candidates: &[Value], name: &Value) -> Option<usize> {
    let text = name.downcast_ref::<Str>().filter(|text| !is_exact(text))?.as_str();
    candidates.iter().position(|candidate| candidate.downcast_ref::<Str>().is_some_and(|own| own.as_str() == text))
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
        let next = defaults.and_then(|defaults| defaults.value_of_next(&mut place, name));
        if !slot.is_empty() {
            continue;
        }
        let default = next.or_else(|| defaults.and_then(|defaults| defaults.get_str(name)));
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

/// Checks that a method of a native class is called on an object that it fits.
pub(super) fn check_self(ctx: &mut Ctx, native: &Obj<Native>, args: &[Value]) -> PyResult<()> {
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

/// Makes the arguments of a native one value per parameter.
pub(super) fn bind_native(
    ctx: &mut Ctx,
    native: &Obj<Native>,
    def: &'static NativeDef,
    args: &mut Args,
    keywords: &[(Value, Value)],
) -> PyResult<()> {
    let Arity { min, max, plain, varargs, varkeywords, needs_keyword, .. } = def.arity;
    if keywords.is_empty() && def.arity.takes(args.len()) {
        for _ in args.len()..max as usize {
            args.push(Value::EMPTY);
        }
        return Ok(());
    }
    let fits = args.len() >= min as usize && (varargs || args.len() <= plain as usize);
    if keywords.is_empty() && fits && !needs_keyword {
        let rest = varargs.then(|| tuple::new_tuple(args.drain(args.len().min(plain as usize)..)));
        for _ in args.len()..plain as usize {
            args.push(Value::EMPTY);
        }
        args.extend(rest.map(Ref::into_value));
        for _ in args.len()..max as usize - varkeywords as usize {
            args.push(Value::EMPTY);
        }
        if varkeywords {
            // What hands its call on makes do without a dict.
            let hands_on = matches!(def.code, NativeCode::Control(_));
            args.push(if hands_on { Value::EMPTY } else { dict::new_dict().into_value() });
        }
        return Ok(());
    }
    let parameters = def.shared_parameters();
    let given = args.len();
    let mut bound: Args = SmallVec::from_elem(Value::EMPTY, parameters.len());
    let mut rest = std::mem::take(args).into_iter();
    let mut extra = None;
    for (slot, parameter) in bound.iter_mut().zip(parameters.iter()) {
        match parameter.kind {
            ParameterKind::PositionalOnly | ParameterKind::Either => *slot = rest.next().unwrap_or_default(),
            ParameterKind::VarArgs => *slot = tuple::new_tuple(rest.by_ref().collect::<Vec<_>>()).into_value(),
            ParameterKind::VarKeywords => {
                let dict = dict::new_dict();
                *slot = dict.value().clone();
                extra = Some(dict);
            }
            ParameterKind::KeywordOnly => {}
        }
    }
    if rest.len() > 0 {
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
                    let what = match native.owner.get().downcast_ref::<Class>() {
                        Some(owner) if is_constructor(def) => owner.name_string(),
                        _ => def.name().to_owned(),
                    };
                    let has_own = matches!(def.role, Role::Method | Role::ClassMethod) || def.name() == "__new__";
                    let position = index + 1 - has_own as usize;
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
                if keyword_free && leaves_keywords(ctx, native, def, &bound[0]) {
                    break;
                }
                return Err(ctx.type_error(if keyword_free {
                    format!("{what}() takes no keyword arguments")
                } else {
                    // `sorted` leaves its keywords to the method.
                    let own = if def.name() == "sorted" { "sort" } else { def.name() };
                    let name = if is_constructor(def) { what } else { own.to_owned() };
                    let named = parameters.iter().filter(|parameter| {
                        matches!(parameter.kind, ParameterKind::Either | ParameterKind::KeywordOnly)
                    });
                    let candidates: Vec<&str> = named.map(|parameter| parameter.name).collect();
                    let hint = crate::objects::suggestion::closest(text, &candidates)
                        .map_or_else(String::new, |candidate| format!(". Did you mean '{candidate}'?"));
                    format!("{name}() got an unexpected keyword argument '{text}'{hint}")
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
    *args = bound;
    Ok(())
}

/// Whether a constructor that knows no keywords lets them pass: they are for the other constructor of the two, which the
/// program's class has overridden.
#[cold]
fn leaves_keywords(ctx: &Ctx, native: &Obj<Native>, def: &NativeDef, this: &Value) -> bool {
    let owner = native.owner.get();
    let Some(owner) = owner.downcast_ref::<Class>().filter(|_| is_constructor(def)) else { return false };
    let (class, other) = match this.downcast::<Class>() {
        Some(class) if def.name() == "__new__" => (class, &ctx.names.__init__),
        _ => (protocol::class_of(ctx, this), &ctx.names.__new__),
    };
    let (own, inherited) = (class.lookup(other).unwrap_or_default(), owner.lookup(other).unwrap_or_default());
    !own.is(&inherited)
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
