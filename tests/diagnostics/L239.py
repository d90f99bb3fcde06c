import asyncio
async def g():
    yield 1
    await asyncio.sleep(0.01)
    yield 2
async def main():
    a = g()
    await anext(a)
    await asyncio.gather(anext(a), anext(a))
asyncio.run(main())
