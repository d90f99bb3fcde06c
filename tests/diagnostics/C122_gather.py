import asyncio
async def ticks():
    yield 1
async def main():
    await asyncio.gather(ticks())
asyncio.run(main())
