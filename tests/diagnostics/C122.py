import asyncio
async def main():
    yield 1
asyncio.run(main())
