//! The replacement strings of `sub` and `Match.expand`.
//!
//! Source: Standard Library "re", `re.sub`.

use super::RegexError;
use super::parse::{is_ascii_letter, simple_escape};
use crate::text::{repr, surrogate, unicode};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These characters.
    Literal(Vec<u32>),
    /// What the group matched.
    Group(usize),
}

/// Reads a template for a pattern with these groups.
///
/// # Errors
/// What is wrong with it.
pub fn parse(
    text: &[u32],
    is_text: bool,
    groups: usize,
    group_named: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<Piece>, RegexError> {
    let error = |message: String, position: usize| Err(RegexError::Pattern(message, Some(position)));
    let digit = |index: usize, base: u32| text.get(index).and_then(|c| char::from_u32(*c)?.to_digit(base)).is_some();
    let spelled = |from: usize, to: usize| -> String {
        text[from..to].iter().filter_map(|c| surrogate::to_private(*c)).collect()
    };
    let mut pieces = Vec::new();
    let mut literal = Vec::new();
    let mut index = 0;
    while let Some(&c) = text.get(index) {
        if c != '\\' as u32 {
            literal.push(c);
            index += 1;
            continue;
        }
        let start = index;
        let Some(&c) = text.get(index + 1) else { return error("bad escape (end of pattern)".to_owned(), start) };
        index += 2;
        let mut group = None;
        match char::from_u32(c) {
            Some('g') => {
                if text.get(index) != Some(&('<' as u32)) {
                    return error("missing <".to_owned(), index);
                }
                index += 1;
                let from = index;
                let Some(length) = text[from..].iter().position(|c| *c == '>' as u32) else {
                    return if from == text.len() {
                        error("missing group name".to_owned(), from)
                    } else {
                        error("missing >, unterminated name".to_owned(), from)
                    };
                };
                if length == 0 {
                    return error("missing group name".to_owned(), from);
                }
                index = from + length + 1;
                let name = spelled(from, from + length);
                let number = if name.bytes().all(|byte| byte.is_ascii_digit()) {
                    name.parse().unwrap_or(usize::MAX)
                } else {
                    if !is_text && !name.is_ascii() {
                        return error(format!("bad character in group name {}", repr::ascii(&name)), from);
                    }
                    if !unicode::isidentifier(&name) {
                        return error(format!("bad character in group name {}", repr::string(&name)), from);
                    }
                    match group_named(&name) {
                        Some(number) => number,
                        None => {
                            let shown = repr::string(&name);
                            return Err(RegexError::UnknownGroup(format!("unknown group name {shown}")));
                        }
                    }
                };
                if number > groups {
                    let name = name.trim_start_matches('0');
                    return error(format!("invalid group reference {name}"), from);
                }
                group = Some(number);
            }
            Some('0') => {
                let mut end = index;
                while end < index + 2 && digit(end, 8) {
                    end += 1;
                }
                let value = u32::from_str_radix(&spelled(start + 1, end), 8).unwrap_or(0);
                literal.push(value & 0xff);
                index = end;
            }
            Some('1'..='9') => {
                let mut octal = false;
                if digit(index, 10) {
                    index += 1;
                    if digit(index - 2, 8) && digit(index - 1, 8) && digit(index, 8) {
                        index += 1;
                        octal = true;
                    }
                }
                let digits = spelled(start + 1, index);
                if octal {
                    match u32::from_str_radix(&digits, 8) {
                        Ok(value) if value <= 0o377 => literal.push(value),
                        _ => {
                            let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                            return error(message, start);
                        }
                    }
                } else {
                    let number = digits.parse().unwrap_or(usize::MAX);
                    if number > groups {
                        return error(format!("invalid group reference {digits}"), start + 1);
                    }
                    group = Some(number);
                }
            }
            _ => match simple_escape(c) {
                Some(c) => literal.push(c),
                None if is_ascii_letter(c) => return error(format!("bad escape {}", spelled(start, index)), start),
                None => literal.extend(['\\' as u32, c]),
            },
        }
        if let Some(group) = group {
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Group(group));
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}
