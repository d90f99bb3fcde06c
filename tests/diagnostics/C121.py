import asyncio
async def f():
    await asyncio.sleep(0.01)
async def main():
    c = f()
    t = asyncio.create_task(c)
    await asyncio.sleep(0)
    await c
asyncio.run(main())
