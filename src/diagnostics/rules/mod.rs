//! The rules: what turns an exception, a warning or a message of the event loop into a code of the catalogue.
//!
//! A rule looks at a [`Case`] and says whether it is its mistake, with the values and places for the page's texts. It
//! names only what the run can prove; it runs no code of the program, raises nothing and panics never. The first rule
//! that finds something wins: the files stand in the order of [`ALL`], and within a file the specific before the general.

mod basics;
mod coroutines;
mod event_loop;
mod generators;
mod old_api;
mod pasting;
mod reading;
mod syntax;
mod types;

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprKind};
use coil_grammar::span::Span;

pub(super) use old_api::undone;
pub(crate) use reading::distance;

use super::catalog::Code;
use super::recorder::Facts;
use super::source::{Place, Source};
use crate::code::SlotKind;
use crate::objects::cell::CellObject;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::exception::Exception;
use crate::objects::frame::Frame;
use crate::objects::function::{Function, builtins_of};
use crate::objects::heap::{Obj, Ref};
use crate::objects::observer::shown;
use crate::objects::protocol::attribute::own_attribute;
use crate::objects::string::intern;
use crate::objects::value::Value;

/// Every list of rules, in the order in which they are asked.
static ALL: &[&[Rule]] = &[
    // Before what looks like a slip of the hand: `urllib2` is none.
    old_api::RULES,
    pasting::RULES,
    generators::RULES,
    // Before the coroutines: what the loop made and nobody awaits is the mistake of a callback.
    event_loop::RULES,
    coroutines::RULES,
    syntax::NAMES,
    types::RULES,
    basics::RULES,
];

/// Every list of rules about programs that cannot be read, in the order in which they are asked.
static SYNTAX: &[&[SyntaxRule]] =
    &[old_api::SYNTAX, pasting::SYNTAX, generators::SYNTAX, coroutines::SYNTAX, syntax::RULES];

/// How one code is recognised.
pub struct Rule {
    /// The code that it gives.
    pub code: Code,
    /// Whether the case is one of that code, and what the page's texts need.
    pub applies: fn(&mut Case<'_>) -> Option<Finding>,
}

/// A rule about a program that cannot be read.
pub struct SyntaxRule {
    /// The code that it gives.
    pub code: Code,
    /// Whether the error is one of that code, and what the page's texts need.
    pub applies: fn(&Unread) -> Option<Finding>,
}

/// An error in a program that cannot be read. It is all that a [`SyntaxRule`] looks at, so that `coil check`, which runs
/// nothing, gives the same codes as a run.
#[derive(Debug)]
pub struct Unread {
    /// The exception's class: `SyntaxError`, `IndentationError`.
    pub class: String,
    /// CPython's message.
    pub message: String,
    /// Where it is; None when nobody knows.
    pub place: Option<Place>,
    /// The logical line that a repair must make readable, where there are other errors around it; None when the whole
    /// file shows whether a repair helps.
    pub line: Option<Span>,
}

impl Unread {
    /// The error of a case, when it is one of syntax.
    fn of(case: &Case<'_>) -> Option<Unread> {
        let classes = ["SyntaxError", "IndentationError", "TabError", "MemoryError", "RecursionError"];
        let is_one = classes.contains(&&*case.class) && !case.exception.is_none();
        is_one.then(|| Unread {
            class: case.class.clone(),
            message: case.message.clone(),
            place: case.syntax.clone(),
            line: None,
        })
    }

    /// Whether class and message are these.
    fn is(&self, class: &str, message: &str) -> bool {
        self.class == class && self.message == message
    }
}

/// What a rule found.
#[derive(Debug, Default)]
pub struct Finding {
    /// Values for the texts of the page.
    pub parameters: Vec<(&'static str, String)>,
    /// Values that are texts of the page: the name of the value, and the key of the text.
    pub words: Vec<(&'static str, &'static str)>,
    /// Forms of texts: the key (empty for all), and the form. See [`Report::forms`](super::report::Report::forms).
    pub forms: Vec<(&'static str, &'static str)>,
    /// Marked places, by the keys of the page. Without an `effect` among them the failing place is that.
    pub labels: Vec<(&'static str, Place)>,
    /// The generator, coroutine or task that it is about, of which is told where it was made and where it stands.
    pub about: Option<Value>,
    /// Blanks and tabs are to be seen in the source shown.
    pub shows_blanks: bool,
}

impl Finding {
    /// A finding without values or places of its own.
    pub fn new() -> Finding {
        Finding::default()
    }

    /// With a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.parameters.push((name, value.into()));
        self
    }

    /// With a value that is a text of the page, and so in the language of the report.
    #[must_use]
    pub fn word(mut self, name: &'static str, key: &'static str) -> Finding {
        self.words.push((name, key));
        self
    }

    /// In a form: `headline.missing`, `help.missing` and so on, where the page has them, in place of `headline` and `help`.
    #[must_use]
    pub fn variant(mut self, form: &'static str) -> Finding {
        self.forms.push(("", form));
        self
    }

    /// With the headline in a form.
    #[must_use]
    pub fn headline(mut self, form: &'static str) -> Finding {
        self.forms.push(("headline", form));
        self
    }

    /// With the help in a form.
    #[must_use]
    pub fn help(mut self, form: &'static str) -> Finding {
        self.forms.push(("help", form));
        self
    }

    /// With a place, where there is one.
    #[must_use]
    pub fn mark(mut self, key: &'static str, place: impl Into<Option<Place>>) -> Finding {
        self.labels.extend(place.into().map(|place| (key, place)));
        self
    }

    /// About a generator, coroutine or task.
    #[must_use]
    pub fn about(mut self, object: impl Into<Option<Value>>) -> Finding {
        self.about = object.into();
        self
    }

    /// With blanks and tabs drawn.
    #[must_use]
    pub fn showing_blanks(mut self) -> Finding {
        self.shows_blanks = true;
        self
    }
}

/// How the error came to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// It ended the program or a thread.
    Uncaught,
    /// Nobody could catch it: `Exception ignored in`.
    Unraisable,
    /// A warning: the class is the category, the message the text.
    Warning,
    /// A message of the event loop's exception handler, such as `Task exception was never retrieved`.
    Loop,
}

/// An entry of the stack.
#[derive(Clone)]
pub struct StackEntry {
    /// The function's qualified name.
    pub function: String,
    /// The file, as code objects name it.
    pub file: Rc<str>,
    /// The line.
    pub line: u32,
    /// The place, where the source is to be had.
    pub place: Option<Place>,
    /// The module of Coil's library that it belongs to; None for the program's own.
    pub library: Option<String>,
    /// The frame with its variables, while there is one.
    pub frame: Option<Ref<Frame>>,
    /// The variables of a generator or coroutine that the exception has ended, as a dict; else empty.
    pub variables: Value,
    /// The function object, or None.
    pub callee: Value,
}

/// What a rule looks at.
pub struct Case<'a> {
    /// The context. Ask it nothing that runs code of the program.
    pub ctx: &'a mut Ctx,
    /// How the error came to be reported.
    pub occasion: Occasion,
    /// The exception; for a warning None.
    pub exception: Value,
    /// The class's name: `TypeError`, `asyncio.exceptions.CancelledError`.
    pub class: String,
    /// The message, without hints (`Did you mean`) and notes. For the event loop: its message.
    pub message: String,
    /// All of CPython's words: last line with hints, and notes.
    pub plain: Vec<String>,
    /// What it is about: the object of an unraisable exception, the source of a warning, the task or future of the event
    /// loop; else None.
    pub subject: Value,
    /// The entries of the stack, outermost first. For a warning: the one line that it names.
    pub stack: Vec<StackEntry>,
    /// For a SyntaxError, where it is.
    pub syntax: Option<Place>,
    /// What the recorder knows.
    pub facts: &'a Facts,
}

impl Case<'_> {
    /// The failing place: of a SyntaxError its own, else the innermost one in the program's own files.
    pub fn place(&self) -> Option<Place> {
        if self.syntax.is_some() {
            return self.syntax.clone();
        }
        self.entry().and_then(|entry| entry.place.clone())
    }

    /// The innermost entry of the program's own files.
    pub fn entry(&self) -> Option<&StackEntry> {
        self.stack.iter().rev().find(|entry| entry.library.is_none())
    }

    /// The source of the failing place; a rule asks it what stands there.
    pub fn source(&self) -> Option<Rc<Source>> {
        self.place().map(|place| place.source)
    }

    /// The value of a name in the failing frame: local, of an enclosing function, global or built in.
    pub fn value_of(&self, name: &str) -> Option<Value> {
        let entry = self.entry()?;
        if let Some(frame) = &entry.frame
            && let Some(value) = local(frame, name)
        {
            return Some(value);
        }
        if let Some(value) = entry.variables.downcast_ref::<Dict>().and_then(|dict| dict.get_str(&intern(name))) {
            return Some(value);
        }
        let globals = entry.callee.downcast_ref::<Function>()?.globals.get();
        let name = intern(name);
        let find = |namespace: &Value| namespace.downcast_ref::<Dict>().and_then(|dict| dict.get_str(&name));
        find(&globals).or_else(|| find(&builtins_of(self.ctx, &globals)))
    }

    /// The value that an expression of names and attributes of instances has in the failing frame, as far as it can be
    /// found without running anything.
    pub fn evaluate(&self, expression: &Expr) -> Option<Value> {
        let mut attributes = Vec::new();
        let mut inner = expression;
        while let ExprKind::Attribute { value, attr, .. } = &inner.kind {
            attributes.push(intern(attr));
            inner = value;
        }
        let ExprKind::Name { id, .. } = &inner.kind else { return None };
        let base = self.value_of(id)?;
        attributes.iter().rev().try_fold(base, |value, name| own_attribute(&value, name))
    }

    /// A member of the exception by its index in the class's table (for a StopIteration, 0 is the value).
    pub fn field(&self, index: usize) -> Value {
        self.exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.field(index))
    }

    /// A value in few words.
    pub fn shown(&self, value: &Value) -> String {
        shown(value)
    }

    /// Whether class and message are these.
    pub fn is(&self, class: &str, message: &str) -> bool {
        self.class == class && self.message == message
    }
}

/// A variable of a frame.
pub(super) fn local(frame: &Obj<Frame>, name: &str) -> Option<Value> {
    let found = frame.with_code(|code| {
        let object = &code.object;
        let index = object.slots.iter().position(|slot| &**slot == name)?;
        Some((index, *object.slot_kinds.get(index)?))
    });
    if let Some((index, kind)) = found {
        let value = frame.local(index);
        let value = match kind {
            SlotKind::Cell | SlotKind::Free => value.downcast_ref::<CellObject>().map(|cell| cell.content.get())?,
            SlotKind::Local | SlotKind::Hidden => value,
        };
        return Some(value).filter(|value| !value.is_empty());
    }
    // A class body, a module or exec has its namespace in the first slot.
    let namespace = frame.local(0);
    namespace.downcast_ref::<Dict>().and_then(|dict| dict.get_str(&intern(name)))
}

/// Asks every rule; the first that finds something wins.
pub(super) fn find(case: &mut Case<'_>) -> Option<(Code, Finding)> {
    if let Some(found) = Unread::of(case).and_then(|unread| find_syntax(&unread)) {
        return Some(found);
    }
    for rules in ALL {
        for rule in *rules {
            if let Some(finding) = (rule.applies)(case) {
                return Some((rule.code, finding));
            }
        }
    }
    None
}

/// Asks every rule about syntax; the first that finds something wins.
pub fn find_syntax(unread: &Unread) -> Option<(Code, Finding)> {
    SYNTAX.iter().copied().flatten().find_map(|rule| Some((rule.code, (rule.applies)(unread)?)))
}
