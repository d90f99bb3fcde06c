//! Commands of the prompt: lines that begin with a colon.

use std::fs;
use std::path::Path;

use super::Session;
use super::trace::Tracer;

/// A command of the prompt: a row of `:help`, and what it does.
pub(crate) struct Command {
    /// Its name, without the colon.
    pub(crate) name: &'static str,
    /// What stands behind the name.
    argument: &'static str,
    /// What it does.
    help: &'static str,
    run: fn(&mut Session, &str),
}

/// Every command, in the order of `:help`.
pub(crate) static COMMANDS: &[Command] = &[
    Command { name: "help", argument: "", help: "show this list", run: help },
    Command {
        name: "trace",
        argument: "[CODE]",
        help: "show how control moves while the code runs; alone, on or off for all that follows",
        run: trace,
    },
    Command { name: "dis", argument: "[CODE]", help: "show the bytecode of the code, or of the last input", run: dis },
    Command { name: "type", argument: "EXPRESSION", help: "show the type of a value", run: type_of },
    Command { name: "time", argument: "CODE", help: "run the code and show how long it took", run: time },
    Command { name: "load", argument: "FILE", help: "run a file here, or the transcript in it", run: load },
    Command { name: "save", argument: "FILE", help: "write what was typed so far to a file", run: save },
    Command { name: "reset", argument: "", help: "forget every name, as after a new start", run: reset },
    Command {
        name: "era",
        argument: "[3.N | any]",
        help: "allow just what that Python had; alone, show what is allowed",
        run: era,
    },
    Command { name: "quit", argument: "", help: "leave (as Ctrl-D does)", run: quit },
];

/// Runs a command line, without its colon.
pub(crate) fn run(session: &mut Session, line: &str) {
    let (name, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let matches: Vec<&Command> = COMMANDS.iter().filter(|command| command.name.starts_with(name.trim())).collect();
    let exact = matches.iter().find(|command| command.name == name.trim());
    match (exact, matches.as_slice()) {
        (Some(command), _) => (command.run)(session, argument.trim()),
        (None, [command]) if !name.is_empty() => (command.run)(session, argument.trim()),
        _ => session.say(&format!("no command :{name}; :help shows what there is")),
    }
}

fn help(session: &mut Session, _: &str) {
    for command in COMMANDS {
        let usage = format!(":{} {}", command.name, command.argument);
        session.say(&format!("{usage:<20} {}", command.help));
    }
}

fn trace(session: &mut Session, code: &str) {
    if code.is_empty() {
        session.is_traced = !session.is_traced;
        let observer = session.is_traced.then(|| Box::new(Tracer::new()) as _);
        session.interpreter.set_observer(observer);
        session.say(if session.is_traced { "tracing is on" } else { "tracing is off" });
        return;
    }
    session.interpreter.set_observer(Some(Box::new(Tracer::new())));
    session.run_source(code);
    if !session.is_traced {
        session.interpreter.set_observer(None);
    }
}

fn dis(session: &mut Session, code: &str) {
    let source = if code.is_empty() { session.history.last().cloned().unwrap_or_default() } else { code.to_owned() };
    match coil_grammar::parse_module(&source).map_err(|error| *error).and_then(|parsed| {
        let lines = coil_grammar::span::LineIndex::new(&source);
        let options = coil::compiler::Options { top_level_await: true, ..Default::default() };
        coil::compiler::compile_module(&parsed.tree, &lines, "<input>", &options)
    }) {
        Ok(compiled) => session.say(coil::code::dis::disassemble(&compiled.code).trim_end()),
        // The error is shown as running the text would show it.
        Err(_) => session.run_source(&source),
    }
}

fn type_of(session: &mut Session, expression: &str) {
    if expression.is_empty() {
        session.say("the type of what?");
    } else {
        session.run_source(&format!("print(type({expression}))"));
    }
}

#[expect(clippy::disallowed_methods, reason = "what it shows is real time")]
fn time(session: &mut Session, code: &str) {
    let start = std::time::Instant::now();
    session.run_source(code);
    let taken = start.elapsed();
    session.say(&match taken.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.3} s"),
        seconds if seconds >= 1e-3 => format!("{:.3} ms", seconds * 1e3),
        seconds => format!("{:.0} us", seconds * 1e6),
    });
}

fn load(session: &mut Session, path: &str) {
    match fs::read_to_string(path) {
        Ok(text) => session.take(&text),
        Err(error) => session.say(&format!("cannot read {path}: {error}")),
    }
}

fn save(session: &mut Session, path: &str) {
    if path.is_empty() {
        session.say("to which file?");
        return;
    }
    let mut text = session.history.join("\n");
    text.push('\n');
    if let Err(error) = fs::write(Path::new(path), text) {
        session.say(&format!("cannot write {path}: {error}"));
    }
}

fn reset(session: &mut Session, _: &str) {
    session.interpreter.forget_main();
    session.history.clear();
}

fn era(session: &mut Session, version: &str) {
    if version.is_empty() {
        let now = session.era.map_or("any".to_owned(), |minor| format!("3.{minor}"));
        session.say(&format!("allowed is what this Python had: {now}"));
        return;
    }
    match crate::cli::era(version) {
        Ok(minor) => {
            session.era = minor;
            session.interpreter.set_era(minor);
        }
        Err(message) => session.say(&message),
    }
}

fn quit(session: &mut Session, _: &str) {
    session.status = Some(0);
}
