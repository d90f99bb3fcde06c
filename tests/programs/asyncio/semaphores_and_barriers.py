# A semaphore lets so many in at a time, a barrier so many through together.
import asyncio


def state(thing):
    return repr(thing).partition(" [")[2].rstrip(">")


async def main():
    semaphore = asyncio.Semaphore(2)
    inside, most = 0, 0

    async def work(name):
        nonlocal inside, most
        async with semaphore:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
            return name

    print(state(semaphore))
    print(await asyncio.gather(*(work(name) for name in range(5))), "most at a time:", most)
    await semaphore.acquire()
    await semaphore.acquire()
    print(state(semaphore), semaphore.locked())
    waiting = asyncio.create_task(semaphore.acquire())
    await asyncio.sleep(0)
    print(state(semaphore))
    semaphore.release()
    print(await waiting, state(semaphore))

    for make in (lambda: asyncio.Semaphore(-1), lambda: asyncio.BoundedSemaphore(1).release(),
                 lambda: asyncio.Barrier(0)):
        try:
            make()
        except ValueError as error:
            print("ValueError:", error)

    barrier = asyncio.Barrier(3)
    arrived = []

    async def arrive(name):
        arrived.append(name)
        async with barrier as position:
            return position, len(arrived)

    print(state(barrier), barrier.parties, barrier.n_waiting, barrier.broken)
    print(sorted(await asyncio.gather(*(arrive(name) for name in "abc"))))
    print(state(barrier))

    async def tell(barrier):
        try:
            return await barrier.wait()
        except asyncio.BrokenBarrierError as error:
            return f"BrokenBarrierError: {error}"

    waiting = [asyncio.create_task(tell(barrier)) for _ in range(2)]
    await asyncio.sleep(0)
    print(state(barrier))
    await barrier.reset()
    print(await asyncio.gather(*waiting), state(barrier))

    waiting = [asyncio.create_task(tell(barrier)) for _ in range(2)]
    await asyncio.sleep(0)
    await barrier.abort()
    print(await asyncio.gather(*waiting), state(barrier))
    print(await tell(barrier))


asyncio.run(main())
