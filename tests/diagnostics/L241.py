import asyncio
async def f(): return 1
async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(f)
    await asyncio.sleep(0.02)
asyncio.run(main())
