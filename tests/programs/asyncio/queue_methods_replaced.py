# What a queue does at once it does by its own methods: in a subclass, on one object, in the class itself.
import asyncio


class Doubling(asyncio.Queue):
    def _put(self, item):
        super()._put(item * 2)


class Picky(asyncio.Queue):
    def full(self):
        return self.qsize() >= 1

    def empty(self):
        return self.qsize() < 1


class Counting(asyncio.Queue):
    put_calls = get_calls = 0

    def put_nowait(self, item):
        self.put_calls += 1
        return super().put_nowait(item)

    def get_nowait(self):
        self.get_calls += 1
        return super().get_nowait()


async def subclasses():
    queue = Doubling()
    await queue.put(4)
    print(await queue.get(), queue.qsize())
    queue = Picky()
    await queue.put("a")
    try:
        await asyncio.wait_for(queue.put("b"), 0.01)
    except TimeoutError:
        print("full", queue.qsize(), queue.maxsize)
    queue = Counting(1)
    for item in (..., None, Exception):
        await queue.put(item)
        print(await queue.get(), queue.put_calls, queue.get_calls)
    for kind in (asyncio.LifoQueue, asyncio.PriorityQueue):
        queue = kind()
        for item in (2, 3, 1):
            await queue.put(item)
        print([await queue.get() for _ in range(3)])


async def one_object():
    queue = asyncio.Queue()
    await queue.put(1)
    queue.get_nowait = lambda: "mine"
    print(await queue.get(), queue.qsize())
    del queue.get_nowait
    print(await queue.get(), queue.qsize())
    vars(queue)["_put"] = lambda item: print("put", item)
    await queue.put(2)
    print(queue.qsize(), queue._unfinished_tasks)


async def the_class():
    queue = asyncio.Queue()
    await queue.put(1)
    before = asyncio.Queue._get
    asyncio.Queue._get = lambda self: ("got", before(self))
    print(await queue.get())
    asyncio.Queue._get = before
    await queue.put(2)
    print(await queue.get())


async def waiters():
    queue = asyncio.Queue(1)
    getters = [asyncio.create_task(queue.get()) for _ in range(3)]
    await asyncio.sleep(0)
    print(len(queue._getters), queue)
    getters[0].cancel()
    await queue.put("x")
    await asyncio.sleep(0)
    print([getter.done() for getter in getters], getters[1].result())
    putters = [asyncio.create_task(queue.put(n)) for n in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(len(queue._putters), queue.full())
    queue.shutdown(immediate=True)
    print(await asyncio.gather(*getters[2:], *putters, return_exceptions=True))
    try:
        await queue.get()
    except asyncio.QueueShutDown as error:
        print(repr(error))


for part in (subclasses, one_object, the_class, waiters):
    asyncio.run(part())


async def wait_in(queue):
    try:
        await asyncio.wait_for(queue.get(), 0.01)
    except TimeoutError:
        print("nothing")


shared = asyncio.Queue()
asyncio.run(wait_in(shared))
try:
    asyncio.run(wait_in(shared))
except RuntimeError as error:
    print(str(error).startswith("<Queue at 0x"), str(error).endswith("is bound to a different event loop"))
