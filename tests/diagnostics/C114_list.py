import asyncio
async def ticks(n):
    for i in range(n):
        yield i
async def main():
    source = ticks(3)
    print(list(source))
asyncio.run(main())
