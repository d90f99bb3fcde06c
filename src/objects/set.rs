//! `set` and `frozenset`: CPython's open-addressing table and probing, because the order of iteration shows.
//!
//! A key's first place is its hash modulo the table size; then come up to nine places right behind (they share cache
//! lines), then a jump that mixes in the higher bits of the hash. A deleted key leaves a mark, and a new key takes the last
//! marked place on its way. The table grows to the power
//! of two above four times the number of keys (twice, for large sets) when three fifths of it are taken. All of this, and the way
//! each operation builds its result, follows CPython, so that a set shows its items in the same order as there.
//!
//! As in a dict, a key with an equal hash may have to be asked by `__eq__`, which may change this very set; no borrow is held
//! meanwhile.
//!
//! Source: "Set Types" of the Standard Library reference; the comments in CPython's `setobject.c` for the layout.

use std::cell::{Cell, RefCell};

use super::ctx::Ctx;
use super::dict::{self, Dict, MAX_RESTARTS};
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::iterator::{NativeIterator, Walk, new_iter, reduce_as_list, walk_with};
use super::kind::Kind;
use super::list::new_list;
use super::native::{Action, Input, NativeFrame, PyResult, Raised, receiver, shape_asked};
use super::set_algebra::{self, common_keys, payload};
use super::set_table::{DELETED, Places, Probe};
use super::shape::ShapeId;
use super::signals::Pace;
use super::string::{Str, is_exact, new_str};
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use super::{float, generic_alias, int, protocol, sequence};
use crate::code::Comparison;
use crate::text::hashing;

pub use super::set_table::SetTable;

crate::natives! { pub(crate) static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    step method "__init__(self, iterable=(), /)" => init;
    /// Add an element to a set.
    ///
    /// This has no effect if the element is already present.
    method "add(self, object, /)" => add;
    /// Remove all elements from this set.
    method "clear(self, /)" => clear;
    /// Remove an element from a set if it is a member.
    ///
    /// Unlike set.remove(), the discard() method does not raise
    /// an exception when an element is missing from the set.
    method "discard(self, object, /)" => discard;
    /// Update the set, removing elements found in others.
    method "difference_update(self, /, *others)" => set_algebra::difference_update;
    /// Update the set, keeping only elements found in it and all others.
    method "intersection_update(self, /, *others)" => set_algebra::intersection_update;
    /// Remove and return an arbitrary set element.
    ///
    /// Raises KeyError if the set is empty.
    method "pop(self, /)" => pop;
    /// Remove an element from a set; it must be a member.
    ///
    /// If the element is not a member, raise a KeyError.
    method "remove(self, object, /)" => remove;
    /// Update the set, keeping only elements found in either set, but not in both.
    method "symmetric_difference_update(self, other, /)" => set_algebra::symmetric_difference_update;
    /// Update the set, adding elements from all others.
    step method "update(self, /, *others)" => update;
    method "__iand__(self, value, /)" => set_algebra::in_place_and;
    method "__ior__(self, value, /)" => set_algebra::in_place_or;
    method "__isub__(self, value, /)" => set_algebra::in_place_subtract;
    method "__ixor__(self, value, /)" => set_algebra::in_place_xor;
}

crate::natives! { pub(crate) static COMMON_METHODS:
    method "__repr__(self, /)" => repr;
    method "__len__(self, /)" => |ctx, args| Ok(int::from_usize(receiver::<Set>(ctx, args)?.len()));
    method "__iter__(self, /)" => |ctx, args| Ok(iterator(ctx, &args[0]));
    /// x.__contains__(y) <==> y in x.
    method "__contains__(self, object, /)" => contains;
    method "__eq__(self, value, /)" => |ctx, args| set_algebra::compare(ctx, args, Comparison::Equal);
    method "__ne__(self, value, /)" => |ctx, args| set_algebra::compare(ctx, args, Comparison::NotEqual);
    method "__lt__(self, value, /)" => |ctx, args| set_algebra::compare(ctx, args, Comparison::Less);
    method "__le__(self, value, /)" => |ctx, args| set_algebra::compare(ctx, args, Comparison::LessEqual);
    method "__gt__(self, value, /)" => |ctx, args| set_algebra::compare(ctx, args, Comparison::Greater);
    method "__ge__(self, value, /)" => |ctx, args| set_algebra::compare(ctx, args, Comparison::GreaterEqual);
    method "__and__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[0], &args[1], Obj::<Set>::intersection);
    method "__rand__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[1], &args[0], Obj::<Set>::intersection);
    method "__or__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[0], &args[1], Obj::<Set>::union);
    method "__ror__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[1], &args[0], Obj::<Set>::union);
    method "__sub__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[0], &args[1], Obj::<Set>::difference);
    method "__rsub__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[1], &args[0], Obj::<Set>::difference);
    method "__xor__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[0], &args[1], Obj::<Set>::symmetric_difference);
    method "__rxor__(self, value, /)" => |ctx, args| set_algebra::operator(ctx, &args[1], &args[0], Obj::<Set>::symmetric_difference);
    /// Return state information for pickling.
    method "__reduce__(self, /)" => reduce;
    /// S.__sizeof__() -> size of S in memory, in bytes.
    method "__sizeof__(self, /)" => memory_size;
    /// Return a shallow copy of a set.
    method "copy(self, /)" => copy;
    /// Return a new set with elements in the set that are not in the others.
    method "difference(self, /, *others)" => set_algebra::difference;
    /// Return a new set with elements common to the set and all others.
    method "intersection(self, /, *others)" => set_algebra::intersection;
    /// Return True if two sets have a null intersection.
    method "isdisjoint(self, other, /)" => set_algebra::is_disjoint;
    /// Report whether another set contains this set.
    method "issubset(self, other, /)" => set_algebra::is_subset;
    /// Report whether this set contains another set.
    method "issuperset(self, other, /)" => set_algebra::is_superset;
    /// Return a new set with elements in either the set or other but not both.
    method "symmetric_difference(self, other, /)" => set_algebra::symmetric_difference;
    /// Return a new set with elements from the set and all others.
    step method "union(self, /, *others)" => union;
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
}

crate::natives! { pub(crate) static FROZEN_METHODS:
    step staticmethod "__new__(cls, iterable=(), /)" => new_frozen;
    method "__hash__(self, /)" => hash;
}

/// Shape of `frozenset`, which shares the payload.
pub const SHAPE_FROZENSET: ShapeId = ShapeId::numbered(Kind::Set, 203);

/// The payload of `set` and `frozenset`.
pub struct Set {
    /// The table. Never hold the borrow while Python code may run.
    pub table: RefCell<SetTable>,
    /// Hash of a frozenset, once computed.
    pub hash: Cell<Option<i64>>,
    /// Counts structural changes, for probes and iterators that must notice them.
    pub changes: Cell<u32>,
    /// Where `pop` looks next.
    finger: Cell<usize>,
}

impl Payload for Set {
    const KIND: Kind = Kind::Set;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.table.borrow().entries.iter().for_each(|(_, key)| visit(key));
    }

    fn clear(&self) {
        self.changed();
        self.finger.set(0);
        let old = std::mem::take(&mut *self.table.borrow_mut());
        drop(old);
    }
}

impl Set {
    /// An empty payload.
    pub fn new() -> Set {
        Set { table: RefCell::default(), hash: Cell::new(None), changes: Cell::new(0), finger: Cell::new(0) }
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.table.borrow().used
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    /// Finds the place of a key, or the free place where it would go.
    fn find(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<Result<usize, usize>> {
        let mut restarts = 0;
        'restart: loop {
            restarts += 1;
            if restarts > MAX_RESTARTS {
                return Err(ctx.runtime_error("set changed during every comparison of a lookup"));
            }
            let mut places = Places::new(hash, self.table.borrow().mask());
            loop {
                let probe = self.table.borrow().probe(&mut places, hash, key);
                match probe {
                    Probe::Found(index) => return Ok(Ok(index)),
                    Probe::Free(index) => return Ok(Err(index)),
                    Probe::Ask(index) => {
                        let changes = self.changes.get();
                        let candidate = self.table.borrow().entries[index].1.clone();
                        let equal = protocol::equal(ctx, &candidate, key)?;
                        if self.changes.get() != changes {
                            continue 'restart;
                        }
                        if equal {
                            return Ok(Ok(index));
                        }
                        places.advance();
                    }
                }
            }
        }
    }

    /// Adds a key; tells whether it is new.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn add(&self, ctx: &mut Ctx, key: Value) -> PyResult<bool> {
        let hash = protocol::hash(ctx, &key)?;
        self.add_hashed(ctx, hash, key)
    }

    /// Adds a key whose hash is known; tells whether it is new.
    ///
    /// # Errors
    /// What comparing the key raises.
    pub fn add_hashed(&self, ctx: &mut Ctx, hash: i64, key: Value) -> PyResult<bool> {
        match self.find(ctx, hash, &key)? {
            Ok(_) => Ok(false),
            Err(index) => {
                self.changed();
                if self.table.borrow_mut().fill(index, hash, key) { Ok(true) } else { Err(ctx.memory_error("")) }
            }
        }
    }

    /// Whether there is such a key.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn contains(&self, ctx: &mut Ctx, key: &Value) -> PyResult<bool> {
        let hash = protocol::hash(ctx, key)?;
        self.contains_hashed(ctx, hash, key)
    }

    /// Whether there is such a key, whose hash is known.
    ///
    /// # Errors
    /// What comparing the key raises.
    pub fn contains_hashed(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<bool> {
        Ok(self.find(ctx, hash, key)?.is_ok())
    }

    /// Removes a key whose hash is known; tells whether it was there.
    ///
    /// # Errors
    /// What comparing the key raises.
    pub fn discard_hashed(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<bool> {
        match self.find(ctx, hash, key)? {
            Ok(index) => {
                self.changed();
                let old = self.table.borrow_mut().take(index);
                drop(old);
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    /// The first entry at or after a position, which moves behind it.
    #[inline]
    pub fn next_entry(&self, position: &mut usize) -> Option<(i64, Value)> {
        let table = self.table.borrow();
        while let Some((hash, key)) = table.entries.get(*position) {
            *position += 1;
            if *hash != DELETED && !key.is_empty() {
                return Some((*hash, key.clone()));
            }
        }
        None
    }

    /// Copies of the keys, in order.
    pub fn keys(&self) -> Vec<Value> {
        let mut position = 0;
        std::iter::from_fn(|| self.next_entry(&mut position)).map(|(_, key)| key).collect()
    }

    /// Adds the keys of another set.
    ///
    /// # Errors
    /// What comparing keys raises.
    pub fn merge(&self, ctx: &mut Ctx, other: &Set) -> PyResult<()> {
        if std::ptr::eq(self, other) || other.is_empty() {
            return Ok(());
        }
        self.changed();
        {
            let mut table = self.table.borrow_mut();
            let other = other.table.borrow();
            table.reserve(other.used);
            if table.fill == 0 {
                (table.fill, table.used) = (other.used, other.used);
                if table.entries.len() == other.entries.len() && other.fill == other.used {
                    table.entries.clone_from(&other.entries);
                } else {
                    for (hash, key) in &other.entries {
                        if *hash != DELETED && !key.is_empty() {
                            table.insert_clean(*hash, key.clone());
                        }
                    }
                }
                return Ok(());
            }
        }
        let mut position = 0;
        while let Some((hash, key)) = other.next_entry(&mut position) {
            self.add_hashed(ctx, hash, key)?;
        }
        Ok(())
    }

    /// Adds what another set or an exact dict holds; false for anything else.
    fn update_at_once(&self, ctx: &mut Ctx, other: &Value) -> PyResult<bool> {
        if let Some(other) = other.downcast_ref::<Set>() {
            return self.merge(ctx, other).map(|()| true);
        }
        let Some(other) = other.downcast_ref::<Dict>().filter(|dict| dict::is_exact(dict)) else { return Ok(false) };
        self.changed();
        self.table.borrow_mut().reserve(other.len());
        let mut position = 0;
        while let Some((hash, key, _)) = other.next_hashed(&mut position) {
            self.add_hashed(ctx, hash, key)?;
        }
        Ok(true)
    }

    /// Adds the items of an iterable.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn update(&self, ctx: &mut Ctx, other: &Value) -> PyResult<()> {
        if self.update_at_once(ctx, other)? {
            return Ok(());
        }
        let iterator = protocol::iter(ctx, other)?;
        let mut pace = Pace::default();
        while let Some(key) = protocol::next(ctx, &iterator)? {
            pace.step(ctx)?;
            self.add(ctx, key)?;
        }
        Ok(())
    }

    /// Removes the items of an iterable.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn difference_update(&self, ctx: &mut Ctx, other: &Value) -> PyResult<()> {
        if let Some(set) = other.downcast_ref::<Set>() {
            if std::ptr::eq(self, payload(set)) {
                Payload::clear(self);
                return Ok(());
            }
            // When the other set is much larger, only what both have matters.
            let common = if set.len() >> 3 > self.len() { Some(common_keys(ctx, self, set)?) } else { None };
            let source: &Set = common.as_ref().map_or(payload(set), |common| payload(common));
            let mut position = 0;
            while let Some((hash, key)) = source.next_entry(&mut position) {
                self.discard_hashed(ctx, hash, &key)?;
            }
        } else {
            let iterator = protocol::iter(ctx, other)?;
            let mut pace = Pace::default();
            while let Some(key) = protocol::next(ctx, &iterator)? {
                pace.step(ctx)?;
                let hash = protocol::hash(ctx, &key)?;
                self.discard_hashed(ctx, hash, &key)?;
            }
        }
        let mut table = self.table.borrow_mut();
        if table.fill - table.used > table.mask() / 4 {
            self.changed();
            table.grow();
        }
        Ok(())
    }

    /// Keeps what either this set or the iterable has, but not both.
    ///
    /// # Errors
    /// What iterating, hashing or comparing raises.
    pub fn symmetric_difference_update(&self, ctx: &mut Ctx, other: &Value) -> PyResult<()> {
        if let Some(dict) = other.downcast_ref::<Dict>().filter(|dict| dict::is_exact(dict)) {
            let mut position = 0;
            while let Some((hash, key, _)) = dict.next_hashed(&mut position) {
                self.toggle(ctx, hash, key)?;
            }
            return Ok(());
        }
        if let Some(set) = other.downcast_ref::<Set>() {
            if std::ptr::eq(self, payload(set)) {
                Payload::clear(self);
                return Ok(());
            }
            return self.toggle_all(ctx, set);
        }
        let set = new_set();
        set.update(ctx, other)?;
        self.toggle_all(ctx, &set)
    }

    pub(super) fn toggle_all(&self, ctx: &mut Ctx, other: &Set) -> PyResult<()> {
        let mut position = 0;
        while let Some((hash, key)) = other.next_entry(&mut position) {
            self.toggle(ctx, hash, key)?;
        }
        Ok(())
    }

    fn toggle(&self, ctx: &mut Ctx, hash: i64, key: Value) -> PyResult<()> {
        if !self.discard_hashed(ctx, hash, &key)? {
            self.add_hashed(ctx, hash, key)?;
        }
        Ok(())
    }

    /// Whether every key is in the other set.
    pub(super) fn is_subset_of(&self, ctx: &mut Ctx, other: &Set) -> PyResult<bool> {
        if self.len() > other.len() {
            return Ok(false);
        }
        let mut position = 0;
        while let Some((hash, key)) = self.next_entry(&mut position) {
            if !other.contains_hashed(ctx, hash, &key)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Adds a constant (a number, str, bytes, None, bool, Ellipsis or tuple of such).
    fn add_constant(&self, item: Value) {
        let hash = constant_hash(&item);
        let mut table = self.table.borrow_mut();
        let mut places = Places::new(hash, table.mask());
        loop {
            match table.probe(&mut places, hash, &item) {
                Probe::Found(_) => return,
                Probe::Free(index) => {
                    table.fill(index, hash, item);
                    return;
                }
                Probe::Ask(index) => {
                    if constants_equal(&table.entries[index].1, &item) {
                        return;
                    }
                    places.advance();
                }
            }
        }
    }
}

/// The hash of a constant, as `hash()` computes it.
fn constant_hash(value: &Value) -> i64 {
    if let Some(text) = value.downcast_ref::<Str>() {
        return text.hash();
    }
    if let Some(bytes) = value.downcast_ref::<super::bytes::Bytes>() {
        return hashing::bytes(&bytes.data);
    }
    if let Some(tuple) = value.downcast_ref::<Tuple>() {
        let mut state = hashing::Tuple::new();
        tuple.items().iter().for_each(|item| state.add(constant_hash(item)));
        return state.finish();
    }
    if let Some(number) = float::to_f64(value) {
        return hashing::float(number).unwrap_or(0);
    }
    if let Some(set) = value.downcast_ref::<Set>() {
        return frozen_hash(set);
    }
    if value.is_none() {
        return hashing::NONE;
    }
    match int::to_i64(value) {
        Some(i) => hashing::int(i),
        None => int::to_bigint(value).map_or_else(|| hashing::pointer(value.id() as usize), |i| hashing::big_int(&i)),
    }
}

fn constants_equal(a: &Value, b: &Value) -> bool {
    if let (Some(x), Some(y)) = (a.downcast_ref::<Tuple>(), b.downcast_ref::<Tuple>()) {
        return x.len() == y.len() && x.items().iter().zip(y.items()).all(|(p, q)| constants_equal(p, q));
    }
    if let (Some(x), Some(y)) = (a.downcast_ref::<super::bytes::Bytes>(), b.downcast_ref::<super::bytes::Bytes>()) {
        return x.data == y.data;
    }
    a.is(b)
        || protocol::compare::quick_equal(a, b)
            .unwrap_or_else(|| protocol::compare::compare_numbers(a, b).is_some_and(|order| order.is_eq()))
}

impl Default for Set {
    fn default() -> Set {
        Set::new()
    }
}

/// A new empty `set`.
pub fn new_set() -> Ref<Set> {
    alloc(ShapeId::exact(Kind::Set), Set::new())
}

/// A new empty `frozenset`, to be filled before anybody sees it.
pub fn new_frozenset() -> Ref<Set> {
    alloc(SHAPE_FROZENSET, Set::new())
}

/// A frozenset of constants, whose hashes need no Python code.
pub fn frozen_constants(items: Vec<Value>) -> Value {
    let set = new_frozenset();
    for item in items {
        set.add_constant(item);
    }
    set.into_value()
}

/// Whether a value is a `set`, a `frozenset` or an instance of a subclass.
pub fn is_any_set(value: &Value) -> bool {
    value.is_kind::<Set>()
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Set)?;
    Ok(alloc(shape, Set::new()).into_value())
}

fn init(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let this = frame.local(0);
        let Some(set) = this.downcast_ref::<Set>() else { return Err(Raised(())) };
        if !set.is_empty() {
            Payload::clear(&**set);
        }
        if frame.local(1).is_empty() {
            return Ok(Action::Return(Value::NONE));
        }
    }
    match fill(ctx, frame, input, 0, 1)? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => Ok(Action::Return(Value::NONE)),
    }
}

/// Adds the items of the iterable in one local to the set in another.
fn fill(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input, target: usize, source: usize) -> PyResult<Walk> {
    let sink = match target {
        0 => set_sink::<0>,
        2 => set_sink::<2>,
        _ => set_sink::<3>,
    };
    let target = frame.local(target);
    let Some(set) = target.downcast_ref::<Set>() else { return Err(Raised(())) };
    if matches!(input, Input::Start) && set.update_at_once(ctx, &frame.local(source))? {
        return Ok(Walk::Done);
    }
    walk_with(ctx, frame, input, source, Some(sink), |ctx, item| set.add(ctx, item).map(|_| true))
}

/// Adds keys that can be hashed and compared without Python code.
fn set_sink<const SET: usize>(frame: &Obj<NativeFrame>, item: Value) -> Option<Value> {
    let locals = frame.locals.borrow();
    let Some(set) = locals.get(SET).and_then(Value::downcast_ref::<Set>) else { return Some(item) };
    let hash = match (item.as_small_int(), item.downcast_ref::<Str>()) {
        (Some(i), _) => hashing::int(i),
        (None, Some(text)) if is_exact(text) => text.hash(),
        _ => return Some(item),
    };
    let mut table = set.table.borrow_mut();
    match table.probe(&mut Places::new(hash, table.mask()), hash, &item) {
        Probe::Found(_) => None,
        Probe::Ask(_) => Some(item),
        Probe::Free(index) => {
            set.changed();
            table.fill(index, hash, item);
            None
        }
    }
}

/// Locals: class, iterable, then the set.
fn new_frozen(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let shape = shape_asked(ctx, &frame.local(0), Kind::Set)?;
        let iterable = frame.local(1);
        let is_exact = iterable.header().is_some_and(|header| header.shape() == SHAPE_FROZENSET);
        if shape == SHAPE_FROZENSET && is_exact {
            return Ok(Action::Return(iterable));
        }
        let set = alloc(shape, Set::new()).into_value();
        if iterable.is_empty() {
            return Ok(Action::Return(set));
        }
        frame.set_local(2, set);
    }
    match fill(ctx, frame, input, 2, 1)? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => Ok(Action::Return(frame.local(2))),
    }
}

/// Locals: the set, a tuple of iterables, then the one under way; the state counts those that were begun.
fn update(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match fill_from_all(ctx, frame, input, 0)? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => Ok(Action::Return(Value::NONE)),
    }
}

/// As [`update`], on a copy that is kept behind the iterable under way.
fn union(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if matches!(input, Input::Start) {
        let this = frame.local(0);
        let Some(set) = this.downcast_ref::<Set>() else { return Err(Raised(())) };
        let copy = set.copied(ctx)?.into_value();
        frame.set_local(3, copy);
    }
    match fill_from_all(ctx, frame, input, 3)? {
        Walk::Wait(action) => Ok(action),
        Walk::Done => Ok(Action::Return(frame.local(3))),
    }
}

fn fill_from_all(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input, target: usize) -> PyResult<Walk> {
    let mut input = input;
    if !matches!(input, Input::Start)
        && let Walk::Wait(action) = fill(ctx, frame, std::mem::replace(&mut input, Input::Start), target, 2)?
    {
        return Ok(Walk::Wait(action));
    }
    let others = frame.local(1);
    let Some(others) = others.downcast_ref::<Tuple>() else { return Err(Raised(())) };
    while let Some(other) = others.items().get(frame.state.get() as usize) {
        frame.state.set(frame.state.get() + 1);
        frame.set_local(2, other.clone());
        if let Walk::Wait(action) = fill(ctx, frame, Input::Start, target, 2)? {
            return Ok(Walk::Wait(action));
        }
    }
    Ok(Walk::Done)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    let name = protocol::class_name(ctx, &args[0]);
    if set.is_empty() {
        return Ok(new_str(format!("{name}()")).into_value());
    }
    let text = protocol::text::guarded_repr(ctx, &args[0], |ctx| {
        let keys = set.keys();
        let mut out = String::new();
        sequence::join_reprs(ctx, &mut out, |index| keys.get(index).cloned())?;
        Ok(if set.header().shape() == ShapeId::exact(Kind::Set) {
            format!("{{{out}}}")
        } else {
            format!("{name}({{{out}}})")
        })
    })?;
    Ok(new_str(text.unwrap_or_else(|| format!("{name}(...)"))).into_value())
}

fn frozen_hash(set: &Set) -> i64 {
    let table = set.table.borrow();
    hashing::frozenset(
        table.entries.iter().filter(|(hash, key)| *hash != DELETED && !key.is_empty()).map(|(hash, _)| *hash),
    )
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    let hash = set.hash.get().unwrap_or_else(|| frozen_hash(set));
    set.hash.set(Some(hash));
    Ok(int::from_i64(hash))
}

/// The hash to look a key up by: an unhashable `set` is looked up as the frozenset of its items.
fn lookup_hash(ctx: &mut Ctx, key: &Value) -> PyResult<i64> {
    match protocol::hash(ctx, key) {
        Err(raised) => match key.downcast_ref::<Set>() {
            Some(set) => {
                let class = ctx.exceptions.TypeError.clone();
                ctx.catch(raised, &class)?;
                Ok(frozen_hash(set))
            }
            None => Err(raised),
        },
        hash => hash,
    }
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let hash = lookup_hash(ctx, &args[1])?;
    receiver::<Set>(ctx, args)?.contains_hashed(ctx, hash, &args[1]).map(Value::bool)
}

fn add(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    receiver::<Set>(ctx, args)?.add(ctx, args[1].clone())?;
    Ok(Value::NONE)
}

fn clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Payload::clear(&**receiver::<Set>(ctx, args)?);
    Ok(Value::NONE)
}

fn discard(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let hash = lookup_hash(ctx, &args[1])?;
    receiver::<Set>(ctx, args)?.discard_hashed(ctx, hash, &args[1])?;
    Ok(Value::NONE)
}

fn remove(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let hash = lookup_hash(ctx, &args[1])?;
    if receiver::<Set>(ctx, args)?.discard_hashed(ctx, hash, &args[1])? {
        return Ok(Value::NONE);
    }
    Err(ctx.key_error(&args[1]))
}

fn pop(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if set.is_empty() {
        let message = ctx.str("pop from an empty set");
        return Err(ctx.key_error(&message));
    }
    let mut table = set.table.borrow_mut();
    let mask = table.mask();
    let mut index = set.finger.get() & mask;
    while table.entries[index].1.is_empty() || table.entries[index].0 == DELETED {
        index = (index + 1) & mask;
    }
    set.changed();
    set.finger.set(index + 1);
    Ok(table.take(index))
}

fn copy(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let set = receiver::<Set>(ctx, args)?;
    if set.header().shape() == SHAPE_FROZENSET {
        return Ok(args[0].clone());
    }
    set.copied(ctx).map(Ref::into_value)
}

fn reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let keys = new_list(receiver::<Set>(ctx, args)?.keys()).into_value();
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let state = match protocol::attribute::dict_slot(&args[0]) {
        Some(slot) if !slot.is_empty() => slot.get(),
        _ => Value::NONE,
    };
    Ok(new_tuple([class, new_tuple([keys]).into_value(), state]).into_value())
}

fn memory_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let places = receiver::<Set>(ctx, args)?.table.borrow().entries.len();
    Ok(int::from_usize(size_of::<Obj<Set>>() + places * size_of::<(i64, Value)>()))
}

/// `iter(set)`
pub fn iterator(ctx: &Ctx, set: &Value) -> Value {
    let length = set.downcast_ref::<Set>().map_or(0, |set| set.len());
    let source = SetIterator {
        set: Slot::new(set.clone()),
        position: Cell::new(0),
        expected: Cell::new(length),
        left: Cell::new(length),
    };
    new_iter(ctx.types.set_iterator.instance_shape.get(), source).into_value()
}

struct SetIterator {
    set: Slot,
    position: Cell<usize>,
    /// Number of keys at the start, or a number that no set has once a change was noticed.
    expected: Cell<usize>,
    left: Cell<usize>,
}

impl NativeIterator for SetIterator {
    fn next(&self, ctx: &mut Ctx) -> PyResult<Option<Value>> {
        let set = self.set.get();
        let Some(set) = set.downcast_ref::<Set>() else { return Ok(None) };
        if set.len() != self.expected.get() {
            self.expected.set(usize::MAX);
            return Err(ctx.runtime_error("Set changed size during iteration"));
        }
        let mut position = self.position.get();
        let entry = set.next_entry(&mut position);
        self.position.set(position);
        match entry {
            Some((_, key)) => {
                self.left.set(self.left.get().saturating_sub(1));
                Ok(Some(key))
            }
            None => {
                self.set.set(Value::EMPTY);
                Ok(None)
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.set.peek(visit);
    }

    fn clear(&self) {
        self.set.take();
    }

    fn length_hint(&self) -> Option<usize> {
        let unchanged = self.set.get().downcast_ref::<Set>().is_some_and(|set| set.len() == self.expected.get());
        Some(if unchanged { self.left.get() } else { 0 })
    }

    fn reduce(&self, ctx: &mut Ctx, _this: &Value) -> PyResult {
        let mut left = Vec::new();
        let mut position = self.position.get();
        if let Some(set) = self.set.get().downcast_ref::<Set>() {
            while let Some((_, key)) = set.next_entry(&mut position) {
                left.push(key);
            }
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

/// Adds a key; `false` when it was there.
///
/// # Errors
/// What hashing or comparing raises.
pub fn insert(ctx: &mut Ctx, set: &Obj<Set>, key: Value) -> PyResult<bool> {
    set.add(ctx, key)
}
