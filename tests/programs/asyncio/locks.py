# A lock goes to those that wait in the order in which they came, and a cancelled one does not hold up the others.
import asyncio


async def use(name, lock, log):
    async with lock:
        log.append(name)
        await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    print(lock.locked(), "unlocked" in repr(lock))
    log = []
    await lock.acquire()
    tasks = [asyncio.create_task(use(name, lock, log)) for name in "abcd"]
    await asyncio.sleep(0)
    print(repr(lock)[repr(lock).index("["):])
    tasks[1].cancel()
    lock.release()
    # Nobody overtakes those that wait.
    late = asyncio.create_task(use("late", lock, log))
    print(await asyncio.gather(*tasks, late, return_exceptions=True))
    print(log, lock.locked())

    try:
        lock.release()
    except RuntimeError as error:
        print("RuntimeError:", error)

    # The task whose turn it is gets cancelled in the very moment in which it was woken.
    await lock.acquire()
    first = asyncio.create_task(use("first", lock, log))
    second = asyncio.create_task(use("second", lock, log))
    await asyncio.sleep(0)
    lock.release()
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    print(log[-1], lock.locked())


asyncio.run(main())

# A lock is bound to the loop in which somebody first had to wait for it.
lock = asyncio.Lock()


async def contend():
    await lock.acquire()
    waiter = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    lock.release()
    await waiter
    lock.release()


asyncio.run(contend())
try:
    asyncio.run(contend())
except RuntimeError as error:
    print("RuntimeError:", str(error).rpartition("is bound")[1:])
