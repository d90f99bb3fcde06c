//! Addresses: between the tuples, strs and bytes of a program and those of the host.
//!
//! A host name in an address has to be looked up, which blocks; so reading an address may end in [`Read::LookUp`], and the
//! native that wanted it waits for a job and reads again.
//!
//! Source: Standard Library "socket", "Socket families".

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use crate::host::net::Address;
use crate::objects::buffer::bytes_of;
use crate::objects::bytes::{ByteArray, Bytes, new_bytes};
use crate::objects::ctx::Ctx;
use crate::objects::int::{from_i64, to_i64};
use crate::objects::native::PyResult;
use crate::objects::protocol::{self, class_name};
use crate::objects::string::{Str, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::text::punycode;

pub(super) const AF_UNIX: i32 = 1;
pub(super) const AF_INET: i32 = 2;
pub(super) const AF_INET6: i32 = 10;

/// What reading an address gives.
pub(super) enum Read {
    /// The address.
    Address(Address),
    /// This name must be looked up first; the port and what follows it stay as they are.
    LookUp(String),
}

/// Reads the address that a method (its name is for the messages) was given.
pub(super) fn read(ctx: &mut Ctx, family: i32, value: &Value, method: &str) -> PyResult<Read> {
    match family {
        AF_UNIX => unix(ctx, value).map(Read::Address),
        AF_INET | AF_INET6 => internet(ctx, family, value, method),
        _ => {
            let message = format!("{method}(): bad family");
            let class = ctx.exceptions.OSError.clone();
            Err(ctx.raise(&class, message))
        }
    }
}

fn unix(ctx: &mut Ctx, value: &Value) -> PyResult<Address> {
    let path = match value.downcast_ref::<Str>() {
        Some(text) => text.as_str().as_bytes().to_vec(),
        None => crate::objects::buffer::expect_bytes(ctx, value)?.into_owned(),
    };
    // A path ends with a zero byte inside the 108 bytes that there are; a name in the abstract namespace begins with one.
    let room = if path.first() == Some(&0) { 108 } else { 107 };
    if path.len() > room {
        let class = ctx.exceptions.OSError.clone();
        return Err(ctx.raise(&class, "AF_UNIX path too long"));
    }
    Ok(Address::Unix(path))
}

fn internet(ctx: &mut Ctx, family: i32, value: &Value, method: &str) -> PyResult<Read> {
    let (name, wrong_shape) = if family == AF_INET {
        ("AF_INET", "AF_INET address must be a pair (host, port)")
    } else {
        ("AF_INET6", "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
    };
    let Some(tuple) = value.downcast_ref::<Tuple>() else {
        let got = class_name(ctx, value);
        return Err(ctx.type_error(format!("{method}(): {name} address must be tuple, not {got}")));
    };
    let items = tuple.items();
    let most = if family == AF_INET { 2 } else { 4 };
    if items.len() < 2 || items.len() > most {
        return Err(ctx.type_error(wrong_shape));
    }
    let host = host_text(ctx, &items[0])?;
    let port = protocol::convert::as_i32(ctx, &items[1])?;
    let Ok(port) = u16::try_from(port) else {
        return Err(ctx.overflow_error(format!("{method}(): port must be 0-65535.")));
    };
    let mut extra = [0u32; 2];
    for (item, place) in items[2..].iter().zip(&mut extra) {
        *place = protocol::convert::as_i32(ctx, item)? as u32;
    }
    if extra[0] > 0xfffff {
        return Err(ctx.overflow_error(format!("{method}(): flowinfo must be 0-1048575.")));
    }
    Ok(match numeric(&host, family) {
        Some(ip) => Read::Address(Address::Internet(with_port(ip, port, extra))),
        None => Read::LookUp(host),
    })
}

fn with_port(ip: IpAddr, port: u16, [flow, scope]: [u32; 2]) -> SocketAddr {
    match ip {
        IpAddr::V4(_) => SocketAddr::new(ip, port),
        IpAddr::V6(ip) => SocketAddrV6::new(ip, port, flow, scope).into(),
    }
}

/// The address that a name means without asking anybody.
pub(super) fn numeric(host: &str, family: i32) -> Option<IpAddr> {
    match (host, family) {
        ("", AF_INET6) => Some(Ipv6Addr::UNSPECIFIED.into()),
        ("", _) => Some(Ipv4Addr::UNSPECIFIED.into()),
        ("<broadcast>" | "255.255.255.255", AF_INET | 0) => Some(Ipv4Addr::BROADCAST.into()),
        _ => {
            let ip: IpAddr = host.parse().ok()?;
            match family {
                AF_INET => ip.is_ipv4().then_some(ip),
                AF_INET6 => ip.is_ipv6().then_some(ip),
                _ => Some(ip),
            }
        }
    }
}

/// A host given as str, bytes or bytearray; names outside ASCII become what the name service knows (IDNA).
pub(super) fn host_text(ctx: &mut Ctx, value: &Value) -> PyResult<String> {
    if let Some(text) = value.downcast_ref::<Str>() {
        if text.as_str().contains('\0') {
            return Err(ctx.value_error("host name must not contain null character"));
        }
        if text.is_ascii() {
            return Ok(text.as_str().to_owned());
        }
        return Ok(punycode::host_to_ascii(text.as_str()));
    }
    if value.is_kind::<Bytes>() || value.is_kind::<ByteArray>() {
        return Ok(String::from_utf8_lossy(&bytes_of(value).unwrap_or_default()).into_owned());
    }
    let got = class_name(ctx, value);
    Err(ctx.type_error(format!("str, bytes or bytearray expected, not {got}")))
}

/// An address as programs see it.
pub(super) fn to_value(ctx: &Ctx, address: &Address) -> Value {
    match address {
        Address::Internet(address) => socket_address(ctx, address),
        Address::Unix(path) if path.first() == Some(&0) => new_bytes(path.clone()).into_value(),
        Address::Unix(path) => new_str(String::from_utf8_lossy(path)).into_value(),
        Address::Other(_) => Value::NONE,
    }
}

/// `(host, port)`, or `(host, port, flowinfo, scope_id)`.
pub(super) fn socket_address(ctx: &Ctx, address: &SocketAddr) -> Value {
    let (host, port) = (ctx.str(address.ip().to_string()), from_i64(address.port().into()));
    match address {
        SocketAddr::V4(_) => new_tuple([host, port]).into_value(),
        SocketAddr::V6(address) => {
            let (flow, scope) = (from_i64(address.flowinfo().into()), from_i64(address.scope_id().into()));
            new_tuple([host, port, flow, scope]).into_value()
        }
    }
}

/// The address that a program gave, with the host in it replaced: what a lookup found. A redirected name brings its port.
pub(super) fn replace_host(ctx: &Ctx, value: &Value, found: &SocketAddr) -> Value {
    let Some(tuple) = value.downcast_ref::<Tuple>() else { return value.clone() };
    let mut items = tuple.items().to_vec();
    if let Some(host) = items.first_mut() {
        *host = ctx.str(found.ip().to_string());
    }
    if found.port() != 0
        && let Some(port) = items.get_mut(1)
    {
        *port = from_i64(found.port().into());
    }
    new_tuple(items).into_value()
}

/// Reads the address of `getnameinfo`: numbers only.
pub(super) fn numeric_tuple(ctx: &mut Ctx, value: &Value) -> PyResult<(String, u16, [u32; 2])> {
    let Some(tuple) = value.downcast_ref::<Tuple>() else {
        return Err(ctx.type_error("getnameinfo() argument 1 must be a tuple"));
    };
    let items = tuple.items();
    if items.len() < 2 || items.len() > 4 {
        return Err(ctx.type_error("illegal sockaddr argument"));
    }
    let host = host_text(ctx, &items[0])?;
    let port = to_i64(&items[1]).and_then(|port| u16::try_from(port).ok());
    let Some(port) = port else { return Err(ctx.overflow_error("getnameinfo(): port must be 0-65535.")) };
    let mut extra = [0u32; 2];
    for (item, place) in items[2..].iter().zip(&mut extra) {
        *place = protocol::convert::as_i32(ctx, item)? as u32;
    }
    Ok((host, port, extra))
}

pub(super) fn with_parts(ip: IpAddr, port: u16, extra: [u32; 2]) -> SocketAddr {
    with_port(ip, port, extra)
}
