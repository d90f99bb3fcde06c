"""Buffered files around raw ones that are written in Python, such as the files of a socket.

`io` gives these classes to programs whose raw file is not a file of the system. They are in Python because reading the
raw file is: a thread that waits for a socket in the middle of `readline` is parked there like anywhere else.
Source: Standard Library, "io", "Buffered Streams".
"""

import io
import os
from io import DEFAULT_BUFFER_SIZE, BufferedIOBase, UnsupportedOperation


class _Buffered(BufferedIOBase):
    def __init__(self, raw, buffer_size):
        if buffer_size <= 0:
            raise ValueError("buffer size must be strictly positive")
        self._raw = raw
        self.buffer_size = buffer_size

    @property
    def raw(self):
        return self._raw

    @property
    def closed(self):
        if self._raw is None:
            raise ValueError("raw stream has been detached")
        return self._raw.closed

    @property
    def name(self):
        return self._raw.name

    @property
    def mode(self):
        return self._raw.mode

    def __repr__(self):
        cls = type(self)
        try:
            return f"<{cls.__module__}.{cls.__qualname__} name={self.name!r}>"
        except (AttributeError, ValueError):
            return f"<{cls.__module__}.{cls.__qualname__}>"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")

    def _check(self, doing):
        if self._raw is None:
            raise ValueError("raw stream has been detached")
        if self._raw.closed:
            raise ValueError(f"{doing} closed file")

    def fileno(self):
        return self._raw.fileno()

    def isatty(self):
        return self._raw.isatty()

    def readable(self):
        return self._raw.readable()

    def writable(self):
        return self._raw.writable()

    def seekable(self):
        return self._raw.seekable()

    def detach(self):
        if self._raw is None:
            raise ValueError("raw stream already detached")
        self.flush()
        raw, self._raw = self._raw, None
        return raw

    def flush(self):
        self._check("flush of")
        self._raw.flush()

    def close(self):
        if self._raw is not None and not self._raw.closed:
            try:
                self.flush()
            finally:
                self._raw.close()

    def __del__(self):
        try:
            self.close()
        except Exception:
            pass


class DescriptorIO(io.RawIOBase):
    """A raw file on a descriptor that is no regular file: a pipe, a terminal, a device."""

    __module__ = "_io"
    __qualname__ = "FileIO"

    def __init__(self, fd, mode, closefd):
        self._fd = fd
        self.mode = mode
        self.name = fd
        self.closefd = closefd

    def __repr__(self):
        if self.closed:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>"

    def readable(self):
        self._checkClosed()
        return "r" in self.mode or "+" in self.mode

    def writable(self):
        self._checkClosed()
        return self.mode != "rb"

    def seekable(self):
        self._checkClosed()
        return False

    def fileno(self):
        self._checkClosed()
        return self._fd

    def isatty(self):
        self._checkClosed()
        return os.isatty(self._fd)

    def tell(self):
        return os.lseek(self._fd, 0, 1)

    def read(self, size=-1, /):
        self._checkClosed()
        if size is None or size < 0:
            return self.readall()
        try:
            return os.read(self._fd, size)
        except BlockingIOError:
            return None

    def readall(self):
        parts = []
        while True:
            try:
                part = os.read(self._fd, 65536)
            except BlockingIOError:
                return b"".join(parts) if parts else None
            if not part:
                return b"".join(parts)
            parts.append(part)

    def readinto(self, buffer, /):
        self._checkClosed()
        try:
            return os.readinto(self._fd, buffer)
        except BlockingIOError:
            return None

    def write(self, buffer, /):
        self._checkClosed()
        try:
            return os.write(self._fd, buffer)
        except BlockingIOError:
            return None

    def close(self):
        if not self.closed:
            super().close()
            if self.closefd:
                os.close(self._fd)

    def __del__(self):
        if not self.closed and self.closefd:
            try:
                self.close()
            except OSError:
                pass


class BufferedReader(_Buffered):
    """Create a new buffered reader using the given readable raw IO object."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise UnsupportedOperation("File or stream is not readable.")
        super().__init__(raw, buffer_size)
        self._ahead = b""
        self._at = 0

    def _fill(self):
        """One read of the raw file, appended to what is ahead: how much, None when it would block."""
        room = bytearray(self.buffer_size)
        count = self._raw.readinto(room)
        if count:
            self._ahead = self._ahead[self._at:] + bytes(memoryview(room)[:count])
            self._at = 0
        return count

    def _take(self, count):
        start = self._at
        self._at = min(start + count, len(self._ahead))
        return self._ahead[start:self._at]

    def read(self, size=-1, /):
        """Read and return up to n bytes."""
        self._check("read of")
        if size is None:
            size = -1
        if size < -1:
            raise ValueError("read length must be non-negative or -1")
        parts = [self._take(len(self._ahead) if size < 0 else size)]
        have = len(parts[0])
        while size < 0 or have < size:
            count = self._fill()
            if not count:
                if count is None and not have:
                    return None
                break
            part = self._take(len(self._ahead) if size < 0 else size - have)
            parts.append(part)
            have += len(part)
        return b"".join(parts)

    def read1(self, size=-1, /):
        """Read and return up to n bytes, with at most one read() call to the underlying raw stream."""
        self._check("read of")
        if size < 0:
            size = self.buffer_size
        if size == 0:
            return b""
        if self._at >= len(self._ahead):
            self._fill()
        return self._take(size)

    def peek(self, size=0, /):
        self._check("peek of")
        if self._at >= len(self._ahead):
            self._fill()
        return self._ahead[self._at:]

    def readinto(self, buffer, /):
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        if data is None:
            return None
        view[:len(data)] = data
        return len(data)

    def readinto1(self, buffer, /):
        view = memoryview(buffer).cast("B")
        data = self.read1(len(view))
        view[:len(data)] = data
        return len(data)

    def readline(self, size=-1, /):
        self._check("readline of")
        if size is None:
            size = -1
        searched = 0
        while True:
            start = self._at
            end = self._ahead.find(b"\n", start + searched)
            if end >= 0:
                length = end + 1 - start
                break
            searched = len(self._ahead) - start
            if 0 <= size <= searched or not self._fill():
                length = searched
                break
        return self._take(length if size < 0 else min(length, size))

    def __iter__(self):
        # A generator, so that a thread that waits for a line in a loop is parked like anywhere else.
        self._check("readline of")
        while line := self.readline():
            yield line

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def tell(self):
        return self._raw.tell() - (len(self._ahead) - self._at)

    def seek(self, target, whence=0, /):
        if whence == 1:
            target -= len(self._ahead) - self._at
        self._ahead, self._at = b"", 0
        return self._raw.seek(target, whence)

    def flush(self):
        self._check("flush of")


class BufferedWriter(_Buffered):
    """A buffer for a writeable sequential RawIO object."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise UnsupportedOperation("File or stream is not writable.")
        super().__init__(raw, buffer_size)
        self._behind = bytearray()

    def write(self, buffer, /):
        self._check("write to")
        if isinstance(buffer, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(buffer)
        self._behind += data
        if len(self._behind) > self.buffer_size:
            self._write_out()
        return len(data)

    def _write_out(self):
        while self._behind:
            count = self._raw.write(bytes(self._behind))
            if count is None:
                raise BlockingIOError(11, "write could not complete without blocking", 0)
            del self._behind[:count]

    def flush(self):
        self._check("flush of")
        self._write_out()
        self._raw.flush()

    def tell(self):
        return self._raw.tell() + len(self._behind)

    def seek(self, target, whence=0, /):
        self.flush()
        return self._raw.seek(target, whence)

    def truncate(self, pos=None, /):
        self.flush()
        return self._raw.truncate(self.tell() if pos is None else pos)


class BufferedRandom(BufferedReader):
    """A buffered interface to random access streams: what is written goes out at once."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.seekable():
            raise UnsupportedOperation("File or stream is not seekable.")
        super().__init__(raw, buffer_size)

    def write(self, buffer, /):
        self._check("write to")
        if self._at < len(self._ahead):
            self.seek(0, 1)
        data = bytes(buffer)
        sent = 0
        while sent < len(data):
            sent += self._raw.write(data[sent:]) or 0
        return sent


class TextFile(io.TextIOBase):
    """Text over a buffered file of this module: what `TextIOWrapper` is for files of the system."""

    __module__ = "_io"
    __qualname__ = "TextIOWrapper"
    _CHUNK_SIZE = 8192

    def __init__(self, buffer, mode="r", encoding=None, errors=None, newline=None, line_buffering=False):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        if encoding in (None, "locale"):
            encoding = "UTF-8"
        "".encode(encoding)
        self._buffer = buffer
        self.mode = mode
        self._encoding = encoding
        self._errors = errors or "strict"
        self._newline = newline
        self.line_buffering = line_buffering
        self._text = ""
        self._bytes = b""
        self._ended = False

    @property
    def buffer(self):
        return self._buffer

    @property
    def encoding(self):
        return self._encoding

    @property
    def errors(self):
        return self._errors

    @property
    def newlines(self):
        return None

    @property
    def name(self):
        return self._buffer.name

    @property
    def closed(self):
        return self._buffer.closed

    def __repr__(self):
        try:
            name = f"name={self.name!r} "
        except AttributeError:
            name = ""
        return f"<_io.TextIOWrapper {name}mode={self.mode!r} encoding={self._encoding!r}>"

    def readable(self):
        return self._buffer.readable()

    def writable(self):
        return self._buffer.writable()

    def seekable(self):
        return False

    def fileno(self):
        return self._buffer.fileno()

    def isatty(self):
        return self._buffer.isatty()

    def detach(self):
        self.flush()
        buffer, self._buffer = self._buffer, None
        return buffer

    def flush(self):
        self._buffer.flush()

    def close(self):
        if self._buffer is not None and not self._buffer.closed:
            self._buffer.close()

    def __del__(self):
        try:
            self.close()
        except Exception:
            pass

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        data = text
        if self._newline in ("\r", "\r\n"):
            data = text.replace("\n", self._newline)
        self._buffer.write(data.encode(self._encoding, self._errors))
        if self.line_buffering and ("\n" in text or "\r" in text):
            self.flush()
        return len(text)

    def _more(self):
        """Reads and decodes some more; false at the end."""
        if self._ended:
            return False
        data = self._buffer.read1(self._CHUNK_SIZE)
        if data is None:
            return False
        self._ended = not data
        data = self._bytes + data
        self._bytes = b""
        try:
            text = data.decode(self._encoding, self._errors)
        except UnicodeDecodeError as failure:
            # A character may be cut in two; its rest comes with the next bytes.
            if self._ended or len(data) - failure.start > 8 or failure.end < len(data):
                raise
            text = data[:failure.start].decode(self._encoding, self._errors)
            self._bytes = data[failure.start:]
        if self._newline is None:
            # So may be the end of a line.
            if text.endswith("\r") and not self._ended and not self._bytes:
                text, self._bytes = text[:-1], "\r".encode(self._encoding)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._text += text
        return not self._ended or bool(text)

    def read(self, size=-1, /):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if size is None:
            size = -1
        while (size < 0 or len(self._text) < size) and self._more():
            pass
        end = len(self._text) if size < 0 else size
        text, self._text = self._text[:end], self._text[end:]
        return text

    def _line_end(self, searched):
        """Where the first line of what is there ends; 0 when it does not yet."""
        text = self._text
        if self._newline in (None, "\n"):
            return text.find("\n", searched) + 1
        if self._newline:
            at = text.find(self._newline, max(searched - 1, 0))
            return at + len(self._newline) if at >= 0 else 0
        for at in range(searched, len(text)):
            if text[at] == "\n":
                return at + 1
            if text[at] == "\r" and at + 1 < len(text):
                return at + 2 if text[at + 1] == "\n" else at + 1
        return 0

    def readline(self, size=-1, /):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        searched = 0
        while not (end := self._line_end(searched)):
            searched = max(len(self._text) - 1, 0) if self._newline == "" else len(self._text)
            if 0 <= size <= len(self._text) or not self._more():
                end = self._line_end(searched) or len(self._text)
                break
        if size >= 0:
            end = min(end, size)
        line, self._text = self._text[:end], self._text[end:]
        return line

    def __iter__(self):
        while line := self.readline():
            yield line

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class BufferedRWPair(BufferedIOBase):
    """A buffered reader and writer object together.

    A buffered reader object and buffered writer object put together to form a sequential IO object.
    """

    __module__ = "_io"

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /):
        if not reader.readable():
            raise UnsupportedOperation("File or stream is not readable.")
        if not writer.writable():
            raise UnsupportedOperation("File or stream is not writable.")
        self.reader = io.BufferedReader(reader, buffer_size)
        self.writer = io.BufferedWriter(writer, buffer_size)

    def read(self, size=-1, /):
        return self.reader.read(size)

    def read1(self, size=-1, /):
        return self.reader.read1(size)

    def readline(self, size=-1, /):
        return self.reader.readline(size)

    def readinto(self, buffer, /):
        return self.reader.readinto(buffer)

    def readinto1(self, buffer, /):
        return self.reader.readinto1(buffer)

    def peek(self, size=0, /):
        return self.reader.peek(size)

    def write(self, buffer, /):
        return self.writer.write(buffer)

    def flush(self):
        self.writer.flush()

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def isatty(self):
        return self.writer.isatty() or self.reader.isatty()

    @property
    def closed(self):
        return self.writer.closed

    def __iter__(self):
        return iter(self.reader)

    def fileno(self):
        return self.reader.fileno()

    @property
    def name(self):
        return self.reader.name

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()
