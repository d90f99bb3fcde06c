import asyncio
async def f(): return 1
async def main():
    t = asyncio.create_task(f())
    print(t.result())
asyncio.run(main())
