//! Handles: calls that an event loop will make, soon or at a time.
//!
//! One payload serves `Handle` and `TimerHandle`, which are apart by their classes. Source: "Callback Handles" in the
//! asyncio part of the Library Reference.

use std::cell::Cell;

use super::heap::{Payload, Slot, alloc};
use super::kind::Kind;
use super::shape::ShapeId;
use super::spare::Spare;
use super::tuple::{Tuple, new_tuple};
use super::value::Value;

/// Bits of [`Handle::flags`].
pub mod flags {
    /// It will not be called.
    pub const CANCELLED: u8 = 1;
    /// A timer that is among the loop's timers.
    pub const SCHEDULED: u8 = 2;
    /// `args` is the one argument, not a tuple of them.
    pub const ONE_ARGUMENT: u8 = 4;
}

/// The payload of handles.
pub struct Handle {
    /// What is called; None once it is cancelled.
    pub callback: Slot,
    /// A tuple of the arguments, or the one argument.
    pub args: Slot,
    /// The event loop.
    pub event_loop: Slot,
    /// The context in which it is called, in either of the forms that `_contextvars` has.
    pub context: Slot,
    /// When, for a timer.
    pub when: Cell<f64>,
    /// See [`flags`].
    pub flags: Cell<u8>,
    /// What it has in debug mode only.
    pub extra: Spare<Extra>,
}

/// What handles have in debug mode only.
#[derive(Default)]
pub struct Extra {
    /// The `repr` of a cancelled handle.
    pub repr: Value,
    /// Where it was made.
    pub source_traceback: Value,
    /// A `when` that is no float.
    pub when: Value,
}

impl Payload for Handle {
    const KIND: Kind = Kind::Handle;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.callback.peek(&mut *visit);
        self.args.peek(&mut *visit);
        self.event_loop.peek(&mut *visit);
        self.context.peek(&mut *visit);
        self.extra.peek(|extra| [&extra.repr, &extra.source_traceback, &extra.when].into_iter().for_each(visit));
    }

    fn clear(&self) {
        self.callback.set(Value::NONE);
        self.args.set(Value::NONE);
        self.event_loop.set(Value::NONE);
        self.context.set(Value::NONE);
        self.extra.clear();
    }
}

impl Handle {
    /// A handle that is not cancelled.
    pub fn new(callback: Value, args: Value, event_loop: Value, context: Value, flags: u8) -> Handle {
        Handle {
            callback: Slot::new(callback),
            args: Slot::new(args),
            event_loop: Slot::new(event_loop),
            context: Slot::new(context),
            when: Cell::new(0.0),
            flags: Cell::new(flags),
            extra: Spare::default(),
        }
    }

    /// Whether a flag is set.
    #[inline(always)]
    pub fn has_flag(&self, flag: u8) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets or clears a flag.
    #[inline(always)]
    pub fn set_flag(&self, flag: u8, on: bool) {
        self.flags.set(if on { self.flags.get() | flag } else { self.flags.get() & !flag });
    }

    /// The arguments, as a tuple; None once it is cancelled.
    pub fn args_tuple(&self) -> Value {
        if self.has_flag(flags::ONE_ARGUMENT) { new_tuple([self.args.get()]).into_value() } else { self.args.get() }
    }

    /// The arguments one by one.
    pub fn arguments<A: FromIterator<Value>>(&self) -> A {
        let args = self.args.get();
        if self.has_flag(flags::ONE_ARGUMENT) {
            return std::iter::once(args).collect();
        }
        args.downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items()).iter().cloned().collect()
    }
}

/// A new handle of the given shape.
pub fn new_handle(shape: ShapeId, handle: Handle) -> Value {
    alloc(shape, handle).into_value()
}
