import types, asyncio
@types.coroutine
def f():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    yield fut
async def main():
    await f()
asyncio.run(main())
