# Cancelling a task raises CancelledError at the `await` where it waits. So
# `finally` runs, and a timeout is no more than a cancellation by the clock.

import asyncio


async def work(name):
    try:
        print(name, "begins")
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print(name, "is asked to stop")
        raise                           # swallowing it would break the promise to whoever cancelled
    finally:
        print(name, "tidies up")


async def main():
    task = asyncio.create_task(work("a"))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("a was cancelled:", task.cancelled())

    try:
        async with asyncio.timeout(0.01):
            await work("b")
    except TimeoutError:
        print("b took too long")

    inner = asyncio.create_task(work("c"))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.01)
    except TimeoutError:
        print("the wait for c is over, c is not:", not inner.done())


asyncio.run(main())                     # at the end, what is left is cancelled
