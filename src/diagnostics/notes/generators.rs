//! Silent mistakes with generators (letter G).
//!
//! What each note takes for proof:
//!
//! * G006, a generator iterated twice: it was walked to its end by a loop without `break`, or by a function that takes
//!   everything (`list`, `sum`), and a loop or such a function asks it again. Whoever takes chunks, or asks `next(it,
//!   None)` until the end, does neither.
//! * G007, called and never run: the call of a generator function is a whole statement, so nobody can have the object.
//! * G008, a returned value dropped: a `for` loop ended the generator, and in the whole run no generator of this function
//!   was ended by anybody who could take the value.
//! * G020, primed twice: the function that made the generator resumed it once and returned it, its `def` has a decorator,
//!   it waits at a `yield` whose value it uses, and `yield from` begins with it.
//! * G028, a variable read later: two functions collected by one loop read its variable when the loop is over; or a
//!   variable of a generator expression has another value when the expression starts than when it was made.
//! * G031, spinning: `yield from` in a `while True` found its iterator exhausted a thousand times without a `yield`.

use std::rc::Rc;

use coil_grammar::ast::{Constant, Expr, ExprContext, ExprKind, Stmt, StmtKind};
use coil_grammar::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Suspicions, Watch};
use crate::code::{CodeObject, Op, SlotKind};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::recorder::{End, Facts, Spot};
use crate::diagnostics::rules::{Finding, local};
use crate::diagnostics::source::{self, Function as Def, Node, Place, Source};
use crate::objects::cell::CellObject;
use crate::objects::code;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::frame::Frame;
use crate::objects::frame_view::caller_of;
use crate::objects::function::Function;
use crate::objects::heap::Obj;
use crate::objects::observer::{Event, shown};
use crate::objects::string::intern;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// Rounds without a `yield` that show that a loop spins.
const ROUNDS: u32 = 1000;
/// Variables of a generator expression that are watched.
const MOST_VARIABLES: usize = 8;
/// Frames of the chain that are remembered of a call.
const MOST_FRAMES: usize = 40;
/// Functions that take every value of their argument.
const TAKERS: [&str; 9] = ["list", "tuple", "set", "frozenset", "sum", "max", "min", "sorted", "dict"];

/// A place in code, as a key.
type Key = (usize, u32);

fn key(spot: &Spot) -> Key {
    (Rc::as_ptr(&spot.code).addr(), spot.word)
}

/// Who ran a generator to its first `yield`.
struct Primer {
    /// The frame, by address.
    frame: i64,
    /// Where it did.
    spot: Spot,
    /// Whether this frame returned the generator then.
    returned: bool,
}

/// A value that a generator returned into a loop.
struct Dropped {
    returned: Spot,
    by: Spot,
    value: String,
}

/// The first call of a function that may read a variable too late.
struct Reader {
    /// The function object, by address.
    function: i64,
    /// Where the frames stood.
    chain: Vec<Spot>,
}

/// A variable of a generator expression when that was made.
struct Variable {
    name: Rc<str>,
    id: i64,
    text: String,
}

/// The watch over generators: it hears of events and says which of them prove a mistake.
#[derive(Default)]
pub(super) struct Generators {
    /// Places that were judged, or need not be.
    done: FxHashSet<(Code, Key)>,
    /// By the generator's address.
    primers: FxHashMap<i64, Primer>,
    /// By the code of the generator; None when somebody took a value.
    dropped: FxHashMap<usize, Option<Dropped>>,
    /// By the code of the function.
    readers: FxHashMap<usize, Reader>,
    /// By the address of the generator expression.
    variables: FxHashMap<i64, Vec<Variable>>,
    /// The loop that goes round: the frame by address, the word, how often.
    spin: (i64, u32, u32),
}

fn id_of(frame: &Obj<Frame>) -> i64 {
    frame.own_address() as i64
}

fn code_of(frame: &Obj<Frame>) -> Rc<CodeObject> {
    frame.with_code(|code| Rc::clone(&code.object))
}

impl Watch for Generators {
    fn event(&mut self, facts: &Facts, frame: &Obj<Frame>, event: &Event<'_>, found: &mut Suspicions) {
        match event {
            Event::Create(maker) if frame.is_generator() => self.made(frame, *maker, found),
            Event::Resume | Event::Send(_) if frame.is_generator() => self.resumed(facts, frame, found),
            Event::Spent(asker) if frame.is_generator() => self.asked(facts, frame, *asker, found),
            Event::Return(value) if frame.is_generator() => self.ended(frame, value),
            Event::Return(value) => self.given_back(frame, value),
            Event::Delegate(value) => self.delegated(facts, frame, value, found),
            Event::Rejoin(_) if frame.is_generator() => self.rejoined(frame, found),
            Event::Yield(_) => self.spin.2 = 0,
            Event::Call => self.called(frame, found),
            Event::Create(_)
            | Event::Resume
            | Event::Send(_)
            | Event::Spent(_)
            | Event::Rejoin(_)
            | Event::Raise(_)
            | Event::Catch(_)
            | Event::Throw(_)
            | Event::Close
            | Event::Blocked { .. }
            | Event::ThreadStart(_)
            | Event::ThreadSwitch(_)
            | Event::ThreadEnd(_)
            | Event::Other { .. } => {}
        }
    }

    fn end(&mut self, facts: &Facts, found: &mut Suspicions) {
        if !facts.is_complete() {
            return;
        }
        let mut dropped: Vec<Dropped> = std::mem::take(&mut self.dropped).into_values().flatten().collect();
        dropped.sort_by_key(|dropped| (Rc::clone(&dropped.returned.code.filename), dropped.returned.line()));
        for dropped in dropped {
            found.add(Code::G008, move |ctx| returned_for_nobody(ctx, &dropped));
        }
    }
}

impl Generators {
    fn is_new(&mut self, code: Code, spot: &Spot) -> bool {
        self.done.insert((code, key(spot)))
    }

    fn made(&mut self, frame: &Obj<Frame>, maker: Option<&Obj<Frame>>, found: &mut Suspicions) {
        self.primers.remove(&id_of(frame));
        self.variables.remove(&id_of(frame));
        let Some(maker) = maker else { return };
        let code = code_of(frame);
        if &*code.name == "<genexpr>" {
            let variables = variables(frame, &code);
            if !variables.is_empty() {
                self.variables.insert(id_of(frame), variables);
            }
            return;
        }
        let spot = Spot::of(maker);
        if self.is_new(Code::G007, &spot) {
            found.add(Code::G007, move |ctx| never_run(ctx, &spot, &code.name));
        }
    }

    fn resumed(&mut self, facts: &Facts, frame: &Obj<Frame>, found: &mut Suspicions) {
        let id = id_of(frame);
        let Some(life) = facts.life(&frame.to_value()) else { return };
        if life.resumptions > 1 {
            return;
        }
        if let Some(before) = self.variables.remove(&id)
            && let (Some(made), Some(started)) = (life.made.clone(), life.started.clone())
        {
            let code = code_of(frame);
            let now = variables(frame, &code);
            let changed = |old: &Variable| {
                now.iter().find(|new| new.name == old.name && new.id != old.id && new.text != old.text)
            };
            for new in before.iter().filter_map(changed) {
                let (name, value) = (Rc::clone(&new.name), new.text.clone());
                let (made, started) = (made.clone(), started.clone());
                found.add(Code::G028, move |ctx| changed_since(ctx, &made, &started, &name, &value));
            }
        }
        if let Some(primer) = caller_of(frame)
            && let (Some(made), Some(spot)) = (&life.made, &life.started)
            && Rc::ptr_eq(&made.code, &spot.code)
        {
            self.primers.insert(id, Primer { frame: id_of(&primer), spot: spot.clone(), returned: false });
        }
    }

    /// A finished generator is asked for more.
    fn asked(&mut self, facts: &Facts, frame: &Obj<Frame>, asker: Option<&Obj<Frame>>, found: &mut Suspicions) {
        let (Some(asker), Some(life)) = (asker, facts.life(&frame.to_value())) else { return };
        let Some((_, End::Returned, _)) = &life.ended else { return };
        let Some(used_up) = life.resumed.clone() else { return };
        let again = Spot::of(asker);
        if self.is_new(Code::G006, &again) {
            let (generator, asker) = (frame.to_value(), asker.to_ref());
            found.add(Code::G006, move |ctx| {
                let finding = iterated_again(ctx, &used_up, &again)?;
                // Something else may have asked it on behalf of what has the name, such as a `tee`.
                let (_, name) = finding.parameters.first()?;
                variable_of(&asker, name)?.is(&generator).then_some(finding)
            });
        }
    }

    /// A generator returns.
    fn ended(&mut self, frame: &Obj<Frame>, value: &Value) {
        if value.is_none() {
            return;
        }
        let code = Rc::as_ptr(&code_of(frame)).addr();
        let consumer = if frame.deleg.get() == 0 { caller_of(frame) } else { None };
        let by_loop = consumer.filter(|consumer| {
            let word = consumer.current_word() as u8;
            word == Op::ForIter as u8 || word == Op::ForIterStoreFast as u8
        });
        match by_loop {
            Some(consumer) => {
                self.dropped.entry(code).or_insert_with(|| {
                    Some(Dropped { returned: Spot::of(frame), by: Spot::of(&consumer), value: shown(value) })
                });
            }
            None => {
                self.dropped.insert(code, None);
            }
        }
    }

    /// An ordinary function returns.
    fn given_back(&mut self, frame: &Obj<Frame>, value: &Value) {
        if let Some(primer) = self.primers.get_mut(&value.id())
            && value.is_kind::<Frame>()
            && primer.frame == id_of(frame)
        {
            primer.returned = true;
        }
    }

    fn delegated(&mut self, facts: &Facts, frame: &Obj<Frame>, value: &Value, found: &mut Suspicions) {
        let Some(primer) = self.primers.get(&value.id()).filter(|primer| primer.returned) else { return };
        let (Some(inner), Some(life)) = (value.downcast_ref::<Frame>(), facts.life(value)) else { return };
        if life.resumptions != 1 {
            return;
        }
        let (code, waits) = (code_of(inner), Spot::of_suspended(inner));
        let (primed, again) = (primer.spot.clone(), Spot::of_suspended(frame));
        if self.is_new(Code::G020, &again) {
            found.add(Code::G020, move |ctx| primed_twice(ctx, &code, &waits, &primed, &again));
        }
    }

    fn rejoined(&mut self, frame: &Obj<Frame>, found: &mut Suspicions) {
        let spot = Spot::of(frame);
        let (last, word, rounds) = self.spin;
        let is_same = (last, word) == (id_of(frame), spot.word);
        self.spin = (id_of(frame), spot.word, if is_same { rounds + 1 } else { 1 });
        if self.spin.2 == ROUNDS && self.is_new(Code::G031, &spot) {
            found.add(Code::G031, move |ctx| spins(ctx, &spot));
        }
    }

    fn called(&mut self, frame: &Obj<Frame>, found: &mut Suspicions) {
        let code = code_of(frame);
        let address = Rc::as_ptr(&code).addr();
        if self.done.contains(&(Code::G028, (address, 0))) {
            return;
        }
        let function = frame.func.get();
        let Some(first) = self.readers.get(&address) else {
            self.readers.insert(address, Reader { function: function.id(), chain: chain(frame) });
            return;
        };
        if first.function == function.id() {
            return;
        }
        self.done.insert((Code::G028, (address, 0)));
        if let Some(first) = self.readers.remove(&address) {
            let now = chain(frame);
            found.add(Code::G028, move |ctx| read_after_loop(ctx, &function, &first.chain, &now));
        }
    }
}

/// Where the frames below a called one stand.
fn chain(frame: &Obj<Frame>) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut next = caller_of(frame);
    while let Some(below) = next.filter(|_| spots.len() < MOST_FRAMES) {
        spots.push(Spot::of(&below));
        next = caller_of(&below);
    }
    spots
}

/// The variables that a generator expression may read from around it, with their values.
fn variables(frame: &Obj<Frame>, code: &CodeObject) -> Vec<Variable> {
    let func = frame.func.get();
    let Some(function) = func.downcast_ref::<Function>() else { return Vec::new() };
    let closure = function.closure.get();
    let cells = closure.downcast_ref::<Tuple>();
    let free = code.slots.iter().zip(&code.slot_kinds).filter(|(_, kind)| **kind == SlotKind::Free);
    let free = free
        .zip(cells.map_or(&[][..], |cells| cells.items()))
        .filter_map(|((name, _), cell)| Some((Rc::clone(name), cell.downcast_ref::<CellObject>()?.content.get())));
    let globals = function.globals.get();
    let global = code
        .names
        .iter()
        .filter_map(|name| Some((Rc::clone(name), globals.downcast_ref::<Dict>()?.get_str(&intern(name))?)));
    let known = free.chain(global).filter(|(_, value)| !value.is_empty()).take(MOST_VARIABLES);
    known.map(|(name, value)| Variable { name, id: value.id(), text: shown(&value) }).collect()
}

fn name_of(expression: &Expr) -> Option<&str> {
    match &expression.kind {
        ExprKind::Name { id, .. } => Some(id),
        _ => None,
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// G007: the call is a whole statement, and calls the function by its name.
fn never_run(ctx: &mut Ctx, spot: &Spot, function: &str) -> Option<Finding> {
    // The prompt shows the value of a statement, and keeps it.
    let is_shown = spot.code.filename.starts_with('<') && &*spot.code.filename != "<string>";
    if is_shown || (ctx.library_source)(&spot.code.filename).is_some() {
        return None;
    }
    let place = spot.place(ctx)?;
    let nodes = place.source.nodes(place.span);
    let mut nodes = nodes.into_iter();
    let (Some(Node::Expr(call)), Some(Node::Stmt(statement))) = (nodes.next(), nodes.next()) else { return None };
    let ExprKind::Call { func, .. } = &call.kind else { return None };
    let name = match &func.kind {
        ExprKind::Name { id, .. } => &**id,
        ExprKind::Attribute { attr, .. } => &**attr,
        _ => return None,
    };
    if !matches!(statement.kind, StmtKind::Expr { .. }) || call.span != place.span || name != function {
        return None;
    }
    let finding = Finding::new().with("function", place.at(func.span).text()).with("line", place.line().to_string());
    Some(finding.mark("effect", place))
}

/// What walks all of an iterator that has a name: the name, when the place is such a loop or call.
fn walked(place: &Place) -> Option<String> {
    for node in place.source.nodes(place.span) {
        match node {
            Node::Expr(expression) => {
                if let ExprKind::Call { func, args, .. } = &expression.kind {
                    let takes_all = name_of(func).is_some_and(|name| TAKERS.contains(&name));
                    return args.first().and_then(name_of).filter(|_| takes_all).map(str::to_owned);
                }
            }
            Node::Stmt(statement) => {
                return match &statement.kind {
                    StmtKind::For(parts) if holds(parts.iter.span, place.span) && !has_break(&parts.body) => {
                        name_of(&parts.iter).map(str::to_owned)
                    }
                    _ => None,
                };
            }
            Node::Handler(_) => return None,
        }
    }
    None
}

/// Whether a loop's body may leave the loop before its end.
fn has_break(body: &[Stmt]) -> bool {
    let mut found = false;
    source::walk(body.iter().map(Node::Stmt).collect(), &mut |node| {
        if let Node::Stmt(statement) = node {
            found |= matches!(statement.kind, StmtKind::Break | StmtKind::Return { .. });
        }
        true
    });
    found
}

/// G006: both the first and the second who asked wanted everything.
fn iterated_again(ctx: &mut Ctx, used_up: &Spot, again: &Spot) -> Option<Finding> {
    let (first, second) = (used_up.place(ctx)?, again.place(ctx)?);
    walked(&first)?;
    let name = walked(&second)?;
    let finding = Finding::new().with("name", name).with("line", first.line().to_string());
    let cause = (first != second).then_some(first);
    Some(finding.mark("effect", second).mark("cause", cause))
}

/// G008: the value stands in a `return`, and a `for` loop came to its end by it.
fn returned_for_nobody(ctx: &mut Ctx, dropped: &Dropped) -> Option<Finding> {
    let (place, by) = (dropped.returned.place(ctx)?, dropped.by.place(ctx)?);
    let statement = place.source.nodes(place.span).into_iter().find_map(Node::stmt)?;
    let StmtKind::Return { value: Some(value) } = &statement.kind else { return None };
    // `return False` is a way to end early that other languages teach.
    if matches!(value.kind, ExprKind::Constant { value: Constant::True | Constant::False, .. }) {
        return None;
    }
    let finding = Finding::new().with("value", format!("`{}`", dropped.value)).with("line", place.line().to_string());
    let finding = finding.with("function", dropped.returned.code.name.to_string());
    Some(finding.mark("effect", place.at(statement.span)).mark("cause", by))
}

/// G020: a decorator primes a generator that uses what it is sent.
fn primed_twice(ctx: &mut Ctx, code: &CodeObject, waits: &Spot, primed: &Spot, again: &Spot) -> Option<Finding> {
    let (waits, primed, again) = (waits.place(ctx)?, primed.place(ctx)?, again.place(ctx)?);
    let own = Source::named(ctx, &code.filename)?;
    let def = own.function(&code.name).filter(|function| !function.def.decorator_list.is_empty())?;
    // A `yield` that is a statement of its own gives a value, and waits for none.
    let statement = waits.source.nodes(waits.span).into_iter().find_map(Node::stmt)?;
    let is_used = !matches!(&statement.kind, StmtKind::Expr { value } if matches!(value.kind, ExprKind::Yield { .. }));
    let delegation = again.source.nodes(again.span).into_iter().find_map(|node| match node {
        Node::Expr(expression) if matches!(expression.kind, ExprKind::YieldFrom { .. }) => Some(expression.span),
        _ => None,
    })?;
    let finding = Finding::new().with("function", &*def.def.name);
    is_used.then(|| finding.mark("effect", again.at(delegation)).mark("cause", primed))
}

/// G031: the place is a `yield from` in a `while True`.
fn spins(ctx: &mut Ctx, spot: &Spot) -> Option<Finding> {
    let place = spot.place(ctx)?;
    let mut value = None;
    for node in place.source.nodes(place.span) {
        match node {
            Node::Expr(expression) => {
                if let ExprKind::YieldFrom { value: inner } = &expression.kind {
                    value = value.or(Some((inner, expression.span)));
                }
            }
            Node::Stmt(Stmt { kind: StmtKind::While { test, .. }, span }) => {
                let (value, whole) = value?;
                let forever = match &test.kind {
                    ExprKind::Constant { value, .. } => matches!(value, Constant::True | Constant::Int(1)),
                    _ => false,
                };
                let finding = Finding::new().with("count", ROUNDS.to_string()).with("line", place.line().to_string());
                let finding = finding.with("value", place.at(value.span).text());
                let head = place.at(Span::new(span.start, test.span.end));
                return forever.then(|| finding.mark("effect", place.at(whole)).mark("cause", head));
            }
            Node::Stmt(statement) => {
                if Def::of(statement).is_some() {
                    return None;
                }
            }
            Node::Handler(_) => {}
        }
    }
    None
}

/// G028, a generator expression: where it reads the name, and what gave the name its new value.
fn changed_since(ctx: &mut Ctx, made: &Spot, started: &Spot, name: &str, value: &str) -> Option<Finding> {
    let (made, started) = (made.place(ctx)?, started.place(ctx)?);
    let expression = made
        .source
        .nodes(made.span)
        .into_iter()
        .filter_map(Node::expr)
        .find(|expression| matches!(expression.kind, ExprKind::GeneratorExp { .. }))?;
    let ExprKind::GeneratorExp { elt, generators } = &expression.kind else { return None };
    let clauses = generators.iter().flat_map(|clause| clause.ifs.iter().chain([&clause.target]));
    let later = clauses.chain(generators.iter().skip(1).map(|clause| &clause.iter)).chain([&**elt]);
    let read = read_of(later.map(Node::Expr).collect(), name)?;
    let assigned = made.source.last_assignment(name, started.span.start).map(|(_, span)| made.at(span));
    let assigned =
        assigned.filter(|place| place.source.path == started.source.path && place.span.start > made.span.end);
    let by_loop = || {
        made.source.nodes(made.span).into_iter().find_map(|node| match node {
            Node::Stmt(Stmt { kind: StmtKind::For(parts), .. }) if name_of(&parts.target) == Some(name) => {
                Some(made.at(parts.target.span))
            }
            _ => None,
        })
    };
    let cause = assigned.or_else(by_loop);
    let finding = Finding::new().with("name", name).with("value", format!("`{value}`"));
    // Without an assignment in sight it may be another variable of that name.
    Some(finding.mark("effect", made.at(read)).mark("cause", Some(cause?)))
}

/// Where nodes read a name; None when they bind it, too.
fn read_of(roots: Vec<Node<'_>>, name: &str) -> Option<Span> {
    let (mut read, mut is_bound) = (None, false);
    source::walk(roots, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Name { id, ctx }, span, .. }) = node
            && &**id == name
        {
            match ctx {
                ExprContext::Load => read = read.or(Some(*span)),
                ExprContext::Store | ExprContext::Del => is_bound = true,
            }
        }
        true
    });
    read.filter(|_| !is_bound)
}

/// G028, functions: a loop collected them, all read its variable, and the loop is over.
fn read_after_loop(ctx: &mut Ctx, function: &Value, first: &[Spot], now: &[Spot]) -> Option<Finding> {
    let payload = function.downcast_ref::<Function>()?;
    let own = payload.code.get();
    let code = Rc::clone(&own.downcast_ref::<code::Code>()?.object);
    if (ctx.library_source)(&code.filename).is_some() {
        return None;
    }
    let source = Source::named(ctx, &code.filename)?;
    let body = Spot { code: Rc::clone(&code), word: code.instructions.len().saturating_sub(1) as u32 }.place(ctx)?;
    let nodes = source.nodes(body.span);
    let reader = nodes.iter().position(|node| match node {
        Node::Expr(expression) => matches!(expression.kind, ExprKind::Lambda { .. }),
        Node::Stmt(statement) => Def::of(statement).is_some_and(|def| *def.def.name == *code.name),
        Node::Handler(_) => false,
    })?;
    let made = nodes[reader];
    let roots = match made {
        Node::Expr(Expr { kind: ExprKind::Lambda { body, .. }, .. }) => vec![Node::Expr(body)],
        Node::Stmt(statement) => Def::of(statement)?.def.body.iter().map(Node::Stmt).collect(),
        _ => return None,
    };
    let (target, around) = collecting_loop(made, &nodes[reader + 1..])?;
    let name = name_of(target)?;
    let value = variable(payload, &code, name)?;
    let read = read_of(roots, name)?;
    let is_over =
        |spot: &Spot| match Rc::ptr_eq(&spot.code.filename, &code.filename) || spot.code.filename == code.filename {
            true => spot_span(spot, &source).is_none_or(|span| !holds(around, span)),
            false => true,
        };
    let finding = Finding::new().with("name", name).with("value", format!("`{}`", shown(&value)));
    let over = first.iter().chain(now).all(is_over);
    over.then(|| finding.mark("effect", source.place(read)).mark("cause", source.place(target.span)))
}

fn spot_span(spot: &Spot, source: &Rc<Source>) -> Option<Span> {
    source.position(spot.position()).map(|place| place.span)
}

/// The loop that collects functions: its variable and its span. `made` is the function, `around` what stands around it,
/// innermost first.
fn collecting_loop<'a>(made: Node<'a>, around: &[Node<'a>]) -> Option<(&'a Expr, Span)> {
    let mut is_collected = false;
    for (index, node) in around.iter().enumerate() {
        match node {
            Node::Expr(expression) => match &expression.kind {
                ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } => {
                    let inside = holds(elt.span, made.span());
                    return generators.first().filter(|_| inside).map(|clause| (&clause.target, expression.span));
                }
                ExprKind::DictComp { value, generators, .. } => {
                    let inside = holds(value.span, made.span());
                    return generators.first().filter(|_| inside).map(|clause| (&clause.target, expression.span));
                }
                // `fs.append(lambda: i)`
                ExprKind::Call { func, args, .. } => {
                    let ExprKind::Attribute { attr, .. } = &func.kind else { return None };
                    is_collected |= matches!(&**attr, "append" | "add" | "insert" | "appendleft")
                        && args.iter().any(|arg| arg.span == made.span());
                    if !is_collected {
                        return None;
                    }
                }
                ExprKind::Lambda { .. } | ExprKind::GeneratorExp { .. } => return None,
                _ => {}
            },
            Node::Stmt(statement) => match &statement.kind {
                // `fs[i] = lambda: i`
                StmtKind::Assign { targets, value } => {
                    is_collected |= value.span == made.span()
                        && targets.iter().any(|target| matches!(target.kind, ExprKind::Subscript { .. }));
                }
                StmtKind::For(parts) => {
                    let by_name = matches!(made, Node::Stmt(_)) && index == 0 && collects(&parts.body, made);
                    let inside = parts.body.iter().any(|own| holds(own.span, made.span()));
                    return (inside && (is_collected || by_name)).then_some((&parts.target, statement.span));
                }
                StmtKind::FunctionDef(_) | StmtKind::AsyncFunctionDef(_) | StmtKind::ClassDef(_) => return None,
                _ => {}
            },
            Node::Handler(_) => {}
        }
    }
    None
}

/// Whether statements put the function of a `def` into a list or dict.
fn collects(body: &[Stmt], made: Node<'_>) -> bool {
    let Some(def) = made.stmt().and_then(Def::of) else { return false };
    let is_it = |value: &Expr| name_of(value) == Some(&*def.def.name);
    body.iter().any(|statement| match &statement.kind {
        StmtKind::Assign { targets, value } => {
            is_it(value) && targets.iter().any(|target| matches!(target.kind, ExprKind::Subscript { .. }))
        }
        StmtKind::Expr { value } => match &value.kind {
            ExprKind::Call { func, args, .. } => {
                matches!(&func.kind, ExprKind::Attribute { attr, .. } if &**attr == "append") && args.iter().any(is_it)
            }
            _ => false,
        },
        _ => false,
    })
}

/// The value of a name where a frame stands.
fn variable_of(frame: &Obj<Frame>, name: &str) -> Option<Value> {
    let global = || {
        let function = frame.func.get();
        function.downcast_ref::<Function>()?.globals.get().downcast_ref::<Dict>()?.get_str(&intern(name))
    };
    local(frame, name).or_else(global)
}

/// The value of a variable that a function reads from around it.
fn variable(function: &Obj<Function>, code: &CodeObject, name: &str) -> Option<Value> {
    let slot = code.slots.iter().zip(&code.slot_kinds).filter(|(_, kind)| **kind == SlotKind::Free);
    let closure = function.closure.get();
    if let Some(index) = slot.map(|(slot, _)| slot).position(|slot| &**slot == name) {
        let cell = closure.downcast_ref::<Tuple>()?.items().get(index)?.clone();
        return Some(cell.downcast_ref::<CellObject>()?.content.get()).filter(|value| !value.is_empty());
    }
    if code.slots.iter().any(|slot| &**slot == name) {
        return None;
    }
    function.globals.get().downcast_ref::<Dict>()?.get_str(&intern(name))
}
