# python: 3.11
# The last Python in which a plain generator passed for a coroutine.
import asyncio


def plain(n):
    yield
    yield
    return n


async def main():
    print(asyncio.iscoroutine(plain(0)), asyncio.iscoroutinefunction(plain))
    print(await asyncio.ensure_future(plain(1)))
    print(await asyncio.gather(plain(2), plain(3)))
    print(await asyncio.wait_for(plain(4), 1))


asyncio.run(main())
loop = asyncio.new_event_loop()
print(loop.run_until_complete(plain(5)))
loop.close()
