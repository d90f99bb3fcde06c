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

/// One error, with all that is to be drawn of it and nothing of how.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Its code; None when the catalogue has none for it.
    pub code: Option<Code>,
    /// How bad it is, where it is not as bad as the catalogue says of its code.
    pub severity: Option<Severity>,
    /// The values for the texts of the code's page.
    pub parameters: Vec<(&'static str, String)>,
    /// Values that are texts of the page themselves: the name, and the key of the text.
    pub words: Vec<(&'static str, &'static str)>,
    /// Which form of a text is meant where the page has several: the key (empty for all), and the form. The text of
    /// `headline` in the form `missing` stands on the page as `headline.missing`.
    pub forms: Vec<(&'static str, &'static str)>,
    /// The marked places, the effect first.
    pub labels: Vec<Label>,
    /// Blanks and tabs are to be seen in the source shown.
    pub shows_blanks: bool,
    /// CPython's lines: what comes before the last one in cases like `Exception ignored in`, the class and message, and the notes.
    pub plain: Vec<String>,
    /// The calls, innermost first.
    pub calls: Vec<Call>,
    /// What is known about the generators, coroutines and tasks concerned.
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
    /// The key of the noun for the thing.
    pub kind: &'static str,
    /// The values in it.
    pub parameters: Vec<(&'static str, String)>,
    /// Where that was.
    pub place: Option<Place>,
}

impl Report {
    /// How bad it is; an error as long as the catalogue says nothing else.
    pub fn severity(&self) -> Severity {
        self.severity.unwrap_or_else(|| self.code.map_or(Severity::Error, Code::severity))
    }

    /// A text of the code's page with the values of the run; None when there is none.
    pub fn text(&self, key: &str, language: Language) -> Option<String> {
        let page = self.code?.page();
        let part = page.part(language);
        let forms = self.forms.iter().filter(|(own, _)| own.is_empty() || *own == key);
        let formed = forms.filter_map(|(_, form)| part.text(&format!("{key}.{form}"))).next();
        let text = formed.or_else(|| part.text(key))?;
        let mut parameters = self.parameters.clone();
        let words = self.words.iter().filter_map(|(name, key)| Some((*name, part.text(key)?.to_owned())));
        parameters.extend(words);
        Some(catalog::fill(text, &parameters))
    }

    /// The failing place.
    pub fn effect(&self) -> Option<&Place> {
        self.labels.iter().find(|label| label.key == "effect").or(self.labels.first()).map(|label| &label.place)
    }
}
