import asyncio
async def worker():
    while True:
        try:
            await asyncio.sleep(0.01)
        except:
            print('caught')
            break
async def main():
    t = asyncio.create_task(worker())
    await asyncio.sleep(0.02)
    t.cancel()
    await t
    print('cancelled?', t.cancelled())
asyncio.run(main())
