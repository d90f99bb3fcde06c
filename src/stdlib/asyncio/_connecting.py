"""Methods of the event loop that open connections and datagram endpoints, and ask for addresses.

A name may stand for several addresses. They are tried in turn, or with `happy_eyeballs_delay` each with a head start
before the next (RFC 8305). Source: Library Reference "asyncio-eventloop", Opening network connections.
"""

import functools
import itertools
import os
import socket

from . import staggered
from .log import lazy_logger as logger

_HAS_IPv6 = hasattr(socket, "AF_INET6")


def _set_reuseport(sock):
    if not hasattr(socket, "SO_REUSEPORT"):
        raise ValueError("reuse_port not supported by socket module")
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError("reuse_port not supported by socket module, SO_REUSEPORT defined but not implemented.")


def _set_nodelay(sock):
    """Send small pieces at once: that is what a program wants that decides itself when to write."""
    if (sock.family in (socket.AF_INET, getattr(socket, "AF_INET6", socket.AF_INET))
            and sock.type == socket.SOCK_STREAM and sock.proto == socket.IPPROTO_TCP):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _ssl_module():
    """Module `ssl`, or None where there is none."""
    try:
        import ssl
    except ImportError:
        return None
    return ssl


def _check_ssl_socket(sock):
    import sys
    # Nobody has such a socket who has not imported the module.
    ssl = sys.modules.get("ssl")
    if ssl is not None and isinstance(sock, ssl.SSLSocket):
        raise TypeError("Socket cannot be of type SSLSocket")


def _ipaddr_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    """What getaddrinfo() would give for an address in numbers, without asking; None for names."""
    if proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP) or host is None:
        return None
    if type == socket.SOCK_STREAM:
        proto = socket.IPPROTO_TCP
    elif type == socket.SOCK_DGRAM:
        proto = socket.IPPROTO_UDP
    else:
        return None

    if port is None or isinstance(port, (bytes, str)) and not port:
        port = 0
    else:
        # A service like "http" is looked up.
        try:
            port = int(port)
        except (TypeError, ValueError):
            return None

    if isinstance(host, bytes):
        host = host.decode("idna")
    if "%" in host:
        # A zone, as in fe80::1%eth0.
        return None
    if family != socket.AF_UNSPEC:
        families = (family,)
    else:
        families = (socket.AF_INET, socket.AF_INET6) if _HAS_IPv6 else (socket.AF_INET,)
    for family in families:
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        if _HAS_IPv6 and family == socket.AF_INET6:
            return family, type, proto, "", (host, port, flowinfo, scopeid)
        return family, type, proto, "", (host, port)
    return None


def _interleave_addrinfos(addrinfos, first_address_family_count=1):
    """Addresses of different families in turn, after so many of the first family."""
    by_family = {}
    for info in addrinfos:
        by_family.setdefault(info[0], []).append(info)
    families = list(by_family.values())
    ahead = first_address_family_count - 1
    head = families[0][:ahead] if ahead > 0 else []
    del families[0][:len(head)]
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*families))
    return head + [info for info in rounds if info is not None]


def _getaddrinfo_debug(self, host, port, family, type, proto, flags):
    about = [f"{host}:{port!r}"]
    for name, value in (("family", family), ("type", type), ("proto", proto), ("flags", flags)):
        if value:
            about.append(f"{name}={value!r}")
    about = ", ".join(about)
    logger.debug("Get address info %s", about)
    begin = self.time()
    found = socket.getaddrinfo(host, port, family, type, proto, flags)
    seconds = self.time() - begin
    message = f"Getting address info {about} took {seconds * 1e3:.3f}ms: {found!r}"
    if seconds >= self.slow_callback_duration:
        logger.info(message)
    else:
        logger.debug(message)
    return found


async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
    """Addresses of a name, as socket.getaddrinfo() gives them."""
    ask = self._getaddrinfo_debug if self.get_debug() else socket.getaddrinfo
    return await self.run_in_executor(None, ask, host, port, family, type, proto, flags)


async def getnameinfo(self, sockaddr, flags=0):
    """The name of an address, as socket.getnameinfo() gives it."""
    return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)


async def _ensure_resolved(self, address, *, family=0, type=socket.SOCK_STREAM, proto=0, flags=0, loop):
    host, port = address[:2]
    info = _ipaddr_info(host, port, family, type, proto, *address[2:])
    if info is not None:
        return [info]
    return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)


async def _connect_sock(self, exceptions, addr_info, local_addr_infos=None):
    """A socket that is connected to this address; what goes wrong is added to `exceptions`, and raised."""
    mine = []
    exceptions.append(mine)
    family, type_, proto, _, address = addr_info
    sock = None
    try:
        try:
            sock = socket.socket(family=family, type=type_, proto=proto)
            sock.setblocking(False)
            if local_addr_infos is not None:
                for local_family, _, _, _, local_address in local_addr_infos:
                    if local_family != family:
                        continue
                    try:
                        sock.bind(local_address)
                        break
                    except OSError as exc:
                        mine.append(OSError(exc.errno, "error while attempting to bind on address "
                                            f"{local_address!r}: {str(exc).lower()}"))
                else:
                    if mine:
                        raise mine.pop()
                    raise OSError(f"no matching local address with {family=} found")
            await self.sock_connect(sock, address)
            return sock
        except OSError as exc:
            mine.append(exc)
            raise
    except:
        if sock is not None:
            try:
                sock.close()
            except OSError:
                pass
        raise
    finally:
        # The exceptions hold the frame.
        exceptions = mine = None


def _check_tls_arguments(ssl, ssl_handshake_timeout, ssl_shutdown_timeout):
    if ssl:
        return
    if ssl_handshake_timeout is not None:
        raise ValueError("ssl_handshake_timeout is only meaningful with ssl")
    if ssl_shutdown_timeout is not None:
        raise ValueError("ssl_shutdown_timeout is only meaningful with ssl")


async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0,
                            sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None,
                            ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None,
                            all_errors=False):
    """Connect to a host and port, or take a connected socket; return (transport, protocol).

    With `all_errors` what went wrong is an exception group of all attempts.
    """
    if server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    if server_hostname is None and ssl:
        # The name that the certificate must have. An empty one is a decision not to check it.
        if not host:
            raise ValueError("You must set server_hostname when using ssl without a host")
        server_hostname = host
    _check_tls_arguments(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if sock is not None:
        _check_ssl_socket(sock)
    if happy_eyeballs_delay is not None and interleave is None:
        interleave = 1

    if host is not None or port is not None:
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        sock = await _connect_to_any(self, host, port, family, proto, flags, local_addr, happy_eyeballs_delay,
                                     interleave, all_errors)
    elif sock is None:
        raise ValueError("host and port was not specified and no sock specified")
    elif sock.type != socket.SOCK_STREAM:
        # A family that is not known may be a stream nevertheless.
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")

    transport, protocol = await self._create_connection_transport(
        sock, protocol_factory, ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
        ssl_shutdown_timeout=ssl_shutdown_timeout)
    if self.get_debug():
        logger.debug("%r connected to %s:%r: (%r, %r)", transport.get_extra_info("socket"), host, port, transport,
                     protocol)
    return transport, protocol


async def _connect_to_any(loop, host, port, family, proto, flags, local_addr, happy_eyeballs_delay, interleave,
                          all_errors):
    """A socket connected to the first address of a host that answers."""
    infos = await loop._ensure_resolved((host, port), family=family, type=socket.SOCK_STREAM, proto=proto,
                                        flags=flags, loop=loop)
    if not infos:
        raise OSError("getaddrinfo() returned empty list")
    local_infos = None
    if local_addr is not None:
        local_infos = await loop._ensure_resolved(local_addr, family=family, type=socket.SOCK_STREAM, proto=proto,
                                                  flags=flags, loop=loop)
        if not local_infos:
            raise OSError("getaddrinfo() returned empty list")
    if interleave:
        infos = _interleave_addrinfos(infos, interleave)

    problems = []
    sock = None
    if happy_eyeballs_delay is None:
        for info in infos:
            try:
                sock = await loop._connect_sock(problems, info, local_infos)
                break
            except OSError:
                continue
    else:
        sock = (await staggered.staggered_race(
            # One function for each address.
            (functools.partial(loop._connect_sock, problems, info, local_infos) for info in infos),
            happy_eyeballs_delay, loop=loop))[0]
    if sock is not None:
        return sock

    problems = [problem for of_one in problems for problem in of_one]
    try:
        if all_errors:
            raise ExceptionGroup("create_connection failed", problems)
        if len(problems) == 1:
            raise problems[0]
        text = str(problems[0])
        if all(str(problem) == text for problem in problems):
            raise problems[0]
        raise OSError("Multiple exceptions: {}".format(", ".join(str(problem) for problem in problems)))
    finally:
        problems = None


async def _create_connection_transport(self, sock, protocol_factory, ssl, server_hostname, server_side=False,
                                       ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    sock.setblocking(False)
    protocol = protocol_factory()
    waiter = self.create_future()
    if ssl:
        transport = self._make_ssl_transport(
            sock, protocol, None if isinstance(ssl, bool) else ssl, waiter, server_side=server_side,
            server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
    else:
        transport = self._make_socket_transport(sock, protocol, waiter)
    try:
        await waiter
    except:
        transport.close()
        raise
    return transport, protocol


async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
                                   flags=0, reuse_port=None, allow_broadcast=None, sock=None):
    """Open a datagram socket, bound to a local address or connected to a remote one; return (transport, protocol)."""
    if sock is not None:
        if sock.type == socket.SOCK_STREAM:
            raise ValueError(f"A datagram socket was expected, got {sock!r}")
        given = {"local_addr": local_addr, "remote_addr": remote_addr, "family": family, "proto": proto,
                 "flags": flags, "reuse_port": reuse_port, "allow_broadcast": allow_broadcast}
        problems = ", ".join(f"{name}={value}" for name, value in given.items() if value)
        if problems:
            raise ValueError("socket modifier keyword arguments can not be used when sock is specified. "
                             f"({problems})")
        sock.setblocking(False)
        remote = None
    else:
        pairs = await _datagram_addresses(self, local_addr, remote_addr, family, proto, flags)
        problems = []
        for (family, proto), (local, remote) in pairs:
            sock = None
            try:
                sock = socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
                if reuse_port:
                    _set_reuseport(sock)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.setblocking(False)
                if local_addr:
                    sock.bind(local)
                if remote_addr:
                    if not allow_broadcast:
                        await self.sock_connect(sock, remote)
                break
            except OSError as exc:
                if sock is not None:
                    sock.close()
                problems.append(exc)
            except:
                if sock is not None:
                    sock.close()
                raise
        else:
            raise problems[0]

    protocol = protocol_factory()
    waiter = self.create_future()
    transport = self._make_datagram_transport(sock, protocol, remote, waiter)
    if self.get_debug():
        if local_addr:
            logger.info("Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)", local_addr, remote_addr,
                        transport, protocol)
        else:
            logger.debug("Datagram endpoint remote_addr=%r created: (%r, %r)", remote_addr, transport, protocol)
    try:
        await waiter
    except:
        transport.close()
        raise
    return transport, protocol


async def _datagram_addresses(loop, local_addr, remote_addr, family, proto, flags):
    """What to try for a datagram endpoint: pairs of (family, proto) and (local address, remote address)."""
    if not (local_addr or remote_addr):
        if family == 0:
            raise ValueError("unexpected address family")
        return [((family, proto), (None, None))]

    if hasattr(socket, "AF_UNIX") and family == socket.AF_UNIX:
        for address in (local_addr, remote_addr):
            if address is not None and not isinstance(address, str):
                raise TypeError("string is expected")
        # An abstract name, which begins with a zero, is no file.
        if local_addr and local_addr[0] not in (0, "\x00"):
            import stat
            try:
                if stat.S_ISSOCK(os.stat(local_addr).st_mode):
                    os.remove(local_addr)
            except FileNotFoundError:
                pass
            except OSError as exc:
                logger.error("Unable to check or remove stale UNIX socket %r: %r", local_addr, exc)
        return [((family, proto), (local_addr, remote_addr))]

    # Local and remote address must be of one kind.
    found = {}
    for index, address in enumerate((local_addr, remote_addr)):
        if address is None:
            continue
        if not (isinstance(address, tuple) and len(address) == 2):
            raise TypeError("2-tuple is expected")
        infos = await loop._ensure_resolved(address, family=family, type=socket.SOCK_DGRAM, proto=proto,
                                            flags=flags, loop=loop)
        if not infos:
            raise OSError("getaddrinfo() returned empty list")
        for info_family, _, info_proto, _, info_address in infos:
            found.setdefault((info_family, info_proto), [None, None])[index] = info_address
    usable = [(kind, pair) for kind, pair in found.items()
              if not (local_addr and pair[0] is None) and not (remote_addr and pair[1] is None)]
    if not usable:
        raise ValueError("can not get address information")
    return usable
