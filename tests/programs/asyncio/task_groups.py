# Tasks of a group begin and end within its block, and fail together.
import asyncio


async def finish(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return name


async def fail(error, turns=0):
    await finish(None, turns)
    raise error


async def for_ever(log):
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.append("cancelled")
        raise


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(finish(name, turns)) for name, turns in (("slow", 3), ("quick", 1))]
        print(group)
    print([task.result() for task in tasks], group)

    log = []
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError("one")))
            group.create_task(for_ever(log))
            await asyncio.sleep(1)
            print("never")
    except* ValueError as errors:
        print(repr(errors), log, asyncio.current_task().cancelling())

    # The block's own exception is one among the others.
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(OSError("of the task"), 1))
            raise KeyError("of the block")
    except BaseExceptionGroup as errors:
        print(errors, [type(error).__name__ for error in errors.exceptions])

    # SystemExit and KeyboardInterrupt come out as they are.
    try:
        async with asyncio.TaskGroup() as group:
            raise SystemExit(3)
    except SystemExit as exit:
        print("SystemExit", exit.code)

    # Cancelled from outside.
    async def outer():
        async with asyncio.TaskGroup() as group:
            group.create_task(for_ever(log))
            group.create_task(for_ever(log))
            await asyncio.sleep(1)

    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel("from outside")
    try:
        await task
    except asyncio.CancelledError as error:
        print("CancelledError", error.args, log)

    group = asyncio.TaskGroup()
    for when in ("before", "after"):
        coro = finish(None, 0)
        try:
            group.create_task(coro)
        except RuntimeError as error:
            print(when, "RuntimeError:", error)
        coro.close()
        if when == "before":
            async with group:
                pass
    try:
        async with group:
            pass
    except RuntimeError as error:
        print("RuntimeError:", error)


asyncio.run(main())
