import asyncio
from time import sleep
async def main():
    delay = 0.01
    await sleep(delay)
asyncio.run(main())
