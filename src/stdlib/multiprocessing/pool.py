"""Pools: workers that run functions for others.

A thread hands tasks to the workers through one queue, another one takes results from a second
queue and gives them to who waits for them, a third sees to it that there are enough workers.

Source: Library Reference "multiprocessing", Process Pools.
"""

import collections
import itertools
import os
import queue
import threading
import time
import traceback
import types

from . import util
from .context import TimeoutError

__all__ = ["Pool", "ThreadPool"]

INIT = "INIT"
RUN = "RUN"
CLOSE = "CLOSE"
TERMINATE = "TERMINATE"

_job_counter = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


class RemoteTraceback(Exception):
    """The traceback of another process, as text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way to another process, where its cause shows the traceback."""

    def __init__(self, exc, tb):
        text = "".join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        self.exc.__traceback__ = None
        self.tb = f'\n"""\n{text}"""'

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """Wraps possible unpickleable errors, so they can be
    safely sent through the socket."""

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self}>"


def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False):
    """What a worker does: takes tasks until there are no more."""
    if maxtasks is not None and not (isinstance(maxtasks, int) and maxtasks >= 1):
        raise AssertionError(f"Maxtasks {maxtasks!r} is not valid")
    if initializer is not None:
        initializer(*initargs)
    completed = 0
    while maxtasks is None or completed < maxtasks:
        try:
            task = inqueue.get()
        except (EOFError, OSError):
            break
        if task is None:
            break
        job, index, func, args, kwargs = task
        try:
            result = (True, func(*args, **kwargs))
        except Exception as error:
            if wrap_exception:
                error = ExceptionWithTraceback(error, error.__traceback__)
            result = (False, error)
        try:
            outqueue.put((job, index, result))
        except Exception as error:
            outqueue.put((job, index, (False, MaybeEncodingError(error, result[1]))))
        completed += 1


class Pool:
    """A pool of processes."""

    _wrap_exception = True

    def __init__(
        self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None
    ):
        self._pool = []
        self._state = INIT
        if context is None:
            from .context import _default_context

            context = _default_context.get_context()
        self._ctx = context
        if processes is None:
            processes = os.process_cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None and (
            not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0
        ):
            raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._processes = processes
        self._maxtasks = maxtasksperchild
        self._initializer = initializer
        self._initargs = initargs
        self._cache = {}
        self._taskqueue = queue.SimpleQueue()
        self._setup_queues()
        self._repopulate()
        self._threads = [
            threading.Thread(target=target, daemon=True)
            for target in (self._keep_workers, self._hand_out, self._take_results)
        ]
        self._state = RUN
        for thread in self._threads:
            thread.start()
        self._terminate = util.Finalize(None, self._end, exitpriority=15)

    def _setup_queues(self):
        self._inqueue = self._ctx.SimpleQueue()
        self._outqueue = self._ctx.SimpleQueue()

    def _new_worker(self):
        process = self._ctx.Process(
            target=worker,
            args=(
                self._inqueue,
                self._outqueue,
                self._initializer,
                self._initargs,
                self._maxtasks,
                self._wrap_exception,
            ),
        )
        process.name = process.name.replace("Process", "PoolWorker")
        process.daemon = True
        return process

    def _repopulate(self):
        while len(self._pool) < self._processes:
            process = self._new_worker()
            process.start()
            self._pool.append(process)

    def __repr__(self):
        cls = self.__class__
        return (
            f"<{cls.__module__}.{cls.__qualname__} "
            f"state={self._state} "
            f"pool_size={len(self._pool)}>"
        )

    # ---- The three threads.

    def _keep_workers(self):
        while self._state == RUN or self._cache and self._state != TERMINATE:
            self._pool[:] = [process for process in self._pool if process.is_alive()]
            if self._state != TERMINATE:
                self._repopulate()
            time.sleep(0.05)
        self._taskqueue.put(None)

    def _hand_out(self):
        while True:
            task = self._taskqueue.get()
            if task is None or self._state == TERMINATE:
                break
            job, index = task[:2]
            try:
                self._inqueue.put(task)
            except Exception as error:
                result = self._cache.get(job)
                if result is not None:
                    result._set(index, (False, error))
        for _ in self._pool:
            try:
                self._inqueue.put(None)
            except OSError:
                break
        self._put_end()

    def _put_end(self):
        if self._state == TERMINATE:
            # terminate() has seen to it.
            return
        for process in list(self._pool):
            process.join()
        self._outqueue.put(None)

    def _take_results(self):
        while True:
            try:
                task = self._outqueue.get()
            except (EOFError, OSError):
                break
            if task is None:
                break
            job, index, value = task
            result = self._cache.get(job)
            if result is not None:
                result._set(index, value)

    # ---- Work.

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        """Equivalent of `func(*args, **kwds)`."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Asynchronous version of `apply()` method."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put((result._job, 0, func, args, kwds))
        return result

    def map(self, func, iterable, chunksize=None):
        """Apply `func` to each element in `iterable`, collecting the results in a list that is
        returned."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        """Like `map()` method but the elements of the `iterable` are expected to be iterables
        as well and will be unpacked as arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Asynchronous version of `map()` method."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Asynchronous version of `starmap()` method."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map_async(
        self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None
    ):
        self._check_running()
        items = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(items), len(self._pool) * 4 or 1)
            chunksize += bool(extra)
        if not items:
            chunksize = 0
        chunks = [tuple(items[i : i + chunksize]) for i in range(0, len(items), chunksize or 1)]
        result = MapResult(self, chunksize, len(items), callback, error_callback)
        for index, chunk in enumerate(chunks):
            self._taskqueue.put((result._job, index, mapper, ((func, chunk),), {}))
        return result

    def imap(self, func, iterable, chunksize=1):
        """Equivalent of `map()` -- can be MUCH slower than `Pool.map()`."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """Like `imap()` method but ordering of results is arbitrary."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        result = kind(self)
        count = 0
        items = iter(iterable)
        while chunk := tuple(itertools.islice(items, chunksize)):
            if chunksize == 1:
                self._taskqueue.put((result._job, count, func, chunk, {}))
            else:
                self._taskqueue.put((result._job, count, mapstar, ((func, chunk),), {}))
            count += 1
        result._set_length(count)
        if chunksize == 1:
            return result
        return (item for chunk in result for item in chunk)

    # ---- The end.

    def close(self):
        util.debug("closing pool")
        if self._state == RUN:
            self._state = CLOSE

    def terminate(self):
        util.debug("terminating pool")
        self._terminate()

    def _end(self):
        if self._state == TERMINATE:
            return
        self._state = TERMINATE
        for process in self._pool:
            if process.exitcode is None:
                process.terminate()
        self._taskqueue.put(None)
        for process in self._pool:
            process.join()
        try:
            self._outqueue._put_unlocked(None)
        except OSError:
            pass

    def join(self):
        util.debug("joining pool")
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        # A worker that was ended by force may have left half a result, which is never completed.
        limit = 1 if self._state == TERMINATE else None
        for thread in self._threads:
            thread.join(limit)
        for process in self._pool:
            process.join()
        self._terminate.cancel()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def __reduce__(self):
        raise NotImplementedError(
            "pool objects cannot be passed between processes or pickled"
        )

    __class_getitem__ = classmethod(types.GenericAlias)


class ApplyResult:
    """A result that is still to come."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._job = next(_job_counter)
        self._cache = pool._cache
        self._callback = callback
        self._error_callback = error_callback
        self._cache[self._job] = self

    def ready(self):
        return self._event.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        self._event.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, index, outcome):
        self._success, self._value = outcome
        self._finish()

    def _finish(self):
        if self._callback and self._success:
            self._callback(self._value)
        if self._error_callback and not self._success:
            self._error_callback(self._value)
        self._event.set()
        self._cache.pop(self._job, None)
        self._pool = None

    __class_getitem__ = classmethod(types.GenericAlias)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of several tasks, in order."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        if chunksize <= 0:
            self._left = 0
            self._event.set()
            del self._cache[self._job]
        else:
            self._left = -(-length // chunksize)

    def _set(self, index, outcome):
        self._left -= 1
        success, result = outcome
        if success and self._success:
            begin = index * self._chunksize
            self._value[begin : begin + self._chunksize] = result
        elif not success and self._success:
            self._success = False
            self._value = result
        if self._left == 0:
            self._finish()


class IMapIterator:
    """Results in order, as they come."""

    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._job = next(_job_counter)
        self._cache = pool._cache
        self._items = collections.deque()
        self._index = 0
        self._length = None
        self._unsorted = {}
        self._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        with self._cond:
            # A result may come that is not the next one.
            while not self._items and self._index != self._length:
                if not self._cond.wait(timeout):
                    raise TimeoutError from None
            if not self._items:
                raise StopIteration from None
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, i, obj):
        with self._cond:
            self._unsorted[i] = obj
            while self._index in self._unsorted:
                self._items.append(self._unsorted.pop(self._index))
                self._index += 1
            self._cond.notify()
            self._done()

    def _done(self):
        if self._index == self._length:
            self._cache.pop(self._job, None)

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == length:
                self._cond.notify()
            self._done()


class IMapUnorderedIterator(IMapIterator):
    """Results in the order in which they come."""

    def _set(self, i, obj):
        with self._cond:
            self._items.append(obj)
            self._index += 1
            self._cond.notify()
            self._done()


class _ThreadWorker(threading.Thread):
    """A thread with what a pool wants of a worker."""

    exitcode = None

    def terminate(self):
        pass


class ThreadPool(Pool):
    """The same with threads in place of processes."""

    _wrap_exception = False

    def __init__(self, processes=None, initializer=None, initargs=()):
        super().__init__(processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue = queue.SimpleQueue()
        self._outqueue = queue.SimpleQueue()

    def _new_worker(self):
        return _ThreadWorker(
            target=worker,
            args=(
                self._inqueue,
                self._outqueue,
                self._initializer,
                self._initargs,
                self._maxtasks,
                self._wrap_exception,
            ),
            daemon=True,
        )

    def _end(self):
        if self._state == TERMINATE:
            return
        self._state = TERMINATE
        self._taskqueue.put(None)
        for _ in self._pool:
            self._inqueue.put(None)
        self._outqueue.put(None)
