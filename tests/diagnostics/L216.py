import asyncio
async def f(): return 1
async def main():
    await asyncio.wait(asyncio.create_task(f()))
asyncio.run(main())
