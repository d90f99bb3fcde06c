"""Loops that are closed twice, run inside one another, or used after their end."""
import asyncio


def attempt(what, action):
    try:
        print(what, "->", action())
    except BaseException as error:
        print(what, "->", type(error).__name__, str(error).partition(" at 0x")[0])


async def nothing():
    return "nothing"


loop = asyncio.new_event_loop()
print(loop.run_until_complete(nothing()))
loop.close()
loop.close()
print(loop.is_closed(), loop.is_running())
attempt("call_soon", lambda: loop.call_soon(print))
attempt("call_later", lambda: loop.call_later(1, print))
attempt("call_soon_threadsafe", lambda: loop.call_soon_threadsafe(print))
attempt("run_forever", loop.run_forever)
coroutine = nothing()
attempt("run_until_complete", lambda: loop.run_until_complete(coroutine))
coroutine.close()
attempt("run_in_executor", lambda: loop.run_in_executor(None, print))
attempt("run without a coroutine", lambda: asyncio.run(nothing))
attempt("run a number", lambda: asyncio.run(3))
attempt("get_running_loop", asyncio.get_running_loop)
attempt("create_task outside", lambda: asyncio.create_task(coroutine))


async def inside():
    running = asyncio.get_running_loop()
    coroutine = nothing()
    attempt("run inside run", lambda: asyncio.run(coroutine))
    attempt("run_until_complete inside", lambda: running.run_until_complete(coroutine))
    coroutine.close()
    attempt("close inside", running.close)
    other = asyncio.new_event_loop()
    attempt("another loop inside", other.run_forever)
    future = other.create_future()
    try:
        await future
    except RuntimeError as error:
        print(str(error).partition(" cb=")[0].partition("Task <")[0] or "Task got Future attached to a different loop")
    other.close()

    class Bad:
        def __await__(self):
            yield "a str"

    try:
        await Bad()
    except RuntimeError as error:
        print(error)


asyncio.run(inside())
runner = asyncio.Runner()
print(runner.run(nothing()))
runner.close()
runner.close()
attempt("closed runner", lambda: runner.run(None))
stopped = asyncio.new_event_loop()
stopped.stop()
stopped.run_forever()
endless = stopped.create_future()
stopped.call_soon(stopped.stop)
attempt("stopped before done", lambda: stopped.run_until_complete(endless))
stopped.close()
