//! Events: every transfer of control, told to one observer that the embedding program supplies.
//!
//! The timeline, the stepper and the tracer stand on this. Without an observer nothing is made up or looked at.

use super::ctx::Ctx;
use super::exception::Exception;
use super::frame::Frame;
use super::generator;
use super::heap::Obj;
use super::protocol;
use super::string::Str;
use super::value::Value;
use crate::text::repr;

/// A transfer of control. Values are those handed over.
#[derive(Debug)]
pub enum Event<'a> {
    /// A function was called; its frame is about to run.
    Call,
    /// The frame returns the value.
    Return(&'a Value),
    /// An exception leaves the frame, or is raised in it.
    Raise(&'a Value),
    /// An exception is caught in the frame.
    Catch(&'a Value),
    /// A generator, coroutine or asynchronous generator was made, by the frame given here.
    Create(Option<&'a Obj<Frame>>),
    /// The frame is resumed by `next` or a loop.
    Resume,
    /// The frame is resumed by `send` with the value.
    Send(&'a Value),
    /// The exception is thrown into the frame.
    Throw(&'a Value),
    /// The frame is closed.
    Close,
    /// The frame suspends, handing over the value.
    Yield(&'a Value),
    /// The frame delegates to the value (`yield from`, `await`).
    Delegate(&'a Value),
    /// The frame goes on behind its `yield from` or `await`: the value it asked, which is no running frame, has ended.
    Rejoin(&'a Value),
    /// The frame has finished, and was asked for more by the frame given here.
    Spent(Option<&'a Obj<Frame>>),
    /// The frame started the thread of this identity.
    ThreadStart(u64),
    /// The thread of this identity goes on, in the frame.
    ThreadSwitch(u64),
    /// The thread of this identity has ended; the frame is the one that goes on.
    ThreadEnd(u64),
    /// The frame has made the whole thread sleep for this many seconds, and so the tasks of its event loop.
    Blocked {
        /// The time that was asked for.
        seconds: &'a Value,
        /// How many tasks could have gone on meanwhile.
        held_up: usize,
    },
    /// Anything that later parts report: tasks, futures, the event loop.
    Other {
        /// What happened, e.g. `task created`.
        what: &'static str,
        /// To what.
        subject: &'a Value,
    },
}

/// Receives events in the order in which they happen.
pub trait Observer {
    /// Something happened in a frame, at a source line.
    fn event(&mut self, frame: &Obj<Frame>, line: u32, event: Event<'_>);

    /// Whether it wants no more events; then it is dropped, and the program runs as without one.
    fn has_enough(&self) -> bool {
        false
    }

    /// Whether the [reporter](super::reporter) has something to say because of what the observer was just told.
    fn has_news(&self) -> bool {
        false
    }
}

impl Ctx {
    /// Tells the observer of something that happened in the frame that runs; for natives.
    pub fn tell(&mut self, event: Event<'_>) {
        if self.observer.is_some()
            && let Some(frame) = protocol::current_frame(self)
            && let Some(mut observer) = self.observer.take()
        {
            self.tell_observer(observer.as_mut(), &frame, event);
            if !observer.has_enough() {
                self.observer.get_or_insert(observer);
            }
        }
    }

    /// Tells an observer, which is out of the context while it listens.
    pub(crate) fn tell_observer(&mut self, observer: &mut dyn Observer, frame: &Obj<Frame>, event: Event<'_>) {
        observer.event(frame, frame.line(), event);
        if observer.has_news() {
            self.show_notes(false);
        }
    }
}

/// A value in few words, without running code of the program.
pub fn shown(value: &Value) -> String {
    let class = |value: &Value| {
        value
            .header()
            .map_or_else(|| "object".to_owned(), |header| header.shape().with_class(|class| class.name_string()))
    };
    if value.is_none() {
        "None".to_owned()
    } else if value.is(&Value::TRUE) {
        "True".to_owned()
    } else if value.is(&Value::FALSE) {
        "False".to_owned()
    } else if let Some(number) = value.as_small_int() {
        number.to_string()
    } else if let Some(text) = value.downcast_ref::<Str>() {
        let short: String = text.as_str().chars().take(40).collect();
        repr::string(&short)
    } else if let Some(frame) = value.downcast_ref::<Frame>() {
        format!("<{} {}>", class(value), generator::qualified_name(frame))
    } else if value.is_kind::<Exception>() {
        class(value)
    } else {
        format!("<{}>", class(value))
    }
}
