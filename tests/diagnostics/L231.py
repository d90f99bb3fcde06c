import asyncio
def work():
    return None
async def main():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, work())
asyncio.run(main())
