//! Frame objects as programs see them (`gi_frame`, `tb_frame`, `sys._getframe()`), made on demand.

use std::cell::Cell;

use super::heap::{Payload, Slot};
use super::kind::Kind;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
}

/// The payload of `frame`: a live frame, or a copy of what is left of one.
pub struct FrameView {
    /// The function.
    pub func: Slot,
    /// The live frame, empty when it is gone.
    pub frame: Slot,
    /// `f_back`, or None.
    pub back: Slot,
    /// The word at which it stood when the view was made; for a live frame its own `ip` counts.
    pub word: Cell<u32>,
    /// `f_locals`, once asked for, else empty.
    pub locals: Slot,
    /// `f_trace`
    pub trace: Slot,
}

impl Payload for FrameView {
    const KIND: Kind = Kind::FrameView;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.func, &self.frame, &self.back, &self.locals, &self.trace] {
            slot.peek(&mut *visit);
        }
    }

    fn clear(&self) {
        for slot in [&self.frame, &self.back, &self.locals, &self.trace] {
            slot.take();
        }
    }
}
