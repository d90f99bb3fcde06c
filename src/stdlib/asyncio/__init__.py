"""asyncio: for now its exceptions and the functions that ask what an object is.

The event loop is not written yet.  What needs it (``run``, ``sleep``, tasks, futures, streams) is missing, and asking
for it says so.  What is here is complete and will stay.
"""

import inspect as _inspect
import types as _types

__all__ = ("BrokenBarrierError", "CancelledError", "IncompleteReadError", "InvalidStateError", "LimitOverrunError",
           "QueueEmpty", "QueueFull", "QueueShutDown", "SendfileNotAvailableError", "TimeoutError",
           "iscoroutine", "iscoroutinefunction")

TimeoutError = TimeoutError


class CancelledError(BaseException):
    """The Future or Task was cancelled."""


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class SendfileNotAvailableError(RuntimeError):
    """Sendfile syscall is not available for this socket or file."""


class IncompleteReadError(EOFError):
    """The stream ended before all that was asked for had arrived; `partial` has what did."""

    def __init__(self, partial, expected):
        wanted = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of {wanted} expected bytes")
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """The buffer limit was reached while looking for a separator."""

    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed

    def __reduce__(self):
        return type(self), (self.args[0], self.consumed)


class BrokenBarrierError(RuntimeError):
    """The barrier is broken by a call to its methods."""


class QueueEmpty(Exception):
    """Raised when Queue.get_nowait() is called on an empty Queue."""


class QueueFull(Exception):
    """Raised when Queue.put_nowait() is called on a full Queue."""


class QueueShutDown(Exception):
    """Raised when putting on to or getting from a shut-down Queue."""


def iscoroutinefunction(func):
    """Tell whether func is a coroutine function."""
    return _inspect.iscoroutinefunction(func)


def iscoroutine(obj):
    """Tell whether obj is a coroutine object."""
    if isinstance(obj, (_types.CoroutineType, _types.GeneratorType)):
        return isinstance(obj, _types.CoroutineType)
    from collections.abc import Coroutine
    return isinstance(obj, Coroutine)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'asyncio' has no attribute {name!r}")
    raise AttributeError(f"module 'asyncio' has no attribute {name!r} (Coil's event loop is not written yet)")
