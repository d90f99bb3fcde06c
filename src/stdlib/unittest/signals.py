"""Control-C during a run of tests: the first ends the run after the current test, the second at once.

Source: Library Reference "unittest", Signal handling.
"""

import functools
import weakref

__unittest = True

_results = weakref.WeakKeyDictionary()
_installed = None


class _InterruptHandler:
    """Tells the results to stop; leaves the work to the handler before it where the program
    has meanwhile chosen its own."""

    def __init__(self, previous):
        import signal

        self.called = False
        self.original_handler = previous
        if isinstance(previous, int):
            if previous == signal.SIG_DFL:
                previous = signal.default_int_handler
            elif previous == signal.SIG_IGN:

                def previous(unused_signum, unused_frame):
                    pass

            else:
                raise TypeError(
                    "expected SIGINT signal handler to be "
                    "signal.SIG_IGN, signal.SIG_DFL, or a callable object"
                )
        self.default_handler = previous

    def __call__(self, signum, frame):
        import signal

        if signal.getsignal(signal.SIGINT) is not self or self.called:
            self.default_handler(signum, frame)
        self.called = True
        for result in _results.keys():
            result.stop()


def registerResult(result):
    """Have Control-C stop this result, once installHandler() was called."""
    _results[result] = 1


def removeResult(result):
    """Have Control-C leave this result alone. Return whether it was registered."""
    return bool(_results.pop(result, None))


def installHandler():
    """Install the handler, once."""
    global _installed
    import signal

    if _installed is None:
        handler = _InterruptHandler(signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, handler)
        _installed = handler


def removeHandler(method=None):
    """Put back the handler of before; as a decorator, while the function runs."""
    global _installed
    import signal

    if method is not None:

        @functools.wraps(method)
        def without_handler(*args, **kwargs):
            before = signal.getsignal(signal.SIGINT)
            removeHandler()
            try:
                return method(*args, **kwargs)
            finally:
                signal.signal(signal.SIGINT, before)

        return without_handler
    if _installed is not None:
        signal.signal(signal.SIGINT, _installed.original_handler)
        _installed = None
