import asyncio
import time


async def work():
    return 1


def numbers():
    yield 1


async def ticks():
    yield 1


def plain():
    print("done")


async def main():
    await time.sleep(1)
    await work
    await [work(), work()]
    await numbers()
    await ticks()
    await plain()
    for x in ticks():
        print(x)
    for x in work():
        print(x)
    async for x in [1, 2]:
        print(x)
    if work():
        print("always")
    print(work() + 1, work()[0], work().real)
    with asyncio.Lock():
        pass
    async with work():
        pass
    asyncio.run(work())
    asyncio.gather([work(), work()])
    asyncio.sleep("1")
    asyncio.create_task(work)
    asyncio.get_running_loop().run_in_executor(None, plain())
    asyncio.get_running_loop().call_soon(work)


class Client:
    async def __init__(self):
        pass


def generator():
    yield from work()
    yield from 5
    raise StopIteration


asyncio.create_task(work())
asyncio.run(main)
asyncio.run(ticks())
next([1, 2])
len(x for x in "ab")
