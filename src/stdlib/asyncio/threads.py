"""`to_thread`: a blocking function in another thread, with the context variables of here."""

__all__ = ("to_thread",)


async def to_thread(func, /, *args, **kwargs):
    """Call a function in a thread of the default executor, and wait for its result."""
    import contextvars
    import functools

    from . import events
    call = functools.partial(contextvars.copy_context().run, func, *args, **kwargs)
    return await events.get_running_loop().run_in_executor(None, call)
