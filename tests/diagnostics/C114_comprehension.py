import asyncio
async def ticks(n):
    for i in range(n):
        yield i
async def main():
    print([t * 2 for t in ticks(3)])
asyncio.run(main())
