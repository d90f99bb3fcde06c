//! Module `_http`: what the HTTP modules have in common that is worth doing natively: reading the head of a message, chunk
//! sizes, and two things of WebSocket.
//!
//! Nothing here reads from a socket: the functions get bytes, and say None when more are needed. The parser is `httparse`.
//!
//! Source: RFC 9112; RFC 6455 for WebSocket.

use httparse::{EMPTY_HEADER, ParserConfig, Status};
use sha1::Digest;

use crate::objects::arguments::given;
use crate::objects::buffer::expect_bytes;
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::int::{from_i64, from_u64, from_usize};
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{module, protocol};

crate::natives! { static FUNCTIONS:
    /// The head of a request: None while it is not complete, else its length, the method, the target, the minor version and the headers.
    function "parse_request(data, /)" => parse_request;
    /// The head of a response: None while it is not complete, else its length, the minor version, the status, the reason and the headers.
    function "parse_response(data, /)" => parse_response;
    /// The headers in a block of lines that ends with an empty one, read as tolerantly as possible.
    function "parse_headers(data, /)" => parse_headers;
    /// The size of the chunk that begins at an offset: None while the line is not complete, else where the chunk begins and its size.
    function "parse_chunk_size(data, offset=0, /)" => parse_chunk_size;
    /// The data of a WebSocket frame, masked or unmasked.
    function "mask(key, data, /)" => mask;
    /// A host name in ASCII, as the name service knows it.
    function "host_to_ascii(name, /)" => |ctx, args| { let name = crate::objects::arguments::text_of(&args[0]); Ok(ctx.str(crate::text::punycode::host_to_ascii(&name))) };
    /// The SHA-1 digest that answers the key of a WebSocket handshake.
    function "accept_digest(key, /)" => accept_digest;
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_http", Some("The native part of the HTTP modules."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_http", def));
    }
    Ok(module.into_value())
}

/// Headers of a message, at most; more is an attack.
const MOST_HEADERS: usize = 1024;

/// Bytes as text: UTF-8, or else Latin-1, in which every byte is a character.
fn text(ctx: &Ctx, bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => ctx.str(text),
        Err(_) => ctx.str(bytes.iter().map(|byte| char::from(*byte)).collect::<String>()),
    }
}

fn header_list(ctx: &Ctx, headers: &[httparse::Header<'_>]) -> Value {
    let pair = |header: &httparse::Header<'_>| new_tuple([ctx.str(header.name), text(ctx, header.value)]).into_value();
    new_list(headers.iter().map(pair).collect()).into_value()
}

/// Parses with more and more room for headers.
fn with_room<T>(mut parse: impl FnMut(usize) -> Result<T, httparse::Error>) -> Result<T, httparse::Error> {
    match parse(64) {
        Err(httparse::Error::TooManyHeaders) => parse(MOST_HEADERS),
        other => other,
    }
}

fn failed(ctx: &mut Ctx, error: httparse::Error) -> crate::objects::Raised {
    ctx.value_error(error.to_string())
}

fn parse_request(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = expect_bytes(ctx, &args[0])?;
    let parsed = with_room(|room| {
        let mut headers = vec![EMPTY_HEADER; room];
        let mut request = httparse::Request::new(&mut headers);
        let Status::Complete(length) = request.parse(&data)? else { return Ok(Value::NONE) };
        let parts = [
            from_usize(length),
            ctx.str(request.method.unwrap_or_default()),
            ctx.str(request.path.unwrap_or_default()),
            from_i64(request.version.unwrap_or_default().into()),
            header_list(ctx, request.headers),
        ];
        Ok(new_tuple(parts).into_value())
    });
    parsed.map_err(|error| failed(ctx, error))
}

fn tolerant() -> ParserConfig {
    let mut config = ParserConfig::default();
    config
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .allow_space_before_first_header_name(true)
        .ignore_invalid_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true);
    config
}

fn parse_response(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = expect_bytes(ctx, &args[0])?;
    let parsed = with_room(|room| {
        let mut headers = vec![EMPTY_HEADER; room];
        let mut response = httparse::Response::new(&mut headers);
        let Status::Complete(length) = tolerant().parse_response(&mut response, &data)? else {
            return Ok(Value::NONE);
        };
        let parts = [
            from_usize(length),
            from_i64(response.version.unwrap_or_default().into()),
            from_i64(response.code.unwrap_or_default().into()),
            ctx.str(response.reason.unwrap_or_default()),
            header_list(ctx, response.headers),
        ];
        Ok(new_tuple(parts).into_value())
    });
    parsed.map_err(|error| failed(ctx, error))
}

fn parse_headers(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let block = expect_bytes(ctx, &args[0])?;
    // Headers are read as those of a response, whose rules can be loosened.
    let data = [b"HTTP/1.1 200 OK\r\n", &*block].concat();
    let parsed = with_room(|room| {
        let mut headers = vec![EMPTY_HEADER; room];
        let mut response = httparse::Response::new(&mut headers);
        tolerant().parse_response(&mut response, &data)?;
        let pair = |header: &httparse::Header<'_>| {
            // A header that goes on in further lines keeps its line ends; the library of email unfolds them.
            let value: String = header.value.iter().map(|byte| char::from(*byte)).collect();
            new_tuple([ctx.str(header.name), ctx.str(value)]).into_value()
        };
        let pairs = response.headers.iter().filter(|header| !header.name.is_empty()).map(pair);
        Ok(new_list(pairs.collect()).into_value())
    });
    parsed.map_err(|error| failed(ctx, error))
}

fn parse_chunk_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = expect_bytes(ctx, &args[0])?;
    let offset = match given(&args[1]) {
        Some(offset) => usize::try_from(protocol::convert::as_isize(ctx, offset)?).unwrap_or(0),
        None => 0,
    };
    let rest = data.get(offset..).unwrap_or_default();
    match httparse::parse_chunk_size(rest) {
        Ok(Status::Complete((length, size))) => {
            Ok(new_tuple([from_usize(offset + length), from_u64(size)]).into_value())
        }
        Ok(Status::Partial) => Ok(Value::NONE),
        Err(_) => Err(ctx.value_error("invalid chunk size")),
    }
}

fn mask(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let key = expect_bytes(ctx, &args[0])?;
    let data = expect_bytes(ctx, &args[1])?;
    if key.len() != 4 {
        return Err(ctx.value_error("a mask has four bytes"));
    }
    let masked = data.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect();
    Ok(new_bytes(masked).into_value())
}

fn accept_digest(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let key = expect_bytes(ctx, &args[0])?;
    let message = [&*key, b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"].concat();
    Ok(new_bytes(sha1::Sha1::digest(&message).to_vec()).into_value())
}
