//! What drives coroutines and asynchronous generators from outside: `coroutine_wrapper`, `async_generator_asend`,
//! `async_generator_athrow` and `anext_awaitable`.

use std::cell::Cell;

use super::heap::{Obj, Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// What a suspension object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `coroutine.__await__()`
    CoroutineWrapper,
    /// `asend(value)` and `__anext__()`
    Asend,
    /// `athrow(exception)`
    Athrow,
    /// `aclose()`
    Aclose,
    /// `anext(iterator, default)`
    AnextDefault,
}

/// Where a suspension object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Not sent to yet.
    Initial,
    /// Being iterated.
    Iterating,
    /// Finished; another use is an error.
    Closed,
}

/// The payload of these objects.
pub struct Suspension {
    /// What it is for; the shape says the same to programs.
    pub role: Role,
    /// Where it stands.
    pub progress: Cell<Progress>,
    /// The coroutine or asynchronous generator.
    pub target: Slot,
    /// The value to send, the exception to throw (a tuple of the arguments), or the default.
    pub argument: Slot,
}

impl Payload for Suspension {
    const KIND: Kind = Kind::Suspension;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.target.peek(&mut *visit);
        self.argument.peek(visit);
    }

    fn clear(&self) {
        self.target.take();
        self.argument.take();
    }

    fn needs_finalizer(_object: &Obj<Self>) -> bool {
        false
    }
}
