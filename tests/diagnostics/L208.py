import asyncio
async def f():
    asyncio.get_running_loop().stop()
    await asyncio.sleep(1)
loop = asyncio.new_event_loop()
loop.run_until_complete(f())
