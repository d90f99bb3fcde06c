//! `collections.deque`: a double-ended queue, perhaps of bounded length, and its iterators.
//!
//! The items are in a ring buffer. A counter of changes lets iterators, `index`, `count` and their like notice that the
//! deque was changed under them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::{Classes, broken};
use crate::code::Comparison;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{Foreign, ForeignData, data_of, new_foreign};
use crate::objects::heap::{Obj, Ref, Slot};
use crate::objects::iterator::{self, NativeIterator, Walk, new_iter, walk};
use crate::objects::kind::Kind;
use crate::objects::module::Module;
use crate::objects::native::{Action, Control, Input, NativeFrame, PyResult, shape_asked};
use crate::objects::shape::ShapeId;
use crate::objects::string::{intern, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::objects::{generic_alias, int, protocol, sequence, slice};

crate::natives! { static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    step method "__init__(self, iterable=(), maxlen=None)" => init;
    method "__repr__(self, /)" => repr;
    method "__len__(self, /)" => |ctx, args| Ok(int::from_usize(this(ctx, args)?.len()));
    method "__iter__(self, /)" => |ctx, args| iterate(ctx, args, false);
    /// Return a reverse iterator over the deque.
    method "__reversed__(self, /)" => |ctx, args| iterate(ctx, args, true);
    method "__contains__(self, key, /)" => contains;
    method "__getitem__(self, key, /)" => get_item;
    method "__setitem__(self, key, value, /)" => set_item;
    method "__delitem__(self, key, /)" => delete_item;
    method "__add__(self, value, /)" => add;
    step method "__iadd__(self, value, /)" => extend;
    method "__mul__(self, value, /)" => multiply;
    method "__rmul__(self, value, /)" => multiply;
    method "__imul__(self, value, /)" => multiply_in_place;
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    /// Add an element to the right side of the deque.
    method "append(self, item, /)" => append;
    /// Add an element to the left side of the deque.
    method "appendleft(self, item, /)" => append_left;
    /// Remove all elements from the deque.
    method "clear(self, /)" => clear;
    /// Return a shallow copy of a deque.
    method "copy(self, /)" => copy;
    /// Return a shallow copy of a deque.
    method "__copy__(self, /)" => copy;
    /// Return number of occurrences of value.
    method "count(self, value, /)" => count;
    /// Extend the right side of the deque with elements from the iterable.
    control method "extend(self, iterable, /)" => extend_at_once;
    /// Extend the left side of the deque with elements from the iterable.
    step method "extendleft(self, iterable, /)" => extend;
    /// Return first index of value.
    ///
    /// Raises ValueError if the value is not present.
    method "index(self, value, start=<unrepresentable>, stop=<unrepresentable>, /)" => index;
    /// Insert value before index.
    method "insert(self, index, value, /)" => insert;
    /// Remove and return the rightmost element.
    method "pop(self, /)" => |ctx, args| pop(ctx, args, VecDeque::pop_back);
    /// Remove and return the leftmost element.
    method "popleft(self, /)" => |ctx, args| pop(ctx, args, VecDeque::pop_front);
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
    /// Remove first occurrence of value.
    method "remove(self, value, /)" => remove;
    /// Reverse *IN PLACE*.
    method "reverse(self, /)" => reverse;
    /// Rotate the deque n steps to the right.  If n is negative, rotates left.
    method "rotate(self, n=1, /)" => rotate;
    /// Return the size of the deque in memory, in bytes.
    method "__sizeof__(self, /)" => memory_size;
    /// maximum size of a deque or None if unbounded
    getter "maxlen(self)" => |ctx, args| Ok(this(ctx, args)?.max_value());
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { static ITERATOR:
    staticmethod "__new__(cls, deque, index=0, /)" => |ctx, args| new_iterator(ctx, args, false);
}

crate::natives! { static REVERSE_ITERATOR:
    staticmethod "__new__(cls, deque, index=0, /)" => |ctx, args| new_iterator(ctx, args, true);
}

/// The data of a deque.
pub(in crate::stdlib) struct Deque {
    items: RefCell<VecDeque<Value>>,
    limit: Cell<Option<usize>>,
    /// Counts changes of the set of items.
    changes: Cell<u64>,
}

impl ForeignData for Deque {
    fn item_count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.items.borrow().iter().for_each(visit);
    }

    fn clear(&self) {
        let old = std::mem::take(&mut *self.items.borrow_mut());
        drop(old);
    }
}

impl Deque {
    /// The number of items.
    pub(in crate::stdlib) fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// The item at an index.
    pub(in crate::stdlib) fn get(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    fn changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    /// Adds an item at one end; a full deque loses one at the other.
    /// Takes the first item out.
    pub(in crate::stdlib) fn pop_front(&self) -> Option<Value> {
        let item = self.items.borrow_mut().pop_front()?;
        self.changed();
        Some(item)
    }

    /// Adds an item at an end; a deque of bounded length may lose one at the other.
    pub(in crate::stdlib) fn push(&self, item: Value, left: bool) {
        self.changed();
        let old = {
            let mut items = self.items.borrow_mut();
            if left {
                items.push_front(item);
            } else {
                items.push_back(item);
            }
            match self.limit.get() {
                Some(limit) if items.len() > limit => {
                    if left {
                        items.pop_back()
                    } else {
                        items.pop_front()
                    }
                }
                _ => None,
            }
        };
        drop(old);
    }

    fn max_value(&self) -> Value {
        self.limit.get().map_or(Value::NONE, int::from_usize)
    }
}

/// Makes the classes.
pub(super) fn define(ctx: &mut Ctx, module: &Ref<Module>) {
    let object = ctx.types.object.clone();
    let doc = "A list-like sequence optimized for data accesses near its endpoints.";
    let class_flags = flags::SUBCLASSABLE | flags::SEQUENCE | flags::HAS_WEAKREF;
    let deque = ctx.types.define_class("deque", "collections", doc, &[&object], Kind::Foreign, class_flags, &[METHODS]);
    module.dict.set_str(&intern("deque"), deque.value().clone());
    let common = [iterator::METHODS, iterator::HINT_METHODS, iterator::REDUCE_METHODS];
    let [plain, hint, reduce] = common;
    let forward = ctx.types.define_class(
        "_deque_iterator",
        "collections",
        "",
        &[&object],
        Kind::Iter,
        0,
        &[ITERATOR, plain, hint, reduce],
    );
    let backward = ctx.types.define_class(
        "_deque_reverse_iterator",
        "collections",
        "",
        &[&object],
        Kind::Iter,
        0,
        &[REVERSE_ITERATOR, plain, hint, reduce],
    );
    module.dict.set_str(&intern("_deque_iterator"), forward.value().clone());
    module.dict.set_str(&intern("_deque_reverse_iterator"), backward.value().clone());
    let classes = ctx.state::<Classes>();
    classes.deque = Some(deque);
    classes.deque_iterator = Some(forward);
    classes.deque_reverse_iterator = Some(backward);
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Deque> {
    match args.first().and_then(data_of::<Deque>) {
        Some(deque) => Ok(deque),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn shape_of(class: Option<Ref<Class>>, kind: Kind) -> ShapeId {
    class.map_or(ShapeId::exact(kind), |class| class.instance_shape.get())
}

fn empty_deque() -> Deque {
    Deque { items: RefCell::default(), limit: Cell::new(None), changes: Cell::new(0) }
}

/// An empty deque without limit, for modules that know that `_collections` has been imported.
pub(in crate::stdlib) fn new_deque(ctx: &mut Ctx) -> Value {
    let class = ctx.state::<Classes>().deque.clone();
    new_foreign(shape_of(class, Kind::Foreign), empty_deque()).into_value()
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    Ok(new_foreign(shape, empty_deque()).into_value())
}

fn init(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let value = frame.local(0);
        let Some(deque) = data_of::<Deque>(&value) else { return Err(broken()) };
        let limit = frame.local(2);
        deque.limit.set(if limit.is_empty() || limit.is_none() {
            None
        } else if !int::is_int(&limit) {
            return Err(ctx.type_error("an integer is required"));
        } else {
            let limit = protocol::as_isize(ctx, &limit)?;
            if limit < 0 {
                return Err(ctx.value_error("maxlen must be non-negative"));
            }
            Some(limit as usize)
        });
        deque.clear();
        if frame.local(1).is_empty() {
            return Ok(Action::Return(Value::NONE));
        }
    }
    extend(ctx, frame, input)
}

/// `extend`, `extendleft`, `+=` and the filling of a new deque: the name tells which.
/// `extend` by what needs no frame.
fn extend_at_once(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let deque = this(ctx, args)?;
    if iterator::is_built_in(&args[1]) {
        let rest = iterator::walk_at_once(ctx, &args[1], |_, item| {
            deque.push(item, false);
            Ok(true)
        })?;
        if let Some(rest) = rest {
            return Ok(Control::Step(extend, smallvec::smallvec![args[0].clone(), rest]));
        }
        return Ok(Control::Return(Value::NONE));
    }
    Ok(Control::Step(extend, args.iter().cloned().collect()))
}

fn extend(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let value = frame.local(0);
    let Some(deque) = data_of::<Deque>(&value) else { return Err(broken()) };
    let name = frame.def.map_or("", |def| def.name());
    let left = name == "extendleft";
    if matches!(input, Input::Start) && frame.local(1).is(&value) {
        // Its own items, as they are now.
        let items: Vec<Value> = deque.items.borrow().iter().cloned().collect();
        items.into_iter().for_each(|item| deque.push(item, left));
    } else {
        let walked = walk(ctx, frame, input, 1, |_, item| {
            deque.push(item, left);
            Ok(true)
        })?;
        if let Walk::Wait(action) = walked {
            return Ok(action);
        }
    }
    Ok(Action::Return(if name == "__iadd__" { value.clone() } else { Value::NONE }))
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let name = protocol::with_class(ctx, &args[0], |class| class.name_string());
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let items: Vec<Value> = deque.items.borrow().iter().cloned().collect();
        let mut out = String::new();
        sequence::join_reprs(ctx, &mut out, |index| items.get(index).cloned())?;
        Ok(match deque.limit.get() {
            Some(limit) => format!("{name}([{out}], maxlen={limit})"),
            None => format!("{name}([{out}])"),
        })
    })?;
    Ok(new_str(text.unwrap_or_else(|| "[...]".to_owned())).into_value())
}

fn changed_error(ctx: &mut Ctx) -> crate::objects::native::Raised {
    ctx.runtime_error("deque mutated during iteration")
}

/// Calls `found` with the index of every item that equals a value, until it says that it has enough.
fn search(
    ctx: &mut Ctx,
    deque: &Deque,
    value: &Value,
    bounds: (usize, usize),
    mut found: impl FnMut(usize) -> bool,
) -> PyResult<()> {
    let changes = deque.changes.get();
    let mut index = bounds.0;
    while let Some(item) = deque.get(index).filter(|_| index < bounds.1) {
        let equal = protocol::equal(ctx, &item, value)?;
        if deque.changes.get() != changes {
            return Err(changed_error(ctx));
        }
        if equal && found(index) {
            break;
        }
        index += 1;
    }
    Ok(())
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let mut inside = false;
    search(ctx, deque, &args[1], (0, usize::MAX), |_| {
        inside = true;
        true
    })?;
    Ok(Value::bool(inside))
}

fn count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let mut count = 0;
    search(ctx, deque, &args[1], (0, usize::MAX), |_| {
        count += 1;
        false
    })?;
    Ok(int::from_usize(count))
}

fn index(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let start = slice::position(ctx, &args[2], 0)?;
    let stop = slice::position(ctx, &args[3], isize::MAX)?;
    let bounds = sequence::clip(start, stop, deque.len());
    let mut place = None;
    search(ctx, deque, &args[1], bounds, |index| {
        place = Some(index);
        true
    })?;
    match place {
        Some(index) => Ok(int::from_usize(index)),
        None => not_in_deque(ctx, &args[1]),
    }
}

fn not_in_deque(ctx: &mut Ctx, value: &Value) -> PyResult {
    let text = protocol::text::repr_string(ctx, value)?;
    Err(ctx.value_error(format!("{text} is not in deque")))
}

fn remove(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let changes = deque.changes.get();
    let mut place = None;
    let outcome = search(ctx, deque, &args[1], (0, usize::MAX), |index| {
        place = Some(index);
        true
    });
    if outcome.is_err() && deque.changes.get() != changes && ctx.raised_is(&ctx.exceptions.RuntimeError) {
        return Err(ctx.index_error("deque mutated during iteration"));
    }
    outcome?;
    match place {
        Some(index) => {
            deque.changed();
            let old = deque.items.borrow_mut().remove(index);
            drop(old);
            Ok(Value::NONE)
        }
        None => not_in_deque(ctx, &args[1]),
    }
}

/// The place that a subscript names.
fn place(ctx: &mut Ctx, deque: &Deque, key: &Value) -> PyResult<usize> {
    if !sequence::is_index(ctx, key) {
        return Err(protocol::type_mismatch(ctx, "sequence index must be integer, not '{}'", key));
    }
    let index = protocol::convert::as_sequence_index(ctx, key)?;
    match sequence::place(index, deque.len()) {
        Some(index) => Ok(index),
        None => Err(ctx.index_error("deque index out of range")),
    }
}

fn get_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let index = place(ctx, deque, &args[1])?;
    Ok(deque.get(index).unwrap_or(Value::NONE))
}

fn set_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let index = place(ctx, deque, &args[1])?;
    let old = deque.items.borrow_mut().get_mut(index).map(|slot| std::mem::replace(slot, args[2].clone()));
    drop(old);
    Ok(Value::NONE)
}

fn delete_item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let index = place(ctx, deque, &args[1])?;
    deque.changed();
    let old = deque.items.borrow_mut().remove(index);
    drop(old);
    Ok(Value::NONE)
}

/// A copy, of the same class: a subclass is asked to make it.
fn copied(ctx: &mut Ctx, value: &Value, deque: &Deque) -> PyResult {
    let exact = shape_of(ctx.state::<Classes>().deque.clone(), Kind::Foreign);
    if value.header().is_some_and(|header| header.shape() == exact) {
        let copy = empty_deque();
        copy.limit.set(deque.limit.get());
        copy.items.borrow_mut().clone_from(&deque.items.borrow());
        return Ok(new_foreign(exact, copy).into_value());
    }
    let class = protocol::class_of(ctx, value).into_value();
    match deque.limit.get() {
        Some(limit) => protocol::call(ctx, &class, &[value.clone(), int::from_usize(limit)]),
        None => protocol::call(ctx, &class, std::slice::from_ref(value)),
    }
}

fn copy(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    copied(ctx, &args[0], deque)
}

fn add(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let Some(other) = data_of::<Deque>(&args[1]) else {
        if protocol::lookup_special(ctx, &args[1], &ctx.names.__radd__).is_some() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        return Err(protocol::type_mismatch(ctx, "can only concatenate deque (not \"{}\") to deque", &args[1]));
    };
    let more: Vec<Value> = other.items.borrow().iter().cloned().collect();
    let result = copied(ctx, &args[0], deque)?;
    if let Some(deque) = data_of::<Deque>(&result) {
        more.into_iter().for_each(|item| deque.push(item, false));
    }
    Ok(result)
}

fn repeat(ctx: &mut Ctx, deque: &Deque, count: &Value) -> PyResult<bool> {
    let length = deque.len();
    let Some(count) = sequence::repetitions(ctx, length, count)? else { return Ok(false) };
    let items: Vec<Value> = deque.items.borrow().iter().cloned().collect();
    if count == 0 {
        deque.changed();
        deque.clear();
    }
    for _ in 1..count {
        items.iter().for_each(|item| deque.push(item.clone(), false));
    }
    Ok(true)
}

fn multiply(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    if !sequence::is_index(ctx, &args[1]) {
        return Err(protocol::type_mismatch(ctx, "can't multiply sequence by non-int of type '{}'", &args[1]));
    }
    let result = copied(ctx, &args[0], deque)?;
    if let Some(deque) = data_of::<Deque>(&result) {
        repeat(ctx, deque, &args[1])?;
    }
    Ok(result)
}

fn multiply_in_place(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    Ok(if repeat(ctx, deque, &args[1])? { args[0].clone() } else { Value::NOT_IMPLEMENTED })
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let a = this(ctx, args)?;
    let Some(b) = data_of::<Deque>(&args[1]) else { return Ok(Value::NOT_IMPLEMENTED) };
    sequence::compare(ctx, op, 0, |index| a.get(index), || a.len(), |index| b.get(index), || b.len())
}

fn append(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, args)?.push(args[1].clone(), false);
    Ok(Value::NONE)
}

fn append_left(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, args)?.push(args[1].clone(), true);
    Ok(Value::NONE)
}

fn clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    deque.changed();
    deque.clear();
    Ok(Value::NONE)
}

fn insert(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let index = protocol::as_isize(ctx, &args[1])?;
    if deque.limit.get().is_some_and(|limit| deque.len() >= limit) {
        return Err(ctx.index_error("deque already at its maximum size"));
    }
    deque.changed();
    let mut items = deque.items.borrow_mut();
    let (index, _) = sequence::clip(index, 0, items.len());
    let index = index.min(items.len());
    items.insert(index, args[2].clone());
    Ok(Value::NONE)
}

fn pop(ctx: &mut Ctx, args: &[Value], take: fn(&mut VecDeque<Value>) -> Option<Value>) -> PyResult {
    let deque = this(ctx, args)?;
    let item = take(&mut deque.items.borrow_mut());
    match item {
        Some(item) => {
            deque.changed();
            Ok(item)
        }
        None => Err(ctx.index_error("pop from an empty deque")),
    }
}

fn reverse(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, args)?.items.borrow_mut().make_contiguous().reverse();
    Ok(Value::NONE)
}

fn rotate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let steps = if args[1].is_empty() { 1 } else { protocol::as_isize(ctx, &args[1])? };
    let deque = this(ctx, args)?;
    let mut items = deque.items.borrow_mut();
    let length = items.len();
    if length > 1 {
        deque.changed();
        items.rotate_right(steps.rem_euclid(length as isize) as usize);
    }
    Ok(Value::NONE)
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let deque = this(ctx, args)?;
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let state = match args[0].downcast_ref::<Foreign>().and_then(Obj::attrs) {
        Some(slot) if !slot.is_empty() => slot.get(),
        _ => Value::NONE,
    };
    let empty = new_tuple([]).into_value();
    let init_args = match deque.limit.get() {
        Some(limit) => new_tuple([empty, int::from_usize(limit)]).into_value(),
        None => empty,
    };
    let items = protocol::iter(ctx, &args[0])?;
    Ok(new_tuple([class, init_args, state, items]).into_value())
}

fn memory_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let capacity = this(ctx, args)?.items.borrow().capacity();
    Ok(int::from_usize(size_of::<Deque>() + capacity * size_of::<Value>()))
}

fn iterate(ctx: &mut Ctx, args: &[Value], backwards: bool) -> PyResult {
    let deque = this(ctx, args)?;
    let classes = ctx.state::<Classes>();
    let class = if backwards { classes.deque_reverse_iterator.clone() } else { classes.deque_iterator.clone() };
    let source = DequeIterator {
        deque: Slot::new(args[0].clone()),
        taken: Cell::new(0),
        left: Cell::new(deque.len()),
        changes: deque.changes.get(),
        backwards,
    };
    Ok(new_iter(shape_of(class, Kind::Iter), source).into_value())
}

fn new_iterator(ctx: &mut Ctx, args: &[Value], backwards: bool) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Iter)?;
    let Some(deque) = data_of::<Deque>(&args[1]) else {
        return Err(protocol::type_mismatch(ctx, "argument 1 must be collections.deque, not {}", &args[1]));
    };
    let skip = if args[2].is_empty() { 0 } else { protocol::as_isize(ctx, &args[2])?.max(0) as usize };
    let skip = skip.min(deque.len());
    let source = DequeIterator {
        deque: Slot::new(args[1].clone()),
        taken: Cell::new(skip),
        left: Cell::new(deque.len() - skip),
        changes: deque.changes.get(),
        backwards,
    };
    Ok(new_iter(shape, source).into_value())
}

struct DequeIterator {
    deque: Slot,
    taken: Cell<usize>,
    left: Cell<usize>,
    changes: u64,
    backwards: bool,
}

impl NativeIterator for DequeIterator {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let value = self.deque.get();
        let Some(deque) = data_of::<Deque>(&value) else { return Ok(None) };
        if deque.changes.get() != self.changes {
            self.left.set(0);
            return Err(changed_error(ctx));
        }
        let Some(left) = self.left.get().checked_sub(1) else { return Ok(None) };
        let taken = self.taken.get();
        self.taken.set(taken + 1);
        self.left.set(left);
        Ok(deque.get(if self.backwards { left } else { taken }))
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.deque.peek(visit);
    }

    fn clear(&self) {
        self.deque.take();
    }

    fn length_hint(&self) -> Option<usize> {
        Some(self.left.get())
    }

    fn reduce(&self, ctx: &mut Ctx, this: &Value) -> PyResult {
        let class = protocol::class_of(ctx, this).into_value();
        let state = new_tuple([self.deque.get(), int::from_usize(self.taken.get())]).into_value();
        Ok(new_tuple([class, state]).into_value())
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
