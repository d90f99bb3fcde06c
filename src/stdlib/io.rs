//! Module `_io`, and the standard streams in `sys`.

use crate::host::Stream;
use crate::objects::ctx::Ctx;
use crate::objects::file::{self, classes};
use crate::objects::native::PyResult;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{int, module};

/// Makes the streams and puts them, and `open`, where programs look for them.
pub(super) fn install(ctx: &mut Ctx) {
    for (name, which) in [("stdin", None), ("stdout", Some(Stream::Out)), ("stderr", Some(Stream::Err))] {
        let stream = file::standard_file(ctx, which).unwrap_or(Value::NONE);
        ctx.sys.set_str(&intern(name), stream.clone());
        ctx.sys.set_str(&intern(&format!("__{name}__")), stream);
    }
    if let Some(open) = file::FUNCTIONS.iter().find(|def| def.name() == "open") {
        ctx.builtins.set_str(&intern("open"), new_function("_io", open));
    }
}

/// Makes the module.
pub(super) fn make_module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_io", Some("The native half of io."));
    let dict = &module.dict;
    for def in file::FUNCTIONS {
        dict.set_str(&intern(def.name()), new_function("_io", def));
    }
    if let Some(open) = ctx.builtins.get_str(&intern("open")) {
        dict.set_str(&intern("open"), open);
    }
    let all = classes(ctx);
    for class in [
        &all.io_base,
        &all.raw_base,
        &all.buffered_base,
        &all.text_base,
        &all.file_io,
        &all.buffered_reader,
        &all.buffered_writer,
        &all.buffered_random,
        &all.text,
        &all.string_io,
        &all.bytes_io,
        &all.unsupported,
        &ctx.exceptions.BlockingIOError,
    ] {
        dict.set_str(&intern(&class.name_string()), class.value().clone());
    }
    dict.set_str(&intern("DEFAULT_BUFFER_SIZE"), int::from_usize(file::DEFAULT_BUFFER_SIZE));
    Ok(module.into_value())
}
