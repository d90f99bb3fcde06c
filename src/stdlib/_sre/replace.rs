//! `sub`, `subn` and `Match.expand`: putting something in the place of matches.

use super::found::{Match, new_match, this as match_of};
use super::pattern::{Matches, Pattern, Subject, interrupted, stopper, this as pattern_of};
use super::{characters, raise};
use crate::objects::buffer;
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::int;
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::text::regex::run::NOWHERE;
use crate::text::regex::template::{self, Piece};
use crate::text::regex::{Found, Mode};
use crate::text::surrogate::to_private;

/// A template, ready to be filled in.
enum Filling {
    /// Nothing to fill in.
    Literal(Vec<u8>),
    /// The same with the places of groups.
    Template(Vec<Part>),
    /// A function makes it.
    Function,
    /// Text for bytes or bytes for text, which is an error only when there is a match.
    Foreign,
}

enum Part {
    Literal(Vec<u8>),
    Group(usize),
}

/// The characters in the encoding of texts or of bytes.
fn encode(characters: &[u32], is_text: bool) -> Vec<u8> {
    if is_text {
        return characters.iter().filter_map(|c| to_private(*c)).collect::<String>().into_bytes();
    }
    characters.iter().map(|c| *c as u8).collect()
}

fn parse(ctx: &mut Ctx, pattern: &Pattern, source: &Value) -> PyResult<Vec<Piece>> {
    let (characters, is_text) = characters(ctx, source)?;
    match template::parse(&characters, is_text, pattern.program.groups, |name| pattern.group_named(name)) {
        Ok(pieces) => Ok(pieces),
        Err(error) => Err(raise(ctx, error, source)),
    }
}

/// `_sre.template(pattern, repl)`
pub(super) fn template(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pattern = pattern_of(ctx, &args[0])?;
    let pieces = parse(ctx, pattern, &args[1])?;
    let is_text = args[1].is_kind::<Str>();
    let values = pieces.iter().map(|piece| match piece {
        Piece::Group(number) => int::from_usize(*number),
        Piece::Literal(characters) => value_of(encode(characters, is_text), is_text),
    });
    Ok(new_list(values.collect()).into_value())
}

fn value_of(data: Vec<u8>, is_text: bool) -> Value {
    if is_text {
        // The pieces are cut between characters, so nothing is lost.
        return new_str(String::from_utf8(data).unwrap_or_default()).into_value();
    }
    new_bytes(data).into_value()
}

fn filling(ctx: &mut Ctx, pattern: &Pattern, source: &Value) -> PyResult<Filling> {
    if protocol::is_callable(ctx, source) {
        return Ok(Filling::Function);
    }
    let is_text = source.is_kind::<Str>();
    if let Some(subject) = Subject::of(source)
        && is_text == pattern.is_text()
        && memchr::memchr(b'\\', &subject.data).is_none()
    {
        return Ok(Filling::Literal(subject.data.into_owned()));
    }
    let pieces = parse(ctx, pattern, source)?;
    if is_text != pattern.is_text() {
        return Ok(Filling::Foreign);
    }
    Ok(Filling::Template(
        pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Literal(characters) => Part::Literal(encode(&characters, is_text)),
                Piece::Group(number) => Part::Group(number),
            })
            .collect(),
    ))
}

#[cold]
fn wrong_piece(ctx: &mut Ctx, pattern: &Pattern, piece: &Value, index: usize) -> crate::objects::native::Raised {
    let wanted = if pattern.is_text() { "str instance" } else { "a bytes-like object" };
    let message = format!("sequence item {index}: expected {wanted}, {{}} found");
    protocol::type_mismatch(ctx, &message, piece)
}

fn fill(parts: &[Part], subject: &[u8], found: &Found, out: &mut Vec<u8>) {
    for part in parts {
        match part {
            Part::Literal(data) => out.extend_from_slice(data),
            Part::Group(number) => {
                let (start, end) = (found.slots[number * 2], found.slots[number * 2 + 1]);
                if start != NOWHERE {
                    out.extend_from_slice(subject.get(start..end).unwrap_or_default());
                }
            }
        }
    }
}

/// `Pattern.sub` and `Pattern.subn`.
pub(super) fn substitute(ctx: &mut Ctx, args: &[Value], with_count: bool) -> PyResult {
    let pattern = pattern_of(ctx, &args[0])?;
    let filling = filling(ctx, pattern, &args[1])?;
    let subject = Subject::new(ctx, pattern, &args[2])?;
    let limit = if args[3].is_empty() { 0 } else { protocol::as_isize(ctx, &args[3])? };
    let stop = stopper(ctx);
    let mut matches = Matches::new(&pattern.program, &subject.data, 0, &stop);
    let mut out: Vec<u8> = Vec::new();
    let (mut last, mut count, mut pieces) = (0, 0, 0);
    while limit == 0 || count < limit {
        let found = match matches.next(Mode::Search) {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(stopped) => return Err(interrupted(ctx, stopped)),
        };
        let (start, end) = (found.slots[0], found.slots[1]);
        if last < start {
            out.extend_from_slice(&subject.data[last..start]);
            pieces += 1;
        }
        last = end;
        count += 1;
        match &filling {
            Filling::Literal(data) => out.extend_from_slice(data),
            Filling::Template(parts) => fill(parts, &subject.data, &found, &mut out),
            Filling::Foreign => return Err(wrong_piece(ctx, pattern, &args[1], pieces)),
            Filling::Function => {
                let found = new_match(ctx, &args[0], &args[2], (0, subject.data.len()), found);
                let piece = protocol::call(ctx, &args[1], &[found])?;
                if piece.is_none() {
                    continue;
                }
                match Subject::of(&piece) {
                    Some(text) if piece.is_kind::<Str>() == pattern.is_text() => out.extend_from_slice(&text.data),
                    _ => return Err(wrong_piece(ctx, pattern, &piece, pieces)),
                }
            }
        }
        pieces += 1;
    }
    let result = if count == 0 {
        subject.slice(0, subject.data.len())
    } else {
        out.extend_from_slice(&subject.data[last..]);
        value_of(out, pattern.is_text())
    };
    if with_count {
        return Ok(new_tuple([result, int::from_i64(count as i64)]).into_value());
    }
    Ok(result)
}

/// `Match.expand`
pub(super) fn expand(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let found: &Match = match_of(ctx, &args[0])?;
    let pattern_value = found.pattern.get();
    let pattern = pattern_of(ctx, &pattern_value)?;
    let pieces = parse(ctx, pattern, &args[1])?;
    let is_text = args[1].is_kind::<Str>();
    let string = found.string.get();
    let has_text = string.is_kind::<Str>();
    let mut out = Vec::new();
    let data = if has_text { None } else { buffer::bytes_of(&string) };
    let subject = match (&data, Subject::of(&string)) {
        (Some(data), _) => data.to_vec(),
        (None, Some(subject)) => subject.data.to_vec(),
        (None, None) => Vec::new(),
    };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(characters) => out.extend(encode(characters, is_text)),
            Piece::Group(number) => {
                if has_text != is_text && found.found.slots[number * 2] != NOWHERE {
                    let part = found.part(*number, &Value::NONE);
                    let wanted = if is_text { "str instance" } else { "a bytes-like object" };
                    let message = format!("sequence item {index}: expected {wanted}, {{}} found");
                    return Err(protocol::type_mismatch(ctx, &message, &part));
                }
                fill(&[Part::Group(*number)], &subject, &found.found, &mut out);
            }
        }
    }
    Ok(value_of(out, is_text))
}
