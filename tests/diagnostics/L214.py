import asyncio
async def f(): return 1
async def main():
    await asyncio.gather([f(), f()])
asyncio.run(main())
