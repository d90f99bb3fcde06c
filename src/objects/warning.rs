//! Warnings that the interpreter itself issues.
//!
//! Once a program has imported module `warnings`, that module decides what becomes of a warning. Until then the default
//! filters hold, which are repeated here: a deprecation is shown where `__main__` causes it, other developer warnings
//! not at all, and everything once per place. Source: the Library Reference, `warnings`, "Default Warning Filter".

use super::class::Class;
use super::ctx::Ctx;
use super::dict::{self, Dict};
use super::frame::Frame;
use super::frame_view::caller_of;
use super::function::Function;
use super::heap::Ref;
use super::native::PyResult;
use super::protocol;
use super::reporter::Warning;
use super::string::intern;
use super::value::Value;
use super::{era, int, source_cache, tuple};
use crate::host::Stream;

/// Issues a warning at the line of the caller that is `stack_level` frames up (1 is the running frame).
///
/// # Errors
/// The warning itself, when the filters make it an error.
pub fn warn(ctx: &mut Ctx, category: &Ref<Class>, message: &Value, stack_level: u32) -> PyResult<()> {
    if let Some(module) = ctx.modules.get_str(&ctx.names.warnings) {
        let function = protocol::get_attr(ctx, &module, &intern("warn"))?;
        let level = int::from_i64(i64::from(stack_level));
        return protocol::call(ctx, &function, &[message.clone(), category.value().clone(), level]).map(drop);
    }
    warn_by_default(ctx, category, message, stack_level, None)
}

/// The same for the running frame, about an object: the text names the way to find out where that was made.
///
/// # Errors
/// The warning itself, when the filters make it an error.
pub fn warn_with_source(ctx: &mut Ctx, category: &Ref<Class>, message: &Value, source: &Value) -> PyResult<()> {
    if let Some(module) = ctx.modules.get_str(&ctx.names.warnings) {
        let function = protocol::get_attr(ctx, &module, &intern("warn"))?;
        let args = [message.clone(), category.value().clone(), int::from_i64(1), source.clone()];
        return protocol::call(ctx, &function, &args).map(drop);
    }
    warn_by_default(ctx, category, message, 1, Some(source))
}

/// Applies the default filters.
fn warn_by_default(
    ctx: &mut Ctx,
    category: &Ref<Class>,
    message: &Value,
    stack_level: u32,
    source: Option<&Value>,
) -> PyResult<()> {
    let mut frame = protocol::current_frame(ctx);
    for _ in 1..stack_level {
        frame = frame.and_then(|frame| caller_of(&frame));
    }
    let place = frame.as_ref().and_then(place_of);
    if !is_shown(ctx, category, place.as_ref().map(|place| &place.globals)) {
        return Ok(());
    }
    let Place { file, line, globals } =
        place.unwrap_or_else(|| Place { file: "<sys>".to_owned(), line: 0, globals: ctx.sys.value().clone() });
    let registry_name = intern("__warningregistry__");
    if let Some(globals) = globals.downcast_ref::<Dict>() {
        let registry = match globals.get_str(&registry_name).and_then(|registry| registry.downcast::<Dict>()) {
            Some(registry) => registry,
            None => {
                let made = dict::new_dict();
                globals.set_str(&registry_name, made.value().clone());
                made
            }
        };
        let text = protocol::str_of(ctx, message)?.into_value();
        let key = tuple::new_tuple([text, category.value().clone(), int::from_i64(i64::from(line))]).into_value();
        if registry.insert(ctx, key, Value::TRUE)?.is_some() {
            return Ok(());
        }
    }
    write(ctx, category, message, &file, line, source)
}

/// Where a frame stands.
struct Place {
    file: String,
    line: u32,
    globals: Value,
}

fn place_of(frame: &Ref<Frame>) -> Option<Place> {
    let function = frame.func.get();
    let function = function.downcast_ref::<Function>()?;
    let file = function.with_code(|code| code.object.filename.to_string());
    Some(Place { file, line: frame.line(), globals: function.globals.get() })
}

/// What the default filters say.
fn is_shown(ctx: &mut Ctx, category: &Ref<Class>, globals: Option<&Value>) -> bool {
    if category.is_subclass_of(&ctx.exceptions.DeprecationWarning) {
        // PEP 565: not even there before Python 3.7.
        if era::is_before(ctx, 7) {
            return false;
        }
        let module = globals.and_then(|globals| globals.downcast_ref::<Dict>()?.get_str(&ctx.names.__name__));
        return module.is_some_and(|module| module.is(&ctx.names.__main__));
    }
    let classes = &ctx.exceptions;
    let hidden = [&classes.PendingDeprecationWarning, &classes.ImportWarning, &classes.ResourceWarning];
    !hidden.iter().any(|class| category.is_subclass_of(class))
}

/// Issues a warning for a place in a source that is no running code.
///
/// # Errors
/// The warning itself, when the filters make it an error.
pub fn warn_explicit(ctx: &mut Ctx, category: &Ref<Class>, message: &Value, file: &str, line: u32) -> PyResult<()> {
    if let Some(module) = ctx.modules.get_str(&ctx.names.warnings) {
        let function = protocol::get_attr(ctx, &module, &intern("warn_explicit"))?;
        let (file, line) = (ctx.str(file), int::from_i64(i64::from(line)));
        let args = [message.clone(), category.value().clone(), file, line];
        return protocol::call(ctx, &function, &args).map(drop);
    }
    write(ctx, category, message, file, line, None)
}

fn write(
    ctx: &mut Ctx,
    category: &Ref<Class>,
    message: &Value,
    file: &str,
    line: u32,
    source: Option<&Value>,
) -> PyResult<()> {
    let text = protocol::text::str_string(ctx, message)?;
    let name = category.name_string();
    let mut shown = format!("{file}:{line}: {name}: {text}\n");
    if let Some(source) = source_cache::line(ctx, file, line) {
        let source = source.trim();
        if !source.is_empty() {
            shown.push_str(&format!("  {source}\n"));
        }
    }
    // Without a line CPython does not know what it is about.
    if source.is_some() && line > 0 {
        shown.push_str(&format!("{name}: Enable tracemalloc to get the object allocation traceback\n"));
    }
    let drawn = ctx.report(|reporter, ctx| {
        let category = category.value().clone();
        let plain = &shown;
        let none = Value::NONE;
        reporter.warning(
            ctx,
            &Warning { category: &category, text: &text, file, line, source: source.unwrap_or(&none), plain },
        )
    });
    let shown = drawn.unwrap_or(shown);
    let Some(stream) = ctx.sys.get_str(&ctx.names.stderr) else {
        let _ = ctx.host.flush(Stream::Out);
        let _ = ctx.host.write(Stream::Err, shown.as_bytes());
        return Ok(());
    };
    if stream.is_none() {
        return Ok(());
    }
    let shown = ctx.str(shown);
    protocol::call_method(ctx, &stream, "write", &[shown]).map(drop)
}
