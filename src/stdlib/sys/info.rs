//! The facts in `sys` that never change: numbers about the machine, the version, names of modules.

use crate::objects::ctx::Ctx;
use crate::objects::native::NativeDef;
use crate::objects::simple_namespace::new_namespace;
use crate::objects::string::{intern, new_str};
use crate::objects::struct_sequence::{define, make};
use crate::objects::value::Value;
use crate::objects::{float, int, set, tuple};
use crate::struct_sequence;

struct_sequence! { static VERSION: 0 "major", 1 "minor", 2 "micro", 3 "releaselevel", 4 "serial" }
struct_sequence! { static FLOAT: 0 "max", 1 "max_exp", 2 "max_10_exp", 3 "min", 4 "min_exp", 5 "min_10_exp", 6 "dig",
7 "mant_dig", 8 "epsilon", 9 "radix", 10 "rounds" }
struct_sequence! { static INT: 0 "bits_per_digit", 1 "sizeof_digit", 2 "default_max_str_digits",
3 "str_digits_check_threshold" }
struct_sequence! { static HASH: 0 "width", 1 "modulus", 2 "inf", 3 "nan", 4 "imag", 5 "algorithm", 6 "hash_bits",
7 "seed_bits", 8 "cutoff" }
struct_sequence! { static THREAD: 0 "name", 1 "lock", 2 "version" }
struct_sequence! { static FLAGS: 0 "debug", 1 "inspect", 2 "interactive", 3 "optimize", 4 "dont_write_bytecode",
5 "no_user_site", 6 "no_site", 7 "ignore_environment", 8 "verbose", 9 "bytes_warning", 10 "quiet",
11 "hash_randomization", 12 "isolated", 13 "dev_mode", 14 "utf8_mode", 15 "warn_default_encoding", 16 "safe_path",
17 "int_max_str_digits" }
struct_sequence! { pub(super) static ASYNCGEN_HOOKS: 0 "firstiter", 1 "finalizer" }

/// The minor version of Python 3 that Coil speaks.
pub(crate) const MINOR_VERSION: u8 = 13;

const PLATFORM: &str = if cfg!(target_os = "macos") {
    "darwin"
} else if cfg!(windows) {
    "win32"
} else if cfg!(target_family = "wasm") {
    "emscripten"
} else {
    "linux"
};

/// Names of the modules of the standard library, whether Coil has them or not: tracebacks suggest importing them.
pub const LIBRARY_MODULES: &str = include_str!("module_names.txt");

fn text(text: &str) -> Value {
    new_str(text).into_value()
}

fn sequence(ctx: &Ctx, name: &'static str, fields: &'static [NativeDef], items: Vec<Value>) -> Value {
    make(&define(ctx, name, "sys", "", fields), items)
}

/// Puts the facts into the namespace: few at once, the others when one of them is asked for.
pub(super) fn install(ctx: &mut Ctx) {
    ctx.late_sys = Some(install_rest);
    ctx.sys.set_str(&intern("platform"), text(PLATFORM));
    ctx.sys.set_str(&intern("maxsize"), int::from_i64(i64::MAX));
    ctx.sys.set_str(&intern("dont_write_bytecode"), Value::TRUE);
    ctx.sys.set_str(&intern("pycache_prefix"), Value::NONE);
    for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix", "executable", "_base_executable"] {
        ctx.sys.set_str(&intern(name), text(""));
    }
    set_version(ctx, MINOR_VERSION);
    set_flags(ctx, Flags::default());
}

fn install_rest(ctx: &mut Ctx) {
    let number = int::from_i64;
    let float_info = sequence(
        ctx,
        "float_info",
        FLOAT,
        vec![
            float::new_float(f64::MAX),
            number(1024),
            number(308),
            float::new_float(f64::MIN_POSITIVE),
            number(-1021),
            number(-307),
            number(15),
            number(53),
            float::new_float(f64::EPSILON),
            number(2),
            number(1),
        ],
    );
    let int_info = sequence(ctx, "int_info", INT, vec![number(30), number(4), number(4300), number(640)]);
    let hash_info = sequence(
        ctx,
        "hash_info",
        HASH,
        vec![
            number(64),
            number((1 << 61) - 1),
            number(314_159),
            number(0),
            number(1_000_003),
            text("siphash13"),
            number(64),
            number(128),
            number(0),
        ],
    );
    let thread_info = sequence(ctx, "thread_info", THREAD, vec![text("coil"), Value::NONE, Value::NONE]);
    let mut linked: Vec<&str> = super::super::NATIVE_MODULES.iter().map(|(name, _)| *name).collect();
    linked.extend(["builtins", "sys"]);
    linked.sort_unstable();
    let linked = tuple::new_tuple(linked.into_iter().map(intern).collect::<Vec<_>>()).into_value();
    let library = LIBRARY_MODULES.split_whitespace().map(intern).collect::<Vec<_>>();
    let library = set::frozen_constants(library);
    let byte_order = if cfg!(target_endian = "little") { "little" } else { "big" };
    for (name, value) in [
        ("api_version", number(1013)),
        ("copyright", text("Copyright (c) the authors of Coil.")),
        ("platlibdir", text("lib")),
        ("abiflags", text("")),
        ("byteorder", text(byte_order)),
        ("maxunicode", number(0x10_ffff)),
        ("float_info", float_info),
        ("float_repr_style", text("short")),
        ("int_info", int_info),
        ("hash_info", hash_info),
        ("thread_info", thread_info),
        ("builtin_module_names", linked),
        ("stdlib_module_names", library),
    ] {
        let name = intern(name);
        // What the program has set meanwhile stays.
        if ctx.sys.get_str(&name).is_none() {
            ctx.sys.set_str(&name, value);
        }
    }
}

/// What `sys.flags` tells of the command line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    /// 0, 1 (`-O`) or 2 (`-OO`).
    pub optimize: u8,
    /// The prompt follows the program (`-i`).
    pub inspect: bool,
    /// Environment variables do not count (`-E`).
    pub ignore_environment: bool,
    /// Neither do the program's folder and the user's (`-I`).
    pub isolated: bool,
    /// Development mode (`-X dev`).
    pub dev_mode: bool,
}

/// Sets everything in `sys` that tells the version of Python.
pub(crate) fn set_version(ctx: &mut Ctx, minor: u8) {
    let number = int::from_i64;
    let hex = number(0x0300_00f0 | i64::from(minor) << 16);
    let items = vec![number(3), number(minor.into()), number(0), text("final"), number(0)];
    let version = sequence(ctx, "version_info", VERSION, items);
    let implementation = new_namespace(
        ctx,
        [
            (intern("name"), text("coil")),
            (intern("cache_tag"), Value::NONE),
            (intern("version"), version.clone()),
            (intern("hexversion"), hex.clone()),
        ],
    );
    let full = format!("3.{minor}.0 (Coil {}) [Rust]", env!("CARGO_PKG_VERSION"));
    for (name, value) in [
        ("version", text(&full)),
        ("version_info", version),
        ("hexversion", hex),
        ("implementation", implementation.into_value()),
    ] {
        ctx.sys.set_str(&intern(name), value);
    }
}

/// Sets `sys.flags` for what the command line asked for.
pub(crate) fn set_flags(ctx: &mut Ctx, flags: Flags) {
    let number = |on: i64| int::from_i64(on);
    let mut items: Vec<Value> = (0..13).map(|_| number(0)).collect();
    items[1] = number(flags.inspect.into());
    items[2] = number(flags.inspect.into());
    items[3] = number(flags.optimize.into());
    items[4] = number(1);
    items[5] = number(flags.isolated.into());
    items[7] = number((flags.ignore_environment || flags.isolated).into());
    items[12] = number(flags.isolated.into());
    items.extend([
        Value::bool(flags.dev_mode),
        number(0),
        number(0),
        Value::bool(flags.isolated),
        int::from_usize(ctx.int_max_str_digits),
    ]);
    let flags = sequence(ctx, "flags", FLAGS, items);
    ctx.sys.set_str(&intern("flags"), flags);
}
