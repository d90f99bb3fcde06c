import inspect
import asyncio


async def f():
    pass

print(inspect.iscoroutinefunction(f))
