//! `print`, `input` and `open`.

use crate::objects::arguments::{given, positional};
use crate::objects::ctx::Ctx;
use crate::objects::file;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern, new_str};
use crate::objects::value::Value;

crate::natives! { pub(crate) static FUNCTIONS:
    /// Prints the values to a stream, or to sys.stdout by default.
    ///
    ///   sep
    ///     string inserted between values, default a space.
    ///   end
    ///     string appended after the last value, default a newline.
    ///   file
    ///     a file-like object (stream); defaults to the current sys.stdout.
    ///   flush
    ///     whether to forcibly flush the stream.
    function "print(*args, sep=' ', end='\\n', file=None, flush=False)" => print;
    /// Read a string from standard input.  The trailing newline is stripped.
    ///
    /// The prompt string, if given, is printed to standard output without a
    /// trailing newline before reading input.
    ///
    /// If the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.
    /// On *nix systems, readline is used if available.
    function "input(prompt='', /)" => input;
}

/// `sep` or `end`: None for the default.
fn separator(ctx: &mut Ctx, value: &Value, name: &str) -> PyResult<Option<Value>> {
    match given(value).filter(|value| !value.is_none()) {
        None => Ok(None),
        Some(text) if text.is_kind::<Str>() => Ok(Some(text.clone())),
        Some(other) => {
            let class = protocol::class_name(ctx, other);
            Err(ctx.type_error(format!("{name} must be None or a string, not {class}")))
        }
    }
}

fn print(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let target = match given(&args[3]).filter(|target| !target.is_none()) {
        Some(target) => target.clone(),
        None => match ctx.sys.get_str(&ctx.names.stdout) {
            Some(out) if out.is_none() => return Ok(Value::NONE),
            Some(out) => out,
            None => return Err(ctx.runtime_error("lost sys.stdout")),
        },
    };
    let sep = separator(ctx, &args[1], "sep")?;
    let end = separator(ctx, &args[2], "end")?;
    let text_of = |value: &Option<Value>, default: &str| {
        value.as_ref().map_or_else(|| default.to_owned(), crate::objects::arguments::text_of)
    };
    let values = positional(&args[0]);
    if file::is_plain_output(&file::classes(ctx).text, &target) {
        // Standard output as it was made: one write does for all.
        let sep = text_of(&sep, " ");
        let mut line = String::new();
        let mut failed = None;
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                line.push_str(&sep);
            }
            match protocol::str_of(ctx, value) {
                Ok(text) => line.push_str(text.as_str()),
                Err(raised) => {
                    failed = Some(raised);
                    break;
                }
            }
        }
        if let Some(raised) = failed {
            // What stands before the value that failed is out already.
            let exception = ctx.take_raised(raised);
            file::write_text(ctx, &target, &line)?;
            return Err(ctx.reraise(exception));
        }
        line.push_str(&text_of(&end, "\n"));
        file::write_text(ctx, &target, &line)?;
    } else {
        let write = protocol::get_attr(ctx, &target, &ctx.names.write.clone())?;
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                let sep = sep.clone().unwrap_or_else(|| intern(" "));
                protocol::call(ctx, &write, &[sep])?;
            }
            let text = protocol::str_of(ctx, value)?.into_value();
            protocol::call(ctx, &write, &[text])?;
        }
        let end = end.unwrap_or_else(|| intern("\n"));
        protocol::call(ctx, &write, &[end])?;
    }
    if let Some(flush) = given(&args[4])
        && protocol::truth(ctx, flush)?
    {
        protocol::call_method(ctx, &target, "flush", &[])?;
    }
    Ok(Value::NONE)
}

/// A stream of `sys`, which must be there.
fn standard(ctx: &mut Ctx, name: &str) -> PyResult {
    match ctx.sys.get_str(&intern(name)).filter(|stream| !stream.is_none()) {
        Some(stream) => Ok(stream),
        None => Err(ctx.runtime_error(format!("input(): lost sys.{name}"))),
    }
}

fn input(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let stdin = standard(ctx, "stdin")?;
    let stdout = standard(ctx, "stdout")?;
    standard(ctx, "stderr")?;
    if let Some(prompt) = given(&args[0]) {
        let text = protocol::str_of(ctx, prompt)?.into_value();
        protocol::call_method(ctx, &stdout, "write", &[text])?;
    }
    if let Err(raised) = protocol::call_method(ctx, &stdout, "flush", &[]) {
        drop(ctx.take_raised(raised));
    }
    let line = protocol::call_method(ctx, &stdin, "readline", &[])?;
    let Some(text) = line.downcast_ref::<Str>() else {
        return Err(ctx.type_error("object.readline() returned non-string"));
    };
    let text = text.as_str();
    if text.is_empty() {
        return Err(ctx.eof_error("EOF when reading a line"));
    }
    Ok(new_str(text.strip_suffix('\n').unwrap_or(text)).into_value())
}
