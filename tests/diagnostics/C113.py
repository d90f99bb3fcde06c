import asyncio
async def f():
    return {'a': 1}
async def main():
    print(f()['a'])
asyncio.run(main())
