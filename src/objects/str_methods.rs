//! The methods of `str`: construction, comparison, subscription, and questions about characters.
//!
//! Searching and cutting are in [`str_search`](super::str_search), `%` and `format` in [`str_format`](super::str_format).
//! A method that leaves an exact `str` as it is returns that very object, as CPython does.
//!
//! Source: Standard Library "Text Sequence Type - str".

use num_traits::ToPrimitive;

use super::buffer::{bytes_of, is_bytes_like};
use super::construct::{bad_self, requested_shape};
use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::heap::{Obj, alloc};
use super::int::{self, from_i64, from_usize, to_i64};
use super::kind::Kind;
use super::native::PyResult;
use super::protocol::{self, compare};
use super::sequence;
use super::shape::ShapeId;
use super::slice::{self, Slice};
use super::string::{self, Str, char_str, is_exact, new_str};
use super::tuple::new_tuple;
use super::value::Value;
use super::{codec, iterator};
use crate::code::Comparison;
use crate::text::{repr, surrogate, unicode};

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, object='', encoding='utf-8', errors='strict')" => new;
    /// Return repr(self).
    method "__repr__(self, /)" => |ctx, args| { let text = repr::string(this(ctx, args)?.as_str()); Ok(ctx.str(text)) };
    /// Return str(self).
    method "__str__(self, /)" => |ctx, args| Ok(exact(this(ctx, args)?));
    /// Return hash(self).
    method "__hash__(self, /)" => |ctx, args| Ok(from_i64(this(ctx, args)?.hash()));
    /// Return self==value.
    method "__eq__(self, value, /)" => |ctx, args| compared(ctx, args, Comparison::Equal);
    /// Return self!=value.
    method "__ne__(self, value, /)" => |ctx, args| compared(ctx, args, Comparison::NotEqual);
    /// Return self<value.
    method "__lt__(self, value, /)" => |ctx, args| compared(ctx, args, Comparison::Less);
    /// Return self<=value.
    method "__le__(self, value, /)" => |ctx, args| compared(ctx, args, Comparison::LessEqual);
    /// Return self>value.
    method "__gt__(self, value, /)" => |ctx, args| compared(ctx, args, Comparison::Greater);
    /// Return self>=value.
    method "__ge__(self, value, /)" => |ctx, args| compared(ctx, args, Comparison::GreaterEqual);
    /// Return len(self).
    method "__len__(self, /)" => |ctx, args| Ok(from_usize(this(ctx, args)?.char_len()));
    /// Return self[key].
    method "__getitem__(self, key, /)" => |ctx, args| { let text = this(ctx, args)?; item(ctx, text, &args[1]) };
    /// Return bool(key in self).
    method "__contains__(self, key, /)" => contains;
    /// Implement iter(self).
    method "__iter__(self, /)" => |ctx, args| Ok(iterator::str_iterator(ctx, &args[0]));
    /// Return self+value.
    method "__add__(self, value, /)" => add;
    /// Return self*value.
    method "__mul__(self, value, /)" => repeat;
    /// Return value*self.
    method "__rmul__(self, value, /)" => repeat;
    ///
    method "__getnewargs__(self, /)" => |ctx, args| Ok(new_tuple([exact(this(ctx, args)?)]).into_value());
    /// Return the size of the string in memory, in bytes.
    method "__sizeof__(self, /)" => size_of_object;
    /// Encode the string using the codec registered for encoding.
    ///
    ///   encoding
    ///     The encoding in which to encode the string.
    ///   errors
    ///     The error handling scheme to use for encoding errors.
    ///     The default is 'strict' meaning that encoding errors raise a
    ///     UnicodeEncodeError.  Other possible values are 'ignore', 'replace' and
    ///     'xmlcharrefreplace' as well as any other name registered with
    ///     codecs.register_error that can handle UnicodeEncodeErrors.
    method "encode(self, /, encoding='utf-8', errors='strict')" => encode;
    /// Replace each character in the string using the given translation table.
    ///
    ///   table
    ///     Translation table, which must be a mapping of Unicode ordinals to
    ///     Unicode ordinals, strings, or None.
    ///
    /// The table must implement lookup/indexing via __getitem__, for instance a
    /// dictionary or list.  If this operation raises LookupError, the character is
    /// left untouched.  Characters mapped to None are deleted.
    method "translate(self, table, /)" => translate;
    /// Return a translation table usable for str.translate().
    ///
    /// If there is only one argument, it must be a dictionary mapping Unicode
    /// ordinals (integers) or characters to Unicode ordinals, strings or None.
    /// Character keys will be then converted to ordinals.
    /// If there are two arguments, they must be strings of equal length, and
    /// in the resulting dictionary, each character in x will be mapped to the
    /// character at the same position in y. If there is a third argument, it
    /// must be a string, whose characters will be mapped to None in the result.
    staticmethod "maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)" => make_translation;
    /// Return a capitalized version of the string.
    ///
    /// More specifically, make the first character have upper case and the rest lower
    /// case.
    method "capitalize(self, /)" => |ctx, args| changed(ctx, args, unicode::capitalize);
    /// Return a version of the string suitable for caseless comparisons.
    method "casefold(self, /)" => |ctx, args| changed(ctx, args, unicode::casefold);
    /// Return a copy of the string converted to lowercase.
    method "lower(self, /)" => |ctx, args| changed(ctx, args, unicode::lower);
    /// Return a copy of the string converted to uppercase.
    method "upper(self, /)" => |ctx, args| changed(ctx, args, unicode::upper);
    /// Convert uppercase characters to lowercase and lowercase characters to uppercase.
    method "swapcase(self, /)" => |ctx, args| changed(ctx, args, unicode::swapcase);
    /// Return a version of the string where each word is titlecased.
    ///
    /// More specifically, words start with uppercased characters and all remaining
    /// cased characters have lower case.
    method "title(self, /)" => |ctx, args| changed(ctx, args, unicode::title);
    /// Return True if the string is an alpha-numeric string, False otherwise.
    ///
    /// A string is alpha-numeric if all characters in the string are alpha-numeric and
    /// there is at least one character in the string.
    method "isalnum(self, /)" => |ctx, args| asked(ctx, args, unicode::isalnum);
    /// Return True if the string is an alphabetic string, False otherwise.
    ///
    /// A string is alphabetic if all characters in the string are alphabetic and there
    /// is at least one character in the string.
    method "isalpha(self, /)" => |ctx, args| asked(ctx, args, unicode::isalpha);
    /// Return True if all characters in the string are ASCII, False otherwise.
    ///
    /// ASCII characters have code points in the range U+0000-U+007F.
    /// Empty string is ASCII too.
    method "isascii(self, /)" => |ctx, args| Ok(Value::bool(this(ctx, args)?.is_ascii()));
    /// Return True if the string is a decimal string, False otherwise.
    ///
    /// A string is a decimal string if all characters in the string are decimal and
    /// there is at least one character in the string.
    method "isdecimal(self, /)" => |ctx, args| asked(ctx, args, unicode::isdecimal);
    /// Return True if the string is a digit string, False otherwise.
    ///
    /// A string is a digit string if all characters in the string are digits and there
    /// is at least one character in the string.
    method "isdigit(self, /)" => |ctx, args| asked(ctx, args, unicode::isdigit);
    /// Return True if the string is a valid Python identifier, False otherwise.
    ///
    /// Call keyword.iskeyword(s) to test whether string s is a reserved identifier,
    /// such as "def" or "class".
    method "isidentifier(self, /)" => |ctx, args| asked(ctx, args, unicode::isidentifier);
    /// Return True if the string is a lowercase string, False otherwise.
    ///
    /// A string is lowercase if all cased characters in the string are lowercase and
    /// there is at least one cased character in the string.
    method "islower(self, /)" => |ctx, args| asked(ctx, args, unicode::islower);
    /// Return True if the string is a numeric string, False otherwise.
    ///
    /// A string is numeric if all characters in the string are numeric and there is at
    /// least one character in the string.
    method "isnumeric(self, /)" => |ctx, args| asked(ctx, args, unicode::isnumeric);
    /// Return True if the string is printable, False otherwise.
    ///
    /// A string is printable if all of its characters are considered printable in
    /// repr() or if it is empty.
    method "isprintable(self, /)" => |ctx, args| asked(ctx, args, unicode::isprintable);
    /// Return True if the string is a whitespace string, False otherwise.
    ///
    /// A string is whitespace if all characters in the string are whitespace and there
    /// is at least one character in the string.
    method "isspace(self, /)" => |ctx, args| asked(ctx, args, unicode::isspace);
    /// Return True if the string is a title-cased string, False otherwise.
    ///
    /// In a title-cased string, upper- and title-case characters may only
    /// follow uncased characters and lowercase characters only cased ones.
    method "istitle(self, /)" => |ctx, args| asked(ctx, args, unicode::istitle);
    /// Return True if the string is an uppercase string, False otherwise.
    ///
    /// A string is uppercase if all cased characters in the string are uppercase and
    /// there is at least one cased character in the string.
    method "isupper(self, /)" => |ctx, args| asked(ctx, args, unicode::isupper);
}

/// `self` as a str, which the binder has checked.
pub(super) fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<Str>> {
    match args[0].downcast_ref::<Str>() {
        Some(text) => Ok(text),
        None => Err(bad_self(ctx, "str", &args[0])),
    }
}

/// The exact str equal to a str or an instance of a subclass.
pub(super) fn exact(text: &Obj<Str>) -> Value {
    if is_exact(text) { text.to_value() } else { new_str(text.as_str()).into_value() }
}

/// A part of a text as an object: the text itself when the part is all of it.
pub(super) fn part_of(text: &Obj<Str>, part: &str) -> Value {
    if part.len() == text.as_str().len() {
        return exact(text);
    }
    new_part(part)
}

/// A str for a part of a text; short ones are shared.
pub(super) fn new_part(part: &str) -> Value {
    match part.as_bytes() {
        [byte] => char_str(char::from(*byte)),
        _ => new_str(part).into_value(),
    }
}

fn changed(ctx: &mut Ctx, args: &[Value], change: fn(&str) -> String) -> PyResult {
    let text = change(this(ctx, args)?.as_str());
    Ok(ctx.str(text))
}

fn asked(ctx: &mut Ctx, args: &[Value], ask: fn(&str) -> bool) -> PyResult {
    Ok(Value::bool(ask(this(ctx, args)?.as_str())))
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = ctx.types.str_.clone();
    let shape = requested_shape(ctx, &args[0], &class)?;
    let text = construct(ctx, args)?;
    if shape == ShapeId::exact(Kind::Str) {
        return Ok(text);
    }
    let text = text.downcast_ref::<Str>().map_or_else(String::new, |text| text.as_str().to_owned());
    Ok(alloc(shape, Str::new(text.into())).into_value())
}

fn construct(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = &args[1];
    let (encoding, errors) = codec::names(ctx, "str", &args[2], &args[3])?;
    if object.is_empty() {
        return Ok(ctx.names.empty.clone());
    }
    if args[2].is_empty() && args[3].is_empty() {
        return protocol::str_of(ctx, object).map(Into::into);
    }
    if object.is_kind::<Str>() {
        return Err(ctx.type_error("decoding str is not supported"));
    }
    if !is_bytes_like(object) {
        return Err(protocol::type_mismatch(ctx, "decoding to str: need a bytes-like object, {} found", object));
    }
    let bytes = bytes_of(object).unwrap_or_default();
    let text = codec::decode(ctx, &bytes, encoding, errors)?;
    Ok(ctx.str(text))
}

fn compared(ctx: &mut Ctx, args: &[Value], op: Comparison) -> PyResult {
    let text = this(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<Str>() else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(match op {
        Comparison::Equal => Value::bool(text.as_str() == other.as_str()),
        Comparison::NotEqual => Value::bool(text.as_str() != other.as_str()),
        _ => compare::ordering_result(op, string::compare(text.as_str(), other.as_str())),
    })
}

/// `text[key]`
///
/// # Errors
/// IndexError, TypeError, ValueError; what `__index__` raises.
pub fn item(ctx: &mut Ctx, text: &Obj<Str>, key: &Value) -> PyResult {
    if let Some(slice) = key.downcast_ref::<Slice>() {
        let (start, _, step, count) = slice::resolve(ctx, slice, text.char_len())?;
        return Ok(slice_of(text, start, step, count));
    }
    if !int::is_int(key) && protocol::lookup_special(ctx, key, &ctx.names.__index__).is_none() {
        return Err(protocol::type_mismatch(ctx, "string indices must be integers, not '{}'", key));
    }
    let index = protocol::convert::as_sequence_index(ctx, key)?;
    let index = if index < 0 { index + text.char_len() as isize } else { index };
    match usize::try_from(index).ok().and_then(|index| text.char_at(index)) {
        Some(c) => Ok(char_str(c)),
        None => Err(ctx.index_error("string index out of range")),
    }
}

fn slice_of(text: &Obj<Str>, start: isize, step: isize, count: usize) -> Value {
    if step == 1 || count <= 1 {
        let start = if count == 0 { 0 } else { start as usize };
        return part_of(text, text.substring(start, start + count));
    }
    if text.is_ascii() {
        let bytes = text.as_str().as_bytes();
        let picked: String = slice::selected(start, step, count).map(|index| char::from(bytes[index])).collect();
        return new_str(picked).into_value();
    }
    let chars: Vec<char> = text.as_str().chars().collect();
    let picked: String = slice::selected(start, step, count).map(|index| chars[index]).collect();
    new_str(picked).into_value()
}

fn contains(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let part = protocol::text::expect_str(ctx, &args[1], "'in <string>' requires string as left operand, not {}")?;
    Ok(Value::bool(crate::text::search::find(text.as_str(), part.as_str()).is_some()))
}

fn add(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let more = protocol::text::expect_str(ctx, &args[1], "can only concatenate str (not \"{}\") to str")?;
    concat(ctx, text, more)
}

/// Longer texts are refused, as memory would be by the machine.
pub(super) const MAX_LENGTH: usize = u32::MAX as usize;

/// Results that may become longer than this are bounded before they are built.
pub(super) const LONG: usize = 1 << 20;

/// `a + b`
///
/// # Errors
/// MemoryError.
pub fn concat(ctx: &mut Ctx, a: &Obj<Str>, b: &Obj<Str>) -> PyResult {
    if b.as_str().is_empty() {
        return Ok(exact(a));
    }
    if a.as_str().is_empty() {
        return Ok(exact(b));
    }
    check_length(ctx, a.as_str().len() + b.as_str().len())?;
    let mut text = String::with_capacity(a.as_str().len() + b.as_str().len());
    text.push_str(a.as_str());
    text.push_str(b.as_str());
    Ok(new_str(text).into_value())
}

/// Refuses a result that is too long.
///
/// # Errors
/// MemoryError.
pub(super) fn check_length(ctx: &mut Ctx, length: usize) -> PyResult<()> {
    if length <= MAX_LENGTH { sequence::check_room(ctx, length) } else { Err(sequence::out_of_memory(ctx)) }
}

fn repeat(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let count = repeat_count(ctx, &args[1])?;
    match count {
        0 => return Ok(ctx.names.empty.clone()),
        1 => return Ok(exact(text)),
        _ => {}
    }
    match text.as_str().len().checked_mul(count).filter(|length| isize::try_from(*length).is_ok()) {
        Some(length) => check_length(ctx, length)?,
        None => return Err(ctx.overflow_error("repeated string is too long")),
    }
    Ok(new_str(text.as_str().repeat(count)).into_value())
}

/// The count of `sequence * count`: an index, negative ones count as 0.
///
/// # Errors
/// TypeError; OverflowError.
pub(super) fn repeat_count(ctx: &mut Ctx, value: &Value) -> PyResult<usize> {
    let number = protocol::index_value(ctx, value)?;
    match to_i64(&number) {
        Some(count) => Ok(count.max(0) as usize),
        None => {
            let class = protocol::class_name(ctx, value);
            Err(ctx.overflow_error(format!("cannot fit '{class}' into an index-sized integer")))
        }
    }
}

fn size_of_object(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    // CPython stores one, two or four bytes per character behind a header, and one character to end the text.
    let widest = text.as_str().chars().map(surrogate::from_private).max().unwrap_or(0);
    let (header, width) = match widest {
        0..=0x7f => (40, 1),
        0x80..=0xff => (56, 1),
        0x100..=0xffff => (56, 2),
        _ => (56, 4),
    };
    Ok(from_usize(header + width * (text.char_len() + 1)))
}

fn encode(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let (encoding, errors) = codec::names(ctx, "encode", &args[1], &args[2])?;
    let bytes = codec::encode(ctx, text.as_str(), encoding, errors)?;
    Ok(super::bytes::new_bytes(bytes).into_value())
}

fn translate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = this(ctx, args)?;
    let table = &args[1];
    let mut out = String::with_capacity(text.as_str().len());
    // What the table says of an ASCII character is asked once.
    let mut known: [Option<Option<char>>; 128] = [None; 128];
    for c in text.as_str().chars() {
        if let Some(answer) = known.get(c as usize).copied().flatten() {
            out.extend(answer);
            continue;
        }
        let before = out.len();
        translate_char(ctx, table, c, &mut out)?;
        let mut added = out[before..].chars();
        if let (Some(slot), answer, None) = (known.get_mut(c as usize), added.next(), added.next()) {
            *slot = Some(answer);
        }
    }
    Ok(ctx.str(out))
}

fn translate_char(ctx: &mut Ctx, table: &Value, c: char, out: &mut String) -> PyResult<()> {
    let key = from_i64(i64::from(surrogate::from_private(c)));
    let found = match table.downcast_ref::<Dict>() {
        Some(dict) if dict::is_exact(dict) => dict.get(ctx, &key)?,
        _ => match protocol::get_item(ctx, table, &key) {
            Ok(found) => Some(found),
            Err(raised) => {
                let class = ctx.exceptions.LookupError.clone();
                ctx.catch(raised, &class)?;
                None
            }
        },
    };
    let Some(found) = found else {
        out.push(c);
        return Ok(());
    };
    if found.is_none() {
        return Ok(());
    }
    if let Some(text) = found.downcast_ref::<Str>() {
        out.push_str(text.as_str());
        return Ok(());
    }
    if !int::is_int(&found) {
        return Err(ctx.type_error("character mapping must return integer, None or str"));
    }
    match to_i64(&found).and_then(|point| u32::try_from(point).ok()).and_then(surrogate::to_private) {
        Some(c) => {
            out.push(c);
            Ok(())
        }
        None => Err(ctx.value_error("character mapping must be in range(0x110000)")),
    }
}

fn make_translation(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let table = dict::new_dict();
    if args[1].is_empty() {
        let Some(given) = args[0].downcast_ref::<Dict>() else {
            return Err(ctx.type_error("if you give only one argument to maketrans it must be a dict"));
        };
        for (key, value) in given.entries() {
            let key = match key.downcast_ref::<Str>() {
                Some(text) if text.char_len() == 1 => {
                    from_i64(i64::from(text.char_at(0).map_or(0, surrogate::from_private)))
                }
                Some(_) => return Err(ctx.value_error("string keys in translate table must be of length 1")),
                None if int::is_int(&key) => key,
                None => return Err(ctx.type_error("keys in translate table must be strings or integers")),
            };
            table.insert(ctx, key, value)?;
        }
        return Ok(table.into_value());
    }
    let message = "first maketrans argument must be a string if there is a second argument";
    let from = protocol::text::expect_str(ctx, &args[0], message)?;
    let to = protocol::text::expect_str(ctx, &args[1], "maketrans() argument 2 must be str, not {}")?;
    if from.char_len() != to.char_len() {
        return Err(ctx.value_error("the first two maketrans arguments must have equal length"));
    }
    let point = |c: char| from_i64(i64::from(surrogate::from_private(c)));
    for (key, value) in from.as_str().chars().zip(to.as_str().chars()) {
        table.insert(ctx, point(key), point(value))?;
    }
    if !args[2].is_empty() {
        let removed = protocol::text::expect_str(ctx, &args[2], "maketrans() argument 3 must be str, not {}")?;
        for key in removed.as_str().chars() {
            table.insert(ctx, point(key), Value::NONE)?;
        }
    }
    Ok(table.into_value())
}

/// The code point that an int argument stands for; None when it is none.
pub fn char_of(value: &Value) -> Option<char> {
    let point = match to_i64(value) {
        Some(point) => u32::try_from(point).ok()?,
        None => int::big(value)?.to_u32()?,
    };
    surrogate::to_private(point)
}
