"""`run` and `Runner`: a loop from its making to its end, around the main coroutine of a program.

Ctrl-C arrives anywhere, between any two instructions. While a runner is at work it becomes what tasks understand: the
main task is cancelled, so that `finally` blocks run and may await; then `run` raises KeyboardInterrupt. A second Ctrl-C
raises at once. Source: Library Reference "asyncio-runner".
"""

from _contextvars import copy_context
from _functools import partial

from . import constants, coroutines, events, exceptions, tasks

__all__ = ("Runner", "run")


class _State:
    CREATED = "created"
    INITIALIZED = "initialized"
    CLOSED = "closed"


class Runner:
    """Context manager that runs several coroutines in one loop, one after the other, in one context."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = _State.CREATED
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._interrupt_count = 0
        self._set_event_loop = False

    def __enter__(self):
        self._lazy_init()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def close(self):
        """Cancel what still runs, close asynchronous generators, end the executor, and close the loop."""
        if self._state != _State.INITIALIZED:
            return
        loop = self._loop
        try:
            _cancel_all_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT))
        finally:
            if self._set_event_loop:
                events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = _State.CLOSED

    def get_loop(self):
        """The loop of this runner."""
        self._lazy_init()
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine to its end and return its result."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._lazy_init()

        task = self._loop.create_task(coro, context=self._context if context is None else context)
        self._interrupt_count = 0
        restore = self._catch_interrupts(task)
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupt_count > 0:
                uncancel = getattr(task, "uncancel", None)
                # More requests than the one of Ctrl-C: it was going to be cancelled anyway.
                if uncancel is not None and uncancel() == 0:
                    raise KeyboardInterrupt()
            raise
        finally:
            restore()

    def _catch_interrupts(self, task):
        """Make Ctrl-C cancel this task; return a function that undoes it."""
        try:
            import _signal as signal
        except ImportError:
            # A system without signals.
            return _nothing
        # A handler that the program has set stays.
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            return _nothing
        handler = partial(self._on_sigint, main_task=task)
        try:
            signal.signal(signal.SIGINT, handler)
        except ValueError:
            # Only the main thread may.
            return _nothing

        def restore():
            if signal.getsignal(signal.SIGINT) is handler:
                signal.signal(signal.SIGINT, signal.default_int_handler)

        return restore

    def _lazy_init(self):
        if self._state == _State.CLOSED:
            raise RuntimeError("Runner is closed")
        if self._state == _State.INITIALIZED:
            return
        if self._loop_factory is None:
            self._loop = events.new_event_loop()
            if not self._set_event_loop:
                # Once: whoever asks for the loop of the thread gets this one.
                events.set_event_loop(self._loop)
                self._set_event_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = copy_context()
        self._state = _State.INITIALIZED

    def _on_sigint(self, signum, frame, main_task):
        self._interrupt_count += 1
        if self._interrupt_count == 1 and not main_task.done():
            main_task.cancel()
            # The loop may be asleep.
            self._loop.call_soon_threadsafe(_nothing)
            return
        raise KeyboardInterrupt()


def _nothing():
    pass


def run(main, *, debug=None, loop_factory=None):
    """Run the main coroutine of a program in a loop of its own, and return its result.

        asyncio.run(main())
    """
    if events._get_running_loop() is not None:
        # What follows would fail with a message that explains less.
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    to_cancel = tasks.all_tasks(loop)
    if not to_cancel:
        return
    for task in to_cancel:
        task.cancel()
    loop.run_until_complete(tasks.gather(*to_cancel, return_exceptions=True))
    for task in to_cancel:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() shutdown",
                "exception": task.exception(),
                "task": task,
            })
