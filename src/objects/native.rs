//! Natives: functions written in Rust, how they are declared, and how arguments reach them.
//!
//! A native is declared by a row of the [`natives!`](crate::natives) table at the top of its file, which reads like a
//! stub: the signature in Python's syntax, then the Rust function. Whatever the caller wrote, the Rust function gets one
//! value per parameter, in order: an optional parameter that was not given is the empty word, `*args` is a tuple,
//! `**kwargs` a dict. One binder words every arity error.
//!
//! There are two sorts. A *leaf* runs to its end at once. A *step* native is a state machine on the frame chain: it asks
//! the loop to call something or to advance an iterator, and is continued with the outcome, so that what it calls may
//! suspend or recurse freely without using the machine stack.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::ctx::Ctx;
use super::heap::{Header, Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::scheduler::Wait;
use super::shape::ShapeId;
use super::value::Value;

/// An exception is being raised: it is in [`Ctx`]. One word wide, so that results stay small.
#[derive(Debug)]
pub struct Raised(pub(crate) ());

/// What an operation of the program gives: a value, or a raised exception.
pub type PyResult<T = Value> = Result<T, Raised>;

/// A native that runs to its end at once; it gets one value per parameter.
pub type Leaf = fn(&mut Ctx, &[Value]) -> PyResult;

/// A native that is a state machine; see [`NativeFrame`].
pub type Step = fn(&mut Ctx, &Obj<NativeFrame>, Input) -> PyResult<Action>;

/// What a step native is continued with.
#[derive(Debug)]
pub enum Input {
    /// First call: the arguments are the frame's locals.
    Start,
    /// The call asked for returned this, the iterator asked for gave this item, or the wait ended with this.
    Value(Value),
    /// The iterator asked for is exhausted; a generator's return value comes along. Or the time of a wait is up.
    Exhausted(Value),
    /// What was asked for raised; the exception is in the context. Return `Err` to pass it on.
    Raised,
}

/// What a step native wants next.
pub enum Action {
    /// Call this with these arguments.
    Call(Value, SmallVec<[Value; 4]>),
    /// The same with keyword arguments.
    CallKeywords(Value, SmallVec<[Value; 4]>, Vec<(Value, Value)>),
    /// Advance this iterator by one item.
    Next(Value),
    /// Block: let other threads run until something happens; see [`scheduler`](super::scheduler).
    Wait(Wait),
    /// Resume this coroutine or generator with the value. A yield continues as [`Input::Value`], its end as
    /// [`Input::Exhausted`] with what it returned.
    Send(Value, Value),
    /// Throw the exception into this coroutine or generator; continued as for `Send`.
    Throw(Value, Value),
    /// Done.
    Return(Value),
    /// Done with advancing an iterator: the item.
    Yield(Value),
    /// Done with advancing an iterator: there are no more items; the value of its StopIteration.
    Exhausted(Value),
}

/// `self` of a method, as the payload of its class. The binder has checked the class, so the error is for a class that
/// lists natives of another payload.
///
/// # Errors
/// TypeError.
#[inline]
pub fn receiver<'a, T: Payload>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<T>> {
    match args.first().and_then(Value::downcast_ref::<T>) {
        Some(this) => Ok(this),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

/// The shape of the instances of the class that a `__new__` was asked for.
///
/// # Errors
/// TypeError when the argument is no class, or one whose instances have another layout.
pub fn shape_asked(ctx: &mut Ctx, class: &Value, layout: Kind) -> PyResult<ShapeId> {
    match class.downcast_ref::<super::class::Class>() {
        Some(class) if class.layout == layout => Ok(class.instance_shape.get()),
        Some(class) => {
            let name = class.name_string();
            Err(ctx.type_error(format!("__new__({name}): {name} is not a subtype with this layout")))
        }
        None => {
            let name = super::protocol::class_name(ctx, class);
            Err(ctx.type_error(format!("__new__(X): X is not a type object ({name})")))
        }
    }
}

/// A native that ends by handing control on: see [`Control`].
pub type Transfer = fn(&mut Ctx, &[Value]) -> PyResult<Control>;

/// What a native that hands control on wants done in its place; the outcome is the outcome of its call.
pub enum Control {
    /// Nothing: here is the result.
    Return(Value),
    /// Resume the generator or coroutine with the value; a yield is the result, its end raises StopIteration.
    Resume(Value, Value),
    /// Throw the exception, or what the arguments in this tuple mean, into the generator or coroutine; as above.
    Throw(Value, Value),
    /// Run this state machine with these locals.
    Step(Step, SmallVec<[Value; 4]>),
    /// Call this instead (a tail call).
    Call(Value, SmallVec<[Value; 8]>, Vec<(Value, Value)>),
}

/// How a native is bound when looked up on an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A function of a module.
    Function,
    /// A method: the first parameter is an instance of the class.
    Method,
    /// A class method: the first parameter is the class.
    ClassMethod,
    /// A static method; `__new__` is one.
    StaticMethod,
    /// The getter of a computed attribute.
    Getter,
    /// The setter of a computed attribute: instance, value; the value is empty for `del`.
    Setter,
}

/// The code of a native.
#[derive(Clone, Copy)]
pub enum NativeCode {
    /// See [`Leaf`].
    Leaf(Leaf),
    /// See [`Step`].
    Step(Step),
    /// See [`Transfer`].
    Control(Transfer),
}

/// The most parameters of a native whose arguments are filled up with empty words without being bound.
pub const MOST_PADDED: usize = 8;

/// How many positional arguments a native takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arity {
    /// Parameters without default.
    pub min: u8,
    /// All parameters.
    pub max: u8,
    /// Whether every parameter may be given by position, and nothing but parameters may be given.
    pub positional: bool,
    /// Parameters that may be given by position.
    pub plain: u8,
    /// Whether there is `*args`.
    pub varargs: bool,
    /// Whether there is `**kwargs`.
    pub varkeywords: bool,
    /// Whether a keyword-only parameter has no default.
    pub needs_keyword: bool,
    /// Whether a call with positional arguments only needs no binding beyond empty words for what was not given.
    pub padded: bool,
}

impl Arity {
    /// Reads the arity off a signature.
    pub const fn of(signature: &str) -> Arity {
        let text = signature.as_bytes();
        let mut index = 0;
        while text[index] != b'(' {
            index += 1;
        }
        index += 1;
        let (mut min, mut max, mut positional, mut keyword_only) = (0, 0, true, false);
        let mut depth = 0;
        let mut start = true;
        let (mut any, mut default, mut stars) = (false, false, 0);
        let (mut plain, mut varargs, mut varkeywords, mut needs_keyword) = (0, false, false, false);
        loop {
            let byte = text[index];
            let end = depth == 0 && (byte == b')' || byte == b',');
            if end {
                if any {
                    max += 1;
                    match stars {
                        0 if !keyword_only => plain += 1,
                        0 => needs_keyword |= !default,
                        1 => varargs = true,
                        _ => varkeywords = true,
                    }
                    if !default && !keyword_only {
                        min += 1;
                    }
                }
                (start, any, default, stars) = (true, false, false, 0);
                if byte == b')' {
                    break;
                }
            } else if byte == b' ' {
            } else if start {
                start = false;
                if byte == b'*' {
                    positional = false;
                    keyword_only = true;
                    any = text[index + 1] != b',';
                    stars = if text[index + 1] == b'*' { 2 } else { 1 };
                } else if byte != b'/' {
                    any = true;
                }
            } else if byte == b'=' && depth == 0 {
                default = true;
            } else if byte == b'(' || byte == b'[' || byte == b'{' {
                depth += 1;
            } else if byte == b')' || byte == b']' || byte == b'}' {
                depth -= 1;
            }
            index += 1;
        }
        let padded = !varargs && !varkeywords && !needs_keyword && max as usize <= MOST_PADDED;
        Arity { min, max, positional, plain, varargs, varkeywords, needs_keyword, padded }
    }

    /// [`NativeDef::direct`] of a native with this arity.
    pub const fn direct(&self, role: Role, code: NativeCode) -> u8 {
        let simple = matches!(role, Role::Function | Role::Method) && matches!(code, NativeCode::Leaf(_));
        if simple && self.takes(self.max as usize) { self.max } else { NOT_DIRECT }
    }

    /// Whether `count` positional arguments are what the native takes once those that are left over lie in a tuple, the
    /// `*args`, and there are few parameters.
    #[inline(always)]
    pub const fn gathers(&self, count: usize) -> bool {
        self.varargs && !self.needs_keyword && self.min as usize <= count && self.max as usize <= MOST_PADDED
    }

    /// Whether `count` positional arguments, and empty words behind them, are what the native takes.
    #[inline(always)]
    pub const fn takes(&self, count: usize) -> bool {
        self.padded && self.min as usize <= count && count <= self.plain as usize
    }
}

thread_local! {
    /// Parameters by the address of their declaration.
    static PARAMETERS: RefCell<FxHashMap<usize, Rc<[Parameter]>>> = RefCell::default();
}

/// The name in a signature.
pub const fn name_of(signature: &'static str) -> &'static str {
    let mut length = 0;
    while signature.as_bytes()[length] != b'(' {
        length += 1;
    }
    signature.split_at(length).0
}

/// A row of a natives table.
pub struct NativeDef {
    /// The name before the parenthesis.
    pub name: &'static str,
    /// Name and parameters in Python's syntax, e.g. `pop(self, index=-1, /)`.
    pub signature: &'static str,
    /// The docstring.
    pub doc: &'static str,
    /// Read off the signature.
    pub arity: Arity,
    /// How it is bound.
    pub role: Role,
    /// What runs.
    pub code: NativeCode,
    /// When its first argument is a generator or coroutine, it does no more than resume it with the second, or None.
    pub resumes: bool,
    /// With this many positional arguments a call is a call of the leaf, if the first one is what a method takes;
    /// [`NOT_DIRECT`] for what is not that simple.
    pub direct: u8,
}

/// See [`NativeDef::direct`].
pub const NOT_DIRECT: u8 = u8::MAX;

impl NativeDef {
    /// The name before the parenthesis.
    #[inline(always)]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the row is an attribute that CPython keeps as a plain member of a C structure, which its docstring says
    /// by beginning with `member`; the message for setting a read-only one differs.
    pub fn is_member(&self) -> bool {
        self.doc.trim_start().starts_with("member")
    }

    /// The parameters, read off the signature once per thread.
    pub fn shared_parameters(&'static self) -> Rc<[Parameter]> {
        PARAMETERS.with(|known| {
            let key = std::ptr::from_ref(self).addr();
            known.borrow_mut().entry(key).or_insert_with(|| self.parameters().into()).clone()
        })
    }

    /// The parameters, read from the signature. Calls ask for them once: see `shared_parameters`.
    pub fn parameters(&self) -> Vec<Parameter> {
        let inside = self.signature.find('(').map_or("", |open| &self.signature[open + 1..self.signature.len() - 1]);
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut kind = ParameterKind::Either;
        for part in split_parameters(inside) {
            match part {
                "/" => parameters.iter_mut().for_each(|parameter| parameter.kind = ParameterKind::PositionalOnly),
                "*" => kind = ParameterKind::KeywordOnly,
                part => {
                    let (name, default) = match part.split_once('=') {
                        Some((name, default)) => (name, Some(default)),
                        None => (part, None),
                    };
                    if let Some(name) = name.strip_prefix("**") {
                        parameters.push(Parameter { name, kind: ParameterKind::VarKeywords, default: Some("") });
                    } else if let Some(name) = name.strip_prefix('*') {
                        parameters.push(Parameter { name, kind: ParameterKind::VarArgs, default: Some("") });
                        kind = ParameterKind::KeywordOnly;
                    } else {
                        parameters.push(Parameter { name, kind, default });
                    }
                }
            }
        }
        parameters
    }
}

fn split_parameters(text: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(text[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// How an argument may be given for a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position only.
    PositionalOnly,
    /// By position or keyword.
    Either,
    /// By keyword only.
    KeywordOnly,
    /// `*args`
    VarArgs,
    /// `**kwargs`
    VarKeywords,
}

/// A parameter of a native.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// How it may be given.
    pub kind: ParameterKind,
    /// The text of its default, when it has one.
    pub default: Option<&'static str>,
}

/// Declares a table of natives. Each row: a doc comment, the role (`method`, `function`, `classmethod`, `staticmethod`,
/// `getter`, `setter`; with `step` or `control` before it for those sorts, and `resume` for a control that sends its
/// second argument, or None, to its first when that is a generator), the signature, and the function.
///
/// ```text
/// natives! { pub(crate) static METHODS:
///     /// Remove and return the item at index (default last).
///     method "pop(self, index=-1, /)" => pop;
/// }
/// ```
#[macro_export]
macro_rules! natives {
    ($vis:vis static $table:ident: $($(#[doc = $doc:literal])* $role:ident $($role2:ident)? $signature:literal => $function:expr;)*) => {
        $vis static $table: &[$crate::objects::native::NativeDef] = &[$(
            $crate::objects::native::NativeDef {
                name: $crate::objects::native::name_of($signature),
                signature: $signature,
                doc: concat!($($doc, "\n"),*),
                arity: $crate::objects::native::Arity::of($signature),
                role: $crate::natives!(@role $role $($role2)?),
                code: $crate::natives!(@code $role $function),
                resumes: $crate::natives!(@resumes $role),
                direct: $crate::objects::native::Arity::of($signature)
                    .direct($crate::natives!(@role $role $($role2)?), $crate::natives!(@code $role $function)),
            },
        )*];
    };
    (@role step $role:ident) => { $crate::natives!(@role $role) };
    (@role control $role:ident) => { $crate::natives!(@role $role) };
    (@role resume $role:ident) => { $crate::natives!(@role $role) };
    (@role function) => { $crate::objects::native::Role::Function };
    (@role method) => { $crate::objects::native::Role::Method };
    (@role classmethod) => { $crate::objects::native::Role::ClassMethod };
    (@role staticmethod) => { $crate::objects::native::Role::StaticMethod };
    (@role getter) => { $crate::objects::native::Role::Getter };
    (@role setter) => { $crate::objects::native::Role::Setter };
    (@code step $function:expr) => { $crate::objects::native::NativeCode::Step($function) };
    (@code control $function:expr) => { $crate::objects::native::NativeCode::Control($function) };
    (@code resume $function:expr) => { $crate::objects::native::NativeCode::Control($function) };
    (@resumes resume) => { true };
    (@resumes $role:ident) => { false };
    (@code $role:ident $function:expr) => { $crate::objects::native::NativeCode::Leaf($function) };
}

/// Describes a built-in class: a row of `types.rs` makes it at start-up.
pub struct TypeDef {
    /// `__name__`
    pub name: &'static str,
    /// `__module__`; `builtins` for most.
    pub module: &'static str,
    /// The docstring.
    pub doc: &'static str,
    /// Tables of methods, getters and setters.
    pub natives: &'static [&'static [NativeDef]],
    /// Whether programs may derive from it.
    pub subclassable: bool,
}

impl TypeDef {
    /// A class of module `builtins` that programs may not derive from.
    pub const fn new(name: &'static str, natives: &'static [&'static [NativeDef]]) -> TypeDef {
        TypeDef { name, module: "builtins", doc: "", natives, subclassable: false }
    }

    /// The same with a docstring.
    pub const fn doc(mut self, doc: &'static str) -> TypeDef {
        self.doc = doc;
        self
    }

    /// The same in another module.
    pub const fn module(mut self, module: &'static str) -> TypeDef {
        self.module = module;
        self
    }

    /// The same, open to subclassing.
    pub const fn base(mut self) -> TypeDef {
        self.subclassable = true;
        self
    }
}

/// Calls a leaf with positional arguments that [`Arity::takes`]; empty words stand for those that were not given.
///
/// # Errors
/// What the leaf raises.
#[inline]
pub fn call_leaf(ctx: &mut Ctx, def: &'static NativeDef, leaf: Leaf, args: &[Value]) -> PyResult {
    if args.len() == def.arity.max as usize {
        return leaf(ctx, args);
    }
    let mut padded: SmallVec<[Value; MOST_PADDED]> = args.iter().cloned().collect();
    padded.resize(def.arity.max as usize, Value::EMPTY);
    leaf(ctx, &padded)
}

/// The payload of built-in functions and methods, bound and unbound: `builtin_function_or_method`,
/// `method_descriptor`, `wrapper_descriptor`, `method-wrapper`, `classmethod_descriptor`, `getset_descriptor`; which of
/// them is a matter of shape.
pub struct Native {
    /// The declaration. For a getter, the getter's.
    pub def: &'static NativeDef,
    /// For an attribute that can be set, the setter.
    pub setter: Option<&'static NativeDef>,
    /// The class that a method or attribute belongs to, else empty.
    pub owner: Slot,
    /// What the method is bound to, else empty.
    pub this: Slot,
    /// `__module__`: a str, or None.
    pub module: Slot,
}

impl Payload for Native {
    const KIND: Kind = Kind::Native;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.owner.peek(&mut *visit);
        self.this.peek(&mut *visit);
        self.module.peek(visit);
    }

    fn clear(&self) {
        self.this.take();
    }
}

impl Native {
    /// Whether a method may be called with this as its first argument: an instance of the owner (for a class method, a
    /// subclass of it).
    #[inline]
    pub fn accepts_self(&self, this: &Value) -> bool {
        if matches!(self.def.role, Role::StaticMethod | Role::Function) {
            return true;
        }
        if self.def.role != Role::Method {
            return false;
        }
        let Some(header) = this.header() else { return false };
        self.owns(header) || self.accepts_subclass(header)
    }

    /// Whether an object's class is the very one that a method belongs to.
    #[inline(always)]
    pub(crate) fn owns(&self, header: &Header) -> bool {
        self.owner.bits() == header.shape().class_bits()
    }

    fn accepts_subclass(&self, header: &Header) -> bool {
        self.owner.peek(|owner| {
            owner
                .downcast_ref::<super::class::Class>()
                .is_none_or(|owner| header.shape().with_class(|class| class.is_subclass_of(owner)))
        })
    }

    /// Whether a call with these positional arguments needs no check of its first one.
    #[inline]
    pub fn is_for(&self, args: &[Value]) -> bool {
        match self.def.role {
            Role::Function => true,
            Role::Method => args.first().is_some_and(|this| self.accepts_self(this)),
            Role::StaticMethod | Role::ClassMethod | Role::Getter | Role::Setter => false,
        }
    }
}

/// A running step native, on the same chain as Python frames.
pub struct NativeFrame {
    /// Who gets control back: the word of a frame's address, 0 at the bottom of the chain. Not counted: the chain owns
    /// the frames below its top.
    pub prev: Cell<usize>,
    /// What runs.
    pub step: Step,
    /// Where the state machine stands; 0 at the start.
    pub state: Cell<u32>,
    /// What the call put together, `None` for frames that the loop makes for its own purposes.
    pub def: Option<&'static NativeDef>,
    /// Arguments, then whatever the native keeps.
    pub locals: RefCell<SmallVec<[Value; 4]>>,
    /// Takes the items of the generator that the native walks through, or what the function of the `map` or `filter` gives,
    /// as long as it can.
    pub sink: Cell<Option<Sink>>,
    /// The local with the `map` or `filter` that the native walks through, when results of its function go to the sink; 0
    /// for none, else one more than its number.
    pub calling: Cell<u8>,
}

/// Takes an item from a generator, for a native that walks through it, without continuing the native: the generator runs
/// on at once. An item that takes Python code is not for a sink; it comes back, and the native is continued with it.
pub type Sink = fn(&Obj<NativeFrame>, Value) -> Option<Value>;

impl Payload for NativeFrame {
    const KIND: Kind = Kind::NativeFrame;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.locals.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        let old = std::mem::take(&mut *self.locals.borrow_mut());
        drop(old);
    }
}

impl NativeFrame {
    /// A copy of a local.
    pub fn local(&self, index: usize) -> Value {
        self.locals.borrow().get(index).cloned().unwrap_or_default()
    }

    /// Looks at a local, which nobody changes meanwhile; None when it is not there or `look` gives nothing.
    #[inline]
    pub fn with_local<R>(&self, index: usize, look: impl FnOnce(&Value) -> Option<R>) -> Option<R> {
        look(self.locals.borrow().get(index)?)
    }

    /// Sets a local, making room for it.
    pub fn set_local(&self, index: usize, value: Value) {
        let old = {
            let mut locals = self.locals.borrow_mut();
            while locals.len() <= index {
                locals.push(Value::EMPTY);
            }
            std::mem::replace(&mut locals[index], value)
        };
        drop(old);
    }
}

/// A frame for a step native, not yet on the chain.
pub fn new_native_frame(step: Step, def: Option<&'static NativeDef>, locals: SmallVec<[Value; 4]>) -> Ref<NativeFrame> {
    let frame = NativeFrame {
        prev: Cell::new(0),
        step,
        state: Cell::new(0),
        def,
        locals: RefCell::new(locals),
        sink: Cell::new(None),
        calling: Cell::new(0),
    };
    alloc(ShapeId::exact(Kind::NativeFrame), frame)
}
