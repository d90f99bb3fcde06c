# python: 3.8
from asyncio import coroutine, sleep


@coroutine
def tick(n):
    for i in range(n):
        print(i)
        yield from sleep(0)


import asyncio as aio
aio.run(tick(2))
