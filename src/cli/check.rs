//! `coil check`: reports on files without running them, and mends what can be mended.
//!
//! What there is to say is found by [`coil::check`]; here are the files, the choice of codes, and the ways to show it.

use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::rc::Rc;

use clap::Parser;
use coil::check::{Finding, NEWEST, Options, apply, fix};
use coil::diagnostics::json;
use coil::diagnostics::language::Language;
use coil::diagnostics::render::{Look, render};
use coil::diagnostics::source::Source;
use coil_grammar::source::{decode, encode};

use super::appearance;
use crate::golden;

/// Say what is wrong with programs without running them.
///
/// Exit status: 0 when nothing is wrong, 1 when something is, 2 when a file cannot be read.
#[derive(Debug, Parser)]
#[command(name = "coil check")]
struct CheckArguments {
    /// Programs, Markdown posts, and folders, in which all .py files are checked; - is standard input
    #[arg(required = true)]
    paths: Vec<String>,
    /// Mend what can be mended, in place
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// Only these codes, or all that begin so: T,C101
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these codes
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// What is removed up to this version counts; without it, up to 3.14
    #[arg(long, value_name = "3.N")]
    python: Option<String>,
    /// Write one line of JSON for each finding
    #[arg(long)]
    json: bool,
    /// Write one line of text for each finding
    #[arg(long)]
    brief: bool,
    /// The language: en, zh or both
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Language>,
    /// Colours: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = ["auto", "always", "never"])]
    color: String,
}

impl CheckArguments {
    /// Whether a finding is asked for.
    fn wants(&self, finding: &Finding) -> bool {
        let is_in = |list: &[String]| {
            list.iter().any(|code| {
                let code = code.trim();
                finding.code.name().get(..code.len()).is_some_and(|start| start.eq_ignore_ascii_case(code))
            })
        };
        (self.select.is_empty() || is_in(&self.select)) && !is_in(&self.ignore)
    }
}

/// A file as it was read.
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// Runs the command; the result is the exit status.
pub(super) fn check(arguments: &[String]) -> i32 {
    let arguments = std::iter::once("coil check".to_owned()).chain(arguments.iter().cloned());
    let arguments = match CheckArguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return error.exit_code();
        }
    };
    let python = match arguments.python.as_deref().map_or(Ok(None), super::era) {
        Ok(python) => python.unwrap_or(NEWEST),
        Err(message) => {
            super::complain(&message);
            return 2;
        }
    };
    let options = Options { python };
    let mut is_unreadable = false;
    let mut names = Vec::new();
    for path in &arguments.paths {
        if path == "-" {
            names.push(path.clone());
        } else if let Err(error) = find(Path::new(path), &mut names) {
            super::complain(&format!("{path}: {}", reason(&error)));
            is_unreadable = true;
        }
    }
    let mut total = Total::default();
    for name in names {
        match read(&name) {
            Ok(file) => is_unreadable |= check_file(&file, &arguments, &options, &mut total).is_err(),
            Err(error) => {
                super::complain(&format!("{name}: {}", reason(&error)));
                is_unreadable = true;
            }
        }
    }
    total.show(&arguments);
    match (is_unreadable, total.findings > 0) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// The files to check, in order: a path itself, or all programs in a folder.
fn find(path: &Path, names: &mut Vec<String>) -> std::io::Result<()> {
    if !path.is_dir() {
        fs::metadata(path)?;
        names.push(path.to_string_lossy().into_owned());
        return Ok(());
    }
    let mut entries: Vec<_> = fs::read_dir(path)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let inner = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.') || entry.file_name() == "__pycache__";
        // Links are not followed: they may lead in circles.
        let kind = entry.file_type()?;
        if kind.is_dir() && !is_hidden {
            find(&inner, names)?;
        } else if kind.is_file() && inner.extension().is_some_and(|extension| extension == "py") {
            names.push(inner.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

fn read(name: &str) -> std::io::Result<File> {
    if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(File { name: "<stdin>".to_owned(), bytes });
    }
    Ok(File { name: name.to_owned(), bytes: fs::read(name)? })
}

/// Why the system refused, without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// What was done to all files.
#[derive(Default)]
struct Total {
    files: usize,
    findings: usize,
    mendable: usize,
    mended: usize,
}

impl Total {
    fn show(&self, arguments: &CheckArguments) {
        if arguments.json || arguments.diff || self.files == 0 {
            return;
        }
        let files = counted(self.files, "file");
        let mut line = match (self.findings, self.mended) {
            (0, 0) => format!("{files} checked: nothing to report"),
            (0, mended) => format!("{files} checked: {mended} mended, nothing left to report"),
            (found, 0) => format!("{files} checked: {}", counted(found, "finding")),
            (found, mended) => format!("{files} checked: {mended} mended, {} left", counted(found, "finding")),
        };
        if self.mendable > 0 && !arguments.fix {
            line.push_str(&format!("; --fix mends {}", self.mendable));
        }
        // What is shown goes to standard output; this line is about the run.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn check_file(file: &File, arguments: &CheckArguments, options: &Options, total: &mut Total) -> Result<(), ()> {
    total.files += 1;
    let text = match decode(&file.bytes, &file.name) {
        Ok(text) => text.into_owned(),
        Err(error) => {
            super::complain(&format!("{}: {}", file.name, error.message()));
            return Err(());
        }
    };
    let is_post = Path::new(&file.name).extension().is_some_and(|extension| extension == "md");
    let check = |text: &str| -> Vec<Finding> {
        let found = if is_post {
            coil::check::check(&golden::programs_of(text), options)
        } else {
            coil::check::check(text, options)
        };
        found.into_iter().filter(|finding| arguments.wants(finding)).collect()
    };
    if arguments.diff {
        let (mended, _) = fix(&text, &check);
        let name = &file.name;
        let diff = similar::TextDiff::from_lines(text.as_str(), mended.as_str());
        let diff = diff.unified_diff().header(name, name).to_string();
        total.findings += usize::from(!diff.is_empty());
        let _ = std::io::stdout().write_all(diff.as_bytes());
        return Ok(());
    }
    let mut text = text;
    if arguments.fix {
        let (mended, count) = fix(&text, &check);
        if count > 0 {
            write(file, &mended)?;
            total.mended += count;
            text = mended;
        }
    }
    let findings = check(&text);
    total.findings += findings.len();
    total.mendable += apply(&text, &findings).1;
    show(&file.name, &text, &findings, arguments);
    Ok(())
}

/// Writes a mended text back, in the encoding that the file had; standard input goes to standard output.
fn write(file: &File, text: &str) -> Result<(), ()> {
    let Some(bytes) = encode(text, &file.bytes) else {
        super::complain(&format!("{}: cannot be written in its encoding; left as it was", file.name));
        return Err(());
    };
    let written =
        if file.name == "<stdin>" { std::io::stdout().write_all(&bytes) } else { fs::write(&file.name, bytes) };
    written.map_err(|error| super::complain(&format!("{}: {}", file.name, reason(&error))))
}

/// What the name of a language means.
fn language(name: &str) -> Result<Language, String> {
    Language::named(name).ok_or_else(|| "en, zh or both is wanted".to_owned())
}

fn show(name: &str, text: &str, findings: &[Finding], arguments: &CheckArguments) {
    let source = Source::new(name, text);
    let language = appearance::chosen(arguments.lang);
    let mut out = String::new();
    for finding in findings {
        let report = finding.report(&source);
        if arguments.json {
            out.push_str(&json::line(&report, language));
        } else if arguments.brief {
            brief(&mut out, finding, &source, language);
        } else {
            out.push_str(&render(&report, &look(arguments, language)));
            out.push('\n');
        }
    }
    // Nobody is left to be told when standard output is gone.
    let _ = std::io::stdout().write_all(out.as_bytes());
}

/// How findings are drawn.
fn look(arguments: &CheckArguments, language: Language) -> Look {
    let colour = match arguments.color.as_str() {
        "always" => true,
        "never" => false,
        _ => std::io::stdout().is_terminal() && appearance::can_colour(),
    };
    let width = if std::io::stdout().is_terminal() { appearance::width() } else { appearance::said_width() };
    Look { width, colour, unicode: appearance::has_unicode(), language, folder: String::new() }
}

/// `file:line:column: CODE headline`
fn brief(out: &mut String, finding: &Finding, source: &Rc<Source>, language: Language) {
    let report = finding.report(source);
    let place = source.lines.characters(&source.text, finding.span.start);
    let headlines: Vec<String> =
        language.parts().iter().filter_map(|language| report.text("headline", *language)).collect();
    let mut text = headlines.join(" ");
    if let Some(message) = finding.message() {
        text.push_str(&format!(" [{message}]"));
    }
    let mark = if finding.edits.is_empty() { "" } else { " (--fix)" };
    out.push_str(&format!("{}:{}:{}: {} {text}{mark}\n", source.path, place.line, place.column + 1, finding.code));
}
