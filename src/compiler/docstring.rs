//! Docstrings lose the indentation that they have from standing in indented code.

use std::rc::Rc;

/// The docstring as `__doc__` shows it: tabs expanded, the first line without leading spaces, and the other lines without
/// the indentation that they share.
pub(super) fn clean(text: &str) -> Rc<str> {
    let text = expand_tabs(text);
    let margin = text
        .split('\n')
        .skip(1)
        .filter(|line| !line.trim_start_matches(' ').is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut lines = text.split('\n');
    let mut cleaned = lines.next().unwrap_or_default().trim_start_matches(' ').to_owned();
    for line in lines {
        cleaned.push('\n');
        let blanks = line.len() - line.trim_start_matches(' ').len();
        cleaned.push_str(&line[blanks.min(margin)..]);
    }
    Rc::from(cleaned)
}

fn expand_tabs(text: &str) -> String {
    const TAB: usize = 8;
    if !text.contains('\t') {
        return text.to_owned();
    }
    let mut expanded = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let blanks = TAB - column % TAB;
                expanded.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\n' | '\r' => {
                expanded.push(c);
                column = 0;
            }
            _ => {
                expanded.push(c);
                column += 1;
            }
        }
    }
    expanded
}
