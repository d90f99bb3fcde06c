//! Binary files: `FileIO`, and `BufferedReader`, `BufferedWriter` and `BufferedRandom` around it.
//!
//! The four classes share one payload; they differ in what they allow and in the wording of their errors.

use std::cell::{Cell, RefCell};
use std::io::SeekFrom;
use std::rc::Rc;

use super::base::{self, check_limit, unsupported};
use super::classes::classes;
use super::stream::{Medium, Stream};
use crate::objects::arguments::{given, or_none};
use crate::objects::buffer::expect_bytes;
use crate::objects::bytes::new_bytes;
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::{Ref, Slot};
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::intern;
use crate::objects::value::Value;
use crate::objects::{int, protocol};

crate::natives! { pub(crate) static METHODS:
    method "__repr__(self, /)" => repr;
    /// Read and return up to n bytes; all that is left without n.
    method "read(self, size=-1, /)" => read;
    /// Read and return up to size bytes, with at most one read() call to the underlying raw stream.
    method "read1(self, size=-1, /)" => read_once;
    /// Read bytes into the object and return how many.
    method "readinto(self, buffer, /)" => read_into;
    method "readinto1(self, buffer, /)" => read_into;
    method "readall(self, /)" => read_all;
    /// Read and return a line from the stream.
    method "readline(self, size=-1, /)" => read_line;
    method "peek(self, size=0, /)" => peek;
    /// Write the bytes and return how many they are.
    method "write(self, buffer, /)" => write;
    method "flush(self, /)" => flush;
    method "close(self, /)" => close;
    method "seek(self, target, whence=0, /)" => seek;
    method "tell(self, /)" => tell;
    method "truncate(self, pos=None, /)" => truncate;
    method "fileno(self, /)" => fileno;
    method "isatty(self, /)" => is_terminal;
    method "readable(self, /)" => |ctx, args| { let file = open_or(ctx, &args[0], None)?; Ok(Value::bool(file.stream.borrow().readable)) };
    method "writable(self, /)" => |ctx, args| { let file = open_or(ctx, &args[0], None)?; Ok(Value::bool(file.stream.borrow().writable)) };
    method "seekable(self, /)" => |ctx, args| { let file = open_or(ctx, &args[0], None)?; Ok(Value::bool(file.stream.borrow_mut().seekable())) };
    method "detach(self, /)" => raw;
    getter "closed(self)" => |ctx, args| Ok(Value::bool(this(ctx, &args[0])?.stream.borrow().closed));
    getter "name(self)" => |ctx, args| Ok(this(ctx, &args[0])?.name.get());
    setter "name(self, value)" => |ctx, args| { this(ctx, &args[0])?.name.set(or_none(&args[1])); Ok(Value::NONE) };
    getter "mode(self)" => |ctx, args| Ok(intern(this(ctx, &args[0])?.mode.get()));
    getter "closefd(self)" => |_, _| Ok(Value::TRUE);
    getter "raw(self)" => raw;
}

/// Which of the four classes an object is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `FileIO`
    Raw,
    /// `BufferedReader`
    Reader,
    /// `BufferedWriter`
    Writer,
    /// `BufferedRandom`
    Random,
}

/// The data of binary files.
pub(crate) struct BinaryFile {
    /// The bytes.
    pub(crate) stream: Rc<RefCell<Stream>>,
    /// `name`
    pub(crate) name: Slot,
    /// `mode`
    pub(crate) mode: Cell<&'static str>,
    sort: Sort,
}

impl ForeignData for BinaryFile {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.name.peek(visit);
    }

    fn clear(&self) {
        self.name.take();
    }
}

/// A new object of one of the four classes.
pub(crate) fn new_binary(
    ctx: &mut Ctx,
    sort: Sort,
    stream: Rc<RefCell<Stream>>,
    name: Value,
    mode: &'static str,
) -> Value {
    let all = classes(ctx);
    let class: Ref<Class> = match sort {
        Sort::Raw => all.file_io.clone(),
        Sort::Reader => all.buffered_reader.clone(),
        Sort::Writer => all.buffered_writer.clone(),
        Sort::Random => all.buffered_random.clone(),
    };
    let data = BinaryFile { stream, name: Slot::new(name), mode: Cell::new(mode), sort };
    new_foreign(class.instance_shape.get(), data).into_value()
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a BinaryFile> {
    match data_of::<BinaryFile>(value) {
        Some(file) => Ok(file),
        None => Err(ctx.value_error("I/O operation on uninitialized object")),
    }
}

/// The file, if it is open; `verb` words the error of buffered files.
fn open_or<'a>(ctx: &mut Ctx, value: &'a Value, verb: Option<&str>) -> PyResult<&'a BinaryFile> {
    let file = this(ctx, value)?;
    if file.stream.borrow().closed {
        return Err(ctx.value_error(match verb {
            Some("write") if file.sort != Sort::Raw => "write to closed file".to_owned(),
            Some(verb) if file.sort != Sort::Raw => format!("{verb} of closed file"),
            _ => "I/O operation on closed file".to_owned(),
        }));
    }
    Ok(file)
}

fn readable<'a>(ctx: &mut Ctx, value: &'a Value, verb: &str) -> PyResult<&'a BinaryFile> {
    let file = this(ctx, value)?;
    if !file.stream.borrow().readable {
        return Err(match file.sort {
            Sort::Raw => unsupported(ctx, "File not open for reading"),
            _ => unsupported(ctx, "read"),
        });
    }
    open_or(ctx, value, Some(verb))
}

fn failed(ctx: &mut Ctx, error: &std::io::Error) -> Raised {
    raise_io_error(ctx, error, None)
}

fn read(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = readable(ctx, &args[0], "read")?;
    let limit = check_limit(ctx, &args[1], "argument should be integer or 'None', not '{}'")?;
    let bytes = file.stream.borrow_mut().read(&mut *ctx.host, limit);
    match bytes {
        Ok(bytes) => Ok(new_bytes(bytes).into_value()),
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn read_all(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    read(ctx, &[args[0].clone(), Value::NONE])
}

fn read_once(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = readable(ctx, &args[0], "read")?;
    let limit = check_limit(ctx, &args[1], "argument should be integer or 'None', not '{}'")?;
    let ready = file.stream.borrow_mut().peek(&mut *ctx.host).map(<[u8]>::len);
    match ready {
        Ok(ready) => {
            let count = limit.map_or(ready, |limit| limit.min(ready));
            read(ctx, &[args[0].clone(), int::from_usize(count)])
        }
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn read_into(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = readable(ctx, &args[0], "readinto")?;
    let length = expect_bytes(ctx, &args[1])?.len();
    let bytes = file.stream.borrow_mut().read(&mut *ctx.host, Some(length));
    match bytes {
        Ok(bytes) => base::copy_into(ctx, &args[1], bytes),
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn read_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = readable(ctx, &args[0], "readline")?;
    let limit = check_limit(ctx, &args[1], "argument should be integer or 'None', not '{}'")?;
    let line = file.stream.borrow_mut().read_line(&mut *ctx.host, limit);
    match line {
        Ok(line) => Ok(new_bytes(line).into_value()),
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn peek(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = readable(ctx, &args[0], "peek")?;
    let ready = file.stream.borrow_mut().peek(&mut *ctx.host).map(<[u8]>::to_vec);
    match ready {
        Ok(ready) => Ok(new_bytes(ready).into_value()),
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn write(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = this(ctx, &args[0])?;
    if !file.stream.borrow().writable {
        return Err(match file.sort {
            Sort::Raw => unsupported(ctx, "File not open for writing"),
            _ => unsupported(ctx, "write"),
        });
    }
    open_or(ctx, &args[0], Some("write"))?;
    let bytes = expect_bytes(ctx, &args[1])?;
    write_bytes(ctx, file, &bytes)?;
    Ok(int::from_usize(bytes.len()))
}

/// Writes bytes to an open file.
pub(crate) fn write_bytes(ctx: &mut Ctx, file: &BinaryFile, bytes: &[u8]) -> PyResult<()> {
    let written = file.stream.borrow_mut().write(&mut *ctx.host, bytes);
    written.map_err(|error| failed(ctx, &error))
}

fn flush(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = this(ctx, &args[0])?;
    if file.stream.borrow().closed {
        let message = if file.sort == Sort::Writer { "flush of closed file" } else { "I/O operation on closed file." };
        return Err(ctx.value_error(message));
    }
    flush_file(ctx, file)?;
    Ok(Value::NONE)
}

/// Writes out what waits.
pub(crate) fn flush_file(ctx: &mut Ctx, file: &BinaryFile) -> PyResult<()> {
    let flushed = file.stream.borrow_mut().flush(&mut *ctx.host);
    flushed.map_err(|error| failed(ctx, &error))
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = this(ctx, &args[0])?;
    close_file(ctx, file)?;
    Ok(Value::NONE)
}

/// Closes the stream, for every object that shares it.
pub(crate) fn close_file(ctx: &mut Ctx, file: &BinaryFile) -> PyResult<()> {
    let closed = file.stream.borrow_mut().close(&mut *ctx.host);
    closed.map_err(|error| failed(ctx, &error))
}

/// Reads the arguments of `seek`.
fn target(ctx: &mut Ctx, offset: &Value, whence: &Value) -> PyResult<SeekFrom> {
    let offset = protocol::convert::as_isize(ctx, offset)? as i64;
    let whence = match given(whence) {
        Some(whence) => protocol::convert::as_i32(ctx, whence)?,
        None => 0,
    };
    match whence {
        0 if offset < 0 => Err(raise_io_error(ctx, &std::io::Error::from_raw_os_error(22), None)),
        0 => Ok(SeekFrom::Start(offset as u64)),
        1 => Ok(SeekFrom::Current(offset)),
        2 => Ok(SeekFrom::End(offset)),
        _ => Err(ctx.value_error(format!("whence value {whence} unsupported"))),
    }
}

fn seek(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = open_or(ctx, &args[0], Some("seek"))?;
    let target = target(ctx, &args[1], &args[2])?;
    seek_file(ctx, file, target).map(int::from_u64)
}

/// Moves in the file.
pub(crate) fn seek_file(ctx: &mut Ctx, file: &BinaryFile, to: SeekFrom) -> PyResult<u64> {
    let moved = file.stream.borrow_mut().seek(&mut *ctx.host, to);
    moved.map_err(|error| failed(ctx, &error))
}

fn tell(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = open_or(ctx, &args[0], None)?;
    tell_file(ctx, file).map(int::from_u64)
}

/// The position in the file.
pub(crate) fn tell_file(ctx: &mut Ctx, file: &BinaryFile) -> PyResult<u64> {
    let position = file.stream.borrow_mut().tell();
    position.map_err(|error| failed(ctx, &error))
}

fn truncate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = open_or(ctx, &args[0], Some("truncate"))?;
    if !file.stream.borrow().writable {
        return Err(match file.sort {
            Sort::Raw => unsupported(ctx, "File not open for writing"),
            _ => unsupported(ctx, "truncate"),
        });
    }
    let length = match given(&args[1]).filter(|length| !length.is_none()) {
        Some(length) => protocol::convert::as_usize_length(ctx, length)? as u64,
        None => tell_file(ctx, file)?,
    };
    let cut = file.stream.borrow_mut().truncate(&mut *ctx.host, length);
    match cut {
        Ok(()) => Ok(int::from_u64(length)),
        Err(error) => Err(failed(ctx, &error)),
    }
}

fn fileno(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = open_or(ctx, &args[0], None)?;
    let descriptor = file.stream.borrow().descriptor();
    match descriptor {
        Some(descriptor) => Ok(int::from_i64(descriptor.into())),
        None => Err(unsupported(ctx, "fileno")),
    }
}

fn is_terminal(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = open_or(ctx, &args[0], None)?;
    let terminal = file.stream.borrow().is_terminal(&*ctx.host);
    Ok(Value::bool(terminal))
}

fn raw(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = this(ctx, &args[0])?;
    if file.sort == Sort::Raw {
        let name = intern("raw");
        return Err(protocol::attribute::no_attribute(ctx, &args[0], &name));
    }
    let (stream, name, mode) = (file.stream.clone(), file.name.get(), file.mode.get());
    Ok(new_binary(ctx, Sort::Raw, stream, name, mode))
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let file = this(ctx, &args[0])?;
    let class = protocol::class_of(ctx, &args[0]);
    let class = protocol::full_class_name(ctx, &class);
    let name = file.name.get();
    if file.sort == Sort::Raw {
        if file.stream.borrow().closed {
            return Ok(ctx.str(format!("<{class} [closed]>")));
        }
        let mode = file.mode.get();
        let name = protocol::text::repr_string(ctx, &name)?;
        return Ok(ctx.str(format!("<{class} name={name} mode='{mode}' closefd=True>")));
    }
    let name = protocol::text::repr_string(ctx, &name)?;
    Ok(ctx.str(format!("<{class} name={name}>")))
}

/// Whether this is a standard stream's binary file with the medium.
pub(crate) fn is_standard_out(value: &Value) -> bool {
    data_of::<BinaryFile>(value).is_some_and(|file| matches!(file.stream.borrow().medium, Medium::Out))
}
