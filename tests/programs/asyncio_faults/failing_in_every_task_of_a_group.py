"""Several children fail, one of them while it is being cancelled; what is left is cancelled."""
import asyncio


async def fail(error, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    raise error


async def stubborn():
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        raise ValueError("while being cancelled")


async def quiet():
    try:
        await asyncio.sleep(1000)
    finally:
        print("quiet was cancelled")


async def main():
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fail(KeyError("first"), 1))
            tasks.create_task(fail(OSError("same turn"), 1))
            tasks.create_task(stubborn())
            tasks.create_task(quiet())
    except* KeyError as group:
        print("keys", group.exceptions)
    except* (OSError, ValueError) as group:
        print("others", group.exceptions)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(quiet())
            await asyncio.sleep(0)
            raise RuntimeError("in the body")
    except BaseExceptionGroup as group:
        print(repr(group))
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(quiet())
            await asyncio.sleep(0)
            tasks.create_task(fail(KeyboardInterrupt("stop"), 0))
            await asyncio.sleep(5)
    except BaseException as error:
        print(type(error).__name__, error)


try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print("left run:", error)
