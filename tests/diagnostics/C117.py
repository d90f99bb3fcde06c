import asyncio
async def ticks():
    yield 1
async def main():
    print(await ticks())
asyncio.run(main())
