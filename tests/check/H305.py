# python: 3.8
import asyncio


async def main():
    print(len(asyncio.Task.all_tasks()), asyncio.Task.current_task() is not None)

asyncio.run(main())
