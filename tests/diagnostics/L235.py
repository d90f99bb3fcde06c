import asyncio
n = 0
async def inc():
    global n
    v = n
    await asyncio.sleep(0)
    n = v + 1
async def main():
    await asyncio.gather(*(inc() for _ in range(5)))
    print(n)
asyncio.run(main())
