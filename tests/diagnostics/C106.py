import asyncio
def g():
    yield 1
async def main():
    await g()
asyncio.run(main())
