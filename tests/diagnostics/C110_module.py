import asyncio
async for tick in ticks():
    print(tick)
