//! A report for tools: one JSON object in a line.

use super::catalog::{Code, Page};
use super::language::Language;
use super::report::{Call, Link, Report};
use super::source::Place;
use crate::text::json::push_string;

/// Builds an object or array; the separators come by themselves.
struct Writer {
    out: String,
    needs_comma: bool,
}

impl Writer {
    fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
        self.needs_comma = false;
    }

    fn close(&mut self, bracket: char) {
        self.out.push(bracket);
        self.needs_comma = true;
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.needs_comma, true) {
            self.out.push_str(", ");
        }
    }

    fn key(&mut self, key: &str) {
        self.text(key);
        self.out.push_str(": ");
        self.needs_comma = false;
    }

    fn text(&mut self, text: &str) {
        self.separate();
        push_string(&mut self.out, text, false);
    }

    fn number(&mut self, number: u32) {
        self.separate();
        self.out.push_str(&number.to_string());
    }

    fn null(&mut self) {
        self.separate();
        self.out.push_str("null");
    }

    fn field(&mut self, key: &str, text: Option<&str>) {
        self.key(key);
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }
}

/// The report as a line of JSON.
pub fn line(report: &Report, language: Language) -> String {
    let mut writer = Writer { out: String::new(), needs_comma: false };
    object(&mut writer, report, language);
    writer.out.push('\n');
    writer.out
}

fn object(writer: &mut Writer, report: &Report, language: Language) {
    writer.open('{');
    let page = report.code.map(Code::page);
    writer.field("code", report.code.map(Code::name));
    writer.field("severity", Some(report.severity().name()));
    sentence(writer, report, page.as_ref(), "headline", "headline", language);
    sentence(writer, report, page.as_ref(), "help", "help", language);
    let message = report.plain.concat();
    writer.field("python", Some(message.trim_end_matches('\n')));
    writer.key("labels");
    writer.open('[');
    for label in &report.labels {
        writer.open('{');
        writer.field("kind", Some(label.key));
        sentence(writer, report, page.as_ref(), label.key, "text", language);
        place(writer, &label.place);
        writer.close('}');
    }
    writer.close(']');
    writer.key("traceback");
    writer.open('[');
    for call in report.calls.iter().rev() {
        call_object(writer, call);
    }
    writer.close(']');
    writer.key("story");
    writer.open('[');
    for episode in &report.story {
        writer.open('{');
        writer.field("what", Some(episode.key));
        writer.field("kind", Some(episode.kind));
        for (name, value) in &episode.parameters {
            writer.field(name, Some(value));
        }
        if let Some(exact) = &episode.place {
            place(writer, exact);
        }
        writer.close('}');
    }
    writer.close(']');
    if let Some((link, earlier)) = &report.earlier {
        writer.key(if *link == Link::Cause { "cause" } else { "context" });
        object(writer, earlier, language);
    }
    if !report.members.is_empty() {
        writer.key("exceptions");
        writer.open('[');
        report.members.iter().for_each(|member| object(writer, member, language));
        writer.close(']');
    }
    writer.close('}');
}

/// A text in the languages asked for: of one language a string, of both an object.
fn sentence(writer: &mut Writer, report: &Report, page: Option<&Page>, text: &str, key: &str, language: Language) {
    writer.key(key);
    let of = |language| page.and_then(|_| report.text(text, language));
    match language {
        Language::English | Language::Chinese => match of(language) {
            Some(text) => writer.text(&text),
            None => writer.null(),
        },
        Language::Both => {
            writer.open('{');
            writer.field("zh", of(Language::Chinese).as_deref());
            writer.field("en", of(Language::English).as_deref());
            writer.close('}');
        }
    }
}

fn call_object(writer: &mut Writer, call: &Call) {
    writer.open('{');
    writer.field("function", Some(&call.function));
    match &call.place {
        Some(exact) => place(writer, exact),
        None => {
            writer.field("file", Some(&call.file));
            writer.key("line");
            writer.number(call.line);
        }
    }
    writer.field("library", call.library.as_deref());
    writer.close('}');
}

/// File, line and column of both ends, counted from one; the end is behind the last character.
fn place(writer: &mut Writer, place: &Place) {
    let source = &place.source;
    writer.field("file", Some(&source.path));
    let [start, end] = [place.span.start, place.span.end].map(|at| source.lines.characters(&source.text, at));
    for (key, number) in
        [("line", start.line), ("column", start.column + 1), ("end_line", end.line), ("end_column", end.column + 1)]
    {
        writer.key(key);
        writer.number(number);
    }
}
