"""Methods of the event loop that send files and change a connection to TLS.

The system can send a file to a socket without the program's seeing the bytes. Where it cannot, for TLS say, the file is
read and written piece by piece. Sources: Library Reference "asyncio-eventloop", Transferring files, TLS Upgrade.
"""

import socket

from . import constants, exceptions, protocols, transports
from ._connecting import _check_ssl_socket, _ssl_module


async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
    """Send a file over a socket; return how many bytes."""
    if self.get_debug() and sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")
    _check_ssl_socket(sock)
    self._check_sendfile_params(sock, file, offset, count)
    try:
        return await self._sock_sendfile_native(sock, file, offset, count)
    except exceptions.SendfileNotAvailableError:
        if not fallback:
            raise
    return await self._sock_sendfile_fallback(sock, file, offset, count)


async def _sock_sendfile_native(self, sock, file, offset, count):
    raise exceptions.SendfileNotAvailableError(
        f"syscall sendfile is not available for socket {sock!r} and file {file!r} combination")


async def _pieces(loop, file, offset, count, largest):
    """What is to be sent of a file, in pieces, which are read in another thread."""
    if hasattr(file, "seek"):
        file.seek(offset)
    sent = 0
    buffer = bytearray(min(count, largest) if count else largest)
    while True:
        size = len(buffer) if not count else min(count - sent, len(buffer))
        if size <= 0:
            return
        view = memoryview(buffer)[:size]
        read = await loop.run_in_executor(None, file.readinto, view)
        if not read:
            return
        yield view[:read]
        sent += read


async def _sock_sendfile_fallback(self, sock, file, offset, count):
    sent = 0
    try:
        async for piece in _pieces(self, file, offset, count, constants.SENDFILE_FALLBACK_READBUFFER_SIZE):
            await self.sock_sendall(sock, piece)
            sent += len(piece)
        return sent
    finally:
        # The file stands after what was sent, as the system leaves it.
        if sent > 0 and hasattr(file, "seek"):
            file.seek(offset + sent)


def _check_sendfile_params(self, sock, file, offset, count):
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    if not sock.type == socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    if count is not None:
        if not isinstance(count, int):
            raise TypeError(f"count must be a positive integer (got {count!r})")
        if count <= 0:
            raise ValueError(f"count must be a positive integer (got {count!r})")
    if not isinstance(offset, int):
        raise TypeError(f"offset must be a non-negative integer (got {offset!r})")
    if offset < 0:
        raise ValueError(f"offset must be a non-negative integer (got {offset!r})")


class _SendfileFallbackProtocol(protocols.Protocol):
    """Takes the place of a transport's protocol while a file goes through it, to hear about its buffer."""

    __module__ = "asyncio.base_events"

    def __init__(self, transp):
        if not isinstance(transp, transports._FlowControlMixin):
            raise TypeError("transport should be _FlowControlMixin instance")
        self._transport = transp
        self._proto = transp.get_protocol()
        self._should_resume_reading = transp.is_reading()
        self._should_resume_writing = transp._protocol_paused
        transp.pause_reading()
        transp.set_protocol(self)
        self._write_ready_fut = transp._loop.create_future() if self._should_resume_writing else None

    async def drain(self):
        if self._transport.is_closing():
            raise ConnectionError("Connection closed by peer")
        if self._write_ready_fut is not None:
            await self._write_ready_fut

    def connection_made(self, transport):
        raise RuntimeError("Invalid state: connection should have been established already.")

    def connection_lost(self, exc):
        if self._write_ready_fut is not None:
            # Never happens if there is no problem, so it must be one.
            if exc is None:
                exc = ConnectionError("Connection is closed by peer")
            self._write_ready_fut.set_exception(exc)
        self._proto.connection_lost(exc)

    def pause_writing(self):
        if self._write_ready_fut is None:
            self._write_ready_fut = self._transport._loop.create_future()

    def resume_writing(self):
        if self._write_ready_fut is not None:
            self._write_ready_fut.set_result(False)
            self._write_ready_fut = None

    def data_received(self, data):
        raise RuntimeError("Invalid state: reading should be paused")

    def eof_received(self):
        raise RuntimeError("Invalid state: reading should be paused")

    async def restore(self):
        self._transport.set_protocol(self._proto)
        if self._should_resume_reading:
            self._transport.resume_reading()
        if self._write_ready_fut is not None:
            # Somebody may wait for the buffer still, and would not hear of it.
            self._write_ready_fut.cancel()
        if self._should_resume_writing:
            self._proto.resume_writing()


async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
    """Send a file through a transport; return how many bytes."""
    if transport.is_closing():
        raise RuntimeError("Transport is closing")
    modes = constants._SendfileMode
    mode = getattr(transport, "_sendfile_compatible", modes.UNSUPPORTED)
    if mode is modes.UNSUPPORTED:
        raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
    if mode is modes.TRY_NATIVE:
        try:
            return await self._sendfile_native(transport, file, offset, count)
        except exceptions.SendfileNotAvailableError:
            if not fallback:
                raise
    if not fallback:
        raise RuntimeError(f"fallback is disabled and native sendfile is not supported for transport {transport!r}")
    return await self._sendfile_fallback(transport, file, offset, count)


async def _sendfile_native(self, transp, file, offset, count):
    raise exceptions.SendfileNotAvailableError("sendfile syscall is not supported")


async def _sendfile_fallback(self, transp, file, offset, count):
    sent = 0
    proto = _SendfileFallbackProtocol(transp)
    try:
        async for piece in _pieces(self, file, offset, count, 16384):
            # A transport may keep what it is given, and the buffer is used again.
            transp.write(bytes(piece))
            sent += len(piece)
            await proto.drain()
        return sent
    finally:
        if sent > 0 and hasattr(file, "seek"):
            file.seek(offset + sent)
        await proto.restore()


async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                    ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    """Change a connection to TLS; return the transport to be used from now on."""
    ssl = _ssl_module()
    if ssl is None:
        raise RuntimeError("Python ssl module is not available")
    if not isinstance(sslcontext, ssl.SSLContext):
        raise TypeError(f"sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}")
    if not getattr(transport, "_start_tls_compatible", False):
        raise TypeError(f"transport {transport!r} is not supported by start_tls()")

    from . import sslproto
    waiter = self.create_future()
    ssl_protocol = sslproto.SSLProtocol(
        self, protocol, sslcontext, waiter, server_side, server_hostname,
        ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout,
        call_connection_made=False)
    # No data before the new protocol is in place.
    transport.pause_reading()
    transport.set_protocol(ssl_protocol)
    made = self.call_soon(ssl_protocol.connection_made, transport)
    resumed = self.call_soon(transport.resume_reading)
    try:
        await waiter
    except BaseException:
        transport.close()
        made.cancel()
        resumed.cancel()
        raise
    return ssl_protocol._app_transport
