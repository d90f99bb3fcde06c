"""Tasks, and the functions that wait for several awaitables at once.

`Task` is native: it is what the event loop steps. All else here is made of futures and their callbacks, and can be read
as examples of how: a future that is waited for, and something that will set its result. `gather` counts its children,
`wait` has one waiter for many futures, `shield` puts a second future in front of the first.
Source: Library Reference "asyncio-task"; `loop=` and coroutines in `wait`: the same of Python 3.4 to 3.10.
"""

import _asyncio
import _eras
from _asyncio import (Task, _eager_tasks, _enter_task, _leave_task, _register_eager_task, _register_task,
                      _swap_current_task, _unregister_eager_task, _unregister_task, all_tasks, current_task)

from . import base_tasks, coroutines, events, exceptions, futures
from .mixins import _check_loop_argument, _missing, _taking_loop

__all__ = ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for",
           "as_completed", "sleep", "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task",
           "all_tasks", "create_eager_task_factory", "eager_task_factory", "_register_task", "_unregister_task",
           "_enter_task", "_leave_task")

# The names in concurrent.futures, and the same strings.
FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

# There is one implementation; under these names programs that compare two find it.
_PyTask = _CTask = Task
_py_current_task = _c_current_task = current_task
_py_register_task = _c_register_task = _register_task
_py_register_eager_task = _c_register_eager_task = _register_eager_task
_py_unregister_task = _c_unregister_task = _unregister_task
_py_unregister_eager_task = _c_unregister_eager_task = _unregister_eager_task
_py_enter_task = _c_enter_task = _enter_task
_py_leave_task = _c_leave_task = _leave_task
_py_swap_current_task = _c_swap_current_task = _swap_current_task


def create_task(coro, *, name=None, context=None):
    """Schedule a coroutine as a task of the running loop."""
    loop = events.get_running_loop()
    if context is None:
        # Loops written for Python 3.10 and before know no `context`.
        return loop.create_task(coro, name=name)
    return loop.create_task(coro, name=name, context=context)


def ensure_future(coro_or_future, *, loop=None):
    """What was given as a future: a future as it is, a coroutine or another awaitable as a task around it."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future

    given = True
    if not coroutines.iscoroutine(coro_or_future):
        if not _is_awaitable(coro_or_future):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")

        async def _wrap_awaitable(awaitable):
            return await awaitable

        coro_or_future = _wrap_awaitable(coro_or_future)
        given = False

    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro_or_future)
    except RuntimeError:
        # A closed loop: the coroutine would be reported as never awaited on top.
        if given:
            coro_or_future.close()
        raise


def _is_awaitable(thing):
    if hasattr(type(thing), "__await__"):
        return True
    import inspect
    return inspect.isawaitable(thing)


@_taking_loop
async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED, loop=_missing):
    """Wait until one, the first with an exception, or all are done; return the sets (done, pending).

    A timeout raises nothing: what is not done by then is in `pending`.
    """
    loop = _check_loop_argument(loop)
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")

    # Each once, in the order given.
    fs = dict.fromkeys(fs)
    if loop is None:
        loop = events.get_running_loop()
    if any(coroutines.iscoroutine(f) for f in fs):
        if not _eras.allows("asyncio.wait(coroutines)"):
            raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
        fs = dict.fromkeys(ensure_future(f, loop=loop) for f in fs)
    return await _wait(fs, timeout, return_when, loop)


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def _wait(fs, timeout, return_when, loop):
    assert fs, "Set of Futures is empty."
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _release_waiter, waiter)
    missing = len(fs)

    def _on_completion(f):
        nonlocal missing
        missing -= 1
        if (missing <= 0 or return_when == FIRST_COMPLETED
                or return_when == FIRST_EXCEPTION and not f.cancelled() and f.exception() is not None):
            if timer is not None:
                timer.cancel()
            _release_waiter(waiter)

    for f in fs:
        f.add_done_callback(_on_completion)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for f in fs:
            f.remove_done_callback(_on_completion)

    done, pending = set(), set()
    for f in fs:
        (done if f.done() else pending).add(f)
    return done, pending


async def _cancel_and_wait(fut):
    """Cancel a future, and wait until it has taken notice."""
    waiter = events.get_running_loop().create_future()

    def release(_fut):
        _release_waiter(waiter)

    fut.add_done_callback(release)
    try:
        fut.cancel()
        # Not `await fut`, in which one cannot tell who was cancelled.
        await waiter
    finally:
        fut.remove_done_callback(release)


@_taking_loop
async def wait_for(fut, timeout, *, loop=_missing):
    """Wait for one awaitable; when the time is up cancel it, wait until it has ended, and raise TimeoutError."""
    loop = _check_loop_argument(loop)
    if (loop is not None and not futures.isfuture(fut)
            or type(fut) is coroutines._GeneratorType and coroutines.iscoroutine(fut)):
        fut = ensure_future(fut, loop=loop)
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except exceptions.CancelledError as exc:
            raise TimeoutError from exc

    from .timeouts import Timeout
    async with Timeout(None if timeout is None else events.get_running_loop().time() + timeout):
        return await fut


class _AsCompletedIterator:
    """What `as_completed` returns: read by `async for` it gives the futures themselves, in the order in which they
    end; read by `for` it gives coroutines, each of which waits for the next result."""

    def __init__(self, aws, timeout, loop=None):
        from .queues import Queue
        self._done = Queue()
        self._timeout_handle = None
        if loop is None:
            loop = events.get_event_loop()
        todo = {ensure_future(aw, loop=loop) for aw in set(aws)}
        for future in todo:
            future.add_done_callback(self._handle_completion)
        if todo and timeout is not None:
            self._timeout_handle = loop.call_later(timeout, self._handle_timeout)
        self._todo = todo
        self._todo_left = len(todo)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    async def __anext__(self):
        if not self._todo_left:
            raise StopAsyncIteration
        self._todo_left -= 1
        return await self._wait_for_one()

    def __next__(self):
        if not self._todo_left:
            raise StopIteration
        self._todo_left -= 1
        return self._wait_for_one(resolve=True)

    def _handle_timeout(self):
        # None stands for "no time left", once for each that somebody may be waiting for.
        for future in self._todo:
            future.remove_done_callback(self._handle_completion)
            self._done.put_nowait(None)
        self._todo.clear()

    def _handle_completion(self, f):
        if not self._todo:
            return
        self._todo.remove(f)
        self._done.put_nowait(f)
        if not self._todo and self._timeout_handle is not None:
            self._timeout_handle.cancel()

    async def _wait_for_one(self, resolve=False):
        future = await self._done.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result() if resolve else future


@_taking_loop
def as_completed(fs, *, timeout=None, loop=_missing):
    """Run the awaitables at once, and go through them in the order in which they end."""
    loop = _check_loop_argument(loop)
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expects an iterable of awaitables, not {type(fs).__name__}")
    return _AsCompletedIterator(fs, timeout, loop)


def sleep(delay, result=None, *, loop=None):
    """Suspend the task for that many seconds; the others go on."""
    if delay <= 0:
        # To yield nothing means: the task is ready, but the others first.
        yield
        return result
    if delay != delay:
        raise ValueError("Invalid delay: NaN (not a number)")
    return (yield from _timer(delay, result, loop))


if not _eras.has("asyncio.*(loop=)"):
    def sleep(delay, result=None):
        """Suspend the task for that many seconds; the others go on."""
        if delay <= 0:
            yield
            return result
        if delay != delay:
            raise ValueError("Invalid delay: NaN (not a number)")
        return (yield from _timer(delay, result, None))


# A coroutine function all the same: it is written as a generator because only a generator may yield nothing.
sleep.__code__ = sleep.__code__.replace(co_flags=sleep.__code__.co_flags ^ 0x20 | 0x80)


def _timer(delay, result, loop):
    """What a sleeping task waits for, apart so that its own frame stays small."""
    if loop is None:
        loop = events.get_running_loop()
    else:
        _check_loop_argument(loop, "asyncio.loop= of coroutines")
    timer = loop._timer_future(delay, result) if isinstance(loop, _asyncio.BaseLoop) else None
    return timer or _sleep_by_handle(loop, delay, result)


async def _sleep_by_handle(loop, delay, result):
    """Sleep on a loop that has timers of its own."""
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


class _GatheringFuture(futures.Future):
    """The future of `gather`: cancelling it cancels the children, and what becomes of it depends on them."""

    def __init__(self, children, *, loop):
        assert loop is not None
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        # All of them, not only the first that agrees.
        if any([child.cancel(msg=msg) for child in self._children]):
            # Children that swallow it must not hide it: they may all end well, and the gathering is cancelled still.
            self._cancel_requested = True
            return True
        return False


@_taking_loop
def gather(*coros_or_futures, return_exceptions=False, loop=_missing):
    """Run awaitables at once; the result is the list of their results, in the order of the arguments.

    The first exception goes to whoever waits, at once, and the others go on; with `return_exceptions` exceptions are
    results like others.
    """
    loop = _check_loop_argument(loop, "asyncio.loop= of coroutines")
    if not coros_or_futures:
        if loop is None:
            loop = events.get_event_loop()
        outer = loop.create_future()
        outer.set_result([])
        return outer

    outer = None
    finished = 0

    def _done_callback(fut):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            # Too late to be told: asking for it keeps it from being reported as never retrieved.
            if not fut.cancelled():
                fut.exception()
            return
        if not return_exceptions:
            if fut.cancelled():
                outer.set_exception(fut._make_cancelled_error())
                return
            exception = fut.exception()
            if exception is not None:
                outer.set_exception(exception)
                return
        if finished < len(future_of):
            return
        if outer._cancel_requested:
            outer.set_exception(fut._make_cancelled_error())
            return
        outer.set_result([_outcome(child) for child in children])

    # An awaitable that is named twice runs once, and its result appears twice.
    future_of = {}
    children = []
    already_done = []
    for argument in coros_or_futures:
        future = future_of.get(argument)
        if future is None:
            future = ensure_future(argument, loop=loop)
            if loop is None:
                loop = futures._get_loop(future)
            if future is not argument:
                # Nobody else holds this task, so nobody else can be to blame for its being dropped.
                future._log_destroy_pending = False
            future_of[argument] = future
            if future.done():
                already_done.append(future)
            else:
                future.add_done_callback(_done_callback)
        children.append(future)

    outer = _GatheringFuture(children, loop=loop)
    # Only now: the last of them decides the outcome, and must find `outer`.
    for future in already_done:
        _done_callback(future)
    return outer


def _outcome(fut):
    """How a finished future ended, exceptions as values."""
    if fut.cancelled():
        message = fut._cancel_message
        return exceptions.CancelledError("" if message is None else message)
    exception = fut.exception()
    return fut.result() if exception is None else exception


@_taking_loop
def shield(arg, *, loop=_missing):
    """Wait for an awaitable without passing a cancellation on to it.

    The caller waits for a second future, which can be cancelled alone. Keep a reference to the inner task.
    """
    inner = ensure_future(arg, loop=_check_loop_argument(loop))
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def _inner_done_callback(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    def _outer_done_callback(outer):
        if not inner.done():
            inner.remove_done_callback(_inner_done_callback)

    inner.add_done_callback(_inner_done_callback)
    outer.add_done_callback(_outer_done_callback)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Hand a coroutine to a loop that runs in another thread; the result is a future of concurrent.futures."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    import concurrent.futures
    future = concurrent.futures.Future()

    def callback():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if future.set_running_or_notify_cancel():
                future.set_exception(exc)
            raise

    loop.call_soon_threadsafe(callback)
    return future


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks run at once, until they first wait; `custom_task_constructor` makes them."""

    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(coro, loop=loop, name=name, context=context, eager_start=True)

    return factory


eager_task_factory = create_eager_task_factory(Task)


def _all_tasks_of(loop):
    """Task.all_tasks() of before Python 3.9."""
    _warn_of_former_method("all_tasks")
    return all_tasks(events.get_event_loop() if loop is None else loop)


def _current_task_of(loop):
    """Task.current_task() of before Python 3.9, which gave None where no loop runs."""
    _warn_of_former_method("current_task")
    return current_task(events.get_event_loop() if loop is None else loop)


def _warn_of_former_method(name):
    _eras.allows(f"asyncio.Task.{name}")
    version = _eras.version_with(f"asyncio.Task.{name}")
    if version >= 7:
        import warnings
        warnings.warn(f"Task.{name}() is deprecated, use asyncio.{name}() instead",
                      DeprecationWarning if version >= 8 else PendingDeprecationWarning, stacklevel=3)


def async_(coro_or_future, *, loop=None):
    """What `ensure_future` was called before Python 3.4.4, until `async` became a word of the language."""
    import warnings
    warnings.warn("asyncio.async() function is deprecated, use ensure_future()", DeprecationWarning, stacklevel=2)
    return ensure_future(coro_or_future, loop=loop)


def __getattr__(name):
    if name == "_scheduled_tasks":
        return _asyncio._scheduled_tasks
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
