//! `super` objects.

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `super`.
pub struct Super {
    /// `__thisclass__`: lookup begins after this class.
    pub class: Slot,
    /// `__self__`: what methods are bound to, or None.
    pub this: Slot,
    /// `__self_class__`: whose MRO is searched, or None.
    pub self_class: Slot,
}

impl Payload for Super {
    const KIND: Kind = Kind::Super;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.class.peek(&mut *visit);
        self.this.peek(&mut *visit);
        self.self_class.peek(visit);
    }

    fn clear(&self) {
        self.class.take();
        self.this.take();
        self.self_class.take();
    }
}
