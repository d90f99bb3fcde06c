//! `tuple`: an immutable row of values, stored inline; and its iterator.
//!
//! Source: "Tuples", "Common Sequence Operations" of the Standard Library reference.

use std::cell::{Cell, OnceCell};

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc, alloc_tail};
use super::iterator::{self, Walk, ask_length, list_sink, walk_with};
use super::kind::Kind;
use super::list::{List, items_at_once, new_list};
use super::native::{Action, Input, NativeFrame, PyResult, Raised, receiver, shape_asked};
use super::shape::ShapeId;
use super::slice::{self, Slice};
use super::string::new_str;
use super::value::Value;
use super::{generic_alias, int, protocol, sequence};
use crate::code::Comparison;
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    step staticmethod "__new__(cls, iterable=(), /)" => new;
    method "__repr__(self, /)" => repr;
    method "__hash__(self, /)" => hash;
    method "__len__(self, /)" => |ctx, args| Ok(int::from_usize(receiver::<Tuple>(ctx, args)?.len()));
    method "__iter__(self, /)" => |_, args| Ok(iterator_of(args[0].clone()));
    method "__contains__(self, key, /)" => contains;
    method "__getitem__(self, key, /)" => get_item;
    method "__add__(self, value, /)" => add;
    method "__mul__(self, value, /)" => multiply;
    method "__rmul__(self, value, /)" => multiply;
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    method "__getnewargs__(self, /)" => new_args;
    /// Return number of occurrences of value.
    method "count(self, value, /)" => count;
    /// Return first index of value.
    ///
    /// Raises ValueError if the value is not present.
    method "index(self, value, start=0, stop=9223372036854775807, /)" => index;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { pub(crate) static ITERATOR_METHODS:
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    method "__next__(self, /)" => next;
    /// Private method returning an estimate of len(list(it)).
    method "__length_hint__(self, /)" => length_hint;
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
    /// Set state information for unpickling.
    method "__setstate__(self, object, /)" => set_state;
}

/// The payload of `tuple`; the items are the tail.
pub struct Tuple {
    length: u32,
}

impl Payload for Tuple {
    const KIND: Kind = Kind::Tuple;
    const DROPS_BACKWARDS: bool = true;

    fn tail_len(&self) -> usize {
        self.length as usize
    }
}

impl Obj<Tuple> {
    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The items.
    #[inline(always)]
    pub fn items(&self) -> &[Value] {
        super::heap::as_values(self.tail())
    }
}

/// A new `tuple` object.
pub fn new_tuple(items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>) -> Ref<Tuple> {
    with_shape(ShapeId::exact(Kind::Tuple), items)
}

/// A new instance of `tuple` or of a subclass.
pub fn with_shape(shape: ShapeId, items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>) -> Ref<Tuple> {
    let items = items.into_iter();
    if items.len() == 0 && shape == ShapeId::exact(Kind::Tuple) {
        return EMPTY.with(|empty| empty.get_or_init(|| alloc_tail(shape, Tuple { length: 0 }, [])).clone());
    }
    alloc_tail(shape, Tuple { length: items.len() as u32 }, items)
}

thread_local! {
    /// The empty tuple: there is one.
    static EMPTY: OnceCell<Ref<Tuple>> = const { OnceCell::new() };
}

fn is_exact(value: &Value) -> bool {
    value.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Tuple))
}

/// Locals: class, iterable, then a list of the items so far.
fn new(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let shape = shape_asked(ctx, &frame.local(0), Kind::Tuple)?;
        let iterable = frame.local(1);
        if is_exact(&iterable) && shape == ShapeId::exact(Kind::Tuple) {
            return Ok(Action::Return(iterable));
        }
        let at_once = if iterable.is_empty() { Some(Vec::new()) } else { items_at_once(&iterable) };
        if let Some(items) = at_once {
            return Ok(Action::Return(with_shape(shape, items).into_value()));
        }
        ask_length(ctx, &iterable)?;
        frame.set_local(2, new_list(Vec::new()).into_value());
    }
    let list = frame.local(2);
    let Some(items) = list.downcast_ref::<List>() else { return Err(Raised(())) };
    match walk_with(ctx, frame, input, 1, Some(list_sink::<2>), |ctx, item| {
        sequence::push(ctx, &mut items.items.borrow_mut(), item)
    })? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => {
            let shape = shape_asked(ctx, &frame.local(0), Kind::Tuple)?;
            let items = std::mem::take(&mut *items.items.borrow_mut());
            Ok(Action::Return(with_shape(shape, items).into_value()))
        }
    }
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    if tuple.is_empty() {
        return Ok(new_str("()").into_value());
    }
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let mut out = String::from("(");
        sequence::join_reprs(ctx, &mut out, |index| tuple.items().get(index).cloned())?;
        out.push_str(if tuple.len() == 1 { ",)" } else { ")" });
        Ok(out)
    })?;
    Ok(new_str(text.unwrap_or_else(|| "(...)".to_owned())).into_value())
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    let mut state = hashing::Tuple::new();
    for item in tuple.items() {
        state.add(protocol::hash(ctx, item)?);
    }
    Ok(int::from_i64(state.finish()))
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    for item in tuple.items() {
        if protocol::equal(ctx, item, &args[1])? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    let mut count = 0;
    for item in tuple.items() {
        count += protocol::equal(ctx, item, &args[1])? as usize;
    }
    Ok(int::from_usize(count))
}

fn index(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    let start = slice::position(ctx, &args[2], 0)?;
    let stop = slice::position(ctx, &args[3], isize::MAX)?;
    let (start, stop) = sequence::clip(start, stop, tuple.len());
    for index in start..stop.min(tuple.len()) {
        if protocol::equal(ctx, &tuple.items()[index], &args[1])? {
            return Ok(int::from_usize(index));
        }
    }
    Err(ctx.value_error("tuple.index(x): x not in tuple"))
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    item(ctx, &args[0], &args[1])
}

/// `tuple[key]`
///
/// # Errors
/// TypeError, IndexError; what `__index__` raises.
pub fn item(ctx: &mut Ctx, this: &Value, key: &Value) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, std::slice::from_ref(this))?;
    if let Some(slice) = key.downcast_ref::<Slice>() {
        let (start, _, step, count) = slice::resolve(ctx, slice, tuple.len())?;
        if count == tuple.len() && step == 1 && is_exact(this) {
            return Ok(this.clone());
        }
        return Ok(new_tuple(slice::selected(start, step, count).map(|i| tuple.items()[i].clone())).into_value());
    }
    if !sequence::is_index(ctx, key) {
        return Err(protocol::type_mismatch(ctx, "tuple indices must be integers or slices, not {}", key));
    }
    let index = protocol::convert::as_sequence_index(ctx, key)?;
    match sequence::place(index, tuple.len()) {
        Some(index) => Ok(tuple.items()[index].clone()),
        None => Err(ctx.index_error("tuple index out of range")),
    }
}

fn add(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<Tuple>() else { return Ok(Value::NOT_IMPLEMENTED) };
    if tuple.is_empty() && is_exact(&args[1]) {
        return Ok(args[1].clone());
    }
    if other.is_empty() && is_exact(&args[0]) {
        return Ok(args[0].clone());
    }
    Ok(new_tuple([tuple.items(), other.items()].concat()).into_value())
}

fn multiply(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tuple = receiver::<Tuple>(ctx, args)?;
    match sequence::repetitions(ctx, tuple.len(), &args[1])? {
        Some(1) if is_exact(&args[0]) => Ok(args[0].clone()),
        Some(count) => Ok(new_tuple(sequence::repeat(tuple.items(), count)).into_value()),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let a = receiver::<Tuple>(ctx, args)?;
    let Some(b) = args[1].downcast_ref::<Tuple>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let (x, y) = (a.items(), b.items());
    let start = sequence::common_start(x, y);
    sequence::compare(ctx, op, start, |i| x.get(i).cloned(), || x.len(), |i| y.get(i).cloned(), || y.len())
}

fn new_args(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items = receiver::<Tuple>(ctx, args)?.items().to_vec();
    Ok(new_tuple([new_tuple(items).into_value()]).into_value())
}

/// The payload of `tuple_iterator`.
pub struct TupleIter {
    /// The tuple; empty once exhausted.
    pub tuple: Slot,
    /// Index of the next item.
    pub index: Cell<usize>,
}

impl Payload for TupleIter {
    const KIND: Kind = Kind::TupleIter;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.tuple.peek(visit);
    }

    fn clear(&self) {
        self.tuple.take();
    }
}

/// `iter(tuple)`
pub fn iterator_of(tuple: Value) -> Value {
    alloc(ShapeId::exact(Kind::TupleIter), TupleIter { tuple: Slot::new(tuple), index: Cell::new(0) }).into_value()
}

/// The next item of a tuple's iterator.
#[inline]
pub fn next_item(iterator: &TupleIter) -> Option<Value> {
    let tuple = iterator.tuple.get();
    let index = iterator.index.get();
    let item = tuple.downcast_ref::<Tuple>()?.items().get(index).cloned();
    match &item {
        Some(_) => iterator.index.set(index + 1),
        None => iterator.tuple.set(Value::EMPTY),
    }
    item
}

fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let item = next_item(receiver::<TupleIter>(ctx, args)?);
    item.ok_or(()).map_err(|()| ctx.stop_iteration(Value::NONE))
}

fn length_hint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<TupleIter>(ctx, args)?;
    let length = iterator.tuple.get().downcast_ref::<Tuple>().map_or(0, |tuple| tuple.len());
    Ok(int::from_usize(length.saturating_sub(iterator.index.get())))
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<TupleIter>(ctx, args)?;
    let tuple = iterator.tuple.get();
    Ok(if tuple.is_empty() {
        iterator::reduce_spent(ctx, new_tuple([]).into_value())
    } else {
        iterator::reduce_at(ctx, tuple, iterator.index.get())
    })
}

fn set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let index = protocol::as_isize(ctx, &args[1])?;
    let iterator = receiver::<TupleIter>(ctx, args)?;
    if let Some(tuple) = iterator.tuple.get().downcast_ref::<Tuple>() {
        iterator.index.set((index.max(0) as usize).min(tuple.len()));
    }
    Ok(Value::NONE)
}
