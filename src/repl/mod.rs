//! The prompt: reading, running and showing, until somebody leaves.
//!
//! A [`Session`] runs inputs; where they come from is its caller's affair: the line editor on a terminal, a file or
//! pipe otherwise. Both give the same output, because both end in [`Session::take`].

mod colours;
mod commands;
mod completion;
mod editor;
mod entry;
mod trace;

use std::io::{BufRead, Write};
use std::os::fd::AsRawFd;
use std::path::PathBuf;

use coil::host::{Stream, SystemHost};
use coil::{Interactive, Interpreter};

use editor::{EditorThread, Request};

/// A prompt's state.
pub(crate) struct Session<'i> {
    interpreter: &'i mut Interpreter,
    /// The inputs so far, without prompts.
    history: Vec<String>,
    is_traced: bool,
    /// N of `--python 3.N`.
    era: Option<u8>,
    /// The exit status, once it is time to leave.
    status: Option<i32>,
}

impl Session<'_> {
    /// Runs a text: one input, several statements, a transcript, or a command.
    fn take(&mut self, text: &str) {
        for input in entry::inputs(text) {
            if self.status.is_some() {
                return;
            }
            match input.trim_start().strip_prefix(':') {
                Some(command) => commands::run(self, command.trim_end()),
                None => {
                    if !input.trim().is_empty() {
                        self.history.push(input.trim_end().to_owned());
                        self.run_source(&input);
                    }
                }
            }
        }
    }

    fn run_source(&mut self, source: &str) {
        if let Interactive::Exit(status) = self.interpreter.run_interactive(source) {
            self.status = Some(status);
        }
    }

    /// Writes a line that is Coil's own.
    fn say(&mut self, text: &str) {
        let host = &mut self.interpreter.ctx().host;
        // A terminal that is gone is noticed when the next input is read.
        let _ = host.write(Stream::Out, format!("{text}\n").as_bytes());
        let _ = host.flush(Stream::Out);
    }

    fn flush(&mut self) {
        let _ = self.interpreter.ctx().host.flush(Stream::Out);
    }
}

fn session(interpreter: &mut Interpreter, era: Option<u8>) -> Session<'_> {
    interpreter.begin_interactive();
    Session { interpreter, history: Vec::new(), is_traced: false, era, status: None }
}

/// Runs the prompt on a terminal, until the end; the result is the exit status.
pub(crate) fn run_on_terminal(interpreter: &mut Interpreter, era: Option<u8>) -> i32 {
    let mut session = session(interpreter, era);
    session.say(&format!(
        "Coil {} (Python 3.13). :help shows the commands of the prompt, Ctrl-D leaves.",
        env!("CARGO_PKG_VERSION")
    ));
    let is_coloured = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut editor = match EditorThread::start(history_file(), is_coloured) {
        Ok(editor) => editor,
        Err(error) => {
            crate::cli::complain(&format!("no line editor: {error}"));
            return 1;
        }
    };
    let printer = editor.printer();
    if let Some(mut printer) = printer
        && let Some(host) = session.interpreter.host::<SystemHost>()
    {
        host.set_side_output(Box::new(move |text| {
            // The editor is gone at the very end only.
            let _ = printer.print(text);
        }));
    }
    while session.status.is_none() {
        let prompt = session.interpreter.prompt();
        session.flush();
        editor.ask(prompt);
        while_typing(&mut session, true);
        loop {
            session.interpreter.run_until_readable(editor.signal.as_raw_fd());
            match editor.next() {
                Request::Complete { before, answer } => {
                    // The editor may be gone.
                    let _ = answer.send(completion::complete(session.interpreter, &before));
                }
                Request::Line(line) => {
                    while_typing(&mut session, false);
                    session.take(&line);
                    break;
                }
                Request::Interrupted => {
                    while_typing(&mut session, false);
                    session.say("KeyboardInterrupt");
                    break;
                }
                Request::End => {
                    while_typing(&mut session, false);
                    session.status = Some(0);
                    break;
                }
            }
        }
    }
    let status = session.status.unwrap_or(0);
    session.interpreter.finish(Ok(coil::objects::Value::NONE));
    status
}

/// Output goes above the line that is being edited, or straight to the terminal.
fn while_typing(session: &mut Session, is_typing: bool) {
    if let Some(host) = session.interpreter.host::<SystemHost>() {
        host.use_side_output(is_typing);
    }
}

/// Runs inputs from a reader that is no terminal, as if they were typed: `coil -i` with piped input. The prompts go to
/// standard error, as CPython's do.
pub(crate) fn run_on_input(interpreter: &mut Interpreter, era: Option<u8>, reader: &mut dyn BufRead) -> i32 {
    let mut session = session(interpreter, era);
    let mut input = String::new();
    loop {
        let prompt = if input.is_empty() { session.interpreter.prompt() } else { "... ".to_owned() };
        session.flush();
        let _ = session.interpreter.ctx().host.write(Stream::Err, prompt.as_bytes());
        let mut line = String::new();
        let at_end = !matches!(reader.read_line(&mut line), Ok(length) if length > 0);
        input.push_str(&line);
        let complete = !entry::is_incomplete(input.strip_suffix('\n').unwrap_or(&input));
        if at_end || complete {
            session.take(&std::mem::take(&mut input));
        }
        if at_end || session.status.is_some() {
            break;
        }
    }
    let status = session.status.unwrap_or(0);
    let _ = session.interpreter.ctx().host.write(Stream::Err, b"\n");
    session.interpreter.finish(Ok(coil::objects::Value::NONE));
    let _ = std::io::stdout().flush();
    status
}

/// Runs a transcript: the inputs behind its prompts, without writing the prompts. The result is the exit status.
pub(crate) fn run_transcript(interpreter: &mut Interpreter, era: Option<u8>, text: &str) -> i32 {
    let mut session = session(interpreter, era);
    session.take(text);
    let status = session.status.unwrap_or(0);
    session.interpreter.finish(Ok(coil::objects::Value::NONE));
    status
}

/// Runs the inputs of a session as part of something larger; the exit status when one of them asked to leave.
pub(crate) fn run_inputs(interpreter: &mut Interpreter, text: &str) -> Option<i32> {
    let mut session = session(interpreter, None);
    session.take(text);
    session.status
}

/// Whether the text is a transcript.
pub(crate) fn is_transcript(text: &str) -> bool {
    entry::is_transcript(text)
}

/// Where the history is kept: `$COIL_HISTORY`, else a file in the home folder; nowhere when the variable is empty.
fn history_file() -> Option<PathBuf> {
    match std::env::var_os("COIL_HISTORY") {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(path.into()),
        None => std::env::home_dir().map(|home| home.join(".coil_history")),
    }
}
