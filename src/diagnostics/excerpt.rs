//! The lines of a source around marked places, made fit to be drawn.
//!
//! A terminal is less forgiving than a file: tabs have no fixed width, control characters would act, lines may be longer
//! than the screen. So lines are shown as a copy in which all of that is replaced, and places are carried over to the copy.
//! Whatever a place says, its counterpart lies inside the copy.

use std::fmt;

use coil_grammar::span::Span;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

use super::source::Source;

/// Columns from one tab stop to the next.
const TAB: usize = 4;
/// Lines of a place that are drawn; of a longer one only the first is.
const TALLEST: u32 = 6;
/// Places so many lines apart are drawn together.
const NEAR: u32 = 3;
/// The least room for a line's text.
const NARROWEST: usize = 12;

/// A place to mark.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) span: Span,
    pub(super) label: Option<String>,
    /// The failing place, by which the drawing is named.
    pub(super) is_effect: bool,
}

/// A marked place in the copy.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// In bytes of [`Excerpt::text`].
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) label: Option<String>,
    pub(super) is_effect: bool,
    /// Line and column in the source, both counted from one.
    line: u32,
    column: u32,
}

/// Lines to draw.
pub(super) struct Excerpt {
    name: String,
    /// The number of the first line.
    first: u32,
    pub(super) text: String,
    /// INVARIANT: inside the text, in its order, without overlap.
    pub(super) marks: Vec<Mark>,
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Context is asked for where the lines are drawn, and none where the name is.
        let mark = self.marks.iter().find(|mark| before == 0 && mark.start == span.offset());
        let (line, column) = mark.map_or((self.first, 1), |mark| (mark.line, mark.column));
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            line as usize - 1,
            column as usize - 1,
            self.text.matches('\n').count(),
        )))
    }
}

/// The excerpts that show places of a source; places near each other share one.
pub(super) fn excerpts(
    source: &Source,
    name: &str,
    wanted: Vec<Wanted>,
    width: usize,
    shows_blanks: bool,
) -> Vec<Excerpt> {
    let lines = &source.lines;
    let mut wanted = wanted;
    for place in &mut wanted {
        let (first, last) = (lines.line(place.span.start), lines.line(place.span.end.max(place.span.start)));
        if last - first >= TALLEST {
            let text = lines.line_text(&source.text, first).trim_end();
            let end = lines.line_start(first) + text.len() as u32;
            place.span.end = end.max(place.span.start);
        }
    }
    wanted.sort_by_key(|place| (place.span.start, place.span.end));
    let mut groups: Vec<Vec<Wanted>> = Vec::new();
    for place in wanted {
        let last = groups.last().and_then(|group| group.iter().map(|other| lines.line(other.span.end)).max());
        let is_near = last.is_some_and(|last| lines.line(place.span.start) <= last + NEAR);
        match groups.last_mut().filter(|_| is_near) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups.into_iter().map(|group| excerpt(source, name, without_overlap(group), width, shows_blanks)).collect()
}

/// Places without overlap: of two that share text the outer one is cut, and equal ones become one.
fn without_overlap(mut places: Vec<Wanted>) -> Vec<Wanted> {
    let mut kept: Vec<Wanted> = Vec::new();
    places.sort_by_key(|place| (place.span.start, std::cmp::Reverse(place.span.end)));
    for mut place in places {
        if let Some(last) = kept.last_mut()
            && place.span.start < last.span.end
        {
            if place.span.start > last.span.start {
                last.span.end = place.span.start;
            } else if place.span.end < last.span.end {
                // The same start: the inner place goes first, the outer one keeps what is behind it.
                let inner_end = place.span.end;
                std::mem::swap(last, &mut place);
                place.span.start = inner_end;
            } else {
                last.label = match (last.label.take(), place.label) {
                    (Some(one), Some(other)) if one != other => Some(format!("{one}\n{other}")),
                    (one, other) => one.or(other),
                };
                last.is_effect |= place.is_effect;
                continue;
            }
        }
        kept.push(place);
    }
    kept
}

fn excerpt(source: &Source, name: &str, places: Vec<Wanted>, width: usize, shows_blanks: bool) -> Excerpt {
    let lines = &source.lines;
    let line_of = |offset: u32| lines.line(offset);
    let first_marked = places.iter().map(|place| line_of(place.span.start)).min().unwrap_or(1);
    let last_marked = places.iter().map(|place| line_of(place.span.end)).max().unwrap_or(1);
    let is_blank = |line: u32| lines.line_text(&source.text, line).trim().is_empty();
    let first = if first_marked > 1 && !is_blank(first_marked - 1) { first_marked - 1 } else { first_marked };
    let last =
        if last_marked < lines.line_count() && !is_blank(last_marked + 1) { last_marked + 1 } else { last_marked };
    let gutter = last.to_string().len() + 4;
    let room = width.saturating_sub(gutter).max(NARROWEST);

    let mut text = String::new();
    let mut shown = Vec::new();
    for line in first..=last {
        let start = lines.line_start(line);
        let content = lines.line_text(&source.text, line);
        let on_line = |offset: u32| line_of(offset) == line;
        let marked =
            places.iter().flat_map(|place| [place.span.start, place.span.end]).filter(|offset| on_line(*offset));
        let marked: Vec<usize> = marked.map(|offset| (offset - start) as usize).collect();
        let borders = marked.iter().min().copied().zip(marked.iter().max().copied());
        let copy = ShownLine::new(content, borders, room, shows_blanks);
        shown.push((text.len(), start, copy.borders));
        text.push_str(&copy.text);
        text.push('\n');
    }

    let carried = |offset: u32| {
        let line = line_of(offset).clamp(first, last);
        let Some((at, start, borders)) = shown.get((line - first) as usize) else { return 0 };
        let inside = offset.saturating_sub(*start) as usize;
        let index = borders.partition_point(|(own, _)| *own < inside);
        at + borders.get(index).or(borders.last()).map_or(0, |(_, copied)| *copied)
    };
    let mut marks: Vec<Mark> = Vec::new();
    for place in places {
        let start = carried(place.span.start).max(marks.last().map_or(0, |last| last.end));
        let at = lines.characters(&source.text, place.span.start);
        let end = carried(place.span.end).max(start);
        marks.push(Mark {
            start,
            end,
            label: place.label,
            is_effect: place.is_effect,
            line: at.line,
            column: at.column + 1,
        });
    }
    Excerpt { name: name.to_owned(), first, text, marks }
}

/// A line as it is drawn.
struct ShownLine {
    text: String,
    /// Where characters begin: in the line, and in the copy. The end is among them.
    borders: Vec<(usize, usize)>,
}

impl ShownLine {
    /// The copy of a line, in which the bytes between the given borders are seen first of all.
    fn new(line: &str, marked: Option<(usize, usize)>, room: usize, shows_blanks: bool) -> ShownLine {
        // Each character's copy, and the columns before it.
        let mut cells: Vec<(usize, String, usize)> = Vec::new();
        let mut column = 0;
        let mut in_indent = true;
        for (at, letter) in line.char_indices() {
            in_indent &= letter.is_whitespace();
            let copy = copy_of(letter, column, shows_blanks, in_indent);
            let before = column;
            column += copy.chars().map(|letter| letter.width().unwrap_or(0)).sum::<usize>();
            cells.push((at, copy, before));
        }
        let total = column;
        let column_at = |byte: usize| cells.iter().find(|(at, ..)| *at >= byte).map_or(total, |(.., column)| *column);
        // The window of columns to show.
        let (from, to) = if total <= room {
            (0, total)
        } else {
            let (start, end) = marked.map_or((0, 0), |(start, end)| (column_at(start), column_at(end)));
            if end <= room.saturating_sub(1) {
                (0, room - 1)
            } else {
                // As much of the marked text as there is room for, and a little of what stands before it.
                let before = (room / 4).min(room.saturating_sub((end - start).min(room)) / 2 + 1);
                let from = start.saturating_sub(before);
                (from, (from + room.saturating_sub(2)).min(total))
            }
        };
        let mut text = String::new();
        let mut borders = Vec::with_capacity(cells.len() + 1);
        if from > 0 {
            text.push('…');
        }
        for (at, copy, column) in &cells {
            borders.push((*at, text.len()));
            let width: usize = copy.chars().map(|letter| letter.width().unwrap_or(0)).sum();
            if *column >= from && column + width <= to {
                text.push_str(copy);
            }
        }
        borders.push((line.len(), text.len()));
        if to < total {
            text.push('…');
        }
        ShownLine { text, borders }
    }
}

/// What is drawn for a character of the source.
fn copy_of(letter: char, column: usize, shows_blanks: bool, in_indent: bool) -> String {
    match letter {
        '\t' => {
            let width = TAB - column % TAB;
            let mark = if shows_blanks { '→' } else { ' ' };
            std::iter::once(mark).chain(std::iter::repeat_n(' ', width - 1)).collect()
        }
        ' ' if shows_blanks && in_indent => "·".to_owned(),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' if shows_blanks => {
            if letter.width() == Some(2) { "⍽ ".to_owned() } else { "⍽".to_owned() }
        }
        '\0'..='\u{1f}' => char::from_u32(0x2400 + letter as u32).unwrap_or(' ').to_string(),
        '\u{7f}' => '␡'.to_string(),
        // These act on a terminal, or are seen nowhere.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}'.to_string(),
        _ => letter.to_string(),
    }
}
