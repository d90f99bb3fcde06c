"""Futures, and how those of asyncio and those of `concurrent.futures` follow each other.

The class itself is native. What is here ties two futures together, so that the result of the one becomes the result of
the other and cancelling the one cancels the other. Source: Library Reference "asyncio-future".
"""

import sys

from _asyncio import Future

from . import base_futures, events, exceptions, format_helpers
from .base_futures import _CANCELLED, _FINISHED, _PENDING, isfuture

__all__ = ("Future", "wrap_future", "isfuture")

# There is one implementation; under these names programs that compare two find it.
_PyFuture = _CFuture = Future

STACK_DEBUG = 10 - 1  # DEBUG of `logging`, less one


def _get_loop(fut):
    try:
        ask = fut.get_loop
    except AttributeError:
        # Futures of before Python 3.7 kept it in an attribute only.
        return fut._loop
    return ask()


def _set_result_unless_cancelled(fut, result):
    if fut.cancelled():
        return
    fut.set_result(result)


def _concurrent(name):
    """A class of concurrent.futures, or None where nobody has imported it: then nothing can be an instance."""
    module = sys.modules.get("concurrent.futures")
    return None if module is None else getattr(module, name)


def _convert_future_exc(exc):
    """The exception of concurrent.futures as asyncio's of the same name."""
    kind = type(exc)
    if kind is _concurrent("CancelledError"):
        return exceptions.CancelledError(*exc.args).with_traceback(exc.__traceback__)
    if kind is _concurrent("InvalidStateError"):
        return exceptions.InvalidStateError(*exc.args).with_traceback(exc.__traceback__)
    return exc


def _set_concurrent_future_state(concurrent, source):
    """Give a future of concurrent.futures what a finished one of asyncio has."""
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if not concurrent.set_running_or_notify_cancel():
        return
    exception = source.exception()
    if exception is None:
        concurrent.set_result(source.result())
    else:
        concurrent.set_exception(_convert_future_exc(exception))


def _copy_future_state(source, dest):
    """Give a future of asyncio what any finished future has."""
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
        return
    exception = source.exception()
    if exception is None:
        dest.set_result(source.result())
    else:
        dest.set_exception(_convert_future_exc(exception))


def _chain_future(source, destination):
    """Let `destination` end as `source` does, and `source` be cancelled when `destination` is.

    Either may belong to another thread: a change travels by way of the loop that owns the future.
    """
    plain = _concurrent("Future") or ()
    if not isfuture(source) and not isinstance(source, plain):
        raise TypeError("A future is required for source argument")
    if not isfuture(destination) and not isinstance(destination, plain):
        raise TypeError("A future is required for destination argument")
    source_loop = _get_loop(source) if isfuture(source) else None
    destination_loop = _get_loop(destination) if isfuture(destination) else None

    def _set_state(future, other):
        if isfuture(future):
            _copy_future_state(other, future)
        else:
            _set_concurrent_future_state(future, other)

    def _call_check_cancel(destination):
        if not destination.cancelled():
            return
        if source_loop is None or source_loop is destination_loop:
            source.cancel()
        else:
            source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(source):
        # The cancelled destination has sent its word, and may have lost its loop since.
        if destination.cancelled() and destination_loop is not None and destination_loop.is_closed():
            return
        if destination_loop is None or destination_loop is source_loop:
            _set_state(destination, source)
        elif not destination_loop.is_closed():
            destination_loop.call_soon_threadsafe(_set_state, destination, source)

    destination.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)


def wrap_future(future, *, loop=None):
    """The future of concurrent.futures as one of asyncio, which can be awaited."""
    if isfuture(future):
        return future
    assert isinstance(future, _concurrent("Future") or ()), f"concurrent.futures.Future is expected, got {future!r}"
    if loop is None:
        loop = events.get_event_loop()
    wrapped = loop.create_future()
    _chain_future(future, wrapped)
    return wrapped
