import asyncio


async def work():
    pass


print(asyncio.iscoroutinefunction(work))
