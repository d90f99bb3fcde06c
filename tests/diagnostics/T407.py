import asyncio


async def main():
    loop = aysncio.get_running_loop()
    print(loop.is_running())


asyncio.run(main())
