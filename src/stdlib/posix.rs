//! Module `posix`: what module `os` asks the operating system for, through the host.

use std::io;
use std::path::Path;

use crate::host::TreeChange;
use crate::objects::arguments::{given, or_none};
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::{raise_io_error, raise_io_error_between, strerror};
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{bytes, dict, float, int, module, protocol, struct_sequence};
use crate::struct_sequence;

crate::natives! { static FUNCTIONS:
    /// Return a unicode string representing the current working directory.
    function "getcwd()" => current_directory;
    /// Change the current working directory to the specified path.
    function "chdir(path)" => |ctx, args| change(ctx, &args[0], |path| TreeChange::EnterDirectory(path));
    /// Return a list containing the names of the files in the directory.
    function "listdir(path=None)" => list_directory;
    /// Create a directory.
    function "mkdir(path, mode=511)" => |ctx, args| change(ctx, &args[0], |path| TreeChange::MakeDirectory(path));
    /// Remove a directory.
    function "rmdir(path)" => |ctx, args| change(ctx, &args[0], |path| TreeChange::RemoveDirectory(path));
    /// Remove a file (same as unlink()).
    function "remove(path)" => |ctx, args| change(ctx, &args[0], |path| TreeChange::RemoveFile(path));
    /// Remove a file (same as remove()).
    function "unlink(path)" => |ctx, args| change(ctx, &args[0], |path| TreeChange::RemoveFile(path));
    /// Rename a file or directory.
    function "rename(src, dst)" => rename;
    /// Rename a file or directory, overwriting the destination.
    function "replace(src, dst)" => rename;
    /// Perform a stat system call on the given path.
    function "stat(path, *, follow_symlinks=True)" => stat;
    /// Perform a stat system call on the given path, without following symbolic links.
    function "lstat(path)" => |ctx, args| facts(ctx, &args[0], false);
    /// Perform a stat system call on the given file descriptor.
    function "fstat(fd)" => |ctx, args| facts(ctx, &args[0], true);
    /// Return the current process id.
    function "getpid()" => |ctx, _| Ok(int::from_i64(ctx.host.process_id().into()));
    /// Return a bytes object containing random bytes suitable for cryptographic use.
    function "urandom(size, /)" => random_bytes;
    /// Translate an error code to a message string.
    function "strerror(code, /)" => error_text;
    /// Return the file system path representation of the object.
    function "fspath(path)" => fspath;
    /// The environment as a dict of str.
    function "_environment()" => environment;
    /// Exit to the system with specified status, without normal exit processing.
    function "_exit(status)" => exit_now;
    /// Return True if the file descriptor is connected to a terminal.
    function "isatty(fd, /)" => is_terminal;
}

struct_sequence! { static STAT: 0 "st_mode", 1 "st_ino", 2 "st_dev", 3 "st_nlink", 4 "st_uid", 5 "st_gid", 6 "st_size",
7 "st_atime", 8 "st_mtime", 9 "st_ctime" }

/// The class of what `stat` gives, made once.
#[derive(Default)]
struct StatClass(Option<crate::objects::heap::Ref<crate::objects::class::Class>>);

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "posix", Some("What os asks the operating system for."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("posix", def));
    }
    let class = struct_sequence::define(ctx, "stat_result", "os", "", STAT);
    module.dict.set_str(&intern("stat_result"), class.value().clone());
    ctx.state::<StatClass>().0 = Some(class);
    #[cfg(unix)]
    {
        use super::{descriptors, processes};
        for def in descriptors::FUNCTIONS.iter().chain(processes::FUNCTIONS) {
            module.dict.set_str(&intern(def.name()), new_function("posix", def));
        }
        for (name, value) in descriptors::CONSTANTS {
            module.dict.set_str(&intern(name), int::from_i64(*value));
        }
    }
    for (name, value) in [
        ("O_RDONLY", 0),
        ("O_WRONLY", 1),
        ("O_RDWR", 2),
        ("O_CREAT", 64),
        ("O_EXCL", 128),
        ("O_TRUNC", 512),
        ("O_APPEND", 1024),
        ("F_OK", 0),
        ("R_OK", 4),
        ("W_OK", 2),
        ("X_OK", 1),
    ] {
        module.dict.set_str(&intern(name), int::from_i64(value));
    }
    Ok(module.into_value())
}

/// The text of a path: str, bytes or what `__fspath__` gives.
pub(super) fn path_text(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    let path = fspath(ctx, std::slice::from_ref(value))?;
    if let Some(text) = path.downcast_ref::<Str>() {
        return Ok(text.as_str().to_owned());
    }
    let bytes = crate::objects::buffer::bytes_of(&path).unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn fspath(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[0].is_kind::<Str>() || args[0].is_kind::<bytes::Bytes>() {
        return Ok(args[0].clone());
    }
    let name = ctx.names.__fspath__.clone();
    let class = protocol::class_name(ctx, &args[0]);
    let Some(path) = protocol::call_special(ctx, &args[0], &name, &[])? else {
        return Err(ctx.type_error(format!("expected str, bytes or os.PathLike object, not {class}")));
    };
    if path.is_kind::<Str>() || path.is_kind::<bytes::Bytes>() {
        return Ok(path);
    }
    let got = protocol::class_name(ctx, &path);
    Err(ctx.type_error(format!("expected {class}.__fspath__() to return str or bytes, not {got}")))
}

fn failed(ctx: &mut Ctx, error: &io::Error, path: &Value) -> crate::objects::Raised {
    raise_io_error(ctx, error, Some(path.clone()))
}

fn current_directory(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    match ctx.host.current_dir() {
        Ok(path) => Ok(new_str(path.to_string_lossy().into_owned()).into_value()),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn change(ctx: &mut Ctx, path: &Value, make: for<'p> fn(&'p Path) -> TreeChange<'p>) -> PyResult {
    let text = path_text(ctx, path)?;
    match ctx.host.change_tree(make(Path::new(&text))) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(failed(ctx, &error, path)),
    }
}

fn rename(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let (from, to) = (path_text(ctx, &args[0])?, path_text(ctx, &args[1])?);
    match ctx.host.change_tree(TreeChange::Rename(Path::new(&from), Path::new(&to))) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise_io_error_between(ctx, &error, &args[0], &args[1])),
    }
}

fn list_directory(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let path = or_none(&args[0]);
    let text = if path.is_none() { ".".to_owned() } else { path_text(ctx, &path)? };
    match ctx.host.list_directory(Path::new(&text)) {
        Ok(names) => Ok(new_list(names.into_iter().map(|name| new_str(name).into_value()).collect()).into_value()),
        Err(error) => Err(failed(ctx, &error, &path)),
    }
}

fn stat(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let follow = match given(&args[1]) {
        Some(follow) => protocol::truth(ctx, follow)?,
        None => true,
    };
    facts(ctx, &args[0], follow)
}

fn facts(ctx: &mut Ctx, path: &Value, follow: bool) -> PyResult {
    let facts = match int::to_i64(path) {
        Some(fd) => match ctx.host.descriptor_facts(i32::try_from(fd).unwrap_or(-1)) {
            Ok(facts) => facts,
            Err(error) => return Err(raise_io_error(ctx, &error, None)),
        },
        None => {
            let text = path_text(ctx, path)?;
            match ctx.host.metadata(Path::new(&text), follow) {
                Ok(facts) => facts,
                Err(error) => return Err(failed(ctx, &error, path)),
            }
        }
    };
    let Some(class) = ctx.state::<StatClass>().0.clone() else { return Err(ctx.system_error("no stat_result")) };
    let number = int::from_u64;
    let items = vec![
        int::from_i64(facts.mode.into()),
        number(facts.inode),
        number(facts.device),
        number(facts.links),
        number(0),
        number(0),
        number(facts.size),
        float::new_float(facts.accessed.as_secs_f64()),
        float::new_float(facts.modified.as_secs_f64()),
        float::new_float(facts.modified.as_secs_f64()),
    ];
    Ok(struct_sequence::make(&class, items))
}

fn random_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let size = protocol::convert::as_isize(ctx, &args[0])?;
    let Ok(size) = usize::try_from(size) else { return Err(ctx.value_error("negative argument not allowed")) };
    let mut bytes = vec![0; size];
    ctx.host.random_bytes(&mut bytes);
    Ok(new_bytes(bytes).into_value())
}

fn error_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let code = protocol::convert::as_i32(ctx, &args[0])?;
    let text = strerror(code).map_or_else(|| format!("Unknown error {code}"), str::to_owned);
    Ok(ctx.str(text))
}

fn environment(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let all = dict::new_dict();
    for (name, value) in ctx.host.variables() {
        let name = ctx.str(name);
        all.insert(ctx, name, new_str(value).into_value())?;
    }
    Ok(all.into_value())
}

fn exit_now(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let status = protocol::convert::as_i32(ctx, &args[0])?;
    ctx.host.exit_now(status);
    // The process is not the program's own, and must go on: SystemExit it is.
    let class = ctx.exceptions.SystemExit.clone();
    let exception = protocol::call(ctx, class.value(), &[int::from_i64(status.into())])?;
    Err(ctx.raise_value(exception))
}

fn is_terminal(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    use crate::host::Stream;
    let answer = match int::to_i64(&args[0]) {
        Some(0) => ctx.host.is_terminal(None),
        Some(1) => ctx.host.is_terminal(Some(Stream::Out)),
        Some(2) => ctx.host.is_terminal(Some(Stream::Err)),
        #[cfg(unix)]
        Some(fd) => crate::host::descriptor::is_terminal(i32::try_from(fd).unwrap_or(-1)),
        _ => false,
    };
    Ok(Value::bool(answer))
}
