//! Sockets and names of the network, over descriptors: see [`descriptor`](super::descriptor) for what a number means.
//!
//! Every socket made here is non-blocking for the system. Whether it blocks for the program is decided above: a thread of
//! the program that must wait is parked, and the scheduler waits for all of them at once.
//!
//! Names are redirected by the environment variable `COIL_HOSTS`, a list `name=addr:port,...`: a program that connects to
//! such a name reaches that address, whatever port it gave. Tests use it, and whoever wants to try a program against a
//! server of their own.
//!
//! Source: POSIX; Standard Library "socket".

use std::io;
use std::net::{IpAddr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::os::fd::{IntoRawFd, RawFd};

use rustix::net::{
    self, AddressFamily, RecvAncillaryBuffer, RecvFlags, SendAncillaryBuffer, SendFlags, Shutdown, SocketAddrAny,
    SocketAddrUnix, SocketFlags, SocketType,
};

use super::descriptor::borrow;

/// The address of a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Of the Internet protocol, version 4 or 6.
    Internet(SocketAddr),
    /// A path; empty for a socket without name; beginning with a zero byte in the abstract namespace.
    Unix(Vec<u8>),
    /// Of another family.
    Other(u16),
}

impl Address {
    fn of(address: Option<SocketAddrAny>) -> Address {
        let Some(address) = address else { return Address::Other(0) };
        if let Ok(address) = SocketAddr::try_from(address.clone()) {
            return Address::Internet(address);
        }
        let family = address.address_family();
        match SocketAddrUnix::try_from(address) {
            Ok(address) => Address::Unix(match (address.path_bytes(), address.abstract_name()) {
                (Some(path), _) => path.to_vec(),
                (None, Some(name)) if !name.is_empty() => [&[0], name].concat(),
                (None, _) => Vec::new(),
            }),
            Err(_) => Address::Other(family.as_raw()),
        }
    }

    fn to_any(&self) -> io::Result<SocketAddrAny> {
        Ok(match self {
            Address::Internet(SocketAddr::V4(address)) => SocketAddrV4::into(*address),
            Address::Internet(SocketAddr::V6(address)) => SocketAddrV6::into(*address),
            Address::Unix(path) => match path.split_first() {
                None => SocketAddrUnix::new_unnamed().into(),
                Some((0, name)) => SocketAddrUnix::new_abstract_name(name)?.into(),
                Some(_) => SocketAddrUnix::new(path.as_slice())?.into(),
            },
            Address::Other(_) => return Err(io::Error::from_raw_os_error(libc::EAFNOSUPPORT)),
        })
    }
}

fn protocol(number: i32) -> Option<net::Protocol> {
    std::num::NonZeroU32::new(number as u32).map(net::Protocol::from_raw)
}

const FLAGS: SocketFlags = SocketFlags::CLOEXEC.union(SocketFlags::NONBLOCK);

/// A new socket.
///
/// # Errors
/// What the operating system says.
pub fn socket(family: i32, kind: i32, proto: i32) -> io::Result<RawFd> {
    let family = AddressFamily::from_raw(u16::try_from(family).unwrap_or(u16::MAX));
    Ok(net::socket_with(family, SocketType::from_raw(kind as u32), FLAGS, protocol(proto))?.into_raw_fd())
}

/// Two sockets that are connected with each other.
///
/// # Errors
/// What the operating system says.
pub fn socket_pair(family: i32, kind: i32, proto: i32) -> io::Result<(RawFd, RawFd)> {
    let family = AddressFamily::from_raw(u16::try_from(family).unwrap_or(u16::MAX));
    let (a, b) = net::socketpair(family, SocketType::from_raw(kind as u32), FLAGS, protocol(proto))?;
    Ok((a.into_raw_fd(), b.into_raw_fd()))
}

/// Gives a socket its address.
///
/// # Errors
/// What the operating system says: `EADDRINUSE`, `EACCES` and so on.
pub fn bind(fd: RawFd, address: &Address) -> io::Result<()> {
    Ok(net::bind(borrow(fd)?, &address.to_any()?)?)
}

/// Begins to connect.
///
/// # Errors
/// `EINPROGRESS` while it is under way, `EISCONN` when it is done already.
pub fn connect(fd: RawFd, address: &Address) -> io::Result<()> {
    let (socket, address) = (borrow(fd)?, address.to_any()?);
    match net::connect(socket, &address) {
        // The first attempt after one that failed only says so.
        Err(rustix::io::Errno::CONNABORTED) => Ok(net::connect(socket, &address)?),
        other => Ok(other?),
    }
}

/// Lets others connect.
///
/// # Errors
/// What the operating system says.
pub fn listen(fd: RawFd, backlog: i32) -> io::Result<()> {
    Ok(net::listen(borrow(fd)?, backlog)?)
}

/// Takes the next connection.
///
/// # Errors
/// `EAGAIN` when there is none yet.
pub fn accept(fd: RawFd) -> io::Result<(RawFd, Address)> {
    let (socket, address) = net::acceptfrom_with(borrow(fd)?, FLAGS)?;
    Ok((socket.into_raw_fd(), Address::of(address)))
}

/// The socket's own address.
///
/// # Errors
/// What the operating system says.
pub fn local_address(fd: RawFd) -> io::Result<Address> {
    Ok(Address::of(Some(net::getsockname(borrow(fd)?)?)))
}

/// The address of the other side.
///
/// # Errors
/// `ENOTCONN`.
pub fn peer_address(fd: RawFd) -> io::Result<Address> {
    Ok(match net::getpeername(borrow(fd)?)? {
        Some(address) => Address::of(Some(address)),
        None => Address::Unix(Vec::new()),
    })
}

/// Ends reading (0), writing (1) or both (2).
///
/// # Errors
/// `ENOTCONN`, `EINVAL`.
pub fn shut_down(fd: RawFd, how: i32) -> io::Result<()> {
    let how = match how {
        0 => Shutdown::Read,
        1 => Shutdown::Write,
        2 => Shutdown::Both,
        _ => return Err(io::Error::from_raw_os_error(libc::EINVAL)),
    };
    Ok(net::shutdown(borrow(fd)?, how)?)
}

/// Receives; gives how many bytes.
///
/// # Errors
/// `EAGAIN` when there is nothing yet.
pub fn receive(fd: RawFd, buffer: &mut [u8], flags: i32) -> io::Result<usize> {
    let length = buffer.len();
    let (_, count) = net::recv(borrow(fd)?, buffer, RecvFlags::from_bits_retain(flags as u32))?;
    Ok(count.min(length))
}

/// Receives, and tells from whom.
///
/// # Errors
/// `EAGAIN` when there is nothing yet.
pub fn receive_from(fd: RawFd, buffer: &mut [u8], flags: i32) -> io::Result<(usize, Option<Address>)> {
    let length = buffer.len();
    let (_, count, from) = net::recvfrom(borrow(fd)?, buffer, RecvFlags::from_bits_retain(flags as u32))?;
    Ok((count.min(length), from.map(|from| Address::of(Some(from)))))
}

/// Sends what there is room for.
///
/// # Errors
/// `EAGAIN` when there is no room, `EPIPE`, `ECONNRESET`.
pub fn send(fd: RawFd, bytes: &[u8], flags: i32) -> io::Result<usize> {
    Ok(net::send(borrow(fd)?, bytes, send_flags(flags))?)
}

/// Sends to an address.
///
/// # Errors
/// As [`send`].
pub fn send_to(fd: RawFd, bytes: &[u8], flags: i32, to: &Address) -> io::Result<usize> {
    Ok(net::sendto(borrow(fd)?, bytes, send_flags(flags), &to.to_any()?)?)
}

fn send_flags(flags: i32) -> SendFlags {
    SendFlags::from_bits_retain(flags as u32) | SendFlags::NOSIGNAL
}

/// A message as `recvmsg` gives it.
#[derive(Clone, Debug)]
pub struct Message {
    /// How many bytes there are in the buffer.
    pub count: usize,
    /// Descriptors that came along.
    pub descriptors: Vec<RawFd>,
    /// `MSG_TRUNC` and the like.
    pub flags: i32,
    /// From whom.
    pub from: Option<Address>,
}

/// Receives with descriptors that may come along, at most `descriptors` of them.
///
/// # Errors
/// `EAGAIN` when there is nothing yet.
pub fn receive_message(fd: RawFd, buffer: &mut [u8], descriptors: usize, flags: i32) -> io::Result<Message> {
    let mut space = vec![std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(descriptors.min(253)))];
    let mut control =
        if descriptors == 0 { RecvAncillaryBuffer::default() } else { RecvAncillaryBuffer::new(&mut space) };
    let flags = RecvFlags::from_bits_retain(flags as u32) | RecvFlags::CMSG_CLOEXEC;
    let got = net::recvmsg(borrow(fd)?, &mut [io::IoSliceMut::new(buffer)], &mut control, flags)?;
    let mut descriptors = Vec::new();
    for message in control.drain() {
        if let net::RecvAncillaryMessage::ScmRights(fds) = message {
            descriptors.extend(fds.map(IntoRawFd::into_raw_fd));
        }
    }
    Ok(Message {
        count: got.bytes,
        descriptors,
        flags: (got.flags & !net::ReturnFlags::CMSG_CLOEXEC).bits() as i32,
        from: got.address.map(|from| Address::of(Some(from))),
    })
}

/// Sends with descriptors.
///
/// # Errors
/// As [`send`].
pub fn send_message(
    fd: RawFd,
    bytes: &[u8],
    descriptors: &[RawFd],
    flags: i32,
    to: Option<&Address>,
) -> io::Result<usize> {
    let mut space = vec![std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(descriptors.len()))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    let borrowed = descriptors.iter().map(|fd| borrow(*fd)).collect::<io::Result<Vec<_>>>()?;
    if !borrowed.is_empty() {
        control.push(net::SendAncillaryMessage::ScmRights(&borrowed));
    }
    let (socket, parts) = (borrow(fd)?, [io::IoSlice::new(bytes)]);
    Ok(match to {
        Some(to) => net::sendmsg_addr(socket, &to.to_any()?, &parts, &mut control, send_flags(flags))?,
        None => net::sendmsg(socket, &parts, &mut control, send_flags(flags))?,
    })
}

/// What a lookup of names asks for and restricts, as `getaddrinfo` has it.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// The name or address; None for this machine.
    pub host: Option<String>,
    /// The name or number of the port.
    pub service: Option<String>,
    /// Address family, 0 for any.
    pub family: i32,
    /// Kind of socket, 0 for any.
    pub kind: i32,
    /// Protocol, 0 for any.
    pub proto: i32,
    /// `AI_*`.
    pub flags: i32,
}

/// One of the addresses that a name stands for.
#[derive(Clone, Debug)]
pub struct Found {
    /// Address family.
    pub family: i32,
    /// Kind of socket.
    pub kind: i32,
    /// Protocol.
    pub proto: i32,
    /// The name as the name service has it, when asked for.
    pub canonical_name: String,
    /// Address and port.
    pub address: SocketAddr,
}

/// A failed lookup: the code `EAI_*`, negative as in C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookupFailed(pub i32);

/// Addresses for a name. Blocks, so it belongs on a thread of its own.
///
/// # Errors
/// Why there are none.
pub fn look_up(lookup: &Lookup) -> Result<Vec<Found>, LookupFailed> {
    let hints = dns_lookup::AddrInfoHints {
        flags: lookup.flags,
        address: lookup.family,
        socktype: lookup.kind,
        protocol: lookup.proto,
    };
    let (host, service) = (lookup.host.as_deref(), lookup.service.as_deref());
    let answers =
        dns_lookup::getaddrinfo(host, service, Some(hints)).map_err(|error| LookupFailed(error.error_num()))?;
    Ok(answers
        .flatten()
        .map(|answer| Found {
            family: answer.address,
            kind: answer.socktype,
            proto: answer.protocol,
            canonical_name: answer.canonname.unwrap_or_default(),
            address: answer.sockaddr,
        })
        .collect())
}

/// The name of an address and of a port; `flags` are `NI_*`. Blocks.
///
/// # Errors
/// Why there is none.
pub fn name_of(address: &SocketAddr, flags: i32) -> Result<(String, String), LookupFailed> {
    dns_lookup::getnameinfo(address, flags).map_err(|error| LookupFailed(error.error_num()))
}

/// The name of this machine.
pub fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Where `COIL_HOSTS` (its value is given) sends a name.
pub fn redirected(table: &str, name: &str) -> Option<SocketAddr> {
    table.split(',').find_map(|row| {
        let (own, target) = row.split_once('=')?;
        if own != name {
            return None;
        }
        let (address, port) = target.rsplit_once(':')?;
        let address: IpAddr = address.trim_matches(['[', ']']).parse().ok()?;
        Some(SocketAddr::new(address, port.parse().ok()?))
    })
}

/// The number of a network interface.
///
/// # Errors
/// `ENODEV`.
pub fn interface_index(name: &str) -> io::Result<u32> {
    let socket = net::socket(AddressFamily::INET, SocketType::DGRAM, None)?;
    Ok(net::netdevice::name_to_index(socket, name)?)
}

/// The name of a network interface.
///
/// # Errors
/// `ENXIO`.
pub fn interface_name(index: u32) -> io::Result<String> {
    let socket = net::socket(AddressFamily::INET, SocketType::DGRAM, None)?;
    Ok(net::netdevice::index_to_name(socket, index)?)
}
