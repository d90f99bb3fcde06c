import asyncio
def old():
    yield from asyncio.sleep(1)
asyncio.run(old())
