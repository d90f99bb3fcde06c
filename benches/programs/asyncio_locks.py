"""Tasks that take turns with a lock and a semaphore."""
import asyncio

async def worker(lock, semaphore, n, counts):
    for _ in range(n):
        async with lock:
            counts[0] += 1
            await asyncio.sleep(0)
        async with semaphore:
            counts[1] += 1

async def main():
    counts = [0, 0]
    lock, semaphore = asyncio.Lock(), asyncio.Semaphore(3)
    await asyncio.gather(*(worker(lock, semaphore, 1000, counts) for _ in range(100)))
    print(counts)

asyncio.run(main())
