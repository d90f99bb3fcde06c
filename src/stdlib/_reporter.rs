//! Module `_reporter`: the way from hooks written in Python to the [reporter](crate::objects::reporter).
//!
//! Each function gives the text to show, or None when the hook is to write its own. Modules import it when they have
//! something to show, which most programs never do.

use crate::objects::arguments::text_of;
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::reporter::Warning;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{int, protocol};

crate::natives! { static FUNCTIONS:
    /// What to show for an exception that ended a thread.
    function "thread(exception, name, /)" => thread;
    /// What to show for a warning.
    function "warning(category, text, filename, lineno, source, plain, /)" => warning;
    /// What to show for the context of an event loop's exception handler.
    function "loop_error(context, plain, /)" => loop_error;
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_reporter", None);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_reporter", def));
    }
    Ok(module.into_value())
}

fn text_or_none(ctx: &Ctx, text: Option<String>) -> PyResult {
    Ok(text.map_or(Value::NONE, |text| ctx.str(text)))
}

fn thread(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[0].downcast_ref::<Exception>().is_none() {
        return Ok(Value::NONE);
    }
    let name = protocol::text::str_string(ctx, &args[1])?;
    let text = ctx.report(|reporter, ctx| reporter.uncaught(ctx, &args[0], Some(&name)));
    text_or_none(ctx, text)
}

fn warning(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let line = int::to_i64(&args[3]).and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
    let [text, file, plain] = [1, 2, 5].map(|index| text_of(&args[index]));
    let text = ctx.report(|reporter, ctx| {
        let (category, source) = (&args[0], &args[4]);
        reporter.warning(ctx, &Warning { category, text: &text, file: &file, line, source, plain: &plain })
    });
    text_or_none(ctx, text)
}

fn loop_error(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let plain = text_of(&args[1]);
    let text = ctx.report(|reporter, ctx| reporter.loop_error(ctx, &args[0], &plain));
    text_or_none(ctx, text)
}
