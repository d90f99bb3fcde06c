# python: 3.13
"""Where `loop=` is refused, all that once took it is made without it, subclasses too."""
import asyncio


class Mine(asyncio.BoundedSemaphore):
    def __init__(self):
        super().__init__(2)


async def main():
    for kind in (asyncio.Lock, asyncio.Event, asyncio.Condition, asyncio.Semaphore, asyncio.BoundedSemaphore, Mine,
                 asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        print(kind.__name__, kind()._loop)
    print(asyncio.Barrier(2).parties, asyncio.BoundedSemaphore(value=3)._value)
    async with asyncio.BoundedSemaphore(), Mine() as taken:
        print(taken)
    reader = asyncio.StreamReader()
    reader.feed_data(b"line\n")
    print(await reader.readline())
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    print(await reader.read())
    writer.close()
    server.close()
    print(await asyncio.gather(asyncio.sleep(0, "slept"), asyncio.shield(asyncio.sleep(0, "shielded"))))
    print(await asyncio.wait_for(asyncio.sleep(0, "in time"), 5))


asyncio.run(main())
try:
    asyncio.BoundedSemaphore(loop=None)
except TypeError as error:
    print(error)
