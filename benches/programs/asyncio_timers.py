"""Timers: many sleeps that end soon, in no order, and calls at times."""
import asyncio

async def nap(i):
    await asyncio.sleep((i * 7919 % 1000) / 100_000)
    return i

async def main():
    total = 0
    for _ in range(5):
        total += sum(await asyncio.gather(*(nap(i) for i in range(10_000))))
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    count = 0

    def tick():
        nonlocal count
        count += 1
        if count == 50_000:
            done.set_result(count)

    for i in range(50_000):
        loop.call_later((i * 31 % 100) / 100_000, tick)
    print(total, await done)

asyncio.run(main())
