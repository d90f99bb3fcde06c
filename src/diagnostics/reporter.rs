//! The reporter of fancy mode: gathers what there is to say about an error, and has it drawn.
//!
//! It stands behind the default hooks (see [`crate::objects::reporter`]). Gathering runs no code of the program but what
//! CPython's own text needs (`str()` of the exception, its notes).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::catalog::{Code, Severity};
use super::language::Language;
use super::notes::Notes;
use super::recorder::{Facts, Recorder, Spot};
use super::removals::removal;
use super::render::{self, Look};
use super::report::{Label, Link, Report};
use super::rules::{self, Case, Finding, Occasion, StackEntry};
use super::source::{Node, Place, Source};
use super::{json, story, traceback};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::exception_group;
use crate::objects::frame::Frame;
use crate::objects::frame_view::{FrameView, caller_of};
use crate::objects::function::Function;
use crate::objects::int;
use crate::objects::observer::Observer;
use crate::objects::protocol;
use crate::objects::reporter::{Reporter, Unraisable, Warning, detail, text};
use crate::objects::traceback::{NOT_STARTED, Traceback};
use crate::objects::value::Value;

/// How errors are shown.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Colours.
    pub colour: bool,
    /// Lines and arrows beyond ASCII.
    pub unicode: bool,
    /// The language.
    pub language: Language,
    /// Lines of JSON instead of drawings.
    pub json: bool,
    /// The width of the terminal, asked when something is drawn.
    pub width: Option<fn() -> usize>,
}

/// The exceptions of a chain, and members of a group, that are looked at.
const MOST: usize = 60;

/// Draws what hooks have to show.
pub struct Drawer {
    settings: Settings,
    facts: Rc<RefCell<Facts>>,
    notes: Rc<RefCell<Notes>>,
    /// Something has been drawn.
    has_shown: Cell<bool>,
    /// What was told of things that Python removed; its own warning of them says nothing new.
    removals: Vec<Code>,
}

impl Drawer {
    /// A reporter and the recorder that it asks.
    pub fn new(settings: Settings) -> (Drawer, Recorder) {
        let facts = Rc::new(RefCell::new(Facts::default()));
        let notes = Rc::new(RefCell::new(Notes::default()));
        let recorder = Recorder::new(Rc::clone(&facts), Rc::clone(&notes));
        (Drawer { settings, facts, notes, has_shown: Cell::new(false), removals: Vec::new() }, recorder)
    }

    /// The report of an exception as if it had ended the program.
    pub fn report(&self, ctx: &mut Ctx, exception: &Value) -> Report {
        self.exception(ctx, exception, Occasion::Uncaught, Given::default())
    }

    fn show(&self, ctx: &Ctx, report: &Report) -> String {
        if self.settings.json {
            return json::line(report, self.settings.language);
        }
        let folder = ctx.host.current_dir().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        let look = Look {
            width: self.settings.width.map_or(80, |width| width()),
            colour: self.settings.colour,
            unicode: self.settings.unicode,
            language: self.settings.language,
            folder,
        };
        // An empty line between two of them.
        let gap = if self.has_shown.replace(true) { "\n" } else { "" };
        format!("{gap}{}", render::render(report, &look))
    }

    /// An error, after the warnings that it does not explain.
    fn show_error(&self, ctx: &Ctx, report: &Report) -> String {
        let others = self.notes.try_borrow_mut().map(|mut notes| notes.held.settle(report)).unwrap_or_default();
        let mut text: String = others.iter().map(|other| self.show(ctx, other)).collect();
        text.push_str(&self.show(ctx, report));
        text
    }

    /// Where a coroutine was made whose warning may be a part of an error: what comes next will show it.
    fn may_be_explained(&self, report: &Report) -> Option<Place> {
        if report.code != Some(Code::C101) || !self.facts.try_borrow().is_ok_and(|facts| facts.is_complete()) {
            return None;
        }
        let label = |key: &str| report.labels.iter().find(|label| label.key == key);
        let made = &label("made").or_else(|| label("effect"))?.place;
        // At a prompt nothing may come next.
        if made.source.path.starts_with('<') {
            return None;
        }
        // A statement that is only this call does not fail, unless the call is that of a class.
        let statement = made.source.nodes(made.span).into_iter().find_map(Node::stmt)?;
        let is_initializer = report.plain.iter().any(|line| line.contains("__init__' was never awaited"));
        (statement.span != made.span || is_initializer).then(|| made.clone())
    }

    /// The report of an exception with all that came before it.
    fn exception(&self, ctx: &mut Ctx, exception: &Value, occasion: Occasion, given: Given) -> Report {
        let mut seen = FxHashSet::default();
        self.chain(ctx, exception, occasion, given, &mut seen)
    }

    fn chain(
        &self,
        ctx: &mut Ctx,
        exception: &Value,
        occasion: Occasion,
        given: Given,
        seen: &mut FxHashSet<i64>,
    ) -> Report {
        seen.insert(exception.id());
        let mut reports = vec![(None, self.one(ctx, exception, occasion, given, seen))];
        let mut current = exception.downcast::<Exception>();
        while let Some(payload) = current {
            let (cause, context) = (payload.cause.get(), payload.context.get());
            let (link, earlier) = if cause.downcast_ref::<Exception>().is_some() {
                (Link::Cause, cause)
            } else if !payload.suppress_context.get() && context.downcast_ref::<Exception>().is_some() {
                (Link::Context, context)
            } else {
                break;
            };
            if seen.len() >= MOST || !seen.insert(earlier.id()) {
                break;
            }
            let report = self.one(ctx, &earlier, Occasion::Uncaught, Given::default(), seen);
            reports.push((Some(link), only_special(report)));
            current = earlier.downcast::<Exception>();
        }
        // Each report takes in the one that was before it.
        let mut before: Option<(Link, Box<Report>)> = None;
        while let Some((link, mut report)) = reports.pop() {
            report.earlier = before.take();
            match link {
                Some(link) => before = Some((link, Box::new(report))),
                None => return report,
            }
        }
        Report::default()
    }

    fn one(
        &self,
        ctx: &mut Ctx,
        exception: &Value,
        occasion: Occasion,
        given: Given,
        seen: &mut FxHashSet<i64>,
    ) -> Report {
        let said = traceback::describe(ctx, exception);
        let own = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
        let stack = stack_of(ctx, given.traceback.as_ref().unwrap_or(&own));
        let syntax = syntax_place(ctx, exception);
        let mut plain: Vec<String> = given.heading.into_iter().collect();
        plain.extend(said.lines);
        let mut report = self.explain(
            ctx,
            Subject {
                exception: exception.clone(),
                occasion,
                class: said.class,
                message: given.message.unwrap_or(said.message),
                subject: given.subject,
                plain,
                stack,
                syntax,
            },
        );
        if exception_group::is_group(ctx, exception) {
            for member in exception_group::members(exception) {
                if seen.len() < MOST && !seen.contains(&member.id()) {
                    let member = self.chain(ctx, &member, Occasion::Uncaught, Given::default(), seen);
                    report.members.push(only_special(member));
                }
            }
        }
        report
    }

    /// Asks the rules, and puts a report together from what they say.
    fn explain(&self, ctx: &mut Ctx, subject: Subject) -> Report {
        let Ok(facts) = self.facts.try_borrow() else { return Report::default() };
        let mut case = Case {
            ctx,
            occasion: subject.occasion,
            exception: subject.exception,
            class: subject.class,
            message: subject.message,
            plain: subject.plain,
            subject: subject.subject,
            stack: subject.stack,
            syntax: subject.syntax,
            facts: &facts,
        };
        let found = rules::find(&mut case);
        let place = case.place();
        let about = found.as_ref().and_then(|(_, finding)| finding.about.clone());
        let mut report = found.map_or_else(Report::default, |(code, finding)| told(code, finding));
        if !report.labels.iter().any(|label| label.key == "effect")
            && let Some(place) = place
        {
            report.labels.insert(0, Label { key: "effect", place });
        }
        report.plain = case.plain;
        let about: Vec<Value> =
            about.into_iter().chain([case.subject.clone()]).filter(|value| !value.is_none()).collect();
        report.story = story::tell(case.ctx, &facts, &case.stack, &about, &report.labels);
        report.calls = story::calls_of(case.stack);
        report
    }
}

/// What a hook knows beyond the exception.
#[derive(Default)]
struct Given {
    heading: Option<String>,
    message: Option<String>,
    traceback: Option<Value>,
    subject: Value,
}

/// What the rules are asked about.
struct Subject {
    exception: Value,
    occasion: Occasion,
    class: String,
    message: String,
    subject: Value,
    plain: Vec<String>,
    stack: Vec<StackEntry>,
    syntax: Option<Place>,
}

impl Reporter for Drawer {
    fn uncaught(&mut self, ctx: &mut Ctx, exception: &Value, thread: Option<&str>) -> Option<String> {
        let heading = thread.map(|name| format!("Exception in thread {name}:\n"));
        let given = Given { heading, subject: Value::NONE, ..Given::default() };
        let report = self.exception(ctx, exception, Occasion::Uncaught, given);
        Some(self.show_error(ctx, &report))
    }

    fn unraisable(&mut self, ctx: &mut Ctx, what: &Unraisable<'_>) -> Option<String> {
        exception_like(what.exception)?;
        let given = Given {
            heading: Some(what.heading.to_owned()).filter(|heading| !heading.is_empty()),
            message: None,
            traceback: Some(what.traceback.clone()),
            subject: what.object.clone(),
        };
        let report = self.exception(ctx, what.exception, Occasion::Unraisable, given);
        Some(self.show_error(ctx, &report))
    }

    fn warning(&mut self, ctx: &mut Ctx, warning: &Warning<'_>) -> Option<String> {
        let class = warning.category.downcast_ref::<crate::objects::class::Class>()?.name_string();
        let place = Source::named(ctx, warning.file).and_then(|source| source.line_place(warning.line));
        let entry = StackEntry {
            function: String::new(),
            file: warning.file.into(),
            line: warning.line,
            place,
            library: library_of(ctx, warning.file),
            frame: protocol::current_frame(ctx).filter(|frame| frame.line() == warning.line),
            variables: Value::EMPTY,
            callee: protocol::current_frame(ctx).map_or(Value::NONE, |frame| frame.func.get()),
        };
        let line = warning.plain.lines().next().unwrap_or_default();
        // The place is drawn above the words.
        let words = line.find(&class).map_or(line, |at| &line[at..]);
        let report = self.explain(
            ctx,
            Subject {
                exception: Value::NONE,
                occasion: Occasion::Warning,
                class,
                message: warning.text.to_owned(),
                subject: warning.source.clone(),
                plain: vec![words.to_owned()],
                stack: vec![entry],
                syntax: None,
            },
        );
        if report.code.is_some_and(|code| self.removals.contains(&code)) {
            return Some(String::new());
        }
        // A coroutine that the failing code dropped is a part of that error.
        if let Some(made) = self.may_be_explained(&report)
            && let Ok(mut notes) = self.notes.try_borrow_mut()
        {
            notes.held.hold(report, made);
            return Some(String::new());
        }
        Some(self.show(ctx, &report))
    }

    fn loop_error(&mut self, ctx: &mut Ctx, details: &Value, plain: &str) -> Option<String> {
        let message = detail(details, "message").and_then(|message| text(&message)).unwrap_or_default();
        let subject = ["task", "future", "handle", "asyncgen"].iter().find_map(|key| detail(details, key));
        let subject = subject.unwrap_or(Value::NONE);
        let heading = Some(plain.to_owned());
        let report = match detail(details, "exception") {
            Some(exception) if exception.downcast_ref::<Exception>().is_some() => {
                let given = Given { heading, message: Some(message), traceback: None, subject };
                self.exception(ctx, &exception, Occasion::Loop, given)
            }
            _ => self.explain(
                ctx,
                Subject {
                    exception: Value::NONE,
                    occasion: Occasion::Loop,
                    class: String::new(),
                    message,
                    subject,
                    plain: heading.into_iter().collect(),
                    stack: Vec::new(),
                    syntax: None,
                },
            ),
        };
        Some(self.show_error(ctx, &report))
    }

    fn listen(&mut self) -> Option<Box<dyn Observer>> {
        self.has_shown.set(false);
        if let Ok(mut facts) = self.facts.try_borrow_mut() {
            facts.renew();
        }
        Some(Box::new(Recorder::new(Rc::clone(&self.facts), Rc::clone(&self.notes))))
    }

    fn notes(&mut self, ctx: &mut Ctx, at_end: bool) -> Option<String> {
        if at_end {
            let facts = self.facts.try_borrow().ok()?;
            self.notes.try_borrow_mut().ok()?.end(&facts);
        }
        let suspicions = self.notes.try_borrow_mut().ok()?.take();
        let findings: Vec<_> = suspicions.into_iter().filter_map(|suspicion| suspicion.judge(ctx)).collect();
        let admitted = self.notes.try_borrow_mut().ok()?.admit(findings);
        let held = self.notes.try_borrow_mut().ok()?.held.take();
        let reports = held.into_iter().chain(admitted.into_iter().map(|(code, finding)| told(code, finding)));
        let shown = reports.map(|report| self.show(ctx, &report));
        Some(shown.collect::<String>()).filter(|text| !text.is_empty())
    }

    fn removed(&mut self, ctx: &mut Ctx, name: &str) -> Option<String> {
        let (code, finding) = rules::undone(removal(name)?);
        self.removals.push(code);
        let mut report = told(code, finding);
        // Coil goes on; another Python would not.
        report.severity = Some(Severity::Warning);
        // The innermost frame of the program itself: the library may ask on its behalf.
        let mut frame = protocol::current_frame(ctx);
        while let Some(own) = frame {
            let spot = Spot::of(&own);
            if library_of(ctx, &spot.code.filename).is_none() {
                report.labels.extend(spot.place(ctx).map(|place| Label { key: "effect", place }));
                break;
            }
            frame = caller_of(&own);
        }
        Some(self.show(ctx, &report))
    }
}

/// What a rule found, as a report.
fn told(code: Code, finding: Finding) -> Report {
    let Finding { parameters, words, forms, labels, shows_blanks, about: _ } = finding;
    let labels = labels.into_iter().map(|(key, place)| Label { key, place }).collect();
    Report { code: Some(code), parameters, words, forms, labels, shows_blanks, ..Report::default() }
}

/// A report beside the main one: what its class means in general is left out, for there it would be noise (and the
/// program may well have handled the exception).
fn only_special(mut report: Report) -> Report {
    if report.code.is_some_and(Code::is_general) {
        report.code = None;
        report.parameters.clear();
        report.labels.retain(|label| label.key == "effect");
    }
    report
}

fn exception_like(value: &Value) -> Option<&Value> {
    value.downcast_ref::<Exception>().map(|_| value)
}

/// The module of Coil's library that a file is, None for the program's own.
fn library_of(ctx: &Ctx, file: &str) -> Option<String> {
    (ctx.library_source)(file)?;
    let path = file.trim_end_matches(".py").trim_end_matches("/__init__");
    let module = path.rsplit_once("/lib/").or_else(|| path.split_once('/')).map_or(path, |(_, module)| module);
    Some(module.replace('/', "."))
}

/// The entries of a traceback, outermost first.
pub(super) fn stack_of(ctx: &mut Ctx, traceback: &Value) -> Vec<StackEntry> {
    let mut stack = Vec::new();
    let mut next = traceback.downcast::<Traceback>();
    while let Some(entry) = next {
        next = entry.next.get().downcast::<Traceback>();
        let callee = entry.func.get();
        let Some(function) = callee.downcast_ref::<Function>() else { continue };
        let (file, name, position) = function.with_code(|code| {
            (code.object.filename.clone(), code.object.qualname.to_string(), code.object.positions.find(entry.word))
        });
        let line = entry.line();
        let source = Source::named(ctx, &file);
        let place = source.and_then(|source| {
            let exact = Some(position).filter(|position| entry.word != NOT_STARTED && position.line == line);
            exact.and_then(|position| source.position(position)).or_else(|| source.line_place(line))
        });
        let kept = entry.frame.get();
        let frame =
            kept.downcast::<Frame>().or_else(|| kept.downcast_ref::<FrameView>()?.frame.get().downcast::<Frame>());
        let library = library_of(ctx, &file);
        let variables = kept.downcast_ref::<FrameView>().map_or(Value::EMPTY, |view| view.locals.get());
        stack.push(StackEntry { function: name, file, line, place, library, frame, variables, callee });
    }
    stack
}

/// Where a SyntaxError is, by its members.
fn syntax_place(ctx: &mut Ctx, exception: &Value) -> Option<Place> {
    if !protocol::is_instance_of(ctx, exception, &ctx.exceptions.SyntaxError) {
        return None;
    }
    let payload = exception.downcast::<Exception>()?;
    let number = |index: usize| int::to_i64(&payload.field(index)).and_then(|number| u32::try_from(number).ok());
    let file = text(&payload.field(1))?;
    let line = number(2)?;
    let own = text(&payload.field(4)).unwrap_or_default();
    let source = match Source::named(ctx, &file) {
        // The line must be the one that the error shows.
        Some(source) if source.lines.line_text(&source.text, line).trim_end() == own.trim_end() => source,
        _ => {
            // All that is known of the text is this line.
            let mut text = "\n".repeat(line.saturating_sub(1).min(1_000_000) as usize);
            text.push_str(&own);
            Source::new(&file, text)
        }
    };
    source.error_place(line, number(3), number(5).zip(number(6)))
}
