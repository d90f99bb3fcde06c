//! Weak references and proxies.

use std::cell::Cell;

use super::heap::{self, Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static PROXY_METHODS:
}

crate::natives! { pub(crate) static CALLABLE_PROXY_METHODS:
}

/// The payload of `weakref.ReferenceType` and of the two proxy types; which of them is a matter of shape.
pub struct WeakRef {
    /// The word of the referent, not counted; 0 once it is gone.
    referent: Cell<usize>,
    /// `__callback__`, or empty.
    pub callback: Slot,
    /// Hash of the referent, once computed.
    pub hash: Cell<Option<i64>>,
}

impl Payload for WeakRef {
    const KIND: Kind = Kind::WeakRef;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.callback.peek(visit);
    }

    fn clear(&self) {
        self.callback.take();
    }
}

impl WeakRef {
    /// A payload that refers to an object.
    pub fn new(referent: &Value, callback: Value) -> WeakRef {
        WeakRef { referent: Cell::new(referent.id() as usize), callback: Slot::new(callback), hash: Cell::new(None) }
    }

    /// The referent, None once it is gone.
    pub fn referent(&self) -> Option<Value> {
        heap::value_at(self.referent.get())
    }

    /// The referent is going away: forget it and hand out the callback (empty when there is none).
    pub fn referent_gone(&self) -> Value {
        self.referent.set(0);
        self.callback.take()
    }
}
