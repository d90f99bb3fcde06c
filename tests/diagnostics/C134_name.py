import asyncio
async def main():
    result = None
    print(await result)
asyncio.run(main())
