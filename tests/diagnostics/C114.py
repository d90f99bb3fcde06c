import asyncio
async def ticks():
    yield 1
async def main():
    for t in ticks():
        print(t)
asyncio.run(main())
