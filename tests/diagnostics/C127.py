import types, asyncio
@types.coroutine
def f():
    yield 5
async def main():
    await f()
asyncio.run(main())
