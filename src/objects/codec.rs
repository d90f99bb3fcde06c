//! Encoding and decoding text for `str.encode`, `bytes.decode`, `str(bytes, ...)` and files.
//!
//! The encodings are those of the text floor. An error handler is looked up only when something cannot be coded, as
//! CPython does, so an unknown handler's name goes unnoticed in text without errors.
//!
//! Source: Standard Library "codecs", Standard Encodings and Error Handlers.

use super::ctx::Ctx;
use super::failure::{raise_decode, raise_encode};
use super::native::PyResult;
use super::protocol;
use super::value::Value;
use crate::text::codecs::{Codec, Errors};

/// The encoding of a name.
///
/// # Errors
/// LookupError.
pub fn find(ctx: &mut Ctx, name: &str) -> PyResult<Codec> {
    match Codec::named(name) {
        Some(codec) => Ok(codec),
        None => Err(ctx.lookup_error(format!("unknown encoding: {name}"))),
    }
}

/// `text.encode(encoding, errors)`
///
/// # Errors
/// LookupError for unknown names, UnicodeEncodeError.
pub fn encode(ctx: &mut Ctx, text: &str, encoding: &str, errors: &str) -> PyResult<Vec<u8>> {
    let codec = find(ctx, encoding)?;
    match codec.encode(text, Errors::named(errors).unwrap_or(Errors::Strict)) {
        Ok(bytes) => Ok(bytes),
        Err(_) if Errors::named(errors).is_none() => Err(unknown_handler(ctx, errors)),
        Err(error) => Err(raise_encode(ctx, &error, text)),
    }
}

/// `bytes.decode(encoding, errors)`
///
/// # Errors
/// LookupError for unknown names, UnicodeDecodeError.
pub fn decode(ctx: &mut Ctx, bytes: &[u8], encoding: &str, errors: &str) -> PyResult<String> {
    let codec = find(ctx, encoding)?;
    match codec.decode(bytes, Errors::named(errors).unwrap_or(Errors::Strict)) {
        Ok(text) => Ok(text),
        Err(_) if Errors::named(errors).is_none() => Err(unknown_handler(ctx, errors)),
        Err(error) => Err(raise_decode(ctx, &error, bytes)),
    }
}

#[cold]
fn unknown_handler(ctx: &mut Ctx, name: &str) -> super::Raised {
    ctx.lookup_error(format!("unknown error handler name '{name}'"))
}

/// The names in the arguments `encoding` and `errors` of a function, which may be missing.
///
/// # Errors
/// TypeError when one is no str.
pub fn names<'a>(
    ctx: &mut Ctx,
    function: &str,
    encoding: &'a Value,
    errors: &'a Value,
) -> PyResult<(&'a str, &'a str)> {
    let mut name = |value: &'a Value, parameter: &str, default: &'static str| -> PyResult<&'a str> {
        if value.is_empty() {
            return Ok(default);
        }
        let message = format!("{function}() argument '{parameter}' must be str, not {{}}");
        protocol::text::expect_str(ctx, value, &message).map(|name| name.as_str())
    };
    Ok((name(encoding, "encoding", "utf-8")?, name(errors, "errors", "strict")?))
}
