# `async with` takes a lock by the methods of its class, and what waits can be looked at.
import asyncio


class Loud(asyncio.Lock):
    async def acquire(self):
        print("acquire")
        return await super().acquire()

    def release(self):
        print("release")
        super().release()


class Single(asyncio.Semaphore):
    def locked(self):
        return self._value < 2


async def subclasses():
    async with Loud() as nothing:
        print(nothing)
    semaphore = Single(2)
    print(await semaphore.acquire(), semaphore._value, semaphore.locked())
    try:
        async with asyncio.timeout(0.01):
            await semaphore.acquire()
    except TimeoutError:
        print("none left", semaphore._value)


async def one_object():
    lock = asyncio.Lock()

    async def acquire():
        print("mine")
        return await asyncio.Lock.acquire(lock)

    lock.acquire = acquire
    async with lock:
        print(lock.locked())


async def holders():
    lock = asyncio.Lock()
    print(lock._waiters)
    await lock.acquire()
    tasks = [asyncio.create_task(lock.acquire()) for _ in range(3)]
    await asyncio.sleep(0)
    print(len(lock._waiters), [waiter.done() for waiter in lock._waiters])
    lock.release()
    print(lock.locked(), [waiter.done() for waiter in lock._waiters])
    # On its way to the first that waits: nobody overtakes, though the lock is free.
    late = asyncio.create_task(lock.acquire())
    tasks[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(lock.locked(), [task.done() for task in (*tasks, late)])
    for task in (*tasks[1:], late):
        await task
        lock.release()
    try:
        lock.release()
    except RuntimeError as error:
        print(error)


async def numbers():
    semaphore = asyncio.Semaphore(1.5)
    await semaphore.acquire()
    print(semaphore._value)
    bounded = asyncio.BoundedSemaphore(1)
    async with bounded:
        print(bounded.locked())
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    event = asyncio.Event()
    waiting = [asyncio.create_task(event.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    print(len(event._waiters))
    event.set()
    print(await asyncio.gather(*waiting), len(event._waiters))


for part in (subclasses, one_object, holders, numbers):
    asyncio.run(part())
