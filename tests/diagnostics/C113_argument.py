import asyncio
async def count():
    return 3
async def main():
    for n in range(count()):
        print(n)
asyncio.run(main())
