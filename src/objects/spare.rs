//! A box for what few objects of a kind need: eight bytes in each, and memory only in those that have it.
//!
//! Futures keep further callbacks and cancellation messages in one, handles what debug mode notes. Nothing that looks into
//! the box may run Python code: meanwhile the object seems to have none.

use std::cell::Cell;

/// A box that is made when it is first written to.
pub struct Spare<T>(Cell<Option<Box<T>>>);

impl<T> Default for Spare<T> {
    fn default() -> Spare<T> {
        Spare(Cell::new(None))
    }
}

impl<T> Spare<T> {
    /// What `look` finds, if there is a box.
    pub fn peek<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        let held = self.0.take();
        let found = held.as_deref().map(look);
        self.0.set(held);
        found
    }

    /// Whether there is a box.
    pub fn is_there(&self) -> bool {
        self.peek(|_| ()).is_some()
    }

    /// Gives the box up.
    pub fn clear(&self) {
        drop(self.0.take());
    }
}

impl<T: Default> Spare<T> {
    /// Changes what is in the box, which is made if need be. What `change` takes out is dropped by the caller.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut held = self.0.take().unwrap_or_default();
        let result = change(&mut held);
        self.0.set(Some(held));
        result
    }
}
