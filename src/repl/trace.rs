//! `:trace`: every transfer of control, written as it happens, with one column for each level of calls.

use std::io::Write;

use coil::objects::Obj;
use coil::objects::frame::Frame;
use coil::objects::observer::{Event, Observer, shown};

/// Writes events to standard error.
pub(crate) struct Tracer {
    depth: usize,
}

impl Tracer {
    /// A tracer at the outermost level.
    pub(crate) fn new() -> Tracer {
        Tracer { depth: 0 }
    }
}

impl Observer for Tracer {
    fn event(&mut self, frame: &Obj<Frame>, line: u32, event: Event<'_>) {
        let is_hidden = frame.with_code(|code| code.object.flags & coil::code::flags::HIDDEN != 0);
        if is_hidden {
            return;
        }
        let (file, name) = frame.with_code(|code| (code.object.filename.clone(), code.object.name.clone()));
        let enters = matches!(event, Event::Call | Event::Resume | Event::Send(_) | Event::Throw(_));
        let leaves = matches!(event, Event::Return(_) | Event::Yield(_));
        let text = match event {
            Event::Call => "is called".to_owned(),
            Event::Return(value) => format!("returns {}", shown(value)),
            Event::Raise(value) => format!("raises {}", shown(value)),
            Event::Catch(value) => format!("catches {}", shown(value)),
            Event::Create(_) => "is created; none of its body has run".to_owned(),
            Event::Resume => "is resumed".to_owned(),
            Event::Send(value) => format!("is resumed; its yield gives {}", shown(value)),
            Event::Throw(value) => format!("is resumed; its yield raises {}", shown(value)),
            Event::Close => "is closed".to_owned(),
            Event::Yield(value) => format!("suspends, yielding {}", shown(value)),
            Event::Delegate(value) => format!("waits for {}", shown(value)),
            Event::Rejoin(value) => format!("goes on: {} has ended", shown(value)),
            Event::Spent(_) => "is asked for more, but has finished".to_owned(),
            Event::ThreadStart(thread) => format!("starts thread {thread}"),
            Event::ThreadSwitch(thread) => format!("gives way to thread {thread}"),
            Event::ThreadEnd(thread) => format!("ends thread {thread}"),
            Event::Blocked { seconds, held_up } => format!("blocks {held_up} tasks for {} s", shown(seconds)),
            Event::Other { what, subject } => format!("{what} {}", shown(subject)),
        };
        if leaves {
            self.depth = self.depth.saturating_sub(1);
        }
        let file = file.rsplit('/').next().unwrap_or_default();
        let indentation = "  ".repeat(self.depth.min(30));
        // A trace that cannot be written has no reader.
        let _ = writeln!(std::io::stderr(), "{indentation}{file}:{line} {name} {text}");
        if enters {
            self.depth += 1;
        }
    }
}
