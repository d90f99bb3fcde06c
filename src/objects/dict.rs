//! `dict`: insertion-ordered hash tables, which are also the namespaces of modules, classes and instances.
//!
//! Entries (hash, key, value) stand in a vector in insertion order; a table of indexes into it, sized as a power of two,
//! finds a key by its hash. A dict of up to eight entries has no table and is searched from the front. A probe compares
//! words first, then hashes, then, only when the hashes agree and the keys are not both `str`, calls `__eq__`; that call
//! may change this very dict, so the probe holds no borrow across it and starts again when the dict has changed.
//!
//! The methods of `dict` are in `dict_methods.rs`, its views and iterators in `dict_view.rs`.
//!
//! The *keys version* is what global-variable caches guard on: there is none until it is asked for, and none again after
//! a change of the set of keys (a new value for an old key does not count). One change is forgiven, because a loop around
//! `except ... as error` makes it every time: the last key may go and come back.

use std::cell::{Cell, RefCell};

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::shape::{ShapeId, fresh_version};
use super::string::{Str, intern};
use super::tuple::Tuple;
use super::value::Value;
use super::{int, protocol};
use crate::code::BinaryOperator;
use crate::text::has_room;

pub use super::dict_view::{DictView, ViewKind};

/// The payload of `dict`.
pub struct Dict {
    table: RefCell<Table>,
    keys_version: Cell<u32>,
    /// The last key, when it was taken out without a change of the keys version; else empty.
    gone: Slot,
    /// Counts structural changes, for probes and iterators that must notice them.
    changes: Cell<u32>,
    /// What a subclass written in Rust keeps: the factory of a `defaultdict`. Empty otherwise.
    pub extra: Slot,
}

/// The entries and their index table.
#[derive(Default)]
pub struct Table {
    entries: Vec<Entry>,
    /// Entries that are not tombstones.
    used: usize,
    indexes: Vec<u32>,
    /// The entries before this one are tombstones.
    head: usize,
    /// Index places that are not free, the deleted ones included.
    fill: usize,
    /// Whether some key is no interned `str`: without such a key, an interned name that is not found by its word is not
    /// there.
    mixed: bool,
}

struct Entry {
    hash: i64,
    /// Empty when the entry was deleted.
    key: Value,
    value: Value,
}

const SMALL: usize = 8;

/// From so many entries on it is asked beforehand whether there is memory for a larger table.
pub(super) const LARGE: usize = 1 << 18;
/// The keys version of a dict that has none; no cache holds it.
const UNVERSIONED: u32 = 1;
const FREE: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;

impl Payload for Dict {
    const KIND: Kind = Kind::Dict;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for entry in &self.table.borrow().entries {
            visit(&entry.key);
            visit(&entry.value);
        }
        self.extra.peek(visit);
    }

    fn clear(&self) {
        Dict::clear(self);
        self.extra.take();
    }
}

enum Probe {
    Found(usize),
    Absent,
    /// The key of this entry has the same hash and must be asked.
    Ask(usize),
}

impl Table {
    /// The value at a position, without checks of the key: for caches guarded by the keys version.
    #[inline(always)]
    pub(crate) fn value_at(&self, position: usize) -> Option<&Value> {
        self.entries.get(position).map(|entry| &entry.value)
    }

    /// The position of an interned name; None when it is not there or the table has other keys to compare with.
    #[inline(always)]
    fn find_name(&self, hash: i64, name: &Value) -> Option<usize> {
        if self.indexes.is_empty() {
            return self.entries.iter().position(|entry| entry.key.is(name));
        }
        let mask = self.indexes.len() - 1;
        let mut position = mix(hash) & mask;
        loop {
            let index = self.indexes[position];
            if index == FREE {
                return None;
            }
            if index != DELETED && self.entries[index as usize].key.is(name) {
                return Some(index as usize);
            }
            position = (position + 1) & mask;
        }
    }

    fn probe(&self, hash: i64, key: &Value, skip: &[usize]) -> Probe {
        let same = |index: usize| -> Option<Probe> {
            let entry = &self.entries[index];
            if entry.key.is(key) {
                return Some(Probe::Found(index));
            }
            if entry.hash != hash || entry.key.is_empty() {
                return None;
            }
            match keys_equal_simply(&entry.key, key) {
                Some(true) => Some(Probe::Found(index)),
                Some(false) => None,
                None if skip.contains(&index) => None,
                None => Some(Probe::Ask(index)),
            }
        };
        if self.indexes.is_empty() {
            return (0..self.entries.len()).find_map(same).unwrap_or(Probe::Absent);
        }
        let mask = self.indexes.len() - 1;
        let mut position = mix(hash) & mask;
        loop {
            match self.indexes[position] {
                FREE => return Probe::Absent,
                DELETED => {}
                index => {
                    if let Some(probe) = same(index as usize) {
                        return probe;
                    }
                }
            }
            position = (position + 1) & mask;
        }
    }

    fn rebuild(&mut self, room: usize) {
        if self.used < self.entries.len() {
            self.entries.retain(|entry| !entry.key.is_empty());
        }
        self.head = 0;
        if room <= SMALL {
            self.indexes = Vec::new();
            self.fill = 0;
            return;
        }
        let size = (room * 2).next_power_of_two();
        self.indexes.clear();
        self.indexes.resize(size, FREE);
        self.fill = 0;
        for index in 0..self.entries.len() {
            let hash = self.entries[index].hash;
            self.enter(hash, index);
        }
    }

    fn reserve(&mut self, more: usize) {
        let room = self.used + more;
        if room > SMALL && room * 3 > self.indexes.len() * 2 {
            self.entries.reserve_exact(more);
            self.rebuild(room);
        }
    }

    fn enter(&mut self, hash: i64, index: usize) {
        let mask = self.indexes.len() - 1;
        let mut position = mix(hash) & mask;
        while self.indexes[position] < DELETED {
            position = (position + 1) & mask;
        }
        self.fill += (self.indexes[position] == FREE) as usize;
        self.indexes[position] = index as u32;
    }

    /// Whether one more entry needs a larger table of indexes.
    fn is_full(&self) -> bool {
        if self.indexes.is_empty() { self.entries.len() >= SMALL } else { (self.fill + 1) * 3 > self.indexes.len() * 2 }
    }

    /// Appends unless a large table must grow for which there is no memory; then it is `false`.
    #[inline]
    fn try_append(&mut self, hash: i64, key: Value, value: Value) -> bool {
        if self.entries.len() >= LARGE && !self.can_grow() {
            return false;
        }
        self.append(hash, key, value);
        true
    }

    #[cold]
    fn can_grow(&self) -> bool {
        let entries = if self.entries.len() == self.entries.capacity() { 2 * self.entries.len() } else { 0 };
        let indexes = if self.is_full() { (self.used * 4).next_power_of_two() } else { 0 };
        has_room(entries * size_of::<Entry>() + indexes * size_of::<u32>())
    }

    fn append(&mut self, hash: i64, key: Value, value: Value) {
        if self.is_full() {
            self.rebuild((self.used + 1).max(self.used * 2));
        }
        let index = self.entries.len();
        self.mixed |= !is_name(&key);
        self.entries.push(Entry { hash, key, value });
        self.used += 1;
        if !self.indexes.is_empty() {
            self.enter(hash, index);
        }
    }

    fn take(&mut self, index: usize) -> (Value, Value) {
        if !self.indexes.is_empty() {
            let mask = self.indexes.len() - 1;
            let mut position = mix(self.entries[index].hash) & mask;
            while self.indexes[position] != index as u32 {
                position = (position + 1) & mask;
            }
            self.indexes[position] = DELETED;
        }
        let entry = &mut self.entries[index];
        let pair = (std::mem::take(&mut entry.key), std::mem::take(&mut entry.value));
        self.used -= 1;
        if index == self.head {
            self.head += self.entries[index..].iter().take_while(|entry| entry.key.is_empty()).count();
        }
        while self.entries.last().is_some_and(|last| last.key.is_empty()) {
            self.entries.pop();
        }
        if self.used == 0 {
            self.head = 0;
            self.entries.clear();
            self.indexes = Vec::new();
            self.fill = 0;
            self.mixed = false;
        }
        pair
    }
}

/// A lookup starts again when a comparison changed the dict or set, but not forever.
pub(super) const MAX_RESTARTS: u32 = 1000;

/// Spreads the bits of a hash: integers are their own hashes, and regular ones would fill neighbouring places.
#[inline(always)]
fn mix(hash: i64) -> usize {
    ((hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// Whether a key is an interned `str`.
#[inline(always)]
fn is_name(key: &Value) -> bool {
    key.downcast_ref::<Str>().is_some_and(|text| text.is_interned())
}

/// Equality of keys with equal hashes that needs no Python code; None when it must be asked for.
pub(super) fn keys_equal_simply(a: &Value, b: &Value) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.downcast_ref::<Str>(), b.downcast_ref::<Str>()) {
        let exact = ShapeId::exact(Kind::Str);
        if x.header().shape() == exact && y.header().shape() == exact {
            return Some(!(x.is_interned() && y.is_interned()) && x.as_str() == y.as_str());
        }
        return None;
    }
    if a.as_small_int().is_some() && b.as_small_int().is_some() {
        return Some(false);
    }
    if let (Some(x), Some(y)) = (a.downcast_ref::<Tuple>(), b.downcast_ref::<Tuple>()) {
        return tuples_equal_simply(x, y);
    }
    None
}

/// The same for tuples of ints and strs.
fn tuples_equal_simply(a: &Obj<Tuple>, b: &Obj<Tuple>) -> Option<bool> {
    let exact = ShapeId::exact(Kind::Tuple);
    if a.header().shape() != exact || b.header().shape() != exact {
        return None;
    }
    for (x, y) in a.items().iter().zip(b.items()) {
        if !x.is(y) && (x.is_kind::<Tuple>() || !keys_equal_simply(x, y)?) {
            return if x.is_kind::<Tuple>() { None } else { Some(false) };
        }
    }
    Some(a.len() == b.len())
}

impl Dict {
    /// An empty payload.
    pub fn new() -> Dict {
        Dict {
            table: RefCell::default(),
            keys_version: Cell::new(UNVERSIONED),
            gone: Slot::default(),
            changes: Cell::new(0),
            extra: Slot::default(),
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.table.borrow().used
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number that changes with every change of the set of keys.
    pub fn changes(&self) -> u32 {
        self.changes.get()
    }

    /// The keys version, made now if there is none; see the module's documentation.
    pub fn keys_version(&self) -> u32 {
        if self.keys_version.get() == UNVERSIONED {
            self.keys_version.set(fresh_version());
        }
        self.keys_version.get()
    }

    /// The keys version as it stands: never 0, and no cache's when nobody guards on it.
    #[inline(always)]
    pub fn current_keys_version(&self) -> u32 {
        self.keys_version.get()
    }

    /// Whether a name is absent only for a while, as far as the keys version tells: no cache may rely on its absence.
    pub(crate) fn is_gone(&self, name: &Value) -> bool {
        self.gone.bits() == name.bits()
    }

    fn changed(&self) {
        self.keys_version.set(UNVERSIONED);
        if !self.gone.is_empty() {
            self.gone.take();
        }
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    fn find(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<Option<usize>> {
        let mut asked: Vec<usize> = Vec::new();
        let mut changes = self.changes.get();
        let mut restarts = 0;
        loop {
            let probe = self.table.borrow().probe(hash, key, &asked);
            match probe {
                Probe::Found(index) => return Ok(Some(index)),
                Probe::Absent => return Ok(None),
                Probe::Ask(index) => {
                    let candidate = self.table.borrow().entries[index].key.clone();
                    let equal = protocol::equal(ctx, &candidate, key)?;
                    // As in CPython, a dict that was changed and has the same key in the same place again counts as
                    // unchanged: a comparison that always fills the dict anew still comes to an end.
                    let same = self.changes.get() == changes
                        || self.table.borrow().entries.get(index).is_some_and(|entry| entry.key.is(&candidate));
                    changes = self.changes.get();
                    if !same {
                        asked.clear();
                        restarts += 1;
                        if restarts > MAX_RESTARTS {
                            return Err(ctx.runtime_error("dictionary changed during every comparison of a lookup"));
                        }
                    } else if equal {
                        return Ok(Some(index));
                    } else {
                        asked.push(index);
                    }
                }
            }
        }
    }

    /// The value of a key.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn get(&self, ctx: &mut Ctx, key: &Value) -> PyResult<Option<Value>> {
        let hash = protocol::hash(ctx, key)?;
        self.get_hashed(ctx, hash, key)
    }

    /// The value of a key whose hash is known.
    ///
    /// # Errors
    /// What comparing the key raises.
    pub fn get_hashed(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<Option<Value>> {
        Ok(self.find(ctx, hash, key)?.map(|index| self.table.borrow().entries[index].value.clone()))
    }

    /// Whether there is such a key.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn contains(&self, ctx: &mut Ctx, key: &Value) -> PyResult<bool> {
        let hash = protocol::hash(ctx, key)?;
        Ok(self.find(ctx, hash, key)?.is_some())
    }

    /// Sets the value of a key; the old value is returned, so that the caller chooses when it goes.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn insert(&self, ctx: &mut Ctx, key: Value, value: Value) -> PyResult<Option<Value>> {
        let hash = protocol::hash(ctx, &key)?;
        self.insert_hashed(ctx, hash, key, value)
    }

    /// As [`Dict::insert`] for a key whose hash is known.
    ///
    /// # Errors
    /// What comparing the key raises.
    pub fn insert_hashed(&self, ctx: &mut Ctx, hash: i64, key: Value, value: Value) -> PyResult<Option<Value>> {
        match self.find(ctx, hash, &key)? {
            Some(index) => Ok(Some(std::mem::replace(&mut self.table.borrow_mut().entries[index].value, value))),
            None => {
                self.changed();
                if self.table.borrow_mut().try_append(hash, key, value) { Ok(None) } else { Err(ctx.memory_error("")) }
            }
        }
    }

    /// The value of a key, after putting the default in when there is none.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn set_default(&self, ctx: &mut Ctx, key: Value, default: Value) -> PyResult {
        let hash = protocol::hash(ctx, &key)?;
        if let Some(index) = self.find(ctx, hash, &key)? {
            return Ok(self.table.borrow().entries[index].value.clone());
        }
        self.changed();
        let fits = self.table.borrow_mut().try_append(hash, key, default.clone());
        if fits { Ok(default) } else { Err(ctx.memory_error("")) }
    }

    /// Adds one to the number under a key; a key that is not there gets 1.
    ///
    /// # Errors
    /// What hashing or comparing the key, or adding to what is there raises.
    pub fn increment(&self, ctx: &mut Ctx, key: Value) -> PyResult<()> {
        let hash = protocol::hash(ctx, &key)?;
        let one = int::from_i64(1);
        let Some(index) = self.find(ctx, hash, &key)? else {
            self.changed();
            let fits = self.table.borrow_mut().try_append(hash, key, one);
            return if fits { Ok(()) } else { Err(ctx.memory_error("")) };
        };
        let value = self.table.borrow().entries[index].value.clone();
        if let Some(count) = value.as_small_int() {
            self.table.borrow_mut().entries[index].value = int::from_i64(count + 1);
            return Ok(());
        }
        let value = protocol::binary_op(ctx, BinaryOperator::Add, &value, &one)?;
        let old = self.insert_hashed(ctx, hash, key, value)?;
        drop(old);
        Ok(())
    }

    /// Takes an entry out.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn remove(&self, ctx: &mut Ctx, key: &Value) -> PyResult<Option<(Value, Value)>> {
        let hash = protocol::hash(ctx, key)?;
        self.remove_hashed(ctx, hash, key)
    }

    /// Takes an entry out whose hash is known.
    ///
    /// # Errors
    /// What comparing the key raises.
    pub fn remove_hashed(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<Option<(Value, Value)>> {
        let Some(index) = self.find(ctx, hash, key)? else { return Ok(None) };
        self.changed();
        Ok(Some(self.table.borrow_mut().take(index)))
    }

    /// Takes the oldest entry out.
    pub fn pop_first(&self) -> Option<(Value, Value)> {
        let index = {
            let table = self.table.borrow();
            let after = table.entries.get(table.head..)?;
            table.head + after.iter().position(|entry| !entry.key.is_empty())?
        };
        self.changed();
        Some(self.table.borrow_mut().take(index))
    }

    /// Makes an entry the newest, or the oldest; `false` when there is no such key.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn move_to_end(&self, ctx: &mut Ctx, key: &Value, last: bool) -> PyResult<bool> {
        let hash = protocol::hash(ctx, key)?;
        let Some(index) = self.find(ctx, hash, key)? else { return Ok(false) };
        self.changed();
        let mut table = self.table.borrow_mut();
        if index + 1 == table.entries.len() && last {
            return Ok(true);
        }
        let (key, value) = table.take(index);
        if last {
            table.append(hash, key, value);
        } else {
            let room = table.used + 1;
            table.entries.insert(0, Entry { hash, key, value });
            table.used += 1;
            table.rebuild(room);
        }
        Ok(true)
    }

    /// Takes the newest entry out.
    pub fn pop_last(&self) -> Option<(Value, Value)> {
        let index = self.table.borrow().entries.len().checked_sub(1)?;
        self.changed();
        Some(self.table.borrow_mut().take(index))
    }

    /// Removes every entry.
    pub fn clear(&self) {
        self.changed();
        let old = std::mem::take(&mut *self.table.borrow_mut());
        drop(old);
    }

    /// Position of a `str` key (interned or not). Keys that are not `str` are passed over, as they cannot be equal
    /// unless their class says so.
    pub fn index_of_str(&self, name: &Value) -> Option<usize> {
        let text = name.downcast_ref::<Str>()?;
        let hash = text.hash();
        let table = self.table.borrow();
        if text.is_interned() {
            match table.find_name(hash, name) {
                None if table.mixed => {}
                found => return found,
            }
        }
        match table.probe(hash, name, &[]) {
            Probe::Found(index) => Some(index),
            Probe::Absent | Probe::Ask(_) => None,
        }
    }

    /// The value of a `str` key.
    #[inline]
    pub fn get_str(&self, name: &Value) -> Option<Value> {
        let index = self.index_of_str(name)?;
        Some(self.table.borrow().entries[index].value.clone())
    }

    /// Sets the value of a `str` key; the old value goes at once.
    pub fn set_str(&self, name: &Value, value: Value) {
        let old = match self.index_of_str(name) {
            Some(index) => std::mem::replace(&mut self.table.borrow_mut().entries[index].value, value),
            None => {
                let hash = name.downcast_ref::<Str>().map_or(0, |text| text.hash());
                let version = if self.is_gone(name) { self.keys_version.get() } else { UNVERSIONED };
                self.changed();
                let mut table = self.table.borrow_mut();
                let complete = table.used == table.entries.len();
                table.append(hash, name.clone(), value);
                // It is back where it was; an append to a table with gaps may have moved the entries.
                if complete {
                    self.keys_version.set(version);
                }
                Value::EMPTY
            }
        };
        drop(old);
    }

    /// Makes room for entries to come.
    pub fn reserve(&self, more: usize) {
        self.table.borrow_mut().reserve(more);
    }

    /// Takes a `str` key out.
    pub fn remove_str(&self, name: &Value) -> Option<Value> {
        let index = self.index_of_str(name)?;
        let version = self.keys_version.get();
        self.changed();
        let (key, value) = self.table.borrow_mut().take(index);
        if version != UNVERSIONED && self.table.borrow().entries.len() == index {
            self.keys_version.set(version);
            self.gone.set(key);
        }
        Some(value)
    }

    /// As [`Dict::next_entry`], but only the value, if the key is this object.
    pub(crate) fn value_of_next(&self, position: &mut usize, key: &Value) -> Option<Value> {
        let table = self.table.borrow();
        *position = table.head.max(*position);
        while let Some(entry) = table.entries.get(*position) {
            *position += 1;
            if !entry.key.is_empty() {
                return entry.key.is(key).then(|| entry.value.clone());
            }
        }
        None
    }

    /// The first entry at or after a position, which moves behind it. Positions stay valid while the set of keys does
    /// not change.
    pub fn next_entry(&self, position: &mut usize) -> Option<(Value, Value)> {
        let table = self.table.borrow();
        *position = table.head.max(*position);
        while let Some(entry) = table.entries.get(*position) {
            *position += 1;
            if !entry.key.is_empty() {
                return Some((entry.key.clone(), entry.value.clone()));
            }
        }
        None
    }

    /// The last entry before a position, which moves to it; start with `usize::MAX`.
    pub fn previous_entry(&self, position: &mut usize) -> Option<(Value, Value)> {
        let table = self.table.borrow();
        *position = (*position).min(table.entries.len());
        while *position > 0 {
            *position -= 1;
            let entry = &table.entries[*position];
            if !entry.key.is_empty() {
                return Some((entry.key.clone(), entry.value.clone()));
            }
        }
        None
    }

    /// The value at a position, without checks of the key: for caches guarded by the keys version.
    pub(crate) fn value_at(&self, position: usize) -> Option<Value> {
        self.table.borrow().value_at(position).cloned()
    }

    /// The table, for the interpreter loop.
    #[inline(always)]
    pub(crate) fn table_ptr(&self) -> *const Table {
        self.table.as_ptr()
    }

    /// Replaces the value at a position, for caches guarded by the keys version; returns the old one.
    #[inline(always)]
    pub(crate) fn replace_value_at(&self, position: usize, value: Value) -> Value {
        match self.table.borrow_mut().entries.get_mut(position) {
            Some(entry) => std::mem::replace(&mut entry.value, value),
            None => value,
        }
    }

    /// All entries, in order.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        let mut position = 0;
        std::iter::from_fn(|| self.next_entry(&mut position)).collect()
    }

    /// The key of the first entry at or after a position, which moves behind it.
    #[inline]
    pub fn next_key(&self, position: &mut usize) -> Option<Value> {
        let table = self.table.borrow();
        while let Some(entry) = table.entries.get(*position) {
            *position += 1;
            if !entry.key.is_empty() {
                return Some(entry.key.clone());
            }
        }
        None
    }

    /// The first entry at or after a position with the hash of its key; the position moves behind it.
    pub fn next_hashed(&self, position: &mut usize) -> Option<(i64, Value, Value)> {
        let table = self.table.borrow();
        while let Some(entry) = table.entries.get(*position) {
            *position += 1;
            if !entry.key.is_empty() {
                return Some((entry.hash, entry.key.clone(), entry.value.clone()));
            }
        }
        None
    }

    /// A copy of the entries in a new payload.
    pub fn copied(&self) -> Dict {
        let copy = Dict::new();
        self.copy_into(&copy);
        copy
    }

    /// Copies the entries into an empty payload.
    fn copy_into(&self, copy: &Dict) {
        let table = self.table.borrow();
        let mut new = copy.table.borrow_mut();
        if table.used == table.entries.len() {
            new.entries.reserve_exact(table.entries.len());
            new.entries.extend(table.entries.iter().map(|entry| Entry {
                hash: entry.hash,
                key: entry.key.clone(),
                value: entry.value.clone(),
            }));
            new.indexes.clone_from(&table.indexes);
            (new.used, new.fill, new.mixed) = (table.used, table.fill, table.mixed);
        } else {
            for entry in table.entries.iter().filter(|entry| !entry.key.is_empty()) {
                new.append(entry.hash, entry.key.clone(), entry.value.clone());
            }
        }
    }

    /// Updates from another dict whose iteration nobody has redefined.
    ///
    /// # Errors
    /// What comparing keys raises; RuntimeError when that changes the other dict.
    pub fn merge(&self, ctx: &mut Ctx, other: &Dict) -> PyResult<()> {
        if std::ptr::eq(self, other) {
            return Ok(());
        }
        if self.is_empty() && self.table.borrow().entries.is_empty() {
            self.changed();
            other.copy_into(self);
            return Ok(());
        }
        let (mut position, length) = (0, other.len());
        while let Some((hash, key, value)) = other.next_hashed(&mut position) {
            let old = self.insert_hashed(ctx, hash, key, value)?;
            drop(old);
            if other.len() != length {
                return Err(ctx.runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// Bytes held beside the object itself.
    pub fn extra_size(&self) -> usize {
        let table = self.table.borrow();
        table.entries.capacity() * size_of::<Entry>() + table.indexes.capacity() * size_of::<u32>()
    }
}

impl Default for Dict {
    fn default() -> Dict {
        Dict::new()
    }
}

/// A new `dict` object. It is filled in where it is to lie, which takes that this is not part of what calls it.
#[inline(never)]
pub fn new_dict() -> Ref<Dict> {
    alloc(ShapeId::exact(Kind::Dict), Dict::new())
}

/// A new `dict` object around a payload.
pub fn from_payload(payload: Dict) -> Ref<Dict> {
    alloc(ShapeId::exact(Kind::Dict), payload)
}

/// Whether the object is a `dict` and not an instance of a subclass.
pub fn is_exact(dict: &Obj<Dict>) -> bool {
    dict.header().shape() == ShapeId::exact(Kind::Dict)
}

/// A new dict with `str` keys, for natives that give out small tables.
pub fn from_names(entries: &[(&str, Value)]) -> Ref<Dict> {
    let dict = new_dict();
    for (name, value) in entries {
        dict.set_str(&intern(name), value.clone());
    }
    dict
}
