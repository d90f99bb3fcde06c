import asyncio
async def main():
    with asyncio.timeout(1):
        pass
asyncio.run(main())
