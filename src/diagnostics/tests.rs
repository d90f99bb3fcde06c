//! Drawings: what is marked stands below its text, whatever the text, the place and the width of the terminal.

use std::rc::Rc;

use coil_grammar::span::Span;

use super::catalog::Code;
use super::language::Language;
use super::render::{Look, render};
use super::report::{Call, Label, Report};
use super::source::Source;
use super::wrap::columns;

fn report(source: &Rc<Source>, spans: &[(u32, u32)]) -> Report {
    let keys = ["effect", "cause", "made"];
    let labels =
        spans.iter().zip(keys).map(|((start, end), key)| Label { key, place: source.place(Span::new(*start, *end)) });
    Report {
        code: Some(Code::G001),
        parameters: vec![("name", "it".to_owned()), ("value", "`1`".to_owned())],
        labels: labels.collect(),
        plain: vec!["TypeError: words".to_owned()],
        ..Report::default()
    }
}

fn drawn(text: &str, spans: &[(u32, u32)], width: usize) -> String {
    let source = Source::new("file.py", text);
    render(&report(&source, spans), &Look { width, ..Look::default() })
}

/// The lines of the box.
fn boxed(drawn: &str) -> Vec<&str> {
    drawn.lines().filter(|line| line.contains(['│', '·'])).collect()
}

#[test]
fn marks_stand_below_what_they_mark() {
    for (text, marked) in [
        ("x = 协程 + 1", "协程"),
        ("x = 协程 + 生成器", "生成器"),
        ("\tx = y + z", "y + z"),
        ("a\tb\tc = d", "d"),
        ("e\u{301} = e\u{301} + f", "f"),
        ("print('😀😀', x)", "x"),
        ("x = '\u{1b}[31m' + y", "y"),
        ("x = 1\u{200b}", "1"),
        ("f(x)", "f(x)"),
    ] {
        let start = text.rfind(marked).unwrap_or_default() as u32;
        let drawn = drawn(text, &[(start, start + marked.len() as u32)], 80);
        let lines = boxed(&drawn);
        let at = lines[0].rfind(marked).unwrap_or_else(|| panic!("{marked:?} is missing:\n{drawn}"));
        let marks = lines[1];
        let from = marks.find(['─', '┬']).unwrap_or_default();
        let to = marks.rfind(['─', '┬']).map_or(0, |at| at + '─'.len_utf8());
        assert_eq!(columns(&lines[0][..at]), columns(&marks[..from]), "the mark begins elsewhere:\n{drawn}");
        assert_eq!(columns(marked), columns(&marks[from..to]), "the mark has another width:\n{drawn}");
    }
}

#[test]
fn boxes_fit_the_terminal() {
    let long = format!("total = {} + wrong + {}", "first_name + ".repeat(20), "协程".repeat(30));
    let start = long.find("wrong").unwrap_or_default() as u32;
    let text = format!("before()\n{long}\nafter()");
    for width in [20, 24, 30, 40, 60, 80, 100] {
        let drawn = drawn(&text, &[(9 + start, 9 + start + 5)], width);
        for line in boxed(&drawn) {
            let is_label = line.contains(['╰', '├']);
            assert!(is_label || columns(line) <= width, "{} columns in {width}:\n{drawn}", columns(line));
        }
        assert!(drawn.contains("wrong"), "the marked text is not seen:\n{drawn}");
    }
}

#[test]
fn places_outside_of_the_text_are_drawn_at_its_end() {
    for text in ["", "\n", "x", "x\n", "x\r\ny", "协", "\u{feff}x", "a\n\n\nb"] {
        for span in [(0, 0), (0, 1), (1, 1), (2, 900), (900, 901), (900, 3), (u32::MAX - 1, u32::MAX)] {
            for width in [1, 20, 80] {
                assert!(drawn(text, &[span], width).contains("TypeError: words"));
            }
        }
    }
}

#[test]
fn places_that_touch_or_overlap_are_all_drawn() {
    let text = "value = call(first, second)\nother = 1\n";
    for spans in [
        [(8, 27), (13, 18), (20, 26)],
        [(8, 27), (8, 27), (8, 12)],
        [(8, 12), (12, 27), (28, 33)],
        [(0, 38), (8, 27), (13, 18)],
        [(13, 18), (0, 38), (0, 5)],
    ] {
        let drawn = drawn(text, &spans, 80);
        assert!(drawn.contains("is sent here") && drawn.contains("was made here"), "{drawn}");
    }
}

#[test]
fn long_lists_of_calls_are_folded() {
    let source = Source::new("file.py", "f()\n");
    let call = |function: &str, line: u32| Call {
        function: function.to_owned(),
        file: "file.py".into(),
        line,
        place: None,
        library: None,
    };
    let mut report = report(&source, &[(0, 3)]);
    for number in 0..500 {
        report.calls.push(call(if number % 2 == 0 { "even" } else { "odd" }, number % 2 + 1));
    }
    report.calls.push(call("<module>", 9));
    let drawn = render(&report, &Look::default());
    assert!(drawn.contains("… these 2 calls 249 more times") && drawn.lines().count() < 20, "{drawn}");
    // None like the other.
    report.calls = (0..500).map(|number| call(&format!("f{number}"), number)).collect();
    let drawn = render(&report, &Look { language: Language::Chinese, ..Look::default() });
    assert!(drawn.contains("… 还有 476 层调用") && drawn.lines().count() < 50, "{drawn}");
}
