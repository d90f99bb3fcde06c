//! Reading the command line.
//!
//! Options stop at the program: a file name, `-`, or the argument of `-c` or `-m`. What follows is the program's own, even
//! if it looks like an option, so the place is found first and marked with `--` for the parser.

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser};
use coil::diagnostics::language::Language;

/// What is to run.
#[derive(Clone, Debug)]
pub(crate) enum Program {
    /// A file, with its arguments.
    File { path: String, arguments: Vec<String> },
    /// Text given with `-c`.
    Command { source: String, arguments: Vec<String> },
    /// A module given with `-m`.
    Module { name: String, arguments: Vec<String> },
    /// Standard input: a program, or the prompt when it is a terminal or `-i` asks for it.
    Input,
    /// Nothing: a file is to be shown.
    Show { what: Shown, path: String },
    /// Nothing: a code is to be explained, or all of them listed.
    Explain { code: Option<String> },
}

/// How errors are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tracebacks {
    /// Drawn on a terminal, else as CPython writes them.
    #[default]
    Auto,
    /// Drawn.
    Fancy,
    /// As CPython writes them.
    Plain,
}

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Colours {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// A way to show a file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown {
    /// `coil tokens`
    Tokens,
    /// `coil ast`
    Ast,
    /// `coil dis`
    Dis,
}

/// The command line, read.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) program: Program,
    /// 0, 1 or 2
    pub(crate) optimize: u8,
    pub(crate) unbuffered: bool,
    /// Environment variables do not count: `-E` or `-I`.
    pub(crate) isolated: bool,
    /// Neither does the program's folder: `-I`.
    pub(crate) without_folders: bool,
    pub(crate) inspect: bool,
    /// The file is a post, a session, or a program whose docstrings show sessions.
    pub(crate) is_post: bool,
    /// Each of its blocks is followed by a mark.
    pub(crate) marks: bool,
    /// Time passes at once when everybody waits for it.
    pub(crate) virtual_time: bool,
    /// What makes random numbers, and addresses, the same in every run.
    pub(crate) seed: Option<u64>,
    /// How many calls and loop rounds a program may make.
    pub(crate) max_steps: Option<u64>,
    /// N of `--python 3.N`; None for every era at once.
    pub(crate) python: Option<u8>,
    pub(crate) tracebacks: Tracebacks,
    pub(crate) colours: Colours,
    /// The language of `--lang`.
    pub(crate) language: Option<Language>,
    /// Errors are lines of JSON.
    pub(crate) json: bool,
    pub(crate) warnings: Vec<String>,
    pub(crate) extra: Vec<String>,
    rest: Vec<String>,
}

impl Options {
    /// `sys.argv`
    pub(crate) fn argv(&self) -> Vec<String> {
        let (first, rest) = match &self.program {
            Program::File { path, arguments } => (path.as_str(), arguments),
            Program::Command { arguments, .. } => ("-c", arguments),
            Program::Module { arguments, .. } => ("-m", arguments),
            Program::Input => (if self.rest.is_empty() { "" } else { "-" }, &self.rest),
            Program::Show { path, .. } => (path.as_str(), &self.rest),
            Program::Explain { .. } => ("", &self.rest),
        };
        let skip = usize::from(matches!(self.program, Program::Input) && !self.rest.is_empty());
        std::iter::once(first.to_owned()).chain(rest.iter().skip(skip).cloned()).collect()
    }
}

const AFTER: &str = "\
Commands:
  run FILE      run the Python blocks of a Markdown post, or a program
  test PATH...  check that programs, sessions and posts print what they must
  check PATH... say what is wrong with programs without running them; --fix mends
  tokens FILE   show the tokens of a file
  ast FILE      show its syntax tree
  dis FILE      show its bytecode
  explain CODE  explain an error, such as G001; without a code, list them
  (a program of that name runs as ./tokens)

Environment:
  PYTHONPATH             folders that modules are imported from
  COILPATH               folders for the modules that the library lacks
  COIL_PYTHON            as --python
  COIL_LANG              as --lang
  NO_COLOR               no colours, whatever the terminal can do
  PYTHONUNBUFFERED       as -u
  PYTHONWARNINGS         as -W, separated by commas";

/// Run a Python program.
#[derive(Debug, Default, Parser)]
#[command(
    name = "coil",
    disable_version_flag = true,
    override_usage = "coil [option] ... [-c cmd | -m mod | file | -] [arg] ...",
    after_help = AFTER
)]
struct Arguments {
    /// Run this text
    #[arg(short = 'c', value_name = "cmd", allow_hyphen_values = true)]
    command: Option<String>,
    /// Run a module of the library, of the current folder or of sys.path
    #[arg(short = 'm', value_name = "mod")]
    module: Option<String>,
    /// Leave out assert statements; twice, docstrings too
    #[arg(short = 'O', action = ArgAction::Count)]
    optimize: u8,
    /// Write output at once
    #[arg(short = 'u')]
    unbuffered: bool,
    /// What becomes of warnings, e.g. error or ignore::DeprecationWarning
    #[arg(short = 'W', value_name = "arg", allow_hyphen_values = true)]
    warnings: Vec<String>,
    /// Set an option of the interpreter; kept in sys._xoptions
    #[arg(short = 'X', value_name = "opt")]
    extra: Vec<String>,
    /// Leave the environment and the program's folder out of sys.path
    #[arg(short = 'I')]
    isolated: bool,
    /// Ignore environment variables
    #[arg(short = 'E')]
    ignore_environment: bool,
    /// Show the prompt after the program, with its names
    #[arg(short = 'i')]
    inspect: bool,
    /// Allow just what this version had (3.4 to 3.14; any: what one of them had)
    #[arg(long = "python", value_name = "3.N")]
    python: Option<String>,
    /// Let time pass at once when everybody waits for it
    #[arg(long)]
    virtual_time: bool,
    /// Make random numbers and addresses the same in every run with this number
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Stop after so many calls and loop rounds
    #[arg(long, value_name = "N")]
    max_steps: Option<u64>,
    /// How errors are shown: fancy (drawn and explained), plain (as python3 does) or auto (fancy on a terminal)
    #[arg(long, value_name = "how", value_parser = ["auto", "fancy", "plain"], default_value = "auto", hide_possible_values = true, hide_default_value = true)]
    traceback: String,
    /// When errors are coloured: auto, always or never
    #[arg(long, value_name = "when", value_parser = ["auto", "always", "never"], default_value = "auto", hide_possible_values = true, hide_default_value = true)]
    color: String,
    /// The language of explanations: en, zh or both
    #[arg(long, value_name = "lang", value_parser = ["en", "zh", "both"], hide_possible_values = true)]
    lang: Option<String>,
    /// Write errors as lines of JSON
    #[arg(long)]
    json: bool,
    /// Run a post
    #[arg(long, hide = true)]
    run: bool,
    /// Write a mark behind each block of a post
    #[arg(long, hide = true)]
    marks: bool,
    /// Accepted for the sake of python3: Coil writes no bytecode files
    #[arg(short = 'B')]
    no_bytecode: bool,
    /// Accepted for the sake of python3
    #[arg(short = 'b', action = ArgAction::Count, hide = true)]
    bytes_warning: u8,
    #[arg(short = 'd', hide = true)]
    debug: bool,
    #[arg(short = 'P', hide = true)]
    safe_path: bool,
    #[arg(short = 'q', hide = true)]
    quiet: bool,
    #[arg(short = 's', hide = true)]
    no_user_site: bool,
    #[arg(short = 'S', hide = true)]
    no_site: bool,
    #[arg(short = 'v', action = ArgAction::Count, hide = true)]
    verbose: u8,
    /// Show the version
    #[arg(short = 'V', long = "version")]
    version: bool,
    /// The program and its arguments
    #[arg(last = true, hide = true)]
    rest: Vec<String>,
}

/// Options with a value of their own.
const WITH_VALUE: &[char] = &['c', 'm', 'W', 'X'];

/// The same among the long ones, written without `=`.
const LONG_WITH_VALUE: &[&str] = &["--color", "--lang", "--max-steps", "--python", "--seed", "--traceback"];

/// Commands that show something and run no program: what follows them are options of Coil, and a name.
const SHOWING: &[&str] = &["ast", "dis", "explain", "tokens"];

/// Puts `--` where the program's own part begins, and takes the command `run` out, which options may follow.
fn mark_program(arguments: &[String]) -> Vec<String> {
    let mut marked = vec!["coil".to_owned()];
    // The command that shows something, and what it is to show.
    let mut shown: Vec<String> = Vec::new();
    let mut may_run = true;
    let mut index = 0;
    while index < arguments.len() {
        let argument = &arguments[index];
        if argument == "run" && shown.is_empty() && std::mem::take(&mut may_run) {
            index += 1;
            marked.push("--run".to_owned());
            continue;
        }
        if !argument.starts_with('-') || argument == "-" || argument == "--" {
            if argument != "--" && (!shown.is_empty() || SHOWING.contains(&argument.as_str())) {
                shown.push(argument.clone());
                index += 1;
                continue;
            }
            break;
        }
        marked.push(argument.clone());
        index += 1;
        if argument.starts_with("--") {
            if LONG_WITH_VALUE.contains(&argument.as_str())
                && let Some(value) = arguments.get(index)
            {
                marked.push(value.clone());
                index += 1;
            }
            continue;
        }
        let Some(at) = argument.find(|letter| WITH_VALUE.contains(&letter)) else { continue };
        if at + 1 == argument.len() {
            // Without a value the parser complains.
            let Some(value) = arguments.get(index) else { return marked };
            marked.push(value.clone());
            index += 1;
        }
        if matches!(argument.as_bytes()[at], b'c' | b'm') {
            break;
        }
    }
    marked.push("--".to_owned());
    marked.append(&mut shown);
    let rest = &arguments[index..];
    marked.extend(rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest).iter().cloned());
    marked
}

/// N of a version `3.N`, None for `any` or nothing.
pub(crate) fn era(version: &str) -> Result<Option<u8>, String> {
    if matches!(version, "" | "any") {
        return Ok(None);
    }
    let minor = version.strip_prefix("3.").and_then(|rest| rest.split('.').next()?.parse::<u8>().ok());
    match minor {
        Some(minor @ 4..=14) => Ok(Some(minor)),
        _ => Err(format!("--python {version}: a version from 3.4 to 3.14 is wanted, or `any`")),
    }
}

/// The command with a parser of its own, `check` or `test`, that the command line is for, and all of its arguments: what
/// stands before its name belongs to it, too.
pub(crate) fn command(arguments: &[String]) -> Option<(&str, Vec<String>)> {
    let mut index = 0;
    while let Some(argument) = arguments.get(index).filter(|argument| argument.starts_with("--") && argument.len() > 2)
    {
        index += if LONG_WITH_VALUE.contains(&argument.as_str()) { 2 } else { 1 };
    }
    let name = arguments.get(index).filter(|name| ["check", "test"].contains(&name.as_str()))?;
    Some((name, [&arguments[..index], &arguments[index + 1..]].concat()))
}

fn read(arguments: &[String]) -> Result<Arguments, clap::Error> {
    // Building the parser takes longer than it takes some programs to run, and most command lines need none.
    match arguments {
        [program, ..] if !program.starts_with('-') && program != "run" && !SHOWING.contains(&program.as_str()) => {
            Ok(Arguments { rest: arguments.to_vec(), ..Arguments::default() })
        }
        [option, source, rest @ ..] if option == "-c" => Ok(Arguments {
            command: Some(source.clone()),
            rest: rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest).to_vec(),
            ..Arguments::default()
        }),
        _ => Arguments::from_arg_matches(&Arguments::command().try_get_matches_from(mark_program(arguments))?),
    }
}

/// Reads the arguments; `Err` when everything is said already, with the exit status.
pub(crate) fn parse(arguments: &[String]) -> Result<Options, i32> {
    let read = match read(arguments) {
        Ok(read) => read,
        Err(error) => {
            let _ = error.print();
            return Err(error.exit_code());
        }
    };
    if read.version {
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), "Coil {} (Python 3.13)", env!("CARGO_PKG_VERSION"));
        return Err(0);
    }
    let isolated = read.isolated || read.ignore_environment;
    let asked = read.python.or_else(|| if isolated { None } else { std::env::var("COIL_PYTHON").ok() });
    let python = match asked.as_deref().map_or(Ok(None), era) {
        Ok(python) => python,
        Err(message) => {
            super::complain(&message);
            return Err(2);
        }
    };
    let Arguments { command, module, rest, .. } = read;
    let program = if let Some(source) = command {
        Program::Command { source, arguments: rest.clone() }
    } else if let Some(name) = module {
        Program::Module { name, arguments: rest.clone() }
    } else {
        match rest.split_first() {
            None => Program::Input,
            Some((first, _)) if first == "-" => Program::Input,
            Some((first, arguments)) if first == "explain" => Program::Explain { code: arguments.first().cloned() },
            Some((first, arguments)) => {
                let what = match first.as_str() {
                    "tokens" => Some(Shown::Tokens),
                    "ast" => Some(Shown::Ast),
                    "dis" => Some(Shown::Dis),
                    _ => None,
                };
                match (what, arguments.first()) {
                    (Some(what), Some(path)) => Program::Show { what, path: path.clone() },
                    (Some(_), None) => {
                        super::complain(&format!("{first}: which file?"));
                        return Err(2);
                    }
                    (None, _) => Program::File { path: first.clone(), arguments: arguments.to_vec() },
                }
            }
        }
    };
    let is_post = read.run
        && (read.marks
            || matches!(&program, Program::File { path, .. } if path.ends_with(".md") || path.ends_with(".txt")));
    Ok(Options {
        program,
        is_post,
        marks: read.marks,
        optimize: read.optimize.min(2),
        unbuffered: read.unbuffered,
        isolated,
        without_folders: read.isolated,
        inspect: read.inspect,
        python,
        virtual_time: read.virtual_time,
        seed: read.seed,
        max_steps: read.max_steps,
        tracebacks: match read.traceback.as_str() {
            "fancy" => Tracebacks::Fancy,
            "plain" => Tracebacks::Plain,
            _ => Tracebacks::Auto,
        },
        colours: match read.color.as_str() {
            "always" => Colours::Always,
            "never" => Colours::Never,
            _ => Colours::Auto,
        },
        language: read.lang.as_deref().and_then(Language::named),
        json: read.json,
        warnings: read.warnings,
        extra: read.extra,
        rest,
    })
}
