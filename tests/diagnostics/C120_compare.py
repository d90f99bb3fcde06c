import asyncio
async def stock():
    return 1
async def main():
    if 0 < stock():
        print('in stock')
asyncio.run(main())
