import asyncio
async def ticks():
    yield 1
async def main():
    await asyncio.create_task(ticks())
asyncio.run(main())
