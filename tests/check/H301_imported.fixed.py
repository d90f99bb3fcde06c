# python: 3.8
from asyncio import sleep


async def tick(n):
    for i in range(n):
        print(i)
        await sleep(0)


import asyncio as aio
aio.run(tick(2))
