import asyncio
lock = asyncio.Lock()
async def hold():
    async with lock:
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(hold(), hold())
asyncio.run(main())
asyncio.run(main())
