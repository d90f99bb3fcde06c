//! The methods of `str` that search, cut, join and pad.
//!
//! Positions in arguments and results count characters; the algorithms of the text floor count bytes. For ASCII text the
//! two are the same.
//!
//! Source: Standard Library "String Methods".

use super::ctx::Ctx;
use super::heap::Obj;
use super::int::{from_i64, from_usize};
use super::iterator::{self, Walk};
use super::kind::Kind;
use super::list::{List, new_list};
use super::native::{Action, Control, Input, NativeFrame, PyResult};
use super::protocol;
use super::shape::ShapeId;
use super::str_methods::{LONG, check_length, exact, new_part, part_of, this};
use super::string::{Str, is_exact, new_ascii, new_str};
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use crate::text::has_room;
use crate::text::search::{self, Ends, Justify};

crate::natives! { pub(crate) static METHODS:
    /// Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].
    ///
    /// Optional arguments start and end are interpreted as in slice notation.
    /// Return -1 on failure.
    method "find(self, sub, start=None, end=None, /)" => |ctx, args| found(ctx, args, "find", search::find);
    /// Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].
    ///
    /// Optional arguments start and end are interpreted as in slice notation.
    /// Return -1 on failure.
    method "rfind(self, sub, start=None, end=None, /)" => |ctx, args| found(ctx, args, "rfind", search::rfind);
    /// Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].
    ///
    /// Optional arguments start and end are interpreted as in slice notation.
    /// Raises ValueError when the substring is not found.
    method "index(self, sub, start=None, end=None, /)" => |ctx, args| { let found = found(ctx, args, "index", search::find)?; must_be_found(ctx, found) };
    /// Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].
    ///
    /// Optional arguments start and end are interpreted as in slice notation.
    /// Raises ValueError when the substring is not found.
    method "rindex(self, sub, start=None, end=None, /)" => |ctx, args| { let found = found(ctx, args, "rindex", search::rfind)?; must_be_found(ctx, found) };
    /// Return the number of non-overlapping occurrences of substring sub in string S[start:end].
    ///
    /// Optional arguments start and end are interpreted as in slice notation.
    method "count(self, sub, start=None, end=None, /)" => count;
    /// Return True if the string starts with the specified prefix, False otherwise.
    ///
    ///   prefix
    ///     A string or a tuple of strings to try.
    ///   start
    ///     Optional start position. Default: start of the string.
    ///   end
    ///     Optional stop position. Default: end of the string.
    method "startswith(self, prefix, start=None, end=None, /)" => |ctx, args| at_end(ctx, args, "startswith", |text, part| text.starts_with(part));
    /// Return True if the string ends with the specified suffix, False otherwise.
    ///
    ///   suffix
    ///     A string or a tuple of strings to try.
    ///   start
    ///     Optional start position. Default: start of the string.
    ///   end
    ///     Optional stop position. Default: end of the string.
    method "endswith(self, suffix, start=None, end=None, /)" => |ctx, args| at_end(ctx, args, "endswith", |text, part| text.ends_with(part));
    /// Return a copy with all occurrences of substring old replaced by new.
    ///
    ///   count
    ///     Maximum number of occurrences to replace.
    ///     -1 (the default value) means replace all occurrences.
    ///
    /// If the optional argument count is given, only the first count occurrences are
    /// replaced.
    method "replace(self, old, new, /, count=-1)" => replace;
    /// Return a str with the given prefix string removed if present.
    ///
    /// If the string starts with the prefix string, return string[len(prefix):].
    /// Otherwise, return a copy of the original string.
    method "removeprefix(self, prefix, /)" => |ctx, args| removed(ctx, args, "removeprefix", |text, part| text.strip_prefix(part));
    /// Return a str with the given suffix string removed if present.
    ///
    /// If the string ends with the suffix string and that suffix is not empty,
    /// return string[:-len(suffix)]. Otherwise, return a copy of the original
    /// string.
    method "removesuffix(self, suffix, /)" => |ctx, args| removed(ctx, args, "removesuffix", |text, part| text.strip_suffix(part));
    /// Return a copy of the string with leading and trailing whitespace removed.
    ///
    /// If chars is given and not None, remove characters in chars instead.
    method "strip(self, chars=None, /)" => |ctx, args| stripped(ctx, args, "strip", Ends::Both);
    /// Return a copy of the string with leading whitespace removed.
    ///
    /// If chars is given and not None, remove characters in chars instead.
    method "lstrip(self, chars=None, /)" => |ctx, args| stripped(ctx, args, "lstrip", Ends::Left);
    /// Return a copy of the string with trailing whitespace removed.
    ///
    /// If chars is given and not None, remove characters in chars instead.
    method "rstrip(self, chars=None, /)" => |ctx, args| stripped(ctx, args, "rstrip", Ends::Right);
    /// Return a list of the substrings in the string, using sep as the separator string.
    ///
    ///   sep
    ///     The separator used to split the string.
    ///
    ///     When set to None (the default value), will split on any whitespace
    ///     character (including \n \r \t \f and spaces) and will discard
    ///     empty strings from the result.
    ///   maxsplit
    ///     Maximum number of splits.
    ///     -1 (the default value) means no limit.
    ///
    /// Splitting starts at the front of the string and works to the end.
    ///
    /// Note, str.split() is mainly useful for data that has been intentionally
    /// delimited.  With natural text that includes punctuation, consider using
    /// the regular expression module.
    method "split(self, /, sep=None, maxsplit=-1)" => |ctx, args| split(ctx, args, search::split_space, search::split);
    /// Return a list of the substrings in the string, using sep as the separator string.
    ///
    ///   sep
    ///     The separator used to split the string.
    ///
    ///     When set to None (the default value), will split on any whitespace
    ///     character (including \n \r \t \f and spaces) and will discard
    ///     empty strings from the result.
    ///   maxsplit
    ///     Maximum number of splits.
    ///     -1 (the default value) means no limit.
    ///
    /// Splitting starts at the end of the string and works to the front.
    method "rsplit(self, /, sep=None, maxsplit=-1)" => |ctx, args| split(ctx, args, search::rsplit_space, search::rsplit);
    /// Return a list of the lines in the string, breaking at line boundaries.
    ///
    /// Line breaks are not included in the resulting list unless keepends is given and
    /// true.
    method "splitlines(self, /, keepends=False)" => split_lines;
    /// Partition the string into three parts using the given separator.
    ///
    /// This will search for the separator in the string.  If the separator is found,
    /// returns a 3-tuple containing the part before the separator, the separator
    /// itself, and the part after it.
    ///
    /// If the separator is not found, returns a 3-tuple containing the original string
    /// and two empty strings.
    method "partition(self, sep, /)" => partition;
    /// Partition the string into three parts using the given separator.
    ///
    /// This will search for the separator in the string, starting at the end. If
    /// the separator is found, returns a 3-tuple containing the part before the
    /// separator, the separator itself, and the part after it.
    ///
    /// If the separator is not found, returns a 3-tuple containing two empty strings
    /// and the original string.
    method "rpartition(self, sep, /)" => rpartition;
    /// Concatenate any number of strings.
    ///
    /// The string whose method is called is inserted in between each given string.
    /// The result is returned as a new string.
    ///
    /// Example: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'
    control method "join(self, iterable, /)" => join_at_once;
    /// Return a left-justified string of length width.
    ///
    /// Padding is done using the specified fill character (default is a space).
    method "ljust(self, width, fillchar=' ', /)" => |ctx, args| justified(ctx, args, Justify::Left);
    /// Return a right-justified string of length width.
    ///
    /// Padding is done using the specified fill character (default is a space).
    method "rjust(self, width, fillchar=' ', /)" => |ctx, args| justified(ctx, args, Justify::Right);
    /// Return a centered string of length width.
    ///
    /// Padding is done using the specified fill character (default is a space).
    method "center(self, width, fillchar=' ', /)" => |ctx, args| justified(ctx, args, Justify::Center);
    /// Pad a numeric string with zeros on the left, to fill a field of the given width.
    ///
    /// The string is never truncated.
    method "zfill(self, width, /)" => zero_fill;
    /// Return a copy where all tab characters are expanded using spaces.
    ///
    /// If tabsize is not given, a tab size of 8 characters is assumed.
    method "expandtabs(self, /, tabsize=8)" => expand_tabs;
}

/// An optional bound of a search: None or an index.
///
/// # Errors
/// TypeError; what `__index__` raises.
pub(super) fn search_bound(ctx: &mut Ctx, value: &Value) -> PyResult<Option<i64>> {
    if value.is_empty() || value.is_none() {
        return Ok(None);
    }
    if !super::int::is_int(value) && protocol::lookup_special(ctx, value, &ctx.names.__index__).is_none() {
        return Err(ctx.type_error("slice indices must be integers or None or have an __index__ method"));
    }
    protocol::convert::as_clamped_index(ctx, value).map(|bound| Some(bound as i64))
}

/// Part of `self` between the bounds in arguments 2 and 3, with the index of its first character; None when the start
/// lies behind the end.
fn window<'a>(ctx: &mut Ctx, text: &'a Obj<Str>, args: &[Value]) -> PyResult<Option<(&'a str, usize)>> {
    let (start, end) = (search_bound(ctx, &args[2])?, search_bound(ctx, &args[3])?);
    if start.is_none() && end.is_none() {
        return Ok(Some((text.as_str(), 0)));
    }
    let range = search::bounds(text.char_len(), start, end);
    if range.start > range.end {
        return Ok(None);
    }
    Ok(Some((text.substring(range.start, range.end), range.start)))
}

fn expect_argument<'a>(ctx: &mut Ctx, value: &'a Value, function: &str) -> PyResult<&'a Obj<Str>> {
    protocol::text::expect_str(ctx, value, &format!("{function}() argument 1 must be str, not {{}}"))
}

fn found(ctx: &mut Ctx, args: &[Value], function: &str, find: fn(&str, &str) -> Option<usize>) -> PyResult {
    let text = this(ctx, args)?;
    let part = expect_argument(ctx, &args[1], function)?;
    let Some((window, first)) = window(ctx, text, args)? else { return Ok(from_i64(-1)) };
    Ok(match find(window, part.as_str()) {
        Some(at) if text.is_ascii() => from_usize(first + at),
        Some(at) => from_usize(first + search::char_count(&window[..at])),
        None => from_i64(-1),
    })
}

fn must_be_found(ctx: &mut Ctx, position: Value) -> PyResult {
    if position.as_small_int() == Some(-1) { Err(ctx.value_error("substring not found")) } else { Ok(position) }
}

fn count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let part = expect_argument(ctx, &args[1], "count")?;
    let Some((window, _)) = window(ctx, text, args)? else { return Ok(from_i64(0)) };
    Ok(from_usize(search::count(window, part.as_str())))
}

fn at_end(ctx: &mut Ctx, args: &[Value], function: &str, test: fn(&str, &str) -> bool) -> PyResult {
    let text = this(ctx, args)?;
    let window = window(ctx, text, args)?.map(|(window, _)| window);
    let holds = |part: &Obj<Str>| Value::bool(window.is_some_and(|window| test(window, part.as_str())));
    if let Some(part) = args[1].downcast_ref::<Str>() {
        return Ok(holds(part));
    }
    let Some(parts) = args[1].downcast_ref::<Tuple>() else {
        let message = format!("{function} first arg must be str or a tuple of str, not {{}}");
        return Err(protocol::type_mismatch(ctx, &message, &args[1]));
    };
    for part in parts.items() {
        let message = format!("tuple for {function} must only contain str, not {{}}");
        let part = protocol::text::expect_str(ctx, part, &message)?;
        if holds(part).as_bool() == Some(true) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

/// A count argument that is unlimited when negative or missing.
///
/// # Errors
/// TypeError; OverflowError.
pub(super) fn limit(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    if value.is_empty() {
        return Ok(usize::MAX);
    }
    Ok(usize::try_from(protocol::as_isize(ctx, value)?).unwrap_or(usize::MAX))
}

fn replace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let old = protocol::text::expect_str(ctx, &args[1], "replace() argument 1 must be str, not {}")?;
    let new = protocol::text::expect_str(ctx, &args[2], "replace() argument 2 must be str, not {}")?;
    let limit = limit(ctx, &args[3])?;
    if new.as_str().len() > old.as_str().len() {
        // Bound the result before it is built.
        let most = text.as_str().len() / old.as_str().len().max(1) + 1;
        if most.saturating_mul(new.as_str().len()) > LONG {
            let times = search::count(text.as_str(), old.as_str()).min(limit);
            check_length(ctx, text.as_str().len() + times.saturating_mul(new.as_str().len()))?;
        }
    }
    Ok(match search::replace(text.as_str(), old.as_str(), new.as_str(), limit) {
        Some(result) => new_str(result).into_value(),
        None => exact(text),
    })
}

fn removed(
    ctx: &mut Ctx,
    args: &[Value],
    function: &str,
    remove: for<'a> fn(&'a str, &str) -> Option<&'a str>,
) -> PyResult {
    let text = this(ctx, args)?;
    let part = protocol::text::expect_str(ctx, &args[1], &format!("{function}() argument must be str, not {{}}"))?;
    Ok(match remove(text.as_str(), part.as_str()) {
        Some(rest) => part_of(text, rest),
        None => exact(text),
    })
}

fn stripped(ctx: &mut Ctx, args: &[Value], function: &str, ends: Ends) -> PyResult {
    let text = this(ctx, args)?;
    let characters = if args[1].is_empty() || args[1].is_none() {
        None
    } else {
        Some(protocol::text::expect_str(ctx, &args[1], &format!("{function} arg must be None or str"))?.as_str())
    };
    Ok(part_of(text, search::strip(text.as_str(), characters, ends)))
}

type SplitSpace = for<'a> fn(&'a str, usize) -> Vec<&'a str>;
type Split = for<'a> fn(&'a str, &str, usize) -> Vec<&'a str>;

fn split(ctx: &mut Ctx, args: &[Value], at_space: SplitSpace, at_separator: Split) -> PyResult {
    let text = this(ctx, args)?;
    let limit = limit(ctx, &args[2])?;
    let parts = if args[1].is_empty() || args[1].is_none() {
        at_space(text.as_str(), limit)
    } else {
        let separator = protocol::text::expect_str(ctx, &args[1], "must be str or None, not {}")?;
        if separator.as_str().is_empty() {
            return Err(ctx.value_error("empty separator"));
        }
        at_separator(text.as_str(), separator.as_str(), limit)
    };
    Ok(list_of_parts(text, &parts))
}

fn list_of_parts(text: &Obj<Str>, parts: &[&str]) -> Value {
    let parts = match parts {
        [part] => vec![part_of(text, part)],
        _ if text.is_ascii() => parts.iter().map(|part| new_ascii(part)).collect(),
        _ => parts.iter().map(|part| new_part(part)).collect(),
    };
    new_list(parts).into_value()
}

fn split_lines(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let keep_ends = !args[1].is_empty() && protocol::truth(ctx, &args[1])?;
    Ok(list_of_parts(text, &search::split_lines(text.as_str(), keep_ends)))
}

fn separator<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Str>> {
    let separator = protocol::text::expect_str(ctx, value, "must be str, not {}")?;
    if separator.as_str().is_empty() { Err(ctx.value_error("empty separator")) } else { Ok(separator) }
}

fn partition(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let separator = separator(ctx, &args[1])?;
    let empty = || ctx.names.empty.clone();
    Ok(match search::partition(text.as_str(), separator.as_str()) {
        Some((before, after)) => new_tuple([new_part(before), exact(separator), new_part(after)]),
        None => new_tuple([exact(text), empty(), empty()]),
    }
    .into_value())
}

fn rpartition(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let separator = separator(ctx, &args[1])?;
    let empty = || ctx.names.empty.clone();
    Ok(match search::rpartition(text.as_str(), separator.as_str()) {
        Some((before, after)) => new_tuple([new_part(before), exact(separator), new_part(after)]),
        None => new_tuple([empty(), empty(), exact(text)]),
    }
    .into_value())
}

/// `separator.join(iterable)` when the items come without a frame.
fn join_at_once(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let shape = args[1].header().map(|header| header.shape());
    if shape == Some(ShapeId::exact(Kind::List)) || shape == Some(ShapeId::exact(Kind::Tuple)) {
        return join_items(ctx, &args[0], &args[1]).map(Control::Return);
    }
    match iterator::collect_at_once(ctx, &args[1])? {
        Some(items) => {
            let separator = this(ctx, args)?;
            join_values(ctx, separator.as_str(), &items).map(Control::Return)
        }
        None => Ok(Control::Step(join, args.iter().cloned().collect())),
    }
}

/// `separator.join(iterable)`: a list or tuple is joined as it stands, anything else is collected first, in local 2.
fn join(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    let separator = frame.local(0);
    let iterable = frame.local(1);
    if matches!(input, Input::Start) {
        let shape = iterable.header().map(|header| header.shape());
        if shape == Some(ShapeId::exact(Kind::List)) || shape == Some(ShapeId::exact(Kind::Tuple)) {
            return join_items(ctx, &separator, &iterable).map(Action::Return);
        }
        let iterable_names = [ctx.names.__iter__.clone(), ctx.names.__getitem__.clone()];
        if !iterable_names.iter().any(|name| protocol::lookup_special(ctx, &iterable, name).is_some()) {
            return Err(ctx.type_error("can only join an iterable"));
        }
        frame.set_local(2, new_list(Vec::new()).into_value());
    }
    let items = frame.local(2);
    let walked = iterator::walk_with(ctx, frame, input, 1, Some(iterator::list_sink::<2>), |_, item| {
        if let Some(items) = items.downcast_ref::<List>() {
            items.push(item);
        }
        Ok(true)
    })?;
    match walked {
        Walk::Wait(action) => Ok(action),
        Walk::Done => join_items(ctx, &separator, &items).map(Action::Return),
    }
}

/// Joins the items of a list or tuple.
fn join_items(ctx: &mut Ctx, separator: &Value, items: &Value) -> PyResult {
    let separator = protocol::text::expect_str(ctx, separator, "descriptor 'join' requires a 'str' object, not '{}'")?;
    if let Some(tuple) = items.downcast_ref::<Tuple>() {
        return join_values(ctx, separator.as_str(), tuple.items());
    }
    let Some(list) = items.downcast_ref::<List>() else { return Ok(ctx.names.empty.clone()) };
    // Nothing below runs Python code while the borrow lasts, except for the error, which comes after it.
    let joined = try_join(separator.as_str(), &list.items.borrow());
    finish_join(ctx, joined)
}

/// `separator.join(items)` for items at hand.
///
/// # Errors
/// TypeError for an item that is no str; MemoryError.
pub fn join_values(ctx: &mut Ctx, separator: &str, items: &[Value]) -> PyResult {
    let joined = try_join(separator, items);
    finish_join(ctx, joined)
}

fn finish_join(ctx: &mut Ctx, joined: Result<Value, JoinFailure>) -> PyResult {
    match joined {
        Ok(text) => Ok(text),
        Err(JoinFailure::NoStr(index, item)) => {
            let class = protocol::class_name(ctx, &item);
            Err(ctx.type_error(format!("sequence item {index}: expected str instance, {class} found")))
        }
        Err(JoinFailure::TooLong(length)) => check_length(ctx, length).map(|()| Value::NONE),
    }
}

enum JoinFailure {
    /// An item is no str.
    NoStr(usize, Value),
    /// The result would be too long.
    TooLong(usize),
}

fn try_join(separator: &str, items: &[Value]) -> Result<Value, JoinFailure> {
    if let [only] = items
        && let Some(text) = only.downcast_ref::<Str>()
        && is_exact(text)
    {
        return Ok(only.clone());
    }
    let mut length = separator.len().saturating_mul(items.len().saturating_sub(1));
    for (index, item) in items.iter().enumerate() {
        match item.downcast_ref::<Str>() {
            Some(text) => length = length.saturating_add(text.as_str().len()),
            None => return Err(JoinFailure::NoStr(index, item.clone())),
        }
    }
    if length > super::str_methods::MAX_LENGTH || !has_room(length) {
        return Err(JoinFailure::TooLong(length));
    }
    let mut out = String::with_capacity(length);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        if let Some(text) = item.downcast_ref::<Str>() {
            out.push_str(text.as_str());
        }
    }
    Ok(new_str(out).into_value())
}

fn justified(ctx: &mut Ctx, args: &[Value], to: Justify) -> PyResult {
    let text = this(ctx, args)?;
    let width = protocol::as_isize(ctx, &args[1])?.max(0) as usize;
    let fill = if args[2].is_empty() {
        " "
    } else {
        let fill = protocol::text::expect_str(ctx, &args[2], "The fill character must be a unicode character, not {}")?;
        if fill.char_len() != 1 {
            return Err(ctx.type_error("The fill character must be exactly one character long"));
        }
        fill.as_str()
    };
    let length = text.char_len();
    check_length(ctx, text.as_str().len().saturating_add(width.saturating_sub(length).saturating_mul(fill.len())))?;
    Ok(match search::justify(text.as_str(), length, width, fill, to) {
        Some(result) => new_str(result).into_value(),
        None => exact(text),
    })
}

fn zero_fill(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let width = protocol::as_isize(ctx, &args[1])?.max(0) as usize;
    let length = text.char_len();
    if width <= length {
        return Ok(exact(text));
    }
    check_length(ctx, width)?;
    Ok(new_str(search::zero_fill(text.as_str(), length, width)).into_value())
}

fn expand_tabs(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let size = if args[1].is_empty() { 8 } else { protocol::convert::as_i32(ctx, &args[1])? };
    let tabs = memchr::memchr_iter(b'\t', text.as_str().as_bytes()).count();
    check_length(ctx, text.as_str().len().saturating_add(tabs.saturating_mul(size.max(0) as usize)))?;
    Ok(new_str(search::expand_tabs(text.as_str(), i64::from(size))).into_value())
}
