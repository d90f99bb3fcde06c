import asyncio
async def f(): return 1
async def main():
    t = asyncio.create_task(f())
    t.set_result(2)
asyncio.run(main())
