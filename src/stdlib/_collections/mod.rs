//! Module `_collections`: `deque`, `defaultdict` and what `collections` needs besides.
//!
//! `deque.rs` has the double-ended queue. `defaultdict` is a `dict` whose payload keeps one more value, the factory, in the slot
//! that dicts have for such classes.
//!
//! Source: "collections" of the Standard Library reference.

mod deque;

pub(super) use deque::{Deque, new_deque};

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::dict_view::{self, ViewKind};
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref, Slot};
use crate::objects::iterator::{Walk, walk};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised, receiver, shape_asked};
use crate::objects::string::{intern, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::{new_function, new_method};
use crate::objects::value::Value;
use crate::objects::{dict_methods, generic_alias, int, module, protocol};

crate::natives! { static FUNCTIONS:
    /// Count elements in the iterable, updating the mapping
    step function "_count_elements(mapping, iterable, /)" => count_elements;
}

crate::natives! { static DEFAULTDICT:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, default_factory=None, iterable=(), /, **kwargs)" => init;
    method "__repr__(self, /)" => repr;
    method "__or__(self, value, /)" => |ctx, args| union(ctx, &args[0], &args[1]);
    method "__ror__(self, value, /)" => |ctx, args| union(ctx, &args[1], &args[0]);
    /// __missing__(key) # Called by __getitem__ for missing key; pseudo-code:
    ///   if self.default_factory is None: raise KeyError((key,))
    ///   self[key] = value = self.default_factory()
    ///   return value
    method "__missing__(self, key, /)" => missing;
    /// D.copy() -> a shallow copy of D.
    method "copy(self, /)" => copy;
    /// D.copy() -> a shallow copy of D.
    method "__copy__(self, /)" => copy;
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
    /// Factory for default value called by __missing__().
    getter "default_factory(self)" => |ctx, args| receiver::<Dict>(ctx, args).map(factory_of);
    setter "default_factory(self, value)" => set_factory;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

// Methods of `OrderedDict`, which is a class in Python.
crate::natives! { static ORDERED:
    /// Move an existing element to the end (or beginning if last is false).
    ///
    /// Raise KeyError if the element does not exist.
    method "move_to_end(self, key, last=True)" => move_to_end;
    /// Remove and return a (key, value) pair from the dictionary.
    ///
    /// Pairs are returned in LIFO order if last is true or FIFO order if false.
    method "popitem(self, last=True)" => pop_item;
    /// od.pop(key[,default]) -> v, remove specified key and return the corresponding value.
    ///
    /// If the key is not found, return the default if given; otherwise,
    /// raise a KeyError.
    method "pop(self, key, default=<unrepresentable>)" => pop;
}

crate::natives! { static TUPLEGETTER:
    staticmethod "__new__(cls, index, doc, /)" => new_tuplegetter;
    method "__repr__(self, /)" => tuplegetter_repr;
    method "__get__(self, instance, owner=None, /)" => tuplegetter_get;
    method "__set__(self, instance, value, /)" => |ctx, _| Err(ctx.attribute_error("can't set attribute"));
    method "__delete__(self, instance, /)" => |ctx, _| Err(ctx.attribute_error("can't delete attribute"));
    /// Return state information for pickling.
    method "__reduce__(self, /)" => tuplegetter_reduce;
    getter "__doc__(self)" => |ctx, args| tuplegetter(ctx, args).map(|getter| getter.doc.get());
    setter "__doc__(self, value)" => tuplegetter_set_doc;
}

/// The classes whose instances this module makes by itself.
#[derive(Default)]
struct Classes {
    defaultdict: Option<Ref<Class>>,
    deque: Option<Ref<Class>>,
    deque_iterator: Option<Ref<Class>>,
    deque_reverse_iterator: Option<Ref<Class>>,
}

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n- defaultdict:  dict subclass with a default value factory\n";
    let module = module::new_module(ctx, "_collections", Some(doc));
    let (object, dict) = (ctx.types.object.clone(), ctx.types.dict.clone());
    let class_flags = flags::SUBCLASSABLE | flags::MAPPING | flags::HAS_WEAKREF;
    let doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe default factory is called without arguments to produce\na new value when a key is not present, in __getitem__ only.\nA defaultdict compares equal to a dict with the same items.\nAll remaining arguments are treated the same as if they were\npassed to the dict constructor, including keyword arguments.";
    let defaultdict =
        ctx.types.define_class("defaultdict", "collections", doc, &[&dict], Kind::Dict, class_flags, &[DEFAULTDICT]);
    module.dict.set_str(&intern("defaultdict"), defaultdict.value().clone());
    ctx.state::<Classes>().defaultdict = Some(defaultdict);
    let getter =
        ctx.types.define_class("_tuplegetter", "collections", "", &[&object], Kind::Foreign, 0, &[TUPLEGETTER]);
    module.dict.set_str(&intern("_tuplegetter"), getter.into_value());
    for def in ORDERED {
        module.dict.set_str(&intern(&format!("_ordered_{}", def.name())), new_method(&dict, def));
    }
    deque::define(ctx, &module);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_collections", def));
    }
    Ok(module.into_value())
}

fn move_to_end(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let last = args[2].is_empty() || protocol::truth(ctx, &args[2])?;
    if receiver::<Dict>(ctx, args)?.move_to_end(ctx, &args[1], last)? {
        return Ok(Value::NONE);
    }
    Err(ctx.key_error(&args[1]))
}

fn pop(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match receiver::<Dict>(ctx, args)?.remove(ctx, &args[1])? {
        Some((_, value)) => Ok(value),
        None if args[2].is_empty() => Err(ctx.key_error(&args[1])),
        None => Ok(args[2].clone()),
    }
}

fn pop_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let last = args[1].is_empty() || protocol::truth(ctx, &args[1])?;
    let dict = receiver::<Dict>(ctx, args)?;
    match if last { dict.pop_last() } else { dict.pop_first() } {
        Some((key, value)) => Ok(new_tuple([key, value]).into_value()),
        None => {
            let message = ctx.str("dictionary is empty");
            Err(ctx.key_error(&message))
        }
    }
}

/// `default_factory`, or None.
fn factory_of(dict: &Obj<Dict>) -> Value {
    if dict.extra.is_empty() { Value::NONE } else { dict.extra.get() }
}

fn set_factory(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Dict>(ctx, args)?.extra.set(args[1].clone());
    Ok(Value::NONE)
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = receiver::<Dict>(ctx, args)?;
    if !args[1].is_empty() && !args[1].is_none() && !protocol::is_callable(ctx, &args[1]) {
        return Err(ctx.type_error("first argument must be callable or None"));
    }
    dict.extra.set(if args[1].is_empty() { Value::NONE } else { args[1].clone() });
    if !args[2].is_empty() {
        dict_methods::update_from(ctx, dict, &args[2])?;
    }
    dict_methods::update_from(ctx, dict, &args[3])?;
    Ok(Value::NONE)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let dict = receiver::<Dict>(ctx, args)?;
    let factory = factory_of(dict);
    // A factory may refer to this very dict; its text is guarded under its own name.
    let factory_text = match factory.is_none() {
        true => "None".to_owned(),
        false => protocol::text::guarded_repr(ctx, &factory, |ctx| protocol::text::repr_string(ctx, &factory))?
            .unwrap_or_else(|| "...".to_owned()),
    };
    let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
    let plain = dict_methods::plain_repr(ctx, &args[0], dict)?;
    Ok(new_str(format!("{name}({factory_text}, {plain})")).into_value())
}

fn missing(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let factory = factory_of(receiver::<Dict>(ctx, args)?);
    if factory.is_none() {
        return Err(ctx.key_error(&args[1]));
    }
    let value = protocol::call(ctx, &factory, &[])?;
    protocol::set_item(ctx, &args[0], &args[1], value.clone())?;
    Ok(value)
}

fn copy(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let factory = factory_of(receiver::<Dict>(ctx, args)?);
    let class = protocol::class_of(ctx, &args[0]).into_value();
    protocol::call(ctx, &class, &[factory, args[0].clone()])
}

fn union(ctx: &mut Ctx, left: &Value, right: &Value) -> PyResult {
    if !left.is_kind::<Dict>() || !right.is_kind::<Dict>() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let known = ctx.state::<Classes>().defaultdict.clone();
    let is_default =
        |ctx: &Ctx, value: &Value| known.as_ref().is_some_and(|class| protocol::is_instance_of(ctx, value, class));
    let model = if is_default(ctx, left) { left } else { right };
    let Some(factory) = model.downcast_ref::<Dict>().map(factory_of) else { return Ok(Value::NOT_IMPLEMENTED) };
    let class = protocol::class_of(ctx, model).into_value();
    let result = protocol::call(ctx, &class, &[factory, left.clone()])?;
    if let Some(dict) = result.downcast_ref::<Dict>() {
        dict_methods::update_from(ctx, dict, right)?;
    }
    Ok(result)
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let factory = factory_of(receiver::<Dict>(ctx, args)?);
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let init_args = if factory.is_none() { new_tuple([]) } else { new_tuple([factory]) }.into_value();
    let items = dict_view::iterator(ctx, &args[0], ViewKind::Items, false);
    Ok(new_tuple([class, init_args, Value::NONE, Value::NONE, items]).into_value())
}

/// Locals: mapping, iterable.
fn count_elements(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let mapping = frame.local(0);
    let plain = plain_counter(ctx, &mapping);
    let walked = walk(ctx, frame, input, 1, |ctx, item| {
        match plain.then(|| mapping.downcast_ref::<Dict>()).flatten() {
            Some(dict) => dict.increment(ctx, item)?,
            None => {
                let count = protocol::call_method(ctx, &mapping, "get", &[item.clone(), int::from_i64(0)])?;
                let one = int::from_i64(1);
                let count = protocol::binary_op(ctx, crate::code::BinaryOperator::Add, &count, &one)?;
                protocol::set_item(ctx, &mapping, &item, count)?;
            }
        }
        Ok(true)
    })?;
    Ok(match walked {
        Walk::Wait(action) => action,
        Walk::Done => Action::Return(Value::NONE),
    })
}

/// Whether a mapping is a dict that has not redefined how values are read and written.
fn plain_counter(ctx: &Ctx, mapping: &Value) -> bool {
    mapping.is_kind::<Dict>()
        && ["get", "__setitem__"].into_iter().all(|name| {
            let name = intern(name);
            match (protocol::lookup_special(ctx, mapping, &name), ctx.types.dict.lookup(&name)) {
                (Some(own), Some(inherited)) => own.is(&inherited),
                _ => false,
            }
        })
}

/// The descriptor of a field of a named tuple.
struct TupleGetter {
    index: usize,
    doc: Slot,
}

impl ForeignData for TupleGetter {
    fn tuple_item(&self) -> Option<usize> {
        Some(self.index)
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.doc.peek(visit);
    }

    fn clear(&self) {
        self.doc.set(Value::NONE);
    }
}

fn tuplegetter<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a TupleGetter> {
    match args.first().and_then(data_of::<TupleGetter>) {
        Some(getter) => Ok(getter),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn new_tuplegetter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let index = protocol::as_isize(ctx, &args[1])?.max(0) as usize;
    Ok(new_foreign(shape, TupleGetter { index, doc: Slot::new(args[2].clone()) }).into_value())
}

fn tuplegetter_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let getter = tuplegetter(ctx, args)?;
    let doc = protocol::repr(ctx, &getter.doc.get())?;
    Ok(new_str(format!("_tuplegetter({}, {})", getter.index, doc.as_str())).into_value())
}

fn tuplegetter_get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let getter = tuplegetter(ctx, args)?;
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    match args[1].downcast_ref::<Tuple>() {
        Some(tuple) => match tuple.items().get(getter.index) {
            Some(item) => Ok(item.clone()),
            None => Err(ctx.index_error("tuple index out of range")),
        },
        None => {
            let index = getter.index;
            let class = protocol::class_name(ctx, &args[1]);
            Err(ctx.type_error(format!(
                "descriptor for index '{index}' for tuple subclasses doesn't apply to '{class}' object"
            )))
        }
    }
}

fn tuplegetter_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let getter = tuplegetter(ctx, args)?;
    let state = new_tuple([int::from_usize(getter.index), getter.doc.get()]).into_value();
    Ok(new_tuple([protocol::class_of(ctx, &args[0]).into_value(), state]).into_value())
}

fn tuplegetter_set_doc(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let doc = if args[1].is_empty() { Value::NONE } else { args[1].clone() };
    tuplegetter(ctx, args)?.doc.set(doc);
    Ok(Value::NONE)
}

/// Raises what a step native raises when its frame does not hold what it must.
fn broken() -> Raised {
    Raised(())
}
