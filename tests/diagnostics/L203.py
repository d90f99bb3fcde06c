import asyncio
async def f(): return 1
t = asyncio.create_task(f())
