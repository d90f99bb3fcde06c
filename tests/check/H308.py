import asyncio


async def f():
    pass

print(asyncio.iscoroutinefunction(f))
