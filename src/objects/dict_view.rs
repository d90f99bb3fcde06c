//! The views of a dict (`keys()`, `values()`, `items()`) and its iterators.
//!
//! A view holds the dict, not its contents, so it shows every later change. Views of keys and items are sets as far as
//! the operators go; what they compute is a new `set`. An iterator remembers how many entries there were and raises
//! RuntimeError when that changes.
//!
//! Source: "Dictionary view objects" of the Standard Library reference.

use std::cell::Cell;

use super::class::Class;
use super::ctx::Ctx;
use super::dict::Dict;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::iterator::{NativeIterator, Pair, new_iter, reduce_as_list};
use super::kind::Kind;
use super::list::new_list;
use super::native::{PyResult, Raised, receiver};
use super::proxy::MappingProxy;
use super::set::{Set, is_any_set, new_set};
use super::shape::ShapeId;
use super::signals::Pace;
use super::string::{Str, new_str};
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use super::{int, protocol};
use crate::code::Comparison;

crate::natives! { pub(crate) static COMMON_METHODS:
    method "__repr__(self, /)" => repr;
    method "__len__(self, /)" => |ctx, args| Ok(int::from_usize(receiver::<DictView>(ctx, args)?.len()));
    method "__iter__(self, /)" => |ctx, args| iterate(ctx, args, false);
    /// Return a reverse iterator over the dict view.
    method "__reversed__(self, /)" => |ctx, args| iterate(ctx, args, true);
    /// dictionary that this view refers to
    getter "mapping(self)" => mapping;
}

crate::natives! { pub(crate) static SET_METHODS:
    method "__contains__(self, key, /)" => |ctx, args| view_contains(ctx, &args[0], &args[1]).map(Value::bool);
    method "__eq__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| compare(ctx, args, Comparison::GreaterEqual);
    method "__and__(self, value, /)" => |ctx, args| intersection(ctx, &args[0], &args[1]);
    method "__rand__(self, value, /)" => |ctx, args| intersection(ctx, &args[1], &args[0]);
    method "__or__(self, value, /)" => |ctx, args| union(ctx, &args[0], &args[1]);
    method "__ror__(self, value, /)" => |ctx, args| union(ctx, &args[1], &args[0]);
    method "__sub__(self, value, /)" => |ctx, args| difference(ctx, &args[0], &args[1]);
    method "__rsub__(self, value, /)" => |ctx, args| difference(ctx, &args[1], &args[0]);
    method "__xor__(self, value, /)" => |ctx, args| symmetric_difference(ctx, &args[0], &args[1]);
    method "__rxor__(self, value, /)" => |ctx, args| symmetric_difference(ctx, &args[1], &args[0]);
    /// Return True if the view and the given iterable have a null intersection.
    method "isdisjoint(self, other, /)" => is_disjoint;
}

/// What a dict view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKind {
    /// `dict.keys()`
    Keys,
    /// `dict.values()`
    Values,
    /// `dict.items()`
    Items,
}

/// The payload of `dict_keys`, `dict_values` and `dict_items`.
pub struct DictView {
    /// The dict.
    pub dict: Slot,
    /// What is shown.
    pub kind: ViewKind,
}

impl Payload for DictView {
    const KIND: Kind = Kind::DictView;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.dict.peek(visit);
    }

    fn clear(&self) {
        self.dict.take();
    }
}

impl DictView {
    /// Number of entries of the dict.
    pub fn len(&self) -> usize {
        self.dict.get().downcast_ref::<Dict>().map_or(0, |dict| dict.len())
    }

    /// Whether the dict is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A view of a dict.
pub fn new_view(ctx: &Ctx, dict: &Value, kind: ViewKind) -> Value {
    let class = match kind {
        ViewKind::Keys => &ctx.types.dict_keys,
        ViewKind::Values => &ctx.types.dict_values,
        ViewKind::Items => &ctx.types.dict_items,
    };
    alloc(class.instance_shape.get(), DictView { dict: Slot::new(dict.clone()), kind }).into_value()
}

/// An iterator over a dict, forwards or backwards.
pub fn iterator(ctx: &Ctx, dict: &Value, kind: ViewKind, backwards: bool) -> Value {
    let types = &ctx.types;
    let class = match (kind, backwards) {
        (ViewKind::Keys, false) => &types.dict_keyiterator,
        (ViewKind::Values, false) => &types.dict_valueiterator,
        (ViewKind::Items, false) => &types.dict_itemiterator,
        (ViewKind::Keys, true) => &types.dict_reversekeyiterator,
        (ViewKind::Values, true) => &types.dict_reversevalueiterator,
        (ViewKind::Items, true) => &types.dict_reverseitemiterator,
    };
    let length = dict.downcast_ref::<Dict>().map_or(0, |dict| dict.len());
    let source = DictIterator {
        dict: Slot::new(dict.clone()),
        position: Cell::new(if backwards { usize::MAX } else { 0 }),
        expected: Cell::new(length),
        left: Cell::new(length),
        kind,
        backwards,
    };
    new_iter(class.instance_shape.get(), source).into_value()
}

/// What the six iterator types of dicts run.
pub struct DictIterator {
    /// The dict; empty once exhausted.
    dict: Slot,
    position: Cell<usize>,
    /// Number of entries at the start, or a number that no dict has once a change was noticed.
    expected: Cell<usize>,
    left: Cell<usize>,
    kind: ViewKind,
    backwards: bool,
}

/// The error of an iterator whose dict has changed. An OrderedDict, which is a class in Python, has words of its own.
#[cold]
fn changed(ctx: &mut Ctx, dict: &Value, message: &str) -> Raised {
    let class = protocol::class_of(ctx, dict);
    let is_ordered = class.mro().iter().any(|class| {
        class.downcast_ref::<Class>().is_some_and(|class| {
            let module = class.lookup(&ctx.names.__module__).unwrap_or_default();
            class.name_string() == "OrderedDict"
                && module.downcast_ref::<Str>().is_some_and(|module| module.as_str() == "collections")
        })
    });
    ctx.runtime_error(if is_ordered { "OrderedDict mutated during iteration" } else { message })
}

impl DictIterator {
    fn key(&self, dict: &Dict, position: &mut usize) -> Option<Value> {
        if self.backwards { self.entry(dict, position).map(|(key, _)| key) } else { dict.next_key(position) }
    }

    fn entry(&self, dict: &Dict, position: &mut usize) -> Option<(Value, Value)> {
        if self.backwards { dict.previous_entry(position) } else { dict.next_entry(position) }
    }

    /// What `find` finds from the position on, unless the dict has changed.
    #[inline(always)]
    fn advance<T>(&self, ctx: &mut Ctx, find: fn(&Self, &Dict, &mut usize) -> Option<T>) -> PyResult<Option<T>> {
        let held = self.dict.get();
        let Some(dict) = held.downcast_ref::<Dict>() else { return Ok(None) };
        if self.expected.get() != dict.len() {
            self.expected.set(usize::MAX);
            return Err(changed(ctx, &held, "dictionary changed size during iteration"));
        }
        let mut position = self.position.get();
        let found = find(self, dict, &mut position);
        self.position.set(position);
        match found {
            Some(item) => {
                match self.left.get().checked_sub(1) {
                    Some(left) => self.left.set(left),
                    None if !self.backwards => {
                        self.dict.set(Value::EMPTY);
                        return Err(changed(ctx, &held, "dictionary keys changed during iteration"));
                    }
                    None => {}
                }
                Ok(Some(item))
            }
            None => {
                self.dict.set(Value::EMPTY);
                Ok(None)
            }
        }
    }
}

impl NativeIterator for DictIterator {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        Ok(match self.kind {
            ViewKind::Keys => self.advance(ctx, DictIterator::key)?,
            ViewKind::Values => self.advance(ctx, DictIterator::entry)?.map(|(_, value)| value),
            ViewKind::Items => {
                self.advance(ctx, DictIterator::entry)?.map(|(key, value)| new_tuple([key, value]).into_value())
            }
        })
    }

    fn next_pair(&self, ctx: &mut Ctx) -> PyResult<Pair> {
        if self.kind != ViewKind::Items {
            return Ok(Pair::None);
        }
        Ok(match self.advance(ctx, DictIterator::entry)? {
            Some((key, value)) => Pair::Of(key, value),
            None => Pair::End,
        })
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.dict.peek(visit);
    }

    fn clear(&self) {
        self.dict.take();
    }

    fn length_hint(&self) -> Option<usize> {
        let unchanged = self.dict.get().downcast_ref::<Dict>().is_some_and(|dict| dict.len() == self.expected.get());
        Some(if unchanged { self.left.get() } else { 0 })
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let copy = DictIterator {
            dict: Slot::new(self.dict.get()),
            position: Cell::new(self.position.get()),
            expected: Cell::new(self.expected.get()),
            left: Cell::new(self.left.get()),
            kind: self.kind,
            backwards: self.backwards,
        };
        let mut left = Vec::new();
        while let Some(item) = copy.next(ctx)? {
            left.push(item);
        }
        Ok(reduce_as_list(ctx, left))
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn iterate(ctx: &mut Ctx, args: &[Value], backwards: bool) -> PyResult {
    let view = receiver::<DictView>(ctx, args)?;
    Ok(iterator(ctx, &view.dict.get(), view.kind, backwards))
}

fn mapping(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mapping = Slot::new(receiver::<DictView>(ctx, args)?.dict.get());
    Ok(alloc(ShapeId::exact(Kind::Proxy), MappingProxy { mapping }).into_value())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let list = new_list(protocol::collect(ctx, &args[0])?).into_value();
        let name = protocol::class_name(ctx, &args[0]);
        let list = protocol::repr(ctx, &list)?;
        Ok(format!("{name}({})", list.as_str()))
    })?;
    Ok(new_str(text.unwrap_or_else(|| "...".to_owned())).into_value())
}

/// A view that is a set: of keys or of items.
fn as_set_view(value: &Value) -> Option<&Obj<DictView>> {
    value.downcast_ref::<DictView>().filter(|view| view.kind != ViewKind::Values)
}

fn view_contains(ctx: &mut Ctx, view: &Value, item: &Value) -> PyResult<bool> {
    let Some(view) = view.downcast_ref::<DictView>() else { return Ok(false) };
    let dict = view.dict.get();
    let Some(dict) = dict.downcast_ref::<Dict>() else { return Ok(false) };
    if view.kind == ViewKind::Keys {
        return dict.contains(ctx, item);
    }
    let Some([key, value]) = item.downcast_ref::<Tuple>().map(|tuple| tuple.items()) else { return Ok(false) };
    match dict.get(ctx, key)? {
        Some(found) => protocol::equal(ctx, &found, value),
        None => Ok(false),
    }
}

fn all_in(ctx: &mut Ctx, small: &Value, large: &Value) -> PyResult<bool> {
    let iterator = protocol::iter(ctx, small)?;
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if !protocol::contains(ctx, large, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compare(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let (this, other) = (&args[0], &args[1]);
    if !is_any_set(other) && as_set_view(other).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (protocol::length(ctx, this)?, protocol::length(ctx, other)?);
    Ok(Value::bool(match op {
        Comparison::Equal => a == b && all_in(ctx, this, other)?,
        Comparison::NotEqual => !(a == b && all_in(ctx, this, other)?),
        Comparison::Less => a < b && all_in(ctx, this, other)?,
        Comparison::LessEqual => a <= b && all_in(ctx, this, other)?,
        Comparison::Greater => a > b && all_in(ctx, other, this)?,
        Comparison::GreaterEqual => a >= b && all_in(ctx, other, this)?,
    }))
}

/// A new set of what a view, or the other operand, holds.
fn to_set(ctx: &mut Ctx, value: &Value) -> PyResult<Ref<Set>> {
    let set = new_set();
    let dict = value.downcast_ref::<DictView>().filter(|view| view.kind == ViewKind::Keys).map(|view| view.dict.get());
    match dict.filter(|dict| dict.downcast_ref::<Dict>().is_some_and(super::dict::is_exact)) {
        Some(dict) => set.update(ctx, &dict)?,
        None => set.update(ctx, value)?,
    }
    Ok(set)
}

fn intersection(ctx: &mut Ctx, left: &Value, right: &Value) -> PyResult {
    let (mut view, mut other) = if as_set_view(left).is_some() { (left, right) } else { (right, left) };
    let length = protocol::length(ctx, view)?;
    if let Some(set) = other.downcast_ref::<Set>()
        && set.header().shape() == ShapeId::exact(Kind::Set)
        && length <= set.len()
    {
        return set.intersection(ctx, view).map(Ref::into_value);
    }
    if as_set_view(other).is_some() && protocol::length(ctx, other)? > length {
        (view, other) = (other, view);
    }
    let result = new_set();
    let iterator = protocol::iter(ctx, other)?;
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if view_contains(ctx, view, &item)? {
            result.add(ctx, item)?;
        }
    }
    Ok(result.into_value())
}

fn union(ctx: &mut Ctx, left: &Value, right: &Value) -> PyResult {
    let result = to_set(ctx, left)?;
    result.update(ctx, right)?;
    Ok(result.into_value())
}

fn difference(ctx: &mut Ctx, left: &Value, right: &Value) -> PyResult {
    let result = to_set(ctx, left)?;
    result.difference_update(ctx, right)?;
    Ok(result.into_value())
}

fn symmetric_difference(ctx: &mut Ctx, left: &Value, right: &Value) -> PyResult {
    if let (Some(a), Some(b)) = (as_set_view(left), as_set_view(right))
        && a.kind == ViewKind::Items
        && b.kind == ViewKind::Items
    {
        return items_xor(ctx, a, b);
    }
    let result = to_set(ctx, left)?;
    result.symmetric_difference_update(ctx, right)?;
    Ok(result.into_value())
}

/// Compares values only under equal keys, so that values need not be hashable where both sides agree.
fn items_xor(ctx: &mut Ctx, a: &Obj<DictView>, b: &Obj<DictView>) -> PyResult {
    let (a, b) = (a.dict.get(), b.dict.get());
    let (Some(a), Some(b)) = (a.downcast_ref::<Dict>(), b.downcast_ref::<Dict>()) else {
        return Ok(new_set().into_value());
    };
    let left = super::dict::from_payload(a.copied());
    let result = new_set();
    let mut position = 0;
    while let Some((hash, key, value)) = b.next_hashed(&mut position) {
        let same = match left.get_hashed(ctx, hash, &key)? {
            Some(other) => protocol::equal(ctx, &other, &value)?,
            None => false,
        };
        if same {
            let old = left.remove(ctx, &key)?;
            drop(old);
        } else {
            result.add(ctx, new_tuple([key, value]).into_value())?;
        }
    }
    let rest = new_view(ctx, left.value(), ViewKind::Items);
    result.update(ctx, &rest)?;
    Ok(result.into_value())
}

fn is_disjoint(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (mut view, mut other) = (&args[0], &args[1]);
    let length = protocol::length(ctx, view)?;
    if view.is(other) {
        return Ok(Value::bool(length == 0));
    }
    if (is_any_set(other) || as_set_view(other).is_some()) && protocol::length(ctx, other)? > length {
        (view, other) = (other, view);
    }
    let iterator = protocol::iter(ctx, other)?;
    let mut pace = Pace::default();
    while let Some(item) = protocol::next(ctx, &iterator)? {
        pace.step(ctx)?;
        if protocol::contains(ctx, view, &item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}
