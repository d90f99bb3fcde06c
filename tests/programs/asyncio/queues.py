# Queues: order, waiting on both sides, counting what is done, and the end.
import asyncio


def text(queue):
    return str(queue)


async def main():
    queue = asyncio.Queue(2)
    print(queue, queue.empty(), queue.full(), queue.maxsize)

    async def produce():
        for number in range(5):
            await queue.put(number)
            print("put", number, queue.qsize())

    async def consume():
        for _ in range(5):
            print("got", await queue.get())
            queue.task_done()

    producer = asyncio.create_task(produce())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(queue)
    await asyncio.gather(producer, consume())
    await queue.join()
    try:
        queue.task_done()
    except ValueError as error:
        print("ValueError:", error)

    getter = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    print(queue)
    getter.cancel()
    await asyncio.gather(getter, return_exceptions=True)
    print(queue)

    for make, items in ((asyncio.LifoQueue, "abc"), (asyncio.PriorityQueue, [3, 1, 2])):
        other = make()
        for item in items:
            other.put_nowait(item)
        print(other, [other.get_nowait() for _ in items])

    small = asyncio.Queue(1)
    small.put_nowait("x")
    try:
        small.put_nowait("y")
    except asyncio.QueueFull as error:
        print(repr(error))
    small.get_nowait()
    try:
        small.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))

    # The end: what is there can still be got.
    ending = asyncio.Queue()
    ending.put_nowait(1)
    ending.shutdown()
    print(ending)
    for action in (lambda: ending.put(2), ending.get, ending.get):
        try:
            print(await action())
        except asyncio.QueueShutDown as error:
            print(repr(error))

    waited_for = asyncio.Queue()
    readers = [asyncio.create_task(waited_for.get()) for _ in range(2)]
    await asyncio.sleep(0)
    waited_for.shutdown(immediate=True)
    print(await asyncio.gather(*readers, return_exceptions=True))
    print(asyncio.Queue[int])


asyncio.run(main())
