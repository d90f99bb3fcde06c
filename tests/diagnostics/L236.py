import asyncio
async def f(): pass
async def main():
    asyncio.create_task(f)
asyncio.run(main())
