import asyncio
async def names():
    return ['a']
async def main():
    print(len(names()))
asyncio.run(main())
