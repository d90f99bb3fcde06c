//! Silent mistakes with the event loop and its tasks (letter L).

use super::{Suspicions, Watch};
use crate::diagnostics::recorder::Facts;
use crate::objects::frame::Frame;
use crate::objects::heap::Obj;
use crate::objects::observer::Event;

/// The watch.
#[derive(Default)]
pub(super) struct EventLoop;

impl Watch for EventLoop {
    fn event(&mut self, _facts: &Facts, _frame: &Obj<Frame>, _event: &Event<'_>, _found: &mut Suspicions) {}

    fn end(&mut self, _facts: &Facts, _found: &mut Suspicions) {}
}
