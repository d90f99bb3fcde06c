import asyncio
async def f():
    print('start')
    await asyncio.sleep(0.01)
    print('never printed')
async def main():
    asyncio.create_task(f())
asyncio.run(main())
