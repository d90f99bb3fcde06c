# python: 3.8
import asyncio
from asyncio import Lock, sleep


async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue(2, loop=loop)
    lock = Lock(loop=loop)
    await queue.put(1)
    await sleep(0, loop=loop)
    print(await asyncio.wait_for(queue.get(), timeout=1, loop=loop))
    done = await asyncio.gather(loop=loop, *[sleep(0, n) for n in range(2)])
    async with lock:
        print(done, asyncio.Future(loop=loop).done())

asyncio.run(main())
