//! The classes of `builtins` that make iterators of iterators: `enumerate`, `zip`, `map`, `filter`, `reversed`.
//!
//! Source: "Built-in Functions" of the Standard Library reference.

use std::cell::Cell;

use smallvec::SmallVec;

use super::advance::{enumerate_step, filter_step, map_step, zip_step};
use super::ctx::Ctx;
use super::heap::Slot;
use super::iterator::{
    NativeIterator, Pair, class_value, empty_tuple, is_leaf, is_leaf_callable, new_iter, next_inner,
};
use super::kind::Kind;
use super::native::{PyResult, Step, shape_asked};
use super::shape::ShapeId;
use super::signals::Pace;
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use super::{generic_alias, int, protocol};

crate::natives! { pub(crate) static ENUMERATE_METHODS:
    staticmethod "__new__(cls, iterable=<unrepresentable>, start=0)" => new_enumerate;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { pub(crate) static ZIP_METHODS:
    staticmethod "__new__(cls, /, *iterables, strict=False)" => new_zip;
}

crate::natives! { pub(crate) static MAP_METHODS:
    staticmethod "__new__(cls, /, *args)" => new_map;
}

crate::natives! { pub(crate) static FILTER_METHODS:
    staticmethod "__new__(cls, function, iterable, /)" => new_filter;
}

crate::natives! { pub(crate) static REVERSED_METHODS:
    staticmethod "__new__(cls, sequence, /)" => new_reversed;
}

/// The exact shapes of `enumerate` and `zip` objects, which the loop knows.
pub const SHAPE_ENUMERATE: ShapeId = ShapeId::numbered(Kind::Iter, 131);
/// See [`SHAPE_ENUMERATE`].
pub const SHAPE_ZIP: ShapeId = ShapeId::numbered(Kind::Iter, 132);

/// The tuple that an iterator gave last, which it fills again when nobody has kept it: a `for` that takes each tuple apart
/// makes only one.
#[derive(Default)]
pub struct Reused(Slot);

impl Reused {
    /// A tuple of the items, which are moved out. What the tuple held before is left in their places.
    pub fn tuple(&self, items: &mut [Value]) -> Value {
        // No other reference: nobody can see the change, or is looking at the items.
        let held = self.0.take();
        if let Some(tuple) = held.downcast_ref::<Tuple>()
            && tuple.header().count() == 1
            && tuple.len() == items.len()
        {
            for (place, item) in tuple.tail().iter().zip(items) {
                *item = place.replace(std::mem::take(item));
            }
            let again = held.clone();
            self.0.set(held);
            return again;
        }
        let new = new_tuple(items.iter_mut().map(std::mem::take)).into_value();
        // One that was kept stays, so that a caller who collects the tuples costs nothing more.
        self.0.set(if held.is_empty() { new.clone() } else { held });
        new
    }

    /// Shows the tuple.
    pub fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.0.peek(visit);
    }

    /// Gives the tuple up.
    pub fn clear(&self) {
        self.0.take();
    }
}

/// What `enumerate` runs.
pub struct Enumerate {
    /// The iterator.
    pub iterator: Slot,
    /// Number of the next item, an int of any size.
    pub count: Slot,
    last: Reused,
    leaf: bool,
}

fn new_enumerate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    if args[1].is_empty() {
        return Err(ctx.type_error("enumerate() missing required argument 'iterable'"));
    }
    let count = if args[2].is_empty() { int::from_i64(0) } else { protocol::index_value(ctx, &args[2])? };
    let iterator = protocol::iter(ctx, &args[1])?;
    let leaf = is_leaf(&iterator);
    let source = Enumerate { iterator: Slot::new(iterator), count: Slot::new(count), last: Reused::default(), leaf };
    Ok(new_iter(shape, source).into_value())
}

/// The int after an int.
pub fn successor(number: &Value) -> Value {
    match number.as_small_int() {
        Some(i) => int::from_i64(i + 1),
        None => int::from_bigint(int::to_bigint(number).unwrap_or_default() + 1),
    }
}

impl Enumerate {
    /// The next tuple, with the next item.
    pub(super) fn number(&self, item: Value) -> Value {
        let count = self.count.get();
        self.count.set(successor(&count));
        self.last.tuple(&mut [count, item])
    }
}

impl NativeIterator for Enumerate {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        Ok(next_inner(ctx, &iterator)?.map(|item| self.number(item)))
    }

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(enumerate_step) }
    }

    fn next_pair(&self, ctx: &mut Ctx) -> PyResult<Pair> {
        let iterator = self.iterator.get();
        let Some(item) = next_inner(ctx, &iterator)? else { return Ok(Pair::End) };
        let count = self.count.get();
        self.count.set(successor(&count));
        Ok(Pair::Of(count, item))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.iterator.peek(&mut *visit);
        self.count.peek(&mut *visit);
        self.last.trace(visit);
    }

    fn clear(&self) {
        self.iterator.set(Value::NONE);
        self.last.clear();
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let args = new_tuple([self.iterator.get(), self.count.get()]).into_value();
        Ok(new_tuple([class_value(ctx, this), args]).into_value())
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// What `zip` runs.
pub struct Zip {
    /// A tuple of the iterators.
    pub iterators: Slot,
    strict: Cell<bool>,
    last: Reused,
    leaf: bool,
}

fn new_zip(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let strict = !args[2].is_empty() && protocol::truth(ctx, &args[2])?;
    let iterators = iterators_of(ctx, &args[1], 0)?;
    let leaf = iterators.iter().all(is_leaf);
    let iterators = Slot::new(new_tuple(iterators).into_value());
    let source = Zip { iterators, strict: Cell::new(strict), last: Reused::default(), leaf };
    Ok(new_iter(shape, source).into_value())
}

/// The iterators of the items of a tuple, from one on.
pub fn iterators_of(ctx: &mut Ctx, iterables: &Value, from: usize) -> PyResult<Vec<Value>> {
    let Some(tuple) = iterables.downcast_ref::<Tuple>() else { return Ok(Vec::new()) };
    tuple.items()[from..].iter().map(|iterable| protocol::iter(ctx, iterable)).collect()
}

impl Zip {
    /// A tuple of the items, which are moved out.
    pub(super) fn row(&self, items: &mut [Value]) -> Value {
        self.last.tuple(items)
    }

    /// An iterator came to its end: checks in a strict zip that all do so together.
    pub(super) fn check_end(&self, ctx: &mut Ctx, iterators: &[Value], ended: usize) -> PyResult<()> {
        if self.strict.get() { self.check_lengths(ctx, iterators, ended) } else { Ok(()) }
    }

    /// An iterator came to its end: in a strict zip, all must do so together.
    fn check_lengths(&self, ctx: &mut Ctx, iterators: &[Value], ended: usize) -> PyResult<()> {
        let before = |count: usize| if count == 1 { " 1".to_owned() } else { format!("s 1-{count}") };
        if ended > 0 {
            let before = before(ended);
            let number = ended + 1;
            return Err(ctx.value_error(format!("zip() argument {number} is shorter than argument{before}")));
        }
        for (index, iterator) in iterators.iter().enumerate().skip(1) {
            if next_inner(ctx, iterator)?.is_some() {
                let before = before(index);
                let number = index + 1;
                return Err(ctx.value_error(format!("zip() argument {number} is longer than argument{before}")));
            }
        }
        Ok(())
    }
}

impl Zip {
    /// The next items of its only two iterators.
    #[inline(always)]
    fn two(&self, ctx: &mut Ctx, first: &Value, second: &Value) -> PyResult<Option<(Value, Value)>> {
        let ended = match next_inner(ctx, first)? {
            Some(a) => match next_inner(ctx, second)? {
                Some(b) => return Ok(Some((a, b))),
                None => 1,
            },
            None => 0,
        };
        if self.strict.get()
            && let Some(iterators) = self.iterators.get().downcast_ref::<Tuple>()
        {
            self.check_lengths(ctx, iterators.items(), ended)?;
        }
        Ok(None)
    }
}

impl NativeIterator for Zip {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterators = self.iterators.get();
        let Some(iterators) = iterators.downcast_ref::<Tuple>().filter(|tuple| !tuple.is_empty()) else {
            return Ok(None);
        };
        if let [first, second] = iterators.items() {
            return Ok(self.two(ctx, first, second)?.map(|(a, b)| self.last.tuple(&mut [a, b])));
        }
        let mut items: SmallVec<[Value; 4]> = SmallVec::with_capacity(iterators.len());
        for (index, iterator) in iterators.items().iter().enumerate() {
            match next_inner(ctx, iterator)? {
                Some(item) => items.push(item),
                None => {
                    if self.strict.get() {
                        self.check_lengths(ctx, iterators.items(), index)?;
                    }
                    return Ok(None);
                }
            }
        }
        Ok(Some(self.last.tuple(&mut items)))
    }

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(zip_step) }
    }

    fn next_pair(&self, ctx: &mut Ctx) -> PyResult<Pair> {
        let iterators = self.iterators.get();
        let Some([first, second]) = iterators.downcast_ref::<Tuple>().map(|tuple| tuple.items()) else {
            return Ok(Pair::None);
        };
        Ok(match self.two(ctx, first, second)? {
            Some((a, b)) => Pair::Of(a, b),
            None => Pair::End,
        })
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.iterators.peek(&mut *visit);
        self.last.trace(visit);
    }

    fn clear(&self) {
        self.iterators.take();
        self.last.clear();
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let class = class_value(ctx, this);
        Ok(if self.strict.get() {
            new_tuple([class, self.iterators.get(), Value::TRUE]).into_value()
        } else {
            new_tuple([class, self.iterators.get()]).into_value()
        })
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        self.strict.set(protocol::truth(ctx, state)?);
        Ok(())
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// What `map` runs.
pub struct Map {
    /// The function.
    pub function: Slot,
    /// A tuple of the iterators.
    pub iterators: Slot,
    /// Whether the iterators run no Python function.
    pub inner_leaf: bool,
    leaf: bool,
}

fn new_map(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let function = match args[1].downcast_ref::<Tuple>().map(|tuple| tuple.items()) {
        Some([function, _, ..]) => function.clone(),
        _ => return Err(ctx.type_error("map() must have at least two arguments.")),
    };
    let iterators = iterators_of(ctx, &args[1], 1)?;
    let inner_leaf = iterators.iter().all(is_leaf);
    let leaf = is_leaf_callable(&function) && inner_leaf;
    let source = Map {
        function: Slot::new(function),
        iterators: Slot::new(new_tuple(iterators).into_value()),
        inner_leaf,
        leaf,
    };
    Ok(new_iter(shape, source).into_value())
}

impl NativeIterator for Map {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterators = self.iterators.get();
        let Some(iterators) = iterators.downcast_ref::<Tuple>() else { return Ok(None) };
        let mut args: SmallVec<[Value; 3]> = SmallVec::with_capacity(iterators.len());
        for iterator in iterators.items() {
            match next_inner(ctx, iterator)? {
                Some(item) => args.push(item),
                None => return Ok(None),
            }
        }
        let function = self.function.get();
        protocol::call(ctx, &function, &args).map(Some)
    }

    fn step(&self) -> Option<Step> {
        if self.leaf { None } else { Some(map_step) }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.function.peek(&mut *visit);
        self.iterators.peek(visit);
    }

    fn clear(&self) {
        self.iterators.take();
        self.function.set(Value::NONE);
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let mut args = vec![self.function.get()];
        if let Some(iterators) = self.iterators.get().downcast_ref::<Tuple>() {
            args.extend_from_slice(iterators.items());
        }
        Ok(new_tuple([class_value(ctx, this), new_tuple(args).into_value()]).into_value())
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// What `filter` and `itertools.filterfalse` run.
pub struct Filter {
    /// The function, or None for the truth of the items themselves.
    pub function: Slot,
    /// The iterator.
    pub iterator: Slot,
    /// Items are kept when the answer is this.
    pub wanted: bool,
    /// Whether the iterator runs no Python function, and there is a function to call.
    pub(super) inner_leaf: bool,
    leaf: bool,
}

impl Filter {
    /// A filter over an iterator.
    pub fn new(function: Value, iterator: Value, wanted: bool) -> Filter {
        let simple = function.is_none() || is_leaf_callable(&function);
        let inner_leaf = is_leaf(&iterator);
        Filter {
            function: Slot::new(function),
            iterator: Slot::new(iterator),
            wanted,
            inner_leaf: inner_leaf && !simple,
            leaf: inner_leaf && simple,
        }
    }
}

fn new_filter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let iterator = protocol::iter(ctx, &args[2])?;
    Ok(new_iter(shape, Filter::new(args[1].clone(), iterator, true)).into_value())
}

impl NativeIterator for Filter {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let (iterator, function) = (self.iterator.get(), self.function.get());
        let plain = function.is_none() || function.is(ctx.types.bool_.value());
        let mut pace = Pace::default();
        while let Some(item) = next_inner(ctx, &iterator)? {
            let kept = if plain {
                protocol::truth(ctx, &item)?
            } else {
                let answer = protocol::call(ctx, &function, std::slice::from_ref(&item))?;
                protocol::truth(ctx, &answer)?
            };
            if kept == self.wanted {
                return Ok(Some(item));
            }
            pace.step(ctx)?;
        }
        Ok(None)
    }

    fn step(&self) -> Option<Step> {
        if self.leaf { None } else { Some(filter_step) }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.function.peek(&mut *visit);
        self.iterator.peek(visit);
    }

    fn clear(&self) {
        self.iterator.set(Value::NONE);
        self.function.set(Value::NONE);
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let args = new_tuple([self.function.get(), self.iterator.get()]).into_value();
        Ok(new_tuple([class_value(ctx, this), args]).into_value())
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn new_reversed(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let sequence = &args[1];
    match protocol::lookup_special(ctx, sequence, &ctx.names.__reversed__) {
        Some(method) if !method.is_none() => return protocol::call_unbound(ctx, &method, sequence, &[]),
        None if protocol::lookup_special(ctx, sequence, &ctx.names.__getitem__).is_some()
            && !sequence.is_kind::<super::dict::Dict>() => {}
        _ => return Err(protocol::type_mismatch(ctx, "'{}' object is not reversible", sequence)),
    }
    let left = protocol::length(ctx, sequence)?;
    Ok(new_iter(shape, Reversed { sequence: Slot::new(sequence.clone()), left: Cell::new(left) }).into_value())
}

/// `reversed()` of a sequence without `__reversed__`.
struct Reversed {
    sequence: Slot,
    /// One more than the index of the next item.
    left: Cell<usize>,
}

impl NativeIterator for Reversed {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let sequence = self.sequence.get();
        let Some(index) = self.left.get().checked_sub(1).filter(|_| !sequence.is_empty()) else {
            self.clear();
            return Ok(None);
        };
        match protocol::get_item(ctx, &sequence, &int::from_usize(index)) {
            Ok(item) => {
                self.left.set(index);
                Ok(Some(item))
            }
            Err(raised) => {
                let end = ctx.raised_is(&ctx.exceptions.IndexError) || ctx.raised_is(&ctx.exceptions.StopIteration);
                if !end {
                    return Err(raised);
                }
                drop(ctx.take_raised(raised));
                self.clear();
                Ok(None)
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.sequence.peek(visit);
    }

    fn clear(&self) {
        self.left.set(0);
        self.sequence.take();
    }

    fn hint(&self, ctx: &mut Ctx) -> PyResult<usize> {
        let sequence = self.sequence.get();
        if sequence.is_empty() {
            return Ok(0);
        }
        let length = protocol::length(ctx, &sequence)?;
        Ok(if length < self.left.get() { 0 } else { self.left.get() })
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let (class, sequence) = (class_value(ctx, this), self.sequence.get());
        Ok(if sequence.is_empty() {
            new_tuple([class, new_tuple([empty_tuple()]).into_value()]).into_value()
        } else {
            let index = int::from_i64(self.left.get() as i64 - 1);
            new_tuple([class, new_tuple([sequence]).into_value(), index]).into_value()
        })
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        let index = protocol::as_isize(ctx, state)?;
        let sequence = self.sequence.get();
        if !sequence.is_empty() {
            let length = protocol::length(ctx, &sequence)?;
            self.left.set(((index.max(-1) + 1) as usize).min(length));
        }
        Ok(())
    }

    fn is_leaf(&self) -> bool {
        let sequence = self.sequence.get();
        let shape = sequence.header().map(|header| header.shape());
        matches!(shape, Some(shape) if shape == ShapeId::exact(Kind::Tuple) || shape == ShapeId::exact(Kind::Str))
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
