import asyncio
async def f(n): return n
async def main():
    xs = await asyncio.gather(f(n) for n in range(3))
    print(xs)
asyncio.run(main())
