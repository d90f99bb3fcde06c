import asyncio
async def ticks():
    yield 2
    yield 1
async def main():
    print(sorted(ticks()))
asyncio.run(main())
