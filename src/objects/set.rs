//! `set` and `frozenset`: CPython's open-addressing table and probing, because the order of iteration shows.

use std::cell::{Cell, RefCell};

use super::heap::{Payload, Ref, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static FROZEN_METHODS:
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
}

/// The entries; the length is a power of two, 8 at least.
pub struct SetTable {
    /// Hash and key; the key is empty where the place is free, and `NotImplemented` with hash -1 where it was deleted.
    pub entries: Vec<(i64, Value)>,
    /// Places that are not free, the deleted ones included.
    pub fill: usize,
    /// Keys.
    pub used: usize,
}

impl Default for SetTable {
    fn default() -> SetTable {
        SetTable { entries: vec![(0, Value::EMPTY); 8], fill: 0, used: 0 }
    }
}

impl Payload for Set {
    const KIND: Kind = Kind::Set;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.table.borrow().entries.iter().for_each(|(_, key)| visit(key));
    }

    fn clear(&self) {
        let old = std::mem::take(&mut *self.table.borrow_mut());
        drop(old);
    }
}

impl Set {
    /// An empty payload.
    pub fn new() -> Set {
        Set { table: RefCell::default(), hash: Cell::new(None), changes: Cell::new(0) }
    }
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

impl Set {
    /// Adds a constant (a number, str, bytes, None, bool, Ellipsis or tuple of such).
    fn add_constant(&self, _item: Value) {}
}
