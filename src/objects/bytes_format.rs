//! The `%` operator of `bytes` and `bytearray`.
//!
//! Source: Standard Library "printf-style Bytes Formatting", PEP 461.

use super::buffer::{bytes_of, is_bytes_like};
use super::bytes::{Bytes, new_bytes};
use super::bytes_methods::{like, this};
use super::ctx::Ctx;
use super::failure::{OrRaise, raise};
use super::float::to_f64;
use super::int::{is_int, to_i64};
use super::native::PyResult;
use super::protocol;
use super::str_format::{Operands, format_integer};
use super::value::Value;
use crate::text::percent::{self, Conversion, Layout, PercentError, Piece, Pieces};

crate::natives! { pub(crate) static METHODS:
    /// Return self%value.
    method "__mod__(self, value, /)" => |ctx, args| formatted(ctx, &args[0], &args[1]);
    /// Return value%self.
    method "__rmod__(self, value, /)" => |ctx, args| if is_bytes_like(&args[1]) { formatted(ctx, &args[1], &args[0]) } else { Ok(Value::NOT_IMPLEMENTED) };
}

fn formatted(ctx: &mut Ctx, format: &Value, values: &Value) -> PyResult {
    let data = percent(ctx, &this(format), values)?;
    Ok(like(format, data))
}

fn percent(ctx: &mut Ctx, format: &[u8], values: &Value) -> PyResult<Vec<u8>> {
    let mut out = Vec::with_capacity(format.len() + 16);
    let mut operands = Operands::new(ctx, values, true);
    for piece in Pieces::of_bytes(format) {
        let conversion = match piece.or_raise(ctx)? {
            Piece::Literal(range) => {
                out.extend_from_slice(&format[range]);
                continue;
            }
            Piece::Conversion(conversion) => conversion,
        };
        if let Some(key) = &conversion.key {
            let key = new_bytes(format[key.clone()].to_vec()).into_value();
            operands.select(ctx, &key)?;
        }
        let layout = operands.layout(ctx, &conversion)?;
        let value = operands.next(ctx)?;
        push_converted(ctx, &conversion, layout, &value, &mut out)?;
    }
    if operands.has_leftovers() {
        return Err(raise(ctx, &PercentError::NotAllBytes));
    }
    Ok(out)
}

fn push_converted(
    ctx: &mut Ctx,
    conversion: &Conversion,
    layout: Layout,
    value: &Value,
    out: &mut Vec<u8>,
) -> PyResult<()> {
    match conversion.code {
        's' | 'b' => {
            let bytes = bytes_operand(ctx, value)?;
            out.extend(percent::format_bytes(layout, &bytes));
        }
        'r' | 'a' => {
            let text = protocol::ascii(ctx, value)?;
            out.extend(percent::format_bytes(layout, text.as_str().as_bytes()));
        }
        'c' => {
            let byte = byte_operand(ctx, value)?;
            out.extend(percent::format_bytes(Layout { precision: None, ..layout }, &[byte]));
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
            out.extend(format_integer(ctx, layout, conversion.code, value)?.into_bytes());
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let names = [ctx.names.__float__.clone(), ctx.names.__index__.clone()];
            let is_number = to_f64(value).is_some()
                || is_int(value)
                || names.iter().any(|name| protocol::lookup_special(ctx, value, name).is_some());
            if !is_number {
                let type_name = protocol::class_name(ctx, value);
                return Err(raise(ctx, &PercentError::FloatRequiredBytes { type_name }));
            }
            let number = protocol::convert::as_f64(ctx, value)?;
            out.extend(percent::format_float(layout, number, conversion.code).into_bytes());
        }
        // The position of a letter in a bytes format is its byte position.
        _ => return Err(raise(ctx, &conversion.unsupported(""))),
    }
    Ok(())
}

fn bytes_operand(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<u8>> {
    if let Some(bytes) = bytes_of(value) {
        return Ok(bytes.into_owned());
    }
    let name = ctx.names.__bytes__.clone();
    match protocol::call_special(ctx, value, &name, &[])? {
        Some(result) => match result.downcast_ref::<Bytes>() {
            Some(bytes) => Ok(bytes.data.to_vec()),
            None => Err(protocol::type_mismatch(ctx, "__bytes__ returned non-bytes (type {})", &result)),
        },
        None => {
            let type_name = protocol::class_name(ctx, value);
            Err(raise(ctx, &PercentError::BytesRequired { type_name }))
        }
    }
}

fn byte_operand(ctx: &mut Ctx, value: &Value) -> PyResult<u8> {
    if let Some(bytes) = bytes_of(value) {
        return match *bytes {
            [byte] => Ok(byte),
            _ => Err(raise(ctx, &PercentError::ByteRequired)),
        };
    }
    if !is_int(value) && protocol::lookup_special(ctx, value, &ctx.names.__index__).is_none() {
        return Err(raise(ctx, &PercentError::ByteRequired));
    }
    let number = protocol::index_value(ctx, value)?;
    match to_i64(&number).and_then(|i| u8::try_from(i).ok()) {
        Some(byte) => Ok(byte),
        None => Err(raise(ctx, &PercentError::ByteRange)),
    }
}
