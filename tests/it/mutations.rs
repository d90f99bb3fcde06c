//! Nothing that a person can type makes the reader of programs, or who explains their errors, fail.
//!
//! Programs of the repository are changed at random, by bytes, by words and by lines, and then read as a program is: by the
//! lexer, the parser, the compiler, `coil check` and the drawing of what they say, in both languages and on a narrow
//! terminal. Nothing may panic, and each place that is named must lie in the text. The changes follow from a number, so
//! each can be made again: `COIL_MUTATIONS=100000` makes that many (best with `--release`), and `COIL_MUTATION=4711` shows
//! that one and what is said of it.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use coil::Interpreter;
use coil::check;
use coil::diagnostics::json;
use coil::diagnostics::language::Language;
use coil::diagnostics::render::{Look, render};
use coil::diagnostics::report::Report;
use coil::diagnostics::reporter::{Drawer, Settings};
use coil::diagnostics::source::Source;
use coil::host::TestHost;
use coil_grammar::source::decode;
use coil_grammar::span::Span;
use coil_grammar::{parse_module, tokenize};

use crate::process::root;

/// How many there are without being asked for more.
const USUAL: u64 = 3_000;

/// What is put into programs: what beginners type by mistake, and what is hard to draw.
const STRANGE: &[&str] = &[
    "，",
    "：",
    "（",
    "）",
    "“",
    "”",
    "‘",
    "’",
    "。",
    "；",
    "【",
    "　",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\t",
    "\r",
    "\u{c}",
    "\0",
    "\u{1b}[31m",
    "é",
    "e\u{301}",
    "协程",
    "😀",
    "👩\u{200d}👩",
    "\u{202e}",
    "\u{2028}",
    "&&",
    "||",
    "++",
    "!",
    "?",
    "$",
    "`",
    "=>",
    "->",
    ":=",
    "...",
    "==",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "f'",
    "{x!r:>{",
    "}'",
    "\\",
    "\\\n",
    ":",
    ";",
    ",",
    "#",
    "@",
    "*",
    "**",
    "yield",
    "await",
    "async ",
    "lambda",
    "print ",
    "else if",
    "null",
    "0x",
    "1_",
    "0777",
    "1e",
    "async def f():",
    "return",
    "import",
    ">>> ",
    "... ",
    "if",
    "for x in",
    "match x:",
    "case _:",
];

/// A source of numbers that look random and follow from a seed (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn choose<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

fn python_files(folder: &Path, found: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            python_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = fs::read(&path).unwrap();
            // Long programs take long and say no more.
            if text.len() < 6_000 {
                found.push(text);
            }
        }
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for folder in ["samples", "tests/programs", "tests/diagnostics"] {
        python_files(&root().join(folder), &mut found);
    }
    found
}

/// The words of a text: names, numbers, blanks, and signs by themselves.
fn words(text: &[u8]) -> Vec<(usize, usize)> {
    let kind = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80.. => 1,
        b' ' | b'\t' => 2,
        _ => 0,
    };
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, byte) in text.iter().enumerate() {
        match words.last_mut() {
            Some((start, end)) if *end == at && kind(*byte) != 0 && kind(text[*start]) == kind(*byte) => *end += 1,
            _ => words.push((at, at + 1)),
        }
    }
    words
}

/// One change.
fn change(text: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    if text.is_empty() {
        text.extend_from_slice(b"x");
    }
    let at = random.below(text.len());
    match random.below(12) {
        0 => {
            text.remove(at);
        }
        1 => text[at] = random.next() as u8,
        2 => text.insert(at, random.next() as u8),
        3 | 4 => {
            let strange = random.choose(STRANGE).as_bytes().to_vec();
            text.splice(at..at, strange);
        }
        5 => {
            let (start, end) = *random.choose(&words(text));
            text.drain(start..end);
        }
        6 => {
            let words = words(text);
            let (start, end) = *random.choose(&words);
            let (from, to) = *random.choose(&words);
            let copy = text[from..to].to_vec();
            text.splice(start..end, copy);
        }
        7 => {
            let strange = random.choose(STRANGE).as_bytes().to_vec();
            let (start, end) = *random.choose(&words(text));
            text.splice(start..end, strange);
        }
        8 => text.truncate(at),
        _ => {
            let mut lines: Vec<Vec<u8>> = text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let at = random.below(lines.len());
            match random.below(6) {
                0 => {
                    lines.remove(at);
                }
                1 => {
                    let to = random.below(lines.len());
                    lines.swap(at, to);
                }
                2 => lines.insert(at, lines[at].clone()),
                3 => lines[at].splice(0..0, *b"  ").for_each(drop),
                4 => {
                    let blanks = lines[at].iter().take_while(|byte| **byte == b' ').count();
                    lines[at].drain(..blanks.min(1 + random.below(4)));
                }
                _ => {
                    let others: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
                    if !others.is_empty() {
                        lines.insert(at, random.choose(&others).to_vec());
                    }
                }
            }
            *text = lines.concat();
        }
    }
}

fn mutant(corpus: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut random = Random(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut text = random.choose(corpus).clone();
    let other = random.choose(corpus).clone();
    for _ in 0..=random.below(4) {
        change(&mut text, &other, &mut random);
    }
    text
}

fn assert_inside(text: &str, span: Span, what: &str) {
    let inside = span.start <= span.end && text.get(span.range()).is_some();
    assert!(inside, "{what} at {}..{} of {} bytes", span.start, span.end, text.len());
}

/// Draws a report in every way.
fn draw(report: &Report, shown: bool) {
    for label in &report.labels {
        assert_inside(&label.place.source.text, label.place.span, label.key);
    }
    for language in [Language::English, Language::Chinese, Language::Both] {
        for width in [20, 80] {
            let look = Look { width, colour: width == 20, language, ..Look::default() };
            let drawn = render(report, &look);
            assert!(!drawn.trim().is_empty(), "nothing is drawn");
            if shown && width == 80 {
                eprintln!("{drawn}");
            }
        }
        json::line(report, language);
    }
}

/// Reads a program in all ways.
fn read(interpreter: &mut Interpreter, drawer: &Drawer, bytes: &[u8], shown: bool) {
    if let Ok(text) = decode(bytes, "mutant.py") {
        let tokens = tokenize(&text);
        for lexeme in &tokens.lexemes {
            assert_inside(&text, lexeme.span, "a token");
        }
        if let Err(error) = parse_module(&text) {
            assert_inside(&text, error.span, "a syntax error");
        }
        let source = Source::new("mutant.py", text.as_ref());
        source.for_each_node(&mut |node| {
            assert_inside(&text, node.span(), "a node");
            true
        });
        for finding in check::check(&text, &check::Options::default()) {
            assert_inside(&text, finding.span, finding.code.name());
            draw(&finding.report(&source), shown);
        }
    }
    interpreter.remember_source("mutant.py", &String::from_utf8_lossy(bytes));
    if let Err(raised) = interpreter.compile(bytes, "mutant.py") {
        let exception = interpreter.ctx().take_raised(raised);
        draw(&drawer.report(interpreter.ctx(), &exception), shown);
    }
}

#[test]
fn changed_programs_are_read_without_a_panic() {
    let count = std::env::var("COIL_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(USUAL);
    let only: Option<u64> = std::env::var("COIL_MUTATION").ok().and_then(|number| number.parse().ok());
    let corpus = Rc::new(corpus()).to_vec();
    let threads = 2;
    let workers: Vec<_> = (0..threads)
        .map(|worker| {
            let corpus = corpus.clone();
            std::thread::spawn(move || {
                coil::on_large_stack(move || {
                    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
                    let (drawer, _) = Drawer::new(Settings::default());
                    let mut failed = Vec::new();
                    for number in (worker..count).step_by(threads as usize) {
                        if only.is_some_and(|only| only != number) {
                            continue;
                        }
                        let bytes = mutant(&corpus, number);
                        if only.is_some() {
                            eprintln!("{}", String::from_utf8_lossy(&bytes));
                        }
                        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                            read(&mut interpreter, &drawer, &bytes, only.is_some());
                        }));
                        if let Err(panic) = result {
                            let text = panic.downcast_ref::<String>().cloned();
                            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                            failed.push(format!("COIL_MUTATION={number}: {}", text.unwrap_or_default()));
                        }
                    }
                    failed
                })
                .unwrap()
            })
        })
        .collect();
    let failed: Vec<String> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
    assert!(failed.is_empty(), "{} of {count}:\n{}", failed.len(), failed.join("\n"));
}
