//! The command line: what `coil` is asked for, and doing it.
//!
//! The options are CPython's ("Command line and environment" of its documentation), so that a command which works with
//! `python3` works with `coil`. Everything after the program belongs to the program. Beside that there are commands that
//! show how Coil sees a file: its tokens, its syntax tree, its bytecode.

mod appearance;
mod check;
mod interrupt;
mod options;
mod show;

use std::io::{IsTerminal, Write};
use std::path::Path;

use coil::Interpreter;
use coil::host::{Host, SystemHost};
use coil::objects::heap::attention;

use options::{Options, Program};

use crate::{golden, repl};

pub(crate) use options::era;

/// Writes a line about the command itself to standard error.
pub(crate) fn complain(text: &str) {
    // Nobody is left to be told when standard error is gone.
    let _ = writeln!(std::io::stderr(), "coil: {text}");
}

/// Runs the command; the result is the exit status. The process ends here, because whatever the program still holds is
/// the operating system's to free.
pub(crate) fn main() -> i32 {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match options::command(&arguments) {
        Some(("test", rest)) => return golden::test(&rest),
        Some((_, rest)) => return check::check(&rest),
        None => {}
    }
    let options = match options::parse(&arguments) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if let Program::Show { what, path } = &options.program {
        return show::show(*what, path, options.optimize);
    }
    if let Program::Explain { code } = &options.program {
        return show::explain(code.as_deref(), &options);
    }
    let status = run(&options, &arguments);
    let _ = std::io::stdout().flush();
    std::process::exit(status);
}

/// Starts this very command anew, with memory at the same addresses in every run, unless it lies there already.
fn start_anew_in_place() {
    #[cfg(unix)]
    if coil::host::fix_addresses()
        && let Ok(executable) = std::env::current_exe()
    {
        use std::os::unix::process::CommandExt;

        // It comes back only when it fails; then the run differs from others in its addresses alone.
        let _ = std::process::Command::new(executable).args(std::env::args_os().skip(1)).exec();
    }
}

/// Folders listed in an environment variable, as on the system's search path.
fn folders(variable: &str) -> Vec<String> {
    let Some(list) = std::env::var_os(variable) else { return Vec::new() };
    let folders = std::env::split_paths(&list).filter(|folder| !folder.as_os_str().is_empty());
    folders.map(|folder| folder.to_string_lossy().into_owned()).collect()
}

fn run(options: &Options, arguments: &[String]) -> i32 {
    let mut host = SystemHost::new();
    if options.unbuffered {
        host.set_unbuffered();
    }
    if options.virtual_time {
        host.use_virtual_time();
    }
    if let Some(seed) = options.seed {
        start_anew_in_place();
        host.set_seed(seed);
    }
    host.let_program_exit();
    interrupt::watch(host.wake_handle());
    // Read before the interpreter is made: a file that is not there costs nothing.
    let source = match &options.program {
        Program::File { path, .. } => match read_program(&host, path) {
            Ok(program) => Some(program),
            Err(status) => return status,
        },
        Program::Input if options.inspect || std::io::stdin().is_terminal() => None,
        Program::Input => match std::io::read_to_string(std::io::stdin()) {
            Ok(text) => Some(("<stdin>".to_owned(), text.into_bytes())),
            Err(error) => {
                complain(&format!("can't read standard input: {error}"));
                return 1;
            }
        },
        Program::Command { source, .. } => Some(("<string>".to_owned(), format!("{source}\n").into_bytes())),
        Program::Module { .. } | Program::Show { .. } | Program::Explain { .. } => None,
    };
    let mut interpreter = Interpreter::new(Box::new(host));
    interrupt::serve(&interpreter.ctx().attention);
    coil::host::memory::hold_reserve(&interpreter.ctx().attention, attention::MEMORY);
    if options.python.is_some() {
        interpreter.set_era(options.python);
    }
    interpreter.limit_steps(options.max_steps);
    if let Some(settings) = appearance::of_errors(options) {
        interpreter.draw_errors(settings);
    }
    interpreter.set_flags(coil::stdlib::Flags {
        optimize: options.optimize,
        inspect: options.inspect,
        ignore_environment: options.isolated,
        isolated: options.without_folders,
        dev_mode: options.extra.iter().any(|option| option == "dev"),
    });
    if let Ok(executable) = std::env::current_exe() {
        interpreter.set_executable(&executable.to_string_lossy());
    }
    let mut original = vec![std::env::args().next().unwrap_or_default()];
    original.extend_from_slice(arguments);
    interpreter.set_arguments(&options.argv(), &original);
    let mut warnings = Vec::new();
    // Part of the library, as it were, and no concern of the options that leave out what belongs to a user.
    interpreter.add_folders_behind_library(&folders("COILPATH"));
    if !options.isolated {
        interpreter.add_module_folders(&folders("PYTHONPATH"));
        let asked = std::env::var("PYTHONWARNINGS").unwrap_or_default();
        warnings.extend(asked.split(',').filter(|part| !part.is_empty()).map(str::to_owned));
    }
    warnings.extend(options.warnings.iter().cloned());
    interpreter.set_extra_options(&options.extra);
    interpreter.set_warning_options(&warnings);
    match (&options.program, source) {
        (Program::Module { name, .. }, _) => {
            if !options.without_folders {
                let here = std::env::current_dir().unwrap_or_default();
                interpreter.set_program_folder(&here.to_string_lossy());
            }
            if name == "asyncio" {
                // The prompt awaits by itself: all that this module adds to it is its import.
                let result = interpreter.run_in_main(b"import asyncio", "<stdin>");
                interpreter.show_result(result);
                return prompt(&mut interpreter, options);
            }
            interpreter.run_module(name)
        }
        (_, Some((filename, source))) => {
            if filename.starts_with('<') && !options.without_folders {
                interpreter.set_program_folder("");
            }
            let text = String::from_utf8_lossy(&source);
            if filename == "<stdin>" && repl::is_transcript(&text) {
                return repl::run_transcript(&mut interpreter, options.python, &text);
            }
            if filename == "<string>" {
                interpreter.remember_source(&filename, &text);
            }
            if options.is_post {
                return golden::run(&mut interpreter, &filename, &text, options.marks);
            }
            if options.inspect {
                let result = interpreter.run_in_main(&source, &filename);
                interpreter.show_result(result);
                return prompt(&mut interpreter, options);
            }
            interpreter.run_main(&source, &filename)
        }
        (_, None) => {
            if !options.without_folders {
                interpreter.set_program_folder("");
            }
            prompt(&mut interpreter, options)
        }
    }
}

/// Runs the prompt, on the terminal or on what is piped in.
fn prompt(interpreter: &mut Interpreter, options: &Options) -> i32 {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        repl::run_on_terminal(interpreter, options.python)
    } else {
        repl::run_on_input(interpreter, options.python, &mut stdin.lock())
    }
}

/// The full path and content of a program; for a folder, of its `__main__.py`.
fn read_program(host: &SystemHost, path: &str) -> Result<(String, Vec<u8>), i32> {
    let mut full = full_path(host, path);
    if Path::new(&full).is_dir() {
        let main = format!("{}/__main__.py", full.trim_end_matches('/'));
        if !Path::new(&main).is_file() {
            complain(&format!("can't find '__main__' module in '{full}'"));
            return Err(1);
        }
        full = main;
    }
    match std::fs::read(&full) {
        Ok(source) => Ok((full, source)),
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(0);
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            complain(&format!("can't open file '{full}': [Errno {number}] {text}"));
            Err(2)
        }
    }
}

fn full_path(host: &SystemHost, path: &str) -> String {
    if Path::new(path).is_absolute() {
        return path.to_owned();
    }
    let here = host.current_dir().unwrap_or_default();
    format!("{}/{path}", here.to_string_lossy().trim_end_matches('/'))
}
