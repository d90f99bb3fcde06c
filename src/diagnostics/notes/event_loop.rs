//! Silent mistakes with the event loop and its tasks (letter L).
//!
//! What each note takes for proof:
//!
//! * L220, a blocking call: `time.sleep` was called under a running loop while another task of this loop could have gone on.
//! * L221, main ends first: main has returned, and `asyncio.run` cancels a task whose `await` stands neither in a loop that
//!   goes on for ever nor in a `try` that is prepared for it.
//! * L222, one after the other: two statements that follow one another await the same function, which keeps its hands off
//!   shared state; the second does not use what the first gave, and both have slept.
//! * L224, a cancellation swallowed: the program cancelled a task, a bare `except:` caught that, and the task returned or
//!   waits again outside of the handler.
//! * L235, a lost update: in one block a shared variable is read, then comes an `await`, then it is written from the value
//!   read; and it had another value after the `await` than before.

use std::cell::RefCell;
use std::rc::Rc;

use coil_grammar::ast::{ExprKind, Stmt, StmtKind};
use coil_grammar::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Suspicions, Watch};
use crate::code::CodeObject;
use crate::diagnostics::catalog::Code;
use crate::diagnostics::recorder::{Facts, Spot};
use crate::diagnostics::rules::{Finding, local};
use crate::diagnostics::source::{Function, Node, Place, Source, walk};
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::exception::Exception;
use crate::objects::float::to_f64;
use crate::objects::frame::{Frame, State};
use crate::objects::frame_view::caller_of;
use crate::objects::function::Function as FunctionObject;
use crate::objects::future::Task;
use crate::objects::heap::Obj;
use crate::objects::observer::Event;
use crate::objects::protocol::attribute::own_attribute;
use crate::objects::set::Set;
use crate::objects::string::intern;
use crate::objects::value::Value;

/// Levels of awaiting coroutines that are followed.
const DEEPEST: usize = 100;

/// A coroutine that slept and returned, while another awaited it.
struct Awaited {
    /// Where it was awaited.
    spot: Spot,
    code: usize,
    slept: f64,
}

/// A cancellation that a handler has caught.
struct Caught {
    /// The task's name.
    task: String,
    /// Where it was cancelled.
    cancelled: Spot,
    /// The frame that caught it, by address, and where it stood.
    frame: i64,
    spot: Spot,
}

/// A variable that is read, waited with, and written.
#[derive(Clone)]
struct Update {
    /// As the source names it: `n`, `self.n`.
    name: String,
    read: Place,
    write: Place,
}

/// A frame that waits between the read and the write.
struct Waiting {
    update: usize,
    /// The variable's value when the wait began, by address.
    value: i64,
    is_stale: bool,
}

/// The watch over tasks and the loop: it hears of events and says which of them prove a mistake.
#[derive(Default)]
pub(super) struct EventLoop {
    /// How long coroutines have slept, by address.
    slept: FxHashMap<i64, f64>,
    /// What a coroutine awaited last, by the address of that which awaits.
    awaited: FxHashMap<i64, Awaited>,
    /// By the address of the task's coroutine.
    caught: FxHashMap<i64, Caught>,
    /// What functions do with shared variables, by the address of their code. Found when the source is at hand.
    updates: Rc<RefCell<FxHashMap<usize, Vec<Update>>>>,
    read: FxHashSet<usize>,
    /// By the address of the coroutine.
    waiting: FxHashMap<i64, Waiting>,
}

fn id_of(frame: &Obj<Frame>) -> i64 {
    frame.own_address() as i64
}

fn code_of(frame: &Obj<Frame>) -> Rc<CodeObject> {
    frame.with_code(|code| Rc::clone(&code.object))
}

fn is_own(code: &CodeObject) -> bool {
    !code.filename.starts_with("<coil>/")
}

fn is_cancellation(exception: &Value) -> bool {
    let name = |header: &crate::objects::heap::Header| header.shape().with_class(|class| class.name_string());
    exception.is_kind::<Exception>() && exception.header().is_some_and(|header| name(header) == "CancelledError")
}

impl Watch for EventLoop {
    fn event(&mut self, facts: &Facts, frame: &Obj<Frame>, event: &Event<'_>, found: &mut Suspicions) {
        match event {
            Event::Blocked { seconds, held_up } if *held_up > 0 => {
                let spot = Spot::of(frame);
                let (seconds, held_up) = (number(seconds).unwrap_or_default(), *held_up);
                found.add(Code::L220, move |ctx| blocked(ctx, &spot, seconds, held_up));
            }
            Event::Other { what: "sleep of", subject } => self.sleeps(frame, subject),
            Event::Other { what: "task cancelled", subject } => left_over(facts, frame, subject, found),
            Event::Create(_) if frame.is_coroutine() => self.made(frame, found),
            Event::Delegate(_) if frame.is_coroutine() => {
                self.goes_on(frame, found);
                self.waits(frame);
                self.waits_again(frame, found);
            }
            Event::Rejoin(_) if frame.is_coroutine() => self.continues(frame),
            Event::Catch(exception) if is_cancellation(exception) => self.catches(facts, frame),
            Event::Raise(exception) => {
                self.waiting.remove(&id_of(frame));
                if is_cancellation(exception) {
                    let id = id_of(frame);
                    self.caught.retain(|_, caught| caught.frame != id);
                }
            }
            Event::Return(_) if frame.is_suspendable() => {
                if frame.is_coroutine() {
                    self.goes_on(frame, found);
                    self.returns(facts, frame, found);
                }
                if let Some(above) = caller_of(frame).filter(|above| above.is_coroutine()) {
                    self.continues(&above);
                }
            }
            Event::Blocked { .. }
            | Event::Create(_)
            | Event::Delegate(_)
            | Event::Rejoin(_)
            | Event::Catch(_)
            | Event::Return(_)
            | Event::Call
            | Event::Resume
            | Event::Send(_)
            | Event::Spent(_)
            | Event::Throw(_)
            | Event::Close
            | Event::Yield(_)
            | Event::ThreadStart(_)
            | Event::ThreadSwitch(_)
            | Event::ThreadEnd(_)
            | Event::Other { .. } => {}
        }
    }

    fn end(&mut self, _facts: &Facts, _found: &mut Suspicions) {}
}

// Blocking, and ending too early.

/// L220: what stands there is `time.sleep(...)`, by whatever name.
fn blocked(ctx: &mut Ctx, spot: &Spot, seconds: f64, held_up: usize) -> Option<Finding> {
    let place = spot.place(ctx)?;
    let (_, func, args) = place.source.call(place.span)?;
    let name = match &func.kind {
        ExprKind::Name { id, .. } => id,
        ExprKind::Attribute { attr, .. } => attr,
        _ => return None,
    };
    let delay = args.first().filter(|_| &**name == "sleep")?;
    let finding = Finding::new()
        .with("call", place.text())
        .with("seconds", in_seconds(seconds))
        .with("count", held_up.to_string())
        .with("delay", place.at(delay.span).text());
    Some(finding.mark("effect", place))
}

fn number(value: &Value) -> Option<f64> {
    to_f64(value).or_else(|| value.as_small_int().map(|number| number as f64))
}

/// A time without the dust of binary fractions.
fn in_seconds(seconds: f64) -> String {
    let text = format!("{seconds:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// L221: a runner that closes cancels what is left over.
fn left_over(facts: &Facts, frame: &Obj<Frame>, task: &Value, found: &mut Suspicions) {
    let is_runner = |frame: &Obj<Frame>, name: &str| {
        frame.with_code(|code| &*code.object.name == name && &*code.object.filename == "<coil>/asyncio/runners.py")
    };
    if !is_runner(frame, "_cancel_all_tasks") {
        return;
    }
    let count = local(frame, "to_cancel").and_then(|tasks| Some(tasks.downcast_ref::<Set>()?.len()));
    let (Some(count), Some(made)) = (count, facts.asyncio.mark(task, "task created")) else { return };
    let Some(coroutine) = task.downcast_ref::<Task>().and_then(|task| task.coroutine.get().downcast::<Frame>()) else {
        return;
    };
    // Up to the `asyncio.run` that has the main coroutine, through an `__exit__` that has no exception.
    let mut main = None;
    let mut caller = caller_of(frame);
    for _ in 0..DEEPEST {
        let Some(frame) = caller else { break };
        if is_runner(&frame, "Runner.__exit__") || is_runner(&frame, "__exit__") {
            if local(&frame, "exc_type").is_none_or(|class| !class.is_none()) {
                return;
            }
        } else if is_runner(&frame, "run") {
            main = local(&frame, "main").and_then(|main| main.downcast::<Frame>());
            break;
        }
        caller = caller_of(&frame);
    }
    let Some(main) = main else { return };
    let main = main.with_code(|code| code.object.name.to_string());
    let mut spots = Vec::new();
    let mut next = Some(coroutine);
    for _ in 0..DEEPEST {
        let Some(frame) = next else { break };
        if frame.state.get() == State::Suspended {
            spots.push(Spot::of_suspended(&frame));
        }
        next = frame.delegate().and_then(|inner| inner.downcast::<Frame>());
    }
    spots.retain(|spot| !spot.is_library());
    let made = made.spot.clone();
    found.add(Code::L221, move |ctx| {
        let places: Vec<Place> = spots.iter().filter_map(|spot| spot.place(ctx)).collect();
        if places.iter().any(may_be_cancelled) {
            return None;
        }
        let finding = Finding::new().with("main", main).with("count", count.to_string());
        Some(finding.mark("effect", made.place(ctx)?).mark("waits", places.last().cloned()))
    });
}

/// Whether who wrote a place has thought of a cancellation: it stands in a loop that has no end of its own, or in a `try`
/// that tidies up.
fn may_be_cancelled(place: &Place) -> bool {
    let nodes = place.source.nodes(place.span);
    let mut within = nodes.into_iter().filter_map(Node::stmt).take_while(|around| Function::of(around).is_none());
    within.any(|statement| match &statement.kind {
        StmtKind::While { .. } | StmtKind::AsyncFor(_) => true,
        StmtKind::Try(parts) => {
            let is_meant = |class: &str| class.contains("CancelledError") || class.contains("BaseException");
            !parts.finalbody.is_empty()
                || parts
                    .handlers
                    .iter()
                    .any(|handler| handler.type_.as_ref().is_none_or(|class| is_meant(place.at(class.span).text())))
        }
        _ => false,
    })
}

// One after the other.

impl EventLoop {
    /// Time that a coroutine sleeps is time for whoever awaits it.
    fn sleeps(&mut self, frame: &Obj<Frame>, seconds: &Value) {
        let Some(seconds) = number(seconds) else { return };
        // What sets the timer may be called by what is awaited.
        let mut next = Some(frame.to_ref());
        let mut is_within = false;
        for _ in 0..DEEPEST {
            let Some(frame) = next.filter(|frame| frame.is_suspendable() || !is_within) else { break };
            if frame.is_suspendable() {
                is_within = true;
                *self.slept.entry(id_of(&frame)).or_default() += seconds;
            }
            next = caller_of(&frame);
        }
    }

    fn returns(&mut self, facts: &Facts, frame: &Obj<Frame>, found: &mut Suspicions) {
        let id = id_of(frame);
        self.awaited.remove(&id);
        if let Some(caught) = self.caught.remove(&id) {
            found.add(Code::L224, move |ctx| swallowed(ctx, &caught, None));
        }
        let slept = self.slept.remove(&id).unwrap_or_default();
        let code = code_of(frame);
        let Some(parent) = caller_of(frame).filter(|parent| parent.is_coroutine()) else { return };
        if !is_own(&code) || slept <= 0.0 {
            return;
        }
        let Some(spot) = facts.asyncio.waits_of(id_of(&parent)).cloned() else { return };
        let now = Awaited { spot, code: Rc::as_ptr(&code).addr(), slept };
        let (second, slept_second) = (now.spot.clone(), now.slept);
        if let Some(before) = self.awaited.insert(id_of(&parent), now)
            && before.code == Rc::as_ptr(&code).addr()
            && before.spot.word != second.word
        {
            found.add(Code::L222, move |ctx| one_after_the_other(ctx, &before, &second, slept_second));
        }
    }
}

/// L222: the two statements could be exchanged.
fn one_after_the_other(ctx: &mut Ctx, before: &Awaited, second: &Spot, slept: f64) -> Option<Finding> {
    let (first, second) = (before.spot.place(ctx)?, second.place(ctx)?);
    let source = Rc::clone(&second.source);
    let (first_statement, first_call, function) = awaited_call(&first)?;
    let (second_statement, second_call, same) = awaited_call(&second)?;
    if function != same || !follows(&source, first_statement.span, second_statement.span) {
        return None;
    }
    let def = source.function(function).filter(|function| function.is_async)?;
    if touches_shared_state(&def.def.body) {
        return None;
    }
    if let StmtKind::Assign { targets, .. } = &first_statement.kind {
        let mut uses = false;
        walk(vec![Node::Stmt(second_statement)], &mut |node| {
            if let Node::Expr(expression) = node {
                let is_target =
                    |target: &coil_grammar::ast::Expr| text(&source, target.span) == text(&source, expression.span);
                uses |= targets.iter().any(is_target);
            }
            true
        });
        if uses {
            return None;
        }
    }
    let (one, two) = (text(&source, first_call), text(&source, second_call));
    let finding = Finding::new()
        .with("first", format!("`{one}`"))
        .with("second", format!("`{two}`"))
        .with("both", format!("{one}, {two}"))
        .with("total", in_seconds(before.slept + slept))
        .with("best", in_seconds(before.slept.max(slept)));
    Some(finding.mark("effect", second).mark("before", first))
}

fn text(source: &Rc<Source>, span: Span) -> String {
    source.place(span).text().to_owned()
}

/// `await f(...)` as a whole statement, or with its value assigned to names: the statement, the call, the function's name.
fn awaited_call(place: &Place) -> Option<(&Stmt, Span, &str)> {
    let statement = place.source.nodes(place.span).into_iter().find_map(Node::stmt)?;
    let value = match &statement.kind {
        StmtKind::Expr { value } | StmtKind::Assign { value, .. } => value,
        _ => return None,
    };
    let ExprKind::Await { value: call } = &value.kind else { return None };
    let ExprKind::Call { func, .. } = &call.kind else { return None };
    match &func.kind {
        ExprKind::Name { id, .. } => Some((statement, call.span, id)),
        _ => None,
    }
}

/// Whether nothing but space is between two statements.
fn follows(source: &Source, first: Span, second: Span) -> bool {
    let between = source.text.get(first.end as usize..second.start as usize);
    between.is_some_and(|between| between.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#')))
}

/// Whether a function's body may change what others see.
fn touches_shared_state(body: &[Stmt]) -> bool {
    let mut touches = false;
    walk(body.iter().map(Node::Stmt).collect(), &mut |node| {
        match node {
            Node::Stmt(statement) => {
                touches |= match &statement.kind {
                    StmtKind::Global { .. } | StmtKind::Nonlocal { .. } | StmtKind::Delete { .. } => true,
                    StmtKind::Assign { targets, .. } => {
                        targets.iter().any(|target| !matches!(target.kind, ExprKind::Name { .. }))
                    }
                    StmtKind::AugAssign { target, .. } => !matches!(target.kind, ExprKind::Name { .. }),
                    StmtKind::AsyncWith { .. } | StmtKind::With { .. } => true,
                    _ => false,
                };
            }
            Node::Expr(expression) => {
                // A method may change its object.
                touches |= match &expression.kind {
                    ExprKind::Call { func, .. } => match &func.kind {
                        ExprKind::Attribute { attr, .. } => {
                            !matches!(&**attr, "sleep" | "perf_counter" | "time" | "monotonic")
                        }
                        _ => false,
                    },
                    _ => false,
                };
            }
            Node::Handler(_) => {}
        }
        true
    });
    touches
}

// Cancellations.

impl EventLoop {
    /// A handler catches a cancellation that the program asked for.
    fn catches(&mut self, facts: &Facts, frame: &Obj<Frame>) {
        let spot = Spot::of(frame);
        if spot.is_library() {
            return;
        }
        let mut next = Some(frame.to_ref());
        for _ in 0..DEEPEST {
            let Some(above) = next.filter(|frame| frame.is_suspendable()) else { return };
            if let Some(request) =
                facts.asyncio.cancellation_of(&above.to_value()).filter(|request| request.mark.is_own)
            {
                let caught = Caught {
                    task: request.task.clone(),
                    cancelled: request.mark.spot.clone(),
                    frame: id_of(frame),
                    spot,
                };
                self.caught.insert(id_of(&above), caught);
                return;
            }
            next = caller_of(&above);
        }
    }

    /// The frame that caught a cancellation waits again.
    fn waits_again(&mut self, frame: &Obj<Frame>, found: &mut Suspicions) {
        let id = id_of(frame);
        let Some(caught) = self.caught.values().find(|caught| caught.frame == id) else { return };
        let again = Spot::of_suspended(frame);
        let caught = Caught {
            task: caught.task.clone(),
            cancelled: caught.cancelled.clone(),
            frame: id,
            spot: caught.spot.clone(),
        };
        found.add(Code::L224, move |ctx| swallowed(ctx, &caught, Some(&again)));
    }
}

/// L224: the handler catches everything, and the task does not wait within it.
fn swallowed(ctx: &mut Ctx, caught: &Caught, again: Option<&Spot>) -> Option<Finding> {
    let place = caught.spot.place(ctx)?;
    let source = Rc::clone(&place.source);
    let holds = |outer: &[Stmt]| {
        outer
            .first()
            .zip(outer.last())
            .is_some_and(|(first, last)| first.span.start <= place.span.start && place.span.end <= last.span.end)
    };
    let statements = source.nodes(place.span).into_iter().filter_map(Node::stmt);
    let mut tries = statements.filter_map(|statement| match &statement.kind {
        StmtKind::Try(parts) if holds(&parts.body) && !parts.handlers.is_empty() => Some(parts),
        _ => None,
    });
    let parts = tries.next()?;
    let handler = parts.handlers.first()?;
    let is_bare = handler.type_.as_ref().is_none_or(|class| text(&source, class.span) == "BaseException");
    if !is_bare || parts.handlers.len() > 1 || handler.body.iter().any(raises) {
        return None;
    }
    if let Some(again) = again.and_then(|again| again.place(ctx))
        && handler.span.start <= again.span.start
        && again.span.end <= handler.span.end
    {
        return None;
    }
    let head = handler.type_.as_ref().map_or(handler.span.start + "except".len() as u32, |class| class.span.end);
    let effect = source.place(Span::new(handler.span.start, head));
    let finding = Finding::new().with("task", format!("`{}`", caught.task)).with("line", effect.line().to_string());
    Some(finding.mark("effect", effect).mark("cancelled", caught.cancelled.place(ctx)))
}

fn raises(statement: &Stmt) -> bool {
    let mut found = false;
    walk(vec![Node::Stmt(statement)], &mut |node| {
        found |= node.stmt().is_some_and(|statement| matches!(statement.kind, StmtKind::Raise { .. }));
        true
    });
    found
}

// Lost updates.

impl EventLoop {
    fn made(&mut self, frame: &Obj<Frame>, found: &mut Suspicions) {
        let id = id_of(frame);
        self.slept.remove(&id);
        self.awaited.remove(&id);
        self.caught.remove(&id);
        self.waiting.remove(&id);
        let code = code_of(frame);
        if !is_own(&code) || !self.read.insert(Rc::as_ptr(&code).addr()) {
            return;
        }
        // Not a suspicion: this is where the source is at hand, before the coroutine runs.
        let updates = Rc::clone(&self.updates);
        found.add(Code::L235, move |ctx| {
            let found = updates_of(ctx, &code);
            if !found.is_empty() {
                updates.borrow_mut().insert(Rc::as_ptr(&code).addr(), found);
            }
            None
        });
    }

    /// A coroutine begins to wait.
    fn waits(&mut self, frame: &Obj<Frame>) {
        let code = code_of(frame);
        let updates = self.updates.borrow();
        let Some(updates) = updates.get(&Rc::as_ptr(&code).addr()) else { return };
        let line = Spot::of_suspended(frame).line();
        let between = |update: &Update| (update.read.line()..=update.write.line()).contains(&line);
        if let Some(update) = updates.iter().position(between)
            && let Some(value) = updates.get(update).and_then(|update| variable(frame, &update.name))
        {
            self.waiting.insert(id_of(frame), Waiting { update, value: value.id(), is_stale: false });
        }
    }

    /// Its wait is over.
    fn continues(&mut self, frame: &Obj<Frame>) {
        let Some(waiting) = self.waiting.get_mut(&id_of(frame)) else { return };
        let updates = self.updates.borrow();
        let update = updates.get(&Rc::as_ptr(&code_of(frame)).addr()).and_then(|updates| updates.get(waiting.update));
        let now = update.and_then(|update| variable(frame, &update.name));
        waiting.is_stale |= now.is_some_and(|now| now.id() != waiting.value);
    }

    /// It has come as far as the next wait or its end, and so has written.
    fn goes_on(&mut self, frame: &Obj<Frame>, found: &mut Suspicions) {
        let Some(waiting) = self.waiting.remove(&id_of(frame)).filter(|waiting| waiting.is_stale) else { return };
        let updates = self.updates.borrow();
        let update = updates.get(&Rc::as_ptr(&code_of(frame)).addr()).and_then(|updates| updates.get(waiting.update));
        let Some(update) = update.cloned() else { return };
        found.add(Code::L235, move |_| {
            let finding = Finding::new()
                .with("name", update.name)
                .with("read", update.read.line().to_string())
                .with("write", update.write.line().to_string());
            Some(finding.mark("effect", update.write).mark("read", update.read))
        });
    }
}

/// The value of `n` or `object.n` in a frame, without running code.
fn variable(frame: &Obj<Frame>, name: &str) -> Option<Value> {
    let (name, attribute) = name.split_once('.').map_or((name, None), |(name, attribute)| (name, Some(attribute)));
    let globals = || {
        let function = frame.func.get();
        let globals = function.downcast_ref::<FunctionObject>()?.globals.get();
        globals.downcast_ref::<Dict>()?.get_str(&intern(name))
    };
    let value = local(frame, name).or_else(globals)?;
    match attribute {
        Some(attribute) => own_attribute(&value, &intern(attribute)),
        None => Some(value),
    }
}

/// What a coroutine function does with shared variables: read, await, write, in one block without a way around.
fn updates_of(ctx: &mut Ctx, code: &Rc<CodeObject>) -> Vec<Update> {
    let mut found = Vec::new();
    let Some(source) = Source::named(ctx, &code.filename) else { return found };
    let mut def = None;
    source.for_each_node(&mut |node| {
        if let Node::Stmt(statement) = node
            && let Some(function) = Function::of(statement)
            && *function.def.name == *code.name
        {
            let start = function.def.decorator_list.first().map_or(statement.span, |decorator| decorator.span);
            if source.lines.line(start.start) == code.first_line {
                def = Some(function);
            }
        }
        true
    });
    let Some(def) = def else { return found };
    let mut shared = FxHashSet::default();
    walk(def.def.body.iter().map(Node::Stmt).collect(), &mut |node| {
        if let Node::Stmt(statement) = node
            && let StmtKind::Global { names } | StmtKind::Nonlocal { names } = &statement.kind
        {
            shared.extend(names.iter().map(|name| name.to_string()));
        }
        true
    });
    let mut blocks = vec![def.def.body.as_slice()];
    walk(def.def.body.iter().map(Node::Stmt).collect(), &mut |node| {
        if let Node::Stmt(statement) = node {
            match &statement.kind {
                StmtKind::For(parts) | StmtKind::AsyncFor(parts) => blocks.push(&parts.body),
                StmtKind::While { body, .. }
                | StmtKind::If { body, .. }
                | StmtKind::With { body, .. }
                | StmtKind::AsyncWith { body, .. } => blocks.push(body),
                StmtKind::Try(parts) => blocks.push(&parts.body),
                StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => return false,
                _ => {}
            }
        }
        true
    });
    for block in blocks {
        for (index, statement) in block.iter().enumerate() {
            found.extend(update_at(&source, &shared, statement, &block[index + 1..]));
        }
    }
    found
}

/// An update that begins with a statement.
fn update_at(source: &Rc<Source>, shared: &FxHashSet<String>, first: &Stmt, rest: &[Stmt]) -> Option<Update> {
    if let StmtKind::AugAssign { target, value, .. } = &first.kind {
        // The variable is read before the value is worked out.
        let name = shared_name(source, shared, target.span)?;
        return has_await(&[Node::Expr(value)]).then(|| Update {
            name,
            read: source.place(target.span),
            write: source.place(first.span),
        });
    }
    let StmtKind::Assign { targets, value } = &first.kind else { return None };
    let [target] = targets.as_slice() else { return None };
    if let Some(name) = shared_name(source, shared, target.span) {
        // `n = n + await f()`: read first.
        let reads = mentions(source, Node::Expr(value), &name)?;
        let wait = first_await(Node::Expr(value))?;
        return (reads.end <= wait.start).then(|| Update {
            name,
            read: source.place(reads),
            write: source.place(first.span),
        });
    }
    // `v = n`, then an `await`, then `n = ... v ...`.
    let ExprKind::Name { id: kept, .. } = &target.kind else { return None };
    if has_await(&[Node::Expr(value)]) {
        return None;
    }
    let mut waited = false;
    for statement in rest {
        let simple = matches!(
            statement.kind,
            StmtKind::Assign { .. } | StmtKind::Expr { .. } | StmtKind::AugAssign { .. } | StmtKind::AnnAssign { .. }
        );
        if !simple {
            return None;
        }
        if let StmtKind::Assign { targets, value: written } = &statement.kind
            && let [to] = targets.as_slice()
        {
            if text(source, to.span) == **kept {
                return None;
            }
            if let Some(name) = shared_name(source, shared, to.span)
                && let Some(reads) = mentions(source, Node::Expr(value), &name)
            {
                let from_kept = mentions(source, Node::Expr(written), kept).is_some();
                let again = mentions(source, Node::Expr(written), &name).is_some();
                return (waited && from_kept && !again && !has_await(&[Node::Expr(written)])).then(|| Update {
                    name,
                    read: source.place(reads),
                    write: source.place(statement.span),
                });
            }
        }
        waited |= has_await(&[Node::Stmt(statement)]);
    }
    None
}

/// The text of a target that others may change too: a name declared global or nonlocal, an attribute of a name.
fn shared_name(source: &Rc<Source>, shared: &FxHashSet<String>, span: Span) -> Option<String> {
    let text = text(source, span);
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_shared = match text.split_once('.') {
        Some((object, attribute)) => is_word(object) && is_word(attribute),
        None => shared.contains(&text),
    };
    is_shared.then_some(text)
}

/// Where an expression is spelt within a node, first.
fn mentions(source: &Rc<Source>, node: Node<'_>, name: &str) -> Option<Span> {
    let mut found = None;
    walk(vec![node], &mut |node| {
        if let Node::Expr(expression) = node
            && found.is_none()
            && matches!(expression.kind, ExprKind::Name { .. } | ExprKind::Attribute { .. })
            && source.text.get(expression.span.range()) == Some(name)
        {
            found = Some(expression.span);
        }
        true
    });
    found
}

fn first_await(node: Node<'_>) -> Option<Span> {
    let mut found: Option<Span> = None;
    walk(vec![node], &mut |node| {
        if let Node::Expr(expression) = node
            && matches!(expression.kind, ExprKind::Await { .. })
            && found.is_none_or(|found| expression.span.start < found.start)
        {
            found = Some(expression.span);
        }
        true
    });
    found
}

fn has_await(nodes: &[Node<'_>]) -> bool {
    nodes.iter().any(|node| first_await(*node).is_some())
}
