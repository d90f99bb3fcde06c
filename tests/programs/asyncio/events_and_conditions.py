# Event lets all through, Condition as many as are notified.
import asyncio


async def wait_for_event(name, event, log):
    log.append((name, await event.wait()))


async def wait_for_condition(name, condition, log):
    async with condition:
        log.append((name, await condition.wait()))


def state(thing):
    return repr(thing).partition(" [")[2].rstrip(">")


async def main():
    event, log = asyncio.Event(), []
    tasks = [asyncio.create_task(wait_for_event(name, event, log)) for name in "abc"]
    await asyncio.sleep(0)
    print(state(event), event.is_set())
    event.set()
    await asyncio.gather(*tasks)
    print(state(event), log, await event.wait())
    event.clear()
    print(state(event))

    condition, log = asyncio.Condition(), []
    tasks = [asyncio.create_task(wait_for_condition(name, condition, log)) for name in "abcd"]
    await asyncio.sleep(0)
    print(state(condition))
    for call in (condition.notify, condition.notify_all):
        try:
            call()
        except RuntimeError as error:
            print("RuntimeError:", error)
    try:
        await condition.wait()
    except RuntimeError as error:
        print("RuntimeError:", error)
    async with condition:
        condition.notify(2)
        print(state(condition))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(log)
    tasks[2].cancel()
    async with condition:
        condition.notify_all()
    print([type(result).__name__ for result in await asyncio.gather(*tasks, return_exceptions=True)], log)

    # wait_for looks again each time.
    count = 0

    async def counted():
        async with condition:
            return await condition.wait_for(lambda: count >= 2 and f"count is {count}")

    waiter = asyncio.create_task(counted())
    for _ in range(3):
        await asyncio.sleep(0)
        async with condition:
            count += 1
            condition.notify()
    print(await waiter)

    # Two conditions may share a lock.
    lock = asyncio.Lock()
    one, other = asyncio.Condition(lock), asyncio.Condition(lock)
    async with one:
        print(other.locked(), lock.locked())


asyncio.run(main())
