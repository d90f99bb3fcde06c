import asyncio
lock_holder = {}
async def make():
    lock_holder['f'] = asyncio.get_running_loop().create_future()
async def use():
    await lock_holder['f']
asyncio.run(make())
asyncio.run(use())
