import asyncio
async def f(): return {"a": 1}
async def main():
    d = {}
    d[f()] = 1
    print(d[f()])
asyncio.run(main())
