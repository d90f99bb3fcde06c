import asyncio
async def main():
    raise StopIteration
asyncio.run(main())
