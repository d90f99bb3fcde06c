"""A task group is cancelled from outside after 0, 1, 2, ... turns of the loop: at every await that it makes."""
import asyncio

log = []


async def worker(name, turns):
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
        log.append(f"{name} done")
    except asyncio.CancelledError:
        log.append(f"{name} cancelled")
        raise
    finally:
        await asyncio.sleep(0)
        log.append(f"{name} finally")


async def group():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(worker("a", 1))
        await asyncio.sleep(0)
        tasks.create_task(worker("b", 3))
        await asyncio.sleep(0)
    log.append("group done")


async def main():
    for turns in range(12):
        log.clear()
        task = asyncio.create_task(group())
        for _ in range(turns):
            await asyncio.sleep(0)
        asked = task.cancel("enough")
        try:
            await task
            outcome = "returned"
        except asyncio.CancelledError as error:
            outcome = f"cancelled {error.args}"
        left = len(asyncio.all_tasks()) - 1
        print(turns, asked, outcome, task.cancelling(), left, log)


asyncio.run(main())
