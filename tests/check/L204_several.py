# python: 3.8
import asyncio


async def work(name):
    print(name)
    await asyncio.sleep(0)

task = asyncio.ensure_future(work("a"))
asyncio.get_event_loop().run_until_complete(task)
asyncio.get_event_loop().run_until_complete(work("b"))
