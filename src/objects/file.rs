//! Files: what `open` returns, and the standard streams.

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of file objects.
pub struct File {
    /// `name`
    pub name: Slot,
}

impl Payload for File {
    const KIND: Kind = Kind::File;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.name.peek(visit);
    }
}
