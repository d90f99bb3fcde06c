import asyncio
async def leaf(x):
    await asyncio.sleep(0)
    return 1 / x
async def helper(t):
    return await t
async def middle():
    t = asyncio.create_task(leaf(0), name="leaf")
    await asyncio.sleep(0)
    return await helper(t)
async def main():
    m = asyncio.create_task(middle(), name="middle")
    await asyncio.sleep(0.01)
    await m
asyncio.run(main())
