# python: 3.13
import asyncio


async def hello():
    print('hello')


async def main():
    task = asyncio.async(hello())
    await task


asyncio.run(main())
