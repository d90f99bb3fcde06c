//! The text of an uncaught exception, byte for byte CPython's.
//!
//! Chained exceptions come first to last, each with its stack; a group draws a frame around its members. Whatever goes
//! wrong while an exception is asked for its text is shown as such and stops nothing. Source: the Library Reference,
//! `traceback`; PEP 3134, 626, 654, 657 and 678.

use rustc_hash::FxHashSet;

use crate::objects::arguments::{positional, text_of};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::exception_group;
use crate::objects::function::Function;
use crate::objects::heap::Ref;
use crate::objects::int;
use crate::objects::list::List;
use crate::objects::protocol;
use crate::objects::source_cache;
use crate::objects::string::Str;
use crate::objects::traceback::{NOT_STARTED, Traceback};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::{carets, suggestions};

const HEADER: &str = "Traceback (most recent call last):\n";
const GROUP_HEADER: &str = "Exception Group Traceback (most recent call last):\n";
const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// How often a line that comes again and again in a row is shown.
const REPEATS: usize = 3;
const GROUP_WIDTH: usize = 15;
const GROUP_DEPTH: usize = 10;

/// The whole text for an exception: chain, stacks, groups and notes.
pub fn format_exception(ctx: &mut Ctx, exception: &Value) -> String {
    let Some(exception) = exception.downcast::<Exception>() else { return String::new() };
    let mut writer = Writer { out: String::new(), depth: 0, needs_close: false, records: Vec::new() };
    // The program's own state of error handling must not change by looking at an exception.
    let raised = std::mem::take(&mut ctx.raised);
    writer.records = collect(ctx, exception);
    writer.exception(ctx, 0);
    ctx.raised = raised;
    writer.out
}

/// The stack of a traceback object with its heading, without marks below the lines; nothing when there is none.
pub fn format_stack(ctx: &mut Ctx, traceback: &Value) -> String {
    let stack = stack_text(ctx, traceback, false);
    if stack.is_empty() { stack } else { format!("{HEADER}{stack}") }
}

/// The last part only: type, message, notes.
pub fn format_exception_only(ctx: &mut Ctx, exception: &Value) -> String {
    exception_lines(ctx, exception).concat()
}

/// What CPython says of an exception itself.
#[derive(Debug)]
pub(super) struct Said {
    /// The class, with its module where CPython names it.
    pub(super) class: String,
    /// The message without the hint that may follow it.
    pub(super) message: String,
    /// The last line, then the notes. For a SyntaxError without the lines that show the place.
    pub(super) lines: Vec<String>,
}

/// What CPython says of an exception itself, in parts.
pub(super) fn describe(ctx: &mut Ctx, exception: &Value) -> Said {
    let class = class_text(ctx, exception);
    let is_syntax = protocol::is_instance_of(ctx, exception, &ctx.exceptions.SyntaxError);
    let mut lines = Vec::new();
    let message = if is_syntax {
        syntax_error_lines(ctx, exception, &class, &mut lines);
        let last = lines.pop().unwrap_or_default();
        lines = vec![last.clone()];
        last.strip_prefix(&format!("{class}: ")).unwrap_or(&last).trim_end().to_owned()
    } else {
        let message = safe_text(ctx, exception, "exception", false);
        let hint = suggestions::hint(ctx, exception);
        let colon = if message.is_empty() && hint.is_empty() { "" } else { ": " };
        lines.push(format!("{class}{colon}{message}{hint}\n"));
        message
    };
    note_lines(ctx, exception, &mut lines);
    Said { class, message, lines }
}

/// An exception at one place of the report; it may stand at several.
struct Record {
    exception: Ref<Exception>,
    /// The exception that is shown before this one, and the sentence between them.
    earlier: Option<(&'static str, usize)>,
    /// What is shown inside the group.
    members: Vec<usize>,
    /// How many groups are around it.
    depth: usize,
}

/// The exceptions that a report shows, the last one first.
///
/// Each is explained once, at the place that comes first in CPython's order: of the exceptions found, the one found last
/// is looked at next, so that a member of a group shows its context rather than the cause of the group does.
fn collect(ctx: &mut Ctx, exception: Ref<Exception>) -> Vec<Record> {
    let mut seen = FxHashSet::default();
    seen.insert(exception.value().id());
    let mut records = vec![Record { exception, earlier: None, members: Vec::new(), depth: 0 }];
    let mut pending = vec![0];
    while let Some(index) = pending.pop() {
        let (current, depth) = (records[index].exception.clone(), records[index].depth);
        let mut add = |exception: Ref<Exception>, depth| {
            records.push(Record { exception, earlier: None, members: Vec::new(), depth });
            pending.push(records.len() - 1);
            records.len() - 1
        };
        let unseen = |link: Value, seen: &mut FxHashSet<i64>| {
            link.downcast::<Exception>().filter(|exception| seen.insert(exception.value().id()))
        };
        let mut earlier = unseen(current.cause.get(), &mut seen).map(|cause| (CAUSE, add(cause, depth)));
        if earlier.is_none() && !current.suppress_context.get() {
            earlier = unseen(current.context.get(), &mut seen).map(|context| (CONTEXT, add(context, depth)));
        }
        let mut members = Vec::new();
        if depth <= GROUP_DEPTH && exception_group::is_group(ctx, current.value()) {
            for member in exception_group::members(current.value()) {
                seen.insert(member.id());
                members.extend(member.downcast::<Exception>().map(|member| add(member, depth + 1)));
            }
        }
        (records[index].earlier, records[index].members) = (earlier, members);
    }
    records
}

struct Writer {
    out: String,
    depth: usize,
    needs_close: bool,
    records: Vec<Record>,
}

impl Writer {
    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    /// Writes text, inside a group with the group's frame at its left.
    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.out.push_str(text);
            return;
        }
        let indent = self.indent();
        for line in text.split_inclusive('\n') {
            self.out.push_str(&format!("{indent}{margin} {line}"));
        }
    }

    fn exception(&mut self, ctx: &mut Ctx, last: usize) {
        // From the last exception back to the first; shown the other way round.
        let mut links = vec![(None, last)];
        let mut current = last;
        while let Some((sentence, earlier)) = self.records[current].earlier {
            if let Some(link) = links.last_mut() {
                link.0 = Some(sentence);
            }
            links.push((None, earlier));
            current = earlier;
        }
        for (sentence, index) in links.into_iter().rev() {
            if let Some(sentence) = sentence {
                self.emit(sentence, '|');
            }
            self.one(ctx, index);
        }
    }

    fn one(&mut self, ctx: &mut Ctx, index: usize) {
        let exception = self.records[index].exception.clone();
        let value = exception.value().clone();
        if !exception_group::is_group(ctx, &value) {
            let stack = stack_text(ctx, &exception.traceback.get(), true);
            if !stack.is_empty() {
                self.emit(HEADER, '|');
                self.emit(&stack, '|');
            }
            for line in exception_lines(ctx, &value) {
                self.emit(&line, '|');
            }
        } else if self.depth > GROUP_DEPTH {
            self.emit(&format!("... (max_group_depth is {GROUP_DEPTH})\n"), '|');
        } else {
            self.group(ctx, index);
        }
    }

    fn group(&mut self, ctx: &mut Ctx, group: usize) {
        let top_level = self.depth == 0;
        if top_level {
            self.depth = 1;
        }
        let exception = self.records[group].exception.clone();
        let value = exception.value().clone();
        let stack = stack_text(ctx, &exception.traceback.get(), true);
        if !stack.is_empty() {
            self.emit(GROUP_HEADER, if top_level { '+' } else { '|' });
            self.emit(&stack, '|');
        }
        for line in exception_lines(ctx, &value) {
            self.emit(&line, '|');
        }
        let members = self.records[group].members.clone();
        let shown = members.len().min(GROUP_WIDTH);
        let hidden = members.len() - shown;
        let total = shown + usize::from(hidden > 0);
        self.needs_close = false;
        for index in 0..total {
            let last = index + 1 == total;
            if last {
                // Unless a nested group has closed the frame, it is for this one to do.
                self.needs_close = true;
            }
            let label = if index < shown { (index + 1).to_string() } else { "...".to_owned() };
            let joint = if index == 0 { "+-" } else { "  " };
            let indent = self.indent();
            self.out.push_str(&format!("{indent}{joint}+---------------- {label} ----------------\n"));
            self.depth += 1;
            match members.get(index).filter(|_| index < shown) {
                Some(member) => self.exception(ctx, *member),
                None => {
                    let plural = if hidden > 1 { "s" } else { "" };
                    self.emit(&format!("and {hidden} more exception{plural}\n"), '|');
                }
            }
            if last && self.needs_close {
                let indent = self.indent();
                self.out.push_str(&format!("{indent}+------------------------------------\n"));
                self.needs_close = false;
            }
            self.depth -= 1;
        }
        if top_level {
            self.depth = 0;
        }
    }
}

/// The entries of a traceback as text; lines that repeat are counted instead.
fn stack_text(ctx: &mut Ctx, traceback: &Value, marks: bool) -> String {
    let mut entries = Vec::new();
    let mut next = traceback.downcast::<Traceback>();
    while let Some(entry) = next {
        next = entry.next.get().downcast::<Traceback>();
        entries.push(entry);
    }
    if let Some(limit) = traceback_limit(ctx) {
        let from = entries.len() - limit.min(entries.len());
        entries.drain(..from);
    }
    let mut out = String::new();
    let mut last: Option<(String, u32, String)> = None;
    let mut count = 0;
    for entry in entries {
        let known = last.as_ref().filter(|_| count >= REPEATS);
        let Some((place, text)) = entry_text(ctx, &entry, known, marks) else { continue };
        if last.as_ref() != Some(&place) {
            push_repetition(&mut out, count);
            last = Some(place);
            count = 0;
        }
        count += 1;
        if count <= REPEATS {
            out.push_str(&text);
        }
    }
    push_repetition(&mut out, count);
    out
}

fn push_repetition(out: &mut String, count: usize) {
    if count > REPEATS {
        let more = count - REPEATS;
        let plural = if more > 1 { "s" } else { "" };
        out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
    }
}

/// `sys.tracebacklimit`: how many of the innermost entries are shown.
fn traceback_limit(ctx: &Ctx) -> Option<usize> {
    let limit = ctx.sys.get_str(&crate::objects::string::intern("tracebacklimit"))?;
    int::to_i64(&limit).map(|limit| usize::try_from(limit).unwrap_or(0))
}

type EntryPlace = (String, u32, String);

/// Where an entry is, and its text, which is left out when it is the same place as `known`.
fn entry_text(
    ctx: &mut Ctx,
    entry: &Traceback,
    known: Option<&EntryPlace>,
    marks: bool,
) -> Option<(EntryPlace, String)> {
    let function = entry.func.get();
    let function = function.downcast_ref::<Function>()?;
    let (file, name, position) = function.with_code(|code| {
        (code.object.filename.to_string(), code.object.name.to_string(), code.object.positions.find(entry.word))
    });
    let line = entry.line();
    let place = (file, line, name);
    if known == Some(&place) {
        return Some((place, String::new()));
    }
    let (file, _, name) = &place;
    let mut text = format!("  File \"{file}\", line {line}, in {name}\n");
    let exact = entry.word != NOT_STARTED && position.line == line && position.end_line >= line;
    let last_line = if exact { position.end_line } else { line };
    let mut lines = Vec::new();
    for number in line..=last_line.min(line + 10_000) {
        match source_cache::line(ctx, file, number) {
            Some(found) => lines.push(found),
            None => break,
        }
    }
    if lines.iter().any(|line| !line.trim().is_empty()) {
        let complete = marks && exact && lines.len() == (last_line - line + 1) as usize;
        if complete {
            for shown in carets::marked_lines(&lines, position.column as usize, position.end_column as usize) {
                text.push_str(&format!("    {shown}\n"));
            }
        } else {
            text.push_str(&format!("    {}\n", lines[0].trim()));
        }
    }
    Some((place, text))
}

/// `str()` or `repr()` of something that may fail.
fn safe_text(ctx: &mut Ctx, value: &Value, what: &str, as_repr: bool) -> String {
    let result = if as_repr { protocol::repr(ctx, value) } else { protocol::str_of(ctx, value) };
    match result {
        Ok(text) => text.as_str().to_owned(),
        Err(raised) => {
            drop(ctx.take_raised(raised));
            let function = if as_repr { "repr" } else { "str" };
            format!("<{what} {function}() failed>")
        }
    }
}

fn class_text(ctx: &Ctx, exception: &Value) -> String {
    let class = protocol::class_of(ctx, exception);
    let name = text_of(&class.qualname.get());
    match class.lookup(&ctx.names.__module__) {
        None => name,
        Some(module) => match module.downcast_ref::<Str>().map(|module| module.as_str().to_owned()) {
            Some(module) if module == "__main__" || module == "builtins" => name,
            Some(module) => format!("{module}.{name}"),
            None => format!("<unknown>.{name}"),
        },
    }
}

/// Type and message, and the notes.
fn exception_lines(ctx: &mut Ctx, exception: &Value) -> Vec<String> {
    let class = class_text(ctx, exception);
    let mut lines = Vec::new();
    if protocol::is_instance_of(ctx, exception, &ctx.exceptions.SyntaxError) {
        syntax_error_lines(ctx, exception, &class, &mut lines);
    } else {
        let mut message = safe_text(ctx, exception, "exception", false);
        message.push_str(&suggestions::hint(ctx, exception));
        lines.push(if message.is_empty() { format!("{class}\n") } else { format!("{class}: {message}\n") });
    }
    note_lines(ctx, exception, &mut lines);
    lines
}

fn note_lines(ctx: &mut Ctx, exception: &Value, lines: &mut Vec<String>) {
    let name = ctx.names.__notes__.clone();
    let notes = match protocol::get_attr_optional(ctx, exception, &name) {
        Ok(Some(notes)) if !notes.is_none() => notes,
        Ok(_) => return,
        Err(raised) => {
            let error = ctx.take_raised(raised);
            let reason = safe_text(ctx, &error, "__notes__", true);
            lines.push(format!("Ignored error getting __notes__: {reason}\n"));
            return;
        }
    };
    let items = match notes.downcast_ref::<List>() {
        Some(list) => list.to_vec(),
        None if notes.is_kind::<Tuple>() => positional(&notes).to_vec(),
        None => {
            let shown = safe_text(ctx, &notes, "__notes__", true);
            lines.push(format!("{shown}\n"));
            return;
        }
    };
    for note in items {
        let text = safe_text(ctx, &note, "note", false);
        lines.extend(text.split('\n').map(|line| format!("{line}\n")));
    }
}

fn syntax_error_lines(ctx: &mut Ctx, exception: &Value, class: &str, lines: &mut Vec<String>) {
    let Some(payload) = exception.downcast::<Exception>() else { return };
    let [message, file, line, offset, text, end_line, end_offset] = [0, 1, 2, 3, 4, 5, 6].map(|i| payload.field(i));
    let mut suffix = String::new();
    if !line.is_none() {
        let number = safe_text(ctx, &line, "lineno", false);
        let file = if file.is_none() { "<string>".to_owned() } else { safe_text(ctx, &file, "filename", false) };
        lines.push(format!("  File \"{file}\", line {number}\n"));
    } else if !file.is_none() {
        suffix = format!(" ({})", safe_text(ctx, &file, "filename", false));
    }
    if let Some(text) = text.downcast_ref::<Str>() {
        let whole = text.as_str().trim_end_matches('\n');
        let stripped = whole.trim_start_matches([' ', '\n', '\u{c}']);
        lines.push(format!("    {stripped}\n"));
        if let Some(offset) = int::to_i64(&offset) {
            let same_line = match (int::to_i64(&line), int::to_i64(&end_line)) {
                (Some(line), Some(end)) => line == end,
                _ => end_line.is_none() && line.is_none(),
            };
            let end = int::to_i64(&end_offset);
            if let Some(marks) = syntax_error_marks(text.as_str(), whole, stripped, offset, same_line, end) {
                lines.push(marks);
            }
        }
    }
    let message =
        if message.is_none() { "<no detail available>".to_owned() } else { safe_text(ctx, &message, "msg", false) };
    let message = if message.is_empty() { "<no detail available>".to_owned() } else { message };
    lines.push(format!("{class}: {message}{suffix}\n"));
}

/// The row of carets under a line with a syntax error; columns are counted from one.
fn syntax_error_marks(
    text: &str,
    whole: &str,
    stripped: &str,
    offset: i64,
    same_line: bool,
    end_offset: Option<i64>,
) -> Option<String> {
    let length = |text: &str| text.chars().count() as i64;
    let mut start = offset;
    let mut end = if same_line { end_offset.filter(|end| *end != 0).unwrap_or(start) } else { length(whole) + 1 };
    if !text.is_empty() && start > length(text) {
        start = length(whole) + 1;
    }
    if !text.is_empty() && end > length(text) {
        end = length(whole) + 1;
    }
    if start >= end || end < 0 {
        end = start + 1;
    }
    let removed = length(whole) - length(stripped);
    let first = usize::try_from(start - 1 - removed).ok()?;
    // Tabs above need tabs below.
    let before: String = stripped.chars().take(first).map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
    let before = format!("{before}{}", " ".repeat(first.saturating_sub(before.chars().count())));
    Some(format!("    {before}{}\n", "^".repeat((end - start) as usize)))
}
