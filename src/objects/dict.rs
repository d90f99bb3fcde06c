//! `dict`: insertion-ordered hash tables, which are also the namespaces of modules, classes and instances.
//!
//! Entries (hash, key, value) stand in a vector in insertion order; a table of indexes into it, sized as a power of two,
//! finds a key by its hash. A dict of up to eight entries has no table and is searched from the front. A probe compares
//! words first, then hashes, then, only when the hashes agree and the keys are not both `str`, calls `__eq__`; that call
//! may change this very dict, so the probe holds no borrow across it and starts again when the dict has changed.
//!
//! The *keys version* is what global-variable caches guard on: it is 0 until asked for, and 0 again after a change of
//! the set of keys (a new value for an old key does not count).

use std::cell::{Cell, RefCell};

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol;
use super::shape::{ShapeId, fresh_version};
use super::string::Str;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static KEYS_METHODS:
}

crate::natives! { pub(crate) static VALUES_METHODS:
}

crate::natives! { pub(crate) static ITEMS_METHODS:
}

/// The payload of `dict`.
pub struct Dict {
    table: RefCell<Table>,
    keys_version: Cell<u32>,
    /// Counts structural changes, for probes and iterators that must notice them.
    changes: Cell<u32>,
}

/// The entries and their index table.
#[derive(Default)]
pub struct Table {
    entries: Vec<Entry>,
    /// Entries that are not tombstones.
    used: usize,
    indexes: Vec<u32>,
    /// Index places that are not free, the deleted ones included.
    fill: usize,
}

struct Entry {
    hash: i64,
    /// Empty when the entry was deleted.
    key: Value,
    value: Value,
}

const SMALL: usize = 8;
const FREE: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;

impl Payload for Dict {
    const KIND: Kind = Kind::Dict;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for entry in &self.table.borrow().entries {
            visit(&entry.key);
            visit(&entry.value);
        }
    }

    fn clear(&self) {
        Dict::clear(self);
    }
}

enum Probe {
    Found(usize),
    Absent,
    /// The key of this entry has the same hash and must be asked.
    Ask(usize),
}

impl Table {
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

    fn enter(&mut self, hash: i64, index: usize) {
        let mask = self.indexes.len() - 1;
        let mut position = mix(hash) & mask;
        while self.indexes[position] < DELETED {
            position = (position + 1) & mask;
        }
        self.fill += (self.indexes[position] == FREE) as usize;
        self.indexes[position] = index as u32;
    }

    fn append(&mut self, hash: i64, key: Value, value: Value) {
        let full = if self.indexes.is_empty() {
            self.entries.len() >= SMALL
        } else {
            (self.fill + 1) * 3 > self.indexes.len() * 2
        };
        if full {
            self.rebuild((self.used + 1).max(self.used * 2));
        }
        let index = self.entries.len();
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
        while self.entries.last().is_some_and(|last| last.key.is_empty()) {
            self.entries.pop();
        }
        if self.used == 0 {
            self.entries.clear();
            self.indexes = Vec::new();
            self.fill = 0;
        }
        pair
    }
}

fn mix(hash: i64) -> usize {
    // Sequential integers keep their order (good locality); the high bits take part for everything else.
    let hash = hash as u64;
    (hash ^ (hash >> 32)) as usize
}

/// Equality of keys with equal hashes that needs no Python code; None when it must be asked for.
fn keys_equal_simply(a: &Value, b: &Value) -> Option<bool> {
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
    None
}

impl Dict {
    /// An empty payload.
    pub fn new() -> Dict {
        Dict { table: RefCell::default(), keys_version: Cell::new(0), changes: Cell::new(0) }
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
        if self.keys_version.get() == 0 {
            self.keys_version.set(fresh_version());
        }
        self.keys_version.get()
    }

    /// The keys version as it stands, 0 when nobody guards on it.
    #[inline(always)]
    pub fn current_keys_version(&self) -> u32 {
        self.keys_version.get()
    }

    fn changed(&self) {
        self.keys_version.set(0);
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    fn find(&self, ctx: &mut Ctx, hash: i64, key: &Value) -> PyResult<Option<usize>> {
        let mut asked: Vec<usize> = Vec::new();
        let mut changes = self.changes.get();
        loop {
            let probe = self.table.borrow().probe(hash, key, &asked);
            match probe {
                Probe::Found(index) => return Ok(Some(index)),
                Probe::Absent => return Ok(None),
                Probe::Ask(index) => {
                    let candidate = self.table.borrow().entries[index].key.clone();
                    let equal = protocol::equal(ctx, &candidate, key)?;
                    if self.changes.get() != changes {
                        changes = self.changes.get();
                        asked.clear();
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
                self.table.borrow_mut().append(hash, key, value);
                Ok(None)
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
        self.table.borrow_mut().append(hash, key, default.clone());
        Ok(default)
    }

    /// Takes an entry out.
    ///
    /// # Errors
    /// What hashing or comparing the key raises.
    pub fn remove(&self, ctx: &mut Ctx, key: &Value) -> PyResult<Option<(Value, Value)>> {
        let hash = protocol::hash(ctx, key)?;
        let Some(index) = self.find(ctx, hash, key)? else { return Ok(None) };
        self.changed();
        Ok(Some(self.table.borrow_mut().take(index)))
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
        let hash = name.downcast_ref::<Str>()?.hash();
        match self.table.borrow().probe(hash, name, &[]) {
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
                self.changed();
                self.table.borrow_mut().append(hash, name.clone(), value);
                Value::EMPTY
            }
        };
        drop(old);
    }

    /// Takes a `str` key out.
    pub fn remove_str(&self, name: &Value) -> Option<Value> {
        let index = self.index_of_str(name)?;
        self.changed();
        let (_, value) = self.table.borrow_mut().take(index);
        Some(value)
    }

    /// The first entry at or after a position, which moves behind it. Positions stay valid while the set of keys does
    /// not change.
    pub fn next_entry(&self, position: &mut usize) -> Option<(Value, Value)> {
        let table = self.table.borrow();
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

    /// The hash that an entry was entered with, by position.
    pub fn hash_at(&self, position: usize) -> Option<i64> {
        self.table.borrow().entries.get(position).map(|entry| entry.hash)
    }

    /// The value at a position, without checks of the key: for caches guarded by the keys version.
    #[inline(always)]
    pub fn value_at(&self, position: usize) -> Option<Value> {
        self.table.borrow().entries.get(position).map(|entry| entry.value.clone())
    }

    /// All entries, in order.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        let mut position = 0;
        std::iter::from_fn(|| self.next_entry(&mut position)).collect()
    }

    /// A copy of the entries in a new payload.
    pub fn copied(&self) -> Dict {
        let copy = Dict::new();
        {
            let table = self.table.borrow();
            let mut new = copy.table.borrow_mut();
            for entry in table.entries.iter().filter(|entry| !entry.key.is_empty()) {
                new.append(entry.hash, entry.key.clone(), entry.value.clone());
            }
        }
        copy
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

/// A new `dict` object.
pub fn new_dict() -> Ref<Dict> {
    alloc(ShapeId::exact(Kind::Dict), Dict::new())
}

/// A new `dict` object around a payload.
pub fn from_payload(payload: Dict) -> Ref<Dict> {
    alloc(ShapeId::exact(Kind::Dict), payload)
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

/// Whether the object is a `dict` and not an instance of a subclass.
pub fn is_exact(dict: &Obj<Dict>) -> bool {
    dict.header().shape() == ShapeId::exact(Kind::Dict)
}
