import asyncio
async def stopper():
    asyncio.get_running_loop().stop()
async def main():
    asyncio.create_task(stopper())
    await asyncio.sleep(1)
asyncio.run(main())
