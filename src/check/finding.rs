//! What `coil check` has to say about one place, as plain data.
//!
//! A finding names a code of the catalogue and fills in what is special about this place: its span, the values for the
//! texts of the code's page, further places worth pointing at, and the edits that would mend it. [`Finding::report`] makes
//! a report of it, which is drawn like every other one.

use std::rc::Rc;

use coil_grammar::error::SyntaxError;
use coil_grammar::span::Span;

use crate::diagnostics::catalog::Code;
use crate::diagnostics::language::Language;
use crate::diagnostics::report::{Label, Report};
use crate::diagnostics::source::Source;

/// A change of the text: what is in `span` becomes `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    pub(super) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    pub(super) fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), text)
    }

    pub(super) fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// Something that is wrong with a program.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The code of the catalogue.
    pub code: Code,
    /// The place.
    pub span: Span,
    /// Values for the placeholders of the page's texts.
    pub parameters: Vec<(&'static str, String)>,
    /// Values that are texts of the page themselves: the name, and the key of the text.
    pub words: Vec<(&'static str, &'static str)>,
    /// The forms of the page's texts that fit, where there are several: the text's key (empty for all), and the form.
    pub forms: Vec<(&'static str, &'static str)>,
    /// Other places, each with the key of its text.
    pub labels: Vec<(&'static str, Span)>,
    /// Of something that is gone: N of the Python 3.N that had it no longer.
    pub gone_since: Option<u8>,
    /// For a syntax error: the error itself, with CPython's words.
    pub syntax: Option<Box<SyntaxError>>,
    /// What mends it; empty when only a person can. All edits of a finding are made, or none.
    pub edits: Vec<Edit>,
}

impl Finding {
    pub(super) fn new(code: Code, span: Span) -> Self {
        Self {
            code,
            span,
            parameters: Vec::new(),
            words: Vec::new(),
            forms: Vec::new(),
            labels: Vec::new(),
            gone_since: None,
            syntax: None,
            edits: Vec::new(),
        }
    }

    pub(super) fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((key, value.into()));
        self
    }

    pub(super) fn word(mut self, key: &'static str, text: &'static str) -> Self {
        self.words.push((key, text));
        self
    }

    pub(super) fn form(mut self, form: &'static str) -> Self {
        self.forms.push(("", form));
        self
    }

    pub(super) fn help(mut self, form: &'static str) -> Self {
        self.forms.push(("help", form));
        self
    }

    pub(super) fn label(mut self, key: &'static str, span: Span) -> Self {
        self.labels.push((key, span));
        self
    }

    pub(super) fn edits(mut self, edits: Vec<Edit>) -> Self {
        self.edits = edits;
        self
    }

    /// CPython's words, for a syntax error.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let error = self.syntax.as_ref()?;
        Some(format!("{}: {}", error.class().name(), error.message()))
    }

    /// The report of the finding in a file.
    #[must_use]
    pub fn report(&self, source: &Rc<Source>) -> Report {
        let page = self.code.page();
        let part = page.part(Language::English);
        let mut labels = vec![Label { key: "effect", place: source.place(self.span) }];
        // A page says nothing about places that its rules do not know.
        let others = self.labels.iter().filter(|(key, _)| part.text(key).is_some());
        labels.extend(others.map(|(key, span)| Label { key, place: source.place(*span) }));
        let mended = (!self.edits.is_empty()).then_some(("help", "fix"));
        Report {
            code: Some(self.code),
            parameters: self.parameters.iter().map(|(key, value)| (*key, shortened(value))).collect(),
            words: self.words.clone(),
            forms: self.forms.iter().copied().chain(mended).collect(),
            labels,
            shows_blanks: matches!(self.code, Code::T404 | Code::T405),
            plain: self.message().into_iter().collect(),
            ..Report::default()
        }
    }
}

/// The longest piece of the program that is quoted in a sentence.
const LONGEST: usize = 100;

/// A piece of the program as a sentence quotes it: one line of it, and not all of a long one.
fn shortened(value: &str) -> String {
    let first = value.lines().next().unwrap_or_default();
    if first.len() == value.len() && value.len() <= LONGEST {
        return value.to_owned();
    }
    let kept: String = first.trim_end().chars().take(LONGEST - 1).collect();
    format!("{kept}…")
}
