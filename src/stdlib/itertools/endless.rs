//! `count`, `cycle` and `repeat`: iterators that need not end.
//!
//! Source: "Infinite iterators" in "itertools" of the Standard Library reference.

use std::cell::{Cell, RefCell};

use super::{holds, reduced, stepping};
use crate::code::BinaryOperator;
use crate::objects::ctx::Ctx;
use crate::objects::heap::Slot;
use crate::objects::iterator::{Iter, NativeIterator, is_leaf, new_iter, next_inner, successor};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::native::{PyResult, Step, receiver, shape_asked};
use crate::objects::string::new_str;
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::objects::{int, protocol};

crate::natives! { pub(super) static COUNT:
    staticmethod "__new__(cls, start=0, step=1)" => new_count;
    method "__repr__(self, /)" => count_repr;
}

crate::natives! { pub(super) static CYCLE:
    staticmethod "__new__(cls, iterable, /)" => new_cycle;
}

crate::natives! { pub(super) static REPEAT:
    staticmethod "__new__(cls, object, times=<unrepresentable>)" => new_repeat;
    method "__repr__(self, /)" => repeat_repr;
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

/// What `cycle` runs.
pub(super) struct Cycle {
    /// Empty once the first pass is complete.
    pub(super) iterator: Slot,
    pub(super) saved: RefCell<Vec<Value>>,
    pub(super) index: Cell<usize>,
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

    fn step_among_threads(&self) -> Option<Step> {
        if self.leaf { None } else { Some(stepping::cycle) }
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
