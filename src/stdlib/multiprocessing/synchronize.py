"""Locks that processes share. A semaphore is a pipe with as many bytes in it as it is free times:
taking it is reading one, releasing it is writing one.

Source: Library Reference "multiprocessing", Synchronization primitives.
"""

import os
import select
import threading
import time

from . import process
from .context import assert_spawning, get_spawning_popen

__all__ = ["Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"]

SEM_VALUE_MAX = 2**31 - 1


class _Owner:
    """Who holds a lock: process and thread, in the process that asks."""

    @staticmethod
    def current():
        return os.getpid(), threading.get_ident()


class SemLock:
    """The pipe of bytes, which a child gets when it is started."""

    _recursive = False

    def __init__(self, value, *, ctx):
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        self._owns = True
        self._held = 0
        self._owner = None
        if value:
            os.write(self._write, b"x" * value)

    def __getstate__(self):
        assert_spawning(self)
        start = get_spawning_popen()
        return start.duplicate_for_child(self._read), start.duplicate_for_child(self._write)

    def __setstate__(self, state):
        self._read, self._write = state
        self._owns = True
        self._held = 0
        self._owner = None

    def __del__(self):
        if getattr(self, "_owns", False):
            self._owns = False
            os.close(self._read)
            os.close(self._write)

    def _take(self, block, timeout):
        end = None if timeout is None else time.monotonic() + max(timeout, 0)
        while True:
            try:
                if os.read(self._read, 1):
                    return True
                return False
            except BlockingIOError:
                if not block:
                    return False
            left = None
            if end is not None:
                left = end - time.monotonic()
                if left <= 0:
                    return False
            # Another process may be faster, so it is only a hint.
            select.select([self._read], [], [], left)

    def acquire(self, block=True, timeout=None):
        """Take it, waiting for it if need be."""
        me = _Owner.current()
        if self._recursive and self._held and self._owner == me:
            self._held += 1
            return True
        if not self._take(block, timeout):
            return False
        self._held += 1
        self._owner = me
        return True

    def release(self):
        """Give it back."""
        if self._recursive:
            if self._owner != _Owner.current() or not self._held:
                raise AssertionError("attempt to release recursive lock not owned by thread")
            self._held -= 1
            if self._held:
                return
            self._owner = None
        else:
            self._check_release()
            self._held = max(self._held - 1, 0)
        os.write(self._write, b"x")

    def _check_release(self):
        pass

    def _free(self):
        """How many times it is free: the bytes in the pipe. They are taken and put back."""
        taken = 0
        while self._take(False, None):
            taken += 1
        if taken:
            os.write(self._write, b"x" * taken)
        return taken

    def get_value(self):
        """How many times it can be taken at the moment."""
        return self._free()

    def __enter__(self):
        self.acquire()
        return True

    def __exit__(self, *args):
        self.release()

    def _is_mine(self):
        return self._held > 0 and self._owner == _Owner.current()

    def _holder(self):
        """The words for who holds it, in reprs."""
        if self._is_mine():
            name = process.current_process().name
            if threading.current_thread().name != "MainThread":
                name += "|" + threading.current_thread().name
            return name
        if self._free():
            return "None"
        return "SomeOtherThread" if self._held else "SomeOtherProcess"


class Semaphore(SemLock):
    def __init__(self, value=1, *, ctx):
        super().__init__(value, ctx=ctx)

    def __repr__(self):
        return f"<{self.__class__.__name__}(value={self.get_value()})>"


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1, *, ctx):
        super().__init__(value, ctx=ctx)
        self._maxvalue = value

    def __getstate__(self):
        return super().__getstate__(), self._maxvalue

    def __setstate__(self, state):
        inner, self._maxvalue = state
        super().__setstate__(inner)

    def _check_release(self):
        if self._free() >= self._maxvalue:
            raise ValueError("semaphore or lock released too many times")

    def __repr__(self):
        return f"<{self.__class__.__name__}(value={self.get_value()}, maxvalue={self._maxvalue})>"


class Lock(SemLock):
    def __init__(self, *, ctx):
        super().__init__(1, ctx=ctx)

    def _check_release(self):
        if self._free():
            raise ValueError("semaphore or lock released too many times")

    def locked(self):
        """Whether somebody holds it."""
        return not self._free()

    def __repr__(self):
        return f"<{self.__class__.__name__}(owner={self._holder()})>"


class RLock(SemLock):
    _recursive = True

    def __init__(self, *, ctx):
        super().__init__(1, ctx=ctx)

    def __repr__(self):
        count = self._held if self._is_mine() else 0
        return f"<{self.__class__.__name__}({self._holder()}, {count})>"


class Condition:
    """A condition variable: a lock, and a semaphore that wakes who waits."""

    def __init__(self, lock=None, *, ctx):
        self._lock = lock or ctx.RLock()
        self._sleeping_count = ctx.Semaphore(0)
        self._woken_count = ctx.Semaphore(0)
        self._wait_semaphore = ctx.Semaphore(0)
        self._make_methods()

    def __getstate__(self):
        assert_spawning(self)
        return self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore

    def __setstate__(self, state):
        self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore = state
        self._make_methods()

    def _make_methods(self):
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<{self.__class__.__name__}({self._lock}, {self._sleeping_count.get_value()})>"

    def wait(self, timeout=None):
        """Let the lock go, wait to be notified, and take the lock again."""
        assert self._lock._is_mine(), "must acquire() condition before using wait()"
        self._sleeping_count.release()
        depth = self._lock._held
        for _ in range(depth):
            self._lock.release()
        try:
            return self._wait_semaphore.acquire(True, timeout)
        finally:
            self._woken_count.release()
            for _ in range(depth):
                self._lock.acquire()

    def notify(self, n=1):
        """Wake up to n of those who wait."""
        assert self._lock._is_mine(), "lock is not owned"
        # Those who gave up waiting are not counted any more.
        while self._woken_count.acquire(False):
            self._sleeping_count.acquire(False)
        sleepers = 0
        while sleepers < n and self._sleeping_count.acquire(False):
            self._wait_semaphore.release()
            sleepers += 1
        for _ in range(sleepers):
            self._woken_count.acquire()
        # What nobody took, because they gave up meanwhile.
        while sleepers and self._wait_semaphore.acquire(False):
            pass

    def notify_all(self):
        """Wake all who wait."""
        self.notify(n=SEM_VALUE_MAX)

    def wait_for(self, predicate, timeout=None):
        """Wait until the predicate holds; gives its last value."""
        end = None if timeout is None else time.monotonic() + timeout
        result = predicate()
        while not result:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class Event:
    """A flag that processes can wait for."""

    def __init__(self, *, ctx):
        self._cond = ctx.Condition(ctx.Lock())
        self._flag = ctx.Semaphore(0)

    def is_set(self):
        with self._cond:
            if self._flag.acquire(False):
                self._flag.release()
                return True
            return False

    def set(self):
        with self._cond:
            self._flag.acquire(False)
            self._flag.release()
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag.acquire(False)

    def wait(self, timeout=None):
        with self._cond:
            if self._flag.acquire(False):
                self._flag.release()
                return True
            self._cond.wait(timeout)
            if self._flag.acquire(False):
                self._flag.release()
                return True
            return False

    def __repr__(self):
        status = "set" if self.is_set() else "unset"
        return f"<{type(self).__qualname__} at {id(self):#x} {status}>"


class Barrier(threading.Barrier):
    """A point that a number of processes reach together."""

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        from .sharedctypes import RawArray

        self.__setstate__((parties, action, timeout, ctx.Condition(), RawArray("i", 2)))
        self._state = 0
        self._count = 0

    def __setstate__(self, state):
        self._parties, self._action, self._timeout, self._cond, self._shared = state

    def __getstate__(self):
        return self._parties, self._action, self._timeout, self._cond, self._shared

    @property
    def _state(self):
        return self._shared[0]

    @_state.setter
    def _state(self, value):
        self._shared[0] = value

    @property
    def _count(self):
        return self._shared[1]

    @_count.setter
    def _count(self, value):
        self._shared[1] = value
