//! Module `itertools`: building blocks for iterators.
//!
//! Every class is an [`Iter`] with its own [`NativeIterator`]: one struct that holds the iterators
//! it draws from in cells, and a `next`. Here are the linear ones; `combinatoric.rs` has `product`, `permutations` and
//! their kin, `grouping.rs` has `groupby` and `tee`, whose parts share state.
//!
//! Source: "itertools" of the Standard Library reference.

mod combinatoric;
mod grouping;

use std::cell::{Cell, RefCell};

use crate::code::BinaryOperator;
use crate::objects::class::flags;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::heap::Slot;
use crate::objects::iterator::{
    self, Filter, Iter, NativeIterator, is_leaf, is_leaf_callable, iterators_of, new_iter, next_inner, successor,
};
use crate::objects::kind::Kind;
use crate::objects::list::{items_at_once, new_list};
use crate::objects::native::{NativeDef, PyResult, receiver, shape_asked};
use crate::objects::string::{Str, intern, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{generic_alias, int, module, protocol};

/// Traces, clears and shows the iterator as its own type; the arguments are the slots that it holds.
macro_rules! holds {
    ($($slot:ident),*) => {
        fn trace(&self, visit: &mut dyn FnMut(&Value)) {
            let _ = &visit;
            $(self.$slot.peek(&mut *visit);)*
        }

        fn clear(&self) {
            $(self.$slot.take();)*
        }

        fn as_any(&self) -> &dyn std::any::Any {
            self
        }
    };
}
use holds;

crate::natives! { static ACCUMULATE:
    staticmethod "__new__(cls, iterable, func=None, *, initial=None)" => new_accumulate;
}

crate::natives! { static BATCHED:
    staticmethod "__new__(cls, iterable, n, *, strict=False)" => new_batched;
}

crate::natives! { static CHAIN:
    staticmethod "__new__(cls, /, *iterables)" => new_chain;
    /// Alternative chain() constructor taking a single iterable argument that evaluates lazily.
    classmethod "from_iterable(cls, iterable, /)" => chain_from_iterable;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { static COMPRESS:
    staticmethod "__new__(cls, data, selectors)" => new_compress;
}

crate::natives! { static COUNT:
    staticmethod "__new__(cls, start=0, step=1)" => new_count;
    method "__repr__(self, /)" => count_repr;
}

crate::natives! { static CYCLE:
    staticmethod "__new__(cls, iterable, /)" => new_cycle;
}

crate::natives! { static DROPWHILE:
    staticmethod "__new__(cls, predicate, iterable, /)" => new_dropwhile;
}

crate::natives! { static FILTERFALSE:
    staticmethod "__new__(cls, function, iterable, /)" => new_filterfalse;
}

crate::natives! { static ISLICE:
    staticmethod "__new__(cls, iterable, start, stop=<unrepresentable>, step=<unrepresentable>, /)" => new_islice;
}

crate::natives! { static PAIRWISE:
    staticmethod "__new__(cls, iterable, /)" => new_pairwise;
}

crate::natives! { static REPEAT:
    staticmethod "__new__(cls, object, times=<unrepresentable>)" => new_repeat;
    method "__repr__(self, /)" => repeat_repr;
}

crate::natives! { static STARMAP:
    staticmethod "__new__(cls, function, iterable, /)" => new_starmap;
}

crate::natives! { static TAKEWHILE:
    staticmethod "__new__(cls, predicate, iterable, /)" => new_takewhile;
}

crate::natives! { static ZIP_LONGEST:
    staticmethod "__new__(cls, /, *iterables, **kwargs)" => new_zip_longest;
}

const PLAIN: &[NativeDef] = iterator::METHODS;
const REDUCE: &[NativeDef] = iterator::REDUCE_METHODS;
const HINT: &[NativeDef] = iterator::HINT_METHODS;

/// Makes the module.
///
/// # Errors
/// None.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "Functional tools for creating and using iterators.";
    let module = module::new_module(ctx, "itertools", Some(doc));
    let rows: &[(&str, &'static str, &[&'static [NativeDef]])] = &[
        (
            "accumulate",
            "Return series of accumulated sums (or other binary function results).",
            &[ACCUMULATE, PLAIN, REDUCE],
        ),
        ("batched", "Batch data into tuples of length n. The last batch may be shorter than n.", &[BATCHED, PLAIN]),
        (
            "chain",
            "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
            &[CHAIN, PLAIN, REDUCE],
        ),
        ("compress", "Return data elements corresponding to true selector elements.", &[COMPRESS, PLAIN, REDUCE]),
        (
            "count",
            "Return a count object whose .__next__() method returns consecutive values.",
            &[COUNT, PLAIN, REDUCE],
        ),
        (
            "cycle",
            "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
            &[CYCLE, PLAIN, REDUCE],
        ),
        ("dropwhile", "Drop items from the iterable while predicate(item) is true.", &[DROPWHILE, PLAIN, REDUCE]),
        (
            "filterfalse",
            "Return those items of iterable for which function(item) is false.",
            &[FILTERFALSE, PLAIN, REDUCE],
        ),
        (
            "islice",
            "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object",
            &[ISLICE, PLAIN, REDUCE],
        ),
        ("pairwise", "Return an iterator of overlapping pairs taken from the input iterator.", &[PAIRWISE, PLAIN]),
        (
            "repeat",
            "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.",
            &[REPEAT, PLAIN, REDUCE, HINT],
        ),
        (
            "starmap",
            "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
            &[STARMAP, PLAIN, REDUCE],
        ),
        (
            "takewhile",
            "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
            &[TAKEWHILE, PLAIN, REDUCE],
        ),
        (
            "zip_longest",
            "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.",
            &[ZIP_LONGEST, PLAIN, REDUCE],
        ),
        (
            "product",
            "Cartesian product of input iterables.  Equivalent to nested for-loops.",
            &[combinatoric::PRODUCT, PLAIN, REDUCE],
        ),
        (
            "combinations",
            "Return successive r-length combinations of elements in the iterable.",
            &[combinatoric::COMBINATIONS, PLAIN, REDUCE],
        ),
        (
            "combinations_with_replacement",
            "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.",
            &[combinatoric::WITH_REPLACEMENT, PLAIN, REDUCE],
        ),
        (
            "permutations",
            "Return successive r-length permutations of elements in the iterable.",
            &[combinatoric::PERMUTATIONS, PLAIN, REDUCE],
        ),
        (
            "groupby",
            "make an iterator that returns consecutive keys and groups from the iterable",
            &[grouping::GROUPBY, PLAIN],
        ),
        ("_grouper", "", &[grouping::GROUPER, PLAIN]),
        ("_tee", "Iterator wrapped to make it copyable.", &[grouping::TEE, PLAIN]),
    ];
    for (name, doc, tables) in rows {
        let object = ctx.types.object.clone();
        // The groups of groupby are made by it alone, nobody derives from them.
        let class_flags = if name.starts_with('_') { 0 } else { flags::SUBCLASSABLE };
        let class = ctx.types.define_class(name, "itertools", doc, &[&object], Kind::Iter, class_flags, tables);
        grouping::remember(ctx, name, &class);
        module.dict.set_str(&intern(name), class.into_value());
    }
    grouping::define_links(ctx);
    for def in grouping::FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("itertools", def));
    }
    Ok(module.into_value())
}

/// `(class, args)`, what most `__reduce__` methods give.
fn reduced(ctx: &Ctx, this: &Value, args: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>) -> Value {
    let class = protocol::class_of(ctx, this).into_value();
    new_tuple([class, new_tuple(args).into_value()]).into_value()
}

/// An iterator made empty, for what `__reduce__` of a spent one gives.
fn spent(ctx: &mut Ctx) -> PyResult {
    let empty = new_tuple([]).into_value();
    protocol::iter(ctx, &empty)
}

struct Accumulate {
    iterator: Slot,
    function: Slot,
    /// Empty before the first item.
    total: Slot,
    /// Empty when there is none, or when it was given out.
    initial: Slot,
    leaf: bool,
}

fn new_accumulate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[1])?;
    let given = |value: &Value| if value.is_none() { Value::EMPTY } else { value.clone() };
    let function = given(&args[2]);
    let leaf = is_leaf(&iterator) && (function.is_empty() || is_leaf_callable(&function));
    let source = Accumulate {
        iterator: Slot::new(iterator),
        function: Slot::new(function),
        total: Slot::default(),
        initial: Slot::new(given(&args[3])),
        leaf,
    };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for Accumulate {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let initial = self.initial.take();
        if !initial.is_empty() {
            self.total.set(initial.clone());
            return Ok(Some(initial));
        }
        let Some(item) = next_inner(ctx, &self.iterator.get())? else { return Ok(None) };
        let total = self.total.get();
        let total = if total.is_empty() {
            item
        } else {
            let function = self.function.get();
            if function.is_empty() {
                protocol::binary_op(ctx, BinaryOperator::Add, &total, &item)?
            } else {
                protocol::call(ctx, &function, &[total, item])?
            }
        };
        self.total.set(total.clone());
        Ok(Some(total))
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    holds!(iterator, function, total, initial);
}

struct Batched {
    /// Empty once exhausted.
    iterator: Slot,
    size: usize,
    strict: bool,
    leaf: bool,
}

fn new_batched(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let size = protocol::as_isize(ctx, &args[2])?;
    let strict = !args[3].is_empty() && protocol::truth(ctx, &args[3])?;
    if size < 1 {
        return Err(ctx.value_error("n must be at least one"));
    }
    let iterator = protocol::iter(ctx, &args[1])?;
    let leaf = is_leaf(&iterator);
    let source = Batched { iterator: Slot::new(iterator), size: size as usize, strict, leaf };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for Batched {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        if iterator.is_empty() {
            return Ok(None);
        }
        let mut batch = Vec::new();
        while batch.len() < self.size {
            match next_inner(ctx, &iterator) {
                Ok(Some(item)) => batch.push(item),
                Ok(None) => {
                    self.iterator.take();
                    if batch.is_empty() {
                        return Ok(None);
                    }
                    if self.strict {
                        return Err(ctx.value_error("batched(): incomplete batch"));
                    }
                    break;
                }
                Err(raised) => {
                    self.iterator.take();
                    return Err(raised);
                }
            }
        }
        Ok(Some(new_tuple(batch).into_value()))
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    holds!(iterator);
}

struct Chain {
    /// Iterator of the iterables; empty once exhausted.
    source: Slot,
    /// Iterator of the iterable under way, or empty.
    active: Slot,
    leaf: bool,
}

fn new_chain(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterables = args[1].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    let leaf = iterables.iter().all(is_leaf_iterable);
    chain_over(ctx, args, leaf)
}

fn chain_from_iterable(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    chain_over(ctx, args, false)
}

fn chain_over(ctx: &mut Ctx, args: &[Value], leaf: bool) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let source = protocol::iter(ctx, &args[1])?;
    Ok(new_iter(shape, Chain { source: Slot::new(source), active: Slot::default(), leaf }).into_value())
}

/// Whether going through an iterable runs no Python function.
fn is_leaf_iterable(iterable: &Value) -> bool {
    is_leaf(iterable)
        || iterable.header().is_some_and(|header| {
            let kinds = [Kind::List, Kind::Tuple, Kind::Str, Kind::Dict, Kind::Set, Kind::Range, Kind::DictView];
            !header.shape().is_user() && kinds.contains(&header.kind())
        })
}

impl NativeIterator for Chain {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        loop {
            let active = self.active.get();
            if !active.is_empty() {
                if let Some(item) = next_inner(ctx, &active)? {
                    return Ok(Some(item));
                }
                self.active.take();
            }
            let source = self.source.get();
            if source.is_empty() {
                return Ok(None);
            }
            let outcome = match next_inner(ctx, &source) {
                Ok(Some(iterable)) => protocol::iter(ctx, &iterable).map(Some),
                Ok(None) => Ok(None),
                Err(raised) => Err(raised),
            };
            match outcome {
                Ok(Some(iterator)) => self.active.set(iterator),
                Ok(None) => {
                    self.source.take();
                    return Ok(None);
                }
                Err(raised) => {
                    self.source.take();
                    return Err(raised);
                }
            }
        }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let class = protocol::class_of(ctx, this).into_value();
        let empty = new_tuple([]).into_value();
        let (source, active) = (self.source.get(), self.active.get());
        Ok(if source.is_empty() {
            new_tuple([class, empty]).into_value()
        } else if active.is_empty() {
            new_tuple([class, empty, new_tuple([source]).into_value()]).into_value()
        } else {
            new_tuple([class, empty, new_tuple([source, active]).into_value()]).into_value()
        })
    }

    holds!(source, active);
}

struct Compress {
    data: Slot,
    selectors: Slot,
    leaf: bool,
}

fn new_compress(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let (data, selectors) = (protocol::iter(ctx, &args[1])?, protocol::iter(ctx, &args[2])?);
    let leaf = is_leaf(&data) && is_leaf(&selectors);
    Ok(new_iter(shape, Compress { data: Slot::new(data), selectors: Slot::new(selectors), leaf }).into_value())
}

impl NativeIterator for Compress {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let (data, selectors) = (self.data.get(), self.selectors.get());
        loop {
            let Some(item) = next_inner(ctx, &data)? else { return Ok(None) };
            let Some(selector) = next_inner(ctx, &selectors)? else { return Ok(None) };
            if protocol::truth(ctx, &selector)? {
                return Ok(Some(item));
            }
        }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(reduced(ctx, this, [self.data.get(), self.selectors.get()]))
    }

    holds!(data, selectors);
}

struct Count {
    current: Slot,
    step: Slot,
}

impl Count {
    fn steps_by_one(&self) -> bool {
        self.step.get().as_small_int() == Some(1)
    }
}

fn is_number(ctx: &Ctx, value: &Value) -> bool {
    let names = [&ctx.names.__index__, &ctx.names.__float__, &ctx.names.__int__, &ctx.names.__complex__];
    names.into_iter().any(|name| protocol::lookup_special(ctx, value, name).is_some())
}

fn new_count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    for number in &args[1..] {
        if !number.is_empty() && !is_number(ctx, number) {
            return Err(ctx.type_error("a number is required"));
        }
    }
    let given = |value: &Value, default| if value.is_empty() { int::from_i64(default) } else { value.clone() };
    let source = Count { current: Slot::new(given(&args[1], 0)), step: Slot::new(given(&args[2], 1)) };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for Count {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let current = self.current.get();
        let next = if self.steps_by_one() && current.as_small_int().is_some() {
            successor(&current)
        } else {
            let step = self.step.get();
            protocol::binary_op(ctx, BinaryOperator::Add, &current, &step)?
        };
        self.current.set(next);
        Ok(Some(current))
    }

    fn is_leaf(&self) -> bool {
        self.current.get().as_small_int().is_some() && self.step.get().as_small_int().is_some()
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(if self.steps_by_one() {
            reduced(ctx, this, [self.current.get()])
        } else {
            reduced(ctx, this, [self.current.get(), self.step.get()])
        })
    }

    holds!(current, step);
}

/// The source of an iterator of a known class.
fn source_of<'a, T: NativeIterator>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a T> {
    match receiver::<Iter>(ctx, args)?.get::<T>() {
        Some(source) => Ok(source),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn count_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let count = source_of::<Count>(ctx, args)?;
    let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
    let current = protocol::repr(ctx, &count.current.get())?;
    if count.steps_by_one() {
        return Ok(new_str(format!("{name}({})", current.as_str())).into_value());
    }
    let step = protocol::repr(ctx, &count.step.get())?;
    Ok(new_str(format!("{name}({}, {})", current.as_str(), step.as_str())).into_value())
}

struct Cycle {
    /// Empty once the first pass is complete.
    iterator: Slot,
    saved: RefCell<Vec<Value>>,
    index: Cell<usize>,
    leaf: bool,
}

fn new_cycle(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[1])?;
    let leaf = is_leaf(&iterator);
    let source = Cycle { iterator: Slot::new(iterator), saved: RefCell::default(), index: Cell::new(0), leaf };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for Cycle {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        if !iterator.is_empty() {
            if let Some(item) = next_inner(ctx, &iterator)? {
                self.saved.borrow_mut().push(item.clone());
                return Ok(Some(item));
            }
            self.iterator.take();
        }
        let saved = self.saved.borrow();
        let item = saved.get(self.index.get()).cloned();
        self.index.set(if self.index.get() + 1 < saved.len() { self.index.get() + 1 } else { 0 });
        Ok(item)
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.iterator.peek(&mut *visit);
        self.saved.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        self.iterator.take();
        let old = std::mem::take(&mut *self.saved.borrow_mut());
        drop(old);
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let saved = self.saved.borrow().clone();
        let iterator = self.iterator.get();
        let rest = if iterator.is_empty() {
            let list = new_list(saved.clone()).into_value();
            protocol::iter(ctx, &list)?
        } else {
            iterator
        };
        let class = protocol::class_of(ctx, this).into_value();
        let state = new_tuple([new_list(saved).into_value(), Value::bool(self.iterator.is_empty())]).into_value();
        Ok(new_tuple([class, new_tuple([rest]).into_value(), state]).into_value())
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

struct DropWhile {
    predicate: Slot,
    iterator: Slot,
    /// Whether an item was kept, after which all are.
    started: Cell<bool>,
    leaf: bool,
}

fn new_dropwhile(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[2])?;
    let leaf = is_leaf(&iterator) && is_leaf_callable(&args[1]);
    let predicate = Slot::new(args[1].clone());
    let source = DropWhile { predicate, iterator: Slot::new(iterator), started: Cell::new(false), leaf };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for DropWhile {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        loop {
            let Some(item) = next_inner(ctx, &iterator)? else { return Ok(None) };
            if self.started.get() {
                return Ok(Some(item));
            }
            let predicate = self.predicate.get();
            let answer = protocol::call(ctx, &predicate, std::slice::from_ref(&item))?;
            if !protocol::truth(ctx, &answer)? {
                self.started.set(true);
                return Ok(Some(item));
            }
        }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(reduced(ctx, this, [self.predicate.get(), self.iterator.get()]))
    }

    holds!(predicate, iterator);
}

fn new_filterfalse(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[2])?;
    Ok(new_iter(shape, Filter::new(args[1].clone(), iterator, false)).into_value())
}

struct ISlice {
    /// Empty once exhausted.
    iterator: Slot,
    /// Items taken so far.
    taken: Cell<usize>,
    /// Number of the next item to give out.
    wanted: Cell<usize>,
    stop: Option<usize>,
    step: usize,
    leaf: bool,
}

fn new_islice(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let bound = |ctx: &mut Ctx, value: &Value, message: &str| -> PyResult<Option<usize>> {
        if value.is_none() || value.is_empty() {
            return Ok(None);
        }
        match protocol::as_isize(ctx, value) {
            Ok(bound) if bound >= 0 => Ok(Some(bound as usize)),
            Ok(_) => Err(ctx.value_error(message)),
            Err(raised) => {
                drop(ctx.take_raised(raised));
                Err(ctx.value_error(message))
            }
        }
    };
    let stop_message = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let (start, stop) = if args[3].is_empty() {
        (0, bound(ctx, &args[2], stop_message)?)
    } else {
        let message = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
        let stop = bound(ctx, &args[3], stop_message)?;
        (bound(ctx, &args[2], message)?.unwrap_or(0), stop)
    };
    let message = "Step for islice() must be a positive integer or None.";
    let step = bound(ctx, &args[4], message)?.unwrap_or(1);
    if step < 1 {
        return Err(ctx.value_error(message));
    }
    let iterator = protocol::iter(ctx, &args[1])?;
    let leaf = is_leaf(&iterator);
    let source =
        ISlice { iterator: Slot::new(iterator), taken: Cell::new(0), wanted: Cell::new(start), stop, step, leaf };
    Ok(new_iter(shape, source).into_value())
}

impl ISlice {
    fn advance(&self, ctx: &mut Ctx, iterator: &Value) -> PyResult<Option<Value>> {
        let limit = self.stop.unwrap_or(usize::MAX);
        while self.taken.get() < self.wanted.get() {
            if next_inner(ctx, iterator)?.is_none() {
                return Ok(None);
            }
            self.taken.set(self.taken.get() + 1);
        }
        if self.taken.get() >= limit {
            return Ok(None);
        }
        let item = next_inner(ctx, iterator)?;
        if item.is_some() {
            self.taken.set(self.taken.get() + 1);
            self.wanted.set(self.wanted.get().saturating_add(self.step).min(limit));
        }
        Ok(item)
    }
}

impl NativeIterator for ISlice {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        if iterator.is_empty() {
            return Ok(None);
        }
        let item = self.advance(ctx, &iterator);
        if !matches!(item, Ok(Some(_))) {
            self.iterator.take();
        }
        item
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let iterator = self.iterator.get();
        if iterator.is_empty() {
            let empty = spent(ctx)?;
            return Ok(reduced(ctx, this, [empty, int::from_i64(0)]));
        }
        let stop = self.stop.map_or(Value::NONE, |stop| int::from_usize(stop.saturating_sub(self.taken.get())));
        let start = int::from_usize(self.wanted.get().saturating_sub(self.taken.get()));
        Ok(reduced(ctx, this, [iterator, start, stop, int::from_usize(self.step)]))
    }

    holds!(iterator);
}

struct Pairwise {
    /// Empty once exhausted.
    iterator: Slot,
    /// The item before, empty at the start.
    previous: Slot,
    leaf: bool,
}

fn new_pairwise(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[1])?;
    let leaf = is_leaf(&iterator);
    Ok(new_iter(shape, Pairwise { iterator: Slot::new(iterator), previous: Slot::default(), leaf }).into_value())
}

impl NativeIterator for Pairwise {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        if iterator.is_empty() {
            return Ok(None);
        }
        if self.previous.is_empty() {
            match next_inner(ctx, &iterator)? {
                Some(first) => self.previous.set(first),
                None => {
                    self.clear();
                    return Ok(None);
                }
            }
        }
        let previous = self.previous.get();
        match next_inner(ctx, &iterator)? {
            Some(item) => {
                self.previous.set(item.clone());
                Ok(Some(new_tuple([previous, item]).into_value()))
            }
            None => {
                self.clear();
                Ok(None)
            }
        }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    holds!(iterator, previous);
}

struct Repeat {
    item: Slot,
    /// None without end.
    left: Cell<Option<usize>>,
}

fn new_repeat(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let left = if args[2].is_empty() { None } else { Some(protocol::as_isize(ctx, &args[2])?.max(0) as usize) };
    Ok(new_iter(shape, Repeat { item: Slot::new(args[1].clone()), left: Cell::new(left) }).into_value())
}

impl NativeIterator for Repeat {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        if let Some(left) = self.left.get() {
            let Some(left) = left.checked_sub(1) else { return Ok(None) };
            self.left.set(Some(left));
        }
        Ok(Some(self.item.get()))
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn hint(&self, ctx: &mut Ctx) -> PyResult<usize> {
        match self.left.get() {
            Some(left) => Ok(left),
            None => Err(ctx.type_error("len() of unsized object")),
        }
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(match self.left.get() {
            Some(left) => reduced(ctx, this, [self.item.get(), int::from_usize(left)]),
            None => reduced(ctx, this, [self.item.get()]),
        })
    }

    holds!(item);
}

fn repeat_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let repeat = source_of::<Repeat>(ctx, args)?;
    let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
    let item = protocol::repr(ctx, &repeat.item.get())?;
    Ok(new_str(match repeat.left.get() {
        Some(left) => format!("{name}({}, {left})", item.as_str()),
        None => format!("{name}({})", item.as_str()),
    })
    .into_value())
}

struct StarMap {
    function: Slot,
    iterator: Slot,
    leaf: bool,
}

fn new_starmap(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[2])?;
    let leaf = is_leaf(&iterator) && is_leaf_callable(&args[1]);
    let source = StarMap { function: Slot::new(args[1].clone()), iterator: Slot::new(iterator), leaf };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for StarMap {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let Some(row) = next_inner(ctx, &self.iterator.get())? else { return Ok(None) };
        let args = match items_at_once(&row) {
            Some(args) => args,
            None => protocol::collect(ctx, &row)?,
        };
        let function = self.function.get();
        protocol::call(ctx, &function, &args).map(Some)
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(reduced(ctx, this, [self.function.get(), self.iterator.get()]))
    }

    holds!(function, iterator);
}

struct TakeWhile {
    predicate: Slot,
    iterator: Slot,
    stopped: Cell<bool>,
    leaf: bool,
}

fn new_takewhile(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[2])?;
    let leaf = is_leaf(&iterator) && is_leaf_callable(&args[1]);
    let predicate = Slot::new(args[1].clone());
    let source = TakeWhile { predicate, iterator: Slot::new(iterator), stopped: Cell::new(false), leaf };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for TakeWhile {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        if self.stopped.get() {
            return Ok(None);
        }
        let Some(item) = next_inner(ctx, &self.iterator.get())? else { return Ok(None) };
        let predicate = self.predicate.get();
        let answer = protocol::call(ctx, &predicate, std::slice::from_ref(&item))?;
        if protocol::truth(ctx, &answer)? {
            return Ok(Some(item));
        }
        self.stopped.set(true);
        Ok(None)
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(reduced(ctx, this, [self.predicate.get(), self.iterator.get()]))
    }

    holds!(predicate, iterator);
}

struct ZipLongest {
    /// The iterators; empty words stand for exhausted ones.
    iterators: RefCell<Vec<Value>>,
    active: Cell<usize>,
    fill: Slot,
    leaf: bool,
}

fn new_zip_longest(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterators = iterators_of(ctx, &args[1], 0)?;
    let leaf = iterators.iter().all(is_leaf);
    let keywords = args[2].downcast_ref::<Dict>().map(|dict| dict.entries()).unwrap_or_default();
    let fill = match keywords.as_slice() {
        [] => Value::NONE,
        [(name, fill)] if name.downcast_ref::<Str>().is_some_and(|name| name.as_str() == "fillvalue") => fill.clone(),
        _ => return Err(ctx.type_error("zip_longest() got an unexpected keyword argument")),
    };
    let active = Cell::new(iterators.len());
    let source = ZipLongest { iterators: RefCell::new(iterators), active, fill: Slot::new(fill), leaf };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for ZipLongest {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        if self.active.get() == 0 {
            return Ok(None);
        }
        let iterators = self.iterators.borrow().clone();
        let mut row = Vec::with_capacity(iterators.len());
        for (index, iterator) in iterators.iter().enumerate() {
            if iterator.is_empty() {
                row.push(self.fill.get());
                continue;
            }
            match next_inner(ctx, iterator) {
                Ok(Some(item)) => row.push(item),
                Ok(None) => {
                    self.active.set(self.active.get().saturating_sub(1));
                    if self.active.get() == 0 {
                        return Ok(None);
                    }
                    let old = self.iterators.borrow_mut().get_mut(index).map(std::mem::take);
                    drop(old);
                    row.push(self.fill.get());
                }
                Err(raised) => {
                    self.active.set(0);
                    return Err(raised);
                }
            }
        }
        Ok(Some(new_tuple(row).into_value()))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.fill.peek(&mut *visit);
        self.iterators.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        self.active.set(0);
        let old = std::mem::take(&mut *self.iterators.borrow_mut());
        drop(old);
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let mut args = Vec::new();
        for iterator in self.iterators.borrow().iter() {
            args.push(if iterator.is_empty() { new_tuple([]).into_value() } else { iterator.clone() });
        }
        let class = protocol::class_of(ctx, this).into_value();
        Ok(new_tuple([class, new_tuple(args).into_value(), self.fill.get()]).into_value())
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// The items of an iterable as a vector, for pools.
fn pool(ctx: &mut Ctx, iterable: &Value) -> PyResult<Vec<Value>> {
    match iterable.downcast_ref::<Tuple>() {
        Some(tuple) if !tuple.header().shape().is_user() => Ok(tuple.items().to_vec()),
        _ => protocol::collect(ctx, iterable),
    }
}
