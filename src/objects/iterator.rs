//! Iterators written in Rust that are not on the loop's fast path, and how step natives go through an iterable.
//!
//! [`Iter`] is the one payload: which type it is, is a matter of shape, and what it does is a [`NativeIterator`]. Here are those
//! of the sequences and the classes `enumerate`, `zip`, `map`, `filter` and `reversed`; dicts, sets and ranges have
//! theirs in their own files.
//!
//! [`walk`] is for natives that take every item of an iterable (`list`, `sum`, `any`, ...). Items of an iterator that
//! runs no Python code are taken in a plain loop; any other is advanced by the interpreter loop, one [`Action::Next`] at a
//! time, so that a generator runs on the frame chain.
//!
//! Source: "Iterator Types" and "Built-in Functions" of the Standard Library reference.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use smallvec::{SmallVec, smallvec};

use super::bytes::{ByteArray, Bytes};
use super::class::Class;
use super::ctx::Ctx;
use super::frame::{Frame, SHAPE_GENERATOR};
use super::heap::{Obj, Payload, Ref, Slot, alloc, attention};
use super::kind::Kind;
use super::list::{List, ListIter, new_list};
use super::native::{Action, Input, Native, NativeFrame, PyResult, Raised, receiver, shape_asked};
use super::shape::ShapeId;
use super::string::{self, Str, char_str, new_str};
use super::tuple::{self, Tuple, new_tuple};
use super::value::Value;
use super::{generic_alias, int, protocol};

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
    /// The source, if it is a `T`.
    pub fn get<T: NativeIterator>(&self) -> Option<&T> {
        self.source.as_any().downcast_ref::<T>()
    }
}

/// A new iterator object of the given shape.
pub fn new_iter(shape: ShapeId, source: impl NativeIterator) -> Ref<Iter> {
    alloc(shape, Iter { source: Box::new(source) })
}

/// What [`walk`] says.
pub enum Walk {
    /// The interpreter loop must do this and continue the native.
    Wait(Action),
    /// There are no more items, or no more are wanted.
    Done,
}

/// Takes the items of the iterable in a local of a step native, which becomes its iterator, one by one. The native
/// calls this with every input that it gets while the walk lasts. `take` returns whether it wants more.
///
/// # Errors
/// What iterating or `take` raises.
pub fn walk(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: Input,
    iterable: usize,
    mut take: impl FnMut(&mut Ctx, Value) -> PyResult<bool>,
) -> PyResult<Walk> {
    match input {
        Input::Start => {
            let source = frame.local(iterable);
            let iterator = protocol::iter(ctx, &source)?;
            if is_leaf(&iterator) {
                let mut count = 0u32;
                while let Some(item) = protocol::next(ctx, &iterator)? {
                    if !take(ctx, item)? {
                        return Ok(Walk::Done);
                    }
                    count = count.wrapping_add(1);
                    // Now and then, give the interpreter loop the chance to see an interrupt.
                    if count & 0xffff == 0 && ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT != 0 {
                        frame.set_local(iterable, iterator.clone());
                        return Ok(Walk::Wait(Action::Next(iterator)));
                    }
                }
                return Ok(Walk::Done);
            }
            frame.set_local(iterable, iterator.clone());
            ask_next(ctx, frame, iterator)
        }
        Input::Value(value) => {
            let iterator = frame.local(iterable);
            let item = match filtered(ctx, &iterator) {
                Some(filter) => {
                    let item = frame.local(PENDING);
                    if protocol::truth(ctx, &value)? != filter.wanted {
                        return ask_next(ctx, frame, iterator);
                    }
                    item
                }
                None => value,
            };
            if take(ctx, item)? { ask_next(ctx, frame, iterator) } else { Ok(Walk::Done) }
        }
        Input::Exhausted(_) => Ok(Walk::Done),
        Input::Raised => {
            let iterator = frame.local(iterable);
            // As when the iterator is asked itself: a StopIteration of its function ends it.
            if (mapped(ctx, &iterator).is_some() || filtered(ctx, &iterator).is_some())
                && ctx.raised_is(&ctx.exceptions.StopIteration)
            {
                drop(ctx.take_raised(Raised(())));
                return Ok(Walk::Done);
            }
            Err(Raised(()))
        }
    }
}

/// Takes the items of an iterable in a plain loop, when advancing it runs no Python function. Otherwise, or when there is an
/// interrupt to be seen to, the iterator comes back, for a step native to [`walk`].
///
/// # Errors
/// What iterating or `take` raises.
pub fn walk_at_once(
    ctx: &mut Ctx,
    iterable: &Value,
    mut take: impl FnMut(&mut Ctx, Value) -> PyResult<bool>,
) -> PyResult<Option<Value>> {
    if let Some(list) = iterable.downcast_ref::<List>()
        && !list.header().shape().is_user()
    {
        let mut index = 0;
        while let Some(item) = list.get(index) {
            if !take(ctx, item)? {
                break;
            }
            index += 1;
        }
        return Ok(None);
    }
    let iterator = protocol::iter(ctx, iterable)?;
    if !is_leaf(&iterator) {
        return Ok(Some(iterator));
    }
    let mut count = 0u32;
    while let Some(item) = protocol::next(ctx, &iterator)? {
        if !take(ctx, item)? {
            break;
        }
        count = count.wrapping_add(1);
        if count & 0xffff == 0 && ctx.attention.load(Ordering::Relaxed) & attention::INTERRUPT != 0 {
            return Ok(Some(iterator));
        }
    }
    Ok(None)
}

/// Local of a step native for the item that a `filter`'s function is being asked about; natives that walk keep their own
/// locals below.
const PENDING: usize = 8;

/// Asks for the next item. The function of a `map` or `filter` is called directly on the frame chain, without the detour
/// through the iterator.
fn ask_next(ctx: &mut Ctx, frame: &Obj<NativeFrame>, iterator: Value) -> PyResult<Walk> {
    if let Some(map) = mapped(ctx, &iterator) {
        let iterators = map.iterators.get();
        let Some(iterators) = iterators.downcast_ref::<Tuple>() else { return Ok(Walk::Done) };
        let mut args = SmallVec::new();
        for inner in iterators.items() {
            match protocol::next(ctx, inner)? {
                Some(item) => args.push(item),
                None => return Ok(Walk::Done),
            }
        }
        return Ok(Walk::Wait(Action::Call(map.function.get(), args)));
    }
    if let Some(filter) = filtered(ctx, &iterator) {
        let Some(item) = protocol::next(ctx, &filter.iterator.get())? else { return Ok(Walk::Done) };
        frame.set_local(PENDING, item.clone());
        return Ok(Walk::Wait(Action::Call(filter.function.get(), smallvec![item])));
    }
    Ok(Walk::Wait(Action::Next(iterator)))
}

/// A `map` whose function is the only Python code in it.
fn mapped<'a>(ctx: &Ctx, iterator: &'a Value) -> Option<&'a Map> {
    let iter = iterator.downcast_ref::<Iter>()?;
    if iter.header().shape() != ctx.types.map.instance_shape.get() {
        return None;
    }
    iter.get::<Map>().filter(|map| map.inner_leaf)
}

/// A `filter` whose function is the only Python code in it.
fn filtered<'a>(ctx: &Ctx, iterator: &'a Value) -> Option<&'a Filter> {
    let iter = iterator.downcast_ref::<Iter>()?;
    if iter.header().shape() != ctx.types.filter.instance_shape.get() {
        return None;
    }
    iter.get::<Filter>().filter(|filter| filter.inner_leaf)
}

/// Asks an iterable for its length, as CPython does to size a list or tuple. Only a program's class can tell that it was
/// asked, so nobody else is.
///
/// # Errors
/// What `__len__` raises.
pub fn ask_length(ctx: &mut Ctx, iterable: &Value) -> PyResult<()> {
    if iterable.header().is_some_and(|header| header.shape().is_user()) {
        protocol::length_hint(ctx, iterable)?;
    }
    Ok(())
}

/// Whether advancing an iterator runs no Python function.
pub fn is_leaf(iterator: &Value) -> bool {
    match iterator.header() {
        Some(header) if header.shape().is_user() => false,
        Some(header) => match header.kind() {
            Kind::ListIter | Kind::RangeIter => true,
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

fn class_value(ctx: &Ctx, value: &Value) -> Value {
    protocol::class_of(ctx, value).into_value()
}

fn empty_tuple() -> Value {
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

/// `iter(tuple)`
pub fn tuple_iterator(ctx: &Ctx, tuple: &Value) -> Value {
    let source = TupleIterator { tuple: Slot::new(tuple.clone()), index: Cell::new(0) };
    new_iter(ctx.types.tuple_iterator.instance_shape.get(), source).into_value()
}

struct TupleIterator {
    tuple: Slot,
    index: Cell<usize>,
}

impl NativeIterator for TupleIterator {
    fn next(&self, _ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let tuple = self.tuple.get();
        let index = self.index.get();
        let item = tuple.downcast_ref::<Tuple>().and_then(|tuple| tuple.items().get(index).cloned());
        match &item {
            Some(_) => self.index.set(index + 1),
            None => self.tuple.set(Value::EMPTY),
        }
        Ok(item)
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.tuple.peek(visit);
    }

    fn clear(&self) {
        self.tuple.take();
    }

    fn length_hint(&self) -> Option<usize> {
        let tuple = self.tuple.get();
        Some(tuple.downcast_ref::<Tuple>().map_or(0, |tuple| tuple.len() - self.index.get()))
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let tuple = self.tuple.get();
        Ok(if tuple.is_empty() { reduce_spent(ctx, empty_tuple()) } else { reduce_at(ctx, tuple, self.index.get()) })
    }

    fn set_state(&self, ctx: &mut Ctx, state: &Value) -> PyResult<()> {
        let index = protocol::as_isize(ctx, state)?;
        if let Some(tuple) = self.tuple.get().downcast_ref::<Tuple>() {
            self.index.set((index.max(0) as usize).min(tuple.len()));
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

struct CallableIterator {
    callable: Slot,
    sentinel: Slot,
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

/// What `enumerate` runs.
pub struct Enumerate {
    /// The iterator.
    pub iterator: Slot,
    /// Number of the next item, an int of any size.
    pub count: Slot,
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
    Ok(new_iter(shape, Enumerate { iterator: Slot::new(iterator), count: Slot::new(count), leaf }).into_value())
}

/// The int after an int.
pub fn successor(number: &Value) -> Value {
    match number.as_small_int() {
        Some(i) => int::from_i64(i + 1),
        None => int::from_bigint(int::to_bigint(number).unwrap_or_default() + 1),
    }
}

impl NativeIterator for Enumerate {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterator = self.iterator.get();
        let Some(item) = next_inner(ctx, &iterator)? else { return Ok(None) };
        let count = self.count.get();
        self.count.set(successor(&count));
        Ok(Some(new_tuple([count, item]).into_value()))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.iterator.peek(&mut *visit);
        self.count.peek(visit);
    }

    fn clear(&self) {
        self.iterator.set(Value::NONE);
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
    leaf: bool,
}

fn new_zip(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let strict = !args[2].is_empty() && protocol::truth(ctx, &args[2])?;
    let iterators = iterators_of(ctx, &args[1], 0)?;
    let leaf = iterators.iter().all(is_leaf);
    let source = Zip { iterators: Slot::new(new_tuple(iterators).into_value()), strict: Cell::new(strict), leaf };
    Ok(new_iter(shape, source).into_value())
}

/// The iterators of the items of a tuple, from one on.
pub fn iterators_of(ctx: &mut Ctx, iterables: &Value, from: usize) -> PyResult<Vec<Value>> {
    let Some(tuple) = iterables.downcast_ref::<Tuple>() else { return Ok(Vec::new()) };
    tuple.items()[from..].iter().map(|iterable| protocol::iter(ctx, iterable)).collect()
}

impl Zip {
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

impl NativeIterator for Zip {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let iterators = self.iterators.get();
        let Some(iterators) = iterators.downcast_ref::<Tuple>().filter(|tuple| !tuple.is_empty()) else {
            return Ok(None);
        };
        if let [first, second] = iterators.items()
            && let Some(a) = next_inner(ctx, first)?
        {
            return match next_inner(ctx, second)? {
                Some(b) => Ok(Some(new_tuple([a, b]).into_value())),
                None if self.strict.get() => self.check_lengths(ctx, iterators.items(), 1).map(|()| None),
                None => Ok(None),
            };
        } else if iterators.len() == 2 {
            if self.strict.get() {
                self.check_lengths(ctx, iterators.items(), 0)?;
            }
            return Ok(None);
        }
        let mut items = Vec::with_capacity(iterators.len());
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
        Ok(Some(new_tuple(items).into_value()))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.iterators.peek(visit);
    }

    fn clear(&self) {
        self.iterators.take();
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
    inner_leaf: bool,
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
        let mut args: smallvec::SmallVec<[Value; 3]> = smallvec::SmallVec::with_capacity(iterators.len());
        for iterator in iterators.items() {
            match next_inner(ctx, iterator)? {
                Some(item) => args.push(item),
                None => return Ok(None),
            }
        }
        let function = self.function.get();
        protocol::call(ctx, &function, &args).map(Some)
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
    inner_leaf: bool,
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
        }
        Ok(None)
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

/// A list of what is left in an iterator, for `__reduce__` of dict and set iterators, which copy themselves by value.
pub fn reduce_as_list(ctx: &Ctx, left: Vec<Value>) -> Value {
    new_tuple([builtin(ctx, "iter"), new_tuple([new_list(left).into_value()]).into_value()]).into_value()
}

/// Whether a value is an iterator whose class is built in: calling `iter` on it gives itself.
pub fn is_builtin_iterator(value: &Value) -> bool {
    value.is_kind::<Iter>()
        || value.is_kind::<ListIter>()
        || value.downcast_ref::<Frame>().is_some_and(|frame| frame.header().shape() == SHAPE_GENERATOR)
        || value.is_kind::<super::range::RangeIter>()
}

/// A new instance of `tuple`, for iterators that give rows.
pub fn row(items: &[Value]) -> Value {
    tuple::new_tuple(items.iter().cloned()).into_value()
}
