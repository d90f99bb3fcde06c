import asyncio
async def f():
    return 1
async def main():
    print(f() + 1)
asyncio.run(main())
