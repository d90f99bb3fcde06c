//! Raising what the value-free algorithms report.
//!
//! The algorithms under `text/` know no exception objects: they return a [`Failure`]. This file turns any of them into the
//! exception it names, and the two codec failures into `UnicodeDecodeError` and `UnicodeEncodeError` with their members.

use super::bytes::new_bytes;
use super::ctx::Ctx;
use super::exception::Exception;
use super::heap::Ref;
use super::int::from_usize;
use super::native::{PyResult, Raised};
use super::string::new_str;
use super::value::Value;
use crate::text::codecs::CodecError;
use crate::text::{Failure, Raises};

/// Raises the exception that a failure stands for.
#[cold]
pub fn raise(ctx: &mut Ctx, failure: &dyn Failure) -> Raised {
    let class = match failure.raises() {
        Raises::ValueError => &ctx.exceptions.ValueError,
        Raises::OverflowError => &ctx.exceptions.OverflowError,
        Raises::ZeroDivisionError => &ctx.exceptions.ZeroDivisionError,
        Raises::TypeError => &ctx.exceptions.TypeError,
        Raises::IndexError => &ctx.exceptions.IndexError,
        Raises::MemoryError => &ctx.exceptions.MemoryError,
        Raises::LookupError => &ctx.exceptions.LookupError,
    }
    .clone();
    let message = failure.to_string();
    if message.is_empty() {
        let exception = ctx.new_exception(&class, Vec::new());
        return ctx.raise_value(exception);
    }
    ctx.raise(&class, message)
}

/// Results of algorithms as results of natives.
pub trait OrRaise<T> {
    /// The value, or the failure as a raised exception.
    ///
    /// # Errors
    /// The exception that the failure stands for.
    fn or_raise(self, ctx: &mut Ctx) -> PyResult<T>;
}

impl<T, F: Failure> OrRaise<T> for Result<T, F> {
    #[inline]
    fn or_raise(self, ctx: &mut Ctx) -> PyResult<T> {
        match self {
            Ok(value) => Ok(value),
            Err(failure) => Err(raise(ctx, &failure)),
        }
    }
}

/// Raises OverflowError with the number and the text of C's `ERANGE`, as powers out of range do.
#[cold]
pub fn raise_range(ctx: &mut Ctx) -> Raised {
    let class = ctx.exceptions.OverflowError.clone();
    let args = vec![from_usize(34), ctx.str("Numerical result out of range")];
    let exception = ctx.new_exception(&class, args);
    ctx.raise_value(exception)
}

/// Raises UnicodeDecodeError for bytes that an encoding does not know.
#[cold]
pub fn raise_decode(ctx: &mut Ctx, error: &CodecError, bytes: &[u8]) -> Raised {
    let class = ctx.exceptions.UnicodeDecodeError.clone();
    let exception = unicode_error(ctx, &class, error, new_bytes(bytes.to_vec()).into_value());
    ctx.raise_value(exception)
}

/// Raises UnicodeEncodeError for a text that an encoding cannot spell.
#[cold]
pub fn raise_encode(ctx: &mut Ctx, error: &CodecError, text: &str) -> Raised {
    let class = ctx.exceptions.UnicodeEncodeError.clone();
    let exception = unicode_error(ctx, &class, error, new_str(text).into_value());
    ctx.raise_value(exception)
}

/// An exception object for a codec failure: members `encoding`, `object`, `start`, `end`, `reason`.
pub fn unicode_error(ctx: &Ctx, class: &Ref<super::class::Class>, error: &CodecError, object: Value) -> Value {
    let fields =
        [ctx.str(error.encoding), object, from_usize(error.start), from_usize(error.end), ctx.str(error.reason)];
    let exception = ctx.new_exception(class, fields.to_vec());
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        for (index, field) in fields.into_iter().enumerate() {
            payload.set_field(index, field);
        }
    }
    exception
}
