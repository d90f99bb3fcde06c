"""A thousand tasks that give way in turn."""
import asyncio

async def worker(n):
    total = 0
    for i in range(n):
        total += i
        await asyncio.sleep(0)
    return total

async def main():
    print(sum(await asyncio.gather(*(worker(1000) for _ in range(1000)))))

asyncio.run(main())
