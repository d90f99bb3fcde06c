# python: 3.13
import asyncio
async def hello():
    print('hello')
async def main():
    await asyncio.wait([hello(), hello()])
asyncio.run(main())
