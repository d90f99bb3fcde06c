import asyncio
async def good():
    await asyncio.sleep(1)
async def bad(kind):
    raise kind('bad')
async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(good())
        tg.create_task(bad(KeyError))
        tg.create_task(bad(OSError))
asyncio.run(main())
