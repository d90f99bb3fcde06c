import asyncio
async def f(n): return n
async def main():
    for t in asyncio.as_completed([f(1), f(2)]):
        print(t.result())
asyncio.run(main())
