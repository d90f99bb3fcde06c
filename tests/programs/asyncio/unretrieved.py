"""What the exception handler is told: exceptions that nobody retrieved, tasks that went before they were done, callbacks
that raised."""
import asyncio
import gc

def handler(loop, context):
    shown = {key: repr(value) if key == "exception" else type(value).__name__ for key, value in context.items()
             if key not in ("message",)}
    print(context["message"].partition(" at ")[0], shown)

async def fails():
    raise ValueError("lost")

async def waits():
    await asyncio.get_running_loop().create_future()

def bad_callback(*args):
    raise KeyError("callback")

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    t = asyncio.create_task(fails())
    await asyncio.sleep(0)
    del t
    gc.collect()
    f = loop.create_future()
    f.set_exception(OSError("future"))
    del f
    f = loop.create_future()
    f.set_exception(OSError("seen"))
    f.exception()
    del f
    f = loop.create_future()
    f.set_exception(OSError("muted"))
    f._log_traceback = False
    del f
    t = asyncio.create_task(waits())
    await asyncio.sleep(0)
    del t
    gc.collect()
    loop.call_soon(bad_callback, 1)
    loop.call_later(0, bad_callback)
    await asyncio.sleep(0.001)
    f = loop.create_future()
    f.add_done_callback(bad_callback)
    f.set_result(None)
    await asyncio.sleep(0)
    print("still running")

asyncio.run(main())
