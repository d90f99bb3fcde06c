# A producer and two consumers. The queue is the only thing they share: who finds
# it full or empty waits, and the others go on.

import asyncio


async def produce(queue):
    for number in range(6):
        await queue.put(number)         # waits while two lie there
        print("put", number)
    queue.shutdown()                    # no more; what is left may be taken


async def consume(name, queue):
    taken = []
    try:
        while True:
            taken.append(await queue.get())
            await asyncio.sleep(0)
    except asyncio.QueueShutDown:
        return name, taken


async def main():
    queue = asyncio.Queue(maxsize=2)
    _, *consumers = await asyncio.gather(produce(queue), consume("one", queue), consume("two", queue))
    for name, taken in consumers:
        print(name, "took", taken)


asyncio.run(main())
