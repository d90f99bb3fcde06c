import asyncio
from time import sleep
def load():
    sleep(0.02)
async def work():
    load()
async def main():
    await asyncio.gather(work(), asyncio.sleep(0.01))
asyncio.run(main())
