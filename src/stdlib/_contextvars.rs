//! Module `_contextvars`: context variables, their tokens, and contexts.
//!
//! A context maps variables to values. Every task copies the current one when it is made, so copying must cost nothing:
//! the mapping is an immutable tuple (variable, value, variable, value, ...), a copy shares it, and setting a variable
//! makes a new tuple. Programs have few variables, so a walk over the tuple finds one faster than a tree would.
//!
//! A task's context is an object that nobody may ever look at. [`Ctx::context`] and whoever keeps a context for later
//! (a task, a handle) therefore hold it in one of two forms: the bare mapping, a tuple, None or the empty word for the empty one, or a
//! `Context` object once somebody has asked for it ([`object_of`]). Setting a variable turns the first form into the
//! second, so that a bare mapping never changes and may be shared.
//!
//! Source: PEP 567; "contextvars" of the Standard Library reference.

use std::cell::Cell;

use smallvec::SmallVec;

use crate::objects::arguments::{given, keywords, positional};
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{Foreign, ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref, Slot};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Input, NativeDef, NativeFrame, PyResult, Raised};
use crate::objects::string::{Str, intern, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{generic_alias, int, module, protocol};

crate::natives! { static FUNCTIONS:
    function "copy_context()" => |ctx, _| { let vars = snapshot(ctx); Ok(new_context(ctx, vars)) };
}

crate::natives! { static VARIABLE:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_variable;
    /// Return repr(self).
    method "__repr__(self, /)" => variable_repr;
    /// Return a value for the context variable for the current context.
    ///
    /// If there is no value for the variable in the current context, the method will:
    ///  * return the value of the default argument of the method, if provided; or
    ///  * return the default value for the context variable, if it was created
    ///    with one; or
    ///  * raise a LookupError.
    method "get(self, default=<unrepresentable>, /)" => get;
    /// Call to set a new value for the context variable in the current context.
    ///
    /// The required value argument is the new value for the context variable.
    ///
    /// Returns a Token object that can be used to restore the variable to its previous
    /// value via the `ContextVar.reset()` method.
    method "set(self, value, /)" => set;
    /// Reset the context variable.
    ///
    /// The variable is reset to the value it had before the `ContextVar.set()` that
    /// created the token was used.
    method "reset(self, token, /)" => reset;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
    /// member
    getter "name(self)" => |ctx, args| variable(ctx, &args[0]).map(|variable| variable.name.get());
}

crate::natives! { static TOKEN:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => |ctx, _| {
        Err(ctx.runtime_error("Tokens can only be created by ContextVars"))
    };
    /// Return repr(self).
    method "__repr__(self, /)" => token_repr;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
    getter "var(self)" => |ctx, args| token(ctx, &args[0]).map(|token| token.variable.get());
    getter "old_value(self)" => old_value;
}

crate::natives! { static MISSING:
    /// Return repr(self).
    method "__repr__(self, /)" => |_, _| Ok(new_str("<Token.MISSING>").into_value());
}

crate::natives! { static CONTEXT:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_empty_context;
    method "__eq__(self, value, /)" => context_eq;
    method "__ne__(self, value, /)" => context_ne;
    /// Implement iter(self).
    method "__iter__(self, /)" => |ctx, args| walk(ctx, &args[0], Part::Keys);
    /// Return len(self).
    method "__len__(self, /)" => |ctx, args| {
        let vars = vars_of(&context(ctx, &args[0])?.to_value());
        Ok(int::from_usize(pairs(&vars).len() / 2))
    };
    /// Return self[key].
    method "__getitem__(self, key, /)" => get_item;
    /// Return bool(key in self).
    method "__contains__(self, key, /)" => |ctx, args| Ok(Value::bool(find(ctx, args)?.is_some()));
    /// Return the value for `key` if `key` has the value in the context object.
    ///
    /// If `key` does not exist, return `default`. If `default` is not given,
    /// return None.
    method "get(self, key, default=None, /)" => |ctx, args| {
        Ok(find(ctx, args)?.unwrap_or_else(|| given(&args[2]).cloned().unwrap_or(Value::NONE)))
    };
    /// Return all variables and their values in the context object.
    ///
    /// The result is returned as a list of 2-tuples (variable, value).
    method "items(self, /)" => |ctx, args| walk(ctx, &args[0], Part::Items);
    /// Return a list of all variables in the context object.
    method "keys(self, /)" => |ctx, args| walk(ctx, &args[0], Part::Keys);
    /// Return a list of all variables' values in the context object.
    method "values(self, /)" => |ctx, args| walk(ctx, &args[0], Part::Values);
    /// Return a shallow copy of the context object.
    method "copy(self, /)" => |ctx, args| { let vars = vars_of(&args[0]); Ok(new_context(ctx, vars)) };
    step method "run(self, /, *args, **kwargs)" => run;
}

crate::natives! { static WALK:
    /// Implement iter(self).
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    /// Implement next(self).
    method "__next__(self, /)" => next_of_walk;
}

/// The classes of this module.
struct Classes {
    variable: Ref<Class>,
    token: Ref<Class>,
    context: Ref<Class>,
    walks: [Ref<Class>; 3],
    missing: Value,
}

#[derive(Default)]
struct State(Option<std::rc::Rc<Classes>>);

fn classes(ctx: &mut Ctx) -> std::rc::Rc<Classes> {
    if let Some(classes) = &ctx.state::<State>().0 {
        return classes.clone();
    }
    let object = ctx.types.object.clone();
    let class = |name: &str, module: &str, class_flags, tables: &[&'static [NativeDef]]| {
        ctx.types.define_class(name, module, "", &[&object], Kind::Foreign, class_flags, tables)
    };
    let missing = class("Token.MISSING", "builtins", 0, &[MISSING]);
    let made = Classes {
        variable: class("ContextVar", "_contextvars", 0, &[VARIABLE]),
        token: class("Token", "_contextvars", 0, &[TOKEN]),
        context: class("Context", "_contextvars", flags::HAS_WEAKREF, &[CONTEXT]),
        walks: ["keys", "values", "items"].map(|name| class(name, "builtins", 0, &[WALK])),
        missing: new_foreign(missing.instance_shape.get(), Missing).into_value(),
    };
    made.token.namespace().set_str(&intern("__hash__"), Value::NONE);
    made.token.set_own(&intern("MISSING"), made.missing.clone());
    let made = std::rc::Rc::new(made);
    ctx.state::<State>().0 = Some(made.clone());
    made
}

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_contextvars", Some("Context Variables"));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_contextvars", def));
    }
    let classes = classes(ctx);
    for class in [&classes.variable, &classes.token, &classes.context] {
        module.dict.set_str(&class.name.get(), class.value().clone());
    }
    Ok(module.into_value())
}

fn wrong_self(ctx: &mut Ctx) -> Raised {
    ctx.type_error("the method belongs to another type")
}

/// The data of `Token.MISSING`.
struct Missing;

impl ForeignData for Missing {}

/// The data of a `Context`.
struct Context {
    /// Its mapping: a tuple, or None when it is empty.
    vars: Slot,
    /// Somebody runs in it.
    entered: Cell<bool>,
    /// What was current when `run` entered it, else empty.
    outer: Slot,
}

impl ForeignData for Context {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.vars.peek(&mut *visit);
        self.outer.peek(visit);
    }

    fn clear(&self) {
        self.vars.set(Value::NONE);
        self.outer.take();
    }
}

fn new_context(ctx: &mut Ctx, vars: Value) -> Value {
    let shape = classes(ctx).context.instance_shape.get();
    let data = Context { vars: Slot::new(vars), entered: Cell::new(false), outer: Slot::default() };
    new_foreign(shape, data).into_value()
}

/// The mapping of a context in either form.
pub(super) fn vars_of(context: &Value) -> Value {
    match data_of::<Context>(context) {
        Some(data) => data.vars.get(),
        None if context.is_empty() => Value::NONE,
        None => context.clone(),
    }
}

/// A copy of the current context, as a bare mapping.
#[inline]
pub(super) fn snapshot(ctx: &Ctx) -> Value {
    vars_of(&ctx.context)
}

/// Whether a value is a `Context` object.
pub(super) fn is_context(value: &Value) -> bool {
    data_of::<Context>(value).is_some()
}

/// The `Context` object for a context in either form. Whoever keeps the form must keep the object from now on.
pub(super) fn object_of(ctx: &mut Ctx, context: Value) -> Value {
    if is_context(&context) {
        return context;
    }
    let vars = vars_of(&context);
    new_context(ctx, vars)
}

/// The object of the context that is current now.
fn current(ctx: &mut Ctx) -> Value {
    if !is_context(&ctx.context) {
        let vars = snapshot(ctx);
        let object = new_context(ctx, vars);
        if let Some(data) = data_of::<Context>(&object) {
            data.entered.set(true);
        }
        ctx.context = object;
    }
    ctx.context.clone()
}

/// The outermost of the contexts entered with `run`: for a running task, its own.
pub(super) fn outermost(ctx: &mut Ctx) -> Value {
    let mut context = current(ctx);
    while let Some(data) = data_of::<Context>(&context)
        && !data.outer.is_empty()
    {
        context = data.outer.get();
    }
    context
}

/// Makes a context, in either form, the current one; gives back what was current. [`leave`] undoes it.
///
/// # Errors
/// RuntimeError when somebody runs in it already.
pub(super) fn enter(ctx: &mut Ctx, context: Value) -> PyResult {
    if let Some(data) = data_of::<Context>(&context)
        && data.entered.replace(true)
    {
        let text = protocol::text::repr_string(ctx, &context)?;
        return Err(ctx.runtime_error(format!("cannot enter context: {text} is already entered")));
    }
    Ok(std::mem::replace(&mut ctx.context, context))
}

/// Makes `outer` current again, which [`enter`] gave; gives back the context that was left, in its present form.
pub(super) fn leave(ctx: &mut Ctx, outer: Value) -> Value {
    let left = std::mem::replace(&mut ctx.context, outer);
    if let Some(data) = data_of::<Context>(&left) {
        data.entered.set(false);
    }
    left
}

fn context<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Foreign>> {
    match value.downcast_ref::<Foreign>() {
        Some(object) if object.get::<Context>().is_some() => Ok(object),
        _ => Err(wrong_self(ctx)),
    }
}

/// The variables and values of a mapping, in turn.
fn pairs(vars: &Value) -> &[Value] {
    vars.downcast_ref::<Tuple>().map_or(&[], |tuple| tuple.items())
}

fn lookup(vars: &Value, variable: &Value) -> Option<Value> {
    let items = pairs(vars);
    let place = (0..items.len()).step_by(2).find(|&index| items[index].is(variable))?;
    items.get(place + 1).cloned()
}

/// The mapping with a variable set to a value.
fn with(vars: &Value, variable: &Value, value: Value) -> Value {
    let mut items = pairs(vars).to_vec();
    match (0..items.len()).step_by(2).find(|&index| items[index].is(variable)) {
        Some(place) => items[place + 1] = value,
        None => items.extend([variable.clone(), value]),
    }
    new_tuple(items).into_value()
}

/// The mapping without a variable.
fn without(vars: &Value, variable: &Value) -> Value {
    let items: Vec<Value> =
        pairs(vars).chunks(2).filter(|pair| !pair[0].is(variable)).flat_map(|pair| pair.iter().cloned()).collect();
    if items.is_empty() { Value::NONE } else { new_tuple(items).into_value() }
}

/// The data of a `ContextVar`.
struct Variable {
    name: Slot,
    /// Empty for none.
    default: Slot,
}

impl ForeignData for Variable {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.name.peek(&mut *visit);
        self.default.peek(visit);
    }

    fn clear(&self) {
        self.default.take();
    }
}

fn variable<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Variable> {
    data_of::<Variable>(value).ok_or_else(|| wrong_self(ctx))
}

fn new_variable(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut default = Value::EMPTY;
    let mut name = positional(&args[1]).first().cloned();
    for (keyword, value) in keywords(&args[2]) {
        match keyword.downcast_ref::<Str>().map_or("", |text| text.as_str()) {
            "default" => default = value,
            other => {
                return Err(ctx.type_error(format!("ContextVar() got an unexpected keyword argument '{other}'")));
            }
        }
    }
    let count = positional(&args[1]).len();
    if count > 1 {
        return Err(ctx.type_error(format!("ContextVar() takes exactly 1 positional argument ({count} given)")));
    }
    let Some(name) = name.take() else {
        return Err(ctx.type_error("ContextVar() takes exactly 1 positional argument (0 given)"));
    };
    if !name.is_kind::<Str>() {
        return Err(ctx.type_error("context variable name must be a str"));
    }
    let shape = classes(ctx).variable.instance_shape.get();
    Ok(new_foreign(shape, Variable { name: Slot::new(name), default: Slot::new(default) }).into_value())
}

fn variable_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = variable(ctx, &args[0])?;
    let name = protocol::text::repr_string(ctx, &this.name.get())?;
    let default = this.default.get();
    let default = match given(&default) {
        Some(default) => format!(" default={}", protocol::text::repr_string(ctx, default)?),
        None => String::new(),
    };
    Ok(ctx.str(format!("<ContextVar name={name}{default} at {:#x}>", args[0].id())))
}

fn get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = variable(ctx, &args[0])?;
    let vars = snapshot(ctx);
    if let Some(value) = lookup(&vars, &args[0]) {
        return Ok(value);
    }
    if let Some(default) = given(&args[1]) {
        return Ok(default.clone());
    }
    let default = this.default.get();
    if !default.is_empty() {
        return Ok(default);
    }
    let class = ctx.exceptions.LookupError.clone();
    let exception = ctx.new_exception(&class, vec![args[0].clone()]);
    Err(ctx.raise_value(exception))
}

fn set(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = current(ctx);
    let Some(data) = data_of::<Context>(&object) else { return Err(wrong_self(ctx)) };
    let vars = data.vars.get();
    let token = Token {
        variable: Slot::new(args[0].clone()),
        context: Slot::new(object.clone()),
        old: Slot::new(lookup(&vars, &args[0]).unwrap_or_default()),
        used: Cell::new(false),
    };
    data.vars.set(with(&vars, &args[0], args[1].clone()));
    let shape = classes(ctx).token.instance_shape.get();
    Ok(new_foreign(shape, token).into_value())
}

fn reset(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(token) = data_of::<Token>(&args[1]) else {
        let text = protocol::text::repr_string(ctx, &args[1])?;
        return Err(ctx.type_error(format!("expected an instance of Token, got {text}")));
    };
    let complaint = if token.used.get() {
        Some("has already been used once")
    } else if !token.variable.get().is(&args[0]) {
        Some("was created by a different ContextVar")
    } else if !token.context.get().is(&ctx.context) {
        Some("was created in a different Context")
    } else {
        None
    };
    if let Some(complaint) = complaint {
        let text = format!("{} {complaint}", protocol::text::repr_string(ctx, &args[1])?);
        return Err(if token.used.get() { ctx.runtime_error(text) } else { ctx.value_error(text) });
    }
    token.used.set(true);
    if let Some(data) = data_of::<Context>(&ctx.context) {
        let (vars, old) = (data.vars.get(), token.old.get());
        data.vars.set(if old.is_empty() { without(&vars, &args[0]) } else { with(&vars, &args[0], old) });
    }
    Ok(Value::NONE)
}

/// The data of a `Token`.
struct Token {
    variable: Slot,
    context: Slot,
    /// Empty when the variable had no value.
    old: Slot,
    used: Cell<bool>,
}

impl ForeignData for Token {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.variable.peek(&mut *visit);
        self.context.peek(&mut *visit);
        self.old.peek(visit);
    }

    fn clear(&self) {
        self.variable.take();
        self.context.take();
        self.old.take();
    }
}

fn token<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Token> {
    data_of::<Token>(value).ok_or_else(|| wrong_self(ctx))
}

fn token_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let this = token(ctx, &args[0])?;
    let variable = protocol::text::repr_string(ctx, &this.variable.get())?;
    let used = if this.used.get() { " used" } else { "" };
    Ok(ctx.str(format!("<Token{used} var={variable} at {:#x}>", args[0].id())))
}

fn old_value(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let old = token(ctx, &args[0])?.old.get();
    Ok(if old.is_empty() { classes(ctx).missing.clone() } else { old })
}

fn new_empty_context(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !positional(&args[1]).is_empty() || !keywords(&args[2]).is_empty() {
        return Err(ctx.type_error("Context() does not accept any arguments"));
    }
    Ok(new_context(ctx, Value::NONE))
}

/// The value of the variable in `args[1]` in the context in `args[0]`.
fn find(ctx: &mut Ctx, args: &[Value]) -> PyResult<Option<Value>> {
    context(ctx, &args[0])?;
    if data_of::<Variable>(&args[1]).is_none() {
        let text = protocol::text::repr_string(ctx, &args[1])?;
        return Err(ctx.type_error(format!("a ContextVar key was expected, got {text}")));
    }
    Ok(lookup(&vars_of(&args[0]), &args[1]))
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match find(ctx, args)? {
        Some(value) => Ok(value),
        None => Err(ctx.key_error(&args[1])),
    }
}

fn context_eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !is_context(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (own, other) = (vars_of(&args[0]), vars_of(&args[1]));
    if pairs(&own).len() != pairs(&other).len() {
        return Ok(Value::FALSE);
    }
    for pair in pairs(&own).chunks(2) {
        match lookup(&other, &pair[0]) {
            Some(value) if protocol::equal(ctx, &pair[1], &value)? => {}
            _ => return Ok(Value::FALSE),
        }
    }
    Ok(Value::TRUE)
}

fn context_ne(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(match context_eq(ctx, args)?.as_bool() {
        Some(equal) => Value::bool(!equal),
        None => Value::NOT_IMPLEMENTED,
    })
}

/// Locals: the context, the arguments, the keyword arguments, then what was current before.
fn run(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    const OUTER: usize = 3;
    let this = frame.local(0);
    match input {
        Input::Start => {
            let args = frame.local(1);
            let Some((callable, rest)) = positional(&args).split_first() else {
                return Err(ctx.type_error("run() missing 1 required positional argument"));
            };
            let outer = current(ctx);
            enter(ctx, this.clone())?;
            if let Some(data) = data_of::<Context>(&this) {
                data.outer.set(outer.clone());
            }
            frame.set_local(OUTER, outer);
            let rest: SmallVec<[Value; 4]> = rest.iter().cloned().collect();
            let named = keywords(&frame.local(2));
            if named.is_empty() {
                return Ok(Action::Call(callable.clone(), rest));
            }
            Ok(Action::CallKeywords(callable.clone(), rest, named))
        }
        Input::Value(value) | Input::Exhausted(value) => {
            leave_run(ctx, &this, frame.local(OUTER));
            Ok(Action::Return(value))
        }
        Input::Raised => {
            leave_run(ctx, &this, frame.local(OUTER));
            Err(Raised(()))
        }
    }
}

fn leave_run(ctx: &mut Ctx, this: &Value, outer: Value) {
    leave(ctx, outer);
    if let Some(data) = data_of::<Context>(this) {
        data.outer.take();
        data.entered.set(false);
    }
}

/// What a walk over a context gives.
#[derive(Clone, Copy)]
enum Part {
    Keys,
    Values,
    Items,
}

/// The data of the iterators over a context.
struct ContextWalk {
    vars: Slot,
    next: Cell<usize>,
    part: Part,
}

impl ForeignData for ContextWalk {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.vars.peek(visit);
    }

    fn clear(&self) {
        self.vars.set(Value::NONE);
    }
}

fn walk(ctx: &mut Ctx, object: &Value, part: Part) -> PyResult {
    context(ctx, object)?;
    let shape = classes(ctx).walks[part as usize].instance_shape.get();
    let data = ContextWalk { vars: Slot::new(vars_of(object)), next: Cell::new(0), part };
    Ok(new_foreign(shape, data).into_value())
}

fn next_of_walk(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(this) = data_of::<ContextWalk>(&args[0]) else { return Err(wrong_self(ctx)) };
    let vars = this.vars.get();
    let at = this.next.get();
    match pairs(&vars).get(at..at + 2) {
        Some([variable, value]) => {
            this.next.set(at + 2);
            Ok(match this.part {
                Part::Keys => variable.clone(),
                Part::Values => value.clone(),
                Part::Items => new_tuple([variable.clone(), value.clone()]).into_value(),
            })
        }
        _ => Err(ctx.stop_iteration(Value::NONE)),
    }
}
