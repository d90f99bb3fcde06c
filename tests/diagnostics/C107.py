import asyncio
async def f(): return 1
async def main():
    x = await f
asyncio.run(main())
