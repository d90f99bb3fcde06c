# oracle: 3.8
# @asyncio.coroutine and `yield from`: what coroutines were before async def.
import asyncio
import warnings

warnings.simplefilter("ignore")


@asyncio.coroutine
def add(a, b):
    yield from asyncio.sleep(0)
    return a + b


async def native(value):
    return await add(value, 1)


@asyncio.coroutine
def plain(value):
    # Not a generator: the decorator makes it one.
    return value


@asyncio.coroutine
def returns_future(loop):
    future = loop.create_future()
    loop.call_soon(future.set_result, "of the future")
    return future


@asyncio.coroutine
def main():
    loop = asyncio.get_event_loop()
    print((yield from add(1, 2)))
    print((yield from native(3)))
    print((yield from plain(4)), (yield from returns_future(loop)))
    task = asyncio.ensure_future(add(5, 6))
    print((yield from task), (yield from asyncio.gather(add(7, 8), native(9), asyncio.sleep(0, "slept"))))
    try:
        yield from asyncio.wait_for(asyncio.sleep(10), 0.001)
    except asyncio.TimeoutError as error:
        print(type(error).__name__)
    try:
        yield from asyncio.gather(fails())
    except KeyError as error:
        print(repr(error))
    waiting = loop.create_task(asyncio.sleep(10))
    yield
    waiting.cancel()
    try:
        yield from waiting
    except asyncio.CancelledError:
        print("cancelled")
    with (yield from asyncio.Lock()):
        print("locked")
    lock = asyncio.Lock()
    with (yield from lock) as nothing:
        print(lock.locked(), nothing)
    print(lock.locked())
    return "done"


@asyncio.coroutine
def fails():
    yield from asyncio.sleep(0)
    raise KeyError("in a generator")


loop = asyncio.get_event_loop()
print(loop.run_until_complete(main()))
print(asyncio.iscoroutinefunction(add), asyncio.iscoroutinefunction(native), asyncio.iscoroutinefunction(len))
coro = add(1, 1)
print(asyncio.iscoroutine(coro), type(coro).__name__, add.__name__)
print(loop.run_until_complete(asyncio.Task(coro, loop=loop)))
loop.close()


async def with_await():
    lock = asyncio.Lock()
    with await lock:
        return lock.locked()


print(asyncio.run(with_await()))
