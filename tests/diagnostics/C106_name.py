import asyncio
def numbers():
    yield 1
    yield 2
async def main():
    it = numbers()
    print(await it)
asyncio.run(main())
