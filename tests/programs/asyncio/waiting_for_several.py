# wait, as_completed, gather and shield.
import asyncio


# In turns of the loop, not in seconds: a busy machine changes nothing then.
async def after(turns, result):
    if turns is None:
        await asyncio.get_running_loop().create_future()
    for _ in range(turns):
        await asyncio.sleep(0)
    if isinstance(result, Exception):
        raise result
    return result


def start(*args):
    return asyncio.create_task(after(*args))


def names(tasks):
    return sorted(task.get_name() for task in tasks)


async def main():
    for when in (asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED):
        tasks = [start(1, "a"), start(20, ValueError("b")), start(40, "c")]
        for name, task in zip("abc", tasks):
            task.set_name(name)
        done, pending = await asyncio.wait(tasks, return_when=when)
        print(when, names(done), names(pending))
        await asyncio.wait(tasks)
        print([task.exception() for task in tasks])
    task = start(None, None)
    print([len(part) for part in await asyncio.wait([task], timeout=0.001)])
    task.cancel()
    for given, options in (([], {}), (task, {}), ([task], {"return_when": "whenever"})):
        try:
            await asyncio.wait(given, **options)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)

    # as_completed, both ways.
    tasks = [start(turns, turns) for turns in (30, 1, 15)]
    async for task in asyncio.as_completed(tasks):
        print(task in tasks, task.result())
    for coming in asyncio.as_completed([after(turns, turns) for turns in (20, 1)]):
        print(asyncio.iscoroutine(coming), await coming)
    try:
        async for task in asyncio.as_completed([start(0, "quick"), start(None, "slow")], timeout=0.01):
            print(task.result())
    except TimeoutError as error:
        print(repr(error))
    try:
        asyncio.as_completed(after(0, 1))
    except TypeError as error:
        print("TypeError:", error)

    # gather
    print(await asyncio.gather(), await asyncio.gather(after(10, 1), after(0, 2), asyncio.sleep(0, 3)))
    print(await asyncio.gather(after(0, 1), after(0, KeyError(2)), return_exceptions=True))
    slow = start(10, "the others go on")
    try:
        await asyncio.gather(slow, after(0, KeyError("first")))
    except KeyError as error:
        print(repr(error), slow.done(), await slow)
    same = start(0, "once")
    print(await asyncio.gather(same, same))
    children = [start(None, None), start(None, None)]
    both = asyncio.gather(*children)
    await asyncio.sleep(0)
    print(both.cancel(), repr(both).partition(" ")[0])
    try:
        await both
    except asyncio.CancelledError as error:
        print(repr(error), [child.cancelled() for child in children], both.cancelled())

    # shield
    inner = start(10, "inner")
    outer = asyncio.shield(inner)
    waiting = asyncio.ensure_future(outer)
    print(waiting is outer)
    await asyncio.sleep(0)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled", inner.cancelled(), await inner)
    print(asyncio.shield(inner) is inner)

    try:
        asyncio.ensure_future(3)
    except TypeError as error:
        print("TypeError:", error)
    try:
        await asyncio.sleep(float("nan"))
    except ValueError as error:
        print("ValueError:", error)

    class Awaitable:
        def __await__(self):
            yield from asyncio.sleep(0).__await__()
            return "of an awaitable"

    print(await asyncio.ensure_future(Awaitable()))


asyncio.run(main())
