//! The standard library: modules in Rust, modules in Python, and the import machinery that finds them.

use crate::objects::ctx::Ctx;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::objects::native::PyResult;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{future, heap};

mod _array;
mod _bisect;
mod _coil_types;
mod _collections;
mod _contextvars;
mod _dis;
mod _functools;
mod _hashlib;
mod _heapq;
mod _http;
mod _json;
mod _queue;
mod _random;
mod _reporter;
mod _signal;
#[cfg(unix)]
mod _socket;
mod _sre;
#[cfg(unix)]
mod _ssl;
mod _string;
mod _struct;
mod _thread;
mod _weakref;
mod asyncio;
mod atexit;
mod binascii;
mod cmath;
#[cfg(unix)]
mod descriptors;
pub mod eras;
mod errno;
#[cfg(unix)]
mod fcntl;
mod finding;
mod gc;
mod importing;
mod io;
mod itertools;
mod math;
mod operator;
mod posix;
#[cfg(unix)]
mod processes;
#[cfg(unix)]
mod select;
mod sys;
mod time;
mod unicodedata;

pub(crate) use finding::{absolute, embedded_source};
pub(crate) use importing::{find_and_load, find_main};
pub use sys::{Flags, LIBRARY_MODULES};
pub(crate) use sys::{set_argv, set_flags};

/// Lets programs use what Python 3.`minor` had and nothing that it lacked; None for what any version had.
pub(crate) fn set_era(ctx: &mut Ctx, minor: Option<u8>) {
    eras::choose(ctx, minor);
    for removal in eras::REMOVALS {
        if let Some(name) = removal.name.strip_prefix("sys.")
            && !eras::has(ctx, removal.name)
        {
            ctx.sys.remove_str(&intern(name));
        }
    }
    sys::set_version(ctx, minor.unwrap_or(sys::MINOR_VERSION));
}

/// Makes a module written in Rust.
pub type MakeModule = fn(&mut Ctx) -> PyResult;

/// Modules written in Rust: name, and the function that makes the module.
pub static NATIVE_MODULES: &[(&str, MakeModule)] = &[
    ("_coil_import", finding::make_module),
    ("_io", io::make_module),
    ("_coil_types", _coil_types::module),
    ("_array", _array::module),
    ("_collections", _collections::module),
    ("_asyncio", asyncio::module),
    ("_contextvars", _contextvars::module),
    ("_dis", _dis::module),
    ("_eras", eras::module),
    ("_functools", _functools::module),
    ("_hashlib", _hashlib::module),
    ("_bisect", _bisect::module),
    ("_heapq", _heapq::module),
    ("_http", _http::module),
    ("_json", _json::module),
    ("_operator", operator::module),
    ("_queue", _queue::module),
    ("_random", _random::module),
    ("_reporter", _reporter::module),
    ("_sre", _sre::module),
    #[cfg(unix)]
    ("_ssl", _ssl::module),
    #[cfg(unix)]
    ("_signal", _signal::module),
    ("_socket", _socket::module),
    ("_string", _string::module),
    ("_struct", _struct::module),
    ("_thread", _thread::module),
    ("_weakref", _weakref::module),
    ("atexit", atexit::module),
    ("binascii", binascii::module),
    ("cmath", cmath::module),
    ("errno", errno::module),
    #[cfg(unix)]
    ("fcntl", fcntl::module),
    ("gc", gc::module),
    ("itertools", itertools::module),
    ("math", math::module),
    ("operator", operator::module),
    ("posix", posix::module),
    #[cfg(unix)]
    ("select", select::module),
    ("time", time::module),
    ("unicodedata", unicodedata::module),
];

macro_rules! sources {
    ($($name:literal $file:literal),+ $(,)?) => {
        /// Modules written in Python: name, source, whether it is a package.
        pub static SOURCE_MODULES: &[(&str, &str, bool)] =
            &[$(($name, include_str!($file), is_package($file))),+];
    };
}

// A row: the module's name, its file. A test compares the rows with the folder.
sources! {
    "__future__" "__future__.py",
    "_buffered" "_buffered.py",
    "_codecs" "_codecs.py",
    "_collections_abc" "_collections_abc.py",
    "_compat_pickle" "_compat_pickle.py",
    "_datetime" "_datetime.py",
    "_imp" "_imp.py",
    "_newlines" "_newlines.py",
    "_opcode" "_opcode.py",
    "_pyfunctools" "_pyfunctools.py",
    "_pydatetime" "_pydatetime.py",
    "_repl" "_repl.py",
    "_strptime" "_strptime.py",
    "_threading_local" "_threading_local.py",
    "_typing" "_typing.py",
    "_unparse" "_unparse.py",
    "_warnings" "_warnings.py",
    "_weakrefset" "_weakrefset.py",
    "abc" "abc.py",
    "aiohttp" "aiohttp/__init__.py",
    "aiohttp._content" "aiohttp/_content.py",
    "aiohttp._multipart" "aiohttp/_multipart.py",
    "aiohttp._state" "aiohttp/_state.py",
    "aiohttp._streams" "aiohttp/_streams.py",
    "aiohttp._websocket" "aiohttp/_websocket.py",
    "aiohttp.client" "aiohttp/client.py",
    "aiohttp.client_exceptions" "aiohttp/client_exceptions.py",
    "aiohttp.cookiejar" "aiohttp/cookiejar.py",
    "aiohttp.hdrs" "aiohttp/hdrs.py",
    "aiohttp.web" "aiohttp/web.py",
    "aiohttp.web_app" "aiohttp/web_app.py",
    "aiohttp.web_exceptions" "aiohttp/web_exceptions.py",
    "aiohttp.web_protocol" "aiohttp/web_protocol.py",
    "aiohttp.web_request" "aiohttp/web_request.py",
    "aiohttp.web_response" "aiohttp/web_response.py",
    "aiohttp.web_runner" "aiohttp/web_runner.py",
    "aiohttp.web_urldispatcher" "aiohttp/web_urldispatcher.py",
    "aiohttp.web_ws" "aiohttp/web_ws.py",
    "argparse" "argparse.py",
    "array" "array.py",
    "ast" "ast.py",
    "asyncio" "asyncio/__init__.py",
    "asyncio._child_watchers" "asyncio/_child_watchers.py",
    "asyncio._connecting" "asyncio/_connecting.py",
    "asyncio._selector_sockets" "asyncio/_selector_sockets.py",
    "asyncio._selector_transports" "asyncio/_selector_transports.py",
    "asyncio._sending" "asyncio/_sending.py",
    "asyncio._serving" "asyncio/_serving.py",
    "asyncio._starting" "asyncio/_starting.py",
    "asyncio._unix_pipes" "asyncio/_unix_pipes.py",
    "asyncio._unix_sockets" "asyncio/_unix_sockets.py",
    "asyncio.base_events" "asyncio/base_events.py",
    "asyncio.base_futures" "asyncio/base_futures.py",
    "asyncio.base_subprocess" "asyncio/base_subprocess.py",
    "asyncio.base_tasks" "asyncio/base_tasks.py",
    "asyncio.constants" "asyncio/constants.py",
    "asyncio.coroutines" "asyncio/coroutines.py",
    "asyncio.events" "asyncio/events.py",
    "asyncio.exceptions" "asyncio/exceptions.py",
    "asyncio.format_helpers" "asyncio/format_helpers.py",
    "asyncio.futures" "asyncio/futures.py",
    "asyncio.locks" "asyncio/locks.py",
    "asyncio.log" "asyncio/log.py",
    "asyncio.mixins" "asyncio/mixins.py",
    "asyncio.proactor_events" "asyncio/proactor_events.py",
    "asyncio.protocols" "asyncio/protocols.py",
    "asyncio.queues" "asyncio/queues.py",
    "asyncio.runners" "asyncio/runners.py",
    "asyncio.selector_events" "asyncio/selector_events.py",
    "asyncio.sslproto" "asyncio/sslproto.py",
    "asyncio.staggered" "asyncio/staggered.py",
    "asyncio.streams" "asyncio/streams.py",
    "asyncio.subprocess" "asyncio/subprocess.py",
    "asyncio.taskgroups" "asyncio/taskgroups.py",
    "asyncio.tasks" "asyncio/tasks.py",
    "asyncio.threads" "asyncio/threads.py",
    "asyncio.timeouts" "asyncio/timeouts.py",
    "asyncio.transports" "asyncio/transports.py",
    "asyncio.trsock" "asyncio/trsock.py",
    "asyncio.unix_events" "asyncio/unix_events.py",
    "base64" "base64.py",
    "bisect" "bisect.py",
    "calendar" "calendar.py",
    "codecs" "codecs.py",
    "collections" "collections/__init__.py",
    "collections._user" "collections/_user.py",
    "collections.abc" "collections/abc.py",
    "concurrent" "concurrent/__init__.py",
    "concurrent.futures" "concurrent/futures/__init__.py",
    "concurrent.futures._base" "concurrent/futures/_base.py",
    "concurrent.futures.process" "concurrent/futures/process.py",
    "concurrent.futures.thread" "concurrent/futures/thread.py",
    "contextlib" "contextlib.py",
    "contextvars" "contextvars.py",
    "copy" "copy.py",
    "copyreg" "copyreg.py",
    "dataclasses" "dataclasses.py",
    "datetime" "datetime.py",
    "difflib" "difflib.py",
    "dis" "dis.py",
    "email" "email/__init__.py",
    "email.errors" "email/errors.py",
    "email.feedparser" "email/feedparser.py",
    "email.message" "email/message.py",
    "email.parser" "email/parser.py",
    "email.policy" "email/policy.py",
    "email.utils" "email/utils.py",
    "enum" "enum.py",
    "fnmatch" "fnmatch.py",
    "fractions" "fractions.py",
    "functools" "functools.py",
    "getopt" "getopt.py",
    "glob" "glob.py",
    "grp" "grp.py",
    "hashlib" "hashlib.py",
    "heapq" "heapq.py",
    "html" "html/__init__.py",
    "html.entities" "html/entities.py",
    "http" "http/__init__.py",
    "http.client" "http/client.py",
    "http.cookiejar" "http/cookiejar.py",
    "http.cookies" "http/cookies.py",
    "http.server" "http/server.py",
    "imp" "imp.py",
    "importlib" "importlib/__init__.py",
    "importlib.abc" "importlib/abc.py",
    "importlib.machinery" "importlib/machinery.py",
    "importlib.util" "importlib/util.py",
    "inspect" "inspect/__init__.py",
    "inspect._frames" "inspect/_frames.py",
    "inspect._members" "inspect/_members.py",
    "inspect._signature" "inspect/_signature.py",
    "inspect._source" "inspect/_source.py",
    "io" "io.py",
    "json" "json/__init__.py",
    "json.decoder" "json/decoder.py",
    "json.encoder" "json/encoder.py",
    "json.scanner" "json/scanner.py",
    "json.tool" "json/tool.py",
    "keyword" "keyword.py",
    "linecache" "linecache.py",
    "locale" "locale.py",
    "logging" "logging/__init__.py",
    "logging.config" "logging/config.py",
    "logging.handlers" "logging/handlers.py",
    "mimetypes" "mimetypes.py",
    "multidict" "multidict.py",
    "multiprocessing" "multiprocessing/__init__.py",
    "multiprocessing.connection" "multiprocessing/connection.py",
    "multiprocessing.context" "multiprocessing/context.py",
    "multiprocessing.dummy" "multiprocessing/dummy.py",
    "multiprocessing.pool" "multiprocessing/pool.py",
    "multiprocessing.process" "multiprocessing/process.py",
    "multiprocessing.queues" "multiprocessing/queues.py",
    "multiprocessing.reduction" "multiprocessing/reduction.py",
    "multiprocessing.sharedctypes" "multiprocessing/sharedctypes.py",
    "multiprocessing.spawn" "multiprocessing/spawn.py",
    "multiprocessing.synchronize" "multiprocessing/synchronize.py",
    "multiprocessing.util" "multiprocessing/util.py",
    "numbers" "numbers.py",
    "os" "os.py",
    "pathlib" "pathlib.py",
    "pickle" "pickle.py",
    "platform" "platform.py",
    "posixpath" "posixpath.py",
    "pprint" "pprint.py",
    "pwd" "pwd.py",
    "py_compile" "py_compile.py",
    "pydoc" "pydoc.py",
    "queue" "queue.py",
    "random" "random.py",
    "re" "re.py",
    "reprlib" "reprlib.py",
    "requests" "requests/__init__.py",
    "requests.adapters" "requests/adapters.py",
    "requests.api" "requests/api.py",
    "requests.auth" "requests/auth.py",
    "requests.compat" "requests/compat.py",
    "requests.cookies" "requests/cookies.py",
    "requests.exceptions" "requests/exceptions.py",
    "requests.models" "requests/models.py",
    "requests.sessions" "requests/sessions.py",
    "requests.status_codes" "requests/status_codes.py",
    "requests.structures" "requests/structures.py",
    "requests.utils" "requests/utils.py",
    "sched" "sched.py",
    "selectors" "selectors.py",
    "shlex" "shlex.py",
    "shutil" "shutil.py",
    "signal" "signal.py",
    "socket" "socket.py",
    "socketserver" "socketserver.py",
    "ssl" "ssl.py",
    "stat" "stat.py",
    "statistics" "statistics.py",
    "string" "string.py",
    "struct" "struct.py",
    "subprocess" "subprocess.py",
    "sysconfig" "sysconfig.py",
    "tempfile" "tempfile.py",
    "textwrap" "textwrap.py",
    "threading" "threading.py",
    "token" "token.py",
    "tokenize" "tokenize.py",
    "traceback" "traceback/__init__.py",
    "traceback._carets" "traceback/_carets.py",
    "traceback._suggestions" "traceback/_suggestions.py",
    "types" "types.py",
    "typing" "typing.py",
    "unittest" "unittest/__init__.py",
    "unittest.__main__" "unittest/__main__.py",
    "unittest._assertions" "unittest/_assertions.py",
    "unittest._contexts" "unittest/_contexts.py",
    "unittest.async_case" "unittest/async_case.py",
    "unittest.case" "unittest/case.py",
    "unittest.loader" "unittest/loader.py",
    "unittest.main" "unittest/main.py",
    "unittest.mock" "unittest/mock/__init__.py",
    "unittest.mock._async" "unittest/mock/_async.py",
    "unittest.mock._autospec" "unittest/mock/_autospec.py",
    "unittest.mock._calls" "unittest/mock/_calls.py",
    "unittest.mock._magic" "unittest/mock/_magic.py",
    "unittest.mock._mocks" "unittest/mock/_mocks.py",
    "unittest.mock._names" "unittest/mock/_names.py",
    "unittest.mock._open" "unittest/mock/_open.py",
    "unittest.mock._patch" "unittest/mock/_patch.py",
    "unittest.mock._specs" "unittest/mock/_specs.py",
    "unittest.mock._threading" "unittest/mock/_threading.py",
    "unittest.result" "unittest/result.py",
    "unittest.runner" "unittest/runner.py",
    "unittest.signals" "unittest/signals.py",
    "unittest.suite" "unittest/suite.py",
    "unittest.util" "unittest/util.py",
    "urllib" "urllib/__init__.py",
    "urllib.error" "urllib/error.py",
    "urllib.parse" "urllib/parse.py",
    "urllib.request" "urllib/request.py",
    "urllib.response" "urllib/response.py",
    "warnings" "warnings.py",
    "weakref" "weakref.py",
    "yarl" "yarl.py",
}

const fn is_package(file: &str) -> bool {
    let (file, ending) = (file.as_bytes(), b"__init__.py");
    if file.len() < ending.len() {
        return false;
    }
    let mut index = 0;
    while index < ending.len() {
        if file[file.len() - ending.len() + index] != ending[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The maker of a module written in Rust.
pub(crate) fn native_module(name: &str) -> Option<fn(&mut Ctx) -> PyResult> {
    NATIVE_MODULES.iter().find(|(own, _)| *own == name).map(|(_, make)| *make)
}

/// The row of a module written in Python.
pub(crate) fn source_module(name: &str) -> Option<(&'static str, &'static str, bool)> {
    SOURCE_MODULES.iter().find(|(own, ..)| *own == name).copied()
}

/// Prepares `sys`, `sys.modules` and `__import__`.
pub fn install(ctx: &mut Ctx) {
    for def in importing::FUNCTIONS {
        ctx.builtins.set_str(&intern(def.name()), new_function("builtins", def));
    }
    ctx.library_source = finding::embedded_source;
    sys::install(ctx);
    io::install(ctx);
}

/// Puts the folder of the program in front of `sys.path`.
pub fn set_program_folder(ctx: &mut Ctx, folder: &str) {
    if let Some(path) = ctx.sys.get_str(&ctx.names.path)
        && let Some(path) = path.downcast_ref::<List>()
    {
        drop(path.splice(0, 0, vec![new_str(folder).into_value()]));
    }
}

/// Puts folders behind the library on `sys.path`: they bring what it lacks, and hide nothing of it.
pub fn add_folders_behind_library(ctx: &mut Ctx, folders: &[String]) {
    if let Some(path) = ctx.sys.get_str(&ctx.names.path)
        && let Some(path) = path.downcast_ref::<List>()
    {
        drop(path.splice(
            path.len(),
            path.len(),
            folders.iter().map(|folder| new_str(folder.as_str()).into_value()).collect(),
        ));
    }
}

/// Puts folders in front of the library on `sys.path`.
pub fn add_module_folders(ctx: &mut Ctx, folders: &[String]) {
    if let Some(path) = ctx.sys.get_str(&ctx.names.path)
        && let Some(path) = path.downcast_ref::<List>()
    {
        let library =
            |entry: &Value| entry.downcast_ref::<Str>().is_some_and(|entry| entry.as_str() == finding::LIBRARY);
        let at = path.to_vec().iter().position(library).unwrap_or(path.len());
        drop(path.splice(at, at, folders.iter().map(|folder| new_str(folder.as_str()).into_value()).collect()));
    }
}

/// Whether the program is ending (`sys.is_finalizing`), and the modules without which none could be loaded: the library
/// loads some of its own only when they are needed, which may be then.
#[derive(Default)]
pub(crate) struct Ending(pub(crate) bool, pub(crate) Vec<(Value, Value)>);

/// Ends a program: what its modules hold goes, which closes suspended generators and runs finalisers, in the order in
/// which CPython does it.
pub fn shut_down(ctx: &mut Ctx) {
    _thread::join_threads(ctx);
    atexit::run(ctx);
    ctx.threads.close();
    (ctx.door.run_pending)(ctx);
    if ctx.modules.get_str(&intern("_asyncio")).is_some() && future::any_to_report() {
        // Tasks in cycles report what nobody has seen while the modules that this needs are there.
        heap::collect();
        (ctx.door.run_pending)(ctx);
        if future::any_to_report() {
            let_go_of_own_modules(ctx);
        }
    }
    let (library, modules): (Vec<_>, Vec<_>) = ctx
        .modules
        .entries()
        .into_iter()
        .partition(|(name, _)| name.is(&ctx.names.builtins) || name.is(&intern("sys")));
    ctx.modules.clear();
    *ctx.state::<Ending>() = Ending(true, library.clone());
    let_go(ctx, modules);
    // What is left is part of cycles. Most programs leave nothing there whose end anybody could notice.
    if heap::any_end_matters() {
        heap::collect();
        (ctx.door.run_pending)(ctx);
        // What finalisers need goes last.
        ctx.state::<Ending>().1.clear();
        let_go(ctx, library);
        // What finalisers bring back to life is not finalised again.
        heap::collect();
        (ctx.door.run_pending)(ctx);
    } else {
        ctx.state::<Ending>().1.clear();
        let_go(ctx, library);
    }
    crate::objects::file::flush_all(ctx);
}

/// The modules of the program go, before those of the library: the tasks that their variables hold report through
/// `logging`, which may not have been imported yet. (CPython lets all go at once; half of such reports fail there.)
fn let_go_of_own_modules(ctx: &mut Ctx) {
    let is_own = |ctx: &Ctx, name: &Value, module: &Value| {
        name.is(&ctx.names.__main__)
            || module.downcast_ref::<Module>().and_then(|module| module.dict.get_str(&ctx.names.__file__)).is_some_and(
                |file| file.downcast_ref::<Str>().is_some_and(|file| !file.as_str().starts_with(finding::LIBRARY)),
            )
    };
    let own: Vec<_> = ctx.modules.entries().into_iter().filter(|(name, module)| is_own(ctx, name, module)).collect();
    for (name, _) in &own {
        ctx.modules.remove_str(name);
    }
    asyncio::prepare_reports(ctx);
    let_go(ctx, own);
    heap::collect();
    (ctx.door.run_pending)(ctx);
}

/// Modules and their variables go.
fn let_go(ctx: &mut Ctx, modules: Vec<(Value, Value)>) {
    for (_, module) in modules {
        // A module's variables go in the order in which they were made, also when the module is part of a cycle, as
        // it is as soon as it defines a function.
        if let Some(module) = module.downcast_ref::<Module>() {
            for (_, value) in module.dict.entries() {
                heap::finalize_early(&value);
                // What one variable lets go ends before the next one's turn.
                if heap::has_pending() {
                    drop(value);
                    (ctx.door.run_pending)(ctx);
                }
            }
        }
        drop(module);
        (ctx.door.run_pending)(ctx);
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    fn python_files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                python_files(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "py") {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_python_file_has_its_row() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stdlib");
        let mut files = Vec::new();
        python_files(&root, &mut files);
        let mut names: Vec<String> = files
            .iter()
            .map(|file| {
                let stem = file.strip_prefix(&root).unwrap().with_extension("");
                let name = stem.to_str().unwrap().replace(['/', '\\'], ".");
                name.strip_suffix(".__init__").unwrap_or(&name).to_owned()
            })
            .collect();
        names.sort();
        let mut rows: Vec<&str> = super::SOURCE_MODULES.iter().map(|(name, ..)| *name).collect();
        rows.sort_unstable();
        assert_eq!(rows, names);
    }
}
