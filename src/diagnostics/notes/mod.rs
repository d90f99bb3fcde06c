//! The silent mistakes (severity Note): what Python says nothing about, found while the program runs.
//!
//! The [recorder](super::recorder) passes its events on to the watches here, one per letter. A watch sees frames and
//! addresses only, and must be quick; when something looks like a mistake it leaves a [`Suspicion`]. The suspicion is
//! judged at once after the event, where the context is at hand: then the source is read, and what the tree says decides.
//! Mistakes that show by what never came (a result that nobody took) are looked for when the program has ended.
//!
//! A note must be true, and must not appear on a program that is right. Where the run cannot prove the mistake, or people
//! do the same on purpose, there is none.

mod event_loop;
mod generators;

use rustc_hash::FxHashSet;

use super::catalog::Code;
use super::held::Held;
use super::recorder::Facts;
use super::rules::Finding;
use crate::objects::ctx::Ctx;
use crate::objects::frame::Frame;
use crate::objects::heap::Obj;
use crate::objects::observer::Event;

/// Notes that are shown in one run; what goes wrong more often is not made clearer by more of them.
const MOST: usize = 20;

/// Says whether a suspicion is right, with the values and places for the page's texts. It must mark an `effect`.
pub(super) type Judge = Box<dyn FnOnce(&mut Ctx) -> Option<Finding>>;

/// Something that looks like a mistake.
pub(super) struct Suspicion {
    code: Code,
    judge: Judge,
}

/// What waits to be judged.
#[derive(Default)]
pub(super) struct Suspicions(Vec<Suspicion>);

impl Suspicions {
    /// Leaves a suspicion.
    pub(super) fn add(&mut self, code: Code, judge: impl FnOnce(&mut Ctx) -> Option<Finding> + 'static) {
        self.0.push(Suspicion { code, judge: Box::new(judge) });
    }
}

/// A set of silent mistakes that are looked for together.
trait Watch {
    /// Something happened; the facts know of it already.
    fn event(&mut self, facts: &Facts, frame: &Obj<Frame>, event: &Event<'_>, found: &mut Suspicions);

    /// The program has ended.
    fn end(&mut self, facts: &Facts, found: &mut Suspicions);
}

/// All watches, and what they found.
#[derive(Default)]
pub(super) struct Notes {
    generators: generators::Generators,
    event_loop: event_loop::EventLoop,
    found: Suspicions,
    /// Warnings that wait for an error that explains them.
    pub(super) held: Held,
    shown: FxHashSet<(Code, String, u32)>,
}

impl Notes {
    /// Something happened; the facts know of it already.
    pub(super) fn event(&mut self, facts: &Facts, frame: &Obj<Frame>, event: &Event<'_>) {
        self.generators.event(facts, frame, event, &mut self.found);
        self.event_loop.event(facts, frame, event, &mut self.found);
        self.held.event(frame, event);
    }

    /// The program has ended.
    pub(super) fn end(&mut self, facts: &Facts) {
        self.generators.end(facts, &mut self.found);
        self.event_loop.end(facts, &mut self.found);
    }

    /// Whether anything waits to be judged or shown.
    pub(super) fn is_waiting(&self) -> bool {
        !self.found.0.is_empty() || self.held.is_due()
    }

    /// What waits to be judged.
    pub(super) fn take(&mut self) -> Vec<Suspicion> {
        std::mem::take(&mut self.found.0)
    }

    /// Whether a note of this code is new at this place; each is shown once.
    fn is_new(&mut self, code: Code, finding: &Finding) -> bool {
        let Some((_, place)) = finding.labels.iter().find(|(key, _)| *key == "effect") else { return false };
        self.shown.len() < MOST && self.shown.insert((code, place.source.path.to_string(), place.span.start))
    }

    /// Keeps those findings that are to be shown.
    pub(super) fn admit(&mut self, findings: Vec<(Code, Finding)>) -> Vec<(Code, Finding)> {
        findings.into_iter().filter(|(code, finding)| self.is_new(*code, finding)).collect()
    }
}

impl Suspicion {
    /// Whether it is right. A note is about the program's own files only.
    pub(super) fn judge(self, ctx: &mut Ctx) -> Option<(Code, Finding)> {
        let finding = (self.judge)(ctx)?;
        let (_, effect) = finding.labels.iter().find(|(key, _)| *key == "effect")?;
        let is_own = (ctx.library_source)(&effect.source.path).is_none();
        is_own.then_some((self.code, finding))
    }
}
