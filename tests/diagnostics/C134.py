import asyncio
async def main():
    result = 5
    print(await result)
asyncio.run(main())
