//! `re.Pattern`: a compiled pattern, and the scanner behind `finditer`.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use super::Classes;
use super::found::new_match;
use crate::objects::buffer;
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::dict::new_dict;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::generic_alias;
use crate::objects::heap::{Obj, Slot, attention};
use crate::objects::int;
use crate::objects::iterator::callable_iterator;
use crate::objects::list::new_list;
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::proxy::new_proxy;
use crate::objects::string::{self, Str, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;
use crate::text::regex::run::Interrupted;
use crate::text::regex::{self, Found, Mode, Program, Run};

crate::natives! { pub(super) static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => |ctx, _| Err(ctx.type_error("cannot create 're.Pattern' instances"));
    /// Matches zero or more characters at the beginning of the string.
    method "match(self, /, string, pos=0, endpos=sys.maxsize)" => |ctx, args| once(ctx, args, Mode::Match);
    /// Matches against all of the string.
    method "fullmatch(self, /, string, pos=0, endpos=sys.maxsize)" => |ctx, args| once(ctx, args, Mode::Full);
    /// Scan through string looking for a match, and return a corresponding match object instance.
    ///
    /// Return None if no position in the string matches.
    method "search(self, /, string, pos=0, endpos=sys.maxsize)" => |ctx, args| once(ctx, args, Mode::Search);
    /// Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.
    method "sub(self, /, repl, string, count=0)" => |ctx, args| super::replace::substitute(ctx, args, false);
    /// Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.
    method "subn(self, /, repl, string, count=0)" => |ctx, args| super::replace::substitute(ctx, args, true);
    /// Return a list of all non-overlapping matches of pattern in string.
    method "findall(self, /, string, pos=0, endpos=sys.maxsize)" => find_all;
    /// Split string by the occurrences of pattern.
    method "split(self, /, string, maxsplit=0)" => split;
    /// Return an iterator over all non-overlapping matches for the RE pattern in string.
    ///
    /// For each match, the iterator returns a match object.
    method "finditer(self, /, string, pos=0, endpos=sys.maxsize)" => find_iter;
    method "scanner(self, /, string, pos=0, endpos=sys.maxsize)" => scanner;
    method "__copy__(self, /)" => |_, args| Ok(args[0].clone());
    method "__deepcopy__(self, memo, /)" => |_, args| Ok(args[0].clone());
    /// See PEP 585
    classmethod "__class_getitem__(cls, object, /)" => generic_alias::class_getitem;
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return self==value.
    method "__eq__(self, value, /)" => |ctx, args| equal(ctx, args, true);
    /// Return self!=value.
    method "__ne__(self, value, /)" => |ctx, args| equal(ctx, args, false);
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// member: The pattern string from which the RE object was compiled.
    getter "pattern(self)" => |ctx, args| Ok(this(ctx, &args[0])?.source.get());
    /// member: The regex matching flags.
    getter "flags(self)" => |ctx, args| Ok(int::from_i64(i64::from(this(ctx, &args[0])?.flags)));
    /// member: The number of capturing groups in the pattern.
    getter "groups(self)" => |ctx, args| Ok(int::from_usize(this(ctx, &args[0])?.program.groups));
    /// A dictionary mapping group names to group numbers.
    getter "groupindex(self)" => group_index;
}

crate::natives! { pub(super) static SCANNER:
    staticmethod "__new__(cls, /, *args, **kwargs)" => |ctx, _| Err(ctx.type_error("cannot create '_sre.SRE_Scanner' instances"));
    method "match(self, /)" => |ctx, args| scan(ctx, args, Mode::Match);
    method "search(self, /)" => |ctx, args| scan(ctx, args, Mode::Search);
    /// member
    getter "pattern(self)" => |ctx, args| match data_of::<Scanner>(&args[0]) {
        Some(scanner) => Ok(scanner.pattern.get()),
        None => Err(foreign_self(ctx)),
    };
}

/// The data of a pattern.
pub(super) struct Pattern {
    source: Slot,
    pub(super) program: Rc<Program>,
    pub(super) flags: u32,
    pub(super) names: Vec<(String, usize)>,
}

impl ForeignData for Pattern {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.source.peek(visit);
    }
}

impl Pattern {
    /// The number of the group with a name.
    pub(super) fn group_named(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, number)| *number)
    }

    pub(super) fn is_text(&self) -> bool {
        self.program.is_text
    }
}

/// Makes a pattern object.
pub(super) fn new(ctx: &mut Ctx, source: Value, program: Rc<Program>, parsed: regex::Pattern) -> Value {
    let data = Pattern { source: Slot::new(source), program, flags: parsed.flags, names: parsed.names };
    match ctx.state::<Classes>().pattern.clone() {
        Some(class) => new_foreign(class.instance_shape.get(), data).into_value(),
        None => Value::NONE,
    }
}

#[cold]
pub(super) fn foreign_self(ctx: &mut Ctx) -> Raised {
    ctx.type_error("the method belongs to another type")
}

/// The data of a pattern object.
pub(super) fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Pattern> {
    match data_of::<Pattern>(value) {
        Some(pattern) => Ok(pattern),
        None => Err(foreign_self(ctx)),
    }
}

/// The text that a pattern is to be matched with.
pub(super) struct Subject<'a> {
    /// The object.
    pub(super) value: &'a Value,
    /// Its bytes, of a `str` in UTF-8.
    pub(super) data: Cow<'a, [u8]>,
    text: Option<&'a Obj<Str>>,
}

impl<'a> Subject<'a> {
    /// The text in an object, without asking whether it suits a pattern.
    pub(super) fn of(value: &'a Value) -> Option<Subject<'a>> {
        if let Some(text) = value.downcast_ref::<Str>() {
            return Some(Subject { value, data: Cow::Borrowed(text.as_str().as_bytes()), text: Some(text) });
        }
        buffer::bytes_of(value).map(|data| Subject { value, data, text: None })
    }

    /// The text in an object for a pattern.
    pub(super) fn new(ctx: &mut Ctx, pattern: &Pattern, value: &'a Value) -> PyResult<Subject<'a>> {
        let Some(subject) = Subject::of(value) else {
            return Err(protocol::type_mismatch(ctx, "expected string or bytes-like object, got '{}'", value));
        };
        match (pattern.is_text(), subject.text.is_some()) {
            (true, false) => Err(ctx.type_error("cannot use a string pattern on a bytes-like object")),
            (false, true) => Err(ctx.type_error("cannot use a bytes pattern on a string-like object")),
            _ => Ok(subject),
        }
    }

    /// The byte offset of a character.
    pub(super) fn offset(&self, index: usize) -> usize {
        self.text.map_or(index.min(self.data.len()), |text| text.byte_offset(index))
    }

    fn len(&self) -> usize {
        self.text.map_or(self.data.len(), |text| text.char_len())
    }

    /// The part between two byte offsets; the whole is the object itself.
    pub(super) fn slice(&self, start: usize, end: usize) -> Value {
        match self.text {
            Some(text) if start == 0 && end == self.data.len() && string::is_exact(text) => self.value.clone(),
            Some(text) => match text.as_str().get(start..end) {
                Some(part) => part_of(part),
                None => new_str("").into_value(),
            },
            None if start == 0 && end == self.data.len() && self.is_exact_bytes() => self.value.clone(),
            None => new_bytes(self.data.get(start..end).unwrap_or_default().to_vec()).into_value(),
        }
    }

    fn is_exact_bytes(&self) -> bool {
        self.value.header().is_some_and(|header| {
            header.shape() == crate::objects::shape::ShapeId::exact(crate::objects::kind::Kind::Bytes)
        })
    }

    /// `pos` and `endpos` as byte offsets within the text.
    pub(super) fn bounds(&self, ctx: &mut Ctx, pos: &Value, endpos: &Value) -> PyResult<(usize, usize)> {
        let mut clip = |value: &Value, default: usize| -> PyResult<usize> {
            if value.is_empty() {
                return Ok(default);
            }
            let index = protocol::as_isize(ctx, value)?;
            Ok((index.max(0) as usize).min(self.len()))
        };
        let (start, end) = (clip(pos, 0)?, if endpos.is_empty() { None } else { Some(clip(endpos, 0)?) });
        Ok((self.offset(start), end.map_or(self.data.len(), |end| self.offset(end))))
    }
}

/// A new `str`, shared when it is one ASCII character.
fn part_of(part: &str) -> Value {
    match part.as_bytes() {
        [byte] => string::char_str(char::from(*byte)),
        _ => new_str(part).into_value(),
    }
}

/// Goes through the matches in a text, one after the other, as `findall` and the others do: an empty match may stand right
/// behind another match, but not in the same place as an empty one.
pub(super) struct Matches<'t> {
    run: Run<'t>,
    start: usize,
    advance: bool,
    over: bool,
}

impl<'t> Matches<'t> {
    pub(super) fn new(program: &'t Program, text: &'t [u8], start: usize, stop: &'t dyn Fn() -> bool) -> Matches<'t> {
        Matches { run: Run::new(program, text, stop), start, advance: false, over: false }
    }

    pub(super) fn next(&mut self, mode: Mode) -> Result<Option<Found>, Interrupted> {
        if self.over {
            return Ok(None);
        }
        let found = self.run.find(self.start, mode, self.advance)?;
        match &found {
            Some(found) => {
                let (start, end) = (found.slots[0], found.slots[1]);
                (self.start, self.advance) = (end, start == end);
            }
            None => self.over = true,
        }
        Ok(found)
    }
}

/// Tells whether the program has been interrupted.
pub(super) fn stopper(ctx: &Ctx) -> impl Fn() -> bool + use<> {
    let word = ctx.attention.clone();
    move || word.load(Ordering::Relaxed) & attention::INTERRUPT != 0
}

/// Raises what an interrupt of the matching means.
#[cold]
pub(super) fn interrupted(ctx: &mut Ctx, _: Interrupted) -> Raised {
    ctx.attention.fetch_and(!attention::INTERRUPT, Ordering::Relaxed);
    let class = ctx.exceptions.KeyboardInterrupt.clone();
    let exception = ctx.new_exception(&class, Vec::new());
    ctx.raise_value(exception)
}

fn once(ctx: &mut Ctx, args: &[Value], mode: Mode) -> PyResult {
    let pattern = this(ctx, &args[0])?;
    let subject = Subject::new(ctx, pattern, &args[1])?;
    let (start, end) = subject.bounds(ctx, &args[2], &args[3])?;
    let stop = stopper(ctx);
    let found = Run::new(&pattern.program, &subject.data[..end], &stop).find(start, mode, false);
    match found {
        Ok(Some(found)) => Ok(new_match(ctx, &args[0], &args[1], (start, end), found)),
        Ok(None) => Ok(Value::NONE),
        Err(stopped) => Err(interrupted(ctx, stopped)),
    }
}

fn find_all(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pattern = this(ctx, &args[0])?;
    let subject = Subject::new(ctx, pattern, &args[1])?;
    let (start, end) = subject.bounds(ctx, &args[2], &args[3])?;
    let stop = stopper(ctx);
    let mut matches = Matches::new(&pattern.program, &subject.data[..end], start, &stop);
    let empty = subject.slice(0, 0);
    let group = |found: &Found, group: usize| match found.slots[group * 2] {
        regex::run::NOWHERE => empty.clone(),
        start => subject.slice(start, found.slots[group * 2 + 1]),
    };
    let mut items = Vec::new();
    loop {
        match matches.next(Mode::Search) {
            Ok(Some(found)) => items.push(match pattern.program.groups {
                0 => group(&found, 0),
                1 => group(&found, 1),
                many => new_tuple((1..many + 1).map(|number| group(&found, number))).into_value(),
            }),
            Ok(None) => return Ok(new_list(items).into_value()),
            Err(stopped) => return Err(interrupted(ctx, stopped)),
        }
    }
}

fn split(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pattern = this(ctx, &args[0])?;
    let subject = Subject::new(ctx, pattern, &args[1])?;
    let limit = if args[2].is_empty() { 0 } else { protocol::as_isize(ctx, &args[2])? };
    let stop = stopper(ctx);
    let mut matches = Matches::new(&pattern.program, &subject.data, 0, &stop);
    let (mut items, mut last, mut count) = (Vec::new(), 0, 0);
    while limit == 0 || count < limit {
        match matches.next(Mode::Search) {
            Ok(Some(found)) => {
                items.push(subject.slice(last, found.slots[0]));
                items.extend(found.slots.chunks_exact(2).skip(1).map(|group| match group[0] {
                    regex::run::NOWHERE => Value::NONE,
                    start => subject.slice(start, group[1]),
                }));
                last = found.slots[1];
                count += 1;
            }
            Ok(None) => break,
            Err(stopped) => return Err(interrupted(ctx, stopped)),
        }
    }
    items.push(subject.slice(last, subject.data.len()));
    Ok(new_list(items).into_value())
}

/// The data of a scanner.
struct Scanner {
    pattern: Slot,
    subject: Slot,
    start: Cell<usize>,
    bounds: (usize, usize),
    advance: Cell<bool>,
    over: Cell<bool>,
}

impl ForeignData for Scanner {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.pattern.peek(&mut *visit);
        self.subject.peek(visit);
    }
}

fn scanner(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pattern = this(ctx, &args[0])?;
    let subject = Subject::new(ctx, pattern, &args[1])?;
    let bounds = subject.bounds(ctx, &args[2], &args[3])?;
    let data = Scanner {
        pattern: Slot::new(args[0].clone()),
        subject: Slot::new(args[1].clone()),
        start: Cell::new(bounds.0),
        bounds,
        advance: Cell::new(false),
        over: Cell::new(false),
    };
    match ctx.state::<Classes>().scanner.clone() {
        Some(class) => Ok(new_foreign(class.instance_shape.get(), data).into_value()),
        None => Err(foreign_self(ctx)),
    }
}

fn scan(ctx: &mut Ctx, args: &[Value], mode: Mode) -> PyResult {
    let Some(scanner) = data_of::<Scanner>(&args[0]) else { return Err(foreign_self(ctx)) };
    if scanner.over.get() {
        return Ok(Value::NONE);
    }
    let (pattern_value, subject_value) = (scanner.pattern.get(), scanner.subject.get());
    let pattern = this(ctx, &pattern_value)?;
    let Some(subject) = Subject::of(&subject_value) else { return Err(foreign_self(ctx)) };
    let end = scanner.bounds.1.min(subject.data.len());
    let stop = stopper(ctx);
    let mut run = Run::new(&pattern.program, &subject.data[..end], &stop);
    match run.find(scanner.start.get(), mode, scanner.advance.get()) {
        Ok(Some(found)) => {
            scanner.start.set(found.slots[1]);
            scanner.advance.set(found.slots[0] == found.slots[1]);
            Ok(new_match(ctx, &pattern_value, &subject_value, scanner.bounds, found))
        }
        Ok(None) => {
            scanner.over.set(true);
            Ok(Value::NONE)
        }
        Err(stopped) => Err(interrupted(ctx, stopped)),
    }
}

fn find_iter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let scanner = scanner(ctx, args)?;
    let search = protocol::get_attr(ctx, &scanner, &string::intern("search"))?;
    Ok(callable_iterator(ctx, &search, &Value::NONE))
}

fn group_index(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pattern = this(ctx, &args[0])?;
    let dict = new_dict();
    for (name, number) in &pattern.names {
        dict.set_str(&string::intern(name), int::from_usize(*number));
    }
    Ok(new_proxy(dict.into_value()).into_value())
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    const NAMES: &[(u32, &str)] = &[
        (regex::IGNORECASE, "re.IGNORECASE"),
        (regex::LOCALE, "re.LOCALE"),
        (regex::MULTILINE, "re.MULTILINE"),
        (regex::DOTALL, "re.DOTALL"),
        (regex::UNICODE, "re.UNICODE"),
        (regex::VERBOSE, "re.VERBOSE"),
        (regex::DEBUG, "re.DEBUG"),
        (regex::ASCII, "re.ASCII"),
    ];
    let pattern = this(ctx, &args[0])?;
    let mut flags = pattern.flags;
    if pattern.is_text() && flags & (regex::LOCALE | regex::UNICODE | regex::ASCII) == regex::UNICODE {
        flags &= !regex::UNICODE;
    }
    let mut shown = Vec::new();
    for (flag, name) in NAMES {
        if flags & flag != 0 {
            shown.push((*name).to_owned());
            flags &= !flag;
        }
    }
    if flags != 0 {
        shown.push(format!("{flags:#x}"));
    }
    let text = protocol::text::repr_string(ctx, &pattern.source.get())?;
    let text: String = text.chars().take(200).collect();
    Ok(new_str(match shown.join("|").as_str() {
        "" => format!("re.compile({text})"),
        flags => format!("re.compile({text}, {flags})"),
    })
    .into_value())
}

fn equal(ctx: &mut Ctx, args: &[Value], wanted: bool) -> PyResult {
    let a = this(ctx, &args[0])?;
    let Some(b) = data_of::<Pattern>(&args[1]) else { return Ok(Value::NOT_IMPLEMENTED) };
    let same = std::ptr::eq(a, b)
        || (a.flags == b.flags
            && a.is_text() == b.is_text()
            && protocol::equal(ctx, &a.source.get(), &b.source.get())?);
    Ok(Value::bool(same == wanted))
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pattern = this(ctx, &args[0])?;
    let hash = protocol::hash(ctx, &pattern.source.get())?;
    Ok(int::from_i64(hash ^ i64::from(pattern.flags)))
}
