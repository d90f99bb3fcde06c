//! How errors look: what the options, the environment and the terminal say about it.

use std::io::IsTerminal;

use coil::diagnostics::language::Language;
use coil::diagnostics::reporter::Settings;

use super::options::{Colours, Options, Tracebacks};

/// Columns where nothing says otherwise.
const USUAL_WIDTH: usize = 80;

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// How errors are drawn; None when they are to be written as CPython writes them.
pub(crate) fn of_errors(options: &Options) -> Option<Settings> {
    let is_terminal = std::io::stderr().is_terminal();
    let is_drawn = match options.tracebacks {
        Tracebacks::Auto => is_terminal || options.json,
        Tracebacks::Fancy => true,
        Tracebacks::Plain => options.json,
    };
    is_drawn.then(|| Settings {
        colour: match options.colours {
            Colours::Auto => is_terminal && can_colour(),
            Colours::Always => true,
            Colours::Never => false,
        },
        unicode: has_unicode(),
        language: language(options),
        json: options.json,
        width: Some(width),
    })
}

/// The language that was asked for.
pub(crate) fn language(options: &Options) -> Language {
    chosen(options.language)
}

/// The language of an option, or of the environment.
pub(super) fn chosen(option: Option<Language>) -> Language {
    Language::choose(option, variable)
}

pub(super) fn can_colour() -> bool {
    variable("NO_COLOR").is_none() && variable("TERM").is_none_or(|terminal| terminal != "dumb")
}

/// Whether the locale's characters are Unicode's; so it is where there is no locale.
pub(super) fn has_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name));
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The width that `COLUMNS` says.
fn columns() -> Option<usize> {
    variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0)
}

/// The width of what goes to no terminal.
pub(super) fn said_width() -> usize {
    columns().unwrap_or(USUAL_WIDTH)
}

/// The width of the terminal that errors go to, or what `COLUMNS` says.
pub(crate) fn width() -> usize {
    columns().unwrap_or_else(|| {
        #[cfg(unix)]
        if let Ok((columns, _)) = coil::host::paths::terminal_size(2).map(|(rows, columns)| (columns, rows))
            && columns > 0
        {
            return columns.into();
        }
        USUAL_WIDTH
    })
}
