"""Eager tasks run at once, up to their first suspension."""
import asyncio

log = []

async def quick(x):
    log.append(("quick", asyncio.current_task() is not None, asyncio.current_task().get_name()))
    return x

async def slow(x):
    log.append("slow begins")
    await asyncio.sleep(0)
    log.append("slow ends")
    return x

async def fails():
    raise KeyError("at once")

async def main():
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()
    loop.set_task_factory(asyncio.eager_task_factory)
    a = asyncio.create_task(quick(1), name="q")
    print(a.done(), a.result(), a.get_coro(), asyncio.current_task() is me, log)
    b = asyncio.create_task(slow(2))
    print(b.done(), log[-1], b in asyncio.all_tasks(), a in asyncio.all_tasks())
    print(await b, log[-1])
    c = asyncio.create_task(fails())
    print(c.done(), repr(c.exception()))

    async def outer():
        inner = asyncio.create_task(quick("inner"))
        return asyncio.current_task().get_name(), inner.done()

    print(asyncio.create_task(outer(), name="outer").result())
    print(await asyncio.gather(quick(5), slow(6)))
    loop.set_task_factory(None)
    d = asyncio.Task(quick(7), loop=loop, eager_start=True)
    e = asyncio.create_task(quick(8))
    print(d.done(), e.done(), loop.get_task_factory())
    await e
    made = asyncio.create_eager_task_factory(asyncio.Task)
    loop.set_task_factory(made)
    async with asyncio.TaskGroup() as group:
        f = group.create_task(quick(9))
        print(f.done())

asyncio.run(main())
