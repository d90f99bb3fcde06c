# python: 3.13
import asyncio


@asyncio.coroutine
def hello():
    yield from asyncio.sleep(0.01)
    print('hello')


asyncio.run(hello())
