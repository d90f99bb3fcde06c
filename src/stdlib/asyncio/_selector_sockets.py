"""Methods of the event loop for sockets: `sock_recv`, `sock_sendall` and the others.

Each tries at once. If the socket is not ready, a future is made and the attempt is repeated whenever the socket is
reported ready, until it succeeds or fails; when the future is done, however that came about, the socket is watched no
longer. Source: Library Reference "asyncio-eventloop", Working with socket objects directly.
"""

import functools
import socket

from ._connecting import _check_ssl_socket


def _check(self, sock):
    _check_ssl_socket(sock)
    if self.get_debug() and sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")


def _sock_read_done(self, fd, fut, handle=None):
    # Another reader may have taken the place since.
    if handle is None or not handle.cancelled():
        self.remove_reader(fd)


def _sock_write_done(self, fd, fut, handle=None):
    if handle is None or not handle.cancelled():
        self.remove_writer(fd)


def _retry_reading(self, sock, attempt, *args):
    """A future that gets the result of attempt(future, sock, *args) when the socket can be read."""
    future = self.create_future()
    fd = sock.fileno()
    self._ensure_fd_no_transport(fd)
    handle = self._add_reader(fd, attempt, future, sock, *args)
    future.add_done_callback(functools.partial(self._sock_read_done, fd, handle=handle))
    return future


async def _receive(self, sock, operation, attempt, *args):
    """The result of operation(*args), now or when the socket can be read."""
    _check(self, sock)
    try:
        return operation(*args)
    except (BlockingIOError, InterruptedError):
        pass
    return await _retry_reading(self, sock, attempt, *args)


def _retry_writing(self, sock, fd, future, attempt, *args):
    self._ensure_fd_no_transport(fd)
    handle = self._add_writer(fd, attempt, future, sock, *args)
    future.add_done_callback(functools.partial(self._sock_write_done, fd, handle=handle))
    return future


def _settle(fut, operation, *args):
    """Give the future what the operation gives; leave it waiting if the socket is not ready after all."""
    if fut.done():
        return
    try:
        result = operation(*args)
    except (BlockingIOError, InterruptedError):
        return
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        fut.set_exception(exc)
    else:
        fut.set_result(result)


async def sock_recv(self, sock, n):
    """Receive up to so many bytes; none: the other side has closed."""
    return await _receive(self, sock, sock.recv, self._sock_recv, n)


def _sock_recv(self, fut, sock, n):
    _settle(fut, sock.recv, n)


async def sock_recv_into(self, sock, buf):
    """Receive into a buffer; return how many bytes."""
    return await _receive(self, sock, sock.recv_into, self._sock_recv_into, buf)


def _sock_recv_into(self, fut, sock, buf):
    _settle(fut, sock.recv_into, buf)


async def sock_recvfrom(self, sock, bufsize):
    """Receive a datagram; return (bytes, address)."""
    return await _receive(self, sock, sock.recvfrom, self._sock_recvfrom, bufsize)


def _sock_recvfrom(self, fut, sock, bufsize):
    _settle(fut, sock.recvfrom, bufsize)


async def sock_recvfrom_into(self, sock, buf, nbytes=0):
    """Receive a datagram into a buffer; return (how many bytes, address)."""
    return await _receive(self, sock, sock.recvfrom_into, self._sock_recvfrom_into, buf, nbytes or len(buf))


def _sock_recvfrom_into(self, fut, sock, buf, bufsize):
    _settle(fut, sock.recvfrom_into, buf, bufsize)


async def sock_sendall(self, sock, data):
    """Send all the bytes.  After an exception nobody knows how many were sent."""
    _check(self, sock)
    try:
        sent = sock.send(data)
    except (BlockingIOError, InterruptedError):
        sent = 0
    if sent == len(data):
        return None
    # A list holds the position, for the attempts to move.
    return await _retry_writing(self, sock, sock.fileno(), self.create_future(), self._sock_sendall,
                                memoryview(data), [sent])


def _sock_sendall(self, fut, sock, view, pos):
    if fut.done():
        return
    try:
        sent = sock.send(view[pos[0]:])
    except (BlockingIOError, InterruptedError):
        return
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        fut.set_exception(exc)
        return
    pos[0] += sent
    if pos[0] == len(view):
        fut.set_result(None)


async def sock_sendto(self, sock, data, address):
    """Send a datagram; return how many bytes."""
    _check(self, sock)
    try:
        return sock.sendto(data, address)
    except (BlockingIOError, InterruptedError):
        pass
    return await _retry_writing(self, sock, sock.fileno(), self.create_future(), self._sock_sendto, data, address)


def _sock_sendto(self, fut, sock, data, address):
    _settle(fut, sock.sendto, data, 0, address)


async def sock_connect(self, sock, address):
    """Connect a socket to an address."""
    _check(self, sock)
    if sock.family in (socket.AF_INET, getattr(socket, "AF_INET6", socket.AF_INET)):
        infos = await self._ensure_resolved(address, family=sock.family, type=sock.type, proto=sock.proto, loop=self)
        address = infos[0][4]
    future = self.create_future()
    self._sock_connect(future, sock, address)
    try:
        return await future
    finally:
        # The future holds the exception, the exception this frame.
        future = None


def _sock_connect(self, fut, sock, address):
    fd = sock.fileno()
    try:
        sock.connect(address)
    except (BlockingIOError, InterruptedError):
        # Under way: the socket can be written when it is over.
        _retry_writing(self, sock, fd, fut, self._sock_connect_cb, address)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        fut.set_exception(exc)
    else:
        fut.set_result(None)
    finally:
        fut = None


def _sock_connect_cb(self, fut, sock, address):
    def outcome():
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error != 0:
            # OSError chooses the class by the number.
            raise OSError(error, f"Connect call failed {address}")

    try:
        _settle(fut, outcome)
    finally:
        fut = None


async def sock_accept(self, sock):
    """Accept a connection; return (socket, address)."""
    _check(self, sock)
    future = self.create_future()
    self._sock_accept(future, sock)
    return await future


def _sock_accept(self, fut, sock):
    fd = sock.fileno()
    try:
        connection, address = sock.accept()
        connection.setblocking(False)
    except (BlockingIOError, InterruptedError):
        self._ensure_fd_no_transport(fd)
        handle = self._add_reader(fd, self._sock_accept, fut, sock)
        fut.add_done_callback(functools.partial(self._sock_read_done, fd, handle=handle))
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as exc:
        fut.set_exception(exc)
    else:
        fut.set_result((connection, address))
