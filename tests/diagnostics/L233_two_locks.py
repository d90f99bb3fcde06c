# options: --virtual-time
# plain: none
import asyncio
async def left(a, b):
    async with a:
        await asyncio.sleep(0.1)
        async with b:
            print('left')
async def right(a, b):
    async with b:
        await asyncio.sleep(0.1)
        async with a:
            print('right')
async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(left(a, b), right(a, b))
asyncio.run(main())
