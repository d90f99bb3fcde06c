//! What is told of the generators, coroutines and tasks that an error concerns: where each was made and last resumed, at
//! which `yield` or `await` it stands, which task runs it and who waits for that.
//!
//! What an object knows of itself (its state, what it waits for) is asked of it, the rest of the recorder. Only what
//! neither the drawn source nor the list of calls shows already is told, and only a little of it.

use coil_grammar::ast::{ExprKind, StmtKind};

use super::loop_facts::task_name;
use super::recorder::{End, Facts, Spot};
use super::report::{Call, Episode, Label};
use super::rules::StackEntry;
use super::source::{Node, Place};
use crate::objects::ctx::Ctx;
use crate::objects::frame::{Frame, State};
use crate::objects::future::{self, Task};
use crate::objects::generator;
use crate::objects::heap::Obj;
use crate::objects::value::Value;

/// Sentences in one report.
const MOST: usize = 8;
/// Levels of `await` that are followed to the place where a task stands.
const DEEPEST: usize = 1000;

/// Collects the sentences of one report.
struct Teller<'a> {
    ctx: &'a mut Ctx,
    facts: &'a Facts,
    /// Lines that are shown already.
    known: Vec<(String, u32)>,
    told: Vec<Episode>,
}

/// What is to be told: of the suspended things on the stack (outermost first), and of the objects that the error is about.
pub(super) fn tell(
    ctx: &mut Ctx,
    facts: &Facts,
    stack: &[StackEntry],
    about: &[Value],
    labels: &[Label],
) -> Vec<Episode> {
    let known = labels.iter().map(|label| (label.place.source.path.to_string(), label.place.line())).collect();
    let mut teller = Teller { ctx, facts, known, told: Vec::new() };
    for object in about {
        if let Some(frame) = object.downcast_ref::<Frame>()
            && frame.is_suspendable()
        {
            teller.suspended(frame);
        } else if let Some(task) = object.downcast_ref::<Task>() {
            teller.task(object, task);
        }
    }
    for (index, entry) in stack.iter().enumerate().rev() {
        let Some(frame) = entry.frame.as_ref().filter(|frame| frame.is_suspendable() && entry.library.is_none()) else {
            continue;
        };
        teller.on_the_way(frame, stack);
        teller.awaited(frame, &stack[..index]);
    }
    teller.told.truncate(MOST);
    teller.told
}

/// The key of the noun for a kind of suspended thing.
fn kind_of(frame: &Obj<Frame>) -> &'static str {
    if frame.is_coroutine() {
        "coroutine"
    } else if frame.is_async_generator() {
        "async generator"
    } else {
        "generator"
    }
}

impl Teller<'_> {
    /// A sentence, unless its line is shown already or there is none.
    fn say(
        &mut self,
        key: &'static str,
        kind: &'static str,
        parameters: Vec<(&'static str, String)>,
        spot: Option<&Spot>,
    ) {
        let Some(place) = spot.and_then(|spot| spot.place(self.ctx)) else { return };
        let line = (place.source.path.to_string(), place.line());
        if !self.known.contains(&line) && (self.ctx.library_source)(&line.0).is_none() {
            self.known.push(line);
            self.push(key, kind, parameters, Some(place));
        }
    }

    fn push(
        &mut self,
        key: &'static str,
        kind: &'static str,
        parameters: Vec<(&'static str, String)>,
        place: Option<Place>,
    ) {
        self.told.push(Episode { key, kind, parameters, place });
    }

    /// A suspended thing through which the exception went.
    fn on_the_way(&mut self, frame: &Obj<Frame>, stack: &[StackEntry]) {
        let Some(life) = self.facts.life(&frame.to_value()) else { return };
        let name = || vec![("name", generator::qualified_name(frame))];
        // What is made where it is awaited, or run by a call that is listed, needs no sentence.
        let is_listed =
            |spot: &Spot| stack.iter().any(|entry| entry.line == spot.line() && *entry.file == *spot.code.filename);
        if let Some(run) = &life.task {
            if run.made.as_ref().is_some_and(is_listed) {
                return;
            }
            let mut parameters = name();
            parameters.push(("task", run.name.clone()));
            self.say("task", "task", parameters, run.made.as_ref());
        } else if let Some(made) = &life.made
            && !is_listed(made)
        {
            self.say("made", kind_of(frame), name(), Some(made));
        }
    }

    /// Who awaited the task through whose first coroutine the exception went, by the calls that are further out.
    fn awaited(&mut self, frame: &Obj<Frame>, outer: &[StackEntry]) {
        let run_by = |frame: &Obj<Frame>| self.facts.life(&frame.to_value())?.task.clone();
        let Some(run) = run_by(frame) else { return };
        let mut callers = outer.iter().rev().filter(|entry| entry.library.is_none());
        let Some(waiter) = callers.next() else { return };
        let is_suspendable = |entry: &&StackEntry| entry.frame.as_ref().is_some_and(|frame| frame.is_suspendable());
        let Some(place) = waiter.place.clone().filter(|place| is_suspendable(&waiter) && waits_at(place)) else {
            return;
        };
        // Those in between were awaited by one another, so the first one that a task runs says which task that is.
        let coroutines = std::iter::once(waiter).chain(callers).take_while(is_suspendable);
        let Some(other) = coroutines.filter_map(|entry| run_by(entry.frame.as_ref()?)).next() else { return };
        let parameters = vec![
            ("task", run.name),
            ("name", generator::qualified_name(frame)),
            ("other", other.name),
            ("waiter", waiter.function.clone()),
        ];
        // What the task runs may just have been said.
        let is_known = self.told.last().is_some_and(|last| last.key == "task");
        self.push(if is_known { "was awaited" } else { "running was awaited" }, "task", parameters, Some(place));
    }

    /// Something suspended that the error is about.
    fn suspended(&mut self, frame: &Obj<Frame>) {
        let life = self.facts.life(&frame.to_value()).cloned().unwrap_or_default();
        let kind = kind_of(frame);
        let name = || vec![("name", generator::qualified_name(frame))];
        match frame.state.get() {
            State::Created => self.say("fresh", kind, name(), life.made.as_ref()),
            State::Suspended => {
                self.say("made", kind, name(), life.made.as_ref());
                self.say("resumed", kind, name(), life.resumed.as_ref());
                self.say("stands", kind, name(), Some(&Spot::of_suspended(frame)));
            }
            State::Running => self.say("made", kind, name(), life.made.as_ref()),
            State::Finished => {
                self.say("made", kind, name(), life.made.as_ref());
                if let Some((spot, end, value)) = &life.ended {
                    let mut parameters = name();
                    parameters.push(("value", value.clone()));
                    let key = match end {
                        End::Returned => "returned",
                        End::Raised => "raised",
                        End::Closed => "closed",
                    };
                    self.say(key, kind, parameters, Some(spot));
                }
            }
        }
    }

    /// A task that the error is about.
    fn task(&mut self, value: &Value, task: &Task) {
        let coroutine = task.coroutine.get();
        let name = task_name(task);
        if let Some(frame) = coroutine.downcast_ref::<Frame>() {
            let life = self.facts.life(&coroutine).cloned().unwrap_or_default();
            let parameters = vec![("task", name.clone()), ("name", generator::qualified_name(frame))];
            let made = life.task.as_ref().and_then(|run| run.made.clone());
            self.say("task", "task", parameters, made.as_ref());
            if task.future.is_pending() && frame.state.get() == State::Suspended {
                let stands = innermost(frame);
                self.say("waits", "task", vec![("task", name.clone())], Some(&stands));
            }
        }
        let mut awaited = false;
        for waiter in task.future.callbacks() {
            let Some(other) = waiter.downcast_ref::<Task>() else { continue };
            awaited = true;
            let stands = other.coroutine.get().downcast_ref::<Frame>().map(innermost);
            let parameters = vec![("task", name.clone()), ("other", task_name(other))];
            self.say("awaited", "task", parameters, stands.as_ref());
        }
        let is_pending = future::future_of(value).is_some_and(future::Future::is_pending);
        if !awaited && is_pending && task.future.callbacks().is_empty() {
            self.push("nobody", "task", vec![("task", name)], None);
        }
    }
}

/// Whether something is waited for at a place.
fn waits_at(place: &Place) -> bool {
    place.source.nodes(place.span).into_iter().any(|node| match node {
        Node::Expr(expression) => matches!(expression.kind, ExprKind::Await { .. } | ExprKind::YieldFrom { .. }),
        Node::Stmt(statement) => matches!(statement.kind, StmtKind::AsyncFor(_) | StmtKind::AsyncWith { .. }),
        Node::Handler(_) => false,
    })
}

/// Where a suspended coroutine stands: in it or in the innermost one that it awaits, as long as that is the program's.
fn innermost(frame: &Obj<Frame>) -> Spot {
    let mut spot = Spot::of_suspended(frame);
    let mut next = frame.delegate();
    for _ in 0..DEEPEST {
        let Some(inner) = next.as_ref().and_then(|next| next.downcast::<Frame>()) else { break };
        if inner.state.get() != State::Suspended {
            break;
        }
        let deeper = Spot::of_suspended(&inner);
        if deeper.code.filename != spot.code.filename && deeper.code.filename.starts_with('<') {
            break;
        }
        spot = deeper;
        next = inner.delegate();
    }
    spot
}

/// The calls of a stack, innermost first.
pub(super) fn calls_of(stack: Vec<StackEntry>) -> Vec<Call> {
    let calls = stack.into_iter().rev().map(|entry| {
        let StackEntry { function, file, line, place, library, .. } = entry;
        Call { function, file, line, place, library }
    });
    calls.collect()
}
