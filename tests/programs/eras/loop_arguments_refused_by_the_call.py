# python: 3.13
# loop= is an unknown argument: the call fails before anything runs, and a coroutine among the arguments is never awaited.
import asyncio
import inspect


async def child():
    pass


async def main():
    loop = asyncio.get_running_loop()
    for use in (lambda: asyncio.gather(child(), loop=loop), lambda: asyncio.wait_for(child(), 1, loop=loop),
                lambda: asyncio.shield(child(), loop=loop), lambda: asyncio.as_completed([child()], loop=loop),
                lambda: asyncio.wait([], loop=loop),
                lambda: asyncio.PriorityQueue(loop=loop), lambda: asyncio.BoundedSemaphore(loop=loop)):
        try:
            print(use())
        except TypeError as error:
            print(error)
    # These hand it on.
    for use in (lambda: asyncio.open_connection("127.0.0.1", 1, loop=loop),
                lambda: asyncio.start_server(print, "127.0.0.1", 0, loop=loop)):
        coroutine = use()
        print(inspect.iscoroutine(coroutine))
        try:
            await coroutine
        except TypeError as error:
            print(error)


asyncio.run(main())
