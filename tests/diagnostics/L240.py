import asyncio
async def g():
    try:
        yield 1
    finally:
        yield 2
async def main():
    a = g()
    await anext(a)
    await a.aclose()
asyncio.run(main())
