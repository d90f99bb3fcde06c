//! `mappingproxy`: a read-only view of a mapping.

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `mappingproxy`.
pub struct MappingProxy {
    /// The mapping.
    pub mapping: Slot,
}

impl Payload for MappingProxy {
    const KIND: Kind = Kind::Proxy;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.mapping.peek(visit);
    }

    fn clear(&self) {
        self.mapping.take();
    }
}
