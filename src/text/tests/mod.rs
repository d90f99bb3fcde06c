//! Tests of the value-free algorithms against tables made by CPython.
//!
//! `generate.py` makes the tables in `golden/`. For a long check, make larger ones elsewhere (`generate.py FOLDER 200`) and set
//! `COIL_TEXT_CASES` to that folder.

mod formatting;
mod numbers;
mod searching;
mod strings;

use super::surrogate::{from_private, to_private};
use super::{Failure, Raises};

/// One line of a table: the function and its arguments.
struct Case<'a> {
    name: &'a str,
    args: Vec<&'a str>,
}

impl Case<'_> {
    fn text(&self, index: usize) -> String {
        unescape(self.args[index])
    }

    fn parse<T: std::str::FromStr>(&self, index: usize) -> T {
        let Ok(value) = self.args[index].parse() else { panic!("argument {index} of {} {:?}", self.name, self.args) };
        value
    }

    fn bytes(&self, index: usize) -> Vec<u8> {
        unhex(self.args[index])
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// Bytes from hexadecimal text, empty if it is none.
fn try_unhex(text: &str) -> Vec<u8> {
    if text.bytes().all(|b| b.is_ascii_hexdigit()) { unhex(text) } else { Vec::new() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unescape(text: &str) -> String {
    let mut pieces = text.split("\\{");
    let mut out = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').unwrap();
        out.push(to_private(u32::from_str_radix(code, 16).unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\{5c}"),
            ' '..='~' => out.push(c),
            _ => out.push_str(&format!("\\{{{:x}}}", from_private(c))),
        }
    }
    out
}

fn truth(value: bool) -> String {
    (if value { "True" } else { "False" }).to_owned()
}

fn failed(failure: &dyn Failure) -> String {
    let name = match failure.raises() {
        Raises::ValueError => "ValueError",
        Raises::OverflowError => "OverflowError",
        Raises::ZeroDivisionError => "ZeroDivisionError",
        Raises::TypeError => "TypeError",
        Raises::IndexError => "IndexError",
        Raises::MemoryError => "MemoryError",
        Raises::LookupError => "LookupError",
    };
    format!("!{name}: {}", escape(&failure.to_string()))
}

/// What a table shows of a result.
fn outcome<T, E: Failure>(result: Result<T, E>, show: impl FnOnce(T) -> String) -> String {
    match result {
        Ok(value) => show(value),
        Err(failure) => failed(&failure),
    }
}

/// Runs every case of a table and compares.
fn check(module: &str, table: &str, run: impl Fn(&Case<'_>) -> String) {
    let larger = std::env::var("COIL_TEXT_CASES")
        .ok()
        .and_then(|folder| std::fs::read_to_string(format!("{folder}/{module}.txt")).ok());
    let table = larger.as_deref().unwrap_or(table);
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in table.lines() {
        let mut fields: Vec<&str> = line.split('\t').collect();
        let want = fields.pop().unwrap();
        let case = Case { name: fields[0], args: fields[1..].to_vec() };
        let got = run(&case);
        count += 1;
        if got != want {
            wrong.push(format!("{}{:?}\n   want {want}\n    got {got}", case.name, case.args));
        }
    }
    let shown = wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {count} cases differ\n{shown}", wrong.len());
}
