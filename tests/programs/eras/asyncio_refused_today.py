# python: 3.13
# What asyncio no longer has, in the words in which it says so.
import asyncio


async def child():
    pass


for name in ("coroutine", "async", "JoinableQueue"):
    try:
        getattr(asyncio, name)
    except AttributeError as error:
        print(error)
for name in ("all_tasks", "current_task"):
    print(name, hasattr(asyncio.Task, name))


async def main():
    coro = child()
    loop = asyncio.get_running_loop()
    for use in (lambda: asyncio.wait([coro]), lambda: asyncio.sleep(0, loop=loop), lambda: asyncio.gather(loop=loop),
                lambda: asyncio.Lock(loop=loop), lambda: asyncio.Semaphore(loop=loop), lambda: asyncio.Queue(loop=loop),
                lambda: asyncio.wait_for(coro, 1, loop=loop), lambda: asyncio.shield(coro, loop=loop),
                lambda: asyncio.Event(loop=loop), lambda: asyncio.Condition(loop=loop)):
        try:
            await use()
        except TypeError as error:
            print(error)
    coro.close()
    try:
        with await asyncio.Lock():
            pass
    except TypeError as error:
        print(error)


asyncio.run(main())
