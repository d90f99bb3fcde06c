//! Text files: `TextIOWrapper`, which decodes and encodes, and translates the ends of lines.
//!
//! What is decoded but not yet read stays as it was in the file; ends of lines are translated on the way out, so that
//! `tell` can count back from the position of the binary file.

use std::cell::{Cell, RefCell};

use super::base::{self, check_limit, text_argument, unsupported};
use super::binary::{self, BinaryFile};
use crate::objects::arguments::{given, or_none};
use crate::objects::buffer::expect_bytes;
use crate::objects::bytes::new_bytes;
use crate::objects::class::Class;
use crate::objects::codec;
use crate::objects::construct::requested_shape;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Slot;
use crate::objects::native::PyResult;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::value::Value;
use crate::objects::{int, protocol};
use crate::text::codecs::{Codec, Endian};
use crate::text::surrogate;

crate::natives! { pub(crate) static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    method "__init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)" => init;
    method "__repr__(self, /)" => repr;
    method "__next__(self, /)" => next;
    method "read(self, size=-1, /)" => read;
    method "readline(self, size=-1, /)" => read_line;
    method "write(self, text, /)" => write;
    method "flush(self, /)" => flush;
    method "close(self, /)" => close;
    method "seek(self, cookie, whence=0, /)" => seek;
    method "tell(self, /)" => tell;
    method "truncate(self, pos=None, /)" => truncate;
    method "detach(self, /)" => detach;
    /// Reconfigure the text stream with new parameters.
    method "reconfigure(self, *, encoding=None, errors=None, newline=<unrepresentable>, line_buffering=None, write_through=None)" => reconfigure;
    method "fileno(self, /)" => |ctx, args| ask(ctx, &args[0], "fileno");
    method "isatty(self, /)" => |ctx, args| ask(ctx, &args[0], "isatty");
    method "readable(self, /)" => |ctx, args| ask(ctx, &args[0], "readable");
    method "writable(self, /)" => |ctx, args| ask(ctx, &args[0], "writable");
    method "seekable(self, /)" => |ctx, args| ask(ctx, &args[0], "seekable");
    getter "closed(self)" => |ctx, args| { let buffer = buffer(ctx, &args[0])?; base::is_closed(ctx, &buffer).map(Value::bool) };
    getter "name(self)" => |ctx, args| { let buffer = buffer(ctx, &args[0])?; protocol::get_attr(ctx, &buffer, &ctx.names.name.clone()) };
    getter "buffer(self)" => |ctx, args| Ok(or_none(&this(ctx, &args[0])?.buffer.get()));
    getter "encoding(self)" => |ctx, args| Ok(new_str(this(ctx, &args[0])?.state.borrow().encoding.clone()).into_value());
    getter "errors(self)" => |ctx, args| Ok(new_str(this(ctx, &args[0])?.state.borrow().errors.clone()).into_value());
    getter "newlines(self)" => newlines;
    getter "line_buffering(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.state.borrow().line_buffering));
    getter "write_through(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.state.borrow().write_through));
    getter "mode(self)" => mode;
    setter "mode(self, value)" => |ctx, args| { this(ctx, &args[0])?.mode.set(or_none(&args[1])); Ok(Value::NONE) };
    getter "_CHUNK_SIZE(self)" => |_, _| Ok(int::from_usize(super::stream::CHUNK));
}

/// What ends a line, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Newline {
    /// `None`: any of the three, read as `\n`.
    Universal,
    /// `''`: any of the three, left alone.
    Any,
    /// One of them, left alone; writing turns `\n` into it.
    Only(&'static str),
}

impl Newline {
    /// Reads the argument `newline`.
    ///
    /// # Errors
    /// TypeError, ValueError.
    pub(crate) fn from_argument(ctx: &mut Ctx, value: &Value, function: &str) -> PyResult<Newline> {
        let Some(value) = given(value).filter(|value| !value.is_none()) else { return Ok(Newline::Universal) };
        let message = format!("{function} argument 'newline' must be str or None, not {{}}");
        Ok(match text_argument(ctx, value, &message)? {
            "" => Newline::Any,
            "\n" => Newline::Only("\n"),
            "\r" => Newline::Only("\r"),
            "\r\n" => Newline::Only("\r\n"),
            other => return Err(ctx.value_error(format!("illegal newline value: {other}"))),
        })
    }

    /// The length of the first line of the text, its end included; None when it has no end yet. `last` tells that
    /// nothing follows the text, so that a `\r` at its end is no half of `\r\n`.
    pub(crate) fn line_length(self, text: &str, last: bool) -> Option<usize> {
        match self {
            Newline::Only("\n") => memchr::memchr(b'\n', text.as_bytes()).map(|at| at + 1),
            Newline::Only(end) => text.find(end).map(|at| at + end.len()),
            Newline::Universal | Newline::Any => {
                let at = memchr::memchr2(b'\n', b'\r', text.as_bytes())?;
                match (&text.as_bytes()[at..], last) {
                    ([b'\r', b'\n', ..], _) => Some(at + 2),
                    ([b'\r'], false) => None,
                    _ => Some(at + 1),
                }
            }
        }
    }
}

/// Kinds of line ends that were seen: `\r`, `\n`, `\r\n`.
const SEEN_CR: u8 = 1;
const SEEN_LF: u8 = 2;
const SEEN_CRLF: u8 = 4;

/// `\r\n` and `\r` become `\n`; notes what was there.
pub(crate) fn translate(text: &str, seen: &Cell<u8>) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        if memchr::memchr(b'\n', text.as_bytes()).is_some() {
            seen.set(seen.get() | SEEN_LF);
        }
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        let (bit, length) = match &rest.as_bytes()[at..] {
            [b'\r', b'\n', ..] => (SEEN_CRLF, 2),
            [b'\r', ..] => (SEEN_CR, 1),
            _ => (SEEN_LF, 1),
        };
        seen.set(seen.get() | bit);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// The value of `newlines` for what was seen.
pub(crate) fn seen_value(seen: u8) -> Value {
    let all: Vec<Value> = [(SEEN_CR, "\r"), (SEEN_LF, "\n"), (SEEN_CRLF, "\r\n")]
        .into_iter()
        .filter(|(bit, _)| seen & bit != 0)
        .map(|(_, text)| intern(text))
        .collect();
    match all.as_slice() {
        [] => Value::NONE,
        [one] => one.clone(),
        _ => crate::objects::tuple::new_tuple(all).into_value(),
    }
}

/// The data of text files.
pub(crate) struct TextFile {
    /// The binary file, empty before `__init__` and after `detach`.
    buffer: Slot,
    mode: Slot,
    state: RefCell<State>,
    seen: Cell<u8>,
    /// Set by `next`, after which `tell` is refused until the end.
    iterating: Cell<bool>,
    detached: Cell<bool>,
}

struct State {
    codec: Codec,
    encoding: String,
    errors: String,
    newline: Newline,
    line_buffering: bool,
    write_through: bool,
    /// Decoded, and read up to `at`.
    pending: String,
    at: usize,
    /// Bytes of a character that is not complete yet.
    tail: Vec<u8>,
    /// The mark at the start of some encodings is written.
    started: bool,
}

impl State {
    fn rest(&self) -> &str {
        &self.pending[self.at..]
    }

    fn forget(&mut self) {
        self.pending.clear();
        self.at = 0;
        self.tail.clear();
    }
}

impl ForeignData for TextFile {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.buffer.peek(&mut *visit);
        self.mode.peek(visit);
    }

    fn clear(&self) {
        self.buffer.take();
    }
}

fn blank() -> TextFile {
    TextFile {
        buffer: Slot::default(),
        mode: Slot::default(),
        state: RefCell::new(State {
            codec: Codec::Utf8,
            encoding: "UTF-8".to_owned(),
            errors: "strict".to_owned(),
            newline: Newline::Universal,
            line_buffering: false,
            write_through: false,
            pending: String::new(),
            at: 0,
            tail: Vec::new(),
            started: false,
        }),
        seen: Cell::new(0),
        iterating: Cell::new(false),
        detached: Cell::new(false),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let base = super::classes::classes(ctx).text.clone();
    let shape = requested_shape(ctx, &args[0], &base)?;
    Ok(new_foreign(shape, blank()).into_value())
}

/// How a text file is to be made.
pub(crate) struct TextOptions {
    /// The name of the encoding.
    pub(crate) encoding: String,
    /// The name of the error handler.
    pub(crate) errors: String,
    /// See [`Newline`].
    pub(crate) newline: Newline,
    /// Written out at every end of a line.
    pub(crate) line_buffering: bool,
    /// Written out at once.
    pub(crate) write_through: bool,
}

/// A text file of the exact class around a binary one.
pub(crate) fn new_text(ctx: &mut Ctx, buffer: Value, options: TextOptions, mode: Value) -> PyResult {
    let shape = super::classes::classes(ctx).text.instance_shape.get();
    let file = new_foreign(shape, blank()).into_value();
    fill(ctx, &file, buffer, options)?;
    if let Some(data) = data_of::<TextFile>(&file) {
        data.mode.set(mode);
    }
    Ok(file)
}

fn fill(ctx: &mut Ctx, file: &Value, buffer: Value, options: TextOptions) -> PyResult<()> {
    let codec = codec::find(ctx, &options.encoding)?;
    let data = this_blank(ctx, file)?;
    {
        let mut state = data.state.borrow_mut();
        state.codec = codec;
        state.encoding = options.encoding;
        state.errors = options.errors;
        state.newline = options.newline;
        state.line_buffering = options.line_buffering;
        state.write_through = options.write_through;
        state.started = false;
        state.forget();
    }
    data.detached.set(false);
    data.buffer.set(buffer);
    Ok(())
}

/// The arguments `encoding` and `errors`, None for the defaults.
///
/// # Errors
/// TypeError.
pub(crate) fn encoding_arguments(
    ctx: &mut Ctx,
    encoding: &Value,
    errors: &Value,
    function: &str,
) -> PyResult<(String, String)> {
    let mut text = |value: &Value, name: &str, default: &str| -> PyResult<String> {
        match given(value).filter(|value| !value.is_none()) {
            None => Ok(default.to_owned()),
            Some(value) => {
                let message = format!("{function} argument '{name}' must be str or None, not {{}}");
                text_argument(ctx, value, &message).map(str::to_owned)
            }
        }
    };
    let encoding = text(encoding, "encoding", "UTF-8")?;
    let errors = text(errors, "errors", "strict")?;
    Ok((if encoding == "locale" { "UTF-8".to_owned() } else { encoding }, errors))
}

fn flag(ctx: &mut Ctx, value: &Value, default: bool) -> PyResult<bool> {
    match given(value).filter(|value| !value.is_none()) {
        Some(value) => protocol::truth(ctx, value),
        None => Ok(default),
    }
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (encoding, errors) = encoding_arguments(ctx, &args[2], &args[3], "TextIOWrapper()")?;
    let newline = Newline::from_argument(ctx, &args[4], "TextIOWrapper()")?;
    let line_buffering = flag(ctx, &args[5], false)?;
    let write_through = flag(ctx, &args[6], false)?;
    let options = TextOptions { encoding, errors, newline, line_buffering, write_through };
    fill(ctx, &args[0], args[1].clone(), options)?;
    Ok(Value::NONE)
}

fn this_blank<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a TextFile> {
    match data_of::<TextFile>(value) {
        Some(file) => Ok(file),
        None => Err(ctx.value_error("I/O operation on uninitialized object")),
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a TextFile> {
    let file = this_blank(ctx, value)?;
    if file.buffer.is_empty() {
        return Err(ctx.value_error(if file.detached.get() {
            "underlying buffer has been detached"
        } else {
            "I/O operation on uninitialized object"
        }));
    }
    Ok(file)
}

fn buffer(ctx: &mut Ctx, value: &Value) -> PyResult {
    Ok(this(ctx, value)?.buffer.get())
}

fn open(ctx: &mut Ctx, value: &Value) -> PyResult {
    let buffer = buffer(ctx, value)?;
    let closed = match data_of::<BinaryFile>(&buffer) {
        Some(file) => file.stream.borrow().closed,
        None => base::is_closed(ctx, &buffer)?,
    };
    if closed {
        return Err(ctx.value_error("I/O operation on closed file."));
    }
    Ok(buffer)
}

/// Asks the binary file.
fn ask(ctx: &mut Ctx, value: &Value, method: &str) -> PyResult {
    let buffer = buffer(ctx, value)?;
    protocol::call_method(ctx, &buffer, method, &[])
}

fn check_readable(ctx: &mut Ctx, buffer: &Value) -> PyResult<()> {
    let readable = match data_of::<BinaryFile>(buffer) {
        Some(file) => file.stream.borrow().readable,
        None => {
            let answer = protocol::call_method(ctx, buffer, "readable", &[])?;
            protocol::truth(ctx, &answer)?
        }
    };
    if readable { Ok(()) } else { Err(unsupported(ctx, "not readable")) }
}

/// Decodes the next piece of the file; false at its end.
fn fill_pending(ctx: &mut Ctx, file: &TextFile, buffer: &Value) -> PyResult<bool> {
    let bytes = match data_of::<BinaryFile>(buffer) {
        Some(binary) => {
            let read = binary.stream.borrow_mut().take_ready(&mut *ctx.host);
            read.map_err(|error| crate::objects::exception_fields::raise_io_error(ctx, &error, None))?
        }
        None => {
            let once = protocol::get_attr_optional(ctx, buffer, &intern("read1"))?;
            let method = if once.is_some() { "read1" } else { "read" };
            let bytes = protocol::call_method(ctx, buffer, method, &[int::from_usize(super::stream::CHUNK)])?;
            expect_bytes(ctx, &bytes)?.into_owned()
        }
    };
    let at_end = bytes.is_empty();
    let (codec, errors, encoding, mut all) = {
        let mut state = file.state.borrow_mut();
        let tail = std::mem::take(&mut state.tail);
        (state.codec, state.errors.clone(), state.encoding.clone(), tail)
    };
    all.extend_from_slice(&bytes);
    let keep = if at_end { 0 } else { incomplete(codec, &all) };
    let tail = all.split_off(all.len() - keep);
    let text = codec::decode(ctx, &all, &encoding, &errors)?;
    let mut state = file.state.borrow_mut();
    if matches!(codec, Codec::Utf8Sig) && !all.is_empty() {
        state.codec = Codec::Utf8;
    }
    let read = state.at;
    state.pending.drain(..read);
    state.at = 0;
    state.pending.push_str(&text);
    state.tail = tail;
    Ok(!at_end)
}

/// How many bytes at the end are the start of a character that goes on.
fn incomplete(codec: Codec, bytes: &[u8]) -> usize {
    match codec {
        Codec::Utf8 | Codec::Utf8Sig => {
            for back in 1..=bytes.len().min(3) {
                let byte = bytes[bytes.len() - back];
                if byte & 0xC0 == 0x80 {
                    continue;
                }
                let wanted = match byte {
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF7 => 4,
                    _ => 1,
                };
                return if wanted > back { back } else { 0 };
            }
            0
        }
        Codec::Ascii | Codec::Latin1 | Codec::Charmap(_) => 0,
        // The others may have long units or states: wait for the whole file.
        Codec::Utf16(_) | Codec::Utf32(_) | Codec::UnicodeEscape | Codec::RawUnicodeEscape | Codec::Multibyte(_) => {
            bytes.len()
        }
    }
}

/// Takes text of a byte length from what is pending, translated.
fn take(file: &TextFile, length: usize) -> String {
    let mut state = file.state.borrow_mut();
    let text = state.rest()[..length].to_owned();
    state.at += length;
    let newline = state.newline;
    drop(state);
    match newline {
        Newline::Universal => translate(&text, &file.seen),
        Newline::Any => {
            translate(&text, &file.seen);
            text
        }
        Newline::Only(_) => text,
    }
}

/// The byte length of the first `count` characters, where `\r\n` counts once if it is going to be one.
fn length_of(text: &str, count: usize, universal: bool) -> usize {
    let mut chars = text.char_indices().peekable();
    for _ in 0..count {
        let Some((_, c)) = chars.next() else { return text.len() };
        if universal && c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            chars.next();
        }
    }
    chars.peek().map_or(text.len(), |(at, _)| *at)
}

fn read(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "argument should be integer or None, not '{}'")?;
    let buffer = open(ctx, &args[0])?;
    check_readable(ctx, &buffer)?;
    let file = this(ctx, &args[0])?;
    let Some(limit) = limit else {
        while fill_pending(ctx, file, &buffer)? {}
        let length = file.state.borrow().rest().len();
        return Ok(new_str(take(file, length)).into_value());
    };
    let universal = file.state.borrow().newline == Newline::Universal;
    loop {
        let length = {
            let state = file.state.borrow();
            let rest = state.rest();
            let length = length_of(rest, limit, universal);
            // A `\r` at the end may be half of an end.
            if length < rest.len() || limit == 0 || length == rest.len() && reaches(rest, limit, universal) {
                Some(length)
            } else {
                None
            }
        };
        let length = match length {
            Some(length) => length,
            None if fill_pending(ctx, file, &buffer)? => continue,
            None => {
                let state = file.state.borrow();
                length_of(state.rest(), limit, universal)
            }
        };
        return Ok(new_str(take(file, length)).into_value());
    }
}

/// Whether the text is exactly as long as asked for, with nothing open at its end.
fn reaches(text: &str, limit: usize, universal: bool) -> bool {
    if universal && text.ends_with('\r') {
        return false;
    }
    let mut count = text.chars().count();
    if universal {
        count -= text.matches("\r\n").count();
    }
    count >= limit
}

/// The next line; empty at the end.
fn line(ctx: &mut Ctx, value: &Value, limit: Option<usize>) -> PyResult<String> {
    let buffer = open(ctx, value)?;
    check_readable(ctx, &buffer)?;
    let file = this(ctx, value)?;
    let mut at_end = false;
    loop {
        let length = {
            let state = file.state.borrow();
            let rest = state.rest();
            let found = state.newline.line_length(rest, at_end);
            match limit {
                Some(limit) => {
                    let most = length_of(rest, limit, state.newline == Newline::Universal);
                    match found {
                        Some(found) => Some(found.min(most)),
                        None if most < rest.len() => Some(most),
                        None => None,
                    }
                }
                None => found,
            }
        };
        match length {
            Some(length) => return Ok(take(file, length)),
            None if at_end => {
                let length = file.state.borrow().rest().len();
                return Ok(take(file, length));
            }
            None => at_end = !fill_pending(ctx, file, &buffer)?,
        }
    }
}

fn read_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "'{}' object cannot be interpreted as an integer")?;
    line(ctx, &args[0], limit).map(|line| new_str(line).into_value())
}

fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = super::classes::classes(ctx).text.clone();
    let file = this(ctx, &args[0])?;
    file.iterating.set(true);
    let line = if protocol::class_of(ctx, &args[0]).is(own.value()) {
        new_str(line(ctx, &args[0], None)?).into_value()
    } else {
        protocol::call_method(ctx, &args[0], "readline", &[])?
    };
    if line.downcast_ref::<Str>().is_some_and(|line| line.as_str().is_empty()) {
        file.iterating.set(false);
        return Err(ctx.stop_iteration(Value::NONE));
    }
    Ok(line)
}

fn write(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = text_argument(ctx, &args[1], "write() argument must be str, not {}")?;
    write_text(ctx, &args[0], text)?;
    let length = args[1].downcast_ref::<Str>().map_or(0, |text| text.char_len());
    Ok(int::from_usize(length))
}

/// Encodes text and hands it to the binary file.
///
/// # Errors
/// ValueError when closed, UnsupportedOperation, UnicodeEncodeError, OSError.
pub(crate) fn write_text(ctx: &mut Ctx, value: &Value, text: &str) -> PyResult<()> {
    let buffer = open(ctx, value)?;
    let file = this(ctx, value)?;
    let binary = data_of::<BinaryFile>(&buffer);
    if let Some(binary) = binary
        && !binary.stream.borrow().writable
    {
        return Err(unsupported(ctx, "not writable"));
    }
    let (end, codec, line_buffering) = {
        let mut state = file.state.borrow_mut();
        let codec = state.codec;
        if state.started {
            state.codec = match codec {
                Codec::Utf8Sig => Codec::Utf8,
                Codec::Utf16(Endian::Marked) => Codec::Utf16(Endian::Little),
                Codec::Utf32(Endian::Marked) => Codec::Utf32(Endian::Little),
                other => other,
            };
        }
        state.started = true;
        let at_once = state.line_buffering && memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some();
        (state.newline, state.codec, at_once || state.write_through)
    };
    let translated;
    let text = match end {
        Newline::Only(end) if end != "\n" => {
            translated = text.replace('\n', end);
            &translated
        }
        Newline::Universal if cfg!(windows) => {
            translated = text.replace('\n', "\r\n");
            &translated
        }
        Newline::Universal | Newline::Any | Newline::Only(_) => text,
    };
    let encoded;
    let bytes = if matches!(codec, Codec::Utf8) && !surrogate::contains_surrogate(text) {
        text.as_bytes()
    } else {
        let errors = file.state.borrow().errors.clone();
        encoded = codec::encode(ctx, text, codec.name(), &errors)?;
        &encoded
    };
    match binary {
        Some(binary) => binary::write_bytes(ctx, binary, bytes)?,
        None => {
            let bytes = new_bytes(bytes.to_vec()).into_value();
            protocol::call_method(ctx, &buffer, "write", &[bytes])?;
        }
    }
    file.state.borrow_mut().forget();
    if line_buffering {
        flush(ctx, std::slice::from_ref(value))?;
    }
    Ok(())
}

fn flush(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let buffer = open(ctx, &args[0])?;
    this(ctx, &args[0])?.iterating.set(false);
    match data_of::<BinaryFile>(&buffer) {
        Some(binary) => binary::flush_file(ctx, binary)?,
        None => drop(protocol::call_method(ctx, &buffer, "flush", &[])?),
    }
    Ok(Value::NONE)
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let buffer = buffer(ctx, &args[0])?;
    match data_of::<BinaryFile>(&buffer) {
        Some(binary) => binary::close_file(ctx, binary)?,
        None => {
            if !base::is_closed(ctx, &buffer)? {
                protocol::call_method(ctx, &args[0], "flush", &[])?;
                protocol::call_method(ctx, &buffer, "close", &[])?;
            }
        }
    }
    Ok(Value::NONE)
}

/// The position in the binary file of what is read next.
fn position(ctx: &mut Ctx, file: &TextFile, buffer: &Value) -> PyResult<i64> {
    let position = protocol::call_method(ctx, buffer, "tell", &[])?;
    let position = protocol::convert::as_isize(ctx, &position)? as i64;
    let (rest, tail, encoding, errors) = {
        let state = file.state.borrow();
        (state.rest().to_owned(), state.tail.len(), state.encoding.clone(), state.errors.clone())
    };
    let pending = if rest.is_empty() { 0 } else { codec::encode(ctx, &rest, &encoding, &errors)?.len() };
    Ok(position - (pending + tail) as i64)
}

fn tell(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let buffer = open(ctx, &args[0])?;
    let seekable = ask(ctx, &args[0], "seekable")?;
    if !protocol::truth(ctx, &seekable)? {
        return Err(unsupported(ctx, "underlying stream is not seekable"));
    }
    let file = this(ctx, &args[0])?;
    if file.iterating.get() {
        let class = ctx.exceptions.OSError.clone();
        return Err(ctx.raise(&class, "telling position disabled by next() call"));
    }
    position(ctx, file, &buffer).map(int::from_i64)
}

fn seek(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let buffer = open(ctx, &args[0])?;
    let seekable = ask(ctx, &args[0], "seekable")?;
    if !protocol::truth(ctx, &seekable)? {
        return Err(unsupported(ctx, "underlying stream is not seekable"));
    }
    let file = this(ctx, &args[0])?;
    let mut target = protocol::convert::as_isize(ctx, &args[1])? as i64;
    let mut whence = match given(&args[2]) {
        Some(whence) => protocol::convert::as_i32(ctx, whence)?,
        None => 0,
    };
    match whence {
        0 => {}
        1 if target != 0 => return Err(unsupported(ctx, "can't do nonzero cur-relative seeks")),
        1 => {
            target = position(ctx, file, &buffer)?;
            whence = 0;
        }
        2 if target != 0 => return Err(unsupported(ctx, "can't do nonzero end-relative seeks")),
        2 => {}
        _ => return Err(ctx.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
    if target < 0 {
        return Err(ctx.value_error(format!("negative seek position {target}")));
    }
    file.state.borrow_mut().forget();
    file.iterating.set(false);
    protocol::call_method(ctx, &buffer, "seek", &[int::from_i64(target), int::from_i64(whence.into())])
}

fn truncate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let buffer = open(ctx, &args[0])?;
    protocol::call_method(ctx, &args[0], "flush", &[])?;
    protocol::call_method(ctx, &buffer, "truncate", &[or_none(&args[1])])
}

fn detach(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let buffer = open(ctx, &args[0])?;
    protocol::call_method(ctx, &args[0], "flush", &[])?;
    let file = this(ctx, &args[0])?;
    // What was read ahead goes back.
    let unread = !file.state.borrow().rest().is_empty();
    if unread {
        let position = position(ctx, file, &buffer)?;
        protocol::call_method(ctx, &buffer, "seek", &[int::from_i64(position)])?;
    }
    file.detached.set(true);
    drop(file.buffer.take());
    Ok(buffer)
}

fn reconfigure(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::call_method(ctx, &args[0], "flush", &[])?;
    let file = this(ctx, &args[0])?;
    let (old_encoding, old_errors) = {
        let state = file.state.borrow();
        (state.encoding.clone(), state.errors.clone())
    };
    let new_encoding = given(&args[1]).is_some_and(|encoding| !encoding.is_none());
    let (mut encoding, mut errors) = encoding_arguments(ctx, &args[1], &args[2], "reconfigure()")?;
    if !new_encoding {
        encoding = old_encoding;
    }
    if given(&args[2]).is_none_or(Value::is_none) {
        errors = if new_encoding { "strict".to_owned() } else { old_errors };
    }
    let codec = codec::find(ctx, &encoding)?;
    let newline = match given(&args[3]) {
        Some(newline) => Some(Newline::from_argument(ctx, newline, "reconfigure()")?),
        None => None,
    };
    let line_buffering = flag(ctx, &args[4], file.state.borrow().line_buffering)?;
    let write_through = flag(ctx, &args[5], file.state.borrow().write_through)?;
    let mut state = file.state.borrow_mut();
    state.codec = codec;
    state.encoding = encoding;
    state.errors = errors;
    state.newline = newline.unwrap_or(state.newline);
    state.line_buffering = line_buffering;
    state.write_through = write_through;
    Ok(Value::NONE)
}

fn newlines(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(seen_value(this(ctx, &args[0])?.seen.get()))
}

fn mode(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mode = this_blank(ctx, &args[0])?.mode.get();
    if mode.is_empty() {
        let name = ctx.names.mode.clone();
        return Err(protocol::attribute::no_attribute(ctx, &args[0], &name));
    }
    Ok(mode)
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = protocol::class_of(ctx, &args[0]);
    let mut text = format!("<{}", protocol::full_class_name(ctx, &class));
    let file = this_blank(ctx, &args[0])?;
    let buffer = file.buffer.get();
    if !buffer.is_empty() {
        let name = ctx.names.name.clone();
        if let Some(name) = protocol::get_attr_optional(ctx, &buffer, &name)? {
            text.push_str(&format!(" name={}", protocol::text::repr_string(ctx, &name)?));
        }
    }
    let mode = file.mode.get();
    if !mode.is_empty() {
        text.push_str(&format!(" mode={}", protocol::text::repr_string(ctx, &mode)?));
    }
    text.push_str(&format!(" encoding='{}'>", file.state.borrow().encoding));
    Ok(ctx.str(text))
}

/// Whether the file is an exact `TextIOWrapper` around standard output, unbuffered by itself: `print` may write to the
/// host directly.
pub(crate) fn is_plain_output(class: &Class, file: &Value) -> bool {
    let exact = file.header().is_some_and(|header| header.shape() == class.instance_shape.get());
    exact
        && data_of::<TextFile>(file).is_some_and(|file| {
            let state = file.state.borrow();
            state.codec == Codec::Utf8
                && !state.line_buffering
                && !state.write_through
                && !matches!(state.newline, Newline::Only("\r" | "\r\n"))
                && file.buffer.peek(|buffer| {
                    binary::is_standard_out(buffer)
                        && data_of::<BinaryFile>(buffer).is_some_and(|file| !file.stream.borrow().closed)
                })
        })
}
