//! Module `_eras`: which of the things that Python removed a program may still use.
//!
//! By default a program may use what any Python from 3.4 on had, so that the samples of every year run as they stand.
//! With `--python 3.N` it sees what that version had, and what is gone is refused as that version refuses it. Modules
//! ask here, natives through [`allows`], those written in Python through `_eras.allows`; the first use of each removed
//! thing is noted in one line when standard error is a terminal.

use crate::host::Stream;
use crate::objects::arguments::text_of;
use crate::objects::ctx::Ctx;
use crate::objects::era::AskedVersion;
use crate::objects::frame_view::caller_of;
use crate::objects::function::Function;
use crate::objects::module::{Module, new_module};
use crate::objects::native::PyResult;
use crate::objects::source_cache;
use crate::objects::string::{intern, new_str};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{int, protocol, warning};

mod warnings;

use super::finding::LIBRARY;
pub use crate::diagnostics::removals::{REMOVALS, Removal, removal};

/// N of the Python 3.N that Coil is when no era is asked for.
const NEWEST: u8 = 13;

crate::natives! { static FUNCTIONS:
    /// Whether programs may use this; the first use of what is gone is noted on a terminal, and the version that was
    /// asked for may warn of it.
    function "allows(name, /)" => |ctx, args| Ok(Value::bool(allows(ctx, &text_of(&args[0]))?));
    /// Warn of this as the version that was asked for does.
    function "warn(name, /)" => |ctx, args| {
        warn(ctx, &text_of(&args[0]))?;
        Ok(Value::NONE)
    };
    /// N of the Python 3.N whose words go with what was removed: the era that was asked for, else the last that had it.
    function "version_with(name, /)" => |ctx, args| {
        let version = version_with(ctx, &text_of(&args[0]));
        Ok(int::from_i64(i64::from(version)))
    };
    /// N of the Python 3.N that the program is for: the era that was asked for, else the last that had all that it names.
    function "version()" => |ctx, _| {
        let version = version(ctx);
        Ok(int::from_i64(i64::from(version)))
    };
    /// The same, without a note: for deciding whether a name exists.
    function "has(name, /)" => |ctx, args| Ok(Value::bool(has(ctx, &text_of(&args[0]))));
}

/// The era of an interpreter, and what has been noted.
#[derive(Default)]
struct Era {
    /// N of `--python 3.N`; None for every era at once.
    minor: Option<u8>,
    /// N of the Python 3.N that the program is for, once somebody asked.
    version: Option<u8>,
    noted: Vec<&'static str>,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_eras", Some("Which of the things that Python removed may still be used."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_eras", def));
    }
    Ok(module.into_value())
}

/// Lets programs see what Python 3.`minor` had, or everything.
pub(crate) fn choose(ctx: &mut Ctx, minor: Option<u8>) {
    let era = ctx.state::<Era>();
    (era.minor, era.version) = (minor, minor);
    ctx.state::<AskedVersion>().0 = minor;
}

/// Whether Python 3.`minor` removed this: whether the era that was asked for lacks it.
pub(crate) fn has(ctx: &mut Ctx, name: &str) -> bool {
    match (removal(name), ctx.state::<Era>().minor) {
        (Some(removal), Some(minor)) => minor < removal.since,
        _ => true,
    }
}

/// Whether a program that uses this may; if so, and if Python has it no longer, the first use is noted on a terminal.
///
/// # Errors
/// The warning of the version that was asked for, when the filters make it an error.
pub(crate) fn allows(ctx: &mut Ctx, name: &str) -> PyResult<bool> {
    let allowed = has(ctx, name);
    if allowed {
        if let Some(removal) = removal(name) {
            note(ctx, removal);
        }
        warn(ctx, name)?;
    }
    Ok(allowed)
}

/// Warns of this, at the innermost line of the program, as the version that was asked for did.
fn warn(ctx: &mut Ctx, name: &str) -> PyResult<()> {
    let Some(text) = ctx.state::<Era>().minor.and_then(|minor| warnings::words_of(name, minor)) else {
        return Ok(());
    };
    let mut level = 1;
    let mut frame = protocol::current_frame(ctx);
    while let Some(of_library) = frame.filter(|frame| {
        let function = frame.func.get();
        let function = function.downcast_ref::<Function>();
        function.is_some_and(|function| function.with_code(|code| code.object.filename.starts_with(LIBRARY)))
    }) {
        level += 1;
        frame = caller_of(&of_library);
    }
    let category = ctx.exceptions.DeprecationWarning.clone();
    warning::warn(ctx, &category, &new_str(text).into_value(), level)
}

/// N of the Python 3.N whose warnings go with this name.
fn version_with(ctx: &mut Ctx, name: &str) -> u8 {
    let asked_for = ctx.state::<Era>().minor;
    asked_for.or_else(|| removal(name).map(|removal| removal.since - 1)).unwrap_or(NEWEST)
}

/// N of the Python 3.N that the program is for: with none asked for, the last that had all that its text names.
fn version(ctx: &mut Ctx) -> u8 {
    if let Some(version) = ctx.state::<Era>().version {
        return version;
    }
    let main = ctx.modules.get_str(&ctx.names.__main__);
    let file = main.as_ref().and_then(|main| main.downcast_ref::<Module>()?.dict.get_str(&intern("__file__")));
    let text = file.and_then(|file| source_cache::text(ctx, &text_of(&file)));
    let version = text.map_or(NEWEST, |text| (ctx.door.last_python)(&text, NEWEST));
    ctx.state::<Era>().version = Some(version);
    version
}

fn note(ctx: &mut Ctx, removal: &Removal) {
    let state = ctx.state::<Era>();
    // Whoever asks for an old version knows.
    if state.minor.is_some() || state.noted.contains(&removal.name) {
        return;
    }
    state.noted.push(removal.name);
    let text = match ctx.report(|reporter, ctx| reporter.removed(ctx, removal.name)) {
        Some(report) => report,
        None if ctx.host.is_terminal(Some(Stream::Err)) => format!(
            "coil: {} is gone since Python 3.{}; today one writes {}\n",
            removal.name, removal.since, removal.today
        ),
        None => return,
    };
    // A note that cannot be written is no reason to stop.
    let _ = ctx.host.flush(Stream::Out);
    let _ = ctx.host.write(Stream::Err, text.as_bytes());
}
