import asyncio


async def buy_potatos():
    print('potatos')


async def main():
    await buy_tomatos()


asyncio.run(main())
