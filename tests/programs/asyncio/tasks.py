"""Tasks: names, states, what they look like, who runs, what goes wrong."""
import asyncio
import builtins
import re

def print(*args):
    """Without addresses and folders."""
    builtins.print(*(re.sub(r"/\S*/|( at)? 0x[0-9a-f]+", "", str(arg)) for arg in args))

def show(call):
    try:
        print(repr(call()))
    except BaseException as error:
        print(type(error).__name__, error)

async def nap(n):
    await asyncio.sleep(n)
    return n

async def fails():
    await asyncio.sleep(0)
    raise ValueError("no")

async def main():
    me = asyncio.current_task()
    print(me.get_name(), me.done(), me is asyncio.current_task())
    t = asyncio.create_task(nap(0.001), name="napper")
    print(t.get_name(), asyncio.all_tasks() == {me, t}, t.get_coro().__name__)
    print(t)
    await asyncio.sleep(0)
    print(t)
    t.set_name(5)
    print(repr(t.get_name()))
    print(await t, t.done(), t.cancelled(), t.result(), t.exception())
    print(t)
    print(t.cancel(), asyncio.all_tasks() == {me})
    u = asyncio.create_task(fails())
    try:
        await u
    except ValueError as error:
        print("caught", error, u)
    print(repr(u.exception()))
    show(lambda: u.set_result(1))
    show(lambda: u.set_exception(KeyError()))
    show(lambda: asyncio.create_task(3))
    show(lambda: asyncio.Task(nap))
    print(t.get_stack(), [f.f_code.co_name for f in u.get_stack()], [f.f_code.co_name for f in me.get_stack()][-1:])
    v = asyncio.create_task(nap(0))
    print(await v, await v)

    async def itself():
        await me_again

    me_again = asyncio.create_task(itself(), name="loop")
    try:
        await me_again
    except RuntimeError as error:
        print(str(error).partition(":")[0])

    class Bad:
        def __await__(self):
            yield 42

    async def bad():
        await Bad()

    try:
        await asyncio.create_task(bad())
    except RuntimeError as error:
        print(error)

    class Half:
        def __await__(self):
            yield asyncio.get_running_loop().create_future()

    async def half():
        await Half()

    try:
        await asyncio.create_task(half(), name="half")
    except RuntimeError as error:
        print(str(error).partition(" in task")[0])

    other = asyncio.new_event_loop()
    alien = other.create_future()

    async def abroad():
        await alien

    try:
        await asyncio.create_task(abroad(), name="abroad")
    except RuntimeError as error:
        print(str(error).rpartition(">")[2])
    other.close()

    async def swallow():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "kept"

    s = asyncio.create_task(swallow())
    await asyncio.sleep(0)
    s.cancel()
    print(await s, s.cancelled(), s.cancelling())

    async def exits():
        raise SystemExit(3)

    return await asyncio.gather(nap(0), nap(0))

print(asyncio.run(main()))
show(asyncio.current_task)
show(asyncio.all_tasks)
