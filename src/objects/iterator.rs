//! Iterators written in Rust that are not on the loop's fast path.

use std::cell::Cell;

use super::ctx::Ctx;
use super::heap::{Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::shape::ShapeId;
use super::value::Value;
use super::{int, protocol};

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static ENUMERATE_METHODS:
}

crate::natives! { pub(crate) static ZIP_METHODS:
}

crate::natives! { pub(crate) static MAP_METHODS:
}

crate::natives! { pub(crate) static FILTER_METHODS:
}

crate::natives! { pub(crate) static REVERSED_METHODS:
}

/// What an [`Iter`] runs. State is in cells: `next` may be entered again by the code that it calls.
pub trait NativeIterator: 'static {
    /// The next item, None when exhausted (then and ever after).
    ///
    /// # Errors
    /// Whatever the iteration raises.
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>>;

    /// Shows the values held.
    fn trace(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Drops the values held.
    fn clear(&self) {}

    /// `__length_hint__`, where the type has one.
    fn length_hint(&self) -> Option<usize> {
        None
    }

    /// For methods of the iterator's own type (`__reduce__`, `__setstate__`).
    fn as_any(&self) -> &dyn std::any::Any;
}

/// The payload of iterators such as `dict_keyiterator`, `enumerate`, `zip` or `itertools.chain`; which of them is a
/// matter of shape.
pub struct Iter {
    /// What runs.
    pub source: Box<dyn NativeIterator>,
}

impl Payload for Iter {
    const KIND: Kind = Kind::Iter;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.source.trace(visit);
    }

    fn clear(&self) {
        self.source.clear();
    }
}

/// A new iterator object of the given shape.
pub fn new_iter(shape: ShapeId, source: impl NativeIterator) -> Ref<Iter> {
    alloc(shape, Iter { source: Box::new(source) })
}

/// `iter()` of an object that has only `__getitem__`.
pub fn sequence_iterator(ctx: &Ctx, sequence: &Value) -> Value {
    let source = SequenceIterator { sequence: Slot::new(sequence.clone()), index: Cell::new(0) };
    new_iter(ctx.types.iterator.instance_shape.get(), source).into_value()
}

/// The old iteration protocol: `sequence[0]`, `sequence[1]`, ... until IndexError.
struct SequenceIterator {
    sequence: Slot,
    index: Cell<usize>,
}

impl NativeIterator for SequenceIterator {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let sequence = self.sequence.get();
        if sequence.is_empty() {
            return Ok(None);
        }
        let index = self.index.get();
        self.index.set(index + 1);
        match protocol::get_item(ctx, &sequence, &int::from_usize(index)) {
            Ok(item) => Ok(Some(item)),
            Err(raised) => {
                if ctx.raised_is(&ctx.exceptions.IndexError) || ctx.raised_is(&ctx.exceptions.StopIteration) {
                    drop(ctx.take_raised(raised));
                    self.sequence.set(Value::EMPTY);
                    return Ok(None);
                }
                Err(raised)
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.sequence.peek(visit);
    }

    fn clear(&self) {
        self.sequence.take();
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
