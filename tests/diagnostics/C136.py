import asyncio
async def connection():
    yield 'connected'
async def main():
    async with connection() as state:
        print(state)
asyncio.run(main())
