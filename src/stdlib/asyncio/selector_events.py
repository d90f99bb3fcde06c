"""The event loop over sockets: what is to be called when a descriptor is ready.

A loop made without a selector is told by the runtime itself, whose scheduler waits for descriptors and for time at one
place (`_asyncio.BaseLoop`). A loop made with one asks it in each turn, as every loop of CPython does: then the selector's
keys carry a pair of handles, for reading and for writing. Source: Library Reference "asyncio-eventloop".
"""

import sys

from . import base_events, events
from .base_events import _Elsewhere
from .log import lazy_logger as logger

__all__ = ("BaseSelectorEventLoop",)

# Of module `selectors`, which the runtime's own loop can do without.
_EVENT_READ = 1
_EVENT_WRITE = 2


def _test_selector_event(selector, fd, event):
    """Whether the selector waits for this event of this descriptor."""
    try:
        key = selector.get_key(fd)
    except KeyError:
        return False
    return bool(key.events & event)


def _is_watched(loop, fd, event):
    """Whether the loop waits for this event of this descriptor: for reprs."""
    selector = getattr(loop, "_selector", None)
    if selector is None:
        return (fd, event) in getattr(loop, "_watched", ())
    return _test_selector_event(selector, fd, event)


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """A loop over what `selectors` can wait for."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selector
        # Without a selector: the pairs of descriptor and event that are watched.
        self._watched = set()
        self._ssock = self._csock = None
        # Descriptors that have a transport, which nobody else may watch.
        self._transports = {}
        if selector is not None:
            logger.debug("Using selector: %s", type(selector).__name__)
            self._make_self_pipe()
        elif "logging" in sys.modules:
            # The runtime waits as this selector would; without `logging` nobody reads about it.
            logger.debug("Using selector: %s", "EpollSelector" if sys.platform == "linux" else "KqueueSelector")

    def close(self):
        """Close the loop, and its selector."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        if self._csock is not None:
            self._close_self_pipe()
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

    # The self-pipe: writing to it, from another thread or a signal handler, ends the selector's wait.

    def _make_self_pipe(self):
        import socket
        self._ssock, self._csock = socket.socketpair()
        self._ssock.setblocking(False)
        self._csock.setblocking(False)
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def _close_self_pipe(self):
        self._remove_reader(self._ssock.fileno())
        self._ssock.close()
        self._ssock = None
        self._csock.close()
        self._csock = None
        self._internal_fds -= 1

    def _process_self_data(self, data):
        pass

    def _read_from_self(self):
        while True:
            try:
                data = self._ssock.recv(4096)
                if not data:
                    break
                self._process_self_data(data)
            except InterruptedError:
                continue
            except BlockingIOError:
                break

    def _write_to_self(self):
        if self._selector is None and self._csock is None:
            self._wake()
            return
        pipe = self._csock
        # Another thread may call while the loop closes.
        if pipe is None:
            return
        try:
            pipe.send(b"\0")
        except OSError:
            if self.get_debug():
                logger.debug("Fail to write a null byte into the self-pipe socket", exc_info=True)

    # Readiness.

    def _process_events(self, event_list):
        for key, mask in event_list:
            reader, writer = key.data
            if mask & _EVENT_READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key.fileobj)
                else:
                    self._add_callback(reader)
            if mask & _EVENT_WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key.fileobj)
                else:
                    self._add_callback(writer)

    def _watch(self, fd, event, handle):
        """Have a handle put among the ready ones at each event of this kind; return the one before it."""
        key = self._selector.get_map().get(fd)
        if key is None:
            self._selector.register(fd, event, (handle, None) if event == _EVENT_READ else (None, handle))
            return None
        reader, writer = key.data
        if event == _EVENT_READ:
            before, data = reader, (handle, writer)
        else:
            before, data = writer, (reader, handle)
        self._selector.modify(fd, key.events | event, data)
        return before

    def _unwatch(self, fd, event):
        """Undo this; return whether there was a handle."""
        key = self._selector.get_map().get(fd)
        if key is None:
            return False
        reader, writer = key.data
        mask = key.events & ~event
        if not mask:
            self._selector.unregister(fd)
        else:
            self._selector.modify(fd, mask, (None, writer) if event == _EVENT_READ else (reader, None))
        handle = reader if event == _EVENT_READ else writer
        if handle is None:
            return False
        handle.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        self._check_closed()
        if self._selector is None:
            self._watched.add((fd, _EVENT_READ))
            return super()._add_reader(fd, callback, *args)
        handle = events.Handle(callback, args, self, None)
        before = self._watch(fd, _EVENT_READ, handle)
        if before is not None:
            before.cancel()
        return handle

    def _remove_reader(self, fd):
        if self.is_closed():
            return False
        if self._selector is None:
            self._watched.discard((fd, _EVENT_READ))
            return super()._remove_reader(fd)
        return self._unwatch(fd, _EVENT_READ)

    def _add_writer(self, fd, callback, *args):
        self._check_closed()
        if self._selector is None:
            self._watched.add((fd, _EVENT_WRITE))
            return super()._add_writer(fd, callback, *args)
        handle = events.Handle(callback, args, self, None)
        before = self._watch(fd, _EVENT_WRITE, handle)
        if before is not None:
            before.cancel()
        return handle

    def _remove_writer(self, fd):
        if self.is_closed():
            return False
        if self._selector is None:
            self._watched.discard((fd, _EVENT_WRITE))
            return super()._remove_writer(fd)
        return self._unwatch(fd, _EVENT_WRITE)

    def _ensure_fd_no_transport(self, fd):
        fileno = fd
        if not isinstance(fileno, int):
            try:
                fileno = int(fileno.fileno())
            except (AttributeError, TypeError, ValueError):
                # What selectors say of such an object.
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(fileno)
        if transport and not transport.is_closing():
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {transport!r}")

    def add_reader(self, fd, callback, *args):
        """Call this whenever the descriptor can be read."""
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        """Undo `add_reader`; return whether there was anything to undo."""
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        """Call this whenever the descriptor can be written."""
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        """Undo `add_writer`; return whether there was anything to undo."""
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    # Elsewhere.

    sock_recv = _Elsewhere("_selector_sockets")
    sock_recv_into = _Elsewhere("_selector_sockets")
    sock_recvfrom = _Elsewhere("_selector_sockets")
    sock_recvfrom_into = _Elsewhere("_selector_sockets")
    sock_sendall = _Elsewhere("_selector_sockets")
    sock_sendto = _Elsewhere("_selector_sockets")
    sock_connect = _Elsewhere("_selector_sockets")
    sock_accept = _Elsewhere("_selector_sockets")
    _sock_read_done = _Elsewhere("_selector_sockets")
    _sock_write_done = _Elsewhere("_selector_sockets")
    _sock_recv = _Elsewhere("_selector_sockets")
    _sock_recv_into = _Elsewhere("_selector_sockets")
    _sock_recvfrom = _Elsewhere("_selector_sockets")
    _sock_recvfrom_into = _Elsewhere("_selector_sockets")
    _sock_sendall = _Elsewhere("_selector_sockets")
    _sock_sendto = _Elsewhere("_selector_sockets")
    _sock_connect = _Elsewhere("_selector_sockets")
    _sock_connect_cb = _Elsewhere("_selector_sockets")
    _sock_accept = _Elsewhere("_selector_sockets")

    _make_socket_transport = _Elsewhere("_selector_transports")
    _make_ssl_transport = _Elsewhere("_selector_transports")
    _make_datagram_transport = _Elsewhere("_selector_transports")
    _start_serving = _Elsewhere("_selector_transports")
    _accept_connection = _Elsewhere("_selector_transports")
    _accept_connection2 = _Elsewhere("_selector_transports")
    _stop_serving = _Elsewhere("_selector_transports")
    _sendfile_native = _Elsewhere("_selector_transports")


def __getattr__(name):
    if name in ("_SelectorTransport", "_SelectorSocketTransport", "_SelectorDatagramTransport", "_HAS_SENDMSG"):
        from . import _selector_transports
        return getattr(_selector_transports, name)
    if name in ("socket", "selectors", "ssl"):
        return __import__(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
