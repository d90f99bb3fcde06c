# python: 3.13
import asyncio


async def main():
    print(len(asyncio.Task.all_tasks()))


asyncio.run(main())
