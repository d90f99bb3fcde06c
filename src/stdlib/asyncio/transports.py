"""What a protocol calls: a transport is the loop's half of a connection.

`write` never blocks: what the system does not take at once is kept in a buffer. So that the buffer cannot grow without
end, it has two marks: above the high one the protocol is asked to pause, at the low one to go on.
Source: Library Reference "asyncio-protocol", Transports.
"""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport",
           "SubprocessTransport")


class BaseTransport:
    """What all transports have in common."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What is known of the connection: "peername", "socket", "sockname", "subprocess", "pipe", "sslcontext"..."""
        return self._extra.get(name, default)

    def is_closing(self):
        """Whether it is closed or about to be."""
        raise NotImplementedError

    def close(self):
        """Send what is in the buffer, and close."""
        raise NotImplementedError

    def set_protocol(self, protocol):
        """Let another protocol take over."""
        raise NotImplementedError

    def get_protocol(self):
        """The protocol."""
        raise NotImplementedError


class ReadTransport(BaseTransport):
    """A transport that reads."""

    __slots__ = ()

    def is_reading(self):
        """Whether it is not paused."""
        raise NotImplementedError

    def pause_reading(self):
        """Give no data to the protocol until `resume_reading`."""
        raise NotImplementedError

    def resume_reading(self):
        """Go on reading."""
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """A transport that writes."""

    __slots__ = ()

    def set_write_buffer_limits(self, high=None, low=None):
        """Set the marks, in bytes; None: a value derived from the other one, or the default."""
        raise NotImplementedError

    def get_write_buffer_size(self):
        """How many bytes wait to be sent."""
        raise NotImplementedError

    def get_write_buffer_limits(self):
        """The marks, as (low, high)."""
        raise NotImplementedError

    def write(self, data):
        """Send bytes; does not wait."""
        raise NotImplementedError

    def writelines(self, list_of_data):
        """Send a list of bytes objects."""
        self.write(b"".join(list_of_data))

    def write_eof(self):
        """Send what is in the buffer, and then say that there is no more; receiving goes on."""
        raise NotImplementedError

    def can_write_eof(self):
        """Whether `write_eof` works."""
        raise NotImplementedError

    def abort(self):
        """Close, and drop what is not sent."""
        raise NotImplementedError


class Transport(ReadTransport, WriteTransport):
    """A transport that reads and writes: of a connection."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """A transport of datagrams."""

    __slots__ = ()

    def sendto(self, data, addr=None):
        """Send a datagram, to this address or to that which the endpoint was made with."""
        raise NotImplementedError

    def abort(self):
        """Close, and drop what is not sent."""
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """A child process."""

    __slots__ = ()

    def get_pid(self):
        """Its process id."""
        raise NotImplementedError

    def get_returncode(self):
        """How it ended, or None; see `subprocess.Popen.returncode`."""
        raise NotImplementedError

    def get_pipe_transport(self, fd):
        """The transport of its descriptor 0, 1 or 2, or None."""
        raise NotImplementedError

    def send_signal(self, signal):
        """Send it a signal."""
        raise NotImplementedError

    def terminate(self):
        """Ask it to end (SIGTERM)."""
        raise NotImplementedError

    def kill(self):
        """End it (SIGKILL)."""
        raise NotImplementedError


class _FlowControlMixin(Transport):
    """The marks of a buffer: pauses and resumes the protocol."""

    __slots__ = ("_loop", "_protocol_paused", "_high_water", "_low_water")

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        assert loop is not None
        self._loop = loop
        self._protocol_paused = False
        self._set_write_buffer_limits()

    def _maybe_pause_protocol(self):
        if self.get_write_buffer_size() > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._tell_protocol("pause_writing")

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell_protocol("resume_writing")

    def _tell_protocol(self, what):
        try:
            getattr(self._protocol, what)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                "message": f"protocol.{what}() failed",
                "exception": exc,
                "transport": self,
                "protocol": self._protocol,
            })

    def get_write_buffer_limits(self):
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        self._low_water, self._high_water = _water_marks(high, low, 64)

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_write_buffer_limits(high, low)
        self._maybe_pause_protocol()

    def get_write_buffer_size(self):
        raise NotImplementedError


def _water_marks(high, low, kibibytes):
    """Both marks where one or none is given: the low one is a quarter of the high one."""
    if high is None:
        high = 1024 * kibibytes if low is None else 4 * low
    if low is None:
        low = high // 4
    if not high >= low >= 0:
        raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
    return low, high
