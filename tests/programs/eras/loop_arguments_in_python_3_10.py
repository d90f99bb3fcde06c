# python: 3.10
# The first Python without loop= said what became of it, in constructors.
import asyncio

loop = asyncio.new_event_loop()
for make in (asyncio.Lock, asyncio.Event, asyncio.Condition, asyncio.Semaphore, asyncio.BoundedSemaphore,
             asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
    try:
        make(loop=loop)
    except TypeError as error:
        print(error)
loop.close()
