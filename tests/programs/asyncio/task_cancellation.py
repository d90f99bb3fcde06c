"""Cancelling: messages, counts, uncancel, before the first step, chains of tasks."""
import asyncio
import builtins
import re

def print(*args):
    """Without addresses and folders."""
    builtins.print(*(re.sub(r"/\S*/|( at)? 0x[0-9a-f]+", "", str(arg)) for arg in args))

async def forever():
    await asyncio.Event().wait()

async def stubborn():
    for _ in range(2):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as error:
            print("refused", error.args, asyncio.current_task().cancelling())
    asyncio.current_task().uncancel()
    print("left", asyncio.current_task().uncancel())
    await asyncio.sleep(0)
    return "survived"

async def parent(child):
    try:
        await child
    finally:
        print("parent ends", child.cancelled())

async def main():
    t = asyncio.create_task(forever())
    print(t.cancel("early"), t.cancelling(), t.cancelled(), t.done())
    try:
        await t
    except asyncio.CancelledError as error:
        print("cancelled", error.args, t.cancelled())

    t = asyncio.create_task(forever())
    await asyncio.sleep(0)
    print(t.cancel(), t.cancel("twice"), t.cancelling(), t._must_cancel)
    print(await asyncio.gather(t, return_exceptions=True), t)

    t = asyncio.create_task(stubborn())
    for message in "one", "two":
        await asyncio.sleep(0)
        t.cancel(message)
    print(await t, t.cancelling())

    child = asyncio.create_task(forever(), name="child")
    t = asyncio.create_task(parent(child), name="parent")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t.cancel("down")
    try:
        await t
    except asyncio.CancelledError as error:
        print(error.args, child.cancelled(), t.cancelled())

    # A chain of a thousand tasks, cancelled at its end.
    async def link(inner):
        if inner is not None:
            await inner
        else:
            await forever()

    chain = None
    for _ in range(1000):
        chain = asyncio.create_task(link(chain))
    for _ in range(3):
        await asyncio.sleep(0)
    chain.cancel()
    try:
        await chain
    except asyncio.CancelledError:
        print("chain", chain.cancelled())

    # A task that is cancelled in the same turn in which it is woken.
    f = asyncio.get_running_loop().create_future()

    async def waits():
        try:
            return await f
        except asyncio.CancelledError:
            print("cancelled although there is a result", f.result())
            raise

    t = asyncio.create_task(waits())
    await asyncio.sleep(0)
    f.set_result("ready")
    print(t.cancel())
    print(await asyncio.gather(t, return_exceptions=True))

    async def cancels_itself():
        asyncio.current_task().cancel()
        return "returned"

    t = asyncio.create_task(cancels_itself())
    print(await asyncio.gather(t, return_exceptions=True), t.cancelled())

asyncio.run(main())
