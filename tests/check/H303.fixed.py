# python: 3.8
import asyncio
from asyncio import Lock, sleep


async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue(2)
    lock = Lock()
    await queue.put(1)
    await sleep(0)
    print(await asyncio.wait_for(queue.get(), timeout=1))
    done = await asyncio.gather(*[sleep(0, n) for n in range(2)])
    async with lock:
        print(done, asyncio.Future(loop=loop).done())

asyncio.run(main())
