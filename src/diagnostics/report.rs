//! A report: all that is shown of one error, as plain data. It is put together by [`reporter`](super::reporter), drawn by
//! [`render`](super::render), and written for tools by [`json`](super::json).

use std::rc::Rc;

use super::catalog::{self, Code, Severity};
use super::language::Language;
use super::source::Place;

/// A marked place.
#[derive(Clone, Debug)]
pub struct Label {
    /// The key of its text on the code's page; `effect` is the failing place.
    pub key: &'static str,
    /// Where.
    pub place: Place,
}

/// A call on the way to the error.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function.
    pub function: String,
    /// The file, as code objects name it.
    pub file: Rc<str>,
    /// The line, 0 when it is not known.
    pub line: u32,
    /// The exact place, where the source is to be had.
    pub place: Option<Place>,
    /// The module of the library that it belongs to; None for the program's own.
    pub library: Option<String>,
}

/// How an exception came to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// `raise ... from` it.
    Cause,
    /// It was being handled.
    Context,
}

/// One error.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Its code; None when the catalogue has none for it.
    pub code: Option<Code>,
    /// The values for the texts of the code's page.
    pub parameters: Vec<(&'static str, String)>,
    /// The marked places, the effect first.
    pub labels: Vec<Label>,
    /// Blanks and tabs are to be seen in the source shown.
    pub shows_blanks: bool,
    /// CPython's lines: what comes before the last one in cases like `Exception ignored in`, the class and message, and the notes.
    pub plain: Vec<String>,
    /// The calls, innermost first.
    pub calls: Vec<Call>,
    /// What is known about the coroutines and tasks concerned: a key of [`super::words`], values for its text, a place.
    pub story: Vec<Episode>,
    /// The exception before this one.
    pub earlier: Option<(Link, Box<Report>)>,
    /// The members of a group.
    pub members: Vec<Report>,
}

/// A sentence about a generator, coroutine or task.
#[derive(Clone, Debug)]
pub struct Episode {
    /// The key of the sentence in [`super::words`].
    pub key: &'static str,
    /// The values in it.
    pub parameters: Vec<(&'static str, String)>,
    /// Where that was.
    pub place: Option<Place>,
}

impl Report {
    /// How bad it is; an error as long as the catalogue says nothing else.
    pub fn severity(&self) -> Severity {
        self.code.map_or(Severity::Error, Code::severity)
    }

    /// A text of the code's page with the values of the run; None when there is none.
    pub fn text(&self, key: &str, language: Language) -> Option<String> {
        let page = self.code?.page();
        page.part(language).text(key).map(|text| catalog::fill(text, &self.parameters))
    }

    /// The failing place.
    pub fn effect(&self) -> Option<&Place> {
        self.labels.iter().find(|label| label.key == "effect").or(self.labels.first()).map(|label| &label.place)
    }
}
