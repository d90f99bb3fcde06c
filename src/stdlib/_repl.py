"""What the prompt does with `await` outside functions: an event loop that lives as long as the prompt.

The loop runs while an input awaits and while somebody types, so tasks that an input started go on between two inputs.
Tasks that a plain input makes belong to it as well; still `asyncio.run` works, because it does not run then.
"""

import asyncio
import _asyncio

_runner = None


def _loop():
    global _runner
    if _runner is None:
        _runner = asyncio.Runner()
    return _runner.get_loop()


_asyncio._set_idle_loop(_loop)


def drive(coroutine):
    """Runs an input that awaits to its end; what goes wrong in it is raised here."""
    _loop()
    return _runner.run(coroutine)


def idle(descriptor):
    """Runs what there is to run until the descriptor is readable; does nothing while there is no loop."""
    if _runner is None:
        return
    loop = _runner.get_loop()
    readable = loop.create_future()
    loop.add_reader(descriptor, _wake, readable)
    try:
        loop.run_until_complete(readable)
    finally:
        loop.remove_reader(descriptor)


def _wake(readable):
    if not readable.done():
        readable.set_result(None)
