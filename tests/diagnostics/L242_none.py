import asyncio
async def main():
    delay = None
    await asyncio.sleep(delay)
asyncio.run(main())
