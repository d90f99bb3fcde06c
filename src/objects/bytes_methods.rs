//! The methods that `bytes` and `bytearray` share.
//!
//! One table serves both classes. `self` is seen as a slice of bytes (a copy for `bytearray`, since Python code may run
//! while it is used), and results are made of the kind of `self`. A `bytes` that a method leaves as it is, is returned.
//!
//! Source: Standard Library "Bytes and Bytearray Operations".

use std::borrow::Cow;

use super::buffer::{bytes_of, expect_bytes, is_bytes_like};
use super::bytes::{self, ByteArray, Bytes, new_bytearray, new_bytes};
use super::codec;
use super::ctx::Ctx;
use super::int::{from_i64, from_usize, is_int, to_i64};
use super::iterator;
use super::kind::Kind;
use super::list::new_list;
use super::native::PyResult;
use super::protocol::{self, compare};
use super::shape::ShapeId;
use super::slice::{self, Slice};
use super::str_methods::{LONG, check_length, repeat_count};
use super::str_search::{limit, search_bound};
use super::string::Str;
use super::tuple::{Tuple, new_tuple};
use super::value::Value;
use crate::code::Comparison;
use crate::text::search::{self, Ends, Justify};

crate::natives! { pub(crate) static METHODS:
    /// Return len(self).
    method "__len__(self, /)" => |_, args| Ok(from_usize(length(&args[0])));
    /// Return self[key].
    method "__getitem__(self, key, /)" => item;
    /// Return bool(key in self).
    method "__contains__(self, key, /)" => contains;
    /// Implement iter(self).
    method "__iter__(self, /)" => |ctx, args| Ok(iterator::bytes_iterator(ctx, &args[0]));
    /// Return self==value.
    method "__eq__(self, value, /)" => |_, args| Ok(compared(args, Comparison::Equal));
    /// Return self!=value.
    method "__ne__(self, value, /)" => |_, args| Ok(compared(args, Comparison::NotEqual));
    /// Return self<value.
    method "__lt__(self, value, /)" => |_, args| Ok(compared(args, Comparison::Less));
    /// Return self<=value.
    method "__le__(self, value, /)" => |_, args| Ok(compared(args, Comparison::LessEqual));
    /// Return self>value.
    method "__gt__(self, value, /)" => |_, args| Ok(compared(args, Comparison::Greater));
    /// Return self>=value.
    method "__ge__(self, value, /)" => |_, args| Ok(compared(args, Comparison::GreaterEqual));
    /// Return self+value.
    method "__add__(self, value, /)" => add;
    /// Return self*value.
    method "__mul__(self, value, /)" => repeat;
    /// Return value*self.
    method "__rmul__(self, value, /)" => repeat;
    /// Return the lowest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
    ///
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    ///
    /// Return -1 on failure.
    method "find(self, sub, start=None, end=None, /)" => |ctx, args| found(ctx, args, search::find);
    /// Return the highest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
    ///
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    ///
    /// Return -1 on failure.
    method "rfind(self, sub, start=None, end=None, /)" => |ctx, args| found(ctx, args, search::rfind);
    /// Return the lowest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
    ///
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    ///
    /// Raise ValueError if the subsection is not found.
    method "index(self, sub, start=None, end=None, /)" => |ctx, args| { let found = found(ctx, args, search::find)?; must_be_found(ctx, found) };
    /// Return the highest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
    ///
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    ///
    /// Raise ValueError if the subsection is not found.
    method "rindex(self, sub, start=None, end=None, /)" => |ctx, args| { let found = found(ctx, args, search::rfind)?; must_be_found(ctx, found) };
    /// Return the number of non-overlapping occurrences of subsection 'sub' in bytes B[start:end].
    ///
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    method "count(self, sub, start=None, end=None, /)" => count;
    /// Return True if the bytes starts with the specified prefix, False otherwise.
    ///
    ///   prefix
    ///     A bytes or a tuple of bytes to try.
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    method "startswith(self, prefix, start=None, end=None, /)" => |ctx, args| at_end(ctx, args, "startswith", |data, part| data.starts_with(part));
    /// Return True if the bytes ends with the specified suffix, False otherwise.
    ///
    ///   suffix
    ///     A bytes or a tuple of bytes to try.
    ///   start
    ///     Optional start position. Default: start of the bytes.
    ///   end
    ///     Optional stop position. Default: end of the bytes.
    method "endswith(self, suffix, start=None, end=None, /)" => |ctx, args| at_end(ctx, args, "endswith", |data, part| data.ends_with(part));
    /// Return a copy with all occurrences of substring old replaced by new.
    ///
    ///   count
    ///     Maximum number of occurrences to replace.
    ///     -1 (the default value) means replace all occurrences.
    ///
    /// If the optional argument count is given, only the first count occurrences are
    /// replaced.
    method "replace(self, old, new, count=-1, /)" => replace;
    /// Return a bytes object with the given prefix string removed if present.
    ///
    /// If the bytes starts with the prefix string, return bytes[len(prefix):].
    /// Otherwise, return a copy of the original bytes.
    method "removeprefix(self, prefix, /)" => |ctx, args| removed(ctx, args, |data, part| data.strip_prefix(part));
    /// Return a bytes object with the given suffix string removed if present.
    ///
    /// If the bytes ends with the suffix string and that suffix is not empty,
    /// return bytes[:-len(prefix)].  Otherwise, return a copy of the original
    /// bytes.
    method "removesuffix(self, suffix, /)" => |ctx, args| removed(ctx, args, |data, part| data.strip_suffix(part));
    /// Strip leading and trailing bytes contained in the argument.
    ///
    /// If the argument is omitted or None, strip leading and trailing ASCII whitespace.
    method "strip(self, bytes=None, /)" => |ctx, args| stripped(ctx, args, Ends::Both);
    /// Strip leading bytes contained in the argument.
    ///
    /// If the argument is omitted or None, strip leading  ASCII whitespace.
    method "lstrip(self, bytes=None, /)" => |ctx, args| stripped(ctx, args, Ends::Left);
    /// Strip trailing bytes contained in the argument.
    ///
    /// If the argument is omitted or None, strip trailing ASCII whitespace.
    method "rstrip(self, bytes=None, /)" => |ctx, args| stripped(ctx, args, Ends::Right);
    /// Return a list of the sections in the bytes, using sep as the delimiter.
    ///
    ///   sep
    ///     The delimiter according which to split the bytes.
    ///     None (the default value) means split on ASCII whitespace characters
    ///     (space, tab, return, newline, formfeed, vertical tab).
    ///   maxsplit
    ///     Maximum number of splits to do.
    ///     -1 (the default value) means no limit.
    method "split(self, /, sep=None, maxsplit=-1)" => |ctx, args| split(ctx, args, search::split_space, search::split);
    /// Return a list of the sections in the bytes, using sep as the delimiter.
    ///
    ///   sep
    ///     The delimiter according which to split the bytes.
    ///     None (the default value) means split on ASCII whitespace characters
    ///     (space, tab, return, newline, formfeed, vertical tab).
    ///   maxsplit
    ///     Maximum number of splits to do.
    ///     -1 (the default value) means no limit.
    ///
    /// Splitting is done starting at the end of the bytes and working to the front.
    method "rsplit(self, /, sep=None, maxsplit=-1)" => |ctx, args| split(ctx, args, search::rsplit_space, search::rsplit);
    /// Return a list of the lines in the bytes, breaking at line boundaries.
    ///
    /// Line breaks are not included in the resulting list unless keepends is given and
    /// true.
    method "splitlines(self, /, keepends=False)" => split_lines;
    /// Partition the bytes into three parts using the given separator.
    ///
    /// This will search for the separator sep in the bytes. If the separator is found,
    /// returns a 3-tuple containing the part before the separator, the separator
    /// itself, and the part after it.
    ///
    /// If the separator is not found, returns a 3-tuple containing the original bytes
    /// object and two empty bytes objects.
    method "partition(self, sep, /)" => partition;
    /// Partition the bytes into three parts using the given separator.
    ///
    /// This will search for the separator sep in the bytes, starting at the end. If
    /// the separator is found, returns a 3-tuple containing the part before the
    /// separator, the separator itself, and the part after it.
    ///
    /// If the separator is not found, returns a 3-tuple containing two empty bytes
    /// objects and the original bytes object.
    method "rpartition(self, sep, /)" => rpartition;
    /// Concatenate any number of bytes objects.
    ///
    /// The bytes whose method is called is inserted in between each pair.
    ///
    /// The result is returned as a new bytes object.
    ///
    /// Example: b'.'.join([b'ab', b'pq', b'rs']) -> b'ab.pq.rs'.
    method "join(self, iterable_of_bytes, /)" => join;
    /// Return a left-justified string of length width.
    ///
    /// Padding is done using the specified fill character.
    method "ljust(self, width, fillchar=b' ', /)" => |ctx, args| justified(ctx, args, "ljust", Justify::Left);
    /// Return a right-justified string of length width.
    ///
    /// Padding is done using the specified fill character.
    method "rjust(self, width, fillchar=b' ', /)" => |ctx, args| justified(ctx, args, "rjust", Justify::Right);
    /// Return a centered string of length width.
    ///
    /// Padding is done using the specified fill character.
    method "center(self, width, fillchar=b' ', /)" => |ctx, args| justified(ctx, args, "center", Justify::Center);
    /// Pad a numeric string with zeros on the left, to fill a field of the given width.
    ///
    /// The original string is never truncated.
    method "zfill(self, width, /)" => zero_fill;
    /// Return a copy where all tab characters are expanded using spaces.
    ///
    /// If tabsize is not given, a tab size of 8 characters is assumed.
    method "expandtabs(self, /, tabsize=8)" => expand_tabs;
    /// Return a copy with each character mapped by the given translation table.
    ///
    ///   table
    ///     Translation table, which must be a bytes object of length 256.
    ///
    /// All characters occurring in the optional argument delete are removed.
    /// The remaining characters are mapped through the given translation table.
    method "translate(self, table, /, delete=b'')" => translate;
    /// Return a translation table usable for the bytes or bytearray translate method.
    ///
    /// The returned table will be one where each byte in frm is mapped to the byte at
    /// the same position in to.
    ///
    /// The bytes objects frm and to must be of the same length.
    staticmethod "maketrans(frm, to, /)" => make_translation;
    /// Decode the bytes using the codec registered for encoding.
    ///
    ///   encoding
    ///     The encoding with which to decode the bytes.
    ///   errors
    ///     The error handling scheme to use for the handling of decoding errors.
    ///     The default is 'strict' meaning that decoding errors raise a
    ///     UnicodeDecodeError. Other possible values are 'ignore' and 'replace'
    ///     as well as any other name registered with codecs.register_error that
    ///     can handle UnicodeDecodeErrors.
    method "decode(self, /, encoding='utf-8', errors='strict')" => decode;
    /// Create a string of hexadecimal numbers from a bytes object.
    ///
    ///   sep
    ///     An optional single character or byte to separate hex bytes.
    ///   bytes_per_sep
    ///     How many bytes between separators.  Positive values count from the
    ///     right, negative values count from the left.
    ///
    /// Example:
    /// >>> value = b'\xb9\x01\xef'
    /// >>> value.hex()
    /// 'b901ef'
    /// >>> value.hex(':')
    /// 'b9:01:ef'
    /// >>> value.hex(':', 2)
    /// 'b9:01ef'
    /// >>> value.hex(':', -2)
    /// 'b901:ef'
    method "hex(self, /, sep=<unrepresentable>, bytes_per_sep=1)" => hex;
    /// B.capitalize() -> copy of B
    ///
    /// Return a copy of B with only its first character capitalized (ASCII)
    /// and the rest lower-cased.
    method "capitalize(self, /)" => |_, args| Ok(mapped(args, |data| { data.make_ascii_lowercase(); data[..1].make_ascii_uppercase(); }));
    /// B.lower() -> copy of B
    ///
    /// Return a copy of B with all ASCII characters converted to lowercase.
    method "lower(self, /)" => |_, args| Ok(mapped(args, |data| data.make_ascii_lowercase()));
    /// B.upper() -> copy of B
    ///
    /// Return a copy of B with all ASCII characters converted to uppercase.
    method "upper(self, /)" => |_, args| Ok(mapped(args, |data| data.make_ascii_uppercase()));
    /// B.swapcase() -> copy of B
    ///
    /// Return a copy of B with uppercase ASCII characters converted
    /// to lowercase ASCII and vice versa.
    method "swapcase(self, /)" => |_, args| Ok(mapped(args, swap_case));
    /// B.title() -> copy of B
    ///
    /// Return a titlecased version of B, i.e. ASCII words start with uppercase
    /// characters, all remaining cased characters have lowercase.
    method "title(self, /)" => |_, args| Ok(mapped(args, title));
    /// B.isalnum() -> bool
    ///
    /// Return True if all characters in B are alphanumeric
    /// and there is at least one character in B, False otherwise.
    method "isalnum(self, /)" => |_, args| Ok(all(args, |b| b.is_ascii_alphanumeric()));
    /// B.isalpha() -> bool
    ///
    /// Return True if all characters in B are alphabetic
    /// and there is at least one character in B, False otherwise.
    method "isalpha(self, /)" => |_, args| Ok(all(args, |b| b.is_ascii_alphabetic()));
    /// B.isascii() -> bool
    ///
    /// Return True if B is empty or all characters in B are ASCII,
    /// False otherwise.
    method "isascii(self, /)" => |_, args| Ok(Value::bool(this(&args[0]).is_ascii()));
    /// B.isdigit() -> bool
    ///
    /// Return True if all characters in B are digits
    /// and there is at least one character in B, False otherwise.
    method "isdigit(self, /)" => |_, args| Ok(all(args, |b| b.is_ascii_digit()));
    /// B.islower() -> bool
    ///
    /// Return True if all cased characters in B are lowercase and there is
    /// at least one cased character in B, False otherwise.
    method "islower(self, /)" => |_, args| Ok(one_case(args, u8::is_ascii_lowercase, u8::is_ascii_uppercase));
    /// B.isspace() -> bool
    ///
    /// Return True if all characters in B are whitespace
    /// and there is at least one character in B, False otherwise.
    method "isspace(self, /)" => |_, args| Ok(all(args, |b| matches!(b, b' ' | b'\t'..=b'\r')));
    /// B.istitle() -> bool
    ///
    /// Return True if B is a titlecased string and there is at least one
    /// character in B, i.e. uppercase characters may only follow uncased
    /// characters and lowercase characters only cased ones. Return False
    /// otherwise.
    method "istitle(self, /)" => is_title;
    /// B.isupper() -> bool
    ///
    /// Return True if all cased characters in B are uppercase and there is
    /// at least one cased character in B, False otherwise.
    method "isupper(self, /)" => |_, args| Ok(one_case(args, u8::is_ascii_uppercase, u8::is_ascii_lowercase));
}

/// The bytes of `self`.
pub(super) fn this(value: &Value) -> Cow<'_, [u8]> {
    bytes_of(value).unwrap_or_default()
}

fn length(value: &Value) -> usize {
    match value.downcast_ref::<ByteArray>() {
        Some(array) => array.data.borrow().len(),
        None => value.downcast_ref::<Bytes>().map_or(0, |bytes| bytes.data.len()),
    }
}

/// New bytes of the kind of `self`.
pub(super) fn like(this: &Value, data: Vec<u8>) -> Value {
    if this.is_kind::<ByteArray>() { new_bytearray(data).into_value() } else { new_bytes(data).into_value() }
}

/// A part of `self`: the very object when it is a `bytes` and the part is all of it.
fn part_like(this: &Value, part: &[u8]) -> Value {
    let is_exact = this.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Bytes));
    if is_exact && part.len() == length(this) { this.clone() } else { like(this, part.to_vec()) }
}

/// A byte or bytes to look for: an int or a bytes-like object.
fn sought<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<Cow<'a, [u8]>> {
    if is_bytes_like(value) {
        return expect_bytes(ctx, value);
    }
    if is_int(value) || protocol::lookup_special(ctx, value, &ctx.names.__index__).is_some() {
        return Ok(Cow::Owned(vec![bytes::byte_item(ctx, value, "byte")?]));
    }
    Err(protocol::type_mismatch(ctx, "argument should be integer or bytes-like object, not '{}'", value))
}

fn item(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if let Some(slice) = args[1].downcast_ref::<Slice>() {
        let bounds = slice::unpack(ctx, slice)?;
        let data = this(&args[0]);
        let (start, _, count) = slice::adjust(data.len(), bounds.0, bounds.1, bounds.2);
        if bounds.2 == 1 {
            let start = if count == 0 { 0 } else { start as usize };
            return Ok(part_like(&args[0], &data[start..start + count]));
        }
        return Ok(like(&args[0], slice::selected(start, bounds.2, count).map(|index| data[index]).collect()));
    }
    let index = position(ctx, &args[0], &args[1])?;
    let byte = match args[0].downcast_ref::<ByteArray>() {
        Some(array) => array.data.borrow().get(index).copied(),
        None => args[0].downcast_ref::<Bytes>().and_then(|bytes| bytes.data.get(index).copied()),
    };
    match byte {
        Some(byte) => Ok(from_i64(i64::from(byte))),
        None => Err(out_of_range(ctx, &args[0])),
    }
}

#[cold]
fn out_of_range(ctx: &mut Ctx, this: &Value) -> super::Raised {
    ctx.index_error(if this.is_kind::<ByteArray>() { "bytearray index out of range" } else { "index out of range" })
}

/// An index into `self`, negative ones resolved.
///
/// # Errors
/// TypeError; IndexError.
pub(super) fn position(ctx: &mut Ctx, this: &Value, key: &Value) -> PyResult<usize> {
    if !is_int(key) && protocol::lookup_special(ctx, key, &ctx.names.__index__).is_none() {
        let kind = if this.is_kind::<ByteArray>() { "bytearray" } else { "byte" };
        let message = format!("{kind} indices must be integers or slices, not {{}}");
        return Err(protocol::type_mismatch(ctx, &message, key));
    }
    let index = protocol::convert::as_sequence_index(ctx, key)?;
    let length = length(this);
    let index = if index < 0 { index + length as isize } else { index };
    match usize::try_from(index) {
        Ok(index) if index < length => Ok(index),
        _ => Err(out_of_range(ctx, this)),
    }
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let part = if is_int(&args[1]) || protocol::lookup_special(ctx, &args[1], &ctx.names.__index__).is_some() {
        Cow::Owned(vec![bytes::byte_item(ctx, &args[1], "byte")?])
    } else {
        expect_bytes(ctx, &args[1])?
    };
    Ok(Value::bool(search::find::<[u8]>(&this(&args[0]), &part).is_some()))
}

fn compared(args: &[Value], op: Comparison) -> Value {
    // A bytes knows only bytes; a bytearray compares with every bytes-like object.
    if !args[0].is_kind::<ByteArray>() && !args[1].is_kind::<Bytes>() {
        return Value::NOT_IMPLEMENTED;
    }
    match bytes_of(&args[1]) {
        Some(other) => compare::ordering_result(op, this(&args[0]).cmp(&other)),
        None => Value::NOT_IMPLEMENTED,
    }
}

fn add(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let kind = if args[0].is_kind::<ByteArray>() { "bytearray" } else { "bytes" };
    let message = format!("can't concat {{}} to {kind}");
    let more = super::buffer::expect_bytes_or(ctx, &args[1], &message)?;
    let data = this(&args[0]);
    if more.is_empty() {
        return Ok(part_like(&args[0], &data));
    }
    check_length(ctx, data.len() + more.len())?;
    Ok(like(&args[0], [&*data, &*more].concat()))
}

/// The bytes of `self * count`.
///
/// # Errors
/// TypeError, OverflowError, MemoryError.
pub(super) fn repeated(ctx: &mut Ctx, this: &[u8], count: &Value) -> PyResult<Vec<u8>> {
    let count = repeat_count(ctx, count)?;
    match this.len().checked_mul(count).filter(|length| isize::try_from(*length).is_ok()) {
        Some(length) => check_length(ctx, length)?,
        None => return Err(ctx.overflow_error("repeated bytes are too long")),
    }
    Ok(this.repeat(count))
}

fn repeat(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = repeated(ctx, &this(&args[0]), &args[1])?;
    Ok(if to_i64(&args[1]) == Some(1) { part_like(&args[0], &data) } else { like(&args[0], data) })
}

// Searching

fn window<'a>(ctx: &mut Ctx, data: &'a [u8], args: &[Value]) -> PyResult<Option<(&'a [u8], usize)>> {
    let (start, end) = (search_bound(ctx, &args[2])?, search_bound(ctx, &args[3])?);
    let range = search::bounds(data.len(), start, end);
    let first = range.start;
    Ok(data.get(range).map(|window| (window, first)))
}

fn found(ctx: &mut Ctx, args: &[Value], find: fn(&[u8], &[u8]) -> Option<usize>) -> PyResult {
    let part = sought(ctx, &args[1])?;
    let data = this(&args[0]);
    let window = window(ctx, &data, args)?;
    Ok(match window.and_then(|(window, first)| find(window, &part).map(|at| first + at)) {
        Some(at) => from_usize(at),
        None => from_i64(-1),
    })
}

fn must_be_found(ctx: &mut Ctx, position: Value) -> PyResult {
    if position.as_small_int() == Some(-1) { Err(ctx.value_error("subsection not found")) } else { Ok(position) }
}

fn count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let part = sought(ctx, &args[1])?;
    let data = this(&args[0]);
    let window = window(ctx, &data, args)?;
    Ok(from_usize(window.map_or(0, |(window, _)| search::count(window, &*part))))
}

fn at_end(ctx: &mut Ctx, args: &[Value], function: &str, test: fn(&[u8], &[u8]) -> bool) -> PyResult {
    let data = this(&args[0]);
    let window = window(ctx, &data, args)?.map(|(window, _)| window);
    if let Some(parts) = args[1].downcast_ref::<Tuple>() {
        for part in parts.items() {
            let part = expect_bytes(ctx, part)?;
            if window.is_some_and(|window| test(window, &part)) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    let message = format!("{function} first arg must be bytes or a tuple of bytes, not {{}}");
    let part = super::buffer::expect_bytes_or(ctx, &args[1], &message)?;
    Ok(Value::bool(window.is_some_and(|window| test(window, &part))))
}

fn replace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (old, new) = (expect_bytes(ctx, &args[1])?, expect_bytes(ctx, &args[2])?);
    let limit = limit(ctx, &args[3])?;
    let data = this(&args[0]);
    if new.len() > old.len() && data.len().saturating_mul(new.len()) > LONG {
        let times = search::count::<[u8]>(&data, &old).min(limit);
        check_length(ctx, data.len() + times.saturating_mul(new.len()))?;
    }
    Ok(match search::replace::<[u8]>(&data, &old, &new, limit) {
        Some(result) => like(&args[0], result),
        None => part_like(&args[0], &data),
    })
}

fn removed(ctx: &mut Ctx, args: &[Value], remove: for<'a> fn(&'a [u8], &[u8]) -> Option<&'a [u8]>) -> PyResult {
    let part = expect_bytes(ctx, &args[1])?;
    let data = this(&args[0]);
    Ok(part_like(&args[0], remove(&data, &part).unwrap_or(&data)))
}

fn stripped(ctx: &mut Ctx, args: &[Value], ends: Ends) -> PyResult {
    let bytes = if args[1].is_empty() || args[1].is_none() { None } else { Some(expect_bytes(ctx, &args[1])?) };
    let data = this(&args[0]);
    Ok(part_like(&args[0], search::strip::<[u8]>(&data, bytes.as_deref(), ends)))
}

type SplitSpace = for<'a> fn(&'a [u8], usize) -> Vec<&'a [u8]>;
type Split = for<'a> fn(&'a [u8], &[u8], usize) -> Vec<&'a [u8]>;

fn split(ctx: &mut Ctx, args: &[Value], at_space: SplitSpace, at_separator: Split) -> PyResult {
    let limit = limit(ctx, &args[2])?;
    let data = this(&args[0]);
    let parts = if args[1].is_empty() || args[1].is_none() {
        at_space(&data, limit)
    } else {
        let separator = separator(ctx, &args[1])?;
        at_separator(&data, &separator, limit)
    };
    Ok(list_of_parts(&args[0], &parts))
}

fn list_of_parts(this: &Value, parts: &[&[u8]]) -> Value {
    new_list(parts.iter().map(|part| part_like(this, part)).collect()).into_value()
}

fn separator<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<Cow<'a, [u8]>> {
    let separator = expect_bytes(ctx, value)?;
    if separator.is_empty() { Err(ctx.value_error("empty separator")) } else { Ok(separator) }
}

fn split_lines(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let keep_ends = !args[1].is_empty() && protocol::truth(ctx, &args[1])?;
    let data = this(&args[0]);
    Ok(list_of_parts(&args[0], &search::split_lines::<[u8]>(&data, keep_ends)))
}

fn partition(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let separator = separator(ctx, &args[1])?;
    let data = this(&args[0]);
    let part = |part: &[u8]| part_like(&args[0], part);
    Ok(match search::partition::<[u8]>(&data, &separator) {
        Some((before, after)) => new_tuple([part(before), part(&separator), part(after)]),
        None => new_tuple([part(&data), like(&args[0], Vec::new()), like(&args[0], Vec::new())]),
    }
    .into_value())
}

fn rpartition(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let separator = separator(ctx, &args[1])?;
    let data = this(&args[0]);
    let part = |part: &[u8]| part_like(&args[0], part);
    Ok(match search::rpartition::<[u8]>(&data, &separator) {
        Some((before, after)) => new_tuple([part(before), part(&separator), part(after)]),
        None => new_tuple([like(&args[0], Vec::new()), like(&args[0], Vec::new()), part(&data)]),
    }
    .into_value())
}

fn join(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let names = [ctx.names.__iter__.clone(), ctx.names.__getitem__.clone()];
    if !names.iter().any(|name| protocol::lookup_special(ctx, &args[1], name).is_some()) {
        return Err(ctx.type_error("can only join an iterable"));
    }
    let items = protocol::collect(ctx, &args[1])?;
    let separator = this(&args[0]);
    if let [only] = &items[..]
        && only.header().is_some_and(|header| header.shape() == ShapeId::exact(Kind::Bytes))
        && !args[0].is_kind::<ByteArray>()
    {
        return Ok(only.clone());
    }
    let mut data = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            // There is room for it since the item before.
            data.extend_from_slice(&separator);
        }
        let part = match bytes_of(item) {
            Some(part) => part,
            None => {
                let message = format!("sequence item {index}: expected a bytes-like object, {{}} found");
                super::buffer::expect_bytes_or(ctx, item, &message)?
            }
        };
        if data.try_reserve(part.len() + separator.len()).is_err() {
            return Err(ctx.memory_error(""));
        }
        data.extend_from_slice(&part);
    }
    Ok(like(&args[0], data))
}

// Padding

fn justified(ctx: &mut Ctx, args: &[Value], function: &str, to: Justify) -> PyResult {
    let width = protocol::as_isize(ctx, &args[1])?.max(0) as usize;
    let fill = if args[2].is_empty() {
        Cow::Borrowed(&b" "[..])
    } else {
        let is_bytes = args[2].is_kind::<Bytes>() || args[2].is_kind::<ByteArray>();
        match bytes_of(&args[2]).filter(|fill| is_bytes && fill.len() == 1) {
            Some(fill) => fill,
            None => {
                let message = format!("{function}() argument 2 must be a byte string of length 1, not {{}}");
                return Err(protocol::type_mismatch(ctx, &message, &args[2]));
            }
        }
    };
    check_length(ctx, width)?;
    let data = this(&args[0]);
    Ok(match search::justify::<[u8]>(&data, data.len(), width, &fill, to) {
        Some(result) => like(&args[0], result),
        None => part_like(&args[0], &data),
    })
}

fn zero_fill(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let width = protocol::as_isize(ctx, &args[1])?.max(0) as usize;
    check_length(ctx, width)?;
    let data = this(&args[0]);
    if width <= data.len() {
        return Ok(part_like(&args[0], &data));
    }
    Ok(like(&args[0], search::zero_fill::<[u8]>(&data, data.len(), width)))
}

fn expand_tabs(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let size = if args[1].is_empty() { 8 } else { protocol::convert::as_i32(ctx, &args[1])? };
    let data = this(&args[0]);
    let tabs = memchr::memchr_iter(b'\t', &data).count();
    check_length(ctx, data.len().saturating_add(tabs.saturating_mul(size.max(0) as usize)))?;
    Ok(like(&args[0], search::expand_tabs::<[u8]>(&data, i64::from(size))))
}

// Characters

fn translate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let table = if args[1].is_none() { None } else { Some(expect_bytes(ctx, &args[1])?) };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(ctx.value_error("translation table must be 256 characters long"));
    }
    let delete = if args[2].is_empty() { Cow::Borrowed(&b""[..]) } else { expect_bytes(ctx, &args[2])? };
    let data = this(&args[0]);
    let kept = data.iter().filter(|byte| !delete.contains(byte));
    let result: Vec<u8> = match &table {
        Some(table) => kept.map(|byte| table[usize::from(*byte)]).collect(),
        None => kept.copied().collect(),
    };
    Ok(if *result == *data { part_like(&args[0], &result) } else { like(&args[0], result) })
}

fn make_translation(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (from, to) = (expect_bytes(ctx, &args[0])?, expect_bytes(ctx, &args[1])?);
    if from.len() != to.len() {
        return Err(ctx.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(to.iter()) {
        table[usize::from(*from)] = *to;
    }
    Ok(new_bytes(table).into_value())
}

fn decode(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (encoding, errors) = codec::names(ctx, "decode", &args[1], &args[2])?;
    let text = codec::decode(ctx, &this(&args[0]), encoding, errors)?;
    Ok(ctx.str(text))
}

fn hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = hex_text(ctx, &this(&args[0]), &args[1], &args[2])?;
    Ok(ctx.str(text))
}

/// `data.hex(sep, bytes_per_sep)`; groups are counted from the right, from the left when the count is negative.
///
/// # Errors
/// ValueError and TypeError for separators that are not one ASCII character.
pub(super) fn hex_text(ctx: &mut Ctx, data: &[u8], separator: &Value, group: &Value) -> PyResult<String> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let group = if group.is_empty() { 1 } else { protocol::convert::as_i32(ctx, group)? };
    let separator = if separator.is_empty() { None } else { Some(separator_char(ctx, separator)?) };
    let size = group.unsigned_abs() as usize;
    let mut text = String::with_capacity(data.len() * 2);
    for (index, byte) in data.iter().enumerate() {
        let counted = if group < 0 { index } else { data.len() - index };
        if let Some(separator) = separator
            && size > 0
            && index > 0
            && counted % size == 0
        {
            text.push(separator);
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    Ok(text)
}

fn separator_char(ctx: &mut Ctx, separator: &Value) -> PyResult<char> {
    if protocol::length(ctx, separator)? != 1 {
        return Err(ctx.value_error("sep must be length 1."));
    }
    let c = match separator.downcast_ref::<Str>() {
        Some(text) => text.char_at(0),
        None => match bytes_of(separator) {
            Some(bytes) => bytes.first().map(|byte| char::from(*byte)),
            None => return Err(ctx.type_error("sep must be str or bytes.")),
        },
    };
    match c.filter(char::is_ascii) {
        Some(c) => Ok(c),
        None => Err(ctx.value_error("sep must be ASCII.")),
    }
}

fn mapped(args: &[Value], change: fn(&mut [u8])) -> Value {
    let mut data = this(&args[0]).into_owned();
    if !data.is_empty() {
        change(&mut data);
    }
    like(&args[0], data)
}

fn swap_case(data: &mut [u8]) {
    for byte in data {
        if byte.is_ascii_alphabetic() {
            *byte ^= 0x20;
        }
    }
}

fn title(data: &mut [u8]) {
    let mut inside = false;
    for byte in data {
        if inside {
            byte.make_ascii_lowercase()
        } else {
            byte.make_ascii_uppercase()
        }
        inside = byte.is_ascii_alphabetic();
    }
}

fn all(args: &[Value], test: fn(u8) -> bool) -> Value {
    let data = this(&args[0]);
    Value::bool(!data.is_empty() && data.iter().all(|byte| test(*byte)))
}

fn one_case(args: &[Value], own: fn(&u8) -> bool, other: fn(&u8) -> bool) -> Value {
    let data = this(&args[0]);
    Value::bool(data.iter().any(own) && !data.iter().any(other))
}

fn is_title(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (mut inside, mut any) = (false, false);
    for byte in this(&args[0]).iter() {
        // A word starts with a capital and goes on in small letters.
        if (byte.is_ascii_uppercase() && inside) || (byte.is_ascii_lowercase() && !inside) {
            return Ok(Value::FALSE);
        }
        inside = byte.is_ascii_alphabetic();
        any |= inside;
    }
    Ok(Value::bool(any))
}

/// Reads the text of `fromhex`.
///
/// # Errors
/// TypeError for anything but a str, ValueError for what are no pairs of digits.
pub(super) fn from_hex(ctx: &mut Ctx, text: &Value) -> PyResult<Vec<u8>> {
    let text = protocol::text::expect_str(ctx, text, "fromhex() argument must be str, not {}")?;
    let mut data = Vec::with_capacity(text.as_str().len() / 2);
    let mut chars = text.as_str().chars().enumerate();
    let failed = loop {
        let Some((at, c)) = chars.by_ref().find(|(_, c)| !matches!(c, ' ' | '\t'..='\r')) else { break None };
        let Some(high) = c.to_digit(16) else { break Some(at) };
        match chars.next().map(|(_, c)| c.to_digit(16)) {
            Some(Some(low)) => data.push((high << 4 | low) as u8),
            _ => break Some(at + 1),
        }
    };
    match failed {
        None => Ok(data),
        Some(at) => Err(ctx.value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}"))),
    }
}
