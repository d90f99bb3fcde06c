"""Pickling for another process.

Source: Library Reference "multiprocessing", Programming guidelines.
"""

import copyreg
import io
import pickle

__all__ = ["ForkingPickler", "dump", "DupFd", "register"]


class ForkingPickler(pickle.Pickler):
    """The pickler of the package; classes can be registered with it alone."""

    _extra_reducers = {}
    _copyreg_dispatch = copyreg.dispatch_table

    def __init__(self, *args):
        super().__init__(*args)
        self.dispatch_table = {**self._copyreg_dispatch, **self._extra_reducers}

    @classmethod
    def register(cls, type, reduce):
        """Register a reduce function for a type."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        buffer = io.BytesIO()
        cls(buffer, protocol).dump(obj)
        return buffer.getbuffer()

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Replacement for pickle.dump() using ForkingPickler."""
    ForkingPickler(file, protocol).dump(obj)


class DupFd:
    """A descriptor in a process object that is being pickled."""

    def __init__(self, fd):
        from .context import get_spawning_popen

        self.fd = get_spawning_popen().duplicate_for_child(fd)

    def detach(self):
        return self.fd


def send_handle(conn, handle, destination_pid):
    """Send a handle over a local connection: not possible."""
    raise OSError("descriptors cannot be sent to a process that runs")


def recv_handle(conn):
    """Receive a handle over a local connection: not possible."""
    raise OSError("descriptors cannot be received by a process that runs")
