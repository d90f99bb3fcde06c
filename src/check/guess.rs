//! What a line that cannot be read was meant to be: a mistyped keyword (T406), or a sign of another language (S809 to
//! S811).
//!
//! A guess is told only when it is proved: with the guess in its place, the line can be read.

use coil_grammar::parse_module;
use coil_grammar::span::Span;
use coil_grammar::token::{Lexeme, Token};

use super::finding::{Edit, Finding};
use crate::diagnostics::catalog::Code;

/// The keywords that are written as words with a statement or an operator behind them.
const KEYWORDS: &[&str] = &[
    "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
    "from", "global", "if", "import", "in", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
];

/// A better code for a line that CPython calls mere "invalid syntax". The finding has only what the guess needs.
pub(super) fn guess(text: &str, line: Span, tokens: &[Lexeme]) -> Option<Finding> {
    else_if(text, line).or_else(|| signs(text, line, tokens)).or_else(|| keyword(text, line, tokens))
}

/// The line with something else in a span.
fn with(text: &str, line: Span, span: Span, new: &str) -> String {
    format!("{}{new}{}", &text[line.start as usize..span.start as usize], &text[span.end as usize..line.end as usize])
}

/// Whether a line can be read, given the block or the statement that it needs; signs of other languages may be in it still.
fn reads(line: &str) -> bool {
    parses(line) || parses(&without_signs(line))
}

/// A line with the words of Python for `&&`, `||` and `!`.
fn without_signs(line: &str) -> String {
    let line = line.replace("&&", " and ").replace("||", " or ");
    line.replace("!=", "\0").replace('!', " not ").replace('\0', "!=")
}

fn parses(line: &str) -> bool {
    let line = line.trim();
    let first = line.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let before = match first {
        "elif" | "else" => "if 1:\n pass\n",
        "except" | "finally" => "try:\n pass\n",
        _ => "",
    };
    let block = if line.ends_with(':') { "\n pass" } else { "" };
    let after = if first == "try" { "\nfinally:\n pass" } else { "" };
    parse_module(&format!("{before}{line}{block}{after}\n")).is_ok()
}

fn else_if(text: &str, line: Span) -> Option<Finding> {
    let content = line.text(text);
    let word = ["else if", "elseif", "elsif"]
        .into_iter()
        .find(|word| content.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '(', '\t'])))?;
    let span = Span::new(line.start, line.start + word.len() as u32);
    reads(&with(text, line, span, "elif")).then(|| Finding::new(Code::S809, span).with("text", word))
}

/// `&&`, `||`, `!`, `i++`.
fn signs(text: &str, line: Span, tokens: &[Lexeme]) -> Option<Finding> {
    for pair in tokens.windows(2) {
        let span = pair[0].span.to(pair[1].span);
        let touches = pair[0].span.end == pair[1].span.start;
        let word = match (pair[0].token, pair[1].token) {
            (Token::Ampersand, Token::Ampersand) => "and",
            (Token::Bar, Token::Bar) => "or",
            (Token::Plus, Token::Plus) | (Token::Minus, Token::Minus) => {
                let name = tokens.iter().find(|name| name.span.end == span.start && name.token == Token::Name);
                let sign = &text[pair[0].span.range()];
                let repaired = format!(" {sign}= 1");
                if let Some(name) = name.filter(|_| touches && reads(&with(text, line, span, &repaired))) {
                    let repair = format!("{}{repaired}", name.span.text(text));
                    let finding = Finding::new(Code::S811, name.span.to(span));
                    return Some(finding.with("operator", sign.repeat(2)).with("repair", repair));
                }
                continue;
            }
            _ => continue,
        };
        if touches && reads(line.text(text)) {
            return Some(Finding::new(Code::S810, span).with("text", span.text(text)).with("word", word));
        }
    }
    let sign = tokens.iter().find(|lexeme| lexeme.token == Token::Exclamation)?;
    reads(line.text(text)).then(|| Finding::new(Code::S810, sign.span).with("text", "!").with("word", "not"))
}

fn keyword(text: &str, line: Span, tokens: &[Lexeme]) -> Option<Finding> {
    for name in tokens.iter().filter(|lexeme| lexeme.token == Token::Name) {
        let word = name.span.text(text);
        let near = KEYWORDS.iter().filter(|keyword| is_near(word, keyword));
        for keyword in near {
            if reads(&with(text, line, name.span, keyword)) {
                let finding = Finding::new(Code::T406, name.span).with("word", word).with("keyword", *keyword);
                return Some(finding.edits(vec![Edit::replace(name.span, *keyword)]));
            }
        }
    }
    None
}

/// Whether two words differ by one letter that is wrong, too many or missing, or by two that changed places.
fn is_near(word: &str, keyword: &str) -> bool {
    if word == keyword || keyword.len() < 3 || word.len().abs_diff(keyword.len()) > 1 || !word.is_ascii() {
        return false;
    }
    let (a, b) = (word.as_bytes(), keyword.as_bytes());
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([x, y], [z, w]) => x == w && y == z,
        _ => a.len() <= 1 && b.len() <= 1,
    }
}
