//! `_IOBase` and its three children: what every file object can do, by way of what its class defines.
//!
//! Programs derive from these classes, so nothing here knows how the object keeps its data.

use crate::objects::arguments::given;
use crate::objects::buffer::{expect_bytes, store_of};
use crate::objects::bytes::{ByteArray, new_bytearray, new_bytes};
use crate::objects::ctx::Ctx;
use crate::objects::instance::Instance;
use crate::objects::list::new_list;
use crate::objects::memoryview::MemoryView;
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::{Str, intern};
use crate::objects::value::Value;
use crate::objects::{int, protocol};

use super::classes::classes;

crate::natives! { pub(crate) static METHODS:
    method "__enter__(self, /)" => enter;
    method "__exit__(self, /, *args)" => exit;
    method "__iter__(self, /)" => enter;
    method "__next__(self, /)" => next;
    /// Flush and close the IO object. This method has no effect if the file is already closed.
    method "close(self, /)" => close;
    getter "closed(self)" => |_, args| Ok(Value::bool(is_marked_closed(&args[0])));
    /// Flush write buffers, if applicable.
    method "flush(self, /)" => flush;
    /// Return whether this is an 'interactive' stream.
    method "isatty(self, /)" => no;
    /// Return whether object was opened for reading.
    method "readable(self, /)" => no;
    /// Return whether object was opened for writing.
    method "writable(self, /)" => no;
    /// Return whether object supports random access.
    method "seekable(self, /)" => no;
    method "fileno(self, /)" => |ctx, _| Err(unsupported(ctx, "fileno"));
    method "seek(self, offset, whence=0, /)" => |ctx, _| Err(unsupported(ctx, "seek"));
    method "truncate(self, size=None, /)" => |ctx, _| Err(unsupported(ctx, "truncate"));
    /// Return current stream position.
    method "tell(self, /)" => |ctx, args| protocol::call_method(ctx, &args[0], "seek", &[int::from_i64(0), int::from_i64(1)]);
    /// Read and return a line from the stream.
    method "readline(self, size=-1, /)" => read_line;
    /// Return a list of lines from the stream.
    method "readlines(self, hint=None, /)" => read_lines;
    /// Write a list of lines to stream. Line separators are not added.
    method "writelines(self, lines, /)" => write_lines;
    method "_checkClosed(self, /)" => |ctx, args| check_open(ctx, &args[0]).map(|()| Value::NONE);
}

crate::natives! { pub(crate) static RAW_METHODS:
    method "read(self, size=-1, /)" => raw_read;
    /// Read until EOF, using multiple read() call.
    method "readall(self, /)" => raw_read_all;
    method "readinto(self, buffer, /)" => |ctx, _| Err(ctx.not_implemented_error("")).or_else(bare);
    method "write(self, b, /)" => |ctx, _| Err(ctx.not_implemented_error("")).or_else(bare);
}

crate::natives! { pub(crate) static BUFFERED_METHODS:
    method "read(self, size=-1, /)" => |ctx, _| Err(unsupported(ctx, "read"));
    method "read1(self, size=-1, /)" => |ctx, _| Err(unsupported(ctx, "read1"));
    method "readinto(self, buffer, /)" => buffered_read_into;
    method "readinto1(self, buffer, /)" => buffered_read_into;
    method "write(self, b, /)" => |ctx, _| Err(unsupported(ctx, "write"));
    method "detach(self, /)" => |ctx, _| Err(unsupported(ctx, "detach"));
}

crate::natives! { pub(crate) static TEXT_METHODS:
    method "read(self, size=-1, /)" => |ctx, _| Err(unsupported(ctx, "read"));
    method "readline(self, size=-1, /)" => |ctx, _| Err(unsupported(ctx, "readline"));
    method "write(self, s, /)" => |ctx, _| Err(unsupported(ctx, "write"));
    method "detach(self, /)" => |ctx, _| Err(unsupported(ctx, "detach"));
    getter "encoding(self)" => |_, _| Ok(Value::NONE);
    getter "errors(self)" => |_, _| Ok(Value::NONE);
    getter "newlines(self)" => |_, _| Ok(Value::NONE);
}

fn bare(raised: Raised) -> PyResult {
    Err(raised)
}

/// Raises `io.UnsupportedOperation`.
#[cold]
pub(crate) fn unsupported(ctx: &mut Ctx, what: &str) -> Raised {
    let class = classes(ctx).unsupported.clone();
    ctx.raise(&class, what)
}

fn no(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_open(ctx, &args[0])?;
    Ok(Value::FALSE)
}

const CLOSED: &str = "__IOBase_closed";

fn is_marked_closed(value: &Value) -> bool {
    value.downcast_ref::<Instance>().is_some_and(|instance| instance.attribute(&intern(CLOSED)).is_some())
}

/// Whether `closed` of the object is true.
pub(crate) fn is_closed(ctx: &mut Ctx, file: &Value) -> PyResult<bool> {
    let name = ctx.names.closed.clone();
    match protocol::get_attr_optional(ctx, file, &name)? {
        Some(closed) => protocol::truth(ctx, &closed),
        None => Ok(false),
    }
}

/// ValueError when the object is closed.
pub(crate) fn check_open(ctx: &mut Ctx, file: &Value) -> PyResult<()> {
    if is_closed(ctx, file)? {
        return Err(ctx.value_error("I/O operation on closed file."));
    }
    Ok(())
}

fn enter(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_open(ctx, &args[0])?;
    Ok(args[0].clone())
}

fn exit(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    protocol::call_method(ctx, &args[0], "close", &[])?;
    Ok(Value::NONE)
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if is_marked_closed(&args[0]) {
        return Ok(Value::NONE);
    }
    let flushed = protocol::call_method(ctx, &args[0], "flush", &[]);
    if let Some(instance) = args[0].downcast_ref::<Instance>() {
        instance.set_attribute(&intern(CLOSED), Value::TRUE);
    }
    flushed.map(|_| Value::NONE)
}

fn flush(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_open(ctx, &args[0])?;
    Ok(Value::NONE)
}

fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let line = protocol::call_method(ctx, &args[0], "readline", &[])?;
    if protocol::length(ctx, &line)? == 0 {
        return Err(ctx.stop_iteration(Value::NONE));
    }
    Ok(line)
}

/// A line byte by byte, which is all that `read` allows.
fn read_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = check_limit(ctx, &args[1], "argument should be integer or None, not '{}'")?;
    let mut line = Vec::new();
    while limit.is_none_or(|limit| line.len() < limit) {
        let piece = protocol::call_method(ctx, &args[0], "read", &[int::from_i64(1)])?;
        if piece.is_none() {
            break;
        }
        let bytes = expect_bytes(ctx, &piece)?;
        if bytes.is_empty() {
            break;
        }
        line.extend_from_slice(&bytes);
        if line.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(new_bytes(line).into_value())
}

fn read_lines(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let hint = match given(&args[1]).filter(|hint| !hint.is_none()) {
        Some(hint) => protocol::convert::as_isize(ctx, hint)?,
        None => -1,
    };
    let iterator = protocol::iteration::iter(ctx, &args[0])?;
    let mut lines = Vec::new();
    let mut length = 0;
    while let Some(line) = protocol::next(ctx, &iterator)? {
        length += protocol::length(ctx, &line)? as isize;
        lines.push(line);
        if hint > 0 && length > hint {
            break;
        }
    }
    Ok(new_list(lines).into_value())
}

fn write_lines(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_open(ctx, &args[0])?;
    let lines = protocol::iteration::iter(ctx, &args[1])?;
    while let Some(line) = protocol::next(ctx, &lines)? {
        protocol::call_method(ctx, &args[0], "write", &[line])?;
    }
    Ok(Value::NONE)
}

fn raw_read(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    match check_limit(ctx, &args[1], "'{}' object cannot be interpreted as an integer")? {
        None => protocol::call_method(ctx, &args[0], "readall", &[]),
        Some(limit) => {
            let buffer = new_bytearray(vec![0; limit]).into_value();
            let count = protocol::call_method(ctx, &args[0], "readinto", std::slice::from_ref(&buffer))?;
            if count.is_none() {
                return Ok(count);
            }
            let count = protocol::convert::as_usize_length(ctx, &count)?;
            let bytes = expect_bytes(ctx, &buffer)?;
            Ok(new_bytes(bytes[..count.min(bytes.len())].to_vec()).into_value())
        }
    }
}

fn raw_read_all(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut all = Vec::new();
    loop {
        let piece = protocol::call_method(ctx, &args[0], "read", &[int::from_usize(super::stream::CHUNK)])?;
        if piece.is_none() {
            break;
        }
        let bytes = expect_bytes(ctx, &piece)?;
        if bytes.is_empty() {
            break;
        }
        all.extend_from_slice(&bytes);
    }
    Ok(new_bytes(all).into_value())
}

fn buffered_read_into(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let length = expect_bytes(ctx, &args[1])?.len();
    let bytes = protocol::call_method(ctx, &args[0], "read", &[int::from_usize(length)])?;
    let bytes = expect_bytes(ctx, &bytes)?.into_owned();
    copy_into(ctx, &args[1], bytes)
}

/// Puts bytes at the start of a writable buffer; gives their number.
pub(crate) fn copy_into(ctx: &mut Ctx, target: &Value, bytes: Vec<u8>) -> PyResult {
    if let Some(store) = store_of(target) {
        return copy_into(ctx, &store, bytes);
    }
    let count = bytes.len();
    if target.is_kind::<ByteArray>() || target.is_kind::<MemoryView>() {
        let stop = int::from_usize(count);
        let slice = crate::objects::slice::new_slice(Value::NONE, stop, Value::NONE).into_value();
        protocol::subscript::set_item(ctx, target, &slice, new_bytes(bytes).into_value())?;
        return Ok(int::from_usize(count));
    }
    let class = protocol::class_name(ctx, target);
    Err(ctx.type_error(format!("readinto() argument must be read-write bytes-like object, not {class}")))
}

/// The size argument of the reading methods: None for no limit.
pub(crate) fn check_limit(ctx: &mut Ctx, value: &Value, wording: &str) -> PyResult<Option<usize>> {
    let Some(value) = given(value).filter(|value| !value.is_none()) else { return Ok(None) };
    if !int::is_int(value) && protocol::lookup_special(ctx, value, &ctx.names.__index__).is_none() {
        return Err(protocol::type_mismatch(ctx, wording, value));
    }
    let limit = protocol::convert::as_isize(ctx, value)?;
    Ok(usize::try_from(limit).ok())
}

/// The text of an argument that must be a str.
pub(crate) fn text_argument<'a>(ctx: &mut Ctx, value: &'a Value, wording: &str) -> PyResult<&'a str> {
    match value.downcast_ref::<Str>() {
        Some(text) => Ok(text.as_str()),
        None => Err(protocol::type_mismatch(ctx, wording, value)),
    }
}
