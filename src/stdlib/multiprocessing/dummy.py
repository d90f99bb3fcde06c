"""The interface of multiprocessing over threads.

Source: Library Reference "multiprocessing.dummy".
"""

import threading
from queue import Queue
from threading import (
    Barrier,
    BoundedSemaphore,
    Condition,
    Event,
    Lock,
    RLock,
    Semaphore,
    current_thread as current_process,
)

__all__ = [
    "Process", "current_process", "active_children", "freeze_support", "Lock", "RLock", "Semaphore",
    "BoundedSemaphore", "Condition", "Event", "Barrier", "Queue", "Manager", "Pipe", "Pool", "JoinableQueue",
]

JoinableQueue = Queue


class Process(threading.Thread):
    """A thread that answers like a process."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        super().__init__(group, target, name, args, kwargs)
        self._pid = None

    @property
    def exitcode(self):
        if self.ident is not None and not self.is_alive():
            return 0
        return None


def active_children():
    """The threads that were started as processes and run."""
    return [each for each in threading.enumerate() if isinstance(each, Process)]


def freeze_support():
    pass


def Pool(processes=None, initializer=None, initargs=()):
    from .pool import ThreadPool

    return ThreadPool(processes, initializer, initargs)


def Manager():
    import multiprocessing.dummy

    return multiprocessing.dummy


class _End:
    """One end of a pair of queues."""

    def __init__(self, incoming, outgoing):
        self._in = incoming
        self._out = outgoing
        self.send = self.send_bytes = outgoing.put
        self.recv = self.recv_bytes = incoming.get

    def poll(self, timeout=0.0):
        if self._in.qsize() > 0:
            return True
        if timeout <= 0.0:
            return False
        with self._in.not_empty:
            self._in.not_empty.wait(timeout)
        return self._in.qsize() > 0

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


def Pipe(duplex=True):
    one, other = Queue(), Queue()
    return _End(one, other), _End(other, one)
