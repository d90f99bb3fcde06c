import asyncio
async def work(n):
    print('start', n)
    await asyncio.sleep(0.01)
    print('end', n)
async def main():
    await work(1)
    await work(2)
asyncio.run(main())
