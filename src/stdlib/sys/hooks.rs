//! The hooks that show things: results at the prompt, uncaught exceptions, exceptions that nobody can catch.
//!
//! The interpreter calls whatever stands in `sys` under these names.

use crate::diagnostics::traceback::{format_exception, format_stack};
use crate::host::Stream;
use crate::objects::arguments::{keywords, positional, text_of};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::reporter::Unraisable;
use crate::objects::string::{intern, new_str};
use crate::objects::value::Value;
use crate::objects::warning;

crate::natives! { pub(super) static FUNCTIONS:
    /// Print an object to sys.stdout and also save it in builtins._
    function "displayhook(object, /)" => display_hook;
    /// Handle an exception by displaying it with a traceback on sys.stderr.
    function "excepthook(exctype, value, traceback, /)" => except_hook;
    /// Handle an unraisable exception.
    ///
    /// The unraisable argument has the following attributes:
    ///
    /// * exc_type: Exception type.
    /// * exc_value: Exception value, can be None.
    /// * exc_traceback: Exception traceback, can be None.
    /// * err_msg: Error message, can be None.
    /// * object: Object causing the exception, can be None.
    function "unraisablehook(unraisable, /)" => unraisable_hook;
    /// This hook function is called by built-in breakpoint().
    function "breakpointhook(*args, **kws)" => breakpoint_hook;
}

fn display_hook(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[0].is_none() {
        return Ok(Value::NONE);
    }
    let underscore = ctx.names.underscore.clone();
    ctx.builtins.set_str(&underscore, Value::NONE);
    let out = ctx.sys.get_str(&ctx.names.stdout).filter(|out| !out.is_none());
    let Some(out) = out else { return Err(ctx.runtime_error("lost sys.stdout")) };
    let text = protocol::repr(ctx, &args[0])?.into_value();
    protocol::call_method(ctx, &out, "write", &[text])?;
    protocol::call_method(ctx, &out, "write", &[intern("\n")])?;
    ctx.builtins.set_str(&underscore, args[0].clone());
    Ok(Value::NONE)
}

/// Writes to `sys.stderr`; to the host when a program has deleted it, nowhere when it is None.
fn write_error(ctx: &mut Ctx, text: String) -> PyResult<()> {
    let Some(err) = ctx.sys.get_str(&ctx.names.stderr) else {
        let _ = ctx.host.flush(Stream::Out);
        let _ = ctx.host.write(Stream::Err, text.as_bytes());
        return Ok(());
    };
    if err.is_none() {
        return Ok(());
    }
    let text = new_str(text).into_value();
    protocol::call_method(ctx, &err, "write", &[text])?;
    if let Err(Raised(())) = protocol::call_method(ctx, &err, "flush", &[]) {
        ctx.raised = Value::EMPTY;
    }
    Ok(())
}

fn except_hook(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let out = ctx.sys.get_str(&ctx.names.stdout).filter(|out| !out.is_none());
    if let Some(out) = out
        && let Err(Raised(())) = protocol::call_method(ctx, &out, "flush", &[])
    {
        ctx.raised = Value::EMPTY;
    }
    let Some(payload) = args[1].downcast_ref::<Exception>() else {
        let class = protocol::class_name(ctx, &args[1]);
        return write_error(
            ctx,
            format!("TypeError: print_exception(): Exception expected for value, {class} found\n"),
        )
        .map(|()| Value::NONE);
    };
    if payload.traceback.get().is_none() || payload.traceback.is_empty() {
        payload.traceback.set(args[2].clone());
    }
    let drawn = ctx.report(|reporter, ctx| reporter.uncaught(ctx, &args[1], None));
    let text = drawn.unwrap_or_else(|| format_exception(ctx, &args[1]));
    write_error(ctx, text)?;
    Ok(Value::NONE)
}

fn unraisable_hook(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut field = |name: &str| -> PyResult { protocol::get_attr(ctx, &args[0], &intern(name)) };
    let class = field("exc_type")?;
    let exception = field("exc_value")?;
    let traceback = field("exc_traceback")?;
    let message = field("err_msg")?;
    let object = field("object")?;
    let mut text = String::new();
    let message = if message.is_none() { None } else { Some(text_of(&message)) };
    if object.is_none() {
        if let Some(message) = message {
            text.push_str(&format!("{message}:\n"));
        }
    } else {
        let shown = match protocol::text::repr_string(ctx, &object) {
            Ok(shown) => shown,
            Err(Raised(())) => {
                ctx.raised = Value::EMPTY;
                "<object repr() failed>".to_owned()
            }
        };
        text.push_str(&format!("{}: {shown}\n", message.as_deref().unwrap_or("Exception ignored in")));
    }
    let drawn = ctx.report(|reporter, ctx| {
        let what =
            Unraisable { exception: &exception, traceback: &traceback, object: &object, heading: text.trim_end() };
        reporter.unraisable(ctx, &what)
    });
    if let Some(drawn) = drawn {
        write_error(ctx, drawn)?;
        return Ok(Value::NONE);
    }
    text.push_str(&format_stack(ctx, &traceback));
    let name = match class.downcast_ref::<crate::objects::class::Class>() {
        Some(class) => {
            let module = class.lookup(&ctx.names.__module__).map(|module| text_of(&module)).unwrap_or_default();
            let name = protocol::get_attr(ctx, &class.to_value(), &ctx.names.__qualname__.clone())?;
            match module.as_str() {
                "" | "builtins" | "__main__" => text_of(&name),
                module => format!("{module}.{}", text_of(&name)),
            }
        }
        None => "<unknown>".to_owned(),
    };
    text.push_str(&name);
    if !exception.is_none() {
        text.push_str(": ");
        match protocol::text::str_string(ctx, &exception) {
            Ok(shown) => text.push_str(&shown),
            Err(Raised(())) => {
                ctx.raised = Value::EMPTY;
                text.push_str("<exception str() failed>");
            }
        }
    }
    text.push('\n');
    write_error(ctx, text)?;
    Ok(Value::NONE)
}

/// Calls what `PYTHONBREAKPOINT` names, by default `pdb.set_trace`.
fn breakpoint_hook(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let wanted = ctx.host.variable("PYTHONBREAKPOINT").filter(|wanted| !wanted.is_empty());
    let wanted = wanted.unwrap_or_else(|| "pdb.set_trace".to_owned());
    if wanted == "0" {
        return Ok(Value::NONE);
    }
    let (module, name) = wanted.rsplit_once('.').unwrap_or(("builtins", &wanted));
    let found =
        super::super::find_and_load(ctx, module).and_then(|module| protocol::get_attr(ctx, &module, &intern(name)));
    match found {
        Ok(hook) => protocol::call_keywords(ctx, &hook, positional(&args[0]), &keywords(&args[1])),
        Err(Raised(())) => {
            ctx.raised = Value::EMPTY;
            let class = ctx.exceptions.RuntimeWarning.clone();
            let message = ctx.str(format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{wanted}\""));
            warning::warn(ctx, &class, &message, 1)?;
            Ok(Value::NONE)
        }
    }
}
