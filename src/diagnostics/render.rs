//! Drawing a report for a terminal; the only user of miette.
//!
//! The order is: the code; the source with its labels; the headline; CPython's own words, unchanged; the help; the calls,
//! innermost first; what is known of coroutines and tasks; then the exception before this one, or the members of a group.
//! miette draws the source. Everything else is lines of text, broken here, since they mix languages of different widths.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use super::catalog::Severity;
use super::excerpt::{self, Excerpt, Wanted};
use super::language::Language;
use super::report::{Call, Link, Report};
use super::source::Place;
use super::words::say;
use super::wrap::{columns, cut, wrap};

/// How a report is drawn.
#[derive(Clone, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether there are colours.
    pub colour: bool,
    /// Whether lines and arrows may be drawn with characters beyond ASCII.
    pub unicode: bool,
    /// The language of what is not CPython's.
    pub language: Language,
    /// The current folder: files in it are shown by their names below it.
    pub folder: String,
}

impl Default for Look {
    fn default() -> Look {
        Look { width: 80, colour: false, unicode: true, language: Language::English, folder: String::new() }
    }
}

/// The narrowest terminal that is drawn for; on a narrower one lines run over.
const NARROWEST: usize = 20;
/// Wider lines are hard to read.
const WIDEST: usize = 140;
/// Exceptions before the last one that are drawn.
const LONGEST_CHAIN: usize = 10;
/// Members of a group that are drawn, and how deep groups in groups are.
const MEMBERS: usize = 15;
const DEEPEST_GROUP: usize = 8;
/// Calls at either end that are listed.
const CALLS: usize = 12;
/// The longest series of calls whose repetition is noticed.
const LONGEST_CYCLE: usize = 6;

/// The report as text.
pub fn render(report: &Report, look: &Look) -> String {
    let look = Look { width: look.width.clamp(NARROWEST, WIDEST), ..look.clone() };
    let mut drawing = Drawing { look: &look, out: String::new() };
    drawing.report(report, "");
    drawing.out
}

/// The parts of the drawing that have a colour.
#[derive(Clone, Copy)]
enum Paint {
    Error,
    Warning,
    Note,
    Strong,
    Help,
    Quiet,
}

struct Drawing<'a> {
    look: &'a Look,
    out: String,
}

impl Drawing<'_> {
    fn paint(&self, text: &str, paint: Paint) -> String {
        if !self.look.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Error => "1;31",
            Paint::Warning => "1;33",
            Paint::Note => "1;36",
            Paint::Strong => "1",
            Paint::Help => "36",
            Paint::Quiet => "2",
        };
        // Each line by itself, so that a pager may cut between them.
        let lines = text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
            Some(line) => format!("\u{1b}[{code}m{line}\u{1b}[0m\n"),
            None => format!("\u{1b}[{code}m{line}\u{1b}[0m"),
        });
        lines.collect()
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn report(&mut self, report: &Report, number: &str) {
        let mut next = Some(report);
        let mut length = 0;
        while let Some(report) = next {
            self.one(report, number);
            next = None;
            if let Some((link, earlier)) = &report.earlier
                && length < LONGEST_CHAIN
            {
                let key = match link {
                    Link::Cause => "cause",
                    Link::Context => "context",
                };
                self.out.push('\n');
                self.heading(key, &[]);
                next = Some(earlier);
                length += 1;
            }
        }
    }

    fn one(&mut self, report: &Report, number: &str) {
        let (paint, icon) = match (report.severity(), self.look.unicode) {
            (Severity::Error, true) => (Paint::Error, "×"),
            (Severity::Warning, true) => (Paint::Warning, "⚠"),
            (Severity::Note, true) => (Paint::Note, "☞"),
            (Severity::Error, false) => (Paint::Error, "x"),
            (Severity::Warning, false) => (Paint::Warning, "!"),
            (Severity::Note, false) => (Paint::Note, ">"),
        };
        if let Some(code) = report.code {
            let code = self.paint(&format!("coil[{code}]"), paint);
            self.line(&code);
        }
        self.source(report);
        let parts = self.look.language.parts();
        for language in parts {
            if let Some(text) = report.text("headline", *language) {
                let wrapped = wrap(&text, self.look.width, &format!("  {icon} "), "    ");
                let painted = self.paint(&wrapped, Paint::Strong);
                self.out.push_str(&painted);
            }
        }
        for words in &report.plain {
            for line in words.trim_end_matches('\n').split('\n') {
                self.line(&format!("    {}", harmless(line)));
            }
        }
        for language in parts {
            if let Some(text) = report.text("help", *language) {
                let word = say("help", *language, &[]);
                let gap = if word.ends_with(':') { " " } else { "" };
                let first = format!("  {word}{gap}");
                let wrapped = wrap(&text, self.look.width, &first, &" ".repeat(columns(&first)));
                let rest = wrapped.strip_prefix(&first).unwrap_or(&wrapped).to_owned();
                let painted = self.paint(&first, Paint::Help);
                self.out.push_str(&painted);
                self.out.push_str(&rest);
            }
        }
        self.story(report);
        self.calls(&report.calls);
        self.members(&report.members, number);
    }

    /// A heading in each of the languages.
    fn heading(&mut self, key: &str, parameters: &[(&'static str, String)]) {
        for language in self.look.language.parts() {
            let text = format!("  {}", say(key, *language, parameters));
            let text = self.paint(&text, Paint::Quiet);
            self.line(&text);
        }
    }

    /// A label's text in each of the languages.
    fn label(&self, report: &Report, key: &str) -> Option<String> {
        let texts: Vec<String> =
            self.look.language.parts().iter().filter_map(|language| report.text(key, *language)).collect();
        if texts.is_empty() { None } else { Some(texts.join("\n")) }
    }

    /// The source around the labels, that of the failing place first.
    fn source(&mut self, report: &Report) {
        let mut sources: Vec<(&Place, Vec<Wanted>)> = Vec::new();
        let effect = report.effect();
        let effect_first = report.labels.iter().filter(|label| Some(&label.place) == effect);
        for label in effect_first.chain(report.labels.iter().filter(|label| Some(&label.place) != effect)) {
            let wanted = Wanted {
                span: label.place.span,
                label: self.label(report, label.key),
                is_effect: Some(&label.place) == effect,
            };
            match sources.iter_mut().find(|(place, _)| std::rc::Rc::ptr_eq(&place.source, &label.place.source)) {
                Some((_, list)) => list.push(wanted),
                None => sources.push((&label.place, vec![wanted])),
            }
        }
        for (place, wanted) in sources {
            let name = self.file_name(&place.source.path);
            for excerpt in excerpt::excerpts(&place.source, &name, wanted, self.look.width, report.shows_blanks) {
                self.excerpt(excerpt);
            }
        }
        if report.labels.is_empty()
            && let Some(call) = report.calls.iter().find(|call| call.library.is_none() && call.line > 0)
        {
            let place = format!("  {}:{}", self.file_name(&call.file), call.line);
            let place = self.paint(&place, Paint::Quiet);
            self.line(&place);
        }
    }

    fn excerpt(&mut self, mut excerpt: Excerpt) {
        let gutter = 6;
        for mark in &mut excerpt.marks {
            // Labels stand behind the middle of what they mark.
            let before = excerpt.text[..mark.start].rfind('\n').map_or(0, |at| at + 1);
            let column = columns(&excerpt.text[before..mark.start]) + columns(&excerpt.text[mark.start..mark.end]) / 2;
            let room = self.look.width.saturating_sub(gutter + column + 6).max(14);
            if let Some(label) = &mut mark.label {
                let lines: Vec<&str> = label.split('\n').flat_map(|line| super::wrap::lines(line, room)).collect();
                *label = lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n");
            }
        }
        let mut theme = GraphicalTheme {
            characters: if self.look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
            styles: if self.look.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let (effect, other) = (theme.styles.error, theme.styles.advice);
        theme.styles.highlights =
            excerpt.marks.iter().map(|mark| if mark.is_effect { effect } else { other }).collect();
        if excerpt.marks.is_empty() {
            return;
        }
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_wrap_lines(false)
            .without_syntax_highlighting()
            .with_context_lines(1)
            .with_width(self.look.width);
        let mut drawn = String::new();
        // A drawing that fails is left out: the words below say the same.
        if handler.render_report(&mut drawn, &Snippet { excerpt }).is_ok() {
            // The first line is miette's own headline, which is empty.
            let lines = drawn.split_once('\n').map_or("", |(_, lines)| lines);
            for line in lines.lines() {
                self.line(line);
            }
        }
    }

    /// A file's name, in short.
    fn file_name(&self, path: &str) -> String {
        let below = path.strip_prefix(self.look.folder.as_str()).and_then(|rest| rest.strip_prefix('/'));
        below.filter(|_| !self.look.folder.is_empty()).unwrap_or(path).to_owned()
    }

    fn story(&mut self, report: &Report) {
        for episode in &report.story {
            for language in self.look.language.parts() {
                let mut parameters = episode.parameters.clone();
                parameters.push(("kind", say(episode.kind, *language, &[])));
                if let Some(place) = &episode.place {
                    parameters.push(("place", format!("{}:{}", self.file_name(&place.source.path), place.line())));
                    parameters.push(("code", cut(&first_line(place), self.look.width / 2)));
                }
                let text = say(episode.key, *language, &parameters);
                self.out.push_str(&wrap(&text, self.look.width, "  - ", "    "));
            }
        }
    }

    /// The calls, when there are more than the place shows by itself.
    fn calls(&mut self, calls: &[Call]) {
        if calls.len() < 2 {
            return;
        }
        self.heading("calls", &[]);
        let rows = fold(calls);
        let names =
            rows.iter().filter_map(|row| if let Row::Call(call) = row { Some(columns(&call.function)) } else { None });
        let name_width = names.max().unwrap_or(0).min(self.look.width / 4).max(4);
        let place_of = |call: &Call| {
            let file = self.file_name(&call.file);
            if call.line == 0 { file } else { format!("{file}:{}", call.line) }
        };
        let places =
            rows.iter().filter_map(|row| if let Row::Call(call) = row { Some(columns(&place_of(call))) } else { None });
        let place_width = places.max().unwrap_or(0).min(self.look.width / 3);
        let mut texts = Vec::new();
        for row in &rows {
            texts.push(match row {
                Row::Call(call) => {
                    let padded = |text: String, width: usize| {
                        let blank = " ".repeat(width.saturating_sub(columns(&text)));
                        text + &blank
                    };
                    let name = padded(cut(&call.function, name_width), name_width);
                    let place = padded(place_of(call), place_width);
                    let code = call.place.as_ref().map_or_else(String::new, first_line);
                    let line = format!("    {name}  {place}  {code}");
                    vec![cut(line.trim_end(), self.look.width)]
                }
                Row::Library(module) => self.say_all("library", &[("module", (*module).to_owned())]),
                Row::Repeated(1, count) => self.say_all("repeated", &[("count", count.to_string())]),
                Row::Repeated(length, count) => {
                    self.say_all("all repeated", &[("length", length.to_string()), ("count", count.to_string())])
                }
                Row::More(count) => self.say_all("more", &[("count", count.to_string())]),
            });
        }
        for text in texts.into_iter().flatten() {
            self.line(&text);
        }
    }

    fn say_all(&self, key: &str, parameters: &[(&'static str, String)]) -> Vec<String> {
        self.look.language.parts().iter().map(|language| format!("    {}", say(key, *language, parameters))).collect()
    }

    /// The members of a group; `number` is the group's own among those around it.
    fn members(&mut self, members: &[Report], number: &str) {
        for (index, member) in members.iter().take(MEMBERS).enumerate() {
            self.out.push('\n');
            let own = if number.is_empty() { format!("{}", index + 1) } else { format!("{number}.{}", index + 1) };
            // In a group within a group the number tells the way, so the place among the others is said by itself.
            let key = if number.is_empty() { "member" } else { "inner member" };
            let place = ("place", (index + 1).to_string());
            self.heading(key, &[("index", own.clone()), place, ("count", members.len().to_string())]);
            if own.matches('.').count() < DEEPEST_GROUP {
                self.report(member, &own);
            }
        }
        if members.len() > MEMBERS {
            self.heading("members", &[("count", (members.len() - MEMBERS).to_string())]);
        }
    }
}

/// A row of the list of calls.
enum Row<'a> {
    Call(&'a Call),
    Library(&'a str),
    /// So many calls above come again, so often.
    Repeated(usize, usize),
    More(usize),
}

/// The calls as rows: what the library does in one, repetitions and the middle of a long list counted.
fn fold(calls: &[Call]) -> Vec<Row<'_>> {
    let same =
        |one: &Call, other: &Call| one.function == other.function && one.line == other.line && one.file == other.file;
    let mut rows = Vec::new();
    let mut index = 0;
    while let Some(call) = calls.get(index) {
        if let Some(module) = &call.library {
            // `asyncio.runners` and `asyncio.events` are one library to whoever uses it.
            let package = module.split('.').next().unwrap_or(module);
            if !matches!(rows.last(), Some(Row::Library(last)) if *last == package) {
                rows.push(Row::Library(package));
            }
            index += 1;
            continue;
        }
        // How often the series of calls that begins here comes again.
        let repeats = |length: usize| {
            let series = &calls[index..(index + length).min(calls.len())];
            let rest = calls[index..].chunks(length).skip(1);
            rest.take_while(|other| other.len() == length && other.iter().zip(series).all(|(a, b)| same(a, b))).count()
        };
        let cycle = (1..=LONGEST_CYCLE).find(|length| repeats(*length) >= 2);
        match cycle {
            Some(length) => {
                let count = repeats(length);
                rows.extend(calls[index..index + length].iter().map(Row::Call));
                rows.push(Row::Repeated(length, count));
                index += length * (count + 1);
            }
            None => {
                rows.push(Row::Call(call));
                index += 1;
            }
        }
    }
    if rows.len() > 2 * CALLS + 1 {
        let hidden = rows.len() - 2 * CALLS;
        rows.splice(CALLS..CALLS + hidden, [Row::More(hidden)]);
    }
    rows
}

/// What stands at a place, on one line.
fn first_line(place: &Place) -> String {
    let mut lines = place.text().lines();
    let first = harmless(lines.next().unwrap_or_default().trim());
    // The head of a block says enough.
    if lines.next().is_some() && !first.ends_with(':') { format!("{first} …") } else { first }
}

/// A text of the program without characters that would act on the terminal.
fn harmless(text: &str) -> String {
    let replaced = text.chars().map(|letter| match letter {
        '\t' => ' ',
        _ if letter.is_control() => '\u{fffd}',
        _ => letter,
    });
    replaced.collect()
}

/// An excerpt, as miette takes it.
#[derive(Debug)]
struct Snippet {
    excerpt: Excerpt,
}

impl fmt::Display for Snippet {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.excerpt.marks.iter().map(|mark| {
            let span = (mark.start, mark.end - mark.start);
            if mark.is_effect {
                LabeledSpan::new_primary_with_span(mark.label.clone(), span)
            } else {
                LabeledSpan::new_with_span(mark.label.clone(), span)
            }
        });
        Some(Box::new(labels))
    }
}
