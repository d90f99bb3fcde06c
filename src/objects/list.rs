//! `list`: a growable row of values.

use std::cell::{Cell, RefCell};

use super::heap::{Payload, Ref, Slot, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static ITERATOR_METHODS:
}

crate::natives! { pub(crate) static REVERSE_ITERATOR_METHODS:
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
        let old = std::mem::take(&mut *self.items.borrow_mut());
        drop(old);
    }
}

impl List {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of an item.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    /// Appends an item.
    pub fn push(&self, value: Value) {
        self.items.borrow_mut().push(value);
    }

    /// Copies of all items.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().clone()
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
    /// Index of the next item.
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
