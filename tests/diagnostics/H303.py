# python: 3.13
import asyncio


async def main():
    await asyncio.sleep(0.01, loop=asyncio.get_running_loop())


asyncio.run(main())
