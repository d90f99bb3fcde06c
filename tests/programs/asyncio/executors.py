# Other threads: the default executor, to_thread with its context, coroutines from outside the loop.
import asyncio
import concurrent.futures
import contextvars
import threading

request = contextvars.ContextVar("request", default="none")


def blocking(value):
    if isinstance(value, Exception):
        raise value
    return value, threading.current_thread() is threading.main_thread(), request.get()


async def main():
    loop = asyncio.get_running_loop()
    request.set("of main")
    print(await loop.run_in_executor(None, blocking, 1))
    print(await asyncio.to_thread(blocking, 2))
    print(await asyncio.gather(*(asyncio.to_thread(lambda n=n: n * n) for n in range(4))))
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        print(await loop.run_in_executor(pool, threading.current_thread) is threading.main_thread())
        future = asyncio.wrap_future(pool.submit(blocking, KeyError("there")))
        try:
            await future
        except KeyError as error:
            print(repr(error))
    try:
        loop.set_default_executor("no executor")
    except TypeError as error:
        print("TypeError:", error)

    # A coroutine for this loop, from another thread.
    async def double(value):
        await asyncio.sleep(0)
        return value * 2

    def elsewhere():
        future = asyncio.run_coroutine_threadsafe(double(21), loop)
        return type(future).__module__, future.result(5)

    print(await asyncio.to_thread(elsewhere))
    called = loop.create_future()
    threading.Thread(target=loop.call_soon_threadsafe, args=(called.set_result, "from a thread")).start()
    print(await called)
    try:
        asyncio.run_coroutine_threadsafe(42, loop)
    except TypeError as error:
        print("TypeError:", error)

    def no_loop():
        try:
            asyncio.get_running_loop()
        except RuntimeError as error:
            return str(error)

    print(await asyncio.to_thread(no_loop))
    await loop.shutdown_default_executor()
    try:
        loop.run_in_executor(None, blocking, 3)
    except RuntimeError as error:
        print("RuntimeError:", error)


asyncio.run(main())
