//! Module `binascii`: bytes as text and back.
//!
//! Source: Standard Library "binascii".

use std::borrow::Cow;

use crate::objects::buffer;
use crate::objects::bytes::new_bytes;
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::heap::Ref;
use crate::objects::int;
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::{PyResult, Raised};
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::binary::{self, BinaryError};

crate::natives! { static FUNCTIONS:
    /// Base64-code line of data.
    function "b2a_base64(data, /, *, newline=True)" => to_base64;
    /// Decode a line of base64 data.
    function "a2b_base64(data, /, *, strict_mode=False)" => from_base64;
    /// Hexadecimal representation of binary data.
    function "b2a_hex(data, sep=<unrepresentable>, bytes_per_sep=1)" => to_hex;
    /// Hexadecimal representation of binary data.
    function "hexlify(data, sep=<unrepresentable>, bytes_per_sep=1)" => to_hex;
    /// Binary data of hexadecimal representation.
    function "a2b_hex(hexstr, /)" => from_hex;
    /// Binary data of hexadecimal representation.
    function "unhexlify(hexstr, /)" => from_hex;
    /// Uuencode line of data.
    function "b2a_uu(data, /, *, backtick=False)" => to_uu;
    /// Decode a line of uuencoded data.
    function "a2b_uu(data, /)" => |ctx, args| {
        let text = ascii(ctx, &args[0])?;
        let data = binary::from_uu(&text);
        finish(ctx, data)
    };
    /// Encode a string using quoted-printable encoding.
    function "b2a_qp(data, quotetabs=False, istext=True, header=False)" => to_quoted;
    /// Decode a string of qp-encoded data.
    function "a2b_qp(data, header=False)" => |ctx, args| {
        let text = ascii(ctx, &args[0])?.into_owned();
        let header = truth_or(ctx, &args[1], false)?;
        Ok(new_bytes(binary::from_quoted(&text, header)).into_value())
    };
    /// Compute CRC-32 incrementally.
    function "crc32(data, crc=0, /)" => crc32;
    /// Compute CRC-CCITT incrementally.
    function "crc_hqx(data, crc, /)" => |ctx, args| {
        let data = buffer::expect_bytes(ctx, &args[0])?;
        let start = word(ctx, &args[1])? as u16;
        Ok(int::from_i64(i64::from(binary::crc_hqx(&data, start))))
    };
}

/// The class of errors.
#[derive(Default)]
struct Classes {
    error: Option<Ref<Class>>,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "binascii", Some("Conversion between binary data and ASCII"));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("binascii", def));
    }
    let value_error = ctx.exceptions.ValueError.clone();
    let exception = ctx.exceptions.Exception.clone();
    let define = |name: &str, base: &Ref<Class>| {
        let flags = crate::objects::class::flags::SUBCLASSABLE | crate::objects::class::flags::HAS_DICT;
        ctx.types.define_class(name, "binascii", "", &[base], Kind::Exception, flags, &[])
    };
    let error = define("Error", &value_error);
    module.dict.set_str(&intern("Error"), error.value().clone());
    module.dict.set_str(&intern("Incomplete"), define("Incomplete", &exception).into_value());
    ctx.state::<Classes>().error = Some(error);
    Ok(module.into_value())
}

/// The bytes of an argument that may be a str of ASCII characters.
fn ascii<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<Cow<'a, [u8]>> {
    if let Some(text) = value.downcast_ref::<Str>() {
        if !text.is_ascii() {
            return Err(ctx.value_error("string argument should contain only ASCII characters"));
        }
        return Ok(Cow::Borrowed(text.as_str().as_bytes()));
    }
    let message = "argument should be bytes, buffer or ASCII string, not '{}'";
    buffer::expect_bytes_or(ctx, value, message)
}

fn raise(ctx: &mut Ctx, error: BinaryError) -> Raised {
    match ctx.state::<Classes>().error.clone() {
        Some(class) => ctx.raise(&class, error.0),
        None => ctx.value_error(error.0),
    }
}

fn finish(ctx: &mut Ctx, data: Result<Vec<u8>, BinaryError>) -> PyResult {
    match data {
        Ok(data) => Ok(new_bytes(data).into_value()),
        Err(error) => Err(raise(ctx, error)),
    }
}

fn truth_or(ctx: &mut Ctx, value: &Value, default: bool) -> PyResult<bool> {
    if value.is_empty() { Ok(default) } else { protocol::truth(ctx, value) }
}

/// The low 32 bits of an int.
fn word(ctx: &mut Ctx, value: &Value) -> PyResult<u32> {
    let number = protocol::index_value(ctx, value)?;
    let low = int::bit_and(&number, &int::from_i64(0xffff_ffff));
    Ok(int::to_i64(&low).unwrap_or(0) as u32)
}

fn to_base64(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let newline = truth_or(ctx, &args[1], true)?;
    let data = buffer::expect_bytes(ctx, &args[0])?;
    let mut out = binary::to_base64(&data);
    if newline {
        out.push(b'\n');
    }
    Ok(new_bytes(out).into_value())
}

fn from_base64(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let strict = truth_or(ctx, &args[1], false)?;
    let text = ascii(ctx, &args[0])?;
    let data = binary::from_base64(&text, strict);
    finish(ctx, data)
}

fn to_hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        let data = buffer::expect_bytes(ctx, &args[0])?;
        return Ok(new_bytes(binary::to_hex(&data)).into_value());
    }
    // `bytes.hex` knows how to put separators in.
    let data = new_bytes(buffer::expect_bytes(ctx, &args[0])?.into_owned()).into_value();
    let mut more = vec![args[1].clone()];
    if !args[2].is_empty() {
        more.push(args[2].clone());
    }
    let text = protocol::call_method(ctx, &data, "hex", &more)?;
    let text = text.downcast_ref::<Str>().map(|text| text.as_str().as_bytes().to_vec());
    Ok(new_bytes(text.unwrap_or_default()).into_value())
}

fn from_hex(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = ascii(ctx, &args[0])?;
    let data = binary::from_hex(&text);
    finish(ctx, data)
}

fn to_uu(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let backtick = truth_or(ctx, &args[1], false)?;
    let data = buffer::expect_bytes(ctx, &args[0])?;
    let line = binary::to_uu(&data, backtick);
    finish(ctx, line)
}

fn to_quoted(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let tabs = truth_or(ctx, &args[1], false)?;
    let is_text = truth_or(ctx, &args[2], true)?;
    let header = truth_or(ctx, &args[3], false)?;
    let data = buffer::expect_bytes(ctx, &args[0])?;
    Ok(new_bytes(binary::to_quoted(&data, tabs, is_text, header)).into_value())
}

fn crc32(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let start = if args[1].is_empty() { 0 } else { word(ctx, &args[1])? };
    let data = buffer::expect_bytes(ctx, &args[0])?;
    Ok(int::from_i64(i64::from(binary::crc32(&data, start))))
}
