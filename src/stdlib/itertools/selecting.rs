//! `compress`, `dropwhile`, `filterfalse`, `islice` and `takewhile`: iterators that give out some of the items that they
//! are given, unchanged.
//!
//! Source: "Iterators terminating on the shortest input sequence" in "itertools" of the Standard Library reference.

use std::cell::Cell;

use super::{holds, reduced, spent, stepping};
use crate::objects::ctx::Ctx;
use crate::objects::heap::Slot;
use crate::objects::iterator::{Filter, NativeIterator, is_leaf, is_leaf_callable, new_iter, next_inner};
use crate::objects::kind::Kind;
use crate::objects::native::{PyResult, Step, shape_asked};
use crate::objects::signals::Pace;
use crate::objects::value::Value;
use crate::objects::{int, protocol};

crate::natives! { pub(super) static COMPRESS:
    staticmethod "__new__(cls, data, selectors)" => new_compress;
}

crate::natives! { pub(super) static DROPWHILE:
    staticmethod "__new__(cls, predicate, iterable, /)" => new_dropwhile;
}

crate::natives! { pub(super) static FILTERFALSE:
    staticmethod "__new__(cls, function, iterable, /)" => new_filterfalse;
}

crate::natives! { pub(super) static ISLICE:
    staticmethod "__new__(cls, iterable, start, stop=<unrepresentable>, step=<unrepresentable>, /)" => new_islice;
}

crate::natives! { pub(super) static TAKEWHILE:
    staticmethod "__new__(cls, predicate, iterable, /)" => new_takewhile;
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
        let mut pace = Pace::default();
        loop {
            let Some(item) = next_inner(ctx, &data)? else { return Ok(None) };
            let Some(selector) = next_inner(ctx, &selectors)? else { return Ok(None) };
            if protocol::truth(ctx, &selector)? {
                return Ok(Some(item));
            }
            pace.step(ctx)?;
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

/// What `dropwhile` runs.
pub(super) struct DropWhile {
    pub(super) predicate: Slot,
    pub(super) iterator: Slot,
    /// Whether an item was kept, after which all are.
    pub(super) started: Cell<bool>,
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
        let mut pace = Pace::default();
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
            pace.step(ctx)?;
        }
    }

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::drop_while) }
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

/// What `islice` runs.
pub(super) struct ISlice {
    /// Empty once exhausted.
    pub(super) iterator: Slot,
    /// Items taken so far.
    pub(super) taken: Cell<usize>,
    /// Number of the next item to give out.
    pub(super) wanted: Cell<usize>,
    pub(super) stop: Option<usize>,
    pub(super) step: usize,
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
        let mut pace = Pace::default();
        while self.taken.get() < self.wanted.get() {
            if next_inner(ctx, iterator)?.is_none() {
                return Ok(None);
            }
            self.taken.set(self.taken.get() + 1);
            pace.step(ctx)?;
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::islice) }
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

/// What `takewhile` runs.
pub(super) struct TakeWhile {
    pub(super) predicate: Slot,
    pub(super) iterator: Slot,
    pub(super) stopped: Cell<bool>,
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::take_while) }
    }

    fn is_leaf(&self) -> bool {
        self.leaf
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Ok(reduced(ctx, this, [self.predicate.get(), self.iterator.get()]))
    }

    holds!(predicate, iterator);
}
