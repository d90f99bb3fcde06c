import asyncio
async def tick():
    print('tick')
async def main():
    asyncio.get_running_loop().call_later(0.001, tick)
    await asyncio.sleep(0.01)
asyncio.run(main())
