# python: 3.6
import asyncio


async def work():
    print("working")

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
task = asyncio.ensure_future(work())
loop.run_until_complete(task)
