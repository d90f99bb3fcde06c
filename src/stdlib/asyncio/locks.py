"""Lock, Event, Condition, Semaphore, Barrier: how tasks wait for each other.

All are the same idea: who must wait puts a future into a queue and awaits it; who lets go sets the result of the first
future that is not done. The care is in the moments between: a task whose future has its result has not run yet. It may
be cancelled just then, and must hand on what it was given; or another task may come by and must not overtake those that
wait. None of this needs the locks of threads: between two `await` nobody else runs.
Sources: Library Reference "asyncio-sync"; `with (yield from lock)`: the same of Python 3.4 to 3.8.
"""

from _asyncio import _acquire_at_once, _lock_acquire, _lock_release, _new_waiter, _semaphore_acquire
from _collections import deque

import _eras

from . import exceptions, mixins
from .mixins import _making_loop, _missing

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")


class _Held:
    """What `await lock` gave before Python 3.9: a context manager that only releases."""

    def __init__(self, lock):
        self._lock = lock

    def __enter__(self):
        # As of an `as` clause: there is nothing to be given.
        return None

    def __exit__(self, *exc):
        self._lock.release()


class _ContextManagerMixin:
    async def __aenter__(self):
        if not _acquire_at_once(self):
            await self.acquire()
        # Nothing: what would one do with the lock inside?
        return None

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


def _allow_plain_with(cls):
    """Let instances be used as `with (yield from lock):` and `with await lock:`, as until Python 3.8."""
    if not _eras.has("with await asyncio.Lock()"):
        return cls

    def __await__(self):
        _eras.warn("with await asyncio.Lock()")
        yield from self.acquire().__await__()
        return _Held(self)

    def __iter__(self):
        _eras.warn("with (yield from asyncio.Lock())")
        yield from self.acquire().__await__()
        return _Held(self)

    def __enter__(self):
        raise RuntimeError('"yield from" should be used as context manager expression')

    def __exit__(self, *args):
        """Never reached: there to be told by `with` what is missing."""

    cls.__await__, cls.__iter__ = __await__, __iter__
    if _eras.version() < 9:
        cls.__enter__, cls.__exit__ = __enter__, __exit__
    return cls


def _described(lock, extra):
    """The repr of an object with what is known about it in brackets."""
    if getattr(lock, "_waiters", None):
        extra = f"{extra}, waiters:{len(lock._waiters)}"
    return f"<{object.__repr__(lock)[1:-1]} [{extra}]>"


@_allow_plain_with
class Lock(_ContextManagerMixin, mixins._LoopBoundMixin):
    """One task at a time; those that wait get it in the order in which they came."""

    @_making_loop
    def __init__(self, *, loop=_missing):
        self._waiters = None
        self._locked = False
        self._bind(loop)

    def __repr__(self):
        return _described(self, "locked" if self._locked else "unlocked")

    def locked(self):
        """Whether somebody holds the lock."""
        return self._locked

    async def acquire(self):
        """Wait until the lock is free, and take it."""
        waiter = _lock_acquire(self)
        if waiter is True:
            return True
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except exceptions.CancelledError:
            # Perhaps it was just given to this task.
            if not self._locked:
                self._wake_up_first()
            raise
        assert not self._locked
        self._locked = True
        return True

    def release(self):
        """Let the lock go, to the first that waits."""
        _lock_release(self)

    def _wake_up_first(self):
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(True)


class Event(mixins._LoopBoundMixin):
    """A flag that tasks wait for."""

    @_making_loop
    def __init__(self, *, loop=_missing):
        self._waiters = deque()
        self._value = False
        self._bind(loop)

    def __repr__(self):
        return _described(self, "set" if self._value else "unset")

    def is_set(self):
        """Whether the flag is set."""
        return self._value

    def set(self):
        """Set the flag: all who wait go on, and later ones do not wait."""
        if not self._value:
            self._value = True
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(True)

    def clear(self):
        """Unset the flag."""
        self._value = False

    async def wait(self):
        """Wait until the flag is set."""
        if self._value:
            return True
        waiter = _new_waiter(self)
        try:
            await waiter
            return True
        finally:
            self._waiters.remove(waiter)


@_allow_plain_with
class Condition(_ContextManagerMixin, mixins._LoopBoundMixin):
    """A lock whose holder can wait for a change, letting go of the lock meanwhile."""

    @_making_loop
    def __init__(self, lock=None, *, loop=_missing):
        self._bind(loop)
        if lock is None:
            lock = Lock()
        self._lock = lock
        self.locked = lock.locked
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = deque()

    def __repr__(self):
        return _described(self, "locked" if self.locked() else "unlocked")

    async def wait(self):
        """Let go of the lock, wait to be notified, and take the lock again."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = self._get_loop().create_future()
        self.release()
        try:
            try:
                self._waiters.append(waiter)
                try:
                    await waiter
                    return True
                finally:
                    self._waiters.remove(waiter)
            finally:
                # The caller releases the lock, whatever happens: it must be held again, and cancelling has to wait.
                cancelled = None
                while True:
                    try:
                        await self.acquire()
                        break
                    except exceptions.CancelledError as exc:
                        cancelled = exc
                if cancelled is not None:
                    try:
                        raise cancelled
                    finally:
                        # No cycle of exception and frame.
                        cancelled = None
        except BaseException:
            # Notified, and unable to make use of it: the next one shall.
            self._notify(1)
            raise

    async def wait_for(self, predicate):
        """Wait until the predicate is true; return its value."""
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result

    def notify(self, n=1):
        """Wake so many of those that wait; they go on when the lock is released."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._notify(n)

    def _notify(self, n):
        for waiter in self._waiters:
            if n <= 0:
                break
            if not waiter.done():
                n -= 1
                waiter.set_result(False)

    def notify_all(self):
        """Wake all that wait."""
        self.notify(len(self._waiters))


@_allow_plain_with
class Semaphore(_ContextManagerMixin, mixins._LoopBoundMixin):
    """So many tasks at a time."""

    @_making_loop
    def __init__(self, value=1, *, loop=_missing):
        self._bind(loop)
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._waiters = None
        self._value = value

    def __repr__(self):
        return _described(self, "locked" if self.locked() else f"unlocked, value:{self._value}")

    def locked(self):
        """Whether `acquire` would have to wait: nothing left, or others wait already."""
        return self._value == 0 or any(not waiter.cancelled() for waiter in self._waiters or ())

    async def acquire(self):
        """Wait until the number is above 0, and take one from it."""
        waiter = _semaphore_acquire(self)
        if waiter is True:
            return True
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except exceptions.CancelledError:
            if waiter.done() and not waiter.cancelled():
                # Given one, and cancelled before it could run.
                self._value += 1
            raise
        finally:
            # Those released since may be enough for more than one.
            while self._value > 0 and self._wake_up_next():
                pass
        return True

    def release(self):
        """Add one, for the first that waits."""
        self._value += 1
        self._wake_up_next()

    def _wake_up_next(self):
        """Give one to the first that waits; whether there was any."""
        for waiter in self._waiters or ():
            if not waiter.done():
                # Taken here already, so that nobody comes in between.
                self._value -= 1
                waiter.set_result(True)
                return True
        return False


class BoundedSemaphore(Semaphore):
    """A semaphore that cannot be released more often than acquired."""

    @_making_loop
    def __init__(self, value=1, *, loop=_missing):
        self._bound_value = value
        if loop is _missing:
            super().__init__(value)
        else:
            super().__init__(value, loop=loop)

    def release(self):
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class _BarrierState:
    """The states of a barrier, by the names that its repr shows."""

    # Tasks arrive and wait.
    FILLING = "filling"
    # All have arrived and leave, one after the other; nobody may come in.
    DRAINING = "draining"
    # Somebody called reset(): those that wait leave with an exception.
    RESETTING = "resetting"
    BROKEN = "broken"


class Barrier(mixins._LoopBoundMixin):
    """A point that so many tasks must reach before any goes on.

    All have to leave before it can fill again: otherwise a quick task could come round and be counted twice.
    """

    @_making_loop
    def __init__(self, parties, *, loop=_missing):
        self._bind(loop)
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition()
        self._parties = parties
        self._state = _BarrierState.FILLING
        self._count = 0

    def __repr__(self):
        if self.broken:
            return _described(self, self._state)
        return _described(self, f"{self._state}, waiters:{self.n_waiting}/{self.parties}")

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *args):
        pass

    async def wait(self):
        """Wait for the others; return a number below `parties`, a different one for each."""
        async with self._cond:
            await self._cond.wait_for(self._is_open)
            if self._state == _BarrierState.BROKEN:
                raise exceptions.BrokenBarrierError("Barrier aborted")
            index = self._count
            self._count += 1
            try:
                if self._count == self._parties:
                    self._state = _BarrierState.DRAINING
                    self._cond.notify_all()
                else:
                    await self._cond.wait_for(self._is_released)
                    if self._state in (_BarrierState.BROKEN, _BarrierState.RESETTING):
                        raise exceptions.BrokenBarrierError("Abort or reset of barrier")
                return index
            finally:
                self._count -= 1
                self._exit()

    def _is_open(self):
        return self._state not in (_BarrierState.DRAINING, _BarrierState.RESETTING)

    def _is_released(self):
        return self._state != _BarrierState.FILLING

    def _exit(self):
        """The last that leaves opens the barrier again."""
        if self._count == 0:
            if self._state in (_BarrierState.RESETTING, _BarrierState.DRAINING):
                self._state = _BarrierState.FILLING
            self._cond.notify_all()

    async def reset(self):
        """Empty the barrier: those that wait get a BrokenBarrierError."""
        async with self._cond:
            self._state = _BarrierState.RESETTING if self._count > 0 else _BarrierState.FILLING
            self._cond.notify_all()

    async def abort(self):
        """Break the barrier: all that wait, now and later, get a BrokenBarrierError."""
        async with self._cond:
            self._state = _BarrierState.BROKEN
            self._cond.notify_all()

    @property
    def parties(self):
        """How many must come."""
        return self._parties

    @property
    def n_waiting(self):
        """How many wait."""
        return self._count if self._state == _BarrierState.FILLING else 0

    @property
    def broken(self):
        """Whether it was aborted."""
        return self._state == _BarrierState.BROKEN
