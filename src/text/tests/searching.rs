//! Finding, cutting and padding, of strings and of bytes.

use super::{Case, check, escape, hex};
use crate::text::search::{self, Ends, Justify, Text};

/// Runs a case on either type; `show` spells a text as the table does.
fn run<'a, T: Text + ?Sized + 'a>(case: &Case<'_>, args: &[&'a T], show: impl Fn(&T) -> String) -> String {
    let text = args[0];
    let owned = |text: T::Owned| show(std::borrow::Borrow::borrow(&text));
    let list = |parts: Vec<&T>| parts.iter().map(|part| show(part)).collect::<Vec<_>>().join("|");
    let limit = |index| usize::try_from(case.parse::<i64>(index)).unwrap_or(usize::MAX);
    let same = || text.to_owned();
    // The length in characters, which for bytes is that of the raw text.
    let length = search::count(text, text.part(0..0)) - 1;
    match &case.name[2..] {
        "split_space" => list(search::split_space(text, limit(1))),
        "rsplit_space" => list(search::rsplit_space(text, limit(1))),
        "split" => list(search::split(text, args[1], limit(2))),
        "rsplit" => list(search::rsplit(text, args[1], limit(2))),
        "lines" => list(search::split_lines(text, case.args[1] == "True")),
        "strip" => list([Ends::Both, Ends::Left, Ends::Right].map(|ends| search::strip(text, None, ends)).to_vec()),
        "strip_of" => {
            list([Ends::Both, Ends::Left, Ends::Right].map(|ends| search::strip(text, Some(args[1]), ends)).to_vec())
        }
        "tabs" => owned(search::expand_tabs(text, case.parse(1))),
        "zfill" => owned(search::zero_fill(text, length, case.parse(1))),
        "just" => [Justify::Left, Justify::Right, Justify::Center]
            .map(|to| owned(search::justify(text, length, case.parse(1), args[2], to).unwrap_or_else(same)))
            .join("|"),
        "replace" => owned(search::replace(text, args[1], args[2], limit(3)).unwrap_or_else(same)),
        "partition" => {
            let empty = text.part(0..0);
            let first = search::partition(text, args[1]).map_or([text, empty, empty], |(a, b)| [a, args[1], b]);
            let last = search::rpartition(text, args[1]).map_or([empty, empty, text], |(a, b)| [a, args[1], b]);
            list([first, last].concat())
        }
        "find" => {
            let bounds = search::bounds(length, Some(case.parse(2)), case.args[3].parse().ok());
            if bounds.start > bounds.end {
                return "-1|-1|0".to_owned();
            }
            // Characters to bytes and back, by counting what lies before.
            let offset = |index: usize| {
                let mut at = 0;
                (0..index).for_each(|_| at += text.step(at));
                at
            };
            let start = offset(bounds.start);
            let inside = text.part(start..offset(bounds.end));
            let index = |at: Option<usize>| {
                at.map_or(-1, |at| search::count(text.part(0..start + at), text.part(0..0)) as i64 - 1).to_string()
            };
            let found = [index(search::find(inside, args[1])), index(search::rfind(inside, args[1]))];
            format!("{}|{}", found.join("|"), search::count(inside, args[1]))
        }
        name => panic!("{name}"),
    }
}

#[test]
fn searching() {
    check("search", include_str!("golden/search.txt"), |case| {
        if case.name == "offset" {
            return search::byte_offset(&"中é😀a".repeat(40), case.parse(0)).to_string();
        }
        if case.name.starts_with("s_") {
            let args: Vec<String> = (0..case.args.len()).map(|index| case.text(index)).collect();
            return run::<str>(case, &args.iter().map(String::as_str).collect::<Vec<_>>(), escape);
        }
        // Arguments that are numbers are no hexadecimal text; their cases read them by themselves.
        let args: Vec<Vec<u8>> = (0..case.args.len()).map(|index| super::try_unhex(case.args[index])).collect();
        run::<[u8]>(case, &args.iter().map(Vec::as_slice).collect::<Vec<_>>(), hex)
    });
}
