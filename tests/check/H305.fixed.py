# python: 3.8
import asyncio


async def main():
    print(len(asyncio.all_tasks()), asyncio.current_task() is not None)

asyncio.run(main())
