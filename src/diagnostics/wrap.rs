//! Breaking sentences into lines: at blanks, and between wide characters, as Chinese is set.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What does not begin a line.
const CLOSING: &str = "，。；：！？、）】》」』”’…,.;:!?)]}";
/// What does not end a line.
const OPENING: &str = "（【《「『“‘([{";

/// Columns that a text takes on a terminal.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// A text in lines of at most so many columns, the first behind `first`, the others behind `rest`. What has no place to
/// break at is broken anywhere.
pub(super) fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let room = width.saturating_sub(columns(first).max(columns(rest))).max(8);
    let mut out = String::new();
    let mut indent = first;
    for paragraph in text.split('\n') {
        for line in lines(paragraph, room) {
            out.push_str(indent);
            out.push_str(line.trim_end());
            out.push('\n');
            indent = rest;
        }
    }
    out
}

/// A text without line breaks, as lines of at most so many columns.
pub(super) fn lines(text: &str, room: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut taken) = (0, 0);
    // Where the line may end, and the columns up to there.
    let mut break_at: Option<(usize, usize)> = None;
    let mut previous: Option<char> = None;
    for (at, letter) in text.char_indices() {
        let own = letter.width().unwrap_or(0);
        if at > start
            && let Some(previous) = previous
            && may_break(previous, letter)
        {
            break_at = Some((at, taken));
        }
        if taken + own > room && at > start && letter != ' ' {
            let (end, used) = break_at.take().unwrap_or((at, taken));
            lines.push(&text[start..end]);
            start = end;
            taken -= used;
        }
        taken += own;
        previous = Some(letter);
    }
    lines.push(&text[start..]);
    lines
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    let is_wide = |letter: char| letter.width() == Some(2);
    before == ' ' || is_wide(before) || is_wide(after)
}

/// A text cut to so many columns; what is missing is shown by an ellipsis.
pub(super) fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut taken = 0;
    let kept = text.chars().take_while(|letter| {
        taken += letter.width().unwrap_or(0);
        taken < room
    });
    let mut shown: String = kept.collect();
    shown.push('…');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_blanks_and_between_wide_characters() {
        assert_eq!(lines("one two three", 8), ["one two ", "three"]);
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("生成器还没有，运行", 6), ["生成器", "还没", "有，运", "行"]);
        assert_eq!(lines("", 4), [""]);
    }

    #[test]
    fn cut_texts_have_room_for_their_ellipsis() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("生成器", 4), "生…");
        assert_eq!(cut("abcd", 4), "abcd");
    }
}
