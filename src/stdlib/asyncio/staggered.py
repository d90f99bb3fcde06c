"""Start the attempts one after the other, and take the first that succeeds ("Happy Eyeballs", RFC 8305).

A host may have several addresses, of which some do not answer. To try them in turn can take minutes, to try all at once
is rude; so each gets a head start of some tenths of a second before the next is tried as well.
"""

from . import events, tasks

__all__ = ("staggered_race",)


async def staggered_race(coro_fns, delay, *, loop=None):
    """Run coroutine functions until one succeeds; the next starts when the last one failed or `delay` is over.

    `delay` None: only when the last one failed. Returns (result, index, exceptions) of the winner, (None, None,
    exceptions) where all failed; `exceptions` has an entry for each that was started.
    """
    loop = loop or events.get_running_loop()
    winner_result = None
    winner_index = None
    exceptions = []
    attempts = []

    async def attempt(index, coro_fn):
        nonlocal winner_index, winner_result
        try:
            result = await coro_fn()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            exceptions[index] = exc
        else:
            if winner_index is None:
                winner_index = index
                winner_result = result
                for other, task in enumerate(attempts):
                    if other != index:
                        task.cancel()

    try:
        for index, coro_fn in enumerate(coro_fns):
            if attempts:
                await tasks.wait(attempts[-1:], timeout=delay)
            if winner_index is not None:
                break
            exceptions.append(None)
            attempts.append(loop.create_task(attempt(index, coro_fn)))
        if attempts:
            await tasks.wait(attempts)
        for task in attempts:
            # SystemExit or KeyboardInterrupt.
            if not task.cancelled() and task.exception() is not None:
                raise task.exception()
        return winner_result, winner_index, exceptions
    finally:
        for task in attempts:
            task.cancel()
        # A frame and the exceptions that hold it.
        del exceptions
