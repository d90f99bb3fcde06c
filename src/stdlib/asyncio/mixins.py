"""What locks and queues share: they belong to one event loop, that in which they first had to wait.

They can be made where no loop runs yet, at the top of a module say, and are bound by their first wait.
Before Python 3.10 one could say which loop with `loop=`, and a program of that time still can.
"""

import _eras
import _thread

from . import events

_global_lock = _thread.allocate_lock()

# Tells `loop=None`, which always was allowed where `loop=` was, from no argument.
_missing = object()


def _check_loop_argument(owner, loop):
    """Refuse `loop=` where the chosen version of Python does."""
    if loop is not _missing and not _eras.allows("asyncio.*(loop=)"):
        raise TypeError(f"{owner}() got an unexpected keyword argument 'loop'")
    return None if loop is _missing else loop


class _LoopBoundMixin:
    _loop = None

    def _bind(self, loop):
        """Take the `loop=` of a constructor."""
        if loop is not _missing:
            self._loop = _check_loop_argument(f"{type(self).__name__}.__init__", loop)

    def _get_loop(self):
        loop = events._get_running_loop()
        if self._loop is None:
            # Two threads may wait for the same lock for the first time at once.
            with _global_lock:
                if self._loop is None:
                    self._loop = loop
        if loop is not self._loop:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return loop
