import asyncio
async def f(n):
    return n
async def main():
    results = await [f(n) for n in range(3)]
    print(results)
asyncio.run(main())
