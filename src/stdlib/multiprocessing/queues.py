"""Queues between processes: a pipe, a lock for each end, and a thread that writes.

Source: Library Reference "multiprocessing", Pipes and Queues.
"""

import collections
import os
import threading
import time
import types
from queue import Empty, Full

from . import connection, context
from .util import Finalize, debug, info, is_exiting

__all__ = ["Queue", "SimpleQueue", "JoinableQueue"]

_stop = object()


class Queue:
    """A queue for several producers and consumers. What is put is pickled and written by a
    thread, so that put() never waits for a reader."""

    def __init__(self, maxsize=0, *, ctx):
        if maxsize <= 0:
            maxsize = 0
        self._maxsize = maxsize
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._wlock = ctx.Lock()
        self._sem = ctx.BoundedSemaphore(maxsize) if maxsize else None
        self._ignore_epipe = False
        self._opid = os.getpid()
        self._reset()

    def __getstate__(self):
        context.assert_spawning(self)
        return (
            self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock,
            self._wlock, self._sem, self._opid,
        )

    def __setstate__(self, state):
        (
            self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock,
            self._wlock, self._sem, self._opid,
        ) = state
        self._reset()

    def _reset(self):
        self._notempty = threading.Condition(threading.Lock())
        self._buffer = collections.deque()
        self._thread = None
        self._jointhread = None
        self._joincancelled = False
        self._closed = False
        self._close = None

    def put(self, obj, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if self._sem is not None and not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty:
            if self._thread is None:
                self._start_thread()
            self._buffer.append(obj)
            self._notempty.notify()

    def get(self, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if block and timeout is None:
            with self._rlock:
                data = self._reader.recv_bytes()
        else:
            end = time.monotonic() + timeout if block else None
            if not self._rlock.acquire(block, timeout):
                raise Empty
            try:
                left = max(end - time.monotonic(), 0) if block else 0
                if not self._reader.poll(left):
                    raise Empty
                data = self._reader.recv_bytes()
            finally:
                self._rlock.release()
        if self._sem is not None:
            self._sem.release()
        import pickle

        return pickle.loads(data)

    def qsize(self):
        if self._sem is None:
            raise NotImplementedError
        return self._maxsize - self._sem.get_value()

    def empty(self):
        return not self._reader.poll()

    def full(self):
        return self._sem is not None and self._sem.get_value() == 0

    def get_nowait(self):
        return self.get(False)

    def put_nowait(self, obj):
        return self.put(obj, False)

    def close(self):
        self._closed = True
        close = self._close
        if close:
            self._close = None
            close()
        elif self._thread is None:
            self._writer.close()
        self._reader.close()

    def join_thread(self):
        debug("Queue.join_thread()")
        assert self._closed, f"Queue {self!r} not closed"
        if self._jointhread:
            self._jointhread()

    def cancel_join_thread(self):
        debug("Queue.cancel_join_thread()")
        self._joincancelled = True
        if self._jointhread is not None:
            self._jointhread.cancel()

    def _terminate_broken(self):
        """Ends the queue of a pool whose workers are gone: nobody reads any more."""
        self._reader.close()
        self.close()
        self.join_thread()

    def _start_thread(self):
        self._buffer.clear()
        self._thread = threading.Thread(
            target=self._feed, name="QueueFeederThread", daemon=True
        )
        self._thread.start()
        if not self._joincancelled:
            self._jointhread = Finalize(
                self._thread, self._thread.join, exitpriority=-5
            )
        # Everything that was put is written before the thread ends.
        self._close = Finalize(self, _finish, [self._buffer, self._notempty], exitpriority=10)

    def _feed(self):
        from .reduction import ForkingPickler

        while True:
            with self._notempty:
                while not self._buffer:
                    self._notempty.wait()
                obj = self._buffer.popleft()
            try:
                if obj is _stop:
                    self._writer.close()
                    return
                data = bytes(ForkingPickler.dumps(obj))
                with self._wlock:
                    self._writer.send_bytes(data)
            except Exception as error:
                if self._ignore_epipe and isinstance(error, BrokenPipeError):
                    return
                if is_exiting():
                    info("error in queue thread: %s", error)
                    return
                if self._sem is not None:
                    self._sem.release()
                self._on_queue_feeder_error(error, obj)

    @staticmethod
    def _on_queue_feeder_error(e, obj):
        """What could not be sent is reported; subclasses may do more."""
        import traceback

        traceback.print_exc()

    __class_getitem__ = classmethod(types.GenericAlias)


def _finish(buffer, notempty):
    with notempty:
        buffer.append(_stop)
        notempty.notify()


class JoinableQueue(Queue):
    """A queue that knows how many of its items are still being worked on."""

    def __init__(self, maxsize=0, *, ctx):
        super().__init__(maxsize, ctx=ctx)
        self._unfinished_tasks = ctx.Semaphore(0)
        self._cond = ctx.Condition()

    def __getstate__(self):
        return super().__getstate__(), self._cond, self._unfinished_tasks

    def __setstate__(self, state):
        inner, self._cond, self._unfinished_tasks = state
        super().__setstate__(inner)

    def put(self, obj, block=True, timeout=None):
        with self._cond:
            super().put(obj, block, timeout)
            self._unfinished_tasks.release()

    def task_done(self):
        with self._cond:
            if not self._unfinished_tasks.acquire(False):
                raise ValueError("task_done() called too many times")
            if not self._unfinished_tasks.get_value():
                self._cond.notify_all()

    def join(self):
        with self._cond:
            while self._unfinished_tasks.get_value():
                self._cond.wait()


class SimpleQueue:
    """A queue without a thread: put() waits when the pipe is full."""

    def __init__(self, *, ctx):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._wlock = ctx.Lock()

    def close(self):
        self._reader.close()
        self._writer.close()

    def empty(self):
        return not self._reader.poll()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._reader, self._writer, self._rlock, self._wlock

    def __setstate__(self, state):
        self._reader, self._writer, self._rlock, self._wlock = state

    def get(self):
        import pickle

        with self._rlock:
            data = self._reader.recv_bytes()
        return pickle.loads(data)

    def put(self, obj):
        from .reduction import ForkingPickler

        data = bytes(ForkingPickler.dumps(obj))
        with self._wlock:
            self._writer.send_bytes(data)

    def _put_unlocked(self, obj):
        """For when a writer was ended by force and may have taken the lock with it."""
        from .reduction import ForkingPickler

        self._writer.send_bytes(bytes(ForkingPickler.dumps(obj)))

    __class_getitem__ = classmethod(types.GenericAlias)
