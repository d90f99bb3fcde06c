//! `accumulate`, `batched`, `chain`, `pairwise`, `starmap` and `zip_longest`: iterators that make new items, or one sequence,
//! of what they are given.
//!
//! Source: "Iterators terminating on the shortest input sequence" in "itertools" of the Standard Library reference.

use std::cell::{Cell, RefCell};

use super::{holds, reduced, stepping};
use crate::code::BinaryOperator;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::heap::Slot;
use crate::objects::iterator::{NativeIterator, is_leaf, is_leaf_callable, iterators_of, new_iter, next_inner};
use crate::objects::kind::Kind;
use crate::objects::list::items_at_once;
use crate::objects::native::{PyResult, Step, shape_asked};
use crate::objects::signals::Pace;
use crate::objects::string::Str;
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::objects::{generic_alias, protocol};

crate::natives! { pub(super) static ACCUMULATE:
    staticmethod "__new__(cls, iterable, func=None, *, initial=None)" => new_accumulate;
}

crate::natives! { pub(super) static BATCHED:
    staticmethod "__new__(cls, iterable, n, *, strict=False)" => new_batched;
}

crate::natives! { pub(super) static CHAIN:
    staticmethod "__new__(cls, /, *iterables)" => new_chain;
    /// Alternative chain() constructor taking a single iterable argument that evaluates lazily.
    classmethod "from_iterable(cls, iterable, /)" => chain_from_iterable;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { pub(super) static PAIRWISE:
    staticmethod "__new__(cls, iterable, /)" => new_pairwise;
}

crate::natives! { pub(super) static STARMAP:
    staticmethod "__new__(cls, function, iterable, /)" => new_starmap;
}

crate::natives! { pub(super) static ZIP_LONGEST:
    staticmethod "__new__(cls, /, *iterables, **kwargs)" => new_zip_longest;
}

/// What `accumulate` runs.
pub(super) struct Accumulate {
    pub(super) iterator: Slot,
    pub(super) function: Slot,
    /// Empty before the first item.
    pub(super) total: Slot,
    /// Empty when there is none, or when it was given out.
    pub(super) initial: Slot,
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::accumulate) }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    holds!(iterator, function, total, initial);
}

/// What `batched` runs.
pub(super) struct Batched {
    /// Empty once exhausted.
    pub(super) iterator: Slot,
    pub(super) size: usize,
    pub(super) strict: bool,
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::batched) }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    holds!(iterator);
}

/// What `chain` runs.
pub(super) struct Chain {
    /// Iterator of the iterables; empty once exhausted.
    pub(super) source: Slot,
    /// Iterator of the iterable under way, or empty.
    pub(super) active: Slot,
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
        let mut pace = Pace::default();
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
                Ok(Some(iterator)) => {
                    self.active.set(iterator);
                    pace.step(ctx)?;
                }
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::chain) }
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

/// What `pairwise` runs.
pub(super) struct Pairwise {
    /// Empty once exhausted.
    pub(super) iterator: Slot,
    /// The item before, empty at the start.
    pub(super) previous: Slot,
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::pairwise) }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    holds!(iterator, previous);
}

/// What `starmap` runs.
pub(super) struct StarMap {
    pub(super) function: Slot,
    pub(super) iterator: Slot,
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::starmap) }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(reduced(ctx, this, [self.function.get(), self.iterator.get()]))
    }

    holds!(function, iterator);
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
