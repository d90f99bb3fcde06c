"""What locks and queues share: they belong to one event loop, that in which they first had to wait.

They can be made where no loop runs yet, at the top of a module say, and are bound by their first wait.
Before Python 3.10 one could say which loop with `loop=`, and a program of that time still can.
"""

import _eras
import _thread

from . import events

_global_lock = _thread.allocate_lock()

# What the parameter `loop` is called where there is none: no name that one would take for a mistyped `loop`.
_HIDDEN = "_until_python_3_9"

# Tells `loop=None`, which always was allowed where `loop=` was, from no argument.
_missing = object()


def _taking_loop(function):
    """Decorator of what took `loop=` until Python 3.9.

    Where the chosen Python has it no more the parameter gets another name, so that `loop=` is refused as every unknown
    argument is: by the call, before anything runs.
    """
    if not _eras.has("asyncio.*(loop=)"):
        code = function.__code__
        function.__code__ = code.replace(
            co_varnames=tuple(_HIDDEN if name == "loop" else name for name in code.co_varnames))
        function.__kwdefaults__ = {_HIDDEN if name == "loop" else name: value
                                   for name, value in function.__kwdefaults__.items()}
    return function


def _check_loop_argument(loop, warning="asyncio.loop="):
    """The loop that was given or None; that it was given is noted, or warned of."""
    if loop is _missing:
        return None
    _eras.allows("asyncio.*(loop=)")
    if loop is not None:
        _eras.warn(warning)
    return loop


def _making_loop(init):
    """`_taking_loop` for constructors, in which Python 3.10 still knew the name, to say what became of it."""
    return init if _eras.version_with("asyncio.*(loop=)") <= 10 else _taking_loop(init)


class _LoopBoundMixin:
    _loop = None

    def _bind(self, loop):
        """Take the `loop=` of a constructor."""
        if loop is not _missing:
            if not _eras.has("asyncio.*(loop=)"):
                raise TypeError(f"As of 3.10, the *loop* parameter was removed from {type(self).__name__}() "
                                "since it is no longer necessary")
            self._loop = _check_loop_argument(loop)

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
