//! Module `_socket`: the native half of `socket`.
//!
//! Source: Standard Library "socket".

mod address;
mod constants;
mod names;
mod object;
mod timeout;

use std::net::{Ipv4Addr, Ipv6Addr};

use self::address::{AF_INET, AF_INET6};
use crate::host::{descriptor, net};
use crate::objects::arguments::given;
use crate::objects::buffer::expect_bytes;
use crate::objects::bytes::new_bytes;
use crate::objects::ctx::Ctx;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::int::{from_i64, is_negative, to_i64};
use crate::objects::list::new_list;
use crate::objects::native::{PyResult, Raised};
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{module, protocol};

crate::natives! { static FUNCTIONS:
    /// Close an integer socket file descriptor.
    function "close(fd, /)" => close;
    /// Return a new socket file descriptor for the same connection.
    function "dup(fd, /)" => duplicate;
    /// A pair of descriptors of sockets that are connected with each other.
    function "_pair(family, type, proto, /)" => pair;
    /// Returns the default timeout in seconds (float) for new socket objects.
    function "getdefaulttimeout()" => timeout::get_default;
    /// Set the default timeout in seconds (float) for new socket objects.
    function "setdefaulttimeout(timeout, /)" => timeout::set_default;
    /// Convert a 16-bit unsigned integer from host to network byte order.
    function "htons(integer, /)" => |ctx, args| swap_short(ctx, &args[0], "htons");
    /// Convert a 16-bit unsigned integer from network to host byte order.
    function "ntohs(integer, /)" => |ctx, args| swap_short(ctx, &args[0], "ntohs");
    /// Convert a 32-bit integer from host to network byte order.
    function "htonl(integer, /)" => swap_long;
    /// Convert a 32-bit integer from network to host byte order.
    function "ntohl(integer, /)" => swap_long;
    /// Convert an IP address in string format (123.45.67.89) to the 32-bit packed binary format used in low-level network functions.
    function "inet_aton(ip_addr, /)" => from_old_text;
    /// Convert an IP address from 32-bit packed binary format to string format.
    function "inet_ntoa(packed_ip, /)" => to_old_text;
    /// Convert an IP address from string format to a packed string suitable for use with low-level network functions.
    function "inet_pton(af, ip, /)" => from_text;
    /// Convert a packed IP address of the given family to string format.
    function "inet_ntop(af, packed_ip, /)" => to_text;
    /// Returns the interface index corresponding to the interface name if_name.
    function "if_nametoindex(oname, /)" => interface_index;
    /// Returns the interface name corresponding to the interface index if_index.
    function "if_indextoname(if_index, /)" => interface_name;
    /// Returns a list of network interface information (index, name) tuples.
    function "if_nameindex()" => interfaces;
    /// Return the total length of an ancillary data item with associated data of the given length.
    function "CMSG_LEN(length, /)" => |ctx, args| message_size(ctx, &args[0], "CMSG_LEN", 1);
    /// Return the buffer size needed for recvmsg() to receive an ancillary data item with associated data of the given length.
    function "CMSG_SPACE(length, /)" => |ctx, args| message_size(ctx, &args[0], "CMSG_SPACE", 8);
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(
        ctx,
        "_socket",
        Some("Implementation module for socket operations.\n\nSee the socket module for documentation."),
    );
    for def in FUNCTIONS.iter().chain(names::FUNCTIONS) {
        module.dict.set_str(&intern(def.name()), new_function("_socket", def));
    }
    for (name, value) in constants::CONSTANTS {
        module.dict.set_str(&intern(name), from_i64(*value));
    }
    let class = object::class(ctx).into_value();
    module.dict.set_str(&intern("socket"), class.clone());
    module.dict.set_str(&intern("SocketType"), class);
    let (name_error, host_error) = names::errors(ctx);
    for (name, class) in [
        ("error", ctx.exceptions.OSError.clone()),
        ("timeout", ctx.exceptions.TimeoutError.clone()),
        ("gaierror", name_error),
        ("herror", host_error),
    ] {
        module.dict.set_str(&intern(name), class.into_value());
    }
    module.dict.set_str(&intern("has_ipv6"), Value::TRUE);
    Ok(module.into_value())
}

/// Raises OSError when the host gives programs no sockets.
fn check_allowed(ctx: &mut Ctx) -> PyResult<()> {
    if ctx.host.has_descriptors() {
        return Ok(());
    }
    Err(system_error(ctx, 95))
}

/// Raises the OSError for a number.
#[cold]
fn system_error(ctx: &mut Ctx, errno: i32) -> Raised {
    raise_io_error(ctx, &std::io::Error::from_raw_os_error(errno), None)
}

#[cold]
fn plain_error(ctx: &mut Ctx, message: &str) -> Raised {
    let class = ctx.exceptions.OSError.clone();
    ctx.raise(&class, message)
}

fn close(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = protocol::convert::as_i32(ctx, &args[0])?;
    ctx.unwatch(fd);
    match descriptor::close(fd) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn duplicate(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let fd = protocol::convert::as_i32(ctx, &args[0])?;
    match descriptor::duplicate(fd) {
        Ok(fd) => Ok(from_i64(fd.into())),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn pair(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_allowed(ctx)?;
    let mut numbers = [0; 3];
    for (place, number) in numbers.iter_mut().zip(args) {
        *place = protocol::convert::as_i32(ctx, number)?;
    }
    let [family, kind, proto] = numbers;
    match net::socket_pair(family, kind, proto) {
        Ok((a, b)) => Ok(new_tuple([from_i64(a.into()), from_i64(b.into())]).into_value()),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn swap_short(ctx: &mut Ctx, value: &Value, name: &str) -> PyResult {
    let number = protocol::index_value(ctx, value)?;
    if is_negative(&number) {
        let message = format!("{name}: can't convert negative Python int to C 16-bit unsigned integer");
        return Err(ctx.overflow_error(message));
    }
    match to_i64(&number).map(u16::try_from) {
        Some(Ok(number)) => Ok(from_i64(number.to_be().into())),
        _ => Err(ctx.overflow_error(format!("{name}: Python int too large to convert to C 16-bit unsigned integer"))),
    }
}

fn swap_long(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let number = protocol::index_value(ctx, &args[0])?;
    if is_negative(&number) {
        return Err(ctx.overflow_error("can't convert negative value to unsigned int"));
    }
    match to_i64(&number).map(u32::try_from) {
        Some(Ok(number)) => Ok(from_i64(number.to_be().into())),
        _ => Err(ctx.overflow_error("int larger than 32 bits")),
    }
}

/// One to four parts; the last one fills what is left. Each may be octal or hexadecimal.
fn old_address(text: &str) -> Option<[u8; 4]> {
    let text = text.split_ascii_whitespace().next()?;
    let mut parts = Vec::new();
    for part in text.split('.') {
        let number = match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None if part.len() > 1 && part.starts_with('0') => u32::from_str_radix(&part[1..], 8),
            None => part.parse(),
        };
        parts.push(number.ok().filter(|_| !part.starts_with('+'))?);
    }
    let last = parts.pop()?;
    if parts.len() > 3 || parts.iter().any(|part| *part > 255) {
        return None;
    }
    let room = 4 - parts.len() as u32;
    if room < 4 && last >= 1 << (8 * room) {
        return None;
    }
    let head = parts.iter().enumerate().fold(0u32, |head, (index, part)| head | part << (24 - 8 * index));
    Some((head | last).to_be_bytes())
}

fn from_old_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let text = protocol::text::expect_str(ctx, &args[0], "inet_aton() argument 1 must be str, not {}")?;
    match old_address(text.as_str()) {
        Some(bytes) => Ok(new_bytes(bytes.to_vec()).into_value()),
        None => Err(plain_error(ctx, "illegal IP address string passed to inet_aton")),
    }
}

fn to_old_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let bytes = expect_bytes(ctx, &args[0])?;
    match <[u8; 4]>::try_from(&*bytes) {
        Ok(bytes) => Ok(ctx.str(Ipv4Addr::from(bytes).to_string())),
        Err(_) => Err(plain_error(ctx, "packed IP wrong length for inet_ntoa")),
    }
}

fn from_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let family = protocol::convert::as_i32(ctx, &args[0])?;
    let text = protocol::text::expect_str(ctx, &args[1], "inet_pton() argument 2 must be str, not {}")?.as_str();
    let bytes = match family {
        AF_INET => text.parse::<Ipv4Addr>().map(|ip| ip.octets().to_vec()).ok(),
        AF_INET6 => text.parse::<Ipv6Addr>().map(|ip| ip.octets().to_vec()).ok(),
        _ => return Err(system_error(ctx, 97)),
    };
    match bytes {
        Some(bytes) => Ok(new_bytes(bytes).into_value()),
        None => Err(plain_error(ctx, "illegal IP address string passed to inet_pton")),
    }
}

fn to_text(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let family = protocol::convert::as_i32(ctx, &args[0])?;
    let bytes = expect_bytes(ctx, &args[1])?;
    let text = match family {
        AF_INET => <[u8; 4]>::try_from(&*bytes).map(|bytes| Ipv4Addr::from(bytes).to_string()),
        AF_INET6 => <[u8; 16]>::try_from(&*bytes).map(|bytes| Ipv6Addr::from(bytes).to_string()),
        _ => return Err(ctx.value_error(format!("unknown address family {family}"))),
    };
    match text {
        Ok(text) => Ok(ctx.str(text)),
        Err(_) => Err(ctx.value_error("invalid length of packed IP address string")),
    }
}

fn interface_index(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_allowed(ctx)?;
    let name = address::host_text(ctx, &args[0])?;
    match net::interface_index(&name) {
        Ok(index) => Ok(from_i64(index.into())),
        Err(_) => Err(plain_error(ctx, "no interface with this name")),
    }
}

fn interface_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    check_allowed(ctx)?;
    let index = protocol::convert::as_i32(ctx, &args[0])?;
    match net::interface_name(index as u32) {
        Ok(name) => Ok(ctx.str(name)),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

fn interfaces(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    check_allowed(ctx)?;
    // Numbers are given in order and seldom freed; a machine with more has an unusual network.
    let known = (1..256).filter_map(|index| net::interface_name(index).ok().map(|name| (index, name)));
    let rows = known.map(|(index, name)| new_tuple([from_i64(index.into()), ctx.str(name)]).into_value()).collect();
    Ok(new_list(rows).into_value())
}

fn message_size(ctx: &mut Ctx, value: &Value, name: &str, align: i64) -> PyResult {
    let length = given(value).map_or(Ok(0), |value| protocol::convert::as_isize(ctx, value))?;
    if !(0..=0x7fff_ffff).contains(&length) {
        return Err(ctx.overflow_error(format!("{name}() argument out of range")));
    }
    // A header takes 16 bytes.
    Ok(from_i64(16 + (length as i64 + align - 1) / align * align))
}
