import asyncio
async def f():
    while True:
        try:
            await asyncio.sleep(0.01)
        except Exception as e:
            print('swallowed', repr(e))
async def main():
    t = asyncio.create_task(f())
    await asyncio.sleep(0.03)
    t.cancel()
    await t
asyncio.run(main())
