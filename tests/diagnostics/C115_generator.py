import asyncio
def numbers():
    yield 1
async def main():
    it = numbers()
    print([x async for x in it])
asyncio.run(main())
