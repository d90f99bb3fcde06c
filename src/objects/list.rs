//! `list`: a growable row of values, and its two iterators.
//!
//! No method holds the borrow of the items while Python code may run, so a list may be changed by the `__eq__`, `__index__`
//! or `__repr__` that a method calls; such a method asks for one item after the other and looks at the length anew.
//!
//! Source: "Mutable Sequence Types", "Lists" of the Standard Library reference.

use std::cell::{Cell, RefCell};

use smallvec::smallvec;

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::iterator::{self, Walk, is_built_in, list_sink, walk_at_once, walk_with};
use super::kind::Kind;
use super::native::{Action, Control, Input, NativeFrame, PyResult, Raised, receiver, shape_asked};
use super::shape::ShapeId;
use super::slice::{self, Slice};
use super::string::new_str;
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use super::{generic_alias, int, protocol, sequence, sort};
use crate::code::Comparison;

crate::natives! { pub(crate) static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    step method "__init__(self, iterable=(), /)" => init;
    method "__repr__(self, /)" => repr;
    method "__len__(self, /)" => |ctx, args| Ok(int::from_usize(receiver::<List>(ctx, args)?.len()));
    method "__iter__(self, /)" => |ctx, args| Ok(forward_iterator(receiver::<List>(ctx, args)?.to_value()));
    /// Return a reverse iterator over the list.
    method "__reversed__(self, /)" => reversed;
    method "__contains__(self, key, /)" => contains;
    /// Return self[index].
    method "__getitem__(self, index, /)" => get_item;
    method "__setitem__(self, key, value, /)" => set_item;
    method "__delitem__(self, key, /)" => delete_item;
    method "__add__(self, value, /)" => add;
    control method "__iadd__(self, value, /)" => in_place_add;
    method "__mul__(self, value, /)" => multiply;
    method "__rmul__(self, value, /)" => multiply;
    method "__imul__(self, value, /)" => multiply_in_place;
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    /// Return the size of the list in memory, in bytes.
    method "__sizeof__(self, /)" => memory_size;
    /// Append object to the end of the list.
    method "append(self, object, /)" => append;
    /// Remove all items from list.
    method "clear(self, /)" => clear;
    /// Return a shallow copy of the list.
    method "copy(self, /)" => |ctx, args| Ok(new_list(receiver::<List>(ctx, args)?.to_vec()).into_value());
    /// Return number of occurrences of value.
    method "count(self, value, /)" => count;
    /// Extend list by appending elements from the iterable.
    control method "extend(self, iterable, /)" => extend_at_once;
    /// Return first index of value.
    ///
    /// Raises ValueError if the value is not present.
    method "index(self, value, start=0, stop=9223372036854775807, /)" => index;
    /// Insert object before index.
    method "insert(self, index, object, /)" => insert;
    /// Remove and return item at index (default last).
    ///
    /// Raises IndexError if list is empty or index is out of range.
    method "pop(self, index=-1, /)" => pop;
    /// Remove first occurrence of value.
    ///
    /// Raises ValueError if the value is not present.
    method "remove(self, value, /)" => remove;
    /// Reverse *IN PLACE*.
    method "reverse(self, /)" => reverse;
    /// Sort the list in ascending order and return None.
    ///
    /// The sort is in-place (i.e. the list itself is modified) and stable (i.e. the
    /// order of two equal elements is maintained).
    ///
    /// If a key function is given, apply it once to each list item and sort them,
    /// ascending or descending, according to their function values.
    ///
    /// The reverse flag can be set to sort in descending order.
    step method "sort(self, /, *, key=None, reverse=False)" => sort::list_sort;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { pub(crate) static ITERATOR_METHODS:
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    method "__next__(self, /)" => forward_next;
    /// Private method returning an estimate of len(list(it)).
    method "__length_hint__(self, /)" => forward_hint;
    /// Return state information for pickling.
    method "__reduce__(self, /)" => forward_reduce;
    /// Set state information for unpickling.
    method "__setstate__(self, object, /)" => forward_set_state;
}

crate::natives! { pub(crate) static REVERSE_ITERATOR_METHODS:
    method "__iter__(self, /)" => |_, args| Ok(args[0].clone());
    method "__next__(self, /)" => backward_next;
    /// Private method returning an estimate of len(list(it)).
    method "__length_hint__(self, /)" => backward_hint;
    /// Return state information for pickling.
    method "__reduce__(self, /)" => backward_reduce;
    /// Set state information for unpickling.
    method "__setstate__(self, object, /)" => backward_set_state;
}

/// The payload of `list`. Never hold the borrow while Python code may run.
pub struct List {
    /// The items.
    pub items: RefCell<Vec<Value>>,
}

impl Payload for List {
    const KIND: Kind = Kind::List;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.items.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        drop_backwards(std::mem::take(&mut *self.items.borrow_mut()));
    }
}

impl Drop for List {
    fn drop(&mut self) {
        drop_backwards(std::mem::take(self.items.get_mut()));
    }
}

/// Makes room for more items, as much as there is; false when not even that many fit.
#[cold]
fn make_room(items: &mut Vec<Value>, more: usize) -> bool {
    let length = items.len();
    [length, length >> 3, length >> 6, 0].into_iter().any(|spare| items.try_reserve_exact(more.max(spare)).is_ok())
}

/// Items of a list go from the last to the first, as in CPython.
fn drop_backwards(mut items: Vec<Value>) {
    while items.pop().is_some() {}
}

impl List {
    /// Number of items.
    #[inline]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of an item.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    /// Appends an item.
    #[inline]
    pub fn push(&self, value: Value) {
        self.items.borrow_mut().push(value);
    }

    /// Appends an item; false when there is no room for it. For lists that a program fills without end.
    #[inline]
    pub fn try_push(&self, value: Value) -> bool {
        let mut items = self.items.borrow_mut();
        if items.len() == items.capacity() && !make_room(&mut items, 1) {
            return false;
        }
        items.push(value);
        true
    }

    /// Copies of all items.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().clone()
    }

    /// Replaces the items from `start` to `stop`; the old ones are returned, so that the caller chooses when they go.
    /// The bounds are clipped to the length.
    pub fn splice(&self, start: usize, stop: usize, new: Vec<Value>) -> Vec<Value> {
        let mut items = self.items.borrow_mut();
        let start = start.min(items.len());
        let stop = stop.clamp(start, items.len());
        items.splice(start..stop, new).collect()
    }
}

/// A new `list` object.
pub fn new_list(items: Vec<Value>) -> Ref<List> {
    alloc(ShapeId::exact(Kind::List), List { items: RefCell::new(items) })
}

/// The payload of `list_iterator`, and of `list_reverseiterator` by its shape.
pub struct ListIter {
    /// The list; empty once exhausted.
    pub list: Slot,
    /// Index of the next item; for the reverse iterator, one more than it, so that 0 means exhausted.
    pub index: Cell<usize>,
}

impl Payload for ListIter {
    const KIND: Kind = Kind::ListIter;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.list.peek(visit);
    }

    fn clear(&self) {
        self.list.take();
    }
}

/// The next item of a forward list iterator.
#[inline]
pub fn next_item(iterator: &ListIter) -> Option<Value> {
    let list = iterator.list.get();
    let item = list.downcast_ref::<List>()?.get(iterator.index.get());
    match &item {
        Some(_) => iterator.index.set(iterator.index.get() + 1),
        None => iterator.list.set(Value::EMPTY),
    }
    item
}

/// The next item of a reverse list iterator.
pub fn next_item_back(iterator: &ListIter) -> Option<Value> {
    let list = iterator.list.get();
    let index = iterator.index.get().checked_sub(1);
    let item = index.and_then(|index| list.downcast_ref::<List>()?.get(index));
    match (&item, index) {
        (Some(_), Some(index)) => iterator.index.set(index),
        _ => iterator.list.set(Value::EMPTY),
    }
    item
}

/// `iter(list)`
pub fn forward_iterator(list: Value) -> Value {
    alloc(ShapeId::exact(Kind::ListIter), ListIter { list: Slot::new(list), index: Cell::new(0) }).into_value()
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::List)?;
    Ok(alloc(shape, List { items: RefCell::default() }).into_value())
}

fn init(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let this = frame.local(0);
        let Some(list) = this.downcast_ref::<List>() else { return Err(Raised(())) };
        Payload::clear(&**list);
        if frame.local(1).is_empty() {
            return Ok(Action::Return(Value::NONE));
        }
    }
    extend(ctx, frame, input)
}

fn extend_at_once(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    begin_extend(ctx, args, Value::NONE)
}

fn in_place_add(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    begin_extend(ctx, args, args[0].clone())
}

/// Extends a list by what needs no frame, with the result given; the rest is for [`extend`].
fn begin_extend(ctx: &mut Ctx, args: &[Value], result: Value) -> PyResult<Control> {
    let list = receiver::<List>(ctx, args)?;
    let source = &args[1];
    let shape = source.header().map(|header| header.shape());
    if shape == Some(ShapeId::exact(Kind::List)) || shape == Some(ShapeId::exact(Kind::Tuple)) {
        return if append_all(list, source) { Ok(Control::Return(result)) } else { Err(ctx.memory_error("")) };
    }
    // What counts the items beforehand may have no room for them.
    let hinted = shape.is_none_or(|shape| matches!(shape.kind(), Kind::Range | Kind::Iter));
    if !hinted && is_built_in(source) {
        let rest = walk_at_once(
            ctx,
            source,
            |ctx, item| {
                if list.try_push(item) { Ok(true) } else { Err(ctx.memory_error("")) }
            },
        )?;
        return Ok(match rest {
            None => Control::Return(result),
            Some(iterator) => Control::Step(extend, smallvec![args[0].clone(), iterator]),
        });
    }
    Ok(Control::Step(extend, smallvec![args[0].clone(), source.clone()]))
}

/// `extend`, `+=` and the filling of a new list: what is returned depends on the name.
fn extend(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let this = frame.local(0);
    let Some(list) = this.downcast_ref::<List>() else { return Err(Raised(())) };
    let done = || {
        let in_place = frame.def.is_some_and(|def| def.name() == "__iadd__");
        Ok(Action::Return(if in_place { this.clone() } else { Value::NONE }))
    };
    if matches!(input, Input::Start) {
        let source = frame.local(1);
        let shape = source.header().map(|header| header.shape());
        if source.is(&this) || shape == Some(ShapeId::exact(Kind::List)) || shape == Some(ShapeId::exact(Kind::Tuple)) {
            if !append_all(list, &source) {
                return Err(ctx.memory_error(""));
            }
            return done();
        }
        // What knows its length gets the room at once, or is refused at once.
        if source.header().is_some_and(|header| header.kind() != Kind::Frame) {
            let hint = protocol::iteration::length_hint(ctx, &source)?;
            // One that counts further than anything can is not believed.
            let is_believed = hint.checked_add(list.len()).is_some_and(|total| isize::try_from(total).is_ok());
            if hint > 0 && is_believed && !make_room(&mut list.items.borrow_mut(), hint) {
                return Err(ctx.memory_error(""));
            }
        }
    }
    match walk_with(ctx, frame, input, 1, Some(list_sink::<0>), |ctx, item| {
        if list.try_push(item) { Ok(true) } else { Err(ctx.memory_error("")) }
    })? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => done(),
    }
}

/// Appends the items of a list or tuple; false when there is no room for them.
fn append_all(list: &Obj<List>, source: &Value) -> bool {
    let mut items = list.items.borrow_mut();
    if source.is(&list.to_value()) {
        let count = items.len();
        return make_room(&mut items, count) && {
            items.extend_from_within(..);
            true
        };
    }
    let mut append = |more: &[Value]| {
        make_room(&mut items, more.len()) && {
            items.extend_from_slice(more);
            true
        }
    };
    match source.downcast_ref::<List>() {
        Some(source) => append(&source.items.borrow()),
        None => append(source.downcast_ref::<Tuple>().map_or(&[], |source| source.items())),
    }
}

/// The items of an exact list or tuple, which need no iterator.
pub fn items_at_once(value: &Value) -> Option<Vec<Value>> {
    let shape = value.header()?.shape();
    if shape == ShapeId::exact(Kind::List) {
        return value.downcast_ref::<List>().map(|list| list.to_vec());
    }
    if shape == ShapeId::exact(Kind::Tuple) {
        return value.downcast_ref::<Tuple>().map(|tuple| tuple.items().to_vec());
    }
    None
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let mut out = String::from("[");
        sequence::join_reprs(ctx, &mut out, |index| list.get(index))?;
        out.push(']');
        Ok(out)
    })?;
    Ok(new_str(text.unwrap_or_else(|| "[...]".to_owned())).into_value())
}

fn reversed(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let iterator = ListIter { list: Slot::new(args[0].clone()), index: Cell::new(list.len()) };
    Ok(alloc(ctx.types.list_reverseiterator.instance_shape.get(), iterator).into_value())
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    find(ctx, list, &args[1], 0, usize::MAX).map(|found| Value::bool(found.is_some()))
}

/// Index of the first item between the bounds that equals the value.
fn find(ctx: &mut Ctx, list: &Obj<List>, value: &Value, start: usize, stop: usize) -> PyResult<Option<usize>> {
    let mut index = start;
    while index < stop {
        // Words and simple kinds are compared under one borrow, the rest one by one.
        let slow = {
            let items = list.items.borrow();
            loop {
                if index >= stop {
                    break None;
                }
                let Some(item) = items.get(index) else { return Ok(None) };
                match if item.is(value) { Some(true) } else { protocol::compare::quick_equal(item, value) } {
                    Some(true) => return Ok(Some(index)),
                    Some(false) => index += 1,
                    None => break Some(item.clone()),
                }
            }
        };
        let Some(item) = slow else { break };
        if protocol::equal(ctx, &item, value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

fn count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let (mut count, mut start) = (0, 0);
    while let Some(index) = find(ctx, list, &args[1], start, usize::MAX)? {
        count += 1;
        start = index + 1;
    }
    Ok(int::from_usize(count))
}

fn index(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let start = slice::position(ctx, &args[2], 0)?;
    let stop = slice::position(ctx, &args[3], isize::MAX)?;
    let (start, stop) = sequence::clip(start, stop, list.len());
    match find(ctx, list, &args[1], start, stop)? {
        Some(index) => Ok(int::from_usize(index)),
        None => {
            let text = protocol::text::repr_string(ctx, &args[1])?;
            Err(ctx.value_error(format!("{text} is not in list")))
        }
    }
}

fn wrong_key(ctx: &mut Ctx, key: &Value) -> Raised {
    protocol::type_mismatch(ctx, "list indices must be integers or slices, not {}", key)
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    item(ctx, list, &args[1])
}

/// `list[key]`
///
/// # Errors
/// TypeError, IndexError; what `__index__` raises.
pub fn item(ctx: &mut Ctx, list: &Obj<List>, key: &Value) -> PyResult {
    if let Some(slice) = key.downcast_ref::<Slice>() {
        let (start, stop, step) = slice::unpack(ctx, slice)?;
        let items = list.items.borrow();
        let (start, _, count) = slice::adjust(items.len(), start, stop, step);
        let picked = if step == 1 {
            items[start as usize..start as usize + count].to_vec()
        } else {
            slice::selected(start, step, count).map(|index| items[index].clone()).collect()
        };
        drop(items);
        return Ok(new_list(picked).into_value());
    }
    if !sequence::is_index(ctx, key) {
        return Err(wrong_key(ctx, key));
    }
    let index = protocol::convert::as_sequence_index(ctx, key)?;
    match sequence::place(index, list.len()).and_then(|index| list.get(index)) {
        Some(item) => Ok(item),
        None => Err(ctx.index_error("list index out of range")),
    }
}

fn set_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    if let Some(slice) = args[1].downcast_ref::<Slice>() {
        return set_slice(ctx, list, slice, &args[2]);
    }
    if !sequence::is_index(ctx, &args[1]) {
        return Err(wrong_key(ctx, &args[1]));
    }
    let index = protocol::convert::as_sequence_index(ctx, &args[1])?;
    let Some(index) = sequence::place(index, list.len()) else {
        return Err(ctx.index_error("list assignment index out of range"));
    };
    let old = std::mem::replace(&mut list.items.borrow_mut()[index], args[2].clone());
    drop(old);
    Ok(Value::NONE)
}

/// What is assigned to a slice, as a vector; the message is for values that are not iterable.
fn assigned(ctx: &mut Ctx, value: &Value, message: &str) -> PyResult<Vec<Value>> {
    if let Some(items) = items_at_once(value) {
        return Ok(items);
    }
    if protocol::lookup_special(ctx, value, &ctx.names.__iter__).is_none()
        && protocol::lookup_special(ctx, value, &ctx.names.__getitem__).is_none()
    {
        return Err(ctx.type_error(message));
    }
    protocol::collect(ctx, value)
}

fn set_slice(ctx: &mut Ctx, list: &Obj<List>, slice: &Obj<Slice>, value: &Value) -> PyResult {
    let (start, stop, step) = slice::unpack(ctx, slice)?;
    if step == 1 {
        let new = assigned(ctx, value, "must assign iterable to extended slice")?;
        let (start, stop, _) = slice::adjust(list.len(), start, stop, 1);
        let old = list.splice(start as usize, stop as usize, new);
        drop(old);
        return Ok(Value::NONE);
    }
    let mut new = assigned(ctx, value, "must assign iterable to extended slice")?;
    let (start, _, count) = slice::adjust(list.len(), start, stop, step);
    if new.len() != count {
        let size = new.len();
        return Err(
            ctx.value_error(format!("attempt to assign sequence of size {size} to extended slice of size {count}"))
        );
    }
    {
        let mut items = list.items.borrow_mut();
        for (index, new) in slice::selected(start, step, count).zip(&mut new) {
            std::mem::swap(&mut items[index], new);
        }
    }
    drop(new);
    Ok(Value::NONE)
}

fn delete_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    if let Some(slice) = args[1].downcast_ref::<Slice>() {
        let (start, stop, step) = slice::unpack(ctx, slice)?;
        let (start, _, count) = slice::adjust(list.len(), start, stop, step);
        let old = if step == 1 {
            list.splice(start as usize, start as usize + count, Vec::new())
        } else {
            take_selected(&mut list.items.borrow_mut(), start, step, count)
        };
        drop(old);
        return Ok(Value::NONE);
    }
    if !sequence::is_index(ctx, &args[1]) {
        return Err(wrong_key(ctx, &args[1]));
    }
    let index = protocol::convert::as_sequence_index(ctx, &args[1])?;
    let Some(index) = sequence::place(index, list.len()) else {
        return Err(ctx.index_error("list assignment index out of range"));
    };
    let old = list.items.borrow_mut().remove(index);
    drop(old);
    Ok(Value::NONE)
}

/// Takes the items of an extended slice out, closing the gaps.
pub fn take_selected(items: &mut Vec<Value>, start: isize, step: isize, count: usize) -> Vec<Value> {
    if count == 0 {
        return Vec::new();
    }
    let last = start + (count as isize - 1) * step;
    let (low, distance) = (start.min(last) as usize, step.unsigned_abs());
    let mut taken = Vec::with_capacity(count);
    let mut index = 0;
    items.retain_mut(|item| {
        let selected = index >= low && (index - low).is_multiple_of(distance) && taken.len() < count;
        index += 1;
        if selected {
            taken.push(std::mem::take(item));
        }
        !selected
    });
    taken
}

fn add(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<List>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let mut items = Vec::with_capacity(list.len() + other.len());
    items.extend_from_slice(&list.items.borrow());
    items.extend_from_slice(&other.items.borrow());
    Ok(new_list(items).into_value())
}

fn multiply(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    match sequence::repetitions(ctx, list.len(), &args[1])? {
        Some(count) => Ok(new_list(sequence::repeat(&list.items.borrow(), count)).into_value()),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn multiply_in_place(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let Some(count) = sequence::repetitions(ctx, list.len(), &args[1])? else { return Ok(Value::NOT_IMPLEMENTED) };
    if count == 0 {
        Payload::clear(&**list);
    } else {
        let mut items = list.items.borrow_mut();
        let length = items.len();
        items.reserve(length * (count - 1));
        for _ in 1..count {
            items.extend_from_within(..length);
        }
    }
    Ok(args[0].clone())
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let a = receiver::<List>(ctx, args)?;
    let Some(b) = args[1].downcast_ref::<List>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let start = sequence::common_start(&a.items.borrow(), &b.items.borrow());
    sequence::compare(ctx, op, start, |index| a.get(index), || a.len(), |index| b.get(index), || b.len())
}

fn memory_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let capacity = receiver::<List>(ctx, args)?.items.borrow().capacity();
    Ok(int::from_usize(size_of::<Obj<List>>() + capacity * size_of::<Value>()))
}

fn append(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fits = receiver::<List>(ctx, args)?.try_push(args[1].clone());
    if fits { Ok(Value::NONE) } else { Err(ctx.memory_error("")) }
}

fn clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Payload::clear(&**receiver::<List>(ctx, args)?);
    Ok(Value::NONE)
}

fn insert(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    let index = protocol::as_isize(ctx, &args[1])?;
    let mut items = list.items.borrow_mut();
    let (index, _) = sequence::clip(index, 0, items.len());
    let index = index.min(items.len());
    items.insert(index, args[2].clone());
    Ok(Value::NONE)
}

fn pop(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    if args[1].is_empty() {
        let last = list.items.borrow_mut().pop();
        return last.ok_or(()).map_err(|()| ctx.index_error("pop from empty list"));
    }
    let index = protocol::as_isize(ctx, &args[1])?;
    if list.is_empty() {
        return Err(ctx.index_error("pop from empty list"));
    }
    match sequence::place(index, list.len()) {
        Some(index) => Ok(list.items.borrow_mut().remove(index)),
        None => Err(ctx.index_error("pop index out of range")),
    }
}

fn remove(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let list = receiver::<List>(ctx, args)?;
    match find(ctx, list, &args[1], 0, usize::MAX)? {
        Some(index) => {
            // __eq__ may have shortened the list.
            let old = list.splice(index, index + 1, Vec::new());
            drop(old);
            Ok(Value::NONE)
        }
        None => Err(ctx.value_error("list.remove(x): x not in list")),
    }
}

fn reverse(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<List>(ctx, args)?.items.borrow_mut().reverse();
    Ok(Value::NONE)
}

fn forward_next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let item = next_item(receiver::<ListIter>(ctx, args)?);
    item.ok_or(()).map_err(|()| ctx.stop_iteration(Value::NONE))
}

fn forward_hint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<ListIter>(ctx, args)?;
    let length = iterator.list.get().downcast_ref::<List>().map_or(0, |list| list.len());
    Ok(int::from_usize(length.saturating_sub(iterator.index.get())))
}

fn forward_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<ListIter>(ctx, args)?;
    let list = iterator.list.get();
    Ok(if list.is_empty() {
        let spent = new_list(Vec::new()).into_value();
        new_tuple([iterator::builtin(ctx, "iter"), new_tuple([spent]).into_value()]).into_value()
    } else {
        let index = int::from_usize(iterator.index.get());
        new_tuple([iterator::builtin(ctx, "iter"), new_tuple([list]).into_value(), index]).into_value()
    })
}

fn forward_set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let index = protocol::as_isize(ctx, &args[1])?;
    let iterator = receiver::<ListIter>(ctx, args)?;
    if let Some(list) = iterator.list.get().downcast_ref::<List>() {
        iterator.index.set((index.max(0) as usize).min(list.len()));
    }
    Ok(Value::NONE)
}

fn backward_next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let item = next_item_back(receiver::<ListIter>(ctx, args)?);
    item.ok_or(()).map_err(|()| ctx.stop_iteration(Value::NONE))
}

fn backward_hint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<ListIter>(ctx, args)?;
    let length = iterator.list.get().downcast_ref::<List>().map_or(0, |list| list.len());
    let left = iterator.index.get();
    Ok(int::from_usize(if left > length { 0 } else { left }))
}

fn backward_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let iterator = receiver::<ListIter>(ctx, args)?;
    let list = iterator.list.get();
    let class = ctx.types.reversed.value().clone();
    Ok(if list.is_empty() || iterator.index.get() == 0 {
        let spent = new_list(Vec::new()).into_value();
        new_tuple([class, new_tuple([spent]).into_value()]).into_value()
    } else {
        let index = int::from_i64(iterator.index.get() as i64 - 1);
        new_tuple([class, new_tuple([list]).into_value(), index]).into_value()
    })
}

fn backward_set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let index = protocol::as_isize(ctx, &args[1])?;
    let iterator = receiver::<ListIter>(ctx, args)?;
    if let Some(list) = iterator.list.get().downcast_ref::<List>() {
        iterator.index.set(((index.max(-1) + 1) as usize).min(list.len()));
    }
    Ok(Value::NONE)
}
