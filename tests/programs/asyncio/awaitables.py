"""What tasks can await besides futures of this loop: objects, generators, futures of the program's own making."""
import asyncio
import types

class Twice:
    def __await__(self):
        yield
        yield
        return "twice"

class Wrapped:
    def __init__(self, awaitable):
        self.awaitable = awaitable

    def __await__(self):
        return (yield from self.awaitable.__await__())

@types.coroutine
def old_style():
    result = yield from asyncio.sleep(0, "old")
    return result

class MyFuture:
    """Enough of a future for a task."""
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self._loop = loop
        self.value = None
        self.callbacks = []

    def get_loop(self):
        return self._loop

    def add_done_callback(self, callback, *, context=None):
        self.callbacks.append((callback, context))

    def finish(self, value):
        self.value = value
        for callback, context in self.callbacks:
            self._loop.call_soon(callback, self, context=context)

    def result(self):
        return self.value

    def cancel(self, msg=None):
        return False

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.value

class Coro:
    """A coroutine made by hand."""
    def __init__(self):
        self.left = 2

    def send(self, value):
        if self.left:
            self.left -= 1
            return None
        raise StopIteration("by hand")

    def throw(self, *args):
        raise args[0]

    def close(self):
        pass

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)

async def main():
    loop = asyncio.get_running_loop()
    print(await Twice(), await Wrapped(asyncio.sleep(0, "w")), await old_style())
    print(await asyncio.gather(Twice(), old_style()))
    f = loop.create_future()
    loop.call_soon(f.set_result, "f")
    print(await Wrapped(f))
    mine = MyFuture(loop)
    loop.call_soon(mine.finish, "mine")
    print(await mine)
    print(await asyncio.create_task(Coro()))
    t = asyncio.create_task(asyncio.sleep(0, "direct"))
    print(await t)

    async def agen():
        for i in range(3):
            await asyncio.sleep(0)
            yield i

    print([x async for x in agen()])
    f = loop.create_future()

    async def waiter(n):
        return n, await f

    tasks = [asyncio.create_task(waiter(i)) for i in range(3)]
    await asyncio.sleep(0)
    print(len(f._callbacks))
    f.set_result("all")
    print(await asyncio.gather(*tasks))
    failed = loop.create_future()

    async def waits_for_failure(n):
        try:
            await failed
        except ValueError as error:
            return n, error.args

    tasks = [asyncio.create_task(waits_for_failure(i)) for i in range(2)]
    await asyncio.sleep(0)
    failed.set_exception(ValueError("shared"))
    print(await asyncio.gather(*tasks))

asyncio.run(main())
