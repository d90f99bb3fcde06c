//! The standard library: modules in Rust, modules in Python, and the import machinery that finds them.

use crate::objects::ctx::Ctx;
use crate::objects::native::PyResult;

pub mod itertools;

/// Modules written in Rust: name, and the function that makes the module.
pub static NATIVE_MODULES: &[(&str, fn(&mut Ctx) -> PyResult)] = &[("itertools", itertools::module)];

/// Modules written in Python: name, source, whether it is a package.
pub static SOURCE_MODULES: &[(&str, &str, bool)] = &[
    ("_collections_abc", include_str!("_collections_abc.py"), false),
    ("_pyfunctools", include_str!("_pyfunctools.py"), false),
    ("_weakrefset", include_str!("_weakrefset.py"), false),
    ("abc", include_str!("abc.py"), false),
    ("bisect", include_str!("bisect.py"), false),
    ("collections", include_str!("collections/__init__.py"), true),
    ("collections._user", include_str!("collections/_user.py"), false),
    ("collections.abc", include_str!("collections/abc.py"), false),
    ("contextlib", include_str!("contextlib.py"), false),
    ("copy", include_str!("copy.py"), false),
    ("copyreg", include_str!("copyreg.py"), false),
    ("dataclasses", include_str!("dataclasses.py"), false),
    ("enum", include_str!("enum.py"), false),
    ("functools", include_str!("functools.py"), false),
    ("heapq", include_str!("heapq.py"), false),
    ("inspect", include_str!("inspect/__init__.py"), true),
    ("inspect._frames", include_str!("inspect/_frames.py"), false),
    ("inspect._members", include_str!("inspect/_members.py"), false),
    ("inspect._signature", include_str!("inspect/_signature.py"), false),
    ("inspect._source", include_str!("inspect/_source.py"), false),
    ("keyword", include_str!("keyword.py"), false),
    ("linecache", include_str!("linecache.py"), false),
    ("random", include_str!("random.py"), false),
    ("reprlib", include_str!("reprlib.py"), false),
    ("statistics", include_str!("statistics.py"), false),
    ("string", include_str!("string.py"), false),
    ("textwrap", include_str!("textwrap.py"), false),
    ("traceback", include_str!("traceback/__init__.py"), true),
    ("traceback._carets", include_str!("traceback/_carets.py"), false),
    ("traceback._suggestions", include_str!("traceback/_suggestions.py"), false),
    ("types", include_str!("types.py"), false),
    ("typing", include_str!("typing.py"), false),
    ("warnings", include_str!("warnings.py"), false),
    ("weakref", include_str!("weakref.py"), false),
    ("collections._user", include_str!("collections/_user.py"), false),
    ("inspect", include_str!("inspect/__init__.py"), true),
    ("inspect._frames", include_str!("inspect/_frames.py"), false),
    ("inspect._members", include_str!("inspect/_members.py"), false),
    ("inspect._signature", include_str!("inspect/_signature.py"), false),
    ("inspect._source", include_str!("inspect/_source.py"), false),
    ("traceback", include_str!("traceback/__init__.py"), true),
    ("traceback._carets", include_str!("traceback/_carets.py"), false),
    ("traceback._suggestions", include_str!("traceback/_suggestions.py"), false),
    ("typing", include_str!("typing.py"), false),
];

/// Prepares `sys` and `sys.modules`.
pub fn install(_ctx: &mut Ctx) {}

/// Ends a program: what is suspended is closed, in the order in which CPython does it.
pub fn shut_down(ctx: &mut Ctx) {
    (ctx.door.run_pending)(ctx);
}
