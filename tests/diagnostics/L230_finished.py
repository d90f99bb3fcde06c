import asyncio
async def f(): return 1
async def main():
    async with asyncio.TaskGroup() as tg:
        pass
    tg.create_task(f())
asyncio.run(main())
