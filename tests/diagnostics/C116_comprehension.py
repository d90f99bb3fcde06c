import asyncio
async def nums():
    return [1, 2]
async def main():
    print([n async for n in nums()])
asyncio.run(main())
