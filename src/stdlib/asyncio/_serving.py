"""`Server`, and the methods of the event loop that listen for connections.

A server knows the transports that its sockets brought: they keep it open after `close`, which stops only the listening.
Source: Library Reference "asyncio-eventloop", Creating network servers.
"""

import itertools
import os
import socket
import sys
import weakref
from collections.abc import Iterable

from . import events, exceptions, tasks, trsock
from ._connecting import _HAS_IPv6, _check_ssl_socket, _check_tls_arguments, _set_reuseport
from .log import lazy_logger as logger


class Server(events.AbstractServer):
    """Listening sockets, and the connections that came through them."""

    __module__ = "asyncio.base_events"

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout,
                 ssl_shutdown_timeout=None):
        self._loop = loop
        # None after close().
        self._sockets = sockets
        self._clients = weakref.WeakSet()
        # None when the server is closed and the last connection is gone.
        self._waiters = []
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._ssl_context = ssl_context
        self._ssl_handshake_timeout = ssl_handshake_timeout
        self._ssl_shutdown_timeout = ssl_shutdown_timeout
        self._serving = False
        self._serving_forever_fut = None

    def __repr__(self):
        return f"<{type(self).__name__} sockets={self.sockets!r}>"

    def _attach(self, transport):
        assert self._sockets is not None
        self._clients.add(transport)

    def _detach(self, transport):
        self._clients.discard(transport)
        if len(self._clients) == 0 and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters = self._waiters
        self._waiters = None
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop._start_serving(self._protocol_factory, sock, self._ssl_context, self, self._backlog,
                                      self._ssl_handshake_timeout, self._ssl_shutdown_timeout)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    @property
    def sockets(self):
        """The listening sockets; none after `close`."""
        if self._sockets is None:
            return ()
        return tuple(trsock.TransportSocket(sock) for sock in self._sockets)

    def close(self):
        sockets = self._sockets
        if sockets is None:
            return
        self._sockets = None
        for sock in sockets:
            self._loop._stop_serving(sock)
        self._serving = False
        forever = self._serving_forever_fut
        if forever is not None and not forever.done():
            forever.cancel()
            self._serving_forever_fut = None
        if len(self._clients) == 0:
            self._wakeup()

    def close_clients(self):
        for transport in self._clients.copy():
            transport.close()

    def abort_clients(self):
        for transport in self._clients.copy():
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        # One turn of the loop, in which the sockets are registered.
        await tasks.sleep(0)

    async def serve_forever(self):
        if self._serving_forever_fut is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on serve_forever()")
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")
        self._start_serving()
        self._serving_forever_fut = self._loop.create_future()
        try:
            await self._serving_forever_fut
        except exceptions.CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        # Also when close() has not been called yet: it waits for that.
        if self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


async def _create_server_getaddrinfo(self, host, port, family, flags):
    infos = await self._ensure_resolved((host, port), family=family, type=socket.SOCK_STREAM, flags=flags, loop=self)
    if not infos:
        raise OSError(f"getaddrinfo({host!r}) returned empty list")
    return infos


async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC,
                        flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None, reuse_address=None,
                        reuse_port=None, keep_alive=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                        start_serving=True):
    """Listen at a host (or several) and port, or take a socket; return a server.

    A name with several addresses gives as many sockets; None and "" stand for all interfaces.
    """
    if isinstance(ssl, bool):
        raise TypeError("ssl argument must be an SSLContext or None")
    _check_tls_arguments(ssl is not None, ssl_handshake_timeout, ssl_shutdown_timeout)
    if sock is not None:
        _check_ssl_socket(sock)

    if host is not None or port is not None:
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        if reuse_address is None:
            # A server that is started again finds connections of the last one that are not quite gone.
            reuse_address = os.name == "posix" and sys.platform != "cygwin"
        sockets = await _bind(self, host, port, family, flags, reuse_address, reuse_port, keep_alive)
    elif sock is None:
        raise ValueError("Neither host/port nor sock were specified")
    elif sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    else:
        sockets = [sock]

    for sock in sockets:
        sock.setblocking(False)
    server = Server(self, sockets, protocol_factory, ssl, backlog, ssl_handshake_timeout, ssl_shutdown_timeout)
    if start_serving:
        server._start_serving()
        await tasks.sleep(0)
    if self.get_debug():
        logger.info("%r is serving", server)
    return server


async def _bind(loop, host, port, family, flags, reuse_address, reuse_port, keep_alive):
    """Sockets bound to all addresses of the hosts, as far as the system has their family."""
    if host == "":
        hosts = [None]
    elif isinstance(host, str) or not isinstance(host, Iterable):
        hosts = [host]
    else:
        hosts = host
    found = await tasks.gather(*[loop._create_server_getaddrinfo(host, port, family=family, flags=flags)
                                 for host in hosts])
    infos = set(itertools.chain.from_iterable(found))

    sockets = []
    complete = False
    try:
        for family, type_, proto, canonname, address in infos:
            try:
                sock = socket.socket(family, type_, proto)
            except socket.error:
                # Compiled without this family, say.
                if loop.get_debug():
                    logger.warning("create_server() failed to create socket.socket(%r, %r, %r)", family, type_,
                                   proto, exc_info=True)
                continue
            sockets.append(sock)
            if reuse_address:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
            if reuse_port:
                _set_reuseport(sock)
            if keep_alive:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True)
            # Otherwise the socket for IPv6 takes the port of the one for IPv4.
            if _HAS_IPv6 and family == socket.AF_INET6 and hasattr(socket, "IPPROTO_IPV6"):
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
            try:
                sock.bind(address)
            except OSError as exc:
                import errno
                message = "error while attempting to bind on address %r: %s" % (address, str(exc).lower())
                if exc.errno == errno.EADDRNOTAVAIL:
                    # An interface that is there and has no such address (IPv6 switched off).
                    sockets.pop()
                    sock.close()
                    if loop.get_debug():
                        logger.warning(message)
                    continue
                raise OSError(exc.errno, message) from None
        if not sockets:
            raise OSError("could not bind on any address out of %r" % ([info[4] for info in infos],))
        complete = True
    finally:
        if not complete:
            for sock in sockets:
                sock.close()
    return sockets


async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                  ssl_shutdown_timeout=None):
    """Serve a connection that was accepted elsewhere; return (transport, protocol)."""
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    _check_tls_arguments(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    _check_ssl_socket(sock)
    transport, protocol = await self._create_connection_transport(
        sock, protocol_factory, ssl, "", server_side=True, ssl_handshake_timeout=ssl_handshake_timeout,
        ssl_shutdown_timeout=ssl_shutdown_timeout)
    if self.get_debug():
        logger.debug("%r handled: (%r, %r)", transport.get_extra_info("socket"), transport, protocol)
    return transport, protocol
