//! Functions and bound methods.
//!
//! Source: "The standard type hierarchy", callable types, of the Language Reference; PEP 649's predecessor for
//! annotations, PEP 695 for type parameters.

use super::arguments::{bad_self, keywords, no_keywords, or_none, positional, text_of};
use super::cell::CellObject;
use super::code::Code;
use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::frame::Frame;
use super::frame_view::FrameView;
use super::heap::{self, Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol::{self, attribute};
use super::shape::ShapeId;
use super::string::{Str, intern, new_str};
use super::traceback::Traceback;
use super::tuple::{self, Tuple};
use super::value::Value;
use crate::code::flags;
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => call;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get;
    /// member
    getter "__closure__(self)" => closure;
    getter "__doc__(self)" => doc;
    setter "__doc__(self, value)" => set_doc;
    /// member
    getter "__globals__(self)" => globals;
    /// member
    getter "__builtins__(self)" => builtins;
    getter "__module__(self)" => module;
    setter "__module__(self, value)" => set_module;
    getter "__code__(self)" => code;
    setter "__code__(self, value)" => set_code;
    getter "__defaults__(self)" => defaults;
    setter "__defaults__(self, value)" => set_defaults;
    getter "__kwdefaults__(self)" => kwdefaults;
    setter "__kwdefaults__(self, value)" => set_kwdefaults;
    getter "__annotations__(self)" => annotations;
    setter "__annotations__(self, value)" => set_annotations;
    getter "__dict__(self)" => dict;
    setter "__dict__(self, value)" => set_dict;
    getter "__name__(self)" => name;
    setter "__name__(self, value)" => set_name;
    getter "__qualname__(self)" => qualname;
    setter "__qualname__(self, value)" => set_qualname;
    getter "__type_params__(self)" => type_params;
    setter "__type_params__(self, value)" => set_type_params;
}

crate::natives! { pub(crate) static BOUND_METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_method;
    /// Return repr(self).
    method "__repr__(self, /)" => repr_method;
    /// Return hash(self).
    method "__hash__(self, /)" => hash_method;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq_method;
    /// Call self as a function.
    method "__call__(self, /, *args, **kwargs)" => call;
    /// Return getattr(self, name).
    method "__getattribute__(self, name, /)" => method_getattribute;
    /// Return an attribute of instance, which is of type owner.
    method "__get__(self, instance, owner=None, /)" => get_method;
    method "__reduce__(self, /)" => reduce_method;
    /// member: the function (or other callable) implementing a method
    getter "__func__(self)" => method_func;
    /// member: the instance to which a method is bound
    getter "__self__(self)" => method_self;
    getter "__doc__(self)" => method_doc;
}

/// The payload of `function`.
#[derive(Default)]
pub struct Function {
    /// `__code__`
    pub code: Slot,
    /// `__globals__`, a dict.
    pub globals: Slot,
    /// `__closure__`: a tuple of cells, or empty.
    pub closure: Slot,
    /// `__defaults__`: a tuple, or empty.
    pub defaults: Slot,
    /// `__kwdefaults__`: a dict, or empty.
    pub kwdefaults: Slot,
    /// `__name__`
    pub name: Slot,
    /// `__qualname__`
    pub qualname: Slot,
    /// `__doc__`
    pub doc: Slot,
    /// `__module__`
    pub module: Slot,
    /// `__annotations__`: a dict, the flat tuple that it is made of on demand, or empty.
    pub annotations: Slot,
    /// `__type_params__`: a tuple, or empty.
    pub type_params: Slot,
    /// `__dict__`: a dict, or empty until asked for.
    pub attrs: Slot,
    /// What the last parameters get when they are not given, in the order of their slots, for quick calls: a tuple; empty
    /// until it is needed; None once a program has the dict of `__kwdefaults__` and may change it.
    pub rest: Slot,
}

impl Payload for Function {
    const KIND: Kind = Kind::Function;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in self.slots() {
            slot.peek(&mut *visit);
        }
    }

    fn clear(&self) {
        // The code stays: frames of this function may still be around.
        for slot in self.slots().into_iter().skip(1) {
            slot.take();
        }
    }
}

impl Function {
    fn slots(&self) -> [&Slot; 13] {
        [
            &self.code,
            &self.globals,
            &self.closure,
            &self.defaults,
            &self.kwdefaults,
            &self.name,
            &self.qualname,
            &self.doc,
            &self.module,
            &self.annotations,
            &self.type_params,
            &self.attrs,
            &self.rest,
        ]
    }

    fn forget_rest(&self) {
        if !self.rest.get().is_none() {
            self.rest.take();
        }
    }

    /// The defaults of all last parameters that have one, in the order of their slots; None when a keyword-only parameter
    /// has none.
    #[cold]
    fn gather_rest(&self, code: &Code) -> Option<Value> {
        let positional = code.object.arg_count as usize;
        let mut rest = match self.defaults.get().downcast_ref::<Tuple>() {
            Some(defaults) => defaults.items().to_vec(),
            None => Vec::new(),
        };
        let keyword_only = &code.slot_names[positional..positional + code.object.kwonly_arg_count as usize];
        if !keyword_only.is_empty() {
            let defaults = self.kwdefaults.get();
            let defaults = defaults.downcast_ref::<Dict>()?;
            for name in keyword_only {
                rest.push(defaults.get_str(name)?);
            }
        }
        let rest = tuple::new_tuple(rest).into_value();
        if !self.rest.get().is_none() {
            self.rest.set(rest.clone());
        }
        Some(rest)
    }

    /// What the parameters after the first `given` get when they are not given: a tuple, and where in it to begin. None when
    /// one has no default, when none is missing, or when the function takes `*args` or `**kwargs`.
    #[inline]
    pub(crate) fn rest_after(&self, code: &Code, given: usize) -> Option<(Value, usize)> {
        const SPECIAL: u32 = flags::OPTIMIZED | flags::VARARGS | flags::VARKEYWORDS | flags::DEFERRED;
        let positional = code.object.arg_count as usize;
        let all = positional + code.object.kwonly_arg_count as usize;
        if code.flags & SPECIAL != flags::OPTIMIZED || given > positional || given == all {
            return None;
        }
        self.defaults_after(code, given)
    }

    /// What the parameters after the first `given`, those for `*args` and `**kwargs` aside, get when they are not given: as
    /// [`Function::rest_after`] says it.
    #[inline]
    pub(crate) fn defaults_after(&self, code: &Code, given: usize) -> Option<(Value, usize)> {
        let all = (code.object.arg_count + code.object.kwonly_arg_count) as usize;
        let mut rest = self.rest.get();
        if !rest.is_kind::<Tuple>() {
            rest = self.gather_rest(code)?;
        }
        let count = rest.downcast_ref::<Tuple>()?.items().len();
        let first = (given + count).checked_sub(all)?;
        Some((rest, first))
    }

    /// Looks at the code.
    #[inline]
    pub fn with_code<R>(&self, look: impl FnOnce(&Obj<Code>) -> R) -> R {
        let code = self.code.get();
        match code.downcast_ref::<Code>() {
            Some(code) => look(code),
            None => unreachable!("a function without code"),
        }
    }
}

/// The payload of `method`: a callable with its first argument.
pub struct BoundMethod {
    /// `__func__`
    pub func: Slot,
    /// `__self__`
    pub this: Slot,
}

impl Payload for BoundMethod {
    const KIND: Kind = Kind::BoundMethod;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.func.peek(&mut *visit);
        self.this.peek(visit);
    }

    fn clear(&self) {
        self.func.take();
        self.this.take();
    }
}

/// Binds a callable to its first argument.
pub fn new_bound_method(func: Value, this: Value) -> Ref<BoundMethod> {
    alloc(ShapeId::exact(Kind::BoundMethod), BoundMethod { func: Slot::new(func), this: Slot::new(this) })
}

fn function<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Function>> {
    match value.downcast_ref::<Function>() {
        Some(function) => Ok(function),
        None => Err(bad_self(ctx, value, "function")),
    }
}

/// What `MakeFunction` does with a code object: a function without defaults, closure or annotations. Name, docstring and
/// module follow from the code and the globals.
pub fn new_function(ctx: &Ctx, code: &Obj<Code>, globals: &Value) -> Ref<Function> {
    let has_doc = code.flags & flags::HAS_DOCSTRING != 0;
    let doc = code.consts.first().filter(|_| has_doc).cloned().unwrap_or(Value::NONE);
    let module = globals.downcast_ref::<Dict>().and_then(|globals| globals.get_str(&ctx.names.__name__));
    let payload = Function {
        code: Slot::new(code.to_value()),
        globals: Slot::new(globals.clone()),
        name: Slot::new(intern(&code.object.name)),
        qualname: Slot::new(intern(&code.object.qualname)),
        doc: Slot::new(doc),
        module: Slot::new(module.unwrap_or(Value::NONE)),
        ..Function::default()
    };
    alloc(ShapeId::exact(Kind::Function), payload)
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    const NAMES: [&str; 6] = ["code", "globals", "name", "argdefs", "closure", "kwdefaults"];
    let given = positional(&args[1]);
    let mut values: [Value; 6] = Default::default();
    if given.len() > NAMES.len() {
        let count = given.len() + keywords(&args[2]).len();
        return Err(ctx.type_error(format!("function() takes at most 6 arguments ({count} given)")));
    }
    for (place, value) in given.iter().enumerate() {
        values[place] = value.clone();
    }
    for (name, value) in keywords(&args[2]) {
        let name = text_of(&name);
        match NAMES.iter().position(|known| *known == name) {
            Some(place) if values[place].is_empty() => values[place] = value,
            Some(place) => {
                let place = place + 1;
                let message = format!("argument for function() given by name ('{name}') and position ({place})");
                return Err(ctx.type_error(message));
            }
            None => return Err(ctx.type_error(format!("function() got an unexpected keyword argument '{name}'"))),
        }
    }
    for place in 0..2 {
        if values[place].is_empty() {
            let (name, place) = (NAMES[place], place + 1);
            return Err(ctx.type_error(format!("function() missing required argument '{name}' (pos {place})")));
        }
    }
    let Some(code) = values[0].downcast::<Code>() else {
        return Err(protocol::type_mismatch(ctx, "function() argument 'code' must be code, not {}", &values[0]));
    };
    if !values[1].is_kind::<Dict>() {
        return Err(protocol::type_mismatch(ctx, "function() argument 'globals' must be dict, not {}", &values[1]));
    }
    let [name, defaults, closure, kwdefaults] = [2, 3, 4, 5].map(|place: usize| or_none(&values[place]));
    if !name.is_none() && !name.is_kind::<Str>() {
        return Err(ctx.type_error("arg 3 (name) must be None or string"));
    }
    if !defaults.is_none() && !defaults.is_kind::<Tuple>() {
        return Err(ctx.type_error("arg 4 (defaults) must be None or tuple"));
    }
    let free = code.free_count as usize;
    let own = code.object.name.to_string();
    if !closure.is_kind::<Tuple>() {
        if free != 0 && closure.is_none() {
            return Err(ctx.type_error("arg 5 (closure) must be tuple"));
        }
        if !closure.is_none() {
            return Err(ctx.type_error("arg 5 (closure) must be None or tuple"));
        }
    }
    let cells = positional(&closure);
    if cells.len() != free {
        let count = cells.len();
        return Err(ctx.value_error(format!("{own} requires closure of length {free}, not {count}")));
    }
    if let Some(odd) = cells.iter().find(|cell| !cell.is_kind::<CellObject>()) {
        return Err(protocol::type_mismatch(ctx, "arg 5 (closure) expected cell, found {}", odd));
    }
    if !kwdefaults.is_none() && !kwdefaults.is_kind::<Dict>() {
        return Err(ctx.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    let made = new_function(ctx, &code, &values[1]);
    let fill = |slot: &Slot, value: Value| {
        if !value.is_none() {
            slot.set(value);
        }
    };
    fill(&made.name, name);
    fill(&made.defaults, defaults);
    fill(&made.kwdefaults, kwdefaults);
    if free > 0 {
        made.closure.set(closure);
    }
    Ok(made.into_value())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = text_of(&function(ctx, &args[0])?.qualname.get());
    Ok(ctx.str(format!("<function {name} at {:#x}>", args[0].id())))
}

fn call(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::call_keywords(ctx, &args[0], positional(&args[1]), &keywords(&args[2]))
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !args[1].is_none() {
        return Ok(new_bound_method(args[0].clone(), args[1].clone()).into_value());
    }
    if or_none(&args[2]).is_none() {
        return Err(ctx.type_error("__get__(None, None) is invalid"));
    }
    Ok(args[0].clone())
}

fn closure(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&function(ctx, &args[0])?.closure.get()))
}

fn doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&function(ctx, &args[0])?.doc.get()))
}

fn set_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    function(ctx, &args[0])?.doc.set(or_none(&args[1]));
    Ok(Value::NONE)
}

fn globals(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(function(ctx, &args[0])?.globals.get())
}

fn builtins(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let globals = function(ctx, &args[0])?.globals.get();
    Ok(builtins_of(ctx, &globals))
}

/// The namespace of builtins that code with these globals sees.
pub fn builtins_of(ctx: &Ctx, globals: &Value) -> Value {
    let own = globals.downcast_ref::<Dict>().and_then(|globals| globals.get_str(&ctx.names.__builtins__));
    match own {
        Some(own) => match own.downcast_ref::<super::module::Module>() {
            Some(module) => module.dict.value().clone(),
            None => own,
        },
        None => ctx.builtins.value().clone(),
    }
}

fn module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&function(ctx, &args[0])?.module.get()))
}

fn set_module(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    function(ctx, &args[0])?.module.set(or_none(&args[1]));
    Ok(Value::NONE)
}

/// The code of a function, compiled now if that was put off.
///
/// # Errors
/// SystemError when the library's source is not what it was.
#[inline]
pub fn code_of(ctx: &mut Ctx, function: &Obj<Function>) -> PyResult {
    let code = function.code.get();
    if code.downcast_ref::<Code>().is_some_and(|code| code.flags & flags::DEFERRED != 0) {
        return complete(ctx, function, &code);
    }
    Ok(code)
}

#[cold]
fn complete(ctx: &mut Ctx, function: &Obj<Function>, code: &Value) -> PyResult {
    let whole = (ctx.door.complete)(ctx, code)?;
    function.code.set(whole.clone());
    Ok(whole)
}

fn code(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let function = function(ctx, &args[0])?;
    code_of(ctx, function)
}

fn set_code(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    let Some(new) = args[1].downcast_ref::<Code>() else {
        return Err(ctx.type_error("__code__ must be set to a code object"));
    };
    let own = this.closure.get();
    let (cells, free) = (positional(&own).len(), new.free_count as usize);
    if cells != free {
        let name = text_of(&this.name.get());
        return Err(ctx.value_error(format!("{name}() requires a code object with {cells} free vars, not {free}")));
    }
    leave_code_to_calls(this);
    this.code.set(args[1].clone());
    this.forget_rest();
    Ok(Value::NONE)
}

/// Frames find their code, which says how they are laid out, by way of their function. Before it gets another code, those
/// of its calls, and what remembers them, are given a function that keeps the one with which they began.
fn leave_code_to_calls(this: &Obj<Function>) {
    let own = this.to_value();
    let mut kept = None;
    heap::for_each_container(|object| {
        let func = if let Some(frame) = object.downcast_ref::<Frame>() {
            &frame.func
        } else if let Some(view) = object.downcast_ref::<FrameView>() {
            &view.func
        } else if let Some(entry) = object.downcast_ref::<Traceback>() {
            &entry.func
        } else {
            return;
        };
        if func.get().is(&own) {
            let twin = kept.get_or_insert_with(|| {
                let twin = Function::default();
                for (slot, old) in twin.slots().into_iter().zip(this.slots()) {
                    slot.set(old.get());
                }
                alloc(ShapeId::exact(Kind::Function), twin).into_value()
            });
            func.set(twin.clone());
        }
    });
}

fn defaults(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&function(ctx, &args[0])?.defaults.get()))
}

fn set_defaults(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    let new = or_none(&args[1]);
    this.forget_rest();
    if new.is_none() {
        this.defaults.take();
    } else if new.is_kind::<Tuple>() {
        this.defaults.set(new);
    } else {
        return Err(ctx.type_error("__defaults__ must be set to a tuple object"));
    }
    Ok(Value::NONE)
}

fn kwdefaults(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    this.rest.set(Value::NONE);
    Ok(or_none(&this.kwdefaults.get()))
}

fn set_kwdefaults(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    let new = or_none(&args[1]);
    this.rest.set(Value::NONE);
    if new.is_none() {
        this.kwdefaults.take();
    } else if new.is_kind::<Dict>() {
        this.kwdefaults.set(new);
    } else {
        return Err(ctx.type_error("__kwdefaults__ must be set to a dict object"));
    }
    Ok(Value::NONE)
}

fn annotations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    let own = this.annotations.get();
    if own.is_kind::<Dict>() {
        return Ok(own);
    }
    // The compiler gives names and values in turn; most programs never ask.
    let made = dict::new_dict();
    for pair in positional(&own).chunks_exact(2) {
        made.set_str(&pair[0], pair[1].clone());
    }
    this.annotations.set(made.value().clone());
    Ok(made.into_value())
}

fn set_annotations(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    let new = or_none(&args[1]);
    if new.is_none() {
        this.annotations.take();
    } else if new.is_kind::<Dict>() {
        this.annotations.set(new);
    } else {
        return Err(ctx.type_error("__annotations__ must be set to a dict object"));
    }
    Ok(Value::NONE)
}

fn dict(_: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(attribute::attribute_dict(&args[0]).unwrap_or(Value::NONE))
}

fn set_dict(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.type_error("cannot delete __dict__"));
    }
    super::class_creation::set_instance_dict(ctx, args)
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(function(ctx, &args[0])?.name.get())
}

fn set_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    if !args[1].is_kind::<Str>() {
        return Err(ctx.type_error("__name__ must be set to a string object"));
    }
    this.name.set(args[1].clone());
    Ok(Value::NONE)
}

fn qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(function(ctx, &args[0])?.qualname.get())
}

fn set_qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    if !args[1].is_kind::<Str>() {
        return Err(ctx.type_error("__qualname__ must be set to a string object"));
    }
    this.qualname.set(args[1].clone());
    Ok(Value::NONE)
}

fn type_params(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = function(ctx, &args[0])?.type_params.get();
    Ok(if own.is_empty() { tuple::new_tuple([]).into_value() } else { own })
}

fn set_type_params(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = function(ctx, &args[0])?;
    if !args[1].is_kind::<Tuple>() {
        return Err(ctx.type_error("__type_params__ must be set to a tuple"));
    }
    this.type_params.set(args[1].clone());
    Ok(Value::NONE)
}

fn bound<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<BoundMethod>> {
    match value.downcast_ref::<BoundMethod>() {
        Some(method) => Ok(method),
        None => Err(bad_self(ctx, value, "method")),
    }
}

fn new_method(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    no_keywords(ctx, &args[2], "method")?;
    let [func, this] = positional(&args[1]) else {
        let count = positional(&args[1]).len();
        return Err(ctx.type_error(format!("method expected 2 arguments, got {count}")));
    };
    if !protocol::is_callable(ctx, func) {
        return Err(ctx.type_error("first argument must be callable"));
    }
    if this.is_none() {
        return Err(ctx.type_error("instance must not be None"));
    }
    Ok(new_bound_method(func.clone(), this.clone()).into_value())
}

fn repr_method(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = bound(ctx, &args[0])?;
    let func = this.func.get();
    let names = [ctx.names.__qualname__.clone(), ctx.names.__name__.clone()];
    let mut shown = None;
    for name in names {
        if let Some(found) = protocol::get_attr_optional(ctx, &func, &name)? {
            shown = found.downcast::<Str>();
            break;
        }
    }
    let name = shown.unwrap_or_else(|| new_str("?"));
    let object = protocol::text::repr_string(ctx, &this.this.get())?;
    Ok(ctx.str(format!("<bound method {} of {object}>", name.as_str())))
}

fn hash_method(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = bound(ctx, &args[0])?;
    let func = this.func.get();
    let hash = hashing::pointer(this.this.get().id() as usize) ^ protocol::hash(ctx, &func)?;
    Ok(super::int::from_i64(if hash == -1 { -2 } else { hash }))
}

fn eq_method(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = bound(ctx, &args[0])?;
    let Some(other) = args[1].downcast_ref::<BoundMethod>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let (own, theirs) = (this.func.get(), other.func.get());
    if !protocol::equal(ctx, &own, &theirs)? {
        return Ok(Value::FALSE);
    }
    Ok(Value::bool(this.this.get().is(&other.this.get())))
}

/// An attribute of a bound method: its own, or else the function's.
///
/// # Errors
/// AttributeError, in the name of the function.
pub fn method_attribute(ctx: &mut Ctx, object: &Value, name: &Value) -> PyResult {
    if let Some(value) = attribute::generic_lookup(ctx, object, name)? {
        return Ok(value);
    }
    let func = bound(ctx, object)?.func.get();
    protocol::get_attr(ctx, &func, name)
}

fn method_getattribute(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = super::string::intern_value(&args[1]);
    method_attribute(ctx, &args[0], &name)
}

fn get_method(_: &mut Ctx, args: &[Value]) -> PyResult {
    // Already bound: looking it up on another object does not bind it again.
    Ok(args[0].clone())
}

fn reduce_method(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = bound(ctx, &args[0])?;
    let name = ctx.names.__name__.clone();
    let name = protocol::get_attr(ctx, &this.func.get(), &name)?;
    let getattr = ctx.builtins.get_str(&intern("getattr")).unwrap_or(Value::NONE);
    let pair = tuple::new_tuple([this.this.get(), name]).into_value();
    Ok(tuple::new_tuple([getattr, pair]).into_value())
}

fn method_func(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(bound(ctx, &args[0])?.func.get())
}

fn method_self(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(bound(ctx, &args[0])?.this.get())
}

fn method_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let func = bound(ctx, &args[0])?.func.get();
    let name = ctx.names.__doc__.clone();
    Ok(protocol::get_attr_optional(ctx, &func, &name)?.unwrap_or(Value::NONE))
}
