import asyncio
async def main():
    total = 0
    async def add(n):
        nonlocal total
        total += await fetch(n)
    async def fetch(n):
        await asyncio.sleep(0.001 * n)
        return n
    await asyncio.gather(add(1), add(2))
    print(total)
asyncio.run(main())
