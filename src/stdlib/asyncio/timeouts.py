"""`timeout`: a block of code that must end in time.

When the time is up, the task is cancelled from outside; on its way out of the block the CancelledError becomes a
TimeoutError. The difficulty is to tell this cancellation from others that may come at the same moment: tasks count the
requests (`cancelling`), and only when the count is what it was before the block may the error be changed.
Source: Library Reference "asyncio-task", Timeouts.
"""

from . import events, exceptions, tasks

__all__ = ("Timeout", "timeout", "timeout_at")


class _State:
    """The states of a Timeout, by the names that its repr shows."""

    CREATED = "created"
    ENTERED = "active"
    # The time is up and the task is cancelled, but the block has not ended yet.
    EXPIRING = "expiring"
    EXPIRED = "expired"
    EXITED = "finished"


class Timeout:
    """Asynchronous context manager that cancels its block at a point in time, which can be moved."""

    def __init__(self, when):
        """`when` by the clock of the loop; None: never."""
        self._state = _State.CREATED
        self._timeout_handler = None
        self._task = None
        self._when = when

    def when(self):
        """The deadline, or None."""
        return self._when

    def reschedule(self, when):
        """Move the deadline."""
        if self._state != _State.ENTERED:
            if self._state == _State.CREATED:
                raise RuntimeError("Timeout has not been entered")
            raise RuntimeError(f"Cannot change state of {self._state} Timeout")
        self._when = when
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
        if when is None:
            self._timeout_handler = None
            return
        loop = events.get_running_loop()
        if when <= loop.time():
            self._timeout_handler = loop.call_soon(self._on_timeout)
        else:
            self._timeout_handler = loop.call_at(when, self._on_timeout)

    def expired(self):
        """Whether the deadline came before the end of the block."""
        return self._state in (_State.EXPIRING, _State.EXPIRED)

    def __repr__(self):
        text = f"[{self._state}]"
        if self._state == _State.ENTERED:
            text += f" when={None if self._when is None else round(self._when, 3)}"
        return f"<Timeout {text}>"

    async def __aenter__(self):
        if self._state != _State.CREATED:
            raise RuntimeError("Timeout has already been entered")
        task = tasks.current_task()
        if task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._state = _State.ENTERED
        self._task = task
        self._cancelling = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if self._state == _State.ENTERED:
            self._state = _State.EXITED
            return None
        if self._state != _State.EXPIRING:
            return None
        self._state = _State.EXPIRED
        # More requests than before the block: somebody else wants the task to end too, and comes first.
        if self._task.uncancel() <= self._cancelling and exc_type is not None:
            if issubclass(exc_type, exceptions.CancelledError):
                raise TimeoutError from exc_val
            if exc_val is not None:
                _insert_timeout_error(exc_val)
                if isinstance(exc_val, ExceptionGroup):
                    for one in exc_val.exceptions:
                        _insert_timeout_error(one)
        return None

    def _on_timeout(self):
        self._task.cancel()
        self._state = _State.EXPIRING
        # No reference cycle of handle and timeout.
        self._timeout_handler = None


def _insert_timeout_error(exc):
    """Put a TimeoutError in front of the CancelledError in a chain of contexts: that is what happened in truth."""
    while exc.__context__ is not None:
        if isinstance(exc.__context__, exceptions.CancelledError):
            time_out = TimeoutError()
            time_out.__context__ = time_out.__cause__ = exc.__context__
            exc.__context__ = time_out
            return
        exc = exc.__context__


def timeout(delay):
    """Cancel the block after that many seconds; None: never.

        async with asyncio.timeout(10):
            await slow()
    """
    return Timeout(None if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    """Cancel the block when the clock of the loop shows that time; None: never."""
    return Timeout(when)
