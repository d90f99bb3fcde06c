import asyncio
def work():
    return None
async def main():
    await work()
asyncio.run(main())
