//! Iterators written in Rust that are not on the loop's fast path.
//!
//! [`Iter`] is the one payload: which type it is, is a matter of shape, and what it does is a [`NativeIterator`]. Here are those
//! of the sequences and of `iter(callable, sentinel)`; `adapters.rs` has `enumerate`, `zip`, `map`, `filter` and `reversed`,
//! dicts, sets and ranges have theirs in their own files. How natives go through iterators is in `walk.rs`.
//!
//! Source: "Iterator Types" of the Standard Library reference.

use std::cell::Cell;

use super::advance::callable_step;
use super::bytes::{ByteArray, Bytes};
use super::class::Class;
use super::ctx::Ctx;
use super::heap::{Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::list::{ListIter, new_list, next_item};
use super::native::{Native, PyResult, Step, receiver};
use super::range::{RangeIter, next_number};
use super::shape::ShapeId;
use super::string::{self, Str, char_str, new_str};
use super::tuple::{self, TupleIter, new_tuple};
use super::value::Value;
use super::{int, protocol};

crate::natives! { pub(crate) static METHODS:
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    method "__next__(self, /)" => next;
}

crate::natives! { pub(crate) static HINT_METHODS:
    /// Private method returning an estimate of len(list(it)).
    method "__length_hint__(self, /)" => length_hint;
}

crate::natives! { pub(crate) static REDUCE_METHODS:
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
}

crate::natives! { pub(crate) static STATE_METHODS:
    /// Set state information for unpickling.
    method "__setstate__(self, object, /)" => set_state;
}

pub use super::adapters::{Filter, Map, iterators_of, successor};
pub use super::walk::{Walk, ask_length, collect_at_once, is_built_in, list_sink, walk, walk_at_once, walk_with};

/// What [`NativeIterator::next_pair`] says.
pub enum Pair {
    /// The two items of the next tuple.
    Of(Value, Value),
    /// There is no next tuple.
    End,
    /// The iterator makes no tuples of two items: ask [`NativeIterator::next`].
    None,
}

/// What an [`Iter`] runs. State is in cells: `next` may be entered again by the code that it calls.
pub trait NativeIterator: 'static {
    /// The next item, None when exhausted (then and ever after).
    ///
    /// # Errors
    /// Whatever the iteration raises.
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>>;

    /// As [`NativeIterator::next`], for the few that need the iterator object itself.
    ///
    /// # Errors
    /// Whatever the iteration raises.
    fn next_of(&self, ctx: &mut Ctx, _this: &Value) -> PyResult<Option<Value>> {
        self.next(ctx)
    }

    /// The items of the next tuple without the tuple, for a loop that takes it apart at once: `for i, x in enumerate(xs)`.
    ///
    /// # Errors
    /// As [`NativeIterator::next`].
    fn next_pair(&self, _ctx: &mut Ctx) -> PyResult<Pair> {
        Ok(Pair::None)
    }

    /// How to advance it on the chain of frames, when its next item takes a call of Python code; see
    /// [`step_of`](super::advance::step_of).
    fn step(&self) -> Option<Step> {
        None
    }

    /// As [`NativeIterator::step`], for iterators that save the frame while there is only one thread: what their next item
    /// takes must not keep other threads from going on.
    fn step_among_threads(&self) -> Option<Step> {
        None
    }

    /// Shows the values held.
    fn trace(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Drops the values held.
    fn clear(&self) {}

    /// `__length_hint__`, where the type has one.
    fn length_hint(&self) -> Option<usize> {
        None
    }

    /// `__length_hint__`, where the answer needs the context.
    ///
    /// # Errors
    /// Whatever `__len__` of what is iterated raises.
    fn hint(&self, _ctx: &mut Ctx) -> PyResult<usize> {
        Ok(self.length_hint().unwrap_or(0))
    }

    /// `__reduce__`: a callable, its arguments and perhaps a state.
    ///
    /// # Errors
    /// TypeError for iterators that cannot be copied.
    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        Err(protocol::type_mismatch(ctx, "cannot pickle '{}' object", this))
    }

    /// `__setstate__`
    ///
    /// # Errors
    /// TypeError for a wrong state.
    fn set_state(&self, _ctx: &mut Ctx, _state: &Value) -> PyResult<()> {
        Ok(())
    }

    /// Whether `next` is known to run no Python function, so that natives may loop over it without the interpreter loop.
    fn is_leaf(&self) -> bool {
        false
    }

    /// For methods of the iterator's own type.
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

impl Iter {
    /// How to advance it on the chain of frames, when it is to be done.
    pub fn step(&self, ctx: &Ctx) -> Option<Step> {
        self.source.step().or_else(|| if ctx.threads.count() > 1 { self.source.step_among_threads() } else { None })
    }

    /// The source, if it is a `T`.
    pub fn get<T: NativeIterator>(&self) -> Option<&T> {
        self.source.as_any().downcast_ref::<T>()
    }
}

/// A new iterator object of the given shape.
pub fn new_iter(shape: ShapeId, source: impl NativeIterator) -> Ref<Iter> {
    alloc(shape, Iter { source: Box::new(source) })
}

/// Whether advancing an iterator runs no Python function.
pub fn is_leaf(iterator: &Value) -> bool {
    match iterator.header() {
        Some(header) if header.shape().is_user() => false,
        Some(header) => match header.kind() {
            Kind::ListIter | Kind::RangeIter | Kind::TupleIter => true,
            Kind::Iter => iterator.downcast_ref::<Iter>().is_some_and(|iter| iter.source.is_leaf()),
            _ => false,
        },
        None => false,
    }
}

/// Whether calling a value runs no Python function directly: it is a native or a built-in class.
pub fn is_leaf_callable(callable: &Value) -> bool {
    callable.is_kind::<Native>()
        || callable.downcast_ref::<Class>().is_some_and(|class| !class.has_flag(super::class::flags::USER))
        || callable.downcast_ref::<super::foreign::Foreign>().is_some_and(|object| object.is_leaf_callable())
}

/// The next item of an iterator that another native iterator holds. Such nests may be as deep as the program likes, so they are
/// counted.
///
/// # Errors
/// What the iterator raises; RecursionError.
#[inline]
pub fn next_inner(ctx: &mut Ctx, iterator: &Value) -> PyResult<Option<Value>> {
    if let Some(list) = iterator.downcast_ref::<ListIter>()
        && list.header().shape() == ShapeId::exact(Kind::ListIter)
    {
        return Ok(next_item(list));
    }
    if let Some(range) = iterator.downcast_ref::<RangeIter>() {
        return Ok(next_number(range));
    }
    if let Some(tuple) = iterator.downcast_ref::<TupleIter>() {
        return Ok(tuple::next_item(tuple));
    }
    next_inner_slowly(ctx, iterator)
}

fn next_inner_slowly(ctx: &mut Ctx, iterator: &Value) -> PyResult<Option<Value>> {
    if !iterator.is_kind::<Iter>() {
        return protocol::next(ctx, iterator);
    }
    ctx.enter("")?;
    let item = protocol::next(ctx, iterator);
    ctx.leave();
    item
}

/// A name of `builtins`, for `__reduce__`.
pub fn builtin(ctx: &Ctx, name: &str) -> Value {
    ctx.builtins.get_str(&string::intern(name)).unwrap_or(Value::NONE)
}

/// What `__reduce__` of a spent iterator gives: `iter` of something empty.
pub fn reduce_spent(ctx: &Ctx, empty: Value) -> Value {
    new_tuple([builtin(ctx, "iter"), new_tuple([empty]).into_value()]).into_value()
}

/// What `__reduce__` of an iterator over a sequence gives.
pub fn reduce_at(ctx: &Ctx, sequence: Value, index: usize) -> Value {
    let args = new_tuple([sequence]).into_value();
    new_tuple([builtin(ctx, "iter"), args, int::from_usize(index)]).into_value()
}

pub(super) fn class_value(ctx: &Ctx, value: &Value) -> Value {
    protocol::class_of(ctx, value).into_value()
}

pub(super) fn empty_tuple() -> Value {
    new_tuple([]).into_value()
}

fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match receiver::<Iter>(ctx, args)?.source.next_of(ctx, &args[0])? {
        Some(item) => Ok(item),
        None => Err(ctx.stop_iteration(Value::NONE)),
    }
}

fn length_hint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Iter>(ctx, args)?.source.hint(ctx).map(int::from_usize)
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Iter>(ctx, args)?.source.reduce(ctx, &args[0])
}

fn set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Iter>(ctx, args)?.source.set_state(ctx, &args[1])?;
    Ok(Value::NONE)
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
        match protocol::get_item(ctx, &sequence, &int::from_usize(index)) {
            Ok(item) => {
                self.index.set(index + 1);
                Ok(Some(item))
            }
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

    fn hint(&self, ctx: &mut Ctx) -> PyResult<usize> {
        let sequence = self.sequence.get();
        if sequence.is_empty() || protocol::lookup_special(ctx, &sequence, &ctx.names.__len__).is_none() {
            return Ok(0);
        }
        Ok(protocol::length(ctx, &sequence)?.saturating_sub(self.index.get()))
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let sequence = self.sequence.get();
        Ok(if sequence.is_empty() {
            reduce_spent(ctx, empty_tuple())
        } else {
            reduce_at(ctx, sequence, self.index.get())
        })
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        let index = protocol::as_isize(ctx, state)?;
        if !self.sequence.is_empty() {
            self.index.set(index.max(0) as usize);
        }
        Ok(())
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// `iter(str)`
pub fn str_iterator(ctx: &Ctx, text: &Value) -> Value {
    let ascii = text.downcast_ref::<Str>().is_some_and(|text| text.is_ascii());
    let class = if ascii { &ctx.types.str_ascii_iterator } else { &ctx.types.str_iterator };
    let source = StrIterator { text: Slot::new(text.clone()), offset: Cell::new(0) };
    new_iter(class.instance_shape.get(), source).into_value()
}

struct StrIterator {
    text: Slot,
    /// Byte offset of the next character.
    offset: Cell<usize>,
}

impl NativeIterator for StrIterator {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let text = self.text.get();
        let offset = self.offset.get();
        let next = text.downcast_ref::<Str>().and_then(|text| {
            if text.is_ascii() {
                text.as_str().as_bytes().get(offset).map(|byte| char::from(*byte))
            } else {
                text.as_str()[offset..].chars().next()
            }
        });
        match next {
            Some(c) => self.offset.set(offset + c.len_utf8()),
            None => self.text.set(Value::EMPTY),
        }
        Ok(next.map(char_str))
    }

    fn clear(&self) {
        self.text.take();
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.text.peek(visit);
    }

    fn length_hint(&self) -> Option<usize> {
        let text = self.text.get();
        Some(text.downcast_ref::<Str>().map_or(0, |text| text.char_len() - text.char_index(self.offset.get())))
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let text = self.text.get();
        Ok(match text.downcast_ref::<Str>().map(|text| text.char_index(self.offset.get())) {
            Some(index) => reduce_at(ctx, text, index),
            None => reduce_spent(ctx, new_str("").into_value()),
        })
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        let index = protocol::as_isize(ctx, state)?;
        if let Some(text) = self.text.get().downcast_ref::<Str>() {
            self.offset.set(text.byte_offset((index.max(0) as usize).min(text.char_len())));
        }
        Ok(())
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// `iter(bytes)` and `iter(bytearray)`
pub fn bytes_iterator(ctx: &Ctx, bytes: &Value) -> Value {
    let class = if bytes.is_kind::<ByteArray>() { &ctx.types.bytearray_iterator } else { &ctx.types.bytes_iterator };
    let source = BytesIterator { bytes: Slot::new(bytes.clone()), index: Cell::new(0) };
    new_iter(class.instance_shape.get(), source).into_value()
}

struct BytesIterator {
    bytes: Slot,
    index: Cell<usize>,
}

impl BytesIterator {
    fn length(&self) -> Option<usize> {
        let bytes = self.bytes.get();
        match bytes.downcast_ref::<Bytes>() {
            Some(bytes) => Some(bytes.data.len()),
            None => bytes.downcast_ref::<ByteArray>().map(|array| array.data.borrow().len()),
        }
    }
}

impl NativeIterator for BytesIterator {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let bytes = self.bytes.get();
        let index = self.index.get();
        let byte = match bytes.downcast_ref::<Bytes>() {
            Some(bytes) => bytes.data.get(index).copied(),
            None => bytes.downcast_ref::<ByteArray>().and_then(|array| array.data.borrow().get(index).copied()),
        };
        match byte {
            Some(_) => self.index.set(index + 1),
            None => self.bytes.set(Value::EMPTY),
        }
        Ok(byte.map(|byte| int::from_i64(i64::from(byte))))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.bytes.peek(visit);
    }

    fn clear(&self) {
        self.bytes.take();
    }

    fn length_hint(&self) -> Option<usize> {
        Some(self.length().map_or(0, |length| length.saturating_sub(self.index.get())))
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let bytes = self.bytes.get();
        Ok(if bytes.is_empty() { reduce_spent(ctx, empty_tuple()) } else { reduce_at(ctx, bytes, self.index.get()) })
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        let index = protocol::as_isize(ctx, state)?;
        if let Some(length) = self.length() {
            self.index.set((index.max(0) as usize).min(length));
        }
        Ok(())
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// `iter(callable, sentinel)`
pub fn callable_iterator(ctx: &Ctx, callable: &Value, sentinel: &Value) -> Value {
    let source = CallableIterator { callable: Slot::new(callable.clone()), sentinel: Slot::new(sentinel.clone()) };
    new_iter(ctx.types.callable_iterator.instance_shape.get(), source).into_value()
}

/// What `iter(callable, sentinel)` runs.
pub(super) struct CallableIterator {
    pub(super) callable: Slot,
    pub(super) sentinel: Slot,
}

impl CallableIterator {
    /// It is exhausted.
    pub(super) fn end(&self) {
        NativeIterator::clear(self);
    }
}

impl NativeIterator for CallableIterator {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let callable = self.callable.get();
        if callable.is_empty() {
            return Ok(None);
        }
        let outcome = match protocol::call(ctx, &callable, &[]) {
            Ok(item) => {
                // The call may have exhausted this very iterator.
                let sentinel = self.sentinel.get();
                if !sentinel.is_empty() && !protocol::equal(ctx, &sentinel, &item)? {
                    return Ok(Some(item));
                }
                Ok(None)
            }
            Err(raised) => {
                let class = ctx.exceptions.StopIteration.clone();
                ctx.catch(raised, &class).map(|_| None)
            }
        };
        if outcome.is_ok() {
            self.clear();
        }
        outcome
    }

    fn step(&self) -> Option<Step> {
        Some(callable_step)
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.callable.peek(&mut *visit);
        self.sentinel.peek(visit);
    }

    fn clear(&self) {
        self.callable.take();
        self.sentinel.take();
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let (callable, sentinel) = (self.callable.get(), self.sentinel.get());
        Ok(if callable.is_empty() || sentinel.is_empty() {
            reduce_spent(ctx, empty_tuple())
        } else {
            new_tuple([builtin(ctx, "iter"), new_tuple([callable, sentinel]).into_value()]).into_value()
        })
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// A list of what is left in an iterator, for `__reduce__` of dict and set iterators, which copy themselves by value.
pub fn reduce_as_list(ctx: &Ctx, left: Vec<Value>) -> Value {
    new_tuple([builtin(ctx, "iter"), new_tuple([new_list(left).into_value()]).into_value()]).into_value()
}

/// A new instance of `tuple`, for iterators that give rows.
pub fn row(items: &[Value]) -> Value {
    tuple::new_tuple(items.iter().cloned()).into_value()
}
