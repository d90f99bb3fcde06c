//! `print` and what else reads and writes.

use crate::host::Stream;
use crate::objects::arguments::positional;
use crate::objects::ctx::Ctx;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::Str;
use crate::objects::value::Value;
use crate::text::surrogate;

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
}

fn separator(ctx: &mut Ctx, value: &Value, name: &str, default: &str) -> PyResult<String> {
    if value.is_empty() || value.is_none() {
        return Ok(default.to_owned());
    }
    match value.downcast_ref::<Str>() {
        Some(text) => Ok(text.as_str().to_owned()),
        None => {
            let class = protocol::class_name(ctx, value);
            Err(ctx.type_error(format!("{name} must be None or a string, not {class}")))
        }
    }
}

fn print(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let sep = separator(ctx, &args[1], "sep", " ")?;
    let end = separator(ctx, &args[2], "end", "\n")?;
    let mut text = String::new();
    for (index, value) in positional(&args[0]).iter().enumerate() {
        if index > 0 {
            text.push_str(&sep);
        }
        text.push_str(protocol::str_of(ctx, value)?.as_str());
    }
    text.push_str(&end);
    let _ = surrogate::from_private;
    let _ = ctx.host.write(Stream::Out, text.as_bytes());
    Ok(Value::NONE)
}
