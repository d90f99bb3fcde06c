//! The recorder: an observer that remembers where suspended things were made, resumed and ended.
//!
//! It listens while errors are drawn, so that a report can say what no object knows of itself. It holds no value of the
//! program, since that would change when things end: what it knows is kept by address, and a thing made at the address of
//! one that is gone takes its place. After a number of events it stops listening, so that long programs do not pay.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::source::{Place, Source};
use crate::code::{CodeObject, Position};
use crate::objects::ctx::Ctx;
use crate::objects::frame::Frame;
use crate::objects::frame_view::caller_of;
use crate::objects::heap::Obj;
use crate::objects::observer::{Event, Observer, shown};
use crate::objects::value::Value;

/// Events after which the recorder stops listening.
const BUDGET: u32 = 200_000;

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

    /// Where a suspended frame waits.
    pub fn of_suspended(frame: &Obj<Frame>) -> Spot {
        let word = if frame.delegate().is_some() { frame.ip.get() } else { frame.ip.get().saturating_sub(1) };
        Spot { code: frame.with_code(|code| Rc::clone(&code.object)), word }
    }

    /// The position of the instruction.
    pub fn position(&self) -> Position {
        self.code.positions.find(self.word)
    }

    /// The line.
    pub fn line(&self) -> u32 {
        self.position().line
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
    /// How often it was resumed.
    pub resumptions: u32,
    /// Where in its own code it ended, how, and the value in few words.
    pub ended: Option<(Spot, End, String)>,
}

/// What the recorder knows.
#[derive(Debug, Default)]
pub struct Facts {
    lives: FxHashMap<i64, Life>,
    events: u32,
}

impl Facts {
    /// What is known of a generator or coroutine.
    pub fn life(&self, value: &Value) -> Option<&Life> {
        self.lives.get(&value.id())
    }

    /// Whether everything was recorded from the start.
    pub fn is_complete(&self) -> bool {
        self.events < BUDGET
    }
}

/// The observer.
pub struct Recorder {
    facts: Rc<RefCell<Facts>>,
}

impl Recorder {
    /// A recorder that writes to these facts.
    pub fn new(facts: Rc<RefCell<Facts>>) -> Recorder {
        Recorder { facts }
    }
}

impl Observer for Recorder {
    fn event(&mut self, frame: &Obj<Frame>, _line: u32, event: Event<'_>) {
        let Ok(mut facts) = self.facts.try_borrow_mut() else { return };
        if facts.events >= BUDGET {
            return;
        }
        facts.events += 1;
        if !frame.is_suspendable() {
            return;
        }
        let id = frame.own_address() as i64;
        match event {
            Event::Create(maker) => {
                facts.lives.insert(id, Life { made: maker.map(Spot::of), ..Life::default() });
            }
            Event::Resume | Event::Send(_) | Event::Throw(_) => {
                let spot = caller_of(frame).map(|caller| Spot::of(&caller));
                let life = facts.lives.entry(id).or_default();
                if life.resumptions == 0 {
                    life.started = spot.clone();
                }
                life.resumptions += 1;
                life.resumed = spot;
            }
            Event::Return(value) => {
                facts.lives.entry(id).or_default().ended = Some((Spot::of(frame), End::Returned, shown(value)));
            }
            Event::Raise(value) => {
                facts.lives.entry(id).or_default().ended = Some((Spot::of(frame), End::Raised, shown(value)));
            }
            Event::Catch(_) => facts.lives.entry(id).or_default().ended = None,
            Event::Close => {
                facts.lives.entry(id).or_default().ended = Some((Spot::of(frame), End::Closed, String::new()));
            }
            Event::Call
            | Event::Yield(_)
            | Event::Delegate(_)
            | Event::Rejoin(_)
            | Event::Spent
            | Event::Blocked { .. }
            | Event::ThreadStart(_)
            | Event::ThreadSwitch(_)
            | Event::ThreadEnd(_)
            | Event::Other { .. } => {}
        }
    }

    fn has_enough(&self) -> bool {
        self.facts.try_borrow().is_ok_and(|facts| !facts.is_complete())
    }
}
