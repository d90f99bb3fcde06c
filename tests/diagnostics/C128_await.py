import asyncio
import types
@types.coroutine
def wait(fut):
    result = yield fut
    return result
async def main():
    fut = asyncio.get_running_loop().create_future()
    print(await wait(fut))
asyncio.run(main())
