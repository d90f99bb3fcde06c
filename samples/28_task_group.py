# A task group does not end before its tasks do. When one fails, the others are
# cancelled, and all that went wrong comes out together.

import asyncio


async def fetch(page, seconds):
    try:
        await asyncio.sleep(seconds)
        if page in ("b", "c"):
            raise ValueError(f"page {page} is empty")
        return f"page {page}"
    except asyncio.CancelledError:
        print("gave up on page", page)
        raise


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(page, 0.01)) for page in "xyz"]
    print([task.result() for task in tasks])

    try:
        async with asyncio.TaskGroup() as group:
            for page, seconds in [("a", 10), ("b", 0), ("c", 0)]:
                group.create_task(fetch(page, seconds))
    except* ValueError as several:
        for error in several.exceptions:
            print("failed:", error)


asyncio.run(main())
