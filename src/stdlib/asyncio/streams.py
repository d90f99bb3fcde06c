"""Streams: connections as a pair of objects to read from and write to, with `await`, in place of callbacks.

`StreamReader` is a buffer with one coroutine waiting in front of it: the protocol feeds it, the transport is paused
while it holds more than twice the limit. `StreamWriter` is the transport with a `drain` that waits while the protocol is
paused. Sources: Library Reference "asyncio-stream"; `loop=`: the same of Python 3.4 to 3.9.
"""

import sys
import warnings
import weakref

from . import coroutines, events, exceptions, protocols
from .log import lazy_logger as logger
from .mixins import _check_loop_argument, _missing, _taking_loop
from .tasks import sleep

__all__ = ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server",
           "open_unix_connection", "start_unix_server")

_DEFAULT_LIMIT = 2 ** 16


def _streams(transport, protocol, reader, loop):
    return reader, StreamWriter(transport, protocol, reader, loop)


@_taking_loop
async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, loop=_missing, **kwds):
    """Connect to a host and port; return (reader, writer).

    `limit` is how long a line may be. The other arguments are those of `loop.create_connection`.
    """
    loop = _check_loop_argument(loop) or events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_connection(lambda: protocol, host, port, **kwds)
    return _streams(transport, protocol, reader, loop)


def _accepting(client_connected_cb, limit, loop):
    def factory():
        return StreamReaderProtocol(StreamReader(limit=limit, loop=loop), client_connected_cb, loop=loop)
    return factory


@_taking_loop
async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, loop=_missing, **kwds):
    """Call client_connected_cb(reader, writer) for each connection, as a task if it is a coroutine; return a server.

    The other arguments are those of `loop.create_server`.
    """
    loop = _check_loop_argument(loop) or events.get_running_loop()
    return await loop.create_server(_accepting(client_connected_cb, limit, loop), host, port, **kwds)


@_taking_loop
async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, loop=_missing, **kwds):
    """As `open_connection`, to a Unix socket."""
    loop = _check_loop_argument(loop) or events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_unix_connection(lambda: protocol, path, **kwds)
    return _streams(transport, protocol, reader, loop)


@_taking_loop
async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, loop=_missing, **kwds):
    """As `start_server`, for a Unix socket."""
    loop = _check_loop_argument(loop) or events.get_running_loop()
    return await loop.create_unix_server(_accepting(client_connected_cb, limit, loop), path, **kwds)


class FlowControlMixin(protocols.Protocol):
    """A protocol that knows whether its transport wants a pause, for `drain`."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = False
        self._drain_waiters = []
        self._connection_lost = False

    def pause_writing(self):
        assert not self._paused
        self._paused = True
        if self._loop.get_debug():
            logger.debug("%r pauses writing", self)

    def resume_writing(self):
        assert self._paused
        self._paused = False
        if self._loop.get_debug():
            logger.debug("%r resumes writing", self)
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_result(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if not self._paused:
            return
        for waiter in self._drain_waiters:
            if not waiter.done():
                if exc is None:
                    waiter.set_result(None)
                else:
                    waiter.set_exception(exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError("Connection lost")
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin):
    """The protocol that feeds a reader.

    For a server's connection it makes the writer and calls the callback. Until then it holds the reader, which nobody
    else does; afterwards only weakly, so that a connection whose streams were dropped is dropped too.
    """

    _source_traceback = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        self._stream_reader_wr = None
        self._strong_reader = None
        if stream_reader is not None:
            self._stream_reader_wr = weakref.ref(stream_reader)
            self._source_traceback = stream_reader._source_traceback
        if client_connected_cb is not None:
            self._strong_reader = stream_reader
        self._client_connected_cb = client_connected_cb
        self._reject_connection = False
        self._task = None
        self._transport = None
        self._over_ssl = False
        self._closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return None if self._stream_reader_wr is None else self._stream_reader_wr()

    def _replace_transport(self, transport):
        """For `start_tls`."""
        self._transport = transport
        self._over_ssl = transport.get_extra_info("sslcontext") is not None

    def connection_made(self, transport):
        if self._reject_connection:
            context = {"message": "An open stream was garbage collected prior to establishing network connection; "
                                  "call \"stream.close()\" explicitly."}
            if self._source_traceback:
                context["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(context)
            transport.abort()
            return
        self._transport = transport
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        self._over_ssl = transport.get_extra_info("sslcontext") is not None
        if self._client_connected_cb is None:
            return

        # Held only by the callback: dropping it is how a careless one loses the connection.
        result = self._client_connected_cb(reader, StreamWriter(transport, self, reader, self._loop))
        if coroutines.iscoroutine(result):
            def callback(task):
                if task.cancelled():
                    transport.close()
                    return
                exception = task.exception()
                if exception is not None:
                    self._loop.call_exception_handler({
                        "message": "Unhandled exception in client_connected_cb",
                        "exception": exception,
                        "transport": transport,
                    })
                    transport.close()

            # The loop holds tasks only weakly.
            self._task = self._loop.create_task(result)
            self._task.add_done_callback(callback)
        self._strong_reader = None

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not self._closed.done():
            if exc is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(exc)
        super().connection_lost(exc)
        self._stream_reader_wr = None
        self._task = None
        self._transport = None

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        # With TLS, keeping the connection half open is not possible.
        return not self._over_ssl

    def _get_close_waiter(self, stream):
        return self._closed

    def __del__(self):
        # Whatever happened to the connection, nobody can ask any more.
        try:
            closed = self._closed
        except AttributeError:
            # __init__ failed.
            return
        if closed.done() and not closed.cancelled():
            closed.exception()


class StreamWriter:
    """The writing half of a connection."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport = transport
        self._protocol = protocol
        assert reader is None or isinstance(reader, StreamReader)
        self._reader = reader
        self._loop = loop
        # Awaited by drain() when nothing is to be drained: the other tasks get their turn.
        self._complete_fut = loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        reader = "" if self._reader is None else f" reader={self._reader!r}"
        return f"<{type(self).__name__} transport={self._transport!r}{reader}>"

    @property
    def transport(self):
        return self._transport

    def write(self, data):
        """Send bytes; follow it by `await writer.drain()`."""
        self._transport.write(data)

    def writelines(self, data):
        """Send a list of bytes objects."""
        self._transport.writelines(data)

    def write_eof(self):
        """Say that there is no more to come."""
        return self._transport.write_eof()

    def can_write_eof(self):
        """Whether `write_eof` works."""
        return self._transport.can_write_eof()

    def close(self):
        """Close the connection when all is sent."""
        return self._transport.close()

    def is_closing(self):
        """Whether it is closed or about to be."""
        return self._transport.is_closing()

    async def wait_closed(self):
        """Wait until the connection is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        """What is known of the connection: "peername" and so on."""
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Wait until there is room for more.

            writer.write(data)
            await writer.drain()
        """
        if self._reader is not None:
            exception = self._reader.exception()
            if exception is not None:
                raise exception
        if self._transport.is_closing():
            # The protocol hears of the end in the next turn of the loop; a writer in a loop of its own shall too.
            await sleep(0)
        await self._protocol._drain_helper()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None):
        """Change the connection to TLS."""
        server_side = self._protocol._client_connected_cb is not None
        protocol = self._protocol
        await self.drain()
        transport = await self._loop.start_tls(
            self._transport, protocol, sslcontext, server_side=server_side, server_hostname=server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        self._transport = transport
        protocol._replace_transport(transport)

    def __del__(self):
        if not self._transport.is_closing():
            if self._loop.is_closed():
                warnings.warn("loop is closed", ResourceWarning)
            else:
                self.close()
                warnings.warn(f"unclosed {self!r}", ResourceWarning)


class StreamReader:
    """The reading half of a connection: a buffer that is fed by the protocol."""

    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        # Twice the limit pauses the transport.
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit = limit
        self._loop = events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        # No more bytes will come.
        self._eof = False
        # The future of the one coroutine that waits for bytes.
        self._waiter = None
        self._exception = None
        self._transport = None
        self._paused = False
        if self._loop.get_debug():
            from . import format_helpers
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        text = "<StreamReader"
        if self._buffer:
            text += f" {len(self._buffer)} bytes"
        if self._eof:
            text += " eof"
        if self._limit != _DEFAULT_LIMIT:
            text += f" limit={self._limit}"
        if self._waiter:
            text += f" waiter={self._waiter!r}"
        if self._exception:
            text += f" exception={self._exception!r}"
        if self._transport:
            text += f" transport={self._transport!r}"
        if self._paused:
            text += " paused"
        return text + ">"

    def exception(self):
        """What ended the connection, or None."""
        return self._exception

    def set_exception(self, exc):
        """Let all reading raise this."""
        self._exception = exc
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.cancelled():
                waiter.set_exception(exc)

    def _wakeup_waiter(self):
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.cancelled():
                waiter.set_result(None)

    def set_transport(self, transport):
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def feed_eof(self):
        """No more bytes will come."""
        self._eof = True
        self._wakeup_waiter()

    def at_eof(self):
        """Whether all is read and no more will come."""
        return self._eof and not self._buffer

    def feed_data(self, data):
        """Bytes came."""
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        self._buffer.extend(data)
        self._wakeup_waiter()
        if self._transport is not None and not self._paused and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                # A transport that cannot be paused: memory has to do.
                self._transport = None
            else:
                self._paused = True

    async def _wait_for_data(self, func_name):
        """Wait for bytes or the end."""
        if self._waiter is not None:
            # Two coroutines that read from one stream would each get some of the bytes.
            raise RuntimeError(f"{func_name}() called while another coroutine is already waiting for incoming data")
        assert not self._eof, "_wait_for_data after EOF"
        if self._paused:
            # The buffer is full and not enough: without more bytes this would wait for ever.
            self._paused = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    async def readline(self):
        """The bytes up to and with the next newline; at the end what is left, or nothing."""
        separator = b"\n"
        try:
            return await self.readuntil(separator)
        except exceptions.IncompleteReadError as exc:
            return exc.partial
        except exceptions.LimitOverrunError as exc:
            # A line that is too long is thrown away, as far as it has come.
            if self._buffer.startswith(separator, exc.consumed):
                del self._buffer[:exc.consumed + len(separator)]
            else:
                self._buffer.clear()
            self._maybe_resume_transport()
            raise ValueError(exc.args[0])

    async def readuntil(self, separator=b"\n"):
        """The bytes up to and with the separator, or with the one found first of a tuple of separators.

        At the end without one: IncompleteReadError, and the bytes are in its `partial`. When it is further away than
        the limit: LimitOverrunError, and the bytes stay in the buffer.
        """
        if isinstance(separator, tuple):
            # The shortest first: of those that end at the same place it is the one to find.
            separator = sorted(separator, key=len)
        else:
            separator = [separator]
        if not separator:
            raise ValueError("Separator should contain at least one element")
        shortest = len(separator[0])
        longest = len(separator[-1])
        if shortest == 0:
            raise ValueError("Separator should be at least one-byte string")
        if self._exception is not None:
            raise self._exception

        # Up to here there is no separator.
        offset = 0
        while True:
            have = len(self._buffer)
            if have - offset >= shortest:
                begin = end = None
                for one in separator:
                    at = self._buffer.find(one, offset)
                    # The one that ends first.
                    if at != -1 and (end is None or at + len(one) < end):
                        begin, end = at, at + len(one)
                if end is not None:
                    break
                # The last bytes may be the beginning of a separator.
                offset = max(0, have + 1 - longest)
                if offset > self._limit:
                    raise exceptions.LimitOverrunError("Separator is not found, and chunk exceed the limit", offset)
            if self._eof:
                rest = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(rest, None)
            await self._wait_for_data("readuntil")

        if begin > self._limit:
            raise exceptions.LimitOverrunError("Separator is found, but chunk is longer than limit", begin)
        return self._take(end)

    def _take(self, count):
        data = bytes(memoryview(self._buffer)[:count])
        del self._buffer[:count]
        self._maybe_resume_transport()
        return data

    async def read(self, n=-1):
        """Up to n bytes, as soon as there are any; without n all up to the end."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        if n < 0:
            # The transport may pause: what is there is taken out again and again.
            blocks = []
            while True:
                block = await self.read(self._limit)
                if not block:
                    break
                blocks.append(block)
            return b"".join(blocks)
        if not self._buffer and not self._eof:
            await self._wait_for_data("read")
        return self._take(n)

    async def readexactly(self, n):
        """So many bytes; IncompleteReadError when there are not that many."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        while len(self._buffer) < n:
            if self._eof:
                rest = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(rest, n)
            await self._wait_for_data("readexactly")
        return self._take(n)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line == b"":
            raise StopAsyncIteration
        return line
