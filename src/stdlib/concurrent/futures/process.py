"""Implements ProcessPoolExecutor.

A thread of the executor's process manages the pool: it puts work into a pipe that all workers read from, takes results
from another one, and watches whether a worker ends without having been told to.  Then nothing can be relied on any
more: what was being worked on may be lost, and the executor is broken.

Only as much work is in the pipe as there are workers, and one more: the rest can still be cancelled.

Source: Standard Library "concurrent.futures", ProcessPoolExecutor.
"""

__author__ = 'Brian Quinlan (brian@sweetapp.com)'

import itertools
import multiprocessing as mp
import os
import queue
import threading
import weakref
from multiprocessing import connection
from traceback import format_exception

from concurrent.futures import _base

EXTRA_QUEUED_CALLS = 1
# Windows cannot wait for more; the number is checked everywhere, for programs that are to run there.
_MAX_WINDOWS_WORKERS = 63 - 2

# The managers of all pools, with what wakes them.
_threads_wakeups = weakref.WeakKeyDictionary()
_global_shutdown = False


class _ThreadWakeup:
    """A pipe that makes the manager look around."""

    def __init__(self):
        self._closed = False
        self._lock = threading.Lock()
        self._reader, self._writer = mp.Pipe(duplex=False)

    def close(self):
        with self._lock:
            if not self._closed:
                self._closed = True
                self._writer.close()
                self._reader.close()

    def wakeup(self):
        with self._lock:
            if not self._closed:
                self._writer.send_bytes(b'')

    def clear(self):
        while self._reader.poll():
            self._reader.recv_bytes()


def _python_exit():
    global _global_shutdown
    _global_shutdown = True
    items = list(_threads_wakeups.items())
    for _, thread_wakeup in items:
        thread_wakeup.wakeup()
    for t, _ in items:
        t.join()


threading._register_atexit(_python_exit)


class _RemoteTraceback(Exception):
    """The traceback of a worker, as text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    """An exception on its way from a worker; where it arrives its cause shows the traceback."""

    def __init__(self, exc, tb):
        text = ''.join(format_exception(type(exc), exc, tb))
        self.exc = exc
        # The traceback cannot be pickled.
        self.exc.__traceback__ = None
        self.tb = f'\n"""\n{text}"""'

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _WorkItem:

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


class _ResultItem:

    def __init__(self, work_id, exception=None, result=None, exit_pid=None):
        self.work_id = work_id
        self.exception = exception
        self.result = result
        self.exit_pid = exit_pid


class _CallItem:

    def __init__(self, work_id, fn, args, kwargs):
        self.work_id = work_id
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


def _process_chunk(fn, chunk):
    """What map() has done in a worker: several calls at once."""
    return [fn(*args) for args in chunk]


def _sendback_result(result_queue, work_id, result=None, exception=None, exit_pid=None):
    """Sends a result, or the reason why it cannot be sent."""
    try:
        result_queue.put(_ResultItem(work_id, result=result, exception=exception, exit_pid=exit_pid))
    except BaseException as e:
        exc = _ExceptionWithTraceback(e, e.__traceback__)
        result_queue.put(_ResultItem(work_id, exception=exc, exit_pid=exit_pid))


def _process_worker(call_queue, result_queue, initializer, initargs, max_tasks=None):
    """What a worker does until there is no more work."""
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base._logger().critical('Exception in initializer:', exc_info=True)
            # Its end breaks the pool.
            return
    num_tasks = 0
    while True:
        call_item = call_queue.get()
        if call_item is None:
            # The manager knows from this that the end is in order.
            result_queue.put(os.getpid())
            return
        exit_pid = None
        if max_tasks is not None:
            num_tasks += 1
            if num_tasks >= max_tasks:
                exit_pid = os.getpid()
        try:
            r = call_item.fn(*call_item.args, **call_item.kwargs)
        except BaseException as e:
            exc = _ExceptionWithTraceback(e, e.__traceback__)
            _sendback_result(result_queue, call_item.work_id, exception=exc, exit_pid=exit_pid)
        else:
            _sendback_result(result_queue, call_item.work_id, result=r, exit_pid=exit_pid)
            del r
        # Nothing of the work is kept until there is more of it.
        del call_item
        if exit_pid is not None:
            return


class _ExecutorManagerThread(threading.Thread):
    """Manages the workers of one executor, which it knows by a weak reference only."""

    def __init__(self, executor):
        self.thread_wakeup = executor._executor_manager_thread_wakeup
        self.shutdown_lock = executor._shutdown_lock

        def weakref_cb(_, thread_wakeup=self.thread_wakeup):
            # Nobody holds the executor any more: the manager is to see that.
            thread_wakeup.wakeup()

        self.executor_reference = weakref.ref(executor, weakref_cb)
        self.processes = executor._processes
        self.call_queue = executor._call_queue
        self.result_queue = executor._result_queue
        self.work_ids_queue = executor._work_ids
        self.pending_work_items = executor._pending_work_items
        self.max_workers = executor._max_workers
        # How much work is in the pipe or in the hands of workers.
        self.handed_out = 0
        super().__init__()

    def run(self):
        while True:
            self.add_call_item_to_queue()
            result_item, is_broken, cause = self.wait_result_broken_or_wakeup()
            if is_broken:
                self.terminate_broken(cause)
                return
            if result_item is not None:
                self.process_result_item(result_item)
                # The worker has said that it ends.
                if result_item.exit_pid is not None:
                    p = self.processes.pop(result_item.exit_pid)
                    p.join()
                executor = self.executor_reference()
                if executor is not None:
                    if result_item.exit_pid is not None:
                        with self.shutdown_lock:
                            executor._replace_worker()
                    del executor
                del result_item
            if self.is_shutting_down():
                self.flag_executor_shutting_down()
                # Work that was submitted before is still done.
                self.add_call_item_to_queue()
                if not self.pending_work_items:
                    self.join_executor_internals()
                    return

    def add_call_item_to_queue(self):
        """Puts work into the pipe as long as there is some and room for it."""
        while self.handed_out < self.max_workers + EXTRA_QUEUED_CALLS:
            try:
                work_id = self.work_ids_queue.get(block=False)
            except queue.Empty:
                return
            work_item = self.pending_work_items[work_id]
            if not work_item.future.set_running_or_notify_cancel():
                del self.pending_work_items[work_id]
                continue
            try:
                self.call_queue.put(_CallItem(work_id, work_item.fn, work_item.args, work_item.kwargs))
            except BaseException as e:
                # What cannot be pickled: the others are not concerned.
                e.__cause__ = _RemoteTraceback('\n"""\n{}"""'.format(''.join(format_exception(type(e), e, e.__traceback__))))
                del self.pending_work_items[work_id]
                work_item.future.set_exception(e)
                del work_item
                continue
            self.handed_out += 1

    def wait_result_broken_or_wakeup(self):
        result_reader = self.result_queue._reader
        wakeup_reader = self.thread_wakeup._reader
        with self.shutdown_lock:
            sentinels = [p.sentinel for p in self.processes.values()]
        ready = connection.wait([result_reader, wakeup_reader, *sentinels])
        cause = None
        is_broken = True
        result_item = None
        if result_reader in ready:
            try:
                result_item = self.result_queue.get()
                is_broken = False
            except BaseException as e:
                cause = format_exception(type(e), e, e.__traceback__)
        elif wakeup_reader in ready:
            is_broken = False
        self.thread_wakeup.clear()
        return result_item, is_broken, cause

    def process_result_item(self, result_item):
        self.handed_out -= 1
        work_item = self.pending_work_items.pop(result_item.work_id, None)
        if work_item is not None:
            if result_item.exception is not None:
                work_item.future.set_exception(result_item.exception)
            else:
                work_item.future.set_result(result_item.result)

    def is_shutting_down(self):
        executor = self.executor_reference()
        # The interpreter ends, the executor is gone, or it was shut down.
        return _global_shutdown or executor is None or executor._shutdown_thread

    def terminate_broken(self, cause):
        """A worker ended on its own: all that is pending fails."""
        executor = self.executor_reference()
        if executor is not None:
            executor._broken = ('A child process terminated '
                                'abruptly, the process pool is not '
                                'usable anymore')
            executor._shutdown_thread = True
            executor = None
        bpe = BrokenProcessPool("A process in the process pool was "
                                "terminated abruptly while the future was "
                                "running or pending.")
        if cause is not None:
            bpe.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        for work_id, work_item in self.pending_work_items.items():
            try:
                work_item.future.set_exception(bpe)
            except _base.InvalidStateError:
                # It was cancelled.
                pass
            del work_item
        self.pending_work_items.clear()
        for p in self.processes.values():
            p.terminate()
        self._join_processes()
        self._close()

    def flag_executor_shutting_down(self):
        executor = self.executor_reference()
        if executor is not None:
            executor._shutdown_thread = True
            if executor._cancel_pending_futures:
                new_pending_work_items = {}
                for work_id, work_item in self.pending_work_items.items():
                    if not work_item.future.cancel():
                        new_pending_work_items[work_id] = work_item
                self.pending_work_items.clear()
                self.pending_work_items.update(new_pending_work_items)
                # They are not handed out any more.
                while True:
                    try:
                        self.work_ids_queue.get_nowait()
                    except queue.Empty:
                        break
                executor._cancel_pending_futures = False

    def join_executor_internals(self):
        """The orderly end: every worker is told, and waited for."""
        for _ in range(len(self.processes)):
            self.call_queue.put(None)
        # Each answers with its number.
        self._join_processes()
        self._close()

    def _join_processes(self):
        for p in list(self.processes.values()):
            p.join()
        self.processes.clear()

    def _close(self):
        self.thread_wakeup.close()
        self.call_queue.close()
        self.result_queue.close()


def _check_system_limits():
    """Raises NotImplementedError where there is not what a pool needs; Coil always has it."""


def _chain_from_iterable_of_lists(iterable):
    """The items of lists, letting go of each as it is given."""
    for element in iterable:
        element.reverse()
        while element:
            yield element.pop()


class BrokenProcessPool(_base.BrokenExecutor):
    """
    Raised when a process in a ProcessPoolExecutor terminated abruptly
    while a future was in the running state.
    """


class ProcessPoolExecutor(_base.Executor):

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        """Initializes a new ProcessPoolExecutor instance.

        Args:
            max_workers: The maximum number of processes that can be used to
                execute the given calls. If None or not given then as many
                worker processes will be created as the machine has processors.
            mp_context: A multiprocessing context to launch the workers.
            initializer: A callable used to initialize worker processes.
            initargs: A tuple of arguments to pass to the initializer.
            max_tasks_per_child: The maximum number of tasks a worker process
                can complete before it will exit and be replaced with a fresh
                worker process.
        """
        if max_workers is None:
            max_workers = os.process_cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if mp_context is None:
            mp_context = mp.get_context('spawn') if max_tasks_per_child is not None else mp.get_context()
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError('max_tasks_per_child must be an integer')
            if max_tasks_per_child <= 0:
                raise ValueError('max_tasks_per_child must be >= 1')
            if mp_context.get_start_method(allow_none=False) == 'fork':
                raise ValueError('max_tasks_per_child is incompatible with'
                                 ' the "fork" multiprocessing start method;'
                                 ' supply a different mp_context.')
        self._max_workers = max_workers
        self._mp_context = mp_context
        self._initializer = initializer
        self._initargs = initargs
        self._max_tasks_per_child = max_tasks_per_child
        self._executor_manager_thread = None
        self._processes = {}
        self._shutdown_thread = False
        self._shutdown_lock = threading.Lock()
        self._broken = False
        self._queue_count = 0
        self._pending_work_items = {}
        self._cancel_pending_futures = False
        self._executor_manager_thread_wakeup = _ThreadWakeup()
        self._call_queue = mp_context.SimpleQueue()
        self._result_queue = mp_context.SimpleQueue()
        self._work_ids = queue.Queue()

    def _start_executor_manager_thread(self):
        if self._executor_manager_thread is None:
            self._executor_manager_thread = _ExecutorManagerThread(self)
            self._executor_manager_thread.start()
            _threads_wakeups[self._executor_manager_thread] = self._executor_manager_thread_wakeup

    def _adjust_process_count(self):
        """Starts a worker when all that there are have something to do."""
        if len(self._processes) < min(self._max_workers, len(self._pending_work_items)):
            self._spawn_process()

    def _replace_worker(self):
        """A worker has done its number of tasks."""
        if len(self._processes) < min(self._max_workers, len(self._pending_work_items)):
            self._spawn_process()

    def _spawn_process(self):
        p = self._mp_context.Process(
            target=_process_worker,
            args=(self._call_queue, self._result_queue, self._initializer, self._initargs, self._max_tasks_per_child))
        p.start()
        self._processes[p.pid] = p

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown_thread:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _global_shutdown:
                raise RuntimeError('cannot schedule new futures after '
                                   'interpreter shutdown')
            f = _base.Future()
            w = _WorkItem(f, fn, args, kwargs)
            self._pending_work_items[self._queue_count] = w
            self._work_ids.put(self._queue_count)
            self._queue_count += 1
            self._adjust_process_count()
            self._start_executor_manager_thread()
            self._executor_manager_thread_wakeup.wakeup()
            return f
    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Returns an iterator equivalent to map(fn, iter).

        Args:
            fn: A callable that will take as many arguments as there are
                passed iterables.
            timeout: The maximum number of seconds to wait. If None, then there
                is no limit on the wait time.
            chunksize: If greater than one, the iterables will be chopped into
                chunks of size chunksize and submitted to the process pool.
                If set to one, the items in the list will be sent one at a time.

        Returns:
            An iterator equivalent to: map(func, *iterables) but the calls may
            be evaluated out-of-order.
        """
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        from functools import partial
        results = super().map(partial(_process_chunk, fn),
                              itertools.batched(zip(*iterables), chunksize),
                              timeout=timeout)
        return _chain_from_iterable_of_lists(results)

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._cancel_pending_futures = cancel_futures
            self._shutdown_thread = True
            if self._executor_manager_thread_wakeup is not None:
                self._executor_manager_thread_wakeup.wakeup()
        if self._executor_manager_thread is not None and wait:
            self._executor_manager_thread.join()
        # What the workers hold goes with them.
        self._executor_manager_thread = None
        self._call_queue = None
        self._result_queue = None
        self._processes = None
        self._executor_manager_thread_wakeup = None
    shutdown.__doc__ = _base.Executor.shutdown.__doc__
