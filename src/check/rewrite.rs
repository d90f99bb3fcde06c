//! Applying edits.
//!
//! The edits of a finding belong together: all are made or none. Where two findings want to change the same text, the
//! first one wins, and the next round sees what is left for the second; rounds go on until nothing is found that can be
//! mended. So a file that has been mended is left alone the next time. Everything outside the edits stays as it was.

use coil_grammar::span::Span;

use super::finding::{Edit, Finding};

/// More rounds than any file needs: each makes at least one edit that no later round undoes.
const MAX_ROUNDS: usize = 50;

/// The text with the edits of the findings made, and how many findings that mends.
#[must_use]
pub fn apply<'f>(source: &str, findings: impl IntoIterator<Item = &'f Finding>) -> (String, usize) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let fits = |edit: &Edit| chosen.iter().all(|other| *other == edit || !collide(other.span, edit.span));
        if finding.edits.is_empty() || !finding.edits.iter().all(fits) {
            continue;
        }
        count += 1;
        for edit in &finding.edits {
            if !chosen.contains(&edit) {
                chosen.push(edit);
            }
        }
    }
    // Blank lines come behind the imports that are inserted at the same place.
    chosen.sort_by_key(|edit| (edit.span.start, edit.span.end, edit.text.trim().is_empty()));
    let mut text = String::with_capacity(source.len() + 64);
    let mut from = 0;
    for edit in chosen {
        text.push_str(&source[from..edit.span.start as usize]);
        text.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    text.push_str(&source[from..]);
    (text, count)
}

/// Whether two changes touch the same text. Insertions at one place come one after the other.
fn collide(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() {
        return a.start < b.end && b.start < a.end;
    }
    a.start < b.end && b.start < a.end
}

/// The text with everything mended that can be, and how many findings that were. `check` says what there is to mend in a
/// text.
#[must_use]
pub fn fix(source: &str, check: &dyn Fn(&str) -> Vec<Finding>) -> (String, usize) {
    let mut text = source.to_owned();
    let mut count = 0;
    for _ in 0..MAX_ROUNDS {
        let (mended, made) = apply(&text, &check(&text));
        if made == 0 || mended == text {
            break;
        }
        text = mended;
        count += made;
    }
    (text, count)
}
