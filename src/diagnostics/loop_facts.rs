//! What the recorder knows of tasks, futures and event loops: where each was made, set, cancelled, stopped or closed.
//!
//! asyncio tells of these deeds as [`Event::Other`]. The deed happens in a function of the library; what a learner wants to
//! see is the line of the program that called it, so that line is kept. Like everything that the recorder keeps, this is
//! kept by address, without a hold on the objects.

use rustc_hash::FxHashMap;

use super::recorder::Spot;
use crate::objects::arguments::text_of;
use crate::objects::frame::{Frame, State};
use crate::objects::frame_view::caller_of;
use crate::objects::future::{self, Task};
use crate::objects::heap::Obj;
use crate::objects::observer::Event;
use crate::objects::value::Value;

/// How far up the calls the program's own code is looked for.
const FARTHEST: usize = 100;

/// The deeds that a new object at an old address knows nothing of.
const OF_FUTURES: [&str; 4] = ["task created", "future created", "future set", "task cancelled"];

/// Something that was done to a task, a future or an event loop; what it was is the event's `what`.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where: in the program's own code, when that is among the callers.
    pub spot: Spot,
    /// The program's own code did it; else a function of the library that it called.
    pub is_own: bool,
}

impl Mark {
    /// What the running frame does.
    fn of(frame: &Obj<Frame>) -> Mark {
        let first = Spot::of(frame);
        if !first.is_library() {
            return Mark { spot: first, is_own: true };
        }
        let mut caller = caller_of(frame);
        for _ in 0..FARTHEST {
            let Some(frame) = caller else { break };
            let spot = Spot::of(&frame);
            if !spot.is_library() {
                return Mark { spot, is_own: false };
            }
            caller = caller_of(&frame);
        }
        Mark { spot: first, is_own: false }
    }
}

/// A request to cancel a task.
#[derive(Clone, Debug)]
pub struct Cancellation {
    /// The task's name.
    pub task: String,
    /// Where.
    pub mark: Mark,
}

/// What is known of a task.
#[derive(Clone, Debug)]
struct KnownTask {
    coroutine: i64,
    name: String,
}

/// What is known of tasks, futures and loops.
#[derive(Debug, Default)]
pub struct LoopFacts {
    /// What was last done to an object.
    marks: FxHashMap<(i64, &'static str), Mark>,
    last_marks: FxHashMap<&'static str, Mark>,
    tasks: FxHashMap<i64, KnownTask>,
    /// By the coroutine, which tracebacks keep.
    cancelled: FxHashMap<i64, Cancellation>,
    /// Where coroutines last delegated to something else, with `await`.
    waits: FxHashMap<i64, Spot>,
    /// The tasks that a runner found unfinished when it closed, and by which frame, by address.
    left_over: Vec<Standing>,
    closing: i64,
}

/// A task that waits.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The function of its coroutine.
    pub function: String,
    /// Where it waits: the innermost place in the program's own code.
    pub spot: Spot,
    /// It waits for a future and not, through a task or a group of them, for another task.
    pub is_last: bool,
}

impl Standing {
    /// Where a task stands; None for one that does not wait in the program's own code.
    pub fn of(task: &Task) -> Option<Standing> {
        let coroutine = task.coroutine.get().downcast::<Frame>()?;
        let function = coroutine.with_code(|code| code.object.qualname.to_string());
        let waiter = task.waiter.get();
        let class = waiter.header().map(|header| header.shape().with_class(|class| class.name_string()));
        let mut own = None;
        let mut next = Some(coroutine);
        for _ in 0..FARTHEST {
            let Some(frame) = next else { break };
            if frame.state.get() != State::Suspended {
                break;
            }
            let spot = Spot::of_suspended(&frame);
            if !spot.is_library() {
                own = Some(spot);
            }
            next = frame.delegate().and_then(|inner| inner.downcast::<Frame>());
        }
        Some(Standing { function, spot: own?, is_last: class.as_deref() == Some("Future") })
    }
}

/// Whether a frame is that of the function with which `asyncio.run` ends.
fn is_runner_closing(frame: &Obj<Frame>) -> bool {
    frame.with_code(|code| {
        &*code.object.name == "_cancel_all_tasks" && &*code.object.filename == "<coil>/asyncio/runners.py"
    })
}

impl LoopFacts {
    /// Where something was last done to a task, a future or a loop.
    pub fn mark(&self, value: &Value, what: &'static str) -> Option<&Mark> {
        self.marks.get(&(value.id(), what))
    }

    /// Where something was last done to any object.
    pub fn last_mark(&self, what: &'static str) -> Option<&Mark> {
        self.last_marks.get(what)
    }

    /// Where the coroutine of a task last waited.
    pub fn task_waits(&self, task: &Value) -> Option<&Spot> {
        self.waits.get(&self.tasks.get(&task.id())?.coroutine)
    }

    /// Where the coroutine with this identity last waited.
    pub fn waits_of(&self, coroutine: i64) -> Option<&Spot> {
        self.waits.get(&coroutine)
    }

    /// The tasks that wait: those that the last runner left over, else all that there are.
    pub fn standing(&self) -> Vec<Standing> {
        let mut standing = self.left_over.clone();
        if standing.is_empty() {
            let tasks = future::all_tasks();
            standing.extend(tasks.iter().filter_map(|task| Standing::of(task.downcast_ref::<Task>()?)));
        }
        standing.sort_by_key(|standing| (!standing.is_last, standing.spot.line()));
        standing
    }

    /// The last request to cancel the task of a coroutine.
    pub fn cancellation_of(&self, coroutine: &Value) -> Option<&Cancellation> {
        self.cancelled.get(&coroutine.id())
    }

    /// Takes in an event.
    pub(super) fn note(&mut self, frame: &Obj<Frame>, event: &Event<'_>) {
        if let Event::Other { what, subject } = event {
            self.deed(frame, what, subject);
        } else if matches!(event, Event::Create(_)) {
            let id = frame.own_address() as i64;
            self.cancelled.remove(&id);
            self.waits.remove(&id);
        } else if matches!(event, Event::Delegate(_)) && (frame.is_coroutine() || frame.is_async_generator()) {
            self.waits.insert(frame.own_address() as i64, Spot::of(frame));
        }
    }

    fn deed(&mut self, frame: &Obj<Frame>, what: &'static str, subject: &Value) {
        let id = subject.id();
        let mark = Mark::of(frame);
        if what == "loop stopped" && !mark.is_own {
            // So it ends every run.
            return;
        }
        if what == "task cancelled"
            && let Some(task) = subject.downcast_ref::<Task>()
            && is_runner_closing(frame)
        {
            if self.closing != frame.own_address() as i64 {
                self.closing = frame.own_address() as i64;
                self.left_over.clear();
            }
            self.left_over.extend(Standing::of(task));
        }
        if matches!(what, "task created" | "future created") {
            for what in OF_FUTURES {
                self.marks.remove(&(id, what));
            }
            self.tasks.remove(&id);
        }
        if what == "task created"
            && let Some(task) = subject.downcast_ref::<Task>()
        {
            self.tasks.insert(id, KnownTask { coroutine: task.coroutine.get().id(), name: task_name(task) });
        }
        if what == "task cancelled"
            && let Some(task) = self.tasks.get(&id)
        {
            self.cancelled.insert(task.coroutine, Cancellation { task: task.name.clone(), mark: mark.clone() });
        }
        self.last_marks.insert(what, mark.clone());
        self.marks.insert((id, what), mark);
    }
}

/// The name of a task: its own, or `Task-N`.
pub fn task_name(task: &Task) -> String {
    let name = task.name.get();
    name.as_small_int().map_or_else(|| text_of(&name), |number| format!("Task-{number}"))
}
