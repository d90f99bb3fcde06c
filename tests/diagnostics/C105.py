import asyncio
async def f(): pass
async def main():
    await [f(), f()]
asyncio.run(main())
