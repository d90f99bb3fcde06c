# plain: none
import asyncio


async def main():
    await asyncio.gather(asyncio.sleep(0.01), loop=asyncio.get_running_loop())


asyncio.run(main())
