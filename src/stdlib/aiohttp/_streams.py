"""Bodies of messages as they arrive: what a protocol feeds and a coroutine reads, and how messages are cut out of bytes.

`MessageParser` is given what comes from a connection, in any pieces. It parses heads (natively), finds out how long each body
is, and feeds it to a `StreamReader`. A reader that nobody reads from stops the connection (`pause_reading`) until it is.
Source: RFC 9112, 6 (message bodies).
"""

import asyncio
from collections import deque

from _http import parse_chunk_size

HIGH_WATER = 2 ** 16
MAX_HEAD = 32768


class BadHttpMessage(ValueError):
    """What came is not HTTP."""

    def __init__(self, message, status=400):
        super().__init__(message)
        self.status = status


class StreamReader:
    """The bytes of a body, in the order in which they come."""

    def __init__(self, protocol=None):
        self._protocol = protocol
        self._chunks = deque()
        self._size = 0
        self._eof = False
        self._exception = None
        self._waiter = None
        self._on_eof = []
        self.total_bytes = 0

    def __repr__(self):
        return f"<StreamReader {self._size} bytes{' eof' if self._eof else ''}>"

    # --- the side of the protocol

    def feed_data(self, data):
        if data and not self._eof:
            self._chunks.append(data)
            self._size += len(data)
            self.total_bytes += len(data)
            self._wake()
            if self._size > HIGH_WATER and self._protocol is not None:
                self._protocol.pause_body()

    def feed_eof(self):
        self._eof = True
        self._wake()
        callbacks, self._on_eof = self._on_eof, []
        for callback in callbacks:
            callback()

    def set_exception(self, exception):
        if not self._eof and self._exception is None:
            self._exception = exception
            self._wake()

    def on_eof(self, callback):
        if self._eof:
            callback()
        else:
            self._on_eof.append(callback)

    def _wake(self):
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.done():
                waiter.set_result(None)

    # --- the side of the reader

    def exception(self):
        return self._exception

    def is_eof(self):
        """Return True if 'feed_eof' was called."""
        return self._eof

    def at_eof(self):
        """Return True if the buffer is empty and 'feed_eof' was called."""
        return self._eof and not self._chunks

    async def wait_eof(self):
        while not self._eof:
            await self._wait()

    async def _wait(self):
        if self._exception is not None:
            raise self._exception
        if self._waiter is not None:
            raise RuntimeError("another coroutine is already waiting for incoming data")
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await waiter
        finally:
            self._waiter = None

    def _take(self, count):
        """Up to this many of the bytes that are there."""
        parts = []
        while self._chunks and count:
            chunk = self._chunks.popleft()
            if len(chunk) > count:
                self._chunks.appendleft(chunk[count:])
                chunk = chunk[:count]
            parts.append(chunk)
            count -= len(chunk)
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        self._size -= len(data)
        if self._size <= HIGH_WATER // 2 and self._protocol is not None:
            self._protocol.resume_body()
        return data

    async def _fill(self):
        """Waits for bytes; false at the end."""
        while not self._chunks:
            if self._exception is not None:
                raise self._exception
            if self._eof:
                return False
            await self._wait()
        return True

    async def read(self, n=-1):
        """Up to n bytes; all of them without n."""
        if n == 0:
            return b""
        if n < 0:
            parts = []
            while await self._fill():
                parts.append(self._take(self._size))
            return b"".join(parts)
        return self._take(n) if await self._fill() else b""

    async def readany(self):
        """What is there, after waiting for something."""
        return self._take(self._size) if await self._fill() else b""

    def read_nowait(self, n=-1):
        if self._exception is not None:
            raise self._exception
        return self._take(self._size if n < 0 else n)

    async def readexactly(self, n):
        parts = []
        left = n
        while left:
            part = await self.read(left)
            if not part:
                partial = b"".join(parts)
                raise asyncio.IncompleteReadError(partial, n)
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    async def readuntil(self, separator=b"\n"):
        data = b""
        while await self._fill():
            ahead = data + self._take(self._size)
            end = ahead.find(separator)
            if end >= 0:
                end += len(separator)
                rest = ahead[end:]
                if rest:
                    self._chunks.appendleft(rest)
                    self._size += len(rest)
                return ahead[:end]
            data = ahead
            if len(data) > HIGH_WATER:
                raise ValueError("Chunk too big")
        return data

    async def readline(self):
        return await self.readuntil()

    async def readchunk(self):
        return await self.readany(), True

    # --- iteration

    def __aiter__(self):
        return self._lines()

    async def _lines(self):
        while line := await self.readline():
            yield line

    async def iter_any(self):
        """The data as it comes."""
        while data := await self.readany():
            yield data

    async def iter_chunked(self, n):
        """The data in pieces of at most n bytes."""
        while data := await self.read(n):
            yield data

    async def iter_chunks(self):
        """The data as it comes, with the ends of chunks."""
        while data := await self.readany():
            yield data, True


class EmptyStreamReader(StreamReader):
    """The body of a message without one."""

    def __init__(self):
        super().__init__()
        self._eof = True


EMPTY_PAYLOAD = EmptyStreamReader()


class MessageParser:
    """Cuts messages out of what a connection brings.

    `on_head(head)` is told of each head and gives what the body is: a length, "chunked", "eof" (until the connection ends) or
    None; and the reader to be fed. `upgrade()` ends HTTP on the connection: what follows goes to that function.
    """

    def __init__(self, parse_head, on_head):
        self._parse_head = parse_head
        self._on_head = on_head
        self._buffer = b""
        self._body = None
        self._left = 0
        self._reader = None
        self._upgraded = None

    def upgrade(self, receiver):
        self._upgraded = receiver
        rest, self._buffer = self._buffer, b""
        if rest:
            receiver(rest)

    def feed(self, data):
        if self._upgraded is not None:
            self._upgraded(data)
            return
        self._buffer = self._buffer + data if self._buffer else data
        while self._buffer and self._upgraded is None:
            if not (self._read_head() if self._body is None else self._read_body()):
                return

    def _read_head(self):
        buffer = self._buffer
        # Empty lines before a message are tolerated.
        while buffer[:2] == b"\r\n":
            buffer = buffer[2:]
        try:
            head = self._parse_head(buffer)
        except ValueError as failure:
            raise BadHttpMessage(str(failure)) from None
        if head is None:
            self._buffer = buffer
            if len(buffer) > MAX_HEAD:
                raise BadHttpMessage(f"Got more than {MAX_HEAD} bytes when reading: head of a message")
            return False
        if head[0] > MAX_HEAD:
            raise BadHttpMessage(f"Got more than {MAX_HEAD} bytes when reading: head of a message")
        self._buffer = buffer[head[0]:]
        self._body, self._reader = self._on_head(head)
        if isinstance(self._body, int):
            self._left = self._body
            if self._left == 0:
                self._end()
        elif self._body == "chunked":
            self._left = None
        return True

    def _read_body(self):
        if self._body == "chunked":
            return self._read_chunks()
        buffer = self._buffer
        if self._body == "eof":
            self._buffer = b""
            self._reader.feed_data(buffer)
            return False
        part = buffer[:self._left]
        self._buffer = buffer[self._left:]
        self._left -= len(part)
        self._reader.feed_data(part)
        if self._left == 0:
            self._end()
        return True

    def _read_chunks(self):
        """Feeds what there is of chunks: `_left` is None before a size, negative in the trailer."""
        buffer, at = self._buffer, 0
        while True:
            if self._left is None:
                try:
                    found = parse_chunk_size(buffer, at)
                except ValueError:
                    raise BadHttpMessage("Bad chunk size") from None
                if found is None:
                    if len(buffer) - at > 4096:
                        raise BadHttpMessage("Bad chunk size")
                    break
                at, size = found
                self._left = size + 2 if size else -1
            elif self._left < 0:
                # The trailer: lines up to an empty one.
                end = buffer.find(b"\r\n", at)
                if end < 0:
                    break
                line, at = buffer[at:end], end + 2
                if not line:
                    self._buffer = buffer[at:]
                    self._end()
                    return True
            else:
                part = buffer[at:at + self._left]
                if not part:
                    break
                at += len(part)
                # The last two bytes are the line end after the chunk.
                content = max(0, min(len(part), self._left - 2))
                self._reader.feed_data(part[:content])
                if part[content:] not in (b"", b"\r", b"\n", b"\r\n"):
                    raise BadHttpMessage("Chunk is longer than it says")
                self._left -= len(part)
                if self._left == 0:
                    self._left = None
        self._buffer = buffer[at:]
        return False

    def _end(self):
        reader, self._reader, self._body = self._reader, None, None
        if reader is not EMPTY_PAYLOAD:
            reader.feed_eof()

    def feed_eof(self, exception=None):
        """The connection has ended."""
        if self._reader is not None:
            if self._body == "eof" and exception is None:
                self._end()
            else:
                self._reader.set_exception(exception or ConnectionResetError("Connection lost"))
                self._reader = self._body = None
