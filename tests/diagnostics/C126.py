import asyncio
async def f():
    print('f')
async def main():
    asyncio.sleep(1)
    print('end')
asyncio.run(main())
