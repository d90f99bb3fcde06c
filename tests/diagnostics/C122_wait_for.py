import asyncio
async def ticks():
    yield 1
async def main():
    await asyncio.wait_for(ticks(), 1)
asyncio.run(main())
