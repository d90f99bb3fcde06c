"""gather() of a hundred thousand coroutines."""
import asyncio

async def one(i):
    return i * 2

async def main():
    for _ in range(3):
        results = await asyncio.gather(*(one(i) for i in range(100_000)))
    print(len(results), sum(results))

asyncio.run(main())
