//! Showing results: for people side by side, for tools as JSON and JUnit XML.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::compare::{self, Line};
use super::{Failure, Verdict};

/// Lines of one difference that are shown; the rest is counted.
const SHOWN: usize = 40;

/// A failure as two columns: expected on the left, printed on the right.
pub(crate) fn side_by_side(failure: &Failure, width: usize) -> String {
    let column = (width.saturating_sub(3) / 2).max(20);
    let mut text = String::new();
    let _ = writeln!(text, "  {}", failure.what);
    let lines = compare::difference(&failure.expected, &failure.got);
    if lines.is_empty() {
        return text;
    }
    let _ = writeln!(text, "{} | printed", padded("expected", column));
    for line in lines.iter().take(SHOWN) {
        let (left, middle, right) = match line {
            Line::Same(same) => (same.as_str(), ' ', same.as_str()),
            Line::Missing(left) => (left.as_str(), '<', ""),
            Line::Extra(right) => ("", '>', right.as_str()),
            Line::Changed(left, right) => (left.as_str(), '|', right.as_str()),
        };
        let (left, right) = (visible(left), visible(right));
        let (left, right) = match line {
            Line::Changed(..) => around_difference(left, right, column),
            _ => (left, right),
        };
        let row = format!("{} {middle} {}", padded(&left, column), cut(&right, column));
        let _ = writeln!(text, "{}", row.trim_end());
    }
    if lines.len() > SHOWN {
        let _ = writeln!(text, "  ... and {} more lines", lines.len() - SHOWN);
    }
    text
}

fn padded(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let blanks = width.saturating_sub(text.width());
    text + &" ".repeat(blanks)
}

/// The text with what would move about on a terminal in letters; tabs become blanks.
fn visible(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\t' => result.push_str("    "),
            letter if letter.is_control() => result.extend(letter.escape_default()),
            letter => result.push(letter),
        }
    }
    result
}

/// Two lines that would be cut before they differ, without most of what they have in common.
fn around_difference(left: String, right: String, width: usize) -> (String, String) {
    let same = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
    let start: String = left.chars().take(same).collect();
    if start.width() + 4 < width || left.width().max(right.width()) <= width {
        return (left, right);
    }
    let skipped = same.saturating_sub(width / 4);
    let rest = |text: String| format!("…{}", text.chars().skip(skipped).collect::<String>());
    (rest(left), rest(right))
}

/// The beginning of the text that fits.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (mut result, mut used) = (String::new(), 1);
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        result.push(letter);
    }
    result + "…"
}

/// All verdicts as one JSON document.
pub(crate) fn json(verdicts: &[Verdict]) -> String {
    let tests: Vec<serde_json::Value> = verdicts
        .iter()
        .map(|verdict| {
            let failures: Vec<serde_json::Value> = verdict
                .failures
                .iter()
                .map(|failure| {
                    serde_json::json!({
                        "what": failure.what, "line": failure.line, "expected": failure.expected, "got": failure.got,
                    })
                })
                .collect();
            serde_json::json!({
                "name": verdict.name, "passed": verdict.failures.is_empty(), "seconds": verdict.seconds,
                "updated": verdict.is_updated, "failures": failures,
            })
        })
        .collect();
    format!("{}\n", serde_json::json!({ "tests": tests }))
}

/// All verdicts as JUnit XML.
pub(crate) fn junit(verdicts: &[Verdict]) -> String {
    let failed = verdicts.iter().filter(|verdict| !verdict.failures.is_empty()).count();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuite name=\"coil\" tests=\"{}\" failures=\"{failed}\">", verdicts.len());
    for verdict in verdicts {
        let _ = write!(xml, "  <testcase name=\"{}\" time=\"{:.3}\"", escaped(&verdict.name), verdict.seconds);
        if verdict.failures.is_empty() {
            xml.push_str("/>\n");
            continue;
        }
        xml.push_str(">\n");
        for failure in &verdict.failures {
            let text = side_by_side(failure, 120);
            let _ = writeln!(xml, "    <failure message=\"{}\">{}</failure>", escaped(&failure.what), escaped(&text));
        }
        xml.push_str("  </testcase>\n");
    }
    xml + "</testsuite>\n"
}

/// The text for XML; characters that XML cannot hold become `?`.
fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            '\n' | '\t' => result.push(letter),
            letter if letter.is_control() => result.push('?'),
            letter => result.push(letter),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Failure, escaped, padded, side_by_side};

    #[test]
    fn columns_stand_below_each_other() {
        assert_eq!(padded("协程", 6), "协程  ");
        assert_eq!(padded("生成器函数", 6), "生成… ");
        let failure =
            Failure { what: "block".to_owned(), line: 1, expected: "a\n协程\n".to_owned(), got: "a\nb\n".to_owned() };
        let shown = side_by_side(&failure, 43);
        let column =
            |line: &str, mark: char| unicode_width::UnicodeWidthStr::width(line.split(mark).next().unwrap_or(""));
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(column(lines[1], '|'), column(lines[3], '|'), "{shown}");
    }

    #[test]
    fn differences_are_seen() {
        let long = "x".repeat(80);
        let failure = Failure {
            what: "block".to_owned(),
            line: 1,
            expected: format!("{long}1\n\u{1b}[31m\n"),
            got: format!("{long}2\na\rb\n"),
        };
        let shown = side_by_side(&failure, 43);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[2].starts_with("…xxxxx1 ") && lines[2].ends_with("| …xxxxx2"), "{shown}");
        assert!(lines[3].starts_with("\\u{1b}[31m ") && lines[3].ends_with("| a\\rb"), "{shown}");
    }

    #[test]
    fn xml_is_escaped() {
        assert_eq!(escaped("<a b=\"c\">&\u{1}"), "&lt;a b=&quot;c&quot;&gt;&amp;?");
    }
}
