import asyncio
async def f(): return 1
async def main():
    tg = asyncio.TaskGroup()
    tg.create_task(f())
asyncio.run(main())
