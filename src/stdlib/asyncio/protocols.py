"""What a transport calls: a protocol is the program's half of a connection.

    connection_made, then data as it comes, then connection_lost

and between, when the other side does not read fast enough, pause_writing and resume_writing.
Source: Library Reference "asyncio-protocol".
"""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all protocols have in common; all that it does is nothing."""

    __slots__ = ()

    def connection_made(self, transport):
        """There is a connection; the transport is its other half."""

    def connection_lost(self, exc):
        """The connection is gone; None: it was closed, here or, after an EOF, over there."""

    def pause_writing(self):
        """The buffer of the transport is over its high water mark."""

    def resume_writing(self):
        """The buffer of the transport is at its low water mark again."""


class Protocol(BaseProtocol):
    """For streams of bytes; the bytes come as objects."""

    __slots__ = ()

    def data_received(self, data):
        """Bytes came: at least one, and not necessarily as many as were sent at once."""

    def eof_received(self):
        """The other side sends no more; a false value closes the transport."""


class BufferedProtocol(BaseProtocol):
    """For streams of bytes; the bytes are put into a buffer of the protocol."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """A writable buffer, not empty; the hint is -1 or a recommendation."""

    def buffer_updated(self, nbytes):
        """So many bytes are in the buffer."""

    def eof_received(self):
        """The other side sends no more; a false value closes the transport."""


class DatagramProtocol(BaseProtocol):
    """For datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram came, from this address."""

    def error_received(self, exc):
        """Sending or receiving failed, as the system says."""


class SubprocessProtocol(BaseProtocol):
    """For child processes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child wrote bytes to its descriptor 1 or 2."""

    def pipe_connection_lost(self, fd, exc):
        """A pipe to or from the child is closed."""

    def process_exited(self):
        """The child has ended."""


def _feed_data_to_buffered_proto(proto, data):
    """Hand bytes that are already objects to a protocol that has a buffer."""
    while data:
        buffer = proto.get_buffer(len(data))
        room = len(buffer)
        if not room:
            raise RuntimeError("get_buffer() returned an empty buffer")
        count = min(room, len(data))
        buffer[:count] = data[:count]
        proto.buffer_updated(count)
        data = data[count:]
