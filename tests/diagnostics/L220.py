import asyncio, time
async def f():
    time.sleep(0.02)
async def main():
    await asyncio.gather(f(), f())
asyncio.run(main())
