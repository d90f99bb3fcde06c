# A future is a place for a result that is not there yet. A task is a future that
# runs a coroutine: what the coroutine returns becomes its result.

import asyncio


async def fetch(order):
    print("the task waits")
    dish = await order                  # sleeps until somebody sets the result
    print("the task goes on with", dish)
    return dish.upper()


async def main():
    loop = asyncio.get_running_loop()
    order = loop.create_future()
    task = asyncio.create_task(fetch(order))
    print("made, not begun:", task.done())
    await asyncio.sleep(0)              # give way once: now it begins
    order.add_done_callback(lambda future: print("told of", future.result()))
    order.set_result("soup")
    print("a result is set; nobody ran yet")
    print("the result of the task:", await task)

    failing = loop.create_future()
    failing.set_exception(LookupError("no more soup"))
    try:
        await failing                   # an exception is a result, too
    except LookupError as error:
        print("raised where it is awaited:", error)


asyncio.run(main())
