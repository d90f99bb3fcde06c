import asyncio
async def f(n):
    await asyncio.sleep(0.001)
    return n
async def main():
    a = await f(1)
    b = await f(2)
    print(a + b)
asyncio.run(main())
