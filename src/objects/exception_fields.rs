//! Exceptions with members: `OSError` and its families by `errno`, `ImportError`, `NameError`, `AttributeError`,
//! `SyntaxError` and the Unicode errors.
//!
//! A member is a numbered field of the payload; the tables below give the numbers, which natives that raise these
//! exceptions use as well. Source: "Built-in Exceptions" of the Library Reference; PEP 3151 for `OSError`.

use std::io;

use super::arguments::{keywords, positional, text_of};
use super::bytes::{ByteArray, Bytes};
use super::class::Class;
use super::ctx::Ctx;
use super::dict;
use super::exception::{self, Exception, default_str, get_field, payload, refuse_keywords, set_field};
use super::heap::{Obj, Ref};
use super::native::{NativeDef, PyResult, Raised};
use super::protocol;
use super::string::{Str, is_exact};
use super::tuple;
use super::value::Value;
use super::{int, string};
use crate::text::surrogate;

crate::natives! { static OS_ERROR:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new_os_error_object;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_os_error;
    /// Return str(self).
    method "__str__(self, /)" => os_error_str;
    method "__reduce__(self, /)" => os_error_reduce;
    /// POSIX exception code
    getter "errno(self)" => get_field::<0>;
    setter "errno(self, value)" => set_field::<0>;
    /// exception strerror
    getter "strerror(self)" => get_field::<1>;
    setter "strerror(self, value)" => set_field::<1>;
    /// exception filename
    getter "filename(self)" => get_field::<2>;
    setter "filename(self, value)" => set_field::<2>;
    /// second exception filename
    getter "filename2(self)" => get_field::<3>;
    setter "filename2(self, value)" => set_field::<3>;
    getter "characters_written(self)" => characters_written;
    setter "characters_written(self, value)" => set_characters_written;
}

crate::natives! { static IMPORT_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_import_error;
    /// Return str(self).
    method "__str__(self, /)" => import_error_str;
    method "__reduce__(self, /)" => import_error_reduce;
    /// exception message
    getter "msg(self)" => get_field::<0>;
    setter "msg(self, value)" => set_field::<0>;
    /// module name
    getter "name(self)" => get_field::<1>;
    setter "name(self, value)" => set_field::<1>;
    /// module path
    getter "path(self)" => get_field::<2>;
    setter "path(self, value)" => set_field::<2>;
    /// name imported from module
    getter "name_from(self)" => get_field::<3>;
    setter "name_from(self, value)" => set_field::<3>;
}

crate::natives! { static NAME_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_name_error;
    /// name
    getter "name(self)" => get_field::<0>;
    setter "name(self, value)" => set_field::<0>;
}

crate::natives! { static ATTRIBUTE_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_attribute_error;
    method "__getstate__(self, /)" => attribute_error_state;
    method "__reduce__(self, /)" => attribute_error_reduce;
    /// attribute name
    getter "name(self)" => get_field::<0>;
    setter "name(self, value)" => set_field::<0>;
    /// object
    getter "obj(self)" => get_field::<1>;
    setter "obj(self, value)" => set_field::<1>;
}

crate::natives! { static SYNTAX_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_syntax_error;
    /// Return str(self).
    method "__str__(self, /)" => syntax_error_str;
    /// exception msg
    getter "msg(self)" => get_field::<0>;
    setter "msg(self, value)" => set_field::<0>;
    /// exception filename
    getter "filename(self)" => get_field::<1>;
    setter "filename(self, value)" => set_field::<1>;
    /// exception lineno
    getter "lineno(self)" => get_field::<2>;
    setter "lineno(self, value)" => set_field::<2>;
    /// exception offset
    getter "offset(self)" => get_field::<3>;
    setter "offset(self, value)" => set_field::<3>;
    /// exception text
    getter "text(self)" => get_field::<4>;
    setter "text(self, value)" => set_field::<4>;
    /// exception end lineno
    getter "end_lineno(self)" => get_field::<5>;
    setter "end_lineno(self, value)" => set_field::<5>;
    /// exception end offset
    getter "end_offset(self)" => get_field::<6>;
    setter "end_offset(self, value)" => set_field::<6>;
    /// exception print_file_and_line
    getter "print_file_and_line(self)" => get_field::<7>;
    setter "print_file_and_line(self, value)" => set_field::<7>;
}

crate::natives! { static UNICODE_MEMBERS:
    /// exception encoding
    getter "encoding(self)" => get_field::<0>;
    setter "encoding(self, value)" => set_field::<0>;
    /// exception object
    getter "object(self)" => get_field::<1>;
    setter "object(self, value)" => set_field::<1>;
    /// exception start
    getter "start(self)" => get_field::<2>;
    setter "start(self, value)" => set_position::<2>;
    /// exception end
    getter "end(self)" => get_field::<3>;
    setter "end(self, value)" => set_position::<3>;
    /// exception reason
    getter "reason(self)" => get_field::<4>;
    setter "reason(self, value)" => set_field::<4>;
}

crate::natives! { static DECODE_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_decode_error;
    /// Return str(self).
    method "__str__(self, /)" => decode_error_str;
}

crate::natives! { static ENCODE_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_encode_error;
    /// Return str(self).
    method "__str__(self, /)" => encode_error_str;
}

crate::natives! { static TRANSLATE_ERROR:
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args, **kwargs)" => init_translate_error;
    /// Return str(self).
    method "__str__(self, /)" => translate_error_str;
}

/// The methods and members of the classes of this file.
pub(super) fn natives_of(class: &str) -> Vec<&'static [NativeDef]> {
    match class {
        "OSError" => vec![OS_ERROR],
        "ImportError" => vec![IMPORT_ERROR],
        "NameError" => vec![NAME_ERROR],
        "AttributeError" => vec![ATTRIBUTE_ERROR],
        "SyntaxError" => vec![SYNTAX_ERROR],
        "UnicodeDecodeError" => vec![DECODE_ERROR, UNICODE_MEMBERS],
        "UnicodeEncodeError" => vec![ENCODE_ERROR, UNICODE_MEMBERS],
        "UnicodeTranslateError" => vec![TRANSLATE_ERROR, UNICODE_MEMBERS],
        _ => Vec::new(),
    }
}

fn os_error_class(ctx: &Ctx, errno: i64) -> Option<Ref<Class>> {
    let classes = &ctx.exceptions;
    let class = match errno {
        11 | 114 | 115 => &classes.BlockingIOError,
        32 | 108 => &classes.BrokenPipeError,
        10 => &classes.ChildProcessError,
        103 => &classes.ConnectionAbortedError,
        111 => &classes.ConnectionRefusedError,
        104 => &classes.ConnectionResetError,
        17 => &classes.FileExistsError,
        2 => &classes.FileNotFoundError,
        21 => &classes.IsADirectoryError,
        20 => &classes.NotADirectoryError,
        4 => &classes.InterruptedError,
        1 | 13 => &classes.PermissionError,
        3 => &classes.ProcessLookupError,
        110 => &classes.TimeoutError,
        _ => return None,
    };
    Some(class.clone())
}

/// Whether a subclass with its own `__init__` wants `OSError.__init__` to read the arguments, not `__new__`.
fn reads_in_init(ctx: &Ctx, class: &Obj<Class>) -> bool {
    let os_error = &ctx.exceptions.OSError;
    let own = |name: &Value| match (class.lookup(name), os_error.lookup(name)) {
        (Some(own), Some(base)) => own.is(&base),
        _ => false,
    };
    !own(&ctx.names.__init__) && own(&ctx.names.__new__)
}

fn new_os_error_object(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut class = args[0].clone();
    let in_init = class.downcast_ref::<Class>().is_some_and(|class| reads_in_init(ctx, class));
    if !in_init {
        if let Some(asked) = class.downcast_ref::<Class>()
            && !keywords(&args[2]).is_empty()
        {
            let name = asked.name_string();
            return Err(ctx.type_error(format!("{name}() takes no keyword arguments")));
        }
        let given = positional(&args[1]);
        if ctx.exceptions.OSError.is(&class)
            && (2..=5).contains(&given.len())
            && let Some(errno) = given[0].as_small_int()
            && let Some(subclass) = os_error_class(ctx, errno)
        {
            class = subclass.into_value();
        }
    }
    let exception = exception::make(ctx, &class, tuple::new_tuple([]).into_value())?;
    if !in_init {
        fill_os_error(ctx, &exception, &args[1])?;
    }
    Ok(exception.into_value())
}

fn init_os_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let class = protocol::class_of(ctx, &args[0]);
    if reads_in_init(ctx, &class) {
        refuse_keywords(ctx, &args[0], &args[2])?;
        let exception = payload(ctx, &args[0])?;
        fill_os_error(ctx, exception, &args[1])?;
    }
    Ok(Value::NONE)
}

fn fill_os_error(ctx: &mut Ctx, exception: &Obj<Exception>, given: &Value) -> PyResult<()> {
    let items = positional(given);
    let mut shown = given.clone();
    if (2..=5).contains(&items.len()) {
        exception.set_field(0, items[0].clone());
        exception.set_field(1, items[1].clone());
        if let Some(filename) = items.get(2).filter(|filename| !filename.is_none()) {
            let blocking = exception.header().shape().with_class(|c| c.is_subclass_of(&ctx.exceptions.BlockingIOError));
            if blocking && int::is_int(filename) {
                // The third argument of BlockingIOError is the number of characters written before it blocked.
                exception.set_field(4, filename.clone());
            } else {
                exception.set_field(2, filename.clone());
                if let Some(second) = items.get(4) {
                    exception.set_field(3, second.clone());
                }
                shown = tuple::new_tuple([items[0].clone(), items[1].clone()]).into_value();
            }
        }
    }
    exception.args.set(shown);
    Ok(())
}

fn os_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let exception = payload(ctx, &args[0])?;
    let [errno, strerror, filename, second] = [0, 1, 2, 3].map(|index| exception.field(index));
    let has_both = exception.fields.borrow().len() > 1;
    if !has_both {
        return default_str(ctx, &args[0]);
    }
    let (errno_text, strerror_text) =
        (protocol::text::str_string(ctx, &errno)?, protocol::text::str_string(ctx, &strerror)?);
    let mut text = format!("[Errno {errno_text}] {strerror_text}");
    if !filename.is_none() {
        text.push_str(": ");
        text.push_str(&protocol::text::repr_string(ctx, &filename)?);
        if !second.is_none() {
            text.push_str(" -> ");
            text.push_str(&protocol::text::repr_string(ctx, &second)?);
        }
    }
    Ok(ctx.str(text))
}

fn os_error_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let exception = payload(ctx, &args[0])?;
    let given = exception.args.get();
    let mut items = positional(&given).to_vec();
    let (filename, second) = (exception.field(2), exception.field(3));
    if items.len() == 2 && !filename.is_none() {
        items.push(filename);
        if !second.is_none() {
            items.extend([Value::NONE, second]);
        }
    }
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let mut parts = vec![class, tuple::new_tuple(items).into_value()];
    let attrs = exception.attrs.get();
    if !attrs.is_empty() {
        parts.push(attrs);
    }
    Ok(tuple::new_tuple(parts).into_value())
}

fn characters_written(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let written = payload(ctx, &args[0])?.field(4);
    if written.is_none() {
        return Err(ctx.attribute_error("characters_written"));
    }
    Ok(written)
}

fn set_characters_written(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let exception = payload(ctx, &args[0])?;
    if args[1].is_empty() {
        if exception.field(4).is_none() {
            return Err(ctx.attribute_error("characters_written"));
        }
        exception.set_field(4, Value::NONE);
        return Ok(Value::NONE);
    }
    let count = protocol::index_value(ctx, &args[1])?;
    exception.set_field(4, count);
    Ok(Value::NONE)
}

/// A new `OSError` of the subclass that the error number calls for.
pub fn new_os_error(ctx: &Ctx, errno: i32, strerror: &str, filename: Option<Value>) -> Value {
    let class = os_error_class(ctx, i64::from(errno)).unwrap_or_else(|| ctx.exceptions.OSError.clone());
    let (number, text) = (int::from_i64(i64::from(errno)), ctx.str(strerror));
    let exception = ctx.new_exception(&class, vec![number.clone(), text.clone()]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        payload.set_field(0, number);
        payload.set_field(1, text);
        if let Some(filename) = filename {
            payload.set_field(2, filename);
        }
    }
    exception
}

/// Raises the `OSError` for what the operating system said.
#[cold]
pub fn raise_io_error(ctx: &mut Ctx, error: &io::Error, filename: Option<Value>) -> Raised {
    let errno = error.raw_os_error().unwrap_or_else(|| errno_of(error.kind()));
    let text = strerror(errno).map_or_else(|| without_number(&error.to_string()), str::to_owned);
    let filename = filename.map(|path| path_shown(ctx, path));
    let exception = new_os_error(ctx, errno, &text, filename);
    ctx.raise_value(exception)
}

/// The same about two paths.
#[cold]
pub fn raise_io_error_between(ctx: &mut Ctx, error: &io::Error, from: &Value, to: &Value) -> Raised {
    let to = path_shown(ctx, to.clone());
    let raised = raise_io_error(ctx, error, Some(from.clone()));
    if let Some(payload) = ctx.raised.downcast_ref::<Exception>() {
        payload.set_field(3, to);
    }
    raised
}

/// What an error says of a path: of an object that stands for one, the text that it gives.
fn path_shown(ctx: &mut Ctx, path: Value) -> Value {
    let name = ctx.names.__fspath__.clone();
    match protocol::call_special(ctx, &path, &name, &[]) {
        Ok(Some(text)) => text,
        Ok(None) => path,
        Err(_) => {
            ctx.raised = Value::EMPTY;
            path
        }
    }
}

fn without_number(text: &str) -> String {
    text.split(" (os error").next().unwrap_or(text).to_owned()
}

fn errno_of(kind: io::ErrorKind) -> i32 {
    match kind {
        io::ErrorKind::NotFound => 2,
        io::ErrorKind::PermissionDenied => 13,
        io::ErrorKind::AlreadyExists => 17,
        io::ErrorKind::IsADirectory => 21,
        io::ErrorKind::NotADirectory => 20,
        io::ErrorKind::Interrupted => 4,
        io::ErrorKind::BrokenPipe => 32,
        io::ErrorKind::WouldBlock => 11,
        io::ErrorKind::TimedOut => 110,
        io::ErrorKind::ConnectionRefused => 111,
        io::ErrorKind::ConnectionReset => 104,
        io::ErrorKind::InvalidInput => 22,
        io::ErrorKind::Unsupported => 95,
        _ => 5,
    }
}

/// `os.strerror` for the errors that programs meet.
pub fn strerror(errno: i32) -> Option<&'static str> {
    Some(match errno {
        1 => "Operation not permitted",
        2 => "No such file or directory",
        3 => "No such process",
        4 => "Interrupted system call",
        5 => "Input/output error",
        9 => "Bad file descriptor",
        10 => "No child processes",
        11 => "Resource temporarily unavailable",
        12 => "Cannot allocate memory",
        13 => "Permission denied",
        17 => "File exists",
        18 => "Invalid cross-device link",
        20 => "Not a directory",
        21 => "Is a directory",
        22 => "Invalid argument",
        24 => "Too many open files",
        28 => "No space left on device",
        29 => "Illegal seek",
        30 => "Read-only file system",
        32 => "Broken pipe",
        36 => "File name too long",
        39 => "Directory not empty",
        40 => "Too many levels of symbolic links",
        95 => "Operation not supported",
        98 => "Address already in use",
        103 => "Software caused connection abort",
        104 => "Connection reset by peer",
        110 => "Connection timed out",
        111 => "Connection refused",
        _ => return None,
    })
}

/// Sets members from keyword arguments; unknown ones are refused in the name of the function.
fn take_keywords(
    ctx: &mut Ctx,
    exception: &Value,
    kwargs: &Value,
    class: &str,
    members: &[(&str, usize)],
) -> PyResult<()> {
    let own = payload(ctx, exception)?;
    for (_, index) in members {
        own.set_field(*index, Value::NONE);
    }
    for (name, value) in keywords(kwargs) {
        let name = text_of(&name);
        match members.iter().find(|(member, _)| *member == name) {
            Some((_, index)) => own.set_field(*index, value),
            None => return Err(ctx.type_error(format!("{class}() got an unexpected keyword argument '{name}'"))),
        }
    }
    Ok(())
}

fn init_import_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = payload(ctx, &args[0])?;
    own.args.set(args[1].clone());
    take_keywords(ctx, &args[0], &args[2], "ImportError", &[("name", 1), ("path", 2), ("name_from", 3)])?;
    let message = match positional(&args[1]) {
        [only] => only.clone(),
        _ => Value::NONE,
    };
    own.set_field(0, message);
    Ok(Value::NONE)
}

fn import_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let message = payload(ctx, &args[0])?.field(0);
    if message.downcast_ref::<Str>().is_some_and(is_exact) {
        return Ok(message);
    }
    default_str(ctx, &args[0])
}

fn import_error_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = payload(ctx, &args[0])?;
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let attrs = own.attrs.get();
    let state = match attrs.downcast_ref::<dict::Dict>() {
        Some(attrs) => dict::from_payload(attrs.copied()),
        None => dict::new_dict(),
    };
    for (name, index) in [("name", 1), ("path", 2), ("name_from", 3)] {
        let value = own.field(index);
        if !value.is_none() {
            state.set_str(&string::intern(name), value);
        }
    }
    let given = own.args.get();
    Ok(if state.is_empty() {
        tuple::new_tuple([class, given]).into_value()
    } else {
        tuple::new_tuple([class, given, state.into_value()]).into_value()
    })
}

fn init_name_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    payload(ctx, &args[0])?.args.set(args[1].clone());
    take_keywords(ctx, &args[0], &args[2], "NameError", &[("name", 0)])?;
    Ok(Value::NONE)
}

fn init_attribute_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    payload(ctx, &args[0])?.args.set(args[1].clone());
    take_keywords(ctx, &args[0], &args[2], "AttributeError", &[("name", 0), ("obj", 1)])?;
    Ok(Value::NONE)
}

fn attribute_error_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    // The object is left out: it may well be what cannot be pickled.
    let own = payload(ctx, &args[0])?;
    let attrs = own.attrs.get();
    let name = own.field(0);
    let given = own.args.get();
    if attrs.is_empty() && name.is_none() && positional(&given).is_empty() {
        return Ok(Value::NONE);
    }
    let state = match attrs.downcast_ref::<dict::Dict>() {
        Some(attrs) => dict::from_payload(attrs.copied()),
        None => dict::new_dict(),
    };
    if !name.is_none() {
        state.set_str(&ctx.names.name, name);
    }
    state.set_str(&ctx.names.args, given);
    Ok(state.into_value())
}

fn attribute_error_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let state = attribute_error_state(ctx, args)?;
    let class = protocol::class_of(ctx, &args[0]).into_value();
    let given = payload(ctx, &args[0])?.args.get();
    Ok(tuple::new_tuple([class, given, state]).into_value())
}

fn init_syntax_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_keywords(ctx, &args[0], &args[2])?;
    let own = payload(ctx, &args[0])?;
    own.args.set(args[1].clone());
    let given = positional(&args[1]);
    if let Some(message) = given.first() {
        own.set_field(0, message.clone());
    }
    let [_, details] = given else { return Ok(Value::NONE) };
    let details = protocol::collect(ctx, details)?;
    let count = details.len();
    if count < 4 {
        return Err(ctx.type_error(format!("function takes at least 4 arguments ({count} given)")));
    }
    if count > 6 {
        return Err(ctx.type_error(format!("function takes at most 6 arguments ({count} given)")));
    }
    for index in 1..=6 {
        own.set_field(index, details.get(index - 1).cloned().unwrap_or(Value::NONE));
    }
    if count == 5 {
        return Err(ctx.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(Value::NONE)
}

fn syntax_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = payload(ctx, &args[0])?;
    let (message, filename, line) = (own.field(0), own.field(1), own.field(2));
    let message = protocol::text::str_string(ctx, &message)?;
    let file = filename.downcast_ref::<Str>().map(|file| file.as_str().rsplit('/').next().unwrap_or("").to_owned());
    let line = if line.as_bool().is_none() && int::is_int(&line) { int::to_bigint(&line) } else { None };
    Ok(ctx.str(match (file, line) {
        (Some(file), Some(line)) => format!("{message} ({file}, line {line})"),
        (Some(file), None) => format!("{message} ({file})"),
        (None, Some(line)) => format!("{message} (line {line})"),
        (None, None) => message,
    }))
}

fn set_position<const INDEX: usize>(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.type_error("can't delete numeric/char attribute"));
    }
    if !int::is_int(&args[1]) {
        return Err(ctx.type_error("an integer is required"));
    }
    set_field::<INDEX>(ctx, args)
}

fn expect_count(ctx: &mut Ctx, given: &[Value], wanted: usize) -> PyResult<()> {
    if given.len() == wanted {
        return Ok(());
    }
    let count = given.len();
    Err(ctx.type_error(format!("function takes exactly {wanted} arguments ({count} given)")))
}

fn expect_text(ctx: &mut Ctx, value: &Value, place: usize) -> PyResult {
    if value.is_kind::<Str>() {
        return Ok(value.clone());
    }
    let got = protocol::class_name(ctx, value);
    Err(ctx.type_error(format!("argument {place} must be str, not {got}")))
}

fn expect_position(ctx: &mut Ctx, value: &Value) -> PyResult {
    protocol::as_isize(ctx, value).map(|position| int::from_i64(position as i64))
}

fn init_decode_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_keywords(ctx, &args[0], &args[2])?;
    let own = payload(ctx, &args[0])?;
    own.args.set(args[1].clone());
    let given = positional(&args[1]);
    expect_count(ctx, given, 5)?;
    let encoding = expect_text(ctx, &given[0], 1)?;
    let (start, end) = (expect_position(ctx, &given[2])?, expect_position(ctx, &given[3])?);
    let reason = expect_text(ctx, &given[4], 5)?;
    let object = if given[1].is_kind::<Bytes>() {
        given[1].clone()
    } else if given[1].is_kind::<ByteArray>() {
        let bytes = ctx.types.bytes.value().clone();
        protocol::call(ctx, &bytes, std::slice::from_ref(&given[1]))?
    } else {
        return Err(protocol::type_mismatch(ctx, "a bytes-like object is required, not '{}'", &given[1]));
    };
    for (index, value) in [encoding, object, start, end, reason].into_iter().enumerate() {
        own.set_field(index, value);
    }
    Ok(Value::NONE)
}

fn init_encode_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_keywords(ctx, &args[0], &args[2])?;
    let own = payload(ctx, &args[0])?;
    own.args.set(args[1].clone());
    let given = positional(&args[1]);
    expect_count(ctx, given, 5)?;
    let values = [
        expect_text(ctx, &given[0], 1)?,
        expect_text(ctx, &given[1], 2)?,
        expect_position(ctx, &given[2])?,
        expect_position(ctx, &given[3])?,
        expect_text(ctx, &given[4], 5)?,
    ];
    for (index, value) in values.into_iter().enumerate() {
        own.set_field(index, value);
    }
    Ok(Value::NONE)
}

fn init_translate_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    refuse_keywords(ctx, &args[0], &args[2])?;
    let own = payload(ctx, &args[0])?;
    own.args.set(args[1].clone());
    let given = positional(&args[1]);
    expect_count(ctx, given, 4)?;
    let values = [
        expect_text(ctx, &given[0], 1)?,
        expect_position(ctx, &given[1])?,
        expect_position(ctx, &given[2])?,
        expect_text(ctx, &given[3], 4)?,
    ];
    for (index, value) in values.into_iter().enumerate() {
        own.set_field(index + 1, value);
    }
    Ok(Value::NONE)
}

/// The range that a Unicode error is about, and the texts of encoding and reason; None when the members are unset.
struct UnicodeDetails {
    encoding: String,
    reason: String,
    start: i64,
    end: i64,
    object: Value,
}

fn unicode_details(ctx: &mut Ctx, exception: &Value) -> PyResult<Option<UnicodeDetails>> {
    let own = payload(ctx, exception)?;
    let object = own.field(1);
    if object.is_none() {
        return Ok(None);
    }
    let (encoding, reason) = (own.field(0), own.field(4));
    let (start, end) = (own.field(2), own.field(3));
    Ok(Some(UnicodeDetails {
        encoding: protocol::text::str_string(ctx, &encoding)?,
        reason: protocol::text::str_string(ctx, &reason)?,
        start: int::to_i64(&start).unwrap_or(0),
        end: int::to_i64(&end).unwrap_or(0),
        object,
    }))
}

fn decode_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(details) = unicode_details(ctx, &args[0])? else { return Ok(ctx.str("")) };
    let UnicodeDetails { encoding, reason, start, end, object } = details;
    let single = if end == start + 1 {
        object.downcast_ref::<Bytes>().and_then(|bytes| bytes.data.get(usize::try_from(start).ok()?).copied())
    } else {
        None
    };
    Ok(ctx.str(match single {
        Some(byte) => format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"),
        None => format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", end - 1),
    }))
}

/// The escaped character when the range holds exactly one.
fn single_character(details: &UnicodeDetails) -> Option<String> {
    if details.end != details.start + 1 {
        return None;
    }
    let text = details.object.downcast_ref::<Str>()?;
    let code = surrogate::from_private(text.char_at(usize::try_from(details.start).ok()?)?);
    Some(match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    })
}

fn encode_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(details) = unicode_details(ctx, &args[0])? else { return Ok(ctx.str("")) };
    let single = single_character(&details);
    let UnicodeDetails { encoding, reason, start, end, .. } = details;
    Ok(ctx.str(match single {
        Some(c) => format!("'{encoding}' codec can't encode character '{c}' in position {start}: {reason}"),
        None => format!("'{encoding}' codec can't encode characters in position {start}-{}: {reason}", end - 1),
    }))
}

fn translate_error_str(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(details) = unicode_details(ctx, &args[0])? else { return Ok(ctx.str("")) };
    let single = single_character(&details);
    let UnicodeDetails { reason, start, end, .. } = details;
    Ok(ctx.str(match single {
        Some(c) => format!("can't translate character '{c}' in position {start}: {reason}"),
        None => format!("can't translate characters in position {start}-{}: {reason}", end - 1),
    }))
}
