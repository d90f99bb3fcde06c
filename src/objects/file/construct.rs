//! `open`, the constructors of binary files, and the standard streams.
//!
//! Source: Standard Library, "io".

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use super::base::text_argument;
use super::binary::{BinaryFile, Sort, new_binary};
use super::stream::{Medium, Stream};
use super::text::{Newline, TextOptions, encoding_arguments, new_text};
use crate::host::{OpenOptions, Stream as Standard};
use crate::objects::arguments::{given, or_none};
use crate::objects::bytes::Bytes;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::{new_os_error, raise_io_error};
use crate::objects::foreign::data_of;
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::{Str, intern};
use crate::objects::value::Value;
use crate::objects::{int, protocol, warning};

crate::natives! { pub(crate) static FILE_IO:
    staticmethod "__new__(cls, file, mode='r', closefd=True, opener=None)" => new_file_io;
    method "__init__(self, /, *args, **kwargs)" => nothing;
}

crate::natives! { pub(crate) static READER:
    staticmethod "__new__(cls, raw, buffer_size=8192)" => |ctx, args| around(ctx, &args[1], Sort::Reader);
    method "__init__(self, /, *args, **kwargs)" => nothing;
}

crate::natives! { pub(crate) static WRITER:
    staticmethod "__new__(cls, raw, buffer_size=8192)" => |ctx, args| around(ctx, &args[1], Sort::Writer);
    method "__init__(self, /, *args, **kwargs)" => nothing;
}

crate::natives! { pub(crate) static RANDOM:
    staticmethod "__new__(cls, raw, buffer_size=8192)" => |ctx, args| around(ctx, &args[1], Sort::Random);
    method "__init__(self, /, *args, **kwargs)" => nothing;
}

crate::natives! { pub(crate) static FUNCTIONS:
    /// Open file and return a stream.  Raise OSError upon failure.
    ///
    /// file is either a text or byte string giving the name (and the path
    /// if the file isn't in the current working directory) of the file to
    /// be opened or an integer file descriptor of the file to be wrapped.
    ///
    /// mode is an optional string that specifies the mode in which the file
    /// is opened. It defaults to 'r' which means open for reading in text
    /// mode.
    function "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => open;
    /// Opens the provided file with the intent to import the contents.
    function "open_code(path)" => |ctx, args| open_file(ctx, &args[0], &Mode::named("rb"), -1, true);
    /// A helper function to choose the text encoding.
    function "text_encoding(encoding, stacklevel=2, /)" => text_encoding;
}

fn nothing(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(Value::NONE)
}

fn text_encoding(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(if or_none(&args[0]).is_none() { intern("locale") } else { args[0].clone() })
}

/// The mode argument of `open`, taken apart.
#[derive(Clone, Copy, Debug, Default)]
struct Mode {
    create: bool,
    read: bool,
    write: bool,
    append: bool,
    update: bool,
    text: bool,
    binary: bool,
}

impl Mode {
    fn named(text: &str) -> Mode {
        Mode::parse(text).unwrap_or_default()
    }

    /// None for a mode with a letter that is unknown or there twice.
    fn parse(text: &str) -> Option<Mode> {
        let mut mode = Mode::default();
        for letter in text.chars() {
            let flag = match letter {
                'x' => &mut mode.create,
                'r' => &mut mode.read,
                'w' => &mut mode.write,
                'a' => &mut mode.append,
                '+' => &mut mode.update,
                't' => &mut mode.text,
                'b' => &mut mode.binary,
                _ => return None,
            };
            if std::mem::replace(flag, true) {
                return None;
            }
        }
        Some(mode)
    }

    fn options(self) -> OpenOptions {
        OpenOptions {
            read: self.read || self.update,
            write: self.write || self.create || self.append || self.update,
            append: self.append,
            truncate: self.write,
            create: self.write || self.append,
            create_new: self.create,
        }
    }

    /// `mode` of the raw file.
    fn raw_name(self) -> &'static str {
        match (self.create, self.append, self.read || self.update, self.write || self.update) {
            (true, _, true, _) => "xb+",
            (true, ..) => "xb",
            (_, true, true, _) => "ab+",
            (_, true, ..) => "ab",
            (_, _, true, true) => "rb+",
            (_, _, true, false) => "rb",
            _ => "wb",
        }
    }
}

const ONE_OF_FOUR: &str = "must have exactly one of create/read/write/append mode";

fn open(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mode_text = match given(&args[1]) {
        Some(mode) => text_argument(ctx, mode, "open() argument 'mode' must be str, not {}")?,
        None => "r",
    };
    let buffering = match given(&args[2]) {
        Some(buffering) => protocol::convert::as_i32(ctx, buffering)?,
        None => -1,
    };
    let (encoding, errors) = encoding_arguments(ctx, &args[3], &args[4], "open()")?;
    let newline = Newline::from_argument(ctx, &args[5], "open()")?;
    let closes = match given(&args[6]) {
        Some(closes) => protocol::truth(ctx, closes)?,
        None => true,
    };
    let Some(mode) = Mode::parse(mode_text) else {
        let shown = crate::text::repr::string(mode_text);
        return Err(ctx.value_error(format!("invalid mode: {shown}")));
    };
    let present = |index: usize| given(&args[index]).is_some_and(|value| !value.is_none());
    let modes = usize::from(mode.create) + usize::from(mode.read) + usize::from(mode.write) + usize::from(mode.append);
    let message = if mode.text && mode.binary {
        "can't have text and binary mode at once"
    } else if modes > 1 {
        ONE_OF_FOUR
    } else if mode.binary && present(3) {
        "binary mode doesn't take an encoding argument"
    } else if mode.binary && present(4) {
        "binary mode doesn't take an errors argument"
    } else if mode.binary && present(5) {
        "binary mode doesn't take a newline argument"
    } else if modes == 0 {
        "Must have exactly one of create/read/write/append mode and at most one plus"
    } else if !closes && !int::is_int(&args[0]) {
        "Cannot use closefd=False with file name"
    } else if !mode.binary && buffering == 0 {
        "can't have unbuffered text I/O"
    } else {
        ""
    };
    if !message.is_empty() {
        return Err(ctx.value_error(message));
    }
    if mode.binary && buffering == 1 {
        let class = ctx.exceptions.RuntimeWarning.clone();
        let message = ctx
            .str("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used");
        warning::warn(ctx, &class, &message, 1)?;
    }
    if !mode.binary {
        crate::objects::codec::find(ctx, &encoding)?;
    }
    let mut file = open_file(ctx, &args[0], &mode, buffering, closes)?;
    if mode.binary {
        return Ok(file);
    }
    if data_of::<BinaryFile>(&file).is_none() {
        let [encoding, errors, newline] = [3, 4, 5].map(|index| or_none(&args[index]));
        let args = [file, intern(mode_text), encoding, errors, newline, Value::bool(buffering == 1)];
        return in_python(ctx, "TextFile", &args);
    }
    let terminal = data_of::<BinaryFile>(&file).is_some_and(|file| file.stream.borrow().is_terminal(&*ctx.host));
    let options = TextOptions {
        encoding,
        errors,
        newline,
        line_buffering: buffering == 1 || buffering < 0 && terminal,
        write_through: false,
    };
    file = new_text(ctx, file, options, Value::clone(&intern(mode_text)))?;
    Ok(file)
}

/// Opens a path or a descriptor as a binary file.
fn open_file(ctx: &mut Ctx, target: &Value, mode: &Mode, buffering: i32, closes: bool) -> PyResult {
    let options = mode.options();
    let stream = if int::is_int(target) {
        match standard_stream(ctx, target, options, closes)? {
            Some(stream) => stream,
            None => {
                // Reading a pipe or a terminal waits, which must not keep other threads from running.
                let raw =
                    in_python(ctx, "DescriptorIO", &[target.clone(), intern(mode.raw_name()), Value::bool(closes)])?;
                let class = match (buffering, mode.update, mode.read) {
                    (0, ..) => return Ok(raw),
                    (_, true, _) => "BufferedRandom",
                    (_, _, true) => "BufferedReader",
                    _ => "BufferedWriter",
                };
                return in_python(ctx, class, &[raw]);
            }
        }
    } else {
        let path = path_text(ctx, target)?;
        if path.contains('\0') {
            return Err(ctx.value_error("embedded null byte"));
        }
        match ctx.host.open(Path::new(&path), options) {
            Ok(mut file) => {
                if options.append {
                    // A pipe has no end to go to.
                    let _ = file.seek(std::io::SeekFrom::End(0));
                }
                Stream::new(Medium::File(file), options.read, options.write, buffering != 0)
            }
            Err(error) => return Err(raise_io_error(ctx, &error, Some(target.clone()))),
        }
    };
    let stream = Rc::new(RefCell::new(stream));
    ctx.state::<OpenStreams>().add(&stream);
    let sort = if buffering == 0 {
        Sort::Raw
    } else if mode.update {
        Sort::Random
    } else if mode.read {
        Sort::Reader
    } else {
        Sort::Writer
    };
    Ok(new_binary(ctx, sort, stream, target.clone(), mode.raw_name()))
}

/// A stream for a descriptor; None for one on which reading may wait, other than the standard streams.
fn standard_stream(ctx: &mut Ctx, descriptor: &Value, options: OpenOptions, closes: bool) -> PyResult<Option<Stream>> {
    let number = int::to_i64(descriptor).and_then(|number| i32::try_from(number).ok()).unwrap_or(-1);
    if number < 0 {
        return Err(ctx.value_error("negative file descriptor"));
    }
    let medium = match number {
        0 => Medium::In,
        1 => Medium::Out,
        2 => Medium::Err,
        _ => {
            let file = ctx.host.descriptor_facts(number).and_then(|facts| {
                // Regular files and directories have their kind in these bits.
                let is_regular = matches!(facts.mode & 0o170_000, 0o100_000 | 0o040_000);
                if is_regular { ctx.host.file_of_descriptor(number, closes).map(Some) } else { Ok(None) }
            });
            match file {
                Ok(Some(file)) => Medium::File(file),
                Ok(None) => return Ok(None),
                Err(_) => {
                    let exception = new_os_error(ctx, 9, "Bad file descriptor", None);
                    return Err(ctx.raise_value(exception));
                }
            }
        }
    };
    Ok(Some(Stream::new(medium, options.read, options.write, true)))
}

/// The text of a path: str, bytes or what `__fspath__` gives.
fn path_text(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    let mut path = value.clone();
    for _ in 0..2 {
        if let Some(text) = path.downcast_ref::<Str>() {
            return Ok(text.as_str().to_owned());
        }
        if let Some(bytes) = path.downcast_ref::<Bytes>() {
            return Ok(String::from_utf8_lossy(&bytes.data).into_owned());
        }
        let name = ctx.names.__fspath__.clone();
        match protocol::call_special(ctx, &path, &name, &[])? {
            Some(found) => path = found,
            None => break,
        }
    }
    let class = protocol::class_name(ctx, value);
    Err(ctx.type_error(format!("expected str, bytes or os.PathLike object, not {class}")))
}

fn new_file_io(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mode_text = match given(&args[2]) {
        Some(mode) => text_argument(ctx, mode, "FileIO() argument 'mode' must be str, not {}")?,
        None => "r",
    };
    match Mode::parse(mode_text) {
        Some(mode) => open_file(ctx, &args[1], &mode, 0, true),
        None => Err(ctx.value_error(format!("invalid mode: {mode_text}"))),
    }
}

/// A buffered file around a raw one.
fn around(ctx: &mut Ctx, raw: &Value, sort: Sort) -> PyResult {
    let Some(file) = data_of::<BinaryFile>(raw) else {
        let name = match sort {
            Sort::Raw | Sort::Reader => "BufferedReader",
            Sort::Writer => "BufferedWriter",
            Sort::Random => "BufferedRandom",
        };
        return in_python(ctx, name, std::slice::from_ref(raw));
    };
    let (readable, writable) = {
        let stream = file.stream.borrow();
        (stream.readable, stream.writable)
    };
    let missing = match sort {
        Sort::Reader => (!readable).then_some("File or stream is not readable."),
        Sort::Writer => (!writable).then_some("File or stream is not writable."),
        Sort::Raw | Sort::Random => None,
    };
    if let Some(message) = missing {
        return Err(super::base::unsupported(ctx, message));
    }
    file.stream.borrow_mut().buffered = true;
    let (stream, name, mode) = (file.stream.clone(), file.name.get(), file.mode.get());
    Ok(new_binary(ctx, sort, stream, name, mode))
}

/// A file object of a class in module `_buffered`, for what is no file of the system.
fn in_python(ctx: &mut Ctx, class: &str, args: &[Value]) -> PyResult {
    let Some(import) = ctx.builtins.get_str(&intern("__import__")) else {
        return Err(ctx.runtime_error("no __import__"));
    };
    let module = protocol::call(ctx, &import, &[intern("_buffered")])?;
    let class = protocol::get_attr(ctx, &module, &intern(class))?;
    protocol::call(ctx, &class, args)
}

/// Streams that may hold bytes to be written when the program ends.
#[derive(Default)]
pub(crate) struct OpenStreams {
    all: Vec<std::rc::Weak<RefCell<Stream>>>,
}

impl OpenStreams {
    fn add(&mut self, stream: &Rc<RefCell<Stream>>) {
        if self.all.len() >= 64 && self.all.len().is_power_of_two() {
            self.all.retain(|stream| stream.strong_count() > 0);
        }
        self.all.push(Rc::downgrade(stream));
    }
}

/// Writes out what every open file still holds.
pub fn flush_all(ctx: &mut Ctx) {
    for stream in std::mem::take(&mut ctx.state::<OpenStreams>().all) {
        if let Some(stream) = stream.upgrade() {
            // At the end of the program nobody is left to be told of an error.
            let _ = stream.borrow_mut().flush(&mut *ctx.host);
        }
    }
}

/// The object for a standard stream; None stands for standard input.
///
/// # Errors
/// None in practice: the encoding is known.
pub fn standard_file(ctx: &mut Ctx, which: Option<Standard>) -> Result<Value, Raised> {
    let (medium, name, mode, errors, raw_mode) = match which {
        None => (Medium::In, "<stdin>", "r", "strict", "rb"),
        Some(Standard::Out) => (Medium::Out, "<stdout>", "w", "strict", "wb"),
        Some(Standard::Err) => (Medium::Err, "<stderr>", "w", "backslashreplace", "wb"),
    };
    let reading = which.is_none();
    let stream = Rc::new(RefCell::new(Stream::new(medium, reading, !reading, true)));
    let sort = if reading { Sort::Reader } else { Sort::Writer };
    let binary = new_binary(ctx, sort, stream, intern(name), raw_mode);
    let options = TextOptions {
        encoding: "utf-8".to_owned(),
        errors: errors.to_owned(),
        newline: Newline::Universal,
        line_buffering: false,
        write_through: false,
    };
    new_text(ctx, binary, options, intern(mode))
}
