import asyncio
async def connect():
    return 1
async def main():
    with connect() as c:
        pass
asyncio.run(main())
