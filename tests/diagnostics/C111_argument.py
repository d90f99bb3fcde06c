import asyncio
async def numbers():
    return [1, 2]
async def main():
    work = numbers()
    print(sorted(work))
asyncio.run(main())
