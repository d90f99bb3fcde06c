"""States and reprs of futures, for those that are not native too."""

from . import format_helpers

__all__ = ()

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def isfuture(obj):
    """Whether this works as a future: its class says so by having `_asyncio_future_blocking`."""
    # Not type(): mocks pretend.
    return hasattr(obj.__class__, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _format_callbacks(cb):
    """The callbacks of a future: both when there are two, the first and the last when there are more."""
    shown = [format_helpers._format_callback_source(callback, ()) for callback, _context in
             (cb if len(cb) < 3 else (cb[0], cb[-1]))]
    if len(cb) > 2:
        shown.insert(1, f"<{len(cb) - 2} more>")
    return f"cb=[{', '.join(shown)}]"


def _future_repr_info(future):
    info = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            info.append(f"exception={future._exception!r}")
        else:
            import reprlib
            info.append(f"result={reprlib.repr(future._result)}")
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        frame = future._source_traceback[-1]
        info.append(f"created at {frame[0]}:{frame[1]}")
    return info


_reprs_under_way = set()


def _future_repr(future):
    # A future may be its own result, by way of a list say.
    import _thread
    key = id(future), _thread.get_ident()
    if key in _reprs_under_way:
        return "..."
    _reprs_under_way.add(key)
    try:
        return f"<{type(future).__name__} {' '.join(_future_repr_info(future))}>"
    finally:
        _reprs_under_way.discard(key)
