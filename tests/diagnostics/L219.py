import asyncio
async def f():
    raise ValueError('lost')
async def main():
    t = asyncio.create_task(f(), name='bg')
    await asyncio.sleep(0.01)
asyncio.run(main())
