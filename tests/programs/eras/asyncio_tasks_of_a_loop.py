# oracle: 3.8
# Task.all_tasks and Task.current_task, which became functions of the module.
import asyncio
import warnings

warnings.simplefilter("ignore")


async def child():
    await asyncio.sleep(0)


async def main():
    task = asyncio.ensure_future(child())
    current = asyncio.Task.current_task()
    print(current is asyncio.current_task(), asyncio.Task.all_tasks() == {task, current})
    print(asyncio.Task.current_task(asyncio.get_event_loop()) is current)
    await task
    return current


loop = asyncio.get_event_loop()
loop.run_until_complete(main())
print(asyncio.Task.current_task())
