//! The line editor: rustyline on a thread of its own.
//!
//! The interpreter's objects stay on the interpreter's thread. While somebody types there, that thread waits for a
//! [`Request`], so that it can go on running the event loop's tasks and answer questions of the editor, what a name
//! could be completed to for one. A byte is written to the pipe for every request, which makes the wait something that
//! an event loop can watch.

use std::borrow::Cow;
use std::io::{PipeReader, PipeWriter, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Cmd, CompletionType, ConditionalEventHandler, Config, Context, Editor, Event, EventContext, EventHandler,
    ExternalPrinter, Helper, KeyCode, KeyEvent, Modifiers, Movement, RepeatCount,
};

use super::{colours, entry};

/// What the editor has for the interpreter.
pub(crate) enum Request {
    /// An input.
    Line(String),
    /// Ctrl-C: what was typed is dropped.
    Interrupted,
    /// Ctrl-D, or a terminal that is gone.
    End,
    /// How could the text before the cursor go on? The answer: where the completed part begins, and the candidates.
    Complete { before: String, answer: Sender<Completions> },
}

/// Where the completed part begins, and what it could be.
pub(crate) type Completions = (usize, Vec<String>);

/// The editor as the interpreter's thread sees it.
pub(crate) struct EditorThread {
    prompts: Sender<String>,
    requests: Receiver<Request>,
    printer: Receiver<Box<dyn ExternalPrinter + Send>>,
    /// Readable while a request waits.
    pub(crate) signal: PipeReader,
}

impl EditorThread {
    /// Starts the editor. It keeps its history in the file.
    ///
    /// # Errors
    /// What the operating system says.
    pub(crate) fn start(history: Option<PathBuf>, is_coloured: bool) -> std::io::Result<EditorThread> {
        let (prompts, asked) = channel();
        let (requesting, requests) = channel();
        let (printing, printer) = channel();
        let (signal, bell) = std::io::pipe()?;
        let wire = Wire { requests: requesting, bell };
        thread::Builder::new()
            .name("editor".to_owned())
            .spawn(move || serve(&asked, wire, &printing, history, is_coloured))?;
        Ok(EditorThread { prompts, requests, printer, signal })
    }

    /// Asks for an input, with a prompt.
    pub(crate) fn ask(&self, prompt: String) {
        // An editor that is gone answers nothing, which `next` reports as the end.
        let _ = self.prompts.send(prompt);
    }

    /// The next request; waits for it.
    pub(crate) fn next(&mut self) -> Request {
        use std::io::Read;

        let request = self.requests.recv().unwrap_or(Request::End);
        let _ = self.signal.read(&mut [0]);
        request
    }

    /// What writes above the line that is being edited, once the editor has made it.
    pub(crate) fn printer(&self) -> Option<Box<dyn ExternalPrinter + Send>> {
        self.printer.recv().ok()
    }
}

/// The way from the editor to the interpreter.
struct Wire {
    requests: Sender<Request>,
    bell: PipeWriter,
}

impl Wire {
    fn send(&self, request: Request) -> bool {
        // Rung afterwards, so that whoever is woken finds the request.
        self.requests.send(request).is_ok() && (&self.bell).write_all(&[0]).is_ok()
    }
}

fn serve(
    prompts: &Receiver<String>,
    wire: Wire,
    printing: &Sender<Box<dyn ExternalPrinter + Send>>,
    history: Option<PathBuf>,
    is_coloured: bool,
) {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .auto_add_history(false)
        .bracketed_paste(true)
        .indent_size(4)
        .tab_stop(4)
        .build();
    let Ok(mut editor) = Editor::<Python, DefaultHistory>::with_config(config) else {
        wire.send(Request::End);
        return;
    };
    if let Ok(printer) = editor.create_external_printer() {
        let _ = printing.send(Box::new(printer));
    }
    if let Some(path) = &history {
        // The first session has no history.
        let _ = editor.load_history(path);
    }
    for (key, handler) in [
        (KeyEvent(KeyCode::Enter, Modifiers::NONE), EventHandler::Conditional(Box::new(Enter))),
        (KeyEvent::ctrl('J'), EventHandler::Conditional(Box::new(Enter))),
        (KeyEvent(KeyCode::Backspace, Modifiers::NONE), EventHandler::Conditional(Box::new(Backspace))),
        (KeyEvent(KeyCode::Tab, Modifiers::NONE), EventHandler::Conditional(Box::new(Tab))),
    ] {
        editor.bind_sequence(key, handler);
    }
    editor.set_helper(Some(Python { wire, is_coloured }));
    while let Ok(prompt) = prompts.recv() {
        let request = match editor.readline(&prompt) {
            Ok(line) => {
                if !line.trim().is_empty() {
                    let _ = editor.add_history_entry(line.trim_end());
                    if let Some(path) = &history {
                        // A history that cannot be kept is no reason to stop.
                        let _ = editor.save_history(path);
                    }
                }
                Request::Line(line)
            }
            Err(ReadlineError::Interrupted) => Request::Interrupted,
            Err(_) => Request::End,
        };
        let Some(python) = editor.helper() else { return };
        if !python.wire.send(request) {
            return;
        }
    }
}

/// What rustyline asks about Python.
struct Python {
    wire: Wire,
    is_coloured: bool,
}

impl Helper for Python {}

impl Hinter for Python {
    type Hint = String;
}

impl Validator for Python {
    fn validate(&self, ctx: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if entry::is_incomplete(ctx.input()) { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Highlighter for Python {
    fn highlight<'l>(&self, line: &'l str, _pos: usize) -> Cow<'l, str> {
        if self.is_coloured { Cow::Owned(colours::coloured(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _default: bool) -> Cow<'b, str> {
        if self.is_coloured { Cow::Owned(format!("\x1b[1;32m{prompt}\x1b[0m")) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_char(&self, _line: &str, _pos: usize, kind: CmdKind) -> bool {
        self.is_coloured && kind != CmdKind::MoveCursor
    }
}

impl Completer for Python {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _ctx: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (answer, answered) = channel();
        if !self.wire.send(Request::Complete { before: line[..pos].to_owned(), answer }) {
            return Ok((pos, Vec::new()));
        }
        let (start, candidates) = answered.recv().unwrap_or((pos, Vec::new()));
        let pairs = candidates.into_iter().map(|text| Pair { display: text.clone(), replacement: text }).collect();
        Ok((start, pairs))
    }
}

/// Enter: the input is finished, or the next line begins with the right indentation.
struct Enter;

impl ConditionalEventHandler for Enter {
    fn handle(&self, _event: &Event, _n: RepeatCount, _positive: bool, ctx: &EventContext<'_>) -> Option<Cmd> {
        let (line, pos) = (ctx.line(), ctx.pos());
        if pos == line.len() && !entry::is_incomplete(line) {
            return Some(Cmd::AcceptLine);
        }
        // In the middle of a finished text Enter runs it, unless the cursor stands in one of several lines.
        if pos < line.len() && !line.contains('\n') && !entry::is_incomplete(line) {
            return Some(Cmd::AcceptLine);
        }
        Some(Cmd::Insert(1, format!("\n... {}", entry::indentation_after(&line[..pos]))))
    }
}

/// Backspace behind `... ` alone: that goes. (A handler cannot delete back to the next multiple of four: rustyline
/// replaces the count of what a handler answers by that of the key.)
struct Backspace;

impl ConditionalEventHandler for Backspace {
    fn handle(&self, _event: &Event, n: RepeatCount, _positive: bool, ctx: &EventContext<'_>) -> Option<Cmd> {
        let before = &ctx.line()[..ctx.pos()];
        (n == 1 && before.ends_with("\n... ")).then_some(Cmd::Kill(Movement::BeginningOfLine))
    }
}

/// Tab: indents where a line begins, completes elsewhere.
struct Tab;

impl ConditionalEventHandler for Tab {
    fn handle(&self, _event: &Event, _n: RepeatCount, _positive: bool, ctx: &EventContext<'_>) -> Option<Cmd> {
        let before = ctx.line()[..ctx.pos()].rsplit('\n').next()?;
        let rest = before.strip_prefix("... ").unwrap_or(before);
        if rest.chars().all(|letter| letter == ' ') {
            return Some(Cmd::Insert(1, " ".repeat(4 - rest.len() % 4)));
        }
        None
    }
}
