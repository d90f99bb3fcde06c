"""Producers and consumers around a bounded queue."""
import asyncio

async def producer(queue, n):
    for i in range(n):
        await queue.put(i)

async def consumer(queue):
    total = 0
    while True:
        item = await queue.get()
        if item is None:
            return total
        total += item

async def main():
    queue = asyncio.Queue(10)
    consumers = [asyncio.create_task(consumer(queue)) for _ in range(4)]
    await asyncio.gather(*(producer(queue, 40_000) for _ in range(4)))
    for _ in consumers:
        await queue.put(None)
    print(sum(await asyncio.gather(*consumers)))

asyncio.run(main())
