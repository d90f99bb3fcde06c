import asyncio
async def work():
    return 5
async def main():
    print(await (await work()))
asyncio.run(main())
