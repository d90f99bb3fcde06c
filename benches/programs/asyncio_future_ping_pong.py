"""Two tasks that wake each other through futures."""
import asyncio

async def player(name, turns, inbox, outbox, n):
    loop = asyncio.get_running_loop()
    total = 0
    for i in range(n):
        total += await inbox[0]
        inbox[0] = loop.create_future()
        outbox[0].set_result(i)
    return total

async def main():
    loop = asyncio.get_running_loop()
    left, right = [loop.create_future()], [loop.create_future()]
    tasks = [asyncio.create_task(player("a", 0, left, right, 150_000)),
             asyncio.create_task(player("b", 1, right, left, 150_000))]
    left[0].set_result(0)
    print(await asyncio.gather(*tasks))

asyncio.run(main())
