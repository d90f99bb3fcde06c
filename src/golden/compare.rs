//! Comparing what a program printed with what it must print.
//!
//! Addresses are not compared, nor blanks at line ends. A line `...` of the expected text stands for any lines. Of a
//! traceback only the last line counts where the expected text shows one, because posts cut them.

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// On both sides.
    Same(String),
    /// Expected, not printed.
    Missing(String),
    /// Printed, not expected.
    Extra(String),
    /// One in place of the other.
    Changed(String, String),
}

/// Whether the texts are the same, as far as this comparison goes.
pub(crate) fn matches(expected: &str, got: &str, swaps: &[(usize, usize)]) -> bool {
    let expected = in_any_order(without_frames(normal(expected)), swaps);
    let got = in_any_order(without_frames(normal(got)), swaps);
    match_lines(&expected, &got)
}

/// The differences, line by line, for showing.
pub(crate) fn difference(expected: &str, got: &str) -> Vec<Line> {
    let (left, right) = (normal(expected), normal(got));
    let mut lines: Vec<Line> = Vec::new();
    for change in similar::capture_diff_slices(similar::Algorithm::Myers, &left, &right) {
        match change {
            similar::DiffOp::Equal { old_index, len, .. } => {
                lines.extend(left[old_index..old_index + len].iter().cloned().map(Line::Same));
            }
            similar::DiffOp::Delete { old_index, old_len, .. } => {
                lines.extend(left[old_index..old_index + old_len].iter().cloned().map(Line::Missing));
            }
            similar::DiffOp::Insert { new_index, new_len, .. } => {
                lines.extend(right[new_index..new_index + new_len].iter().cloned().map(Line::Extra));
            }
            similar::DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                for offset in 0..old_len.max(new_len) {
                    let old = (offset < old_len).then(|| left[old_index + offset].clone());
                    let new = (offset < new_len).then(|| right[new_index + offset].clone());
                    lines.push(match (old, new) {
                        (Some(old), Some(new)) => Line::Changed(old, new),
                        (Some(old), None) => Line::Missing(old),
                        (None, new) => Line::Extra(new.unwrap_or_default()),
                    });
                }
            }
        }
    }
    lines
}

/// The lines, without blanks at their ends, empty lines at the end, and addresses.
fn normal(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(|line| without_addresses(line.trim_end())).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// `0x7f...` with its digits replaced.
fn without_addresses(line: &str) -> String {
    let mut result = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("0x") {
        let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
        result.push_str(before);
        if digits >= 6 {
            result.push_str("0x...");
        } else {
            result.push_str("0x");
            result.push_str(&after[..digits]);
        }
        rest = &after[digits..];
    }
    result + rest
}

fn in_any_order(mut lines: Vec<String>, swaps: &[(usize, usize)]) -> Vec<String> {
    for (first, last) in swaps {
        let end = (*last).min(lines.len());
        if let Some(part) = lines.get_mut(first.saturating_sub(1)..end) {
            part.sort();
        }
    }
    lines
}

/// Whether the lines are the expected ones, of which `...` stands for any.
fn match_lines(expected: &[String], got: &[String]) -> bool {
    let (mut wanted, mut found) = (0, 0);
    // The last `...`, and how far it reaches so far: where to go on when what follows it does not match.
    let mut retry: Option<(usize, usize)> = None;
    while found < got.len() {
        if expected.get(wanted).is_some_and(|line| line == "...") {
            retry = Some((wanted + 1, found));
            wanted += 1;
        } else if expected.get(wanted) == got.get(found) {
            wanted += 1;
            found += 1;
        } else if let Some((after, reach)) = retry {
            (wanted, found) = (after, reach + 1);
            retry = Some((after, reach + 1));
        } else {
            return false;
        }
    }
    expected[wanted..].iter().all(|line| line == "...")
}

/// The lines without the frames of tracebacks.
fn without_frames(lines: Vec<String>) -> Vec<String> {
    let mut result = Vec::with_capacity(lines.len());
    let mut in_traceback = false;
    for line in lines {
        if in_traceback && (line.starts_with([' ', '\t']) || line == "...") {
            continue;
        }
        in_traceback = line == "Traceback (most recent call last):";
        result.push(line);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Line, difference, matches};

    #[test]
    fn what_must_differ_may_differ() {
        assert!(matches("a\nb\n", "a  \nb\n\n", &[]));
        assert!(!matches("a\nb\n", "a\n", &[]));
        assert!(matches("<object at 0x7f0011223344>", "<object at 0x55aa00112233>", &[]));
        assert!(!matches("0x10", "0x11", &[]));
        assert!(matches("a\n...\nz", "a\nb\nc\nz", &[]));
        assert!(matches("...", "", &[]));
        assert!(matches("1\n2\n3", "1\n3\n2", &[(2, 3)]));
        assert!(!matches("1\n2\n3", "3\n2\n1", &[(2, 3)]));
        let (full, cut) = (
            "x\nTraceback (most recent call last):\n  File \"a\", line 1\n    f()\nKeyError: 1\ny",
            "x\nTraceback (most recent call last):\n  ...\nKeyError: 1\ny",
        );
        assert!(matches(cut, full, &[]));
        assert!(!matches(&cut.replace("KeyError", "ValueError"), full, &[]));
    }

    #[test]
    fn differences_stand_side_by_side() {
        let lines = difference("a\nb\nc", "a\nx\nc\nd");
        let text = |text: &str| text.to_owned();
        assert_eq!(
            lines,
            [Line::Same(text("a")), Line::Changed(text("b"), text("x")), Line::Same(text("c")), Line::Extra(text("d"))]
        );
    }
}
