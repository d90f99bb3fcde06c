import asyncio
async def numbers():
    for i in range(3):
        await asyncio.sleep(0)
        yield i
async def show(source):
    async for n in source:
        print(n)
async def main():
    source = numbers()
    await asyncio.gather(show(source), show(source))
asyncio.run(main())
