import asyncio
async def work():
    await asyncio.sleep(1)
async def main():
    async with asyncio.timeout(0.01):
        await work()
asyncio.run(main())
