"""Connections: two ends of a pipe, through which objects and bytes go as messages.

A message is its length in four bytes, the highest first, and then its bytes; a length of -1
says that the real one follows in eight bytes.

Source: Library Reference "multiprocessing", Connection objects.
"""

import os
import select

from .context import BufferTooShort, assert_spawning, get_spawning_popen

__all__ = ["Connection", "Pipe", "wait"]

_LARGEST_SHORT = 0x7FFFFFFF


class Connection:
    """One end of a pipe."""

    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError("invalid handle")
        if not readable and not writable:
            raise ValueError("at least one of `readable` and `writable` must be True")
        self._handle = handle
        self._readable = readable
        self._writable = writable

    def __del__(self):
        if self._handle is not None:
            self.close()

    def _check_closed(self):
        if self._handle is None:
            raise OSError("handle is closed")

    def _check_readable(self):
        if not self._readable:
            raise OSError("connection is write-only")

    def _check_writable(self):
        if not self._writable:
            raise OSError("connection is read-only")

    @property
    def closed(self):
        """True if the connection is closed"""
        return self._handle is None

    @property
    def readable(self):
        """True if the connection is readable"""
        return self._readable

    @property
    def writable(self):
        """True if the connection is writable"""
        return self._writable

    def fileno(self):
        """File descriptor or handle of the connection"""
        self._check_closed()
        return self._handle

    def close(self):
        """Close the connection"""
        if self._handle is not None:
            try:
                os.close(self._handle)
            finally:
                self._handle = None

    def _send(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self._handle, view[:65536]) :]

    def _recv(self, size):
        parts, left = [], size
        while left:
            part = os.read(self._handle, min(left, 65536))
            if not part:
                if left == size:
                    raise EOFError
                raise OSError("got end of file during message")
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def _send_bytes(self, data):
        size = len(data)
        if size > _LARGEST_SHORT:
            header = b"\xff\xff\xff\xff" + size.to_bytes(8, "big")
        else:
            header = size.to_bytes(4, "big")
        # One call for small messages: others may write to the same pipe.
        if size <= 16384:
            self._send(header + bytes(data))
        else:
            self._send(header)
            self._send(data)

    def _recv_bytes(self, maxsize=None):
        size = int.from_bytes(self._recv(4), "big", signed=True)
        if size == -1:
            size = int.from_bytes(self._recv(8), "big")
        if maxsize is not None and size > maxsize:
            return None
        return self._recv(size)

    def send_bytes(self, buf, offset=0, size=None):
        """Send the bytes data from a bytes-like object"""
        self._check_closed()
        self._check_writable()
        view = memoryview(buf).cast("B")
        length = len(view)
        if offset < 0:
            raise ValueError("offset is negative")
        if length < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = length - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > length:
            raise ValueError("buffer length < offset + size")
        self._send_bytes(view[offset : offset + size])

    def send(self, obj):
        """Send a (picklable) object"""
        from .reduction import ForkingPickler

        self._check_closed()
        self._check_writable()
        self._send_bytes(bytes(ForkingPickler.dumps(obj)))

    def recv_bytes(self, maxlength=None):
        """Receive bytes data as a bytes object."""
        self._check_closed()
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        data = self._recv_bytes(maxlength)
        if data is None:
            self.close()
            raise OSError("bad message length")
        return data

    def recv_bytes_into(self, buf, offset=0):
        """Receive bytes data into a writeable bytes-like object.
        Return the number of bytes read.
        """
        self._check_closed()
        self._check_readable()
        view = memoryview(buf).cast("B")
        if offset < 0:
            raise ValueError("negative offset")
        if offset > len(view):
            raise ValueError("offset too large")
        data = self._recv_bytes()
        if len(view) < offset + len(data):
            raise BufferTooShort(data)
        view[offset : offset + len(data)] = data
        return len(data)

    def recv(self):
        """Receive a (picklable) object"""
        import pickle

        self._check_closed()
        self._check_readable()
        return pickle.loads(self._recv_bytes())

    def poll(self, timeout=0.0):
        """Whether there is any input available to be read"""
        self._check_closed()
        self._check_readable()
        return bool(wait([self], timeout))

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()

    def __reduce__(self):
        assert_spawning(self)
        fd = get_spawning_popen().duplicate_for_child(self._handle)
        return Connection, (fd, self._readable, self._writable)


def Pipe(duplex=True):
    """
    Returns pair of connection objects at either end of a pipe
    """
    if not duplex:
        read, write = os.pipe()
        return Connection(read, writable=False), Connection(write, readable=False)
    import socket

    one, other = socket.socketpair()
    one.setblocking(True)
    other.setblocking(True)
    return Connection(one.detach()), Connection(other.detach())


def wait(object_list, timeout=None):
    """
    Wait till an object in object_list is ready/readable.

    Returns list of those objects in object_list which are ready/readable.
    """
    by_number = {}
    for each in object_list:
        number = each if isinstance(each, int) else each.fileno()
        by_number.setdefault(number, []).append(each)
    if timeout is not None:
        timeout = max(timeout, 0)
    ready, _, _ = select.select(list(by_number), [], [], timeout)
    return [each for number in ready for each in by_number[number]]
