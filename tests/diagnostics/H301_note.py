# plain: none
import asyncio


@asyncio.coroutine
def hello():
    yield from asyncio.sleep(0.01)


asyncio.run(hello())
