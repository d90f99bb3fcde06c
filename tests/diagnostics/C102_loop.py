import asyncio
async def step():
    return 1
async def repeat(work):
    for _ in range(2):
        print(await work)
asyncio.run(repeat(step()))
