import asyncio
async def ticks():
    yield 1
async def main():
    for tick in ticks:
        print(tick)
asyncio.run(main())
