//! Files in memory: `StringIO` and `BytesIO`.

use std::cell::{Cell, RefCell};

use super::base::{self, check_limit, text_argument};
use super::text::{Newline, seen_value, translate};
use crate::objects::arguments::given;
use crate::objects::buffer::expect_bytes;
use crate::objects::bytes::new_bytes;
use crate::objects::construct::requested_shape;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::native::PyResult;
use crate::objects::string::{Str, new_str};
use crate::objects::value::Value;
use crate::objects::{int, protocol};

crate::natives! { pub(crate) static STRING_METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_string;
    method "__init__(self, initial_value='', newline='\\n')" => init_string;
    method "__next__(self, /)" => next_string;
    /// Retrieve the entire contents of the object.
    method "getvalue(self, /)" => string_value;
    /// Read at most size characters, returned as a string.
    method "read(self, size=-1, /)" => read_string;
    /// Read until newline or EOF.
    method "readline(self, size=-1, /)" => read_string_line;
    /// Write string to file.
    method "write(self, s, /)" => write_string;
    /// Change stream position.
    method "seek(self, pos, whence=0, /)" => seek_string;
    /// Tell the current file position.
    method "tell(self, /)" => |ctx, args| { let file = string(ctx, &args[0])?; Ok(int::from_usize(file.position.get())) };
    /// Truncate size to pos.
    method "truncate(self, pos=None, /)" => truncate_string;
    method "close(self, /)" => |_, args| { if let Some(file) = data_of::<StringFile>(&args[0]) { file.closed.set(true); } Ok(Value::NONE) };
    method "readable(self, /)" => |ctx, args| string(ctx, &args[0]).map(|_| Value::TRUE);
    method "writable(self, /)" => |ctx, args| string(ctx, &args[0]).map(|_| Value::TRUE);
    method "seekable(self, /)" => |ctx, args| string(ctx, &args[0]).map(|_| Value::TRUE);
    getter "closed(self)" => |_, args| Ok(Value::bool(data_of::<StringFile>(&args[0]).is_some_and(|file| file.closed.get())));
    getter "newlines(self)" => |ctx, args| Ok(seen_value(string(ctx, &args[0])?.seen.get()));
    getter "line_buffering(self)" => |ctx, args| string(ctx, &args[0]).map(|_| Value::FALSE);
}

crate::natives! { pub(crate) static BYTES_METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_bytes_file;
    method "__init__(self, initial_bytes=b'')" => init_bytes;
    /// Retrieve the entire contents of the BytesIO object.
    method "getvalue(self, /)" => bytes_value;
    /// Get a read-only view over the contents of the BytesIO object.
    method "getbuffer(self, /)" => bytes_view;
    /// Read at most size bytes, returned as a bytes object.
    method "read(self, size=-1, /)" => read_bytes;
    method "read1(self, size=-1, /)" => read_bytes;
    /// Next line from the file, as a bytes object.
    method "readline(self, size=-1, /)" => read_bytes_line;
    /// Read bytes into buffer.
    method "readinto(self, buffer, /)" => read_bytes_into;
    method "readinto1(self, buffer, /)" => read_bytes_into;
    /// Write bytes to file.
    method "write(self, b, /)" => write_bytes;
    /// Change stream position.
    method "seek(self, pos, whence=0, /)" => seek_bytes;
    /// Current file position, an integer.
    method "tell(self, /)" => |ctx, args| { let file = bytes(ctx, &args[0])?; Ok(int::from_usize(file.position.get())) };
    /// Truncate the file to at most size bytes.
    method "truncate(self, size=None, /)" => truncate_bytes;
    method "close(self, /)" => |_, args| { if let Some(file) = data_of::<BytesFile>(&args[0]) { file.closed.set(true); } Ok(Value::NONE) };
    method "flush(self, /)" => |ctx, args| bytes(ctx, &args[0]).map(|_| Value::NONE);
    method "isatty(self, /)" => |ctx, args| bytes(ctx, &args[0]).map(|_| Value::FALSE);
    method "readable(self, /)" => |ctx, args| bytes(ctx, &args[0]).map(|_| Value::TRUE);
    method "writable(self, /)" => |ctx, args| bytes(ctx, &args[0]).map(|_| Value::TRUE);
    method "seekable(self, /)" => |ctx, args| bytes(ctx, &args[0]).map(|_| Value::TRUE);
    getter "closed(self)" => |_, args| Ok(Value::bool(data_of::<BytesFile>(&args[0]).is_some_and(|file| file.closed.get())));
}

// ---- StringIO.

/// The data of `StringIO`. Positions count characters; the byte that the position stands at is kept too, so that writing
/// at the end and reading line by line need no counting.
pub(crate) struct StringFile {
    text: RefCell<String>,
    position: Cell<usize>,
    /// The byte at the position, when the position is within the text.
    byte: Cell<usize>,
    newline: Cell<Newline>,
    seen: Cell<u8>,
    closed: Cell<bool>,
    ready: Cell<bool>,
}

impl ForeignData for StringFile {}

fn new_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let base = super::classes::classes(ctx).string_io.clone();
    let shape = requested_shape(ctx, &args[0], &base)?;
    let data = StringFile {
        text: RefCell::new(String::new()),
        position: Cell::new(0),
        byte: Cell::new(0),
        newline: Cell::new(Newline::Only("\n")),
        seen: Cell::new(0),
        closed: Cell::new(false),
        ready: Cell::new(false),
    };
    Ok(new_foreign(shape, data).into_value())
}

fn init_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let newline = match given(&args[2]) {
        None => Newline::Only("\n"),
        Some(newline) => {
            if let Some(text) = newline.downcast_ref::<Str>()
                && !matches!(text.as_str(), "" | "\n" | "\r" | "\r\n")
            {
                let shown = protocol::text::repr_string(ctx, newline)?;
                return Err(ctx.value_error(format!("illegal newline value: {shown}")));
            }
            Newline::from_argument(ctx, newline, "StringIO()")?
        }
    };
    let initial = match given(&args[1]).filter(|initial| !initial.is_none()) {
        Some(initial) => text_argument(ctx, initial, "initial_value must be str or None, not {}")?,
        None => "",
    };
    let Some(file) = data_of::<StringFile>(&args[0]) else { return Err(ctx.value_error("not a StringIO")) };
    file.newline.set(newline);
    file.closed.set(false);
    file.ready.set(true);
    file.text.borrow_mut().clear();
    file.position.set(0);
    file.byte.set(0);
    put(file, initial);
    file.position.set(0);
    file.byte.set(0);
    Ok(Value::NONE)
}

fn string<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a StringFile> {
    match data_of::<StringFile>(value) {
        Some(file) if file.closed.get() => Err(ctx.value_error("I/O operation on closed file")),
        Some(file) if file.ready.get() => Ok(file),
        _ => Err(ctx.value_error("I/O operation on uninitialized object")),
    }
}

fn byte_of(text: &str, position: usize) -> usize {
    text.char_indices().nth(position).map_or(text.len(), |(at, _)| at)
}

/// Writes at the position.
fn put(file: &StringFile, text: &str) {
    let translated;
    let text = match file.newline.get() {
        Newline::Universal => {
            translated = translate(text, &file.seen);
            &translated
        }
        Newline::Only(end) if end != "\n" => {
            translated = text.replace('\n', end);
            &translated
        }
        Newline::Any | Newline::Only(_) => text,
    };
    if text.is_empty() {
        return;
    }
    let count = text.chars().count();
    let mut own = file.text.borrow_mut();
    if file.byte.get() == own.len() {
        // At or past the end: past it, the gap is filled with NUL.
        let length = if own.is_empty() { 0 } else { own.chars().count().min(file.position.get()) };
        if file.position.get() > length {
            let gap = file.position.get() - own.chars().count();
            own.extend(std::iter::repeat_n('\0', gap));
        }
        own.push_str(text);
        file.byte.set(own.len());
    } else {
        let start = file.byte.get();
        let end = start + byte_of(&own[start..], count);
        own.replace_range(start..end, text);
        file.byte.set(start + text.len());
    }
    file.position.set(file.position.get() + count);
}

fn write_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = text_argument(ctx, &args[1], "string argument expected, got '{}'")?;
    let file = string(ctx, &args[0])?;
    put(file, text);
    let length = args[1].downcast_ref::<Str>().map_or(0, |text| text.char_len());
    Ok(int::from_usize(length))
}

/// Takes text of a byte length at the position.
fn take(file: &StringFile, length: usize) -> Value {
    let own = file.text.borrow();
    let start = file.byte.get();
    let text = &own[start..start + length];
    file.byte.set(start + length);
    file.position.set(file.position.get() + text.chars().count());
    new_str(text).into_value()
}

fn read_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "argument should be integer or None, not '{}'")?;
    let file = string(ctx, &args[0])?;
    let length = {
        let own = file.text.borrow();
        let rest = &own[file.byte.get()..];
        limit.map_or(rest.len(), |limit| byte_of(rest, limit))
    };
    Ok(take(file, length))
}

fn line_of_string(file: &StringFile, limit: Option<usize>) -> Value {
    let length = {
        let own = file.text.borrow();
        let rest = &own[file.byte.get()..];
        let newline = match file.newline.get() {
            Newline::Universal => Newline::Only("\n"),
            other => other,
        };
        let line = newline.line_length(rest, true).unwrap_or(rest.len());
        limit.map_or(line, |limit| line.min(byte_of(rest, limit)))
    };
    take(file, length)
}

fn read_string_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "argument should be integer or None, not '{}'")?;
    let file = string(ctx, &args[0])?;
    Ok(line_of_string(file, limit))
}

fn next_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    base::check_open(ctx, &args[0])?;
    let own = super::classes::classes(ctx).string_io.clone();
    let line = if protocol::class_of(ctx, &args[0]).is(own.value()) {
        line_of_string(string(ctx, &args[0])?, None)
    } else {
        protocol::call_method(ctx, &args[0], "readline", &[])?
    };
    if line.downcast_ref::<Str>().is_some_and(|line| line.as_str().is_empty()) {
        return Err(ctx.stop_iteration(Value::NONE));
    }
    Ok(line)
}

fn string_value(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = string(ctx, &args[0])?;
    Ok(new_str(file.text.borrow().clone()).into_value())
}

fn seek_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = string(ctx, &args[0])?;
    let offset = protocol::convert::as_isize(ctx, &args[1])?;
    let whence = match given(&args[2]) {
        Some(whence) => protocol::convert::as_i32(ctx, whence)?,
        None => 0,
    };
    if !(0..=2).contains(&whence) {
        return Err(ctx.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
    }
    if whence == 0 && offset < 0 {
        return Err(ctx.value_error(format!("Negative seek position {offset}")));
    }
    if whence != 0 && offset != 0 {
        let class = ctx.exceptions.OSError.clone();
        return Err(ctx.raise(&class, "Can't do nonzero cur-relative seeks"));
    }
    match whence {
        0 => file.position.set(offset as usize),
        2 => file.position.set(file.text.borrow().chars().count()),
        _ => {}
    }
    file.byte.set(byte_of(&file.text.borrow(), file.position.get()));
    Ok(int::from_usize(file.position.get()))
}

fn truncate_string(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = string(ctx, &args[0])?;
    let size = match given(&args[1]).filter(|size| !size.is_none()) {
        Some(size) => {
            let size = protocol::convert::as_isize(ctx, size)?;
            match usize::try_from(size) {
                Ok(size) => size,
                Err(_) => return Err(ctx.value_error(format!("Negative size value {size}"))),
            }
        }
        None => file.position.get(),
    };
    let mut own = file.text.borrow_mut();
    let end = byte_of(&own, size);
    own.truncate(end);
    file.byte.set(file.byte.get().min(end));
    Ok(int::from_usize(size))
}

// ---- BytesIO.

/// The data of `BytesIO`.
pub(crate) struct BytesFile {
    bytes: RefCell<Vec<u8>>,
    position: Cell<usize>,
    closed: Cell<bool>,
}

impl ForeignData for BytesFile {}

fn new_bytes_file(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let base = super::classes::classes(ctx).bytes_io.clone();
    let shape = requested_shape(ctx, &args[0], &base)?;
    let data = BytesFile { bytes: RefCell::new(Vec::new()), position: Cell::new(0), closed: Cell::new(false) };
    Ok(new_foreign(shape, data).into_value())
}

fn init_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let initial = match given(&args[1]).filter(|initial| !initial.is_none()) {
        Some(initial) => expect_bytes(ctx, initial)?.into_owned(),
        None => Vec::new(),
    };
    let Some(file) = data_of::<BytesFile>(&args[0]) else { return Err(ctx.value_error("not a BytesIO")) };
    *file.bytes.borrow_mut() = initial;
    file.position.set(0);
    file.closed.set(false);
    Ok(Value::NONE)
}

fn bytes<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a BytesFile> {
    match data_of::<BytesFile>(value) {
        Some(file) if !file.closed.get() => Ok(file),
        Some(_) => Err(ctx.value_error("I/O operation on closed file.")),
        None => Err(ctx.value_error("I/O operation on uninitialized object")),
    }
}

fn take_bytes(file: &BytesFile, limit: Option<usize>, line: bool) -> Vec<u8> {
    let own = file.bytes.borrow();
    let rest = own.get(file.position.get()..).unwrap_or_default();
    let mut length = limit.map_or(rest.len(), |limit| rest.len().min(limit));
    if line && let Some(end) = memchr::memchr(b'\n', &rest[..length]) {
        length = end + 1;
    }
    file.position.set(file.position.get() + length);
    rest[..length].to_vec()
}

fn read_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "argument should be integer or None, not '{}'")?;
    let file = bytes(ctx, &args[0])?;
    Ok(new_bytes(take_bytes(file, limit, false)).into_value())
}

fn read_bytes_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "argument should be integer or None, not '{}'")?;
    let file = bytes(ctx, &args[0])?;
    Ok(new_bytes(take_bytes(file, limit, true)).into_value())
}

fn read_bytes_into(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let length = expect_bytes(ctx, &args[1])?.len();
    let file = bytes(ctx, &args[0])?;
    let taken = take_bytes(file, Some(length), false);
    base::copy_into(ctx, &args[1], taken)
}

fn write_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = bytes(ctx, &args[0])?;
    let new = expect_bytes(ctx, &args[1])?;
    let mut own = file.bytes.borrow_mut();
    let start = file.position.get();
    let end = start + new.len();
    if !new.is_empty() {
        if own.len() < end {
            own.resize(end, 0);
        }
        own[start..end].copy_from_slice(&new);
        file.position.set(end);
    }
    Ok(int::from_usize(new.len()))
}

fn bytes_value(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = bytes(ctx, &args[0])?;
    Ok(new_bytes(file.bytes.borrow().clone()).into_value())
}

fn bytes_view(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let copy = bytes_value(ctx, args)?;
    let class = ctx.types.memoryview.value().clone();
    protocol::call(ctx, &class, &[copy])
}

fn seek_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = bytes(ctx, &args[0])?;
    let offset = protocol::convert::as_isize(ctx, &args[1])?;
    let whence = match given(&args[2]) {
        Some(whence) => protocol::convert::as_i32(ctx, whence)?,
        None => 0,
    };
    let base = match whence {
        0 if offset < 0 => return Err(ctx.value_error(format!("negative seek value {offset}"))),
        0 => 0,
        1 => file.position.get(),
        2 => file.bytes.borrow().len(),
        _ => return Err(ctx.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    file.position.set((base as isize).saturating_add(offset).max(0) as usize);
    Ok(int::from_usize(file.position.get()))
}

fn truncate_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = bytes(ctx, &args[0])?;
    let size = match given(&args[1]).filter(|size| !size.is_none()) {
        Some(size) => {
            let size = protocol::convert::as_isize(ctx, size)?;
            match usize::try_from(size) {
                Ok(size) => size,
                Err(_) => return Err(ctx.value_error(format!("negative size value {size}"))),
            }
        }
        None => file.position.get(),
    };
    file.bytes.borrow_mut().truncate(size);
    Ok(int::from_usize(size))
}
