"""async for over asynchronous generators in a task."""
import asyncio

async def numbers(n):
    for i in range(n):
        if i % 100 == 0:
            await asyncio.sleep(0)
        yield i

async def squares(source):
    async for x in source:
        yield x * x

async def main():
    total = 0
    async for x in squares(numbers(600_000)):
        total += x
    print(total)

asyncio.run(main())
