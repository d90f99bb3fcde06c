import asyncio
async def failure():
    return ValueError('no')
async def main():
    raise failure()
asyncio.run(main())
