//! The recorder: an observer that remembers where suspended things were made, resumed and ended.
//!
//! It listens while errors are drawn, so that a report can say what no object knows of itself. It holds no value of the
//! program, since that would change when things end: what it knows is kept by address, and a thing made at the address of
//! one that is gone takes its place. After a number of events it stops listening, so that long programs do not pay.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::loop_facts::{LoopFacts, task_name};
use super::notes::Notes;
use super::source::{Place, Source};
use crate::code::{CodeObject, Position};
use crate::objects::ctx::Ctx;
use crate::objects::frame::{Frame, frame_at};
use crate::objects::frame_view::caller_of;
use crate::objects::future::Task;
use crate::objects::heap::Obj;
use crate::objects::observer::{Event, Observer, shown};
use crate::objects::value::Value;

/// Events after which the recorder stops listening.
const BUDGET: u32 = 200_000;
/// How far up the calls the program's own code is looked for.
const FARTHEST: usize = 50;
/// Levels of a delegation chain that are followed.
const DEEPEST: usize = 16;

/// A place in code that ran: cheap to keep, and without a hold on the program's objects.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The code.
    pub code: Rc<CodeObject>,
    /// The word of the instruction.
    pub word: u32,
}

impl Spot {
    /// Where a frame stands.
    pub fn of(frame: &Obj<Frame>) -> Spot {
        let word = frame.ip.get().saturating_sub(1);
        Spot { code: frame.with_code(|code| Rc::clone(&code.object)), word }
    }

    /// Where the program's own code stands that the frame works for: the frame itself, or who called the library.
    pub fn of_program(frame: &Obj<Frame>) -> Spot {
        let first = Spot::of(frame);
        let mut spot = first.clone();
        let mut caller = caller_of(frame);
        for _ in 0..FARTHEST {
            if !spot.is_library() {
                return spot;
            }
            let Some(frame) = caller else { break };
            spot = Spot::of(&frame);
            caller = caller_of(&frame);
        }
        first
    }

    /// Where a suspended frame waits.
    pub fn of_suspended(frame: &Obj<Frame>) -> Spot {
        let word = if frame.delegate().is_some() { frame.ip.get() } else { frame.ip.get().saturating_sub(1) };
        Spot { code: frame.with_code(|code| Rc::clone(&code.object)), word }
    }

    /// The position of the instruction.
    pub fn position(&self) -> Position {
        self.code.positions.find(self.word)
    }

    /// Its line in the file, counted from 1.
    pub fn line(&self) -> u32 {
        self.position().line
    }

    /// Whether it is code of Coil's library.
    pub fn is_library(&self) -> bool {
        self.code.filename.starts_with("<coil>/")
    }

    /// The place in the source, if that is to be had.
    pub fn place(&self, ctx: &mut Ctx) -> Option<Place> {
        let source = Source::named(ctx, &self.code.filename)?;
        let position = self.position();
        source.position(position).or_else(|| source.line_place(position.line))
    }
}

/// How a suspended thing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It returned.
    Returned,
    /// An exception left it.
    Raised,
    /// It was closed.
    Closed,
}

/// What is known of a generator, coroutine or asynchronous generator.
#[derive(Clone, Debug, Default)]
pub struct Life {
    /// Where it was made: in the function that called it.
    pub made: Option<Spot>,
    /// Where it was resumed for the first time.
    pub started: Option<Spot>,
    /// Where it was resumed last.
    pub resumed: Option<Spot>,
    /// Where it was resumed the time before.
    pub resumed_before: Option<Spot>,
    /// How often it was resumed.
    pub resumptions: u32,
    /// Where it stood when it was closed.
    pub closed_at: Option<Spot>,
    /// Where in its own code it ended, how, and the value in few words. Of one that goes on: what would have ended it,
    /// had it not caught it.
    pub ended: Option<(Spot, End, String)>,
    /// How often it was asked for more when it had ended.
    pub asked_after_end: u32,
    /// The task that was made to run it.
    pub task: Option<Run>,
}

/// A task that runs a coroutine.
#[derive(Clone, Debug)]
pub struct Run {
    /// The task's name.
    pub name: String,
    /// Where the task was made.
    pub made: Option<Spot>,
}

impl Life {
    fn resume(&mut self, by: Option<Spot>) {
        if self.resumptions == 0 {
            self.started.clone_from(&by);
        }
        self.resumptions += 1;
        self.resumed_before = std::mem::replace(&mut self.resumed, by);
    }
}

/// What the recorder knows.
#[derive(Debug, Default)]
pub struct Facts {
    lives: FxHashMap<i64, Life>,
    /// Of tasks, futures and loops.
    pub asyncio: LoopFacts,
    events: u32,
}

impl Facts {
    /// What is known of a generator or coroutine.
    pub fn life(&self, value: &Value) -> Option<&Life> {
        self.lives.get(&value.id())
    }

    /// Counts events anew, for another input of a prompt.
    pub(super) fn renew(&mut self) {
        self.events = 0;
    }

    /// Whether everything was recorded from the start.
    pub fn is_complete(&self) -> bool {
        self.events < BUDGET
    }
}

/// The observer that keeps the facts, and lets the notes judge each event as it comes.
pub struct Recorder {
    facts: Rc<RefCell<Facts>>,
    notes: Rc<RefCell<Notes>>,
}

impl Recorder {
    /// A recorder that writes to these facts, and lets the notes hear what it hears.
    pub(super) fn new(facts: Rc<RefCell<Facts>>, notes: Rc<RefCell<Notes>>) -> Recorder {
        Recorder { facts, notes }
    }
}

impl Facts {
    /// Takes in an event.
    fn note(&mut self, frame: &Obj<Frame>, event: &Event<'_>) {
        self.asyncio.note(frame, event);
        if let Event::Other { what: "task created", subject } = event
            && let Some(task) = subject.downcast_ref::<Task>()
        {
            let run = Run { name: task_name(task), made: Some(Spot::of_program(frame)) };
            self.lives.entry(task.coroutine.get().id()).or_default().task = Some(run);
        }
        if !frame.is_suspendable() {
            return;
        }
        let id = frame.own_address() as i64;
        match event {
            Event::Create(maker) => {
                self.lives.insert(id, Life { made: maker.map(Spot::of), ..Life::default() });
            }
            Event::Resume | Event::Send(_) | Event::Throw(_) => {
                self.lives.entry(id).or_default().resume(caller_of(frame).map(|caller| Spot::of(&caller)));
                // Whoever delegates to it goes on, too.
                let mut above = frame_at(frame.deleg.get());
                for _ in 0..DEEPEST {
                    let Some(delegator) = above else { break };
                    let by = caller_of(&delegator).map(|caller| Spot::of(&caller));
                    self.lives.entry(delegator.value().id()).or_default().resume(by);
                    above = frame_at(delegator.deleg.get());
                }
            }
            Event::Return(value) => {
                self.lives.entry(id).or_default().ended = Some((Spot::of(frame), End::Returned, shown(value)));
            }
            Event::Raise(value) => {
                self.lives.entry(id).or_default().ended = Some((Spot::of(frame), End::Raised, shown(value)));
            }
            Event::Close => {
                let life = self.lives.entry(id).or_default();
                life.closed_at = Some(Spot::of(frame));
                life.ended = Some((Spot::of(frame), End::Closed, String::new()));
            }
            Event::Spent(_) => self.lives.entry(id).or_default().asked_after_end += 1,
            Event::Call
            | Event::Catch(_)
            | Event::Yield(_)
            | Event::Delegate(_)
            | Event::Rejoin(_)
            | Event::Blocked { .. }
            | Event::ThreadStart(_)
            | Event::ThreadSwitch(_)
            | Event::ThreadEnd(_)
            | Event::Other { .. } => {}
        }
    }
}

impl Observer for Recorder {
    fn event(&mut self, frame: &Obj<Frame>, _line: u32, event: Event<'_>) {
        let Ok(mut facts) = self.facts.try_borrow_mut() else { return };
        if facts.events >= BUDGET {
            return;
        }
        facts.events += 1;
        facts.note(frame, &event);
        if let Ok(mut notes) = self.notes.try_borrow_mut() {
            notes.event(&facts, frame, &event);
        }
    }

    fn has_enough(&self) -> bool {
        self.facts.try_borrow().is_ok_and(|facts| !facts.is_complete())
    }

    fn has_news(&self) -> bool {
        self.notes.try_borrow().is_ok_and(|notes| notes.is_waiting())
    }
}
