# What happens to exceptions that nobody waits for.
import asyncio
import gc


def show(loop, context):
    about = {key: type(value).__name__ for key, value in sorted(context.items())}
    print(context["message"].partition(" at ")[0], repr(context.get("exception")), about)


def fail():
    raise ValueError("in a callback")


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(show)
    print(loop.get_exception_handler() is show)
    loop.call_soon(fail)
    await asyncio.sleep(0)

    async def fails():
        raise KeyError("in a task")

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    del task
    gc.collect()
    future = loop.create_future()
    future.set_exception(OSError("in a future"))
    del future
    gc.collect()

    async def numbers():
        try:
            yield 1
        finally:
            raise LookupError("while closing")

    generator = numbers()
    await anext(generator)
    await loop.shutdown_asyncgens()

    # A handler that fails itself.
    class Quiet(asyncio.SelectorEventLoop):
        def default_exception_handler(self, context):
            print("default:", context["message"], repr(context.get("exception")), "context" in context)

    other = Quiet()
    other.set_exception_handler(lambda loop, context: 1 / 0)
    other.call_exception_handler({"message": "given"})
    other.set_exception_handler(None)
    other.call_exception_handler({"message": "plain"})
    other.close()
    try:
        loop.set_exception_handler("no handler")
    except TypeError as error:
        print("TypeError:", error)


asyncio.run(main())
