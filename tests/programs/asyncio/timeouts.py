# The time of a block: over, moved, nested, and told apart from other cancellations.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(10) as timeout:
        print(repr(timeout).partition(" when=")[0], timeout.expired())
    print(timeout, timeout.expired())

    try:
        async with asyncio.timeout(0.001) as timeout:
            await asyncio.sleep(10)
    except TimeoutError as error:
        print(repr(error), repr(error.__cause__), timeout, timeout.expired())
    print(asyncio.current_task().cancelling())

    # Already over: the first await ends it.
    try:
        async with asyncio.timeout_at(loop.time() - 1):
            print("still here")
            await asyncio.sleep(10)
    except TimeoutError:
        print("over")

    async with asyncio.timeout(0) as timeout:
        timeout.reschedule(None)
        await asyncio.sleep(0)
        print(timeout.when(), timeout)

    # The inner one ends first.
    try:
        async with asyncio.timeout(5) as outer:
            try:
                async with asyncio.timeout(0.001) as inner:
                    await asyncio.sleep(10)
            finally:
                print(inner.expired(), outer.expired())
    except TimeoutError:
        print("TimeoutError passes through the outer one")

    # Another exception in the block is what comes out.
    try:
        async with asyncio.timeout(0.001):
            try:
                await asyncio.sleep(10)
            finally:
                raise KeyError("cleaning up")
    except KeyError as error:
        context = error.__context__
        print(repr(error), repr(context), repr(context.__cause__))

    # Cancelled by somebody else.
    async def limited():
        async with asyncio.timeout(10):
            await asyncio.sleep(10)

    task = asyncio.create_task(limited())
    await asyncio.sleep(0)
    task.cancel()
    print((await asyncio.gather(task, return_exceptions=True))[0].__class__.__name__)

    for misuse in (timeout.__aenter__, lambda: timeout.reschedule(1), lambda: asyncio.timeout(1).reschedule(2)):
        try:
            result = misuse()
            await result
        except RuntimeError as error:
            print("RuntimeError:", error)

    print(await asyncio.wait_for(asyncio.sleep(0, "in time"), 5))
    print(await asyncio.wait_for(asyncio.sleep(0, "no limit"), None))
    for limit in (0.001, 0, -1):
        try:
            await asyncio.wait_for(asyncio.sleep(10), limit)
        except TimeoutError as error:
            print(limit, repr(error), repr(error.__cause__))


asyncio.run(main())
