//! One cause, one report: a coroutine that was dropped because the code that used it failed is not reported twice.
//!
//! `f() + 1` without `await` ends with two messages in Python: the operator refuses the coroutine, and the coroutine, dropped
//! by this, was never awaited. The warning comes first. So it waits here until the program shows what came of it: when
//! an error is reported that has marked the same call, the warning is left out; when the file's code goes on, or the
//! program ends, it is shown. A coroutine that lives longer than the error is known by the places that were marked.

use std::rc::Rc;

use super::report::{Label, Report};
use super::source::Place;
use crate::objects::frame::Frame;
use crate::objects::heap::Obj;
use crate::objects::observer::Event;

/// The places that are remembered.
const MOST: usize = 200;

/// The warnings that wait, and what has been explained.
#[derive(Default)]
pub(super) struct Held {
    waiting: Vec<(Report, Place)>,
    explained: Vec<Place>,
    is_due: bool,
}

impl Held {
    /// Takes in the report of a coroutine that was dropped, made at this place.
    pub(super) fn hold(&mut self, report: Report, made: Place) {
        if !covers(&self.explained, &made) {
            self.waiting.push((report, made));
        }
    }

    /// Something happened: when the code goes on that dropped a coroutine, no error is going to explain it.
    pub(super) fn event(&mut self, frame: &Obj<Frame>, event: &Event<'_>) {
        if self.waiting.is_empty() || matches!(event, Event::Raise(_)) {
            return;
        }
        let file = frame.with_code(|code| Rc::clone(&code.object.filename));
        self.is_due |= self.waiting.iter().any(|(_, made)| *made.source.path == *file);
    }

    /// Whether the warnings are to be shown now.
    pub(super) fn is_due(&self) -> bool {
        self.is_due
    }

    /// An error is about to be reported: the warnings that it explains go, and the others are shown before it.
    pub(super) fn settle(&mut self, error: &Report) -> Vec<Report> {
        let room = MOST.saturating_sub(self.explained.len());
        self.explained.extend(error.labels.iter().map(|Label { place, .. }| place.clone()).take(room));
        let explained = &self.explained;
        self.waiting.retain(|(_, made)| !covers(explained, made));
        self.take()
    }

    /// All that wait.
    pub(super) fn take(&mut self) -> Vec<Report> {
        self.is_due = false;
        std::mem::take(&mut self.waiting).into_iter().map(|(report, _)| report).collect()
    }
}

/// Whether one of the places holds this one.
fn covers(places: &[Place], made: &Place) -> bool {
    places.iter().any(|place| {
        place.source.path == made.source.path && place.span.start <= made.span.start && made.span.end <= place.span.end
    })
}
