import asyncio
async def ok():
    return False
async def main():
    if ok():
        print('always true')
asyncio.run(main())
