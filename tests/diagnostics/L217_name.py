import asyncio
async def main():
    tasks = [asyncio.create_task(asyncio.sleep(n)) for n in range(0)]
    await asyncio.wait(tasks)
asyncio.run(main())
