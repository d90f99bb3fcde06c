//! Module `_functools`: `partial`, `reduce`, `cmp_to_key` and the cache behind `lru_cache`.
//!
//! Source: "functools" of the Standard Library reference.

use std::cell::{Cell, RefCell};

use smallvec::{SmallVec, smallvec};

use crate::code::Comparison;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::dict::{self, Dict};
use crate::objects::foreign::{Foreign, ForeignData, data_of, new_foreign};
use crate::objects::function::new_bound_method;
use crate::objects::heap::{Obj, Ref, Slot};
use crate::objects::iterator::{Walk, is_leaf, is_leaf_callable, walk};
use crate::objects::kind::Kind;
use crate::objects::native::{Action, Control, Input, NativeFrame, PyResult, Raised, shape_asked};
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, intern, intern_value, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{class_creation, generic_alias, int, module, protocol, warning};

crate::natives! { static FUNCTIONS:
    /// reduce(function, iterable[, initial], /) -> value
    ///
    /// Apply a function of two arguments cumulatively to the items of an iterable, from left to right.
    ///
    /// This effectively reduces the iterable to a single value.  If initial is present,
    /// it is placed before the items of the iterable in the calculation, and serves as
    /// a default when the iterable is empty.
    step function "reduce(function, iterable, initial=<unrepresentable>, /)" => reduce;
    /// Convert a cmp= function into a key= function.
    function "cmp_to_key(mycmp)" => cmp_to_key;
}

crate::natives! { static PARTIAL:
    staticmethod "__new__(cls, /, *args, **keywords)" => new_partial;
    control method "__call__(self, /, *args, **kwargs)" => call_partial;
    method "__repr__(self, /)" => partial_repr;
    method "__get__(self, instance, owner=None, /)" => partial_get;
    method "__reduce__(self, /)" => partial_reduce;
    method "__setstate__(self, state, /)" => partial_set_state;
    /// member: function object to use in future partial calls
    getter "func(self)" => |ctx, args| partial(ctx, args).map(|partial| partial.function.get());
    /// member: tuple of arguments to future partial calls
    getter "args(self)" => |ctx, args| partial(ctx, args).map(|partial| partial.args.get());
    /// member: dictionary of keyword arguments to future partial calls
    getter "keywords(self)" => |ctx, args| partial(ctx, args).map(|partial| partial.keywords.get());
    getter "__dict__(self)" => |_, args| Ok(protocol::attribute::attribute_dict(&args[0]).unwrap_or(Value::NONE));
    setter "__dict__(self, value)" => class_creation::set_instance_dict;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { static KEY_WRAPPER:
    control method "__call__(self, obj)" => call_key_wrapper;
    method "__eq__(self, value, /)" => |ctx, args| compare_keys(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| compare_keys(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| compare_keys(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| compare_keys(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| compare_keys(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| compare_keys(ctx, args, Comparison::GreaterEqual);
    /// Value wrapped by a key function.
    getter "obj(self)" => key_object;
}

crate::natives! { static CACHE:
    staticmethod "__new__(cls, user_function, maxsize, typed, cache_info_type)" => new_cache;
    control method "__call__(self, /, *args, **kwargs)" => call_cache;
    method "__get__(self, instance, owner=None, /)" => cache_get;
    /// Report cache statistics
    method "cache_info(self, /)" => cache_info;
    /// Clear the cache and cache statistics
    method "cache_clear(self, /)" => cache_clear;
    method "__reduce__(self, /)" => cache_reduce;
    method "__copy__(self, /)" => |_, args| Ok(args[0].clone());
    method "__deepcopy__(self, memo, /)" => |_, args| Ok(args[0].clone());
    getter "__dict__(self)" => |_, args| Ok(protocol::attribute::attribute_dict(&args[0]).unwrap_or(Value::NONE));
    setter "__dict__(self, value)" => class_creation::set_instance_dict;
}

/// The classes whose instances this module makes by itself.
#[derive(Default)]
struct Classes {
    partial: Option<Ref<Class>>,
    key_wrapper: Option<Ref<Class>>,
}

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_functools", Some("Tools that operate on functions."));
    let object = ctx.types.object.clone();
    let open = flags::SUBCLASSABLE | flags::HAS_DICT | flags::HAS_WEAKREF;
    let doc = "Create a new function with partial application of the given arguments and keywords.";
    let partial = ctx.types.define_class("partial", "functools", doc, &[&object], Kind::Foreign, open, &[PARTIAL]);
    module.dict.set_str(&intern("partial"), partial.value().clone());
    let doc = "Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\nmaxsize:  0         for no caching\n          None      for unlimited cache size\n          n         for a bounded cache\n\ntyped:    False     cache f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as distinct calls\n\ncache_info_type:    namedtuple class with the fields:\n                        hits misses currsize maxsize\n";
    let cache =
        ctx.types.define_class("_lru_cache_wrapper", "functools", doc, &[&object], Kind::Foreign, open, &[CACHE]);
    module.dict.set_str(&intern("_lru_cache_wrapper"), cache.into_value());
    let wrapper = ctx.types.define_class("KeyWrapper", "functools", "", &[&object], Kind::Foreign, 0, &[KEY_WRAPPER]);
    let classes = ctx.state::<Classes>();
    classes.partial = Some(partial);
    classes.key_wrapper = Some(wrapper);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_functools", def));
    }
    Ok(module.into_value())
}

fn wrong_self(ctx: &mut Ctx) -> Raised {
    ctx.type_error("the method belongs to another type")
}

/// States and locals of `reduce`: function, iterable, then the result so far.
mod reduction {
    /// An item was asked for.
    pub(super) const ITEM: u32 = 0;
    /// The function was called.
    pub(super) const CALL: u32 = 1;
    pub(super) const FUNCTION: usize = 0;
    pub(super) const ITERABLE: usize = 1;
    pub(super) const RESULT: usize = 2;
}

fn reduce(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let function = frame.local(reduction::FUNCTION);
    if is_leaf_callable(&function) {
        return reduce_by_leaf(ctx, frame, input, &function);
    }
    let item = match input {
        Input::Raised => return Err(Raised(())),
        Input::Exhausted(_) => return reduced(ctx, frame),
        Input::Start => {
            let iterator = reducible(ctx, &frame.local(reduction::ITERABLE))?;
            frame.set_local(reduction::ITERABLE, iterator);
            None
        }
        Input::Value(result) if frame.state.get() == reduction::CALL => {
            frame.set_local(reduction::RESULT, result);
            frame.state.set(reduction::ITEM);
            None
        }
        Input::Value(item) => Some(item),
    };
    let iterator = frame.local(reduction::ITERABLE);
    let mut item = item;
    loop {
        let next = match item.take() {
            Some(item) => item,
            None if is_leaf(&iterator) => match protocol::next(ctx, &iterator)? {
                Some(item) => item,
                None => return reduced(ctx, frame),
            },
            None => return Ok(Action::Next(iterator)),
        };
        let result = frame.local(reduction::RESULT);
        if !result.is_empty() {
            frame.state.set(reduction::CALL);
            return Ok(Action::Call(function, smallvec![result, next]));
        }
        frame.set_local(reduction::RESULT, next);
    }
}

fn reduce_by_leaf(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input, function: &Value) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let iterator = reducible(ctx, &frame.local(reduction::ITERABLE))?;
        frame.set_local(reduction::ITERABLE, iterator);
    }
    let mut result = frame.local(reduction::RESULT);
    let walked = walk(ctx, frame, input, reduction::ITERABLE, |ctx, item| {
        let so_far = std::mem::take(&mut result);
        result = if so_far.is_empty() { item } else { protocol::call(ctx, function, &[so_far, item])? };
        Ok(true)
    })?;
    frame.set_local(reduction::RESULT, result);
    match walked {
        Walk::Wait(action) => Ok(action),
        Walk::Done => reduced(ctx, frame),
    }
}

fn reducible(ctx: &mut Ctx, iterable: &Value) -> PyResult {
    match protocol::iter(ctx, iterable) {
        Err(raised) => {
            let class = ctx.exceptions.TypeError.clone();
            ctx.catch(raised, &class)?;
            Err(ctx.type_error("reduce() arg 2 must support iteration"))
        }
        iterator => iterator,
    }
}

fn reduced(ctx: &mut Ctx, frame: &Obj<NativeFrame>) -> PyResult<Action> {
    let result = frame.local(reduction::RESULT);
    if result.is_empty() {
        return Err(ctx.type_error("reduce() of empty iterable with no initial value"));
    }
    Ok(Action::Return(result))
}

/// The data of a `partial`.
struct Partial {
    function: Slot,
    /// A tuple.
    args: Slot,
    /// A dict.
    keywords: Slot,
}

impl ForeignData for Partial {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.function.peek(&mut *visit);
        self.args.peek(&mut *visit);
        self.keywords.peek(visit);
    }

    fn clear(&self) {
        self.function.set(Value::NONE);
        self.args.take();
        self.keywords.take();
    }
}

fn partial<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Partial> {
    args.first().and_then(data_of::<Partial>).ok_or_else(|| wrong_self(ctx))
}

/// The attribute dict of a foreign object, if it has one already.
fn attributes(value: &Value) -> Value {
    match value.downcast_ref::<Foreign>().and_then(Obj::attrs) {
        Some(slot) if !slot.is_empty() => slot.get(),
        _ => Value::NONE,
    }
}

fn new_partial(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let positional = args[1].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    let Some((function, rest)) = positional.split_first() else {
        return Err(ctx.type_error("type 'partial' takes at least one argument"));
    };
    if !protocol::is_callable(ctx, function) {
        return Err(ctx.type_error("the first argument must be callable"));
    }
    let keywords = dict::new_dict();
    let (mut function, mut all) = (function.clone(), Vec::new());
    // A partial of a partial is one partial, unless the inner one carries attributes.
    let inner = if attributes(&function).is_none() { data_of::<Partial>(&function) } else { None };
    let inner = inner.map(|inner| (inner.function.get(), inner.args.get(), inner.keywords.get()));
    if let Some((inner_function, inner_args, inner_keywords)) = inner {
        if let Some(tuple) = inner_args.downcast_ref::<Tuple>() {
            all.extend_from_slice(tuple.items());
        }
        if let Some(inner) = inner_keywords.downcast_ref::<Dict>() {
            keywords.merge(ctx, inner)?;
        }
        function = inner_function;
    }
    all.extend_from_slice(rest);
    if let Some(own) = args[2].downcast_ref::<Dict>() {
        keywords.merge(ctx, own)?;
    }
    let data = Partial {
        function: Slot::new(function),
        args: Slot::new(new_tuple(all).into_value()),
        keywords: Slot::new(keywords.into_value()),
    };
    Ok(new_foreign(shape, data).into_value())
}

/// The keyword arguments of `__call__(self, /, *args, **kwargs)`, when there are any.
fn keywords_of(args: &[Value]) -> Option<&Obj<Dict>> {
    args.get(2)?.downcast_ref::<Dict>().filter(|keywords| !keywords.is_empty())
}

fn call_partial(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let partial = partial(ctx, args)?;
    let (own, more) = (partial.args.get(), &args[1]);
    let mut positional: SmallVec<[Value; 8]> = SmallVec::new();
    for tuple in [&own, more].into_iter().filter_map(Value::downcast_ref::<Tuple>) {
        for item in tuple.items() {
            positional.push(item.clone());
        }
    }
    let own = partial.keywords.get();
    let own = own.downcast_ref::<Dict>().filter(|keywords| !keywords.is_empty());
    let keywords = match (own, keywords_of(args)) {
        (None, None) => return Ok(Control::Call(partial.function.get(), positional, Vec::new())),
        (Some(only), None) | (None, Some(only)) => only.entries(),
        (Some(own), Some(more)) => {
            let merged = dict::from_payload(own.copied());
            merged.merge(ctx, more)?;
            merged.entries()
        }
    };
    // A restored state may hold names that are not interned, which calls match by identity.
    let keywords = keywords.into_iter().map(|(name, value)| (intern_value(&name), value)).collect();
    Ok(Control::Call(partial.function.get(), positional, keywords))
}

fn partial_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let partial = partial(ctx, args)?;
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let class = protocol::class_of(ctx, &args[0]);
        let name = protocol::full_class_name(ctx, &class);
        let mut parts = vec![protocol::text::repr_string(ctx, &partial.function.get())?];
        if let Some(own) = partial.args.get().downcast_ref::<Tuple>() {
            for arg in own.items() {
                parts.push(protocol::text::repr_string(ctx, arg)?);
            }
        }
        if let Some(keywords) = partial.keywords.get().downcast_ref::<Dict>() {
            for (key, value) in keywords.entries() {
                let key = protocol::text::str_string(ctx, &key)?;
                parts.push(format!("{key}={}", protocol::text::repr_string(ctx, &value)?));
            }
        }
        Ok(format!("{name}({})", parts.join(", ")))
    })?;
    Ok(new_str(text.unwrap_or_else(|| "...".to_owned())).into_value())
}

fn partial_get(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if !args[1].is_none() {
        let category = ctx.exceptions.FutureWarning.clone();
        let message = ctx.str(
            "functools.partial will be a method descriptor in future Python versions; \
             wrap it in staticmethod() if you want to preserve the old behavior",
        );
        warning::warn(ctx, &category, &message, 1)?;
    }
    Ok(args[0].clone())
}

fn partial_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let partial = partial(ctx, args)?;
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let function = partial.function.get();
    let state = [function.clone(), partial.args.get(), partial.keywords.get(), attributes(&args[0])];
    Ok(new_tuple([class, new_tuple([function]).into_value(), new_tuple(state).into_value()]).into_value())
}

fn partial_set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let partial = partial(ctx, args)?;
    let Some([function, own, keywords, attributes]) = args[1].downcast_ref::<Tuple>().map(|tuple| tuple.items()) else {
        return Err(ctx.type_error("invalid partial state"));
    };
    let keywords_fit = keywords.is_none() || keywords.is_kind::<Dict>();
    if !protocol::is_callable(ctx, function) || !own.is_kind::<Tuple>() || !keywords_fit {
        return Err(ctx.type_error("invalid partial state"));
    }
    let own = match own.downcast_ref::<Tuple>() {
        Some(tuple) if tuple.header().shape().is_user() => new_tuple(tuple.items().to_vec()).into_value(),
        _ => own.clone(),
    };
    let keywords = match keywords.downcast_ref::<Dict>() {
        Some(keywords) if !dict::is_exact(keywords) => dict::from_payload(keywords.copied()).into_value(),
        Some(_) => keywords.clone(),
        None => dict::new_dict().into_value(),
    };
    partial.function.set(function.clone());
    partial.args.set(own);
    partial.keywords.set(keywords);
    if let Some(slot) = args[0].downcast_ref::<Foreign>().and_then(Obj::attrs) {
        slot.set(if attributes.is_none() { Value::EMPTY } else { attributes.clone() });
    }
    Ok(Value::NONE)
}

/// The data of what `cmp_to_key` gives: the comparison, and the object that is a key, empty in the key function itself.
struct KeyWrapper {
    compare: Slot,
    object: Slot,
}

impl ForeignData for KeyWrapper {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.compare.peek(&mut *visit);
        self.object.peek(visit);
    }

    fn clear(&self) {
        self.compare.set(Value::NONE);
        self.object.set(Value::NONE);
    }
}

fn new_key(ctx: &mut Ctx, compare: Value, object: Value) -> Value {
    let class = ctx.state::<Classes>().key_wrapper.clone();
    let shape = class.map_or(ShapeId::exact(Kind::Foreign), |class| class.instance_shape.get());
    new_foreign(shape, KeyWrapper { compare: Slot::new(compare), object: Slot::new(object) }).into_value()
}

fn cmp_to_key(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_key(ctx, args[0].clone(), Value::EMPTY))
}

fn key_wrapper<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a KeyWrapper> {
    args.first().and_then(data_of::<KeyWrapper>).ok_or_else(|| wrong_self(ctx))
}

fn call_key_wrapper(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let compare = key_wrapper(ctx, args)?.compare.get();
    Ok(Control::Return(new_key(ctx, compare, args[1].clone())))
}

fn key_object(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = key_wrapper(ctx, args)?.object.get();
    if object.is_empty() {
        return Err(ctx.attribute_error("object"));
    }
    Ok(object)
}

fn compare_keys(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let this = key_wrapper(ctx, args)?;
    let Some(other) = data_of::<KeyWrapper>(&args[1]) else {
        return Err(ctx.type_error("other argument must be K instance"));
    };
    let (x, y) = (this.object.get(), other.object.get());
    if x.is_empty() || y.is_empty() {
        return Err(ctx.attribute_error("object"));
    }
    let compare = this.compare.get();
    let order = protocol::call(ctx, &compare, &[x, y])?;
    protocol::rich_compare(ctx, op, &order, &int::from_i64(0))
}

/// The data of a function with a cache.
struct Cache {
    function: Slot,
    /// None for no bound.
    limit: Option<usize>,
    typed: bool,
    info_type: Slot,
    /// Key of a call to the number of its entry; without a bound, to the result itself.
    index: Ref<Dict>,
    entries: RefCell<Entries>,
    hits: Cell<u64>,
    misses: Cell<u64>,
    /// Stands in keys between positional and keyword arguments.
    mark: Value,
}

/// The results, linked from the least to the most recently used. Entry 0 is the two ends of the ring.
struct Entries {
    all: Vec<Entry>,
}

struct Entry {
    key: Value,
    hash: i64,
    result: Value,
    older: usize,
    newer: usize,
}

impl Entries {
    fn new() -> Entries {
        Entries { all: vec![Entry { key: Value::EMPTY, hash: 0, result: Value::EMPTY, older: 0, newer: 0 }] }
    }

    fn unlink(&mut self, entry: usize) {
        let (older, newer) = (self.all[entry].older, self.all[entry].newer);
        self.all[older].newer = newer;
        self.all[newer].older = older;
    }

    /// Makes an entry the most recently used one.
    fn link(&mut self, entry: usize) {
        let newest = self.all[0].older;
        self.all[entry].older = newest;
        self.all[entry].newer = 0;
        self.all[newest].newer = entry;
        self.all[0].older = entry;
    }
}

impl ForeignData for Cache {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.function.peek(&mut *visit);
        self.info_type.peek(&mut *visit);
        visit(self.index.value());
        visit(&self.mark);
        for entry in &self.entries.borrow().all {
            visit(&entry.key);
            visit(&entry.result);
        }
    }

    fn clear(&self) {
        self.function.set(Value::NONE);
        self.forget();
    }
}

impl Cache {
    fn forget(&self) {
        let old = std::mem::replace(&mut *self.entries.borrow_mut(), Entries::new());
        Dict::clear(&self.index);
        drop(old);
    }

    /// What a call is remembered under.
    fn key(&self, ctx: &Ctx, args: &Obj<Tuple>, keywords: Option<&Obj<Dict>>) -> Value {
        if !self.typed && keywords.is_none() {
            if let [only] = args.items() {
                let simple = only.as_small_int().is_some()
                    || only.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Str));
                if simple {
                    return only.clone();
                }
            }
            return args.to_value();
        }
        let mut key = args.items().to_vec();
        let entries = keywords.map(|keywords| keywords.entries()).unwrap_or_default();
        if !entries.is_empty() {
            key.push(self.mark.clone());
            for (name, value) in &entries {
                key.push(name.clone());
                key.push(value.clone());
            }
        }
        if self.typed {
            let values = args.items().iter().chain(entries.iter().map(|(_, value)| value));
            key.extend(values.map(|value| protocol::class_of(ctx, value).into_value()));
        }
        new_tuple(key).into_value()
    }

    /// A remembered result, which counts as used now.
    fn find(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<Option<Value>> {
        let Some(number) = self.index.get_hashed(ctx, hash, key)? else { return Ok(None) };
        if self.limit.is_none() {
            return Ok(Some(number));
        }
        let number = number.as_small_int().unwrap_or(0) as usize;
        let mut entries = self.entries.borrow_mut();
        if number == 0 || number >= entries.all.len() {
            return Ok(None);
        }
        entries.unlink(number);
        entries.link(number);
        Ok(Some(entries.all[number].result.clone()))
    }

    /// Remembers a result; a full cache forgets the one that was not used for the longest time.
    fn insert(&self, ctx: &mut Ctx, hash: i64, key: Value, result: Value) -> PyResult<()> {
        if self.limit.is_none() {
            return self.index.insert_hashed(ctx, hash, key, result).map(drop);
        }
        // The call itself may have remembered it.
        if self.index.get_hashed(ctx, hash, &key)?.is_some() {
            return Ok(());
        }
        let length = self.entries.borrow().all.len();
        if self.limit.is_none_or(|limit| length <= limit) {
            self.index.insert_hashed(ctx, hash, key.clone(), int::from_usize(length))?;
            let mut entries = self.entries.borrow_mut();
            entries.all.push(Entry { key, hash, result, older: 0, newer: 0 });
            entries.link(length);
            return Ok(());
        }
        let (oldest, old_key, old_hash) = {
            let entries = self.entries.borrow();
            let oldest = entries.all[0].newer;
            (oldest, entries.all[oldest].key.clone(), entries.all[oldest].hash)
        };
        self.index.remove_hashed(ctx, old_hash, &old_key)?;
        self.index.insert_hashed(ctx, hash, key.clone(), int::from_usize(oldest))?;
        let old = {
            let mut entries = self.entries.borrow_mut();
            if oldest >= entries.all.len() {
                return Ok(());
            }
            entries.unlink(oldest);
            let old = std::mem::replace(&mut entries.all[oldest], Entry { key, hash, result, older: 0, newer: 0 });
            entries.link(oldest);
            old
        };
        drop(old);
        Ok(())
    }
}

fn cache<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Cache> {
    args.first().and_then(data_of::<Cache>).ok_or_else(|| wrong_self(ctx))
}

fn new_cache(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    if !protocol::is_callable(ctx, &args[1]) {
        return Err(ctx.type_error("the first argument must be callable"));
    }
    let limit = if args[2].is_none() {
        None
    } else if protocol::lookup_special(ctx, &args[2], &ctx.names.__index__).is_some() {
        Some(protocol::as_isize(ctx, &args[2])?.max(0) as usize)
    } else {
        return Err(ctx.type_error("maxsize should be integer or None"));
    };
    let object = ctx.types.object.value().clone();
    let mark = protocol::call(ctx, &object, &[])?;
    let data = Cache {
        function: Slot::new(args[1].clone()),
        limit,
        typed: protocol::truth(ctx, &args[3])?,
        info_type: Slot::new(args[4].clone()),
        index: dict::new_dict(),
        entries: RefCell::new(Entries::new()),
        hits: Cell::new(0),
        misses: Cell::new(0),
        mark,
    };
    Ok(new_foreign(shape, data).into_value())
}

fn call_cache(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let cache = cache(ctx, args)?;
    let Some(positional) = args[1].downcast_ref::<Tuple>() else { return Err(wrong_self(ctx)) };
    let mut under = None;
    if cache.limit != Some(0) {
        let key = cache.key(ctx, positional, keywords_of(args));
        let hash = protocol::hash(ctx, &key)?;
        if let Some(result) = cache.find(ctx, hash, &key)? {
            cache.hits.set(cache.hits.get() + 1);
            return Ok(Control::Return(result));
        }
        under = Some([key, int::from_i64(hash)]);
    }
    cache.misses.set(cache.misses.get() + 1);
    Ok(Control::Step(fill_cache, args.iter().cloned().chain(under.into_iter().flatten()).collect()))
}

/// Calls the function and remembers the result. Locals: the cache, the arguments, the keyword arguments, then key and hash
/// of the call.
fn fill_cache(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    const KEY: usize = 3;
    const HASH: usize = 4;
    let this = frame.local(0);
    let Some(cache) = data_of::<Cache>(&this) else { return Err(wrong_self(ctx)) };
    match input {
        Input::Start => {
            let (args, keywords) = (frame.local(1), frame.local(2));
            let positional: SmallVec<[Value; 4]> =
                args.downcast_ref::<Tuple>().map_or(&[][..], |args| args.items()).iter().cloned().collect();
            let function = cache.function.get();
            match keywords.downcast_ref::<Dict>() {
                Some(keywords) if !keywords.is_empty() => {
                    Ok(Action::CallKeywords(function, positional, keywords.entries()))
                }
                _ => Ok(Action::Call(function, positional)),
            }
        }
        Input::Value(result) | Input::Exhausted(result) => {
            if cache.limit != Some(0) {
                let hash = int::to_i64(&frame.local(HASH)).unwrap_or(0);
                cache.insert(ctx, hash, frame.local(KEY), result.clone())?;
            }
            Ok(Action::Return(result))
        }
        Input::Raised => Err(Raised(())),
    }
}

fn cache_get(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    Ok(new_bound_method(args[0].clone(), args[1].clone()).into_value())
}

fn cache_info(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let cache = cache(ctx, args)?;
    let limit = cache.limit.map_or(Value::NONE, int::from_usize);
    let (hits, misses) = (int::from_u64(cache.hits.get()), int::from_u64(cache.misses.get()));
    let (info_type, count) = (cache.info_type.get(), int::from_usize(cache.index.len()));
    protocol::call(ctx, &info_type, &[hits, misses, limit, count])
}

fn cache_clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let cache = cache(ctx, args)?;
    cache.hits.set(0);
    cache.misses.set(0);
    cache.forget();
    Ok(Value::NONE)
}

/// Pickled by name, as a function is.
fn cache_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = ctx.names.__qualname__.clone();
    let name = protocol::get_attr(ctx, &args[0], &name)?;
    if !name.is_kind::<Str>() {
        return Err(ctx.type_error("__qualname__ must be a str"));
    }
    Ok(name)
}
