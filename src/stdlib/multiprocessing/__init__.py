"""Processes as if they were threads: each has an interpreter of its own, and they talk through pipes.

A child is a new process of the interpreter that imports the program's main module under the
name `__mp_main__` and then runs what was pickled for it; this is what CPython calls "spawn",
whatever the start method is called. `process` has processes, `connection` pipes,
`synchronize` locks, `queues` queues, `pool` pools of workers.

Source: Library Reference "multiprocessing", PEP 371.
"""

from . import context
from .context import AuthenticationError, BufferTooShort, ProcessError, TimeoutError

_names = [name for name in dir(context._default_context) if not name.startswith("_")]
globals().update((name, getattr(context._default_context, name)) for name in _names)
__all__ = _names
del _names

SUBDEBUG = 5
SUBWARNING = 25
