//! Where the marks under a line of a traceback go (PEP 657).
//!
//! The instruction that failed knows which piece of source it stands for. When that piece is a binary operation, a call
//! or a subscript, `^` goes under what did it (the operator, the argument list, the index) and `~` under the rest.
//! A piece that is all there is on its lines gets no marks, nor does a plain `return f(...)` or `x = f(...)`.

use coil_grammar::ast::{ExprKind, StmtKind};
use coil_grammar::parse_module;

use crate::text::unicode;

/// A place in a piece of source: line and character, both from zero.
type Place = (usize, usize);

/// The part that did it: from the first place up to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Anchors {
    start: Place,
    end: Place,
}

fn place_of(text: &str, offset: usize) -> Place {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("").chars().count();
    (line, column)
}

/// The offset of the next byte from `at` on that `stop` accepts, comments and continuation marks left out.
fn scan(text: &str, mut at: usize, stop: impl Fn(char) -> bool) -> Option<usize> {
    loop {
        let c = text.get(at..)?.chars().next()?;
        match c {
            '\\' | '#' => at += text[at..].find('\n')? + 1,
            c if c != '\n' && stop(c) => return Some(at),
            c => at += c.len_utf8(),
        }
    }
}

/// What did it in an expression.
fn anchors(piece: &str) -> Option<Anchors> {
    // In parentheses an expression may reach over several lines.
    let text = format!("(\n{piece}\n)");
    let parsed = parse_module(&text).ok()?;
    let [statement] = parsed.tree.body.as_slice() else { return None };
    let StmtKind::Expr { value } = &statement.kind else { return None };
    let (start, end) = match &value.kind {
        ExprKind::BinOp { left, right, .. } => {
            let start = scan(&text, left.span.end as usize, |c| !c.is_whitespace() && c != ')')?;
            let mut end = start + text[start..].chars().next()?.len_utf8();
            if let Some(second) = text[end..].chars().next()
                && end < right.span.start as usize
                && !second.is_whitespace()
                && second != '\\'
                && second != '#'
            {
                end += second.len_utf8();
            }
            (start, end)
        }
        ExprKind::Subscript { value: object, .. } => {
            (scan(&text, object.span.end as usize, |c| c == '[')?, value.span.end as usize)
        }
        ExprKind::Call { func, .. } => (scan(&text, func.span.end as usize, |c| c == '(')?, value.span.end as usize),
        _ => return None,
    };
    let shift = |(line, column): Place| (line.saturating_sub(1), column);
    Some(Anchors { start: shift(place_of(&text, start)), end: shift(place_of(&text, end)) })
}

/// Whether marks under the piece would tell nothing that the lines do not.
fn is_plain(lines: &[String], start: usize, end: usize) -> Option<bool> {
    let text = lines.join("\n");
    let parsed = parse_module(&text).ok()?;
    let Some(statement) = parsed.tree.body.first() else { return Some(true) };
    let call = match &statement.kind {
        StmtKind::Return { value: Some(value) } => match &value.kind {
            ExprKind::Call { func, .. } if matches!(func.kind, ExprKind::Name { .. }) => value,
            _ => return Some(false),
        },
        StmtKind::Assign { value, .. } if matches!(value.kind, ExprKind::Call { .. }) => value,
        _ => return Some(false),
    };
    let (first, column) = place_of(&text, call.span.start as usize);
    let (last, end_column) = place_of(&text, call.span.end as usize);
    Some(first == 0 && last + 1 == lines.len() && column == start && end_column == end)
}

fn byte_to_char(line: &str, byte: usize) -> usize {
    let mut byte = byte.min(line.len());
    while !line.is_char_boundary(byte) {
        byte -= 1;
    }
    line[..byte].chars().count()
}

/// How many columns the first characters of a line take on a terminal.
fn width(line: &str, characters: usize) -> usize {
    if line.is_ascii() {
        return characters;
    }
    line.chars().take(characters).map(|c| if matches!(unicode::east_asian_width(c), "W" | "F") { 2 } else { 1 }).sum()
}

fn dedented(lines: &[String]) -> Vec<String> {
    let filled = || lines.iter().filter(|line| !line.trim().is_empty());
    let mut margin: Option<&str> = None;
    for line in filled() {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        margin = Some(match margin {
            None => indent,
            Some(known) => {
                let common = known.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count();
                &known[..common]
            }
        });
    }
    let margin = margin.unwrap_or("").len();
    lines.iter().map(|line| if line.trim().is_empty() { String::new() } else { line[margin..].to_owned() }).collect()
}

/// The lines to show for a piece of source, with marks below them where these help. The piece reaches from byte
/// `start_column` of the first line to byte `end_column` of the last.
pub fn marked_lines(original: &[String], start_column: usize, end_column: usize) -> Vec<String> {
    let lines = dedented(original);
    let (Some(first), Some(last)) = (original.first(), original.last()) else { return Vec::new() };
    let removed = first.chars().count() - lines[0].chars().count().min(first.chars().count());
    let start = byte_to_char(first, start_column).saturating_sub(removed);
    let end = byte_to_char(last, end_column).saturating_sub(removed);
    let text: Vec<char> = lines.join("\n").chars().collect();
    let final_line = lines.last().map_or("", String::as_str);
    let tail = final_line.chars().count().saturating_sub(end);
    let stop = text.len().saturating_sub(tail).max(start.min(text.len()));
    let piece: String = text[start.min(text.len())..stop].iter().collect();
    let found = anchors(&piece);
    let marks = match is_plain(&lines, start, end) {
        Some(true) => false,
        _ if found.is_some() => true,
        _ => {
            let before: String = lines[0].chars().take(start).collect();
            let after: String = final_line.chars().skip(end).collect();
            !before.trim_start().is_empty() || !after.trim_end().is_empty()
        }
    };
    let mut significant = vec![0, lines.len() - 1];
    let found = found.map(|Anchors { start: (from, left), end: (to, right) }| {
        let left = if from == 0 { left + start } else { left };
        let right = if to == 0 { right + start } else { right };
        for line in [from, to] {
            significant.extend(line.saturating_sub(1)..=line + 1);
        }
        let columns = |line: usize, column: usize| lines.get(line).map_or(column, |text| width(text, column));
        Anchors { start: (from, columns(from, left)), end: (to, columns(to, right)) }
    });
    significant.retain(|line| *line < lines.len());
    significant.sort_unstable();
    significant.dedup();
    let mut shown = Vec::new();
    let show = |shown: &mut Vec<String>, number: usize| {
        let line = &lines[number];
        shown.push(line.clone());
        if !marks {
            return;
        }
        let blank = line.chars().take_while(|c| c.is_whitespace()).count();
        let blank = if number == 0 { blank.max(width(line, start)) } else { blank };
        let count = if number + 1 == lines.len() { width(line, end) } else { width(line, line.chars().count()) };
        let row = (0..count).map(|column| match &found {
            _ if column < blank => ' ',
            Some(anchors) if (number, column) < anchors.start || (number, column) >= anchors.end => '~',
            _ => '^',
        });
        shown.push(row.collect());
    };
    let mut previous: Option<usize> = None;
    for number in significant {
        match previous {
            Some(previous) if number - previous == 2 => show(&mut shown, number - 1),
            Some(previous) if number - previous > 2 => {
                shown.push(format!("...<{} lines>...", number - previous - 1));
            }
            _ => {}
        }
        show(&mut shown, number);
        previous = Some(number);
    }
    shown
}
