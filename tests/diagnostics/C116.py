import asyncio
async def nums():
    return [1, 2]
async def main():
    async for x in nums():
        print(x)
asyncio.run(main())
