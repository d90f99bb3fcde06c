import asyncio
async def hello():
    print('hello')
async def main():
    hello()
    print('done')
asyncio.run(main())
