"""Queues between tasks: first in first out, last in first out, by priority.

A queue of limited size slows its producers down to the pace of its consumers: `put` waits while it is full. `task_done`
and `join` count what was put in and not reported as done. `shutdown` (3.13) tells all sides that no more will come.
Source: Library Reference "asyncio-queue".
"""

from _asyncio import _WAIT, _queue_get, _queue_put
from _collections import deque
from _heapq import heappop, heappush

from . import locks, mixins
from .mixins import _making_loop, _missing

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown")


class QueueEmpty(Exception):
    """Raised when Queue.get_nowait() is called on an empty Queue."""


class QueueFull(Exception):
    """Raised when Queue.put_nowait() is called on a full Queue."""


class QueueShutDown(Exception):
    """Raised when putting on to or getting from a shut-down Queue."""


class Queue(mixins._LoopBoundMixin):
    """First in, first out.  `maxsize` 0 means without limit."""

    @_making_loop
    def __init__(self, maxsize=0, *, loop=_missing):
        self._bind(loop)
        self._maxsize = maxsize
        # Futures of those that wait for something to get, and for room to put.
        self._getters = deque()
        self._putters = deque()
        self._unfinished_tasks = 0
        self._finished = locks.Event()
        self._finished.set()
        self._is_shutdown = False
        self._init(maxsize)

    # These three are what a queue with another order redefines.

    def _init(self, maxsize):
        self._queue = deque()

    def _get(self):
        return self._queue.popleft()

    def _put(self, item):
        self._queue.append(item)

    def _wakeup_next(self, waiters):
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x} {self._format()}>"

    def __str__(self):
        return f"<{type(self).__name__} {self._format()}>"

    __class_getitem__ = classmethod(type(list[int]))

    def _format(self):
        text = f"maxsize={self._maxsize!r}"
        if getattr(self, "_queue", None):
            text += f" _queue={list(self._queue)!r}"
        if self._getters:
            text += f" _getters[{len(self._getters)}]"
        if self._putters:
            text += f" _putters[{len(self._putters)}]"
        if self._unfinished_tasks:
            text += f" tasks={self._unfinished_tasks}"
        if self._is_shutdown:
            text += " shutdown"
        return text

    def qsize(self):
        """How many items are in the queue."""
        return len(self._queue)

    @property
    def maxsize(self):
        """How many items there may be; 0: any number."""
        return self._maxsize

    def empty(self):
        """Whether there is nothing to get."""
        return not self._queue

    def full(self):
        """Whether there is no room to put."""
        return 0 < self._maxsize <= self.qsize()

    async def put(self, item):
        """Put an item into the queue; wait while it is full."""
        while (done := _queue_put(self, item)) is _WAIT:
            putter = self._putters[-1]
            try:
                await putter
            except:
                self._give_up(putter, self._putters, self.full)
                raise
        return done

    def _put_or_wait(self, item):
        """What `_queue_put` does with a queue that has methods of its own."""
        if not self.full():
            return self.put_nowait(item)
        if self._is_shutdown:
            raise QueueShutDown
        self._putters.append(self._get_loop().create_future())
        return _WAIT

    def _give_up(self, waiter, waiters, still_blocked):
        """Who waits was cancelled; if it had been woken already, the next one is to be woken in its place."""
        waiter.cancel()
        try:
            waiters.remove(waiter)
        except ValueError:
            pass
        if not still_blocked() and not waiter.cancelled():
            self._wakeup_next(waiters)

    def put_nowait(self, item):
        """Put an item into the queue, or raise QueueFull."""
        if self._is_shutdown:
            raise QueueShutDown
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished_tasks += 1
        self._finished.clear()
        if self._getters:
            self._wakeup_next(self._getters)

    async def get(self):
        """Take the next item out of the queue; wait while there is none."""
        while (item := _queue_get(self)) is _WAIT:
            getter = self._getters[-1]
            try:
                await getter
            except:
                self._give_up(getter, self._getters, self.empty)
                raise
        return item

    def _get_or_wait(self):
        """What `_queue_get` does with a queue that has methods of its own."""
        if not self.empty():
            return self.get_nowait()
        if self._is_shutdown:
            raise QueueShutDown
        self._getters.append(self._get_loop().create_future())
        return _WAIT

    def get_nowait(self):
        """Take the next item out of the queue, or raise QueueEmpty."""
        if self.empty():
            if self._is_shutdown:
                raise QueueShutDown
            raise QueueEmpty
        item = self._get()
        if self._putters:
            self._wakeup_next(self._putters)
        return item

    def task_done(self):
        """Report that the work on an item is done; when it was the last, `join` ends."""
        if self._unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished_tasks -= 1
        if self._unfinished_tasks == 0:
            self._finished.set()

    async def join(self):
        """Wait until all items are got and reported as done."""
        if self._unfinished_tasks > 0:
            await self._finished.wait()

    def shutdown(self, immediate=False):
        """Allow no more items; `get` still gives what is there, unless that is dropped with `immediate`."""
        self._is_shutdown = True
        if immediate:
            while not self.empty():
                self._get()
                if self._unfinished_tasks > 0:
                    self._unfinished_tasks -= 1
            if self._unfinished_tasks == 0:
                self._finished.set()
        # Everybody is to look again.
        for waiters in (self._getters, self._putters):
            while waiters:
                waiter = waiters.popleft()
                if not waiter.done():
                    waiter.set_result(None)


class PriorityQueue(Queue):
    """The lowest item first; usually tuples of priority and item."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        heappush(self._queue, item)

    def _get(self):
        return heappop(self._queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()
