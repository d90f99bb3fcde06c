//! The reporter: who shows what a program did not catch, when it is to be more than CPython's text.
//!
//! It stands beside the [observer](super::observer) and, like it, is none by default: then the hooks of `sys`,
//! `threading`, `warnings` and `asyncio` write what CPython writes. Each method gives the text for the hook to write in
//! place of its own, or None for the hook to go on as if there were no reporter.

use super::ctx::Ctx;
use super::observer::Observer;
use super::string::Str;
use super::value::Value;
use crate::host::Stream;

/// A warning, as the module `warnings` gives it to whoever shows it.
#[derive(Debug)]
pub struct Warning<'a> {
    /// The class.
    pub category: &'a Value,
    /// `str()` of the message.
    pub text: &'a str,
    /// The file of the line that is warned of.
    pub file: &'a str,
    /// The line.
    pub line: u32,
    /// What the warning is about, or None.
    pub source: &'a Value,
    /// CPython's text.
    pub plain: &'a str,
}

/// An exception that nobody could catch, as `sys.unraisablehook` gets it.
#[derive(Debug)]
pub struct Unraisable<'a> {
    /// The exception.
    pub exception: &'a Value,
    /// Its traceback, or None.
    pub traceback: &'a Value,
    /// What caused it, or None.
    pub object: &'a Value,
    /// CPython's text before the traceback: `Exception ignored in: <...>`.
    pub heading: &'a str,
}

/// Makes the texts of errors, for the hooks that write them.
pub trait Reporter {
    /// An exception that ended the program, or a thread, whose name is given then.
    fn uncaught(&mut self, ctx: &mut Ctx, exception: &Value, thread: Option<&str>) -> Option<String>;

    /// An exception that nobody could catch.
    fn unraisable(&mut self, ctx: &mut Ctx, what: &Unraisable<'_>) -> Option<String>;

    /// A warning.
    fn warning(&mut self, ctx: &mut Ctx, warning: &Warning<'_>) -> Option<String>;

    /// The program uses for the first time something of this name that Python removed and Coil still has.
    fn removed(&mut self, ctx: &mut Ctx, name: &str) -> Option<String>;

    /// What an event loop's exception handler gets: the dict, and the text that goes to the log.
    fn loop_error(&mut self, ctx: &mut Ctx, details: &Value, plain: &str) -> Option<String>;

    /// Another input of a prompt begins: an observer that hears what happens in it.
    fn listen(&mut self) -> Option<Box<dyn Observer>>;

    /// What Python is silent about, as far as the run has shown it; `at_end` after a program that ended by itself.
    fn notes(&mut self, ctx: &mut Ctx, at_end: bool) -> Option<String>;
}

impl Ctx {
    /// Lets the reporter say something, when there is one and standard error is where it began: a program that
    /// redirected it wants what it would get without one.
    pub fn report(&mut self, say: impl FnOnce(&mut dyn Reporter, &mut Ctx) -> Option<String>) -> Option<String> {
        self.reporter.as_ref()?;
        let streams = ["stderr", "__stderr__"].map(|name| self.sys.get_str(&super::string::intern(name)));
        if let [Some(now), Some(first)] = &streams
            && !now.is(first)
        {
            return None;
        }
        // Out of the context while it works: what it asks of objects may run code that fails and reports.
        let mut reporter = self.reporter.take()?;
        let raised = std::mem::take(&mut self.raised);
        let text = say(reporter.as_mut(), self);
        self.raised = raised;
        self.reporter = Some(reporter);
        text
    }
}

impl Ctx {
    /// Shows what the reporter has to say without being asked.
    pub fn show_notes(&mut self, at_end: bool) {
        if let Some(text) = self.report(|reporter, ctx| reporter.notes(ctx, at_end)) {
            // Notes that cannot be written have no reader.
            let _ = self.host.flush(Stream::Out);
            let _ = self.host.write(Stream::Err, text.as_bytes());
        }
    }
}

/// A value of a dict with string keys, for details given as such.
pub fn detail(details: &Value, name: &str) -> Option<Value> {
    let dict = details.downcast_ref::<super::dict::Dict>()?;
    dict.get_str(&super::string::intern(name)).filter(|value| !value.is_none())
}

/// The text of a str; None for anything else.
pub fn text(value: &Value) -> Option<String> {
    value.downcast_ref::<Str>().map(|text| text.as_str().to_owned())
}
